/* way-seal.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/way-seal.h"

/* way_seal_close:
 *
 * What to write on the disk for a body.
 *
 * Returns: (transfer full) */
char *
way_seal_close (const char *body)
{
  return g_strdup (body);
}

/* way_seal_open:
 *
 * The body of what was written; NULL where it cannot be opened.
 *
 * Returns: (transfer full) (nullable) */
char *
way_seal_open (const char *sealed)
{
  return g_strdup (sealed);
}

static char *
open_cb (const char *text, gpointer user_data)
{
  return way_seal_open (text);
}

/* way_seal_add_functions:
 *
 * Gives SQL `way_open (sealed)`. */
gboolean
way_seal_add_functions (WayDb *db, GError **error)
{
  return way_db_add_function (db, "way_open", open_cb, NULL, NULL, error);
}
