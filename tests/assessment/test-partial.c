/* test-partial.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "joint-fixture.h"
#include "sitting-fixture.h"

#include "assessment/way-rho.h"
#include "assessment/way-trust.h"

#define SEED 20261122

/* A bank whose every third item is worth up to three points. */
static WayBank *
make_bank (guint n_each)
{
  WayBank *bank = way_simulation_make_bank (6, n_each, 4, 0, 3);

  for (guint i = 0; i < bank->items->len; i += 3)
    way_bank_item_set_points (bank->items->pdata[i], 3);
  return bank;
}

/* The probability of a score by the definition: a sum over all scores. */
static double
direct_probability (const WayCurve *curve, double a, double theta, guint score)
{
  double all = 0;
  double wanted = 0;

  for (guint k = 0; k <= curve->n_steps; k++)
    {
      double exponent = 0;

      for (guint v = 0; v < k; v++)
        exponent += a * (theta - curve->steps[v]);
      all += exp (exponent);
      if (k == score)
        wanted = exp (exponent);
    }
  return wanted / all;
}

/* Points become steps one level apart about the author's level, and there is nothing to
 * guess. */
static void
test_points (void)
{
  WayBankItem *item = way_bank_item_new ("p", 0, 3, FALSE, 4, 3, 40);

  way_bank_item_set_points (item, 3);
  g_assert_cmpuint (item->curve.n_steps, ==, 3);
  g_assert_cmpfloat (item->curve.steps[0], ==, -.5);
  g_assert_cmpfloat (item->curve.steps[1], ==, .5);
  g_assert_cmpfloat (item->curve.steps[2], ==, 1.5);
  g_assert_cmpfloat (item->curve.parameters.c, ==, 0);
  way_bank_item_set_points (item, 1);
  g_assert_cmpuint (item->curve.n_steps, ==, 0);
  way_bank_item_free (item);
}

/* At the joint mode the derivatives are zero and the covariance is the inverse of the
 * information, both from direct sums; and the mode is the top of a dense grid. */
static void
test_joint (void)
{
  static const WayCurve curves[] = {
    { { 1.2, 0, 0, 1 }, 3, { -1, 0, 1.5 } },
    { { .7, 0, 0, 1 }, 2, { .5, -.5 } },
    { { 1, .3, .25, 1 }, 0, { 0 } },
    { { 1, 0, 0, 1 }, 4, { -2, -1, 0, 1 } },
  };
  static const guint capability[] = { 0, 1, 1, 0 };
  static const double scores[] = { 2, 1, 1, 0 };
  const double rho = .5;
  WayAnswer answers[4] = { 0 };
  WayPosterior posterior;
  double gradient[2];
  double information[2][2] = { { 1 / (1 - rho * rho), -rho / (1 - rho * rho) },
                               { -rho / (1 - rho * rho), 1 / (1 - rho * rho) } };
  double determinant;
  double best = -HUGE_VAL;
  double top[2] = { 0, 0 };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    answers[i] = (WayAnswer){ curves[i].parameters, capability[i], scores[i], curves[i].n_steps,
                              curves[i].n_steps > 0 ? curves[i].steps : NULL };
  score_joint (2, rho, answers, G_N_ELEMENTS (answers), &posterior);

  for (guint d = 0; d < 2; d++)
    gradient[d] = -(information[d][0] * posterior.mean[0] + information[d][1] * posterior.mean[1]);
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      guint d = capability[i];
      double theta = posterior.mean[d];
      double a = curves[i].parameters.a;
      double mean = 0;
      double variance = 0;

      if (curves[i].n_steps == 0)
        {
          const double h = 1e-5;
          double p = way_irt_probability (&curves[i].parameters, theta);
          double slope = (way_irt_probability (&curves[i].parameters, theta + h)
                          - way_irt_probability (&curves[i].parameters, theta - h))
                         / (2 * h);

          gradient[d] += slope * (scores[i] - p) / (p * (1 - p));
          information[d][d] += slope * slope / (p * (1 - p));
          continue;
        }
      for (guint k = 0; k <= curves[i].n_steps; k++)
        mean += k * direct_probability (&curves[i], a, theta, k);
      for (guint k = 0; k <= curves[i].n_steps; k++)
        variance += (k - mean) * (k - mean) * direct_probability (&curves[i], a, theta, k);
      gradient[d] += a * (scores[i] - mean);
      information[d][d] += a * a * variance;
    }
  g_assert_cmpfloat_with_epsilon (gradient[0], 0, 1e-8);
  g_assert_cmpfloat_with_epsilon (gradient[1], 0, 1e-8);
  determinant = information[0][0] * information[1][1] - information[0][1] * information[1][0];
  g_assert_cmpfloat_with_epsilon (posterior.covariance[0][0], information[1][1] / determinant,
                                  1e-8);
  g_assert_cmpfloat_with_epsilon (posterior.covariance[0][1], -information[0][1] / determinant,
                                  1e-8);

  for (double x = -3; x <= 3; x += .01)
    for (double y = -3; y <= 3; y += .01)
      {
        double sum = -.5 * (x * x - 2 * rho * x * y + y * y) / (1 - rho * rho);

        for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
          {
            double theta = capability[i] == 0 ? x : y;

            if (curves[i].n_steps > 0)
              sum += log (
                  direct_probability (&curves[i], curves[i].parameters.a, theta, scores[i]));
            else
              sum += log (way_irt_probability (&curves[i].parameters, theta));
          }
        if (sum > best)
          {
            best = sum;
            top[0] = x;
            top[1] = y;
          }
      }
  g_assert_cmpfloat_with_epsilon (posterior.mean[0], top[0], .011);
  g_assert_cmpfloat_with_epsilon (posterior.mean[1], top[1], .011);
}

