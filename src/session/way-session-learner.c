/* way-session-learner.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-baseline-private.h"
#include "session/way-session-private.h"

#include <math.h>

/* What a person reads about themselves: Today, skills, progress and practice. Their own ratings
 * are written here too. */

/* One that was left before anything was answered says nothing. */
#define MY_LAST_SITTING                                                                            \
  "SELECT attempt, ended, how, type FROM attempt WHERE person = CAST($1 AS text) "                 \
  "AND ended IS NOT NULL AND type IN (" WAY_SITTING_TYPES ") "                                     \
  "AND how <> 'superseded' AND asked > 0 ORDER BY ended DESC, attempt DESC LIMIT 1"

#define SITTING_ITEMS                                                                              \
  WAY_LINE_OF_SITTING                                                                              \
  "SELECT s.body->>'ordinal' AS ordinal, s.body->>'item' AS item, "                                \
  "s.body->>'capability' AS capability, r.body->>'score' AS score, "                               \
  "r.body->>'dont_know' AS dont_know, s.body->>'information' AS information, "                     \
  "s.body->>'reason' AS reason FROM line l "                                                       \
  "JOIN live s ON s.kind = 'selection' AND s.body->>'attempt' = l.attempt "                        \
  "JOIN live r ON r.kind = 'response' AND r.body->>'attempt' = s.body->>'attempt' "                \
  "AND r.body->>'item' = s.body->>'item' "                                                         \
  "WHERE CAST(s.body->>'ordinal' AS integer) < l.until "                                           \
  "ORDER BY CAST(s.body->>'ordinal' AS integer)"

/* way_session_query_own:
 * @person: stands for $1
 * @sql: a query of the device store
 *
 * Store thread.
 *
 * Returns: (transfer full) (nullable): of WayRow; NULL with @error set, as when nobody is signed
 * in any more */
GListStore *
way_session_query_own (WaySession *self, const char *person, const char *sql, GError **error)
{
  const char *values[] = { person, NULL };

  WayDb *db = way_session_get_db (self, error);

  return db != NULL ? way_row_query (db, sql, values, error) : NULL;
}

static WayRow *
first_row (GListStore *rows)
{
  return rows != NULL ? g_list_model_get_item (G_LIST_MODEL (rows), 0) : NULL;
}

static void
summary_free (WaySummary *summary)
{
  g_clear_pointer (&summary->module_states, g_hash_table_unref);
  g_free (summary);
}

typedef struct
{
  char *person;
  char *name;
  char *staff_group;
  int minutes;
  int required[WAY_MAX_CAPABILITIES];
} Ask;

/* What was measured of one capability, held against what the person's work asks for now. */
static void
read_estimate (WayRow *row, int required, WayEstimate *estimate)
{
  static const char *const columns[] = { "p1", "p2", "p3", "p4" };
  const char *standing = way_row_get_text (row, "standing");

  *estimate = (WayEstimate){
    .n_items = way_row_get_int (row, "items"),
    .mean = way_row_get_number (row, "mean"),
    .sd = way_row_get_number (row, "sd"),
    .required = way_row_get_int (row, "required"),
    .p_required = way_row_get_number (row, "p_required"),
    .is_provisional = way_row_get_int (row, "provisional") != 0,
    .standing = g_str_equal (standing, "met")       ? WAY_STANDING_MET
                : g_str_equal (standing, "not-yet") ? WAY_STANDING_NOT_YET
                                                    : WAY_STANDING_NOT_SURE,
  };
  for (int level = 0; level < WAY_N_LEVELS; level++)
    estimate->levels[level] = way_row_get_number (row, columns[level]);
  way_estimate_ask (estimate, required);
}

