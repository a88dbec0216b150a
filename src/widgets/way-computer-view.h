/* way-computer-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "practice/way-practice.h"

G_BEGIN_DECLS

#define WAY_TYPE_COMPUTER_VIEW (way_computer_view_get_type ())
G_DECLARE_FINAL_TYPE (WayComputerView, way_computer_view, WAY, COMPUTER_VIEW, GtkWidget)

GtkWidget *way_computer_view_new (WayPractice *practice);
char *way_computer_view_describe (WayPractice *practice,
                                  const char *action,
                                  const WayDeskRecord *target,
                                  const char *value);

G_END_DECLS
