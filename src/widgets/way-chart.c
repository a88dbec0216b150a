/* way-chart.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-chart.h"

#include "widgets/way-compat.h"

#include <glib/gi18n.h>
#include <math.h>

#define PAD 6
#define ROW 56    /* of a band, without its name */
#define BAR 22    /* of a bar, without its name */
#define PLOT 170  /* a line, without the words around it */
#define ROOM 44   /* at the end of the longest bar, for its number */
#define RING 6    /* radius */
#define FLAG 9    /* the flag of what the work needs */
#define STEPS 100 /* of the curve of a band */
#define SURE 1.3  /* a density that fills the height */
#define WIDEST 720
#define NARROWEST 220

/* A chart with its words beside what they are about. The rows of a table say the same, so
 * that nobody depends on seeing it; for assistive technology it is a picture with a text. */
struct _WayChart
{
  GtkWidget parent_instance;

  WayChartKind kind;
  GArray *points; /* (owned) of WayChartPoint */
  char **names;   /* (owned) (nullable) in place of the numbers 1, 2, … on the axis */
  double from;
  double to;
};

G_DEFINE_FINAL_TYPE (WayChart, way_chart, GTK_TYPE_WIDGET)

enum
{
  PICKED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
is_flat (WayChart *self)
{
  return self->kind == WAY_CHART_BARS || self->kind == WAY_CHART_BANDS;
}

static const WayChartPoint *
get_point (WayChart *self, guint i)
{
  return &g_array_index (self->points, WayChartPoint, i);
}

static char *
dup_number (double number)
{
  return g_strdup_printf ("%.4g", number);
}

static int
get_line_height (WayChart *self)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), "Xg");
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);

  return height;
}

static int
get_name_width (WayChart *self, const char *name)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), name);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);

  return width;
}

/* Of a flat chart that is @full wide: all names have two lines where one of them needs two. */
static int
get_names_height (WayChart *self, int full)
{
  for (guint i = 0; i < self->points->len; i++)
    if (get_name_width (self, get_point (self, i)->name) > full)
      return 2 * get_line_height (self);
  return get_line_height (self);
}

static int
get_row_height (WayChart *self, int full)
{
  return get_names_height (self, full) + PAD + (self->kind == WAY_CHART_BARS ? BAR : ROW) + PAD;
}

/* Names under a line that has no room for each of them stand at every second point, or
 * every third. */
static guint
get_stride (WayChart *self, double width)
{
  int most = 0;
  guint stride = 1;

  for (guint i = 0; i < self->points->len; i++)
    most = MAX (most, get_name_width (self, get_point (self, i)->name));
  while (stride < self->points->len && most + PAD > width * stride / MAX (self->points->len, 1))
    stride++;

  return stride;
}

static double
to_x (WayChart *self, double value, double width)
{
  double room = self->kind == WAY_CHART_BARS ? ROOM : 0;

  return (CLAMP (value, self->from, self->to) - self->from) / (self->to - self->from)
         * MAX (width - room, 1);
}

static double
point_x (WayChart *self, guint i, double width)
{
  return (i + .5) * width / MAX (self->points->len, 1);
}

static double
to_y (WayChart *self, double value, double top)
{
  return top
         + (1 - (CLAMP (value, self->from, self->to) - self->from) / (self->to - self->from))
               * PLOT;
}

/* --- Drawing ------------------------------------------------------------------------ */

static void
draw_text (WayChart *self,
           GtkSnapshot *snapshot,
           const char *text,
           double x,
           double y,
           double align,
           gboolean is_strong,
           int n_lines)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  int full = gtk_widget_get_width (GTK_WIDGET (self));
  GdkRGBA color;
  int width;

  if (is_strong)
    {
      g_autoptr (PangoAttrList) bold = pango_attr_list_new ();

      pango_attr_list_insert (bold, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
      pango_layout_set_attributes (layout, bold);
    }
  pango_layout_get_pixel_size (layout, &width, NULL);
  if (width > full)
    {
      pango_layout_set_width (layout, full * PANGO_SCALE);
      pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
      pango_layout_set_height (layout, -n_lines);
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
      width = full;
    }
  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &color);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) CLAMP (x - width * align, 0,
                                                                         MAX (full - width, 0)),
                                                          (float) y));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
}

static void
set_color (cairo_t *cr, const GdkRGBA *color, double alpha)
{
  cairo_set_source_rgba (cr, color->red, color->green, color->blue, color->alpha * alpha);
}

