/* careful.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "careful.h"

#include <string.h>

#include "fixture.h"
#include "practice/way-practice-computer.h"
#include "practice/way-practice-inspect.h"
#include "practice/way-practice-record.h"
#include "practice/way-practice-table.h"
#include "tasks.h"

/* What a careful colleague does on each desk of the core pack. */

#include "tasks.inc"

#include "baseline.inc"

guint
get_n_tasks (void)
{
  return G_N_ELEMENTS (tasks) + G_N_ELEMENTS (baseline_tasks);
}

/* Those of the modules, then those of the baseline. */
const Task *
get_task (guint i)
{
  return i < G_N_ELEMENTS (tasks) ? &tasks[i] : &baseline_tasks[i - G_N_ELEMENTS (tasks)];
}

guint
get_n_paths (void)
{
  return G_N_ELEMENTS (baseline_paths);
}

const Path *
get_path (guint i)
{
  return &baseline_paths[i];
}

/* What is done for a step: nothing, where its record was not drawn or the mistake is that. */
static const char *
find_action (WayPractice *practice, const Step *step, const Mistake *mistake, const char **value)
{
  *value = step->value;
  if (way_practice_find_record (practice, step->record) == NULL)
    return NULL;
  if (mistake == NULL || strcmp (mistake->record, step->record) != 0
      || strcmp (mistake->value, step->value != NULL ? step->value : step->action) != 0)
    return step->action;
  *value = mistake->instead;

  return mistake->action;
}

/* Steps are done in their order. Where an app hands out its records one by one, in an order
 * that was drawn, those of the others wait for theirs. */
void
do_task (WayPractice *practice, const Task *task, const Mistake *mistake)
{
  gboolean is_done[64] = { FALSE };
  const Step *waiting;
  gboolean goes_on;

  do
    {
      goes_on = FALSE;
      waiting = NULL;
      for (guint i = 0; task->steps[i].record != NULL; i++)
        {
          const Step *step = &task->steps[i];
          const char *value;
          const char *action = find_action (practice, step, mistake, &value);

          g_assert_cmpuint (i, <, G_N_ELEMENTS (is_done));
          if (is_done[i] || action == NULL)
            continue;
          is_done[i] = way_practice_can (practice, action, step->record, value);
          if (is_done[i])
            assert_done (practice, action, step->record, value);
          if (is_done[i])
            goes_on = TRUE;
          else if (waiting == NULL)
            waiting = step;
        }
    }
  while (goes_on && waiting != NULL);
  if (waiting != NULL)
    g_error ("%s: “%s” was not possible on %s with %s", task->desk, waiting->action,
             waiting->record, waiting->value);
  assert_done (practice, "finish", NULL, NULL);
}

static gboolean
is_bad (const WayDeskRecord *record)
{
  return g_str_has_prefix (record->group, "bad");
}

/* What a careful colleague does, in the order of the list or from its end. */
void
sort_inbox (WayPractice *practice, gboolean is_backwards)
{
  GPtrArray *records = way_practice_get_records (practice);

  for (guint i = 0; i < records->len; i++)
    {
      const WayDeskRecord *record = g_ptr_array_index (records,
                                                       is_backwards ? records->len - 1 - i : i);
      const WayDeskRecord *link = find_part (record, "link");

      assert_done (practice, "open", record->id, NULL);
      assert_done (practice, "look-sender", record->id, NULL);
      if (link != NULL)
        assert_done (practice, "look-link", record->id, link->id);
      if (is_backwards && !is_bad (record))
        {
          assert_done (practice, "report", record->id, NULL);
          assert_done (practice, "undo", record->id, NULL);
        }
      assert_done (practice, is_bad (record) ? "report" : "leave", record->id, NULL);
    }
}

void
ask_and_check (WayPractice *practice, const WayDeskRecord *request, const char *patient)
{
  static const char *const identifiers[] = { "name", "dob", "nhs", "address" };

  assert_done (practice, "open", patient, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (identifiers); i++)
    {
      g_autofree char *given = g_strconcat ("given-", identifiers[i], NULL);

      if (way_desk_get_field (request, given) == NULL)
        assert_done (practice, "ask", request->id, identifiers[i]);
      if (way_practice_can (practice, "check", patient, identifiers[i]))
        assert_done (practice, "check", patient, identifiers[i]);
    }
}

void
find_patients (WayPractice *practice)
{
  const WayDeskRecord *request;

  while ((request = way_practice_get_current (practice)) != NULL)
    {
      const char *patient = way_desk_get_field (request, "patient");

      if (patient != NULL)
        ask_and_check (practice, request, patient);
      if (patient != NULL)
        assert_done (practice, "choose", request->id, patient);
      else
        assert_done (practice, "stop", request->id, NULL);
    }
}

