/* journey-set-up.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* From a computer that nobody has set up to something that the trust has received, by
 * keyboard alone, against a real PostgreSQL with TLS; and a computer that the organisation
 * has set up. */

#include "way-journey.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#define SAID "The label printer on the ward needs a second tray"

/* `waymarkctl trust demo-server`, and what it said on its way. */
typedef struct
{
  GSubprocess *process;
  char *port;
  char *ca_file;
  char *admin;
  char *login;
  char *password;
} Server;

static char *
dup_part (const char *text, const char *form)
{
  g_autoptr (GRegex) regex = g_regex_new (form, G_REGEX_MULTILINE, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  if (!g_regex_match (regex, text, 0, &match))
    g_error ("The server did not say “%s”: %s", form, text);
  return g_match_info_fetch (match, 1);
}

static void
start_server (Server *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  g_autoptr (GString) said = g_string_new (NULL);
  char *line;

  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                                    g_getenv ("WAY_WAYMARKCTL"), "trust", "demo-server", "--people",
                                    "16", NULL);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  while ((line = g_data_input_stream_read_line (lines, NULL, NULL, &error)) != NULL)
    {
      gboolean is_ready = g_str_equal (line, "ready");

      g_string_append_printf (said, "%s\n", line);
      g_free (line);
      if (is_ready)
        break;
    }
  g_assert_no_error (error);
  self->admin = dup_part (said->str, "^administrator +(.*)$");
  self->ca_file = dup_part (said->str, "^certificate +(.*)$");
  self->port = dup_part (said->str, "@localhost:([0-9]+)/");
  self->login = dup_part (said->str, "^learner: .*, login ([a-z0-9_]+),");
  self->password = dup_part (said->str, "^learner: .*, password ([a-z0-9]+)$");
}

static void
stop_server (Server *self)
{
  g_subprocess_send_signal (self->process, SIGTERM);
  g_subprocess_wait (self->process, NULL, NULL);
  g_object_unref (self->process);
  g_free (self->port);
  g_free (self->ca_file);
  g_free (self->admin);
  g_free (self->login);
  g_free (self->password);
}

/* Nothing that was written to this home holds the text. */
static guint
count_files_without (WayJourney *journey, const char *path, const char *text)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      g_autofree char *contents = NULL;
      gsize length;

      if (g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        continue;
      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        n += count_files_without (journey, child, text);
      else if (g_file_test (child, G_FILE_TEST_IS_REGULAR)
               && g_file_get_contents (child, &contents, &length, NULL))
        {
          n++;
          if (memmem (contents, length, text, strlen (text)) != NULL)
            way_driver_fail (journey->driver, "The password is in “%s”", child);
        }
    }
  return n;
}

static void
await (WayJourney *journey, const char *role, const char *name)
{
  g_object_unref (way_driver_wait (journey->driver, role, name));
}

