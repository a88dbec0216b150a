/* way-postgresql-peer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync/way-postgresql-peer.h"

#include "sync/way-apart.h"
#include "sync/way-pack-chunks.h"

#define MAX_BATCH 2000
/* A page that is longer than this is not one of ours. */
#define MAX_PAGE 1000
/* The trust ends a statement of ours after a minute: whoever is silent for longer is gone. */
#define PATIENCE 75000

struct _WayPostgresqlPeer
{
  GObject parent_instance;

  char *uri;
  WayDb *db; /* (nullable) once the connection was lost */
  char *machine;

  /* Since hello. */
  char *stream;        /* (nullable) */
  gint64 clock_offset; /* what the client says that its clock is off this machine's */
};

static void peer_iface_init (WayPeerInterface *iface);

/* The trust's side of sync in PostgreSQL. Owns its connection, and makes a new one when it
 * was lost and somebody says hello. */
G_DEFINE_FINAL_TYPE_WITH_CODE (WayPostgresqlPeer,
                               way_postgresql_peer,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WAY_TYPE_PEER, peer_iface_init))

static void
way_postgresql_peer_finalize (GObject *object)
{
  WayPostgresqlPeer *self = WAY_POSTGRESQL_PEER (object);

  g_clear_pointer (&self->db, way_db_unref);
  g_free (self->uri);
  g_free (self->machine);
  g_free (self->stream);
  G_OBJECT_CLASS (way_postgresql_peer_parent_class)->finalize (object);
}

static void
way_postgresql_peer_class_init (WayPostgresqlPeerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = way_postgresql_peer_finalize;
}

static void
way_postgresql_peer_init (WayPostgresqlPeer *self)
{
}

/* way_postgresql_map_error:
 * @below: (transfer full): what the room below has met
 *
 * Says it in this room's words. */
