/* way-network-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pages/network/way-network-page.h"

#include "pages/network/way-network-words.h"
#include "pages/network/way-theme-view.h"
#include "pages/way-detail.h"
#include "pages/way-report-file.h"
#include "pages/way-source-bar.h"
#include "session/way-term.h"
#include "widgets/way-chart.h"
#include "widgets/way-compat.h"
#include "widgets/way-tab-stop.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>
#include <math.h>

/* What people need help with over time, for training leads and the design office; and for leads
 * what champions gave, beside what changed. */
struct _WayNetworkPage
{
  WayPage parent_instance;

  WaySourceBar *source;
  GtkWidget *nothing; /* in the place of themes */
  WayThemeView *themes;
  GtkBox *effort;
};

G_DEFINE_FINAL_TYPE (WayNetworkPage, way_network_page, WAY_TYPE_PAGE)

static gboolean
is_lead (WayNetworkPage *self)
{
  return (way_session_get_roles (way_page_get_session (WAY_PAGE (self))) & WAY_ROLE_LEAD) != 0;
}

/* --- Files -------------------------------------------------------------------------------- */

static void
export_themes_cb (WayNetworkPage *self)
{
  way_report_file_save (WAY_PAGE (self), "help-themes", NULL);
}

static void
export_effort_cb (WayNetworkPage *self)
{
  way_report_file_save (WAY_PAGE (self), "effort", NULL);
}

static void
add_head (GtkBox *box, const char *title, const char *about, GCallback exported, gpointer data)
{
  GtkWidget *line = way_wrap_box_new (12, 6);
  GtkWidget *heading = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING,
                                     "label", title, "wrap", TRUE, "xalign", 0.0, NULL);
  GtkWidget *button = gtk_button_new_with_label (_ ("Export…"));

  gtk_widget_add_css_class (heading, "title-3");
  way_wrap_box_append (WAY_WRAP_BOX (line), heading);
  way_compat_describe (button, title);
  g_signal_connect_object (button, "clicked", exported, data, G_CONNECT_SWAPPED);
  way_wrap_box_append (WAY_WRAP_BOX (line), button);
  gtk_box_append (box, line);
  way_detail_add_label (box, about, "way-quiet");
}

/* --- Effort ------------------------------------------------------------------------------- */

static void
add_unit (GtkListBox *list, WayRow *unit, const char *name)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *effort = way_network_describe_effort (unit);
  g_autofree char *change = way_network_describe_change (unit);
  g_autofree char *practice = way_network_describe_practice (unit);
  g_autofree char *text = g_strjoin ("\n", effort, change, practice, NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  way_compat_name (row, name);
  way_compat_describe (row, text);
  gtk_list_box_append (list, row);
}

/* “Alder Ward: 3 h 20 min” over its band of change. */
static void
add_point (GArray *points, GPtrArray *names, WayRow *unit, const char *name)
{
  WayChartPoint point = { .own = NAN, .need = NAN };

  if (!way_row_has (unit, "change"))
    return;
  g_ptr_array_add (names, way_network_describe_briefly (unit, name));
  point.name = names->pdata[names->len - 1];
  point.value = way_row_get_number (unit, "change");
  point.low = way_row_get_number (unit, "change_low");
  point.high = way_row_get_number (unit, "change_high");
  g_array_append_val (points, point);
}

static void
draw_effort (WayNetworkPage *self, GListModel *units)
{
  const char *const axis[] = { _ ("1 level down"), _ ("The same"), _ ("1 level up"), NULL };
  GtkWidget *list = gtk_list_box_new ();
  g_autoptr (GArray) points = g_array_new (FALSE, TRUE, sizeof (WayChartPoint));
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  GtkWidget *caveat;

  way_detail_clear (self->effort);
  add_head (self->effort, _ ("Effort beside change"),
            _ ("What champions gave in the last year, and what changed for the people of the same "
               "places. Each place counts with everything below it; of fewer than 8 nothing is "
               "said."),
            G_CALLBACK (export_effort_cb), self);
  caveat = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (caveat, "way-box");
  way_detail_add_label (GTK_BOX (caveat), _ ("Beside is not because"), "heading");
  way_detail_add_label (GTK_BOX (caveat),
                        _ ("A place with much help and much change does not show that the one "
                           "brought the other. Champions go where help is needed most, not "
                           "everybody is measured twice, and places differ in much else. Ask the "
                           "people there before you decide by it."),
                        NULL);
  gtk_box_append (self->effort, caveat);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  way_compat_name (list, _ ("Effort beside change"));
  for (guint i = 0; i < g_list_model_get_n_items (units); i++)
    {
      g_autoptr (WayRow) first = g_list_model_get_item (units, 0);
      g_autoptr (WayRow) unit = g_list_model_get_item (units, i);
      const char *name = way_row_has (unit, "unit") ? way_row_get_text (unit, "unit")
                                                    : _ ("The whole trust");

      if (way_network_is_whole (unit, first))
        continue;
      add_unit (GTK_LIST_BOX (list), unit, name);
      add_point (points, names, unit, name);
    }
  if (points->len > 0)
    {
      GtkWidget *chart = way_chart_new (WAY_CHART_BANDS);

      way_detail_add_label (self->effort,
                            _ ("Dot: the mean change. Band: how sure that is, 19 times of 20."),
                            "caption");
      way_chart_set_axis (WAY_CHART (chart), -1, 1, axis);
      way_chart_set_points (WAY_CHART (chart), (const WayChartPoint *) (gpointer) points->data,
                            points->len);
      way_compat_name (chart, _ ("Change by place"));
      gtk_box_append (self->effort, chart);
    }
  gtk_box_append (self->effort, way_tab_stop_new (list));
}

