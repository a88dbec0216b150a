/* way-session-pulse.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-initiatives.h"

#include "record/way-pathway.h"
#include "record/way-pulse.h"
#include "session/way-row-builder.h"
#include "session/way-session-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What a person is asked, and what came of it. A device draws for its own person; for the rate of
 * answers a lead's draws for everybody, by the same function. */

#define DAY ((gint64) 24 * 60 * 60 * G_USEC_PER_SEC)
#define MOST_QUESTIONS 5
/* Six weeks after the last module of the pathway, for two weeks. */
#define PATHWAY_AFTER (42 * DAY)
#define PATHWAY_FOR (14 * DAY)

/* A withdrawn one asks nobody. Of both engines, on a trust and on a device. */
#define PULSE_COLUMNS                                                                              \
  "e.id, e.unit, e.body ->> 'units' AS units, e.body ->> 'roles' AS roles, "                       \
  "e.body ->> 'initiative' AS initiative, e.body ->> 'moment' AS moment, "                         \
  "coalesce (CAST(e.body ->> 'opens' AS bigint), e.effective) AS opens, "                          \
  "CAST(e.body ->> 'closes' AS bigint) AS closes, "                                                \
  "coalesce (CAST(e.body ->> 'share' AS bigint), 1000) AS share, e.body ->> 'question' AS q1, "    \
  "e.body ->> 'question2' AS q2, e.body ->> 'question3' AS q3, e.body ->> 'question4' AS q4, "     \
  "e.body ->> 'question5' AS q5"
#define MY_PULSES                                                                                  \
  "SELECT " PULSE_COLUMNS ", i.title, (SELECT count(DISTINCT coalesce (a.body ->> 'question', "    \
  "1)) FROM live a WHERE a.kind = 'pulse_answer' AND a.author = CAST($1 AS text) "                 \
  "AND a.body ->> 'pulse' = e.id) AS answered FROM live e LEFT JOIN initiative i "                 \
  "ON i.initiative = e.body ->> 'initiative' WHERE e.kind = 'pulse' ORDER BY e.id"
#define PATHWAY_ANSWERED                                                                           \
  "SELECT count(DISTINCT coalesce (a.body ->> 'question', 1)) FROM live a "                        \
  "WHERE a.kind = 'pulse_answer' AND a.author = CAST($1 AS text) "                                 \
  "AND a.body ->> 'pulse' = '" WAY_PULSE_PATHWAY "'"
#define MY_MODULES                                                                                 \
  "SELECT module, last FROM progress WHERE person = CAST($1 AS text) "                             \
  "AND state IN ('checked', 'done')"
#define SETTING "SELECT value FROM setting WHERE key = '" WAY_SETTING_PULSE_DAYS "'"

/* Whoever asks has no table of what was withdrawn, but reads the withdrawals. */
#define ALL_PULSES                                                                                 \
  "SELECT " PULSE_COLUMNS                                                                          \
  " FROM event e WHERE e.kind = 'pulse' AND e.allowed = 1 AND NOT EXISTS (SELECT 1 FROM event r "  \
  "WHERE r.kind = 'retraction' AND r.refers = e.id AND r.allowed = 1 "                             \
  "AND (r.author = e.author OR r.stream = e.stream)) ORDER BY e.id"
#define ALL_PEOPLE                                                                                 \
  "SELECT p.person, p.staff_group, u.path FROM person p JOIN membership m ON m.person = p.person " \
  "JOIN unit u ON u.unit = m.unit WHERE p.ended = 0 ORDER BY p.person, u.path"
/* The same of a server for the design office. */
#define ALL_PEOPLE_OF_A_SERVER                                                                     \
  "SELECT person, staff_group, path FROM api.roster_v1 () ORDER BY person, path"
