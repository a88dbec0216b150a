/* ctl-setting.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/ctl-private.h"

#include "record/way-bodies.h"
#include "record/way-desk-hours.h"
#include "record/way-route.h"
#include "report/way-csv.h"
#include "store/way-store.h"

#include <string.h>

/* What a trust may set about help, and what is checked of it. */
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
check_minutes (const char *value, GError **error)
{
  guint64 minutes;

  return g_ascii_string_to_unsigned (value, 10, 1, 1440, &minutes, error);
}

static const struct
{
  const char *key;
  CheckFunc check;
} keys[] = {
  { WAY_DESK_NAME_SETTING, check_text },       { WAY_DESK_NUMBER_SETTING, check_text },
  { WAY_DESK_HOURS_SETTING, check_hours },     { WAY_SHIFT_SETTING, check_shifts },
  { WAY_HELP_MINUTES_SETTING, check_minutes },
};

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
 * The trust's policy on help: how the service desk is reached, when shifts begin, how long a
 * champion has.
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
  CheckFunc check = NULL;

  for (guint i = 0; key != NULL && i < G_N_ELEMENTS (keys); i++)
    if (g_str_equal (keys[i].key, key))
      check = keys[i].check;
  if (key != NULL && check == NULL)
    {
      g_autoptr (GString) known = g_string_new (NULL);

      for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
        g_string_append_printf (known, "%s%s", i > 0 ? ", " : "", keys[i].key);
      return ctl_fail_text ("there is no setting “%s” to be set here; there are %s", key,
                            known->str);
    }
  if (key != NULL && !check (value, &error))
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
