/* way-peer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync/way-peer.h"

#include "sync/way-postgresql-peer.h"
#include "sync/way-sqlite-peer.h"

G_DEFINE_INTERFACE (WayPeer, way_peer, G_TYPE_OBJECT)

/**
 * way_sync_error_quark:
 *
 * Returns: the domain of what keeps a store and a trust from meeting
 */
GQuark
way_sync_error_quark (void)
{
  return g_quark_from_static_string ("way-sync-error-quark");
}

static void
way_peer_default_init (WayPeerInterface *iface)
{
}

/* way_peer_open:
 * @uri: of a trust
 *
 * Reaches a trust. Fails as way_store_open_trust() does; WAY_DB_ERROR_URI where this
 * program has no engine for it. */
WayPeer *
way_peer_open (const char *uri, GError **error)
{
  g_return_val_if_fail (uri != NULL, NULL);

  if (g_str_has_prefix (uri, "postgresql:") || g_str_has_prefix (uri, "postgres:"))
    return way_postgresql_peer_new (uri, error);
  return way_sqlite_peer_new (uri, error);
}

/* way_peer_sign_in:
 * @username: (nullable): NULL for whoever the login is, where a trust has logins
 * @machine: (nullable): a name for this machine, kept with the stream
 *
 * Finds the person of a username. Later calls speak for them. WAY_SYNC_ERROR_PERSON:
 * there is nobody, or they have left. */
char *
way_peer_sign_in (WayPeer *self, const char *username, const char *machine, GError **error)
{
  g_return_val_if_fail (WAY_IS_PEER (self), NULL);

  return WAY_PEER_GET_IFACE (self)->sign_in (self, username, machine, error);
}

/* way_peer_foresee:
 * @events: (element-type WayEvent): of the stream that will be greeted; they may be none
 * @scopes: NULL-terminated
 * @cursors: one for each scope; "" for the first page
 *
 * Says what will be pushed and pulled after the next hello if nothing comes between. A peer
 * that is far away then does all of it in one journey with hello and gives the answers when
 * they are asked for. Nothing is different for it: a push is pushed again, and a pull
 * pulled again, where this was wrong. */
void
way_peer_foresee (WayPeer *self,
                  GPtrArray *events,
                  const char *const *scopes,
                  const char *const *cursors)
{
  g_return_if_fail (WAY_IS_PEER (self) && events != NULL && scopes != NULL && cursors != NULL);

  if (WAY_PEER_GET_IFACE (self)->foresee != NULL)
    WAY_PEER_GET_IFACE (self)->foresee (self, events, scopes, cursors);
}

/* way_peer_hello:
 * @person: whose store it is
 * @stream: which it writes
 * @acked: up to where it knows that the trust has it
 * @epoch: (nullable): as the trust told it last
 * @client_time: what this machine's clock says
 *
 * Greets the trust: what it has, whether it is the trust that it was, which scopes there
 * are to pull. */
WayWelcome *
way_peer_hello (WayPeer *self,
                const char *person,
                const char *stream,
                gint64 acked,
                const char *epoch,
                gint64 client_time,
                GError **error)
{
  g_return_val_if_fail (WAY_IS_PEER (self) && person != NULL && stream != NULL, NULL);

  return WAY_PEER_GET_IFACE (self)->hello (self, person, stream, acked, epoch, client_time, error);
}

/* way_peer_push:
 * @events: (element-type WayEvent): of the greeted stream, one after the other
 *
 * Gives the trust a batch: all of it or nothing. Giving it again changes nothing. */
WayReceipt *
way_peer_push (WayPeer *self, GPtrArray *events, GError **error)
{
  g_return_val_if_fail (WAY_IS_PEER (self) && events != NULL, NULL);

  return WAY_PEER_GET_IFACE (self)->push (self, events, error);
}

/* way_peer_pull:
 * @cursor: (nullable): of the last page; NULL or "" for the first
 *
 * Asks for the next page of what a scope holds. */
WayPage *
way_peer_pull (WayPeer *self, const char *scope, const char *cursor, GError **error)
{
  g_return_val_if_fail (WAY_IS_PEER (self) && scope != NULL, NULL);

  return WAY_PEER_GET_IFACE (self)->pull (self, scope, cursor, error);
}

/* way_peer_list_apart:
 *
 * Asks what of the greeted stream the trust has received and cannot read, the last first,
 * at most 1000: of WayApart. */
GPtrArray *
way_peer_list_apart (WayPeer *self, GError **error)
{
  g_return_val_if_fail (WAY_IS_PEER (self), NULL);

  if (WAY_PEER_GET_IFACE (self)->list_apart == NULL)
    {
      g_set_error_literal (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PROTOCOL, "It cannot say");
      return NULL;
    }
  return WAY_PEER_GET_IFACE (self)->list_apart (self, error);
}

