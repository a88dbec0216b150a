/* way-demo-history.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/way-demo.h"

#include <math.h>

#include "assessment/way-check.h"
#include "assessment/way-scoring.h"
#include "assessment/way-sitting.h"
#include "assessment/way-template.h"
#include "practice/way-practice.h"
#include "session/way-measure.h"

#define DAY ((gint64) 86400 * G_USEC_PER_SEC)
#define MINUTE ((gint64) 60 * G_USEC_PER_SEC)
#define PASS_MARK 0.8

typedef struct
{
  WayDemo *demo;
  WayDemoPerson *person;
  GPtrArray *drafts; /* (owned) of WayEvent */
  gint64 now;        /* moves on as things are done */
  gint64 delay;      /* until the trust has them */
  int required[WAY_MAX_CAPABILITIES];
} Life;

static void
add (Life *life, const char *kind, gconstpointer body)
{
  way_demo_add (life->drafts, kind, body, life->now,
                MIN (life->now + life->delay, life->demo->end));
}

/* The next event's id is known only once it is written: attempts get theirs here. */
static char *
begin_attempt (Life *life, WayAttemptBody *body)
{
  WayDemo *demo = life->demo;
  WayEvent *draft;
  g_autofree char *seed = g_strdup_printf ("%" G_GUINT64_FORMAT, way_random_next (&demo->random));
  WayAttemptBody whole = *body;

  whole.pack = (char *) way_pack_get_id (demo->pack);
  whole.pack_version = way_pack_get_version (demo->pack);
  whole.language = (char *) "en-GB";
  whole.prior_mean = NAN;
  whole.prior_sd = NAN;
  whole.rho = NAN;
  whole.rapid = NAN;
  whole.level = WAY_NO_INTEGER;
  whole.minutes = WAY_NO_INTEGER;
  if (whole.try == 0)
    whole.try = WAY_NO_INTEGER;
  if (whole.seed == NULL)
    whole.seed = seed;
  add (life, "attempt", &whole);
  draft = g_ptr_array_index (life->drafts, life->drafts->len - 1);
  draft->id = way_demo_dup_id (demo, life->now);
  return g_strdup (draft->id);
}

static char *
format_levels (const int *levels, guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%d", i == 0 ? "" : ",", levels[i]);
  return g_string_free (text, FALSE);
}

/* How people rate themselves: two in three a little above what they can do. */
static int
rate (Life *life, guint capability)
{
  double felt = life->person->ability[capability] + 0.5
                + 0.7 * way_random_normal (&life->demo->random);
  const double *cuts = way_pack_get_cuts (life->demo->pack);
  int level = 1;

  for (int i = 0; i < WAY_N_LEVELS - 1; i++)
    level += felt > cuts[i];
  return level;
}

/* What gets in the way, from those who say it. Chance of its own, so that the rest of the
 * history stays what it was. */
static void
write_barriers (Life *life)
{
  guint n;
  const WayAnswerChoice *barriers = way_barrier_list (&n);
  WayRandom random;

  way_random_init (&random, g_str_hash (life->person->username), (guint64) life->now);
  if (way_random_uniform (&random) < .3)
    return;
  for (guint i = 0; i < n; i++)
    {
      WayBarrierBody body = { .barrier = (char *) barriers[i].value,
                              .value = way_random_uniform (&random) < .45 / (1 + i * .6) };

      add (life, "barrier", &body);
    }
}

