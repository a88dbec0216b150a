/* way-report-columns.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/reports/way-report-columns.h"

#include <glib/gi18n.h>
#include <stdio.h>

#define N_SCREEN_COLUMNS 20

/* The order is that of the file. What is shown to begin with answers who, what, and
 * whether the role's requirement is met. */
static WayScreenColumn columns[N_SCREEN_COLUMNS] = {
  { 0, "username", WAY_COLUMN_TEXT, 150, FALSE },
  { 0, "name", WAY_COLUMN_TEXT, 116, TRUE },
  { 0, "staff_group", WAY_COLUMN_TEXT, 190, FALSE },
  { 0, "division", WAY_COLUMN_TEXT, 190, FALSE },
  { 0, "unit_code", WAY_COLUMN_TEXT, 100, FALSE },
  { 0, "unit", WAY_COLUMN_TEXT, 96, TRUE },
  { 0, "capability", WAY_COLUMN_TEXT, 80, FALSE },
  { 0, "capability_name", WAY_COLUMN_TEXT, 138, TRUE },
  { 0, "level", WAY_COLUMN_TEXT, 76, TRUE },
  { 0, "level_probability", WAY_COLUMN_NUMBER, 134, TRUE },
  { 0, "required", WAY_COLUMN_TEXT, 90, TRUE },
  { 0, "required_probability", WAY_COLUMN_NUMBER, 220, FALSE },
  { 0, "requirement", WAY_COLUMN_REQUIREMENT, 130, TRUE },
  { 0, "provisional", WAY_COLUMN_YES, 110, FALSE },
  { 0, "questions", WAY_COLUMN_NUMBER, 110, FALSE },
  { 0, "measured", WAY_COLUMN_DATE, 104, TRUE },
  { 0, "received", WAY_COLUMN_DATE, 120, FALSE },
  { 0, "outcomes_shown", WAY_COLUMN_NUMBER, 150, FALSE },
  { 0, "modules_finished", WAY_COLUMN_NUMBER, 160, FALSE },
  { 0, "last_evidence", WAY_COLUMN_DATE, 130, FALSE },
};

static const struct
{
  const char *text; /* in the rows */
  const char *name;
  const char *icon_name;
} REQUIREMENTS[WAY_N_REQUIREMENTS] = {
  [WAY_REQUIREMENT_MET] = { "met", N_ ("Met"), "object-select-symbolic" },
  [WAY_REQUIREMENT_NOT_YET] = { "not yet", N_ ("Not yet"), "go-next-symbolic" },
  [WAY_REQUIREMENT_NOT_SURE] = { "not sure yet", N_ ("Not sure yet"), "dialog-question-symbolic" },
  [WAY_REQUIREMENT_NOT_MEASURED] = { "not measured", N_ ("Not measured"),
                                     "content-loading-symbolic" },
};

static const WayReport *
get_report (void)
{
  return way_report_find ("competency");
}

/**
 * way_screen_columns_list:
 * @n_columns: (out): how many
 *
 * Returns: (transfer none) (array length=n_columns): the columns in the order of the file
 */
const WayScreenColumn *
way_screen_columns_list (guint *n_columns)
{
  static gboolean is_placed = FALSE;
  guint n_known;
  const WayReportColumn *known = way_report_get_columns (get_report (), &n_known);

  for (guint i = 0; !is_placed && i < G_N_ELEMENTS (columns); i++)
    {
      for (guint k = 0; k < n_known; k++)
        {
          if (g_str_equal (known[k].name, columns[i].name))
            columns[i].place = k;
        }
    }
  is_placed = TRUE;
  *n_columns = G_N_ELEMENTS (columns);
  return columns;
}

/**
 * way_screen_column_get_source:
 *
 * Returns: (transfer none): the report's own column
 */
const WayReportColumn *
way_screen_column_get_source (const WayScreenColumn *self)
{
  guint n;

  return &way_report_get_columns (get_report (), &n)[self->place];
}

/**
 * way_screen_column_get_title:
 *
 * Returns: (transfer none): its heading, with the unit where there is one
 */
const char *
way_screen_column_get_title (const WayScreenColumn *self)
{
  if (g_str_equal (self->name, "level_probability"))
    return _ ("Probability (0–1)");
  if (g_str_equal (self->name, "required_probability"))
    return _ ("Probability of required (0–1)");
  return _ (way_screen_column_get_source (self)->title);
}

/**
 * way_screen_column_get_definition:
 *
 * Returns: (transfer none): what it says, in a sentence
 */
const char *
way_screen_column_get_definition (const WayScreenColumn *self)
{
  return _ (way_screen_column_get_source (self)->definition);
}

/**
 * way_report_format_day:
 * @iso: a day as the file has it
 *
 * Returns: (transfer full): the day as people write it; what is no day comes back as it is
 */
char *
way_report_format_day (const char *iso)
{
  int year, month, day;
  g_autoptr (GDateTime) date = NULL;

  if (sscanf (iso, "%4d-%2d-%2d", &year, &month, &day) == 3)
    date = g_date_time_new_utc (year, month, day, 0, 0, 0);
  /* Translators: a short date, as “3 Mar 2026”. */
  return date != NULL ? g_date_time_format (date, _ ("%-d %b %Y")) : g_strdup (iso);
}

/**
 * way_screen_column_dup_text:
 * @row: of the report
 *
 * Returns: (transfer full): what its cell shows; “” where there is no value
 */
char *
way_screen_column_dup_text (const WayScreenColumn *self, WayRow *row)
{
  const char *text = way_row_get_nth (row, self->place);

  switch (self->look)
    {
    case WAY_COLUMN_DATE:
      return way_report_format_day (text);
    case WAY_COLUMN_REQUIREMENT:
      return g_strdup (way_requirement_get_name (way_requirement_read (text)));
    case WAY_COLUMN_YES:
      if (g_str_equal (text, "yes"))
        return g_strdup (_ ("Yes"));
      return g_strdup (g_str_equal (text, "no") ? _ ("No") : "");
    case WAY_COLUMN_TEXT:
    case WAY_COLUMN_NUMBER:
    default:
      return g_strdup (text);
    }
}

/**
 * way_requirement_read:
 * @text: as the rows have it
 *
 * Returns: how the requirement of the role stands
 */
WayRequirement
way_requirement_read (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (REQUIREMENTS); i++)
    {
      if (g_strcmp0 (text, REQUIREMENTS[i].text) == 0)
        return i;
    }
  return WAY_REQUIREMENT_NOT_MEASURED;
}

/**
 * way_requirement_get_name:
 *
 * Returns: (transfer none): the word for it
 */
const char *
way_requirement_get_name (WayRequirement requirement)
{
  g_return_val_if_fail (requirement < WAY_N_REQUIREMENTS, "");

  return _ (REQUIREMENTS[requirement].name);
}

/**
 * way_requirement_get_icon:
 *
 * Returns: (transfer none): the name of its icon
 */
const char *
way_requirement_get_icon (WayRequirement requirement)
{
  g_return_val_if_fail (requirement < WAY_N_REQUIREMENTS, NULL);

  return REQUIREMENTS[requirement].icon_name;
}
