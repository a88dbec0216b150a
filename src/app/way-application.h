/* way-application.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WAY_TYPE_APPLICATION (way_application_get_type ())
G_DECLARE_FINAL_TYPE (WayApplication, way_application, WAY, APPLICATION, AdwApplication)

void way_application_spare_memory (void);
WayApplication *way_application_new (void);

G_END_DECLS
