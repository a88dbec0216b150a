/* way-bank-check.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "content/way-bank-check.h"

#include "content/way-pack-private.h"
#include "content/way-prose.h"
#include "content/way-xml.h"

#include <math.h>
#include <string.h>

#define MIN_ITEMS 10 /* of the baseline, a capability */
#define MIN_OPENERS 2
#define MIN_QUESTIONS 4 /* of a check, an outcome */
#define MAX_PLACES 12
#define MAX_SINGLE .60 /* the part of the baseline that may be single choice */
/* So alike are two questions that ask the same. Short ones must be the same to the word. */
#define ALIKE .85
#define MIN_WORDS 8
/* A count this many standard deviations over what chance gives is a habit. */
#define HABIT 2.58

/* Where right answers stand, and how long they are, over the single choices of a bank. */
typedef struct
{
  const char *what;
  guint n;
  guint n_at[MAX_PLACES];
  double expected_at[MAX_PLACES];
  double variance_at[MAX_PLACES];
  guint n_longest;
  double expected_longest;
  double variance_longest;
} Keys;

typedef struct
{
  const char *path;
  char *key;
} Stem;

static void
stem_clear (gpointer data)
{
  g_free (((Stem *) data)->key);
}

static void G_GNUC_PRINTF (3, 4)
    report (GPtrArray *problems, const char *path, const char *format, ...)
{
  g_autofree char *reason = NULL;
  va_list args;

  va_start (args, format);
  reason = g_strdup_vprintf (format, args);
  va_end (args);
  way_problems_add (problems, path, 1, reason);
}

/* The question without what can be chosen: what two of them have in common that ask the
 * same. */
static void
append_stem (const WayNode *node, GString *text)
{
  if (node->text != NULL)
    g_string_append (text, node->text);
  for (guint i = 0; node->children != NULL && i < node->children->len; i++)
    append_stem (g_ptr_array_index (node->children, i), text);
  if (node->interaction != NULL)
    {
      if (node->interaction->prompt != NULL)
        append_stem (node->interaction->prompt, text);
      if (node->interaction->content != NULL)
        append_stem (node->interaction->content, text);
    }
  g_string_append_c (text, ' ');
}

static gboolean
is_right (const WayDeclaration *declaration, const char *id)
{
  if (declaration == NULL || declaration->correct == NULL)
    return FALSE;
  for (guint i = 0; i < declaration->correct->texts->len; i++)
    if (g_strcmp0 (g_ptr_array_index (declaration->correct->texts, i), id) == 0)
      return TRUE;

  return FALSE;
}

static const WayInteraction *
get_single_choice (const WayItem *item)
{
  const WayInteraction *only = item->interactions->len == 1
                                   ? g_ptr_array_index (item->interactions, 0)
                                   : NULL;

  return only != NULL && only->type == WAY_INTERACTION_CHOICE && only->max_choices == 1 ? only
                                                                                        : NULL;
}

/* Each place of n is as likely to hold the right one, and each of n to be the longest. */
static void
count_key (Keys *keys, const WayItem *item, const WayInteraction *choice)
{
  const WayDeclaration *declaration = way_item_find_response (item, choice->response);
  guint n = choice->choices->len;
  double chance = 1.0 / n;
  glong longest_right = 0;
  glong longest_wrong = 0;

  if (n < 2 || n > MAX_PLACES)
    return;
  keys->n++;
  keys->expected_longest += chance;
  keys->variance_longest += chance * (1 - chance);
  for (guint i = 0; i < n; i++)
    {
      const WayChoice *option = g_ptr_array_index (choice->choices, i);
      g_autofree char *text = way_node_dup_text (option->content);
      glong length = g_utf8_strlen (text, -1);

      keys->expected_at[i] += chance;
      keys->variance_at[i] += chance * (1 - chance);
      if (is_right (declaration, option->id))
        {
          keys->n_at[i]++;
          longest_right = MAX (longest_right, length);
        }
      else
        longest_wrong = MAX (longest_wrong, length);
    }
  keys->n_longest += longest_right > longest_wrong;
}

