/* way-simulation.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assessment/way-simulation.h"

#include <math.h>
#include <string.h>

#include "assessment/way-random.h"

#define BEGINNER (-1.0)
/* How far the difficulties of a calibrated bank go. */
#define MEASURED_END 2.2

/* What is added up over people about one capability. */
typedef struct
{
  guint n_items;
  guint n_decided;
  guint n_right;
  guint n_level_right;
  guint n_covered;
  double squares;
} Part;

/* What is added up over people. */
typedef struct
{
  GArray *items; /* (owned) of guint */
  guint stops[WAY_N_STOPS];
  guint n_estimates;
  guint n_decided;
  guint n_right;
  guint n_level_right;
  guint n_covered;
  guint n_covered_overall;
  double squares;
  double squares_overall;
  guint n_beginners;
  guint n_opening;
  double n_opening_right; /* of partial credit the share */
  guint *n_asked;         /* (owned) of each item */
  Part parts[WAY_MAX_CAPABILITIES];
} Tally;

static int
get_level (const WayBank *bank, double theta)
{
  int level = 1;

  for (guint i = 0; i < G_N_ELEMENTS (bank->cuts); i++)
    if (theta >= bank->cuts[i])
      level = i + 2;

  return level;
}

static int
compare_counts (gconstpointer a, gconstpointer b)
{
  guint x = *(const guint *) a;
  guint y = *(const guint *) b;

  return x < y ? -1 : x > y;
}

/* One correlated person. */
static void
draw_person (WayRandom *random, const WaySimulationPlan *plan, guint n, double *theta)
{
  double shared = way_random_normal (random);

  for (guint d = 0; d < n; d++)
    theta[d] = plan->shift + sqrt (plan->rho) * shared
               + sqrt (1 - plan->rho) * way_random_normal (random);
}

/* What somebody at @theta makes of an item that is harder than its author thinks by @error. */
static double
draw_score (WayRandom *random, const WayBankItem *item, double error, double theta)
{
  WayCurve curve = item->curve;
  double u = way_random_uniform (random);

  way_curve_move (&curve, error);
  if (curve.n_steps == 0)
    return u < way_irt_probability (&curve.parameters, theta);

  return way_curve_draw (&curve, theta, u);
}

static void
take_estimates (Tally *tally, const WayBank *bank, WaySitting *sitting, const double *theta)
{
  double truth = 0;
  double mean;
  double sd;

  for (guint d = 0; d < bank->n_capabilities; d++)
    {
      Part *part = &tally->parts[d];
      WayEstimate estimate;
      int likely = 1;

      way_sitting_get_estimate (sitting, d, &estimate);
      truth += theta[d] / bank->n_capabilities;
      part->n_items += estimate.n_items;
      part->squares += (estimate.mean - theta[d]) * (estimate.mean - theta[d]);
      if (fabs (estimate.mean - theta[d]) <= 1.959964 * estimate.sd)
        part->n_covered++;
      for (int level = 2; level <= WAY_N_LEVELS; level++)
        if (estimate.levels[level - 1] > estimate.levels[likely - 1])
          likely = level;
      if (likely == get_level (bank, theta[d]))
        part->n_level_right++;
      if (estimate.standing == WAY_STANDING_NOT_SURE)
        continue;
      part->n_decided++;
      if ((estimate.standing == WAY_STANDING_MET)
          == (get_level (bank, theta[d]) >= estimate.required))
        part->n_right++;
    }

  way_sitting_get_overall (sitting, &mean, &sd);
  tally->squares_overall += (mean - truth) * (mean - truth);
  if (fabs (mean - truth) <= 1.959964 * sd)
    tally->n_covered_overall++;
}

