/* way-salvage.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "record/way-kind.h"
#include "store/way-log.h"
#include "store/way-seal.h"
#include "store/way-store-private.h"

#include <errno.h>
#include <glib/gstdio.h>

/* The log of a damaged store is read from both ends, since reading stops where a page
 * cannot be followed. */
static const char *const orders[] = {
  "SELECT " WAY_LOG_COLUMNS " FROM event AS e ORDER BY e.stream, e.seq",
  "SELECT " WAY_LOG_COLUMNS " FROM event AS e ORDER BY e.stream DESC, e.seq DESC",
  "SELECT " WAY_LOG_COLUMNS " FROM event AS e NOT INDEXED ORDER BY rowid",
  "SELECT " WAY_LOG_COLUMNS " FROM event AS e NOT INDEXED ORDER BY rowid DESC",
};

static gboolean
is_whole (const WayEvent *event)
{
  g_autofree char *digest = NULL;

  if (!way_uuid_is_valid (event->stream) || !way_uuid_is_valid (event->id) || event->seq < 1
      || event->ver < 1 || event->received < 0 || event->allowed < 0 || event->allowed > 1
      || event->kind == NULL || strlen (event->kind) < 1 || strlen (event->kind) > 40
      || event->zone == NULL || event->salt == NULL || event->digest == NULL || event->chain == NULL
      || strlen (event->chain) != 64)
    return FALSE;
  if (*event->salt == '\0')
    return *event->body == '\0';
  digest = way_event_compute_digest (event);
  return g_strcmp0 (digest, event->digest) == 0 && way_body_check (event->body, -1, NULL);
}

static void
read_some (WayDb *db, const char *sql, const char *person, GHashTable *events)
{
  WayStatement *statement = way_db_prepare (db, sql, NULL);
  gboolean has_row;

  if (statement == NULL)
    return;
  while (way_statement_step (statement, &has_row, NULL) && has_row)
    {
      g_autoptr (WayEvent) event = NULL;

      if (way_statement_is_null (statement, 6) || way_statement_is_null (statement, 11))
        continue;
      event = way_log_read_row (statement, TRUE);
      /* What others wrote comes again from the trust, under its rules of who may see it. */
      if (is_whole (event) && g_strcmp0 (event->author, person) == 0
          && !g_hash_table_contains (events, event->id))
        {
          char *id = event->id;

          g_hash_table_insert (events, id, g_steal_pointer (&event));
        }
    }
  way_statement_reset (statement);
}

static char *
read_meta (WayDb *db, const char *key)
{
  WayStatement *statement = way_db_prepare (db, "SELECT value FROM meta WHERE key = $1", NULL);
  gboolean has_row;
  char *value = NULL;

  if (statement == NULL)
    return NULL;
  way_statement_bind_text (statement, 1, key);
  if (way_statement_step (statement, &has_row, NULL) && has_row)
    value = g_strdup (way_statement_get_text (statement, 0));
  way_statement_reset (statement);
  return value;
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const WayEvent *one = *(const WayEvent *const *) a;
  const WayEvent *two = *(const WayEvent *const *) b;
  int order = strcmp (one->stream, two->stream);

  return order != 0 ? order : (one->seq > two->seq) - (one->seq < two->seq);
}

/* The digest knows of the body alone: whether the rest of an event is what was written, the
 * chain says, where it can be followed. Takes out what does not follow, and a second event in
 * a place that has one. */
static void
drop_changed (GPtrArray *events)
{
  const WayEvent *last = NULL;
  gboolean is_sure = FALSE; /* of the last one's chain */
  guint n_kept = 0;

  for (guint i = 0; i < events->len; i++)
    {
      WayEvent *event = events->pdata[i];
      gboolean is_next = last != NULL && g_str_equal (last->stream, event->stream);
      g_autofree char *chain = NULL;
      gboolean follows;

      if (is_next && last->seq == event->seq)
        continue;
      is_next = is_next && last->seq + 1 == event->seq;
      chain = way_event_compute_chain (event, is_next ? last->chain : "");
      follows = (is_next || event->seq == 1) && g_str_equal (chain, event->chain);
      if (!follows && ((is_next && is_sure) || event->seq == 1))
        continue;
      is_sure = follows;
      last = event;
      events->pdata[n_kept++] = event;
    }
  g_ptr_array_set_size (events, n_kept);
}

/* The store, its write-ahead log and its shared memory go together. */
static const char *const endings[] = { "-wal", "-shm", "" };

