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
  GPtrArray *records;           /* (owned) of WayDeskRecord, which the desk owns */
  GPtrArray *trace;             /* (owned) of WayAction */
  GHashTable *states;           /* (owned) char* id → GPtrArray of State, the last one holds */
  const WayDeskRecord *current; /* (nullable) */
  const WayVerb *verbs;         /* (nullable) for an app nobody knows */
  gboolean is_finished;
};

G_DEFINE_FINAL_TYPE (WayPractice, way_practice, G_TYPE_OBJECT)

enum
{
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

/* A number below `n`, each as likely: what is left over at the top is thrown away. */
static guint64
random_below (guint64 *state, guint64 n)
{
  guint64 limit = G_MAXUINT64 - G_MAXUINT64 % n;
  guint64 number;

  do
    number = way_practice_random (state);
  while (number >= limit);

  return number % n;
}

static void
shuffle (GPtrArray *array, guint64 *state)
{
  for (guint i = array->len; i > 1; i--)
    {
      guint other = random_below (state, i);
      gpointer moved = array->pdata[i - 1];

      array->pdata[i - 1] = array->pdata[other];
      array->pdata[other] = moved;
    }
}

/* Each group in the order in which the file first names it, so that a draw depends on
 * nothing but the desk and the seed. */
static GPtrArray *
draw_records (WayDesk *desk, guint64 *random)
{
  g_autoptr (GHashTable) left_out = g_hash_table_new (g_direct_hash, g_direct_equal);
  g_autoptr (GHashTable) is_drawn = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();

  for (guint i = 0; i < desk->records->len; i++)
    {
      const WayDeskRecord *first = g_ptr_array_index (desk->records, i);
      g_autoptr (GPtrArray) pool = NULL;
      guint count;

      if (first->group == NULL || !g_hash_table_contains (desk->draws, first->group)
          || !g_hash_table_add (is_drawn, first->group))
        continue;

      pool = g_ptr_array_new ();
      for (guint j = i; j < desk->records->len; j++)
        {
          WayDeskRecord *record = g_ptr_array_index (desk->records, j);

          if (g_strcmp0 (record->group, first->group) == 0)
            g_ptr_array_add (pool, record);
        }
      shuffle (pool, random);
      count = MAX (GPOINTER_TO_INT (g_hash_table_lookup (desk->draws, first->group)), 0);
      for (guint j = count; j < pool->len; j++)
        g_hash_table_add (left_out, g_ptr_array_index (pool, j));
    }

  for (guint i = 0; i < desk->records->len; i++)
    {
      WayDeskRecord *record = g_ptr_array_index (desk->records, i);

      if (!g_hash_table_contains (left_out, record))
        g_ptr_array_add (chosen, record);
    }

  return g_steal_pointer (&chosen);
}

/* What was drawn changes places with what was drawn of its kind; the rest stays where
 * the file has it. */
static void
mix_records (WayDesk *desk, GPtrArray *records, guint64 *random)
{
  g_autoptr (GHashTable) types = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < records->len; i++)
    {
      const WayDeskRecord *first = g_ptr_array_index (records, i);
      g_autoptr (GPtrArray) drawn = NULL;
      g_autoptr (GArray) places = NULL;

      if (!g_hash_table_add (types, first->type))
        continue;

      drawn = g_ptr_array_new ();
      places = g_array_new (FALSE, FALSE, sizeof (guint));
      for (guint j = i; j < records->len; j++)
        {
          WayDeskRecord *record = g_ptr_array_index (records, j);

          if (strcmp (record->type, first->type) != 0 || record->group == NULL
              || !g_hash_table_contains (desk->draws, record->group))
            continue;
          g_ptr_array_add (drawn, record);
          g_array_append_val (places, j);
        }
      shuffle (drawn, random);
      for (guint j = 0; j < drawn->len; j++)
        records->pdata[g_array_index (places, guint, j)] = g_ptr_array_index (drawn, j);
    }
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  const WayDeskRecord *left = *(WayDeskRecord *const *) a;
  const WayDeskRecord *right = *(WayDeskRecord *const *) b;
  const char *left_time = way_practice_field (left, "time");
  const char *right_time = way_practice_field (right, "time");

  return left_time != NULL && right_time != NULL ? strcmp (right_time, left_time) : 0;
}

