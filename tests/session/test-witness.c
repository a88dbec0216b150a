/* test-witness.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session-fixture.h"

#include "session/way-passport.h"
#include "session/way-sign-off.h"
#include "session/way-term.h"
#include "session/way-witness.h"

/* Two people: who saw it, and who did it; at one desktop one after the other, and at two. */

static const char *
get_outcome (SessionFixture *fixture)
{
  const WayModule *module = way_pack_find_module (way_session_get_pack (fixture->session), "F1");

  return ((const WayOutcome *) g_ptr_array_index (module->outcomes, 0))->id;
}

static char *
say (SessionFixture *fixture)
{
  way_witness_say_async (fixture->session, "ann", "F1", get_outcome (fixture), "w1", "2026-11-20",
                         "She moved it to the right folder", NULL, NULL, session_fixture_got_cb,
                         fixture);
  return session_fixture_wrote (fixture);
}

static void
answer (SessionFixture *fixture, const char *id, const char *what, const char *text)
{
  way_witness_answer_async (fixture->session, id, "cat", what, text, NULL, session_fixture_got_cb,
                            fixture);
  g_free (session_fixture_wrote (fixture));
}

static void
withdraw (SessionFixture *fixture, const char *id)
{
  way_session_retract_async (fixture->session, id, NULL, session_fixture_got_cb, fixture);
  g_free (session_fixture_wrote (fixture));
}

/* The one thing that was seen, as whoever is signed in finds it. */
static WayRow *
find (SessionFixture *fixture, const char *person)
{
  g_autoptr (GListModel) rows = NULL;

  way_witness_load_async (fixture->session, person, NULL, session_fixture_got_cb, fixture);
  rows = session_fixture_listed (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 1);
  return g_list_model_get_item (rows, 0);
}

static void
assert_state (SessionFixture *fixture, const char *person, const char *state)
{
  g_autoptr (WayRow) row = find (fixture, person);

  g_assert_cmpstr (way_row_get_text (row, "state"), ==, state);
  g_assert_cmpint (way_row_has (row, "said"), ==, !g_str_equal (state, "waiting"));
}

static void
assert_counts (SessionFixture *fixture, const char *n)
{
  g_autofree char *there = session_fixture_ask_trust (
      fixture, "SELECT count(*) FROM evidence WHERE person = 'ann' AND type = 'witnessed'");

  g_assert_cmpstr (there, ==, n);
}

static void
change (SessionFixture *fixture, const char *username)
{
  session_fixture_sync_now (fixture);
  session_fixture_sign_out (fixture);
  session_fixture_sign_in (fixture, username);
  session_fixture_sync_now (fixture);
}

static void
test_one_desktop (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *id = NULL;
  g_autofree char *again = NULL;
  g_autoptr (WayRow) row = NULL;

  session_fixture_sign_in (fixture, "cat");
  session_fixture_sync_now (fixture);
  id = say (fixture);
  assert_state (fixture, "ann", "waiting");
  change (fixture, "ann");
  assert_counts (fixture, "0");
  row = find (fixture, NULL);
  g_assert_cmpstr (way_row_get_text (row, "id"), ==, id);
  g_assert_cmpstr (way_row_get_text (row, "witness"), ==, "cat");
  g_assert_cmpstr (way_row_get_text (row, "by"), ==, "Cat Champion");
  g_assert_cmpstr (way_row_get_text (row, "seen"), ==, "2026-11-20");
  g_assert_cmpstr (way_row_get_text (row, "note"), ==, "She moved it to the right folder");
  g_assert_true (way_row_has (row, "unit_name"));
  answer (fixture, id, "not-quite", "I asked Bob first");
  assert_state (fixture, NULL, "not-quite");
  change (fixture, "cat");
  assert_counts (fixture, "0");
  g_clear_object (&row);
  row = find (fixture, "ann");
  g_assert_cmpstr (way_row_get_text (row, "text"), ==, "I asked Bob first");
  change (fixture, "ann");
  answer (fixture, id, "agreed", NULL);
  change (fixture, "cat");
  assert_counts (fixture, "1");
  assert_state (fixture, "ann", "agreed");
  /* Withdrawn by who was seen, agreed again, then withdrawn by who saw it: each is said. */
  change (fixture, "ann");
  answer (fixture, id, "withdrawn", NULL);
  change (fixture, "cat");
  assert_counts (fixture, "0");
  assert_state (fixture, "ann", "taken-back");
  change (fixture, "ann");
  answer (fixture, id, "agreed", NULL);
  change (fixture, "cat");
  assert_counts (fixture, "1");
  withdraw (fixture, id);
  assert_state (fixture, "ann", "withdrawn");
  change (fixture, "ann");
  assert_counts (fixture, "0");
  assert_state (fixture, NULL, "withdrawn");
}

