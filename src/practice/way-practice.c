/* way-practice.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "practice/way-practice-private.h"

#include <string.h>

typedef struct
{
  char *name;
  char *value; /* (nullable) */
} State;

/* One run of a desk. Whoever shows the desk owns it; the log keeps the seed and the
 * actions, from which the same run can be made again. */
struct _WayPractice
{
  GObject parent_instance;

  WayDesk *desk; /* (owned) */
  guint64 seed;
  GPtrArray *records;  /* (owned) of WayDeskRecord, which the desk owns */
  GPtrArray *trace;    /* (owned) of WayAction */
  GHashTable *states;  /* (owned) char* id → GPtrArray of State, the last one holds */
  GPtrArray *apps;     /* (owned) of WayPracticeApp, those of the desk that are known */
  GPtrArray *held;     /* (owned) of WayDeskRecord (nullable): what each app holds */
  GPtrArray *arrivals; /* (owned) what is still to come */
  guint clock;         /* seconds */
  gboolean is_finished;
};

G_DEFINE_FINAL_TYPE (WayPractice, way_practice, G_TYPE_OBJECT)

enum
{
  ARRIVED,
  DONE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
action_free (WayAction *action)
{
  g_free (action->action);
  g_free (action->target);
  g_free (action->value);
  g_free (action);
}

static void
state_free (State *state)
{
  g_free (state->name);
  g_free (state->value);
  g_free (state);
}

static const State *
find_state (WayPractice *self, const char *record)
{
  GPtrArray *stack = g_hash_table_lookup (self->states, record);

  return stack != NULL && stack->len > 0 ? g_ptr_array_index (stack, stack->len - 1) : NULL;
}

static void
way_practice_finalize (GObject *object)
{
  WayPractice *self = WAY_PRACTICE (object);

  g_clear_pointer (&self->apps, g_ptr_array_unref);
  g_clear_pointer (&self->arrivals, g_ptr_array_unref);
  g_clear_pointer (&self->held, g_ptr_array_unref);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->trace, g_ptr_array_unref);
  g_clear_pointer (&self->states, g_hash_table_unref);
  g_clear_pointer (&self->desk, way_desk_unref);

  G_OBJECT_CLASS (way_practice_parent_class)->finalize (object);
}

static void
way_practice_class_init (WayPracticeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = way_practice_finalize;

  /* The record that has just come, after the "done" of what brought it. */
  signals[ARRIVED] = g_signal_new ("arrived", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  /* Action, target and value of what has just been accepted. */
  signals[DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
}

static void
way_practice_init (WayPractice *self)
{
  self->trace = g_ptr_array_new_with_free_func ((GDestroyNotify) action_free);
  self->states = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) g_ptr_array_unref);
  self->apps = g_ptr_array_new ();
  self->held = g_ptr_array_new ();
}

/* What is due is there before anybody hears of it. */
static void
let_arrive (WayPractice *self)
{
  g_autoptr (GPtrArray) due = way_practice_arrivals_take (self->arrivals, self->clock);

  for (guint i = 0; i < due->len; i++)
    g_signal_emit (self, signals[ARRIVED], 0, due->pdata[i]);
}

/**
 * way_practice_new:
 * @desk: what is practised on
 * @seed: decides what is drawn; the same seed draws the same
 *
 * Returns: (transfer full): a run in which nothing has been done yet
 */
WayPractice *
way_practice_new (WayDesk *desk, guint64 seed)
{
  WayPractice *self;

  g_return_val_if_fail (desk != NULL, NULL);

  self = g_object_new (WAY_TYPE_PRACTICE, NULL);
  self->desk = way_desk_ref (desk);
  self->seed = seed;
  self->records = way_practice_draw (desk, seed);
  for (guint i = 0; desk->apps[i] != NULL; i++)
    {
      const WayPracticeApp *app = way_practice_find_app (desk->apps[i]);

      if (app != NULL)
        g_ptr_array_add (self->apps, (gpointer) app);
    }
  g_ptr_array_set_size (self->held, self->apps->len);
  self->arrivals = way_practice_arrivals_new (self->records);
  let_arrive (self);

  return self;
}

/**
 * way_practice_get_desk:
 *
 * Returns: (transfer none): what is practised on
 */
WayDesk *
way_practice_get_desk (WayPractice *self)
{
  g_return_val_if_fail (WAY_IS_PRACTICE (self), NULL);

  return self->desk;
}

