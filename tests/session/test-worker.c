/* test-worker.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/way-worker.h"

typedef struct
{
  WayWorker *first;
  WayWorker *second;
  GMainLoop *loop;
  GString *order;
  GMutex mutex;
  GCond cond;
  gboolean may_answer;
  guint n_rests;
  guint n_done;
  guint n_expected;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->first = way_worker_new ("first");
  fixture->second = way_worker_new ("second");
  fixture->loop = g_main_loop_new (NULL, FALSE);
  fixture->order = g_string_new (NULL);
  g_mutex_init (&fixture->mutex);
  g_cond_init (&fixture->cond);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  way_worker_free (fixture->first);
  way_worker_free (fixture->second);
  g_main_loop_unref (fixture->loop);
  g_string_free (fixture->order, TRUE);
  g_mutex_clear (&fixture->mutex);
  g_cond_clear (&fixture->cond);
}

static void
done_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_assert_true (g_task_propagate_boolean (G_TASK (result), NULL));
  if (++fixture->n_done == fixture->n_expected)
    g_main_loop_quit (fixture->loop);
}

static GTask *
new_task (Fixture *fixture)
{
  GTask *task = g_task_new (NULL, NULL, done_cb, fixture);

  g_task_set_task_data (task, fixture, NULL);
  fixture->n_expected++;
  return task;
}

static void
write_order (Fixture *fixture, char letter)
{
  g_mutex_lock (&fixture->mutex);
  g_string_append_c (fixture->order, letter);
  g_mutex_unlock (&fixture->mutex);
}

static void
a_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  write_order (data, 'a');
  g_task_return_boolean (task, TRUE);
}

static void
b_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  write_order (data, 'b');
  g_task_return_boolean (task, TRUE);
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GTask) a = new_task (fixture);
  g_autoptr (GTask) b = new_task (fixture);
  g_autoptr (GTask) c = new_task (fixture);

  way_worker_run (fixture->first, a, a_thread);
  way_worker_run (fixture->first, b, b_thread);
  way_worker_run (fixture->first, c, a_thread);
  g_main_loop_run (fixture->loop);
  g_assert_cmpstr (fixture->order->str, ==, "aba");
}

/* The answer waits until the ordinary job has been done: so it must be done meanwhile. */
static void
answer_cb (gpointer data, gpointer user_data)
{
  Fixture *fixture = data;

  g_assert_true (way_worker_is_current (fixture->second));
  g_mutex_lock (&fixture->mutex);
  while (!fixture->may_answer)
    g_cond_wait (&fixture->cond, &fixture->mutex);
  g_string_append_c (fixture->order, 'x');
  g_mutex_unlock (&fixture->mutex);
}

static void
asking_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Fixture *fixture = data;

  write_order (fixture, '<');
  g_assert_true (way_worker_ask (fixture->first, fixture->second, answer_cb, fixture, NULL));
  write_order (fixture, '>');
  g_task_return_boolean (task, TRUE);
}

static void
ordinary_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Fixture *fixture = data;

  g_mutex_lock (&fixture->mutex);
  g_string_append_c (fixture->order, 'o');
  fixture->may_answer = TRUE;
  g_cond_signal (&fixture->cond);
  g_mutex_unlock (&fixture->mutex);
  g_task_return_boolean (task, TRUE);
}

/* While a worker asks, ordinary jobs are done and exclusive ones wait for the end. */
static void
test_ask (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GTask) asking = new_task (fixture);
  g_autoptr (GTask) exclusive = new_task (fixture);
  g_autoptr (GTask) ordinary = new_task (fixture);

  way_worker_run_exclusive (fixture->first, asking, asking_thread);
  way_worker_run_exclusive (fixture->first, exclusive, a_thread);
  way_worker_run (fixture->first, ordinary, ordinary_thread);
  g_main_loop_run (fixture->loop);
  g_assert_cmpstr (fixture->order->str, ==, "<ox>a");
}

static void
rest_cb (gpointer data, gpointer user_data)
{
  Fixture *fixture = data;

  g_assert_true (way_worker_is_current (fixture->first));
  write_order (fixture, 'r');
  g_mutex_lock (&fixture->mutex);
  fixture->n_rests++;
  g_cond_signal (&fixture->cond);
  g_mutex_unlock (&fixture->mutex);
}

static void
wait_for_rests (Fixture *fixture, guint n)
{
  g_mutex_lock (&fixture->mutex);
  while (fixture->n_rests < n)
    g_cond_wait (&fixture->cond, &fixture->mutex);
  g_mutex_unlock (&fixture->mutex);
}

/* Once after each run of jobs, and not before there was one. */
static void
test_rest (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GTask) a = new_task (fixture);
  g_autoptr (GTask) b = new_task (fixture);

  way_worker_set_rest (fixture->first, rest_cb, fixture);
  way_worker_run (fixture->first, a, a_thread);
  wait_for_rests (fixture, 1);
  way_worker_run (fixture->first, b, b_thread);
  wait_for_rests (fixture, 2);
  g_main_loop_run (fixture->loop);
  g_assert_cmpstr (fixture->order->str, ==, "arbr");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/session/worker/order", Fixture, NULL, set_up, test_order, tear_down);
  g_test_add ("/session/worker/ask", Fixture, NULL, set_up, test_ask, tear_down);
  g_test_add ("/session/worker/rest", Fixture, NULL, set_up, test_rest, tear_down);
  return g_test_run ();
}
