/* ctl-certificate.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/ctl-private.h"

#include <json-glib/json-glib.h>

#include "report/way-csv.h"
#include "sync/way-certificate-check.h"

/* One line of the answer: a name for files, words for people. */
typedef struct
{
  const char *name;
  const char *words;
  char *value; /* (owned) (nullable) */
  gboolean is_number;
} Line;

static const char *
explain (const WayCertificateAnswer *answer)
{
  switch (answer->state)
    {
    case WAY_CERTIFICATE_VALID:
      return "valid: the trust has the results behind it";
    case WAY_CERTIFICATE_UNPROVEN:
      if (answer->title == NULL)
        return "not proven: the trust has the certificate, and has not published what it names; "
               "publish the pack with waymarkctl trust publish, then ask again";
      return "not proven: the trust has the certificate, and does not have a passed check for all "
             "that it names";
    case WAY_CERTIFICATE_WITHDRAWN:
      return "withdrawn: what it said was taken out of the trust";
    case WAY_CERTIFICATE_ERASED:
      return "erased: the person's record was erased, and this with it";
    case WAY_CERTIFICATE_UNKNOWN:
      return "not received: the code is well made, and the trust does not have it; it comes with "
             "the next sync of the computer that made it, or it is another trust's";
    case WAY_CERTIFICATE_MISTYPED:
    default:
      return "mistyped: no certificate has this code; compare it with the paper";
    }
}

/* Days are those of England. */
static char *
dup_day (gint64 time)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/London");
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;

  if (time == 0)
    return NULL;
  utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  local = utc != NULL && zone != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  return local != NULL ? g_date_time_format (local, "%Y-%m-%d") : NULL;
}

static char *
dup_number (const WayCertificateAnswer *answer, gint64 number)
{
  return answer->part != NULL ? g_strdup_printf ("%" G_GINT64_FORMAT, number) : NULL;
}

static void
print_text (const Line *lines, guint n, const WayCertificateAnswer *answer)
{
  g_print ("%s\n", explain (answer));
  for (guint i = 1; i < n; i++)
    if (lines[i].value != NULL)
      g_print ("%-10s  %s\n", lines[i].words, lines[i].value);
  if (answer->part != NULL && answer->name == NULL)
    g_print ("%-10s  not for this login to see\n", "who");
}

static void
print_csv (const Line *lines, guint n)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    way_csv_append (text, lines[i].name, i == 0);
  g_string_append (text, "\r\n");
  for (guint i = 0; i < n; i++)
    way_csv_append (text, lines[i].value, i == 0);
  g_print ("%s\r\n", text->str);
}

static void
print_json (const Line *lines, guint n)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  for (guint i = 0; i < n; i++)
    {
      json_builder_set_member_name (builder, lines[i].name);
      if (lines[i].value == NULL)
        json_builder_add_null_value (builder);
      else if (lines[i].is_number)
        json_builder_add_int_value (builder, g_ascii_strtoll (lines[i].value, NULL, 10));
      else
        json_builder_add_string_value (builder, lines[i].value);
    }
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  text = json_generator_to_data (generator, NULL);
  g_print ("%s\n", text);
}

static int
verify (const char *code, const char *uri, const char *format)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = way_store_open_trust (uri, TRUE, &error);
  g_autoptr (WayCertificateAnswer) answer = NULL;

  if (trust != NULL)
    answer = way_certificate_check (trust, code, &error);
  if (answer == NULL)
    return ctl_fail (error);
  {
    Line lines[] = {
      { "state", "state", g_strdup (way_certificate_state_to_string (answer->state)), FALSE },
      { "code", "code", g_strdup (answer->code), FALSE },
      { "type", "type", g_strdup (answer->part), FALSE },
      { "id", "id", g_strdup (answer->ident), FALSE },
      { "title", "title", g_strdup (answer->title), FALSE },
      { "version", "version", dup_number (answer, answer->version), TRUE },
      { "pack", "pack", g_strdup (answer->pack), FALSE },
      { "pack_version", "of version", dup_number (answer, answer->pack_version), TRUE },
      { "finished", "finished", dup_day (answer->finished), FALSE },
      { "on_paper", "on paper", dup_day (answer->earned), FALSE },
      { "received", "received", dup_day (answer->received), FALSE },
      { "name", "who", g_strdup (answer->name), FALSE },
    };

    if (g_strcmp0 (format, "csv") == 0)
      print_csv (lines, G_N_ELEMENTS (lines));
    else if (g_strcmp0 (format, "json") == 0)
      print_json (lines, G_N_ELEMENTS (lines));
    else
      print_text (lines, G_N_ELEMENTS (lines), answer);
    for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
      g_free (lines[i].value);
  }
  return answer->state == WAY_CERTIFICATE_VALID ? CTL_DONE : CTL_FAILED;
}

/**
 * ctl_certificate:
 *
 * Checks a certificate's code against a trust: exit 0 when it holds, 1 when not.
 */
int
ctl_certificate (int argc, char **argv)
{
  g_autofree char *trust = NULL;
  g_autofree char *format = NULL;
  const GOptionEntry entries[] = {
    { "trust", 0, 0, G_OPTION_ARG_STRING, &trust, NULL, NULL },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, NULL, NULL },
    { NULL },
  };
  static const char *const formats[] = { "text", "csv", "json", NULL };

  if (!ctl_parse (&argc, &argv, entries))
    return CTL_USAGE;
  if (argc != 3 || !g_str_equal (argv[1], "verify") || trust == NULL)
    return ctl_usage ();
  if (format != NULL && !g_strv_contains (formats, format))
    {
      g_printerr ("waymarkctl: “%s” is not a format; use text, csv or json\n", format);
      return CTL_USAGE;
    }
  return verify (argv[2], trust, format);
}
