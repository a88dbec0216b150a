/* way-flow-reader.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "content/way-reader.h"

#include <string.h>

typedef enum
{
  HOLDS_NOTHING,
  HOLDS_INLINE,
  HOLDS_BLOCKS, /* and inline */
  HOLDS_LIST_ITEMS,
  HOLDS_ROWS,
  HOLDS_CELLS,
} Holds;

typedef enum
{
  STANDS_INLINE,
  STANDS_AS_BLOCK,
  STANDS_IN_LIST,
  STANDS_IN_TABLE,
  STANDS_IN_ROW,
} Stands;

typedef struct
{
  const char *tag;
  WayNodeType type;
  int level;
  Stands stands;
  Holds holds;
} Tag;

static const Tag tags[] = {
  { "p", WAY_NODE_PARAGRAPH, 0, STANDS_AS_BLOCK, HOLDS_INLINE },
  { "h2", WAY_NODE_HEADING, 2, STANDS_AS_BLOCK, HOLDS_INLINE },
  { "h3", WAY_NODE_HEADING, 3, STANDS_AS_BLOCK, HOLDS_INLINE },
  { "ul", WAY_NODE_LIST, 0, STANDS_AS_BLOCK, HOLDS_LIST_ITEMS },
  { "ol", WAY_NODE_LIST, 1, STANDS_AS_BLOCK, HOLDS_LIST_ITEMS },
  { "li", WAY_NODE_LIST_ITEM, 0, STANDS_IN_LIST, HOLDS_BLOCKS },
  { "strong", WAY_NODE_STRONG, 0, STANDS_INLINE, HOLDS_INLINE },
  { "em", WAY_NODE_EMPHASIS, 0, STANDS_INLINE, HOLDS_INLINE },
  { "dfn", WAY_NODE_TERM, 0, STANDS_INLINE, HOLDS_INLINE },
  { "span", WAY_NODE_SPAN, 0, STANDS_INLINE, HOLDS_INLINE },
  { "br", WAY_NODE_BREAK, 0, STANDS_INLINE, HOLDS_NOTHING },
  { "img", WAY_NODE_IMAGE, 0, STANDS_INLINE, HOLDS_NOTHING },
  { "div", WAY_NODE_BOX, 0, STANDS_AS_BLOCK, HOLDS_BLOCKS },
  { "blockquote", WAY_NODE_BOX, 0, STANDS_AS_BLOCK, HOLDS_BLOCKS },
  { "table", WAY_NODE_TABLE, 0, STANDS_AS_BLOCK, HOLDS_ROWS },
  { "thead", WAY_NODE_TABLE, 0, STANDS_IN_TABLE, HOLDS_ROWS },
  { "tbody", WAY_NODE_TABLE, 0, STANDS_IN_TABLE, HOLDS_ROWS },
  { "tr", WAY_NODE_ROW, 0, STANDS_IN_TABLE, HOLDS_CELLS },
  { "th", WAY_NODE_CELL, 1, STANDS_IN_ROW, HOLDS_BLOCKS },
  { "td", WAY_NODE_CELL, 0, STANDS_IN_ROW, HOLDS_BLOCKS },
};

/* White space is folded along a line of text, across the inline elements in it. */
typedef struct
{
  WayXml *xml;
  WayFlowExtension extension;
  gpointer data;
  gboolean is_at_space; /* the next space would be one too many */
  WayNode *last_parent; /* (borrowed) (nullable) whose last child is the last text of this line */
} FlowReader;

static void read_children (FlowReader *self, xmlNode *element, WayNode *into, Holds holds);

static const Tag *
find_tag (const xmlNode *element)
{
  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      if (way_xml_is (element, tags[i].tag))
        return &tags[i];
    }

  return NULL;
}

static gboolean
stands_in (Stands stands, Holds holds)
{
  switch (holds)
    {
    case HOLDS_INLINE:
      return stands == STANDS_INLINE;
    case HOLDS_BLOCKS:
      return stands == STANDS_INLINE || stands == STANDS_AS_BLOCK;
    case HOLDS_LIST_ITEMS:
      return stands == STANDS_IN_LIST;
    case HOLDS_ROWS:
      return stands == STANDS_IN_TABLE;
    case HOLDS_CELLS:
      return stands == STANDS_IN_ROW;
    case HOLDS_NOTHING:
    default:
      return FALSE;
    }
}

