/* test-passport.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/passport/way-passport-view.h"

#include "session/way-row-builder.h"

#include <string.h>

/* The passport on the screen, from rows made by hand. */

#define NARROW 360
#define DAY G_GINT64_CONSTANT (1777847400000000)

static const char *const outcome_columns[] = { "outcome", "text", "capability", "area", "module",
                                               "title",   "rung", "at",         "n",    NULL };
static const char *const entry_columns[] = { "outcome", "rung", "type", "at", "how", "note", NULL };
static const char *const certificate_columns[] = { "part", "ident",       "title", "earned",
                                                   "code", "is_received", NULL };

static void
add_outcome (WayRowBuilder *builder, const char *id, const char *area, WayRung rung)
{
  g_autofree char *text = g_strdup_printf ("Outcome %s, in words that take more than one line", id);

  way_row_builder_add_text (builder, id);
  way_row_builder_add_text (builder, text);
  way_row_builder_add_text (builder, area);
  way_row_builder_add_text (builder, area);
  way_row_builder_add_text (builder, "F1");
  way_row_builder_add_text (builder, "Spot the Phish");
  way_row_builder_add_int (builder, rung);
  way_row_builder_add_int (builder, rung > 0 ? DAY : 0);
  way_row_builder_add_int (builder, rung > 0 ? 1 : 0);
}

static void
add_entry (WayRowBuilder *builder, const char *id, WayRung rung, const char *how, const char *note)
{
  way_row_builder_add_text (builder, id);
  way_row_builder_add_int (builder, rung);
  way_row_builder_add_text (builder, "check");
  way_row_builder_add_int (builder, DAY);
  way_row_builder_add_text (builder, how);
  way_row_builder_add_text (builder, note);
}

static GListModel *
make_certificates (gboolean has_one)
{
  g_autoptr (WayRowBuilder) builder = way_row_builder_new (certificate_columns);

  if (has_one)
    {
      way_row_builder_add_text (builder, "module");
      way_row_builder_add_text (builder, "F1");
      way_row_builder_add_text (builder, "Spot <the> Phish");
      way_row_builder_add_int (builder, DAY);
      way_row_builder_add_text (builder, NULL);
      way_row_builder_add_int (builder, 0);
    }
  return G_LIST_MODEL (way_row_builder_end (builder));
}

static void
fill (WayPassportView *view, gboolean has_certificate)
{
  g_autoptr (WayRowBuilder) outcomes = way_row_builder_new (outcome_columns);
  g_autoptr (WayRowBuilder) entries = way_row_builder_new (entry_columns);
  g_autoptr (GListModel) certificates = make_certificates (has_certificate);
  WayPassport passport = { .n_shown = 2 };

  add_outcome (outcomes, "a", "Finding", WAY_RUNG_PRACTISED);
  add_outcome (outcomes, "b", "Finding", WAY_RUNG_NONE);
  add_outcome (outcomes, "c", "Safety", WAY_RUNG_WITNESSED);
  add_entry (entries, "a", WAY_RUNG_PRACTISED, "It went right.", NULL);
  add_entry (entries, "a", WAY_RUNG_KNOWN, "It was passed.", NULL);
  add_entry (entries, "a", WAY_RUNG_KNOWN, "It was passed before.", NULL);
  add_entry (entries, "c", WAY_RUNG_WITNESSED, "Seen by Cat.", "at night");
  passport.outcomes = G_LIST_MODEL (way_row_builder_end (outcomes));
  passport.entries = G_LIST_MODEL (way_row_builder_end (entries));
  way_passport_view_show (view, &passport, certificates);
  g_object_unref (passport.outcomes);
  g_object_unref (passport.entries);
}

/* The titles of the rows from top to bottom. */
static void
list_rows (GtkWidget *widget, GPtrArray *rows)
{
  if (ADW_IS_ACTION_ROW (widget))
    g_ptr_array_add (rows, widget);
  else
    for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
         child = gtk_widget_get_next_sibling (child))
      list_rows (child, rows);
}

