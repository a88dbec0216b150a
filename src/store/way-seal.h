/* way-seal.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "db/way-db.h"

G_BEGIN_DECLS

/* How bodies lie on a device. The one place to change when stores are encrypted: until
 * then what is sealed is what it was. */
char *way_seal_close (const char *body);
char *way_seal_open (const char *sealed);
gboolean way_seal_add_functions (WayDb *db, GError **error);

G_END_DECLS
