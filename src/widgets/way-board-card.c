/* way-board-card.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "widgets/way-board-card.h"

#include <adwaita.h>

#include "practice/way-practice-order.h"
#include "widgets/way-compat.h"
#include "widgets/way-desk-parts.h"
#include "widgets/way-desk-words.h"

#include <glib/gi18n.h>
#include <string.h>

#define MENU_CHARS 20

/* One card of a board, with its buttons. It stays the same widget wherever it lies, so
 * that a drag and the focus outlive a move. */
struct _WayBoardCard
{
  GtkWidget parent_instance;

  WayPractice *practice;     /* (owned) */
  const WayDeskRecord *card; /* the practice's */

  GtkWidget *number;
  GtkWidget *up;
  GtkWidget *down;
  GtkWidget *put; /* opens the menu of slots; with one slot, puts it there */
  GtkWidget *out;
  GtkWidget *menu; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (WayBoardCard, way_board_card, GTK_TYPE_WIDGET)

/* The cards of a slot, or of the tray. For the Tab key it is one card and its buttons. */
struct _WayBoardList
{
  GtkWidget parent_instance;

  WayPractice *practice; /* (owned) */
  char *slot;            /* (owned) (nullable) NULL for the tray */
};

G_DEFINE_FINAL_TYPE (WayBoardList, way_board_list, GTK_TYPE_WIDGET)

static guint
count_slots (WayPractice *practice, const WayDeskRecord **first)
{
  const WayDeskRecord *board = way_practice_get_board (practice);
  guint n = 0;

  for (guint i = 0; board != NULL && i < board->parts->len; i++)
    {
      const WayDeskRecord *part = g_ptr_array_index (board->parts, i);

      if (strcmp (part->type, "slot") == 0 && n++ == 0)
        *first = part;
    }

  return n;
}

static void
put_into (WayBoardCard *self, const char *slot)
{
  way_practice_do (self->practice, "place", self->card->id, slot);
}

/* To the next place up or down, across the edge of a slot into the one beside it. */
static void
step (WayBoardCard *self, int by)
{
  const WayDeskRecord *board = way_practice_get_board (self->practice);
  guint position;
  const char *slot = way_practice_get_slot (self->practice, self->card->id, &position);
  g_autofree char *to = NULL;
  g_autoptr (GPtrArray) slots = g_ptr_array_new ();
  guint at = 0;

  if (slot == NULL)
    return;
  to = g_strdup_printf ("%u", position + by);
  if (way_practice_do (self->practice, "move", self->card->id, to))
    return;

  for (guint i = 0; i < board->parts->len; i++)
    {
      WayDeskRecord *part = g_ptr_array_index (board->parts, i);

      if (strcmp (part->type, "slot") != 0)
        continue;
      if (g_strcmp0 (part->id, slot) == 0)
        at = slots->len;
      g_ptr_array_add (slots, part);
    }
  if (by < 0 && at > 0)
    put_into (self, ((WayDeskRecord *) slots->pdata[at - 1])->id);
  else if (by > 0 && at + 1 < slots->len)
    {
      g_autofree char *first = g_strconcat (((WayDeskRecord *) slots->pdata[at + 1])->id, " 1",
                                            NULL);

      put_into (self, first);
    }
}

static void
up_cb (WayBoardCard *self)
{
  step (self, -1);
}

static void
down_cb (WayBoardCard *self)
{
  step (self, 1);
}

static void
out_cb (WayBoardCard *self)
{
  way_practice_do (self->practice, "remove", self->card->id, NULL);
}

static void
slot_cb (WayBoardCard *self, GtkWidget *button)
{
  const char *slot = g_object_get_data (G_OBJECT (button), "desk-value");

  gtk_popover_popdown (GTK_POPOVER (self->menu));
  put_into (self, slot);
}

static void
put_cb (WayBoardCard *self)
{
  const WayDeskRecord *slot = NULL;

  if (count_slots (self->practice, &slot) == 1)
    put_into (self, slot->id);
}

/* Which slots have room changes, so the menu is made when it opens. */
static void
fill_menu_cb (WayBoardCard *self)
{
  const WayDeskRecord *board = way_practice_get_board (self->practice);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  for (guint i = 0; i < board->parts->len; i++)
    {
      const WayDeskRecord *slot = g_ptr_array_index (board->parts, i);
      GtkWidget *button;
      GtkLabel *label;

      if (strcmp (slot->type, "slot") != 0)
        continue;
      button = way_desk_button_new (way_desk_get_title (slot));
      gtk_button_set_use_underline (GTK_BUTTON (button), FALSE);
      way_desk_button_tidy (button);
      label = GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button)));
      /* A popover is as narrow as it may be, and as high as it is when it is wide. */
      gtk_label_set_width_chars (label, MIN ((int) g_utf8_strlen (gtk_label_get_text (label), -1),
                                             MENU_CHARS));
      gtk_label_set_max_width_chars (label, MENU_CHARS);
      gtk_label_set_justify (label, GTK_JUSTIFY_LEFT);
      gtk_label_set_xalign (label, 0);
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_sensitive (button, way_practice_can (self->practice, "place", self->card->id,
                                                          slot->id));
      g_object_set_data (G_OBJECT (button), "desk-value", slot->id);
      g_signal_connect_object (button, "clicked", G_CALLBACK (slot_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (box), button);
    }
  gtk_popover_set_child (GTK_POPOVER (self->menu), box);
  /* It looked for something to focus when it was empty. */
  gtk_widget_child_focus (self->menu, GTK_DIR_TAB_FORWARD);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *keys,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                WayBoardCard *self)
{
  gboolean is_up = keyval == GDK_KEY_Up || keyval == GDK_KEY_KP_Up;
  gboolean is_down = keyval == GDK_KEY_Down || keyval == GDK_KEY_KP_Down;
  GtkWidget *other = is_up ? gtk_widget_get_prev_sibling (GTK_WIDGET (self))
                           : gtk_widget_get_next_sibling (GTK_WIDGET (self));

  state &= gtk_accelerator_get_default_mod_mask ();
  if (keyval == GDK_KEY_Delete && state == 0)
    {
      out_cb (self);
      return TRUE;
    }
  if ((keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_space)
      && state == 0 && gtk_widget_is_focus (GTK_WIDGET (self)))
    return gtk_widget_activate (self->put);
  if (!is_up && !is_down)
    return FALSE;
  if (state == GDK_ALT_MASK)
    {
      step (self, is_up ? -1 : 1);
      return TRUE;
    }
  if (state != 0)
    return FALSE;
  if (other != NULL)
    gtk_widget_grab_focus (other);

  return TRUE;
}

