/* way-confidence-scale.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/module/way-confidence-scale.h"

#include "widgets/way-compat.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>

/* How true a sentence is for somebody, from 0 to 10. Nothing is chosen until they
 * choose. One Tab stop; arrows and figures choose. */
struct _WayConfidenceScale
{
  AdwBin parent_instance;

  GtkWidget *group;
  GtkLabel *statement;
  GtkToggleButton *buttons[11];
  int value;             /* −1: nothing chosen */
  gboolean is_after_one; /* the last key was 1, and 0 makes it 10 */
};

G_DEFINE_FINAL_TYPE (WayConfidenceScale, way_confidence_scale, ADW_TYPE_BIN)

enum
{
  CHANGED,
  GO_ON,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
update_focusable (WayConfidenceScale *self)
{
  int stop = MAX (self->value, 0);

  for (int i = 0; i <= 10; i++)
    gtk_widget_set_focusable (GTK_WIDGET (self->buttons[i]), i == stop);
}

static void
toggled_cb (GtkToggleButton *button, WayConfidenceScale *self)
{
  gboolean is_active = gtk_toggle_button_get_active (button);

  gtk_accessible_update_state (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_CHECKED,
                               is_active ? GTK_ACCESSIBLE_TRISTATE_TRUE
                                         : GTK_ACCESSIBLE_TRISTATE_FALSE,
                               -1);
  if (!is_active)
    return;
  self->value = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "value"));
  update_focusable (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
choose (WayConfidenceScale *self, int value)
{
  gtk_widget_set_focusable (GTK_WIDGET (self->buttons[value]), TRUE);
  gtk_toggle_button_set_active (self->buttons[value], TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->buttons[value]));
}

/* The figure of a key, also of the block of figures beside the letters; −1 */
static int
get_figure (guint keyval)
{
  gunichar letter = gdk_keyval_to_unicode (keyval);

  return letter >= '0' && letter <= '9' ? (int) (letter - '0') : -1;
}

static gboolean
key_pressed_cb (WayConfidenceScale *self, guint keyval, guint keycode, GdkModifierType state)
{
  gboolean is_after_one = self->is_after_one;
  int figure = get_figure (keyval);
  int step = 0;

  self->is_after_one = FALSE;
  if ((state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  if (self->value >= 0 && (keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter))
    {
      g_signal_emit (self, signals[GO_ON], 0);
      return GDK_EVENT_STOP;
    }
  if (figure >= 0)
    {
      choose (self, figure == 0 && is_after_one ? 10 : figure);
      self->is_after_one = figure == 1;
      return GDK_EVENT_STOP;
    }

  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL
      && (keyval == GDK_KEY_Left || keyval == GDK_KEY_Right))
    keyval = keyval == GDK_KEY_Left ? GDK_KEY_Right : GDK_KEY_Left;
  if (keyval == GDK_KEY_Left || keyval == GDK_KEY_Down)
    step = -1;
  else if (keyval == GDK_KEY_Right || keyval == GDK_KEY_Up)
    step = 1;
  if (step == 0)
    return GDK_EVENT_PROPAGATE;
  choose (self, self->value < 0 ? (step > 0 ? 0 : 10) : CLAMP (self->value + step, 0, 10));
  return GDK_EVENT_STOP;
}

static GtkWidget *
create_end_label (const char *text, GtkAlign align)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_halign (label, align);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  return label;
}

static void
way_confidence_scale_class_init (WayConfidenceScaleClass *klass)
{
  /* Enter was pressed on what is chosen. */
  signals[GO_ON] = g_signal_new ("go-on", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
way_confidence_scale_init (WayConfidenceScale *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  /* Where large text does not leave room for both they stand below each other. A box would
   * share the room out by setting them in many widths. */
  GtkWidget *ends = way_wrap_box_new (12, 3);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->value = -1;
  self->statement = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->statement, TRUE);
  gtk_label_set_xalign (self->statement, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->statement), "title-4");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->statement));

  self->group = way_wrap_box_new (6, 6);
  g_object_set (self->group, "accessible-role", GTK_ACCESSIBLE_ROLE_RADIO_GROUP, NULL);
  gtk_widget_add_css_class (self->group, "way-confidence");
  for (int i = 0; i <= 10; i++)
    {
      g_autofree char *label = g_strdup_printf ("%d", i);
      g_autofree char *name = NULL;
      GtkWidget *button = g_object_new (GTK_TYPE_TOGGLE_BUTTON, "label", label, "accessible-role",
                                        GTK_ACCESSIBLE_ROLE_RADIO, NULL);

      if (i == 0)
        name = g_strdup (_ ("0, not true at all"));
      else if (i == 10)
        name = g_strdup (_ ("10, completely true"));
      else
        name = g_strdup (label);
      self->buttons[i] = GTK_TOGGLE_BUTTON (button);
      if (i > 0)
        gtk_toggle_button_set_group (self->buttons[i], self->buttons[0]);
      g_object_set_data (G_OBJECT (button), "value", GINT_TO_POINTER (i));
      way_compat_name (button, name);
      g_signal_connect (button, "toggled", G_CALLBACK (toggled_cb), self);
      way_wrap_box_append (WAY_WRAP_BOX (self->group), button);
    }
  update_focusable (self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (self->group, keys);
  gtk_box_append (GTK_BOX (box), self->group);

  way_wrap_box_append (WAY_WRAP_BOX (ends),
                       create_end_label (_ ("0: not true at all"), GTK_ALIGN_FILL));
  way_wrap_box_append (WAY_WRAP_BOX (ends),
                       create_end_label (_ ("10: completely true"), GTK_ALIGN_END));
  gtk_box_append (GTK_BOX (box), ends);
  adw_bin_set_child (ADW_BIN (self), box);
}

/**
 * way_confidence_scale_new:
 * @statement: what is true or not, in the first person
 *
 * Returns: (transfer floating): a scale with nothing chosen
 */
GtkWidget *
way_confidence_scale_new (const char *statement)
{
  WayConfidenceScale *self = g_object_new (WAY_TYPE_CONFIDENCE_SCALE, NULL);
  g_autofree char *quoted = g_strdup_printf (_ ("“%s”"), statement);

  gtk_label_set_label (self->statement, quoted);
  way_compat_name (self->group, statement);
  return GTK_WIDGET (self);
}

/**
 * way_confidence_scale_get_value:
 *
 * Returns: 0 to 10, or −1 when nothing is chosen
 */
int
way_confidence_scale_get_value (WayConfidenceScale *self)
{
  g_return_val_if_fail (WAY_IS_CONFIDENCE_SCALE (self), -1);

  return self->value;
}

/**
 * way_confidence_scale_set_value:
 * @value: 0 to 10; anything else changes nothing
 *
 * Shows what was chosen before.
 */
void
way_confidence_scale_set_value (WayConfidenceScale *self, int value)
{
  g_return_if_fail (WAY_IS_CONFIDENCE_SCALE (self));

  if (value >= 0 && value <= 10)
    gtk_toggle_button_set_active (self->buttons[value], TRUE);
}
