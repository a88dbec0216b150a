/* scoring-fixture.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <math.h>
#include <string.h>

#include "assessment/way-expression.h"
#include "assessment/way-scoring.h"
#include "content/way-pack.h"

/* What the tests of scoring share: items written in a line or two. */

#define DECLARE(id, cardinality, type, inside)                                                     \
  "<qti-response-declaration identifier='" id "' cardinality='" cardinality "' base-type='" type   \
  "'>" inside "</qti-response-declaration>"
#define CORRECT(values) "<qti-correct-response>" values "</qti-correct-response>"
#define VALUE(text) "<qti-value>" text "</qti-value>"
#define OUTCOME(id, type)                                                                          \
  "<qti-outcome-declaration identifier='" id "' cardinality='single' base-type='" type "'/>"
#define CHOICES(response, most)                                                                    \
  "<qti-choice-interaction response-identifier='" response "' max-choices='" most "'>"             \
  "<qti-prompt>Which?</qti-prompt>"                                                                \
  "<qti-simple-choice identifier='a'>A</qti-simple-choice>"                                        \
  "<qti-simple-choice identifier='b'>B</qti-simple-choice>"                                        \
  "<qti-simple-choice identifier='c'>C</qti-simple-choice></qti-choice-interaction>"
#define ENTRY(response)                                                                            \
  "<p>Say <qti-text-entry-interaction response-identifier='" response "'/></p>"

static inline WayItem *
make_item (const char *declarations, const char *body, const char *rest)
{
  g_autofree char *xml = g_strdup_printf (
      "<qti-assessment-item xmlns='http://www.imsglobal.org/xsd/imsqtiasi_v3p0' identifier='T1' "
      "title='Test' adaptive='false' time-dependent='false' xml:lang='en-GB'>%s"
      "<qti-item-body>%s</qti-item-body>%s</qti-assessment-item>",
      declarations, body, rest);
  g_autoptr (GBytes) bytes = g_bytes_new (xml, strlen (xml));
  g_autoptr (GError) error = NULL;
  WayItem *item = way_item_new_from_bytes (bytes, "test.xml", &error);

  g_assert_no_error (error);

  return item;
}

/* An item that declares one of everything the expressions below look up. */
static inline WayItem *
make_lookup_item (void)
{
  return make_item (
      DECLARE ("ONE", "single", "identifier", CORRECT (VALUE ("b"))) DECLARE (
          "MANY", "multiple", "identifier",
          CORRECT (VALUE ("a") VALUE (
              "c")) "<qti-mapping default-value='-0.25' lower-bound='0' upper-bound='1'>"
                    "<qti-map-entry map-key='a' mapped-value='0.5'/>"
                    "<qti-map-entry map-key='c' mapped-value='0.75'/></qti-mapping>")
          DECLARE ("WORD", "single", "string",
                   "<qti-mapping default-value='0'>"
                   "<qti-map-entry map-key='blood  pressure' mapped-value='1'/>"
                   "<qti-map-entry map-key='BP' mapped-value='0.5' case-sensitive='true'/>"
                   "</qti-mapping>") DECLARE ("NUMBER", "single", "float", CORRECT (VALUE ("1200")))
              DECLARE ("WHOLE", "single", "integer", CORRECT (VALUE ("5")))
                  DECLARE ("EMPTY", "single", "identifier",
                           CORRECT (VALUE ("a"))) "<qti-outcome-declaration identifier='SCORE' "
                                                  "cardinality='single' base-type='float'>"
                                                  "<qti-default-value><qti-value>0.5</qti-value></"
                                                  "qti-default-value></qti-outcome-declaration>",
      CHOICES ("ONE", "1") CHOICES ("MANY", "0") CHOICES ("EMPTY", "1") ENTRY ("WORD")
          ENTRY ("NUMBER") ENTRY ("WHOLE"),
      "");
}

static inline void
put (GHashTable *responses,
     const char *id,
     WayBaseType type,
     WayCardinality cardinality,
     const char *line)
{
  g_auto (GStrv) texts = g_strsplit (line, "|", -1);

  g_hash_table_replace (responses, g_strdup (id),
                        way_value_new (type, cardinality, (const char *const *) texts));
}

