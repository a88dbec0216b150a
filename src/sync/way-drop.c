/* way-drop.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync/way-drop.h"

#include <sys/random.h>

#include "record/way-bodies.h"
#include "store/way-log.h"
#include "store/way-seal.h"
#include "sync/way-postgresql-peer.h"

#define PREFIX "drop."          /* HASH → the sealed message, its token in it */
#define STATE_PREFIX "dropped." /* HASH → DUE WEEK SENT UNIT */
#define HOUR (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)
#define DAY (24 * HOUR)
/* Between one and twenty-four hours after it was written. */
#define LEAST_DELAY HOUR
#define MOST_DELAY DAY
/* Whether unit u hides whoever writes: eight people or more work there. */
#define IS_OF_MANY                                                                                 \
  "8 <= (SELECT count(DISTINCT m.person) FROM membership AS m"                                     \
  " JOIN person AS p ON p.person = m.person"                                                       \
  " WHERE m.unit = u.unit AND coalesce (p.ended, 0) = 0)"

static guint64
make_random (void)
{
  guint64 number;

  while (getrandom (&number, sizeof number, 0) != sizeof number)
    continue;
  return number;
}

/**
 * way_drop_free:
 * @self: (transfer full)
 */
void
way_drop_free (WayDrop *self)
{
  g_free (self->hash);
  g_free (self->body);
  g_free (self->unit);
  g_free (self);
}

/* The Monday of a time's week, in days since 1970, which began on a Thursday. A clock whose battery
 * is empty is in its first days. */
static gint64
get_week (gint64 time)
{
  gint64 day = time / DAY;

  return MAX (4, day - (day + 3) % 7);
}

static gboolean
write_state (WayStore *device, const WayDrop *drop, gboolean is_sent, GError **error)
{
  g_autofree char *key = g_strconcat (STATE_PREFIX, drop->hash, NULL);
  g_autofree char *text = NULL;

  text = g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %d %s", drop->due, drop->week,
                          is_sent, drop->unit != NULL ? drop->unit : "");
  return way_store_set_meta (device, key, text, error);
}

static char *
write_body (const char *type, const char *text, const char *page, const char *token, GError **error)
{
  WayFeedbackBody body = {
    .type = (char *) type, .text = (char *) text, .page = (char *) page, .token = (char *) token
  };

  return way_kind_write (way_kind_find ("feedback"), &body, error);
}

/* way_drop_put:
 * @type: problem, idea, praise or worry
 * @text: in the person's words
 * @page: where in Waymark they were
 * @unit: (nullable): where they work, for the trust to keep only where that hides them
 *
 * Lays a message into the person's own store, on the disk when this returns. It is no event,
 * and sync does not see it. */
char *
way_drop_put (WayStore *device,
              const char *type,
              const char *text,
              const char *page,
              const char *unit,
              GError **error)
{
  g_autofree char *token = NULL;
  g_autofree char *key = NULL;
  g_autofree char *body = NULL;
  g_autofree char *sealed = NULL;
  gint64 now = g_get_real_time ();
  WayDrop drop = { .unit = (char *) unit, .week = get_week (now) };
  g_autofree char *hash = NULL;
  WayDb *db;

  g_return_val_if_fail (WAY_IS_STORE (device) && type != NULL && text != NULL && page != NULL,
                        NULL);

  token = g_strdup_printf ("%016" G_GINT64_MODIFIER "x%016" G_GINT64_MODIFIER "x", make_random (),
                           make_random ());
  drop.hash = hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, token, -1);
  drop.due = now + LEAST_DELAY + (gint64) (make_random () % (guint64) (MOST_DELAY - LEAST_DELAY));
  key = g_strconcat (PREFIX, hash, NULL);
  body = write_body (type, text, page, token, error);
  if (body == NULL)
    return NULL;
  sealed = way_seal_close (body);
  db = way_store_get_db (device);
  if (!way_db_begin (db, error))
    return NULL;
  if (!way_store_set_meta (device, key, sealed, error)
      || !write_state (device, &drop, FALSE, error))
    {
      way_db_rollback (db);
      return NULL;
    }
  return way_db_commit (db, error) ? g_steal_pointer (&hash) : NULL;
}

