/* way-rating-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/baseline/way-rating-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "widgets/way-choice-row.h"
#include "widgets/way-compat.h"
#include "widgets/way-level-dots.h"
#include "widgets/way-words.h"

/* The own rating of one capability: where a person is now, among the levels in words, and
 * where they need to be, which the role has filled in. */
struct _WayRatingView
{
  GtkWidget parent_instance;

  WayPack *pack;  /* (owned) (nullable) */
  GtkWidget *box; /* (nullable) */
  GtkWidget *rows[WAY_N_LEVELS];
  GtkDropDown *need; /* (nullable) */
  gboolean has_digits;
};

enum
{
  CHANGED,
  ACTIVATE_ANSWER,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WayRatingView, way_rating_view, GTK_TYPE_WIDGET)

static void
chosen_cb (WayRatingView *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
name_need (WayRatingView *self)
{
  g_autofree char *name = NULL;

  /* TRANSLATORS: what the drop-down asks, and the level that is chosen in it. */
  name = g_strdup_printf (_ ("For your work you need to be at: %s"),
                          way_level_name (self->pack, way_rating_view_get_need (self)));
  way_compat_name (GTK_WIDGET (self->need), name);
}

static gboolean
key_pressed_cb (WayRatingView *self, guint keyval, guint keycode, GdkModifierType state)
{
  if ((state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return FALSE;

  return way_rating_view_press_key (self, keyval);
}

static GtkWidget *
make_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, style);

  return label;
}

static GtkWidget *
make_row (WayRatingView *self, const WayCapability *capability, int level)
{
  const char *name = way_level_name (self->pack, level);
  const char *descriptor = capability->descriptors[level - 1];
  g_autofree char *label = g_strdup_printf ("%s. %s", name, descriptor);
  GtkWidget *row = way_choice_row_new (WAY_CHOICE_ONE, (guint) level, label);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *dots = way_level_dots_new ();

  way_level_dots_set_level (WAY_LEVEL_DOTS (dots), self->pack, level);
  gtk_box_append (GTK_BOX (head), make_label (name, "heading"));
  gtk_box_append (GTK_BOX (head), dots);
  gtk_box_append (GTK_BOX (words), head);
  gtk_box_append (GTK_BOX (words), make_label (descriptor, "body"));
  way_choice_row_set_child (WAY_CHOICE_ROW (row), words);
  g_signal_connect_swapped (row, "chosen", G_CALLBACK (chosen_cb), self);

  return row;
}

static GtkWidget *
make_need (WayRatingView *self, int need)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = make_label (_ ("For your work you need to be at"), "body");
  const char *names[WAY_N_LEVELS + 1] = { NULL };

  for (int level = 1; level <= WAY_N_LEVELS; level++)
    names[level - 1] = way_level_name (self->pack, level);
  self->need = GTK_DROP_DOWN (gtk_drop_down_new_from_strings (names));
  gtk_drop_down_set_selected (self->need, (guint) CLAMP (need, 1, WAY_N_LEVELS) - 1);
  gtk_widget_set_valign (GTK_WIDGET (self->need), GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->need, "notify::selected", G_CALLBACK (name_need), self);
  name_need (self);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->need));
  gtk_widget_add_css_class (box, "way-need");

  return box;
}

static void
way_rating_view_dispose (GObject *object)
{
  WayRatingView *self = WAY_RATING_VIEW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  self->need = NULL;
  g_clear_object (&self->pack);

  G_OBJECT_CLASS (way_rating_view_parent_class)->dispose (object);
}

