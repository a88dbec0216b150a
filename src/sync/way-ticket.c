/* way-ticket.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync/way-ticket.h"

#include <string.h>

#include <glib/gstdio.h>
#include <sys/random.h>

#include "store/way-seal.h"
#include "sync/way-postgresql-peer.h"
#include "sync/way-sqlite-peer-private.h"

#define DAY (G_GINT64_CONSTANT (24) * 60 * 60 * G_USEC_PER_SEC)
#define LIFE (30 * DAY)
#define RENEW_BEFORE (10 * DAY)
/* Those of a stream that hold at once: an answer that is lost takes nothing away. */
#define MOST_TICKETS 3
#define BATCH 200
#define MAX_BATCH_BYTES (1024 * 1024)
#define MAX_DETOURS 3
/* How far the trust has the stream as a ticket was told: the store's own count, `acked`, waits
 * for its person, who is also told when each event was received. */
#define ACKED "ticket_acked"

/* What is kept on the device. */
typedef struct
{
  char *stream;
  char *ticket;
  gint64 expires;
} Kept;

static void
kept_clear (Kept *self)
{
  g_free (self->stream);
  g_free (self->ticket);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Kept, kept_clear)

static char *
dup_path (WayStore *device)
{
  g_autofree char *path = way_db_dup_path (way_db_get_uri (way_store_get_db (device)));

  return path != NULL ? g_strconcat (path, ".ticket", NULL) : NULL;
}

/* What cannot be read is as good as none. */
static void
load (WayStore *device, Kept *kept)
{
  g_autofree char *path = dup_path (device);
  g_autofree char *sealed = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (path == NULL || !g_file_get_contents (path, &sealed, NULL, NULL))
    return;
  text = way_seal_open (g_strchomp (sealed));
  lines = g_strsplit (text != NULL ? text : "", " ", -1);
  if (g_strv_length (lines) != 3 || !g_str_equal (lines[0], way_store_get_stream (device)))
    return;
  kept->stream = g_strdup (lines[0]);
  kept->ticket = g_strdup (lines[1]);
  kept->expires = g_ascii_strtoll (lines[2], NULL, 10);
}

static gboolean
save (WayStore *device, const char *ticket, gint64 expires, GError **error)
{
  g_autofree char *path = dup_path (device);
  g_autofree char *text = g_strdup_printf ("%s %s %" G_GINT64_FORMAT, way_store_get_stream (device),
                                           ticket, expires);
  g_autofree char *sealed = way_seal_close (text);

  return path == NULL
         || g_file_set_contents_full (path, sealed, -1,
                                      G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                      0600, error);
}

/* way_ticket_renew:
 * @device: the greeted person's store
 * @peer: that has greeted the trust
 *
 * Asks for a ticket where it is time to, and keeps it. Call it after way_sync_run() where
 * a computer is shared. */
gboolean
way_ticket_renew (WayStore *device, WayPeer *peer, GError **error)
{
  g_auto (Kept) kept = { 0 };
  g_autofree char *ticket = NULL;
  gint64 expires = 0;

  g_return_val_if_fail (WAY_IS_STORE (device) && WAY_IS_PEER (peer), FALSE);

  load (device, &kept);
  if (kept.ticket != NULL && kept.expires > g_get_real_time () + RENEW_BEFORE)
    return TRUE;
  ticket = way_peer_issue_ticket (peer, &expires, error);
  return ticket != NULL && save (device, ticket, expires, error);
}

static gboolean
read_number (WayStore *device, const char *key, gint64 *number, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *text = way_store_get_meta (device, key, &local);

  *number = text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return error == NULL || *error == NULL;
}

/* `ticket_acked` is of a stream, which may be another by now. */
static gboolean
read_acked (WayStore *device, gint64 *acked, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *text = way_store_get_meta (device, ACKED, &local);
  const char *number = text != NULL ? strchr (text, ' ') : NULL;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!read_number (device, "acked", acked, error))
    return FALSE;
  if (number != NULL && g_str_has_prefix (text, way_store_get_stream (device)))
    *acked = MAX (*acked, g_ascii_strtoll (number + 1, NULL, 10));
  return TRUE;
}

static gboolean
write_acked (WayStore *device, gint64 acked, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%s %" G_GINT64_FORMAT, way_store_get_stream (device),
                                           acked);

  return way_store_set_meta (device, ACKED, text, error);
}

static gboolean
refuse (WaySyncError code, const char *text, GError **error)
{
  g_set_error_literal (error, WAY_SYNC_ERROR, (int) code, text);
  return FALSE;
}

static gboolean
refuse_ticket (GError **error)
{
  return refuse (WAY_SYNC_ERROR_TICKET,
                 "The ticket of this store does not hold any more: its person must sign in", error);
}

