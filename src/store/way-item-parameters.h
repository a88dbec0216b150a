/* way-item-parameters.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "store/way-store.h"

G_BEGIN_DECLS

/* How hard a pack's items are, as somebody has published it: a version is whole or is not
 * there. Devices get it with the catalogue. */
typedef struct
{
  char *item;
  double a;
  double b;
  double c;
  double d;
  double sd;       /* how sure b is */
  char *steps;     /* (nullable) of partial credit: where each score begins, "-1 0.5" */
  double seconds;  /* how long people take; NAN where it was not said */
  double exposure; /* the share of sittings that had it; NAN where it was not said */
} WayItemParameter;

typedef struct
{
  char *version;
  char *note;       /* (nullable) */
  gint64 published; /* µs UTC */
  GPtrArray *items; /* of WayItemParameter, by item */
} WayItemParameters;

gboolean way_item_parameters_read (WayStore *store,
                                   const char *pack,
                                   const char *version,
                                   WayItemParameters **parameters,
                                   GError **error);
void way_item_parameters_free (WayItemParameters *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayItemParameters, way_item_parameters_free)

G_END_DECLS
