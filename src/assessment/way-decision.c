/* way-decision.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assessment/way-decision.h"

#include <math.h>

#include "assessment/way-random.h"

/* Policy: half the width of what is left open, and the log ratio that decides: errors of
 * one in twenty either way. */
#define HALF .3
#define BOUND 2.944
#define BEST 3
#define GRAIN 1e9

struct _WayDecision
{
  WayBank *bank; /* (owned) */
  guint capability;
  double cut;
  guint64 seed;
  WayCurve *effective; /* (owned) slopes attenuated */
  gboolean *is_asked;  /* (owned) */
  gboolean *is_enemy;  /* (owned) */
  guint n_asked;
  guint n_counted;
  double log_ratio;
};

/**
 * way_decision_new:
 * @bank: the items
 * @capability: which it is about
 * @cut: where
 * @seed: of the choice of items
 *
 * Returns: (transfer full): a decision before its first question
 */
WayDecision *
way_decision_new (WayBank *bank, guint capability, double cut, guint64 seed)
{
  WayDecision *self;

  g_return_val_if_fail (bank != NULL && capability < bank->n_capabilities, NULL);
  g_return_val_if_fail (isfinite (cut), NULL);

  self = g_new0 (WayDecision, 1);
  self->bank = way_bank_ref (bank);
  self->capability = capability;
  self->cut = cut;
  self->seed = seed;
  self->effective = g_new0 (WayCurve, bank->items->len);
  self->is_asked = g_new0 (gboolean, bank->items->len);
  self->is_enemy = g_new0 (gboolean, bank->items->len);
  for (guint i = 0; i < bank->items->len; i++)
    {
      const WayBankItem *item = bank->items->pdata[i];

      self->effective[i].parameters = item->parameters;
      self->effective[i].parameters.a = way_irt_attenuate (item->parameters.a, item->sd_b);
    }

  return self;
}

/**
 * way_decision_free:
 * @self: (transfer full) (nullable): a decision
 */
void
way_decision_free (WayDecision *self)
{
  if (self == NULL)
    return;

  way_bank_unref (self->bank);
  g_free (self->effective);
  g_free (self->is_asked);
  g_free (self->is_enemy);
  g_free (self);
}

static gboolean
may_ask (const WayDecision *self, guint index)
{
  const WayBankItem *item = self->bank->items->pdata[index];

  return item->capability == self->capability && !self->is_asked[index] && !self->is_enemy[index];
}

/**
 * way_decision_choose:
 * @selection: (out): the next item: one of the three that tell most at the cut
 *
 * Changes nothing, so that asking twice gives the same item.
 *
 * Returns: %FALSE when it is decided, or nothing is left to ask
 */
gboolean
way_decision_choose (WayDecision *self, WaySelection *selection)
{
  guint best[BEST];
  gint64 values[BEST];
  guint n_best = 0;
  guint pool = 0;
  WayRandom random;
  const WayBankItem *item;

  g_return_val_if_fail (self != NULL && selection != NULL, FALSE);

  if (way_decision_get_verdict (self) != WAY_VERDICT_OPEN)
    return FALSE;

  for (guint i = 0; i < self->bank->items->len; i++)
    {
      gint64 value;
      guint at;

      if (!may_ask (self, i))
        continue;
      pool++;
      value = (gint64) rint (way_irt_information (&self->effective[i].parameters, self->cut)
                             * GRAIN);
      for (at = n_best; at > 0 && value > values[at - 1]; at--)
        if (at < BEST)
          {
            best[at] = best[at - 1];
            values[at] = values[at - 1];
          }
      if (at < BEST)
        {
          best[at] = i;
          values[at] = value;
          n_best = MIN (n_best + 1, BEST);
        }
    }

  way_random_init (&random, self->seed, self->n_asked);
  selection->rank = way_random_range (&random, n_best);
  item = self->bank->items->pdata[best[selection->rank]];
  selection->item = item->id;
  selection->capability = item->capability;
  selection->information = selection->value =
      way_irt_information (&self->effective[best[selection->rank]].parameters, self->cut);
  selection->pool = pool;
  selection->reason = "value";

  return TRUE;
}

/**
 * way_decision_answer:
 * @item: what was answered
 * @is_right: how
 * @is_counted: %FALSE for a rapid answer: the item is used up, and says nothing
 *
 * Returns: %FALSE, with nothing changed, when the bank has no such item of this capability
 *   or it was answered before
 */
gboolean
way_decision_answer (WayDecision *self, const char *item, gboolean is_right, gboolean is_counted)
{
  const WayBankItem *asked;
  int index;

  g_return_val_if_fail (self != NULL && item != NULL, FALSE);

  index = way_bank_find (self->bank, item);
  if (index < 0 || self->is_asked[index])
    return FALSE;
  asked = self->bank->items->pdata[index];
  if (asked->capability != self->capability)
    return FALSE;

  self->is_asked[index] = TRUE;
  self->n_asked++;
  for (guint i = 0; i < self->bank->items->len; i++)
    {
      const WayBankItem *other = self->bank->items->pdata[i];

      if ((asked->enemies != NULL
           && g_strv_contains ((const char *const *) asked->enemies, other->id))
          || (other->enemies != NULL
              && g_strv_contains ((const char *const *) other->enemies, asked->id)))
        self->is_enemy[i] = TRUE;
    }
  if (is_counted)
    {
      const WayCurve *curve = &self->effective[index];

      self->n_counted++;
      self->log_ratio += way_curve_log_likelihood (curve, self->cut + HALF, is_right)
                         - way_curve_log_likelihood (curve, self->cut - HALF, is_right);
    }

  return TRUE;
}

/**
 * way_decision_get_verdict:
 *
 * Returns: what is decided. Where nothing could be, that is said, never guessed
 */
WayVerdict
way_decision_get_verdict (WayDecision *self)
{
  g_return_val_if_fail (self != NULL, WAY_VERDICT_UNDECIDED);

  if (self->n_counted >= WAY_DECISION_LEAST && self->log_ratio >= BOUND)
    return WAY_VERDICT_YES;
  if (self->n_counted >= WAY_DECISION_LEAST && self->log_ratio <= -BOUND)
    return WAY_VERDICT_NO;
  if (self->n_asked >= WAY_DECISION_MOST)
    return WAY_VERDICT_UNDECIDED;
  for (guint i = 0; i < self->bank->items->len; i++)
    if (may_ask (self, i))
      return WAY_VERDICT_OPEN;

  return WAY_VERDICT_UNDECIDED;
}

/**
 * way_decision_get_n_answered:
 *
 * Returns: how many items were answered, rapid answers among them
 */
guint
way_decision_get_n_answered (WayDecision *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_asked;
}

/**
 * way_decision_get_log_ratio:
 *
 * Returns: Λ: how much likelier the answers are above the cut than below
 */
double
way_decision_get_log_ratio (WayDecision *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->log_ratio;
}
