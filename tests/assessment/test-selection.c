/* test-selection.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "joint-fixture.h"
#include "sitting-fixture.h"

/* The first six: one on each capability, near .8 for the level that people gave. */
static void
test_opening (void)
{
  g_autoptr (WayBank) bank = way_simulation_make_bank (6, 30, 4, 4, 3);

  for (int self_now = 0; self_now <= 4; self_now++)
    for (guint64 seed = 0; seed < 20; seed++)
      {
        WaySittingPlan plan = make_plan (WAY_DEPTH_SHORT, seed);
        g_autoptr (WaySitting) sitting = NULL;
        gboolean is_seen[6] = { FALSE };
        WaySelection selection;

        for (guint d = 0; d < 6; d++)
          plan.self_now[d] = self_now;
        sitting = way_sitting_new (bank, &plan);
        for (guint i = 0; i < 6; i++)
          {
            WayParameters parameters;
            double p;

            g_assert_true (way_sitting_choose (sitting, &selection));
            g_assert_cmpstr (selection.reason, ==, "opening");
            g_assert_false (is_seen[selection.capability]);
            is_seen[selection.capability] = TRUE;
            parameters = get_item (bank, selection.item)->curve.parameters;
            parameters.a = way_irt_attenuate (1, .6);
            p = way_irt_probability (&parameters, MAX (self_now, 1) - 2.5);
            g_assert_cmpfloat_with_epsilon (p, .8, .09);
            g_assert_cmpfloat_with_epsilon (selection.value, -fabs (p - .8), 1e-12);
            way_sitting_answer (sitting, selection.item, 0, TRUE);
          }
        g_assert_true (way_sitting_choose (sitting, &selection));
        g_assert_cmpstr (selection.reason, ==, "balance");
      }
}

/* How sure it is on average that a requirement is met or is not, of all six. */
static double
get_certainty (const WayPosterior *posterior, const int *required)
{
  double sum = 0;

  for (guint j = 0; j < 6; j++)
    {
      double p = way_irt_normal_cdf ((posterior->mean[j] - cuts[required[j] - 2])
                                     / (1.05 * sqrt (posterior->covariance[j][j])));

      sum += p * p + (1 - p) * (1 - p);
    }
  return sum;
}

/* What @posterior is once @item is answered, by one step of Fisher's with whole matrices:
 * H = C⁻¹ + I e eᵀ, so H⁻¹ by Sherman and Morrison. */
static WayPosterior
step_on (const WayPosterior *posterior, const WayParameters *parameters, guint d, gboolean is_right)
{
  WayPosterior next = *posterior;
  double p = way_irt_probability (parameters, posterior->mean[d]);
  double slope = sqrt (way_irt_information (parameters, posterior->mean[d]) * p * (1 - p));
  double information = slope * slope / (p * (1 - p));
  double gradient = slope * (is_right - p) / (p * (1 - p));

  for (guint i = 0; i < 6; i++)
    for (guint j = 0; j < 6; j++)
      next.covariance[i][j] -= posterior->covariance[i][d] * posterior->covariance[d][j]
                               * information / (1 + information * posterior->covariance[d][d]);
  for (guint i = 0; i < 6; i++)
    next.mean[i] += next.covariance[i][d] * gradient;
  return next;
}

/* How much surer the verdicts are expected to be after one more answer. */
static double
get_gain (const WayPosterior *posterior,
          const WayParameters *parameters,
          guint d,
          const int *required)
{
  double sd = sqrt (posterior->covariance[d][d]);
  double p = way_irt_probability (parameters, posterior->mean[d]) * 2 / 3
             + way_irt_probability (parameters, posterior->mean[d] - sqrt (3) * sd) / 6
             + way_irt_probability (parameters, posterior->mean[d] + sqrt (3) * sd) / 6;
  WayPosterior right = step_on (posterior, parameters, d, TRUE);
  WayPosterior wrong = step_on (posterior, parameters, d, FALSE);

  return p * get_certainty (&right, required) + (1 - p) * get_certainty (&wrong, required)
         - get_certainty (posterior, required);
}

/* After the opening the choice is among the best three by the formula, worked out here
 * once more from the posterior. @data: whether it was begun before the balance looked ahead. */
