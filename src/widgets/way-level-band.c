/* way-level-band.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-level-band.h"

#include <glib/gi18n.h>
#include <math.h>

#include "widgets/way-words.h"

#define RIDGE 44   /* room for the shape */
#define TRACK 6    /* the line from Start to the last level */
#define PAD 6      /* for rings that stand at an end */
#define GAP 6      /* between the track and the names under it */
#define NAME_GAP 6 /* between two names */
#define RING 7     /* radius */
#define FLAG 9     /* the flag of what the role needs */
#define STEPS 160  /* of the curve */
#define END 1.3    /* see get_range() */
#define SURE .75   /* a density that fills the height */
#define WIDEST 720
#define NARROWEST 220

/* What is known of one capability, drawn: the levels from left to right,
 * over them the probability of each place (wide is unsure; the area over a level is how
 * likely that level is), the person's own rating as an open ring, and a flag where the
 * level that the role needs begins. */
struct _WayLevelBand
{
  GtkWidget parent_instance;

  WayPack *pack; /* (owned) (nullable) */
  WayEstimate estimate;
  gboolean is_measured;
  int own_level;
  int required;
  double cuts[WAY_N_LEVELS - 1];
};

G_DEFINE_FINAL_TYPE (WayLevelBand, way_level_band, GTK_TYPE_WIDGET)

/* The scale has no ends: what is drawn goes this far past the outer cuts, in steps of the
 * mean distance between cuts. */
static void
get_range (WayLevelBand *self, double *low, double *high)
{
  double step = (self->cuts[WAY_N_LEVELS - 2] - self->cuts[0]) / (WAY_N_LEVELS - 2);

  *low = self->cuts[0] - END * step;
  *high = self->cuts[WAY_N_LEVELS - 2] + END * step;
}

static double
to_share (WayLevelBand *self, double theta)
{
  double low, high;

  get_range (self, &low, &high);

  return (theta - low) / (high - low);
}

static double
get_density (WayLevelBand *self, double share)
{
  double low, high, z;

  get_range (self, &low, &high);
  z = (low + share * (high - low) - self->estimate.mean) / self->estimate.sd;

  return exp (-z * z / 2) / (self->estimate.sd * sqrt (2 * G_PI));
}

/* Where a level begins and ends, as shares of the width. */
static void
get_part (WayLevelBand *self, int level, double *from, double *to)
{
  *from = level <= 1 ? 0 : to_share (self, self->cuts[level - 2]);
  *to = level >= WAY_N_LEVELS ? 1 : to_share (self, self->cuts[level - 1]);
}

static gboolean
is_named (WayLevelBand *self, int level)
{
  int low, high;

  if (!self->is_measured)
    return FALSE;

  way_estimate_get_levels (&self->estimate, &low, &high);

  return level >= low && level <= high;
}

static PangoLayout *
make_name (WayLevelBand *self, int level)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self),
                                                        way_level_name (self->pack, level));

  if (is_named (self, level))
    {
      g_autoptr (PangoAttrList) bold = pango_attr_list_new ();

      pango_attr_list_insert (bold, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
      pango_layout_set_attributes (layout, bold);
    }
  return layout;
}

/* Whether each name has room under its own part of the line; else every second one goes
 * a line lower. */
static gboolean
has_room_for_names (WayLevelBand *self, double width)
{
  for (int level = 1; self->pack != NULL && level <= WAY_N_LEVELS; level++)
    {
      g_autoptr (PangoLayout) name = make_name (self, level);
      double from, to;
      int name_width;

      get_part (self, level, &from, &to);
      pango_layout_get_pixel_size (name, &name_width, NULL);
      if (name_width + NAME_GAP > (to - from) * width)
        return FALSE;
    }

  return TRUE;
}

static int
get_line_height (WayLevelBand *self)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), "Xg");
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);

  return height;
}

static GtkSizeRequestMode
way_level_band_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
way_level_band_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = NARROWEST;
      *natural = WIDEST;
    }
  else
    {
      WayLevelBand *self = WAY_LEVEL_BAND (widget);
      int width = (for_size < 0 ? WIDEST : for_size) - 2 * PAD;
      int n_lines = has_room_for_names (self, width) ? 1 : 2;

      *minimum = *natural = RIDGE + RING * 2 + GAP + n_lines * get_line_height (self);
    }
}

