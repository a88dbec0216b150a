/* journey-champion.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A learner asks, their champion answers and logs help, and the learner finds the answer. */

#include "way-journey.h"
#include "way-reach.h"

#include "assessment/way-handout.h"

#include <stdlib.h>

#define QUESTION "The printer on bay 3 asks for a code that I do not have"
/* An invented number with its right check digit. */
#define TOO_MUCH "Print the label of 943 476 5919 at the desk"
#define ANSWER "It is the last four digits of your badge. I come by at two."

/* Somebody of a champion's unit who has asked nothing. */
#define PAIR                                                                                       \
  "FROM role r JOIN person c ON c.person = r.person AND c.ended = 0 "                              \
  "JOIN membership m ON m.unit = r.unit JOIN person p ON p.person = m.person AND p.ended = 0 "     \
  "WHERE r.role = 'champion' AND NOT EXISTS (SELECT 1 FROM role o WHERE o.person = p.person) "     \
  "AND NOT EXISTS (SELECT 1 FROM help h WHERE h.person = p.person) "                               \
  "AND NOT EXISTS (SELECT 1 FROM feedback f WHERE f.person = p.person) "                           \
  "ORDER BY c.username, p.username LIMIT 1"

static int
count_papers (WayJourney *journey, const char *champion)
{
  g_autofree char *answer = way_journey_ask_store (
      journey, champion, "SELECT count(*) FROM evidence WHERE type = 'paper' AND module = 'F1'");

  return atoi (answer);
}

static void
type_answers (WayDriver *driver, const WayHandout *handout, gboolean is_right)
{
  for (guint i = 0; i < handout->questions->len; i++)
    {
      g_autofree char *key = way_handout_question_dup_key (handout->questions->pdata[i]);
      g_autofree char *name = g_strdup_printf ("Question %u,*", i + 1);

      way_driver_set_text (driver, "text", name, is_right ? key : "");
    }
}

/* The learner did a check on paper; the champion types what stands on it. */
static void
enter_paper (WayJourney *journey, const char *champion)
{
  WayDriver *driver = journey->driver;
  g_autofree char *path = g_build_filename (g_getenv ("WAYMARK_DATADIR"), "content", "core", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayPack) pack = way_pack_open (path, NULL, &error);
  g_autoptr (WayHandout) handout = NULL;
  int n = count_papers (journey, champion);

  g_assert_no_error (error);
  handout = way_handout_new (pack, way_pack_find_module (pack, "F1"), 7, &error);
  g_assert_no_error (error);
  way_driver_press (driver, "button", "Enter a Paper Check…");
  g_object_unref (way_driver_wait (driver, "text", "Number on the sheet"));
  way_driver_set_text (driver, "text", "Number on the sheet", "F1-99-07");
  g_object_unref (way_driver_wait (driver, "*", "This sheet is of version 99*"));
  way_driver_set_text (driver, "text", "Number on the sheet", handout->number);
  g_object_unref (way_driver_wait (driver, "text", "Question 1,*"));
  way_driver_audit (driver);
  type_answers (driver, handout, FALSE);
  way_driver_press (driver, "button", "Mark");
  g_object_unref (way_driver_wait (driver, "*", "0 of *Nothing is written down.*"));
  way_driver_press (driver, "button", "Correct What Is Typed");
  g_object_unref (way_driver_wait (driver, "button", "Mark"));
  type_answers (driver, handout, TRUE);
  way_driver_press (driver, "button", "Mark");
  g_object_unref (way_driver_wait (driver, "*", "*the check is passed.*"));
  way_driver_press (driver, "button", "Save");
  way_driver_wait_said (driver, "Saved: passed on paper.");
  g_object_unref (way_driver_wait (driver, "label", "Check passed on paper, entered*"));
  g_assert_cmpint (count_papers (journey, champion), ==, n + 1);
}

static int
count_given (WayJourney *journey, const char *champion)
{
  g_autofree char *answer = way_journey_ask_store (
      journey, champion,
      "SELECT count(*) FROM help_given g JOIN person p ON p.person = g.champion "
      "WHERE g.topic = 'Printing' AND g.at > (unixepoch () - 600) * 1000000");

  return atoi (answer);
}

