/* way-log.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/way-log.h"

#include "record/way-bodies.h"
#include "store/way-derived.h"
#include "store/way-seal.h"
#include "store/way-store-private.h"

#include <sys/random.h>

/* Where nobody else checkpoints (a load, a tool), the write-ahead log is emptied after
 * so many events. */
#define CHECKPOINT_AFTER 5000

#define INSERT_COLUMNS                                                                             \
  "INSERT INTO event (stream, seq, id, author, subject, unit, kind, ver, at, zone, salt, body,"    \
  " digest, chain, received, effective, allowed, refers"
/* What a body points at; an event that was erased says it beside its body. */
#define POINTED_AT(said)                                                                           \
  " CASE $7 WHEN 'retraction' THEN " said " ->> 'target'"                                          \
  " WHEN 'help_action' THEN " said " ->> 'request'"                                                \
  " WHEN 'feedback_action' THEN " said " ->> 'feedback'"                                           \
  " WHEN 'vote' THEN " said " ->> 'feedback'"                                                      \
  " WHEN 'corner_action' THEN " said " ->> 'question'"                                             \
  " WHEN 'tip' THEN " said " ->> 'answer'"                                                         \
  " WHEN 'evidence_answer' THEN " said " ->> 'evidence'"                                           \
  " WHEN 'evidence_file' THEN " said " ->> 'evidence'"                                             \
  " WHEN 'pulse_answer' THEN " said " ->> 'pulse' END"
#define INSERT_VALUES                                                                              \
  ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,"          \
  " coalesce ($19," POINTED_AT ("$18") ")"
#define INSERT_DEVICE INSERT_COLUMNS INSERT_VALUES ")"
#define INSERT_TRUST INSERT_COLUMNS ", login" INSERT_VALUES ", $20)"
/* There a text must be said to be JSON before it is looked into. */
#define INSERT_POSTGRESQL                                                                          \
  INSERT_COLUMNS ", login) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,"   \
                 " $15, $16, $17,"                                                                 \
                 " coalesce ($19," POINTED_AT ("CAST($18 AS json)") "), $20)"

/* A transaction on the log with what it touches. Owned by whoever began it. */
struct _WayBatch
{
  WayStore *store;
  WayTouched *touched;
  WayScopes *scopes;   /* (nullable) a device */
  gint64 newest_stamp; /* the latest effective time that the trust gave to an own event */
  guint n_events;
  gboolean is_over;
};

/* way_batch_begin:
 *
 * Begins a transaction on the store. Everything done through the batch is committed
 * together with what it changes in the tables for reading.
 *
 * Returns: (transfer full) (nullable): NULL with @error set */
WayBatch *
way_batch_begin (WayStore *store, GError **error)
{
  WayBatch *self;

  g_return_val_if_fail (WAY_IS_STORE (store) && store->db != NULL, NULL);
  g_return_val_if_fail (!store->is_read_only && !store->is_as_at, NULL);

  if (!way_db_begin (store->db, error))
    return NULL;
  self = g_new0 (WayBatch, 1);
  self->store = g_object_ref (store);
  self->touched = way_touched_new ();
  if (store->role == WAY_STORE_TRUST)
    self->scopes = way_scopes_new ();
  return self;
}

/* way_batch_free:
 *
 * Lets go of the batch; undoes it when it was not committed. */
void
way_batch_free (WayBatch *self)
{
  if (!self->is_over)
    way_db_rollback (self->store->db);
  way_touched_free (self->touched);
  g_clear_pointer (&self->scopes, way_scopes_free);
  g_object_unref (self->store);
  g_free (self);
}

static gboolean
touch (WayBatch *self, const WayEvent *event, GError **error)
{
  return way_touched_add (self->touched, self->store->db, event, error)
         && (self->scopes == NULL || way_scopes_add (self->scopes, self->store->db, event, error));
}

/* way_batch_insert:
 * @event: whole, with effective set
 * @login: (nullable): by which it came; a trust keeps it
 *
 * Writes one row of the log as it is. */
