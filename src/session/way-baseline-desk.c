/* way-baseline-desk.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-baseline-private.h"

#include <string.h>

#include "practice/way-practice.h"

/* A question at a practice desk is not done in one go. Each action is an event of the sitting,
 * with its question, so that a desk that was left stands there again as it was, here and on
 * another desktop. */

#define ACTIONS                                                                                    \
  WAY_LINE_OF_SITTING                                                                              \
  "SELECT a.body->>'action' AS action, a.body->>'target' AS target, a.body->>'value' AS value "    \
  "FROM line l JOIN live a ON a.kind = 'action' AND a.body->>'attempt' = l.attempt "               \
  "WHERE a.body->>'item' = CAST($2 AS text) "                                                      \
  "ORDER BY CAST(a.body->>'ordinal' AS integer), a.id"

/* What a question view adds to a run, which is finished when it is answered. */
#define FINISH " finish"

typedef struct
{
  char *item;
  char *trace;
} Kept;

static void
kept_free (Kept *kept)
{
  g_free (kept->item);
  g_free (kept->trace);
  g_free (kept);
}

static const char *
get_response (const WayItem *item)
{
  for (guint i = 0; i < item->interactions->len; i++)
    {
      const WayInteraction *interaction = item->interactions->pdata[i];

      if (interaction->type == WAY_INTERACTION_DESK)
        return interaction->response;
    }

  return NULL;
}

static const char *
none_if_empty (const char *text)
{
  return text != NULL && *text != '\0' ? text : NULL;
}

/* private: what was done so far at the desk of the question that is shown, from the log.
 * Store thread. */
gboolean
way_baseline_load_kept (WayBaseline *self, GError **error)
{
  const char *path = way_item_get_desk (self->item);
  const char *values[] = { self->attempt, self->item->id, NULL };
  g_autoptr (GListStore) actions = NULL;
  g_autoptr (WayDesk) desk = NULL;
  g_autoptr (WayPractice) practice = NULL;

  if (path == NULL)
    return TRUE;
  actions = way_row_query (way_store_get_db (self->session->store), ACTIONS, values, error);
  if (actions == NULL)
    return FALSE;
  self->n_logged = g_list_model_get_n_items (G_LIST_MODEL (actions));
  /* A desk that cannot be read is told where it would stand. */
  desk = self->n_logged > 0 ? way_pack_load_desk (self->session->pack, path, NULL) : NULL;
  if (desk == NULL)
    return TRUE;

  practice = way_practice_new (desk, way_baseline_get_shuffle_seed (self));
  for (guint i = 0; i < self->n_logged; i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (actions), i);

      way_practice_do (practice, way_row_get_text (row, "action"),
                       none_if_empty (way_row_get_text (row, "target")),
                       way_row_has (row, "value") ? way_row_get_text (row, "value") : NULL);
    }
  /* In a newer version of the pack the desk may refuse what it once took. */
  self->n_kept = way_practice_get_n_actions (practice);
  self->kept = way_practice_dup_trace (practice);
  return TRUE;
}

/* private: nothing was done yet at the question that is shown */
void
way_baseline_forget_kept (WayBaseline *self)
{
  g_clear_pointer (&self->kept, g_free);
  self->n_kept = self->n_logged = 0;
}

static void
keep_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WayBaseline *self = source;
  const Kept *kept = task_data;
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDesk) desk = NULL;
  g_autoptr (WayPractice) practice = NULL;
  guint n;

  /* It was answered meanwhile. */
  if (self->item == NULL || !g_str_equal (self->item->id, kept->item))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  desk = way_pack_load_desk (self->session->pack, way_item_get_desk (self->item), &error);
  if (desk != NULL)
    practice = way_practice_new_from_trace (desk, kept->trace, &error);
  if (practice == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  n = way_practice_get_n_actions (practice);
  for (guint i = self->n_kept; i < n; i++)
    {
      const char *action;
      const char *target;
      const char *value;

      way_practice_get_action (practice, i, &action, &target, &value);
      {
        WayActionBody body = {
          .attempt = self->attempt,
          .ordinal = self->n_logged + drafts->len + 1,
          .action = (char *) action,
          .target = (char *) (target != NULL ? target : ""),
          .value = (char *) value,
          .item = self->item->id,
        };

        g_ptr_array_add (drafts, way_session_draft ("action", &body, NULL));
      }
    }
  if (drafts->len > 0 && !way_session_append (self->session, drafts, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  self->n_logged += drafts->len;
  self->n_kept = MAX (self->n_kept, n);
  g_task_return_boolean (task, TRUE);
}

static void
kept_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  WayBaseline *self = WAY_BASELINE (object);
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    way_session_emit_not_saved (self->session, error->message);
}

/**
 * way_baseline_keep:
 * @responses: (element-type utf8 WayValue): the answer as it stands, which is not given yet
 *
 * Saves what was done at a practice desk, for when the question is left. Every other kind of
 * question keeps nothing. A failure is told by the session's "not-saved".
 */
void
way_baseline_keep (WayBaseline *self, GHashTable *responses)
{
  g_autoptr (GTask) task = NULL;
  const WayValue *value = NULL;
  const char *response;
  Kept *kept;

  g_return_if_fail (WAY_IS_BASELINE (self) && responses != NULL);

  response = self->item != NULL ? get_response (self->item) : NULL;
  if (response != NULL)
    value = g_hash_table_lookup (responses, response);
  if (way_value_is_null (value))
    return;

  kept = g_new0 (Kept, 1);
  kept->item = g_strdup (self->item->id);
  kept->trace = g_strdup (way_value_get_text (value));
  if (g_str_has_suffix (kept->trace, FINISH))
    kept->trace[strlen (kept->trace) - strlen (FINISH)] = '\0';
  task = way_session_begin (self->session, self, way_baseline_keep, NULL, kept_cb, NULL);
  g_task_set_task_data (task, kept, (GDestroyNotify) kept_free);
  way_worker_run (self->session->store_worker, task, keep_thread);
}

/**
 * way_baseline_dup_kept:
 *
 * Returns: (transfer full) (nullable) (element-type utf8 WayValue): what was done at the desk of
 *   the question that is shown, when it was left; %NULL where nothing was
 */
GHashTable *
way_baseline_dup_kept (WayBaseline *self)
{
  GHashTable *responses;

  g_return_val_if_fail (WAY_IS_BASELINE (self), NULL);

  if (self->kept == NULL || self->item == NULL)
    return NULL;
  responses = way_responses_new ();
  g_hash_table_insert (responses, g_strdup (get_response (self->item)),
                       way_value_new_text (WAY_BASE_STRING, self->kept));

  return responses;
}
