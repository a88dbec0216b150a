/* way-match-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-match-view.h"

#include <glib/gi18n.h>

#include "widgets/way-compat.h"
#include "widgets/way-flow-box.h"
#include "widgets/way-slot.h"
#include "widgets/way-wrap-box.h"

/* Lines to be put into one of several places each: a row for each line, with a slot whose
 * menu has the places; the places above can be dragged to it as well. */
struct _WayMatchView
{
  WayInteractionView parent_instance;

  GPtrArray *cells; /* (owned) of Cell */
};

/* One slot of one line: a line that may go to several places has several. */
typedef struct
{
  WayMatchView *view;
  const WayChoice *source; /* (borrowed) */
  GtkWidget *slot;
  GtkWidget *result; /* what would have been right */
} Cell;

G_DEFINE_FINAL_TYPE (WayMatchView, way_match_view, WAY_TYPE_INTERACTION_VIEW)

static const WayChoice *
find_target (WayMatchView *self, const char *id)
{
  GPtrArray *targets = way_interaction_view_get_interaction (WAY_INTERACTION_VIEW (self))->targets;

  for (guint i = 0; i < targets->len; i++)
    {
      const WayChoice *target = g_ptr_array_index (targets, i);

      if (g_strcmp0 (target->id, id) == 0)
        return target;
    }

  return NULL;
}

/* A place that is full gives up what came first; a line is not twice in one place. */
static void
make_room (WayMatchView *self, Cell *filled)
{
  const char *id = way_slot_get_value (WAY_SLOT (filled->slot));
  const WayChoice *target = id != NULL ? find_target (self, id) : NULL;
  guint n = 0;

  if (target == NULL)
    return;

  for (guint i = 0; i < self->cells->len; i++)
    {
      Cell *cell = g_ptr_array_index (self->cells, i);

      if (g_strcmp0 (way_slot_get_value (WAY_SLOT (cell->slot)), id) == 0)
        n += 1;
    }
  for (guint i = 0; i < self->cells->len; i++)
    {
      Cell *cell = g_ptr_array_index (self->cells, i);

      if (cell == filled || g_strcmp0 (way_slot_get_value (WAY_SLOT (cell->slot)), id) != 0)
        continue;
      if (cell->source == filled->source || (target->match_max > 0 && n > target->match_max))
        {
          way_slot_set_value (WAY_SLOT (cell->slot), NULL);
          n--;
        }
    }
}

static void
slot_changed_cb (WaySlot *slot, gpointer user_data)
{
  Cell *cell = user_data;

  make_room (cell->view, cell);
  way_interaction_view_changed (WAY_INTERACTION_VIEW (cell->view));
}

static GdkContentProvider *
drag_prepare_cb (GtkDragSource *source, double x, double y, gpointer user_data)
{
  const char *id = user_data;
  GtkWidget *chip = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (chip);

  gtk_drag_source_set_icon (source, paintable, (int) x, (int) y);

  return gdk_content_provider_new_typed (G_TYPE_STRING, id);
}

static GtkWidget *
make_chip (const WayChoice *target, const char *text)
{
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *label = gtk_label_new (text);
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (chip), label);
  gtk_widget_add_css_class (chip, "way-chip");
  gtk_widget_set_cursor_from_name (chip, "grab");
  g_signal_connect (source, "prepare", G_CALLBACK (drag_prepare_cb), target->id);
  gtk_widget_add_controller (chip, GTK_EVENT_CONTROLLER (source));

  return chip;
}

