/* way-report-run.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "report/way-report-private.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/way-csv.h"
#include "way-report-resources.h"

/* The rows of a report, as the file has them. Whoever ran it owns it. */
struct _WayReportRun
{
  const WayReport *report;
  GStringChunk *chunk; /* (owned) the cells' texts */
  GPtrArray *cells;    /* (owned) of const char* (nullable), row by row */
  char *as_at;         /* (owned) (nullable) */
  char *unit;          /* (owned) (nullable) */
  char *staff_group;   /* (owned) (nullable) */
  char *exporter;      /* (owned) (nullable) */
  char *organisation;  /* (owned) (nullable) */
  gboolean is_synthetic;
  gint64 n_later; /* events that happened by then and arrived after */
};

/* Days are those of the trust: England's. */
static GTimeZone *
dup_zone (void)
{
  GTimeZone *zone = g_time_zone_new_identifier ("Europe/London");

  return zone != NULL ? zone : g_time_zone_new_utc ();
}

/* The first instant after the end of an ISO day. */
static gboolean
parse_as_at (const char *text, gint64 *before, GError **error)
{
  g_autoptr (GTimeZone) zone = dup_zone ();
  g_autoptr (GDateTime) start = NULL;
  g_autoptr (GDateTime) end = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now (zone);
  int year, month, day;

  if (!g_regex_match_simple ("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", text, 0, 0)
      || sscanf (text, "%4d-%2d-%2d", &year, &month, &day) != 3)
    {
      g_set_error (error, WAY_REPORT_ERROR, WAY_REPORT_ERROR_FILTER,
                   /* Translators: %s is what was given as a date. */
                   _ ("“%s” is not a date. Write it as year, month and day: 2026-03-31."), text);
      return FALSE;
    }
  start = g_date_time_new (zone, year, month, day, 0, 0, 0);
  if (start == NULL)
    {
      g_set_error (error, WAY_REPORT_ERROR, WAY_REPORT_ERROR_FILTER,
                   /* Translators: %s is what was given as a date. */
                   _ ("There is no day “%s”."), text);
      return FALSE;
    }
  if (g_date_time_compare (start, now) > 0)
    {
      g_set_error (error, WAY_REPORT_ERROR, WAY_REPORT_ERROR_FILTER,
                   /* Translators: %s is a date. */
                   _ ("%s is in the future: nothing is known as at that day yet."), text);
      return FALSE;
    }
  end = g_date_time_add_days (start, 1);
  *before = g_date_time_to_unix (end) * G_USEC_PER_SEC;
  return TRUE;
}

/* Whether @sql finds a row for @value. */
static gboolean
find_value (WayDb *db, const char *sql, const char *value, gboolean *is_found, GError **error)
{
  WayStatement *statement = way_db_prepare (db, sql, error);

  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, value);
  if (!way_statement_step (statement, is_found, error))
    {
      way_statement_reset (statement);
      return FALSE;
    }
  way_statement_reset (statement);
  return TRUE;
}

static gboolean
check_filter (WayDb *db, const WayReportFilter *filter, GError **error)
{
  gboolean is_found = TRUE;

  if (filter->unit != NULL && *filter->unit != '\0'
      && !find_value (db, "SELECT 1 FROM unit WHERE code = CAST($1 AS text)", filter->unit,
                      &is_found, error))
    return FALSE;
  if (!is_found)
    {
      g_set_error (error, WAY_REPORT_ERROR, WAY_REPORT_ERROR_FILTER,
                   /* Translators: %s is the code of a ward or department. */
                   _ ("There is no unit with the code “%s”."), filter->unit);
      return FALSE;
    }
  if (filter->staff_group != NULL && *filter->staff_group != '\0'
      && !find_value (db,
                      "SELECT 1 FROM catalogue WHERE part = 'role' AND ident = CAST($1 AS text)",
                      filter->staff_group, &is_found, error))
    return FALSE;
  if (!is_found)
    {
      g_set_error (error, WAY_REPORT_ERROR, WAY_REPORT_ERROR_FILTER,
                   /* Translators: %s is the id of a staff group. */
                   _ ("There is no staff group “%s”."), filter->staff_group);
      return FALSE;
    }
  return TRUE;
}

/* A day of the trust's, with the instants it begins and ends. */
typedef struct
{
  gint64 start;
  gint64 end;
  char text[16];
} Day;

typedef struct
{
  GTimeZone *zone;
  GHashTable *days;  /* the day that noon of a day in UTC belongs to */
  const char **last; /* of each column: what stood in the row before often stands again */
} Formatter;

