/* test-irt.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "joint-fixture.h"

#include <math.h>
#include <string.h>

#include "assessment/way-irt.h"
#include "assessment/way-random.h"

static const WayParameters shapes[] = {
  { 1, 0, 0, 1 },   { 1, -2.6, 0, 1 },  { .862, 1.5, .25, 1 }, { 1.7, -.5, .2, .95 },
  { .5, 2, .5, 1 }, { 2.5, 0, .25, 1 }, { 1, -1.5, .3333, 1 }, { 1, .5, 0, .9 },
};

static void
test_probability (void)
{
  /* By hand: 1/(1 + e^-1), and a quarter of the rest guessed. */
  const WayParameters plain = { 1, 0, 0, 1 };
  const WayParameters guessed = { 1, 0, .25, 1 };
  const WayParameters steep = { 2, 1, .2, .9 };

  g_assert_cmpfloat_with_epsilon (way_irt_probability (&plain, 1), .7310585786300049, 1e-15);
  g_assert_cmpfloat_with_epsilon (way_irt_probability (&guessed, 0), .625, 1e-15);
  g_assert_cmpfloat_with_epsilon (way_irt_probability (&steep, 0), .2 + .7 * .11920292202211755,
                                  1e-15);
  g_assert_cmpfloat_with_epsilon (way_irt_information (&plain, 0), .25, 1e-15);

  /* Far out, everything stays a number. */
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    for (double theta = -2000; theta <= 2000; theta += 500)
      {
        g_assert_true (isfinite (way_irt_probability (&shapes[i], theta)));
        g_assert_true (isfinite (way_irt_information (&shapes[i], theta)));
        g_assert_cmpfloat (way_irt_information (&shapes[i], theta), >=, 0);
      }
}

/* Information is P′²/(PQ), with P′ from differences. */
static void
test_information (void)
{
  const double h = 1e-5;

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    for (double theta = -4; theta <= 4; theta += .25)
      {
        double p = way_irt_probability (&shapes[i], theta);
        double slope = (way_irt_probability (&shapes[i], theta + h)
                        - way_irt_probability (&shapes[i], theta - h))
                       / (2 * h);
        double expected = slope * slope / (p * (1 - p));

        g_assert_cmpfloat_with_epsilon (way_irt_information (&shapes[i], theta), expected,
                                        1e-8 + 1e-7 * expected);
      }
}

static void
test_attenuate (void)
{
  g_assert_cmpfloat_with_epsilon (way_irt_attenuate (1, 0), 1, 1e-15);
  g_assert_cmpfloat_with_epsilon (way_irt_attenuate (1, 1.702), 1 / sqrt (2), 1e-15);
  g_assert_cmpfloat_with_epsilon (way_irt_attenuate (2, .6), 2 / sqrt (1 + 4 * .36 / 2.896804),
                                  1e-12);
  g_assert_cmpfloat (way_irt_attenuate (1, 1), <, way_irt_attenuate (1, .6));
}

