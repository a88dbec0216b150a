/* test-calibration.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <math.h>
#include <string.h>

#include "assessment/way-calibration.h"
#include "assessment/way-item-fit.h"
#include "assessment/way-random.h"
#include "lsat-fixture.h"

static WayCalibration *
calibrate (const WaySheet *sheet, const WayCalibrationPlan *plan)
{
  g_autoptr (GError) error = NULL;
  WayCalibration *result = way_calibration_run (sheet, plan, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (result);
  g_test_message ("%u rounds, log likelihood %.6f, mean %.6f, variance %.6f", result->rounds,
                  result->log_likelihood, result->mean, result->variance);
  for (guint i = 0; i < MIN (result->n_items, 10); i++)
    g_test_message ("item %u: a %.7f (%.4f) b %.7f (%.4f) infit %.3f outfit %.3f", i + 1,
                    result->curves[i].parameters.a, result->se_a[i], result->curves[i].parameters.b,
                    result->se_b[i], result->infit[i], result->outfit[i]);

  return result;
}

/* The log probability of all answers by another rule than the fit's: 801 nodes over ten
 * SDs to each side. */
static double
get_log_likelihood (const WaySheet *sheet, const WayCurve *curves, double mean, double sd)
{
  enum
  {
    N = 801
  };
  g_autofree double *right = g_new (double, (gsize) sheet->n_items *N);
  double sum = 0;

  for (guint i = 0; i < sheet->n_items; i++)
    for (guint q = 0; q < N; q++)
      right[i * N + q] = way_irt_probability (&curves[i].parameters,
                                              mean + sd * (-10 + 20.0 * q / (N - 1)));

  for (guint v = 0; v < sheet->n_people; v++)
    {
      double likelihood = 0;

      for (guint q = 0; q < N; q++)
        {
          double z = -10 + 20.0 * q / (N - 1);
          double product = exp (-.5 * z * z) / sqrt (2 * G_PI) * 20 / (N - 1);

          for (guint k = sheet->start[v]; k < sheet->start[v + 1]; k++)
            {
              double p = right[sheet->item[k] * N + q];

              product *= sheet->score[k] > .5 ? p : 1 - p;
            }
          likelihood += product;
        }
      sum += log (likelihood);
    }

  return sum;
}

typedef struct
{
  const char *name;
  double a;
  double b[5];
  double log_likelihood;
} Published;

/* As published: one slope for all, variance 1. */
static const Published published[] = {
  { "lsat6", .7551346, { -3.615267, -1.322421, -.3176307, -1.730091, -2.780172 }, -2466.9376 },
  { "lsat7", 1.010978, { -1.847883, -.782253, -1.445080, -.515793, -1.970981 }, -2664.9009 },
};

static void
test_published (void)
{
  for (guint k = 0; k < G_N_ELEMENTS (published); k++)
    {
      g_autoptr (WaySheet) sheet = load_lsat (published[k].name);
      g_autoptr (WayCalibration) one = NULL;
      g_autoptr (WayCalibration) rasch = NULL;
      WayCalibrationPlan plan;

      way_calibration_plan_init (&plan, WAY_MODEL_1PL);
      one = calibrate (sheet, &plan);
      g_assert_cmpfloat_with_epsilon (one->log_likelihood, published[k].log_likelihood, 1e-4);
      g_assert_cmpfloat_with_epsilon (one->variance, 1, 1e-15);
      for (guint i = 0; i < 5; i++)
        {
          g_assert_cmpfloat_with_epsilon (one->curves[i].parameters.a, published[k].a, 5e-4);
          g_assert_cmpfloat_with_epsilon (one->curves[i].parameters.b, published[k].b[i], 5e-4);
        }

      /* The same model said in another way: a = 1, and the group's variance a². */
      way_calibration_plan_init (&plan, WAY_MODEL_RASCH);
      rasch = calibrate (sheet, &plan);
      g_assert_cmpfloat_with_epsilon (rasch->log_likelihood, one->log_likelihood, 1e-7);
      g_assert_cmpfloat_with_epsilon (sqrt (rasch->variance), one->curves[0].parameters.a, 1e-6);
      for (guint i = 0; i < 5; i++)
        g_assert_cmpfloat_with_epsilon (rasch->curves[i].parameters.b,
                                        one->curves[i].parameters.b * one->curves[0].parameters.a,
                                        1e-6);
    }
}

