/* simulator-champion.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "simulator.h"

#include "sync/way-again.h"
#include "sync/way-champion.h"

#define HOUR (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)
#define LEAD 5
#define MANAGER 4

/* What champions do, and what is done with them: they are put forward, appointed, pause and end;
 * they ask each other, answer and say what worked; they are called from other places, and bear
 * witness with files. Everybody tries everything, mostly without the right to. */

static const ModelRow *
pick_row (World *world, const char *kind)
{
  GPtrArray *rows = world->model->rows;
  guint start = sim_pick (world, rows->len);

  for (guint i = 0; i < rows->len; i++)
    {
      const ModelRow *row = rows->pdata[(start + i) % rows->len];

      if (g_str_equal (row->event->kind, kind))
        return row;
    }
  return NULL;
}

/* One that began a term. */
static const ModelRow *
pick_term (World *world, int person)
{
  GPtrArray *rows = world->model->rows;
  guint start = sim_pick (world, rows->len);

  for (guint i = 0; i < rows->len; i++)
    {
      const ModelRow *row = rows->pdata[(start + i) % rows->len];

      if (g_str_equal (row->event->kind, "champion_term")
          && strstr (row->event->body, "\"term\"") == NULL && (person < 0 || row->about == person))
        return row;
    }
  return NULL;
}

static const char *
pick_state (World *world, guint person, gboolean is_own)
{
  static const char *const leads[] = { "appointed", "appointed", "appointed", "active",
                                       "trained",   "paused",    "ended" };
  static const char *const owns[] = { "accepted", "accepted", "put-forward", "paused", "ended" };
  static const char *const any[] = { "put-forward", "nominated", "accepted", "appointed",
                                     "trained",     "active",    "paused",   "ended" };

  if (sim_pick (world, 6) == 0)
    return any[sim_pick (world, G_N_ELEMENTS (any))];
  if (is_own)
    return owns[sim_pick (world, G_N_ELEMENTS (owns))];
  if (person == LEAD)
    return leads[sim_pick (world, G_N_ELEMENTS (leads))];
  return person == MANAGER ? "nominated" : any[sim_pick (world, G_N_ELEMENTS (any))];
}

static WayEvent *
draft_term (World *world, guint person, guint mark)
{
  gboolean is_own = person < MANAGER ? sim_pick (world, 6) != 0 : sim_pick (world, 3) == 0;
  const ModelRow *term = sim_pick (world, 4) == 0 ? NULL
                                                  : pick_term (world, is_own ? (int) person : -1);
  guint about = is_own ? person : sim_pick (world, MODEL_N_PEOPLE + world->n_joined);
  g_autofree char *of = NULL;
  g_autofree char *until = NULL;
  WayEvent *draft;

  if (term != NULL && term->about >= 0)
    about = term->about;
  of = term != NULL ? g_strdup_printf ("'term':'%s',", term->event->id) : g_strdup ("");
  /* Some are over before they begin, and some soon. */
  if (sim_pick (world, 3) == 0)
    until = g_strdup_printf ("'until':%" G_GINT64_FORMAT ",",
                             g_get_real_time () + ((gint64) sim_pick (world, 12) - 2) * HOUR);
  draft = fixture_draft ("champion_term", "{%s%s'state':'%s','text':'mark%06uz'}", of,
                         until != NULL ? until : "", pick_state (world, person, about == person),
                         mark);
  if (about != person)
    draft->subject = g_strdup (model_people[about]);
  if (sim_pick (world, 3) != 0)
    draft->unit = g_strdup (model_places[sim_pick (world, MODEL_N_PLACES)]);
  return draft;
}

