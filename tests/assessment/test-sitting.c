/* test-sitting.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "joint-fixture.h"
#include "sitting-fixture.h"

static void
test_start (void)
{
  g_autoptr (WayBank) bank = way_simulation_make_bank (6, 10, 2, 4, 1);
  WaySittingPlan plan = make_plan (WAY_DEPTH_SHORT, 1);
  g_autoptr (WaySitting) sitting = NULL;
  double mean;
  double sd;

  /* Everybody has the lowest level, and still nothing is decided without an answer. */
  plan.required[0] = 1;
  plan.required[1] = 0;
  sitting = way_sitting_new (bank, &plan);
  g_assert_cmpint (way_sitting_get_stop (sitting), ==, WAY_STOP_NONE);
  g_assert_cmpuint (way_sitting_get_n_answered (sitting), ==, 0);
  g_assert_cmpuint (way_sitting_get_n_left (sitting), ==, 12);
  g_assert_false (way_sitting_is_pause (sitting));
  for (guint d = 0; d < 6; d++)
    {
      WayEstimate estimate;
      double sum = 0;

      way_sitting_get_estimate (sitting, d, &estimate);
      g_assert_cmpint (estimate.standing, ==, WAY_STANDING_NOT_SURE);
      g_assert_cmpint (estimate.required, ==, d < 2 ? 1 : 2);
      g_assert_cmpfloat_with_epsilon (estimate.mean, 0, 1e-12);
      g_assert_cmpfloat_with_epsilon (estimate.sd, 1, 1e-12);
      g_assert_cmpfloat_with_epsilon (estimate.p_required, d < 2 ? 1 : way_irt_normal_cdf (1),
                                      1e-12);
      g_assert_cmpfloat_with_epsilon (estimate.levels[0], way_irt_normal_cdf (-1), 1e-12);
      g_assert_cmpfloat_with_epsilon (estimate.levels[1], .5 - way_irt_normal_cdf (-1), 1e-12);
      for (guint k = 0; k < WAY_N_LEVELS; k++)
        sum += estimate.levels[k];
      g_assert_cmpfloat_with_epsilon (sum, 1, 1e-12);
      g_assert_true (estimate.is_provisional);
    }
  way_sitting_get_overall (sitting, &mean, &sd);
  g_assert_cmpfloat_with_epsilon (mean, 0, 1e-12);
  g_assert_cmpfloat_with_epsilon (sd, sqrt (21.0 / 36), 1e-12);
}

static void
test_answer (void)
{
  g_autoptr (WayBank) bank = way_simulation_make_bank (6, 10, 2, 4, 1);
  WaySittingPlan plan = make_plan (WAY_DEPTH_SHORT, 1);
  g_autoptr (WaySitting) sitting = way_sitting_new (bank, &plan);
  WayEstimate before;
  WayEstimate after;

  g_assert_false (way_sitting_answer (sitting, "Z99", 1, TRUE));
  g_assert_true (way_sitting_answer (sitting, "A05", 1, TRUE));
  g_assert_false (way_sitting_answer (sitting, "A05", 1, TRUE));
  g_assert_cmpuint (way_sitting_get_n_answered (sitting), ==, 1);
  way_sitting_get_estimate (sitting, 0, &before);
  g_assert_cmpuint (before.n_items, ==, 1);
  g_assert_cmpfloat (before.mean, >, 0);

  /* A rapid answer uses the item up and says nothing. */
  g_assert_true (way_sitting_answer (sitting, "A06", 0, FALSE));
  g_assert_cmpuint (way_sitting_get_n_answered (sitting), ==, 2);
  way_sitting_get_estimate (sitting, 0, &after);
  g_assert_cmpuint (after.n_items, ==, 1);
  g_assert_cmpfloat (after.mean, ==, before.mean);
  g_assert_cmpfloat (after.sd, ==, before.sd);

  /* Partly right is not right. */
  g_assert_true (way_sitting_answer (sitting, "A07", .75, TRUE));
  way_sitting_get_estimate (sitting, 0, &after);
  g_assert_cmpfloat (after.mean, <, before.mean);
}

