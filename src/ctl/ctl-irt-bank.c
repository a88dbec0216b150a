/* ctl-irt-bank.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/ctl-irt-private.h"

#include <math.h>

#include "assessment/way-bank.h"
#include "session/way-sitting-log.h"

static char *
dup_steps (const WayCurve *curve)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < curve->n_steps; i++)
    {
      char number[G_ASCII_DTOSTR_BUF_SIZE];

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                              g_ascii_formatd (number, sizeof number, "%.10g", curve->steps[i]));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_item (CtlOutput *output, WayPack *pack, const WayBankItem *item)
{
  const WayCapability *capability = g_ptr_array_index (way_pack_get_capabilities (pack),
                                                       item->capability);
  const WayParameters *p = &item->curve.parameters;
  g_autofree char *steps = dup_steps (&item->curve);
  g_autofree char *enemies = item->enemies != NULL ? g_strjoinv (" ", item->enemies)
                                                   : g_strdup ("");

  ctl_output_add_text (output, item->id);
  ctl_output_add_text (output, capability->id);
  ctl_output_add_number (output, p->a);
  ctl_output_add_number (output, p->b);
  ctl_output_add_number (output, p->c);
  ctl_output_add_number (output, p->d);
  ctl_output_add_number (output, item->sd_b);
  ctl_output_add_text (output, steps);
  ctl_output_add_number (output, item->is_opener);
  ctl_output_add_text (output, enemies);
  ctl_output_add_number (output, item->seconds);
  ctl_output_add_number (output, item->share);
}

/**
 * ctl_irt_bank:
 *
 * The bank of a pack as the other commands read it: as its authors judged it, or with the
 * parameters that a trust has in force. New items, which are not scored, are left out.
 */
int
ctl_irt_bank (int argc, char **argv)
{
  const char *const columns[] = { "item",  "capability", "a",       "b",       "c",     "d", "sd_b",
                                  "steps", "opener",     "enemies", "seconds", "share", NULL };
  g_autofree char *pack_path = NULL;
  g_autofree char *uri = NULL;
  g_autofree char *format = NULL;
  const GOptionEntry entries[] = {
    { "pack", 0, 0, G_OPTION_ARG_FILENAME, &pack_path, NULL, NULL },
    { "trust", 0, 0, G_OPTION_ARG_STRING, &uri, NULL, NULL },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, NULL, NULL },
    { NULL },
  };
  g_autoptr (CtlOutput) output = ctl_output_new (columns);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayPack) pack = NULL;
  g_autoptr (WayStore) trust = NULL;
  g_autoptr (WayBank) bank = NULL;
  gboolean is_json;

  if (!ctl_parse (&argc, &argv, entries) || !ctl_parse_format (format, &is_json))
    return CTL_USAGE;
  if (argc != 1)
    return ctl_usage ();
  if (pack_path == NULL)
    pack_path = ctl_dup_pack_path ();
  pack = way_pack_open (pack_path, NULL, &error);
  if (pack != NULL && uri != NULL)
    trust = way_store_open_trust (uri, FALSE, &error);
  if (error == NULL)
    bank = trust != NULL ? way_sitting_log_load_bank (trust, pack, NULL, &error)
                         : way_bank_new_from_pack (pack, &error);
  if (trust != NULL)
    way_store_close (trust);
  if (bank == NULL)
    return ctl_fail (error);

  for (guint i = 0; i < bank->items->len; i++)
    if (!((const WayBankItem *) bank->items->pdata[i])->is_new)
      add_item (output, pack, bank->items->pdata[i]);
  ctl_output_print (output, "items", is_json);
  return CTL_DONE;
}
