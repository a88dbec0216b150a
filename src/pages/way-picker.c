/* way-picker.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/way-picker.h"

#include "pages/way-press.h"
#include "widgets/way-compat.h"
#include "widgets/way-tab-stop.h"

#define REST_MS 200 /* on a row before it counts as picked: arrows only pass by */

/* A list of rows from which one is picked to see its detail. Which one is picked is kept
 * by its key when the rows are loaded again. */
struct _WayPicker
{
  AdwBin parent_instance;

  GtkListView *view;
  GtkSingleSelection *selection; /* (owned) */
  WayPickerRows rows;
  gpointer user_data;
  char *key;    /* (owned) the column that names a row */
  char *picked; /* (owned) (nullable) the value of it */
  gboolean opens_by_press;
  gboolean is_quiet; /* the selection is moved by us */
  gboolean begins;   /* Tab comes to the first row */
  guint rest;
};

enum
{
  PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WayPicker, way_picker, ADW_TYPE_BIN)

static void
pick (WayPicker *self, WayRow *row)
{
  g_free (self->picked);
  self->picked = g_strdup (way_row_get_text (row, self->key));
  g_signal_emit (self, signals[PICKED], 0, row);
}

static gboolean
rest_cb (gpointer user_data)
{
  WayPicker *self = user_data;
  WayRow *row = gtk_single_selection_get_selected_item (self->selection);

  self->rest = 0;
  if (row != NULL && g_strcmp0 (self->picked, way_row_get_text (row, self->key)) != 0)
    pick (self, row);
  return G_SOURCE_REMOVE;
}

static void
selected_cb (WayPicker *self)
{
  if (self->is_quiet || self->opens_by_press)
    return;
  g_clear_handle_id (&self->rest, g_source_remove);
  self->rest = g_timeout_add (REST_MS, rest_cb, self);
}

static void
open_position (WayPicker *self, guint position)
{
  g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (row == NULL)
    return;
  g_clear_handle_id (&self->rest, g_source_remove);
  self->is_quiet = TRUE;
  gtk_single_selection_set_selected (self->selection, position);
  self->is_quiet = FALSE;
  pick (self, row);
}

static void
activated_cb (GtkListView *view, guint position, WayPicker *self)
{
  open_position (self, position);
}

static void
released_cb (GtkGestureClick *click, int n_press, double x, double y, GtkListItem *item)
{
  GtkWidget *child = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (click));
  WayPicker *self = WAY_PICKER (gtk_widget_get_ancestor (child, WAY_TYPE_PICKER));

  if (self != NULL && n_press == 1
      && gtk_list_item_get_position (item) != GTK_INVALID_LIST_POSITION)
    open_position (self, gtk_list_item_get_position (item));
}

/* What was picked stays selected when the rows come again; nothing else does. */
static void
restore_selection (WayPicker *self)
{
  guint position = GTK_INVALID_LIST_POSITION;

  for (guint i = 0;
       self->picked != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (self->selection)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (g_str_equal (way_row_get_text (row, self->key), self->picked))
        {
          position = i;
          break;
        }
    }
  self->is_quiet = TRUE;
  gtk_single_selection_set_selected (self->selection, position);
  self->is_quiet = FALSE;
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, WayPicker *self)
{
  GtkWidget *child = self->rows.create (self->user_data);
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect (click, "released", G_CALLBACK (released_cb), item);
  gtk_widget_add_controller (child, GTK_EVENT_CONTROLLER (click));
  gtk_list_item_set_child (item, child);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, WayPicker *self)
{
  GtkWidget *child = gtk_list_item_get_child (item);
  GtkWidget *row = gtk_widget_get_parent (child);
  WayRow *values = gtk_list_item_get_item (item);
  g_autofree char *words = self->rows.describe (values, self->user_data);

  self->rows.bind (child, values, self->user_data);
  if (row == NULL)
    return;
  way_compat_name (row, words);
  if (g_object_get_data (G_OBJECT (row), "way-press") == NULL)
    {
      way_press_add (row);
      g_object_set_data (G_OBJECT (row), "way-press", row);
    }
}

