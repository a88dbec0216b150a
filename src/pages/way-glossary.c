/* way-glossary.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/way-glossary.h"

#include "widgets/way-compat.h"
#include "widgets/way-tab-stop.h"

#include <glib/gi18n.h>

/* The words of a pack with what they mean, and a search over them. */
struct _WayGlossary
{
  AdwBin parent_instance;

  GtkEditable *entry; /* borrowed from the tree, as the rest */
  GtkListBox *list;
  GtkWidget *nothing;
  GtkWidget *list_stop;
};

G_DEFINE_FINAL_TYPE (WayGlossary, way_glossary, ADW_TYPE_BIN)

/* What is looked for in a row, and whether the word itself is the same. */
static gboolean
matches (GtkWidget *row, const char *text)
{
  const char *words = g_object_get_data (G_OBJECT (row), "words");

  return text[0] == '\0' || g_str_match_string (text, words, TRUE) || strstr (words, text) != NULL;
}

static gboolean
filter_cb (GtkListBoxRow *row, gpointer user_data)
{
  WayGlossary *self = user_data;
  g_autofree char *folded = g_utf8_casefold (gtk_editable_get_text (self->entry), -1);

  return matches (GTK_WIDGET (row), g_strstrip (folded));
}

/* The word itself first, then words that have it in them, then meanings. */
static int
get_rank (GtkListBoxRow *row, const char *text)
{
  const char *word = g_object_get_data (G_OBJECT (row), "word");

  if (text[0] == '\0')
    return 0;
  if (g_str_has_prefix (word, text))
    return word[strlen (text)] == '\0' ? 0 : 1;
  return strstr (word, text) != NULL ? 2 : 3;
}

static int
sort_cb (GtkListBoxRow *a, GtkListBoxRow *b, gpointer user_data)
{
  WayGlossary *self = user_data;
  g_autofree char *folded = g_utf8_casefold (gtk_editable_get_text (self->entry), -1);
  int order = get_rank (a, g_strstrip (folded)) - get_rank (b, folded);

  if (order != 0)
    return order;
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (a), "place"))
         - GPOINTER_TO_INT (g_object_get_data (G_OBJECT (b), "place"));
}

static void
changed_cb (WayGlossary *self)
{
  guint n = 0;
  g_autofree char *said = NULL;

  gtk_list_box_invalidate_filter (self->list);
  gtk_list_box_invalidate_sort (self->list);
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      if (gtk_widget_get_child_visible (row))
        n++;
    }
  gtk_widget_set_visible (self->list_stop, n > 0);
  gtk_widget_set_visible (self->nothing, n == 0);
  said = g_strdup_printf (ngettext ("%u word", "%u words", n), n);
  way_compat_describe (GTK_WIDGET (self->entry), said);
}

static GtkWidget *
create_row (const WayTerm *term)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = NULL;
  g_autofree char *words = NULL;

  if (term->also != NULL && term->also[0] != '\0')
    /* Translators: a word, and in brackets another word for the same. */
    title = g_strdup_printf (_ ("%s (%s)"), term->word, term->also);
  else
    title = g_strdup (term->word);
  words = g_strconcat (title, " ", term->meaning, NULL);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), term->meaning);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  way_compat_name (row, title);
  way_compat_describe (row, term->meaning);
  g_object_set_data_full (G_OBJECT (row), "words", g_utf8_casefold (words, -1), g_free);
  g_object_set_data_full (G_OBJECT (row), "word", g_utf8_casefold (term->word, -1), g_free);
  return row;
}

static void
way_glossary_class_init (WayGlossaryClass *klass)
{
}

static void
way_glossary_init (WayGlossary *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *entry = gtk_search_entry_new ();
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *label = gtk_label_new (_ ("That word is not here yet. Your champion can explain it."));
  GtkWidget *ask = gtk_button_new_with_label (_ ("Ask My Champion"));

  self->entry = GTK_EDITABLE (entry);
  g_object_set (entry, "placeholder-text", _ ("Search for a word"), NULL);
  way_compat_name (entry, _ ("Search for a word"));
  gtk_box_append (GTK_BOX (box), entry);

  self->list = GTK_LIST_BOX (list);
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_list_box_set_filter_func (self->list, filter_cb, self, NULL);
  gtk_list_box_set_sort_func (self->list, sort_cb, self, NULL);
  gtk_widget_add_css_class (list, "boxed-list");
  way_compat_name (list, _ ("Words"));
  self->list_stop = way_tab_stop_new (list);
  gtk_box_append (GTK_BOX (box), self->list_stop);

  self->nothing = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (ask), "win.ask-help");
  gtk_widget_set_halign (ask, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (self->nothing, 24);
  gtk_box_append (GTK_BOX (self->nothing), label);
  gtk_box_append (GTK_BOX (self->nothing), ask);
  gtk_widget_set_visible (self->nothing, FALSE);
  gtk_box_append (GTK_BOX (box), self->nothing);

  g_signal_connect_swapped (entry, "search-changed", G_CALLBACK (changed_cb), self);
  adw_bin_set_child (ADW_BIN (self), box);
}

/**
 * way_glossary_new:
 * @pack: whose words
 *
 * Returns: (transfer floating): the words of the pack
 */
GtkWidget *
way_glossary_new (WayPack *pack)
{
  WayGlossary *self = g_object_new (WAY_TYPE_GLOSSARY, NULL);
  GPtrArray *terms;

  g_return_val_if_fail (WAY_IS_PACK (pack), NULL);

  terms = way_pack_get_terms (pack);
  for (guint i = 0; i < terms->len; i++)
    {
      GtkWidget *row = create_row (g_ptr_array_index (terms, i));

      g_object_set_data (G_OBJECT (row), "place", GINT_TO_POINTER ((int) i));
      gtk_list_box_append (self->list, row);
    }
  return GTK_WIDGET (self);
}

/**
 * way_glossary_look_up:
 * @word: a word, or "" for all of them
 *
 * Shows a word; the search is ready for the next.
 */
void
way_glossary_look_up (WayGlossary *self, const char *word)
{
  g_return_if_fail (WAY_IS_GLOSSARY (self));
  g_return_if_fail (word != NULL);

  gtk_editable_set_text (self->entry, word);
  changed_cb (self);
  gtk_editable_select_region (self->entry, 0, -1);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}
