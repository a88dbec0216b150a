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

static void
press (GtkWidget *scale, guint keyval, GdkModifierType state)
{
  GtkWidget *group = gtk_widget_get_parent (find_button (scale, "0"));
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (group);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);
      gboolean is_taken;

      if (!GTK_IS_EVENT_CONTROLLER_KEY (controller))
        continue;
      g_signal_emit_by_name (controller, "key-pressed", keyval, 0, state, &is_taken);
      n++;
    }
  g_assert_cmpuint (n, ==, 1);
}

static void
test_figures (void)
{
  GtkWidget *scale = g_object_ref_sink (way_confidence_scale_new ("I can"));
  static const struct
  {
    guint keyval;
    GdkModifierType state;
    int value;
  } keys[] = {
    { GDK_KEY_7, 0, 7 },
    { GDK_KEY_KP_3, 0, 3 },
    { GDK_KEY_0, 0, 0 },
    { GDK_KEY_1, 0, 1 },
    { GDK_KEY_0, 0, 10 },
    { GDK_KEY_0, 0, 0 },
    { GDK_KEY_1, 0, 1 },
    { GDK_KEY_Right, 0, 2 },
    { GDK_KEY_0, 0, 0 },
    { GDK_KEY_5, GDK_CONTROL_MASK, 0 },
    { GDK_KEY_Right, GDK_ALT_MASK, 0 },
  };

  guint n = 0;

  g_signal_connect (scale, "go-on", G_CALLBACK (changed_cb), &n);
  press (scale, GDK_KEY_Return, 0);
  g_assert_cmpuint (n, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      press (scale, keys[i].keyval, keys[i].state);
      g_assert_cmpint (way_confidence_scale_get_value (WAY_CONFIDENCE_SCALE (scale)), ==,
                       keys[i].value);
    }
  press (scale, GDK_KEY_Return, 0);
  g_assert_cmpuint (n, ==, 1);
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
  g_test_add_func ("/pages/confidence-scale/figures", test_figures);
  return g_test_run ();
}
