/* way-pack-judge.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/way-pack-judge.h"

#include "assessment/way-answer-check.h"
#include "content/way-pack.h"
#include "content/way-style.h"
#include "practice/way-practice-item.h"

/* What only the practice room can tell of a desk: whether it can be worked at. */
static guint
judge_desks (WayPack *pack, GPtrArray *problems)
{
  GPtrArray *modules = way_pack_get_modules (pack);
  guint n = 0;

  for (guint i = 0; i < modules->len; i++)
    {
      const WayModule *module = g_ptr_array_index (modules, i);

      for (guint d = 0; d < module->desks->len; d++, n++)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (WayDesk)
              desk = way_pack_load_desk (pack, g_ptr_array_index (module->desks, d), &error);

          if (desk == NULL || !way_practice_check_desk (desk, &error))
            g_ptr_array_add (problems, g_strdup (error->message));
        }
    }
  return n;
}

/* Questions that are a desk: of the baseline, and worth what they say. */
static guint
judge_tasks (WayPack *pack, GPtrArray *problems)
{
  GPtrArray *baseline = way_pack_get_baseline (pack);
  GPtrArray *modules = way_pack_get_modules (pack);
  guint n = 0;

  for (guint i = 0; i < baseline->len; i++)
    {
      const WayBaselineItem *entry = g_ptr_array_index (baseline, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (WayItem) item = way_pack_load_item (pack, entry->id, NULL);
      const char *path = item != NULL ? way_item_get_desk (item) : NULL;
      g_autoptr (WayDesk) desk = NULL;

      if (path == NULL)
        continue;
      n++;
      desk = way_pack_load_desk (pack, path, &error);
      if (desk == NULL || !way_practice_check_desk (desk, &error)
          || !way_practice_check_item (item, desk, &error))
        g_ptr_array_add (problems, g_strdup (error->message));
    }
  for (guint i = 0; i < modules->len; i++)
    {
      const WayModule *module = g_ptr_array_index (modules, i);

      for (guint k = 0; k < module->check->len; k++)
        {
          const WayCheckItem *entry = g_ptr_array_index (module->check, k);
          g_autoptr (WayItem) item = way_pack_load_item (pack, entry->id, NULL);

          if (item != NULL && way_item_get_desk (item) != NULL)
            g_ptr_array_add (problems,
                             g_strdup_printf ("%s:1: a practice desk is a question of the "
                                              "baseline; a module has it as practice",
                                              item->path));
        }
    }
  return n;
}

static void
judge_answer (WayPack *pack, const char *id, GPtrArray *problems)
{
  g_autoptr (WayItem) item = way_pack_load_item (pack, id, NULL);

  /* What is right at a desk, its rules say. */
  if (item != NULL && way_item_get_desk (item) == NULL)
    way_answer_check (item, problems);
}

static void
judge_answers (WayPack *pack, GPtrArray *problems)
{
  GPtrArray *baseline = way_pack_get_baseline (pack);
  GPtrArray *modules = way_pack_get_modules (pack);

  for (guint i = 0; i < baseline->len; i++)
    judge_answer (pack, ((const WayBaselineItem *) baseline->pdata[i])->id, problems);
  for (guint i = 0; i < modules->len; i++)
    {
      const WayModule *module = g_ptr_array_index (modules, i);

      for (guint j = 0; j < module->check->len; j++)
        judge_answer (pack, ((const WayCheckItem *) module->check->pdata[j])->id, problems);
    }
}

static guint
count_questions (WayPack *pack)
{
  GPtrArray *modules = way_pack_get_modules (pack);
  guint n = 0;

  for (guint i = 0; i < modules->len; i++)
    n += ((const WayModule *) modules->pdata[i])->check->len;

  return n;
}

/**
 * way_pack_judge:
 * @path: of a pack
 * @flags: what is asked besides whether it works
 * @problems: (element-type utf8): "file:line: reason" is added for each thing wrong
 * @counts: (out) (optional) (transfer full) (nullable): what is in it, when it works
 *
 * What the content room checks, then the desks: what a pack is asked before it is published.
 * When it works, what the @flags name.
 *
 * Returns: FALSE with @error set when it cannot be read at all
 */
gboolean
way_pack_judge (
    const char *path, WayPackJudge flags, GPtrArray *problems, char **counts, GError **error)
{
  g_autoptr (WayPack) pack = NULL;
  WayStyle style = { 0 };
  guint n_desks;

  if (!way_pack_check (path, problems, error))
    return FALSE;
  if (problems->len > 0)
    return TRUE;
  pack = way_pack_open (path, NULL, error);
  if (pack == NULL)
    return FALSE;
  n_desks = judge_desks (pack, problems) + judge_tasks (pack, problems);
  if ((flags & WAY_PACK_JUDGE_ANSWERS) != 0)
    judge_answers (pack, problems);
  if ((flags & WAY_PACK_JUDGE_STYLE) != 0 && !way_style_check (path, problems, &style, error))
    return FALSE;

  if (counts != NULL)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      if (style.n_words > 0)
        g_string_append_printf (text,
                                "sentences %u, words %u, reading age %.1f, of the hardest module "
                                "%.1f (Flesch–Kincaid grade and 5)\n",
                                style.n_sentences, style.n_words, style.reading_age, style.hardest);
      g_string_append_printf (text, "modules %u, items %u, baseline items %u, desks %u",
                              way_pack_get_modules (pack)->len, count_questions (pack),
                              way_pack_get_baseline (pack)->len, n_desks);
      *counts = g_string_free (g_steal_pointer (&text), FALSE);
    }
  return TRUE;
}
