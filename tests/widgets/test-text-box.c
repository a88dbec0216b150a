/* test-text-box.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-text-box.h"

/* An invented number with its right check digit. */
#define NUMBER "The label of 943 476 5919 does not print"

static void
count_cb (int *n)
{
  (*n)++;
}

/* The button under the text, which says that it is nobody's. */
static GtkWidget *
find_button (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_may_keep (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *box = way_text_box_new ("Your answer", 84);
  GtkWidget *button = find_button (box);
  g_autofree char *text = NULL;
  int n = 0;

  gtk_window_set_child (GTK_WINDOW (window), box);
  g_signal_connect_swapped (box, "changed", G_CALLBACK (count_cb), &n);
  gtk_window_present (GTK_WINDOW (window));
  g_assert_true (way_text_box_may_keep (WAY_TEXT_BOX (box)));
  way_text_box_set_text (WAY_TEXT_BOX (box), "  It is the grey tray.\n");
  g_assert_cmpint (n, >, 0);
  text = way_text_box_dup_text (WAY_TEXT_BOX (box));
  g_assert_cmpstr (text, ==, "It is the grey tray.");
  g_assert_true (way_text_box_may_keep (WAY_TEXT_BOX (box)));
  g_assert_false (gtk_widget_get_mapped (button));

  way_text_box_set_text (WAY_TEXT_BOX (box), NUMBER);
  g_assert_false (way_text_box_may_keep (WAY_TEXT_BOX (box)));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == button);
  /* Whoever knows better says so, and is asked again about another. */
  n = 0;
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpint (n, ==, 1);
  g_assert_true (way_text_box_may_keep (WAY_TEXT_BOX (box)));
  way_text_box_set_text (WAY_TEXT_BOX (box), "Born on 3 May 1950");
  g_assert_false (way_text_box_may_keep (WAY_TEXT_BOX (box)));
  way_text_box_set_text (WAY_TEXT_BOX (box), NULL);
  g_assert_true (way_text_box_may_keep (WAY_TEXT_BOX (box)));
  gtk_window_destroy (GTK_WINDOW (window));
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
  g_test_add_func ("/widgets/text-box/may-keep", test_may_keep);
  return g_test_run ();
}
