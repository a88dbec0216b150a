/* way-lesson-check.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-lesson-private.h"

#include "assessment/way-check.h"
#include "session/way-paper-private.h"

#define TRIES                                                                                      \
  "SELECT a.attempt, a.ended, a.passed, a.purpose, e.body->>'draw' AS draw, "                      \
  "e.body->>'seed' AS seed "                                                                       \
  "FROM attempt a JOIN live e ON e.id = a.attempt WHERE a.person = CAST($1 AS text) "              \
  "AND a.type = 'check' AND a.module = CAST($2 AS text) ORDER BY a.started, a.attempt"

#define MISSED                                                                                     \
  "SELECT body->>'item' AS item FROM live WHERE kind = 'response' "                                \
  "AND body->>'attempt' = CAST($1 AS text) "                                                       \
  "AND CAST(body->>'score' AS double precision) < 1"

/* "I am fine" speaks of what was before it. */
#define DECLINED                                                                                   \
  "SELECT id, effective FROM live WHERE kind = 'help_declined' AND person = CAST($1 AS text) "     \
  "AND body->>'module' = CAST($2 AS text) ORDER BY effective DESC, id DESC LIMIT 1"

static gboolean
load_missed (WayLesson *self, const char *attempt, GError **error)
{
  g_autoptr (GListStore) rows = way_lesson_query (self, MISSED, attempt, NULL, NULL, error);

  g_ptr_array_set_size (self->missed, 0);
  for (guint i = 0; rows != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (rows)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (rows), i);

      g_ptr_array_add (self->missed, g_strdup (way_row_get_text (row, "item")));
    }
  return rows != NULL;
}

static void
take_ended (WayLesson *self, WayRow *row, gint64 declined_at)
{
  self->is_passed = way_row_get_int (row, "passed") != 0;
  self->has_tested_out = way_row_has (row, "purpose");
  if (!self->has_tested_out)
    self->n_tries++;
  if (self->is_passed)
    self->n_missed = 0;
  else if (!self->has_tested_out && way_row_get_int (row, "ended") > declined_at)
    self->n_missed++;
}

/* Tries so far, and where an open one stands. */
gboolean
way_lesson_load_tries (WayLesson *self, GError **error)
{
  g_autoptr (GListStore)
      tries = way_lesson_query (self, TRIES, self->person, self->module->id, NULL, error);
  g_autoptr (GListStore) declined = NULL;
  g_autoptr (WayRow) fine = NULL;
  g_autofree char *last = NULL;

  if (tries != NULL)
    declined = way_lesson_query (self, DECLINED, self->person, self->module->id, NULL, error);
  if (declined == NULL)
    return FALSE;
  fine = g_list_model_get_item (G_LIST_MODEL (declined), 0);
  g_clear_pointer (&self->declined, g_free);
  if (fine != NULL)
    self->declined = g_strdup (way_row_get_text (fine, "id"));
  self->n_tries = 0;
  self->n_missed = 0;
  self->is_testing_out = FALSE;
  g_clear_pointer (&self->open_check, g_free);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (tries)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (tries), i);

      g_strfreev (self->draw);
      self->draw = g_strsplit (way_row_get_text (row, "draw"), " ", -1);
      self->seed = g_ascii_strtoull (way_row_get_text (row, "seed"), NULL, 10);
      if (way_row_has (row, "ended"))
        {
          take_ended (self, row, fine != NULL ? way_row_get_int (fine, "effective") : 0);
          g_free (last);
          last = g_strdup (way_row_get_text (row, "attempt"));
          g_clear_pointer (&self->open_check, g_free);
        }
      else
        {
          g_free (self->open_check);
          self->open_check = g_strdup (way_row_get_text (row, "attempt"));
        }
      self->is_testing_out = self->open_check != NULL && way_row_has (row, "purpose");
    }
  return last == NULL || load_missed (self, last, error);
}

/* The try that is shown, when it is over. */
static WayPaper *
get_ended (WayLesson *self)
{
  return self->paper != NULL && way_paper_is_finished (self->paper) ? self->paper : NULL;
}

static guint
count_missed (WayLesson *self)
{
  WayPaper *ended = get_ended (self);

  if (ended == NULL)
    return self->n_missed;
  if (way_paper_is_passed (ended))
    return 0;
  return self->n_missed + (way_paper_is_test_out (ended) ? 0 : 1);
}