/**
 * way_practice_get_seed:
 *
 * Returns: what decided the draw
 */
guint64
way_practice_get_seed (WayPractice *self)
{
  g_return_val_if_fail (WAY_IS_PRACTICE (self), 0);

  return self->seed;
}

/**
 * way_practice_get_records:
 *
 * Returns: (transfer none) (element-type WayDeskRecord): what was drawn, in showing order
 */
GPtrArray *
way_practice_get_records (WayPractice *self)
{
  g_return_val_if_fail (WAY_IS_PRACTICE (self), NULL);

  return self->records;
}

/**
 * way_practice_find_record:
 * @id: (nullable): a record's id
 *
 * Returns: (nullable) (transfer none): the record, if it was drawn
 */
const WayDeskRecord *
way_practice_find_record (WayPractice *self, const char *id)
{
  g_return_val_if_fail (WAY_IS_PRACTICE (self), NULL);

  for (guint i = 0; id != NULL && i < self->records->len; i++)
    {
      const WayDeskRecord *record = g_ptr_array_index (self->records, i);

      if (strcmp (record->id, id) == 0)
        return record;
    }

  return NULL;
}

static const WayVerb *
find_verb (const WayPracticeApp *app, const char *action)
{
  for (const WayVerb *verb = app->verbs; verb->name != NULL; verb++)
    if (strcmp (verb->name, action) == 0)
      return verb;

  return NULL;
}

/* Desk time only goes on, and only while something is still to come by it. */
static gboolean
can_clock (WayPractice *self, const char *value)
{
  guint64 seconds;

  return way_practice_get_next_arrival (self) > self->clock && value != NULL
         && g_ascii_string_to_unsigned (value, 10, self->clock + 1, WAY_PRACTICE_MAX_SECONDS,
                                        &seconds, NULL);
}

/* "finish", "help" and "clock" belong to the desk, everything else to an app: that of the
 * target. A target left out means what is in hand. */
static gboolean
resolve (WayPractice *self,
         const char *action,
         const char *target,
         const char *value,
         const WayVerb **verb,
         const WayDeskRecord **record)
{
  if (self->is_finished || action == NULL)
    return FALSE;

  *verb = NULL;
  *record = NULL;
  if (strcmp (action, "finish") == 0 || strcmp (action, "help") == 0)
    return target == NULL && value == NULL;
  if (strcmp (action, "clock") == 0)
    return target == NULL && can_clock (self, value);

  if (target != NULL)
    {
      *record = way_practice_find_record (self, target);
      if (*record == NULL || !way_practice_has_arrived (self, *record))
        return FALSE;
    }
  for (guint i = 0; i < self->apps->len && *verb == NULL; i++)
    {
      const WayPracticeApp *app = g_ptr_array_index (self->apps, i);

      if (target == NULL)
        *record = way_practice_get_current_in (self, app->name);
      else if (g_strcmp0 (way_practice_get_app (*record), app->name) != 0)
        continue;
      if (*record != NULL)
        *verb = find_verb (app, action);
    }

  return *verb != NULL && (*verb)->can (self, *record, value);
}

/**
 * way_practice_can:
 * @target: (nullable): a drawn record; left out, what is in hand
 * @value: (nullable): what the action takes besides
 *
 * Returns: whether way_practice_do() with the same words would be accepted
 */
gboolean
way_practice_can (WayPractice *self, const char *action, const char *target, const char *value)
{
  const WayVerb *verb;
  const WayDeskRecord *record;

  g_return_val_if_fail (WAY_IS_PRACTICE (self), FALSE);

  return resolve (self, action, target, value, &verb, &record);
}

/**
 * way_practice_do:
 * @action: one of the verbs of the target's app, or "finish", "help" and, with the seconds
 *   since the beginning as @value, "clock"
 * @target: (nullable): a drawn record; left out, what is in hand
 * @value: (nullable): what the action takes besides
 *
 * Does it, records it and emits "done".
 *
 * Returns: %FALSE when it makes no sense now; then nothing is recorded
 */
