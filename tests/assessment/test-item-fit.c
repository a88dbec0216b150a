/* test-item-fit.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <math.h>
#include <string.h>

#include "assessment/way-item-fit.h"
#include "assessment/way-random.h"

#define SEED 20261122
#define PERSON_ITEMS 6
#define N_ITEMS 24
#define N_PEOPLE 3000

/* P(score) by the formulas themselves, apart from what is tested. */
static double
get_probability (const WayCurve *curve, double theta, guint score)
{
  const WayParameters *p = &curve->parameters;
  double parts[WAY_MAX_STEPS + 1];
  double sum = 0;
  double exponent = 0;

  if (curve->n_steps == 0)
    {
      double right = p->c + (p->d - p->c) / (1 + exp (-p->a * (theta - p->b)));

      return score == 1 ? right : 1 - right;
    }
  for (guint k = 0; k <= curve->n_steps; k++)
    {
      if (k > 0)
        exponent += p->a * (theta - curve->steps[k - 1]);
      parts[k] = exp (exponent);
      sum += parts[k];
    }
  return parts[score] / sum;
}

static void
get_moments (const WayCurve *curve, double theta, double *mean, double *variance)
{
  guint most = MAX (curve->n_steps, 1);
  double squares = 0;

  *mean = 0;
  for (guint k = 0; k <= most; k++)
    {
      *mean += k * get_probability (curve, theta, k);
      squares += k * k * get_probability (curve, theta, k);
    }
  *variance = squares - *mean * *mean;
}

/* Four people, three items of every kind, some not asked, a group that is not standard: each
 * mean square is Σ over people of ∫ residual² by its posterior, summed up as it is written, on
 * many more places than the nodes. */
static void
test_by_hand (void)
{
  static const WayCurve curves[] = {
    { { 1.2, -.5, 0, 1 }, 0, { 0 } },
    { { .8, .7, .25, 1 }, 0, { 0 } },
    { { .9, 0, 0, 1 }, 2, { -.4, .9 } },
  };
  static const int scores[4][3] = { { 1, 0, 2 }, { 0, -1, 1 }, { 1, 1, -1 }, { 0, 1, 0 } };
  const double mean = .4;
  const double sd = 1.3;
  WaySheetEntry entries[12];
  g_autoptr (WaySheet) sheet = NULL;
  double infit[3];
  double outfit[3];
  guint counts[3];
  guint n = 0;

  for (guint v = 0; v < 4; v++)
    for (guint i = 0; i < 3; i++)
      if (scores[v][i] >= 0)
        entries[n++] = (WaySheetEntry){ v, i, scores[v][i] };
  sheet = way_sheet_new (4, 3, entries, n);
  way_item_fit (sheet, curves, mean, sd, infit, outfit, counts);

  for (guint i = 0; i < 3; i++)
    {
      double above = 0;
      double below = 0;
      double standardised = 0;
      guint answers = 0;

      for (guint v = 0; v < 4; v++)
        {
          double total = 0;
          double squares = 0;
          double variances = 0;
          double ratios = 0;

          if (scores[v][i] < 0)
            continue;
          answers++;
          for (int q = -12000; q <= 12000; q++)
            {
              double theta = mean + sd * q / 1000.0;
              double weight = exp (-.5 * pow (q / 1000.0, 2));
              double expected;
              double variance;

              for (guint k = 0; k < 3; k++)
                if (scores[v][k] >= 0)
                  weight *= get_probability (&curves[k], theta, scores[v][k]);
              get_moments (&curves[i], theta, &expected, &variance);
              total += weight;
              squares += weight * pow (scores[v][i] - expected, 2);
              variances += weight * variance;
              ratios += weight * pow (scores[v][i] - expected, 2) / variance;
            }
          above += squares / total;
          below += variances / total;
          standardised += ratios / total;
        }
      g_test_message ("item %u: infit %.9f, outfit %.9f", i, infit[i], outfit[i]);
      g_assert_cmpuint (counts[i], ==, answers);
      g_assert_cmpfloat_with_epsilon (infit[i], above / below, 1e-6);
      g_assert_cmpfloat_with_epsilon (outfit[i], standardised / answers, 1e-6);
    }
}

/* Where somebody stands after the answers so far, on a coarse grid. */
static double
find_place (const WayCurve *curves, const WaySheetEntry *entries, guint n)
{
  double total = 0;
  double sum = 0;

  for (int q = -40; q <= 40; q++)
    {
      double theta = q / 10.0;
      double weight = exp (-.5 * theta * theta);

      for (guint k = 0; k < n; k++)
        weight *= get_probability (&curves[entries[k].item], theta, entries[k].score);
      total += weight;
      sum += weight * theta;
    }
  return sum / total;
}

/* People who are given, after one item (by @is_chosen: the one of their own true level, of
 * which the answers know nothing), always the nearest to where they stand. */
