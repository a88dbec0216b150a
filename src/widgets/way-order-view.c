/* way-order-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-order-view.h"

#include <glib/gi18n.h>

#include "widgets/way-compat.h"
#include "widgets/way-flow-box.h"

/* A list to put in order: by dragging, with the buttons on each row, or with Alt and the
 * arrow keys. For the Tab key the list is one row and its two buttons. */
struct _WayOrderView
{
  WayInteractionView parent_instance;

  GtkWidget *list;
  GPtrArray *rows; /* (owned) of Row, in the order shown */
};

/* One line. */
typedef struct
{
  WayOrderView *view;
  char *id;   /* (borrowed) */
  char *text; /* (owned) */
  GtkWidget *widget;
  GtkWidget *words; /* what it says, and below it where it belongs */
  GtkWidget *number;
  GtkWidget *handle;
  GtkWidget *up;
  GtkWidget *down;
  GtkWidget *mark;
} Row;

G_DEFINE_FINAL_TYPE (WayOrderView, way_order_view, WAY_TYPE_INTERACTION_VIEW)

static void
row_free (gpointer data)
{
  Row *row = data;

  g_free (row->text);
  g_free (row);
}

static guint
find_place (WayOrderView *self, Row *row)
{
  guint place = 0;

  g_ptr_array_find (self->rows, row, &place);

  return place;
}

static void
update (WayOrderView *self)
{
  GtkWidget *previous = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = g_ptr_array_index (self->rows, i);
      g_autofree char *number = g_strdup_printf ("%u", i + 1);
      g_autofree char *name = NULL;
      g_autofree char *up = NULL;
      g_autofree char *down = NULL;

      gtk_box_reorder_child_after (GTK_BOX (self->list), row->widget, previous);
      previous = row->widget;
      gtk_label_set_label (GTK_LABEL (row->number), number);
      gtk_widget_set_sensitive (row->up, i > 0);
      gtk_widget_set_sensitive (row->down, i + 1 < self->rows->len);

      /* TRANSLATORS: a place in a list and what stands there, as “2 of 4: Ring the ward”. */
      name = g_strdup_printf (_ ("%u of %u: %s"), i + 1, self->rows->len, row->text);
      gtk_accessible_update_property (GTK_ACCESSIBLE (row->widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      name, -1);
      up = g_strdup_printf (_ ("Move up: %s"), row->text);
      down = g_strdup_printf (_ ("Move down: %s"), row->text);
      gtk_accessible_update_property (GTK_ACCESSIBLE (row->up), GTK_ACCESSIBLE_PROPERTY_LABEL, up,
                                      -1);
      gtk_accessible_update_property (GTK_ACCESSIBLE (row->down), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      down, -1);
    }
}

static void
move (WayOrderView *self, Row *row, guint to)
{
  guint from = find_place (self, row);
  g_autofree char *text = NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (way_interaction_view_is_marked (WAY_INTERACTION_VIEW (self)) || to >= self->rows->len
      || to == from)
    return;

  g_ptr_array_steal_index (self->rows, from);
  g_ptr_array_insert (self->rows, (int) to, row);
  /* A button at the end of its way must not take the focus with it. */
  if (focus == row->up && to == 0)
    gtk_widget_grab_focus (row->widget);
  else if (focus == row->down && to + 1 == self->rows->len)
    gtk_widget_grab_focus (row->widget);
  update (self);

  text = g_strdup_printf (_ ("Now %u of %u"), to + 1, self->rows->len);
  way_compat_announce (row->widget, text);
  way_interaction_view_changed (WAY_INTERACTION_VIEW (self));
}

static void
up_cb (GtkButton *button, gpointer user_data)
{
  Row *row = user_data;
  guint place = find_place (row->view, row);

  if (place > 0)
    move (row->view, row, place - 1);
}

static void
down_cb (GtkButton *button, gpointer user_data)
{
  Row *row = user_data;

  move (row->view, row, find_place (row->view, row) + 1);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *keys,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                gpointer user_data)
{
  Row *row = user_data;
  guint place = find_place (row->view, row);
  gboolean is_up = keyval == GDK_KEY_Up || keyval == GDK_KEY_KP_Up;
  gboolean is_down = keyval == GDK_KEY_Down || keyval == GDK_KEY_KP_Down;
  guint to = is_up ? place - 1 : place + 1;

  if (!is_up && !is_down)
    return FALSE;
  state &= gtk_accelerator_get_default_mod_mask ();
  if (state == GDK_ALT_MASK)
    {
      move (row->view, row, to);
      return TRUE;
    }
  if (state != 0)
    return FALSE;
  if (to < row->view->rows->len)
    gtk_widget_grab_focus (((Row *) g_ptr_array_index (row->view->rows, to))->widget);

  return TRUE;
}

