/* way-authority.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "db/way-db.h"
#include "record/way-event.h"

G_BEGIN_DECLS

/* Who may write which kind, about whom: what a trust asks when an event arrives. */
gboolean way_authority_judge (
    WayDb *trust, const char *person, const WayEvent *event, gboolean *is_allowed, GError **error);
/* Writes the same rules into the table `authority` of a PostgreSQL trust. */
gboolean way_authority_install (WayDb *trust, GError **error);

G_END_DECLS
