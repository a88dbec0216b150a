/* way-chips.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/way-chips.h"

#include "widgets/way-compat.h"
#include "widgets/way-wrap-box.h"

/* A few short choices of which at most one holds: a filter, a number, a word. One stop of
 * the Tab key; the arrows choose. They wrap, or hang together when there is room on one
 * line in any case. */
struct _WayChips
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GPtrArray *buttons; /* (owned) of GtkToggleButton, not owned */
  GPtrArray *labels;  /* (owned) what each was added with */
  char *name;         /* (owned) (nullable) */
  gboolean is_linked;
  int selected; /* −1: none */
};

G_DEFINE_FINAL_TYPE (WayChips, way_chips, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_LINKED,
  PROP_NAME,
  PROP_SELECTED,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
show_checked (GtkWidget *button, gboolean is_checked)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_CHECKED,
                               is_checked ? GTK_ACCESSIBLE_TRISTATE_TRUE
                                          : GTK_ACCESSIBLE_TRISTATE_FALSE,
                               -1);
}

static void
toggled_cb (GtkToggleButton *button, WayChips *self)
{
  guint n;

  show_checked (GTK_WIDGET (button), gtk_toggle_button_get_active (button));
  if (!gtk_toggle_button_get_active (button) || !g_ptr_array_find (self->buttons, button, &n)
      || self->selected == (int) n)
    return;
  self->selected = (int) n;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SELECTED]);
}

static int
find_focus (WayChips *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  guint n;

  return focus != NULL && g_ptr_array_find (self->buttons, focus, &n) ? (int) n : -1;
}

static gboolean
way_chips_focus (GtkWidget *widget, GtkDirectionType direction)
{
  WayChips *self = WAY_CHIPS (widget);
  gboolean is_mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int at = find_focus (self);
  int step = direction == GTK_DIR_LEFT || direction == GTK_DIR_UP ? -1 : 1;

  if (self->buttons->len == 0)
    return FALSE;
  if (at < 0)
    return gtk_widget_grab_focus (g_ptr_array_index (self->buttons, MAX (self->selected, 0)));
  if (direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD)
    return FALSE;

  if (is_mirrored && (direction == GTK_DIR_LEFT || direction == GTK_DIR_RIGHT))
    step = -step;
  at += step;
  if (at < 0 || at >= (int) self->buttons->len)
    return direction == GTK_DIR_LEFT || direction == GTK_DIR_RIGHT;
  way_chips_set_selected (self, at);
  return gtk_widget_grab_focus (g_ptr_array_index (self->buttons, (guint) at));
}

static gboolean
way_chips_grab_focus (GtkWidget *widget)
{
  WayChips *self = WAY_CHIPS (widget);

  if (self->buttons->len == 0)
    return FALSE;
  return gtk_widget_grab_focus (g_ptr_array_index (self->buttons, MAX (self->selected, 0)));
}

