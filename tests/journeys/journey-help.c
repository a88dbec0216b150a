/* journey-help.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One asks with no network, a second takes it and passes it on, a third answers with no
 * network, and the first says that it is fixed: the stores of three people, and one trust in
 * PostgreSQL with row security, that the second and third can be asked by. */

#include "way-journey.h"
#include "way-reach.h"

#include "db/way-trial-server.h"

#include <stdlib.h>

#define QUESTION "The scanner by bay 2 says that it is not paired"
#define ANSWER "Hold the side button until it is blue, then scan the sheet on the trolley."

/* Three people of one place who are nothing else and have asked nothing; two become its champions.
 */
#define NTH_PERSON                                                                                 \
  "WITH plain AS (SELECT p.username, m.unit FROM main.membership m "                               \
  "JOIN main.person p ON p.person = m.person WHERE p.ended = 0 AND m.is_primary = 1 "              \
  "AND NOT EXISTS (SELECT 1 FROM main.role r WHERE r.person = p.person) "                          \
  "AND NOT EXISTS (SELECT 1 FROM main.help h WHERE h.person = p.person)) "                         \
  "SELECT username FROM plain WHERE unit = (SELECT unit FROM plain GROUP BY unit "                 \
  "ORDER BY count(*) DESC, unit LIMIT 1) ORDER BY username LIMIT 1 OFFSET %d"

#define ALL_WEEK                                                                                   \
  "mon-early mon-late mon-night tue-early tue-late tue-night wed-early wed-late wed-night "        \
  "thu-early thu-late thu-night fri-early fri-late fri-night sat-early sat-late sat-night "        \
  "sun-early sun-late sun-night"

enum
{
  ASKER,
  FIRST,
  SECOND,
  N_PEOPLE
};

typedef struct
{
  WayTrialServer *server;
  WayJourney *journey;
  char *admin;
  char *users[N_PEOPLE];
  char *names[N_PEOPLE];
  char *uris[N_PEOPLE];
} World;

static char *
ask (World *world, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDb) db = way_db_open (world->admin, WAY_DB_READ_ONLY, &error);
  char *answer;

  g_assert_no_error (error);
  answer = way_db_dup_text (db, sql, &error);
  g_assert_no_error (error);
  return answer;
}

static void
run (World *world, const char *first, const char *second, const char *third, const char *fourth)
{
  int status;
  g_autofree char *said =
      way_journey_ctl (world->journey, &status, first, second, third, fourth,
                       fourth != NULL && g_str_equal (fourth, "--people") ? "80" : NULL, NULL);

  if (status != 0)
    way_driver_fail (world->journey->driver, "%s %s: %s", first, second, said);
}

static WayEvent *
draft (const char *kind, const char *person, const char *unit, const char *format, ...)
{
  g_autofree char *body = NULL;
  WayEvent *event;
  va_list arguments;

  va_start (arguments, format);
  body = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  event = way_event_new (kind, 1, body);
  event->subject = g_strdup (person);
  event->unit = g_strdup (unit);
  return event;
}

/* The trust makes somebody champion of their own place, at any hour of the week. */
static void
make_champion (World *world, const char *username)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (WayStore) trust = way_store_open_trust (world->admin, FALSE, &error);
  g_autofree char *who = g_strdup_printf ("SELECT person FROM main.person WHERE username = '%s'",
                                          username);
  g_autofree char *person = ask (world, who);
  g_autofree char *where = g_strdup_printf (
      "SELECT unit FROM main.membership WHERE person = '%s' AND is_primary = 1", person);
  g_autofree char *unit = ask (world, where);

  g_assert_no_error (error);
  g_ptr_array_add (drafts, draft ("role_grant", NULL, NULL,
                                  "{\"person\":\"%s\",\"role\":\"champion\",\"place\":\"%s\","
                                  "\"ended\":0}",
                                  person, unit));
  g_ptr_array_add (drafts, draft ("champion_term", person, unit,
                                  "{\"state\":\"nominated\",\"shifts\":\"" ALL_WEEK "\"}"));
  g_assert_true (way_store_append_as (trust, NULL, drafts, &error));
  g_assert_no_error (error);
  way_store_close (trust);
}

static void
find_logins (World *world, const char *passwords)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_true (g_file_get_contents (passwords, &text, NULL, NULL));
  lines = g_strsplit (text, "\r\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], ",", -1);

      for (guint j = 0; j < N_PEOPLE; j++)
        if (g_strcmp0 (words[0], world->users[j]) == 0)
          {
            g_assert_true (
                way_trial_server_add_password (world->server, words[1], words[2], &error));
            world->uris[j] = way_trial_server_dup_uri (world->server, words[1], "trust");
          }
    }
}

