/* way-csv.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "report/way-csv.h"

#include <string.h>

/* A number that begins with a sign is no formula. */
static gboolean
is_number (const char *cell)
{
  char *end;

  g_ascii_strtod (cell, &end);
  return end != cell && *end == '\0';
}

/**
 * way_csv_append:
 * @cell: (nullable): NULL writes nothing between the commas
 * @is_first: no comma before it
 *
 * Appends a cell as RFC 4180 has it. A text that a spreadsheet would run as a formula
 * (it begins with = + - @, a tab or a carriage return) gets an apostrophe before it.
 */
void
way_csv_append (GString *line, const char *cell, gboolean is_first)
{
  if (!is_first)
    g_string_append_c (line, ',');
  if (cell == NULL || *cell == '\0')
    return;

  if (strchr ("=+-@\t\r", *cell) != NULL && !is_number (cell))
    {
      g_string_append (line, "\"'");
    }
  else if (strpbrk (cell, ",\"\r\n") == NULL && *cell != ' ')
    {
      g_string_append (line, cell);
      return;
    }
  else
    {
      g_string_append_c (line, '"');
    }
  for (const char *c = cell; *c != '\0'; c++)
    {
      if (*c == '"')
        g_string_append_c (line, '"');
      g_string_append_c (line, *c);
    }
  g_string_append_c (line, '"');
}
