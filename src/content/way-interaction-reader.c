/* way-interaction-reader.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "content/way-reader.h"

/* What each interaction may be answered with. */
typedef struct
{
  const char *tag;
  WayInteractionType type;
  guint cardinalities; /* bits */
  guint base_types;    /* bits */
  int max_default;
} Kind;

#define BIT(type) (1u << (type))
#define NUMBERS (BIT (WAY_BASE_INTEGER) | BIT (WAY_BASE_FLOAT))
#define TEXTS (BIT (WAY_BASE_STRING) | NUMBERS)
#define SINGLE BIT (WAY_CARDINALITY_SINGLE)
#define ANY (SINGLE | BIT (WAY_CARDINALITY_MULTIPLE))
#define ORDERED BIT (WAY_CARDINALITY_ORDERED)
#define RECORD BIT (WAY_CARDINALITY_RECORD)

static const Kind kinds[] = {
  { "qti-choice-interaction", WAY_INTERACTION_CHOICE, ANY, BIT (WAY_BASE_IDENTIFIER), 1 },
  { "qti-order-interaction", WAY_INTERACTION_ORDER, ORDERED, BIT (WAY_BASE_IDENTIFIER), 0 },
  { "qti-match-interaction", WAY_INTERACTION_MATCH, ANY, BIT (WAY_BASE_DIRECTED_PAIR), 1 },
  { "qti-gap-match-interaction", WAY_INTERACTION_GAP_MATCH, ANY, BIT (WAY_BASE_DIRECTED_PAIR), 0 },
  { "qti-inline-choice-interaction", WAY_INTERACTION_INLINE_CHOICE, SINGLE,
    BIT (WAY_BASE_IDENTIFIER), 1 },
  { "qti-text-entry-interaction", WAY_INTERACTION_TEXT_ENTRY, SINGLE | RECORD, TEXTS, 0 },
  { "qti-extended-text-interaction", WAY_INTERACTION_EXTENDED_TEXT, ANY | ORDERED | RECORD, TEXTS,
    0 },
  { "qti-associate-interaction", WAY_INTERACTION_ASSOCIATE, ANY, BIT (WAY_BASE_PAIR), 1 },
  { "qti-hottext-interaction", WAY_INTERACTION_HOTTEXT, ANY, BIT (WAY_BASE_IDENTIFIER), 1 },
  { "qti-hotspot-interaction", WAY_INTERACTION_HOTSPOT, ANY, BIT (WAY_BASE_IDENTIFIER), 1 },
  { "qti-graphic-order-interaction", WAY_INTERACTION_GRAPHIC_ORDER, ORDERED,
    BIT (WAY_BASE_IDENTIFIER), 0 },
  { "qti-graphic-associate-interaction", WAY_INTERACTION_GRAPHIC_ASSOCIATE, ANY,
    BIT (WAY_BASE_PAIR), 1 },
  { "qti-graphic-gap-match-interaction", WAY_INTERACTION_GRAPHIC_GAP_MATCH, ANY,
    BIT (WAY_BASE_DIRECTED_PAIR), 0 },
  { "qti-select-point-interaction", WAY_INTERACTION_SELECT_POINT, ANY, BIT (WAY_BASE_POINT), 1 },
  { "qti-position-object-interaction", WAY_INTERACTION_POSITION_OBJECT, ANY, BIT (WAY_BASE_POINT),
    1 },
  { "qti-slider-interaction", WAY_INTERACTION_SLIDER, SINGLE, NUMBERS, 0 },
  { "qti-end-attempt-interaction", WAY_INTERACTION_END_ATTEMPT, SINGLE, BIT (WAY_BASE_BOOLEAN), 0 },
  { "qti-media-interaction", WAY_INTERACTION_MEDIA, SINGLE, BIT (WAY_BASE_INTEGER), 0 },
  { "qti-custom-interaction", WAY_INTERACTION_DESK, SINGLE, BIT (WAY_BASE_STRING), 0 },
};

