/* way-associate-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-associate-view.h"

#include <glib/gi18n.h>

#include "widgets/way-flow-box.h"
#include "widgets/way-slot.h"

#define MOST_PAIRS 12

/* Things that belong together in pairs: a row for each pair, with a menu for either half. */
struct _WayAssociateView
{
  WayInteractionView parent_instance;

  GPtrArray *slots; /* (owned) borrowed, two a pair */
};

G_DEFINE_FINAL_TYPE (WayAssociateView, way_associate_view, WAY_TYPE_INTERACTION_VIEW)

static const char *
get_half (WayAssociateView *self, guint n)
{
  return way_slot_get_value (g_ptr_array_index (self->slots, n));
}

static guint
count_uses (WayAssociateView *self, const char *id)
{
  guint n = 0;

  for (guint i = 0; i < self->slots->len; i++)
    n += g_strcmp0 (get_half (self, i), id) == 0 ? 1 : 0;

  return n;
}

/* What is used up leaves the place where it was before. */
static void
slot_changed_cb (WaySlot *slot, gpointer user_data)
{
  WayAssociateView *self = user_data;
  GPtrArray *choices = way_interaction_view_get_interaction (WAY_INTERACTION_VIEW (self))->choices;
  const char *id = way_slot_get_value (slot);

  for (guint i = 0; id != NULL && i < choices->len; i++)
    {
      const WayChoice *choice = g_ptr_array_index (choices, i);

      if (choice->match_max == 0 || !g_str_equal (choice->id, id))
        continue;
      for (guint j = 0; j < self->slots->len && count_uses (self, id) > choice->match_max; j++)
        {
          WaySlot *other = g_ptr_array_index (self->slots, j);

          if (other != slot && g_strcmp0 (way_slot_get_value (other), id) == 0)
            way_slot_set_value (other, NULL);
        }
    }
  way_interaction_view_changed (WAY_INTERACTION_VIEW (self));
}

static GtkWidget *
make_slot (WayAssociateView *self, GPtrArray *order, guint pair, guint half)
{
  g_autofree char *name = g_strdup_printf (half == 0 ? _ ("Pair %u, first") : _ ("Pair %u, second"),
                                           pair + 1);
  GtkWidget *slot = way_slot_new (_ ("Choose…"), name);

  for (guint i = 0; i < order->len; i++)
    {
      const WayChoice *choice = g_ptr_array_index (order, i);
      g_autofree char *text = way_flow_dup_speech (choice->content);

      way_slot_add_option (WAY_SLOT (slot), choice->id, text);
    }
  gtk_widget_set_hexpand (slot, TRUE);
  g_signal_connect (slot, "changed", G_CALLBACK (slot_changed_cb), self);
  g_ptr_array_add (self->slots, slot);

  return slot;
}

static guint
count_pairs (const WayInteraction *interaction)
{
  guint n = interaction->max_choices > 0 ? interaction->max_choices
                                         : (interaction->choices->len + 1) / 2;

  return CLAMP (n, 1, MOST_PAIRS);
}

static void
build (WayInteractionView *view, WayPack *pack, guint64 seed, const char *sentence)
{
  WayAssociateView *self = WAY_ASSOCIATE_VIEW (view);
  const WayInteraction *interaction = way_interaction_view_get_interaction (view);
  g_autoptr (GPtrArray)
      order = way_interaction_shuffle (interaction->choices, interaction->is_shuffled, seed);

  way_interaction_view_add_prompt (view, pack, _ ("Choose both halves of each pair."));
  for (guint i = 0; i < count_pairs (interaction); i++)
    {
      GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      GtkWidget *with = gtk_label_new (_ ("with"));

      gtk_box_append (GTK_BOX (row), make_slot (self, order, i, 0));
      gtk_box_append (GTK_BOX (row), with);
      gtk_box_append (GTK_BOX (row), make_slot (self, order, i, 1));
      gtk_widget_set_parent (row, GTK_WIDGET (self));
    }
}

static WayValue *
dup_value (WayInteractionView *view)
{
  WayAssociateView *self = WAY_ASSOCIATE_VIEW (view);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i + 1 < self->slots->len; i += 2)
    if (get_half (self, i) != NULL && get_half (self, i + 1) != NULL)
      g_ptr_array_add (texts,
                       g_strdup_printf ("%s %s", get_half (self, i), get_half (self, i + 1)));

  return way_interaction_view_make_value (view, texts);
}

