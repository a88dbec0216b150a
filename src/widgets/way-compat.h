/* way-compat.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void way_compat_init (void);
void way_compat_announce (GtkWidget *widget, const char *text);
void way_compat_name (GtkWidget *widget, const char *name);
void way_compat_describe (GtkWidget *widget, const char *description);
void way_compat_hide (GtkWidget *widget);
void way_compat_set_action (GtkWidget *widget, const char *detailed_action);
void way_compat_save_file_async (GtkWindow *parent,
                                 const char *title,
                                 const char *name,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
GFile *way_compat_save_file_finish (GAsyncResult *result, GError **error);
void way_compat_open_file_async (GtkWindow *parent,
                                 const char *title,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
GFile *way_compat_open_file_finish (GAsyncResult *result, GError **error);

G_END_DECLS
