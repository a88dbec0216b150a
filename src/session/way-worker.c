/* way-worker.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/way-worker.h"

/* One thread that does jobs in the order they came. The session has three: the store's
 * (the only writer), the net's and the reader's, so that a slow network or a long report
 * never delays saving an answer. Owned by the session. */
struct _WayWorker
{
  GThread *thread;    /* (owned) */
  GAsyncQueue *queue; /* (owned) of Job */
};

typedef struct
{
  GTask *task;          /* (owned) (nullable) */
  GTaskThreadFunc func; /* with a task */
  GFunc call;           /* without: somebody waits for it */
  gpointer data;
  gpointer user_data;
  GMutex *mutex; /* (nullable) */
  GCond *cond;
  gboolean *is_done;
  gboolean is_last;
} Job;

static gpointer
work (gpointer data)
{
  GAsyncQueue *queue = data;
  gboolean is_last = FALSE;

  while (!is_last)
    {
      Job *job = g_async_queue_pop (queue);

      is_last = job->is_last;
      if (job->call != NULL)
        {
          job->call (job->data, job->user_data);
          g_mutex_lock (job->mutex);
          *job->is_done = TRUE;
          g_cond_signal (job->cond);
          g_mutex_unlock (job->mutex);
        }
      else if (job->task != NULL)
        {
          if (!g_task_return_error_if_cancelled (job->task))
            job->func (job->task, g_task_get_source_object (job->task),
                       g_task_get_task_data (job->task), g_task_get_cancellable (job->task));
          g_object_unref (job->task);
        }
      g_free (job);
    }

  g_async_queue_unref (queue);
  return NULL;
}

/**
 * way_worker_new:
 * @name: what the thread is called in a debugger
 *
 * Returns: (transfer full): a worker whose thread waits for jobs
 */
WayWorker *
way_worker_new (const char *name)
{
  WayWorker *self = g_new0 (WayWorker, 1);

  self->queue = g_async_queue_new ();
  self->thread = g_thread_new (name, work, g_async_queue_ref (self->queue));
  return self;
}

/**
 * way_worker_run:
 * @task: (transfer none): kept until @func has returned its result on it
 * @func: run on the worker's thread; returns through @task
 *
 * Queues a job. The result arrives in the main context that made @task.
 */
void
way_worker_run (WayWorker *self, GTask *task, GTaskThreadFunc func)
{
  Job *job;

  g_return_if_fail (self != NULL);

  job = g_new0 (Job, 1);
  job->task = g_object_ref (task);
  job->func = func;
  g_async_queue_push (self->queue, job);
}

/**
 * way_worker_call:
 * @func: called with @data and @user_data on the worker's thread
 *
 * Runs @func on the worker's thread and waits until it is done. Another worker's thread
 * uses it to reach what this one owns; the main thread must not wait like this.
 */
void
way_worker_call (WayWorker *self, GFunc func, gpointer data, gpointer user_data)
{
  GMutex mutex;
  GCond cond;
  gboolean is_done = FALSE;
  Job *job;

  g_return_if_fail (self != NULL);

  if (way_worker_is_current (self))
    {
      func (data, user_data);
      return;
    }

  g_mutex_init (&mutex);
  g_cond_init (&cond);
  job = g_new0 (Job, 1);
  job->call = func;
  job->data = data;
  job->user_data = user_data;
  job->mutex = &mutex;
  job->cond = &cond;
  job->is_done = &is_done;
  g_mutex_lock (&mutex);
  g_async_queue_push (self->queue, job);
  while (!is_done)
    g_cond_wait (&cond, &mutex);
  g_mutex_unlock (&mutex);
  g_mutex_clear (&mutex);
  g_cond_clear (&cond);
}

/**
 * way_worker_is_current:
 *
 * Returns: whether the calling thread is this worker's
 */
gboolean
way_worker_is_current (WayWorker *self)
{
  return self->thread == g_thread_self ();
}

/**
 * way_worker_free:
 *
 * Lets the jobs that are queued finish, then ends the thread.
 */
void
way_worker_free (WayWorker *self)
{
  Job *job;

  if (self == NULL)
    return;

  job = g_new0 (Job, 1);
  job->is_last = TRUE;
  g_async_queue_push (self->queue, job);
  g_thread_join (self->thread);
  g_async_queue_unref (self->queue);
  g_free (self);
}
