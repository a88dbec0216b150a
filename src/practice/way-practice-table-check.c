/* way-practice-table-check.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "practice/way-practice-table.h"

#include "practice/way-practice-private.h"

#include <string.h>

static gboolean
fail (const WayDesk *desk, const WayDeskRecord *part, GError **error, const char *reason)
{
  return way_practice_fail (desk, part->line, error, "“%s” %s",
                            part->id != NULL ? part->id : part->type, reason);
}

static gboolean
is_kind (const WayDeskRecord *part, const char *type)
{
  return strcmp (part->type, type) == 0;
}

static gboolean
check_row (const WayDesk *desk,
           const WayDeskRecord *table,
           const WayDeskRecord *row,
           GError **error)
{
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, row->fields);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      const WayDeskRecord *column = way_table_find_column (table, name);
      double number;

      if (column == NULL)
        return fail (desk, row, error, "has a field that is no column");
      if (way_table_is_number (column) && !way_table_get_number (row, name, &number))
        return fail (desk, row, error, "has a text where a number should be");
    }

  return TRUE;
}

/* The right answer is one that can be given. */
static gboolean
is_answer (const WayDeskRecord *table, const WayDeskRecord *question, const char *answer)
{
  const char *kind = way_desk_get_field (question, "ask");
  g_autofree char *number = way_table_dup_number (answer);
  g_auto (GStrv) rows = g_strsplit (answer, "+", -1);
  int last = -1;

  if (g_strcmp0 (kind, "judge") == 0)
    return way_practice_find_part (question, "option", answer) != NULL;
  if (g_strcmp0 (kind, "number") == 0)
    return g_strcmp0 (number, answer) == 0;

  /* Rows stand in the order of the file, as they do in a reply. */
  for (guint i = 0; rows[i] != NULL; i++)
    {
      const WayDeskRecord *row = way_practice_find_part (table, "row", rows[i]);
      guint place;

      if (row == NULL || !g_ptr_array_find (table->parts, row, &place) || (int) place <= last)
        return FALSE;
      last = (int) place;
    }

  return g_strv_length (rows) == way_table_get_n_picks (question);
}

static gboolean
check_question (const WayDesk *desk,
                const WayDeskRecord *table,
                const WayDeskRecord *question,
                GError **error)
{
  static const char *const kinds[] = { "pick", "judge", "number", NULL };
  const char *kind = way_desk_get_field (question, "ask");
  const char *answer = way_desk_get_field (question, "answer");
  g_auto (GStrv) answers = g_strsplit (answer != NULL ? answer : "", " ", -1);

  if (kind == NULL || !g_strv_contains (kinds, kind))
    return fail (desk, question, error, "asks neither to pick, to judge nor for a number");
  if (way_desk_get_field (question, "text") == NULL)
    return fail (desk, question, error, "asks nothing: “text” is missing");
  if (strcmp (kind, "judge") == 0 && question->parts->len < 2)
    return fail (desk, question, error, "has fewer than 2 options");
  for (guint i = 0; i < question->parts->len; i++)
    {
      const WayDeskRecord *option = g_ptr_array_index (question->parts, i);

      if (!is_kind (option, "option") || option->id == NULL
          || way_desk_get_field (option, "text") == NULL)
        return fail (desk, option, error, "is no option with an id and words");
    }
  if (answers[0] == NULL)
    return fail (desk, question, error, "has no “answer”");
  for (guint i = 0; answers[i] != NULL; i++)
    if (!is_answer (table, question, answers[i]))
      return fail (desk, question, error, "has an “answer” that nobody can give");

  return TRUE;
}

static gboolean
is_number_column (const WayDeskRecord *table, const char *field, gboolean is_needed)
{
  const char *id = way_desk_get_field (table, field);
  const WayDeskRecord *column = way_table_find_column (table, id);

  return column != NULL ? way_table_is_number (column) : id == NULL && !is_needed;
}

static gboolean
check_chart (const WayDesk *desk, const WayDeskRecord *table, GError **error)
{
  static const char *const kinds[] = { "bars", "line", "run", "bands", NULL };
  const char *kind = way_desk_get_field (table, "chart");
  gboolean is_bands = g_strcmp0 (kind, "bands") == 0;
  double from = 0, to = 0;

  if (kind == NULL)
    return TRUE;
  if (!g_strv_contains (kinds, kind))
    return fail (desk, table, error, "has a chart of no known kind");
  if (way_table_find_column (table, way_desk_get_field (table, "label")) == NULL
      || !is_number_column (table, "value", TRUE))
    return fail (desk, table, error, "has a chart without a “label” and a “value” column");
  if (!is_number_column (table, "low", is_bands) || !is_number_column (table, "high", is_bands)
      || !is_number_column (table, "own", FALSE) || !is_number_column (table, "need", FALSE))
    return fail (desk, table, error, "has a chart with a mark that is no column of numbers");
  if (!way_table_get_number (table, "from", &from) || !way_table_get_number (table, "to", &to)
      || from >= to)
    return fail (desk, table, error, "has a chart whose axis has no “from” below its “to”");

  return TRUE;
}

/**
 * way_practice_check_table:
 * @table: a record of the desk
 * @error: return location, in the domain %WAY_PRACTICE_ERROR
 *
 * Looks for a column, a row, a chart or a question that cannot work, and for an answer
 * that nobody could give.
 *
 * Returns: whether the table can be worked with
 */
gboolean
way_practice_check_table (const WayDesk *desk, const WayDeskRecord *table, GError **error)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  guint n_rows = 0;
  guint n_questions = 0;

  g_return_val_if_fail (desk != NULL && table != NULL, FALSE);

  for (guint i = 0; i < table->parts->len; i++)
    {
      const WayDeskRecord *part = g_ptr_array_index (table->parts, i);

      if (part->id == NULL || !g_hash_table_add (ids, part->id))
        return fail (desk, part, error, "has no id, or that of another part");
      if (is_kind (part, "column") && way_desk_get_field (part, "label") == NULL)
        return fail (desk, part, error, "has no “label”");
      if (is_kind (part, "row") && !check_row (desk, table, part, error))
        return FALSE;
      if (is_kind (part, "question") && !check_question (desk, table, part, error))
        return FALSE;
      if (!is_kind (part, "column") && !is_kind (part, "row") && !is_kind (part, "question"))
        return fail (desk, part, error, "is neither a column, a row nor a question");
      n_rows += is_kind (part, "row");
      n_questions += is_kind (part, "question");
    }
  if (n_rows < 2 || n_questions == 0)
    return fail (desk, table, error, "has fewer than 2 rows, or no question");

  return check_chart (desk, table, error);
}
