/* journey-kill.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Fault 1, with the window: a baseline against a trust on PostgreSQL, killed at random instants
 * while questions are answered. 49: told to end by the machine, with answers that wait. What
 * the window had gone past was saved, and all of it arrives once. */

#include "way-journey.h"

#include "db/way-trial-server.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* Each takes one answer or two, and four more follow: the shortest baseline has 12 questions. */
#define N_KILLS 3

/* Somebody who has done nothing yet. */
#define NEW_PERSON                                                                                 \
  "SELECT min(username) FROM main.person p WHERE ended = 0 AND NOT EXISTS (SELECT 1 FROM "         \
  "main.attempt a WHERE a.person = p.person) AND NOT EXISTS (SELECT 1 FROM main.role r "           \
  "WHERE r.person = p.person AND r.role <> 'manager')"

typedef struct
{
  WayTrialServer *server;
  WayJourney *journey;
  char *admin; /* URI */
  char *username;
  char *person;
  char *store;
} World;

static char *
ask (World *world, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDb) db = way_db_open (world->admin, WAY_DB_READ_WRITE, &error);
  char *answer;

  g_assert_no_error (error);
  answer = way_db_dup_text (db, sql, &error);
  g_assert_no_error (error);
  return answer;
}

static void
run (World *world,
     const char *first,
     const char *second,
     const char *third,
     const char *fourth,
     const char *fifth)
{
  int status;
  g_autofree char *said = way_journey_ctl (world->journey, &status, first, second, third, fourth,
                                           fifth, NULL);

  if (status != 0)
    way_driver_fail (world->journey->driver, "%s %s: %s", first, second, said);
}

/* The trust, a login for the one who sits down, and where their store will be. */
static void
begin (World *world)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *postgres = NULL;
  g_autofree char *folder = g_dir_make_tmp ("waymark-journey-XXXXXX", NULL);
  g_autofree char *passwords = g_build_filename (folder, "passwords.csv", NULL);
  g_autofree char *text = NULL;
  g_autofree char *sql = NULL;
  g_auto (GStrv) lines = NULL;
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
  world->journey->folder = g_steal_pointer (&folder);
  run (world, "demo", "--trust", world->admin, "--people", "40");
  run (world, "trust", "sync-logins", world->admin, "--out", passwords);
  world->username = ask (world, NEW_PERSON);
  g_assert_nonnull (world->username);
  sql = g_strdup_printf ("SELECT person FROM main.person WHERE username = '%s'", world->username);
  world->person = ask (world, sql);
  g_assert_true (g_file_get_contents (passwords, &text, NULL, NULL));
  lines = g_strsplit (text, "\r\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], ",", -1);

      if (g_strcmp0 (words[0], world->username) != 0)
        continue;
      g_assert_true (way_trial_server_add_password (world->server, words[1], words[2], &error));
      g_free (world->journey->trust);
      world->journey->trust = way_trial_server_dup_uri (world->server, words[1], "trust");
    }
}

static void
end (World *world)
{
  way_journey_free (world->journey);
  way_trial_server_free (world->server);
  g_free (world->admin);
  g_free (world->username);
  g_free (world->person);
  g_free (world->store);
}

/* In the folder of its trust, whatever that is called. */
static void
find_store (World *world)
{
  g_autofree char *stores = g_build_filename (g_get_user_data_dir (), "waymark", "stores", NULL);
  g_autofree char *file = g_strconcat (world->person, ".db", NULL);
  g_autoptr (GDir) dir = g_dir_open (stores, 0, NULL);
  const char *name;

  while (world->store == NULL && dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (stores, name, file, NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        world->store = g_steal_pointer (&path);
    }
  g_assert_nonnull (world->store);
}

static guint
count_saved (World *world)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) store = NULL;
  gint64 n;

  find_store (world);
  store = way_store_open_device_read_only (world->store, &error);
  g_assert_no_error (error);
  way_db_get_int (way_store_get_db (store), "SELECT count(*) FROM live WHERE kind = 'response'", &n,
                  &error);
  g_assert_no_error (error);
  return (guint) n;
}

