/* way-scoring.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assessment/way-scoring.h"

#include <math.h>
#include <string.h>

#include "assessment/way-expression.h"

/* What an adaptive item says of itself. */
#define COMPLETION "completionStatus"

/* Written by hand: clang-format would change the string of G_DEFINE_QUARK. */
GQuark
way_scoring_error_quark (void)
{
  return g_quark_from_static_string ("way-scoring-error-quark");
}

static gboolean
is_number_type (WayBaseType base_type)
{
  return base_type == WAY_BASE_INTEGER || base_type == WAY_BASE_FLOAT;
}

/* What a number stands for in the table of an outcome; NULL where it stands for nothing. */
static WayValue *
look_up (const WayDeclaration *declaration, double number)
{
  for (guint i = 0; i < declaration->table->len; i++)
    {
      const WayTableEntry *entry = declaration->table->pdata[i];
      gboolean is_it = number == entry->source
                       && (entry->is_included || !declaration->is_interpolated);

      if (is_it || (declaration->is_interpolated && number > entry->source))
        return way_value_new_text (declaration->base_type, entry->target);
    }

  return declaration->table_default != NULL
             ? way_value_new_text (declaration->base_type, declaration->table_default)
             : NULL;
}

static WayRuleResult
run_lookup_outcome (WayScope *scope, const WayExpression *rule, GError **error)
{
  const char *id = way_expression_get (rule, "identifier");
  const WayDeclaration *declaration = id != NULL ? way_item_find_outcome (scope->item, id) : NULL;
  g_autoptr (WayValue) value = NULL;
  g_autoptr (WayValue) found = NULL;
  double number;

  if (declaration == NULL || declaration->table == NULL)
    {
      way_expression_fail (rule, WAY_SCORING_ERROR_INVALID, error,
                           "looks up “%s”, which has no table", id != NULL ? id : "");
      return WAY_RULE_FAILED;
    }
  if (rule->children->len != 1)
    {
      way_expression_fail (rule, WAY_SCORING_ERROR_INVALID, error,
                           "holds no expression, or more than one");
      return WAY_RULE_FAILED;
    }
  if (!way_expression_evaluate (scope, rule->children->pdata[0], &value, error))
    return WAY_RULE_FAILED;

  if (way_value_get_number (value, &number))
    found = look_up (declaration, number);
  if (way_value_is_null (found))
    g_hash_table_remove (scope->outcomes, id);
  else
    g_hash_table_replace (scope->outcomes, g_strdup (id), g_steal_pointer (&found));

  return WAY_RULE_DONE;
}

static WayRuleResult
run_set_outcome (WayScope *scope, const WayExpression *rule, GError **error)
{
  const char *id = way_expression_get (rule, "identifier");
  const WayDeclaration *declaration = id != NULL ? way_item_find_outcome (scope->item, id) : NULL;
  g_autoptr (WayValue) value = NULL;
  gboolean is_builtin = g_strcmp0 (id, COMPLETION) == 0;

  if (declaration == NULL && !is_builtin)
    {
      way_expression_fail (rule, WAY_SCORING_ERROR_INVALID, error,
                           "sets “%s”, which the item does not declare", id != NULL ? id : "");
      return WAY_RULE_FAILED;
    }
  if (rule->children == NULL || rule->children->len != 1)
    {
      way_expression_fail (rule, WAY_SCORING_ERROR_INVALID, error,
                           "holds no expression, or more than one");
      return WAY_RULE_FAILED;
    }
  if (!way_expression_evaluate (scope, rule->children->pdata[0], &value, error))
    return WAY_RULE_FAILED;

  if (way_value_is_null (value))
    {
      g_hash_table_remove (scope->outcomes, id);
      return WAY_RULE_DONE;
    }
  if (declaration != NULL)
    {
      WayValue *typed = way_value_retype (rule, declaration, value, error);

      if (typed == NULL)
        return WAY_RULE_FAILED;
      g_hash_table_replace (scope->outcomes, g_strdup (id), typed);
      return WAY_RULE_DONE;
    }
  g_hash_table_replace (scope->outcomes, g_strdup (id), g_steal_pointer (&value));

  return WAY_RULE_DONE;
}

static WayRuleResult
run_rule (WayScope *scope, const WayExpression *rule, GError **error, gpointer data)
{
  if (g_str_equal (rule->name, "set-outcome-value"))
    return run_set_outcome (scope, rule, error);
  if (g_str_equal (rule->name, "lookup-outcome-value"))
    return run_lookup_outcome (scope, rule, error);
  if (g_str_equal (rule->name, "exit-response")
      || g_str_equal (rule->name, "exit-response-processing"))
    return WAY_RULE_EXIT;

  way_expression_fail (rule, WAY_SCORING_ERROR_UNSUPPORTED, error, "is not supported");

  return WAY_RULE_FAILED;
}

