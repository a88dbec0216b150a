/* ctl-pack-new.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/ctl-private.h"

#include "content/way-pack-new.h"
#include "content/way-pack.h"

#include <string.h>

#define FIRST_MODULE "M1"
#define MAX_TEXT 200

/* One line of text, as somebody would write a title. */
static gboolean
is_line (const char *text)
{
  if (*text == '\0' || !g_utf8_validate (text, -1, NULL) || g_utf8_strlen (text, -1) > MAX_TEXT)
    return FALSE;
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_iscntrl (g_utf8_get_char (c)))
      return FALSE;

  return TRUE;
}

static gboolean
is_empty_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  return dir != NULL && g_dir_read_name (dir) == NULL;
}

static int
make (const char *folder, WayPackNew *what, gboolean is_module)
{
  g_autoptr (GError) error = NULL;
  gboolean is_made;

  if (is_module)
    is_made = way_pack_new_module (folder, what, &error);
  else
    {
      g_autofree char *framework = ctl_dup_pack_path ();

      is_made = way_pack_new (framework, folder, what, &error);
    }
  if (!is_made)
    return ctl_fail (error);

  g_print ("%s/modules/%s/module.xml\n", folder, what->module);
  return CTL_DONE;
}

/**
 * ctl_pack_new:
 *
 * Begins a pack, or a module of one.
 */
int
ctl_pack_new (int argc, char **argv)
{
  g_autofree char *module = NULL;
  g_autofree char *title = NULL;
  g_autofree char *owner = NULL;
  g_autofree char *capability = NULL;
  g_autofree char *id = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *name = NULL;
  g_autofree char *manifest = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) then = g_date_time_add_years (now, 1);
  g_autofree char *today = g_date_time_format (now, "%Y-%m-%d");
  g_autofree char *review = g_date_time_format (then, "%Y-%m-%d");
  int level = 1;
  gboolean is_module;
  WayPackNew what;
  const GOptionEntry entries[] = {
    { "module", 0, 0, G_OPTION_ARG_STRING, &module, NULL, NULL },
    { "title", 0, 0, G_OPTION_ARG_STRING, &title, NULL, NULL },
    { "owner", 0, 0, G_OPTION_ARG_STRING, &owner, NULL, NULL },
    { "capability", 0, 0, G_OPTION_ARG_STRING, &capability, NULL, NULL },
    { "level", 0, 0, G_OPTION_ARG_INT, &level, NULL, NULL },
    { "id", 0, 0, G_OPTION_ARG_STRING, &id, NULL, NULL },
    { NULL },
  };

  if (!ctl_parse (&argc, &argv, entries))
    return CTL_USAGE;
  if (argc != 3 || *argv[2] == '\0' || level < 1 || level > WAY_N_LEVELS)
    return ctl_usage ();
  if ((title != NULL && !is_line (title)) || (owner != NULL && !is_line (owner)))
    return ctl_fail_text ("a title and an owner are one line of up to %d letters", MAX_TEXT);

  folder = g_canonicalize_filename (argv[2], NULL);
  name = g_path_get_basename (folder);
  manifest = g_build_filename (folder, "pack.xml", NULL);
  is_module = g_file_test (manifest, G_FILE_TEST_EXISTS);
  if (is_module && module == NULL)
    return ctl_fail_text ("there is already a pack in “%s”; --module ID adds a module to it",
                          argv[2]);
  if (is_module && id != NULL)
    return ctl_usage ();
  if (!is_module && g_file_test (folder, G_FILE_TEST_EXISTS) && !is_empty_folder (folder))
    return ctl_fail_text ("there is already something else in “%s”", argv[2]);

  what = (WayPackNew){ id != NULL ? id : name,
                       title != NULL ? title : "Say what the pack is about",
                       owner != NULL ? owner : "Say who answers for it",
                       module != NULL ? module : FIRST_MODULE,
                       is_module ? title : NULL,
                       capability != NULL ? capability : "C",
                       level,
                       today,
                       review };
  return make (folder, &what, is_module);
}
