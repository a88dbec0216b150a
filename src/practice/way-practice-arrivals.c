/* way-practice-arrivals.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "practice/way-practice-private.h"

#include <string.h>

/* A record that comes later: once something was done, and so many seconds after that. */
typedef struct
{
  const WayDeskRecord *record;
  char *action;        /* (nullable) NULL: nothing needs to be done */
  char *target;        /* (nullable) any */
  guint seconds;       /* after the action, or after the start */
  gboolean is_started; /* the seconds run */
  guint since;
} Awaited;

static void
awaited_free (gpointer data)
{
  Awaited *awaited = data;

  g_free (awaited->action);
  g_free (awaited->target);
  g_free (awaited);
}

/* `after` names an action, or an action and its target with a colon between. */
static void
await (GPtrArray *arrivals, const WayDeskRecord *record)
{
  const char *after = way_desk_get_field (record, "after");
  const char *at = way_desk_get_field (record, "at");
  guint64 seconds = 0;
  Awaited *awaited;

  if (after == NULL && at == NULL)
    return;

  if (at != NULL)
    g_ascii_string_to_unsigned (at, 10, 0, WAY_PRACTICE_MAX_SECONDS, &seconds, NULL);
  awaited = g_new0 (Awaited, 1);
  awaited->record = record;
  awaited->seconds = seconds;
  awaited->is_started = after == NULL;
  if (after != NULL)
    {
      const char *colon = strchr (after, ':');

      awaited->action = colon != NULL ? g_strndup (after, colon - after) : g_strdup (after);
      awaited->target = colon != NULL ? g_strdup (colon + 1) : NULL;
    }
  g_ptr_array_add (arrivals, awaited);
}

/* Of the drawn records, those that are still to come. */
GPtrArray *
way_practice_arrivals_new (GPtrArray *records)
{
  GPtrArray *arrivals = g_ptr_array_new_with_free_func (awaited_free);

  for (guint i = 0; i < records->len; i++)
    await (arrivals, g_ptr_array_index (records, i));

  return arrivals;
}

/* An action starts the seconds of what waits for it. */
void
way_practice_arrivals_start (GPtrArray *arrivals, const WayAction *done, guint clock)
{
  for (guint i = 0; i < arrivals->len; i++)
    {
      Awaited *awaited = g_ptr_array_index (arrivals, i);

      if (awaited->is_started || g_strcmp0 (awaited->action, done->action) != 0
          || (awaited->target != NULL && g_strcmp0 (awaited->target, done->target) != 0))
        continue;
      awaited->is_started = TRUE;
      awaited->since = clock;
    }
}

/* Those that are due, as WayDeskRecord; they are awaited no longer. */
GPtrArray *
way_practice_arrivals_take (GPtrArray *arrivals, guint clock)
{
  GPtrArray *due = g_ptr_array_new ();

  for (guint i = 0; i < arrivals->len;)
    {
      const Awaited *awaited = g_ptr_array_index (arrivals, i);

      if (awaited->is_started && awaited->since + awaited->seconds <= clock)
        {
          g_ptr_array_add (due, (gpointer) awaited->record);
          g_ptr_array_remove_index (arrivals, i);
        }
      else
        i++;
    }

  return due;
}

/**
 * way_practice_arrivals_has:
 *
 * Returns: whether the record is still to come
 */
gboolean
way_practice_arrivals_has (GPtrArray *arrivals, const WayDeskRecord *record)
{
  for (guint i = 0; i < arrivals->len; i++)
    if (((const Awaited *) arrivals->pdata[i])->record == record)
      return TRUE;

  return FALSE;
}

/* When the next one comes by itself, 0 when none does. */
guint
way_practice_arrivals_next (GPtrArray *arrivals)
{
  guint next = 0;

  for (guint i = 0; i < arrivals->len; i++)
    {
      const Awaited *awaited = g_ptr_array_index (arrivals, i);
      guint due = awaited->since + awaited->seconds;

      if (awaited->is_started && (next == 0 || due < next))
        next = due;
    }

  return next;
}
