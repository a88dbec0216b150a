/* fuzz-table.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include <math.h>

#include "ctl/ctl-irt-private.h"

/* A reader says what is wrong, with the file and mostly the line, or reads it all. */
static void
check_error (GError **error)
{
  if (*error == NULL)
    return;
  g_assert_true (g_utf8_validate ((*error)->message, -1, NULL));
  g_assert_cmpstr ((*error)->message, !=, "");
  g_clear_error (error);
}

/* The tables of waymarkctl irt: any, then as a bank and as answers. */
int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  const char *path = fuzz_file (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (CtlTable) table = ctl_table_read (path, NULL, &error);
  g_autoptr (CtlBank) bank = NULL;
  g_autoptr (CtlResponses) responses = NULL;

  g_assert_true ((table == NULL) == (error != NULL));
  for (guint row = 0; table != NULL && row < table->rows->len; row++)
    for (guint column = 0; column < table->columns->len; column++)
      {
        double number;

        if (ctl_table_get_number (table, row, column, &number, NULL))
          g_assert_true (isfinite (number));
      }
  check_error (&error);

  bank = ctl_bank_read (path, FALSE, &error);
  g_assert_true ((bank == NULL) == (error != NULL));
  check_error (&error);
  for (guint i = 0; bank != NULL && i < bank->curves->len; i++)
    {
      g_autofree char *reason = NULL;

      g_assert_true (way_curve_check (&g_array_index (bank->curves, WayCurve, i), &reason));
    }

  responses = ctl_responses_read (path, NULL, &error);
  g_assert_true ((responses == NULL) == (error != NULL));
  check_error (&error);
  if (responses != NULL)
    g_assert_cmpuint (responses->sheet->n_answers, >, 0);

  return 0;
}
