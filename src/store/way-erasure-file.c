/* way-erasure-file.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/way-erasure-private.h"

#include "record/way-bodies.h"
#include "store/way-derived.h"
#include "store/way-log.h"
#include "store/way-store-private.h"

/* Erasing in a trust that is a file. What sync/postgresql/erase.sql and retention.sql are for
 * the other engine. */

#define YEAR G_GINT64_CONSTANT (31557600000000)
#define LAPSE (30 * G_TIME_SPAN_DAY)

/* What goes when $1 is erased. What somebody did in a role, for the trust or for others,
 * stays: who they were is gone with the rest. Their words go wherever another repeats them: a
 * tip is an answer of theirs. */
#define ERASABLE                                                                                   \
  " WHERE e.salt <> '' AND e.kind NOT IN ('erasure_request', 'erasure')"                           \
  " AND (e.subject = CAST($1 AS text) OR (e.kind = 'tip' AND e.refers IN"                          \
  " (SELECT a.id FROM event AS a WHERE a.author = CAST($1 AS text)"                                \
  " AND a.kind = 'corner_action'))"                                                                \
  " OR (e.author = CAST($1 AS text)"                                                               \
  " AND (e.subject IS NULL OR e.subject <> CAST($1 AS text))"                                      \
  " AND e.kind NOT IN ('organisation', 'place', 'person', 'membership', 'role_grant', 'setting',"  \
  " 'pack_release', 'item_parameter', 'local_note', 'role_requirement', 'notice', 'initiative',"   \
  " 'pulse', 'drop_answer', 'assignment', 'assignment_end', 'exemption', 'reminder',"              \
  " 'published', 'trial', 'rota')"                                                                 \
  " AND (e.kind <> 'champion_term' OR e.subject IS NULL)))"

/* With it goes what repeats it and what belongs to it. */
#define ONE_EVENT                                                                                  \
  " WHERE e.salt <> '' AND (e.id = CAST($1 AS text)"                                               \
  " OR (e.refers = CAST($1 AS text) AND e.kind IN ('tip', 'evidence_file')))"

static WayStatement *
prepare (WayDb *db, const char *sql, const char *first, const char *second, GError **error)
{
  WayStatement *statement = way_db_prepare (db, sql, error);

  if (statement == NULL)
    return NULL;
  way_statement_bind_text (statement, 1, first);
  way_statement_bind_text (statement, 2, second);
  return statement;
}

static gboolean
run (WayDb *db, const char *sql, const char *first, GError **error)
{
  WayStatement *statement = prepare (db, sql, first, NULL, error);

  return statement != NULL && way_statement_run (statement, error);
}