static GdkContentProvider *
drag_prepare_cb (GtkDragSource *source, double x, double y, WayBoardCard *self)
{
  const WayDeskRecord *board = way_practice_get_board (self->practice);
  g_autoptr (GdkPaintable) paintable = NULL;

  if (way_practice_get_state (self->practice, board->id) != NULL)
    return NULL;
  paintable = gtk_widget_paintable_new (GTK_WIDGET (self));
  gtk_drag_source_set_icon (source, paintable, (int) x, (int) y);

  return gdk_content_provider_new_typed (G_TYPE_STRING, self->card->id);
}

/* What is dropped on a card takes its place. */
static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, WayBoardCard *self)
{
  guint position;
  const char *slot = way_practice_get_slot (self->practice, self->card->id, &position);
  g_autofree char *to = slot != NULL ? g_strdup_printf ("%s %u", slot, position) : NULL;

  return to != NULL ? way_practice_do (self->practice, "place", g_value_get_string (value), to)
                    : way_practice_do (self->practice, "remove", g_value_get_string (value), NULL);
}

static GtkWidget *
add_button (WayBoardCard *self, GtkWidget *box, const char *icon, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), button);

  return button;
}

static void
name_button (GtkWidget *button, const char *tooltip, const char *name)
{
  gtk_widget_set_tooltip_text (button, tooltip);
  way_compat_name (button, name);
}

