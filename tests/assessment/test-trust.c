/* test-trust.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <math.h>
#include <string.h>

#include "assessment/way-fairness.h"
#include "assessment/way-random.h"
#include "assessment/way-refresher.h"
#include "assessment/way-simulation.h"
#include "assessment/way-standard.h"
#include "assessment/way-sitting-private.h"
#include "assessment/way-trust.h"

static void
test_effort (void)
{
  g_assert_cmpfloat_with_epsilon (way_effort_get_limit (40, .1), 4, 1e-12);
  g_assert_cmpfloat_with_epsilon (way_effort_get_limit (200, .1), 10, 1e-12);
  g_assert_true (way_effort_is_rapid (3.9, 40, .1));
  g_assert_false (way_effort_is_rapid (4, 40, .1));
  g_assert_cmpfloat_with_epsilon (way_effort_get_share (3, 12), .75, 1e-12);
  g_assert_cmpfloat (way_effort_get_share (0, 0), ==, 1);
  g_assert_true (way_effort_is_reportable (1, 10, FALSE));
  g_assert_false (way_effort_is_reportable (2, 12, FALSE));
  g_assert_true (way_effort_is_reportable (12, 12, TRUE));
}

static void
test_change (void)
{
  const double before[] = { 0, .5, -.5, 0 };
  const double after[] = { .4, 1, .5, 0 };
  double se;

  /* At .45 a gain under about 1.05 is no claim. */
  g_assert_cmpfloat_with_epsilon (way_change_get_z (0, .3, .5, .4), 1, 1e-12);
  g_assert_false (way_change_is_reliable (0, .45, 1.04, .45));
  g_assert_true (way_change_is_reliable (0, .45, 1.05, .45));
  g_assert_true (way_change_is_reliable (1.05, .45, 0, .45));
  g_assert_cmpfloat_with_epsilon (way_change_get_team (before, after, 4, &se), .475, 1e-12);
  /* Deviations -.075 .025 .525 -.475. */
  g_assert_cmpfloat_with_epsilon (se, sqrt (.5075 / 3 / 4), 1e-12);
}

static void
test_confidence (void)
{
  g_assert_cmpint (way_confidence_judge (.80, .05), ==, WAY_CONFIDENCE_OVER);
  g_assert_cmpint (way_confidence_judge (.79, .05), ==, WAY_CONFIDENCE_CONSISTENT);
  g_assert_cmpint (way_confidence_judge (.05, .80), ==, WAY_CONFIDENCE_UNDER);
  g_assert_cmpint (way_confidence_judge (.05, .79), ==, WAY_CONFIDENCE_CONSISTENT);
  g_assert_cmpint (way_confidence_judge (0, 0), ==, WAY_CONFIDENCE_CONSISTENT);
}

/* lz of answers to two items, by hand at 0: both are at the same distance, so that l0 is ±. */
static double
get_lz (const WayCurve *curves, double first, double second)
{
  double surprise = 0;
  double variance = 0;

  way_person_fit_add (&curves[0], 0, first, &surprise, &variance);
  way_person_fit_add (&curves[1], 0, second, &surprise, &variance);
  return surprise / sqrt (variance);
}

static void
test_lz (void)
{
  const WayCurve curves[] = { { { 1, -1, 0, 1 } }, { { 1, 1, 0, 1 } } };
  double p = 1 / (1 + exp (-1));
  double e = 2 * (p * log (p) + (1 - p) * log (1 - p));
  double v = 2 * p * (1 - p) * pow (log (p / (1 - p)), 2);

  g_assert_cmpfloat_with_epsilon (get_lz (curves, 1, 0), (2 * log (p) - e) / sqrt (v), 1e-12);
  g_assert_cmpfloat_with_epsilon (get_lz (curves, 0, 1), (2 * log (1 - p) - e) / sqrt (v), 1e-12);
}

/* People who answer by the model are flagged once in a hundred; those who have hard items
 * right and easy ones wrong nearly always. */
