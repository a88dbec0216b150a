/* way-table-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "widgets/way-table-words.h"

#include "practice/way-practice-table.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * way_table_get_row_name:
 * @table: a table of a desk
 * @row: one of its rows
 *
 * Returns: (transfer none): what its label column says of it, or its first cell, or its id
 */
const char *
way_table_get_row_name (const WayDeskRecord *table, const WayDeskRecord *row)
{
  const char *column = way_desk_get_field (table, "label");
  const char *name = column != NULL ? way_desk_get_field (row, column) : NULL;

  for (guint i = 0; name == NULL && i < table->parts->len; i++)
    {
      const WayDeskRecord *part = g_ptr_array_index (table->parts, i);

      if (strcmp (part->type, "column") == 0)
        name = way_desk_get_field (row, part->id);
    }

  return name != NULL ? name : row->id;
}

/**
 * way_table_dup_picked:
 * @practice: a run of a desk with tables
 * @table: one of them
 * @question: of that table, which asks to pick rows
 *
 * Returns: (transfer full): which rows are picked, or how many are to be
 */
char *
way_table_dup_picked (WayPractice *practice,
                      const WayDeskRecord *table,
                      const WayDeskRecord *question)
{
  const char *reply = way_practice_get_reply (practice, table, question->id);
  g_auto (GStrv) ids = g_strsplit (reply != NULL ? reply : "", "+", -1);
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = way_table_get_n_picks (question);

  for (guint i = 0; ids[i] != NULL; i++)
    {
      const WayDeskRecord *row = way_practice_find_part (table, "row", ids[i]);

      if (row != NULL)
        g_string_append_printf (text, "%s%s", i > 0 ? ", " : "",
                                way_table_get_row_name (table, row));
    }
  if (text->len == 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Pick %u row of the table or the chart.",
                                         "Pick %u rows of the table or the chart.", n),
                            n);

  /* Translators: %s is what was picked, with commas between. */
  return g_strdup_printf (_ ("Picked: %s"), text->str);
}

/**
 * way_table_dup_progress:
 * @practice: a run of a desk with tables
 *
 * Returns: (transfer full): how many questions have an answer
 */
char *
way_table_dup_progress (WayPractice *practice)
{
  g_autoptr (GPtrArray) tables = NULL;
  guint answered = 0;
  guint out_of = 0;

  g_return_val_if_fail (WAY_IS_PRACTICE (practice), NULL);

  tables = way_practice_dup_records (practice, "table");
  for (guint i = 0; i < tables->len; i++)
    {
      const WayDeskRecord *table = g_ptr_array_index (tables, i);

      for (guint j = 0; j < table->parts->len; j++)
        {
          const WayDeskRecord *part = g_ptr_array_index (table->parts, j);

          if (strcmp (part->type, "question") != 0)
            continue;
          out_of++;
          answered += way_practice_is_settled (practice, table, part);
        }
    }

  /* Translators: how many of how many questions. */
  return g_strdup_printf (_ ("%u of %u answered"), answered, out_of);
}

/**
 * way_table_describe:
 * @practice: the run of the desk
 * @action: what was done
 * @target: a table
 * @value: (nullable)
 *
 * Returns: (nullable) (transfer full): a sentence for the debrief
 */
char *
way_table_describe (WayPractice *practice,
                    const char *action,
                    const WayDeskRecord *target,
                    const char *value)
{
  g_auto (GStrv) parts = g_strsplit (value != NULL ? value : "", "=", 2);
  const WayDeskRecord *question = way_table_is (target)
                                      ? way_practice_find_part (target, "question", parts[0])
                                      : NULL;
  const char *asked = question != NULL ? way_desk_get_field (question, "text") : NULL;
  const WayDeskRecord *part;

  if (!way_table_is (target))
    return NULL;
  if (strcmp (action, "sort") == 0)
    {
      g_auto (GStrv) words = g_strsplit (value != NULL ? value : "", " ", -1);

      part = way_practice_find_part (target, "column", words[0]);

      return part == NULL
                 ? NULL
                 : g_strdup_printf (_ ("You sorted by “%s”."), way_desk_get_field (part, "label"));
    }
  if (asked == NULL || parts[0] == NULL || parts[1] == NULL)
    return NULL;
  if (strcmp (action, "answer") == 0)
    /* Translators: a question, and the number that was given. */
    return g_strdup_printf (_ ("“%s” You gave %s."), asked, parts[1]);
  if (strcmp (action, "judge") == 0
      && (part = way_practice_find_part (question, "option", parts[1])) != NULL)
    /* Translators: a question, and the answer that was chosen. */
    return g_strdup_printf (_ ("“%s” You said: “%s”"), asked, way_desk_get_field (part, "text"));
  if ((part = way_practice_find_part (target, "row", parts[1])) == NULL)
    return NULL;
  if (strcmp (action, "pick") == 0)
    /* Translators: a question, and the row that was picked. */
    return g_strdup_printf (_ ("“%s” You picked %s."), asked,
                            way_table_get_row_name (target, part));
  if (strcmp (action, "unpick") == 0)
    return g_strdup_printf (_ ("You took back %s."), way_table_get_row_name (target, part));

  return NULL;
}
