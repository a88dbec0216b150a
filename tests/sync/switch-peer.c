/* switch-peer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "switch-peer.h"

struct _SwitchPeer
{
  GObject parent_instance;

  SwitchPeerFunc dup_uri; /* (nullable): @only speaks for everybody */
  gpointer user_data;
  WayPeer *only;
  gboolean is_cut;
  GHashTable *peers; /* char* → WayPeer */
  WayPeer *current;  /* (unowned) (nullable) */

  /* For whoever is greeted next. */
  GPtrArray *foreseen; /* (nullable) */
  char **scopes;
  char **cursors;
};

static void switch_peer_iface_init (WayPeerInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SwitchPeer,
                               switch_peer,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WAY_TYPE_PEER, switch_peer_iface_init))

static void
forget (SwitchPeer *self)
{
  g_clear_pointer (&self->foreseen, g_ptr_array_unref);
  g_clear_pointer (&self->scopes, g_strfreev);
  g_clear_pointer (&self->cursors, g_strfreev);
}

static void
switch_peer_finalize (GObject *object)
{
  forget (SWITCH_PEER (object));
  g_hash_table_unref (SWITCH_PEER (object)->peers);
  g_clear_object (&SWITCH_PEER (object)->only);
  G_OBJECT_CLASS (switch_peer_parent_class)->finalize (object);
}

static void
switch_peer_class_init (SwitchPeerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = switch_peer_finalize;
}

static void
switch_peer_init (SwitchPeer *self)
{
  self->peers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

static WayPeer *
find_peer (SwitchPeer *self, const char *person, GError **error)
{
  g_autofree char *uri = NULL;
  WayPeer *peer = self->only != NULL ? self->only : g_hash_table_lookup (self->peers, person);

  if (peer == NULL)
    {
      uri = self->dup_uri (person, self->user_data);
      peer = way_peer_open (uri, error);
      if (peer != NULL)
        g_hash_table_insert (self->peers, g_strdup (person), peer);
    }
  self->current = peer;
  return peer;
}

static char *
sign_in (WayPeer *peer, const char *username, const char *machine, GError **error)
{
  WayPeer *real = find_peer (SWITCH_PEER (peer), username, error);

  return real != NULL ? way_peer_sign_in (real, username, machine, error) : NULL;
}

static void
foresee (WayPeer *peer, GPtrArray *events, const char *const *scopes, const char *const *cursors)
{
  SwitchPeer *self = SWITCH_PEER (peer);

  forget (self);
  self->foreseen = g_ptr_array_ref (events);
  self->scopes = g_strdupv ((char **) scopes);
  self->cursors = g_strdupv ((char **) cursors);
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
  SwitchPeer *self = SWITCH_PEER (peer);
  WayPeer *real = find_peer (self, person, error);

  if (real != NULL && self->foreseen != NULL)
    way_peer_foresee (real, self->foreseen, (const char *const *) self->scopes,
                      (const char *const *) self->cursors);
  forget (self);
  return real != NULL ? way_peer_hello (real, person, stream, acked, epoch, client_time, error)
                      : NULL;
}

static gboolean
use_enrolment (WayPeer *peer,
               const char *person,
               const char *id,
               const char *code,
               const char *stream,
               GError **error)
{
  WayPeer *real = find_peer (SWITCH_PEER (peer), person, error);

  return real != NULL && way_peer_use_enrolment (real, person, id, code, stream, error);
}

static WayReceipt *
push (WayPeer *peer, GPtrArray *events, GError **error)
{
  return way_peer_push (SWITCH_PEER (peer)->current, events, error);
}

static WayPage *
pull (WayPeer *peer, const char *scope, const char *cursor, GError **error)
{
  if (SWITCH_PEER (peer)->is_cut)
    {
      g_set_error_literal (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_UNREACHED, "The line is cut");
      return NULL;
    }
  return way_peer_pull (SWITCH_PEER (peer)->current, scope, cursor, error);
}

static GPtrArray *
list_apart (WayPeer *peer, GError **error)
{
  return way_peer_list_apart (SWITCH_PEER (peer)->current, error);
}

static char *
dup_bundle_key (WayPeer *peer, GError **error)
{
  return way_peer_dup_bundle_key (SWITCH_PEER (peer)->current, error);
}

static char *
issue_ticket (WayPeer *peer, gint64 *expires, GError **error)
{
  return way_peer_issue_ticket (SWITCH_PEER (peer)->current, expires, error);
}

static WayChunk *
fetch_chunk (WayPeer *peer, const char *digest, gint64 n, GError **error)
{
  return way_peer_fetch_chunk (SWITCH_PEER (peer)->current, digest, n, error);
}

static void
switch_peer_iface_init (WayPeerInterface *iface)
{
  iface->sign_in = sign_in;
  iface->foresee = foresee;
  iface->hello = hello;
  iface->use_enrolment = use_enrolment;
  iface->push = push;
  iface->pull = pull;
  iface->list_apart = list_apart;
  iface->dup_bundle_key = dup_bundle_key;
  iface->issue_ticket = issue_ticket;
  iface->fetch_chunk = fetch_chunk;
}

WayPeer *
switch_peer_new (SwitchPeerFunc dup_uri, gpointer user_data)
{
  SwitchPeer *self = g_object_new (SWITCH_TYPE_PEER, NULL);

  self->dup_uri = dup_uri;
  self->user_data = user_data;
  return WAY_PEER (self);
}

WayPeer *
switch_peer_new_over (WayPeer *only)
{
  SwitchPeer *self = g_object_new (SWITCH_TYPE_PEER, NULL);

  self->only = g_object_ref (only);
  return WAY_PEER (self);
}

void
switch_peer_cut (SwitchPeer *self, gboolean is_cut)
{
  self->is_cut = is_cut;
}