static void
effort_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayNetworkPage) self = user_data;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, NULL);

  /* Where the trust is not reached, what it said last stays. */
  if (rows == NULL || self->effort == NULL || way_page_keep_rows (WAY_PAGE (self), "effort", rows))
    return;
  draw_effort (self, rows);
}

/* --- Themes ------------------------------------------------------------------------------- */

static void
themes_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayNetworkPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, &error);
  gboolean has_rows;

  if (self->effort == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!way_source_bar_take (self->source, WAY_PAGE (self), rows, error,
                            _ ("Help over time cannot be shown")))
    return;
  has_rows = g_list_model_get_n_items (rows) > 0;
  gtk_widget_set_visible (self->nothing, !has_rows);
  gtk_widget_set_visible (GTK_WIDGET (self->themes), has_rows);
  if (!way_page_keep_rows (WAY_PAGE (self), "themes", rows))
    way_theme_view_set_rows (self->themes, rows);
  way_page_show_content (WAY_PAGE (self));
}

static void
way_network_page_load (WayPage *page, GCancellable *cancellable)
{
  WaySession *session = way_page_get_session (page);

  way_term_load_themes_async (session, cancellable, themes_cb, g_object_ref (page));
  if (is_lead (WAY_NETWORK_PAGE (page)))
    way_term_load_effort_async (session, cancellable, effort_cb, g_object_ref (page));
}

static void
retry_cb (WayNetworkPage *self)
{
  way_page_load (WAY_PAGE (self));
}

static void
way_network_page_dispose (GObject *object)
{
  WayNetworkPage *self = WAY_NETWORK_PAGE (object);

  self->effort = NULL;

  G_OBJECT_CLASS (way_network_page_parent_class)->dispose (object);
}

static void
way_network_page_class_init (WayNetworkPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = way_network_page_dispose;
  WAY_PAGE_CLASS (klass)->load = way_network_page_load;
}

static void
way_network_page_init (WayNetworkPage *self)
{
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));

  self->source = g_object_new (WAY_TYPE_SOURCE_BAR, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->source), "way-in-column");
  g_signal_connect_object (self->source, "retry", G_CALLBACK (retry_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (box, GTK_WIDGET (self->source));
  add_head (box, _ ("What people need help with"),
            _ ("The last year, month by month. Questions count by what their words name. Of fewer "
               "than 8 nothing is said: “?” and “<8”."),
            G_CALLBACK (export_themes_cb), self);
  self->nothing = way_detail_add_label (
      box,
      _ ("Nothing to tell yet: a theme stands here once there were 8 questions or logs of it in a "
         "year. Champions log help in My people, with 3 keys."),
      NULL);
  gtk_widget_set_visible (self->nothing, FALSE);
  self->themes = WAY_THEME_VIEW (way_theme_view_new ());
  gtk_box_append (box, GTK_WIDGET (self->themes));
  self->effort = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  gtk_widget_set_margin_top (GTK_WIDGET (self->effort), 24);
  gtk_box_append (box, GTK_WIDGET (self->effort));
  way_page_set_column (WAY_PAGE (self), GTK_WIDGET (box), 900);
}

/**
 * way_network_page_new:
 *
 * Returns: (transfer floating): help over time, and for leads effort beside change
 */
GtkWidget *
way_network_page_new (WaySession *session)
{
  return g_object_new (WAY_TYPE_NETWORK_PAGE, "session", session, NULL);
}
