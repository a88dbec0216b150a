/* way-trust.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assessment/way-trust.h"

#include <math.h>

#define RAPID_MOST 10.0
#define SURE .80
/* Of a change: one side of 95 %, which at an SE of .45 twice is about 1.05 logits. */
#define RELIABLE 1.6448536269514722

/**
 * way_effort_get_limit:
 * @mean_seconds: how long people take for an item, or its author expects them to
 * @share: %WAY_EFFORT_RAPID, or what the trust has set
 *
 * Returns: an answer in fewer seconds than this was not thought about
 */
double
way_effort_get_limit (double mean_seconds, double share)
{
  return MIN (RAPID_MOST, share * MAX (mean_seconds, 0));
}

/**
 * way_effort_is_rapid:
 *
 * Returns: whether an answer is to count as missing, since it came too fast to be one.
 *   Never to be asked about people with assistive technology or extra time
 */
gboolean
way_effort_is_rapid (double seconds, double mean_seconds, double share)
{
  return seconds < way_effort_get_limit (mean_seconds, share);
}

/**
 * way_effort_get_share:
 *
 * Returns: response-time effort: the share of answers that were thought about
 */
double
way_effort_get_share (guint n_rapid, guint n_answers)
{
  return n_answers > 0 ? 1 - (double) MIN (n_rapid, n_answers) / n_answers : 1;
}

/**
 * way_effort_is_reportable:
 * @has_extra_time: or assistive technology: times then say nothing
 *
 * Returns: whether a result may be reported; else it is kept and a resit is offered
 */
gboolean
way_effort_is_reportable (guint n_rapid, guint n_answers, gboolean has_extra_time)
{
  return has_extra_time || way_effort_get_share (n_rapid, n_answers) >= WAY_EFFORT_LEAST;
}

/**
 * way_person_fit_add:
 * @surprise: (inout): how much likelier than expected the answers so far are, as logarithms
 * @variance: (inout): of that
 *
 * Adds one answer of somebody at @theta to what lz is made of.
 */
void
way_person_fit_add (
    const WayCurve *curve, double theta, double score, double *surprise, double *variance)
{
  double probabilities[WAY_MAX_STEPS + 1];
  double mean = 0;
  double second = 0;

  g_return_if_fail (curve != NULL && surprise != NULL && variance != NULL);

  way_curve_get_probabilities (curve, theta, probabilities);
  for (guint k = 0; k <= way_curve_get_most (curve); k++)
    {
      double l = way_curve_log_likelihood (curve, theta, k);

      /* p log p goes to 0 where l cannot be told from minus infinity. */
      if (probabilities[k] <= 0)
        continue;
      mean += probabilities[k] * l;
      second += probabilities[k] * l * l;
    }
  *surprise += way_curve_log_likelihood (curve, theta, score) - mean;
  *variance += MAX (second - mean * mean, 0);
}

/**
 * way_change_get_z:
 *
 * Returns: the change between two results in standard errors of the change
 */
double
way_change_get_z (double before, double se_before, double after, double se_after)
{
  double se = sqrt (se_before * se_before + se_after * se_after);

  return se > 0 ? (after - before) / se : 0;
}

/**
 * way_change_is_reliable:
 *
 * Returns: whether a change is more than chance would make in one of twenty cases
 */
gboolean
way_change_is_reliable (double before, double se_before, double after, double se_after)
{
  return fabs (way_change_get_z (before, se_before, after, se_after)) >= RELIABLE;
}

/**
 * way_change_get_team:
 * @before: (array length=n): each person's first result
 * @after: (array length=n): and their last
 * @se: (out): of the mean; NaN for fewer than two people
 *
 * Returns: the mean gain of a team
 */
double
way_change_get_team (const double *before, const double *after, guint n, double *se)
{
  double mean = 0;
  double squares = 0;

  g_return_val_if_fail (n > 0 && before != NULL && after != NULL && se != NULL, 0);

  for (guint i = 0; i < n; i++)
    mean += (after[i] - before[i]) / n;
  for (guint i = 0; i < n; i++)
    squares += (after[i] - before[i] - mean) * (after[i] - before[i] - mean);
  *se = n > 1 ? sqrt (squares / (n - 1) / n) : NAN;

  return mean;
}

/**
 * way_confidence_judge:
 * @below: how likely a level below the one that people gave themselves is
 * @above: how likely a level above it is
 *
 * Returns: how a self-rating stands beside the measurement. It is never used in scoring
 */
WayConfidence
way_confidence_judge (double below, double above)
{
  if (below >= SURE)
    return WAY_CONFIDENCE_OVER;
  if (above >= SURE)
    return WAY_CONFIDENCE_UNDER;

  return WAY_CONFIDENCE_CONSISTENT;
}
