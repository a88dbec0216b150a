/* way-module-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/way-session.h"

G_BEGIN_DECLS

#define WAY_TYPE_MODULE_PAGE (way_module_page_get_type ())
G_DECLARE_FINAL_TYPE (WayModulePage, way_module_page, WAY, MODULE_PAGE, AdwBin)

GtkWidget *way_module_page_new (WaySession *session, const char *module);
GtkWidget *way_module_page_new_at (WaySession *session, const char *module, const char *step);
GtkWidget *way_module_page_new_test_out (WaySession *session, const char *module);

G_END_DECLS