static WayEvent *
draft_corner_action (World *world, guint mark)
{
  const ModelRow *question = pick_row (world, "corner_question");
  const ModelRow *answer = pick_row (world, "corner_action");

  if (question == NULL)
    return NULL;
  if (sim_pick (world, 3) != 0)
    return fixture_draft ("corner_action",
                          "{'question':'%s','action':'answered','text':'mark%06uz'}",
                          question->event->id, mark);
  if (answer == NULL || sim_pick (world, 2) == 0)
    return fixture_draft ("corner_action",
                          "{'question':'%s','action':'taken-down','text':'mark%06uz'}",
                          question->event->id, mark);
  return fixture_draft ("corner_action",
                        "{'question':'%s','action':'taken-down','answer':'%s','text':'mark%06uz'}",
                        question->event->id, answer->event->id, mark);
}

/* Of an answer that is there, or of one that somebody has on their desk and has not sent. */
static WayEvent *
draft_tip (World *world, guint mark)
{
  const ModelRow *answer = pick_row (world, "corner_action");
  const ModelSaid *said = world->model->said->len > 0
                              ? world->model->said->pdata[sim_pick (world, world->model->said->len)]
                              : NULL;
  const char *id = answer != NULL ? answer->event->id : NULL;

  if (said != NULL && !said->is_poison && (id == NULL || sim_pick (world, 6) == 0))
    id = said->id;
  if (id == NULL)
    return NULL;
  return fixture_draft ("tip", "{'answer':'%s','state':'%s','topic':'t','text':'mark%06uz'}", id,
                        sim_pick (world, 4) == 0 ? "taken-down" : "worked", mark);
}

static WayEvent *
draft_call (World *world, guint mark)
{
  const char *first = model_people[sim_pick (world, MODEL_N_PEOPLE)];
  const char *second = model_people[sim_pick (world, MODEL_N_PEOPLE + world->n_joined)];
  WayEvent *draft = fixture_draft ("help_request",
                                   "{'page':'p','called':'%s %s','text':'mark%06uz'}", first,
                                   second, mark);

  if (sim_pick (world, 2) == 0)
    draft->unit = g_strdup (model_places[sim_pick (world, MODEL_N_PLACES)]);
  return draft;
}

static WayEvent *
draft_help_action (World *world, guint person, guint mark)
{
  static const char *const actions[] = { "taken",  "answered", "passed",
                                         "closed", "fixed",    "not-fixed" };
  const ModelRow *request = pick_row (world, "help_request");
  WayEvent *draft;

  if (request == NULL || request->about < 0)
    return NULL;
  draft = fixture_draft ("help_action", "{'request':'%s','action':'%s','text':'mark%06uz'}",
                         request->event->id, actions[sim_pick (world, G_N_ELEMENTS (actions))],
                         mark);
  if (request->about != (int) person)
    draft->subject = g_strdup (model_people[request->about]);
  draft->unit = g_strdup (request->event->unit);
  return draft;
}

/* What somebody saw, with a file; and what whoever was seen says of it. */
static WayEvent *
draft_of_evidence (World *world, guint person, guint mark)
{
  const ModelRow *evidence = pick_row (world, "evidence");
  gboolean is_answer = sim_pick (world, 2) == 0;
  WayEvent *draft;
  int about;

  if (evidence == NULL)
    return NULL;
  if (is_answer)
    draft = fixture_draft ("evidence_answer", "{'evidence':'%s','answer':'%s','text':'mark%06uz'}",
                           evidence->event->id, sim_pick (world, 2) == 0 ? "agreed" : "not-quite",
                           mark);
  else
    draft = fixture_draft ("evidence_file",
                           "{'evidence':'%s','name':'mark%06uz','type':'text/plain','n':1,'of':1,"
                           "'data':'eA=='}",
                           evidence->event->id, mark);
  about = is_answer ? evidence->author : evidence->about;
  if (about >= 0 && about != (int) person)
    draft->subject = g_strdup (model_people[about]);
  return draft;
}

/* sim_champion_draft:
 *
 * Something of these, or NULL where there is nothing yet to say it of. */
