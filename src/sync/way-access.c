/* way-access.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync/way-access.h"

#include "sync/way-peer.h"

/* way_access_look:
 * @trust: as seen by a login of its own; others are passed over
 * @what: person, report, export or extract
 * @detail: (nullable): such as a report's name
 * @subject: (nullable): whose record it is
 *
 * Has the trust write down that whoever is signed in looks. When it cannot, nothing is to be
 * shown. */
gboolean
way_access_look (
    WayStore *trust, const char *what, const char *detail, const char *subject, GError **error)
{
  WayStatement *statement;
  gboolean is_kept = FALSE;
  gboolean has_row;

  g_return_val_if_fail (WAY_IS_STORE (trust) && what != NULL, FALSE);

  if (!way_store_is_guest (trust))
    return TRUE;
  statement = way_db_prepare (way_store_get_db (trust),
                              "SELECT access FROM api.look_v1 (CAST($1 AS text),"
                              " CAST($2 AS text), CAST($3 AS text))",
                              error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, what);
  way_statement_bind_text (statement, 2, detail);
  way_statement_bind_text (statement, 3, subject);
  if (!way_statement_step (statement, &has_row, error))
    return FALSE;
  is_kept = has_row && !way_statement_is_null (statement, 0);
  way_statement_reset (statement);
  if (!is_kept)
    g_set_error_literal (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PERSON,
                         "This is for people with a role in the trust, and it is written down who "
                         "looks");
  return is_kept;
}
