/* way-practice-check.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "practice/way-practice-private.h"

#include <string.h>

/* Written by hand: clang-format breaks up the name inside G_DEFINE_QUARK. */
GQuark
way_practice_error_quark (void)
{
  return g_quark_from_static_string ("way-practice-error-quark");
}

static const struct
{
  const char *name;
  const char *attributes; /* the only ones it may have, with spaces between */
  const char *actions;    /* (nullable) those of them that name actions */
} tests[] = {
  { "all", "", NULL },
  { "any", "", NULL },
  { "not", "", NULL },
  { "did", "action target value", "action" },
  { "final", "target state value", NULL },
  { "before", "first then target first-target first-value then-target then-value", "first then" },
  { "count", "action target value min max distinct until until-target until-value",
    "action until" },
  { "is", "field value", NULL },
};

static gboolean
is_verb (const WayVerb *verbs, const char *name)
{
  if (strcmp (name, "finish") == 0)
    return TRUE;
  for (const WayVerb *verb = verbs; verb->name != NULL; verb++)
    if (strcmp (verb->name, name) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
is_group (WayDesk *desk, const char *name)
{
  for (guint i = 0; i < desk->records->len; i++)
    {
      const WayDeskRecord *record = g_ptr_array_index (desk->records, i);

      if (g_strcmp0 (record->group, name) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_record (WayDesk *desk, const char *id)
{
  for (guint i = 0; i < desk->records->len; i++)
    {
      const WayDeskRecord *record = g_ptr_array_index (desk->records, i);

      if (strcmp (record->id, id) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
check_actions (WayDesk *desk, const WayDeskTest *test, const char *attribute, GError **error)
{
  const WayVerb *verbs = way_practice_find_verbs (desk->app);
  const char *text = g_hash_table_lookup (test->attributes, attribute);
  g_auto (GStrv) names = g_strsplit (text != NULL ? text : "", " ", -1);

  for (guint i = 0; names[i] != NULL; i++)
    if (!is_verb (verbs, names[i]))
      {
        g_set_error (error, WAY_PRACTICE_ERROR, WAY_PRACTICE_ERROR_RULE,
                     "%s:%d: “%s” is nothing that can be done in %s", desk->path, test->line,
                     names[i], desk->app);
        return FALSE;
      }

  return TRUE;
}

static gboolean
check_targets (WayDesk *desk, const WayDeskTest *test, gboolean is_bound, GError **error)
{
  static const char *const attributes[] = { "target", "first-target", "then-target",
                                            "until-target" };

  for (guint i = 0; i < G_N_ELEMENTS (attributes); i++)
    {
      const char *text = g_hash_table_lookup (test->attributes, attributes[i]);
      g_auto (GStrv) names = g_strsplit (text != NULL ? text : "", " ", -1);

      for (guint j = 0; names[j] != NULL; j++)
        if (names[j][0] == '$' ? !is_bound : !is_record (desk, names[j]))
          {
            g_set_error (error, WAY_PRACTICE_ERROR, WAY_PRACTICE_ERROR_RULE,
                         "%s:%d: there is no record “%s” here", desk->path, test->line, names[j]);
            return FALSE;
          }
    }

  return TRUE;
}

static gboolean
check_test (WayDesk *desk, const WayDeskTest *test, gboolean is_bound, GError **error)
{
  guint kind = 0;
  g_auto (GStrv) known = NULL;
  g_auto (GStrv) actions = NULL;
  GHashTableIter iter;
  gpointer attribute;

  while (kind < G_N_ELEMENTS (tests) && strcmp (tests[kind].name, test->name) != 0)
    kind++;
  if (kind == G_N_ELEMENTS (tests))
    {
      g_set_error (error, WAY_PRACTICE_ERROR, WAY_PRACTICE_ERROR_RULE,
                   "%s:%d: there is no test “%s”", desk->path, test->line, test->name);
      return FALSE;
    }

  known = g_strsplit (tests[kind].attributes, " ", -1);
  g_hash_table_iter_init (&iter, test->attributes);
  while (g_hash_table_iter_next (&iter, &attribute, NULL))
    if (!g_strv_contains ((const char *const *) known, attribute))
      {
        g_set_error (error, WAY_PRACTICE_ERROR, WAY_PRACTICE_ERROR_RULE,
                     "%s:%d: “%s” does not have “%s”", desk->path, test->line, test->name,
                     (const char *) attribute);
        return FALSE;
      }

  actions = g_strsplit (tests[kind].actions != NULL ? tests[kind].actions : "", " ", -1);
  for (guint i = 0; actions[i] != NULL; i++)
    if (!check_actions (desk, test, actions[i], error))
      return FALSE;
  if (!check_targets (desk, test, is_bound, error))
    return FALSE;
  for (guint i = 0; i < test->children->len; i++)
    if (!check_test (desk, g_ptr_array_index (test->children, i), is_bound, error))
      return FALSE;

  return TRUE;
}

static gboolean
check_draws (WayDesk *desk, GError **error)
{
  GHashTableIter iter;
  gpointer group;
  gpointer count;

  g_hash_table_iter_init (&iter, desk->draws);
  while (g_hash_table_iter_next (&iter, &group, &count))
    {
      int n = 0;

      for (guint i = 0; i < desk->records->len; i++)
        {
          const WayDeskRecord *record = g_ptr_array_index (desk->records, i);

          if (g_strcmp0 (record->group, group) == 0)
            n++;
        }
      if (GPOINTER_TO_INT (count) < 0 || GPOINTER_TO_INT (count) > n)
        {
          g_set_error (error, WAY_PRACTICE_ERROR, WAY_PRACTICE_ERROR_DRAW,
                       "%s: cannot draw %d of the group “%s”, which holds %d", desk->path,
                       GPOINTER_TO_INT (count), (const char *) group, n);
          return FALSE;
        }
    }

  return TRUE;
}

/**
 * way_practice_check_desk:
 * @desk: a desk that could be read
 * @error: return location, in the domain %WAY_PRACTICE_ERROR
 *
 * Looks for what reading cannot find: an app, a draw or a rule that cannot work.
 *
 * Returns: whether the desk can be practised on
 */
gboolean
way_practice_check_desk (WayDesk *desk, GError **error)
{
  g_return_val_if_fail (desk != NULL, FALSE);

  if (way_practice_find_verbs (desk->app) == NULL)
    {
      g_set_error (error, WAY_PRACTICE_ERROR, WAY_PRACTICE_ERROR_APP, "%s: there is no app “%s”",
                   desk->path, desk->app);
      return FALSE;
    }
  if (!check_draws (desk, error))
    return FALSE;

  for (guint i = 0; i < desk->rules->len; i++)
    {
      const WayDeskRule *rule = g_ptr_array_index (desk->rules, i);
      g_auto (GStrv) groups = g_strsplit (rule->each != NULL ? rule->each : "", " ", -1);

      for (guint j = 0; groups[j] != NULL; j++)
        if (!is_group (desk, groups[j]))
          {
            g_set_error (error, WAY_PRACTICE_ERROR, WAY_PRACTICE_ERROR_RULE,
                         "%s: the rule “%s” is for the group “%s”, which nothing is in", desk->path,
                         rule->id, groups[j]);
            return FALSE;
          }
      if (rule->test == NULL)
        {
          g_set_error (error, WAY_PRACTICE_ERROR, WAY_PRACTICE_ERROR_RULE,
                       "%s: the rule “%s” has no test", desk->path, rule->id);
          return FALSE;
        }
      if (!check_test (desk, rule->test, rule->each != NULL, error))
        return FALSE;
    }

  return TRUE;
}
