/* test-reports.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/reports/way-day-button.h"
#include "pages/reports/way-heat-map.h"
#include "pages/reports/way-report-columns.h"
#include "pages/reports/way-report-table.h"
#include "pages/reports/way-unit-list.h"

static void
add_row (GListStore *rows, const char *const *columns, const char *const *cells)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  GPtrArray *values = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (WayRow) row = NULL;

  for (guint i = 0; columns[i] != NULL; i++)
    {
      g_ptr_array_add (names, (char *) columns[i]);
      g_ptr_array_add (values, g_strdup (cells[i]));
    }
  row = way_row_new (names, values);
  g_list_store_append (rows, row);
}

static void
test_day (void)
{
  static const struct
  {
    const char *text;
    const char *day; /* (nullable): none */
    gboolean is_read;
  } CASES[] = {
    { "", NULL, TRUE },
    { "  ", NULL, TRUE },
    { "2026-03-31", "2026-03-31", TRUE },
    { " 2024-02-29 ", "2024-02-29", TRUE },
    { "2026-06-15", "2026-06-15", TRUE },
    { "2026-06-16", NULL, FALSE },
    { "2025-02-29", NULL, FALSE },
    { "2026-13-01", NULL, FALSE },
    { "2026-00-01", NULL, FALSE },
    { "2026-3-1", NULL, FALSE },
    { "31/03/2026", NULL, FALSE },
    { "2026-03-31x", NULL, FALSE },
    { "-026-03-31", NULL, FALSE },
    { "soon", NULL, FALSE },
  };
  g_autoptr (GDateTime) now = g_date_time_new_local (2026, 6, 15, 9, 0, 0);

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *day = NULL;
      const char *why_not = NULL;

      g_test_message ("%s", CASES[i].text);
      g_assert_cmpint (way_day_read (CASES[i].text, now, &day, &why_not), ==, CASES[i].is_read);
      g_assert_cmpstr (day, ==, CASES[i].day);
      g_assert_cmpint (why_not == NULL, ==, CASES[i].is_read);
    }
}

static void
test_units (void)
{
  static const char *const COLUMNS[] = { "unit", "code", "name", "type", "parent", NULL };
  static const char *const CELLS[][5] = {
    { "u5", "W2", "Willow", "ward", "u2" },        { "u1", "ZZ9", "The Trust", "trust", NULL },
    { "u3", "SUR", "Surgery", "division", "u1" },  { "u4", "W1", "Ash", "ward", "u2" },
    { "u2", "MED", "Medicine", "division", "u1" }, { "u9", "X", "Annexe", "ward", "gone" },
  };
  static const char *const WANTED[][3] = { { "", "Whole trust", "0" }, { "X", "Annexe", "1" },
                                           { "MED", "Medicine", "1" }, { "W1", "Ash", "2" },
                                           { "W2", "Willow", "2" },    { "SUR", "Surgery", "1" } };
  g_autoptr (GListStore) units = g_list_store_new (WAY_TYPE_ROW);
  g_autoptr (GListModel) arranged = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (CELLS); i++)
    add_row (units, COLUMNS, CELLS[i]);
  arranged = way_unit_list_arrange (G_LIST_MODEL (units), "Whole trust");
  g_assert_cmpuint (g_list_model_get_n_items (arranged), ==, G_N_ELEMENTS (WANTED));
  for (guint i = 0; i < G_N_ELEMENTS (WANTED); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (arranged, i);

      g_assert_cmpstr (way_row_get_text (row, "code"), ==, WANTED[i][0]);
      g_assert_cmpstr (way_row_get_text (row, "name"), ==, WANTED[i][1]);
      g_assert_cmpstr (way_row_get_text (row, "depth"), ==, WANTED[i][2]);
    }
}

/* Two that lie in each other end nowhere: they are left out, and nothing hangs. */
static void
test_unit_circle (void)
{
  static const char *const COLUMNS[] = { "unit", "code", "name", "type", "parent", NULL };
  static const char *const A[] = { "u1", "A", "A", "ward", "u2" };
  static const char *const B[] = { "u2", "B", "B", "ward", "u1" };
  g_autoptr (GListStore) units = g_list_store_new (WAY_TYPE_ROW);
  g_autoptr (GListModel) arranged = NULL;

  add_row (units, COLUMNS, A);
  add_row (units, COLUMNS, B);
  arranged = way_unit_list_arrange (G_LIST_MODEL (units), "Whole trust");
  g_assert_cmpuint (g_list_model_get_n_items (arranged), ==, 1);
}

