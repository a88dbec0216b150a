/* way-coverage-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pages/coverage/way-coverage-view.h"

#include "pages/coverage/way-coverage-row.h"
#include "pages/way-detail.h"
#include "pages/way-shift-grid.h"
#include "widgets/way-compat.h"
#include "widgets/way-words.h"

#include <glib/gi18n.h>

/* The week of one unit, shift by shift with who is there, and what one champion more would
 * change: the shifts that are pressed are those that they would work. */
struct _WayCoverageView
{
  AdwBin parent_instance;

  WayRow *row;      /* (owned) (nullable) */
  GPtrArray *names; /* (owned) of char*, as in champions */
  GArray *sets;     /* (owned) of gint64: the shifts of each, −1 not known */
  GArray *ends;     /* (owned) of gint64 */

  GtkBox *box;
  GtkBox *head;
  WayShiftGrid *grid;
  GtkLabel *what_if;
};

G_DEFINE_FINAL_TYPE (WayCoverageView, way_coverage_view, ADW_TYPE_BIN)

static gboolean
is_there (WayCoverageView *self, guint i, int weekday, WayPart part)
{
  gint64 set = g_array_index (self->sets, gint64, i);

  return set >= 0 && ((WayShiftSet) set & way_shift_set_bit (weekday, part)) != 0;
}

/* How many there are: what the row says, for a term may end within the week. */
static guint
count_there (WayCoverageView *self, char **figures, int weekday, WayPart part)
{
  guint place = (guint) weekday * WAY_N_PARTS + part;

  return place < g_strv_length (figures) ? (guint) g_ascii_strtoull (figures[place], NULL, 10) : 0;
}

static char *
describe_there (WayCoverageView *self, int weekday, WayPart part, guint n, gboolean is_added)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; n > 0 && i < self->names->len; i++)
    if (is_there (self, i, weekday, part))
      g_ptr_array_add (names, self->names->pdata[i]);
  if (is_added)
    g_ptr_array_add (names, (gpointer) _ ("one more"));
  if (names->len == 0)
    return g_strdup (_ ("nobody"));
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **) names->pdata);
}

static void
show_cells (WayCoverageView *self)
{
  g_auto (GStrv) figures = g_strsplit (way_row_get_text (self->row, "there"), " ", -1);
  WayShiftSet added = way_shift_grid_get_set (self->grid);
  guint least = (guint) way_row_get_int (self->row, "least");
  guint staff = (guint) way_row_get_int (self->row, "staff");
  guint champions = (guint) way_row_get_int (self->row, "champions");
  guint gaps = 0;
  g_autofree char *text = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  for (int weekday = 0; weekday < WAY_N_WEEKDAYS; weekday++)
    for (int part = 0; part < WAY_N_PARTS; part++)
      {
        guint n = count_there (self, figures, weekday, part);
        gboolean is_added = (added & way_shift_set_bit (weekday, part)) != 0;
        g_autofree char *who = describe_there (self, weekday, part, n, is_added);
        g_autofree char *word = n + is_added == 0 ? g_strdup (_ ("nobody"))
                                                  : g_strdup_printf ("%u", n + is_added);

        gaps += n + is_added < least;
        way_shift_grid_set_cell (self->grid, weekday, part, word, who,
                                 n + is_added < least ? "way-gap" : NULL);
      }
  if (added == 0)
    {
      gtk_label_set_label (
          self->what_if, _ ("What if there were one more? Press the shifts that they would work."));
      return;
    }
  before = way_coverage_describe_gaps ((guint) way_row_get_int (self->row, "gaps"));
  after = way_coverage_describe_gaps (gaps);
  /* Translators: what is with one champion more, how many people each has then, and what is now. */
  text = g_strdup_printf (_ ("With one more: %s, %.0f people for each. Now: %s."), after,
                          (double) staff / (champions + 1), before);
  gtk_label_set_label (self->what_if, text);
  way_compat_announce (GTK_WIDGET (self), text);
}

static void
read_who (WayCoverageView *self)
{
  g_auto (GStrv) lines = g_strsplit (way_row_get_text (self->row, "who"), "\n", -1);

  g_ptr_array_set_size (self->names, 0);
  g_array_set_size (self->sets, 0);
  g_array_set_size (self->ends, 0);
  for (char **line = lines; *line != NULL; line++)
    {
      g_auto (GStrv) parts = g_strsplit (*line, " ", 3);
      gint64 set, until;

      if (g_strv_length (parts) != 3)
        continue;
      set = g_ascii_strtoll (parts[0], NULL, 10);
      until = g_ascii_strtoll (parts[1], NULL, 10);
      g_array_append_val (self->sets, set);
      g_array_append_val (self->ends, until);
      g_ptr_array_add (self->names, g_strdup (parts[2]));
    }
}

