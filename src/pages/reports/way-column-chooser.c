/* way-column-chooser.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/reports/way-column-chooser.h"

#include "pages/reports/way-report-columns.h"
#include "pages/way-detail.h"
#include "widgets/way-compat.h"

#include <glib/gi18n.h>

/* A popover that says what each column means, lets it be shown or not, and sorts: headings
 * can be pressed with a pointer only. */
typedef struct
{
  WayReportTable *table; /* (not owned) lives as long as the page that has both */
  GtkDropDown *by;
  GtkWidget *descending;
} Chooser;

static void
sort_cb (Chooser *chooser)
{
  guint selected = gtk_drop_down_get_selected (chooser->by);
  gboolean is_descending = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (chooser->descending));
  guint n;
  const WayScreenColumn *columns = way_screen_columns_list (&n);
  const char *name = selected > 0 && selected <= n
                         ? way_screen_column_get_title (&columns[selected - 1])
                         : _ ("the order of the file");

  gtk_button_set_icon_name (GTK_BUTTON (chooser->descending), is_descending
                                                                  ? "view-sort-descending-symbolic"
                                                                  : "view-sort-ascending-symbolic");
  way_detail_name_drop_down (chooser->by, _ ("Sorted by"), name);
  way_report_table_sort (chooser->table, (int) selected - 1, is_descending);
}

static void
toggled_cb (GtkCheckButton *button, Chooser *chooser)
{
  guint n = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "column"));

  way_report_table_show_column (chooser->table, n, gtk_check_button_get_active (button));
}

static GtkWidget *
create_sorting (Chooser *chooser)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (_ ("Sort by"));
  GtkStringList *names = gtk_string_list_new (NULL);
  guint n;
  const WayScreenColumn *columns = way_screen_columns_list (&n);

  gtk_string_list_append (names, _ ("The order of the file"));
  for (guint i = 0; i < n; i++)
    gtk_string_list_append (names, way_screen_column_get_title (&columns[i]));
  chooser->by = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (names), NULL));
  gtk_widget_set_hexpand (GTK_WIDGET (chooser->by), TRUE);
  g_signal_connect_swapped (chooser->by, "notify::selected", G_CALLBACK (sort_cb), chooser);

  chooser->descending = gtk_toggle_button_new ();
  gtk_widget_set_tooltip_text (chooser->descending, _ ("Largest or last first"));
  way_compat_name (chooser->descending, _ ("Largest or last first"));
  g_signal_connect_swapped (chooser->descending, "toggled", G_CALLBACK (sort_cb), chooser);

  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (chooser->by));
  gtk_box_append (GTK_BOX (box), chooser->descending);
  sort_cb (chooser);
  return box;
}

static GtkWidget *
create_column (Chooser *chooser, guint n, const WayScreenColumn *column)
{
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_label_new (way_screen_column_get_title (column));
  GtkWidget *definition = gtk_label_new (way_screen_column_get_definition (column));

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_xalign (GTK_LABEL (definition), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_label_set_wrap (GTK_LABEL (definition), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (definition), 40);
  gtk_widget_add_css_class (definition, "caption");
  gtk_widget_add_css_class (definition, "way-quiet");
  gtk_box_append (GTK_BOX (texts), title);
  gtk_box_append (GTK_BOX (texts), definition);
  gtk_widget_set_margin_start (texts, 6);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (check), texts);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                               way_report_table_is_column_shown (chooser->table, n));
  way_compat_name (check, way_screen_column_get_title (column));
  way_compat_describe (check, way_screen_column_get_definition (column));
  g_object_set_data (G_OBJECT (check), "column", GUINT_TO_POINTER (n));
  g_signal_connect (check, "toggled", G_CALLBACK (toggled_cb), chooser);
  return check;
}

/* GTK 4.8 offers no action for check buttons: their own group does. */
static void
press_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkCheckButton *check = user_data;

  gtk_check_button_set_active (check, !gtk_check_button_get_active (check));
}

static void
add_press (GtkWidget *check)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) press = g_simple_action_new ("activate", NULL);

  g_signal_connect (press, "activate", G_CALLBACK (press_cb), check);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (press));
  gtk_widget_insert_action_group (check, "check", G_ACTION_GROUP (group));
}

/**
 * way_column_chooser_new:
 * @table: whose columns
 *
 * Returns: (transfer floating): a popover
 */
GtkWidget *
way_column_chooser_new (WayReportTable *table)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  Chooser *chooser = g_new0 (Chooser, 1);
  guint n;
  const WayScreenColumn *columns = way_screen_columns_list (&n);

  g_return_val_if_fail (WAY_IS_REPORT_TABLE (table), NULL);

  chooser->table = table;
  g_object_set_data_full (G_OBJECT (popover), "chooser", chooser, g_free);
  gtk_box_append (GTK_BOX (box), create_sorting (chooser));
  for (guint i = 0; i < n; i++)
    {
      GtkWidget *check = create_column (chooser, i, &columns[i]);

      add_press (check);
      gtk_box_append (GTK_BOX (list), check);
    }
  gtk_widget_set_margin_end (list, 12);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 400);
  gtk_box_append (GTK_BOX (box), scrolled);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_widget_set_margin_start (box, 6);
  gtk_widget_set_margin_end (box, 6);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (popover), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Columns and what they mean"), -1);
  return popover;
}
