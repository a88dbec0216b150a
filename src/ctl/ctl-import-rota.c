/* ctl-import-rota.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/ctl-private.h"

#include "ctl/way-import.h"
#include "ctl/way-rota-file.h"
#include "ctl/way-rota.h"

static gboolean
take_rota_back (WayStore *trust, guint *n_events, GError **error)
{
  return way_import_take_back (trust, WAY_ROTA_UNDO, n_events, error);
}

static gboolean
take_training_back (WayStore *trust, guint *n_events, GError **error)
{
  return way_import_take_back (trust, WAY_TRAINING_UNDO, n_events, error);
}

/* When the shifts of this trust begin. */
static gboolean
read_times (WayStore *trust, WayShiftTimes *times, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *text =
      way_db_dup_text (way_store_get_db (trust),
                       "SELECT value FROM setting WHERE key = '" WAY_SHIFT_SETTING "'", &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  way_shift_times_read (text, times, NULL);
  return TRUE;
}

static int
finish (WayStore *trust, WayRotaPlan *plan, const char *key, gboolean is_dry)
{
  g_print ("new: %u\nchanged: %u\nnot there any more: %u\nas it was: %u\n", plan->n_new,
           plan->n_changed, plan->n_gone, plan->n_same);
  return is_dry ? CTL_DONE : ctl_import_write (trust, plan->drafts, key);
}

/**
 * ctl_import_rota:
 *
 * Brings the rota of a trust to what a file says of the units and weeks that it has.
 */
int
ctl_import_rota (int argc, char **argv)
{
  gboolean is_dry;
  int status;
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (WayStore) trust = NULL;
  g_autoptr (WayRotaPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  WayShiftTimes times;

  if (!ctl_import_begin (&argc, &argv, NULL, take_rota_back, &is_dry, &status))
    return status;
  trust = way_store_open_trust (argv[1], is_dry, &error);
  if (trust == NULL || !read_times (trust, &times, &error))
    return ctl_fail (error);
  rows = way_rota_file_read (argv[2], &times, problems, &error);
  if (rows != NULL && problems->len == 0)
    plan = way_rota_plan (trust, rows, problems, &error);
  if (error != NULL)
    return ctl_fail (error);
  if (problems->len > 0)
    return ctl_complain (problems, argv[2]);
  return finish (trust, plan, WAY_ROTA_UNDO, is_dry);
}

/**
 * ctl_import_training:
 *
 * Records who has learnt something elsewhere: of a file with a line for each, or of scanned
 * badges with what the whole file is about.
 */
int
ctl_import_training (int argc, char **argv)
{
  gboolean is_dry;
  int status;
  g_autofree char *module = NULL;
  g_autofree char *source = NULL;
  g_autofree char *date = NULL;
  const GOptionEntry entries[] = {
    { "module", 0, 0, G_OPTION_ARG_STRING, &module, NULL, NULL },
    { "source", 0, 0, G_OPTION_ARG_STRING, &source, NULL, NULL },
    { "date", 0, 0, G_OPTION_ARG_STRING, &date, NULL, NULL },
    { NULL },
  };
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (WayStore) trust = NULL;
  g_autoptr (WayRotaPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  guint32 day = 0;

  if (!ctl_import_begin (&argc, &argv, entries, take_training_back, &is_dry, &status))
    return status;
  if (date != NULL && !way_shift_read_day (date, &day))
    return ctl_fail_text ("“%s” is no date such as 2026-03-31", date);
  rows = way_training_file_read (argv[2], problems, &error);
  if (rows != NULL && problems->len == 0)
    {
      trust = way_store_open_trust (argv[1], is_dry, &error);
      if (trust != NULL)
        plan = way_training_plan (trust, rows, module, source, day, problems, &error);
    }
  if (error != NULL)
    return ctl_fail (error);
  if (problems->len > 0)
    return ctl_complain (problems, argv[2]);
  return finish (trust, plan, WAY_TRAINING_UNDO, is_dry);
}
