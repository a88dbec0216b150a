/* way-sitting-log.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-sitting-log.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "session/way-session-private.h"
#include "store/way-item-parameters.h"

#define ANSWERS                                                                                    \
  WAY_LINE_OF_SITTING                                                                              \
  "SELECT r.body->>'item' AS item, r.body->>'answer' AS answer, r.body->>'score' AS score, "       \
  "r.body->>'ms' AS ms, r.body->>'counted' AS counted "                                            \
  "FROM line l JOIN live r ON r.kind = 'response' AND r.body->>'attempt' = l.attempt "             \
  "WHERE CAST(r.body->>'ordinal' AS integer) < l.until "                                           \
  "ORDER BY CAST(r.body->>'ordinal' AS integer)"

#define SETTING "SELECT value FROM setting WHERE key = CAST($1 AS text)"

/**
 * way_sitting_answer_clear:
 *
 * Frees what the answer holds, and not the answer itself.
 */
void
way_sitting_answer_clear (WaySittingAnswer *self)
{
  g_free (self->item);
  g_free (self->answer);
}

static gboolean
load_setting (WayStore *store, const char *key, char **value, GError **error)
{
  const char *values[] = { key, NULL };
  g_autoptr (GListStore) rows = way_row_query (way_store_get_db (store), SETTING, values, error);
  g_autoptr (WayRow) row = NULL;

  if (rows == NULL)
    return FALSE;
  row = g_list_model_get_item (G_LIST_MODEL (rows), 0);
  *value = row != NULL && way_row_has (row, "value") ? g_strdup (way_row_get_text (row, "value"))
                                                     : NULL;
  return TRUE;
}

/**
 * way_sitting_log_read_setting:
 * @key: of the trust's policy
 * @least: what it may be; anything else is as if it were not set
 * @most: the same
 * @value: (inout): the default, and what the trust has set
 *
 * Returns: %FALSE when the store cannot be read
 */
gboolean
way_sitting_log_read_setting (
    WayStore *store, const char *key, double least, double most, double *value, GError **error)
{
  g_autofree char *text = NULL;
  double number;
  char *end;

  if (!load_setting (store, key, &text, error))
    return FALSE;
  if (text == NULL || *text == '\0')
    return TRUE;
  number = g_ascii_strtod (text, &end);
  if (*end == '\0' && isfinite (number) && number >= least && number <= most)
    *value = number;
  return TRUE;
}

/* "-1 0 1": three numbers, each above the one before; FALSE for anything else. */
static gboolean
parse_cuts (const char *text, double *cuts)
{
  g_auto (GStrv) parts = g_strsplit (text, " ", -1);

  if (g_strv_length (parts) != WAY_N_LEVELS - 1)
    return FALSE;
  for (guint i = 0; i < WAY_N_LEVELS - 1; i++)
    {
      char *end;

      cuts[i] = g_ascii_strtod (parts[i], &end);
      if (end == parts[i] || *end != '\0' || !isfinite (cuts[i])
          || (i > 0 && cuts[i] <= cuts[i - 1]))
        return FALSE;
    }
  return TRUE;
}

static char *
format_cuts (const double *cuts)
{
  char buffers[WAY_N_LEVELS - 1][G_ASCII_DTOSTR_BUF_SIZE];

  for (guint i = 0; i < WAY_N_LEVELS - 1; i++)
    g_ascii_dtostr (buffers[i], sizeof buffers[i], cuts[i]);
  return g_strdup_printf ("%s %s %s", buffers[0], buffers[1], buffers[2]);
}

static void
take_steps (WayCurve *curve, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", " ", -1);

  curve->n_steps = 0;
  for (guint i = 0; parts[i] != NULL && curve->n_steps < WAY_MAX_STEPS; i++)
    if (*parts[i] != '\0')
      curve->steps[curve->n_steps++] = g_ascii_strtod (parts[i], NULL);
}

/* What was published takes the place of what the authors thought, item by item. Where it
 * cannot be, as after damage, the authors' stays. */
static void
take_parameters (WayBank *bank, const WayItemParameters *parameters)
{
  for (guint i = 0; i < parameters->items->len; i++)
    {
      const WayItemParameter *published = parameters->items->pdata[i];
      int index = way_bank_find (bank, published->item);
      WayCurve curve = { { published->a, published->b, published->c, published->d } };
      g_autofree char *reason = NULL;
      WayBankItem *item;

      take_steps (&curve, published->steps);
      if (index < 0 || !way_curve_check (&curve, &reason) || !(published->sd >= 0))
        continue;
      item = bank->items->pdata[index];
      item->curve = curve;
      item->sd_b = published->sd;
      item->is_new = FALSE;
      if (published->seconds > 0)
        item->seconds = published->seconds;
      if (published->exposure >= 0)
        {
          item->exposure = published->exposure;
          item->share = 1;
        }
    }
  g_free (bank->version);
  bank->version = g_strdup (parameters->version);
}

