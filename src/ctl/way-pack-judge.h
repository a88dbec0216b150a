/* way-pack-judge.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean way_pack_judge (const char *path, GPtrArray *problems, char **counts, GError **error);

G_END_DECLS
