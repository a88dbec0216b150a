/* test-scale.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <math.h>
#include <string.h>

#include "assessment/way-random.h"
#include "assessment/way-scale.h"

#define MOST 60

/* Answers to items of all kinds, by nobody in particular: many of them contradict each
 * other, which is what makes several modes. */
static guint
draw (WayRandom *random, WayCurve *curves, WayScored *answers)
{
  guint n = 1 + way_random_range (random, 24);

  for (guint i = 0; i < n; i++)
    {
      WayCurve *curve = &curves[i];

      memset (curve, 0, sizeof *curve);
      curve->parameters.a = .5 + 2 * way_random_uniform (random);
      curve->parameters.b = 1.5 * way_random_normal (random);
      curve->parameters.c = way_random_range (random, 3) * .125;
      curve->parameters.d = way_random_range (random, 4) == 0 ? .95 : 1;
      if (way_random_range (random, 4) == 0)
        {
          curve->n_steps = 2 + way_random_range (random, 3);
          for (guint k = 0; k < curve->n_steps; k++)
            curve->steps[k] = 1.5 * way_random_normal (random);
        }
      answers[i].curve = curve;
      answers[i].score = way_random_range (random, way_curve_get_most (curve) + 1);
    }

  return n;
}

/* P(score) written out: sums of exponentials for steps. */
static double
get_probability (const WayCurve *curve, double theta, guint score)
{
  const WayParameters *p = &curve->parameters;
  double sum = 0;
  double own = 0;

  if (curve->n_steps == 0)
    {
      double right = p->c + (p->d - p->c) / (1 + exp (-p->a * (theta - p->b)));

      return score == 1 ? right : 1 - right;
    }
  for (guint k = 0; k <= curve->n_steps; k++)
    {
      double exponent = 0;

      for (guint v = 0; v < k; v++)
        exponent += p->a * (theta - curve->steps[v]);
      sum += exp (exponent);
      if (k == score)
        own = exp (exponent);
    }

  return own / sum;
}

static double
get_log_likelihood (const WayScored *answers, guint n, double theta)
{
  double sum = 0;

  for (guint i = 0; i < n; i++)
    sum += log (get_probability (answers[i].curve, theta, answers[i].score));

  return sum;
}

static void
test_curves (void)
{
  WayRandom random;
  WayCurve curves[MOST];
  WayScored answers[MOST];
  const double h = 1e-4;

  way_random_init (&random, 20261101, 0);
  for (guint round = 0; round < 40; round++)
    {
      guint n = draw (&random, curves, answers);

      for (guint i = 0; i < n; i++)
        for (double theta = -4; theta <= 4; theta += .5)
          {
            const WayCurve *curve = &curves[i];
            guint most = way_curve_get_most (curve);
            double probabilities[WAY_MAX_STEPS + 1];
            double information = 0;
            double bias = 0;
            double mean = 0;
            double variance = 0;
            double expected_variance;
            double total = 0;
            WayTangent tangent;

            way_curve_get_probabilities (curve, theta, probabilities);
            for (guint k = 0; k <= most; k++)
              {
                double p = get_probability (curve, theta, k);
                double up = get_probability (curve, theta + h, k);
                double down = get_probability (curve, theta - h, k);
                double slope = (up - down) / (2 * h);
                double bend = (up - 2 * p + down) / (h * h);

                g_assert_cmpfloat_with_epsilon (probabilities[k], p, 1e-13);
                g_assert_cmpfloat_with_epsilon (way_curve_log_likelihood (curve, theta, k), log (p),
                                                1e-9);
                way_curve_get_tangent (curve, theta, k, &tangent);
                g_assert_cmpfloat_with_epsilon (tangent.score, slope / p, 1e-5);
                total += p;
                mean += k * p;
                variance += k * k * p;
                information += slope * slope / p;
                bias += slope * bend / p;
              }
            variance -= mean * mean;
            g_assert_cmpfloat_with_epsilon (total, 1, 1e-12);
            g_assert_cmpfloat_with_epsilon (way_curve_get_expected (curve, theta,
                                                                    &expected_variance),
                                            mean, 1e-12);
            g_assert_cmpfloat_with_epsilon (expected_variance, variance, 1e-9);
            g_assert_cmpfloat_with_epsilon (tangent.information, information,
                                            1e-5 + 1e-5 * information);
            g_assert_cmpfloat_with_epsilon (tangent.bias, bias, 1e-4 + 1e-4 * fabs (bias));
          }
    }
}

