/* way-hottext-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-hottext-view.h"

#include <glib/gi18n.h>

#include "widgets/way-compat.h"
#include "widgets/way-flow-box.h"

/* Words of a text that can be chosen: each is a button that stays pressed. */
struct _WayHottextView
{
  WayInteractionView parent_instance;

  GPtrArray *words; /* (owned) borrowed toggle buttons */
  GPtrArray *ids;   /* (owned) borrowed, one a word */
  gboolean is_setting;
};

G_DEFINE_FINAL_TYPE (WayHottextView, way_hottext_view, WAY_TYPE_INTERACTION_VIEW)

static gboolean
is_chosen (WayHottextView *self, guint n)
{
  return gtk_toggle_button_get_active (g_ptr_array_index (self->words, n));
}

static guint
count_chosen (WayHottextView *self)
{
  guint n = 0;

  for (guint i = 0; i < self->words->len; i++)
    n += is_chosen (self, i) ? 1 : 0;

  return n;
}

/* Of one alone, the last that was pressed stands; of several, no more than there may be. */
static void
toggled_cb (GtkToggleButton *word, gpointer user_data)
{
  WayHottextView *self = user_data;
  guint most = way_interaction_view_get_interaction (WAY_INTERACTION_VIEW (self))->max_choices;

  if (self->is_setting)
    return;

  self->is_setting = TRUE;
  if (most == 1 && gtk_toggle_button_get_active (word))
    {
      for (guint i = 0; i < self->words->len; i++)
        if (g_ptr_array_index (self->words, i) != word)
          gtk_toggle_button_set_active (g_ptr_array_index (self->words, i), FALSE);
    }
  else if (most > 1 && count_chosen (self) > most)
    {
      g_autofree char *text = NULL;

      gtk_toggle_button_set_active (word, FALSE);
      text = g_strdup_printf (ngettext ("Choose at most %u.", "Choose at most %u.", most), most);
      way_compat_announce (GTK_WIDGET (word), text);
    }
  self->is_setting = FALSE;
  way_interaction_view_changed (WAY_INTERACTION_VIEW (self));
}

static GtkWidget *
embed_cb (const WayNode *node, const char *sentence, gpointer user_data)
{
  WayHottextView *self = user_data;
  GtkWidget *word;
  GtkWidget *label;

  if (node->type != WAY_NODE_HOTTEXT)
    return NULL;

  word = gtk_toggle_button_new ();
  label = gtk_label_new (node->text);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_button_set_child (GTK_BUTTON (word), label);
  gtk_widget_add_css_class (word, "way-chip");
  gtk_accessible_update_property (GTK_ACCESSIBLE (word), GTK_ACCESSIBLE_PROPERTY_LABEL, node->text,
                                  -1);
  if (sentence != NULL)
    way_compat_describe (word, sentence);
  g_signal_connect (word, "toggled", G_CALLBACK (toggled_cb), self);
  g_ptr_array_add (self->words, word);
  g_ptr_array_add (self->ids, node->name);

  return word;
}

static void
build (WayInteractionView *view, WayPack *pack, guint64 seed, const char *sentence)
{
  WayHottextView *self = WAY_HOTTEXT_VIEW (view);
  const WayInteraction *interaction = way_interaction_view_get_interaction (view);
  GtkWidget *text;

  way_interaction_view_add_prompt (view, pack,
                                   interaction->max_choices == 1 ? _ ("Press the words you choose.")
                                                                 : _ ("Press all that fit."));
  text = way_flow_box_new (interaction->content, pack, embed_cb, self);
  gtk_widget_add_css_class (text, "way-gap-text");
  gtk_widget_set_parent (text, GTK_WIDGET (self));
}

static WayValue *
dup_value (WayInteractionView *view)
{
  WayHottextView *self = WAY_HOTTEXT_VIEW (view);
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();

  for (guint i = 0; i < self->words->len; i++)
    if (is_chosen (self, i))
      g_ptr_array_add (texts, g_ptr_array_index (self->ids, i));

  return way_interaction_view_make_value (view, texts);
}

static void
set_value (WayInteractionView *view, const WayValue *value)
{
  WayHottextView *self = WAY_HOTTEXT_VIEW (view);

  self->is_setting = TRUE;
  for (guint i = 0; i < self->words->len; i++)
    gtk_toggle_button_set_active (g_ptr_array_index (self->words, i),
                                  way_value_holds (value, g_ptr_array_index (self->ids, i)));
  self->is_setting = FALSE;
}

static gboolean
is_complete (WayInteractionView *view)
{
  guint least = way_interaction_view_get_interaction (view)->min_choices;

  return count_chosen (WAY_HOTTEXT_VIEW (view)) >= MAX (least, 1);
}

static void
mark (WayInteractionView *view, const WayValue *correct, gboolean is_right)
{
  WayHottextView *self = WAY_HOTTEXT_VIEW (view);

  for (guint i = 0; i < self->words->len; i++)
    {
      GtkWidget *word = g_ptr_array_index (self->words, i);
      GtkWidget *label = gtk_button_get_child (GTK_BUTTON (word));
      gboolean belongs = correct != NULL
                             ? way_value_holds (correct, g_ptr_array_index (self->ids, i))
                             : is_chosen (self, i) && is_right;
      const char *verdict = is_chosen (self, i) ? (belongs ? _ ("right") : _ ("not right"))
                            : belongs           ? _ ("this was right")
                                                : NULL;

      gtk_widget_set_sensitive (word, FALSE);
      if (verdict != NULL)
        {
          /* TRANSLATORS: words of a text, and whether choosing them was right. */
          g_autofree char *text = g_strdup_printf (_ ("%s (%s)"),
                                                   gtk_label_get_text (GTK_LABEL (label)), verdict);

          gtk_label_set_text (GTK_LABEL (label), text);
          gtk_accessible_update_property (GTK_ACCESSIBLE (word), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                          text, -1);
          gtk_widget_add_css_class (word, belongs ? "right" : "wrong");
        }
    }
}

static gboolean
press_digit (WayInteractionView *view, guint digit)
{
  WayHottextView *self = WAY_HOTTEXT_VIEW (view);
  GtkToggleButton *word;

  if (digit < 1 || digit > self->words->len)
    return FALSE;

  word = g_ptr_array_index (self->words, digit - 1);
  gtk_toggle_button_set_active (word, !gtk_toggle_button_get_active (word));

  return TRUE;
}

static void
way_hottext_view_finalize (GObject *object)
{
  WayHottextView *self = WAY_HOTTEXT_VIEW (object);

  g_ptr_array_unref (self->words);
  g_ptr_array_unref (self->ids);

  G_OBJECT_CLASS (way_hottext_view_parent_class)->finalize (object);
}

static void
way_hottext_view_class_init (WayHottextViewClass *klass)
{
  WayInteractionViewClass *view_class = WAY_INTERACTION_VIEW_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = way_hottext_view_finalize;
  view_class->build = build;
  view_class->dup_value = dup_value;
  view_class->set_value = set_value;
  view_class->is_complete = is_complete;
  view_class->mark = mark;
  view_class->press_digit = press_digit;
}

static void
way_hottext_view_init (WayHottextView *self)
{
  self->words = g_ptr_array_new ();
  self->ids = g_ptr_array_new ();
}
