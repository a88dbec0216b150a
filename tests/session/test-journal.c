/* test-journal.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session-fixture.h"

#include "session/way-journal.h"

/* What a person writes for themselves. */

#define DAY ((gint64) 24 * 60 * 60 * G_USEC_PER_SEC)

static char *
write_note (SessionFixture *fixture, gboolean is_kept, const char *note, const char *text)
{
  WayNoteBody body = { .module = (char *) "F1",
                       .step = (char *) "F1.card2",
                       .text = (char *) text,
                       .note = (char *) note };

  if (is_kept)
    way_journal_keep_async (fixture->session, "note", &body, NULL, session_fixture_got_cb, fixture);
  else
    way_journal_draft_async (fixture->session, "note", &body, NULL, session_fixture_got_cb,
                             fixture);
  return session_fixture_wrote (fixture);
}

static GListModel *
load (SessionFixture *fixture, const char *kind)
{
  way_journal_load_async (fixture->session, kind, NULL, session_fixture_got_cb, fixture);
  return session_fixture_listed (fixture);
}

static void
assert_note (SessionFixture *fixture, guint n, const char *text, const char *id, gboolean is_draft)
{
  g_autoptr (GListModel) rows = load (fixture, "note");
  g_autoptr (WayRow) row = NULL;

  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, n);
  if (n == 0)
    return;
  row = g_list_model_get_item (rows, 0);
  g_assert_cmpstr (way_row_get_text (row, "text"), ==, text);
  g_assert_cmpstr (way_row_get_text (row, "module"), ==, "F1");
  g_assert_cmpstr (way_row_get_text (row, "step"), ==, "F1.card2");
  g_assert_cmpint (way_row_get_int (row, "is_draft"), ==, is_draft);
  g_assert_true (way_row_has (row, "id") == (id != NULL));
  if (id != NULL)
    g_assert_cmpstr (way_row_get_text (row, "id"), ==, id);
}

/* What was typed is there after the window closed; what was typed and taken out again is in no
 * log; an edit is the newer word, and an empty one takes the note away. */
static void
test_note (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *id = NULL;
  g_autofree char *count = NULL;

  session_fixture_sign_in (fixture, "ann");
  assert_note (fixture, 0, NULL, NULL, FALSE);
  g_free (write_note (fixture, FALSE, NULL, "Sam, 943 476 5919"));
  assert_note (fixture, 1, "Sam, 943 476 5919", NULL, TRUE);
  g_free (write_note (fixture, FALSE, NULL, "Look at the address"));
  session_fixture_send_and_leave (fixture);

  session_fixture_sign_in (fixture, "ann");
  assert_note (fixture, 1, "Look at the address", NULL, TRUE);
  id = write_note (fixture, TRUE, NULL, "Look at the address");
  assert_note (fixture, 1, "Look at the address", id, FALSE);
  g_free (write_note (fixture, FALSE, id, "Look at the address first"));
  assert_note (fixture, 1, "Look at the address first", id, TRUE);
  g_free (write_note (fixture, TRUE, id, "Look at the address first."));
  assert_note (fixture, 1, "Look at the address first.", id, FALSE);
  session_fixture_send_and_leave (fixture);
  count = session_fixture_ask_trust (fixture, "SELECT count(*) || ' ' || sum(body LIKE '%943%') "
                                              "FROM event WHERE kind = 'note'");
  g_assert_cmpstr (count, ==, "2 0");

  session_fixture_sign_in (fixture, "ann");
  g_free (write_note (fixture, TRUE, id, ""));
  assert_note (fixture, 0, NULL, NULL, FALSE);
  /* Nothing that was never kept leaves nothing. */
  g_free (write_note (fixture, FALSE, NULL, "x"));
  g_free (write_note (fixture, TRUE, NULL, ""));
  assert_note (fixture, 0, NULL, NULL, FALSE);
  session_fixture_send_and_leave (fixture);
  g_free (count);
  count = session_fixture_ask_trust (fixture, "SELECT count(*) FROM event WHERE kind = 'note'");
  g_assert_cmpstr (count, ==, "3");
}

