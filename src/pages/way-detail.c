/* way-detail.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/way-detail.h"

#include "widgets/way-compat.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>
#include <string.h>

/* The parts that a detail at the side of a list is made of. */

/**
 * way_detail_clear:
 *
 * Takes everything out of @box.
 */
void
way_detail_clear (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

/**
 * way_detail_add_label:
 * @style_class: (nullable): how it looks
 *
 * Adds a text that wraps.
 *
 * Returns: (transfer none): the label
 */
GtkWidget *
way_detail_add_label (GtkBox *box, const char *text, const char *style_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (style_class != NULL)
    gtk_widget_add_css_class (label, style_class);
  gtk_box_append (box, label);
  return label;
}

/**
 * way_detail_add_button:
 * @box: a box, or one that wraps
 * @label: with a mnemonic
 * @style_class: (nullable): how it looks
 * @callback: called with @data when it is pressed
 *
 * Returns: (transfer none): the button
 */
GtkWidget *
way_detail_add_button (
    GtkWidget *box, const char *label, const char *style_class, GCallback callback, gpointer data)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  g_auto (GStrv) parts = g_strsplit (label, "_", 2);
  g_autofree char *name = g_strjoinv ("", parts);

  way_compat_name (button, name);
  /* With large text one of them alone is wider than a narrow window. */
  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), TRUE);
  if (style_class != NULL)
    gtk_widget_add_css_class (button, style_class);
  g_signal_connect_swapped (button, "clicked", callback, data);
  if (WAY_IS_WRAP_BOX (box))
    way_wrap_box_append (WAY_WRAP_BOX (box), button);
  else
    gtk_box_append (GTK_BOX (box), button);
  return button;
}

/**
 * way_detail_add_deed:
 * @wrap: a #WayWrapBox
 *
 * Adds a button as way_detail_add_button() does, in a holder of its own: one of several that
 * take the room there is.
 */
void
way_detail_add_deed (
    GtkWidget *wrap, const char *label, const char *style_class, GCallback callback, gpointer data)
{
  GtkWidget *holder = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  way_detail_add_button (holder, label, style_class, callback, data);
  way_wrap_box_append (WAY_WRAP_BOX (wrap), holder);
}

static GtkWidget *
add_title (GtkBox *box, const char *text, const char *style_class, int margin)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "xalign", 0.0, "wrap", TRUE,
                                   "wrap-mode", PANGO_WRAP_WORD_CHAR, "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_HEADING, NULL);

  gtk_widget_add_css_class (label, style_class);
  gtk_widget_set_margin_top (label, margin);
  gtk_box_append (box, label);
  return label;
}

/**
 * way_detail_add_heading:
 *
 * Adds what the detail is of.
 *
 * Returns: (transfer none): the label
 */
GtkWidget *
way_detail_add_heading (GtkBox *box, const char *text)
{
  return add_title (box, text, "title-2", 0);
}

/**
 * way_detail_add_section:
 *
 * Adds the heading of a part.
 *
 * Returns: (transfer none): the label
 */
GtkWidget *
way_detail_add_section (GtkBox *box, const char *text)
{
  return add_title (box, text, "heading", 12);
}

/**
 * way_detail_add_pair:
 *
 * Adds a small name with its value under it.
 *
 * Returns: (transfer none): the label of the value
 */
GtkWidget *
way_detail_add_pair (GtkBox *box, const char *name, const char *value)
{
  GtkWidget *pair = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label;

  way_detail_add_label (GTK_BOX (pair), name, "caption");
  gtk_widget_add_css_class (gtk_widget_get_first_child (pair), "dim-label");
  label = way_detail_add_label (GTK_BOX (pair), value, NULL);
  gtk_label_set_selectable (GTK_LABEL (label), FALSE);
  gtk_box_append (box, pair);
  return label;
}

/**
 * way_detail_add_state:
 *
 * Adds a state: an icon with its word.
 *
 * Returns: (transfer none): the box of both
 */
GtkWidget *
way_detail_add_state (GtkBox *box, const char *icon_name, const char *text)
{
  GtkWidget *state = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", icon_name, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_box_append (GTK_BOX (state), icon);
  way_detail_add_label (GTK_BOX (state), text, NULL);
  gtk_box_append (box, state);
  return state;
}

/**
 * way_detail_create_search:
 * @name: what it finds
 *
 * Returns: (transfer floating): the entry that searches in what is seen
 */
GtkWidget *
way_detail_create_search (const char *name)
{
  GtkWidget *search = gtk_search_entry_new ();

  g_object_set (search, "placeholder-text", name, NULL);
  gtk_widget_set_tooltip_text (search, _ ("Ctrl+F"));
  gtk_editable_set_width_chars (GTK_EDITABLE (search), 6);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (search), 14);
  way_compat_name (search, name);
  return search;
}

/**
 * way_detail_finds:
 * @search: from way_detail_create_search()
 * @words: what a row says
 *
 * Returns: whether what is searched for stands in @words, in small or capital letters; TRUE where
 *   nothing is
 */
gboolean
way_detail_finds (GtkWidget *search, const char *words)
{
  g_autofree char *sought = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (search)), -1);
  g_autofree char *folded = g_utf8_casefold (words, -1);

  return strstr (folded, g_strstrip (sought)) != NULL;
}

/* The button of a drop-down shows what is chosen in a list item that can take the focus,
 * and that is named by its type. */
static void
name_items (GtkWidget *widget, const char *name)
{
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkListItemWidget"))
    way_compat_name (widget, name);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (!GTK_IS_POPOVER (child))
        name_items (child, name);
    }
}

/**
 * way_detail_name_drop_down:
 * @what: what the drop-down is for
 * @chosen: what is chosen in it
 *
 * Says both wherever a screen reader may stop in a drop-down. To be called again when
 * something else is chosen.
 */
void
way_detail_name_drop_down (GtkDropDown *drop_down, const char *what, const char *chosen)
{
  /* Translators: what a list is for, and what is chosen in it. */
  g_autofree char *name = g_strdup_printf (_ ("%s: %s"), what, chosen);

  way_compat_name (GTK_WIDGET (drop_down), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  name_items (GTK_WIDGET (drop_down), name);
}
