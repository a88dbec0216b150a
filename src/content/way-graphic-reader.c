/* way-graphic-reader.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "content/way-reader.h"

#define MAX_PIXELS 20000

/* A picture, a sound or a film: <img>, or <object> with the words that stand for it inside. */
static gboolean
read_media (WayXml *xml, WayInteraction *self, xmlNode *element)
{
  gboolean is_object = way_xml_is (element, "object") || way_xml_is (element, "audio")
                       || way_xml_is (element, "video");
  WayNode *picture;

  if (!is_object && !way_xml_is (element, "img"))
    return FALSE;
  if (self->picture != NULL)
    {
      way_xml_report (xml, element, "there is a second <%s>", (const char *) element->name);
      return TRUE;
    }

  picture = way_node_new (WAY_NODE_IMAGE);
  picture->source = way_xml_require_path (xml, element,
                                          way_xml_is (element, "object") ? "data" : "src");
  if (is_object)
    {
      xmlChar *text = xmlNodeGetContent (element);

      picture->alternative = way_xml_fold ((const char *) text);
      xmlFree (text);
    }
  else
    {
      picture->alternative = way_xml_get (element, "alt");
    }
  if (picture->alternative == NULL || picture->alternative[0] == '\0')
    way_xml_note (xml, element, "a picture to answer in needs words that stand for it");
  self->picture = picture;
  self->width = way_xml_get_int (xml, element, "width", 1, MAX_PIXELS, 0);
  self->height = way_xml_get_int (xml, element, "height", 1, MAX_PIXELS, 0);

  return TRUE;
}

/**
 * way_gap_image_read:
 * @xml: the file
 * @self: a gap match or graphic gap match
 * @element: a <qti-gap-img>
 *
 * Reads a picture that can be put in gaps.
 */
void
way_gap_image_read (WayXml *xml, WayInteraction *self, xmlNode *element)
{
  WayChoice *choice = way_choice_read (xml, self, self->choices, element);
  g_autofree char *label = way_xml_get (element, "object-label");
  WayInteraction holder = { 0 };

  choice->match_max = way_match_max_read (xml, element);
  choice->content = way_node_new (WAY_NODE_FLOW);
  for (xmlNode *child = way_xml_first (xml, element); child != NULL;
       child = way_xml_next (xml, child))
    {
      if (!read_media (xml, &holder, child))
        way_xml_report (xml, child, "<%s> is not supported", (const char *) child->name);
    }
  if (holder.picture == NULL)
    {
      way_xml_report (xml, element, "choice “%s” is empty", choice->id);
      return;
    }
  if (label != NULL && label[0] != '\0')
    {
      g_free (holder.picture->alternative);
      holder.picture->alternative = g_steal_pointer (&label);
    }
  g_ptr_array_add (choice->content->children, holder.picture);
}

/* An area of the picture that can be chosen, or that things are put in. */
static void
read_area (WayBodyReader *reader, WayInteraction *self, GPtrArray *choices, xmlNode *element)
{
  WayXml *xml = reader->xml;
  WayChoice *choice;
  WayNode *text;

  if (!way_template_shows (xml, reader->item, element))
    return;

  choice = way_choice_read (xml, self, choices, element);
  choice->shape = way_shape_read (xml, element, self->width, self->height);
  choice->content = way_node_new (WAY_NODE_FLOW);
  text = way_node_new (WAY_NODE_TEXT);
  text->text = way_xml_get (element, "hotspot-label");
  if (text->text == NULL || text->text[0] == '\0')
    {
      /* Without a name the area cannot be reached but with a pointer. */
      way_xml_note (xml, element, "area “%s” needs the attribute “hotspot-label”", choice->id);
      g_free (text->text);
      text->text = g_strdup (choice->id);
    }
  g_ptr_array_add (choice->content->children, text);
  if (way_xml_is (element, "qti-associable-hotspot"))
    choice->match_max = way_match_max_read (xml, element);
}

