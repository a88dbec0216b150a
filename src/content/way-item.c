/* way-item.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "content/way-item.h"

#include "content/way-reader.h"

#include <math.h>

G_DEFINE_BOXED_TYPE (WayItem, way_item, way_item_ref, way_item_unref)

static const char *const base_types[] = {
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

static const char *const cardinalities[] = {
  [WAY_CARDINALITY_SINGLE] = "single",
  [WAY_CARDINALITY_MULTIPLE] = "multiple",
  [WAY_CARDINALITY_ORDERED] = "ordered",
  [WAY_CARDINALITY_RECORD] = "record",
};

static void
map_entry_free (gpointer data)
{
  WayMapEntry *self = data;

  g_free (self->key);
  g_free (self);
}

static void
declaration_free (gpointer data)
{
  WayDeclaration *self = data;

  g_free (self->id);
  g_clear_pointer (&self->correct, way_value_unref);
  g_clear_pointer (&self->initial, way_value_unref);
  g_clear_pointer (&self->mapping, g_ptr_array_unref);
  g_free (self);
}

static void
feedback_free (gpointer data)
{
  WayFeedback *self = data;

  g_free (self->outcome);
  g_free (self->id);
  g_clear_pointer (&self->content, way_node_free);
  g_free (self);
}

static void
expression_free (gpointer data)
{
  WayExpression *self = data;

  g_free (self->name);
  g_clear_pointer (&self->attributes, g_hash_table_unref);
  g_clear_pointer (&self->value, way_value_unref);
  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_free (self);
}

/* The place of @name in @names, or -1 after a report. */
static int
find_name (
    WayXml *xml, xmlNode *element, const char *attribute, const char *const *names, guint n_names)
{
  g_autofree char *value = way_xml_require (xml, element, attribute);

  for (guint i = 0; i < n_names; i++)
    {
      if (g_str_equal (value, names[i]))
        return (int) i;
    }
  if (value[0] != '\0')
    way_xml_report (xml, element, "%s=\"%s\" is not supported", attribute, value);

  return -1;
}

/* The <qti-value>s of a correct response or a default. */
static WayValue *
read_values (WayXml *xml, xmlNode *element, const WayDeclaration *declaration)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (xmlNode *child = way_xml_first (xml, element); child != NULL;
       child = way_xml_next (xml, child))
    {
      g_autofree char *text = NULL;

      if (!way_xml_is (child, "qti-value"))
        {
          way_xml_report (xml, child, "<%s> is not allowed in <%s>", (const char *) child->name,
                          (const char *) element->name);
          continue;
        }
      text = way_xml_dup_text (xml, child);
      if (!way_value_accepts (declaration->base_type, text))
        way_xml_report (xml, child, "“%s” is not a value of type %s", text,
                        base_types[declaration->base_type]);
      g_ptr_array_add (texts, g_steal_pointer (&text));
    }

  if (texts->len == 0)
    way_xml_report (xml, element, "<%s> holds no value", (const char *) element->name);
  if (texts->len > 1 && declaration->cardinality == WAY_CARDINALITY_SINGLE)
    way_xml_report (xml, element, "“%s” is single and cannot hold %u values", declaration->id,
                    texts->len);
  g_ptr_array_add (texts, NULL);

  return way_value_new (declaration->base_type, declaration->cardinality,
                        (const char *const *) texts->pdata);
}

