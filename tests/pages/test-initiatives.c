/* test-initiatives.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/initiatives/way-initiative-words.h"
#include "pages/way-detail.h"

#include <gtk/gtk.h>

/* What an initiative is measured by, in words: nothing is said of what is not known. */
static void
test_measure (void)
{
  static const struct
  {
    const char *before;
    const char *expected;
    const char *after;
    const char *said;
  } cases[] = {
    { "42", "30", "31", "Minutes: 42 before, 30 expected, 31 measured since" },
    { "42", "30", "", "Minutes: 42 before, 30 expected, not measured since" },
    { "", "30", "", "Minutes: 30 expected, not measured since" },
    { "42", "", "40", "Minutes: 42 before, 40 measured since" },
    { "", "", "", "Minutes" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *said = way_initiative_describe_measure ("Minutes", cases[i].before,
                                                               cases[i].expected, cases[i].after);

      g_assert_cmpstr (said, ==, cases[i].said);
    }
}

/* A button of a detail may be as narrow as its longest word: with large text its words together are
 * wider than a narrow window. */
static void
test_button (void)
{
  g_autoptr (GtkWidget) box = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  GtkWidget *button = way_detail_add_button (box, "Enter a _Paper Check…", NULL,
                                             G_CALLBACK (gtk_widget_queue_draw), box);
  int least, natural;

  gtk_widget_measure (button, GTK_ORIENTATION_HORIZONTAL, -1, &least, &natural, NULL, NULL);
  g_assert_cmpint (least, <, natural);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pages/initiatives/measure", test_measure);
  g_test_add_func ("/pages/detail/button", test_button);

  return g_test_run ();
}
