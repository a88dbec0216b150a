/* test-practice.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "practice/way-practice.h"

#define NS "https://waymark-skills.github.io/ns/desk/1"

static WayDesk *
read_desk (const char *xml)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (xml, strlen (xml));
  g_autoptr (GError) error = NULL;
  WayDesk *desk = way_desk_new_from_bytes (bytes, "desks/small.xml", &error);

  g_assert_no_error (error);
  g_assert_nonnull (desk);

  return desk;
}

static WayDesk *
load_desk (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("WAYMARK_DATADIR"), "content", "core",
                                            "desks", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  WayDesk *desk;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new_take (g_steal_pointer (&text), length);
  desk = way_desk_new_from_bytes (bytes, name, &error);
  g_assert_no_error (error);
  way_practice_check_desk (desk, &error);
  g_assert_no_error (error);

  return desk;
}

static const char *
get_field (const WayDeskRecord *record, const char *name)
{
  return g_hash_table_lookup (record->fields, name);
}

static const WayDeskRecord *
find_part (const WayDeskRecord *record, const char *type)
{
  for (guint i = 0; i < record->parts->len; i++)
    {
      const WayDeskRecord *part = g_ptr_array_index (record->parts, i);

      if (strcmp (part->type, type) == 0)
        return part;
    }

  return NULL;
}

static void
assert_done (WayPractice *practice, const char *action, const char *target, const char *value)
{
  if (!way_practice_do (practice, action, target, value))
    g_error ("“%s” was not possible on %s with %s", action, target, value);
}

static void
assert_score (WayPractice *practice, int points, int out_of)
{
  int got_points;
  int got_out_of;

  way_practice_get_score (practice, &got_points, &got_out_of);
  g_assert_cmpint (got_points, ==, points);
  g_assert_cmpint (got_out_of, ==, out_of);
}

static char *
describe_draw (WayPractice *practice)
{
  GPtrArray *records = way_practice_get_records (practice);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < records->len; i++)
    g_string_append_printf (text, "%s ", ((WayDeskRecord *) records->pdata[i])->id);

  return g_string_free (text, FALSE);
}

/* A small inbox: three of five bad ones, a good one that is always there. */
static const char small_inbox[] =
    "<desk xmlns='" NS "' id='small' app='inbox' version='1' minutes='1'><title>Small</title>"
    "<task><p>Do it.</p></task><draw group='bad' n='3'/><records>"
    "<message id='b1' group='bad' level='high'><link id='l1' shown='a' leads='b'/></message>"
    "<message id='b2' group='bad'><attachment id='f2' name='a' kind='file'/></message>"
    "<message id='b3' group='bad'/><message id='b4' group='bad'/>"
    "<message id='b5' group='bad'/>"
    "<message id='g1' group='good' friend='g1'><reply id='r1' label='Yes'/>"
    "<link id='l2' shown='c' leads='d'/></message>"
    "</records><rules>"
    "<rule id='r' outcome='X.one' each='bad' points='2'><when>"
    "<final target='$' state='reported'/></when>"
    "<held><p>Yes.</p></held><missed><p>No.</p></missed><careful><p>So.</p></careful></rule>"
    "</rules></desk>";

static WayPractice *
new_with_test (const char *each, const char *test)
{
  g_autofree char *head = g_strndup (small_inbox, strstr (small_inbox, "<rules>") - small_inbox);
  g_autofree char *xml = g_strdup_printf (
      "%s<rules><rule id='r' outcome='X.one' %s points='1'><when>%s</when><held><p>Yes.</p></held>"
      "<missed><p>No.</p></missed><careful><p>So.</p></careful></rule></rules></desk>",
      head, each, test);
  g_autoptr (WayDesk) desk = read_desk (xml);

  return way_practice_new (desk, 1);
}

static void
test_draw_same_seed (void)
{
  g_autoptr (WayDesk) desk = load_desk ("f1-inbox.xml");
  g_autoptr (WayPractice) one = way_practice_new (desk, 42);
  g_autoptr (WayPractice) two = way_practice_new (desk, 42);
  g_autofree char *first = describe_draw (one);
  g_autofree char *second = describe_draw (two);

  g_assert_cmpstr (first, ==, second);
  g_assert_cmpuint (way_practice_get_seed (one), ==, 42);
  g_assert_true (way_practice_get_desk (one) == desk);
}

