/* test-passport.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session-fixture.h"

#include "../report/pdf-read.h"
#include "session/way-passport.h"
#include "session/way-witness.h"

/* The ladder of evidence, from a person's own store. F1 has more than one outcome. */

static char *
write_body (SessionFixture *fixture, const char *kind, gconstpointer body)
{
  way_session_write_one (fixture->session, fixture->session, write_body, kind, body, NULL, NULL,
                         NULL, session_fixture_got_cb, fixture);
  return session_fixture_wrote (fixture);
}

static char *
begin (SessionFixture *fixture, const char *type, const char *module)
{
  WayPack *pack = way_session_get_pack (fixture->session);

  return write_body (fixture, "attempt",
                     &(WayAttemptBody){ .type = (char *) type,
                                        .pack = (char *) way_pack_get_id (pack),
                                        .pack_version = way_pack_get_version (pack),
                                        .parameters = (char *) "",
                                        .language = (char *) "en-GB",
                                        .seed = (char *) "1",
                                        .module = (char *) module,
                                        .try = 1,
                                        .level = WAY_NO_INTEGER });
}

static void
end (SessionFixture *fixture, const char *attempt, const char *type, const char *module)
{
  g_free (write_body (fixture, "attempt_end",
                      &(WayAttemptEndBody){ .attempt = (char *) attempt,
                                            .type = (char *) type,
                                            .how = (char *) "finished",
                                            .module = (char *) module,
                                            .asked = 5,
                                            .right = 5,
                                            .score = 1,
                                            .passed = 1 }));
}

static void
pass (SessionFixture *fixture, const char *module)
{
  g_autofree char *attempt = begin (fixture, "check", module);

  end (fixture, attempt, "check", module);
}

static void
practise (SessionFixture *fixture, const char *module, const char *outcome, gboolean is_held)
{
  g_autofree char *attempt = begin (fixture, "practice", module);

  g_free (write_body (fixture, "rule_outcome",
                      &(WayRuleOutcomeBody){ .attempt = attempt,
                                             .module = (char *) module,
                                             .desk = (char *) "desk",
                                             .rule = (char *) "rule",
                                             .outcome = (char *) outcome,
                                             .held = is_held,
                                             .points = is_held,
                                             .out_of = 1,
                                             .try = WAY_NO_INTEGER,
                                             .help = WAY_NO_INTEGER }));
  end (fixture, attempt, "practice", module);
}

static void
say (SessionFixture *fixture, const char *module, int value)
{
  g_free (write_body (fixture, "confidence",
                      &(WayConfidenceBody){
                          .module = (char *) module, .moment = (char *) "after", .value = value }));
}

static WayPassport *
load (SessionFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WayPassport *passport;

  way_session_load_passport_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  result = session_fixture_wait (fixture);
  passport = way_session_load_passport_finish (fixture->session, result, &error);
  g_assert_no_error (error);
  return passport;
}

static void
assert_rung (SessionFixture *fixture, const char *outcome, WayRung rung)
{
  g_autoptr (WayPassport) passport = load (fixture);
  g_autoptr (WayRow) row = session_fixture_find_row (passport->outcomes, "outcome", outcome);

  g_assert_nonnull (row);
  g_assert_cmpint (way_row_get_int (row, "rung"), ==, rung);
  g_assert_cmpint (way_row_get_int (row, "at") > 0, ==, rung > WAY_RUNG_NONE);
}

static const char *
get_outcome (SessionFixture *fixture, const char *module, guint n)
{
  const WayModule *found = way_pack_find_module (way_session_get_pack (fixture->session), module);

  g_assert_cmpuint (found->outcomes->len, >, n);
  return ((const WayOutcome *) g_ptr_array_index (found->outcomes, n))->id;
}

/* What others see somebody do comes with sync. */
static char *
witness (SessionFixture *fixture, const char *type, const char *outcome)
{
  char *id;
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = way_store_open_trust (fixture->uri, FALSE, &error);
  WayEvidenceBody body = { .outcome = (char *) outcome,
                           .type = (char *) type,
                           .note = (char *) "on the night shift" };
  WayEvent *draft = way_session_draft ("evidence", &body, &error);

  g_assert_no_error (error);
  draft->subject = g_strdup ("ann");
  g_ptr_array_add (drafts, draft);
  way_store_append_as (trust, "cat", drafts, &error);
  g_assert_no_error (error);
  id = g_strdup (draft->id);
  way_store_close (trust);
  session_fixture_sync_now (fixture);
  return id;
}

