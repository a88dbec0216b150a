/* way-scorm-flow.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/way-scorm-private.h"

/* What a node is called in module.js; NULL where it has no element of its own. */
static const char *
get_name (const WayNode *node)
{
  switch (node->type)
    {
    case WAY_NODE_PARAGRAPH:
      return "p";
    case WAY_NODE_HEADING:
      return node->level == 3 ? "h3" : "h2";
    case WAY_NODE_LIST:
      return node->level == 1 ? "ol" : "ul";
    case WAY_NODE_LIST_ITEM:
      return "li";
    case WAY_NODE_STRONG:
      return "strong";
    case WAY_NODE_EMPHASIS:
      return "em";
    case WAY_NODE_TERM:
      return "dfn";
    case WAY_NODE_BREAK:
      return "br";
    case WAY_NODE_IMAGE:
      return "img";
    case WAY_NODE_TABLE:
      return "table";
    case WAY_NODE_ROW:
      return "tr";
    case WAY_NODE_CELL:
      return node->level == 1 ? "th" : "td";
    case WAY_NODE_BOX:
      return node->feedback != NULL ? "later" : "box";
    case WAY_NODE_SPAN:
      return node->feedback != NULL ? "later" : "span";
    case WAY_NODE_GAP:
      return "gap";
    case WAY_NODE_HOTTEXT:
      return "hot";
    case WAY_NODE_INTERACTION:
      return "ask";
    case WAY_NODE_FLOW:
    case WAY_NODE_TEXT:
    default:
      return NULL;
    }
}

/* private: a member that is text, where there is any */
void
way_scorm_set_text (JsonBuilder *json, const char *name, const char *text)
{
  if (text == NULL)
    return;
  json_builder_set_member_name (json, name);
  json_builder_add_string_value (json, text);
}

/* private: a member that is a number */
void
way_scorm_set_number (JsonBuilder *json, const char *name, double number)
{
  json_builder_set_member_name (json, name);
  json_builder_add_double_value (json, number);
}

/* private: a member that is a whole number */
void
way_scorm_set_integer (JsonBuilder *json, const char *name, gint64 number)
{
  json_builder_set_member_name (json, name);
  json_builder_add_int_value (json, number);
}

/* private: a member that is true or false */
void
way_scorm_set_flag (JsonBuilder *json, const char *name, gboolean is)
{
  json_builder_set_member_name (json, name);
  json_builder_add_boolean_value (json, is);
}

/* private: which feedback it is, and when it shows */
void
way_scorm_set_feedback (JsonBuilder *json, const WayFeedback *feedback)
{
  way_scorm_set_text (json, "outcome", feedback->outcome);
  way_scorm_set_text (json, "id", feedback->id);
  way_scorm_set_flag (json, "isShown", feedback->is_shown);
}

/* A head cell beside others is of its row, among heads only of its column. */
static const char *
get_scope (const WayNode *row)
{
  for (guint i = 0; row != NULL && row->children != NULL && i < row->children->len; i++)
    {
      const WayNode *cell = g_ptr_array_index (row->children, i);

      if (cell->type == WAY_NODE_CELL && cell->level != 1)
        return "row";
    }

  return "col";
}

typedef struct
{
  JsonBuilder *json;
  WayPack *pack;
  GHashTable *media;
  const WayItem *item; /* (nullable) whose interactions are named by number */
} Writer;

static void write_node (Writer *self, const WayNode *node, const WayNode *parent);

static void
write_children (Writer *self, const WayNode *node)
{
  for (guint i = 0; node->children != NULL && i < node->children->len; i++)
    write_node (self, g_ptr_array_index (node->children, i), node);
}

static void
write_own (Writer *self, const WayNode *node, const WayNode *parent)
{
  JsonBuilder *json = self->json;

  switch (node->type)
    {
      case WAY_NODE_TERM: {
        g_autofree char *word = way_node_dup_text (node);

        way_scorm_set_text (json, "meaning", way_pack_explain (self->pack, word));
        break;
      }
    case WAY_NODE_IMAGE:
      if (node->source != NULL)
        g_hash_table_add (self->media, g_strdup (node->source));
      way_scorm_set_text (json, "src", node->source);
      way_scorm_set_text (json, "alt", node->alternative);
      break;
    case WAY_NODE_CELL:
      if (node->level == 1)
        way_scorm_set_text (json, "k", get_scope (parent));
      break;
    case WAY_NODE_BOX:
    case WAY_NODE_SPAN:
      way_scorm_set_text (json, "k", node->type == WAY_NODE_SPAN ? "span" : node->name);
      if (node->feedback != NULL)
        {
          json_builder_set_member_name (json, "f");
          json_builder_begin_object (json);
          way_scorm_set_feedback (json, node->feedback);
          json_builder_end_object (json);
        }
      break;
    case WAY_NODE_HOTTEXT:
      /* Its words are its own, without nodes below. */
      way_scorm_set_text (json, "id", node->name);
      json_builder_set_member_name (json, "c");
      json_builder_begin_array (json);
      json_builder_add_string_value (json, node->text != NULL ? node->text : "");
      json_builder_end_array (json);
      break;
    case WAY_NODE_GAP:
      way_scorm_set_text (json, "id", node->name);
      break;
    case WAY_NODE_INTERACTION:
      for (guint i = 0; self->item != NULL && i < self->item->interactions->len; i++)
        if (g_ptr_array_index (self->item->interactions, i) == node->interaction)
          way_scorm_set_integer (json, "i", i);
      break;
    case WAY_NODE_FLOW:
    case WAY_NODE_TEXT:
    case WAY_NODE_PARAGRAPH:
    case WAY_NODE_HEADING:
    case WAY_NODE_LIST:
    case WAY_NODE_LIST_ITEM:
    case WAY_NODE_STRONG:
    case WAY_NODE_EMPHASIS:
    case WAY_NODE_BREAK:
    case WAY_NODE_TABLE:
    case WAY_NODE_ROW:
    default:
      break;
    }
}

static void
write_node (Writer *self, const WayNode *node, const WayNode *parent)
{
  const char *name = get_name (node);

  if (node->type == WAY_NODE_TEXT)
    {
      if (node->text != NULL)
        json_builder_add_string_value (self->json, node->text);
      return;
    }
  if (name == NULL)
    {
      write_children (self, node);
      return;
    }

  json_builder_begin_object (self->json);
  way_scorm_set_text (self->json, "n", name);
  write_own (self, node, parent);
  if (node->children != NULL && node->children->len > 0)
    {
      json_builder_set_member_name (self->json, "c");
      json_builder_begin_array (self->json);
      write_children (self, node);
      json_builder_end_array (self->json);
    }
  json_builder_end_object (self->json);
}

/* private: the nodes below @node as a list; of a question with the numbers of its interactions */
void
way_scorm_add_body (
    JsonBuilder *json, WayPack *pack, const WayItem *item, const WayNode *node, GHashTable *media)
{
  Writer self = { json, pack, media, item };

  json_builder_begin_array (json);
  if (node != NULL)
    {
      if (node->type == WAY_NODE_FLOW)
        write_children (&self, node);
      else
        write_node (&self, node, NULL);
    }
  json_builder_end_array (json);
}

/**
 * way_scorm_add_flow:
 * @json: takes a list
 * @pack: explains hard words
 * @node: (nullable): what is shown
 * @media: (element-type utf8): pictures met are added
 */
void
way_scorm_add_flow (JsonBuilder *json, WayPack *pack, const WayNode *node, GHashTable *media)
{
  way_scorm_add_body (json, pack, NULL, node, media);
}
