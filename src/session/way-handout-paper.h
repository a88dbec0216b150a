/* way-handout-paper.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "assessment/way-handout.h"
#include "report/way-document.h"

G_BEGIN_DECLS

/* A module on four pages of A4, for those without a PC. */
WayDocument *way_handout_make_document (const WayHandout *self,
                                        WayPack *pack,
                                        const char *organisation,
                                        const char *local_note,
                                        gint64 at);
/* What is right on such sheets, a line for each. */
WayDocument *way_handout_make_key (WayPack *pack,
                                   WayModule *module,
                                   guint first,
                                   guint n_sheets,
                                   const char *organisation,
                                   gint64 at,
                                   GError **error);

G_END_DECLS
