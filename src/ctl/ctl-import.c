/* ctl-import.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/ctl-private.h"

#include "ctl/way-import.h"
#include "ctl/way-people-file.h"
#include "ctl/way-units.h"

#define MOST_SHOWN 20

static void
show (const char *title, GPtrArray *lines)
{
  g_print ("%s: %u\n", title, lines->len);
  for (guint i = 0; i < lines->len && i < MOST_SHOWN; i++)
    g_print ("  %s\n", (const char *) lines->pdata[i]);
  if (lines->len > MOST_SHOWN)
    g_print ("  … and %u more\n", lines->len - MOST_SHOWN);
}

static int
undo (const char *uri, gboolean (*take_back) (WayStore *, guint *, GError **))
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = way_store_open_trust (uri, FALSE, &error);
  guint n_events;

  if (trust == NULL || !take_back (trust, &n_events, &error))
    return ctl_fail (error);
  way_store_close (trust);
  g_print ("taken back: %u\n", n_events);
  return CTL_DONE;
}

/**
 * ctl_import:
 *
 * Brings the people of a trust to what a list of staff says. Makes no logins.
 */
int
ctl_import (int argc, char **argv)
{
  gboolean is_dry = FALSE;
  gboolean is_undo = FALSE;
  int ending = -1;
  const GOptionEntry entries[] = {
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &is_dry, NULL, NULL },
    { "undo", 0, 0, G_OPTION_ARG_NONE, &is_undo, NULL, NULL },
    { "ending", 0, 0, G_OPTION_ARG_INT, &ending, NULL, NULL },
    { NULL },
  };
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (WayStore) trust = NULL;
  g_autoptr (WayImport) import = NULL;
  g_autoptr (GError) error = NULL;
  const char *path;

  if (!ctl_parse (&argc, &argv, entries))
    return CTL_USAGE;
  if (is_undo && argc == 2)
    return undo (argv[1], way_import_undo);
  if (is_undo || argc != 3)
    return ctl_usage ();
  path = argv[2];
  people = way_people_file_read (path, problems, &error);
  if (people == NULL)
    return ctl_fail (error);
  if (problems->len > 0)
    return ctl_complain (problems, path);
  trust = way_store_open_trust (argv[1], is_dry, &error);
  if (trust != NULL)
    import = way_import_plan (trust, people, problems, &error);
  if (import == NULL)
    return ctl_fail (error);
  if (problems->len > 0)
    return ctl_complain (problems, path);

  show ("joiners", import->joiners);
  show ("returners", import->returners);
  show ("movers", import->movers);
  show ("leavers", import->leavers);
  show ("changed names", import->renamed);
  show ("units left empty", import->emptied);
  if (is_dry)
    return CTL_DONE;
  if (way_import_is_large (import) && ending != (int) import->leavers->len)
    return ctl_fail_text ("nothing was changed: %u of %u people would leave and %u units would be "
                          "empty, so this may be part of a file; if it is not, say --ending %u",
                          import->leavers->len, import->n_active, import->emptied->len,
                          import->leavers->len);
  if (!way_import_apply (import, trust, &error))
    return ctl_fail (error);
  way_store_close (trust);
  g_print ("written: %u\n", import->drafts->len);
  return CTL_DONE;
}

/**
 * ctl_import_units:
 *
 * Brings the units of a trust to what a list says of them: the first thing that a trust needs.
 */
int
ctl_import_units (int argc, char **argv)
{
  gboolean is_dry = FALSE;
  gboolean is_undo = FALSE;
  const GOptionEntry entries[] = {
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &is_dry, NULL, NULL },
    { "undo", 0, 0, G_OPTION_ARG_NONE, &is_undo, NULL, NULL },
    { NULL },
  };
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (WayStore) trust = NULL;
  g_autoptr (WayUnitsPlan) plan = NULL;
  g_autoptr (GError) error = NULL;

  if (!ctl_parse (&argc, &argv, entries))
    return CTL_USAGE;
  if (is_undo && argc == 2)
    return undo (argv[1], way_units_take_back);
  if (is_undo || argc != 3)
    return ctl_usage ();
  rows = way_units_read (argv[2], problems, &error);
  if (rows != NULL && problems->len == 0)
    {
      trust = way_store_open_trust (argv[1], is_dry, &error);
      if (trust != NULL)
        plan = way_units_plan (trust, rows, problems, &error);
    }
  if (error != NULL)
    return ctl_fail (error);
  if (problems->len > 0)
    return ctl_complain (problems, argv[2]);

  show ("new", plan->added);
  show ("changed names", plan->renamed);
  show ("moved", plan->moved);
  show ("not in this list, and kept", plan->left_out);
  g_print ("as it was: %u\n", plan->n_same);
  if (is_dry)
    return CTL_DONE;
  if (!way_import_write (trust, plan->drafts, WAY_UNITS_UNDO, &error))
    return ctl_fail (error);
  way_store_close (trust);
  g_print ("written: %u\n", plan->drafts->len);
  return CTL_DONE;
}