static void
draw_ridge (WayLevelBand *self, cairo_t *cr, double width, double base, const GdkRGBA *color)
{
  double most = 0;
  double heights[STEPS + 1];

  for (int i = 0; i <= STEPS; i++)
    {
      heights[i] = get_density (self, i / (double) STEPS);
      most = MAX (most, heights[i]);
    }

  /* Every shape has the same area, so a sure one is tall and an unsure one low; only one
   * that is taller than the room for it is pressed down. */
  most = MAX (most, SURE);
  cairo_move_to (cr, 0, base);
  for (int i = 0; i <= STEPS; i++)
    cairo_line_to (cr, width * i / STEPS, base - heights[i] / most * (RIDGE - 4));
  cairo_line_to (cr, width, base);
  cairo_close_path (cr);
  cairo_set_source_rgba (cr, color->red, color->green, color->blue, color->alpha * .22);
  cairo_fill (cr);

  for (int i = 0; i <= STEPS; i++)
    if (i == 0)
      cairo_move_to (cr, 0, base - heights[i] / most * (RIDGE - 4));
    else
      cairo_line_to (cr, width * i / STEPS, base - heights[i] / most * (RIDGE - 4));
  cairo_set_source_rgba (cr, color->red, color->green, color->blue, color->alpha);
  cairo_set_line_width (cr, 2);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (cr);
}

static void
draw_track (WayLevelBand *self,
            cairo_t *cr,
            double width,
            double middle,
            const GdkRGBA *color,
            const GdkRGBA *accent)
{
  for (int level = 1; level <= WAY_N_LEVELS; level++)
    {
      double from, to;

      get_part (self, level, &from, &to);
      if (is_named (self, level))
        gdk_cairo_set_source_rgba (cr, accent);
      else
        cairo_set_source_rgba (cr, color->red, color->green, color->blue, color->alpha * .2);
      cairo_rectangle (cr, from * width + (level > 1 ? 1.5 : 0), middle - TRACK / 2.0,
                       (to - from) * width - (level > 1 ? 1.5 : 0)
                           - (level < WAY_N_LEVELS ? 1.5 : 0),
                       TRACK);
      cairo_fill (cr);
    }
}

static void
draw_flag (cairo_t *cr, double x, double top, double bottom, const GdkRGBA *color)
{
  gdk_cairo_set_source_rgba (cr, color);
  cairo_set_line_width (cr, 2);
  cairo_move_to (cr, x, bottom);
  cairo_line_to (cr, x, top);
  cairo_stroke (cr);
  cairo_move_to (cr, x, top);
  cairo_line_to (cr, x + FLAG * 1.2, top + FLAG / 2.0);
  cairo_line_to (cr, x, top + FLAG);
  cairo_close_path (cr);
  cairo_fill (cr);
}

static void
draw_ring (cairo_t *cr, double x, double y, const GdkRGBA *color, const GdkRGBA *ground)
{
  cairo_arc (cr, x, y, RING - 1, 0, 2 * G_PI);
  gdk_cairo_set_source_rgba (cr, ground);
  cairo_fill_preserve (cr);
  gdk_cairo_set_source_rgba (cr, color);
  cairo_set_line_width (cr, 2.5);
  cairo_stroke (cr);
}

static void
draw_names (WayLevelBand *self,
            GtkSnapshot *snapshot,
            double width,
            double top,
            gboolean is_mirrored,
            const GdkRGBA *color)
{
  gboolean has_room = has_room_for_names (self, width);
  int line_height = get_line_height (self);

  for (int level = 1; level <= WAY_N_LEVELS; level++)
    {
      g_autoptr (PangoLayout) name = make_name (self, level);
      double from, to, middle, x;
      int name_width;

      get_part (self, level, &from, &to);
      pango_layout_get_pixel_size (name, &name_width, NULL);
      middle = (from + to) / 2 * width;
      if (is_mirrored)
        middle = width - middle;
      x = PAD + CLAMP (middle - name_width / 2.0, -PAD, MAX (width + PAD - name_width, 0));
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot,
                              &GRAPHENE_POINT_INIT ((float) x, (float) (has_room || level % 2 == 1
                                                                            ? top
                                                                            : top + line_height)));
      gtk_snapshot_append_layout (snapshot, name, color);
      gtk_snapshot_restore (snapshot);
    }
}

static void
way_level_band_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WayLevelBand *self = WAY_LEVEL_BAND (widget);
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  gboolean is_mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  double width = gtk_widget_get_width (widget) - 2 * PAD;
  double middle = RIDGE + RING;
  double base = middle - TRACK / 2.0 - 1;
  GdkRGBA color, accent, ground;
  cairo_t *cr;

  if (self->pack == NULL || width <= 0)
    return;

  gtk_style_context_get_color (style, &color);
  if (!gtk_style_context_lookup_color (style, "accent_color", &accent))
    accent = color;
  if (!gtk_style_context_lookup_color (style, "card_bg_color", &ground) || ground.alpha < .9)
    if (!gtk_style_context_lookup_color (style, "window_bg_color", &ground))
      ground = (GdkRGBA){ 1, 1, 1, 1 };

  cr = gtk_snapshot_append_cairo (snapshot,
                                  &GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget),
                                                       (float) gtk_widget_get_height (widget)));
  cairo_translate (cr, PAD, 0);
  if (is_mirrored)
    {
      cairo_translate (cr, width, 0);
      cairo_scale (cr, -1, 1);
    }
  draw_track (self, cr, width, middle, &color, &accent);
  if (self->is_measured)
    draw_ridge (self, cr, width, base, &accent);
  if (self->required >= 1 && self->required <= WAY_N_LEVELS)
    {
      double from, to;

      get_part (self, self->required, &from, &to);
      draw_flag (cr, from * width, middle - TRACK / 2.0 - 26, middle + TRACK / 2.0, &color);
    }
  if (self->own_level >= 1 && self->own_level <= WAY_N_LEVELS)
    {
      double from, to;

      get_part (self, self->own_level, &from, &to);
      draw_ring (cr, (from + to) / 2 * width, middle, &color, &ground);
    }
  cairo_destroy (cr);

  draw_names (self, snapshot, width, middle + RING + GAP, is_mirrored, &color);
}