gboolean
way_batch_insert (WayBatch *self, const WayEvent *event, const char *login, GError **error)
{
  gboolean is_device = self->store->role == WAY_STORE_DEVICE;
  g_autofree char *body = NULL;
  WayStatement *statement;

  statement = way_db_prepare (self->store->db,
                              is_device                                ? INSERT_DEVICE
                              : way_db_is_postgresql (self->store->db) ? INSERT_POSTGRESQL
                                                                       : INSERT_TRUST,
                              error);
  if (statement == NULL)
    return FALSE;
  if (is_device && *event->body != '\0')
    body = way_seal_close (event->body);
  way_statement_bind_text (statement, 1, event->stream);
  way_statement_bind_int (statement, 2, event->seq);
  way_statement_bind_text (statement, 3, event->id);
  way_statement_bind_text (statement, 4, event->author);
  way_statement_bind_text (statement, 5, event->subject);
  way_statement_bind_text (statement, 6, event->unit);
  way_statement_bind_text (statement, 7, event->kind);
  way_statement_bind_int (statement, 8, event->ver);
  way_statement_bind_int (statement, 9, event->at);
  way_statement_bind_text (statement, 10, event->zone);
  way_statement_bind_text (statement, 11, event->salt);
  if (*event->body != '\0' || !way_db_is_postgresql (self->store->db))
    way_statement_bind_text (statement, 12, body != NULL ? body : event->body);
  way_statement_bind_text (statement, 13, event->digest);
  way_statement_bind_text (statement, 14, event->chain);
  way_statement_bind_int (statement, 15, event->received);
  way_statement_bind_int (statement, 16, event->effective);
  way_statement_bind_int (statement, 17, event->allowed);
  way_statement_bind_text (statement, 18, *event->body != '\0' ? event->body : "{}");
  way_statement_bind_text (statement, 19, *event->salt == '\0' ? event->refers : NULL);
  way_statement_bind_text (statement, 20, login);
  self->n_events++;
  return way_statement_run (statement, error) && touch (self, event, error);
}

/* way_batch_stamp:
 * @stamp: an event's id with received, effective and allowed
 *
 * Keeps what the trust has said of an event. One that is not here is passed over. */
gboolean
way_batch_stamp (WayBatch *self, const WayEvent *stamp, GError **error)
{
  WayDb *db = self->store->db;
  g_autoptr (WayEvent) event = NULL;
  WayStatement *statement;

  if (!way_log_find (self->store, stamp->id, &event, error))
    return FALSE;
  if (event == NULL
      || (event->received == stamp->received && event->effective == stamp->effective
          && event->allowed == stamp->allowed))
    return TRUE;
  statement = way_db_prepare (db,
                              "UPDATE event SET received = $2, effective = $3, allowed = $4"
                              " WHERE id = $1",
                              error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, stamp->id);
  way_statement_bind_int (statement, 2, stamp->received);
  way_statement_bind_int (statement, 3, stamp->effective);
  way_statement_bind_int (statement, 4, stamp->allowed);
  if (g_strcmp0 (event->stream, self->store->stream) == 0)
    self->newest_stamp = MAX (self->newest_stamp, stamp->effective);
  event->allowed = stamp->allowed;
  return way_statement_run (statement, error) && touch (self, event, error);
}

/* way_batch_put_in_scope:
 *
 * Notes that an event came with a scope, so that it goes with it. */
gboolean
way_batch_put_in_scope (WayBatch *self, const char *scope, const WayEvent *event, GError **error)
{
  WayStatement *statement;

  statement = way_db_prepare (self->store->db,
                              "INSERT INTO event_scope (scope, stream, seq) VALUES ($1, $2, $3)"
                              " ON CONFLICT DO NOTHING",
                              error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, scope);
  way_statement_bind_text (statement, 2, event->stream);
  way_statement_bind_int (statement, 3, event->seq);
  return way_statement_run (statement, error);
}

static gboolean
run_with_scope (WayDb *db, const char *sql, const char *scope, const char *person, GError **error)
{
  WayStatement *statement = way_db_prepare (db, sql, error);

  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, scope);
  way_statement_bind_text (statement, 2, person);
  return way_statement_run (statement, error);
}

/* The file is to forget it too: see way_store_checkpoint(). */
static gboolean
note_removal (WayBatch *self, GError **error)
{
  if (self->store->path == NULL || way_db_is_postgresql (self->store->db)
      || way_db_get_changes (self->store->db) == 0)
    return TRUE;
  self->store->is_rewritten = FALSE;
  return way_store_set_meta (self->store, WAY_STORE_SCRUB, "1", error);
}

/* way_batch_remove:
 * @event: in the log of a device
 *
 * Takes an event out of its place. */
