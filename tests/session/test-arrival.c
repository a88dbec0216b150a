/* test-arrival.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session-fixture.h"

#include "store/way-erasure.h"
#include "sync/way-enrolment.h"

#include <glib/gstdio.h>
#include <string.h>

/* How somebody comes to a computer with a file, and how they go when the trust erases them. */

static char *
issue_enrolment (SessionFixture *fixture, const char *uri, const char *username, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = way_store_open_trust (uri, FALSE, &error);
  char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_no_error (error);
  way_enrolment_issue (trust, username, path, &error);
  g_assert_no_error (error);
  way_store_close (trust);
  return path;
}

/* The username, or NULL with the error. */
static char *
enrol (SessionFixture *fixture, const char *trust_uri, const char *path, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  way_session_enrol_async (fixture->session, trust_uri, path, NULL, session_fixture_got_cb,
                           fixture);
  result = session_fixture_wait (fixture);
  return way_session_enrol_finish (fixture->session, result, error);
}

static void
move_trust (SessionFixture *fixture, gboolean is_back)
{
  g_autofree char *here = g_build_filename (fixture->folder, "trust.db", NULL);
  g_autofree char *gone = g_build_filename (fixture->folder, "gone.db", NULL);

  g_assert_cmpint (g_rename (is_back ? gone : here, is_back ? here : gone), ==, 0);
}

/* The next try fails, and what it says holds the words. */
static void
assert_turned_away (SessionFixture *fixture, const char *words)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *said = NULL;

  session_fixture_settle (fixture);
  way_session_sync_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  result = session_fixture_wait (fixture);
  g_assert_false (way_session_sync_finish (fixture->session, result, &error));
  said = way_session_dup_sync_error (fixture->session);
  if (said == NULL || strstr (said, words) == NULL)
    g_error ("“%s” does not say “%s”", said, words);
  g_assert_true (way_session_is_refused (fixture->session));
  g_assert_cmpuint (way_session_get_n_unsent (fixture->session), ==, 1);
}

static void
assert_refusal (GError **error, const char *words)
{
  g_assert_error (*error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PERSON);
  if (strstr ((*error)->message, words) == NULL)
    g_error ("“%s” does not say “%s”", (*error)->message, words);
  g_clear_error (error);
}

static guint
count_in_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      n += g_str_has_suffix (name, ".db");
      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        n += count_in_folder (child);
    }
  return n;
}

/* Of this computer. */
static guint
count_stores (SessionFixture *fixture)
{
  return count_in_folder (fixture->stores);
}

static void
use_other_computer (SessionFixture *fixture, const char *name)
{
  session_fixture_drop_session (fixture);
  g_free (fixture->stores);
  fixture->stores = g_build_filename (fixture->folder, name, NULL);
  fixture->session = session_fixture_new_session (fixture);
}

