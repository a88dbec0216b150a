/* way-practice-apps.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "practice/way-practice-private.h"

#include <string.h>

/* Every app there is. A new one brings a file of its own and one line here. */
static const WayPracticeApp *const apps[] = {
  &way_practice_computer_app, &way_practice_files_app, &way_practice_finder_app,
  &way_practice_form_app,     &way_practice_inbox_app, &way_practice_inspect_app,
  &way_practice_keys_app,     &way_practice_order_app, &way_practice_record_app,
  &way_practice_settings_app, &way_practice_share_app, &way_practice_signin_app,
  &way_practice_table_app,    &way_practice_talk_app,
};

static gboolean
is_word_of (const char *words, const char *word)
{
  g_auto (GStrv) each = g_strsplit (words != NULL ? words : "", " ", -1);

  return g_strv_contains ((const char *const *) each, word);
}

/**
 * way_practice_find_app:
 * @name: (nullable): as a desk names it
 *
 * Returns: (transfer none) (nullable): the app, %NULL for one that needs a newer Waymark
 */
const WayPracticeApp *
way_practice_find_app (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (apps); i++)
    if (g_strcmp0 (apps[i]->name, name) == 0)
      return apps[i];

  return NULL;
}

static const WayPracticeApp *
find_owner (const WayDeskRecord *record)
{
  for (guint i = 0; i < G_N_ELEMENTS (apps); i++)
    if (is_word_of (apps[i]->tasks, record->type) || is_word_of (apps[i]->lookups, record->type))
      return apps[i];

  return NULL;
}

/**
 * way_practice_get_app:
 * @record: what stands on a desk
 *
 * Returns: (nullable) (transfer none): name of the app that knows its kind
 */
const char *
way_practice_get_app (const WayDeskRecord *record)
{
  const WayPracticeApp *app;

  g_return_val_if_fail (record != NULL, NULL);

  app = find_owner (record);

  return app != NULL ? app->name : NULL;
}

/**
 * way_practice_is_task:
 * @record: what stands on a desk
 *
 * Returns: whether something is to be decided about it, as about a message or a request;
 *   a patient's record is only looked things up in
 */
gboolean
way_practice_is_task (const WayDeskRecord *record)
{
  const WayPracticeApp *app;

  g_return_val_if_fail (record != NULL, FALSE);

  app = find_owner (record);

  return app != NULL && is_word_of (app->tasks, record->type);
}

/**
 * way_practice_is_of_app:
 * @target: (nullable): a record's id, as "done" tells it
 * @app: one of the desk's apps
 *
 * Returns: whether something was done in that app
 */
gboolean
way_practice_is_of_app (WayPractice *self, const char *target, const char *app)
{
  const WayDeskRecord *record;

  g_return_val_if_fail (WAY_IS_PRACTICE (self), FALSE);

  record = way_practice_find_record (self, target);

  return record != NULL && g_strcmp0 (way_practice_get_app (record), app) == 0;
}
