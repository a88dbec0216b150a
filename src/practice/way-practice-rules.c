/* way-practice-rules.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "practice/way-practice-private.h"
#include "practice/way-practice-table.h"
#include "practice/way-practice-talk.h"

#include <stdlib.h>
#include <string.h>

/* What a test asks of an action: alternatives, or NULL for any. A pattern that names a
 * field which the record lacks fits nothing. */
typedef struct
{
  char **actions; /* (nullable) */
  char **targets; /* (nullable) */
  char **values;  /* (nullable) */
} Pattern;

static void
pattern_clear (Pattern *pattern)
{
  g_clear_pointer (&pattern->actions, g_strfreev);
  g_clear_pointer (&pattern->targets, g_strfreev);
  g_clear_pointer (&pattern->values, g_strfreev);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pattern, pattern_clear)

static const char *
get_attribute (const WayDeskTest *test, const char *name)
{
  return g_hash_table_lookup (test->attributes, name);
}

/* Splits at spaces and puts in what "$" (the bound record's id) and "$.field" stand for.
 * NULL for an attribute that is not there. */
char **
way_practice_expand (const WayDeskTest *test, const char *name, const WayDeskRecord *bound)
{
  const char *text = get_attribute (test, name);
  g_autoptr (GPtrArray) words = NULL;
  g_auto (GStrv) parts = NULL;

  if (text == NULL)
    return NULL;

  words = g_ptr_array_new_null_terminated (0, g_free, TRUE);
  parts = g_strsplit (text, " ", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (parts[i][0] == '\0')
        continue;
      if (parts[i][0] != '$')
        g_ptr_array_add (words, g_strdup (parts[i]));
      else if (bound != NULL && parts[i][1] == '\0')
        g_ptr_array_add (words, g_strdup (bound->id));
      else if (bound != NULL && parts[i][1] == '.')
        {
          const char *field = way_desk_get_field (bound, parts[i] + 2);
          g_auto (GStrv) values = g_strsplit (field != NULL ? field : "", " ", -1);

          for (guint j = 0; values[j] != NULL; j++)
            if (values[j][0] != '\0')
              g_ptr_array_add (words, g_strdup (values[j]));
        }
    }

  return (char **) g_ptr_array_free (g_steal_pointer (&words), FALSE);
}

static void
pattern_init (Pattern *pattern,
              const WayDeskTest *test,
              const char *actions,
              const char *targets,
              const char *values,
              const WayDeskRecord *bound)
{
  pattern->actions = way_practice_expand (test, actions, bound);
  pattern->targets = way_practice_expand (test, targets, bound);
  pattern->values = way_practice_expand (test, values, bound);
}

static gboolean
is_one_of (char **words, const char *text)
{
  return words == NULL || (text != NULL && g_strv_contains ((const char *const *) words, text));
}

static gboolean
pattern_fits (const Pattern *pattern, const WayAction *done)
{
  return is_one_of (pattern->actions, done->action) && is_one_of (pattern->targets, done->target)
         && is_one_of (pattern->values, done->value);
}

static gboolean
evaluate_did (WayPractice *self, const WayDeskTest *test, const WayDeskRecord *bound)
{
  GPtrArray *trace = way_practice_get_trace (self);
  g_auto (Pattern) pattern = { NULL };

  pattern_init (&pattern, test, "action", "target", "value", bound);
  for (guint i = 0; i < trace->len; i++)
    if (pattern_fits (&pattern, g_ptr_array_index (trace, i)))
      return TRUE;

  return FALSE;
}

/* The state at the end, "none" when nothing was decided. */
static gboolean
evaluate_final (WayPractice *self, const WayDeskTest *test, const WayDeskRecord *bound)
{
  g_auto (GStrv) targets = way_practice_expand (test, "target", bound);
  g_auto (GStrv) states = way_practice_expand (test, "state", bound);
  g_auto (GStrv) values = way_practice_expand (test, "value", bound);

  if (targets == NULL || targets[0] == NULL)
    return FALSE;

  for (guint i = 0; targets[i] != NULL; i++)
    {
      const char *state = way_practice_get_state (self, targets[i]);

      if (!is_one_of (states, state != NULL ? state : "none")
          || !is_one_of (values, way_practice_get_state_value (self, targets[i])))
        return FALSE;
    }

  return TRUE;
}

