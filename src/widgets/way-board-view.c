/* way-board-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "widgets/way-board-view.h"

#include <adwaita.h>

#include "practice/way-practice-order.h"
#include "widgets/way-board-card.h"
#include "widgets/way-compat.h"
#include "widgets/way-content-view.h"
#include "widgets/way-desk-parts.h"
#include "widgets/way-desk-words.h"
#include "widgets/way-split.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>
#include <string.h>

#define FOLD_WIDTH 520
#define TRAY_WIDTH 260

/* The app of a practice desk in which cards are put in order: the tray on one side, the
 * slots of the board on the other, or one above the other where it is narrow. */
struct _WayBoardView
{
  GtkWidget parent_instance;

  WayPractice *practice;      /* (owned) */
  GHashTable *cards;          /* (owned) char* id → WayBoardCard (owned) */
  GPtrArray *lists;           /* (owned) of WayBoardList, one a slot */
  GPtrArray *empties;         /* (owned) of GtkLabel, what an empty slot says */
  GtkWidget *focus;           /* (nullable) where it was before the action */
  const WayDeskRecord *moved; /* (nullable) the card that the focus was on */
  guint idle;

  GtkWidget *scroll;
  GtkWidget *head;
  GtkWidget *tray;
  GtkWidget *tray_empty;
  GtkWidget *slots;
  GtkWidget *status;
  GtkWidget *submit;
  GtkWidget *undo;
};

G_DEFINE_FINAL_TYPE (WayBoardView, way_board_view, GTK_TYPE_WIDGET)

static gboolean
is_sent (WayBoardView *self)
{
  return way_practice_get_state (self->practice, way_practice_get_board (self->practice)->id)
         != NULL;
}

static GtkWidget *
get_focus (WayBoardView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return root != NULL ? gtk_root_get_focus (root) : NULL;
}

/* What arrives later is a card like the others. */
static void
update_cards (WayBoardView *self)
{
  g_autoptr (GPtrArray) records = way_practice_dup_records (self->practice, "order");

  for (guint i = 0; i < records->len; i++)
    {
      const WayDeskRecord *record = g_ptr_array_index (records, i);
      GtkWidget *card = g_hash_table_lookup (self->cards, record->id);

      if (strcmp (record->type, "card") != 0)
        continue;
      if (card == NULL)
        {
          card = way_board_card_new (self->practice, record);
          g_hash_table_insert (self->cards, g_strdup (record->id), g_object_ref_sink (card));
        }
      way_board_card_update (WAY_BOARD_CARD (card));
    }
}

static void
update_lists (WayBoardView *self)
{
  const WayDeskRecord *board = way_practice_get_board (self->practice);
  g_auto (GStrv) tray = way_practice_dup_tray (self->practice);
  guint n = 0;

  way_board_list_set_cards (WAY_BOARD_LIST (self->tray), tray, self->cards);
  gtk_widget_set_visible (self->tray_empty, tray[0] == NULL);
  for (guint i = 0; i < board->parts->len; i++)
    {
      const WayDeskRecord *slot = g_ptr_array_index (board->parts, i);
      g_auto (GStrv) cards = NULL;

      if (strcmp (slot->type, "slot") != 0 || slot->id == NULL)
        continue;
      cards = way_practice_dup_placed (self->practice, slot->id);
      way_board_list_set_cards (self->lists->pdata[n], cards, self->cards);
      gtk_widget_set_visible (self->empties->pdata[n], cards[0] == NULL);
      n++;
    }
}

static const char *
get_status (WayBoardView *self)
{
  return is_sent (self) ? _ ("This is your order. You can still take it back.") : NULL;
}

static void
update (WayBoardView *self)
{
  const char *board = way_practice_get_board (self->practice)->id;
  const char *status = get_status (self);

  update_cards (self);
  update_lists (self);
  gtk_label_set_label (GTK_LABEL (self->status), status != NULL ? status : "");
  gtk_widget_set_visible (self->status, status != NULL);
  gtk_widget_set_visible (self->submit, !is_sent (self));
  gtk_widget_set_sensitive (self->submit, way_practice_can (self->practice, "submit", board, NULL));
  gtk_widget_set_sensitive (self->undo, way_practice_can (self->practice, "undo", board, NULL));
}

/* The focus stays on the button that was pressed while it can be pressed again; from the
 * tray it goes on to the next card, for the one that was put away needs nothing more. */
static void
restore_focus (WayBoardView *self)
{
  GtkWidget *card = self->moved != NULL ? g_hash_table_lookup (self->cards, self->moved->id) : NULL;
  GtkWidget *first = gtk_widget_get_first_child (self->tray);

  if (card == NULL)
    return;
  if (self->focus != NULL && gtk_widget_get_mapped (self->focus)
      && gtk_widget_is_sensitive (self->focus))
    gtk_widget_grab_focus (self->focus);
  else if (self->focus == NULL && WAY_IS_BOARD_CARD (first))
    gtk_widget_grab_focus (first);
  else
    gtk_widget_grab_focus (card);
}