static void
way_chips_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WayChips *self = WAY_CHIPS (object);

  switch (id)
    {
    case PROP_LINKED:
      g_value_set_boolean (value, self->is_linked);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_SELECTED:
      g_value_set_int (value, self->selected);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
way_chips_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  WayChips *self = WAY_CHIPS (object);

  switch (id)
    {
    case PROP_LINKED:
      self->is_linked = g_value_get_boolean (value);
      break;
    case PROP_NAME:
      self->name = g_value_dup_string (value);
      if (self->name != NULL)
        gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                        self->name, -1);
      break;
    case PROP_SELECTED:
      way_chips_set_selected (self, g_value_get_int (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
way_chips_constructed (GObject *object)
{
  WayChips *self = WAY_CHIPS (object);

  G_OBJECT_CLASS (way_chips_parent_class)->constructed (object);

  if (self->is_linked)
    {
      self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
      gtk_widget_add_css_class (self->box, "linked");
    }
  else
    self->box = way_wrap_box_new (6, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

static void
way_chips_dispose (GObject *object)
{
  WayChips *self = WAY_CHIPS (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  if (self->buttons != NULL)
    g_ptr_array_set_size (self->buttons, 0);

  G_OBJECT_CLASS (way_chips_parent_class)->dispose (object);
}

static void
way_chips_finalize (GObject *object)
{
  WayChips *self = WAY_CHIPS (object);

  g_clear_pointer (&self->buttons, g_ptr_array_unref);
  g_clear_pointer (&self->labels, g_ptr_array_unref);
  g_clear_pointer (&self->name, g_free);

  G_OBJECT_CLASS (way_chips_parent_class)->finalize (object);
}

static void
way_chips_class_init (WayChipsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags once = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = way_chips_constructed;
  object_class->dispose = way_chips_dispose;
  object_class->finalize = way_chips_finalize;
  object_class->get_property = way_chips_get_property;
  object_class->set_property = way_chips_set_property;
  widget_class->focus = way_chips_focus;
  widget_class->grab_focus = way_chips_grab_focus;

  props[PROP_LINKED] = g_param_spec_boolean ("linked", NULL, NULL, FALSE, once);
  props[PROP_NAME] = g_param_spec_string ("label", NULL, NULL, NULL, once);
  props[PROP_SELECTED] = g_param_spec_int ("selected", NULL, NULL, -1, G_MAXINT, -1,
                                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY
                                               | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "way-chips");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_RADIO_GROUP);
}

static void
way_chips_init (WayChips *self)
{
  self->buttons = g_ptr_array_new ();
  self->labels = g_ptr_array_new_with_free_func (g_free);
  self->selected = -1;
}

/**
 * way_chips_new:
 * @name: what the choices are about
 *
 * Returns: (transfer floating): no choices yet
 */
GtkWidget *
way_chips_new (const char *name)
{
  return g_object_new (WAY_TYPE_CHIPS, "label", name, NULL);
}

/**
 * way_chips_add:
 * @label: what stands on it
 * @name: (nullable): what a screen reader says, where the label alone says too little
 *
 * Adds a choice.
 */
void
way_chips_add (WayChips *self, const char *label, const char *name)
{
  GtkWidget *button;

  g_return_if_fail (WAY_IS_CHIPS (self));

  button = g_object_new (GTK_TYPE_TOGGLE_BUTTON, "accessible-role", GTK_ACCESSIBLE_ROLE_RADIO,
                         NULL);
  if (!self->is_linked)
    gtk_widget_add_css_class (button, "way-topic");
  if (self->buttons->len > 0)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), g_ptr_array_index (self->buttons, 0));
  g_ptr_array_add (self->buttons, button);
  g_ptr_array_add (self->labels, g_strdup (label));
  way_chips_set_label (self, self->buttons->len - 1, label, name);
  show_checked (button, FALSE);
  g_signal_connect (button, "toggled", G_CALLBACK (toggled_cb), self);
  if (self->is_linked)
    gtk_box_append (GTK_BOX (self->box), button);
  else
    way_wrap_box_append (WAY_WRAP_BOX (self->box), button);
}

/**
 * way_chips_set_label:
 * @n: which choice
 * @label: what stands on it
 * @name: (nullable): what a screen reader says instead
 *
 * Changes what a choice says, as when it counts something.
 */
void
way_chips_set_label (WayChips *self, guint n, const char *label, const char *name)
{
  GtkWidget *button;

  g_return_if_fail (WAY_IS_CHIPS (self));
  g_return_if_fail (n < self->buttons->len);

  button = g_ptr_array_index (self->buttons, n);
  gtk_button_set_label (GTK_BUTTON (button), label);
  way_compat_name (button, name != NULL ? name : label);
}

/**
 * way_chips_count:
 * @rows: of WayRow
 * @is_in: whether a row is in a choice
 *
 * Says on each choice how many rows are in it, behind what it was added with.
 */
void
way_chips_count (WayChips *self, GListModel *rows, WayChipsFunc is_in)
{
  g_return_if_fail (WAY_IS_CHIPS (self));

  for (guint n = 0; n < self->buttons->len; n++)
    {
      g_autofree char *label = NULL;
      guint found = 0;

      for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
        {
          g_autoptr (WayRow) row = g_list_model_get_item (rows, i);

          found += is_in (row, (int) n) ? 1 : 0;
        }
      label = g_strdup_printf ("%s %u", (const char *) self->labels->pdata[n], found);
      way_chips_set_label (self, n, label, NULL);
    }
}

/**
 * way_chips_get_selected:
 *
 * Returns: which one is chosen, −1 for none
 */
int
way_chips_get_selected (WayChips *self)
{
  g_return_val_if_fail (WAY_IS_CHIPS (self), -1);

  return self->selected;
}

/**
 * way_chips_set_selected:
 * @n: which one to choose, −1 for none
 */
void
way_chips_set_selected (WayChips *self, int n)
{
  g_return_if_fail (WAY_IS_CHIPS (self));
  g_return_if_fail (n >= -1 && n < (int) self->buttons->len);

  if (n == self->selected)
    return;
  if (n >= 0)
    {
      gtk_toggle_button_set_active (g_ptr_array_index (self->buttons, (guint) n), TRUE);
      return;
    }
  n = self->selected;
  self->selected = -1;
  gtk_toggle_button_set_active (g_ptr_array_index (self->buttons, (guint) n), FALSE);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SELECTED]);
}
