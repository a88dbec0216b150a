/* way-shape.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  WAY_SHAPE_DEFAULT, /* everywhere */
  WAY_SHAPE_RECTANGLE,
  WAY_SHAPE_CIRCLE,
  WAY_SHAPE_ELLIPSE,
  WAY_SHAPE_POLYGON,
} WayShapeType;

/* An area of a picture, in its pixels from the top left corner. Immutable. */
typedef struct
{
  WayShapeType type;
  GArray *numbers; /* (owned) of double, as QTI's coords */
} WayShape;

WayShape *way_shape_new (const char *type, const char *coords, double width, double height);
void way_shape_free (WayShape *self);
gboolean way_shape_holds (const WayShape *self, double x, double y);
gboolean way_shape_get_bounds (
    const WayShape *self, double *left, double *top, double *right, double *bottom);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WayShape, way_shape_free)

G_END_DECLS