static gboolean
update_cb (gpointer user_data)
{
  WayBoardView *self = user_data;

  self->idle = 0;
  update (self);
  restore_focus (self);
  g_clear_object (&self->focus);
  self->moved = NULL;

  return G_SOURCE_REMOVE;
}

static void
announce (WayBoardView *self, const char *card)
{
  const WayDeskRecord *board = way_practice_get_board (self->practice);
  guint position;
  const char *slot = way_practice_get_slot (self->practice, card, &position);

  for (guint i = 0; slot != NULL && i < board->parts->len; i++)
    {
      const WayDeskRecord *part = g_ptr_array_index (board->parts, i);
      g_autofree char *text = NULL;

      if (g_strcmp0 (part->id, slot) != 0)
        continue;
      /* Translators: a place in a list, and the name of that list. */
      text = g_strdup_printf (_ ("Now number %u in “%s”"), position, way_desk_get_title (part));
      way_compat_announce (GTK_WIDGET (self), text);
    }
  if (slot == NULL)
    way_compat_announce (GTK_WIDGET (self), _ ("Now not in the order"));
}

/* The cards change places once the drag or the click that moved them is over. */
static void
done_cb (WayBoardView *self, const char *action, const char *target, const char *value)
{
  GtkWidget *card;
  GtkWidget *focus = get_focus (self);

  if (!way_practice_is_of_app (self->practice, target, "order"))
    return;
  card = g_hash_table_lookup (self->cards, target);
  if (card != NULL)
    {
      announce (self, target);
      if (focus != NULL && (focus == card || gtk_widget_is_ancestor (focus, card)))
        {
          GtkWidget *kept = gtk_widget_get_parent (card) == self->tray ? NULL : focus;

          self->moved = way_board_card_get_record (WAY_BOARD_CARD (card));
          g_set_object (&self->focus, kept);
        }
    }
  else if (get_status (self) != NULL)
    way_compat_announce (GTK_WIDGET (self), get_status (self));
  if (self->idle == 0)
    self->idle = g_idle_add (update_cb, self);
}

static void
arrived_cb (WayBoardView *self, WayDeskRecord *record)
{
  if (way_practice_is_of_app (self->practice, record->id, "order") && self->idle == 0)
    self->idle = g_idle_add (update_cb, self);
}

static void
submit_cb (WayBoardView *self)
{
  if (way_practice_do (self->practice, "submit", way_practice_get_board (self->practice)->id, NULL))
    gtk_widget_grab_focus (self->undo);
}

static void
undo_cb (WayBoardView *self)
{
  const char *board = way_practice_get_board (self->practice)->id;

  if (way_practice_do (self->practice, "undo", board, NULL)
      && !way_practice_can (self->practice, "undo", board, NULL))
    gtk_widget_grab_focus (self->head);
}

static GtkWidget *
add_empty (GtkWidget *list, const char *text)
{
  GtkWidget *label = way_desk_text_new (text, "desk-empty");

  gtk_widget_set_parent (label, list);

  return label;
}

static GtkWidget *
new_column (const char *title)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_box_append (GTK_BOX (column), way_desk_heading_new (title, "heading"));

  return column;
}

static void
build_slots (WayBoardView *self)
{
  const WayDeskRecord *board = way_practice_get_board (self->practice);

  for (guint i = 0; i < board->parts->len; i++)
    {
      const WayDeskRecord *slot = g_ptr_array_index (board->parts, i);
      const char *hint = way_desk_get_field (slot, "hint");
      const char *title = way_desk_get_title (slot);
      GtkWidget *column;
      GtkWidget *list;

      if (strcmp (slot->type, "slot") != 0 || slot->id == NULL)
        continue;
      column = new_column (title);
      list = way_board_list_new (self->practice, slot->id, title);
      gtk_widget_add_css_class (column, "desk-slot");
      if (hint != NULL)
        gtk_box_append (GTK_BOX (column), way_desk_text_new (hint, "caption"));
      gtk_box_append (GTK_BOX (column), list);
      g_ptr_array_add (self->lists, list);
      g_ptr_array_add (self->empties, add_empty (list, _ ("Nothing here yet.")));
      gtk_box_append (GTK_BOX (self->slots), column);
    }
}

static GtkWidget *
add_button (WayBoardView *self, GtkWidget *box, const char *label, GCallback callback)
{
  GtkWidget *button = way_desk_button_new (label);

  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  way_wrap_box_append (WAY_WRAP_BOX (box), button);

  return button;
}