#define PLACES "SELECT unit, path FROM unit ORDER BY unit"
#define MY_PATHS                                                                                   \
  "SELECT u.path FROM membership m JOIN unit u ON u.unit = m.unit "                                \
  "WHERE m.person = CAST($1 AS text) ORDER BY u.path"
#define COUNTS                                                                                     \
  "SELECT pulse, question, value, people, answered FROM pulse_count WHERE answered >= 8 "          \
  "ORDER BY pulse, question, value"

static int
get_days (WayDb *db, GError **error)
{
  g_autoptr (GListStore) rows = way_row_query (db, SETTING, NULL, error);
  g_autoptr (WayRow) row = rows != NULL ? g_list_model_get_item (G_LIST_MODEL (rows), 0) : NULL;

  return way_pulse_read_days (row != NULL ? way_row_get_text (row, "value") : NULL);
}

static void
fill_ask (WayPulseAsk *ask, WayRow *row, gboolean is_addressed)
{
  ask->id = way_row_get_text (row, "id");
  ask->opens = way_row_get_int (row, "opens");
  ask->closes = way_row_get_int (row, "closes");
  ask->share = (int) way_row_get_int (row, "share");
  ask->is_addressed = is_addressed;
}

/* --- Whom a pulse asks ---------------------------------------------------------------------- */

static void
audience_free (gpointer data)
{
  WayPulseAudience *self = data;

  g_strfreev (self->paths);
  g_strfreev (self->roles);
  g_free (self);
}

/* The paths of places, by spaces. */
static char **
list_paths (GHashTable *places, const char *units)
{
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();
  g_auto (GStrv) words = g_strsplit (units, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      const char *path = g_hash_table_lookup (places, words[i]);

      if (path != NULL)
        g_strv_builder_add (paths, path);
    }
  return g_strv_builder_end (paths);
}

/* A staff list may have a staff group's name in the place of its id. */
static char **
list_roles (WayPack *pack, const char *ids)
{
  g_autoptr (GStrvBuilder) roles = g_strv_builder_new ();
  g_auto (GStrv) words = g_strsplit (ids, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      const WayRole *role = way_pack_find_role (pack, words[i]);

      g_strv_builder_add (roles, words[i]);
      if (role != NULL)
        g_strv_builder_add (roles, role->name);
    }
  return g_strv_builder_end (roles);
}

static WayPulseAudience *
read_audience (WaySession *self, GHashTable *places, WayRow *pulse)
{
  WayPulseAudience *audience = g_new0 (WayPulseAudience, 1);

  if (*way_row_get_text (pulse, "unit") != '\0')
    audience->paths = list_paths (places, way_row_get_text (pulse, "unit"));
  else if (*way_row_get_text (pulse, "units") != '\0')
    audience->paths = list_paths (places, way_row_get_text (pulse, "units"));
  if (*way_row_get_text (pulse, "roles") != '\0')
    audience->roles = list_roles (self->pack, way_row_get_text (pulse, "roles"));
  return audience;
}

/* Of #WayPulseAudience, one a pulse. */
static GPtrArray *
read_audiences (WaySession *self, WayDb *db, GListModel *pulses, GError **error)
{
  g_autoptr (GHashTable) places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GListStore) rows = way_row_query (db, PLACES, NULL, error);
  GPtrArray *audiences;

  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (rows)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (rows), i);

      g_hash_table_insert (places, g_strdup (way_row_get_text (row, "unit")),
                           g_strdup (way_row_get_text (row, "path")));
    }
  audiences = g_ptr_array_new_with_free_func (audience_free);
  for (guint i = 0; i < g_list_model_get_n_items (pulses); i++)
    {
      g_autoptr (WayRow) pulse = g_list_model_get_item (pulses, i);

      g_ptr_array_add (audiences, read_audience (self, places, pulse));
    }
  return audiences;
}

/* Where somebody works, from rows with a path. */
static char **
list_column (GListModel *rows)
{
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rows, i);

      g_strv_builder_add (paths, way_row_get_text (row, "path"));
    }
  return g_strv_builder_end (paths);
}