/* One step is the two-parameter model: the two kinds agree. */
static void
test_one_step (void)
{
  const WayCurve plain = { { 1.3, .4, 0, 1 } };
  const WayCurve step = { { 1.3, 0, 0, 1 }, 1, { .4 } };

  for (double theta = -6; theta <= 6; theta += .5)
    for (guint score = 0; score <= 1; score++)
      {
        WayTangent a;
        WayTangent b;

        way_curve_get_tangent (&plain, theta, score, &a);
        way_curve_get_tangent (&step, theta, score, &b);
        g_assert_cmpfloat_with_epsilon (a.score, b.score, 1e-12);
        g_assert_cmpfloat_with_epsilon (a.information, b.information, 1e-12);
        g_assert_cmpfloat_with_epsilon (a.bias, b.bias, 1e-12);
        g_assert_cmpfloat_with_epsilon (way_curve_log_likelihood (&plain, theta, score),
                                        way_curve_log_likelihood (&step, theta, score), 1e-12);
      }
}

/* The posterior's mean and SD against 24,001 nodes, for sittings as they are: at most
 * twelve answers to items that are not needles, which 61 nodes would step over. */
static void
test_eap (void)
{
  WayRandom random;
  WayCurve curves[MOST];
  WayScored answers[MOST];

  way_random_init (&random, 20261102, 0);
  for (guint round = 0; round < 60; round++)
    {
      guint n = MIN (draw (&random, curves, answers), 12);
      double prior_mean = round % 3 == 0 ? .25 : 0;
      double prior_sd = round % 2 == 0 ? .9 : .8;
      double sums[3] = { 0 };
      double mean;
      WayPlace place;

      for (guint i = 0; i < n; i++)
        curves[i].parameters.a = MIN (curves[i].parameters.a, curves[i].n_steps > 0 ? .6 : 1.5);
      for (int q = -12000; q <= 12000; q++)
        {
          double theta = q / 2000.0;
          double z = (theta - prior_mean) / prior_sd;
          double weight = exp (get_log_likelihood (answers, n, theta) - .5 * z * z);

          if (q == -12000 || q == 12000)
            weight /= 2;
          sums[0] += weight;
          sums[1] += weight * theta;
          sums[2] += weight * theta * theta;
        }
      mean = sums[1] / sums[0];
      way_scale_estimate (answers, n, WAY_METHOD_EAP, prior_mean, prior_sd, &place);
      g_assert_cmpfloat_with_epsilon (place.theta, mean, 1e-8);
      g_assert_cmpfloat_with_epsilon (place.se, sqrt (sums[2] / sums[0] - mean * mean), 1e-8);
      g_assert_false (place.is_bound);
    }
}

/* What each estimator makes as large as can be, on a dense grid: nothing there is higher,
 * and inside the scale its slope is 0. Patterns with several modes are among them. */
