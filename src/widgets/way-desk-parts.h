/* way-desk-parts.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *way_desk_text_new (const char *text, const char *css_class);
GtkWidget *way_desk_heading_new (const char *text, const char *css_class);
GtkWidget *way_desk_button_new (const char *label);
GtkWidget *way_desk_card_new (void);
GtkWidget *way_desk_column_new (GtkWidget *inside);
gboolean way_desk_has_focus (GtkWidget *widget);
void way_desk_button_tidy (GtkWidget *button);
void way_desk_button_keep_words (GtkWidget *button);
void way_desk_box_clear (GtkWidget *box);
void way_desk_stack_show (GtkWidget *stack, const char *name);

G_END_DECLS
