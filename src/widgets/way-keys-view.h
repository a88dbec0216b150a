/* way-keys-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "practice/way-practice.h"

G_BEGIN_DECLS

#define WAY_TYPE_KEYS_VIEW (way_keys_view_get_type ())
G_DECLARE_FINAL_TYPE (WayKeysView, way_keys_view, WAY, KEYS_VIEW, GtkWidget)

GtkWidget *way_keys_view_new (WayPractice *practice);
char *way_keys_view_describe (WayPractice *practice,
                              const char *action,
                              const WayDeskRecord *target,
                              const char *value);

G_END_DECLS