/* `first` happened, and `then` had not happened until it did. */
static gboolean
evaluate_before (WayPractice *self, const WayDeskTest *test, const WayDeskRecord *bound)
{
  GPtrArray *trace = way_practice_get_trace (self);
  g_auto (Pattern) first = { NULL };
  g_auto (Pattern) then = { NULL };

  pattern_init (&first, test, "first",
                get_attribute (test, "first-target") != NULL ? "first-target" : "target",
                "first-value", bound);
  pattern_init (&then, test, "then",
                get_attribute (test, "then-target") != NULL ? "then-target" : "target",
                "then-value", bound);
  for (guint i = 0; i < trace->len; i++)
    {
      const WayAction *done = g_ptr_array_index (trace, i);

      if (pattern_fits (&first, done))
        return TRUE;
      if (pattern_fits (&then, done))
        return FALSE;
    }

  return FALSE;
}

/* A bound that is no number makes the test fail rather than hold. */
static gboolean
get_bound (const WayDeskTest *test, const char *name, guint64 initial, guint64 *bound)
{
  const char *text = get_attribute (test, name);

  *bound = initial;

  return text == NULL || g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT, bound, NULL);
}

/* How many, each value or target once where `distinct` says so; with `until`, only what
 * came before the last action of that name. */
static gboolean
evaluate_count (WayPractice *self, const WayDeskTest *test, const WayDeskRecord *bound)
{
  GPtrArray *trace = way_practice_get_trace (self);
  const char *distinct = get_attribute (test, "distinct");
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto (Pattern) pattern = { NULL };
  guint64 min;
  guint64 max;
  guint64 count = 0;
  guint end = trace->len;

  if (!get_bound (test, "min", 0, &min) || !get_bound (test, "max", G_MAXUINT, &max))
    return FALSE;

  pattern_init (&pattern, test, "action", "target", "value", bound);
  if (get_attribute (test, "until") != NULL)
    {
      g_auto (Pattern) until = { NULL };

      pattern_init (&until, test, "until", "until-target", "until-value", bound);
      while (end > 0 && !pattern_fits (&until, g_ptr_array_index (trace, end - 1)))
        end--;
      if (end == 0)
        end = trace->len;
    }

  for (guint i = 0; i < end; i++)
    {
      const WayAction *done = g_ptr_array_index (trace, i);
      char *key = g_strcmp0 (distinct, "value") == 0    ? done->value
                  : g_strcmp0 (distinct, "target") == 0 ? done->target
                                                        : NULL;

      if (pattern_fits (&pattern, done) && (key == NULL || g_hash_table_add (seen, key)))
        count++;
    }

  return count >= min && count <= max;
}

/* About the record itself, not about what was done. */
static gboolean
evaluate_is (WayPractice *self, const WayDeskTest *test, const WayDeskRecord *bound)
{
  const char *field = get_attribute (test, "field");
  g_auto (GStrv) values = way_practice_expand (test, "value", bound);
  const char *text;

  if (bound == NULL || field == NULL)
    return FALSE;
  text = strcmp (field, "group") == 0 ? bound->group : way_desk_get_field (bound, field);

  return values != NULL ? is_one_of (values, text) : text != NULL;
}

/* A talk has one of the flags, counting only the replies that were not taken back. */
static gboolean
evaluate_flag (WayPractice *self, const WayDeskTest *test, const WayDeskRecord *bound)
{
  g_auto (GStrv) targets = way_practice_expand (test, "target", bound);
  g_auto (GStrv) names = way_practice_expand (test, "name", bound);

  for (guint i = 0; targets != NULL && names != NULL && targets[i] != NULL; i++)
    {
      const WayDeskRecord *talk = way_practice_find_record (self, targets[i]);
      g_auto (GStrv) flags = NULL;

      if (!way_talk_is (talk))
        continue;
      flags = g_strsplit (way_practice_get_flags (self, talk), " ", -1);
      for (guint j = 0; names[j] != NULL; j++)
        if (g_strv_contains ((const char *const *) flags, names[j]))
          return TRUE;
    }

  return FALSE;
}

