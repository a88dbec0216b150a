/* way-selection.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assessment/way-sitting-private.h"

#include <math.h>

#include "assessment/way-random.h"

#define BEST 3
#define OPENING_AIM .8
#define DECIDED_WEIGHT .25
/* Values are compared in whole billionths, so that the last digits of exp() on one
 * machine or another do not make another choice. */
#define GRAIN 1e9

/* How far the rules that give way have given way. */
typedef enum
{
  YIELD_NOTHING,
  YIELD_EXPOSED,
  YIELD_RECENT,
  YIELD_BALANCE,
} Yield;

typedef struct
{
  guint index;
  gint64 rank; /* the value in whole grains */
  guint64 lot; /* drawn: decides between equal values */
  double value;
} Candidate;

/* How many answers on each capability come before any free choice. */
static guint
get_balance (const WaySitting *self)
{
  switch (self->plan.depth)
    {
    case WAY_DEPTH_SHORT:
      return 2;
    case WAY_DEPTH_CLOSER:
      return 3;
    case WAY_DEPTH_RECHECK:
    case WAY_DEPTH_YES_NO:
    default:
      return 0;
    }
}

/* Where the choice of an item starts while nothing much is known: the middle of the
 * level that the person gave themselves. */
static double
get_start (const WaySitting *self, guint capability)
{
  return MAX (self->plan.self_now[capability], 1) - 2.5;
}

/* Where information is wanted: at the estimate, or, where a requirement is to be
 * decided, half way to its cut; for yes or no at the cut. */
static double
get_place (const WaySitting *self, guint capability)
{
  double mean = self->posterior.mean[capability];
  int required = self->plan.required[capability];

  if (self->plan.depth == WAY_DEPTH_YES_NO)
    return way_sitting_get_cut (self, capability);
  if (self->plan.depth != WAY_DEPTH_SHORT || required < 2)
    return mean;

  return (mean + self->bank->cuts[required - 2]) / 2;
}

static gboolean
is_opening (const WaySitting *self)
{
  return !way_sitting_is_of_one (self) && self->n_asked < WAY_SITTING_OPENING;
}

/* How likely a right answer is, or what share of its points an answer is expected to have. */
static double
get_share (const WayCurve *curve, double theta)
{
  if (curve->n_steps == 0)
    return way_irt_probability (&curve->parameters, theta);

  return way_curve_get_expected (curve, theta, NULL) / curve->n_steps;
}

/* Whether the answers that come before any free choice are chosen by what they are expected to do
 * for the verdicts. */
static gboolean
is_for_verdicts (const WaySitting *self, gboolean is_balancing)
{
  return is_balancing && self->plan.depth == WAY_DEPTH_SHORT && !self->plan.balances_by_variance
         && !is_opening (self);
}

/* The variance that one answer would take away from all capabilities together; for yes or no
 * what it says at the cut; in the opening, how near it comes to an item that the person can do four
 * times in five; with @prospect what it is expected to do for the verdicts. */
static double
get_value (const WaySitting *self,
           guint index,
           const double *place,
           const double *reach,
           const double *weight,
           const WayProspect *prospect)
{
  const WayBankItem *item = self->bank->items->pdata[index];
  const WayCurve *curve = &self->effective[index];
  guint d = item->capability;
  double information;

  if (is_opening (self))
    return -fabs (get_share (curve, place[d]) - OPENING_AIM);
  if (prospect != NULL && self->plan.required[d] > 1)
    return way_prospect_get_gain (prospect, self, index);

  information = way_curve_get_information (curve, place[d]);
  if (self->plan.depth == WAY_DEPTH_YES_NO)
    return information;

  return weight[d] * information * reach[d] / (1 + information * self->posterior.covariance[d][d]);
}

/* Whether capability @a comes before @b while the sitting is being balanced: first the
 * answers that count, then the questions that were asked. */
static int
compare_balance (const WaySitting *self, guint a, guint b)
{
  if (self->counted[a] != self->counted[b])
    return self->counted[a] < self->counted[b] ? -1 : 1;
  if (self->asked[a] != self->asked[b])
    return self->asked[a] < self->asked[b] ? -1 : 1;
  return 0;
}

/* Which capabilities the balance is for: those with the fewest, until each has enough.
 * All, where the balance is reached. */
static gboolean
find_fewest (const WaySitting *self, gboolean *is_fewest)
{
  guint least = 0;

  for (guint d = 1; d < self->bank->n_capabilities; d++)
    if (compare_balance (self, d, least) < 0)
      least = d;

  if (self->counted[least] >= get_balance (self))
    return FALSE;

  for (guint d = 0; d < self->bank->n_capabilities; d++)
    is_fewest[d] = compare_balance (self, d, least) == 0;

  return TRUE;
}

