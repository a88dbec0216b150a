/* way-sitting.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assessment/way-sitting-private.h"

#include <math.h>
#include <string.h>

#define MOST_OF_ONE 12 /* items on one capability */

#define MET .80
#define NOT_YET .20

#define SHORT_ITEMS (4 * WAY_SITTING_PART)
#define RECHECK_LEAST 6
#define RECHECK_MOST 8

/* What a difficulty is called measured, not judged. */
#define SURE_SPREAD .35
#define SURE_SHARE .70

/* A typical answer's information, for saying about how many are left. */
#define TYPICAL_INFORMATION .18

/* When a closer look knows enough; a launch bank cannot know more. */
typedef struct
{
  double sd;
  double p;
  guint most;
} Precision;

static const Precision launch = { .70, .70, 36 };
static const Precision calibrated = { .45, .80, 48 };

static const Precision *
get_precision (const WaySitting *self)
{
  return self->is_calibrated ? &calibrated : &launch;
}

static guint
get_most (const WaySitting *self)
{
  switch (self->plan.depth)
    {
    case WAY_DEPTH_CLOSER:
      return get_precision (self)->most;
    case WAY_DEPTH_RECHECK:
      return RECHECK_MOST;
    case WAY_DEPTH_SHORT:
    default:
      return SHORT_ITEMS;
    }
}

/* Whether most of what the items of a bank can tell comes from measured difficulties. */
static gboolean
is_bank_calibrated (const WayBank *bank, const WayParameters *effective)
{
  double all = 0;
  double sure = 0;

  for (guint i = 0; i < bank->items->len; i++)
    {
      const WayBankItem *item = bank->items->pdata[i];

      for (int level = 1; level <= WAY_N_LEVELS; level++)
        {
          double information = way_irt_information (&effective[i], level - 2.5);

          all += information;
          if (item->sd_b <= SURE_SPREAD)
            sure += information;
        }
    }

  return all > 0 && sure >= SURE_SHARE * all;
}

static void
mark_all (WaySitting *self, char **ids, WayMark mark)
{
  for (char **id = ids; id != NULL && *id != NULL; id++)
    {
      int index = way_bank_find (self->bank, *id);

      if (index >= 0)
        self->marks[index] |= mark;
    }
}

/* Being enemies goes both ways, whichever of the two names the other. */
static void
mark_enemies (WaySitting *self, guint index)
{
  const WayBankItem *item = self->bank->items->pdata[index];

  mark_all (self, item->enemies, WAY_MARK_ENEMY);
  for (guint i = 0; i < self->bank->items->len; i++)
    {
      const WayBankItem *other = self->bank->items->pdata[i];

      if (other->enemies != NULL
          && g_strv_contains ((const char *const *) other->enemies, item->id))
        self->marks[i] |= WAY_MARK_ENEMY;
    }
}

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

static double
get_sd (const WaySitting *self, guint capability)
{
  return way_posterior_get_sd (&self->posterior, capability)
         * get_inflation (get_spread (self, capability), 1.05, 1.15);
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
      information = way_irt_information (&self->answers[i].parameters,
                                         self->posterior.mean[capability]);
      all += information;
      if (item->sd_b <= SURE_SPREAD)
        sure += information;
    }

  return all <= 0 || sure < SURE_SHARE * all;
}

/* Whether one capability is known well enough for a closer look. Its limit on the SD is
 * one on the formula's, since no number of items makes up for a judged difficulty; a
 * probability is always the one that is shown. */
static gboolean
is_precise (const WaySitting *self, guint capability)
{
  const Precision *precision = get_precision (self);
  double sd = get_sd (self, capability);

  if (self->counted[capability] < WAY_SITTING_ENOUGH)
    return FALSE;
  if (way_posterior_get_sd (&self->posterior, capability) <= precision->sd)
    return TRUE;

  for (int level = 1; level <= WAY_N_LEVELS; level++)
    if (get_p_above (self, capability, level, sd) - get_p_above (self, capability, level + 1, sd)
        >= precision->p)
      return TRUE;

  return FALSE;
}

/* Whether the question that this depth puts about one capability is answered. */
static gboolean
is_settled (WaySitting *self, guint capability)
{
  if (self->plan.depth == WAY_DEPTH_CLOSER)
    return is_precise (self, capability);

  return way_sitting_is_decided (self, capability);
}

static gboolean
is_asked_about (const WaySitting *self, guint capability)
{
  return self->plan.depth != WAY_DEPTH_RECHECK || capability == self->plan.recheck;
}

/* private: whether the rules that never give way allow an item */
gboolean
way_sitting_may_ask (const WaySitting *self, guint index)
{
  const WayBankItem *item = self->bank->items->pdata[index];

  return (self->marks[index] & (WAY_MARK_ASKED | WAY_MARK_ENEMY)) == 0
         && is_asked_about (self, item->capability) && self->asked[item->capability] < MOST_OF_ONE;
}

