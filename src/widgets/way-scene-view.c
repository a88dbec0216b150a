/* way-scene-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-scene-view.h"

#include <math.h>

#include "practice/way-practice-inspect.h"
#include "widgets/way-compat.h"
#include "widgets/way-desk-parts.h"
#include "widgets/way-desk-words.h"
#include "widgets/way-flow-box.h"
#include "widgets/way-picture.h"

#include <glib/gi18n.h>
#include <string.h>

#define LEAST_SIDE 28 /* pixels: what a finger or an unsteady pointer still meets */
#define SPAN_PREFIX "place-"

/* A picture with a button over each of its places, or a page whose places are words. The
 * Tab key passes over the picture: the list beside it is the same for the keyboard. */
struct _WaySceneView
{
  GtkWidget parent_instance;

  WayPractice *practice; /* (owned) */
  const WayDeskRecord *scene;
  WayPack *pack;       /* (owned) (nullable) */
  GPtrArray *places;   /* (owned) of WayDeskRecord */
  GPtrArray *buttons;  /* (owned) borrowed, one a place; (nullable) */
  GPtrArray *pictures; /* (owned) borrowed: drawings of single places, over the picture */
  GtkWidget *child;
  GtkWidget *picture; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (WaySceneView, way_scene_view, GTK_TYPE_WIDGET)

enum
{
  PLACE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char *
get_label (const WayDeskRecord *place)
{
  return way_desk_get_title (place);
}

static const WayDeskRecord *
find_at (WaySceneView *self, const char *spot)
{
  for (guint i = 0; i < self->places->len; i++)
    {
      const WayDeskRecord *place = g_ptr_array_index (self->places, i);

      if (strcmp (way_place_get_spot (place), spot) == 0)
        return place;
    }

  return NULL;
}

static void
clicked_cb (WaySceneView *self, GtkWidget *button)
{
  guint place;

  if (g_ptr_array_find (self->buttons, button, &place))
    g_signal_emit (self, signals[PLACE], 0,
                   ((const WayDeskRecord *) self->places->pdata[place])->id);
}

static void
add_button (WaySceneView *self, const WayDeskRecord *place, GtkWidget *button)
{
  guint n;

  if (!g_ptr_array_find (self->places, place, &n))
    return;
  self->buttons->pdata[n] = button;
  g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
}

/* --- Pictures ----------------------------------------------------------------------- */

static const WayNode *
find_image (const WayNode *node)
{
  if (node == NULL || node->type == WAY_NODE_IMAGE)
    return node;
  for (guint i = 0; node->children != NULL && i < node->children->len; i++)
    {
      const WayNode *image = find_image (g_ptr_array_index (node->children, i));

      if (image != NULL)
        return image;
    }

  return NULL;
}

static double
get_number (const WayDeskRecord *record, const char *name)
{
  const char *text = way_desk_get_field (record, name);

  return text != NULL ? g_ascii_strtod (text, NULL) : 0;
}

/* Where the picture lies inside its widget, and how much smaller than drawn it is. */
static gboolean
find_picture (WaySceneView *self, double *left, double *top, double *factor)
{
  double width = get_number (self->scene, "width");
  double height = get_number (self->scene, "height");
  double across = gtk_widget_get_width (self->picture);
  double down = gtk_widget_get_height (self->picture);

  if (width <= 0 || height <= 0)
    return FALSE;
  *factor = MIN (across / width, down / height);
  if (gtk_picture_get_content_fit (GTK_PICTURE (self->picture)) == GTK_CONTENT_FIT_SCALE_DOWN)
    *factor = MIN (*factor, 1);
  *left = (across - width * *factor) / 2;
  *top = (down - height * *factor) / 2;

  return TRUE;
}

/* Buttons are never too small to meet; drawings have the size that they have. */
static gboolean
get_position_cb (GtkOverlay *overlay, GtkWidget *child, GdkRectangle *rectangle, gpointer user_data)
{
  WaySceneView *self = user_data;
  gboolean is_picture = g_ptr_array_find (self->pictures, child, NULL);
  const WayDeskRecord *place = g_object_get_data (G_OBJECT (child), "desk-place");
  g_autoptr (WayShape) shape = place != NULL ? way_place_get_shape (self->scene, place) : NULL;
  int least = is_picture ? 1 : LEAST_SIDE;
  double left, top, factor, x1, y1, x2, y2;

  if (shape == NULL || !way_shape_get_bounds (shape, &x1, &y1, &x2, &y2)
      || !find_picture (self, &left, &top, &factor))
    return FALSE;
  rectangle->width = MAX (least, (int) round ((x2 - x1) * factor));
  rectangle->height = MAX (least, (int) round ((y2 - y1) * factor));
  rectangle->x = (int) round (left + (x1 + x2) / 2 * factor - rectangle->width / 2.);
  rectangle->y = (int) round (top + (y1 + y2) / 2 * factor - rectangle->height / 2.);

  return TRUE;
}

static void
add_drawing (WaySceneView *self, GtkOverlay *overlay, const WayDeskRecord *place)
{
  const WayNode *image = find_image (place->content);
  GtkWidget *drawing;

  if (image == NULL || image->source == NULL)
    return;
  drawing = way_picture_new (self->pack, image->source, NULL);
  if (!GTK_IS_PICTURE (drawing))
    {
      g_object_ref_sink (drawing);
      g_object_unref (drawing);
      return;
    }
  gtk_widget_set_size_request (drawing, -1, -1);
  gtk_picture_set_content_fit (GTK_PICTURE (drawing), GTK_CONTENT_FIT_FILL);
  gtk_widget_set_can_target (drawing, FALSE);
  g_object_set_data (G_OBJECT (drawing), "desk-place", (gpointer) place);
  g_ptr_array_add (self->pictures, drawing);
  gtk_overlay_add_overlay (overlay, drawing);
}

/* Small, in a corner, so that what is marked can still be seen. */
static GtkWidget *
new_sign (void)
{
  GtkWidget *sign = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

  gtk_widget_set_halign (sign, GTK_ALIGN_END);
  gtk_widget_set_valign (sign, GTK_ALIGN_START);

  return sign;
}

static GtkWidget *
new_area (const WayDeskRecord *place)
{
  GtkWidget *area = gtk_toggle_button_new ();

  gtk_widget_add_css_class (area, "way-area");
  gtk_widget_add_css_class (area, "desk-area");
  gtk_widget_set_focusable (area, FALSE);
  gtk_widget_set_focus_on_click (area, FALSE);
  gtk_widget_set_tooltip_text (area, get_label (place));
  g_object_set_data (G_OBJECT (area), "desk-place", (gpointer) place);

  return area;
}

static GtkWidget *
build_picture (WaySceneView *self)
{
  const WayNode *image = find_image (self->scene->content);
  GtkWidget *overlay = gtk_overlay_new ();

  self->picture = self->pack != NULL && image != NULL
                      ? way_picture_new (self->pack, image->source, image->alternative)
                      : way_desk_text_new (image != NULL ? image->alternative : NULL, NULL);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), self->picture);
  if (!GTK_IS_PICTURE (self->picture))
    return overlay;

