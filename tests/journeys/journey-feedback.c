/* journey-feedback.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Feedback there and back: a learner tells, a lead decides with a reason and replies, and
 * the learner finds the answer on Today. */

#include "way-journey.h"
#include "way-reach.h"

#define IDEA "Put the practice desks on the ward tablets as well"
#define REASON "The tablets are being renewed in spring, and then they can."
#define REPLY "Thank you for saying so. We will write to all wards."

static void
tell (WayJourney *journey, const char *learner)
{
  way_journey_open (journey, learner, "practise");
  g_object_unref (way_driver_wait (journey->driver, "button", "Practise*"));
  way_driver_audit (journey->driver);
  way_driver_key (journey->driver, "Ctrl+j");
  g_object_unref (way_driver_wait (journey->driver, "text", "What would you like to say?"));
  /* Who sees it, and where it says it comes from. */
  g_object_unref (
      way_driver_wait (journey->driver, "label", "Training leads and the design office see this*"));
  way_driver_audit (journey->driver);
  way_driver_press (journey->driver, "radio button", "Idea");
  way_driver_wait_state (journey->driver, "radio button", "Idea", ATSPI_STATE_CHECKED, TRUE);
  way_driver_set_text (journey->driver, "text", "What would you like to say?", IDEA);
  way_driver_press (journey->driver, "button", "Send");
  way_driver_wait_said (journey->driver, "Saved here. It goes to those who decide.");
  way_journey_go (journey, "Tell the trust");
  way_journey_expect (journey, "*" IDEA "*");
  way_driver_audit (journey->driver);
  way_journey_sync (journey);
  way_journey_close (journey);
}

static void
decide (WayJourney *journey, const char *lead)
{
  way_journey_open (journey, lead, "feedback");
  way_driver_press (journey->driver, "list item", "*" IDEA "*");
  g_object_unref (way_driver_wait (journey->driver, "button", "Heard"));
  way_driver_audit (journey->driver);
  way_driver_press (journey->driver, "button", "Heard");
  way_driver_wait_gone (journey->driver, "button", "Heard");

  way_driver_press (journey->driver, "button", "Decide…");
  way_driver_press (journey->driver, "radio button", "Later");
  way_driver_set_text (journey->driver, "text", "Because*", REASON);
  way_driver_press (journey->driver, "button", "Send Decision");
  g_object_unref (way_driver_wait (journey->driver, "label", "Decided: *"));

  way_driver_press (journey->driver, "button", "Reply…");
  way_driver_set_text (journey->driver, "text", "Your reply", REPLY);
  way_driver_press (journey->driver, "button", "Send Reply");
  g_object_unref (way_driver_wait (journey->driver, "label", "Last reply"));
  way_journey_sync (journey);
  way_journey_close (journey);
}

static void
test_feedback (void)
{
  g_autoptr (WayJourney) journey = way_journey_new (4);
  g_autofree char *lead = way_journey_ask_trust (
      journey, "SELECT min(p.username) FROM person p JOIN role r ON r.person = p.person "
               "WHERE r.role = 'lead' AND p.ended = 0");
  g_autofree char *learner = way_journey_ask_trust (
      journey, "SELECT min(username) FROM person p WHERE ended = 0 AND NOT EXISTS "
               "(SELECT 1 FROM role r WHERE r.person = p.person) AND NOT EXISTS "
               "(SELECT 1 FROM feedback f WHERE f.person = p.person) AND NOT EXISTS "
               "(SELECT 1 FROM help h WHERE h.person = p.person)");
  g_autofree char *page = NULL;

  tell (journey, learner);
  page = way_journey_ask_trust (journey, "SELECT page FROM feedback WHERE text = '" IDEA "'");
  g_assert_cmpstr (page, ==, "practise");
  decide (journey, lead);

  way_journey_open (journey, learner, "today");
  way_journey_expect (journey, "The trust says: later");
  way_journey_expect (journey, "*" REASON "*");
  way_journey_expect (journey, "*" REPLY "*");
  way_driver_audit (journey->driver);
  /* Under what else Today has, which is not the same every day. */
  way_driver_reach (journey->driver, (WayThing){ "button", "Got It", NULL });
  way_driver_key (journey->driver, "Return");
  way_driver_wait_gone (journey->driver, "button", "Got It");
  g_assert_false (
      way_driver_has (journey->driver, (WayThing){ "*", "The trust says: later", NULL }));
  way_journey_close (journey);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journey/feedback", test_feedback);
  return g_test_run ();
}