/* --- What one person is asked --------------------------------------------------------------- */

static const char *
get_question (WayRow *row, guint n)
{
  static const char *const columns[MOST_QUESTIONS] = { "q1", "q2", "q3", "q4", "q5" };

  return way_row_has (row, columns[n]) ? way_row_get_text (row, columns[n]) : "";
}

static const char *
get_pathway_question (guint n)
{
  static const char *const questions[] = {
    N_ ("Has what you learnt saved you time?"),
    N_ ("Have you passed a skill on to somebody?"),
    N_ ("Have you used what you learnt with or for patients?"),
  };

  return n < G_N_ELEMENTS (questions) ? _ (questions[n]) : "";
}

static guint
count_questions (WayRow *row)
{
  guint n = 0;

  while (n < MOST_QUESTIONS && *(row != NULL ? get_question (row, n) : get_pathway_question (n)))
    n++;
  return n;
}

/* When the person had done every module of their pathway; 0 where they have not. */
static gint64
find_pathway_end (WaySession *self, WayDb *db, const char *person, const char *role, GError **error)
{
  const char *values[] = { person, NULL };
  g_autoptr (GListStore) rows = way_row_query (db, MY_MODULES, values, error);
  GPtrArray *modules = way_pathway_list_modules (self->pack, role);
  gint64 end = 0;

  for (guint i = 0; rows != NULL && modules != NULL && i < modules->len; i++)
    {
      gint64 at = 0;

      for (guint k = 0; k < g_list_model_get_n_items (G_LIST_MODEL (rows)); k++)
        {
          g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (rows), k);

          if (g_str_equal (way_row_get_text (row, "module"), g_ptr_array_index (modules, i)))
            at = way_row_get_int (row, "last");
        }
      if (at == 0)
        return 0;
      end = MAX (end, at);
    }
  return end;
}

typedef struct
{
  char *person;
  char *role;
} Who;

static void
who_free (gpointer data)
{
  Who *who = data;

  g_free (who->person);
  g_free (who->role);
  g_free (who);
}

static GListStore *
find_asked (WaySession *self, WayDb *db, const Who *who, GError **error)
{
  static const char *const columns[] = { "pulse", "title",  "question", "number",
                                         "of",    "closes", NULL };
  const char *values[] = { who->person, NULL };
  g_autoptr (WayRowBuilder) builder = way_row_builder_new (columns);
  g_autoptr (GListStore) pulses = way_row_query (db, MY_PULSES, values, error);
  g_autoptr (GListStore) places = way_row_query (db, MY_PATHS, values, error);
  g_autoptr (GPtrArray) audiences = NULL;
  g_auto (GStrv) paths = NULL;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree WayPulseAsk *asks = NULL;
  g_autofree gint64 *from = NULL;
  gint64 now = g_get_real_time ();
  gint64 pathway = 0;
  gint64 n_pathway = 0;
  guint n;

  if (pulses != NULL && places != NULL)
    audiences = read_audiences (self, db, G_LIST_MODEL (pulses), error);
  if (audiences == NULL)
    return NULL;
  paths = list_column (G_LIST_MODEL (places));
  n = g_list_model_get_n_items (G_LIST_MODEL (pulses));
  asks = g_new0 (WayPulseAsk, n + 1);
  from = g_new (gint64, n + 1);
  for (guint i = 0; i < n; i++)
    {
      WayRow *row = g_list_model_get_item (G_LIST_MODEL (pulses), i);

      g_ptr_array_add (rows, row);
      fill_ask (&asks[i], row,
                way_pulse_is_for (audiences->pdata[i], (const char *const *) paths, who->role));
    }
  pathway = find_pathway_end (self, db, who->person, who->role, error);
  if (pathway > 0)
    {
      g_autoptr (GListStore) said = way_row_query (db, PATHWAY_ANSWERED, values, error);
      g_autoptr (WayRow) row = said != NULL ? g_list_model_get_item (G_LIST_MODEL (said), 0) : NULL;

      n_pathway = row != NULL ? g_ascii_strtoll (way_row_get_nth (row, 0), NULL, 10) : 0;
      asks[n] = (WayPulseAsk){ WAY_PULSE_PATHWAY, pathway + PATHWAY_AFTER,
                               pathway + PATHWAY_AFTER + PATHWAY_FOR, 1000, TRUE };
    }
  way_pulse_draw (asks, n + (pathway > 0), who->person, get_days (db, NULL), from);
  for (guint i = 0; i < n + (pathway > 0); i++)
    {
      WayRow *row = i < n ? g_ptr_array_index (rows, i) : NULL;
      guint answered = (guint) (row != NULL ? way_row_get_int (row, "answered") : n_pathway);
      guint of = count_questions (row);

      if (from[i] > now || asks[i].closes <= now || answered >= of)
        continue;
      way_row_builder_add_text (builder, asks[i].id);
      way_row_builder_add_text (builder, row != NULL && way_row_has (row, "title")
                                             ? way_row_get_text (row, "title")
                                             : "");
      way_row_builder_add_text (builder, row != NULL ? get_question (row, answered)
                                                     : get_pathway_question (answered));
      way_row_builder_add_int (builder, answered + 1);
      way_row_builder_add_int (builder, of);
      way_row_builder_add_int (builder, asks[i].closes);
      break;
    }
  return way_row_builder_end (builder);
}