/* When the balance has to give way, it gives way to those with the fewest of which
 * there is an item left, not to everything. */
static gboolean
find_fewest_left (const WaySitting *self, gboolean *is_fewest)
{
  gboolean has_item[WAY_MAX_CAPABILITIES] = { FALSE };
  int least = -1;

  for (guint i = 0; i < self->bank->items->len; i++)
    {
      const WayBankItem *item = self->bank->items->pdata[i];

      if (way_sitting_may_ask (self, i))
        has_item[item->capability] = TRUE;
    }
  for (guint d = 0; d < self->bank->n_capabilities; d++)
    if (has_item[d] && (least < 0 || compare_balance (self, d, least) < 0))
      least = d;
  if (least < 0)
    return FALSE;

  for (guint d = 0; d < self->bank->n_capabilities; d++)
    is_fewest[d] = has_item[d]
                   && (self->counted[least] >= get_balance (self)
                       || compare_balance (self, d, least) == 0);

  return TRUE;
}

static gboolean
is_before (const Candidate *a, const Candidate *b)
{
  if (a->rank != b->rank)
    return a->rank > b->rank;
  if (a->lot != b->lot)
    return a->lot < b->lot;
  return a->index < b->index;
}

/* Fills the best few of the items that may be asked under these rules; returns how many
 * there were to choose from. */
static guint
find_best (const WaySitting *self,
           const gboolean *is_wanted,
           guint forbidden,
           gboolean is_balancing,
           Candidate *best)
{
  double place[WAY_MAX_CAPABILITIES];
  double reach[WAY_MAX_CAPABILITIES];
  double weight[WAY_MAX_CAPABILITIES];
  WayProspect prospect;
  gboolean is_looked_ahead = is_for_verdicts (self, is_balancing);
  guint n = self->bank->n_capabilities;
  guint n_best = 0;
  guint pool = 0;

  for (guint d = 0; d < n; d++)
    {
      place[d] = is_opening (self) ? get_start (self, d) : get_place (self, d);
      weight[d] = self->plan.depth == WAY_DEPTH_SHORT
                          && way_sitting_is_decided ((WaySitting *) self, d)
                      ? DECIDED_WEIGHT
                      : 1;
      reach[d] = 0;
      for (guint j = 0; j < n; j++)
        reach[d] += self->posterior.covariance[j][d] * self->posterior.covariance[j][d];
    }

  if (is_looked_ahead)
    way_prospect_init (&prospect, self);

  for (guint i = 0; i < self->bank->items->len; i++)
    {
      const WayBankItem *item = self->bank->items->pdata[i];
      WayRandom random;
      Candidate candidate;
      guint at;

      if (!is_wanted[item->capability] || (self->marks[i] & forbidden) != 0
          || !way_sitting_may_ask (self, i))
        continue;

      pool++;
      candidate.index = i;
      candidate.value = get_value (self, i, place, reach, weight,
                                   is_looked_ahead ? &prospect : NULL);
      candidate.rank = (gint64) rint (candidate.value * GRAIN);
      way_random_init (&random, self->plan.seed, ((guint64) (i + 1) << 32) | self->n_asked);
      candidate.lot = way_random_next (&random);

      for (at = n_best; at > 0 && is_before (&candidate, &best[at - 1]); at--)
        if (at < BEST)
          best[at] = best[at - 1];
      if (at < BEST)
        {
          best[at] = candidate;
          n_best = MIN (n_best + 1, BEST);
        }
    }

  return pool;
}

static const char *
get_reason (const WaySitting *self, gboolean is_balancing, Yield yield)
{
  static const char *const reasons[][4] = {
    { "opening", "opening-exposed", "opening-recent", "opening-exhausted" },
    { "balance", "balance-exposed", "balance-recent", "balance-exhausted" },
    { "value", "value-exposed", "value-recent", "value-exhausted" },
  };

  return reasons[is_opening (self) ? 0 : is_balancing ? 1 : 2][yield];
}

/* What the rules have left out of the choice, for the log. */
static void
count_left_out (const WaySitting *self,
                const gboolean *is_wanted,
                guint forbidden,
                WaySelection *selection)
{
  selection->n_enemies = selection->n_recent = selection->n_exposed = 0;
  for (guint i = 0; i < self->bank->items->len; i++)
    {
      const WayBankItem *item = self->bank->items->pdata[i];
      guint marks = self->marks[i];

      if (item->is_new || !is_wanted[item->capability] || (marks & WAY_MARK_ASKED) != 0
          || !way_sitting_is_about (self, item->capability))
        continue;
      selection->n_enemies += (marks & WAY_MARK_ENEMY) != 0;
      selection->n_recent += (marks & forbidden & WAY_MARK_RECENT) != 0;
      selection->n_exposed += (marks & forbidden & WAY_MARK_EXPOSED) != 0;
    }
}

