/* way-sqlite-push.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync/way-sqlite-peer-private.h"

#include "record/way-kind.h"
#include "sync/way-authority.h"
#include "sync/way-champion.h"

#define MAX_RAW 65536
#define MAX_TEXT 64
/* The year 2200: a claim beyond it is no claim. */
#define MAX_AT G_GINT64_CONSTANT (7258118400000000)
#define EPOCH_EVERY (10 * 60 * G_USEC_PER_SEC)
#define TRIES 5

/* One push under way. Owned by way_sqlite_peer_push(). */
typedef struct
{
  WaySqlitePeer *peer; /* (unowned) */
  WayDb *db;           /* (unowned) */
  WayBatch *batch;
  WayReceipt *receipt;
  const char *condemned; /* (nullable): the only event cannot be taken, and why */
  gint64 now;
  gboolean has_term; /* who is a champion may have changed */

  /* The stream as it stands. */
  gint64 last_seq;
  gint64 last_effective;
  char *last_chain;
} Push;

static void
push_clear (Push *self)
{
  g_clear_pointer (&self->batch, way_batch_free);
  g_clear_pointer (&self->receipt, way_receipt_free);
  g_free (self->last_chain);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Push, push_clear)

static gboolean
is_short_text (const char *text)
{
  return text != NULL && *text != '\0' && strlen (text) <= MAX_TEXT
         && g_utf8_validate (text, -1, NULL);
}

static gboolean
is_hex (const char *text, gsize length)
{
  if (text == NULL || strlen (text) != length)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isxdigit (text[i]) || g_ascii_isupper (text[i]))
      return FALSE;
  return TRUE;
}

static gboolean
is_kind (const char *kind)
{
  return is_short_text (kind) && strlen (kind) <= 40
         && strspn (kind, "abcdefghijklmnopqrstuvwxyz_0123456789") == strlen (kind);
}

/* Why an event cannot be read; NULL when it can. What a newer version writes, of a kind
 * or a version that this one does not know, is taken as it is. Of one that was erased only its
 * place is left. */
static char *
find_fault (const WayEvent *event, const char *previous_chain, gboolean is_empty)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *digest = NULL;
  g_autofree char *chain = NULL;
  const WayKind *kind;
  gpointer body;

  if (!way_uuid_is_valid (event->id))
    return g_strdup ("id: not a UUID");
  if (!is_kind (event->kind))
    return g_strdup ("kind: not a name");
  if (event->ver < 1 || event->ver > 1000)
    return g_strdup ("ver: out of range");
  if (event->at < 0 || event->at > MAX_AT)
    return g_strdup ("at: out of range");
  if (!is_short_text (event->zone))
    return g_strdup ("zone: not a name");
  if ((event->subject != NULL && !is_short_text (event->subject))
      || (event->unit != NULL && !is_short_text (event->unit)))
    return g_strdup ("subject, unit: not a name");
  if ((!is_empty && !is_hex (event->salt, 32)) || !is_hex (event->digest, 64)
      || !is_hex (event->chain, 64))
    return g_strdup ("salt, digest, chain: not as Waymark writes them");
  if (is_empty && event->refers != NULL && !way_uuid_is_valid (event->refers))
    return g_strdup ("refers: not a UUID");
  if (!is_empty && (event->body == NULL || !way_body_check (event->body, -1, &error)))
    return g_strdup_printf ("body: %s", error != NULL ? error->message : "none");
  digest = is_empty ? g_strdup (event->digest) : way_event_compute_digest (event);
  if (!g_str_equal (digest, event->digest))
    return g_strdup ("digest: not that of the body");
  chain = way_event_compute_chain (event, previous_chain);
  if (!g_str_equal (chain, event->chain))
    return g_strdup ("chain: does not follow the event before it");
  kind = way_kind_find (event->kind);
  if (is_empty || kind == NULL || event->ver > way_kind_get_version (kind))
    return NULL;
  body = way_kind_read (kind, event->body, &error);
  if (body == NULL)
    return g_strdup_printf ("body: %s", error->message);
  way_kind_free (kind, body);
  return NULL;
}

static char *
make_text (const char *text)
{
  g_autofree char *part = text != NULL ? g_strndup (text, MAX_RAW) : NULL;

  return part != NULL ? g_utf8_make_valid (part, -1) : NULL;
}

