/* way-session-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assessment/way-bank.h"
#include "record/way-bodies.h"
#include "record/way-kind.h"
#include "session/way-session.h"
#include "session/way-sitting-log.h"
#include "session/way-worker.h"
#include "store/way-store.h"
#include "sync/way-peer.h"
#include "sync/way-sync.h"

G_BEGIN_DECLS

/* The sittings of the person $1 that are open, the newest first: they were not ended, not
 * gone on with in another, and the one that each goes on with was not ended either. */
#define WAY_OPEN_SITTINGS                                                                          \
  " FROM attempt a WHERE a.person = CAST($1 AS text) AND a.ended IS NULL "                         \
  "AND a.type IN (" WAY_SITTING_TYPES ") AND NOT EXISTS (SELECT 1 FROM live c "                    \
  "WHERE c.kind = 'attempt' AND c.person = a.person AND c.body->>'continues' = a.attempt) "        \
  "AND NOT EXISTS (SELECT 1 FROM live b JOIN attempt p ON p.attempt = b.body->>'continues' "       \
  "WHERE b.id = a.attempt AND p.person = a.person AND p.ended IS NOT NULL) "                       \
  "ORDER BY a.started DESC, a.attempt DESC"

/* Of those the newest one of all capabilities together: the baseline. */
#define WAY_OPEN_BASELINE                                                                          \
  "SELECT s.attempt FROM (SELECT a.attempt, a.type, a.started" WAY_OPEN_SITTINGS                   \
  ") s WHERE s.type IN ('baseline', 'closer') ORDER BY s.started DESC, s.attempt DESC LIMIT 1"

typedef struct _WayLeft WayLeft;

struct _WaySession
{
  GObject parent_instance;

  WayPack *pack;      /* (owned) */
  GPtrArray *earlier; /* (owned) (nullable) of WayPack: work that has begun may still use them */
  char *language;     /* (owned) (nullable) asked for */
  char *installed; /* (owned) (nullable) the pack that came with the program: set before sign-in */
  WayPack *older;  /* (owned) (nullable) store thread: one that somebody has begun to learn from */
  char *folder;    /* (owned) (nullable) where stores lie; NULL: the default */

  WayWorker *store_worker; /* (owned) the only writer of the device store */
  WayWorker *net_worker;   /* (owned) the trust, through a WayPeer */
  WayWorker *read_worker;  /* (owned) queries of the trust */

  WayStore *store;  /* (owned) (nullable) store thread */
  char *store_path; /* (owned) (nullable) store thread: to open it again after a failed disk */
  WayPeer *peer;    /* (owned) (nullable) a WayNetPeer; called on the store thread */
  char *sync_uri;   /* (owned) (nullable) store thread: the trust to meet */
  WayStore *lent;   /* (owned) (nullable) store thread: what is others', on a shared computer */
  WayStore *trust;  /* (owned) (nullable) read thread */
  char *read_uri;   /* (owned) (nullable) read thread: what trust is open on */

  /* Who is signed in: main thread. */
  char *trust_uri;                    /* (owned) (nullable) */
  char *person;                       /* (owned) (nullable) */
  char *person_name;                  /* (owned) (nullable) */
  char *username;                     /* (owned) (nullable) */
  char *staff_group;                  /* (owned) (nullable) */
  int required[WAY_MAX_CAPABILITIES]; /* what their work asks for, as of signing in */
  char *organisation;                 /* (owned) (nullable) */
  char *notice;                       /* (owned) (nullable) */
  char *sharing;                      /* (owned) "champion" or "nobody" */
  char *home_unit;                    /* (owned) (nullable) the primary unit */
  WayRoles roles;
  gboolean is_synthetic;

  /* What is saved, sent and received: written by the store and net threads, read by the
   * main one. */
  GMutex lock;
  gint64 saved_at;
  gint64 sent_at;
  gint64 received_at;
  gint64 met_at;
  guint n_unsent;
  guint n_quarantined;
  guint n_saved;
  guint lease_days;    /* after how many what was lent went; 0 */
  gint64 retry_after;  /* ms: the trust wants to be left alone for so long */
  char *sync_error;    /* (owned) (nullable) */
  gboolean is_refused; /* and it is the trust that does not want what is here */
  gboolean has_lent;

  GNetworkMonitor *monitor; /* (owned) */

  gboolean is_kiosk;    /* store thread: is_shared, as it was at sign-in */
  gboolean is_meeting;  /* store thread: a sync works on the store */
  gboolean must_reopen; /* store thread: the disk failed meanwhile */

  gboolean is_shared; /* several people use this computer under one account */
  char *kiosk_uri;    /* (owned) (nullable) the login that sends what they leave */
  WayLeft *left;      /* (owned) */
  guint left_source;
  guint left_failures; /* in a row */

  gboolean pushes_first; /* each answer goes to the trust before the next question */
  gboolean is_fleeting;  /* and so it is anyway: the store will not stay */
  gboolean goes_on;      /* but the person does not wait for the trust now */
  GQueue pushes;         /* of GTask: who waits for the meeting after this one */

  gboolean is_syncing;
  gboolean is_offline;
  guint sync_source;      /* when the next one starts by itself */
  guint sync_failures;    /* in a row */
  gint64 sync_due;        /* monotonic µs, while there is a source */
  gint64 sync_not_before; /* the trust wants to be left alone until then; monotonic µs */
  gint64 sync_due_at;     /* the same by the clock, for people */

  char *drop_uri;    /* (owned) (nullable) main thread: the login for what has no name */
  guint drop_source; /* when the next message without a name may go */
};

