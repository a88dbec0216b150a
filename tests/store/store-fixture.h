/* store-fixture.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "record/way-kind.h"
#include "store/way-log.h"

G_BEGIN_DECLS

/* What the tests of store and sync share: folders, drafts, and tables as text. */
char *fixture_make_folder (void);
void fixture_remove_folder (char *folder);
/* Apostrophes in the format become quotation marks. */
WayEvent *fixture_draft (const char *kind, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* What a sitting, a check or a practice task is made of; module, continues: (nullable). */
WayEvent *fixture_attempt (const char *type, const char *module, const char *continues);
WayEvent *fixture_estimate (const char *attempt, const char *capability, double mean);
WayEvent *fixture_end (
    const char *attempt, const char *type, const char *how, const char *module, gboolean is_passed);
GPtrArray *fixture_list (WayEvent *first, ...) G_GNUC_NULL_TERMINATED; /* takes the drafts */
/* Appends one draft and gives its id. */
char *fixture_append (WayStore *store, const char *author, WayEvent *draft);
/* Withdraws an event of one's own. */
void fixture_retract (WayStore *store, const char *id, const char *reason);
char *fixture_ask (WayStore *store, const char *sql); /* rows as lines, columns by | */
char *fixture_dump (WayStore *store);                 /* every table for reading */
void fixture_assert_sound (WayStore *store);          /* check finds nothing */
void fixture_copy_file (const char *from, const char *to);

G_END_DECLS
