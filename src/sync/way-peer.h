/* way-peer.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/way-store.h"

G_BEGIN_DECLS

/* The other side of sync: a trust, whatever engine holds it. Synchronous; one person at a
 * time. sync/README is the protocol. */
#define WAY_TYPE_PEER (way_peer_get_type ())
G_DECLARE_INTERFACE (WayPeer, way_peer, WAY, PEER, GObject)

typedef enum
{
  WAY_SYNC_ERROR_PERSON,    /* the trust knows nobody of that name, or they have left: ask */
  WAY_SYNC_ERROR_STREAM,    /* the stream is somebody else's: begin a new one */
  WAY_SYNC_ERROR_ERASED,    /* the trust has erased this person: what is kept here goes */
  WAY_SYNC_ERROR_SCOPE,     /* not yours to pull: say hello again */
  WAY_SYNC_ERROR_BUSY,      /* try again later */
  WAY_SYNC_ERROR_UNREACHED, /* the trust cannot be reached: try again later */
  WAY_SYNC_ERROR_PROTOCOL,  /* the trust says what this version does not understand */
  WAY_SYNC_ERROR_TICKET,    /* there is none, or it holds no more: its person must sign in */
} WaySyncError;

#define WAY_SYNC_ERROR (way_sync_error_quark ())
GQuark way_sync_error_quark (void);

typedef struct
{
  char *id; /* self, catalogue, unit:ID */
  gint64 generation;
} WayPeerScope;

/* The answer to hello. */
typedef struct
{
  char *epoch;             /* to be kept, and told next time */
  gboolean is_epoch_known; /* FALSE: the trust was put back from a backup */
  gint64 last_seq;         /* how far the trust has this stream */
  gint64 server_time;
  guint batch;           /* events in a push or a page at most */
  GPtrArray *scopes;     /* of WayPeerScope */
  gboolean is_read_only; /* nothing can be pushed now */
  gint64 retry_after;    /* ms: not to come again before; 0 for as one likes */
} WayWelcome;

/* The answer to push. */
typedef struct
{
  gint64 acked; /* the trust has everything up to here; lower than before: send again */
  guint inserted;
  guint duplicates;
  guint quarantined;
  guint refused;    /* stored, but the author had no right: allowed 0 */
  gboolean is_gap;  /* nothing was taken: begin after `acked` */
  gboolean is_fork; /* nothing was taken: from fork_seq on the trust has other events */
  gint64 fork_seq;
  char *epoch;
  GPtrArray *stamps; /* of WayEvent: id, received, effective, allowed */
} WayReceipt;

/* The answer to pull. */
typedef struct
{
  GPtrArray *events; /* of WayEvent */
  char *cursor;      /* opaque: where to go on */
  gboolean has_more;
  gboolean is_reset; /* the cursor is of another time: drop the scope and begin again */
} WayPage;

/* An event that the trust has received and cannot read. */
typedef struct
{
  gint64 seq;
  char *reason; /* in the trust's words */
  gint64 received;
} WayApart;

/* A piece of a pack's file. */
typedef struct
{
  gint64 n_chunks;
  gint64 size;        /* of the file */
  char *sha256;       /* of the file */
  char *chunk_sha256; /* of this piece */
  char *base64;
} WayChunk;

struct _WayPeerInterface
{
  GTypeInterface parent_interface;

  char *(*sign_in) (WayPeer *self, const char *username, const char *machine, GError **error);
  /* (nullable) where a question costs no journey */
  void (*foresee) (WayPeer *self,
                   GPtrArray *events,
                   const char *const *scopes,
                   const char *const *cursors);
  WayWelcome *(*hello) (WayPeer *self,
                        const char *person,
                        const char *stream,
                        gint64 acked,
                        const char *epoch,
                        gint64 client_time,
                        GError **error);
  WayReceipt *(*push) (WayPeer *self, GPtrArray *events, GError **error);
  WayPage *(*pull) (WayPeer *self, const char *scope, const char *cursor, GError **error);
  GPtrArray *(*list_apart) (WayPeer *self, GError **error);
  char *(*dup_bundle_key) (WayPeer *self, GError **error);
  gboolean (*use_enrolment) (WayPeer *self,
                             const char *person,
                             const char *id,
                             const char *code,
                             const char *stream,
                             GError **error);
  char *(*issue_ticket) (WayPeer *self, gint64 *expires, GError **error);
  WayChunk *(*fetch_chunk) (WayPeer *self, const char *digest, gint64 n, GError **error);
  void (*rest) (WayPeer *self); /* (nullable) */
};

/* By URI. */
WayPeer *way_peer_open (const char *uri, GError **error);
/* The person of that username in the trust, for a store on this machine. */
char *way_peer_sign_in (WayPeer *self, const char *username, const char *machine, GError **error);
/* What will be pushed and pulled after the next hello, as far as one can know. */
void way_peer_foresee (WayPeer *self,
                       GPtrArray *events,
                       const char *const *scopes,
                       const char *const *cursors);
WayWelcome *way_peer_hello (WayPeer *self,
                            const char *person,
                            const char *stream,
                            gint64 acked,
                            const char *epoch,
                            gint64 client_time,
                            GError **error);
/* Events of the greeted stream, in order. */
WayReceipt *way_peer_push (WayPeer *self, GPtrArray *events, GError **error);
WayPage *way_peer_pull (WayPeer *self, const char *scope, const char *cursor, GError **error);
/* What of the greeted stream is kept apart: of WayApart, the last first. */
GPtrArray *way_peer_list_apart (WayPeer *self, GError **error);
/* What the greeted person's bundles are signed with. */
char *way_peer_dup_bundle_key (WayPeer *self, GError **error);

/* Leave to add to the greeted stream when nobody is signed in: see way-ticket.h. */
char *way_peer_issue_ticket (WayPeer *self, gint64 *expires, GError **error);
/* A piece of the pack of that digest, the first is 1. NULL without error: there is none. */
WayChunk *way_peer_fetch_chunk (WayPeer *self, const char *digest, gint64 n, GError **error);
/* The meeting is over. */
void way_peer_rest (WayPeer *self);

void way_chunk_free (WayChunk *self);
/* The code of a file with which somebody has signed in, shown once. */
gboolean way_peer_use_enrolment (WayPeer *self,
                                 const char *person,
                                 const char *id,
                                 const char *code,
                                 const char *stream,
                                 GError **error);
/* The two things that are said by every engine in the same words. */
void way_peer_say_erased (GError **error);
void way_peer_say_too_old (GError **error);

void way_apart_free (WayApart *self);
void way_peer_scope_free (WayPeerScope *self);
void way_welcome_free (WayWelcome *self);
void way_receipt_free (WayReceipt *self);
void way_page_free (WayPage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayWelcome, way_welcome_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayReceipt, way_receipt_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayPage, way_page_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayChunk, way_chunk_free)

G_END_DECLS
