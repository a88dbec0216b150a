/* way-flow-text.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-flow-text.h"

#include <glib/gi18n.h>

#include "widgets/way-compat.h"

#define CHARACTERS 66 /* a line is not longer, so that the eye finds the next one */

static gboolean
is_block_interaction (const WayNode *node)
{
  return node->type == WAY_NODE_INTERACTION && !way_interaction_is_inline (node->interaction);
}

/**
 * way_flow_is_inline:
 * @node: a node
 *
 * Returns: whether it stands in a line of text, not between lines
 */
gboolean
way_flow_is_inline (const WayNode *node)
{
  switch (node->type)
    {
    case WAY_NODE_TEXT:
    case WAY_NODE_STRONG:
    case WAY_NODE_EMPHASIS:
    case WAY_NODE_TERM:
    case WAY_NODE_BREAK:
    case WAY_NODE_SPAN:
    case WAY_NODE_GAP:
    case WAY_NODE_HOTTEXT:
      return TRUE;
    case WAY_NODE_INTERACTION:
      return !is_block_interaction (node);
    case WAY_NODE_FLOW:
    case WAY_NODE_PARAGRAPH:
    case WAY_NODE_HEADING:
    case WAY_NODE_LIST:
    case WAY_NODE_LIST_ITEM:
    case WAY_NODE_IMAGE:
    case WAY_NODE_TABLE:
    case WAY_NODE_ROW:
    case WAY_NODE_CELL:
    case WAY_NODE_BOX:
    default:
      return FALSE;
    }
}

/**
 * way_flow_get_child:
 * @node: a node
 * @i: from 0
 *
 * Returns: (transfer none) (nullable): what stands below it there, or NULL after the last
 */
const WayNode *
way_flow_get_child (const WayNode *node, guint i)
{
  return node->children != NULL && i < node->children->len ? g_ptr_array_index (node->children, i)
                                                           : NULL;
}

/**
 * way_flow_has_controls:
 * @node: a node
 *
 * Returns: whether a gap, an interaction or a place for feedback stands in the text below @node
 */
gboolean
way_flow_has_controls (const WayNode *node)
{
  const WayNode *child;

  g_return_val_if_fail (node != NULL, FALSE);

  if (node->type == WAY_NODE_GAP || node->type == WAY_NODE_HOTTEXT
      || node->type == WAY_NODE_INTERACTION || node->feedback != NULL)
    return TRUE;
  for (guint i = 0; (child = way_flow_get_child (node, i)) != NULL; i++)
    if (way_flow_has_controls (child))
      return TRUE;

  return FALSE;
}

static void
append_markup (GString *markup, const WayNode *node)
{
  static const struct
  {
    WayNodeType type;
    const char *tag;
  } tags[] = { { WAY_NODE_STRONG, "b" }, { WAY_NODE_EMPHASIS, "i" } };
  const char *tag = NULL;
  const WayNode *child;

  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    if (tags[i].type == node->type)
      tag = tags[i].tag;

  if (node->type == WAY_NODE_TEXT)
    {
      g_autofree char *text = g_markup_escape_text (node->text, -1);

      g_string_append (markup, text);
    }
  else if (node->type == WAY_NODE_BREAK)
    g_string_append_c (markup, '\n');
  else if (node->type == WAY_NODE_TERM)
    {
      g_autofree char *word = way_node_dup_text (node);
      g_autofree char *link = g_uri_escape_string (word, NULL, TRUE);
      g_autofree char *text = g_markup_escape_text (word, -1);

      g_string_append_printf (markup, "<a href=\"explain:%s\" title=\"\">%s</a>", link, text);
      return;
    }

  if (tag != NULL)
    g_string_append_printf (markup, "<%s>", tag);
  for (guint i = 0; (child = way_flow_get_child (node, i)) != NULL; i++)
    append_markup (markup, child);
  if (tag != NULL)
    g_string_append_printf (markup, "</%s>", tag);
}

/**
 * way_flow_dup_markup:
 * @node: a node
 *
 * The text below @node as Pango markup, glossary words as links “explain:WORD”.
 *
 * Returns: (transfer full): markup
 */
char *
way_flow_dup_markup (const WayNode *node)
{
  GString *markup = g_string_new (NULL);

  g_return_val_if_fail (node != NULL, NULL);

  append_markup (markup, node);

  return g_strstrip (g_string_free (markup, FALSE));
}