static void
test_person_fit (void)
{
  const double cuts[] = { -1, 0, 1 };
  const guint n_items = 24;
  const guint n_people = g_test_slow () ? 2000 : 400;
  g_autoptr (WayBank) bank = way_bank_new (1, cuts, 0);
  WaySittingPlan plan = { .depth = WAY_DEPTH_CLOSER, .seed = 7, .required = { 2 } };
  g_autoptr (WaySitting) odd = NULL;
  guint n_flagged = 0;
  gint64 started;

  for (guint i = 0; i < n_items; i++)
    {
      g_autofree char *id = g_strdup_printf ("item-%u", i);
      WayBankItem *item = way_bank_item_new (id, 0, 2, FALSE, 0, 3, 30);

      item->curve = (WayCurve){ { 1, -2.5 + 5.0 * i / (n_items - 1), 0, 1 } };
      item->sd_b = 0;
      way_bank_add (bank, item);
    }
  odd = way_sitting_new (bank, &plan);
  for (guint i = 0; i < n_items; i++)
    way_sitting_answer (odd, ((WayBankItem *) bank->items->pdata[i])->id, i >= n_items / 2, TRUE);
  started = g_get_monotonic_time ();
  g_assert_cmpfloat (way_sitting_get_fit (odd, WAY_PERSON_FIT_DRAWS), <, WAY_PERSON_FIT_LEAST);
  g_test_message ("%.1f ms, aim 100", (g_get_monotonic_time () - started) / 1000.0);

  for (guint v = 0; v < n_people; v++)
    {
      g_autoptr (WaySitting) sitting = NULL;
      WayRandom random;
      double theta;

      plan.seed = v;
      sitting = way_sitting_new (bank, &plan);
      way_random_init (&random, 20261201, v);
      theta = way_random_normal (&random);
      for (guint i = 0; i < n_items; i++)
        {
          const WayBankItem *item = bank->items->pdata[i];

          way_sitting_answer (sitting, item->id,
                              way_random_uniform (&random)
                                  < way_irt_probability (&item->curve.parameters, theta),
                              TRUE);
        }
      n_flagged += way_sitting_get_fit (sitting, WAY_PERSON_FIT_DRAWS) < WAY_PERSON_FIT_LEAST;
    }
  g_test_message ("seed 20261201: %u of %u flagged", n_flagged, n_people);
  g_assert_cmpfloat (n_flagged, <=, n_people * .01 + 4 * sqrt (n_people * .01) + 1);
}

/* One band by hand: α = (A D)/(B C). */
static void
test_fairness_by_hand (void)
{
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (WaySheetEntry));
  g_autoptr (WaySheet) sheet = NULL;
  double places[400] = { 0 };
  int groups[400];
  WayFairness result;

  for (guint v = 0; v < 400; v++)
    {
      /* Reference: 150 of 200 right; focal: 100 of 200. */
      WaySheetEntry entry = { v, 0, v < 150 || (v >= 200 && v < 300) };

      groups[v] = v >= 200;
      g_array_append_val (entries, entry);
    }
  sheet = way_sheet_new (400, 1, (WaySheetEntry *) entries->data, entries->len);
  way_fairness_compare (sheet, places, groups, 0, 0, 1, &result);
  g_assert_true (result.is_known);
  g_assert_cmpuint (result.n_reference, ==, 200);
  g_assert_cmpuint (result.n_focal, ==, 200);
  g_assert_cmpfloat_with_epsilon (result.alpha, 3, 1e-12);
  g_assert_cmpfloat_with_epsilon (result.delta, -2.35 * log (3), 1e-12);
  /* In one band the variance of ln α is Woolf's. */
  g_assert_cmpfloat_with_epsilon (result.se,
                                  2.35 * sqrt (1 / 150.0 + 1 / 50.0 + 1 / 100.0 + 1 / 100.0),
                                  1e-12);
  g_assert_cmpint (result.grade, ==, 'C');

  for (guint v = 0; v < 400; v++)
    groups[v] = v >= 301 ? 1 : v >= 200 ? -1 : 0;
  way_fairness_compare (sheet, places, groups, 0, 0, 1, &result);
  g_assert_cmpuint (result.n_focal, ==, 99);
  g_assert_false (result.is_known);
}

/* Two groups of different places, one item of twenty harder for one of them: that one is
 * found, and no other. */
