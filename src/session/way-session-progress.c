/* way-session-progress.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-row-builder.h"
#include "session/way-session-private.h"
#include "session/way-shelf.h"

#include <math.h>

/* The modules as one person meets them: how far they are, what is left, and who asks. */

/* What was asked of them and not ended since, the nearest day first; a day of 0 is none. */
#define MY_ASSIGNMENTS                                                                             \
  "SELECT e.body ->> 'module' AS module, e.body ->> 'due' AS due FROM live e "                     \
  "WHERE e.kind = 'assignment' AND e.person = CAST($1 AS text) "                                   \
  "AND e.body ->> 'module' IS NOT NULL AND NOT EXISTS (SELECT 1 FROM live x "                      \
  "WHERE x.kind = 'assignment_end' AND x.body ->> 'assignment' = e.id) "                           \
  "ORDER BY CASE WHEN coalesce (CAST(e.body ->> 'due' AS bigint), 0) > 0 THEN 0 ELSE 1 END, "      \
  "CAST(e.body ->> 'due' AS bigint), e.id"

static GListStore *
query (WaySession *self, const char *person, const char *sql, GError **error)
{
  const char *values[] = { person, NULL };
  WayDb *db = way_session_get_db (self, error);

  return db != NULL ? way_row_query (db, sql, values, error) : NULL;
}

/* How many steps of each module are behind: char* id → int. */
static GHashTable *
load_steps (WaySession *self, const char *person, GError **error)
{
  g_autoptr (GListStore)
      rows = query (self, person,
                    "SELECT module, steps FROM progress WHERE person = CAST($1 AS text)", error);
  GHashTable *steps;

  if (rows == NULL)
    return NULL;
  steps = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (rows)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (rows), i);

      g_hash_table_insert (steps, g_strdup (way_row_get_text (row, "module")),
                           GINT_TO_POINTER ((int) way_row_get_int (row, "steps")));
    }
  return steps;
}

static WayRow *
find_asked (GListModel *asked, const char *module)
{
  for (guint i = 0; i < g_list_model_get_n_items (asked); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (asked, i);

      if (g_str_equal (way_row_get_text (row, "module"), module))
        return row; /* borrowed from the list */
    }
  return NULL;
}

/**
 * way_session_list_progress:
 * @role: (nullable): whose pathway
 * @summary: what the plan is judged from
 *
 * Store thread.
 *
 * Returns: (transfer full) (nullable): as way_session_load_progress_finish()
 */
GListStore *
way_session_list_progress (WaySession *self,
                           const char *person,
                           const char *role,
                           const WaySummary *summary,
                           GError **error)
{
  static const char *const columns[] = { "key",        "module", "title",   "summary",
                                         "capability", "level",  "minutes", "state",
                                         "why",        "is_gap", "type",    "minutes_left",
                                         "is_needed",  "asked",  "due",     "unserved",
                                         NULL };
  g_autoptr (WayRowBuilder) builder = way_row_builder_new (columns);
  g_autoptr (GHashTable) steps = load_steps (self, person, error);
  g_autoptr (GListStore) asked = steps != NULL ? query (self, person, MY_ASSIGNMENTS, error) : NULL;
  g_autoptr (GPtrArray) plan = NULL;
  g_autofree char *unserved = NULL;

  if (asked == NULL)
    return NULL;
  plan = way_plan_judge (self->pack, summary, role);
  unserved = way_shelf_describe_unserved (self->pack, summary);
  for (guint i = 0; i < plan->len; i++)
    {
      const WayModule *module = g_ptr_array_index (plan, i);
      const char *state = g_hash_table_lookup (summary->module_states, module->id);
      int capability = way_pack_find_capability (self->pack, module->capability);
      gboolean is_gap = capability >= 0 && !isnan (summary->p_required[capability])
                        && summary->standing[capability] != WAY_STANDING_MET;
      gboolean is_needed = capability >= 0 && module->level <= summary->required[capability];
      WayRow *assignment = find_asked (G_LIST_MODEL (asked), module->id);
      int n_steps = GPOINTER_TO_INT (g_hash_table_lookup (steps, module->id));

      way_row_builder_add_text (builder, module->id);
      way_row_builder_add_text (builder, module->id);
      way_row_builder_add_text (builder, module->title);
      way_row_builder_add_text (builder, module->summary);
      way_row_builder_add_text (builder, module->capability);
      way_row_builder_add_int (builder, module->level);
      way_row_builder_add_int (builder, module->minutes);
      way_row_builder_add_text (builder, state);
      way_row_builder_add_text (builder, is_gap ? "largest-gap" : "pathway");
      way_row_builder_add_int (builder, is_gap);
      way_row_builder_add_text (builder, "module");
      way_row_builder_add_int (builder, way_shelf_count_minutes (module, state, n_steps));
      way_row_builder_add_int (builder, is_needed);
      way_row_builder_add_text (builder, assignment != NULL ? "1" : NULL);
      way_row_builder_add_int (builder,
                               assignment != NULL ? way_row_get_int (assignment, "due") : 0);
      way_row_builder_add_text (builder, unserved);
    }
  return way_row_builder_end (builder);
}
