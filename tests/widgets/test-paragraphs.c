/* test-paragraphs.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <adwaita.h>

#include "widgets/way-paragraphs.h"

#define LONG                                                                                       \
  "Tell a real message from one that wants something of you, and report it where somebody can "    \
  "do something about it before the next person presses the link."

typedef struct
{
  GtkWidget *window;
  GtkWidget *box;
  GtkWidget *paragraphs;
  GtkWidget *label; /* what it is measured by */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  fixture->paragraphs = way_paragraphs_new ();
  way_paragraphs_add (WAY_PARAGRAPHS (fixture->paragraphs), "caption", "dim-label");
  way_paragraphs_add (WAY_PARAGRAPHS (fixture->paragraphs), "caption", NULL);
  gtk_box_append (GTK_BOX (fixture->box), fixture->paragraphs);
  fixture->label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (fixture->label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (fixture->label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (fixture->label, "caption");
  gtk_box_append (GTK_BOX (fixture->box), fixture->label);
  fixture->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->box);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
}

static void
say (Fixture *fixture, guint n, const char *text)
{
  way_paragraphs_set_text (WAY_PARAGRAPHS (fixture->paragraphs), n, text);
}

static int
get_height (GtkWidget *widget, int width)
{
  int minimum, natural;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, &minimum, &natural, NULL, NULL);
  if (!GTK_IS_LABEL (widget))
    g_assert_cmpint (minimum, ==, natural);
  return minimum;
}

/* Of a label with that text. */
static int
get_label_height (Fixture *fixture, const char *text, int width)
{
  gtk_label_set_label (GTK_LABEL (fixture->label), text);
  return get_height (fixture->label, width);
}

static void
test_as_high_as_labels (Fixture *fixture, gconstpointer user_data)
{
  static const int widths[] = { 120, 333, 900, 120 };
  int spacing;

  g_assert_cmpint (get_height (fixture->paragraphs, 300), ==, 0);
  say (fixture, 0, "One");
  say (fixture, 1, "Two");
  spacing = get_height (fixture->paragraphs, 900) - get_label_height (fixture, "One", 900)
            - get_label_height (fixture, "Two", 900);
  g_assert_cmpint (spacing, >, 0);
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      say (fixture, 0, LONG);
      say (fixture, 1, "Two");
      g_assert_cmpint (get_height (fixture->paragraphs, widths[i]), ==,
                       get_label_height (fixture, LONG, widths[i]) + spacing
                           + get_label_height (fixture, "Two", widths[i]));
      say (fixture, 0, NULL);
      g_assert_cmpint (get_height (fixture->paragraphs, widths[i]), ==,
                       get_label_height (fixture, "Two", widths[i]));
      say (fixture, 1, "");
      g_assert_cmpint (get_height (fixture->paragraphs, widths[i]), ==, 0);
    }
  g_assert_cmpint (get_label_height (fixture, LONG, 120), >, get_label_height (fixture, LONG, 900));
}

static int
get_fresh_height (const char *style_class)
{
  const char *const classes[] = { style_class, NULL };
  Fixture fixture;
  int height;

  set_up (&fixture, NULL);
  gtk_widget_set_css_classes (gtk_widget_get_first_child (fixture.paragraphs),
                              (const char **) classes);
  gtk_widget_set_css_classes (fixture.label, (const char **) classes);
  say (&fixture, 0, LONG);
  height = get_height (fixture.paragraphs, 400);
  g_assert_cmpint (height, ==, get_label_height (&fixture, LONG, 400));
  tear_down (&fixture, NULL);
  return height;
}

/* A height that is known is not taken for that of larger letters, nor of others. */
static void
test_larger_letters (void)
{
  GtkSettings *settings = gtk_settings_get_default ();
  int resolution;
  int small = get_fresh_height ("caption");

  g_assert_cmpint (get_fresh_height ("title-1"), >, small);
  g_object_get (settings, "gtk-xft-dpi", &resolution, NULL);
  g_object_set (settings, "gtk-xft-dpi", 192 * 1024, NULL);
  g_assert_cmpint (get_fresh_height ("caption"), >, small * 2);
  g_object_set (settings, "gtk-xft-dpi", resolution, NULL);
  g_assert_cmpint (get_fresh_height ("caption"), ==, small);
}

/* More texts than are kept: each is as high as it was. */
static void
test_many_texts (Fixture *fixture, gconstpointer user_data)
{
  int one = get_label_height (fixture, "Row", 400);

  for (guint i = 0; i < 5000; i++)
    {
      g_autofree char *text = g_strdup_printf ("Row %u%s", i, i % 2 == 0 ? "\nand more" : "");

      say (fixture, 0, text);
      g_assert_cmpint (get_height (fixture->paragraphs, 400), >=, i % 2 == 0 ? 2 * one - 2 : one);
      g_assert_cmpint (get_height (fixture->paragraphs, 400), <,
                       i % 2 == 0 ? 3 * one : 2 * one - 2);
    }
}

/* Nothing of a text is cut off, and no text lies over another. */
static void
test_places (Fixture *fixture, gconstpointer user_data)
{
  int height, bottom = 0;

  say (fixture, 0, LONG);
  say (fixture, 1, "Two");
  height = get_height (fixture->paragraphs, 250);
  gtk_widget_allocate (fixture->paragraphs, 250, height, -1, NULL);
  for (GtkWidget *child = gtk_widget_get_first_child (fixture->paragraphs); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      graphene_rect_t place;

      g_assert_true (gtk_widget_compute_bounds (child, fixture->paragraphs, &place));
      g_assert_cmpfloat (place.origin.y, >=, bottom);
      g_assert_cmpint (gtk_widget_get_width (child), ==, 250);
      g_assert_cmpint (gtk_widget_get_height (child), ==,
                       get_label_height (fixture,
                                         child == gtk_widget_get_first_child (fixture->paragraphs)
                                             ? LONG
                                             : "Two",
                                         250));
      bottom = (int) (place.origin.y + place.size.height);
    }
  g_assert_cmpint (bottom, ==, height);
}

/* Assistive technology reads a paragraph as it reads a label. */
static void
test_is_read (Fixture *fixture, gconstpointer user_data)
{
  GtkWidget *first = gtk_widget_get_first_child (fixture->paragraphs);

  say (fixture, 0, LONG);
  gtk_test_accessible_assert_role (first, GTK_ACCESSIBLE_ROLE_LABEL);
  gtk_test_accessible_assert_property (first, GTK_ACCESSIBLE_PROPERTY_LABEL, LONG);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  gtk_init ();
  adw_init ();

#define ADD(path, function)                                                                        \
  g_test_add ("/widgets/paragraphs/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("as-high-as-labels", test_as_high_as_labels);
  ADD ("many-texts", test_many_texts);
  ADD ("places", test_places);
  ADD ("is-read", test_is_read);
  g_test_add_func ("/widgets/paragraphs/larger-letters", test_larger_letters);

  return g_test_run ();
}