static void
way_level_band_dispose (GObject *object)
{
  g_clear_object (&WAY_LEVEL_BAND (object)->pack);

  G_OBJECT_CLASS (way_level_band_parent_class)->dispose (object);
}

static void
way_level_band_class_init (WayLevelBandClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = way_level_band_dispose;
  widget_class->get_request_mode = way_level_band_get_request_mode;
  widget_class->measure = way_level_band_measure;
  widget_class->snapshot = way_level_band_snapshot;
  gtk_widget_class_set_css_name (widget_class, "way-level-band");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
way_level_band_init (WayLevelBand *self)
{
}

/**
 * way_level_band_new:
 *
 * Returns: (transfer floating): a band that shows nothing yet
 */
GtkWidget *
way_level_band_new (void)
{
  return g_object_new (WAY_TYPE_LEVEL_BAND, NULL);
}

static char *
dup_description (WayLevelBand *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (int level = 1; self->is_measured && level <= WAY_N_LEVELS; level++)
    /* TRANSLATORS: how likely a level is, as “Everyday 62 in 100. ” */
    g_string_append_printf (text, _ ("%s %d in 100. "), way_level_name (self->pack, level),
                            (int) lround (self->estimate.levels[level - 1] * 100));
  if (self->own_level > 0)
    g_string_append_printf (text, _ ("Your own rating is %s. "),
                            way_level_name (self->pack, self->own_level));
  if (self->required > 0)
    g_string_append_printf (text, _ ("Your role needs %s."),
                            way_level_name (self->pack, self->required));

  return g_strchomp (g_string_free (g_steal_pointer (&text), FALSE));
}

/**
 * way_level_band_set_estimate:
 * @self: a band
 * @pack: the pack whose levels and cuts they are
 * @estimate: (nullable): what was measured; NULL or without items when nothing was
 * @own_level: the person's own rating, 0 for none
 * @required: the level that the role needs, 0 for none
 *
 * Shows one capability.
 */
void
way_level_band_set_estimate (
    WayLevelBand *self, WayPack *pack, const WayEstimate *estimate, int own_level, int required)
{
  g_autofree char *label = NULL;
  g_autofree char *description = NULL;

  g_return_if_fail (WAY_IS_LEVEL_BAND (self));
  g_return_if_fail (WAY_IS_PACK (pack));

  g_set_object (&self->pack, pack);
  for (int i = 0; i < WAY_N_LEVELS - 1; i++)
    self->cuts[i] = way_pack_get_cuts (pack)[i];
  self->is_measured = estimate != NULL && estimate->n_items > 0 && estimate->sd > 0;
  if (self->is_measured)
    self->estimate = *estimate;
  self->own_level = own_level;
  self->required = required;

  label = way_describe_estimate (pack, self->is_measured ? estimate : NULL);
  description = dup_description (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
draw_mark_cb (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user_data)
{
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (area));
  const GdkRGBA nothing = { 0, 0, 0, 0 };
  GdkRGBA color;

  gtk_style_context_get_color (style, &color);
  if (GPOINTER_TO_INT (user_data) == WAY_LEVEL_MARK_OWN)
    draw_ring (cr, width / 2.0, height / 2.0, &color, &nothing);
  else
    draw_flag (cr, 3, 1, height - 1, &color);
}

/**
 * way_level_mark_new:
 * @mark: which
 *
 * One mark of the band alone, to stand before the words that say what it is.
 *
 * Returns: (transfer floating): a picture that is no part of the accessible tree
 */
GtkWidget *
way_level_mark_new (WayLevelMark mark)
{
  GtkWidget *area = gtk_drawing_area_new ();

  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (area), 2 * RING + 2);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), 2 * RING + 2);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_mark_cb, GINT_TO_POINTER (mark),
                                  NULL);
  gtk_widget_set_valign (area, GTK_ALIGN_CENTER);
  gtk_accessible_update_state (GTK_ACCESSIBLE (area), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);

  return area;
}
