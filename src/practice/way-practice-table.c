/* way-practice-table.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "practice/way-practice-table.h"

#include "practice/way-practice-private.h"

#include <math.h>
#include <string.h>

/* --- The table as it is written ----------------------------------------------------- */

/**
 * way_table_is:
 * @record: (nullable): what stands on a desk
 *
 * Returns: whether the record is a table
 */
gboolean
way_table_is (const WayDeskRecord *record)
{
  return record != NULL && strcmp (record->type, "table") == 0;
}

/**
 * way_table_find_column:
 * @id: (nullable): a column's id
 *
 * Returns: (nullable) (transfer none): the column
 */
const WayDeskRecord *
way_table_find_column (const WayDeskRecord *table, const char *id)
{
  g_return_val_if_fail (table != NULL, NULL);

  return way_practice_find_part (table, "column", id);
}

/**
 * way_table_is_number:
 * @column: a column
 *
 * Returns: whether numbers stand in it
 */
gboolean
way_table_is_number (const WayDeskRecord *column)
{
  g_return_val_if_fail (column != NULL, FALSE);

  return g_strcmp0 (way_desk_get_field (column, "kind"), "number") == 0;
}

static gboolean
read_number (const char *text, double *number)
{
  char *end = NULL;

  if (text == NULL || *text == '\0' || g_ascii_isspace (*text))
    return FALSE;
  *number = g_ascii_strtod (text, &end);

  return *end == '\0' && isfinite (*number);
}

/**
 * way_table_get_number:
 * @column: (nullable): a column's id
 * @number: (out): what stands there
 *
 * Returns: %FALSE where nothing stands: a missing point
 */
gboolean
way_table_get_number (const WayDeskRecord *row, const char *column, double *number)
{
  g_return_val_if_fail (row != NULL && number != NULL, FALSE);

  return column != NULL && read_number (way_desk_get_field (row, column), number);
}

/**
 * way_table_find_question:
 * @id: (nullable): a question's id
 *
 * Returns: (nullable) (transfer none): the question
 */
const WayDeskRecord *
way_table_find_question (const WayDeskRecord *table, const char *id)
{
  g_return_val_if_fail (table != NULL, NULL);

  return way_practice_find_part (table, "question", id);
}

static gboolean
asks (const WayDeskRecord *question, const char *kind)
{
  return question != NULL && g_strcmp0 (way_desk_get_field (question, "ask"), kind) == 0;
}

/**
 * way_table_get_n_picks:
 * @question: one that asks to pick
 *
 * Returns: how many rows belong to its answer
 */
guint
way_table_get_n_picks (const WayDeskRecord *question)
{
  const char *text = way_desk_get_field (question, "n");
  guint64 n = 1;

  if (text != NULL && !g_ascii_string_to_unsigned (text, 10, 1, 100, &n, NULL))
    n = 1;

  return (guint) n;
}

/**
 * way_table_dup_number:
 * @text: (nullable): as it was typed, with a point or a comma
 *
 * Returns: (nullable) (transfer full): the number as rules compare it, %NULL for what is
 *   no number
 */
char *
way_table_dup_number (const char *text)
{
  g_autofree char *plain = g_strdup (text != NULL ? text : "");
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  double number;

  g_strdelimit (g_strstrip (plain), ",", '.');
  if (strlen (plain) > 20 || strspn (plain, "+-.0123456789") != strlen (plain)
      || !read_number (plain, &number))
    return NULL;

  return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.10g", number + 0.0));
}

/* --- Where a run stands ------------------------------------------------------------- */

/* What was answered is kept beside the table, under a name that no record can have. */
static char *
make_place (const WayDeskRecord *table, const char *question)
{
  return g_strdup_printf ("%s/%s", table->id, question);
}

static char *
make_order_place (const WayDeskRecord *table)
{
  return g_strdup_printf ("%s order", table->id);
}

