/* way-gap-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-gap-view.h"

#include <glib/gi18n.h>

#include "widgets/way-compat.h"
#include "widgets/way-flow-box.h"
#include "widgets/way-slot.h"
#include "widgets/way-wrap-box.h"

/* A text with gaps and the pieces that go into them. A piece goes in by dragging it, by
 * pressing it (it takes the first empty gap) or from the menu of a gap. */
struct _WayGapView
{
  WayInteractionView parent_instance;

  GPtrArray *order;  /* (owned) of WayChoice: the pieces as shown */
  GPtrArray *pieces; /* (owned) borrowed buttons, one a piece */
  GPtrArray *gaps;   /* (owned) of Gap */
};

typedef struct
{
  WayGapView *view;
  char *id; /* (borrowed) */
  GtkWidget *slot;
} Gap;

G_DEFINE_FINAL_TYPE (WayGapView, way_gap_view, WAY_TYPE_INTERACTION_VIEW)

static guint
count_uses (WayGapView *self, const char *id)
{
  guint n = 0;

  for (guint i = 0; i < self->gaps->len; i++)
    {
      Gap *gap = g_ptr_array_index (self->gaps, i);

      n += g_strcmp0 (way_slot_get_value (WAY_SLOT (gap->slot)), id) == 0 ? 1 : 0;
    }

  return n;
}

static void
update_pieces (WayGapView *self)
{
  for (guint i = 0; i < self->order->len; i++)
    {
      const WayChoice *piece = g_ptr_array_index (self->order, i);
      gboolean is_used = piece->match_max > 0 && count_uses (self, piece->id) >= piece->match_max;

      gtk_widget_set_sensitive (g_ptr_array_index (self->pieces, i),
                                !is_used
                                    && !way_interaction_view_is_marked (
                                        WAY_INTERACTION_VIEW (self)));
    }
}

/* A piece that is used up leaves the gap it was in before. */
static void
make_room (WayGapView *self, Gap *filled)
{
  const char *id = way_slot_get_value (WAY_SLOT (filled->slot));

  for (guint i = 0; id != NULL && i < self->order->len; i++)
    {
      const WayChoice *piece = g_ptr_array_index (self->order, i);

      if (g_strcmp0 (piece->id, id) != 0 || piece->match_max == 0)
        continue;
      for (guint j = 0; j < self->gaps->len && count_uses (self, id) > piece->match_max; j++)
        {
          Gap *gap = g_ptr_array_index (self->gaps, j);

          if (gap != filled && g_strcmp0 (way_slot_get_value (WAY_SLOT (gap->slot)), id) == 0)
            way_slot_set_value (WAY_SLOT (gap->slot), NULL);
        }
    }
}

static void
slot_changed_cb (WaySlot *slot, gpointer user_data)
{
  Gap *gap = user_data;

  make_room (gap->view, gap);
  update_pieces (gap->view);
  way_interaction_view_changed (WAY_INTERACTION_VIEW (gap->view));
}

static void
piece_clicked_cb (GtkButton *button, gpointer user_data)
{
  WayGapView *self = user_data;
  guint place;
  const WayChoice *piece;

  if (!g_ptr_array_find (self->pieces, button, &place))
    return;

  piece = g_ptr_array_index (self->order, place);
  for (guint i = 0; i < self->gaps->len; i++)
    {
      Gap *gap = g_ptr_array_index (self->gaps, i);

      if (way_slot_get_value (WAY_SLOT (gap->slot)) == NULL)
        {
          g_autofree char *text = NULL;
          const char *words = way_slot_find_text (WAY_SLOT (gap->slot), piece->id);

          way_slot_set_value (WAY_SLOT (gap->slot), piece->id);
          text = g_strdup_printf (_ ("Now in gap %u: %s"), i + 1, words);
          /* The piece may be used up now, and would lose the focus. */
          gtk_widget_grab_focus (way_slot_get_button (WAY_SLOT (gap->slot)));
          update_pieces (self);
          way_compat_announce (GTK_WIDGET (self), text);
          way_interaction_view_changed (WAY_INTERACTION_VIEW (self));
          return;
        }
    }
  way_compat_announce (GTK_WIDGET (button), _ ("Every gap is full. Empty one first."));
}

