/* way-theme-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pages/network/way-theme-view.h"

#include "pages/network/way-network-words.h"
#include "pages/way-chips.h"
#include "pages/way-detail.h"
#include "pages/way-help-words.h"
#include "widgets/way-chart.h"
#include "widgets/way-compat.h"

#include <glib/gi18n.h>
#include <math.h>

/* What people need help with, month by month: one theme as a picture, and all of them as a table
 * of the same figures. */
struct _WayThemeView
{
  AdwBin parent_instance;

  GListModel *rows;  /* (owned) (nullable) of WayRow, as the report “help-themes” has them */
  GPtrArray *themes; /* (owned) of char*, those with most in the year first */
  GPtrArray *months; /* (owned) of char* */
  WayChips *measure;
  GtkBox *choice; /* around the chips of the themes */
  WayChips *theme;
  GtkBox *picture;
  GtkBox *table;
};

G_DEFINE_FINAL_TYPE (WayThemeView, way_theme_view, ADW_TYPE_BIN)

static const struct
{
  const char *column;
  const char *label;
} MEASURES[] = {
  { "logged", N_ ("Help logged") },
  { "minutes", N_ ("Minutes") },
  { "asked", N_ ("Questions asked") },
};

/* What cannot be told: fewer than eight; of a year also what would give one month away. */
#define FEWER "<8"
#define NOT_TOLD "?"

static WayRow *
find_row (WayThemeView *self, const char *theme, const char *month)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->rows); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (self->rows, i);

      if (g_str_equal (way_row_get_text (row, "theme"), theme)
          && g_str_equal (way_row_get_text (row, "month"), month))
        return g_steal_pointer (&row);
    }
  return NULL;
}

static double
get_figure (WayThemeView *self, const char *theme, const char *month)
{
  const char *column = MEASURES[MAX (way_chips_get_selected (self->measure), 0)].column;
  g_autoptr (WayRow) row = find_row (self, theme, month);

  return row != NULL && way_row_has (row, column) ? way_row_get_number (row, column) : NAN;
}

/* A number that a person would end an axis with. */
static double
round_up (double number)
{
  double step = pow (10, floor (log10 (MAX (number, 10))));

  return ceil (number / (step / 2)) * (step / 2);
}

static void
draw_picture (WayThemeView *self)
{
  int chosen = way_chips_get_selected (self->theme);
  const char *theme = chosen >= 0 && chosen < (int) self->themes->len ? self->themes->pdata[chosen]
                                                                      : NULL;
  g_autofree WayChartPoint *points = g_new0 (WayChartPoint, self->months->len + 1);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *name = NULL;
  double most = 0;
  GtkWidget *chart;

  way_detail_clear (self->picture);
  if (theme == NULL)
    return;
  for (guint i = 0; i < self->months->len; i++)
    {
      g_ptr_array_add (names, way_network_dup_month (self->months->pdata[i], TRUE));
      points[i] = (WayChartPoint){ .name = names->pdata[i],
                                   .value = get_figure (self, theme, self->months->pdata[i]),
                                   .low = NAN,
                                   .high = NAN,
                                   .own = NAN,
                                   .need = NAN };
      if (!isnan (points[i].value))
        most = MAX (most, points[i].value);
    }
  if (most <= 0)
    {
      way_detail_add_label (self->picture,
                            _ ("Fewer than 8 in every month, so there is no line to draw."),
                            "way-quiet");
      return;
    }
  /* Translators: what was counted, then what help was about. */
  name = g_strdup_printf (_ ("%s: %s"),
                          _ (MEASURES[MAX (way_chips_get_selected (self->measure), 0)].label),
                          way_help_topic_get_name (theme));
  chart = way_chart_new (WAY_CHART_LINE);
  way_chart_set_axis (WAY_CHART (chart), 0, round_up (most), NULL);
  way_chart_set_points (WAY_CHART (chart), points, self->months->len);
  way_compat_name (chart, name);
  gtk_box_append (self->picture, chart);
}

