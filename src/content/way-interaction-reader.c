/* way-interaction-reader.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "content/way-reader.h"

/* What each interaction may be answered with. */
typedef struct
{
  const char *tag;
  WayInteractionType type;
  gboolean is_single; /* cardinality="single" will do */
  gboolean is_multiple;
  gboolean is_ordered;
  guint base_types; /* bits */
  guint max_default;
} Kind;

#define BIT(type) (1u << (type))
#define NUMBERS (BIT (WAY_BASE_INTEGER) | BIT (WAY_BASE_FLOAT))

static const Kind kinds[] = {
  { "qti-choice-interaction", WAY_INTERACTION_CHOICE, TRUE, TRUE, FALSE, BIT (WAY_BASE_IDENTIFIER),
    1 },
  { "qti-order-interaction", WAY_INTERACTION_ORDER, FALSE, FALSE, TRUE, BIT (WAY_BASE_IDENTIFIER),
    0 },
  { "qti-match-interaction", WAY_INTERACTION_MATCH, TRUE, TRUE, FALSE, BIT (WAY_BASE_DIRECTED_PAIR),
    1 },
  { "qti-gap-match-interaction", WAY_INTERACTION_GAP_MATCH, TRUE, TRUE, FALSE,
    BIT (WAY_BASE_DIRECTED_PAIR), 0 },
  { "qti-inline-choice-interaction", WAY_INTERACTION_INLINE_CHOICE, TRUE, FALSE, FALSE,
    BIT (WAY_BASE_IDENTIFIER), 1 },
  { "qti-text-entry-interaction", WAY_INTERACTION_TEXT_ENTRY, TRUE, FALSE, FALSE,
    BIT (WAY_BASE_STRING) | NUMBERS, 0 },
  { "qti-extended-text-interaction", WAY_INTERACTION_EXTENDED_TEXT, TRUE, FALSE, FALSE,
    BIT (WAY_BASE_STRING), 0 },
};

static const Kind *
find_kind (const xmlNode *element)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (way_xml_is (element, kinds[i].tag))
        return &kinds[i];
    }

  return NULL;
}

static WayChoice *
find_choice (GPtrArray *choices, const char *id)
{
  for (guint i = 0; i < choices->len; i++)
    {
      WayChoice *choice = g_ptr_array_index (choices, i);

      if (g_str_equal (choice->id, id))
        return choice;
    }

  return NULL;
}

/* Choices and targets of one interaction share their identifiers. */
static WayChoice *
add_choice (WayXml *xml, WayInteraction *self, GPtrArray *choices, xmlNode *element)
{
  WayChoice *choice = g_new0 (WayChoice, 1);
  g_autofree char *template = way_xml_get (element, "template-identifier");

  choice->id = way_xml_require_id (xml, element, "identifier");
  choice->is_fixed = way_xml_get_boolean (xml, element, "fixed", FALSE);
  if (find_choice (self->choices, choice->id) != NULL
      || find_choice (self->targets, choice->id) != NULL)
    way_xml_report (xml, element, "identifier “%s” is there twice", choice->id);
  if (template != NULL)
    way_xml_report (xml, element, "the attribute “template-identifier” is not supported");
  g_ptr_array_add (choices, choice);

  return choice;
}

static void
add_full_choice (WayXml *xml, WayInteraction *self, GPtrArray *choices, xmlNode *element)
{
  WayChoice *choice = add_choice (xml, self, choices, element);

  choice->content = way_flow_read (xml, element, NULL, NULL);
  if (choice->content->children->len == 0)
    way_xml_report (xml, element, "choice “%s” is empty", choice->id);
}

static guint
require_match_max (WayXml *xml, xmlNode *element)
{
  return (guint) way_xml_require_int (xml, element, "match-max", 0, 1000);
}

static void
read_match_set (WayXml *xml, WayInteraction *self, GPtrArray *choices, xmlNode *set)
{
  for (xmlNode *child = way_xml_first (xml, set); child != NULL; child = way_xml_next (xml, child))
    {
      WayChoice *choice;

      if (!way_xml_is (child, "qti-simple-associable-choice"))
        {
          way_xml_report (xml, child, "<%s> is not supported", (const char *) child->name);
          continue;
        }
      add_full_choice (xml, self, choices, child);
      choice = g_ptr_array_index (choices, choices->len - 1);
      choice->match_max = require_match_max (xml, child);
    }
}