static void
bind_made_text (WayStatement *statement, int n, const char *text)
{
  g_autofree char *made = make_text (text);

  way_statement_bind_text (statement, n, made);
}

static gboolean
quarantine (Push *self, const WayEvent *event, const char *reason, GError **error)
{
  WayStatement *statement;

  statement = way_db_prepare (self->db,
                              "INSERT INTO quarantine (stream, seq, id, digest, chain, kind, at,"
                              " reason, raw, received)"
                              " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, coalesce ($9, ''), $10)",
                              error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, self->peer->stream);
  way_statement_bind_int (statement, 2, event->seq);
  bind_made_text (statement, 3, event->id);
  bind_made_text (statement, 4, event->digest);
  bind_made_text (statement, 5, event->chain);
  bind_made_text (statement, 6, event->kind);
  way_statement_bind_int (statement, 7, event->at);
  bind_made_text (statement, 8, reason);
  bind_made_text (statement, 9, event->body);
  way_statement_bind_int (statement, 10, self->now);
  self->receipt->quarantined++;
  return way_statement_run (statement, error);
}

static gboolean
put_elsewhere (Push *self, const WayEvent *event, GError **error)
{
  WayStatement *statement;

  statement = way_db_prepare (self->db,
                              "INSERT INTO elsewhere (stream, seq, id, digest, chain)"
                              " VALUES ($1, $2, $3, $4, $5)",
                              error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, self->peer->stream);
  way_statement_bind_int (statement, 2, event->seq);
  way_statement_bind_text (statement, 3, event->id);
  way_statement_bind_text (statement, 4, event->digest);
  way_statement_bind_text (statement, 5, event->chain);
  self->receipt->duplicates++;
  return way_statement_run (statement, error);
}

static void
add_stamp (Push *self, const WayEvent *event)
{
  WayEvent *stamp = way_event_new (event->kind, event->ver, "");

  stamp->id = g_strdup (event->id);
  stamp->received = event->received;
  stamp->effective = event->effective;
  stamp->allowed = event->allowed;
  g_ptr_array_add (self->receipt->stamps, stamp);
}

/* Claimed time, set right by the measured offset, never before the event before it nor
 * after its arrival. What a restored trust had received once keeps its times. */
static void
place_in_time (Push *self, WayEvent *event)
{
  gint64 claimed_received = event->received;
  gint64 claimed_effective = event->effective;

  /* Later than the event before it, even when the trust's own clock was put back. */
  event->received = MAX (self->now, self->last_effective + 1);
  event->effective = MAX (event->at + self->peer->offset, self->last_effective + 1);
  event->effective = MIN (event->effective, event->received);
  if (self->peer->is_restored && claimed_received > 0 && claimed_received <= self->now
      && claimed_effective >= self->last_effective && claimed_effective > 0
      && claimed_effective <= claimed_received)
    {
      event->received = claimed_received;
      event->effective = claimed_effective;
    }
  self->last_effective = event->effective;
}

/* An event that was emptied, and that the trust lost with the rest when it was put back, comes
 * again from whoever has it still, or has its place; or somebody sends something about a person
 * who was erased. The place is kept, and nothing of what was said. */
static gboolean
is_erased (Push *self, const WayEvent *event, gboolean *is_erased, GError **error)
{
  WayStatement *statement;

  statement = way_db_prepare (self->db,
                              "SELECT 1 FROM erased WHERE (what = 'event' AND target = $1)"
                              " OR (what = 'person' AND target = $2)",
                              error);
  if (statement == NULL)
    return FALSE;
  bind_made_text (statement, 1, event->id);
  bind_made_text (statement, 2, event->subject);
  if (!way_statement_step (statement, is_erased, error))
    return FALSE;
  way_statement_reset (statement);
  return TRUE;
}

/* What goes with the words of another, and went with them, comes empty again after the trust was
 * put back; that those were erased may be known here by their author alone, or not yet. There is
 * nothing in it that somebody could have forged. */
static gboolean
has_gone_along (const WayEvent *event)
{
  return (g_strcmp0 (event->kind, "tip") == 0 || g_strcmp0 (event->kind, "evidence_file") == 0)
         && g_strcmp0 (event->salt, "") == 0 && g_strcmp0 (event->body, "") == 0;
}