static void
test_fairness_recovery (void)
{
  enum
  {
    N = 20,
    PEOPLE = 3000,
    BIASED = 9
  };
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (WaySheetEntry));
  g_autoptr (WaySheet) sheet = NULL;
  g_autofree double *places = g_new0 (double, PEOPLE);
  g_autofree int *groups = g_new0 (int, PEOPLE);
  WayCurve curves[N];
  WayScored answers[N];
  guint n_flagged = 0;

  for (guint i = 0; i < N; i++)
    curves[i] = (WayCurve){ { 1, -2 + 4.0 * i / (N - 1), 0, 1 } };
  for (guint v = 0; v < PEOPLE; v++)
    {
      WayRandom random;
      WayPlace place;
      double theta;

      way_random_init (&random, 20261202, v);
      groups[v] = v % 2;
      theta = way_random_normal (&random) - .5 * groups[v];
      for (guint i = 0; i < N; i++)
        {
          WayParameters item = curves[i].parameters;
          WaySheetEntry entry = { v, i };

          if (i == BIASED && groups[v] == 1)
            item.b += .9;
          entry.score = way_random_uniform (&random) < way_irt_probability (&item, theta);
          g_array_append_val (entries, entry);
          answers[i] = (WayScored){ &curves[i], entry.score };
        }
      way_scale_estimate (answers, N, WAY_METHOD_EAP, 0, 1, &place);
      places[v] = place.theta;
    }
  sheet = way_sheet_new (PEOPLE, N, (WaySheetEntry *) entries->data, entries->len);
  for (guint i = 0; i < N; i++)
    {
      WayFairness result;

      way_fairness_compare (sheet, places, groups, i, 0, 1, &result);
      g_assert_true (result.is_known);
      g_test_message ("item %u: alpha %.3f delta %.3f (%.3f) %c", i, result.alpha, result.delta,
                      result.se, result.grade);
      if (i == BIASED)
        {
          g_assert_cmpint (result.grade, ==, 'C');
          g_assert_cmpfloat_with_epsilon (result.delta, -2.35 * .9, 4 * result.se);
        }
      else
        n_flagged += result.grade != 'A';
    }
  g_assert_cmpuint (n_flagged, ==, 0);
}

/* A calibrated, more discriminating bank decides soon and rightly; a launch bank takes
 * about 28; and what cannot be decided is said to be open. */
static void
test_decision (void)
{
  static const struct
  {
    double a;
    double sd_b;
    guint n;
    double most_mean;
  } banks[] = { { 1.7, 0, 90, 15 }, { 1, .6, 90, 30 } };
  const guint n_people = g_test_slow () ? 20000 : 1500;

  for (guint k = 0; k < G_N_ELEMENTS (banks); k++)
    {
      const double cuts[] = { -1, 0, 1 };
      g_autoptr (WayBank) bank = way_bank_new (1, cuts, .5);
      guint n_decided = 0;
      guint n_right = 0;
      double items = 0;

      for (guint i = 0; i < banks[k].n; i++)
        {
          g_autofree char *id = g_strdup_printf ("i%u", i);
          WayBankItem *item = way_bank_item_new (id, 0, i % 4 + 1, FALSE, 0, 3, 40);

          item->curve.parameters.a = banks[k].a;
          item->curve.parameters.b = -1.5 + 3.0 * i / (banks[k].n - 1);
          item->sd_b = banks[k].sd_b;
          way_bank_add (bank, item);
        }
      for (guint v = 0; v < n_people; v++)
        {
          const WaySittingPlan plan = { .depth = WAY_DEPTH_YES_NO, .seed = v, .required = { 3 } };
          g_autoptr (WaySitting) sitting = way_sitting_new (bank, &plan);
          WaySelection selection;
          WayEstimate estimate;
          WayRandom random;
          double theta;

          way_random_init (&random, 20261203, v);
          theta = way_random_normal (&random);
          while (way_sitting_choose (sitting, &selection))
            {
              const WayBankItem *item = bank->items->pdata[way_bank_find (bank, selection.item)];
              WayParameters truth = item->curve.parameters;

              truth.b += item->sd_b * way_random_normal (&random);
              g_assert_true (way_sitting_answer (sitting, selection.item,
                                                 way_random_uniform (&random)
                                                     < way_irt_probability (&truth, theta),
                                                 TRUE));
              g_assert_false (way_sitting_answer (sitting, selection.item, TRUE, TRUE));
            }
          way_sitting_get_estimate (sitting, 0, &estimate);
          items += way_sitting_get_n_answered (sitting);
          g_assert_cmpuint (way_sitting_get_n_answered (sitting), >=, 5);
          g_assert_true ((estimate.standing != WAY_STANDING_NOT_SURE)
                         == (way_sitting_get_stop (sitting) == WAY_STOP_DECIDED));
          if (estimate.standing == WAY_STANDING_NOT_SURE)
            continue;
          g_assert_cmpfloat (fabs (sitting->log_ratio), >=, 2.944);
          n_decided++;
          n_right += (estimate.standing == WAY_STANDING_MET) == (theta >= 0);
        }
      g_test_message ("seed 20261203, a %.1f, %u people: %.1f items, %.3f decided, %.3f of those "
                      "right",
                      banks[k].a, n_people, items / n_people, (double) n_decided / n_people,
                      (double) n_right / n_decided);
      g_assert_cmpfloat (items / n_people, <=, banks[k].most_mean);
      g_assert_cmpfloat ((double) n_right / n_decided, >=, k == 0 ? .93 : .9);
      g_assert_cmpuint (n_decided, <, n_people + (k == 0));
    }
}