static void
write_sitting (Life *life)
{
  WayDemo *demo = life->demo;
  GPtrArray *capabilities = way_pack_get_capabilities (demo->pack);
  WaySittingPlan plan = { .depth = WAY_DEPTH_SHORT };
  g_autoptr (WaySitting) sitting = NULL;
  g_autofree char *attempt = NULL;
  g_autofree char *required = format_levels (life->required, capabilities->len);
  g_autofree char *self_now = NULL;
  g_autofree char *exposed = NULL;
  g_auto (GStrv) kept_out = NULL;
  g_autofree char *seed = NULL;
  WaySelection selection;
  guint asked = 0;
  guint right = 0;
  /* Some leave in the middle and never come back. */
  guint leaves_at = way_random_uniform (&demo->random) < .05
                        ? 3 + way_random_range (&demo->random, 5)
                        : G_MAXUINT;

  for (guint c = 0; c < capabilities->len; c++)
    {
      const WayCapability *capability = g_ptr_array_index (capabilities, c);
      WaySelfRatingBody body = { .capability = capability->id,
                                 .now = rate (life, c),
                                 .need = life->required[c] };

      plan.required[c] = life->required[c];
      plan.self_now[c] = body.now;
      add (life, "self_rating", &body);
      life->now += MINUTE / 10;
    }
  self_now = format_levels (plan.self_now, capabilities->len);
  plan.seed = way_random_next (&demo->random);
  kept_out = way_bank_list_exposed (demo->bank, plan.seed);
  plan.exposed = kept_out;
  exposed = kept_out != NULL ? g_strjoinv (" ", kept_out) : NULL;
  seed = g_strdup_printf ("%" G_GUINT64_FORMAT, plan.seed);
  attempt = begin_attempt (life, &(WayAttemptBody){ .type = (char *) "baseline",
                                                    .parameters = demo->bank->version,
                                                    .seed = seed,
                                                    .required = required,
                                                    .self_now = self_now,
                                                    .recent = (char *) "",
                                                    .exposed = exposed,
                                                    .balance = (char *) "verdict" });
  sitting = way_sitting_new (demo->bank, &plan);
  while (asked < leaves_at && way_sitting_choose (sitting, &selection))
    {
      const WayCapability *capability = g_ptr_array_index (capabilities, selection.capability);
      const WayCurve *truth = g_hash_table_lookup (demo->items, selection.item);
      double score = way_curve_draw (truth, life->person->ability[selection.capability],
                                     way_random_uniform (&demo->random));
      gboolean is_right = score >= way_curve_get_most (truth);
      gboolean dont_know = score == 0 && way_random_uniform (&demo->random) < .2;
      int seconds = CLAMP ((int) (25 * exp (0.5 * way_random_normal (&demo->random))), 4, 240);
      WaySelectionBody chosen = { .attempt = attempt,
                                  .ordinal = asked + 1,
                                  .item = (char *) selection.item,
                                  .capability = capability->id,
                                  .value = selection.value,
                                  .information = selection.information,
                                  .pool = selection.pool,
                                  .rank = selection.rank,
                                  .reason = (char *) selection.reason,
                                  .enemies = selection.n_enemies,
                                  .recent = selection.n_recent,
                                  .exposed = selection.n_exposed };
      WayResponseBody response = { .attempt = attempt,
                                   .ordinal = asked + 1,
                                   .item = (char *) selection.item,
                                   .answer = (char *) "",
                                   .score = score,
                                   .ms = seconds * 1000,
                                   .dont_know = dont_know,
                                   .counted = TRUE };

      add (life, "selection", &chosen);
      life->now += seconds * G_USEC_PER_SEC;
      add (life, "response", &response);
      way_sitting_answer (sitting, selection.item, score, TRUE);
      asked++;
      right += is_right;
    }
  if (asked == leaves_at)
    return;

  for (guint c = 0; c < capabilities->len; c++)
    {
      const WayCapability *capability = g_ptr_array_index (capabilities, c);
      WayEstimate estimate;

      way_sitting_get_estimate (sitting, c, &estimate);
      if (estimate.n_items == 0)
        continue;
      add (life, "estimate",
           &(WayEstimateBody){ .attempt = attempt,
                               .capability = capability->id,
                               .mean = estimate.mean,
                               .sd = estimate.sd,
                               .p1 = estimate.levels[0],
                               .p2 = estimate.levels[1],
                               .p3 = estimate.levels[2],
                               .p4 = estimate.levels[3],
                               .items = estimate.n_items,
                               .provisional = estimate.is_provisional,
                               .required = estimate.required,
                               .p_required = estimate.p_required,
                               .standing = (char *) way_standing_to_string (estimate.standing),
                               .parameters = demo->bank->version });
    }
  add (life, "attempt_end",
       &(WayAttemptEndBody){ .attempt = attempt,
                             .type = (char *) "baseline",
                             .how = (char *) way_stop_to_string (way_sitting_get_stop (sitting)),
                             .asked = asked,
                             .right = right,
                             .score = (double) right / asked });
  write_barriers (life);
}

