/* way-bank-check.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "content/way-pack.h"

G_BEGIN_DECLS

/* Private to this room: whether the questions of a pack are fair to those who are asked. */
void way_bank_check (WayPack *pack, GPtrArray *problems);

G_END_DECLS
