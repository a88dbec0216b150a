/* way-effort.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "record/way-pulse.h"
#include "report/way-report-private.h"
#include "way-report-resources.h"

#include <math.h>

/* What champions gave, beside what changed for the people of the same places. Nothing here says
 * that the one comes of the other, and of few nothing is said at all. */

#define PATH "/io/github/waymark_skills/Waymark/report/sql/effort.sql"
/* Policy: of fewer people, or fewer times, nothing is said. */
#define LEAST 8
/* The SQL counts in millionths of a level. */
#define MILLION 1e6
/* So many standard errors on each side hold 95 of 100 cases. */
#define ROOM 1.959963984540054

/* The columns of the SQL. */
enum
{
  DIVISION,
  UNIT_CODE,
  UNIT,
  PEOPLE,
  CHAMPIONS,
  CONTACTS,
  HELPED,
  MINUTES,
  MEASURED,
  GAIN,
  SQUARES,
  PRACTISED,
  N_COLUMNS
};

static void
add_text (GStringChunk *chunk, GPtrArray *cells, const char *text)
{
  g_ptr_array_add (cells, text != NULL ? g_string_chunk_insert_const (chunk, text) : NULL);
}

static void
add_count (GStringChunk *chunk, GPtrArray *cells, gint64 count, gboolean is_shown)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, count);

  add_text (chunk, cells, is_shown ? text : NULL);
}

static void
add_number (GStringChunk *chunk, GPtrArray *cells, double number, gboolean is_shown)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  /* Never a zero with a sign. */
  g_ascii_formatd (text, sizeof text, "%.2f", fabs (number) < .005 ? 0 : number);
  add_text (chunk, cells, is_shown ? text : NULL);
}

/* The mean change of those who were measured twice, and between what it may lie. */
static void
add_change (GStringChunk *chunk, GPtrArray *cells, gint64 n, double sum, double squares)
{
  double mean = n > 0 ? sum / (double) n : 0;
  double variance = n > 1 ? MAX (0, (squares - (double) n * mean * mean) / (double) (n - 1)) : 0;
  double room = n > 0 ? ROOM * sqrt (variance / (double) n) : 0;

  add_count (chunk, cells, n, n >= LEAST);
  add_number (chunk, cells, mean, n >= LEAST);
  add_number (chunk, cells, mean - room, n >= LEAST);
  add_number (chunk, cells, mean + room, n >= LEAST);
}

static void
add_practice (GStringChunk *chunk, GPtrArray *cells, gint64 practised, gint64 people)
{
  guint n = (guint) CLAMP (people, 0, G_MAXINT);
  double low, high;

  way_pulse_judge_share ((guint) CLAMP (practised, 0, n), n, &low, &high);
  add_count (chunk, cells, practised, people >= LEAST);
  add_number (chunk, cells, low, people >= LEAST);
  add_number (chunk, cells, high, people >= LEAST);
}

static void
add_row (WayStatement *statement, GStringChunk *chunk, GPtrArray *cells)
{
  gint64 people = way_statement_get_int (statement, PEOPLE);
  gint64 contacts = way_statement_get_int (statement, CONTACTS);
  gint64 measured = way_statement_get_int (statement, MEASURED);

  /* The whole of it stands there whatever may be said of it. */
  if (!way_statement_is_null (statement, UNIT) && people < LEAST && contacts < LEAST)
    return;
  add_text (chunk, cells, way_statement_get_text (statement, DIVISION));
  add_text (chunk, cells, way_statement_get_text (statement, UNIT_CODE));
  add_text (chunk, cells, way_statement_get_text (statement, UNIT));
  add_count (chunk, cells, people, TRUE);
  add_count (chunk, cells, way_statement_get_int (statement, CHAMPIONS), TRUE);
  add_count (chunk, cells, contacts, contacts >= LEAST);
  add_count (chunk, cells, way_statement_get_int (statement, HELPED), contacts >= LEAST);
  add_count (chunk, cells, way_statement_get_int (statement, MINUTES), contacts >= LEAST);
  add_change (chunk, cells, measured, way_statement_get_double (statement, GAIN) / MILLION,
              way_statement_get_double (statement, SQUARES) / MILLION / MILLION);
  add_practice (chunk, cells, way_statement_get_int (statement, PRACTISED), people);
}

/* way_effort_add_cells:
 *
 * The rows of the report "effort". */
gboolean
way_effort_add_cells (WayDb *db,
                      const WayReportFilter *filter,
                      gint64 now,
                      GStringChunk *chunk,
                      GPtrArray *cells,
                      GError **error)
{
  g_autoptr (GBytes) bytes = g_resource_lookup_data (way_report_get_resource (), PATH, 0, error);
  g_autofree char *sql = bytes != NULL ? way_report_expand_sql (g_bytes_get_data (bytes, NULL))
                                       : NULL;
  WayStatement *statement = sql != NULL ? way_db_prepare (db, sql, error) : NULL;
  gboolean has_row = TRUE;
  gboolean is_done = TRUE;

  if (statement == NULL)
    return FALSE;
  g_return_val_if_fail (way_statement_get_n_columns (statement) == N_COLUMNS, FALSE);
  way_statement_bind_text (statement, 1, filter->unit != NULL ? filter->unit : "");
  way_statement_bind_text (statement, 2, filter->staff_group != NULL ? filter->staff_group : "");
  while (is_done && has_row)
    {
      is_done = way_statement_step (statement, &has_row, error);
      if (is_done && has_row)
        add_row (statement, chunk, cells);
    }
  way_statement_reset (statement);
  return is_done;
}
