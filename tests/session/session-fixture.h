/* session-fixture.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/way-baseline.h"
#include "session/way-session-private.h"

G_BEGIN_DECLS

/* A session without windows on a trust, in a folder of its own: of three people, ann, bob and the
 * champion cat, or a synthetic one. */
typedef struct
{
  char *folder;
  char *uri;
  char *stores;
  WaySession *session;
  GAsyncResult *result; /* (owned) of the call waited for */
  char *learner;        /* of a synthetic trust: who has measured nothing yet */
  char *champion;       /* of the learner's unit */
  char *lead;
} SessionFixture;

void session_fixture_remove_folder (const char *path);
void session_fixture_add (WayStore *trust, const char *author, const char *kind, const char *body);
WaySession *session_fixture_new_session (SessionFixture *fixture);
void session_fixture_set_up (SessionFixture *fixture, gconstpointer data);
void session_fixture_set_up_demo (SessionFixture *fixture, guint n_people, guint64 seed);
void session_fixture_settle (SessionFixture *fixture);
void session_fixture_drop (gpointer object);
void session_fixture_drop_session (SessionFixture *fixture);
void session_fixture_tear_down (SessionFixture *fixture, gconstpointer data);
void session_fixture_got_cb (GObject *object, GAsyncResult *result, gpointer user_data);
GAsyncResult *session_fixture_wait (SessionFixture *fixture);
char *session_fixture_wrote (SessionFixture *fixture);
GListModel *session_fixture_listed (SessionFixture *fixture);
WayRow *session_fixture_find_row (GListModel *rows, const char *column, const char *text);
WayBaseline *session_fixture_opened (SessionFixture *fixture);
WayBaseline *session_fixture_open_baseline (SessionFixture *fixture);
void session_fixture_answer (SessionFixture *fixture,
                             WayBaseline *baseline,
                             gboolean is_right,
                             gint64 ms);
void session_fixture_sign_in (SessionFixture *fixture, const char *username);
void session_fixture_sign_out (SessionFixture *fixture);
void session_fixture_ask_help (SessionFixture *fixture, const char *text);
void session_fixture_sync_now (SessionFixture *fixture);
void session_fixture_assert_replays (SessionFixture *fixture,
                                     const char *waymarkctl,
                                     const char *attempt);
char *session_fixture_ask_trust (SessionFixture *fixture, const char *sql);
void session_fixture_leave (SessionFixture *fixture);
void session_fixture_send_and_leave (SessionFixture *fixture);
void session_fixture_add_person (WayStore *trust,
                                 const char *person,
                                 const char *group,
                                 const char *ward);
void session_fixture_set_up_lead (SessionFixture *fixture, gconstpointer data);
void session_fixture_add_draft (GPtrArray *drafts, const char *kind, gconstpointer body);
void session_fixture_administer (SessionFixture *fixture, GPtrArray *drafts);
WaySkills *session_fixture_load_skills (SessionFixture *fixture);
void session_fixture_save_ratings (SessionFixture *fixture);

G_END_DECLS