/* Each at a desktop of their own, with no network when they write. */
static void
test_two_desktops (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *stores = g_steal_pointer (&fixture->stores);
  WaySession *first = fixture->session;
  WaySession *second;
  g_autofree char *id = NULL;
  g_autoptr (GListModel) units = NULL;
  g_autoptr (WayRow) home = NULL;

  fixture->stores = g_build_filename (fixture->folder, "other-desktop", NULL);
  second = session_fixture_new_session (fixture);
  fixture->session = second;
  session_fixture_sign_in (fixture, "ann");
  session_fixture_sync_now (fixture);

  fixture->session = first;
  session_fixture_sign_in (fixture, "cat");
  session_fixture_sync_now (fixture);
  way_witness_load_units_async (first, "ann", NULL, session_fixture_got_cb, fixture);
  units = session_fixture_listed (fixture);
  home = g_list_model_get_item (units, 0);
  g_assert_cmpstr (way_row_get_text (home, "unit"), ==, "w1");
  way_session_set_work_offline (first, TRUE);
  id = say (fixture);
  assert_state (fixture, "ann", "waiting");
  way_session_set_work_offline (first, FALSE);
  session_fixture_sync_now (fixture);

  fixture->session = second;
  session_fixture_sync_now (fixture);
  way_session_set_work_offline (second, TRUE);
  answer (fixture, id, "agreed", NULL);
  assert_state (fixture, NULL, "agreed");
  assert_counts (fixture, "0");
  way_session_set_work_offline (second, FALSE);
  session_fixture_sync_now (fixture);
  assert_counts (fixture, "1");

  fixture->session = first;
  session_fixture_sync_now (fixture);
  assert_state (fixture, "ann", "agreed");
  session_fixture_sign_out (fixture);
  session_fixture_drop (second);
  g_free (fixture->stores);
  fixture->stores = g_steal_pointer (&stores);
}

static WayEvidenceFile *
load_file (SessionFixture *fixture, const char *id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  way_evidence_file_load_async (fixture->session, id, NULL, session_fixture_got_cb, fixture);
  result = session_fixture_wait (fixture);
  return way_evidence_file_finish (result, error);
}

/* As large as one may be, in 24 events, from one desktop to the other; with what was seen it goes.
 */
