/* way-flow.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

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
  GPtrArray *children;         /* (owned) of WayNode */
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
} WayInteractionType;

struct _WayChoice
{
  char *id;
  WayNode *content; /* (owned) */
  gboolean is_fixed;
  guint match_max; /* 0 = no limit */
};

struct _WayInteraction
{
  WayInteractionType type;
  char *response;     /* identifier of the response variable */
  WayNode *prompt;    /* (owned) (nullable) */
  WayNode *content;   /* (owned) (nullable) GAP_MATCH: the text with gaps */
  GPtrArray *choices; /* (owned) of WayChoice */
  GPtrArray *targets; /* (owned) of WayChoice: MATCH second set; GAP_MATCH gaps */
  gboolean is_shuffled;
  guint max_choices; /* 0 = no limit */
  guint min_choices;
  guint expected_length;
  char *pattern; /* (owned) (nullable) */
};

char *way_node_dup_text (const WayNode *self);
void way_node_free (WayNode *self);
void way_choice_free (WayChoice *self);
void way_interaction_free (WayInteraction *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayNode, way_node_free)

G_END_DECLS