/* A question about a table has a right answer that was not taken back. */
static gboolean
evaluate_right (WayPractice *self, const WayDeskTest *test, const WayDeskRecord *bound)
{
  g_auto (GStrv) targets = way_practice_expand (test, "target", bound);
  g_auto (GStrv) questions = way_practice_expand (test, "question", bound);

  for (guint i = 0; targets != NULL && questions != NULL && targets[i] != NULL; i++)
    {
      const WayDeskRecord *table = way_practice_find_record (self, targets[i]);

      for (guint j = 0; way_table_is (table) && questions[j] != NULL; j++)
        if (way_practice_is_right (self, table, questions[j]))
          return TRUE;
    }

  return FALSE;
}

/* How many records whose field says so are in such a state at the end. */
static gboolean
evaluate_tally (WayPractice *self, const WayDeskTest *test, const WayDeskRecord *bound)
{
  GPtrArray *records = way_practice_get_records (self);
  const char *field = get_attribute (test, "field");
  g_auto (GStrv) values = way_practice_expand (test, "value", bound);
  g_auto (GStrv) states = way_practice_expand (test, "state", bound);
  guint64 min;
  guint64 max;
  guint64 n = 0;

  if (field == NULL || !get_bound (test, "min", 0, &min)
      || !get_bound (test, "max", G_MAXUINT, &max))
    return FALSE;

  for (guint i = 0; i < records->len; i++)
    {
      const WayDeskRecord *record = g_ptr_array_index (records, i);
      const char *state = way_practice_get_state (self, record->id);
      const char *text = strcmp (field, "group") == 0 ? record->group
                                                      : way_desk_get_field (record, field);

      n += text != NULL && is_one_of (values, text)
           && is_one_of (states, state != NULL ? state : "none");
    }

  return n >= min && n <= max;
}

/* Every child, some child: all of none hold, any of none does not. */
static gboolean
evaluate_children (WayPractice *self,
                   const WayDeskTest *test,
                   const WayDeskRecord *bound,
                   gboolean sought)
{
  for (guint i = 0; i < test->children->len; i++)
    if (way_practice_evaluate (self, g_ptr_array_index (test->children, i), bound) == sought)
      return sought;

  return !sought;
}

/* Whether a rule's test holds over what was done so far. A test of a name that nobody
 * knows never holds; way_practice_check_desk() finds those. */
gboolean
way_practice_evaluate (WayPractice *self, const WayDeskTest *test, const WayDeskRecord *bound)
{
  if (test == NULL)
    return FALSE;
  if (strcmp (test->name, "all") == 0)
    return evaluate_children (self, test, bound, FALSE);
  if (strcmp (test->name, "any") == 0)
    return evaluate_children (self, test, bound, TRUE);
  if (strcmp (test->name, "not") == 0)
    return !evaluate_children (self, test, bound, TRUE);
  if (strcmp (test->name, "did") == 0)
    return evaluate_did (self, test, bound);
  if (strcmp (test->name, "final") == 0)
    return evaluate_final (self, test, bound);
  if (strcmp (test->name, "before") == 0)
    return evaluate_before (self, test, bound);
  if (strcmp (test->name, "count") == 0)
    return evaluate_count (self, test, bound);
  if (strcmp (test->name, "is") == 0)
    return evaluate_is (self, test, bound);
  if (strcmp (test->name, "flag") == 0)
    return evaluate_flag (self, test, bound);
  if (strcmp (test->name, "right") == 0)
    return evaluate_right (self, test, bound);
  if (strcmp (test->name, "tally") == 0)
    return evaluate_tally (self, test, bound);
  if (strcmp (test->name, "field") == 0)
    return way_practice_evaluate_field (self, test, bound);
  if (strcmp (test->name, "placed") == 0)
    return way_practice_evaluate_placed (self, test, bound);
  if (strcmp (test->name, "given") == 0)
    return way_practice_evaluate_given (self, test, bound);
  if (strcmp (test->name, "filed") == 0)
    return way_practice_evaluate_filed (self, test, bound);

  return FALSE;
}