gboolean
way_practice_do (WayPractice *self, const char *action, const char *target, const char *value)
{
  const WayVerb *verb;
  const WayDeskRecord *record;
  WayAction *done;

  g_return_val_if_fail (WAY_IS_PRACTICE (self), FALSE);

  if (!resolve (self, action, target, value, &verb, &record))
    return FALSE;

  done = g_new0 (WayAction, 1);
  done->action = g_strdup (action);
  done->target = g_strdup (record != NULL ? record->id : NULL);
  done->value = g_strdup (value);
  g_ptr_array_add (self->trace, done);

  if (strcmp (action, "clock") == 0)
    self->clock = g_ascii_strtoull (value, NULL, 10);
  else if (verb == NULL)
    self->is_finished = strcmp (action, "finish") == 0;
  else
    {
      if (verb->state != NULL)
        way_practice_push_state (self, record->id, verb->state, value);
      if (verb->apply != NULL)
        verb->apply (self, record, value);
    }
  way_practice_arrivals_start (self->arrivals, done, self->clock);
  g_signal_emit (self, signals[DONE], 0, done->action, done->target, done->value);
  let_arrive (self);

  return TRUE;
}

/**
 * way_practice_get_n_actions:
 *
 * Returns: how many actions were accepted
 */
guint
way_practice_get_n_actions (WayPractice *self)
{
  g_return_val_if_fail (WAY_IS_PRACTICE (self), 0);

  return self->trace->len;
}

/**
 * way_practice_get_action:
 * @i: below way_practice_get_n_actions()
 * @action: (out) (optional) (transfer none)
 * @target: (out) (optional) (transfer none) (nullable)
 * @value: (out) (optional) (transfer none) (nullable)
 */
void
way_practice_get_action (
    WayPractice *self, guint i, const char **action, const char **target, const char **value)
{
  const WayAction *done;

  g_return_if_fail (WAY_IS_PRACTICE (self) && i < self->trace->len);

  done = g_ptr_array_index (self->trace, i);
  if (action != NULL)
    *action = done->action;
  if (target != NULL)
    *target = done->target;
  if (value != NULL)
    *value = done->value;
}

/**
 * way_practice_get_state:
 * @record: a record's id
 *
 * Returns: (nullable) (transfer none): what was last decided about it ("reported",
 *   "chosen", …); valid until the next action
 */
const char *
way_practice_get_state (WayPractice *self, const char *record)
{
  const State *state;

  g_return_val_if_fail (WAY_IS_PRACTICE (self) && record != NULL, NULL);

  state = find_state (self, record);

  return state != NULL ? state->name : NULL;
}

/**
 * way_practice_get_state_value:
 * @record: a record's id
 *
 * Returns: (nullable) (transfer none): what goes with the state, such as the patient
 *   chosen for a request; valid until the next action
 */
const char *
way_practice_get_state_value (WayPractice *self, const char *record)
{
  const State *state;

  g_return_val_if_fail (WAY_IS_PRACTICE (self) && record != NULL, NULL);

  state = find_state (self, record);

  return state != NULL ? state->value : NULL;
}

/**
 * way_practice_is_finished:
 *
 * Returns: whether "finish" was done; nothing is accepted after it
 */
gboolean
way_practice_is_finished (WayPractice *self)
{
  g_return_val_if_fail (WAY_IS_PRACTICE (self), FALSE);

  return self->is_finished;
}

/**
 * way_practice_get_current_in:
 * @app: one of the desk's apps
 *
 * Returns: (nullable) (transfer none): what that app has in hand: the finder's request, the
 *   step of signing in; %NULL in an inbox and when all is dealt with
 */
const WayDeskRecord *
way_practice_get_current_in (WayPractice *self, const char *app)
{
  guint i = 0;

  g_return_val_if_fail (WAY_IS_PRACTICE (self), NULL);

  while (i < self->apps->len
         && g_strcmp0 (((const WayPracticeApp *) self->apps->pdata[i])->name, app) != 0)
    i++;
  if (i == self->apps->len)
    return NULL;
  if (self->held->pdata[i] != NULL
      || !((const WayPracticeApp *) self->apps->pdata[i])->is_one_by_one)
    return self->held->pdata[i];

  for (guint j = 0; j < self->records->len; j++)
    {
      const WayDeskRecord *record = g_ptr_array_index (self->records, j);

      if (g_strcmp0 (way_practice_get_app (record), app) == 0 && way_practice_is_task (record)
          && find_state (self, record->id) == NULL && way_practice_has_arrived (self, record))
        return record;
    }

  return NULL;
}

