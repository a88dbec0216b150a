/* way-shelf.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-shelf.h"

#include "session/way-row-builder.h"

#include <glib/gi18n-lib.h>

/* What fits the minutes
 * ---------------------
 * In this order, and of each kind in the order of the person's plan:
 *
 *  1. modules that the trust asked for by a day that is over or less than a week away;
 *  2. skills that are due to be asked again, at most three: 2 minutes each;
 *  3. the rest of what the trust asked for;
 *  4. what has been begun, with what is left of it, and one thing to do on shift;
 *  5. modules where something is missing for the role;
 *  6. what else the role asks for.
 *
 * Each is taken if it fits what is left of the minutes. Where at least 2 minutes stay and no
 * module was taken, the first that does not fit gives one card: a module can be put down
 * after any of them. */

#define DAY ((gint64) 24 * 60 * 60 * G_USEC_PER_SEC)
#define SOON (7 * DAY)
#define MOST_ROUNDS 3
#define MINUTES_CARD 2
#define MINUTES_SHIFT 1

typedef enum
{
  RANK_LATE,
  RANK_ROUND,
  RANK_ASSIGNED,
  RANK_BEGUN,
  RANK_LACKING,
  RANK_NEEDED,
  N_RANKS
} Rank;

static gboolean
is_state (WayRow *module, const char *state)
{
  return g_str_equal (way_row_get_text (module, "state"), state);
}

static Rank
find_rank (WayRow *module, gint64 now)
{
  if (is_state (module, "done"))
    return N_RANKS;
  if (way_row_has (module, "asked"))
    {
      gint64 due = way_row_get_int (module, "due");

      return due > 0 && due - now < SOON ? RANK_LATE : RANK_ASSIGNED;
    }
  if (!is_state (module, ""))
    return RANK_BEGUN;
  if (way_row_get_int (module, "is_gap") != 0 && way_row_get_int (module, "is_needed") != 0)
    return RANK_LACKING;
  return way_row_get_int (module, "is_needed") != 0 ? RANK_NEEDED : N_RANKS;
}

/**
 * way_shelf_count_minutes:
 * @state: "", started, practised, checked or done
 * @steps: how many steps of it are behind: why, cards, practice, check, shift
 *
 * Returns: how many minutes of a module are left; 0 of one that is done
 */
int
way_shelf_count_minutes (const WayModule *module, const char *state, int steps)
{
  int total;

  g_return_val_if_fail (module != NULL, 0);

  if (g_strcmp0 (state, "done") == 0)
    return 0;
  if (g_strcmp0 (state, "checked") == 0)
    return MIN (MINUTES_SHIFT, module->minutes);
  total = 3 + (int) module->cards->len + (module->desks->len > 0);
  /* Once the practice is behind, the check is left: half of it at most. */
  if (g_strcmp0 (state, "practised") == 0)
    steps = MAX (steps, total / 2);
  steps = CLAMP (steps, 0, total - 1);
  return MAX (1, (module->minutes * (total - steps) + total - 1) / total);
}

static gboolean
is_on_pathway (WayPack *pack, const char *id, const char *module)
{
  GPtrArray *pathways = way_pack_get_pathways (pack);

  for (guint i = 0; i < pathways->len; i++)
    {
      const WayPathway *pathway = pathways->pdata[i];

      if (g_str_equal (pathway->id, id))
        return g_ptr_array_find_with_equal_func (pathway->modules, module, g_str_equal, NULL);
    }
  return FALSE;
}

/**
 * way_shelf_matches:
 * @module: a row of the modules
 *
 * Returns: whether all that @filter asks for holds for the module
 */
gboolean
way_shelf_matches (WayPack *pack, WayRow *module, const WayShelfFilter *filter)
{
  g_return_val_if_fail (WAY_IS_ROW (module) && filter != NULL, FALSE);

  if (filter->capability != NULL
      && !g_str_equal (way_row_get_text (module, "capability"), filter->capability))
    return FALSE;
  if (filter->pathway != NULL
      && !is_on_pathway (pack, filter->pathway, way_row_get_text (module, "module")))
    return FALSE;
  if (filter->level > 0 && way_row_get_int (module, "level") != filter->level)
    return FALSE;
  /* What is left of a module counts. One that is done would take its time again. */
  if (filter->minutes > 0
      && way_row_get_int (module, is_state (module, "done") ? "minutes" : "minutes_left")
             > filter->minutes)
    return FALSE;
  return !filter->is_needed || way_row_get_int (module, "is_needed") != 0;
}

static gboolean
is_blank (const char *text)
{
  while (text != NULL && g_ascii_isspace (*text))
    text++;
  return text == NULL || *text == '\0';
}

/**
 * way_shelf_list:
 * @modules: of WayRow
 * @text: (nullable): what is sought
 *
 * Returns: (transfer full): of @modules, those that @filter leaves: in their order, or the
 *   best found first where something is sought
 */