static void
build_head (WayBoardView *self)
{
  const WayDeskRecord *board = way_practice_get_board (self->practice);
  g_autofree char *text = board->content != NULL ? way_node_dup_text (board->content) : NULL;
  GtkWidget *body = way_content_view_new ();

  self->head = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 6,
                             "focusable", TRUE, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  gtk_widget_add_css_class (self->head, "desk-patient");
  gtk_box_append (GTK_BOX (self->head),
                  way_desk_heading_new (way_desk_get_title (board), "title-4"));
  way_content_view_set_content (WAY_CONTENT_VIEW (body), board->content, NULL);
  gtk_box_append (GTK_BOX (self->head), body);
  gtk_box_append (GTK_BOX (self->head),
                  way_desk_text_new (_ ("Drag a card, or use its buttons. On a card, Alt with ↑ or "
                                        "↓ moves it and Delete takes it out."),
                                     "caption"));
  way_compat_name (self->head, way_desk_get_title (board));
  way_compat_describe (self->head, text);
}

static void
build (WayBoardView *self)
{
  const WayDeskRecord *board = way_practice_get_board (self->practice);
  const char *submit = way_desk_get_field (board, "submit");
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *tray = new_column (_ ("Cards to put in order"));
  GtkWidget *buttons = way_wrap_box_new (6, 6);
  GtkWidget *split;

  build_head (self);
  self->tray = way_board_list_new (self->practice, NULL, _ ("Cards to put in order"));
  self->tray_empty = add_empty (self->tray, _ ("All cards are placed."));
  gtk_box_append (GTK_BOX (tray), self->tray);
  gtk_widget_add_css_class (tray, "desk-tray");
  self->slots = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  build_slots (self);
  split = g_object_new (WAY_TYPE_SPLIT, "fold-width", FOLD_WIDTH, "start-width", TRAY_WIDTH,
                        "start", tray, "end", self->slots, NULL);
  self->status = way_desk_text_new (NULL, "heading");
  self->submit = add_button (self, buttons, submit != NULL ? submit : _ ("_Use this order"),
                             G_CALLBACK (submit_cb));
  self->undo = add_button (self, buttons, _ ("_Undo"), G_CALLBACK (undo_cb));
  gtk_widget_add_css_class (self->submit, "desk-strong");

  gtk_widget_add_css_class (column, "desk-message");
  gtk_box_append (GTK_BOX (column), self->head);
  gtk_box_append (GTK_BOX (column), split);
  gtk_box_append (GTK_BOX (column), self->status);
  gtk_box_append (GTK_BOX (column), buttons);
  self->scroll = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroll), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroll), column);
  gtk_widget_set_parent (self->scroll, GTK_WIDGET (self));
}

static void
way_board_view_dispose (GObject *object)
{
  WayBoardView *self = WAY_BOARD_VIEW (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_object (&self->focus);
  g_clear_pointer (&self->scroll, gtk_widget_unparent);
  g_clear_pointer (&self->cards, g_hash_table_unref);
  g_clear_pointer (&self->lists, g_ptr_array_unref);
  g_clear_pointer (&self->empties, g_ptr_array_unref);
  g_clear_object (&self->practice);

  G_OBJECT_CLASS (way_board_view_parent_class)->dispose (object);
}

static void
way_board_view_class_init (WayBoardViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = way_board_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
way_board_view_init (WayBoardView *self)
{
  self->cards = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->lists = g_ptr_array_new ();
  self->empties = g_ptr_array_new ();
}

/**
 * way_board_view_new:
 * @practice: a run of a desk on which the app "order" stands
 *
 * Returns: (transfer floating): the app with its cards
 */
GtkWidget *
way_board_view_new (WayPractice *practice)
{
  WayBoardView *self;

  g_return_val_if_fail (WAY_IS_PRACTICE (practice), NULL);

  self = g_object_new (WAY_TYPE_BOARD_VIEW, NULL);
  self->practice = g_object_ref (practice);
  g_signal_connect_object (practice, "arrived", G_CALLBACK (arrived_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (practice, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
  build (self);
  update (self);

  return GTK_WIDGET (self);
}

/**
 * way_board_view_describe:
 * @target: a card or the board
 * @value: (nullable)
 *
 * Returns: (nullable) (transfer full): a sentence for the debrief, %NULL for the usual one
 */
char *
way_board_view_describe (WayPractice *practice,
                         const char *action,
                         const WayDeskRecord *target,
                         const char *value)
{
  const WayDeskRecord *board = way_practice_get_board (practice);
  g_autofree char *id = value != NULL ? g_strndup (value, strcspn (value, " ")) : NULL;

  if (strcmp (action, "remove") == 0)
    return g_strdup (_ ("You took it out again."));
  if (strcmp (action, "move") == 0)
    /* Translators: %s is a place in a list, from 1. */
    return g_strdup_printf (_ ("You moved it to place %s."), value);

  for (guint i = 0; strcmp (action, "place") == 0 && board != NULL && i < board->parts->len; i++)
    {
      const WayDeskRecord *slot = g_ptr_array_index (board->parts, i);

      if (g_strcmp0 (slot->id, id) == 0)
        /* Translators: %s is the name of a part of a plan, such as “Now”. */
        return g_strdup_printf (_ ("You put it into “%s”."), way_desk_get_title (slot));
    }

  return NULL;
}