static void
draw_band (WayChart *self,
           cairo_t *cr,
           const WayChartPoint *point,
           double width,
           double base,
           const GdkRGBA *color,
           const GdkRGBA *accent)
{
  double sd = MAX ((point->high - point->low) / 3.3, .05);
  double peak = 1 / (sd * sqrt (2 * G_PI));
  double most = MAX (peak, SURE);

  set_color (cr, color, .25);
  cairo_rectangle (cr, 0, base - 1.5, width, 3);
  cairo_fill (cr);
  for (double tick = ceil (self->from); tick <= self->to; tick++)
    {
      cairo_rectangle (cr, to_x (self, tick, width) - 1, base - 5, 2, 10);
      cairo_fill (cr);
    }
  if (isnan (point->value))
    return;

  cairo_move_to (cr, 0, base - 2);
  for (int i = 0; i <= STEPS; i++)
    {
      double value = self->from + (self->to - self->from) * i / STEPS;
      double z = (value - point->value) / sd;

      cairo_line_to (cr, width * i / STEPS,
                     base - 2 - exp (-z * z / 2) * peak / most * (ROW - 2 * RING - 4));
    }
  cairo_line_to (cr, width, base - 2);
  cairo_close_path (cr);
  set_color (cr, accent, .22);
  cairo_fill_preserve (cr);
  set_color (cr, accent, 1);
  cairo_set_line_width (cr, 2);
  cairo_stroke (cr);

  set_color (cr, accent, 1);
  cairo_rectangle (cr, to_x (self, point->low, width), base - 3,
                   to_x (self, point->high, width) - to_x (self, point->low, width), 6);
  cairo_fill (cr);
  cairo_arc (cr, to_x (self, point->value, width), base, RING, 0, 2 * G_PI);
  cairo_fill (cr);
}

static void
draw_marks (WayChart *self,
            cairo_t *cr,
            const WayChartPoint *point,
            double width,
            double base,
            const GdkRGBA *color,
            const GdkRGBA *ground)
{
  if (!isnan (point->need))
    {
      double x = to_x (self, point->need, width);

      set_color (cr, color, 1);
      cairo_set_line_width (cr, 2);
      cairo_move_to (cr, x, base + 4);
      cairo_line_to (cr, x, base - 30);
      cairo_stroke (cr);
      cairo_move_to (cr, x, base - 30);
      cairo_line_to (cr, x + FLAG * 1.2, base - 30 + FLAG / 2.0);
      cairo_line_to (cr, x, base - 30 + FLAG);
      cairo_close_path (cr);
      cairo_fill (cr);
    }
  if (!isnan (point->own))
    {
      cairo_arc (cr, to_x (self, point->own, width), base, RING + 1, 0, 2 * G_PI);
      set_color (cr, ground, 1);
      cairo_fill_preserve (cr);
      set_color (cr, color, 1);
      cairo_set_line_width (cr, 2.5);
      cairo_stroke (cr);
    }
}

static void
draw_axis (WayChart *self, GtkSnapshot *snapshot, double width, double top)
{
  guint n = 0;

  if (self->names == NULL)
    {
      g_autofree char *from = dup_number (self->from);
      g_autofree char *to = dup_number (self->to);

      draw_text (self, snapshot, from, PAD, top, 0, FALSE, 1);
      draw_text (self, snapshot, to, PAD + to_x (self, self->to, width), top, .5, FALSE, 1);
      return;
    }
  for (double tick = ceil (self->from); tick <= self->to && self->names[n] != NULL; tick++, n++)
    draw_text (self, snapshot, self->names[n], PAD + to_x (self, tick, width),
               top + (n % 2 == 0 || width > 420 ? 0 : get_line_height (self)), .5, FALSE, 1);
}

static void
draw_rows (WayChart *self,
           GtkSnapshot *snapshot,
           cairo_t *cr,
           double width,
           const GdkRGBA *color,
           const GdkRGBA *accent,
           const GdkRGBA *ground)
{
  int full = gtk_widget_get_width (GTK_WIDGET (self));
  int height = get_row_height (self, full);
  int line = get_line_height (self);
  int names = get_names_height (self, full);

  for (guint i = 0; i < self->points->len; i++)
    {
      const WayChartPoint *point = get_point (self, i);
      double top = i * height + names + PAD;

      if (point->is_picked)
        {
          set_color (cr, color, .1);
          cairo_rectangle (cr, -PAD, i * height, width + 2 * PAD, height - 2);
          cairo_fill (cr);
          set_color (cr, color, 1);
          cairo_rectangle (cr, -PAD, i * height, 4, height - 2);
          cairo_fill (cr);
        }
      if (self->kind == WAY_CHART_BANDS)
        {
          draw_band (self, cr, point, width, top + ROW - RING - 4, color, accent);
          draw_marks (self, cr, point, width, top + ROW - RING - 4, color, ground);
        }
      else if (!isnan (point->value))
        {
          set_color (cr, accent, point->is_picked ? 1 : .7);
          cairo_rectangle (cr, 0, top, to_x (self, point->value, width), BAR);
          cairo_fill (cr);
        }
    }
  for (guint i = 0; i < self->points->len; i++)
    {
      const WayChartPoint *point = get_point (self, i);
      double top = i * height + names + PAD;
      g_autofree char *number = isnan (point->value) ? g_strdup (_ ("missing"))
                                                     : dup_number (point->value);

      /* A short one stands close to its picture. */
      draw_text (self, snapshot, point->name, 2 * PAD,
                 i * height + 2 + (get_name_width (self, point->name) > full ? 0 : names - line), 0,
                 point->is_picked, names / MAX (line, 1));
      if (self->kind == WAY_CHART_BARS)
        draw_text (self, snapshot, number,
                   2 * PAD + (isnan (point->value) ? 0 : to_x (self, point->value, width)),
                   top + (BAR - line) / 2.0, 0, TRUE, 1);
    }
  draw_axis (self, snapshot, width, (double) self->points->len * height + PAD);
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

/* The middle of what is known, NAN when nothing is. */
static double
get_median (WayChart *self)
{
  g_autoptr (GArray) known = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < self->points->len; i++)
    if (!isnan (get_point (self, i)->value))
      g_array_append_val (known, get_point (self, i)->value);
  if (known->len == 0)
    return NAN;
  g_array_sort (known, compare_numbers);

  return (g_array_index (known, double, (known->len - 1) / 2)
          + g_array_index (known, double, known->len / 2))
         / 2;
}

