/* way-practice-settings.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "practice/way-practice-settings.h"

#include "practice/way-practice-private.h"

#include <string.h>

#define APP "settings"

static gboolean
is_type (const WayDeskRecord *record, const char *type)
{
  return strcmp (record->type, type) == 0;
}

static gboolean
can_set (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return is_type (target, "setting") && way_practice_get_current_in (self, APP) != NULL
         && way_practice_find_part (target, "value", value) != NULL
         && g_strcmp0 (way_practice_get_setting (self, target), value) != 0;
}

static gboolean
can_undo (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return is_type (target, "setting") && value == NULL
         && way_practice_get_state (self, target->id) != NULL;
}

static void
undo (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  way_practice_pop_state (self, target->id);
}

/* "needs" says which settings matter to the goal: a setting, a colon, and with bars between
 * the values that will do. NULL for a setting that does not matter. */
static char **
dup_needed (const WayDeskRecord *goal, const char *setting)
{
  const char *text = way_desk_get_field (goal, "needs");
  g_auto (GStrv) needs = g_strsplit (text != NULL ? text : "", " ", -1);

  for (guint i = 0; needs[i] != NULL; i++)
    {
      g_auto (GStrv) need = g_strsplit (needs[i], ":", 2);

      if (need[0] != NULL && need[1] != NULL && strcmp (need[0], setting) == 0)
        return g_strsplit (need[1], "|", -1);
    }

  return NULL;
}

static gboolean
can_keep (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  GPtrArray *records = way_practice_get_records (self);

  if (!is_type (target, "goal") || value != NULL
      || way_practice_get_current_in (self, APP) != target)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    if (is_type (records->pdata[i], "setting")
        && way_practice_get_state (self, ((WayDeskRecord *) records->pdata[i])->id) != NULL)
      return TRUE;

  return FALSE;
}

/* "met" when what matters is right and nothing else was changed, "crowded" when more was
 * changed, "unmet" otherwise. The next goal finds the settings as they were at first. */
static void
keep (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  GPtrArray *records = way_practice_get_records (self);
  gboolean is_met = TRUE;
  gboolean is_crowded = FALSE;

  for (guint i = 0; i < records->len; i++)
    {
      const WayDeskRecord *setting = g_ptr_array_index (records, i);
      const char *now;
      g_auto (GStrv) needed = NULL;

      if (!is_type (setting, "setting"))
        continue;
      now = way_practice_get_setting (self, setting);
      needed = dup_needed (target, setting->id);
      if (needed != NULL)
        is_met = is_met && now != NULL && g_strv_contains ((const char *const *) needed, now);
      else
        is_crowded = is_crowded || g_strcmp0 (now, way_desk_get_field (setting, "start")) != 0;
      while (way_practice_get_state (self, setting->id) != NULL)
        way_practice_pop_state (self, setting->id);
    }
  way_practice_push_state (self, target->id,
                           !is_met      ? "unmet"
                           : is_crowded ? "crowded"
                                        : "met",
                           NULL);
}

static gboolean
check_setting (const WayDesk *desk, const WayDeskRecord *setting, GError **error)
{
  const char *start = way_desk_get_field (setting, "start");

  if (way_practice_find_part (setting, "value", start) == NULL)
    return way_practice_fail (desk, setting->line, error,
                              "a setting starts with one of its values, not “%s”",
                              start != NULL ? start : "");

  return TRUE;
}

/* Each need names a setting and values of it, and does not hold from the start. */
static gboolean
check_need (const WayDesk *desk, const WayDeskRecord *goal, const char *need, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (need, ":", 2);
  g_auto (GStrv)
      values = g_strsplit (parts[0] != NULL && parts[1] != NULL ? parts[1] : "", "|", -1);
  const WayDeskRecord *setting = NULL;
  const char *start;

  for (guint i = 0; parts[0] != NULL && i < desk->records->len; i++)
    {
      const WayDeskRecord *record = g_ptr_array_index (desk->records, i);

      if (is_type (record, "setting") && strcmp (record->id, parts[0]) == 0)
        setting = record;
    }
  if (setting == NULL || values[0] == NULL)
    return way_practice_fail (desk, goal->line, error, "“%s” names no setting and value", need);
  for (guint i = 0; values[i] != NULL; i++)
    if (way_practice_find_part (setting, "value", values[i]) == NULL)
      return way_practice_fail (desk, goal->line, error, "“%s” has no value “%s”", setting->id,
                                values[i]);
  start = way_desk_get_field (setting, "start");
  if (start != NULL && g_strv_contains ((const char *const *) values, start))
    return way_practice_fail (desk, goal->line, error, "“%s” is met before anything is done", need);

  return TRUE;
}

static gboolean
check (const WayDesk *desk, const WayDeskRecord *record, GError **error)
{
  const char *text = way_desk_get_field (record, "needs");
  g_auto (GStrv) needs = NULL;

  if (is_type (record, "setting"))
    return check_setting (desk, record, error);
  if (text == NULL || *text == '\0')
    return way_practice_fail (desk, record->line, error, "a goal says what it “needs”");

  needs = g_strsplit (text, " ", -1);
  for (guint i = 0; needs[i] != NULL; i++)
    if (!check_need (desk, record, needs[i], error))
      return FALSE;

  return TRUE;
}

static const WayVerb verbs[] = {
  { "set", can_set, "set", NULL },
  { "undo", can_undo, NULL, undo },
  { "keep", can_keep, NULL, keep },
  { NULL },
};

const WayPracticeApp way_practice_settings_app = {
  .name = APP,
  .tasks = "goal",
  .lookups = "setting",
  .verbs = verbs,
  .is_one_by_one = TRUE,
  .check = check,
};

/**
 * way_practice_get_setting:
 * @setting: one of the desk's settings
 *
 * Returns: (transfer none): id of the value that it has now; valid until the next action
 */
const char *
way_practice_get_setting (WayPractice *self, const WayDeskRecord *setting)
{
  const char *value;

  g_return_val_if_fail (WAY_IS_PRACTICE (self) && setting != NULL, NULL);

  value = way_practice_get_state_value (self, setting->id);

  return value != NULL ? value : way_desk_get_field (setting, "start");
}

/**
 * way_practice_get_setting_value:
 * @setting: one of the desk's settings
 *
 * Returns: (nullable) (transfer none): the value that it has now
 */
const WayDeskRecord *
way_practice_get_setting_value (WayPractice *self, const WayDeskRecord *setting)
{
  g_return_val_if_fail (WAY_IS_PRACTICE (self) && setting != NULL, NULL);

  return way_practice_find_part (setting, "value", way_practice_get_setting (self, setting));
}