/* A seed in the log has to mean the same in years to come. */
static void
test_draw_is_pinned (void)
{
  g_autoptr (WayDesk) desk = read_desk (small_inbox);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint64 seed = 0; seed < 4; seed++)
    {
      g_autoptr (WayPractice) practice = way_practice_new (desk, seed);
      g_autofree char *draw = describe_draw (practice);

      g_string_append_printf (text, "%s/ ", draw);
    }
  g_assert_cmpstr (text->str, ==, "b4 b2 b3 g1 / b3 b5 b2 g1 / b2 b5 b4 g1 / b5 b3 b1 g1 / ");
}

/* Every draw has four bad messages, each of its own kind, and over the seeds each
 * message of the pool turns up. */
static void
test_draw_counts (void)
{
  g_autoptr (WayDesk) desk = load_desk ("f1-inbox.xml");
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) draws = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint64 seed = 0; seed < 200; seed++)
    {
      g_autoptr (WayPractice) practice = way_practice_new (desk, seed);
      GPtrArray *records = way_practice_get_records (practice);
      g_autoptr (GHashTable) kinds = g_hash_table_new (g_str_hash, g_str_equal);

      g_assert_cmpuint (records->len, ==, 10);
      for (guint i = 0; i < records->len; i++)
        {
          const WayDeskRecord *record = g_ptr_array_index (records, i);

          g_hash_table_add (seen, record->id);
          if (g_str_has_prefix (record->group, "bad"))
            g_hash_table_add (kinds, record->group);
          if (i > 0)
            g_assert_cmpstr (get_field (record, "time"), <=,
                             get_field (g_ptr_array_index (records, i - 1), "time"));
        }
      g_assert_cmpuint (g_hash_table_size (kinds), ==, 4);
      g_hash_table_add (draws, describe_draw (practice));
    }

  g_assert_cmpuint (g_hash_table_size (seen), ==, desk->records->len);
  g_assert_cmpuint (g_hash_table_size (draws), >, 190);
}

static void
test_do_refuses (void)
{
  g_autoptr (WayDesk) desk = read_desk (small_inbox);
  g_autoptr (WayPractice) practice = way_practice_new (desk, 1);

  g_assert_false (way_practice_do (practice, "dance", "g1", NULL));
  g_assert_false (way_practice_do (practice, "open", "nobody", NULL));
  g_assert_false (way_practice_do (practice, "open", NULL, NULL));
  g_assert_false (way_practice_do (practice, "follow-link", "g1", "l2"));
  g_assert_false (way_practice_do (practice, "reply", "g1", "r1"));
  g_assert_false (way_practice_do (practice, "undo", "g1", NULL));
  assert_done (practice, "open", "g1", NULL);
  g_assert_false (way_practice_do (practice, "follow-link", "g1", "l1"));
  g_assert_false (way_practice_do (practice, "follow-link", "g1", NULL));
  g_assert_false (way_practice_do (practice, "open-attachment", "g1", "l2"));
  g_assert_true (way_practice_can (practice, "follow-link", "g1", "l2"));
  g_assert_cmpuint (way_practice_get_n_actions (practice), ==, 1);
  assert_done (practice, "delete", "g1", NULL);
  g_assert_false (way_practice_can (practice, "follow-link", "g1", "l2"));
  g_assert_true (way_practice_can (practice, "look-link", "g1", "l2"));
  g_assert_false (way_practice_can (practice, "report", "g1", NULL));
}

static void
test_undo (void)
{
  g_autoptr (WayDesk) desk = read_desk (small_inbox);
  g_autoptr (WayPractice) practice = way_practice_new (desk, 1);

  assert_done (practice, "leave", "g1", NULL);
  assert_done (practice, "delete", "g1", NULL);
  g_assert_cmpstr (way_practice_get_state (practice, "g1"), ==, "deleted");
  assert_done (practice, "undo", "g1", NULL);
  g_assert_cmpstr (way_practice_get_state (practice, "g1"), ==, "left");
  assert_done (practice, "undo", "g1", NULL);
  g_assert_null (way_practice_get_state (practice, "g1"));
  g_assert_cmpuint (way_practice_get_n_actions (practice), ==, 4);

  assert_done (practice, "open", "g1", NULL);
  assert_done (practice, "reply", "g1", "r1");
  g_assert_cmpstr (way_practice_get_state_value (practice, "g1"), ==, "r1");
  g_assert_false (way_practice_can (practice, "undo", "g1", NULL));
}

static void
count_done_cb (
    WayPractice *practice, const char *action, const char *target, const char *value, GString *text)
{
  g_string_append_printf (text, "%s(%s,%s) ", action, target, value);
}

