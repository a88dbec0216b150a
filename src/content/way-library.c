/* way-library.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "content/way-library.h"

#include <string.h>

/* How modules are found
 * ---------------------
 * Each module gives words, each with a weight by where it stands: its title most, then its
 * summary, its outcomes and the titles of its cards. A hard word of the glossary that
 * stands anywhere in the module gives its synonym as well, and the other way round, so
 * that “junk” finds what speaks of spam; a module that explains the word comes before one
 * that only says it. What else the module says counts least.
 *
 * A word that is sought holds for the same word, for the beginning of a longer one, and
 * for one that is a letter off, or two where it is long. What some write as one word and
 * others as two, or with a hyphen, is the same: “xray”, “x ray”, “X-ray”. All words have to
 * be found; little ones count only when there are no others. */

typedef struct
{
  guint module; /* index */
  double weight;
} Place;

typedef struct
{
  const WayModule *module; /* the pack's */
  double score;
  guint position;
} Hit;

struct _WayLibrary
{
  GObject parent_instance;

  WayPack *pack;     /* (owned) */
  GHashTable *words; /* (owned) char* → GArray of Place */
};

G_DEFINE_FINAL_TYPE (WayLibrary, way_library, G_TYPE_OBJECT)

/* Policy: the longest word that is compared letter by letter. */
#define LONGEST 32

#define WEIGHT_TITLE 8
#define WEIGHT_SUMMARY 4
#define WEIGHT_OUTCOME 3
#define WEIGHT_HARD_WORD 3
#define WEIGHT_CARD 2
#define WEIGHT_CAPABILITY 1
#define WEIGHT_SAID 0.5
#define WEIGHT_AGAIN 0.05
#define MOST_AGAIN 10

#define QUALITY_BEGINNING 0.7
#define QUALITY_ONE_OFF 0.4
#define QUALITY_TWO_OFF 0.2

static const char *const LITTLE[] = { "a",    "about", "an",  "and",  "are",  "at",  "can",
                                      "do",   "does",  "for", "from", "help", "how", "i",
                                      "in",   "is",    "it",  "me",   "my",   "of",  "on",
                                      "or",   "that",  "the", "to",   "use",  "we",  "what",
                                      "when", "where", "who", "with", "you",  NULL };

static char **
split (const char *text)
{
  return g_str_tokenize_and_fold (text != NULL ? text : "", "en", NULL);
}

static void
add_word (WayLibrary *self, const char *word, guint module, double weight)
{
  GArray *places = g_hash_table_lookup (self->words, word);
  Place place = { module, weight };

  if (places == NULL)
    {
      places = g_array_new (FALSE, FALSE, sizeof (Place));
      g_hash_table_insert (self->words, g_strdup (word), places);
    }
  /* Modules come one after another: the last place is of this one, or there is none. */
  if (places->len > 0 && g_array_index (places, Place, places->len - 1).module == module)
    {
      Place *last = &g_array_index (places, Place, places->len - 1);

      last->weight = MAX (last->weight, weight);
    }
  else
    g_array_append_val (places, place);
}

static void
add_text (WayLibrary *self, const char *text, guint module, double weight)
{
  g_auto (GStrv) words = split (text);
  g_auto (GStrv) parts = g_strsplit_set (text != NULL ? text : "", " \n\t", -1);

  for (guint i = 0; words[i] != NULL; i++)
    add_word (self, words[i], module, weight);
  /* What has a hyphen is sought without as well. */
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_auto (GStrv) pieces = split (parts[i]);
      g_autofree char *joined = g_strjoinv ("", pieces);

      if (pieces[0] != NULL && pieces[1] != NULL)
        add_word (self, joined, module, weight);
    }
}

/* Words with one space before and after each, to look for phrases in. */
static char *
fold (const char *text)
{
  g_auto (GStrv) words = split (text);
  g_autofree char *joined = g_strjoinv (" ", words);

  return g_strdup_printf (" %s ", joined);
}

