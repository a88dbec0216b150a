/* way-content-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-content-view.h"

#include "widgets/way-flow-box.h"

/* Reading text of a pack: a lesson card, an explanation. Owned by the page. */
struct _WayContentView
{
  GtkWidget parent_instance;

  GtkWidget *flow; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (WayContentView, way_content_view, GTK_TYPE_WIDGET)

static void
way_content_view_dispose (GObject *object)
{
  WayContentView *self = WAY_CONTENT_VIEW (object);

  g_clear_pointer (&self->flow, gtk_widget_unparent);

  G_OBJECT_CLASS (way_content_view_parent_class)->dispose (object);
}

/* Text is always as high as its width makes it. A layout manager would ask the children,
 * of which an empty view has none, and GTK 4.8 keeps that answer when the view was measured
 * but never placed: the text that comes later is then cut off. */
static GtkSizeRequestMode
way_content_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
way_content_view_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  WayContentView *self = WAY_CONTENT_VIEW (widget);

  if (self->flow != NULL)
    gtk_widget_measure (self->flow, orientation, for_size, minimum, natural, NULL, NULL);
}

static void
way_content_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WayContentView *self = WAY_CONTENT_VIEW (widget);

  if (self->flow != NULL)
    gtk_widget_size_allocate (self->flow, &(GtkAllocation){ 0, 0, width, height }, -1);
}

static void
way_content_view_class_init (WayContentViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = way_content_view_dispose;
  widget_class->get_request_mode = way_content_view_get_request_mode;
  widget_class->measure = way_content_view_measure;
  widget_class->size_allocate = way_content_view_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "way-content-view");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
way_content_view_init (WayContentView *self)
{
}

/**
 * way_content_view_new:
 *
 * Returns: (transfer floating): a view that shows nothing yet
 */
GtkWidget *
way_content_view_new (void)
{
  return g_object_new (WAY_TYPE_CONTENT_VIEW, NULL);
}

/**
 * way_content_view_set_content:
 * @self: a view
 * @content: (nullable): what to show; it is not kept
 * @pack: (nullable): the pack that pictures come from
 *
 * Shows a flow as native widgets. A glossary word activates `win.explain`. For assistive
 * technology the view is a group whose name is the whole text.
 */
void
way_content_view_set_content (WayContentView *self, const WayNode *content, WayPack *pack)
{
  g_autofree char *text = NULL;

  g_return_if_fail (WAY_IS_CONTENT_VIEW (self));

  g_clear_pointer (&self->flow, gtk_widget_unparent);
  if (content == NULL)
    return;

  self->flow = way_flow_box_new (content, pack, NULL, NULL);
  gtk_widget_set_parent (self->flow, GTK_WIDGET (self));
  text = way_flow_dup_speech (content);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}