/* private: whether a requirement is met or not yet met, not open */
gboolean
way_sitting_is_decided (WaySitting *self, guint capability)
{
  double p = get_p_above (self, capability, self->plan.required[capability],
                          get_sd (self, capability));

  return way_standing_judge (p, self->counted[capability]) != WAY_STANDING_NOT_SURE;
}

/**
 * way_sitting_new:
 * @bank: the items and what is known of them
 * @plan: what the sitting is for; copied
 *
 * Levels in @plan outside of 1 to 4 are taken as the nearest.
 *
 * Returns: (transfer full): a sitting before its first question
 */
WaySitting *
way_sitting_new (WayBank *bank, const WaySittingPlan *plan)
{
  WaySitting *self;
  guint n;

  g_return_val_if_fail (bank != NULL, NULL);
  g_return_val_if_fail (plan != NULL, NULL);
  g_return_val_if_fail (plan->depth != WAY_DEPTH_RECHECK || plan->recheck < bank->n_capabilities,
                        NULL);

  n = bank->items->len;
  self = g_new0 (WaySitting, 1);
  self->bank = way_bank_ref (bank);
  self->plan = *plan;
  self->plan.recent = g_strdupv (plan->recent);
  self->plan.exposed = g_strdupv (plan->exposed);
  for (guint d = 0; d < WAY_MAX_CAPABILITIES; d++)
    {
      self->plan.required[d] = CLAMP (plan->required[d], 1, WAY_N_LEVELS);
      self->plan.self_now[d] = CLAMP (plan->self_now[d], 0, WAY_N_LEVELS);
    }

  self->effective = g_new0 (WayParameters, n);
  self->marks = g_new0 (guint8, n);
  self->answers = g_new0 (WayAnswer, n);
  self->answered = g_new0 (guint, n);
  for (guint i = 0; i < n; i++)
    {
      const WayBankItem *item = bank->items->pdata[i];

      self->effective[i] = item->parameters;
      self->effective[i].a = way_irt_attenuate (item->parameters.a, item->sd_b);
    }
  self->is_calibrated = is_bank_calibrated (bank, self->effective);
  mark_all (self, self->plan.recent, WAY_MARK_RECENT);
  mark_all (self, self->plan.exposed, WAY_MARK_EXPOSED);

  if (plan->depth == WAY_DEPTH_RECHECK)
    way_prior_init_known (&self->prior, bank->n_capabilities, plan->recheck, plan->prior_mean,
                          plan->prior_sd);
  else
    way_prior_init (&self->prior, bank->n_capabilities, bank->rho);
  way_irt_joint_from (&self->prior, NULL, 0, &self->posterior);

  return self;
}

/**
 * way_sitting_free:
 * @self: (transfer full) (nullable): a sitting
 */
void
way_sitting_free (WaySitting *self)
{
  if (self == NULL)
    return;

  g_strfreev (self->plan.recent);
  g_strfreev (self->plan.exposed);
  g_free (self->effective);
  g_free (self->marks);
  g_free (self->answers);
  g_free (self->answered);
  way_bank_unref (self->bank);
  g_free (self);
}

/**
 * way_sitting_answer:
 * @self: a sitting
 * @item: what was answered; any item of the bank, so that what is in a log can always be
 *   taken over
 * @score: the item's score; 1 is right, everything below is not
 * @is_counted: %FALSE for a rapid answer: the item is used up, and says nothing
 *
 * Returns: %FALSE, with nothing changed, when the bank has no such item or it was
 *   answered before
 */
gboolean
way_sitting_answer (WaySitting *self, const char *item, double score, gboolean is_counted)
{
  const WayBankItem *asked;
  int index;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (item != NULL, FALSE);

  index = way_bank_find (self->bank, item);
  if (index < 0 || (self->marks[index] & WAY_MARK_ASKED) != 0)
    return FALSE;

  asked = self->bank->items->pdata[index];
  self->marks[index] |= WAY_MARK_ASKED;
  self->asked[asked->capability]++;
  self->n_asked++;
  mark_enemies (self, index);

  if (is_counted)
    {
      WayAnswer *answer = &self->answers[self->n_answers];

      answer->parameters = self->effective[index];
      answer->capability = asked->capability;
      answer->score = score >= 1 - 1e-9 ? 1 : 0;
      self->answered[self->n_answers] = index;
      self->n_answers++;
      self->counted[asked->capability]++;
      way_irt_joint_from (&self->prior, self->answers, self->n_answers, &self->posterior);
    }

  return TRUE;
}

/**
 * way_sitting_get_stop:
 *
 * Returns: the rule that has ended the sitting, or %WAY_STOP_NONE while it goes on
 */