static void
pulse_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  WayDb *db = way_session_get_db (source, &error);
  GListStore *rows = db != NULL ? find_asked (source, db, task_data, &error) : NULL;

  if (rows == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, rows, g_object_unref);
}

/**
 * way_session_load_pulse_async:
 *
 * The next question of the pulse that asks this person now.
 */
void
way_session_load_pulse_async (WaySession *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Who *who;

  g_return_if_fail (WAY_IS_SESSION (self));

  task = way_session_begin (self, self, way_session_load_pulse_async, cancellable, callback,
                            user_data);
  who = g_new0 (Who, 1);
  who->person = g_strdup (self->person != NULL ? self->person : "");
  who->role = g_strdup (self->staff_group);
  g_task_set_task_data (task, who, who_free);
  way_worker_run (self->store_worker, task, pulse_thread);
}

/**
 * way_session_answer_pulse_async:
 * @question: 1 to 5
 * @value: 1 (not at all) to 5 (very much), 0 to skip
 *
 * Nobody but this person reads it; leads see counts of eight or more.
 */
void
way_session_answer_pulse_async (WaySession *self,
                                const char *pulse,
                                int question,
                                int value,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  const WayKind *kind = way_kind_find ("pulse_answer");
  WayPulseAnswerBody *body;

  g_return_if_fail (WAY_IS_SESSION (self));
  g_return_if_fail (pulse != NULL && question >= 1 && question <= MOST_QUESTIONS);
  g_return_if_fail (value >= 0 && value <= 5);

  body = way_kind_new (kind);
  body->pulse = g_strdup (pulse);
  body->question = question;
  body->value = value;
  way_session_write_one (self, self, way_session_answer_pulse_async, "pulse_answer", body, NULL,
                         NULL, cancellable, callback, user_data);
  way_kind_free (kind, body);
}

static gboolean
has_several (const char *units)
{
  return units != NULL && strchr (units, ' ') != NULL;
}

/**
 * way_session_write_pulses_async:
 * @bodies: of WayPulseBody
 * @units: (nullable): places that they ask, by spaces; NULL or "" for the whole trust
 * @roles: (nullable): staff groups that they ask, by spaces; NULL or "" for all
 *
 * Pulses that belong together.
 */
