/* way-choice-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-choice-row.h"

#include <glib/gi18n.h>

#include "widgets/way-compat.h"

/* One choice: a full-width row that can be pressed anywhere, with the key that chooses
 * it. It says radio or checkbox to assistive technology and offers the action
 * “row.activate” there, which GTK's own check button does not. */
struct _WayChoiceRow
{
  GtkWidget parent_instance;

  WayChoiceKind kind;
  gboolean is_checked;
  WayMarking marking;
  char *label; /* (owned) what is read out */

  GtkWidget *mark;   /* the ring or box */
  GtkWidget *words;  /* the child, and below it the result */
  GtkWidget *child;  /* (nullable) */
  GtkWidget *result; /* icon and word of the marking */
  GtkWidget *result_icon;
  GtkWidget *result_label;
  GtkWidget *key;

  GPtrArray *group; /* (owned) (nullable) borrowed rows, this one among them */
};

enum
{
  PROP_0,
  PROP_CHECKED,
  N_PROPS
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WayChoiceRow, way_choice_row, GTK_TYPE_WIDGET)

static void
choose (WayChoiceRow *self)
{
  if (self->marking != WAY_MARKING_NONE || !gtk_widget_is_sensitive (GTK_WIDGET (self)))
    return;

  if (self->kind == WAY_CHOICE_SEVERAL)
    way_choice_row_set_checked (self, !self->is_checked);
  else
    way_choice_row_set_checked (self, TRUE);
  g_signal_emit (self, signals[CHOSEN], 0);
}

static void
activate_action_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  choose (WAY_CHOICE_ROW (widget));
}

static void
released_cb (WayChoiceRow *self, int n_press, double x, double y)
{
  if (gtk_widget_contains (GTK_WIDGET (self), x, y))
    {
      gtk_widget_grab_focus (GTK_WIDGET (self));
      choose (self);
    }
}

static gboolean
key_pressed_cb (WayChoiceRow *self, guint keyval, guint keycode, GdkModifierType state)
{
  int step = 0;

  if ((state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return FALSE;

  switch (keyval)
    {
    case GDK_KEY_space:
    case GDK_KEY_KP_Space:
      choose (self);
      return TRUE;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
      /* On a row that is not chosen yet Enter can only mean this one. */
      if (self->kind == WAY_CHOICE_ONE && !self->is_checked && self->marking == WAY_MARKING_NONE)
        {
          choose (self);
          return TRUE;
        }
      return FALSE;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      step = 1;
      break;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      step = -1;
      break;
    default:
      return FALSE;
    }

  if (self->group != NULL)
    {
      guint place;

      if (g_ptr_array_find (self->group, self, &place))
        {
          guint next = (place + self->group->len + (guint) step) % self->group->len;

          gtk_widget_grab_focus (g_ptr_array_index (self->group, next));
        }
    }
  return TRUE;
}

static void
update_state (WayChoiceRow *self)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_CHECKED,
                               self->is_checked ? GTK_ACCESSIBLE_TRISTATE_TRUE
                                                : GTK_ACCESSIBLE_TRISTATE_FALSE,
                               -1);
  if (self->is_checked)
    gtk_widget_set_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_CHECKED, FALSE);
  else
    gtk_widget_unset_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_CHECKED);
  if (self->is_checked)
    gtk_widget_set_state_flags (self->mark, GTK_STATE_FLAG_CHECKED, FALSE);
  else
    gtk_widget_unset_state_flags (self->mark, GTK_STATE_FLAG_CHECKED);
}

static void
way_choice_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_CHECKED:
      g_value_set_boolean (value, WAY_CHOICE_ROW (object)->is_checked);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
