/* way-session.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assessment/way-scoring.h"
#include "content/way-pack.h"
#include "record/way-judgement.h"
#include "session/way-row.h"

G_BEGIN_DECLS

/* Who is signed in, the open pack, the stores and the sync state. Lives on the main
 * thread; owns the store, net and read threads. Every _async call returns on the main
 * loop. Properties (notify): signed-in, person-name, sync-text, sync-icon-name, n-unsent,
 * is-syncing, is-synthetic. Signals: changed (something the pages show has changed). */
#define WAY_TYPE_SESSION (way_session_get_type ())
G_DECLARE_FINAL_TYPE (WaySession, way_session, WAY, SESSION, GObject)

typedef enum
{
  WAY_SESSION_ERROR_SIGNED_OUT,
  WAY_SESSION_ERROR_NO_PERSON, /* the trust knows nobody of this username */
  WAY_SESSION_ERROR_NOT_YOURS, /* the role of the person does not allow it */
  WAY_SESSION_ERROR_NOT_SAVED, /* nothing was written: the text says why; try again */
} WaySessionError;

#define WAY_SESSION_ERROR (way_session_error_quark ())
GQuark way_session_error_quark (void);

typedef enum
{
  WAY_ROLE_LEARNER = 0,
  WAY_ROLE_CHAMPION = 1 << 0,
  WAY_ROLE_LEAD = 1 << 1,
  WAY_ROLE_ANALYST = 1 << 2,
  WAY_ROLE_DESIGN = 1 << 3, /* the design office: what people said, what is introduced */
  WAY_ROLE_MANAGER = 1 << 4,
} WayRoles;

/* Who sorts what people said and brings new things in. */
#define WAY_ROLES_OF_VOICES (WAY_ROLE_LEAD | WAY_ROLE_DESIGN)

WaySession *way_session_new (const char *pack_path,
                             const char *language,
                             const char *folder,
                             GError **error); /* folder (nullable): where stores lie */
void way_session_set_installed_pack (WaySession *self, const char *path);
WaySession *way_session_new_for_pack (WayPack *pack, const char *folder);
void way_session_set_pack (WaySession *self, WayPack *pack);
WayPack *way_session_get_pack (WaySession *self);

