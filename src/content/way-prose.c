/* way-prose.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "content/way-prose.h"

#include <string.h>

#define NHS_DIGITS 10

/* Words that praise, hurry or blame, and words that say nothing. */
#define BANNED                                                                                     \
  "easy|easily|easier|easiest|simple|simply|just|please|successfully|obviously|of course|"         \
  "click here|utilise|leverage|cutting[- ]edge|in order to|user[- ]friendly"

/* Words in "-ize" that are spelled so in Britain too stand before the rest. */
#define SIZES                                                                                      \
  "(?:(?:[a-z]+-?)?sized?|sizes|prizes?|seized?|seizes|capsized?|resizes?|resizing|sizing|"        \
  "seizing)"
#define AMERICAN                                                                                   \
  "(?!" SIZES "\\b)[a-z]{3,}(?:ize|izes|ized|izing|ization|izations)|"                             \
  "analyz(?:e|es|ed|ing)|(?:col|fav|hon|lab|neighb|behavi|hum|rum|tum|harb|od)or(?:s|ed|ing|ite|"  \
  "ites|al)?|"                                                                                     \
  "cent(?:er|ers|ered)|fibers?|liters?|theaters?|cancel(?:ed|ing)|label(?:ed|ing)|"                \
  "travel(?:ed|ing|er|ers)|model(?:ed|ing)|counsel(?:ed|ing|or|ors)|gray|fulfill|enroll|"          \
  "enrollment|"                                                                                    \
  "skillful|catalog|catalogs|dialog|dialogs|defense|offense|pediatric|pediatrics|anesthetic|"      \
  "anesthesia|hemoglobin|edema|diarrhea|orthopedic|gynecology|esophagus|maneuver|check mark|zip "  \
  "code"

static GRegex *
get_regex (const char *pattern, GRegex **cache)
{
  static GMutex lock;

  g_mutex_lock (&lock);
  if (*cache == NULL)
    {
      g_autoptr (GError) error = NULL;

      *cache = g_regex_new (pattern, G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, &error);
      g_assert_no_error (error); /* the pattern is our own */
    }
  g_mutex_unlock (&lock);

  return *cache;
}

static GRegex *
get_number_regex (void)
{
  static GRegex *cache;

  return get_regex ("(?<![\\d.])\\d{3}[ \\x{a0}-]?\\d{3}[ \\x{a0}-]?\\d{4}(?!\\d)", &cache);
}

/* Where a sentence ends, with the marks that close what it quotes. */
static char **
split_sentences (const char *text)
{
  static GRegex *cache;
  GRegex *regex = get_regex ("[.?!][”\"’)]*(?=\\s|$)", &cache);
  g_auto (GStrv) parts = g_regex_split (regex, text, 0);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      g_strv_builder_add (builder, parts[i]);

  return g_strv_builder_end (builder);
}

static gboolean
has_letter_or_digit (const char *word)
{
  for (; *word != '\0'; word = g_utf8_next_char (word))
    if (g_unichar_isalnum (g_utf8_get_char (word)))
      return TRUE;

  return FALSE;
}

