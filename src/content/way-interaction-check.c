/* way-interaction-check.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "content/way-reader.h"

/* A choice and where it goes; or two choices. */
static void
check_pair (WayXml *xml, const WayInteraction *self, xmlNode *element, const char *answer)
{
  gboolean is_association = self->targets->len == 0;
  g_auto (GStrv) pair = g_strsplit (answer, " ", -1);
  const char *last = pair[g_strv_length (pair) - 1];

  if (!way_value_accepts (WAY_BASE_DIRECTED_PAIR, answer))
    return;
  if (way_choice_find (self->choices, pair[0]) == NULL)
    way_xml_note (xml, element, "“%s” is not one of the choices", pair[0]);
  if (way_choice_find (is_association ? self->choices : self->targets, last) == NULL)
    way_xml_note (xml, element,
                  is_association ? "“%s” is not one of the choices"
                                 : "“%s” is not a place for a choice",
                  last);
}

/* Reports a value of @response that the person could not have given. */
static void
check_answer (WayXml *xml, const WayInteraction *self, xmlNode *element, const char *answer)
{
  switch (self->type)
    {
    case WAY_INTERACTION_CHOICE:
    case WAY_INTERACTION_ORDER:
    case WAY_INTERACTION_INLINE_CHOICE:
    case WAY_INTERACTION_HOTTEXT:
    case WAY_INTERACTION_HOTSPOT:
    case WAY_INTERACTION_GRAPHIC_ORDER:
      if (way_choice_find (self->choices, answer) == NULL)
        way_xml_note (xml, element, "“%s” is not one of the choices", answer);
      break;

    case WAY_INTERACTION_MATCH:
    case WAY_INTERACTION_GAP_MATCH:
    case WAY_INTERACTION_GRAPHIC_GAP_MATCH:
    case WAY_INTERACTION_ASSOCIATE:
    case WAY_INTERACTION_GRAPHIC_ASSOCIATE:
      check_pair (xml, self, element, answer);
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
    way_xml_note (xml, element, "%u values are correct and at most %u can be chosen", texts->len,
                  self->max_choices);
  if (self->type == WAY_INTERACTION_ORDER && self->max_choices == 0
      && texts->len != self->choices->len)
    way_xml_note (xml, element, "the correct order has %u of the %u choices", texts->len,
                  self->choices->len);

  for (guint i = 0; i < texts->len; i++)
    {
      for (guint j = 0; j < i; j++)
        {
          if (g_str_equal (g_ptr_array_index (texts, i), g_ptr_array_index (texts, j)))
            way_xml_note (xml, element, "“%s” is correct twice",
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
    way_xml_note (xml, root, "the item asks nothing: it has no interaction");

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
        way_xml_note (xml, child, "no interaction asks for response “%s”", id);
      else if (response != NULL)
        check_declaration (xml, asking, response, child);
    }
}
