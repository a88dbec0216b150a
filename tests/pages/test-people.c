/* test-people.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "../report/pdf-read.h"
#include "pages/people/way-given-view.h"
#include "pages/people/way-shared-levels.h"
#include "pages/people/way-tally-sheet.h"
#include "pages/way-chips.h"
#include "pages/way-help-words.h"
#include "pages/way-picker.h"

static WayPack *
open_core (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("WAYMARK_DATADIR"), "content", "core", NULL);
  g_autoptr (GError) error = NULL;
  WayPack *pack = way_pack_open (path, "en", &error);

  g_assert_no_error (error);
  return pack;
}

static void
test_levels (void)
{
  g_autoptr (WayPack) pack = open_core ();
  WayEstimate levels[6];
  g_autofree char *sure = NULL;
  g_autofree char *unsure = NULL;

  g_assert_cmpuint (way_shared_levels_read (pack, "", levels, 6), ==, 0);
  /* What cannot be read is left out: a capability nobody knows, too few parts. */
  g_assert_cmpuint (way_shared_levels_read (
                        pack,
                        "A:2:0.97:0.01:0.02:0.96:0.01 Q:2:1:0:0:0:1 B:2 C:3:0.4:0.3:0.3:0.25:0.15",
                        levels, 6),
                    ==, 2);
  g_assert_cmpuint (levels[0].capability, ==, 0);
  g_assert_cmpint (levels[0].required, ==, 2);
  g_assert_cmpfloat_with_epsilon (levels[0].p_required, 0.97, 1e-9);
  g_assert_cmpuint (levels[1].capability, ==, 2);
  g_assert_cmpint (way_shared_levels_find_gap (levels, 2), ==, 1);
  g_assert_cmpint (way_shared_levels_find_gap (levels, 1), ==, -1);
  sure = way_shared_level_describe (pack, &levels[0]);
  g_assert_cmpstr (sure, ==, "Confident, almost certainly");
  unsure = way_shared_level_describe (pack, &levels[1]);
  g_assert_cmpstr (unsure, ==, "Start, but not sure yet");
}

static void
add_row (GListStore *rows, const char *a, const char *b, const char *first, const char *second)
{
  g_autoptr (GPtrArray) columns = g_ptr_array_new ();
  GPtrArray *values = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (WayRow) row = NULL;

  g_ptr_array_add (columns, (char *) a);
  g_ptr_array_add (columns, (char *) b);
  g_ptr_array_add (values, g_strdup (first));
  g_ptr_array_add (values, g_strdup (second));
  row = way_row_new (columns, values);
  g_list_store_append (rows, row);
}

static void
add_given (GListStore *rows, GDateTime *at, const char *minutes)
{
  g_autofree char *us = g_strdup_printf ("%" G_GINT64_FORMAT,
                                         g_date_time_to_unix (at) * G_USEC_PER_SEC);

  add_row (rows, "at", "minutes", us, minutes);
}

static void
test_month (void)
{
  g_autoptr (GListStore) rows = g_list_store_new (WAY_TYPE_ROW);
  g_autoptr (GDateTime) now = g_date_time_new_local (2026, 4, 2, 8, 0, 0);
  g_autoptr (GDateTime) first = g_date_time_new_local (2026, 4, 1, 0, 0, 0);
  g_autoptr (GDateTime) before = g_date_time_new_local (2026, 3, 31, 23, 59, 59);

  g_assert_cmpint (way_given_sum_month (G_LIST_MODEL (rows), 0), ==, 0);
  add_given (rows, now, "10");
  add_given (rows, first, "5");
  add_given (rows, before, "20");
  g_assert_cmpint (way_given_sum_month (G_LIST_MODEL (rows),
                                        g_date_time_to_unix (now) * G_USEC_PER_SEC),
                   ==, 15);
}

static guint n_changes;

static void
changed_cb (GListModel *model, guint position, guint removed, guint added)
{
  n_changes += removed + added;
}

static void
test_update_touches_what_differs (void)
{
  g_autoptr (GListStore) shown = g_list_store_new (WAY_TYPE_ROW);
  g_autoptr (GListStore) fresh = g_list_store_new (WAY_TYPE_ROW);
  g_autoptr (WayRow) kept = NULL;
  g_autoptr (WayRow) still = NULL;
  g_autoptr (WayRow) changed = NULL;

  for (int i = 0; i < 5; i++)
    {
      g_autofree char *id = g_strdup_printf ("%d", i);

      add_row (shown, "id", "state", id, "new");
      add_row (fresh, "id", "state", id, i == 2 ? "heard" : "new");
    }
  add_row (fresh, "id", "state", "5", "new");
  kept = g_list_model_get_item (G_LIST_MODEL (shown), 0);
  g_signal_connect (shown, "items-changed", G_CALLBACK (changed_cb), NULL);

  way_picker_update_store (shown, G_LIST_MODEL (fresh));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (shown)), ==, 6);
  still = g_list_model_get_item (G_LIST_MODEL (shown), 0);
  changed = g_list_model_get_item (G_LIST_MODEL (shown), 2);
  g_assert_true (kept == still);
  g_assert_cmpstr (way_row_get_text (changed, "state"), ==, "heard");

  n_changes = 0;
  way_picker_update_store (shown, G_LIST_MODEL (fresh));
  g_assert_cmpuint (n_changes, ==, 0);

  g_list_store_remove_all (fresh);
  way_picker_update_store (shown, G_LIST_MODEL (fresh));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (shown)), ==, 0);
}

static void
test_chips (void)
{
  g_autoptr (GtkWidget) chips = g_object_ref_sink (way_chips_new ("Show"));
  WayChips *self = WAY_CHIPS (chips);

  way_chips_add (self, "All", NULL);
  way_chips_add (self, "Asked", "Those who asked");
  g_assert_cmpint (way_chips_get_selected (self), ==, -1);
  way_chips_set_selected (self, 1);
  g_assert_cmpint (way_chips_get_selected (self), ==, 1);
  way_chips_set_selected (self, 0);
  g_assert_cmpint (way_chips_get_selected (self), ==, 0);
  way_chips_set_selected (self, -1);
  g_assert_cmpint (way_chips_get_selected (self), ==, -1);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (chips), GTK_ACCESSIBLE_ROLE_RADIO_GROUP);
}

/* One page, with a line for each topic of the log and a column for each day. */
static void
test_tally (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDocument) sheet = way_tally_sheet_new ("Sophie Osei", "en-GB", 1795345200000000);
  g_autoptr (GBytes) pdf = way_document_make_pdf (sheet, NULL, NULL, &error);
  g_autofree char *words = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (way_document_get_n_pages (sheet), ==, 1);
  words = pdf_read_words (pdf);
  assert_has (words, "Champion: Sophie Osei");
  assert_has (words, "Help given with Mon Tue Wed Thu Fri Sat Sun");
  g_assert_cmpuint (way_help_topic_count (), >=, 5);
  for (guint i = 0; i < way_help_topic_count (); i++)
    assert_has (words, way_help_topic_get_nth (i));
  assert_has (words, "No names of patients");
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
  g_test_add_func ("/pages/people/levels", test_levels);
  g_test_add_func ("/pages/people/month", test_month);
  g_test_add_func ("/pages/people/update-touches-what-differs", test_update_touches_what_differs);
  g_test_add_func ("/pages/people/chips", test_chips);
  g_test_add_func ("/pages/people/tally", test_tally);
  return g_test_run ();
}