static void
assert_rows (GtkWidget *view, const char *const *starts)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  list_rows (view, rows);
  g_assert_cmpuint (rows->len, ==, g_strv_length ((char **) starts));
  for (guint i = 0; i < rows->len; i++)
    {
      const char *title = adw_preferences_row_get_title (rows->pdata[i]);

      if (!g_str_has_prefix (title, starts[i]))
        g_error ("row %u is “%s”, not “%s”", i, title, starts[i]);
    }
}

static void
test_rows (void)
{
  static const char *const shown[] = { "Spot <the>", "Outcome a", "Outcome c", NULL };
  GtkWidget *view = g_object_ref_sink (way_passport_view_new ());
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  const char *words;

  fill (WAY_PASSPORT_VIEW (view), TRUE);
  assert_rows (view, shown);
  list_rows (view, rows);
  /* The strongest first, one of each rung, each with its day and where it comes from. */
  words = adw_action_row_get_subtitle (rows->pdata[1]);
  g_assert_cmpstr (words, ==,
                   "Practised, 3 May 2026. It went right.\nKnown, 3 May 2026. It was passed.");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (rows->pdata[1]),
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words);
  g_assert_cmpstr (adw_action_row_get_subtitle (rows->pdata[2]), ==,
                   "Witnessed, 3 May 2026. Seen by Cat. “at night”");
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (rows->pdata[0])), ==,
                   "win.show-certificate");
  g_assert_cmpstr (g_variant_get_string (gtk_actionable_get_action_target_value (rows->pdata[0]),
                                         NULL),
                   ==, "module/F1");
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (rows->pdata[1])), ==,
                   "win.show-module");
  g_assert_finalize_object (view);
}

/* The drop-downs under @widget, in the order in which they stand. */
static void
list_drop_downs (GtkWidget *widget, GPtrArray *found)
{
  if (GTK_IS_DROP_DOWN (widget))
    g_ptr_array_add (found, widget);
  else
    for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
         child = gtk_widget_get_next_sibling (child))
      list_drop_downs (child, found);
}

/* Chooses as a person does, by the words of the area. */
static void
choose (GtkWidget *view, const char *area, WayPassportFilter filter)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  GtkStringList *areas;
  guint at = 0;

  list_drop_downs (view, found);
  g_assert_cmpuint (found->len, ==, 2);
  areas = GTK_STRING_LIST (gtk_drop_down_get_model (found->pdata[0]));
  while (g_strcmp0 (gtk_string_list_get_string (areas, at), area) != 0)
    g_assert_cmpuint (++at, <, g_list_model_get_n_items (G_LIST_MODEL (areas)));
  gtk_drop_down_set_selected (found->pdata[0], at);
  gtk_drop_down_set_selected (found->pdata[1], filter);
}

static void
test_filters (void)
{
  static const char *const not_yet[] = { "Outcome b", NULL };
  static const char *const all[] = { "Outcome a", "Outcome b", "Outcome c", NULL };
  static const char *const safety[] = { "Outcome c", NULL };
  static const char *const none[] = { NULL };
  GtkWidget *view = g_object_ref_sink (way_passport_view_new ());

  fill (WAY_PASSPORT_VIEW (view), FALSE);
  choose (view, "All areas", WAY_PASSPORT_NOT_YET);
  assert_rows (view, not_yet);
  choose (view, "All areas", WAY_PASSPORT_ALL);
  assert_rows (view, all);
  choose (view, "Safety", WAY_PASSPORT_ALL);
  assert_rows (view, safety);
  choose (view, "Safety", WAY_PASSPORT_NOT_YET);
  assert_rows (view, none);
  /* What was chosen stays when there is news. */
  fill (WAY_PASSPORT_VIEW (view), FALSE);
  assert_rows (view, none);
  g_assert_finalize_object (view);
}

static void
test_narrow (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *view = way_passport_view_new ();
  int least;

  fill (WAY_PASSPORT_VIEW (view), TRUE);
  gtk_window_set_child (GTK_WINDOW (window), view);
  gtk_widget_measure (view, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, <=, NARROW - 36);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/pages/passport/rows", test_rows);
  g_test_add_func ("/pages/passport/filters", test_filters);
  g_test_add_func ("/pages/passport/narrow", test_narrow);
  return g_test_run ();
}
