/* way-refresher.c
 *
 * FSRS-6: the published formulas and default parameters of the open-spaced-repetition
 * project (github.com/open-spaced-repetition: "The Algorithm" in the wiki of fsrs4anki,
 * and the defaults of py-fsrs 6 and fsrs-rs 6, which agree). A schedule, not a claim about
 * what anybody retains.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assessment/way-refresher.h"

#include <math.h>

#define RETENTION .90
#define LEAST_STABILITY .001

enum
{
  AGAIN = 1,
  GOOD = 3,
  EASY = 4,
};

static const double w[] = {
  0.212,  1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001,  1.8722, 0.1666, 0.796,
  1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
};

/* What makes retrievability .9 after as many days as the stability. */
static double
get_factor (void)
{
  return pow (.9, -1 / w[20]) - 1;
}

static double
get_first_difficulty (int grade)
{
  return w[4] - exp (w[5] * (grade - 1)) + 1;
}

static double
get_next_difficulty (double difficulty, int grade)
{
  double change = -w[6] * (grade - 3) * (10 - difficulty) / 9;

  return CLAMP (w[7] * get_first_difficulty (EASY) + (1 - w[7]) * (difficulty + change), 1, 10);
}

static double
get_same_day (double stability, int grade)
{
  double growth = exp (w[17] * (grade - 3 + w[18])) * pow (stability, -w[19]);

  return stability * (grade >= GOOD ? MAX (growth, 1) : growth);
}

static double
get_after_recall (double difficulty, double stability, double retrievability)
{
  return stability
         * (1
            + exp (w[8]) * (11 - difficulty) * pow (stability, -w[9])
                  * (exp ((1 - retrievability) * w[10]) - 1));
}

static double
get_after_lapse (double difficulty, double stability, double retrievability)
{
  double lasting = w[11] * pow (difficulty, -w[12]) * (pow (stability + 1, w[13]) - 1)
                   * exp ((1 - retrievability) * w[14]);

  return MIN (lasting, stability / exp (w[17] * w[18]));
}

/**
 * way_refresher_answer:
 * @self: a skill; all zero before its first answer
 * @days: since the answer before; less than 1 for the same day
 * @is_right: wrong is Again, right is Good
 *
 * Takes one answer into account.
 */
void
way_refresher_answer (WayRefresher *self, double days, gboolean is_right)
{
  int grade = is_right ? GOOD : AGAIN;
  double stability;

  g_return_if_fail (self != NULL);

  if (!self->is_known)
    {
      self->is_known = TRUE;
      self->stability = w[grade - 1];
      self->difficulty = CLAMP (get_first_difficulty (grade), 1, 10);
      return;
    }

  if (days < 1)
    stability = get_same_day (self->stability, grade);
  else
    {
      double retrievability = way_refresher_get_retrievability (self, floor (days));

      stability = is_right ? get_after_recall (self->difficulty, self->stability, retrievability)
                           : get_after_lapse (self->difficulty, self->stability, retrievability);
    }
  self->stability = MAX (stability, LEAST_STABILITY);
  self->difficulty = get_next_difficulty (self->difficulty, grade);
}

/**
 * way_refresher_get_retrievability:
 * @days: since the last answer
 *
 * Returns: how likely the model thinks that the skill is still there; 0 before the first
 *   answer
 */
double
way_refresher_get_retrievability (const WayRefresher *self, double days)
{
  g_return_val_if_fail (self != NULL, 0);

  if (!self->is_known)
    return 0;

  return pow (1 + get_factor () * MAX (days, 0) / self->stability, -w[20]);
}

/**
 * way_refresher_get_interval:
 *
 * Returns: whole days from the last answer to the next, 1 to %WAY_REFRESHER_MOST_DAYS; 0
 *   before the first answer
 */
guint
way_refresher_get_interval (const WayRefresher *self)
{
  double days;

  g_return_val_if_fail (self != NULL, 0);

  if (!self->is_known)
    return 0;

  days = self->stability / get_factor () * (pow (RETENTION, -1 / w[20]) - 1);

  return CLAMP (rint (days), 1, WAY_REFRESHER_MOST_DAYS);
}
