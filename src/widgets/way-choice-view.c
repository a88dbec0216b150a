/* way-choice-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-choice-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "widgets/way-compat.h"
#include "widgets/way-flow-box.h"

/* One of several choices, or several of them: full-width rows. */
struct _WayChoiceView
{
  WayInteractionView parent_instance;

  GtkWidget *list;
  GPtrArray *rows; /* (owned) borrowed widgets */
  GPtrArray *ids;  /* (owned) borrowed, one a row */
};

G_DEFINE_FINAL_TYPE (WayChoiceView, way_choice_view, WAY_TYPE_INTERACTION_VIEW)

static guint
count_checked (WayChoiceView *self)
{
  guint n = 0;

  for (guint i = 0; i < self->rows->len; i++)
    n += way_choice_row_is_checked (g_ptr_array_index (self->rows, i)) ? 1 : 0;

  return n;
}

static void
chosen_cb (WayChoiceView *self, WayChoiceRow *row)
{
  guint most = way_interaction_view_get_interaction (WAY_INTERACTION_VIEW (self))->max_choices;

  if (most > 1 && count_checked (self) > most)
    {
      g_autofree char *text = NULL;

      way_choice_row_set_checked (row, FALSE);
      text = g_strdup_printf (ngettext ("Choose at most %u.", "Choose at most %u.", most), most);
      way_compat_announce (GTK_WIDGET (row), text);
    }
  way_interaction_view_changed (WAY_INTERACTION_VIEW (self));
}

static char *
dup_hint (const WayInteraction *interaction)
{
  guint most = interaction->max_choices, least = interaction->min_choices;

  if (most == 1)
    return NULL;
  if (most == 0)
    return g_strdup (_ ("Choose all that apply."));
  if (most == least)
    return g_strdup_printf (ngettext ("Choose %u.", "Choose %u.", most), most);

  return g_strdup_printf (ngettext ("Choose at most %u.", "Choose at most %u.", most), most);
}

/* Whether a prompt says how many to choose, in the words of the window or in those of a pack that
 * is not in its language: a hint below would say it twice, or say something else. */
static gboolean
says_how_many (const char *prompt, const WayInteraction *interaction)
{
  if (strstr (prompt, "Choose all that apply.") != NULL
      || strstr (prompt, _ ("Choose all that apply.")) != NULL)
    return TRUE;
  for (guint n = 2; n <= interaction->choices->len; n++)
    {
      g_autofree char *here = g_strdup_printf (ngettext ("Choose %u.", "Choose %u.", n), n);
      g_autofree char *plain = g_strdup_printf ("Choose %u.", n);
      g_autofree char *asked = g_strdup_printf ("Which %u ", n);

      if (strstr (prompt, here) != NULL || strstr (prompt, plain) != NULL
          || strstr (prompt, asked) != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
build (WayInteractionView *view, WayPack *pack, guint64 seed, const char *sentence)
{
  WayChoiceView *self = WAY_CHOICE_VIEW (view);
  const WayInteraction *interaction = way_interaction_view_get_interaction (view);
  WayChoiceKind kind = interaction->max_choices == 1 ? WAY_CHOICE_ONE : WAY_CHOICE_SEVERAL;
  g_autoptr (GPtrArray) order = NULL;
  g_autofree char *hint = dup_hint (interaction);
  g_autofree char *name = way_flow_dup_speech (interaction->prompt);

  if (says_how_many (name, interaction))
    g_clear_pointer (&hint, g_free);
  way_interaction_view_add_prompt (view, pack, hint);
  self->list = g_object_new (GTK_TYPE_BOX, "accessible-role",
                             kind == WAY_CHOICE_ONE ? GTK_ACCESSIBLE_ROLE_RADIO_GROUP
                                                    : GTK_ACCESSIBLE_ROLE_GROUP,
                             "orientation", GTK_ORIENTATION_VERTICAL, NULL);
  gtk_widget_add_css_class (self->list, "way-choices");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  *name != '\0' ? name : _ ("Choices"), -1);
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));

  order = way_interaction_shuffle (interaction->choices, interaction->is_shuffled, seed);
  for (guint i = 0; i < order->len; i++)
    {
      const WayChoice *choice = g_ptr_array_index (order, i);
      g_autofree char *label = way_flow_dup_speech (choice->content);
      GtkWidget *row = way_choice_row_new (kind, i + 1, label);

      way_choice_row_set_child (WAY_CHOICE_ROW (row),
                                way_flow_box_new (choice->content, pack, NULL, NULL));
      g_signal_connect_swapped (row, "chosen", G_CALLBACK (chosen_cb), self);
      gtk_box_append (GTK_BOX (self->list), row);
      g_ptr_array_add (self->rows, row);
      g_ptr_array_add (self->ids, choice->id);
    }
  way_choice_row_group ((GtkWidget *const *) self->rows->pdata, self->rows->len);
}

