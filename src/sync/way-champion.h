/* way-champion.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/way-store.h"

G_BEGIN_DECLS

/* What the clockwork does about terms as a champion, for a trust in one file; one on a server
 * does it by itself, see postgresql/champion.sql. */
gboolean way_champion_end_terms (WayStore *trust, gint64 now, guint *n_ended, GError **error);
gboolean way_champion_end_calls (WayStore *trust, guint *n_ended, GError **error);

G_END_DECLS
