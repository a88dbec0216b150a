/* ctl-check-marks.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/ctl-private.h"

#include <math.h>

#include "assessment/way-check.h"
#include "assessment/way-scoring.h"
#include "assessment/way-template.h"
#include "session/way-row.h"

/* Marks a check of a module again. The desktop marks it, and push takes its word: the answers
 * are in the log, and what they are worth is in the pack. */

#define NEAR 1e-9

#define CHECK                                                                                      \
  "SELECT a.person, a.type, a.module, a.asked, a.right_count, a.score, a.passed,"                  \
  " e.body ->> 'draw' AS draw, e.body ->> 'seed' AS seed"                                          \
  " FROM attempt AS a JOIN live AS e ON e.id = a.attempt"                                          \
  " WHERE a.attempt = CAST($1 AS text) AND e.kind = 'attempt'"

#define ANSWERS                                                                                    \
  "SELECT body ->> 'item' AS item, body ->> 'answer' AS answer,"                                   \
  " CAST(body ->> 'score' AS double precision) AS score FROM live WHERE kind = 'response'"         \
  " AND person = CAST($2 AS text) AND body ->> 'attempt' = CAST($1 AS text)"                       \
  " ORDER BY CAST(body ->> 'ordinal' AS integer), id"

/* What was erased says no longer which check it was of. */
#define ERASED                                                                                     \
  "SELECT id FROM event WHERE kind = 'response' AND person = CAST($1 AS text) AND body = ''"       \
  " LIMIT 1"

static gboolean
is_asked (const WayModule *module, const char *item)
{
  for (guint i = 0; i < module->check->len; i++)
    if (g_str_equal (((const WayCheckItem *) module->check->pdata[i])->id, item))
      return TRUE;
  return FALSE;
}

/* What the answer of @row is worth; NAN with @error. */
static double
mark (WayPack *pack, WayRow *row, guint64 seed, GError **error)
{
  g_autoptr (WayItem) item = way_template_load (pack, way_row_get_text (row, "item"), seed, error);
  g_autoptr (GHashTable) responses = NULL;
  g_autoptr (WayScore) score = NULL;

  if (item == NULL)
    return NAN;
  /* Its answer is the last of several, and what came before that is not in the log. */
  if (item->is_adaptive)
    return way_row_get_number (row, "score");
  responses = way_responses_new_from_line (item, way_row_get_text (row, "answer"));
  score = way_scoring_run (item, responses, error);
  return score != NULL ? score->score : NAN;
}

/* Every answer of a check. @least and @most are how many questions are right: the same, unless
 * two desktops went on with one check and each answered a question. */
static char *
judge_answers (WayStore *trust,
               WayPack *pack,
               const char *attempt,
               WayRow *check,
               char **draw,
               guint *least,
               guint *most,
               guint *n_answered,
               GError **error)
{
  const char *values[] = { attempt, way_row_get_text (check, "person"), NULL };
  guint64 seed = g_ascii_strtoull (way_row_get_text (check, "seed"), NULL, 10);
  g_autoptr (GListStore) rows = way_row_query (way_store_get_db (trust), ANSWERS, values, error);
  g_autoptr (GHashTable) right = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) wrong = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (rows)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (rows), i);
      const char *item = way_row_get_text (row, "item");
      double then = way_row_get_number (row, "score");
      double now;

      if (!g_strv_contains ((const char *const *) draw, item))
        return g_strdup_printf ("Check %s has an answer to “%s”, which it does not ask", attempt,
                                item);
      now = mark (pack, row, seed, error);
      if (isnan (now))
        return NULL;
      if (!(fabs (now - then) <= NEAR))
        return g_strdup_printf ("Check %s says %g for “%s” and its answer gives %g", attempt, then,
                                item, now);
      g_hash_table_add (now >= 1 ? right : wrong, g_strdup (item));
    }
  *least = *most = *n_answered = 0;
  for (guint i = 0; draw[i] != NULL; i++)
    {
      gboolean is_right = g_hash_table_contains (right, draw[i]);
      gboolean is_wrong = g_hash_table_contains (wrong, draw[i]);

      *most += is_right;
      *least += is_right && !is_wrong;
      *n_answered += is_right || is_wrong;
    }
  return NULL;
}

