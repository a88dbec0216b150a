/* test-practice.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "fixture.h"

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

#define RULE                                                                                       \
  "<rules><rule id='r' points='1'><when><did action='reply'/></when><held><p>Yes.</p></held>"      \
  "<missed><p>No.</p></missed></rule></rules></desk>"

/* Mail and prompts on one desk: each app knows its own, and both know "report". */
static const char two_apps[] =
    "<desk xmlns='" NS "' id='two' app='inbox signin' version='1' minutes='1'><title>Two</title>"
    "<task><p>Do it.</p></task><records>"
    "<message id='m1' time='08:00'/><prompt id='p1'/><message id='m2' time='09:00'/>"
    "<prompt id='p2' times='2'/></records>" RULE;

static char *
describe_shown (WayPractice *practice, const char *app)
{
  g_autoptr (GPtrArray) records = way_practice_dup_records (practice, app);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < records->len; i++)
    g_string_append_printf (text, "%s ", ((WayDeskRecord *) records->pdata[i])->id);

  return g_string_free (text, FALSE);
}

static void
test_two_apps (void)
{
  g_autoptr (WayDesk) desk = read_desk (two_apps);
  g_autoptr (WayPractice) practice = way_practice_new (desk, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *mail = describe_shown (practice, "inbox");
  g_autofree char *steps = describe_shown (practice, "signin");

  way_practice_check_desk (desk, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mail, ==, "m2 m1 ");
  g_assert_cmpstr (steps, ==, "p1 p2 ");
  g_assert_null (way_practice_get_current_in (practice, "inbox"));
  g_assert_cmpstr (way_practice_get_current (practice)->id, ==, "p1");

  assert_done (practice, "report", "m1", NULL);
  g_assert_cmpstr (way_practice_get_current (practice)->id, ==, "p1");
  assert_done (practice, "report", NULL, NULL);
  g_assert_cmpstr (way_practice_get_state (practice, "p1"), ==, "reported");
  g_assert_false (way_practice_can (practice, "deny", "m2", NULL));
  g_assert_false (way_practice_can (practice, "open", "p1", NULL));
  g_assert_false (way_practice_can (practice, "take", "p1", NULL));
  assert_done (practice, "next", NULL, NULL);
  g_assert_cmpstr (way_practice_get_current (practice)->id, ==, "p2");
  g_assert_true (way_practice_is_of_app (practice, "m1", "inbox"));
  g_assert_false (way_practice_is_of_app (practice, "p1", "inbox"));
  g_assert_false (way_practice_is_of_app (practice, NULL, "inbox"));
}

/* One that comes by an action, one by the clock, one by the clock after an action. */
static const char arrivals[] =
    "<desk xmlns='" NS "' id='late' app='inbox' version='1' minutes='1'><title>Late</title>"
    "<task><p>Do it.</p></task><records><message id='now' time='08:00'/>"
    "<message id='answer' time='08:05' after='reply:now'/>"
    "<message id='later' time='08:10' at='30'/>"
    "<message id='last' time='08:15' after='delete' at='20'/></records>" RULE;

static void
count_arrival_cb (WayPractice *practice, const WayDeskRecord *record, GString *text)
{
  g_assert_true (way_practice_has_arrived (practice, record));
  g_string_append_printf (text, "%s ", record->id);
}

static void
test_arrivals (void)
{
  g_autoptr (WayDesk) desk = read_desk (arrivals);
  g_autoptr (WayPractice) practice = way_practice_new (desk, 1);
  g_autoptr (GString) came = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *first = describe_shown (practice, "inbox");
  g_autofree char *all = NULL;

  way_practice_check_desk (desk, &error);
  g_assert_no_error (error);
  g_signal_connect (practice, "arrived", G_CALLBACK (count_arrival_cb), came);
  g_assert_cmpstr (first, ==, "now ");
  g_assert_cmpuint (way_practice_get_next_arrival (practice), ==, 30);
  g_assert_false (way_practice_can (practice, "open", "answer", NULL));
  g_assert_false (way_practice_do (practice, "clock", NULL, "0"));
  g_assert_false (way_practice_do (practice, "clock", NULL, "soon"));
  g_assert_false (way_practice_do (practice, "clock", NULL, NULL));
  g_assert_false (way_practice_do (practice, "clock", "now", "4"));

  assert_done (practice, "open", "now", NULL);
  assert_done (practice, "clock", NULL, "4");
  g_assert_false (way_practice_do (practice, "clock", NULL, "4"));
  assert_done (practice, "reply", "now", "plain");
  g_assert_cmpstr (came->str, ==, "answer ");
  assert_done (practice, "delete", "answer", NULL);
  g_assert_cmpuint (way_practice_get_next_arrival (practice), ==, 24);
  assert_done (practice, "clock", NULL, "23");
  g_assert_cmpstr (came->str, ==, "answer ");
  assert_done (practice, "clock", NULL, "25");
  g_assert_cmpstr (came->str, ==, "answer last ");
  assert_done (practice, "clock", NULL, "40");
  g_assert_cmpstr (came->str, ==, "answer last later ");
  g_assert_cmpuint (way_practice_get_next_arrival (practice), ==, 0);
  g_assert_false (way_practice_do (practice, "clock", NULL, "50"));
  g_assert_cmpuint (way_practice_get_clock (practice), ==, 40);
  all = describe_shown (practice, "inbox");
  g_assert_cmpstr (all, ==, "last later answer now ");
}

/* Help is counted and changes nothing else; after the end there is nothing to help with. */
static void
test_help (void)
{
  g_autoptr (WayDesk) desk = read_desk (two_apps);
  g_autoptr (WayPractice) practice = way_practice_new (desk, 1);

  assert_done (practice, "help", NULL, NULL);
  g_assert_false (way_practice_do (practice, "help", "m1", NULL));
  g_assert_false (way_practice_is_finished (practice));
  assert_done (practice, "help", NULL, NULL);
  g_assert_cmpuint (way_practice_get_n_help (practice), ==, 2);
  assert_score (practice, 0, 1);
  assert_done (practice, "finish", NULL, NULL);
  g_assert_false (way_practice_do (practice, "help", NULL, NULL));
}

static void
test_check_faults (void)
{
  static const struct
  {
    const char *old;
    const char *new;
    const char *text;
  } cases[] = {
    { "app='inbox signin'", "app='inbox fridge'", "desks/small.xml: *fridge*" },
    { "app='inbox signin'", "app='inbox'", "desks/small.xml:*<prompt>*" },
    { "<prompt id='p1'/>", "<toaster id='p1'/>", "desks/small.xml:*<toaster>*" },
    { "<prompt id='p1'/>", "<prompt id='p1' at='soon'/>", "desks/small.xml:*soon*" },
    { "<prompt id='p1'/>", "<prompt id='p1' at='86401'/>", "desks/small.xml:*86401*" },
    { "<prompt id='p1'/>", "<prompt id='p1' after='dance'/>", "desks/small.xml:*dance*" },
    { "<prompt id='p1'/>", "<prompt id='p1' after=''/>", "desks/small.xml:*after*" },
    { "<prompt id='p1'/>", "<prompt id='p1' after='open:m9'/>", "desks/small.xml:*m9*" },
    { "<did action='reply'/>", "<not><did action='reply'/></not>",
      "desks/small.xml:*“r”*doing nothing" },
    { "<did action='reply'/>", "<final target='m1' state='none'/>",
      "desks/small.xml:*“r”*doing nothing" },
    { "<did action='reply'/>", "<did action='finish'/>", "desks/small.xml:*“r”*doing nothing" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) xml = g_string_new (two_apps);
      g_autoptr (WayDesk) desk = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (g_string_replace (xml, cases[i].old, cases[i].new, 1), ==, 1);
      desk = read_desk (xml->str);
      g_assert_false (way_practice_check_desk (desk, &error));
      g_assert_true (error->domain == WAY_PRACTICE_ERROR);
      if (!g_pattern_match_simple (cases[i].text, error->message))
        g_error ("“%s” is not “%s”", error->message, cases[i].text);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/practice/draw/pinned", test_draw_is_pinned);
  g_test_add_func ("/practice/do/refuses", test_do_refuses);
  g_test_add_func ("/practice/do/undo", test_undo);
  g_test_add_func ("/practice/do/signal", test_done_signal);
  g_test_add_func ("/practice/rule/tests", test_rules);
  g_test_add_func ("/practice/rule/each", test_rule_each);
  g_test_add_func ("/practice/rule/whole", test_rule_whole);
  g_test_add_func ("/practice/check-desk", test_check_desk);
  g_test_add_func ("/practice/signin/prompts", test_signin_prompts);
  g_test_add_func ("/practice/two-apps", test_two_apps);
  g_test_add_func ("/practice/arrivals", test_arrivals);
  g_test_add_func ("/practice/help", test_help);
  g_test_add_func ("/practice/check-faults", test_check_faults);

  return g_test_run ();
}