static void
add_cell (GtkGrid *grid, int row, int column, const char *text, const char *name, gboolean is_head)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), column == 0 ? 0 : 1);
  gtk_widget_add_css_class (label, "numeric");
  if (is_head)
    gtk_widget_add_css_class (label, "caption-heading");
  if (name != NULL)
    way_compat_name (label, name);
  gtk_grid_attach (grid, label, column, row, 1, 1);
}

static void
add_figure (WayThemeView *self, GtkGrid *grid, guint theme, int column, const char *month)
{
  double figure = get_figure (self, self->themes->pdata[theme], month);
  g_autofree char *when = *month != '\0' ? way_network_dup_month (month, FALSE)
                                         : g_strdup (_ ("The year"));
  g_autofree char *text = !isnan (figure)  ? g_strdup_printf ("%.0f", figure)
                          : *month != '\0' ? g_strdup (FEWER)
                                           : g_strdup (NOT_TOLD);
  /* Translators: what help was about, a month, and a number or “not told”. */
  g_autofree char *name = g_strdup_printf (_ ("%s, %s: %s"),
                                           way_help_topic_get_name (self->themes->pdata[theme]),
                                           when, isnan (figure) ? _ ("not told") : text);

  add_cell (grid, (int) theme + 1, column, text, name, FALSE);
  if (isnan (figure))
    gtk_widget_add_css_class (gtk_grid_get_child_at (grid, column, (int) theme + 1), "dim-label");
}

/* Where it is narrow the newest months are seen first: they stand on the left. */
static void
draw_table (WayThemeView *self)
{
  GtkGrid *grid = GTK_GRID (g_object_new (GTK_TYPE_GRID, "accessible-role",
                                          GTK_ACCESSIBLE_ROLE_TABLE, "column-spacing", 18,
                                          "row-spacing", 9, NULL));
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  way_detail_clear (self->table);
  way_compat_name (GTK_WIDGET (grid), _ ("Themes by month"));
  add_cell (grid, 0, 0, _ ("Theme"), NULL, TRUE);
  add_cell (grid, 0, 1, _ ("Year"), NULL, TRUE);
  for (guint m = 0; m < self->months->len; m++)
    {
      const char *month = self->months->pdata[self->months->len - 1 - m];
      g_autofree char *brief = way_network_dup_month (month, TRUE);
      g_autofree char *whole = way_network_dup_month (month, FALSE);

      add_cell (grid, 0, (int) m + 2, brief, whole, TRUE);
    }
  for (guint t = 0; t < self->themes->len; t++)
    {
      add_cell (grid, (int) t + 1, 0, way_help_topic_get_name (self->themes->pdata[t]), NULL,
                FALSE);
      add_figure (self, grid, t, 1, "");
      for (guint m = 0; m < self->months->len; m++)
        add_figure (self, grid, t, (int) m + 2, self->months->pdata[self->months->len - 1 - m]);
    }
  gtk_widget_set_margin_bottom (GTK_WIDGET (grid), 12);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (grid));
  gtk_box_append (self->table, scrolled);
}

static void
draw (WayThemeView *self)
{
  if (self->rows == NULL || self->themes->len == 0)
    return;
  draw_picture (self);
  draw_table (self);
}

/* --- What there is ------------------------------------------------------------------------ */

/* What there was in the year, or in the months that are told. */
static double
get_whole (WayThemeView *self, const char *theme, const char *column)
{
  double year = 0;
  double months = 0;

  for (guint i = 0; i < g_list_model_get_n_items (self->rows); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (self->rows, i);

      if (!g_str_equal (way_row_get_text (row, "theme"), theme) || !way_row_has (row, column))
        continue;
      if (way_row_has (row, "month"))
        months += way_row_get_number (row, column);
      else
        year = way_row_get_number (row, column);
    }
  return MAX (year, months);
}

