/* ctl-irt-replay.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/ctl-irt-private.h"

#include <math.h>
#include <string.h>

#include "session/way-row.h"
#include "session/way-sitting-log.h"

#define ATTEMPT "SELECT body FROM live WHERE kind = 'attempt' AND id = CAST($1 AS text)"
#define SELECTIONS                                                                                 \
  WAY_LINE_OF_SITTING                                                                              \
  "SELECT s.body FROM line l JOIN live s ON s.kind = 'selection' "                                 \
  "AND s.body->>'attempt' = l.attempt WHERE CAST(s.body->>'ordinal' AS integer) < l.until "        \
  "ORDER BY CAST(s.body->>'ordinal' AS integer), s.id"
#define ESTIMATES                                                                                  \
  "SELECT body FROM live WHERE kind = 'estimate' AND body->>'attempt' = CAST($1 AS text) "         \
  "ORDER BY body->>'capability', effective, id"
#define ENDS                                                                                       \
  "SELECT body FROM live WHERE kind = 'attempt_end' AND body->>'attempt' = CAST($1 AS text) "      \
  "ORDER BY effective, id LIMIT 1"

/* Bodies of one kind, read and checked. */
static GPtrArray *
load_bodies (WayDb *db, const char *attempt, const char *kind_name, const char *sql, GError **error)
{
  const WayKind *kind = way_kind_find (kind_name);
  const char *values[] = { attempt, NULL };
  g_autoptr (GListStore) rows = way_row_query (db, sql, values, error);
  g_autoptr (GPtrArray) bodies = g_ptr_array_new ();

  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (rows)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (rows), i);
      gpointer body = way_kind_read (kind, way_row_get_text (row, "body"), error);

      if (body == NULL)
        {
          for (guint k = 0; k < bodies->len; k++)
            way_kind_free (kind, bodies->pdata[k]);
          return NULL;
        }
      g_ptr_array_add (bodies, body);
    }
  return g_steal_pointer (&bodies);
}

static void
free_bodies (GPtrArray *bodies, const char *kind_name)
{
  if (bodies == NULL)
    return;
  for (guint k = 0; k < bodies->len; k++)
    way_kind_free (way_kind_find (kind_name), bodies->pdata[k]);
  g_ptr_array_unref (bodies);
}

/* How far two numbers may be apart, of 1 or of what is larger, that only the last bits tell
 * apart: processors with a fused multiply-add, and without, round exp() differently there, and a
 * sitting is often replayed on another one than it was taken on. */
#define LAST_BITS 1e-12

/* How alike two are, the least first. */
typedef enum
{
  ALIKE_NOT,
  ALIKE_ROUNDED, /* but for the last bits */
  ALIKE_EXACTLY,
} Alike;

static Alike
compare (double now, double then)
{
  if (now == then)
    return ALIKE_EXACTLY;
  return fabs (now - then) <= LAST_BITS * MAX (1, fabs (then)) ? ALIKE_ROUNDED : ALIKE_NOT;
}

static Alike
compare_all (const double *now, const double *then, guint n)
{
  Alike alike = ALIKE_EXACTLY;

  for (guint i = 0; i < n; i++)
    alike = MIN (alike, compare (now[i], then[i]));
  return alike;
}

/* The reason of then and of now. Sittings before the reasons were told apart have one word
 * for every rule that gave way. */
static gboolean
is_same_reason (const char *now, const char *then)
{
  gsize length = strlen (then) - strlen ("-yielded");

  if (!g_str_has_suffix (then, "-yielded"))
    return g_str_equal (now, then);
  return strncmp (now, then, length) == 0 && now[length] == '-';
}

/* What the rules left out; sittings from before it was counted have none of it. */
static gboolean
is_same_count (guint now, gint64 then)
{
  return then == WAY_NO_INTEGER || now == then;
}

static Alike
compare_choice (const WaySelection *now, const WaySelectionBody *then, WayPack *pack)
{
  if (!g_str_equal (now->item, then->item)
      || (int) now->capability != way_pack_find_capability (pack, then->capability)
      || now->pool != then->pool || now->rank != then->rank
      || !is_same_reason (now->reason, then->reason)
      || !is_same_count (now->n_enemies, then->enemies)
      || !is_same_count (now->n_recent, then->recent)
      || !is_same_count (now->n_exposed, then->exposed))
    return ALIKE_NOT;
  return MIN (compare (now->value, then->value), compare (now->information, then->information));
}