/* An NHS number counts as one word. */
static char **
split_words (const char *text)
{
  g_autofree char *plain = g_regex_replace_literal (get_number_regex (), text, -1, 0, "number", 0,
                                                    NULL);
  g_auto (GStrv) parts = g_strsplit_set (plain != NULL ? plain : text, " \t\r\n", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (has_letter_or_digit (parts[i]))
      g_strv_builder_add (builder, parts[i]);

  return g_strv_builder_end (builder);
}

/* Whether the e of a last "e", "es" or "ed" is not heard: makes, not boxes; stopped, not
 * wanted. */
static gboolean
is_silent (const char *word, gsize length)
{
  if (length < 3)
    return FALSE;
  if (g_str_has_suffix (word, "es"))
    return strchr ("sxzcgh", word[length - 3]) == NULL;
  if (g_str_has_suffix (word, "ed"))
    return strchr ("td", word[length - 3]) == NULL;

  return g_str_has_suffix (word, "e") && word[length - 2] != 'l';
}

/* Groups of vowels, less an e that is not heard at the end. A number is read as one. */
static guint
count_syllables (const char *word)
{
  static const char *const vowels = "aeiouyàáâäéèêëíîïóôöúùûü";
  g_autofree char *lower = g_utf8_strdown (word, -1);
  g_autoptr (GString) letters = g_string_new (NULL);
  gboolean was_vowel = FALSE;
  guint n = 0;

  for (const char *c = lower; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar letter = g_utf8_get_char (c);
      gboolean is_vowel = g_utf8_strchr (vowels, -1, letter) != NULL;

      if (!g_unichar_isalpha (letter))
        {
          was_vowel = FALSE;
          continue;
        }
      g_string_append_unichar (letters, letter);
      n += is_vowel && !was_vowel;
      was_vowel = is_vowel;
    }
  if (n > 1 && is_silent (letters->str, letters->len))
    n--;

  return MAX (n, 1);
}

static gboolean
has_right_check_digit (const char *digits)
{
  int sum = 0;

  for (int i = 0; i < NHS_DIGITS - 1; i++)
    sum += (digits[i] - '0') * (NHS_DIGITS - i);

  return (11 - sum % 11) % 11 == digits[NHS_DIGITS - 1] - '0';
}

/**
 * way_prose_is_nhs_number:
 * @text: figures, with blanks or other signs between them
 *
 * Returns: whether the figures are ten and the last is the check digit of the others: modulus 11
 */
gboolean
way_prose_is_nhs_number (const char *text)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  g_return_val_if_fail (text != NULL, FALSE);

  for (const char *c = text; *c != '\0'; c++)
    if (g_ascii_isdigit (*c))
      g_string_append_c (digits, *c);
  return digits->len == NHS_DIGITS && has_right_check_digit (digits->str);
}

/* Invented patients have numbers that are never issued, and that are right as numbers. */
static void
check_numbers (const char *text, GPtrArray *faults)
{
  g_autoptr (GMatchInfo) match = NULL;

  g_regex_match (get_number_regex (), text, 0, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *found = g_match_info_fetch (match, 0);
      g_autoptr (GString) digits = g_string_new (NULL);

      for (const char *c = found; *c != '\0'; c++)
        if (g_ascii_isdigit (*c))
          g_string_append_c (digits, *c);
      if (!g_str_has_prefix (digits->str, "999"))
        g_ptr_array_add (faults,
                         g_strdup_printf ("NHS number outside 999 000 0000 to 999 999 9999: %s",
                                          found));
      else if (!has_right_check_digit (digits->str))
        g_ptr_array_add (faults,
                         g_strdup_printf ("NHS number with a wrong check digit: %s", found));
    }
}

static void
check_marks (const char *text, GPtrArray *faults)
{
  static const struct
  {
    const char *what;
    const char *pattern;
  } marks[] = {
    { "banned word", "\\b(?:" BANNED ")\\b" },
    { "American spelling", "\\b(?:" AMERICAN ")\\b" },
    { "exclamation mark", "!" },
    { "em dash", "—" },
  };
  static GRegex *caches[G_N_ELEMENTS (marks)];

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      g_autoptr (GMatchInfo) match = NULL;

      g_regex_match (get_regex (marks[i].pattern, &caches[i]), text, 0, &match);
      for (; g_match_info_matches (match); g_match_info_next (match, NULL))
        {
          g_autofree char *found = g_match_info_fetch (match, 0);

          g_ptr_array_add (faults, g_strdup_printf ("%s: %s", marks[i].what, found));
        }
    }
}

/**
 * way_prose_check:
 * @text: a run of English words, white space folded
 * @flags: what kind of text it is
 * @faults: (element-type utf8): a reason is added for each thing wrong
 *
 * Holds a text to the house style: at most %WAY_PROSE_MAX_WORDS words a sentence and
 * %WAY_PROSE_MAX_SENTENCES sentences a paragraph, British spelling, no word that praises or
 * hurries, no NHS number that could be somebody's.
 */