/* The value that a partly right item is chosen by is its information in the formula; halves
 * count as the whole points below, and too many as all. */
static void
test_selection (void)
{
  g_autoptr (WayBank) bank = make_bank (12);
  WaySittingPlan plan = make_plan (WAY_DEPTH_CLOSER, 3);
  g_autoptr (WaySitting) sitting = way_sitting_new (bank, &plan);
  WayAnswer answers[36] = { 0 };
  WayCurve effective[36];
  WaySelection selection;
  guint n_partial = 0;
  guint n = 0;

  while (way_sitting_choose (sitting, &selection))
    {
      const WayBankItem *item = get_item (bank, selection.item);
      guint d = item->capability;
      double given = item->curve.n_steps > 0 ? (n % 3 == 0 ? 9 : 1.5) : n % 2;
      WayPosterior posterior;
      WayEstimate estimate;

      score_joint (6, bank->rho, answers, n, &posterior);
      way_sitting_get_estimate (sitting, d, &estimate);
      g_assert_cmpfloat_with_epsilon (estimate.mean, posterior.mean[d], 1e-9);
      effective[n] = item->curve;
      effective[n].parameters.a = way_irt_attenuate (1, item->sd_b);
      if (n >= 6)
        {
          double information = way_curve_get_information (&effective[n], posterior.mean[d]);
          double reach = 0;

          for (guint j = 0; j < 6; j++)
            reach += posterior.covariance[j][d] * posterior.covariance[j][d];
          g_assert_cmpfloat_with_epsilon (selection.information, information, 1e-8);
          g_assert_cmpfloat_with_epsilon (selection.value,
                                          information * reach
                                              / (1 + information * posterior.covariance[d][d]),
                                          1e-8);
        }
      g_assert_true (way_sitting_answer (sitting, selection.item, given, TRUE));
      answers[n] = (WayAnswer){ effective[n].parameters, d,
                                item->curve.n_steps > 0 ? (n % 3 == 0 ? 3 : 1) : n % 2,
                                item->curve.n_steps,
                                item->curve.n_steps > 0 ? effective[n].steps : NULL };
      n_partial += item->curve.n_steps > 0;
      n++;
    }
  g_assert_cmpuint (n_partial, >, 5);
}

/* People who sit a bank with partly right items are covered as others are, and are known
 * better with as many items. */
static void
test_simulation (void)
{
  g_autoptr (WayBank) partial = make_bank (30);
  g_autoptr (WayBank) plain = way_simulation_make_bank (6, 30, 4, 0, 3);
  WaySimulationPlan plan = { .depth = WAY_DEPTH_CLOSER,
                             .n_people = 400,
                             .seed = SEED,
                             .rho = .6,
                             .author_error = .6,
                             .required = { 2, 2, 2, 2, 2, 2 } };
  WaySimulation result;
  WaySimulation without;

  way_simulation_run (partial, &plan, &result);
  way_simulation_run (plain, &plan, &without);
  g_test_message ("seed %d: coverage %.3f, mean items %.1f, without points %.1f", SEED,
                  result.coverage, result.mean_items, without.mean_items);
  g_assert_cmpfloat (result.coverage, >=, .93);
  g_assert_cmpfloat (result.coverage, <=, .98);
  g_assert_cmpfloat (result.mean_items, <, without.mean_items);
}

