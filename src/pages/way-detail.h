/* way-detail.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void way_detail_clear (GtkBox *box);
GtkWidget *way_detail_add_label (GtkBox *box, const char *text, const char *style_class);
GtkWidget *way_detail_add_button (
    GtkWidget *box, const char *label, const char *style_class, GCallback callback, gpointer data);
void way_detail_add_deed (
    GtkWidget *wrap, const char *label, const char *style_class, GCallback callback, gpointer data);
GtkWidget *way_detail_add_heading (GtkBox *box, const char *text);
GtkWidget *way_detail_add_section (GtkBox *box, const char *text);
GtkWidget *way_detail_add_pair (GtkBox *box, const char *name, const char *value);
GtkWidget *way_detail_add_state (GtkBox *box, const char *icon_name, const char *text);
GtkWidget *way_detail_create_search (const char *name);
gboolean way_detail_finds (GtkWidget *search, const char *words);
void way_detail_name_drop_down (GtkDropDown *drop_down, const char *what, const char *chosen);

G_END_DECLS
