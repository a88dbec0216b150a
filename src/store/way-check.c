/* way-check.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/way-derived.h"
#include "store/way-log.h"
#include "store/way-store-private.h"

#define MAX_PROBLEMS 20
#define PAGE 500

static void add_problem (GPtrArray *problems, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
add_problem (GPtrArray *problems, const char *format, ...)
{
  va_list args;

  if (problems->len >= MAX_PROBLEMS)
    return;
  va_start (args, format);
  g_ptr_array_add (problems, g_strdup_vprintf (format, args));
  va_end (args);
}

static void
check_row (const WayEvent *event, const char *previous, GPtrArray *problems)
{
  g_autofree char *digest = NULL;
  g_autofree char *chain = NULL;

  if (*event->salt != '\0')
    {
      digest = way_event_compute_digest (event);
      if (g_strcmp0 (digest, event->digest) != 0)
        add_problem (problems,
                     "Event %s (%s, %" G_GINT64_FORMAT "): its content is not what was written",
                     event->id, event->stream, event->seq);
    }
  chain = way_event_compute_chain (event, previous);
  if (g_strcmp0 (chain, event->chain) != 0)
    add_problem (problems,
                 "Event %s (%s, %" G_GINT64_FORMAT "): it does not follow the event before it",
                 event->id, event->stream, event->seq);
}

/* On a trust, a place may be held by a row that could not be read or that came through
 * another stream. NULL where the place is empty. */
static char *
find_chain_elsewhere (WayStore *self, const char *stream, gint64 seq, GError **error)
{
  WayStatement *statement;
  gboolean has_row;
  char *chain = NULL;

  if (self->role == WAY_STORE_DEVICE)
    return NULL;
  statement = way_db_prepare (self->db,
                              "SELECT chain FROM elsewhere WHERE stream = $1 AND seq = $2"
                              " UNION ALL SELECT coalesce (chain, '') FROM quarantine"
                              " WHERE stream = $1 AND seq = $2",
                              error);
  if (statement == NULL)
    return NULL;
  way_statement_bind_text (statement, 1, stream);
  way_statement_bind_int (statement, 2, seq);
  if (!way_statement_step (statement, &has_row, error))
    return NULL;
  if (has_row)
    chain = g_strdup (way_statement_get_text (statement, 0));
  way_statement_reset (statement);
  return chain;
}

/* Follows a stream up to the number where it must end. */
static gboolean
check_stream (WayStore *self,
              const char *stream,
              gint64 first,
              gint64 last,
              GPtrArray *problems,
              GError **error)
{
  g_autofree char *previous = g_strdup ("");
  gint64 seq = first - 1;
  gboolean is_known = first == 1; /* the chain of the event before */

  for (;;)
    {
      g_autoptr (GPtrArray) events = way_log_read_stream (self, stream, seq + 1, PAGE, error);

      if (events == NULL)
        return FALSE;
      for (guint i = 0; i <= events->len; i++)
        {
          const WayEvent *event = i < events->len ? events->pdata[i] : NULL;
          gint64 next = event != NULL ? event->seq : (events->len == PAGE ? seq + 1 : last + 1);

          while (seq + 1 < next)
            {
              g_autoptr (GError) local = NULL;
              g_autofree char *chain = find_chain_elsewhere (self, stream, seq + 1, &local);

              if (local != NULL)
                {
                  g_propagate_error (error, g_steal_pointer (&local));
                  return FALSE;
                }
              if (chain == NULL)
                add_problem (problems, "Stream %s lacks event %" G_GINT64_FORMAT, stream, seq + 1);
              is_known = chain != NULL;
              g_free (previous);
              previous = g_steal_pointer (&chain);
              seq++;
              if (problems->len >= MAX_PROBLEMS)
                return TRUE;
            }
          if (event == NULL)
            break;
          if (is_known)
            check_row (event, previous, problems);
          is_known = TRUE;
          g_free (previous);
          previous = g_strdup (event->chain);
          seq = event->seq;
          if (problems->len >= MAX_PROBLEMS)
            return TRUE;
        }
      if (events->len < PAGE)
        return TRUE;
    }
}

typedef struct
{
  char *stream;
  gint64 last;
} Stream;

static void
stream_free (gpointer data)
{
  Stream *stream = data;

  g_free (stream->stream);
  g_free (stream);
}