/**
 * way_sitting_log_load_bank:
 * @store: a device's, or a trust's
 * @attempt: (nullable): the sitting it is for; %NULL for one that begins now
 * @error: a %WAY_SESSION_ERROR when the version of the sitting is not there
 *
 * The pack's items with the parameters of the sitting's version, or of the newest that is
 * published, and with the trust's policy of then or of now.
 *
 * Returns: (transfer full) (nullable): the bank
 */
WayBank *
way_sitting_log_load_bank (WayStore *store,
                           WayPack *pack,
                           const WayAttemptBody *attempt,
                           GError **error)
{
  g_autoptr (WayItemParameters) parameters = NULL;
  g_autoptr (WayBank) bank = way_bank_new_from_pack (pack, error);
  g_autofree char *cuts = NULL;
  double found[WAY_N_LEVELS - 1];

  if (bank == NULL)
    return NULL;
  if (attempt == NULL || g_strcmp0 (attempt->parameters, bank->version) != 0)
    {
      if (!way_item_parameters_read (store, way_pack_get_id (pack),
                                     attempt != NULL ? attempt->parameters : NULL, &parameters,
                                     error))
        return NULL;
      if (parameters != NULL)
        take_parameters (bank, parameters);
      else if (attempt != NULL)
        {
          g_set_error (error, WAY_SESSION_ERROR, WAY_SESSION_ERROR_NOT_SAVED,
                       /* Translators: both are names of versions, such as author-2. */
                       _ ("The sitting used the item parameters “%s”, and only “%s” are here."),
                       attempt->parameters, bank->version);
          return NULL;
        }
    }

  if (attempt != NULL)
    {
      cuts = g_strdup (attempt->cuts);
      if (!isnan (attempt->rho))
        bank->rho = attempt->rho;
    }
  else if (!load_setting (store, WAY_SETTING_CUTS, &cuts, error)
           || !way_sitting_log_read_setting (store, WAY_SETTING_RHO, .01, .95, &bank->rho, error))
    return NULL;
  if (cuts != NULL && parse_cuts (cuts, found))
    memcpy (bank->cuts, found, sizeof found);

  return g_steal_pointer (&bank);
}

static char *
format_levels (const int *levels, guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%d", i == 0 ? "" : ",", levels[i]);
  return g_string_free (text, FALSE);
}

static void
parse_levels (const char *text, int *levels, guint n, int otherwise)
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

/**
 * way_sitting_log_read_plan:
 * @plan: (out): to be cleared with way_sitting_plan_clear()
 * @error: a %WAY_SESSION_ERROR: this attempt is no sitting, or not of this pack
 *
 * What a sitting was begun with.
 *
 * Returns: whether it could be read
 */
gboolean
way_sitting_log_read_plan (const WayAttemptBody *attempt,
                           WayPack *pack,
                           WaySittingPlan *plan,
                           GError **error)
{
  guint n = way_pack_get_capabilities (pack)->len;

  memset (plan, 0, sizeof *plan);
  if (!way_depth_from_string (attempt->type, &plan->depth))
    {
      g_set_error (error, WAY_SESSION_ERROR, WAY_SESSION_ERROR_NOT_SAVED,
                   /* Translators: %s is a type of attempt, such as check. */
                   _ ("This attempt is a %s, not a sitting."), attempt->type);
      return FALSE;
    }
  if (plan->depth == WAY_DEPTH_RECHECK || plan->depth == WAY_DEPTH_YES_NO)
    {
      const char *of = attempt->recheck != NULL ? attempt->recheck : "";
      int capability = way_pack_find_capability (pack, of);

      if (capability < 0)
        {
          g_set_error (error, WAY_SESSION_ERROR, WAY_SESSION_ERROR_NOT_SAVED,
                       _ ("The pack has no capability “%s”."), of);
          return FALSE;
        }
      plan->recheck = capability;
      plan->prior_mean = isnan (attempt->prior_mean) ? 0 : attempt->prior_mean;
      plan->prior_sd = isnan (attempt->prior_sd) ? 1 : attempt->prior_sd;
    }
  plan->seed = g_ascii_strtoull (attempt->seed, NULL, 10);
  parse_levels (attempt->required, plan->required, n, 2);
  parse_levels (attempt->self_now, plan->self_now, n, 0);
  if (plan->depth == WAY_DEPTH_YES_NO && attempt->level != WAY_NO_INTEGER)
    plan->required[plan->recheck] = attempt->level;
  plan->recent = g_strsplit (attempt->recent != NULL ? attempt->recent : "", " ", -1);
  plan->exposed = g_strsplit (attempt->exposed != NULL ? attempt->exposed : "", " ", -1);
  /* Sittings from before the rule had no rapid answers, and have none now. */
  plan->rapid_share = isnan (attempt->rapid) ? 0 : attempt->rapid;
  /* Nor did they look ahead. */
  plan->balances_by_variance = attempt->balance == NULL;
  plan->limit_ms = attempt->minutes != WAY_NO_INTEGER ? attempt->minutes * 60 * 1000 : 0;
  return TRUE;
}

