/* way-flow.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "content/way-flow.h"

static gboolean
is_block (const WayNode *self)
{
  switch (self->type)
    {
    case WAY_NODE_PARAGRAPH:
    case WAY_NODE_HEADING:
    case WAY_NODE_LIST:
    case WAY_NODE_LIST_ITEM:
    case WAY_NODE_TABLE:
    case WAY_NODE_ROW:
    case WAY_NODE_BOX:
      return TRUE;

    case WAY_NODE_FLOW:
    case WAY_NODE_TEXT:
    case WAY_NODE_STRONG:
    case WAY_NODE_EMPHASIS:
    case WAY_NODE_TERM:
    case WAY_NODE_BREAK:
    case WAY_NODE_IMAGE:
    case WAY_NODE_CELL:
    case WAY_NODE_SPAN:
    case WAY_NODE_GAP:
    case WAY_NODE_INTERACTION:
    default:
      return FALSE;
    }
}

static void
end_line (GString *text)
{
  if (text->len > 0 && text->str[text->len - 1] != '\n')
    g_string_append_c (text, '\n');
}

static void
append_text (GString *text, const WayNode *node)
{
  if (is_block (node))
    end_line (text);

  if (node->type == WAY_NODE_TEXT)
    g_string_append (text, node->text);
  else if (node->type == WAY_NODE_IMAGE && node->alternative != NULL)
    g_string_append (text, node->alternative);
  else if (node->type == WAY_NODE_GAP)
    g_string_append (text, "…");
  else if (node->type == WAY_NODE_BREAK)
    end_line (text);
  else if (node->type == WAY_NODE_CELL && text->len > 0 && text->str[text->len - 1] != '\n')
    g_string_append_c (text, ' ');

  for (guint i = 0; node->children != NULL && i < node->children->len; i++)
    append_text (text, g_ptr_array_index (node->children, i));

  if (is_block (node))
    end_line (text);
}

/**
 * way_node_dup_text:
 * @self: (nullable): a node
 *
 * The words alone: a line for each block, cells parted by spaces, gaps as "…", pictures as
 * their alternative text. Interactions have no words of their own here.
 *
 * Returns: (transfer full): plain text
 */
char *
way_node_dup_text (const WayNode *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (self != NULL)
    append_text (text, self);

  return g_strchomp (g_string_free (g_steal_pointer (&text), FALSE));
}

/**
 * way_node_free:
 * @self: (transfer full) (nullable): a node
 *
 * Frees a node and all below it.
 */
void
way_node_free (WayNode *self)
{
  if (self == NULL)
    return;

  g_free (self->text);
  g_free (self->name);
  g_free (self->source);
  g_free (self->alternative);
  g_clear_pointer (&self->interaction, way_interaction_free);
  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_free (self);
}

/**
 * way_choice_free:
 * @self: (transfer full) (nullable): a choice
 *
 * Frees a choice.
 */
void
way_choice_free (WayChoice *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_clear_pointer (&self->content, way_node_free);
  g_free (self);
}

/**
 * way_interaction_free:
 * @self: (transfer full) (nullable): an interaction
 *
 * Frees an interaction with its choices.
 */
void
way_interaction_free (WayInteraction *self)
{
  if (self == NULL)
    return;

  g_free (self->response);
  g_clear_pointer (&self->prompt, way_node_free);
  g_clear_pointer (&self->content, way_node_free);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  g_clear_pointer (&self->targets, g_ptr_array_unref);
  g_free (self->pattern);
  g_free (self);
}
