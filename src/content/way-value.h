/* way-value.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* A QTI value: NULL is `values == NULL or empty`. Immutable once built. */
typedef enum
{
  WAY_BASE_IDENTIFIER,
  WAY_BASE_BOOLEAN,
  WAY_BASE_INTEGER,
  WAY_BASE_FLOAT,
  WAY_BASE_STRING,
  WAY_BASE_POINT,
  WAY_BASE_PAIR,
  WAY_BASE_DIRECTED_PAIR,
  WAY_BASE_DURATION,
} WayBaseType;

typedef enum
{
  WAY_CARDINALITY_SINGLE,
  WAY_CARDINALITY_MULTIPLE,
  WAY_CARDINALITY_ORDERED,
  WAY_CARDINALITY_RECORD,
} WayCardinality;

typedef struct _WayValue WayValue;

struct _WayValue
{
  gatomicrefcount refs;
  WayBaseType base_type;
  WayCardinality cardinality;
  GPtrArray *texts; /* (owned) of char*: each value in its QTI text form; empty = NULL value.
                     * Of a record: "field base-type text" */
};

#define WAY_TYPE_VALUE (way_value_get_type ())
GType way_value_get_type (void);

WayValue *
way_value_new (WayBaseType base_type, WayCardinality cardinality, const char *const *texts);
WayValue *way_value_new_text (WayBaseType base_type, const char *text);
WayValue *way_value_new_float (double number);
WayValue *way_value_ref (WayValue *self);
void way_value_unref (WayValue *self);
gboolean way_value_is_null (const WayValue *self);
const char *way_value_get_text (const WayValue *self);
gboolean way_value_get_number (const WayValue *self, double *number);
gboolean way_value_equal (const WayValue *a, const WayValue *b);

/* A field of a record, in its text form and back. */
char *way_value_dup_field (const char *field, WayBaseType base_type, const char *text);
WayValue *way_value_get_field (const WayValue *self, const char *field);

/* One line, for the log and back: values joined by U+001F; "" is the NULL value. */
char *way_value_to_line (const WayValue *self);
WayValue *
way_value_new_from_line (WayBaseType base_type, WayCardinality cardinality, const char *line);

/* "x y" */
gboolean way_point_parse (const char *text, double *x, double *y);

/* Whether a text from outside is a value of this type. */
gboolean way_value_accepts (WayBaseType base_type, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayValue, way_value_unref)

G_END_DECLS