/* The list itself goes back to the row that had the focus last. */
static gboolean
way_picker_focus (GtkWidget *widget, GtkDirectionType direction)
{
  WayPicker *self = WAY_PICKER (widget);
  GtkWidget *first = gtk_widget_get_first_child (GTK_WIDGET (self->view));
  gboolean begins = self->begins && direction == GTK_DIR_TAB_FORWARD;

  self->begins = FALSE;
  if (begins && first != NULL && gtk_widget_grab_focus (first))
    return TRUE;
  return GTK_WIDGET_CLASS (way_picker_parent_class)->focus (widget, direction);
}

static void
way_picker_dispose (GObject *object)
{
  WayPicker *self = WAY_PICKER (object);

  g_clear_handle_id (&self->rest, g_source_remove);
  g_clear_object (&self->selection);

  G_OBJECT_CLASS (way_picker_parent_class)->dispose (object);
}

static void
way_picker_finalize (GObject *object)
{
  WayPicker *self = WAY_PICKER (object);

  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->picked, g_free);

  G_OBJECT_CLASS (way_picker_parent_class)->finalize (object);
}

static void
way_picker_class_init (WayPickerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = way_picker_dispose;
  G_OBJECT_CLASS (klass)->finalize = way_picker_finalize;
  GTK_WIDGET_CLASS (klass)->focus = way_picker_focus;

  /* A row was picked: its WayRow. */
  signals[PICKED] = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, WAY_TYPE_ROW);
}

static void
way_picker_init (WayPicker *self)
{
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (restore_selection), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

/**
 * way_picker_new:
 * @name: what the rows are, for screen readers
 * @key: the column that names a row
 *
 * Returns: (transfer floating): an empty list. It emits “picked” with a WayRow
 */
GtkWidget *
way_picker_new (const char *name, const char *key)
{
  WayPicker *self = g_object_new (WAY_TYPE_PICKER, NULL);
  GtkWidget *scrolled;

  self->key = g_strdup (key);
  self->view = GTK_LIST_VIEW (
      gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)), NULL));
  gtk_list_view_set_show_separators (self->view, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "way-picker");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  g_signal_connect (self->view, "activate", G_CALLBACK (activated_cb), self);
  scrolled = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER, "child",
                           GTK_WIDGET (self->view), NULL);
  adw_bin_set_child (ADW_BIN (self), way_tab_stop_new (scrolled));
  return GTK_WIDGET (self);
}

/**
 * way_picker_set_rows:
 * @rows: how rows look
 * @user_data: for the functions in @rows
 */
void
way_picker_set_rows (WayPicker *self, const WayPickerRows *rows, gpointer user_data)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_return_if_fail (WAY_IS_PICKER (self));

  self->rows = *rows;
  self->user_data = user_data;
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  gtk_list_view_set_factory (self->view, factory);
}

/**
 * way_picker_set_model:
 * @model: of WayRow
 */
void
way_picker_set_model (WayPicker *self, GListModel *model)
{
  g_return_if_fail (WAY_IS_PICKER (self));

  gtk_single_selection_set_model (self->selection, model);
  restore_selection (self);
}

/**
 * way_picker_set_opens_by_press:
 * @opens_by_press: whether going to a row only marks it, as where the detail would cover
 *   the list
 */
void
way_picker_set_opens_by_press (WayPicker *self, gboolean opens_by_press)
{
  g_return_if_fail (WAY_IS_PICKER (self));

  self->opens_by_press = opens_by_press;
}

/**
 * way_picker_unpick:
 *
 * Nothing is picked any more. The focus goes to the row that was.
 */
