/* test-quality.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/quality/way-quality-detail.h"
#include "pages/quality/way-quality-table.h"

#include <math.h>

#include "session/way-row-builder.h"

/* Too few answers, as expected, surprising, regular: each has words of its own. */
static void
test_fit (void)
{
  const char *few = way_quality_get_fit_words (29, 1);
  const char *good = way_quality_get_fit_words (30, 1);
  const char *high = way_quality_get_fit_words (30, 1.31);
  const char *low = way_quality_get_fit_words (30, .69);

  g_assert_cmpstr (few, !=, good);
  g_assert_cmpstr (high, !=, good);
  g_assert_cmpstr (low, !=, good);
  g_assert_cmpstr (high, !=, low);
  g_assert_cmpstr (way_quality_get_fit_words (30, NAN), ==, few);
  g_assert_cmpstr (way_quality_get_fit_words (30, 1.3), ==, good);
  g_assert_cmpstr (way_quality_get_fit_words (30, .7), ==, good);
}

static void
test_fairness (void)
{
  static const struct
  {
    const char *grade;
    const char *group;
    guint n;
    const char *part;
  } CASES[] = {
    { NULL, NULL, 0, "100 answers" },
    { "A", "age: 30-44", 150, "little or no difference" },
    { "B", "age: 30-44", 200, "“My age: 30 to 44”" },
    { "C", "english: yes", 200, "“English is an additional language for me: Yes”" },
    { "C", "english: yes", 199, "Do not act on it yet: the smaller group has 199 answers" },
    { "C", "staff_group: nursing", 200, "“Staff group: nursing”" },
    { "C", "of: later", 200, "“of: later”" },
    { "C", "alone", 200, "“alone”" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *text = way_quality_dup_fairness_words (NULL, CASES[i].grade, CASES[i].group,
                                                              CASES[i].n);

      g_test_message ("%s", text);
      g_assert_nonnull (strstr (text, CASES[i].part));
      g_assert_cmpint (strstr (text, "Do not act") != NULL, ==, CASES[i].n == 199);
    }
}

static void
picked_cb (WayRow *row, gpointer user_data)
{
  g_string_append (user_data, way_row_get_text (row, "item"));
}

/* Nothing is picked by itself; a row that is selected is, or, where only a press opens it, one
 * that is activated. */
static void
test_pick (void)
{
  static const char *const NAMES[] = { "item", NULL };
  static const WayQualityColumn COLUMNS[] = { { "item", "Question", -1 } };
  g_autoptr (WayRowBuilder) builder = way_row_builder_new (NAMES);
  g_autoptr (GString) picked = g_string_new (NULL);
  g_autoptr (GtkWidget) table = g_object_ref_sink (way_quality_table_new ("Questions", COLUMNS, 1));
  g_autoptr (GListStore) rows = NULL;
  GtkSelectionModel *selection;

  way_row_builder_add_text (builder, "A");
  way_row_builder_add_text (builder, "B");
  rows = way_row_builder_end (builder);
  way_quality_table_on_picked (table, picked_cb, picked);
  way_quality_table_set_rows (table, G_LIST_MODEL (rows));
  g_assert_cmpstr (picked->str, ==, "");
  selection = gtk_column_view_get_model (GTK_COLUMN_VIEW (table));
  gtk_selection_model_select_item (selection, 1, TRUE);
  g_assert_cmpstr (picked->str, ==, "B");
  way_quality_table_unpick (table);
  g_assert_false (gtk_selection_model_is_selected (selection, 1));
  g_assert_cmpstr (picked->str, ==, "B");

  way_quality_table_set_opens_by_press (table, TRUE);
  gtk_selection_model_select_item (selection, 0, TRUE);
  g_assert_cmpstr (picked->str, ==, "B");
  g_signal_emit_by_name (table, "activate", 0);
  g_assert_cmpstr (picked->str, ==, "BA");
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pages/quality/fit", test_fit);
  g_test_add_func ("/pages/quality/fairness", test_fairness);
  g_test_add_func ("/pages/quality/pick", test_pick);
  return g_test_run ();
}