static void
test_ladder (SessionFixture *fixture, gconstpointer data)
{
  const char *first, *second;
  g_autofree char *seen = NULL;

  session_fixture_sign_in (fixture, "ann");
  first = get_outcome (fixture, "F1", 0);
  second = get_outcome (fixture, "F1", 1);
  assert_rung (fixture, first, WAY_RUNG_NONE);
  say (fixture, "F1", 5);
  assert_rung (fixture, first, WAY_RUNG_NONE);
  say (fixture, "F1", 8);
  assert_rung (fixture, first, WAY_RUNG_SAID);
  pass (fixture, "F1");
  assert_rung (fixture, first, WAY_RUNG_KNOWN);
  assert_rung (fixture, second, WAY_RUNG_KNOWN);
  practise (fixture, "F1", first, FALSE);
  assert_rung (fixture, first, WAY_RUNG_KNOWN);
  practise (fixture, "F1", first, TRUE);
  assert_rung (fixture, first, WAY_RUNG_PRACTISED);
  assert_rung (fixture, second, WAY_RUNG_KNOWN);
  g_free (witness (fixture, "paper", second));
  assert_rung (fixture, second, WAY_RUNG_KNOWN);
  seen = witness (fixture, "witnessed", second);
  assert_rung (fixture, second, WAY_RUNG_KNOWN);
  way_witness_answer_async (fixture->session, seen, "cat", "agreed", NULL, NULL,
                            session_fixture_got_cb, fixture);
  g_free (session_fixture_wrote (fixture));
  assert_rung (fixture, second, WAY_RUNG_WITNESSED);
  assert_rung (fixture, first, WAY_RUNG_PRACTISED);
  g_free (write_body (fixture, "shift_done",
                      &(WayShiftDoneBody){ .module = (char *) "F1", .version = 1 }));
  assert_rung (fixture, first, WAY_RUNG_USED);
  /* Nothing of it is another module's. */
  assert_rung (fixture, get_outcome (fixture, "C1", 0), WAY_RUNG_NONE);
}

/* A check that came before the lesson counts as much, and its entry says so. */
static void
test_without_lesson (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *attempt = NULL;
  const char *outcome;

  session_fixture_sign_in (fixture, "ann");
  outcome = get_outcome (fixture, "F1", 0);
  attempt = begin (fixture, "check", "F1");
  g_free (write_body (fixture, "attempt_end",
                      &(WayAttemptEndBody){ .attempt = attempt,
                                            .type = (char *) "check",
                                            .how = (char *) "finished",
                                            .module = (char *) "F1",
                                            .asked = 5,
                                            .right = 5,
                                            .score = 1,
                                            .passed = 1,
                                            .purpose = (char *) "test-out" }));
  assert_rung (fixture, outcome, WAY_RUNG_KNOWN);
  {
    g_autoptr (WayPassport) passport = load (fixture);
    g_autoptr (WayRow) entry = session_fixture_find_row (passport->entries, "outcome", outcome);

    assert_has (way_row_get_text (entry, "how"), "passed without the lesson");
  }
}

static void
test_own_word (SessionFixture *fixture, gconstpointer data)
{
  const char *outcome;

  session_fixture_sign_in (fixture, "ann");
  outcome = get_outcome (fixture, "C1", 0);
  g_free (write_body (fixture, "evidence",
                      &(WayEvidenceBody){ .outcome = (char *) outcome, .type = (char *) "used" }));
  assert_rung (fixture, outcome, WAY_RUNG_USED);
  {
    g_autoptr (WayPassport) passport = load (fixture);
    g_autoptr (WayRow) entry = session_fixture_find_row (passport->entries, "outcome", outcome);

    assert_has (way_row_get_text (entry, "how"), "as the person says");
  }
}

