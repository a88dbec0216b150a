/* way-practice-keys.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "practice/way-practice-keys.h"

#include "practice/way-practice-private.h"

#include <string.h>

#define APP "keys"

static const char *const kinds[] = { "button", "check", "choice", "window", NULL };

static gboolean
is_type (const WayDeskRecord *record, const char *type)
{
  return strcmp (record->type, type) == 0;
}

static gboolean
is_kind (const WayDeskRecord *control, const char *kind)
{
  return g_strcmp0 (way_desk_get_field (control, "kind"), kind) == 0;
}

/* Whether the step in hand is about it. */
static gboolean
is_wanted (WayPractice *self, const WayDeskRecord *control)
{
  const WayDeskRecord *step = way_practice_get_current_in (self, APP);

  return step != NULL && g_strcmp0 (way_desk_get_field (step, "control"), control->id) == 0;
}

/* A window is there only while it is to be closed, and a choice takes one of its values. */
static gboolean
can_use (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  if (!is_type (target, "control"))
    return FALSE;
  if (is_kind (target, "choice"))
    return way_practice_find_part (target, "value", value) != NULL
           && g_strcmp0 (way_practice_get_state_value (self, target->id), value) != 0;

  return value == NULL && (!is_kind (target, "window") || is_wanted (self, target));
}

static void
use (WayPractice *self, const WayDeskRecord *target, const char *value, const char *how)
{
  const WayDeskRecord *step = is_wanted (self, target) ? way_practice_get_current_in (self, APP)
                                                       : NULL;
  const char *wanted;

  if (is_kind (target, "check") && way_practice_is_on (self, target))
    way_practice_push_state (self, target->id, "off", NULL);
  else
    way_practice_push_state (self, target->id, is_kind (target, "window") ? "closed" : "on", value);
  if (step == NULL)
    return;
  wanted = way_desk_get_field (step, "value");
  if ((wanted != NULL && g_strcmp0 (wanted, value) != 0)
      || (is_kind (target, "check") && !way_practice_is_on (self, target)))
    return;
  way_practice_push_state (self, step->id, how, NULL);
}

static void
use_by_key (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  use (self, target, value, "by-key");
}

static void
use_by_pointer (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  use (self, target, value, "by-pointer");
}

static const WayDeskRecord *
find_control (const WayDesk *desk, const char *id)
{
  for (guint i = 0; id != NULL && i < desk->records->len; i++)
    {
      const WayDeskRecord *record = g_ptr_array_index (desk->records, i);

      if (is_type (record, "control") && strcmp (record->id, id) == 0)
        return record;
    }

  return NULL;
}

static gboolean
check (const WayDesk *desk, const WayDeskRecord *record, GError **error)
{
  const char *kind = way_desk_get_field (record, "kind");
  const char *value = way_desk_get_field (record, "value");
  const WayDeskRecord *control;

  if (is_type (record, "control"))
    return (kind != NULL && g_strv_contains (kinds, kind))
           || way_practice_fail (desk, record->line, error, "there is no “kind” of control “%s”",
                                 kind != NULL ? kind : "");

  control = find_control (desk, way_desk_get_field (record, "control"));
  if (control == NULL)
    return way_practice_fail (desk, record->line, error, "a step names a “control” that is here");
  if (is_kind (control, "choice") ? way_practice_find_part (control, "value", value) == NULL
                                  : value != NULL)
    return way_practice_fail (desk, record->line, error,
                              "a step names one “value” of a choice, and none of others");

  return TRUE;
}

static const WayVerb verbs[] = {
  { "key", can_use, NULL, use_by_key },
  { "press", can_use, NULL, use_by_pointer },
  { NULL },
};

const WayPracticeApp way_practice_keys_app = {
  .name = APP,
  .tasks = "step",
  .lookups = "control",
  .verbs = verbs,
  .is_one_by_one = TRUE,
  .check = check,
};

/**
 * way_practice_is_on:
 * @control: one of the page's controls
 *
 * Returns: whether a box is ticked; of others, whether they were used
 */
gboolean
way_practice_is_on (WayPractice *self, const WayDeskRecord *control)
{
  const char *state;

  g_return_val_if_fail (WAY_IS_PRACTICE (self) && control != NULL, FALSE);

  state = way_practice_get_state (self, control->id);

  return state != NULL && strcmp (state, "off") != 0;
}