/* A device has its own streams whole; of others' only what it may see. */
static gboolean
check_streams (WayStore *self, GPtrArray *problems, GError **error)
{
  gboolean is_device = self->role == WAY_STORE_DEVICE;
  g_autoptr (GPtrArray) streams = g_ptr_array_new_with_free_func (stream_free);
  WayStatement *statement;
  gboolean has_row;

  statement = way_db_prepare (self->db,
                              is_device ? "SELECT stream, max (seq) FROM main.event"
                                          " WHERE stream = $1 GROUP BY stream"
                                        : "SELECT stream, last_seq FROM stream ORDER BY stream",
                              error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, self->stream);
  for (;;)
    {
      Stream *stream;

      if (!way_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      stream = g_new0 (Stream, 1);
      stream->stream = g_strdup (way_statement_get_text (statement, 0));
      stream->last = way_statement_get_int (statement, 1);
      g_ptr_array_add (streams, stream);
    }
  for (guint i = 0; i < streams->len && problems->len < MAX_PROBLEMS; i++)
    {
      Stream *stream = streams->pdata[i];

      if (!check_stream (self, stream->stream, 1, stream->last, problems, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
copy_tables (WayStore *self, GError **error)
{
  for (const char *const *name = way_derived_list (); *name != NULL; name++)
    {
      g_autofree char *sql = NULL;

      sql = g_strdup_printf ("DROP TABLE IF EXISTS %s.was_%s;"
                             "CREATE TEMP TABLE was_%s AS SELECT * FROM %s;",
                             way_db_get_temp_schema (self->db), *name, *name, *name);
      if (!way_db_exec (self->db, sql, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
drop_copies (WayStore *self, GError **error)
{
  for (const char *const *name = way_derived_list (); *name != NULL; name++)
    {
      g_autofree char *sql = g_strdup_printf ("DROP TABLE IF EXISTS %s.was_%s",
                                              way_db_get_temp_schema (self->db), *name);

      if (!way_db_exec (self->db, sql, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
rebuild (WayStore *self, GPtrArray *problems, GError **error)
{
  return copy_tables (self, error)
         && way_derived_rebuild (self->db, self->role == WAY_STORE_TRUST, error)
         && way_derived_compare (self->db, "was_", "", problems, error)
         && drop_copies (self, error);
}

/* way_store_rebuild:
 * @problems: (element-type utf8): gets a sentence for each table that was not what the
 *   log gives
 *
 * Throws the tables away and makes them from the log alone. */
gboolean
way_store_rebuild (WayStore *self, GPtrArray *problems, GError **error)
{
  g_return_val_if_fail (WAY_IS_STORE (self) && self->db != NULL && problems != NULL, FALSE);
  g_return_val_if_fail (!self->is_as_at, FALSE);

  if (self->is_read_only ? !way_db_exec (self->db, "BEGIN", error)
                         : !way_db_begin (self->db, error))
    return FALSE;
  if (!rebuild (self, problems, error))
    {
      way_db_rollback (self->db);
      return FALSE;
    }
  return way_db_commit (self->db, error);
}

/* Reading alone: the tables are made beside those that stand and compared. */
static gboolean
check_tables (WayStore *self, GPtrArray *problems, GError **error)
{
  g_autofree char *temporary = g_strconcat (way_db_get_temp_schema (self->db), ".", NULL);

  if (self->role == WAY_STORE_DEVICE)
    return way_store_rebuild (self, problems, error);
  if (self->is_as_at)
    return TRUE; /* made from the log just now */
  return way_store_as_at (self, G_MAXINT64, error)
         && way_derived_compare (self->db, "main.", temporary, problems, error)
         && way_store_as_at (self, 0, error);
}

/* way_store_check:
 * @problems: (element-type utf8): gets a sentence for each of the first differences
 *
 * Reads the whole database: damage, the content and order of every stream, gaps, and
 * whether the tables are what the log gives. TRUE says that it could look. */
gboolean
way_store_check (WayStore *self, GPtrArray *problems, GError **error)
{
  g_return_val_if_fail (WAY_IS_STORE (self) && self->db != NULL && problems != NULL, FALSE);

  return way_db_integrity (self->db, problems, error) && check_streams (self, problems, error)
         && check_tables (self, problems, error);
}

static gboolean
hide_tables (WayStore *self, gint64 received_before, GError **error)
{
  gboolean is_postgresql = way_db_is_postgresql (self->db);
  g_autofree char *views = way_store_load_sql (is_postgresql ? "postgresql/views-as-at.sql"
                                                             : "views-as-at.sql");
  WayStatement *statement;

  /* Saying it makes what was planned before be planned again. */
  if (is_postgresql && !way_db_exec (self->db, "SET search_path = pg_temp, main", error))
    return FALSE;
  if (!way_derived_create (self->db, TRUE, error) || !way_db_exec (self->db, views, error))
    return FALSE;
  statement = way_db_prepare (self->db, "INSERT INTO as_at (received_before) VALUES ($1)", error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_int (statement, 1, received_before);
  return way_statement_run (statement, error) && way_derived_rebuild (self->db, FALSE, error);
}

static gboolean
show_tables (WayStore *self, GError **error)
{
  const char *temporary = way_db_get_temp_schema (self->db);
  g_autofree char *sql =
      g_strdup_printf ("DROP VIEW IF EXISTS %s.live; DROP VIEW IF EXISTS %s.readable;"
                       "DROP TABLE IF EXISTS %s.as_at;",
                       temporary, temporary, temporary);

  return way_db_exec (self->db, sql, error) && way_derived_drop (self->db, temporary, error)
         && (!way_db_is_postgresql (self->db)
             || way_db_exec (self->db, "SET search_path = main", error));
}

/* There the trust makes the tables, and shows of them what is the guest's to see. */
static gboolean
as_at_for_guest (WayStore *self, gint64 received_before, GError **error)
{
  g_autofree char *sql = NULL;

  sql = g_strdup_printf ("SELECT api.as_at (%" G_GINT64_FORMAT "); SET search_path = %s",
                         received_before, received_before == 0 ? "api" : "pg_temp, api");
  if (!way_db_exec (self->db, sql, error))
    return FALSE;
  self->is_as_at = received_before != 0;
  return TRUE;
}

/* way_store_count_later:
 * @n_later: (out): events that had happened before that moment and arrived after it
 *
 * Counts what a look at a day that has gone leaves out. Trust only. */
gboolean
way_store_count_later (WayStore *self, gint64 before, gint64 *n_later, GError **error)
{
  g_autofree char *sql = NULL;

  g_return_val_if_fail (WAY_IS_STORE (self) && self->db != NULL, FALSE);
  g_return_val_if_fail (self->role == WAY_STORE_TRUST, FALSE);

  if (self->is_guest)
    sql = g_strdup_printf ("SELECT api.came_later (%" G_GINT64_FORMAT ")", before);
  else
    sql = g_strdup_printf ("SELECT count(*) FROM main.event WHERE effective < %" G_GINT64_FORMAT
                           " AND received >= %" G_GINT64_FORMAT,
                           before, before);
  return way_db_get_int (self->db, sql, n_later, error);
}

/* way_store_as_at:
 * @received_before: microseconds UTC; 0 for now
 *
 * Lets the names of the tables mean, on this connection, what they would have held when
 * the trust had received only what came before that moment. Trust only. */
gboolean
way_store_as_at (WayStore *self, gint64 received_before, GError **error)
{
  gboolean is_done;

  g_return_val_if_fail (WAY_IS_STORE (self) && self->db != NULL, FALSE);
  g_return_val_if_fail (self->role == WAY_STORE_TRUST, FALSE);

  if (self->is_guest)
    return as_at_for_guest (self, received_before, error);

  /* One snapshot for all tables. TEMP tables take part in it. */
  if (!way_db_exec (self->db, "BEGIN", error))
    return FALSE;
  is_done = (!self->is_as_at || show_tables (self, error))
            && (received_before == 0 || hide_tables (self, received_before, error));
  if (!is_done)
    {
      way_db_rollback (self->db);
      return FALSE;
    }
  if (!way_db_commit (self->db, error))
    return FALSE;
  self->is_as_at = received_before != 0;
  return TRUE;
}

/* way_store_must_scrub:
 * @must: (out): whether something was taken out of the store that its file may still hold */
gboolean
way_store_must_scrub (WayStore *self, gboolean *must, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *mark = NULL;

  g_return_val_if_fail (WAY_IS_STORE (self) && self->db != NULL && must != NULL, FALSE);

  *must = FALSE;
  if (self->is_read_only || way_db_is_postgresql (self->db))
    return TRUE;
  mark = way_store_get_meta (self, WAY_STORE_SCRUB, &local);
  *must = mark != NULL;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* way_store_checkpoint:
 *
 * Empties the write-ahead log into the database, for an idle moment. Where something was taken
 * out, such as what is others', all is written anew first: then neither file holds it any more.
 * That is tried again each time until it has been done to the end. */
gboolean
way_store_checkpoint (WayStore *self, GError **error)
{
  gboolean must_scrub;

  g_return_val_if_fail (WAY_IS_STORE (self) && self->db != NULL, FALSE);

  self->n_unchecked = 0;
  if (!way_store_must_scrub (self, &must_scrub, error))
    return FALSE;
  if (must_scrub && !self->is_rewritten)
    {
      if (!way_db_rewrite (self->db, error))
        return FALSE;
      self->is_rewritten = TRUE;
    }
  if (!way_db_checkpoint (self->db, error))
    return FALSE;
  return !must_scrub || way_store_set_meta (self, WAY_STORE_SCRUB, NULL, error);
}

/* way_store_scrub:
 *
 * Has the files forget what was taken out of the store, where that is so. A full disk, or
 * somebody who reads, puts it off to the next time, and is no failure of what has been done. */
void
way_store_scrub (WayStore *self)
{
  g_autoptr (GError) error = NULL;
  gboolean must_scrub = FALSE;

  g_return_if_fail (WAY_IS_STORE (self) && self->db != NULL);

  if (!way_store_must_scrub (self, &must_scrub, &error)
      || (must_scrub && !way_store_checkpoint (self, &error)))
    g_message ("What was taken out could not be overwritten yet: %s", error->message);
}