/* New items ride along: two, after the opening, and nothing that counts knows of them. */
static void
test_new_items (void)
{
  g_autoptr (WayBank) bank = way_simulation_make_bank (6, 12, 2, 0, 3);
  g_autoptr (WayBank) known = way_simulation_make_bank (6, 12, 2, 0, 3);
  guint n_new = 0;

  for (guint d = 0; d < 6; d++)
    {
      g_autofree char *id = g_strdup_printf ("new%u", d);
      WayBankItem *item = way_bank_item_new (id, d, 2, FALSE, 0, 1, 40);

      item->is_new = TRUE;
      way_bank_add (bank, item);
    }
  for (guint64 seed = 0; seed < 20; seed++)
    {
      WaySittingPlan plan = make_plan (WAY_DEPTH_CLOSER, seed);
      g_autoptr (WaySitting) with = way_sitting_new (bank, &plan);
      g_autoptr (WaySitting) without = way_sitting_new (known, &plan);
      WaySelection selection;
      WaySelection other;
      guint n_here = 0;
      guint n = 0;

      while (way_sitting_choose (with, &selection))
        {
          gboolean is_new = g_str_has_prefix (selection.item, "new");

          g_assert_cmpint (is_new, ==, g_str_equal (selection.reason, "new"));
          if (is_new)
            {
              g_assert_cmpuint (way_sitting_get_n_answered (with), >=, 6);
              n_here++;
            }
          else
            {
              g_assert_true (way_sitting_choose (without, &other));
              g_assert_cmpstr (selection.item, ==, other.item);
              g_assert_true (selection.value == other.value);
              way_sitting_answer (without, other.item, n % 2, TRUE);
            }
          way_sitting_answer (with, selection.item, n % 2, TRUE);
          n += !is_new;
        }
      g_assert_false (way_sitting_choose (without, &other));
      g_assert_cmpuint (n_here, ==, 2);
      n_new += n_here;
    }
  g_assert_cmpuint (n_new, ==, 40);
}

/* Rapid answers are missing: used up, counted in effort, and without a say. */
static void
test_rapid (void)
{
  g_autoptr (WayBank) bank = way_simulation_make_bank (6, 12, 2, 0, 3);
  WaySittingPlan plan = make_plan (WAY_DEPTH_SHORT, 5);
  g_autoptr (WaySitting) sitting = NULL;
  WaySelection selection;
  WayEstimate estimate;

  plan.rapid_share = WAY_EFFORT_RAPID;
  sitting = way_sitting_new (bank, &plan);
  g_assert_true (way_sitting_choose (sitting, &selection));
  /* A tenth of 40 seconds. */
  g_assert_true (way_sitting_is_rapid (sitting, selection.item, 3999));
  g_assert_false (way_sitting_is_rapid (sitting, selection.item, 4000));
  way_sitting_answer (sitting, selection.item, 0, FALSE);
  way_sitting_get_estimate (sitting, selection.capability, &estimate);
  g_assert_cmpuint (estimate.n_items, ==, 0);
  g_assert_cmpfloat_with_epsilon (estimate.mean, 0, 1e-12);
  g_assert_false (way_sitting_is_reportable (sitting));
  for (guint i = 0; i < 9; i++)
    {
      g_assert_true (way_sitting_choose (sitting, &selection));
      way_sitting_answer (sitting, selection.item, 1, TRUE);
    }
  g_assert_true (way_sitting_is_reportable (sitting));

  way_sitting_free (g_steal_pointer (&sitting));
  plan.rapid_share = 0;
  sitting = way_sitting_new (bank, &plan);
  g_assert_false (way_sitting_is_rapid (sitting, selection.item, 0));
  way_sitting_answer (sitting, selection.item, 0, FALSE);
  g_assert_true (way_sitting_is_reportable (sitting));
}

/* The time limit is by the time on the questions. */
static void
test_time (void)
{
  g_autoptr (WayBank) bank = way_simulation_make_bank (6, 12, 2, 0, 3);
  WaySittingPlan plan = make_plan (WAY_DEPTH_SHORT, 5);
  g_autoptr (WaySitting) sitting = NULL;
  WaySelection selection;

  plan.limit_ms = 60000;
  sitting = way_sitting_new (bank, &plan);
  way_sitting_choose (sitting, &selection);
  way_sitting_answer (sitting, selection.item, 1, TRUE);
  way_sitting_add_time (sitting, 59999);
  g_assert_cmpint (way_sitting_get_stop (sitting), ==, WAY_STOP_NONE);
  way_sitting_add_time (sitting, 1);
  g_assert_cmpint (way_sitting_get_stop (sitting), ==, WAY_STOP_TIME);
  g_assert_cmpstr (way_stop_to_string (WAY_STOP_TIME), ==, "time");
}