WayStop
way_sitting_get_stop (WaySitting *self)
{
  gboolean is_done;

  g_return_val_if_fail (self != NULL, WAY_STOP_NONE);

  is_done = self->plan.depth != WAY_DEPTH_RECHECK || self->n_asked >= RECHECK_LEAST;
  for (guint d = 0; is_done && d < self->bank->n_capabilities; d++)
    is_done = !is_asked_about (self, d) || is_settled (self, d);
  if (is_done)
    return self->plan.depth == WAY_DEPTH_CLOSER ? WAY_STOP_PRECISE : WAY_STOP_DECIDED;

  if (self->n_asked >= get_most (self))
    return WAY_STOP_LENGTH;

  for (guint i = 0; i < self->bank->items->len; i++)
    if (way_sitting_may_ask (self, i))
      return WAY_STOP_NONE;

  return WAY_STOP_EXHAUSTED;
}

/**
 * way_sitting_get_n_answered:
 *
 * Returns: how many items were answered, rapid answers among them
 */
guint
way_sitting_get_n_answered (WaySitting *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_asked;
}

/* About how many answers one capability still wants: by the precision that would settle
 * it if its estimate stayed where it is. */
static guint
guess_left (WaySitting *self, guint capability)
{
  guint floor = self->plan.depth == WAY_DEPTH_CLOSER ? 3 : WAY_SITTING_ENOUGH;
  guint balance = floor - MIN (self->counted[capability], floor);
  double sd = way_posterior_get_sd (&self->posterior, capability);
  double wanted = get_precision (self)->sd;
  double items;

  if (is_settled (self, capability))
    return 0;

  if (self->plan.depth != WAY_DEPTH_CLOSER)
    {
      if (self->plan.required[capability] <= 1)
        return balance;

      wanted = fabs (self->posterior.mean[capability]
                     - self->bank->cuts[self->plan.required[capability] - 2]);
      wanted = MAX (wanted, .25) / .8416;
    }
  items = ceil ((1 / (wanted * wanted) - 1 / (sd * sd)) / TYPICAL_INFORMATION);

  return MAX (balance, (guint) CLAMP (items, 1, 5));
}

/**
 * way_sitting_get_n_left:
 *
 * Returns: about how many items are still to come, at least 1 while the sitting goes on
 *   and 0 when it has ended
 */
guint
way_sitting_get_n_left (WaySitting *self)
{
  guint left = 0;
  guint room;

  g_return_val_if_fail (self != NULL, 0);

  if (way_sitting_get_stop (self) != WAY_STOP_NONE)
    return 0;

  for (guint d = 0; d < self->bank->n_capabilities; d++)
    if (is_asked_about (self, d))
      left += guess_left (self, d);
  if (self->plan.depth == WAY_DEPTH_RECHECK && self->n_asked < RECHECK_LEAST)
    left = MAX (left, RECHECK_LEAST - self->n_asked);
  room = get_most (self) - self->n_asked;

  return CLAMP (left, 1, room);
}

/**
 * way_sitting_is_pause:
 *
 * Returns: whether a part has just ended and another begins; a re-check has no parts
 */
gboolean
way_sitting_is_pause (WaySitting *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->plan.depth != WAY_DEPTH_RECHECK && self->n_asked > 0
         && self->n_asked % WAY_SITTING_PART == 0 && way_sitting_get_stop (self) == WAY_STOP_NONE;
}

/**
 * way_sitting_get_estimate:
 * @capability: which
 * @estimate: (out): what the answers so far say about it
 *
 * All probabilities use the inflated SD. In a re-check only its own capability is
 * estimated from answers.
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
  estimate->standing = way_standing_judge (estimate->p_required, estimate->n_items);
  estimate->is_provisional = is_provisional (self, capability);
}

/**
 * way_sitting_get_overall:
 * @mean: (out): the mean of all capabilities; in a re-check, the one it was about
 * @sd: (out): its SD, inflated for authors' difficulties
 */
void
way_sitting_get_overall (WaySitting *self, double *mean, double *sd)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (mean != NULL && sd != NULL);

  if (self->plan.depth == WAY_DEPTH_RECHECK)
    {
      *mean = self->posterior.mean[self->plan.recheck];
      *sd = get_sd (self, self->plan.recheck);
      return;
    }

  *mean = way_posterior_get_overall (&self->posterior, sd);
  *sd *= get_inflation (get_spread (self, -1), 1.10, 1.30);
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
    case WAY_STOP_NONE:
    default:
      return "none";
    }
}

/**
 * way_depth_to_string:
 *
 * Returns: the word for @depth in logs and files
 */
const char *
way_depth_to_string (WayDepth depth)
{
  switch (depth)
    {
    case WAY_DEPTH_CLOSER:
      return "closer";
    case WAY_DEPTH_RECHECK:
      return "recheck";
    case WAY_DEPTH_SHORT:
    default:
      return "short";
    }
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