/* Everything that the plan is judged from. */
static WaySummary *
load_summary (WaySession *self, const Ask *data, GError **error)
{
  g_autoptr (GListStore) ratings = NULL;
  g_autoptr (GListStore) levels = NULL;
  g_autoptr (GListStore) progress = NULL;
  g_autoptr (GListStore) open = NULL;
  g_autoptr (GListStore) last = NULL;
  g_autoptr (WayRow) row = NULL;
  WaySummary *summary;
  guint n = way_pack_get_capabilities (self->pack)->len;

  ratings = way_session_query_own (
      self, data->person, "SELECT capability FROM self_rating WHERE person = CAST($1 AS text)",
      error);
  if (ratings == NULL)
    return NULL;
  levels = way_session_query_own (self, data->person,
                                  "SELECT * FROM level WHERE person = CAST($1 AS text)", error);
  if (levels == NULL)
    return NULL;
  progress = way_session_query_own (
      self, data->person, "SELECT module, state FROM progress WHERE person = CAST($1 AS text)",
      error);
  if (progress == NULL)
    return NULL;
  open = way_session_query_own (self, data->person, WAY_OPEN_BASELINE, error);
  if (open == NULL)
    return NULL;
  last = way_session_query_own (self, data->person, MY_LAST_SITTING, error);
  if (last == NULL)
    return NULL;

  summary = g_new0 (WaySummary, 1);
  summary->module_states = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  summary->role = data->staff_group;
  summary->has_rated = g_list_model_get_n_items (G_LIST_MODEL (ratings)) >= n;
  summary->is_baseline_open = g_list_model_get_n_items (G_LIST_MODEL (open)) > 0;
  if (summary->is_baseline_open)
    summary->baseline_left = way_session_count_left (self, data->person);
  row = first_row (last);
  if (row != NULL)
    {
      summary->has_baseline = TRUE;
      summary->baseline_at = way_row_get_int (row, "ended");
    }
  for (guint i = 0; i < n; i++)
    {
      summary->p_required[i] = NAN;
      summary->required[i] = data->required[i];
    }
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (levels)); i++)
    {
      g_autoptr (WayRow) level = g_list_model_get_item (G_LIST_MODEL (levels), i);
      int capability = way_pack_find_capability (self->pack,
                                                 way_row_get_text (level, "capability"));
      WayEstimate estimate;

      if (capability < 0)
        continue;
      read_estimate (level, data->required[capability], &estimate);
      summary->p_required[capability] = estimate.p_required;
      summary->standing[capability] = estimate.standing;
    }
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (progress)); i++)
    {
      g_autoptr (WayRow) module = g_list_model_get_item (G_LIST_MODEL (progress), i);

      g_hash_table_insert (summary->module_states, g_strdup (way_row_get_text (module, "module")),
                           g_strdup (way_row_get_text (module, "state")));
    }
  return summary;
}

static void
ask_free (Ask *self)
{
  g_free (self->person);
  g_free (self->name);
  g_free (self->staff_group);
  g_free (self);
}

/* A task that carries who asks, for the store thread. */
static void
ask (WaySession *self,
     gpointer tag,
     int minutes,
     GTaskThreadFunc func,
     GCancellable *cancellable,
     GAsyncReadyCallback callback,
     gpointer user_data)
{
  g_autoptr (GTask) task = way_session_begin (self, self, tag, cancellable, callback, user_data);
  Ask *data;

  if (way_session_refuse_signed_out (self, task))
    return;
  data = g_new0 (Ask, 1);
  data->person = g_strdup (self->person);
  data->name = g_strdup (self->person_name);
  data->staff_group = g_strdup (self->staff_group);
  data->minutes = minutes;
  way_session_get_required (self, data->required);
  g_task_set_task_data (task, data, (GDestroyNotify) ask_free);
  way_worker_run (self->store_worker, task, func);
}