static void
way_rating_view_class_init (WayRatingViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = way_rating_view_dispose;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  /* Enter was pressed. */
  signals[ACTIVATE_ANSWER] = g_signal_new ("activate-answer", G_TYPE_FROM_CLASS (klass),
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "way-question-view");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
way_rating_view_init (WayRatingView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/**
 * way_rating_view_set_capability:
 * @self: a view
 * @pack: the pack
 * @capability: which, an index
 * @now: the level chosen before, 0 for none
 * @need: the level needed, as far as it is known
 *
 * Asks about a capability.
 */
void
way_rating_view_set_capability (
    WayRatingView *self, WayPack *pack, guint capability, int now, int need)
{
  const WayCapability *about;
  GtkWidget *group;
  g_autofree char *name = NULL;

  g_return_if_fail (WAY_IS_RATING_VIEW (self));
  g_return_if_fail (capability < way_pack_get_capabilities (pack)->len);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_set_object (&self->pack, pack);
  about = g_ptr_array_index (way_pack_get_capabilities (pack), capability);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (self->box), make_label (about->short_name, "title-2"));
  gtk_box_append (GTK_BOX (self->box), make_label (about->description, "way-lead"));
  gtk_box_append (GTK_BOX (self->box), make_label (_ ("Where are you now?"), "way-ask"));

  group = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_RADIO_GROUP,
                        "orientation", GTK_ORIENTATION_VERTICAL, NULL);
  gtk_widget_add_css_class (group, "way-choices");
  gtk_accessible_update_property (GTK_ACCESSIBLE (group), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Where are you now?"), -1);
  for (int level = 1; level <= WAY_N_LEVELS; level++)
    {
      self->rows[level - 1] = make_row (self, about, level);
      gtk_box_append (GTK_BOX (group), self->rows[level - 1]);
    }
  way_choice_row_group (self->rows, WAY_N_LEVELS);
  if (now >= 1 && now <= WAY_N_LEVELS)
    way_choice_row_set_checked (WAY_CHOICE_ROW (self->rows[now - 1]), TRUE);
  gtk_box_append (GTK_BOX (self->box), group);
  gtk_box_append (GTK_BOX (self->box), make_need (self, need));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));

  name = g_strdup_printf ("%s. %s %s", about->name, about->description, _ ("Where are you now?"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  chosen_cb (self);
}

/**
 * way_rating_view_get_now:
 * @self: a view
 *
 * Returns: the level chosen, 0 for none yet
 */
int
way_rating_view_get_now (WayRatingView *self)
{
  g_return_val_if_fail (WAY_IS_RATING_VIEW (self), 0);

  for (int level = 1; self->box != NULL && level <= WAY_N_LEVELS; level++)
    if (way_choice_row_is_checked (WAY_CHOICE_ROW (self->rows[level - 1])))
      return level;

  return 0;
}

/**
 * way_rating_view_get_need:
 * @self: a view
 *
 * Returns: the level needed
 */
int
way_rating_view_get_need (WayRatingView *self)
{
  g_return_val_if_fail (WAY_IS_RATING_VIEW (self), 0);

  return self->need != NULL ? (int) gtk_drop_down_get_selected (self->need) + 1 : 0;
}

/**
 * way_rating_view_press_key:
 * @self: a view
 * @keyval: a key that was pressed somewhere on the page, with no modifier
 *
 * 1 to 4 choose, Enter goes on.
 *
 * Returns: whether the key meant something
 */
gboolean
way_rating_view_press_key (WayRatingView *self, guint keyval)
{
  g_return_val_if_fail (WAY_IS_RATING_VIEW (self), FALSE);

  if (self->box == NULL)
    return FALSE;
  if (self->has_digits && keyval >= GDK_KEY_1 && keyval <= GDK_KEY_4)
    {
      way_choice_row_press (WAY_CHOICE_ROW (self->rows[keyval - GDK_KEY_1]));
      return TRUE;
    }
  if (self->has_digits && keyval >= GDK_KEY_KP_1 && keyval <= GDK_KEY_KP_4)
    {
      way_choice_row_press (WAY_CHOICE_ROW (self->rows[keyval - GDK_KEY_KP_1]));
      return TRUE;
    }
  if (keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_ISO_Enter)
    {
      g_signal_emit (self, signals[ACTIVATE_ANSWER], 0);
      return TRUE;
    }
  if ((keyval == GDK_KEY_Down || keyval == GDK_KEY_KP_Down)
      && gtk_widget_is_focus (GTK_WIDGET (self)))
    return gtk_widget_grab_focus (self->rows[0]);

  return FALSE;
}

/**
 * way_rating_view_set_digits:
 * @self: a view
 * @has_digits: whether the keys 1 to 4 choose
 *
 * Single keys can be turned off.
 */
void
way_rating_view_set_digits (WayRatingView *self, gboolean has_digits)
{
  g_return_if_fail (WAY_IS_RATING_VIEW (self));

  self->has_digits = has_digits;
}

/**
 * way_rating_view_focus:
 * @self: a view
 *
 * Puts the focus on what is asked, so that it is read out.
 */
void
way_rating_view_focus (WayRatingView *self)
{
  g_return_if_fail (WAY_IS_RATING_VIEW (self));

  gtk_widget_grab_focus (GTK_WIDGET (self));
}
