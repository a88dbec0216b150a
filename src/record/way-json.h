/* way-json.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "record/way-kind.h"

G_BEGIN_DECLS

typedef enum
{
  WAY_JSON_TEXT,
  WAY_JSON_INTEGER,
  WAY_JSON_DECIMAL, /* has a fraction or an exponent */
  WAY_JSON_OTHER,   /* true, false, null, an object, an array: looked at, not kept */
} WayJsonType;

typedef struct
{
  WayJsonType type;
  char *text; /* (nullable) of WAY_JSON_TEXT */
  gint64 integer;
  double number; /* of WAY_JSON_INTEGER too */
} WayJsonValue;

GHashTable *way_json_read (const char *json, gssize length, GError **error);
void way_json_append_text (GString *json, const char *text);
void way_json_append_decimal (GString *json, double number);

G_END_DECLS
