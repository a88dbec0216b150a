/* way-scorm-question.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/way-scorm-private.h"

#include <math.h>
#include <string.h>

/* The rules and expressions that score.js knows; its list is held to this one by a test. */
static const char *const rules[] = {
  "response-processing", "response-condition", "response-if",
  "response-else-if",    "response-else",      "response-processing-fragment",
  "set-outcome-value",   "exit-response",      NULL
};
static const char *const expressions[] = {
  "and",          "any-n",    "base-value", "container-size", "contains", "correct",
  "equal",        "gt",       "gte",        "is-null",        "lt",       "lte",
  "map-response", "match",    "max",        "member",         "min",      "multiple",
  "not",          "null",     "or",         "ordered",        "product",  "string-match",
  "substring",    "subtract", "sum",        "variable",       NULL,
};

/* What question.js shows. */
static gboolean
can_show (WayInteractionType type)
{
  switch (type)
    {
    case WAY_INTERACTION_CHOICE:
    case WAY_INTERACTION_ORDER:
    case WAY_INTERACTION_MATCH:
    case WAY_INTERACTION_GAP_MATCH:
    case WAY_INTERACTION_INLINE_CHOICE:
    case WAY_INTERACTION_TEXT_ENTRY:
    case WAY_INTERACTION_EXTENDED_TEXT:
    case WAY_INTERACTION_HOTTEXT:
    case WAY_INTERACTION_HOTSPOT:
    case WAY_INTERACTION_SLIDER:
      return TRUE;
    case WAY_INTERACTION_ASSOCIATE:
    case WAY_INTERACTION_GRAPHIC_ORDER:
    case WAY_INTERACTION_GRAPHIC_ASSOCIATE:
    case WAY_INTERACTION_GRAPHIC_GAP_MATCH:
    case WAY_INTERACTION_SELECT_POINT:
    case WAY_INTERACTION_POSITION_OBJECT:
    case WAY_INTERACTION_END_ATTEMPT:
    case WAY_INTERACTION_MEDIA:
    case WAY_INTERACTION_DESK:
    default:
      return FALSE;
    }
}

static const char *
get_base_type (WayBaseType type)
{
  static const char *const names[] = {
    [WAY_BASE_IDENTIFIER] = "identifier",
    [WAY_BASE_BOOLEAN] = "boolean",
    [WAY_BASE_INTEGER] = "integer",
    [WAY_BASE_FLOAT] = "float",
    [WAY_BASE_STRING] = "string",
    [WAY_BASE_POINT] = "point",
    [WAY_BASE_PAIR] = "pair",
    [WAY_BASE_DIRECTED_PAIR] = "directedPair",
    [WAY_BASE_DURATION] = "duration",
  };

  return names[type];
}

static const char *
get_cardinality (WayCardinality cardinality)
{
  static const char *const names[] = {
    [WAY_CARDINALITY_SINGLE] = "single",
    [WAY_CARDINALITY_MULTIPLE] = "multiple",
    [WAY_CARDINALITY_ORDERED] = "ordered",
    [WAY_CARDINALITY_RECORD] = "record",
  };

  return names[cardinality];
}

/* Whether an attribute that may name a variable is plain numbers. */
static gboolean
has_numbers (const WayExpression *expression, const char *name)
{
  const char *text = expression->attributes != NULL
                         ? g_hash_table_lookup (expression->attributes, name)
                         : NULL;

  return text == NULL || strspn (text, "+-.0123456789eE \t\r\n") == strlen (text);
}

static char *
dup_rule_reason (const WayExpression *rule)
{
  if (!g_strv_contains (rules, rule->name) && !g_strv_contains (expressions, rule->name))
    return g_strdup_printf ("<qti-%s> is not scored in a browser", rule->name);
  if (!has_numbers (rule, "tolerance") || !has_numbers (rule, "min") || !has_numbers (rule, "max"))
    return g_strdup_printf ("<qti-%s> has a variable where a browser needs a number", rule->name);
  for (guint i = 0; rule->children != NULL && i < rule->children->len; i++)
    {
      char *reason = dup_rule_reason (g_ptr_array_index (rule->children, i));

      if (reason != NULL)
        return reason;
    }

  return NULL;
}

static gboolean
has_record (GPtrArray *declarations)
{
  for (guint i = 0; declarations != NULL && i < declarations->len; i++)
    if (((const WayDeclaration *) g_ptr_array_index (declarations, i))->cardinality
        == WAY_CARDINALITY_RECORD)
      return TRUE;

  return FALSE;
}

/**
 * way_scorm_dup_reason:
 * @item: a question
 *
 * Returns: (transfer full) (nullable): why it cannot be asked in a browser; NULL when it can
 */