static void
test_modes (void)
{
  WayRandom random;
  WayCurve curves[MOST];
  WayScored answers[MOST];
  guint n_multimodal = 0;
  guint n_bound = 0;

  way_random_init (&random, 20261103, 0);
  for (guint round = 0; round < 400; round++)
    {
      guint n = draw (&random, curves, answers);

      /* Steep, guessed items in most rounds: what makes several tops. */
      for (guint i = 0; i < n && round % 4 > 0; i++)
        {
          if (curves[i].n_steps > 0)
            answers[i].score = MIN (answers[i].score, 1);
          curves[i].n_steps = 0;
          curves[i].parameters.a *= 2;
          curves[i].parameters.c = .25;
        }

      for (WayMethod method = WAY_METHOD_ML; method <= WAY_METHOD_WL; method++)
        {
          double best = -HUGE_VAL;
          double best_theta = 0;
          double weight = 0;
          double before = 0;
          double at_place = -HUGE_VAL;
          double slope = 0;
          double information = 0;
          double bias = 0;
          WayPlace place;

          way_scale_estimate (answers, n, method, .3, 1.2, &place);
          g_assert_cmpfloat (fabs (place.theta), <=, 6);
          for (int q = -3000; q <= 3000; q++)
            {
              double theta = q / 500.0;
              double height = get_log_likelihood (answers, n, theta);

              if (method == WAY_METHOD_BM)
                height -= .5 * (theta - .3) * (theta - .3) / 1.44;
              if (method == WAY_METHOD_WL)
                {
                  double i = 0;
                  double j = 0;

                  for (guint k = 0; k < n; k++)
                    {
                      WayTangent tangent;

                      way_curve_get_tangent (answers[k].curve, theta, answers[k].score, &tangent);
                      i += tangent.information;
                      j += tangent.bias;
                    }
                  if (q > -3000)
                    weight += .002 * (before + j / (2 * i)) / 2;
                  before = j / (2 * i);
                  height += weight;
                }
              if (height > best)
                {
                  best = height;
                  best_theta = theta;
                }
              if (fabs (theta - place.theta) <= .001 + 1e-12)
                at_place = MAX (at_place, height);
            }

          for (guint k = 0; k < n; k++)
            {
              WayTangent tangent;

              way_curve_get_tangent (answers[k].curve, place.theta, answers[k].score, &tangent);
              slope += tangent.score;
              information += tangent.information;
              bias += tangent.bias;
            }
          if (method == WAY_METHOD_BM)
            slope -= (place.theta - .3) / 1.44;
          if (method == WAY_METHOD_WL)
            slope += bias / (2 * information);
          if (method == WAY_METHOD_BM)
            information += 1 / 1.44;
          g_assert_cmpfloat_with_epsilon (place.se, 1 / sqrt (information), 1e-9 * place.se);

          if (place.is_bound)
            {
              n_bound++;
              g_assert_cmpfloat (fabs (place.theta), ==, 6);
              g_assert_cmpfloat (slope * place.theta, >=, 0);
            }
          else
            g_assert_cmpfloat_with_epsilon (slope, 0, 1e-8);
          /* Two tops of one height are one as good as the other. */
          if (fabs (best_theta - place.theta) > .01)
            g_assert_cmpfloat_with_epsilon (at_place, best, 1e-4);
          n_multimodal += place.n_modes > 1;
        }
    }
  g_test_message ("seed 20261103: %u of 1200 with several modes, %u at an end", n_multimodal,
                  n_bound);
  g_assert_cmpuint (n_multimodal, >, 100);
  g_assert_cmpuint (n_bound, >, 20);
}

/* One easy item wrong, three hard ones right: somebody able who slipped, or somebody not
 * able who guessed three times. Both are tops; the higher is taken. */
static void
test_two_tops (void)
{
  const WayCurve easy = { { 2, -1, .25, 1 } };
  const WayCurve hard = { { 2.5, .5, .2, 1 } };
  WayScored answers[] = { { &easy, 0 }, { &hard, 1 }, { &hard, 1 }, { &hard, 1 } };
  WayPlace place;

  way_scale_estimate (answers, 4, WAY_METHOD_ML, 0, 1, &place);
  g_assert_cmpuint (place.n_modes, ==, 2);
  g_assert_cmpfloat (place.theta, >, .5);
  for (double theta = -6; theta <= 6; theta += .01)
    g_assert_cmpfloat (get_log_likelihood (answers, 4, theta), <=,
                       get_log_likelihood (answers, 4, place.theta) + 1e-12);

  /* With one right less, the guess is the better story. */
  way_scale_estimate (answers, 3, WAY_METHOD_ML, 0, 1, &place);
  for (double theta = -6; theta <= 6; theta += .01)
    g_assert_cmpfloat (get_log_likelihood (answers, 3, theta), <=,
                       get_log_likelihood (answers, 3, place.theta) + 1e-12);
}

static void
test_all_alike (void)
{
  WayCurve curves[10];
  WayScored answers[10];

  for (guint i = 0; i < 10; i++)
    curves[i] = (WayCurve){ { 1, i * .4 - 1.8, 0, 1 } };
  for (int right = 0; right <= 1; right++)
    {
      double sign = right ? 1 : -1;
      WayPlace place;

      for (guint i = 0; i < 10; i++)
        answers[i] = (WayScored){ &curves[i], right };
      way_scale_estimate (answers, 10, WAY_METHOD_ML, 0, 1, &place);
      g_assert_cmpfloat (place.theta, ==, sign * 6);
      g_assert_true (place.is_bound);
      g_assert_cmpfloat (place.se, >, 3);
      for (WayMethod method = WAY_METHOD_EAP; method <= WAY_METHOD_WL; method++)
        {
          if (method == WAY_METHOD_ML)
            continue;
          way_scale_estimate (answers, 10, method, 0, 1, &place);
          g_assert_false (place.is_bound);
          g_assert_cmpfloat (sign * place.theta, >, .8);
          g_assert_cmpfloat (sign * place.theta, <, 5);
        }
    }

  /* Nothing answered. */
  {
    WayPlace place;

    way_scale_estimate (NULL, 0, WAY_METHOD_EAP, 0, 1, &place);
    g_assert_cmpfloat_with_epsilon (place.theta, 0, 1e-12);
    g_assert_cmpfloat_with_epsilon (place.se, 1, 1e-6);
    way_scale_estimate (NULL, 0, WAY_METHOD_BM, .7, 2, &place);
    g_assert_cmpfloat_with_epsilon (place.theta, .7, 1e-9);
    g_assert_cmpfloat_with_epsilon (place.se, 2, 1e-12);
    way_scale_estimate (NULL, 0, WAY_METHOD_ML, 0, 1, &place);
    g_assert_true (isnan (place.theta) && place.is_bound);
  }
}