/* A first sign-in with no trust in reach; what was done then is received at the first meeting. */
static void
test_enrol (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *file = issue_enrolment (fixture, fixture->uri, "ann", "ann.enrol");
  g_autofree char *username = NULL;
  g_autofree char *n = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  move_trust (fixture, FALSE);
  /* Without the file nobody is known here. */
  way_session_sign_in_async (fixture->session, fixture->uri, "ann", NULL, session_fixture_got_cb,
                             fixture);
  result = session_fixture_wait (fixture);
  g_assert_false (way_session_sign_in_finish (fixture->session, result, NULL));
  g_clear_object (&result);

  username = enrol (fixture, fixture->uri, file, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (username, ==, "ann");
  session_fixture_sign_in (fixture, username);
  g_assert_cmpstr (way_session_get_person (fixture->session), ==, "ann");
  g_assert_cmpstr (way_session_get_person_name (fixture->session), ==, "Ann Ward");
  session_fixture_ask_help (fixture, "Where is everybody?");
  g_assert_cmpuint (way_session_get_n_unsent (fixture->session), ==, 1);
  session_fixture_sign_out (fixture);

  move_trust (fixture, TRUE);
  session_fixture_sign_in (fixture, username);
  session_fixture_sync_now (fixture);
  g_assert_cmpuint (way_session_get_n_unsent (fixture->session), ==, 0);
  n = session_fixture_ask_trust (fixture, "SELECT count(*) FROM event WHERE kind = 'help_request'");
  g_assert_cmpstr (n, ==, "1");
  session_fixture_sign_out (fixture);

  /* Here it is of no more use. */
  g_assert_null (enrol (fixture, fixture->uri, file, &error));
  assert_refusal (&error, "used on this computer already");
  session_fixture_sign_in (fixture, username);
  session_fixture_sign_out (fixture);

  /* On a second computer that is said at once, where the trust is there. */
  use_other_computer (fixture, "second");
  g_assert_null (enrol (fixture, fixture->uri, file, &error));
  assert_refusal (&error, "used on another computer");
  g_assert_cmpuint (count_stores (fixture), ==, 0);

  /* Where it is not, it is said to who signs in and has done nothing yet; and once more they
   * sign in as everybody does. */
  move_trust (fixture, FALSE);
  g_free (enrol (fixture, fixture->uri, file, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_stores (fixture), ==, 1);
  move_trust (fixture, TRUE);
  way_session_sign_in_async (fixture->session, fixture->uri, username, NULL, session_fixture_got_cb,
                             fixture);
  result = session_fixture_wait (fixture);
  g_assert_false (way_session_sign_in_finish (fixture->session, result, &error));
  g_clear_object (&result);
  assert_refusal (&error, "used on another computer");
  g_assert_cmpuint (count_stores (fixture), ==, 0);
  session_fixture_sign_in (fixture, username);
  session_fixture_sync_now (fixture);
  session_fixture_sign_out (fixture);

  /* What was done before is not lost. */
  use_other_computer (fixture, "third");
  move_trust (fixture, FALSE);
  g_free (enrol (fixture, fixture->uri, file, &error));
  g_assert_no_error (error);
  session_fixture_sign_in (fixture, username);
  session_fixture_ask_help (fixture, "And here?");
  session_fixture_sign_out (fixture);
  move_trust (fixture, TRUE);
  session_fixture_sign_in (fixture, username);
  assert_turned_away (fixture, "used on another computer");
  g_free (file);
  file = issue_enrolment (fixture, fixture->uri, "ann", "new.enrol");
  session_fixture_sign_out (fixture);
  g_free (enrol (fixture, fixture->uri, file, &error));
  g_assert_no_error (error);
  session_fixture_sign_in (fixture, username);
  session_fixture_sync_now (fixture);
  g_assert_cmpuint (way_session_get_n_unsent (fixture->session), ==, 0);
  g_assert_false (way_session_is_refused (fixture->session));
}

/* A file that another trust has issued. */
static void
test_enrol_elsewhere (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *uri = g_strdup_printf ("sqlite:%s/other.db", fixture->folder);
  g_autofree char *file = NULL;
  g_autofree char *username = NULL;
  g_autoptr (WayStore) other = NULL;
  g_autoptr (GError) error = NULL;

  other = way_store_create_trust (uri, "Another", "ZZ8", TRUE, &error);
  g_assert_no_error (error);
  session_fixture_add (
      other, NULL, "person",
      "{'person':'ann','username':'ann','name':'Ann Other','staff_group':'nursing','ended':0}");
  session_fixture_add (
      other, NULL, "person",
      "{'person':'zoe','username':'zoe','name':'Zoe Other','staff_group':'nursing','ended':0}");
  way_store_close (other);

  /* Of somebody whom this trust does not know, and of somebody whom it knows. */
  file = issue_enrolment (fixture, uri, "zoe", "zoe.enrol");
  g_assert_null (enrol (fixture, fixture->uri, file, &error));
  assert_refusal (&error, "did not make this enrolment file");
  g_free (file);
  file = issue_enrolment (fixture, uri, "ann", "other.enrol");
  g_assert_null (enrol (fixture, fixture->uri, file, &error));
  assert_refusal (&error, "did not make this enrolment file");
  g_assert_cmpuint (count_stores (fixture), ==, 0);

  move_trust (fixture, FALSE);
  username = enrol (fixture, fixture->uri, file, &error);
  g_assert_no_error (error);
  session_fixture_sign_in (fixture, username);
  session_fixture_ask_help (fixture, "Am I right here?");
  move_trust (fixture, TRUE);
  assert_turned_away (fixture, "did not make this enrolment file");
}

static void
write_file (const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

/* What cannot be an enrolment, said before anybody tries to sign in with it. */
static void
test_enrol_refused (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *file = issue_enrolment (fixture, fixture->uri, "ann", "ann.enrol");
  g_autofree char *missing = g_build_filename (fixture->folder, "missing.enrol", NULL);
  g_autofree char *text = NULL;
  g_autofree char *old = NULL;
  g_autofree char *digest = NULL;
  g_autoptr (GRegex) expires = g_regex_new ("^expires .*$", G_REGEX_MULTILINE, 0, NULL);
  g_autoptr (GError) error = NULL;
  char *end;

  g_assert_null (enrol (fixture, fixture->uri, missing, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_clear_error (&error);

  g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
  /* As it was made, a month ago. */
  old = g_regex_replace_literal (expires, text, -1, 0, "expires 1000000", 0, &error);
  g_assert_no_error (error);
  end = g_strrstr (old, "digest ");
  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, old, end - old);
  memcpy (end + strlen ("digest "), digest, strlen (digest));
  write_file (file, old);
  g_assert_null (enrol (fixture, fixture->uri, file, &error));
  g_assert_error (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PERSON);
  g_assert_nonnull (strstr (error->message, "too old"));
  g_clear_error (&error);

  text[strlen (text) / 2] ^= 1;
  write_file (file, text);
  g_assert_null (enrol (fixture, fixture->uri, file, &error));
  g_assert_error (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PERSON);
  g_assert_nonnull (strstr (error->message, "damaged"));
  /* None of them has begun a store. */
  g_assert_false (g_file_test (fixture->stores, G_FILE_TEST_EXISTS));
}

/* The login with which somebody signs in to a server is not the username in the file. */
static void
test_enrol_login (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *file = issue_enrolment (fixture, fixture->uri, "ann", "ann.enrol");
  g_autofree char *username = NULL;
  /* A port at which nobody answers. */
  const char *uri = "postgresql://w_abc@127.0.0.1:1/waymark";
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  username = enrol (fixture, uri, file, &error);
  g_assert_no_error (error);
  way_session_sign_in_async (fixture->session, uri, NULL, NULL, session_fixture_got_cb, fixture);
  result = session_fixture_wait (fixture);
  way_session_sign_in_finish (fixture->session, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (way_session_get_person_name (fixture->session), ==, "Ann Ward");
}

static void
told_cb (WaySession *session, const char *message, gpointer user_data)
{
  char **told = user_data;

  g_free (*told);
  *told = g_strdup (message);
}

static void
erase (SessionFixture *fixture, const char *username)
{
  const WayErasureTarget target = { .username = username };
  g_autoptr (WayStore) trust = NULL;
  g_autoptr (WayErasure) erasure = NULL;
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;

  trust = way_store_open_trust (fixture->uri, FALSE, &error);
  g_assert_no_error (error);
  session_fixture_add (
      trust, NULL, "person",
      "{'person':'lea','username':'lea','name':'Lea Governs','staff_group':'nursing','ended':0}");
  session_fixture_add (
      trust, NULL, "person",
      "{'person':'mia','username':'mia','name':'Mia Governs','staff_group':'nursing','ended':0}");
  session_fixture_add (trust, NULL, "role_grant",
                       "{'person':'lea','role':'governance','place':'w1','ended':0}");
  session_fixture_add (trust, NULL, "role_grant",
                       "{'person':'mia','role':'governance','place':'w1','ended':0}");
  id = way_erasure_ask (trust, "lea", &target, "asked by letter", &error);
  g_assert_no_error (error);
  erasure = way_erasure_confirm (trust, "mia", &target, NULL, &error);
  g_assert_no_error (error);
  way_store_close (trust);
}

/* Somebody whom the trust erases while they sit here: they are told, signed out, and neither the
 * store nor the name that led to it stays. */
static void
test_erased (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autofree char *people = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *told = NULL;
  g_autofree char *names = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  session_fixture_sign_in (fixture, "ann");
  session_fixture_settle (fixture);
  path = g_strdup (fixture->session->store_path);
  folder = g_path_get_dirname (path);
  people = g_build_filename (folder, "people.ini", NULL);
  session_fixture_ask_help (fixture, "Is this sent?");
  session_fixture_sync_now (fixture);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  g_signal_connect (fixture->session, "not-saved", G_CALLBACK (told_cb), &told);
  erase (fixture, "ann");

  way_session_sync_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  result = session_fixture_wait (fixture);
  g_assert_false (way_session_sync_finish (fixture->session, result, &error));
  g_assert_error (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_ERASED);
  while (way_session_is_signed_in (fixture->session))
    g_main_context_iteration (NULL, TRUE);
  g_assert_nonnull (told);
  g_assert_nonnull (strstr (told, "erased"));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_get_contents (people, &names, NULL, NULL));
  g_assert_null (strstr (names, "ann"));

  /* Nor is there a way back, with the trust or without. */
  g_clear_object (&result);
  move_trust (fixture, FALSE);
  way_session_sign_in_async (fixture->session, fixture->uri, "ann", NULL, session_fixture_got_cb,
                             fixture);
  result = session_fixture_wait (fixture);
  g_assert_false (way_session_sign_in_finish (fixture->session, result, NULL));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_signal_handlers_disconnect_by_data (fixture->session, &told);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func)                                                                            \
  g_test_add (path, SessionFixture, NULL, session_fixture_set_up, func, session_fixture_tear_down)
  ADD ("/session/arrival/enrol", test_enrol);
  ADD ("/session/arrival/enrol-elsewhere", test_enrol_elsewhere);
  ADD ("/session/arrival/enrol-refused", test_enrol_refused);
  ADD ("/session/arrival/enrol-login", test_enrol_login);
  ADD ("/session/arrival/erased", test_erased);
#undef ADD
  return g_test_run ();
}
