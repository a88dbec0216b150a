/* way-sitting-estimate.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assessment/way-sitting-private.h"

#include <math.h>
#include <string.h>

#include "assessment/way-random.h"
#include "assessment/way-trust.h"

/* What a sitting says of each capability while and after it goes on. */

#define MET .80
#define NOT_YET .20

/* How much wider than the formula says an interval is, since difficulties that somebody
 * judged are wrong together: linear between what simulations gave at .6 and 1.0. */
static double
get_inflation (double spread, double at_six, double at_one)
{
  if (spread <= .6)
    return 1 + (at_six - 1) * spread / .6;

  return at_six + (at_one - at_six) * MIN ((spread - .6) / .4, 1);
}

/* The mean spread of the difficulties answered, of one capability or (-1) of all. */
static double
get_spread (const WaySitting *self, int capability)
{
  double sum = 0;
  guint n = 0;

  for (guint i = 0; i < self->n_answers; i++)
    {
      const WayBankItem *item = self->bank->items->pdata[self->answered[i]];

      if (capability >= 0 && item->capability != (guint) capability)
        continue;
      sum += item->sd_b;
      n++;
    }
  if (n == 0)
    return capability < 0 ? 0 : get_spread (self, -1);

  return sum / n;
}

/* private: by how much the SD of one capability is widened */
double
way_sitting_get_inflation (const WaySitting *self, guint capability)
{
  return get_inflation (get_spread (self, capability), 1.05, 1.15);
}

static double
get_sd (const WaySitting *self, guint capability)
{
  return way_posterior_get_sd (&self->posterior, capability)
         * way_sitting_get_inflation (self, capability);
}

/* The probability of a level or one above it. */
static double
get_p_above (const WaySitting *self, guint capability, int level, double sd)
{
  if (level <= 1)
    return 1;
  if (level > WAY_N_LEVELS)
    return 0;

  return way_irt_normal_cdf ((self->posterior.mean[capability] - self->bank->cuts[level - 2]) / sd);
}

static gboolean
is_provisional (const WaySitting *self, guint capability)
{
  double all = 0;
  double sure = 0;

  for (guint i = 0; i < self->n_answers; i++)
    {
      const WayBankItem *item = self->bank->items->pdata[self->answered[i]];
      double information;

      if (item->capability != capability)
        continue;
      information = way_curve_get_information (&self->effective[self->answered[i]],
                                               self->posterior.mean[capability]);
      all += information;
      if (item->sd_b <= WAY_SITTING_SURE)
        sure += information;
    }

  return all <= 0 || sure < WAY_SITTING_SHARE * all;
}

/* private: whether one capability is known well enough for a closer look. Its limit on the
 * SD is one on the formula's, since no number of items makes up for a judged difficulty; a
 * probability is always the one that is shown. */
gboolean
way_sitting_is_precise (WaySitting *self, guint capability, double enough_sd, double enough_p)
{
  double sd = get_sd (self, capability);

  if (self->counted[capability] < WAY_SITTING_ENOUGH)
    return FALSE;
  if (way_posterior_get_sd (&self->posterior, capability) <= enough_sd)
    return TRUE;

  for (int level = 1; level <= WAY_N_LEVELS; level++)
    if (get_p_above (self, capability, level, sd) - get_p_above (self, capability, level + 1, sd)
        >= enough_p)
      return TRUE;

  return FALSE;
}

/* The verdict of yes or no. Where nothing could be decided that is said, never guessed. */
static WayStanding
get_verdict (const WaySitting *self)
{
  if (self->counted[self->plan.recheck] < WAY_SITTING_LEAST)
    return WAY_STANDING_NOT_SURE;
  if (self->log_ratio >= WAY_SITTING_BOUND)
    return WAY_STANDING_MET;
  if (self->log_ratio <= -WAY_SITTING_BOUND)
    return WAY_STANDING_NOT_YET;
  return WAY_STANDING_NOT_SURE;
}

