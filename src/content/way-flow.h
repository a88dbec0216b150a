/* way-flow.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "content/way-shape.h"
#include "content/way-value.h"

G_BEGIN_DECLS

/* What everything shown is made of: a small XHTML-like tree. Read only; owned by the
 * item, module or pack that holds it. */
typedef enum
{
  WAY_NODE_FLOW, /* the root: no tag of its own */
  WAY_NODE_TEXT,
  WAY_NODE_PARAGRAPH,
  WAY_NODE_HEADING, /* level 2 or 3 */
  WAY_NODE_LIST,    /* level 0 bullets, 1 numbered */
  WAY_NODE_LIST_ITEM,
  WAY_NODE_STRONG,
  WAY_NODE_EMPHASIS,
  WAY_NODE_TERM, /* dfn: a glossary word */
  WAY_NODE_BREAK,
  WAY_NODE_IMAGE, /* source, alternative */
  WAY_NODE_TABLE,
  WAY_NODE_ROW,
  WAY_NODE_CELL, /* level 1 = header cell */
  WAY_NODE_BOX,  /* div or blockquote; name = class: note, warn, example */
  WAY_NODE_SPAN,
  WAY_NODE_GAP,         /* name = the gap's identifier */
  WAY_NODE_HOTTEXT,     /* name = the choice's identifier; text = its words */
  WAY_NODE_INTERACTION, /* interaction */
} WayNodeType;

typedef struct _WayNode WayNode;
typedef struct _WayInteraction WayInteraction;
typedef struct _WayChoice WayChoice;

struct _WayNode
{
  WayNodeType type;
  int level;
  char *text;                  /* (owned) (nullable) TEXT: whitespace folded */
  char *name;                  /* (owned) (nullable) */
  char *source;                /* (owned) (nullable) IMAGE: path inside the pack */
  char *alternative;           /* (owned) (nullable) IMAGE */
  WayInteraction *interaction; /* (owned) (nullable) */
  /* SPAN, BOX: what is shown here after an answer that calls for it; the item's. */
  const struct _WayFeedback *feedback;
  GPtrArray *children; /* (owned) of WayNode */
};

typedef enum
{
  WAY_INTERACTION_CHOICE, /* max_choices 1: single; else multiple */
  WAY_INTERACTION_ORDER,
  WAY_INTERACTION_MATCH,     /* choices are placed on targets */
  WAY_INTERACTION_GAP_MATCH, /* choices are placed in targets, the gaps of `content` */
  WAY_INTERACTION_INLINE_CHOICE,
  WAY_INTERACTION_TEXT_ENTRY,
  WAY_INTERACTION_EXTENDED_TEXT,
  WAY_INTERACTION_ASSOCIATE,         /* pairs of choices */
  WAY_INTERACTION_HOTTEXT,           /* choices are words of `content` */
  WAY_INTERACTION_HOTSPOT,           /* choices are areas of `picture` */
  WAY_INTERACTION_GRAPHIC_ORDER,     /* areas, in an order */
  WAY_INTERACTION_GRAPHIC_ASSOCIATE, /* pairs of areas */
  WAY_INTERACTION_GRAPHIC_GAP_MATCH, /* choices are placed on targets, areas of `picture` */
  WAY_INTERACTION_SELECT_POINT,
  WAY_INTERACTION_POSITION_OBJECT,
  WAY_INTERACTION_SLIDER,
  WAY_INTERACTION_END_ATTEMPT, /* a button with `title` */
  WAY_INTERACTION_MEDIA,       /* how often `picture`, a sound or a film, was played */
  WAY_INTERACTION_DESK,        /* what is done at the practice desk `desk` */
} WayInteractionType;

struct _WayChoice
{
  char *id;
  WayNode *content; /* (owned) */
  gboolean is_fixed;
  guint match_max; /* 0 = no limit */
  WayShape *shape; /* (owned) (nullable) where it is an area */
};

struct _WayInteraction
{
  WayInteractionType type;
  char *response;   /* identifier of the response variable */
  WayNode *prompt;  /* (owned) (nullable) */
  WayNode *content; /* (owned) (nullable) GAP_MATCH, HOTTEXT: the text with them */
  WayNode *picture; /* (owned) (nullable) an IMAGE: what areas are of; MEDIA: its source */
  int width;        /* of the picture in pixels; 0 = not said */
  int height;
  GPtrArray *choices; /* (owned) of WayChoice */
  GPtrArray *targets; /* (owned) of WayChoice: MATCH second set; GAP_MATCH gaps */
  gboolean is_shuffled;
  guint max_choices; /* 0 = no limit */
  guint min_choices;
  guint expected_length;
  char *pattern; /* (owned) (nullable) */
  char *title;   /* (owned) (nullable) END_ATTEMPT */
  char *desk;    /* (owned) (nullable) DESK: path inside the pack */
  double lower;  /* SLIDER */
  double upper;
  double step; /* 0 = none */
  gboolean has_step_labels;
  gboolean is_reversed;
  gboolean is_vertical;
};

gboolean way_interaction_is_inline (const WayInteraction *self);
gboolean way_interaction_is_shown (const WayInteraction *self);
const char *way_interaction_get_name (const WayInteraction *self);
char *way_node_dup_text (const WayNode *self);
void way_node_free (WayNode *self);
void way_choice_free (WayChoice *self);
void way_interaction_free (WayInteraction *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayNode, way_node_free)

G_END_DECLS