/* Outcomes before any rule: as declared; a number that is not set is 0. */
static GHashTable *
make_outcomes (const WayItem *item)
{
  GHashTable *outcomes = way_responses_new ();

  for (guint i = 0; item->outcomes != NULL && i < item->outcomes->len; i++)
    {
      const WayDeclaration *declaration = item->outcomes->pdata[i];

      if (!way_value_is_null (declaration->initial))
        g_hash_table_replace (outcomes, g_strdup (declaration->id),
                              way_value_ref (declaration->initial));
      else if (is_number_type (declaration->base_type)
               && declaration->cardinality == WAY_CARDINALITY_SINGLE)
        g_hash_table_replace (outcomes, g_strdup (declaration->id),
                              way_value_new_text (declaration->base_type, "0"));
    }

  if (item->is_adaptive)
    g_hash_table_replace (outcomes, g_strdup (COMPLETION),
                          way_value_new_text (WAY_BASE_IDENTIFIER, "unknown"));

  return outcomes;
}

/* An adaptive item goes on from where the attempt before left it. */
static void
take_over (GHashTable *outcomes, const WayScore *before)
{
  GHashTableIter iter;
  gpointer id;
  gpointer value;

  g_hash_table_remove_all (outcomes);
  g_hash_table_iter_init (&iter, before->outcomes);
  while (g_hash_table_iter_next (&iter, &id, &value))
    g_hash_table_replace (outcomes, g_strdup (id), way_value_ref (value));
}

static gboolean
is_completed (GHashTable *outcomes)
{
  const WayValue *value = g_hash_table_lookup (outcomes, COMPLETION);

  return !way_value_is_null (value) && g_str_equal (way_value_get_text (value), "completed");
}

/* What is known of the answering itself: without a word, how many attempts there were. */
static void
add_builtins (GHashTable *folded, GHashTable *responses, guint n_attempts)
{
  static const char *const ids[] = { "duration", "numAttempts" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      WayValue *given = responses != NULL ? g_hash_table_lookup (responses, ids[i]) : NULL;

      if (given != NULL)
        g_hash_table_replace (folded, g_strdup (ids[i]), way_value_ref (given));
      else if (g_str_equal (ids[i], "numAttempts"))
        {
          g_autofree char *number = g_strdup_printf ("%u", n_attempts);

          g_hash_table_replace (folded, g_strdup (ids[i]),
                                way_value_new_text (WAY_BASE_INTEGER, number));
        }
    }
}

/**
 * way_scoring_run:
 * @item: the item that was answered
 * @responses: (nullable) (element-type utf8 WayValue): response identifier → value; what
 *   is missing was not answered
 * @error: %WAY_SCORING_ERROR_UNSUPPORTED or %WAY_SCORING_ERROR_INVALID, with the line and
 *   element of the item's response processing
 *
 * Runs an item's response processing. Text is compared with white space folded and
 * trimmed; a number may have commas between its thousands; what should be a number and is
 * none counts as not answered.
 *
 * Returns: (transfer full) (nullable): the outcomes
 */
WayScore *
way_scoring_run (const WayItem *item, GHashTable *responses, GError **error)
{
  return way_scoring_run_again (item, responses, NULL, error);
}

/**
 * way_scoring_run_again:
 * @item: the item that was answered
 * @responses: (nullable) (element-type utf8 WayValue): as for way_scoring_run()
 * @before: (nullable): what the attempt before made of it; NULL at the first
 * @error: as of way_scoring_run()
 *
 * Scores one attempt. An adaptive item goes on from the outcomes of the attempt before, until
 * its completionStatus is completed; any other begins anew, and is complete at once.
 *
 * Returns: (transfer full) (nullable): the outcomes
 */