static WayStanding
get_standing (const WaySitting *self, guint capability, double p_required)
{
  if (self->plan.depth == WAY_DEPTH_YES_NO)
    return get_verdict (self);

  return way_standing_judge (p_required, self->counted[capability]);
}

/* private: whether a requirement is met or not yet met, not open */
gboolean
way_sitting_is_decided (WaySitting *self, guint capability)
{
  double p = get_p_above (self, capability, self->plan.required[capability],
                          get_sd (self, capability));

  return get_standing (self, capability, p) != WAY_STANDING_NOT_SURE;
}

/**
 * way_sitting_get_estimate:
 * @capability: which
 * @estimate: (out): what the answers so far say about it
 *
 * All probabilities use the inflated SD. In a re-check, and in yes or no, only its own
 * capability is estimated from answers.
 */
void
way_sitting_get_estimate (WaySitting *self, guint capability, WayEstimate *estimate)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (capability < self->bank->n_capabilities);
  g_return_if_fail (estimate != NULL);

  memset (estimate, 0, sizeof *estimate);
  estimate->capability = capability;
  estimate->n_items = self->counted[capability];
  estimate->mean = self->posterior.mean[capability];
  estimate->sd = get_sd (self, capability);
  for (int level = 1; level <= WAY_N_LEVELS; level++)
    estimate->levels[level - 1] = get_p_above (self, capability, level, estimate->sd)
                                  - get_p_above (self, capability, level + 1, estimate->sd);
  estimate->required = self->plan.required[capability];
  estimate->p_required = get_p_above (self, capability, estimate->required, estimate->sd);
  estimate->standing = get_standing (self, capability, estimate->p_required);
  estimate->is_provisional = is_provisional (self, capability);
}

/**
 * way_sitting_get_overall:
 * @mean: (out): the mean of all capabilities; where it was about one, that
 * @sd: (out): its SD, inflated for authors' difficulties
 */
void
way_sitting_get_overall (WaySitting *self, double *mean, double *sd)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (mean != NULL && sd != NULL);

  if (way_sitting_is_of_one (self))
    {
      *mean = self->posterior.mean[self->plan.recheck];
      *sd = get_sd (self, self->plan.recheck);
      return;
    }

  *mean = way_posterior_get_overall (&self->posterior, sd);
  *sd *= get_inflation (get_spread (self, -1), 1.10, 1.30);
}

/* lz of all answers together, each at its capability's place. */
static double
get_lz (const WaySitting *self, const WayAnswer *answers, const WayPosterior *posterior)
{
  double surprise = 0;
  double variance = 0;

  for (guint i = 0; i < self->n_answers; i++)
    way_person_fit_add (&self->effective[self->answered[i]], posterior->mean[answers[i].capability],
                        answers[i].score, &surprise, &variance);

  return variance > 0 ? surprise / sqrt (variance) : 0;
}

/**
 * way_sitting_get_fit:
 * @n_draws: how many people to draw: %WAY_PERSON_FIT_DRAWS but in tests
 *
 * Whether the answers hang together: their lz against that of people drawn at the same
 * place on the same items, their places estimated in the same way. By the sitting's seed.
 * It ends as soon as so many of them fit as badly that all draws together could not give
 * less than %WAY_PERSON_FIT_LEAST (Besag and Clifford, Biometrika 78, 1991), so that the
 * many whose answers fit cost little.
 *
 * Returns: how many of them have an lz as low; 1 where nothing counted was answered
 */