char *
way_scorm_dup_reason (const WayItem *item)
{
  if (item->template_processing != NULL || (item->templates != NULL && item->templates->len > 0))
    return g_strdup ("it is drawn anew for each person");
  if (item->is_adaptive)
    return g_strdup ("it goes on from one answer to the next");
  if (item->processing == NULL)
    return g_strdup ("it has no rules that score it");
  if (has_record (item->responses) || has_record (item->outcomes))
    return g_strdup ("its answer has several fields");
  if (item->interactions->len == 0)
    return g_strdup ("nothing can be answered in it");
  for (guint i = 0; i < item->interactions->len; i++)
    {
      const WayInteraction *interaction = g_ptr_array_index (item->interactions, i);

      if (!can_show (interaction->type))
        return g_strdup_printf ("a browser does not show <qti-%s-interaction>",
                                way_interaction_get_name (interaction));
      if (interaction->type == WAY_INTERACTION_HOTSPOT
          && (interaction->width <= 0 || interaction->height <= 0 || interaction->picture == NULL))
        return g_strdup ("the size of its picture is not said");
    }

  return dup_rule_reason (item->processing);
}

static void
set_texts (JsonBuilder *json, const char *name, const WayValue *value)
{
  if (way_value_is_null (value))
    return;
  json_builder_set_member_name (json, name);
  json_builder_begin_array (json);
  for (guint i = 0; i < value->texts->len; i++)
    json_builder_add_string_value (json, g_ptr_array_index (value->texts, i));
  json_builder_end_array (json);
}