static gboolean
is_inline_node (const WayNode *node)
{
  if (node->type == WAY_NODE_INTERACTION)
    return way_interaction_is_inline (node->interaction);

  return node->type == WAY_NODE_GAP || node->type == WAY_NODE_HOTTEXT || node->type == WAY_NODE_TEXT
         || node->type == WAY_NODE_SPAN;
}

static WayNode *
get_last_child (const WayNode *node)
{
  guint n = node->children->len;

  return n > 0 ? g_ptr_array_index (node->children, n - 1) : NULL;
}

/* Takes the space off the end of the line that is complete. */
static void
end_line (FlowReader *self)
{
  WayNode *last = self->last_parent != NULL ? get_last_child (self->last_parent) : NULL;

  if (last != NULL && last->type == WAY_NODE_TEXT && g_str_has_suffix (last->text, " "))
    {
      last->text[strlen (last->text) - 1] = '\0';
      if (last->text[0] == '\0')
        g_ptr_array_remove_index (self->last_parent->children,
                                  self->last_parent->children->len - 1);
    }
  self->last_parent = NULL;
  self->is_at_space = TRUE;
}

static void
read_text (FlowReader *self, const char *text, WayNode *into)
{
  g_autoptr (GString) folded = g_string_new (NULL);
  WayNode *node = get_last_child (into);

  for (const char *c = text; *c != '\0'; c++)
    {
      gboolean is_space = strchr (" \t\r\n", *c) != NULL;

      if (!is_space)
        g_string_append_c (folded, *c);
      else if (!self->is_at_space)
        g_string_append_c (folded, ' ');
      self->is_at_space = is_space;
    }
  if (folded->len == 0)
    return;

  /* A comment may have cut the text in two. */
  if (node != NULL && node->type == WAY_NODE_TEXT)
    {
      char *joined = g_strconcat (node->text, folded->str, NULL);

      g_free (node->text);
      node->text = joined;
    }
  else
    {
      node = way_node_new (WAY_NODE_TEXT);
      node->text = g_string_free (g_steal_pointer (&folded), FALSE);
      g_ptr_array_add (into->children, node);
    }
  self->last_parent = into;
}

static void
check_attributes (FlowReader *self, xmlNode *element, const Tag *tag)
{
  for (xmlAttr *attribute = element->properties; attribute != NULL; attribute = attribute->next)
    {
      const char *name = (const char *) attribute->name;
      gboolean is_known;

      is_known = attribute->ns != NULL || g_str_equal (name, "class") || g_str_equal (name, "id")
                 || g_str_has_prefix (name, "data-");
      if (tag->type == WAY_NODE_IMAGE)
        is_known = is_known || g_str_equal (name, "src") || g_str_equal (name, "alt")
                   || g_str_equal (name, "width") || g_str_equal (name, "height");
      if (tag->type == WAY_NODE_CELL)
        is_known = is_known || g_str_equal (name, "scope");
      if (!is_known)
        way_xml_report (self->xml, element, "the attribute “%s” of <%s> is not supported", name,
                        tag->tag);
    }
}

static void
read_attributes (FlowReader *self, xmlNode *element, const Tag *tag, WayNode *node)
{
  check_attributes (self, element, tag);

  if (tag->type == WAY_NODE_IMAGE)
    {
      node->source = way_xml_require_path (self->xml, element, "src");
      node->alternative = way_xml_get (element, "alt");
      if (node->alternative == NULL)
        way_xml_report (self->xml, element,
                        "<img> needs the attribute “alt”, empty if it is "
                        "only decoration");
    }
  else if (tag->type == WAY_NODE_CELL)
    {
      node->name = way_xml_get (element, "scope");
    }
  else if (tag->type == WAY_NODE_BOX || tag->type == WAY_NODE_SPAN)
    {
      node->name = way_xml_get (element, "class");
      if (node->name == NULL && g_str_equal (tag->tag, "blockquote"))
        node->name = g_strdup ("quote");
    }
}