static void
test_value (gconstpointer data)
{
  gboolean balances_by_variance = GPOINTER_TO_INT (data);
  g_autoptr (WayBank) bank = way_simulation_make_bank (6, 30, 4, 4, 3);
  guint ranks[3] = { 0 };
  guint n_values = 0;

  for (guint64 seed = 0; seed < 40; seed++)
    {
      WaySittingPlan plan = make_plan (WAY_DEPTH_SHORT, seed);
      g_autoptr (WaySitting) sitting = NULL;
      WayAnswer answers[24] = { 0 };
      guint counts[6] = { 0 };
      g_autoptr (GHashTable) used = g_hash_table_new (g_str_hash, g_str_equal);
      WaySelection selection;
      guint n = 0;

      for (guint d = 0; d < 6; d++)
        plan.required[d] = 2 + d % 3;
      plan.balances_by_variance = balances_by_variance;
      sitting = way_sitting_new (bank, &plan);
      while (way_sitting_choose (sitting, &selection))
        {
          const WayBankItem *chosen = get_item (bank, selection.item);
          WayPosterior posterior;
          guint n_better = 0;
          guint pool = 0;
          guint least = MIN (MIN (MIN (counts[0], counts[1]), MIN (counts[2], counts[3])),
                             MIN (counts[4], counts[5]));

          score_joint (6, .5, answers, n, &posterior);
          g_assert_cmpuint (selection.rank, <, 3);
          if (n >= 6)
            {
              gboolean is_balancing = least < 2;

              g_assert_cmpstr (selection.reason, ==, is_balancing ? "balance" : "value");
              for (guint i = 0; i < bank->items->len; i++)
                {
                  const WayBankItem *item = bank->items->pdata[i];
                  guint d = item->capability;
                  WayParameters parameters = item->curve.parameters;
                  double place = (posterior.mean[d] + cuts[plan.required[d] - 2]) / 2;
                  double sum = 0;
                  double value;
                  double p;

                  if (g_hash_table_contains (used, item->id)
                      || (is_balancing && counts[d] != least))
                    continue;
                  pool++;
                  parameters.a = way_irt_attenuate (1, item->sd_b);
                  value = way_irt_information (&parameters, place);
                  for (guint j = 0; j < 6; j++)
                    sum += posterior.covariance[j][d] * posterior.covariance[j][d];
                  value = value * sum / (1 + value * posterior.covariance[d][d]);
                  p = way_irt_normal_cdf ((posterior.mean[d] - cuts[plan.required[d] - 2])
                                          / (1.05 * sqrt (posterior.covariance[d][d])));
                  if (counts[d] >= 2 && (p >= .8 || p <= .2))
                    value *= .25;
                  if (is_balancing && !balances_by_variance)
                    value = get_gain (&posterior, &parameters, d, plan.required);
                  n_better += value > selection.value + 1e-8;
                  if (item == chosen)
                    g_assert_cmpfloat_with_epsilon (selection.value, value, 1e-9);
                }
              g_assert_cmpuint (n_better, <, 3);
              g_assert_cmpuint (pool, ==, selection.pool);
              ranks[selection.rank]++;
              n_values++;
            }

          answers[n].parameters = chosen->curve.parameters;
          answers[n].parameters.a = way_irt_attenuate (1, chosen->sd_b);
          answers[n].capability = chosen->capability;
          answers[n].score = would_be_right (bank, chosen->id, 0, seed);
          way_sitting_answer (sitting, selection.item, answers[n].score, TRUE);
          g_hash_table_add (used, chosen->id);
          counts[chosen->capability]++;
          n++;
        }
    }

  /* All three ranks about as often. */
  for (guint i = 0; i < 3; i++)
    g_assert_cmpfloat_with_epsilon ((double) ranks[i] / n_values, 1.0 / 3, .08);
}

/* The same plan and answers give the same questions, to the last bit; another seed
 * gives others. */