WayEvent *
sim_champion_draft (World *world, guint person, guint mark)
{
  guint dice = sim_pick (world, 20);
  WayEvent *draft;

  if (dice < 7)
    return draft_term (world, person, mark);
  if (dice < 9)
    return fixture_draft ("corner_question", "{'topic':'t','text':'mark%06uz'}", mark);
  if (dice < 12)
    return draft_corner_action (world, mark);
  if (dice < 14)
    return draft_tip (world, mark);
  if (dice < 16)
    return draft_call (world, mark);
  if (dice < 18)
    return draft_help_action (world, person, mark);
  if (dice < 19)
    return draft_of_evidence (world, person, mark);
  draft = fixture_draft ("on_call", "{'name':'mark%06uz','ended':%u}", mark, sim_pick (world, 2));
  if (sim_pick (world, 4) == 0)
    draft->subject = g_strdup (model_people[sim_pick (world, MODEL_N_PEOPLE)]);
  return draft;
}

static gint64
read_trust_clock (World *world)
{
  gint64 now = 0;

  sim_clock_turn (world->trust_skew);
  if (!sync_fixture_is_postgresql ())
    return g_get_real_time ();
  g_assert_true (way_db_get_int (way_store_get_db (world->fixture.trust), "SELECT main.now_us ()",
                                 &now, NULL));
  return now;
}

/* sim_champion_judge_again:
 *
 * What was refused to a trust that was put back, before what gives the right to it had come.
 *
 * Returns: how many are allowed by it */
guint
sim_champion_judge_again (World *world)
{
  gint64 now = read_trust_clock (world);
  g_autoptr (GError) error = NULL;
  guint n = 0;
  DiskFault fault = sim_trust_break (world, 3);

  if (!way_judge_again (world->fixture.trust, now, &n, &error))
    {
      if (!sim_trust_mend (world, fault))
        sim_fail (world, "I2", "the clockwork does not judge again: %s", error->message);
    }
  else
    sim_trust_mend (world, fault);
  sim_note (world, "the clockwork allows %u that were refused", n);
  if (n > 0 || error != NULL)
    sim_trust_read (world, NULL);
  return n;
}

/* sim_champion_tick:
 *
 * The clockwork ends the terms whose time is over, once. Where the trust's clock was put back its
 * word may be older than what it answers, and then holds only when that time has come. */
void
sim_champion_tick (World *world)
{
  WayDb *db = way_store_get_db (world->fixture.trust);
  gint64 now = read_trust_clock (world);
  g_autoptr (GError) error = NULL;
  GPtrArray *terms;
  guint n_ended = 0;
  gboolean is_in_order = world->n_faults[FAULT_TRUST_CLOCK] == 0;

  for (guint pass = 0; pass < 2; pass++)
    {
      gint64 n = 0;

      if (sync_fixture_is_postgresql ())
        {
          g_assert_true (way_db_get_int (db, "SELECT main.end_terms ()", &n, &error));
          n_ended = n;
        }
      else
        way_champion_end_terms (world->fixture.trust, now, &n_ended, &error);
      g_assert_no_error (error);
      if (pass == 0)
        sim_note (world, "the clockwork ends %u terms", n_ended);
      else if (n_ended > 0 && !sync_fixture_is_postgresql ())
        sim_fail (world, "I12", "%u terms end twice", n_ended);
    }
  for (guint pass = 0; pass < 2 && !sync_fixture_is_postgresql (); pass++)
    {
      way_champion_end_calls (world->fixture.trust, &n_ended, &error);
      g_assert_no_error (error);
      if (pass > 0 && n_ended > 0)
        sim_fail (world, "I12", "%u who can be asked no more are told of twice", n_ended);
    }
  sim_trust_read (world, way_store_get_stream (world->fixture.trust));
  sim_champion_judge_again (world);
  terms = model_get_terms (world->model);
  for (guint i = 0; i < terms->len; i++)
    {
      const ModelTerm *term = terms->pdata[i];

      if (is_in_order && term->has_end && term->until <= now && !term->is_ended)
        sim_fail (world, "I9", "the term %s of %s is over and stands", term->id,
                  model_people[term->person]);
    }
}
