/* way-reader.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "content/way-pack.h"
#include "content/way-xml.h"

G_BEGIN_DECLS

/* Private to this room: readers that collect every problem instead of stopping at the
 * first, and note what they name in @references. */

#define WAY_NS_PACK "https://waymark-skills.github.io/ns/pack/1"
#define WAY_NS_MODULE "https://waymark-skills.github.io/ns/module/1"
#define WAY_NS_DESK "https://waymark-skills.github.io/ns/desk/1"
#define WAY_NS_QTI "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"

/* Takes an element that is not flow: sets @node to what stands in its place, or leaves it
 * NULL when nothing does. FALSE when it does not know the element either. */
typedef gboolean (*WayFlowExtension) (xmlNode *element, WayNode **node, gpointer data);

WayNode *way_flow_read (WayXml *xml, xmlNode *parent, WayFlowExtension extension, gpointer data);
WayNode *way_node_new (WayNodeType type);

WayItem *way_item_read (GBytes *bytes,
                        const char *path,
                        const char *expected,
                        GPtrArray *problems,
                        GPtrArray *references);
/* Why an adaptive item cannot be asked in a baseline. */
#define WAY_ITEM_NOT_ONCE "it is adaptive, and a baseline takes one answer to each question"

WayItem *way_item_read_tree (WayXml *xml, xmlNode *root);
WayModule *
way_module_read (GBytes *bytes, const char *path, GPtrArray *problems, GPtrArray *references);
WayDesk *
way_desk_read (GBytes *bytes, const char *path, GPtrArray *problems, GPtrArray *references);

/* What the parts of a body are read into. */
typedef struct
{
  WayXml *xml;
  WayItem *item;
  WayInteraction *outer;      /* (nullable) the interaction that is being read */
  WayFlowExtension extension; /* what may stand inside templates here */
} WayBodyReader;

/* The parts of an item. */
void way_declaration_read (WayXml *xml, xmlNode *element, GPtrArray *declarations);
void way_declaration_free (gpointer data);
WayShape *way_shape_read (WayXml *xml, xmlNode *element, double width, double height);
gboolean way_xml_is_desk (const xmlNode *element);
gboolean way_interaction_read (xmlNode *element, WayNode **node, gpointer data);
gboolean way_body_part_read (xmlNode *element, WayNode **node, WayBodyReader *reader);
gboolean way_choice_part_read (xmlNode *element, WayNode **node, gpointer data);
WayFeedback *way_feedback_read (WayBodyReader *reader, xmlNode *element);
WayChoice *way_choice_find (GPtrArray *choices, const char *id);
WayChoice *
way_choice_read (WayXml *xml, WayInteraction *self, GPtrArray *choices, xmlNode *element);
guint way_match_max_read (WayXml *xml, xmlNode *element);
gboolean way_prompt_read (WayBodyReader *reader, WayInteraction *self, xmlNode *child);
gboolean way_template_shows (WayXml *xml, WayItem *item, xmlNode *element);
void way_graphic_read (WayBodyReader *reader, WayInteraction *self, xmlNode *element);
void way_gap_image_read (WayXml *xml, WayInteraction *self, xmlNode *element);
WayExpression *way_processing_read (WayXml *xml, WayItem *item, xmlNode *element);
WayExpression *way_template_processing_read (WayXml *xml, WayItem *item, xmlNode *element);
WayExpression *way_expression_new (const char *name, int line);
WayBaseType way_base_type_find (WayXml *xml, xmlNode *element);
void way_item_check_responses (WayXml *xml, WayItem *item, xmlNode *root);

/* Files from outside, in what this room reads. */
typedef char *(*WayPathMapper) (const char *path, gpointer data);
xmlNode *way_qti_adapt (WayXml *xml, WayPathMapper mapper, gpointer data);

G_END_DECLS
