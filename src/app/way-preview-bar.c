/* way-preview-bar.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/way-preview-bar.h"

#include "widgets/way-compat.h"
#include "widgets/way-tab-stop.h"

#include <glib/gi18n.h>

#define MAX_ROWS 100
#define MAX_HEIGHT 200 /* pixels */

/* Above a module that is being written: what is wrong with it, line by line. */
struct _WayPreviewBar
{
  AdwBin parent_instance;

  GtkWidget *box;
  GtkLabel *heading;
  GtkWidget *scrolled;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (WayPreviewBar, way_preview_bar, ADW_TYPE_BIN)

static void
add_row (WayPreviewBar *self, const char *text)
{
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_margin_start (label, 12);
  gtk_widget_set_margin_end (label, 12);
  gtk_widget_set_margin_top (label, 6);
  gtk_widget_set_margin_bottom (label, 6);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  way_compat_name (row, text);
  gtk_list_box_append (self->list, row);
}

static char *
dup_heading (guint n, gboolean is_shown)
{
  if (n == 0 && is_shown)
    return g_strdup (_ ("Preview: it changes as you save. Nothing that you do here is kept."));
  if (is_shown)
    /* Translators: of a module that an author is writing. */
    return g_strdup_printf (ngettext ("Shown as you saved it. %u thing to mend before others see "
                                      "it:",
                                      "Shown as you saved it. %u things to mend before others "
                                      "see it:",
                                      n),
                            n);
  return g_strdup_printf (ngettext ("What you saved cannot be shown. %u thing is wrong:",
                                    "What you saved cannot be shown. %u things are wrong:", n),
                          n);
}

/**
 * way_preview_bar_set_problems:
 * @problems: (element-type utf8): each as file:line: reason
 * @is_shown: whether the page shows what was saved last; else what could be read before
 *
 * Says what is wrong, to the eye and to a screen reader.
 */
void
way_preview_bar_set_problems (WayPreviewBar *self, GPtrArray *problems, gboolean is_shown)
{
  g_autofree char *heading = NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row;

  g_return_if_fail (WAY_IS_PREVIEW_BAR (self));
  g_return_if_fail (problems != NULL);

  heading = dup_heading (problems->len, is_shown);
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; i < problems->len && i < MAX_ROWS; i++)
    add_row (self, g_ptr_array_index (problems, i));
  gtk_widget_set_visible (self->scrolled, problems->len > 0);
  gtk_label_set_label (self->heading, heading);
  if (problems->len > 0)
    {
      gtk_widget_remove_css_class (self->box, "way-banner-quiet");
      gtk_widget_add_css_class (self->box, "way-banner-attention");
    }
  else
    {
      gtk_widget_remove_css_class (self->box, "way-banner-attention");
      gtk_widget_add_css_class (self->box, "way-banner-quiet");
    }
  if (focus != NULL && problems->len > 0)
    {
      g_autofree char *text = g_strdup_printf ("%s %s", heading, (char *) problems->pdata[0]);

      way_compat_announce (focus, text);
    }
}

static void
way_preview_bar_class_init (WayPreviewBarClass *klass)
{
}

static void
way_preview_bar_init (WayPreviewBar *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (self->box, "way-banner");
  self->heading = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->heading, TRUE);
  gtk_label_set_xalign (self->heading, 0);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->heading));

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  way_compat_name (GTK_WIDGET (self->list), _ ("What is wrong"));
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scrolled), MAX_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled),
                                 way_tab_stop_new (GTK_WIDGET (self->list)));
  gtk_widget_set_visible (self->scrolled, FALSE);
  gtk_box_append (GTK_BOX (self->box), self->scrolled);
  adw_bin_set_child (ADW_BIN (self), self->box);
}

/**
 * way_preview_bar_new:
 *
 * Returns: (transfer floating): a bar that says nothing yet
 */
GtkWidget *
way_preview_bar_new (void)
{
  return g_object_new (WAY_TYPE_PREVIEW_BAR, NULL);
}
