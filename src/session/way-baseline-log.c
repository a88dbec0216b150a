/* way-baseline-log.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-baseline-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "assessment/way-template.h"
#include "assessment/way-trust.h"

/* What a sitting reads from the device store and writes there. */

#define OPEN_SITTINGS                                                                              \
  "SELECT a.attempt, (SELECT e.body FROM live e WHERE e.id = a.attempt) AS body, "                 \
  "(SELECT e.stream FROM live e WHERE e.id = a.attempt) AS stream" WAY_OPEN_SITTINGS

#define LAST_SELECTION                                                                             \
  "SELECT body->>'item' AS item, body->>'ordinal' AS ordinal FROM live "                           \
  "WHERE kind = 'selection' AND body->>'attempt' = CAST($1 AS text) "                              \
  "ORDER BY CAST(body->>'ordinal' AS integer) DESC LIMIT 1"

#define SO_FAR                                                                                     \
  "SELECT x.standing FROM (SELECT e.body->>'standing' AS standing, row_number () OVER ("           \
  "PARTITION BY e.body->>'capability' ORDER BY e.effective DESC, e.id DESC) AS age "               \
  "FROM live e WHERE e.kind = 'estimate' AND e.body->>'attempt' = CAST($1 AS text)) AS x "         \
  "WHERE x.age = 1 AND x.standing IS NOT NULL"

#define RECENT_ITEMS                                                                               \
  "SELECT DISTINCT r.body->>'item' AS item FROM live r "                                           \
  "JOIN attempt a ON a.attempt = r.body->>'attempt' "                                              \
  "WHERE r.kind = 'response' AND a.person = CAST($1 AS text) "                                     \
  "AND a.type IN (" WAY_SITTING_TYPES ") AND r.at > CAST($2 AS bigint) ORDER BY 1"

#define LAST_LEVEL                                                                                 \
  "SELECT mean, sd, at FROM level WHERE person = CAST($1 AS text) "                                \
  "AND capability = CAST($2 AS text)"

/* Whether answers of this person may be called rapid: what they said of themselves last. */
#define TAKES_LONGER                                                                               \
  "SELECT s.value FROM (SELECT e.body->>'key' AS key, e.body->>'value' AS value, "                 \
  "row_number () OVER (PARTITION BY e.body->>'key' ORDER BY e.effective DESC, e.id DESC) AS age "  \
  "FROM live e WHERE e.kind IN ('about_me', 'preference') AND e.person = CAST($1 AS text) "        \
  "AND e.body->>'key' IN ('assistive', 'extra_time')) s WHERE s.age = 1 AND s.value = 'yes'"

#define YEAR ((gint64) 365 * 24 * 60 * 60 * G_USEC_PER_SEC)
#define MONTH (YEAR / 12.0)
/* Policy: how much less sure a result becomes in a month. */
#define DRIFT .02

static const WayCapability *
get_capability (WayBaseline *self, guint capability)
{
  return g_ptr_array_index (way_pack_get_capabilities (self->session->pack), capability);
}

/* The sitting as the log has it, from the plan and the answers. */
void
way_baseline_rebuild (WayBaseline *self)
{
  g_clear_pointer (&self->sitting, way_sitting_free);
  self->sitting = way_sitting_new (self->bank, &self->plan);
  for (guint i = 0; i < self->answers->len; i++)
    {
      const WaySittingAnswer *answer = &g_array_index (self->answers, WaySittingAnswer, i);

      /* An item that this version of the pack no longer has says nothing any more. */
      way_sitting_answer (self->sitting, answer->item, answer->score, answer->is_counted);
      way_sitting_add_time (self->sitting, answer->ms);
    }
}

/* The draft that chooses the next question; FALSE when there is none. */
gboolean
way_baseline_draft_next (WayBaseline *self, GPtrArray *drafts, char **next)
{
  WaySelection selection;

  *next = NULL;
  if (!way_sitting_choose (self->sitting, &selection))
    return FALSE;

  {
    WaySelectionBody body = {
      .attempt = self->attempt,
      .ordinal = self->answers->len + 1,
      .item = (char *) selection.item,
      .capability = get_capability (self, selection.capability)->id,
      .value = selection.value,
      .information = selection.information,
      .pool = selection.pool,
      .rank = selection.rank,
      .reason = (char *) selection.reason,
      .enemies = selection.n_enemies,
      .recent = selection.n_recent,
      .exposed = selection.n_exposed,
    };

    g_ptr_array_add (drafts, way_session_draft ("selection", &body, NULL));
  }
  *next = g_strdup (selection.item);
  return TRUE;
}

