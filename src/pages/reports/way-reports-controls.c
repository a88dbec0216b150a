/* way-reports-controls.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/reports/way-reports-private.h"

#include "pages/reports/way-column-chooser.h"
#include "pages/reports/way-report-columns.h"
#include "pages/reports/way-unit-list.h"
#include "pages/way-detail.h"
#include "widgets/way-compat.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>

/* The two rows of controls of the reports: what is asked of the trust, which the file has
 * too, and what is only narrowed on screen. */

/**
 * way_reports_get_name:
 *
 * Returns: (transfer none): the name by which the session runs it
 */
const char *
way_reports_get_name (WayShownReport report)
{
  return report == WAY_SHOWN_UNITS ? "standing" : "competency";
}

/**
 * way_report_query_clear:
 *
 * Frees what the query holds, and not the query itself.
 */
void
way_report_query_clear (WayReportQuery *self)
{
  g_clear_pointer (&self->as_at, g_free);
  g_clear_pointer (&self->unit, g_free);
  g_clear_pointer (&self->staff_group, g_free);
}

static const WayRole *
get_role (WayReportsPage *self, guint n)
{
  GPtrArray *roles = way_pack_get_roles (
      way_session_get_pack (way_page_get_session (WAY_PAGE (self))));

  return n < roles->len ? g_ptr_array_index (roles, n) : NULL;
}

/**
 * way_reports_read_controls:
 * @query: (inout): what it held is freed
 *
 * Reads what is asked for now.
 */
void
way_reports_read_controls (WayReportsPage *self, WayReportQuery *query)
{
  guint group = gtk_drop_down_get_selected (self->staff_group);
  const WayRole *role = group > 0 ? get_role (self, group - 1) : NULL;

  way_report_query_clear (query);
  query->report = (WayShownReport) way_chips_get_selected (self->report);
  query->as_at = g_strdup (way_day_button_get_day (self->day));
  query->unit = g_strdup (way_unit_list_get_code (self->unit));
  query->staff_group = role != NULL ? g_strdup (role->id) : NULL;
}

/* The controls say again what the rows on screen answer. */
void
way_reports_restore_controls (WayReportsPage *self)
{
  self->is_filling = TRUE;
  way_chips_set_selected (self->report, (int) self->shown.report);
  way_day_button_set_day (self->day, self->shown.as_at);
  way_unit_list_set_code (self->unit, self->shown.unit);
  gtk_drop_down_set_selected (self->staff_group, 0);
  for (guint i = 0; self->shown.staff_group != NULL && get_role (self, i) != NULL; i++)
    {
      if (g_str_equal (get_role (self, i)->id, self->shown.staff_group))
        gtk_drop_down_set_selected (self->staff_group, i + 1);
    }
  self->is_filling = FALSE;
}

/**
 * way_reports_set_units:
 * @units: of WayRow
 *
 * Puts them up to be chosen from; the one that was chosen stays.
 */
void
way_reports_set_units (WayReportsPage *self, GListModel *units)
{
  g_autoptr (GListModel) arranged = way_unit_list_arrange (units, _ ("Whole trust"));
  g_autofree char *chosen = g_strdup (way_unit_list_get_code (self->unit));

  self->is_filling = TRUE;
  gtk_drop_down_set_model (self->unit, arranged);
  way_unit_list_set_code (self->unit, chosen);
  self->is_filling = FALSE;
}

static void
name_drop_down_cb (GtkDropDown *drop_down)
{
  GtkStringObject *chosen = gtk_drop_down_get_selected_item (drop_down);
  const char *what = g_object_get_data (G_OBJECT (drop_down), "what");

  if (chosen != NULL)
    way_detail_name_drop_down (drop_down, what, gtk_string_object_get_string (chosen));
}

static GtkDropDown *
create_drop_down (GtkStringList *names, const char *what)
{
  GtkWidget *drop_down = gtk_drop_down_new (G_LIST_MODEL (names), NULL);

  g_object_set_data (G_OBJECT (drop_down), "what", (gpointer) what);
  gtk_widget_set_tooltip_text (drop_down, what);
  g_signal_connect (drop_down, "notify::selected", G_CALLBACK (name_drop_down_cb), NULL);
  name_drop_down_cb (GTK_DROP_DOWN (drop_down));
  return GTK_DROP_DOWN (drop_down);
}

static GtkDropDown *
create_staff_groups (WayReportsPage *self)
{
  GtkStringList *names = gtk_string_list_new (NULL);
  const WayRole *role;

  gtk_string_list_append (names, _ ("All staff groups"));
  for (guint i = 0; (role = get_role (self, i)) != NULL; i++)
    gtk_string_list_append (names, role->name);
  return create_drop_down (names, _ ("Staff group"));
}