static gboolean
is_habit (guint n, double expected, double variance)
{
  return n > expected + HABIT * sqrt (variance) + .5;
}

static void
judge_keys (const Keys *keys, GPtrArray *problems)
{
  for (guint i = 0; i < MAX_PLACES; i++)
    if (is_habit (keys->n_at[i], keys->expected_at[i], keys->variance_at[i]))
      report (problems, "pack.xml",
              "place %u holds the right choice in %u of %u questions of %s; chance gives %.0f",
              i + 1, keys->n_at[i], keys->n, keys->what, keys->expected_at[i]);
  if (is_habit (keys->n_longest, keys->expected_longest, keys->variance_longest))
    report (problems, "pack.xml",
            "the right choice is the longest in %u of %u questions of %s; chance gives %.0f",
            keys->n_longest, keys->n, keys->what, keys->expected_longest);
}

static void
check_choices (const WayItem *item, const char *path, GPtrArray *problems)
{
  for (guint i = 0; i < item->interactions->len; i++)
    {
      const WayInteraction *interaction = g_ptr_array_index (item->interactions, i);
      const WayDeclaration *declaration = way_item_find_response (item, interaction->response);

      if (interaction->type != WAY_INTERACTION_CHOICE || interaction->max_choices == 1
          || declaration == NULL || declaration->correct == NULL)
        continue;
      if (declaration->correct->texts->len == interaction->choices->len)
        report (problems, path, "every choice is right");
    }
}

static void
check_no_catch_all (const WayItem *item, const char *path, GPtrArray *problems)
{
  for (guint i = 0; i < item->interactions->len; i++)
    {
      const WayInteraction *interaction = g_ptr_array_index (item->interactions, i);

      for (guint j = 0; interaction->choices != NULL && j < interaction->choices->len; j++)
        {
          const WayChoice *option = g_ptr_array_index (interaction->choices, j);
          g_autofree char *text = way_node_dup_text (option->content);
          g_autofree char *key = way_prose_dup_key (text);

          if (g_str_has_prefix (key, "all of the above") || g_str_has_prefix (key, "all of these")
              || g_str_has_prefix (key, "none of the above")
              || g_str_has_prefix (key, "none of these"))
            report (problems, path, "a choice that stands for the others: %s", text);
        }
    }
}

static WayItem *
check_item (
    WayPack *pack, const char *id, const char *path, Keys *keys, GArray *stems, GPtrArray *problems)
{
  WayItem *item = way_pack_load_item (pack, id, NULL);
  const WayInteraction *single;
  g_autoptr (GString) text = NULL;
  Stem stem = { path, NULL };

  /* What cannot be read is named by way_pack_check(). */
  if (item == NULL)
    return NULL;
  check_choices (item, path, problems);
  check_no_catch_all (item, path, problems);
  single = get_single_choice (item);
  if (single != NULL)
    count_key (keys, item, single);
  text = g_string_new (NULL);
  append_stem (item->body, text);
  stem.key = way_prose_dup_key (text->str);
  g_array_append_val (stems, stem);

  return item;
}

static guint
count_words (const char *key)
{
  guint n = *key != '\0';

  for (; *key != '\0'; key++)
    n += *key == ' ';

  return n;
}

static void
check_stems (GArray *stems, GPtrArray *problems)
{
  for (guint i = 0; i < stems->len; i++)
    {
      const Stem *first = &g_array_index (stems, Stem, i);
      guint n_words = count_words (first->key);

      for (guint j = 0; j < i; j++)
        {
          const Stem *second = &g_array_index (stems, Stem, j);
          guint n_other = count_words (second->key);

          /* Two of very different length cannot be alike. */
          if (strcmp (first->key, second->key) == 0
              || (n_words >= MIN_WORDS
                  && MIN (n_words, n_other) > ALIKE * ALIKE * MAX (n_words, n_other)
                  && way_prose_compare (first->key, second->key) > ALIKE))
            report (problems, first->path, "asks the same as %s", second->path);
        }
    }
}