/* The first column of the first row; NULL in @text where there is none. */
static gboolean
ask (WayDb *db, const char *sql, const char *first, const char *second, char **text, GError **error)
{
  WayStatement *statement = prepare (db, sql, first, second, error);
  gboolean has_row;

  *text = NULL;
  if (statement == NULL || !way_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    *text = g_strdup (way_statement_get_text (statement, 0));
  way_statement_reset (statement);
  return TRUE;
}

static gboolean
find_person (WayDb *db, const char *username, char **person, GError **error)
{
  return ask (db,
              "SELECT person FROM person WHERE username = $1 OR person = $1"
              " ORDER BY coalesce (ended, 0), person LIMIT 1",
              username, NULL, person, error);
}

/* Whoever speaks must hold the role now. Their id in @person. */
static gboolean
find_governance (
    WayDb *db, const char *by, const WayErasureTarget *target, char **person, GError **error)
{
  if (by != NULL
      && !ask (db,
               "SELECT p.person FROM person AS p JOIN role AS r ON r.person = p.person"
               " WHERE (p.username = $1 OR p.person = $1) AND r.role = 'governance'"
               " AND coalesce (p.ended, 0) = 0 ORDER BY p.person LIMIT 1",
               by, NULL, person, error))
    return FALSE;
  return *person != NULL || way_erasure_refuse ("governance", target, error);
}

static gboolean
find_target (WayDb *db, const WayErasureTarget *target, char **id, char **person, GError **error)
{
  g_autofree char *erased = NULL;

  if (target->event == NULL)
    {
      if (!find_person (db, target->username, id, error))
        return FALSE;
      *person = g_strdup (*id);
      return *id != NULL || way_erasure_refuse ("unknown", target, error);
    }
  if (!ask (db, "SELECT id FROM event WHERE id = $1", target->event, NULL, id, error)
      || !ask (db, "SELECT coalesce (person, '') FROM event WHERE id = $1", target->event, NULL,
               person, error)
      || !ask (db, "SELECT erasure FROM erased WHERE target = $1", target->event, NULL, &erased,
               error))
    return FALSE;
  if (*id == NULL || erased != NULL)
    return way_erasure_refuse (*id == NULL ? "unknown" : "erased", target, error);
  return TRUE;
}

static char *
append (WayStore *trust, const char *by, const char *kind, gconstpointer fields, GError **error)
{
  const WayKind *known = way_kind_find (kind);
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autofree char *body = way_kind_write (known, fields, error);

  if (body == NULL)
    return NULL;
  g_ptr_array_add (drafts, way_event_new (kind, way_kind_get_version (known), body));
  if (!way_store_append_as (trust, by, drafts, error))
    return NULL;
  return g_strdup (((WayEvent *) drafts->pdata[0])->id);
}

/**
 * way_erasure_file_ask:
 * @by: the username of who governs the trust
 * @target: a person, or one event
 * @reason: (nullable)
 *
 * Asks for an erasure, which somebody else has to confirm.
 *
 * Returns: (transfer full) (nullable): the id of what was asked; NULL with @error set
 */
char *
way_erasure_file_ask (WayStore *trust,
                      const char *by,
                      const WayErasureTarget *target,
                      const char *reason,
                      GError **error)
{
  WayDb *db = way_store_get_db (trust);
  g_autofree char *who = NULL;
  g_autofree char *id = NULL;
  g_autofree char *person = NULL;
  WayErasureRequestBody fields = { .reason = (char *) (reason != NULL ? reason : ""),
                                   .event = (char *) target->event };

  if (!find_governance (db, by, target, &who, error)
      || !find_target (db, target, &id, &person, error))
    return NULL;
  fields.person = person;
  return append (trust, who, "erasure_request", &fields, error);
}

static gboolean
empty_all (WayBatch *batch,
           WayStore *trust,
           const char *target,
           gboolean is_person,
           gint64 *n_events,
           GError **error)
{
  g_autoptr (GPtrArray) events = NULL;

  /* Before anything goes, while it is known where people belong. */
  if (!way_log_raise_readers (trust, is_person ? ERASABLE : ONE_EVENT, target, error))
    return FALSE;
  events = way_log_list_where (trust, is_person ? ERASABLE : ONE_EVENT, target, error);
  if (events == NULL)
    return FALSE;
  for (guint i = 0; i < events->len; i++)
    if (!way_batch_blank (batch, events->pdata[i], error))
      return FALSE;
  *n_events = events->len;
  return TRUE;
}

static gboolean
forget_person (WayDb *db, const char *person, GError **error)
{
  return run (db,
              "UPDATE quarantine SET raw = '' WHERE stream IN"
              " (SELECT stream FROM stream WHERE person = $1)",
              person, error)
         && run (db, "DELETE FROM enrolment WHERE person = $1", person, error)
         && run (db, "DELETE FROM ticket WHERE person = $1", person, error);
}

static gboolean
note (WayDb *db, const WayErasure *erasure, GError **error)
{
  WayStatement *statement;

  statement = way_db_prepare (db,
                              "INSERT INTO erased (target, what, erasure, reason, at)"
                              " VALUES ($1, $2, $3, $4, $5)",
                              error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, erasure->target);
  way_statement_bind_text (statement, 2, erasure->what);
  way_statement_bind_text (statement, 3, erasure->id);
  way_statement_bind_text (statement, 4, erasure->reason);
  way_statement_bind_int (statement, 5, erasure->at);
  return way_statement_run (statement, error);
}

static char *
append_erasure (WayBatch *batch,
                const WayErasure *erasure,
                const char *person,
                const char *by,
                const char *request,
                GError **error)
{
  const WayKind *kind = way_kind_find ("erasure");
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autofree char *body = NULL;
  WayErasureBody fields = { (char *) person, (char *) request,
                            g_str_equal (erasure->what, "event") ? erasure->target : NULL,
                            erasure->reason };

  body = way_kind_write (kind, &fields, error);
  if (body == NULL)
    return NULL;
  g_ptr_array_add (drafts, way_event_new ("erasure", way_kind_get_version (kind), body));
  if (!way_batch_append (batch, by, drafts, error))
    return NULL;
  return g_strdup (((WayEvent *) drafts->pdata[0])->id);
}

WayErasure *
way_erasure_file_run (WayStore *trust,
                      const char *target,
                      const char *what,
                      const char *by,
                      const char *request,
                      const char *reason,
                      const char *ledger,
                      GError **error)
{
  WayDb *db = way_store_get_db (trust);
  gboolean is_person = g_str_equal (what, "person");
  g_autoptr (WayErasure) erasure = g_new0 (WayErasure, 1);
  g_autoptr (WayBatch) batch = NULL;
  g_autofree char *person = NULL;

  erasure->target = g_strdup (target);
  erasure->what = g_strdup (what);
  erasure->reason = g_strdup (reason);
  erasure->at = g_get_real_time ();
  batch = way_batch_begin (trust, error);
  if (batch == NULL
      || !ask (db, "SELECT erasure FROM erased WHERE target = $1", target, NULL, &erasure->id,
               error)
      || !ask (db,
               is_person ? "SELECT CAST($1 AS text)"
                         : "SELECT coalesce (person, '') FROM event WHERE id = $1",
               target, NULL, &person, error)
      || !empty_all (batch, trust, target, is_person, &erasure->n_events, error)
      || (is_person && !forget_person (db, target, error)))
    return NULL;
  if (erasure->id == NULL)
    {
      erasure->id = append_erasure (batch, erasure, person != NULL ? person : "", by, request,
                                    error);
      if (erasure->id == NULL || !note (db, erasure, error)
          || (ledger != NULL && !way_ledger_append (ledger, erasure, error)))
        return NULL;
    }
  return way_batch_commit (batch, error) ? g_steal_pointer (&erasure) : NULL;
}

WayErasure *
way_erasure_file_confirm (WayStore *trust,
                          const char *by,
                          const WayErasureTarget *target,
                          const char *ledger,
                          GError **error)
{
#define ASKED                                                                                      \
  "SELECT q.id FROM live AS q JOIN role AS r ON r.person = q.author AND r.role = 'governance'"     \
  " WHERE q.kind = 'erasure_request' AND q.received > (SELECT CAST($2 AS integer))"                \
  " AND CASE WHEN %s THEN q.body ->> 'event' = $1"                                                 \
  " ELSE q.body ->> 'person' = $1 AND q.body ->> 'event' IS NULL END"
  WayDb *db = way_store_get_db (trust);
  g_autofree char *who = NULL;
  g_autofree char *id = NULL;
  g_autofree char *person = NULL;
  g_autofree char *since = NULL;
  g_autofree char *any_sql = NULL;
  g_autofree char *other_sql = NULL;
  g_autofree char *any = NULL;
  g_autofree char *request = NULL;

  if (!find_governance (db, by, target, &who, error)
      || !find_target (db, target, &id, &person, error))
    return NULL;
  since = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_real_time () - LAPSE);
  any_sql = g_strdup_printf (ASKED " LIMIT 1", target->event != NULL ? "true" : "false");
  other_sql = g_strdup_printf (ASKED " AND q.author <> $3 ORDER BY q.id DESC LIMIT 1",
                               target->event != NULL ? "true" : "false");
  if (!ask (db, any_sql, id, since, &any, error))
    return NULL;
  if (any != NULL)
    {
      WayStatement *statement = prepare (db, other_sql, id, since, error);
      gboolean has_row;

      if (statement == NULL)
        return NULL;
      way_statement_bind_text (statement, 3, who);
      if (!way_statement_step (statement, &has_row, error))
        return NULL;
      if (has_row)
        request = g_strdup (way_statement_get_text (statement, 0));
      way_statement_reset (statement);
    }
  if (request == NULL)
    {
      way_erasure_refuse (any == NULL ? "none" : "same", target, error);
      return NULL;
    }
  return way_erasure_file_run (trust, id, target->event != NULL ? "event" : "person", who, request,
                               "asked", ledger, error);
#undef ASKED
}

