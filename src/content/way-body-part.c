/* way-body-part.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "content/way-reader.h"

#include <math.h>
#include <string.h>

/* A format is text with one conversion, as C has it. */
#define FORMAT                                                                                     \
  "^((?:[^%]|%%)*)%([-+ 0#]{0,5}[0-9]{0,2})(\\.[0-9]{1,2})?([idoxXfeEgGs])((?:[^%]|%%)*)$"

/* Splits a format into what stands before, flags and width, precision, conversion, and what
 * stands after; NULL when it is none. */
static char **
split_format (const char *format)
{
  g_autoptr (GRegex) regex = g_regex_new (FORMAT, 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  if (!g_regex_match (regex, format, 0, &match))
    return NULL;

  return g_match_info_fetch_all (match);
}

static char *
print_number (char **parts, double number)
{
  char conversion = parts[4][0];
  g_autofree char *digits = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) pieces = NULL;

  if (strchr ("oxX", conversion) != NULL)
    {
      guint64 whole = (guint64) CLAMP (number, 0, 9e18);

      digits = conversion == 'o'   ? g_strdup_printf ("%" G_GINT64_MODIFIER "o", whole)
               : conversion == 'x' ? g_strdup_printf ("%" G_GINT64_MODIFIER "x", whole)
                                   : g_strdup_printf ("%" G_GINT64_MODIFIER "X", whole);
    }
  else
    {
      gboolean is_whole = conversion == 'i' || conversion == 'd';
      g_autofree char *form = g_strdup_printf ("%%%s%s%c", parts[2], is_whole ? ".0" : parts[3],
                                               is_whole ? 'f' : conversion);

      digits = g_malloc0 (400);
      g_ascii_formatd (digits, 400, form,
                       is_whole ? trunc (CLAMP (number, -9e15, 9e15))
                                : CLAMP (number, -1e99, 1e99));
    }

  text = g_strconcat (parts[1], digits, parts[5], NULL);
  pieces = g_strsplit (text, "%%", -1);

  return g_strjoinv ("%", pieces);
}

/* One value as it is printed. */
static char *
print_text (WayBaseType base_type, const char *text, char **format)
{
  g_autoptr (WayValue) value = way_value_new_text (base_type, text);
  double number;

  if (base_type == WAY_BASE_INTEGER || base_type == WAY_BASE_FLOAT)
    {
      if (way_value_get_number (value, &number) && format != NULL && format[4][0] != 's')
        return print_number (format, number);
      if (base_type == WAY_BASE_FLOAT && way_value_get_number (value, &number))
        {
          g_autoptr (WayValue) shortest = way_value_new_float (number);

          return g_strdup (way_value_get_text (shortest));
        }
    }

  return g_strdup (text);
}