/* "integer 3", "multiple identifier a b", "NULL" */
static inline char *
describe (const WayValue *value)
{
  g_autoptr (GString) text = NULL;

  if (way_value_is_null (value))
    return g_strdup ("NULL");

  text = g_string_new (value->cardinality == WAY_CARDINALITY_MULTIPLE  ? "multiple"
                       : value->cardinality == WAY_CARDINALITY_ORDERED ? "ordered"
                                                                       : NULL);
  if (value->cardinality == WAY_CARDINALITY_SINGLE && value->base_type == WAY_BASE_FLOAT)
    g_string_append (text, "float");
  for (guint i = 0; i < value->texts->len; i++)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "",
                            (const char *) value->texts->pdata[i]);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Expressions are written as "(gt float:3 (sum int:1 int:1))": an element and its
 * attributes as name=value, and base values as type:text. */
typedef struct
{
  const char *at;
} Reader;

static inline void
expression_free (gpointer data)
{
  WayExpression *self = data;

  g_free (self->name);
  g_hash_table_unref (self->attributes);
  g_clear_pointer (&self->value, way_value_unref);
  g_ptr_array_unref (self->children);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayExpression, expression_free)

static inline WayExpression *
expression_new (const char *name)
{
  WayExpression *self = g_new0 (WayExpression, 1);

  self->name = g_strdup (name);
  self->line = 7;
  self->attributes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->children = g_ptr_array_new_with_free_func (expression_free);

  return self;
}

static inline char *
read_word (Reader *reader)
{
  const char *start;

  while (*reader->at == ' ')
    reader->at++;
  start = reader->at;
  while (*reader->at != '\0' && strchr (" ()", *reader->at) == NULL)
    reader->at++;

  return g_strndup (start, reader->at - start);
}

/* In a word, "_" stands for a space. */
static inline WayExpression *
read_base_value (char *word)
{
  static const struct
  {
    const char *prefix;
    WayBaseType type;
  } types[] = {
    { "int:", WAY_BASE_INTEGER },         { "float:", WAY_BASE_FLOAT },
    { "id:", WAY_BASE_IDENTIFIER },       { "str:", WAY_BASE_STRING },
    { "bool:", WAY_BASE_BOOLEAN },        { "pair:", WAY_BASE_PAIR },
    { "dpair:", WAY_BASE_DIRECTED_PAIR }, { "time:", WAY_BASE_DURATION },
  };
  WayExpression *self = expression_new ("base-value");

  g_strdelimit (word, "_", ' ');
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_has_prefix (word, types[i].prefix))
      self->value = way_value_new_text (types[i].type, word + strlen (types[i].prefix));
  g_assert_nonnull (self->value);

  return self;
}

static inline WayExpression *
read_expression (Reader *reader)
{
  WayExpression *self;
  g_autofree char *name = NULL;

  while (*reader->at == ' ')
    reader->at++;
  if (*reader->at != '(')
    {
      g_autofree char *word = read_word (reader);

      return read_base_value (word);
    }

  reader->at++;
  name = read_word (reader);
  self = expression_new (name);
  for (;;)
    {
      const char *before;
      g_autofree char *word = NULL;
      char *equals;

      while (*reader->at == ' ')
        reader->at++;
      if (*reader->at == ')')
        break;
      g_assert_cmpint (*reader->at, !=, '\0');
      before = reader->at;
      word = read_word (reader);
      equals = strchr (word, '=');
      if (equals == NULL)
        {
          reader->at = before;
          g_ptr_array_add (self->children, read_expression (reader));
          continue;
        }
      *equals = '\0';
      g_hash_table_replace (self->attributes, g_strdup (word),
                            g_strdelimit (g_strdup (equals + 1), "_", ' '));
    }
  reader->at++;

  return self;
}

static inline WayExpression *
parse (const char *text)
{
  Reader reader = { text };

  return read_expression (&reader);
}