static GPtrArray *
ask_texts (WayDb *db, const char *sql, const char *first, GError **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  WayStatement *statement = prepare (db, sql, first, NULL, error);
  gboolean has_row;

  if (statement == NULL)
    return NULL;
  for (;;)
    {
      if (!way_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&texts);
      for (int i = 0; i < way_statement_get_n_columns (statement); i++)
        g_ptr_array_add (texts, g_strdup (way_statement_get_text (statement, i)));
    }
}

/**
 * way_erasure_file_sweep:
 *
 * Empties again what was erased, as after a restore.
 *
 * Returns: FALSE with @error set
 */
gboolean
way_erasure_file_sweep (WayStore *trust, GError **error)
{
  g_autoptr (GPtrArray)
      targets = ask_texts (way_store_get_db (trust),
                           "SELECT target, what FROM erased ORDER BY what, target", NULL, error);
  g_autoptr (WayBatch) batch = NULL;

  if (targets == NULL || targets->len == 0)
    return targets != NULL;
  batch = way_batch_begin (trust, error);
  if (batch == NULL)
    return FALSE;
  for (guint i = 0; i < targets->len; i += 2)
    {
      gint64 n_events;

      if (!empty_all (batch, trust, targets->pdata[i],
                      g_str_equal (targets->pdata[i + 1], "person"), &n_events, error))
        return FALSE;
    }
  return way_batch_commit (batch, error);
}

