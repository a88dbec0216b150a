/* test-certificate.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session-fixture.h"

#include "../report/pdf-read.h"
#include "session/way-certificate.h"
#include "sync/way-certificate-check.h"

/* Certificates from a passed check to the paper, and what the trust says of them. */

static char *
write_body (SessionFixture *fixture, const char *kind, gconstpointer body)
{
  way_session_write_one (fixture->session, fixture->session, write_body, kind, body, NULL, NULL,
                         NULL, session_fixture_got_cb, fixture);
  return session_fixture_wrote (fixture);
}

#define ASKED 5

/* A check whose answers are there too, which a trust asks for. */
static void
finish_check (SessionFixture *fixture, const char *module, gboolean is_passed)
{
  WayPack *pack = way_session_get_pack (fixture->session);
  WayAttemptBody begun = { .type = (char *) "check",
                           .pack = (char *) way_pack_get_id (pack),
                           .pack_version = way_pack_get_version (pack),
                           .parameters = (char *) "",
                           .language = (char *) "en-GB",
                           .seed = (char *) "1",
                           .module = (char *) module,
                           .draw = (char *) "q1 q2 q3 q4 q5",
                           .try = 1,
                           .level = WAY_NO_INTEGER };
  g_autofree char *attempt = write_body (fixture, "attempt", &begun);
  WayAttemptEndBody ended = { .attempt = attempt,
                              .type = (char *) "check",
                              .how = (char *) "finished",
                              .module = (char *) module,
                              .asked = ASKED,
                              .right = is_passed ? ASKED : 1,
                              .score = is_passed ? 1 : 0.2,
                              .passed = is_passed };
  g_autofree char *end = NULL;

  for (int i = 0; i < ASKED; i++)
    {
      g_autofree char *item = g_strdup_printf ("q%d", i + 1);
      WayResponseBody body = { .attempt = attempt,
                               .ordinal = i + 1,
                               .item = item,
                               .answer = (char *) "A",
                               .score = i < ended.right,
                               .ms = 9000,
                               .counted = TRUE };
      g_autofree char *id = write_body (fixture, "response", &body);
    }
  end = write_body (fixture, "attempt_end", &ended);
}

static WayCertificate *
get (SessionFixture *fixture, const char *part, const char *ident, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  way_session_make_certificate_async (fixture->session, part, ident, NULL, session_fixture_got_cb,
                                      fixture);
  result = session_fixture_wait (fixture);
  return way_session_make_certificate_finish (fixture->session, result, error);
}

static GListModel *
list (SessionFixture *fixture)
{
  way_session_load_certificates_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  return session_fixture_listed (fixture);
}

static void
assert_refused (SessionFixture *fixture, const char *part, const char *ident)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (get (fixture, part, ident, &error));
  g_assert_error (error, WAY_SESSION_ERROR, WAY_SESSION_ERROR_NOT_YOURS);
}

static WayCertificateState
ask_trust (SessionFixture *fixture, const char *code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = way_store_open_trust (fixture->uri, TRUE, &error);
  g_autoptr (WayCertificateAnswer) answer = NULL;

  g_assert_no_error (error);
  answer = way_certificate_check (trust, code, &error);
  g_assert_no_error (error);
  way_store_close (trust);
  return answer->state;
}

/* The trust teaches what is taught here. */
static void
publish (SessionFixture *fixture)
{
  WayPack *pack = way_session_get_pack (fixture->session);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = way_store_open_trust (fixture->uri, FALSE, &error);
  static const char *const parts[][3] = { { "module", "B4", "" },
                                          { "module", "B5", "" },
                                          { "pathway", "champion", "B4,B5" } };

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *body = g_strdup_printf (
          "{'part':'%s','pack':'core','version':%d,'ident':'%s','name':'x','required':'%s',"
          "'position':1}",
          parts[i][0], way_pack_get_version (pack), parts[i][1], parts[i][2]);

      session_fixture_add (trust, NULL, "pack_release", body);
    }
  way_store_close (trust);
}