/* A quarter, or twice the mean share, above which an item is exposed too much. */
static void
test_exposure (void)
{
  g_autoptr (WayBank) bank = way_simulation_make_bank (1, 10, 2, 0, 3);

  g_assert_cmpfloat_with_epsilon (way_bank_get_exposure_limit (bank), .25, 1e-12);
  for (guint i = 0; i < 10; i++)
    ((WayBankItem *) bank->items->pdata[i])->exposure = .2;
  g_assert_cmpfloat_with_epsilon (way_bank_get_exposure_limit (bank), .4, 1e-12);
}

/* Easy ones wrong and hard ones right is odd; what the model draws is not. */
static void
test_fit (void)
{
  g_autoptr (WayBank) bank = way_simulation_make_bank (6, 30, 4, 0, 3);
  WaySittingPlan plan = make_plan (WAY_DEPTH_CLOSER, SEED);
  g_autoptr (WaySitting) odd = way_sitting_new (bank, &plan);
  g_autoptr (WaySitting) usual = way_sitting_new (bank, &plan);
  double p;

  g_assert_cmpfloat (way_sitting_get_fit (odd, 10), ==, 1);
  for (guint i = 0; i < bank->items->len; i += 5)
    {
      const WayBankItem *item = bank->items->pdata[i];

      way_sitting_answer (odd, item->id, item->curve.parameters.b > 0, TRUE);
      way_sitting_answer (usual, item->id, would_be_right (bank, item->id, 0, SEED), TRUE);
    }
  p = way_sitting_get_fit (odd, WAY_PERSON_FIT_DRAWS);
  g_assert_cmpfloat (p, <, WAY_PERSON_FIT_LEAST);
  g_assert_true (p == way_sitting_get_fit (odd, WAY_PERSON_FIT_DRAWS));
  g_assert_cmpfloat (way_sitting_get_fit (usual, WAY_PERSON_FIT_DRAWS), >, .05);
}

/* How the capabilities go together comes out of people who were drawn by it. */
static void
test_rho (void)
{
  static const double truths[] = { .3, .7 };
  g_autoptr (WayBank) bank = make_bank (10);
  const guint n_people = g_test_slow () ? 2000 : 500;
  guint n_items = bank->items->len;

  for (guint t = 0; t < G_N_ELEMENTS (truths); t++)
    {
      g_autofree WayAnswer *answers = g_new0 (WayAnswer, n_people * n_items);
      g_autofree guint *start = g_new0 (guint, n_people + 1);
      WayRho result;

      for (guint v = 0; v < n_people; v++)
        {
          double theta[6];
          WayRandom random;
          double shared;

          way_random_init (&random, SEED, v);
          shared = way_random_normal (&random);
          for (guint d = 0; d < 6; d++)
            theta[d] = sqrt (truths[t]) * shared
                       + sqrt (1 - truths[t]) * way_random_normal (&random);
          start[v] = v * n_items;
          for (guint i = 0; i < n_items; i++)
            {
              const WayBankItem *item = bank->items->pdata[i];

              answers[v * n_items + i] = (WayAnswer){
                item->curve.parameters, item->capability,
                way_curve_draw (&item->curve, theta[item->capability],
                                way_random_uniform (&random)),
                item->curve.n_steps, item->curve.n_steps > 0 ? item->curve.steps : NULL
              };
            }
        }
      start[n_people] = n_people * n_items;
      g_assert_true (way_rho_estimate (6, answers, start, n_people, &result));
      g_test_message ("seed %d, %u people: true %.2f, found %.3f (%.3f)", SEED, n_people, truths[t],
                      result.rho, result.se);
      g_assert_cmpfloat (result.se, <, .03);
      g_assert_cmpfloat (fabs (result.rho - truths[t]), <, .06);
      g_assert_false (way_rho_estimate (6, answers, start, WAY_RHO_LEAST - 1, &result));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/assessment/partial/points", test_points);
  g_test_add_func ("/assessment/partial/joint", test_joint);
  g_test_add_func ("/assessment/partial/selection", test_selection);
  g_test_add_func ("/assessment/partial/simulation", test_simulation);
  g_test_add_func ("/assessment/sitting/new-items", test_new_items);
  g_test_add_func ("/assessment/sitting/rapid", test_rapid);
  g_test_add_func ("/assessment/sitting/time", test_time);
  g_test_add_func ("/assessment/sitting/exposure", test_exposure);
  g_test_add_func ("/assessment/sitting/fit", test_fit);
  g_test_add_func ("/assessment/rho/recovery", test_rho);

  return g_test_run ();
}
