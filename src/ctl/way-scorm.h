/* way-scorm.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "content/way-pack.h"

G_BEGIN_DECLS

/* A module as a package of SCORM 1.2, which plays in a browser. */
gboolean way_scorm_export (WayPack *pack,
                           const char *module,
                           const char *zip,
                           GPtrArray *report,
                           guint *n_taken,
                           guint *n_left,
                           GError **error);

G_END_DECLS
