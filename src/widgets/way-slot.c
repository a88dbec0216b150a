/* way-slot.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-slot.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "widgets/way-compat.h"

/* A place in which one of several pieces is put: from its menu, or by dropping the piece
 * on it. A gap in a text, the answer beside a line to match, a choice inside a sentence. */
struct _WaySlot
{
  GtkWidget parent_instance;

  char *placeholder; /* (owned) what it says when empty */
  char *name;        /* (owned) what the place is, for a screen reader */
  GPtrArray *ids;    /* (owned) of char* */
  GPtrArray *texts;  /* (owned) of char*, one an id */
  char *value;       /* (owned) (nullable) */
  gboolean is_marked;

  GtkWidget *button;
  GtkWidget *mark;
  GtkWidget *label;
  GtkWidget *arrow;
  GMenu *menu;        /* (owned) */
  GSimpleAction *put; /* (owned) */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WaySlot, way_slot, GTK_TYPE_WIDGET)

static void
update (WaySlot *self)
{
  const char *text = self->value != NULL ? way_slot_find_text (self, self->value) : NULL;
  const char *placeholder = self->is_marked ? _ ("No answer") : self->placeholder;
  g_autofree char *name = NULL;

  gtk_label_set_label (GTK_LABEL (self->label), text != NULL ? text : placeholder);
  if (text != NULL)
    gtk_widget_add_css_class (self->button, "filled");
  else
    gtk_widget_remove_css_class (self->button, "filled");
  g_simple_action_set_state (self->put,
                             g_variant_new_string (self->value != NULL ? self->value : ""));

  /* TRANSLATORS: a place and what is in it, as “Blank 1. Now: moved”. */
  name = g_strdup_printf (_ ("%s. Now: %s"), self->name, text != NULL ? text : _ ("empty"));
  way_compat_name (self->button, name);
}

static void
put_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WaySlot *self = user_data;
  const char *id = g_variant_get_string (parameter, NULL);

  if (self->is_marked)
    return;

  way_slot_set_value (self, *id != '\0' ? id : NULL);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
drop_cb (WaySlot *self, const GValue *value, double x, double y)
{
  const char *id = g_value_get_string (value);

  if (self->is_marked || id == NULL || way_slot_find_text (self, id) == NULL)
    return FALSE;

  way_slot_set_value (self, id);
  g_signal_emit (self, signals[CHANGED], 0);

  return TRUE;
}

static GtkSizeRequestMode
way_slot_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* A menu button of GTK 4.8 does not tell the base line of what is in it, but its button does. */
static void
way_slot_measure (GtkWidget *widget,
                  GtkOrientation orientation,
                  int for_size,
                  int *minimum,
                  int *natural,
                  int *minimum_baseline,
                  int *natural_baseline)
{
  WaySlot *self = WAY_SLOT (widget);

  gtk_widget_measure (self->button, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    gtk_widget_measure (gtk_widget_get_first_child (self->button), orientation, for_size, NULL,
                        NULL, minimum_baseline, natural_baseline);
}

static void
way_slot_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_size_allocate (WAY_SLOT (widget)->button, &(GtkAllocation){ 0, 0, width, height }, -1);
}

static void
way_slot_dispose (GObject *object)
{
  WaySlot *self = WAY_SLOT (object);

  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_object (&self->menu);
  g_clear_object (&self->put);

  G_OBJECT_CLASS (way_slot_parent_class)->dispose (object);
}

static void
way_slot_finalize (GObject *object)
{
  WaySlot *self = WAY_SLOT (object);

  g_free (self->placeholder);
  g_free (self->name);
  g_free (self->value);
  g_ptr_array_unref (self->ids);
  g_ptr_array_unref (self->texts);

  G_OBJECT_CLASS (way_slot_parent_class)->finalize (object);
}

static void
way_slot_class_init (WaySlotClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = way_slot_dispose;
  object_class->finalize = way_slot_finalize;

  /* A person put something here, or took it out: not emitted by set_value(). */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  widget_class->get_request_mode = way_slot_get_request_mode;
  widget_class->measure = way_slot_measure;
  widget_class->size_allocate = way_slot_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "way-slot");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
way_slot_init (WaySlot *self)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->texts = g_ptr_array_new_with_free_func (g_free);
  self->menu = g_menu_new ();
  self->put = g_simple_action_new_stateful ("put", G_VARIANT_TYPE_STRING,
                                            g_variant_new_string (""));
  g_signal_connect (self->put, "activate", G_CALLBACK (put_cb), self);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (self->put));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "slot", G_ACTION_GROUP (group));

  self->mark = gtk_image_new ();
  gtk_widget_set_visible (self->mark, FALSE);
  self->label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (self->label), 36);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_widget_set_hexpand (self->label, TRUE);
  /* A box of GTK has a base line only where a child asks for it. */
  gtk_widget_set_valign (self->label, GTK_ALIGN_BASELINE);
  self->arrow = gtk_image_new_from_icon_name ("pan-down-symbolic");
  gtk_box_append (GTK_BOX (box), self->mark);
  gtk_box_append (GTK_BOX (box), self->label);
  gtk_box_append (GTK_BOX (box), self->arrow);

  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), box);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->button), G_MENU_MODEL (self->menu));
  gtk_widget_add_css_class (self->button, "way-slot-button");
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

