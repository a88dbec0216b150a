/* way-practice-draw.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "practice/way-practice-inspect.h"
#include "practice/way-practice-private.h"

#include <string.h>

/* SplitMix64: small, known, and the same on every machine for ever, which the log needs. */
guint64
way_practice_random (guint64 *state)
{
  guint64 mixed = *state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  mixed = (mixed ^ (mixed >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  mixed = (mixed ^ (mixed >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);

  return mixed ^ (mixed >> 31);
}

/* A number below `n`, each as likely: what is left over at the top is thrown away. */
guint64
way_practice_random_below (guint64 *state, guint64 n)
{
  guint64 limit = G_MAXUINT64 - G_MAXUINT64 % n;
  guint64 number;

  do
    number = way_practice_random (state);
  while (number >= limit);

  return number % n;
}

static void
shuffle (GPtrArray *array, guint64 *state)
{
  for (guint i = array->len; i > 1; i--)
    {
      guint other = way_practice_random_below (state, i);
      gpointer moved = array->pdata[i - 1];

      array->pdata[i - 1] = array->pdata[other];
      array->pdata[other] = moved;
    }
}

/* Each group in the order in which the file first names it, so that a draw depends on
 * nothing but the desk and the seed. */
static GPtrArray *
draw_records (WayDesk *desk, guint64 *random)
{
  g_autoptr (GHashTable) left_out = g_hash_table_new (g_direct_hash, g_direct_equal);
  g_autoptr (GHashTable) is_drawn = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();

  for (guint i = 0; i < desk->records->len; i++)
    {
      const WayDeskRecord *first = g_ptr_array_index (desk->records, i);
      g_autoptr (GPtrArray) pool = NULL;
      guint count;

      if (first->group == NULL || !g_hash_table_contains (desk->draws, first->group)
          || !g_hash_table_add (is_drawn, first->group))
        continue;

      pool = g_ptr_array_new ();
      for (guint j = i; j < desk->records->len; j++)
        {
          WayDeskRecord *record = g_ptr_array_index (desk->records, j);

          if (g_strcmp0 (record->group, first->group) == 0)
            g_ptr_array_add (pool, record);
        }
      shuffle (pool, random);
      count = MAX (GPOINTER_TO_INT (g_hash_table_lookup (desk->draws, first->group)), 0);
      for (guint j = count; j < pool->len; j++)
        g_hash_table_add (left_out, g_ptr_array_index (pool, j));
    }

  for (guint i = 0; i < desk->records->len; i++)
    {
      WayDeskRecord *record = g_ptr_array_index (desk->records, i);

      if (!g_hash_table_contains (left_out, record))
        g_ptr_array_add (chosen, record);
    }

  return g_steal_pointer (&chosen);
}

/* What was drawn changes places with what was drawn of its kind; the rest stays where
 * the file has it. */
static void
mix_records (WayDesk *desk, GPtrArray *records, guint64 *random)
{
  g_autoptr (GHashTable) types = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < records->len; i++)
    {
      const WayDeskRecord *first = g_ptr_array_index (records, i);
      g_autoptr (GPtrArray) drawn = NULL;
      g_autoptr (GArray) places = NULL;

      if (!g_hash_table_add (types, first->type))
        continue;

      drawn = g_ptr_array_new ();
      places = g_array_new (FALSE, FALSE, sizeof (guint));
      for (guint j = i; j < records->len; j++)
        {
          WayDeskRecord *record = g_ptr_array_index (records, j);

          if (strcmp (record->type, first->type) != 0 || record->group == NULL
              || !g_hash_table_contains (desk->draws, record->group))
            continue;
          g_ptr_array_add (drawn, record);
          g_array_append_val (places, j);
        }
      shuffle (drawn, random);
      for (guint j = 0; j < drawn->len; j++)
        records->pdata[g_array_index (places, guint, j)] = g_ptr_array_index (drawn, j);
    }
}

/* An app that shows its records in an order of its own changes only their places among
 * each other. */
static void
sort_records (const WayPracticeApp *app, GPtrArray *records)
{
  g_autoptr (GPtrArray) own = g_ptr_array_new ();
  guint n = 0;

  for (guint i = 0; i < records->len; i++)
    if (g_strcmp0 (way_practice_get_app (records->pdata[i]), app->name) == 0)
      g_ptr_array_add (own, records->pdata[i]);
  g_ptr_array_sort (own, app->compare);
  for (guint i = 0; i < records->len; i++)
    if (g_strcmp0 (way_practice_get_app (records->pdata[i]), app->name) == 0)
      records->pdata[i] = own->pdata[n++];
}

/* What the seed puts on the desk, in showing order. */
GPtrArray *
way_practice_draw (WayDesk *desk, guint64 seed)
{
  guint64 random = seed;
  GPtrArray *records = draw_records (desk, &random);

  mix_records (desk, records, &random);
  way_practice_settle_places (desk, records);
  for (guint i = 0; desk->apps[i] != NULL; i++)
    {
      const WayPracticeApp *app = way_practice_find_app (desk->apps[i]);

      if (app != NULL && app->compare != NULL)
        sort_records (app, records);
    }

  return records;
}
