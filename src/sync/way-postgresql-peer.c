/* way-postgresql-peer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync/way-postgresql-peer.h"

#include "sync/way-apart.h"
#include "sync/way-enrolment.h"
#include "sync/way-postgresql-calls.h"
#include "sync/way-pack-chunks.h"

/* The trust ends a statement of ours after a minute: whoever is silent for longer is gone. */
#define PATIENCE 75000
/* Scopes that are asked for beside hello. */
#define MAX_FORESEEN 16

struct _WayPostgresqlPeer
{
  GObject parent_instance;

  char *uri;
  WayDb *db; /* (nullable) once the connection was lost */
  char *machine;

  gboolean is_new; /* the connection, and nothing has been set for it */
  char *marker;    /* (nullable) what was set for it */
  gint64 backend;  /* the process that it was set in */

  /* What is asked beside the next hello, to save journeys. */
  GPtrArray *foreseen; /* (nullable) events */
  char **scopes;       /* (nullable) */
  char **cursors;      /* (nullable) one for each scope */

  /* Since hello. */
  char *stream;        /* (nullable) */
  gint64 clock_offset; /* what the client says that its clock is off this machine's */
  WayReceipt *receipt; /* (nullable) for what was foreseen */
  GHashTable *pages;   /* scope → WayPage, the same */
};

static void peer_iface_init (WayPeerInterface *iface);

/* The trust's side of sync in PostgreSQL. Owns its connection, and makes a new one when it
 * was lost and somebody says hello. */
G_DEFINE_FINAL_TYPE_WITH_CODE (WayPostgresqlPeer,
                               way_postgresql_peer,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WAY_TYPE_PEER, peer_iface_init))

/* Answers to what was foreseen are of one hello. */
static void
forget (WayPostgresqlPeer *self)
{
  g_clear_pointer (&self->foreseen, g_ptr_array_unref);
  g_clear_pointer (&self->scopes, g_strfreev);
  g_clear_pointer (&self->cursors, g_strfreev);
  g_clear_pointer (&self->receipt, way_receipt_free);
  g_hash_table_remove_all (self->pages);
}

static void
way_postgresql_peer_finalize (GObject *object)
{
  WayPostgresqlPeer *self = WAY_POSTGRESQL_PEER (object);

  g_clear_pointer (&self->db, way_db_free);
  g_free (self->uri);
  g_free (self->machine);
  g_free (self->marker);
  forget (self);
  g_hash_table_unref (self->pages);
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
  self->pages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) way_page_free);
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
    g_clear_pointer (&self->db, way_db_free);
  way_postgresql_map_error (below, error);
}

/**
 * way_postgresql_refuse:
 * @refusal: the word with which a function of the trust refused; one that this version does not
 *   know is an error of the protocol
 * @scope: (nullable): what was to be pulled, where @refusal may be "scope"
 *
 * Says in @error, of WAY_SYNC_ERROR, why the trust refused.
 *
 * Returns: FALSE
 */
gboolean
way_postgresql_refuse (const char *refusal, const char *scope, GError **error)
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
  else if (g_str_equal (refusal, "standby"))
    g_set_error_literal (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_BUSY,
                         "This server is a copy of the trust that can only be read");
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
  self->is_new = TRUE;
  return TRUE;
}

static gboolean
check_reached (WayPostgresqlPeer *self, GError **error)
{
  if (self->db != NULL)
    return TRUE;
  g_set_error_literal (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_UNREACHED,
                       "The connection to the trust was lost");
  return FALSE;
}