static const Day *
find_day (Formatter *formatter, gint64 utc_day)
{
  Day *day = g_hash_table_lookup (formatter->days, GINT_TO_POINTER (utc_day));
  g_autoptr (GDateTime) noon = NULL;
  g_autoptr (GDateTime) local = NULL;
  g_autoptr (GDateTime) midnight = NULL;
  g_autoptr (GDateTime) next = NULL;

  if (day != NULL)
    return day;
  noon = g_date_time_new_from_unix_utc (utc_day * 86400 + 43200);
  local = noon != NULL ? g_date_time_to_timezone (noon, formatter->zone) : NULL;
  if (local == NULL)
    return NULL;
  midnight = g_date_time_new (formatter->zone, g_date_time_get_year (local),
                              g_date_time_get_month (local), g_date_time_get_day_of_month (local),
                              0, 0, 0);
  next = g_date_time_add_days (midnight, 1);
  day = g_new0 (Day, 1);
  day->start = g_date_time_to_unix (midnight);
  day->end = g_date_time_to_unix (next);
  g_snprintf (day->text, sizeof day->text, "%04d-%02d-%02d", g_date_time_get_year (local),
              g_date_time_get_month (local), g_date_time_get_day_of_month (local));
  g_hash_table_insert (formatter->days, GINT_TO_POINTER (utc_day), day);
  return day;
}

/* Reports hold thousands of times of a few hundred days. */
static const char *
format_day (Formatter *formatter, gint64 time)
{
  gint64 seconds = time / G_USEC_PER_SEC;
  gint64 utc_day = seconds / 86400;
  const Day *day = find_day (formatter, utc_day);

  if (day != NULL && seconds >= day->end)
    day = find_day (formatter, utc_day + 1);
  else if (day != NULL && seconds < day->start)
    day = find_day (formatter, utc_day - 1);
  return day != NULL ? day->text : NULL;
}

static const char *
format_cell (
    WayReportRun *self, Formatter *formatter, WayStatement *statement, int n, WayCellType type)
{
  char buffer[5] = "0.00";
  const char *text;

  if (way_statement_is_null (statement, n))
    return NULL;
  switch (type)
    {
      case WAY_CELL_PROBABILITY: {
        /* Two decimals in whole numbers: 0.01 to 0.99 unless it is certain. */
        double value = CLAMP (way_statement_get_double (statement, n), 0, 1);
        int hundredths = CLAMP (lround (value * 100), 1, 99);

        /* What is not met or not yet must not read as if it were: see the definition of
         * "requirement". */
        if (hundredths == 80 && value < 0.80)
          hundredths = 79;
        else if (hundredths == 20 && value > 0.20)
          hundredths = 21;
        buffer[2] += hundredths / 10;
        buffer[3] += hundredths % 10;
        text = buffer;
        break;
      }
    case WAY_CELL_DATE:
      text = format_day (formatter, way_statement_get_int (statement, n));
      break;
    case WAY_CELL_COUNT:
    case WAY_CELL_TEXT:
    default:
      text = way_statement_get_text (statement, n);
      break;
    }
  if (text == NULL)
    return NULL;
  if (formatter->last[n] == NULL || strcmp (formatter->last[n], text) != 0)
    formatter->last[n] = g_string_chunk_insert (self->chunk, text);
  return formatter->last[n];
}

static char *
dup_organisation (WayDb *db, gboolean *is_synthetic)
{
  gint64 synthetic = 0;

  way_db_get_int (db, "SELECT synthetic FROM organisation", &synthetic, NULL);
  *is_synthetic = synthetic != 0;
  return way_db_dup_text (db, "SELECT name FROM organisation", NULL);
}

static gboolean
is_of_everything (const WayReportFilter *filter)
{
  const char *const parts[] = { filter->as_at, filter->unit, filter->staff_group };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL && *parts[i] != '\0')
      return FALSE;
  return TRUE;
}

/* @filter: NULL where the SQL takes none. */
static gboolean
query_rows (WayReportRun *self,
            WayDb *db,
            const char *sql,
            const WayReportFilter *filter,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GTimeZone) zone = dup_zone ();
  g_autoptr (GHashTable) days = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autofree const char **last = g_new0 (const char *, self->report->n_columns);
  Formatter formatter = { zone, days, last };
  WayStatement *statement = way_db_prepare (db, sql, error);
  gboolean has_row = TRUE;

  if (statement == NULL)
    return FALSE;
  if (way_statement_get_n_columns (statement) != (int) self->report->n_columns)
    {
      g_set_error (error, WAY_REPORT_ERROR, WAY_REPORT_ERROR_UNKNOWN,
                   "%s.sql has %d columns; %u are described", self->report->name,
                   way_statement_get_n_columns (statement), self->report->n_columns);
      return FALSE;
    }
  if (filter != NULL)
    {
      way_statement_bind_text (statement, 1, filter->unit != NULL ? filter->unit : "");
      way_statement_bind_text (statement, 2,
                               filter->staff_group != NULL ? filter->staff_group : "");
    }
  while (TRUE)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !way_statement_step (statement, &has_row, error))
        {
          way_statement_reset (statement);
          return FALSE;
        }
      if (!has_row)
        break;
      for (guint i = 0; i < self->report->n_columns; i++)
        g_ptr_array_add (self->cells, (gpointer) format_cell (self, &formatter, statement, i,
                                                              self->report->types[i]));
    }
  way_statement_reset (statement);
  return TRUE;
}

