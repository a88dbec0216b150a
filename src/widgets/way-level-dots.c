/* way-level-dots.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-level-dots.h"

#include <glib/gi18n.h>

#include "widgets/way-words.h"

#define DOT 8
#define GAP 4

/* A level as a number of filled dots among four. The name of the level belongs beside it:
 * this is only its picture. */
struct _WayLevelDots
{
  GtkWidget parent_instance;

  int level;
};

G_DEFINE_FINAL_TYPE (WayLevelDots, way_level_dots, GTK_TYPE_WIDGET)

static void
way_level_dots_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WAY_N_LEVELS * (DOT + GAP) - GAP
                                                                  : DOT;
  *minimum_baseline = *natural_baseline = -1;
}

static void
way_level_dots_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WayLevelDots *self = WAY_LEVEL_DOTS (widget);
  gboolean is_mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  double top = (gtk_widget_get_height (widget) - DOT) / 2.0;
  GdkRGBA color;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  for (int i = 0; i < WAY_N_LEVELS; i++)
    {
      int place = is_mirrored ? WAY_N_LEVELS - 1 - i : i;
      GskRoundedRect dot;
      const GdkRGBA colors[4] = { color, color, color, color };
      const float filled[4] = { DOT / 2.0F, DOT / 2.0F, DOT / 2.0F, DOT / 2.0F };
      const float open[4] = { 1.5F, 1.5F, 1.5F, 1.5F };

      gsk_rounded_rect_init_from_rect (
          &dot, &GRAPHENE_RECT_INIT (place * (DOT + GAP), (float) top, DOT, DOT), DOT / 2.0F);
      gtk_snapshot_append_border (snapshot, &dot, i < self->level ? filled : open, colors);
    }
}

static void
way_level_dots_class_init (WayLevelDotsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = way_level_dots_measure;
  widget_class->snapshot = way_level_dots_snapshot;
  gtk_widget_class_set_css_name (widget_class, "way-level-dots");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
way_level_dots_init (WayLevelDots *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
}

/**
 * way_level_dots_new:
 *
 * Returns: (transfer floating): dots that show no level
 */
GtkWidget *
way_level_dots_new (void)
{
  return g_object_new (WAY_TYPE_LEVEL_DOTS, NULL);
}

/**
 * way_level_dots_set_level:
 * @self: dots
 * @pack: the pack whose level it is
 * @level: 1 to 4, or 0 for none
 *
 * Shows a level.
 */
void
way_level_dots_set_level (WayLevelDots *self, WayPack *pack, int level)
{
  g_return_if_fail (WAY_IS_LEVEL_DOTS (self));

  self->level = CLAMP (level, 0, WAY_N_LEVELS);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->level == 0 ? _ ("No level")
                                                   : way_level_name (pack, self->level),
                                  -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
