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
WayModule *
way_module_read (GBytes *bytes, const char *path, GPtrArray *problems, GPtrArray *references);
WayDesk *
way_desk_read (GBytes *bytes, const char *path, GPtrArray *problems, GPtrArray *references);

/* The parts of an item. */
gboolean way_interaction_read (xmlNode *element, WayNode **node, gpointer data);
WayExpression *way_processing_read (WayXml *xml, WayItem *item, xmlNode *element);
WayExpression *way_expression_new (const char *name, int line);
WayBaseType way_base_type_find (WayXml *xml, xmlNode *element);
void way_item_check_responses (WayXml *xml, WayItem *item, xmlNode *root);

typedef struct
{
  WayXml *xml;
  WayItem *item;
  WayInteraction *gaps; /* (nullable) the gap match that is being read */
} WayBodyReader;

G_END_DECLS