static void
read_slider (WayXml *xml, WayInteraction *self, xmlNode *element)
{
  g_autofree char *orientation = way_xml_get (element, "orientation");

  g_free (way_xml_require (xml, element, "lower-bound"));
  g_free (way_xml_require (xml, element, "upper-bound"));
  self->lower = way_xml_get_double (xml, element, "lower-bound", 0);
  self->upper = way_xml_get_double (xml, element, "upper-bound", 1);
  self->step = way_xml_get_double (xml, element, "step", 0);
  self->has_step_labels = way_xml_get_boolean (xml, element, "step-label", FALSE);
  self->is_reversed = way_xml_get_boolean (xml, element, "reverse", FALSE);
  self->is_vertical = g_strcmp0 (orientation, "vertical") == 0;
  if (self->lower >= self->upper || self->step < 0 || self->step > self->upper - self->lower)
    {
      way_xml_report (xml, element, "a slider needs bounds that rise, and a step between them");
      self->upper = self->lower + 1;
      self->step = 0;
    }
}

/* Whether @child is an area of this kind of interaction, and where it belongs. */
static GPtrArray *
find_list (const WayInteraction *self, const xmlNode *child)
{
  switch (self->type)
    {
    case WAY_INTERACTION_HOTSPOT:
    case WAY_INTERACTION_GRAPHIC_ORDER:
      return way_xml_is (child, "qti-hotspot-choice") ? self->choices : NULL;
    case WAY_INTERACTION_GRAPHIC_ASSOCIATE:
      return way_xml_is (child, "qti-associable-hotspot") ? self->choices : NULL;
    case WAY_INTERACTION_GRAPHIC_GAP_MATCH:
      return way_xml_is (child, "qti-associable-hotspot") ? self->targets : NULL;
    case WAY_INTERACTION_CHOICE:
    case WAY_INTERACTION_ORDER:
    case WAY_INTERACTION_MATCH:
    case WAY_INTERACTION_GAP_MATCH:
    case WAY_INTERACTION_INLINE_CHOICE:
    case WAY_INTERACTION_TEXT_ENTRY:
    case WAY_INTERACTION_EXTENDED_TEXT:
    case WAY_INTERACTION_ASSOCIATE:
    case WAY_INTERACTION_HOTTEXT:
    case WAY_INTERACTION_SELECT_POINT:
    case WAY_INTERACTION_POSITION_OBJECT:
    case WAY_INTERACTION_SLIDER:
    case WAY_INTERACTION_END_ATTEMPT:
    case WAY_INTERACTION_MEDIA:
    case WAY_INTERACTION_DESK:
    default:
      return NULL;
    }
}

/**
 * way_graphic_read:
 * @reader: the item
 * @self: an interaction in a picture, a slider, a button, a sound or a film
 * @element: its element
 *
 * Reads what is inside.
 */
void
way_graphic_read (WayBodyReader *reader, WayInteraction *self, xmlNode *element)
{
  WayXml *xml = reader->xml;
  gboolean is_gap_match = self->type == WAY_INTERACTION_GRAPHIC_GAP_MATCH;
  gboolean needs_picture = self->type != WAY_INTERACTION_SLIDER
                           && self->type != WAY_INTERACTION_END_ATTEMPT;

  if (self->type == WAY_INTERACTION_SLIDER)
    read_slider (xml, self, element);
  if (self->type == WAY_INTERACTION_END_ATTEMPT)
    self->title = way_xml_require (xml, element, "title");

  for (xmlNode *child = way_xml_first (xml, element); child != NULL;
       child = way_xml_next (xml, child))
    {
      GPtrArray *areas = find_list (self, child);

      if (way_prompt_read (reader, self, child))
        continue;
      if (areas != NULL)
        {
          read_area (reader, self, areas, child);
        }
      else if (is_gap_match && way_xml_is (child, "qti-gap-img"))
        {
          if (way_template_shows (xml, reader->item, child))
            way_gap_image_read (xml, self, child);
        }
      else if (is_gap_match && way_xml_is (child, "qti-gap-text"))
        {
          WayChoice *choice = way_choice_read (xml, self, self->choices, child);

          choice->content = way_flow_read (xml, child, NULL, NULL);
          choice->match_max = way_match_max_read (xml, child);
        }
      else if (!needs_picture || !read_media (xml, self, child))
        {
          way_xml_report (xml, child, "<%s> is not supported", (const char *) child->name);
        }
    }

  if (needs_picture && self->picture == NULL)
    {
      way_xml_note (xml, element, "<%s> has no picture", (const char *) element->name);
      self->picture = way_node_new (WAY_NODE_IMAGE);
    }
}
