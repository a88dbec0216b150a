/* way-reports-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/reports/way-reports-private.h"

#include "pages/reports/way-report-columns.h"
#include "pages/reports/way-unit-list.h"
#include "pages/way-stack.h"
#include "widgets/way-compat.h"

#include <glib/gi18n.h>

#define PATIENCE_MS 1000

/* The reports of a training lead: people by capability, or units by capability, as the
 * trust answers them. Figures stay while they are read: they are worked out again only
 * when something is asked for, and each run is recorded. */
G_DEFINE_FINAL_TYPE (WayReportsPage, way_reports_page, WAY_TYPE_PAGE)

enum
{
  PROP_0,
  PROP_VIEW,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/* What the overview may ask for, by name. */
static const struct
{
  const char *view;
  int requirement;
} VIEWS[] = {
  { "met", WAY_REQUIREMENT_MET },
  { "not-yet", WAY_REQUIREMENT_NOT_YET },
  { "not-sure", WAY_REQUIREMENT_NOT_SURE },
  { "not-measured", WAY_REQUIREMENT_NOT_MEASURED },
};

static gboolean
patience_cb (gpointer user_data)
{
  WayReportsPage *self = user_data;

  self->patience = 0;
  gtk_widget_set_visible (self->spinner, TRUE);
  gtk_spinner_start (GTK_SPINNER (self->spinner));
  gtk_widget_set_visible (self->cancel, TRUE);
  return G_SOURCE_REMOVE;
}

/**
 * way_reports_begin_work:
 * @text: what is being done, for people
 *
 * Ends what is under way. Where this takes longer than a moment it can be stopped.
 */
void
way_reports_begin_work (WayReportsPage *self, const char *text)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  gtk_label_set_label (self->status, text);
  gtk_widget_set_visible (self->open_folder, FALSE);
  if (self->patience == 0)
    self->patience = g_timeout_add (PATIENCE_MS, patience_cb, self);
}

/**
 * way_reports_end_work:
 *
 * Takes away what shows that something is under way.
 */
void
way_reports_end_work (WayReportsPage *self)
{
  g_clear_handle_id (&self->patience, g_source_remove);
  gtk_spinner_stop (GTK_SPINNER (self->spinner));
  gtk_widget_set_visible (self->spinner, FALSE);
  gtk_widget_set_visible (self->cancel, FALSE);
}

static void
cancel_cb (WayReportsPage *self)
{
  g_cancellable_cancel (self->cancellable);
}

static void
open_folder_cb (WayReportsPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->folder != NULL && GTK_IS_WINDOW (root))
    gtk_show_uri (GTK_WINDOW (root), self->folder, GDK_CURRENT_TIME);
}

/* How many rows, and how they stand to the file. */
static void
show_count (WayReportsPage *self)
{
  guint n = self->rows != NULL ? g_list_model_get_n_items (self->rows) : 0;
  g_autofree char *all = g_strdup_printf (ngettext ("%'u row, as in the file.",
                                                    "%'u rows, as in the file.", n),
                                          n);
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->open_folder, FALSE);
  if (self->shown.report == WAY_SHOWN_UNITS)
    {
      guint units = way_heat_map_get_n_shown (self->map);

      /* Translators: units are wards and departments. */
      text = g_strdup_printf (
          ngettext ("%'u unit on screen. The file has %'u rows: one for each unit "
                    "and capability.",
                    "%'u units on screen. The file has %'u rows: one for each unit "
                    "and capability.",
                    units),
          units, n);
    }
  else if (way_report_table_get_n_shown (self->table) != n)
    text = g_strdup_printf (
        _ ("%'u of %'u rows on screen. The file has all %'u: search, requirement and "
           "capability narrow only the screen."),
        way_report_table_get_n_shown (self->table), n, n);
  gtk_label_set_label (self->status, text != NULL ? text : all);
}

