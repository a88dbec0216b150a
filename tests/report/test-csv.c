/* test-csv.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "report/way-csv.h"

static const struct
{
  const char *cell; /* (nullable) */
  const char *written;
} cells[] = {
  { NULL, "" },
  { "", "" },
  { "plain", "plain" },
  { "one, two", "\"one, two\"" },
  { "a \"word\"", "\"a \"\"word\"\"\"" },
  { "two\nlines", "\"two\nlines\"" },
  { "=1+2", "\"'=1+2\"" },
  { "+44 20", "\"'+44 20\"" },
  { "-cmd", "\"'-cmd\"" },
  { "@sum(a)", "\"'@sum(a)\"" },
  { "\tx", "\"'\tx\"" },
  { "-1.5", "-1.5" },
  { "+3", "+3" },
  { " leading", "\" leading\"" },
  { "Zażółć", "Zażółć" },
};

static void
test_cells (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      g_autoptr (GString) line = g_string_new (NULL);

      way_csv_append (line, cells[i].cell, TRUE);
      g_assert_cmpstr (line->str, ==, cells[i].written);
    }
}

static void
test_commas (void)
{
  g_autoptr (GString) line = g_string_new (NULL);

  way_csv_append (line, "a", TRUE);
  way_csv_append (line, NULL, FALSE);
  way_csv_append (line, "b", FALSE);
  g_assert_cmpstr (line->str, ==, "a,,b");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/csv/cells", test_cells);
  g_test_add_func ("/report/csv/commas", test_commas);
  return g_test_run ();
}
