/* way-item.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "content/way-item.h"

#include "content/way-reader.h"

G_DEFINE_BOXED_TYPE (WayItem, way_item, way_item_ref, way_item_unref)

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

/**
 * way_feedback_read:
 * @reader: the item
 * @element: a modal feedback, or one that stands in the body
 *
 * Reads what there is to say about an answer. Wherever it stands, it is shown after the
 * answer.
 *
 * Returns: (transfer none): the feedback, which is the item's
 */
WayFeedback *
way_feedback_read (WayBodyReader *reader, xmlNode *element)
{
  WayBodyReader inside = { reader->xml, reader->item, NULL, way_choice_part_read };
  WayFeedback *self = g_new0 (WayFeedback, 1);
  WayXml *xml = reader->xml;
  WayItem *item = reader->item;
  gboolean is_modal = way_xml_is (element, "qti-modal-feedback");
  xmlNode *first = xmlFirstElementChild (element);
  g_autofree char *show_hide = way_xml_get (element, "show-hide");

  self->outcome = way_xml_require_id (xml, element, "outcome-identifier");
  self->id = way_xml_require_id (xml, element, "identifier");
  self->is_shown = g_strcmp0 (show_hide, "hide") != 0;
  g_ptr_array_add (item->feedbacks, self);

  if (self->outcome[0] != '\0' && way_item_find_outcome (item, self->outcome) == NULL)
    way_xml_report (xml, element, "outcome “%s” is not declared", self->outcome);

  /* In the body of an item the wrapping may be left out. */
  if (!is_modal && (first == NULL || !way_xml_is (first, "qti-content-body")))
    self->content = way_flow_read (xml, element, way_choice_part_read, &inside);
  for (xmlNode *child = self->content == NULL ? way_xml_first (xml, element) : NULL; child != NULL;
       child = way_xml_next (xml, child))
    {
      if (way_xml_is (child, "qti-content-body") && self->content == NULL)
        self->content = way_flow_read (xml, child, way_choice_part_read, &inside);
      else
        way_xml_report (xml, child, "<%s> is not supported", (const char *) child->name);
    }
  if (self->content == NULL)
    {
      way_xml_report (xml, element, "<qti-modal-feedback> needs a <qti-content-body>");
      self->content = way_node_new (WAY_NODE_FLOW);
    }

  return self;
}

/* Two declarations of one identifier would make every reference to it a guess. */
static void
check_declarations (WayXml *xml, WayItem *item, xmlNode *root)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *lists[] = { item->responses, item->outcomes, item->templates };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    for (guint j = 0; j < lists[i]->len; j++)
      {
        WayDeclaration *declaration = g_ptr_array_index (lists[i], j);

        if (!g_hash_table_add (ids, declaration->id))
          way_xml_report (xml, root, "“%s” is declared twice", declaration->id);
      }
}

/* The variables, which everything else may name. What a template has drawn for one person
 * takes the place of what is written. */
static void
read_declarations (
    WayXml *xml, WayItem *item, xmlNode *root, GHashTable *corrects, GHashTable *initials)
{
  GPtrArray *lists[] = { item->responses, item->outcomes, item->templates };

  for (xmlNode *child = xmlFirstElementChild (root); child != NULL;
       child = xmlNextElementSibling (child))
    {
      if (way_xml_is (child, "qti-response-declaration"))
        way_declaration_read (xml, child, item->responses);
      else if (way_xml_is (child, "qti-outcome-declaration"))
        way_declaration_read (xml, child, item->outcomes);
      else if (way_xml_is (child, "qti-template-declaration"))
        way_declaration_read (xml, child, item->templates);
    }
  check_declarations (xml, item, root);

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    for (guint j = 0; j < lists[i]->len; j++)
      {
        WayDeclaration *declaration = g_ptr_array_index (lists[i], j);
        WayValue *correct = corrects != NULL ? g_hash_table_lookup (corrects, declaration->id)
                                             : NULL;
        WayValue *initial = initials != NULL ? g_hash_table_lookup (initials, declaration->id)
                                             : NULL;

        if (correct != NULL)
          {
            g_clear_pointer (&declaration->correct, way_value_unref);
            declaration->correct = way_value_ref (correct);
          }
        if (initial != NULL)
          {
            g_clear_pointer (&declaration->initial, way_value_unref);
            declaration->initial = way_value_ref (initial);
          }
      }
}

