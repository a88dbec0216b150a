/* way-paragraphs.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WAY_TYPE_PARAGRAPHS (way_paragraphs_get_type ())
G_DECLARE_FINAL_TYPE (WayParagraphs, way_paragraphs, WAY, PARAGRAPHS, GtkWidget)

GtkWidget *way_paragraphs_new (void);
void way_paragraphs_add (WayParagraphs *self, const char *first_class, const char *second_class);
void way_paragraphs_set_text (WayParagraphs *self, guint n, const char *text);

G_END_DECLS
