/* way-bundle-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "sync/way-bundle.h"

G_BEGIN_DECLS

/* A file is lines of ASCII, ended by a digest of what stands before it and by a seal. */
#define WAY_BUNDLE_MAGIC "waymark-bundle"
#define WAY_BUNDLE_RECEIPT_MAGIC "waymark-receipt"
/* What is written ends soon after the first, what is read is refused beyond the second. */
#define WAY_BUNDLE_FULL (8 * 1024 * 1024)
#define WAY_BUNDLE_MOST (16 * 1024 * 1024)

typedef struct
{
  char *person;
  char *stream;
  gint64 first;
  GPtrArray *events; /* of WayEvent */
} WayBundle;

void way_bundle_free (WayBundle *self);

void way_bundle_append_text (GString *line, const char *text);
char *way_bundle_read_text (const char *field, gboolean *is_sound);
gboolean way_bundle_read_number (const char *field, gint64 *number);
char *way_bundle_seal (GString *text, const char *key);
char *way_bundle_load (const char *path, const char *magic, GError **error);
gboolean way_bundle_check_seal (const char *text, const char *key, GError **error);
WayBundle *way_bundle_parse (const char *text, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayBundle, way_bundle_free)

G_END_DECLS