static void
test_done_signal (void)
{
  g_autoptr (WayDesk) desk = read_desk (small_inbox);
  WayPractice *practice = way_practice_new (desk, 1);
  g_autoptr (GString) text = g_string_new (NULL);
  const char *action;
  const char *target;
  const char *value;

  g_signal_connect (practice, "done", G_CALLBACK (count_done_cb), text);
  way_practice_do (practice, "open", "g1", NULL);
  way_practice_do (practice, "open", "nobody", NULL);
  way_practice_do (practice, "look-link", "g1", "l2");
  g_assert_false (way_practice_is_finished (practice));
  way_practice_do (practice, "finish", NULL, NULL);
  g_assert_true (way_practice_is_finished (practice));
  g_assert_false (way_practice_do (practice, "open", "g1", NULL));
  g_assert_cmpstr (text->str, ==, "open(g1,(null)) look-link(g1,l2) finish((null),(null)) ");
  way_practice_get_action (practice, 1, &action, &target, &value);
  g_assert_cmpstr (action, ==, "look-link");
  g_assert_cmpstr (target, ==, "g1");
  g_assert_cmpstr (value, ==, "l2");
  g_assert_finalize_object (practice);
}

/* Each test of the language over one trace: open g1, look at its link, reply. */
static void
test_rules (void)
{
  static const struct
  {
    const char *test;
    gboolean is_held;
  } cases[] = {
    { "<did action='open' target='g1'/>", TRUE },
    { "<did action='open' target='b1'/>", FALSE },
    { "<did action='look-link' target='$' value='l2'/>", TRUE },
    { "<did action='look-link' target='$' value='l1'/>", FALSE },
    { "<did action='delete reply' target='$.friend'/>", TRUE },
    { "<did action='open' target='$.nothing'/>", FALSE },
    { "<did target='$'/>", TRUE },
    { "<did action='delete'/>", FALSE },
    { "<not><did action='delete'/></not>", TRUE },
    { "<not><did action='open'/></not>", FALSE },
    { "<all><did action='open'/><did action='reply'/></all>", TRUE },
    { "<all><did action='open'/><did action='delete'/></all>", FALSE },
    { "<any><did action='delete'/><did action='reply'/></any>", TRUE },
    { "<any><did action='delete'/><did action='report'/></any>", FALSE },
    { "<final target='$' state='replied'/>", TRUE },
    { "<final target='$' state='left replied'/>", TRUE },
    { "<final target='$' state='replied' value='r1'/>", TRUE },
    { "<final target='$' state='replied' value='plain'/>", FALSE },
    { "<final target='$' state='none'/>", FALSE },
    { "<final state='replied'/>", FALSE },
    { "<before first='open' then='reply' target='$'/>", TRUE },
    { "<before first='look-link' first-value='l2' then='reply' target='$'/>", TRUE },
    { "<before first='reply' then='open' target='$'/>", FALSE },
    { "<before first='open' then='delete' target='$'/>", TRUE },
    { "<before first='look-sender' then='delete' target='$'/>", FALSE },
    { "<count action='look-link' min='2' max='2'/>", TRUE },
    { "<count action='look-link' min='3'/>", FALSE },
    { "<count action='look-link' max='1'/>", FALSE },
    { "<count action='look-link' distinct='value' max='1' min='1'/>", TRUE },
    { "<count distinct='target' min='1' max='1'/>", TRUE },
    { "<count action='look-link' until='reply' min='1' max='1'/>", TRUE },
    { "<count action='look-link' until='delete' min='2'/>", TRUE },
    { "<count action='open' min='one'/>", FALSE },
    { "<is field='friend'/>", TRUE },
    { "<is field='friend' value='x g1'/>", TRUE },
    { "<is field='friend' value='x'/>", FALSE },
    { "<is field='group' value='good'/>", TRUE },
    { "<is field='level'/>", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WayPractice) practice = new_with_test ("each='good'", cases[i].test);
      g_autoptr (GArray) outcomes = NULL;

      assert_done (practice, "open", "g1", NULL);
      assert_done (practice, "look-link", "g1", "l2");
      assert_done (practice, "reply", "g1", "r1");
      assert_done (practice, "look-link", "g1", "l2");
      outcomes = way_practice_judge (practice);
      g_assert_cmpuint (outcomes->len, ==, 1);
      if (g_array_index (outcomes, WayRuleOutcome, 0).is_held != cases[i].is_held)
        g_error ("%s: should %s", cases[i].test, cases[i].is_held ? "hold" : "not hold");
    }
}

