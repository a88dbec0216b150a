/* way-responses.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assessment/way-scoring.h"

#include <math.h>
#include <string.h>

#include "assessment/way-expression.h"

#define SEPARATOR "\x1e"

/* White space folded and trimmed, and characters composed: what a person types twice
 * alike is the same. */
static char *
fold_text (const char *text)
{
  g_autofree char *composed = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);
  g_autoptr (GString) folded = g_string_new (NULL);
  gboolean is_space = FALSE;

  for (const char *c = composed != NULL ? composed : ""; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (g_unichar_isspace (character))
        {
          is_space = folded->len > 0;
          continue;
        }
      if (is_space)
        g_string_append_c (folded, ' ');
      is_space = FALSE;
      g_string_append_unichar (folded, character);
    }

  return g_string_free (g_steal_pointer (&folded), FALSE);
}

/* A number as people write it, such as “1,200”, in QTI's form; NULL if it is none. */
static char *
fold_number (const char *text, WayBaseType base_type)
{
  g_autofree char *plain = g_strstrip (g_strdup (text));
  g_autoptr (WayValue) value = NULL;
  double number;

  if (g_regex_match_simple ("^[+-]?[0-9]{1,3}(,[0-9]{3})+(\\.[0-9]+)?$", plain, 0, 0))
    {
      g_auto (GStrv) groups = g_strsplit (plain, ",", -1);

      g_free (plain);
      plain = g_strjoinv (NULL, groups);
    }

  value = way_value_new_text (WAY_BASE_FLOAT, plain);
  if (!way_value_get_number (value, &number))
    return NULL;
  if (base_type == WAY_BASE_INTEGER && number != floor (number))
    return NULL;

  return g_steal_pointer (&plain);
}

/* private: a response, or a right answer, in the form in which the two are compared, typed
 * as @declaration says */
WayValue *
way_response_fold (const WayDeclaration *declaration, const WayValue *given)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; !way_value_is_null (given) && i < given->texts->len; i++)
    {
      const char *text = given->texts->pdata[i];
      char *folded;

      /* The fields of a record have types of their own, and stay as they are. */
      switch (declaration->cardinality == WAY_CARDINALITY_RECORD ? WAY_BASE_IDENTIFIER
                                                                 : declaration->base_type)
        {
        case WAY_BASE_STRING:
          folded = fold_text (text);
          break;
        case WAY_BASE_INTEGER:
        case WAY_BASE_FLOAT:
          folded = fold_number (text, declaration->base_type);
          break;
        case WAY_BASE_IDENTIFIER:
        case WAY_BASE_BOOLEAN:
        case WAY_BASE_POINT:
        case WAY_BASE_PAIR:
        case WAY_BASE_DIRECTED_PAIR:
        case WAY_BASE_DURATION:
        default:
          folded = g_strdup (text);
          break;
        }
      if (folded != NULL)
        g_ptr_array_add (texts, folded);
    }
  g_ptr_array_add (texts, NULL);

  return way_value_new (declaration->base_type, declaration->cardinality,
                        (const char *const *) texts->pdata);
}

/**
 * way_responses_new:
 *
 * Returns: (transfer full) (element-type utf8 WayValue): an empty table of responses that
 *   owns its keys and values
 */
GHashTable *
way_responses_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) way_value_unref);
}

/**
 * way_responses_to_line:
 * @item: whose responses they are
 * @responses: (nullable): response identifier → WayValue
 *
 * Writes an answer for the log: every response that the item declares, in its order.
 *
 * Returns: (transfer full): the line
 */
char *
way_responses_to_line (const WayItem *item, GHashTable *responses)
{
  g_autoptr (GString) line = g_string_new (NULL);

  g_return_val_if_fail (item != NULL, NULL);

  for (guint i = 0; i < item->responses->len; i++)
    {
      const WayDeclaration *declaration = item->responses->pdata[i];
      WayValue *value = responses != NULL ? g_hash_table_lookup (responses, declaration->id) : NULL;
      g_autofree char *text = way_value_to_line (value);

      /* What separates the responses cannot be part of one. */
      g_strdelimit (text, SEPARATOR, ' ');
      g_string_append_printf (line, "%s%s=%s", i > 0 ? SEPARATOR : "", declaration->id, text);
    }

  return g_string_free (g_steal_pointer (&line), FALSE);
}

/**
 * way_responses_new_from_line:
 * @item: whose responses they are
 * @line: (nullable): what way_responses_to_line() wrote
 *
 * Reads an answer back. What @item does not declare is left out, so that a line from
 * another version of it is still read as far as it goes.
 *
 * Returns: (transfer full): the responses; those that were not given are missing
 */
GHashTable *
way_responses_new_from_line (const WayItem *item, const char *line)
{
  g_autoptr (GHashTable) responses = way_responses_new ();
  g_auto (GStrv) parts = g_strsplit (line != NULL ? line : "", SEPARATOR, -1);

  g_return_val_if_fail (item != NULL, NULL);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *equals = strchr (parts[i], '=');
      const WayDeclaration *declaration;
      g_autoptr (WayValue) value = NULL;

      if (equals == NULL)
        continue;
      *equals = '\0';
      declaration = way_item_find_response (item, parts[i]);
      if (declaration == NULL)
        continue;
      value = way_value_new_from_line (declaration->base_type, declaration->cardinality,
                                       equals + 1);
      if (!way_value_is_null (value))
        g_hash_table_replace (responses, g_strdup (declaration->id), g_steal_pointer (&value));
    }

  return g_steal_pointer (&responses);
}

/**
 * way_responses_find_builtin:
 * @id: an identifier
 *
 * Returns: (transfer none) (nullable): the declaration of duration (seconds) or numAttempts
 *   (this one included), which every item has
 */
const WayDeclaration *
way_responses_find_builtin (const char *id)
{
  static const WayDeclaration builtin[] = {
    { .id = (char *) "duration", .base_type = WAY_BASE_DURATION },
    { .id = (char *) "numAttempts", .base_type = WAY_BASE_INTEGER },
  };

  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (builtin); i++)
    if (g_str_equal (builtin[i].id, id))
      return &builtin[i];

  return NULL;
}