static void
build (WayBoardCard *self)
{
  const char *title = way_desk_get_title (self->card);
  const WayDeskRecord *slot = NULL;
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *text = way_desk_text_new (title, NULL);
  g_autofree char *up = g_strdup_printf (_ ("Move up: %s"), title);
  g_autofree char *down = g_strdup_printf (_ ("Move down: %s"), title);
  /* Translators: %s is what is written on a card that is to be put somewhere. */
  g_autofree char *put = g_strdup_printf (_ ("Put into place: %s"), title);
  /* Translators: %s is what is written on a card that lies somewhere. */
  g_autofree char *out = g_strdup_printf (_ ("Take out: %s"), title);

  self->number = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->number, "numeric");
  gtk_widget_add_css_class (self->number, "desk-number");
  gtk_widget_set_valign (self->number, GTK_ALIGN_CENTER);
  way_compat_hide (self->number);
  way_compat_hide (text);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_widget_set_valign (text, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (buttons, GTK_ALIGN_CENTER);
  self->up = add_button (self, buttons, "go-up-symbolic", G_CALLBACK (up_cb));
  self->down = add_button (self, buttons, "go-down-symbolic", G_CALLBACK (down_cb));
  if (count_slots (self->practice, &slot) > 1)
    {
      self->put = gtk_menu_button_new ();
      self->menu = gtk_popover_new ();
      gtk_widget_set_halign (self->menu, GTK_ALIGN_END);
      gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->put), "list-add-symbolic");
      gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->put), self->menu);
      gtk_widget_add_css_class (self->put, "flat");
      g_signal_connect_object (self->menu, "show", G_CALLBACK (fill_menu_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (buttons), self->put);
    }
  else
    self->put = add_button (self, buttons, "list-add-symbolic", G_CALLBACK (put_cb));
  self->out = add_button (self, buttons, "list-remove-symbolic", G_CALLBACK (out_cb));
  name_button (self->up, _ ("Move Up"), up);
  name_button (self->down, _ ("Move Down"), down);
  name_button (self->put, _ ("Put Into…"), put);
  name_button (self->out, _ ("Take Out"), out);

  gtk_widget_set_parent (self->number, GTK_WIDGET (self));
  gtk_widget_set_parent (text, GTK_WIDGET (self));
  gtk_widget_set_parent (buttons, GTK_WIDGET (self));
}

static void
way_board_card_dispose (GObject *object)
{
  WayBoardCard *self = WAY_BOARD_CARD (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->practice);

  G_OBJECT_CLASS (way_board_card_parent_class)->dispose (object);
}

static void
way_board_card_class_init (WayBoardCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = way_board_card_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  gtk_widget_class_set_css_name (widget_class, "boardcard");
}

static void
way_board_card_init (WayBoardCard *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_STRING, GDK_ACTION_COPY);

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 9);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_object (source, "prepare", G_CALLBACK (drag_prepare_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/**
 * way_board_card_new:
 * @practice: a run with the app "order"
 * @card: one of its cards
 *
 * Returns: (transfer floating): the card
 */
GtkWidget *
way_board_card_new (WayPractice *practice, const WayDeskRecord *card)
{
  WayBoardCard *self;

  g_return_val_if_fail (WAY_IS_PRACTICE (practice) && card != NULL, NULL);

  self = g_object_new (WAY_TYPE_BOARD_CARD, NULL);
  self->practice = g_object_ref (practice);
  self->card = card;
  build (self);
  way_board_card_update (self);

  return GTK_WIDGET (self);
}

/**
 * way_board_card_get_record:
 *
 * Returns: (transfer none): what it is a card of
 */
const WayDeskRecord *
way_board_card_get_record (WayBoardCard *self)
{
  g_return_val_if_fail (WAY_IS_BOARD_CARD (self), NULL);

  return self->card;
}

/**
 * way_board_card_update:
 *
 * Shows where it lies and what can be done with it there.
 */
void
way_board_card_update (WayBoardCard *self)
{
  const WayDeskRecord *board;
  const WayDeskRecord *first = NULL;
  const char *slot;
  gboolean is_open;
  guint position = 0;
  guint count = 0;
  g_autofree char *number = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (WAY_IS_BOARD_CARD (self));

  board = way_practice_get_board (self->practice);
  is_open = way_practice_get_state (self->practice, board->id) == NULL;
  slot = way_practice_get_slot (self->practice, self->card->id, &position);
  if (slot != NULL)
    {
      g_auto (GStrv) cards = way_practice_dup_placed (self->practice, slot);

      count = g_strv_length (cards);
    }
  number = g_strdup_printf ("%u", position);
  gtk_label_set_label (GTK_LABEL (self->number), number);
  gtk_widget_set_visible (self->number, slot != NULL);
  gtk_widget_set_visible (self->up, slot != NULL && is_open);
  gtk_widget_set_visible (self->down, slot != NULL && is_open);
  gtk_widget_set_visible (self->out, slot != NULL && is_open);
  gtk_widget_set_visible (self->put,
                          is_open && (slot == NULL || count_slots (self->practice, &first) > 1));
  gtk_widget_set_sensitive (self->up, position > 1);
  gtk_widget_set_sensitive (self->down, position < count);

  /* Translators: a place in a list and what stands there, as “2 of 4: Ring the ward”. */
  name = slot != NULL ? g_strdup_printf (_ ("%u of %u: %s"), position, count,
                                         way_desk_get_title (self->card))
                      : g_strdup (way_desk_get_title (self->card));
  way_compat_name (GTK_WIDGET (self), name);
}

/* The list. */

static gboolean
list_drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, WayBoardList *self)
{
  return self->slot != NULL
             ? way_practice_do (self->practice, "place", g_value_get_string (value), self->slot)
             : way_practice_do (self->practice, "remove", g_value_get_string (value), NULL);
}

static gboolean
way_board_list_focus (GtkWidget *widget, GtkDirectionType direction)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *card = gtk_widget_get_focus_child (widget);

  if (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD)
    return GTK_WIDGET_CLASS (way_board_list_parent_class)->focus (widget, direction);
  if (focus == NULL || !gtk_widget_is_ancestor (focus, widget))
    {
      if (card == NULL)
        card = gtk_widget_get_first_child (widget);
      return card != NULL && gtk_widget_grab_focus (card);
    }
  if (direction == GTK_DIR_TAB_BACKWARD)
    return focus != card && gtk_widget_grab_focus (card);

  return gtk_widget_child_focus (card, direction);
}

