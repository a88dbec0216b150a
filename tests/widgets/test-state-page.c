/* test-state-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <adwaita.h>

#include "widgets/way-state-page.h"

static GtkWidget *
find (GtkWidget *widget, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static const char *
get_shown (GtkWidget *page)
{
  return gtk_stack_get_visible_child_name (GTK_STACK (find (page, GTK_TYPE_STACK)));
}

static void
retry_cb (GtkWidget *page, guint *n)
{
  *n += 1;
}

static void
test_child (void)
{
  GtkWidget *page = g_object_ref_sink (way_state_page_new ());

  way_state_page_set_child (WAY_STATE_PAGE (page), gtk_label_new ("Here it is"));
  g_assert_cmpstr (get_shown (page), ==, "nothing");
  way_state_page_show_child (WAY_STATE_PAGE (page));
  g_assert_cmpstr (get_shown (page), ==, "child");

  /* What is shown stays while it is loaded again. */
  way_state_page_show_loading (WAY_STATE_PAGE (page));
  g_assert_cmpstr (get_shown (page), ==, "child");
  g_assert_finalize_object (page);
}

static void
test_loading (void)
{
  GtkWidget *page = g_object_ref_sink (way_state_page_new ());
  gint64 start = g_get_monotonic_time ();

  way_state_page_show_loading (WAY_STATE_PAGE (page));
  g_assert_cmpstr (get_shown (page), ==, "nothing");
  while (g_strcmp0 (get_shown (page), "loading") != 0
         && g_get_monotonic_time () - start < 4 * G_USEC_PER_SEC)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (get_shown (page), ==, "loading");
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 900 * 1000);
  g_assert_finalize_object (page);
}

static void
test_error (void)
{
  GtkWidget *page = g_object_ref_sink (way_state_page_new ());
  g_autoptr (GError)
      error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "The disk is full & <busy>");
  AdwStatusPage *status;
  guint n = 0;

  g_signal_connect (page, "retry", G_CALLBACK (retry_cb), &n);
  way_state_page_show_message (WAY_STATE_PAGE (page), "face-smile-symbolic", "Empty", NULL, "Learn",
                               "win.go::learn");
  way_state_page_show_error (WAY_STATE_PAGE (page), "Your skills cannot be shown", error);
  g_assert_cmpstr (get_shown (page), ==, "message");
  status = ADW_STATUS_PAGE (find (page, ADW_TYPE_STATUS_PAGE));
  g_assert_cmpstr (adw_status_page_get_title (status), ==, "Your skills cannot be shown");
  g_assert_cmpstr (adw_status_page_get_description (status), ==,
                   "The disk is full &amp; &lt;busy&gt;");
  g_signal_emit_by_name (adw_status_page_get_child (status), "clicked");
  g_assert_cmpuint (n, ==, 1);
  g_assert_finalize_object (page);
}

static void
test_message (void)
{
  GtkWidget *page = g_object_ref_sink (way_state_page_new ());
  GtkWidget *button;
  guint n = 0;

  g_signal_connect (page, "retry", G_CALLBACK (retry_cb), &n);
  way_state_page_show_message (WAY_STATE_PAGE (page), "face-smile-symbolic", "Nothing yet", NULL,
                               "Learn", "win.go::learn");
  button = adw_status_page_get_child (ADW_STATUS_PAGE (find (page, ADW_TYPE_STATUS_PAGE)));
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (button)), ==, "win.go");
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpuint (n, ==, 0);
  way_state_page_show_message (WAY_STATE_PAGE (page), "face-smile-symbolic", "Nothing yet", NULL,
                               NULL, NULL);
  g_assert_false (gtk_widget_get_visible (button));
  g_assert_finalize_object (page);
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

  g_test_add_func ("/state-page/child", test_child);
  g_test_add_func ("/state-page/loading", test_loading);
  g_test_add_func ("/state-page/error", test_error);
  g_test_add_func ("/state-page/message", test_message);

  return g_test_run ();
}