static void
build (WayInteractionView *view, WayPack *pack, guint64 seed, const char *sentence)
{
  WayMatchView *self = WAY_MATCH_VIEW (view);
  const WayInteraction *interaction = way_interaction_view_get_interaction (view);
  g_autoptr (GPtrArray) sources = NULL;
  g_autoptr (GPtrArray) targets = NULL;
  GtkWidget *chips = way_wrap_box_new (6, 6);
  GtkWidget *list = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST,
                                  "orientation", GTK_ORIENTATION_VERTICAL, NULL);

  way_interaction_view_add_prompt (view, pack,
                                   _ ("Choose from the menu of each line, or drag a word to it."));
  sources = way_interaction_shuffle (interaction->choices, interaction->is_shuffled, seed);
  targets = way_interaction_shuffle (interaction->targets, interaction->is_shuffled, seed + 1);

  for (guint i = 0; i < targets->len; i++)
    {
      const WayChoice *target = g_ptr_array_index (targets, i);
      g_autofree char *text = way_flow_dup_speech (target->content);

      way_wrap_box_append (WAY_WRAP_BOX (chips), make_chip (target, text));
    }
  gtk_widget_add_css_class (chips, "way-chips");
  gtk_accessible_update_property (GTK_ACCESSIBLE (chips), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Where they can go"), -1);
  gtk_widget_set_parent (chips, GTK_WIDGET (self));

  gtk_widget_add_css_class (list, "way-choices");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Lines"),
                                  -1);
  gtk_widget_set_parent (list, GTK_WIDGET (self));
  for (guint i = 0; i < sources->len; i++)
    {
      const WayChoice *source = g_ptr_array_index (sources, i);
      GtkWidget *row = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST_ITEM,
                                     NULL);
      GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
      GtkWidget *line = way_wrap_box_new (12, 6);
      GtkWidget *content = way_flow_box_new (source->content, pack, NULL, NULL);
      g_autofree char *text = way_flow_dup_speech (source->content);
      g_autofree char *name = g_strdup_printf (_ ("Put into: %s"), text);
      guint n_slots = source->match_max == 0 ? interaction->targets->len : source->match_max;

      gtk_widget_add_css_class (row, "way-match-row");
      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                      -1);
      gtk_widget_set_hexpand (column, TRUE);
      way_wrap_box_append (WAY_WRAP_BOX (line), content);
      gtk_box_append (GTK_BOX (column), line);
      gtk_box_append (GTK_BOX (row), column);
      for (guint j = 0; j < MIN (n_slots, interaction->targets->len); j++)
        {
          Cell *cell = g_new0 (Cell, 1);

          cell->view = self;
          cell->source = source;
          cell->slot = way_slot_new (_ ("Put into…"), name);
          for (guint k = 0; k < targets->len; k++)
            {
              const WayChoice *target = g_ptr_array_index (targets, k);
              g_autofree char *words = way_flow_dup_speech (target->content);

              way_slot_add_option (WAY_SLOT (cell->slot), target->id, words);
            }
          way_slot_set_accepts_drops (WAY_SLOT (cell->slot), TRUE);
          gtk_widget_set_valign (cell->slot, GTK_ALIGN_CENTER);
          gtk_widget_set_halign (cell->slot, GTK_ALIGN_END);
          g_signal_connect (cell->slot, "changed", G_CALLBACK (slot_changed_cb), cell);
          cell->result = gtk_label_new (NULL);
          gtk_label_set_wrap (GTK_LABEL (cell->result), TRUE);
          /* Under the slots, which stay where they were, at the end of the line. */
          gtk_label_set_xalign (GTK_LABEL (cell->result), 1);
          gtk_widget_add_css_class (cell->result, "way-choice-result");
          gtk_widget_set_visible (cell->result, FALSE);
          way_wrap_box_append (WAY_WRAP_BOX (line), cell->slot);
          gtk_box_append (GTK_BOX (column), cell->result);
          g_ptr_array_add (self->cells, cell);
        }
      gtk_box_append (GTK_BOX (list), row);
    }
}

static WayValue *
dup_value (WayInteractionView *view)
{
  WayMatchView *self = WAY_MATCH_VIEW (view);
  const WayInteraction *interaction = way_interaction_view_get_interaction (view);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  /* In the order of the item, whatever order it was shown in. */
  for (guint i = 0; i < interaction->choices->len; i++)
    for (guint j = 0; j < self->cells->len; j++)
      {
        Cell *cell = g_ptr_array_index (self->cells, j);
        const char *target = way_slot_get_value (WAY_SLOT (cell->slot));

        if (cell->source == g_ptr_array_index (interaction->choices, i) && target != NULL)
          g_ptr_array_add (texts, g_strdup_printf ("%s %s", cell->source->id, target));
      }

  return way_interaction_view_make_value (view, texts);
}