void
way_prose_check (const char *text, WayProseFlags flags, GPtrArray *faults)
{
  g_auto (GStrv) sentences = NULL;

  g_return_if_fail (text != NULL && faults != NULL);

  sentences = split_sentences (text);
  for (guint i = 0; sentences[i] != NULL; i++)
    {
      g_auto (GStrv) words = split_words (sentences[i]);
      guint n = g_strv_length (words);

      if (n > WAY_PROSE_MAX_WORDS)
        g_ptr_array_add (faults, g_strdup_printf ("sentence of %u words: %s", n, sentences[i]));
    }
  if ((flags & WAY_PROSE_PARAGRAPH) != 0 && g_strv_length (sentences) > WAY_PROSE_MAX_SENTENCES)
    g_ptr_array_add (faults, g_strdup_printf ("paragraph of %u sentences: %s",
                                              g_strv_length (sentences), text));
  check_marks (text, faults);
  check_numbers (text, faults);
}

/**
 * way_prose_add:
 * @text: a run of English words
 *
 * Counts the sentences, words and syllables of a text into @self.
 */
void
way_prose_add (WayProse *self, const char *text)
{
  g_auto (GStrv) sentences = NULL;

  g_return_if_fail (self != NULL && text != NULL);

  sentences = split_sentences (text);
  for (guint i = 0; sentences[i] != NULL; i++)
    {
      g_auto (GStrv) words = split_words (sentences[i]);

      self->n_sentences += words[0] != NULL;
      for (guint j = 0; words[j] != NULL; j++)
        {
          self->n_words++;
          self->n_syllables += count_syllables (words[j]);
        }
    }
}

/**
 * way_prose_get_reading_age:
 *
 * The Flesch–Kincaid grade (Kincaid, Fishburne, Rogers and Chissom 1975: .39 words a
 * sentence + 11.8 syllables a word − 15.59) and five years, at which the first grade begins
 * in the schools for which it was made. Syllables are counted by groups of vowels. It means
 * something for a hundred words or more.
 *
 * Returns: in years, at least 5; 0 for no words
 */
double
way_prose_get_reading_age (const WayProse *self)
{
  g_return_val_if_fail (self != NULL, 0);

  if (self->n_words == 0)
    return 0;

  return MAX (5.0, 5 - 15.59 + 0.39 * self->n_words / self->n_sentences
                       + 11.8 * self->n_syllables / self->n_words);
}

/**
 * way_prose_dup_key:
 *
 * Returns: (transfer full): the words of a text in lower case with one space between, and
 *   nothing else: what two texts have in common that say the same
 */
char *
way_prose_dup_key (const char *text)
{
  g_autofree char *lower = NULL;
  g_autoptr (GString) key = g_string_new (NULL);

  g_return_val_if_fail (text != NULL, NULL);

  lower = g_utf8_casefold (text, -1);
  for (const char *c = lower; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar letter = g_utf8_get_char (c);

      if (g_unichar_isalnum (letter))
        g_string_append_unichar (key, letter);
      else if (key->len > 0 && key->str[key->len - 1] != ' ' && letter != 0x2019 && letter != '\'')
        g_string_append_c (key, ' ');
    }
  g_strchomp (key->str);

  return g_string_free (g_steal_pointer (&key), FALSE);
}

/**
 * way_prose_compare:
 * @a: from way_prose_dup_key()
 * @b: from way_prose_dup_key()
 *
 * Returns: which part of the different words of both stands in both, 0 to 1 (Jaccard)
 */
double
way_prose_compare (const char *a, const char *b)
{
  g_autoptr (GHashTable) first = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) second = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto (GStrv) words_a = NULL;
  g_auto (GStrv) words_b = NULL;
  guint n_both = 0;
  guint n_all;

  g_return_val_if_fail (a != NULL && b != NULL, 0);

  words_a = g_strsplit (a, " ", -1);
  words_b = g_strsplit (b, " ", -1);
  for (guint i = 0; words_a[i] != NULL; i++)
    g_hash_table_add (first, words_a[i]);
  for (guint i = 0; words_b[i] != NULL; i++)
    if (g_hash_table_add (second, words_b[i]))
      n_both += g_hash_table_contains (first, words_b[i]);
  n_all = g_hash_table_size (first) + g_hash_table_size (second) - n_both;

  return n_all > 0 ? (double) n_both / n_all : 0;
}
