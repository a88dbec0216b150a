/* ctl-report.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/ctl-private.h"

#include <gio/gunixoutputstream.h>
#include <json-glib/json-glib.h>
#include <unistd.h>

#include "report/way-report.h"
#include "sync/way-access.h"

static int
list (void)
{
  guint n;
  const WayReport *const *reports = way_report_list (&n);

  for (guint i = 0; i < n; i++)
    g_print ("%s\t%s\n", way_report_get_name (reports[i]), way_report_get_definition (reports[i]));
  return CTL_DONE;
}

/* Whether a file is still what its description says. */
static int
verify (const char *path)
{
  g_autofree char *beside = g_strconcat (path, "-metadata.json", NULL);
  g_autofree char *digest = NULL;
  g_autofree char *data = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  const char *expected;
  JsonObject *object;
  gsize size;

  if (!g_file_get_contents (path, &data, &size, &error)
      || !json_parser_load_from_file (parser, beside, &error))
    return ctl_fail (error);
  if (!JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    return ctl_fail_text ("%s: not the description of a report", beside);
  object = json_node_get_object (json_parser_get_root (parser));
  expected = json_object_get_string_member_with_default (object, "sha256", "");
  digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) data, size);
  if (!g_str_equal (digest, expected))
    return ctl_fail_text ("%s is not as it was written: its digest is not the one in %s", path,
                          beside);
  g_print ("%s: as written\n", path);
  return CTL_DONE;
}

static gboolean
write_json (WayReportRun *run, const WayReport *report, GOutputStream *stream, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  const WayReportColumn *columns;
  guint n_columns;

  columns = way_report_get_columns (report, &n_columns);
  json_builder_begin_array (builder);
  for (guint r = 0; r < way_report_run_get_n_rows (run); r++)
    {
      json_builder_begin_object (builder);
      for (guint c = 0; c < n_columns; c++)
        {
          const char *cell = way_report_run_get_cell (run, r, c);

          json_builder_set_member_name (builder, columns[c].name);
          if (cell == NULL)
            json_builder_add_null_value (builder);
          else if (columns[c].is_number)
            json_builder_add_double_value (builder, g_ascii_strtod (cell, NULL));
          else
            json_builder_add_string_value (builder, cell);
        }
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  return json_generator_to_stream (generator, stream, NULL, error)
         && g_output_stream_write_all (stream, "\n", 1, NULL, NULL, error);
}

static gboolean
write_file (GMemoryOutputStream *stream, const char *path, GError **error)
{
  return g_file_set_contents_full (path, g_memory_output_stream_get_data (stream),
                                   (gssize) g_memory_output_stream_get_data_size (stream),
                                   G_FILE_SET_CONTENTS_CONSISTENT, 0644, error);
}

static int
show (const char *name,
      const char *trust_uri,
      const WayReportFilter *filter,
      const char *format,
      const char *out)
{
  const WayReport *report = way_report_find (name);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = NULL;
  g_autoptr (WayReportRun) run = NULL;
  g_autoptr (GOutputStream) stream = NULL;
  gboolean is_json = g_strcmp0 (format, "json") == 0;

  if (report == NULL)
    return ctl_fail_text ("there is no report “%s”; see waymarkctl report list", name);
  trust = way_store_open_trust (trust_uri, TRUE, &error);
  if (trust != NULL
      && way_access_look (trust, out != NULL ? "export" : "report", name, NULL, &error))
    run = way_report_run (report, trust, filter, NULL, &error);
  if (run == NULL)
    return ctl_fail (error);

  if (out != NULL && !is_json)
    {
      if (!way_report_run_export (run, out, &error))
        return ctl_fail (error);
      g_print ("%s\n", out);
      return CTL_DONE;
    }
  if (out != NULL)
    {
      /* The file is written once it is whole: a stream over it that is given up would put what
       * there is in the place of what was. */
      stream = g_memory_output_stream_new_resizable ();
    }
  else
    {
      stream = g_unix_output_stream_new (STDOUT_FILENO, FALSE);
    }
  if (is_json ? !write_json (run, report, stream, &error)
              : !way_report_run_write_csv (run, stream, NULL, &error))
    return ctl_fail (error);
  if (!g_output_stream_close (stream, NULL, &error))
    return ctl_fail (error);
  if (out != NULL && !write_file (G_MEMORY_OUTPUT_STREAM (stream), out, &error))
    return ctl_fail (error);
  if (out != NULL)
    g_print ("%s\n", out);
  return CTL_DONE;
}

/**
 * ctl_report:
 *
 * Lists, runs and verifies reports.
 */
int
ctl_report (int argc, char **argv)
{
  g_autofree char *trust = NULL;
  g_autofree char *as_at = NULL;
  g_autofree char *unit = NULL;
  g_autofree char *staff_group = NULL;
  g_autofree char *format = NULL;
  g_autofree char *out = NULL;
  WayReportFilter filter = { 0 };
  const GOptionEntry entries[] = {
    { "trust", 0, 0, G_OPTION_ARG_STRING, &trust, NULL, NULL },
    { "as-at", 0, 0, G_OPTION_ARG_STRING, &as_at, NULL, NULL },
    { "unit", 0, 0, G_OPTION_ARG_STRING, &unit, NULL, NULL },
    { "staff-group", 0, 0, G_OPTION_ARG_STRING, &staff_group, NULL, NULL },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, NULL, NULL },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &out, NULL, NULL },
    { NULL },
  };

  if (!ctl_parse (&argc, &argv, entries))
    return CTL_USAGE;
  if (argc == 2 && g_str_equal (argv[1], "list"))
    return list ();
  if (argc == 3 && g_str_equal (argv[1], "verify"))
    return verify (argv[2]);
  if (argc != 3 || !g_str_equal (argv[1], "show") || trust == NULL)
    return ctl_usage ();
  if (format != NULL && !g_str_equal (format, "csv") && !g_str_equal (format, "json"))
    {
      g_printerr ("waymarkctl: “%s” is not a format; use csv or json\n", format);
      return CTL_USAGE;
    }
  filter.as_at = as_at;
  filter.unit = unit;
  filter.staff_group = staff_group;
  filter.exporter = g_get_user_name ();
  return show (argv[2], trust, &filter, format, out);
}
