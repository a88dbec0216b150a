/* test-kept.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The room of sync has a type of that name of its own. */
#define WayPage WayPeerPage
#include "../session/session-fixture.h"
#undef WayPage

#include "pages/help/way-help-page.h"

/* The label that holds @text: (nullable). */
static GtkWidget *
find_label (GtkWidget *widget, const char *text)
{
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_label (GTK_LABEL (widget)), text) != NULL)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_label (child, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* As after a sync; then what the page asks for has come, since what we ask for comes after it. */
static void
change (SessionFixture *fixture)
{
  g_autoptr (GListModel) rows = NULL;

  g_signal_emit_by_name (fixture->session, "changed");
  way_session_load_my_help_async (fixture->session, NULL, session_fixture_got_cb, fixture);
  rows = session_fixture_listed (fixture);
}

/* A page that shows already what a sync has brought makes nothing anew. */
static void
test_same (SessionFixture *fixture, gconstpointer data)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *page, *label;

  session_fixture_sign_in (fixture, "ann");
  session_fixture_ask_help (fixture, "Where is the printer?");
  page = way_help_page_new (fixture->session);
  gtk_window_set_child (GTK_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  while ((label = find_label (page, "Where is the printer?")) == NULL)
    g_main_context_iteration (NULL, TRUE);

  g_object_add_weak_pointer (G_OBJECT (label), (gpointer *) &label);
  change (fixture);
  g_assert_nonnull (label);
  g_assert_true (find_label (page, "Where is the printer?") == label);

  session_fixture_ask_help (fixture, "And the paper?");
  change (fixture);
  g_assert_nonnull (find_label (page, "And the paper?"));
  g_assert_nonnull (find_label (page, "Where is the printer?"));
  g_assert_null (label);

  gtk_window_destroy (GTK_WINDOW (window));
}

static char *
dup_words (const char *first, const char *second)
{
  g_autoptr (GListStore) rows = g_list_store_new (WAY_TYPE_ROW);
  g_autoptr (GPtrArray) columns = g_ptr_array_new ();
  GPtrArray *values = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (WayRow) row = NULL;
  GString *words = g_string_new (NULL);

  g_ptr_array_add (columns, (char *) "one");
  g_ptr_array_add (columns, (char *) "two");
  g_ptr_array_add (values, g_strdup (first));
  g_ptr_array_add (values, g_strdup (second));
  row = way_row_new (columns, values);
  g_list_store_append (rows, row);
  way_page_append_rows (words, G_LIST_MODEL (rows));
  return g_string_free (words, FALSE);
}

static void
test_words (void)
{
  static const struct
  {
    const char *first[2];
    const char *second[2];
    gboolean is_same;
  } CASES[] = {
    { { "a", "bc" }, { "a", "bc" }, TRUE },
    { { "a", "bc" }, { "ab", "c" }, FALSE },
    { { "", "a" }, { "a", "" }, FALSE },
    { { "a", "1" }, { "a", "2" }, FALSE },
    /* Times of one day long ago, and of the next. */
    { { "a", "1700000000000000" }, { "a", "1700000060000000" }, TRUE },
    { { "a", "1700000000000000" }, { "a", "1700086400000000" }, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *first = dup_words (CASES[i].first[0], CASES[i].first[1]);
      g_autofree char *second = dup_words (CASES[i].second[0], CASES[i].second[1]);

      g_assert_cmpint (g_str_equal (first, second), ==, CASES[i].is_same);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    g_error ("There is no display");
  adw_init ();
  g_test_add ("/app/kept/same", SessionFixture, NULL, session_fixture_set_up, test_same,
              session_fixture_tear_down);
  g_test_add_func ("/app/kept/words", test_words);
  return g_test_run ();
}