static void
show_champions (WayCoverageView *self)
{
  way_detail_add_section (self->head, _ ("Champions"));
  if (self->names->len == 0)
    way_detail_add_label (self->head, _ ("Nobody yet. Nominate somebody on the page Champions."),
                          "dim-label");
  for (guint i = 0; i < self->names->len; i++)
    {
      gint64 until = g_array_index (self->ends, gint64, i);
      gboolean is_known = g_array_index (self->sets, gint64, i) >= 0;
      g_autofree char *end = until != G_MAXINT64 ? way_format_when (until) : NULL;
      g_autofree char *words = NULL;

      if (end != NULL)
        /* Translators: %s is a time, as “on 3 March”. */
        words = g_strdup_printf (_ ("Term ends %s"), end);
      else if (!is_known)
        words = g_strdup (_ ("Shifts not known"));
      else
        words = g_strdup (_ ("Term without an end"));
      way_detail_add_pair (self->head, self->names->pdata[i], words);
    }
}

/**
 * way_coverage_view_show:
 * @row: of way_term_load_coverage_async()
 */
void
way_coverage_view_show (WayCoverageView *self, WayRow *row)
{
  g_autofree char *staff = NULL;

  g_return_if_fail (WAY_IS_COVERAGE_VIEW (self));
  g_return_if_fail (WAY_IS_ROW (row));

  /* What was pressed for one unit says nothing of another. */
  if (self->row == NULL
      || !g_str_equal (way_row_get_text (self->row, "unit"), way_row_get_text (row, "unit")))
    way_shift_grid_set_set (self->grid, 0);
  g_set_object (&self->row, row);
  read_who (self);
  staff = way_coverage_describe_staff (row);
  way_detail_clear (self->head);
  way_detail_add_heading (self->head, way_row_get_text (row, "name"));
  way_detail_add_label (self->head, staff, NULL);
  show_champions (self);
  way_detail_add_section (self->head, _ ("Who is there"));
  show_cells (self);
}

static void
way_coverage_view_dispose (GObject *object)
{
  WayCoverageView *self = WAY_COVERAGE_VIEW (object);

  g_clear_object (&self->row);

  G_OBJECT_CLASS (way_coverage_view_parent_class)->dispose (object);
}

static void
way_coverage_view_finalize (GObject *object)
{
  WayCoverageView *self = WAY_COVERAGE_VIEW (object);

  g_ptr_array_unref (self->names);
  g_array_unref (self->sets);
  g_array_unref (self->ends);

  G_OBJECT_CLASS (way_coverage_view_parent_class)->finalize (object);
}

static void
way_coverage_view_class_init (WayCoverageViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = way_coverage_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = way_coverage_view_finalize;
}

static void
way_coverage_view_init (WayCoverageView *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->names = g_ptr_array_new_with_free_func (g_free);
  self->sets = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->ends = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  gtk_widget_set_margin_top (GTK_WIDGET (self->box), 18);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->box), 24);
  gtk_widget_set_margin_start (GTK_WIDGET (self->box), 18);
  gtk_widget_set_margin_end (GTK_WIDGET (self->box), 18);
  self->head = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 9));
  gtk_box_append (self->box, GTK_WIDGET (self->head));
  self->grid = WAY_SHIFT_GRID (way_shift_grid_new (_ ("Who is there")));
  g_signal_connect_swapped (self->grid, "changed", G_CALLBACK (show_cells), self);
  gtk_box_append (self->box, GTK_WIDGET (self->grid));
  self->what_if = GTK_LABEL (way_detail_add_label (self->box, "", NULL));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->box));
  gtk_widget_set_vexpand (scroller, TRUE);
  adw_bin_set_child (ADW_BIN (self), scroller);
}

/**
 * way_coverage_view_new:
 *
 * Returns: (transfer floating): empty until it is shown a unit
 */
GtkWidget *
way_coverage_view_new (void)
{
  return g_object_new (WAY_TYPE_COVERAGE_VIEW, NULL);
}