void
way_session_write_pulses_async (WaySession *self,
                                GPtrArray *bodies,
                                const char *units,
                                const char *roles,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);

  g_return_if_fail (WAY_IS_SESSION (self));
  g_return_if_fail (bodies != NULL && bodies->len > 0);

  for (guint i = 0; i < bodies->len; i++)
    {
      g_autoptr (GError) error = NULL;
      WayPulseBody body = *(const WayPulseBody *) g_ptr_array_index (bodies, i);
      WayEvent *draft;

      body.units = (char *) (has_several (units) ? units : NULL);
      body.roles = (char *) (roles != NULL && *roles != '\0' ? roles : NULL);
      draft = way_session_draft ("pulse", &body, &error);

      if (draft == NULL)
        {
          g_autoptr (GTask) task = way_session_begin (self, self, way_session_write_pulses_async,
                                                      cancellable, callback, user_data);

          g_task_return_error (task, g_steal_pointer (&error));
          return;
        }
      if (units != NULL && *units != '\0' && !has_several (units))
        draft->unit = g_strdup (units);
      g_ptr_array_add (drafts, draft);
    }
  way_session_write_all (self, way_session_write_pulses_async, g_steal_pointer (&drafts),
                         cancellable, callback, user_data);
}

/* How many of the people each pulse has asked by now. */
static guint *
count_asked (GListModel *pulses, GPtrArray *audiences, GListModel *people, int days)
{
  guint n = g_list_model_get_n_items (pulses);
  guint *asked = g_new0 (guint, n + 1);
  g_autofree WayPulseAsk *asks = g_new0 (WayPulseAsk, n + 1);
  g_autofree gint64 *from = g_new (gint64, n + 1);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_people = g_list_model_get_n_items (people);
  gint64 now = g_get_real_time ();
  guint i = 0;

  for (guint k = 0; k < n; k++)
    {
      g_ptr_array_add (rows, g_list_model_get_item (pulses, k));
      fill_ask (&asks[k], g_ptr_array_index (rows, k), FALSE);
    }
  while (i < n_people)
    {
      g_autoptr (WayRow) first = g_list_model_get_item (people, i);
      const char *person = way_row_get_text (first, "person");
      g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
      g_auto (GStrv) paths = NULL;

      for (; i < n_people; i++)
        {
          g_autoptr (WayRow) row = g_list_model_get_item (people, i);

          if (!g_str_equal (way_row_get_text (row, "person"), person))
            break;
          g_strv_builder_add (builder, way_row_get_text (row, "path"));
        }
      paths = g_strv_builder_end (builder);
      for (guint k = 0; k < n; k++)
        asks[k].is_addressed = way_pulse_is_for (audiences->pdata[k], (const char *const *) paths,
                                                 way_row_get_text (first, "staff_group"));
      way_pulse_draw (asks, n, person, days, from);
      for (guint k = 0; k < n; k++)
        asked[k] += from[k] <= now;
    }
  return asked;
}

static void
add_result (WayRowBuilder *builder,
            WayRow *pulse,
            const char *id,
            guint question,
            const char *text,
            guint asked,
            GListModel *counts)
{
  guint answered = 0;
  guint high = 0;
  double low_share, high_share;

  for (guint i = 0; i < g_list_model_get_n_items (counts); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (counts, i);

      if (!g_str_equal (way_row_get_text (row, "pulse"), id)
          || way_row_get_int (row, "question") != (gint64) question)
        continue;
      answered = (guint) way_row_get_int (row, "answered");
      if (way_row_get_int (row, "value") >= 4)
        high += (guint) way_row_get_int (row, "people");
    }
  way_pulse_judge_share (high, MAX (answered, high), &low_share, &high_share);
  way_row_builder_add_text (builder, id);
  way_row_builder_add_text (builder, pulse != NULL ? way_row_get_text (pulse, "initiative") : "");
  way_row_builder_add_text (builder, pulse != NULL ? way_row_get_text (pulse, "moment") : "");
  way_row_builder_add_int (builder, question);
  way_row_builder_add_text (builder, text);
  way_row_builder_add_int (builder, pulse != NULL ? way_row_get_int (pulse, "opens") : 0);
  way_row_builder_add_int (builder, pulse != NULL ? way_row_get_int (pulse, "closes") : 0);
  way_row_builder_add_int (builder, asked);
  way_row_builder_add_int (builder, answered);
  way_row_builder_add_int (builder, high);
  way_row_builder_add_number (builder, low_share);
  way_row_builder_add_number (builder, high_share);
  way_row_builder_add_int (builder, pulse != NULL ? way_row_get_int (pulse, "share") : 1000);
}

