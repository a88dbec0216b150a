/* way-given-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "session/way-session.h"

G_BEGIN_DECLS

#define WAY_TYPE_GIVEN_VIEW (way_given_view_get_type ())
G_DECLARE_FINAL_TYPE (WayGivenView, way_given_view, WAY, GIVEN_VIEW, AdwBin)

GtkWidget *way_given_view_new (WaySession *session);
void way_given_view_set_rows (WayGivenView *self, GListModel *rows);

int way_given_sum_month (GListModel *rows, gint64 now);

G_END_DECLS
