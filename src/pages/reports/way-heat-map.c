/* way-heat-map.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/reports/way-heat-map.h"

#include "pages/way-aside.h"
#include "pages/way-press.h"
#include "widgets/way-compat.h"
#include "widgets/way-tab-stop.h"

#include <glib/gi18n.h>

#define N_SHADES 5
#define REST_MS 200
#define UNIT_WIDTH 146
#define CELL_WIDTH 105

/* Units down, capabilities across: how many people meet what their role asks for. Each
 * cell says its figures in words; the shade only repeats the share that is met. */
struct _WayHeatMap
{
  AdwBin parent_instance;

  GtkColumnView *view;
  GtkFilterListModel *filtered;  /* (owned) of WayUnitStanding */
  GtkSingleSelection *selection; /* (owned) */
  GtkCustomFilter *filter;       /* (owned) */
  char *search;                  /* (owned) (nullable) casefolded */
  gboolean has_columns;
  gboolean opens_by_press;
  gboolean is_quiet;
  guint rest;
};

enum
{
  PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WayHeatMap, way_heat_map, ADW_TYPE_BIN)

static gboolean
is_shown_cb (gpointer item, gpointer user_data)
{
  WayHeatMap *self = user_data;
  WayRow *row = way_unit_standing_get_first (item);
  g_autofree char *words = NULL;
  g_autofree char *folded = NULL;

  if (self->search == NULL || *self->search == '\0')
    return TRUE;
  words = g_strjoin (" ", way_row_get_text (row, "unit"), way_row_get_text (row, "unit_code"),
                     way_row_get_text (row, "division"), NULL);
  folded = g_utf8_casefold (words, -1);
  return strstr (folded, self->search) != NULL;
}

static gboolean
rest_cb (gpointer user_data)
{
  WayHeatMap *self = user_data;
  gpointer unit = gtk_single_selection_get_selected_item (self->selection);

  self->rest = 0;
  if (unit != NULL)
    g_signal_emit (self, signals[PICKED], 0, unit);
  return G_SOURCE_REMOVE;
}

static void
selected_cb (WayHeatMap *self)
{
  if (self->is_quiet || self->opens_by_press)
    return;
  g_clear_handle_id (&self->rest, g_source_remove);
  self->rest = g_timeout_add (REST_MS, rest_cb, self);
}

static void
activated_cb (GtkColumnView *view, guint position, WayHeatMap *self)
{
  g_clear_handle_id (&self->rest, g_source_remove);
  self->is_quiet = TRUE;
  gtk_single_selection_set_selected (self->selection, position);
  self->is_quiet = FALSE;
  self->rest = g_idle_add (rest_cb, self);
}

/* Rows claim their clicks, so that a gesture of the table would never hear of them. */
static gboolean
event_cb (GtkEventControllerLegacy *controller, GdkEvent *event, WayHeatMap *self)
{
  if (self->opens_by_press && gdk_event_get_event_type (event) == GDK_BUTTON_RELEASE)
    {
      g_clear_handle_id (&self->rest, g_source_remove);
      self->rest = g_idle_add (rest_cb, self);
    }
  return GDK_EVENT_PROPAGATE;
}

static void
unit_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  for (int i = 0; i < 2; i++)
    {
      GtkWidget *label = gtk_label_new (NULL);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_widget_add_css_class (label, i == 0 ? "heading" : "caption");
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_list_item_set_child (item, box);
}

static void
unit_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *box = gtk_list_item_get_child (item);
  GtkWidget *cell = gtk_widget_get_parent (box);
  GtkWidget *line = cell != NULL ? gtk_widget_get_parent (cell) : NULL;
  WayRow *row = way_unit_standing_get_first (gtk_list_item_get_item (item));
  int n = (int) way_row_get_int (row, "people");
  g_autofree char *people = g_strdup_printf (ngettext ("%d person", "%d people", (gulong) n), n);
  g_autofree char *name = g_strdup_printf ("%s, %s", way_row_get_text (row, "unit"), people);

  gtk_label_set_label (GTK_LABEL (gtk_widget_get_first_child (box)),
                       way_row_get_text (row, "unit"));
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (box)), people);
  if (line == NULL)
    return;
  way_compat_name (cell, name);
  way_compat_name (line, name);
  if (g_object_get_data (G_OBJECT (line), "way-press") == NULL)
    {
      way_press_add (line);
      g_object_set_data (G_OBJECT (line), "way-press", line);
    }
}

#define N_LINES 4

