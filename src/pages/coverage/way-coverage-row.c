/* way-coverage-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pages/coverage/way-coverage-row.h"

#include "pages/way-detail.h"
#include "record/way-shift.h"

#include <glib/gi18n.h>

#define CELL 9
#define SPACE 3

/* One unit in the list: its week as a picture, a column for each day and a square for each part of
 * it, full where somebody is there, and the same in words. */
struct _WayCoverageRow
{
  GtkWidget parent_instance;

  guint there[WAY_N_WEEKDAYS][WAY_N_PARTS];
  guint least;

  GtkWidget *box;
  GtkLabel *name;
  GtkLabel *staff;
  GtkLabel *gaps;
  GtkWidget *picture;
};

G_DEFINE_FINAL_TYPE (WayCoverageRow, way_coverage_row, GTK_TYPE_WIDGET)

/**
 * way_coverage_describe_gaps:
 *
 * Returns: (transfer full): how many shifts of the week lack somebody
 */
char *
way_coverage_describe_gaps (guint gaps)
{
  if (gaps == 0)
    return g_strdup (_ ("Somebody on every shift"));
  /* Translators: of how many shifts of a week. */
  return g_strdup_printf (ngettext ("%u of 21 shifts without a champion",
                                    "%u of 21 shifts without a champion", gaps),
                          gaps);
}

/**
 * way_coverage_describe_staff:
 *
 * Returns: (transfer full): how many people each champion looks after
 */
char *
way_coverage_describe_staff (WayRow *row)
{
  guint staff = (guint) way_row_get_int (row, "staff");
  guint champions = (guint) way_row_get_int (row, "champions");
  g_autofree char *people = g_strdup_printf (ngettext ("%u person", "%u people", staff), staff);
  g_autofree char *many = NULL;

  if (champions == 0)
    /* Translators: %s is a number of people. */
    return g_strdup_printf (_ ("%s, no champion"), people);
  many = g_strdup_printf (ngettext ("%u champion", "%u champions", champions), champions);
  /* Translators: “40 people, 2 champions, 20 for each”. */
  return g_strdup_printf (_ ("%s, %s, %.0f for each"), people, many,
                          way_row_get_number (row, "each"));
}

/**
 * way_coverage_describe:
 *
 * Returns: (transfer full): the row in a sentence
 */
char *
way_coverage_describe (WayRow *row)
{
  g_autofree char *staff = way_coverage_describe_staff (row);
  g_autofree char *gaps = way_coverage_describe_gaps ((guint) way_row_get_int (row, "gaps"));

  return g_strjoin (". ", way_row_get_text (row, "name"), staff, gaps, NULL);
}

static void
draw_cb (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user_data)
{
  WayCoverageRow *self = user_data;
  GdkRGBA color;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (area)), &color);
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_set_line_width (cr, 1);
  for (int weekday = 0; weekday < WAY_N_WEEKDAYS; weekday++)
    for (int part = 0; part < WAY_N_PARTS; part++)
      {
        double x = weekday * (CELL + SPACE);
        double y = part * (CELL + SPACE);

        if (self->there[weekday][part] >= self->least)
          {
            cairo_rectangle (cr, x, y, CELL, CELL);
            cairo_fill (cr);
          }
        else
          {
            cairo_rectangle (cr, x + .5, y + .5, CELL - 1, CELL - 1);
            cairo_stroke (cr);
          }
      }
}

static void
way_coverage_row_dispose (GObject *object)
{
  WayCoverageRow *self = WAY_COVERAGE_ROW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (way_coverage_row_parent_class)->dispose (object);
}

static void
way_coverage_row_class_init (WayCoverageRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = way_coverage_row_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
way_coverage_row_init (WayCoverageRow *self)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_hexpand (words, TRUE);
  self->name = GTK_LABEL (way_detail_add_label (GTK_BOX (words), "", "heading"));
  self->staff = GTK_LABEL (way_detail_add_label (GTK_BOX (words), "", NULL));
  self->gaps = GTK_LABEL (way_detail_add_label (GTK_BOX (words), "", "caption"));
  gtk_box_append (GTK_BOX (self->box), words);
  self->picture = g_object_new (GTK_TYPE_DRAWING_AREA, "accessible-role",
                                GTK_ACCESSIBLE_ROLE_PRESENTATION, "valign", GTK_ALIGN_CENTER,
                                "content-width", WAY_N_WEEKDAYS * (CELL + SPACE), "content-height",
                                WAY_N_PARTS * (CELL + SPACE), NULL);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->picture), draw_cb, self, NULL);
  gtk_box_append (GTK_BOX (self->box), self->picture);
}

/**
 * way_coverage_row_set_row:
 * @row: of way_term_load_coverage_async()
 */
void
way_coverage_row_set_row (WayCoverageRow *self, WayRow *row)
{
  g_auto (GStrv) figures = NULL;
  g_autofree char *staff = NULL;
  g_autofree char *gaps = NULL;
  guint n;

  g_return_if_fail (WAY_IS_COVERAGE_ROW (self));
  g_return_if_fail (WAY_IS_ROW (row));

  figures = g_strsplit (way_row_get_text (row, "there"), " ", -1);
  n = g_strv_length (figures);
  for (guint i = 0; i < WAY_N_WEEKDAYS * WAY_N_PARTS; i++)
    self->there[i / WAY_N_PARTS][i % WAY_N_PARTS] = i < n ? (guint) g_ascii_strtoull (figures[i],
                                                                                      NULL, 10)
                                                          : 0;
  self->least = (guint) way_row_get_int (row, "least");
  staff = way_coverage_describe_staff (row);
  gaps = way_coverage_describe_gaps ((guint) way_row_get_int (row, "gaps"));
  gtk_label_set_label (self->name, way_row_get_text (row, "name"));
  gtk_label_set_label (self->staff, staff);
  gtk_label_set_label (self->gaps, gaps);
  gtk_widget_queue_draw (self->picture);
}

/**
 * way_coverage_row_new:
 *
 * Returns: (transfer floating): empty until it is given a row
 */
GtkWidget *
way_coverage_row_new (void)
{
  return g_object_new (WAY_TYPE_COVERAGE_ROW, NULL);
}
