/* way-kind.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The kinds of event: for each a C struct, described once (fields, types, ranges), with
 * one writer and one checked reader over the descriptions. */
typedef struct _WayKind WayKind;
typedef struct _WayField WayField;

typedef enum
{
  WAY_FIELD_TEXT,
  WAY_FIELD_INTEGER, /* gint64 */
  WAY_FIELD_DECIMAL, /* double */
  WAY_FIELD_BOOLEAN, /* gboolean, 0/1 */
} WayFieldType;

struct _WayField
{
  const char *name;
  WayFieldType type;
  gsize offset;
  gboolean is_optional; /* TEXT NULL, INTEGER WAY_NO_INTEGER, DECIMAL NAN are left out */
  const char *choices;  /* (nullable) "a|b|c" */
  double least;         /* numbers; least == most == 0: any */
  double most;
};

#define WAY_NO_INTEGER G_MININT64

typedef enum
{
  WAY_RECORD_ERROR_SYNTAX,  /* not the JSON that Waymark writes */
  WAY_RECORD_ERROR_FIELD,   /* a field missing, of a wrong type or out of range: named */
  WAY_RECORD_ERROR_UNKNOWN, /* a kind this version does not know: keep it, do not read it */
  WAY_RECORD_ERROR_SIZE,    /* over 64 KiB, deeper than 4 */
} WayRecordError;

#define WAY_RECORD_ERROR (way_record_error_quark ())
GQuark way_record_error_quark (void);

const WayKind *way_kind_find (const char *name); /* (nullable) */
const WayKind *const *way_kind_list (guint *n_kinds);
const char *way_kind_get_name (const WayKind *self);
int way_kind_get_version (const WayKind *self);
const WayField *way_kind_list_fields (const WayKind *self, guint *n_fields);
gpointer way_kind_new (const WayKind *self); /* optional fields absent, others zero */
void way_kind_free (const WayKind *self, gpointer body);
char *way_kind_write (const WayKind *self, gconstpointer body, GError **error);
gpointer way_kind_read (const WayKind *self, const char *json, GError **error);
/* The check before any parse, for everything from outside. */
gboolean way_body_check (const char *json, gssize length, GError **error);

G_END_DECLS