  gtk_picture_set_content_fit (GTK_PICTURE (self->picture), GTK_CONTENT_FIT_CONTAIN);
  gtk_widget_set_valign (overlay, GTK_ALIGN_START);
  g_signal_connect_object (overlay, "get-child-position", G_CALLBACK (get_position_cb), self, 0);
  for (guint i = 0; i < self->places->len; i++)
    add_drawing (self, GTK_OVERLAY (overlay), g_ptr_array_index (self->places, i));
  for (guint i = 0; i < self->places->len; i++)
    {
      const WayDeskRecord *place = g_ptr_array_index (self->places, i);
      GtkWidget *area = new_area (place);

      add_button (self, place, area);
      gtk_overlay_add_overlay (GTK_OVERLAY (overlay), area);
    }

  return overlay;
}

/* --- Pages -------------------------------------------------------------------------- */

/* The words of a place: what its variant says, else what stands on the page. */
static GtkWidget *
embed_cb (const WayNode *node, const char *sentence, gpointer user_data)
{
  WaySceneView *self = user_data;
  const WayDeskRecord *place;
  const char *text;
  g_autofree char *words = NULL;
  GtkWidget *button;

  if (node->type != WAY_NODE_SPAN || node->name == NULL
      || !g_str_has_prefix (node->name, SPAN_PREFIX))
    return NULL;
  place = find_at (self, node->name + strlen (SPAN_PREFIX));
  if (place == NULL)
    return NULL;

  text = way_desk_get_field (place, "shows");
  words = text != NULL ? g_strdup (text) : way_node_dup_text (node);
  button = gtk_toggle_button_new ();
  gtk_button_set_child (GTK_BUTTON (button), way_desk_text_new (words, NULL));
  gtk_widget_add_css_class (button, "desk-words");
  g_object_set_data_full (G_OBJECT (button), "desk-text", g_steal_pointer (&words), g_free);
  add_button (self, place, button);

  return button;
}