static void
set_value (WayInteractionView *view, const WayValue *value)
{
  WayMatchView *self = WAY_MATCH_VIEW (view);

  for (guint i = 0; i < self->cells->len; i++)
    way_slot_set_value (WAY_SLOT (((Cell *) g_ptr_array_index (self->cells, i))->slot), NULL);
  for (guint i = 0; value != NULL && i < value->texts->len; i++)
    {
      g_auto (GStrv) pair = g_strsplit (g_ptr_array_index (value->texts, i), " ", 2);

      for (guint j = 0; pair[0] != NULL && j < self->cells->len; j++)
        {
          Cell *cell = g_ptr_array_index (self->cells, j);

          if (g_strcmp0 (cell->source->id, pair[0]) == 0
              && way_slot_get_value (WAY_SLOT (cell->slot)) == NULL)
            {
              way_slot_set_value (WAY_SLOT (cell->slot), pair[1]);
              break;
            }
        }
    }
}

static gboolean
has_slot_filled (WayMatchView *self, const WayChoice *source)
{
  for (guint i = 0; i < self->cells->len; i++)
    {
      Cell *cell = g_ptr_array_index (self->cells, i);

      if (cell->source == source && way_slot_get_value (WAY_SLOT (cell->slot)) != NULL)
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_complete (WayInteractionView *view)
{
  WayMatchView *self = WAY_MATCH_VIEW (view);
  const WayInteraction *interaction = way_interaction_view_get_interaction (view);
  guint n = 0, room = 0;

  for (guint i = 0; i < interaction->choices->len; i++)
    n += has_slot_filled (self, g_ptr_array_index (interaction->choices, i)) ? 1 : 0;
  for (guint i = 0; i < interaction->targets->len; i++)
    {
      const WayChoice *target = g_ptr_array_index (interaction->targets, i);

      room += target->match_max == 0 ? interaction->choices->len : target->match_max;
    }

  return n >= MIN (interaction->choices->len, room);
}

static char *
dup_right_targets (WayMatchView *self, const WayChoice *source, const WayValue *correct)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; correct != NULL && i < correct->texts->len; i++)
    {
      g_auto (GStrv) pair = g_strsplit (g_ptr_array_index (correct->texts, i), " ", 2);
      const WayChoice *target;
      g_autofree char *words = NULL;

      if (g_strcmp0 (pair[0], source->id) != 0 || (target = find_target (self, pair[1])) == NULL)
        continue;
      words = way_flow_dup_speech (target->content);
      if (text->len > 0)
        g_string_append (text, ", ");
      g_string_append (text, words);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
mark (WayInteractionView *view, const WayValue *correct, gboolean is_right)
{
  WayMatchView *self = WAY_MATCH_VIEW (view);

  for (guint i = 0; i < self->cells->len; i++)
    {
      Cell *cell = g_ptr_array_index (self->cells, i);
      const char *target = way_slot_get_value (WAY_SLOT (cell->slot));
      g_autofree char *pair = NULL;
      g_autofree char *right = dup_right_targets (self, cell->source, correct);
      gboolean is_good;

      pair = target != NULL ? g_strdup_printf ("%s %s", cell->source->id, target) : NULL;
      is_good = correct != NULL ? (pair != NULL ? way_value_holds (correct, pair) : *right == '\0')
                                : is_right;
      way_slot_set_marking (WAY_SLOT (cell->slot), is_good ? WAY_MARKING_RIGHT : WAY_MARKING_WRONG);
      if (!is_good && correct != NULL)
        {
          g_autofree char *text = *right != '\0' ? g_strdup_printf (_ ("Right: %s"), right)
                                                 : g_strdup (_ ("Right: nowhere"));

          gtk_label_set_label (GTK_LABEL (cell->result), text);
          gtk_widget_set_visible (cell->result, TRUE);
        }
    }
}

static void
way_match_view_finalize (GObject *object)
{
  g_ptr_array_unref (WAY_MATCH_VIEW (object)->cells);

  G_OBJECT_CLASS (way_match_view_parent_class)->finalize (object);
}

static void
way_match_view_class_init (WayMatchViewClass *klass)
{
  WayInteractionViewClass *view_class = WAY_INTERACTION_VIEW_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = way_match_view_finalize;
  view_class->build = build;
  view_class->dup_value = dup_value;
  view_class->set_value = set_value;
  view_class->is_complete = is_complete;
  view_class->mark = mark;
}

static void
way_match_view_init (WayMatchView *self)
{
  self->cells = g_ptr_array_new_with_free_func (g_free);
}
