/* ctl-governance.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/ctl-private.h"

#include "store/way-erasure.h"
#include "store/way-store.h"
#include "sync/way-again.h"
#include "sync/way-champion.h"
#include "sync/way-drop.h"

typedef struct
{
  const char *uri;
  const char *reason;
  const char *by;
  const char *ledger;
  gboolean is_confirming;
  gboolean is_dry_run;
} Options;

/* Where the ledger lies: as said, as the environment says, as the trust's settings say. A
 * login that may only confirm sees no files of the server, whose clockwork keeps it then. */
static char *
dup_ledger (WayStore *trust, const char *said)
{
  const char *known = g_getenv ("WAYMARK_LEDGER");

  if (said != NULL)
    return g_strdup (said);
  if (known != NULL && *known != '\0')
    return g_strdup (known);
  return way_db_dup_text (way_store_get_db (trust),
                          "SELECT value FROM setting WHERE key = 'erasure_ledger'", NULL);
}

static int
ask (WayStore *trust, const WayErasureTarget *target, const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  id = way_erasure_ask (trust, options->by, target, options->reason, &error);
  if (id == NULL)
    return ctl_fail (error);
  g_print ("asked: %s\nAnother person of governance confirms it with --confirm within thirty "
           "days\n",
           id);
  return CTL_DONE;
}

static int
confirm (WayStore *trust, const WayErasureTarget *target, const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayErasure) erasure = NULL;
  g_autofree char *ledger = dup_ledger (trust, options->ledger);

  if (ledger == NULL && !way_store_is_guest (trust))
    return ctl_fail_text ("name the ledger with --ledger FILE: without it an old backup would "
                          "bring back what is erased now");
  erasure = way_erasure_confirm (trust, options->by, target, ledger, &error);
  if (erasure == NULL)
    return ctl_fail (error);
  g_print ("erased: %s\nemptied: %" G_GINT64_FORMAT "\n", erasure->target, erasure->n_events);
  return CTL_DONE;
}

static int
erase (const WayErasureTarget *target, const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = way_store_open_trust (options->uri, FALSE, &error);

  if (trust == NULL)
    return ctl_fail (error);
  if (options->by == NULL && !way_store_is_guest (trust))
    return ctl_fail_text ("say with --by USERNAME who %s: this login is nobody's in the trust",
                          options->is_confirming ? "confirms" : "asks");
  return options->is_confirming ? confirm (trust, target, options) : ask (trust, target, options);
}

static int
retain (const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = way_store_open_trust (options->uri, FALSE, &error);
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *ledger = NULL;

  if (trust != NULL)
    ledger = dup_ledger (trust, options->ledger);
  if (trust == NULL || !way_erasure_retain (trust, options->is_dry_run, ledger, people, &error))
    return ctl_fail (error);
  for (guint i = 0; i < people->len; i++)
    g_print ("%s\n", (const char *) people->pdata[i]);
  g_print ("%s: %u\n", options->is_dry_run ? "would be erased" : "erased", people->len);
  return CTL_DONE;
}

/* Who was erased goes again before any device is let in: the restore is told of last. */
static int
after_restore (const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = way_store_open_trust (options->uri, FALSE, &error);
  g_autofree char *ledger = NULL;
  guint n_erased = 0;

  if (trust == NULL)
    return ctl_fail (error);
  ledger = dup_ledger (trust, options->ledger);
  if ((ledger != NULL && !way_erasure_replay (trust, ledger, &n_erased, &error))
      || !way_store_note_restore (trust, &error))
    return ctl_fail (error);
  way_store_close (trust);
  if (ledger == NULL)
    g_printerr ("waymarkctl: no ledger was named: who was erased since that backup is there "
                "again\n");
  g_print ("erased again: %u\nEvery device will send again what the trust has lost, and look at "
           "the rest anew\n",
           n_erased);
  return CTL_DONE;
}

/* What a login that may only tick reads of the server. */
static GPtrArray *
list_erasures (WayDb *db, GError **error)
{
  g_autoptr (GPtrArray)
      erasures = g_ptr_array_new_with_free_func ((GDestroyNotify) way_erasure_free);
  WayStatement *statement;
  gboolean has_row;

  statement = way_db_prepare (db, "SELECT target, what, erasure, reason, at FROM api.erasures ()",
                              error);
  for (;;)
    {
      WayErasure *erasure;

      if (statement == NULL || !way_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&erasures);
      erasure = g_new0 (WayErasure, 1);
      erasure->target = g_strdup (way_statement_get_text (statement, 0));
      erasure->what = g_strdup (way_statement_get_text (statement, 1));
      erasure->id = g_strdup (way_statement_get_text (statement, 2));
      erasure->reason = g_strdup (way_statement_get_text (statement, 3));
      erasure->at = way_statement_get_int (statement, 4);
      g_ptr_array_add (erasures, erasure);
    }
}

