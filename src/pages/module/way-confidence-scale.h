/* way-confidence-scale.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define WAY_TYPE_CONFIDENCE_SCALE (way_confidence_scale_get_type ())
G_DECLARE_FINAL_TYPE (WayConfidenceScale, way_confidence_scale, WAY, CONFIDENCE_SCALE, AdwBin)

GtkWidget *way_confidence_scale_new (const char *statement);
int way_confidence_scale_get_value (WayConfidenceScale *self);
void way_confidence_scale_set_value (WayConfidenceScale *self, int value);

G_END_DECLS
