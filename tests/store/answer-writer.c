/* answer-writer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store-fixture.h"

#include <stdio.h>
#include <string.h>

/* Answers for a while and says what was saved: a program for other tests to harm.
 *
 *   answer-writer STORE ANSWERS
 *
 * An answer and why the next question was chosen go together, as in a sitting. A line
 * “saved ID ID” follows each that was saved, with the microseconds that it took; “failed
 * CODE” one that was not, after which the same is tried again, the store being opened
 * anew where its disk failed: as the application does. */

#define MAX_TRIES 40

static WayStore *
open_patiently (const char *path)
{
  for (guint i = 0; i < MAX_TRIES; i++)
    {
      g_autoptr (GError) error = NULL;
      WayStore *store = way_store_open_device (path, "ann", &error);

      if (store != NULL)
        return store;
      printf ("unopened %s %d\n", g_quark_to_string (error->domain), error->code);
      fprintf (stderr, "%s\n", error->message);
    }
  return NULL;
}

static WayEvent *
draft_rating (int now)
{
  return fixture_draft ("self_rating", "{'capability':'find','now':%d,'need':3}", now);
}

static gboolean
answer (WayStore **store, const char *path, guint number)
{
  g_autoptr (GPtrArray) drafts = NULL;

  drafts = fixture_list (draft_rating (number % 4 + 1), draft_rating ((number + 1) % 4 + 1), NULL);
  for (guint i = 0; i < MAX_TRIES; i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 begin = g_get_monotonic_time ();

      if (way_store_append (*store, drafts, &error))
        {
          printf ("saved %s %s %" G_GINT64_FORMAT "\n", ((WayEvent *) drafts->pdata[0])->id,
                  ((WayEvent *) drafts->pdata[1])->id, g_get_monotonic_time () - begin);
          return TRUE;
        }
      printf ("failed %d\n", error->code);
      fprintf (stderr, "%s\n", error->message);
      if (!g_error_matches (error, WAY_DB_ERROR, WAY_DB_ERROR_IO))
        continue;
      way_store_close (*store);
      g_clear_object (store);
      *store = open_patiently (path);
      if (*store == NULL)
        return FALSE;
    }
  return FALSE;
}

int
main (int argc, char **argv)
{
  g_autoptr (WayStore) store = NULL;
  guint n_answers;

  if (argc != 3)
    return 2;
  setvbuf (stdout, NULL, _IOLBF, 0);
  n_answers = (guint) g_ascii_strtoull (argv[2], NULL, 10);
  store = open_patiently (argv[1]);
  if (store == NULL)
    return 1;
  puts ("open");
  for (guint i = 0; i < n_answers; i++)
    {
      if (!answer (&store, argv[1], i))
        return 1;
      if (i % 3 == 2)
        way_store_checkpoint (store, NULL);
    }
  way_store_close (store);
  puts ("closed");
  return 0;
}