static void
read_mapping (WayXml *xml, xmlNode *element, WayDeclaration *declaration)
{
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  declaration->mapping = g_ptr_array_new_with_free_func (map_entry_free);
  declaration->map_default = way_xml_get_double (xml, element, "default-value", 0);
  declaration->map_lower = way_xml_get_double (xml, element, "lower-bound", -HUGE_VAL);
  declaration->map_upper = way_xml_get_double (xml, element, "upper-bound", HUGE_VAL);
  if (declaration->map_lower > declaration->map_upper)
    way_xml_report (xml, element, "the lower bound is above the upper bound");

  for (xmlNode *child = way_xml_first (xml, element); child != NULL;
       child = way_xml_next (xml, child))
    {
      WayMapEntry *entry;

      if (!way_xml_is (child, "qti-map-entry"))
        {
          way_xml_report (xml, child, "<%s> is not allowed in <qti-mapping>",
                          (const char *) child->name);
          continue;
        }

      entry = g_new0 (WayMapEntry, 1);
      entry->key = way_xml_require (xml, child, "map-key");
      g_free (way_xml_require (xml, child, "mapped-value"));
      entry->value = way_xml_get_double (xml, child, "mapped-value", 0);
      entry->is_case_sensitive = way_xml_get_boolean (xml, child, "case-sensitive", FALSE);
      g_ptr_array_add (declaration->mapping, entry);

      if (!way_value_accepts (declaration->base_type, entry->key))
        way_xml_report (xml, child, "map-key=\"%s\" is not a value of type %s", entry->key,
                        base_types[declaration->base_type]);
      if (!g_hash_table_add (keys, g_strdup (entry->key)))
        way_xml_report (xml, child, "map-key=\"%s\" is there twice", entry->key);
    }
}

static void
read_declaration (WayXml *xml, xmlNode *element, GPtrArray *declarations)
{
  WayDeclaration *self = g_new0 (WayDeclaration, 1);
  int base_type;
  int cardinality;

  self->id = way_xml_require_id (xml, element, "identifier");
  self->map_lower = -HUGE_VAL;
  self->map_upper = HUGE_VAL;
  cardinality = find_name (xml, element, "cardinality", cardinalities,
                           G_N_ELEMENTS (cardinalities));
  base_type = find_name (xml, element, "base-type", base_types, G_N_ELEMENTS (base_types));
  self->cardinality = MAX (cardinality, 0);
  self->base_type = MAX (base_type, 0);
  g_ptr_array_add (declarations, self);

  if (cardinality == WAY_CARDINALITY_RECORD)
    way_xml_report (xml, element, "cardinality=\"record\" is not supported");
  if (cardinality < 0 || base_type < 0)
    return;

  for (xmlNode *child = way_xml_first (xml, element); child != NULL;
       child = way_xml_next (xml, child))
    {
      if (way_xml_is (child, "qti-correct-response") && self->correct == NULL)
        self->correct = read_values (xml, child, self);
      else if (way_xml_is (child, "qti-default-value") && self->initial == NULL)
        self->initial = read_values (xml, child, self);
      else if (way_xml_is (child, "qti-mapping") && self->mapping == NULL)
        read_mapping (xml, child, self);
      else
        way_xml_report (xml, child, "<%s> is not supported", (const char *) child->name);
    }
}

static void
read_feedback (WayXml *xml, WayItem *item, xmlNode *element)
{
  WayFeedback *self = g_new0 (WayFeedback, 1);
  g_autofree char *show_hide = way_xml_get (element, "show-hide");

  self->outcome = way_xml_require_id (xml, element, "outcome-identifier");
  self->id = way_xml_require_id (xml, element, "identifier");
  self->is_shown = g_strcmp0 (show_hide, "hide") != 0;
  g_ptr_array_add (item->feedbacks, self);

  if (self->outcome[0] != '\0' && way_item_find_outcome (item, self->outcome) == NULL)
    way_xml_report (xml, element, "outcome “%s” is not declared", self->outcome);

  for (xmlNode *child = way_xml_first (xml, element); child != NULL;
       child = way_xml_next (xml, child))
    {
      if (way_xml_is (child, "qti-content-body") && self->content == NULL)
        self->content = way_flow_read (xml, child, NULL, NULL);
      else
        way_xml_report (xml, child, "<%s> is not supported", (const char *) child->name);
    }
  if (self->content == NULL)
    {
      way_xml_report (xml, element, "<qti-modal-feedback> needs a <qti-content-body>");
      self->content = way_node_new (WAY_NODE_FLOW);
    }
}