static char *
print_value (WayXml *xml, xmlNode *element, const WayValue *value)
{
  g_autofree char *format = way_xml_get (element, "format");
  g_autofree char *delimiter = way_xml_get (element, "delimiter");
  g_autofree char *field = way_xml_get (element, "field");
  g_auto (GStrv) parts = format != NULL ? split_format (format) : NULL;
  int index = way_xml_get_int (xml, element, "index", 1, 10000, 0);
  g_autoptr (WayValue) one = field != NULL ? way_value_get_field (value, field) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (one != NULL)
    value = one;
  if (format != NULL && parts == NULL)
    way_xml_note (xml, element, "format=\"%s\" is not supported", format);
  for (guint i = 0; !way_value_is_null (value) && i < value->texts->len; i++)
    {
      g_autofree char *printed = NULL;

      if (index > 0 && (int) i != index - 1)
        continue;
      printed = print_text (value->base_type, g_ptr_array_index (value->texts, i), parts);
      if (text->len > 0)
        g_string_append (text, delimiter != NULL ? delimiter : ";");
      g_string_append (text, printed);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* What a template has drawn, as text; before it is drawn, only that there is something. */
static void
read_printed_variable (WayBodyReader *reader, xmlNode *element, WayNode **node)
{
  g_autofree char *id = way_xml_require (reader->xml, element, "identifier");
  WayItem *item = reader->item;
  const WayValue *value;

  if (id[0] == '\0')
    return;
  if (way_item_find_template (item, id) == NULL)
    {
      if (way_item_find_outcome (item, id) != NULL || way_item_find_response (item, id) != NULL)
        way_xml_note (reader->xml, element, "“%s” is known only after the answer, and not shown",
                      id);
      else
        way_xml_report (reader->xml, element, "template variable “%s” is not declared", id);
      return;
    }

  *node = way_node_new (WAY_NODE_TEXT);
  value = item->values != NULL ? g_hash_table_lookup (item->values, id) : NULL;
  (*node)->text = item->values != NULL ? print_value (reader->xml, element, value) : g_strdup ("…");
}

static void
read_template_part (WayBodyReader *reader, xmlNode *element, WayNodeType type, WayNode **node)
{
  xmlNode *first = xmlFirstElementChild (element);
  xmlNode *holder = first != NULL && way_xml_is (first, "qti-content-body") ? first : element;
  WayNode *flow;

  if (!way_template_shows (reader->xml, reader->item, element))
    return;

  flow = way_flow_read (reader->xml, holder, reader->extension, reader);
  flow->type = type;
  *node = flow;
}

/* What its author thought: of the whole, then of each choice by its identifier. Nobody who
 * is asked sees it. */
static void
read_rationale (WayBodyReader *reader, xmlNode *element)
{
  WayXml *xml = reader->xml;
  WayItem *item = reader->item;
  g_autofree char *view = way_xml_get (element, "view");
  g_autofree char *use = way_xml_get (element, "use");
  xmlNode *body = xmlFirstElementChild (element);

  if (g_strcmp0 (view, "author") != 0 || g_strcmp0 (use, "rationale") != 0 || body == NULL
      || !way_xml_is (body, "qti-content-body"))
    {
      way_xml_report (xml, element,
                      "the only <qti-rubric-block> here is the author's rationale: "
                      "view=\"author\" use=\"rationale\", with a <qti-content-body>");
      return;
    }
  if (item->explanations == NULL)
    item->explanations = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (xmlNode *child = way_xml_first (xml, body); child != NULL; child = way_xml_next (xml, child))
    {
      g_autofree char *id = way_xml_get (child, "id");
      g_autofree char *text = way_xml_dup_text (xml, child);

      if (!way_xml_is (child, "p"))
        way_xml_report (xml, child, "a rationale is made of <p>");
      else if (id != NULL
                   ? !g_hash_table_insert (item->explanations, g_strdup (id), g_strdup (text))
                   : item->rationale != NULL)
        way_xml_report (xml, child, "this is explained twice");
      else if (id == NULL)
        item->rationale = g_steal_pointer (&text);
    }
}

/* In the text of the question feedback is shown where it stands; in a choice, a prompt or an
 * interaction it is shown with the explanation. */
static void
read_feedback_part (WayBodyReader *reader, xmlNode *element, WayNode **node)
{
  WayFeedback *feedback = way_feedback_read (reader, element);

  if (reader->outer != NULL || reader->extension != way_interaction_read)
    return;

  feedback->is_in_place = TRUE;
  *node = way_node_new (way_xml_is (element, "qti-feedback-inline") ? WAY_NODE_SPAN : WAY_NODE_BOX);
  (*node)->feedback = feedback;
}

/**
 * way_body_part_read:
 * @element: an element that is neither flow nor an interaction
 * @node: (out): the node that stands for it
 * @reader: the item
 *
 * Reads what templates print, show and hide, and feedback that stands in the text.
 *
 * Returns: FALSE when @element is nothing of these
 */
gboolean
way_body_part_read (xmlNode *element, WayNode **node, WayBodyReader *reader)
{
  if (way_xml_is (element, "qti-printed-variable"))
    read_printed_variable (reader, element, node);
  else if (way_xml_is (element, "qti-template-inline"))
    read_template_part (reader, element, WAY_NODE_SPAN, node);
  else if (way_xml_is (element, "qti-template-block"))
    read_template_part (reader, element, WAY_NODE_BOX, node);
  else if (way_xml_is (element, "qti-feedback-inline")
           || way_xml_is (element, "qti-feedback-block"))
    read_feedback_part (reader, element, node);
  else if (way_xml_is (element, "qti-rubric-block"))
    read_rationale (reader, element);
  else
    return FALSE;

  return TRUE;
}

/**
 * way_choice_part_read:
 * @element: an element in a choice, a prompt or feedback that is not flow
 * @node: (out): the node that stands for it
 * @data: a WayBodyReader
 *
 * Returns: FALSE when @element may not stand there
 */
gboolean
way_choice_part_read (xmlNode *element, WayNode **node, gpointer data)
{
  WayBodyReader inside = *(WayBodyReader *) data;

  inside.extension = way_choice_part_read;

  return way_body_part_read (element, node, &inside);
}
