/* store-history.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store-history.h"

#define N_EVENTS 160

const char *const history_people[4] = { "ann", "bob", "cat", "dan" };
const char *const history_capabilities[3] = { "find", "care", "keep" };
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
                            PICK (rand, history_capabilities), g_rand_int_range (rand, 1, 5));
    case 1:
      return fixture_attempt (g_rand_boolean (rand) ? "baseline" : "recheck", NULL,
                              g_rand_boolean (rand) ? pick_id (rand, history, "attempt") : NULL);
    case 2:
      return fixture_attempt (g_rand_boolean (rand) ? "check" : "practice", PICK (rand, modules),
                              NULL);
    case 3:
      return fixture_estimate (pick_id (rand, history, "attempt"),
                               PICK (rand, history_capabilities),
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

  static const char *const states[] = { "put-forward", "nominated", "accepted", "appointed",
                                        "trained",     "active",    "paused",   "ended" };

  switch (g_rand_int_range (rand, 0, 12))
    {
    case 6:
      return fixture_draft ("feedback_action",
                            "{'feedback':'%s','action':'sorted','theme':'t%d','owner':'p%d',"
                            "'due':'2026-11-%02d'}",
                            pick_id (rand, history, "feedback"), g_rand_int_range (rand, 0, 3),
                            g_rand_int_range (rand, 0, 3), g_rand_int_range (rand, 1, 30));
    case 7:
      return fixture_draft ("feedback_action", "{'feedback':'%s','action':'%s','joined':'%s'}",
                            pick_id (rand, history, "feedback"),
                            g_rand_boolean (rand) ? "joined" : "parted",
                            pick_id (rand, history, "feedback"));
    case 8:
      return fixture_draft ("vote", "{'feedback':'%s','value':%d}",
                            pick_id (rand, history, "published"), g_rand_int_range (rand, 0, 2));
    case 9:
      return fixture_draft ("champion_term", "{'state':'%s','shifts':'mon-early','term':'%s'}",
                            PICK (rand, states), pick_id (rand, history, "champion_term"));
    case 10:
      return fixture_draft ("champion_term", "{'state':'%s','minutes':%d}", PICK (rand, states),
                            g_rand_int_range (rand, 0, 60));
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
  switch (g_rand_int_range (rand, 0, 10))
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
    case 6:
      return fixture_draft ("initiative",
                            "{'title':'I%d','state':'agreed','initiative':'%s','because':'b%d',"
                            "'go_live':'2026-12-%02d','before':%d.5}",
                            g_rand_int_range (rand, 0, 9), pick_id (rand, history, "initiative"),
                            g_rand_int_range (rand, 0, 9), g_rand_int_range (rand, 1, 30),
                            g_rand_int_range (rand, 0, 9));
    case 7:
      return fixture_draft ("initiative", "{'title':'I%d','state':'proposed','why':'w%d'}",
                            g_rand_int_range (rand, 0, 9), g_rand_int_range (rand, 0, 9));
    case 8:
      return fixture_draft ("published", "{'type':'idea','said':'S%d','state':'open'}",
                            g_rand_int_range (rand, 0, 9));
    default:
      return fixture_draft ("pack_release",
                            "{'part':'%s','pack':'core','version':%d,'ident':'i%d','name':'N'}",
                            g_rand_boolean (rand) ? "pack" : "module",
                            g_rand_int_range (rand, 1, 4), g_rand_int_range (rand, 0, 3));
    }
}

/* Made anew from the same seed it is the same. */
GPtrArray *
history_make (GRand *rand)
{
  GPtrArray *history = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);

  for (guint i = 0; i < N_EVENTS; i++)
    {
      const char *person = PICK (rand, history_people);
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
        event = fixture_draft ("pulse_answer", "{'pulse':'%s','value':%d,'question':%d}",
                               pick_id (rand, history, "pulse"), g_rand_int_range (rand, 0, 6),
                               g_rand_int_range (rand, 1, 3));
      else
        {
          event = fixture_draft ("retraction", "{'target':'%s'}", pick_id (rand, history, NULL));
          person = PICK (rand, history_people);
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

void
history_insert (WayStore *store, GRand *rand, GPtrArray *order)
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