typedef struct
{
  char *uri;
  gboolean is_lead;
} Results;

static void
results_free (gpointer data)
{
  Results *self = data;

  g_free (self->uri);
  g_free (self);
}

static void
results_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  static const char *const columns[] = { "pulse",    "initiative", "moment",    "number",
                                         "question", "opens",      "closes",    "asked",
                                         "answered", "high",       "low_share", "high_share",
                                         "share",    NULL };
  g_autoptr (GError) error = NULL;
  Results *job = task_data;
  WayStore *trust = way_session_get_trust (source, job->uri, &error);
  WayDb *db = trust != NULL ? way_store_get_db (trust) : NULL;
  g_autoptr (GListStore) pulses = NULL;
  g_autoptr (GListStore) people = NULL;
  g_autoptr (GListStore) counts = NULL;
  g_autoptr (WayRowBuilder) builder = way_row_builder_new (columns);
  g_autoptr (GPtrArray) audiences = NULL;
  g_autofree guint *asked = NULL;

  if (db != NULL)
    pulses = way_row_query (db, ALL_PULSES, NULL, &error);
  if (pulses != NULL)
    audiences = read_audiences (source, db, G_LIST_MODEL (pulses), &error);
  if (audiences != NULL)
    people = way_row_query (db,
                            !job->is_lead && way_store_is_guest (trust) ? ALL_PEOPLE_OF_A_SERVER
                                                                        : ALL_PEOPLE,
                            NULL, &error);
  if (people != NULL)
    counts = way_row_query (db, COUNTS, NULL, &error);
  if (counts == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  asked = count_asked (G_LIST_MODEL (pulses), audiences, G_LIST_MODEL (people),
                       get_days (db, NULL));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (pulses)); i++)
    {
      g_autoptr (WayRow) pulse = g_list_model_get_item (G_LIST_MODEL (pulses), i);

      for (guint q = 0; q < count_questions (pulse); q++)
        add_result (builder, pulse, way_row_get_text (pulse, "id"), q + 1, get_question (pulse, q),
                    asked[i], G_LIST_MODEL (counts));
    }
  for (guint q = 0; q < count_questions (NULL); q++)
    add_result (builder, NULL, WAY_PULSE_PATHWAY, q + 1, get_pathway_question (q), 0,
                G_LIST_MODEL (counts));
  g_task_return_pointer (task, way_row_builder_end (builder), g_object_unref);
}

/**
 * way_session_load_pulse_results_async:
 *
 * What came of each question of each pulse, and of those six weeks after a pathway.
 */
void
way_session_load_pulse_results_async (WaySession *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Results *job;

  g_return_if_fail (WAY_IS_SESSION (self));

  task = way_session_begin (self, self, way_session_load_pulse_results_async, cancellable, callback,
                            user_data);
  if (way_session_refuse_others (self, task, WAY_ROLES_OF_VOICES))
    return;
  job = g_new0 (Results, 1);
  job->uri = g_strdup (self->trust_uri);
  job->is_lead = (self->roles & WAY_ROLE_LEAD) != 0;
  g_task_set_task_data (task, job, results_free);
  way_worker_run (self->read_worker, task, results_thread);
}
