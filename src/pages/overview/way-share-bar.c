/* way-share-bar.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/overview/way-share-bar.h"

#include "widgets/way-compat.h"

#include <glib/gi18n.h>

#define HEIGHT 18
#define STRIPE 8
#define WORDS 6 /* between the bar and its words */

/* How measured people and capabilities stand, as parts of one bar: filled is met, striped
 * is not sure, open is not yet. The words stand under their parts, so nothing has to be
 * told by its shade. */
struct _WayShareBar
{
  GtkWidget parent_instance;

  guint counts[3];
};

G_DEFINE_FINAL_TYPE (WayShareBar, way_share_bar, GTK_TYPE_WIDGET)

static const char *const NAMES[] = { N_ ("Met"), N_ ("Not sure yet"), N_ ("Not yet") };

static guint
get_sum (WayShareBar *self)
{
  return self->counts[0] + self->counts[1] + self->counts[2];
}

static PangoLayout *
create_words (WayShareBar *self, guint part)
{
  guint sum = get_sum (self);
  g_autofree char *text = g_strdup_printf ("%s %u %%", _ (NAMES[part]),
                                           sum > 0 ? (self->counts[part] * 100 + sum / 2) / sum
                                                   : 0);

  return gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
}

static void
way_share_bar_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  g_autoptr (PangoLayout) layout = create_words (WAY_SHARE_BAR (widget), 0);
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 120 : HEIGHT + WORDS + height;
  *minimum_baseline = *natural_baseline = -1;
}

static void
draw_stripes (GtkSnapshot *snapshot, const graphene_rect_t *area, const GdkRGBA *color)
{
  GskColorStop stops[4] = {
    { 0, *color },
    { .4F, *color },
    { .4F, { 0, 0, 0, 0 } },
    { 1, { 0, 0, 0, 0 } },
  };

  gtk_snapshot_append_repeating_linear_gradient (
      snapshot, area, &GRAPHENE_POINT_INIT (area->origin.x, area->origin.y),
      &GRAPHENE_POINT_INIT (area->origin.x + STRIPE, area->origin.y + STRIPE), stops,
      G_N_ELEMENTS (stops));
}

/* Words stand under the start of their part, moved so that none covers another; what does
 * not fit is left to the rows under the chart. */
static void
draw_words (WayShareBar *self, GtkSnapshot *snapshot, const float *starts, const GdkRGBA *color)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  gboolean is_mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  float free_from = 0;

  for (guint i = 0; i < G_N_ELEMENTS (self->counts); i++)
    {
      g_autoptr (PangoLayout) layout = NULL;
      int needed;
      float x = MAX (starts[i], free_from);

      if (self->counts[i] == 0)
        continue;
      layout = create_words (self, i);
      pango_layout_get_pixel_size (layout, &needed, NULL);
      x = MIN (x, (float) (width - needed));
      if (x < free_from)
        continue;
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot,
                              &GRAPHENE_POINT_INIT (is_mirrored ? (float) width - x - (float) needed
                                                                : x,
                                                    HEIGHT + WORDS));
      gtk_snapshot_append_layout (snapshot, layout, color);
      gtk_snapshot_restore (snapshot);
      free_from = x + (float) needed + 12;
    }
}

static void
way_share_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WayShareBar *self = WAY_SHARE_BAR (widget);
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  gboolean is_mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  float width = (float) gtk_widget_get_width (widget);
  guint sum = get_sum (self);
  GskRoundedRect outline;
  GdkRGBA color, accent;
  float starts[3] = { 0 };
  float x = 0;

  if (sum == 0 || width <= 0)
    return;
  gtk_style_context_get_color (style, &color);
  if (!gtk_style_context_lookup_color (style, "accent_color", &accent))
    accent = color;
  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (0, 0, width, HEIGHT), 6);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  for (guint i = 0; i < G_N_ELEMENTS (self->counts); i++)
    {
      float part = width * (float) self->counts[i] / (float) sum;
      graphene_rect_t area = GRAPHENE_RECT_INIT (is_mirrored ? width - x - part : x, 0, part,
                                                 HEIGHT);

      starts[i] = x;
      if (i == 0 && part > 0)
        gtk_snapshot_append_color (snapshot, &accent, &area);
      else if (i == 1 && part > 0)
        draw_stripes (snapshot, &area, &accent);
      x += part;
    }
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]){ 1.5F, 1.5F, 1.5F, 1.5F },
                              (GdkRGBA[4]){ accent, accent, accent, accent });
  draw_words (self, snapshot, starts, &color);
}

static void
way_share_bar_class_init (WayShareBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = way_share_bar_measure;
  widget_class->snapshot = way_share_bar_snapshot;
  gtk_widget_class_set_css_name (widget_class, "way-share-bar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
way_share_bar_init (WayShareBar *self)
{
  way_share_bar_set_shares (self, 0, 0, 0);
}

/**
 * way_share_bar_new:
 *
 * Returns: (transfer floating): a bar of nothing
 */
GtkWidget *
way_share_bar_new (void)
{
  return g_object_new (WAY_TYPE_SHARE_BAR, NULL);
}

/**
 * way_share_bar_set_shares:
 *
 * Shows three counts as parts of their sum.
 */
void
way_share_bar_set_shares (WayShareBar *self, guint met, guint not_sure, guint not_yet)
{
  g_autofree char *text = NULL;

  g_return_if_fail (WAY_IS_SHARE_BAR (self));

  self->counts[0] = met;
  self->counts[1] = not_sure;
  self->counts[2] = not_yet;
  text = g_strdup_printf ("%s: %u. %s: %u. %s: %u.", _ (NAMES[0]), met, _ (NAMES[1]), not_sure,
                          _ (NAMES[2]), not_yet);
  way_compat_name (GTK_WIDGET (self), _ ("How measured people stand"));
  way_compat_describe (GTK_WIDGET (self), text);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
