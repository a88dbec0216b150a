/* way-shape.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "content/way-shape.h"

#include <math.h>
#include <string.h>

#include "content/way-value.h"

#define MAX_NUMBERS 1000

static const struct
{
  const char *name;
  WayShapeType type;
  guint least; /* numbers */
  guint most;
} types[] = {
  { "default", WAY_SHAPE_DEFAULT, 0, MAX_NUMBERS },
  { "rect", WAY_SHAPE_RECTANGLE, 4, 4 },
  { "circle", WAY_SHAPE_CIRCLE, 3, 3 },
  { "ellipse", WAY_SHAPE_ELLIPSE, 4, 4 },
  { "poly", WAY_SHAPE_POLYGON, 6, MAX_NUMBERS },
};

/* One length; a share of the width or the height where it says %. */
static gboolean
read_number (const char *text, double whole, double *number)
{
  g_autofree char *plain = g_strstrip (g_strdup (text));
  gsize length = strlen (plain);
  gboolean is_share = length > 0 && plain[length - 1] == '%';

  if (is_share)
    plain[length - 1] = '\0';
  if (!way_value_accepts (WAY_BASE_FLOAT, plain))
    return FALSE;

  *number = g_ascii_strtod (plain, NULL);
  if (is_share)
    *number *= whole / 100;

  return TRUE;
}

/**
 * way_shape_new:
 * @type: QTI's name of the shape: default, rect, circle, ellipse or poly
 * @coords: (nullable): its numbers, with commas between
 * @width: of the picture, which a share is of; 0 where it is not known
 * @height: of the picture
 *
 * Returns: (transfer full) (nullable): the shape, or %NULL where there is none of that name
 *   with those numbers
 */
WayShape *
way_shape_new (const char *type, const char *coords, double width, double height)
{
  g_autoptr (WayShape) self = NULL;
  g_auto (GStrv) parts = NULL;
  guint n;

  g_return_val_if_fail (type != NULL, NULL);

  parts = g_strsplit (coords != NULL ? coords : "", ",", MAX_NUMBERS + 1);
  n = coords != NULL && coords[0] != '\0' ? g_strv_length (parts) : 0;
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      if (!g_str_equal (types[i].name, type) || n < types[i].least || n > types[i].most)
        continue;
      self = g_new0 (WayShape, 1);
      self->type = types[i].type;
      self->numbers = g_array_new (FALSE, FALSE, sizeof (double));
    }
  if (self == NULL || (self->type == WAY_SHAPE_POLYGON && n % 2 != 0))
    return NULL;

  for (guint i = 0; i < n; i++)
    {
      /* The radius of a circle is a share of the shorter side. */
      double whole = i % 2 == 0 ? width : height;
      double number;

      if (self->type == WAY_SHAPE_CIRCLE && i == 2)
        whole = MIN (width, height);
      if (!read_number (parts[i], whole, &number))
        return NULL;
      g_array_append_val (self->numbers, number);
    }

  return g_steal_pointer (&self);
}

/**
 * way_shape_free:
 * @self: (transfer full) (nullable): a shape
 */
void
way_shape_free (WayShape *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->numbers, g_array_unref);
  g_free (self);
}

static double
get (const WayShape *self, guint n)
{
  return g_array_index (self->numbers, double, n);
}

/* Crossings of a ray to the right: odd inside. Points on an edge count as inside. */
static gboolean
polygon_holds (const WayShape *self, double x, double y)
{
  gboolean is_inside = FALSE;
  guint n = self->numbers->len / 2;

  for (guint i = 0, j = n - 1; i < n; j = i++)
    {
      double x1 = get (self, 2 * i);
      double y1 = get (self, 2 * i + 1);
      double x2 = get (self, 2 * j);
      double y2 = get (self, 2 * j + 1);
      double cross = (x - x1) * (y2 - y1) - (y - y1) * (x2 - x1);

      if (cross == 0 && x >= MIN (x1, x2) && x <= MAX (x1, x2) && y >= MIN (y1, y2)
          && y <= MAX (y1, y2))
        return TRUE;
      if ((y1 > y) != (y2 > y) && x < (x2 - x1) * (y - y1) / (y2 - y1) + x1)
        is_inside = !is_inside;
    }

  return is_inside;
}

/**
 * way_shape_holds:
 * @self: a shape
 * @x: from the left
 * @y: from the top
 *
 * Returns: whether the point is inside, its edge included
 */
gboolean
way_shape_holds (const WayShape *self, double x, double y)
{
  double dx;
  double dy;

  g_return_val_if_fail (self != NULL, FALSE);

  switch (self->type)
    {
    case WAY_SHAPE_RECTANGLE:
      return x >= MIN (get (self, 0), get (self, 2)) && x <= MAX (get (self, 0), get (self, 2))
             && y >= MIN (get (self, 1), get (self, 3)) && y <= MAX (get (self, 1), get (self, 3));
    case WAY_SHAPE_CIRCLE:
      dx = x - get (self, 0);
      dy = y - get (self, 1);
      return dx * dx + dy * dy <= get (self, 2) * get (self, 2);
    case WAY_SHAPE_ELLIPSE:
      if (get (self, 2) <= 0 || get (self, 3) <= 0)
        return FALSE;
      dx = (x - get (self, 0)) / get (self, 2);
      dy = (y - get (self, 1)) / get (self, 3);
      return dx * dx + dy * dy <= 1;
    case WAY_SHAPE_POLYGON:
      return polygon_holds (self, x, y);
    case WAY_SHAPE_DEFAULT:
    default:
      return TRUE;
    }
}

/**
 * way_shape_get_bounds:
 * @self: a shape
 * @left: (out): its least x
 * @top: (out): its least y
 * @right: (out): its largest x
 * @bottom: (out): its largest y
 *
 * Returns: whether it has bounds; the default shape is everywhere
 */
gboolean
way_shape_get_bounds (
    const WayShape *self, double *left, double *top, double *right, double *bottom)
{
  double rx;
  double ry;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->type == WAY_SHAPE_DEFAULT)
    return FALSE;

  if (self->type == WAY_SHAPE_CIRCLE || self->type == WAY_SHAPE_ELLIPSE)
    {
      rx = get (self, 2);
      ry = self->type == WAY_SHAPE_CIRCLE ? rx : get (self, 3);
      *left = get (self, 0) - rx;
      *right = get (self, 0) + rx;
      *top = get (self, 1) - ry;
      *bottom = get (self, 1) + ry;
      return TRUE;
    }

  *left = *top = HUGE_VAL;
  *right = *bottom = -HUGE_VAL;
  for (guint i = 0; i + 1 < self->numbers->len; i += 2)
    {
      *left = MIN (*left, get (self, i));
      *right = MAX (*right, get (self, i));
      *top = MIN (*top, get (self, i + 1));
      *bottom = MAX (*bottom, get (self, i + 1));
    }

  return TRUE;
}