static void
way_board_list_dispose (GObject *object)
{
  WayBoardList *self = WAY_BOARD_LIST (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->slot, g_free);
  g_clear_object (&self->practice);

  G_OBJECT_CLASS (way_board_list_parent_class)->dispose (object);
}

static void
way_board_list_class_init (WayBoardListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = way_board_list_dispose;
  widget_class->focus = way_board_list_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
  gtk_widget_class_set_css_name (widget_class, "boardlist");
}

static void
way_board_list_init (WayBoardList *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_STRING, GDK_ACTION_COPY);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  g_signal_connect_object (target, "drop", G_CALLBACK (list_drop_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/**
 * way_board_list_new:
 * @practice: a run with the app "order"
 * @slot: (nullable): a slot's id, %NULL for the tray
 * @name: what assistive technology calls it
 *
 * Returns: (transfer floating): the list, empty
 */
GtkWidget *
way_board_list_new (WayPractice *practice, const char *slot, const char *name)
{
  WayBoardList *self;

  g_return_val_if_fail (WAY_IS_PRACTICE (practice), NULL);

  self = g_object_new (WAY_TYPE_BOARD_LIST, NULL);
  self->practice = g_object_ref (practice);
  self->slot = g_strdup (slot);
  way_compat_name (GTK_WIDGET (self), name);

  return GTK_WIDGET (self);
}

/**
 * way_board_list_set_cards:
 * @cards: ids of the cards that lie in it, in order
 * @widgets: (element-type utf8 WayBoardCard): each card of the board by its id
 *
 * Fetches the cards from wherever they lay before.
 */
void
way_board_list_set_cards (WayBoardList *self, char **cards, GHashTable *widgets)
{
  GtkWidget *before = NULL;

  g_return_if_fail (WAY_IS_BOARD_LIST (self) && cards != NULL);

  for (guint i = 0; cards[i] != NULL; i++)
    {
      GtkWidget *card = g_hash_table_lookup (widgets, cards[i]);

      if (gtk_widget_get_parent (card) != GTK_WIDGET (self))
        {
          if (gtk_widget_get_parent (card) != NULL)
            gtk_widget_unparent (card);
          gtk_widget_insert_after (card, GTK_WIDGET (self), before);
        }
      else if (gtk_widget_get_prev_sibling (card) != before)
        gtk_widget_insert_after (card, GTK_WIDGET (self), before);
      before = card;
    }
}