static void
sit (Tally *tally, WayBank *bank, const WaySimulationPlan *plan, guint person)
{
  g_autoptr (WaySitting) sitting = NULL;
  g_autofree double *error = g_new (double, bank->items->len);
  g_auto (GStrv) exposed = NULL;
  WaySittingPlan sitting_plan = { .depth = plan->depth };
  WaySelection selection;
  WayRandom random;
  double theta[WAY_MAX_CAPABILITIES];
  double mean = 0;
  guint n_items;

  way_random_init (&random, plan->seed, person);
  draw_person (&random, plan, bank->n_capabilities, theta);
  for (guint i = 0; i < bank->items->len; i++)
    error[i] = plan->author_error * way_random_normal (&random);

  sitting_plan.seed = way_random_next (&random);
  memcpy (sitting_plan.required, plan->required, sizeof plan->required);
  for (guint d = 0; d < bank->n_capabilities; d++)
    {
      mean += theta[d] / bank->n_capabilities;
      if (plan->has_self_rating)
        sitting_plan.self_now[d] = get_level (bank, theta[d]);
    }
  if (plan->depth == WAY_DEPTH_RECHECK)
    {
      sitting_plan.prior_mean = plan->shift;
      sitting_plan.prior_sd = 1;
    }
  if (mean < BEGINNER)
    tally->n_beginners++;
  sitting_plan.exposed = exposed = way_bank_list_exposed (bank, sitting_plan.seed);

  sitting = way_sitting_new (bank, &sitting_plan);
  while (way_sitting_choose (sitting, &selection))
    {
      int index = way_bank_find (bank, selection.item);
      const WayBankItem *item = bank->items->pdata[index];
      double score = draw_score (&random, item, error[index], theta[item->capability]);

      if (mean < BEGINNER && way_sitting_get_n_answered (sitting) < 6)
        {
          tally->n_opening++;
          tally->n_opening_right += score / way_curve_get_most (&item->curve);
        }
      tally->n_asked[index]++;
      way_sitting_answer (sitting, selection.item, score, TRUE);
    }

  n_items = way_sitting_get_n_answered (sitting);
  g_array_append_val (tally->items, n_items);
  tally->stops[way_sitting_get_stop (sitting)]++;
  take_estimates (tally, bank, sitting, theta);
}

static double
share (guint part, guint whole)
{
  return whole > 0 ? (double) part / whole : 0;
}

/* Shares of each capability, and of all of them together. */
static void
summarise_parts (Tally *tally, guint n_capabilities, guint n_people, WaySimulation *result)
{
  for (guint d = 0; d < n_capabilities; d++)
    {
      const Part *part = &tally->parts[d];

      result->parts[d] = (WaySimulationPart){
        .mean_items = share (part->n_items, n_people),
        .decided = share (part->n_decided, n_people),
        .right = share (part->n_right, part->n_decided),
        .level_right = share (part->n_level_right, n_people),
        .coverage = share (part->n_covered, n_people),
        .rmse = sqrt (part->squares / n_people),
      };
      tally->n_estimates += n_people;
      tally->n_decided += part->n_decided;
      tally->n_right += part->n_right;
      tally->n_level_right += part->n_level_right;
      tally->n_covered += part->n_covered;
      tally->squares += part->squares;
    }
}

static void
tally_init (Tally *tally, WayBank *bank, const WaySimulationPlan *plan)
{
  *tally = (Tally){ .items = g_array_sized_new (FALSE, FALSE, sizeof (guint), plan->n_people),
                    .n_asked = g_new0 (guint, bank->items->len) };
  for (guint person = 0; person < plan->n_people; person++)
    sit (tally, bank, plan, person);
}

static void
tally_clear (Tally *tally)
{
  g_array_unref (tally->items);
  g_free (tally->n_asked);
}

/**
 * way_simulation_run:
 * @bank: what they sit
 * @plan: who sits, how many, and from what seed
 * @result: (out): how the bank did
 *
 * People are drawn from a multivariate normal distribution, and for each of them the
 * true difficulties anew, so that the result is about banks like @bank.
 */