static void
test_replay (void)
{
  g_autoptr (WayBank) bank = way_simulation_make_bank (6, 10, 2, 4, 1);
  guint n_other = 0;

  for (guint64 seed = 0; seed < 30; seed++)
    {
      WaySittingPlan plan = make_plan (WAY_DEPTH_SHORT, seed);
      g_autoptr (WaySitting) first = way_sitting_new (bank, &plan);
      g_autoptr (WaySitting) again = way_sitting_new (bank, &plan);
      g_autoptr (WaySitting) other = NULL;
      WaySelection a;
      WaySelection b;

      plan.seed += 1000;
      other = way_sitting_new (bank, &plan);
      g_assert_true (way_sitting_choose (other, &b));
      g_assert_true (way_sitting_choose (first, &a));
      n_other += !g_str_equal (a.item, b.item);

      while (way_sitting_choose (first, &a))
        {
          gboolean is_right = would_be_right (bank, a.item, .3, seed);
          gboolean is_counted = way_sitting_get_n_answered (first) % 7 != 5;

          /* Asking twice changes nothing. */
          g_assert_true (way_sitting_choose (first, &b));
          g_assert_cmpstr (a.item, ==, b.item);
          g_assert_true (way_sitting_choose (again, &b));
          g_assert_cmpstr (a.item, ==, b.item);
          g_assert_true (memcmp (&a.value, &b.value, sizeof a.value) == 0);
          g_assert_cmpuint (a.rank, ==, b.rank);
          g_assert_cmpuint (a.pool, ==, b.pool);
          way_sitting_answer (first, a.item, is_right, is_counted);
          way_sitting_answer (again, a.item, is_right, is_counted);
        }
      g_assert_cmpint (way_sitting_get_stop (first), ==, way_sitting_get_stop (again));
      for (guint d = 0; d < 6; d++)
        {
          WayEstimate x;
          WayEstimate y;

          way_sitting_get_estimate (first, d, &x);
          way_sitting_get_estimate (again, d, &y);
          g_assert_true (memcmp (&x.mean, &y.mean, sizeof x.mean) == 0);
          g_assert_true (memcmp (&x.sd, &y.sd, sizeof x.sd) == 0);
        }
    }
  g_assert_cmpuint (n_other, >, 15);
}

/* The choices of a fixed plan: others would break the replay of what is in people's logs,
 * of sittings from before the balance looked ahead too. */
static void
test_golden (void)
{
  static const char *const expected[][24] = {
    { "B01", "D01", "C01", "A01", "F01", "E01", "F04", "A04", "E04", "C05", "B04", "D10",
      "C04", "A07", "B05", "C07", "F07", "C08", "C03", "A03", "C10", "D04", "E07", "C09" },
    { "B01", "D01", "C01", "A01", "F01", "E01", "C04", "E04", "D04", "A04", "F04", "B05",
      "B04", "B07", "C05", "A03", "A07", "B03", "A05", "B02", "A10", "A08", "E05", "D05" },
  };
  g_autoptr (WayBank) bank = way_simulation_make_bank (6, 10, 2, 4, 1);

  for (guint k = 0; k < G_N_ELEMENTS (expected); k++)
    {
      WaySittingPlan plan = make_plan (WAY_DEPTH_SHORT, 20260302);
      g_autoptr (WaySitting) sitting = NULL;
      WaySelection selection;

      plan.balances_by_variance = k == 1;
      sitting = way_sitting_new (bank, &plan);
      for (guint i = 0; i < G_N_ELEMENTS (expected[k]); i++)
        {
          g_assert_true (way_sitting_choose (sitting, &selection));
          g_assert_cmpstr (selection.item, ==, expected[k][i]);
          way_sitting_answer (sitting, selection.item, i % 3 != 0, TRUE);
        }
    }
}

/* Enemies are never met together, whichever of the two names the other, and no item
 * twice, even if that ends the sitting. */
static void
test_enemies (void)
{
  for (guint64 seed = 0; seed < 60; seed++)
    {
      g_autoptr (WayBank) bank = way_simulation_make_bank (6, 8, 2, 4, 1);
      WaySittingPlan plan = make_plan (WAY_DEPTH_CLOSER, seed);
      g_autoptr (WaySitting) sitting = NULL;
      g_autoptr (GPtrArray) asked = g_ptr_array_new ();

      for (guint d = 0; d < 6; d++)
        for (guint i = 0; i < 4; i++)
          {
            WayBankItem *item = bank->items->pdata[d * 8 + i];
            const char *names[] = { ((WayBankItem *) bank->items->pdata[d * 8 + 7 - i])->id,
                                    "nowhere", NULL };

            item->enemies = g_strdupv ((char **) names);
          }
      sitting = way_sitting_new (bank, &plan);
      walk (bank, sitting, 0, seed, asked);
      for (guint i = 0; i < asked->len; i++)
        for (guint j = 0; j < i; j++)
          {
            const WayBankItem *a = get_item (bank, asked->pdata[i]);
            const WayBankItem *b = get_item (bank, asked->pdata[j]);

            g_assert_true (a != b);
            if (a->enemies != NULL)
              g_assert_false (g_strv_contains ((const char *const *) a->enemies, b->id));
            if (b->enemies != NULL)
              g_assert_false (g_strv_contains ((const char *const *) b->enemies, a->id));
          }
      /* Four of each capability's eight are left. */
      g_assert_cmpuint (asked->len, >=, 12);
      g_assert_cmpuint (asked->len, <=, 24);
    }
}

