/* journey-baseline.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The baseline from its first to its last question, with a power cut in the middle. */

#include "way-journey.h"

#include <stdlib.h>

/* Somebody who has done nothing yet. */
#define NEW_PERSON                                                                                 \
  "SELECT min(username) FROM person p WHERE ended = 0 AND NOT EXISTS (SELECT 1 FROM attempt a "    \
  "WHERE a.person = p.person) AND NOT EXISTS (SELECT 1 FROM role r WHERE r.person = p.person)"

#define BARRIER                                                                                    \
  "SELECT body ->> 'barrier' FROM live WHERE kind = 'barrier' AND body ->> 'value' = 1"

static guint
count (WayJourney *journey, const char *username, const char *sql)
{
  g_autofree char *answer = way_journey_ask_store (journey, username, sql);

  return (guint) atoi (answer);
}

static char *
dup_heading (WayJourney *journey, guint ordinal)
{
  g_autofree char *name = g_strdup_printf ("Question %u · *", ordinal);
  g_autoptr (AtspiAccessible) label = way_driver_wait (journey->driver, "label", name);

  return way_node_dup_name (label);
}

static void
test_baseline (void)
{
  g_autoptr (WayJourney) journey = way_journey_new (1);
  g_autofree char *username = way_journey_ask_trust (journey, NEW_PERSON);
  g_autofree char *sql = NULL;
  g_autofree char *measured = NULL;
  g_autofree char *barrier = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (WayItem) item = NULL;
  g_autoptr (WayItem) again = NULL;
  guint next, n_questions;

  /* What it is for, who sees what, how long, and that it can be stopped. */
  way_journey_open (journey, username, "today");
  g_object_unref (way_driver_wait (journey->driver, "*", "Find out where you stand"));
  way_driver_audit (journey->driver);
  way_driver_press (journey->driver, "button", "*Start");
  g_object_unref (way_driver_wait (journey->driver, "list item", "About 10 minutes"));
  g_object_unref (way_driver_wait (journey->driver, "list item", "You can stop at any time"));
  g_object_unref (way_driver_wait (journey->driver, "*", "Who sees what"));
  way_driver_audit (journey->driver);

  way_journey_rate (journey);
  next = way_journey_sit (journey, 1, 4);
  g_assert_cmpuint (next, ==, 5);
  way_driver_audit (journey->driver);
  before = dup_heading (journey, 5);
  item = way_journey_find_question (journey);
  g_assert_nonnull (item);

  /* The power goes in the middle of the fifth question. */
  way_driver_kill (journey->driver);
  g_assert_cmpuint (count (journey, username, "SELECT count(*) FROM live WHERE kind = 'response'"),
                    ==, 4);
  way_journey_open (journey, username, "today");
  g_object_unref (way_driver_wait (journey->driver, "*", "Go on with your baseline"));
  way_driver_press (journey->driver, "button", "*Go On");
  after = dup_heading (journey, 5);
  g_assert_cmpstr (after, ==, before);
  again = way_journey_find_question (journey);
  g_assert_nonnull (again);
  g_assert_cmpstr (again->id, ==, item->id);

  g_assert_cmpuint (way_journey_sit (journey, 5, 0), ==, 0);
  n_questions = count (journey, username, "SELECT count(*) FROM live WHERE kind = 'response'");
  g_assert_cmpuint (n_questions, >=, 12);
  /* Each answer is there once. */
  g_assert_cmpuint (count (journey, username,
                           "SELECT count(DISTINCT body ->> 'item') FROM live "
                           "WHERE kind = 'response'"),
                    ==, n_questions);
  g_assert_cmpuint (count (journey, username,
                           "SELECT count(DISTINCT body ->> 'attempt') FROM live "
                           "WHERE kind = 'response'"),
                    ==, 1);

  /* The result: every capability, as picture and as table. */
  way_driver_press (journey->driver, "button", "*Result");
  g_object_unref (way_driver_wait (journey->driver, "heading", "What gets in the way?"));
  way_driver_audit (journey->driver);
  way_driver_focus (journey->driver, "check box", "Systems are slow or fail");
  way_driver_key (journey->driver, "space");
  way_driver_wait_state (journey->driver, "button", "*Save", ATSPI_STATE_SENSITIVE, TRUE);
  way_driver_focus (journey->driver, "button", "*Save");
  way_driver_key (journey->driver, "Return");
  way_driver_wait_state (journey->driver, "list item", "My skills", ATSPI_STATE_SELECTED, TRUE);
  for (guint i = 0; i < way_pack_get_capabilities (journey->pack)->len; i++)
    {
      const WayCapability *capability =
          g_ptr_array_index (way_pack_get_capabilities (journey->pack), i);
      g_autofree char *name = g_strdup_printf ("%s*", capability->short_name);

      way_journey_expect (journey, name);
    }
  way_driver_audit (journey->driver);
  barrier = way_journey_ask_store (journey, username, BARRIER);
  g_assert_cmpstr (barrier, ==, "slow");

  /* The trust gets it when they meet. */
  way_journey_sync (journey);
  way_journey_close (journey);
  sql = g_strdup_printf ("SELECT count(*) FROM level l JOIN person p ON p.person = l.person "
                         "WHERE p.username = '%s'",
                         username);
  measured = way_journey_ask_trust (journey, sql);
  g_assert_cmpint (atoi (measured), ==, (int) way_pack_get_capabilities (journey->pack)->len);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journey/baseline", test_baseline);
  return g_test_run ();
}