static void
read_parts (WayXml *xml, WayItem *item, xmlNode *root)
{
  WayBodyReader reader = { xml, item, NULL, way_interaction_read };
  xmlNode *processing = NULL;
  xmlNode *templates = NULL;

  for (xmlNode *child = way_xml_first (xml, root); child != NULL; child = way_xml_next (xml, child))
    {
      if (way_xml_is (child, "qti-response-declaration")
          || way_xml_is (child, "qti-outcome-declaration")
          || way_xml_is (child, "qti-template-declaration"))
        continue;
      if (way_xml_is (child, "qti-item-body") && item->body == NULL)
        item->body = way_flow_read (xml, child, way_interaction_read, &reader);
      else if (way_xml_is (child, "qti-template-processing") && templates == NULL)
        templates = child;
      else if (way_xml_is (child, "qti-response-processing") && processing == NULL)
        processing = child;
      else if (way_xml_is (child, "qti-modal-feedback"))
        way_feedback_read (&reader, child);
      else
        way_xml_report (xml, child, "<%s> is not supported", (const char *) child->name);
    }

  if (item->body == NULL)
    {
      way_xml_note (xml, root, "the item has no <qti-item-body>");
      item->body = way_node_new (WAY_NODE_FLOW);
    }
  way_item_check_responses (xml, item, root);
  if (templates != NULL)
    item->template_processing = way_template_processing_read (xml, item, templates);
  if (processing != NULL)
    item->processing = way_processing_read (xml, item, processing);
}

/* The rules of a desk give the points, and nothing else does. */
static void
check_desk (WayXml *xml, const WayItem *item, xmlNode *root)
{
  if (way_item_get_desk (item) == NULL)
    return;

  if (item->interactions->len > 1)
    way_xml_report (xml, root, "a practice desk is asked alone");
  if (item->processing != NULL)
    way_xml_report (xml, root,
                    "the rules of the practice desk give the points: "
                    "<qti-response-processing> does not belong here");
  if (item->templates->len > 0)
    way_xml_report (xml, root, "a practice desk draws for itself, and has no templates");
  if (way_item_find_outcome (item, "SCORE") == NULL
      || way_item_find_outcome (item, "MAXSCORE") == NULL)
    way_xml_report (xml, root, "a practice desk needs the outcomes SCORE and MAXSCORE");
}

static WayItem *
read_item (WayXml *xml,
           xmlNode *root,
           GBytes *source,
           GHashTable *values,
           GHashTable *corrects,
           GHashTable *initials)
{
  WayItem *item = g_new0 (WayItem, 1);

  g_atomic_ref_count_init (&item->refs);
  item->path = g_strdup (xml->path);
  item->responses = g_ptr_array_new_with_free_func (way_declaration_free);
  item->outcomes = g_ptr_array_new_with_free_func (way_declaration_free);
  item->templates = g_ptr_array_new_with_free_func (way_declaration_free);
  item->values = values != NULL ? g_hash_table_ref (values) : NULL;
  item->interactions = g_ptr_array_new ();
  item->feedbacks = g_ptr_array_new_with_free_func (feedback_free);
  item->id = way_xml_require_id (xml, root, "identifier");
  item->title = way_xml_require (xml, root, "title");
  item->language = way_xml_dup_language (root);
  item->is_adaptive = way_xml_get_boolean (xml, root, "adaptive", FALSE);

  read_declarations (xml, item, root, corrects, initials);
  if (item->templates->len > 0)
    item->source = g_bytes_ref (source);
  read_parts (xml, item, root);
  check_desk (xml, item, root);

  return item;
}

/**
 * way_item_read_tree:
 * @xml: a file as packs are written in
 * @root: its root
 *
 * Reads a QTI 3 item whose file is parsed already.
 *
 * Returns: (transfer full): the item, incomplete where the problems of @xml say so; it cannot
 *   be drawn anew
 */