/* At the maximum nothing that is free can be moved to do better, by another quadrature;
 * and the second differences there give the standard errors. */
static void
test_score_equations (void)
{
  g_autoptr (WaySheet) sheet = load_lsat ("lsat7");
  g_autoptr (WayCalibration) result = NULL;
  WayCalibrationPlan plan;
  WayCurve curves[5];
  double hessian[10][10];
  const double h = 1e-3;
  double middle;

  way_calibration_plan_init (&plan, WAY_MODEL_2PL);
  result = calibrate (sheet, &plan);
  memcpy (curves, result->curves, sizeof curves);
  middle = get_log_likelihood (sheet, curves, 0, 1);
  g_assert_cmpfloat_with_epsilon (middle, result->log_likelihood, 1e-7);

  for (guint j = 0; j < 10; j++)
    {
      double *x = j < 5 ? &curves[j].parameters.b : &curves[j - 5].parameters.a;
      double at = *x;
      double up;
      double down;

      *x = at + h;
      up = get_log_likelihood (sheet, curves, 0, 1);
      *x = at - h;
      down = get_log_likelihood (sheet, curves, 0, 1);
      *x = at;
      g_assert_cmpfloat_with_epsilon ((up - down) / (2 * h), 0, 2e-3);
      hessian[j][j] = -(up - 2 * middle + down) / (h * h);
      for (guint k = 0; k < j; k++)
        {
          double *y = k < 5 ? &curves[k].parameters.b : &curves[k - 5].parameters.a;
          double beside = *y;
          double four[4];

          for (guint corner = 0; corner < 4; corner++)
            {
              *x = at + (corner & 1 ? h : -h);
              *y = beside + (corner & 2 ? h : -h);
              four[corner] = get_log_likelihood (sheet, curves, 0, 1);
            }
          *x = at;
          *y = beside;
          hessian[j][k] = hessian[k][j] = -(four[3] - four[2] - four[1] + four[0]) / (4 * h * h);
        }
    }
  for (guint j = 0; j < 10; j++)
    {
      /* One column of the inverse, by Gauss and Jordan. */
      double work[10][11];
      double expected;

      for (guint i = 0; i < 10; i++)
        {
          memcpy (work[i], hessian[i], sizeof hessian[i]);
          work[i][10] = i == j;
        }
      for (guint k = 0; k < 10; k++)
        for (guint i = 0; i < 10; i++)
          if (i != k)
            {
              double factor = work[i][k] / work[k][k];

              for (guint l = 0; l <= 10; l++)
                work[i][l] -= factor * work[k][l];
            }
      expected = sqrt (work[j][10] / work[j][j]);
      g_assert_cmpfloat_with_epsilon (j < 5 ? result->se_b[j] : result->se_a[j - 5], expected,
                                      1e-3 * expected);
    }
}

/* People and items that are known, drawn from a fixed seed. */
static WaySheet *
draw_sheet (guint64 seed,
            guint n_people,
            guint n_items,
            guint n_each,
            double mean,
            double sd,
            const WayParameters *items)
{
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (WaySheetEntry));

  for (guint v = 0; v < n_people; v++)
    {
      WayRandom random;
      double theta;
      guint first;

      way_random_init (&random, seed, v);
      theta = mean + sd * way_random_normal (&random);
      first = way_random_range (&random, n_items);
      for (guint k = 0; k < n_each; k++)
        {
          guint item = (first + k) % n_items;
          WaySheetEntry entry = {
            v, item, way_random_uniform (&random) < way_irt_probability (&items[item], theta)
          };

          g_array_append_val (entries, entry);
        }
    }

  return way_sheet_new (n_people, n_items, (WaySheetEntry *) entries->data, entries->len);
}

/* Not everybody is asked everything, slopes differ: the truth comes back, and errors are
 * what the standard errors say they are. */
