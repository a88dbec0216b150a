/* way-sign-off.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-sign-off.h"

#include "session/way-session-private.h"
#include "sync/way-access.h"

/* The people of the units of which $1 is a manager. */
#define MINE                                                                                       \
  "WITH mine AS (SELECT m.person, min (m.unit) AS unit FROM membership AS m "                      \
  "JOIN unit AS u ON u.unit = m.unit "                                                             \
  "JOIN role AS r ON r.person = CAST($1 AS text) AND r.role = 'manager' "                          \
  "JOIN unit AS top ON r.unit IN (top.unit, '') "                                                  \
  "AND substr (u.path, 1, length (top.path)) = top.path "                                          \
  "WHERE m.person <> CAST($1 AS text) GROUP BY m.person) "

#define TEAM                                                                                       \
  MINE                                                                                             \
      "SELECT p.person, p.name, p.staff_group, p.job, mine.unit, u.name AS unit_name, "            \
      "(SELECT count(*) FROM progress AS g WHERE g.person = p.person "                             \
      "AND g.state IN ('checked', 'done')) AS modules, "                                           \
      "(SELECT count(*) FROM progress AS g WHERE g.person = p.person "                             \
      "AND g.state IN ('started', 'practised')) AS begun, "                                        \
      "(SELECT count(*) FROM evidence AS v WHERE v.person = p.person AND v.type <> 'signed-off') " \
      "AS evidence, "                                                                              \
      "(SELECT max (v.at) FROM evidence AS v WHERE v.person = p.person AND v.type <> "             \
      "'signed-off') "                                                                             \
      "AS last "                                                                                   \
      "FROM mine JOIN person AS p ON p.person = mine.person AND coalesce (p.ended, 0) = 0 "        \
      "LEFT JOIN unit AS u ON u.unit = mine.unit ORDER BY p.name, p.person"

/* $2 one of them. */
#define ONE                                                                                        \
  MINE "SELECT v.source, v.type, v.module, v.outcome, v.at FROM evidence AS v "                    \
       "JOIN mine ON mine.person = v.person "                                                      \
       "WHERE v.person = CAST($2 AS text) AND NOT (v.type = 'signed-off' AND v.outcome = '') "     \
       "ORDER BY v.at DESC, v.source DESC, v.outcome"

/* $1 whoever is signed in, $2 1 where they gave it. */
#define SIGNED                                                                                     \
  "SELECT e.id, e.person, e.body->>'by' AS by, e.body->>'note' AS text, "                          \
  "e.body->>'asked' AS asked, e.body->>'result' AS result, e.effective AS at, "                    \
  "(SELECT min(r.effective) FROM readable r WHERE r.refers = e.id AND r.kind = 'retraction' "      \
  "AND r.author = e.author AND r.allowed = 1) AS withdrawn, "                                      \
  "(SELECT max(t.ended) FROM attempt t WHERE t.person = e.person AND t.stands = 1 "                \
  "AND t.type NOT IN ('check', 'practice', 'refresher') AND t.ended <= e.effective) AS measured "  \
  "FROM readable e WHERE e.kind = 'evidence' AND e.allowed = 1 "                                   \
  "AND e.body->>'type' = 'signed-off' AND e.body->>'outcome' = '' "                                \
  "AND e.author <> e.person AND CASE WHEN CAST($2 AS integer) = 1 THEN e.author "                  \
  "ELSE e.person END = CAST($1 AS text) ORDER BY e.effective DESC, e.id DESC"

#define REQUIREMENTS "SELECT ident, level FROM catalogue WHERE part = 'requirement'"

typedef struct
{
  char *uri;
  char *own;
  char *person; /* (nullable) */
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  g_free (self->uri);
  g_free (self->own);
  g_free (self->person);
  g_free (self);
}

static void
trust_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Job *job = task_data;
  const char *values[] = { job->own, job->person, NULL };
  g_autoptr (GError) error = NULL;
  WayStore *trust = way_session_get_trust (source, job->uri, &error);
  GListStore *rows = NULL;

  if (trust != NULL
      && (job->person == NULL || way_access_look (trust, "person", NULL, job->person, &error)))
    {
      way_db_set_cancellable (way_store_get_db (trust), cancellable);
      rows = way_row_query (way_store_get_db (trust), job->person != NULL ? ONE : TEAM, values,
                            &error);
      way_db_set_cancellable (way_store_get_db (trust), NULL);
    }
  if (rows == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, rows, g_object_unref);
}

static void
ask_trust (WaySession *self,
           gpointer tag,
           const char *person,
           GCancellable *cancellable,
           GAsyncReadyCallback callback,
           gpointer user_data)
{
  g_autoptr (GTask) task = way_session_begin (self, self, tag, cancellable, callback, user_data);
  g_autofree char *file = NULL;
  Job *job;

  if (way_session_refuse_others (self, task, WAY_ROLE_MANAGER))
    return;
  /* A trust on a server writes it down itself. */
  file = way_db_dup_path (self->trust_uri);
  if (file != NULL && person != NULL)
    way_session_record_access (self, "person", NULL, person);
  job = g_new0 (Job, 1);
  job->uri = g_strdup (self->trust_uri);
  job->own = g_strdup (self->person);
  job->person = g_strdup (person);
  g_task_set_task_data (task, job, job_free);
  way_worker_run (self->read_worker, task, trust_thread);
}