/* What was asked and scored, and how much of it was wholly right. */
static void
count_answers (WayBaseline *self, guint *asked, guint *right)
{
  *asked = *right = 0;
  for (guint i = 0; i < self->answers->len; i++)
    {
      const WaySittingAnswer *answer = &g_array_index (self->answers, WaySittingAnswer, i);
      int index = way_bank_find (self->bank, answer->item);
      const WayBankItem *item = index >= 0 ? self->bank->items->pdata[index] : NULL;

      if (item != NULL && item->is_new)
        continue;
      (*asked)++;
      *right += answer->score >= (item != NULL ? way_curve_get_most (&item->curve) : 1);
    }
}

/* What has been found so far: after each part, and at the end. */
void
way_baseline_draft_result (WayBaseline *self, GPtrArray *drafts)
{
  for (guint i = 0; i < self->bank->n_capabilities; i++)
    {
      WayEstimate estimate;
      WayEstimateBody body;

      way_sitting_get_estimate (self->sitting, i, &estimate);
      /* Where nothing was asked there is nothing to say. */
      if (estimate.n_items == 0)
        continue;
      body = (WayEstimateBody){
        .attempt = self->attempt,
        .capability = get_capability (self, i)->id,
        .mean = estimate.mean,
        .sd = estimate.sd,
        .p1 = estimate.levels[0],
        .p2 = estimate.levels[1],
        .p3 = estimate.levels[2],
        .p4 = estimate.levels[3],
        .items = estimate.n_items,
        .provisional = estimate.is_provisional,
        .required = estimate.required,
        .p_required = estimate.p_required,
        .standing = (char *) way_standing_to_string (estimate.standing),
        .parameters = self->bank->version,
      };
      g_ptr_array_add (drafts, way_session_draft ("estimate", &body, NULL));
    }
}

/* What was found, and that the sitting ended. */
void
way_baseline_draft_end (WayBaseline *self, GPtrArray *drafts, const char *how)
{
  static const char *const types[] = { "baseline", "closer", "recheck", "yes-no" };
  guint asked;
  guint right;

  count_answers (self, &asked, &right);
  way_baseline_draft_result (self, drafts);
  {
    WayAttemptEndBody body = {
      .attempt = self->attempt,
      .type = (char *) types[self->plan.depth],
      .how = (char *) how,
      .asked = asked,
      .right = right,
      .score = asked > 0 ? (double) right / asked : 0,
      .passed = FALSE,
      .doubt = way_sitting_is_reportable (self->sitting) ? NULL : (char *) "effort",
    };

    g_ptr_array_add (drafts, way_session_draft ("attempt_end", &body, NULL));
  }
}

/* Shows the item that was chosen. */
gboolean
way_baseline_take_item (WayBaseline *self, const char *id, GError **error)
{
  const WayBaselineItem *known;

  g_clear_pointer (&self->item, way_item_unref);
  way_baseline_forget_kept (self);
  if (id == NULL)
    {
      self->is_finished = TRUE;
      return TRUE;
    }
  known = way_pack_find_baseline_item (self->session->pack, id);
  self->item = way_template_load (self->session->pack, id, self->plan.seed, error);
  if (self->item == NULL || known == NULL)
    return FALSE;
  self->capability = known->capability;
  self->ordinal = self->answers->len + 1;
  return TRUE;
}

static char **
load_recent (WayBaseline *self, GError **error)
{
  g_autofree char *since = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_real_time () - YEAR);
  const char *values[] = { self->person, since, NULL };
  g_autoptr (GListStore)
      rows = way_row_query (way_store_get_db (self->session->store), RECENT_ITEMS, values, error);
  g_autoptr (GStrvBuilder) items = NULL;

  if (rows == NULL)
    return NULL;
  items = g_strv_builder_new ();
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (rows)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (rows), i);

      g_strv_builder_add (items, way_row_get_text (row, "item"));
    }
  return g_strv_builder_end (items);
}