static Alike
compare_estimate (const WayEstimate *now, const WayEstimateBody *then)
{
  const double logged[] = { then->mean, then->sd, then->p1,        then->p2,
                            then->p3,   then->p4, then->p_required };
  const double replayed[] = { now->mean,      now->sd,        now->levels[0], now->levels[1],
                              now->levels[2], now->levels[3], now->p_required };

  if (now->n_items != then->items || !now->is_provisional != !then->provisional
      || !g_str_equal (way_standing_to_string (now->standing), then->standing))
    return ALIKE_NOT;
  return compare_all (replayed, logged, G_N_ELEMENTS (logged));
}

/* Everything that the log has of one sitting. */
typedef struct
{
  WayAttemptBody *attempt;
  GPtrArray *selections; /* of WaySelectionBody */
  GArray *answers;       /* of WaySittingAnswer */
  GPtrArray *estimates;  /* of WayEstimateBody */
  GPtrArray *ends;       /* of WayAttemptEndBody: none or one */
  WaySittingPlan plan;
} Log;

static void
log_clear (Log *log)
{
  if (log->attempt != NULL)
    way_kind_free (way_kind_find ("attempt"), log->attempt);
  free_bodies (log->selections, "selection");
  free_bodies (log->estimates, "estimate");
  free_bodies (log->ends, "attempt_end");
  g_clear_pointer (&log->answers, g_array_unref);
  way_sitting_plan_clear (&log->plan);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Log, log_clear)

/* Whether an answer counted then as it would now: the rule about rapid answers is in the
 * attempt, and new items never count. */
static gboolean
is_same_counting (WaySitting *sitting, const WayBank *bank, const WaySittingAnswer *answer)
{
  int index = way_bank_find (bank, answer->item);
  const WayBankItem *item = index >= 0 ? bank->items->pdata[index] : NULL;
  gboolean is_counted = item != NULL && !item->is_new
                        && !way_sitting_is_rapid (sitting, answer->item, answer->ms);

  return !answer->is_counted == !is_counted;
}

static void
add_line (CtlOutput *output,
          const char *event,
          const char *logged,
          const char *replayed,
          double then,
          double now,
          Alike alike)
{
  static const char *const words[] = { "no", "rounded", "yes" };

  ctl_output_add_text (output, event);
  ctl_output_add_text (output, logged);
  ctl_output_add_text (output, replayed);
  ctl_output_add_number (output, then);
  ctl_output_add_number (output, now);
  ctl_output_add_text (output, words[alike]);
}

/* What each capability stands at now, where a part has just ended: it was saved then. */
static void
keep_pause (WaySitting *sitting, const WayBank *bank, GArray *pauses)
{
  for (guint i = 0; way_sitting_is_pause (sitting) && i < bank->n_capabilities; i++)
    {
      WayEstimate now;

      way_sitting_get_estimate (sitting, i, &now);
      g_array_append_val (pauses, now);
    }
}

/* What comes out again of the @i-th estimate of the log: at the end, or, where it was followed by
 * another, after the part that it was saved after. */
static Alike
find_estimate (
    WaySitting *sitting, WayPack *pack, const Log *log, GArray *pauses, guint i, WayEstimate *now)
{
  const WayEstimateBody *then = log->estimates->pdata[i];
  const WayEstimateBody *after = i + 1 < log->estimates->len ? log->estimates->pdata[i + 1] : NULL;
  gboolean is_last = after == NULL || !g_str_equal (after->capability, then->capability);
  int capability = way_pack_find_capability (pack, then->capability);
  Alike alike;

  now->mean = NAN;
  if (capability < 0)
    return ALIKE_NOT;
  way_sitting_get_estimate (sitting, capability, now);
  alike = compare_estimate (now, then);
  for (guint k = 0; alike != ALIKE_EXACTLY && (!is_last || log->ends->len == 0) && k < pauses->len;
       k++)
    {
      const WayEstimate *pause = &g_array_index (pauses, WayEstimate, k);
      Alike then_alike = pause->capability == (guint) capability ? compare_estimate (pause, then)
                                                                 : ALIKE_NOT;

      if (then_alike > alike)
        {
          alike = then_alike;
          *now = *pause;
        }
    }
  return alike;
}