static void
test_normal (void)
{
  static const struct
  {
    double z;
    double p;
  } rows[] = {
    { 0, .5 },
    { 1, .8413447460685429 },
    { -1, .15865525393145707 },
    { 1.959963984540054, .975 },
    { -6, 9.865876450376946e-10 },
    { 40, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpfloat_with_epsilon (way_irt_normal_cdf (rows[i].z), rows[i].p, 1e-15);
}

static guint
draw_answers (WayRandom *random, guint n_capabilities, guint n, WayAnswer *answers)
{
  for (guint i = 0; i < n; i++)
    {
      answers[i].parameters.a = .6 + way_random_uniform (random);
      answers[i].parameters.b = 1.5 * way_random_normal (random);
      answers[i].parameters.c = way_random_range (random, 2) * .25;
      answers[i].parameters.d = 1;
      answers[i].capability = way_random_range (random, n_capabilities);
      answers[i].score = way_random_range (random, 3) > 0;
    }

  return n;
}

static double
log_posterior (double rho, const WayAnswer *answers, guint n, double x, double y)
{
  double value = -.5 * (x * x - 2 * rho * x * y + y * y) / (1 - rho * rho);

  for (guint i = 0; i < n; i++)
    {
      double p = way_irt_probability (&answers[i].parameters, answers[i].capability == 0 ? x : y);

      value += log (answers[i].score >= 1 ? p : 1 - p);
    }

  return value;
}

/* Two capabilities against every point of a grid. */
static void
test_joint_grid (void)
{
  WayRandom random;

  way_random_init (&random, 20261, 0);
  for (guint round = 0; round < 20; round++)
    {
      WayAnswer answers[14] = { 0 };
      WayPosterior posterior;
      double rho = .1 + .04 * round;
      guint n = draw_answers (&random, 2, 14, answers);
      double best = -HUGE_VAL;
      double best_x = 0;
      double best_y = 0;

      score_joint (2, rho, answers, n, &posterior);
      for (int i = -200; i <= 200; i++)
        for (int j = -200; j <= 200; j++)
          {
            double value = log_posterior (rho, answers, n, i * .02, j * .02);

            if (value > best)
              {
                best = value;
                best_x = i * .02;
                best_y = j * .02;
              }
          }

      g_assert_cmpfloat_with_epsilon (posterior.mean[0], best_x, .0201);
      g_assert_cmpfloat_with_epsilon (posterior.mean[1], best_y, .0201);
      g_assert_cmpfloat (log_posterior (rho, answers, n, posterior.mean[0], posterior.mean[1]), >=,
                         best);
    }
}

/* R⁻¹ by elimination: what the closed form in the code is held against. */
static void
invert (guint n, double a[][WAY_MAX_CAPABILITIES], double b[][WAY_MAX_CAPABILITIES])
{
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++)
      b[i][j] = i == j;

  for (guint k = 0; k < n; k++)
    {
      double pivot = a[k][k];

      for (guint j = 0; j < n; j++)
        {
          a[k][j] /= pivot;
          b[k][j] /= pivot;
        }
      for (guint i = 0; i < n; i++)
        {
          double factor = a[i][k];

          for (guint j = 0; i != k && j < n; j++)
            {
              a[i][j] -= factor * a[k][j];
              b[i][j] -= factor * b[k][j];
            }
        }
    }
}

/* At the mode the score is zero, and the covariance is the inverse of R⁻¹ + diag (I). */
static void
test_joint_equations (void)
{
  WayRandom random;

  way_random_init (&random, 20262, 0);
  for (guint round = 0; round < 200; round++)
    {
      guint n = 1 + way_random_range (&random, WAY_MAX_CAPABILITIES);
      double rho = .9 * way_random_uniform (&random);
      double r[WAY_MAX_CAPABILITIES][WAY_MAX_CAPABILITIES];
      double h[WAY_MAX_CAPABILITIES][WAY_MAX_CAPABILITIES];
      double score[WAY_MAX_CAPABILITIES] = { 0 };
      WayAnswer answers[60] = { 0 };
      WayPosterior posterior;
      guint n_answers = draw_answers (&random, n, way_random_range (&random, 61), answers);

      score_joint (n, rho, answers, n_answers, &posterior);
      g_assert_cmpuint (posterior.n, ==, n);

      for (guint i = 0; i < n; i++)
        for (guint j = 0; j < n; j++)
          r[i][j] = i == j ? 1 : rho;
      invert (n, r, h);
      for (guint i = 0; i < n; i++)
        for (guint j = 0; j < n; j++)
          score[i] -= h[i][j] * posterior.mean[j];
      for (guint i = 0; i < n_answers; i++)
        {
          guint d = answers[i].capability;
          const WayParameters *item = &answers[i].parameters;
          double e = 1 / (1 + exp (-item->a * (posterior.mean[d] - item->b)));
          double p = item->c + (1 - item->c) * e;
          double slope = (1 - item->c) * item->a * e * (1 - e);

          score[d] += slope * (answers[i].score - p) / (p * (1 - p));
          h[d][d] += slope * slope / (p * (1 - p));
        }

      for (guint i = 0; i < n; i++)
        {
          g_assert_cmpfloat_with_epsilon (score[i], 0, 1e-6);
          for (guint j = 0; j < n; j++)
            {
              double product = 0;

              for (guint k = 0; k < n; k++)
                product += h[i][k] * posterior.covariance[k][j];
              g_assert_cmpfloat_with_epsilon (product, i == j, 1e-9);
            }
        }
    }
}

/* Where guessing makes the expected information far smaller than the curvature, whole
 * steps would swing for ever. */
static void
test_joint_all_wrong (void)
{
  WayAnswer answers[72] = { 0 };
  WayPosterior posterior;

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      answers[i].parameters = (WayParameters){ 1, 0, .5, 1 };
      answers[i].capability = i % 6;
      answers[i].score = 0;
    }
  score_joint (6, .9, answers, G_N_ELEMENTS (answers), &posterior);

  for (guint d = 0; d < 6; d++)
    {
      double e = 1 / (1 + exp (-posterior.mean[d]));
      /* All alike: R⁻¹θ is θ divided by the sum of a row of R. */
      double score = -posterior.mean[d] / (1 + 5 * .9) - 12 * e;

      g_assert_cmpfloat (posterior.mean[d], <, -1);
      g_assert_cmpfloat_with_epsilon (score, 0, 1e-6);
    }
}