/* Items seen lately are left out while there are others, then asked and named so. */
static void
test_recent (void)
{
  g_autoptr (WayBank) bank = way_simulation_make_bank (6, 10, 2, 4, 1);
  g_autoptr (GStrvBuilder) seen = g_strv_builder_new ();
  g_auto (GStrv) recent = NULL;
  guint n_yielded = 0;

  /* All but one item of A, and half of everything else. */
  for (guint i = 0; i < bank->items->len; i++)
    if (i < 9 || i % 2 == 0)
      g_strv_builder_add (seen, ((WayBankItem *) bank->items->pdata[i])->id);
  recent = g_strv_builder_end (seen);

  for (guint64 seed = 0; seed < 30; seed++)
    for (guint exposed = 0; exposed < 2; exposed++)
      {
        WaySittingPlan plan = make_plan (WAY_DEPTH_SHORT, seed);
        g_autoptr (WaySitting) sitting = NULL;
        WaySelection selection;
        guint n_a = 0;

        if (exposed)
          plan.exposed = recent;
        else
          plan.recent = recent;
        sitting = way_sitting_new (bank, &plan);
        for (guint i = 0; i < 12; i++)
          {
            gboolean is_seen;

            g_assert_true (way_sitting_choose (sitting, &selection));
            is_seen = g_strv_contains ((const char *const *) recent, selection.item);
            g_assert_cmpint (g_str_has_suffix (selection.reason, exposed ? "-exposed" : "-recent"),
                             ==, is_seen);
            if (!is_seen)
              g_assert_cmpuint (exposed ? selection.n_exposed : selection.n_recent, >, 0);
            g_assert_cmpuint (exposed ? selection.n_recent : selection.n_exposed, ==, 0);
            if (selection.capability == 0)
              g_assert_cmpint (is_seen, ==, n_a++ > 0);
            else
              g_assert_false (is_seen);
            n_yielded += is_seen;
            way_sitting_answer (sitting, selection.item, i % 2, TRUE);
          }
      }
  g_assert_cmpuint (n_yielded, ==, 60);
}

/* Exposure gives way before what the person saw. */
static void
test_yield_order (void)
{
  static const char *const recent[] = { "A01", "A02", "A03", NULL };
  static const char *const exposed[] = { "A04", NULL };
  g_autoptr (WayBank) bank = way_simulation_make_bank (1, 4, 1, 0, 1);
  WaySittingPlan plan = make_plan (WAY_DEPTH_CLOSER, 5);
  g_autoptr (WaySitting) sitting = NULL;
  WaySelection selection;

  plan.recent = (char **) recent;
  plan.exposed = (char **) exposed;
  sitting = way_sitting_new (bank, &plan);
  g_assert_true (way_sitting_choose (sitting, &selection));
  g_assert_cmpstr (selection.item, ==, "A04");
  g_assert_cmpstr (selection.reason, ==, "opening-exposed");
  g_assert_cmpuint (selection.pool, ==, 1);
  way_sitting_answer (sitting, "A04", 1, TRUE);
  g_assert_true (way_sitting_choose (sitting, &selection));
  g_assert_cmpuint (selection.pool, ==, 3);
}

/* A capability that runs out is left for the next, and that is recorded. */
static void
test_balance_yields (void)
{
  g_autoptr (WayBank) bank = way_bank_new (3, cuts, .5);
  WaySittingPlan plan = make_plan (WAY_DEPTH_CLOSER, 3);
  g_autoptr (WaySitting) sitting = NULL;
  WaySelection selection;
  guint n_yielded = 0;
  guint n = 0;

  way_bank_add (bank, way_bank_item_new ("only", 0, 2, FALSE, 0, 1, 30));
  for (guint i = 0; i < 16; i++)
    {
      g_autofree char *id = g_strdup_printf ("x%u", i);

      way_bank_add (bank, way_bank_item_new (id, 1 + i % 2, 1 + i % 4, FALSE, 0, 1, 30));
    }
  sitting = way_sitting_new (bank, &plan);
  while (way_sitting_choose (sitting, &selection))
    {
      if (g_str_has_suffix (selection.reason, "-exhausted"))
        {
          g_assert_cmpuint (selection.capability, !=, 0);
          n_yielded++;
        }
      way_sitting_answer (sitting, selection.item, n++ % 2, TRUE);
    }
  g_assert_cmpuint (n_yielded, >, 0);
  g_assert_cmpint (way_sitting_get_stop (sitting), ==, WAY_STOP_EXHAUSTED);
  g_assert_cmpuint (n, ==, 17);
}