static void
check_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WayLesson *self = source;
  WayPaper *paper = task_data;
  g_autoptr (GError) error = NULL;
  gboolean is_ready;

  way_paper_set_test_out (paper, self->is_testing_out);
  if (self->open_check != NULL)
    is_ready = way_paper_resume (paper, self->open_check, (const char *const *) self->draw,
                                 self->seed, &error);
  else
    {
      guint64 seed = way_session_new_seed ();
      g_autoptr (GPtrArray)
          draw = way_check_draw (self->module, seed, (const char *const *) self->draw);
      char **items = g_new0 (char *, draw->len + 1);

      for (guint i = 0; i < draw->len; i++)
        items[i] = g_strdup (((const WayCheckItem *) draw->pdata[i])->id);
      g_strfreev (self->draw);
      self->draw = g_strdupv (items);
      self->seed = seed;
      is_ready = way_paper_begin (paper, items, seed, self->is_testing_out ? 0 : self->n_tries + 1,
                                  &error);
      self->open_check = g_strdup (way_paper_get_attempt (paper));
    }
  if (is_ready)
    g_task_return_pointer (task, g_object_ref (paper), g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* A try that is over is one of those before. */
static void
take_paper (WayLesson *self)
{
  if (self->paper != NULL && way_paper_is_finished (self->paper))
    {
      guint n_missed = count_missed (self);
      gboolean has_tested_out = way_paper_is_test_out (self->paper);

      self->n_tries = way_lesson_get_n_tries (self);
      self->is_passed = way_lesson_is_check_passed (self);
      self->n_missed = n_missed;
      self->has_tested_out = has_tested_out;
      self->is_testing_out = FALSE;
      g_ptr_array_set_size (self->missed, 0);
      for (guint i = 0; i < way_paper_get_missed (self->paper)->len; i++)
        g_ptr_array_add (self->missed, g_strdup (way_paper_get_missed (self->paper)->pdata[i]));
      g_clear_pointer (&self->open_check, g_free);
    }
  g_clear_object (&self->paper);
}

/**
 * way_lesson_start_check_async:
 *
 * A check that was left goes on at its question; else a new try is drawn.
 */
void
way_lesson_start_check_async (WayLesson *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WAY_IS_LESSON (self));

  take_paper (self);
  task = way_session_begin (self->session, self, way_lesson_start_check_async, cancellable,
                            callback, user_data);
  g_task_set_task_data (task, way_paper_new (self->session, self->pack, self->module, NULL),
                        g_object_unref);
  way_worker_run (self->session->store_worker, task, check_thread);
}

/**
 * way_lesson_start_check_finish:
 *
 * Returns: (transfer full) (nullable): the try, at the question that is to be answered
 */
WayPaper *
way_lesson_start_check_finish (WayLesson *self, GAsyncResult *result, GError **error)
{
  g_autoptr (WayPaper) paper = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  paper = g_task_propagate_pointer (G_TASK (result), error);
  if (paper != NULL)
    g_set_object (&self->paper, paper);
  return g_steal_pointer (&paper);
}

/**
 * way_lesson_is_check_passed:
 *
 * Returns: whether the last finished try was passed
 */
gboolean
way_lesson_is_check_passed (WayLesson *self)
{
  g_return_val_if_fail (WAY_IS_LESSON (self), FALSE);

  if (self->paper != NULL && way_paper_is_finished (self->paper))
    return way_paper_is_passed (self->paper);
  return self->is_passed;
}

/**
 * way_lesson_get_n_tries:
 *
 * Returns: how many tries of the check were finished; one before the lesson is not counted
 */
guint
way_lesson_get_n_tries (WayLesson *self)
{
  g_return_val_if_fail (WAY_IS_LESSON (self), 0);

  if (get_ended (self) != NULL && !way_paper_is_test_out (self->paper))
    return self->n_tries + 1;
  return self->n_tries;
}

/**
 * way_lesson_is_missed:
 * @card: of the module
 *
 * Returns: whether the last finished try was not passed, and had something wrong that this card
 *   teaches
 */
gboolean
way_lesson_is_missed (WayLesson *self, const WayCard *card)
{
  GPtrArray *missed;

  g_return_val_if_fail (WAY_IS_LESSON (self) && card != NULL, FALSE);

  if (way_lesson_is_check_passed (self))
    return FALSE;
  missed = get_ended (self) != NULL ? way_paper_get_missed (self->paper) : self->missed;
  for (guint i = 0; i < self->module->check->len; i++)
    {
      const WayCheckItem *item = self->module->check->pdata[i];

      if (way_module_teaches (self->module, card, item->outcome)
          && g_ptr_array_find_with_equal_func (missed, item->id, g_str_equal, NULL))
        return TRUE;
    }
  return FALSE;
}