/* On another desktop it is there as it was left, and nobody else ever has it. */
static void
test_elsewhere (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *id = NULL;
  g_autofree char *first = g_strdup (fixture->stores);

  session_fixture_sign_in (fixture, "ann");
  id = write_note (fixture, TRUE, NULL, "mine alone");
  session_fixture_send_and_leave (fixture);

  session_fixture_drop_session (fixture);
  g_free (fixture->stores);
  fixture->stores = g_build_filename (fixture->folder, "other-stores", NULL);
  fixture->session = session_fixture_new_session (fixture);
  session_fixture_sign_in (fixture, "ann");
  session_fixture_sync_now (fixture);
  assert_note (fixture, 1, "mine alone", id, FALSE);
  g_free (write_note (fixture, TRUE, id, "mine, from here"));
  session_fixture_send_and_leave (fixture);

  session_fixture_sign_in (fixture, "cat");
  session_fixture_sync_now (fixture);
  assert_note (fixture, 0, NULL, NULL, FALSE);
  {
    g_autoptr (GError) error = NULL;
    g_autofree char *n = NULL;
    g_autofree char *path = g_strdup (fixture->session->store_path);
    g_autoptr (WayStore) store = NULL;

    session_fixture_send_and_leave (fixture);
    store = way_store_open_device (path, "cat", &error);
    g_assert_no_error (error);
    n = way_db_dup_text (way_store_get_db (store),
                         "SELECT count(*) FROM readable WHERE kind IN ('note', 'reflection')",
                         &error);
    g_assert_no_error (error);
    g_assert_cmpstr (n, ==, "0");
    way_store_close (store);
  }
}

static char *
reflect (SessionFixture *fixture, const char *text, gint64 minutes, gint64 day)
{
  WayReflectionBody body = {
    .module = (char *) "F1",
    .text = (char *) text,
    .learned = (char *) "=2+2, and a \"word\"",
    .change = (char *) "I look first.",
    .minutes = minutes,
    .day = day,
  };

  way_journal_keep_async (fixture->session, "reflection", &body, NULL, session_fixture_got_cb,
                          fixture);
  return session_fixture_wrote (fixture);
}

/* The account of a year: its minutes, and the files that it is taken along in. */
static void
test_reflection (SessionFixture *fixture, gconstpointer data)
{
  const gint64 day = 20000 * DAY + DAY / 2; /* 4 October 2024 */
  g_autoptr (GListModel) rows = NULL;
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  g_autofree char *csv = NULL;
  g_autofree char *text = NULL;
  WayPack *pack;

  session_fixture_sign_in (fixture, "ann");
  pack = way_session_get_pack (fixture->session);
  one = reflect (fixture, "I did the module.", 20, day);
  two = reflect (fixture, "I showed a colleague.", 15, day + 10 * DAY);
  rows = load (fixture, "reflection");
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 2);
  g_assert_cmpint (way_journal_sum_minutes (rows, 0, G_MAXINT64), ==, 35);
  g_assert_cmpint (way_journal_sum_minutes (rows, day + DAY, G_MAXINT64), ==, 15);
  g_assert_cmpint (way_journal_sum_minutes (rows, day, day + DAY), ==, 20);

  csv = way_journal_format_csv (pack, rows);
  g_assert_nonnull (strstr (csv, "2024-10-04,Spot the Phish,,20,I did the module.,\"'=2+2, and a "
                                 "\"\"word\"\"\",I look first.,\r\n"));
  text = way_journal_format_text (pack, "reflection", rows);
  g_assert_nonnull (strstr (text, "4 October 2024 · Spot the Phish\nTime spent: 20 minutes\n"));
  g_assert_nonnull (strstr (text, "How it changes what I do\nI look first.\n"));
  g_assert_null (strstr (text, "professional code"));
  session_fixture_send_and_leave (fixture);
}

int
main (int argc, char **argv)
{
  g_autofree char *data = g_dir_make_tmp ("way-session-data-XXXXXX", NULL);
  int result;

  g_setenv ("XDG_DATA_HOME", data, TRUE);
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func)                                                                            \
  g_test_add (path, SessionFixture, NULL, session_fixture_set_up, func, session_fixture_tear_down)
  ADD ("/session/journal/note", test_note);
  ADD ("/session/journal/elsewhere", test_elsewhere);
  ADD ("/session/journal/reflection", test_reflection);
  result = g_test_run ();
  session_fixture_remove_folder (data);
  return result;
}