static void
draw_line (WayChart *self,
           GtkSnapshot *snapshot,
           cairo_t *cr,
           double width,
           const GdkRGBA *color,
           const GdkRGBA *accent)
{
  static const double dashes[] = { 6, 4 };
  int line = get_line_height (self);
  double top = 2 * line;
  double median = self->kind == WAY_CHART_RUN ? get_median (self) : NAN;
  guint stride = get_stride (self, width);
  g_autofree char *from = dup_number (self->from);
  g_autofree char *to = dup_number (self->to);

  set_color (cr, color, .35);
  cairo_rectangle (cr, 0, top + PLOT, width, 1.5);
  cairo_rectangle (cr, 0, top, width, 1);
  cairo_fill (cr);
  if (!isnan (median))
    {
      set_color (cr, color, .7);
      cairo_set_line_width (cr, 1.5);
      cairo_set_dash (cr, dashes, 2, 0);
      cairo_move_to (cr, 0, to_y (self, median, top));
      cairo_line_to (cr, width, to_y (self, median, top));
      cairo_stroke (cr);
      cairo_set_dash (cr, NULL, 0, 0);
    }

  /* A line only between two points that are there: a gap stays a gap. */
  set_color (cr, accent, 1);
  cairo_set_line_width (cr, 2.5);
  for (guint i = 0; i + 1 < self->points->len; i++)
    {
      double one = get_point (self, i)->value;
      double next = get_point (self, i + 1)->value;

      if (isnan (one) || isnan (next))
        continue;
      cairo_move_to (cr, point_x (self, i, width), to_y (self, one, top));
      cairo_line_to (cr, point_x (self, i + 1, width), to_y (self, next, top));
      cairo_stroke (cr);
    }
  for (guint i = 0; i < self->points->len; i++)
    {
      const WayChartPoint *point = get_point (self, i);

      if (isnan (point->value))
        continue;
      cairo_arc (cr, point_x (self, i, width), to_y (self, point->value, top),
                 point->is_picked ? RING + 3 : RING - 1, 0, 2 * G_PI);
      set_color (cr, point->is_picked ? color : accent, 1);
      cairo_fill (cr);
    }

  draw_text (self, snapshot, to, 0, top - line - 2, 0, FALSE, 1);
  draw_text (self, snapshot, from, 0, top + PLOT - line - 2, 0, FALSE, 1);
  if (!isnan (median))
    {
      g_autofree char *number = dup_number (median);
      /* Translators: %s is the middle value of a chart. */
      g_autofree char *text = g_strdup_printf (_ ("Middle value %s"), number);

      draw_text (self, snapshot, text, width + PAD, to_y (self, median, top) + 1, 1, FALSE, 1);
    }
  for (guint i = 0; i < self->points->len; i++)
    {
      const WayChartPoint *point = get_point (self, i);
      double x = PAD + point_x (self, i, width);
      g_autofree char *number = isnan (point->value) ? g_strdup ("?") : dup_number (point->value);

      draw_text (self, snapshot, number, x,
                 isnan (point->value) ? top + PLOT - line - 2
                                      : to_y (self, point->value, top) - line - RING - 3,
                 .5, TRUE, 1);
      if (i % stride == 0)
        draw_text (self, snapshot, point->name, x, top + PLOT + PAD, .5, point->is_picked, 1);
    }
}

