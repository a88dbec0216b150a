/* test-glossary.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/way-glossary.h"

#include <string.h>

static WayPack *
open_pack (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("WAYMARK_DATADIR"), "content", "core", NULL);
  g_autoptr (GError) error = NULL;
  WayPack *pack = way_pack_open (path, NULL, &error);

  g_assert_no_error (error);
  return pack;
}

/* Counts rows that the search lets through; *button says whether there is a way out. */
static void
look (GtkWidget *widget, guint *n_rows, gboolean *button)
{
  if (!gtk_widget_get_visible (widget) || !gtk_widget_get_child_visible (widget))
    return;
  if (ADW_IS_ACTION_ROW (widget))
    *n_rows += 1;
  if (GTK_IS_BUTTON (widget)
      && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), "win.ask-help") == 0)
    *button = TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    look (child, n_rows, button);
}

static void
test_look_up (void)
{
  static const struct
  {
    const char *word;
    gboolean is_found;
  } CASES[] = {
    { "phishing", TRUE },
    { "PHISHING", TRUE },
    { "  two-step  ", TRUE },
    { "zzyzx", FALSE },
  };
  g_autoptr (WayPack) pack = open_pack ();
  GtkWidget *glossary = g_object_ref_sink (way_glossary_new (pack));

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      guint n = 0;
      gboolean has_button = FALSE;

      way_glossary_look_up (WAY_GLOSSARY (glossary), CASES[i].word);
      look (glossary, &n, &has_button);
      g_test_message ("%s: %u", CASES[i].word, n);
      g_assert_true ((n > 0) == CASES[i].is_found);
      /* Where there is no word, there is a person to ask. */
      g_assert_true (has_button == !CASES[i].is_found);
      g_assert_cmpuint (n, <, way_pack_get_terms (pack)->len);
    }
  g_assert_finalize_object (glossary);
}

/* The first row that the search lets through. */
static GtkWidget *
find_first (GtkWidget *widget)
{
  if (!gtk_widget_get_visible (widget) || !gtk_widget_get_child_visible (widget))
    return NULL;
  if (ADW_IS_ACTION_ROW (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *row = find_first (child);

      if (row != NULL)
        return row;
    }
  return NULL;
}

/* A word that others have in them, or that others are explained with, comes first. */
static void
test_itself_first (void)
{
  g_autoptr (WayPack) pack = open_pack ();
  GPtrArray *terms = way_pack_get_terms (pack);
  GtkWidget *glossary = g_object_ref_sink (way_glossary_new (pack));

  for (guint i = 0; i < terms->len; i++)
    {
      const WayTerm *term = g_ptr_array_index (terms, i);
      const char *title;

      way_glossary_look_up (WAY_GLOSSARY (glossary), term->word);
      title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (find_first (glossary)));
      if (!g_str_has_prefix (title, term->word)
          || (title[strlen (term->word)] != '\0'
              && !g_str_has_prefix (title + strlen (term->word), " (")))
        g_error ("“%s” comes first for “%s”", title, term->word);
    }
  g_assert_finalize_object (glossary);
}

static void
test_all (void)
{
  g_autoptr (WayPack) pack = open_pack ();
  GtkWidget *glossary = g_object_ref_sink (way_glossary_new (pack));
  guint n = 0;
  gboolean has_button = FALSE;

  way_glossary_look_up (WAY_GLOSSARY (glossary), "");
  look (glossary, &n, &has_button);
  g_assert_cmpuint (n, ==, way_pack_get_terms (pack)->len);
  g_assert_finalize_object (glossary);
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
  g_test_add_func ("/pages/glossary/look-up", test_look_up);
  g_test_add_func ("/pages/glossary/all", test_all);
  g_test_add_func ("/pages/glossary/itself-first", test_itself_first);
  return g_test_run ();
}