/* One batch to a trust in PostgreSQL, by a login that may do this and nothing else. */
static gboolean
push_postgresql (
    WayDb *db, const Kept *kept, GPtrArray *events, WayReceipt *receipt, GError **error)
{
  WayStatement *statement;
  g_autofree char *refusal = NULL;
  gboolean has_row;

  statement =
      way_db_prepare (db,
                      "SELECT refusal, acked, inserted, duplicates, quarantined, refused, is_gap,"
                      " is_fork, fork_seq FROM api.push_ticket_v1 (CAST($1 AS text),"
                      " CAST($2 AS text), CAST($3 AS text), CAST($4 AS bigint),"
                      " CAST($5 AS bigint), CAST($6 AS bytea[]), CAST($7 AS bytea[]),"
                      " CAST($8 AS bytea[]), CAST($9 AS bytea[]), CAST($10 AS bigint[]),"
                      " CAST($11 AS bigint[]), CAST($12 AS bytea[]), CAST($13 AS bytea[]),"
                      " CAST($14 AS bytea[]), CAST($15 AS bytea[]), CAST($16 AS bytea[]),"
                      " CAST($17 AS bigint[]), CAST($18 AS bigint[]))",
                      error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, kept->ticket);
  way_statement_bind_text (statement, 2, kept->stream);
  way_statement_bind_text (statement, 3, g_get_host_name ());
  way_statement_bind_int (statement, 4, ((WayEvent *) events->pdata[0])->seq);
  way_statement_bind_int (statement, 5, g_get_real_time ());
  way_postgresql_bind_events (statement, 6, events);
  if (!way_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    {
      refusal = g_strdup (way_statement_get_text (statement, 0));
      receipt->acked = way_statement_get_int (statement, 1);
      receipt->inserted = (guint) way_statement_get_int (statement, 2);
      receipt->duplicates = (guint) way_statement_get_int (statement, 3);
      receipt->quarantined = (guint) way_statement_get_int (statement, 4);
      receipt->refused = (guint) way_statement_get_int (statement, 5);
      receipt->is_gap = way_statement_get_int (statement, 6) == 1;
      receipt->is_fork = way_statement_get_int (statement, 7) == 1;
      receipt->fork_seq = way_statement_get_int (statement, 8);
    }
  way_statement_reset (statement);
  if (g_strcmp0 (refusal, "ticket") == 0 || g_strcmp0 (refusal, "stream") == 0)
    return refuse_ticket (error);
  if (!has_row || refusal != NULL)
    return refuse (WAY_SYNC_ERROR_PROTOCOL, "The trust does not understand what this version says",
                   error);
  return TRUE;
}

static char *
hash_ticket (const char *salt, const char *ticket)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (gsize i = 0; salt[i] != '\0' && salt[i + 1] != '\0'; i += 2)
    {
      guchar byte = (guchar) (g_ascii_xdigit_value (salt[i]) << 4
                              | g_ascii_xdigit_value (salt[i + 1]));

      g_checksum_update (checksum, &byte, 1);
    }
  g_checksum_update (checksum, (const guchar *) ticket, -1);
  return g_strdup (g_checksum_get_string (checksum));
}