/* way_peer_dup_bundle_key:
 *
 * Asks for the key with which the greeted person's bundles are signed. The trust gives it to
 * nobody else. */
char *
way_peer_dup_bundle_key (WayPeer *self, GError **error)
{
  g_return_val_if_fail (WAY_IS_PEER (self), NULL);

  if (WAY_PEER_GET_IFACE (self)->dup_bundle_key == NULL)
    {
      g_set_error_literal (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PROTOCOL, "It has no keys");
      return NULL;
    }
  return WAY_PEER_GET_IFACE (self)->dup_bundle_key (self, error);
}

/* way_peer_issue_ticket:
 * @expires: (out): until when it holds, µs UTC
 *
 * Asks for a ticket for the greeted stream. Whoever brings it may add to that stream and can
 * read nothing. */
char *
way_peer_issue_ticket (WayPeer *self, gint64 *expires, GError **error)
{
  g_return_val_if_fail (WAY_IS_PEER (self) && expires != NULL, NULL);

  return WAY_PEER_GET_IFACE (self)->issue_ticket (self, expires, error);
}

/* way_peer_fetch_chunk:
 * @digest: of a pack, as the catalogue says it
 * @n: from 1
 *
 * Asks for a piece of a pack's file. Nothing of what comes is checked yet.
 *
 * Returns: (transfer full) (nullable): NULL without @error where the trust has no such piece */
WayChunk *
way_peer_fetch_chunk (WayPeer *self, const char *digest, gint64 n, GError **error)
{
  g_return_val_if_fail (WAY_IS_PEER (self) && digest != NULL, NULL);

  return WAY_PEER_GET_IFACE (self)->fetch_chunk (self, digest, n, error);
}

/* way_peer_rest:
 *
 * A meeting is over, and the next is some time off: lets go of what is only kept to be quick. */
void
way_peer_rest (WayPeer *self)
{
  g_return_if_fail (WAY_IS_PEER (self));

  if (WAY_PEER_GET_IFACE (self)->rest != NULL)
    WAY_PEER_GET_IFACE (self)->rest (self);
}

/**
 * way_chunk_free:
 * @self: (transfer full)
 */
void
way_chunk_free (WayChunk *self)
{
  g_free (self->sha256);
  g_free (self->chunk_sha256);
  g_free (self->base64);
  g_free (self);
}

/* way_peer_use_enrolment:
 *
 * Shows the trust the code of an enrolment file. It holds for one stream. */
gboolean
way_peer_use_enrolment (WayPeer *self,
                        const char *person,
                        const char *id,
                        const char *code,
                        const char *stream,
                        GError **error)
{
  g_return_val_if_fail (WAY_IS_PEER (self) && id != NULL && code != NULL && stream != NULL, FALSE);

  return WAY_PEER_GET_IFACE (self)->use_enrolment (self, person, id, code, stream, error);
}

/* way_peer_say_erased:
 *
 * That the person is no longer in the trust, by their right or by its rules. */
void
way_peer_say_erased (GError **error)
{
  g_set_error_literal (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_ERASED,
                       "The trust has erased this person’s record");
}

/* way_peer_say_too_old:
 *
 * That the trust takes only what newer programs say. */
void
way_peer_say_too_old (GError **error)
{
  g_set_error_literal (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PROTOCOL,
                       "This version of Waymark is too old for the trust: update it. What is saved "
                       "here stays, and is sent then");
}

/**
 * way_apart_free:
 * @self: (transfer full)
 */
void
way_apart_free (WayApart *self)
{
  g_free (self->reason);
  g_free (self);
}

/**
 * way_peer_scope_free:
 * @self: (transfer full)
 */
void
way_peer_scope_free (WayPeerScope *self)
{
  g_free (self->id);
  g_free (self);
}

/**
 * way_welcome_free:
 * @self: (transfer full): with its scopes
 */
void
way_welcome_free (WayWelcome *self)
{
  g_free (self->epoch);
  g_clear_pointer (&self->scopes, g_ptr_array_unref);
  g_free (self);
}

/**
 * way_receipt_free:
 * @self: (transfer full): with its stamps
 */
void
way_receipt_free (WayReceipt *self)
{
  g_free (self->epoch);
  g_clear_pointer (&self->stamps, g_ptr_array_unref);
  g_free (self);
}

/**
 * way_page_free:
 * @self: (transfer full): with its events
 */
void
way_page_free (WayPage *self)
{
  g_free (self->cursor);
  g_clear_pointer (&self->events, g_ptr_array_unref);
  g_free (self);
}