/* Sign-in. The store of a person lies in folder (NULL: XDG_DATA_HOME/waymark/stores). */
void way_session_list_people_async (WaySession *self,
                                    const char *trust_uri,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
GListModel *way_session_list_people_finish (WaySession *self, GAsyncResult *result, GError **error);
/* of WayRow: username, name, role (learner|champion|lead), unit, staff_group */
/* Who has looked at one's own record: of WayRow: name, what, at. */
void way_session_load_looks_async (WaySession *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
/* A file that the trust has issued lets somebody sign in with no trust in reach. */
void way_session_enrol_async (WaySession *self,
                              const char *trust_uri,
                              const char *path,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
/* The username to sign in as. */
char *way_session_enrol_finish (WaySession *self, GAsyncResult *result, GError **error);
void way_session_sign_in_async (WaySession *self,
                                const char *trust_uri,
                                const char *username,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean way_session_sign_in_finish (WaySession *self, GAsyncResult *result, GError **error);
void way_session_sign_out_async (WaySession *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean way_session_sign_out_finish (WaySession *self, GAsyncResult *result, GError **error);
gboolean way_session_is_signed_in (WaySession *self);
const char *way_session_get_person (WaySession *self);      /* (nullable) person id */
const char *way_session_get_person_name (WaySession *self); /* (nullable) */
const char *way_session_get_username (WaySession *self);    /* (nullable) */
WayRoles way_session_get_roles (WaySession *self);
gboolean way_session_is_synthetic (WaySession *self);
const char *way_session_get_organisation (WaySession *self);
const char *way_session_get_notice (
    WaySession *self); /* (nullable) said once after sign-in: a damaged store was saved aside, … */
/* Who sees what of a person's, made from the policy in force: sentences. (transfer full) */
char **way_session_describe_visibility (WaySession *self);

/* Today. */
typedef struct
{
  char *first_name;
  WaySummary *summary;
  WayNextStep *next;
  GListModel *answers;  /* of WayRow: id, kind (feedback|help), text, state, reply, last; feedback
                           also decision, because: what came back and is not seen yet */
  GListModel *requests; /* of WayRow: own help requests: id, text, module, page, state, asked, last,
                           reply */
} WayToday;
void way_session_load_today_async (WaySession *self,
                                   int minutes_available,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
WayToday *way_session_load_today_finish (WaySession *self, GAsyncResult *result, GError **error);
void way_today_free (WayToday *self);
void way_session_mark_seen (WaySession *self,
                            const char *id,
                            const char *last); /* an answer on Today has been read */

/* My skills. One for each capability, in the pack's order. */
typedef struct
{
  WayEstimate estimate; /* n_items 0 = not measured */
  gboolean is_measured;
  int self_now;  /* 0 = not rated */
  int self_need; /* 0 = not rated */
  gint64 at;     /* of the sitting, µs; 0 */
} WaySkill;
typedef struct
{
  guint n;
  WaySkill skills[WAY_MAX_CAPABILITIES];
  gboolean has_result;
  char *attempt;         /* (nullable) the last sitting that ended */
  gint64 ended;          /* µs */
  WayStop stop;          /* the rule that stopped it */
  gboolean is_about_one; /* it asked about one capability: a re-check, or yes or no */
  GListModel *items; /* of WayRow: ordinal, item, capability, score, dont_know, information, reason,
                        title */
  WayNextStep *next;
  guint minutes; /* that a sitting which begins now may take; 0: no limit */
  /* Of a baseline that is open: where the parts that are done have decided; both 0 before. */
  guint so_far_met;
  guint so_far_not_yet;
} WaySkills;
void way_session_load_skills_async (WaySession *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
WaySkills *way_session_load_skills_finish (WaySession *self, GAsyncResult *result, GError **error);
void way_skills_free (WaySkills *self);
void way_session_get_required (WaySession *self,
                               int required[WAY_MAX_CAPABILITIES]); /* from the role */
void way_session_save_ratings_async (WaySession *self,
                                     const int *now,
                                     const int *need,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean way_session_save_ratings_finish (WaySession *self, GAsyncResult *result, GError **error);
/* Learn: progress of every module. */
void way_session_load_progress_async (WaySession *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
GListModel *
way_session_load_progress_finish (WaySession *self, GAsyncResult *result, GError **error);
/* of WayRow in the plan's order: module, title, summary, capability, level, minutes, state ("" =
 * not begun|started|practised|checked|done), why (largest-gap|pathway), is_gap (0/1), key, type
 * (module), minutes_left, is_needed (0/1: of a level that the role asks for), asked (1 where the
 * trust asks for it), due (µs by when, 0), unserved (the same in each: where nothing is at the
 * person's level yet, as a sentence, or NULL). See way-shelf.h. */
void way_session_load_practice_async (WaySession *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
GListModel *
way_session_load_practice_finish (WaySession *self, GAsyncResult *result, GError **error);
/* of WayRow: module, module_title, desk (href), title, minutes, times, best (0–1 or NULL), last */

/* What a person sets about who sees their levels: "champion" or "nobody". */
const char *way_session_get_sharing (WaySession *self);
void way_session_set_sharing_async (WaySession *self,
                                    const char *with,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);

/* Ask and tell. */
void way_session_ask_help_async (WaySession *self,
                                 const char *page,
                                 const char *module,
                                 const char *item,
                                 const char *text,
                                 const char *topic,
                                 const char *system,
                                 gboolean is_urgent,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
void way_session_settle_help_async (WaySession *self,
                                    const char *request,
                                    gboolean is_fixed,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
void way_session_send_feedback_async (WaySession *self,
                                      const char *type,
                                      const char *text,
                                      const char *page,
                                      const char *module,
                                      const char *system,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
/* Without a name: see sync/way-drop.h. */
void way_session_set_drop_uri (WaySession *self, const char *uri);
gboolean way_session_can_say_anonymously (WaySession *self);
void way_session_say_anonymously_async (WaySession *self,
                                        const char *type,
                                        const char *text,
                                        const char *page,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
void way_session_load_my_feedback_async (WaySession *self,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
/* of WayRow: id, kind, type, text, page, state, decision, because, reply, at, last */
void way_session_load_my_help_async (WaySession *self,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
/* of WayRow: id, kind, text, module, page, state, asked, last, reply */
/* For every call above and below that only writes: TRUE once it is on disk; *id is the new event's.
 */
gboolean
way_session_write_finish (WaySession *self, GAsyncResult *result, char **id, GError **error);
GListModel *way_session_list_finish (WaySession *self, GAsyncResult *result, GError **error);
/* Withdraws an event of one's own (undo). */
void way_session_retract_async (WaySession *self,
                                const char *id,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);

/* Champion: My people. list_finish, of WayRow: person, name, unit, unit_name, modules_done,
 * modules_total, last (µs), baseline_at (µs or NULL), is_stuck (0/1), stuck_module, stuck_why
 * (tries|days), asked (text or NULL), request (id or NULL), request_state (open|taken), asked_at,
 * asked_page, asked_module, urgent (0/1), opened (µs), taken_by, taken_name, fixed, the columns of
 * way_session_add_routes(), shares (0/1), levels ("A:REQUIRED:P_REQUIRED:P1:P2:P3:P4 …" only when
 * shared), did (given|answered|witnessed or NULL: what the champion did last), did_topic,
 * did_at, is_elsewhere (1: who asks from a place that is not one's own: no more of them than that)
 */
void way_session_load_people_async (WaySession *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/* list_finish, of WayRow: module, state, check_best, check_tries, practised, last, tested_out (1:
 * passed without the lesson), declined (µs when they said that they are fine, or NULL); about one
 * person */
void way_session_load_person_async (WaySession *self,
                                    const char *person,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
void way_session_log_help_async (WaySession *self,
                                 const char *person,
                                 const char *topic,
                                 const char *system,
                                 int people,
                                 int minutes,
                                 const char *text,
                                 gint64 day,
                                 const char *unit,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
/* “Your trust says” */
gboolean way_session_may_set_local_note (WaySession *self);
void way_session_load_local_note_async (WaySession *self,
                                        const char *module,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
char *way_session_load_local_note_finish (WaySession *self, GAsyncResult *result, GError **error);
void way_session_set_local_note_async (WaySession *self,
                                       const char *module,
                                       const char *text,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
void way_session_add_evidence_async (WaySession *self,
                                     const char *person,
                                     const char *module,
                                     const char *outcome,
                                     const char *type,
                                     const char *note,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
void way_session_load_help_given_async (WaySession *self,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
/* list_finish, of WayRow: id, topic, people, minutes, text, person_name, at */
void way_session_answer_help_async (WaySession *self,
                                    const char *request,
                                    const char *asker,
                                    const char *action,
                                    const char *text,
                                    const char *to,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);

/* Lead. */
void way_session_load_feedback_async (WaySession *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
/* list_finish, of WayRow: id, person, name, unit_name, type, text, page, state, decision, because,
 * reply, at, last, theme, owner (its id), owner_name, due, joined, initiative (its id),
 * initiative_title, about (a module), published (its id), supporters */
/* A report of the trust: rows of WayRow with the report's columns. as_at: ISO date or NULL (now).
 * unit: code or NULL. */
void way_session_run_report_async (WaySession *self,
                                   const char *name,
                                   const char *as_at,
                                   const char *unit,
                                   const char *staff_group,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
/* Writes PATH and PATH-metadata.json; its figures are those of run_report. write_finish. */
void way_session_export_report_async (WaySession *self,
                                      const char *name,
                                      const char *as_at,
                                      const char *unit,
                                      const char *staff_group,
                                      const char *path,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
void way_session_load_units_async (WaySession *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
/* list_finish, of WayRow: unit, code, name, type, parent, depth */
void way_session_load_overview_async (WaySession *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
/* list_finish, of WayRow: key
 * (people|measured|met|not-yet|not-sure|modules|champions|asked|feedback), value, of (or NULL) */
void way_session_load_barrier_counts_async (WaySession *self,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data);
/* list_finish, of WayRow: barrier, unit ("" the whole trust; else a division), name (of it),
 * people (a multiple of eight, from eight on) */
void way_session_load_team_change_async (WaySession *self,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
/* list_finish, of WayRow: unit ("" the whole trust; else a division), name (of it), people (from
 * eight on), gain (mean, in levels), se (of it) */

/* Sync. */
void way_session_sync_async (WaySession *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean way_session_sync_finish (WaySession *self, GAsyncResult *result, GError **error);
/* What to say to who asked for it; error: what came of it, or NULL. */
char *way_session_dup_sync_answer (WaySession *self, const GError *error);
void way_session_set_work_offline (WaySession *self, gboolean is_offline);
gint64 way_session_get_saved_at (WaySession *self); /* µs, 0 = nothing yet */
gint64 way_session_get_sent_at (WaySession *self);
gint64 way_session_get_received_at (WaySession *self);
guint way_session_get_n_unsent (WaySession *self);
gint64 way_session_get_met_at (WaySession *self);       /* when the trust was last reached */
guint way_session_get_n_quarantined (WaySession *self); /* received, and kept apart */
char *way_session_dup_sync_error (WaySession *self);    /* (nullable) a sentence */
gboolean way_session_is_refused (WaySession *self);     /* it is one for the person */
/* Of what was written in this store: how much there is, and how much of it the trust has and
 * can read. */
guint way_session_get_n_saved (WaySession *self);
guint way_session_get_n_received (WaySession *self);
gint64 way_session_get_next_sync_at (WaySession *self); /* µs, 0 = none is planned */
/* (nullable) a sentence: what was lent about other people is gone until the trust is met */
char *way_session_dup_lease_text (WaySession *self);
/* A computer that several people use under one account: what is others' stays in memory, and what
 * somebody leaves unsent is sent by the ticket that they were given. */
void way_session_set_shared (WaySession *self, gboolean is_shared, const char *kiosk_uri);
void
way_session_send_left_async (WaySession *self, GAsyncReadyCallback callback, gpointer user_data);
int way_session_send_left_finish (GAsyncResult *result, GError **error);
/* Where a computer forgets what is on its disk: each answer of a sitting and of a check is sent
 * before the next question comes. Then way_baseline_answer_async() and
 * way_paper_answer_async() return when the trust has the answer, or cannot be reached; held
 * says which, until somebody says that they go on. */
void way_session_set_push_before_next (WaySession *self, gboolean is_first);
gboolean way_session_get_push_before_next (WaySession *self);
gboolean way_session_is_held (WaySession *self);
char *way_session_dup_held_text (WaySession *self);
void way_session_go_on_unsent (WaySession *self);
void way_session_push_async (WaySession *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean way_session_push_finish (WaySession *self, GAsyncResult *result, GError **error);
/* What the trust has received and does not count. list_finish, of WayRow: id, state
 * (apart|refused), kind, what, why (both in words), reason, at, received */
void way_session_load_quarantined_async (WaySession *self,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
/* Sending by file: a signed bundle of what waits (is_whole: of everything), for
 * `waymarkctl trust import-bundle`, and the receipt that comes back. */
void way_session_write_bundle_async (WaySession *self,
                                     GFile *file,
                                     gboolean is_whole,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean way_session_write_bundle_finish (WaySession *self,
                                          GAsyncResult *result,
                                          guint *n_events,
                                          GError **error);
void way_session_read_receipt_async (WaySession *self,
                                     GFile *file,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean way_session_read_receipt_finish (WaySession *self,
                                          GAsyncResult *result,
                                          guint *n_received,
                                          GError **error);

G_END_DECLS
