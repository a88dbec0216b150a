/* ctl-irt.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/ctl-irt-private.h"

#include <math.h>
#include <string.h>

/* What people are estimated from. */
typedef struct
{
  char *bank_path;
  char *responses_path;
  char *format;
  double mean;
  double sd;
  double rho;
  CtlBank *bank;
  CtlResponses *responses;
} Input;

static void
input_clear (Input *input)
{
  g_free (input->bank_path);
  g_free (input->responses_path);
  g_free (input->format);
  g_clear_pointer (&input->responses, ctl_responses_free);
  g_clear_pointer (&input->bank, ctl_bank_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Input, input_clear)

/* CTL_DONE, or how it ended. */
static int
input_read (Input *input, gboolean is_joint)
{
  g_autoptr (GError) error = NULL;

  if (input->bank_path == NULL || input->responses_path == NULL)
    return ctl_usage ();
  if (!isfinite (input->mean) || !isfinite (input->sd) || input->sd <= 0)
    {
      ctl_fail_text ("--prior-sd must be above 0, and --prior-mean a number");
      return CTL_USAGE;
    }
  input->bank = ctl_bank_read (input->bank_path, is_joint, &error);
  if (input->bank == NULL)
    return ctl_fail (error);
  if (is_joint)
    {
      guint n = input->bank->capabilities->names->len;

      if (!isfinite (input->rho) || input->rho >= 1 || (n > 1 && input->rho <= -1.0 / (n - 1)))
        {
          ctl_fail_text ("--rho must be below 1, and above %g for %u capabilities",
                         n > 1 ? -1.0 / (n - 1) : -1.0, n);
          return CTL_USAGE;
        }
    }
  input->responses = ctl_responses_read (input->responses_path, input->bank, &error);
  if (input->responses == NULL)
    return ctl_fail (error);
  return CTL_DONE;
}

/* The nodes of EAP carry no prior that is narrower than they are apart, or that lies beside them:
 * what comes out is then drawn to the nearest node. */
static void
warn_of_nodes (const Input *input)
{
  const double apart = 2 * WAY_SCALE_END / (WAY_SCALE_NODES - 1);

  if (input->sd < apart || fabs (input->mean) > WAY_SCALE_END)
    g_printerr (
        "waymarkctl: eap has nodes from %g to %g that are %g apart, which do not carry this "
        "prior well; bm has none\n",
        -WAY_SCALE_END, WAY_SCALE_END, apart);
}

/* The posterior of one person; slopes are attenuated where the bank says how unsure each
 * difficulty is. */
static void
get_joint (const Input *input, guint person, WayPosterior *posterior)
{
  const WaySheet *sheet = input->responses->sheet;
  guint n = input->bank->capabilities->names->len;
  g_autofree WayAnswer *answers = g_new0 (WayAnswer, sheet->n_items);
  guint n_answers = 0;
  WayPrior prior;

  way_prior_init (&prior, n, input->rho);
  for (guint i = 0; i < n; i++)
    {
      prior.mean[i] = input->mean;
      for (guint j = 0; j < n; j++)
        prior.precision[i][j] /= input->sd * input->sd;
    }
  for (guint k = sheet->start[person]; k < sheet->start[person + 1]; k++)
    {
      WayAnswer *answer = &answers[n_answers++];
      guint item = sheet->item[k];
      const WayCurve *curve = &g_array_index (input->bank->curves, WayCurve, item);

      answer->parameters = curve->parameters;
      answer->n_steps = curve->n_steps;
      answer->steps = curve->n_steps > 0 ? curve->steps : NULL;
      answer->parameters.a = way_irt_attenuate (answer->parameters.a,
                                                g_array_index (input->bank->sd_b, double, item));
      answer->capability = g_array_index (input->bank->capability, guint, item);
      answer->score = sheet->score[k];
    }
  way_irt_joint_from (&prior, answers, n_answers, posterior);
}

static void
estimate_joint (const Input *input, gboolean is_json)
{
  const char *const columns[] = { "person", "capability", "mean", "sd", NULL };
  g_autoptr (CtlOutput) output = ctl_output_new (columns);

  for (guint v = 0; v < input->responses->people->names->len; v++)
    {
      WayPosterior posterior;
      double mean;
      double sd;

      get_joint (input, v, &posterior);
      for (guint d = 0; d <= posterior.n; d++)
        {
          ctl_output_add_text (output, ctl_names_get (input->responses->people, v));
          ctl_output_add_text (output, d < posterior.n
                                           ? ctl_names_get (input->bank->capabilities, d)
                                           : "overall");
          mean = way_posterior_get_overall (&posterior, &sd);
          ctl_output_add_number (output, d < posterior.n ? posterior.mean[d] : mean);
          ctl_output_add_number (output,
                                 d < posterior.n ? way_posterior_get_sd (&posterior, d) : sd);
        }
    }
  ctl_output_print (output, "people", is_json);
}

static void
estimate_one (const Input *input, WayMethod method, gboolean is_json)
{
  const char *const columns[] = { "person", "theta", "se", NULL };
  g_autoptr (CtlOutput) output = ctl_output_new (columns);
  const WaySheet *sheet = input->responses->sheet;
  g_autofree WayScored *answers = g_new0 (WayScored, sheet->n_items);
  guint n_bound = 0;

  for (guint v = 0; v < sheet->n_people; v++)
    {
      guint n = way_sheet_get_answers (sheet, v, (WayCurve *) input->bank->curves->data, answers);
      WayPlace place;

      way_scale_estimate (answers, n, method, input->mean, input->sd, &place);
      n_bound += place.is_bound;
      ctl_output_add_text (output, ctl_names_get (input->responses->people, v));
      ctl_output_add_number (output, place.theta);
      ctl_output_add_number (output, place.se);
    }
  if (n_bound > 0)
    g_printerr ("waymarkctl: %u of %u people have no maximum inside the scale, as when all answers "
                "are right: they stand at its end, -6 or 6\n",
                n_bound, sheet->n_people);
  ctl_output_print (output, "people", is_json);
}

/**
 * ctl_irt_estimate:
 *
 * Where people stand, by the answers they gave to items that are known.
 */
int
ctl_irt_estimate (int argc, char **argv)
{
  g_auto (Input) input = { .sd = 1, .rho = .5 };
  g_autofree char *method_name = NULL;
  gboolean is_joint = FALSE;
  const GOptionEntry entries[] = {
    { "bank", 0, 0, G_OPTION_ARG_FILENAME, &input.bank_path, NULL, NULL },
    { "responses", 0, 0, G_OPTION_ARG_FILENAME, &input.responses_path, NULL, NULL },
    { "method", 0, 0, G_OPTION_ARG_STRING, &method_name, NULL, NULL },
    { "joint", 0, 0, G_OPTION_ARG_NONE, &is_joint, NULL, NULL },
    { "rho", 0, 0, G_OPTION_ARG_DOUBLE, &input.rho, NULL, NULL },
    { "prior-mean", 0, 0, G_OPTION_ARG_DOUBLE, &input.mean, NULL, NULL },
    { "prior-sd", 0, 0, G_OPTION_ARG_DOUBLE, &input.sd, NULL, NULL },
    { "format", 0, 0, G_OPTION_ARG_STRING, &input.format, NULL, NULL },
    { NULL },
  };
  WayMethod method = WAY_METHOD_EAP;
  gboolean is_json;
  int status;

  if (!ctl_parse (&argc, &argv, entries) || !ctl_parse_format (input.format, &is_json))
    return CTL_USAGE;
  if (argc != 1 || (is_joint && method_name != NULL))
    return ctl_usage ();
  if (method_name != NULL && !way_method_from_string (method_name, &method))
    {
      ctl_fail_text ("there is no method “%s”; eap, ml, bm and wl are", method_name);
      return CTL_USAGE;
    }
  status = input_read (&input, is_joint);
  if (status != CTL_DONE)
    return status;
  if (!is_joint && method == WAY_METHOD_EAP)
    warn_of_nodes (&input);
  if (is_joint)
    estimate_joint (&input, is_json);
  else
    estimate_one (&input, method, is_json);
  return CTL_DONE;
}

/* What each item would tell: Fisher information, or what it takes from the variance of all
 * capabilities together. */
static void
add_next (const Input *input, CtlOutput *output, guint person, gboolean is_joint, const double *at)
{
  const WaySheet *sheet = input->responses->sheet;
  const CtlBank *bank = input->bank;
  g_autofree gboolean *is_answered = g_new0 (gboolean, sheet->n_items);
  g_autofree WayScored *answers = g_new0 (WayScored, sheet->n_items);
  guint n = way_sheet_get_answers (sheet, person, (WayCurve *) bank->curves->data, answers);
  WayPosterior posterior = { 0 };
  WayPlace place = { 0 };
  double best_value = -HUGE_VAL;
  double best_information = NAN;
  int best = -1;

  if (is_joint)
    get_joint (input, person, &posterior);
  else if (at == NULL)
    way_scale_estimate (answers, n, WAY_METHOD_EAP, input->mean, input->sd, &place);
  for (guint k = sheet->start[person]; k < sheet->start[person + 1]; k++)
    is_answered[sheet->item[k]] = TRUE;

  for (guint i = 0; i < sheet->n_items; i++)
    {
      WayCurve curve = g_array_index (bank->curves, WayCurve, i);
      guint d = g_array_index (bank->capability, guint, i);
      double theta = at != NULL ? *at : is_joint ? posterior.mean[d] : place.theta;
      WayTangent tangent;
      double value;

      if (is_answered[i])
        continue;
      if (is_joint)
        curve.parameters.a = way_irt_attenuate (curve.parameters.a,
                                                g_array_index (bank->sd_b, double, i));
      way_curve_get_tangent (&curve, theta, 0, &tangent);
      value = tangent.information;
      if (is_joint)
        {
          double reach = 0;

          for (guint j = 0; j < posterior.n; j++)
            reach += posterior.covariance[j][d] * posterior.covariance[j][d];
          value *= reach / (1 + tangent.information * posterior.covariance[d][d]);
        }
      if (value > best_value)
        {
          best_value = value;
          best_information = tangent.information;
          best = i;
        }
    }
  ctl_output_add_text (output, ctl_names_get (input->responses->people, person));
  ctl_output_add_text (output, best >= 0 ? ctl_names_get (bank->items, best) : "");
  ctl_output_add_number (output, best_information);
}

/**
 * ctl_irt_next:
 *
 * What to ask each person next, with no randomness: the first of the best in the order of
 * the bank.
 */
int
ctl_irt_next (int argc, char **argv)
{
  const char *const columns[] = { "person", "item", "information", NULL };
  g_auto (Input) input = { .sd = 1, .rho = .5 };
  g_autofree char *rule = NULL;
  double at = CTL_NOT_GIVEN;
  const GOptionEntry entries[] = {
    { "bank", 0, 0, G_OPTION_ARG_FILENAME, &input.bank_path, NULL, NULL },
    { "responses", 0, 0, G_OPTION_ARG_FILENAME, &input.responses_path, NULL, NULL },
    { "rule", 0, 0, G_OPTION_ARG_STRING, &rule, NULL, NULL },
    { "at", 0, 0, G_OPTION_ARG_DOUBLE, &at, NULL, NULL },
    { "rho", 0, 0, G_OPTION_ARG_DOUBLE, &input.rho, NULL, NULL },
    { "prior-mean", 0, 0, G_OPTION_ARG_DOUBLE, &input.mean, NULL, NULL },
    { "prior-sd", 0, 0, G_OPTION_ARG_DOUBLE, &input.sd, NULL, NULL },
    { "format", 0, 0, G_OPTION_ARG_STRING, &input.format, NULL, NULL },
    { NULL },
  };
  g_autoptr (CtlOutput) output = NULL;
  gboolean is_joint;
  gboolean is_json;
  int status;

  if (!ctl_parse (&argc, &argv, entries) || !ctl_parse_format (input.format, &is_json))
    return CTL_USAGE;
  is_joint = g_strcmp0 (rule, "joint") == 0;
  if (argc != 1 || (!is_joint && g_strcmp0 (rule, "mfi") != 0))
    return ctl_usage ();
  if (!isfinite (at))
    {
      ctl_fail_text ("--at must be a number");
      return CTL_USAGE;
    }
  status = input_read (&input, is_joint);
  if (status != CTL_DONE)
    return status;
  if (!is_joint && at == CTL_NOT_GIVEN)
    warn_of_nodes (&input);
  output = ctl_output_new (columns);
  for (guint v = 0; v < input.responses->people->names->len; v++)
    add_next (&input, output, v, is_joint, at != CTL_NOT_GIVEN ? &at : NULL);
  ctl_output_print (output, "people", is_json);
  return CTL_DONE;
}

/**
 * ctl_irt:
 *
 * The analyst's tools of item response theory.
 */
int
ctl_irt (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    int (*run) (int argc, char **argv);
  } commands[] = {
    { "estimate", ctl_irt_estimate },
    { "next", ctl_irt_next },
    { "calibrate", ctl_irt_calibrate },
    { "fit", ctl_irt_fit },
    { "dif", ctl_irt_dif },
    { "simulate", ctl_irt_simulate },
    { "angoff", ctl_irt_angoff },
    { "bank", ctl_irt_bank },
    { "replay", ctl_irt_replay },
    { "rho", ctl_irt_rho },
    { "extract", ctl_irt_extract },
    { "policy", ctl_irt_policy },
    { "publish", ctl_irt_publish },
  };

  for (guint i = 0; argc >= 2 && i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (argv[1], commands[i].name))
      return commands[i].run (argc - 1, argv + 1);
  return ctl_usage ();
}
