/* way-session-initiatives.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

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

/* $1 units, $2 staff groups, $3 modules, all by spaces, empty for all. A place has those below
 * it. */
#define READINESS                                                                                  \
  "WITH touched AS (SELECT DISTINCT p.person FROM person p "                                       \
  "JOIN membership m ON m.person = p.person JOIN unit u ON u.unit = m.unit WHERE p.ended = 0 "     \
  "AND (CAST($1 AS text) = '' OR EXISTS (SELECT 1 FROM unit top "                                  \
  "WHERE ' ' || CAST($1 AS text) || ' ' LIKE '% ' || top.unit || ' %' "                            \
  "AND substr (u.path, 1, length (top.path)) = top.path)) "                                        \
  "AND (CAST($2 AS text) = '' OR ' ' || CAST($2 AS text) || ' ' "                                  \
  "LIKE '% ' || p.staff_group || ' %')) "                                                          \
  "SELECT '' AS module, count(*) AS passed, count(*) AS people FROM touched "                      \
  "UNION ALL SELECT g.module, count(*), (SELECT count(*) FROM touched) FROM progress g "           \
  "JOIN touched t ON t.person = g.person WHERE g.state IN ('checked', 'done') "                    \
  "AND ' ' || CAST($3 AS text) || ' ' LIKE '% ' || g.module || ' %' GROUP BY g.module ORDER BY 1"

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

typedef struct
{
  char *uri;
  char **job;
} TrustJob;

static void
trust_job_free (gpointer data)
{
  TrustJob *job = data;

  g_free (job->uri);
  g_strfreev (job->job);
  g_free (job);
}

static void
trust_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  TrustJob *job = task_data;
  g_autoptr (GError) error = NULL;
  WayStore *trust = way_session_get_trust (source, job->uri, &error);
  GListStore *rows = NULL;

  if (trust != NULL)
    rows = way_row_query (way_store_get_db (trust), job->job[0], (const char *const *) job->job + 1,
                          &error);
  if (rows == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, rows, g_object_unref);
}

/* A staff list may have a staff group's name in the place of its id. */
static char *
dup_roles (WaySession *self, const char *ids)
{
  GPtrArray *roles = way_pack_get_roles (self->pack);
  g_auto (GStrv) parts = g_strsplit (ids, " ", -1);
  GString *all = g_string_new (ids);

  for (guint i = 0; i < roles->len; i++)
    {
      const WayRole *role = g_ptr_array_index (roles, i);

      if (g_strv_contains ((const char *const *) parts, role->id))
        g_string_append_printf (all, " %s", role->name);
    }
  return g_string_free (all, FALSE);
}

/**
 * way_session_load_readiness_async:
 * @units: ids of places by spaces, "" for the whole trust
 * @roles: staff groups by spaces, "" for all
 * @modules: ids by spaces
 *
 * How many of the people whom something touches have passed each module. A lead asks the trust.
 */
void
way_session_load_readiness_async (WaySession *self,
                                  const char *units,
                                  const char *roles,
                                  const char *modules,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *groups = NULL;
  TrustJob *job;

  g_return_if_fail (WAY_IS_SESSION (self));
  g_return_if_fail (units != NULL && roles != NULL && modules != NULL);

  task = way_session_begin (self, self, way_session_load_readiness_async, cancellable, callback,
                            user_data);
  if (self->trust_uri == NULL || (self->roles & WAY_ROLE_LEAD) == 0)
    {
      g_task_return_new_error (task, WAY_SESSION_ERROR, WAY_SESSION_ERROR_NOT_YOURS, "%s",
                               _ ("Only a training lead sees this."));
      return;
    }
  job = g_new0 (TrustJob, 1);
  job->uri = g_strdup (self->trust_uri);
  groups = dup_roles (self, roles);
  {
    const char *values[] = { READINESS, units, groups, modules, NULL };

    job->job = g_strdupv ((char **) values);
  }
  g_task_set_task_data (task, job, trust_job_free);
  way_worker_run (self->read_worker, task, trust_thread);
}

static const char *
describe_module (WaySession *self, const char *id)
{
  const WayModule *module = way_pack_find_module (self->pack, id);

  return module != NULL ? module->title : id;
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
  const char *const head[] = { _ ("Module"), _ ("Passed"), _ ("People"), NULL };
  const char *go_live = way_row_get_text (initiative, "go_live");
  g_auto (GStrv) modules = NULL;
  g_autofree char *title = NULL;
  WayDocument *document;
  gint64 people = 0;

  g_return_val_if_fail (WAY_IS_SESSION (self), NULL);

  modules = g_strsplit (way_row_get_text (initiative, "modules"), " ", -1);
  /* Translators: %s is the title of something that is being introduced. */
  title = g_strdup_printf (_ ("Are we ready? %s"), way_row_get_text (initiative, "title"));
  document = way_document_new (title, self->organisation != NULL ? self->organisation : "", NULL,
                               way_pack_get_language (self->pack), g_get_real_time ());
  way_document_set_footer (document, title);
  way_document_add (document, WAY_DOCUMENT_TITLE, title);
  if (*go_live != '\0')
    {
      /* Translators: %s is a day, as 2027-01-31. */
      g_autofree char *day = g_strdup_printf (_ ("It goes live on %s."), go_live);

      way_document_add (document, WAY_DOCUMENT_SUBHEADING, day);
    }
  if (self->is_synthetic)
    way_document_add (document, WAY_DOCUMENT_QUIET,
                      _ ("The people and the organisation are made up, for trying Waymark out."));
  add_said (document, _ ("What it is"), way_row_get_text (initiative, "text"));
  add_said (document, _ ("Why"), way_row_get_text (initiative, "why"));
  add_said (document, _ ("What it is to bring"), way_row_get_text (initiative, "benefit"));
  add_said (document, _ ("Risks"), way_row_get_text (initiative, "risks"));
  for (guint i = 0; i < g_list_model_get_n_items (readiness); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (readiness, i);

      if (*way_row_get_text (row, "module") == '\0')
        people = way_row_get_int (row, "people");
    }
  way_document_add (document, WAY_DOCUMENT_HEADING, _ ("Who is ready"));
  way_document_add (document, WAY_DOCUMENT_QUIET,
                    _ ("Of the people who work today in the places that it touches: passed the "
                       "check of the module. Each module is counted by itself."));
  way_document_set_columns (document, shares, G_N_ELEMENTS (shares));
  way_document_add_row (document, head, TRUE);
  for (guint i = 0; modules[i] != NULL; i++)
    {
      gint64 passed = 0;
      g_autofree char *done = NULL;
      g_autofree char *all = g_strdup_printf ("%d", (int) people);

      if (*modules[i] == '\0')
        continue;
      for (guint k = 0; k < g_list_model_get_n_items (readiness); k++)
        {
          g_autoptr (WayRow) row = g_list_model_get_item (readiness, k);

          if (g_str_equal (way_row_get_text (row, "module"), modules[i]))
            passed = way_row_get_int (row, "passed");
        }
      done = people > 0
                 ? g_strdup_printf ("%d (%d %%)", (int) passed, (int) (100 * passed / people))
                 : g_strdup ("0");
      {
        const char *const cells[] = { describe_module (self, modules[i]), done, all, NULL };

        way_document_add_row (document, cells, FALSE);
      }
    }
  if (*way_row_get_text (initiative, "parts") != '\0')
    add_said (document, _ ("Counted outside of Waymark"), way_row_get_text (initiative, "parts"));
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
