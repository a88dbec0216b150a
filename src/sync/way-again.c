/* way-again.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync/way-again.h"

#include "store/way-log.h"
#include "sync/way-authority.h"

#define FOR_THIRTY_DAYS (30 * G_TIME_SPAN_DAY)

/* When the trust may have been backed up, of all from which it was put back of late; -1 where it
 * was not. An epoch begins at most ten minutes before the last that a backup has. */
static gboolean
find_backup (WayDb *trust, gint64 now, gint64 *since, GError **error)
{
  WayStatement *statement;
  gboolean has_row;

  *since = -1;
  statement = way_db_prepare (trust,
                              "SELECT min (coalesce ((SELECT max (p.at) FROM epoch AS p"
                              " WHERE p.n < r.n), 0)) FROM epoch AS r"
                              " WHERE r.restored = 1 AND r.at > $1",
                              error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_int (statement, 1, now - FOR_THIRTY_DAYS);
  if (!way_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row && !way_statement_is_null (statement, 0))
    *since = way_statement_get_int (statement, 0);
  way_statement_reset (statement);
  return TRUE;
}

static gboolean
let_in (WayStore *trust, WayBatch *batch, const WayEvent *event, GError **error)
{
  g_autoptr (WayEvent) stamp = way_event_copy (event);
  WayStatement *statement;

  stamp->allowed = 1;
  if (!way_batch_stamp (batch, stamp, error)
      || !way_log_raise_readers (trust, " WHERE e.id = CAST($1 AS text)", event->id, error))
    return FALSE;
  statement = way_db_prepare (way_store_get_db (trust),
                              "INSERT INTO judged_again (id) VALUES ($1) ON CONFLICT DO NOTHING",
                              error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, event->id);
  return way_statement_run (statement, error);
}

/* What is allowed by what stands now, all of it judged before any is let in. */
static gboolean
list_allowed (WayStore *trust, const char *since, GPtrArray *events, GError **error)
{
  g_autoptr (GPtrArray) refused = NULL;

  refused = way_log_list_where (trust,
                                " WHERE e.allowed = 0 AND e.salt <> '' AND e.author IS NOT NULL"
                                " AND e.received > CAST($1 AS integer)",
                                since, error);
  for (guint i = 0; refused != NULL && i < refused->len; i++)
    {
      const WayEvent *event = refused->pdata[i];
      gboolean is_allowed;

      if (!way_authority_judge (way_store_get_db (trust), event->author, event, &is_allowed, error))
        return FALSE;
      if (is_allowed)
        g_ptr_array_add (events, way_event_copy (event));
    }
  return refused != NULL;
}

static gboolean
judge_all (WayStore *trust, const char *since, guint *n, GError **error)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (WayBatch) batch = way_batch_begin (trust, error);

  if (batch == NULL || !list_allowed (trust, since, events, error))
    return FALSE;
  for (guint i = 0; i < events->len; i++)
    if (!let_in (trust, batch, events->pdata[i], error))
      return FALSE;
  *n = events->len;
  return *n == 0 || way_batch_commit (batch, error);
}

/* way_judge_again:
 * @now: µs UTC
 * @n_allowed: (out): how many were refused and are allowed now
 *
 * A trust that was put back from a backup may hear of a champion's help before it hears again who
 * is champion, or who had asked: such a thing was allowed once, and is refused for no fault of
 * whoever did it. So for thirty days after that what was refused since the backup was made is
 * judged again by what stands now. What is allowed by it lets in what depends on it in turn. */
gboolean
way_judge_again (WayStore *trust, gint64 now, guint *n_allowed, GError **error)
{
  WayDb *db = way_store_get_db (trust);
  g_autofree char *text = NULL;
  gint64 since, n_asked;
  guint n;

  *n_allowed = 0;
  if (way_db_is_postgresql (db))
    {
      if (!way_db_get_int (db, "SELECT main.judge_again ()", &n_asked, error))
        return FALSE;
      *n_allowed = n_asked;
      return TRUE;
    }
  if (!find_backup (db, now, &since, error))
    return FALSE;
  if (since < 0)
    return TRUE;
  text = g_strdup_printf ("%" G_GINT64_FORMAT, since);
  do
    {
      if (!judge_all (trust, text, &n, error))
        return FALSE;
      *n_allowed += n;
    }
  while (n > 0);
  return TRUE;
}