static void
set_value (WayInteractionView *view, const WayValue *value)
{
  WayAssociateView *self = WAY_ASSOCIATE_VIEW (view);

  for (guint i = 0; i + 1 < self->slots->len; i += 2)
    {
      gboolean is_given = value != NULL && i / 2 < value->texts->len;
      g_auto (GStrv) pair = is_given ? g_strsplit (g_ptr_array_index (value->texts, i / 2), " ", 2)
                                     : NULL;
      gboolean is_whole = pair != NULL && g_strv_length (pair) == 2;

      way_slot_set_value (g_ptr_array_index (self->slots, i), is_whole ? pair[0] : NULL);
      way_slot_set_value (g_ptr_array_index (self->slots, i + 1), is_whole ? pair[1] : NULL);
    }
}

static gboolean
is_complete (WayInteractionView *view)
{
  WayAssociateView *self = WAY_ASSOCIATE_VIEW (view);
  guint least = way_interaction_view_get_interaction (view)->min_choices;
  guint n = 0;

  for (guint i = 0; i + 1 < self->slots->len; i += 2)
    {
      /* Half a pair is a slip, not an answer. */
      if ((get_half (self, i) == NULL) != (get_half (self, i + 1) == NULL))
        return FALSE;
      n += get_half (self, i) != NULL ? 1 : 0;
    }

  return n >= MAX (least, 1);
}

static gboolean
holds_pair (const WayValue *correct, const char *a, const char *b)
{
  g_autofree char *one = g_strdup_printf ("%s %s", a, b);
  g_autofree char *other = g_strdup_printf ("%s %s", b, a);

  return way_value_holds (correct, one) || way_value_holds (correct, other);
}

static void
mark (WayInteractionView *view, const WayValue *correct, gboolean is_right)
{
  WayAssociateView *self = WAY_ASSOCIATE_VIEW (view);

  for (guint i = 0; i + 1 < self->slots->len; i += 2)
    {
      gboolean is_good = is_right;

      if (get_half (self, i) == NULL)
        {
          way_slot_set_marking (g_ptr_array_index (self->slots, i), WAY_MARKING_OTHER);
          way_slot_set_marking (g_ptr_array_index (self->slots, i + 1), WAY_MARKING_OTHER);
          continue;
        }
      if (correct != NULL)
        is_good = holds_pair (correct, get_half (self, i), get_half (self, i + 1));
      for (guint half = 0; half < 2; half++)
        way_slot_set_marking (g_ptr_array_index (self->slots, i + half),
                              is_good ? WAY_MARKING_RIGHT : WAY_MARKING_WRONG);
    }

  for (guint i = 0; !is_right && correct != NULL && i < correct->texts->len; i++)
    {
      g_auto (GStrv) pair = g_strsplit (g_ptr_array_index (correct->texts, i), " ", 2);
      const char *a = way_slot_find_text (g_ptr_array_index (self->slots, 0), pair[0]);
      const char *b = way_slot_find_text (g_ptr_array_index (self->slots, 0), pair[1]);
      g_autofree char *text = g_strdup_printf (_ ("These belong together: %s, %s"),
                                               a != NULL ? a : "", b != NULL ? b : "");
      GtkWidget *label = gtk_label_new (text);

      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_add_css_class (label, "way-choice-result");
      gtk_widget_set_parent (label, GTK_WIDGET (self));
    }
}

static void
way_associate_view_finalize (GObject *object)
{
  g_ptr_array_unref (WAY_ASSOCIATE_VIEW (object)->slots);

  G_OBJECT_CLASS (way_associate_view_parent_class)->finalize (object);
}

static void
way_associate_view_class_init (WayAssociateViewClass *klass)
{
  WayInteractionViewClass *view_class = WAY_INTERACTION_VIEW_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = way_associate_view_finalize;
  view_class->build = build;
  view_class->dup_value = dup_value;
  view_class->set_value = set_value;
  view_class->is_complete = is_complete;
  view_class->mark = mark;
}

static void
way_associate_view_init (WayAssociateView *self)
{
  self->slots = g_ptr_array_new ();
}