static void
write_step (Life *life, const WayModule *module, const char *step)
{
  WayStepBody body = { .module = module->id, .version = module->version, .step = (char *) step };

  add (life, "step", &body);
  life->now += MINUTE / 2 + way_random_range (&life->demo->random, 40) * G_USEC_PER_SEC;
}

static void
write_practice (Life *life, const WayModule *module, double ability)
{
  const char *href = g_ptr_array_index (module->desks, 0);
  WayDemo *demo = life->demo;
  g_autoptr (WayDesk) desk = way_pack_load_desk (demo->pack, href, NULL);
  guint64 number = way_random_next (&demo->random);
  g_autofree char *seed = g_strdup_printf ("%" G_GUINT64_FORMAT, number);
  g_autofree char *attempt = NULL;
  g_autoptr (WayPractice) practice = NULL;
  g_autoptr (GArray) outcomes = NULL;
  int points = 0;
  int out_of = 0;
  guint held = 0;

  if (desk == NULL)
    return;
  attempt = begin_attempt (life, &(WayAttemptBody){ .type = (char *) "practice",
                                                    .parameters = (char *) "",
                                                    .module = module->id,
                                                    .desk = (char *) href,
                                                    .seed = seed,
                                                    .try = 1 });
  practice = way_practice_new (desk, number);
  outcomes = way_practice_judge (practice);
  life->now += 3 * MINUTE;
  for (guint i = 0; i < outcomes->len; i++)
    {
      const WayRuleOutcome *outcome = &g_array_index (outcomes, WayRuleOutcome, i);
      gboolean is_held = way_random_uniform (&demo->random)
                         < way_irt_probability (&(WayParameters){ 1, -1.6, 0, 1 }, ability);

      add (life, "rule_outcome",
           &(WayRuleOutcomeBody){ .attempt = attempt,
                                  .module = module->id,
                                  .desk = (char *) href,
                                  .rule = outcome->rule->id,
                                  .record = outcome->record != NULL ? outcome->record->id : NULL,
                                  .outcome = outcome->rule->outcome,
                                  .held = is_held,
                                  .points = is_held ? outcome->rule->points : 0,
                                  .out_of = outcome->rule->points,
                                  .try = 1 });
      held += is_held;
      points += is_held ? outcome->rule->points : 0;
      out_of += outcome->rule->points;
    }
  add (life, "attempt_end",
       &(WayAttemptEndBody){ .attempt = attempt,
                             .type = (char *) "practice",
                             .how = (char *) "finished",
                             .module = module->id,
                             .desk = (char *) href,
                             .asked = outcomes->len,
                             .right = held,
                             .score = out_of > 0 ? (double) points / out_of : 0,
                             .passed = out_of > 0 && (double) points / out_of >= PASS_MARK });
}

/**
 * way_demo_answer_free:
 * @self: (transfer full)
 */
void
way_demo_answer_free (WayDemoAnswer *self)
{
  g_free (self->right);
  g_free (self);
}

static double
mark (const WayItem *item, GHashTable *responses)
{
  g_autoptr (WayScore) score = way_scoring_run (item, responses, NULL);

  return score != NULL ? score->score : 0;
}

