/* way-desk-parts.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-desk-parts.h"

#include <adwaita.h>

#include "widgets/way-compat.h"

#define COLUMN_WIDTH 620 /* lines of a text are not longer than can be read with ease */

static GtkWidget *
set_up_text (GtkWidget *label, const char *css_class)
{
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);

  return label;
}

/**
 * way_desk_text_new:
 * @text: (nullable)
 * @css_class: (nullable)
 *
 * Returns: (transfer floating): a label that goes on in the next line
 */
GtkWidget *
way_desk_text_new (const char *text, const char *css_class)
{
  return set_up_text (gtk_label_new (text), css_class);
}

/**
 * way_desk_heading_new:
 * @text: (nullable)
 * @css_class: (nullable)
 *
 * Returns: (transfer floating): the same, and a heading for assistive technology
 */
GtkWidget *
way_desk_heading_new (const char *text, const char *css_class)
{
  return set_up_text (g_object_new (GTK_TYPE_LABEL, "label", text, "accessible-role",
                                    GTK_ACCESSIBLE_ROLE_HEADING, NULL),
                      css_class);
}

/**
 * way_desk_button_new:
 * @label: with a mnemonic
 *
 * Returns: (transfer floating): a button whose label can take several lines
 */
GtkWidget *
way_desk_button_new (const char *label)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  way_desk_button_tidy (button);

  return button;
}

/**
 * way_desk_button_tidy:
 * @button: a button with a label
 *
 * Lets the label take several lines, for large text in a narrow window, and names the
 * button by its words alone: GTK 4.8 puts those with the underscore before them.
 */
void
way_desk_button_tidy (GtkWidget *button)
{
  GtkWidget *label;

  g_return_if_fail (GTK_IS_BUTTON (button));

  label = gtk_button_get_child (GTK_BUTTON (button));
  if (!GTK_IS_LABEL (label))
    return;
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  way_compat_name (button, gtk_label_get_text (GTK_LABEL (label)));
}

/**
 * way_desk_button_keep_words:
 * @button: a button with a label that way_desk_button_tidy() has let take several lines
 *
 * Lets it begin a new line only between words: for where it has a line of its own when there
 * is no room beside another.
 */
void
way_desk_button_keep_words (GtkWidget *button)
{
  GtkWidget *label;

  g_return_if_fail (GTK_IS_BUTTON (button));

  label = gtk_button_get_child (GTK_BUTTON (button));
  if (GTK_IS_LABEL (label))
    gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD);
}

/**
 * way_desk_box_clear:
 * @box: a box
 *
 * Takes everything out of it.
 */
void
way_desk_box_clear (GtkWidget *box)
{
  GtkWidget *child;

  g_return_if_fail (GTK_IS_BOX (box));

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

/**
 * way_desk_stack_show:
 * @stack: a stack
 * @name: one of its pages
 *
 * Shows the page and hides the others. GTK 4.8 leaves pages that do not show in the
 * accessible tree unless they are hidden.
 */
void
way_desk_stack_show (GtkWidget *stack, const char *name)
{
  GtkWidget *shown;

  g_return_if_fail (GTK_IS_STACK (stack));

  shown = gtk_stack_get_child_by_name (GTK_STACK (stack), name);
  g_return_if_fail (shown != NULL);

  gtk_widget_set_visible (shown, TRUE);
  gtk_stack_set_visible_child (GTK_STACK (stack), shown);
  for (GtkWidget *child = gtk_widget_get_first_child (stack); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_visible (child, child == shown);
}

/**
 * way_desk_card_new:
 *
 * Returns: (transfer floating): a box that focus can go to, so that what it is called and
 *   described by is read out
 */
GtkWidget *
way_desk_card_new (void)
{
  GtkWidget *card = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing",
                                  6, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, "focusable",
                                  TRUE, NULL);

  gtk_widget_add_css_class (card, "desk-card");

  return card;
}

/**
 * way_desk_column_new:
 * @inside: what an app shows
 *
 * Returns: (transfer floating): it in a column in the middle, which scrolls
 */
GtkWidget *
way_desk_column_new (GtkWidget *inside)
{
  GtkWidget *scroll = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  gtk_widget_add_css_class (inside, "desk-talk");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), COLUMN_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), inside);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), clamp);
  gtk_widget_set_vexpand (scroll, TRUE);

  return scroll;
}

/**
 * way_desk_has_focus:
 *
 * Returns: whether the focus is on the widget or in it
 */
gboolean
way_desk_has_focus (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}