static GdkContentProvider *
drag_prepare_cb (GtkDragSource *source, double x, double y, gpointer user_data)
{
  Row *row = user_data;
  g_autoptr (GdkPaintable) paintable = NULL;

  if (way_interaction_view_is_marked (WAY_INTERACTION_VIEW (row->view)))
    return NULL;

  paintable = gtk_widget_paintable_new (row->widget);
  gtk_drag_source_set_icon (source, paintable, (int) x, (int) y);

  return gdk_content_provider_new_typed (G_TYPE_STRING, row->id);
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, gpointer user_data)
{
  Row *row = user_data;
  const char *id = g_value_get_string (value);

  for (guint i = 0; i < row->view->rows->len; i++)
    {
      Row *other = g_ptr_array_index (row->view->rows, i);

      if (g_strcmp0 (other->id, id) == 0)
        {
          move (row->view, other, find_place (row->view, row));
          return TRUE;
        }
    }

  return FALSE;
}

static GtkWidget *
make_button (const char *icon, const char *tooltip, GCallback callback, Row *row)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect (button, "clicked", callback, row);

  return button;
}

static Row *
make_row (WayOrderView *self, const WayChoice *choice, WayPack *pack)
{
  Row *row = g_new0 (Row, 1);
  GtkWidget *content = way_flow_box_new (choice->content, pack, NULL, NULL);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_STRING, GDK_ACTION_COPY);

  row->view = self;
  row->id = choice->id;
  row->text = way_flow_dup_speech (choice->content);
  row->widget = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST_ITEM,
                              "focusable", TRUE, NULL);
  gtk_widget_add_css_class (row->widget, "way-order-row");
  row->handle = gtk_image_new_from_icon_name ("list-drag-handle-symbolic");
  gtk_widget_add_css_class (row->handle, "way-handle");
  way_compat_hide (row->handle);
  row->number = gtk_label_new (NULL);
  gtk_widget_add_css_class (row->number, "way-number");
  gtk_widget_add_css_class (row->number, "numeric");
  gtk_widget_set_valign (row->number, GTK_ALIGN_CENTER);
  way_compat_hide (row->number);
  row->words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_widget_set_hexpand (row->words, TRUE);
  gtk_widget_set_valign (row->words, GTK_ALIGN_CENTER);
  way_compat_hide (content);
  gtk_box_append (GTK_BOX (row->words), content);
  row->mark = gtk_image_new ();
  gtk_widget_set_visible (row->mark, FALSE);
  row->up = make_button ("go-up-symbolic", _ ("Move Up"), G_CALLBACK (up_cb), row);
  row->down = make_button ("go-down-symbolic", _ ("Move Down"), G_CALLBACK (down_cb), row);

  gtk_box_append (GTK_BOX (row->widget), row->handle);
  gtk_box_append (GTK_BOX (row->widget), row->number);
  gtk_box_append (GTK_BOX (row->widget), row->words);
  gtk_box_append (GTK_BOX (row->widget), row->mark);
  gtk_box_append (GTK_BOX (buttons), row->up);
  gtk_box_append (GTK_BOX (buttons), row->down);
  gtk_widget_set_valign (buttons, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (row->widget), buttons);

  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), row);
  gtk_widget_add_controller (row->widget, keys);
  g_signal_connect (source, "prepare", G_CALLBACK (drag_prepare_cb), row);
  gtk_widget_add_controller (row->widget, GTK_EVENT_CONTROLLER (source));
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), row);
  gtk_widget_add_controller (row->widget, GTK_EVENT_CONTROLLER (target));

  return row;
}

static void
build (WayInteractionView *view, WayPack *pack, guint64 seed, const char *sentence)
{
  WayOrderView *self = WAY_ORDER_VIEW (view);
  const WayInteraction *interaction = way_interaction_view_get_interaction (view);
  g_autoptr (GPtrArray) order = NULL;

  way_interaction_view_add_prompt (view, pack,
                                   _ ("Drag the rows, press the arrows, or hold Alt and press ↑ or "
                                      "↓."));
  self->list = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST,
                             "orientation", GTK_ORIENTATION_VERTICAL, NULL);
  gtk_widget_add_css_class (self->list, "way-choices");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Your order"), -1);
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));

  order = way_interaction_shuffle (interaction->choices, interaction->is_shuffled, seed);
  for (guint i = 0; i < order->len; i++)
    {
      Row *row = make_row (self, g_ptr_array_index (order, i), pack);

      g_ptr_array_add (self->rows, row);
      gtk_box_append (GTK_BOX (self->list), row->widget);
    }
  update (self);
}