/* Of the first that is asked: what a template draws for another one is not marked by that, but
 * no check of the shipped content has one. */
static const WayDemoAnswer *
get_answer (WayDemo *demo, const char *id, guint64 seed)
{
  WayDemoAnswer *answer = g_hash_table_lookup (demo->answers, id);
  g_autoptr (WayItem) item = NULL;
  g_autoptr (GHashTable) correct = NULL;

  if (answer != NULL)
    return answer;
  answer = g_new0 (WayDemoAnswer, 1);
  g_hash_table_insert (demo->answers, g_strdup (id), answer);
  item = way_template_load (demo->pack, id, seed, NULL);
  if (item == NULL)
    return answer;
  correct = way_scoring_dup_correct (item);
  answer->none_score = mark (item, NULL);
  answer->right_score = mark (item, correct);
  if (answer->right_score >= 1)
    answer->right = way_responses_to_line (item, correct);
  return answer;
}

static gboolean
write_check (Life *life, const WayModule *module, double ability, guint number, GPtrArray **draw)
{
  WayDemo *demo = life->demo;
  guint64 seed_number = way_random_next (&demo->random);
  g_autofree char *seed = g_strdup_printf ("%" G_GUINT64_FORMAT, seed_number);
  g_autoptr (GPtrArray) previous = g_ptr_array_new ();
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *attempt = NULL;
  GPtrArray *items;
  guint right = 0;
  gboolean is_passed;

  for (guint i = 0; *draw != NULL && i < (*draw)->len; i++)
    g_ptr_array_add (previous, ((const WayCheckItem *) (*draw)->pdata[i])->id);
  g_ptr_array_add (previous, NULL);
  items = way_check_draw (module, seed_number,
                          *draw != NULL ? (const char *const *) previous->pdata : NULL);
  g_clear_pointer (draw, g_ptr_array_unref);
  *draw = items;
  for (guint i = 0; i < items->len; i++)
    g_string_append_printf (line, "%s%s", i == 0 ? "" : " ",
                            ((const WayCheckItem *) items->pdata[i])->id);
  attempt = begin_attempt (life, &(WayAttemptBody){ .type = (char *) "check",
                                                    .parameters = (char *) "",
                                                    .module = module->id,
                                                    .seed = seed,
                                                    .draw = line->str,
                                                    .try = number });
  for (guint i = 0; i < items->len; i++)
    {
      const WayCheckItem *item = g_ptr_array_index (items, i);
      const WayDemoAnswer *answer = get_answer (demo, item->id, seed_number);
      gboolean is_right = way_random_uniform (&demo->random)
                              < way_irt_probability (&(WayParameters){ 1, -1.9, 0.2, 1 }, ability)
                          && answer->right != NULL;

      life->now += 25 * G_USEC_PER_SEC;
      right += is_right;
      add (life, "response",
           &(WayResponseBody){ .attempt = attempt,
                               .ordinal = i + 1,
                               .item = item->id,
                               .answer = is_right ? answer->right : (char *) "",
                               .score = is_right ? answer->right_score : answer->none_score,
                               .ms = 25000,
                               .counted = TRUE });
    }
  is_passed = way_check_is_passed (right, items->len, PASS_MARK);
  add (life, "attempt_end",
       &(WayAttemptEndBody){ .attempt = attempt,
                             .type = (char *) "check",
                             .how = (char *) "finished",
                             .module = module->id,
                             .asked = items->len,
                             .right = right,
                             .score = (double) right / items->len,
                             .passed = is_passed });
  return is_passed;
}

