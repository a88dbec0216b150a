/* way-inbox-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "practice/way-practice.h"

G_BEGIN_DECLS

#define WAY_TYPE_INBOX_VIEW (way_inbox_view_get_type ())
G_DECLARE_FINAL_TYPE (WayInboxView, way_inbox_view, WAY, INBOX_VIEW, GtkWidget)

GtkWidget *way_inbox_view_new (WayPractice *practice);

G_END_DECLS
