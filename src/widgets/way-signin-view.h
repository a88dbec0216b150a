/* way-signin-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "practice/way-practice.h"

G_BEGIN_DECLS

#define WAY_TYPE_SIGNIN_VIEW (way_signin_view_get_type ())
G_DECLARE_FINAL_TYPE (WaySigninView, way_signin_view, WAY, SIGNIN_VIEW, GtkWidget)

GtkWidget *way_signin_view_new (WayPractice *practice);

G_END_DECLS
