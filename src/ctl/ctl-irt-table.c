/* ctl-irt-table.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/ctl-irt-private.h"

#include <math.h>
#include <string.h>

#define LARGEST (256 * 1024 * 1024)

typedef struct
{
  const char *at;
  const char *end;
  guint line;
} Reader;

static gboolean
fail_at (const char *path, guint line, GError **error, const char *reason)
{
  g_set_error (error, CTL_TABLE_ERROR, 0, "%s:%u: %s", path, line, reason);
  return FALSE;
}

/* One cell, and whether another one follows in the row. */
static gboolean
read_cell (Reader *reader, const char *path, GPtrArray *row, gboolean *goes_on, GError **error)
{
  g_autoptr (GString) cell = g_string_new (NULL);

  if (reader->at < reader->end && *reader->at == '"')
    {
      guint opened = reader->line;

      for (reader->at++;; reader->at++)
        {
          if (reader->at >= reader->end)
            return fail_at (path, opened, error, "a quotation mark is opened and never closed");
          if (*reader->at == '"')
            {
              if (reader->at + 1 >= reader->end || reader->at[1] != '"')
                break;
              reader->at++;
            }
          if (*reader->at == '\n')
            reader->line++;
          g_string_append_c (cell, *reader->at);
        }
      reader->at++;
      if (reader->at < reader->end && strchr (",\r\n", *reader->at) == NULL)
        return fail_at (path, reader->line, error, "something follows a closing quotation mark");
    }
  else
    while (reader->at < reader->end && strchr (",\r\n", *reader->at) == NULL)
      {
        if (*reader->at == '"')
          return fail_at (path, reader->line, error,
                          "a quotation mark stands inside a cell that does not begin with one");
        g_string_append_c (cell, *reader->at++);
      }

  *goes_on = reader->at < reader->end && *reader->at == ',';
  if (*goes_on)
    reader->at++;
  else
    {
      if (reader->at < reader->end && *reader->at == '\r')
        reader->at++;
      if (reader->at < reader->end && *reader->at == '\n')
        reader->at++;
      reader->line++;
    }
  /* What was written with an apostrophe, so that no spreadsheet runs it, is read without. */
  if (cell->len > 1 && cell->str[0] == '\'' && strchr ("=+-@\t\r", cell->str[1]) != NULL)
    g_string_erase (cell, 0, 1);
  g_ptr_array_add (row, g_string_free (g_steal_pointer (&cell), FALSE));
  return TRUE;
}

static GPtrArray *
read_row (Reader *reader, const char *path, GError **error)
{
  g_autoptr (GPtrArray) row = g_ptr_array_new_with_free_func (g_free);
  gboolean goes_on = TRUE;

  while (goes_on)
    if (!read_cell (reader, path, row, &goes_on, error))
      return NULL;
  return g_steal_pointer (&row);
}

static gboolean
is_blank (const GPtrArray *row)
{
  return row->len == 1 && *(const char *) row->pdata[0] == '\0';
}

static gboolean
check_header (const CtlTable *table, const char *const *needed, GError **error)
{
  for (guint i = 0; i < table->columns->len; i++)
    {
      char *name = g_strstrip (table->columns->pdata[i]);

      for (guint j = 0; j < i; j++)
        if (g_str_equal (name, table->columns->pdata[j]))
          {
            g_set_error (error, CTL_TABLE_ERROR, 0, "%s:1: the column “%s” is there twice",
                         table->path, name);
            return FALSE;
          }
    }
  for (; needed != NULL && *needed != NULL; needed++)
    if (ctl_table_find (table, *needed) < 0)
      {
        g_autoptr (GString) there = g_string_new (NULL);

        for (guint i = 0; i < table->columns->len; i++)
          g_string_append_printf (there, "%s%s", i > 0 ? ", " : "",
                                  (const char *) table->columns->pdata[i]);
        g_set_error (error, CTL_TABLE_ERROR, 0, "%s:1: there is no column “%s”, only %s",
                     table->path, *needed, there->str);
        return FALSE;
      }
  return TRUE;
}

/**
 * ctl_table_read:
 * @needed: (nullable): columns that must be there, in any order
 *
 * Reads a CSV file (RFC 4180, UTF-8): a header, then at least one row as wide as it.
 *
 * Returns: (transfer full) (nullable): the table
 */
