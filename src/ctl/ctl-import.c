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
undo (const char *uri, CtlTakeBack take_back)
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
 * ctl_import_begin:
 * @more: (nullable): the options of this import alone
 * @take_back: for `--undo`, which this does itself
 * @is_dry: (out): whether nothing is to be written
 * @status: (out): the exit code where there is nothing left to do
 *
 * Reads what every import is asked: a trust, a file, and what to do with them.
 *
 * Returns: whether to import argv[2] into argv[1]
 */
gboolean
ctl_import_begin (int *argc,
                  char ***argv,
                  const GOptionEntry *more,
                  CtlTakeBack take_back,
                  gboolean *is_dry,
                  int *status)
{
  gboolean is_undo = FALSE;
  const GOptionEntry common[] = {
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, is_dry, NULL, NULL },
    { "undo", 0, 0, G_OPTION_ARG_NONE, &is_undo, NULL, NULL },
  };
  g_autoptr (GArray) entries = g_array_new (TRUE, FALSE, sizeof (GOptionEntry));

  g_array_append_vals (entries, common, G_N_ELEMENTS (common));
  for (; more != NULL && more->long_name != NULL; more++)
    g_array_append_vals (entries, more, 1);
  *is_dry = FALSE;
  if (!ctl_parse (argc, argv, (const GOptionEntry *) (gconstpointer) entries->data))
    *status = CTL_USAGE;
  else if (is_undo && *argc == 2)
    *status = undo ((*argv)[1], take_back);
  else if (is_undo || *argc != 3)
    *status = ctl_usage ();
  else
    return TRUE;
  return FALSE;
}

/**
 * ctl_import_write:
 * @key: under which `--undo` finds it
 *
 * Writes what an import says, and how much that was. The trust is closed then.
 */
int
ctl_import_write (WayStore *trust, GPtrArray *drafts, const char *key)
{
  g_autoptr (GError) error = NULL;

  if (!way_import_write (trust, drafts, key, &error))
    return ctl_fail (error);
  way_store_close (trust);
  g_print ("written: %u\n", drafts->len);
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
  gboolean is_dry;
  int ending = -1;
  int status;
  const GOptionEntry entries[] = {
    { "ending", 0, 0, G_OPTION_ARG_INT, &ending, NULL, NULL },
    { NULL },
  };
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (WayStore) trust = NULL;
  g_autoptr (WayImport) import = NULL;
  g_autoptr (GError) error = NULL;
  const char *path;

  if (!ctl_import_begin (&argc, &argv, entries, way_import_undo, &is_dry, &status))
    return status;
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
  gboolean is_dry;
  int status;
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (WayStore) trust = NULL;
  g_autoptr (WayUnitsPlan) plan = NULL;
  g_autoptr (GError) error = NULL;

  if (!ctl_import_begin (&argc, &argv, NULL, way_units_take_back, &is_dry, &status))
    return status;
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
  return is_dry ? CTL_DONE : ctl_import_write (trust, plan->drafts, WAY_UNITS_UNDO);
}