static void
read_tag (FlowReader *self, xmlNode *element, const Tag *tag, WayNode *into)
{
  WayNode *node;

  /* Head and body of a table are only rows to whoever shows it. */
  if (tag->type == WAY_NODE_TABLE && tag->stands == STANDS_IN_TABLE)
    {
      check_attributes (self, element, tag);
      read_children (self, element, into, tag->holds);
      return;
    }

  node = way_node_new (tag->type);
  node->level = tag->level;
  read_attributes (self, element, tag, node);
  if (tag->stands != STANDS_INLINE || tag->type == WAY_NODE_BREAK)
    end_line (self);

  g_ptr_array_add (into->children, node);
  read_children (self, element, node, tag->holds);

  if (tag->stands != STANDS_INLINE || tag->type == WAY_NODE_BREAK)
    end_line (self);
  if (tag->type == WAY_NODE_IMAGE)
    {
      self->is_at_space = FALSE;
      self->last_parent = NULL;
    }
  if (tag->type == WAY_NODE_TERM)
    node->name = way_node_dup_text (node);
}

static void
read_element (FlowReader *self, xmlNode *element, WayNode *into, Holds holds)
{
  const char *name = (const char *) element->name;
  const char *parent = (const char *) element->parent->name;
  gboolean is_of_ns;
  const Tag *tag;
  WayNode *node = NULL;

  is_of_ns = element->ns != NULL && g_str_equal ((const char *) element->ns->href, self->xml->ns);
  tag = is_of_ns ? find_tag (element) : NULL;

  if (tag != NULL && stands_in (tag->stands, holds))
    {
      read_tag (self, element, tag, into);
      return;
    }
  if (tag != NULL)
    {
      way_xml_note (self->xml, element, "<%s> is not allowed in <%s>", name, parent);
      return;
    }
  if (!is_of_ns || self->extension == NULL || !self->extension (element, &node, self->data))
    {
      way_xml_note (self->xml, element, "<%s> is not supported", name);
      return;
    }
  if (node == NULL)
    return;

  if (holds != HOLDS_BLOCKS && !(holds == HOLDS_INLINE && is_inline_node (node)))
    way_xml_note (self->xml, element, "<%s> is not allowed in <%s>", name, parent);
  if (is_inline_node (node))
    {
      self->is_at_space = FALSE;
      self->last_parent = NULL;
    }
  else
    {
      end_line (self);
    }
  g_ptr_array_add (into->children, node);
}

static void
read_children (FlowReader *self, xmlNode *element, WayNode *into, Holds holds)
{
  for (xmlNode *child = element->children; child != NULL; child = child->next)
    {
      if (child->type == XML_ELEMENT_NODE)
        {
          read_element (self, child, into, holds);
        }
      else if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE)
        {
          if (holds == HOLDS_INLINE || holds == HOLDS_BLOCKS)
            read_text (self, (const char *) child->content, into);
          else if (!xmlIsBlankNode (child))
            way_xml_note (self->xml, element, "text is not allowed directly in <%s>",
                          (const char *) element->name);
        }
    }
}

/**
 * way_flow_read:
 * @xml: the file
 * @parent: the element that holds the flow
 * @extension: (nullable): takes the elements that are not flow
 * @data: for @extension
 *
 * Reads the contents of @parent as flow. What is not supported is reported, never dropped
 * in silence.
 *
 * Returns: (transfer full): a node of type %WAY_NODE_FLOW
 */
WayNode *
way_flow_read (WayXml *xml, xmlNode *parent, WayFlowExtension extension, gpointer data)
{
  FlowReader reader = { xml, extension, data, TRUE, NULL };
  WayNode *root = way_node_new (WAY_NODE_FLOW);

  read_children (&reader, parent, root, HOLDS_BLOCKS);
  end_line (&reader);

  return root;
}

/**
 * way_node_new:
 * @type: what it is
 *
 * Returns: (transfer full): an empty node; its list of children is never NULL
 */
WayNode *
way_node_new (WayNodeType type)
{
  WayNode *self = g_new0 (WayNode, 1);

  self->type = type;
  self->children = g_ptr_array_new_with_free_func ((GDestroyNotify) way_node_free);

  return self;
}