/**
 * way_erasure_file_list_due:
 *
 * Who left the trust longer ago than it keeps what is known of people: six years, or what its
 * setting says.
 *
 * Returns: (transfer full) (nullable): of texts, a person and a username in turn; NULL with @error
 *   set
 */
GPtrArray *
way_erasure_file_list_due (WayStore *trust, GError **error)
{
  WayDb *db = way_store_get_db (trust);
  g_autofree char *years = NULL;
  g_autofree char *before = NULL;
  gint64 n_years = 6;

  if (!ask (db, "SELECT value FROM setting WHERE key = 'retention_years'", NULL, NULL, &years,
            error))
    return NULL;
  if (years != NULL && g_regex_match_simple ("^([1-9]|[12][0-9]|30)$", years, 0, 0))
    n_years = g_ascii_strtoll (years, NULL, 10);
  before = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_real_time () - n_years * YEAR);
  return ask_texts (db,
                    "SELECT p.person, p.username FROM person AS p"
                    " JOIN live AS e ON e.person = p.person AND e.kind = 'person'"
                    " WHERE p.ended = 1 AND e.body ->> 'ended' = 1"
                    " AND e.effective > coalesce ((SELECT max (h.effective) FROM live AS h"
                    " WHERE h.person = p.person AND h.kind = 'person'"
                    " AND h.body ->> 'ended' = 0), 0)"
                    " GROUP BY p.person, p.username"
                    " HAVING min (e.effective) < CAST($1 AS integer)"
                    " ORDER BY min (e.effective), p.person",
                    before, error);
}