static void
write_module (Life *life, const WayModule *module)
{
  WayDemo *demo = life->demo;
  int capability = way_pack_find_capability (demo->pack, module->capability);
  double ability = life->person->ability[MAX (0, capability)];
  guint n_cards = module->cards->len;
  guint last_card = way_random_uniform (&demo->random) < .16
                        ? way_random_range (&demo->random, n_cards)
                        : n_cards;
  g_autoptr (GPtrArray) draw = NULL;
  gboolean is_passed = FALSE;

  add (life, "confidence",
       &(WayConfidenceBody){ .module = module->id,
                             .moment = (char *) "before",
                             .value = CLAMP (lround (5 + 2 * ability), 0, 10) });
  write_step (life, module, "why");
  for (guint i = 0; i < last_card; i++)
    write_step (life, module, ((const WayCard *) module->cards->pdata[i])->id);
  if (last_card < n_cards)
    return;
  if (module->desks->len > 0)
    {
      write_practice (life, module, ability);
      write_step (life, module, "practice");
    }
  for (guint number = 1; number <= 3 && !is_passed; number++)
    {
      is_passed = write_check (life, module, ability, number, &draw);
      life->now += 2 * MINUTE;
    }
  if (!is_passed)
    return;
  write_step (life, module, "check");
  add (life, "confidence",
       &(WayConfidenceBody){ .module = module->id,
                             .moment = (char *) "after",
                             .value = CLAMP (lround (6.5 + 2 * ability), 0, 10) });
  write_step (life, module, "shift");
  if (way_random_uniform (&demo->random) < .55)
    {
      WayShiftDoneBody body = { .module = module->id, .version = module->version };

      life->now = MIN (life->now + DAY, demo->end - MINUTE);
      add (life, "shift_done", &body);
    }
  if (capability >= 0)
    life->person->ability[capability] += 0.15;
}

static int
compare_at (gconstpointer a, gconstpointer b)
{
  const WayEvent *first = *(WayEvent *const *) a;
  const WayEvent *second = *(WayEvent *const *) b;

  return (first->at > second->at) - (first->at < second->at);
}

/* One person's year. */
gboolean
way_demo_write_history (WayDemo *demo, WayDemoPerson *person, GError **error)
{
  const WayRole *role = way_pack_find_role (demo->pack, person->staff_group);
  GPtrArray *modules = way_pack_get_modules (demo->pack);
  gint64 latest = demo->end - 2 * DAY;
  gint64 learnt;
  gboolean sits_again;
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  Life life = { .demo = demo, .person = person, .drafts = drafts };

  if (person->is_idle)
    return TRUE;
  for (guint c = 0; c < WAY_MAX_CAPABILITIES; c++)
    life.required[c] = role != NULL && c < way_pack_get_capabilities (demo->pack)->len
                           ? role->required[c]
                           : 2;

  if (way_random_uniform (&demo->random) < (person->is_champion ? .8 : .3))
    {
      WayPreferenceBody body = { .key = (char *) "share_levels", .value = (char *) "champion" };

      life.now = way_demo_working_time (demo, demo->start, latest);
      add (&life, "preference", &body);
    }
  life.now = way_demo_working_time (demo, demo->start + 5 * DAY, latest - 30 * DAY);
  life.delay = way_demo_delay (demo);
  write_sitting (&life);
  /* Some measure themselves once more, when they have learnt. */
  sits_again = way_random_uniform (&demo->random) < .35 && life.now < demo->end - 80 * DAY;
  learnt = sits_again ? demo->end - 40 * DAY : latest;
  for (guint i = 0; i < modules->len; i++)
    {
      if (way_random_uniform (&demo->random) > (person->is_champion ? .9 : .5))
        continue;
      life.now = way_demo_working_time (demo, MIN (life.now + DAY, learnt), learnt);
      life.delay = way_demo_delay (demo);
      write_module (&life, g_ptr_array_index (modules, i));
    }
  if (sits_again)
    {
      life.now = way_demo_working_time (demo, demo->end - 30 * DAY, latest);
      life.delay = way_demo_delay (demo);
      write_sitting (&life);
    }
  g_ptr_array_sort (drafts, compare_at);
  return way_store_append_as (demo->trust, person->id, drafts, error);
}
