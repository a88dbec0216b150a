/* way-report-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/reports/way-report-view.h"

#include "pages/reports/way-report-columns.h"
#include "pages/way-detail.h"
#include "widgets/way-compat.h"

#include <glib/gi18n.h>

/* What lies behind a figure: of one person and capability why the requirement stands as
 * it does; of one unit the counts, and the way to its people. */
struct _WayReportView
{
  AdwBin parent_instance;

  GtkBox *box;
};

enum
{
  SHOW_PEOPLE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WayReportView, way_report_view, ADW_TYPE_BIN)

static char *
describe_level (WayRow *row)
{
  const char *level = way_row_get_text (row, "level");
  double p = way_row_get_number (row, "level_probability");

  /* Translators: %s is the name of a level, %.2f a probability from 0 to 1. */
  if (p >= .95)
    return g_strdup_printf (_ ("Almost certainly at %s (probability %.2f)."), level, p);
  if (p >= .80)
    return g_strdup_printf (_ ("Very likely at %s (probability %.2f)."), level, p);
  if (p >= .60)
    return g_strdup_printf (_ ("Probably at %s (probability %.2f)."), level, p);
  return g_strdup_printf (_ ("Most likely at %s, but that is not sure (probability %.2f)."), level,
                          p);
}

static char *
describe_requirement (WayRow *row)
{
  const char *required = way_row_get_text (row, "required");
  double p = way_row_get_number (row, "required_probability");
  gint64 questions = way_row_get_int (row, "questions");

  switch (way_requirement_read (way_row_get_text (row, "requirement")))
    {
    case WAY_REQUIREMENT_MET:
      return g_strdup_printf (_ ("The role asks for %s. The probability of that level or above is "
                                 "%.2f; from 0.80 it counts as met."),
                              required, p);
    case WAY_REQUIREMENT_NOT_YET:
      return g_strdup_printf (_ ("The role asks for %s. The probability of that level or above is "
                                 "%.2f; up to 0.20 it counts as not yet."),
                              required, p);
    case WAY_REQUIREMENT_NOT_SURE:
      if (questions < 2)
        return g_strdup_printf (_ ("The role asks for %s. With fewer than 2 questions nothing is "
                                   "said about that."),
                                required);
      return g_strdup_printf (_ ("The role asks for %s. The probability of that level or above is "
                                 "%.2f: between 0.20 and 0.80 it is not sure yet."),
                              required, p);
    case WAY_REQUIREMENT_NOT_MEASURED:
    case WAY_N_REQUIREMENTS:
    default:
      if (*required == '\0')
        return g_strdup (_ ("There is no finished sitting yet."));
      return g_strdup_printf (_ ("The role asks for %s. There is no finished sitting yet."),
                              required);
    }
}

static void
add_day (WayReportView *self, WayRow *row, const char *column, const char *name)
{
  g_autofree char *day = way_report_format_day (way_row_get_text (row, column));

  way_detail_add_pair (self->box, name, *day != '\0' ? day : _ ("none"));
}

static void
add_evidence (WayReportView *self, WayRow *row)
{
  int modules = (int) way_row_get_int (row, "modules_finished");
  int outcomes = (int) way_row_get_int (row, "outcomes_shown");
  g_autofree char *finished = g_strdup_printf (ngettext ("%d module finished",
                                                         "%d modules finished", (gulong) modules),
                                               modules);
  g_autofree char *shown = g_strdup_printf (ngettext ("%d outcome shown", "%d outcomes shown",
                                                      (gulong) outcomes),
                                            outcomes);
  g_autofree char *text = g_strdup_printf ("%s, %s", finished, shown);

  way_detail_add_section (self->box, _ ("Evidence"));
  way_detail_add_label (self->box, text, NULL);
  if (modules > 0 || outcomes > 0)
    add_day (self, row, "last_evidence", _ ("Last evidence"));
}

static void
way_report_view_class_init (WayReportViewClass *klass)
{
  /* The people behind a figure are wanted: unit code, capability. */
  signals[SHOW_PEOPLE] = g_signal_new ("show-people", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING,
                                       G_TYPE_STRING);
}

static void
way_report_view_init (WayReportView *self)
{
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 9));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}

/**
 * way_report_view_show_row:
 * @row: of the competency report
 */