static void
append_speech (GString *text, const WayNode *node)
{
  const WayNode *child;

  switch (node->type)
    {
    case WAY_NODE_TEXT:
    case WAY_NODE_HOTTEXT:
      g_string_append (text, node->text);
      return;
    case WAY_NODE_IMAGE:
      if (node->alternative != NULL)
        g_string_append (text, node->alternative);
      return;
    case WAY_NODE_GAP:
      g_string_append (text, _ ("blank"));
      return;
    case WAY_NODE_INTERACTION:
      if (!is_block_interaction (node))
        g_string_append (text, _ ("blank"));
      return;
    case WAY_NODE_BREAK:
      g_string_append_c (text, ' ');
      return;
    case WAY_NODE_CELL:
      if (text->len > 0 && !g_str_has_suffix (text->str, "\n"))
        g_string_append (text, ", ");
      break;
    case WAY_NODE_FLOW:
    case WAY_NODE_PARAGRAPH:
    case WAY_NODE_HEADING:
    case WAY_NODE_LIST:
    case WAY_NODE_LIST_ITEM:
    case WAY_NODE_STRONG:
    case WAY_NODE_EMPHASIS:
    case WAY_NODE_TERM:
    case WAY_NODE_TABLE:
    case WAY_NODE_ROW:
    case WAY_NODE_BOX:
    case WAY_NODE_SPAN:
    default:
      break;
    }

  for (guint i = 0; (child = way_flow_get_child (node, i)) != NULL; i++)
    append_speech (text, child);
  if (!way_flow_is_inline (node) && node->type != WAY_NODE_CELL && text->len > 0
      && !g_str_has_suffix (text->str, "\n"))
    g_string_append_c (text, '\n');
}

/**
 * way_flow_dup_speech:
 * @node: (nullable): a node
 *
 * The text below @node as it is to be read out: controls in it are “blank”, blocks of
 * choices are left out.
 *
 * Returns: (transfer full): text, a line for each block
 */
char *
way_flow_dup_speech (const WayNode *node)
{
  GString *text = g_string_new (NULL);

  if (node != NULL)
    append_speech (text, node);

  return g_strstrip (g_string_free (text, FALSE));
}

static gboolean
activate_link_cb (GtkLabel *label, const char *uri, gpointer user_data)
{
  if (g_str_has_prefix (uri, "explain:"))
    {
      g_autofree char *word = g_uri_unescape_string (uri + strlen ("explain:"), NULL);

      if (word != NULL)
        gtk_widget_activate_action (GTK_WIDGET (label), "win.explain", "s", word);
    }
  /* A pack has no links out. */
  return TRUE;
}

static void
explain_activated_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWidget *label = user_data;

  gtk_widget_activate_action (label, "win.explain", "s",
                              (const char *) g_object_get_data (G_OBJECT (action), "word"));
}

/* Tab comes to the text first and to the words in it then; the text itself would do nothing
 * with the key. */
static gboolean
key_pressed_cb (GtkLabel *label, guint keyval, guint keycode, GdkModifierType state)
{
  if ((keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter)
      || (state & gtk_accelerator_get_default_mod_mask ()) != 0
      || gtk_label_get_current_uri (label) != NULL)
    return GDK_EVENT_PROPAGATE;
  return gtk_widget_activate_action (GTK_WIDGET (label), "term.explain-1", NULL);
}

static void
add_terms (const WayNode *node, GPtrArray *words)
{
  const WayNode *child;

  if (node->type == WAY_NODE_TERM)
    g_ptr_array_add (words, way_node_dup_text (node));
  for (guint i = 0; (child = way_flow_get_child (node, i)) != NULL; i++)
    add_terms (child, words);
}

/* Links inside a label are for eyes and the keyboard alone: an action for each word is for
 * everybody else. */
static void
offer_terms (GtkWidget *label, const WayNode *node)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GSimpleActionGroup) group = NULL;
  g_autofree char *list = NULL;
  g_autofree char *description = NULL;
  GtkEventController *keys;

  add_terms (node, words);
  if (words->len == 0)
    {
      /* Text can be selected with the pointer, but is no stop on the way of the Tab key.
       * Not focusable alone would be a trap: GTK 4.8 takes the key and stays. */
      gtk_widget_set_focusable (label, FALSE);
      gtk_widget_set_can_focus (label, FALSE);
      return;
    }

  group = g_simple_action_group_new ();
  for (guint i = 0; i < words->len; i++)
    {
      const char *word = g_ptr_array_index (words, i);
      g_autofree char *name = g_strdup_printf ("explain-%u", i + 1);
      g_autoptr (GSimpleAction) action = g_simple_action_new (name, NULL);

      g_object_set_data_full (G_OBJECT (action), "word", g_strdup (word), g_free);
      g_signal_connect_object (action, "activate", G_CALLBACK (explain_activated_cb), label, 0);
      g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
    }
  gtk_widget_insert_action_group (label, "term", G_ACTION_GROUP (group));
  keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), label);
  gtk_widget_add_controller (label, keys);
  g_signal_connect (label, "activate-link", G_CALLBACK (activate_link_cb), NULL);

  g_ptr_array_add (words, NULL);
  list = g_strjoinv (", ", (char **) words->pdata);
  /* TRANSLATORS: %s is one or more words. */
  description = g_strdup_printf (_ ("Enter explains: %s"), list);
  way_compat_describe (label, description);
}

/**
 * way_flow_label_new:
 * @node: what the text is of
 * @markup: the text, from way_flow_dup_markup()
 *
 * Returns: (transfer floating): a label that can be selected, and explains the glossary words
 *   in it
 */
GtkWidget *
way_flow_label_new (const WayNode *node, const char *markup)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  /* A paragraph is as wide as it may be, not as wide as makes its lines even. */
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), CHARACTERS);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_halign (label, GTK_ALIGN_START);
  offer_terms (label, node);

  return label;
}