/**
 * way_slot_new:
 * @placeholder: what it says when nothing is in it
 * @name: what the place is, for a screen reader
 *
 * Returns: (transfer floating): an empty slot
 */
GtkWidget *
way_slot_new (const char *placeholder, const char *name)
{
  WaySlot *self = g_object_new (WAY_TYPE_SLOT, NULL);

  self->placeholder = g_strdup (placeholder);
  /* A full stop follows it. */
  self->name = g_str_has_suffix (name, ".") ? g_strndup (name, strlen (name) - 1) : g_strdup (name);
  update (self);

  return GTK_WIDGET (self);
}

static void
append_item (GMenu *menu, const char *text, const char *id)
{
  g_autoptr (GMenuItem) item = NULL;
  g_auto (GStrv) parts = g_strsplit (text, "_", -1);
  g_autofree char *label = g_strjoinv ("__", parts);

  item = g_menu_item_new (label, NULL);
  g_menu_item_set_action_and_target (item, "slot.put", "s", id);
  g_menu_append_item (menu, item);
}

/**
 * way_slot_add_option:
 * @self: a slot
 * @id: a piece
 * @text: what it says
 *
 * Adds a piece that may be put here.
 */
void
way_slot_add_option (WaySlot *self, const char *id, const char *text)
{
  g_return_if_fail (WAY_IS_SLOT (self));
  g_return_if_fail (id != NULL && text != NULL);

  /* The last line of the menu empties the slot again. */
  if (self->ids->len > 0)
    g_menu_remove (self->menu, g_menu_model_get_n_items (G_MENU_MODEL (self->menu)) - 1);
  g_ptr_array_add (self->ids, g_strdup (id));
  g_ptr_array_add (self->texts, g_strdup (text));
  append_item (self->menu, text, id);
  append_item (self->menu, _ ("Leave empty"), "");
}

/**
 * way_slot_set_accepts_drops:
 * @self: a slot
 * @accepts_drops: whether pieces can be dropped here
 *
 * A piece is dragged as its identifier, a string.
 */
void
way_slot_set_accepts_drops (WaySlot *self, gboolean accepts_drops)
{
  GtkDropTarget *target;

  g_return_if_fail (WAY_IS_SLOT (self));

  if (!accepts_drops)
    return;

  target = gtk_drop_target_new (G_TYPE_STRING, GDK_ACTION_COPY);
  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/**
 * way_slot_get_value:
 * @self: a slot
 *
 * Returns: (transfer none) (nullable): the piece in it
 */
const char *
way_slot_get_value (WaySlot *self)
{
  g_return_val_if_fail (WAY_IS_SLOT (self), NULL);

  return self->value;
}

/**
 * way_slot_set_value:
 * @self: a slot
 * @id: (nullable): a piece, or NULL for none
 *
 * Puts a piece in, or takes it out.
 */
void
way_slot_set_value (WaySlot *self, const char *id)
{
  g_return_if_fail (WAY_IS_SLOT (self));

  if (id != NULL && way_slot_find_text (self, id) == NULL)
    id = NULL;
  if (id != self->value)
    {
      g_free (self->value);
      self->value = g_strdup (id);
    }
  update (self);
}

/**
 * way_slot_find_text:
 * @self: a slot
 * @id: a piece
 *
 * Returns: (transfer none) (nullable): what the piece says, or NULL if it may not be put here
 */
const char *
way_slot_find_text (WaySlot *self, const char *id)
{
  g_return_val_if_fail (WAY_IS_SLOT (self), NULL);

  for (guint i = 0; i < self->ids->len; i++)
    if (g_strcmp0 (g_ptr_array_index (self->ids, i), id) == 0)
      return g_ptr_array_index (self->texts, i);

  return NULL;
}

/**
 * way_slot_set_marking:
 * @self: a slot
 * @marking: what it turned out to be
 *
 * Shows how it was marked and holds what is in it.
 */
void
way_slot_set_marking (WaySlot *self, WayMarking marking)
{
  gboolean is_right = marking == WAY_MARKING_RIGHT;

  g_return_if_fail (WAY_IS_SLOT (self));

  self->is_marked = marking != WAY_MARKING_NONE;
  gtk_widget_set_visible (self->mark, self->is_marked);
  gtk_widget_set_visible (self->arrow, !self->is_marked);
  gtk_widget_remove_css_class (self->button, "right");
  gtk_widget_remove_css_class (self->button, "wrong");
  if (self->is_marked)
    {
      gtk_image_set_from_icon_name (GTK_IMAGE (self->mark),
                                    is_right ? "object-select-symbolic" : "window-close-symbolic");
      gtk_widget_add_css_class (self->button, is_right ? "right" : "wrong");
    }
  way_compat_describe (self->button, !self->is_marked ? NULL
                                     : is_right       ? _ ("Right")
                                                      : _ ("Not right"));
  /* It stays in the order of the Tab key, so that what was marked can be read. Its menu still
   * opens, to look again at what there was: without one GTK would make the button faint. */
  g_simple_action_set_enabled (self->put, !self->is_marked);
  update (self);
}

/**
 * way_slot_get_button:
 * @self: a slot
 *
 * Returns: (transfer none): what takes the focus
 */
GtkWidget *
way_slot_get_button (WaySlot *self)
{
  g_return_val_if_fail (WAY_IS_SLOT (self), NULL);

  return self->button;
}
