/* way-report-file.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pages/way-page.h"

G_BEGIN_DECLS

void way_report_file_save (WayPage *page, const char *report, const char *span);

G_END_DECLS
