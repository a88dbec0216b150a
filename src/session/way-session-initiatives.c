/* way-session-initiatives.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-certificate.h"
#include "session/way-initiatives.h"

#include "session/way-session-private.h"

#include <glib/gi18n-lib.h>

/* Technologies that are being introduced, and notices. */

#define INITIATIVES                                                                                \
  "SELECT i.* FROM initiative i ORDER BY CASE i.state WHEN 'closed' THEN 1 ELSE 0 END, "           \
  "coalesce (i.go_live, '9999'), i.title, i.initiative"

#define STEPS                                                                                      \
  "SELECT s.id, s.state, s.who, s.because, s.at FROM initiative_step s "                           \
  "WHERE s.initiative = CAST($1 AS text) ORDER BY s.at, s.id"

/* $1 the person, $2 now, $3 '1' for what that person is to see, '' for all that is not over. */
#define NOTICES                                                                                    \
  "WITH word AS (SELECT n.id, n.author, n.unit, n.body ->> 'title' AS title, "                     \
  "n.body ->> 'text' AS text, coalesce (CAST(n.body ->> 'starts' AS integer), n.effective) AS "    \
  "starts, CAST(n.body ->> 'until' AS integer) AS until FROM live n WHERE n.kind = 'notice') "     \
  "SELECT w.id, w.title, w.text, w.starts, w.until, u.name AS unit_name, "                         \
  "CASE WHEN w.author = CAST($1 AS text) THEN 1 ELSE 0 END AS mine FROM word w "                   \
  "LEFT JOIN unit u ON u.unit = w.unit "                                                           \
  "WHERE (w.until IS NULL OR w.until > CAST($2 AS integer)) AND (CAST($3 AS text) = '' "           \
  "OR (w.starts <= CAST($2 AS integer) "                                                           \
  "AND NOT EXISTS (SELECT 1 FROM meta s WHERE s.key = 'seen:' || w.id) "                           \
  "AND NOT EXISTS (SELECT 1 FROM live s WHERE s.kind = 'preference' "                              \
  "AND s.author = CAST($1 AS text) AND s.body ->> 'key' = 'seen:' || w.id) "                       \
  "AND (w.unit IS NULL OR EXISTS (SELECT 1 FROM membership m JOIN unit own ON own.unit = m.unit "  \
  "WHERE m.person = CAST($1 AS text) AND substr (own.path, 1, length (u.path)) = u.path)))) "      \
  "ORDER BY w.starts DESC, w.id"

/* $1 the person. */
#define AUDIENCES                                                                                  \
  "SELECT u.unit, u.name FROM unit u WHERE EXISTS (SELECT 1 FROM role r "                          \
  "WHERE r.person = CAST($1 AS text) AND (r.role = 'lead' OR (r.role = 'champion' "                \
  "AND (r.unit = '' OR EXISTS (SELECT 1 FROM unit top WHERE top.unit = r.unit "                    \
  "AND substr (u.path, 1, length (top.path)) = top.path))))) ORDER BY u.path, u.name"

/**
 * way_session_load_initiatives_async:
 *
 * All of them, by their day; what is closed last.
 */
void
way_session_load_initiatives_async (WaySession *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  const char *job[] = { INITIATIVES, NULL };

  g_return_if_fail (WAY_IS_SESSION (self));

  way_session_query_device (self, way_session_load_initiatives_async, job, cancellable, callback,
                            user_data);
}

/**
 * way_session_load_initiative_steps_async:
 *
 * How one of them has come, step by step.
 */
void
way_session_load_initiative_steps_async (WaySession *self,
                                         const char *initiative,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data)
{
  const char *job[] = { STEPS, initiative, NULL };

  g_return_if_fail (WAY_IS_SESSION (self));
  g_return_if_fail (initiative != NULL);

  way_session_query_device (self, way_session_load_initiative_steps_async, job, cancellable,
                            callback, user_data);
}

/**
 * way_session_write_initiative_async:
 * @body: what is new; without an initiative a new one
 *
 * A step, or another wording. way_session_write_finish() gives the id of a new one.
 */
void
way_session_write_initiative_async (WaySession *self,
                                    const WayInitiativeBody *body,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_return_if_fail (WAY_IS_SESSION (self));
  g_return_if_fail (body != NULL);

  way_session_write_one (self, self, way_session_write_initiative_async, "initiative", body, NULL,
                         NULL, cancellable, callback, user_data);
}

static void
add_said (WayDocument *document, const char *heading, const char *text)
{
  if (*text == '\0')
    return;
  way_document_add (document, WAY_DOCUMENT_HEADING, heading);
  way_document_add (document, WAY_DOCUMENT_TEXT, text);
}

/**
 * way_initiative_make_sheet:
 * @initiative: as it is listed
 * @readiness: of WayRow, as the trust answered
 *
 * Returns: (transfer full): “Are we ready?” for a board: what it is, what it is to bring, and how
 *   many of the people whom it touches have what it asks for, each part by itself
 */
