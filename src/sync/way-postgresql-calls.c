/* way-postgresql-calls.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync/way-postgresql-calls.h"

#include "sync/way-postgresql-peer.h"

/* A page, or a list of scopes, that is longer than this is not one of ours. */
#define MAX_PAGE 1000
/* ms: an hour. A trust may ask for patience, not for silence. */
#define MAX_RETRY_AFTER (60 * 60 * 1000)

/* What is kept here may be damaged; the trust then says that it does not know it. */
static const char *
make_sendable (const char *kept)
{
  return kept == NULL || g_utf8_validate (kept, -1, NULL) ? kept : "?";
}

/* way_postgresql_queue_hello:
 * @epoch: (nullable): as the trust told it last
 *
 * Queues the question whose answer way_postgresql_read_welcome() reads. */
WayStatement *
way_postgresql_queue_hello (WayDb *db, const char *stream, const char *epoch, GError **error)
{
  WayStatement *statement =
      way_db_queue (db,
                    "SELECT refusal, person, server_time, epoch_now, is_epoch_known, last_seq,"
                    " batch, scope, generation, is_read_only, retry_after"
                    " FROM api.hello_v1 (CAST($1 AS text), CAST($2 AS text))",
                    error);

  if (statement != NULL)
    {
      way_statement_bind_text (statement, 1, stream);
      way_statement_bind_text (statement, 2, make_sendable (epoch));
    }
  return statement;
}

/* way_postgresql_read_welcome:
 * @person: whose the store is: WAY_SYNC_ERROR_PERSON where the login is another's
 *
 * Reads the answer to hello. */
