/* way-practice-record.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "practice/way-practice-record.h"

#include "practice/way-practice-private.h"

#include <string.h>

/* Under names that no record can have: which chart is open, and which of its screens. */
#define OPEN " open"
#define SCREEN " screen"

static const char *const screens[] = { "jobs", "orders", "results", "letters", NULL };
static const char *const kinds[] = { "job", "order", "result", "letter" };
static const char *const identifiers[] = { "name", "dob", "nhs", "address", NULL };

/* --- The record as it is written ---------------------------------------------------- */

/**
 * way_errand_is:
 * @record: (nullable): what stands on a desk
 *
 * Returns: whether it is something to do in a patient's record
 */
gboolean
way_errand_is (const WayDeskRecord *record)
{
  return record != NULL && strcmp (record->type, "errand") == 0;
}

/**
 * way_chart_is:
 * @record: (nullable): what stands on a desk
 *
 * Returns: whether it is the record of a patient
 */
gboolean
way_chart_is (const WayDeskRecord *record)
{
  return record != NULL && strcmp (record->type, "chart") == 0;
}

/**
 * way_chart_get_screens:
 *
 * Returns: (transfer none) (array zero-terminated=1): ids of the screens, in order
 */
const char *const *
way_chart_get_screens (void)
{
  return screens;
}

/**
 * way_chart_get_screen:
 * @part: a part of a chart
 *
 * Returns: (nullable) (transfer none): the screen that it stands on
 */
const char *
way_chart_get_screen (const WayDeskRecord *part)
{
  g_return_val_if_fail (part != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (part->type, kinds[i]) == 0)
      return screens[i];

  return NULL;
}

/**
 * way_chart_find_part:
 * @id: (nullable): a part's id
 *
 * Returns: (nullable) (transfer none): the part
 */
const WayDeskRecord *
way_chart_find_part (const WayDeskRecord *chart, const char *id)
{
  g_return_val_if_fail (chart != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const WayDeskRecord *part = way_practice_find_part (chart, kinds[i], id);

      if (part != NULL)
        return part;
    }

  return NULL;
}

/* --- Where a run stands ------------------------------------------------------------- */

static char *
make_place (const WayDeskRecord *chart, const char *part)
{
  return g_strdup_printf ("%s/%s", chart->id, part);
}

/**
 * way_practice_get_open_chart:
 *
 * Returns: (nullable) (transfer none): the patient's record that is open
 */
const WayDeskRecord *
way_practice_get_open_chart (WayPractice *self)
{
  g_return_val_if_fail (WAY_IS_PRACTICE (self), NULL);

  return way_practice_find_record (self, way_practice_get_state_value (self, OPEN));
}

/**
 * way_practice_get_screen:
 *
 * Returns: (nullable) (transfer none): the screen that shows of the open record; %NULL
 *   while it shows only who the patient is
 */
const char *
way_practice_get_screen (WayPractice *self)
{
  g_return_val_if_fail (WAY_IS_PRACTICE (self), NULL);

  return way_practice_get_state_value (self, SCREEN);
}

/**
 * way_practice_get_part_state:
 * @part: id of a part of @chart
 *
 * Returns: (nullable) (transfer none): "seen", "acknowledged", "signed" or "completed";
 *   valid until the next action
 */
const char *
way_practice_get_part_state (WayPractice *self, const WayDeskRecord *chart, const char *part)
{
  g_autofree char *place = NULL;

  g_return_val_if_fail (WAY_IS_PRACTICE (self) && chart != NULL && part != NULL, NULL);

  place = make_place (chart, part);

  return way_practice_get_state (self, place);
}

/* --- What can be done: errands ------------------------------------------------------ */

static gboolean
is_in_hand (WayPractice *self, const WayDeskRecord *record)
{
  return way_errand_is (record) && way_practice_get_current_in (self, "record") == record;
}

static gboolean
can_take (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return way_errand_is (target) && value == NULL && !is_in_hand (self, target);
}

static void
take (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  way_practice_hold (self, target);
}

/* One that asks something ends with an answer, any other with "done". */
static gboolean
can_answer (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return is_in_hand (self, target) && way_practice_get_state (self, target->id) == NULL
         && way_practice_find_part (target, "option", value) != NULL;
}

static gboolean
can_finish (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return is_in_hand (self, target) && value == NULL && target->parts->len == 0
         && way_practice_get_state (self, target->id) == NULL;
}

static void
hold (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  way_practice_hold (self, target);
}

static void
let_go (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  way_practice_let_go (self, target);
}

/* --- What can be done: the record --------------------------------------------------- */

static gboolean
can_open (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return way_chart_is (target) && value == NULL && way_practice_get_open_chart (self) == NULL;
}

static void
open_chart (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  way_practice_push_state (self, OPEN, "open", target->id);
}

static gboolean
is_open (WayPractice *self, const WayDeskRecord *target)
{
  return way_chart_is (target) && way_practice_get_open_chart (self) == target;
}

static gboolean
can_close (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return is_open (self, target) && value == NULL;
}

static void
close_chart (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  way_practice_push_state (self, OPEN, "closed", NULL);
  way_practice_push_state (self, SCREEN, "closed", NULL);
}

static gboolean
can_check (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return is_open (self, target) && value != NULL && g_strv_contains (identifiers, value)
         && way_desk_get_field (target, value) != NULL;
}

