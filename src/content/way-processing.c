/* way-processing.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "content/way-reader.h"

#include <string.h>

#include "way-content-resources.h"

#define TEMPLATE_PATH "/io/github/waymark_skills/Waymark/templates/"

/* Where an element of response processing may stand. */
typedef enum
{
  IS_RULE,          /* in the processing itself, or after a condition */
  IS_BRANCH,        /* directly in a response-condition */
  IS_EXPRESSION,    /* has a value */
  IS_TEMPLATE_RULE, /* the same in template processing */
  IS_TEMPLATE_BRANCH,
} Role;

/* What its identifier must name. */
typedef enum
{
  NAMES_NOTHING,
  NAMES_VARIABLE,
  NAMES_OUTCOME,
  NAMES_CORRECT, /* a response with a correct value */
  NAMES_MAPPING, /* a response with a mapping */
  NAMES_AREAS,   /* a response with an area mapping */
  NAMES_TABLE,   /* an outcome with a table */
  NAMES_TEMPLATE,
  NAMES_RESPONSE,
} Names;

#define ANY_NUMBER 1000

typedef struct
{
  const char *name;
  Role role;
  guint min; /* children */
  guint max;
  Names names;
} Rule;

static const Rule rules[] = {
  { "response-condition", IS_RULE, 1, ANY_NUMBER, NAMES_NOTHING },
  { "set-outcome-value", IS_RULE, 1, 1, NAMES_OUTCOME },
  { "lookup-outcome-value", IS_RULE, 1, 1, NAMES_TABLE },
  { "response-processing-fragment", IS_RULE, 0, ANY_NUMBER, NAMES_NOTHING },
  { "exit-response", IS_RULE, 0, 0, NAMES_NOTHING },
  { "set-template-value", IS_TEMPLATE_RULE, 1, 1, NAMES_TEMPLATE },
  { "set-correct-response", IS_TEMPLATE_RULE, 1, 1, NAMES_RESPONSE },
  { "set-default-value", IS_TEMPLATE_RULE, 1, 1, NAMES_VARIABLE },
  { "template-constraint", IS_TEMPLATE_RULE, 1, 1, NAMES_NOTHING },
  { "template-condition", IS_TEMPLATE_RULE, 1, ANY_NUMBER, NAMES_NOTHING },
  { "exit-template", IS_TEMPLATE_RULE, 0, 0, NAMES_NOTHING },
  { "template-if", IS_TEMPLATE_BRANCH, 1, ANY_NUMBER, NAMES_NOTHING },
  { "template-else-if", IS_TEMPLATE_BRANCH, 1, ANY_NUMBER, NAMES_NOTHING },
  { "template-else", IS_TEMPLATE_BRANCH, 0, ANY_NUMBER, NAMES_NOTHING },
  { "response-if", IS_BRANCH, 1, ANY_NUMBER, NAMES_NOTHING },
  { "response-else-if", IS_BRANCH, 1, ANY_NUMBER, NAMES_NOTHING },
  { "response-else", IS_BRANCH, 0, ANY_NUMBER, NAMES_NOTHING },
  { "base-value", IS_EXPRESSION, 0, 0, NAMES_NOTHING },
  { "variable", IS_EXPRESSION, 0, 0, NAMES_VARIABLE },
  { "default", IS_EXPRESSION, 0, 0, NAMES_VARIABLE },
  { "correct", IS_EXPRESSION, 0, 0, NAMES_CORRECT },
  { "map-response", IS_EXPRESSION, 0, 0, NAMES_MAPPING },
  { "map-response-point", IS_EXPRESSION, 0, 0, NAMES_AREAS },
  { "inside", IS_EXPRESSION, 1, 1, NAMES_NOTHING },
  { "field-value", IS_EXPRESSION, 1, 1, NAMES_NOTHING },
  { "random", IS_EXPRESSION, 1, 1, NAMES_NOTHING },
  { "random-integer", IS_EXPRESSION, 0, 0, NAMES_NOTHING },
  { "random-float", IS_EXPRESSION, 0, 0, NAMES_NOTHING },
  { "null", IS_EXPRESSION, 0, 0, NAMES_NOTHING },
  { "match", IS_EXPRESSION, 2, 2, NAMES_NOTHING },
  { "string-match", IS_EXPRESSION, 2, 2, NAMES_NOTHING },
  { "pattern-match", IS_EXPRESSION, 1, 1, NAMES_NOTHING },
  { "equal", IS_EXPRESSION, 2, 2, NAMES_NOTHING },
  { "equal-rounded", IS_EXPRESSION, 2, 2, NAMES_NOTHING },
  { "lt", IS_EXPRESSION, 2, 2, NAMES_NOTHING },
  { "lte", IS_EXPRESSION, 2, 2, NAMES_NOTHING },
  { "gt", IS_EXPRESSION, 2, 2, NAMES_NOTHING },
  { "gte", IS_EXPRESSION, 2, 2, NAMES_NOTHING },
  { "and", IS_EXPRESSION, 1, ANY_NUMBER, NAMES_NOTHING },
  { "or", IS_EXPRESSION, 1, ANY_NUMBER, NAMES_NOTHING },
  { "not", IS_EXPRESSION, 1, 1, NAMES_NOTHING },
  { "any-n", IS_EXPRESSION, 1, ANY_NUMBER, NAMES_NOTHING },
  { "is-null", IS_EXPRESSION, 1, 1, NAMES_NOTHING },
  { "sum", IS_EXPRESSION, 1, ANY_NUMBER, NAMES_NOTHING },
  { "product", IS_EXPRESSION, 1, ANY_NUMBER, NAMES_NOTHING },
  { "subtract", IS_EXPRESSION, 2, 2, NAMES_NOTHING },
  { "divide", IS_EXPRESSION, 2, 2, NAMES_NOTHING },
  { "power", IS_EXPRESSION, 2, 2, NAMES_NOTHING },
  { "integer-divide", IS_EXPRESSION, 2, 2, NAMES_NOTHING },
  { "integer-modulus", IS_EXPRESSION, 2, 2, NAMES_NOTHING },
  { "min", IS_EXPRESSION, 1, ANY_NUMBER, NAMES_NOTHING },
  { "max", IS_EXPRESSION, 1, ANY_NUMBER, NAMES_NOTHING },
  { "round", IS_EXPRESSION, 1, 1, NAMES_NOTHING },
  { "truncate", IS_EXPRESSION, 1, 1, NAMES_NOTHING },
  { "integer-to-float", IS_EXPRESSION, 1, 1, NAMES_NOTHING },
  { "multiple", IS_EXPRESSION, 0, ANY_NUMBER, NAMES_NOTHING },
  { "ordered", IS_EXPRESSION, 0, ANY_NUMBER, NAMES_NOTHING },
  { "index", IS_EXPRESSION, 1, 1, NAMES_NOTHING },
  { "member", IS_EXPRESSION, 2, 2, NAMES_NOTHING },
  { "contains", IS_EXPRESSION, 2, 2, NAMES_NOTHING },
  { "substring", IS_EXPRESSION, 2, 2, NAMES_NOTHING },
  { "delete", IS_EXPRESSION, 2, 2, NAMES_NOTHING },
  { "container-size", IS_EXPRESSION, 1, 1, NAMES_NOTHING },
  { "repeat", IS_EXPRESSION, 1, ANY_NUMBER, NAMES_NOTHING },
  { "round-to", IS_EXPRESSION, 1, 1, NAMES_NOTHING },
  { "gcd", IS_EXPRESSION, 1, ANY_NUMBER, NAMES_NOTHING },
  { "lcm", IS_EXPRESSION, 1, ANY_NUMBER, NAMES_NOTHING },
  { "math-constant", IS_EXPRESSION, 0, 0, NAMES_NOTHING },
  { "math-operator", IS_EXPRESSION, 1, 2, NAMES_NOTHING },
  { "stats-operator", IS_EXPRESSION, 1, 1, NAMES_NOTHING },
  { "duration-lt", IS_EXPRESSION, 2, 2, NAMES_NOTHING },
  { "duration-gte", IS_EXPRESSION, 2, 2, NAMES_NOTHING },
};

