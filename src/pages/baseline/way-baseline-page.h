/* way-baseline-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/way-session.h"

G_BEGIN_DECLS

#define WAY_TYPE_BASELINE_PAGE (way_baseline_page_get_type ())
G_DECLARE_FINAL_TYPE (WayBaselinePage, way_baseline_page, WAY, BASELINE_PAGE, AdwBin)

GtkWidget *way_baseline_page_new (WaySession *session);
GtkWidget *way_baseline_page_new_recheck (WaySession *session, const char *capability);
GtkWidget *way_baseline_page_new_yes_no (WaySession *session, const char *capability, int level);

G_END_DECLS
