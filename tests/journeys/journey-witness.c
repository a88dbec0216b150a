/* journey-witness.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Witness by two people: a champion says what they saw, at their own desktop; who was seen says not
 * quite at theirs, then agrees; then the champion withdraws it. And once at one desktop, one after
 * the other. And a manager signs off what somebody has shown, and withdraws it. */

#include "way-journey.h"
#include "way-reach.h"

#include <glib/gstdio.h>

#define SAW "They read the name and the date of birth before they opened it"
#define SHEET "Observed at 10:40: asked for the name, then the date of birth.\n"
#define WHY "Somebody else had opened it already"

/* A champion, and somebody of their unit who has no role. */
#define PAIR                                                                                       \
  "FROM role r JOIN person c ON c.person = r.person AND c.ended = 0 "                              \
  "JOIN membership m ON m.unit = r.unit JOIN person p ON p.person = m.person AND p.ended = 0 "     \
  "WHERE r.role = 'champion' AND NOT EXISTS (SELECT 1 FROM role o WHERE o.person = p.person) "     \
  "AND NOT EXISTS (SELECT 1 FROM help h WHERE h.person = p.person) "                               \
  "ORDER BY c.username, p.username LIMIT 1"

typedef struct
{
  char *champion;
  char *learner;
  char *name; /* of the learner */
  char *by;   /* of the champion */
} Pair;

static void
assert_witnessed (WayJourney *journey, const char *learner, const char *n)
{
  g_autofree char *sql =
      g_strdup_printf ("SELECT count(*) FROM evidence e JOIN person p ON p.person = e.person "
                       "WHERE e.type = 'witnessed' AND p.username = '%s'",
                       learner);
  g_autofree char *there = way_journey_ask_trust (journey, sql);

  g_assert_cmpstr (there, ==, n);
}

static void
open_person (WayJourney *journey, const Pair *pair)
{
  g_autofree char *row = g_strdup_printf ("%s*", pair->name);

  way_journey_open (journey, pair->champion, "people");
  way_driver_press (journey->driver, "list item", row);
  g_object_unref (way_driver_wait (journey->driver, "button", "Seen at Work…"));
}

/* What a champion has seen, in their form. */
static void
fill (WayJourney *journey, const Pair *pair)
{
  WayDriver *driver = journey->driver;
  g_autofree char *title = g_strdup_printf ("What you saw %s do at work", pair->name);

  way_driver_press (driver, "button", "Seen at Work…");
  g_object_unref (way_driver_wait (driver, "heading", title));
  way_driver_audit (driver);
  way_driver_press (driver, "button", "Save");
  g_object_unref (way_driver_wait (driver, "label", "Choose what you saw."));
  /* The first is where the focus went. */
  way_driver_key (driver, "space");
  way_driver_press (driver, "button", "Save");
  g_object_unref (way_driver_wait (driver, "label", "Say in a sentence what you saw."));
  way_driver_set_text (driver, "text", "In a sentence", SAW);
}

static void
say (WayJourney *journey, const Pair *pair)
{
  fill (journey, pair);
  way_driver_key (journey->driver, "Ctrl+Return");
  way_journey_expect (journey, "Waiting for * to say so too");
}

static void
test_two_desktops (void)
{
  g_autoptr (WayJourney) journey = way_journey_new (4);
  WayDriver *driver = journey->driver;
  Pair pair = { .champion = way_journey_ask_trust (journey, "SELECT c.username " PAIR),
                .learner = way_journey_ask_trust (journey, "SELECT p.username " PAIR),
                .name = way_journey_ask_trust (journey, "SELECT p.name " PAIR),
                .by = way_journey_ask_trust (journey, "SELECT c.name " PAIR) };
  g_autofree char *asks = g_strdup_printf ("%s saw you do this at work. Did you?", pair.by);
  g_autofree char *withdrew = g_strdup_printf ("%s withdrew this", pair.by);

  open_person (journey, &pair);
  say (journey, &pair);
  way_driver_audit (driver);
  way_journey_sync (journey);
  way_journey_close (journey);
  assert_witnessed (journey, pair.learner, "0");

  way_journey_open (journey, pair.learner, "today");
  g_object_unref (way_driver_wait (driver, "label", asks));
  way_journey_expect (journey, "“" SAW "”");
  way_driver_audit (driver);
  way_driver_press (driver, "button", "Not Quite…");
  way_driver_set_text (driver, "text", "What was different", WHY);
  way_driver_press (driver, "button", "Send");
  way_driver_wait_gone (driver, "label", asks);
  way_journey_sync (journey);
  way_journey_close (journey);
  assert_witnessed (journey, pair.learner, "0");

  open_person (journey, &pair);
  way_journey_expect (journey, "What was different: “" WHY "”");
  way_journey_close (journey);

  way_journey_open (journey, pair.learner, "passport");
  way_journey_expect (journey, "You said: not quite");
  way_driver_press (driver, "button", "Yes, I Did This");
  way_journey_expect (journey, "Witnessed: both have said so");
  way_journey_sync (journey);
  way_journey_close (journey);
  assert_witnessed (journey, pair.learner, "1");

  open_person (journey, &pair);
  way_journey_expect (journey, "Witnessed: both have said so");
  way_driver_press (driver, "button", "Withdraw…");
  g_object_unref (way_driver_wait (driver, "*", "Withdraw this?"));
  way_driver_press (driver, "button", "Withdraw");
  way_journey_expect (journey, "You withdrew this");
  way_journey_sync (journey);
  way_journey_close (journey);
  assert_witnessed (journey, pair.learner, "0");

  way_journey_open (journey, pair.learner, "passport");
  way_journey_expect (journey, withdrew);
  way_journey_close (journey);
  g_free (pair.champion);
  g_free (pair.learner);
  g_free (pair.name);
  g_free (pair.by);
}