static void
test_recovery (void)
{
  enum
  {
    N = 30
  };
  WayParameters items[N];
  g_autoptr (WaySheet) sheet = NULL;
  g_autoptr (WayCalibration) result = NULL;
  WayCalibrationPlan plan;
  double chi = 0;

  for (guint i = 0; i < N; i++)
    items[i] = (WayParameters){ .7 + .05 * (i % 15), -2 + 4.0 * i / (N - 1), 0, 1 };
  sheet = draw_sheet (20261001, 3000, N, 15, 0, 1, items);
  way_calibration_plan_init (&plan, WAY_MODEL_2PL);
  result = calibrate (sheet, &plan);
  for (guint i = 0; i < N; i++)
    {
      double z = (result->curves[i].parameters.b - items[i].b) / result->se_b[i];

      chi += z * z;
      g_assert_cmpfloat (fabs (z), <, 4.5);
      g_assert_cmpfloat (fabs (result->curves[i].parameters.a - items[i].a), <,
                         4.5 * result->se_a[i]);
      g_assert_cmpfloat_with_epsilon (result->infit[i], 1, .1);
      g_assert_cmpfloat_with_epsilon (result->outfit[i], 1, .2);
    }
  g_test_message ("seed 20261001: mean squared error in standard errors %.3f", chi / N);
  g_assert_cmpfloat (chi / N, >, .4);
  g_assert_cmpfloat (chi / N, <, 1.9);
}

/* Items of few answers keep their slope while that of others is found, as in a bank where only
 * some have enough. */
static void
test_known_slopes (void)
{
  enum
  {
    N = 12
  };
  WayParameters items[N];
  WayKnown known[N] = { { FALSE } };
  g_autoptr (WaySheet) sheet = NULL;
  g_autoptr (WayCalibration) result = NULL;
  WayCalibrationPlan plan;

  for (guint i = 0; i < N; i++)
    {
      items[i] = (WayParameters){ i % 2 ? 1.8 : 1.2, -1.5 + 3.0 * i / (N - 1), 0, 1 };
      known[i] = (WayKnown){ FALSE, 1.2, items[i].b, 0, .6, i % 2 == 0 };
    }
  sheet = draw_sheet (20261122, 2000, N, N, 0, 1, items);
  way_calibration_plan_init (&plan, WAY_MODEL_2PL);
  plan.known = known;
  plan.has_slope_prior = TRUE;
  result = calibrate (sheet, &plan);
  for (guint i = 0; i < N; i++)
    {
      double a = result->curves[i].parameters.a;

      g_test_message ("seed 20261122, item %u: a %.3f (%.3f) b %.3f (%.3f)", i, a, result->se_a[i],
                      result->curves[i].parameters.b, result->se_b[i]);
      g_assert_cmpfloat_with_epsilon (result->curves[i].parameters.b, items[i].b,
                                      4.5 * result->se_b[i]);
      if (i % 2 == 0)
        {
          g_assert_cmpfloat (a, ==, 1.2);
          continue;
        }
      g_assert_cmpfloat (result->se_a[i], >, .02);
      g_assert_cmpfloat_with_epsilon (a, 1.8, 4.5 * result->se_a[i]);
    }
}

/* The maximum that the specification writes down, for few answers and sure authors. */
static void
test_map (void)
{
  enum
  {
    N = 6
  };
  WayParameters items[N];
  WayKnown known[N] = { { FALSE } };
  g_autoptr (WaySheet) sheet = NULL;
  g_autoptr (WayCalibration) result = NULL;
  WayCalibrationPlan plan;
  WayCurve curves[N];
  const double h = 1e-4;

  for (guint i = 0; i < N; i++)
    {
      items[i] = (WayParameters){ 1, i - 2.5, i % 2 * .25, 1 };
      known[i].b = items[i].b + .4;
      known[i].c = items[i].c;
      known[i].sd_b = .6;
    }
  sheet = draw_sheet (20261002, 60, N, 4, 0, 1, items);
  way_calibration_plan_init (&plan, WAY_MODEL_RASCH);
  plan.known = known;
  plan.is_sd_free = FALSE;
  result = calibrate (sheet, &plan);
  memcpy (curves, result->curves, sizeof curves);
  for (guint i = 0; i < N; i++)
    {
      double b = curves[i].parameters.b;
      double prior = -(b - known[i].b) / .36;
      double up;
      double down;

      g_assert_cmpfloat_with_epsilon (curves[i].parameters.a, 1, 1e-15);
      g_assert_cmpfloat_with_epsilon (curves[i].parameters.c, items[i].c, 1e-15);
      curves[i].parameters.b = b + h;
      up = get_log_likelihood (sheet, curves, 0, 1);
      curves[i].parameters.b = b - h;
      down = get_log_likelihood (sheet, curves, 0, 1);
      curves[i].parameters.b = b;
      g_assert_cmpfloat_with_epsilon ((up - down) / (2 * h) + prior, 0, 1e-5);
      g_assert_cmpfloat (result->se_b[i], <, .6);
    }
  g_assert_cmpfloat_with_epsilon (result->log_likelihood, get_log_likelihood (sheet, curves, 0, 1),
                                  1e-7);
}