static void
today_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WaySession *self = source;
  Ask *data = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListStore) answers = NULL;
  g_autoptr (GListStore) requests = NULL;
  WaySummary *summary = load_summary (self, data, &error);
  WayToday *today;
  char *space;

  if (summary != NULL)
    answers = way_session_list_unread (self, data->person, &error);
  if (answers != NULL)
    requests = way_session_query_my_help (self, data->person, &error);
  if (requests == NULL)
    {
      g_clear_pointer (&summary, summary_free);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  today = g_new0 (WayToday, 1);
  today->first_name = g_strdup (data->name);
  space = strchr (today->first_name, ' ');
  if (space != NULL)
    *space = '\0';
  today->summary = summary;
  today->next = way_next_step_judge (self->pack, summary, data->minutes);
  summary->role = NULL; /* was the task's */
  today->answers = G_LIST_MODEL (g_steal_pointer (&answers));
  today->requests = G_LIST_MODEL (g_steal_pointer (&requests));
  g_task_return_pointer (task, today, (GDestroyNotify) way_today_free);
}

/**
 * way_session_load_today_async:
 * @minutes_available: how long the person has; 0 for as long as it takes
 *
 * What Today shows.
 */
void
way_session_load_today_async (WaySession *self,
                              int minutes_available,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (WAY_IS_SESSION (self));

  ask (self, way_session_load_today_async, minutes_available, today_thread, cancellable, callback,
       user_data);
}

/**
 * way_session_load_today_finish:
 *
 * Returns: (transfer full) (nullable): free with way_today_free()
 */
WayToday *
way_session_load_today_finish (WaySession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * way_today_free:
 *
 * Frees what way_session_load_today_finish() gave.
 */
void
way_today_free (WayToday *self)
{
  g_free (self->first_name);
  g_clear_pointer (&self->summary, summary_free);
  g_clear_pointer (&self->next, way_next_step_free);
  g_clear_object (&self->answers);
  g_clear_object (&self->requests);
  g_free (self);
}

static WayStop
stop_from_string (const char *how)
{
  for (WayStop stop = WAY_STOP_NONE; stop < WAY_N_STOPS; stop++)
    {
      if (g_strcmp0 (way_stop_to_string (stop), how) == 0)
        return stop;
    }
  return WAY_STOP_NONE;
}

static void
skills_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WaySession *self = source;
  Ask *data = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListStore) levels = NULL;
  g_autoptr (GListStore) ratings = NULL;
  g_autoptr (GListStore) last = NULL;
  g_autoptr (GListStore) items = NULL;
  g_autoptr (WayRow) sitting = NULL;
  WaySummary *summary = load_summary (self, data, &error);
  WaySkills *skills;
  double rapid_share;
  guint minutes = 0;

  if (summary != NULL)
    levels = way_session_query_own (self, data->person,
                                    "SELECT * FROM level WHERE person = CAST($1 AS text)", &error);
  if (levels != NULL)
    ratings = way_session_query_own (self, data->person,
                                     "SELECT capability, now, need FROM self_rating "
                                     "WHERE person = CAST($1 AS text)",
                                     &error);
  if (ratings != NULL)
    last = way_session_query_own (self, data->person, MY_LAST_SITTING, &error);
  sitting = first_row (last);
  if (last != NULL)
    items = way_session_query_own (self,
                                   sitting != NULL ? way_row_get_text (sitting, "attempt") : "",
                                   SITTING_ITEMS, &error);
  skills = g_new0 (WaySkills, 1);
  if (items == NULL
      || !way_session_read_time_policy (self, data->person, &rapid_share, &minutes, &error)
      || !way_session_read_so_far (self, data->person, skills, &error))
    {
      g_clear_pointer (&summary, summary_free);
      way_skills_free (skills);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  skills->minutes = minutes;
  skills->n = way_pack_get_capabilities (self->pack)->len;
  skills->items = G_LIST_MODEL (g_steal_pointer (&items));
  skills->next = way_next_step_judge (self->pack, summary, 0);
  summary_free (summary);
  if (sitting != NULL)
    {
      skills->attempt = g_strdup (way_row_get_text (sitting, "attempt"));
      skills->ended = way_row_get_int (sitting, "ended");
      skills->stop = stop_from_string (way_row_get_text (sitting, "how"));
      skills->is_about_one = g_strcmp0 (way_row_get_text (sitting, "type"), "yes-no") == 0
                             || g_strcmp0 (way_row_get_text (sitting, "type"), "recheck") == 0;
    }
  for (guint i = 0; i < skills->n; i++)
    {
      skills->skills[i].estimate.capability = i;
      skills->skills[i].estimate.required = data->required[i];
    }
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (levels)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (levels), i);
      int n = way_pack_find_capability (self->pack, way_row_get_text (row, "capability"));

      if (n < 0)
        continue;
      skills->has_result = TRUE;
      skills->skills[n].is_measured = TRUE;
      skills->skills[n].at = way_row_get_int (row, "at");
      read_estimate (row, data->required[n], &skills->skills[n].estimate);
      skills->skills[n].estimate.capability = (guint) n;
    }
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (ratings)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (ratings), i);
      int n = way_pack_find_capability (self->pack, way_row_get_text (row, "capability"));

      if (n < 0)
        continue;
      skills->skills[n].self_now = way_row_get_int (row, "now");
      skills->skills[n].self_need = way_row_get_int (row, "need");
    }
  g_task_return_pointer (task, skills, (GDestroyNotify) way_skills_free);
}