/* The estimate is the joint posterior of attenuated items, its SD inflated as written. */
static void
test_estimate (void)
{
  static const struct
  {
    int raters;
    double sd_b;
    double by;
    double by_overall;
  } rows[] = {
    { 1, 1.0, 1.15, 1.30 }, { 2, .8, 1.10, 1.20 }, { 3, .6, 1.05, 1.10 }, { 5, .6, 1.05, 1.10 }
  };

  for (guint r = 0; r < G_N_ELEMENTS (rows); r++)
    {
      g_autoptr (WayBank) bank = way_simulation_make_bank (6, 10, 2, 4, rows[r].raters);
      WaySittingPlan plan = make_plan (WAY_DEPTH_SHORT, 1);
      g_autoptr (WaySitting) sitting = way_sitting_new (bank, &plan);
      static const char *const ids[] = { "A03", "B04", "C05", "A06", "F10", "B02" };
      WayAnswer answers[G_N_ELEMENTS (ids)] = { 0 };
      WayPosterior posterior;
      WayEstimate estimate;
      double mean;
      double sd;
      double expected;

      for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
        {
          const WayBankItem *item = get_item (bank, ids[i]);

          g_assert_cmpfloat (item->sd_b, ==, rows[r].sd_b);
          answers[i].parameters = item->curve.parameters;
          answers[i].parameters.a = 1 / sqrt (1 + item->sd_b * item->sd_b / (1.702 * 1.702));
          answers[i].capability = item->capability;
          answers[i].score = i % 2;
          way_sitting_answer (sitting, ids[i], i % 2, TRUE);
        }
      score_joint (6, .5, answers, G_N_ELEMENTS (ids), &posterior);
      for (guint d = 0; d < 6; d++)
        {
          way_sitting_get_estimate (sitting, d, &estimate);
          g_assert_cmpfloat_with_epsilon (estimate.mean, posterior.mean[d], 1e-12);
          g_assert_cmpfloat_with_epsilon (estimate.sd,
                                          rows[r].by * sqrt (posterior.covariance[d][d]), 1e-9);
          g_assert_cmpfloat_with_epsilon (estimate.p_required,
                                          way_irt_normal_cdf ((estimate.mean + 1) / estimate.sd),
                                          1e-12);
          g_assert_true (estimate.is_provisional);
        }
      way_sitting_get_overall (sitting, &mean, &sd);
      way_posterior_get_overall (&posterior, &expected);
      g_assert_cmpfloat_with_epsilon (sd, rows[r].by_overall * expected, 1e-9);
    }
}

/* A result stops being provisional when most of it rests on measured difficulties. */
static void
test_provisional (void)
{
  g_autoptr (WayBank) bank = way_simulation_make_bank (6, 10, 0, 0, 3);
  WaySittingPlan plan = make_plan (WAY_DEPTH_SHORT, 1);
  g_autoptr (WaySitting) sitting = NULL;
  WayEstimate estimate;

  for (guint i = 0; i < 3; i++)
    ((WayBankItem *) bank->items->pdata[i])->sd_b = .35;
  sitting = way_sitting_new (bank, &plan);
  way_sitting_answer (sitting, "A01", 1, TRUE);
  way_sitting_answer (sitting, "A02", 0, TRUE);
  way_sitting_answer (sitting, "A03", 0, TRUE);
  way_sitting_get_estimate (sitting, 0, &estimate);
  g_assert_false (estimate.is_provisional);

  way_sitting_answer (sitting, "A05", 1, TRUE);
  way_sitting_answer (sitting, "A06", 0, TRUE);
  way_sitting_get_estimate (sitting, 0, &estimate);
  g_assert_true (estimate.is_provisional);
  way_sitting_get_estimate (sitting, 1, &estimate);
  g_assert_true (estimate.is_provisional);
}

