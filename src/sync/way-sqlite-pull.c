/* way-sqlite-pull.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync/way-sqlite-peer-private.h"

#define CURSOR "lite:"

/* An event that was withdrawn is not shown to anybody but its author; who has it already
 * gets the withdrawal. $1 position, $2 person, $3 their stream, $4 how many, $5 unit. */
#define STANDS "NOT EXISTS (SELECT 1 FROM retracted AS x WHERE x.target = e.id)"
#define NOT_WITHDRAWN " AND " STANDS
#define PAGE_END " ORDER BY e.position LIMIT CAST($4 AS integer)"

/* What nobody but its author reads, whomever it names. */
#define PRIVATE_KINDS "'note', 'reflection', 'barrier', 'about_me'"

/* Three questions, so that each has its index; the last is for withdrawals that name nobody. */
static const char self_sql[] =
    "WITH mine AS (SELECT position FROM event WHERE author = $2 AND position > $1"
    " UNION SELECT position FROM event AS e WHERE subject = $2 AND position > $1"
    " AND (author = $2 OR (kind NOT IN (" PRIVATE_KINDS ") AND " STANDS "))"
    " UNION SELECT position FROM event WHERE kind = 'retraction' AND position > $1"
    " AND EXISTS (SELECT 1 FROM event AS t WHERE t.id = event.refers AND t.subject = $2"
    " AND t.kind NOT IN (" PRIVATE_KINDS ")))"
    " SELECT " WAY_LOG_COLUMNS ", e.position FROM mine AS m"
    " JOIN event AS e ON e.position = m.position"
    " WHERE (e.stream <> $3 OR e.salt = ''"
    " OR e.id IN (SELECT id FROM judged_again))" PAGE_END;

/* What everybody may know of the trust: nothing of it is about a person but who is a champion
 * and when. */
#define CATALOGUE_KINDS                                                                            \
  "'organisation', 'place', 'setting', 'pack_release', 'role_requirement', 'local_note',"          \
  " 'notice', 'initiative', 'pulse', 'session', 'item_parameter', 'drop_answer', 'published',"     \
  " 'trial', 'on_call', 'tip'"

static const char catalogue_sql[] =
    "SELECT " WAY_LOG_COLUMNS ", e.position FROM event AS e"
    " WHERE e.position > $1 AND e.allowed = 1 AND e.stream <> $3"
    " AND e.kind IN (" CATALOGUE_KINDS ", 'retraction')"
    " AND (e.kind <> 'retraction' OR EXISTS (SELECT 1 FROM event AS t WHERE t.id = e.refers"
    " AND t.allowed = 1 AND t.kind IN (" CATALOGUE_KINDS ")))" NOT_WITHDRAWN PAGE_END;

/* What a champion may know of their people, by an allow-list of kinds. */
#define UNIT_KINDS                                                                                 \
  "'step', 'attempt_end', 'help_request', 'help_action', 'help_declined', 'help_given', "          \
  "'attendance', 'person', 'membership'"
#define SHARED_KINDS "'estimate', 'self_rating'"

static const char unit_sql[] =
    "WITH place AS (SELECT below.unit FROM unit AS own JOIN unit AS below"
    " ON substr (below.path, 1, length (own.path)) = own.path WHERE own.unit = $5),"
    " member AS (SELECT DISTINCT m.person FROM membership AS m"
    " JOIN place AS p ON p.unit = m.unit),"
    " sharing AS (SELECT m.person FROM member AS m"
    " WHERE EXISTS (SELECT 1 FROM shared AS s WHERE s.person = m.person AND s.what = 'levels'"
    " AND s.with_whom = 'champion')"
    " OR EXISTS (SELECT 1 FROM setting WHERE key = 'share_levels' AND value = 'champion'))"
    " SELECT " WAY_LOG_COLUMNS ", e.position FROM event AS e"
    " WHERE e.position > $1 AND e.allowed = 1 AND e.stream <> $3"
    " AND ((e.kind IN (" UNIT_KINDS ") AND (e.person IN (SELECT person FROM member)"
    " OR e.unit IN (SELECT unit FROM place)))"
    " OR (e.kind IN (" SHARED_KINDS ") AND e.person IN (SELECT person FROM sharing))"
    " OR (e.kind = 'retraction' AND EXISTS (SELECT 1 FROM event AS t WHERE t.id = e.refers"
    " AND t.allowed = 1 AND ((t.kind IN (" UNIT_KINDS
    ") AND (t.person IN (SELECT person FROM member)"
    " OR t.unit IN (SELECT unit FROM place)))"
    " OR (t.kind IN (" SHARED_KINDS
    ") AND t.person IN (SELECT person FROM sharing))))))" NOT_WITHDRAWN PAGE_END;

/* What champions ask each other. */
#define CHAMPIONS_KINDS "'corner_question', 'corner_action'"

