/* ctl-irt-output.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/ctl-irt-private.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

/* A number as it is printed: enough digits to get the same back. */
#define FORMAT "%.15g"

typedef struct
{
  gboolean is_number;
  double number;
  char *text;
} Cell;

struct _CtlOutput
{
  GPtrArray *columns; /* (owned) of char* */
  GArray *cells;      /* (owned) of Cell, row by row */
  GArray *totals;     /* (owned) of Cell: the names for CSV */
  GPtrArray *keys;    /* (owned) of char*: the names for JSON */
};

static void
cell_clear (Cell *cell)
{
  g_free (cell->text);
}

CtlOutput *
ctl_output_new (const char *const *columns)
{
  CtlOutput *output = g_new0 (CtlOutput, 1);

  output->columns = g_ptr_array_new_with_free_func (g_free);
  output->cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  output->totals = g_array_new (FALSE, FALSE, sizeof (Cell));
  output->keys = g_ptr_array_new_with_free_func (g_free);
  g_array_set_clear_func (output->cells, (GDestroyNotify) cell_clear);
  g_array_set_clear_func (output->totals, (GDestroyNotify) cell_clear);
  for (; *columns != NULL; columns++)
    g_ptr_array_add (output->columns, g_strdup (*columns));
  return output;
}

void
ctl_output_free (CtlOutput *output)
{
  g_ptr_array_unref (output->columns);
  g_array_unref (output->cells);
  g_array_unref (output->totals);
  g_ptr_array_unref (output->keys);
  g_free (output);
}

/* The next cell: a row is full when it has as many as there are columns. */
void
ctl_output_add_text (CtlOutput *output, const char *text)
{
  Cell cell = { FALSE, 0, g_strdup (text != NULL ? text : "") };

  g_array_append_val (output->cells, cell);
}

/* The next cell; what is not finite is left empty. */
void
ctl_output_add_number (CtlOutput *output, double number)
{
  Cell cell = { TRUE, number, NULL };

  g_array_append_val (output->cells, cell);
}

/* A figure about all rows, after them. */
void
ctl_output_add_total (CtlOutput *output, const char *name, const char *key, double number)
{
  Cell cell = { TRUE, number, g_strdup (name) };

  g_array_append_val (output->totals, cell);
  g_ptr_array_add (output->keys, g_strdup (key));
}

static void
append_text (GString *csv, const char *text)
{
  g_autoptr (GString) safe = g_string_new (text);

  /* A spreadsheet would run it. */
  if (*text != '\0' && strchr ("=+-@\t\r", *text) != NULL)
    g_string_prepend_c (safe, '\'');
  if (strpbrk (safe->str, ",\"\r\n") != NULL)
    {
      g_string_replace (safe, "\"", "\"\"", 0);
      g_string_append_printf (csv, "\"%s\"", safe->str);
    }
  else
    g_string_append (csv, safe->str);
}

static void
append_number (GString *csv, double number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (isfinite (number))
    g_string_append (csv, g_ascii_formatd (buffer, sizeof buffer, FORMAT, number));
}

static void
print_csv (const CtlOutput *output)
{
  g_autoptr (GString) csv = g_string_new (NULL);
  guint n = output->columns->len;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (csv, "%s%s", i > 0 ? "," : "", (char *) output->columns->pdata[i]);
  g_string_append (csv, "\r\n");
  for (guint i = 0; i < output->cells->len; i++)
    {
      const Cell *cell = &g_array_index (output->cells, Cell, i);

      if (cell->is_number)
        append_number (csv, cell->number);
      else
        append_text (csv, cell->text);
      g_string_append (csv, i % n == n - 1 ? "\r\n" : ",");
    }
  for (guint i = 0; i < output->totals->len; i++)
    {
      const Cell *cell = &g_array_index (output->totals, Cell, i);

      g_string_append_printf (csv, "%s,", cell->text);
      append_number (csv, cell->number);
      for (guint k = 2; k < n; k++)
        g_string_append_c (csv, ',');
      g_string_append (csv, "\r\n");
    }
  g_print ("%s", csv->str);
}

static void
build_number (JsonBuilder *builder, double number)
{
  if (!isfinite (number))
    json_builder_add_null_value (builder);
  else if (number == rint (number) && fabs (number) < 1e15)
    json_builder_add_int_value (builder, (gint64) number);
  else
    json_builder_add_double_value (builder, number);
}

static void
print_json (const CtlOutput *output, const char *list)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;
  gboolean is_object = output->totals->len > 0;
  guint n = output->columns->len;

  if (is_object)
    {
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, list);
    }
  json_builder_begin_array (builder);
  for (guint i = 0; i < output->cells->len; i++)
    {
      const Cell *cell = &g_array_index (output->cells, Cell, i);

      if (i % n == 0)
        json_builder_begin_object (builder);
      json_builder_set_member_name (builder, output->columns->pdata[i % n]);
      if (cell->is_number)
        build_number (builder, cell->number);
      else
        json_builder_add_string_value (builder, cell->text);
      if (i % n == n - 1)
        json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  if (is_object)
    {
      for (guint i = 0; i < output->totals->len; i++)
        {
          json_builder_set_member_name (builder, output->keys->pdata[i]);
          build_number (builder, g_array_index (output->totals, Cell, i).number);
        }
      json_builder_end_object (builder);
    }
  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  text = json_generator_to_data (generator, NULL);
  g_print ("%s\n", text);
}

/**
 * ctl_output_print:
 * @list: what the rows are called beside totals, in JSON
 *
 * Prints everything at once.
 */
void
ctl_output_print (const CtlOutput *output, const char *list, gboolean is_json)
{
  if (is_json)
    print_json (output, list);
  else
    print_csv (output);
}

/* FALSE, having said so, for anything but csv and json; NULL is csv. */
gboolean
ctl_parse_format (const char *text, gboolean *is_json)
{
  *is_json = g_strcmp0 (text, "json") == 0;
  if (text == NULL || *is_json || g_str_equal (text, "csv"))
    return TRUE;
  g_printerr ("waymarkctl: there is no format “%s”; csv and json are\n", text);
  return FALSE;
}