void
way_picker_unpick (WayPicker *self)
{
  guint position;

  g_return_if_fail (WAY_IS_PICKER (self));

  g_clear_handle_id (&self->rest, g_source_remove);
  g_clear_pointer (&self->picked, g_free);
  position = gtk_single_selection_get_selected (self->selection);
  if (position != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u", position);
  gtk_widget_child_focus (GTK_WIDGET (self->view), GTK_DIR_TAB_FORWARD);
  self->is_quiet = TRUE;
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  self->is_quiet = FALSE;
}

/**
 * way_picker_begin:
 *
 * Tab comes to the first row next. Else it comes to the row that it was at, wherever that
 * stands among rows that somebody looked for.
 */
void
way_picker_begin (WayPicker *self)
{
  g_return_if_fail (WAY_IS_PICKER (self));

  self->begins = g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0;
  if (self->begins)
    gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u", 0);
}

/**
 * way_picker_grab_first:
 *
 * The focus goes to the first row.
 */
void
way_picker_grab_first (WayPicker *self)
{
  g_return_if_fail (WAY_IS_PICKER (self));

  way_picker_begin (self);
  if (self->begins)
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

/**
 * way_picker_get_picked:
 *
 * Returns: (transfer none) (nullable): the key of what is picked
 */
const char *
way_picker_get_picked (WayPicker *self)
{
  g_return_val_if_fail (WAY_IS_PICKER (self), NULL);

  return self->picked;
}

/**
 * way_picker_open:
 * @id: the key of a row
 *
 * Picks it, where it is in the list.
 */
void
way_picker_open (WayPicker *self, const char *id)
{
  g_return_if_fail (WAY_IS_PICKER (self));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->selection)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (g_strcmp0 (way_row_get_text (row, self->key), id) != 0)
        continue;
      open_position (self, i);
      return;
    }
}

/**
 * way_picker_step:
 * @by: 1 for the next row, −1 for the one before
 *
 * Goes from what is picked to another row, and picks that. It stays at the ends.
 */
void
way_picker_step (WayPicker *self, int by)
{
  guint n, position;

  g_return_if_fail (WAY_IS_PICKER (self));

  n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  position = gtk_single_selection_get_selected (self->selection);
  if (n == 0)
    return;
  if (position == GTK_INVALID_LIST_POSITION)
    position = 0;
  else if (by > 0 ? position + 1 < n : position > 0)
    position = by > 0 ? position + 1 : position - 1;
  gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u", position);
  open_position (self, position);
}

/**
 * way_picker_find:
 * @id: a key
 *
 * Returns: (transfer full) (nullable): the row with that key, where it is in the list
 */
WayRow *
way_picker_find (WayPicker *self, const char *id)
{
  g_return_val_if_fail (WAY_IS_PICKER (self), NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->selection)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (g_strcmp0 (way_row_get_text (row, self->key), id) == 0)
        return g_steal_pointer (&row);
    }
  return NULL;
}

static gboolean
is_same (WayRow *a, WayRow *b)
{
  guint n = way_row_get_n_columns (a);

  if (way_row_get_n_columns (b) != n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      if (!g_str_equal (way_row_get_nth (a, i), way_row_get_nth (b, i)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_same_at (GListModel *a, guint i, GListModel *b, guint j)
{
  g_autoptr (WayRow) first = g_list_model_get_item (a, i);
  g_autoptr (WayRow) second = g_list_model_get_item (b, j);

  return is_same (first, second);
}

/**
 * way_picker_update_store:
 * @store: of WayRow, what is shown
 * @fresh: of WayRow, what was loaded
 *
 * Brings @store to what @fresh holds and touches only what differs, so that place and
 * focus in the list stay.
 */
void
way_picker_update_store (GListStore *store, GListModel *fresh)
{
  GListModel *old = G_LIST_MODEL (store);
  guint n_old = g_list_model_get_n_items (old);
  guint n_new = g_list_model_get_n_items (fresh);
  guint head = 0;
  guint tail = 0;
  g_autoptr (GPtrArray) middle = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_if_fail (G_IS_LIST_STORE (store));

  while (head < MIN (n_old, n_new) && is_same_at (old, head, fresh, head))
    head++;
  while (tail < MIN (n_old, n_new) - head
         && is_same_at (old, n_old - 1 - tail, fresh, n_new - 1 - tail))
    tail++;
  for (guint i = head; i < n_new - tail; i++)
    g_ptr_array_add (middle, g_list_model_get_item (fresh, i));
  if (middle->len > 0 || n_old - head - tail > 0)
    g_list_store_splice (store, head, n_old - head - tail, middle->pdata, middle->len);
}
