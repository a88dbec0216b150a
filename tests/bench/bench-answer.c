/* bench-answer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Sits a baseline and says on standard error, where strace sees it among the system
 * calls, when saving an answer begins and when it is done.
 *
 *   bench-answer PACK TRUST-URI USERNAME FOLDER */

#include "session/way-baseline.h"

#include <string.h>
#include <unistd.h>

enum
{
  ANSWERS = 12,
};

static void
keep_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **kept)
{
  while (*kept == NULL)
    g_main_context_iteration (NULL, TRUE);
  return g_steal_pointer (kept);
}

static void
mark (const char *what, guint i)
{
  g_autofree char *line = g_strdup_printf ("%s %u\n", what, i);

  if (write (STDERR_FILENO, line, strlen (line)) < 0)
    g_error ("Standard error cannot be written");
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WaySession) session = NULL;
  g_autoptr (WayBaseline) baseline = NULL;
  g_autoptr (GAsyncResult) signed_in = NULL;
  g_autoptr (GAsyncResult) opened = NULL;
  GAsyncResult *kept = NULL;

  if (argc != 5)
    return 2;
  session = way_session_new (argv[1], NULL, argv[4], &error);
  if (session == NULL)
    g_error ("%s", error->message);
  way_session_sign_in_async (session, argv[2], argv[3], NULL, keep_cb, &kept);
  signed_in = wait_for (&kept);
  if (!way_session_sign_in_finish (session, signed_in, &error))
    g_error ("%s", error->message);
  /* Sending is another thing, at another time. */
  way_session_set_work_offline (session, TRUE);
  way_session_open_baseline_async (session, WAY_DEPTH_SHORT, NULL, keep_cb, &kept);
  opened = wait_for (&kept);
  baseline = way_session_open_baseline_finish (session, opened, &error);
  if (baseline == NULL)
    g_error ("%s", error->message);

  for (guint i = 0; i < ANSWERS && !way_baseline_is_finished (baseline); i++)
    {
      g_autoptr (GAsyncResult) answered = NULL;

      mark ("answer", i);
      way_baseline_answer_async (baseline, NULL, 4000, NULL, keep_cb, &kept);
      answered = wait_for (&kept);
      if (!way_baseline_answer_finish (baseline, answered, &error))
        g_error ("%s", error->message);
      mark ("saved", i);
    }
  return 0;
}
