/* test-network.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/network/way-network-words.h"
#include "widgets/way-chart.h"

#include <gtk/gtk.h>
#include <math.h>

/* What the effort of champions is called, and its picture. */

static WayRow *
make_unit (const char *division, const char *unit, const char *people, const char *minutes)
{
  static const char *const names[] = { "division", "unit", "people", "contacts", "minutes" };
  const char *const cells[] = { division, unit, people, minutes, minutes };
  GPtrArray *columns = g_ptr_array_new ();
  GPtrArray *values = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_ptr_array_add (columns, (char *) names[i]);
      g_ptr_array_add (values, g_strdup (cells[i]));
    }
  return way_row_new (columns, values);
}

/* The unit that holds all others is the whole trust, which has been said; no other unit is. */
static void
test_whole (void)
{
  g_autoptr (WayRow) whole = make_unit (NULL, NULL, "200", "60");
  g_autoptr (WayRow) top = make_unit (NULL, "The Trust", "200", "60");
  g_autoptr (WayRow) one_of_two = make_unit (NULL, "North", "120", "60");
  g_autoptr (WayRow) division = make_unit ("Medicine", "Medicine", "200", "60");

  g_assert_true (way_network_is_whole (top, whole));
  g_assert_false (way_network_is_whole (whole, whole));
  g_assert_false (way_network_is_whole (one_of_two, whole));
  g_assert_false (way_network_is_whole (division, whole));
}

static void
test_briefly (void)
{
  g_autoptr (WayRow) much = make_unit ("Medicine", "Ward", "20", "90");
  g_autoptr (WayRow) hidden = make_unit ("Medicine", "Ward", "20", NULL);
  g_autofree char *told = way_network_describe_briefly (much, "Ward");
  g_autofree char *kept = way_network_describe_briefly (hidden, "Ward");

  g_assert_cmpstr (told, ==, "Ward: 90 minutes");
  g_assert_cmpstr (kept, ==, "Ward");
}

/* A name that has no room in one line has a second one, and so a narrow picture is higher. */
static void
test_names (void)
{
  const WayChartPoint point = { .name = (char *) "Surgery, Theatres and Critical Care: 9 hours",
                                .value = .2,
                                .low = 0,
                                .high = .4,
                                .own = NAN,
                                .need = NAN };
  g_autoptr (GtkWidget) chart = g_object_ref_sink (way_chart_new (WAY_CHART_BANDS));
  int wide;
  int narrow;

  way_chart_set_axis (WAY_CHART (chart), -1, 1, NULL);
  way_chart_set_points (WAY_CHART (chart), &point, 1);
  gtk_widget_measure (chart, GTK_ORIENTATION_VERTICAL, 700, &wide, NULL, NULL, NULL);
  gtk_widget_measure (chart, GTK_ORIENTATION_VERTICAL, 240, &narrow, NULL, NULL, NULL);
  g_assert_cmpint (narrow, >, wide);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pages/network/whole", test_whole);
  g_test_add_func ("/pages/network/briefly", test_briefly);
  g_test_add_func ("/pages/network/names", test_names);

  return g_test_run ();
}
