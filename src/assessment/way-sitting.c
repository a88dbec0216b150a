/* way-sitting.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assessment/way-sitting-private.h"

#include <math.h>
#include <string.h>

#include "assessment/way-random.h"
#include "assessment/way-trust.h"

#define MOST_OF_ONE 12 /* items on one capability */

#define SHORT_ITEMS (4 * WAY_SITTING_PART)
#define RECHECK_LEAST 6
#define RECHECK_MOST 8
#define YES_NO_MOST 36
/* Until when the first and the second new item come, of those asked: after the opening,
 * and so that a short sitting has both. */
#define NEW_SPREAD 3

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
    case WAY_DEPTH_YES_NO:
      return YES_NO_MOST;
    case WAY_DEPTH_SHORT:
    default:
      return SHORT_ITEMS;
    }
}

/* Whether most of what the items of a bank can tell comes from measured difficulties. */
static gboolean
is_bank_calibrated (const WayBank *bank, const WayCurve *effective)
{
  double all = 0;
  double sure = 0;

  for (guint i = 0; i < bank->items->len; i++)
    {
      const WayBankItem *item = bank->items->pdata[i];

      for (int level = 1; level <= WAY_N_LEVELS; level++)
        {
          double information = way_curve_get_information (&effective[i], level - 2.5);

          all += information;
          if (item->sd_b <= WAY_SITTING_SURE)
            sure += information;
        }
    }

  return all > 0 && sure >= WAY_SITTING_SHARE * all;
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

/* Whether the question that this depth puts about one capability is answered. */
static gboolean
is_settled (WaySitting *self, guint capability)
{
  if (self->plan.depth == WAY_DEPTH_CLOSER)
    return way_sitting_is_precise (self, capability, get_precision (self)->sd,
                                   get_precision (self)->p);

  return way_sitting_is_decided (self, capability);
}

/* private: whether only one capability is asked about */
gboolean
way_sitting_is_of_one (const WaySitting *self)
{
  return self->plan.depth == WAY_DEPTH_RECHECK || self->plan.depth == WAY_DEPTH_YES_NO;
}

/* private: whether questions on a capability are asked at all */
gboolean
way_sitting_is_about (const WaySitting *self, guint capability)
{
  return !way_sitting_is_of_one (self) || capability == self->plan.recheck;
}

/* private: where the required level of a capability, above the first, begins */
double
way_sitting_get_cut (const WaySitting *self, guint capability)
{
  return self->bank->cuts[MAX (self->plan.required[capability], 2) - 2];
}

/* private: whether the rules that never give way allow an item */
gboolean
way_sitting_may_ask (const WaySitting *self, guint index)
{
  const WayBankItem *item = self->bank->items->pdata[index];

  return (self->marks[index] & (WAY_MARK_ASKED | WAY_MARK_ENEMY)) == 0 && !item->is_new
         && way_sitting_is_about (self, item->capability)
         && (self->plan.depth == WAY_DEPTH_YES_NO || self->asked[item->capability] < MOST_OF_ONE);
}

/* When new items come, by the seed. */
static void
place_new (WaySitting *self)
{
  WayRandom random;

  way_random_init (&random, self->plan.seed, G_MAXUINT64);
  for (guint i = 0; i < WAY_SITTING_NEW; i++)
    self->new_at[i] = WAY_SITTING_OPENING + i * NEW_SPREAD + way_random_range (&random, NEW_SPREAD);
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
  g_return_val_if_fail ((plan->depth != WAY_DEPTH_RECHECK && plan->depth != WAY_DEPTH_YES_NO)
                            || plan->recheck < bank->n_capabilities,
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

  self->effective = g_new0 (WayCurve, n);
  self->marks = g_new0 (guint8, n);
  self->answers = g_new0 (WayAnswer, n);
  self->answered = g_new0 (guint, n);
  for (guint i = 0; i < n; i++)
    {
      const WayBankItem *item = bank->items->pdata[i];

      self->effective[i] = item->curve;
      self->effective[i].parameters.a = way_irt_attenuate (item->curve.parameters.a, item->sd_b);
    }
  self->is_calibrated = is_bank_calibrated (bank, self->effective);
  mark_all (self, self->plan.recent, WAY_MARK_RECENT);
  mark_all (self, self->plan.exposed, WAY_MARK_EXPOSED);

  if (plan->depth == WAY_DEPTH_RECHECK)
    way_prior_init_known (&self->prior, bank->n_capabilities, plan->recheck, plan->prior_mean,
                          plan->prior_sd);
  else
    way_prior_init (&self->prior, bank->n_capabilities, bank->rho);
  place_new (self);
  if (plan->depth == WAY_DEPTH_YES_NO)
    way_verdict_rank (self);
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
  g_free (self->ranked);
  way_bank_unref (self->bank);
  g_free (self);
}

/* The score as the item's curve knows it: whole points, or right and wrong. */
static double
get_points (const WayCurve *curve, double score)
{
  if (curve->n_steps == 0)
    return score >= 1 - 1e-9 ? 1 : 0;

  return CLAMP (floor (score + 1e-9), 0, curve->n_steps);
}

static void
count_answer (WaySitting *self, guint index, double score)
{
  const WayBankItem *asked = self->bank->items->pdata[index];
  const WayCurve *curve = &self->effective[index];
  WayAnswer *answer = &self->answers[self->n_answers];

  answer->parameters = curve->parameters;
  answer->n_steps = curve->n_steps;
  answer->steps = curve->n_steps > 0 ? curve->steps : NULL;
  answer->capability = asked->capability;
  answer->score = get_points (curve, score);
  self->answered[self->n_answers] = index;
  self->n_answers++;
  self->counted[asked->capability]++;
  way_irt_joint_from (&self->prior, self->answers, self->n_answers, &self->posterior);

  if (self->plan.depth == WAY_DEPTH_YES_NO && asked->capability == self->plan.recheck)
    self->log_ratio += way_verdict_get_step (self, curve, answer->score);
}

/**
 * way_sitting_answer:
 * @self: a sitting
 * @item: what was answered; any item of the bank, so that what is in a log can always be
 *   taken over
 * @score: the item's score; 1 is right, everything below is not; points where it has steps
 * @is_counted: %FALSE for a rapid answer: the item is used up, and says nothing
 *
 * What is answered on a new item never counts.
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
  mark_enemies (self, index);
  if (asked->is_new)
    {
      self->n_new++;
      return TRUE;
    }

  self->asked[asked->capability]++;
  self->n_asked++;
  if (is_counted)
    count_answer (self, index, score);

  return TRUE;
}

/**
 * way_sitting_is_rapid:
 * @item: a question of the bank
 * @ms: how long it was on the screen
 *
 * Returns: whether an answer to it came too fast to be one, and is to count as missing.
 *   Never where the plan has no @rapid_share, as for people with assistive technology or
 *   extra time
 */
gboolean
way_sitting_is_rapid (WaySitting *self, const char *item, gint64 ms)
{
  int index;

  g_return_val_if_fail (self != NULL && item != NULL, FALSE);

  index = way_bank_find (self->bank, item);
  if (index < 0 || !(self->plan.rapid_share > 0))
    return FALSE;

  return way_effort_is_rapid (ms / 1000.0,
                              ((const WayBankItem *) self->bank->items->pdata[index])->seconds,
                              self->plan.rapid_share);
}

/**
 * way_sitting_add_time:
 * @ms: how long a question was on the screen, without time away or locked
 *
 * For the time limit, where the plan has one.
 */
void
way_sitting_add_time (WaySitting *self, gint64 ms)
{
  g_return_if_fail (self != NULL);

  self->ms += CLAMP (ms, 0, G_MAXINT32);
}

/**
 * way_sitting_is_reportable:
 *
 * Returns: whether what was found may be reported; else it is kept, and another sitting
 *   is offered
 */
gboolean
way_sitting_is_reportable (WaySitting *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return way_effort_is_reportable (self->n_asked - self->n_answers, self->n_asked,
                                   !(self->plan.rapid_share > 0));
}

static gboolean
has_item_left (const WaySitting *self)
{
  for (guint i = 0; i < self->bank->items->len; i++)
    if (way_sitting_may_ask (self, i))
      return TRUE;

  return FALSE;
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
    is_done = !way_sitting_is_about (self, d) || is_settled (self, d);
  if (is_done)
    return self->plan.depth == WAY_DEPTH_CLOSER ? WAY_STOP_PRECISE : WAY_STOP_DECIDED;

  if (self->n_asked >= get_most (self))
    return WAY_STOP_LENGTH;
  if (self->plan.limit_ms > 0 && self->ms >= self->plan.limit_ms)
    return WAY_STOP_TIME;

  if (!has_item_left (self))
    return WAY_STOP_EXHAUSTED;
  if (self->plan.depth == WAY_DEPTH_YES_NO && self->n_answers >= WAY_SITTING_LEAST
      && way_verdict_is_hopeless (self, get_most (self) - self->n_asked))
    return WAY_STOP_OPEN;

  return WAY_STOP_NONE;
}

/**
 * way_sitting_get_n_answered:
 *
 * Returns: how many items were answered, rapid answers and new items among them
 */
guint
way_sitting_get_n_answered (WaySitting *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_asked + self->n_new;
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
    if (way_sitting_is_about (self, d))
      left += guess_left (self, d);
  if (self->plan.depth == WAY_DEPTH_RECHECK && self->n_asked < RECHECK_LEAST)
    left = MAX (left, RECHECK_LEAST - self->n_asked);
  room = get_most (self) - self->n_asked;

  return CLAMP (left, 1, room);
}

/**
 * way_sitting_is_pause:
 *
 * Returns: whether a part has just ended and another begins; what is about one capability has
 *   no parts
 */
gboolean
way_sitting_is_pause (WaySitting *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return !way_sitting_is_of_one (self) && self->n_asked + self->n_new > 0
         && (self->n_asked + self->n_new) % WAY_SITTING_PART == 0
         && way_sitting_get_stop (self) == WAY_STOP_NONE;
}