/* Two declarations of one identifier would make every reference to it a guess. */
static void
check_declarations (WayXml *xml, WayItem *item, xmlNode *root)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < item->responses->len + item->outcomes->len; i++)
    {
      gboolean is_response = i < item->responses->len;
      WayDeclaration *declaration = is_response ? g_ptr_array_index (item->responses, i)
                                                : g_ptr_array_index (item->outcomes,
                                                                     i - item->responses->len);

      if (!g_hash_table_add (ids, declaration->id))
        way_xml_report (xml, root, "“%s” is declared twice", declaration->id);
    }
}

static void
read_parts (WayXml *xml, WayItem *item, xmlNode *root)
{
  WayBodyReader reader = { xml, item, NULL };
  xmlNode *processing = NULL;

  for (xmlNode *child = way_xml_first (xml, root); child != NULL; child = way_xml_next (xml, child))
    {
      if (way_xml_is (child, "qti-response-declaration"))
        read_declaration (xml, child, item->responses);
      else if (way_xml_is (child, "qti-outcome-declaration"))
        read_declaration (xml, child, item->outcomes);
      else if (way_xml_is (child, "qti-item-body") && item->body == NULL)
        item->body = way_flow_read (xml, child, way_interaction_read, &reader);
      else if (way_xml_is (child, "qti-response-processing") && processing == NULL)
        processing = child;
      else if (way_xml_is (child, "qti-modal-feedback"))
        read_feedback (xml, item, child);
      else
        way_xml_report (xml, child, "<%s> is not supported", (const char *) child->name);
    }

  check_declarations (xml, item, root);
  if (item->body == NULL)
    {
      way_xml_report (xml, root, "the item has no <qti-item-body>");
      item->body = way_node_new (WAY_NODE_FLOW);
    }
  way_item_check_responses (xml, item, root);
  if (processing != NULL)
    item->processing = way_processing_read (xml, item, processing);
}

/**
 * way_item_read:
 * @bytes: the file
 * @path: what problems call it
 * @expected: (nullable): the identifier it must have
 * @problems: of char*, where problems are added
 * @references: (nullable): of WayReference, where the pictures it names are added
 *
 * Reads a QTI 3 item.
 *
 * Returns: (transfer full) (nullable): the item, incomplete where @problems says so, or NULL
 */
WayItem *
way_item_read (GBytes *bytes,
               const char *path,
               const char *expected,
               GPtrArray *problems,
               GPtrArray *references)
{
  g_autoptr (WayXml) xml = way_xml_new (bytes, path, problems, references);
  xmlNode *root = xml != NULL ? way_xml_get_root (xml, WAY_NS_QTI, "qti-assessment-item") : NULL;
  WayItem *item;

  if (root == NULL)
    return NULL;

  item = g_new0 (WayItem, 1);
  g_atomic_ref_count_init (&item->refs);
  item->path = g_strdup (path);
  item->responses = g_ptr_array_new_with_free_func (declaration_free);
  item->outcomes = g_ptr_array_new_with_free_func (declaration_free);
  item->interactions = g_ptr_array_new ();
  item->feedbacks = g_ptr_array_new_with_free_func (feedback_free);
  item->id = way_xml_require_id (xml, root, "identifier");
  item->title = way_xml_require (xml, root, "title");
  item->language = way_xml_dup_language (root);

  if (expected != NULL && !g_str_equal (expected, item->id))
    way_xml_report (xml, root, "the item calls itself “%s” and the pack calls it “%s”", item->id,
                    expected);
  if (way_xml_get_boolean (xml, root, "adaptive", FALSE))
    way_xml_report (xml, root, "adaptive=\"true\" is not supported");
  read_parts (xml, item, root);

  return item;
}

/**
 * way_expression_new:
 * @name: the element without "qti-"
 * @line: where it stands
 *
 * Returns: (transfer full): an empty node of response processing
 */
WayExpression *
way_expression_new (const char *name, int line)
{
  WayExpression *self = g_new0 (WayExpression, 1);

  self->name = g_strdup (name);
  self->line = line;
  self->attributes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->children = g_ptr_array_new_with_free_func (expression_free);

  return self;
}

/**
 * way_base_type_find:
 * @xml: the file
 * @element: an element with base-type
 *
 * Returns: the base type; %WAY_BASE_STRING after a report
 */
