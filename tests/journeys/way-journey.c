/* way-journey.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "way-journey.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

static const char *
get_program (const char *variable)
{
  const char *path = g_getenv (variable);

  if (path == NULL)
    g_error ("%s does not say where the program is", variable);
  return path;
}

static WayJourney *
new_world (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *pack = g_build_filename (get_program ("WAYMARK_DATADIR"), "content", "core",
                                            NULL);
  WayJourney *self = g_new0 (WayJourney, 1);

  self->width = 1024;
  self->height = 900;
  self->pack = way_pack_open (pack, NULL, &error);
  if (self->pack == NULL)
    g_error ("%s", error->message);
  self->driver = way_driver_new ();
  way_driver_set_patience (self->driver, 90);
  /* Settings are of the home, so that a second start has them. */
  way_driver_set_env (self->driver, "GSETTINGS_BACKEND", "keyfile");
  way_driver_set_env (self->driver, "LANGUAGE", "en_GB");
  return self;
}

/**
 * way_journey_new:
 * @seed: the same people and history again
 *
 * Returns: (transfer full): a world of sixty people with nobody at the window
 */
WayJourney *
way_journey_new (guint seed)
{
  return way_journey_new_of (seed, 60);
}

/**
 * way_journey_new_of:
 * @seed: the same people and history again
 * @n_people: how many
 *
 * Makes a small trust to work in.
 *
 * Returns: (transfer full): a world with nobody at the window
 */
WayJourney *
way_journey_new_of (guint seed, guint n_people)
{
  WayJourney *self = new_world ();
  g_autofree char *number = g_strdup_printf ("%u", seed);
  g_autofree char *people = g_strdup_printf ("%u", n_people);
  g_autofree char *said = NULL;
  int status;

  self->folder = g_dir_make_tmp ("waymark-journey-XXXXXX", NULL);
  self->trust = g_strdup_printf ("sqlite:%s/trust.db", self->folder);
  said = way_journey_ctl (self, &status, "demo", "--trust", self->trust, "--people", people,
                          "--seed", number, NULL);
  if (status != 0)
    way_driver_fail (self->driver, "The trust could not be made: %s", said);
  return self;
}

/**
 * way_journey_new_for_trust:
 * @path: of a trust in one file
 *
 * Returns: (transfer full): a world with that trust
 */
WayJourney *
way_journey_new_for_trust (const char *path)
{
  WayJourney *self = new_world ();

  self->trust = g_strconcat ("sqlite:", path, NULL);
  return self;
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

/**
 * way_journey_free:
 *
 * Closes the window and throws away what was made.
 */
void
way_journey_free (WayJourney *self)
{
  way_driver_free (self->driver);
  if (self->folder != NULL)
    remove_folder (self->folder);
  g_clear_object (&self->pack);
  g_free (self->folder);
  g_free (self->trust);
  g_free (self);
}

/**
 * way_journey_start:
 * @first: arguments of the program, ended by %NULL
 *
 * Starts Waymark and gives its window the size of the journey.
 */
void
way_journey_start (WayJourney *self, const char *first, ...)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  va_list arguments;

  g_ptr_array_add (argv, (char *) get_program ("WAY_WAYMARK"));
  va_start (arguments, first);
  for (const char *word = first; word != NULL; word = va_arg (arguments, const char *))
    g_ptr_array_add (argv, (char *) word);
  va_end (arguments);
  g_ptr_array_add (argv, NULL);
  way_driver_start (self->driver, (const char *const *) argv->pdata);
  way_driver_resize (self->driver, self->width, self->height);
}

/**
 * way_journey_open:
 * @username: who sits at the window
 * @page: (nullable): where to begin
 *
 * Starts Waymark, signed in.
 */
void
way_journey_open (WayJourney *self, const char *username, const char *page)
{
  way_journey_start (self, "--trust", self->trust, "--user", username, "--page",
                     page != NULL ? page : "today", NULL);
  g_object_unref (way_driver_wait (self->driver, "list item", "Today"));
}

/**
 * way_journey_close:
 *
 * Ends Waymark as a person does.
 */
void
way_journey_close (WayJourney *self)
{
  int status = way_driver_quit (self->driver, "Ctrl+q");

  if (status != 0)
    way_driver_fail (self->driver, "Waymark ended with %d", status);
}

/**
 * way_journey_go:
 * @page: its name in the sidebar
 *
 * Goes to a page.
 */
void
way_journey_go (WayJourney *self, const char *page)
{
  way_driver_press (self->driver, "list item", page);
  way_driver_wait_state (self->driver, "list item", page, ATSPI_STATE_SELECTED, TRUE);
}