static void
test_rule_each (void)
{
  g_autoptr (WayDesk) desk = read_desk (small_inbox);
  g_autoptr (WayPractice) practice = way_practice_new (desk, 7);
  GPtrArray *records = way_practice_get_records (practice);
  g_autoptr (GArray) outcomes = NULL;
  guint n = 0;

  g_assert_cmpuint (records->len, ==, 4);
  for (guint i = 0; i < records->len && n < 2; i++)
    {
      const WayDeskRecord *record = g_ptr_array_index (records, i);

      if (strcmp (record->group, "bad") == 0 && n++ < 2)
        assert_done (practice, "report", record->id, NULL);
    }
  assert_score (practice, 4, 6);
  outcomes = way_practice_judge (practice);
  g_assert_cmpuint (outcomes->len, ==, 3);
  for (guint i = 0; i < outcomes->len; i++)
    g_assert_cmpstr (g_array_index (outcomes, WayRuleOutcome, i).record->group, ==, "bad");
}

static void
test_rule_whole (void)
{
  g_autoptr (WayPractice)
      practice = new_with_test ("", "<count action='report' distinct='target' min='1'/>");
  g_autoptr (GArray) outcomes = NULL;

  assert_score (practice, 0, 1);
  assert_done (practice, "report", "g1", NULL);
  assert_score (practice, 1, 1);
  outcomes = way_practice_judge (practice);
  g_assert_null (g_array_index (outcomes, WayRuleOutcome, 0).record);
}

static void
test_check_desk (void)
{
  static const struct
  {
    const char *old;
    const char *new;
    WayPracticeError code;
    const char *text;
  } cases[] = {
    { "app='inbox'", "app='fridge'", WAY_PRACTICE_ERROR_APP, "*fridge*" },
    { "n='3'", "n='6'", WAY_PRACTICE_ERROR_DRAW, "*6*bad*5*" },
    { "draw group='bad'", "draw group='worse'", WAY_PRACTICE_ERROR_DRAW, "*worse*" },
    { "each='bad'", "each='worse'", WAY_PRACTICE_ERROR_RULE, "*worse*" },
    { "<final target='$' state='reported'/>", "<wish/>", WAY_PRACTICE_ERROR_RULE, "*wish*" },
    { "<final target='$' state='reported'/>", "<did action='dance'/>", WAY_PRACTICE_ERROR_RULE,
      "*dance*" },
    { "<final target='$' state='reported'/>", "<all><did action='open' target='b9'/></all>",
      WAY_PRACTICE_ERROR_RULE, "*b9*" },
    { "state='reported'", "status='reported'", WAY_PRACTICE_ERROR_RULE, "*status*" },
    { "each='bad'", "", WAY_PRACTICE_ERROR_RULE, "*$*" },
  };
  g_autoptr (WayDesk) right = read_desk (small_inbox);
  g_autoptr (GError) none = NULL;

  way_practice_check_desk (right, &none);
  g_assert_no_error (none);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) xml = g_string_new (small_inbox);
      g_autoptr (WayDesk) desk = NULL;
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (g_string_replace (xml, cases[i].old, cases[i].new, 1), ==, 1);
      bytes = g_bytes_new (xml->str, xml->len);
      desk = way_desk_new_from_bytes (bytes, "desks/small.xml", &error);
      if (desk == NULL)
        continue; /* The reader is stricter: then the desk is never shown either. */
      g_assert_false (way_practice_check_desk (desk, &error));
      g_assert_error (error, WAY_PRACTICE_ERROR, (int) cases[i].code);
      g_assert_true (g_pattern_match_simple (cases[i].text, error->message));
      g_assert_true (g_str_has_prefix (error->message, "desks/small.xml:"));
    }
}

static gboolean
is_bad (const WayDeskRecord *record)
{
  return g_str_has_prefix (record->group, "bad");
}

/* What a careful colleague does, in the order of the list or from its end. */
static void
work_carefully (WayPractice *practice, gboolean is_backwards)
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
  assert_done (practice, "finish", NULL, NULL);
}

static void
test_inbox_careful (void)
{
  g_autoptr (WayDesk) desk = load_desk ("f1-inbox.xml");

  for (guint64 seed = 0; seed < 50; seed++)
    {
      g_autoptr (WayPractice) practice = way_practice_new (desk, seed);
      g_autoptr (WayPractice) other = way_practice_new (desk, seed);

      work_carefully (practice, FALSE);
      assert_score (practice, 17, 17);
      work_carefully (other, TRUE);
      assert_score (other, 17, 17);
    }
}

