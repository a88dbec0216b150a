/* test-stack.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/way-stack.h"

static void
test_only_one_visible (void)
{
  g_autoptr (GtkStack) stack = g_object_ref_sink (GTK_STACK (gtk_stack_new ()));
  GtkWidget *first = gtk_label_new ("first");
  GtkWidget *second = gtk_label_new ("second");

  gtk_stack_add_named (stack, first, "first");
  gtk_stack_add_named (stack, second, "second");
  way_stack_show (stack, second);
  g_assert_true (gtk_stack_get_visible_child (stack) == second);
  g_assert_false (gtk_widget_get_visible (first));
  way_stack_show_named (stack, "first");
  g_assert_true (gtk_stack_get_visible_child (stack) == first);
  g_assert_true (gtk_widget_get_visible (first));
  g_assert_false (gtk_widget_get_visible (second));
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
  g_test_add_func ("/pages/stack/only-one-visible", test_only_one_visible);
  return g_test_run ();
}