static gboolean
is_shown (WayJourney *self, const char *name)
{
  g_autoptr (GPtrArray) names = way_driver_list_names (self->driver);

  for (guint i = 0; i < names->len; i++)
    if (g_pattern_match_simple (name, g_ptr_array_index (names, i)))
      return TRUE;
  return FALSE;
}

/**
 * way_journey_expect:
 * @name: in which * stands for any text
 *
 * Waits until something of this name is in the window, perhaps further down.
 */
void
way_journey_expect (WayJourney *self, const char *name)
{
  for (guint tries = 0; tries < 450; tries++)
    {
      if (is_shown (self, name))
        return;
      g_usleep (200 * 1000);
    }
  way_driver_fail (self->driver, "There is nothing named “%s”", name);
}

#define EVERYTHING "The trust has everything*"

/**
 * way_journey_sync:
 *
 * Has everything sent and received now.
 */
void
way_journey_sync (WayJourney *self)
{
  gint64 asked = 0;

  /* What an earlier one said counts no more. */
  while (way_driver_has_said (self->driver, EVERYTHING))
    continue;
  for (guint tries = 0; tries < 300; tries++)
    {
      /* One that began by itself says nothing when it ends. */
      if (asked == 0 || g_get_monotonic_time () - asked > 10 * G_USEC_PER_SEC)
        {
          way_driver_key (self->driver, "F5");
          asked = g_get_monotonic_time ();
        }
      if (way_driver_has_said (self->driver, EVERYTHING))
        {
          /* Pages read what has come while it is said. */
          for (guint looks = 0; looks < 10 && !is_shown (self, EVERYTHING); looks++)
            g_usleep (200 * 1000);
          return;
        }
      if (is_shown (self, EVERYTHING))
        return;
      g_usleep (200 * 1000);
    }
  way_driver_fail (self->driver, "The trust does not have everything");
}

/**
 * way_journey_ctl:
 * @status: (out): its exit status
 * @first: the arguments, ended by %NULL
 *
 * Runs waymarkctl.
 *
 * Returns: (transfer full): what it said, on both outputs
 */
char *
way_journey_ctl (WayJourney *self, int *status, const char *first, ...)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;
  g_autofree char *errors = NULL;
  va_list arguments;
  int wait_status;

  g_ptr_array_add (argv, (char *) get_program ("WAY_WAYMARKCTL"));
  va_start (arguments, first);
  for (const char *word = first; word != NULL; word = va_arg (arguments, const char *))
    g_ptr_array_add (argv, (char *) word);
  va_end (arguments);
  g_ptr_array_add (argv, NULL);
  if (!g_spawn_sync (NULL, (char **) argv->pdata, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output,
                     &errors, &wait_status, &error))
    way_driver_fail (self->driver, "%s", error->message);
  *status = WIFEXITED (wait_status) ? WEXITSTATUS (wait_status) : 128 + WTERMSIG (wait_status);
  return g_strconcat (output, errors, NULL);
}

static char *
ask (WayJourney *self, WayStore *store, GError *reason, const char *sql)
{
  g_autoptr (GError) error = NULL;
  char *answer;

  if (store == NULL)
    way_driver_fail (self->driver, "%s", reason->message);
  answer = way_db_dup_text (way_store_get_db (store), sql, &error);
  if (error != NULL)
    way_driver_fail (self->driver, "%s: %s", sql, error->message);
  return answer;
}

/**
 * way_journey_ask_trust:
 * @sql: a query with one text as its result
 *
 * Reads what the trust holds.
 *
 * Returns: (transfer full) (nullable): the first column of the first row
 */
char *
way_journey_ask_trust (WayJourney *self, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) store = way_store_open_trust (self->trust, TRUE, &error);

  return ask (self, store, error, sql);
}

/**
 * way_journey_dup_store_path:
 *
 * Returns: (transfer full): where the store of a person lies on this device
 */
char *
way_journey_dup_store_path (WayJourney *self, const char *username)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, self->trust, -1);
  g_autofree char *sql = g_strdup_printf ("SELECT person FROM person WHERE username = '%s'",
                                          username);
  g_autofree char *person = way_journey_ask_trust (self, sql);
  g_autofree char *file = g_strdup_printf ("%s.db", person);

  digest[12] = '\0';
  return g_build_filename (g_get_user_data_dir (), "waymark", "stores", digest, file, NULL);
}

/**
 * way_journey_ask_store:
 * @sql: a query with one text as its result
 *
 * Reads what the store of a person holds, whether Waymark has it open or not.
 *
 * Returns: (transfer full) (nullable): the first column of the first row
 */
char *
way_journey_ask_store (WayJourney *self, const char *username, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = way_journey_dup_store_path (self, username);
  g_autoptr (WayStore) store = way_store_open_device_read_only (path, &error);

  return ask (self, store, error, sql);
}
