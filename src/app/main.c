/* main.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/way-application.h"

#include <glib/gi18n.h>
#include <locale.h>

int
main (int argc, char *argv[])
{
  const char *locales = g_getenv ("WAYMARK_LOCALEDIR");
  g_autoptr (WayApplication) application = NULL;

  way_application_spare_memory ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locales != NULL ? locales : WAY_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = way_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