/**
 * way_practice_get_sort:
 * @is_down: (out) (optional): whether the greatest comes first
 *
 * Returns: (nullable) (transfer none): the column that the rows are sorted by; %NULL for the
 *   order of the file
 */
const char *
way_practice_get_sort (WayPractice *self, const WayDeskRecord *table, gboolean *is_down)
{
  g_autofree char *place = NULL;
  const char *state;

  g_return_val_if_fail (WAY_IS_PRACTICE (self) && table != NULL, NULL);

  place = make_order_place (table);
  state = way_practice_get_state (self, place);
  if (is_down != NULL)
    *is_down = g_strcmp0 (state, "down") == 0;

  return way_practice_get_state_value (self, place);
}

typedef struct
{
  const char *column;
  gboolean is_number;
  gboolean is_down;
} Order;

/* What is missing comes last, whichever way it goes. */
static int
compare_rows (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const WayDeskRecord *first = *(WayDeskRecord *const *) a;
  const WayDeskRecord *second = *(WayDeskRecord *const *) b;
  const Order *order = user_data;
  const char *one = way_desk_get_field (first, order->column);
  const char *other = way_desk_get_field (second, order->column);
  double x, y;
  int result;

  if (one == NULL || other == NULL)
    return (one == NULL) - (other == NULL);
  if (!order->is_number)
    result = g_utf8_collate (one, other);
  else if (read_number (one, &x) && read_number (other, &y))
    result = (x > y) - (x < y);
  else
    result = 0;
  if (result == 0)
    return first->line - second->line;

  return order->is_down ? -result : result;
}

/**
 * way_practice_dup_rows:
 * @table: a drawn table
 *
 * Returns: (transfer container) (element-type WayDeskRecord): its rows as they are sorted now
 */
GPtrArray *
way_practice_dup_rows (WayPractice *self, const WayDeskRecord *table)
{
  GPtrArray *rows;
  Order order = { NULL };

  g_return_val_if_fail (WAY_IS_PRACTICE (self) && table != NULL, NULL);

  rows = g_ptr_array_new ();
  for (guint i = 0; i < table->parts->len; i++)
    if (strcmp (((WayDeskRecord *) table->parts->pdata[i])->type, "row") == 0)
      g_ptr_array_add (rows, table->parts->pdata[i]);

  order.column = way_practice_get_sort (self, table, &order.is_down);
  if (order.column != NULL)
    {
      order.is_number = way_table_is_number (way_table_find_column (table, order.column));
      g_ptr_array_sort_with_data (rows, compare_rows, &order);
    }

  return rows;
}

/**
 * way_practice_get_reply:
 * @question: a question's id
 *
 * Returns: (nullable) (transfer none): what it was answered with: rows with "+" between in
 *   the order of the file, an option, a number; %NULL when nothing stands. Valid until the
 *   next action.
 */
const char *
way_practice_get_reply (WayPractice *self, const WayDeskRecord *table, const char *question)
{
  g_autofree char *place = NULL;
  const char *value;

  g_return_val_if_fail (WAY_IS_PRACTICE (self) && table != NULL && question != NULL, NULL);

  place = make_place (table, question);
  value = way_practice_get_state_value (self, place);

  return value != NULL && *value != '\0' ? value : NULL;
}

static char **
split_picks (WayPractice *self, const WayDeskRecord *table, const char *question)
{
  const char *reply = way_practice_get_reply (self, table, question);

  return g_strsplit (reply != NULL ? reply : "", "+", -1);
}

/**
 * way_practice_is_picked:
 * @question: id of a question that asks to pick
 * @row: a row's id
 *
 * Returns: whether the row stands in the answer
 */
gboolean
way_practice_is_picked (WayPractice *self,
                        const WayDeskRecord *table,
                        const char *question,
                        const char *row)
{
  g_auto (GStrv) picks = NULL;

  g_return_val_if_fail (WAY_IS_PRACTICE (self) && table != NULL && row != NULL, FALSE);

  picks = split_picks (self, table, question);

  return g_strv_contains ((const char *const *) picks, row);
}

