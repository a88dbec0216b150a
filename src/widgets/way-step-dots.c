/* way-step-dots.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-step-dots.h"

#include <glib/gi18n.h>

#define DOT 8
#define CURRENT 22 /* the step where you are is a bar */
#define GAP 8

/* Where you are among the steps of a module, and which are done. */
struct _WayStepDots
{
  GtkWidget parent_instance;

  char **names;   /* (owned) (nullable) */
  gboolean *done; /* (owned) one a name */
  guint n;
  guint current;
};

G_DEFINE_FINAL_TYPE (WayStepDots, way_step_dots, GTK_TYPE_WIDGET)

static void
update_words (WayStepDots *self)
{
  g_autofree char *label = NULL;

  if (self->n == 0)
    return;

  /* TRANSLATORS: as in “Step 2 of 9: Who really sent it?” */
  label = g_strdup_printf (_ ("Step %u of %u: %s"), self->current + 1, self->n,
                           self->names[self->current]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), label);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
way_step_dots_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  WayStepDots *self = WAY_STEP_DOTS (widget);

  if (orientation == GTK_ORIENTATION_VERTICAL || self->n == 0)
    *minimum = *natural = DOT;
  else
    {
      *natural = (int) (self->n - 1) * (DOT + GAP) + CURRENT;
      *minimum = (int) (self->n - 1) * (DOT + GAP / 4) + CURRENT;
    }
  *minimum_baseline = *natural_baseline = -1;
}

static void
way_step_dots_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WayStepDots *self = WAY_STEP_DOTS (widget);
  gboolean is_mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int width = gtk_widget_get_width (widget);
  double top = (gtk_widget_get_height (widget) - DOT) / 2.0;
  double gap = GAP, x = 0;
  GdkRGBA color, accent;

  if (self->n == 0)
    return;

  if (self->n > 1)
    gap = CLAMP ((width - CURRENT - DOT * (self->n - 1.0)) / (self->n - 1.0), GAP / 4.0, GAP);
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), "accent_color",
                                       &accent))
    accent = color;

  for (guint i = 0; i < self->n; i++)
    {
      gboolean is_here = i == self->current;
      double length = is_here ? CURRENT : DOT;
      const GdkRGBA *ink = is_here || self->done[i] ? &accent : &color;
      const GdkRGBA colors[4] = { *ink, *ink, *ink, *ink };
      const float filled[4] = { DOT / 2.0F, DOT / 2.0F, DOT / 2.0F, DOT / 2.0F };
      const float open[4] = { 1.5F, 1.5F, 1.5F, 1.5F };
      GskRoundedRect dot;

      gsk_rounded_rect_init_from_rect (
          &dot,
          &GRAPHENE_RECT_INIT ((float) (is_mirrored ? width - x - length : x), (float) top,
                               (float) length, DOT),
          DOT / 2.0F);
      gtk_snapshot_append_border (snapshot, &dot, is_here || self->done[i] ? filled : open, colors);
      x += length + gap;
    }
}

static void
way_step_dots_finalize (GObject *object)
{
  WayStepDots *self = WAY_STEP_DOTS (object);

  g_strfreev (self->names);
  g_free (self->done);

  G_OBJECT_CLASS (way_step_dots_parent_class)->finalize (object);
}

static void
way_step_dots_class_init (WayStepDotsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = way_step_dots_finalize;
  widget_class->measure = way_step_dots_measure;
  widget_class->snapshot = way_step_dots_snapshot;
  gtk_widget_class_set_css_name (widget_class, "way-step-dots");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
way_step_dots_init (WayStepDots *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

/**
 * way_step_dots_new:
 *
 * Returns: (transfer floating): dots without steps
 */
GtkWidget *
way_step_dots_new (void)
{
  return g_object_new (WAY_TYPE_STEP_DOTS, NULL);
}

/**
 * way_step_dots_set_names:
 * @self: dots
 * @names: (array zero-terminated=1): what the steps are called
 *
 * Sets the steps: none is done, and the first is where you are.
 */
void
way_step_dots_set_names (WayStepDots *self, const char *const *names)
{
  g_return_if_fail (WAY_IS_STEP_DOTS (self));
  g_return_if_fail (names != NULL);

  g_strfreev (self->names);
  g_free (self->done);
  self->names = g_strdupv ((char **) names);
  self->n = g_strv_length (self->names);
  self->done = g_new0 (gboolean, self->n);
  self->current = 0;
  update_words (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * way_step_dots_set_done:
 * @self: dots
 * @step: which, from 0
 * @is_done: whether it is done
 *
 * Fills or opens the dot of a step.
 */
void
way_step_dots_set_done (WayStepDots *self, guint step, gboolean is_done)
{
  g_return_if_fail (WAY_IS_STEP_DOTS (self));
  g_return_if_fail (step < self->n);

  self->done[step] = is_done;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * way_step_dots_set_current:
 * @self: dots
 * @step: which, from 0
 *
 * Sets where you are.
 */
void
way_step_dots_set_current (WayStepDots *self, guint step)
{
  g_return_if_fail (WAY_IS_STEP_DOTS (self));
  g_return_if_fail (step < self->n);

  self->current = step;
  update_words (self);
}