static GdkContentProvider *
drag_prepare_cb (GtkDragSource *source, double x, double y, gpointer user_data)
{
  const char *id = user_data;
  GtkWidget *piece = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (piece);

  gtk_drag_source_set_icon (source, paintable, (int) x, (int) y);

  return gdk_content_provider_new_typed (G_TYPE_STRING, id);
}

static GtkWidget *
make_piece (WayGapView *self, const WayChoice *piece)
{
  g_autofree char *text = way_flow_dup_speech (piece->content);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *label = gtk_label_new (text);
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_add_css_class (button, "way-chip");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  way_compat_describe (button, _ ("Goes into the first empty gap."));
  g_signal_connect (button, "clicked", G_CALLBACK (piece_clicked_cb), self);
  g_signal_connect (source, "prepare", G_CALLBACK (drag_prepare_cb), piece->id);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (source), GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (button, GTK_EVENT_CONTROLLER (source));

  return button;
}

static GtkWidget *
embed_cb (const WayNode *node, const char *sentence, gpointer user_data)
{
  WayGapView *self = user_data;
  Gap *gap;
  g_autofree char *name = NULL;

  if (node->type != WAY_NODE_GAP)
    return NULL;

  gap = g_new0 (Gap, 1);
  gap->view = self;
  gap->id = node->name;
  /* TRANSLATORS: a gap in a sentence, and the sentence. */
  name = g_strdup_printf (_ ("Gap %u: %s"), self->gaps->len + 1, sentence != NULL ? sentence : "");
  gap->slot = way_slot_new ("…", name);
  for (guint i = 0; i < self->order->len; i++)
    {
      const WayChoice *piece = g_ptr_array_index (self->order, i);
      g_autofree char *text = way_flow_dup_speech (piece->content);

      way_slot_add_option (WAY_SLOT (gap->slot), piece->id, text);
    }
  way_slot_set_accepts_drops (WAY_SLOT (gap->slot), TRUE);
  g_signal_connect (gap->slot, "changed", G_CALLBACK (slot_changed_cb), gap);
  g_ptr_array_add (self->gaps, gap);

  return gap->slot;
}

static void
build (WayInteractionView *view, WayPack *pack, guint64 seed, const char *sentence)
{
  WayGapView *self = WAY_GAP_VIEW (view);
  const WayInteraction *interaction = way_interaction_view_get_interaction (view);
  GtkWidget *chips = way_wrap_box_new (6, 6);
  GtkWidget *text;

  way_interaction_view_add_prompt (
      view, pack,
      _ ("Press a piece to put it in the next gap, drag it, or open the menu of a gap."));
  self->order = way_interaction_shuffle (interaction->choices, interaction->is_shuffled, seed);
  for (guint i = 0; i < self->order->len; i++)
    {
      GtkWidget *piece = make_piece (self, g_ptr_array_index (self->order, i));

      g_ptr_array_add (self->pieces, piece);
      way_wrap_box_append (WAY_WRAP_BOX (chips), piece);
    }
  gtk_widget_add_css_class (chips, "way-chips");
  gtk_accessible_update_property (GTK_ACCESSIBLE (chips), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Pieces"), -1);
  gtk_widget_set_parent (chips, GTK_WIDGET (self));

  text = way_flow_box_new (interaction->content, pack, embed_cb, self);
  gtk_widget_add_css_class (text, "way-gap-text");
  gtk_widget_set_parent (text, GTK_WIDGET (self));
}

static WayValue *
dup_value (WayInteractionView *view)
{
  WayGapView *self = WAY_GAP_VIEW (view);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->gaps->len; i++)
    {
      Gap *gap = g_ptr_array_index (self->gaps, i);
      const char *piece = way_slot_get_value (WAY_SLOT (gap->slot));

      if (piece != NULL)
        g_ptr_array_add (texts, g_strdup_printf ("%s %s", piece, gap->id));
    }

  return way_interaction_view_make_value (view, texts);
}

