/* way-split.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-split.h"

/* Two widgets beside each other where there is room. Folded, the first stands above the
 * second, or only one of them shows. Both widths grow with the text size, so that large
 * text folds earlier. */
struct _WaySplit
{
  GtkWidget parent_instance;

  GtkWidget *start; /* (nullable) */
  GtkWidget *end;   /* (nullable) */
  int fold_width;
  int start_width;
  gboolean shows_one; /* when folded */
  gboolean shows_end; /* which one */
  gboolean is_folded;
  guint idle;
};

G_DEFINE_FINAL_TYPE (WaySplit, way_split, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_START,
  PROP_END,
  PROP_FOLD_WIDTH,
  PROP_START_WIDTH,
  PROP_SHOWS_ONE,
  PROP_FOLDED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

/* One in 96 dots an inch; large text has more. */
static double
get_text_scale (GtkWidget *widget)
{
  int dpi = -1;

  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);

  return dpi > 0 ? MAX (dpi / 1024.0 / 96.0, 1.0) : 1.0;
}

static int
measure_child (GtkWidget *child, GtkOrientation orientation, int for_size, int *natural)
{
  int minimum = 0;
  int wanted = 0;

  if (child != NULL)
    gtk_widget_measure (child, orientation, for_size, &minimum, &wanted, NULL, NULL);
  if (natural != NULL)
    *natural = wanted;

  return minimum;
}

/* The width of the first, or 0 where both do not fit beside each other. */
static int
get_start_width (WaySplit *self, int width)
{
  double scale = get_text_scale (GTK_WIDGET (self));
  int start;

  if (width < self->fold_width * scale)
    return 0;

  start = MAX (measure_child (self->start, GTK_ORIENTATION_HORIZONTAL, -1, NULL),
               MIN ((int) (self->start_width * scale), width / 2));
  if (start + measure_child (self->end, GTK_ORIENTATION_HORIZONTAL, -1, NULL) > width)
    return 0;

  return start;
}

static GtkWidget *
get_hidden (WaySplit *self)
{
  if (!self->is_folded || !self->shows_one)
    return NULL;

  return self->shows_end ? self->start : self->end;
}

/* Hidden widgets leave the accessible tree; children that are only not drawn do not. */
static void
update_visible (WaySplit *self)
{
  GtkWidget *hidden = get_hidden (self);

  if (self->start != NULL)
    gtk_widget_set_visible (self->start, self->start != hidden);
  if (self->end != NULL)
    gtk_widget_set_visible (self->end, self->end != hidden);
}

static gboolean
folded_cb (gpointer user_data)
{
  WaySplit *self = user_data;

  self->idle = 0;
  update_visible (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLDED]);

  return G_SOURCE_REMOVE;
}

static GtkSizeRequestMode
way_split_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
way_split_measure (GtkWidget *widget,
                   GtkOrientation orientation,
                   int for_size,
                   int *minimum,
                   int *natural,
                   int *minimum_baseline,
                   int *natural_baseline)
{
  WaySplit *self = WAY_SPLIT (widget);
  int start_width = 0;
  int start_natural;
  int end_natural;
  int start;
  int end;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      start = measure_child (self->start, orientation, -1, &start_natural);
      end = measure_child (self->end, orientation, -1, &end_natural);
      *minimum = MAX (start, end);
      *natural = MAX (*minimum, start_natural + end_natural);
      return;
    }

  if (for_size >= 0)
    start_width = get_start_width (self, for_size);
  start = measure_child (self->start, orientation, start_width > 0 ? start_width : for_size,
                         &start_natural);
  end = measure_child (self->end, orientation, start_width > 0 ? for_size - start_width : for_size,
                       &end_natural);
  if (start_width > 0 || self->shows_one)
    {
      *minimum = MAX (start, end);
      *natural = MAX (start_natural, end_natural);
    }
  else
    {
      *minimum = start + end;
      *natural = start_natural + end_natural;
    }
}

static void
allocate_child (GtkWidget *child, int x, int y, int width, int height)
{
  if (child != NULL && gtk_widget_get_visible (child))
    gtk_widget_size_allocate (child, &(GtkAllocation){ x, y, width, height }, -1);
}

static void
way_split_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WaySplit *self = WAY_SPLIT (widget);
  int start_width = get_start_width (self, width);
  GtkWidget *hidden;

  if (self->is_folded != (start_width == 0))
    {
      self->is_folded = start_width == 0;
      if (self->idle == 0)
        self->idle = g_idle_add (folded_cb, self);
    }

  hidden = get_hidden (self);
  if (self->start != NULL)
    gtk_widget_set_child_visible (self->start, self->start != hidden);
  if (self->end != NULL)
    gtk_widget_set_child_visible (self->end, self->end != hidden);

  if (start_width > 0)
    {
      gboolean is_mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

      allocate_child (self->start, is_mirrored ? width - start_width : 0, 0, start_width, height);
      allocate_child (self->end, is_mirrored ? 0 : start_width, 0, width - start_width, height);
    }
  else if (self->shows_one)
    {
      allocate_child (self->start, 0, 0, width, height);
      allocate_child (self->end, 0, 0, width, height);
    }
  else
    {
      int natural;
      int end = measure_child (self->end, GTK_ORIENTATION_VERTICAL, width, NULL);
      int start = measure_child (self->start, GTK_ORIENTATION_VERTICAL, width, &natural);

      start = MAX (start, MIN (natural, height - end));
      allocate_child (self->start, 0, 0, width, start);
      allocate_child (self->end, 0, start, width, height - start);
    }
}

