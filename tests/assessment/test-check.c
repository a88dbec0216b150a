/* test-check.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assessment/way-check.h"

#include <string.h>

/* A check bank with so many questions for each outcome. */
typedef struct
{
  WayModule module;
} Bank;

static void
check_item_free (gpointer data)
{
  WayCheckItem *item = data;

  g_free (item->id);
  g_free (item->outcome);
  g_free (item);
}

static void
bank_init (Bank *self, int draw, const guint *counts, guint n)
{
  memset (self, 0, sizeof *self);
  self->module.draw = draw;
  self->module.check = g_ptr_array_new_with_free_func (check_item_free);
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < counts[i]; j++)
      {
        WayCheckItem *item = g_new0 (WayCheckItem, 1);

        item->id = g_strdup_printf ("q%u.%u", i, j);
        item->outcome = g_strdup_printf ("o%u", i);
        g_ptr_array_add (self->module.check, item);
      }
}

static void
bank_clear (Bank *self)
{
  g_ptr_array_unref (self->module.check);
}

static GStrv
list_ids (GPtrArray *drawn)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < drawn->len; i++)
    g_strv_builder_add (builder, ((const WayCheckItem *) drawn->pdata[i])->id);

  return g_strv_builder_end (builder);
}

static guint
count_in (GPtrArray *drawn, GStrv previous)
{
  guint n = 0;

  for (guint i = 0; i < drawn->len; i++)
    n += g_strv_contains ((const char *const *) previous,
                          ((const WayCheckItem *) drawn->pdata[i])->id);

  return n;
}

static void
assert_distinct (GPtrArray *drawn)
{
  for (guint i = 0; i < drawn->len; i++)
    for (guint j = 0; j < i; j++)
      g_assert_true (drawn->pdata[i] != drawn->pdata[j]);
}

static void
test_even (void)
{
  static const guint counts[] = { 4, 6, 4 };
  Bank bank;

  bank_init (&bank, 7, counts, 3);
  for (guint64 seed = 0; seed < 200; seed++)
    {
      g_autoptr (GPtrArray) drawn = way_check_draw (&bank.module, seed, NULL);
      guint of[3] = { 0 };

      g_assert_cmpuint (drawn->len, ==, 7);
      assert_distinct (drawn);
      for (guint i = 0; i < drawn->len; i++)
        of[((const WayCheckItem *) drawn->pdata[i])->outcome[1] - '0']++;
      for (guint i = 0; i < 3; i++)
        {
          g_assert_cmpuint (of[i], >=, 2);
          g_assert_cmpuint (of[i], <=, 3);
        }
    }
  bank_clear (&bank);
}

/* Each try has at most half of the one before, and keeps every outcome. */
static void
test_previous (void)
{
  static const guint banks[][3] = { { 4, 4, 0 }, { 4, 4, 4 }, { 5, 4, 6 }, { 8, 8, 8 } };

  for (guint b = 0; b < G_N_ELEMENTS (banks); b++)
    for (guint64 seed = 0; seed < 100; seed++)
      {
        guint n_outcomes = banks[b][2] > 0 ? 3 : 2;
        Bank bank;
        g_auto (GStrv) previous = NULL;

        bank_init (&bank, 5, banks[b], n_outcomes);
        for (guint try = 0; try < 6; try++)
          {
            g_autoptr (GPtrArray) drawn = way_check_draw (&bank.module, seed * 100 + try,
                                                          (const char *const *) previous);
            gboolean has[3] = { FALSE };

            g_assert_cmpuint (drawn->len, ==, 5);
            assert_distinct (drawn);
            if (previous != NULL)
              g_assert_cmpuint (count_in (drawn, previous), <=, 2);
            for (guint i = 0; i < drawn->len; i++)
              has[((const WayCheckItem *) drawn->pdata[i])->outcome[1] - '0'] = TRUE;
            for (guint i = 0; i < n_outcomes; i++)
              g_assert_true (has[i]);
            g_strfreev (previous);
            previous = list_ids (drawn);
          }
        bank_clear (&bank);
      }
}

