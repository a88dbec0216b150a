/* way-journal.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-journal.h"

#include "session/way-session-private.h"
#include "store/way-seal.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A draft's place among what the store remembers. Under it: what it takes the place of, or where
 * it was written. */
#define DRAFT "draft."

/* $1 is the person. Of each note the newest word counts, and an empty one takes it away; a draft
 * of this computer stands before it. The same with other columns for both kinds. */
#define WRITTEN(kind, columns)                                                                     \
  "WITH written AS (SELECT coalesce(e.body->>'" kind "', e.id) AS id, e.effective AS at, e.body, " \
  "row_number() OVER (PARTITION BY coalesce(e.body->>'" kind                                       \
  "', e.id) ORDER BY e.effective DESC, e.id DESC) AS age FROM live e WHERE e.kind = '" kind        \
  "' AND e.author = CAST($1 AS text)), "                                                           \
  "draft AS (SELECT m.key, way_open(m.value) AS body FROM meta m WHERE m.value <> '' "             \
  "AND substr(m.key, 1, length('" DRAFT kind ".')) = '" DRAFT kind ".'), "                         \
  "every AS (SELECT w.id, w.at, coalesce(d.body, w.body) AS body, "                                \
  "CASE WHEN d.key IS NULL THEN 0 ELSE 1 END AS is_draft FROM written w "                          \
  "LEFT JOIN draft d ON d.body->>'" kind "' = w.id "                                               \
  "WHERE w.age = 1 AND (w.body->>'text' <> '' OR d.key IS NOT NULL) "                              \
  "UNION ALL SELECT NULL, NULL, d.body, 1 FROM draft d WHERE d.body->>'" kind "' IS NULL) "        \
  "SELECT v.id, v.at, v.is_draft, v.body->>'text' AS text, v.body->>'module' AS module, " columns  \
  " FROM every v ORDER BY v.at IS NOT NULL, v.at DESC, v.id"

#define NOTES WRITTEN ("note", "v.body->>'step' AS step")
#define REFLECTIONS                                                                                \
  WRITTEN ("reflection",                                                                           \
           "v.body->>'outcome' AS outcome, v.body->>'learned' AS learned, "                        \
           "v.body->>'change' AS change, v.body->>'code' AS code, "                                \
           "v.body->>'minutes' AS minutes, coalesce(v.body->>'day', CAST(v.at AS text)) AS day")

typedef struct
{
  const char *kind;
  char *key;       /* of the draft */
  char *json;      /* of the draft; NULL where it is kept */
  WayEvent *draft; /* (nullable) what is appended */
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  g_free (self->key);
  g_free (self->json);
  g_clear_pointer (&self->draft, way_event_free);
  g_free (self);
}

/* By what it replaces, else by where it was written: one draft a step, one for a module. */
static char *
dup_key (const char *kind, gconstpointer body)
{
  const WayNoteBody *note = body;
  const WayReflectionBody *reflection = body;

  if (g_str_equal (kind, "note"))
    return note->note != NULL ? g_strconcat (DRAFT "note.", note->note, NULL)
                              : g_strconcat (DRAFT "note.", note->module, " ", note->step, NULL);
  if (reflection->reflection != NULL)
    return g_strconcat (DRAFT "reflection.", reflection->reflection, NULL);
  return g_strconcat (DRAFT "reflection.", reflection->module != NULL ? reflection->module : "-",
                      " ", reflection->outcome, NULL);
}

