/* ctl-irt-simulate.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/ctl-irt-private.h"

#include <math.h>
#include <string.h>

#include "assessment/way-simulation.h"

/* What an author's difficulty is unsure by, where the bank does not say: three raters. */
#define AUTHOR_SD .6
#define SCORING_RHO .5
#define MOST_PEOPLE 1000000
/* Of a made-up bank, on each capability. */
#define LEAST_ITEMS 6
#define MOST_ITEMS 1000
#define OPENERS 4
#define CALIBRATED_A 1.7
/* Until shares change by less than the people drawn do. */
#define SHARE_ROUNDS 12

typedef enum
{
  DEPTH_SHORT,
  DEPTH_CLOSER,
  DEPTH_CALIBRATED,
  DEPTH_YES_NO,
} Depth;

static gboolean
parse_depth (const char *text, Depth *depth)
{
  static const char *const names[] = { "short", "closer", "calibrated", "yesno" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (text, names[i]) == 0)
      {
        *depth = i;
        return TRUE;
      }
  return FALSE;
}

/* "2" for all, or one level for each capability. */
static gboolean
parse_levels (const char *text, guint n, int *levels)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  guint given = g_strv_length (parts);

  if (given != 1 && given != n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      gint64 level;

      if (!g_ascii_string_to_signed (parts[given == 1 ? 0 : i], 10, 1, WAY_N_LEVELS, &level, NULL))
        return FALSE;
      levels[i] = level;
    }
  return TRUE;
}

static int
level_of (double b)
{
  return b < -1 ? 1 : b < 0 ? 2 : b < 1 ? 3 : 4;
}

static WayBank *
make_bank (const CtlBank *file, gboolean is_calibrated)
{
  static const double cuts[] = { -1, 0, 1 };
  guint n = MAX (file->capabilities->names->len, 1);
  WayBank *bank = way_bank_new (n, cuts, SCORING_RHO);

  for (guint i = 0; i < file->curves->len; i++)
    {
      const WayCurve *curve = &g_array_index (file->curves, WayCurve, i);
      gboolean is_opener = g_array_index (file->is_opener, gboolean, i);
      WayBankItem *item = way_bank_item_new (ctl_names_get (file->items, i),
                                             g_array_index (file->capability, guint, i),
                                             level_of (curve->parameters.b), is_opener, 0, 3, 40);

      item->curve = *curve;
      item->sd_b = file->has_sd_b  ? g_array_index (file->sd_b, double, i)
                   : is_calibrated ? 0
                                   : AUTHOR_SD;
      item->share = g_array_index (file->share, double, i);
      item->enemies = g_strdupv (file->enemies->pdata[i]);
      way_bank_add (bank, item);
    }
  return bank;
}

/* A made-up bank of so many items on each of six capabilities: as authors write one, or as
 * one may be that was calibrated. */
static WayBank *
generate_bank (guint n_each, gboolean is_calibrated)
{
  return is_calibrated ? way_simulation_make_calibrated_bank (6, n_each, CALIBRATED_A)
                       : way_simulation_make_bank (6, n_each, OPENERS, 0, 3);
}

/* What a capability is called: by its file, or by its letter. */
static const char *
get_name (const CtlBank *file, guint capability)
{
  static const char *const letters[] = { "A", "B", "C", "D", "E", "F", "G", "H" };

  if (file == NULL)
    return letters[capability];
  if (file->capabilities->names->len > 0)
    return ctl_names_get (file->capabilities, capability);
  return "all";
}

