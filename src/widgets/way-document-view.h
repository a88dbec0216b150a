/* way-document-view.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "report/way-document.h"

G_BEGIN_DECLS

#define WAY_TYPE_DOCUMENT_VIEW (way_document_view_get_type ())
G_DECLARE_FINAL_TYPE (WayDocumentView, way_document_view, WAY, DOCUMENT_VIEW, GtkWidget)

GtkWidget *way_document_view_new (WayDocument *document, guint page, const char *description);

G_END_DECLS
