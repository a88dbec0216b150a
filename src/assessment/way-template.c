/* way-template.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assessment/way-template.h"

#include "assessment/way-expression.h"
#include "assessment/way-scoring.h"

/* As often as QTI asks for at least; what still does not do then is taken. */
#define MOST_DRAWS 100

/* What is set while the rules run. */
typedef struct
{
  GHashTable *corrects; /* (owned) char* → WayValue */
  GHashTable *initials; /* (owned) */
} Draw;

static void
draw_clear (Draw *self)
{
  g_clear_pointer (&self->corrects, g_hash_table_unref);
  g_clear_pointer (&self->initials, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Draw, draw_clear)

static const WayDeclaration *
find_declaration (const WayItem *item, const char *rule, const char *id)
{
  const WayDeclaration *declaration = NULL;

  if (id == NULL)
    return NULL;
  if (g_str_equal (rule, "set-template-value"))
    return way_item_find_template (item, id);

  declaration = way_item_find_response (item, id);
  if (declaration == NULL && g_str_equal (rule, "set-default-value"))
    declaration = way_item_find_outcome (item, id);

  return declaration;
}

static WayRuleResult
run_set (WayScope *scope, const WayExpression *rule, GHashTable *into, GError **error)
{
  const char *id = way_expression_get (rule, "identifier");
  const WayDeclaration *declaration = find_declaration (scope->item, rule->name, id);
  g_autoptr (WayValue) value = NULL;
  WayValue *typed;

  if (declaration == NULL || rule->children->len != 1)
    {
      way_expression_fail (rule, WAY_SCORING_ERROR_INVALID, error,
                           "sets “%s”, which it cannot set so", id != NULL ? id : "");
      return WAY_RULE_FAILED;
    }
  if (!way_expression_evaluate (scope, rule->children->pdata[0], &value, error))
    return WAY_RULE_FAILED;
  if (way_value_is_null (value))
    {
      g_hash_table_remove (into, id);
      return WAY_RULE_DONE;
    }

  typed = way_value_retype (rule, declaration, value, error);
  if (typed == NULL)
    return WAY_RULE_FAILED;
  g_hash_table_replace (into, g_strdup (id), typed);

  return WAY_RULE_DONE;
}

static WayRuleResult
run_constraint (WayScope *scope, const WayExpression *rule, GError **error)
{
  g_autoptr (WayValue) value = NULL;

  if (rule->children->len != 1
      || !way_expression_evaluate (scope, rule->children->pdata[0], &value, error))
    return WAY_RULE_FAILED;

  return way_value_is_true (value) ? WAY_RULE_DONE : WAY_RULE_AGAIN;
}

static WayRuleResult
run_rule (WayScope *scope, const WayExpression *rule, GError **error, gpointer data)
{
  Draw *draw = data;

  if (g_str_equal (rule->name, "set-template-value"))
    return run_set (scope, rule, scope->templates, error);
  if (g_str_equal (rule->name, "set-correct-response"))
    return run_set (scope, rule, draw->corrects, error);
  if (g_str_equal (rule->name, "set-default-value"))
    return run_set (scope, rule, draw->initials, error);
  if (g_str_equal (rule->name, "template-constraint"))
    return run_constraint (scope, rule, error);
  if (g_str_equal (rule->name, "exit-template"))
    return WAY_RULE_EXIT;

  way_expression_fail (rule, WAY_SCORING_ERROR_UNSUPPORTED, error, "is not supported");

  return WAY_RULE_FAILED;
}

/* Template variables before any rule: as declared. */
static GHashTable *
make_templates (const WayItem *item)
{
  GHashTable *templates = way_responses_new ();

  for (guint i = 0; i < item->templates->len; i++)
    {
      const WayDeclaration *declaration = item->templates->pdata[i];

      if (!way_value_is_null (declaration->initial))
        g_hash_table_replace (templates, g_strdup (declaration->id),
                              way_value_ref (declaration->initial));
    }

  return templates;
}

/**
 * way_template_run:
 * @item: an item
 * @seed: what is drawn depends on this alone
 * @error: %WAY_SCORING_ERROR_UNSUPPORTED, %WAY_SCORING_ERROR_INVALID or
 *   %WAY_PACK_ERROR_INVALID
 *
 * Runs an item's template processing. When a constraint does not hold, everything is drawn
 * again, at most a hundred times, as QTI has it; then the last draw stands.
 *
 * Returns: (transfer full) (nullable): the item as it is asked with @seed; @item itself when
 *   it has no templates
 */
WayItem *
way_template_run (WayItem *item, guint64 seed, GError **error)
{
  g_autoptr (GHashTable) nothing = NULL;
  g_autoptr (GHashTable) values = NULL;
  g_auto (Draw) draw = { NULL, NULL };

  g_return_val_if_fail (item != NULL, NULL);

  if (item->templates->len == 0 || item->values != NULL)
    return way_item_ref (item);

  nothing = way_responses_new ();
  for (guint i = 0; i < MOST_DRAWS; i++)
    {
      WayRuleResult result = WAY_RULE_DONE;
      WayRandom random;
      WayScope scope;

      draw_clear (&draw);
      g_clear_pointer (&values, g_hash_table_unref);
      draw.corrects = way_responses_new ();
      draw.initials = way_responses_new ();
      values = make_templates (item);
      way_random_init (&random, seed, i);
      scope = (WayScope){ item, nothing, nothing, values, &random };
      if (item->template_processing != NULL)
        result = way_rules_run (&scope, item->template_processing, run_rule, &draw, error);
      if (result == WAY_RULE_FAILED)
        {
          if (item->path != NULL)
            g_prefix_error (error, "%s: ", item->path);
          return NULL;
        }
      if (result != WAY_RULE_AGAIN)
        break;
    }

  return way_item_new_instance (item, values, draw.corrects, draw.initials, error);
}

/**
 * way_template_load:
 * @pack: a pack
 * @id: an item of it
 * @seed: that of the sitting or check
 * @error: as way_pack_load_item() and way_template_run()
 *
 * Loads an item and makes it as it is asked in this sitting: the same however often it is
 * gone back to.
 *
 * Returns: (transfer full) (nullable): the item
 */
WayItem *
way_template_load (WayPack *pack, const char *id, guint64 seed, GError **error)
{
  g_autoptr (WayItem) item = way_pack_load_item (pack, id, error);

  return item != NULL ? way_template_run (item, seed ^ g_str_hash (id), error) : NULL;
}