CtlTable *
ctl_table_read (const char *path, const char *const *needed, GError **error)
{
  g_autoptr (CtlTable) table = g_new0 (CtlTable, 1);
  g_autofree char *text = NULL;
  const char *bad;
  gsize size;
  Reader reader;

  table->path = g_strdup (path);
  table->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  table->lines = g_array_new (FALSE, FALSE, sizeof (guint));
  if (!g_file_get_contents (path, &text, &size, error))
    return NULL;
  if (size > LARGEST)
    {
      g_set_error (error, CTL_TABLE_ERROR, 0, "%s: too large", path);
      return NULL;
    }
  reader = (Reader){ text, text + size, 1 };
  if (!g_utf8_validate (text, size, &bad))
    {
      for (const char *c = text; c < bad; c++)
        reader.line += *c == '\n';
      fail_at (path, reader.line, error, "this is not UTF-8 text");
      return NULL;
    }
  if (g_str_has_prefix (text, "\xef\xbb\xbf"))
    reader.at += 3;

  while (reader.at < reader.end)
    {
      guint line = reader.line;
      g_autoptr (GPtrArray) row = read_row (&reader, path, error);

      if (row == NULL)
        return NULL;
      if (is_blank (row))
        continue;
      if (table->columns == NULL)
        {
          table->columns = g_steal_pointer (&row);
          if (!check_header (table, needed, error))
            return NULL;
          continue;
        }
      if (row->len != table->columns->len)
        {
          g_set_error (error, CTL_TABLE_ERROR, 0, "%s:%u: %u cells where the header has %u", path,
                       line, row->len, table->columns->len);
          return NULL;
        }
      g_ptr_array_add (table->rows, g_steal_pointer (&row));
      g_array_append_val (table->lines, line);
    }
  if (table->columns == NULL || table->rows->len == 0)
    {
      fail_at (path, reader.line, error,
               table->columns == NULL ? "the file is empty" : "there is nothing below the header");
      return NULL;
    }
  return g_steal_pointer (&table);
}

void
ctl_table_free (CtlTable *table)
{
  g_free (table->path);
  g_clear_pointer (&table->columns, g_ptr_array_unref);
  g_clear_pointer (&table->rows, g_ptr_array_unref);
  g_clear_pointer (&table->lines, g_array_unref);
  g_free (table);
}

/* The number of a column, or -1. */
int
ctl_table_find (const CtlTable *table, const char *column)
{
  for (guint i = 0; i < table->columns->len; i++)
    if (g_str_equal (table->columns->pdata[i], column))
      return i;
  return -1;
}

/* A cell; empty where there is no such column. */
const char *
ctl_table_get (const CtlTable *table, guint row, int column)
{
  const GPtrArray *cells = table->rows->pdata[row];

  return column >= 0 ? cells->pdata[column] : "";
}

/* A sentence with the file and line of a row; always FALSE. */
gboolean
ctl_table_fail (const CtlTable *table, guint row, GError **error, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return fail_at (table->path, g_array_index (table->lines, guint, row), error, text);
}

/* A cell as a number: a decimal one, in the C locale, and finite. */
gboolean
ctl_table_get_number (const CtlTable *table, guint row, int column, double *number, GError **error)
{
  g_autofree char *text = g_strstrip (g_strdup (ctl_table_get (table, row, column)));
  char *end;

  *number = g_ascii_strtod (text, &end);
  if (*text != '\0' && *end == '\0' && isfinite (*number)
      && strspn (text, "0123456789+-.eE") == strlen (text))
    return TRUE;
  return ctl_table_fail (table, row, error, "%s is “%s”, which is not a number",
                         (const char *) table->columns->pdata[column], text);
}

/* A cell as a name, which is never empty. */
const char *
ctl_table_get_name (const CtlTable *table, guint row, int column, GError **error)
{
  const char *name = ctl_table_get (table, row, column);

  if (*name != '\0')
    return name;
  ctl_table_fail (table, row, error, "%s is empty", (const char *) table->columns->pdata[column]);
  return NULL;
}

CtlNames *
ctl_names_new (void)
{
  CtlNames *names = g_new0 (CtlNames, 1);

  names->names = g_ptr_array_new_with_free_func (g_free);
  names->numbers = g_hash_table_new (g_str_hash, g_str_equal);
  return names;
}

void
ctl_names_free (CtlNames *names)
{
  g_hash_table_unref (names->numbers);
  g_ptr_array_unref (names->names);
  g_free (names);
}

/* The number of a name, or -1. */
int
ctl_names_find (const CtlNames *names, const char *name)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (names->numbers, name)) - 1;
}

/* The number of a name, which is given one where it has none. */
guint
ctl_names_take (CtlNames *names, const char *name)
{
  int known = ctl_names_find (names, name);

  if (known >= 0)
    return known;
  g_ptr_array_add (names->names, g_strdup (name));
  g_hash_table_insert (names->numbers, names->names->pdata[names->names->len - 1],
                       GINT_TO_POINTER (names->names->len));
  return names->names->len - 1;
}

const char *
ctl_names_get (const CtlNames *names, guint number)
{
  return names->names->pdata[number];
}
