/* test-rebuild.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store-fixture.h"

#include <stdlib.h>

/* The tables are a function of the set of events: whatever the order in which they come,
 * in whatever batches, and whether folded as they come or rebuilt. Each round has a seed;
 * WAY_TEST_SEED repeats one. */

#define N_ROUNDS 12
#define N_EVENTS 160

static const char *const people[] = { "ann", "bob", "cat", "dan" };
static const char *const capabilities[] = { "find", "care", "keep" };
static const char *const modules[] = { "F1", "C1" };

#define PICK(rand, array) array[g_rand_int_range (rand, 0, G_N_ELEMENTS (array))]

static const char *
pick_id (GRand *rand, GPtrArray *history, const char *kind)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  for (guint i = 0; i < history->len; i++)
    if (kind == NULL || g_str_equal (((WayEvent *) history->pdata[i])->kind, kind))
      g_ptr_array_add (found, ((WayEvent *) history->pdata[i])->id);
  if (found->len == 0)
    return "00000000-0000-7000-8000-000000000000";
  return found->pdata[g_rand_int_range (rand, 0, found->len)];
}

static WayEvent *
draft_learning (GRand *rand, GPtrArray *history)
{
  switch (g_rand_int_range (rand, 0, 9))
    {
    case 0:
      return fixture_draft ("self_rating", "{'capability':'%s','now':%d,'need':3}",
                            PICK (rand, capabilities), g_rand_int_range (rand, 1, 5));
    case 1:
      return fixture_attempt (g_rand_boolean (rand) ? "baseline" : "recheck", NULL,
                              g_rand_boolean (rand) ? pick_id (rand, history, "attempt") : NULL);
    case 2:
      return fixture_attempt (g_rand_boolean (rand) ? "check" : "practice", PICK (rand, modules),
                              NULL);
    case 3:
      return fixture_estimate (pick_id (rand, history, "attempt"), PICK (rand, capabilities),
                               g_rand_double_range (rand, -2, 2));
    case 4:
      return fixture_end (pick_id (rand, history, "attempt"), "check", "finished",
                          PICK (rand, modules), g_rand_boolean (rand));
    case 5:
      return fixture_draft ("step", "{'module':'%s','version':1,'step':'card%d'}",
                            PICK (rand, modules), g_rand_int_range (rand, 1, 5));
    case 6:
      return fixture_draft ("confidence", "{'module':'%s','moment':'%s','value':%d}",
                            PICK (rand, modules), g_rand_boolean (rand) ? "before" : "after",
                            g_rand_int_range (rand, 0, 11));
    case 7:
      return fixture_draft ("rule_outcome",
                            "{'attempt':'%s','module':'F1','desk':'k','rule':'r',"
                            "'outcome':'o%d','held':%d,'points':1,'out_of':1}",
                            pick_id (rand, history, "attempt"), g_rand_int_range (rand, 1, 3),
                            g_rand_int_range (rand, 0, 2));
    default:
      return fixture_draft ("shift_done", "{'module':'%s','version':1}", PICK (rand, modules));
    }
}

static WayEvent *
draft_talk (GRand *rand, GPtrArray *history)
{
  static const char *const actions[] = { "taken", "answered", "passed", "closed", "fixed" };
  static const char *const deeds[] = { "heard", "decided", "done", "replied" };

  switch (g_rand_int_range (rand, 0, 7))
    {
    case 0:
      return fixture_draft ("help_request", "{'page':'p','text':'Stuck'}");
    case 1:
      return fixture_draft ("help_action", "{'request':'%s','action':'%s','text':'t%d'}",
                            pick_id (rand, history, "help_request"), PICK (rand, actions),
                            g_rand_int_range (rand, 0, 99));
    case 2:
      return fixture_draft ("help_given", "{'topic':'t','people':1,'minutes':%d}",
                            g_rand_int_range (rand, 1, 60));
    case 3:
      return fixture_draft ("feedback", "{'type':'idea','text':'X','page':'p'}");
    case 4:
      return fixture_draft ("feedback_action", "{'feedback':'%s','action':'%s','text':'t%d'}",
                            pick_id (rand, history, "feedback"), PICK (rand, deeds),
                            g_rand_int_range (rand, 0, 99));
    case 5:
      return fixture_draft ("evidence", "{'outcome':'o%d','type':'used'}",
                            g_rand_int_range (rand, 1, 4));
    default:
      return fixture_draft ("preference", "{'key':'share_levels','value':'%s'}",
                            g_rand_boolean (rand) ? "champion" : "nobody");
    }
}