static void
check_capability (WayPack *pack, guint capability, GPtrArray *problems)
{
  const WayCapability *what = g_ptr_array_index (pack->capabilities, capability);
  guint at_level[WAY_N_LEVELS + 1] = { 0 };
  guint n = 0;
  guint n_openers = 0;

  for (guint i = 0; i < pack->baseline->len; i++)
    {
      const WayBaselineItem *item = g_ptr_array_index (pack->baseline, i);

      if (item->capability != capability)
        continue;
      n++;
      n_openers += item->is_opener;
      at_level[item->level]++;
    }
  if (n < MIN_ITEMS)
    report (problems, "pack.xml", "capability %s has %u questions in the baseline, fewer than %d",
            what->id, n, MIN_ITEMS);
  if (n_openers < MIN_OPENERS)
    report (problems, "pack.xml", "capability %s has %u openers, fewer than %d", what->id,
            n_openers, MIN_OPENERS);
  for (guint level = 1; level <= WAY_N_LEVELS; level++)
    if (at_level[level] == 0)
      report (problems, "pack.xml", "capability %s has no question of level %u in the baseline",
              what->id, level);
}

static void
check_enemies (WayPack *pack, GPtrArray *problems)
{
  for (guint i = 0; i < pack->baseline->len; i++)
    {
      const WayBaselineItem *item = g_ptr_array_index (pack->baseline, i);

      for (guint j = 0; item->enemies != NULL && item->enemies[j] != NULL; j++)
        {
          const WayBaselineItem *other = way_pack_find_baseline_item (pack, item->enemies[j]);

          if (other != NULL
              && (other == item || other->enemies == NULL
                  || !g_strv_contains ((const char *const *) other->enemies, item->id)))
            report (problems, "pack.xml", "%s has an enemy %s that does not name it", item->id,
                    other->id);
        }
    }
}

static gboolean
is_explained (const WayItem *item, const WayInteraction *interaction, const char *choice)
{
  g_autofree char *key = g_strconcat (interaction->response, "-", choice, NULL);

  return item->explanations != NULL
         && (g_hash_table_contains (item->explanations, choice)
             || g_hash_table_contains (item->explanations, key));
}

/* Why a question is asked, and what each choice would mean: what a second author, and
 * whoever looks at its statistics, must know. */
static void
check_rationale (const WayItem *item, const char *path, GPtrArray *problems)
{
  if (item->rationale == NULL)
    report (problems, path, "no rationale says why it is asked");
  for (guint i = 0; i < item->interactions->len; i++)
    {
      const WayInteraction *interaction = g_ptr_array_index (item->interactions, i);

      if (interaction->type != WAY_INTERACTION_CHOICE
          && interaction->type != WAY_INTERACTION_INLINE_CHOICE
          && interaction->type != WAY_INTERACTION_HOTTEXT
          && interaction->type != WAY_INTERACTION_HOTSPOT)
        continue;
      for (guint j = 0; j < interaction->choices->len; j++)
        {
          const WayChoice *choice = g_ptr_array_index (interaction->choices, j);

          if (!is_explained (item, interaction, choice->id))
            report (problems, path, "nothing explains the choice “%s”", choice->id);
        }
    }
}