WayItem *
way_item_read_tree (WayXml *xml, xmlNode *root)
{
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);

  return read_item (xml, root, nothing, NULL, NULL, NULL);
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

  item = read_item (xml, root, bytes, NULL, NULL, NULL);
  if (expected != NULL && !g_str_equal (expected, item->id))
    way_xml_report (xml, root, "the item calls itself “%s” and the pack calls it “%s”", item->id,
                    expected);

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
 * way_item_new_from_outside:
 * @bytes: an item of QTI 3, 2.2, 2.1 or 2.0, made by anybody
 * @path: what errors and notes call it
 * @notes: (nullable): of char*, where what is not taken is named as file:line: reason
 * @error: return location
 *
 * Reads an item as far as it can be scored: what can only not be shown, or only not as it
 * was meant, is noted.
 *
 * Returns: (transfer full): the item, or NULL with %WAY_PACK_ERROR_INVALID naming the first
 *   thing that cannot be scored as file:line: reason
 */
WayItem *
way_item_new_from_outside (GBytes *bytes, const char *path, GPtrArray *notes, GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (WayItem) item = NULL;
  g_autoptr (WayXml) xml = NULL;
  xmlNode *root = NULL;

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (path != NULL, NULL);

  xml = way_xml_new (bytes, path, problems, NULL);
  if (xml != NULL)
    {
      xml->notes = notes != NULL ? g_ptr_array_ref (notes)
                                 : g_ptr_array_new_with_free_func (g_free);
      root = way_qti_adapt (xml, NULL, NULL);
    }
  if (root != NULL)
    item = read_item (xml, root, bytes, NULL, NULL, NULL);
  if (!way_problems_fail (problems, error))
    return NULL;

  return g_steal_pointer (&item);
}

/**
 * way_item_new_instance:
 * @self: an item with templates
 * @values: (element-type utf8 WayValue): what was drawn for its template variables
 * @corrects: (nullable): response identifier → WayValue, where the template sets what is right
 * @initials: (nullable): identifier → WayValue, where it sets defaults
 * @error: return location
 *
 * Makes the item as one person sees it.
 *
 * Returns: (transfer full): the item, or NULL with %WAY_PACK_ERROR_INVALID
 */
WayItem *
way_item_new_instance (const WayItem *self,
                       GHashTable *values,
                       GHashTable *corrects,
                       GHashTable *initials,
                       GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (WayItem) item = NULL;
  g_autoptr (WayXml) xml = NULL;
  xmlNode *root = NULL;

  g_return_val_if_fail (self != NULL && self->source != NULL, NULL);
  g_return_val_if_fail (values != NULL, NULL);

  xml = way_xml_new (self->source, self->path, problems, NULL);
  if (xml != NULL)
    {
      /* What there was to say was said of the item itself. */
      xml->notes = g_ptr_array_new_with_free_func (g_free);
      root = way_qti_adapt (xml, NULL, NULL);
    }
  if (root != NULL)
    item = read_item (xml, root, self->source, values, corrects, initials);
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
  g_clear_pointer (&self->templates, g_ptr_array_unref);
  g_clear_pointer (&self->values, g_hash_table_unref);
  g_clear_pointer (&self->source, g_bytes_unref);
  g_clear_pointer (&self->interactions, g_ptr_array_unref);
  g_clear_pointer (&self->body, way_node_free);
  g_clear_pointer (&self->processing, expression_free);
  g_clear_pointer (&self->template_processing, expression_free);
  g_clear_pointer (&self->feedbacks, g_ptr_array_unref);
  g_free (self->rationale);
  g_clear_pointer (&self->explanations, g_hash_table_unref);
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
 * way_item_find_template:
 * @self: an item
 * @id: an identifier
 *
 * Returns: (transfer none) (nullable): the template variable of that name
 */
const WayDeclaration *
way_item_find_template (const WayItem *self, const char *id)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return find_declaration (self->templates, id);
}

/**
 * way_item_get_desk:
 *
 * Returns: (nullable) (transfer none): path of the practice desk that is asked; %NULL for
 *   every other question
 */
const char *
way_item_get_desk (const WayItem *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->interactions->len; i++)
    {
      const WayInteraction *interaction = g_ptr_array_index (self->interactions, i);

      if (interaction->type == WAY_INTERACTION_DESK)
        return interaction->desk;
    }

  return NULL;
}
