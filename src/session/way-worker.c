/* way-worker.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/way-worker.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

#define REST_US G_USEC_PER_SEC /* without a job, before it rests */

/* One thread that does jobs in the order they came. The session has three: the store's
 * (the only writer), the net's and the reader's, so that a slow network or a long report
 * never delays saving an answer. Owned by the session. */
struct _WayWorker
{
  GThread *thread;    /* (owned) */
  GAsyncQueue *queue; /* (owned) of Job */
  GQueue deferred;    /* of Job: its own thread's: what may not be done while it asks */
  GFunc rest;         /* (nullable) */
  gpointer rest_data;
  guint64 n_asked; /* its own thread's */
  gint64 deadline; /* its own thread's: when it stops waiting for answers, monotonic µs; 0 */
};

typedef struct
{
  GTask *task;          /* (owned) (nullable) */
  GTaskThreadFunc func; /* with a task */
  GFunc call;           /* for a worker that asks */
  gpointer data;
  GDestroyNotify release; /* (nullable) of data, once the call is done */
  GAsyncQueue *asker;     /* (owned) (nullable) where it is told that the call is done */
  guint64 number;         /* which call this is, or of which it is the end; 0 */
  gboolean is_exclusive;
  gboolean is_last;
} Job;

static gboolean
drop_cb (gpointer data)
{
  return G_SOURCE_REMOVE;
}

/* A task holds who began it, and whoever that is must not end on this thread: it is
 * dropped where its result went. */
static void
drop_task (GTask *task)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, drop_cb, task, g_object_unref);
  g_source_attach (source, g_task_get_context (task));
}

static void
do_job (Job *job)
{
  if (job->call != NULL)
    {
      Job *answer = g_new0 (Job, 1);

      job->call (job->data, NULL);
      answer->number = job->number;
      if (job->release != NULL)
        job->release (job->data);
      /* Whoever asked may have given up, and ended. */
      g_async_queue_push (job->asker, answer);
      g_async_queue_unref (job->asker);
    }
  else if (job->task != NULL)
    {
      if (!g_task_return_error_if_cancelled (job->task))
        job->func (job->task, g_task_get_source_object (job->task),
                   g_task_get_task_data (job->task), g_task_get_cancellable (job->task));
      drop_task (job->task);
    }
  g_free (job);
}

/* The next job, however long it takes to come. */
static Job *
wait_for_job (WayWorker *self)
{
  Job *job = g_queue_pop_head (&self->deferred);

  if (job == NULL)
    job = g_async_queue_timeout_pop (self->queue, REST_US);
  if (job != NULL)
    return job;
  if (self->rest != NULL)
    {
      self->rest (self->rest_data, NULL);
#ifdef __GLIBC__
      malloc_trim (0);
#endif
    }

  return g_async_queue_pop (self->queue);
}

static gpointer
work (gpointer data)
{
  WayWorker *self = data;

  for (Job *job = g_async_queue_pop (self->queue);; job = wait_for_job (self))
    {
      if (job->is_last)
        {
          g_free (job);
          return NULL;
        }
      do_job (job);
    }
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

  g_queue_init (&self->deferred);
  self->queue = g_async_queue_new_full (g_free);
  self->thread = g_thread_new (name, work, self);
  return self;
}

/**
 * way_worker_set_rest:
 * @rest: called with @data on the worker's thread when jobs were done and none has come for a
 *   second: lets go of what only makes the next one quicker
 *
 * Called before the first job.
 */
void
way_worker_set_rest (WayWorker *self, GFunc rest, gpointer data)
{
  g_return_if_fail (self != NULL && self->rest == NULL);

  self->rest_data = data;
  self->rest = rest;
}

static void
push (WayWorker *self, GTask *task, GTaskThreadFunc func, gboolean is_exclusive)
{
  Job *job = g_new0 (Job, 1);

  job->task = g_object_ref (task);
  job->func = func;
  job->is_exclusive = is_exclusive;
  g_async_queue_push (self->queue, job);
}

/**
 * way_worker_run:
 * @task: (transfer none): kept until @func has returned its result on it
 * @func: run on the worker's thread; returns through @task
 *
 * Queues a job. The result arrives in the main context that made @task. It is also done
 * while the worker waits for an answer in way_worker_ask().
 */
void
way_worker_run (WayWorker *self, GTask *task, GTaskThreadFunc func)
{
  g_return_if_fail (self != NULL);

  push (self, task, func, FALSE);
}

/**
 * way_worker_run_exclusive:
 *
 * Like way_worker_run(), for a job that may not come between the questions of another:
 * it asks itself, or takes away what the other works on.
 */
void
way_worker_run_exclusive (WayWorker *self, GTask *task, GTaskThreadFunc func)
{
  g_return_if_fail (self != NULL);

  push (self, task, func, TRUE);
}

/**
 * way_worker_set_deadline:
 * @deadline: monotonic µs; 0 for none
 *
 * From when on this worker no longer waits for the answers of others. Called on its thread,
 * also by a job that is done while it waits.
 */
void
way_worker_set_deadline (WayWorker *self, gint64 deadline)
{
  g_return_if_fail (way_worker_is_current (self));

  self->deadline = deadline;
}

/**
 * way_worker_ask:
 * @other: the worker that answers
 * @call: called with @data on its thread
 * @release: (nullable): called with @data after @call, on that thread, answered in time or not
 *
 * Called on this worker's thread: waits for @other's answer, and meanwhile goes on with
 * this worker's own jobs, so that nobody who saves an answer waits for a slow network. A
 * deadline holds only for what has a @release: then both sides hold @data, since either may
 * be done with it first.
 *
 * Returns: FALSE when the deadline passed; @call is or will be done all the same
 */
gboolean
way_worker_ask (
    WayWorker *self, WayWorker *other, GFunc call, gpointer data, GDestroyNotify release)
{
  Job *question;
  guint64 number;

  g_return_val_if_fail (way_worker_is_current (self), FALSE);
  g_return_val_if_fail (data != NULL, FALSE);

  question = g_new0 (Job, 1);
  question->call = call;
  question->data = data;
  question->release = release;
  question->asker = g_async_queue_ref (self->queue);
  question->number = ++self->n_asked;
  number = question->number;
  g_async_queue_push (other->queue, question);
  while (TRUE)
    {
      Job *job;

      if (self->deadline == 0 || release == NULL)
        job = g_async_queue_pop (self->queue);
      else
        job = g_async_queue_timeout_pop (self->queue,
                                         (guint64) MAX (0,
                                                        self->deadline - g_get_monotonic_time ()));
      if (job == NULL)
        return FALSE;
      if (job->call == NULL && job->number == number)
        {
          g_free (job);
          return TRUE;
        }
      if (job->is_exclusive || job->is_last)
        g_queue_push_tail (&self->deferred, job);
      else
        do_job (job);
    }
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
  g_queue_clear (&self->deferred);
  g_free (self);
}
