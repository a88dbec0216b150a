/* test-window.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/way-window-private.h"

#include "pages/way-stack.h"

#include <glib/gstdio.h>

/* The window without a person at it: that it fits a narrow screen whoever is signed in,
 * and what can be done before anybody is. */

#define NARROW 360

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static void
wait_a_moment (guint ms)
{
  gint64 until = g_get_monotonic_time () + (gint64) ms * 1000;

  while (g_get_monotonic_time () < until)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
}

static WayWindow *
open_window (void)
{
  g_autoptr (GSettings) settings = g_settings_new (WAY_APPLICATION_ID);
  WayWindow *window = way_window_new (NULL, settings);

  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static int
get_least_width (GtkWidget *widget)
{
  int minimum;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return minimum;
}

static gboolean
is_enabled (WayWindow *window, const char *action)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (window), action);
}

static void
test_before_sign_in (void)
{
  WayWindow *window = open_window ();

  wait_a_moment (200);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (window->root), ==, "sign-in");
  g_assert_false (is_enabled (window, "go"));
  g_assert_false (is_enabled (window, "tell"));
  g_assert_false (is_enabled (window, "start-baseline"));
  g_assert_true (is_enabled (window, "help"));
  g_assert_true (is_enabled (window, "bigger-text"));
  g_assert_cmpint (get_least_width (GTK_WIDGET (window->sign_in)), <=, NARROW);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_bad_pack (void)
{
  WayWindow *window = open_window ();

  way_window_show_bad_pack (window, "pack.xml:3: <level> & <cut> differ");
  g_assert_cmpstr (gtk_stack_get_visible_child_name (window->root), ==, "problem");
  g_assert_nonnull (strstr (adw_status_page_get_description (window->problem),
                            "&lt;level&gt; &amp; &lt;cut&gt;"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_warning (void)
{
  WayWindow *window = open_window ();

  g_assert_false (gtk_revealer_get_reveal_child (window->banner));
  way_window_warn (window, "The disk is full.");
  g_assert_true (gtk_revealer_get_reveal_child (window->banner));
  g_assert_cmpstr (gtk_label_get_label (window->banner_label), ==, "The disk is full.");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A person of a role, from a demonstration trust that is made for this test. */
static char *
dup_username (const char *folder, const char *role)
{
  g_autofree char *path = g_build_filename (folder, "trust.db", NULL);
  g_autofree char *uri = g_strconcat ("sqlite:", path, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDb) db = way_db_open (uri, WAY_DB_READ_ONLY, &error);
  const char *values[] = { role, NULL };
  g_autoptr (GListStore) rows = NULL;
  g_autoptr (WayRow) row = NULL;

  g_assert_no_error (error);
  rows = way_row_query (db,
                        "SELECT p.username FROM person p WHERE p.ended = 0 AND CASE "
                        "WHEN CAST($1 AS text) = '' THEN p.person NOT IN (SELECT person FROM role) "
                        "ELSE p.person IN (SELECT person FROM role WHERE role = CAST($1 AS text)) "
                        "END ORDER BY p.username LIMIT 1",
                        values, &error);
  g_assert_no_error (error);
  row = g_list_model_get_item (G_LIST_MODEL (rows), 0);
  g_assert_nonnull (row);
  return g_strdup (way_row_get_text (row, "username"));
}

static char *
make_trust (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("way-window-XXXXXX", &error);
  g_autofree char *uri = NULL;
  int status;

  g_assert_no_error (error);
  uri = g_strdup_printf ("sqlite:%s/trust.db", folder);
  {
    char *argv[] = { (char *) g_getenv ("WAY_WAYMARKCTL"),
                     (char *) "demo",
                     (char *) "--trust",
                     uri,
                     (char *) "--people",
                     (char *) "60",
                     (char *) "--seed",
                     (char *) "2",
                     NULL };

    g_spawn_sync (NULL, argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, NULL, &status,
                  &error);
  }
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return folder;
}

static void
check_pages (WayWindow *window)
{
  guint n;
  guint n_shown = 0;
  const WayDestination *destinations = way_window_list_destinations (&n);

  for (guint i = 0; i < n; i++)
    {
      if (!way_window_may_go (window, &destinations[i]))
        continue;
      way_window_go (window, destinations[i].name);
      wait_a_moment (600);
      g_test_message ("%s: %d", destinations[i].name,
                      get_least_width (gtk_stack_get_visible_child (window->pages)));
      g_assert_cmpstr (gtk_stack_get_visible_child_name (window->pages), ==, destinations[i].name);
      g_assert_cmpint (get_least_width (gtk_stack_get_visible_child (window->pages)), <=, NARROW);
      n_shown++;
    }
  g_assert_cmpuint (n_shown, >=, 6);
}

/* Every page of every role, narrow: the window would grow if one asked for more. */
static void
test_pages_fit (gconstpointer role)
{
  g_autofree char *folder = make_trust ();
  g_autofree char *uri = g_strdup_printf ("sqlite:%s/trust.db", folder);
  g_autofree char *stores = g_build_filename (folder, "stores", NULL);
  g_autofree char *pack = g_build_filename (g_getenv ("WAYMARK_DATADIR"), "content", "core", NULL);
  g_autofree char *username = dup_username (folder, role);
  g_autoptr (GError) error = NULL;
  g_autoptr (WaySession) session = way_session_new (pack, NULL, stores, &error);
  WayWindow *window = open_window ();
  GtkSettings *settings = gtk_widget_get_settings (GTK_WIDGET (window));
  int dpi;

  g_assert_no_error (error);
  way_window_set_session (window, session);
  way_window_open (window, uri, username, NULL);
  for (guint i = 0; i < 100 && !way_session_is_signed_in (session); i++)
    wait_a_moment (50);
  g_assert_true (way_session_is_signed_in (session));
  wait_a_moment (300);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (window->root), ==, "main");
  g_assert_true (gtk_revealer_get_reveal_child (window->synthetic));

  check_pages (window);
  /* And with text of twice the size. */
  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", 2 * (dpi > 0 ? dpi : 96 * 1024), NULL);
  check_pages (window);
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);

  /* A module: from its first step into its cards. */
  way_window_show_module (window, "F1");
  wait_a_moment (600);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (window->root), ==, "focus");
  g_assert_cmpint (get_least_width (way_window_get_page (window)), <=, NARROW);
  gtk_widget_activate_action (way_window_get_page (window), "page.pause", NULL);
  wait_a_moment (400);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (window->root), ==, "main");

  gtk_window_destroy (GTK_WINDOW (window));
  wait_a_moment (100);
  g_assert_finalize_object (g_steal_pointer (&session));
  remove_folder (folder);
}

