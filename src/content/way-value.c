/* way-value.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "content/way-value.h"

#include <math.h>
#include <string.h>

#define SEPARATOR "\x1f"

G_DEFINE_BOXED_TYPE (WayValue, way_value, way_value_ref, way_value_unref)

/* Reads the whole of @text as a number; C locale, no hexadecimal, no infinity. */
static gboolean
parse_number (const char *text, double *number)
{
  char *end = NULL;
  double parsed;

  while (g_ascii_isspace (*text))
    text++;
  if (text[0] == '\0' || strspn (text, "+-.0123456789eE") < strcspn (text, " \t\r\n"))
    return FALSE;

  parsed = g_ascii_strtod (text, &end);
  if (end == text || !isfinite (parsed))
    return FALSE;
  while (g_ascii_isspace (*end))
    end++;
  if (*end != '\0')
    return FALSE;

  if (number != NULL)
    *number = parsed;
  return TRUE;
}

static gboolean
is_identifier (const char *text)
{
  if (!g_ascii_isalpha (text[0]) && text[0] != '_')
    return FALSE;
  for (const char *c = text + 1; *c != '\0'; c++)
    {
      if (!g_ascii_isalnum (*c) && strchr ("._-", *c) == NULL)
        return FALSE;
    }

  return TRUE;
}

/* Splits "A B" at white space; NULL unless there are exactly two words. */
static char **
split_pair (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \t\r\n", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n = 0;

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (words[i][0] == '\0')
        continue;
      g_strv_builder_add (builder, words[i]);
      n++;
    }

  return n == 2 ? g_strv_builder_end (builder) : NULL;
}

static gboolean
texts_are_equal (WayBaseType base_type, const char *a, const char *b)
{
  double number_a;
  double number_b;

  switch (base_type)
    {
    case WAY_BASE_INTEGER:
    case WAY_BASE_FLOAT:
    case WAY_BASE_DURATION:
      if (parse_number (a, &number_a) && parse_number (b, &number_b))
        return number_a == number_b;
      return g_str_equal (a, b);

    case WAY_BASE_BOOLEAN:
      return (g_str_equal (a, "true") || g_str_equal (a, "1"))
             == (g_str_equal (b, "true") || g_str_equal (b, "1"));

    case WAY_BASE_POINT:
    case WAY_BASE_PAIR:
      case WAY_BASE_DIRECTED_PAIR: {
        g_auto (GStrv) pair_a = split_pair (a);
        g_auto (GStrv) pair_b = split_pair (b);

        if (pair_a == NULL || pair_b == NULL)
          return g_str_equal (a, b);
        if (g_str_equal (pair_a[0], pair_b[0]) && g_str_equal (pair_a[1], pair_b[1]))
          return TRUE;
        return base_type == WAY_BASE_PAIR && g_str_equal (pair_a[0], pair_b[1])
               && g_str_equal (pair_a[1], pair_b[0]);
      }

    case WAY_BASE_IDENTIFIER:
    case WAY_BASE_STRING:
    default:
      return g_str_equal (a, b);
    }
}

static gboolean
is_numeric (WayBaseType base_type)
{
  return base_type == WAY_BASE_INTEGER || base_type == WAY_BASE_FLOAT;
}

/* As many of one as of the other, in any order. */
static gboolean
bags_are_equal (const WayValue *a, const WayValue *b)
{
  g_autofree gboolean *is_taken = g_new0 (gboolean, b->texts->len);

  WayBaseType base_type = a->cardinality == WAY_CARDINALITY_RECORD ? WAY_BASE_STRING : a->base_type;

  for (guint i = 0; i < a->texts->len; i++)
    {
      guint j;

      for (j = 0; j < b->texts->len; j++)
        {
          if (!is_taken[j]
              && texts_are_equal (base_type, g_ptr_array_index (a->texts, i),
                                  g_ptr_array_index (b->texts, j)))
            break;
        }
      if (j == b->texts->len)
        return FALSE;
      is_taken[j] = TRUE;
    }

  return TRUE;
}

/**
 * way_value_new:
 * @base_type: what each text is
 * @cardinality: how they belong together
 * @texts: (nullable): NULL-terminated values in their QTI text form
 *
 * Makes a value. Empty texts are dropped, since QTI counts an empty string as NULL; of a
 * single value only the first text is kept.
 *
 * Returns: (transfer full): a new value
 */