/* New items on the scale of the old, in a group that is not the first. */
static void
test_anchors (void)
{
  enum
  {
    N = 20
  };
  WayParameters items[N];
  WayKnown known[N] = { { FALSE } };
  g_autoptr (WaySheet) sheet = NULL;
  g_autoptr (WayCalibration) result = NULL;
  WayCalibrationPlan plan;

  for (guint i = 0; i < N; i++)
    {
      items[i] = (WayParameters){ 1, -2 + 4.0 * i / (N - 1), 0, 1 };
      known[i] = (WayKnown){ i % 2 == 0, 1, items[i].b, 0, 0 };
    }
  sheet = draw_sheet (20261003, 3000, N, N, .8, 1.4, items);
  way_calibration_plan_init (&plan, WAY_MODEL_RASCH);
  plan.known = known;
  plan.is_mean_free = TRUE;
  result = calibrate (sheet, &plan);
  g_assert_cmpfloat_with_epsilon (result->mean, .8, .1);
  g_assert_cmpfloat_with_epsilon (sqrt (result->variance), 1.4, .1);
  for (guint i = 0; i < N; i++)
    {
      if (known[i].is_anchor)
        {
          g_assert_cmpfloat_with_epsilon (result->curves[i].parameters.b, items[i].b, 1e-15);
          g_assert_cmpfloat (result->se_b[i], ==, 0);
        }
      else
        g_assert_cmpfloat (fabs (result->curves[i].parameters.b - items[i].b), <,
                           4.5 * result->se_b[i]);
    }
}

/* log Σ over all patterns with a score of r of exp (-Σ b): every one of them counted. */
static double
get_log_conditional (const WaySheet *sheet, const double *b)
{
  double sum = 0;

  for (guint v = 0; v < sheet->n_people; v++)
    {
      guint n = sheet->start[v + 1] - sheet->start[v];
      const guint *items = sheet->item + sheet->start[v];
      guint right = 0;
      double own = 0;
      double all = 0;

      for (guint k = 0; k < n; k++)
        if (sheet->score[sheet->start[v] + k] > .5)
          {
            own -= b[items[k]];
            right++;
          }
      for (guint pattern = 0; pattern < 1u << n; pattern++)
        {
          double total = 0;

          if ((guint) __builtin_popcount (pattern) != right)
            continue;
          for (guint k = 0; k < n; k++)
            if (pattern >> k & 1)
              total -= b[items[k]];
          all += exp (total);
        }
      sum += own - log (all);
    }

  return sum;
}