/* The champion signs out, who was seen signs in at the very window, and agrees. */
static void
test_one_desktop (void)
{
  g_autoptr (WayJourney) journey = way_journey_new (4);
  WayDriver *driver = journey->driver;
  Pair pair = { .champion = way_journey_ask_trust (journey, "SELECT c.username " PAIR),
                .learner = way_journey_ask_trust (journey, "SELECT p.username " PAIR),
                .name = way_journey_ask_trust (journey, "SELECT p.name " PAIR) };

  open_person (journey, &pair);
  say (journey, &pair);
  way_driver_press (driver, "button", "They Are Here…");
  g_object_unref (way_driver_wait (driver, "*", "*who sat at the keyboard*"));
  way_driver_press (driver, "button", "Sign Out and Hand Over");
  g_object_unref (way_driver_wait (driver, "button", "Sign In"));
  way_driver_set_text (driver, "text", "Address of the trust*", journey->trust);
  way_driver_set_text (driver, "text", "Username*", pair.learner);
  way_driver_press (driver, "button", "Sign In");
  g_object_unref (way_driver_wait (driver, "button", "Yes, I Did This"));
  way_driver_press (driver, "button", "Yes, I Did This");
  way_driver_wait_gone (driver, "button", "Yes, I Did This");
  way_journey_sync (journey);
  way_journey_close (journey);
  assert_witnessed (journey, pair.learner, "1");
  g_free (pair.champion);
  g_free (pair.learner);
  g_free (pair.name);
}

static void
press_out_of_sight (WayDriver *driver, const char *name)
{
  way_driver_reach (driver, (WayThing){ .role = "button", .name = name });
  way_driver_key (driver, "Return");
}

/* A file is chosen as everywhere on the desktop, looked at for patients, and opened by whom it is
 * about. */
static void
test_file (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayJourney) journey = way_journey_new (4);
  WayDriver *driver = journey->driver;
  g_autofree char *folder = g_dir_make_tmp ("way-evidence-XXXXXX", &error);
  g_autofree char *from = g_build_filename (folder, "seen.txt", NULL);
  g_autofree char *to = g_build_filename (folder, "kept.txt", NULL);
  g_autofree char *kept = NULL;
  Pair pair = { .champion = way_journey_ask_trust (journey, "SELECT c.username " PAIR),
                .learner = way_journey_ask_trust (journey, "SELECT p.username " PAIR),
                .name = way_journey_ask_trust (journey, "SELECT p.name " PAIR) };

  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (from, SHEET, -1, NULL));
  open_person (journey, &pair);
  fill (journey, &pair);
  press_out_of_sight (driver, "Attach a File…");
  g_object_unref (way_driver_wait (driver, "*", "Choose a Picture, PDF or Text"));
  way_driver_key (driver, "Ctrl+l");
  way_driver_type (driver, from);
  way_driver_key (driver, "Return");
  way_journey_expect (journey, "seen.txt, *");
  way_driver_audit (driver);
  way_driver_key (driver, "Ctrl+Return");
  way_journey_expect (journey, "Look at the file first: no patient may be seen in it.");
  way_driver_wait_focus (driver,
                         (WayThing){ .role = "check box", .name = "No patient can be seen in it" });
  way_driver_key (driver, "space");
  way_driver_key (driver, "Ctrl+Return");
  way_journey_expect (journey, "Waiting for * to say so too");
  way_journey_sync (journey);
  way_journey_close (journey);

  way_journey_open (journey, pair.learner, "passport");
  way_journey_expect (journey, "Save the File…");
  press_out_of_sight (driver, "Save the File…");
  g_object_unref (way_driver_wait (driver, "*", "Save the File"));
  way_driver_key (driver, "Ctrl+a");
  way_driver_type (driver, to);
  way_driver_key (driver, "Return");
  for (guint tries = 0; tries < 300 && g_strcmp0 (kept, SHEET) != 0; tries++)
    {
      g_usleep (200 * 1000);
      g_clear_pointer (&kept, g_free);
      g_file_get_contents (to, &kept, NULL, NULL);
    }
  g_assert_cmpstr (kept, ==, SHEET);
  way_journey_close (journey);
  g_unlink (from);
  g_unlink (to);
  g_rmdir (folder);
  g_free (pair.champion);
  g_free (pair.learner);
  g_free (pair.name);
}