/**
 * way_lesson_can_test_out:
 *
 * Once, and only before the practice: a second look without the lesson would be a try that is not
 * counted.
 *
 * Returns: whether the check may be taken before the lesson now
 */
gboolean
way_lesson_can_test_out (WayLesson *self)
{
  g_return_val_if_fail (WAY_IS_LESSON (self), FALSE);

  if (get_ended (self) != NULL || way_lesson_is_step_done (self, "practice"))
    return FALSE;
  return self->draw == NULL || (self->open_check != NULL && self->is_testing_out);
}

/**
 * way_lesson_test_out:
 *
 * The next try of the check that begins is one before the lesson: the same questions and the same
 * mark, but not one of the three tries.
 */
void
way_lesson_test_out (WayLesson *self)
{
  g_return_if_fail (WAY_IS_LESSON (self));

  self->is_testing_out = TRUE;
}

/**
 * way_lesson_is_testing_out:
 *
 * Returns: whether the try that is going on, that was left or that comes next is before the lesson
 */
gboolean
way_lesson_is_testing_out (WayLesson *self)
{
  g_return_val_if_fail (WAY_IS_LESSON (self), FALSE);

  if (get_ended (self) != NULL)
    return FALSE;
  return self->paper != NULL ? way_paper_is_test_out (self->paper) : self->is_testing_out;
}

/**
 * way_lesson_has_tested_out:
 *
 * Returns: whether the check was passed without the lesson
 */
gboolean
way_lesson_has_tested_out (WayLesson *self)
{
  g_return_val_if_fail (WAY_IS_LESSON (self), FALSE);

  if (!way_lesson_is_check_passed (self))
    return FALSE;
  return get_ended (self) != NULL ? way_paper_is_test_out (self->paper) : self->has_tested_out;
}

/**
 * way_lesson_may_want_help:
 *
 * Returns: whether so many tries were not passed that the person's champion is told
 */
gboolean
way_lesson_may_want_help (WayLesson *self)
{
  g_return_val_if_fail (WAY_IS_LESSON (self), FALSE);

  return count_missed (self) >= WAY_TRIES;
}

/**
 * way_lesson_get_declined:
 *
 * Returns: (nullable): the event by which the person said that they are fine
 */
const char *
way_lesson_get_declined (WayLesson *self)
{
  g_return_val_if_fail (WAY_IS_LESSON (self), NULL);

  return self->declined;
}

static void
decline_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WayLesson *self = source;
  GPtrArray *drafts = task_data;
  g_autoptr (GError) error = NULL;

  if (way_session_append (self->session, drafts, &error) && way_lesson_load_tries (self, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
write_and_load (WayLesson *self,
                WayEvent *draft,
                gpointer tag,
                GCancellable *cancellable,
                GAsyncReadyCallback callback,
                gpointer user_data)
{
  g_autoptr (GTask)
      task = way_session_begin (self->session, self, tag, cancellable, callback, user_data);
  GPtrArray *drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);

  take_paper (self);
  g_ptr_array_add (drafts, draft);
  g_task_set_task_data (task, drafts, (GDestroyNotify) g_ptr_array_unref);
  way_worker_run (self->session->store_worker, task, decline_thread);
  way_session_schedule_sync (self->session, 3);
}

/**
 * way_lesson_decline_help_async:
 *
 * "I am fine": the champion's list no longer says that this person is stuck here, until as many
 * tries again were not passed. Finish with way_lesson_decline_finish().
 */
void
way_lesson_decline_help_async (WayLesson *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  WayHelpDeclinedBody body = { .module = self->module->id };

  g_return_if_fail (WAY_IS_LESSON (self));

  write_and_load (self, way_session_draft ("help_declined", &body, NULL),
                  way_lesson_decline_help_async, cancellable, callback, user_data);
}

/**
 * way_lesson_take_back_async:
 *
 * Takes "I am fine" back. Finish with way_lesson_decline_finish().
 */
void
way_lesson_take_back_async (WayLesson *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  WayRetractionBody body = { .target = self->declined };

  g_return_if_fail (WAY_IS_LESSON (self) && self->declined != NULL);

  write_and_load (self, way_session_draft ("retraction", &body, NULL), way_lesson_take_back_async,
                  cancellable, callback, user_data);
}

/**
 * way_lesson_decline_finish:
 *
 * Returns: TRUE once it is on disk
 */
gboolean
way_lesson_decline_finish (WayLesson *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