/* private: of all that can be a custom interaction, the one that is known here */
gboolean
way_xml_is_desk (const xmlNode *element)
{
  g_autofree char *classes = way_xml_get (element, "class");
  g_auto (GStrv) names = g_strsplit (classes != NULL ? classes : "", " ", -1);

  return way_xml_is (element, "qti-custom-interaction")
         && g_strv_contains ((const char *const *) names, "waymark-desk");
}

static const Kind *
find_kind (const xmlNode *element)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (way_xml_is (element, kinds[i].tag))
        return kinds[i].type != WAY_INTERACTION_DESK || way_xml_is_desk (element) ? &kinds[i]
                                                                                  : NULL;
    }

  return NULL;
}

/* private: the choice of that name, or NULL */
WayChoice *
way_choice_find (GPtrArray *choices, const char *id)
{
  for (guint i = 0; i < choices->len; i++)
    {
      WayChoice *choice = g_ptr_array_index (choices, i);

      if (g_str_equal (choice->id, id))
        return choice;
    }

  return NULL;
}

/* private: whether what a template has drawn lets @element be seen; all of it before */
gboolean
way_template_shows (WayXml *xml, WayItem *item, xmlNode *element)
{
  g_autofree char *template = way_xml_get (element, "template-identifier");
  g_autofree char *show_hide = way_xml_get (element, "show-hide");
  g_autofree char *id = way_xml_get (element, "identifier");
  const WayValue *value;
  gboolean is_named = FALSE;

  if (template == NULL)
    return TRUE;
  if (way_item_find_template (item, template) == NULL)
    {
      way_xml_report (xml, element, "template variable “%s” is not declared", template);
      return TRUE;
    }
  if (item->values == NULL || id == NULL)
    return TRUE;

  value = g_hash_table_lookup (item->values, template);
  for (guint i = 0; !way_value_is_null (value) && i < value->texts->len; i++)
    is_named = is_named || g_str_equal (g_ptr_array_index (value->texts, i), id);

  return is_named == (g_strcmp0 (show_hide, "hide") != 0);
}

/* private: adds a choice; choices and targets of one interaction share their identifiers */
WayChoice *
way_choice_read (WayXml *xml, WayInteraction *self, GPtrArray *choices, xmlNode *element)
{
  WayChoice *choice = g_new0 (WayChoice, 1);

  choice->id = way_xml_require_id (xml, element, "identifier");
  choice->is_fixed = way_xml_get_boolean (xml, element, "fixed", FALSE);
  if (way_choice_find (self->choices, choice->id) != NULL
      || way_choice_find (self->targets, choice->id) != NULL)
    way_xml_report (xml, element, "identifier “%s” is there twice", choice->id);
  g_ptr_array_add (choices, choice);

  return choice;
}

/* A choice with content, unless the template hides it. */
static WayChoice *
add_full_choice (WayBodyReader *reader, WayInteraction *self, GPtrArray *choices, xmlNode *element)
{
  WayChoice *choice;

  if (!way_template_shows (reader->xml, reader->item, element))
    return NULL;

  choice = way_choice_read (reader->xml, self, choices, element);
  choice->content = way_flow_read (reader->xml, element, way_choice_part_read, reader);
  if (choice->content->children->len == 0)
    way_xml_note (reader->xml, element, "choice “%s” is empty", choice->id);

  return choice;
}

/* private: how often a choice may be used; 0 = no limit */
guint
way_match_max_read (WayXml *xml, xmlNode *element)
{
  return (guint) way_xml_require_int (xml, element, "match-max", 0, 1000);
}

static void
read_match_set (WayBodyReader *reader, WayInteraction *self, GPtrArray *choices, xmlNode *set)
{
  WayXml *xml = reader->xml;

  for (xmlNode *child = way_xml_first (xml, set); child != NULL; child = way_xml_next (xml, child))
    {
      WayChoice *choice;

      if (!way_xml_is (child, "qti-simple-associable-choice"))
        {
          way_xml_report (xml, child, "<%s> is not supported", (const char *) child->name);
          continue;
        }
      choice = add_full_choice (reader, self, choices, child);
      if (choice != NULL)
        choice->match_max = way_match_max_read (xml, child);
    }
}