static void
show_stack (WayReportsPage *self)
{
  gboolean is_units = self->shown.report == WAY_SHOWN_UNITS;
  guint n = is_units ? way_heat_map_get_n_shown (self->map)
                     : way_report_table_get_n_shown (self->table);

  gtk_widget_set_visible (GTK_WIDGET (self->requirement), !is_units);
  gtk_widget_set_visible (GTK_WIDGET (self->capability), !is_units);
  gtk_widget_set_visible (self->columns, !is_units);
  way_stack_show_named (self->stack, n == 0 ? "nothing" : is_units ? "units" : "people");
}

static const char *
get_capability (WayReportsPage *self)
{
  guint n = gtk_drop_down_get_selected (self->capability);
  GPtrArray *capabilities = way_pack_get_capabilities (
      way_session_get_pack (way_page_get_session (WAY_PAGE (self))));

  if (n == 0 || n > capabilities->len)
    return NULL;
  return ((const WayCapability *) g_ptr_array_index (capabilities, n - 1))->id;
}

/* Something that narrows only the screen has changed. */
void
way_reports_screen_changed (WayReportsPage *self)
{
  const char *search = gtk_editable_get_text (GTK_EDITABLE (self->search));

  if (self->rows == NULL)
    return;
  way_report_table_filter (self->table, search,
                           (int) gtk_drop_down_get_selected (self->requirement) - 1,
                           get_capability (self));
  way_heat_map_search (self->map, search);
  show_stack (self);
  show_count (self);
}

typedef struct
{
  WayReportsPage *page;
  guint run;
  WayReportQuery query;
} Run;

static void
run_free (Run *run)
{
  way_report_query_clear (&run->query);
  g_object_unref (run->page);
  g_free (run);
}

static void
show_rows (WayReportsPage *self, Run *run, GListModel *rows)
{
  way_report_query_clear (&self->shown);
  self->shown = run->query;
  run->query = (WayReportQuery){ 0 };
  g_set_object (&self->rows, rows);
  way_aside_close (self->aside);
  if (self->shown.report == WAY_SHOWN_UNITS)
    way_heat_map_set_rows (self->map, rows);
  else
    way_report_table_set_rows (self->table, rows);
  gtk_widget_set_sensitive (self->export, TRUE);
  way_reports_screen_changed (self);
  way_page_show_content (WAY_PAGE (self));
}

static void
ran_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Run *run = user_data;
  WayReportsPage *self = run->page;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, &error);

  /* A newer one is under way, or the page is gone. */
  if (run->run != self->run || way_page_get_session (WAY_PAGE (self)) == NULL)
    {
      run_free (run);
      return;
    }
  way_reports_end_work (self);
  way_source_bar_set_synthetic (self->source, way_session_is_synthetic (WAY_SESSION (source)));
  if (rows != NULL)
    {
      way_source_bar_show_fresh (self->source, g_get_real_time ());
      show_rows (self, run, rows);
    }
  else if (self->rows == NULL)
    way_page_show_message (WAY_PAGE (self), "way-reports-symbolic",
                           _ ("The report cannot be worked out now"),
                           g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
                               ? _ ("It was stopped.")
                               : error->message,
                           _ ("_Try Again"), NULL);
  else
    {
      way_reports_restore_controls (self);
      show_count (self);
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s",
                                    _ ("Stopped. The rows are as before."));
      else
        way_source_bar_show_stale (self->source, error->message);
    }
  run_free (run);
}

static void
units_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayReportsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) units = way_session_list_finish (WAY_SESSION (source), result, &error);

  /* Without units the whole trust can still be asked for. */
  if (units == NULL || way_page_get_session (WAY_PAGE (self)) == NULL)
    return;
  self->has_units = TRUE;
  way_reports_set_units (self, units);
}

