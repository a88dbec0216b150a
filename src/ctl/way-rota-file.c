/* way-rota-file.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/way-rota-file.h"

#include <stdio.h>
#include <string.h>

#include "ctl/way-csv-file.h"

enum
{
  WHO,
  UNIT,
  DATE,
  SHIFT,
  START,
  MODULE,
  SOURCE,
};

static const WayCsvHeading headings[] = {
  { WHO, "employee|employeenumber|assignmentemployeenumber|staffnumber|payrollnumber|username|login"
         "|badge|person" },
  { UNIT, "unit|unitcode|ward|wardcode|organisationcode|departmentcode|costcentre" },
  { DATE, "date|day|dutydate|shiftdate|startdate|completed|completiondate" },
  { SHIFT, "shift|shifttype|duty|dutytype" },
  { START, "start|starttime|from|dutystart" },
  { MODULE, "module|course|training" },
  { SOURCE, "source|provider|where" },
};

/* What a shift may be called, and which parts of a day it is. */
static const struct
{
  const char *names;
  int parts; /* a bit for each; 0: not there */
} shifts[] = {
  { "early|e|am|morning|day", 1 << WAY_PART_EARLY },
  { "late|l|pm|afternoon|twilight", 1 << WAY_PART_LATE },
  { "night|n|nights", 1 << WAY_PART_NIGHT },
  { "longday|ld|long|allday", 1 << WAY_PART_EARLY | 1 << WAY_PART_LATE },
  { "off|o|leave|al|sick|rest|dayoff|study|annualleave", 0 },
};

static void
row_free (gpointer data)
{
  WayDutyRow *self = data;

  g_free (self->who);
  g_free (self->unit);
  g_free (self->module);
  g_free (self->source);
  g_free (self);
}

/* What was read so far. */
typedef struct
{
  GPtrArray *rows;            /* of WayDutyRow */
  const WayShiftTimes *times; /* (nullable) of a rota */
} Reading;

static void
check_columns (const int *columns, gpointer data, GPtrArray *problems)
{
  Reading *reading = data;

  if (columns[WHO] < 0)
    way_csv_add_problem (problems, 1, "there is no column with the employee number or user name");
  if (reading->times != NULL && problems->len == 0 && columns[DATE] < 0)
    way_csv_add_problem (problems, 1, "there is no column with the date");
  if (reading->times != NULL && problems->len == 0 && columns[SHIFT] < 0 && columns[START] < 0)
    way_csv_add_problem (problems, 1, "there is no column with the shift or its start");
}

/* 2026-03-31 or 31/03/2026. */
static gboolean
read_day (const char *text, guint32 *day)
{
  int d, m, y, used = 0;
  g_autofree char *turned = NULL;

  if (way_shift_read_day (text, day))
    return TRUE;
  if (sscanf (text, "%2d/%2d/%4d%n", &d, &m, &y, &used) != 3 || text[used] != '\0')
    return FALSE;
  turned = g_strdup_printf ("%04d-%02d-%02d", y, m, d);
  return way_shift_read_day (turned, day);
}

/* In which part somebody is who begins at that time: the one that has most of the hour after. */
static gboolean
read_start (const char *text, const WayShiftTimes *times, int *parts)
{
  int hour, minute, used = 0, at;

  if (sscanf (text, "%2d:%2d%n", &hour, &minute, &used) != 2 || text[used] != '\0' || hour < 0
      || hour > 23 || minute < 0 || minute > 59)
    return FALSE;
  at = hour * 60 + minute + 30;
  *parts = 1 << WAY_PART_NIGHT;
  for (int part = 0; part < WAY_N_PARTS; part++)
    if (at >= times->starts[part])
      *parts = 1 << part;
  return TRUE;
}

static gboolean
read_parts (GPtrArray *fields, const int *columns, const WayShiftTimes *times, int *parts)
{
  const char *shift = way_csv_get (fields, columns, SHIFT);
  const char *start = way_csv_get (fields, columns, START);
  g_autofree char *small = NULL;

  if (shift == NULL)
    return start != NULL && read_start (start, times, parts);
  small = way_csv_simplify (shift);
  for (guint i = 0; i < G_N_ELEMENTS (shifts); i++)
    {
      g_auto (GStrv) names = g_strsplit (shifts[i].names, "|", -1);

      if (g_strv_contains ((const char *const *) names, small))
        {
          *parts = shifts[i].parts;
          return TRUE;
        }
    }
  /* A name of the trust's own: the time says it, where there is one. */
  return (start != NULL && read_start (start, times, parts)) || read_start (shift, times, parts);
}

static void
add_row (GPtrArray *fields, const int *columns, guint line, gpointer data, GPtrArray *problems)
{
  Reading *reading = data;
  const WayShiftTimes *times = reading->times;
  const char *who = way_csv_get (fields, columns, WHO);
  const char *date = way_csv_get (fields, columns, DATE);
  guint n_before = problems->len;
  guint32 day = 0;
  int parts = 0;
  WayDutyRow *row;

  if (way_csv_is_total (fields))
    return;
  if (who == NULL)
    way_csv_add_problem (problems, line, "no employee number or user name");
  if (date != NULL ? !read_day (date, &day) : times != NULL)
    way_csv_add_problem (problems, line, "“%s” is no date such as 2026-03-31 or 31/03/2026",
                         date != NULL ? date : "");
  if (times != NULL && !read_parts (fields, columns, times, &parts))
    {
      const char *shift = way_csv_get (fields, columns, SHIFT);

      way_csv_add_problem (problems, line,
                           "“%s” is no shift: early, late, night, long day or off, or a time of "
                           "day",
                           shift != NULL ? shift : "");
    }
  if (problems->len > n_before)
    return;
  row = g_new0 (WayDutyRow, 1);
  row->line = line;
  row->who = g_strdup (who);
  row->unit = g_strdup (way_csv_get (fields, columns, UNIT));
  row->module = g_strdup (way_csv_get (fields, columns, MODULE));
  row->source = g_strdup (way_csv_get (fields, columns, SOURCE));
  row->day = day;
  for (int part = 0; times != NULL && part < WAY_N_PARTS; part++)
    if ((parts & 1 << part) != 0)
      row->on |= way_shift_set_bit (way_shift_get_weekday (day), part);
  g_ptr_array_add (reading->rows, row);
}

static GPtrArray *
read_file (const char *path, const WayShiftTimes *times, GPtrArray *problems, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (row_free);
  Reading reading = { rows, times };

  if (!way_csv_read_table (path, headings, G_N_ELEMENTS (headings), check_columns, add_row,
                           &reading, problems, error))
    return NULL;
  if (rows->len == 0 && problems->len == 0)
    way_csv_add_problem (problems, 1, "there is nobody in this file");
  return g_steal_pointer (&rows);
}

/* way_rota_file_read:
 * @times: when the parts of a day begin, for shifts that are written as times
 *
 * Reads a rota: (element-type WayDutyRow), one for each duty.
 *
 * Returns: (transfer full) (nullable): NULL with @error set where the file cannot be read */
GPtrArray *
way_rota_file_read (const char *path,
                    const WayShiftTimes *times,
                    GPtrArray *problems,
                    GError **error)
{
  return read_file (path, times, problems, error);
}

/* way_training_file_read:
 *
 * Reads who was taught elsewhere, or only whose badges were scanned: (element-type WayDutyRow).
 *
 * Returns: (transfer full) (nullable): NULL with @error set where the file cannot be read */
GPtrArray *
way_training_file_read (const char *path, GPtrArray *problems, GError **error)
{
  return read_file (path, NULL, problems, error);
}
