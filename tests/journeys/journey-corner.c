/* journey-corner.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Champions' corner: one champion asks, another answers, the first says that it worked, and a
 * learner finds it in Get help. */

#include "way-journey.h"

#define QUESTION "What do you do when the card reader blinks twice"
#define ANSWER "Hold the card still until the light stays on"

/* The champions, one after the other, and somebody who has no role. */
#define CHAMPIONS                                                                                  \
  "SELECT DISTINCT p.username FROM role r JOIN person p ON p.person = r.person AND p.ended = 0 "   \
  "WHERE r.role = 'champion' ORDER BY p.username LIMIT 1 OFFSET "
#define LEARNER                                                                                    \
  "SELECT p.username FROM person p WHERE p.ended = 0 AND NOT EXISTS (SELECT 1 FROM role r "        \
  "WHERE r.person = p.person) ORDER BY p.username LIMIT 1"

static void
open_corner (WayJourney *journey, const char *champion)
{
  way_journey_open (journey, champion, "corner");
  g_object_unref (way_driver_wait (journey->driver, "button", "Ask the Champions…"));
  way_driver_set_text (journey->driver, "entry", "Search questions", QUESTION);
}

static void
send_and_close (WayJourney *journey)
{
  way_journey_sync (journey);
  way_journey_close (journey);
}

static void
test_worked (void)
{
  g_autoptr (WayJourney) journey = way_journey_new (4);
  WayDriver *driver = journey->driver;
  g_autofree char *first = way_journey_ask_trust (journey, CHAMPIONS "0");
  g_autofree char *second = way_journey_ask_trust (journey, CHAMPIONS "1");
  g_autofree char *learner = way_journey_ask_trust (journey, LEARNER);
  g_autofree char *tips = NULL;

  way_journey_open (journey, first, "corner");
  way_driver_press (driver, "button", "Ask the Champions…");
  way_driver_set_text (driver, "text", "Your question", QUESTION);
  way_driver_audit (driver);
  way_driver_press (driver, "button", "Ask");
  g_object_unref (way_driver_wait (driver, "heading", QUESTION));
  send_and_close (journey);

  open_corner (journey, second);
  g_object_unref (way_driver_wait (driver, "heading", QUESTION));
  way_driver_press (driver, "button", "Answer…");
  way_driver_set_text (driver, "text", "What worked for you", ANSWER);
  way_driver_press (driver, "button", "Answer");
  g_object_unref (way_driver_wait (driver, "label", ANSWER));
  way_driver_audit (driver);
  send_and_close (journey);

  open_corner (journey, first);
  g_object_unref (way_driver_wait (driver, "label", ANSWER));
  way_driver_press (driver, "button", "This Worked");
  g_object_unref (way_driver_wait (driver, "button", "It Did Not Work After All"));
  way_journey_expect (journey, "Worked for 1 champion");
  send_and_close (journey);
  tips = way_journey_ask_trust (journey, "SELECT people FROM tip WHERE text = '" ANSWER "'");
  g_assert_cmpstr (tips, ==, "1");

  /* What it is about was left as it was offered. */
  way_journey_open (journey, learner, "help");
  way_driver_click (driver, "label", "Signing in");
  g_object_unref (way_driver_wait (driver, "label", ANSWER));
  way_driver_audit (driver);
  way_journey_close (journey);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journey/corner/worked", test_worked);
  return g_test_run ();
}