static void
run (WayReportsPage *self)
{
  WaySession *session = way_page_get_session (WAY_PAGE (self));
  Run *data = g_new0 (Run, 1);

  data->page = g_object_ref (self);
  data->run = ++self->run;
  way_reports_read_controls (self, &data->query);
  way_reports_begin_work (self, _ ("Working it out"));
  if (!self->has_units)
    way_session_load_units_async (session, NULL, units_cb, g_object_ref (self));
  way_session_run_report_async (session, way_reports_get_name (data->query.report),
                                data->query.as_at, data->query.unit, data->query.staff_group,
                                self->cancellable, ran_cb, data);
}

/* What is asked of the trust has changed. */
void
way_reports_query_changed (WayReportsPage *self)
{
  if (!self->is_filling)
    run (self);
}

/* Shows the view that was asked for from outside. */
static void
show_view (WayReportsPage *self)
{
  g_autofree char *view = g_steal_pointer (&self->wanted);

  if (view == NULL)
    return;
  way_reports_clear_screen_filters (self);
  way_chips_set_selected (self->report,
                          g_str_equal (view, "standing") ? WAY_SHOWN_UNITS : WAY_SHOWN_PEOPLE);
  for (guint i = 0; i < G_N_ELEMENTS (VIEWS); i++)
    {
      if (g_str_equal (view, VIEWS[i].view))
        way_reports_set_requirement (self, VIEWS[i].requirement);
    }
}

static void
way_reports_page_load (WayPage *page, GCancellable *cancellable)
{
  WayReportsPage *self = WAY_REPORTS_PAGE (page);

  /* Running a report is itself recorded, which changes what there is: rows that are being
   * read are left alone. */
  if (self->rows == NULL)
    run (self);
}

static void
row_picked_cb (WayReportsPage *self, WayRow *row)
{
  way_report_view_show_row (self->view, row);
  way_aside_show (self->aside, _ ("Why it stands so"));
}

static void
unit_picked_cb (WayReportsPage *self, WayUnitStanding *unit)
{
  way_report_view_show_unit (self->view, unit);
  way_aside_show (self->aside, _ ("Unit"));
}

static void
show_people_cb (WayReportsPage *self, const char *unit, const char *capability)
{
  self->is_filling = TRUE;
  way_chips_set_selected (self->report, WAY_SHOWN_PEOPLE);
  way_unit_list_set_code (self->unit, unit);
  way_reports_clear_screen_filters (self);
  way_reports_set_capability (self, capability);
  self->is_filling = FALSE;
  run (self);
}

static void
show_all_cb (WayReportsPage *self)
{
  way_reports_clear_screen_filters (self);
}

static void
aside_closed_cb (WayReportsPage *self)
{
  if (self->shown.report == WAY_SHOWN_UNITS)
    way_heat_map_unpick (self->map);
  else
    way_report_table_unpick (self->table);
}

static void
folded_cb (WayReportsPage *self)
{
  gboolean is_folded = way_aside_is_folded (self->aside);

  way_report_table_set_opens_by_press (self->table, is_folded);
  way_heat_map_set_opens_by_press (self->map, is_folded);
  /* Where there is little room, rows come before filters. */
  gtk_orientable_set_orientation (self->status_box, is_folded ? GTK_ORIENTATION_VERTICAL
                                                              : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_visible (GTK_WIDGET (self->filters), is_folded);
  gtk_toggle_button_set_active (self->filters, !is_folded);
}

static void
filters_toggled_cb (WayReportsPage *self)
{
  gboolean is_open = gtk_toggle_button_get_active (self->filters);

  gtk_widget_set_visible (GTK_WIDGET (self->tools), is_open);
  gtk_revealer_set_reveal_child (self->tools, is_open);
}

static gboolean
refresh_key_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  run (WAY_REPORTS_PAGE (widget));
  return TRUE;
}

static void
way_reports_page_search (WayPage *page)
{
  WayReportsPage *self = WAY_REPORTS_PAGE (page);

  gtk_toggle_button_set_active (self->filters, TRUE);
  gtk_widget_grab_focus (self->search);
}