void
way_simulation_run (WayBank *bank, const WaySimulationPlan *plan, WaySimulation *result)
{
  Tally tally;
  guint n;
  double most = 0;
  double sum = 0;

  g_return_if_fail (bank != NULL);
  g_return_if_fail (plan != NULL && plan->n_people > 0);
  g_return_if_fail (plan->rho >= 0 && plan->rho <= 1);
  g_return_if_fail (result != NULL);

  n = plan->n_people;
  tally_init (&tally, bank, plan);
  for (guint i = 0; i < bank->items->len; i++)
    most = MAX (most, share (tally.n_asked[i], n));

  memset (result, 0, sizeof *result);
  summarise_parts (&tally, bank->n_capabilities, n, result);
  g_array_sort (tally.items, compare_counts);
  for (guint i = 0; i < n; i++)
    sum += g_array_index (tally.items, guint, i);
  result->n_people = n;
  result->mean_items = sum / n;
  result->median_items = (g_array_index (tally.items, guint, (n - 1) / 2)
                          + g_array_index (tally.items, guint, n / 2))
                         / 2.0;
  result->most_items = g_array_index (tally.items, guint, n - 1);
  result->most_exposure = most;
  for (guint i = 0; i < G_N_ELEMENTS (result->stops); i++)
    result->stops[i] = share (tally.stops[i], n);
  result->decided = share (tally.n_decided, tally.n_estimates);
  result->right = share (tally.n_right, tally.n_decided);
  result->level_right = share (tally.n_level_right, tally.n_estimates);
  result->coverage = share (tally.n_covered, tally.n_estimates);
  result->coverage_overall = share (tally.n_covered_overall, n);
  result->rmse = sqrt (tally.squares / tally.n_estimates);
  result->rmse_overall = sqrt (tally.squares_overall / n);
  result->n_beginners = tally.n_beginners;
  result->beginners_right = tally.n_opening > 0 ? tally.n_opening_right / tally.n_opening : 0;

  tally_clear (&tally);
}

/**
 * way_simulation_find_shares:
 * @bank: items none of which has a published exposure; takes the shares
 * @plan: who sits
 * @n_rounds: how often the shares are tried and mended
 *
 * Which share of the sittings may have each item for none to come up in more than the exposure
 * limit. Where an item was left out others take its place, so it takes some rounds.
 */
void
way_simulation_find_shares (WayBank *bank, const WaySimulationPlan *plan, guint n_rounds)
{
  WaySimulationPlan round = *plan;

  g_return_if_fail (bank != NULL && plan->n_people > 0);

  for (guint i = 0; i < bank->items->len; i++)
    ((WayBankItem *) bank->items->pdata[i])->share = 1;
  for (guint k = 0; k < n_rounds; k++)
    {
      Tally tally;
      double limit;

      round.seed = plan->seed + k;
      tally_init (&tally, bank, &round);
      for (guint i = 0; i < bank->items->len; i++)
        ((WayBankItem *) bank->items->pdata[i])->exposure = share (tally.n_asked[i],
                                                                   plan->n_people);
      limit = way_bank_get_exposure_limit (bank);
      for (guint i = 0; i < bank->items->len; i++)
        {
          WayBankItem *item = bank->items->pdata[i];

          if (item->exposure > 0)
            item->share = MIN (1, item->share * limit / item->exposure);
          item->exposure = 0;
        }
      tally_clear (&tally);
    }
}

/**
 * way_simulation_run_decision:
 * @bank: what they sit
 * @plan: who sits; the cut is the one of what is required of @capability
 * @capability: which
 * @result: (out): how often it was decided, and rightly
 *
 * Yes or no at one cut, by people as way_simulation_run() draws them.
 */