static void
append_flow (GString *text, const WayNode *node)
{
  g_autofree char *words = node != NULL ? way_node_dup_text (node) : NULL;

  if (words != NULL)
    g_string_append_printf (text, " %s", words);
}

/* All that it says before the practice. */
static char *
dup_text (const WayModule *module)
{
  g_autoptr (GString) text = g_string_new (module->title);

  g_string_append_printf (text, " %s", module->summary);
  for (guint i = 0; i < module->outcomes->len; i++)
    g_string_append_printf (text, " %s", ((WayOutcome *) module->outcomes->pdata[i])->text);
  append_flow (text, module->why);
  for (guint i = 0; i < module->cards->len; i++)
    {
      const WayCard *card = module->cards->pdata[i];

      g_string_append_printf (text, " %s", card->title);
      append_flow (text, card->content);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
append_explained (GString *text, const WayNode *node)
{
  if (node == NULL)
    return;
  if (node->type == WAY_NODE_TERM)
    append_flow (text, node);
  for (guint i = 0; node->children != NULL && i < node->children->len; i++)
    append_explained (text, node->children->pdata[i]);
}

/* The hard words that it marks as such. */
static char *
dup_explained (const WayModule *module)
{
  g_autoptr (GString) text = g_string_new (NULL);

  append_explained (text, module->why);
  for (guint i = 0; i < module->cards->len; i++)
    append_explained (text, ((WayCard *) module->cards->pdata[i])->content);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static guint
count_phrase (const char *folded, const char *phrase)
{
  g_autofree char *sought = phrase != NULL ? fold (phrase) : NULL;
  guint n = 0;

  if (sought == NULL || strlen (sought) <= 2)
    return 0;
  /* The space after one may be the space before the next. */
  for (const char *p = strstr (folded, sought); p != NULL; p = strstr (p + 1, sought))
    n++;
  return n;
}

static guint
count_term (const char *folded, const WayTerm *term)
{
  g_auto (GStrv) others = g_strsplit (term->also != NULL ? term->also : "", ",", -1);
  guint n = count_phrase (folded, term->word);

  for (guint i = 0; others[i] != NULL; i++)
    n += count_phrase (folded, others[i]);
  return n;
}

/* Its words, and all of them as one: “log on” and “logon”. */
static void
add_phrase (WayLibrary *self, const char *phrase, guint module, double weight)
{
  g_auto (GStrv) words = split (phrase);
  g_autofree char *joined = g_strjoinv ("", words);

  add_text (self, phrase, module, weight);
  if (words[0] != NULL)
    add_word (self, joined, module, weight);
}

/* A hard word and its synonyms count as much as the place that one of them stands in, and
 * a little more the more often they are said. */
static void
add_term (WayLibrary *self,
          const WayTerm *term,
          const WayModule *module,
          guint index,
          const char *folded,
          const char *explained)
{
  g_auto (GStrv) others = g_strsplit (term->also != NULL ? term->also : "", ",", -1);
  g_autofree char *title = fold (module->title);
  g_autofree char *summary = fold (module->summary);
  guint n = count_term (folded, term);
  double weight = WEIGHT_HARD_WORD;

  if (n == 0)
    return;
  if (count_term (title, term) > 0)
    weight = WEIGHT_TITLE;
  else if (count_term (summary, term) > 0 || count_term (explained, term) > 0)
    weight = WEIGHT_SUMMARY;
  weight += WEIGHT_AGAIN * MIN (n, MOST_AGAIN);
  add_phrase (self, term->word, index, weight);
  for (guint i = 0; others[i] != NULL; i++)
    add_phrase (self, others[i], index, weight);
}

static void
add_module (WayLibrary *self, const WayModule *module, guint index)
{
  GPtrArray *terms = way_pack_get_terms (self->pack);
  int capability = way_pack_find_capability (self->pack, module->capability);
  g_autofree char *text = dup_text (module);
  g_autofree char *folded = fold (text);
  g_autofree char *explained = dup_explained (module);
  g_autofree char *hard = fold (explained);

  add_text (self, module->id, index, WEIGHT_TITLE);
  add_text (self, module->title, index, WEIGHT_TITLE);
  add_text (self, module->summary, index, WEIGHT_SUMMARY);
  for (guint i = 0; i < module->outcomes->len; i++)
    add_text (self, ((WayOutcome *) module->outcomes->pdata[i])->text, index, WEIGHT_OUTCOME);
  for (guint i = 0; i < module->cards->len; i++)
    add_text (self, ((WayCard *) module->cards->pdata[i])->title, index, WEIGHT_CARD);
  for (guint i = 0; i < terms->len; i++)
    add_term (self, terms->pdata[i], module, index, folded, hard);
  add_text (self, text, index, WEIGHT_SAID);
  if (capability >= 0)
    {
      const WayCapability *about = way_pack_get_capabilities (self->pack)->pdata[capability];

      add_text (self, about->name, index, WEIGHT_CAPABILITY);
      add_text (self, about->short_name, index, WEIGHT_CAPABILITY);
    }
}

/**
 * way_words_distance:
 * @limit: how far is far enough to stop
 *
 * How many letters are wrong, missing, too many, or changed places with the next one: the
 * optimal string alignment distance (a restricted Damerau–Levenshtein).
 *
 * Returns: the distance, or @limit + 1 where it is larger
 */
guint
way_words_distance (const char *a, const char *b, guint limit)
{
  gunichar x[LONGEST];
  gunichar y[LONGEST];
  guint rows[3][LONGEST + 1];
  guint n = 0;
  guint m = 0;

  g_return_val_if_fail (a != NULL && b != NULL, limit + 1);

  for (const char *p = a; *p != '\0' && n < LONGEST; p = g_utf8_next_char (p))
    x[n++] = g_utf8_get_char (p);
  for (const char *p = b; *p != '\0' && m < LONGEST; p = g_utf8_next_char (p))
    y[m++] = g_utf8_get_char (p);
  if (MAX (n, m) - MIN (n, m) > limit)
    return limit + 1;

  for (guint j = 0; j <= m; j++)
    rows[0][j] = j;
  for (guint i = 1; i <= n; i++)
    {
      guint *row = rows[i % 3];
      const guint *above = rows[(i + 2) % 3];
      const guint *over = rows[(i + 1) % 3];
      guint least;

      least = row[0] = i;
      for (guint j = 1; j <= m; j++)
        {
          row[j] = MIN (MIN (above[j], row[j - 1]) + 1, above[j - 1] + (x[i - 1] != y[j - 1]));
          if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
            row[j] = MIN (row[j], over[j - 2] + 1);
          least = MIN (least, row[j]);
        }
      if (least > limit)
        return limit + 1;
    }
  return MIN (rows[n % 3][m], limit + 1);
}

/* How well a word of a module answers the one that is sought: 0 not at all. */
static double
compare_words (const char *sought, glong length, const char *word)
{
  guint limit = length >= 8 ? 2 : length >= 4 ? 1 : 0;
  guint distance;

  if (strcmp (sought, word) == 0)
    return 1;
  if (length >= 2 && g_str_has_prefix (word, sought))
    return QUALITY_BEGINNING;
  if (limit == 0)
    return 0;
  distance = way_words_distance (sought, word, limit);
  return distance > limit ? 0 : distance == 1 ? QUALITY_ONE_OFF : QUALITY_TWO_OFF;
}

static gboolean
is_little (const char *word)
{
  return g_strv_contains (LITTLE, word);
}

static int
compare_hits (gconstpointer a, gconstpointer b)
{
  const Hit *x = a;
  const Hit *y = b;

  if (x->score != y->score)
    return x->score > y->score ? -1 : 1;
  return x->position < y->position ? -1 : 1;
}

/* For each module the best that a word of it is worth. */
static void
score_word (WayLibrary *self, const char *sought, double *best)
{
  glong length = g_utf8_strlen (sought, -1);
  GHashTableIter iter;
  gpointer word;
  gpointer places;

  g_hash_table_iter_init (&iter, self->words);
  while (g_hash_table_iter_next (&iter, &word, &places))
    {
      double quality = compare_words (sought, length, word);

      for (guint i = 0; quality > 0 && i < ((GArray *) places)->len; i++)
        {
          const Place *place = &g_array_index ((GArray *) places, Place, i);

          /* Among all words some are always near: what is only said has to be right. */
          if (place->weight <= WEIGHT_SAID && quality < QUALITY_BEGINNING)
            continue;
          best[place->module] = MAX (best[place->module], quality * place->weight);
        }
    }
}

/* The word that @words has at @i, or that and the next as one. */
static void
score_words (WayLibrary *self, char **words, guint i, double *best)
{
  score_word (self, words[i], best);
  if (words[i + 1] != NULL)
    {
      g_autofree char *joined = g_strconcat (words[i], words[i + 1], NULL);

      score_word (self, joined, best);
    }
  if (i > 0)
    {
      g_autofree char *joined = g_strconcat (words[i - 1], words[i], NULL);

      score_word (self, joined, best);
    }
}

/**
 * way_library_search:
 * @text: what somebody typed; nothing or only signs finds nothing
 *
 * Returns: (transfer container) (element-type WayModule): the best first, of the pack
 */
GPtrArray *
way_library_search (WayLibrary *self, const char *text)
{
  g_auto (GStrv) words = split (text);
  GPtrArray *modules;
  GPtrArray *found = g_ptr_array_new ();
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (Hit));
  g_autofree double *sums = NULL;
  g_autofree double *best = NULL;
  gboolean has_others = FALSE;

  g_return_val_if_fail (WAY_IS_LIBRARY (self), found);

  modules = way_pack_get_modules (self->pack);
  sums = g_new0 (double, modules->len + 1);
  best = g_new0 (double, modules->len + 1);
  for (guint i = 0; words[i] != NULL; i++)
    has_others = has_others || !is_little (words[i]);
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (has_others && is_little (words[i]))
        continue;
      memset (best, 0, modules->len * sizeof (double));
      score_words (self, words, i, best);
      for (guint m = 0; m < modules->len; m++)
        sums[m] = best[m] > 0 && sums[m] >= 0 ? sums[m] + best[m] : -1;
    }
  for (guint m = 0; m < modules->len; m++)
    {
      Hit hit = { modules->pdata[m], sums[m], m };

      if (hit.score > 0)
        g_array_append_val (hits, hit);
    }
  g_array_sort (hits, compare_hits);
  for (guint i = 0; i < hits->len; i++)
    g_ptr_array_add (found, (gpointer) g_array_index (hits, Hit, i).module);
  return found;
}

static void
way_library_finalize (GObject *object)
{
  WayLibrary *self = WAY_LIBRARY (object);

  g_clear_pointer (&self->words, g_hash_table_unref);
  g_clear_object (&self->pack);

  G_OBJECT_CLASS (way_library_parent_class)->finalize (object);
}

static void
way_library_class_init (WayLibraryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = way_library_finalize;
}

static void
way_library_init (WayLibrary *self)
{
  self->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) g_array_unref);
}

/**
 * way_library_new:
 * @pack: whose modules are to be found
 *
 * Returns: (transfer full): the index of all its modules
 */
WayLibrary *
way_library_new (WayPack *pack)
{
  WayLibrary *self = g_object_new (WAY_TYPE_LIBRARY, NULL);
  GPtrArray *modules;

  g_return_val_if_fail (WAY_IS_PACK (pack), self);

  self->pack = g_object_ref (pack);
  modules = way_pack_get_modules (pack);
  for (guint i = 0; i < modules->len; i++)
    add_module (self, modules->pdata[i], i);
  return self;
}