static void
set_map (JsonBuilder *json, const WayDeclaration *declaration)
{
  json_builder_set_member_name (json, "map");
  json_builder_begin_object (json);
  way_scorm_set_number (json, "fallback", declaration->map_default);
  if (isfinite (declaration->map_lower))
    way_scorm_set_number (json, "lower", declaration->map_lower);
  if (isfinite (declaration->map_upper))
    way_scorm_set_number (json, "upper", declaration->map_upper);
  json_builder_set_member_name (json, "entries");
  json_builder_begin_array (json);
  for (guint i = 0; i < declaration->mapping->len; i++)
    {
      const WayMapEntry *entry = g_ptr_array_index (declaration->mapping, i);

      json_builder_begin_object (json);
      way_scorm_set_text (json, "key", entry->key);
      way_scorm_set_number (json, "value", entry->value);
      way_scorm_set_flag (json, "isCaseSensitive", entry->is_case_sensitive);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
  json_builder_end_object (json);
}

static void
set_declarations (JsonBuilder *json, const char *name, GPtrArray *declarations)
{
  json_builder_set_member_name (json, name);
  json_builder_begin_array (json);
  for (guint i = 0; declarations != NULL && i < declarations->len; i++)
    {
      const WayDeclaration *declaration = g_ptr_array_index (declarations, i);

      json_builder_begin_object (json);
      way_scorm_set_text (json, "id", declaration->id);
      way_scorm_set_text (json, "type", get_base_type (declaration->base_type));
      way_scorm_set_text (json, "cardinality", get_cardinality (declaration->cardinality));
      set_texts (json, "correct", declaration->correct);
      set_texts (json, "initial", declaration->initial);
      if (declaration->mapping != NULL)
        set_map (json, declaration);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_rule (JsonBuilder *json, const WayExpression *rule)
{
  json_builder_begin_object (json);
  way_scorm_set_text (json, "n", rule->name);
  if (rule->attributes != NULL && g_hash_table_size (rule->attributes) > 0)
    {
      g_autoptr (GList)
          names = g_list_sort (g_hash_table_get_keys (rule->attributes), (GCompareFunc) g_strcmp0);

      json_builder_set_member_name (json, "a");
      json_builder_begin_object (json);
      for (GList *l = names; l != NULL; l = l->next)
        way_scorm_set_text (json, l->data, g_hash_table_lookup (rule->attributes, l->data));
      json_builder_end_object (json);
    }
  if (rule->value != NULL)
    {
      json_builder_set_member_name (json, "v");
      json_builder_begin_object (json);
      way_scorm_set_text (json, "type", get_base_type (rule->value->base_type));
      way_scorm_set_text (json, "cardinality", get_cardinality (rule->value->cardinality));
      json_builder_set_member_name (json, "texts");
      json_builder_begin_array (json);
      for (guint i = 0; i < rule->value->texts->len; i++)
        json_builder_add_string_value (json, g_ptr_array_index (rule->value->texts, i));
      json_builder_end_array (json);
      json_builder_end_object (json);
    }
  if (rule->children != NULL && rule->children->len > 0)
    {
      json_builder_set_member_name (json, "c");
      json_builder_begin_array (json);
      for (guint i = 0; i < rule->children->len; i++)
        add_rule (json, g_ptr_array_index (rule->children, i));
      json_builder_end_array (json);
    }
  json_builder_end_object (json);
}

static void
set_choices (
    JsonBuilder *json, WayPack *pack, const char *name, GPtrArray *choices, GHashTable *media)
{
  json_builder_set_member_name (json, name);
  json_builder_begin_array (json);
  for (guint i = 0; choices != NULL && i < choices->len; i++)
    {
      const WayChoice *choice = g_ptr_array_index (choices, i);
      double left;
      double top;
      double right;
      double bottom;

      json_builder_begin_object (json);
      way_scorm_set_text (json, "id", choice->id);
      json_builder_set_member_name (json, "c");
      way_scorm_add_flow (json, pack, choice->content, media);
      if (choice->is_fixed)
        way_scorm_set_flag (json, "isFixed", TRUE);
      way_scorm_set_integer (json, "most", choice->match_max);
      if (choice->shape != NULL
          && way_shape_get_bounds (choice->shape, &left, &top, &right, &bottom))
        {
          way_scorm_set_number (json, "left", left);
          way_scorm_set_number (json, "top", top);
          way_scorm_set_number (json, "right", right);
          way_scorm_set_number (json, "bottom", bottom);
        }
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_interaction (JsonBuilder *json,
                 WayPack *pack,
                 const WayItem *item,
                 const WayInteraction *interaction,
                 GHashTable *media)
{
  json_builder_begin_object (json);
  way_scorm_set_text (json, "kind", way_interaction_get_name (interaction));
  way_scorm_set_text (json, "response", interaction->response);
  way_scorm_set_flag (json, "isShuffled", interaction->is_shuffled);
  way_scorm_set_integer (json, "max", interaction->max_choices);
  way_scorm_set_integer (json, "min", interaction->min_choices);
  if (interaction->expected_length > 0)
    way_scorm_set_integer (json, "length", interaction->expected_length);
  if (interaction->prompt != NULL)
    {
      json_builder_set_member_name (json, "prompt");
      way_scorm_add_flow (json, pack, interaction->prompt, media);
    }
  if (interaction->content != NULL)
    {
      json_builder_set_member_name (json, "content");
      way_scorm_add_body (json, pack, item, interaction->content, media);
    }
  if (interaction->choices != NULL && interaction->choices->len > 0)
    set_choices (json, pack, "choices", interaction->choices, media);
  if (interaction->targets != NULL && interaction->targets->len > 0)
    set_choices (json, pack, "targets", interaction->targets, media);
  if (interaction->type == WAY_INTERACTION_HOTSPOT)
    {
      json_builder_set_member_name (json, "picture");
      json_builder_begin_object (json);
      way_scorm_set_text (json, "src", interaction->picture->source);
      way_scorm_set_text (json, "alt", interaction->picture->alternative);
      json_builder_end_object (json);
      g_hash_table_add (media, g_strdup (interaction->picture->source));
      way_scorm_set_integer (json, "width", interaction->width);
      way_scorm_set_integer (json, "height", interaction->height);
    }
  if (interaction->type == WAY_INTERACTION_SLIDER)
    {
      way_scorm_set_number (json, "lower", interaction->lower);
      way_scorm_set_number (json, "upper", interaction->upper);
      way_scorm_set_number (json, "step", interaction->step);
    }
  json_builder_end_object (json);
}

/**
 * way_scorm_add_question:
 * @json: takes an object
 * @pack: explains hard words
 * @item: of which way_scorm_dup_reason() has no reason
 * @outcome: id of what it asks about
 * @media: (element-type utf8): pictures met are added
 */
void
way_scorm_add_question (
    JsonBuilder *json, WayPack *pack, const WayItem *item, const char *outcome, GHashTable *media)
{
  json_builder_begin_object (json);
  way_scorm_set_text (json, "id", item->id);
  way_scorm_set_text (json, "outcome", outcome);
  json_builder_set_member_name (json, "body");
  way_scorm_add_body (json, pack, item, item->body, media);
  json_builder_set_member_name (json, "interactions");
  json_builder_begin_array (json);
  for (guint i = 0; i < item->interactions->len; i++)
    add_interaction (json, pack, item, g_ptr_array_index (item->interactions, i), media);
  json_builder_end_array (json);
  set_declarations (json, "responses", item->responses);
  set_declarations (json, "outcomes", item->outcomes);
  json_builder_set_member_name (json, "rules");
  json_builder_begin_array (json);
  for (guint i = 0; item->processing->children != NULL && i < item->processing->children->len; i++)
    add_rule (json, g_ptr_array_index (item->processing->children, i));
  json_builder_end_array (json);
  json_builder_set_member_name (json, "feedback");
  json_builder_begin_array (json);
  for (guint i = 0; item->feedbacks != NULL && i < item->feedbacks->len; i++)
    {
      const WayFeedback *feedback = g_ptr_array_index (item->feedbacks, i);

      if (feedback->is_in_place)
        continue;
      json_builder_begin_object (json);
      way_scorm_set_feedback (json, feedback);
      json_builder_set_member_name (json, "c");
      way_scorm_add_flow (json, pack, feedback->content, media);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
  json_builder_end_object (json);
}