/**
 * way_session_load_skills_async:
 *
 * The six capabilities as measured and as rated, and how the last sitting went.
 */
void
way_session_load_skills_async (WaySession *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (WAY_IS_SESSION (self));

  ask (self, way_session_load_skills_async, 0, skills_thread, cancellable, callback, user_data);
}

/**
 * way_session_load_skills_finish:
 *
 * Returns: (transfer full) (nullable): free with way_skills_free()
 */
WaySkills *
way_session_load_skills_finish (WaySession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * way_skills_free:
 *
 * Frees what way_session_load_skills_finish() gave.
 */
void
way_skills_free (WaySkills *self)
{
  g_free (self->attempt);
  g_clear_object (&self->items);
  g_clear_pointer (&self->next, way_next_step_free);
  g_free (self);
}

/**
 * way_session_get_required:
 * @required: (out): the level, 1 to 4, that the person's role asks for on each capability
 *
 * The trust's own word before the pack's, a job role's before its staff group's; Everyday where
 * there is neither. As of signing in.
 */
void
way_session_get_required (WaySession *self, int required[WAY_MAX_CAPABILITIES])
{
  g_return_if_fail (WAY_IS_SESSION (self));

  memcpy (required, self->required, sizeof self->required);
}

/**
 * way_session_save_ratings_async:
 * @now: for each capability, the level 1 to 4 that the person says is theirs
 * @need: the level that the person says they need
 *
 * Finish with way_session_save_ratings_finish().
 */
void
way_session_save_ratings_async (WaySession *self,
                                const int *now,
                                const int *need,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  GPtrArray *capabilities;

  g_return_if_fail (WAY_IS_SESSION (self));

  capabilities = way_pack_get_capabilities (self->pack);
  for (guint i = 0; i < capabilities->len; i++)
    {
      const WayCapability *capability = g_ptr_array_index (capabilities, i);
      WaySelfRatingBody body = { .capability = capability->id,
                                 .now = CLAMP (now[i], 1, 4),
                                 .need = CLAMP (need[i], 1, 4) };

      g_ptr_array_add (drafts, way_session_draft ("self_rating", &body, NULL));
    }
  way_session_write (self, self, way_session_save_ratings_async, g_steal_pointer (&drafts),
                     cancellable, callback, user_data);
}

/**
 * way_session_save_ratings_finish:
 *
 * Returns: TRUE once they are on the disk
 */
gboolean
way_session_save_ratings_finish (WaySession *self, GAsyncResult *result, GError **error)
{
  return way_session_write_finish (self, result, NULL, error);
}

static char *
format_int (int value)
{
  return g_strdup_printf ("%d", value);
}

static void
progress_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WaySession *self = source;
  Ask *data = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListStore) rows = NULL;
  WaySummary *summary = load_summary (self, data, &error);

  if (summary != NULL)
    rows = way_session_list_progress (self, data->person, data->staff_group, summary, &error);
  g_clear_pointer (&summary, summary_free);
  if (rows != NULL)
    g_task_return_pointer (task, g_steal_pointer (&rows), g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * way_session_load_progress_async:
 *
 * Every module in the order of this person's plan, with how far they are.
 */
void
way_session_load_progress_async (WaySession *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (WAY_IS_SESSION (self));

  ask (self, way_session_load_progress_async, 0, progress_thread, cancellable, callback, user_data);
}

/**
 * way_session_load_progress_finish:
 *
 * Returns: (transfer full) (nullable): of WayRow, one a module
 */
GListModel *
way_session_load_progress_finish (WaySession *self, GAsyncResult *result, GError **error)
{
  return way_session_list_finish (self, result, error);
}

static void
practice_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  static const char *const names[] = { "module",  "module_title", "desk", "title",
                                       "minutes", "times",        "best", "last" };
  WaySession *self = source;
  Ask *data = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListStore) rows = g_list_store_new (WAY_TYPE_ROW);
  g_autoptr (GPtrArray) columns = g_ptr_array_new ();
  GPtrArray *modules = way_pack_get_modules (self->pack);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_ptr_array_add (columns, (char *) names[i]);
  for (guint m = 0; m < modules->len; m++)
    {
      const WayModule *module = g_ptr_array_index (modules, m);

      for (guint d = 0; d < module->desks->len; d++)
        {
          const char *href = g_ptr_array_index (module->desks, d);
          const char *values[] = { data->person, module->id, href, NULL };
          g_autoptr (WayDesk) desk = way_pack_load_desk (self->pack, href, &error);
          WayDb *db = way_session_get_db (self, &error);
          g_autoptr (GListStore) runs = NULL;
          g_autoptr (WayRow) run = NULL;
          g_autoptr (WayRow) row = NULL;
          GPtrArray *cells;

          if (desk != NULL && db != NULL)
            runs = way_row_query (db,
                                  "SELECT count(*) AS times, max(score) AS best, "
                                  "max(ended) AS last FROM attempt "
                                  "WHERE person = CAST($1 AS text) AND type = 'practice' "
                                  "AND module = CAST($2 AS text) AND desk = CAST($3 AS text) "
                                  "AND ended IS NOT NULL",
                                  values, &error);
          if (runs == NULL)
            {
              g_task_return_error (task, g_steal_pointer (&error));
              return;
            }
          run = first_row (runs);
          cells = g_ptr_array_new_with_free_func (g_free);
          g_ptr_array_add (cells, g_strdup (module->id));
          g_ptr_array_add (cells, g_strdup (module->title));
          g_ptr_array_add (cells, g_strdup (href));
          g_ptr_array_add (cells, g_strdup (desk->title));
          g_ptr_array_add (cells, format_int (desk->minutes));
          g_ptr_array_add (cells, g_strdup (way_row_get_text (run, "times")));
          g_ptr_array_add (cells, way_row_has (run, "best")
                                      ? g_strdup (way_row_get_text (run, "best"))
                                      : NULL);
          g_ptr_array_add (cells, way_row_has (run, "last")
                                      ? g_strdup (way_row_get_text (run, "last"))
                                      : NULL);
          row = way_row_new (columns, cells);
          g_list_store_append (rows, row);
        }
    }
  g_task_return_pointer (task, g_steal_pointer (&rows), g_object_unref);
}

/**
 * way_session_load_practice_async:
 *
 * Every practice desk of the pack, with how it went here.
 */
void
way_session_load_practice_async (WaySession *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (WAY_IS_SESSION (self));

  ask (self, way_session_load_practice_async, 0, practice_thread, cancellable, callback, user_data);
}

/**
 * way_session_load_practice_finish:
 *
 * Returns: (transfer full) (nullable): of WayRow, one a desk
 */
GListModel *
way_session_load_practice_finish (WaySession *self, GAsyncResult *result, GError **error)
{
  return way_session_list_finish (self, result, error);
}
