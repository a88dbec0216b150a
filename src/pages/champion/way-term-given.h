/* way-term-given.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "session/way-row.h"

G_BEGIN_DECLS

#define WAY_TYPE_TERM_GIVEN (way_term_given_get_type ())
G_DECLARE_FINAL_TYPE (WayTermGiven, way_term_given, WAY, TERM_GIVEN, GtkWidget)

GtkWidget *way_term_given_new (void);
void way_term_given_set_minutes (WayTermGiven *self, WayRow *term);
void way_term_given_set_rows (WayTermGiven *self, GListModel *rows);
void way_term_given_set_thanks (WayTermGiven *self, GListModel *rows);

char *way_term_describe_change (guint followed, guint passed);

G_END_DECLS