static void
test_inbox_untouched (void)
{
  g_autoptr (WayDesk) desk = load_desk ("f1-inbox.xml");
  g_autoptr (WayPractice) practice = way_practice_new (desk, 3);

  assert_score (practice, 0, 17);
}

static gboolean
find_outcome (GArray *outcomes, const char *rule, const char *group)
{
  for (guint i = 0; i < outcomes->len; i++)
    {
      const WayRuleOutcome *outcome = &g_array_index (outcomes, WayRuleOutcome, i);

      if (strcmp (outcome->rule->id, rule) == 0
          && (group == NULL || g_strcmp0 (outcome->record->group, group) == 0))
        return outcome->is_held;
    }
  g_assert_not_reached ();
}

/* Opens every link and file, answers nothing, reports nothing: every rule about a false
 * message is missed and every rule about a real one held. */
static void
test_inbox_careless (void)
{
  g_autoptr (WayDesk) desk = load_desk ("f1-inbox.xml");
  g_autoptr (WayPractice) practice = way_practice_new (desk, 11);
  GPtrArray *records = way_practice_get_records (practice);
  g_autoptr (GArray) outcomes = NULL;

  for (guint i = 0; i < records->len; i++)
    {
      const WayDeskRecord *record = g_ptr_array_index (records, i);
      const WayDeskRecord *link = find_part (record, "link");
      const WayDeskRecord *file = find_part (record, "attachment");

      assert_done (practice, "open", record->id, NULL);
      if (link != NULL)
        assert_done (practice, "follow-link", record->id, link->id);
      if (file != NULL)
        assert_done (practice, "open-attachment", record->id, file->id);
    }
  outcomes = way_practice_judge (practice);
  for (guint i = 0; i < outcomes->len; i++)
    {
      const WayRuleOutcome *outcome = &g_array_index (outcomes, WayRuleOutcome, i);

      g_assert_true (outcome->is_held == !is_bad (outcome->record));
    }
  assert_score (practice, 6, 17);
}

/* Somebody who opens a false link and then reports it gets the credit for reporting. */
static void
test_inbox_late_report (void)
{
  g_autoptr (WayDesk) desk = load_desk ("f1-inbox.xml");
  g_autoptr (WayPractice) practice = way_practice_new (desk, 5);
  GPtrArray *records = way_practice_get_records (practice);
  g_autoptr (GArray) outcomes = NULL;

  for (guint i = 0; i < records->len; i++)
    {
      const WayDeskRecord *record = g_ptr_array_index (records, i);

      if (strcmp (record->group, "bad-link") != 0)
        continue;
      assert_done (practice, "open", record->id, NULL);
      assert_done (practice, "follow-link", record->id, find_part (record, "link")->id);
      assert_done (practice, "report", record->id, NULL);
    }
  outcomes = way_practice_judge (practice);
  g_assert_true (find_outcome (outcomes, "reported", "bad-link"));
  g_assert_false (find_outcome (outcomes, "untouched", "bad-link"));
  g_assert_false (find_outcome (outcomes, "link", "bad-link"));
  g_assert_false (find_outcome (outcomes, "reported", "bad-file"));
  assert_score (practice, 1, 17);
}

static void
ask_and_check (WayPractice *practice, const WayDeskRecord *request, const char *patient)
{
  static const char *const identifiers[] = { "name", "dob", "nhs", "address" };

  assert_done (practice, "open", patient, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (identifiers); i++)
    {
      g_autofree char *given = g_strconcat ("given-", identifiers[i], NULL);

      if (get_field (request, given) == NULL)
        assert_done (practice, "ask", request->id, identifiers[i]);
      if (way_practice_can (practice, "check", patient, identifiers[i]))
        assert_done (practice, "check", patient, identifiers[i]);
    }
}

static void
test_finder_careful (void)
{
  g_autoptr (WayDesk) desk = load_desk ("c1-finder.xml");

  for (guint64 seed = 0; seed < 50; seed++)
    {
      g_autoptr (WayPractice) practice = way_practice_new (desk, seed);
      const WayDeskRecord *request;
      guint n = 0;

      while ((request = way_practice_get_current (practice)) != NULL)
        {
          const char *patient = get_field (request, "patient");

          n++;
          if (patient == NULL)
            {
              assert_done (practice, "stop", request->id, NULL);
              continue;
            }
          ask_and_check (practice, request, patient);
          assert_done (practice, "choose", request->id, patient);
        }
      g_assert_cmpuint (n, ==, 4);
      assert_score (practice, 9, 9);
    }
}

