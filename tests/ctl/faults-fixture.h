/* faults-fixture.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "db/way-trial-server.h"
#include "store/way-store.h"
#include "way-shim.h"

G_BEGIN_DECLS

/* Real processes on a real server: a trust of made-up people on PostgreSQL, with a login for
 * each, for all the tests of a program. Each test takes a person of its own, whose desks are
 * stores in a folder; waymarkctl does the rest. */
typedef struct
{
  char *username;
  char *person;
  char *login;
  char *uri;   /* of the trust, by the person's login */
  char *store; /* path of the first desk */
  guint n_saved;
  guint n_apart; /* what the trust is to have put aside */
} Desk;

extern WayTrialServer *faults_server;
extern char *faults_folder;
extern char *faults_uri;  /* of the trust, for its administrator */
extern char *faults_shim; /* path of what the shim of every program reads */

void faults_begin (const char *waymarkctl, WayTrialServerFlags flags);
void faults_end (void);

Desk *desk_new (void);
void desk_free (Desk *self);
/* Answers, saved at a desk. */
void desk_save (Desk *self, const char *store, guint n);
char *desk_dup_store (Desk *self, const char *name);
/* A sync that goes well; and what it said. */
char *desk_sync (Desk *self, const char *store);
/* One that need not; nobody waits for it. */
GSubprocess *desk_begin_sync (Desk *self, const char *store);
gboolean faults_wait (GSubprocess *process); /* TRUE: it ended well; takes it */
/* Everything that was saved, once, nothing put aside; and the trust is sound. */
void desk_assert_arrived (Desk *self);
void faults_assert_sound (void);
void faults_copy (const char *from, const char *to);

/* waymarkctl, which must end well; words end in NULL. */
char *faults_run (const char *first, ...) G_GNUC_NULL_TERMINATED;
/* Any program, the same. */
char *faults_spawn (const char *first, ...) G_GNUC_NULL_TERMINATED;
void faults_administer (const char *sql);
gint64 faults_count (const char *sql);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Desk, desk_free)

G_END_DECLS
