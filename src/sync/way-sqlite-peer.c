/* way-sqlite-peer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync/way-sqlite-peer-private.h"

#include "sync/way-apart.h"
#include "sync/way-bundle.h"
#include "sync/way-enrolment.h"
#include "sync/way-pack-chunks.h"
#include "sync/way-ticket.h"

/* Below this a difference of clocks is the journey, not the clock. */
#define MIN_OFFSET (2 * G_USEC_PER_SEC)

static void peer_iface_init (WayPeerInterface *iface);

/* The trust's side of sync over an SQLite file: greeting and signing in. Push and pull
 * have files of their own. Owns its connection. */
G_DEFINE_FINAL_TYPE_WITH_CODE (WaySqlitePeer,
                               way_sqlite_peer,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WAY_TYPE_PEER, peer_iface_init))

static void
way_sqlite_peer_finalize (GObject *object)
{
  WaySqlitePeer *self = WAY_SQLITE_PEER (object);

  g_clear_object (&self->trust);
  g_free (self->username);
  g_free (self->machine);
  g_free (self->person);
  g_free (self->stream);
  G_OBJECT_CLASS (way_sqlite_peer_parent_class)->finalize (object);
}

static void
way_sqlite_peer_class_init (WaySqlitePeerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = way_sqlite_peer_finalize;
}

static void
way_sqlite_peer_init (WaySqlitePeer *self)
{
}

static WayDb *
get_db (WaySqlitePeer *self)
{
  return way_store_get_db (self->trust);
}

/* way_sqlite_peer_read_epoch:
 *
 * The newest epoch as clients keep it. */
char *
way_sqlite_peer_read_epoch (WaySqlitePeer *self, GError **error)
{
  g_autoptr (GError) local = NULL;
  char *epoch;

  epoch = way_db_dup_text (get_db (self),
                           "SELECT CAST(n AS text) || '-' || nonce FROM epoch"
                           " ORDER BY n DESC LIMIT 1",
                           &local);
  if (epoch != NULL)
    return epoch;
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    g_set_error_literal (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PROTOCOL,
                         "The trust has lost its epochs");
  return NULL;
}

/* way_sqlite_peer_find_epoch:
 * @place: (out): what it means to this trust
 *
 * Looks an epoch up. */
gboolean
way_sqlite_peer_find_epoch (WaySqlitePeer *self,
                            const char *epoch,
                            WayEpochPlace *place,
                            GError **error)
{
  WayStatement *statement;
  gboolean has_row;

  statement = way_db_prepare (get_db (self),
                              "SELECT n >= (SELECT coalesce (max (r.n), 0) FROM epoch AS r"
                              " WHERE r.restored = 1)"
                              " FROM epoch WHERE CAST(n AS text) || '-' || nonce = $1",
                              error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, epoch);
  if (!way_statement_step (statement, &has_row, error))
    return FALSE;
  if (!has_row)
    *place = WAY_EPOCH_UNKNOWN;
  else
    *place = way_statement_get_int (statement, 0) != 0 ? WAY_EPOCH_GOOD : WAY_EPOCH_BEFORE_RESTORE;
  way_statement_reset (statement);
  return TRUE;
}

static char *
sign_in (WayPeer *peer, const char *username, const char *machine, GError **error)
{
  WaySqlitePeer *self = WAY_SQLITE_PEER (peer);
  WayStatement *statement;
  gboolean has_row;
  char *person = NULL;

  statement = way_db_prepare (get_db (self),
                              "SELECT person FROM person"
                              " WHERE username = $1 AND coalesce (ended, 0) = 0 ORDER BY person",
                              error);
  if (statement == NULL)
    return NULL;
  way_statement_bind_text (statement, 1, username);
  if (!way_statement_step (statement, &has_row, error))
    return NULL;
  if (has_row)
    person = g_strdup (way_statement_get_text (statement, 0));
  way_statement_reset (statement);
  if (person == NULL)
    {
      g_set_error (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PERSON,
                   "The trust has nobody with the username “%s”", username != NULL ? username : "");
      return NULL;
    }
  g_free (self->username);
  self->username = g_strdup (username);
  g_free (self->machine);
  self->machine = g_strdup (machine);
  return person;
}

/* way_sqlite_peer_check_erased:
 *
 * Whether a person is still there to speak of. */
gboolean
way_sqlite_peer_check_erased (WaySqlitePeer *self, const char *person, GError **error)
{
  WayStatement *statement;
  gboolean is_erased;

  statement = way_db_prepare (get_db (self), "SELECT 1 FROM erased WHERE target = $1", error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, person);
  if (!way_statement_step (statement, &is_erased, error))
    return FALSE;
  way_statement_reset (statement);
  if (is_erased)
    way_peer_say_erased (error);
  return !is_erased;
}