void
sign_in_carefully (WayPractice *practice)
{
  const WayDeskRecord *step;

  while ((step = way_practice_get_current (practice)) != NULL)
    {
      if (strcmp (step->type, "passphrase") == 0)
        {
          for (guint i = 0; i < step->parts->len; i++)
            {
              const WayDeskRecord *word = g_ptr_array_index (step->parts, i);

              if (way_desk_get_field (word, "weak") == NULL)
                assert_done (practice, "add-word", step->id, word->id);
            }
          assert_done (practice, "save", NULL, NULL);
        }
      else if (strcmp (step->type, "choice") == 0)
        {
          g_auto (GStrv) right = g_strsplit (way_desk_get_field (step, "right"), " ", -1);

          assert_done (practice, "choose", step->id, right[0]);
        }
      else if (strcmp (step->type, "factor") == 0)
        {
          g_autofree char *code = way_practice_dup_code (practice, step->id);
          const WayDeskRecord *option = NULL;

          for (guint i = 0; i < step->parts->len; i++)
            if (way_desk_get_field (step->parts->pdata[i], "code") != NULL)
              option = step->parts->pdata[i];
          assert_done (practice, "choose", step->id, option->id);
          assert_done (practice, "enter-code", step->id, code);
        }
      else if (strcmp (step->group, "asked") == 0)
        assert_done (practice, "approve", step->id, NULL);
      else
        {
          assert_done (practice, "deny", step->id, NULL);
          assert_done (practice, "report", step->id, NULL);
        }
      assert_done (practice, "next", NULL, NULL);
    }
}

const char *
find_option (const WayDeskRecord *event, gboolean is_away)
{
  for (guint i = 0; i < event->parts->len; i++)
    if ((way_desk_get_field (event->parts->pdata[i], "away") != NULL) == is_away)
      return ((WayDeskRecord *) event->parts->pdata[i])->id;

  return NULL;
}

const char *
get_computer (WayPractice *practice)
{
  return way_practice_get_computer (practice)->id;
}

/* What was written is there, and two seconds later something happens. */
void
let_happen (WayPractice *practice)
{
  g_autofree char *due = g_strdup_printf ("%u", way_practice_get_next_arrival (practice));

  g_assert_null (way_practice_get_current (practice));
  g_assert_cmpstr (due, ==, "2");
  assert_done (practice, "clock", NULL, due);
  g_assert_nonnull (way_practice_get_current (practice));
}

void
begin_well (WayPractice *practice)
{
  assert_done (practice, "sign-out", get_computer (practice), NULL);
  assert_done (practice, "sign-in", get_computer (practice), NULL);
  assert_done (practice, "write", NULL, NULL);
  let_happen (practice);
}

/* Locks before each way, keeps the name, closes what stands open. */
void
answer_well (WayPractice *practice)
{
  const WayDeskRecord *event;

  while ((event = way_practice_get_current (practice)) != NULL)
    {
      const char *right = way_desk_get_field (event, "right");

      if (right == NULL || way_desk_get_field (event, "computer") != NULL)
        assert_done (practice, "lock", get_computer (practice), NULL);
      assert_done (practice, "choose", NULL, right != NULL ? right : find_option (event, TRUE));
      assert_done (practice, "next", NULL, NULL);
    }
}

/* The settings that a goal needs, each with the first value that will do. */
void
set_needed (WayPractice *practice, const WayDeskRecord *goal)
{
  g_auto (GStrv) needs = g_strsplit (way_desk_get_field (goal, "needs"), " ", -1);

  for (guint i = 0; needs[i] != NULL; i++)
    {
      g_auto (GStrv) need = g_strsplit_set (needs[i], ":|", -1);

      assert_done (practice, "set", need[0], need[1]);
    }
}

void
do_steps (WayPractice *practice, const char *action)
{
  const WayDeskRecord *step;

  while ((step = way_practice_get_current (practice)) != NULL)
    {
      g_assert_cmpstr (step->type, ==, "step");
      assert_done (practice, action, way_desk_get_field (step, "control"),
                   way_desk_get_field (step, "value"));
    }
}

/* The end of a shift: saved, then signed out of, then away with what is one's own. */
void
leave_shift (WayPractice *practice)
{
  static const char *const places[][2] = {
    { "save", "inside" },      { "records", "inside" },    { "mail", "inside" },
    { "computer", "outside" }, { "smartcard", "outside" }, { "prints", "outside" },
  };
  GPtrArray *records = way_practice_get_records (practice);

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    assert_done (practice, "place", places[i][0], places[i][1]);
  for (guint i = 0; i < records->len; i++)
    {
      const WayDeskRecord *record = g_ptr_array_index (records, i);

      if (g_strcmp0 (record->group, "bad") == 0)
        assert_done (practice, "place", record->id, "not");
    }
  assert_done (practice, "submit", "leave", NULL);
}