/* What the state says; FALSE when it says nothing. */
static gboolean
read_state (const char *text, WayDrop *drop, gboolean *is_sent)
{
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", " ", 4);

  if (g_strv_length (parts) != 4)
    return FALSE;
  drop->due = g_ascii_strtoll (parts[0], NULL, 10);
  drop->week = g_ascii_strtoll (parts[1], NULL, 10);
  *is_sent = g_str_equal (parts[2], "1");
  drop->unit = *parts[3] != '\0' ? g_strdup (parts[3]) : NULL;
  return TRUE;
}

/* The message as the trust gets it: without the token. */
static gboolean
read_body (WayStore *device, WayDrop *drop, GError **error)
{
  const WayKind *kind = way_kind_find ("feedback");
  g_autofree char *key = g_strconcat (PREFIX, drop->hash, NULL);
  g_autofree char *sealed = way_store_get_meta (device, key, error);
  g_autofree char *text = sealed != NULL ? way_seal_open (sealed) : NULL;
  WayFeedbackBody *body = text != NULL ? way_kind_read (kind, text, error) : NULL;

  if (body == NULL)
    return FALSE;
  drop->body = write_body (body->type, body->text, body->page, NULL, error);
  way_kind_free (kind, body);
  return drop->body != NULL;
}

/* way_drop_find_due:
 * @now: µs UTC
 *
 * A message whose time has come. Send one at a time, each through a connection of its own,
 * with a while between: two that come together are of one person. */
