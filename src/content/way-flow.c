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
    case WAY_NODE_HOTTEXT:
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

  if (node->type == WAY_NODE_TEXT || node->type == WAY_NODE_HOTTEXT)
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
  g_clear_pointer (&self->shape, way_shape_free);
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
  g_clear_pointer (&self->picture, way_node_free);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  g_clear_pointer (&self->targets, g_ptr_array_unref);
  g_free (self->pattern);
  g_free (self->title);
  g_free (self->desk);
  g_free (self);
}

/**
 * way_interaction_is_inline:
 * @self: an interaction
 *
 * Returns: whether it stands in a line of text
 */
gboolean
way_interaction_is_inline (const WayInteraction *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->type == WAY_INTERACTION_INLINE_CHOICE || self->type == WAY_INTERACTION_TEXT_ENTRY
         || self->type == WAY_INTERACTION_END_ATTEMPT;
}

/**
 * way_interaction_is_shown:
 * @self: an interaction
 *
 * Returns: whether the application can ask it; the others are only scored
 */
gboolean
way_interaction_is_shown (const WayInteraction *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->type != WAY_INTERACTION_GRAPHIC_ASSOCIATE
         && self->type != WAY_INTERACTION_GRAPHIC_GAP_MATCH
         && self->type != WAY_INTERACTION_SELECT_POINT
         && self->type != WAY_INTERACTION_POSITION_OBJECT;
}

/**
 * way_interaction_get_name:
 * @self: an interaction
 *
 * Returns: (transfer none): its kind as QTI calls it, such as “choice”
 */
const char *
way_interaction_get_name (const WayInteraction *self)
{
  static const char *const names[] = {
    [WAY_INTERACTION_CHOICE] = "choice",
    [WAY_INTERACTION_ORDER] = "order",
    [WAY_INTERACTION_MATCH] = "match",
    [WAY_INTERACTION_GAP_MATCH] = "gap-match",
    [WAY_INTERACTION_INLINE_CHOICE] = "inline-choice",
    [WAY_INTERACTION_TEXT_ENTRY] = "text-entry",
    [WAY_INTERACTION_EXTENDED_TEXT] = "extended-text",
    [WAY_INTERACTION_ASSOCIATE] = "associate",
    [WAY_INTERACTION_HOTTEXT] = "hottext",
    [WAY_INTERACTION_HOTSPOT] = "hotspot",
    [WAY_INTERACTION_GRAPHIC_ORDER] = "graphic-order",
    [WAY_INTERACTION_GRAPHIC_ASSOCIATE] = "graphic-associate",
    [WAY_INTERACTION_GRAPHIC_GAP_MATCH] = "graphic-gap-match",
    [WAY_INTERACTION_SELECT_POINT] = "select-point",
    [WAY_INTERACTION_POSITION_OBJECT] = "position-object",
    [WAY_INTERACTION_SLIDER] = "slider",
    [WAY_INTERACTION_END_ATTEMPT] = "end-attempt",
    [WAY_INTERACTION_MEDIA] = "media",
    [WAY_INTERACTION_DESK] = "desk",
  };

  g_return_val_if_fail (self != NULL && self->type < G_N_ELEMENTS (names), NULL);

  return names[self->type];
}