static void
test_prior (void)
{
  WayPosterior posterior;
  WayPrior prior;
  double sd;

  score_joint (6, .5, NULL, 0, &posterior);
  for (guint i = 0; i < 6; i++)
    {
      g_assert_cmpfloat_with_epsilon (posterior.mean[i], 0, 1e-15);
      for (guint j = 0; j < 6; j++)
        g_assert_cmpfloat_with_epsilon (posterior.covariance[i][j], i == j ? 1 : .5, 1e-12);
    }
  /* 1′R1/36 = (6 + 30 × .5)/36 */
  g_assert_cmpfloat_with_epsilon (way_posterior_get_overall (&posterior, &sd), 0, 1e-15);
  g_assert_cmpfloat_with_epsilon (sd, sqrt (21.0 / 36), 1e-12);

  way_prior_init_known (&prior, 6, 2, .7, .5);
  way_irt_joint_from (&prior, NULL, 0, &posterior);
  g_assert_cmpfloat_with_epsilon (posterior.mean[2], .7, 1e-12);
  g_assert_cmpfloat_with_epsilon (way_posterior_get_sd (&posterior, 2), .5, 1e-12);
  g_assert_cmpfloat_with_epsilon (posterior.mean[3], 0, 1e-12);
  g_assert_cmpfloat_with_epsilon (posterior.covariance[2][3], 0, 1e-12);
}

/* An answer on one capability says something about another, and less. */
static void
test_joint_borrows (void)
{
  const WayAnswer answer = { { 1, 0, 0, 1 }, 0, 1 };
  WayPosterior posterior;

  score_joint (2, .5, &answer, 1, &posterior);
  g_assert_cmpfloat (posterior.mean[0], >, 0);
  g_assert_cmpfloat_with_epsilon (posterior.mean[1], .5 * posterior.mean[0], 1e-9);
  g_assert_cmpfloat (way_posterior_get_sd (&posterior, 0), <, way_posterior_get_sd (&posterior, 1));
  g_assert_cmpfloat (way_posterior_get_sd (&posterior, 1), <, 1);
}

/* What stands beside an answer, or how many there are, changes nothing of what it says: not the
 * last digit. Answers on a capability that the prior does not have, whatever its number, are no
 * answers, and far out nothing is lost. */
static void
test_joint_neighbours (void)
{
  WayRandom random;

  way_random_init (&random, 20264, 0);
  for (guint round = 0; round < 200; round++)
    {
      const double steps[] = { -.4, .7 };
      guint n = 1 + way_random_range (&random, WAY_MAX_CAPABILITIES);
      WayAnswer answers[60] = { 0 };
      WayAnswer among[120] = { 0 };
      WayPosterior alone;
      WayPosterior beside;
      guint n_answers = draw_answers (&random, n, 1 + way_random_range (&random, 60), answers);
      guint n_among = 0;

      for (guint i = 0; i < n_answers; i++)
        {
          if (way_random_range (&random, 5) == 0)
            {
              answers[i].n_steps = G_N_ELEMENTS (steps);
              answers[i].steps = steps;
              answers[i].score = way_random_range (&random, 3);
            }
          if (way_random_range (&random, 9) == 0)
            answers[i].parameters.b = way_random_range (&random, 2) == 0 ? -900 : 900;
          if (way_random_range (&random, 2) == 0)
            among[n_among++] = (WayAnswer){
              { 1, 0, .2, 1 }, n + way_random_range (&random, 2) * (G_MAXINT - 99), 1, 0, NULL
            };
          among[n_among++] = answers[i];
        }
      score_joint (n, .5, answers, n_answers, &alone);
      score_joint (n, .5, among, n_among, &beside);
      g_assert_cmpmem (&alone, sizeof alone, &beside, sizeof beside);
      for (guint d = 0; d < n; d++)
        g_assert_true (isfinite (alone.mean[d]) && alone.covariance[d][d] > 0);
    }
}