static int
compare_themes (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const char *const *first = a, *const *second = b;
  static const char *const counts[] = { "logged", "asked" };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      double one = get_whole (user_data, *first, counts[i]);
      double other = get_whole (user_data, *second, counts[i]);

      if (one < other || one > other)
        return one < other ? 1 : -1;
    }
  return strcmp (*first, *second);
}

static void
add_once (GPtrArray *texts, const char *text)
{
  if (*text != '\0' && !g_ptr_array_find_with_equal_func (texts, text, g_str_equal, NULL))
    g_ptr_array_add (texts, g_strdup (text));
}

static void
fill_choice (WayThemeView *self)
{
  way_detail_clear (self->choice);
  self->theme = WAY_CHIPS (way_chips_new (_ ("Theme")));
  for (guint i = 0; i < self->themes->len; i++)
    way_chips_add (self->theme, way_help_topic_get_name (self->themes->pdata[i]), NULL);
  if (self->themes->len > 0)
    way_chips_set_selected (self->theme, 0);
  g_signal_connect_object (self->theme, "notify::selected", G_CALLBACK (draw), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (self->choice, GTK_WIDGET (self->theme));
}

static void
way_theme_view_dispose (GObject *object)
{
  g_clear_object (&WAY_THEME_VIEW (object)->rows);

  G_OBJECT_CLASS (way_theme_view_parent_class)->dispose (object);
}

static void
way_theme_view_finalize (GObject *object)
{
  WayThemeView *self = WAY_THEME_VIEW (object);

  g_clear_pointer (&self->themes, g_ptr_array_unref);
  g_clear_pointer (&self->months, g_ptr_array_unref);

  G_OBJECT_CLASS (way_theme_view_parent_class)->finalize (object);
}

static void
way_theme_view_class_init (WayThemeViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = way_theme_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = way_theme_view_finalize;
}

static void
way_theme_view_init (WayThemeView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->themes = g_ptr_array_new_with_free_func (g_free);
  self->months = g_ptr_array_new_with_free_func (g_free);
  self->measure = WAY_CHIPS (way_chips_new (_ ("What is counted")));
  for (guint i = 0; i < G_N_ELEMENTS (MEASURES); i++)
    way_chips_add (self->measure, _ (MEASURES[i].label), NULL);
  way_chips_set_selected (self->measure, 0);
  g_signal_connect_object (self->measure, "notify::selected", G_CALLBACK (draw), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->measure));
  self->choice = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->choice));
  self->picture = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->picture));
  self->table = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->table));
  adw_bin_set_child (ADW_BIN (self), box);
}

/**
 * way_theme_view_new:
 *
 * Returns: (transfer floating): a view without figures
 */
GtkWidget *
way_theme_view_new (void)
{
  return g_object_new (WAY_TYPE_THEME_VIEW, NULL);
}

/**
 * way_theme_view_set_rows:
 * @rows: of WayRow, as the report “help-themes” has them
 *
 * Shows them; what was chosen stays chosen where it is still there.
 */
void
way_theme_view_set_rows (WayThemeView *self, GListModel *rows)
{
  int chosen;
  g_autofree char *theme = NULL;
  guint place;

  g_return_if_fail (WAY_IS_THEME_VIEW (self));

  chosen = self->theme != NULL ? way_chips_get_selected (self->theme) : -1;
  if (chosen >= 0 && chosen < (int) self->themes->len)
    theme = g_strdup (self->themes->pdata[chosen]);
  g_set_object (&self->rows, rows);
  g_ptr_array_set_size (self->themes, 0);
  g_ptr_array_set_size (self->months, 0);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rows, i);

      add_once (self->themes, way_row_get_text (row, "theme"));
      add_once (self->months, way_row_get_text (row, "month"));
    }
  g_ptr_array_sort_with_data (self->themes, compare_themes, self);
  fill_choice (self);
  if (theme != NULL && g_ptr_array_find_with_equal_func (self->themes, theme, g_str_equal, &place))
    way_chips_set_selected (self->theme, (int) place);
  draw (self);
}