static WayStatement *
prepare (WayPostgresqlPeer *self, const char *sql, GError **error)
{
  return check_reached (self, error) ? way_db_prepare (self->db, sql, error) : NULL;
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

/* What a session of ours is like. A pooler that gives each transaction another connection
 * shows in that what was set here is not there afterwards. */
static WayStatement *
queue_settings (WayPostgresqlPeer *self, GError **error)
{
  WayStatement *statement = way_db_queue (
      self->db,
      "SELECT set_config ('waymark.session', $1, false), pg_backend_pid (),"
      " set_config ('search_path', 'api', false), set_config ('statement_timeout', '60s', false),"
      /* Who waited for another push goes on from there. */
      " set_config ('default_transaction_isolation', 'read committed', false)",
      error);

  if (statement == NULL)
    return NULL;
  g_free (self->marker);
  self->marker = g_uuid_string_random ();
  way_statement_bind_text (statement, 1, self->marker);
  return statement;
}

static WayStatement *
queue_check (WayPostgresqlPeer *self, GError **error)
{
  return way_db_queue (self->db,
                       "SELECT current_setting ('waymark.session', true), pg_backend_pid ()",
                       error);
}

/* All that one journey asks. */
typedef struct
{
  WayStatement *settings; /* (nullable) of a connection that has them */
  WayStatement *hello;
  WayStatement *push; /* (nullable) */
  WayStatement *pulls[MAX_FORESEEN];
  guint n_pulls;
  WayStatement *check;
} Journey;

static void
journey_clear (Journey *self)
{
  g_clear_pointer (&self->settings, way_statement_free);
  g_clear_pointer (&self->hello, way_statement_free);
  g_clear_pointer (&self->push, way_statement_free);
  for (guint i = 0; i < self->n_pulls; i++)
    g_clear_pointer (&self->pulls[i], way_statement_free);
  g_clear_pointer (&self->check, way_statement_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Journey, journey_clear)

static gboolean
set_out (WayPostgresqlPeer *self,
         Journey *journey,
         const char *stream,
         const char *epoch,
         gint64 client_time,
         GError **error)
{
  if (self->is_new)
    {
      journey->settings = queue_settings (self, error);
      if (journey->settings == NULL)
        return FALSE;
    }
  journey->hello = way_postgresql_queue_hello (self->db, stream, epoch, error);
  if (journey->hello == NULL)
    return FALSE;
  if (self->foreseen != NULL && self->foreseen->len > 0)
    {
      journey->push = way_postgresql_queue_push (self->db, stream, self->machine, client_time,
                                                 self->foreseen, error);
      if (journey->push == NULL)
        return FALSE;
    }
  for (guint i = 0; self->scopes != NULL && self->scopes[i] != NULL && i < MAX_FORESEEN; i++)
    {
      journey->pulls[i] = way_postgresql_queue_pull (self->db, stream, self->scopes[i],
                                                     self->cursors[i], error);
      if (journey->pulls[i] == NULL)
        return FALSE;
      journey->n_pulls++;
    }
  journey->check = queue_check (self, error);
  return journey->check != NULL && way_db_send_queue (self->db, error);
}

/* What was foreseen is not needed: where it fails, it is asked again in its own time. */
static gboolean
is_lost (GError *error)
{
  return g_error_matches (error, WAY_DB_ERROR, WAY_DB_ERROR_UNREACHED)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static gboolean
read_foreseen (WayPostgresqlPeer *self, Journey *journey, GError **error)
{
  if (journey->push != NULL)
    {
      g_autoptr (GError) local = NULL;

      self->receipt = way_postgresql_read_receipt (journey->push, self->foreseen->len, &local);
      if (self->receipt == NULL && is_lost (local))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }
  for (guint i = 0; i < journey->n_pulls; i++)
    {
      g_autoptr (GError) local = NULL;
      WayPage *page = way_postgresql_read_page (journey->pulls[i], self->scopes[i], &local);

      if (page != NULL)
        g_hash_table_replace (self->pages, g_strdup (self->scopes[i]), page);
      else if (is_lost (local))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
read_settings (WayPostgresqlPeer *self, Journey *journey, GError **error)
{
  gboolean has_row;

  if (journey->settings == NULL)
    return TRUE;
  if (!way_statement_step (journey->settings, &has_row, error))
    return FALSE;
  self->backend = has_row ? way_statement_get_int (journey->settings, 1) : 0;
  self->is_new = FALSE;
  return TRUE;
}

static gboolean
read_check (WayPostgresqlPeer *self, Journey *journey, GError **error)
{
  gboolean has_row;

  if (!way_statement_step (journey->check, &has_row, error))
    return FALSE;
  if (has_row && g_strcmp0 (way_statement_get_text (journey->check, 0), self->marker) == 0
      && way_statement_get_int (journey->check, 1) == self->backend)
    return TRUE;
  g_set_error_literal (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PROTOCOL,
                       "Something between here and the trust changes the connection after each "
                       "transaction: a pooler must be in session mode, or there must be none");
  return FALSE;
}

static WayWelcome *
travel (WayPostgresqlPeer *self,
        const char *person,
        const char *stream,
        const char *epoch,
        gint64 client_time,
        GError **error)
{
  g_auto (Journey) journey = { 0 };
  g_autoptr (WayWelcome) welcome = NULL;

  if (!set_out (self, &journey, stream, epoch, client_time, error)
      || !read_settings (self, &journey, error))
    return NULL;
  welcome = way_postgresql_read_welcome (journey.hello, person, error);
  if (welcome == NULL || !read_foreseen (self, &journey, error)
      || !read_check (self, &journey, error))
    return NULL;
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
  gint64 offset = client_time - g_get_real_time ();
  g_autoptr (GError) local = NULL;
  WayWelcome *welcome = NULL;

  g_clear_pointer (&self->stream, g_free);
  g_clear_pointer (&self->receipt, way_receipt_free);
  g_hash_table_remove_all (self->pages);
  if (reach (self, &local))
    welcome = travel (self, person, stream, epoch, client_time, &local);
  if (welcome == NULL)
    {
      forget (self);
      if (local->domain == WAY_SYNC_ERROR && local->code == WAY_SYNC_ERROR_PROTOCOL)
        g_clear_pointer (&self->db, way_db_free);
      map_error (self, g_steal_pointer (&local), error);
      return NULL;
    }
  self->stream = g_strdup (stream);
  self->clock_offset = offset;
  return welcome;
}

static void
foresee (WayPeer *peer, GPtrArray *events, const char *const *scopes, const char *const *cursors)
{
  WayPostgresqlPeer *self = WAY_POSTGRESQL_PEER (peer);

  forget (self);
  self->foreseen = g_ptr_array_ref (events);
  self->scopes = g_strdupv ((char **) scopes);
  self->cursors = g_strdupv ((char **) cursors);
}

/* The answer to a push that was made beside hello, if it was this one. */
static WayReceipt *
take_receipt (WayPostgresqlPeer *self, GPtrArray *events)
{
  WayReceipt *receipt = g_steal_pointer (&self->receipt);
  g_autoptr (GPtrArray) foreseen = g_steal_pointer (&self->foreseen);
  gboolean is_same = receipt != NULL && foreseen->len == events->len;

  for (guint i = 0; is_same && i < events->len; i++)
    {
      const WayEvent *one = foreseen->pdata[i];
      const WayEvent *other = events->pdata[i];

      is_same = one->seq == other->seq && g_strcmp0 (one->stream, other->stream) == 0
                && g_strcmp0 (one->id, other->id) == 0 && g_strcmp0 (one->chain, other->chain) == 0
                && one->received == other->received && one->effective == other->effective;
    }
  if (!is_same)
    g_clear_pointer (&receipt, way_receipt_free);
  return receipt;
}

static WayPage *
take_page (WayPostgresqlPeer *self, const char *scope, const char *cursor)
{
  g_autofree char *key = NULL;
  gpointer page = NULL;

  if (!g_hash_table_steal_extended (self->pages, scope, (gpointer *) &key, &page))
    return NULL;
  for (guint i = 0; self->scopes[i] != NULL; i++)
    if (g_str_equal (self->scopes[i], scope)
        && g_str_equal (self->cursors[i], cursor != NULL ? cursor : ""))
      return page;
  way_page_free (page);
  return NULL;
}

static gboolean
check_events (WayPostgresqlPeer *self, GPtrArray *events, GError **error)
{
  if (self->stream == NULL || events->len > WAY_POSTGRESQL_MAX_BATCH)
    {
      g_set_error (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PROTOCOL,
                   self->stream == NULL ? "Push before hello" : "More than %d events in a push",
                   WAY_POSTGRESQL_MAX_BATCH);
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
  g_autoptr (WayStatement) statement = NULL;
  g_autoptr (GError) local = NULL;
  WayReceipt *receipt;

  if (!check_events (self, events, error))
    return NULL;
  receipt = take_receipt (self, events);
  if (receipt != NULL)
    return receipt;
  if (check_reached (self, &local))
    statement = way_postgresql_queue_push (self->db, self->stream, self->machine,
                                           g_get_real_time () + self->clock_offset, events, &local);
  if (statement != NULL)
    receipt = way_postgresql_read_receipt (statement, events->len, &local);
  if (receipt == NULL)
    map_error (self, g_steal_pointer (&local), error);
  return receipt;
}

static WayPage *
pull (WayPeer *peer, const char *scope, const char *cursor, GError **error)
{
  WayPostgresqlPeer *self = WAY_POSTGRESQL_PEER (peer);
  g_autoptr (WayStatement) statement = NULL;
  g_autoptr (GError) local = NULL;
  WayPage *page;

  if (self->stream == NULL)
    {
      g_set_error_literal (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PROTOCOL, "Pull before hello");
      return NULL;
    }
  page = take_page (self, scope, cursor);
  if (page != NULL)
    return page;
  if (check_reached (self, &local))
    statement = way_postgresql_queue_pull (self->db, self->stream, scope, cursor, &local);
  if (statement != NULL)
    page = way_postgresql_read_page (statement, scope, &local);
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
        way_postgresql_refuse ("person", NULL, error);
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
    way_postgresql_refuse (refusal != NULL ? refusal : "protocol", NULL, error);
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

static gboolean
use_enrolment (WayPeer *peer,
               const char *person,
               const char *id,
               const char *code,
               const char *stream,
               GError **error)
{
  WayPostgresqlPeer *self = WAY_POSTGRESQL_PEER (peer);
  g_autofree char *hash = way_enrolment_hash (id, code);
  g_autofree char *refusal = NULL;
  g_autoptr (GError) local = NULL;
  WayStatement *statement = NULL;
  gboolean has_row;

  if (reach (self, &local))
    statement = prepare (self,
                         "SELECT api.enrol_v1 (CAST($1 AS text), CAST($2 AS text),"
                         " CAST($3 AS text))",
                         &local);
  if (statement != NULL)
    {
      way_statement_bind_text (statement, 1, id);
      way_statement_bind_text (statement, 2, hash);
      way_statement_bind_text (statement, 3, stream);
    }
  if (statement == NULL || !way_statement_step (statement, &has_row, &local))
    {
      map_error (self, g_steal_pointer (&local), error);
      return FALSE;
    }
  refusal = g_strdup (has_row ? way_statement_get_text (statement, 0) : "unknown");
  way_statement_reset (statement);
  return way_enrolment_refuse (refusal, error);
}

static void
peer_iface_init (WayPeerInterface *iface)
{
  iface->use_enrolment = use_enrolment;
  iface->sign_in = sign_in;
  iface->foresee = foresee;
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