static gboolean
read_rows (WayReportRun *self,
           WayDb *db,
           const WayReportFilter *filter,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *sql = NULL;

  if (self->report->add_cells != NULL)
    {
      gint64 now = g_get_real_time ();
      gint64 before;

      if (filter->as_at != NULL && *filter->as_at != '\0')
        {
          if (!parse_as_at (filter->as_at, &before, error))
            return FALSE;
          now = MIN (now, before - 1);
        }
      return self->report->add_cells (db, filter, now, self->chunk, self->cells, error);
    }
  bytes = g_resource_lookup_data (way_report_get_resource (), self->report->path, 0, error);
  if (bytes == NULL)
    return FALSE;
  sql = way_report_expand_sql (g_bytes_get_data (bytes, NULL));
  if (!query_rows (self, db, sql, filter, cancellable, error))
    return FALSE;
  if (self->report->counts == NULL || self->cells->len > 0 || !way_db_is_postgresql (db)
      || !is_of_everything (filter))
    return TRUE;
  return query_rows (self, db, self->report->counts, NULL, cancellable, error);
}

static WayReportRun *
run_now (const WayReport *report,
         WayStore *trust,
         const WayReportFilter *filter,
         GCancellable *cancellable,
         GError **error)
{
  WayDb *db = way_store_get_db (trust);
  g_autoptr (WayReportRun) self = NULL;

  if (!check_filter (db, filter, error))
    return NULL;

  self = g_new0 (WayReportRun, 1);
  self->report = report;
  self->chunk = g_string_chunk_new (64 * 1024);
  self->cells = g_ptr_array_sized_new (1024);
  self->as_at = g_strdup (filter->as_at);
  self->unit = g_strdup (filter->unit);
  self->staff_group = g_strdup (filter->staff_group);
  self->exporter = g_strdup (filter->exporter);
  self->organisation = dup_organisation (db, &self->is_synthetic);
  if (!read_rows (self, db, filter, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* The same, and what the connection does ends when somebody gives up. */
static WayReportRun *
run_on (const WayReport *report,
        WayStore *trust,
        const WayReportFilter *filter,
        GCancellable *cancellable,
        GError **error)
{
  WayDb *db = way_store_get_db (trust);
  WayReportRun *run;

  way_db_set_cancellable (db, cancellable);
  run = run_now (report, trust, filter, cancellable, error);
  way_db_set_cancellable (db, NULL);
  return run;
}

/**
 * way_report_run:
 * @trust: (transfer none): a trust, open for reading
 * @filter: what part of it, and as at when
 *
 * Runs the report. "As at" is worked out on a connection of its own, from what the trust
 * had received by the end of that day in England.
 *
 * Returns: (transfer full) (nullable): the rows; NULL with @error set
 */
WayReportRun *
way_report_run (const WayReport *self,
                WayStore *trust,
                const WayReportFilter *filter,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (WayStore) then = NULL;
  WayReportRun *run;
  gint64 before;
  gint64 n_later = 0;

  g_return_val_if_fail (self != NULL && filter != NULL, NULL);

  if (filter->as_at == NULL || *filter->as_at == '\0')
    return run_on (self, trust, filter, cancellable, error);

  if (!parse_as_at (filter->as_at, &before, error))
    return NULL;
  then = way_store_open_trust (way_db_get_uri (way_store_get_db (trust)), TRUE, error);
  if (then != NULL)
    way_db_set_cancellable (way_store_get_db (then), cancellable);
  if (then == NULL || !way_store_as_at (then, before, error)
      || !way_store_count_later (trust, before, &n_later, error))
    return NULL;
  run = run_on (self, then, filter, cancellable, error);
  if (run != NULL)
    run->n_later = n_later;
  way_store_close (then);
  return run;
}

/**
 * way_report_run_get_n_rows:
 *
 * Returns: how many rows there are
 */
guint
way_report_run_get_n_rows (WayReportRun *self)
{
  return self->cells->len / self->report->n_columns;
}

/**
 * way_report_run_get_cell:
 *
 * Returns: (transfer none) (nullable): the cell's text as the file has it
 */
const char *
way_report_run_get_cell (WayReportRun *self, guint row, guint column)
{
  g_return_val_if_fail (column < self->report->n_columns, NULL);
  g_return_val_if_fail (row < way_report_run_get_n_rows (self), NULL);

  return g_ptr_array_index (self->cells, row * self->report->n_columns + column);
}

/**
 * way_report_run_free:
 * @self: (transfer full)
 */
void
way_report_run_free (WayReportRun *self)
{
  g_clear_pointer (&self->chunk, g_string_chunk_free);
  g_clear_pointer (&self->cells, g_ptr_array_unref);
  g_free (self->as_at);
  g_free (self->unit);
  g_free (self->staff_group);
  g_free (self->exporter);
  g_free (self->organisation);
  g_free (self);
}

/**
 * way_report_run_write_csv:
 * @stream: where to
 *
 * Writes RFC 4180: a header line, then data only, with CRLF ends.
 *
 * Returns: TRUE, or FALSE with @error set
 */
gboolean
way_report_run_write_csv (WayReportRun *self,
                          GOutputStream *stream,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (GString) text = g_string_sized_new (80 * 1024);
  guint n_columns = self->report->n_columns;

  for (guint i = 0; i < n_columns; i++)
    way_csv_append (text, self->report->columns[i].name, i == 0);
  g_string_append (text, "\r\n");
  for (guint i = 0; i < self->cells->len; i++)
    {
      way_csv_append (text, g_ptr_array_index (self->cells, i), i % n_columns == 0);
      if (i % n_columns == n_columns - 1)
        g_string_append (text, "\r\n");
      if (text->len >= 64 * 1024)
        {
          if (!g_output_stream_write_all (stream, text->str, text->len, NULL, cancellable, error))
            return FALSE;
          g_string_truncate (text, 0);
        }
    }
  return g_output_stream_write_all (stream, text->str, text->len, NULL, cancellable, error);
}

static void
add_text (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL && *value != '\0')
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static char *
describe (WayReportRun *self, const char *base_name, const char *digest)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *written = g_date_time_format_iso8601 (now);

  json_builder_begin_object (builder);
  add_text (builder, "file", base_name);
  add_text (builder, "report", self->report->name);
  add_text (builder, "definition", self->report->definition);
  add_text (builder, "organisation", self->organisation);
  json_builder_set_member_name (builder, "synthetic");
  json_builder_add_boolean_value (builder, self->is_synthetic);
  json_builder_set_member_name (builder, "filters");
  json_builder_begin_object (builder);
  add_text (builder, "unit", self->unit);
  add_text (builder, "staff_group", self->staff_group);
  json_builder_end_object (builder);
  add_text (builder, "as_at", self->as_at);
  add_text (builder, "as_at_means",
            "what the trust had received by the end of that day, Europe/London");
  json_builder_set_member_name (builder, "came_later");
  json_builder_add_int_value (builder, self->n_later);
  add_text (builder, "exporter", self->exporter);
  add_text (builder, "written", written);
  json_builder_set_member_name (builder, "rows");
  json_builder_add_int_value (builder, way_report_run_get_n_rows (self));
  add_text (builder, "sha256", digest);
  json_builder_set_member_name (builder, "columns");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->report->n_columns; i++)
    {
      json_builder_begin_object (builder);
      add_text (builder, "name", self->report->columns[i].name);
      add_text (builder, "definition", self->report->columns[i].definition);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  return json_generator_to_data (generator, NULL);
}

/**
 * way_report_run_export:
 * @path: of the CSV file
 *
 * Writes the data to @path and its description (definition, filters, as at, exporter,
 * rows, digest) to PATH-metadata.json. Each is whole or not there.
 *
 * Returns: TRUE, or FALSE with @error set
 */
gboolean
way_report_run_export (WayReportRun *self, const char *path, GError **error)
{
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autofree char *digest = NULL;
  g_autofree char *description = NULL;
  g_autofree char *base_name = g_path_get_basename (path);
  g_autofree char *beside = g_strconcat (path, "-metadata.json", NULL);
  g_autoptr (GError) local = NULL;
  const char *data;
  gsize size;

  if (!way_report_run_write_csv (self, memory, NULL, error))
    return FALSE;
  data = g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (memory));
  size = g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (memory));
  digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) data, size);
  description = describe (self, base_name, digest);
  if (!g_file_set_contents_full (path, data, size, G_FILE_SET_CONTENTS_CONSISTENT, 0644, &local)
      || !g_file_set_contents_full (beside, description, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0644,
                                    &local))
    {
      g_set_error (error, WAY_REPORT_ERROR, WAY_REPORT_ERROR_OUTPUT,
                   /* Translators: %s is a reason with a file name. */
                   _ ("The report cannot be written: %s"), local->message);
      return FALSE;
    }
  return TRUE;
}