/* Takes the first record with the right last name and never compares. */
static void
test_finder_careless (void)
{
  g_autoptr (WayDesk) desk = load_desk ("c1-finder.xml");
  g_autoptr (WayPractice) practice = way_practice_new (desk, 2);
  g_autoptr (GArray) outcomes = NULL;
  const WayDeskRecord *request;

  while ((request = way_practice_get_current (practice)) != NULL)
    {
      const char *patient = get_field (request, "patient");

      patient = patient != NULL ? patient : "evans-1";
      assert_done (practice, "open", patient, NULL);
      assert_done (practice, "choose", request->id, patient);
    }
  outcomes = way_practice_judge (practice);
  g_assert_true (find_outcome (outcomes, "right-record", "near"));
  g_assert_true (find_outcome (outcomes, "right-twin", "twin"));
  g_assert_false (find_outcome (outcomes, "two-identifiers", "near"));
  g_assert_false (find_outcome (outcomes, "what-tells", "twin"));
  g_assert_false (find_outcome (outcomes, "stopped", "stop"));
  assert_score (practice, 3, 9);
}

static void
test_finder_states (void)
{
  g_autoptr (WayDesk) desk = load_desk ("c1-finder.xml");
  g_autoptr (WayPractice) practice = way_practice_new (desk, 9);
  const WayDeskRecord *twin = NULL;
  GPtrArray *records = way_practice_get_records (practice);
  const char *patient;

  for (guint i = 0; i < records->len; i++)
    if (g_strcmp0 (((WayDeskRecord *) records->pdata[i])->group, "twin") == 0)
      twin = records->pdata[i];
  g_assert_nonnull (twin);
  patient = get_field (twin, "patient");

  assert_done (practice, "take", twin->id, NULL);
  g_assert_true (way_practice_get_current (practice) == twin);
  assert_done (practice, "search", NULL, "ali");
  g_assert_false (way_practice_can (practice, "check", patient, "nhs"));
  g_assert_false (way_practice_can (practice, "choose", twin->id, patient));
  assert_done (practice, "open", patient, NULL);
  g_assert_false (way_practice_can (practice, "check", patient, "nhs"));
  assert_done (practice, "ask", twin->id, "nhs");
  g_assert_false (way_practice_can (practice, "ask", twin->id, "nhs"));
  assert_done (practice, "check", patient, "nhs");
  g_assert_false (way_practice_can (practice, "ask", twin->id, "favourite colour"));
  assert_done (practice, "open", "ali-1", NULL);
  g_assert_false (way_practice_can (practice, "check", patient, "nhs"));
  assert_done (practice, "choose", twin->id, "ali-1");
  g_assert_cmpstr (way_practice_get_state (practice, twin->id), ==, "chosen");
  g_assert_cmpstr (way_practice_get_state_value (practice, twin->id), ==, "ali-1");
  g_assert_true (way_practice_get_current (practice) != twin);
  assert_done (practice, "undo", twin->id, NULL);
  g_assert_true (way_practice_get_current (practice) == twin);
  assert_done (practice, "stop", NULL, NULL);
  g_assert_cmpstr (way_practice_get_state (practice, twin->id), ==, "stopped");
}

/* Every invented NHS number lies in the range that is never issued and has its right
 * check digit; every request's patient exists; the twins do share what they should. */
