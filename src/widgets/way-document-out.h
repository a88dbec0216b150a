/* way-document-out.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "report/way-document.h"

G_BEGIN_DECLS

/* A document leaves the window: as a file, or on a printer. What became of it is said by the
 * window's toast. */
void
way_document_out_save (WayDocument *document, GtkWidget *from, const char *title, const char *name);
void
way_document_out_save_bytes (GBytes *bytes, GtkWidget *from, const char *title, const char *name);
void way_document_out_print (WayDocument *document, GtkWidget *from);
GtkPrintOperation *way_document_out_create_operation (WayDocument *document);

G_END_DECLS