/* What is not a person's is not shown, whatever asks for it. */
static void
test_not_yours (void)
{
  g_autofree char *folder = make_trust ();
  g_autofree char *uri = g_strdup_printf ("sqlite:%s/trust.db", folder);
  g_autofree char *stores = g_build_filename (folder, "stores", NULL);
  g_autofree char *pack = g_build_filename (g_getenv ("WAYMARK_DATADIR"), "content", "core", NULL);
  g_autofree char *username = dup_username (folder, "");
  g_autoptr (GError) error = NULL;
  g_autoptr (WaySession) session = way_session_new (pack, NULL, stores, &error);
  WayWindow *window = open_window ();

  g_assert_no_error (error);
  way_window_set_session (window, session);
  way_window_open (window, uri, username, "reports");
  for (guint i = 0; i < 100 && !way_session_is_signed_in (session); i++)
    wait_a_moment (50);
  wait_a_moment (300);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (window->pages), ==, "today");
  way_window_go (window, "people");
  g_assert_cmpstr (gtk_stack_get_visible_child_name (window->pages), ==, "today");
  gtk_window_destroy (GTK_WINDOW (window));
  wait_a_moment (100);
  g_clear_object (&session);
  remove_folder (folder);
}

static void
fold (WayWindow *window, int width, gboolean is_folded)
{
  gtk_window_set_default_size (GTK_WINDOW (window), width, 700);
  for (guint i = 0; i < 100 && adw_leaflet_get_folded (window->leaflet) != is_folded; i++)
    wait_a_moment (50);
  g_assert_true (adw_leaflet_get_folded (window->leaflet) == is_folded);
  wait_a_moment (300);
}

/* Made narrow and wide again the sidebar is as wide as before, also where nothing is animated. */
static void
test_folding (void)
{
  WayWindow *window = open_window ();
  int width;

  g_object_set (gtk_widget_get_settings (GTK_WIDGET (window)), "gtk-enable-animations", FALSE,
                NULL);
  way_stack_show_named (window->root, "main");
  fold (window, 1024, FALSE);
  width = gtk_widget_get_width (GTK_WIDGET (window->sidebar));
  g_assert_cmpint (width, >, 0);
  g_assert_cmpint (width, <, 340);
  fold (window, NARROW, TRUE);
  fold (window, 1024, FALSE);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (window->sidebar)), ==, width);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  /* with-display gives it a home of its own. */
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }
  adw_init ();
  g_test_add_func ("/app/window/before-sign-in", test_before_sign_in);
  g_test_add_func ("/app/window/bad-pack", test_bad_pack);
  g_test_add_func ("/app/window/warning", test_warning);
  g_test_add_func ("/app/window/folding", test_folding);
  g_test_add_data_func ("/app/window/pages-fit/learner", "", test_pages_fit);
  g_test_add_data_func ("/app/window/pages-fit/champion", "champion", test_pages_fit);
  g_test_add_data_func ("/app/window/pages-fit/lead", "lead", test_pages_fit);
  g_test_add_func ("/app/window/not-yours", test_not_yours);
  return g_test_run ();
}