static void
way_reports_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_VIEW:
      g_value_set_string (value, NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
way_reports_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  WayReportsPage *self = WAY_REPORTS_PAGE (object);

  switch (id)
    {
    case PROP_VIEW:
      g_free (self->wanted);
      self->wanted = g_value_dup_string (value);
      show_view (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
way_reports_page_constructed (GObject *object)
{
  WayReportsPage *self = WAY_REPORTS_PAGE (object);

  G_OBJECT_CLASS (way_reports_page_parent_class)->constructed (object);

  way_reports_create_controls (self);
}

static void
way_reports_page_dispose (GObject *object)
{
  WayReportsPage *self = WAY_REPORTS_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->patience, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), WAY_TYPE_REPORTS_PAGE);
  g_clear_object (&self->rows);
  way_report_query_clear (&self->shown);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->wanted, g_free);
  self->run++;

  G_OBJECT_CLASS (way_reports_page_parent_class)->dispose (object);
}

static void
way_reports_page_class_init (WayReportsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = way_reports_page_constructed;
  object_class->dispose = way_reports_page_dispose;
  object_class->get_property = way_reports_page_get_property;
  object_class->set_property = way_reports_page_set_property;
  WAY_PAGE_CLASS (klass)->load = way_reports_page_load;
  WAY_PAGE_CLASS (klass)->search = way_reports_page_search;

  /* “all”, “met”, “not-yet”, “not-sure”, “not-measured” or “standing”. */
  props[PROP_VIEW] = g_param_spec_string ("view", NULL, NULL, NULL,
                                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (WAY_TYPE_ASIDE);
  g_type_ensure (WAY_TYPE_HEAT_MAP);
  g_type_ensure (WAY_TYPE_REPORT_TABLE);
  g_type_ensure (WAY_TYPE_REPORT_VIEW);
  g_type_ensure (WAY_TYPE_SOURCE_BAR);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/waymark_skills/Waymark/ui/way-reports-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WayReportsPage, aside);
  gtk_widget_class_bind_template_child (widget_class, WayReportsPage, cancel);
  gtk_widget_class_bind_template_child (widget_class, WayReportsPage, export);
  gtk_widget_class_bind_template_child (widget_class, WayReportsPage, filters);
  gtk_widget_class_bind_template_child (widget_class, WayReportsPage, map);
  gtk_widget_class_bind_template_child (widget_class, WayReportsPage, open_folder);
  gtk_widget_class_bind_template_child (widget_class, WayReportsPage, query_bin);
  gtk_widget_class_bind_template_child (widget_class, WayReportsPage, screen_bin);
  gtk_widget_class_bind_template_child (widget_class, WayReportsPage, source);
  gtk_widget_class_bind_template_child (widget_class, WayReportsPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, WayReportsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, WayReportsPage, status);
  gtk_widget_class_bind_template_child (widget_class, WayReportsPage, status_box);
  gtk_widget_class_bind_template_child (widget_class, WayReportsPage, table);
  gtk_widget_class_bind_template_child (widget_class, WayReportsPage, tools);
  gtk_widget_class_bind_template_child (widget_class, WayReportsPage, view);
  gtk_widget_class_bind_template_callback (widget_class, aside_closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, filters_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_folder_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_picked_cb);
  gtk_widget_class_bind_template_callback (widget_class, run);
  gtk_widget_class_bind_template_callback (widget_class, show_all_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_people_cb);
  gtk_widget_class_bind_template_callback (widget_class, unit_picked_cb);
  gtk_widget_class_bind_template_callback (widget_class, way_reports_export);
}

static void
way_reports_page_init (WayReportsPage *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (keys), GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Shift>F5"),
                        gtk_callback_action_new (refresh_key_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/**
 * way_reports_page_new:
 *
 * Returns: (transfer floating): the page of the reports
 */
GtkWidget *
way_reports_page_new (WaySession *session)
{
  return g_object_new (WAY_TYPE_REPORTS_PAGE, "session", session, NULL);
}
