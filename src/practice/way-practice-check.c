/* way-practice-check.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "practice/way-practice-private.h"
#include "practice/way-practice-table.h"
#include "practice/way-practice-talk.h"

#include <stdarg.h>
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
  { "flag", "target name", NULL },
  { "right", "target question", NULL },
  { "tally", "field value state min max", NULL },
  { "field",
    "target name equals near contains lacks matches spelling min max unit min-words max-words "
    "empty",
    NULL },
  { "placed", "target slot min max before", NULL },
  { "given", "target what all but as", NULL },
  { "filed", "target in has lacks folder-has version final", NULL },
};

/* Says what is wrong and where; always FALSE, to be returned. A line of 0 is left out. */
gboolean
way_practice_fail (const WayDesk *desk, int line, GError **error, const char *format, ...)
{
  g_autofree char *place = line > 0 ? g_strdup_printf ("%s:%d", desk->path, line)
                                    : g_strdup (desk->path);
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, WAY_PRACTICE_ERROR, WAY_PRACTICE_ERROR_RECORD, "%s: %s", place, text);

  return FALSE;
}

static gboolean
is_verb (const WayDesk *desk, const char *name)
{
  static const char *const own[] = { "clock", "finish", "help", NULL };

  if (g_strv_contains (own, name))
    return TRUE;
  for (guint i = 0; desk->apps[i] != NULL; i++)
    for (const WayVerb *verb = way_practice_find_app (desk->apps[i])->verbs; verb->name != NULL;
         verb++)
      if (strcmp (verb->name, name) == 0)
        return TRUE;

  return FALSE;
}

static gboolean
is_group (const WayDesk *desk, const char *name)
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
is_record (const WayDesk *desk, const char *id)
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
  const char *text = g_hash_table_lookup (test->attributes, attribute);
  g_auto (GStrv) names = g_strsplit (text != NULL ? text : "", " ", -1);

  for (guint i = 0; names[i] != NULL; i++)
    if (!is_verb (desk, names[i]))
      {
        g_autofree char *apps = g_strjoinv (", ", desk->apps);

        g_set_error (error, WAY_PRACTICE_ERROR, WAY_PRACTICE_ERROR_RULE,
                     "%s:%d: “%s” is nothing that can be done in %s", desk->path, test->line,
                     names[i], apps);
        return FALSE;
      }

  return TRUE;
}

