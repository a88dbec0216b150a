/* way-schedule.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-schedule.h"

#include "assessment/way-random.h"
#include "assessment/way-refresher.h"
#include "session/way-measure.h"
#include "session/way-row-builder.h"
#include "session/way-session-private.h"

#define ANSWERS                                                                                    \
  "SELECT r.body->>'item' AS item, r.body->>'score' AS score, r.effective AS at FROM live r "      \
  "JOIN attempt a ON a.attempt = r.body->>'attempt' WHERE r.kind = 'response' "                    \
  "AND a.person = CAST($1 AS text) AND a.type IN ('check', 'refresher') "                          \
  "ORDER BY r.effective, r.id"

#define DAY ((gint64) 24 * 60 * 60 * G_USEC_PER_SEC)
/* Policy: how long a round is. */
#define QUESTIONS 3
#define MINUTES 2

/* A question of a check, and what is known of the skill that it asks about. */
typedef struct
{
  const WayModule *module;
  const WayOutcome *outcome;
  WayRefresher refresher;
  gint64 last;
} Skill;

typedef struct
{
  char *person;
  gboolean is_all;
} Ask;

static void
ask_free (Ask *self)
{
  g_free (self->person);
  g_free (self);
}

/* The skills of the pack, and of each question of a check which one it asks about. */
static GPtrArray *
list_skills (WayPack *pack, GHashTable *by_item)
{
  GPtrArray *skills = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *modules = way_pack_get_modules (pack);

  for (guint m = 0; m < modules->len; m++)
    {
      const WayModule *module = modules->pdata[m];

      for (guint o = 0; o < module->outcomes->len; o++)
        {
          Skill *skill = g_new0 (Skill, 1);

          skill->module = module;
          skill->outcome = module->outcomes->pdata[o];
          g_ptr_array_add (skills, skill);
          for (guint i = 0; i < module->check->len; i++)
            {
              const WayCheckItem *item = module->check->pdata[i];

              if (g_strcmp0 (item->outcome, skill->outcome->id) == 0)
                g_hash_table_insert (by_item, item->id, skill);
            }
        }
    }
  return skills;
}

static int
compare_due (gconstpointer a, gconstpointer b)
{
  const WayScheduled *x = a;
  const WayScheduled *y = b;

  if (x->due != y->due)
    return x->due < y->due ? -1 : 1;
  return g_strcmp0 (x->outcome->id, y->outcome->id);
}

static GListStore *
load_answers (WaySession *session, const char *person, GError **error)
{
  const char *values[] = { person, NULL };
  WayDb *db = way_session_get_db (session, error);

  return db != NULL ? way_row_query (db, ANSWERS, values, error) : NULL;
}

/**
 * way_schedule_load:
 * @now: µs
 *
 * By the published schedule of FSRS-6, each answer in its turn: wrong is Again, right is
 * Good. A schedule, not a claim about what anybody retains.
 *
 * Returns: (transfer full) (nullable) (element-type WayScheduled): every skill that was
 *   ever answered, the longest due first
 */
GArray *
way_schedule_load (WaySession *session, const char *person, gint64 now, GError **error)
{
  g_autoptr (GListStore) answers = load_answers (session, person, error);
  g_autoptr (GHashTable) by_item = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) skills = list_skills (session->pack, by_item);
  GArray *schedule;

  if (answers == NULL)
    return NULL;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (answers)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (answers), i);
      Skill *skill = g_hash_table_lookup (by_item, way_row_get_text (row, "item"));
      gint64 at = way_row_get_int (row, "at");

      if (skill == NULL)
        continue;
      way_refresher_answer (&skill->refresher, (double) MAX (at - skill->last, 0) / DAY,
                            way_row_get_number (row, "score") >= 1);
      skill->last = at;
    }

  schedule = g_array_new (FALSE, FALSE, sizeof (WayScheduled));
  for (guint i = 0; i < skills->len; i++)
    {
      const Skill *skill = skills->pdata[i];
      WayScheduled scheduled = { skill->module, skill->outcome, skill->last };

      if (!skill->refresher.is_known)
        continue;
      scheduled.due = skill->last + way_refresher_get_interval (&skill->refresher) * DAY;
      scheduled.held = way_refresher_get_retrievability (&skill->refresher,
                                                         (double) MAX (now - skill->last, 0) / DAY);
      g_array_append_val (schedule, scheduled);
    }
  g_array_sort (schedule, compare_due);
  return schedule;
}