/**
 * way_sign_off_load_team_async:
 *
 * The people of the manager's units, and how far they are. Finish with way_session_list_finish().
 */
void
way_sign_off_load_team_async (WaySession *session,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (WAY_IS_SESSION (session));

  ask_trust (session, way_sign_off_load_team_async, NULL, cancellable, callback, user_data);
}

/**
 * way_sign_off_open_async:
 * @person: one of them
 *
 * What there is to show of somebody. Finish with way_session_list_finish().
 */
void
way_sign_off_open_async (WaySession *session,
                         const char *person,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_return_if_fail (WAY_IS_SESSION (session));
  g_return_if_fail (person != NULL);

  ask_trust (session, way_sign_off_open_async, person, cancellable, callback, user_data);
}

typedef struct
{
  char *person;
  char *staff_group;
  char *job;
  char *unit;
  char *result;
  char *text;
} Saying;

static void
saying_free (gpointer data)
{
  Saying *self = data;

  g_free (self->person);
  g_free (self->staff_group);
  g_free (self->job);
  g_free (self->unit);
  g_free (self->result);
  g_free (self->text);
  g_free (self);
}

/* “core 12 F:2 C:3”: the pack with its version, and the levels that the person's work asks for
 * now. */
static char *
describe_asked (WaySession *self, WayDb *db, const Saying *saying, GError **error)
{
  g_autoptr (GHashTable) changes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GListStore) rows = way_row_query (db, REQUIREMENTS, NULL, error);
  GPtrArray *capabilities = way_pack_get_capabilities (self->pack);
  int required[WAY_MAX_CAPABILITIES] = { 0 };
  GString *text;

  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (rows)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (rows), i);

      g_hash_table_insert (changes, g_strdup (way_row_get_text (row, "ident")),
                           GINT_TO_POINTER ((int) way_row_get_int (row, "level")));
    }
  way_requirement_judge (self->pack, saying->staff_group, saying->job, changes, required);
  text = g_string_new (NULL);
  g_string_printf (text, "%s %d", way_pack_get_id (self->pack), way_pack_get_version (self->pack));
  for (guint i = 0; i < capabilities->len && i < WAY_MAX_CAPABILITIES; i++)
    if (required[i] > 0)
      g_string_append_printf (text, " %s:%d", ((const WayCapability *) capabilities->pdata[i])->id,
                              required[i]);
  return g_string_free (text, FALSE);
}

static void
say_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WaySession *self = source;
  const Saying *saying = task_data;
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (GError) error = NULL;
  WayDb *db = way_session_get_db (self, &error);
  g_autofree char *asked = db != NULL ? describe_asked (self, db, saying, &error) : NULL;
  WayEvidenceBody body = { .outcome = (char *) "",
                           .type = (char *) "signed-off",
                           .note = saying->text,
                           .by = self->person_name,
                           .result = saying->result,
                           .asked = asked };
  WayEvent *draft = asked != NULL ? way_session_draft ("evidence", &body, &error) : NULL;

  if (draft != NULL)
    {
      draft->subject = g_strdup (saying->person);
      draft->unit = g_strdup (saying->unit);
      g_ptr_array_add (drafts, draft);
    }
  if (draft == NULL || !way_session_append (self, drafts, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_strdup (draft->id), g_free);
}

/**
 * way_sign_off_say_async:
 * @person: as the team is listed
 * @result: (nullable): the newest evidence that was seen
 * @text: the manager's words
 *
 * Signs off what somebody has done as a whole. Finish with way_session_write_finish().
 */
void
way_sign_off_say_async (WaySession *session,
                        WayRow *person,
                        const char *result,
                        const char *text,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Saying *saying;

  g_return_if_fail (WAY_IS_SESSION (session));
  g_return_if_fail (WAY_IS_ROW (person));

  task = way_session_begin (session, session, way_sign_off_say_async, cancellable, callback,
                            user_data);
  saying = g_new0 (Saying, 1);
  saying->person = g_strdup (way_row_get_text (person, "person"));
  saying->staff_group = g_strdup (way_row_get_text (person, "staff_group"));
  if (way_row_has (person, "job"))
    saying->job = g_strdup (way_row_get_text (person, "job"));
  saying->unit = g_strdup (way_row_get_text (person, "unit"));
  saying->result = g_strdup (result);
  saying->text = g_strdup (text);
  g_task_set_task_data (task, saying, saying_free);
  way_worker_run (session->store_worker, task, say_thread);
  way_session_schedule_sync (session, 3);
}

/**
 * way_sign_off_load_async:
 * @is_given: what one has signed off; else what was signed off of oneself
 *
 * From one's own store, also what was withdrawn. Finish with way_session_list_finish().
 */
void
way_sign_off_load_async (WaySession *session,
                         gboolean is_given,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  const char *job[] = { SIGNED, NULL, is_given ? "1" : "0", NULL };

  g_return_if_fail (WAY_IS_SESSION (session));

  job[1] = session->person != NULL ? session->person : "";
  way_session_query_device (session, way_sign_off_load_async, job, cancellable, callback,
                            user_data);
}