/**
 * way_practice_get_current:
 *
 * Returns: (nullable) (transfer none): what is in hand in the first app that has something
 */
const WayDeskRecord *
way_practice_get_current (WayPractice *self)
{
  g_return_val_if_fail (WAY_IS_PRACTICE (self), NULL);

  for (guint i = 0; i < self->apps->len; i++)
    {
      const WayPracticeApp *app = g_ptr_array_index (self->apps, i);
      const WayDeskRecord *record = way_practice_get_current_in (self, app->name);

      if (record != NULL)
        return record;
    }

  return NULL;
}

/**
 * way_practice_dup_records:
 * @app: one of the desk's apps
 *
 * Returns: (transfer container) (element-type WayDeskRecord): what that app shows now, in
 *   order; what has not come yet is not among it
 */
GPtrArray *
way_practice_dup_records (WayPractice *self, const char *app)
{
  GPtrArray *shown;

  g_return_val_if_fail (WAY_IS_PRACTICE (self), NULL);

  shown = g_ptr_array_new ();
  for (guint i = 0; i < self->records->len; i++)
    {
      WayDeskRecord *record = g_ptr_array_index (self->records, i);

      if (g_strcmp0 (way_practice_get_app (record), app) == 0
          && way_practice_has_arrived (self, record))
        g_ptr_array_add (shown, record);
    }

  return shown;
}

/**
 * way_practice_has_arrived:
 * @record: one that was drawn
 *
 * Returns: whether it is there: nothing can be done with what is still to come
 */
gboolean
way_practice_has_arrived (WayPractice *self, const WayDeskRecord *record)
{
  g_return_val_if_fail (WAY_IS_PRACTICE (self), FALSE);

  return !way_practice_arrivals_has (self->arrivals, record);
}

/**
 * way_practice_get_clock:
 *
 * Returns: the desk time that was recorded last, in seconds
 */
guint
way_practice_get_clock (WayPractice *self)
{
  g_return_val_if_fail (WAY_IS_PRACTICE (self), 0);

  return self->clock;
}

/**
 * way_practice_get_next_arrival:
 *
 * Returns: the desk time, in seconds, at which the next record comes; 0 when none will come
 *   by itself. Until then whoever shows the desk counts, and does "clock".
 */
guint
way_practice_get_next_arrival (WayPractice *self)
{
  g_return_val_if_fail (WAY_IS_PRACTICE (self), 0);

  return self->is_finished ? 0 : way_practice_arrivals_next (self->arrivals);
}

/**
 * way_practice_get_n_help:
 *
 * Returns: how often help was asked for
 */
guint
way_practice_get_n_help (WayPractice *self)
{
  g_return_val_if_fail (WAY_IS_PRACTICE (self), 0);

  return way_practice_count (self, "help", NULL, NULL);
}

/**
 * way_practice_was_done:
 * @action: (nullable): any, when left out; so with the others
 *
 * Returns: whether an action like this is in the trace
 */
gboolean
way_practice_was_done (WayPractice *self, const char *action, const char *target, const char *value)
{
  g_return_val_if_fail (WAY_IS_PRACTICE (self), FALSE);

  return way_practice_count (self, action, target, value) > 0;
}

/**
 * way_practice_dup_code:
 * @record: a record's id
 *
 * The six digits that the invented telephone shows for a step of signing in.
 *
 * Returns: (transfer full): six digits
 */
char *
way_practice_dup_code (WayPractice *self, const char *record)
{
  guint64 random;

  g_return_val_if_fail (WAY_IS_PRACTICE (self) && record != NULL, NULL);

  random = self->seed ^ ((guint64) g_str_hash (record) << 16);

  return g_strdup_printf ("%06u", (guint) way_practice_random_below (&random, 1000000));
}

/**
 * way_practice_judge:
 *
 * Returns: (transfer full) (element-type WayRuleOutcome): each rule for each drawn record
 *   that it is about, record by record in showing order, then the rules about the whole
 */
