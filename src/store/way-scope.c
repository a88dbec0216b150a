/* way-scope.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/way-log.h"
#include "store/way-store-private.h"

/* Rows that become visible by somebody's move are older than any cursor, and rows that
 * are no longer to be seen lie on devices already. So whoever pulls a scope whose
 * generation has changed drops it and begins again. */
struct _WayScopes
{
  gboolean is_every_unit;
  gboolean is_called; /* whoever is asked from elsewhere */
  GHashTable *places; /* char* set */
  GHashTable *people; /* char* set: the units they belong to */
};

/**
 * way_scopes_new:
 *
 * Returns: (transfer full): places and people, none yet; free with way_scopes_free()
 */
WayScopes *
way_scopes_new (void)
{
  WayScopes *self = g_new0 (WayScopes, 1);

  self->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

/**
 * way_scopes_free:
 * @self: (transfer full)
 */
void
way_scopes_free (WayScopes *self)
{
  g_hash_table_unref (self->places);
  g_hash_table_unref (self->people);
  g_free (self);
}

static gboolean
ask_field (WayDb *db, const char *id, const char *field, char **value, GError **error)
{
  WayStatement *statement;
  gboolean has_row;

  *value = NULL;
  statement = way_db_prepare (db, "SELECT body ->> $2 FROM readable WHERE id = $1", error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, id);
  way_statement_bind_text (statement, 2, field);
  if (!way_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    *value = g_strdup (way_statement_get_text (statement, 0));
  way_statement_reset (statement);
  return TRUE;
}

/* Sets @has where @sql answers with anything about the event $1. */
static gboolean
ask_whether (WayDb *db, const char *sql, const WayEvent *event, gboolean *has, GError **error)
{
  WayStatement *statement = way_db_prepare (db, sql, error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, event->id);
  if (!way_statement_step (statement, &has_row, error))
    return FALSE;
  way_statement_reset (statement);
  *has |= has_row;
  return TRUE;
}

/* What a retraction withdraws is looked at no closer: any of these kinds may have opened
 * or closed any unit to somebody. */
static gboolean
add_retraction (WayScopes *self, WayDb *db, const WayEvent *event, GError **error)
{
  return ask_whether (db,
                      "SELECT 1 FROM readable AS r"
                      " JOIN readable AS t ON t.id = r.refers"
                      " WHERE r.id = $1 AND t.kind IN ('membership', 'place', 'setting')",
                      event, &self->is_every_unit, error);
}

/* What was done about a request shows to whom it names only when it is there itself: to a trust
 * that was put back it may come after. */
static gboolean
add_request (WayScopes *self, WayDb *db, const WayEvent *event, GError **error)
{
  return ask_whether (db,
                      "SELECT 1 FROM readable AS q"
                      " JOIN readable AS a ON a.refers = q.id AND a.kind = 'help_action'"
                      " WHERE q.id = $1 AND q.body ->> 'called' IS NOT NULL",
                      event, &self->is_called, error);
}

/* way_scopes_add:
 * @event: just written to the trust @db
 *
 * Notes whose view of other people this event changes. */
gboolean
way_scopes_add (WayScopes *self, WayDb *db, const WayEvent *event, GError **error)
{
  g_autofree char *value = NULL;

  if (!event->allowed)
    return TRUE;
  if (g_str_equal (event->kind, "place"))
    self->is_every_unit = TRUE;
  else if (g_str_equal (event->kind, "retraction"))
    return add_retraction (self, db, event, error);
  else if (g_str_equal (event->kind, "help_request"))
    return add_request (self, db, event, error);
  else if (g_str_equal (event->kind, "membership"))
    {
      if (!ask_field (db, event->id, "place", &value, error))
        return FALSE;
      if (value != NULL)
        g_hash_table_add (self->places, g_steal_pointer (&value));
    }
  else if (g_str_equal (event->kind, "setting") || g_str_equal (event->kind, "preference"))
    {
      if (!ask_field (db, event->id, "key", &value, error))
        return FALSE;
      if (g_strcmp0 (value, "share_levels") != 0)
        return TRUE;
      if (g_str_equal (event->kind, "setting"))
        self->is_every_unit = TRUE;
      else if (event->author != NULL)
        g_hash_table_add (self->people, g_strdup (event->author));
    }
  return TRUE;
}

static gboolean
bump (WayDb *db, const char *sql, const char *key, GError **error)
{
  WayStatement *statement = way_db_prepare (db, sql, error);

  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, key);
  return way_statement_run (statement, error);
}

static gboolean
bump_each (WayDb *db, const char *sql, GHashTable *keys, GError **error)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, keys);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!bump (db, sql, key, error))
      return FALSE;
  return TRUE;
}

