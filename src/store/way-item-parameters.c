/* way-item-parameters.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/way-item-parameters.h"

#include <math.h>

/* A page of a pull may bring the half of a version: `of` says how many items it has, and
 * until they are all there it counts as not there. Once published it stays what it was,
 * so that a sitting can be replayed: of an item that came twice the first counts. */
static const char newest_sql[] =
    "SELECT v.version FROM ("
    "SELECT e.body ->> 'version' AS version, min (e.effective) AS at,"
    " count(DISTINCT e.body ->> 'item') AS n, min (CAST(e.body ->> 'of' AS bigint)) AS wanted"
    " FROM live AS e WHERE e.kind = 'item_parameter' AND e.body ->> 'pack' = CAST($1 AS text)"
    " GROUP BY e.body ->> 'version') AS v"
    " WHERE v.version IS NOT NULL AND v.n >= coalesce (v.wanted, 1)"
    " AND (CAST($2 AS text) IS NULL OR v.version = CAST($2 AS text))"
    " ORDER BY v.at DESC, v.version DESC LIMIT 1";

static const char items_sql[] =
    "SELECT p.item, p.a, p.b, p.c, p.d, p.sd, p.steps, p.note, p.at, p.seconds, p.exposure FROM ("
    "SELECT e.body ->> 'item' AS item, CAST(e.body ->> 'a' AS double precision) AS a,"
    " CAST(e.body ->> 'b' AS double precision) AS b, CAST(e.body ->> 'c' AS double precision) AS c,"
    " CAST(e.body ->> 'd' AS double precision) AS d,"
    " CAST(e.body ->> 'sd' AS double precision) AS sd, e.body ->> 'steps' AS steps,"
    " e.body ->> 'note' AS note, e.effective AS at,"
    " CAST(e.body ->> 'seconds' AS double precision) AS seconds,"
    " CAST(e.body ->> 'exposure' AS double precision) AS exposure,"
    " row_number () OVER (PARTITION BY e.body ->> 'item' ORDER BY e.effective, e.id) AS age"
    " FROM live AS e WHERE e.kind = 'item_parameter' AND e.body ->> 'pack' = CAST($1 AS text)"
    " AND e.body ->> 'version' = CAST($2 AS text)) AS p"
    " WHERE p.age = 1 AND p.item IS NOT NULL ORDER BY p.item";

static double
get_optional (WayStatement *statement, int column)
{
  return way_statement_is_null (statement, column) ? NAN
                                                   : way_statement_get_double (statement, column);
}

static void
item_free (gpointer data)
{
  WayItemParameter *self = data;

  g_free (self->item);
  g_free (self->steps);
  g_free (self);
}

/**
 * way_item_parameters_free:
 * @self: (transfer full)
 */
void
way_item_parameters_free (WayItemParameters *self)
{
  g_free (self->version);
  g_free (self->note);
  g_ptr_array_unref (self->items);
  g_free (self);
}

static gboolean
find_version (WayDb *db, const char *pack, const char *version, char **found, GError **error)
{
  WayStatement *statement = way_db_prepare (db, newest_sql, error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, pack);
  way_statement_bind_text (statement, 2, version);
  if (!way_statement_step (statement, &has_row, error))
    return FALSE;
  *found = has_row ? g_strdup (way_statement_get_text (statement, 0)) : NULL;
  way_statement_reset (statement);
  return TRUE;
}

/* way_item_parameters_read:
 * @store: a device's, or a trust that is open for administration
 * @pack: a pack's id
 * @version: (nullable): which; NULL: the one that was published last
 * @parameters: (out) (transfer full) (nullable): NULL where there is none, or not all of it
 *   has come yet: the pack's authors' own judgement counts then
 *
 * How hard a pack's items are. A new sitting takes the newest version and writes its name
 * into its attempt; to replay a sitting, ask for the version that its attempt names.
 *
 * Returns: FALSE with @error set when the store cannot be read */
gboolean
way_item_parameters_read (WayStore *store,
                          const char *pack,
                          const char *version,
                          WayItemParameters **parameters,
                          GError **error)
{
  g_autoptr (WayItemParameters) self = NULL;
  g_autofree char *found = NULL;
  WayStatement *statement;
  gboolean has_row;
  WayDb *db;

  g_return_val_if_fail (WAY_IS_STORE (store) && pack != NULL && parameters != NULL, FALSE);

  *parameters = NULL;
  db = way_store_get_db (store);
  if (!find_version (db, pack, version, &found, error))
    return FALSE;
  if (found == NULL)
    return TRUE;
  self = g_new0 (WayItemParameters, 1);
  self->items = g_ptr_array_new_with_free_func (item_free);
  self->version = g_steal_pointer (&found);
  statement = way_db_prepare (db, items_sql, error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, pack);
  way_statement_bind_text (statement, 2, self->version);
  for (;;)
    {
      WayItemParameter *item;

      if (!way_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      item = g_new0 (WayItemParameter, 1);
      item->item = g_strdup (way_statement_get_text (statement, 0));
      item->a = way_statement_get_double (statement, 1);
      item->b = way_statement_get_double (statement, 2);
      item->c = way_statement_get_double (statement, 3);
      item->d = way_statement_get_double (statement, 4);
      item->sd = way_statement_get_double (statement, 5);
      item->steps = g_strdup (way_statement_get_text (statement, 6));
      if (self->note == NULL)
        self->note = g_strdup (way_statement_get_text (statement, 7));
      self->published = MAX (self->published, way_statement_get_int (statement, 8));
      item->seconds = get_optional (statement, 9);
      item->exposure = get_optional (statement, 10);
      g_ptr_array_add (self->items, item);
    }
  *parameters = g_steal_pointer (&self);
  return TRUE;
}
