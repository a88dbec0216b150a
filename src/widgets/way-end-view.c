/* way-end-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-end-view.h"

/* A button in the text that answers at once, such as “Show a hint”. */
struct _WayEndView
{
  WayInteractionView parent_instance;

  GtkWidget *button;
  gboolean is_pressed;
};

G_DEFINE_FINAL_TYPE (WayEndView, way_end_view, WAY_TYPE_INTERACTION_VIEW)

static void
clicked_cb (WayEndView *self)
{
  self->is_pressed = TRUE;
  way_interaction_view_changed (WAY_INTERACTION_VIEW (self));
  way_interaction_view_answer (WAY_INTERACTION_VIEW (self));
}

static void
build (WayInteractionView *view, WayPack *pack, guint64 seed, const char *sentence)
{
  WayEndView *self = WAY_END_VIEW (view);

  self->button = gtk_button_new_with_label (way_interaction_view_get_interaction (view)->title);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (clicked_cb), self);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

static WayValue *
dup_value (WayInteractionView *view)
{
  return way_value_new_text (WAY_BASE_BOOLEAN, WAY_END_VIEW (view)->is_pressed ? "true" : "false");
}

static void
set_value (WayInteractionView *view, const WayValue *value)
{
  WAY_END_VIEW (view)->is_pressed = way_value_holds (value, "true");
}

/* There is an answer without it. */
static gboolean
is_complete (WayInteractionView *view)
{
  return TRUE;
}

static void
mark (WayInteractionView *view, const WayValue *correct, gboolean is_right)
{
  gtk_widget_set_sensitive (WAY_END_VIEW (view)->button, FALSE);
}

static void
way_end_view_class_init (WayEndViewClass *klass)
{
  WayInteractionViewClass *view_class = WAY_INTERACTION_VIEW_CLASS (klass);

  view_class->build = build;
  view_class->dup_value = dup_value;
  view_class->set_value = set_value;
  view_class->is_complete = is_complete;
  view_class->mark = mark;
}

static void
way_end_view_init (WayEndView *self)
{
}
