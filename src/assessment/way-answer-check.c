/* way-answer-check.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assessment/way-answer-check.h"

#include "assessment/way-scoring.h"
#include "assessment/way-template.h"

#include <string.h>

/* The same seeds each time, so that an author sees the same problems twice. */
#define N_DRAWS 3

typedef struct
{
  const WayItem *item;
  GHashTable *right; /* of the responses that are right */
  GPtrArray *problems;
} Judge;

static void G_GNUC_PRINTF (2, 3) report (Judge *judge, const char *format, ...)
{
  g_autofree char *reason = NULL;
  va_list args;

  va_start (args, format);
  reason = g_strdup_vprintf (format, args);
  va_end (args);
  g_ptr_array_add (judge->problems, g_strdup_printf ("%s:1: %s", judge->item->path, reason));
}

/* What the right answers score when one of them is replaced. */
static double
get_score (Judge *judge, const char *response, WayValue *value, gboolean *is_scored)
{
  g_autoptr (GHashTable) responses = way_responses_new ();
  g_autoptr (WayScore) score = NULL;
  GHashTableIter iter;
  gpointer id;
  gpointer right;

  g_hash_table_iter_init (&iter, judge->right);
  while (g_hash_table_iter_next (&iter, &id, &right))
    if (g_strcmp0 (id, response) != 0)
      g_hash_table_insert (responses, g_strdup (id), way_value_ref (right));
  if (response != NULL && value != NULL)
    g_hash_table_insert (responses, g_strdup (response), way_value_ref (value));

  score = way_scoring_run (judge->item, responses, NULL);
  *is_scored = score != NULL;

  return score != NULL ? score->score : 0;
}

static void
try_wrong (Judge *judge, const WayDeclaration *declaration, GPtrArray *texts, const char *what)
{
  g_autoptr (WayValue) value = NULL;
  gboolean is_scored;

  g_ptr_array_add (texts, NULL);
  value = way_value_new (declaration->base_type, declaration->cardinality,
                         (const char *const *) texts->pdata);
  g_ptr_array_remove_index (texts, texts->len - 1);
  if (declaration->correct != NULL && way_value_equal (value, declaration->correct))
    return;
  if (get_score (judge, declaration->id, value, &is_scored) >= 1 && is_scored)
    report (judge, "a wrong answer has the full mark: %s", what);
}

static GPtrArray *
copy_texts (const WayDeclaration *declaration)
{
  GPtrArray *texts = g_ptr_array_new ();

  for (guint i = 0; declaration->correct != NULL && i < declaration->correct->texts->len; i++)
    g_ptr_array_add (texts, g_ptr_array_index (declaration->correct->texts, i));

  return texts;
}

static gboolean
take_out (GPtrArray *texts, const char *text)
{
  for (guint i = 0; i < texts->len; i++)
    if (strcmp (g_ptr_array_index (texts, i), text) == 0)
      {
        g_ptr_array_remove_index (texts, i);
        return TRUE;
      }

  return FALSE;
}

/* One choice instead of another, or one more, or one fewer. */
static void
try_choices (Judge *judge, const WayDeclaration *declaration, GPtrArray *choices)
{
  for (guint i = 0; i < choices->len; i++)
    {
      const WayChoice *choice = g_ptr_array_index (choices, i);
      g_autoptr (GPtrArray) texts = NULL;

      if (declaration->cardinality == WAY_CARDINALITY_SINGLE)
        {
          texts = g_ptr_array_new ();
          g_ptr_array_add (texts, choice->id);
        }
      else
        {
          texts = copy_texts (declaration);
          if (!take_out (texts, choice->id))
            g_ptr_array_add (texts, choice->id);
        }
      try_wrong (judge, declaration, texts, choice->id);
    }
}

static void
try_orders (Judge *judge, const WayDeclaration *declaration)
{
  for (guint i = 1; declaration->correct != NULL && i < declaration->correct->texts->len; i++)
    {
      g_autoptr (GPtrArray) texts = copy_texts (declaration);
      g_autofree char *what = NULL;
      gpointer moved = texts->pdata[i];

      texts->pdata[i] = texts->pdata[i - 1];
      texts->pdata[i - 1] = moved;
      what = g_strdup_printf ("%s before %s", (char *) texts->pdata[i - 1],
                              (char *) texts->pdata[i]);
      try_wrong (judge, declaration, texts, what);
    }
}

