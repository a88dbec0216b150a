/* way-pathway.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "content/way-pack.h"

G_BEGIN_DECLS

/* Of char*, the pack's: what somebody of this role (id or name; NULL: the first) is to do;
 * (nullable) where the pack has no pathway. */
GPtrArray *way_pathway_list_modules (WayPack *pack, const char *role);

G_END_DECLS