/* private: takes the prompt of an interaction */
gboolean
way_prompt_read (WayBodyReader *reader, WayInteraction *self, xmlNode *child)
{
  WayXml *xml = reader->xml;

  if (!way_xml_is (child, "qti-prompt"))
    return FALSE;

  if (self->prompt != NULL)
    {
      way_xml_report (xml, child, "<qti-prompt> is there twice");
      return TRUE;
    }
  self->prompt = way_flow_read (xml, child, way_choice_part_read, reader);

  return TRUE;
}

static void
read_choices (WayBodyReader *reader, WayInteraction *self, xmlNode *element)
{
  gboolean is_match = self->type == WAY_INTERACTION_MATCH;
  gboolean is_inline = self->type == WAY_INTERACTION_INLINE_CHOICE;
  const char *tag = is_inline ? "qti-inline-choice" : "qti-simple-choice";
  WayXml *xml = reader->xml;
  guint n_sets = 0;

  if (self->type == WAY_INTERACTION_ASSOCIATE)
    tag = "qti-simple-associable-choice";
  for (xmlNode *child = way_xml_first (xml, element); child != NULL;
       child = way_xml_next (xml, child))
    {
      WayChoice *choice;

      if (!is_inline && way_prompt_read (reader, self, child))
        continue;

      if (is_match && way_xml_is (child, "qti-simple-match-set") && n_sets < 2)
        {
          read_match_set (reader, self, n_sets++ == 0 ? self->choices : self->targets, child);
        }
      else if (!is_match && way_xml_is (child, tag))
        {
          choice = add_full_choice (reader, self, self->choices, child);
          if (choice != NULL && self->type == WAY_INTERACTION_ASSOCIATE)
            choice->match_max = way_match_max_read (xml, child);
        }
      else
        {
          way_xml_report (xml, child, "<%s> is not supported", (const char *) child->name);
        }
    }

  if (is_match && n_sets < 2)
    way_xml_report (xml, element, "<qti-match-interaction> needs two <qti-simple-match-set>s");
}

/* Inside a gap match: its prompt, its texts and its gaps. */
static gboolean
read_gap_part (xmlNode *element, WayNode **node, gpointer data)
{
  WayBodyReader *reader = data;
  WayInteraction *self = reader->outer;
  WayChoice *choice;

  if (way_prompt_read (reader, self, element))
    return TRUE;

  if (way_xml_is (element, "qti-gap-text"))
    {
      choice = add_full_choice (reader, self, self->choices, element);
      if (choice != NULL)
        choice->match_max = way_match_max_read (reader->xml, element);
      return TRUE;
    }
  if (way_xml_is (element, "qti-gap-img"))
    {
      if (way_template_shows (reader->xml, reader->item, element))
        way_gap_image_read (reader->xml, self, element);
      return TRUE;
    }
  if (way_xml_is (element, "qti-gap"))
    {
      if (!way_template_shows (reader->xml, reader->item, element))
        return TRUE;
      choice = way_choice_read (reader->xml, self, self->targets, element);
      choice->content = way_node_new (WAY_NODE_FLOW);
      choice->match_max = 1;
      *node = way_node_new (WAY_NODE_GAP);
      (*node)->name = g_strdup (choice->id);
      return TRUE;
    }

  return way_body_part_read (element, node, reader);
}

/* Inside a hottext interaction: its prompt, and the words that can be chosen. */
static gboolean
read_hot_part (xmlNode *element, WayNode **node, gpointer data)
{
  WayBodyReader *reader = data;
  WayInteraction *self = reader->outer;
  WayChoice *choice;

  if (way_prompt_read (reader, self, element))
    return TRUE;
  if (!way_xml_is (element, "qti-hottext"))
    return way_body_part_read (element, node, reader);

  choice = add_full_choice (reader, self, self->choices, element);
  if (choice != NULL)
    {
      *node = way_node_new (WAY_NODE_HOTTEXT);
      (*node)->name = g_strdup (choice->id);
      (*node)->text = way_node_dup_text (choice->content);
    }

  return TRUE;
}