static void
journal_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WaySession *self = source;
  const Job *job = task_data;
  g_autoptr (GPtrArray) drafts = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *sealed = job->json != NULL ? way_seal_close (job->json) : g_strdup ("");
  g_autofree char *known = NULL;

  if (job->draft != NULL)
    g_ptr_array_add (drafts, job->draft);
  if (way_session_get_db (self, &error) == NULL
      || (drafts->len > 0 && !way_session_append (self, drafts, &error)))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  known = way_store_get_meta (self->store, job->key, NULL);
  if (g_strcmp0 (known != NULL ? known : "", sealed) != 0
      && !way_store_set_meta (self->store, job->key, sealed, &error))
    {
      g_task_return_new_error (task, WAY_SESSION_ERROR, WAY_SESSION_ERROR_NOT_SAVED,
                               /* Translators: %s is a technical reason. */
                               _ ("This is not saved yet: %s"), error->message);
      return;
    }
  if (job->draft != NULL)
    way_session_emit_changed (self);
  g_task_return_pointer (task, g_strdup (job->draft != NULL ? job->draft->id : ""), g_free);
}

/* What was never kept and holds nothing leaves nothing. */
static gboolean
is_nothing (const char *kind, gconstpointer body)
{
  const WayNoteBody *note = body;
  const WayReflectionBody *reflection = body;

  if (g_str_equal (kind, "note"))
    return note->note == NULL && *note->text == '\0';
  return reflection->reflection == NULL && *reflection->text == '\0';
}

static void
save (WaySession *self,
      gpointer tag,
      const char *kind,
      gconstpointer body,
      gboolean is_kept,
      GCancellable *cancellable,
      GAsyncReadyCallback callback,
      gpointer user_data)
{
  g_autoptr (GTask) task = way_session_begin (self, self, tag, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;
  WayEvent *draft = way_session_draft (kind, body, &error);
  Job *job;

  if (draft == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  job = g_new0 (Job, 1);
  job->key = dup_key (kind, body);
  if (is_kept && !is_nothing (kind, body))
    job->draft = draft;
  else if (is_kept)
    way_event_free (draft);
  else
    {
      job->json = g_strdup (draft->body);
      way_event_free (draft);
    }
  g_task_set_task_data (task, job, job_free);
  way_worker_run (self->store_worker, task, journal_thread);
  if (is_kept)
    way_session_schedule_sync (self, 3);
}

/**
 * way_journal_draft_async:
 * @kind: "note" or "reflection"
 * @body: of that kind
 *
 * What has been typed so far lies on this computer from now on, and goes nowhere.
 */
void
way_journal_draft_async (WaySession *session,
                         const char *kind,
                         gconstpointer body,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_return_if_fail (WAY_IS_SESSION (session) && body != NULL);

  save (session, way_journal_draft_async, kind, body, FALSE, cancellable, callback, user_data);
}

/**
 * way_journal_keep_async:
 * @kind: "note" or "reflection"
 * @body: of that kind; an empty text takes it away
 *
 * Keeps what was written, in place of what it names, and forgets the draft. It follows the person
 * to other desktops.
 */
void
way_journal_keep_async (WaySession *session,
                        const char *kind,
                        gconstpointer body,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_return_if_fail (WAY_IS_SESSION (session) && body != NULL);

  save (session, way_journal_keep_async, kind, body, TRUE, cancellable, callback, user_data);
}

static void
load_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WaySession *self = source;
  char **query = task_data;
  const char *values[] = { query[1], NULL };
  g_autoptr (GError) error = NULL;
  WayDb *db = way_session_get_db (self, &error);
  GListStore *rows = db != NULL ? way_row_query (db, query[0], values, &error) : NULL;

  if (rows == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, rows, g_object_unref);
}

/**
 * way_journal_load_async:
 * @kind: "note" or "reflection"
 *
 * What the person has written, drafts of this computer first. Finish with
 * way_session_list_finish().
 */
void
way_journal_load_async (WaySession *session,
                        const char *kind,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  const char *query[3] = { NULL };

  g_return_if_fail (WAY_IS_SESSION (session));

  query[0] = g_str_equal (kind, "note") ? NOTES : REFLECTIONS;
  query[1] = session->person != NULL ? session->person : "";
  task = way_session_begin (session, session, way_journal_load_async, cancellable, callback,
                            user_data);
  g_task_set_task_data (task, g_strdupv ((char **) query), (GDestroyNotify) g_strfreev);
  way_worker_run (session->store_worker, task, load_thread);
}