static void
test_file (SessionFixture *fixture, gconstpointer data)
{
  guint8 *picture = g_malloc (WAY_EVIDENCE_FILE_MOST);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (WayEvidenceFile) file = NULL;
  g_autoptr (WayEvidenceFile) came = NULL;
  g_autoptr (WayRow) row = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  g_autofree char *pieces = NULL;

  for (gsize i = 0; i < WAY_EVIDENCE_FILE_MOST; i++)
    picture[i] = (guint8) (i * 31 + i / 251);
  memcpy (picture, "\211PNG\r\n\032\n", 8);
  bytes = g_bytes_new_take (picture, WAY_EVIDENCE_FILE_MOST);
  file = way_evidence_file_new ("chart.png", bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (file->type, ==, "image/png");
  session_fixture_sign_in (fixture, "cat");
  session_fixture_sync_now (fixture);
  way_witness_say_async (fixture->session, "ann", "F1", get_outcome (fixture), "w1", "2026-11-20",
                         "She moved it", file, NULL, session_fixture_got_cb, fixture);
  id = session_fixture_wrote (fixture);
  change (fixture, "ann");
  pieces = session_fixture_ask_trust (
      fixture, "SELECT count(*) FROM event WHERE kind = 'evidence_file' AND allowed = 1");
  g_assert_cmpstr (pieces, ==, "24");
  row = find (fixture, NULL);
  g_assert_cmpstr (way_row_get_text (row, "file"), ==, "chart.png");
  came = load_file (fixture, id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (came->name, ==, "chart.png");
  g_assert_true (g_bytes_equal (came->bytes, bytes));
  change (fixture, "cat");
  withdraw (fixture, id);
  change (fixture, "ann");
  g_clear_object (&row);
  row = find (fixture, NULL);
  g_assert_false (way_row_has (row, "file"));
  g_assert_null (load_file (fixture, id, &error));
  g_assert_error (error, WAY_SESSION_ERROR, WAY_SESSION_ERROR_NOT_SAVED);
}

static void
test_file_refused (SessionFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *start;
    gsize size;
    const char *why; /* NULL: it may go */
  } files[] = {
    { "%PDF-1.7", 5000, NULL },
    { "\377\330\377\340", 5000, NULL },
    { "The ward round went well", 24, NULL },
    { "\211PNG\r\n\032\n", WAY_EVIDENCE_FILE_MOST, NULL },
    { "\211PNG\r\n\032\n", WAY_EVIDENCE_FILE_MOST + 1, "larger than 1 MiB" },
    { "MZ\220", 5000, "no picture" },
    { "", 0, "no picture" },
    { "Print the label of 943 476 5919 at the desk", 43, "who a patient is" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      char *content = g_malloc0 (files[i].size + 1);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (WayEvidenceFile) file = NULL;

      memcpy (content, files[i].start, MIN (strlen (files[i].start), files[i].size));
      bytes = g_bytes_new_take (content, files[i].size);
      file = way_evidence_file_new ("name", bytes, &error);
      g_assert_cmpint (file == NULL, ==, files[i].why != NULL);
      if (files[i].why != NULL && strstr (error->message, files[i].why) == NULL)
        g_error ("%u: %s", i, error->message);
    }
}

static void
make_manager (SessionFixture *fixture, const char *person)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = way_store_open_trust (fixture->uri, FALSE, &error);
  g_autofree char *body =
      g_strdup_printf ("{'person':'%s','role':'manager','place':'w1','ended':0}", person);

  g_assert_no_error (error);
  session_fixture_add (trust, NULL, "role_grant", body);
  way_store_close (trust);
}

static WayRow *
load_signed (SessionFixture *fixture, gboolean is_given)
{
  g_autoptr (GListModel) rows = NULL;

  way_sign_off_load_async (fixture->session, is_given, NULL, session_fixture_got_cb, fixture);
  rows = session_fixture_listed (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 1);
  return g_list_model_get_item (rows, 0);
}

/* Of the manager's own people, without their levels; they see it, and so that it was withdrawn. */
static void
test_sign_off (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *seen = NULL;
  g_autofree char *id = NULL;
  g_autofree char *looks = NULL;
  g_autofree char *stands = NULL;
  g_autoptr (GListModel) team = NULL;
  g_autoptr (GListModel) shown = NULL;
  g_autoptr (WayRow) ann = NULL;
  g_autoptr (WayRow) newest = NULL;
  g_autoptr (WayRow) row = NULL;
  g_autoptr (WayRow) withdrawn = NULL;

  make_manager (fixture, "bob");
  session_fixture_sign_in (fixture, "cat");
  session_fixture_sync_now (fixture);
  g_assert_false (way_session_get_roles (fixture->session) & WAY_ROLE_MANAGER);
  seen = say (fixture);
  change (fixture, "ann");
  answer (fixture, seen, "agreed", NULL);
  change (fixture, "bob");
  session_fixture_sign_out (fixture);
  session_fixture_sign_in (fixture, "bob");
  g_assert_true (way_session_get_roles (fixture->session) & WAY_ROLE_MANAGER);
  way_sign_off_load_team_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  team = session_fixture_listed (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (team), ==, 2);
  ann = session_fixture_find_row (team, "person", "ann");
  g_assert_cmpint (way_row_get_int (ann, "evidence"), ==, 1);
  g_assert_null (session_fixture_find_row (team, "person", "bob"));
  way_sign_off_open_async (fixture->session, "ann", NULL, session_fixture_got_cb, fixture);
  shown = session_fixture_listed (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (shown), ==, 1);
  newest = g_list_model_get_item (shown, 0);
  g_assert_cmpstr (way_row_get_text (newest, "source"), ==, seen);
  way_sign_off_say_async (fixture->session, ann, way_row_get_text (newest, "source"),
                          "I have seen it on the ward", NULL, session_fixture_got_cb, fixture);
  id = session_fixture_wrote (fixture);
  change (fixture, "ann");
  looks = session_fixture_ask_trust (fixture, "SELECT count(*) FROM event WHERE kind = 'access' "
                                              "AND author = 'bob' AND subject = 'ann'");
  g_assert_cmpstr (looks, ==, "1");
  row = load_signed (fixture, FALSE);
  g_assert_cmpstr (way_row_get_text (row, "id"), ==, id);
  g_assert_cmpstr (way_row_get_text (row, "by"), ==, "Bob Unmistakable");
  g_assert_cmpstr (way_row_get_text (row, "text"), ==, "I have seen it on the ward");
  g_assert_cmpstr (way_row_get_text (row, "result"), ==, seen);
  g_assert_true (g_str_has_prefix (way_row_get_text (row, "asked"), "core "));
  g_assert_nonnull (strchr (way_row_get_text (row, "asked"), ':'));
  g_assert_false (way_row_has (row, "withdrawn"));
  /* What she answers later, also that it was not so, leaves what was signed. */
  answer (fixture, seen, "withdrawn", NULL);
  change (fixture, "bob");
  stands = session_fixture_ask_trust (
      fixture, "SELECT group_concat (type || outcome) FROM evidence WHERE person = 'ann'");
  g_assert_cmpstr (stands, ==, "signed-off");
  withdraw (fixture, id);
  change (fixture, "ann");
  withdrawn = load_signed (fixture, FALSE);
  g_assert_true (way_row_has (withdrawn, "withdrawn"));
  g_free (stands);
  stands = session_fixture_ask_trust (fixture, "SELECT count(*) FROM evidence");
  g_assert_cmpstr (stands, ==, "0");
}

#define ADD(name, test)                                                                            \
  g_test_add ("/session/witness/" name, SessionFixture, NULL, session_fixture_set_up, test,        \
              session_fixture_tear_down)

static GListModel *
find_people (SessionFixture *fixture, const char *text)
{
  way_term_find_people_async (fixture->session, text, NULL, session_fixture_got_cb, fixture);
  return session_fixture_listed (fixture);
}

/* A manager names somebody of their own places as a champion, and nobody else; the trust takes it,
 * and it waits for the person. */
static void
test_nominate (SessionFixture *fixture, gconstpointer data)
{
  const WayChampionTermBody body = { .state = (char *) "nominated",
                                     .minutes = WAY_NO_INTEGER,
                                     .until = WAY_NO_INTEGER,
                                     .text = (char *) "Everybody asks her" };
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = way_store_open_trust (fixture->uri, FALSE, &error);
  g_autoptr (GListModel) everybody = NULL;
  g_autoptr (GListModel) elsewhere = NULL;
  g_autoptr (WayRow) ann = NULL;
  g_autofree char *id = NULL;
  g_autofree char *state = NULL;

  g_assert_no_error (error);
  session_fixture_add (trust, NULL, "place",
                       "{'place':'w9','code':'W9','name':'Far','type':'ward'}");
  session_fixture_add (trust, NULL, "person",
                       "{'person':'far','username':'far','name':'Fay Far','staff_group':'nursing',"
                       "'ended':0}");
  session_fixture_add (trust, NULL, "membership",
                       "{'person':'far','place':'w9','is_primary':1,'ended':0}");
  way_store_close (trust);
  make_manager (fixture, "bob");
  session_fixture_sign_in (fixture, "bob");
  everybody = find_people (fixture, "a");
  ann = session_fixture_find_row (everybody, "person", "ann");
  g_assert_nonnull (ann);
  g_assert_null (session_fixture_find_row (everybody, "person", "far"));
  elsewhere = find_people (fixture, "fay");
  g_assert_cmpuint (g_list_model_get_n_items (elsewhere), ==, 0);
  way_term_say_async (fixture->session, "ann", way_row_get_text (ann, "unit"), &body, NULL,
                      session_fixture_got_cb, fixture);
  id = session_fixture_wrote (fixture);
  session_fixture_sync_now (fixture);
  state = session_fixture_ask_trust (
      fixture, "SELECT c.state || ' ' || e.allowed || ' ' || c.person || ' ' || c.unit "
               "FROM champion c JOIN event e ON e.id = c.term");
  g_assert_cmpstr (state, ==, "nominated 1 ann w1");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("one-desktop", test_one_desktop);
  ADD ("two-desktops", test_two_desktops);
  ADD ("sign-off", test_sign_off);
  ADD ("nominate", test_nominate);
  ADD ("file", test_file);
  ADD ("file-refused", test_file_refused);
  return g_test_run ();
}