static char *
move_aside (const char *path, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *date = g_date_time_format (now, "%Y%m%dT%H%M%SZ");
  g_autofree char *aside = g_strconcat (path, ".damaged-", date, NULL);

  for (guint i = 2; g_file_test (aside, G_FILE_TEST_EXISTS); i++)
    {
      g_free (aside);
      aside = g_strdup_printf ("%s.damaged-%s-%u", path, date, i);
    }
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *from = g_strconcat (path, endings[i], NULL);
      g_autofree char *to = g_strconcat (aside, endings[i], NULL);

      if (g_rename (from, to) != 0 && (errno != ENOENT || *endings[i] == '\0'))
        {
          g_set_error (error, WAY_DB_ERROR, WAY_DB_ERROR_IO, "%s cannot be set aside: %s", from,
                       g_strerror (errno));
          return NULL;
        }
    }
  return g_steal_pointer (&aside);
}

/* No new store could be made (a full disk): the damaged one goes back, so that what can be read
 * of it is not forgotten, but tried again. */
static void
move_back (const char *aside, const char *path)
{
  int lock = way_binding_lock (path, NULL);

  if (lock < 0) /* somebody else has made one */
    return;
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *from = g_strconcat (aside, endings[i], NULL);
      g_autofree char *to = g_strconcat (path, endings[i], NULL);

      g_unlink (to);
      if (g_rename (from, to) != 0 && errno != ENOENT)
        g_warning ("%s cannot be put back: %s", from, g_strerror (errno));
    }
  way_binding_unlock (lock);
}

/* What the trust has received keeps its place; the rest is sent again under the new
 * stream, since the end of the old one may be missing. */
static gboolean
copy_events (WayStore *store, GHashTable *found, guint *kept, GError **error)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new (); /* borrowed from `found` */
  GHashTableIter iter;
  gpointer value;
  g_autoptr (WayBatch) batch = NULL;
  g_autofree char *chain = g_strdup ("");
  gint64 seq = 0;

  g_hash_table_iter_init (&iter, found);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_ptr_array_add (events, value);
  g_ptr_array_sort (events, compare_places);
  drop_changed (events);
  *kept = events->len;
  batch = way_batch_begin (store, error);
  if (batch == NULL)
    return FALSE;
  for (guint i = 0; i < events->len; i++)
    {
      WayEvent *event = events->pdata[i];

      if (event->received == 0)
        {
          g_free (event->stream);
          event->stream = g_strdup (way_store_get_stream (store));
          event->seq = ++seq;
          g_free (event->chain);
          event->chain = way_event_compute_chain (event, chain);
          g_free (chain);
          chain = g_strdup (event->chain);
        }
      if (!way_batch_insert (batch, event, NULL, error))
        return FALSE;
    }
  return way_batch_commit (batch, error) && way_store_read_state (store, error);
}

/* way_store_salvage:
 * @person: (nullable): whose store; NULL to take its word for it
 * @aside: (out) (optional): where the damaged file is now
 * @kept: (out) (optional): how many events could be read
 *
 * Puts a new store in the place of a damaged one, with every event of the person that can
 * be read and is what was written. The damaged file is set aside, not changed; where no new store
 * can be made it stays in its place.
 *
 * Returns: (transfer full) (nullable): the new store; NULL with @error set */
WayStore *
way_store_salvage (const char *path, const char *person, char **aside, guint *kept, GError **error)
{
  g_autoptr (GHashTable) events = NULL;
  g_autoptr (WayStore) store = NULL;
  g_autoptr (WayDb) db = NULL;
  g_autofree char *whole = NULL;
  g_autofree char *moved = NULL;
  g_autofree char *uri = NULL;
  g_autofree char *owner = g_strdup (person);
  guint n_kept = 0;
  int lock;

  g_return_val_if_fail (path != NULL, NULL);

  whole = g_canonicalize_filename (path, NULL);
  lock = way_binding_lock (whole, error);
  if (lock < 0)
    return NULL;
  moved = move_aside (whole, error);
  way_binding_unlock (lock);
  if (moved == NULL)
    return NULL;

  events = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) way_event_free);
  uri = g_strconcat ("sqlite:", moved, NULL);
  db = way_db_open (uri, WAY_DB_READ_ONLY, NULL);
  if (db != NULL)
    {
      if (owner == NULL)
        owner = read_meta (db, "person");
      for (guint i = 0; owner != NULL && i < G_N_ELEMENTS (orders); i++)
        read_some (db, orders[i], owner, events);
    }
  if (owner == NULL)
    {
      g_set_error (error, WAY_STORE_ERROR, WAY_STORE_ERROR_DAMAGED,
                   "Nothing can be read of %s, not even whose store it was", moved);
      return NULL;
    }
  g_clear_pointer (&db, way_db_free);
  store = way_store_open_device (whole, owner, error);
  if (store == NULL || !copy_events (store, events, &n_kept, error))
    {
      if (store != NULL)
        way_store_close (store);
      move_back (moved, whole);
      return NULL;
    }
  if (kept != NULL)
    *kept = n_kept;
  if (aside != NULL)
    *aside = g_steal_pointer (&moved);
  return g_steal_pointer (&store);
}
