/* way-practice-item.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "practice/way-practice-item.h"

#include <math.h>
#include <string.h>

#include "assessment/way-bank.h"
#include "assessment/way-curve.h"

/* What of an answer an event takes with room for the rest: 64 KiB is all that it may have. */
#define LONGEST 49152

static const WayInteraction *
find_interaction (const WayItem *item)
{
  for (guint i = 0; i < item->interactions->len; i++)
    {
      const WayInteraction *interaction = g_ptr_array_index (item->interactions, i);

      if (interaction->type == WAY_INTERACTION_DESK)
        return interaction;
    }

  return NULL;
}

/**
 * way_practice_score_desk:
 * @item: a question
 * @desk: the desk that it names
 * @responses: (nullable) (element-type utf8 WayValue): response identifier → value
 * @error: %WAY_PRACTICE_ERROR_TRACE where the answer is no run of the desk
 *
 * Works out what a run is worth. One that was not answered is worth nothing.
 *
 * Returns: (transfer full) (nullable): the outcomes, with the points of the rules as SCORE
 */
WayScore *
way_practice_score_desk (const WayItem *item, WayDesk *desk, GHashTable *responses, GError **error)
{
  const WayInteraction *interaction;
  const WayValue *answer = NULL;
  g_autoptr (WayScore) score = NULL;
  g_autoptr (WayPractice) practice = NULL;
  int points = 0;
  int out_of = 0;

  g_return_val_if_fail (item != NULL && desk != NULL, NULL);

  interaction = find_interaction (item);
  g_return_val_if_fail (interaction != NULL, NULL);

  score = way_scoring_run (item, responses, error);
  if (score == NULL)
    return NULL;
  if (responses != NULL)
    answer = g_hash_table_lookup (responses, interaction->response);
  if (!way_value_is_null (answer))
    {
      practice = way_practice_new_from_trace (desk, way_value_get_text (answer), error);
      if (practice == NULL)
        {
          g_prefix_error (error, "%s: ", item->path);
          return NULL;
        }
      way_practice_get_score (practice, &points, &out_of);
    }
  score->score = points;
  score->is_correct = out_of > 0 && points == out_of;
  g_hash_table_replace (score->outcomes, g_strdup ("SCORE"), way_value_new_float (points));

  return g_steal_pointer (&score);
}

/**
 * way_practice_score_item:
 * @item: a question of whatever kind
 * @pack: the pack it is from, which has its desk
 * @responses: (nullable) (element-type utf8 WayValue): response identifier → value
 * @error: what way_scoring_run() or way_practice_score_desk() say
 *
 * Returns: (transfer full) (nullable): what the answer is worth
 */
WayScore *
way_practice_score_item (const WayItem *item, WayPack *pack, GHashTable *responses, GError **error)
{
  const char *path;
  g_autoptr (WayDesk) desk = NULL;

  g_return_val_if_fail (item != NULL, NULL);

  path = way_item_get_desk (item);
  if (path == NULL)
    return way_scoring_run (item, responses, error);
  desk = way_pack_load_desk (pack, path, error);

  return desk != NULL ? way_practice_score_desk (item, desk, responses, error) : NULL;
}

/**
 * way_practice_check_item:
 * @item: a question
 * @desk: the desk that it names
 * @error: %WAY_PRACTICE_ERROR_RULE
 *
 * Whether the points of the desk are those that the question says it is worth.
 *
 * Returns: whether they are
 */
gboolean
way_practice_check_item (const WayItem *item, WayDesk *desk, GError **error)
{
  g_autoptr (WayPractice) practice = NULL;
  int out_of;

  g_return_val_if_fail (item != NULL && desk != NULL, FALSE);

  practice = way_practice_new (desk, 0);
  way_practice_get_score (practice, NULL, &out_of);
  if (out_of >= 1 && out_of <= WAY_MAX_STEPS && way_bank_count_points (item) == (guint) out_of)
    return TRUE;

  g_set_error (error, WAY_PRACTICE_ERROR, WAY_PRACTICE_ERROR_RULE,
               "%s:1: the rules of %s give up to %d points, which must be its MAXSCORE and at most "
               "%d",
               item->path, desk->path, out_of, WAY_MAX_STEPS);

  return FALSE;
}

/**
 * way_practice_shorten_answer:
 * @item: a question
 * @line: (transfer full): the answer as it is to be logged
 *
 * A run that is longer than an event may be is logged as far as there is room, and says so;
 * its points were worked out from all of it.
 *
 * Returns: (transfer full): what can be logged
 */
char *
way_practice_shorten_answer (const WayItem *item, char *line)
{
  g_autofree char *whole = line;
  g_autofree char *start = NULL;

  g_return_val_if_fail (item != NULL && line != NULL, NULL);

  if (strlen (line) <= LONGEST || way_item_get_desk (item) == NULL)
    return g_steal_pointer (&whole);
  start = g_strndup (whole, LONGEST);
  *strrchr (start, ' ') = '\0';

  return g_strconcat (start, " and more than could be kept", NULL);
}