/* Whether the questions are those of the module, each once. */
static char *
judge_draw (WayPack *pack, const char *attempt, WayRow *check, char **draw)
{
  const char *id = way_row_get_text (check, "module");
  WayModule *module = id != NULL ? way_pack_find_module (pack, id) : NULL;

  if (module == NULL)
    return g_strdup_printf ("Check %s is of no module of the pack", attempt);
  for (guint i = 0; draw[i] != NULL; i++)
    {
      if (!is_asked (module, draw[i]))
        return g_strdup_printf ("Check %s asks “%s”, which is not of module %s", attempt, draw[i],
                                id);
      for (guint j = 0; j < i; j++)
        if (g_str_equal (draw[i], draw[j]))
          return g_strdup_printf ("Check %s asks “%s” twice", attempt, draw[i]);
    }
  return NULL;
}

static gboolean
has_erased (WayStore *trust, WayRow *check, GError **error)
{
  const char *values[] = { way_row_get_text (check, "person"), NULL };
  g_autoptr (GListStore) rows = way_row_query (way_store_get_db (trust), ERASED, values, error);

  return rows == NULL || g_list_model_get_n_items (G_LIST_MODEL (rows)) > 0;
}

/**
 * ctl_judge_marks:
 * @attempt: a check or a round of questions that is over, asked from @pack
 * @is_erased: (out): whether it cannot be known, because answers were erased
 *
 * Whether its answers are worth what it says, and its result is what they give: how many are
 * right, and whether it is passed. Whether other questions should have been drawn is not judged.
 *
 * Returns: (transfer full) (nullable): the first difference in words; NULL without @error where
 *   there is none that can be known
 */
char *
ctl_judge_marks (
    WayStore *trust, const char *attempt, WayPack *pack, gboolean *is_erased, GError **error)
{
  const char *values[] = { attempt, NULL };
  g_autoptr (GListStore) rows = way_row_query (way_store_get_db (trust), CHECK, values, error);
  g_autoptr (WayRow) check = NULL;
  g_autoptr (GError) local = NULL;
  g_auto (GStrv) draw = NULL;
  char *difference;
  guint least = 0, most = 0, n_answered = 0, n_drawn;
  gint64 right, asked;
  gboolean is_passed;

  *is_erased = FALSE;
  if (rows == NULL)
    return NULL;
  check = g_list_model_get_item (G_LIST_MODEL (rows), 0);
  if (check == NULL)
    return g_strdup_printf ("Check %s has an end and no beginning", attempt);
  draw = g_strsplit (way_row_has (check, "draw") ? way_row_get_text (check, "draw") : "", " ", -1);
  difference = judge_draw (pack, attempt, check, draw);
  if (difference == NULL)
    difference = judge_answers (trust, pack, attempt, check, draw, &least, &most, &n_answered,
                                &local);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  if (difference != NULL || (error != NULL && *error != NULL))
    return difference;

  n_drawn = g_strv_length (draw);
  asked = way_row_get_int (check, "asked");
  right = way_row_get_int (check, "right_count");
  if (n_answered < n_drawn)
    *is_erased = has_erased (trust, check, error);
  if (n_answered < n_drawn)
    return *is_erased ? NULL
                      : g_strdup_printf ("Check %s is over with %u of %u answers", attempt,
                                         n_answered, n_drawn);
  if (asked != n_drawn || right < least || right > most)
    return g_strdup_printf ("Check %s says %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT
                            " right and its answers give %u of %u",
                            attempt, right, asked, most, n_drawn);
  is_passed = g_strcmp0 (way_row_get_text (check, "type"), "check") == 0
              && way_check_is_passed ((guint) right, n_drawn, WAY_PASS_MARK);
  if ((way_row_get_int (check, "passed") != 0) != is_passed)
    return g_strdup_printf (is_passed ? "Check %s says that it is not passed, and it is"
                                      : "Check %s says that it is passed, and it is not",
                            attempt);
  if (!(fabs (way_row_get_number (check, "score") - (double) right / n_drawn) <= NEAR))
    return g_strdup_printf ("Check %s says %g as its result and its answers give %g", attempt,
                            way_row_get_number (check, "score"), (double) right / n_drawn);
  return NULL;
}
