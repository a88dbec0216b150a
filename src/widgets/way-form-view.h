/* way-form-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "practice/way-practice.h"

G_BEGIN_DECLS

#define WAY_TYPE_FORM_VIEW (way_form_view_get_type ())
G_DECLARE_FINAL_TYPE (WayFormView, way_form_view, WAY, FORM_VIEW, GtkWidget)

GtkWidget *way_form_view_new (WayPractice *practice);
char *way_form_view_describe (WayPractice *practice,
                              const char *action,
                              const WayDeskRecord *target,
                              const char *value);

G_END_DECLS