/* Somebody with a result and evidence and a name of their own, and a colleague without a role. */
#define SIGNED                                                                                     \
  "FROM person p JOIN membership m ON m.person = p.person JOIN unit u ON u.unit = m.unit "         \
  "JOIN membership n ON n.unit = m.unit JOIN person o ON o.person = n.person "                     \
  "WHERE p.ended = 0 AND o.ended = 0 AND o.person <> p.person "                                    \
  "AND NOT EXISTS (SELECT 1 FROM role r WHERE r.person IN (p.person, o.person)) "                  \
  "AND EXISTS (SELECT 1 FROM level l WHERE l.person = p.person) "                                  \
  "AND EXISTS (SELECT 1 FROM evidence e WHERE e.person = p.person AND e.type = 'check') "          \
  "AND NOT EXISTS (SELECT 1 FROM person x WHERE x.person <> p.person AND x.name = p.name) "        \
  "ORDER BY p.username, o.username LIMIT 1"
#define WORDS "I have seen it on the ward"

static void
test_sign_off (void)
{
  g_autoptr (WayJourney) journey = way_journey_new (4);
  WayDriver *driver = journey->driver;
  g_autofree char *learner = way_journey_ask_trust (journey, "SELECT p.username " SIGNED);
  g_autofree char *name = way_journey_ask_trust (journey, "SELECT p.name " SIGNED);
  g_autofree char *manager = way_journey_ask_trust (journey, "SELECT o.username " SIGNED);
  g_autofree char *code = way_journey_ask_trust (journey, "SELECT u.code " SIGNED);
  g_autofree char *out = NULL;
  int status = -1;

  out = way_journey_ctl (journey, &status, "trust", "grant", journey->trust, manager, "manager",
                         "--unit", code, NULL);
  g_assert_cmpint (status, ==, 0);
  way_journey_open (journey, manager, "team");
  g_object_unref (way_driver_wait (driver, "entry", "Find a person"));
  way_driver_set_text (driver, "entry", "Find a person", name);
  way_driver_press (driver, "list item", name);
  g_object_unref (way_driver_wait (driver, "text", "Your words to them"));
  way_driver_audit (driver);
  way_driver_set_text (driver, "text", "Your words to them", WORDS);
  way_driver_press (driver, "button", "Sign Off");
  g_object_unref (way_driver_wait (driver, "button", "Withdraw…"));
  way_journey_sync (journey);
  way_journey_close (journey);

  way_journey_open (journey, learner, "skills");
  way_journey_expect (journey, "Signed off by *");
  way_journey_expect (journey, "“" WORDS "”");
  way_journey_close (journey);

  way_journey_open (journey, manager, "team");
  g_object_unref (way_driver_wait (driver, "entry", "Find a person"));
  way_driver_set_text (driver, "entry", "Find a person", name);
  way_journey_sync (journey);
  way_driver_press (driver, "button", "Withdraw…");
  g_object_unref (way_driver_wait (driver, "*", "Withdraw this sign-off?"));
  way_driver_press (driver, "button", "Withdraw");
  way_driver_wait_gone (driver, "button", "Withdraw…");
  way_driver_wait_said (driver, "Withdrawn. They see that.");
  way_journey_sync (journey);
  way_journey_close (journey);

  way_journey_open (journey, learner, "skills");
  way_journey_expect (journey, "* withdrew the sign-off on *");
  way_journey_close (journey);
}

/* A colleague with a name of their own who has shown nothing, and another without a role. */
#define BLANK                                                                                      \
  "FROM person p JOIN membership m ON m.person = p.person JOIN unit u ON u.unit = m.unit "         \
  "JOIN membership n ON n.unit = m.unit JOIN person o ON o.person = n.person "                     \
  "WHERE p.ended = 0 AND o.ended = 0 AND o.person <> p.person "                                    \
  "AND NOT EXISTS (SELECT 1 FROM role r WHERE r.person IN (p.person, o.person)) "                  \
  "AND NOT EXISTS (SELECT 1 FROM attempt a WHERE a.person = p.person) "                            \
  "AND NOT EXISTS (SELECT 1 FROM evidence e WHERE e.person = p.person) "                           \
  "AND NOT EXISTS (SELECT 1 FROM self_rating s WHERE s.person = p.person) "                        \
  "AND NOT EXISTS (SELECT 1 FROM person x WHERE x.person <> p.person AND x.name = p.name) "        \
  "ORDER BY p.username, o.username LIMIT 1"