/* Writes that the sitting begins, or that one begun elsewhere goes on here in one of its own. */
static gboolean
append_attempt (WayBaseline *self, const char *continues, GError **error)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  WayAttemptBody *body = way_sitting_log_make_attempt (&self->plan, self->bank, self->session->pack,
                                                       continues);
  WayEvent *draft = way_session_draft ("attempt", body, NULL);

  way_kind_free (way_kind_find ("attempt"), body);
  g_ptr_array_add (drafts, draft);
  if (!way_session_append (self->session, drafts, error))
    return FALSE;
  g_free (self->attempt);
  self->attempt = g_strdup (draft->id);
  return TRUE;
}

static gboolean
load_ratings (WayBaseline *self, GError **error)
{
  const char *values[] = { self->person, NULL };
  g_autoptr (GListStore) ratings = way_row_query (way_store_get_db (self->session->store),
                                                  "SELECT capability, now FROM self_rating "
                                                  "WHERE person = CAST($1 AS text)",
                                                  values, error);

  if (ratings == NULL)
    return FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (ratings)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (ratings), i);
      int capability = way_pack_find_capability (self->session->pack,
                                                 way_row_get_text (row, "capability"));

      if (capability >= 0)
        self->plan.self_now[capability] = way_row_get_int (row, "now");
    }
  return TRUE;
}

/* A re-check starts from what was last found, the less sure the longer ago. */
static gboolean
load_prior (WayBaseline *self, GError **error)
{
  const WayCapability *capability = get_capability (self, self->plan.recheck);
  const char *values[] = { self->person, capability->id, NULL };
  g_autoptr (GListStore)
      rows = way_row_query (way_store_get_db (self->session->store), LAST_LEVEL, values, error);
  g_autoptr (WayRow) row = NULL;
  double months;
  double sd;

  if (rows == NULL)
    return FALSE;
  row = g_list_model_get_item (G_LIST_MODEL (rows), 0);
  if (row == NULL)
    {
      g_set_error (error, WAY_SESSION_ERROR, WAY_SESSION_ERROR_NOT_SAVED,
                   /* Translators: %s is a capability. */
                   _ ("“%s” has not been measured yet, so there is nothing to look at again."),
                   capability->name);
      return FALSE;
    }
  sd = way_row_get_number (row, "sd");
  months = MAX (0, g_get_real_time () - way_row_get_int (row, "at")) / MONTH;
  self->plan.prior_mean = way_row_get_number (row, "mean");
  self->plan.prior_sd = sqrt (sd * sd + DRIFT * months);
  return TRUE;
}

/*
 * The trust's policy about time for sittings of @person that begin now: below which share of an
 * item's time an answer is too fast, and how many minutes a sitting may take; each 0 where there
 * is no such rule. Nobody with assistive technology or extra time is ever thought too fast or
 * too slow. Store thread.
 */
gboolean
way_session_read_time_policy (
    WaySession *self, const char *person, double *rapid_share, guint *minutes, GError **error)
{
  const char *values[] = { person, NULL };
  WayStore *store = self->store;
  double share = WAY_EFFORT_RAPID;
  double limit = 0;
  g_autoptr (GListStore) longer = NULL;

  if (!way_sitting_log_read_setting (store, WAY_SETTING_RAPID, 0, WAY_SETTING_RAPID_MOST, &share,
                                     error)
      || !way_sitting_log_read_setting (store, WAY_SETTING_MINUTES, 0, WAY_SETTING_MINUTES_MOST,
                                        &limit, error))
    return FALSE;
  longer = way_row_query (way_store_get_db (store), TAKES_LONGER, values, error);
  if (longer == NULL)
    return FALSE;
  if (g_list_model_get_n_items (G_LIST_MODEL (longer)) > 0)
    share = limit = 0;
  *rapid_share = share;
  *minutes = (guint) limit;
  return TRUE;
}

static gboolean
load_policy (WayBaseline *self, GError **error)
{
  guint minutes;

  if (!way_session_read_time_policy (self->session, self->person, &self->plan.rapid_share, &minutes,
                                     error))
    return FALSE;
  self->plan.limit_ms = (gint64) minutes * 60 * 1000;
  return TRUE;
}

