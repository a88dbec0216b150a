/* way-paper-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assessment/way-check.h"
#include "session/way-paper.h"

G_BEGIN_DECLS

/* Policy: after so many tries that were not passed somebody may want help. Nothing locks. */
#define WAY_TRIES 3

WayPaper *way_paper_new (WaySession *session, WayPack *pack, WayModule *module, const char *skill);
void way_paper_set_test_out (WayPaper *self, gboolean is_test_out);
GPtrArray *way_paper_get_missed (WayPaper *self);   /* of char*, ids of items */
const char *way_paper_get_attempt (WayPaper *self); /* (nullable) */

/* Store thread. */
gboolean
way_paper_begin (WayPaper *self, char **draw, guint64 seed, guint attempt_number, GError **error);
gboolean way_paper_resume (
    WayPaper *self, const char *attempt, const char *const *draw, guint64 seed, GError **error);

G_END_DECLS