static const char champions_sql[] =
    "SELECT " WAY_LOG_COLUMNS ", e.position FROM event AS e"
    " WHERE e.position > $1 AND e.allowed = 1 AND e.stream <> $3"
    " AND (e.kind IN (" CHAMPIONS_KINDS ") OR (e.kind = 'retraction' AND EXISTS ("
    "SELECT 1 FROM event AS t WHERE t.id = e.refers AND t.allowed = 1"
    " AND t.kind IN (" CHAMPIONS_KINDS "))))" NOT_WITHDRAWN PAGE_END;

/* What a champion is asked from places that are not theirs, and what was done about it. */
#define CALLED_SCOPE "unit:*"
#define CALLED                                                                                     \
  "SELECT q.id FROM readable AS q WHERE q.kind = 'help_request' AND q.allowed = 1"                 \
  " AND instr (' ' || (q.body ->> 'called') || ' ', ' ' || $2 || ' ') > 0"

static const char called_sql[] =
    "WITH called AS (" CALLED ") SELECT " WAY_LOG_COLUMNS ", e.position FROM event AS e"
    " WHERE e.position > $1 AND e.allowed = 1 AND e.stream <> $3"
    " AND ((e.kind = 'help_request' AND e.id IN (SELECT id FROM called))"
    " OR (e.kind = 'help_action' AND e.refers IN (SELECT id FROM called))"
    " OR (e.kind = 'retraction' AND EXISTS (SELECT 1 FROM event AS t WHERE t.id = e.refers"
    " AND t.allowed = 1 AND ((t.kind = 'help_request' AND t.id IN (SELECT id FROM called))"
    " OR (t.kind = 'help_action' AND t.refers IN (SELECT id FROM called))))))" NOT_WITHDRAWN
        PAGE_END;

static void
add_scope (GPtrArray *scopes, const char *id, gint64 generation)
{
  WayPeerScope *scope = g_new0 (WayPeerScope, 1);

  scope->id = g_strdup (id);
  scope->generation = generation;
  g_ptr_array_add (scopes, scope);
}

/* way_sqlite_peer_list_scopes:
 *
 * What the greeted person may pull now: themselves, the catalogue, and the units whose
 * champion they are. A champion of the whole trust has its topmost units. What champions ask
 * each other is theirs and the leads'. And what a champion is asked from anywhere else, where
 * there is any. */
GPtrArray *
way_sqlite_peer_list_scopes (WaySqlitePeer *self, GError **error)
{
  g_autoptr (GPtrArray) scopes = NULL;
  WayStatement *statement;
  gboolean has_row;

  scopes = g_ptr_array_new_with_free_func ((GDestroyNotify) way_peer_scope_free);
  statement = way_db_prepare (
      way_store_get_db (self->trust),
      "SELECT s.id, coalesce (g.generation, 1) FROM ("
      "SELECT 'self' AS id, 1 AS place UNION ALL SELECT 'catalogue', 2"
      " UNION ALL SELECT 'champions', 3 WHERE EXISTS (SELECT 1 FROM role AS r"
      " WHERE r.person = $2 AND r.role IN ('champion', 'lead'))"
      " UNION ALL SELECT DISTINCT 'unit:' || u.unit, 3 FROM role AS r"
      " JOIN unit AS u ON u.unit = r.unit OR (r.unit = '' AND u.path = '/' || u.unit || '/')"
      " WHERE r.person = $2 AND r.role = 'champion'"
      " UNION ALL SELECT '" CALLED_SCOPE "', 3 WHERE EXISTS (SELECT 1 FROM role AS r"
      " WHERE r.person = $2 AND r.role = 'champion') AND EXISTS (" CALLED ")) AS s"
      " LEFT JOIN scope_generation AS g ON g.scope ="
      " CASE s.id WHEN 'self' THEN 'self:' || $2 ELSE s.id END ORDER BY s.place, s.id",
      error);
  if (statement == NULL)
    return NULL;
  way_statement_bind_text (statement, 2, self->person);
  for (;;)
    {
      if (!way_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&scopes);
      add_scope (scopes, way_statement_get_text (statement, 0),
                 way_statement_get_int (statement, 1));
    }
}

static gboolean
may_pull (WaySqlitePeer *self, const char *scope, GError **error)
{
  g_autoptr (GPtrArray) scopes = way_sqlite_peer_list_scopes (self, error);

  if (scopes == NULL)
    return FALSE;
  for (guint i = 0; i < scopes->len; i++)
    if (g_str_equal (((WayPeerScope *) scopes->pdata[i])->id, scope))
      return TRUE;
  g_set_error (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_SCOPE, "“%s” is not yours to see", scope);
  return FALSE;
}

