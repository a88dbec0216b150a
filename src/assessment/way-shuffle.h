/* way-shuffle.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "content/way-flow.h"

G_BEGIN_DECLS

/* The order in which choices are shown. Pure. */
GPtrArray *way_interaction_shuffle (GPtrArray *choices, gboolean is_shuffled, guint64 seed);

G_END_DECLS