static void
test_finder_patients (void)
{
  g_autoptr (WayDesk) desk = load_desk ("c1-finder.xml");
  g_autoptr (GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (WayPractice) practice = way_practice_new (desk, 0);
  guint patients = 0;
  guint requests = 0;

  for (guint i = 0; i < desk->records->len; i++)
    {
      const WayDeskRecord *record = g_ptr_array_index (desk->records, i);
      const char *number = get_field (record, "nhs");
      const char *patient = get_field (record, "patient");
      int sum = 0;
      int place = 0;

      patients += strcmp (record->type, "patient") == 0;
      requests += strcmp (record->type, "request") == 0;
      if (patient != NULL)
        g_assert_nonnull (way_practice_find_record (practice, patient));
      if (number == NULL)
        continue;
      g_assert_true (g_str_has_prefix (number, "999 "));
      g_assert_true (g_hash_table_add (numbers, (char *) number));
      for (const char *digit = number; *digit != '\0'; digit++)
        if (g_ascii_isdigit (*digit))
          sum += (*digit - '0') * (10 - place++);
      g_assert_cmpint (place, ==, 10);
      g_assert_cmpint (sum % 11, ==, 0);
    }
  g_assert_cmpuint (patients, >=, 24);
  g_assert_cmpuint (requests, >=, 6);
}

static void
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

              if (get_field (word, "weak") == NULL)
                assert_done (practice, "add-word", step->id, word->id);
            }
          assert_done (practice, "save", NULL, NULL);
        }
      else if (strcmp (step->type, "choice") == 0)
        {
          g_auto (GStrv) right = g_strsplit (get_field (step, "right"), " ", -1);

          assert_done (practice, "choose", step->id, right[0]);
        }
      else if (strcmp (step->type, "factor") == 0)
        {
          g_autofree char *code = way_practice_dup_code (practice, step->id);
          const WayDeskRecord *option = NULL;

          for (guint i = 0; i < step->parts->len; i++)
            if (get_field (step->parts->pdata[i], "code") != NULL)
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

static void
test_signin_careful (void)
{
  g_autoptr (WayDesk) desk = load_desk ("d3-signin.xml");

  for (guint64 seed = 0; seed < 50; seed++)
    {
      g_autoptr (WayPractice) practice = way_practice_new (desk, seed);

      g_assert_cmpuint (way_practice_get_records (practice)->len, ==, 10);
      sign_in_carefully (practice);
      assert_score (practice, 15, 15);
    }
}

/* Takes the first weak word, the first option that is wrong, and says yes to everything. */
static void
test_signin_careless (void)
{
  g_autoptr (WayDesk) desk = load_desk ("d3-signin.xml");
  g_autoptr (WayPractice) practice = way_practice_new (desk, 4);
  g_autoptr (GArray) outcomes = NULL;
  const WayDeskRecord *step;

  while ((step = way_practice_get_current (practice)) != NULL)
    {
      const char *right = get_field (step, "right");

      if (strcmp (step->type, "prompt") == 0)
        assert_done (practice, "approve", step->id, NULL);
      for (guint i = 0; i < step->parts->len; i++)
        {
          const WayDeskRecord *part = g_ptr_array_index (step->parts, i);

          if (get_field (part, "weak") != NULL)
            assert_done (practice, "add-word", step->id, part->id);
          else if (strcmp (step->type, "factor") == 0 && get_field (part, "code") == NULL)
            assert_done (practice, "choose", step->id, part->id);
          else if (right != NULL && strstr (right, part->id) == NULL)
            assert_done (practice, "choose", step->id, part->id);
        }
      if (strcmp (step->type, "passphrase") == 0)
        assert_done (practice, "save", step->id, NULL);
      assert_done (practice, "next", NULL, NULL);
    }
  outcomes = way_practice_judge (practice);
  for (guint i = 0; i < outcomes->len; i++)
    {
      const WayRuleOutcome *outcome = &g_array_index (outcomes, WayRuleOutcome, i);

      g_assert_true (outcome->is_held == (strcmp (outcome->record->group, "asked") == 0));
    }
  assert_score (practice, 2, 15);
}

static void
test_signin_passphrase (void)
{
  g_autoptr (WayDesk) desk = load_desk ("d3-signin.xml");
  g_autoptr (WayPractice) practice = way_practice_new (desk, 4);
  const WayDeskRecord *step = way_practice_get_current (practice);
  const char *strong[4] = { NULL };
  const char *weak = NULL;
  guint n = 0;

  for (guint i = 0; i < step->parts->len; i++)
    {
      const WayDeskRecord *word = g_ptr_array_index (step->parts, i);

      if (get_field (word, "weak") != NULL)
        weak = word->id;
      else if (n < 4)
        strong[n++] = word->id;
    }
  g_assert_false (way_practice_can (practice, "save", NULL, NULL));
  g_assert_false (way_practice_can (practice, "next", NULL, NULL));
  assert_done (practice, "add-word", NULL, strong[0]);
  assert_done (practice, "add-word", NULL, strong[1]);
  g_assert_false (way_practice_can (practice, "add-word", NULL, strong[1]));
  assert_done (practice, "save", NULL, NULL);
  g_assert_cmpstr (way_practice_get_state (practice, step->id), ==, "short");
  assert_done (practice, "add-word", NULL, weak);
  assert_done (practice, "save", NULL, NULL);
  g_assert_cmpstr (way_practice_get_state (practice, step->id), ==, "guessable");
  assert_done (practice, "remove-word", NULL, weak);
  g_assert_false (way_practice_can (practice, "remove-word", NULL, weak));
  assert_done (practice, "add-word", NULL, strong[2]);
  assert_done (practice, "save", NULL, NULL);
  g_assert_cmpstr (way_practice_get_state (practice, step->id), ==, "strong");
  assert_done (practice, "next", NULL, NULL);
  g_assert_true (way_practice_get_current (practice) != step);
  g_assert_false (way_practice_can (practice, "add-word", step->id, weak));
}

/* A prompt that keeps coming holds on until it was refused as often, or reported. */
static void
test_signin_prompts (void)
{
  g_autoptr (WayDesk) desk = read_desk (
      "<desk xmlns='" NS "' id='s' app='signin' version='1' minutes='1'><title>S</title>"
      "<task><p>Do it.</p></task><records>"
      "<prompt id='p1' times='2'/><prompt id='p2' times='3'/><prompt id='p3'/>"
      "</records><rules><rule id='r' points='1'><when><did action='deny'/></when>"
      "<held><p>Yes.</p></held><missed><p>No.</p></missed><careful><p>So.</p></careful></rule>"
      "</rules></desk>");
  g_autoptr (WayPractice) practice = way_practice_new (desk, 0);

  assert_done (practice, "deny", "p1", NULL);
  g_assert_false (way_practice_can (practice, "next", "p1", NULL));
  g_assert_false (way_practice_can (practice, "deny", "p2", NULL));
  assert_done (practice, "deny", "p1", NULL);
  g_assert_false (way_practice_can (practice, "deny", "p1", NULL));
  assert_done (practice, "next", "p1", NULL);
  assert_done (practice, "deny", "p2", NULL);
  assert_done (practice, "report", "p2", NULL);
  g_assert_false (way_practice_can (practice, "approve", "p2", NULL));
  assert_done (practice, "next", "p2", NULL);
  assert_done (practice, "approve", "p3", NULL);
  g_assert_false (way_practice_can (practice, "deny", "p3", NULL));
  assert_done (practice, "report", "p3", NULL);
  assert_done (practice, "next", "p3", NULL);
  g_assert_null (way_practice_get_current (practice));
  g_assert_false (way_practice_can (practice, "next", NULL, NULL));
}

/* The log keeps seed and actions: doing them again gives the same judgement. */
static void
test_replay (void)
{
  static const char *const names[] = { "f1-inbox.xml", "c1-finder.xml", "d3-signin.xml" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (WayDesk) desk = load_desk (names[i]);
      g_autoptr (WayPractice) practice = way_practice_new (desk, 99);
      g_autoptr (WayPractice) again = way_practice_new (desk, 99);
      int points;
      int out_of;

      if (i == 0)
        work_carefully (practice, TRUE);
      else if (i == 2)
        sign_in_carefully (practice);
      else
        assert_done (practice, "stop", NULL, NULL);

      for (guint j = 0; j < way_practice_get_n_actions (practice); j++)
        {
          const char *action;
          const char *target;
          const char *value;

          way_practice_get_action (practice, j, &action, &target, &value);
          assert_done (again, action, target, value);
        }
      way_practice_get_score (practice, &points, &out_of);
      assert_score (again, points, out_of);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/practice/draw/same-seed", test_draw_same_seed);
  g_test_add_func ("/practice/draw/pinned", test_draw_is_pinned);
  g_test_add_func ("/practice/draw/counts", test_draw_counts);
  g_test_add_func ("/practice/do/refuses", test_do_refuses);
  g_test_add_func ("/practice/do/undo", test_undo);
  g_test_add_func ("/practice/do/signal", test_done_signal);
  g_test_add_func ("/practice/rule/tests", test_rules);
  g_test_add_func ("/practice/rule/each", test_rule_each);
  g_test_add_func ("/practice/rule/whole", test_rule_whole);
  g_test_add_func ("/practice/check-desk", test_check_desk);
  g_test_add_func ("/practice/inbox/careful", test_inbox_careful);
  g_test_add_func ("/practice/inbox/untouched", test_inbox_untouched);
  g_test_add_func ("/practice/inbox/careless", test_inbox_careless);
  g_test_add_func ("/practice/inbox/late-report", test_inbox_late_report);
  g_test_add_func ("/practice/finder/careful", test_finder_careful);
  g_test_add_func ("/practice/finder/careless", test_finder_careless);
  g_test_add_func ("/practice/finder/states", test_finder_states);
  g_test_add_func ("/practice/finder/patients", test_finder_patients);
  g_test_add_func ("/practice/signin/careful", test_signin_careful);
  g_test_add_func ("/practice/signin/careless", test_signin_careless);
  g_test_add_func ("/practice/signin/passphrase", test_signin_passphrase);
  g_test_add_func ("/practice/signin/prompts", test_signin_prompts);
  g_test_add_func ("/practice/replay", test_replay);

  return g_test_run ();
}
