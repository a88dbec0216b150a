/* way-toast.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-toast.h"

/**
 * way_toast_new:
 * @text: as it is to be read
 *
 * Titles of toasts are markup, and what they say may come from outside: a server's words, or a
 * title with an ampersand.
 *
 * Returns: (transfer full): a toast that says it
 */
AdwToast *
way_toast_new (const char *text)
{
  g_autofree char *escaped = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  escaped = g_markup_escape_text (text, -1);
  return adw_toast_new (escaped);
}
