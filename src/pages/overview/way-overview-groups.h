/* way-overview-groups.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

GtkWidget *way_overview_barriers_new (GListModel *counts);
GtkWidget *way_overview_change_new (GListModel *teams);

G_END_DECLS