/* What was shown elsewhere is signed off too: an empty passport says so. */
static void
test_empty_passport (void)
{
  g_autoptr (WayJourney) journey = way_journey_new (4);
  WayDriver *driver = journey->driver;
  g_autofree char *learner = way_journey_ask_trust (journey, "SELECT p.username " BLANK);
  g_autofree char *name = way_journey_ask_trust (journey, "SELECT p.name " BLANK);
  g_autofree char *manager = way_journey_ask_trust (journey, "SELECT o.username " BLANK);
  g_autofree char *code = way_journey_ask_trust (journey, "SELECT u.code " BLANK);
  g_autofree char *out = NULL;
  int status = -1;

  out = way_journey_ctl (journey, &status, "trust", "grant", journey->trust, manager, "manager",
                         "--unit", code, NULL);
  g_assert_cmpint (status, ==, 0);
  way_journey_open (journey, learner, "passport");
  way_journey_expect (journey, "Nothing in it yet");
  way_journey_close (journey);

  way_journey_open (journey, manager, "team");
  g_object_unref (way_driver_wait (driver, "entry", "Find a person"));
  way_driver_set_text (driver, "entry", "Find a person", name);
  way_driver_press (driver, "list item", name);
  way_driver_set_text (driver, "text", "Your words to them", WORDS);
  way_driver_press (driver, "button", "Sign Off");
  g_object_unref (way_driver_wait (driver, "button", "Withdraw…"));
  way_journey_sync (journey);
  way_journey_close (journey);

  way_journey_open (journey, learner, "passport");
  way_journey_expect (journey, "Signed off by *");
  way_journey_close (journey);
}

/* A manager names somebody of their own place as a champion, who is asked. */
static void
test_nominate (void)
{
  g_autoptr (WayJourney) journey = way_journey_new (4);
  WayDriver *driver = journey->driver;
  g_autofree char *learner = way_journey_ask_trust (journey, "SELECT p.username " SIGNED);
  g_autofree char *name = way_journey_ask_trust (journey, "SELECT p.name " SIGNED);
  g_autofree char *manager = way_journey_ask_trust (journey, "SELECT o.username " SIGNED);
  g_autofree char *code = way_journey_ask_trust (journey, "SELECT u.code " SIGNED);
  g_autofree char *lead = way_journey_ask_trust (
      journey, "SELECT p.username FROM role r JOIN person p ON p.person = r.person "
               "WHERE r.role = 'lead' AND p.ended = 0 ORDER BY p.username LIMIT 1");
  g_autofree char *out = NULL;
  int status = -1;

  out = way_journey_ctl (journey, &status, "trust", "grant", journey->trust, manager, "manager",
                         "--unit", code, NULL);
  g_assert_cmpint (status, ==, 0);
  way_journey_open (journey, manager, "team");
  way_driver_press (driver, "button", "Nominate a Champion…");
  g_object_unref (way_driver_wait (driver, "text", "Why this person"));
  way_driver_set_text (driver, "entry", "Find a person", name);
  way_driver_press (driver, "list item", name);
  way_driver_set_text (driver, "text", "Why this person", WORDS);
  way_driver_press (driver, "button", "Nominate");
  way_driver_wait_said (driver, "Saved here. They are asked when*");
  way_journey_sync (journey);
  way_journey_close (journey);

  way_journey_open (journey, learner, "today");
  way_driver_press (driver, "list item", "Will you be a digital champion?");
  g_object_unref (way_driver_wait (driver, "label", "*" WORDS "*"));
  way_journey_close (journey);

  /* And a lead reads what people need help with, and what effort is not. */
  way_journey_open (journey, lead, "network");
  g_object_unref (way_driver_wait (driver, "*", "What people need help with"));
  g_object_unref (way_driver_wait (driver, "*", "Beside is not because"));
  way_driver_audit (driver);
  way_journey_close (journey);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journey/witness/two-desktops", test_two_desktops);
  g_test_add_func ("/journey/witness/one-desktop", test_one_desktop);
  g_test_add_func ("/journey/witness/file", test_file);
  g_test_add_func ("/journey/witness/sign-off", test_sign_off);
  g_test_add_func ("/journey/witness/empty-passport", test_empty_passport);
  g_test_add_func ("/journey/witness/nominate", test_nominate);
  return g_test_run ();
}