static void
set_value (WayInteractionView *view, const WayValue *value)
{
  WayGapView *self = WAY_GAP_VIEW (view);

  for (guint i = 0; i < self->gaps->len; i++)
    {
      Gap *gap = g_ptr_array_index (self->gaps, i);

      way_slot_set_value (WAY_SLOT (gap->slot), NULL);
      for (guint j = 0; value != NULL && j < value->texts->len; j++)
        {
          g_auto (GStrv) pair = g_strsplit (g_ptr_array_index (value->texts, j), " ", 2);

          if (g_strcmp0 (pair[1], gap->id) == 0)
            way_slot_set_value (WAY_SLOT (gap->slot), pair[0]);
        }
    }
  update_pieces (self);
}

static gboolean
is_complete (WayInteractionView *view)
{
  WayGapView *self = WAY_GAP_VIEW (view);
  guint n = 0;

  for (guint i = 0; i < self->gaps->len; i++)
    {
      Gap *gap = g_ptr_array_index (self->gaps, i);

      n += way_slot_get_value (WAY_SLOT (gap->slot)) != NULL ? 1 : 0;
    }

  return n > 0 && n >= MIN (self->gaps->len, self->order->len);
}

static char *
dup_right_piece (Gap *gap, const WayValue *correct)
{
  for (guint i = 0; correct != NULL && i < correct->texts->len; i++)
    {
      g_auto (GStrv) pair = g_strsplit (g_ptr_array_index (correct->texts, i), " ", 2);

      if (g_strcmp0 (pair[1], gap->id) == 0)
        return g_strdup (pair[0]);
    }

  return NULL;
}

static void
mark (WayInteractionView *view, const WayValue *correct, gboolean is_right)
{
  WayGapView *self = WAY_GAP_VIEW (view);

  for (guint i = 0; i < self->gaps->len; i++)
    {
      Gap *gap = g_ptr_array_index (self->gaps, i);
      const char *piece = way_slot_get_value (WAY_SLOT (gap->slot));
      g_autofree char *right = dup_right_piece (gap, correct);
      gboolean is_good = correct != NULL ? g_strcmp0 (piece, right) == 0 : is_right;

      way_slot_set_marking (WAY_SLOT (gap->slot), is_good ? WAY_MARKING_RIGHT : WAY_MARKING_WRONG);
      if (!is_good && right != NULL)
        {
          const char *words = way_slot_find_text (WAY_SLOT (gap->slot), right);
          g_autofree char *text = g_strdup_printf (_ ("Right for gap %u: %s"), i + 1, words);
          GtkWidget *label = gtk_label_new (text);

          gtk_label_set_wrap (GTK_LABEL (label), TRUE);
          gtk_label_set_xalign (GTK_LABEL (label), 0);
          gtk_widget_add_css_class (label, "way-choice-result");
          gtk_widget_set_parent (label, GTK_WIDGET (self));
        }
    }
  update_pieces (self);
}

static gboolean
press_digit (WayInteractionView *view, guint digit)
{
  WayGapView *self = WAY_GAP_VIEW (view);

  if (digit < 1 || digit > self->pieces->len
      || !gtk_widget_is_sensitive (g_ptr_array_index (self->pieces, digit - 1)))
    return FALSE;

  piece_clicked_cb (g_ptr_array_index (self->pieces, digit - 1), self);

  return TRUE;
}

static void
way_gap_view_finalize (GObject *object)
{
  WayGapView *self = WAY_GAP_VIEW (object);

  g_clear_pointer (&self->order, g_ptr_array_unref);
  g_ptr_array_unref (self->pieces);
  g_ptr_array_unref (self->gaps);

  G_OBJECT_CLASS (way_gap_view_parent_class)->finalize (object);
}

static void
way_gap_view_class_init (WayGapViewClass *klass)
{
  WayInteractionViewClass *view_class = WAY_INTERACTION_VIEW_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = way_gap_view_finalize;
  view_class->build = build;
  view_class->dup_value = dup_value;
  view_class->set_value = set_value;
  view_class->is_complete = is_complete;
  view_class->mark = mark;
  view_class->press_digit = press_digit;
}

static void
way_gap_view_init (WayGapView *self)
{
  self->pieces = g_ptr_array_new ();
  self->gaps = g_ptr_array_new_with_free_func (g_free);
}