static void
check_response (
    WayXml *xml, WayItem *item, WayInteraction *self, const Kind *kind, xmlNode *element)
{
  const WayDeclaration *response = way_item_find_response (item, self->response);

  if (self->response[0] == '\0')
    return;
  if (response == NULL)
    {
      way_xml_report (xml, element, "response “%s” is not declared", self->response);
      return;
    }

  if ((kind->cardinalities & BIT (response->cardinality)) == 0
      || (response->cardinality != WAY_CARDINALITY_RECORD
          && (kind->base_types & BIT (response->base_type)) == 0))
    way_xml_report (xml, element, "<%s> cannot be answered with the type of response “%s”",
                    kind->tag, self->response);
  if ((kind->cardinalities & BIT (WAY_CARDINALITY_MULTIPLE)) != 0
      && kind->type != WAY_INTERACTION_EXTENDED_TEXT
      && response->cardinality == WAY_CARDINALITY_SINGLE && self->max_choices != 1)
    way_xml_note (xml, element, "more than one answer is allowed, but response “%s” is single",
                  self->response);

  for (guint i = 0; i < item->interactions->len; i++)
    {
      WayInteraction *other = g_ptr_array_index (item->interactions, i);

      if (g_str_equal (other->response, self->response))
        way_xml_report (xml, element, "response “%s” is asked for twice", self->response);
    }
}

/* Whether there are choices to take, and places to put them. */
static void
find_parts (const WayInteraction *self, gboolean *has_choices, gboolean *has_targets)
{
  switch (self->type)
    {
    case WAY_INTERACTION_MATCH:
    case WAY_INTERACTION_GAP_MATCH:
    case WAY_INTERACTION_GRAPHIC_GAP_MATCH:
      *has_choices = *has_targets = TRUE;
      break;
    case WAY_INTERACTION_CHOICE:
    case WAY_INTERACTION_ORDER:
    case WAY_INTERACTION_INLINE_CHOICE:
    case WAY_INTERACTION_ASSOCIATE:
    case WAY_INTERACTION_HOTTEXT:
    case WAY_INTERACTION_HOTSPOT:
    case WAY_INTERACTION_GRAPHIC_ORDER:
    case WAY_INTERACTION_GRAPHIC_ASSOCIATE:
      *has_choices = TRUE;
      *has_targets = FALSE;
      break;
    case WAY_INTERACTION_TEXT_ENTRY:
    case WAY_INTERACTION_EXTENDED_TEXT:
    case WAY_INTERACTION_SELECT_POINT:
    case WAY_INTERACTION_POSITION_OBJECT:
    case WAY_INTERACTION_SLIDER:
    case WAY_INTERACTION_END_ATTEMPT:
    case WAY_INTERACTION_MEDIA:
    case WAY_INTERACTION_DESK:
    default:
      *has_choices = *has_targets = FALSE;
      break;
    }
}

static void
check_numbers (WayXml *xml, WayInteraction *self, xmlNode *element)
{
  gboolean is_association = self->type == WAY_INTERACTION_ASSOCIATE
                            || self->type == WAY_INTERACTION_GRAPHIC_ASSOCIATE;
  gboolean has_choices;
  gboolean has_targets;

  find_parts (self, &has_choices, &has_targets);
  if (has_choices && self->choices->len == 0)
    way_xml_report (xml, element, "<%s> has no choices", (const char *) element->name);
  if (has_targets && self->targets->len == 0)
    way_xml_report (xml, element, "<%s> has nothing to place choices in",
                    (const char *) element->name);
  if (self->max_choices > 0 && self->min_choices > self->max_choices)
    way_xml_report (xml, element, "at least %u answers are asked for and at most %u allowed",
                    self->min_choices, self->max_choices);
  if (has_choices && !has_targets && !is_association && self->min_choices > self->choices->len)
    way_xml_report (xml, element, "%u answers are asked for and there are %u choices",
                    self->min_choices, self->choices->len);
}