static gboolean
can_go (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return is_open (self, target) && value != NULL && g_strv_contains (screens, value)
         && g_strcmp0 (way_practice_get_screen (self), value) != 0;
}

static void
go (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  way_practice_push_state (self, SCREEN, "shown", value);
}

/* A part that is of the kind and stands on the screen that shows. */
static const WayDeskRecord *
find_shown (WayPractice *self, const WayDeskRecord *chart, const char *id)
{
  const WayDeskRecord *part = is_open (self, chart) ? way_chart_find_part (chart, id) : NULL;

  return part != NULL
                 && g_strcmp0 (way_chart_get_screen (part), way_practice_get_screen (self)) == 0
             ? part
             : NULL;
}

static gboolean
is_at (WayPractice *self,
       const WayDeskRecord *chart,
       const char *id,
       const char *kind,
       const char *state)
{
  const WayDeskRecord *part = find_shown (self, chart, id);

  return part != NULL && strcmp (part->type, kind) == 0
         && g_strcmp0 (way_practice_get_part_state (self, chart, id), state) == 0;
}

static void
set_part (WayPractice *self, const WayDeskRecord *chart, const char *part, const char *state)
{
  g_autofree char *place = make_place (chart, part);

  way_practice_push_state (self, place, state, part);
}

static gboolean
can_look (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return is_at (self, target, value, "result", NULL) || is_at (self, target, value, "letter", NULL)
         || is_at (self, target, value, "order", NULL);
}

static void
look (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  set_part (self, target, value, "seen");
}

/* Nobody can answer for a result that was not looked at; nor take it back, as in the real
 * thing. */
static gboolean
can_acknowledge (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return is_at (self, target, value, "result", "seen");
}

static void
acknowledge (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  set_part (self, target, value, "acknowledged");
}

static gboolean
can_sign (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return is_at (self, target, value, "order", "seen")
         && way_desk_get_field (way_chart_find_part (target, value), "signed") == NULL;
}

static void
sign (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  set_part (self, target, value, "signed");
}

static gboolean
can_complete (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return is_at (self, target, value, "job", NULL)
         && way_desk_get_field (way_chart_find_part (target, value), "done") == NULL;
}

static void
complete (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  set_part (self, target, value, "completed");
}

/* A job that was ticked can be opened again, and an errand be taken up again. What was
 * signed or acknowledged stands. */
static gboolean
can_undo (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  if (way_errand_is (target))
    return value == NULL && way_practice_get_state (self, target->id) != NULL;

  return is_at (self, target, value, "job", "completed");
}

static void
undo (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  if (way_errand_is (target))
    {
      way_practice_pop_state (self, target->id);
      way_practice_hold (self, target);
    }
  else
    {
      g_autofree char *place = make_place (target, value);

      way_practice_pop_state (self, place);
    }
}

static const WayVerb verbs[] = {
  { "take", can_take, NULL, take },
  { "answer", can_answer, "answered", hold },
  { "done", can_finish, "done", let_go },
  { "open", can_open, NULL, open_chart },
  { "close", can_close, NULL, close_chart },
  { "check", can_check, NULL, NULL },
  { "go", can_go, NULL, go },
  { "look", can_look, NULL, look },
  { "acknowledge", can_acknowledge, NULL, acknowledge },
  { "sign", can_sign, NULL, sign },
  { "complete", can_complete, NULL, complete },
  { "undo", can_undo, NULL, undo },
  { NULL },
};

/**
 * way_practice_check_errand:
 * @record: an errand or a chart
 * @error: return location, in the domain %WAY_PRACTICE_ERROR
 *
 * Returns: whether it can be shown and worked with
 */
gboolean
way_practice_check_errand (const WayDesk *desk, const WayDeskRecord *record, GError **error)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  g_return_val_if_fail (desk != NULL && record != NULL, FALSE);

  for (guint i = 0; i < record->parts->len; i++)
    {
      const WayDeskRecord *part = g_ptr_array_index (record->parts, i);

      if (part->id == NULL || !g_hash_table_add (ids, part->id))
        return way_practice_fail (desk, part->line, error,
                                  "a part of “%s” has no id, or that of another", record->id);
      if (way_errand_is (record)
              ? strcmp (part->type, "option") != 0 || way_desk_get_field (part, "text") == NULL
              : way_chart_get_screen (part) == NULL || way_desk_get_field (part, "title") == NULL)
        return way_practice_fail (desk, part->line, error,
                                  "“%s” of “%s” is nothing that can be shown there", part->id,
                                  record->id);
      if (strcmp (part->type, "result") == 0 && part->content == NULL)
        return way_practice_fail (desk, part->line, error, "the result “%s” says nothing",
                                  part->id);
    }
  if (way_errand_is (record) && way_desk_get_field (record, "title") == NULL)
    return way_practice_fail (desk, record->line, error, "the errand “%s” has no title",
                              record->id);
  for (guint i = 0; way_chart_is (record) && i < 3; i++)
    if (way_desk_get_field (record, identifiers[i]) == NULL)
      return way_practice_fail (desk, record->line, error, "the record of “%s” has no “%s”",
                                record->id, identifiers[i]);

  return TRUE;
}

const WayPracticeApp way_practice_record_app = {
  .name = "record",
  .tasks = "errand",
  .lookups = "chart",
  .verbs = verbs,
  .is_one_by_one = TRUE,
  .check = way_practice_check_errand,
};