static void
check_baseline (WayPack *pack, GArray *stems, GPtrArray *problems)
{
  Keys keys = { .what = "the baseline" };
  guint n_single = 0;

  if (pack->baseline->len == 0)
    return;
  for (guint i = 0; i < pack->baseline->len; i++)
    {
      const WayBaselineItem *named = g_ptr_array_index (pack->baseline, i);
      g_autoptr (WayItem) item = check_item (pack, named->id, named->href, &keys, stems, problems);

      if (item == NULL)
        continue;
      n_single += get_single_choice (item) != NULL;
      check_rationale (item, named->href, problems);
    }
  judge_keys (&keys, problems);
  if (n_single > MAX_SINGLE * pack->baseline->len)
    report (problems, "pack.xml",
            "%u of %u questions of the baseline are single choice, over %.0f %%", n_single,
            pack->baseline->len, 100 * MAX_SINGLE);
  for (guint i = 0; i < pack->capabilities->len; i++)
    check_capability (pack, i, problems);
  check_enemies (pack, problems);
}

static gboolean
has_rule (WayPack *pack, const WayModule *module, const char *outcome)
{
  for (guint i = 0; i < module->desks->len; i++)
    {
      g_autoptr (WayDesk)
          desk = way_pack_load_desk (pack, g_ptr_array_index (module->desks, i), NULL);

      for (guint j = 0; desk != NULL && j < desk->rules->len; j++)
        {
          const WayDeskRule *rule = g_ptr_array_index (desk->rules, j);

          if (g_strcmp0 (rule->outcome, outcome) == 0 && rule->points > 0)
            return TRUE;
        }
    }

  return FALSE;
}

/* Each outcome is asked about often enough, and done once: in practice, or by a question in
 * which something is done rather than recognised. */
static void
check_module (
    WayPack *pack, const WayModule *module, Keys *keys, GArray *stems, GPtrArray *problems)
{
  g_autoptr (GHashTable) n_asked = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) done = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < module->check->len; i++)
    {
      const WayCheckItem *named = g_ptr_array_index (module->check, i);
      g_autoptr (WayItem) item = check_item (pack, named->id, named->href, keys, stems, problems);
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (n_asked, named->outcome));

      g_hash_table_insert (n_asked, named->outcome, GUINT_TO_POINTER (n + 1));
      if (item != NULL && item->interactions->len > 0
          && ((const WayInteraction *) g_ptr_array_index (item->interactions, 0))->type
                 != WAY_INTERACTION_CHOICE)
        g_hash_table_add (done, named->outcome);
    }
  for (guint i = 0; i < module->outcomes->len; i++)
    {
      const WayOutcome *outcome = g_ptr_array_index (module->outcomes, i);
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (n_asked, outcome->id));

      if (n < MIN_QUESTIONS)
        report (problems, module->path, "outcome %s has %u questions, fewer than %d", outcome->id,
                n, MIN_QUESTIONS);
      if (!g_hash_table_contains (done, outcome->id) && !has_rule (pack, module, outcome->id))
        report (problems, module->path, "outcome %s is asked about and never done", outcome->id);
    }
}

/**
 * way_bank_check:
 * @pack: an open pack
 * @problems: (element-type utf8): problems are added as "file:line: reason"
 *
 * Looks for what gives a question away or makes a bank lean: a habit in where right choices
 * stand or how long they are (over 2.58 standard deviations above what chance gives), choices
 * that stand for others, two questions that ask the same, outcomes that are not covered, a
 * capability without openers or without a level, more than 60 % single choices; and for a
 * question of the baseline that nobody says why it is asked, or what a choice would mean.
 */
void
way_bank_check (WayPack *pack, GPtrArray *problems)
{
  g_autoptr (GArray) stems = g_array_new (FALSE, FALSE, sizeof (Stem));
  Keys keys = { .what = "the checks" };

  g_return_if_fail (WAY_IS_PACK (pack) && problems != NULL);

  g_array_set_clear_func (stems, stem_clear);
  check_baseline (pack, stems, problems);
  for (guint i = 0; i < pack->modules->len; i++)
    check_module (pack, g_ptr_array_index (pack->modules, i), &keys, stems, problems);
  judge_keys (&keys, problems);
  check_stems (stems, problems);
}
