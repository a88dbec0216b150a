/* journey-module.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A module with its practice and check, with the keyboard alone. */

#include "way-journey.h"

#include <stdlib.h>

static void
look (WayJourney *journey, const char *name)
{
  way_driver_audit (journey->driver);
  if (!g_str_equal (name, "end"))
    return;
  /* The certificate is there at once, to look at, save and print. */
  way_driver_press (journey->driver, "button", "Certificate…");
  g_object_unref (way_driver_wait (journey->driver, "image", "*has passed the check*"));
  g_object_unref (way_driver_wait (journey->driver, "button", "Save as PDF…"));
  way_driver_audit (journey->driver);
  way_driver_key (journey->driver, "Escape");
  way_driver_wait_gone (journey->driver, "button", "Save as PDF…");
}

static int
count (WayJourney *journey, const char *username, const char *sql)
{
  g_autofree char *answer = way_journey_ask_store (journey, username, sql);

  return answer != NULL ? atoi (answer) : 0;
}

static void
test_module (void)
{
  g_autoptr (WayJourney) journey = way_journey_new (2);
  g_autofree char *username = way_journey_ask_trust (
      journey, "SELECT min(username) FROM person p WHERE ended = 0 AND NOT EXISTS "
               "(SELECT 1 FROM progress g WHERE g.person = p.person)");
  g_autofree char *state = NULL;
  g_autofree char *sql = NULL;
  g_autofree char *held = NULL;

  way_journey_open (journey, username, "today");
  way_journey_learn (journey, username, "F1", look);

  /* What the window said is what was written down. */
  state = way_journey_ask_store (journey, username,
                                 "SELECT state FROM progress WHERE module = 'F1'");
  g_assert_cmpstr (state, ==, "done");
  g_assert_cmpint (count (journey, username,
                          "SELECT confidence_before FROM progress WHERE module = 'F1'"),
                   ==, 4);
  g_assert_cmpint (count (journey, username,
                          "SELECT confidence_after FROM progress WHERE module = 'F1'"),
                   ==, 8);
  g_assert_cmpint (count (journey, username,
                          "SELECT count(*) FROM live WHERE kind = 'action' "
                          "AND body ->> 'action' = 'report'"),
                   ==, 4);
  held = way_journey_ask_store (journey, username,
                                "SELECT CAST(passed AS text) FROM attempt WHERE type = 'check'");
  g_assert_cmpstr (held, ==, "1");

  g_assert_cmpint (count (journey, username,
                          "SELECT count(*) FROM live WHERE kind = 'certificate' "
                          "AND body ->> 'module' = 'F1'"),
                   ==, 1);

  way_journey_sync (journey);
  way_journey_close (journey);
  sql = g_strdup_printf ("SELECT g.state FROM progress g JOIN person p ON p.person = g.person "
                         "WHERE p.username = '%s' AND g.module = 'F1'",
                         username);
  g_free (state);
  state = way_journey_ask_trust (journey, sql);
  g_assert_cmpstr (state, ==, "done");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journey/module", test_module);
  return g_test_run ();
}