WayWelcome *
way_postgresql_read_welcome (WayStatement *statement, const char *person, GError **error)
{
  g_autoptr (WayWelcome) welcome = g_new0 (WayWelcome, 1);
  gboolean has_row;

  welcome->scopes = g_ptr_array_new_with_free_func ((GDestroyNotify) way_peer_scope_free);
  for (;;)
    {
      WayPeerScope *scope;

      if (!way_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        break;
      if (!way_statement_is_null (statement, 0))
        {
          way_postgresql_refuse (way_statement_get_text (statement, 0), NULL, error);
          return NULL;
        }
      if (welcome->epoch == NULL)
        {
          if (g_strcmp0 (way_statement_get_text (statement, 1), person) != 0)
            {
              g_set_error_literal (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PERSON,
                                   "This store is not that of the person who signed in");
              return NULL;
            }
          welcome->server_time = way_statement_get_int (statement, 2);
          welcome->epoch = g_strdup (way_statement_get_text (statement, 3));
          welcome->is_epoch_known = way_statement_get_int (statement, 4) == 1;
          welcome->last_seq = way_statement_get_int (statement, 5);
          welcome->batch = CLAMP (way_statement_get_int (statement, 6), 1,
                                  WAY_POSTGRESQL_MAX_BATCH);
          welcome->is_read_only = way_statement_get_int (statement, 9) == 1;
          welcome->retry_after = CLAMP (way_statement_get_int (statement, 10), 0, MAX_RETRY_AFTER);
        }
      scope = g_new0 (WayPeerScope, 1);
      scope->id = g_strdup (way_statement_get_text (statement, 7));
      scope->generation = way_statement_get_int (statement, 8);
      g_ptr_array_add (welcome->scopes, scope);
      if (scope->id == NULL || welcome->scopes->len > MAX_PAGE)
        break;
    }
  if (welcome->epoch == NULL || welcome->scopes->len > MAX_PAGE)
    {
      way_postgresql_refuse ("protocol", NULL, error);
      return NULL;
    }
  return g_steal_pointer (&welcome);
}

#define FIRST_ARRAY 5
#define N_TEXTS 9
#define N_NUMBERS 4

/* way_postgresql_bind_events:
 * @first: the first of the thirteen parameters
 * @events: (element-type WayEvent)
 *
 * Binds what a push takes. Texts go as bytes, so that nothing in them can keep the call from
 * being made. An event that was erased has what it pointed at in the place of its body. */
void
way_postgresql_bind_events (WayStatement *statement, int first, GPtrArray *events)
{
  /* Where each column stands among the parameters. */
  static const int text_places[N_TEXTS] = { 0, 1, 2, 3, 6, 7, 8, 9, 10 };
  static const int number_places[N_NUMBERS] = { 4, 5, 11, 12 };
  g_autofree const char **texts = g_new (const char *, N_TEXTS *(events->len + 1));
  g_autofree gint64 *numbers = g_new (gint64, N_NUMBERS * (events->len + 1));

  for (guint i = 0; i < events->len; i++)
    {
      const WayEvent *event = events->pdata[i];
      const char *const row[N_TEXTS] = { event->id,
                                         event->subject,
                                         event->unit,
                                         event->kind,
                                         event->zone,
                                         event->salt,
                                         way_event_get_content (event),
                                         event->digest,
                                         event->chain };
      const gint64 figures[N_NUMBERS] = { event->ver, event->at, event->received,
                                          event->effective };

      for (guint j = 0; j < N_TEXTS; j++)
        texts[j * events->len + i] = row[j];
      for (guint j = 0; j < N_NUMBERS; j++)
        numbers[j * events->len + i] = figures[j];
    }
  for (guint j = 0; j < N_TEXTS; j++)
    way_statement_bind_texts (statement, first + text_places[j], texts + (gsize) j * events->len,
                              events->len);
  for (guint j = 0; j < N_NUMBERS; j++)
    way_statement_bind_ints (statement, first + number_places[j], numbers + (gsize) j * events->len,
                             events->len);
}

/* way_postgresql_queue_push:
 * @machine: (nullable)
 * @client_time: by the clock that dated the events
 *
 * Queues the question whose answer way_postgresql_read_receipt() reads. */
WayStatement *
way_postgresql_queue_push (WayDb *db,
                           const char *stream,
                           const char *machine,
                           gint64 client_time,
                           GPtrArray *events,
                           GError **error)
{
  WayStatement *statement = way_db_queue (
      db,
      "SELECT refusal, acked, inserted, duplicates, quarantined, refused, is_gap, is_fork,"
      " fork_seq, epoch_now, id, received, effective, allowed FROM api.push_v1 ("
      "CAST($1 AS text), CAST($2 AS text), CAST($3 AS bigint), CAST($4 AS bigint),"
      " CAST($5 AS bytea[]), CAST($6 AS bytea[]), CAST($7 AS bytea[]),"
      " CAST($8 AS bytea[]), CAST($9 AS bigint[]), CAST($10 AS bigint[]),"
      " CAST($11 AS bytea[]), CAST($12 AS bytea[]), CAST($13 AS bytea[]),"
      " CAST($14 AS bytea[]), CAST($15 AS bytea[]), CAST($16 AS bigint[]),"
      " CAST($17 AS bigint[]))",
      error);

  if (statement == NULL)
    return NULL;
  way_statement_bind_text (statement, 1, stream);
  way_statement_bind_text (statement, 2, machine);
  way_statement_bind_int (statement, 3, events->len > 0 ? ((WayEvent *) events->pdata[0])->seq : 1);
  way_statement_bind_int (statement, 4, client_time);
  way_postgresql_bind_events (statement, FIRST_ARRAY, events);
  return statement;
}

/* way_postgresql_read_receipt:
 *
 * Reads the answer to a push of @n_events. */
WayReceipt *
way_postgresql_read_receipt (WayStatement *statement, guint n_events, GError **error)
{
  g_autoptr (WayReceipt) receipt = g_new0 (WayReceipt, 1);
  gboolean has_row;

  receipt->stamps = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  for (;;)
    {
      WayEvent *stamp;

      if (!way_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        break;
      if (receipt->epoch == NULL)
        {
          if (!way_statement_is_null (statement, 0))
            {
              way_postgresql_refuse (way_statement_get_text (statement, 0), NULL, error);
              return NULL;
            }
          receipt->acked = way_statement_get_int (statement, 1);
          receipt->inserted = way_statement_get_int (statement, 2);
          receipt->duplicates = way_statement_get_int (statement, 3);
          receipt->quarantined = way_statement_get_int (statement, 4);
          receipt->refused = way_statement_get_int (statement, 5);
          receipt->is_gap = way_statement_get_int (statement, 6) == 1;
          receipt->is_fork = way_statement_get_int (statement, 7) == 1;
          receipt->fork_seq = way_statement_get_int (statement, 8);
          receipt->epoch = g_strdup (way_statement_get_text (statement, 9));
          if (receipt->epoch == NULL)
            break;
          continue;
        }
      stamp = way_event_new ("", 1, "");
      stamp->id = g_strdup (way_statement_get_text (statement, 10));
      stamp->received = way_statement_get_int (statement, 11);
      stamp->effective = way_statement_get_int (statement, 12);
      stamp->allowed = way_statement_get_int (statement, 13);
      g_ptr_array_add (receipt->stamps, stamp);
      if (stamp->id == NULL || receipt->stamps->len > n_events)
        break;
    }
  if (receipt->epoch == NULL || receipt->stamps->len > n_events)
    {
      way_postgresql_refuse ("protocol", NULL, error);
      return NULL;
    }
  return g_steal_pointer (&receipt);
}

/* How many columns a pull has always had. */
#define PULL_COLUMNS 21

/* way_postgresql_queue_pull:
 * @cursor: (nullable)
 *
 * Queues the question whose answer way_postgresql_read_page() reads. Columns are only ever added
 * at the end: a trust that was not upgraded yet has no `refers`. */
WayStatement *
way_postgresql_queue_pull (
    WayDb *db, const char *stream, const char *scope, const char *cursor, GError **error)
{
  WayStatement *statement =
      way_db_queue (db,
                    "SELECT * FROM api.pull_v1 (CAST($1 AS text), CAST($2 AS text),"
                    " CAST($3 AS text))",
                    error);

  if (statement != NULL)
    {
      way_statement_bind_text (statement, 1, stream);
      way_statement_bind_text (statement, 2, scope);
      way_statement_bind_text (statement, 3, make_sendable (cursor));
    }
  return statement;
}

static WayEvent *
read_event (WayStatement *statement)
{
  const char *body = way_statement_get_text (statement, 15);
  const char *kind = way_statement_get_text (statement, 10);
  WayEvent *event;

  event = way_event_new (kind != NULL ? kind : "", way_statement_get_int (statement, 11),
                         body != NULL ? body : "");
  event->stream = g_strdup (way_statement_get_text (statement, 4));
  event->seq = way_statement_get_int (statement, 5);
  event->id = g_strdup (way_statement_get_text (statement, 6));
  event->author = g_strdup (way_statement_get_text (statement, 7));
  event->subject = g_strdup (way_statement_get_text (statement, 8));
  event->unit = g_strdup (way_statement_get_text (statement, 9));
  event->at = way_statement_get_int (statement, 12);
  event->zone = g_strdup (way_statement_get_text (statement, 13));
  event->salt = g_strdup (way_statement_get_text (statement, 14));
  event->digest = g_strdup (way_statement_get_text (statement, 16));
  event->chain = g_strdup (way_statement_get_text (statement, 17));
  event->received = way_statement_get_int (statement, 18);
  event->effective = way_statement_get_int (statement, 19);
  event->allowed = way_statement_get_int (statement, 20);
  if (way_statement_get_n_columns (statement) > PULL_COLUMNS)
    event->refers = g_strdup (way_statement_get_text (statement, PULL_COLUMNS));
  return event;
}

/* way_postgresql_read_page:
 *
 * Reads the answer to a pull. */
WayPage *
way_postgresql_read_page (WayStatement *statement, const char *scope, GError **error)
{
  g_autoptr (WayPage) page = g_new0 (WayPage, 1);
  gboolean has_row;

  page->events = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  while (page->cursor == NULL)
    {
      if (!way_statement_step (statement, &has_row, error))
        return NULL;
      has_row = has_row && way_statement_get_n_columns (statement) >= PULL_COLUMNS;
      if (has_row && !way_statement_is_null (statement, 0))
        {
          way_postgresql_refuse (way_statement_get_text (statement, 0), scope, error);
          return NULL;
        }
      if (!has_row || page->events->len > MAX_PAGE)
        {
          way_postgresql_refuse ("protocol", NULL, error);
          return NULL;
        }
      if (!way_statement_is_null (statement, 4))
        {
          g_ptr_array_add (page->events, read_event (statement));
          continue;
        }
      page->cursor = g_strdup (way_statement_get_text (statement, 1));
      page->has_more = way_statement_get_int (statement, 2) == 1;
      page->is_reset = way_statement_get_int (statement, 3) == 1;
      if (page->cursor == NULL)
        page->cursor = g_strdup ("");
    }
  return g_steal_pointer (&page);
}