static void
cell_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL,
                                 "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);

  for (int i = 0; i < N_LINES; i++)
    {
      GtkWidget *label = gtk_label_new (NULL);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (label, i == 0 ? "heading" : "caption");
      gtk_widget_add_css_class (label, "numeric");
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_widget_add_css_class (box, "way-heat");
  gtk_list_item_set_child (item, box);
}

static void
cell_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, const char *capability)
{
  static const char *const SHADES[N_SHADES] = { "way-heat-0", "way-heat-1", "way-heat-2",
                                                "way-heat-3", "way-heat-4" };
  GtkWidget *box = gtk_list_item_get_child (item);
  GtkWidget *cell = gtk_widget_get_parent (box);
  WayRow *row = way_unit_standing_get_row (gtk_list_item_get_item (item), capability);
  int people = row != NULL ? (int) way_row_get_int (row, "people") : 0;
  int met = row != NULL ? (int) way_row_get_int (row, "met") : 0;
  int shade = people > 0 ? MIN (met * N_SHADES / people, N_SHADES - 1) : 0;
  g_auto (GStrv) lines = g_new0 (char *, N_LINES + 1);
  g_autofree char *words = NULL;
  g_autofree char *name = NULL;
  GtkWidget *label = gtk_widget_get_first_child (box);

  if (row != NULL)
    {
      int not_yet = (int) way_row_get_int (row, "not_yet");
      int not_sure = (int) way_row_get_int (row, "not_sure");
      int not_measured = (int) way_row_get_int (row, "not_measured");

      /* Translators: how many people of how many meet the requirement. */
      lines[0] = g_strdup_printf (_ ("%d of %d met"), met, people);
      lines[1] = g_strdup_printf (_ ("%d not yet"), not_yet);
      lines[2] = g_strdup_printf (_ ("%d not sure yet"), not_sure);
      lines[3] = g_strdup_printf (_ ("%d not measured"), not_measured);
    }
  for (int i = 0; i < N_LINES; i++, label = gtk_widget_get_next_sibling (label))
    gtk_label_set_label (GTK_LABEL (label), lines[i] != NULL ? lines[i] : "");
  for (int i = 0; i < N_SHADES; i++)
    {
      if (i == shade)
        gtk_widget_add_css_class (box, SHADES[i]);
      else
        gtk_widget_remove_css_class (box, SHADES[i]);
    }
  words = row != NULL ? g_strjoinv (", ", lines) : g_strdup (_ ("none"));
  name = g_strdup_printf (_ ("%s: %s"),
                          row != NULL ? way_row_get_text (row, "capability_name") : capability,
                          words);
  way_compat_name (cell != NULL ? cell : box, name);
}

/* GTK 4.8 names headings by their type: they are looked up, one widget a column. */
static void
name_headings (WayHeatMap *self, GPtrArray *rows)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (self->view));
  GtkWidget *title = header != NULL ? gtk_widget_get_first_child (header) : NULL;
  GtkWidget *list = header != NULL ? gtk_widget_get_next_sibling (header) : NULL;

  if (header != NULL)
    way_compat_name (header, _ ("Headings"));
  if (list != NULL)
    way_compat_name (list, _ ("Rows"));
  for (guint i = 0; i <= rows->len && title != NULL; i++)
    {
      const char *name = i == 0 ? _ ("Unit")
                                : way_row_get_text (g_ptr_array_index (rows, i - 1),
                                                    "capability_name");
      GtkWidget *box = gtk_widget_get_first_child (title);
      GtkWidget *label = box != NULL ? gtk_widget_get_first_child (box) : NULL;

      way_compat_name (title, name);
      gtk_widget_set_tooltip_text (title, name);
      if (GTK_IS_LABEL (label))
        {
          gtk_label_set_wrap (GTK_LABEL (label), TRUE);
          gtk_label_set_xalign (GTK_LABEL (label), 0);
          gtk_label_set_width_chars (GTK_LABEL (label), 8);
          gtk_label_set_max_width_chars (GTK_LABEL (label), 12);
        }
      title = gtk_widget_get_next_sibling (title);
    }
}