static WaySheet *
draw_adaptive (const WayCurve *curves, gboolean is_chosen)
{
  g_autofree WaySheetEntry *entries = g_new0 (WaySheetEntry, N_PEOPLE * PERSON_ITEMS);

  for (guint v = 0; v < N_PEOPLE; v++)
    {
      WaySheetEntry *mine = entries + v * PERSON_ITEMS;
      gboolean is_asked[N_ITEMS] = { FALSE };
      WayRandom random;
      double theta;

      way_random_init (&random, SEED, v);
      theta = way_random_normal (&random);
      for (guint k = 0; k < PERSON_ITEMS; k++)
        {
          double place = k > 0 ? find_place (curves, mine, k) : is_chosen ? theta : 0;
          guint best = N_ITEMS;

          for (guint i = 0; i < N_ITEMS; i++)
            if (!is_asked[i]
                && (best == N_ITEMS
                    || fabs (curves[i].parameters.b - place)
                           < fabs (curves[best].parameters.b - place)))
              best = i;
          is_asked[best] = TRUE;
          mine[k] = (WaySheetEntry){
            v, best, way_random_uniform (&random) < get_probability (&curves[best], theta, 1)
          };
        }
    }
  return way_sheet_new (N_PEOPLE, N_ITEMS, entries, N_PEOPLE * PERSON_ITEMS);
}

/* That items are chosen by the answers so far does not make them fit worse: the mean squares
 * of right curves stay about 1, also of those that only few are given. */
static void
test_adaptive (void)
{
  WayCurve curves[N_ITEMS];
  g_autoptr (WaySheet) sheet = NULL;
  double infit[N_ITEMS];
  double outfit[N_ITEMS];
  guint n[N_ITEMS];
  guint n_judged = 0;

  memset (curves, 0, sizeof curves);
  for (guint i = 0; i < N_ITEMS; i++)
    curves[i].parameters = (WayParameters){ 1, -2.6 + 5.2 * i / (N_ITEMS - 1), 0, 1 };
  sheet = draw_adaptive (curves, FALSE);
  way_item_fit (sheet, curves, 0, 1, infit, outfit, n);
  for (guint i = 0; i < N_ITEMS; i++)
    {
      g_test_message ("seed %d, item at %.2f, %u answers: infit %.3f, outfit %.3f", SEED,
                      curves[i].parameters.b, n[i], infit[i], outfit[i]);
      if (n[i] < 100)
        continue;
      n_judged++;
      g_assert_cmpfloat_with_epsilon (infit[i], 1, 3 / sqrt (n[i]) + .02);
      g_assert_cmpfloat_with_epsilon (outfit[i], 1, 4 / sqrt (n[i]) + .02);
    }
  g_assert_cmpuint (n_judged, >, 10);
}

/* What does: a difficulty that is wrong, as an author's can be, of an item that nearly everybody
 * can do; and a choice by what the answers do not tell, as by how people rate themselves. */
static void
test_misfit (void)
{
  WayCurve curves[N_ITEMS];
  WayCurve said[N_ITEMS];
  g_autoptr (WaySheet) sheet = NULL;
  g_autoptr (WaySheet) chosen = NULL;
  double infit[N_ITEMS];
  double outfit[N_ITEMS];
  double infit_chosen[N_ITEMS];
  double outfit_chosen[N_ITEMS];
  guint n[N_ITEMS];
  guint n_chosen[N_ITEMS];

  memset (curves, 0, sizeof curves);
  for (guint i = 0; i < N_ITEMS; i++)
    curves[i].parameters = (WayParameters){ 1, -2.6 + 5.2 * i / (N_ITEMS - 1), 0, 1 };
  sheet = draw_adaptive (curves, FALSE);
  memcpy (said, curves, sizeof said);
  said[5].parameters.b -= 1.2;
  way_item_fit (sheet, said, 0, 1, infit, outfit, n);
  g_test_message ("a judged difficulty 1.2 too low: infit %.3f, outfit %.3f of %u answers",
                  infit[5], outfit[5], n[5]);
  g_assert_cmpfloat (infit[5], >, 1.1);
  g_assert_cmpfloat (outfit[5], >, 1.1);

  chosen = draw_adaptive (curves, TRUE);
  way_item_fit (chosen, curves, 0, 1, infit_chosen, outfit_chosen, n_chosen);
  for (guint i = 0; i < N_ITEMS; i += N_ITEMS - 1)
    {
      g_test_message ("given to those who are there: infit %.3f, outfit %.3f of %u answers",
                      infit_chosen[i], outfit_chosen[i], n_chosen[i]);
      g_assert_cmpfloat (infit_chosen[i], >, 1.3);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/assessment/item-fit/by-hand", test_by_hand);
  g_test_add_func ("/assessment/item-fit/adaptive", test_adaptive);
  g_test_add_func ("/assessment/item-fit/misfit", test_misfit);

  return g_test_run ();
}
