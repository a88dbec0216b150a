/* way-wrap-box.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-wrap-box.h"

/* Lays children out like the words of a paragraph: from one side to the other and on to
 * the next line when there is no more room. For sentences with controls in them, and for
 * rows of pieces. A child that is glued never stands on another line than the one before,
 * nor apart from it: a full stop after a gap. */
struct _WayWrapBox
{
  GtkWidget parent_instance;

  int spacing;
  int line_spacing;
  gboolean keeps_line;
};

G_DEFINE_FINAL_TYPE (WayWrapBox, way_wrap_box, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_KEEPS_LINE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static GQuark
glue_quark (void)
{
  return g_quark_from_static_string ("way-wrap-box-glue");
}

static gboolean
is_glued (GtkWidget *child)
{
  return g_object_get_qdata (G_OBJECT (child), glue_quark ()) != NULL;
}

static int
get_width (GtkWidget *child, int available)
{
  int minimum, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);

  return CLAMP (natural, minimum, MAX (available, minimum));
}

static GtkWidget *
next_visible (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);

  return child;
}

/* The child and those that are glued to it. */
static int
measure_run (WayWrapBox *self, GtkWidget *first, int available, GtkWidget **end)
{
  int width = get_width (first, available);
  GtkWidget *child = next_visible (gtk_widget_get_next_sibling (first));
  int glued = 0;

  for (; child != NULL && is_glued (child);
       child = next_visible (gtk_widget_get_next_sibling (child)))
    glued += get_width (child, available);
  *end = child;

  /* The first gives way, so that what is glued to it still fits. */
  if (width + glued > available)
    width = get_width (first, available - glued);

  return width + glued;
}

/* A line's children with their widths. */
typedef struct
{
  GtkWidget *child;
  int x;
  int width;
  int height;
  int baseline;
} Place;

/* What ends a line may stand at its end. */
static void
push_to_end (GArray *line, int width)
{
  Place *last = &g_array_index (line, Place, line->len - 1);
  int room = width - last->x - last->width;

  for (guint i = line->len; i > 0; i--)
    {
      Place *place = &g_array_index (line, Place, i - 1);

      if (gtk_widget_get_halign (place->child) != GTK_ALIGN_END)
        return;
      place->x += room;
    }
}

static int
lay_line (
    GArray *line, int top, int width, gboolean is_mirrored, gboolean is_filled, gboolean is_real)
{
  int above = 0, below = 0, height = 0;

  push_to_end (line, width);

  for (guint i = 0; i < line->len; i++)
    {
      Place *place = &g_array_index (line, Place, i);
      int minimum, natural, baseline;

      gtk_widget_measure (place->child, GTK_ORIENTATION_VERTICAL, place->width, &minimum, &natural,
                          NULL, &baseline);
      place->height = natural;
      place->baseline = baseline;
      if (baseline >= 0)
        {
          above = MAX (above, baseline);
          below = MAX (below, natural - baseline);
        }
      else
        height = MAX (height, natural);
    }
  height = MAX (height, above + below);

  for (guint i = 0; is_real && i < line->len; i++)
    {
      Place *place = &g_array_index (line, Place, i);
      int y = place->baseline >= 0 ? (height - above - below) / 2 + above - place->baseline
                                   : (height - place->height) / 2;
      int x = is_mirrored ? width - place->x - place->width : place->x;

      /* Buttons of a bar are as high as each other. */
      if (is_filled)
        {
          y = 0;
          place->height = height;
          place->baseline = -1;
        }

      gtk_widget_size_allocate (place->child,
                                &(GtkAllocation){ x, top + y, place->width, place->height },
                                place->baseline);
    }

  return height;
}

/* All of them in one line, if they can be made as narrow as that. */
static gboolean
fill_line (WayWrapBox *self, GArray *line, int width)
{
  g_autoptr (GArray) sizes = g_array_new (FALSE, FALSE, sizeof (GtkRequestedSize));
  int left = width + self->spacing;
  int x = 0;

  for (GtkWidget *child = next_visible (gtk_widget_get_first_child (GTK_WIDGET (self)));
       child != NULL; child = next_visible (gtk_widget_get_next_sibling (child)))
    {
      GtkRequestedSize size = { .data = child };

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &size.minimum_size,
                          &size.natural_size, NULL, NULL);
      left -= size.minimum_size + self->spacing;
      g_array_append_val (sizes, size);
    }
  if (left < 0 || sizes->len == 0)
    return FALSE;

  gtk_distribute_natural_allocation (left, sizes->len, (GtkRequestedSize *) (void *) sizes->data);
  for (guint i = 0; i < sizes->len; i++)
    {
      const GtkRequestedSize *size = &g_array_index (sizes, GtkRequestedSize, i);
      Place place = { .child = size->data, .x = x, .width = size->minimum_size };

      x += place.width + self->spacing;
      g_array_append_val (line, place);
    }
  return TRUE;
}