static void
test_by_keyboard (void)
{
  g_autoptr (WayJourney) journey = way_journey_new_for_trust ("/nowhere");
  WayDriver *driver = journey->driver;
  Server server;
  g_autofree char *address = NULL;
  g_autofree char *kept = NULL;

  start_server (&server);
  address = g_strconcat ("localhost:", server.port, NULL);
  way_journey_start (journey, "--page", "today", NULL);
  await (journey, "heading", "Set up Waymark");
  way_driver_wait_state (driver, "list item", "I was given an address", ATSPI_STATE_FOCUSED, TRUE);
  way_driver_audit (driver);
  way_driver_key (driver, "Return");
  way_driver_wait_state (driver, "text", "Address of the trust", ATSPI_STATE_FOCUSED, TRUE);
  way_driver_type (driver, address);
  way_driver_key (driver, "Return");
  await (journey, "label", "This computer does not trust the server’s certificate");
  way_driver_audit (driver);
  way_driver_focus (driver, "text", "Certificate file");
  way_driver_type (driver, server.ca_file);
  way_driver_key (driver, "Return");
  await (journey, "label", "The server is there, and is the one it should be");
  way_driver_key (driver, "Return");

  way_driver_wait_state (driver, "text", "Sign-in name", ATSPI_STATE_FOCUSED, TRUE);
  way_driver_audit (driver);
  way_driver_type (driver, server.login);
  way_driver_key (driver, "Tab");
  way_driver_wait_state (driver, "password text", "Password", ATSPI_STATE_FOCUSED, TRUE);
  way_driver_type (driver, "wrong");
  way_driver_key (driver, "Return");
  await (journey, "label", "The sign-in name or the password is not right");
  way_driver_wait_state (driver, "password text", "Password", ATSPI_STATE_FOCUSED, TRUE);
  way_driver_key (driver, "Ctrl+a");
  way_driver_type (driver, server.password);
  way_driver_key (driver, "Return");
  await (journey, "list item", "Today");

  /* Something is done, and the page says what became of it. */
  way_driver_key (driver, "Ctrl+j");
  way_driver_focus (driver, "text", "What would you like to say?");
  way_driver_type (driver, SAID);
  way_driver_key (driver, "Ctrl+Return");
  way_driver_wait_gone (driver, "text", "What would you like to say?");
  way_driver_key (driver, "Alt+0");
  await (journey, "button", "Sync Now");
  way_driver_audit (driver);
  way_driver_focus (driver, "button", "Sync Now");
  way_driver_key (driver, "Return");
  await (journey, "heading", "The trust has received everything");
  way_journey_expect (journey, "Received by the trust");
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (WayDb) db = way_db_open (server.admin, WAY_DB_READ_WRITE, &error);

    g_assert_no_error (error);
    way_db_exec (db, "SET ROLE waymark_owner", &error);
    kept = way_db_dup_text (db, "SELECT text FROM main.feedback WHERE text = '" SAID "'", &error);
    g_assert_no_error (error);
    g_assert_cmpstr (kept, ==, SAID);
  }
  way_journey_close (journey);
  g_assert_cmpuint (count_files_without (journey, g_get_home_dir (), server.password), >, 2);

  /* The second time the server and the name are known, and the password is not. */
  way_journey_start (journey, "--page", "today", NULL);
  way_driver_wait_state (driver, "password text", "Password", ATSPI_STATE_FOCUSED, TRUE);
  way_driver_type (driver, server.password);
  way_driver_key (driver, "Return");
  await (journey, "list item", "Today");
  way_journey_close (journey);
  stop_server (&server);
}