/* Takes the elements of the interaction that hold neither flow nor choices. */
static gboolean
read_prompt (WayXml *xml, WayInteraction *self, xmlNode *child)
{
  if (!way_xml_is (child, "qti-prompt"))
    return FALSE;

  if (self->prompt != NULL)
    {
      way_xml_report (xml, child, "<qti-prompt> is there twice");
      return TRUE;
    }
  self->prompt = way_flow_read (xml, child, NULL, NULL);

  return TRUE;
}

static void
read_choices (WayXml *xml, WayInteraction *self, xmlNode *element)
{
  const char *tag = self->type == WAY_INTERACTION_INLINE_CHOICE ? "qti-inline-choice"
                                                                : "qti-simple-choice";
  guint n_sets = 0;

  for (xmlNode *child = way_xml_first (xml, element); child != NULL;
       child = way_xml_next (xml, child))
    {
      if (self->type != WAY_INTERACTION_INLINE_CHOICE && read_prompt (xml, self, child))
        continue;

      if (self->type == WAY_INTERACTION_MATCH && way_xml_is (child, "qti-simple-match-set")
          && n_sets < 2)
        read_match_set (xml, self, n_sets++ == 0 ? self->choices : self->targets, child);
      else if (self->type != WAY_INTERACTION_MATCH && way_xml_is (child, tag))
        add_full_choice (xml, self, self->choices, child);
      else
        way_xml_report (xml, child, "<%s> is not supported", (const char *) child->name);
    }

  if (self->type == WAY_INTERACTION_MATCH && n_sets < 2)
    way_xml_report (xml, element, "<qti-match-interaction> needs two <qti-simple-match-set>s");
}

/* Inside a gap match: its prompt, its texts and its gaps. */
static gboolean
read_gap_part (xmlNode *element, WayNode **node, gpointer data)
{
  WayBodyReader *reader = data;
  WayInteraction *self = reader->gaps;
  WayChoice *choice;

  if (read_prompt (reader->xml, self, element))
    return TRUE;

  if (way_xml_is (element, "qti-gap-text"))
    {
      add_full_choice (reader->xml, self, self->choices, element);
      choice = g_ptr_array_index (self->choices, self->choices->len - 1);
      choice->match_max = require_match_max (reader->xml, element);
      return TRUE;
    }
  if (way_xml_is (element, "qti-gap"))
    {
      choice = add_choice (reader->xml, self, self->targets, element);
      choice->content = way_node_new (WAY_NODE_FLOW);
      choice->match_max = 1;
      *node = way_node_new (WAY_NODE_GAP);
      (*node)->name = g_strdup (choice->id);
      return TRUE;
    }

  return FALSE;
}

static void
check_response (
    WayXml *xml, WayItem *item, WayInteraction *self, const Kind *kind, xmlNode *element)
{
  const WayDeclaration *response = way_item_find_response (item, self->response);
  gboolean is_fitting = FALSE;

  if (self->response[0] == '\0')
    return;
  if (response == NULL)
    {
      way_xml_report (xml, element, "response “%s” is not declared", self->response);
      return;
    }

  if (response->cardinality == WAY_CARDINALITY_SINGLE)
    is_fitting = kind->is_single;
  else if (response->cardinality == WAY_CARDINALITY_MULTIPLE)
    is_fitting = kind->is_multiple;
  else if (response->cardinality == WAY_CARDINALITY_ORDERED)
    is_fitting = kind->is_ordered;
  if (!is_fitting || (kind->base_types & BIT (response->base_type)) == 0)
    way_xml_report (xml, element, "<%s> cannot be answered with the type of response “%s”",
                    kind->tag, self->response);
  if (kind->is_multiple && response->cardinality == WAY_CARDINALITY_SINGLE
      && self->max_choices != 1)
    way_xml_report (xml, element, "more than one answer is allowed, but response “%s” is single",
                    self->response);

  for (guint i = 0; i < item->interactions->len; i++)
    {
      WayInteraction *other = g_ptr_array_index (item->interactions, i);

      if (g_str_equal (other->response, self->response))
        way_xml_report (xml, element, "response “%s” is asked for twice", self->response);
    }
}