static void
open_and_go_on (World *world)
{
  way_journey_open (world->journey, world->username, "today");
  g_object_unref (way_driver_wait (world->journey->driver, "*", "Go on with your baseline"));
  way_driver_press (world->journey->driver, "button", "*Go On");
}

/* One answer is given, and at any moment from then on there is no program any more. */
static void
answer_and_kill (World *world, guint ordinal)
{
  WayDriver *driver = world->journey->driver;
  g_autofree char *question = g_strdup_printf ("Question %u · *", ordinal);

  g_object_unref (way_driver_wait (driver, "label", question));
  g_usleep (600 * 1000);
  way_driver_press (driver, "button", "*I Don’t Know");
  g_usleep ((gulong) g_test_rand_int_range (0, 400) * 1000);
  way_driver_kill (driver);
}

static void
assert_arrived (World *world, guint n_saved)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT count(*) || ' ' || count(DISTINCT id) || ' ' || count(DISTINCT CAST(body AS json)"
      " ->> 'item') FROM main.event WHERE kind = 'response' AND author = '%s'",
      world->person);
  g_autofree char *expected = g_strdup_printf ("%u %u %u", n_saved, n_saved, n_saved);
  g_autofree char *there = ask (world, sql);
  g_autofree char *apart = ask (world, "SELECT CAST(count(*) AS text) FROM main.quarantine");

  g_assert_cmpstr (there, ==, expected);
  g_assert_cmpstr (apart, ==, "0");
}

static void
test_kill (void)
{
  World world = { 0 };
  WayDriver *driver;
  guint n_saved;
  guint n_before = 0;

  begin (&world);
  driver = world.journey->driver;
  way_journey_open (world.journey, world.username, "today");
  g_object_unref (way_driver_wait (driver, "*", "Find out where you stand"));
  way_driver_press (driver, "button", "*Start");
  way_journey_rate (world.journey);
  for (guint i = 0; i < N_KILLS; i++)
    {
      /* What the window goes past is saved: the next question is only there then. */
      n_before = way_journey_sit (world.journey, n_before + 1, 1) - 1;
      answer_and_kill (&world, n_before + 1);
      n_saved = count_saved (&world);
      g_test_message ("Killed after question %u: %u saved", n_before, n_saved);
      g_assert_cmpuint (n_saved, >=, n_before);
      g_assert_cmpuint (n_saved, <=, n_before + 1);
      n_before = n_saved;
      open_and_go_on (&world);
    }

  /* The machine shuts down: what waits is sent, and the window closes. */
  n_before = way_journey_sit (world.journey, n_before + 1, 2) - 1;
  way_driver_signal (driver, SIGTERM);
  g_assert_cmpint (way_driver_wait_exit (driver), ==, 0);
  g_assert_cmpuint (count_saved (&world), ==, n_before);
  assert_arrived (&world, n_before);

  /* Once more, with no trust to be reached: it ends all the same. */
  open_and_go_on (&world);
  n_before = way_journey_sit (world.journey, n_before + 1, 1) - 1;
  way_trial_server_crash (world.server);
  n_before = way_journey_sit (world.journey, n_before + 1, 1) - 1;
  way_driver_signal (driver, SIGTERM);
  g_assert_cmpint (way_driver_wait_exit (driver), ==, 0);
  n_saved = count_saved (&world);
  g_assert_cmpuint (n_saved, ==, n_before);
  {
    g_autoptr (GError) error = NULL;

    way_trial_server_restart (world.server, &error);
    g_assert_no_error (error);
  }
  run (&world, "sync", "--store", world.store, "--trust", world.journey->trust);
  assert_arrived (&world, n_saved);
  end (&world);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journey/1-49-killed", test_kill);
  return g_test_run ();
}
