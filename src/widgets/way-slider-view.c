/* way-slider-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-slider-view.h"

#include <glib/gi18n.h>
#include <math.h>

#include "widgets/way-flow-box.h"

/* A number between two bounds. It has no answer until somebody has moved it, so that
 * where it begins is not taken for one. */
struct _WaySliderView
{
  WayInteractionView parent_instance;

  GtkWidget *scale;
  GtkWidget *label; /* what the slider stands at, in words */
  gboolean is_moved;
  gboolean is_setting;
};

G_DEFINE_FINAL_TYPE (WaySliderView, way_slider_view, WAY_TYPE_INTERACTION_VIEW)

static gboolean
is_whole (WaySliderView *self)
{
  const WayDeclaration *declaration = way_interaction_view_get_declaration (
      WAY_INTERACTION_VIEW (self));

  return declaration == NULL || declaration->base_type == WAY_BASE_INTEGER;
}

/* The nearest step that may be answered with. */
static double
get_number (WaySliderView *self)
{
  const WayInteraction *interaction = way_interaction_view_get_interaction (
      WAY_INTERACTION_VIEW (self));
  double number = gtk_range_get_value (GTK_RANGE (self->scale));

  if (interaction->step > 0)
    number = interaction->lower
             + round ((number - interaction->lower) / interaction->step) * interaction->step;
  if (is_whole (self))
    number = round (number);

  return CLAMP (number, interaction->lower, interaction->upper);
}

static char *
dup_number (WaySliderView *self)
{
  g_autoptr (WayValue) value = way_value_new_float (get_number (self));

  return g_strdup (way_value_get_text (value));
}

static void
update_label (WaySliderView *self)
{
  g_autofree char *text = self->is_moved ? dup_number (self) : g_strdup (_ ("Not chosen yet"));

  gtk_label_set_text (GTK_LABEL (self->label), text);
}

static void
value_changed_cb (WaySliderView *self)
{
  if (self->is_setting)
    return;

  self->is_moved = TRUE;
  update_label (self);
  way_interaction_view_changed (WAY_INTERACTION_VIEW (self));
}

static void
build (WayInteractionView *view, WayPack *pack, guint64 seed, const char *sentence)
{
  WaySliderView *self = WAY_SLIDER_VIEW (view);
  const WayInteraction *interaction = way_interaction_view_get_interaction (view);
  double span = interaction->upper - interaction->lower;
  double step = interaction->step > 0 ? interaction->step : is_whole (self) ? 1 : span / 100;
  g_autofree char *name = way_flow_dup_speech (interaction->prompt);
  g_autoptr (WayValue) lower = way_value_new_float (interaction->lower);
  g_autoptr (WayValue) upper = way_value_new_float (interaction->upper);

  way_interaction_view_add_prompt (view, pack, _ ("Move the slider; the arrow keys move it too."));
  self->scale = gtk_scale_new_with_range (interaction->is_vertical ? GTK_ORIENTATION_VERTICAL
                                                                   : GTK_ORIENTATION_HORIZONTAL,
                                          interaction->lower, interaction->upper, step);
  gtk_scale_set_draw_value (GTK_SCALE (self->scale), FALSE);
  gtk_range_set_inverted (GTK_RANGE (self->scale), interaction->is_reversed);
  gtk_scale_add_mark (GTK_SCALE (self->scale), interaction->lower, GTK_POS_BOTTOM,
                      way_value_get_text (lower));
  gtk_scale_add_mark (GTK_SCALE (self->scale), interaction->upper, GTK_POS_BOTTOM,
                      way_value_get_text (upper));
  if (interaction->has_step_labels && step > 0 && span / step <= 20)
    {
      for (double at = interaction->lower + step; at < interaction->upper - step / 2; at += step)
        {
          g_autoptr (WayValue) value = way_value_new_float (at);

          gtk_scale_add_mark (GTK_SCALE (self->scale), at, GTK_POS_BOTTOM,
                              way_value_get_text (value));
        }
    }
  if (interaction->is_vertical)
    gtk_widget_set_size_request (self->scale, -1, 240);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  *name != '\0' ? name : _ ("Slider"), -1);
  g_signal_connect_swapped (self->scale, "value-changed", G_CALLBACK (value_changed_cb), self);
  gtk_widget_set_parent (self->scale, GTK_WIDGET (self));

  self->label = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->label, "heading");
  gtk_widget_add_css_class (self->label, "numeric");
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  update_label (self);
}

static WayValue *
dup_value (WayInteractionView *view)
{
  WaySliderView *self = WAY_SLIDER_VIEW (view);
  g_autofree char *number = self->is_moved ? dup_number (self) : NULL;
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();

  if (number != NULL)
    g_ptr_array_add (texts, number);

  return way_interaction_view_make_value (view, texts);
}

static void
set_value (WayInteractionView *view, const WayValue *value)
{
  WaySliderView *self = WAY_SLIDER_VIEW (view);
  double number;

  self->is_setting = TRUE;
  self->is_moved = way_value_get_number (value, &number);
  if (self->is_moved)
    gtk_range_set_value (GTK_RANGE (self->scale), number);
  self->is_setting = FALSE;
  update_label (self);
}

static gboolean
is_complete (WayInteractionView *view)
{
  return WAY_SLIDER_VIEW (view)->is_moved;
}

static void
mark (WayInteractionView *view, const WayValue *correct, gboolean is_right)
{
  WaySliderView *self = WAY_SLIDER_VIEW (view);
  g_autofree char *number = self->is_moved ? dup_number (self) : g_strdup (_ ("no answer"));
  const char *right = correct != NULL ? way_value_get_text (correct) : NULL;
  g_autofree char *text = NULL;

  if (is_right)
    text = g_strdup_printf (_ ("%s: right"), number);
  else if (right != NULL)
    text = g_strdup_printf (_ ("%s: not right; it is %s"), number, right);
  else
    text = g_strdup_printf (_ ("%s: not right"), number);
  gtk_label_set_text (GTK_LABEL (self->label), text);
  gtk_widget_set_sensitive (self->scale, FALSE);
}

static void
way_slider_view_class_init (WaySliderViewClass *klass)
{
  WayInteractionViewClass *view_class = WAY_INTERACTION_VIEW_CLASS (klass);

  view_class->build = build;
  view_class->dup_value = dup_value;
  view_class->set_value = set_value;
  view_class->is_complete = is_complete;
  view_class->mark = mark;
}

static void
way_slider_view_init (WaySliderView *self)
{
}
