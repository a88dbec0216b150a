/* way-csv-file.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/way-csv-file.h"

#include <string.h>

#define MAX_BYTES (64 * 1024 * 1024)

/* Tables as personnel and rota systems export them: CSV in whatever letters and with whatever
 * between the columns. */

/* way_csv_add_problem:
 *
 * Adds a sentence with its line to @problems. */
void
way_csv_add_problem (GPtrArray *problems, guint line, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_ptr_array_add (problems, g_strdup_printf ("line %u: %s", line, text));
}

/* A byte order mark says what it is; so do zeros at every other byte, and what is not
 * UTF-8 was written by a Windows of western Europe. */
static char *
decode (const char *bytes, gsize length, GError **error)
{
  const char *from = NULL;
  gsize skip = 0;

  if (length >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0)
    skip = 3;
  else if (length >= 2 && memcmp (bytes, "\xff\xfe", 2) == 0)
    from = "UTF-16LE", skip = 2;
  else if (length >= 2 && memcmp (bytes, "\xfe\xff", 2) == 0)
    from = "UTF-16BE", skip = 2;
  else if (length >= 4 && bytes[1] == '\0' && bytes[3] == '\0')
    from = "UTF-16LE";
  else if (length >= 4 && bytes[0] == '\0' && bytes[2] == '\0')
    from = "UTF-16BE";
  else if (!g_utf8_validate (bytes, (gssize) length, NULL))
    from = "WINDOWS-1252";
  if (from != NULL)
    return g_convert (bytes + skip, (gssize) (length - skip), "UTF-8", from, NULL, NULL, error);
  if (memchr (bytes, '\0', length) != NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "it is not text");
      return NULL;
    }
  return g_strndup (bytes + skip, length - skip);
}

/* The text of a file, in UTF-8. */
static char *
load (const char *path, GError **error)
{
  g_autofree char *bytes = NULL;
  char *text;
  gsize length;

  if (!g_file_get_contents (path, &bytes, &length, error))
    return NULL;
  if (length > MAX_BYTES)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s is too large", path);
      return NULL;
    }
  text = decode (bytes, length, error);
  if (text == NULL)
    g_prefix_error (error, "%s: ", path);
  return text;
}

/* One record from @at on; its fields, and past it. NULL at the end. */
static GPtrArray *
read_record (const char **at, char separator, guint *line, gboolean *is_open)
{
  GPtrArray *fields;
  g_autoptr (GString) field = g_string_new (NULL);
  gboolean is_quoted = FALSE;
  const char *p = *at;

  *is_open = FALSE;
  if (*p == '\0')
    return NULL;
  fields = g_ptr_array_new_with_free_func (g_free);
  for (;; p++)
    {
      if (is_quoted && *p == '"' && p[1] == '"')
        {
          g_string_append_c (field, '"');
          p++;
        }
      else if (*p == '"' && (is_quoted || field->len == 0))
        {
          is_quoted = !is_quoted;
        }
      else if (*p == '\0' || (!is_quoted && (*p == separator || *p == '\n')))
        {
          g_ptr_array_add (fields, g_strdup (g_strstrip (field->str)));
          g_string_truncate (field, 0);
          if (*p != separator)
            break;
        }
      else
        {
          *line += *p == '\n';
          if (*p != '\r' || is_quoted)
            g_string_append_c (field, *p);
        }
    }
  *is_open = is_quoted;
  *at = *p == '\0' ? p : p + 1;
  return fields;
}

/* way_csv_simplify:
 *
 * A heading in small letters and figures, without what else stands in it.
 *
 * Returns: (transfer full) */
char *
way_csv_simplify (const char *heading)
{
  GString *text = g_string_new (NULL);

  for (const char *at = heading; *at != '\0'; at++)
    if (g_ascii_isalnum (*at))
      g_string_append_c (text, g_ascii_tolower (*at));
  return g_string_free (text, FALSE);
}

/* way_csv_is_total:
 *
 * What stands at the end of exports from spreadsheets. */