static WayValue *
dup_value (WayInteractionView *view)
{
  WayChoiceView *self = WAY_CHOICE_VIEW (view);
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();

  for (guint i = 0; i < self->rows->len; i++)
    if (way_choice_row_is_checked (g_ptr_array_index (self->rows, i)))
      g_ptr_array_add (texts, g_ptr_array_index (self->ids, i));

  return way_interaction_view_make_value (view, texts);
}

static void
set_value (WayInteractionView *view, const WayValue *value)
{
  WayChoiceView *self = WAY_CHOICE_VIEW (view);

  for (guint i = 0; i < self->rows->len; i++)
    way_choice_row_set_checked (g_ptr_array_index (self->rows, i),
                                way_value_holds (value, g_ptr_array_index (self->ids, i)));
}

static gboolean
is_complete (WayInteractionView *view)
{
  guint least = way_interaction_view_get_interaction (view)->min_choices;

  return count_checked (WAY_CHOICE_VIEW (view)) >= MAX (least, 1);
}

static void
mark (WayInteractionView *view, const WayValue *correct, gboolean is_right)
{
  WayChoiceView *self = WAY_CHOICE_VIEW (view);

  for (guint i = 0; i < self->rows->len; i++)
    {
      WayChoiceRow *row = g_ptr_array_index (self->rows, i);
      gboolean is_chosen = way_choice_row_is_checked (row);
      gboolean belongs = correct != NULL
                             ? way_value_holds (correct, g_ptr_array_index (self->ids, i))
                             : is_chosen && is_right;

      if (is_chosen)
        way_choice_row_set_marking (row, belongs ? WAY_MARKING_RIGHT : WAY_MARKING_WRONG);
      else if (belongs)
        way_choice_row_set_marking (row, WAY_MARKING_MISSED);
      else
        way_choice_row_set_marking (row, WAY_MARKING_OTHER);
    }
}

static gboolean
press_digit (WayInteractionView *view, guint digit)
{
  WayChoiceView *self = WAY_CHOICE_VIEW (view);

  if (digit < 1 || digit > self->rows->len)
    return FALSE;

  way_choice_row_press (g_ptr_array_index (self->rows, digit - 1));

  return TRUE;
}

/* Of a group of radio buttons the Tab key finds the chosen one, else the first. */
static gboolean
way_choice_view_focus (GtkWidget *widget, GtkDirectionType direction)
{
  WayChoiceView *self = WAY_CHOICE_VIEW (widget);
  const WayInteraction *interaction = way_interaction_view_get_interaction (
      WAY_INTERACTION_VIEW (self));

  if (interaction->max_choices == 1
      && (direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD))
    {
      GtkWidget *target = NULL;

      if (gtk_widget_get_focus_child (self->list) != NULL)
        return FALSE;
      for (guint i = 0; i < self->rows->len; i++)
        if (way_choice_row_is_checked (g_ptr_array_index (self->rows, i)))
          target = g_ptr_array_index (self->rows, i);
      if (target == NULL && self->rows->len > 0)
        target = g_ptr_array_index (self->rows, 0);
      if (target != NULL && gtk_widget_grab_focus (target))
        return TRUE;
    }

  return GTK_WIDGET_CLASS (way_choice_view_parent_class)->focus (widget, direction);
}

static void
way_choice_view_dispose (GObject *object)
{
  WayChoiceView *self = WAY_CHOICE_VIEW (object);

  g_ptr_array_set_size (self->rows, 0);

  G_OBJECT_CLASS (way_choice_view_parent_class)->dispose (object);
}

static void
way_choice_view_finalize (GObject *object)
{
  WayChoiceView *self = WAY_CHOICE_VIEW (object);

  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->ids);

  G_OBJECT_CLASS (way_choice_view_parent_class)->finalize (object);
}

static void
way_choice_view_class_init (WayChoiceViewClass *klass)
{
  WayInteractionViewClass *view_class = WAY_INTERACTION_VIEW_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = way_choice_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = way_choice_view_finalize;
  GTK_WIDGET_CLASS (klass)->focus = way_choice_view_focus;
  view_class->build = build;
  view_class->dup_value = dup_value;
  view_class->set_value = set_value;
  view_class->is_complete = is_complete;
  view_class->mark = mark;
  view_class->press_digit = press_digit;
}

static void
way_choice_view_init (WayChoiceView *self)
{
  self->rows = g_ptr_array_new ();
  self->ids = g_ptr_array_new ();
}