/* A first sign-in with a file from the training team, while the trust is not there. */
static void
test_by_file (void)
{
  g_autoptr (WayJourney) journey = way_journey_new (11);
  WayDriver *driver = journey->driver;
  const char *path = journey->trust + strlen ("sqlite:");
  g_autofree char *away = g_strconcat (path, ".away", NULL);
  g_autofree char *file = g_build_filename (journey->folder, "first.enrol", NULL);
  g_autofree char *name = NULL;
  g_autofree char *username = NULL;
  g_autofree char *used = NULL;
  int status;

  username = way_journey_ask_trust (journey, "SELECT username FROM person ORDER BY 1 LIMIT 1");
  name = way_journey_ask_trust (journey, "SELECT name FROM person ORDER BY username LIMIT 1");
  g_free (way_journey_ctl (journey, &status, "trust", "enrol", journey->trust, username, "--out",
                           file, NULL));
  g_assert_cmpint (status, ==, 0);
  g_assert_cmpint (g_rename (path, away), ==, 0);

  /* From wherever this computer went before. */
  way_journey_start (journey, "--page", "today", NULL);
  await (journey, "heading", "Welcome to Waymark");
  way_driver_key (driver, "F10");
  way_driver_press (driver, "menu item", "Set Up This Computer");
  await (journey, "heading", "Set up Waymark");
  way_driver_focus (driver, "list item", "I have an enrolment file");
  way_driver_key (driver, "Return");
  way_driver_wait_state (driver, "text", "Enrolment file", ATSPI_STATE_FOCUSED, TRUE);
  way_driver_audit (driver);
  way_driver_type (driver, away);
  way_driver_set_text (driver, "text", "Address of the trust", path);
  way_driver_focus (driver, "text", "Address of the trust");
  way_driver_key (driver, "Return");
  await (journey, "label", "*is damaged, or is no enrolment file");
  way_driver_set_text (driver, "text", "Enrolment file", file);
  way_driver_focus (driver, "button", "Use This File");
  way_driver_key (driver, "Return");

  /* The usual sign-in, with the name that was in the file. */
  await (journey, "heading", "Welcome to Waymark");
  way_driver_focus (driver, "button", "Sign In");
  way_driver_key (driver, "Return");
  await (journey, "list item", "Today");
  await (journey, "label", name);

  g_assert_cmpint (g_rename (away, path), ==, 0);
  way_driver_key (driver, "Alt+0");
  way_driver_focus (driver, "button", "Sync Now");
  way_driver_key (driver, "Return");
  await (journey, "heading", "Nothing to send yet");
  used = way_journey_ask_trust (journey, "SELECT count(*) FROM enrolment WHERE used > 0");
  g_assert_cmpstr (used, ==, "1");
  way_journey_close (journey);
}

static void
copy_file (const char *from, const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (from, &text, NULL, &error);
  g_assert_no_error (error);
  g_mkdir_with_parents (folder, 0700);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

/* The example for organisations, as the desktop reads it. */
static void
test_by_organisation (void)
{
  g_autoptr (WayJourney) journey = way_journey_new_for_trust ("/nowhere");
  WayDriver *driver = journey->driver;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("waymark-dconf-XXXXXX", NULL);
  g_autofree char *keys = g_build_filename (folder, "site.d", NULL);
  g_autofree char *locks = g_build_filename (keys, "locks", NULL);
  g_autofree char *site = g_build_filename (folder, "site", NULL);
  g_autofree char *profile = g_build_filename (folder, "profile", NULL);
  g_autofree char *example = g_test_build_filename (G_TEST_DIST, "..", "doc", "dconf", "00-waymark",
                                                    NULL);
  g_autofree char *locked = g_test_build_filename (G_TEST_DIST, "..", "doc", "dconf", "locks",
                                                   "00-waymark", NULL);
  g_autofree char *text = g_strdup_printf ("user-db:user\nfile-db:%s\n", site);
  char *argv[] = { (char *) "dconf", (char *) "compile", site, keys, NULL };
  int status;

  copy_file (example, keys, "00-waymark");
  copy_file (locked, locks, "00-waymark");
  g_file_set_contents (profile, text, -1, NULL);
  g_spawn_sync (NULL, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  way_driver_set_env (driver, "GSETTINGS_BACKEND", "dconf");
  way_driver_set_env (driver, "DCONF_PROFILE", profile);

  /* Nobody is asked where the trust is. */
  way_journey_start (journey, "--page", "today", NULL);
  await (journey, "label", "At waymark.example.nhs.uk.");
  way_driver_key (driver, "F10");
  way_driver_press (driver, "menu item", "Set Up This Computer");
  await (journey, "heading", "Set up Waymark");
  way_driver_press (driver, "list item", "I look after this computer");
  await (journey, "heading", "Set up this computer");
  await (journey, "label", "Set by your organisation");
  way_driver_wait_state (driver, "text", "Server", ATSPI_STATE_EDITABLE, FALSE);
  way_driver_audit (driver);
  way_journey_close (journey);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journey/set-up/by-keyboard", test_by_keyboard);
  g_test_add_func ("/journey/set-up/by-file", test_by_file);
  g_test_add_func ("/journey/set-up/by-organisation", test_by_organisation);
  return g_test_run ();
}