static void
test_standing (void)
{
  static const struct
  {
    double p;
    guint n;
    WayStanding standing;
  } rows[] = {
    { 1, 0, WAY_STANDING_NOT_SURE },     { 1, 1, WAY_STANDING_NOT_SURE },
    { .8, 2, WAY_STANDING_MET },         { .7999, 2, WAY_STANDING_NOT_SURE },
    { .2001, 9, WAY_STANDING_NOT_SURE }, { .2, 2, WAY_STANDING_NOT_YET },
    { 0, 1, WAY_STANDING_NOT_SURE },     { 0, 2, WAY_STANDING_NOT_YET },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (way_standing_judge (rows[i].p, rows[i].n), ==, rows[i].standing);

  g_assert_cmpstr (way_standing_to_string (WAY_STANDING_NOT_YET), ==, "not-yet");
  g_assert_cmpstr (way_stop_to_string (WAY_STOP_PRECISE), ==, "precise");
}

/* What was measured is held against another level by the probabilities of the levels. */
static void
test_ask (void)
{
  WayEstimate estimate = { .n_items = 5,
                           .levels = { .1, .25, .4, .25 },
                           .required = 2,
                           .p_required = .91,
                           .standing = WAY_STANDING_MET };
  WayEstimate few = estimate;

  way_estimate_ask (&estimate, 2);
  g_assert_cmpfloat (estimate.p_required, ==, .91);
  way_estimate_ask (&estimate, 3);
  g_assert_cmpint (estimate.required, ==, 3);
  g_assert_cmpfloat_with_epsilon (estimate.p_required, .65, 1e-12);
  g_assert_cmpint (estimate.standing, ==, WAY_STANDING_NOT_SURE);
  way_estimate_ask (&estimate, 1);
  g_assert_cmpfloat (estimate.p_required, ==, 1);
  g_assert_cmpint (estimate.standing, ==, WAY_STANDING_MET);
  way_estimate_ask (&estimate, 4);
  g_assert_cmpfloat_with_epsilon (estimate.p_required, .25, 1e-12);
  g_assert_cmpint (estimate.standing, ==, WAY_STANDING_NOT_SURE);

  few.n_items = 1;
  way_estimate_ask (&few, 1);
  g_assert_cmpint (few.standing, ==, WAY_STANDING_NOT_SURE);
}

/* Short: somebody clearly above ends when all is decided, with two answers on each; a
 * pause after each six; what is left is never more than there is room for. */
static void
test_stop_decided (void)
{
  g_autoptr (WayBank) bank = way_simulation_make_bank (6, 30, 4, 4, 3);

  for (guint64 seed = 0; seed < 20; seed++)
    {
      WaySittingPlan plan = make_plan (WAY_DEPTH_SHORT, seed);
      g_autoptr (WaySitting) sitting = way_sitting_new (bank, &plan);
      WaySelection selection;
      guint n = 0;

      while (way_sitting_choose (sitting, &selection))
        {
          g_assert_cmpuint (way_sitting_get_n_left (sitting), >=, 1);
          g_assert_cmpuint (way_sitting_get_n_left (sitting), <=, 24 - n);
          g_assert_cmpint (way_sitting_is_pause (sitting), ==, n > 0 && n % 6 == 0);
          way_sitting_answer (sitting, selection.item, 1, TRUE);
          n++;
        }
      g_assert_cmpint (way_sitting_get_stop (sitting), ==, WAY_STOP_DECIDED);
      g_assert_cmpuint (n, ==, 12);
      g_assert_cmpuint (way_sitting_get_n_left (sitting), ==, 0);
      g_assert_false (way_sitting_is_pause (sitting));
      for (guint d = 0; d < 6; d++)
        {
          WayEstimate estimate;

          way_sitting_get_estimate (sitting, d, &estimate);
          g_assert_cmpuint (estimate.n_items, ==, 2);
          g_assert_cmpint (estimate.standing, ==, WAY_STANDING_MET);
          g_assert_cmpfloat (estimate.p_required, >=, .8);
        }
    }
}

static void
test_stop_length (void)
{
  g_autoptr (WayBank) bank = way_simulation_make_bank (6, 30, 4, 4, 1);
  guint n_length = 0;

  for (guint64 seed = 0; seed < 20; seed++)
    {
      WaySittingPlan plan = make_plan (WAY_DEPTH_SHORT, seed);
      g_autoptr (WaySitting) sitting = way_sitting_new (bank, &plan);
      g_autoptr (GPtrArray) asked = g_ptr_array_new ();

      /* Just at the cut. */
      if (walk (bank, sitting, -1, seed, asked) != WAY_STOP_LENGTH)
        continue;
      g_assert_cmpuint (asked->len, ==, 24);
      n_length++;
    }
  g_assert_cmpuint (n_length, >, 5);
}

static void
test_stop_precise (void)
{
  static const struct
  {
    double sd_b;
    double sd;
    double p;
    guint most;
    WayStop stop;
  } rows[] = {
    { .6, .70, .70, 36, WAY_STOP_PRECISE },
    { .3, .45, .80, 48, WAY_STOP_LENGTH },
  };

  for (guint r = 0; r < G_N_ELEMENTS (rows); r++)
    for (guint64 seed = 0; seed < 10; seed++)
      {
        g_autoptr (WayBank) bank = way_simulation_make_bank (6, 30, 4, 0, 3);
        WaySittingPlan plan = make_plan (WAY_DEPTH_CLOSER, seed);
        g_autoptr (WaySitting) sitting = NULL;
        g_autoptr (GPtrArray) asked = g_ptr_array_new ();
        WayStop stop;

        for (guint i = 0; i < bank->items->len; i++)
          ((WayBankItem *) bank->items->pdata[i])->sd_b = rows[r].sd_b;
        sitting = way_sitting_new (bank, &plan);
        stop = walk (bank, sitting, 0, seed, asked);
        g_assert_cmpint (stop, ==, rows[r].stop);
        if (stop == WAY_STOP_LENGTH)
          g_assert_cmpuint (asked->len, ==, rows[r].most);
        else
          g_assert_cmpuint (asked->len, <=, rows[r].most);
        for (guint d = 0; d < 6 && stop == WAY_STOP_PRECISE; d++)
          {
            WayEstimate estimate;
            double likely = 0;

            way_sitting_get_estimate (sitting, d, &estimate);
            for (guint k = 0; k < WAY_N_LEVELS; k++)
              likely = MAX (likely, estimate.levels[k]);
            g_assert_cmpuint (estimate.n_items, >=, 2);
            g_assert_true (estimate.sd / 1.05 <= rows[r].sd || likely >= rows[r].p);
          }
      }
}

/* A calibrated bank is precise when its items say enough. */
static void
test_stop_calibrated (void)
{
  g_autoptr (WayBank) bank = way_simulation_make_bank (6, 30, 4, 0, 3);
  WaySittingPlan plan = make_plan (WAY_DEPTH_CLOSER, 4);
  g_autoptr (WaySitting) sitting = NULL;
  g_autoptr (GPtrArray) asked = g_ptr_array_new ();

  for (guint i = 0; i < bank->items->len; i++)
    {
      WayBankItem *item = bank->items->pdata[i];

      item->sd_b = .1;
      item->curve.parameters.a = 2.5;
    }
  sitting = way_sitting_new (bank, &plan);
  g_assert_cmpint (walk (bank, sitting, .5, 4, asked), ==, WAY_STOP_PRECISE);
  for (guint d = 0; d < 6; d++)
    {
      WayEstimate estimate;
      double likely = 0;

      way_sitting_get_estimate (sitting, d, &estimate);
      for (guint k = 0; k < WAY_N_LEVELS; k++)
        likely = MAX (likely, estimate.levels[k]);
      g_assert_true (estimate.sd <= .45 * 1.05 || likely >= .8);
      g_assert_false (estimate.is_provisional);
    }
}

/* A re-check: six to eight items, all of one capability, from what was known. */
static void
test_recheck (void)
{
  g_autoptr (WayBank) bank = way_simulation_make_bank (6, 10, 2, 4, 1);
  gboolean has_six = FALSE;
  gboolean has_eight = FALSE;

  for (guint64 seed = 0; seed < 40; seed++)
    {
      WaySittingPlan plan = make_plan (WAY_DEPTH_RECHECK, seed);
      g_autoptr (WaySitting) sitting = NULL;
      WaySelection selection;
      WayEstimate estimate;
      double mean;
      double sd;
      guint n = 0;

      plan.recheck = 3;
      plan.prior_mean = -.6;
      plan.prior_sd = .8;
      sitting = way_sitting_new (bank, &plan);
      way_sitting_get_estimate (sitting, 3, &estimate);
      g_assert_cmpfloat_with_epsilon (estimate.mean, -.6, 1e-9);
      g_assert_cmpfloat_with_epsilon (estimate.sd, .8, 1e-9);
      g_assert_cmpuint (way_sitting_get_n_left (sitting), >=, 6);
      while (way_sitting_choose (sitting, &selection))
        {
          g_assert_cmpuint (selection.capability, ==, 3);
          g_assert_cmpstr (selection.reason, ==, "value");
          g_assert_false (way_sitting_is_pause (sitting));
          way_sitting_answer (sitting, selection.item,
                              would_be_right (bank, selection.item, -.8, seed), TRUE);
          n++;
        }
      g_assert_cmpuint (n, >=, 6);
      g_assert_cmpuint (n, <=, 8);
      g_assert_cmpint (way_sitting_get_stop (sitting), !=, WAY_STOP_EXHAUSTED);
      if (n < 8)
        g_assert_cmpint (way_sitting_get_stop (sitting), ==, WAY_STOP_DECIDED);
      has_six = has_six || n == 6;
      has_eight = has_eight || way_sitting_get_stop (sitting) == WAY_STOP_LENGTH;

      way_sitting_get_estimate (sitting, 3, &estimate);
      way_sitting_get_overall (sitting, &mean, &sd);
      g_assert_cmpfloat (mean, ==, estimate.mean);
      g_assert_cmpfloat (sd, ==, estimate.sd);
      way_sitting_get_estimate (sitting, 0, &estimate);
      g_assert_cmpint (estimate.standing, ==, WAY_STANDING_NOT_SURE);
      g_assert_cmpuint (estimate.n_items, ==, 0);
    }
  g_assert_true (has_six);
  g_assert_true (has_eight);
}

static void
test_bank_item (void)
{
  static const struct
  {
    int level;
    gboolean is_opener;
    guint n_choices;
    int raters;
    double b;
    double c;
    double sd_b;
  } rows[] = {
    { 1, FALSE, 4, 1, -1.5, .25, 1.0 }, { 2, FALSE, 0, 2, -.5, 0, .8 },
    { 3, FALSE, 5, 3, .5, .2, .6 },     { 4, FALSE, 1, 7, 1.5, 0, .6 },
    { 1, TRUE, 2, 0, -2.6, .5, 1.0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      WayBankItem *item = way_bank_item_new ("x", 0, rows[i].level, rows[i].is_opener,
                                             rows[i].n_choices, rows[i].raters, 30);

      g_assert_cmpfloat (item->curve.parameters.a, ==, 1);
      g_assert_cmpfloat (item->curve.parameters.b, ==, rows[i].b);
      g_assert_cmpfloat (item->curve.parameters.c, ==, rows[i].c);
      g_assert_cmpfloat (item->curve.parameters.d, ==, 1);
      g_assert_cmpfloat (item->sd_b, ==, rows[i].sd_b);
      way_bank_item_free (item);
    }
}

/* The pack that is shipped makes a bank, and a sitting on it ends. */
static void
test_bank_pack (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("WAYMARK_DATADIR"), "content", "core", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayPack) pack = way_pack_open (path, "en-GB", &error);
  g_autoptr (WayBank) bank = NULL;
  guint n_guessed = 0;
  guint n_openers = 0;

  g_assert_no_error (error);
  bank = way_bank_new_from_pack (pack, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (bank->n_capabilities, ==, 6);
  g_assert_cmpuint (bank->items->len, ==, way_pack_get_baseline (pack)->len);
  g_assert_true (g_str_has_prefix (bank->version, "author-"));
  g_assert_cmpfloat (bank->cuts[0], <, bank->cuts[1]);
  for (guint i = 0; i < bank->items->len; i++)
    {
      const WayBankItem *item = bank->items->pdata[i];

      g_assert_cmpint (way_bank_find (bank, item->id), ==, i);
      n_guessed += item->curve.parameters.c > 0;
      n_openers += item->is_opener;
    }
  g_assert_cmpuint (n_guessed, >, 10);
  g_assert_cmpuint (n_guessed, <, bank->items->len);
  g_assert_cmpuint (n_openers, >=, 12);

  for (guint64 seed = 0; seed < 20; seed++)
    {
      WaySittingPlan plan = make_plan (WAY_DEPTH_SHORT, seed);
      g_autoptr (WaySitting) sitting = way_sitting_new (bank, &plan);
      g_autoptr (GPtrArray) asked = g_ptr_array_new ();
      WayStop stop = walk (bank, sitting, seed * .2 - 2, seed, asked);

      g_assert_true (stop == WAY_STOP_DECIDED || stop == WAY_STOP_LENGTH);
      g_assert_cmpuint (asked->len, >=, 12);
      g_assert_cmpuint (asked->len, <=, 24);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/assessment/bank/item", test_bank_item);
  g_test_add_func ("/assessment/bank/pack", test_bank_pack);
  g_test_add_func ("/assessment/sitting/start", test_start);
  g_test_add_func ("/assessment/sitting/answer", test_answer);
  g_test_add_func ("/assessment/sitting/estimate", test_estimate);
  g_test_add_func ("/assessment/sitting/provisional", test_provisional);
  g_test_add_func ("/assessment/sitting/standing", test_standing);
  g_test_add_func ("/assessment/sitting/ask", test_ask);
  g_test_add_func ("/assessment/sitting/stop-decided", test_stop_decided);
  g_test_add_func ("/assessment/sitting/stop-length", test_stop_length);
  g_test_add_func ("/assessment/sitting/stop-precise", test_stop_precise);
  g_test_add_func ("/assessment/sitting/stop-calibrated", test_stop_calibrated);
  g_test_add_func ("/assessment/sitting/recheck", test_recheck);

  return g_test_run ();
}