static void
test_conditional (void)
{
  enum
  {
    N = 8
  };
  WayParameters items[N];

  for (guint i = 0; i < N; i++)
    items[i] = (WayParameters){ 1, -1.5 + 3.0 * i / (N - 1), 0, 1 };

  /* Everybody the same items, and linked booklets of five. */
  for (guint n_each = N; n_each >= 5; n_each -= 3)
    {
      g_autoptr (WaySheet) sheet = draw_sheet (20261004, 300, N, n_each, 0, 1, items);
      g_autoptr (WayCalibration) result = NULL;
      WayCalibrationPlan plan;
      double b[N];
      double sum = 0;
      const double h = 1e-4;

      way_calibration_plan_init (&plan, WAY_MODEL_RASCH);
      plan.is_conditional = TRUE;
      result = calibrate (sheet, &plan);
      for (guint i = 0; i < N; i++)
        {
          b[i] = result->curves[i].parameters.b;
          sum += b[i];
          g_assert_cmpfloat (fabs (b[i] - items[i].b), <, 4 * result->se_b[i]);
        }
      g_assert_cmpfloat_with_epsilon (sum, 0, 1e-9);
      g_assert_cmpfloat_with_epsilon (get_log_conditional (sheet, b), result->log_likelihood, 1e-8);
      for (guint i = 0; i < N; i++)
        {
          double at = b[i];
          double up;
          double down;

          b[i] = at + h;
          up = get_log_conditional (sheet, b);
          b[i] = at - h;
          down = get_log_conditional (sheet, b);
          b[i] = at;
          g_assert_cmpfloat_with_epsilon ((up - down) / (2 * h), 0, 1e-5);
        }
      g_assert_cmpfloat_with_epsilon (result->mean, 0, .2);
      g_assert_cmpfloat_with_epsilon (result->variance, 1, .35);
    }
}

/* Two items: the difference is known in closed form, and so is its error. */
static void
test_conditional_by_hand (void)
{
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (WaySheetEntry));
  g_autoptr (WaySheet) sheet = NULL;
  g_autoptr (WayCalibration) result = NULL;
  WayCalibrationPlan plan;

  for (guint v = 0; v < 100; v++)
    for (guint i = 0; i < 2; i++)
      {
        /* 30 only the first, 10 only the second, the others both or none. */
        WaySheetEntry entry = { v, i, v < 30 ? i == 0 : v < 40 ? i == 1 : v % 2 };

        g_array_append_val (entries, entry);
      }
  sheet = way_sheet_new (100, 2, (WaySheetEntry *) entries->data, entries->len);
  way_calibration_plan_init (&plan, WAY_MODEL_RASCH);
  plan.is_conditional = TRUE;
  result = calibrate (sheet, &plan);
  g_assert_cmpfloat_with_epsilon (result->curves[1].parameters.b - result->curves[0].parameters.b,
                                  log (3), 1e-9);
  g_assert_cmpfloat_with_epsilon (result->se_b[0], .5 * sqrt (1 / 30.0 + 1 / 10.0), 1e-9);
}

static void
assert_fails (guint n_people,
              guint n_items,
              const WaySheetEntry *entries,
              guint n,
              gboolean is_conditional,
              int code)
{
  g_autoptr (WaySheet) sheet = way_sheet_new (n_people, n_items, entries, n);
  g_autoptr (WayCalibration) result = NULL;
  g_autoptr (GError) error = NULL;
  WayCalibrationPlan plan;

  way_calibration_plan_init (&plan, WAY_MODEL_RASCH);
  plan.is_conditional = is_conditional;
  result = way_calibration_run (sheet, &plan, NULL, &error);
  g_assert_error (error, WAY_CALIBRATION_ERROR, code);
  g_assert_null (result);
}