static void
check_numbers (WayXml *xml, WayInteraction *self, xmlNode *element)
{
  gboolean has_choices = self->type != WAY_INTERACTION_TEXT_ENTRY
                         && self->type != WAY_INTERACTION_EXTENDED_TEXT;
  gboolean has_targets = self->type == WAY_INTERACTION_MATCH
                         || self->type == WAY_INTERACTION_GAP_MATCH;

  if (has_choices && self->choices->len == 0)
    way_xml_report (xml, element, "<%s> has no choices", (const char *) element->name);
  if (has_targets && self->targets->len == 0)
    way_xml_report (xml, element, "<%s> has nothing to place choices in",
                    (const char *) element->name);
  if (self->max_choices > 0 && self->min_choices > self->max_choices)
    way_xml_report (xml, element, "at least %u answers are asked for and at most %u allowed",
                    self->min_choices, self->max_choices);
  if (!has_targets && has_choices && self->min_choices > self->choices->len)
    way_xml_report (xml, element, "%u answers are asked for and there are %u choices",
                    self->min_choices, self->choices->len);
}

/**
 * way_interaction_read:
 * @element: an element of an item's body that is not flow
 * @node: (out): the node that stands for it
 * @data: a WayBodyReader
 *
 * Reads an interaction into the body and lists it in the item.
 *
 * Returns: FALSE when @element is no interaction that is supported
 */
gboolean
way_interaction_read (xmlNode *element, WayNode **node, gpointer data)
{
  WayBodyReader *reader = data;
  const Kind *kind = find_kind (element);
  WayInteraction *self;
  gboolean is_association;

  if (kind == NULL)
    return FALSE;

  self = g_new0 (WayInteraction, 1);
  self->type = kind->type;
  self->choices = g_ptr_array_new_with_free_func ((GDestroyNotify) way_choice_free);
  self->targets = g_ptr_array_new_with_free_func ((GDestroyNotify) way_choice_free);
  *node = way_node_new (WAY_NODE_INTERACTION);
  (*node)->interaction = self;

  is_association = kind->type == WAY_INTERACTION_MATCH || kind->type == WAY_INTERACTION_GAP_MATCH;
  self->response = way_xml_require_id (reader->xml, element, "response-identifier");
  self->is_shuffled = way_xml_get_boolean (reader->xml, element, "shuffle", FALSE);
  self->max_choices = (guint) way_xml_get_int (reader->xml, element,
                                               is_association ? "max-associations" : "max-choices",
                                               0, 1000, (int) kind->max_default);
  self->min_choices = (guint) way_xml_get_int (reader->xml, element,
                                               is_association ? "min-associations" : "min-choices",
                                               0, 1000, 0);
  self->expected_length = (guint) way_xml_get_int (reader->xml, element, "expected-length", 0,
                                                   100000, 0);
  self->pattern = way_xml_get (element, "pattern-mask");

  if (kind->type == WAY_INTERACTION_GAP_MATCH)
    {
      WayBodyReader inside = { reader->xml, reader->item, self };

      self->content = way_flow_read (reader->xml, element, read_gap_part, &inside);
    }
  else
    {
      read_choices (reader->xml, self, element);
    }

  check_numbers (reader->xml, self, element);
  check_response (reader->xml, reader->item, self, kind, element);
  g_ptr_array_add (reader->item->interactions, self);

  return TRUE;
}

