/* test-wrap-box.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <adwaita.h>

#include "widgets/way-wrap-box.h"

#define SPACING 12

/* A bar of buttons, each of which can be as narrow as its longest word. */
typedef struct
{
  GtkWidget *window;
  GtkWidget *box;
  GtkWidget *buttons[3];
  int least;   /* all of them, beside each other */
  int natural; /* the same, in a line each */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer keeps_line)
{
  static const char *const words[] = { "Back", "I have finished", "Do this later" };

  fixture->box = way_wrap_box_new (SPACING, 6);
  g_object_set (fixture->box, "keeps-line", keeps_line != NULL, NULL);
  fixture->least = fixture->natural = -SPACING;
  for (guint i = 0; i < G_N_ELEMENTS (fixture->buttons); i++)
    {
      int least, natural;

      fixture->buttons[i] = gtk_button_new_with_label (words[i]);
      gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (fixture->buttons[i]))),
                          TRUE);
      if (i > 0)
        gtk_widget_set_halign (fixture->buttons[i], GTK_ALIGN_END);
      way_wrap_box_append (WAY_WRAP_BOX (fixture->box), fixture->buttons[i]);
      gtk_widget_measure (fixture->buttons[i], GTK_ORIENTATION_HORIZONTAL, -1, &least, &natural,
                          NULL, NULL);
      g_assert_cmpint (natural, >, 0);
      fixture->least += SPACING + least;
      fixture->natural += SPACING + natural;
    }
  g_assert_cmpint (fixture->least, <, fixture->natural);
  fixture->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->box);
}

static void
tear_down (Fixture *fixture, gconstpointer keeps_line)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
}

static void
give_width (Fixture *fixture, int width)
{
  int height;

  gtk_widget_measure (fixture->box, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
  gtk_widget_allocate (fixture->box, width, height, -1, NULL);
}

static graphene_rect_t
get_place (Fixture *fixture, guint button)
{
  graphene_rect_t place;

  g_assert_true (gtk_widget_compute_bounds (fixture->buttons[button], fixture->box, &place));
  return place;
}

/* How many lines the buttons stand in; each of them inside of the box. */
static guint
count_lines (Fixture *fixture, int width)
{
  guint n = 1;

  for (guint i = 0; i < G_N_ELEMENTS (fixture->buttons); i++)
    {
      graphene_rect_t place = get_place (fixture, i);
      graphene_rect_t before;

      g_assert_cmpfloat (place.origin.x, >=, 0);
      g_assert_cmpfloat (place.origin.x + place.size.width, <=, width);
      if (i == 0)
        continue;
      before = get_place (fixture, i - 1);
      n += place.origin.y >= before.origin.y + before.size.height;
    }
  return n;
}

static void
test_end (Fixture *fixture, gconstpointer keeps_line)
{
  int width = fixture->natural + 100;
  graphene_rect_t back, finished, later;

  give_width (fixture, width);
  g_assert_cmpuint (count_lines (fixture, width), ==, 1);
  back = get_place (fixture, 0);
  finished = get_place (fixture, 1);
  later = get_place (fixture, 2);
  g_assert_cmpfloat (back.origin.x, ==, 0);
  g_assert_cmpfloat (later.origin.x + later.size.width, ==, width);
  g_assert_cmpfloat (finished.origin.x + finished.size.width + SPACING, ==, later.origin.x);
}

/* Without room they get narrower first, and only then another line begins. */
static void
test_keeps_line (Fixture *fixture, gconstpointer keeps_line)
{
  graphene_rect_t back, finished;

  give_width (fixture, fixture->least);
  if (keeps_line == NULL)
    g_assert_cmpuint (count_lines (fixture, fixture->least), >, 1);
  else
    {
      g_assert_cmpuint (count_lines (fixture, fixture->least), ==, 1);
      back = get_place (fixture, 0);
      finished = get_place (fixture, 1);
      g_assert_cmpfloat (back.size.height, ==, finished.size.height);
    }
  give_width (fixture, fixture->least - 1);
  g_assert_cmpuint (count_lines (fixture, fixture->least - 1), >, 1);
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

  g_test_add ("/wrap-box/end", Fixture, NULL, set_up, test_end, tear_down);
  g_test_add ("/wrap-box/goes-on", Fixture, NULL, set_up, test_keeps_line, tear_down);
  g_test_add ("/wrap-box/keeps-line", Fixture, "yes", set_up, test_keeps_line, tear_down);

  return g_test_run ();
}
