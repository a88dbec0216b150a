/* test-confidence-scale.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/module/way-confidence-scale.h"

/* The button that says a number. */
static GtkWidget *
find_button (GtkWidget *widget, const char *label)
{
  if (GTK_IS_TOGGLE_BUTTON (widget)
      && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
changed_cb (GtkWidget *scale, guint *n)
{
  *n += 1;
}

static void
test_nothing_at_first (void)
{
  GtkWidget *scale = g_object_ref_sink (way_confidence_scale_new ("I can"));

  g_assert_cmpint (way_confidence_scale_get_value (WAY_CONFIDENCE_SCALE (scale)), ==, -1);
  way_confidence_scale_set_value (WAY_CONFIDENCE_SCALE (scale), -1);
  way_confidence_scale_set_value (WAY_CONFIDENCE_SCALE (scale), 11);
  g_assert_cmpint (way_confidence_scale_get_value (WAY_CONFIDENCE_SCALE (scale)), ==, -1);
  g_assert_finalize_object (scale);
}

static void
test_choose (void)
{
  GtkWidget *scale = g_object_ref_sink (way_confidence_scale_new ("I can"));
  GtkWidget *seven = find_button (scale, "7");
  GtkWidget *zero = find_button (scale, "0");
  guint n = 0;

  g_signal_connect (scale, "changed", G_CALLBACK (changed_cb), &n);
  g_signal_emit_by_name (seven, "clicked");
  g_assert_cmpint (way_confidence_scale_get_value (WAY_CONFIDENCE_SCALE (scale)), ==, 7);
  gtk_test_accessible_assert_role (seven, GTK_ACCESSIBLE_ROLE_RADIO);
  gtk_test_accessible_assert_state (seven, GTK_ACCESSIBLE_STATE_CHECKED,
                                    GTK_ACCESSIBLE_TRISTATE_TRUE);

  /* Zero is a choice, and there is one choice. */
  g_signal_emit_by_name (zero, "clicked");
  g_assert_cmpint (way_confidence_scale_get_value (WAY_CONFIDENCE_SCALE (scale)), ==, 0);
  gtk_test_accessible_assert_state (seven, GTK_ACCESSIBLE_STATE_CHECKED,
                                    GTK_ACCESSIBLE_TRISTATE_FALSE);
  g_assert_cmpuint (n, ==, 2);
  g_assert_finalize_object (scale);
}

static void
test_one_tab_stop (void)
{
  GtkWidget *scale = g_object_ref_sink (way_confidence_scale_new ("I can"));
  guint n = 0;

  way_confidence_scale_set_value (WAY_CONFIDENCE_SCALE (scale), 4);
  for (int i = 0; i <= 10; i++)
    {
      g_autofree char *label = g_strdup_printf ("%d", i);

      n += gtk_widget_get_focusable (find_button (scale, label));
    }
  g_assert_cmpuint (n, ==, 1);
  g_assert_true (gtk_widget_get_focusable (find_button (scale, "4")));
  g_assert_finalize_object (scale);
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
  g_test_add_func ("/pages/confidence-scale/nothing-at-first", test_nothing_at_first);
  g_test_add_func ("/pages/confidence-scale/choose", test_choose);
  g_test_add_func ("/pages/confidence-scale/one-tab-stop", test_one_tab_stop);
  return g_test_run ();
}
