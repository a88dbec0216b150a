/* ctl-irt-policy.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/ctl-irt-private.h"

#include <math.h>

#include "assessment/way-trust.h"
#include "session/way-sitting-log.h"

static gboolean
print_policy (WayStore *trust, gboolean is_json, GError **error)
{
  const char *const columns[] = { "key", "value", NULL };
  g_autoptr (CtlOutput) output = ctl_output_new (columns);
  double share = WAY_EFFORT_RAPID;
  double minutes = 0;

  if (!way_sitting_log_read_setting (trust, WAY_SETTING_RAPID, 0, WAY_SETTING_RAPID_MOST, &share,
                                     error)
      || !way_sitting_log_read_setting (trust, WAY_SETTING_MINUTES, 0, WAY_SETTING_MINUTES_MOST,
                                        &minutes, error))
    return FALSE;
  ctl_output_add_text (output, WAY_SETTING_MINUTES);
  ctl_output_add_number (output, floor (minutes));
  ctl_output_add_text (output, WAY_SETTING_RAPID);
  ctl_output_add_number (output, share);
  ctl_output_print (output, "policy", is_json);
  return TRUE;
}

/**
 * ctl_irt_policy:
 *
 * What a trust has decided about time in sittings: how many minutes one may take (0, the
 * default: no limit) and which share of a question's time is too little to have thought about
 * it (0: none is). Sittings that were begun keep what they were begun with.
 */
int
ctl_irt_policy (int argc, char **argv)
{
  g_autofree char *uri = NULL;
  g_autofree char *format = NULL;
  double minutes = CTL_NOT_GIVEN;
  double share = CTL_NOT_GIVEN;
  const GOptionEntry entries[] = {
    { "trust", 0, 0, G_OPTION_ARG_STRING, &uri, NULL, NULL },
    { "minutes", 0, 0, G_OPTION_ARG_DOUBLE, &minutes, NULL, NULL },
    { "rapid-share", 0, 0, G_OPTION_ARG_DOUBLE, &share, NULL, NULL },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, NULL, NULL },
    { NULL },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = NULL;
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  gboolean is_json;
  gboolean is_done;

  if (!ctl_parse (&argc, &argv, entries) || !ctl_parse_format (format, &is_json))
    return CTL_USAGE;
  if (argc != 1 || uri == NULL)
    return ctl_usage ();
  if ((minutes != CTL_NOT_GIVEN
       && !(minutes >= 0 && minutes <= WAY_SETTING_MINUTES_MOST && minutes == floor (minutes)))
      || (share != CTL_NOT_GIVEN && !(share >= 0 && share <= WAY_SETTING_RAPID_MOST)))
    {
      ctl_fail_text (
          "--minutes is a whole number from 0 (no limit) to %d, --rapid-share one from 0 "
          "to %g",
          WAY_SETTING_MINUTES_MOST, WAY_SETTING_RAPID_MOST);
      return CTL_USAGE;
    }

  g_ascii_formatd (number, sizeof number, "%.0f", minutes);
  if (minutes != CTL_NOT_GIVEN
      && !ctl_irt_publish_setting (uri, WAY_SETTING_MINUTES, number, &error))
    return ctl_fail (error);
  g_ascii_formatd (number, sizeof number, "%.10g", share);
  if (share != CTL_NOT_GIVEN && !ctl_irt_publish_setting (uri, WAY_SETTING_RAPID, number, &error))
    return ctl_fail (error);
  trust = way_store_open_trust (uri, FALSE, &error);
  is_done = trust != NULL && print_policy (trust, is_json, &error);
  if (trust != NULL)
    way_store_close (trust);
  return is_done ? CTL_DONE : ctl_fail (error);
}