/* A file with rules: the item's own, or a template in its place. */
typedef struct
{
  WayXml *xml;
  WayItem *item;
  gboolean is_template;
} RuleReader;

static WayExpression *read_rule (RuleReader *self, xmlNode *element, const Rule *rule);

static const char *
get_name (const xmlNode *element)
{
  const char *name = (const char *) element->name;

  return g_str_has_prefix (name, "qti-") ? name + strlen ("qti-") : name;
}

static const Rule *
find_rule (const xmlNode *element)
{
  if (!g_str_has_prefix ((const char *) element->name, "qti-"))
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      if (g_str_equal (get_name (element), rules[i].name))
        return &rules[i];
    }

  return NULL;
}

static void
check_name (RuleReader *self, xmlNode *element, const Rule *rule)
{
  static const char *const builtin[] = { "completionStatus", "duration", "numAttempts", NULL };
  g_autofree char *id = NULL;
  const WayDeclaration *response;
  const WayDeclaration *outcome;

  if (rule->names == NAMES_NOTHING)
    return;

  id = way_xml_require (self->xml, element, "identifier");
  if (id[0] == '\0')
    return;

  response = way_item_find_response (self->item, id);
  switch (rule->names)
    {
    case NAMES_VARIABLE:
      if (response == NULL && way_item_find_outcome (self->item, id) == NULL
          && way_item_find_template (self->item, id) == NULL && !g_strv_contains (builtin, id))
        way_xml_report (self->xml, element, "variable “%s” is not declared", id);
      break;
    case NAMES_OUTCOME:
      if (way_item_find_outcome (self->item, id) == NULL && !g_str_equal (id, "completionStatus"))
        way_xml_report (self->xml, element, "outcome “%s” is not declared", id);
      break;
    case NAMES_TABLE:
      outcome = way_item_find_outcome (self->item, id);
      if (outcome == NULL)
        way_xml_report (self->xml, element, "outcome “%s” is not declared", id);
      else if (outcome->table == NULL)
        way_xml_report (self->xml, element, "outcome “%s” has no table", id);
      break;
    case NAMES_TEMPLATE:
      if (way_item_find_template (self->item, id) == NULL)
        way_xml_report (self->xml, element, "template variable “%s” is not declared", id);
      break;
    case NAMES_RESPONSE:
      if (response == NULL)
        way_xml_report (self->xml, element, "response “%s” is not declared", id);
      break;
    case NAMES_AREAS:
      if (response == NULL)
        way_xml_report (self->xml, element, "response “%s” is not declared", id);
      else if (response->areas == NULL)
        way_xml_report (self->xml, element, "response “%s” has no area mapping", id);
      break;
    case NAMES_CORRECT:
      if (response == NULL)
        way_xml_report (self->xml, element, "response “%s” is not declared", id);
      else if (response->correct == NULL && self->item->template_processing == NULL)
        way_xml_note (self->xml, element, "response “%s” has no correct value", id);
      break;
    case NAMES_MAPPING:
      if (response == NULL)
        way_xml_report (self->xml, element, "response “%s” is not declared", id);
      else if (response->mapping == NULL)
        way_xml_report (self->xml, element, "response “%s” has no mapping", id);
      break;
    case NAMES_NOTHING:
    default:
      break;
    }
}