double
way_sitting_get_fit (WaySitting *self, guint n_draws)
{
  g_autofree WayAnswer *drawn = NULL;
  guint enough = (guint) ceil (WAY_PERSON_FIT_LEAST * (n_draws + 1.0));
  guint n_lower = 0;
  double lz;

  g_return_val_if_fail (self != NULL && n_draws > 0, 1);

  if (self->n_answers == 0)
    return 1;

  lz = get_lz (self, self->answers, &self->posterior);
  drawn = g_memdup2 (self->answers, sizeof *drawn * self->n_answers);
  for (guint k = 0; k < n_draws; k++)
    {
      WayPosterior posterior;
      WayRandom random;

      way_random_init (&random, self->plan.seed, G_MAXUINT64 - 1 - k);
      for (guint i = 0; i < self->n_answers; i++)
        drawn[i].score = way_curve_draw (&self->effective[self->answered[i]],
                                         self->posterior.mean[drawn[i].capability],
                                         way_random_uniform (&random));
      way_irt_joint_from (&self->prior, drawn, self->n_answers, &posterior);
      n_lower += get_lz (self, drawn, &posterior) <= lz;
      if (n_lower >= enough)
        return (double) n_lower / (k + 1);
    }

  return (n_lower + 1.0) / (n_draws + 1.0);
}

/**
 * way_standing_judge:
 * @p_required: how likely it is that the required level, or more, is reached
 * @n_items: how many answers that counted it rests on
 *
 * Returns: met, not yet, or not sure; always not sure with fewer than two answers
 */
WayStanding
way_standing_judge (double p_required, guint n_items)
{
  if (n_items < WAY_SITTING_ENOUGH)
    return WAY_STANDING_NOT_SURE;
  if (p_required >= MET)
    return WAY_STANDING_MET;
  if (p_required <= NOT_YET)
    return WAY_STANDING_NOT_YET;
  return WAY_STANDING_NOT_SURE;
}

/**
 * way_estimate_ask:
 * @estimate: as it was measured
 * @required: the level, 1 to 4, that is asked for now
 *
 * Holds what was measured against another level than the sitting did: by the probabilities of
 * the levels that it found. Against the same one it stays as it was.
 */
void
way_estimate_ask (WayEstimate *estimate, int required)
{
  g_return_if_fail (required >= 1 && required <= WAY_N_LEVELS);

  if (estimate->required == required)
    return;
  estimate->required = required;
  estimate->p_required = 0;
  for (int level = required; level <= WAY_N_LEVELS; level++)
    estimate->p_required += estimate->levels[level - 1];
  if (required == 1 || estimate->p_required > 1)
    estimate->p_required = 1;
  estimate->standing = way_standing_judge (estimate->p_required, estimate->n_items);
}

/**
 * way_stop_to_string:
 *
 * Returns: the word for @stop in logs and files
 */
const char *
way_stop_to_string (WayStop stop)
{
  switch (stop)
    {
    case WAY_STOP_DECIDED:
      return "decided";
    case WAY_STOP_PRECISE:
      return "precise";
    case WAY_STOP_LENGTH:
      return "length";
    case WAY_STOP_EXHAUSTED:
      return "exhausted";
    case WAY_STOP_TIME:
      return "time";
    case WAY_STOP_OPEN:
      return "open";
    case WAY_STOP_NONE:
    default:
      return "none";
    }
}

/**
 * way_depth_from_string:
 * @text: (nullable): the type of an attempt in the log
 * @depth: (out): its depth
 *
 * Returns: %FALSE where such an attempt is no sitting
 */
gboolean
way_depth_from_string (const char *text, WayDepth *depth)
{
  static const char *const types[] = { "baseline", "closer", "recheck", "yes-no" };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_strcmp0 (text, types[i]) == 0)
      {
        *depth = (WayDepth) i;
        return TRUE;
      }

  return FALSE;
}

/**
 * way_standing_to_string:
 *
 * Returns: the word for @standing in logs and files
 */
const char *
way_standing_to_string (WayStanding standing)
{
  switch (standing)
    {
    case WAY_STANDING_MET:
      return "met";
    case WAY_STANDING_NOT_YET:
      return "not-yet";
    case WAY_STANDING_NOT_SURE:
    default:
      return "not-sure";
    }
}
