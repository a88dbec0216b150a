/* bench-irt.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "../assessment/joint-fixture.h"

#include <math.h>
#include <string.h>

#include "assessment/way-calibration.h"
#include "assessment/way-random.h"
#include "assessment/way-simulation.h"
#include "assessment/way-trust.h"

/* One piece of the engine's work, for bench-irt.py to count instructions of: done as many
 * times as is asked, or, by the name "reference", a plain loop of as many logistic functions. */

#define SEED 7

static volatile double sink;

static double
get_logistic (double z)
{
  return 1 / (1 + exp (-z));
}

static void
run_reference (guint n)
{
  double sum = 0;

  for (guint i = 0; i < n; i++)
    sum += get_logistic (sum - i % 7 + 3);
  sink = sum;
}

static void
run_next (guint n)
{
  g_autoptr (WayBank) bank = way_simulation_make_bank (5, 200, 4, 4, 3);
  WaySittingPlan plan = { .depth = WAY_DEPTH_CLOSER, .seed = SEED, .required = { 2, 2, 2, 2, 2 } };
  g_autoptr (WaySitting) sitting = way_sitting_new (bank, &plan);
  WaySelection selection;

  /* Past the opening and the balance, where every item is looked at. */
  for (guint i = 0; i < 16; i++)
    {
      way_sitting_choose (sitting, &selection);
      way_sitting_answer (sitting, selection.item, i % 2, TRUE);
    }
  for (guint i = 0; i < n; i++)
    {
      way_sitting_choose (sitting, &selection);
      sink = selection.value;
    }
}

static void
fill_curves (WayCurve *curves, WayScored *answers, guint n)
{
  WayRandom random;

  way_random_init (&random, SEED, 0);
  memset (curves, 0, sizeof *curves * n);
  for (guint i = 0; i < n; i++)
    {
      curves[i].parameters = (WayParameters){ .8 + way_random_uniform (&random),
                                              way_random_normal (&random), .2, 1 };
      answers[i] = (WayScored){ &curves[i], way_random_range (&random, 2) };
    }
}

static void
run_eap (guint n)
{
  WayCurve curves[60];
  WayScored answers[60];
  WayPlace place;

  fill_curves (curves, answers, G_N_ELEMENTS (curves));
  for (guint i = 0; i < n; i++)
    {
      way_scale_estimate (answers, G_N_ELEMENTS (answers), WAY_METHOD_EAP, 0, 1, &place);
      sink = place.theta;
    }
}

static void
run_joint (guint n)
{
  WayCurve curves[48];
  WayScored scored[48];
  WayAnswer answers[48] = { 0 };
  WayPosterior posterior;

  fill_curves (curves, scored, G_N_ELEMENTS (curves));
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    answers[i] = (WayAnswer){ curves[i].parameters, i % 6, scored[i].score };
  for (guint i = 0; i < n; i++)
    {
      score_joint (6, .5, answers, G_N_ELEMENTS (answers), &posterior);
      sink = posterior.mean[0];
    }
}

static void
run_fit (guint n)
{
  /* Hard items right and easy ones wrong: nobody fits as badly, so all draws are made. */
  g_autoptr (WayBank) bank = way_simulation_make_bank (6, 10, 4, 0, 3);
  WaySittingPlan plan = { .depth = WAY_DEPTH_CLOSER, .seed = SEED };
  g_autoptr (WaySitting) sitting = way_sitting_new (bank, &plan);

  for (guint i = 0; i < bank->items->len; i++)
    {
      const WayBankItem *item = bank->items->pdata[i];

      way_sitting_answer (sitting, item->id, item->curve.parameters.b > 0, TRUE);
    }
  for (guint i = 0; i < n; i++)
    sink = way_sitting_get_fit (sitting, WAY_PERSON_FIT_DRAWS);
}

/* Answers of a thousand people to sixty items, measured from nothing. */
static void
run_calibrate (guint n)
{
  const guint n_people = 1000;
  const guint n_items = 60;
  g_autofree WaySheetEntry *entries = g_new0 (WaySheetEntry, n_people * n_items);
  g_autoptr (WaySheet) sheet = NULL;
  WayCalibrationPlan plan;

  for (guint v = 0; v < n_people; v++)
    {
      WayRandom random;
      double theta;

      way_random_init (&random, SEED, v);
      theta = way_random_normal (&random);
      for (guint i = 0; i < n_items; i++)
        entries[v * n_items + i] = (WaySheetEntry){
          v, i, way_random_uniform (&random) < get_logistic (theta - (i / 59.0 * 4 - 2))
        };
    }
  sheet = way_sheet_new (n_people, n_items, entries, n_people * n_items);
  way_calibration_plan_init (&plan, WAY_MODEL_2PL);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WayCalibration) found = way_calibration_run (sheet, &plan, NULL, NULL);

      sink = found->log_likelihood;
    }
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*run) (guint n);
  } works[] = {
    { "reference", run_reference }, { "next", run_next }, { "eap", run_eap },
    { "joint", run_joint },         { "fit", run_fit },   { "calibrate", run_calibrate },
  };
  guint64 n;

  if (argc == 3 && g_ascii_string_to_unsigned (argv[2], 10, 0, G_MAXINT, &n, NULL))
    for (guint i = 0; i < G_N_ELEMENTS (works); i++)
      if (g_str_equal (argv[1], works[i].name))
        {
          works[i].run (n);
          return 0;
        }
  g_printerr ("Usage: %s reference|next|eap|joint|fit|calibrate TIMES\n", argv[0]);
  return 2;
}
