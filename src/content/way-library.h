/* way-library.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "content/way-pack.h"

G_BEGIN_DECLS

/* The modules of a pack, found by words: those of the module, plain synonyms of its hard
 * words, and near spellings of both. Immutable once made. */
#define WAY_TYPE_LIBRARY (way_library_get_type ())
G_DECLARE_FINAL_TYPE (WayLibrary, way_library, WAY, LIBRARY, GObject)

WayLibrary *way_library_new (WayPack *pack);
GPtrArray *way_library_search (WayLibrary *self, const char *text);
guint way_words_distance (const char *a, const char *b, guint limit);

G_END_DECLS