/* Made at once, with no trust in reach; the same one ever after; valid when it was received. */
static void
test_module (SessionFixture *fixture, gconstpointer data)
{
  const WayModule *module = way_pack_find_module (way_session_get_pack (fixture->session), "B4");
  g_autoptr (WayCertificate) first = NULL;
  g_autoptr (GError) error = NULL;

  publish (fixture);
  session_fixture_sign_in (fixture, "ann");
  assert_refused (fixture, "module", "B4");
  finish_check (fixture, "B4", FALSE);
  assert_refused (fixture, "module", "B4");
  assert_refused (fixture, "module", "no such module");
  finish_check (fixture, "B4", TRUE);
  way_session_set_work_offline (fixture->session, TRUE);
  session_fixture_settle (fixture);
  {
    g_autoptr (GListModel) rows = list (fixture);
    g_autoptr (WayRow) row = g_list_model_get_item (rows, 0);

    g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 1);
    g_assert_cmpstr (way_row_get_text (row, "part"), ==, "module");
    g_assert_cmpstr (way_row_get_text (row, "title"), ==, module->title);
    g_assert_false (way_row_has (row, "code"));
  }
  first = get (fixture, "module", "B4", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (first->title, ==, module->title);
  g_assert_cmpint (first->version, ==, module->version);
  g_assert_cmpstr (first->name, ==, "Ann Ward");
  g_assert_cmpstr (first->organisation, ==, "Test");
  g_assert_cmpuint (g_strv_length (first->shown), ==, module->outcomes->len);
  g_assert_cmpint (first->earned, >, 0);
  g_assert_false (first->is_received);
  g_assert_cmpint (ask_trust (fixture, first->code), ==, WAY_CERTIFICATE_UNKNOWN);
  /* Passed once more, and asked for again. */
  finish_check (fixture, "B4", TRUE);
  {
    g_autoptr (WayCertificate) again = get (fixture, "module", "B4", &error);
    g_autoptr (GListModel) rows = list (fixture);
    g_autoptr (WayRow) row = g_list_model_get_item (rows, 0);

    g_assert_no_error (error);
    g_assert_cmpstr (again->code, ==, first->code);
    g_assert_cmpint (again->earned, ==, first->earned);
    g_assert_cmpstr (way_row_get_text (row, "code"), ==, first->code);
  }
  way_session_set_work_offline (fixture->session, FALSE);
  session_fixture_sync_now (fixture);
  g_assert_cmpint (ask_trust (fixture, first->code), ==, WAY_CERTIFICATE_VALID);
  {
    g_autofree char *n = session_fixture_ask_trust (
        fixture, "SELECT count(*) FROM event WHERE kind = 'certificate'");
    g_autoptr (WayCertificate) received = get (fixture, "module", "B4", &error);

    g_assert_no_error (error);
    g_assert_cmpstr (n, ==, "1");
    g_assert_cmpstr (received->code, ==, first->code);
    g_assert_true (received->is_received);
  }
}

static void
test_pathway (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (WayCertificate) certificate = NULL;
  g_autoptr (GError) error = NULL;

  publish (fixture);
  session_fixture_sign_in (fixture, "ann");
  finish_check (fixture, "B4", TRUE);
  assert_refused (fixture, "pathway", "champion");
  assert_refused (fixture, "pathway", "no such pathway");
  finish_check (fixture, "B5", TRUE);
  {
    g_autoptr (GListModel) rows = list (fixture);
    g_autoptr (WayRow) row = g_list_model_get_item (rows, 0);

    g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 3);
    g_assert_cmpstr (way_row_get_text (row, "part"), ==, "pathway");
    g_assert_cmpstr (way_row_get_text (row, "ident"), ==, "champion");
  }
  certificate = get (fixture, "pathway", "champion", &error);
  g_assert_no_error (error);
  g_assert_true (certificate->is_pathway);
  g_assert_cmpuint (g_strv_length (certificate->shown), ==, 2);
  session_fixture_sync_now (fixture);
  g_assert_cmpint (ask_trust (fixture, certificate->code), ==, WAY_CERTIFICATE_VALID);
}

/* Everything that is promised stands on the paper, as another program reads it. */
static void
test_paper (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (WayCertificate) certificate = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDocument) document = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *words = NULL;
  g_autofree char *info = NULL;
  g_autofree char *structure = NULL;
  g_autofree char *day = NULL;
  g_autofree char *name = NULL;

  session_fixture_sign_in (fixture, "ann");
  finish_check (fixture, "B4", TRUE);
  certificate = get (fixture, "module", "B4", &error);
  g_assert_no_error (error);
  document = way_certificate_make_document (certificate);
  g_assert_cmpuint (way_document_get_n_pages (document), ==, 1);
  pdf = way_document_make_pdf (document, NULL, NULL, &error);
  g_assert_no_error (error);
  words = pdf_read_words (pdf);
  day = way_format_day (certificate->earned);
  assert_has (words, "CERTIFICATE");
  assert_has (words, "Ann Ward");
  assert_has (words, certificate->title);
  for (guint i = 0; certificate->shown[i] != NULL; i++)
    assert_has (words, certificate->shown[i]);
  assert_has (words, "version");
  assert_has (words, day);
  assert_has (words, "Test");
  assert_has (words, certificate->code);
  assert_has (words, "waymarkctl certificate verify");
  assert_has (words, "once the computer that it was made on has synced");
  assert_has (words, "made up");
  info = pdf_read (pdf, "pdfinfo", NULL);
  assert_has (info, "Ann Ward");
  assert_has (info, "Author:          Test");
  structure = pdf_read (pdf, "pdfinfo", "-struct-text");
  assert_has (structure, "H1 (block)\n    \"Ann Ward\"");
  name = way_certificate_suggest_name (certificate);
  g_assert_true (g_str_has_suffix (name, ".pdf"));
  g_assert_null (strchr (name, '/'));
}

/* Days are those of England, summer and winter. */
static void
test_day (void)
{
  g_autofree char *summer = way_format_day (G_GINT64_CONSTANT (1777847400000000));
  g_autofree char *night = way_format_day (G_GINT64_CONSTANT (1777849200000000));
  g_autofree char *winter = way_format_day (G_GINT64_CONSTANT (1767225599000000));

  g_assert_cmpstr (summer, ==, "3 May 2026");
  g_assert_cmpstr (night, ==, "4 May 2026");
  g_assert_cmpstr (winter, ==, "31 December 2025");
}

#define ADD(name, test)                                                                            \
  g_test_add ("/session/certificate/" name, SessionFixture, NULL, session_fixture_set_up, test,    \
              session_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("module", test_module);
  ADD ("pathway", test_pathway);
  ADD ("paper", test_paper);
  g_test_add_func ("/session/certificate/day", test_day);
  return g_test_run ();
}