static void
simulate_sittings (const CtlBank *file, WayBank *bank, WaySimulationPlan *plan, gboolean is_json)
{
  const char *const columns[] = { "capability",
                                  "people",
                                  "items",
                                  "items_median",
                                  "items_most",
                                  "stopped_decided",
                                  "stopped_precise",
                                  "stopped_length",
                                  "stopped_exhausted",
                                  "decided",
                                  "decided_right",
                                  "level_right",
                                  "rmse",
                                  "coverage",
                                  "beginners",
                                  "beginners_first_six_right",
                                  NULL };
  g_autoptr (CtlOutput) output = ctl_output_new (columns);
  WaySimulation result;
  guint n = bank->n_capabilities;

  way_simulation_run (bank, plan, &result);
  for (guint d = 0; d <= n; d++)
    {
      const WaySimulationPart *part = d < n ? &result.parts[d] : NULL;

      ctl_output_add_text (output, d == n ? "overall" : get_name (file, d));
      ctl_output_add_number (output, result.n_people);
      ctl_output_add_number (output, part != NULL ? part->mean_items : result.mean_items);
      ctl_output_add_number (output, part != NULL ? NAN : result.median_items);
      ctl_output_add_number (output, part != NULL ? NAN : result.most_items);
      ctl_output_add_number (output, part != NULL ? NAN : result.stops[WAY_STOP_DECIDED]);
      ctl_output_add_number (output, part != NULL ? NAN : result.stops[WAY_STOP_PRECISE]);
      ctl_output_add_number (output, part != NULL ? NAN : result.stops[WAY_STOP_LENGTH]);
      ctl_output_add_number (output, part != NULL ? NAN : result.stops[WAY_STOP_EXHAUSTED]);
      ctl_output_add_number (output, part != NULL ? part->decided : result.decided);
      ctl_output_add_number (output, part != NULL ? part->right : result.right);
      ctl_output_add_number (output, part != NULL ? part->level_right : result.level_right);
      ctl_output_add_number (output, part != NULL ? part->rmse : result.rmse_overall);
      ctl_output_add_number (output, part != NULL ? part->coverage : result.coverage_overall);
      ctl_output_add_number (output, part != NULL ? NAN : result.n_beginners);
      ctl_output_add_number (output, part != NULL || result.n_beginners == 0
                                         ? NAN
                                         : result.beginners_right);
    }
  /* Over all capabilities, beside the overall place above. */
  ctl_output_add_total (output, "capability-coverage", "capability_coverage", result.coverage);
  ctl_output_add_total (output, "capability-rmse", "capability_rmse", result.rmse);
  ctl_output_add_total (output, "most-exposure", "most_exposure", result.most_exposure);
  ctl_output_print (output, "capabilities", is_json);
}

static void
simulate_decisions (const CtlBank *file, WayBank *bank, WaySimulationPlan *plan, gboolean is_json)
{
  const char *const columns[] = { "capability", "people",  "items",         "items_median",
                                  "items_most", "decided", "decided_right", NULL };
  g_autoptr (CtlOutput) output = ctl_output_new (columns);
  double items = 0;
  double decided = 0;
  double right = 0;
  guint n = bank->n_capabilities;

  for (guint d = 0; d < n; d++)
    {
      WayDecisionSimulation result;

      way_simulation_run_decision (bank, plan, d, &result);
      ctl_output_add_text (output, get_name (file, d));
      ctl_output_add_number (output, plan->n_people);
      ctl_output_add_number (output, result.mean_items);
      ctl_output_add_number (output, result.median_items);
      ctl_output_add_number (output, result.most_items);
      ctl_output_add_number (output, result.decided);
      ctl_output_add_number (output, result.right);
      items += result.mean_items / n;
      decided += result.decided / n;
      right += result.right * result.decided / n;
    }
  ctl_output_add_text (output, "overall");
  ctl_output_add_number (output, plan->n_people);
  ctl_output_add_number (output, items);
  ctl_output_add_number (output, NAN);
  ctl_output_add_number (output, NAN);
  ctl_output_add_number (output, decided);
  ctl_output_add_number (output, decided > 0 ? right / decided : NAN);
  ctl_output_print (output, "capabilities", is_json);
}

/* What an author writes into a pack, so that no item comes up too often. */
static void
print_shares (WayBank *bank, const WaySimulationPlan *plan, gboolean is_json)
{
  const char *const columns[] = { "item", "share", NULL };
  g_autoptr (CtlOutput) output = ctl_output_new (columns);

  way_simulation_find_shares (bank, plan, SHARE_ROUNDS);
  for (guint i = 0; i < bank->items->len; i++)
    {
      const WayBankItem *item = bank->items->pdata[i];

      ctl_output_add_text (output, item->id);
      ctl_output_add_number (output, item->share);
    }
  ctl_output_print (output, "items", is_json);
}

/**
 * ctl_irt_simulate:
 *
 * How a bank does with people who are known.
 */