WayValue *
way_value_new (WayBaseType base_type, WayCardinality cardinality, const char *const *texts)
{
  WayValue *self = g_new0 (WayValue, 1);

  g_atomic_ref_count_init (&self->refs);
  self->base_type = base_type;
  self->cardinality = cardinality;
  self->texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    {
      if (texts[i][0] == '\0')
        continue;
      if (cardinality == WAY_CARDINALITY_SINGLE && self->texts->len == 1)
        break;
      /* The separator of way_value_to_line() cannot be part of an answer. */
      g_ptr_array_add (self->texts, g_strdelimit (g_strdup (texts[i]), SEPARATOR, ' '));
    }

  return self;
}

/**
 * way_value_new_text:
 * @base_type: what the text is
 * @text: (nullable): the value in its QTI text form; NULL or "" for the NULL value
 *
 * Makes a single value.
 *
 * Returns: (transfer full): a new value
 */
WayValue *
way_value_new_text (WayBaseType base_type, const char *text)
{
  const char *texts[] = { text, NULL };

  return way_value_new (base_type, WAY_CARDINALITY_SINGLE, texts);
}

/**
 * way_value_new_float:
 * @number: a number; the NULL value results when it is not finite
 *
 * Makes a single float, written in the shortest form that reads back as the same number.
 *
 * Returns: (transfer full): a new value
 */
WayValue *
way_value_new_float (double number)
{
  static const char *const formats[] = { "%.15g", "%.16g", "%.17g" };
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (number))
    return way_value_new (WAY_BASE_FLOAT, WAY_CARDINALITY_SINGLE, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_ascii_formatd (text, sizeof text, formats[i], number);
      if (g_ascii_strtod (text, NULL) == number)
        break;
    }

  return way_value_new_text (WAY_BASE_FLOAT, text);
}

/**
 * way_value_ref:
 * @self: a value
 *
 * Returns: (transfer full): @self
 */
WayValue *
way_value_ref (WayValue *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);

  return self;
}

/**
 * way_value_unref:
 * @self: (transfer full): a value
 *
 * Gives up a reference.
 */
void
way_value_unref (WayValue *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_clear_pointer (&self->texts, g_ptr_array_unref);
  g_free (self);
}

/**
 * way_value_is_null:
 * @self: (nullable): a value
 *
 * Returns: whether it is QTI's NULL
 */
gboolean
way_value_is_null (const WayValue *self)
{
  return self == NULL || self->texts == NULL || self->texts->len == 0;
}

/**
 * way_value_get_text:
 * @self: (nullable): a value
 *
 * Returns: (nullable): the first text, or NULL for the NULL value
 */
const char *
way_value_get_text (const WayValue *self)
{
  return way_value_is_null (self) ? NULL : g_ptr_array_index (self->texts, 0);
}

/**
 * way_value_get_number:
 * @self: (nullable): a value
 * @number: (out) (optional): where the number goes
 *
 * Reads a single value as a number, in the C locale.
 *
 * Returns: FALSE when it is NULL, has several texts, or its text is not a finite number
 */
gboolean
way_value_get_number (const WayValue *self, double *number)
{
  if (way_value_is_null (self) || self->texts->len != 1)
    return FALSE;

  return parse_number (g_ptr_array_index (self->texts, 0), number);
}

/**
 * way_value_equal:
 * @a: (nullable): a value
 * @b: (nullable): another
 *
 * Compares as QTI's match does: ordered values by position, multiple ones as bags, pairs
 * without direction, numbers by what they are rather than how they are written. Two NULL
 * values are equal.
 *
 * Returns: whether both are the same
 */
gboolean
way_value_equal (const WayValue *a, const WayValue *b)
{
  if (way_value_is_null (a) || way_value_is_null (b))
    return way_value_is_null (a) && way_value_is_null (b);
  if (a->cardinality != b->cardinality || a->texts->len != b->texts->len)
    return FALSE;
  if (a->base_type != b->base_type && !(is_numeric (a->base_type) && is_numeric (b->base_type)))
    return FALSE;

  if (a->cardinality == WAY_CARDINALITY_MULTIPLE || a->cardinality == WAY_CARDINALITY_RECORD)
    return bags_are_equal (a, b);

  for (guint i = 0; i < a->texts->len; i++)
    {
      if (!texts_are_equal (a->base_type, g_ptr_array_index (a->texts, i),
                            g_ptr_array_index (b->texts, i)))
        return FALSE;
    }

  return TRUE;
}