static WayValue *
dup_value (WayInteractionView *view)
{
  WayOrderView *self = WAY_ORDER_VIEW (view);
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();

  for (guint i = 0; i < self->rows->len; i++)
    g_ptr_array_add (texts, ((Row *) g_ptr_array_index (self->rows, i))->id);

  return way_interaction_view_make_value (view, texts);
}

static void
set_value (WayInteractionView *view, const WayValue *value)
{
  WayOrderView *self = WAY_ORDER_VIEW (view);

  for (guint place = 0; value != NULL && place < value->texts->len; place++)
    for (guint i = place; i < self->rows->len; i++)
      {
        Row *row = g_ptr_array_index (self->rows, i);

        if (g_strcmp0 (row->id, g_ptr_array_index (value->texts, place)) == 0)
          {
            g_ptr_array_steal_index (self->rows, i);
            g_ptr_array_insert (self->rows, (int) place, row);
            break;
          }
      }
  update (self);
}

static gboolean
is_complete (WayInteractionView *view)
{
  /* The order it comes in may be the one that is meant. */
  return TRUE;
}

static void
mark (WayInteractionView *view, const WayValue *correct, gboolean is_right)
{
  WayOrderView *self = WAY_ORDER_VIEW (view);

  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = g_ptr_array_index (self->rows, i);
      guint belongs = i;

      for (guint j = 0; correct != NULL && j < correct->texts->len; j++)
        if (g_strcmp0 (g_ptr_array_index (correct->texts, j), row->id) == 0)
          belongs = j;
      gtk_widget_set_visible (gtk_widget_get_parent (row->up), FALSE);
      gtk_widget_set_visible (row->handle, FALSE);
      if (is_right || (correct != NULL && belongs == i))
        {
          gtk_image_set_from_icon_name (GTK_IMAGE (row->mark), "object-select-symbolic");
          gtk_widget_add_css_class (row->widget, "right");
          way_compat_describe (row->widget, _ ("Right place"));
          gtk_widget_set_tooltip_text (row->mark, _ ("Right place"));
        }
      else
        {
          g_autofree char *place = g_strdup_printf (_ ("Belongs in place %u"), belongs + 1);
          GtkWidget *words = gtk_label_new (place);

          gtk_image_set_from_icon_name (GTK_IMAGE (row->mark), "window-close-symbolic");
          gtk_widget_add_css_class (row->widget, "wrong");
          gtk_widget_add_css_class (words, "way-choice-result");
          way_compat_hide (words);
          gtk_label_set_wrap (GTK_LABEL (words), TRUE);
          gtk_label_set_xalign (GTK_LABEL (words), 0);
          gtk_box_append (GTK_BOX (row->words), words);
          way_compat_describe (row->widget, correct != NULL ? place : _ ("Not right"));
          gtk_widget_set_visible (words, correct != NULL);
        }
      gtk_widget_set_visible (row->mark, TRUE);
    }
}

static gboolean
way_order_view_focus (GtkWidget *widget, GtkDirectionType direction)
{
  WayOrderView *self = WAY_ORDER_VIEW (widget);

  if (direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD)
    {
      GtkWidget *row = gtk_widget_get_focus_child (self->list);
      GtkRoot *root = gtk_widget_get_root (widget);
      gboolean is_inside = root != NULL && gtk_root_get_focus (root) != NULL
                           && gtk_widget_is_ancestor (gtk_root_get_focus (root), self->list);

      if (is_inside)
        {
          if (direction == GTK_DIR_TAB_BACKWARD && gtk_root_get_focus (root) != row)
            return gtk_widget_grab_focus (row);
          if (direction == GTK_DIR_TAB_FORWARD)
            return gtk_widget_child_focus (row, direction);
          return FALSE;
        }
      if (row == NULL)
        row = gtk_widget_get_first_child (self->list);
      return row != NULL && gtk_widget_grab_focus (row);
    }

  return GTK_WIDGET_CLASS (way_order_view_parent_class)->focus (widget, direction);
}

static void
way_order_view_finalize (GObject *object)
{
  g_ptr_array_unref (WAY_ORDER_VIEW (object)->rows);

  G_OBJECT_CLASS (way_order_view_parent_class)->finalize (object);
}

static void
way_order_view_class_init (WayOrderViewClass *klass)
{
  WayInteractionViewClass *view_class = WAY_INTERACTION_VIEW_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = way_order_view_finalize;
  GTK_WIDGET_CLASS (klass)->focus = way_order_view_focus;
  view_class->build = build;
  view_class->dup_value = dup_value;
  view_class->set_value = set_value;
  view_class->is_complete = is_complete;
  view_class->mark = mark;
}

static void
way_order_view_init (WayOrderView *self)
{
  self->rows = g_ptr_array_new_with_free_func (row_free);
}