/* Gives each question the first answer that is right. */
void
answer_all (WayPractice *practice, const WayDeskRecord *table)
{
  for (guint i = 0; i < table->parts->len; i++)
    {
      const WayDeskRecord *question = g_ptr_array_index (table->parts, i);
      g_auto (GStrv) answers = NULL;
      g_auto (GStrv) things = NULL;
      const char *ask;

      if (strcmp (question->type, "question") != 0)
        continue;
      ask = way_desk_get_field (question, "ask");
      answers = g_strsplit (way_desk_get_field (question, "answer"), " ", -1);
      things = g_strsplit (answers[0], "+", -1);
      for (guint j = 0; things[j] != NULL; j++)
        {
          g_autofree char *value = g_strdup_printf ("%s=%s", question->id, things[j]);

          assert_done (practice, strcmp (ask, "number") == 0 ? "answer" : ask, table->id, value);
        }
    }
}

void
say_all (WayPractice *practice, const char *talk, const char *replies)
{
  g_auto (GStrv) words = g_strsplit (replies, " ", -1);

  if (way_practice_can (practice, "take", talk, NULL))
    assert_done (practice, "take", talk, NULL);
  for (guint i = 0; words[i] != NULL; i++)
    assert_done (practice, *words[i] == '<' ? "go-back" : "say", talk,
                 *words[i] == '<' ? NULL : words[i]);
}

void
do_to (WayPractice *practice, const char *is, const char *action, guint n)
{
  GPtrArray *records = way_practice_get_records (practice);

  for (guint i = 0; i < records->len && n > 0; i++)
    {
      const WayDeskRecord *place = g_ptr_array_index (records, i);

      if (!way_place_is (place) || g_strcmp0 (way_desk_get_field (place, "is"), is) != 0)
        continue;
      assert_done (practice, action, place->id, NULL);
      n--;
    }
}

void
say_why (WayPractice *practice)
{
  GPtrArray *records = way_practice_get_records (practice);

  for (guint i = 0; i < records->len; i++)
    {
      const WayDeskRecord *place = g_ptr_array_index (records, i);
      const char *why = way_desk_get_field (place, "why");
      g_auto (GStrv) words = g_strsplit (why != NULL ? why : "", " ", -1);

      for (guint j = 0; words[j] != NULL && way_place_is (place); j++)
        assert_done (practice, "say-why", place->id, words[j]);
    }
}

static const char *
get_screen (WayPractice *practice, const char *chart, const char *part)
{
  return way_chart_get_screen (
      way_chart_find_part (way_practice_find_record (practice, chart), part));
}

static void
go_and_look (WayPractice *practice, const char *chart, const char *part)
{
  const char *screen = get_screen (practice, chart, part);

  if (way_practice_can (practice, "go", chart, screen))
    assert_done (practice, "go", chart, screen);
  if (way_practice_can (practice, "look", chart, part))
    assert_done (practice, "look", chart, part);
}

static gboolean
is_wrong (const WayDeskRecord *record, const char *errand, const char *wrong, const char *what)
{
  return g_strcmp0 (record->id, errand) == 0 && g_strcmp0 (wrong, what) == 0;
}

/* What was compared stays compared. */
static void
check_once (WayPractice *practice, const char *chart, const char *identifier)
{
  if (!way_practice_was_done (practice, "check", chart, identifier))
    assert_done (practice, "check", chart, identifier);
}

/* As a careful colleague does it, but that in one errand one thing is done otherwise: "near",
 * "unchecked", "unread", "answer", "old" or "open". */
void
do_errands (WayPractice *practice, const char *errand, const char *wrong)
{
  g_autoptr (GPtrArray) records = way_practice_dup_records (practice, "record");

  for (guint i = 0; i < records->len; i++)
    {
      const WayDeskRecord *record = g_ptr_array_index (records, i);
      const char *chart;
      const char *part;
      const char *answer;

      if (!way_errand_is (record))
        continue;
      chart = way_desk_get_field (record,
                                  is_wrong (record, errand, wrong, "near") ? "near" : "chart");
      part = way_desk_get_field (record, is_wrong (record, errand, wrong, "old") ? "old" : "part");
      answer = way_desk_get_field (record, "answer");
      if (way_practice_can (practice, "take", record->id, NULL))
        assert_done (practice, "take", record->id, NULL);
      if (chart != NULL)
        {
          assert_done (practice, "open", chart, NULL);
          if (!is_wrong (record, errand, wrong, "unchecked"))
            {
              check_once (practice, chart, "dob");
              check_once (practice, chart, "address");
            }
          if (part != NULL && !is_wrong (record, errand, wrong, "unread"))
            go_and_look (practice, chart, part);
          if (part != NULL && answer == NULL)
            for (guint j = 0; j < 3; j++)
              {
                static const char *const verbs[] = { "complete", "sign", "acknowledge" };

                if (way_practice_can (practice, verbs[j], chart, part))
                  assert_done (practice, verbs[j], chart, part);
              }
          assert_done (practice, "close", chart, NULL);
        }
      if (answer != NULL)
        {
          for (guint j = 0; is_wrong (record, errand, wrong, "answer"); j++)
            if (strcmp (((WayDeskRecord *) record->parts->pdata[j])->id, answer) != 0)
              {
                answer = ((WayDeskRecord *) record->parts->pdata[j])->id;
                break;
              }
          assert_done (practice, "answer", record->id, answer);
        }
      else if (!is_wrong (record, errand, wrong, "open"))
        assert_done (practice, "done", record->id, NULL);
    }
}