static void
test_joint_speed (void)
{
  WayAnswer answers[48] = { 0 };
  WayPosterior posterior;
  WayRandom random;
  const guint n = 2000;
  gint64 started;
  double each;

  way_random_init (&random, 20263, 0);
  draw_answers (&random, 6, 48, answers);
  started = g_get_monotonic_time ();
  for (guint i = 0; i < n; i++)
    score_joint (6, .5, answers, 48, &posterior);
  each = (double) (g_get_monotonic_time () - started) / n;

  /* Much wider than the aim, since a busy machine is no error. */
  g_test_message ("%.1f microseconds for 48 answers, aim 20", each);
  g_assert_cmpfloat (each, <, 2000);
}

/* Numbers that everybody's machine must draw. */
static void
test_random_fixed (void)
{
  WayRandom a;
  WayRandom b;
  guint n_same = 0;

  way_random_init (&a, 1, 0);
  way_random_init (&b, 1, 1);
  for (guint i = 0; i < 100; i++)
    n_same += way_random_next (&a) == way_random_next (&b);
  g_assert_cmpuint (n_same, ==, 0);

  /* splitmix64 itself, from a state of 0: published first outputs. */
  a.state = 0;
  g_assert_true (way_random_next (&a) == G_GUINT64_CONSTANT (0xe220a8397b1dcdaf));
  g_assert_true (way_random_next (&a) == G_GUINT64_CONSTANT (0x6e789e6aa1b965f4));
}

/* The first number of each of many streams, as the choice of items draws them. */
static void
test_random_uniform (void)
{
  for (guint n = 2; n <= 12; n++)
    {
      const guint trials = 60000;
      guint counts[12] = { 0 };
      double chi = 0;

      for (guint i = 0; i < trials; i++)
        {
          WayRandom random;

          way_random_init (&random, i / 24, i % 24);
          counts[way_random_range (&random, n)]++;
        }
      for (guint k = 0; k < n; k++)
        {
          double expected = (double) trials / n;

          chi += (counts[k] - expected) * (counts[k] - expected) / expected;
        }
      /* Five standard deviations above the mean of χ² with n - 1 degrees. */
      g_assert_cmpfloat (chi, <, n - 1 + 5 * sqrt (2.0 * (n - 1)));
    }
}

static void
test_random_normal (void)
{
  WayRandom random;
  double sum = 0;
  double squares = 0;
  const guint n = 100000;

  way_random_init (&random, 20264, 0);
  for (guint i = 0; i < n; i++)
    {
      double x = way_random_normal (&random);

      sum += x;
      squares += x * x;
    }
  g_assert_cmpfloat_with_epsilon (sum / n, 0, .02);
  g_assert_cmpfloat_with_epsilon (squares / n, 1, .03);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/assessment/irt/probability", test_probability);
  g_test_add_func ("/assessment/irt/information", test_information);
  g_test_add_func ("/assessment/irt/attenuate", test_attenuate);
  g_test_add_func ("/assessment/irt/normal", test_normal);
  g_test_add_func ("/assessment/irt/prior", test_prior);
  g_test_add_func ("/assessment/irt/joint-grid", test_joint_grid);
  g_test_add_func ("/assessment/irt/joint-equations", test_joint_equations);
  g_test_add_func ("/assessment/irt/joint-all-wrong", test_joint_all_wrong);
  g_test_add_func ("/assessment/irt/joint-borrows", test_joint_borrows);
  g_test_add_func ("/assessment/irt/joint-neighbours", test_joint_neighbours);
  g_test_add_func ("/assessment/irt/joint-speed", test_joint_speed);
  g_test_add_func ("/assessment/random/fixed", test_random_fixed);
  g_test_add_func ("/assessment/random/uniform", test_random_uniform);
  g_test_add_func ("/assessment/random/normal", test_random_normal);

  return g_test_run ();
}