way_choice_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_CHECKED:
      way_choice_row_set_checked (WAY_CHOICE_ROW (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
way_choice_row_dispose (GObject *object)
{
  WayChoiceRow *self = WAY_CHOICE_ROW (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  self->child = NULL;
  if (self->group != NULL)
    {
      g_ptr_array_remove (self->group, self);
      g_clear_pointer (&self->group, g_ptr_array_unref);
    }
  g_clear_pointer (&self->label, g_free);

  G_OBJECT_CLASS (way_choice_row_parent_class)->dispose (object);
}

static void
way_choice_row_class_init (WayChoiceRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = way_choice_row_get_property;
  object_class->set_property = way_choice_row_set_property;
  object_class->dispose = way_choice_row_dispose;

  props[PROP_CHECKED] = g_param_spec_boolean ("checked", NULL, NULL, FALSE,
                                              G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY
                                                  | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  /* A person chose this row, or took the choice back: not emitted by set_checked(). */
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "row.activate", NULL, activate_action_cb);
  gtk_widget_class_set_css_name (widget_class, "way-choice-row");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
way_choice_row_init (WayChoiceRow *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkWidget *image;

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "pointer");
  g_signal_connect_swapped (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);

  self->mark = g_object_new (ADW_TYPE_BIN, "valign", GTK_ALIGN_CENTER, NULL);
  image = gtk_image_new_from_icon_name ("object-select-symbolic");
  adw_bin_set_child (ADW_BIN (self->mark), image);
  gtk_widget_add_css_class (self->mark, "way-choice-mark");
  gtk_widget_set_parent (self->mark, GTK_WIDGET (self));
  way_compat_hide (self->mark);

  /* Below what was chosen: beside it a narrow window has no room for both. */
  self->words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_widget_set_hexpand (self->words, TRUE);
  gtk_widget_set_valign (self->words, GTK_ALIGN_CENTER);
  gtk_widget_set_parent (self->words, GTK_WIDGET (self));

  self->result = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->result_icon = gtk_image_new ();
  self->result_label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->result_label), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (self->result_label), GTK_NATURAL_WRAP_NONE);
  gtk_box_append (GTK_BOX (self->result), self->result_icon);
  gtk_box_append (GTK_BOX (self->result), self->result_label);
  gtk_widget_set_visible (self->result, FALSE);
  gtk_widget_add_css_class (self->result, "way-choice-result");
  gtk_box_append (GTK_BOX (self->words), self->result);

  self->key = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->key, "way-key");
  gtk_widget_set_valign (self->key, GTK_ALIGN_CENTER);
  gtk_widget_set_parent (self->key, GTK_WIDGET (self));
  way_compat_hide (self->key);
}

/**
 * way_choice_row_new:
 * @kind: one of a group, or one of several
 * @key: the digit that chooses it, 0 for none; who holds the rows handles the key
 * @label: what the choice says
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
way_choice_row_new (WayChoiceKind kind, guint key, const char *label)
{
  WayChoiceRow *self;
  GtkWidget *text;

  g_return_val_if_fail (label != NULL, NULL);

  self = g_object_new (WAY_TYPE_CHOICE_ROW, "accessible-role",
                       kind == WAY_CHOICE_ONE ? GTK_ACCESSIBLE_ROLE_RADIO
                                              : GTK_ACCESSIBLE_ROLE_CHECKBOX,
                       NULL);
  self->kind = kind;
  self->label = g_strdup (label);
  gtk_widget_add_css_class (GTK_WIDGET (self), kind == WAY_CHOICE_ONE ? "one" : "several");
  gtk_widget_add_css_class (self->mark, kind == WAY_CHOICE_ONE ? "one" : "several");

  text = gtk_label_new (label);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  way_choice_row_set_child (self, text);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  update_state (self);
  if (key >= 1 && key <= 9)
    {
      g_autofree char *digit = g_strdup_printf ("%u", key);

      gtk_label_set_label (GTK_LABEL (self->key), digit);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_KEY_SHORTCUTS,
                                      digit, -1);
    }
  gtk_widget_set_visible (self->key, key >= 1 && key <= 9);

  return GTK_WIDGET (self);
}

/**
 * way_choice_row_set_child:
 * @self: a row
 * @child: what to show in place of the label's text
 *
 * The label stays what is read out.
 */
void
way_choice_row_set_child (WayChoiceRow *self, GtkWidget *child)
{
  g_return_if_fail (WAY_IS_CHOICE_ROW (self));
  g_return_if_fail (GTK_IS_WIDGET (child));

  if (self->child != NULL)
    gtk_box_remove (GTK_BOX (self->words), self->child);
  self->child = child;
  gtk_box_prepend (GTK_BOX (self->words), child);
  way_compat_hide (child);
}

