/* way-again.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/way-store.h"

G_BEGIN_DECLS

/* What the clockwork does about what was refused where the trust was put back. A server does it
 * by itself with each tick, see postgresql/again.sql. */
gboolean way_judge_again (WayStore *trust, gint64 now, guint *n_allowed, GError **error);

G_END_DECLS