/* Begins a sitting by the plan's depth, and what that needs. */
gboolean
way_baseline_begin (WayBaseline *self, GError **error)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autofree char *first = NULL;

  if (way_session_get_db (self->session, error) == NULL)
    return FALSE;
  self->bank = way_sitting_log_load_bank (self->session->store, self->session->pack, NULL, error);
  if (self->bank == NULL || !load_ratings (self, error) || !load_policy (self, error)
      || (self->plan.depth == WAY_DEPTH_RECHECK && !load_prior (self, error)))
    return FALSE;
  self->plan.seed = way_session_new_seed ();
  self->plan.recent = load_recent (self, error);
  if (self->plan.recent == NULL)
    return FALSE;
  self->plan.exposed = way_bank_list_exposed (self->bank, self->plan.seed);

  if (!append_attempt (self, NULL, error))
    return FALSE;
  way_baseline_rebuild (self);
  if (!way_baseline_draft_next (self, drafts, &first))
    {
      g_set_error_literal (error, WAY_SESSION_ERROR, WAY_SESSION_ERROR_NOT_SAVED,
                           _ ("This pack has no questions to ask."));
      return FALSE;
    }
  if (!way_session_append (self->session, drafts, error))
    return FALSE;
  return way_baseline_take_item (self, first, error);
}

/* Reads what stands in the log: the answers, and the question that was on the screen, which
 * is the last one chosen when it has no answer. *is_shown says whether there is one. */
gboolean
way_baseline_reload (WayBaseline *self, gboolean *is_shown, GError **error)
{
  const char *values[] = { self->attempt, NULL };
  WayDb *db = way_session_get_db (self->session, error);
  g_autoptr (GArray) answers = NULL;
  g_autoptr (GListStore) selections = NULL;
  g_autoptr (WayRow) selection = NULL;

  if (db != NULL)
    answers = way_sitting_log_read_answers (self->session->store, self->attempt, error);
  if (answers != NULL)
    selections = way_row_query (db, LAST_SELECTION, values, error);
  if (selections == NULL)
    return FALSE;
  g_array_unref (self->answers);
  self->answers = g_steal_pointer (&answers);
  way_baseline_rebuild (self);

  selection = g_list_model_get_item (G_LIST_MODEL (selections), 0);
  *is_shown = selection != NULL
              && way_row_get_int (selection, "ordinal") == (gint64) self->answers->len + 1
              && way_pack_find_baseline_item (self->session->pack,
                                              way_row_get_text (selection, "item"))
                     != NULL;
  return !*is_shown
         || (way_baseline_take_item (self, way_row_get_text (selection, "item"), error)
             && way_baseline_load_kept (self, error));
}

/* Whether an open sitting is the one that was asked for: about one capability there may be
 * several, of all together there is one. */
static gboolean
is_asked_for (WayBaseline *self, const WaySittingPlan *open)
{
  gboolean is_of_one = self->plan.depth == WAY_DEPTH_RECHECK
                       || self->plan.depth == WAY_DEPTH_YES_NO;

  if (is_of_one)
    return open->depth == self->plan.depth && open->recheck == self->plan.recheck
           && (open->depth != WAY_DEPTH_YES_NO
               || open->required[open->recheck] == self->plan.required[self->plan.recheck]);
  return open->depth == WAY_DEPTH_SHORT || open->depth == WAY_DEPTH_CLOSER;
}

/* Takes an open sitting over as it was begun. Where its parameters are not here, the
 * authors' have to do. */
static gboolean
take_open (WayBaseline *self, WayRow *row, WayAttemptBody *body, GError **error)
{
  WaySession *session = self->session;

  self->attempt = g_strdup (way_row_get_text (row, "attempt"));
  self->bank = way_sitting_log_load_bank (session->store, session->pack, body, NULL);
  if (self->bank == NULL)
    {
      g_free (body->parameters);
      body->parameters = g_strdup_printf ("author-%d", way_pack_get_version (session->pack));
      self->bank = way_sitting_log_load_bank (session->store, session->pack, body, error);
    }
  return self->bank != NULL;
}

/* Finds the open sitting and what it was begun with. *stream (nullable) is where it was begun;
 * NULL when there is none. */
