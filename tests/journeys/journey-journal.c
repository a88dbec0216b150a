/* journey-journal.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person writes for themselves, a module that they know already or put down between its
 * desks, and what a training lead says of roles: with the keyboard alone. */

#include "way-hand.h"
#include "way-reach.h"

#include "content/way-desk.h"

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
  /* The day of an account, without a time that nobody said. */
  g_object_unref (way_driver_wait (journey->driver, "label", "* 20?? · 45 minutes"));
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

/* What came a moment ago. */
static void
press_new (WayJourney *journey, const char *name)
{
  g_usleep (DEAF);
  press_by_key (journey, name);
}

static void
know_nothing (WayJourney *journey, const WayModule *module)
{
  for (int i = 0; i < module->draw; i++)
    {
      g_autofree char *eyebrow = g_strdup_printf ("Question %d of %d*", i + 1, module->draw);

      g_object_unref (way_driver_wait (journey->driver, "label", eyebrow));
      press_new (journey, "I Don’t Know");
      press_new (journey, "Go On");
    }
  g_object_unref (way_driver_wait (journey->driver, "*", "0 of *: not passed yet"));
}

static void
come_back (WayJourney *journey, const char *username, const WayModule *module)
{
  press_new (journey, "Pause");
  g_object_unref (way_driver_wait (journey->driver, "list item", "Learn"));
  way_journey_close (journey);
  way_journey_open (journey, username, "today");
  way_journey_open_module (journey, module);
}

/* Not passed before the lesson: the cards go on where they were left. Not passed after them: the
 * check does, with what is worth another look. */
static void
test_tries (void)
{
  g_autoptr (WayJourney) journey = way_journey_new (2);
  g_autofree char *username = way_journey_ask_trust (journey, NEWCOMER);
  const WayModule *module = way_pack_find_module (journey->pack, "F1");
  const WayCard *first = module->cards->pdata[0];

  way_journey_open (journey, username, "today");
  way_journey_open_module (journey, module);
  press_new (journey, "Take the Check First");
  know_nothing (journey, module);
  press_new (journey, "Begin with the Cards");
  g_object_unref (way_driver_wait (journey->driver, "label", "Card 1 of 4*"));
  press_new (journey, "Go On");
  g_object_unref (way_driver_wait (journey->driver, "label", "Card 2 of 4*"));
  come_back (journey, username, module);
  for (guint i = 2; i <= 4; i++)
    {
      g_autofree char *eyebrow = g_strdup_printf ("Card %u of 4*", i);

      g_object_unref (way_driver_wait (journey->driver, "label", eyebrow));
      press_new (journey, "Go On");
    }
  for (guint i = 0; i < module->desks->len; i++)
    {
      g_object_unref (way_driver_wait (journey->driver, "label", "Practice, not a real record*"));
      press_new (journey, "Do This Later");
    }
  press_new (journey, "Start the Check");
  know_nothing (journey, module);
  come_back (journey, username, module);
  g_object_unref (way_driver_wait (journey->driver, "button", "Start the Check"));
  g_object_unref (way_driver_wait (journey->driver, "button", first->title));
  way_driver_audit (journey->driver);
  way_journey_close (journey);
}

/* Left between two practice desks, it goes on at the second. */
static void
test_desks (void)
{
  g_autoptr (WayJourney) journey = way_journey_new (2);
  g_autofree char *username = way_journey_ask_trust (journey, NEWCOMER);
  const WayModule *module = way_pack_find_module (journey->pack, "D7");
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDesk) desk = way_pack_load_desk (journey->pack, module->desks->pdata[0], &error);
  const char *const second = "The laboratory has sent results*";

  g_assert_no_error (error);
  way_journey_open (journey, username, "today");
  way_journey_open_module (journey, module);
  way_journey_read (journey, module, NULL);
  g_object_unref (way_driver_wait (journey->driver, "label", "Practice, not a real record*"));
  {
    g_autoptr (WayHand) hand = way_hand_new (journey, username, desk);

    way_hand_work (hand);
  }
  press_by_key (journey, "Go On");
  g_object_unref (way_driver_wait (journey->driver, "*", second));
  press_by_key (journey, "Pause");
  g_object_unref (way_driver_wait (journey->driver, "list item", "Learn"));
  assert_count (journey, username,
                "SELECT count(*) FROM attempt WHERE type = 'practice' AND ended IS NOT NULL", 1);
  way_journey_close (journey);

  way_journey_open (journey, username, "today");
  way_journey_open_module (journey, module);
  g_object_unref (way_driver_wait (journey->driver, "*", second));
  way_driver_audit (journey->driver);
  way_journey_close (journey);
  assert_count (journey, username, "SELECT count(*) FROM attempt WHERE type = 'practice'", 2);
}

/* A training lead says what a role asks for, and takes it back. */
static void
test_requirements (void)
{
  g_autoptr (WayJourney) journey = way_journey_new (2);
  g_autofree char *username = way_journey_ask_trust (
      journey, "SELECT min(p.username) FROM person p JOIN role r ON r.person = p.person "
               "WHERE r.role = 'lead' AND p.ended = 0");
  static const char live[] = "SELECT count(*) FROM live WHERE kind = 'role_requirement' "
                             "AND body ->> 'capability' = 'C' AND body ->> 'level' = 3";

  way_journey_open (journey, username, "requirements");
  g_object_unref (way_driver_wait (journey->driver, "label", "Nothing: each role asks for*"));
  way_driver_audit (journey->driver);
  way_driver_reach (journey->driver, (WayThing){ "combo box", "Information", NULL });
  way_driver_key (journey->driver, "space");
  g_object_unref (way_driver_wait (journey->driver, "label", "Lead"));
  for (guint i = 0; i < 3; i++)
    way_driver_key (journey->driver, "Down");
  way_driver_key (journey->driver, "Return");
  g_object_unref (way_driver_wait (journey->driver, "label", "Saved here*"));
  g_object_unref (way_driver_wait (journey->driver, "label", "*Information: Confident"));
  way_driver_audit (journey->driver);
  assert_count (journey, username, live, 1);

  press_by_key (journey, "Take back: *");
  g_object_unref (way_driver_wait (journey->driver, "label", "Nothing: each role asks for*"));
  assert_count (journey, username, live, 0);
  way_journey_close (journey);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journey/journal/note", test_note);
  g_test_add_func ("/journey/journal/account", test_account);
  g_test_add_func ("/journey/journal/test-out", test_test_out);
  g_test_add_func ("/journey/journal/tries", test_tries);
  g_test_add_func ("/journey/journal/desks", test_desks);
  g_test_add_func ("/journey/journal/requirements", test_requirements);
  return g_test_run ();
}