/* A column for each capability, as the first rows name them. */
static void
add_columns (WayHeatMap *self, GListModel *units)
{
  double scale = way_aside_get_text_scale (GTK_WIDGET (self));
  g_autoptr (WayUnitStanding) first = g_list_model_get_item (units, 0);
  GtkListItemFactory *factory;
  GtkColumnViewColumn *column;
  GPtrArray *rows;

  if (self->has_columns || first == NULL)
    return;
  self->has_columns = TRUE;
  factory = gtk_signal_list_item_factory_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (unit_setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (unit_bind_cb), NULL);
  column = gtk_column_view_column_new (_ ("Unit"), factory);
  gtk_column_view_column_set_fixed_width (column, (int) (UNIT_WIDTH * scale));
  gtk_column_view_append_column (self->view, column);
  g_object_unref (column);

  rows = way_unit_standing_get_rows (first);
  for (guint i = 0; i < rows->len; i++)
    {
      WayRow *row = g_ptr_array_index (rows, i);

      factory = gtk_signal_list_item_factory_new ();
      g_signal_connect (factory, "setup", G_CALLBACK (cell_setup_cb), NULL);
      g_signal_connect_data (factory, "bind", G_CALLBACK (cell_bind_cb),
                             g_strdup (way_row_get_text (row, "capability")),
                             (GClosureNotify) (void (*) (void)) g_free, 0);
      column = gtk_column_view_column_new (way_row_get_text (row, "capability_name"), factory);
      gtk_column_view_column_set_fixed_width (column, (int) (CELL_WIDTH * scale));
      gtk_column_view_append_column (self->view, column);
      g_object_unref (column);
    }
  name_headings (self, rows);
}

static void
way_heat_map_dispose (GObject *object)
{
  WayHeatMap *self = WAY_HEAT_MAP (object);

  g_clear_handle_id (&self->rest, g_source_remove);
  g_clear_object (&self->selection);
  g_clear_object (&self->filtered);
  g_clear_object (&self->filter);
  g_clear_pointer (&self->search, g_free);

  G_OBJECT_CLASS (way_heat_map_parent_class)->dispose (object);
}

static void
way_heat_map_class_init (WayHeatMapClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = way_heat_map_dispose;

  /* A unit was picked: its WayUnitStanding. */
  signals[PICKED] = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, WAY_TYPE_UNIT_STANDING);
}

static void
way_heat_map_init (WayHeatMap *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkEventController *events = gtk_event_controller_legacy_new ();

  self->filter = gtk_custom_filter_new (is_shown_cb, self, NULL);
  self->filtered = gtk_filter_list_model_new (NULL, GTK_FILTER (g_object_ref (self->filter)));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->filtered)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);

  self->view = GTK_COLUMN_VIEW (
      gtk_column_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection))));
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "way-report");
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "way-heat-map");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Standing by unit"), -1);
  g_signal_connect (self->view, "activate", G_CALLBACK (activated_cb), self);
  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect (events, "event", G_CALLBACK (event_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->view), events);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->view));
  adw_bin_set_child (ADW_BIN (self), way_tab_stop_new (scrolled));
}

/**
 * way_heat_map_set_rows:
 * @rows: of WayRow, as the report `standing` gives them
 */
void
way_heat_map_set_rows (WayHeatMap *self, GListModel *rows)
{
  g_autoptr (GListModel) units = NULL;

  g_return_if_fail (WAY_IS_HEAT_MAP (self));

  units = way_unit_standing_group (rows);
  add_columns (self, units);
  gtk_filter_list_model_set_model (self->filtered, units);
}

/**
 * way_heat_map_search:
 * @search: (nullable): what a unit has in its name
 *
 * Narrows what is on screen.
 */
void
way_heat_map_search (WayHeatMap *self, const char *search)
{
  g_return_if_fail (WAY_IS_HEAT_MAP (self));

  g_free (self->search);
  self->search = search != NULL ? g_strstrip (g_utf8_casefold (search, -1)) : NULL;
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

/**
 * way_heat_map_get_n_shown:
 *
 * Returns: how many units are on screen
 */
guint
way_heat_map_get_n_shown (WayHeatMap *self)
{
  g_return_val_if_fail (WAY_IS_HEAT_MAP (self), 0);

  return g_list_model_get_n_items (G_LIST_MODEL (self->filtered));
}

/**
 * way_heat_map_unpick:
 *
 * No unit is picked any more; the focus goes to the one that was.
 */
void
way_heat_map_unpick (WayHeatMap *self)
{
  g_return_if_fail (WAY_IS_HEAT_MAP (self));

  g_clear_handle_id (&self->rest, g_source_remove);
  gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
  self->is_quiet = TRUE;
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  self->is_quiet = FALSE;
}

/**
 * way_heat_map_set_opens_by_press:
 * @opens_by_press: whether going to a row only marks it
 */
void
way_heat_map_set_opens_by_press (WayHeatMap *self, gboolean opens_by_press)
{
  g_return_if_fail (WAY_IS_HEAT_MAP (self));

  self->opens_by_press = opens_by_press;
}