static GtkDropDown *
create_capabilities (WayReportsPage *self)
{
  GtkStringList *names = gtk_string_list_new (NULL);
  GPtrArray *capabilities = way_pack_get_capabilities (
      way_session_get_pack (way_page_get_session (WAY_PAGE (self))));

  gtk_string_list_append (names, _ ("All capabilities"));
  for (guint i = 0; i < capabilities->len; i++)
    {
      const WayCapability *capability = g_ptr_array_index (capabilities, i);

      gtk_string_list_append (names, capability->short_name);
    }
  return create_drop_down (names, _ ("Capability"));
}

static GtkDropDown *
create_requirements (void)
{
  GtkStringList *names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("Any requirement"));
  for (guint i = 0; i < WAY_N_REQUIREMENTS; i++)
    gtk_string_list_append (names, way_requirement_get_name (i));
  return create_drop_down (names, _ ("Requirement"));
}

static void
connect_query (WayReportsPage *self, gpointer control, const char *signal)
{
  g_signal_connect_object (control, signal, G_CALLBACK (way_reports_query_changed), self,
                           G_CONNECT_SWAPPED);
}

static void
connect_screen (WayReportsPage *self, gpointer control, const char *signal)
{
  g_signal_connect_object (control, signal, G_CALLBACK (way_reports_screen_changed), self,
                           G_CONNECT_SWAPPED);
}

static void
append (GtkWidget *wrap, gpointer control)
{
  way_wrap_box_append (WAY_WRAP_BOX (wrap), control);
}

static void
create_query_controls (WayReportsPage *self)
{
  GtkWidget *wrap = way_wrap_box_new (6, 6);
  g_autoptr (GListModel) none = way_unit_list_arrange (NULL, _ ("Whole trust"));

  self->report = g_object_new (WAY_TYPE_CHIPS, "label", _ ("Report"), "linked", TRUE, NULL);
  way_chips_add (self->report, _ ("People"), _ ("Competency of people"));
  way_chips_add (self->report, _ ("Units"), _ ("Standing by unit"));
  way_chips_set_selected (self->report, WAY_SHOWN_PEOPLE);
  self->day = WAY_DAY_BUTTON (way_day_button_new ());
  self->unit = GTK_DROP_DOWN (way_unit_list_create_drop_down ());
  gtk_drop_down_set_model (self->unit, none);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->unit), _ ("Unit, with everything under it"));
  self->staff_group = create_staff_groups (self);

  append (wrap, self->report);
  append (wrap, self->day);
  append (wrap, self->unit);
  append (wrap, self->staff_group);
  adw_bin_set_child (self->query_bin, wrap);
  connect_query (self, self->report, "notify::selected");
  connect_query (self, self->day, "changed");
  connect_query (self, self->unit, "notify::selected");
  connect_query (self, self->staff_group, "notify::selected");
}

static void
create_screen_controls (WayReportsPage *self)
{
  GtkWidget *wrap = way_wrap_box_new (6, 6);

  self->search = way_detail_create_search (_ ("Find a person or unit"));
  self->requirement = create_requirements ();
  self->capability = create_capabilities (self);
  self->columns = gtk_menu_button_new ();
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->columns), _ ("Columns"));
  gtk_menu_button_set_always_show_arrow (GTK_MENU_BUTTON (self->columns), TRUE);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->columns),
                               way_column_chooser_new (self->table));
  way_compat_name (self->columns, _ ("Columns, their order and what they mean"));
  gtk_widget_set_tooltip_text (self->columns, _ ("Columns, their order and what they mean"));

  append (wrap, self->search);
  append (wrap, self->requirement);
  append (wrap, self->capability);
  append (wrap, self->columns);
  adw_bin_set_child (self->screen_bin, wrap);
  connect_screen (self, self->search, "search-changed");
  connect_screen (self, self->requirement, "notify::selected");
  connect_screen (self, self->capability, "notify::selected");
}

/**
 * way_reports_create_controls:
 *
 * Makes what a report is asked with, and what is looked at of it.
 */
void
way_reports_create_controls (WayReportsPage *self)
{
  create_query_controls (self);
  create_screen_controls (self);
}

/**
 * way_reports_clear_screen_filters:
 *
 * Takes away what hides rows on the screen. What was asked of the trust stays.
 */
void
way_reports_clear_screen_filters (WayReportsPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_drop_down_set_selected (self->requirement, 0);
  gtk_drop_down_set_selected (self->capability, 0);
}

/* −1: any */
void
way_reports_set_requirement (WayReportsPage *self, int requirement)
{
  gtk_drop_down_set_selected (self->requirement, (guint) (requirement + 1));
}

/**
 * way_reports_set_capability:
 * @capability: its id
 *
 * Shows the rows of that one alone.
 */
void
way_reports_set_capability (WayReportsPage *self, const char *capability)
{
  WayPack *pack = way_session_get_pack (way_page_get_session (WAY_PAGE (self)));

  gtk_drop_down_set_selected (self->capability,
                              (guint) (way_pack_find_capability (pack, capability) + 1));
}