static void
read_desk (WayBodyReader *reader, WayInteraction *self, xmlNode *element)
{
  WayXml *xml = reader->xml;

  self->desk = way_xml_require_path (xml, element, "data-desk");
  for (xmlNode *child = way_xml_first (xml, element); child != NULL;
       child = way_xml_next (xml, child))
    if (!way_prompt_read (reader, self, child))
      way_xml_report (xml, child, "<%s> is not supported", (const char *) child->name);
}

/* What is inside, each kind in its own way. */
static void
read_inside (WayBodyReader *reader, WayInteraction *self, xmlNode *element)
{
  WayBodyReader inside = { reader->xml, reader->item, self, read_gap_part };

  switch (self->type)
    {
    case WAY_INTERACTION_GAP_MATCH:
      self->content = way_flow_read (reader->xml, element, read_gap_part, &inside);
      break;
    case WAY_INTERACTION_HOTTEXT:
      inside.extension = read_hot_part;
      self->content = way_flow_read (reader->xml, element, read_hot_part, &inside);
      break;
    case WAY_INTERACTION_HOTSPOT:
    case WAY_INTERACTION_GRAPHIC_ORDER:
    case WAY_INTERACTION_GRAPHIC_ASSOCIATE:
    case WAY_INTERACTION_GRAPHIC_GAP_MATCH:
    case WAY_INTERACTION_SELECT_POINT:
    case WAY_INTERACTION_POSITION_OBJECT:
    case WAY_INTERACTION_SLIDER:
    case WAY_INTERACTION_END_ATTEMPT:
    case WAY_INTERACTION_MEDIA:
      way_graphic_read (reader, self, element);
      break;
    case WAY_INTERACTION_DESK:
      read_desk (reader, self, element);
      break;
    case WAY_INTERACTION_CHOICE:
    case WAY_INTERACTION_ORDER:
    case WAY_INTERACTION_MATCH:
    case WAY_INTERACTION_INLINE_CHOICE:
    case WAY_INTERACTION_TEXT_ENTRY:
    case WAY_INTERACTION_EXTENDED_TEXT:
    case WAY_INTERACTION_ASSOCIATE:
    default:
      read_choices (reader, self, element);
      break;
    }
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
    return way_body_part_read (element, node, data);

  self = g_new0 (WayInteraction, 1);
  self->type = kind->type;
  self->choices = g_ptr_array_new_with_free_func ((GDestroyNotify) way_choice_free);
  self->targets = g_ptr_array_new_with_free_func ((GDestroyNotify) way_choice_free);
  *node = way_node_new (WAY_NODE_INTERACTION);
  (*node)->interaction = self;

  is_association = (kind->base_types & (BIT (WAY_BASE_DIRECTED_PAIR) | BIT (WAY_BASE_PAIR))) != 0;
  self->response = way_xml_require_id (reader->xml, element, "response-identifier");
  self->is_shuffled = way_xml_get_boolean (reader->xml, element, "shuffle", FALSE);
  self->max_choices = (guint) way_xml_get_int (reader->xml, element,
                                               is_association ? "max-associations" : "max-choices",
                                               0, 1000, kind->max_default);
  self->min_choices = (guint) way_xml_get_int (reader->xml, element,
                                               is_association ? "min-associations" : "min-choices",
                                               0, 1000, 0);
  self->expected_length = (guint) way_xml_get_int (reader->xml, element, "expected-length", 0,
                                                   100000, 0);
  self->pattern = way_xml_get (element, "pattern-mask");
  read_inside (reader, self, element);

  check_numbers (reader->xml, self, element);
  check_response (reader->xml, reader->item, self, kind, element);
  if (!way_interaction_is_shown (self))
    way_xml_note (reader->xml, element, "<%s> is scored, but cannot be shown yet", kind->tag);
  g_ptr_array_add (reader->item->interactions, self);

  return TRUE;
}