static void
way_practice_finalize (GObject *object)
{
  WayPractice *self = WAY_PRACTICE (object);

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
  guint64 random = seed;

  g_return_val_if_fail (desk != NULL, NULL);

  self = g_object_new (WAY_TYPE_PRACTICE, NULL);
  self->desk = way_desk_ref (desk);
  self->seed = seed;
  self->verbs = way_practice_find_verbs (desk->app);
  self->records = draw_records (desk, &random);
  mix_records (desk, self->records, &random);
  if (g_strcmp0 (desk->app, "inbox") == 0)
    g_ptr_array_sort (self->records, compare_newest_first);

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

/* "finish" belongs to the desk, everything else to its app. A target left out means what
 * is in hand. */
static gboolean
resolve (WayPractice *self,
         const char *action,
         const char *target,
         const char *value,
         const WayVerb **verb,
         const WayDeskRecord **record)
{
  if (self->is_finished || self->verbs == NULL || action == NULL)
    return FALSE;

  *verb = NULL;
  *record = NULL;
  if (strcmp (action, "finish") == 0)
    return target == NULL && value == NULL;

  for (const WayVerb *known = self->verbs; known->name != NULL; known++)
    if (strcmp (known->name, action) == 0)
      *verb = known;
  if (*verb == NULL)
    return FALSE;

  *record = target != NULL ? way_practice_find_record (self, target)
                           : way_practice_get_current (self);

  return *record != NULL && (*verb)->can (self, *record, value);
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
 * @action: one of the app's verbs, or "finish"
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

  if (verb == NULL)
    self->is_finished = TRUE;
  else
    {
      if (verb->state != NULL)
        way_practice_push_state (self, record->id, verb->state, value);
      if (verb->apply != NULL)
        verb->apply (self, record, value);
    }
  g_signal_emit (self, signals[DONE], 0, done->action, done->target, done->value);

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
 * way_practice_get_current:
 *
 * Returns: (nullable) (transfer none): what is in hand: the finder's request, the step of
 *   signing in; %NULL in an inbox and when all is dealt with
 */
const WayDeskRecord *
way_practice_get_current (WayPractice *self)
{
  static const char *const patient = "patient";

  g_return_val_if_fail (WAY_IS_PRACTICE (self), NULL);

  if (self->current != NULL || g_strcmp0 (self->desk->app, "inbox") == 0)
    return self->current;

  for (guint i = 0; i < self->records->len; i++)
    {
      const WayDeskRecord *record = g_ptr_array_index (self->records, i);

      if (strcmp (record->type, patient) != 0 && find_state (self, record->id) == NULL)
        return record;
    }

  return NULL;
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

  return g_strdup_printf ("%06u", (guint) random_below (&random, 1000000));
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

/* SplitMix64: small, known, and the same on every machine for ever, which the log needs. */
guint64
way_practice_random (guint64 *state)
{
  guint64 mixed = *state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  mixed = (mixed ^ (mixed >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  mixed = (mixed ^ (mixed >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);

  return mixed ^ (mixed >> 31);
}

GPtrArray *
way_practice_get_trace (WayPractice *self)
{
  return self->trace;
}

void
way_practice_set_current (WayPractice *self, const WayDeskRecord *record)
{
  self->current = record;
}

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

void
way_practice_pop_state (WayPractice *self, const char *record)
{
  GPtrArray *stack = g_hash_table_lookup (self->states, record);

  if (stack != NULL && stack->len > 0)
    g_ptr_array_set_size (stack, stack->len - 1);
}

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

const char *
way_practice_field (const WayDeskRecord *record, const char *name)
{
  return g_hash_table_lookup (record->fields, name);
}

const WayDeskRecord *
way_practice_find_part (const WayDeskRecord *record, const char *type, const char *id)
{
  for (guint i = 0; id != NULL && i < record->parts->len; i++)
    {
      const WayDeskRecord *part = g_ptr_array_index (record->parts, i);

      if (strcmp (part->type, type) == 0 && g_strcmp0 (part->id, id) == 0)
        return part;
    }

  return NULL;
}

/* Whether the record's group is one of those that stand in `groups` with spaces between. */
gboolean
way_practice_is_of (const WayDeskRecord *record, const char *groups)
{
  g_auto (GStrv) names = g_strsplit (groups, " ", -1);

  return record->group != NULL && g_strv_contains ((const char *const *) names, record->group);
}

const WayVerb *
way_practice_find_verbs (const char *app)
{
  if (g_strcmp0 (app, "inbox") == 0)
    return way_practice_inbox_verbs;
  if (g_strcmp0 (app, "finder") == 0)
    return way_practice_finder_verbs;
  if (g_strcmp0 (app, "signin") == 0)
    return way_practice_signin_verbs;

  return NULL;
}