static void
read_attributes (WayExpression *expression, xmlNode *element)
{
  for (xmlAttr *attribute = element->properties; attribute != NULL; attribute = attribute->next)
    {
      const char *name = (const char *) attribute->name;

      if (attribute->ns == NULL)
        g_hash_table_insert (expression->attributes, g_strdup (name), way_xml_get (element, name));
    }
}

static void
read_base_value (RuleReader *self, WayExpression *expression, xmlNode *element)
{
  WayBaseType base_type = way_base_type_find (self->xml, element);
  g_autofree char *text = way_xml_dup_text (self->xml, element);

  if (!way_value_accepts (base_type, text))
    way_xml_report (self->xml, element, "“%s” is not a value of type %s", text,
                    (const char *) g_hash_table_lookup (expression->attributes, "base-type"));
  expression->value = way_value_new_text (base_type, text);
}

/* The if that begins a condition. */
static gboolean
is_first_branch (const Rule *rule)
{
  return g_str_equal (rule->name, "response-if") || g_str_equal (rule->name, "template-if");
}

/* Whether @child may be child number @n of @parent; NULL is the processing itself. */
static gboolean
is_allowed (const RuleReader *self, const Rule *parent, const Rule *child, guint n)
{
  Role rule = self->is_template ? IS_TEMPLATE_RULE : IS_RULE;
  Role branch = self->is_template ? IS_TEMPLATE_BRANCH : IS_BRANCH;

  if (parent == NULL || g_str_equal (parent->name, "response-processing-fragment"))
    return child->role == rule;
  if (g_str_has_suffix (parent->name, "-condition"))
    return child->role == branch && (n == 0) == is_first_branch (child);
  if (parent->role == branch && g_str_has_suffix (parent->name, "-else"))
    return child->role == rule;
  if (parent->role == branch)
    return child->role == (n == 0 ? IS_EXPRESSION : rule);

  return child->role == IS_EXPRESSION;
}

