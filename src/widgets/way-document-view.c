/* way-document-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-document-view.h"

#define LEAST 200
#define NATURAL 420

/* One page of a document as it will be on paper, as wide as there is room. */
struct _WayDocumentView
{
  GtkWidget parent_instance;

  WayDocument *document; /* (owned) */
  guint page;
};

G_DEFINE_FINAL_TYPE (WayDocumentView, way_document_view, GTK_TYPE_WIDGET)

static void
way_document_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WayDocumentView *self = WAY_DOCUMENT_VIEW (widget);
  double scale = MIN (gtk_widget_get_width (widget) / WAY_DOCUMENT_WIDTH,
                      gtk_widget_get_height (widget) / WAY_DOCUMENT_HEIGHT);
  graphene_rect_t paper = GRAPHENE_RECT_INIT (0, 0, (float) (WAY_DOCUMENT_WIDTH * scale),
                                              (float) (WAY_DOCUMENT_HEIGHT * scale));
  GdkRGBA white = { 1, 1, 1, 1 };
  cairo_t *cr;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot, &GRAPHENE_POINT_INIT ((gtk_widget_get_width (widget) - paper.size.width) / 2, 0));
  /* Paper is white, in the dark as well. */
  gtk_snapshot_append_color (snapshot, &white, &paper);
  cr = gtk_snapshot_append_cairo (snapshot, &paper);
  cairo_scale (cr, scale, scale);
  way_document_draw_page (self->document, cr, self->page);
  cairo_destroy (cr);
  gtk_snapshot_restore (snapshot);
}

static void
way_document_view_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  double height = WAY_DOCUMENT_HEIGHT / WAY_DOCUMENT_WIDTH;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = LEAST;
      *natural = NATURAL;
    }
  else
    *minimum = *natural = (int) ((for_size > 0 ? for_size : NATURAL) * height);
}

static GtkSizeRequestMode
way_document_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
way_document_view_finalize (GObject *object)
{
  WayDocumentView *self = WAY_DOCUMENT_VIEW (object);

  g_clear_pointer (&self->document, way_document_unref);

  G_OBJECT_CLASS (way_document_view_parent_class)->finalize (object);
}

static void
way_document_view_class_init (WayDocumentViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = way_document_view_finalize;
  widget_class->snapshot = way_document_view_snapshot;
  widget_class->measure = way_document_view_measure;
  widget_class->get_request_mode = way_document_view_get_request_mode;
  gtk_widget_class_set_css_name (widget_class, "way-document-view");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
way_document_view_init (WayDocumentView *self)
{
}

/**
 * way_document_view_new:
 * @document: filled
 * @page: from 0
 * @description: what is on it, for who cannot see it
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
way_document_view_new (WayDocument *document, guint page, const char *description)
{
  WayDocumentView *self = g_object_new (WAY_TYPE_DOCUMENT_VIEW, NULL);

  g_return_val_if_fail (document != NULL, NULL);

  self->document = way_document_ref (document);
  self->page = page;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, description,
                                  -1);
  return GTK_WIDGET (self);
}