/* What is spoken here is the first protocol. */
static gboolean
check_protocol (WaySqlitePeer *self, GError **error)
{
  gint64 n;

  if (!way_db_get_int (get_db (self),
                       "SELECT count(*) FROM meta WHERE key = 'proto_min' AND value <> '1'", &n,
                       error))
    return FALSE;
  if (n > 0)
    way_peer_say_too_old (error);
  return n == 0;
}

/* way_sqlite_peer_check_person:
 *
 * Whether somebody of that id belongs to the trust now. */
gboolean
way_sqlite_peer_check_person (WaySqlitePeer *self, const char *person, GError **error)
{
  WayStatement *statement;
  gboolean has_row;
  gboolean is_here = FALSE;

  statement = way_db_prepare (get_db (self),
                              "SELECT username, coalesce (ended, 0) FROM person WHERE person = $1",
                              error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, person);
  if (!way_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    {
      is_here = way_statement_get_int (statement, 1) == 0;
      g_free (self->username);
      self->username = g_strdup (way_statement_get_text (statement, 0));
    }
  way_statement_reset (statement);
  if (!is_here)
    g_set_error_literal (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PERSON,
                         has_row ? "The trust says that this person has left"
                                 : "The trust does not know whose store this is");
  return is_here;
}

static gboolean
read_stream (
    WaySqlitePeer *self, const char *person, const char *stream, gint64 *last_seq, GError **error)
{
  WayStatement *statement;
  gboolean has_row;
  gboolean is_own = TRUE;

  *last_seq = 0;
  statement = way_db_prepare (get_db (self),
                              "SELECT last_seq, person FROM stream WHERE stream = $1", error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, stream);
  if (!way_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    {
      *last_seq = way_statement_get_int (statement, 0);
      is_own = g_strcmp0 (way_statement_get_text (statement, 1), person) == 0;
    }
  way_statement_reset (statement);
  if (!is_own)
    g_set_error_literal (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_STREAM,
                         "The stream belongs to somebody else");
  return is_own;
}

static WayWelcome *
hello (WayPeer *peer,
       const char *person,
       const char *stream,
       gint64 acked,
       const char *epoch,
       gint64 client_time,
       GError **error)
{
  WaySqlitePeer *self = WAY_SQLITE_PEER (peer);
  g_autoptr (WayWelcome) welcome = g_new0 (WayWelcome, 1);
  WayEpochPlace place = WAY_EPOCH_GOOD;
  gboolean is_restored;

  welcome->server_time = g_get_real_time ();
  welcome->batch = WAY_SQLITE_BATCH;
  if (!way_uuid_is_valid (stream))
    {
      g_set_error_literal (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PROTOCOL,
                           "That is not the name of a stream");
      return NULL;
    }
  if (!check_protocol (self, error) || !way_sqlite_peer_check_erased (self, person, error)
      || !way_sqlite_peer_check_person (self, person, error)
      || !read_stream (self, person, stream, &welcome->last_seq, error)
      || (epoch != NULL && *epoch != '\0'
          && !way_sqlite_peer_find_epoch (self, epoch, &place, error)))
    return NULL;
  welcome->is_epoch_known = place == WAY_EPOCH_GOOD;
  is_restored = !welcome->is_epoch_known || welcome->last_seq < acked;
  /* The first who notices says it for all: others' cursors may point into what was lost,
   * and they could not tell. */
  if (is_restored && place != WAY_EPOCH_BEFORE_RESTORE && !self->has_noted_restore)
    {
      if (!way_store_note_restore (self->trust, error))
        return NULL;
      self->has_noted_restore = TRUE;
    }
  welcome->epoch = way_sqlite_peer_read_epoch (self, error);
  if (welcome->epoch == NULL)
    return NULL;

  /* Who has found that out greets again, with their other streams too. */
  self->is_restored = is_restored || (self->is_restored && g_strcmp0 (self->person, person) == 0);
  g_free (self->person);
  self->person = g_strdup (person);
  g_free (self->stream);
  self->stream = g_strdup (stream);
  self->offset = welcome->server_time - client_time;
  if (ABS (self->offset) < MIN_OFFSET)
    self->offset = 0;
  welcome->scopes = way_sqlite_peer_list_scopes (self, error);
  if (welcome->scopes == NULL)
    return NULL;
  return g_steal_pointer (&welcome);
}

static gboolean
check_greeted (WaySqlitePeer *self, GError **error)
{
  if (self->stream != NULL)
    return TRUE;
  g_set_error_literal (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PROTOCOL, "Asked before hello");
  return FALSE;
}

static GPtrArray *
list_apart (WayPeer *peer, GError **error)
{
  WaySqlitePeer *self = WAY_SQLITE_PEER (peer);
  WayStatement *statement;

  if (!check_greeted (self, error))
    return NULL;
  statement = way_db_prepare (get_db (self),
                              "SELECT seq, reason, received FROM quarantine WHERE stream = $1"
                              " ORDER BY seq DESC LIMIT 1000",
                              error);
  if (statement == NULL)
    return NULL;
  way_statement_bind_text (statement, 1, self->stream);
  return way_apart_read (statement, error);
}

static char *
dup_bundle_key (WayPeer *peer, GError **error)
{
  WaySqlitePeer *self = WAY_SQLITE_PEER (peer);

  return check_greeted (self, error) ? way_bundle_make_key (self->trust, self->person, error)
                                     : NULL;
}

static char *
issue_ticket (WayPeer *peer, gint64 *expires, GError **error)
{
  WaySqlitePeer *self = WAY_SQLITE_PEER (peer);

  return check_greeted (self, error)
             ? way_ticket_make (self->trust, self->person, self->stream, expires, error)
             : NULL;
}

static WayChunk *
fetch_chunk (WayPeer *peer, const char *digest, gint64 n, GError **error)
{
  WaySqlitePeer *self = WAY_SQLITE_PEER (peer);
  WayStatement *statement;

  statement = way_db_prepare (get_db (self),
                              "SELECT f.chunks, f.size, f.sha256, c.sha256, c.bytes"
                              " FROM pack_file AS f JOIN pack_chunk AS c ON c.digest = f.digest"
                              " WHERE f.digest = $1 AND c.n = $2",
                              error);
  if (statement == NULL)
    return NULL;
  way_statement_bind_text (statement, 1, digest);
  way_statement_bind_int (statement, 2, n);
  return way_pack_chunk_read (statement, error);
}

static gboolean
use_enrolment (WayPeer *peer,
               const char *person,
               const char *id,
               const char *code,
               const char *stream,
               GError **error)
{
  WaySqlitePeer *self = WAY_SQLITE_PEER (peer);
  g_autofree char *hash = way_enrolment_hash (id, code);
  g_autofree char *refusal = NULL;
  WayStatement *statement;
  gboolean has_row;

  statement = way_db_prepare (get_db (self),
                              "SELECT CASE WHEN hash <> $2 THEN 'unknown'"
                              " WHEN person <> $3 THEN 'person' WHEN stream = $4 THEN NULL"
                              " WHEN stream IS NOT NULL THEN 'used' WHEN expires < $5"
                              " THEN 'expired' END FROM enrolment WHERE id = $1",
                              error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, id);
  way_statement_bind_text (statement, 2, hash);
  way_statement_bind_text (statement, 3, person);
  way_statement_bind_text (statement, 4, stream);
  way_statement_bind_int (statement, 5, g_get_real_time ());
  if (!way_statement_step (statement, &has_row, error))
    return FALSE;
  refusal = g_strdup (has_row ? way_statement_get_text (statement, 0) : "unknown");
  way_statement_reset (statement);
  if (!way_enrolment_refuse (refusal, error))
    return FALSE;
  statement = way_db_prepare (get_db (self),
                              "UPDATE enrolment SET used = $2, stream = $3 WHERE id = $1", error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, id);
  way_statement_bind_int (statement, 2, g_get_real_time ());
  way_statement_bind_text (statement, 3, stream);
  return way_statement_run (statement, error);
}

static void
rest (WayPeer *peer)
{
  way_db_rest (get_db (WAY_SQLITE_PEER (peer)));
}

static void
peer_iface_init (WayPeerInterface *iface)
{
  iface->use_enrolment = use_enrolment;
  iface->sign_in = sign_in;
  iface->hello = hello;
  iface->push = way_sqlite_peer_push;
  iface->pull = way_sqlite_peer_pull;
  iface->list_apart = list_apart;
  iface->dup_bundle_key = dup_bundle_key;
  iface->issue_ticket = issue_ticket;
  iface->fetch_chunk = fetch_chunk;
  iface->rest = rest;
}

/* way_sqlite_peer_new_for_store:
 * @trust: open for writing
 *
 * A peer over a trust that somebody has open, on the same thread. */
WayPeer *
way_sqlite_peer_new_for_store (WayStore *trust)
{
  WaySqlitePeer *self;

  g_return_val_if_fail (WAY_IS_STORE (trust), NULL);

  self = g_object_new (WAY_TYPE_SQLITE_PEER, NULL);
  self->trust = g_object_ref (trust);
  return WAY_PEER (self);
}

/* way_sqlite_peer_new:
 *
 * Opens the trust at a URI as a peer. */
WayPeer *
way_sqlite_peer_new (const char *uri, GError **error)
{
  g_autoptr (WayStore) trust = way_store_open_trust (uri, FALSE, error);

  return trust != NULL ? way_sqlite_peer_new_for_store (trust) : NULL;
}
