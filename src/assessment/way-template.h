/* way-template.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "content/way-item.h"

G_BEGIN_DECLS

/* The item as it is asked with this seed: itself when it has no templates. */
WayItem *way_template_run (WayItem *item, guint64 seed, GError **error);

G_END_DECLS