static gboolean
take (Push *self, const WayEvent *given, GError **error)
{
  g_autofree char *fault = NULL;
  g_autoptr (WayEvent) event = NULL;
  g_autoptr (WayEvent) known = NULL;
  gboolean is_allowed, must_empty, is_empty;

  if (!is_erased (self, given, &must_empty, error))
    return FALSE;
  must_empty |= has_gone_along (given);
  is_empty = must_empty && g_strcmp0 (given->salt, "") == 0 && g_strcmp0 (given->body, "") == 0;
  fault = find_fault (given, self->last_chain, is_empty);
  if (must_empty && (fault != NULL || self->condemned != NULL))
    {
      event = way_event_copy (given);
      g_free (event->body);
      event->body = g_strdup ("");
      given = event;
    }
  if (self->condemned != NULL)
    return quarantine (self, given, self->condemned, error);
  if (fault != NULL)
    return quarantine (self, given, fault, error);
  if (!way_log_find (self->peer->trust, given->id, &known, error))
    return FALSE;
  if (known != NULL)
    {
      if (g_str_equal (known->stream, self->peer->stream)
          || g_strcmp0 (known->author, self->peer->person) != 0
          || !g_str_equal (known->digest, given->digest))
        return quarantine (self, given, "id: of another event", error);
      add_stamp (self, known);
      return put_elsewhere (self, given, error);
    }
  event = way_event_copy (given);
  g_free (event->author);
  event->author = g_strdup (self->peer->person);
  place_in_time (self, event);
  if (!way_authority_judge (self->db, self->peer->person, event, &is_allowed, error))
    return FALSE;
  event->allowed = is_allowed ? 1 : 0;
  self->receipt->inserted++;
  self->receipt->refused += !is_allowed;
  self->has_term |= is_allowed
                    && (g_str_equal (event->kind, "champion_term")
                        || g_str_equal (event->kind, "role_grant"));
  add_stamp (self, event);
  return way_batch_insert (self->batch, event, self->peer->username, error)
         && (!must_empty || way_batch_blank (self->batch, event, error));
}

/* What lies at a place of the stream already: an event, a note that it came elsewhere, or
 * a row that could not be read. */
