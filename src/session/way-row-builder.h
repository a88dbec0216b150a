/* way-row-builder.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session/way-row.h"

G_BEGIN_DECLS

/* Rows that no query gives: cell by cell, each row as wide as there are columns. Owned by
 * who makes it. */
typedef struct _WayRowBuilder WayRowBuilder;

WayRowBuilder *way_row_builder_new (const char *const *columns);
void way_row_builder_free (WayRowBuilder *self);
void way_row_builder_add_text (WayRowBuilder *self, const char *text);
void way_row_builder_add_int (WayRowBuilder *self, gint64 number);
void way_row_builder_add_number (WayRowBuilder *self, double number);
GListStore *way_row_builder_end (WayRowBuilder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayRowBuilder, way_row_builder_free)

G_END_DECLS
