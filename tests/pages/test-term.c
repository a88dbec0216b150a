/* test-term.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/champion/way-term-given.h"
#include "pages/champion/way-term-words.h"
#include "pages/way-shift-grid.h"

/* Wilson's interval of 5 in 9 is 26.7 to 81.1 %, and of none or all of eight it does not pretend
 * to be sure: 0 to 32.4 and 67.6 to 100. */
static const struct
{
  guint followed, passed;
  const char *has;
} changes[] = {
  { 0, 0, "You named 0 people" },
  { 7, 7, "You named 7 people" },
  { 1, 0, "You named 1 person " },
  { 9, 5, "5 of 9 people whom you named passed a check in the 30 days after: 56 %." },
  { 9, 5, "anything from 27 to 81 %" },
  { 8, 0, "anything from 0 to 32 %" },
  { 8, 8, "anything from 68 to 100 %" },
};

static void
test_change (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autofree char *text = way_term_describe_change (changes[i].followed, changes[i].passed);

      g_test_message ("%s", text);
      g_assert_nonnull (strstr (text, changes[i].has));
      g_assert_true ((strchr (text, '%') != NULL) == (changes[i].followed >= 8));
    }
}

static void
test_shifts (void)
{
  g_autofree char *two = way_term_describe_shifts ("tue-night mon-early");
  g_autofree char *none = way_term_describe_shifts ("");

  g_assert_cmpstr (two, ==, "Monday Early, Tuesday Night");
  g_assert_cmpstr (none, ==, "not said yet");
}

static void
changed_cb (guint *n)
{
  (*n)++;
}

/* What the program sets is no change of a person's; what is pressed is. */
static void
test_grid (void)
{
  g_autoptr (GtkWidget) widget = g_object_ref_sink (way_shift_grid_new ("Shifts"));
  WayShiftGrid *grid = WAY_SHIFT_GRID (widget);
  GtkWidget *cells = gtk_widget_get_first_child (widget);
  GtkWidget *friday_late = gtk_grid_get_child_at (GTK_GRID (cells), 2, 5);
  guint n = 0;

  g_signal_connect_swapped (grid, "changed", G_CALLBACK (changed_cb), &n);
  way_shift_grid_set_set (grid, way_shift_set_bit (0, WAY_PART_EARLY));
  g_assert_cmpuint (n, ==, 0);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (friday_late), TRUE);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (way_shift_grid_get_set (grid), ==,
                    way_shift_set_bit (0, WAY_PART_EARLY) | way_shift_set_bit (4, WAY_PART_LATE));
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (friday_late), GTK_ACCESSIBLE_STATE_CHECKED,
                                    GTK_ACCESSIBLE_TRISTATE_TRUE);
  way_shift_grid_set_cell (grid, 4, WAY_PART_LATE, "1", "Ann", NULL);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (friday_late), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Friday Late: Ann");
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
  g_test_add_func ("/pages/term/change", test_change);
  g_test_add_func ("/pages/term/shifts", test_shifts);
  g_test_add_func ("/pages/term/grid", test_grid);
  return g_test_run ();
}
