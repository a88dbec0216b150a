/* way-work.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/way-work.h"

#define WHOLE 1000

struct _WayWork
{
  gatomicrefcount refs;
  GCancellable *cancellable; /* (owned) */
  int done;                  /* of WHOLE */
};

typedef struct
{
  WayWork *work; /* (owned) */
  WayWorkFunc func;
  gpointer data; /* (owned) */
  GDestroyNotify free_data;
  GDestroyNotify free_result;
} Job;

static void
job_free (Job *job)
{
  if (job->free_data != NULL)
    job->free_data (job->data);
  way_work_unref (job->work);
  g_free (job);
}

static void
work_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Job *job = task_data;
  GError *error = NULL;
  gpointer made = job->func (job->work, job->data, &error);

  if (made == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, made, job->free_result);
}

/**
 * way_work_start:
 * @func: what is to be done
 * @data: (transfer full): for @func alone
 * @free_result: frees what @func gave, where nobody wants it any more
 * @callback: asks way_work_finish()
 *
 * Returns: (transfer full): the work that goes on
 */
WayWork *
way_work_start (WayWorkFunc func,
                gpointer data,
                GDestroyNotify free_data,
                GDestroyNotify free_result,
                GAsyncReadyCallback callback,
                gpointer user_data)
{
  WayWork *self = g_new0 (WayWork, 1);
  Job *job = g_new0 (Job, 1);
  g_autoptr (GTask) task = NULL;

  g_atomic_ref_count_init (&self->refs);
  self->cancellable = g_cancellable_new ();
  g_atomic_ref_count_inc (&self->refs);
  job->work = self;
  job->func = func;
  job->data = data;
  job->free_data = free_data;
  job->free_result = free_result;
  task = g_task_new (NULL, self->cancellable, callback, user_data);
  g_task_set_source_tag (task, way_work_start);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  g_task_run_in_thread (task, work_thread);
  return self;
}

/**
 * way_work_finish:
 *
 * Returns: (transfer full) (nullable): what the work gave; NULL with @error set, also where it
 *   was cancelled
 */
gpointer
way_work_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, way_work_start), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * way_work_go_on:
 * @fraction: how much of it is done, 0 to 1
 *
 * Returns: whether it is still wanted; FALSE with @error set
 */
gboolean
way_work_go_on (WayWork *self, double fraction, GError **error)
{
  g_atomic_int_set (&self->done, (int) (CLAMP (fraction, 0, 1) * WHOLE));
  return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

/**
 * way_work_get_fraction:
 *
 * Returns: how much of it is done, 0 to 1
 */
double
way_work_get_fraction (WayWork *self)
{
  return (double) g_atomic_int_get (&self->done) / WHOLE;
}

/**
 * way_work_cancel:
 *
 * It is not wanted any more: it ends when it next asks.
 */
void
way_work_cancel (WayWork *self)
{
  g_cancellable_cancel (self->cancellable);
}

/**
 * way_work_unref:
 *
 * Gives up one reference; the work goes on.
 */
void
way_work_unref (WayWork *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_object_unref (self->cancellable);
  g_free (self);
}
