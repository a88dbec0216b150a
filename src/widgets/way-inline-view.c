/* way-inline-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-inline-view.h"

#include <glib/gi18n.h>

#include "widgets/way-flow-box.h"
#include "widgets/way-slot.h"

#define RESULT_CHARACTERS 16 /* about as wide as a gap */

/* A choice in the middle of a sentence. */
struct _WayInlineView
{
  WayInteractionView parent_instance;

  GtkWidget *slot;
};

G_DEFINE_FINAL_TYPE (WayInlineView, way_inline_view, WAY_TYPE_INTERACTION_VIEW)

static void
build (WayInteractionView *view, WayPack *pack, guint64 seed, const char *sentence)
{
  WayInlineView *self = WAY_INLINE_VIEW (view);
  const WayInteraction *interaction = way_interaction_view_get_interaction (view);
  g_autoptr (GPtrArray) order = NULL;

  self->slot = way_slot_new (_ ("Choose…"), sentence != NULL ? sentence : _ ("Choose"));
  order = way_interaction_shuffle (interaction->choices, interaction->is_shuffled, seed);
  for (guint i = 0; i < order->len; i++)
    {
      const WayChoice *choice = g_ptr_array_index (order, i);
      g_autofree char *text = way_flow_dup_speech (choice->content);

      way_slot_add_option (WAY_SLOT (self->slot), choice->id, text);
    }
  g_signal_connect_swapped (self->slot, "changed", G_CALLBACK (way_interaction_view_changed), self);
  gtk_widget_set_parent (self->slot, GTK_WIDGET (self));
}

static WayValue *
dup_value (WayInteractionView *view)
{
  const char *id = way_slot_get_value (WAY_SLOT (WAY_INLINE_VIEW (view)->slot));
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();

  if (id != NULL)
    g_ptr_array_add (texts, (gpointer) id);

  return way_interaction_view_make_value (view, texts);
}

static void
set_value (WayInteractionView *view, const WayValue *value)
{
  way_slot_set_value (WAY_SLOT (WAY_INLINE_VIEW (view)->slot),
                      value != NULL ? way_value_get_text (value) : NULL);
}

static gboolean
is_complete (WayInteractionView *view)
{
  return way_slot_get_value (WAY_SLOT (WAY_INLINE_VIEW (view)->slot)) != NULL;
}

static void
mark (WayInteractionView *view, const WayValue *correct, gboolean is_right)
{
  WayInlineView *self = WAY_INLINE_VIEW (view);
  const char *id = way_slot_get_value (WAY_SLOT (self->slot));
  gboolean is_good = correct != NULL ? way_value_holds (correct, id) : is_right;

  way_slot_set_marking (WAY_SLOT (self->slot), is_good ? WAY_MARKING_RIGHT : WAY_MARKING_WRONG);
  if (!is_good && correct != NULL && way_value_get_text (correct) != NULL)
    {
      const char *words = way_slot_find_text (WAY_SLOT (self->slot), way_value_get_text (correct));
      g_autofree char *text = g_strdup_printf (_ ("Right: %s"), words != NULL ? words : "");
      GtkWidget *label = gtk_label_new (text);

      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      /* The sentence goes on beside it. */
      gtk_label_set_max_width_chars (GTK_LABEL (label), RESULT_CHARACTERS);
      gtk_widget_add_css_class (label, "way-choice-result");
      gtk_widget_set_parent (label, GTK_WIDGET (self));
    }
}

static void
way_inline_view_class_init (WayInlineViewClass *klass)
{
  WayInteractionViewClass *view_class = WAY_INTERACTION_VIEW_CLASS (klass);

  view_class->build = build;
  view_class->dup_value = dup_value;
  view_class->set_value = set_value;
  view_class->is_complete = is_complete;
  view_class->mark = mark;
}

static void
way_inline_view_init (WayInlineView *self)
{
}
