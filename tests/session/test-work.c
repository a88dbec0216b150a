/* test-work.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/way-work.h"

/* What takes a while: done on another thread, told how far it is, and stopped. */

typedef struct
{
  GThread *asked; /* who started it */
  GMutex lock;
  GCond changed;
  gboolean may_end;
  int n_freed;
} Data;

typedef struct
{
  GMainLoop *loop;
  char *made; /* (owned) (nullable) */
  GError *error;
} Done;

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Done *done = user_data;

  done->made = way_work_finish (result, &done->error);
  g_main_loop_quit (done->loop);
}

static void
let_go (gpointer user_data)
{
  g_atomic_int_inc (&((Data *) user_data)->n_freed);
}

static gpointer
count (WayWork *work, gpointer user_data, GError **error)
{
  Data *data = user_data;

  g_assert_true (g_thread_self () != data->asked);
  for (int i = 0; i <= 4; i++)
    if (!way_work_go_on (work, i / 4.0, error))
      return NULL;
  return g_strdup ("four");
}

/* Goes on until it is not wanted any more. */
static gpointer
go_on (WayWork *work, gpointer user_data, GError **error)
{
  while (way_work_go_on (work, 0.25, error))
    g_thread_yield ();
  return NULL;
}

static gpointer
fail (WayWork *work, gpointer user_data, GError **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "full");
  return NULL;
}

/* Ends with a result although nobody wants it. */
static gpointer
end_late (WayWork *work, gpointer user_data, GError **error)
{
  Data *data = user_data;

  g_mutex_lock (&data->lock);
  while (!data->may_end)
    g_cond_wait (&data->changed, &data->lock);
  g_mutex_unlock (&data->lock);
  return g_strdup ("late");
}

static void
test_work (void)
{
  static const struct
  {
    WayWorkFunc func;
    gboolean is_stopped;
    const char *made;
    int code;
  } rows[] = {
    { count, FALSE, "four", 0 },
    { go_on, TRUE, NULL, G_IO_ERROR_CANCELLED },
    { fail, FALSE, NULL, G_IO_ERROR_NO_SPACE },
    { end_late, TRUE, NULL, G_IO_ERROR_CANCELLED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Data data = { .asked = g_thread_self () };
      Done done = { .loop = g_main_loop_new (NULL, FALSE) };
      WayWork *work;

      g_mutex_init (&data.lock);
      g_cond_init (&data.changed);
      work = way_work_start (rows[i].func, &data, let_go, g_free, done_cb, &done);
      if (rows[i].is_stopped)
        way_work_cancel (work);
      g_mutex_lock (&data.lock);
      data.may_end = TRUE;
      g_cond_signal (&data.changed);
      g_mutex_unlock (&data.lock);
      g_main_loop_run (done.loop);
      g_assert_cmpstr (done.made, ==, rows[i].made);
      if (rows[i].made != NULL)
        {
          g_assert_no_error (done.error);
          g_assert_cmpfloat (way_work_get_fraction (work), ==, 1);
        }
      else
        g_assert_error (done.error, G_IO_ERROR, rows[i].code);
      while (g_atomic_int_get (&data.n_freed) == 0)
        g_main_context_iteration (NULL, FALSE);
      g_assert_cmpint (data.n_freed, ==, 1);
      way_work_unref (work);
      g_clear_error (&done.error);
      g_free (done.made);
      g_main_loop_unref (done.loop);
      g_mutex_clear (&data.lock);
      g_cond_clear (&data.changed);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/work", test_work);
  return g_test_run ();
}
