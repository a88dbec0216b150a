/* ctl-irt-replay.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/ctl-irt-private.h"

#include <math.h>

#include "assessment/way-sitting.h"
#include "record/way-bodies.h"
#include "session/way-row.h"
#include "store/way-store.h"

#define USAGE                                                                                      \
  "irt replay (--store FILE | --trust URI) --attempt ID [--pack PACK] [--format csv|json]"

#define ATTEMPT "SELECT body FROM live WHERE kind = 'attempt' AND id = CAST($1 AS text)"
#define OF_ATTEMPT                                                                                 \
  "SELECT body FROM live WHERE kind = CAST($2 AS text) AND body->>'attempt' = CAST($1 AS text) "   \
  "ORDER BY CAST(body->>'ordinal' AS integer), id"

/* The events of one kind of the attempt, read and checked. */
static GPtrArray *
load_bodies (WayDb *db, const char *attempt, const char *kind_name, GError **error)
{
  const WayKind *kind = way_kind_find (kind_name);
  const char *values[] = { attempt, kind_name, NULL };
  g_autoptr (GListStore) rows = way_row_query (db, OF_ATTEMPT, values, error);
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

static void
read_levels (const char *text, int *levels, guint n, int otherwise)
{
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", ",", -1);
  guint given = g_strv_length (parts);

  for (guint i = 0; i < n; i++)
    {
      gint64 level = otherwise;

      if (i < given)
        g_ascii_string_to_signed (parts[i], 10, 0, WAY_N_LEVELS, &level, NULL);
      levels[i] = level;
    }
}

/* The plan of the sitting, as the attempt has it. */
static gboolean
read_plan (const WayAttemptBody *body, WayPack *pack, WaySittingPlan *plan, GError **error)
{
  guint n = way_pack_get_capabilities (pack)->len;

  if (g_str_equal (body->type, "baseline"))
    plan->depth = WAY_DEPTH_SHORT;
  else if (g_str_equal (body->type, "closer"))
    plan->depth = WAY_DEPTH_CLOSER;
  else if (g_str_equal (body->type, "recheck"))
    plan->depth = WAY_DEPTH_RECHECK;
  else
    {
      g_set_error (error, CTL_TABLE_ERROR, 0, "this attempt is a %s, not a sitting", body->type);
      return FALSE;
    }
  plan->seed = g_ascii_strtoull (body->seed, NULL, 10);
  read_levels (body->required, plan->required, n, 2);
  read_levels (body->self_now, plan->self_now, n, 0);
  plan->recent = g_strsplit (body->recent != NULL ? body->recent : "", " ", -1);
  plan->exposed = g_strsplit (body->exposed != NULL ? body->exposed : "", " ", -1);
  if (plan->depth == WAY_DEPTH_RECHECK)
    {
      int capability = body->recheck != NULL ? way_pack_find_capability (pack, body->recheck) : -1;

      if (capability < 0)
        {
          g_set_error (error, CTL_TABLE_ERROR, 0, "the pack has no capability “%s”",
                       body->recheck != NULL ? body->recheck : "");
          return FALSE;
        }
      plan->recheck = capability;
      plan->prior_mean = body->prior_mean;
      plan->prior_sd = body->prior_sd;
    }
  return TRUE;
}

static gboolean
is_same_choice (const WaySelection *now, const WaySelectionBody *then, WayPack *pack)
{
  return g_str_equal (now->item, then->item)
         && (int) now->capability == way_pack_find_capability (pack, then->capability)
         && now->value == then->value && now->information == then->information
         && now->pool == then->pool && now->rank == then->rank
         && g_str_equal (now->reason, then->reason);
}

static gboolean
is_same_estimate (const WayEstimate *now, const WayEstimateBody *then)
{
  return now->mean == then->mean && now->sd == then->sd && now->levels[0] == then->p1
         && now->levels[1] == then->p2 && now->levels[2] == then->p3 && now->levels[3] == then->p4
         && now->n_items == then->items && !now->is_provisional == !then->provisional
         && now->p_required == then->p_required
         && g_str_equal (way_standing_to_string (now->standing), then->standing);
}

/* Choices and answers in turn, then what was made of them. Returns how many differ. */
static guint
replay (WaySitting *sitting,
        WayPack *pack,
        GPtrArray *selections,
        GPtrArray *responses,
        GPtrArray *estimates,
        CtlOutput *output)
{
  guint n_different = 0;

  for (guint i = 0; i < MAX (selections->len, responses->len); i++)
    {
      const WaySelectionBody *then = i < selections->len ? selections->pdata[i] : NULL;
      const WayResponseBody *answer = i < responses->len ? responses->pdata[i] : NULL;
      gboolean is_same = FALSE;
      WaySelection now = { 0 };

      if (way_sitting_choose (sitting, &now) && then != NULL)
        is_same = is_same_choice (&now, then, pack)
                  && (answer == NULL || g_str_equal (answer->item, then->item));
      if (answer != NULL
          && !way_sitting_answer (sitting, answer->item, answer->score, answer->counted))
        is_same = FALSE;
      n_different += !is_same;
      ctl_output_add_text (output, "selection");
      ctl_output_add_text (output, then != NULL ? then->item : "");
      ctl_output_add_text (output, now.item);
      ctl_output_add_number (output, then != NULL ? then->value : NAN);
      ctl_output_add_number (output, now.item != NULL ? now.value : NAN);
      ctl_output_add_text (output, is_same ? "yes" : "no");
    }
  for (guint i = 0; i < estimates->len; i++)
    {
      const WayEstimateBody *then = estimates->pdata[i];
      int capability = way_pack_find_capability (pack, then->capability);
      WayEstimate now = { 0 };
      gboolean is_same = FALSE;

      if (capability >= 0)
        {
          way_sitting_get_estimate (sitting, capability, &now);
          is_same = is_same_estimate (&now, then);
        }
      n_different += !is_same;
      ctl_output_add_text (output, "estimate");
      ctl_output_add_text (output, then->capability);
      ctl_output_add_text (output, then->capability);
      ctl_output_add_number (output, then->mean);
      ctl_output_add_number (output, capability >= 0 ? now.mean : NAN);
      ctl_output_add_text (output, is_same ? "yes" : "no");
    }
  return n_different;
}

static int
replay_attempt (
    WayDb *db, const char *attempt, const char *pack_path, const char *where, gboolean is_json)
{
  const char *const columns[] = { "event",          "logged", "replayed", "logged_value",
                                  "replayed_value", "agrees", NULL };
  const char *values[] = { attempt, NULL };
  g_autoptr (CtlOutput) output = ctl_output_new (columns);
  g_autoptr (GError) error = NULL;
  g_autoptr (GListStore) rows = way_row_query (db, ATTEMPT, values, &error);
  g_autoptr (WayRow) row = NULL;
  g_autoptr (WayPack) pack = NULL;
  g_autoptr (WayBank) bank = NULL;
  WaySittingPlan plan = { 0 };
  WaySitting *sitting = NULL;
  WayAttemptBody *body;
  GPtrArray *selections = NULL;
  GPtrArray *responses = NULL;
  GPtrArray *estimates = NULL;
  int status = CTL_FAILED;

  if (rows == NULL)
    return ctl_fail (error);
  row = g_list_model_get_item (G_LIST_MODEL (rows), 0);
  if (row == NULL)
    return ctl_fail_text ("%s: there is no attempt “%s”", where, attempt);
  body = way_kind_read (way_kind_find ("attempt"), way_row_get_text (row, "body"), &error);
  if (body == NULL)
    return ctl_fail (error);

  pack = way_pack_open (pack_path, NULL, &error);
  bank = pack != NULL ? way_bank_new_from_pack (pack, &error) : NULL;
  if (bank != NULL && g_strcmp0 (bank->version, body->parameters) != 0)
    g_set_error (&error, CTL_TABLE_ERROR, 0,
                 "the sitting used the parameters “%s”, and %s has “%s”: name the pack of then by "
                 "--pack",
                 body->parameters, pack_path, bank->version);
  if (error == NULL && read_plan (body, pack, &plan, &error)
      && (selections = load_bodies (db, attempt, "selection", &error)) != NULL
      && (responses = load_bodies (db, attempt, "response", &error)) != NULL
      && (estimates = load_bodies (db, attempt, "estimate", &error)) != NULL)
    {
      guint n_different;

      sitting = way_sitting_new (bank, &plan);
      n_different = replay (sitting, pack, selections, responses, estimates, output);
      ctl_output_add_total (output, "different", "different", n_different);
      ctl_output_print (output, "events", is_json);
      if (n_different == 0)
        status = CTL_DONE;
      else
        ctl_fail_text ("%s: %u of what was logged for “%s” does not come out again", where,
                       n_different, attempt);
    }
  else
    ctl_fail (error);

  way_sitting_free (sitting);
  free_bodies (selections, "selection");
  free_bodies (responses, "response");
  free_bodies (estimates, "estimate");
  g_strfreev (plan.recent);
  g_strfreev (plan.exposed);
  way_kind_free (way_kind_find ("attempt"), body);
  return status;
}

/**
 * ctl_irt_replay:
 *
 * A sitting again from the log: whether every choice and result comes out to the last
 * digit.
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

  if (!ctl_parse (&argc, &argv, entries, USAGE) || !ctl_parse_format (format, &is_json))
    return CTL_USAGE;
  if (argc != 1 || attempt == NULL || (store_path == NULL) == (trust == NULL))
    return ctl_usage (USAGE);
  if (pack_path == NULL)
    pack_path = ctl_dup_pack_path ();
  store = store_path != NULL ? way_store_open_device_read_only (store_path, &error)
                             : way_store_open_trust (trust, TRUE, &error);
  if (store == NULL)
    return ctl_fail (error);
  status = replay_attempt (way_store_get_db (store), attempt, pack_path,
                           store_path != NULL ? store_path : trust, is_json);
  way_store_close (store);
  return status;
}