/* Where being even would repeat too much, another outcome gives more. */
static void
test_uneven (void)
{
  static const guint counts[] = { 2, 2, 20 };

  for (guint64 seed = 0; seed < 50; seed++)
    {
      Bank bank;
      g_autoptr (GPtrArray) first = NULL;
      g_autoptr (GPtrArray) second = NULL;
      g_auto (GStrv) previous = NULL;

      bank_init (&bank, 6, counts, 3);
      first = way_check_draw (&bank.module, seed, NULL);
      previous = list_ids (first);
      second = way_check_draw (&bank.module, seed + 500, (const char *const *) previous);
      g_assert_cmpuint (second->len, ==, 6);
      g_assert_cmpuint (count_in (second, previous), ==, 3);
      bank_clear (&bank);
    }
}

/* With too few others, the questions are asked again rather than not at all. */
static void
test_short (void)
{
  static const guint counts[] = { 3, 3 };
  static const guint few[] = { 2, 1 };
  Bank bank;
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) second = NULL;
  g_autoptr (GPtrArray) third = NULL;
  g_auto (GStrv) previous = NULL;

  bank_init (&bank, 5, counts, 2);
  first = way_check_draw (&bank.module, 1, NULL);
  previous = list_ids (first);
  second = way_check_draw (&bank.module, 2, (const char *const *) previous);
  g_assert_cmpuint (second->len, ==, 5);
  g_assert_cmpuint (count_in (second, previous), ==, 4);
  bank_clear (&bank);

  bank_init (&bank, 5, few, 2);
  third = way_check_draw (&bank.module, 3, NULL);
  g_assert_cmpuint (third->len, ==, 3);
  assert_distinct (third);
  bank_clear (&bank);
}

/* A pack that asks for fewer than five still gets five. */
static void
test_least (void)
{
  static const guint counts[] = { 4, 4 };
  Bank bank;
  g_autoptr (GPtrArray) drawn = NULL;

  bank_init (&bank, 2, counts, 2);
  drawn = way_check_draw (&bank.module, 1, NULL);
  g_assert_cmpuint (drawn->len, ==, 5);
  bank_clear (&bank);
}

static void
test_seeded (void)
{
  static const guint counts[] = { 4, 4 };
  Bank bank;
  guint first[8] = { 0 };
  guint n_orders = 0;

  bank_init (&bank, 5, counts, 2);
  for (guint64 seed = 0; seed < 800; seed++)
    {
      g_autoptr (GPtrArray) a = way_check_draw (&bank.module, seed, NULL);
      g_autoptr (GPtrArray) b = way_check_draw (&bank.module, seed, NULL);
      g_autoptr (GPtrArray) c = way_check_draw (&bank.module, seed + 1, NULL);
      guint index;

      g_assert_true (memcmp (a->pdata, b->pdata, sizeof (gpointer) * 5) == 0);
      n_orders += memcmp (a->pdata, c->pdata, sizeof (gpointer) * 5) != 0;
      g_assert_true (g_ptr_array_find (bank.module.check, a->pdata[0], &index));
      first[index]++;
    }
  g_assert_cmpuint (n_orders, >, 780);
  /* Every question comes first about as often: 100, with an SD below 10. */
  for (guint i = 0; i < 8; i++)
    {
      g_assert_cmpuint (first[i], >, 55);
      g_assert_cmpuint (first[i], <, 145);
    }
  bank_clear (&bank);
}

static void
test_passed (void)
{
  static const struct
  {
    guint right;
    guint asked;
    double mark;
    gboolean is_passed;
  } rows[] = {
    { 5, 5, .8, TRUE }, { 4, 5, .8, TRUE },   { 3, 5, .8, FALSE }, { 4, 5, .9, TRUE },
    { 5, 6, .9, TRUE }, { 4, 6, .8, FALSE },  { 8, 10, .8, TRUE }, { 7, 10, .8, FALSE },
    { 9, 10, 1, TRUE }, { 8, 10, 1, FALSE },  { 4, 4, .8, FALSE }, { 0, 0, .8, FALSE },
    { 3, 5, .6, TRUE }, { 12, 15, .8, TRUE }, { 0, 5, 0, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (way_check_is_passed (rows[i].right, rows[i].asked, rows[i].mark), ==,
                     rows[i].is_passed);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/assessment/check/even", test_even);
  g_test_add_func ("/assessment/check/previous", test_previous);
  g_test_add_func ("/assessment/check/uneven", test_uneven);
  g_test_add_func ("/assessment/check/short", test_short);
  g_test_add_func ("/assessment/check/least", test_least);
  g_test_add_func ("/assessment/check/seeded", test_seeded);
  g_test_add_func ("/assessment/check/passed", test_passed);

  return g_test_run ();
}