int
ctl_irt_simulate (int argc, char **argv)
{
  g_autofree char *bank_path = NULL;
  g_autofree char *depth_name = NULL;
  g_autofree char *required = NULL;
  g_autofree char *format = NULL;
  gboolean asks_shares = FALSE;
  gint64 people = 0;
  gint64 items = 0;
  gint64 seed = 1;
  double sd_b = CTL_NOT_GIVEN;
  WaySimulationPlan plan = { .rho = .6, .author_error = CTL_NOT_GIVEN };
  const GOptionEntry entries[] = {
    { "bank", 0, 0, G_OPTION_ARG_FILENAME, &bank_path, NULL, NULL },
    { "items", 0, 0, G_OPTION_ARG_INT64, &items, NULL, NULL },
    { "depth", 0, 0, G_OPTION_ARG_STRING, &depth_name, NULL, NULL },
    { "people", 0, 0, G_OPTION_ARG_INT64, &people, NULL, NULL },
    { "rho", 0, 0, G_OPTION_ARG_DOUBLE, &plan.rho, NULL, NULL },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, NULL, NULL },
    { "require", 0, 0, G_OPTION_ARG_STRING, &required, NULL, NULL },
    { "sd-b", 0, 0, G_OPTION_ARG_DOUBLE, &sd_b, NULL, NULL },
    { "author-error", 0, 0, G_OPTION_ARG_DOUBLE, &plan.author_error, NULL, NULL },
    { "shift", 0, 0, G_OPTION_ARG_DOUBLE, &plan.shift, NULL, NULL },
    { "shares", 0, 0, G_OPTION_ARG_NONE, &asks_shares, NULL, NULL },
    { "self-rating", 0, 0, G_OPTION_ARG_NONE, &plan.has_self_rating, NULL, NULL },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, NULL, NULL },
    { NULL },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (CtlBank) file = NULL;
  g_autoptr (WayBank) bank = NULL;
  gboolean is_json;
  Depth depth;

  if (!ctl_parse (&argc, &argv, entries) || !ctl_parse_format (format, &is_json))
    return CTL_USAGE;
  if (argc != 1 || (bank_path == NULL) == (items == 0) || !parse_depth (depth_name, &depth)
      || people == 0 || (asks_shares && depth == DEPTH_YES_NO))
    return ctl_usage ();
  if (people < 1 || people > MOST_PEOPLE)
    {
      ctl_fail_text ("--people must be from 1 to %d", MOST_PEOPLE);
      return CTL_USAGE;
    }
  if (bank_path == NULL && (items < LEAST_ITEMS || items > MOST_ITEMS))
    {
      ctl_fail_text ("--items must be from %d to %d", LEAST_ITEMS, MOST_ITEMS);
      return CTL_USAGE;
    }
  if (!(plan.rho >= 0 && plan.rho <= 1) || !isfinite (plan.shift)
      || (plan.author_error != CTL_NOT_GIVEN
          && !(plan.author_error >= 0 && plan.author_error <= 10))
      || (sd_b != CTL_NOT_GIVEN && !(sd_b >= 0 && sd_b <= 10)))
    {
      ctl_fail_text ("--rho must be from 0 to 1, --sd-b and --author-error from 0 to 10, --shift a "
                     "number");
      return CTL_USAGE;
    }
  if (bank_path != NULL)
    {
      file = ctl_bank_read (bank_path, FALSE, &error);
      if (file == NULL)
        return ctl_fail (error);
    }
  bank = file != NULL ? make_bank (file, depth == DEPTH_CALIBRATED)
                      : generate_bank (items, depth == DEPTH_CALIBRATED || depth == DEPTH_YES_NO);
  /* As if every difficulty were as unsure as this. */
  for (guint i = 0; sd_b != CTL_NOT_GIVEN && i < bank->items->len; i++)
    ((WayBankItem *) bank->items->pdata[i])->sd_b = sd_b;
  if (!parse_levels (required != NULL ? required : "2", bank->n_capabilities, plan.required))
    {
      ctl_fail_text ("--require takes one level from 1 to %d, or one for each of %u capabilities",
                     WAY_N_LEVELS, bank->n_capabilities);
      return CTL_USAGE;
    }
  plan.depth = depth == DEPTH_SHORT ? WAY_DEPTH_SHORT : WAY_DEPTH_CLOSER;
  plan.n_people = people;
  plan.seed = seed;
  if (plan.author_error == CTL_NOT_GIVEN)
    {
      double sum = 0;

      for (guint i = 0; i < bank->items->len; i++)
        sum += ((WayBankItem *) bank->items->pdata[i])->sd_b;
      plan.author_error = sum / bank->items->len;
    }
  if (asks_shares)
    print_shares (bank, &plan, is_json);
  else if (depth == DEPTH_YES_NO)
    simulate_decisions (file, bank, &plan, is_json);
  else
    simulate_sittings (file, bank, &plan, is_json);
  return CTL_DONE;
}