static void
begin (World *world)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *postgres = NULL;
  g_autofree char *folder = g_dir_make_tmp ("waymark-journey-XXXXXX", NULL);
  g_autofree char *passwords = g_build_filename (folder, "passwords.csv", NULL);
  const char *admin;

  world->server = way_trial_server_start (WAY_TRIAL_SERVER_DURABLE, &error);
  g_assert_no_error (error);
  admin = way_trial_server_get_admin (world->server);
  postgres = way_trial_server_dup_uri (world->server, admin, "postgres");
  world->admin = way_trial_server_dup_uri (world->server, admin, "trust");
  {
    g_autoptr (WayDb) db = way_db_open (postgres, WAY_DB_READ_WRITE, &error);

    g_assert_no_error (error);
    g_assert_true (way_db_exec (db, "CREATE DATABASE trust TEMPLATE template0", &error));
  }
  world->journey = way_journey_new_for_trust ("");
  world->journey->height = 1100;
  world->journey->folder = g_steal_pointer (&folder);
  run (world, "demo", "--trust", world->admin, "--people");
  {
    int status;
    g_autofree char *said = way_journey_ctl (world->journey, &status, "trust", "sync-logins",
                                             world->admin, "--out", passwords, NULL);

    if (status != 0)
      way_driver_fail (world->journey->driver, "%s", said);
  }
  for (int i = 0; i < N_PEOPLE; i++)
    {
      g_autofree char *sql = g_strdup_printf (NTH_PERSON, i);
      g_autofree char *name = NULL;

      world->users[i] = ask (world, sql);
      g_assert_nonnull (world->users[i]);
      name = g_strdup_printf ("SELECT name FROM main.person WHERE username = '%s'",
                              world->users[i]);
      world->names[i] = ask (world, name);
    }
  make_champion (world, world->users[FIRST]);
  make_champion (world, world->users[SECOND]);
  find_logins (world, passwords);
}

static void
end (World *world)
{
  way_journey_free (world->journey);
  way_trial_server_free (world->server);
  g_free (world->admin);
  for (guint i = 0; i < N_PEOPLE; i++)
    {
      g_free (world->users[i]);
      g_free (world->names[i]);
      g_free (world->uris[i]);
    }
}

static void
open_for (World *world, int who, const char *page)
{
  way_journey_start (world->journey, "--trust", world->uris[who], "--user", world->users[who],
                     "--page", page, NULL);
  g_object_unref (way_driver_wait (world->journey->driver, "list item", "Today"));
}

static void
await (World *world, const char *role, const char *name)
{
  g_object_unref (way_driver_wait (world->journey->driver, role, name));
}

/* Until the trust has it: who is at the window sends it, again and again. */
static void
await_state (World *world, const char *state)
{
  static const char sql[] = "SELECT state FROM main.help WHERE text = '" QUESTION "'";

  for (guint tries = 0; tries < 120; tries++)
    {
      g_autofree char *now = ask (world, sql);

      if (g_strcmp0 (now, state) == 0)
        return;
      way_driver_key (world->journey->driver, "F5");
      g_usleep (500 * 1000);
    }
  way_driver_fail (world->journey->driver, "The question does not become “%s”", state);
}

/* Their computers tell everybody when they can be asked. */
static void
be_there (World *world, int who)
{
  open_for (world, who, "today");
  way_journey_sync (world->journey);
  way_journey_close (world->journey);
}

static void
ask_offline (World *world)
{
  WayDriver *driver = world->journey->driver;

  open_for (world, ASKER, "learn");
  way_journey_sync (world->journey);
  way_trial_server_stop (world->server);
  way_driver_key (driver, "Ctrl+h");
  await (world, "text", "What are you stuck on?");
  await (world, "label", "* champions are on shift now.*");
  await (world, "label", "IT service desk: 01632 960 123.*");
  way_driver_audit (driver);
  way_driver_set_text (driver, "text", "What are you stuck on?", QUESTION);
  way_driver_press (driver, "button", "Send");
  way_driver_wait_said (driver, "Saved here. It goes to your champion.");
  way_journey_go (world->journey, "Get help");
  await (world, "label", "A champion is asked; after *the next.");
  way_journey_close (world->journey);
}

/* The network is back: it goes by itself when the window opens again. */
static void
send (World *world)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *there = NULL;

  g_assert_true (way_trial_server_restart (world->server, &error));
  g_assert_no_error (error);
  open_for (world, ASKER, "today");
  way_journey_sync (world->journey);
  way_journey_close (world->journey);
  there = ask (world, "SELECT state FROM main.help WHERE text = '" QUESTION "'");
  g_assert_cmpstr (there, ==, "open");
}