/* Reports a value of @response that the person could not have given. */
static void
check_answer (WayXml *xml, const WayInteraction *self, xmlNode *element, const char *answer)
{
  g_auto (GStrv) pair = NULL;

  switch (self->type)
    {
    case WAY_INTERACTION_CHOICE:
    case WAY_INTERACTION_ORDER:
    case WAY_INTERACTION_INLINE_CHOICE:
      if (find_choice (self->choices, answer) == NULL)
        way_xml_report (xml, element, "“%s” is not one of the choices", answer);
      break;

    case WAY_INTERACTION_MATCH:
    case WAY_INTERACTION_GAP_MATCH:
      if (!way_value_accepts (WAY_BASE_DIRECTED_PAIR, answer))
        break;
      pair = g_strsplit (answer, " ", -1);
      if (find_choice (self->choices, pair[0]) == NULL)
        way_xml_report (xml, element, "“%s” is not one of the choices", pair[0]);
      if (find_choice (self->targets, pair[g_strv_length (pair) - 1]) == NULL)
        way_xml_report (xml, element, "“%s” is not a place for a choice",
                        pair[g_strv_length (pair) - 1]);
      break;

    case WAY_INTERACTION_TEXT_ENTRY:
    case WAY_INTERACTION_EXTENDED_TEXT:
    default:
      break;
    }
}

/* An order is right only as a whole, and no more can be right than may be chosen. */
static void
check_correct (WayXml *xml,
               const WayInteraction *self,
               const WayDeclaration *response,
               xmlNode *element)
{
  GPtrArray *texts = response->correct->texts;

  if (self->max_choices > 0 && texts->len > self->max_choices)
    way_xml_report (xml, element, "%u values are correct and at most %u can be chosen", texts->len,
                    self->max_choices);
  if (self->type == WAY_INTERACTION_ORDER && self->max_choices == 0
      && texts->len != self->choices->len)
    way_xml_report (xml, element, "the correct order has %u of the %u choices", texts->len,
                    self->choices->len);

  for (guint i = 0; i < texts->len; i++)
    {
      for (guint j = 0; j < i; j++)
        {
          if (g_str_equal (g_ptr_array_index (texts, i), g_ptr_array_index (texts, j)))
            way_xml_report (xml, element, "“%s” is correct twice",
                            (const char *) g_ptr_array_index (texts, i));
        }
    }
}

static void
check_declaration (WayXml *xml,
                   const WayInteraction *self,
                   const WayDeclaration *response,
                   xmlNode *declaration)
{
  for (xmlNode *part = xmlFirstElementChild (declaration); part != NULL;
       part = xmlNextElementSibling (part))
    {
      for (xmlNode *child = xmlFirstElementChild (part); child != NULL;
           child = xmlNextElementSibling (child))
        {
          g_autofree char *answer = NULL;

          if (way_xml_is (child, "qti-value"))
            {
              xmlChar *text = xmlNodeGetContent (child);

              answer = way_xml_fold ((const char *) text);
              xmlFree (text);
            }
          else if (way_xml_is (child, "qti-map-entry"))
            {
              answer = way_xml_get (child, "map-key");
            }
          if (answer != NULL && answer[0] != '\0')
            check_answer (xml, self, child, answer);
        }
      if (way_xml_is (part, "qti-correct-response") && !way_value_is_null (response->correct))
        check_correct (xml, self, response, part);
    }
}

/**
 * way_item_check_responses:
 * @xml: the file
 * @item: the item, with body and declarations
 * @root: its element
 *
 * Reports responses that nothing asks for, and values that cannot be answered.
 */
void
way_item_check_responses (WayXml *xml, WayItem *item, xmlNode *root)
{
  if (item->interactions->len == 0)
    way_xml_report (xml, root, "the item asks nothing: it has no interaction");

  for (xmlNode *child = xmlFirstElementChild (root); child != NULL;
       child = xmlNextElementSibling (child))
    {
      g_autofree char *id = way_xml_get (child, "identifier");
      const WayDeclaration *response;
      WayInteraction *asking = NULL;

      if (id == NULL || !way_xml_is (child, "qti-response-declaration"))
        continue;

      response = way_item_find_response (item, id);
      for (guint i = 0; i < item->interactions->len && asking == NULL; i++)
        {
          WayInteraction *interaction = g_ptr_array_index (item->interactions, i);

          if (g_str_equal (interaction->response, id))
            asking = interaction;
        }
      if (asking == NULL)
        way_xml_report (xml, child, "no interaction asks for response “%s”", id);
      else if (response != NULL)
        check_declaration (xml, asking, response, child);
    }
}