static gboolean
find_open (WayBaseline *self, char **stream, GError **error)
{
  const char *values[] = { self->person, NULL };
  WayDb *db = way_session_get_db (self->session, error);
  const WayKind *kind = way_kind_find ("attempt");
  g_autoptr (GListStore) attempts = NULL;

  *stream = NULL;
  if (db != NULL)
    attempts = way_row_query (db, OPEN_SITTINGS, values, error);
  if (attempts == NULL)
    return FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (attempts)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (attempts), i);
      WayAttemptBody *body = way_kind_read (kind, way_row_get_text (row, "body"), error);
      WaySittingPlan open;
      gboolean is_taken = TRUE;

      if (body == NULL)
        return FALSE;
      /* One about a capability that this pack does not have cannot be gone on with here. */
      if (way_sitting_log_read_plan (body, self->session->pack, &open, NULL))
        {
          if (is_asked_for (self, &open))
            {
              way_sitting_plan_clear (&self->plan);
              self->plan = open;
              is_taken = take_open (self, row, body, error);
              if (is_taken)
                *stream = g_strdup (way_row_get_text (row, "stream"));
            }
          else
            way_sitting_plan_clear (&open);
        }
      way_kind_free (kind, body);
      if (!is_taken || *stream != NULL)
        return is_taken;
    }
  return TRUE;
}

/* Goes on with an open sitting: *found says whether there was one. A sitting belongs to one
 * stream, so that one which was begun elsewhere goes on as another. */
gboolean
way_baseline_resume (WayBaseline *self, gboolean *found, GError **error)
{
  g_autoptr (GPtrArray) drafts = NULL;
  g_autofree char *stream = NULL;
  g_autofree char *next = NULL;
  gboolean is_shown = FALSE;

  *found = FALSE;
  if (!find_open (self, &stream, error))
    return FALSE;
  if (stream == NULL)
    return TRUE;
  *found = TRUE;
  if (!g_str_equal (stream, way_store_get_stream (self->session->store)))
    {
      g_autofree char *elsewhere = g_strdup (self->attempt);

      if (!append_attempt (self, elsewhere, error))
        return FALSE;
    }
  if (!way_baseline_reload (self, &is_shown, error))
    return FALSE;
  if (is_shown)
    return TRUE;

  drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  if (!way_baseline_draft_next (self, drafts, &next))
    way_baseline_draft_end (self, drafts,
                            way_stop_to_string (way_sitting_get_stop (self->sitting)));
  if (!way_session_append (self->session, drafts, error))
    return FALSE;
  return way_baseline_take_item (self, next, error)
         && (self->is_finished || way_baseline_load_kept (self, error));
}

/*
 * What the parts of the open baseline of @person that are done have found: into *skills. Store
 * thread.
 */
gboolean
way_session_read_so_far (WaySession *self, const char *person, WaySkills *skills, GError **error)
{
  const char *values[] = { person, NULL };
  WayDb *db = way_session_get_db (self, error);
  g_autoptr (GListStore) open = NULL;
  g_autoptr (GListStore) found = NULL;
  g_autoptr (WayRow) row = NULL;

  if (db != NULL)
    open = way_row_query (db, WAY_OPEN_BASELINE, values, error);
  if (open == NULL)
    return FALSE;
  row = g_list_model_get_item (G_LIST_MODEL (open), 0);
  if (row == NULL)
    return TRUE;
  values[0] = way_row_get_text (row, "attempt");
  found = way_row_query (db, SO_FAR, values, error);
  for (guint i = 0; found != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (found)); i++)
    {
      g_autoptr (WayRow) one = g_list_model_get_item (G_LIST_MODEL (found), i);
      const char *standing = way_row_get_text (one, "standing");

      skills->so_far_met += g_str_equal (standing, way_standing_to_string (WAY_STANDING_MET));
      skills->so_far_not_yet += g_str_equal (standing,
                                             way_standing_to_string (WAY_STANDING_NOT_YET));
    }
  return found != NULL;
}

/*
 * About how many questions the open sitting of @person still has; 0 where there is none. Store
 * thread.
 */
guint
way_session_count_left (WaySession *self, const char *person)
{
  g_autoptr (WayBaseline) baseline = g_object_new (WAY_TYPE_BASELINE, NULL);
  g_autofree char *stream = NULL;
  gboolean is_shown;

  baseline->session = g_object_ref (self);
  baseline->person = g_strdup (person);
  if (!find_open (baseline, &stream, NULL) || stream == NULL
      || !way_baseline_reload (baseline, &is_shown, NULL))
    return 0;
  return way_sitting_get_n_left (baseline->sitting);
}