GListStore *
way_shelf_list (WayPack *pack,
                WayLibrary *library,
                GListModel *modules,
                const WayShelfFilter *filter,
                const char *text)
{
  GListStore *list = g_list_store_new (WAY_TYPE_ROW);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) found = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (modules); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (modules, i);

      if (!way_shelf_matches (pack, row, filter))
        continue;
      if (is_blank (text))
        g_list_store_append (list, row);
      g_hash_table_insert (by_id, (char *) way_row_get_text (row, "module"), row);
      g_ptr_array_add (rows, g_steal_pointer (&row));
    }
  if (is_blank (text))
    return list;

  found = way_library_search (library, text);
  for (guint i = 0; i < found->len; i++)
    {
      WayRow *row = g_hash_table_lookup (by_id, ((WayModule *) found->pdata[i])->id);

      if (row != NULL)
        g_list_store_append (list, row);
    }
  return list;
}

/**
 * way_shelf_describe_nothing:
 * @text: (nullable): what is sought
 *
 * Returns: (transfer full): why no module is left, in a sentence or two
 */
char *
way_shelf_describe_nothing (WayPack *pack, const WayShelfFilter *filter, const char *text)
{
  int capability = filter->capability != NULL ? way_pack_find_capability (pack, filter->capability)
                                              : -1;
  const char *about =
      capability >= 0
          ? ((WayCapability *) way_pack_get_capabilities (pack)->pdata[capability])->short_name
          : NULL;
  gboolean is_filtered = filter->capability != NULL || filter->pathway != NULL || filter->level > 0
                         || filter->minutes > 0 || filter->is_needed;

  if (!is_blank (text))
    return is_filtered
               /* Translators: %s is what somebody looked for. */
               ? g_strdup_printf (_ ("No module about “%s” is left by the filters."), text)
               /* Translators: %s is what somebody looked for. */
               : g_strdup_printf (_ ("No module is about “%s”. A shorter word may find more."),
                                  text);
  if (filter->level > 0 && about != NULL)
    /* Translators: the name of a level, then of a capability: “Lead”, “Information”. */
    return g_strdup_printf (_ ("There is nothing at the level “%s” for “%s” yet."),
                            way_pack_get_level_names (pack)[filter->level - 1], about);
  if (filter->level > 0)
    /* Translators: %s is the name of a level. */
    return g_strdup_printf (_ ("There is nothing at the level “%s” here yet."),
                            way_pack_get_level_names (pack)[filter->level - 1]);
  if (filter->is_needed)
    return g_strdup (_ ("There is nothing at the level that your role needs here yet."));
  if (about != NULL && filter->pathway == NULL && filter->minutes == 0)
    /* Translators: %s is the name of a capability: “Making and improving”. */
    return g_strdup_printf (_ ("There is nothing for “%s” yet."), about);
  return g_strdup (_ ("No module fits all of this."));
}

/**
 * way_shelf_describe_unserved:
 * @summary: what the plan is judged from
 *
 * Returns: (transfer full) (nullable): a sentence where a requirement is not met and no module that
 *   is not done is at that level
 */
char *
way_shelf_describe_unserved (WayPack *pack, const WaySummary *summary)
{
  g_autoptr (GArray) unserved = way_plan_list_unserved (pack, summary);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < unserved->len; i++)
    {
      const WayCapability *capability =
          way_pack_get_capabilities (pack)->pdata[g_array_index (unserved, int, i)];

      if (i > 0)
        g_string_append (names, i + 1 == unserved->len ? _ (" and ") : ", ");
      g_string_append_printf (names, "“%s”", capability->short_name);
    }
  if (unserved->len == 0)
    return NULL;
  /* Translators: %s is a list of capabilities: “Learning” and “Information”. */
  return g_strdup_printf (_ ("Nothing at your level yet for %s."), names->str);
}

static char *
format_day (gint64 at)
{
  g_autoptr (GDateTime) day = g_date_time_new_from_unix_local (at / G_USEC_PER_SEC);

  /* Translators: a day and a month, as “3 December”. */
  return day != NULL ? g_date_time_format (day, _ ("%-d %B")) : g_strdup ("");
}

/**
 * way_shelf_explain:
 * @module: a row of the modules
 *
 * Returns: (transfer full) (nullable): why the module is recommended, in a sentence; NULL
 *   where nothing recommends it
 */