/* Where the second is among those to whom the first may pass it on: below whoever is next. */
static int
find_place (World *world)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT CAST(count(DISTINCT e.author) AS text) FROM main.event e "
      "JOIN main.person p ON p.person = e.author, "
      "(SELECT person FROM main.person WHERE username = '%s') AS second "
      "WHERE e.kind = 'on_call' AND p.username <> '%s' AND e.author <= second.person AND e.unit = "
      "(SELECT m.unit FROM main.membership m WHERE m.person = second.person "
      "AND m.is_primary = 1)",
      world->users[SECOND], world->users[FIRST]);
  g_autofree char *place = ask (world, sql);

  return atoi (place);
}

static void
take_and_pass (World *world)
{
  WayDriver *driver = world->journey->driver;
  int place = find_place (world);
  g_autofree char *listed = g_strdup_printf ("%s, on shift now", world->names[SECOND]);
  g_autofree char *picked = g_strdup_printf ("Pass on to: %s, on shift now", world->names[SECOND]);

  open_for (world, FIRST, "people");
  way_journey_sync (world->journey);
  way_driver_press (driver, "list item", "*" QUESTION "*");
  /* Whichever of the two it is: whose turn it is stands there. */
  await (world, "label", "Sent to *");
  way_driver_press (driver, "button", "Take It");
  way_driver_wait_said (driver, "Taken. The person who asked will*");
  await (world, "label", "Asked *, taken by *");
  way_driver_press (driver, "button", "Pass On…");
  await (world, "button", "Pass On");
  way_driver_audit (driver);
  way_driver_press (driver, "button", "Pass on to: *");
  await (world, "label", listed);
  for (int i = place; i > 0; i--)
    way_driver_key (driver, "Down");
  way_driver_key (driver, "Return");
  await (world, "button", picked);
  way_driver_press (driver, "button", "Pass On");
  await (world, "*", "Passed on.");
  await_state (world, "open");
  way_journey_sync (world->journey);
  way_journey_close (world->journey);
}

static void
answer_offline (World *world)
{
  WayDriver *driver = world->journey->driver;
  g_autoptr (GError) error = NULL;

  open_for (world, SECOND, "people");
  way_journey_sync (world->journey);
  way_driver_press (driver, "list item", "*" QUESTION "*");
  await (world, "label", "Sent to you. After *");
  way_trial_server_stop (world->server);
  way_driver_press (driver, "button", "Answer…");
  way_driver_set_text (driver, "text", "Your answer", ANSWER);
  way_driver_press (driver, "button", "Send Answer");
  await (world, "*", "Your answer is saved, and on its way.");
  g_assert_true (way_trial_server_restart (world->server, &error));
  g_assert_no_error (error);
  await_state (world, "answered");
  way_journey_close (world->journey);
}

static void
settle (World *world)
{
  WayDriver *driver = world->journey->driver;
  const WayThing yes = { "button", "Yes, It Is Fixed" };
  g_autofree char *answered = g_strdup_printf ("%s has answered", world->names[SECOND]);
  g_autofree char *outcome = NULL;
  g_autofree char *sql =
      g_strdup_printf ("SELECT h.state || ' ' || h.fixed || ' ' || p.username FROM main.help h "
                       "JOIN main.person p ON p.person = h.taken_by WHERE h.text = '%s' "
                       "AND h.answered > h.asked",
                       QUESTION);
  g_autofree char *wanted = g_strdup_printf ("closed 1 %s", world->users[SECOND]);

  open_for (world, ASKER, "today");
  way_journey_sync (world->journey);
  /* Under what else Today has. */
  way_journey_expect (world->journey, answered);
  way_journey_expect (world->journey, "*" ANSWER "*");
  way_driver_reach (driver, yes);
  await (world, "label", "Did that fix it?");
  way_driver_audit (driver);
  way_driver_press (driver, yes.role, yes.name);
  await_state (world, "closed");
  way_journey_close (world->journey);
  outcome = ask (world, sql);
  g_assert_cmpstr (outcome, ==, wanted);
}

static void
test_help (void)
{
  World world = { 0 };

  begin (&world);
  be_there (&world, FIRST);
  be_there (&world, SECOND);
  ask_offline (&world);
  send (&world);
  take_and_pass (&world);
  answer_offline (&world);
  settle (&world);
  end (&world);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journey/help", test_help);
  return g_test_run ();
}