void
way_postgresql_map_error (GError *below, GError **error)
{
  static const struct
  {
    WayDbError below;
    WaySyncError here;
  } codes[] = {
    { WAY_DB_ERROR_UNREACHED, WAY_SYNC_ERROR_UNREACHED },
    { WAY_DB_ERROR_BUSY, WAY_SYNC_ERROR_BUSY },
    { WAY_DB_ERROR_FULL, WAY_SYNC_ERROR_BUSY },
    { WAY_DB_ERROR_IO, WAY_SYNC_ERROR_BUSY },
    { WAY_DB_ERROR_DENIED, WAY_SYNC_ERROR_PERSON },
    { WAY_DB_ERROR_SQL, WAY_SYNC_ERROR_PROTOCOL },
    { WAY_DB_ERROR_CONSTRAINT, WAY_SYNC_ERROR_PROTOCOL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (below, WAY_DB_ERROR, (int) codes[i].below))
      {
        g_set_error_literal (error, WAY_SYNC_ERROR, (int) codes[i].here, below->message);
        g_error_free (below);
        return;
      }
  g_propagate_error (error, below);
}

/* A lost connection is let go. */
static void
map_error (WayPostgresqlPeer *self, GError *below, GError **error)
{
  if (g_error_matches (below, WAY_DB_ERROR, WAY_DB_ERROR_UNREACHED))
    g_clear_pointer (&self->db, way_db_unref);
  way_postgresql_map_error (below, error);
}

static gboolean
refuse (const char *refusal, const char *scope, GError **error)
{
  if (g_str_equal (refusal, "person"))
    g_set_error_literal (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PERSON,
                         "The trust does not know who this login is, or they have left");
  else if (g_str_equal (refusal, "stream"))
    g_set_error_literal (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_STREAM,
                         "The stream belongs to somebody else");
  else if (g_str_equal (refusal, "erased"))
    way_peer_say_erased (error);
  else if (g_str_equal (refusal, "version"))
    way_peer_say_too_old (error);
  else if (g_str_equal (refusal, "scope"))
    g_set_error (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_SCOPE, "“%s” is not yours to see", scope);
  else
    g_set_error_literal (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PROTOCOL,
                         "The trust does not understand what this version says");
  return FALSE;
}

static gboolean
reach (WayPostgresqlPeer *self, GError **error)
{
  if (self->db != NULL)
    return TRUE;
  self->db = way_db_open (self->uri, WAY_DB_READ_WRITE, error);
  if (self->db == NULL)
    return FALSE;
  way_db_set_patience (self->db, PATIENCE);
  if (way_db_exec (self->db, "SET search_path = api; SET statement_timeout = '60s'", error))
    return TRUE;
  g_clear_pointer (&self->db, way_db_unref);
  return FALSE;
}

static WayStatement *
prepare (WayPostgresqlPeer *self, const char *sql, GError **error)
{
  if (self->db == NULL)
    {
      g_set_error_literal (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_UNREACHED,
                           "The connection to the trust was lost");
      return NULL;
    }
  return way_db_prepare (self->db, sql, error);
}

/* What is kept here may be damaged; the trust then says that it does not know it. */
static const char *
make_sendable (const char *kept)
{
  return kept == NULL || g_utf8_validate (kept, -1, NULL) ? kept : "?";
}

static char *
sign_in (WayPeer *peer, const char *username, const char *machine, GError **error)
{
  WayPostgresqlPeer *self = WAY_POSTGRESQL_PEER (peer);
  g_autoptr (GError) local = NULL;
  g_autofree char *person = NULL;
  g_autofree char *known = NULL;
  WayStatement *statement = NULL;
  gboolean has_row;

  if (reach (self, &local))
    statement = prepare (self, "SELECT person, username FROM api.who ()", &local);
  if (statement == NULL || !way_statement_step (statement, &has_row, &local))
    {
      map_error (self, g_steal_pointer (&local), error);
      return NULL;
    }
  if (has_row)
    {
      person = g_strdup (way_statement_get_text (statement, 0));
      known = g_strdup (way_statement_get_text (statement, 1));
    }
  way_statement_reset (statement);
  /* The login says who it is; a name that is typed beside it must be the same person's. */
  if (person == NULL || (username != NULL && g_strcmp0 (known, username) != 0))
    {
      g_set_error (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PERSON,
                   person == NULL ? "The trust has nobody with the username “%s”"
                                  : "This login is not that of “%s”",
                   username != NULL ? username : "");
      return NULL;
    }
  g_free (self->machine);
  self->machine = g_strdup (machine);
  return g_steal_pointer (&person);
}

static WayWelcome *
read_welcome (WayStatement *statement, const char *person, GError **error)
{
  g_autoptr (WayWelcome) welcome = g_new0 (WayWelcome, 1);
  gboolean has_row;

  welcome->scopes = g_ptr_array_new_with_free_func ((GDestroyNotify) way_peer_scope_free);
  for (;;)
    {
      WayPeerScope *scope;

      if (!way_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        break;
      if (!way_statement_is_null (statement, 0))
        {
          refuse (way_statement_get_text (statement, 0), NULL, error);
          return NULL;
        }
      if (welcome->epoch == NULL)
        {
          if (g_strcmp0 (way_statement_get_text (statement, 1), person) != 0)
            {
              g_set_error_literal (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PERSON,
                                   "This store is not that of the person who signed in");
              return NULL;
            }
          welcome->server_time = way_statement_get_int (statement, 2);
          welcome->epoch = g_strdup (way_statement_get_text (statement, 3));
          welcome->is_epoch_known = way_statement_get_int (statement, 4) == 1;
          welcome->last_seq = way_statement_get_int (statement, 5);
          welcome->batch = CLAMP (way_statement_get_int (statement, 6), 1, MAX_BATCH);
        }
      scope = g_new0 (WayPeerScope, 1);
      scope->id = g_strdup (way_statement_get_text (statement, 7));
      scope->generation = way_statement_get_int (statement, 8);
      g_ptr_array_add (welcome->scopes, scope);
      if (scope->id == NULL || welcome->scopes->len > MAX_PAGE)
        break;
    }
  if (welcome->epoch == NULL || welcome->scopes->len > MAX_PAGE)
    {
      refuse ("protocol", NULL, error);
      return NULL;
    }
  return g_steal_pointer (&welcome);
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
  WayPostgresqlPeer *self = WAY_POSTGRESQL_PEER (peer);
  g_autoptr (GError) local = NULL;
  WayWelcome *welcome = NULL;
  WayStatement *statement = NULL;

  g_clear_pointer (&self->stream, g_free);
  if (reach (self, &local))
    statement = prepare (self,
                         "SELECT refusal, person, server_time, epoch_now, is_epoch_known, last_seq,"
                         " batch, scope, generation"
                         " FROM api.hello_v1 (CAST($1 AS text), CAST($2 AS text))",
                         &local);
  if (statement != NULL)
    {
      way_statement_bind_text (statement, 1, stream);
      way_statement_bind_text (statement, 2, make_sendable (epoch));
      welcome = read_welcome (statement, person, &local);
      if (welcome != NULL || local->domain == WAY_SYNC_ERROR)
        way_statement_reset (statement);
    }
  if (welcome == NULL)
    {
      map_error (self, g_steal_pointer (&local), error);
      return NULL;
    }
  self->stream = g_strdup (stream);
  self->clock_offset = client_time - g_get_real_time ();
  return welcome;
}

/* `{…}` of texts as bytes, so that nothing in them can keep the call from being made. */
static void
append_bytes (GString *array, const char *text)
{
  static const char digits[] = "0123456789abcdef";

  g_string_append_c (array, array->len > 1 ? ',' : ' ');
  if (text == NULL)
    {
      g_string_append (array, "NULL");
      return;
    }
  g_string_append (array, "\"\\\\x");
  for (const guchar *at = (const guchar *) text; *at != '\0'; at++)
    {
      g_string_append_c (array, digits[*at >> 4]);
      g_string_append_c (array, digits[*at & 15]);
    }
  g_string_append_c (array, '"');
}

static void
append_number (GString *array, gint64 number)
{
  g_string_append_printf (array, "%c%" G_GINT64_FORMAT, array->len > 1 ? ',' : ' ', number);
}

#define FIRST_ARRAY 5
#define N_ARRAYS 13

/* way_postgresql_bind_events:
 * @first: the number of the first of 13 parameters
 *
 * Binds a batch of events as the functions of a trust take it. */
void
way_postgresql_bind_events (WayStatement *statement, int first, GPtrArray *events)
{
  GString *arrays[N_ARRAYS];

  for (guint i = 0; i < N_ARRAYS; i++)
    arrays[i] = g_string_new ("{");
  for (guint i = 0; i < events->len; i++)
    {
      const WayEvent *event = events->pdata[i];

      append_bytes (arrays[0], event->id);
      append_bytes (arrays[1], event->subject);
      append_bytes (arrays[2], event->unit);
      append_bytes (arrays[3], event->kind);
      append_number (arrays[4], event->ver);
      append_number (arrays[5], event->at);
      append_bytes (arrays[6], event->zone);
      append_bytes (arrays[7], event->salt);
      append_bytes (arrays[8], event->body);
      append_bytes (arrays[9], event->digest);
      append_bytes (arrays[10], event->chain);
      append_number (arrays[11], event->received);
      append_number (arrays[12], event->effective);
    }
  for (guint i = 0; i < N_ARRAYS; i++)
    {
      g_string_append_c (arrays[i], '}');
      way_statement_bind_text (statement, first + (int) i, arrays[i]->str);
      g_string_free (arrays[i], TRUE);
    }
}

static WayReceipt *
read_receipt (WayStatement *statement, guint n_events, GError **error)
{
  g_autoptr (WayReceipt) receipt = g_new0 (WayReceipt, 1);
  gboolean has_row;

  receipt->stamps = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  for (;;)
    {
      WayEvent *stamp;

      if (!way_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        break;
      if (receipt->epoch == NULL)
        {
          if (!way_statement_is_null (statement, 0))
            {
              refuse (way_statement_get_text (statement, 0), NULL, error);
              return NULL;
            }
          receipt->acked = way_statement_get_int (statement, 1);
          receipt->inserted = way_statement_get_int (statement, 2);
          receipt->duplicates = way_statement_get_int (statement, 3);
          receipt->quarantined = way_statement_get_int (statement, 4);
          receipt->refused = way_statement_get_int (statement, 5);
          receipt->is_gap = way_statement_get_int (statement, 6) == 1;
          receipt->is_fork = way_statement_get_int (statement, 7) == 1;
          receipt->fork_seq = way_statement_get_int (statement, 8);
          receipt->epoch = g_strdup (way_statement_get_text (statement, 9));
          if (receipt->epoch == NULL)
            break;
          continue;
        }
      stamp = way_event_new ("", 1, "");
      stamp->id = g_strdup (way_statement_get_text (statement, 10));
      stamp->received = way_statement_get_int (statement, 11);
      stamp->effective = way_statement_get_int (statement, 12);
      stamp->allowed = way_statement_get_int (statement, 13);
      g_ptr_array_add (receipt->stamps, stamp);
      if (stamp->id == NULL || receipt->stamps->len > n_events)
        break;
    }
  if (receipt->epoch == NULL || receipt->stamps->len > n_events)
    {
      refuse ("protocol", NULL, error);
      return NULL;
    }
  return g_steal_pointer (&receipt);
}

static gboolean
check_events (WayPostgresqlPeer *self, GPtrArray *events, GError **error)
{
  if (self->stream == NULL || events->len > MAX_BATCH)
    {
      g_set_error (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PROTOCOL,
                   self->stream == NULL ? "Push before hello" : "More than %d events in a push",
                   MAX_BATCH);
      return FALSE;
    }
  for (guint i = 0; i < events->len; i++)
    {
      const WayEvent *event = events->pdata[i];

      if (g_strcmp0 (event->stream, self->stream) != 0 || event->seq < 1
          || (i > 0 && event->seq != ((WayEvent *) events->pdata[i - 1])->seq + 1))
        {
          g_set_error_literal (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PROTOCOL,
                               "A push must be of one stream, without gaps");
          return FALSE;
        }
    }
  return TRUE;
}

static WayReceipt *
push (WayPeer *peer, GPtrArray *events, GError **error)
{
  WayPostgresqlPeer *self = WAY_POSTGRESQL_PEER (peer);
  g_autoptr (GError) local = NULL;
  WayReceipt *receipt = NULL;
  WayStatement *statement;

  if (!check_events (self, events, error))
    return NULL;
  statement =
      prepare (self,
               "SELECT refusal, acked, inserted, duplicates, quarantined, refused, is_gap, is_fork,"
               " fork_seq, epoch_now, id, received, effective, allowed FROM api.push_v1 ("
               "CAST($1 AS text), CAST($2 AS text), CAST($3 AS bigint), CAST($4 AS bigint),"
               " CAST($5 AS bytea[]), CAST($6 AS bytea[]), CAST($7 AS bytea[]),"
               " CAST($8 AS bytea[]), CAST($9 AS bigint[]), CAST($10 AS bigint[]),"
               " CAST($11 AS bytea[]), CAST($12 AS bytea[]), CAST($13 AS bytea[]),"
               " CAST($14 AS bytea[]), CAST($15 AS bytea[]), CAST($16 AS bigint[]),"
               " CAST($17 AS bigint[]))",
               &local);
  if (statement != NULL)
    {
      way_statement_bind_text (statement, 1, self->stream);
      way_statement_bind_text (statement, 2, self->machine);
      way_statement_bind_int (statement, 3,
                              events->len > 0 ? ((WayEvent *) events->pdata[0])->seq : 1);
      way_statement_bind_int (statement, 4, g_get_real_time () + self->clock_offset);
      way_postgresql_bind_events (statement, FIRST_ARRAY, events);
      receipt = read_receipt (statement, events->len, &local);
      if (receipt != NULL || local->domain == WAY_SYNC_ERROR)
        way_statement_reset (statement);
    }
  if (receipt == NULL)
    map_error (self, g_steal_pointer (&local), error);
  return receipt;
}

static WayEvent *
read_event (WayStatement *statement)
{
  const char *body = way_statement_get_text (statement, 15);
  const char *kind = way_statement_get_text (statement, 10);
  WayEvent *event;

  event = way_event_new (kind != NULL ? kind : "", way_statement_get_int (statement, 11),
                         body != NULL ? body : "");
  event->stream = g_strdup (way_statement_get_text (statement, 4));
  event->seq = way_statement_get_int (statement, 5);
  event->id = g_strdup (way_statement_get_text (statement, 6));
  event->author = g_strdup (way_statement_get_text (statement, 7));
  event->subject = g_strdup (way_statement_get_text (statement, 8));
  event->unit = g_strdup (way_statement_get_text (statement, 9));
  event->at = way_statement_get_int (statement, 12);
  event->zone = g_strdup (way_statement_get_text (statement, 13));
  event->salt = g_strdup (way_statement_get_text (statement, 14));
  event->digest = g_strdup (way_statement_get_text (statement, 16));
  event->chain = g_strdup (way_statement_get_text (statement, 17));
  event->received = way_statement_get_int (statement, 18);
  event->effective = way_statement_get_int (statement, 19);
  event->allowed = way_statement_get_int (statement, 20);
  return event;
}

static WayPage *
read_page (WayStatement *statement, const char *scope, GError **error)
{
  g_autoptr (WayPage) page = g_new0 (WayPage, 1);
  gboolean has_row;

  page->events = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  while (page->cursor == NULL)
    {
      if (!way_statement_step (statement, &has_row, error))
        return NULL;
      if (has_row && !way_statement_is_null (statement, 0))
        {
          refuse (way_statement_get_text (statement, 0), scope, error);
          return NULL;
        }
      if (!has_row || page->events->len > MAX_PAGE)
        {
          refuse ("protocol", NULL, error);
          return NULL;
        }
      if (!way_statement_is_null (statement, 4))
        {
          g_ptr_array_add (page->events, read_event (statement));
          continue;
        }
      page->cursor = g_strdup (way_statement_get_text (statement, 1));
      page->has_more = way_statement_get_int (statement, 2) == 1;
      page->is_reset = way_statement_get_int (statement, 3) == 1;
      if (page->cursor == NULL)
        page->cursor = g_strdup ("");
    }
  return g_steal_pointer (&page);
}

static WayPage *
pull (WayPeer *peer, const char *scope, const char *cursor, GError **error)
{
  WayPostgresqlPeer *self = WAY_POSTGRESQL_PEER (peer);
  g_autoptr (GError) local = NULL;
  WayPage *page = NULL;
  WayStatement *statement;

  if (self->stream == NULL)
    {
      g_set_error_literal (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PROTOCOL, "Pull before hello");
      return NULL;
    }
  statement = prepare (self,
                       "SELECT refusal, cursor_next, has_more, is_reset, event_stream, seq, id,"
                       " author, subject, unit, kind, ver, at, zone, salt, body, digest, chain,"
                       " received, effective, allowed FROM api.pull_v1 (CAST($1 AS text),"
                       " CAST($2 AS text), CAST($3 AS text))",
                       &local);
  if (statement != NULL)
    {
      way_statement_bind_text (statement, 1, self->stream);
      way_statement_bind_text (statement, 2, scope);
      way_statement_bind_text (statement, 3, make_sendable (cursor));
      page = read_page (statement, scope, &local);
      if (page != NULL || local->domain == WAY_SYNC_ERROR)
        way_statement_reset (statement);
    }
  if (page == NULL)
    map_error (self, g_steal_pointer (&local), error);
  return page;
}

static GPtrArray *
list_apart (WayPeer *peer, GError **error)
{
  WayPostgresqlPeer *self = WAY_POSTGRESQL_PEER (peer);
  g_autoptr (GError) local = NULL;
  GPtrArray *rows = NULL;
  WayStatement *statement;

  if (self->stream == NULL)
    {
      g_set_error_literal (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PROTOCOL, "Asked before hello");
      return NULL;
    }
  statement = prepare (self, "SELECT seq, reason, received FROM api.apart_v1 (CAST($1 AS text))",
                       &local);
  if (statement != NULL)
    {
      way_statement_bind_text (statement, 1, self->stream);
      rows = way_apart_read (statement, &local);
    }
  if (rows == NULL)
    map_error (self, g_steal_pointer (&local), error);
  return rows;
}

static char *
dup_bundle_key (WayPeer *peer, GError **error)
{
  WayPostgresqlPeer *self = WAY_POSTGRESQL_PEER (peer);
  g_autoptr (GError) local = NULL;
  char *key = NULL;
  WayStatement *statement;
  gboolean has_row;

  statement = prepare (self, "SELECT api.bundle_key_v1 ()", &local);
  if (statement != NULL && way_statement_step (statement, &has_row, &local))
    {
      key = has_row ? g_strdup (way_statement_get_text (statement, 0)) : NULL;
      way_statement_reset (statement);
      if (key == NULL)
        refuse ("person", NULL, error);
      return key;
    }
  map_error (self, g_steal_pointer (&local), error);
  return NULL;
}

static char *
issue_ticket (WayPeer *peer, gint64 *expires, GError **error)
{
  WayPostgresqlPeer *self = WAY_POSTGRESQL_PEER (peer);
  g_autoptr (GError) local = NULL;
  g_autofree char *refusal = NULL;
  g_autofree char *ticket = NULL;
  WayStatement *statement;
  gboolean has_row;

  if (self->stream == NULL)
    {
      g_set_error_literal (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PROTOCOL, "Asked before hello");
      return NULL;
    }
  statement = prepare (self,
                       "SELECT refusal, ticket, expires FROM api.ticket_v1 (CAST($1 AS text))",
                       &local);
  if (statement != NULL)
    way_statement_bind_text (statement, 1, self->stream);
  if (statement == NULL || !way_statement_step (statement, &has_row, &local))
    {
      map_error (self, g_steal_pointer (&local), error);
      return NULL;
    }
  if (has_row)
    {
      refusal = g_strdup (way_statement_get_text (statement, 0));
      ticket = g_strdup (way_statement_get_text (statement, 1));
      *expires = way_statement_get_int (statement, 2);
    }
  way_statement_reset (statement);
  if (ticket == NULL)
    refuse (refusal != NULL ? refusal : "protocol", NULL, error);
  return g_steal_pointer (&ticket);
}

static WayChunk *
fetch_chunk (WayPeer *peer, const char *digest, gint64 n, GError **error)
{
  WayPostgresqlPeer *self = WAY_POSTGRESQL_PEER (peer);
  g_autoptr (GError) local = NULL;
  WayChunk *chunk = NULL;
  WayStatement *statement;

  statement = prepare (self,
                       "SELECT chunks, size, sha256, chunk_sha256, bytes"
                       " FROM api.pack_chunk_v1 (CAST($1 AS text), CAST($2 AS bigint))",
                       &local);
  if (statement != NULL)
    {
      way_statement_bind_text (statement, 1, digest);
      way_statement_bind_int (statement, 2, n);
      chunk = way_pack_chunk_read (statement, &local);
    }
  if (local != NULL)
    map_error (self, g_steal_pointer (&local), error);
  return chunk;
}

static void
peer_iface_init (WayPeerInterface *iface)
{
  iface->sign_in = sign_in;
  iface->hello = hello;
  iface->push = push;
  iface->pull = pull;
  iface->list_apart = list_apart;
  iface->dup_bundle_key = dup_bundle_key;
  iface->issue_ticket = issue_ticket;
  iface->fetch_chunk = fetch_chunk;
}

/* way_postgresql_peer_new:
 *
 * Reaches the trust at a URI. Fails with WAY_DB_ERROR_URI, or WAY_SYNC_ERROR_UNREACHED,
 * _BUSY or _PERSON where the server is not there, full, or does not take the login. */
WayPeer *
way_postgresql_peer_new (const char *uri, GError **error)
{
  g_autoptr (WayPostgresqlPeer) self = g_object_new (WAY_TYPE_POSTGRESQL_PEER, NULL);
  g_autoptr (GError) local = NULL;

  self->uri = g_strdup (uri);
  if (reach (self, &local))
    return WAY_PEER (g_steal_pointer (&self));
  map_error (self, g_steal_pointer (&local), error);
  return NULL;
}