/* A question and when it was last asked; among those never asked, or asked at the same
 * time, the lot decides. */
typedef struct
{
  char *id;
  gint64 last;
  guint64 lot;
} Question;

static int
compare_questions (gconstpointer a, gconstpointer b)
{
  const Question *x = a;
  const Question *y = b;

  if (x->last != y->last)
    return x->last < y->last ? -1 : 1;
  return x->lot < y->lot ? -1 : x->lot > y->lot;
}

/**
 * way_schedule_draw:
 * @skill: an outcome of @module
 * @seed: of the lot between questions that were asked as long ago
 *
 * Returns: (transfer container) (nullable) (element-type char*): ids of the pack, at most
 *   three
 */
GPtrArray *
way_schedule_draw (WaySession *session,
                   const char *person,
                   const WayModule *module,
                   const char *skill,
                   guint64 seed,
                   GError **error)
{
  g_autoptr (GListStore) answers = load_answers (session, person, error);
  g_autoptr (GArray) questions = g_array_new (FALSE, FALSE, sizeof (Question));
  GPtrArray *drawn;
  WayRandom random;

  if (answers == NULL)
    return NULL;
  way_random_init (&random, seed, 0);
  for (guint i = 0; i < module->check->len; i++)
    {
      const WayCheckItem *item = module->check->pdata[i];
      Question question = { item->id, 0, way_random_next (&random) };

      if (g_strcmp0 (item->outcome, skill) != 0)
        continue;
      for (guint k = 0; k < g_list_model_get_n_items (G_LIST_MODEL (answers)); k++)
        {
          g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (answers), k);

          if (g_str_equal (way_row_get_text (row, "item"), item->id))
            question.last = way_row_get_int (row, "at");
        }
      g_array_append_val (questions, question);
    }
  g_array_sort (questions, compare_questions);
  drawn = g_ptr_array_new ();
  for (guint i = 0; i < MIN (questions->len, QUESTIONS); i++)
    g_ptr_array_add (drawn, g_array_index (questions, Question, i).id);
  return drawn;
}

static guint
count_questions (const WayModule *module, const char *skill)
{
  guint n = 0;

  for (guint i = 0; i < module->check->len; i++)
    n += g_strcmp0 (((const WayCheckItem *) module->check->pdata[i])->outcome, skill) == 0;
  return MIN (n, QUESTIONS);
}

static void
refreshers_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  static const char *const columns[] = { "skill",      "title",   "module", "module_title",
                                         "capability", "last",    "due",    "days",
                                         "questions",  "minutes", "held",   NULL };
  const Ask *data = task_data;
  gint64 now = g_get_real_time ();
  g_autoptr (WayRowBuilder) builder = way_row_builder_new (columns);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) schedule = way_schedule_load (source, data->person, now, &error);

  if (schedule == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  for (guint i = 0; i < schedule->len; i++)
    {
      const WayScheduled *skill = &g_array_index (schedule, WayScheduled, i);

      if (skill->due > now && !data->is_all)
        continue;
      way_row_builder_add_text (builder, skill->outcome->id);
      way_row_builder_add_text (builder, skill->outcome->text);
      way_row_builder_add_text (builder, skill->module->id);
      way_row_builder_add_text (builder, skill->module->title);
      way_row_builder_add_text (builder, skill->module->capability);
      way_row_builder_add_int (builder, skill->last);
      way_row_builder_add_int (builder, skill->due);
      way_row_builder_add_int (builder, (now - skill->due) / DAY);
      way_row_builder_add_int (builder, count_questions (skill->module, skill->outcome->id));
      way_row_builder_add_int (builder, MINUTES);
      way_row_builder_add_number (builder, skill->held);
    }
  g_task_return_pointer (task, way_row_builder_end (builder), g_object_unref);
}

/**
 * way_session_load_refreshers_async:
 * @is_all: whether skills that are not due yet are listed as well
 *
 * What to ask again: two minutes to stay sharp.
 */
void
way_session_load_refreshers_async (WaySession *self,
                                   gboolean is_all,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Ask *data;

  g_return_if_fail (WAY_IS_SESSION (self));

  task = way_session_begin (self, self, way_session_load_refreshers_async, cancellable, callback,
                            user_data);
  data = g_new0 (Ask, 1);
  data->person = g_strdup (way_session_get_person (self));
  data->is_all = is_all;
  g_task_set_task_data (task, data, (GDestroyNotify) ask_free);
  way_worker_run (self->store_worker, task, refreshers_thread);
}