void
way_simulation_run_decision (WayBank *bank,
                             const WaySimulationPlan *plan,
                             guint capability,
                             WayDecisionSimulation *result)
{
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n = plan->n_people;
  guint n_decided = 0;
  guint n_right = 0;
  double sum = 0;
  int level;

  g_return_if_fail (bank != NULL && capability < bank->n_capabilities);
  g_return_if_fail (n > 0 && result != NULL);

  level = CLAMP (plan->required[capability], 2, WAY_N_LEVELS);
  for (guint person = 0; person < n; person++)
    {
      g_autoptr (WaySitting) sitting = NULL;
      g_autofree double *error = g_new (double, bank->items->len);
      WaySittingPlan sitting_plan = { .depth = WAY_DEPTH_YES_NO, .recheck = capability };
      double theta[WAY_MAX_CAPABILITIES];
      WaySelection selection;
      WayEstimate estimate;
      WayRandom random;
      guint n_items;

      way_random_init (&random, plan->seed, person);
      draw_person (&random, plan, bank->n_capabilities, theta);
      for (guint i = 0; i < bank->items->len; i++)
        error[i] = plan->author_error * way_random_normal (&random);
      sitting_plan.seed = way_random_next (&random);
      sitting_plan.required[capability] = level;
      sitting = way_sitting_new (bank, &sitting_plan);
      while (way_sitting_choose (sitting, &selection))
        {
          int index = way_bank_find (bank, selection.item);

          way_sitting_answer (sitting, selection.item,
                              draw_score (&random, bank->items->pdata[index], error[index],
                                          theta[capability]),
                              TRUE);
        }
      way_sitting_get_estimate (sitting, capability, &estimate);
      n_items = way_sitting_get_n_answered (sitting);
      g_array_append_val (items, n_items);
      sum += n_items;
      if (estimate.standing == WAY_STANDING_NOT_SURE)
        continue;
      n_decided++;
      n_right += (estimate.standing == WAY_STANDING_MET)
                 == (theta[capability] >= bank->cuts[level - 2]);
    }

  g_array_sort (items, compare_counts);
  result->mean_items = sum / n;
  result->median_items = (g_array_index (items, guint, (n - 1) / 2)
                          + g_array_index (items, guint, n / 2))
                         / 2.0;
  result->most_items = g_array_index (items, guint, n - 1);
  result->decided = share (n_decided, n);
  result->right = share (n_right, n_decided);
}

/**
 * way_simulation_make_bank:
 * @n_capabilities: how many
 * @n_each: items on each, openers among them
 * @n_openers: openers on each
 * @n_choices: options of every second item, the others leave nothing to guess; 0 for none
 * @raters: how many people agreed on each level
 *
 * A bank as authors write one: the levels in turn, cuts at -1, 0 and 1.
 *
 * Returns: (transfer full): a bank
 */
WayBank *
way_simulation_make_bank (
    guint n_capabilities, guint n_each, guint n_openers, guint n_choices, int raters)
{
  static const double cuts[] = { -1, 0, 1 };
  WayBank *bank;

  g_return_val_if_fail (n_openers <= n_each, NULL);

  bank = way_bank_new (n_capabilities, cuts, .5);
  for (guint d = 0; d < n_capabilities; d++)
    for (guint i = 0; i < n_each; i++)
      {
        g_autofree char *id = g_strdup_printf ("%c%02u", 'A' + d, i + 1);
        gboolean is_opener = i < n_openers;
        int level = is_opener ? 1 : (int) ((i - n_openers) % WAY_N_LEVELS) + 1;
        /* Half of every level, not every second level. */
        gboolean is_guessed = (i + i / WAY_N_LEVELS) % 2 == 0;

        way_bank_add (bank, way_bank_item_new (id, d, level, is_opener, is_guessed ? n_choices : 0,
                                               raters, 40));
      }

  return bank;
}

/**
 * way_simulation_make_calibrated_bank:
 * @n_capabilities: how many
 * @n_each: items on each, at least 2
 * @a: their slope
 *
 * A bank as it may be after calibration: difficulties that were measured, spread evenly,
 * of items that tell people well apart.
 *
 * Returns: (transfer full): a bank
 */
WayBank *
way_simulation_make_calibrated_bank (guint n_capabilities, guint n_each, double a)
{
  WayBank *bank = way_simulation_make_bank (n_capabilities, n_each, 0, 0, 3);

  g_return_val_if_fail (n_each >= 2, bank);

  for (guint i = 0; i < bank->items->len; i++)
    {
      WayBankItem *item = bank->items->pdata[i];

      item->curve.parameters.a = a;
      item->curve.parameters.b = MEASURED_END * (2.0 * (i % n_each) / (n_each - 1) - 1);
      item->sd_b = 0;
    }

  return bank;
}
