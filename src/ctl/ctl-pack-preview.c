/* ctl-pack-preview.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/ctl-private.h"

#include <errno.h>
#include <unistd.h>

#include "content/way-pack.h"
#include "session/way-program.h"

static gboolean
has_display (void)
{
  const char *x = g_getenv ("DISPLAY");
  const char *wayland = g_getenv ("WAYLAND_DISPLAY");

  return (x != NULL && *x != '\0') || (wayland != NULL && *wayland != '\0');
}

/* A pack with something wrong in it is what a preview is for; one without the module is not. */
static gboolean
check_module (const char *folder, const char *module)
{
  g_autoptr (WayPack) pack = way_pack_open (folder, NULL, NULL);

  return pack == NULL || way_pack_find_module (pack, module) != NULL;
}

/**
 * ctl_pack_preview:
 *
 * Opens a module in the window until that is closed.
 */
int
ctl_pack_preview (int argc, char **argv)
{
  static const GOptionEntry entries[] = { { NULL } };
  g_autofree char *waymark = NULL;
  g_autofree char *manifest = NULL;
  g_autofree char *option = NULL;

  if (!ctl_parse (&argc, &argv, entries))
    return CTL_USAGE;
  if (argc < 3 || argc > 4 || *argv[2] == '\0')
    return ctl_usage ();
  manifest = g_build_filename (argv[2], "pack.xml", NULL);
  if (!g_file_test (manifest, G_FILE_TEST_IS_REGULAR))
    return ctl_fail_text ("there is no folder of a pack at “%s”", argv[2]);
  if (argc == 4 && !check_module (argv[2], argv[3]))
    return ctl_fail_text ("there is no module “%s”", argv[3]);
  if (!has_display ())
    return ctl_fail_text ("there is no display here to show a window on; pack check says what is "
                          "wrong without one");
  waymark = way_program_find ("waymark", "app");
  if (waymark == NULL)
    return ctl_fail_text ("the program waymark, which has the window, is not installed");

  option = g_strconcat ("--preview=", argv[2], NULL);
  {
    g_autofree char *module = argc == 4 ? g_strconcat ("--module=", argv[3], NULL) : NULL;
    char *const arguments[] = { waymark, option, module, NULL };

    /* From here on this is the window: it ends when that does. */
    execv (waymark, arguments);
  }
  return ctl_fail_text ("%s: %s", waymark, g_strerror (errno));
}