static void
test_refused (void)
{
  /* The second item was right for all. */
  const WaySheetEntry extreme[] = { { 0, 0, 1 }, { 0, 1, 1 }, { 1, 0, 0 }, { 1, 1, 1 } };
  const WaySheetEntry steps[] = { { 0, 0, 2 }, { 1, 0, 0 } };
  /* Two pairs of items that nobody links. */
  const WaySheetEntry apart[] = { { 0, 0, 1 }, { 0, 1, 0 }, { 1, 0, 0 }, { 1, 1, 1 },
                                  { 2, 2, 1 }, { 2, 3, 0 }, { 3, 2, 0 }, { 3, 3, 1 } };
  g_autoptr (WaySheet) sheet = load_lsat ("lsat6");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (WayCalibration) result = NULL;
  g_autoptr (GError) error = NULL;
  WayCalibrationPlan plan;

  assert_fails (2, 2, extreme, 4, FALSE, WAY_CALIBRATION_ERROR_EXTREME);
  assert_fails (2, 2, extreme, 4, TRUE, WAY_CALIBRATION_ERROR_EXTREME);
  assert_fails (2, 1, steps, 2, FALSE, WAY_CALIBRATION_ERROR_DATA);
  assert_fails (0, 0, NULL, 0, FALSE, WAY_CALIBRATION_ERROR_DATA);
  assert_fails (4, 4, apart, 8, TRUE, WAY_CALIBRATION_ERROR_NOT_FOUND);

  g_cancellable_cancel (cancellable);
  way_calibration_plan_init (&plan, WAY_MODEL_1PL);
  result = way_calibration_run (sheet, &plan, cancellable, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Answers by the toss of a coin: people do not differ, and that is a result. */
static void
test_no_spread (void)
{
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (WaySheetEntry));
  g_autoptr (WaySheet) sheet = NULL;
  WayRandom random;

  way_random_init (&random, 20261006, 0);
  for (guint v = 0; v < 400; v++)
    for (guint i = 0; i < 20; i++)
      {
        WaySheetEntry entry = { v, i, way_random_range (&random, 2) };

        g_array_append_val (entries, entry);
      }
  sheet = way_sheet_new (400, 20, (WaySheetEntry *) entries->data, entries->len);
  for (guint is_conditional = 0; is_conditional <= 1; is_conditional++)
    {
      g_autoptr (WayCalibration) result = NULL;
      WayCalibrationPlan plan;

      way_calibration_plan_init (&plan, WAY_MODEL_RASCH);
      plan.is_conditional = is_conditional;
      result = calibrate (sheet, &plan);
      g_assert_cmpfloat (result->variance, <, .05);
      for (guint i = 0; i < 20; i++)
        {
          g_assert_cmpfloat (fabs (result->curves[i].parameters.b), <, .5);
          g_assert_cmpfloat_with_epsilon (result->se_b[i], .1, .02);
        }
    }
}

static void
test_drift (void)
{
  double z;

  g_assert_true (way_item_has_drifted (0, .8, .1, .1, &z));
  g_assert_cmpfloat_with_epsilon (z, .8 / sqrt (.02), 1e-12);
  /* Far but unsure; sure but near. */
  g_assert_false (way_item_has_drifted (0, .8, .3, .3, NULL));
  g_assert_false (way_item_has_drifted (0, .4, .01, .01, NULL));
  g_assert_true (way_item_has_drifted (1, .2, .1, .1, NULL));
}

/* 1,000 people and 60 items. */
static void
test_speed (void)
{
  enum
  {
    N = 60
  };
  WayParameters items[N];
  g_autoptr (WaySheet) sheet = NULL;
  static const WayModel models[] = { WAY_MODEL_RASCH, WAY_MODEL_1PL, WAY_MODEL_2PL };

  for (guint i = 0; i < N; i++)
    items[i] = (WayParameters){ .8 + .01 * i, -2 + 4.0 * i / (N - 1), 0, 1 };
  sheet = draw_sheet (20261005, 1000, N, N, 0, 1, items);
  for (guint k = 0; k < G_N_ELEMENTS (models); k++)
    {
      g_autoptr (WayCalibration) result = NULL;
      WayCalibrationPlan plan;
      gint64 started = g_get_monotonic_time ();
      double seconds;

      way_calibration_plan_init (&plan, models[k]);
      result = calibrate (sheet, &plan);
      seconds = (g_get_monotonic_time () - started) / 1e6;
      g_test_message ("model %u: %.3f s, aim 1", models[k], seconds);
      /* Much wider than the aim, for busy machines and sanitizers. */
      g_assert_cmpfloat (seconds, <, 60);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/assessment/calibration/published", test_published);
  g_test_add_func ("/assessment/calibration/score-equations", test_score_equations);
  g_test_add_func ("/assessment/calibration/recovery", test_recovery);
  g_test_add_func ("/assessment/calibration/known-slopes", test_known_slopes);
  g_test_add_func ("/assessment/calibration/map", test_map);
  g_test_add_func ("/assessment/calibration/anchors", test_anchors);
  g_test_add_func ("/assessment/calibration/conditional", test_conditional);
  g_test_add_func ("/assessment/calibration/conditional-by-hand", test_conditional_by_hand);
  g_test_add_func ("/assessment/calibration/refused", test_refused);
  g_test_add_func ("/assessment/calibration/no-spread", test_no_spread);
  g_test_add_func ("/assessment/calibration/drift", test_drift);
  g_test_add_func ("/assessment/calibration/speed", test_speed);

  return g_test_run ();
}