/* way_scopes_bump:
 *
 * Raises the generation of every scope noted, once the tables are folded. A unit's scope
 * holds the people of the units below it too. */
gboolean
way_scopes_bump (WayScopes *self, WayDb *db, GError **error)
{
  if (self->is_called
      && !bump (db,
                "INSERT INTO scope_generation (scope, generation) VALUES ('unit:*', 2)"
                " ON CONFLICT (scope) DO UPDATE SET generation = scope_generation.generation + 1",
                NULL, error))
    return FALSE;
  if (self->is_every_unit)
    return bump (db,
                 "INSERT INTO scope_generation (scope, generation)"
                 " SELECT 'unit:' || unit, 2 FROM unit WHERE true"
                 " ON CONFLICT (scope) DO UPDATE SET generation = scope_generation.generation + 1",
                 NULL, error);
  return bump_each (
             db,
             "INSERT INTO scope_generation (scope, generation)"
             " SELECT 'unit:' || u.unit, 2 FROM unit AS u"
             " JOIN unit AS below ON substr (below.path, 1, length (u.path)) = u.path"
             " WHERE below.unit = CAST($1 AS text)"
             " ON CONFLICT (scope) DO UPDATE SET generation = scope_generation.generation + 1",
             self->places, error)
         && bump_each (
             db,
             "INSERT INTO scope_generation (scope, generation)"
             " SELECT DISTINCT 'unit:' || u.unit, 2 FROM membership AS m"
             " JOIN unit AS below ON below.unit = m.unit"
             " JOIN unit AS u ON substr (below.path, 1, length (u.path)) = u.path"
             " WHERE m.person = CAST($1 AS text)"
             " ON CONFLICT (scope) DO UPDATE SET generation = scope_generation.generation + 1",
             self->people, error);
}

/* way_log_raise_readers:
 * @where: a condition on `event AS e`
 * @first: (nullable): its $1
 *
 * Raises the generation of every scope that somebody may have these with: they drop it and look
 * again. A withdrawal is with whoever may read what it withdraws. */
gboolean
way_log_raise_readers (WayStore *store, const char *where, const char *first, GError **error)
{
  g_autofree char *sql = g_strconcat (
      "WITH hit AS (SELECT e.author, e.subject, e.person, e.unit, e.kind, e.refers FROM event AS e",
      where,
      "), gone AS (SELECT author, subject, person, unit, kind FROM hit"
      " UNION SELECT t.author, t.subject, t.person, t.unit, t.kind FROM hit JOIN event AS t"
      " ON hit.kind = 'retraction' AND t.id = hit.refers),"
      " place AS (SELECT unit FROM gone WHERE unit IS NOT NULL UNION SELECT m.unit"
      " FROM membership AS m WHERE m.person IN (SELECT person FROM gone))"
      " INSERT INTO scope_generation (scope, generation)"
      " SELECT s.scope, 2 FROM (SELECT 'unit:' || u.unit AS scope FROM place AS p"
      " JOIN unit AS below ON below.unit = p.unit"
      " JOIN unit AS u ON substr (below.path, 1, length (u.path)) = u.path"
      " UNION SELECT 'self:' || author FROM gone WHERE author IS NOT NULL"
      " UNION SELECT 'self:' || subject FROM gone WHERE subject IS NOT NULL"
      " UNION SELECT 'unit:*' FROM gone WHERE kind IN ('help_request', 'help_action')"
      " UNION SELECT 'catalogue' FROM gone WHERE kind IN ('organisation', 'place', 'setting',"
      " 'pack_release', 'role_requirement', 'local_note', 'notice', 'initiative', 'pulse',"
      " 'session', 'item_parameter', 'drop_answer', 'published', 'trial', 'on_call', 'tip')"
      " UNION SELECT 'champions' FROM gone WHERE kind IN ('corner_question', 'corner_action'))"
      " AS s WHERE true"
      " ON CONFLICT (scope) DO UPDATE SET generation = scope_generation.generation + 1",
      NULL);

  return bump (store->db, sql, first, error);
}