/* Whose the ticket is, where it holds. NULL with @error set. */
static char *
find_bearer (WayDb *db, const Kept *kept, GError **error)
{
  g_autofree char *person = NULL;
  WayStatement *statement;
  gboolean has_row;

  statement = way_db_prepare (db,
                              "SELECT t.person, t.salt, t.hash FROM ticket AS t"
                              " JOIN stream AS s ON s.stream = t.stream AND s.person = t.person"
                              " WHERE t.stream = $1 AND t.revoked = 0 AND t.expires >= $2",
                              error);
  if (statement == NULL)
    return NULL;
  way_statement_bind_text (statement, 1, kept->stream);
  way_statement_bind_int (statement, 2, g_get_real_time ());
  for (;;)
    {
      g_autofree char *hash = NULL;

      if (!way_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        break;
      hash = hash_ticket (way_statement_get_text (statement, 1), kept->ticket);
      if (g_strcmp0 (hash, way_statement_get_text (statement, 2)) == 0)
        {
          g_free (person);
          person = g_strdup (way_statement_get_text (statement, 0));
        }
    }
  if (person == NULL)
    refuse_ticket (error);
  return g_steal_pointer (&person);
}

/* One batch to a trust in a file. The ticket is asked for here too, though whoever can open
 * the file could do without. */
static gboolean
push_sqlite (
    WaySqlitePeer *peer, const Kept *kept, GPtrArray *events, WayReceipt *receipt, GError **error)
{
  g_autofree char *person = find_bearer (way_store_get_db (peer->trust), kept, error);
  g_autoptr (WayReceipt) given = NULL;

  if (person == NULL)
    return FALSE;
  g_free (peer->person);
  peer->person = g_steal_pointer (&person);
  g_free (peer->stream);
  peer->stream = g_strdup (kept->stream);
  given = way_sqlite_peer_push (WAY_PEER (peer), events, error);
  if (given == NULL)
    return FALSE;
  receipt->acked = given->acked;
  receipt->inserted = given->inserted;
  receipt->duplicates = given->duplicates;
  receipt->quarantined = given->quarantined;
  receipt->refused = given->refused;
  receipt->is_gap = given->is_gap;
  receipt->is_fork = given->is_fork;
  receipt->fork_seq = given->fork_seq;
  return TRUE;
}

static GPtrArray *
read_outbox (WayStore *device, gint64 acked, GError **error)
{
  GPtrArray *events = way_log_read_stream (device, way_store_get_stream (device), acked + 1, BATCH,
                                           error);
  gsize size = 0;
  guint n = 0;

  if (events == NULL)
    return NULL;
  while (n < events->len)
    {
      size += strlen (((WayEvent *) events->pdata[n])->body);
      if (n > 0 && size > MAX_BATCH_BYTES)
        break;
      n++;
    }
  g_ptr_array_set_size (events, n);
  return events;
}

static gboolean
push_all (WayStore *device,
          const Kept *kept,
          WayDb *db,
          WayPeer *peer,
          GCancellable *cancellable,
          WaySyncResult *result,
          GError **error)
{
  guint n_detours = 0;
  gint64 acked;

  if (!read_acked (device, &acked, error))
    return FALSE;
  for (;;)
    {
      g_autoptr (GPtrArray) events = NULL;
      WayReceipt receipt = { 0 };
      gint64 before = acked;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      events = read_outbox (device, acked, error);
      if (events == NULL)
        return FALSE;
      if (events->len == 0)
        return TRUE;
      if (db != NULL ? !push_postgresql (db, kept, events, &receipt, error)
                     : !push_sqlite (WAY_SQLITE_PEER (peer), kept, events, &receipt, error))
        return FALSE;
      result->is_fork = receipt.is_fork;
      /* Another copy of this store has gone on. Whose they are must sign in: only then can
       * the rest go to a stream of its own. */
      if (receipt.is_fork)
        return refuse (WAY_SYNC_ERROR_STREAM, "The stream of this store goes on elsewhere", error);
      result->is_rewound |= receipt.is_gap;
      result->pushed += events->len;
      result->duplicates += receipt.duplicates;
      result->quarantined += receipt.quarantined;
      result->refused += receipt.refused;
      result->acked += (guint) CLAMP (receipt.acked - before, 0, (gint64) events->len);
      acked = receipt.acked;
      if (!write_acked (device, acked, error))
        return FALSE;
      if (acked <= before && ++n_detours > MAX_DETOURS)
        return refuse (WAY_SYNC_ERROR_PROTOCOL,
                       "The trust and this store do not agree on what was sent", error);
    }
}

/* way_ticket_push:
 * @device: a store, its person signed out
 * @uri: of the trust, with the login of this computer
 * @cancellable: (nullable): asked between batches; what was sent stays
 * @result: (out): filled as far as it came; nothing is ever pulled
 *
 * Sends what waits. It may be cut or run again at any moment. WAY_SYNC_ERROR_TICKET: there is
 * no ticket, or it holds no more; WAY_SYNC_ERROR_STREAM: the store is a copy. */
gboolean
way_ticket_push (WayStore *device,
                 const char *uri,
                 GCancellable *cancellable,
                 WaySyncResult *result,
                 GError **error)
{
  g_auto (Kept) kept = { 0 };
  g_autoptr (GError) local = NULL;
  g_autoptr (WayPeer) peer = NULL;
  g_autoptr (WayDb) db = NULL;
  WaySyncResult unwanted;

  g_return_val_if_fail (WAY_IS_STORE (device) && uri != NULL, FALSE);
  g_return_val_if_fail (way_store_get_role (device) == WAY_STORE_DEVICE, FALSE);

  if (result == NULL)
    result = &unwanted;
  *result = (WaySyncResult){ 0 };
  load (device, &kept);
  if (kept.ticket == NULL)
    return refuse (WAY_SYNC_ERROR_TICKET,
                   "There is no ticket for this store: its person must sign in", error);
  if (g_str_has_prefix (uri, "sqlite:"))
    {
      peer = way_sqlite_peer_new (uri, error);
      return peer != NULL && push_all (device, &kept, NULL, peer, cancellable, result, error);
    }
  db = way_db_open (uri, WAY_DB_READ_WRITE, &local);
  if (db != NULL && way_db_exec (db, "SET search_path = api; SET statement_timeout = '60s'", &local)
      && push_all (device, &kept, db, NULL, cancellable, result, &local))
    return TRUE;
  way_postgresql_map_error (g_steal_pointer (&local), error);
  return FALSE;
}

static char *
make_random (guint n_bytes)
{
  GString *hex = g_string_new (NULL);

  while (hex->len < (gsize) n_bytes * 2)
    {
      guint8 byte;

      if (getrandom (&byte, 1, 0) == 1)
        g_string_append_printf (hex, "%02x", byte);
    }
  return g_string_free (hex, FALSE);
}

static gboolean
keep_newest (WayDb *db, const char *stream, gint64 now, GError **error)
{
  WayStatement *statement;

  statement = way_db_prepare (db,
                              "DELETE FROM ticket WHERE stream = $1 AND (expires < $2"
                              " OR (revoked = 0 AND hash NOT IN (SELECT n.hash FROM ticket AS n"
                              " WHERE n.stream = $1 AND n.revoked = 0"
                              " ORDER BY n.issued DESC, n.hash LIMIT CAST($3 AS integer))))",
                              error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, stream);
  way_statement_bind_int (statement, 2, now);
  way_statement_bind_int (statement, 3, MOST_TICKETS);
  return way_statement_run (statement, error);
}

static gboolean
insert (WayDb *db,
        const char *person,
        const char *stream,
        const char *ticket,
        gint64 now,
        GError **error)
{
  g_autofree char *salt = make_random (16);
  g_autofree char *hash = hash_ticket (salt, ticket);
  WayStatement *statement;

  statement = way_db_prepare (db,
                              "INSERT INTO stream (stream, person, machine, first_seen, last_seen)"
                              " VALUES ($1, $2, '', $3, $3) ON CONFLICT (stream) DO NOTHING",
                              error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, stream);
  way_statement_bind_text (statement, 2, person);
  way_statement_bind_int (statement, 3, now);
  if (!way_statement_run (statement, error))
    return FALSE;
  statement = way_db_prepare (db,
                              "INSERT INTO ticket (stream, hash, salt, person, issued, expires)"
                              " VALUES ($1, $2, $3, $4, $5, $6)",
                              error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, stream);
  way_statement_bind_text (statement, 2, hash);
  way_statement_bind_text (statement, 3, salt);
  way_statement_bind_text (statement, 4, person);
  way_statement_bind_int (statement, 5, now);
  way_statement_bind_int (statement, 6, now + LIFE);
  return way_statement_run (statement, error) && keep_newest (db, stream, now, error);
}

/* way_ticket_make:
 * @trust: in a file, open for writing
 * @stream: a stream of @person's, whom somebody has greeted
 * @expires: (out): until when it holds
 *
 * A new ticket. The trust keeps what it becomes with a salt, and not the ticket. */
char *
way_ticket_make (
    WayStore *trust, const char *person, const char *stream, gint64 *expires, GError **error)
{
  WayDb *db = way_store_get_db (trust);
  g_autofree char *ticket = make_random (32);
  gint64 now = g_get_real_time ();

  if (!way_db_begin (db, error))
    return NULL;
  if (!insert (db, person, stream, ticket, now, error))
    {
      way_db_rollback (db);
      return NULL;
    }
  *expires = now + LIFE;
  return way_db_commit (db, error) ? g_steal_pointer (&ticket) : NULL;
}

/* way_ticket_revoke:
 * @trust: open for writing, by whoever administers it
 * @username: of somebody, also of one who has left; or the id of one of whom no more is known
 *
 * Takes a person's tickets back, such as when a shared computer is lost: what is brought with
 * them is refused from now on. WAY_STORE_ERROR_PERSON where nobody is called that. */
gboolean
way_ticket_revoke (WayStore *trust, const char *username, guint *n_revoked, GError **error)
{
  WayDb *db = way_store_get_db (trust);
  WayStatement *statement;
  gboolean is_known;

  statement = way_db_prepare (db,
                              "SELECT 1 FROM person WHERE username = $1 OR person = $1"
                              " UNION ALL SELECT 1 FROM ticket WHERE person = $1 LIMIT 1",
                              error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, username);
  if (!way_statement_step (statement, &is_known, error))
    return FALSE;
  way_statement_reset (statement);
  if (!is_known)
    {
      g_set_error (error, WAY_STORE_ERROR, WAY_STORE_ERROR_PERSON, "Nobody has the username “%s”",
                   username);
      return FALSE;
    }
  statement = way_db_prepare (db,
                              "UPDATE ticket SET revoked = CAST($2 AS bigint) WHERE revoked = 0"
                              " AND (person = $1 OR person IN (SELECT p.person FROM person AS p"
                              " WHERE p.username = $1))",
                              error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, username);
  way_statement_bind_int (statement, 2, g_get_real_time ());
  if (!way_statement_run (statement, error))
    return FALSE;
  *n_revoked = (guint) way_db_get_changes (db);
  return TRUE;
}