/* The event at a position, "" where there is none. */
static char *
find_id (WaySqlitePeer *self, gint64 position, GError **error)
{
  g_autofree char *sql = NULL;
  g_autoptr (GError) local = NULL;
  char *id;

  sql = g_strdup_printf ("SELECT id FROM event WHERE position = %" G_GINT64_FORMAT, position);
  id = way_db_dup_text (way_store_get_db (self->trust), sql, &local);
  if (local == NULL)
    return id != NULL ? id : g_strdup ("");
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/* Where a cursor points. A trust that was put back from a backup does not know the
 * cursor's epoch, or has fewer events than it points past, or another one where it points. */
static gboolean
read_cursor (WaySqlitePeer *self,
             const char *cursor,
             gint64 newest,
             gint64 *position,
             gboolean *is_reset,
             GError **error)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *id = NULL;
  WayEpochPlace place;

  *position = 0;
  *is_reset = FALSE;
  if (cursor == NULL || *cursor == '\0')
    return TRUE;
  parts = g_strsplit (cursor, ":", 4);
  if (!g_str_has_prefix (cursor, CURSOR) || g_strv_length (parts) != 4
      || !g_ascii_string_to_signed (parts[2], 10, 0, G_MAXINT64, position, NULL))
    {
      *position = 0;
      *is_reset = TRUE;
      return TRUE;
    }
  if (!way_sqlite_peer_find_epoch (self, parts[1], &place, error))
    return FALSE;
  id = find_id (self, *position, error);
  if (id == NULL)
    return FALSE;
  *is_reset = place != WAY_EPOCH_GOOD || *position > newest || !g_str_equal (id, parts[3]);
  return TRUE;
}

static const char *
find_question (const char *scope)
{
  if (g_str_equal (scope, "self"))
    return self_sql;
  if (g_str_equal (scope, "catalogue"))
    return catalogue_sql;
  if (g_str_equal (scope, "champions"))
    return champions_sql;
  if (g_str_equal (scope, CALLED_SCOPE))
    return called_sql;
  return unit_sql;
}

static gboolean
read_page (WaySqlitePeer *self,
           const char *scope,
           gint64 *position,
           gint64 newest,
           WayPage *page,
           GError **error)
{
  WayStatement *statement;
  gboolean has_row;

  statement = way_db_prepare (way_store_get_db (self->trust), find_question (scope), error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_int (statement, 1, *position);
  way_statement_bind_text (statement, 2, self->person);
  way_statement_bind_text (statement, 3, self->stream);
  way_statement_bind_int (statement, 4, WAY_SQLITE_BATCH);
  way_statement_bind_text (statement, 5,
                           g_str_has_prefix (scope, "unit:") ? scope + strlen ("unit:") : NULL);
  for (;;)
    {
      if (!way_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      g_ptr_array_add (page->events, way_log_read_row (statement, FALSE));
      *position = way_statement_get_int (statement, 18);
    }
  page->has_more = page->events->len == WAY_SQLITE_BATCH;
  if (!page->has_more)
    *position = newest;
  return TRUE;
}

static WayPage *
pull (WaySqlitePeer *self, const char *scope, const char *cursor, GError **error)
{
  g_autoptr (WayPage) page = g_new0 (WayPage, 1);
  g_autofree char *epoch = NULL;
  g_autofree char *id = NULL;
  gint64 newest, position;

  page->events = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  epoch = way_sqlite_peer_read_epoch (self, error);
  if (epoch == NULL
      || !way_db_get_int (way_store_get_db (self->trust), "SELECT max (position) FROM event",
                          &newest, error)
      || !way_sqlite_peer_check_person (self, self->person, error) || !may_pull (self, scope, error)
      || !read_cursor (self, cursor, newest, &position, &page->is_reset, error))
    return NULL;
  if (page->is_reset)
    {
      page->cursor = g_strdup ("");
      return g_steal_pointer (&page);
    }
  if (!read_page (self, scope, &position, newest, page, error))
    return NULL;
  id = find_id (self, position, error);
  if (id == NULL)
    return NULL;
  page->cursor = g_strdup_printf (CURSOR "%s:%" G_GINT64_FORMAT ":%s", epoch, position, id);
  return g_steal_pointer (&page);
}

/* way_sqlite_peer_pull:
 *
 * The next page of a scope, of one snapshot. There is one writer at a time, so positions
 * are in the order of commits and none appears behind a cursor. */
WayPage *
way_sqlite_peer_pull (WayPeer *peer, const char *scope, const char *cursor, GError **error)
{
  WaySqlitePeer *self = WAY_SQLITE_PEER (peer);
  WayDb *db = way_store_get_db (self->trust);
  WayPage *page;

  if (self->stream == NULL)
    {
      g_set_error_literal (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PROTOCOL, "Pull before hello");
      return NULL;
    }
  if (!way_db_exec (db, "BEGIN", error))
    return NULL;
  page = pull (self, scope, cursor, error);
  way_db_rollback (db); /* nothing was written */
  return page;
}