static void
work_walk (WayPractice *practice)
{
  begin_well (practice);
  answer_well (practice);
}

static void
work_settings (WayPractice *practice)
{
  const WayDeskRecord *goal;

  while ((goal = way_practice_get_current (practice)) != NULL)
    {
      set_needed (practice, goal);
      assert_done (practice, "keep", NULL, NULL);
    }
}

static void
work_tables (WayPractice *practice)
{
  GPtrArray *records = way_practice_get_records (practice);

  for (guint i = 0; i < records->len; i++)
    if (way_table_is (records->pdata[i]))
      answer_all (practice, records->pdata[i]);
}

static void
work_scene (WayPractice *practice)
{
  do_to (practice, "wrong", "look", G_MAXUINT);
  do_to (practice, "wrong", "mark", G_MAXUINT);
  say_why (practice);
}

static void
work_talks (WayPractice *practice)
{
  static const char *const paths[][2] = {
    { "daughter", "d-password d-enough" },        { "son", "s-cannot s-same s-number" },
    { "neighbour", "k-office k-only k-ask" },     { "grace", "g-you g-one g-show g-sign" },
    { "tomasz", "t-hear t-sound t-test t-desk" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    if (way_practice_find_record (practice, paths[i][0]) != NULL)
      say_all (practice, paths[i][0], paths[i][1]);
}

static void
work_inbox (WayPractice *practice)
{
  sort_inbox (practice, FALSE);
}

static void
work_keys (WayPractice *practice)
{
  do_steps (practice, "key");
}

static void
work_errands (WayPractice *practice)
{
  do_errands (practice, NULL, NULL);
}

/* Desks whose next step depends on what has come of the last one. */
static const struct
{
  const char *desk;
  int full;
  void (*work) (WayPractice *practice);
} desks[] = {
  { "b1-chart.xml", 5, work_tables },         { "b1-need.xml", 6, work_tables },
  { "b4-inspect.xml", 10, work_scene },       { "b4-talk.xml", 5, work_talks },
  { "c1-finder.xml", 9, find_patients },      { "c2-inspect.xml", 12, work_scene },
  { "d1-end.xml", 11, leave_shift },          { "d1-walk.xml", 14, work_walk },
  { "d2-keys.xml", 13, work_keys },           { "d2-settings.xml", 15, work_settings },
  { "d3-signin.xml", 15, sign_in_carefully }, { "d7-record.xml", 9, work_errands },
  { "d7-result.xml", 5, work_errands },       { "f1-inbox.xml", 17, work_inbox },
  { "f2-talk.xml", 7, work_talks },           { "f2-ward.xml", 12, work_scene },
};

static gboolean
is_of (const char *file, const char *desk)
{
  return g_str_has_prefix (file, desk) && strcmp (file + strlen (desk), ".xml") == 0;
}

/* All of a desk of the core pack, to its end. */
void
work_carefully (WayPractice *practice)
{
  const char *desk = way_practice_get_desk (practice)->id;

  for (guint i = 0; i < get_n_tasks (); i++)
    if (is_of (get_task (i)->desk, desk))
      {
        do_task (practice, get_task (i), NULL);
        return;
      }
  for (guint i = 0; i < G_N_ELEMENTS (desks); i++)
    if (is_of (desks[i].desk, desk))
      {
        desks[i].work (practice);
        assert_done (practice, "finish", NULL, NULL);
        return;
      }
  g_error ("Nobody has said how the desk “%s” is worked", desk);
}

/* What a desk is worth, by its id. */
int
get_full_score (const char *desk)
{
  for (guint i = 0; i < get_n_tasks (); i++)
    if (is_of (get_task (i)->desk, desk))
      return get_task (i)->full;
  for (guint i = 0; i < G_N_ELEMENTS (desks); i++)
    if (is_of (desks[i].desk, desk))
      return desks[i].full;
  g_error ("Nobody has said what the desk “%s” is worth", desk);
}