void
way_report_view_show_row (WayReportView *self, WayRow *row)
{
  WayRequirement requirement = way_requirement_read (way_row_get_text (row, "requirement"));
  gboolean is_measured = requirement != WAY_REQUIREMENT_NOT_MEASURED;
  g_autofree char *where = NULL;
  g_autofree char *why = describe_requirement (row);

  g_return_if_fail (WAY_IS_REPORT_VIEW (self));

  way_detail_clear (self->box);
  way_detail_add_heading (self->box, way_row_get_text (row, "name"));
  /* Translators: a ward or a department, then a staff group. */
  where = g_strdup_printf (_ ("%s · %s"), way_row_get_text (row, "unit"),
                           way_row_get_text (row, "staff_group"));
  way_detail_add_label (self->box, where, "way-quiet");

  way_detail_add_section (self->box, way_row_get_text (row, "capability_name"));
  gtk_widget_add_css_class (way_detail_add_state (self->box, way_requirement_get_icon (requirement),
                                                  way_requirement_get_name (requirement)),
                            "way-word");
  if (is_measured)
    {
      g_autofree char *level = describe_level (row);

      way_detail_add_label (self->box, level, NULL);
    }
  way_detail_add_label (self->box, why, NULL);

  if (is_measured)
    {
      int questions = (int) way_row_get_int (row, "questions");
      g_autofree char *asked = g_strdup_printf (ngettext ("%d question", "%d questions",
                                                          (gulong) questions),
                                                questions);

      way_detail_add_section (self->box, _ ("How it was measured"));
      way_detail_add_pair (self->box, _ ("Answered"), asked);
      add_day (self, row, "measured", _ ("Measured"));
      add_day (self, row, "received", _ ("Received by the trust"));
      if (g_str_equal (way_row_get_text (row, "provisional"), "yes"))
        way_detail_add_label (self->box,
                              _ ("Provisional: not enough of it rests on questions whose "
                                 "difficulty is measured."),
                              "way-quiet");
    }
  add_evidence (self, row);
}

static void
people_cb (GtkButton *button, WayReportView *self)
{
  g_signal_emit (self, signals[SHOW_PEOPLE], 0, g_object_get_data (G_OBJECT (button), "unit"),
                 g_object_get_data (G_OBJECT (button), "capability"));
}

static void
add_counts (WayReportView *self, WayRow *row)
{
  static const struct
  {
    const char *column;
    WayRequirement requirement;
  } COUNTS[] = {
    { "met", WAY_REQUIREMENT_MET },
    { "not_yet", WAY_REQUIREMENT_NOT_YET },
    { "not_sure", WAY_REQUIREMENT_NOT_SURE },
    { "not_measured", WAY_REQUIREMENT_NOT_MEASURED },
  };
  GtkWidget *button = gtk_button_new_with_label (_ ("Show the People"));
  g_autofree char *name = g_strdup_printf (_ ("Show the people: %s"),
                                           way_row_get_text (row, "capability_name"));

  way_detail_add_section (self->box, way_row_get_text (row, "capability_name"));
  for (guint i = 0; i < G_N_ELEMENTS (COUNTS); i++)
    {
      g_autofree char *text = g_strdup_printf ("%s: %s",
                                               way_requirement_get_name (COUNTS[i].requirement),
                                               way_row_get_text (row, COUNTS[i].column));

      way_detail_add_state (self->box, way_requirement_get_icon (COUNTS[i].requirement), text);
    }
  g_object_set_data_full (G_OBJECT (button), "unit", g_strdup (way_row_get_text (row, "unit_code")),
                          g_free);
  g_object_set_data_full (G_OBJECT (button), "capability",
                          g_strdup (way_row_get_text (row, "capability")), g_free);
  way_compat_name (button, name);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect (button, "clicked", G_CALLBACK (people_cb), self);
  gtk_box_append (self->box, button);
}

/**
 * way_report_view_show_unit:
 * @unit: of the report of units
 */
void
way_report_view_show_unit (WayReportView *self, WayUnitStanding *unit)
{
  WayRow *first = way_unit_standing_get_first (unit);
  GPtrArray *rows = way_unit_standing_get_rows (unit);
  int n = (int) way_row_get_int (first, "people");
  g_autofree char *people = g_strdup_printf (ngettext ("%d person", "%d people", (gulong) n), n);
  g_autofree char *where = NULL;

  g_return_if_fail (WAY_IS_REPORT_VIEW (self));

  way_detail_clear (self->box);
  way_detail_add_heading (self->box, way_row_get_text (first, "unit"));
  where = *way_row_get_text (first, "division") != '\0'
              ? g_strdup_printf (_ ("%s · %s"), way_row_get_text (first, "division"), people)
              : g_strdup (people);
  way_detail_add_label (self->box, where, "way-quiet");
  for (guint i = 0; i < rows->len; i++)
    add_counts (self, g_ptr_array_index (rows, i));
}
