/* test-picker.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/way-picker.h"

/* A list below an entry, as where somebody looks for something. */
typedef struct
{
  GtkWidget *window;
  GtkWidget *entry;
  WayPicker *picker;
  GListStore *rows;
  char *picked; /* (owned) */
} Fixture;

static WayRow *
new_row (const char *id)
{
  g_autoptr (GPtrArray) columns = g_ptr_array_new ();
  GPtrArray *values = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (columns, (char *) "id");
  g_ptr_array_add (values, g_strdup (id));
  return way_row_new (columns, values);
}

static GtkWidget *
create_row (gpointer user_data)
{
  return gtk_label_new (NULL);
}

static void
bind_row (GtkWidget *child, WayRow *row, gpointer user_data)
{
  gtk_label_set_label (GTK_LABEL (child), way_row_get_text (row, "id"));
}

static char *
describe_row (WayRow *row, gpointer user_data)
{
  return g_strdup (way_row_get_text (row, "id"));
}

static void
picked_cb (Fixture *fixture, WayRow *row)
{
  g_free (fixture->picked);
  fixture->picked = g_strdup (way_row_get_text (row, "id"));
}

static void
iterate (void)
{
  gint64 end = g_get_monotonic_time () + 100 * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
}

/* Shows the rows of these letters. */
static void
show (Fixture *fixture, const char *letters)
{
  g_autoptr (GListStore) fresh = g_list_store_new (WAY_TYPE_ROW);

  for (const char *p = letters; *p != '\0'; p++)
    {
      char id[] = { *p, '\0' };
      g_autoptr (WayRow) row = new_row (id);

      g_list_store_append (fresh, row);
    }
  way_picker_update_store (fixture->rows, G_LIST_MODEL (fresh));
  iterate ();
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const WayPickerRows rows = { create_row, bind_row, describe_row };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  fixture->rows = g_list_store_new (WAY_TYPE_ROW);
  fixture->entry = gtk_entry_new ();
  fixture->picker = WAY_PICKER (way_picker_new ("Letters", "id"));
  way_picker_set_rows (fixture->picker, &rows, NULL);
  way_picker_set_opens_by_press (fixture->picker, TRUE);
  way_picker_set_model (fixture->picker, G_LIST_MODEL (fixture->rows));
  g_signal_connect_swapped (fixture->picker, "picked", G_CALLBACK (picked_cb), fixture);
  gtk_widget_set_vexpand (GTK_WIDGET (fixture->picker), TRUE);
  gtk_box_append (GTK_BOX (box), fixture->entry);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (fixture->picker));
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 300, 400);
  gtk_window_set_child (GTK_WINDOW (fixture->window), box);
  gtk_window_present (GTK_WINDOW (fixture->window));
  show (fixture, "abcde");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_clear_object (&fixture->rows);
  g_free (fixture->picked);
}

/* The letter of the row that has the focus. */
static const char *
get_focus (Fixture *fixture)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  GtkWidget *child = focus != NULL ? gtk_widget_get_first_child (focus) : NULL;

  g_assert_nonnull (focus);
  return GTK_IS_LABEL (child) ? gtk_label_get_label (GTK_LABEL (child)) : NULL;
}

static void
tab (Fixture *fixture)
{
  gtk_widget_child_focus (fixture->window, GTK_DIR_TAB_FORWARD);
}

/* Somebody was at the fourth row, and then looked for something: the first is what they want. */
static void
test_begin (Fixture *fixture, gconstpointer data)
{
  gtk_widget_grab_focus (fixture->entry);
  tab (fixture);
  for (guint i = 0; i < 3; i++)
    gtk_widget_child_focus (fixture->window, GTK_DIR_DOWN);
  g_assert_cmpstr (get_focus (fixture), ==, "d");
  gtk_widget_grab_focus (fixture->entry);
  show (fixture, "bde");
  way_picker_begin (fixture->picker);
  tab (fixture);
  g_assert_cmpstr (get_focus (fixture), ==, "b");

  /* Only once: after that Tab comes back to where one was. */
  gtk_widget_child_focus (fixture->window, GTK_DIR_DOWN);
  g_assert_cmpstr (get_focus (fixture), ==, "d");
  gtk_widget_grab_focus (fixture->entry);
  tab (fixture);
  g_assert_cmpstr (get_focus (fixture), ==, "d");
}

/* Enter after the words goes to the first row and opens nothing; Enter there opens it. */
static void
test_grab_first (Fixture *fixture, gconstpointer data)
{
  gtk_widget_grab_focus (fixture->entry);
  show (fixture, "ce");
  way_picker_grab_first (fixture->picker);
  iterate ();
  g_assert_cmpstr (get_focus (fixture), ==, "c");
  g_assert_null (fixture->picked);
  gtk_widget_activate (gtk_window_get_focus (GTK_WINDOW (fixture->window)));
  g_assert_cmpstr (fixture->picked, ==, "c");

  /* Where nothing was found the focus stays with the words. */
  gtk_widget_grab_focus (fixture->entry);
  show (fixture, "");
  way_picker_grab_first (fixture->picker);
  g_assert_true (
      gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (fixture->window)), fixture->entry));
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
  g_test_add ("/pages/picker/begin", Fixture, NULL, set_up, test_begin, tear_down);
  g_test_add ("/pages/picker/grab-first", Fixture, NULL, set_up, test_grab_first, tear_down);
  return g_test_run ();
}