/* Choices and answers in turn, then what was made of them; counts how many are how alike. */
static void
replay (WaySitting *sitting,
        const WayBank *bank,
        WayPack *pack,
        const Log *log,
        CtlOutput *output,
        guint *n_alike)
{
  g_autoptr (GArray) pauses = g_array_new (FALSE, TRUE, sizeof (WayEstimate));

  for (guint i = 0; i < MAX (log->selections->len, log->answers->len); i++)
    {
      const WaySelectionBody *then = i < log->selections->len ? log->selections->pdata[i] : NULL;
      const WaySittingAnswer *answer = i < log->answers->len
                                           ? &g_array_index (log->answers, WaySittingAnswer, i)
                                           : NULL;
      Alike alike = ALIKE_NOT;
      WaySelection now = { 0 };

      if (way_sitting_choose (sitting, &now) && then != NULL
          && (answer == NULL || g_str_equal (answer->item, then->item)))
        alike = compare_choice (&now, then, pack);
      if (answer != NULL)
        {
          gboolean is_same = is_same_counting (sitting, bank, answer);

          is_same &= way_sitting_answer (sitting, answer->item, answer->score, answer->is_counted);
          if (!is_same)
            alike = ALIKE_NOT;
          way_sitting_add_time (sitting, answer->ms);
          keep_pause (sitting, bank, pauses);
        }
      n_alike[alike]++;
      add_line (output, "selection", then != NULL ? then->item : "", now.item,
                then != NULL ? then->value : NAN, now.item != NULL ? now.value : NAN, alike);
    }
  for (guint i = 0; i < log->estimates->len; i++)
    {
      const WayEstimateBody *then = log->estimates->pdata[i];
      WayEstimate now;
      Alike alike = find_estimate (sitting, pack, log, pauses, i, &now);

      n_alike[alike]++;
      add_line (output, "estimate", then->capability, then->capability, then->mean, now.mean,
                alike);
    }
  for (guint i = 0; i < log->ends->len; i++)
    {
      const WayAttemptEndBody *then = log->ends->pdata[i];
      const char *stop = way_stop_to_string (way_sitting_get_stop (sitting));
      gboolean is_stopped = g_str_equal (then->how, "stopped")
                            || g_str_equal (then->how, "superseded");
      gboolean is_same = (is_stopped || g_str_equal (then->how, stop))
                         && (then->doubt == NULL) == way_sitting_is_reportable (sitting);

      Alike alike = is_same ? ALIKE_EXACTLY : ALIKE_NOT;

      n_alike[alike]++;
      add_line (output, "end", then->how, is_stopped ? then->how : stop, NAN, NAN, alike);
    }
}

static gboolean
read_log (WayStore *store, const char *attempt, WayPack *pack, Log *log, GError **error)
{
  WayDb *db = way_store_get_db (store);
  const char *values[] = { attempt, NULL };
  g_autoptr (GListStore) rows = way_row_query (db, ATTEMPT, values, error);
  g_autoptr (WayRow) row = NULL;

  if (rows == NULL)
    return FALSE;
  row = g_list_model_get_item (G_LIST_MODEL (rows), 0);
  if (row == NULL)
    {
      g_set_error (error, CTL_TABLE_ERROR, 0, "there is no attempt “%s”", attempt);
      return FALSE;
    }
  log->attempt = way_kind_read (way_kind_find ("attempt"), way_row_get_text (row, "body"), error);
  if (log->attempt == NULL || !way_sitting_log_read_plan (log->attempt, pack, &log->plan, error))
    return FALSE;
  log->selections = load_bodies (db, attempt, "selection", SELECTIONS, error);
  if (log->selections != NULL)
    log->answers = way_sitting_log_read_answers (store, attempt, error);
  if (log->answers != NULL)
    log->estimates = load_bodies (db, attempt, "estimate", ESTIMATES, error);
  if (log->estimates != NULL)
    log->ends = load_bodies (db, attempt, "attempt_end", ENDS, error);
  return log->ends != NULL;
}

static int
replay_attempt (WayStore *store,
                const char *attempt,
                const char *pack_path,
                const char *where,
                gboolean is_json)
{
  const char *const columns[] = { "event",          "logged", "replayed", "logged_value",
                                  "replayed_value", "agrees", NULL };
  g_autoptr (CtlOutput) output = ctl_output_new (columns);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayPack) pack = way_pack_open (pack_path, NULL, &error);
  g_autoptr (WaySitting) sitting = NULL;
  g_autoptr (WayBank) bank = NULL;
  g_auto (Log) log = { 0 };
  guint n_alike[ALIKE_EXACTLY + 1] = { 0 };

  if (pack == NULL)
    return ctl_fail (error);
  if (!read_log (store, attempt, pack, &log, &error))
    {
      g_prefix_error (&error, "%s: ", where);
      return ctl_fail (error);
    }
  bank = way_sitting_log_load_bank (store, pack, log.attempt, &error);
  if (bank == NULL)
    {
      g_prefix_error (&error, "%s, %s: ", where, pack_path);
      return ctl_fail (error);
    }

  sitting = way_sitting_new (bank, &log.plan);
  replay (sitting, bank, pack, &log, output, n_alike);
  ctl_output_add_total (output, "different", "different", n_alike[ALIKE_NOT]);
  ctl_output_add_total (output, "rounded", "rounded", n_alike[ALIKE_ROUNDED]);
  ctl_output_print (output, "events", is_json);
  if (n_alike[ALIKE_ROUNDED] > 0)
    g_printerr ("waymarkctl: %s: %u of what was logged for “%s” differs in the last bits alone, as "
                "it does where it was taken on another kind of processor\n",
                where, n_alike[ALIKE_ROUNDED], attempt);
  if (n_alike[ALIKE_NOT] == 0)
    return CTL_DONE;
  return ctl_fail_text ("%s: %u of what was logged for “%s” does not come out again", where,
                        n_alike[ALIKE_NOT], attempt);
}

