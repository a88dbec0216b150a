/* test-rebuild.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store-history.h"

#include <stdlib.h>

/* The tables are a function of the set of events: whatever the order in which they come,
 * in whatever batches, and whether folded as they come or rebuilt. Each round has a seed;
 * WAY_TEST_SEED repeats one. */

#define N_ROUNDS 12

static GPtrArray *
shuffle (GRand *rand, GPtrArray *history)
{
  GPtrArray *order = g_ptr_array_new ();

  for (guint i = 0; i < history->len; i++)
    g_ptr_array_add (order, history->pdata[i]);
  for (guint i = order->len; i > 1; i--)
    {
      guint j = g_rand_int_range (rand, 0, i);
      gpointer swap = order->pdata[i - 1];

      order->pdata[i - 1] = order->pdata[j];
      order->pdata[j] = swap;
    }
  return order;
}

static void
assert_rebuilt_is_same (WayStore *store)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  g_assert_true (way_store_rebuild (store, problems, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_printerr ("%s\n", (char *) problems->pdata[i]);
  g_assert_cmpuint (problems->len, ==, 0);
}

/* The newest self-rating of each, worked out over a plain list. */
static char *
rate_naively (GPtrArray *history, gint64 received_before)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint p = 0; p < G_N_ELEMENTS (history_people); p++)
    for (guint c = 0; c < G_N_ELEMENTS (history_capabilities); c++)
      {
        g_autofree char *wanted = g_strdup_printf ("\"capability\":\"%s\"",
                                                   history_capabilities[c]);
        const WayEvent *best = NULL;

        for (guint i = 0; i < history->len; i++)
          {
            const WayEvent *event = history->pdata[i];
            gboolean is_withdrawn = FALSE;

            if (!g_str_equal (event->kind, "self_rating") || !event->allowed
                || event->received >= received_before
                || !g_str_equal (event->author, history_people[p])
                || strstr (event->body, wanted) == NULL)
              continue;
            for (guint j = 0; j < history->len; j++)
              {
                const WayEvent *other = history->pdata[j];

                is_withdrawn |= g_str_equal (other->kind, "retraction") && other->allowed
                                && other->received < received_before
                                && g_str_equal (other->author, event->author)
                                && strstr (other->body, event->id) != NULL;
              }
            if (!is_withdrawn
                && (best == NULL || event->effective > best->effective
                    || (event->effective == best->effective && strcmp (event->id, best->id) > 0)))
              best = event;
          }
        if (best != NULL)
          g_string_append_printf (text, "%s%s|%s|%c", text->len > 0 ? "\n" : "", history_people[p],
                                  history_capabilities[c], strstr (best->body, "\"now\":")[6]);
      }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
ask_ratings (WayStore *store)
{
  return fixture_ask (store, "SELECT person, capability, now FROM self_rating ORDER BY person,"
                             " CASE capability WHEN 'find' THEN 1 WHEN 'care' THEN 2 ELSE 3 END");
}

static guint
get_seed (guint round)
{
  const char *text = g_getenv ("WAY_TEST_SEED");

  return text != NULL ? strtoul (text, NULL, 10) : 20261122 + round;
}

static void
test_any_order (void)
{
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      guint seed = get_seed (round);
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr (GPtrArray) history = history_make (rand);
      g_autofree char *first = NULL;
      g_autofree char *naive = rate_naively (history, G_MAXINT64);
      gint64 moment = g_rand_int_range (rand, 1, 400);
      g_autofree char *naive_then = rate_naively (history, moment);

      g_test_message ("WAY_TEST_SEED=%u", seed);
      for (guint arrival = 0; arrival < 3; arrival++)
        {
          char *folder = fixture_make_folder ();
          g_autofree char *uri = g_strdup_printf ("sqlite:%s/trust.db", folder);
          g_autoptr (WayStore) store = way_store_create_trust (uri, "T", "T", TRUE, NULL);
          g_autoptr (GPtrArray) order = shuffle (rand, history);
          g_autofree char *dump = NULL;
          g_autofree char *ratings = NULL;
          g_autofree char *then = NULL;

          history_insert (store, rand, order);
          dump = fixture_dump (store);
          if (first == NULL)
            first = g_strdup (dump);
          g_assert_cmpstr (dump, ==, first);
          assert_rebuilt_is_same (store);
          ratings = ask_ratings (store);
          g_assert_cmpstr (ratings, ==, naive);
          g_assert_true (way_store_as_at (store, moment, NULL));
          then = ask_ratings (store);
          g_assert_cmpstr (then, ==, naive_then);
          g_clear_object (&store);
          fixture_remove_folder (folder);
        }
    }
}

/* On a device the same set gives the same tables, and so does opening it again. */
static void
test_device (void)
{
  for (guint round = 0; round < N_ROUNDS / 2; round++)
    {
      guint seed = get_seed (round);
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr (GPtrArray) history = history_make (rand);
      g_autoptr (GPtrArray) order = shuffle (rand, history);
      char *folder = fixture_make_folder ();
      g_autofree char *path = g_build_filename (folder, "d.store", NULL);
      g_autofree char *uri = g_strdup_printf ("sqlite:%s/trust.db", folder);
      g_autoptr (WayStore) device = way_store_open_device (path, "ann", NULL);
      g_autoptr (WayStore) trust = way_store_create_trust (uri, "T", "T", TRUE, NULL);
      g_autofree char *folded = NULL;
      g_autofree char *opened = NULL;
      g_autofree char *there = NULL;

      g_test_message ("WAY_TEST_SEED=%u", seed);
      history_insert (device, rand, order);
      history_insert (trust, rand, history);
      folded = fixture_dump (device);
      assert_rebuilt_is_same (device);
      g_clear_object (&device);
      device = way_store_open_device (path, NULL, NULL);
      opened = fixture_dump (device);
      g_assert_cmpstr (folded, ==, opened);
      /* The trust has its organisation besides. */
      g_assert_true (way_db_exec (way_store_get_db (trust), "DELETE FROM organisation", NULL));
      there = fixture_dump (trust);
      g_assert_cmpstr (folded, ==, there);
      g_clear_object (&device);
      g_clear_object (&trust);
      fixture_remove_folder (folder);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/rebuild/any-order", test_any_order);
  g_test_add_func ("/store/rebuild/device", test_device);
  return g_test_run ();
}