WayScore *
way_scoring_run_again (const WayItem *item,
                       GHashTable *responses,
                       const WayScore *before,
                       GError **error)
{
  g_autoptr (WayScore) score = NULL;
  g_autoptr (GHashTable) folded = NULL;
  WayRandom random;
  WayScope scope;

  g_return_val_if_fail (item != NULL, NULL);

  folded = way_responses_new ();
  for (guint i = 0; item->responses != NULL && i < item->responses->len; i++)
    {
      const WayDeclaration *declaration = item->responses->pdata[i];
      WayValue *given = responses != NULL ? g_hash_table_lookup (responses, declaration->id) : NULL;
      g_autoptr (WayValue) value = way_response_fold (declaration, given);

      if (!way_value_is_null (value))
        g_hash_table_replace (folded, g_strdup (declaration->id), g_steal_pointer (&value));
    }

  score = g_new0 (WayScore, 1);
  score->n_attempts = before != NULL ? before->n_attempts + 1 : 1;
  add_builtins (folded, responses, score->n_attempts);
  score->outcomes = make_outcomes (item);
  if (item->is_adaptive && before != NULL)
    take_over (score->outcomes, before);
  /* One answer has one score, whoever works it out and when. */
  way_random_init (&random, 0, 0);
  scope = (WayScope){ item, folded, score->outcomes, item->values, &random };
  if (item->processing != NULL
      && way_rules_run (&scope, item->processing, run_rule, NULL, error) == WAY_RULE_FAILED)
    {
      if (item->path != NULL)
        g_prefix_error (error, "%s: ", item->path);
      return NULL;
    }

  if (!way_value_get_number (g_hash_table_lookup (score->outcomes, "SCORE"), &score->score))
    score->score = 0;
  score->is_correct = score->score >= 1 - 1e-9;
  score->is_complete = !item->is_adaptive || is_completed (score->outcomes);

  return g_steal_pointer (&score);
}

/**
 * way_score_copy:
 * @self: a score; its outcomes are shared, and not to be changed
 *
 * Returns: (transfer full): the same
 */
WayScore *
way_score_copy (const WayScore *self)
{
  WayScore *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->outcomes = g_hash_table_ref (self->outcomes);

  return copy;
}

/**
 * way_score_free:
 * @self: (transfer full) (nullable): a score
 */
void
way_score_free (WayScore *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->outcomes);
  g_free (self);
}

/**
 * way_score_list_feedbacks:
 * @self: a score
 * @item: the item it is of
 *
 * Returns: (transfer container) (element-type WayFeedback): what @item has to say about
 *   these outcomes, in document order; the feedbacks belong to @item
 */
GPtrArray *
way_score_list_feedbacks (const WayScore *self, const WayItem *item)
{
  GPtrArray *shown;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (item != NULL, NULL);

  shown = g_ptr_array_new ();
  for (guint i = 0; item->feedbacks != NULL && i < item->feedbacks->len; i++)
    {
      WayFeedback *feedback = item->feedbacks->pdata[i];
      const WayValue *value = g_hash_table_lookup (self->outcomes, feedback->outcome);
      gboolean is_named = FALSE;

      for (guint j = 0; !way_value_is_null (value) && j < value->texts->len; j++)
        is_named = is_named || g_str_equal (value->texts->pdata[j], feedback->id);
      if (is_named == !!feedback->is_shown)
        g_ptr_array_add (shown, feedback);
    }

  return shown;
}

/* The best answer that a mapping knows: one for a single response, else all that earn. */
static WayValue *
dup_best_mapped (const WayDeclaration *declaration)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  double best = 0;

  for (guint i = 0; i < declaration->mapping->len; i++)
    {
      const WayMapEntry *entry = declaration->mapping->pdata[i];

      if (declaration->cardinality == WAY_CARDINALITY_SINGLE)
        {
          if (entry->value <= best)
            continue;
          g_ptr_array_set_size (texts, 0);
          best = entry->value;
        }
      else if (entry->value <= 0)
        continue;
      g_ptr_array_add (texts, entry->key);
    }
  g_ptr_array_add (texts, NULL);

  return way_value_new (declaration->base_type, declaration->cardinality,
                        (const char *const *) texts->pdata);
}

/**
 * way_scoring_dup_correct:
 * @item: an item
 *
 * What a right answer is, for a debrief: as the item declares it, or else the best that
 * its mapping knows.
 *
 * Returns: (transfer full) (nullable): response identifier → WayValue; %NULL where the
 *   item has none
 */
GHashTable *
way_scoring_dup_correct (const WayItem *item)
{
  g_autoptr (GHashTable) correct = NULL;

  g_return_val_if_fail (item != NULL, NULL);

  correct = way_responses_new ();
  for (guint i = 0; item->responses != NULL && i < item->responses->len; i++)
    {
      const WayDeclaration *declaration = item->responses->pdata[i];
      g_autoptr (WayValue) value = NULL;

      if (!way_value_is_null (declaration->correct))
        value = way_value_ref (declaration->correct);
      else if (declaration->mapping != NULL)
        value = dup_best_mapped (declaration);
      if (!way_value_is_null (value))
        g_hash_table_replace (correct, g_strdup (declaration->id), g_steal_pointer (&value));
    }

  return g_hash_table_size (correct) > 0 ? g_steal_pointer (&correct) : NULL;
}