WayBaseType
way_base_type_find (WayXml *xml, xmlNode *element)
{
  int base_type = find_name (xml, element, "base-type", base_types, G_N_ELEMENTS (base_types));

  return base_type < 0 ? WAY_BASE_STRING : (WayBaseType) base_type;
}

/**
 * way_item_new_from_bytes:
 * @bytes: a QTI 3 item
 * @path: what errors call it
 * @error: return location
 *
 * Reads and checks an item.
 *
 * Returns: (transfer full): the item, or NULL with %WAY_PACK_ERROR_INVALID naming the first
 *   problem as file:line: reason
 */
WayItem *
way_item_new_from_bytes (GBytes *bytes, const char *path, GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (WayItem) item = NULL;

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (path != NULL, NULL);

  item = way_item_read (bytes, path, NULL, problems, NULL);
  if (!way_problems_fail (problems, error))
    return NULL;

  return g_steal_pointer (&item);
}

/**
 * way_item_ref:
 * @self: an item
 *
 * Returns: (transfer full): @self
 */
WayItem *
way_item_ref (WayItem *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);

  return self;
}

/**
 * way_item_unref:
 * @self: (transfer full): an item
 *
 * Gives up a reference.
 */
void
way_item_unref (WayItem *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_free (self->id);
  g_free (self->title);
  g_free (self->language);
  g_free (self->path);
  g_clear_pointer (&self->responses, g_ptr_array_unref);
  g_clear_pointer (&self->outcomes, g_ptr_array_unref);
  g_clear_pointer (&self->interactions, g_ptr_array_unref);
  g_clear_pointer (&self->body, way_node_free);
  g_clear_pointer (&self->processing, expression_free);
  g_clear_pointer (&self->feedbacks, g_ptr_array_unref);
  g_free (self);
}

static const WayDeclaration *
find_declaration (GPtrArray *declarations, const char *id)
{
  for (guint i = 0; i < declarations->len; i++)
    {
      WayDeclaration *declaration = g_ptr_array_index (declarations, i);

      if (g_str_equal (declaration->id, id))
        return declaration;
    }

  return NULL;
}

/**
 * way_item_find_response:
 * @self: an item
 * @id: an identifier
 *
 * Returns: (transfer none) (nullable): the response variable of that name
 */
const WayDeclaration *
way_item_find_response (const WayItem *self, const char *id)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return find_declaration (self->responses, id);
}

/**
 * way_item_find_outcome:
 * @self: an item
 * @id: an identifier
 *
 * Returns: (transfer none) (nullable): the outcome variable of that name
 */
const WayDeclaration *
way_item_find_outcome (const WayItem *self, const char *id)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return find_declaration (self->outcomes, id);
}

/**
 * way_item_get_kind:
 * @self: an item
 *
 * What the first interaction asks for: single, multiple, order, match, gap, inline, text or
 * number.
 *
 * Returns: (transfer none): the kind
 */
const char *
way_item_get_kind (const WayItem *self)
{
  const WayInteraction *interaction;
  const WayDeclaration *response;

  g_return_val_if_fail (self != NULL, "text");

  if (self->interactions->len == 0)
    return "text";

  interaction = g_ptr_array_index (self->interactions, 0);
  switch (interaction->type)
    {
    case WAY_INTERACTION_CHOICE:
      return interaction->max_choices == 1 ? "single" : "multiple";
    case WAY_INTERACTION_ORDER:
      return "order";
    case WAY_INTERACTION_MATCH:
      return "match";
    case WAY_INTERACTION_GAP_MATCH:
      return "gap";
    case WAY_INTERACTION_INLINE_CHOICE:
      return "inline";
    case WAY_INTERACTION_TEXT_ENTRY:
      response = way_item_find_response (self, interaction->response);
      if (response != NULL
          && (response->base_type == WAY_BASE_INTEGER || response->base_type == WAY_BASE_FLOAT))
        return "number";
      return "text";
    case WAY_INTERACTION_EXTENDED_TEXT:
    default:
      return "text";
    }
}
