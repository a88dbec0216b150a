/* way-passport-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/way-passport.h"

G_BEGIN_DECLS

#define WAY_TYPE_PASSPORT_VIEW (way_passport_view_get_type ())
G_DECLARE_FINAL_TYPE (WayPassportView, way_passport_view, WAY, PASSPORT_VIEW, AdwBin)

/* What of the passport is looked at. */
typedef enum
{
  WAY_PASSPORT_SHOWN,
  WAY_PASSPORT_NOT_YET,
  WAY_PASSPORT_ALL,
} WayPassportFilter;

GtkWidget *way_passport_view_new (void);
void way_passport_view_show (WayPassportView *self,
                             const WayPassport *passport,
                             GListModel *certificates);

G_END_DECLS