static void
way_chart_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WayChart *self = WAY_CHART (widget);
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  double width = gtk_widget_get_width (widget) - 2 * PAD;
  GdkRGBA color, accent, ground;
  cairo_t *cr;

  if (width <= 0 || self->from >= self->to)
    return;

  gtk_style_context_get_color (style, &color);
  if (!gtk_style_context_lookup_color (style, "accent_color", &accent))
    accent = color;
  if (!gtk_style_context_lookup_color (style, "view_bg_color", &ground))
    ground = (GdkRGBA){ 1, 1, 1, 1 };

  cr = gtk_snapshot_append_cairo (snapshot,
                                  &GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget),
                                                       (float) gtk_widget_get_height (widget)));
  cairo_translate (cr, PAD, 0);
  if (is_flat (self))
    draw_rows (self, snapshot, cr, width, &color, &accent, &ground);
  else
    draw_line (self, snapshot, cr, width, &color, &accent);
  cairo_destroy (cr);
}

/* A name that has no room has two lines. */
static GtkSizeRequestMode
way_chart_get_request_mode (GtkWidget *widget)
{
  return is_flat (WAY_CHART (widget)) ? GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH
                                      : GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
way_chart_measure (GtkWidget *widget,
                   GtkOrientation orientation,
                   int for_size,
                   int *minimum,
                   int *natural,
                   int *minimum_baseline,
                   int *natural_baseline)
{
  WayChart *self = WAY_CHART (widget);

  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = NARROWEST;
      *natural = WIDEST;
    }
  else if (is_flat (self))
    *minimum = *natural = (int) self->points->len
                              * get_row_height (self, for_size < 0 ? WIDEST : for_size)
                          + 2 * get_line_height (self) + PAD;
  else
    *minimum = *natural = PLOT + 2 * PAD + 3 * get_line_height (self);
}

/* --- Pressing ----------------------------------------------------------------------- */

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, WayChart *self)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self)) - 2 * PAD;
  double place = is_flat (self)
                     ? y / get_row_height (self, gtk_widget_get_width (GTK_WIDGET (self)))
                     : (x - PAD) / MAX (width, 1) * self->points->len;

  if (place >= 0 && place < self->points->len)
    g_signal_emit (self, signals[PICKED], 0, (guint) place);
}

static void
way_chart_finalize (GObject *object)
{
  WayChart *self = WAY_CHART (object);

  g_clear_pointer (&self->points, g_array_unref);
  g_clear_pointer (&self->names, g_strfreev);

  G_OBJECT_CLASS (way_chart_parent_class)->finalize (object);
}

static void
way_chart_class_init (WayChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = way_chart_finalize;
  widget_class->get_request_mode = way_chart_get_request_mode;
  widget_class->measure = way_chart_measure;
  widget_class->snapshot = way_chart_snapshot;
  signals[PICKED] = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_set_css_name (widget_class, "way-chart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
clear_point (WayChartPoint *point)
{
  g_free (point->name);
}

static void
way_chart_init (WayChart *self)
{
  GtkGesture *gesture = gtk_gesture_click_new ();

  self->points = g_array_new (FALSE, FALSE, sizeof (WayChartPoint));
  g_array_set_clear_func (self->points, (GDestroyNotify) clear_point);
  self->to = 1;
  g_signal_connect (gesture, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (gesture));
}

/**
 * way_chart_new:
 * @kind: how it is drawn
 *
 * Returns: (transfer floating): a chart without points
 */
GtkWidget *
way_chart_new (WayChartKind kind)
{
  WayChart *self = g_object_new (WAY_TYPE_CHART, NULL);

  self->kind = kind;

  return GTK_WIDGET (self);
}

/**
 * way_chart_set_axis:
 * @from: where the axis begins, which need not be 0
 * @to: where it ends, above @from
 * @names: (nullable): words for the whole numbers on it, from the first one on
 */
void
way_chart_set_axis (WayChart *self, double from, double to, const char *const *names)
{
  g_return_if_fail (WAY_IS_CHART (self) && from < to);

  self->from = from;
  self->to = to;
  g_strfreev (self->names);
  self->names = g_strdupv ((char **) names);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * way_chart_set_points:
 * @points: (array length=n): what it shows; copied
 *
 * Says the same in words to assistive technology.
 */
void
way_chart_set_points (WayChart *self, const WayChartPoint *points, guint n)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_if_fail (WAY_IS_CHART (self));

  g_array_set_size (self->points, 0);
  for (guint i = 0; i < n; i++)
    {
      WayChartPoint point = points[i];
      g_autofree char *number = isnan (point.value) ? g_strdup (_ ("missing"))
                                                    : dup_number (point.value);

      point.name = g_strdup (points[i].name);
      g_array_append_val (self->points, point);
      g_string_append_printf (text, "%s: %s. ", point.name, number);
    }
  way_compat_describe (GTK_WIDGET (self), text->str);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