WayDrop *
way_drop_find_due (WayStore *device, gint64 now, gint64 *next_due, GError **error)
{
  g_autoptr (WayDrop) due = NULL;
  WayStatement *statement;
  gboolean has_row;
  gint64 next = 0;

  g_return_val_if_fail (WAY_IS_STORE (device), NULL);

  statement = way_db_prepare (way_store_get_db (device),
                              "SELECT substr (key, 9), value FROM meta"
                              " WHERE substr (key, 1, 8) = '" STATE_PREFIX "' ORDER BY key",
                              error);
  if (statement == NULL)
    return NULL;
  for (;;)
    {
      g_autoptr (WayDrop) drop = g_new0 (WayDrop, 1);
      gboolean is_sent;

      if (!way_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        break;
      drop->hash = g_strdup (way_statement_get_text (statement, 0));
      if (!read_state (way_statement_get_text (statement, 1), drop, &is_sent) || is_sent)
        continue;
      if (next == 0 || drop->due < next)
        next = drop->due;
      if (due == NULL && drop->due <= now)
        due = g_steal_pointer (&drop);
    }
  if (next_due != NULL)
    *next_due = next;
  if (due != NULL && !read_body (device, due, error))
    return NULL;
  return g_steal_pointer (&due);
}

static gboolean
load_state (WayStore *device,
            const char *hash,
            WayDrop *drop,
            gboolean *is_sent,
            gboolean *is_there,
            GError **error)
{
  g_autofree char *key = g_strconcat (STATE_PREFIX, hash, NULL);
  g_autoptr (GError) local = NULL;
  g_autofree char *text = way_store_get_meta (device, key, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  *is_there = read_state (text, drop, is_sent);
  return TRUE;
}

/* way_drop_mark_sent:
 *
 * The trust has it. The message stays here, to be shown beside its answer. */
gboolean
way_drop_mark_sent (WayStore *device, const char *hash, GError **error)
{
  g_autoptr (WayDrop) drop = g_new0 (WayDrop, 1);
  gboolean is_sent, is_there;

  g_return_val_if_fail (WAY_IS_STORE (device) && hash != NULL, FALSE);

  drop->hash = g_strdup (hash);
  if (!load_state (device, hash, drop, &is_sent, &is_there, error))
    return FALSE;
  return !is_there || write_state (device, drop, TRUE, error);
}

/* way_drop_take_back:
 * @is_taken: (out): FALSE where it has gone already: nobody can tell which it is then
 *
 * Takes back a message that waits. */
gboolean
way_drop_take_back (WayStore *device, const char *hash, gboolean *is_taken, GError **error)
{
  g_autoptr (WayDrop) drop = g_new0 (WayDrop, 1);
  g_autofree char *key = g_strconcat (PREFIX, hash, NULL);
  g_autofree char *state = g_strconcat (STATE_PREFIX, hash, NULL);
  gboolean is_sent, is_there;

  g_return_val_if_fail (WAY_IS_STORE (device) && hash != NULL && is_taken != NULL, FALSE);

  *is_taken = FALSE;
  if (!load_state (device, hash, drop, &is_sent, &is_there, error))
    return FALSE;
  if (!is_there || is_sent)
    return TRUE;
  *is_taken = TRUE;
  return way_store_set_meta (device, state, NULL, error)
         && way_store_set_meta (device, key, NULL, error);
}

static void
bind_drop (WayStatement *statement, const WayDrop *drop, gint64 week)
{
  way_statement_bind_text (statement, 1, drop->hash);
  way_statement_bind_text (statement, 2, drop->body);
  way_statement_bind_int (statement, 3, week);
  way_statement_bind_text (statement, 4, drop->unit);
}

static gboolean
send_postgresql (WayDb *db, const WayDrop *drop, GError **error)
{
  g_autofree char *said = NULL;
  WayStatement *statement;
  gboolean has_row;

  statement = way_db_prepare (db,
                              "SELECT api.drop_v1 (CAST($1 AS text), CAST($2 AS text),"
                              " CAST($3 AS bigint), CAST($4 AS text))",
                              error);
  if (statement == NULL)
    return FALSE;
  bind_drop (statement, drop, drop->week);
  if (!way_statement_step (statement, &has_row, error))
    return FALSE;
  said = has_row ? g_strdup (way_statement_get_text (statement, 0)) : NULL;
  way_statement_reset (statement);
  if (g_strcmp0 (said, "kept") == 0)
    return TRUE;
  if (g_strcmp0 (said, "full") == 0)
    g_set_error_literal (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_BUSY,
                         "The box for messages without a name is full: try again later");
  else
    g_set_error_literal (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PROTOCOL,
                         "The trust does not understand what this version says");
  return FALSE;
}

/* The rows lie in the order of their hashes, so when each came cannot be seen. */
static gboolean
send_sqlite (WayStore *trust, const WayDrop *drop, GError **error)
{
  gint64 today = g_get_real_time () / DAY;
  gint64 week = drop->week;
  WayStatement *statement;

  statement = way_db_prepare (
      way_store_get_db (trust),
      "INSERT INTO drop_box (token, body, week, unit) SELECT $1, $2, $3,"
      " (SELECT u.unit FROM unit AS u WHERE u.unit = $4 AND " IS_OF_MANY ")"
      " WHERE NOT EXISTS (SELECT 1 FROM event AS e WHERE e.kind = 'feedback' AND e.author IS NULL"
      " AND e.body ->> 'token' = $1) ON CONFLICT (token) DO NOTHING",
      error);
  if (statement == NULL)
    return FALSE;
  /* A week that cannot be would be known again as that of a clock that is wrong. */
  if (week < today - 70 || week > today + 7)
    week = get_week (g_get_real_time ());
  bind_drop (statement, drop, week);
  return way_statement_run (statement, error);
}

/* way_drop_send:
 * @uri: of the trust: on PostgreSQL with the login for messages without a name
 *
 * Gives the trust one message, through a connection that is made for it and closed. */
gboolean
way_drop_send (const char *uri, const WayDrop *drop, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (WayDb) db = NULL;

  g_return_val_if_fail (uri != NULL && drop != NULL, FALSE);

  if (g_str_has_prefix (uri, "sqlite:"))
    {
      g_autoptr (WayStore) trust = way_store_open_trust (uri, FALSE, error);

      return trust != NULL && send_sqlite (trust, drop, error);
    }
  db = way_db_open (uri, WAY_DB_READ_WRITE, &local);
  if (db != NULL && way_db_exec (db, "SET statement_timeout = '60s'", &local)
      && send_postgresql (db, drop, &local))
    return TRUE;
  way_postgresql_map_error (g_steal_pointer (&local), error);
  return FALSE;
}

static void
shuffle (GPtrArray *drafts)
{
  for (guint i = drafts->len; i > 1; i--)
    {
      guint other = (guint) (make_random () % i);
      gpointer swap = drafts->pdata[i - 1];

      drafts->pdata[i - 1] = drafts->pdata[other];
      drafts->pdata[other] = swap;
    }
}

/* What lies in the box and is not in the log already. A unit that has shrunk since a message came
 * would not hide its writer in the log. */
static GPtrArray *
read_box (WayDb *db, GError **error)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  const WayKind *kind = way_kind_find ("feedback");
  WayStatement *statement;
  gboolean has_row;

  statement = way_db_prepare (db,
                              "SELECT d.token, d.week, d.body, u.unit FROM drop_box AS d"
                              " LEFT JOIN unit AS u ON u.unit = d.unit AND " IS_OF_MANY
                              " WHERE NOT EXISTS (SELECT 1 FROM event AS e"
                              " WHERE e.kind = 'feedback' AND e.author IS NULL"
                              " AND e.body ->> 'token' = d.token) ORDER BY d.token",
                              error);
  if (statement == NULL)
    return NULL;
  for (;;)
    {
      g_autofree char *json = NULL;
      WayFeedbackBody *body;
      WayEvent *draft;

      if (!way_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&drafts);
      body = way_kind_read (kind, way_statement_get_text (statement, 2), NULL);
      /* Somebody has written into the file: there is nothing to say of it. */
      if (body == NULL)
        continue;
      json = write_body (body->type, body->text, body->page, way_statement_get_text (statement, 0),
                         error);
      way_kind_free (kind, body);
      if (json == NULL)
        return NULL;
      draft = way_event_new ("feedback", way_kind_get_version (kind), json);
      draft->unit = g_strdup (way_statement_get_text (statement, 3));
      draft->at = way_statement_get_int (statement, 1) * DAY;
      g_ptr_array_add (drafts, draft);
    }
}

/* way_drop_move:
 * @trust: in a file, open for writing
 * @now: µs UTC
 * @n_moved: (out): how many
 *
 * Moves the box into the trust's own stream, shuffled: when five lie in it, or a day has gone
 * since it was emptied. */
gboolean
way_drop_move (WayStore *trust, gint64 now, guint *n_moved, GError **error)
{
  g_autoptr (GPtrArray) drafts = NULL;
  g_autoptr (WayBatch) batch = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char *last = NULL;
  g_autofree char *stamp = g_strdup_printf ("%" G_GINT64_FORMAT, now);
  WayDb *db;

  g_return_val_if_fail (WAY_IS_STORE (trust) && n_moved != NULL, FALSE);

  *n_moved = 0;
  db = way_store_get_db (trust);
  last = way_store_get_meta (trust, "dropped", &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (last == NULL)
    {
      if (!way_store_set_meta (trust, "dropped", stamp, error))
        return FALSE;
      last = g_strdup (stamp);
    }
  drafts = read_box (db, error);
  if (drafts == NULL)
    return FALSE;
  if (drafts->len < 5 && g_ascii_strtoll (last, NULL, 10) > now - DAY)
    return TRUE;
  shuffle (drafts);
  batch = way_batch_begin (trust, error);
  if (batch == NULL || (drafts->len > 0 && !way_batch_append (batch, NULL, drafts, error))
      || !way_db_exec (db,
                       "DELETE FROM drop_box WHERE EXISTS (SELECT 1 FROM event AS e"
                       " WHERE e.kind = 'feedback' AND e.author IS NULL"
                       " AND e.body ->> 'token' = drop_box.token)",
                       error)
      || !way_store_set_meta (trust, "dropped", stamp, error) || !way_batch_commit (batch, error))
    return FALSE;
  *n_moved = drafts->len;
  return TRUE;
}

static gboolean
draft_answers (WayDb *db, GPtrArray *drafts, GError **error)
{
  const WayKind *kind = way_kind_find ("drop_answer");
  WayStatement *statement;
  gboolean has_row;

  statement = way_db_prepare (
      db,
      "SELECT f.body ->> 'token', r.id, r.body ->> 'action', r.body ->> 'decision',"
      " r.body ->> 'because', r.body ->> 'text'"
      " FROM live AS f JOIN live AS r ON r.refers = f.id AND r.kind = 'feedback_action'"
      " WHERE f.kind = 'feedback' AND f.author IS NULL AND f.body ->> 'token' IS NOT NULL"
      " AND r.body ->> 'action' IN ('heard', 'themed', 'decided', 'done', 'replied', 'joined')"
      " AND NOT EXISTS (SELECT 1 FROM event AS t WHERE t.kind = 'drop_answer'"
      " AND t.body ->> 'source' = r.id) ORDER BY r.effective, r.id",
      error);
  if (statement == NULL)
    return FALSE;
  for (;;)
    {
      WayDropAnswerBody body = { 0 };
      g_autofree char *json = NULL;

      if (!way_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      body.token = (char *) way_statement_get_text (statement, 0);
      body.source = (char *) way_statement_get_text (statement, 1);
      body.action = (char *) way_statement_get_text (statement, 2);
      body.decision = (char *) way_statement_get_text (statement, 3);
      body.because = (char *) way_statement_get_text (statement, 4);
      body.text = (char *) way_statement_get_text (statement, 5);
      json = way_kind_write (kind, &body, error);
      if (json == NULL)
        return FALSE;
      g_ptr_array_add (drafts, way_event_new ("drop_answer", way_kind_get_version (kind), json));
    }
}

static gboolean
draft_withdrawals (WayDb *db, GPtrArray *drafts, GError **error)
{
  const WayKind *kind = way_kind_find ("retraction");
  WayStatement *statement;
  gboolean has_row;

  statement = way_db_prepare (db,
                              "SELECT t.id FROM live AS t"
                              " JOIN retracted AS x ON x.target = t.body ->> 'source'"
                              " WHERE t.kind = 'drop_answer' ORDER BY t.effective, t.id",
                              error);
  if (statement == NULL)
    return FALSE;
  for (;;)
    {
      WayRetractionBody body = { 0 };
      g_autofree char *json = NULL;

      if (!way_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      body.target = (char *) way_statement_get_text (statement, 0);
      json = way_kind_write (kind, &body, error);
      if (json == NULL)
        return FALSE;
      g_ptr_array_add (drafts, way_event_new ("retraction", way_kind_get_version (kind), json));
    }
}

/* way_drop_tell_answers:
 * @n_events: (out): how many were written
 *
 * Says to everybody, by the token's hash, what was answered to messages without a name; and
 * withdraws it where whoever answered has. */
gboolean
way_drop_tell_answers (WayStore *trust, guint *n_events, GError **error)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  WayDb *db;

  g_return_val_if_fail (WAY_IS_STORE (trust) && n_events != NULL, FALSE);

  db = way_store_get_db (trust);
  *n_events = 0;
  if (!draft_answers (db, drafts, error) || !draft_withdrawals (db, drafts, error)
      || !way_store_append_as (trust, NULL, drafts, error))
    return FALSE;
  *n_events = drafts->len;
  return TRUE;
}