static int
lay (WayWrapBox *self, int width, gboolean is_real)
{
  gboolean is_mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  g_autoptr (GArray) line = g_array_new (FALSE, FALSE, sizeof (Place));
  GtkWidget *child = next_visible (gtk_widget_get_first_child (GTK_WIDGET (self)));
  int x = 0, y = 0;

  if (self->keeps_line && fill_line (self, line, width))
    return lay_line (line, 0, width, is_mirrored, TRUE, is_real);

  while (child != NULL)
    {
      GtkWidget *end;
      int run = measure_run (self, child, width, &end);
      int glued = 0;

      if (line->len > 0 && x + self->spacing + run > width)
        {
          y += lay_line (line, y, width, is_mirrored, FALSE, is_real) + self->line_spacing;
          g_array_set_size (line, 0);
          x = 0;
        }
      if (line->len > 0)
        x += self->spacing;

      for (GtkWidget *c = next_visible (gtk_widget_get_next_sibling (child)); c != end;
           c = next_visible (gtk_widget_get_next_sibling (c)))
        glued += get_width (c, width);
      for (GtkWidget *c = child; c != end; c = next_visible (gtk_widget_get_next_sibling (c)))
        {
          Place place = { .child = c, .x = x };

          place.width = c == child ? run - glued : get_width (c, width);
          x += place.width;
          g_array_append_val (line, place);
        }
      child = end;
    }
  if (line->len > 0)
    y += lay_line (line, y, width, is_mirrored, FALSE, is_real);

  return y;
}

static void
way_wrap_box_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  WayWrapBox *self = WAY_WRAP_BOX (widget);

  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      if (for_size < 0)
        gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &for_size, NULL, NULL);
      *minimum = *natural = lay (self, for_size, FALSE);
      return;
    }

  *minimum = *natural = 0;
  for (GtkWidget *child = next_visible (gtk_widget_get_first_child (widget)); child != NULL;)
    {
      GtkWidget *next = next_visible (gtk_widget_get_next_sibling (child));
      int child_minimum, child_natural, run = 0;

      gtk_widget_measure (child, orientation, -1, &child_minimum, &child_natural, NULL, NULL);
      run = child_minimum;
      if (*natural > 0)
        *natural += self->spacing;
      *natural += child_natural;
      for (; next != NULL && is_glued (next);
           next = next_visible (gtk_widget_get_next_sibling (next)))
        {
          gtk_widget_measure (next, orientation, -1, &child_minimum, &child_natural, NULL, NULL);
          run += child_natural;
          *natural += child_natural;
        }
      *minimum = MAX (*minimum, run);
      child = next;
    }
}

static void
way_wrap_box_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  lay (WAY_WRAP_BOX (widget), width, TRUE);
}

static GtkSizeRequestMode
way_wrap_box_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
way_wrap_box_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_KEEPS_LINE)
    g_value_set_boolean (value, WAY_WRAP_BOX (object)->keeps_line);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
way_wrap_box_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_KEEPS_LINE)
    {
      WAY_WRAP_BOX (object)->keeps_line = g_value_get_boolean (value);
      gtk_widget_queue_resize (GTK_WIDGET (object));
    }
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
way_wrap_box_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (way_wrap_box_parent_class)->dispose (object);
}

static void
way_wrap_box_class_init (WayWrapBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = way_wrap_box_dispose;
  G_OBJECT_CLASS (klass)->get_property = way_wrap_box_get_property;
  G_OBJECT_CLASS (klass)->set_property = way_wrap_box_set_property;
  widget_class->measure = way_wrap_box_measure;
  widget_class->size_allocate = way_wrap_box_size_allocate;
  widget_class->get_request_mode = way_wrap_box_get_request_mode;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);

  /* For bars of buttons: each first gets narrower, as far as it can, before another line begins. */
  properties[PROP_KEEPS_LINE] = g_param_spec_boolean ("keeps-line", NULL, NULL, FALSE,
                                                      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
}

static void
way_wrap_box_init (WayWrapBox *self)
{
  self->spacing = 12;
  self->line_spacing = 6;
}

/**
 * way_wrap_box_new:
 * @spacing: between two children of a line
 * @line_spacing: between two lines
 *
 * Returns: (transfer floating): an empty box
 */
GtkWidget *
way_wrap_box_new (int spacing, int line_spacing)
{
  WayWrapBox *self = g_object_new (WAY_TYPE_WRAP_BOX, NULL);

  self->spacing = spacing;
  self->line_spacing = line_spacing;

  return GTK_WIDGET (self);
}

/**
 * way_wrap_box_append:
 * @self: a box
 * @child: a widget
 *
 * Adds a child.
 */
void
way_wrap_box_append (WayWrapBox *self, GtkWidget *child)
{
  g_return_if_fail (WAY_IS_WRAP_BOX (self));
  g_return_if_fail (GTK_IS_WIDGET (child));

  gtk_widget_set_parent (child, GTK_WIDGET (self));
}

/**
 * way_wrap_box_append_glued:
 * @self: a box
 * @child: a widget
 *
 * Adds a child that stays with the one before it.
 */
void
way_wrap_box_append_glued (WayWrapBox *self, GtkWidget *child)
{
  g_return_if_fail (WAY_IS_WRAP_BOX (self));
  g_return_if_fail (GTK_IS_WIDGET (child));

  if (gtk_widget_get_last_child (GTK_WIDGET (self)) != NULL)
    g_object_set_qdata (G_OBJECT (child), glue_quark (), GINT_TO_POINTER (TRUE));
  gtk_widget_set_parent (child, GTK_WIDGET (self));
}
