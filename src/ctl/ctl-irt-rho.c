/* ctl-irt-rho.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/ctl-irt-private.h"

#include <math.h>

#include "assessment/way-rho.h"
#include "session/way-sitting-log.h"

/* Scored answers by person, with slopes attenuated where the bank says how unsure each
 * difficulty is. */
static WayAnswer *
make_answers (const CtlBank *bank, const WaySheet *sheet)
{
  WayAnswer *answers = g_new0 (WayAnswer, sheet->n_answers);

  for (guint k = 0; k < sheet->n_answers; k++)
    {
      guint item = sheet->item[k];
      const WayCurve *curve = &g_array_index (bank->curves, WayCurve, item);

      answers[k].parameters = curve->parameters;
      answers[k].parameters.a = way_irt_attenuate (curve->parameters.a,
                                                   g_array_index (bank->sd_b, double, item));
      answers[k].n_steps = curve->n_steps;
      answers[k].steps = curve->n_steps > 0 ? curve->steps : NULL;
      answers[k].capability = g_array_index (bank->capability, guint, item);
      answers[k].score = sheet->score[k];
    }
  return answers;
}

/**
 * ctl_irt_rho:
 *
 * How the capabilities go together, from at least 300 people's answers.
 */
int
ctl_irt_rho (int argc, char **argv)
{
  const char *const columns[] = { "rho", "se", "log_likelihood", "people", NULL };
  g_autofree char *bank_path = NULL;
  g_autofree char *responses_path = NULL;
  g_autofree char *uri = NULL;
  g_autofree char *format = NULL;
  const GOptionEntry entries[] = {
    { "bank", 0, 0, G_OPTION_ARG_FILENAME, &bank_path, NULL, NULL },
    { "responses", 0, 0, G_OPTION_ARG_FILENAME, &responses_path, NULL, NULL },
    { "publish", 0, 0, G_OPTION_ARG_STRING, &uri, NULL, NULL },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, NULL, NULL },
    { NULL },
  };
  g_autoptr (CtlOutput) output = ctl_output_new (columns);
  g_autoptr (CtlResponses) responses = NULL;
  g_autoptr (CtlBank) bank = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree WayAnswer *answers = NULL;
  gboolean is_json;
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  WayRho result;

  if (!ctl_parse (&argc, &argv, entries) || !ctl_parse_format (format, &is_json))
    return CTL_USAGE;
  if (argc != 1 || bank_path == NULL || responses_path == NULL)
    return ctl_usage ();
  bank = ctl_bank_read (bank_path, TRUE, &error);
  if (bank != NULL)
    responses = ctl_responses_read (responses_path, bank, &error);
  if (responses == NULL)
    return ctl_fail (error);
  if (bank->capabilities->names->len < 2)
    return ctl_fail_text ("%s: there is one capability, which goes together with nothing",
                          bank_path);

  answers = make_answers (bank, responses->sheet);
  if (!way_rho_estimate (bank->capabilities->names->len, answers, responses->sheet->start,
                         responses->sheet->n_people, &result))
    return ctl_fail_text ("%s: %u people are too few, it takes %d", responses_path,
                          responses->sheet->n_people, WAY_RHO_LEAST);
  /* New sittings are scored by it; those that were keep the one they were begun with. */
  g_ascii_formatd (number, sizeof number, "%.4f", result.rho);
  if (uri != NULL && !ctl_irt_publish_setting (uri, WAY_SETTING_RHO, number, &error))
    return ctl_fail (error);
  ctl_output_add_number (output, result.rho);
  ctl_output_add_number (output, result.se);
  ctl_output_add_number (output, result.log_likelihood);
  ctl_output_add_number (output, responses->sheet->n_people);
  ctl_output_print (output, "result", is_json);
  return CTL_DONE;
}
