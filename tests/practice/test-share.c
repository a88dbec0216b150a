/* test-share.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "practice/way-practice-share.h"

#include <string.h>

#include "fixture.h"

#define NS "https://waymark-skills.github.io/ns/desk/1"

static const char small[] =
    "<desk xmlns='" NS "' id='s' app='share' version='1' minutes='1'><title>S</title>"
    "<task><p>Do it.</p></task><records>"
    "<share id='a' group='all' title='A letter' lines='to bcc' right='sam' need='dose'>"
    "<subject id='clear'>Dose</subject><subject id='vague'>Hello</subject>"
    "<detail id='dose'>Dose</detail><detail id='home'>Home address</detail>"
    "<route id='mail'>Secure email</route><route id='post'>Post</route>"
    "<start who='home' as='in'/><start who='crowd' as='to'/><start who='mail' as='chosen'/></share>"
    "<share id='b' title='A folder' lines='view edit' recall='yes'>"
    "<start who='crowd' as='edit'/></share>"
    "<person id='sam' name='Sam Patel'/><person id='kim' name='Kim Lee'/>"
    "<person id='crowd' name='Everybody' size='40'/></records>"
    "<rules><rule id='r' each='all' points='2'><when><all><final target='$' state='sent'/>"
    "<given target='$' what='$.right' as='to bcc'/>"
    "<given target='$' all='people' but='$.right' as='none'/>"
    "<given target='$' all='details' but='$.need' as='none'/>"
    "<given target='$' what='$.need' as='in'/><given target='$' what='clear mail' as='chosen'/>"
    "</all></when><held><p>Yes.</p></held><missed><p>No.</p></missed></rule>"
    "<rule id='q' points='1'><when><all><final target='b' state='sent'/>"
    "<given target='b' what='crowd' as='view none'/></all></when>"
    "<held><p>Yes.</p></held><missed><p>No.</p></missed></rule></rules></desk>";

static WayDesk *
read_desk (const char *xml)
{
  g_autoptr (GBytes) bytes = g_bytes_new (xml, strlen (xml));
  g_autoptr (GError) error = NULL;
  WayDesk *desk = way_desk_new_from_bytes (bytes, "desks/small.xml", &error);

  g_assert_no_error (error);

  return desk;
}

static const char *
get_line (WayPractice *practice, const char *share, const char *person)
{
  return way_practice_get_line (practice, way_practice_find_record (practice, share), person);
}

static void
test_put (void)
{
  g_autoptr (WayDesk) desk = read_desk (small);
  g_autoptr (WayPractice) practice = way_practice_new (desk, 0);
  const WayDeskRecord *share = way_practice_find_record (practice, "a");

  g_assert_cmpstr (way_practice_get_current_in (practice, "share")->id, ==, "a");
  g_assert_cmpstr (get_line (practice, "a", "crowd"), ==, "to");
  g_assert_cmpuint (way_practice_count_people (practice, share), ==, 40);
  g_assert_false (way_practice_can (practice, "put", "a", "to=crowd"));
  g_assert_false (way_practice_can (practice, "put", "a", "cc=sam"));
  g_assert_false (way_practice_can (practice, "put", "a", "to=dose"));
  g_assert_false (way_practice_can (practice, "put", "a", "to"));
  g_assert_false (way_practice_can (practice, "put", "a", NULL));
  g_assert_false (way_practice_can (practice, "take-out", "a", "sam"));
  assert_done (practice, "look", "a", "sam");
  assert_done (practice, "put", "a", "to=sam");
  assert_done (practice, "put", "a", "bcc=sam");
  g_assert_cmpstr (get_line (practice, "a", "sam"), ==, "bcc");
  g_assert_null (get_line (practice, "b", "sam"));
  assert_done (practice, "take-out", "a", "crowd");
  g_assert_null (get_line (practice, "a", "crowd"));
  g_assert_cmpuint (way_practice_count_people (practice, share), ==, 1);
  assert_done (practice, "undo", "a", NULL);
  g_assert_cmpstr (get_line (practice, "a", "crowd"), ==, "to");
  assert_done (practice, "undo", "a", NULL);
  g_assert_cmpstr (get_line (practice, "a", "sam"), ==, "to");
  assert_done (practice, "undo", "a", NULL);
  g_assert_null (get_line (practice, "a", "sam"));
  g_assert_false (way_practice_can (practice, "undo", "a", NULL));
}

static void
test_send (void)
{
  g_autoptr (WayDesk) desk = read_desk (small);
  g_autoptr (WayPractice) practice = way_practice_new (desk, 0);
  const WayDeskRecord *share = way_practice_find_record (practice, "a");

  g_assert_true (way_practice_is_included (practice, share, "home"));
  g_assert_cmpstr (way_practice_get_pick (practice, share, "route"), ==, "mail");
  g_assert_false (way_practice_can (practice, "choose-route", "a", "mail"));
  g_assert_false (way_practice_can (practice, "choose-subject", "a", "mail"));
  g_assert_false (way_practice_can (practice, "send", "a", NULL)); /* no subject yet */
  assert_done (practice, "choose-subject", "a", "vague");
  assert_done (practice, "take-out", "a", "crowd");
  g_assert_false (way_practice_can (practice, "send", "a", NULL)); /* nobody gets it */
  assert_done (practice, "put", "a", "to=sam");
  assert_done (practice, "include", "a", "dose");
  g_assert_false (way_practice_can (practice, "include", "a", "dose"));
  assert_done (practice, "exclude", "a", "home");
  g_assert_false (way_practice_can (practice, "exclude", "a", "home"));
  assert_done (practice, "choose-subject", "a", "clear");
  assert_score (practice, 0, 3);
  assert_done (practice, "send", "a", NULL);
  assert_score (practice, 2, 3);
  g_assert_false (way_practice_can (practice, "undo", "a", NULL));
  g_assert_false (way_practice_can (practice, "put", "a", "to=kim"));
  g_assert_cmpstr (way_practice_get_current_in (practice, "share")->id, ==, "b");
}

