/* test-choice-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <adwaita.h>

#include "widgets/way-choice-row.h"

static void
count_cb (GtkWidget *row, guint *n)
{
  *n += 1;
}

static void
test_one_of_a_group (void)
{
  GtkWidget *box = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  GtkWidget *rows[3];
  guint n = 0;

  for (guint i = 0; i < 3; i++)
    {
      rows[i] = way_choice_row_new (WAY_CHOICE_ONE, i + 1, "A choice");
      g_signal_connect (rows[i], "chosen", G_CALLBACK (count_cb), &n);
      gtk_box_append (GTK_BOX (box), rows[i]);
    }
  way_choice_row_group (rows, 3);

  way_choice_row_press (WAY_CHOICE_ROW (rows[0]));
  way_choice_row_press (WAY_CHOICE_ROW (rows[2]));
  g_assert_false (way_choice_row_is_checked (WAY_CHOICE_ROW (rows[0])));
  g_assert_true (way_choice_row_is_checked (WAY_CHOICE_ROW (rows[2])));
  g_assert_cmpuint (n, ==, 2);

  /* One that is chosen stays so. */
  way_choice_row_press (WAY_CHOICE_ROW (rows[2]));
  g_assert_true (way_choice_row_is_checked (WAY_CHOICE_ROW (rows[2])));
  g_assert_finalize_object (box);
}

static void
test_several (void)
{
  GtkWidget *row = g_object_ref_sink (way_choice_row_new (WAY_CHOICE_SEVERAL, 1, "A choice"));

  way_choice_row_press (WAY_CHOICE_ROW (row));
  g_assert_true (way_choice_row_is_checked (WAY_CHOICE_ROW (row)));
  way_choice_row_press (WAY_CHOICE_ROW (row));
  g_assert_false (way_choice_row_is_checked (WAY_CHOICE_ROW (row)));
  g_assert_finalize_object (row);
}

static void
test_accessible (void)
{
  GtkWidget *one = g_object_ref_sink (way_choice_row_new (WAY_CHOICE_ONE, 1, "Ring the ward"));
  GtkWidget *several = g_object_ref_sink (way_choice_row_new (WAY_CHOICE_SEVERAL, 0, "Ask"));

  gtk_test_accessible_assert_role (one, GTK_ACCESSIBLE_ROLE_RADIO);
  gtk_test_accessible_assert_role (several, GTK_ACCESSIBLE_ROLE_CHECKBOX);
  gtk_test_accessible_assert_property (one, GTK_ACCESSIBLE_PROPERTY_LABEL, "Ring the ward");
  gtk_test_accessible_assert_state (one, GTK_ACCESSIBLE_STATE_CHECKED,
                                    GTK_ACCESSIBLE_TRISTATE_FALSE);
  way_choice_row_set_checked (WAY_CHOICE_ROW (one), TRUE);
  gtk_test_accessible_assert_state (one, GTK_ACCESSIBLE_STATE_CHECKED,
                                    GTK_ACCESSIBLE_TRISTATE_TRUE);

  /* What assistive technology presses. */
  g_assert_true (gtk_widget_activate_action (several, "row.activate", NULL));
  g_assert_true (way_choice_row_is_checked (WAY_CHOICE_ROW (several)));
  g_assert_finalize_object (one);
  g_assert_finalize_object (several);
}

static void
test_marked_is_held (void)
{
  GtkWidget *row = g_object_ref_sink (way_choice_row_new (WAY_CHOICE_SEVERAL, 1, "A choice"));

  way_choice_row_set_marking (WAY_CHOICE_ROW (row), WAY_MARKING_MISSED);
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "This is right");
  way_choice_row_press (WAY_CHOICE_ROW (row));
  g_assert_false (way_choice_row_is_checked (WAY_CHOICE_ROW (row)));

  way_choice_row_set_marking (WAY_CHOICE_ROW (row), WAY_MARKING_NONE);
  way_choice_row_press (WAY_CHOICE_ROW (row));
  g_assert_true (way_choice_row_is_checked (WAY_CHOICE_ROW (row)));
  g_assert_finalize_object (row);
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
  adw_init ();

  g_test_add_func ("/choice-row/one", test_one_of_a_group);
  g_test_add_func ("/choice-row/several", test_several);
  g_test_add_func ("/choice-row/accessible", test_accessible);
  g_test_add_func ("/choice-row/marked", test_marked_is_held);

  return g_test_run ();
}