gboolean
way_csv_is_total (GPtrArray *fields)
{
  for (guint i = 0; i < fields->len; i++)
    {
      g_autofree char *small = g_utf8_strdown (fields->pdata[i], -1);

      if (g_str_has_prefix (small, "total") || g_str_has_prefix (small, "grand total")
          || g_str_has_prefix (small, "count:") || g_str_has_prefix (small, "sum of"))
        return TRUE;
    }
  return FALSE;
}

static char
find_separator (const char *text)
{
  gsize length = strcspn (text, "\n");
  char best = ',';
  guint most = 0;

  for (const char *separator = ",;\t|"; *separator != '\0'; separator++)
    {
      guint n = 0;

      for (gsize i = 0; i < length; i++)
        n += text[i] == *separator;
      if (n > most)
        {
          most = n;
          best = *separator;
        }
    }
  return best;
}

static void
find_columns (GPtrArray *fields,
              const WayCsvHeading *headings,
              guint n_headings,
              GArray *columns,
              GPtrArray *problems)
{
  for (guint j = 0; j < n_headings; j++)
    while ((int) columns->len <= headings[j].column)
      g_array_append_val (columns, (int){ -1 });
  for (guint i = 0; i < fields->len; i++)
    {
      g_autofree char *heading = way_csv_simplify (fields->pdata[i]);

      for (guint j = 0; j < n_headings; j++)
        {
          g_auto (GStrv) names = g_strsplit (headings[j].names, "|", -1);
          int *column = &g_array_index (columns, int, headings[j].column);

          if (!g_strv_contains ((const char *const *) names, heading))
            continue;
          if (*column >= 0)
            way_csv_add_problem (problems, 1, "two columns are “%s”", heading);
          *column = (int) i;
        }
    }
}

/**
 * way_csv_read_table:
 * @headings: (array length=n_headings): the columns that are looked for
 * @check: told which there are, and says what is missing
 * @add: gets each row, also a total of fewer columns; not when the headings are wrong
 * @problems: (element-type utf8): gets a sentence with its line for each thing that is wrong
 *
 * Reads a table whose first line has its headings.
 *
 * Returns: FALSE with @error set where the file cannot be read
 */
gboolean
way_csv_read_table (const char *path,
                    const WayCsvHeading *headings,
                    guint n_headings,
                    WayCsvCheck check,
                    WayCsvAdd add,
                    gpointer data,
                    GPtrArray *problems,
                    GError **error)
{
  g_autofree char *text = load (path, error);
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (int));
  guint n_columns = 0;
  const char *at = text;
  guint line = 1;
  char separator;

  if (text == NULL)
    return FALSE;
  separator = find_separator (text);
  for (;; line++)
    {
      guint first = line;
      gboolean is_open;
      g_autoptr (GPtrArray) fields = read_record (&at, separator, &line, &is_open);

      if (fields == NULL)
        break;
      if (is_open)
        {
          way_csv_add_problem (problems, first, "a quotation mark that is not closed");
          break;
        }
      if (n_columns == 0)
        {
          find_columns (fields, headings, n_headings, columns, problems);
          check ((const int *) columns->data, data, problems);
          if (problems->len > 0)
            break;
          n_columns = fields->len;
          continue;
        }
      if (fields->len == 1 && *(char *) fields->pdata[0] == '\0')
        continue;
      if (fields->len != n_columns && !way_csv_is_total (fields))
        way_csv_add_problem (problems, first, "%u columns where the first line has %u", fields->len,
                             n_columns);
      else
        add (fields, (const int *) columns->data, first, data, problems);
    }
  return TRUE;
}

/**
 * way_csv_get:
 * @columns: as way_csv_read_table() found them
 *
 * Returns: (transfer none) (nullable): what stands in that column of a row, where something does
 */
const char *
way_csv_get (GPtrArray *fields, const int *columns, int column)
{
  const char *text;

  if (columns[column] < 0 || (guint) columns[column] >= fields->len)
    return NULL;
  text = fields->pdata[columns[column]];
  return *text != '\0' ? text : NULL;
}
