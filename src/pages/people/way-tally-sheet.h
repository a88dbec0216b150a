/* way-tally-sheet.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "report/way-document.h"

G_BEGIN_DECLS

WayDocument *way_tally_sheet_new (const char *champion, const char *language, gint64 now);

G_END_DECLS