gboolean
way_batch_remove (WayBatch *self, const WayEvent *event, GError **error)
{
  static const char *const questions[] = { "DELETE FROM event_scope"
                                           " WHERE stream = $1 AND seq = $2",
                                           "DELETE FROM event WHERE stream = $1 AND seq = $2" };

  if (!touch (self, event, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      WayStatement *statement = way_db_prepare (self->store->db, questions[i], error);

      if (statement == NULL)
        return FALSE;
      way_statement_bind_text (statement, 1, event->stream);
      way_statement_bind_int (statement, 2, event->seq);
      if (!way_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

/* way_batch_drop_files:
 * @retraction: in the log of a device
 *
 * Where evidence was withdrawn the pieces of its file go from the device of whom it is about: what
 * is seen in a file is not to lie there because nobody asks for it any more. */
gboolean
way_batch_drop_files (WayBatch *self, const WayEvent *retraction, GError **error)
{
  g_autoptr (GPtrArray) events = NULL;
  WayStatement *statement;

  statement = way_db_prepare (self->store->db,
                              "SELECT " WAY_LOG_COLUMNS " FROM event AS r"
                              " JOIN event AS e ON e.refers = r.refers AND e.author = r.author"
                              " WHERE r.id = $1 AND e.kind = 'evidence_file' AND e.author <> $2",
                              error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, retraction->id);
  way_statement_bind_text (statement, 2, self->store->person);
  events = way_log_read_events (statement, TRUE, error);
  if (events == NULL)
    return FALSE;
  for (guint i = 0; i < events->len; i++)
    if (!way_batch_remove (self, events->pdata[i], error) || !note_removal (self, error))
      return FALSE;
  return TRUE;
}

/* way_batch_purge_scope:
 *
 * Forgets a scope: the events that came with it alone go, but for the person's own. */
gboolean
way_batch_purge_scope (WayBatch *self, const char *scope, GError **error)
{
  WayDb *db = self->store->db;
  const char *person = self->store->person;
  g_autoptr (GPtrArray) events = NULL;
  WayStatement *statement;

  statement = way_db_prepare (db,
                              "SELECT " WAY_LOG_COLUMNS " FROM event AS e"
                              " JOIN event_scope AS s ON s.stream = e.stream AND s.seq = e.seq"
                              " WHERE s.scope = $1",
                              error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, scope);
  events = way_log_read_events (statement, TRUE, error);
  if (events == NULL)
    return FALSE;
  for (guint i = 0; i < events->len; i++)
    if (!touch (self, events->pdata[i], error))
      return FALSE;
  return run_with_scope (db,
                         "DELETE FROM event WHERE (author IS NULL OR author <> $2)"
                         " AND EXISTS (SELECT 1 FROM event_scope AS s WHERE s.scope = $1"
                         " AND s.stream = event.stream AND s.seq = event.seq)"
                         " AND NOT EXISTS (SELECT 1 FROM event_scope AS s WHERE s.scope <> $1"
                         " AND s.stream = event.stream AND s.seq = event.seq)",
                         scope, person, error)
         && note_removal (self, error)
         && run_with_scope (db, "DELETE FROM event_scope WHERE scope = $1", scope, NULL, error)
         && run_with_scope (db, "DELETE FROM scope WHERE scope = $1", scope, NULL, error);
}

/* way_batch_blank:
 *
 * Empties an event that was erased: its place, digest and chain stay. */
gboolean
way_batch_blank (WayBatch *self, const WayEvent *event, GError **error)
{
  WayDb *db = self->store->db;
  WayStatement *statement;

  statement = way_db_prepare (db,
                              way_db_is_postgresql (db)
                                  ? "UPDATE event SET salt = '', body = NULL WHERE id = $1"
                                  : "UPDATE event SET salt = '', body = '' WHERE id = $1",
                              error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, event->id);
  return way_statement_run (statement, error) && note_removal (self, error)
         && touch (self, event, error);
}

/* What waits in the outbox: what is not acknowledged. An event that the trust could not read is
 * acknowledged, and gets no stamp for ever. */
#define OUTBOX                                                                                     \
  "stream = $1 AND received = 0"                                                                   \
  " AND seq > (SELECT CAST(value AS integer) FROM main.meta WHERE key = 'acked')"

/* How many of them are held at a time: after a long time away there may be very many. */
#define OUTBOX_PAGE 1000

/* Touches what waits, all that it moves by @delta. */
static gboolean
touch_unsent (WayBatch *self, gint64 delta, GError **error)
{
  WayStore *store = self->store;
  gint64 seq = 0;

  for (;;)
    {
      g_autoptr (GPtrArray) events = NULL;
      WayStatement *statement;

      statement = way_db_prepare (store->db,
                                  "SELECT " WAY_LOG_COLUMNS " FROM event AS e WHERE " OUTBOX
                                  " AND seq > $2 ORDER BY e.seq LIMIT $3",
                                  error);
      if (statement == NULL)
        return FALSE;
      way_statement_bind_text (statement, 1, store->stream);
      way_statement_bind_int (statement, 2, seq);
      way_statement_bind_int (statement, 3, OUTBOX_PAGE);
      events = way_log_read_events (statement, TRUE, error);
      if (events == NULL)
        return FALSE;
      for (guint i = 0; i < events->len; i++)
        {
          const WayEvent *event = events->pdata[i];

          if (!touch (self, event, error))
            return FALSE;
          /* What is written next comes after these too. */
          self->newest_stamp = MAX (self->newest_stamp, event->effective + delta);
          seq = event->seq;
        }
      if (events->len < OUTBOX_PAGE)
        return TRUE;
    }
}

/* What waits in the outbox comes after what the trust has placed, by its clock too. */
static gboolean
move_unsent (WayBatch *self, GError **error)
{
  WayStore *store = self->store;
  gint64 delta = 0;
  gboolean has_row;
  WayStatement *statement;

  if (self->newest_stamp == 0)
    return TRUE;
  statement = way_db_prepare (store->db,
                              "SELECT effective FROM event WHERE " OUTBOX " ORDER BY seq LIMIT 1",
                              error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, store->stream);
  if (!way_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    delta = self->newest_stamp + 1 - way_statement_get_int (statement, 0);
  way_statement_reset (statement);
  if (delta <= 0)
    return TRUE;
  if (!touch_unsent (self, delta, error))
    return FALSE;
  statement = way_db_prepare (store->db,
                              "UPDATE event SET effective = effective + $2 WHERE " OUTBOX, error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, store->stream);
  way_statement_bind_int (statement, 2, delta);
  return way_statement_run (statement, error);
}

/* way_batch_commit:
 *
 * Folds what was touched and commits. When it fails nothing of the batch is there. */
gboolean
way_batch_commit (WayBatch *self, GError **error)
{
  WayStore *store = self->store;
  gboolean is_trust = store->role == WAY_STORE_TRUST;

  g_return_val_if_fail (!self->is_over, FALSE);

  if (!move_unsent (self, error) || !way_derived_fold (store->db, self->touched, is_trust, error)
      || (is_trust && !way_scopes_bump (self->scopes, store->db, error)))
    return FALSE;
  self->is_over = TRUE;
  if (!way_db_commit (store->db, error))
    return FALSE;
  store->last_effective = MAX (store->last_effective, self->newest_stamp);
  store->n_unchecked += self->n_events;
  if (store->n_unchecked >= CHECKPOINT_AFTER && way_db_checkpoint (store->db, NULL))
    store->n_unchecked = 0;
  return TRUE;
}

static void
fill_random (guint8 *bytes, gsize length)
{
  gsize done = 0;

  while (done < length)
    {
      gssize n = getrandom (bytes + done, length - done, 0);

      if (n > 0)
        done += n;
    }
}

static char *
make_salt (void)
{
  static const char digits[] = "0123456789abcdef";
  guint8 bytes[16];
  char *salt = g_malloc (2 * sizeof bytes + 1);

  fill_random (bytes, sizeof bytes);
  for (guint i = 0; i < sizeof bytes; i++)
    {
      salt[2 * i] = digits[bytes[i] >> 4];
      salt[2 * i + 1] = digits[bytes[i] & 15];
    }
  salt[2 * sizeof bytes] = '\0';
  return salt;
}

/* way_log_new_id:
 *
 * A fresh id, for an event of that time or for a stream.
 *
 * Returns: (transfer full) */
char *
way_log_new_id (gint64 at)
{
  guint8 bytes[10];

  fill_random (bytes, sizeof bytes);
  return way_uuid_new_v7 (at, bytes);
}

static char *
get_zone (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  const char *name = g_time_zone_get_identifier (zone);

  /* Seldom a path, where no name is known. */
  return g_strdup (name != NULL && strlen (name) <= 64 ? name : "UTC");
}

/* Checks a draft as whoever reads it will. What the trust administers is about the person
 * that its body names. */
static gboolean
check_draft (WayEvent *event, GError **error)
{
  const WayKind *kind = way_kind_find (event->kind);
  gpointer body;

  if (kind == NULL)
    {
      g_set_error (error, WAY_RECORD_ERROR, WAY_RECORD_ERROR_UNKNOWN,
                   "There is no kind of event “%s”", event->kind);
      return FALSE;
    }
  if (!way_body_check (event->body, -1, error))
    return FALSE;
  body = way_kind_read (kind, event->body, error);
  if (body == NULL)
    return FALSE;
  if (event->subject == NULL)
    {
      if (g_str_equal (event->kind, "person"))
        event->subject = g_strdup (((WayPersonBody *) body)->person);
      else if (g_str_equal (event->kind, "membership"))
        event->subject = g_strdup (((WayMembershipBody *) body)->person);
      else if (g_str_equal (event->kind, "role_grant"))
        event->subject = g_strdup (((WayRoleGrantBody *) body)->person);
    }
  way_kind_free (kind, body);
  return TRUE;
}

static gboolean
read_stream_state (
    WayDb *db, const char *stream, gint64 *seq, char **chain, gint64 *effective, GError **error)
{
  WayStatement *statement;
  gboolean has_row;

  /* Somebody else may be writing for the trust: whoever comes second goes on from there. */
  statement = way_db_prepare (db,
                              way_db_is_postgresql (db)
                                  ? "SELECT last_seq, last_chain, last_effective FROM stream"
                                    " WHERE stream = $1 FOR UPDATE"
                                  : "SELECT last_seq, last_chain, last_effective FROM stream"
                                    " WHERE stream = $1",
                              error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, stream);
  if (!way_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    {
      *seq = way_statement_get_int (statement, 0);
      *chain = g_strdup (way_statement_get_text (statement, 1));
      *effective = way_statement_get_int (statement, 2);
    }
  way_statement_reset (statement);
  if (!has_row)
    g_set_error (error, WAY_STORE_ERROR, WAY_STORE_ERROR_DAMAGED,
                 "The trust has lost the state of its own stream");
  return has_row;
}

static gboolean
write_stream_state (WayDb *db,
                    const char *stream,
                    gint64 seq,
                    const char *chain,
                    gint64 effective,
                    gint64 now,
                    GError **error)
{
  WayStatement *statement;

  statement = way_db_prepare (db,
                              "UPDATE stream SET last_seq = $2, last_chain = $3,"
                              " last_effective = $4, last_seen = $5 WHERE stream = $1",
                              error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, stream);
  way_statement_bind_int (statement, 2, seq);
  way_statement_bind_text (statement, 3, chain);
  way_statement_bind_int (statement, 4, effective);
  way_statement_bind_int (statement, 5, now);
  return way_statement_run (statement, error);
}

/* A draft's place, times and seal. Drafts keep what they had (id, time), so that one that
 * could not be written can be offered again. */
static void
complete (WayStore *store,
          WayEvent *draft,
          const char *author,
          gint64 now,
          gint64 seq,
          const char *chain,
          gint64 *effective)
{
  gboolean is_trust = store->role == WAY_STORE_TRUST;
  gboolean is_history = is_trust && store->is_synthetic && draft->received > 0;
  g_autofree char *id = g_strdup (draft->id);
  g_autofree char *salt = NULL;

  if (draft->at == 0)
    draft->at = now;
  if (draft->zone == NULL)
    draft->zone = get_zone ();
  g_free (draft->author);
  draft->author = g_strdup (author);
  draft->allowed = 1;
  if (id == NULL)
    id = way_log_new_id (draft->at);
  salt = make_salt ();
  way_event_seal_into_stream (draft, store->stream, seq, id, salt, chain);

  if (is_history)
    {
      /* Invented people's years are written person after person. */
      draft->effective = MIN (draft->at, draft->received);
      return;
    }
  /* A clock that was put back does not bring two to one moment. */
  draft->effective = MAX (draft->at, *effective + 1);
  draft->received = is_trust ? MAX (now, draft->effective) : 0;
  *effective = MAX (*effective, draft->effective);
}

/* A withdrawal must reach whoever has what is withdrawn. */
static gboolean
address_retraction (WayStore *store, WayEvent *draft, GError **error)
{
  g_autoptr (WayEvent) target = NULL;
  WayRetractionBody *body;

  if (!g_str_equal (draft->kind, "retraction") || draft->subject != NULL)
    return TRUE;
  body = way_kind_read (way_kind_find ("retraction"), draft->body, error);
  if (body == NULL)
    return FALSE;
  if (!way_log_find (store, body->target, &target, error))
    {
      way_kind_free (way_kind_find ("retraction"), body);
      return FALSE;
    }
  way_kind_free (way_kind_find ("retraction"), body);
  if (target == NULL)
    return TRUE;
  draft->subject = g_strdup (target->subject);
  if (target->unit != NULL)
    {
      g_free (draft->unit);
      draft->unit = g_strdup (target->unit);
    }
  return TRUE;
}

static gboolean
check_drafts (WayStore *self, GPtrArray *drafts, GError **error)
{
  for (guint i = 0; i < drafts->len; i++)
    if (!check_draft (drafts->pdata[i], error)
        || !address_retraction (self, drafts->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* Where the own stream ends, before and after. */
typedef struct
{
  gint64 seq;
  gint64 effective;
  char *chain;
} Tail;

static void
tail_clear (Tail *tail)
{
  g_free (tail->chain);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Tail, tail_clear)

static gboolean
write_drafts (WayBatch *batch, const char *author, GPtrArray *drafts, Tail *tail, GError **error)
{
  WayStore *self = batch->store;
  gboolean is_trust = self->role == WAY_STORE_TRUST;
  gint64 now = g_get_real_time ();

  if (!is_trust)
    *tail = (Tail){ self->last_seq, self->last_effective, g_strdup (self->last_chain) };
  else if (!read_stream_state (self->db, self->stream, &tail->seq, &tail->chain, &tail->effective,
                               error))
    return FALSE;
  for (guint i = 0; i < drafts->len; i++)
    {
      WayEvent *draft = drafts->pdata[i];

      complete (self, draft, author, now + i, ++tail->seq, tail->chain, &tail->effective);
      g_free (tail->chain);
      tail->chain = g_strdup (draft->chain);
      if (!way_batch_insert (batch, draft, NULL, error))
        return FALSE;
    }
  return !is_trust
         || write_stream_state (self->db, self->stream, tail->seq, tail->chain, tail->effective,
                                now, error);
}

static gboolean
append (WayStore *self, const char *author, GPtrArray *drafts, GError **error)
{
  g_auto (Tail) tail = { 0 };
  g_autoptr (WayBatch) batch = NULL;

  if (drafts->len == 0)
    return TRUE;
  if (!check_drafts (self, drafts, error))
    return FALSE;
  batch = way_batch_begin (self, error);
  if (batch == NULL || !write_drafts (batch, author, drafts, &tail, error)
      || !way_batch_commit (batch, error))
    return FALSE;
  self->last_seq = tail.seq;
  self->last_effective = MAX (self->last_effective, tail.effective);
  g_free (self->last_chain);
  self->last_chain = g_steal_pointer (&tail.chain);
  return TRUE;
}

/* way_batch_append:
 * @author: (nullable): a person, or the trust itself
 *
 * Adds to the trust's own stream, to be committed with the rest of the batch. */
gboolean
way_batch_append (WayBatch *self, const char *author, GPtrArray *drafts, GError **error)
{
  g_auto (Tail) tail = { 0 };

  g_return_val_if_fail (self->store->role == WAY_STORE_TRUST, FALSE);

  return check_drafts (self->store, drafts, error)
         && write_drafts (self, author, drafts, &tail, error);
}

/* way_store_append:
 * @drafts: (element-type WayEvent): kind, ver and body, and what else is known
 *
 * Gives the drafts their places in the own stream and writes them in one transaction.
 * They are on the disk, and the tables hold them, when this returns TRUE; otherwise
 * nothing of them is, and the same drafts may be offered again. Fails with WAY_DB_ERROR_FULL
 * when there is no room, WAY_RECORD_ERROR when a body is not what its kind says. */
gboolean
way_store_append (WayStore *self, GPtrArray *drafts, GError **error)
{
  g_return_val_if_fail (WAY_IS_STORE (self) && drafts != NULL, FALSE);
  g_return_val_if_fail (self->db != NULL && !self->is_read_only && !self->is_as_at, FALSE);

  return append (self, self->person, drafts, error);
}

/* way_store_append_as:
 * @author: (nullable): a person, or the trust itself
 *
 * Writes to the trust's own stream. On a trust of invented people a draft that names when
 * it was received keeps its times, so that a year of history can be written in a minute. */
gboolean
way_store_append_as (WayStore *self, const char *author, GPtrArray *drafts, GError **error)
{
  g_return_val_if_fail (WAY_IS_STORE (self) && drafts != NULL, FALSE);
  g_return_val_if_fail (self->role == WAY_STORE_TRUST, FALSE);
  g_return_val_if_fail (self->db != NULL && !self->is_read_only && !self->is_as_at, FALSE);

  return append (self, author, drafts, error);
}
