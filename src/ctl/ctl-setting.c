/* ctl-setting.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/ctl-private.h"

#include "record/way-bodies.h"
#include "record/way-coverage.h"
#include "record/way-desk-hours.h"
#include "record/way-pulse.h"
#include "record/way-route.h"
#include "report/way-csv.h"
#include "session/way-initiatives.h"
#include "session/way-voices.h"
#include "store/way-store.h"

#include <string.h>

/* What a trust may set, and what is checked of it. */
typedef gboolean (*CheckFunc) (const char *value, GError **error);

static gboolean
check_text (const char *value, GError **error)
{
  if (*value != '\0' && g_utf8_validate (value, -1, NULL) && strlen (value) <= 200)
    return TRUE;
  g_set_error_literal (error, WAY_RECORD_ERROR, WAY_RECORD_ERROR_FIELD,
                       "a text of 1 to 200 bytes is wanted");
  return FALSE;
}

static gboolean
check_hours (const char *value, GError **error)
{
  WayDeskHours hours;

  return way_desk_hours_read (value, &hours, error);
}

static gboolean
check_shifts (const char *value, GError **error)
{
  WayShiftTimes times;

  return way_shift_times_read (value, &times, error);
}

static gboolean
check_share (const char *value, GError **error)
{
  if (g_str_equal (value, "champion") || g_str_equal (value, "nobody"))
    return TRUE;
  g_set_error_literal (error, WAY_RECORD_ERROR, WAY_RECORD_ERROR_FIELD,
                       "“champion” or “nobody” is wanted");
  return FALSE;
}

static const struct
{
  const char *key;
  CheckFunc check;
} texts[] = {
  { WAY_DESK_NAME_SETTING, check_text },      { WAY_DESK_NUMBER_SETTING, check_text },
  { WAY_DESK_HOURS_SETTING, check_hours },    { WAY_SHIFT_SETTING, check_shifts },
  { WAY_SETTING_INCIDENT_ROUTE, check_text }, { "share_levels", check_share },
};

static const struct
{
  const char *key;
  int least;
  int most;
} numbers[] = {
  { WAY_HELP_MINUTES_SETTING, 1, 1440 },
  { WAY_SETTING_PULSE_DAYS, WAY_PULSE_LEAST_DAYS, WAY_PULSE_MOST_DAYS },
  { "lease_days", 1, 90 },
};

static gboolean
check_number (const char *value, int least, int most, GError **error)
{
  gint64 number;

  return g_ascii_string_to_signed (value, 10, least, most, &number, error);
}

/* Whether a setting may have this value. */
static gboolean
check (const char *key, const char *value, GError **error)
{
  g_autoptr (GString) known = g_string_new (NULL);
  guint n;
  const WayNetworkSetting *network = way_network_list_settings (&n);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      if (g_str_equal (texts[i].key, key))
        return texts[i].check (value, error);
      g_string_append_printf (known, " %s", texts[i].key);
    }
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      if (g_str_equal (numbers[i].key, key))
        return check_number (value, numbers[i].least, numbers[i].most, error);
      g_string_append_printf (known, " %s", numbers[i].key);
    }
  for (guint i = 0; i < n; i++)
    {
      if (g_str_equal (network[i].key, key))
        return check_number (value, network[i].least, network[i].most, error);
      g_string_append_printf (known, " %s", network[i].key);
    }
  g_set_error (error, WAY_RECORD_ERROR, WAY_RECORD_ERROR_FIELD,
               "there is no such setting to be set here; there are%s", known->str);
  return FALSE;
}

static int
list (WayStore *trust)
{
  g_autoptr (GError) error = NULL;
  WayStatement *statement = way_db_prepare (way_store_get_db (trust),
                                            "SELECT key, value FROM setting ORDER BY key", &error);
  gboolean has_row;

  if (statement == NULL)
    return ctl_fail (error);
  g_print ("key,value\n");
  for (;;)
    {
      g_autoptr (GString) line = g_string_new (NULL);

      if (!way_statement_step (statement, &has_row, &error))
        return ctl_fail (error);
      if (!has_row)
        return CTL_DONE;
      way_csv_append (line, way_statement_get_text (statement, 0), TRUE);
      way_csv_append (line, way_statement_get_text (statement, 1), FALSE);
      g_print ("%s\n", line->str);
    }
}

/**
 * ctl_setting:
 * @key: (nullable): what is to be set; NULL lists what is
 * @value: (nullable): how it is to be
 *
 * The trust's policy: how the service desk is reached, when shifts begin, how long a champion has,
 * how often a pulse asks, when a champion counts as quiet or overloaded.
 */
int
ctl_setting (const char *uri, const char *key, const char *value)
{
  const WayKind *kind = way_kind_find ("setting");
  WaySettingBody body = { (char *) key, (char *) value };
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = NULL;
  g_autofree char *json = NULL;

  if (key != NULL && !check (key, value, &error))
    {
      g_prefix_error (&error, "%s: ", key);
      return ctl_fail (error);
    }
  trust = way_store_open_trust (uri, FALSE, &error);
  if (trust == NULL)
    return ctl_fail (error);
  if (key == NULL)
    return list (trust);
  json = way_kind_write (kind, &body, &error);
  if (json == NULL)
    return ctl_fail (error);
  g_ptr_array_add (drafts, way_event_new ("setting", way_kind_get_version (kind), json));
  if (!way_store_append_as (trust, NULL, drafts, &error))
    return ctl_fail (error);
  g_print ("%s is now “%s”\n", key, value);
  return CTL_DONE;
}