/* A right can be taken away again; what was sent cannot. */
static void
test_recall (void)
{
  g_autoptr (WayDesk) desk = read_desk (small);
  g_autoptr (WayPractice) practice = way_practice_new (desk, 0);

  assert_done (practice, "take", "b", NULL);
  assert_done (practice, "send", "b", NULL);
  assert_score (practice, 0, 3); /* all 40 can still change it */
  assert_done (practice, "undo", "b", NULL);
  g_assert_null (way_practice_get_state (practice, "b"));
  g_assert_cmpstr (way_practice_get_current_in (practice, "share")->id, ==, "b");
  assert_done (practice, "put", "b", "view=crowd");
  assert_done (practice, "send", "b", NULL);
  assert_score (practice, 1, 3);
}

/* Each item that a rule names counts: one at a time is left as it should not be. */
static void
test_rules (void)
{
  static const char *const steps[][2] = {
    { "put", "to=sam" },   { "take-out", "crowd" },       { "include", "dose" },
    { "exclude", "home" }, { "choose-subject", "clear" },
  };

  for (guint left = 0; left < G_N_ELEMENTS (steps); left++)
    {
      g_autoptr (WayDesk) desk = read_desk (small);
      g_autoptr (WayPractice) practice = way_practice_new (desk, 0);

      assert_done (practice, "choose-subject", "a", "vague");
      for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
        if (i != left)
          assert_done (practice, steps[i][0], "a", steps[i][1]);
      /* With nobody in it, it cannot even be sent. */
      g_assert_cmpint (way_practice_do (practice, "send", "a", NULL), ==, left != 0);
      assert_score (practice, 0, 3);
    }
}

static void
test_check (void)
{
  static const struct
  {
    const char *old;
    const char *new;
    const char *text;
  } cases[] = {
    { "lines='to bcc'", "lines='to blind'", "*blind*" },
    { " title='A letter'", "", "*title*" },
    { "name='Kim Lee'", "", "*name*" },
    { "size='40'", "size='many'", "*size*" },
    { "<start who='home' as='in'/>", "<start who='nobody' as='in'/>", "*start*" },
    { "<start who='crowd' as='to'/>", "<start who='crowd' as='cc'/>", "*start*" },
    { "<route id='post'>Post</route>", "<route id='post'/>", "*words*" },
    { "<route id='post'>Post</route>", "<pigeon id='post'>Post</pigeon>", "*pigeon*" },
    { "what='clear mail'", "what='cleer mail'", "*cleer*" },
    { "as='view none'", "as='read none'", "*read*" },
    { "what='crowd' as='view none'", "as='view none'", "*given*" },
    { "all='details'", "all='fields'", "*given*" },
    { "as='view none'", "as='edit'", "" },
    { "<final target='b' state='sent'/><given target='b' what='crowd' as='view none'/>",
      "<given target='b' what='crowd' as='edit'/>", "*doing nothing*" },
  };
  g_autoptr (WayDesk) right = read_desk (small);
  g_autoptr (GError) none = NULL;

  way_practice_check_desk (right, &none);
  g_assert_no_error (none);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) xml = g_string_new (small);
      g_autoptr (WayDesk) desk = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (g_string_replace (xml, cases[i].old, cases[i].new, 1), ==, 1);
      desk = read_desk (xml->str);
      if (cases[i].text[0] == '\0')
        {
          way_practice_check_desk (desk, &error);
          g_assert_no_error (error);
          continue;
        }
      g_assert_false (way_practice_check_desk (desk, &error));
      if (!g_pattern_match_simple (cases[i].text, error->message))
        g_error ("%s → %s: %s", cases[i].old, cases[i].new, error->message);
    }
}

/* 10,000 clumsy actions: nothing breaks, nobody gets more than there is. */
static void
test_random (void)
{
  g_autoptr (WayDesk) desk = read_desk (small);
  guint done = 0;

  for (guint seed = 0; seed < 20; seed++)
    {
      g_autoptr (WayPractice) practice = way_practice_new (desk, seed);

      done += act_at_random (practice,
                             "take look put put put take-out include exclude choose-subject "
                             "choose-route undo send",
                             500, 20261122 + seed);
    }
  g_assert_cmpuint (done, >, 100);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/share/put", test_put);
  g_test_add_func ("/share/send", test_send);
  g_test_add_func ("/share/recall", test_recall);
  g_test_add_func ("/share/rules", test_rules);
  g_test_add_func ("/share/check", test_check);
  g_test_add_func ("/share/random", test_random);

  return g_test_run ();
}