/* Each piece somewhere else, or nowhere. */
static void
try_pairs (Judge *judge, const WayDeclaration *declaration, GPtrArray *targets)
{
  for (guint i = 0; declaration->correct != NULL && i < declaration->correct->texts->len; i++)
    {
      const char *pair = g_ptr_array_index (declaration->correct->texts, i);
      const char *space = strchr (pair, ' ');
      g_autoptr (GPtrArray) without = copy_texts (declaration);

      take_out (without, pair);
      try_wrong (judge, declaration, without, "one pair fewer");
      for (guint j = 0; space != NULL && targets != NULL && j < targets->len; j++)
        {
          const WayChoice *target = g_ptr_array_index (targets, j);
          g_autofree char *other = g_strdup_printf ("%.*s %s", (int) (space - pair), pair,
                                                    target->id);
          g_autoptr (GPtrArray) texts = copy_texts (declaration);

          take_out (texts, pair);
          if (take_out (texts, other))
            continue;
          g_ptr_array_add (texts, other);
          try_wrong (judge, declaration, texts, other);
        }
    }
}

static void
try_entry (Judge *judge, const WayDeclaration *declaration)
{
  static const char *const numbers[] = { "-987654321", "0", "987654321" };
  static const char *const words[] = { "zzzz", "?", "qwertz" };
  gboolean is_number = declaration->base_type == WAY_BASE_INTEGER
                       || declaration->base_type == WAY_BASE_FLOAT;

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr (GPtrArray) texts = g_ptr_array_new ();
      const char *text = is_number ? numbers[i] : words[i];

      g_ptr_array_add (texts, (gpointer) text);
      try_wrong (judge, declaration, texts, text);
    }
}

static void
try_nothing (Judge *judge, const WayDeclaration *declaration)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();

  try_wrong (judge, declaration, texts, "no answer");
}

static void
try_interaction (Judge *judge, const WayInteraction *interaction)
{
  const WayDeclaration *declaration = way_item_find_response (judge->item, interaction->response);

  /* A button and a film are not answers. */
  if (declaration == NULL || interaction->type == WAY_INTERACTION_END_ATTEMPT
      || interaction->type == WAY_INTERACTION_MEDIA)
    return;

  try_nothing (judge, declaration);
  switch (interaction->type)
    {
    case WAY_INTERACTION_CHOICE:
    case WAY_INTERACTION_INLINE_CHOICE:
    case WAY_INTERACTION_HOTTEXT:
    case WAY_INTERACTION_HOTSPOT:
      try_choices (judge, declaration, interaction->choices);
      break;
    case WAY_INTERACTION_ORDER:
    case WAY_INTERACTION_GRAPHIC_ORDER:
      try_orders (judge, declaration);
      break;
    case WAY_INTERACTION_MATCH:
    case WAY_INTERACTION_GAP_MATCH:
    case WAY_INTERACTION_GRAPHIC_GAP_MATCH:
      try_pairs (judge, declaration, interaction->targets);
      break;
    case WAY_INTERACTION_ASSOCIATE:
    case WAY_INTERACTION_GRAPHIC_ASSOCIATE:
      try_pairs (judge, declaration, NULL);
      break;
    case WAY_INTERACTION_TEXT_ENTRY:
    case WAY_INTERACTION_EXTENDED_TEXT:
    case WAY_INTERACTION_SLIDER:
      try_entry (judge, declaration);
      break;
    case WAY_INTERACTION_SELECT_POINT:
    case WAY_INTERACTION_POSITION_OBJECT:
    case WAY_INTERACTION_END_ATTEMPT:
    case WAY_INTERACTION_MEDIA:
    case WAY_INTERACTION_DESK:
    default:
      break;
    }
}

static void
judge_item (const WayItem *item, GPtrArray *problems)
{
  g_autoptr (GHashTable) right = way_scoring_dup_correct (item);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayScore) full = NULL;
  Judge judge = { item, right, problems };

  if (right == NULL)
    {
      report (&judge, "says nothing of which answer is right");
      return;
    }
  full = way_scoring_run (item, right, &error);
  if (full == NULL)
    {
      report (&judge, "%s", error->message);
      return;
    }
  if (full->score < 1)
    {
      report (&judge, "the right answer has %g of a full mark of 1", full->score);
      return;
    }

  for (guint i = 0; i < item->interactions->len; i++)
    try_interaction (&judge, g_ptr_array_index (item->interactions, i));
}

/**
 * way_answer_check:
 * @item: a question
 * @problems: (element-type utf8): problems are added as "file:1: reason"
 *
 * Tries the answer that is declared right, which must have the full mark, and answers next to
 * it, which must not: none, another choice, one more, one fewer, two in the other order, a
 * piece in another place. A question that is drawn anew is tried with three draws.
 */
void
way_answer_check (WayItem *item, GPtrArray *problems)
{
  g_return_if_fail (item != NULL && problems != NULL);

  if (item->template_processing == NULL)
    {
      judge_item (item, problems);
      return;
    }
  for (guint seed = 1; seed <= N_DRAWS; seed++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (WayItem) drawn = way_template_run (item, seed, &error);

      if (drawn == NULL)
        g_ptr_array_add (problems, g_strdup_printf ("%s:1: %s", item->path, error->message));
      else
        judge_item (drawn, problems);
    }
}