static void
ask (WayJourney *journey, const char *learner)
{
  way_journey_open (journey, learner, "learn");
  g_object_unref (way_driver_wait (journey->driver, "list item", "*"));
  way_driver_audit (journey->driver);
  way_driver_key (journey->driver, "Ctrl+h");
  g_object_unref (way_driver_wait (journey->driver, "text", "What are you stuck on?"));
  /* Who sees it is said before it is sent. */
  g_object_unref (way_driver_wait (journey->driver, "label", "The digital champions of*"));
  /* What stops somebody working is never merely queued. */
  g_object_unref (way_driver_wait (journey->driver, "label", "*01632 960 123*"));
  way_driver_focus (journey->driver, "check box", "It stops me working");
  way_driver_key (journey->driver, "space");
  g_object_unref (way_driver_wait (journey->driver, "label", "Ring the service desk first"));
  way_driver_audit (journey->driver);
  way_driver_set_text (journey->driver, "text", "What are you stuck on?", QUESTION);
  way_driver_press (journey->driver, "button", "Send");
  way_driver_wait_said (journey->driver, "Saved here. It goes to your champion.");
  way_journey_go (journey, "Today");
  way_journey_expect (journey, QUESTION "*");
  way_journey_sync (journey);
  way_journey_close (journey);
}

static void
answer (WayJourney *journey, const char *champion)
{
  way_journey_open (journey, champion, "people");
  way_driver_press (journey->driver, "list item", "*" QUESTION "*");
  g_object_unref (way_driver_wait (journey->driver, "button", "Take It"));
  way_driver_audit (journey->driver);
  g_object_unref (way_driver_wait (journey->driver, "label", "It stops them working"));
  way_driver_press (journey->driver, "button", "Take It");
  way_driver_wait_said (journey->driver, "Taken. The person who asked will*");
  way_driver_press (journey->driver, "button", "Answer…");
  /* Nothing goes that looks as if it told who a patient is. */
  way_driver_set_text (journey->driver, "text", "Your answer", TOO_MUCH);
  g_object_unref (way_driver_wait (journey->driver, "label", "*looks like an NHS number*"));
  way_driver_reach (journey->driver, (WayThing){ "button", "Send Answer", NULL });
  way_driver_press (journey->driver, "button", "Send Answer");
  /* The press takes a while: it has been when the question has the focus. */
  way_driver_wait_focus (journey->driver,
                         (WayThing){ .role = "button", .name = "It Is Not a Patient’s" });
  way_driver_set_text (journey->driver, "text", "Your answer", ANSWER);
  way_driver_wait_gone (journey->driver, "label", "*looks like an NHS number*");
  way_driver_reach (journey->driver, (WayThing){ "button", "Send Answer", NULL });
  way_driver_press (journey->driver, "button", "Send Answer");
  way_driver_wait_said (journey->driver, "Your answer is saved, and on its way.");
}

static void
log_help (WayJourney *journey, const char *champion)
{
  g_assert_cmpint (count_given (journey, champion), ==, 0);
  way_driver_press (journey->driver, "radio button", "Printing");
  way_driver_press (journey->driver, "button", "Log Help");
  way_driver_wait_said (journey->driver, "Logged: Printing, 10 minutes.");
  g_assert_cmpint (count_given (journey, champion), ==, 1);
  way_driver_press (journey->driver, "button", "Undo");
  way_driver_wait_said (journey->driver, "Taken back.");
  g_assert_cmpint (count_given (journey, champion), ==, 0);
  /* One press logs the same again. */
  way_driver_press (journey->driver, "button", "Again: Printing, 10 minutes");
  way_driver_wait_said (journey->driver, "Logged: Printing, 10 minutes.");
  g_assert_cmpint (count_given (journey, champion), ==, 1);
}

static void
test_champion (void)
{
  g_autoptr (WayJourney) journey = way_journey_new (3);
  g_autofree char *champion = way_journey_ask_trust (journey, "SELECT c.username " PAIR);
  g_autofree char *learner = way_journey_ask_trust (journey, "SELECT p.username " PAIR);

  ask (journey, learner);
  answer (journey, champion);
  log_help (journey, champion);
  enter_paper (journey, champion);
  way_journey_sync (journey);
  way_journey_close (journey);

  way_journey_open (journey, learner, "today");
  /* Under what else Today has, which is not the same every day. */
  way_journey_expect (journey, "* has answered");
  way_journey_expect (journey, "*" ANSWER "*");
  way_driver_audit (journey->driver);
  way_driver_reach (journey->driver, (WayThing){ "button", "Yes, It Is Fixed", NULL });
  way_driver_key (journey->driver, "Return");
  way_driver_wait_gone (journey->driver, "button", "Yes, It Is Fixed");
  way_driver_wait_gone (journey->driver, "*", "* has answered");
  way_journey_sync (journey);
  {
    g_autofree char *fixed = way_journey_ask_trust (
        journey, "SELECT state || fixed FROM help WHERE text LIKE 'The printer on bay 3%'");

    g_assert_cmpstr (fixed, ==, "closed1");
  }
  way_journey_close (journey);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journey/champion", test_champion);
  return g_test_run ();
}