/* Far too many answers for one product of probabilities. */
static void
test_many (void)
{
  g_autofree WayScored *answers = g_new (WayScored, 4000);
  const WayCurve easy = { { 1.5, -1, 0, 1 } };
  const WayCurve hard = { { 1.5, 1, 0, 1 } };
  WayPlace eap;
  WayPlace bm;

  for (guint i = 0; i < 4000; i++)
    answers[i] = (WayScored){ i % 2 ? &easy : &hard, i % 4 < 2 };
  way_scale_estimate (answers, 4000, WAY_METHOD_BM, 0, 1, &bm);
  way_scale_estimate (answers, 400, WAY_METHOD_EAP, 0, 1, &eap);
  g_assert_cmpfloat_with_epsilon (bm.theta, 0, 1e-9);
  g_assert_cmpfloat_with_epsilon (eap.theta, 0, 1e-9);
  way_scale_estimate (answers, 4000, WAY_METHOD_EAP, 0, 1, &eap);
  g_assert_true (isfinite (eap.theta) && isfinite (eap.se));
}

static void
test_check (void)
{
  static const struct
  {
    WayCurve curve;
    gboolean is_good;
  } rows[] = {
    { { { 1, 0, 0, 1 } }, TRUE },
    { { { 0, 0, 0, 1 } }, FALSE },
    { { { -1, 0, 0, 1 } }, FALSE },
    { { { NAN, 0, 0, 1 } }, FALSE },
    { { { 1, NAN, 0, 1 } }, FALSE },
    { { { 1, 0, .5, .5 } }, FALSE },
    { { { 1, 0, .6, .5 } }, FALSE },
    { { { 1, 0, -.1, 1 } }, FALSE },
    { { { 1, 0, 0, 1.1 } }, FALSE },
    { { { 1, NAN, 0, 1 }, 2, { 0, 1 } }, TRUE },
    { { { 1, 0, 0, 1 }, 2, { 0, INFINITY } }, FALSE },
    { { { 1, 0, 0, 1 }, WAY_MAX_STEPS + 1, { 0 } }, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *reason = NULL;

      g_assert_true (way_curve_check (&rows[i].curve, &reason) == rows[i].is_good);
      g_assert_true ((reason == NULL) == rows[i].is_good);
    }
}

static void
test_speed (void)
{
  WayCurve curves[60];
  WayScored answers[60];
  const guint n = 500;
  gint64 started;
  double each;
  WayPlace place;

  for (guint i = 0; i < 60; i++)
    {
      curves[i] = (WayCurve){ { 1, i * .1 - 3, i % 2 * .25, 1 } };
      answers[i] = (WayScored){ &curves[i], i < 35 };
    }
  started = g_get_monotonic_time ();
  for (guint i = 0; i < n; i++)
    way_scale_estimate (answers, 60, WAY_METHOD_EAP, 0, 1, &place);
  each = (double) (g_get_monotonic_time () - started) / n;
  g_test_message ("%.1f microseconds for EAP of 60 answers, aim 100", each);
  g_assert_cmpfloat (each, <, 10000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/assessment/scale/curves", test_curves);
  g_test_add_func ("/assessment/scale/one-step", test_one_step);
  g_test_add_func ("/assessment/scale/eap", test_eap);
  g_test_add_func ("/assessment/scale/modes", test_modes);
  g_test_add_func ("/assessment/scale/two-tops", test_two_tops);
  g_test_add_func ("/assessment/scale/all-alike", test_all_alike);
  g_test_add_func ("/assessment/scale/many", test_many);
  g_test_add_func ("/assessment/scale/check", test_check);
  g_test_add_func ("/assessment/scale/speed", test_speed);

  return g_test_run ();
}