/* A new item, where one is due: any that the rules allow, by lot. It is not chosen for what
 * it says, so that those who get it are like everybody. */
static gboolean
choose_new (const WaySitting *self, WaySelection *selection)
{
  const WayBankItem *chosen = NULL;
  guint64 least = G_MAXUINT64;
  guint pool = 0;

  if (way_sitting_is_of_one (self) || self->n_new >= WAY_SITTING_NEW
      || self->n_asked < self->new_at[self->n_new])
    return FALSE;

  for (guint i = 0; i < self->bank->items->len; i++)
    {
      const WayBankItem *item = self->bank->items->pdata[i];
      WayRandom random;
      guint64 lot;

      if (!item->is_new || (self->marks[i] & ~WAY_MARK_EXPOSED) != 0)
        continue;
      pool++;
      way_random_init (&random, self->plan.seed, ((guint64) (i + 1) << 32) | (1U << 31));
      lot = way_random_next (&random);
      if (chosen == NULL || lot < least)
        {
          chosen = item;
          least = lot;
        }
    }
  if (chosen == NULL)
    return FALSE;

  *selection = (WaySelection){
    .item = chosen->id,
    .capability = chosen->capability,
    .information = way_curve_get_information (&chosen->curve,
                                              self->posterior.mean[chosen->capability]),
    .pool = pool,
    .reason = "new",
  };

  return TRUE;
}

/**
 * way_sitting_choose:
 * @self: a sitting
 * @selection: (out): the next item and why it was chosen
 *
 * Chooses the next item: one of the best three by the seed of the plan and the number of
 * items asked so far. Changes nothing, so that asking twice gives the same item.
 *
 * What is kept: never an item twice, never the enemy of one that was asked, at most
 * twelve on a capability. What gives way when nothing else is left, in this order: items
 * that are shown too often, items that this person saw lately, the balance between the
 * capabilities. @selection's reason says when one of them did, and it counts what the rules
 * left out. Twice a sitting an item comes that is new and not scored.
 *
 * Returns: %FALSE when the sitting has ended or no item is left
 */
gboolean
way_sitting_choose (WaySitting *self, WaySelection *selection)
{
  static const guint forbidden[] = {
    [YIELD_NOTHING] = WAY_MARK_RECENT | WAY_MARK_EXPOSED,
    [YIELD_EXPOSED] = WAY_MARK_RECENT,
    [YIELD_RECENT] = 0,
    [YIELD_BALANCE] = 0,
  };
  gboolean is_wanted[WAY_MAX_CAPABILITIES];
  Candidate best[BEST];
  gboolean is_balancing;
  guint pool = 0;
  guint rank;
  Yield yield;
  WayRandom random;
  const WayBankItem *item;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (selection != NULL, FALSE);

  if (way_sitting_get_stop (self) != WAY_STOP_NONE)
    return FALSE;
  if (choose_new (self, selection))
    return TRUE;

  for (guint d = 0; d < WAY_MAX_CAPABILITIES; d++)
    is_wanted[d] = TRUE;
  is_balancing = !way_sitting_is_of_one (self) && find_fewest (self, is_wanted);

  for (yield = YIELD_NOTHING; yield <= YIELD_BALANCE; yield++)
    {
      if (yield == YIELD_BALANCE && (!is_balancing || !find_fewest_left (self, is_wanted)))
        return FALSE;
      pool = find_best (self, is_wanted, forbidden[yield], is_balancing, best);
      if (pool > 0)
        break;
    }
  if (pool == 0)
    return FALSE;

  way_random_init (&random, self->plan.seed, self->n_asked);
  rank = way_random_range (&random, MIN (pool, BEST));
  item = self->bank->items->pdata[best[rank].index];

  selection->item = item->id;
  selection->capability = item->capability;
  selection->value = best[rank].value;
  selection->information = way_curve_get_information (&self->effective[best[rank].index],
                                                      self->posterior.mean[item->capability]);
  selection->pool = pool;
  selection->rank = rank;
  selection->reason = get_reason (self, is_balancing, yield);
  count_left_out (self, is_wanted, forbidden[yield], selection);

  return TRUE;
}
