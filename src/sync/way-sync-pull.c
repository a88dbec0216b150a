/* way-sync-pull.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync/way-sync-private.h"

#include "record/way-kind.h"
#include "store/way-log.h"

/* No trust gives a scope this one. */
#define NO_GENERATION -1

static gboolean
read_scope (WaySync *self, const char *scope, gint64 *generation, char **cursor, GError **error)
{
  WayStatement *statement;
  gboolean has_row;

  *generation = 0;
  *cursor = NULL;
  statement = way_db_prepare (way_store_get_db (self->device),
                              "SELECT generation, cursor FROM scope WHERE scope = $1", error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, scope);
  if (!way_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    {
      *generation = way_statement_get_int (statement, 0);
      *cursor = g_strdup (way_statement_get_text (statement, 1));
    }
  way_statement_reset (statement);
  return TRUE;
}

static gboolean
write_scope (
    WaySync *self, const char *scope, gint64 generation, const char *cursor, GError **error)
{
  WayStatement *statement;

  statement = way_db_prepare (way_store_get_db (self->device),
                              "INSERT INTO scope (scope, generation, cursor) VALUES ($1, $2, $3)"
                              " ON CONFLICT (scope) DO UPDATE"
                              " SET generation = excluded.generation, cursor = excluded.cursor",
                              error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, scope);
  way_statement_bind_int (statement, 2, generation);
  way_statement_bind_text (statement, 3, cursor);
  return way_statement_run (statement, error);
}

/* What comes from outside is looked at before it is kept. An erased event has neither
 * salt nor body, and may say at what it pointed. */
static gboolean
is_sound (const WayEvent *event)
{
  g_autofree char *digest = NULL;

  if (!way_uuid_is_valid (event->stream) || !way_uuid_is_valid (event->id) || event->seq < 1
      || event->zone == NULL || event->salt == NULL || event->digest == NULL
      || strlen (event->digest) != 64 || event->chain == NULL || strlen (event->chain) != 64)
    return FALSE;
  if (*event->salt == '\0')
    return *event->body == '\0' && (event->refers == NULL || way_uuid_is_valid (event->refers));
  digest = way_event_compute_digest (event);
  return g_strcmp0 (digest, event->digest) == 0 && way_body_check (event->body, -1, NULL);
}

static gboolean
is_place_taken (WaySync *self, const WayEvent *event, gboolean *is_taken, GError **error)
{
  WayStatement *statement;

  statement = way_db_prepare (way_store_get_db (self->device),
                              "SELECT 1 FROM event WHERE stream = $1 AND seq = $2", error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, event->stream);
  way_statement_bind_int (statement, 2, event->seq);
  if (!way_statement_step (statement, is_taken, error))
    return FALSE;
  way_statement_reset (statement);
  return TRUE;
}

static gboolean
keep_event (
    WaySync *self, WayBatch *batch, const char *scope, const WayEvent *event, GError **error)
{
  g_autoptr (WayEvent) known = NULL;
  gboolean is_taken = FALSE;

  if (!is_sound (event))
    {
      g_message ("Event %s came damaged from the trust and was left out", event->id);
      return TRUE;
    }
  if (!way_log_find (self->device, event->id, &known, error))
    return FALSE;
  /* Erased since: here too, also where we have written it ourselves. */
  if (known != NULL && *event->salt == '\0' && *known->salt != '\0'
      && g_str_equal (known->digest, event->digest) && !way_batch_blank (batch, known, error))
    return FALSE;
  if (known != NULL)
    return way_batch_stamp (batch, event, error)
           && (g_str_equal (known->stream, way_store_get_stream (self->device))
               || way_batch_put_in_scope (batch, scope, known, error));
  if (!is_place_taken (self, event, &is_taken, error))
    return FALSE;
  if (is_taken)
    {
      g_message ("Event %s came for a place that another event has and waits", event->id);
      g_ptr_array_add (self->left_out, way_event_copy (event));
      return TRUE;
    }
  self->result->pulled++;
  return way_batch_insert (batch, event, NULL, error)
         && way_batch_put_in_scope (batch, scope, event, error)
         && (!g_str_equal (event->kind, "retraction")
             || way_batch_drop_files (batch, event, error));
}

/* Where something was left out the scope is of no generation until make_room() has come round to
 * it: were this meeting cut before, the next one would not know, and goes through all of it. */
static gboolean
keep_page (WaySync *self,
           const WayPeerScope *scope,
           const WayPage *page,
           gboolean must_purge,
           GError **error)
{
  g_autoptr (WayBatch) batch = way_batch_begin (self->device, error);

  if (batch == NULL || (must_purge && !way_batch_purge_scope (batch, scope->id, error)))
    return FALSE;
  for (guint i = 0; i < page->events->len; i++)
    if (!keep_event (self, batch, scope->id, page->events->pdata[i], error))
      return FALSE;
  return write_scope (self, scope->id, self->left_out->len > 0 ? NO_GENERATION : scope->generation,
                      page->cursor, error)
         && way_batch_commit (batch, error);
}

static gboolean
is_offered (WaySync *self, const char *scope)
{
  for (guint i = 0; i < self->welcome->scopes->len; i++)
    if (g_str_equal (((WayPeerScope *) self->welcome->scopes->pdata[i])->id, scope))
      return TRUE;
  return FALSE;
}

/* way_sync_drop_scopes:
 *
 * What is no longer ours to see goes. Where the trust was put back everything goes at once: it may
 * have other events now in the places of those that it lost. */
gboolean
way_sync_drop_scopes (WaySync *self, GError **error)
{
  g_autoptr (GPtrArray) lost = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (WayBatch) batch = NULL;
  WayStatement *statement;
  gboolean has_row;

  statement = way_db_prepare (way_store_get_db (self->device),
                              "SELECT scope FROM scope ORDER BY scope", error);
  if (statement == NULL)
    return FALSE;
  for (;;)
    {
      if (!way_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      if (self->must_restart_scopes || !is_offered (self, way_statement_get_text (statement, 0)))
        g_ptr_array_add (lost, g_strdup (way_statement_get_text (statement, 0)));
    }
  if (lost->len == 0)
    return TRUE;
  g_hash_table_remove_all (self->cursors);
  batch = way_batch_begin (self->device, error);
  if (batch == NULL)
    return FALSE;
  for (guint i = 0; i < lost->len; i++)
    if (!way_batch_purge_scope (batch, lost->pdata[i], error))
      return FALSE;
  return way_batch_commit (batch, error);
}

/* way_sync_pull_scope:
 *
 * Brings what is new in a scope, or all of it where its generation is another. Where the trust was
 * put back or refuses the scope, was_reset or was_refused say so. */
gboolean
way_sync_pull_scope (WaySync *self, const WayPeerScope *scope, GError **error)
{
  g_autofree char *cursor = NULL;
  gint64 generation;
  gboolean must_purge;

  if (!read_scope (self, scope->id, &generation, &cursor, error))
    return FALSE;
  must_purge = cursor != NULL && generation != scope->generation;
  if (must_purge)
    g_clear_pointer (&cursor, g_free);
  for (;;)
    {
      g_autoptr (WayPage) page = NULL;
      g_autoptr (GError) local = NULL;

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      page = way_peer_pull (self->peer, scope->id, cursor, &local);
      if (g_error_matches (local, WAY_SYNC_ERROR, WAY_SYNC_ERROR_SCOPE))
        {
          /* Since it was offered somebody has lost a role, perhaps by what was pushed just now. */
          self->was_refused = TRUE;
          return way_sync_count_detour (self, error);
        }
      if (page == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (page->is_reset)
        {
          /* Of another time is all that was pulled: the trust was put back. */
          self->was_reset = TRUE;
          return way_sync_count_detour (self, error);
        }
      else if (page->events->len == 0 && !must_purge && cursor != NULL)
        {
          if (!g_str_equal (page->cursor, cursor))
            g_hash_table_replace (self->cursors, g_strdup (scope->id), g_strdup (page->cursor));
        }
      else if (keep_page (self, scope, page, must_purge, error))
        must_purge = FALSE;
      else
        return FALSE;
      g_free (cursor);
      cursor = g_strdup (page->cursor);
      if (!page->has_more)
        return TRUE;
    }
}

/* way_sync_keep_generations:
 *
 * What had no room now will have none the next time. */
gboolean
way_sync_keep_generations (WaySync *self, GError **error)
{
  for (guint i = 0; i < self->welcome->scopes->len; i++)
    {
      const WayPeerScope *scope = self->welcome->scopes->pdata[i];
      WayStatement *statement;

      statement = way_db_prepare (way_store_get_db (self->device),
                                  "UPDATE scope SET generation = $2"
                                  " WHERE scope = $1 AND generation = $3",
                                  error);
      if (statement == NULL)
        return FALSE;
      way_statement_bind_text (statement, 1, scope->id);
      way_statement_bind_int (statement, 2, scope->generation);
      way_statement_bind_int (statement, 3, NO_GENERATION);
      if (!way_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

/* way_sync_make_room:
 *
 * What came for a place that another event has here: since the trust was put back it has other
 * events than we know. Ours leave those places, and everything is pulled once more. */
gboolean
way_sync_make_room (WaySync *self, GError **error)
{
  self->was_reset = FALSE;
  for (guint i = 0; i < self->left_out->len; i++)
    {
      gboolean is_free;

      if (!way_store_make_room (self->device, self->left_out->pdata[i], &is_free, error))
        return FALSE;
      self->was_reset |= is_free;
    }
  g_ptr_array_set_size (self->left_out, 0);
  return !self->was_reset || way_sync_count_detour (self, error);
}
