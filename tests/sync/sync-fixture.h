/* sync-fixture.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store-fixture.h"
#include "db/way-trial-server.h"
#include "sync/way-sync.h"

G_BEGIN_DECLS

/* A small trust: division d with wards w1 and w2; ann and bob work on w1, dan on w2; cat
 * is champion and mia manager of w1, lea lead of all. Ids are their usernames. In a file, or
 * on PostgreSQL when WAYMARK_TEST_ENGINE says so: the same tests hold for both. */
typedef struct
{
  char *folder;
  char *path; /* of the trust; on PostgreSQL the name of its database */
  char *uri;
  WayStore *trust;
  WayPeer *peer;
} SyncFixture;

void sync_fixture_set_up (SyncFixture *fixture, gconstpointer data);
void sync_fixture_tear_down (SyncFixture *fixture, gconstpointer data);
WayStore *sync_fixture_open (SyncFixture *fixture, const char *name, const char *person);
void sync_fixture_sync (SyncFixture *fixture, WayStore *device, WaySyncResult *result);
/* A backup of the trust under a name in the fixture's folder, and the trust put back to it. */
void sync_fixture_back_up (SyncFixture *fixture, const char *backup);
void sync_fixture_restore (SyncFixture *fixture, const char *backup);
gboolean sync_fixture_is_postgresql (void);
/* On PostgreSQL: the server of all the tests of a program, a login for somebody who has none,
 * and a login's address. */
WayTrialServer *sync_fixture_get_server (void);
void sync_fixture_add_login (SyncFixture *fixture, const char *person);
char *sync_fixture_dup_login_uri (SyncFixture *fixture, const char *person);
/* The address of a login that is nobody's and a member of @role; of a file, the file. */
char *sync_fixture_dup_role_uri (SyncFixture *fixture, const char *role);

#define fixture_assert_rows(store, sql, expected)                                                  \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *rows_ = fixture_ask (store, sql);                                             \
    g_assert_cmpstr (rows_, ==, expected);                                                         \
  }                                                                                                \
  G_STMT_END

G_END_DECLS
