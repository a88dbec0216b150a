/* way-round.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-round.h"

#include <glib/gi18n-lib.h>

#include "session/way-paper-private.h"
#include "session/way-schedule.h"
#include "session/way-session-private.h"

#define OPEN_ROUNDS                                                                                \
  "SELECT a.attempt, e.body->>'draw' AS draw, e.body->>'seed' AS seed "                            \
  "FROM attempt a JOIN live e ON e.id = a.attempt WHERE a.person = CAST($1 AS text) "              \
  "AND a.type = 'refresher' AND a.module = CAST($2 AS text) AND a.ended IS NULL "                  \
  "ORDER BY a.started DESC, a.attempt DESC"

/* What a round is opened with. */
typedef struct
{
  WaySession *session; /* (unowned) of the task */
  WayPaper *paper;
  char *person;
  char *skill;
} Job;

static void
job_free (Job *job)
{
  g_object_unref (job->paper);
  g_free (job->person);
  g_free (job->skill);
  g_free (job);
}

/* Whether these questions of the module are about the skill, as the pack has it now. */
static gboolean
is_about (const WayModule *module, const char *skill, char **draw)
{
  for (guint i = 0; i < module->check->len; i++)
    {
      const WayCheckItem *item = module->check->pdata[i];

      if (draw[0] != NULL && g_str_equal (item->id, draw[0]))
        return g_strcmp0 (item->outcome, skill) == 0;
    }
  return FALSE;
}

/* A round that was left goes on where it was. */
static gboolean
resume (const Job *job, GError **error)
{
  WayModule *module = way_paper_get_module (job->paper);
  const char *values[] = { job->person, module->id, NULL };
  WayDb *db = way_session_get_db (job->session, error);
  g_autoptr (GListStore) open = NULL;

  if (db != NULL)
    open = way_row_query (db, OPEN_ROUNDS, values, error);
  if (open == NULL)
    return FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (open)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (open), i);
      g_auto (GStrv) draw = g_strsplit (way_row_get_text (row, "draw"), " ", -1);

      if (is_about (module, job->skill, draw))
        return way_paper_resume (job->paper, way_row_get_text (row, "attempt"),
                                 (const char *const *) draw,
                                 g_ascii_strtoull (way_row_get_text (row, "seed"), NULL, 10),
                                 error);
    }
  return TRUE;
}

static gboolean
begin (const Job *job, GError **error)
{
  guint64 seed = way_session_new_seed ();
  g_autoptr (GPtrArray)
      drawn = way_schedule_draw (job->session, job->person, way_paper_get_module (job->paper),
                                 job->skill, seed, error);
  char **draw;

  if (drawn == NULL)
    return FALSE;
  if (drawn->len == 0)
    {
      g_set_error_literal (error, WAY_SESSION_ERROR, WAY_SESSION_ERROR_NOT_SAVED,
                           _ ("There are no questions about this skill."));
      return FALSE;
    }
  draw = g_new0 (char *, drawn->len + 1);
  for (guint i = 0; i < drawn->len; i++)
    draw[i] = g_strdup (drawn->pdata[i]);
  return way_paper_begin (job->paper, draw, seed, 0, error);
}

static void
open_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Job *job = task_data;
  g_autoptr (GError) error = NULL;

  if (resume (job, &error) && (way_paper_get_attempt (job->paper) != NULL || begin (job, &error)))
    g_task_return_pointer (task, g_object_ref (job->paper), g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * way_session_open_round_async:
 * @module: id of a module of the open pack
 * @skill: id of one of its outcomes
 *
 * Goes on with an open round about @skill, or begins one with at most three questions.
 */
void
way_session_open_round_async (WaySession *session,
                              const char *module,
                              const char *skill,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  WayModule *found;
  Job *job;

  g_return_if_fail (WAY_IS_SESSION (session) && module != NULL && skill != NULL);

  task = way_session_begin (session, session, way_session_open_round_async, cancellable, callback,
                            user_data);
  found = way_pack_find_module (session->pack, module);
  if (found == NULL)
    {
      g_task_return_new_error (task, WAY_PACK_ERROR, WAY_PACK_ERROR_NOT_FOUND,
                               /* Translators: %s is a module's id. */
                               _ ("There is no module “%s” in this pack."), module);
      return;
    }
  job = g_new0 (Job, 1);
  job->session = session;
  job->paper = way_paper_new (session, session->pack, found, skill);
  job->person = g_strdup (way_session_get_person (session));
  job->skill = g_strdup (skill);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  way_worker_run (session->store_worker, task, open_thread);
}

/**
 * way_session_open_round_finish:
 *
 * Returns: (transfer full) (nullable): the round
 */
WayPaper *
way_session_open_round_finish (WaySession *session, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