static void
test_standing_groups (void)
{
  static const char *const COLUMNS[] = {
    "division", "unit_code", "unit", "capability", "met", NULL
  };
  static const char *const CELLS[][5] = { { "Z", "W9", "Oak", "A", "1" },
                                          { "Z", "W9", "Oak", "B", "2" },
                                          { "A", "W1", "Elm", "A", "3" },
                                          { "A", "W1", "Elm", "B", "4" } };
  g_autoptr (GListStore) rows = g_list_store_new (WAY_TYPE_ROW);
  g_autoptr (GListModel) units = NULL;
  g_autoptr (WayUnitStanding) first = NULL;
  g_autoptr (WayUnitStanding) second = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (CELLS); i++)
    add_row (rows, COLUMNS, CELLS[i]);
  units = way_unit_standing_group (G_LIST_MODEL (rows));
  g_assert_cmpuint (g_list_model_get_n_items (units), ==, 2);
  first = g_list_model_get_item (units, 0);
  second = g_list_model_get_item (units, 1);
  g_assert_cmpstr (way_row_get_text (way_unit_standing_get_first (first), "unit"), ==, "Elm");
  g_assert_cmpint (way_row_get_int (way_unit_standing_get_row (first, "B"), "met"), ==, 4);
  g_assert_cmpint (way_row_get_int (way_unit_standing_get_row (second, "A"), "met"), ==, 1);
  g_assert_null (way_unit_standing_get_row (second, "F"));
}

/* The columns on screen are those of the report, in its order. */
static void
test_columns_are_the_report (void)
{
  guint n, n_known;
  const WayScreenColumn *columns = way_screen_columns_list (&n);
  const WayReportColumn *known = way_report_get_columns (way_report_find ("competency"), &n_known);

  g_assert_cmpuint (n, ==, n_known);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpstr (columns[i].name, ==, known[i].name);
      g_assert_cmpuint (columns[i].place, ==, i);
      g_assert_cmpint (columns[i].look == WAY_COLUMN_NUMBER, ==, known[i].is_number);
    }
}

static void
test_table_filters (void)
{
  guint n;
  const WayScreenColumn *columns = way_screen_columns_list (&n);
  const char *names[32] = { NULL };
  const char *cells[32] = { NULL };
  g_autoptr (GListStore) rows = g_list_store_new (WAY_TYPE_ROW);
  g_autoptr (GtkWidget) table = g_object_ref_sink (way_report_table_new ());
  static const char *const PEOPLE[][3] = { { "Ann Ash", "A", "met" },
                                           { "Ann Ash", "B", "not yet" },
                                           { "Bo Birch", "A", "not measured" } };

  for (guint i = 0; i < n; i++)
    names[i] = columns[i].name;
  for (guint p = 0; p < G_N_ELEMENTS (PEOPLE); p++)
    {
      for (guint i = 0; i < n; i++)
        cells[i] = g_str_equal (names[i], "name")          ? PEOPLE[p][0]
                   : g_str_equal (names[i], "capability")  ? PEOPLE[p][1]
                   : g_str_equal (names[i], "requirement") ? PEOPLE[p][2]
                                                           : "";
      add_row (rows, names, cells);
    }
  way_report_table_set_rows (WAY_REPORT_TABLE (table), G_LIST_MODEL (rows));
  g_assert_cmpuint (way_report_table_get_n_shown (WAY_REPORT_TABLE (table)), ==, 3);
  way_report_table_filter (WAY_REPORT_TABLE (table), " ann ", -1, NULL);
  g_assert_cmpuint (way_report_table_get_n_shown (WAY_REPORT_TABLE (table)), ==, 2);
  way_report_table_filter (WAY_REPORT_TABLE (table), "ann", WAY_REQUIREMENT_NOT_YET, NULL);
  g_assert_cmpuint (way_report_table_get_n_shown (WAY_REPORT_TABLE (table)), ==, 1);
  way_report_table_filter (WAY_REPORT_TABLE (table), "", -1, "A");
  g_assert_cmpuint (way_report_table_get_n_shown (WAY_REPORT_TABLE (table)), ==, 2);
  way_report_table_filter (WAY_REPORT_TABLE (table), "zz", -1, NULL);
  g_assert_cmpuint (way_report_table_get_n_shown (WAY_REPORT_TABLE (table)), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }
  g_test_add_func ("/pages/reports/day", test_day);
  g_test_add_func ("/pages/reports/units", test_units);
  g_test_add_func ("/pages/reports/unit-circle", test_unit_circle);
  g_test_add_func ("/pages/reports/standing-groups", test_standing_groups);
  g_test_add_func ("/pages/reports/columns-are-the-report", test_columns_are_the_report);
  g_test_add_func ("/pages/reports/table-filters", test_table_filters);
  return g_test_run ();
}