/**
 * way_value_dup_field:
 * @field: its name, an identifier
 * @base_type: what @text is
 * @text: the value in its QTI text form
 *
 * Returns: (transfer full): how a field stands among the texts of a record
 */
char *
way_value_dup_field (const char *field, WayBaseType base_type, const char *text)
{
  g_return_val_if_fail (field != NULL && text != NULL, NULL);

  return g_strdup_printf ("%s %d %s", field, (int) base_type, text);
}

/**
 * way_value_get_field:
 * @self: (nullable): a record
 * @field: a name
 *
 * Returns: (transfer full) (nullable): the value of that field, or %NULL where it has none
 */
WayValue *
way_value_get_field (const WayValue *self, const char *field)
{
  g_return_val_if_fail (field != NULL, NULL);

  if (way_value_is_null (self) || self->cardinality != WAY_CARDINALITY_RECORD)
    return NULL;

  for (guint i = 0; i < self->texts->len; i++)
    {
      g_auto (GStrv) parts = g_strsplit (g_ptr_array_index (self->texts, i), " ", 3);
      guint64 type;

      /* What comes from a log may be damaged. */
      if (g_strv_length (parts) == 3 && g_str_equal (parts[0], field)
          && g_ascii_string_to_unsigned (parts[1], 10, 0, WAY_BASE_DURATION, &type, NULL))
        return way_value_new_text ((WayBaseType) type, parts[2]);
    }

  return NULL;
}

/**
 * way_value_to_line:
 * @self: (nullable): a value
 *
 * Writes the values joined by U+001F, for the log.
 *
 * Returns: (transfer full): the line; "" for the NULL value
 */
char *
way_value_to_line (const WayValue *self)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint i = 0; !way_value_is_null (self) && i < self->texts->len; i++)
    {
      if (i > 0)
        g_string_append (line, SEPARATOR);
      g_string_append (line, g_ptr_array_index (self->texts, i));
    }

  return g_string_free (g_steal_pointer (&line), FALSE);
}

/**
 * way_value_new_from_line:
 * @base_type: what each text is
 * @cardinality: how they belong together
 * @line: (nullable): what way_value_to_line() wrote
 *
 * Returns: (transfer full): the value that was written
 */
WayValue *
way_value_new_from_line (WayBaseType base_type, WayCardinality cardinality, const char *line)
{
  g_auto (GStrv) texts = NULL;

  if (line == NULL || line[0] == '\0')
    return way_value_new (base_type, cardinality, NULL);

  texts = g_strsplit (line, SEPARATOR, -1);

  return way_value_new (base_type, cardinality, (const char *const *) texts);
}

/**
 * way_value_accepts:
 * @base_type: a base type
 * @text: a text from outside
 *
 * Returns: whether @text is a value of @base_type in QTI's text form
 */
gboolean
way_value_accepts (WayBaseType base_type, const char *text)
{
  g_return_val_if_fail (text != NULL, FALSE);

  switch (base_type)
    {
    case WAY_BASE_IDENTIFIER:
      return is_identifier (text);

    case WAY_BASE_BOOLEAN:
      return g_str_equal (text, "true") || g_str_equal (text, "false") || g_str_equal (text, "1")
             || g_str_equal (text, "0");

    case WAY_BASE_INTEGER:
      return parse_number (text, NULL) && strpbrk (text, ".eE") == NULL;

    case WAY_BASE_FLOAT:
    case WAY_BASE_DURATION:
      return parse_number (text, NULL);

    case WAY_BASE_POINT:
    case WAY_BASE_PAIR:
      case WAY_BASE_DIRECTED_PAIR: {
        g_auto (GStrv) pair = split_pair (text);
        WayBaseType half = base_type == WAY_BASE_POINT ? WAY_BASE_INTEGER : WAY_BASE_IDENTIFIER;

        return pair != NULL && way_value_accepts (half, pair[0])
               && way_value_accepts (half, pair[1]);
      }

    case WAY_BASE_STRING:
    default:
      return TRUE;
    }
}

/**
 * way_point_parse:
 * @text: a point in its QTI text form
 * @x: (out): from the left
 * @y: (out): from the top
 *
 * Returns: FALSE when it is none
 */
gboolean
way_point_parse (const char *text, double *x, double *y)
{
  g_auto (GStrv) pair = NULL;

  g_return_val_if_fail (text != NULL, FALSE);

  pair = split_pair (text);

  return pair != NULL && parse_number (pair[0], x) && parse_number (pair[1], y);
}
