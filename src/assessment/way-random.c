/* way-random.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assessment/way-random.h"

#include <math.h>

#define STEP G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)

static guint64
mix (guint64 z)
{
  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

/**
 * way_random_init:
 * @self: (out): the generator
 * @seed: what the log holds
 * @stream: which of the many sequences of @seed, such as the number of answers so far
 *
 * Starts a sequence that depends on nothing but @seed and @stream.
 */
void
way_random_init (WayRandom *self, guint64 seed, guint64 stream)
{
  g_return_if_fail (self != NULL);

  self->state = mix (seed + STEP) ^ mix (mix (stream + STEP) + seed);
}

/**
 * way_random_next:
 *
 * Returns: the next 64 bits
 */
guint64
way_random_next (WayRandom *self)
{
  self->state += STEP;
  return mix (self->state);
}

/**
 * way_random_range:
 * @n: how many values, at least 1
 *
 * Returns: a whole number from 0 to @n - 1, all equally likely
 */
guint
way_random_range (WayRandom *self, guint n)
{
  g_return_val_if_fail (n > 0, 0);

  /* The upper half times n: off by at most n in 2^32, far below what anybody could see. */
  return (guint) (((way_random_next (self) >> 32) * n) >> 32);
}

/**
 * way_random_uniform:
 *
 * Returns: a number above 0 and below 1
 */
double
way_random_uniform (WayRandom *self)
{
  return ((double) (way_random_next (self) >> 12) + .5) * 0x1p-52;
}

/**
 * way_random_normal:
 *
 * Returns: a draw from the standard normal distribution (Box and Muller)
 */
double
way_random_normal (WayRandom *self)
{
  double radius = sqrt (-2 * log (way_random_uniform (self)));

  return radius * cos (2 * G_PI * way_random_uniform (self));
}

/**
 * way_random_shuffle:
 * @array: what to put in another order, all orders equally likely
 */
void
way_random_shuffle (WayRandom *self, GPtrArray *array)
{
  g_return_if_fail (array != NULL);

  for (guint i = array->len; i > 1; i--)
    {
      guint j = way_random_range (self, i);
      gpointer other = array->pdata[j];

      array->pdata[j] = array->pdata[i - 1];
      array->pdata[i - 1] = other;
    }
}