static void
read_children (RuleReader *self, WayExpression *expression, xmlNode *element, const Rule *parent)
{
  gboolean is_complete = FALSE;

  for (xmlNode *child = way_xml_first (self->xml, element); child != NULL;
       child = way_xml_next (self->xml, child))
    {
      const Rule *rule = find_rule (child);

      if (rule == NULL)
        {
          way_xml_report (self->xml, child, "<%s> is not supported", (const char *) child->name);
          continue;
        }
      if (is_complete || !is_allowed (self, parent, rule, expression->children->len))
        {
          way_xml_report (self->xml, child, "<%s> is not allowed here", (const char *) child->name);
          continue;
        }
      is_complete = g_str_equal (rule->name, "response-else")
                    || g_str_equal (rule->name, "template-else");
      g_ptr_array_add (expression->children, read_rule (self, child, rule));
    }
}

static WayExpression *
read_rule (RuleReader *self, xmlNode *element, const Rule *rule)
{
  WayExpression *expression = way_expression_new (rule->name,
                                                  way_xml_get_line (self->xml, element));
  guint n;

  read_attributes (expression, element);
  check_name (self, element, rule);
  if (g_str_equal (rule->name, "base-value"))
    {
      read_base_value (self, expression, element);
      return expression;
    }

  read_children (self, expression, element, rule);
  n = expression->children->len;
  if (n < rule->min || n > rule->max)
    way_xml_report (self->xml, element, "<%s> holds %u parts and needs %s %u",
                    (const char *) element->name, n, n < rule->min ? "at least" : "at most",
                    n < rule->min ? rule->min : rule->max);

  return expression;
}

static WayExpression *
read_rules (RuleReader *self, xmlNode *element)
{
  const char *name = self->is_template ? "template-processing" : "response-processing";
  WayExpression *processing = way_expression_new (name, way_xml_get_line (self->xml, element));

  read_children (self, processing, element, NULL);

  return processing;
}

/* The rules of the template at @uri, as if they stood in the item: the standard ones are
 * carried as the rules they stand for. */
static WayExpression *
read_template (RuleReader *self, xmlNode *element, const char *uri)
{
  g_autofree char *base = g_path_get_basename (uri);
  g_autofree char *name = g_str_has_suffix (base, ".xml") ? g_strndup (base, strlen (base) - 4)
                                                          : g_strdup (base);
  g_autofree char *path = g_strconcat (TEMPLATE_PATH, name, ".xml", NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (WayXml) xml = NULL;
  RuleReader reader = { 0 };

  bytes = g_resource_lookup_data (way_content_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE,
                                  NULL);
  if (bytes == NULL)
    {
      way_xml_report (self->xml, element, "the response processing template “%s” is not supported",
                      name);
      return NULL;
    }

  xml = way_xml_new (bytes, self->xml->path, self->xml->problems, NULL);
  g_assert (xml != NULL);
  xml->line = way_xml_get_line (self->xml, element);
  reader.xml = xml;
  reader.item = self->item;

  return read_rules (&reader, way_xml_get_root (xml, WAY_NS_QTI, "qti-response-processing"));
}

/**
 * way_processing_read:
 * @xml: the file
 * @item: the item, with its declarations
 * @element: its <qti-response-processing>
 *
 * Reads the rules; a standard template is expanded to the rules it stands for.
 *
 * Returns: (transfer full) (nullable): the rules, or NULL after a report
 */
WayExpression *
way_processing_read (WayXml *xml, WayItem *item, xmlNode *element)
{
  g_autofree char *uri = way_xml_get (element, "template");
  RuleReader reader = { xml, item, FALSE };

  if (uri == NULL || uri[0] == '\0')
    return read_rules (&reader, element);

  if (xmlFirstElementChild (element) != NULL)
    way_xml_report (xml, element, "response processing has both a template and rules");

  return read_template (&reader, element, uri);
}

/**
 * way_template_processing_read:
 * @xml: the file
 * @item: the item, with its declarations
 * @element: its <qti-template-processing>
 *
 * Returns: (transfer full): the rules by which an item is made anew for each person
 */
WayExpression *
way_template_processing_read (WayXml *xml, WayItem *item, xmlNode *element)
{
  RuleReader reader = { xml, item, TRUE };

  return read_rules (&reader, element);
}
