/* session-fixture.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/way-session-private.h"

G_BEGIN_DECLS

/* A session on a trust of three people, ann, bob and the champion cat, in a folder of its own. */
typedef struct
{
  char *folder;
  char *uri;
  char *stores;
  WaySession *session;
  GAsyncResult *result; /* (owned) of the call waited for */
} SessionFixture;

void session_fixture_add (WayStore *trust, const char *author, const char *kind, const char *body);
WaySession *session_fixture_new_session (SessionFixture *fixture);
void session_fixture_set_up (SessionFixture *fixture, gconstpointer data);
void session_fixture_settle (SessionFixture *fixture);
void session_fixture_drop_session (SessionFixture *fixture);
void session_fixture_tear_down (SessionFixture *fixture, gconstpointer data);
void session_fixture_got_cb (GObject *object, GAsyncResult *result, gpointer user_data);
GAsyncResult *session_fixture_wait (SessionFixture *fixture);
void session_fixture_sign_in (SessionFixture *fixture, const char *username);
void session_fixture_sign_out (SessionFixture *fixture);
void session_fixture_ask_help (SessionFixture *fixture, const char *text);
void session_fixture_sync_now (SessionFixture *fixture);
char *session_fixture_ask_trust (SessionFixture *fixture, const char *sql);

G_END_DECLS
