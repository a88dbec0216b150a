/* way-item.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "content/way-flow.h"
#include "content/way-shape.h"

G_BEGIN_DECLS

/* A QTI 3 assessment item: immutable and reference counted. */
typedef struct _WayItem WayItem;
typedef struct _WayDeclaration WayDeclaration;
typedef struct _WayMapEntry WayMapEntry;
typedef struct _WayExpression WayExpression;
typedef struct _WayFeedback WayFeedback;
typedef struct _WayAreaEntry WayAreaEntry;
typedef struct _WayTableEntry WayTableEntry;

struct _WayMapEntry
{
  char *key;
  double value;
  gboolean is_case_sensitive;
};

/* What a point in an area of a picture is worth. */
struct _WayAreaEntry
{
  WayShape *shape; /* (owned) */
  double value;
};

/* What a number stands for: exactly this one, or from it upwards. */
struct _WayTableEntry
{
  double source;
  gboolean is_included; /* the number itself belongs to it */
  char *target;
};

/* A response, outcome or template variable. */
struct _WayDeclaration
{
  char *id;
  WayCardinality cardinality;
  WayBaseType base_type;
  WayValue *correct;  /* (owned) (nullable) */
  WayValue *initial;  /* (owned) (nullable) */
  GPtrArray *mapping; /* (owned) (nullable) of WayMapEntry */
  double map_default;
  double map_lower; /* -HUGE_VAL where absent */
  double map_upper; /* HUGE_VAL where absent */
  GPtrArray *areas; /* (owned) (nullable) of WayAreaEntry */
  double area_default;
  double area_lower;
  double area_upper;
  GPtrArray *table; /* (owned) (nullable) of WayTableEntry, of an outcome */
  gboolean is_interpolated;
  char *table_default; /* (owned) (nullable) */
};

/* A node of response processing, named by its element without "qti-" ("match",
 * "variable", "response-condition", …): rules and expressions alike. */
struct _WayExpression
{
  char *name;
  int line;
  GHashTable *attributes; /* (owned) char* → char*, names without "qti-" */
  WayValue *value;        /* (owned) (nullable) base-value */
  GPtrArray *children;    /* (owned) of WayExpression */
};

struct _WayFeedback
{
  char *outcome;
  char *id;
  gboolean is_shown;    /* show-hide */
  gboolean is_in_place; /* a node of the body stands where it is shown */
  WayNode *content;
};

struct _WayItem
{
  gatomicrefcount refs;
  char *id;
  char *title;
  char *language;
  char *path;           /* inside the pack, or as given */
  GPtrArray *responses; /* of WayDeclaration */
  GPtrArray *outcomes;  /* of WayDeclaration */
  GPtrArray *templates; /* of WayDeclaration: drawn anew for each person */
  GHashTable *values;   /* (owned) (nullable) char* → WayValue: what was drawn for this one */
  GBytes *source;       /* (owned) (nullable) where there are templates: to draw again from */
  gboolean is_adaptive; /* meant to be answered again and again until it is complete */
  WayNode *body;
  GPtrArray *interactions;   /* (borrowed) of WayInteraction, in document order */
  WayExpression *processing; /* (owned) (nullable) the rules; templates are expanded to rules */
  WayExpression *template_processing; /* (owned) (nullable) */
  GPtrArray *feedbacks;               /* of WayFeedback */
  char *rationale;                    /* (owned) (nullable) why it is asked, for authors */
  GHashTable *explanations; /* (owned) (nullable) char* choice → char* what choosing it means */
};

#define WAY_TYPE_ITEM (way_item_get_type ())
GType way_item_get_type (void);

WayItem *way_item_new_from_bytes (GBytes *bytes, const char *path, GError **error);
WayItem *
way_item_new_from_outside (GBytes *bytes, const char *path, GPtrArray *notes, GError **error);
WayItem *way_item_new_instance (const WayItem *self,
                                GHashTable *values,
                                GHashTable *corrects,
                                GHashTable *initials,
                                GError **error);
WayItem *way_item_ref (WayItem *self);
void way_item_unref (WayItem *self);
const WayDeclaration *way_item_find_response (const WayItem *self, const char *id);
const WayDeclaration *way_item_find_outcome (const WayItem *self, const char *id);
const WayDeclaration *way_item_find_template (const WayItem *self, const char *id);
const char *way_item_get_desk (const WayItem *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayItem, way_item_unref)

G_END_DECLS