GArray *
way_practice_judge (WayPractice *self)
{
  GArray *outcomes;

  g_return_val_if_fail (WAY_IS_PRACTICE (self), NULL);

  outcomes = g_array_new (FALSE, FALSE, sizeof (WayRuleOutcome));
  for (guint i = 0; i <= self->records->len; i++)
    {
      const WayDeskRecord *record = i < self->records->len ? g_ptr_array_index (self->records, i)
                                                           : NULL;

      for (guint j = 0; j < self->desk->rules->len; j++)
        {
          const WayDeskRule *rule = g_ptr_array_index (self->desk->rules, j);
          WayRuleOutcome outcome = { .rule = rule, .record = record };

          if (record != NULL ? rule->each == NULL || !way_practice_is_of (record, rule->each)
                             : rule->each != NULL)
            continue;
          outcome.is_held = way_practice_evaluate (self, rule->test, record);
          g_array_append_val (outcomes, outcome);
        }
    }

  return outcomes;
}

/**
 * way_practice_get_score:
 * @points: (out) (optional): points of the rules that held
 * @out_of: (out) (optional): points of all of them
 */
void
way_practice_get_score (WayPractice *self, int *points, int *out_of)
{
  g_autoptr (GArray) outcomes = NULL;
  int held = 0;
  int all = 0;

  g_return_if_fail (WAY_IS_PRACTICE (self));

  outcomes = way_practice_judge (self);
  for (guint i = 0; i < outcomes->len; i++)
    {
      const WayRuleOutcome *outcome = &g_array_index (outcomes, WayRuleOutcome, i);

      all += outcome->rule->points;
      if (outcome->is_held)
        held += outcome->rule->points;
    }
  if (points != NULL)
    *points = held;
  if (out_of != NULL)
    *out_of = all;
}

/* Inside the room. */

/**
 * way_practice_get_trace:
 *
 * Returns: (transfer none): of WayAction, in the order in which they were done
 */
GPtrArray *
way_practice_get_trace (WayPractice *self)
{
  return self->trace;
}

static void
set_held (WayPractice *self, const WayDeskRecord *record, gboolean is_held)
{
  for (guint i = 0; i < self->apps->len; i++)
    {
      const WayPracticeApp *app = g_ptr_array_index (self->apps, i);

      if (g_strcmp0 (way_practice_get_app (record), app->name) == 0)
        self->held->pdata[i] = is_held ? (gpointer) record : NULL;
    }
}

/* Its app holds it until it is let go, even once something was decided about it. */
void
way_practice_hold (WayPractice *self, const WayDeskRecord *record)
{
  set_held (self, record, TRUE);
}

/**
 * way_practice_let_go:
 *
 * Puts the record down: nothing is in hand in its app then.
 */
void
way_practice_let_go (WayPractice *self, const WayDeskRecord *record)
{
  set_held (self, record, FALSE);
}

/**
 * way_practice_push_state:
 * @record: its id
 * @value: (nullable): what was chosen with it
 *
 * Gives the record another state, above those that it had.
 */
void
way_practice_push_state (WayPractice *self,
                         const char *record,
                         const char *state,
                         const char *value)
{
  GPtrArray *stack = g_hash_table_lookup (self->states, record);
  State *pushed = g_new0 (State, 1);

  if (stack == NULL)
    {
      stack = g_ptr_array_new_with_free_func ((GDestroyNotify) state_free);
      g_hash_table_insert (self->states, g_strdup (record), stack);
    }
  pushed->name = g_strdup (state);
  pushed->value = g_strdup (value);
  g_ptr_array_add (stack, pushed);
}

/**
 * way_practice_pop_state:
 * @record: its id
 *
 * Gives the record the state that it had before the last.
 */
void
way_practice_pop_state (WayPractice *self, const char *record)
{
  GPtrArray *stack = g_hash_table_lookup (self->states, record);

  if (stack != NULL && stack->len > 0)
    g_ptr_array_set_size (stack, stack->len - 1);
}

/**
 * way_practice_count:
 * @action: (nullable): NULL for any
 * @target: (nullable): likewise
 * @value: (nullable): likewise
 *
 * Returns: how often that was done
 */
guint
way_practice_count (WayPractice *self, const char *action, const char *target, const char *value)
{
  guint count = 0;

  for (guint i = 0; i < self->trace->len; i++)
    {
      const WayAction *done = g_ptr_array_index (self->trace, i);

      if ((action == NULL || strcmp (done->action, action) == 0)
          && (target == NULL || g_strcmp0 (done->target, target) == 0)
          && (value == NULL || g_strcmp0 (done->value, value) == 0))
        count++;
    }

  return count;
}