static WayEvent *
draft_administration (GRand *rand, GPtrArray *history, const char *person)
{
  switch (g_rand_int_range (rand, 0, 7))
    {
    case 0:
      return fixture_draft ("place",
                            "{'place':'u%d','code':'c','name':'n%d','type':'ward','parent':'u%d'}",
                            g_rand_int_range (rand, 0, 6), g_rand_int_range (rand, 0, 99),
                            g_rand_int_range (rand, 0, 6));
    case 1:
      return fixture_draft ("membership", "{'person':'%s','place':'u%d','is_primary':1,'ended':%d}",
                            person, g_rand_int_range (rand, 0, 4), g_rand_int_range (rand, 0, 2));
    case 2:
      return fixture_draft ("role_grant",
                            "{'person':'%s','role':'champion','place':'u%d',"
                            "'ended':%d}",
                            person, g_rand_int_range (rand, 0, 3), g_rand_int_range (rand, 0, 2));
    case 3:
      return fixture_draft ("person",
                            "{'person':'%s','username':'%s','name':'N%d',"
                            "'staff_group':'g','ended':0}",
                            person, person, g_rand_int_range (rand, 0, 99));
    case 4:
      return fixture_draft ("setting", "{'key':'k%d','value':'%d'}", g_rand_int_range (rand, 0, 3),
                            g_rand_int_range (rand, 0, 99));
    case 5:
      return fixture_draft ("pulse", "{'question':'Q','closes':%d}",
                            g_rand_int_range (rand, 0, 400));
    default:
      return fixture_draft ("pack_release",
                            "{'part':'%s','pack':'core','version':%d,'ident':'i%d','name':'N'}",
                            g_rand_boolean (rand) ? "pack" : "module",
                            g_rand_int_range (rand, 1, 4), g_rand_int_range (rand, 0, 3));
    }
}

/* A year of everything, complete events in streams of their own, with times that collide
 * and withdrawals of whatever there is, also of what may not be withdrawn. */
static GPtrArray *
make_history (GRand *rand)
{
  GPtrArray *history = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);

  for (guint i = 0; i < N_EVENTS; i++)
    {
      const char *person = PICK (rand, people);
      int dice = g_rand_int_range (rand, 0, 20);
      guint8 bytes[10];
      g_autofree char *id = NULL;
      g_autofree char *stream = NULL;
      WayEvent *event;

      for (guint j = 0; j < sizeof bytes; j++)
        bytes[j] = g_rand_int_range (rand, 0, 256);
      if (dice < 8)
        event = draft_learning (rand, history);
      else if (dice < 13)
        event = draft_talk (rand, history);
      else if (dice < 17)
        event = draft_administration (rand, history, person);
      else if (dice < 18)
        event = fixture_draft ("pulse_answer", "{'pulse':'%s','value':1}",
                               pick_id (rand, history, "pulse"));
      else
        {
          event = fixture_draft ("retraction", "{'target':'%s'}", pick_id (rand, history, NULL));
          person = PICK (rand, people);
        }
      if (dice >= 13 && dice < 17 && !g_str_equal (event->kind, "pulse"))
        event->subject = g_strdup (person);
      event->at = g_rand_int_range (rand, 1, 200);
      event->zone = g_strdup ("UTC");
      id = way_uuid_new_v7 (event->at, bytes);
      stream = g_strdup_printf ("00000000-0000-7000-8000-%012d", i);
      way_event_seal_into_stream (event, stream, 1, id, "00112233445566778899aabbccddeeff", NULL);
      event->author = g_strdup (person);
      event->effective = event->at;
      event->received = g_rand_int_range (rand, event->at, 400);
      event->allowed = g_rand_int_range (rand, 0, 12) > 0;
      g_ptr_array_add (history, event);
    }
  return history;
}

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
insert (WayStore *store, GRand *rand, GPtrArray *order)
{
  guint done = 0;

  while (done < order->len)
    {
      guint some = g_rand_int_range (rand, 1, 12);
      guint n = MIN (order->len - done, some);
      g_autoptr (GError) error = NULL;
      g_autoptr (WayBatch) batch = way_batch_begin (store, &error);

      g_assert_no_error (error);
      for (guint i = 0; i < n; i++)
        {
          way_batch_insert (batch, order->pdata[done++], NULL, &error);
          g_assert_no_error (error);
        }
      way_batch_commit (batch, &error);
      g_assert_no_error (error);
    }
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

  for (guint p = 0; p < G_N_ELEMENTS (people); p++)
    for (guint c = 0; c < G_N_ELEMENTS (capabilities); c++)
      {
        g_autofree char *wanted = g_strdup_printf ("\"capability\":\"%s\"", capabilities[c]);
        const WayEvent *best = NULL;

        for (guint i = 0; i < history->len; i++)
          {
            const WayEvent *event = history->pdata[i];
            gboolean is_withdrawn = FALSE;

            if (!g_str_equal (event->kind, "self_rating") || !event->allowed
                || event->received >= received_before || !g_str_equal (event->author, people[p])
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
          g_string_append_printf (text, "%s%s|%s|%c", text->len > 0 ? "\n" : "", people[p],
                                  capabilities[c], strstr (best->body, "\"now\":")[6]);
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
get_seed (void)
{
  const char *text = g_getenv ("WAY_TEST_SEED");

  return text != NULL ? strtoul (text, NULL, 10) : (guint) g_random_int ();
}

static void
test_any_order (void)
{
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      guint seed = get_seed ();
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr (GPtrArray) history = make_history (rand);
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

          insert (store, rand, order);
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
      guint seed = get_seed ();
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr (GPtrArray) history = make_history (rand);
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
      insert (device, rand, order);
      insert (trust, rand, history);
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