char *
way_shelf_explain (WayRow *module, gint64 now)
{
  gint64 due = way_row_get_int (module, "due");
  g_autofree char *day = due > 0 ? format_day (due) : NULL;

  switch (find_rank (module, now))
    {
    case RANK_LATE:
    case RANK_ASSIGNED:
      if (day == NULL)
        return g_strdup (_ ("Recommended because your trust asks for it."));
      if (due < now)
        /* Translators: %s is a day, as “3 December”. */
        return g_strdup_printf (_ ("Recommended because your trust asked for it by %s."), day);
      /* Translators: %s is a day, as “3 December”. */
      return g_strdup_printf (_ ("Recommended because your trust asks for it by %s."), day);
    case RANK_BEGUN:
      if (is_state (module, "checked"))
        return g_strdup (_ ("Recommended because one thing is left, on your shift."));
      return g_strdup (_ ("Recommended because you have begun it. It goes on where you were."));
    case RANK_LACKING:
      return g_strdup (_ ("Recommended because something is missing here for your role."));
    case RANK_NEEDED:
      return g_strdup (_ ("Recommended because your role asks for this level."));
    case RANK_ROUND:
    case N_RANKS:
    default:
      return NULL;
    }
}

static char *
explain_round (WayRow *round)
{
  gint64 days = way_row_get_int (round, "days");

  if (days <= 0)
    return g_strdup (_ ("Recommended because it is time to be asked again, so that it stays."));
  return g_strdup_printf (ngettext ("Recommended because it was due %d day ago.",
                                    "Recommended because it was due %d days ago.", (gulong) days),
                          (int) days);
}

static void
add (WayRowBuilder *builder, WayRow *row, const char *type, int minutes, const char *reason)
{
  static const char *const copied[] = { "module", "capability", "level", "state" };
  const char *skill = way_row_get_text (row, "skill");
  g_autofree char *key = g_strjoin (" ", type, way_row_get_text (row, "module"), skill, NULL);

  way_row_builder_add_text (builder, key);
  way_row_builder_add_text (builder, type);
  way_row_builder_add_text (builder, way_row_get_text (row, "title"));
  way_row_builder_add_text (builder, skill);
  way_row_builder_add_int (builder, minutes);
  way_row_builder_add_text (builder, reason);
  for (guint i = 0; i < G_N_ELEMENTS (copied); i++)
    way_row_builder_add_text (builder, way_row_get_text (row, copied[i]));
}

typedef struct
{
  WayRowBuilder *builder;
  gint64 now;
  int left;
  gboolean has_module;
  WayRow *too_long; /* (nullable) the first module that did not fit */
} Fit;

static void
add_rounds (Fit *fit, GListModel *rounds)
{
  guint n = rounds != NULL ? MIN (g_list_model_get_n_items (rounds), MOST_ROUNDS) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WayRow) round = g_list_model_get_item (rounds, i);
      int minutes = (int) MAX (1, way_row_get_int (round, "minutes"));
      g_autofree char *reason = explain_round (round);

      if (minutes > fit->left)
        break;
      add (fit->builder, round, "round", minutes, reason);
      fit->left -= minutes;
    }
}

static void
add_module (Fit *fit, WayRow *module)
{
  int minutes = (int) MAX (1, way_row_get_int (module, "minutes_left"));
  g_autofree char *reason = way_shelf_explain (module, fit->now);

  if (minutes > fit->left)
    {
      if (fit->too_long == NULL)
        fit->too_long = module;
      return;
    }
  add (fit->builder, module, is_state (module, "checked") ? "shift" : "module", minutes, reason);
  fit->left -= minutes;
  fit->has_module = fit->has_module || !is_state (module, "checked");
}

/**
 * way_shelf_plan:
 * @modules: of WayRow, in the order of the person's plan
 * @rounds: (nullable): of WayRow: what is due to be asked again
 * @minutes: what the person has
 *
 * The rule is above.
 *
 * Returns: (transfer full): of WayRow, what fits, the most pressing first, each with a
 *   reason in words
 */
GListStore *
way_shelf_plan (GListModel *modules, GListModel *rounds, int minutes, gint64 now)
{
  static const char *const columns[] = { "key",     "type",   "title",  "skill",
                                         "minutes", "reason", "module", "capability",
                                         "level",   "state",  NULL };
  g_autoptr (WayRowBuilder) builder = way_row_builder_new (columns);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  Fit fit = { builder, now, minutes };

  for (guint i = 0; i < g_list_model_get_n_items (modules); i++)
    g_ptr_array_add (rows, g_list_model_get_item (modules, i));
  for (Rank rank = 0; rank < N_RANKS; rank++)
    {
      if (rank == RANK_ROUND)
        add_rounds (&fit, rounds);
      for (guint i = 0; rank != RANK_ROUND && i < rows->len; i++)
        {
          if (find_rank (rows->pdata[i], now) == rank)
            add_module (&fit, rows->pdata[i]);
        }
    }
  if (!fit.has_module && fit.too_long != NULL && fit.left >= MINUTES_CARD)
    {
      g_autofree char *reason = way_shelf_explain (fit.too_long, now);

      add (builder, fit.too_long, "card", MINUTES_CARD, reason);
    }
  return way_row_builder_end (builder);
}