/* Store thread. */
WayDb *way_session_get_db (WaySession *self, GError **error);
void way_session_reopen (WaySession *self);
gboolean way_session_append (WaySession *self, GPtrArray *drafts, GError **error);
void way_session_count_unsent (WaySession *self);
guint way_session_count_left (WaySession *self, const char *person);
GListStore *
way_session_query_own (WaySession *self, const char *person, const char *sql, GError **error);
GListStore *way_session_query_my_help (WaySession *self, const char *person, GError **error);
GListStore *way_session_list_unread (WaySession *self, const char *person, GError **error);
gboolean
way_session_read_so_far (WaySession *self, const char *person, WaySkills *skills, GError **error);
GListStore *way_session_list_progress (WaySession *self,
                                       const char *person,
                                       const char *role,
                                       const WaySummary *summary,
                                       GError **error);

/* Any thread. */
WayEvent *way_session_draft (const char *kind, gconstpointer body, GError **error);
guint64 way_session_new_seed (void);
WayEvent *way_session_draft_attempt (WaySession *self,
                                     WayPack *pack,
                                     const char *type,
                                     guint64 seed,
                                     const WayModule *module,
                                     const char *desk,
                                     const char *draw,
                                     guint attempt_number,
                                     const char *purpose);
void way_session_touch (WaySession *self);
/* Main thread, about who is signed in. */
void way_session_clear_identity (WaySession *self);
void way_session_notify_identity (WaySession *self);
void way_session_emit_changed (WaySession *self);
void way_session_sync_soon (WaySession *self);

/* Main thread, after a meeting: what has no name may go a while later. Store thread: goes on
 * fetching the pack that the trust teaches. */
void way_session_schedule_drop (WaySession *self);
void way_session_take_back_drop (WaySession *self,
                                 const char *hash,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
void way_session_fetch_pack (WaySession *self, GCancellable *cancellable);

/* In the meta of a store that began with an enrolment file. */
#define WAY_SESSION_ENROLLED_NAME "enrolled-name"

/* The folder of a trust's stores here, and who signed in to which of them. */
char *way_session_dup_folder (WaySession *self, const char *trust_uri);
char *way_session_dup_login (const char *trust_uri);
gboolean way_session_remember_person (const char *folder,
                                      const char *username,
                                      const char *person,
                                      GError **error);
/* way-session-lent.c, store thread; the last main thread */
gboolean way_session_borrow (WaySession *self,
                             guint withheld,
                             GCancellable *cancellable,
                             WaySyncResult *result,
                             GError **error);
void way_session_mirror (WaySession *self, gint64 seq);
WayDb *way_session_get_team_db (WaySession *self, GError **error);
void way_session_enforce_lent (WaySession *self);
void way_session_forget_lent (WaySession *self);
char *way_session_dup_not_lent_text (WaySession *self);

/* way-session-left.c */
WayLeft *way_left_new (void);
void way_left_unref (WayLeft *left);
void way_left_stop (WayLeft *left);
void way_left_take (WayLeft *left, const char *path);
void way_session_schedule_left (WaySession *self, gboolean is_start);

/* way-session-push.c, main thread */
void way_session_push_on (WaySession *self);
void way_session_return_answered (WaySession *self,
                                  GTask *outer,
                                  gpointer value,
                                  GDestroyNotify release);

/* way-session-erased.c */
void way_session_forget_store (WaySession *self);
void way_session_leave_erased (WaySession *self, const char *message);

gboolean way_session_sync_now (WaySession *self, GCancellable *cancellable, GError **error);

/* Main thread. */
void way_session_emit_not_saved (WaySession *self, const char *message);
char *way_session_dup_sync_text (WaySession *self);
const char *way_session_get_sync_icon_name (WaySession *self);
GTask *way_session_begin (WaySession *self,
                          gpointer source,
                          gpointer tag,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
gboolean way_session_refuse_signed_out (WaySession *self, GTask *task);
gboolean way_session_refuse_others (WaySession *self, GTask *task, WayRoles roles);
void way_session_write (WaySession *self,
                        gpointer source,
                        gpointer tag,
                        GPtrArray *drafts,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
void way_session_write_one (WaySession *self,
                            gpointer source,
                            gpointer tag,
                            const char *kind,
                            gconstpointer body,
                            const char *subject,
                            const char *unit,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
void way_session_record_access (WaySession *self,
                                const char *what,
                                const char *detail,
                                const char *subject);
void way_session_schedule_sync (WaySession *self, double seconds);
void way_session_schedule_first_sync (WaySession *self);
void way_session_note_network (WaySession *self, gboolean is_available);
void way_session_hurry (WaySession *self, gint64 seconds);

/* Main thread: queries of what lies on the device, and of the trust by a lead; they end in
 * way_session_list_finish(). And several events together: way_session_write_finish() gives all
 * their ids, by spaces. */
void way_session_query (WaySession *self,
                        gpointer tag,
                        GTaskThreadFunc func,
                        const char *const *job,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
void way_session_query_team (WaySession *self,
                             gpointer tag,
                             const char *const *job,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
void way_session_query_device (WaySession *self,
                               gpointer tag,
                               const char *const *job,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
void way_session_query_trust (WaySession *self,
                              WayRoles roles,
                              gpointer tag,
                              const char *sql,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
void way_session_write_all (WaySession *self,
                            gpointer tag,
                            GPtrArray *drafts,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);

/* Read thread. */
WayStore *way_session_get_trust (WaySession *self, const char *uri, GError **error);

G_END_DECLS