static void
test_standard (void)
{
  /* Two judges, three items. */
  const double ratings[] = { .5, .6, .9, .7, .6, .9 };
  const double alike[] = { .2, .5, .8, .2, .5, .8 };
  const WayCurve curves[] = { { { 1, -1, 0, 1 } }, { { 1, 0, 0, 1 } }, { { 1, 1, 0, 1 } } };
  WayStandard standard;

  way_standard_summarise (ratings, 2, 3, curves, &standard);
  g_assert_cmpfloat_with_epsilon (standard.mean, .7, 1e-12);
  /* Judges' means 2/3 and 11/15. */
  g_assert_cmpfloat_with_epsilon (standard.sd_judges, sqrt (2) / 30, 1e-12);
  g_assert_cmpfloat_with_epsilon (standard.se, 1 / 30.0, 1e-12);
  g_assert_cmpfloat_with_epsilon (standard.apart, .2 / 3, 1e-12);
  /* Items .6 .6 .9: sum of squares 2 × .06 = .12 on 2; what is left .02 - 2 × 3/900 on 2. */
  g_assert_cmpfloat_with_epsilon (standard.agreement, 1 - (.02 - 6 / 900.0) / .12, 1e-12);
  {
    double sum = 0;

    for (guint i = 0; i < 3; i++)
      sum += way_irt_probability (&curves[i].parameters, standard.cut);
    g_assert_cmpfloat_with_epsilon (sum / 3, .7, 1e-10);
  }
  g_assert_cmpfloat (standard.se_cut, >, standard.se);

  way_standard_summarise (alike, 2, 3, NULL, &standard);
  g_assert_cmpfloat_with_epsilon (standard.agreement, 1, 1e-12);
  g_assert_cmpfloat_with_epsilon (standard.sd_judges, 0, 1e-12);
  g_assert_true (isnan (standard.cut));
}

/* What other makers of FSRS-6 get with the same parameters. */
static void
test_refresher (void)
{
  static const struct
  {
    gboolean is_right;
    double days;
  } steps[] = { { FALSE, 0 }, { TRUE, 0 }, { TRUE, 1 }, { TRUE, 3 }, { TRUE, 8 }, { TRUE, 21 } };
  WayRefresher skill = { 0 };
  WayRefresher one = { TRUE, 1, 5 };

  g_assert_cmpuint (way_refresher_get_interval (&skill), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    way_refresher_answer (&skill, steps[i].days, steps[i].is_right);
  g_assert_cmpfloat_with_epsilon (skill.stability, 53.62691, 1e-4);
  g_assert_cmpfloat_with_epsilon (skill.difficulty, 6.3574867, 1e-4);
  g_assert_cmpuint (way_refresher_get_interval (&skill), ==, 54);

  g_assert_cmpfloat_with_epsilon (way_refresher_get_retrievability (&one, 0), 1, 1e-12);
  g_assert_cmpfloat_with_epsilon (way_refresher_get_retrievability (&one, 1), .9, 1e-12);
  g_assert_cmpfloat_with_epsilon (way_refresher_get_retrievability (&one, 2), .8458846451494336,
                                  1e-9);
  g_assert_cmpfloat_with_epsilon (way_refresher_get_retrievability (&one, 3), .8093881035731708,
                                  1e-9);

  /* Always right, always on the day: further and further apart, to a year. */
  skill = (WayRefresher){ 0 };
  way_refresher_answer (&skill, 0, TRUE);
  for (guint i = 0, before = 0; i < 12; i++)
    {
      guint interval = way_refresher_get_interval (&skill);

      g_assert_cmpuint (interval, >=, before);
      g_assert_cmpuint (interval, <=, WAY_REFRESHER_MOST_DAYS);
      before = interval;
      way_refresher_answer (&skill, interval, TRUE);
    }
  g_assert_cmpuint (way_refresher_get_interval (&skill), ==, WAY_REFRESHER_MOST_DAYS);
  way_refresher_answer (&skill, 365, FALSE);
  g_assert_cmpuint (way_refresher_get_interval (&skill), <, 30);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/assessment/trust/effort", test_effort);
  g_test_add_func ("/assessment/trust/change", test_change);
  g_test_add_func ("/assessment/trust/confidence", test_confidence);
  g_test_add_func ("/assessment/trust/lz", test_lz);
  g_test_add_func ("/assessment/trust/person-fit", test_person_fit);
  g_test_add_func ("/assessment/trust/fairness-by-hand", test_fairness_by_hand);
  g_test_add_func ("/assessment/trust/fairness-recovery", test_fairness_recovery);
  g_test_add_func ("/assessment/trust/decision", test_decision);
  g_test_add_func ("/assessment/trust/standard", test_standard);
  g_test_add_func ("/assessment/trust/refresher", test_refresher);

  return g_test_run ();
}
