/* fixture.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "fixture.h"

#include <string.h>

WayDesk *
load_desk (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("WAYMARK_DATADIR"), "content", "core",
                                            "desks", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  WayDesk *desk;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new_take (g_steal_pointer (&text), length);
  desk = way_desk_new_from_bytes (bytes, name, &error);
  g_assert_no_error (error);
  way_practice_check_desk (desk, &error);
  g_assert_no_error (error);

  return desk;
}

const WayDeskRecord *
find_part (const WayDeskRecord *record, const char *type)
{
  for (guint i = 0; i < record->parts->len; i++)
    {
      const WayDeskRecord *part = g_ptr_array_index (record->parts, i);

      if (strcmp (part->type, type) == 0)
        return part;
    }

  return NULL;
}

static HandFunc hand;
static gpointer hand_data;

/* From now on what is done is done by somebody else, who tells the run of it: in a window. */
void
set_hand (HandFunc func, gpointer user_data)
{
  hand = func;
  hand_data = user_data;
}

void
assert_done (WayPractice *practice, const char *action, const char *target, const char *value)
{
  if (hand != NULL)
    hand (practice, action, target, value, hand_data);
  else if (!way_practice_do (practice, action, target, value))
    g_error ("“%s” was not possible on %s with %s", action, target, value);
}

void
assert_score (WayPractice *practice, int points, int out_of)
{
  int got_points;
  int got_out_of;

  way_practice_get_score (practice, &got_points, &got_out_of);
  g_assert_cmpint (got_points, ==, points);
  g_assert_cmpint (got_out_of, ==, out_of);
}

char *
describe_draw (WayPractice *practice)
{
  GPtrArray *records = way_practice_get_records (practice);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < records->len; i++)
    g_string_append_printf (text, "%s ", ((WayDeskRecord *) records->pdata[i])->id);

  return g_string_free (text, FALSE);
}

/* Ids of everything that a desk names, and texts that no desk names. */
static GPtrArray *
collect_words (GPtrArray *records, GPtrArray *words)
{
  for (guint i = 0; i < records->len; i++)
    {
      const WayDeskRecord *record = g_ptr_array_index (records, i);

      if (record->id != NULL)
        g_ptr_array_add (words, g_strdup (record->id));
      collect_words (record->parts, words);
    }

  return words;
}

static const char *
pick (GPtrArray *words, GRand *random)
{
  static const char *const others[] = {
    "1", "2",   "3", "9999999999", "31/02/2026", "\xff",
    "",  "a b", "=", "38.2 c",     "09:05",      "no such thing"
  };

  if (g_rand_int_range (random, 0, 5) == 0)
    return others[g_rand_int_range (random, 0, G_N_ELEMENTS (others))];

  return g_ptr_array_index (words, g_rand_int_range (random, 0, words->len));
}

/* Tries `n` actions that a clumsy hand could do, and looks at the score as it goes.
 * Returns how many were accepted. */
guint
act_at_random (WayPractice *practice, const char *verbs, guint n, guint32 seed)
{
  static const char *const joints[] = { "=", " " };
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_auto (GStrv) names = g_strsplit (verbs, " ", -1);
  guint done = 0;

  g_test_message ("seed %u", seed);
  collect_words (way_practice_get_desk (practice)->records, words);
  for (guint i = 0; i < n; i++)
    {
      const char *verb = names[g_rand_int_range (random, 0, g_strv_length (names))];
      const char *target = g_rand_int_range (random, 0, 4) > 0 ? pick (words, random) : NULL;
      g_autofree char *value = NULL;
      int points;
      int out_of;

      switch (g_rand_int_range (random, 0, 4))
        {
        case 0:
          value = g_strdup (pick (words, random));
          break;
        case 1:
          value = g_strconcat (pick (words, random), joints[g_rand_int_range (random, 0, 2)],
                               pick (words, random), NULL);
          break;
        default:
          break;
        }
      done += way_practice_do (practice, verb, target, value);
      if (i % 50 != 0)
        continue;
      way_practice_get_score (practice, &points, &out_of);
      g_assert_cmpint (points, >=, 0);
      g_assert_cmpint (points, <=, out_of);
    }
  g_assert_cmpuint (done, ==, way_practice_get_n_actions (practice));

  return done;
}
