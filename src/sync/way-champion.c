/* way-champion.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync/way-champion.h"

#include "record/way-bodies.h"
#include "store/way-log.h"

/* The clock may have been put back since it was said: what ends it is later all the same, or it
 * would stand, and be ended again each time. */
static WayEvent *
place_after (WayEvent *draft, gint64 effective, gint64 now)
{
  draft->at = MAX (now, effective + 1);
  return draft;
}

static WayEvent *
draft_end (const char *term, const char *person, const char *unit, GError **error)
{
  const WayKind *kind = way_kind_find ("champion_term");
  WayChampionTermBody *body = way_kind_new (kind);
  g_autofree char *json = NULL;
  WayEvent *draft;

  body->state = g_strdup ("ended");
  body->term = g_strdup (term);
  json = way_kind_write (kind, body, error);
  way_kind_free (kind, body);
  if (json == NULL)
    return NULL;
  draft = way_event_new ("champion_term", way_kind_get_version (kind), json);
  draft->subject = g_strdup (person);
  draft->unit = g_strdup (unit);
  return draft;
}

/* way_champion_end_terms:
 * @trust: in one file
 * @now: µs UTC
 * @n_ended: (out)
 *
 * Ends each term whose time is over, in the trust's own stream. */
gboolean
way_champion_end_terms (WayStore *trust, gint64 now, guint *n_ended, GError **error)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  WayStatement *statement;
  gboolean has_row;

  *n_ended = 0;
  statement = way_db_prepare (way_store_get_db (trust),
                              "SELECT c.term, c.person, c.unit, (SELECT max (e.effective)"
                              " FROM live AS e WHERE e.person = c.person"
                              " AND e.kind = 'champion_term'"
                              " AND coalesce (e.body ->> 'term', e.id) = c.term)"
                              " FROM champion AS c WHERE c.state <> 'ended'"
                              " AND c.until <= CAST($1 AS bigint) ORDER BY c.term",
                              error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_int (statement, 1, now);
  for (;;)
    {
      WayEvent *draft;

      if (!way_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      draft = draft_end (way_statement_get_text (statement, 0),
                         way_statement_get_text (statement, 1),
                         way_statement_get_text (statement, 2), error);
      if (draft == NULL)
        return FALSE;
      g_ptr_array_add (drafts, place_after (draft, way_statement_get_int (statement, 3), now));
    }
  *n_ended = drafts->len;
  return drafts->len == 0 || way_store_append_as (trust, NULL, drafts, error);
}

static WayEvent *
draft_call_end (const char *person, const char *unit, GError **error)
{
  const WayKind *kind = way_kind_find ("on_call");
  /* Nothing of what they said is said again: it could not be emptied with theirs. */
  const WayOnCallBody body = { .name = (char *) "", .ended = TRUE };
  g_autofree char *json = way_kind_write (kind, &body, error);
  WayEvent *draft;

  if (json == NULL)
    return NULL;
  draft = way_event_new ("on_call", way_kind_get_version (kind), json);
  draft->subject = g_strdup (person);
  draft->unit = g_strdup (unit);
  return draft;
}

/* way_champion_end_calls:
 * @trust: in one file
 * @n_ended: (out)
 *
 * Says of everybody who can be asked and is champion there no more that it is over, in the trust's
 * own stream: their own device may not come back. */
gboolean
way_champion_end_calls (WayStore *trust, guint *n_ended, GError **error)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  WayStatement *statement;
  gboolean has_row;

  *n_ended = 0;
  statement = way_db_prepare (way_store_get_db (trust),
                              "SELECT c.person, c.unit, c.effective FROM"
                              " (SELECT e.person, e.unit, e.effective, e.body ->> 'ended' AS ended,"
                              " row_number () OVER (PARTITION BY e.person, e.unit"
                              " ORDER BY e.effective DESC, e.id DESC) AS age"
                              " FROM live AS e WHERE e.kind = 'on_call') AS c"
                              " WHERE c.age = 1 AND CAST(c.ended AS text) = '0'"
                              " AND NOT EXISTS (SELECT 1 FROM role AS r"
                              " WHERE r.person = c.person AND r.role = 'champion'"
                              " AND r.unit = coalesce (c.unit, '')) ORDER BY c.person, c.unit",
                              error);
  if (statement == NULL)
    return FALSE;
  for (;;)
    {
      WayEvent *draft;

      if (!way_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      draft = draft_call_end (way_statement_get_text (statement, 0),
                              way_statement_is_null (statement, 1)
                                  ? NULL
                                  : way_statement_get_text (statement, 1),
                              error);
      if (draft == NULL)
        {
          way_statement_reset (statement);
          return FALSE;
        }
      g_ptr_array_add (drafts, place_after (draft, way_statement_get_int (statement, 2),
                                            g_get_real_time ()));
    }
  *n_ended = drafts->len;
  return drafts->len == 0 || way_store_append_as (trust, NULL, drafts, error);
}
