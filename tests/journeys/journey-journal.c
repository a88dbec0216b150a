/* journey-journal.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person writes for themselves, and a module that they know already: with the keyboard
 * alone. */

#include "way-journey.h"
#include "way-reach.h"

#include <stdlib.h>

#define DEAF (600 * 1000) /* a key so soon after something new came is not heard */

#define NEWCOMER                                                                                   \
  "SELECT min(username) FROM person p WHERE ended = 0 AND NOT EXISTS "                             \
  "(SELECT 1 FROM progress g WHERE g.person = p.person)"

static void
press_by_key (WayJourney *journey, const char *name)
{
  way_driver_wait_state (journey->driver, "button", name, ATSPI_STATE_SENSITIVE, TRUE);
  way_driver_reach (journey->driver, (WayThing){ "button", name, NULL });
  way_driver_key (journey->driver, "Return");
}

static void
write_text (WayJourney *journey, const char *name, const char *text)
{
  way_driver_reach (journey->driver, (WayThing){ "*", name, NULL });
  way_driver_type (journey->driver, text);
}

static void
assert_count (WayJourney *journey, const char *username, const char *sql, int expected)
{
  g_autofree char *answer = way_journey_ask_store (journey, username, sql);

  g_assert_cmpint (answer != NULL ? atoi (answer) : 0, ==, expected);
}

/* At a step of a module, found again in My notes, changed and deleted there. */
static void
test_note (void)
{
  g_autoptr (WayJourney) journey = way_journey_new (2);
  g_autofree char *username = way_journey_ask_trust (journey, NEWCOMER);
  const WayModule *module = way_pack_find_module (journey->pack, "F1");

  way_journey_open (journey, username, "today");
  way_journey_open_module (journey, module);
  g_object_unref (way_driver_wait (journey->driver, "radio button", "0, not true at all"));
  way_driver_key (journey->driver, "Ctrl+n");
  g_object_unref (way_driver_wait (journey->driver, "*", "Your note"));
  way_driver_audit (journey->driver);
  write_text (journey, "Your note", "Ask about the red banner");
  g_object_unref (way_driver_wait (journey->driver, "label", "*Saved on this computer*"));
  way_driver_key (journey->driver, "Ctrl+Return");
  g_object_unref (way_driver_wait (journey->driver, "label", "Note saved*"));
  way_driver_wait_gone (journey->driver, "*", "Your note");

  /* Outside a module the same keys show all of them. */
  press_by_key (journey, "Pause");
  g_object_unref (way_driver_wait (journey->driver, "list item", "Learn"));
  way_driver_key (journey->driver, "Ctrl+n");
  g_object_unref (way_driver_wait (journey->driver, "label", "Ask about the red banner"));
  way_driver_audit (journey->driver);
  press_by_key (journey, "Edit: *");
  g_object_unref (way_driver_wait (journey->driver, "*", "Your note"));
  way_driver_reach (journey->driver, (WayThing){ "*", "Your note", NULL });
  way_driver_key (journey->driver, "Ctrl+End");
  way_driver_type (journey->driver, ", on Monday");
  way_driver_key (journey->driver, "Ctrl+Return");
  g_object_unref (
      way_driver_wait (journey->driver, "label", "Ask about the red banner, on Monday"));
  way_driver_wait_gone (journey->driver, "*", "Your note");
  assert_count (journey, username, "SELECT count(*) FROM live WHERE kind = 'note'", 2);

  press_by_key (journey, "Edit: *");
  press_by_key (journey, "Delete…");
  g_object_unref (way_driver_wait (journey->driver, "label", "Delete this note?"));
  way_driver_key (journey->driver, "Alt+d");
  g_object_unref (way_driver_wait (journey->driver, "label", "No notes yet"));
  way_driver_audit (journey->driver);
  way_journey_close (journey);
}

/* An account with its time, found by a word of it, and ready to be taken along. */
static void
test_account (void)
{
  g_autoptr (WayJourney) journey = way_journey_new (2);
  g_autofree char *username = way_journey_ask_trust (journey, NEWCOMER);

  way_journey_open (journey, username, "reflections");
  g_object_unref (way_driver_wait (journey->driver, "label", "No reflective accounts yet"));
  way_driver_audit (journey->driver);
  press_by_key (journey, "Write an Account");
  g_object_unref (way_driver_wait (journey->driver, "*", "What I did"));
  way_driver_audit (journey->driver);
  write_text (journey, "What I did", "Reported a message");
  write_text (journey, "What I learned", "Who to tell");
  write_text (journey, "How it changes what I do", "I report first");
  way_driver_reach (journey->driver, (WayThing){ "*", "Time spent, in minutes", NULL });
  way_driver_key (journey->driver, "Ctrl+a");
  way_driver_type (journey->driver, "45");
  way_driver_key (journey->driver, "Tab");
  way_driver_key (journey->driver, "Ctrl+Return");
  g_object_unref (way_driver_wait (journey->driver, "label", "Account saved*"));
  g_object_unref (way_driver_wait (journey->driver, "label", "Reported a message"));
  g_object_unref (way_driver_wait (journey->driver, "label", "Time spent: 45 minutes*"));
  g_object_unref (way_driver_wait (journey->driver, "button", "Export as PDF…"));
  way_driver_audit (journey->driver);
  assert_count (journey, username,
                "SELECT count(*) FROM live WHERE kind = 'reflection' "
                "AND body ->> 'minutes' = 45 AND body ->> 'learned' = 'Who to tell'",
                1);

  write_text (journey, "Search what you wrote", "zebra");
  g_object_unref (way_driver_wait (journey->driver, "label", "Nothing here has these words."));
  way_driver_key (journey->driver, "Ctrl+a");
  way_driver_type (journey->driver, "message");
  g_object_unref (way_driver_wait (journey->driver, "label", "Reported a message"));
  way_journey_close (journey);
}

/* The check before the lesson: passed, and the module is done. */
static void
test_test_out (void)
{
  g_autoptr (WayJourney) journey = way_journey_new (2);
  g_autofree char *username = way_journey_ask_trust (journey, NEWCOMER);
  const WayModule *module = way_pack_find_module (journey->pack, "F1");

  way_journey_open (journey, username, "today");
  way_journey_open_module (journey, module);
  press_by_key (journey, "Take the Check First");
  way_journey_take_check (journey, module);
  way_driver_audit (journey->driver);
  g_usleep (DEAF);
  press_by_key (journey, "Go On");
  g_object_unref (way_driver_wait (journey->driver, "*", "One thing to do on your shift"));
  assert_count (journey, username,
                "SELECT count(*) FROM attempt WHERE type = 'check' AND passed = 1 "
                "AND purpose = 'test-out'",
                1);
  assert_count (journey, username,
                "SELECT count(*) FROM progress WHERE module = 'F1' AND state = 'done'", 1);
  way_driver_audit (journey->driver);
  way_journey_close (journey);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journey/journal/note", test_note);
  g_test_add_func ("/journey/journal/account", test_account);
  g_test_add_func ("/journey/journal/test-out", test_test_out);
  return g_test_run ();
}
