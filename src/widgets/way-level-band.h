/* way-level-band.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "assessment/way-sitting.h"
#include "content/way-pack.h"

G_BEGIN_DECLS

#define WAY_TYPE_LEVEL_BAND (way_level_band_get_type ())
G_DECLARE_FINAL_TYPE (WayLevelBand, way_level_band, WAY, LEVEL_BAND, GtkWidget)

GtkWidget *way_level_band_new (void);
void way_level_band_set_estimate (
    WayLevelBand *self, WayPack *pack, const WayEstimate *estimate, int own_level, int required);

/* The marks of the band, for the words under it. */
typedef enum
{
  WAY_LEVEL_MARK_OWN,      /* the ring */
  WAY_LEVEL_MARK_REQUIRED, /* the flag */
} WayLevelMark;

GtkWidget *way_level_mark_new (WayLevelMark mark);

G_END_DECLS