static gboolean
check_targets (WayDesk *desk, const WayDeskTest *test, gboolean is_bound, GError **error)
{
  static const char *const attributes[] = { "target", "first-target", "then-target", "until-target",
                                            "before" };

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

/* A flag that no reply sets would never be there, which “not” would not notice. */
static gboolean
check_flags (WayDesk *desk, const WayDeskTest *test, GError **error)
{
  const char *text = g_hash_table_lookup (test->attributes, "name");
  g_auto (GStrv) names = g_strsplit (text != NULL ? text : "", " ", -1);

  for (guint i = 0; strcmp (test->name, "flag") == 0 && names[i] != NULL; i++)
    if (names[i][0] != '\0' && !way_practice_has_flag (desk, names[i]))
      {
        g_set_error (error, WAY_PRACTICE_ERROR, WAY_PRACTICE_ERROR_RULE,
                     "%s:%d: no reply sets the flag “%s”", desk->path, test->line, names[i]);
        return FALSE;
      }

  return TRUE;
}

/* A question that no table asks would never have a right answer. */
static gboolean
check_questions (WayDesk *desk, const WayDeskTest *test, GError **error)
{
  const char *text = g_hash_table_lookup (test->attributes, "question");
  g_auto (GStrv) names = g_strsplit (text != NULL ? text : "", " ", -1);

  for (guint i = 0; strcmp (test->name, "right") == 0 && names[i] != NULL; i++)
    {
      gboolean is_asked = FALSE;

      for (guint j = 0; j < desk->records->len && !is_asked; j++)
        is_asked = way_table_is (desk->records->pdata[j])
                   && way_table_find_question (desk->records->pdata[j], names[i]) != NULL;
      if (!is_asked)
        {
          g_set_error (error, WAY_PRACTICE_ERROR, WAY_PRACTICE_ERROR_RULE,
                       "%s:%d: no table asks the question “%s”", desk->path, test->line, names[i]);
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
  if (!check_targets (desk, test, is_bound, error) || !check_flags (desk, test, error)
      || !check_questions (desk, test, error) || !way_practice_check_test (desk, test, error)
      || !way_practice_check_given (desk, test, error)
      || !way_practice_check_filed (desk, test, error))
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

static gboolean
check_arrival (const WayDesk *desk, const WayDeskRecord *record, GError **error)
{
  const char *after = way_desk_get_field (record, "after");
  const char *at = way_desk_get_field (record, "at");
  g_auto (GStrv) words = g_strsplit (after != NULL ? after : "", ":", 2);

  if (at != NULL && !g_ascii_string_to_unsigned (at, 10, 0, WAY_PRACTICE_MAX_SECONDS, NULL, NULL))
    return way_practice_fail (desk, record->line, error,
                              "“at” is a number of seconds up to %d, not “%s”",
                              WAY_PRACTICE_MAX_SECONDS, at);
  if (after != NULL && (words[0] == NULL || !is_verb (desk, words[0])))
    return way_practice_fail (desk, record->line, error,
                              "“after” names “%s”, which nobody can do here", after);
  if (after != NULL && words[1] != NULL && !is_record (desk, words[1]))
    return way_practice_fail (desk, record->line, error, "“after” names “%s”, which is not here",
                              words[1]);

  return TRUE;
}

static gboolean
check_record (const WayDesk *desk, const WayDeskRecord *record, GError **error)
{
  const WayPracticeApp *app = way_practice_find_app (way_practice_get_app (record));

  if (app == NULL || !g_strv_contains ((const char *const *) desk->apps, app->name))
    return way_practice_fail (desk, record->line, error, "no app of this desk shows <%s>",
                              record->type);
  if (!check_arrival (desk, record, error))
    return FALSE;

  return app->check == NULL || app->check (desk, record, error);
}

/* Who only sits there and says that it is finished earns nothing: with any record that
 * could be drawn, no rule that is worth points holds by itself. */
static gboolean
check_nothing_done (WayDesk *desk, GError **error)
{
  g_autoptr (WayPractice) practice = way_practice_new (desk, 0);

  way_practice_do (practice, "finish", NULL, NULL);
  for (guint i = 0; i < desk->rules->len; i++)
    {
      const WayDeskRule *rule = g_ptr_array_index (desk->rules, i);
      gboolean is_held = rule->each == NULL && way_practice_evaluate (practice, rule->test, NULL);

      for (guint j = 0; rule->each != NULL && j < desk->records->len && !is_held; j++)
        {
          const WayDeskRecord *record = g_ptr_array_index (desk->records, j);

          is_held = way_practice_is_of (record, rule->each)
                    && way_practice_evaluate (practice, rule->test, record);
        }
      if (is_held && rule->points > 0)
        {
          g_set_error (error, WAY_PRACTICE_ERROR, WAY_PRACTICE_ERROR_RULE,
                       "%s:%d: the rule “%s” gives points for doing nothing", desk->path,
                       rule->line, rule->id);
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

  for (guint i = 0; desk->apps[i] != NULL; i++)
    if (way_practice_find_app (desk->apps[i]) == NULL)
      {
        g_set_error (error, WAY_PRACTICE_ERROR, WAY_PRACTICE_ERROR_APP, "%s: there is no app “%s”",
                     desk->path, desk->apps[i]);
        return FALSE;
      }
  for (guint i = 0; i < desk->records->len; i++)
    if (!check_record (desk, g_ptr_array_index (desk->records, i), error))
      return FALSE;
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

  return check_nothing_done (desk, error);
}
