/* way-template.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "content/way-pack.h"

G_BEGIN_DECLS

/* The item as it is asked with this seed: itself when it has no templates. */
WayItem *way_template_run (WayItem *item, guint64 seed, GError **error);
/* The item of that name in a pack, as it is asked in a sitting with this seed. */
WayItem *way_template_load (WayPack *pack, const char *id, guint64 seed, GError **error);

G_END_DECLS