static gboolean
forget_expired (WayStore *trust, gint64 now, GError **error)
{
  static const char *const questions[] = {
    "DELETE FROM ticket WHERE expires < $1", "DELETE FROM enrolment WHERE expires < $1 AND used = 0"
  };

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      WayStatement *statement = way_db_prepare (way_store_get_db (trust), questions[i], error);

      if (statement == NULL)
        return FALSE;
      way_statement_bind_int (statement, 1, now);
      if (!way_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

/* Once a day. */
static gboolean
retain_nightly (WayStore *trust, gint64 now, const char *ledger, GError **error)
{
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *today = g_strdup_printf ("%" G_GINT64_FORMAT, now / G_TIME_SPAN_DAY);
  g_autoptr (GError) local = NULL;
  g_autofree char *known = way_store_get_meta (trust, "retained", &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return g_strcmp0 (known, today) == 0
         || (way_erasure_retain (trust, FALSE, ledger, people, error)
             && way_store_set_meta (trust, "retained", today, error));
}

static gboolean
tick_file (const char *uri, const char *said, GError **error)
{
  g_autoptr (WayStore) trust = way_store_open_trust (uri, FALSE, error);
  gint64 now = g_get_real_time ();
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, now);
  g_autofree char *ledger = NULL;
  guint n_moved, n_told, n_ended, n_allowed;

  if (trust == NULL)
    return FALSE;
  ledger = dup_ledger (trust, said);
  if (!forget_expired (trust, now, error) || !way_erasure_sweep (trust, error)
      || !retain_nightly (trust, now, ledger, error)
      || !way_judge_again (trust, now, &n_allowed, error)
      || !way_champion_end_terms (trust, now, &n_ended, error)
      || !way_champion_end_calls (trust, &n_ended, error)
      || !way_drop_move (trust, now, &n_moved, error)
      || !way_drop_tell_answers (trust, &n_told, error)
      || !way_store_set_meta (trust, "ticked", text, error))
    return FALSE;
  way_store_close (trust);
  return TRUE;
}

/* By a login that may do this and nothing else, so a trust on a server is not opened. */
static int
tick (const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDb) db = way_db_open (options->uri, WAY_DB_READ_WRITE, &error);
  const char *known = g_getenv ("WAYMARK_LEDGER");
  const char *ledger = options->ledger != NULL ? options->ledger : known;
  g_autoptr (GPtrArray) erasures = NULL;
  gint64 ended = 0;

  if (db == NULL)
    return ctl_fail (error);
  if (!way_db_is_postgresql (db))
    {
      g_clear_pointer (&db, way_db_free);
      if (!tick_file (options->uri, options->ledger, &error))
        return ctl_fail (error);
    }
  else if (!way_db_get_int (db, "SELECT ended FROM api.tick ()", &ended, &error))
    {
      return ctl_fail (error);
    }
  else if (ledger != NULL && *ledger != '\0')
    {
      erasures = list_erasures (db, &error);
      if (erasures == NULL || !way_erasure_update_ledger (erasures, ledger, &error))
        return ctl_fail (error);
    }
  g_print ("ended: %" G_GINT64_FORMAT "\n", MAX (0, ended));
  if (ended < 0)
    g_printerr ("waymarkctl: no connection was looked at: grant pg_signal_backend and "
                "pg_read_all_stats to waymark_owner\n");
  return CTL_DONE;
}

/**
 * ctl_print_ticked:
 * @meta: where the trust keeps such things, as this connection names it
 *
 * Says when the clockwork last ran, and on standard error when it should have since.
 */
void
ctl_print_ticked (WayDb *db, const char *meta)
{
  g_autofree char *sql = g_strdup_printf ("SELECT value FROM %s WHERE key = 'ticked'", meta);
  g_autofree char *value = way_db_dup_text (db, sql, NULL);
  gint64 ticked = value != NULL ? g_ascii_strtoll (value, NULL, 10) : 0;
  gint64 minutes = (g_get_real_time () - ticked) / G_TIME_SPAN_MINUTE;
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (ticked / G_USEC_PER_SEC);
  g_autofree char *text = time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : NULL;

  if (ticked == 0)
    g_print ("last tick: never\n");
  else
    g_print ("last tick: %s, %" G_GINT64_FORMAT " minutes ago\n", text != NULL ? text : "?",
             minutes);
  if (minutes > 15)
    g_printerr ("waymarkctl: trust tick has to run every five minutes: see waymark-tick.timer\n");
}

/**
 * ctl_governance:
 *
 * Erasing, redacting, retention, what is erased again after a restore, and the clockwork that
 * sees to all of it.
 */
int
ctl_governance (int argc, char **argv)
{
  g_autofree char *reason = NULL;
  g_autofree char *by = NULL;
  g_autofree char *ledger = NULL;
  Options options = { 0 };
  const GOptionEntry entries[] = {
    { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, NULL, NULL },
    { "by", 0, 0, G_OPTION_ARG_STRING, &by, NULL, NULL },
    { "ledger", 0, 0, G_OPTION_ARG_FILENAME, &ledger, NULL, NULL },
    { "confirm", 0, 0, G_OPTION_ARG_NONE, &options.is_confirming, NULL, NULL },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &options.is_dry_run, NULL, NULL },
    { NULL },
  };
  WayErasureTarget target = { 0 };
  const char *what = argv[0];

  if (!ctl_parse (&argc, &argv, entries))
    return CTL_USAGE;
  options.uri = argc > 1 ? argv[1] : NULL;
  options.reason = reason;
  options.by = by;
  options.ledger = ledger;
  if (argc == 2 && g_str_equal (what, "retention"))
    return retain (&options);
  if (argc == 2 && g_str_equal (what, "tick"))
    return tick (&options);
  if (argc == 2 && g_str_equal (what, "after-restore"))
    return after_restore (&options);
  if (argc == 3 && g_str_equal (what, "erase"))
    {
      target.username = argv[2];
      return erase (&target, &options);
    }
  if (argc == 3 && g_str_equal (what, "redact") && (reason != NULL || options.is_confirming))
    {
      target.event = argv[2];
      return erase (&target, &options);
    }
  return ctl_usage ();
}