/**
 * way_choice_row_is_checked:
 * @self: a row
 *
 * Returns: whether it is chosen
 */
gboolean
way_choice_row_is_checked (WayChoiceRow *self)
{
  g_return_val_if_fail (WAY_IS_CHOICE_ROW (self), FALSE);

  return self->is_checked;
}

/**
 * way_choice_row_set_checked:
 * @self: a row
 * @is_checked: whether it is chosen
 *
 * Of a group of %WAY_CHOICE_ONE, choosing one leaves the others.
 */
void
way_choice_row_set_checked (WayChoiceRow *self, gboolean is_checked)
{
  g_return_if_fail (WAY_IS_CHOICE_ROW (self));

  is_checked = is_checked != FALSE;
  if (self->is_checked == is_checked)
    return;

  self->is_checked = is_checked;
  update_state (self);
  if (is_checked && self->kind == WAY_CHOICE_ONE && self->group != NULL)
    for (guint i = 0; i < self->group->len; i++)
      if (g_ptr_array_index (self->group, i) != self)
        way_choice_row_set_checked (g_ptr_array_index (self->group, i), FALSE);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CHECKED]);
}

/**
 * way_choice_row_set_marking:
 * @self: a row
 * @marking: what it turned out to be
 *
 * Shows how the choice was marked, in a word and an icon. A marked row cannot be chosen;
 * %WAY_MARKING_NONE makes it as it was.
 */
void
way_choice_row_set_marking (WayChoiceRow *self, WayMarking marking)
{
  static const char *const classes[] = { NULL, "right", "wrong", "missed", "other" };
  static const char *const icons[] = { NULL, "object-select-symbolic", "window-close-symbolic",
                                       "object-select-symbolic", NULL };
  const char *words[] = { NULL, _ ("Right"), _ ("Not right"), _ ("This is right"), NULL };

  g_return_if_fail (WAY_IS_CHOICE_ROW (self));

  for (guint i = 1; i < G_N_ELEMENTS (classes); i++)
    if (i == marking)
      gtk_widget_add_css_class (GTK_WIDGET (self), classes[i]);
    else
      gtk_widget_remove_css_class (GTK_WIDGET (self), classes[i]);

  self->marking = marking;
  gtk_widget_set_visible (self->result, words[marking] != NULL);
  if (words[marking] != NULL)
    {
      gtk_image_set_from_icon_name (GTK_IMAGE (self->result_icon), icons[marking]);
      gtk_label_set_label (GTK_LABEL (self->result_label), words[marking]);
      way_compat_hide (self->result);
    }
  way_compat_describe (GTK_WIDGET (self), words[marking]);
}

/**
 * way_choice_row_group:
 * @rows: (array length=n_rows): the rows of one question
 * @n_rows: how many
 *
 * Ties rows together: arrow keys go from one to the next, and of rows of
 * %WAY_CHOICE_ONE only one is chosen at a time.
 */
void
way_choice_row_group (GtkWidget *const *rows, guint n_rows)
{
  g_autoptr (GPtrArray) group = g_ptr_array_new ();

  for (guint i = 0; i < n_rows; i++)
    {
      WayChoiceRow *row = WAY_CHOICE_ROW (rows[i]);

      g_ptr_array_add (group, row);
      g_clear_pointer (&row->group, g_ptr_array_unref);
      row->group = g_ptr_array_ref (group);
      gtk_accessible_update_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_POS_IN_SET,
                                      (int) i + 1, GTK_ACCESSIBLE_RELATION_SET_SIZE, (int) n_rows,
                                      -1);
    }
}

/**
 * way_choice_row_press:
 * @self: a row
 *
 * As if a person had pressed the row.
 */
void
way_choice_row_press (WayChoiceRow *self)
{
  g_return_if_fail (WAY_IS_CHOICE_ROW (self));

  gtk_widget_grab_focus (GTK_WIDGET (self));
  choose (self);
}