/**
 * ctl_irt_judge_estimates:
 * @attempt: a sitting with the parameters of @pack
 *
 * Whether what the log says was measured is what its answers give, on whatever processor.
 *
 * Returns: (transfer full) (nullable): the first difference in words; NULL without @error
 * where there is none
 */
char *
ctl_irt_judge_estimates (WayStore *store, const char *attempt, WayPack *pack, GError **error)
{
  g_autoptr (WayBank) bank = NULL;
  g_autoptr (WaySitting) sitting = NULL;
  g_autoptr (GArray) pauses = g_array_new (FALSE, TRUE, sizeof (WayEstimate));
  g_auto (Log) log = { 0 };

  if (!read_log (store, attempt, pack, &log, error))
    return NULL;
  bank = way_sitting_log_load_bank (store, pack, log.attempt, error);
  if (bank == NULL)
    return NULL;
  sitting = way_sitting_new (bank, &log.plan);
  for (guint i = 0; i < log.answers->len; i++)
    {
      const WaySittingAnswer *answer = &g_array_index (log.answers, WaySittingAnswer, i);

      if (!way_sitting_answer (sitting, answer->item, answer->score, answer->is_counted))
        return g_strdup_printf ("Sitting %s has an answer to “%s”, which the pack does not ask",
                                attempt, answer->item);
      way_sitting_add_time (sitting, answer->ms);
      keep_pause (sitting, bank, pauses);
    }
  for (guint i = 0; i < log.estimates->len; i++)
    {
      const WayEstimateBody *then = log.estimates->pdata[i];
      WayEstimate now;

      if (find_estimate (sitting, pack, &log, pauses, i, &now) == ALIKE_NOT)
        return g_strdup_printf ("Sitting %s says %g for “%s” and its answers give %g", attempt,
                                then->mean, then->capability, now.mean);
    }
  return NULL;
}

/**
 * ctl_irt_replay:
 *
 * A sitting again from the log: whether every choice and result comes out to the last
 * digit. What another kind of processor rounds differently, in the last bits, is told apart from
 * what differs, and is none.
 */
int
ctl_irt_replay (int argc, char **argv)
{
  g_autofree char *store_path = NULL;
  g_autofree char *trust = NULL;
  g_autofree char *attempt = NULL;
  g_autofree char *pack_path = NULL;
  g_autofree char *format = NULL;
  const GOptionEntry entries[] = {
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &store_path, NULL, NULL },
    { "trust", 0, 0, G_OPTION_ARG_STRING, &trust, NULL, NULL },
    { "attempt", 0, 0, G_OPTION_ARG_STRING, &attempt, NULL, NULL },
    { "pack", 0, 0, G_OPTION_ARG_FILENAME, &pack_path, NULL, NULL },
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, NULL, NULL },
    { NULL },
  };
  g_autoptr (GError) error = NULL;
  WayStore *store;
  gboolean is_json;
  int status;

  if (!ctl_parse (&argc, &argv, entries) || !ctl_parse_format (format, &is_json))
    return CTL_USAGE;
  if (argc != 1 || attempt == NULL || (store_path == NULL) == (trust == NULL))
    return ctl_usage ();
  if (pack_path == NULL)
    pack_path = ctl_dup_pack_path ();
  store = store_path != NULL ? way_store_open_device_read_only (store_path, &error)
                             : way_store_open_trust (trust, TRUE, &error);
  if (store == NULL)
    return ctl_fail (error);
  status = replay_attempt (store, attempt, pack_path, store_path != NULL ? store_path : trust,
                           is_json);
  way_store_close (store);
  return status;
}