/**
 * way_sitting_plan_clear:
 *
 * Frees what a plan holds.
 */
void
way_sitting_plan_clear (WaySittingPlan *plan)
{
  g_clear_pointer (&plan->recent, g_strfreev);
  g_clear_pointer (&plan->exposed, g_strfreev);
}

/**
 * way_sitting_log_make_attempt:
 * @continues: (nullable): a sitting begun elsewhere that this one goes on with
 *
 * The other way round: all that a sitting is begun with, for the log.
 *
 * Returns: (transfer full): to be freed with way_kind_free()
 */
WayAttemptBody *
way_sitting_log_make_attempt (const WaySittingPlan *plan,
                              const WayBank *bank,
                              WayPack *pack,
                              const char *continues)
{
  static const char *const types[] = { "baseline", "closer", "recheck", "yes-no" };
  WayAttemptBody *body = way_kind_new (way_kind_find ("attempt"));
  GPtrArray *capabilities = way_pack_get_capabilities (pack);
  g_autoptr (WayBank) launch = way_bank_new (1, way_pack_get_cuts (pack), bank->rho);

  body->type = g_strdup (types[plan->depth]);
  body->pack = g_strdup (way_pack_get_id (pack));
  body->pack_version = way_pack_get_version (pack);
  body->parameters = g_strdup (bank->version);
  body->language = g_strdup (way_pack_get_language (pack));
  body->seed = g_strdup_printf ("%" G_GUINT64_FORMAT, plan->seed);
  body->required = format_levels (plan->required, capabilities->len);
  body->self_now = format_levels (plan->self_now, capabilities->len);
  body->recent = g_strjoinv (" ", plan->recent);
  if (plan->exposed != NULL && plan->exposed[0] != NULL)
    body->exposed = g_strjoinv (" ", plan->exposed);
  body->continues = g_strdup (continues);
  body->rho = bank->rho;
  if (memcmp (bank->cuts, launch->cuts, sizeof bank->cuts) != 0)
    body->cuts = format_cuts (bank->cuts);
  body->rapid = plan->rapid_share;
  if (plan->depth == WAY_DEPTH_SHORT && !plan->balances_by_variance)
    body->balance = g_strdup ("verdict");
  if (plan->limit_ms > 0)
    body->minutes = plan->limit_ms / (60 * 1000);
  if (plan->depth == WAY_DEPTH_RECHECK || plan->depth == WAY_DEPTH_YES_NO)
    {
      const WayCapability *capability = g_ptr_array_index (capabilities, plan->recheck);

      body->recheck = g_strdup (capability->id);
    }
  if (plan->depth == WAY_DEPTH_RECHECK)
    {
      body->prior_mean = plan->prior_mean;
      body->prior_sd = plan->prior_sd;
    }
  if (plan->depth == WAY_DEPTH_YES_NO)
    body->level = plan->required[plan->recheck];
  return body;
}

/**
 * way_sitting_log_read_answers:
 * @attempt: a sitting; what was answered before it was gone on with is among them
 *
 * Returns: (transfer full) (nullable) (element-type WaySittingAnswer): in their order
 */
GArray *
way_sitting_log_read_answers (WayStore *store, const char *attempt, GError **error)
{
  const char *values[] = { attempt, NULL };
  g_autoptr (GListStore) rows = way_row_query (way_store_get_db (store), ANSWERS, values, error);
  GArray *answers;

  if (rows == NULL)
    return NULL;
  answers = g_array_new (FALSE, FALSE, sizeof (WaySittingAnswer));
  g_array_set_clear_func (answers, (GDestroyNotify) way_sitting_answer_clear);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (rows)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (rows), i);
      WaySittingAnswer answer = { g_strdup (way_row_get_text (row, "item")),
                                  g_strdup (way_row_get_text (row, "answer")),
                                  way_row_get_number (row, "score"), way_row_get_int (row, "ms"),
                                  way_row_get_int (row, "counted") != 0 };

      g_array_append_val (answers, answer);
    }
  return answers;
}
