/* desk-fixture.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "desk-fixture.h"

#include <string.h>

static WayDesk *
load_desk (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("WAYMARK_DATADIR"), "content", "core",
                                            "desks", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  WayDesk *desk;
  gsize length;

  /* A file of the pack, or a desk as it stands. */
  if (*name == '<')
    {
      text = g_strdup (name);
      length = strlen (name);
    }
  else
    g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new_take (g_steal_pointer (&text), length);
  desk = way_desk_new_from_bytes (bytes, name, &error);
  g_assert_no_error (error);

  return desk;
}

static void
action_cb (GtkWidget *view,
           const char *action,
           const char *target,
           const char *value,
           DeskFixture *fixture)
{
  g_string_append_printf (fixture->log, "%s ", action);
}

static void
finished_cb (GtkWidget *view, DeskFixture *fixture)
{
  fixture->finished++;
}

static void
again_cb (GtkWidget *view, DeskFixture *fixture)
{
  fixture->again++;
}

void
desk_fixture_iterate (void)
{
  for (guint i = 0; i < 30; i++)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (5000);
    }
}

void
desk_fixture_set_up (DeskFixture *fixture, gconstpointer name)
{
  g_autoptr (WayDesk) desk = load_desk (name);
  g_autofree char *path = g_build_filename (g_getenv ("WAYMARK_DATADIR"), "content", "core", NULL);
  g_autoptr (WayPack) pack = way_pack_open (path, NULL, NULL);

  fixture->log = g_string_new (NULL);
  fixture->practice = way_practice_new (desk, 3);
  fixture->view = way_desk_view_new ();
  g_signal_connect (fixture->view, "action", G_CALLBACK (action_cb), fixture);
  g_signal_connect (fixture->view, "finished", G_CALLBACK (finished_cb), fixture);
  g_signal_connect (fixture->view, "again", G_CALLBACK (again_cb), fixture);
  way_desk_view_set_pack (WAY_DESK_VIEW (fixture->view), pack);
  way_desk_view_set_practice (WAY_DESK_VIEW (fixture->view), fixture->practice);
  fixture->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1024, 700);
  adw_window_set_content (ADW_WINDOW (fixture->window), fixture->view);
  gtk_window_present (GTK_WINDOW (fixture->window));
  desk_fixture_iterate ();
}

void
desk_fixture_tear_down (DeskFixture *fixture, gconstpointer name)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  desk_fixture_iterate ();
  g_assert_finalize_object (fixture->practice);
  g_string_free (fixture->log, TRUE);
}

const char *
desk_fixture_get_text (GtkWidget *widget)
{
  GtkWidget *child = GTK_IS_BUTTON (widget) ? gtk_button_get_child (GTK_BUTTON (widget)) : widget;

  return GTK_IS_LABEL (child) ? gtk_label_get_text (GTK_LABEL (child)) : NULL;
}

GtkWidget *
desk_fixture_find (GtkWidget *widget, GType type, const char *text)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) && gtk_widget_get_mapped (widget)
      && (text == NULL || g_strcmp0 (desk_fixture_get_text (widget), text) == 0))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = desk_fixture_find (child, type, text);

      if (found != NULL)
        return found;
    }

  return NULL;
}

void
desk_fixture_press (DeskFixture *fixture, const char *text)
{
  GtkWidget *button = desk_fixture_find (fixture->view, GTK_TYPE_BUTTON, text);

  if (button == NULL)
    g_error ("There is no button “%s”", text);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  desk_fixture_iterate ();
}

GtkListBoxRow *
desk_fixture_find_row (DeskFixture *fixture, const char *subject)
{
  GtkWidget *list = desk_fixture_find (fixture->view, GTK_TYPE_LIST_BOX, NULL);

  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (desk_fixture_find (row, GTK_TYPE_LABEL, subject) != NULL)
      return GTK_LIST_BOX_ROW (row);

  return NULL;
}

/* Each frame of a desk says what it is, whatever shows. */
void
desk_fixture_assert_banner (DeskFixture *fixture)
{
  g_assert_nonnull (
      desk_fixture_find (fixture->view, GTK_TYPE_LABEL, "Practice, not a real record"));
}