static gboolean
compare_with_place (Push *self, const WayEvent *event, gboolean *is_same, GError **error)
{
  WayStatement *statement;
  g_autoptr (WayEvent) known = NULL;
  g_autofree char *id = make_text (event->id);
  g_autofree char *digest = make_text (event->digest);
  gboolean has_row;

  *is_same = TRUE;
  statement =
      way_db_prepare (self->db,
                      "SELECT id, digest FROM event WHERE stream = $1 AND seq = $2"
                      " UNION ALL SELECT id, digest FROM elsewhere WHERE stream = $1 AND seq = $2"
                      " UNION ALL SELECT id, digest FROM quarantine WHERE stream = $1 AND seq = $2",
                      error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, self->peer->stream);
  way_statement_bind_int (statement, 2, event->seq);
  if (!way_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    *is_same = g_strcmp0 (way_statement_get_text (statement, 0), id) == 0
               && g_strcmp0 (way_statement_get_text (statement, 1), digest) == 0;
  way_statement_reset (statement);
  if (!*is_same || !way_uuid_is_valid (event->id))
    return TRUE;
  if (!way_log_find (self->peer->trust, event->id, &known, error))
    return FALSE;
  if (known != NULL && g_strcmp0 (known->author, self->peer->person) == 0)
    add_stamp (self, known);
  self->receipt->duplicates++;
  return TRUE;
}

static gboolean
lock_stream (Push *self, GError **error)
{
  WayStatement *statement;
  gboolean has_row;
  gboolean is_own = TRUE;

  statement = way_db_prepare (self->db,
                              "INSERT INTO stream (stream, person, machine, first_seen, last_seen)"
                              " VALUES ($1, $2, $3, $4, $4)"
                              " ON CONFLICT (stream) DO UPDATE SET last_seen = excluded.last_seen",
                              error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, self->peer->stream);
  way_statement_bind_text (statement, 2, self->peer->person);
  way_statement_bind_text (statement, 3, self->peer->machine);
  way_statement_bind_int (statement, 4, self->now);
  if (!way_statement_run (statement, error))
    return FALSE;
  statement = way_db_prepare (self->db,
                              "SELECT person, last_seq, last_chain, last_effective FROM stream"
                              " WHERE stream = $1",
                              error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, self->peer->stream);
  if (!way_statement_step (statement, &has_row, error))
    return FALSE;
  is_own = has_row && g_strcmp0 (way_statement_get_text (statement, 0), self->peer->person) == 0;
  if (is_own)
    {
      self->last_seq = way_statement_get_int (statement, 1);
      self->last_chain = g_strdup (way_statement_get_text (statement, 2));
      self->last_effective = way_statement_get_int (statement, 3);
    }
  way_statement_reset (statement);
  if (!is_own)
    g_set_error_literal (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_STREAM,
                         "The stream belongs to somebody else");
  return is_own;
}

static gboolean
note_end (Push *self, GError **error)
{
  WayStatement *statement;

  statement = way_db_prepare (self->db,
                              "UPDATE stream SET last_seq = $2, last_chain = $3,"
                              " last_effective = $4 WHERE stream = $1",
                              error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, self->peer->stream);
  way_statement_bind_int (statement, 2, self->last_seq);
  way_statement_bind_text (statement, 3, self->last_chain);
  way_statement_bind_int (statement, 4, self->last_effective);
  return way_statement_run (statement, error);
}

static gboolean
note_epoch (Push *self, GError **error)
{
  g_autofree char *nonce = g_uuid_string_random ();
  WayStatement *statement;

  statement = way_db_prepare (self->db,
                              "INSERT INTO epoch (n, nonce, at)"
                              " SELECT max (n) + 1, $1, $2 FROM epoch HAVING max (at) < $3",
                              error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, nonce);
  way_statement_bind_int (statement, 2, self->now);
  way_statement_bind_int (statement, 3, self->now - EPOCH_EVERY);
  return way_statement_run (statement, error);
}

/* The receipt when the trust's stream is not the one that was sent: nothing is taken. */
static WayReceipt *
decline (Push *self, gboolean is_fork, gint64 seq, GError **error)
{
  g_clear_pointer (&self->batch, way_batch_free);
  g_ptr_array_set_size (self->receipt->stamps, 0);
  self->receipt->inserted = self->receipt->duplicates = 0;
  self->receipt->quarantined = self->receipt->refused = 0;
  self->receipt->is_fork = is_fork;
  self->receipt->is_gap = !is_fork;
  self->receipt->fork_seq = is_fork ? seq : 0;
  self->receipt->acked = is_fork ? seq - 1 : self->last_seq;
  self->receipt->epoch = way_sqlite_peer_read_epoch (self->peer, error);
  return self->receipt->epoch != NULL ? g_steal_pointer (&self->receipt) : NULL;
}

/* What came is kept whether or not this is; the clockwork does it else. */
static void
end_calls (Push *self)
{
  g_autoptr (GError) error = NULL;
  guint n_ended;

  if (self->has_term && !way_champion_end_calls (self->peer->trust, &n_ended, &error))
    g_message ("Who is no champion any more can still be asked: %s", error->message);
}

static WayReceipt *
push_all (WaySqlitePeer *peer, GPtrArray *events, const char *condemned, GError **error)
{
  g_auto (Push) self = { 0 };

  self.peer = peer;
  self.db = way_store_get_db (peer->trust);
  self.now = g_get_real_time ();
  self.condemned = condemned;
  self.receipt = g_new0 (WayReceipt, 1);
  self.receipt->stamps = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  self.batch = way_batch_begin (peer->trust, error);
  if (self.batch == NULL || !way_sqlite_peer_check_erased (peer, peer->person, error)
      || !lock_stream (&self, error))
    return NULL;
  if (events->len > 0 && ((WayEvent *) events->pdata[0])->seq > self.last_seq + 1)
    return decline (&self, FALSE, 0, error);

  for (guint i = 0; i < events->len; i++)
    {
      const WayEvent *event = events->pdata[i];
      gboolean is_same;

      if (event->seq <= self.last_seq)
        {
          if (!compare_with_place (&self, event, &is_same, error))
            return NULL;
          if (!is_same)
            return decline (&self, TRUE, event->seq, error);
          continue;
        }
      if (!take (&self, event, error))
        return NULL;
      self.last_seq = event->seq;
      g_free (self.last_chain);
      self.last_chain = make_text (event->chain != NULL ? event->chain : "");
    }
  if (!note_end (&self, error) || (self.receipt->inserted > 0 && !note_epoch (&self, error))
      || !way_batch_commit (self.batch, error))
    return NULL;
  end_calls (&self);
  self.receipt->acked = self.last_seq;
  self.receipt->epoch = way_sqlite_peer_read_epoch (peer, error);
  return self.receipt->epoch != NULL ? g_steal_pointer (&self.receipt) : NULL;
}

static WayReceipt *
push_patiently (WaySqlitePeer *peer, GPtrArray *events, const char *condemned, GError **error)
{
  for (guint try = 1;; try++)
    {
      g_autoptr (GError) local = NULL;
      WayReceipt *receipt = push_all (peer, events, condemned, &local);

      if (receipt != NULL)
        return receipt;
      if (try < TRIES && g_error_matches (local, WAY_DB_ERROR, WAY_DB_ERROR_BUSY))
        {
          g_usleep (g_random_int_range (1, 50 << try) * 1000);
          continue;
        }
      if (g_error_matches (local, WAY_DB_ERROR, WAY_DB_ERROR_BUSY))
        g_set_error (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_BUSY,
                     "The trust is busy with somebody else: %s", local->message);
      else
        g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
}

static gboolean
is_content_fault (const GError *error)
{
  return g_error_matches (error, WAY_DB_ERROR, WAY_DB_ERROR_CONSTRAINT)
         || g_error_matches (error, WAY_DB_ERROR, WAY_DB_ERROR_SQL);
}

static void
merge (WayReceipt *whole, WayReceipt *part)
{
  whole->acked = part->acked;
  whole->inserted += part->inserted;
  whole->duplicates += part->duplicates;
  whole->quarantined += part->quarantined;
  whole->refused += part->refused;
  whole->is_gap |= part->is_gap;
  whole->is_fork |= part->is_fork;
  whole->fork_seq = part->fork_seq;
  g_free (whole->epoch);
  whole->epoch = g_steal_pointer (&part->epoch);
  g_ptr_array_extend_and_steal (whole->stamps, g_steal_pointer (&part->stamps));
}

/* Something in the batch breaks what the tables can hold, though each event looked well:
 * one by one the others get through, and it alone is set aside. */
static WayReceipt *
push_singly (WaySqlitePeer *peer, GPtrArray *events, GError **error)
{
  g_autoptr (WayReceipt) whole = g_new0 (WayReceipt, 1);

  whole->stamps = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  for (guint i = 0; i < events->len && !whole->is_gap && !whole->is_fork; i++)
    {
      g_autoptr (GPtrArray) one = g_ptr_array_new ();
      g_autoptr (WayReceipt) part = NULL;
      g_autoptr (GError) local = NULL;

      g_ptr_array_add (one, events->pdata[i]);
      part = push_patiently (peer, one, NULL, &local);
      if (part == NULL && is_content_fault (local))
        part = push_patiently (peer, one, local->message, error);
      else if (part == NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      if (part == NULL)
        return NULL;
      merge (whole, part);
    }
  return g_steal_pointer (&whole);
}

/* way_sqlite_peer_push:
 *
 * Takes a batch: all or nothing, but for what cannot be read, which is kept apart and
 * blocks nothing. */
WayReceipt *
way_sqlite_peer_push (WayPeer *peer, GPtrArray *events, GError **error)
{
  WaySqlitePeer *self = WAY_SQLITE_PEER (peer);
  g_autoptr (GError) local = NULL;
  WayReceipt *receipt;

  if (self->stream == NULL || events->len > WAY_SQLITE_BATCH)
    {
      g_set_error (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PROTOCOL,
                   self->stream == NULL ? "Push before hello" : "More than %d events in a push",
                   WAY_SQLITE_BATCH);
      return NULL;
    }
  for (guint i = 0; i < events->len; i++)
    {
      const WayEvent *event = events->pdata[i];

      if (g_strcmp0 (event->stream, self->stream) != 0 || event->seq < 1
          || (i > 0 && event->seq != ((WayEvent *) events->pdata[i - 1])->seq + 1))
        {
          g_set_error_literal (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PROTOCOL,
                               "A push must be of one stream, without gaps");
          return NULL;
        }
    }
  receipt = push_patiently (self, events, NULL, &local);
  if (receipt == NULL && is_content_fault (local))
    return push_singly (self, events, error);
  if (receipt == NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return receipt;
}