/* No more than twelve on one capability. */
static void
test_most_of_one (void)
{
  g_autoptr (WayBank) bank = way_simulation_make_bank (2, 40, 4, 4, 1);
  WaySittingPlan plan = make_plan (WAY_DEPTH_CLOSER, 3);
  g_autoptr (WaySitting) sitting = NULL;
  WaySelection selection;
  guint counts[2] = { 0 };

  sitting = way_sitting_new (bank, &plan);
  /* Rapid answers all the way: nothing is ever known. */
  while (way_sitting_choose (sitting, &selection))
    {
      counts[selection.capability]++;
      way_sitting_answer (sitting, selection.item, 1, FALSE);
    }
  g_assert_cmpint (way_sitting_get_stop (sitting), ==, WAY_STOP_EXHAUSTED);
  g_assert_cmpuint (counts[0], ==, 12);
  g_assert_cmpuint (counts[1], ==, 12);
}

/* Rapid answers do not stand in for answers: the balance asks again. */
static void
test_rapid_balance (void)
{
  g_autoptr (WayBank) bank = way_simulation_make_bank (6, 10, 2, 4, 1);
  WaySittingPlan plan = make_plan (WAY_DEPTH_SHORT, 8);
  g_autoptr (WaySitting) sitting = way_sitting_new (bank, &plan);
  WaySelection selection;

  for (guint i = 0; i < 18; i++)
    {
      g_assert_true (way_sitting_choose (sitting, &selection));
      way_sitting_answer (sitting, selection.item, 1, i >= 6);
    }
  for (guint d = 0; d < 6; d++)
    {
      WayEstimate estimate;

      way_sitting_get_estimate (sitting, d, &estimate);
      g_assert_cmpuint (estimate.n_items, ==, 2);
    }
}

static void
test_choose_speed (void)
{
  g_autoptr (WayBank) bank = way_simulation_make_bank (6, 167, 4, 4, 1);
  WaySittingPlan plan = make_plan (WAY_DEPTH_SHORT, 1);
  g_autoptr (WaySitting) sitting = way_sitting_new (bank, &plan);
  WaySelection selection;
  gint64 started;
  double each;

  for (guint i = 0; i < 13; i++)
    {
      g_assert_true (way_sitting_choose (sitting, &selection));
      way_sitting_answer (sitting, selection.item, i % 2, TRUE);
    }
  started = g_get_monotonic_time ();
  for (guint i = 0; i < 200; i++)
    way_sitting_choose (sitting, &selection);
  each = (double) (g_get_monotonic_time () - started) / 200;
  g_test_message ("%.0f microseconds for the next of %u items, aim 1000", each, bank->items->len);
  g_assert_cmpfloat (each, <, 20000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/assessment/selection/opening", test_opening);
  g_test_add_data_func ("/assessment/selection/value", GINT_TO_POINTER (FALSE), test_value);
  g_test_add_data_func ("/assessment/selection/value-before", GINT_TO_POINTER (TRUE), test_value);
  g_test_add_func ("/assessment/selection/replay", test_replay);
  g_test_add_func ("/assessment/selection/golden", test_golden);
  g_test_add_func ("/assessment/selection/enemies", test_enemies);
  g_test_add_func ("/assessment/selection/recent", test_recent);
  g_test_add_func ("/assessment/selection/yield-order", test_yield_order);
  g_test_add_func ("/assessment/selection/balance-yields", test_balance_yields);
  g_test_add_func ("/assessment/selection/most-of-one", test_most_of_one);
  g_test_add_func ("/assessment/selection/rapid-balance", test_rapid_balance);
  g_test_add_func ("/assessment/selection/choose-speed", test_choose_speed);

  return g_test_run ();
}