static gboolean
holds_focus (GtkWidget *child)
{
  GtkRoot *root = gtk_widget_get_root (child);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (focus == child || gtk_widget_is_ancestor (focus, child));
}

/* The Tab key goes from the first to the second. GTK would sort them by their middles,
 * and those of two that stand side by side may differ by a pixel either way. */
static gboolean
way_split_focus (GtkWidget *widget, GtkDirectionType direction)
{
  WaySplit *self = WAY_SPLIT (widget);
  gboolean is_forward = direction == GTK_DIR_TAB_FORWARD;
  GtkWidget *first = is_forward ? self->start : self->end;
  GtkWidget *second = is_forward ? self->end : self->start;

  if ((!is_forward && direction != GTK_DIR_TAB_BACKWARD) || first == NULL || second == NULL)
    return GTK_WIDGET_CLASS (way_split_parent_class)->focus (widget, direction);
  if (!holds_focus (second) && gtk_widget_child_focus (first, direction))
    return TRUE;

  return gtk_widget_child_focus (second, direction);
}

static void
set_child (WaySplit *self, GtkWidget **place, GtkWidget *child)
{
  if (*place == child)
    return;

  g_clear_pointer (place, gtk_widget_unparent);
  *place = child;
  if (child != NULL)
    gtk_widget_set_parent (child, GTK_WIDGET (self));
}

static void
way_split_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  WaySplit *self = WAY_SPLIT (object);

  switch (prop_id)
    {
    case PROP_START:
      g_value_set_object (value, self->start);
      break;
    case PROP_END:
      g_value_set_object (value, self->end);
      break;
    case PROP_FOLD_WIDTH:
      g_value_set_int (value, self->fold_width);
      break;
    case PROP_START_WIDTH:
      g_value_set_int (value, self->start_width);
      break;
    case PROP_SHOWS_ONE:
      g_value_set_boolean (value, self->shows_one);
      break;
    case PROP_FOLDED:
      g_value_set_boolean (value, self->is_folded);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
way_split_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  WaySplit *self = WAY_SPLIT (object);

  switch (prop_id)
    {
    case PROP_START:
      set_child (self, &self->start, g_value_get_object (value));
      break;
    case PROP_END:
      set_child (self, &self->end, g_value_get_object (value));
      break;
    case PROP_FOLD_WIDTH:
      self->fold_width = g_value_get_int (value);
      break;
    case PROP_START_WIDTH:
      self->start_width = g_value_get_int (value);
      break;
    case PROP_SHOWS_ONE:
      self->shows_one = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
way_split_dispose (GObject *object)
{
  WaySplit *self = WAY_SPLIT (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_pointer (&self->start, gtk_widget_unparent);
  g_clear_pointer (&self->end, gtk_widget_unparent);

  G_OBJECT_CLASS (way_split_parent_class)->dispose (object);
}

static void
way_split_class_init (WaySplitClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = way_split_dispose;
  object_class->get_property = way_split_get_property;
  object_class->set_property = way_split_set_property;
  widget_class->focus = way_split_focus;
  widget_class->get_request_mode = way_split_get_request_mode;
  widget_class->measure = way_split_measure;
  widget_class->size_allocate = way_split_size_allocate;

  properties[PROP_START] = g_param_spec_object ("start", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_END] = g_param_spec_object ("end", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_FOLD_WIDTH] = g_param_spec_int ("fold-width", NULL, NULL, 0, G_MAXINT, 640,
                                                  flags);
  properties[PROP_START_WIDTH] = g_param_spec_int ("start-width", NULL, NULL, 0, G_MAXINT, 280,
                                                   flags);
  properties[PROP_SHOWS_ONE] = g_param_spec_boolean ("shows-one", NULL, NULL, FALSE, flags);
  properties[PROP_FOLDED] = g_param_spec_boolean ("folded", NULL, NULL, FALSE,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "split");
}

static void
way_split_init (WaySplit *self)
{
  self->fold_width = 640;
  self->start_width = 280;
}

/**
 * way_split_is_folded:
 *
 * Returns: whether the two do not stand beside each other
 */
gboolean
way_split_is_folded (WaySplit *self)
{
  g_return_val_if_fail (WAY_IS_SPLIT (self), FALSE);

  return self->is_folded;
}

/**
 * way_split_set_shows_end:
 * @shows_end: whether the second shows where only one does
 */
void
way_split_set_shows_end (WaySplit *self, gboolean shows_end)
{
  g_return_if_fail (WAY_IS_SPLIT (self));

  self->shows_end = shows_end;
  update_visible (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