/**
 * way_practice_is_settled:
 *
 * Returns: whether the question has a whole answer, right or not
 */
gboolean
way_practice_is_settled (WayPractice *self,
                         const WayDeskRecord *table,
                         const WayDeskRecord *question)
{
  g_auto (GStrv) picks = NULL;

  g_return_val_if_fail (WAY_IS_PRACTICE (self) && table != NULL && question != NULL, FALSE);

  if (!asks (question, "pick"))
    return way_practice_get_reply (self, table, question->id) != NULL;
  picks = split_picks (self, table, question->id);

  return g_strv_length (picks) == way_table_get_n_picks (question);
}

/**
 * way_practice_is_right:
 * @question: a question's id
 *
 * Returns: whether the answer that stands is one of those in the question's "answer"
 */
gboolean
way_practice_is_right (WayPractice *self, const WayDeskRecord *table, const char *question)
{
  const WayDeskRecord *asked;
  const char *reply;
  g_auto (GStrv) answers = NULL;

  g_return_val_if_fail (WAY_IS_PRACTICE (self) && way_table_is (table), FALSE);

  asked = way_table_find_question (table, question);
  reply = asked != NULL ? way_practice_get_reply (self, table, question) : NULL;
  if (reply == NULL || way_desk_get_field (asked, "answer") == NULL)
    return FALSE;
  answers = g_strsplit (way_desk_get_field (asked, "answer"), " ", -1);

  return g_strv_contains ((const char *const *) answers, reply);
}

/* --- What can be done --------------------------------------------------------------- */

/* Splits "question=thing"; @thing is what stands after the sign. */
static const WayDeskRecord *
read_value (const WayDeskRecord *table, const char *value, const char **thing)
{
  const char *sign = value != NULL ? strchr (value, '=') : NULL;
  g_autofree char *id = NULL;

  if (sign == NULL || !way_table_is (table))
    return NULL;
  id = g_strndup (value, sign - value);
  *thing = sign + 1;

  return way_table_find_question (table, id);
}

static gboolean
can_take (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return way_table_is (target) && value == NULL
         && way_practice_get_current_in (self, "table") != target;
}

static void
take (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  way_practice_hold (self, target);
}

static gboolean
can_sort (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  g_auto (GStrv) words = g_strsplit (value != NULL ? value : "", " ", -1);
  gboolean is_down;
  const char *now;

  if (!way_table_is (target) || words[0] == NULL || way_table_find_column (target, words[0]) == NULL
      || (words[1] != NULL && (strcmp (words[1], "down") != 0 || words[2] != NULL)))
    return FALSE;
  now = way_practice_get_sort (self, target, &is_down);

  return g_strcmp0 (now, words[0]) != 0 || is_down != (words[1] != NULL);
}

static void
sort (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  g_auto (GStrv) words = g_strsplit (value, " ", -1);
  g_autofree char *place = make_order_place (target);

  way_practice_push_state (self, place, words[1] != NULL ? "down" : "up", words[0]);
}

/* A table is dealt with once each of its questions has an answer. */
static void
settle (WayPractice *self, const WayDeskRecord *table)
{
  gboolean was_settled = way_practice_get_state (self, table->id) != NULL;
  gboolean is_settled = TRUE;

  for (guint i = 0; i < table->parts->len; i++)
    {
      const WayDeskRecord *part = g_ptr_array_index (table->parts, i);

      if (strcmp (part->type, "question") == 0 && !way_practice_is_settled (self, table, part))
        is_settled = FALSE;
    }
  if (is_settled && !was_settled)
    way_practice_push_state (self, table->id, "answered", NULL);
  else if (!is_settled && was_settled)
    way_practice_pop_state (self, table->id);
  way_practice_hold (self, table);
}