/* --- What shows --------------------------------------------------------------------- */

/**
 * way_scene_view_show:
 * @open: (nullable): id of the place that is looked at
 *
 * Brings every place up to date: whether it is marked, and which one is open.
 */
void
way_scene_view_show (WaySceneView *self, const char *open)
{
  g_return_if_fail (WAY_IS_SCENE_VIEW (self));

  for (guint i = 0; i < self->places->len; i++)
    {
      const WayDeskRecord *place = g_ptr_array_index (self->places, i);
      GtkWidget *button = g_ptr_array_index (self->buttons, i);
      gboolean is_marked = way_practice_get_state (self->practice, place->id) != NULL;
      const char *text;
      g_autofree char *name = NULL;

      if (button == NULL)
        continue;
      text = g_object_get_data (G_OBJECT (button), "desk-text");
      /* Translators: a thing in a picture or words of a page, and that it is marked. */
      name = is_marked ? g_strdup_printf (_ ("%s, marked"), text != NULL ? text : get_label (place))
                       : g_strdup (text != NULL ? text : get_label (place));
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), g_strcmp0 (place->id, open) == 0);
      if (text == NULL)
        gtk_button_set_child (GTK_BUTTON (button), is_marked ? new_sign () : NULL);
      if (is_marked)
        gtk_widget_add_css_class (button, "desk-marked");
      else
        gtk_widget_remove_css_class (button, "desk-marked");
      way_compat_name (button, name);
    }
}

static void
way_scene_view_dispose (GObject *object)
{
  WaySceneView *self = WAY_SCENE_VIEW (object);

  g_clear_pointer (&self->child, gtk_widget_unparent);
  g_clear_pointer (&self->places, g_ptr_array_unref);
  g_clear_pointer (&self->buttons, g_ptr_array_unref);
  g_clear_pointer (&self->pictures, g_ptr_array_unref);
  g_clear_object (&self->practice);
  g_clear_object (&self->pack);

  G_OBJECT_CLASS (way_scene_view_parent_class)->dispose (object);
}

static void
way_scene_view_class_init (WaySceneViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = way_scene_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);

  /* The id of a place that was pressed. */
  signals[PLACE] = g_signal_new ("place", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
way_scene_view_init (WaySceneView *self)
{
  self->places = g_ptr_array_new ();
  self->buttons = g_ptr_array_new ();
  self->pictures = g_ptr_array_new ();
}

/**
 * way_scene_view_new:
 * @scene: a drawn scene of the run
 * @pack: (nullable): where its pictures are
 *
 * Returns: (transfer floating): the scene with all its places
 */
GtkWidget *
way_scene_view_new (WayPractice *practice, const WayDeskRecord *scene, WayPack *pack)
{
  WaySceneView *self = g_object_new (WAY_TYPE_SCENE_VIEW, NULL);
  GPtrArray *records = way_practice_get_records (practice);

  self->practice = g_object_ref (practice);
  self->scene = scene;
  g_set_object (&self->pack, pack);
  for (guint i = 0; i < records->len; i++)
    {
      WayDeskRecord *place = g_ptr_array_index (records, i);

      if (way_place_is (place) && way_practice_get_scene (practice, place) == scene)
        g_ptr_array_add (self->places, place);
    }
  g_ptr_array_set_size (self->buttons, (int) self->places->len);
  self->child = way_scene_is_picture (scene)
                    ? build_picture (self)
                    : way_flow_box_new (scene->content, pack, embed_cb, self);
  gtk_widget_set_parent (self->child, GTK_WIDGET (self));
  way_scene_view_show (self, NULL);

  return GTK_WIDGET (self);
}
