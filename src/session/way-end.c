/* way-end.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/way-end.h"

#include <signal.h>
#include <unistd.h>

typedef struct
{
  guint seconds;
  int status;
  GCancellable *cancellable; /* (owned) (nullable) */
} End;

static gpointer
last_cb (gpointer data)
{
  const End *end = data;

  g_usleep (end->seconds * G_USEC_PER_SEC);
  _exit (end->status);
}

/**
 * way_end_within:
 * @seconds: until the process is gone, whatever it is doing then
 * @status: what it ends with
 *
 * What was called saved is on the disk: a network that does not answer keeps nobody.
 */
void
way_end_within (guint seconds, int status)
{
  End *end = g_new0 (End, 1);

  end->seconds = seconds;
  end->status = status;
  g_thread_unref (g_thread_new ("last", last_cb, end));
}

static void
fill_signals (sigset_t *signals)
{
  sigemptyset (signals);
  sigaddset (signals, SIGTERM);
  sigaddset (signals, SIGINT);
  sigaddset (signals, SIGHUP);
}

static gpointer
watch_cb (gpointer data)
{
  const End *end = data;
  sigset_t signals;
  int number;

  fill_signals (&signals);
  sigwait (&signals, &number);
  g_cancellable_cancel (end->cancellable);
  return last_cb (data);
}

/**
 * way_end_watch:
 * @seconds: what is under way has left, once we are told to end
 * @status: what the process ends with when that was not enough
 *
 * For a program without a main loop, before it begins other threads.
 *
 * Returns: (transfer full): cancelled when we are told to end
 */
GCancellable *
way_end_watch (guint seconds, int status)
{
  End *end = g_new0 (End, 1);
  sigset_t signals;

  end->seconds = seconds;
  end->status = status;
  end->cancellable = g_cancellable_new ();
  fill_signals (&signals);
  /* Threads that begin later have them blocked as well. */
  pthread_sigmask (SIG_BLOCK, &signals, NULL);
  g_thread_unref (g_thread_new ("end", watch_cb, end));
  return g_object_ref (end->cancellable);
}
