/* test-handout.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session-fixture.h"

#include "../report/pdf-read.h"
#include "session/way-handout-paper.h"
#include "session/way-lesson.h"

/* Modules on paper, what a champion enters of them, and what the trust adds. */

#define NOTE "Floorwalkers wear a green sash."
#define SMALLEST 0.7 /* of type that can still be read */

/* Each module is four pages of type that can be read, whatever was drawn. */
static void
test_pages (SessionFixture *fixture, gconstpointer data)
{
  WayPack *pack = way_session_get_pack (fixture->session);
  GPtrArray *modules = way_pack_get_modules (pack);

  g_assert_cmpuint (modules->len, >, 0);
  for (guint i = 0; i < modules->len; i++)
    for (guint variant = 1; variant <= WAY_HANDOUT_MOST_VARIANTS; variant += 33)
      {
        g_autoptr (GError) error = NULL;
        g_autoptr (WayHandout) sheet = way_handout_new (pack, modules->pdata[i], variant, &error);
        g_autoptr (WayDocument) document = NULL;

        g_assert_no_error (error);
        document = way_handout_make_document (sheet, pack, "A Trust", NULL, 0);
        g_assert_cmpuint (way_document_get_n_pages (document), ==, 4);
        g_assert_cmpfloat (way_document_get_scale (document), >=, SMALLEST);
      }
}

/* What another program reads on it: all of the cards, the questions with their choices and
 * nothing of what is right. */
static void
test_words (SessionFixture *fixture, gconstpointer data)
{
  WayPack *pack = way_session_get_pack (fixture->session);
  WayModule *module = way_pack_find_module (pack, "F1");
  g_autoptr (GError) error = NULL;
  g_autoptr (WayHandout) sheet = way_handout_new (pack, module, 8, &error);
  g_autoptr (WayDocument) document = way_handout_make_document (sheet, pack, "A Trust", NOTE, 0);
  g_autoptr (WayDocument) key = way_handout_make_key (pack, module, 8, 3, "A Trust", 0, &error);
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *words = NULL;
  g_autofree char *structure = NULL;
  g_autofree char *first_key = way_handout_question_dup_key (sheet->questions->pdata[0]);
  g_autofree char *expected = g_strdup_printf ("%s 1: %s 2:", sheet->number, first_key);

  way_document_join (document, key);
  g_assert_cmpuint (way_document_get_n_pages (document), ==, 5);
  pdf = way_document_make_pdf (document, NULL, NULL, &error);
  g_assert_no_error (error);
  words = pdf_read_words (pdf);
  assert_has (words, module->title);
  for (guint i = 0; i < module->cards->len; i++)
    assert_has (words, ((const WayCard *) module->cards->pdata[i])->title);
  for (guint i = 0; i < module->outcomes->len; i++)
    assert_has (words, ((const WayOutcome *) module->outcomes->pdata[i])->text);
  for (guint i = 0; i < sheet->questions->len; i++)
    {
      const WayHandoutQuestion *question = g_ptr_array_index (sheet->questions, i);
      const WayHandoutPlace *place = g_ptr_array_index (question->places, 0);

      for (guint j = 0; j < place->choices->len; j++)
        {
          const WayChoice *choice = g_ptr_array_index (place->choices, j);
          g_autofree char *text = way_node_dup_text (choice->content);

          assert_has (words, g_strstrip (text));
        }
    }
  assert_has (words, NOTE);
  assert_has (words, "Check, sheet F1-");
  assert_has (words, expected);
  structure = pdf_read (pdf, "pdfinfo", "-struct-text");
  assert_has (structure, "H1");
  assert_has (structure, "Lbl");
  assert_has (structure, "Figure");
}

static char *
load_note (SessionFixture *fixture)
{
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (WayLesson) lesson = NULL;
  g_autoptr (GAsyncResult) loaded = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *alone = NULL;

  way_session_open_lesson_async (fixture->session, "B5", NULL, session_fixture_got_cb, fixture);
  opened = session_fixture_wait (fixture);
  lesson = way_session_open_lesson_finish (fixture->session, opened, &error);
  g_assert_no_error (error);
  way_session_load_local_note_async (fixture->session, "B5", NULL, session_fixture_got_cb, fixture);
  loaded = session_fixture_wait (fixture);
  alone = way_session_load_local_note_finish (fixture->session, loaded, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (alone, ==, way_lesson_get_local_note (lesson));
  return g_steal_pointer (&alone);
}

static void
come (SessionFixture *fixture, const char *username)
{
  session_fixture_sign_in (fixture, username);
  session_fixture_sync_now (fixture);
}

static void
set_note (SessionFixture *fixture, const char *text)
{
  g_autofree char *id = NULL;

  come (fixture, "bob");
  g_assert_true (way_session_may_set_local_note (fixture->session));
  way_session_set_local_note_async (fixture->session, "B5", text, NULL, session_fixture_got_cb,
                                    fixture);
  id = session_fixture_wrote (fixture);
  session_fixture_send_and_leave (fixture);
}

static void
assert_note (SessionFixture *fixture, const char *expected)
{
  g_autofree char *text = NULL;

  come (fixture, "ann");
  g_assert_false (way_session_may_set_local_note (fixture->session));
  text = load_note (fixture);
  g_assert_cmpstr (text, ==, expected);
  session_fixture_send_and_leave (fixture);
}

/* What a training lead writes is read by everybody; the last word holds. */
static void
test_note (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = way_store_open_trust (fixture->uri, FALSE, &error);

  g_assert_no_error (error);
  session_fixture_add (trust, NULL, "role_grant", "{'person':'bob','role':'lead','ended':0}");
  way_store_close (trust);
  assert_note (fixture, NULL);
  set_note (fixture, "Something else.");
  set_note (fixture, NOTE);
  assert_note (fixture, NOTE);
  set_note (fixture, "");
  assert_note (fixture, NULL);
}

/* A champion enters it; it counts, and who is asked says that it was on paper. */
static void
test_entered (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (GListModel) modules = NULL;
  g_autoptr (WayRow) row = NULL;
  g_autofree char *id = NULL;
  g_autofree char *there = NULL;

  come (fixture, "cat");
  way_session_add_evidence_async (fixture->session, "ann", "B5", NULL, "paper", "B5-1-07: 5/5",
                                  NULL, session_fixture_got_cb, fixture);
  id = session_fixture_wrote (fixture);
  way_session_load_person_async (fixture->session, "ann", NULL, session_fixture_got_cb, fixture);
  modules = session_fixture_listed (fixture);
  row = session_fixture_find_row (modules, "module", "B5");
  g_assert_cmpstr (way_row_get_text (row, "state"), ==, "checked");
  g_assert_true (way_row_has (row, "on_paper"));
  session_fixture_send_and_leave (fixture);
  there = session_fixture_ask_trust (
      fixture,
      "SELECT e.person || ' ' || e.type || ' ' || e.author || ' ' || g.state FROM evidence e"
      " JOIN progress g ON g.person = e.person AND g.module = e.module");
  g_assert_cmpstr (there, ==, "ann paper cat checked");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test)                                                                            \
  g_test_add (path, SessionFixture, NULL, session_fixture_set_up, test, session_fixture_tear_down)
  ADD ("/session/handout/pages", test_pages);
  ADD ("/session/handout/words", test_words);
  ADD ("/session/handout/note", test_note);
  ADD ("/session/handout/entered", test_entered);
#undef ADD
  return g_test_run ();
}
