/* journey-term.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* From a nomination to a champion: a training lead names somebody, they accept on Today's row, the
 * lead appoints, and the window of the one who was named is a champion's. */

#include "way-journey.h"
#include "way-reach.h"

#include <stdlib.h>

#define WHY "She shows everybody the new chart"

/* Somebody with a name of their own, who has no role and no term. */
#define LEARNER                                                                                    \
  "FROM person p WHERE p.ended = 0 AND NOT EXISTS (SELECT 1 FROM role r WHERE r.person = "         \
  "p.person) AND NOT EXISTS (SELECT 1 FROM champion c WHERE c.person = p.person) "                 \
  "AND NOT EXISTS (SELECT 1 FROM person o WHERE o.person <> p.person "                             \
  "AND instr (lower (o.name), lower (p.name)) > 0) ORDER BY p.username LIMIT 1"
#define LEAD                                                                                       \
  "SELECT p.username FROM person p JOIN role r ON r.person = p.person WHERE r.role = 'lead' "      \
  "AND p.ended = 0 ORDER BY p.username LIMIT 1"

static void
assert_state (WayJourney *journey, const char *learner, const char *expected)
{
  g_autofree char *sql = g_strdup_printf ("SELECT c.state FROM champion c JOIN person p ON p.person"
                                          " = c.person WHERE p.username = '%s'",
                                          learner);
  g_autofree char *state = way_journey_ask_trust (journey, sql);

  g_assert_cmpstr (state, ==, expected);
}

static void
nominate (WayJourney *journey, const char *lead, const char *name)
{
  WayDriver *driver = journey->driver;

  way_journey_open (journey, lead, "champions");
  way_driver_press (driver, "button", "Nominate…");
  g_object_unref (way_driver_wait (driver, "entry", "Find a person"));
  way_driver_audit (driver);
  way_driver_set_text (driver, "entry", "Find a person", name);
  way_driver_press (driver, "list item", name);
  way_driver_set_text (driver, "text", "Why this person", WHY);
  way_driver_press (driver, "button", "Nominate");
  way_driver_wait_said (driver, "Saved here. They are asked when*");
  way_journey_sync (journey);
  way_journey_close (journey);
}

static void
accept (WayJourney *journey, const char *learner)
{
  WayDriver *driver = journey->driver;

  way_journey_open (journey, learner, "today");
  way_driver_reach (driver, (WayThing){ "list item", "Will you be a digital champion?", NULL });
  way_driver_key (driver, "Return");
  g_object_unref (way_driver_wait (driver, "label", "*" WHY "*"));
  way_driver_audit (driver);
  way_driver_press (driver, "check box", "Monday Early");
  way_driver_set_text (driver, "text", "Systems you know well", "record");
  way_driver_press (driver, "button", "Accept");
  g_object_unref (way_driver_wait (driver, "heading", "Waiting for a training lead"));
  way_journey_sync (journey);
  way_journey_close (journey);
}

static void
appoint (WayJourney *journey, const char *lead, const char *name)
{
  WayDriver *driver = journey->driver;
  g_autofree char *row = g_strdup_printf ("%s.*Accepted, not appointed yet*", name);

  way_journey_open (journey, lead, "champions");
  way_driver_press (driver, "radio button", "Waiting for you*");
  way_driver_press (driver, "list item", row);
  g_object_unref (way_driver_wait (driver, "button", "Appoint"));
  way_driver_audit (driver);
  way_driver_press (driver, "button", "Appoint");
  way_driver_wait_said (driver, "Saved here. It counts when*");
  way_journey_sync (journey);
  /* Where they are there is covered from now on. */
  way_journey_go (journey, "Coverage");
  g_object_unref (way_driver_wait (driver, "radio button", "This week"));
  way_driver_audit (driver);
  way_journey_close (journey);
}

static void
test_term (void)
{
  g_autoptr (WayJourney) journey = way_journey_new (5);
  g_autofree char *lead = way_journey_ask_trust (journey, LEAD);
  g_autofree char *learner = way_journey_ask_trust (journey, "SELECT p.username " LEARNER);
  g_autofree char *name = way_journey_ask_trust (journey, "SELECT p.name " LEARNER);
  g_autofree char *sql = g_strdup_printf ("SELECT c.shifts || ' ' || c.systems FROM champion c "
                                          "JOIN person p ON p.person = c.person "
                                          "WHERE p.username = '%s'",
                                          learner);
  g_autofree char *details = NULL;

  nominate (journey, lead, name);
  assert_state (journey, learner, "nominated");
  accept (journey, learner);
  assert_state (journey, learner, "accepted");
  appoint (journey, lead, name);
  assert_state (journey, learner, "active");
  details = way_journey_ask_trust (journey, sql);
  g_assert_cmpstr (details, ==, "mon-early record");

  /* The champion's own pages are in the sidebar; a pause closes nothing but the asking. */
  way_journey_open (journey, learner, "term");
  g_object_unref (way_driver_wait (journey->driver, "heading", "You are a digital champion"));
  g_object_unref (way_driver_wait (journey->driver, "list item", "My people"));
  way_driver_audit (journey->driver);
  way_driver_press (journey->driver, "button", "Pause");
  g_object_unref (way_driver_wait (journey->driver, "heading", "Your term is paused"));
  way_driver_press (journey->driver, "button", "Go On as Champion");
  g_object_unref (way_driver_wait (journey->driver, "heading", "You are a digital champion"));
  way_journey_sync (journey);
  assert_state (journey, learner, "active");
  way_journey_close (journey);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journey/term", test_term);
  return g_test_run ();
}
