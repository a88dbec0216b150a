/* way-document-out.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "report/way-document.h"
#include "session/way-work.h"

G_BEGIN_DECLS

/* A document leaves the window: as a file, or on a printer. It is made, laid out and drawn on a
 * thread of its own; what became of it is said by the toast of the window that asked. */

/* Makes what leaves, on that thread: of @data, which is for it alone. That much of the work is
 * over when it has been made. */
#define WAY_DOCUMENT_OUT_MADE .6
typedef WayDocument *(*WayDocumentMake) (WayWork *work, gpointer data, GError **error);

void way_document_out_save (WayDocument *document,
                            GtkWidget *from,
                            const char *title,
                            const char *name,
                            GFileCreateFlags flags);
void way_document_out_save_made (WayDocumentMake make,
                                 gpointer data,
                                 GDestroyNotify free_data,
                                 GtkWidget *from,
                                 const char *title,
                                 const char *name,
                                 GFileCreateFlags flags);
void way_document_out_save_bytes (
    GBytes *bytes, GtkWidget *from, const char *title, const char *name, GFileCreateFlags flags);
void way_document_out_print (WayDocument *document, GtkWidget *from);
void way_document_out_print_made (WayDocumentMake make,
                                  gpointer data,
                                  GDestroyNotify free_data,
                                  GtkWidget *from);
void way_document_out_say (GtkWidget *from, const char *text);
void way_document_out_set_content (AdwWindow *window, GtkWidget *content);
GtkWidget *way_document_out_create_buttons (GtkWidget **save, GtkWidget **print);
GtkPrintOperation *way_document_out_create_operation (WayDocument *document);

G_END_DECLS