/* Of one rung the newest counts, and every entry says where it comes from. */
static void
test_entries (SessionFixture *fixture, gconstpointer data)
{
  const char *outcome;
  g_autoptr (WayPassport) passport = NULL;
  g_autoptr (WayRow) row = NULL;
  gint64 last_rung = WAY_N_RUNGS, last_at = G_MAXINT64;
  guint n = 0;

  session_fixture_sign_in (fixture, "ann");
  outcome = get_outcome (fixture, "F1", 0);
  pass (fixture, "F1");
  pass (fixture, "F1");
  practise (fixture, "F1", outcome, TRUE);
  g_free (witness (fixture, "signed-off", outcome));
  passport = load (fixture);
  row = session_fixture_find_row (passport->outcomes, "outcome", outcome);
  for (guint i = 0; i < g_list_model_get_n_items (passport->entries); i++)
    {
      g_autoptr (WayRow) entry = g_list_model_get_item (passport->entries, i);
      gint64 rung = way_row_get_int (entry, "rung");
      gint64 at = way_row_get_int (entry, "at");

      if (!g_str_equal (way_row_get_text (entry, "outcome"), outcome))
        continue;
      if (n == 0)
        {
          g_assert_cmpstr (way_row_get_text (entry, "type"), ==, "signed-off");
          g_assert_cmpstr (way_row_get_text (entry, "note"), ==, "on the night shift");
          g_assert_cmpint (at, ==, way_row_get_int (row, "at"));
        }
      g_assert_true (rung < last_rung || (rung == last_rung && at <= last_at));
      g_assert_cmpstr (way_row_get_text (entry, "how"), !=, "");
      last_rung = rung;
      last_at = at;
      n++;
    }
  g_assert_cmpuint (n, ==, 4);
  g_assert_cmpint (way_row_get_int (row, "n"), ==, 4);
}

/* With no trust in reach; on paper and as a file; and nothing in it at first. */
static void
test_taken_along (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  session_fixture_sign_in (fixture, "ann");
  way_session_set_work_offline (fixture->session, TRUE);
  session_fixture_settle (fixture);
  {
    g_autoptr (WayPassport) passport = load (fixture);
    g_autoptr (WayDocument) document = way_passport_make_document (passport);
    g_autoptr (GBytes) pdf = way_document_make_pdf (document, NULL, NULL, &error);
    g_autofree char *words = NULL;

    g_assert_no_error (error);
    g_assert_cmpuint (passport->n_shown, ==, 0);
    words = pdf_read_words (pdf);
    assert_has (words, "Nothing is in it yet.");
  }
  pass (fixture, "F1");
  pass (fixture, "C1");
  {
    g_autoptr (WayPassport) passport = load (fixture);
    g_autoptr (WayDocument) document = way_passport_make_document (passport);
    g_autoptr (GBytes) pdf = way_document_make_pdf (document, NULL, NULL, &error);
    g_autoptr (GBytes) csv = way_passport_make_csv (passport);
    g_autofree char *words = NULL;
    g_autofree char *structure = NULL;
    g_autofree char *text = g_strndup (g_bytes_get_data (csv, NULL), g_bytes_get_size (csv));
    g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);
    const WayModule *module = way_pack_find_module (way_session_get_pack (fixture->session), "F1");

    g_assert_no_error (error);
    words = pdf_read_words (pdf);
    assert_has (words, "Skills passport of Ann Ward");
    assert_has (words, "Known");
    structure = pdf_read (pdf, "pdfinfo", "-struct-text");
    assert_has (structure, "Table");
    assert_has (structure, "\"How it was worked out\"");
    g_assert_cmpuint (g_strv_length (lines), ==, passport->n_shown + 2);
    g_assert_cmpstr (lines[0], ==, "area,outcome,text,module,rung,evidence,date,how,note");
    assert_has (text, ",2,Known,");
    assert_has (text, module->title);
  }
}

#define ADD(name, test)                                                                            \
  g_test_add ("/session/passport/" name, SessionFixture, NULL, session_fixture_set_up, test,       \
              session_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("ladder", test_ladder);
  ADD ("own-word", test_own_word);
  ADD ("without-lesson", test_without_lesson);
  ADD ("entries", test_entries);
  ADD ("taken-along", test_taken_along);
  return g_test_run ();
}