static void
reply (WayPractice *self,
       const WayDeskRecord *table,
       const WayDeskRecord *question,
       const char *state,
       const char *value)
{
  g_autofree char *place = make_place (table, question->id);

  way_practice_push_state (self, place, state, value);
  settle (self, table);
}

/* Where one row is asked for, another takes its place; of several there is room for no
 * more than that. */
static gboolean
can_pick (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  const char *row;
  const WayDeskRecord *question = read_value (target, value, &row);
  guint most;

  if (!asks (question, "pick") || way_practice_find_part (target, "row", row) == NULL
      || way_practice_is_picked (self, target, question->id, row))
    return FALSE;
  most = way_table_get_n_picks (question);

  return most == 1 || !way_practice_is_settled (self, target, question);
}

static void
change_picks (WayPractice *self, const WayDeskRecord *table, const char *value, gboolean is_added)
{
  const char *row;
  const WayDeskRecord *question = read_value (table, value, &row);
  gboolean is_one = way_table_get_n_picks (question) == 1;
  g_autoptr (GString) picks = g_string_new (NULL);

  for (guint i = 0; i < table->parts->len; i++)
    {
      const WayDeskRecord *part = g_ptr_array_index (table->parts, i);
      gboolean is_row = strcmp (part->type, "row") == 0;

      if (is_row && strcmp (part->id, row) == 0 ? !is_added
          : is_row                              ? (is_added && is_one)
                         || !way_practice_is_picked (self, table, question->id, part->id)
                   : TRUE)
        continue;
      if (picks->len > 0)
        g_string_append_c (picks, '+');
      g_string_append (picks, part->id);
    }
  reply (self, table, question, "picked", picks->str);
}

static void
pick (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  change_picks (self, target, value, TRUE);
}

static gboolean
can_unpick (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  const char *row;
  const WayDeskRecord *question = read_value (target, value, &row);

  return asks (question, "pick") && way_practice_is_picked (self, target, question->id, row);
}

static void
unpick (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  change_picks (self, target, value, FALSE);
}

static gboolean
can_judge (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  const char *option;
  const WayDeskRecord *question = read_value (target, value, &option);

  return asks (question, "judge") && way_practice_find_part (question, "option", option) != NULL
         && g_strcmp0 (way_practice_get_reply (self, target, question->id), option) != 0;
}

static void
judge (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  const char *option;
  const WayDeskRecord *question = read_value (target, value, &option);

  reply (self, target, question, "judged", option);
}

static gboolean
can_answer (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  const char *text;
  const WayDeskRecord *question = read_value (target, value, &text);
  g_autofree char *number = question != NULL ? way_table_dup_number (text) : NULL;

  return asks (question, "number") && number != NULL
         && g_strcmp0 (way_practice_get_reply (self, target, question->id), number) != 0;
}

static void
answer (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  const char *text;
  const WayDeskRecord *question = read_value (target, value, &text);
  g_autofree char *number = way_table_dup_number (text);

  reply (self, target, question, "answered", number);
}

static gboolean
can_undo (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  g_autofree char *place = NULL;

  if (!way_table_is (target) || way_table_find_question (target, value) == NULL)
    return FALSE;
  place = make_place (target, value);

  return way_practice_get_state (self, place) != NULL;
}

static void
undo (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  g_autofree char *place = make_place (target, value);

  way_practice_pop_state (self, place);
  settle (self, target);
}

static const WayVerb verbs[] = {
  { "take", can_take, NULL, take },    { "sort", can_sort, NULL, sort },
  { "pick", can_pick, NULL, pick },    { "unpick", can_unpick, NULL, unpick },
  { "judge", can_judge, NULL, judge }, { "answer", can_answer, NULL, answer },
  { "undo", can_undo, NULL, undo },    { NULL },
};

const WayPracticeApp way_practice_table_app = {
  .name = "table",
  .tasks = "table",
  .verbs = verbs,
  .is_one_by_one = TRUE,
  .check = way_practice_check_table,
};