WayDocument *
way_initiative_make_sheet (WaySession *self, WayRow *initiative, GListModel *readiness)
{
  static const double shares[] = { 60, 20, 20 };
  const char *const head[] = { _ ("Part"), _ ("Done"), _ ("People"), NULL };
  const char *go_live = way_row_get_text (initiative, "go_live");
  g_autofree char *title = NULL;
  g_autofree char *base = NULL;
  g_autofree char *today = way_format_day (g_get_real_time ());
  g_autofree char *known = NULL;
  WayDocument *document;

  g_return_val_if_fail (WAY_IS_SESSION (self), NULL);

  /* Translators: %s is the title of something that is being introduced. */
  title = g_strdup_printf (_ ("Are we ready? %s"), way_row_get_text (initiative, "title"));
  document = way_document_new (title, self->organisation != NULL ? self->organisation : "", NULL,
                               way_pack_get_language (self->pack), g_get_real_time ());
  way_document_set_footer (document, title);
  way_document_add (document, WAY_DOCUMENT_TITLE, title);
  if (*go_live != '\0')
    {
      g_autofree char *iso = g_strconcat (go_live, "T12:00:00Z", NULL);
      g_autoptr (GDateTime) noon = g_date_time_new_from_iso8601 (iso, NULL);
      g_autofree char *when = noon != NULL
                                  ? way_format_day (g_date_time_to_unix (noon) * G_USEC_PER_SEC)
                                  : g_strdup (go_live);
      /* Translators: %s is a day, as 31 January 2027. */
      g_autofree char *day = g_strdup_printf (_ ("It goes live on %s."), when);

      way_document_add (document, WAY_DOCUMENT_SUBHEADING, day);
    }
  if (self->is_synthetic)
    way_document_add (document, WAY_DOCUMENT_QUIET,
                      _ ("The people and the organisation are made up, for trying Waymark out."));
  add_said (document, _ ("What it is"), way_row_get_text (initiative, "text"));
  add_said (document, _ ("Why"), way_row_get_text (initiative, "why"));
  add_said (document, _ ("What it is to bring"), way_row_get_text (initiative, "benefit"));
  add_said (document, _ ("Risks"), way_row_get_text (initiative, "risks"));
  base = way_initiative_describe_base (readiness);
  way_document_add (document, WAY_DOCUMENT_HEADING, _ ("Who is ready"));
  /* Translators: %s is a day, as 31 January 2027. */
  known = g_strdup_printf (_ ("As the trust’s database had it on %s."), today);
  way_document_add (document, WAY_DOCUMENT_QUIET, known);
  if (*base != '\0')
    way_document_add (document, WAY_DOCUMENT_QUIET, base);
  way_document_add (document, WAY_DOCUMENT_QUIET,
                    _ ("A module is done by whoever passed its check, or learnt it elsewhere on "
                       "record. Each part is counted by itself."));
  way_document_set_columns (document, shares, G_N_ELEMENTS (shares));
  way_document_add_row (document, head, TRUE);
  /* The first row is of those who have all of it: it stands last. */
  for (guint i = 1; i <= g_list_model_get_n_items (readiness); i++)
    {
      g_autoptr (WayRow)
          row = g_list_model_get_item (readiness, i % g_list_model_get_n_items (readiness));
      int passed = (int) way_row_get_int (row, "passed");
      int people = (int) way_row_get_int (row, "people");
      g_autofree char *all = g_strdup_printf ("%d", people);
      g_autofree char *done = people > 0
                                  ? g_strdup_printf ("%d (%d %%)", passed, 100 * passed / people)
                                  : g_strdup ("0");
      const char *name = way_row_get_text (row, "title");
      const char *const cells[] = { *name != '\0' ? name : _ ("All of it"), done, all, NULL };

      way_document_add_row (document, cells, FALSE);
    }
  return document;
}

/**
 * way_session_load_notices_async:
 * @is_for_me: only what this person is to see now; else all that are not over
 *
 * The newest first.
 */
void
way_session_load_notices_async (WaySession *self,
                                gboolean is_for_me,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_real_time ());
  const char *job[] = { NOTICES, NULL, now, is_for_me ? "1" : "", NULL };

  g_return_if_fail (WAY_IS_SESSION (self));

  job[1] = self->person != NULL ? self->person : "";
  way_session_query_device (self, way_session_load_notices_async, job, cancellable, callback,
                            user_data);
}

/**
 * way_session_put_away_async:
 * @key: the id of a notice, or the key of a test
 *
 * It stands on Today no more, on whichever computer this person signs in. Only what everybody may
 * read is put away so: of an answer to something without a name this would say whose it was.
 */
void
way_session_put_away_async (WaySession *self,
                            const char *key,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autofree char *seen = NULL;
  WayPreferenceBody body = { .value = (char *) "put-away" };

  g_return_if_fail (WAY_IS_SESSION (self));
  g_return_if_fail (key != NULL);

  seen = g_strconcat ("seen:", key, NULL);
  body.key = seen;
  way_session_write_one (self, self, way_session_put_away_async, "preference", &body, NULL, NULL,
                         cancellable, callback, user_data);
}

/**
 * way_session_post_notice_async:
 * @unit: (nullable): whom it is for; NULL for the whole trust
 *
 * Three lines on Today of those it is for.
 */
void
way_session_post_notice_async (WaySession *self,
                               const WayNoticeBody *body,
                               const char *unit,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (WAY_IS_SESSION (self));
  g_return_if_fail (body != NULL);

  way_session_write_one (self, self, way_session_post_notice_async, "notice", body, NULL, unit,
                         cancellable, callback, user_data);
}

/**
 * way_session_load_audiences_async:
 *
 * The places that this person may address a notice to.
 */
void
way_session_load_audiences_async (WaySession *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  const char *job[] = { AUDIENCES, NULL, NULL };

  g_return_if_fail (WAY_IS_SESSION (self));

  job[1] = self->person != NULL ? self->person : "";
  way_session_query_device (self, way_session_load_audiences_async, job, cancellable, callback,
                            user_data);
}
