/* way-practice-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "practice/way-practice-words.h"

#include <string.h>

#define STEM_MARK '*'

/* Lower-case words without accents, each at least one letter or figure. A "*" that stands
 * right behind a word of a phrase stays on it: any ending will do. */
static char **
split_words (const char *text, gboolean is_phrase)
{
  g_autofree char *folded = g_utf8_casefold (text != NULL ? text : "", -1);
  g_autofree char *plain = g_utf8_normalize (folded, -1, G_NORMALIZE_ALL);
  g_autoptr (GPtrArray) words = g_ptr_array_new_null_terminated (0, g_free, TRUE);
  g_autoptr (GString) word = g_string_new (NULL);

  for (const char *p = plain != NULL ? plain : "";; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_ismark (c))
        continue;
      if (g_unichar_isalnum (c))
        {
          g_string_append_unichar (word, c);
          continue;
        }
      if (word->len > 0)
        {
          if (is_phrase && c == STEM_MARK)
            g_string_append_c (word, STEM_MARK);
          g_ptr_array_add (words, g_strdup (word->str));
          g_string_truncate (word, 0);
        }
      if (c == 0)
        break;
    }

  return (char **) g_ptr_array_free (g_steal_pointer (&words), FALSE);
}

/* Whether at most `limit` letters are wrong, missing, too many, or changed places with
 * their neighbour: the optimal string alignment distance (Damerau 1964). */
static gboolean
is_within (const char *a, const char *b, guint limit)
{
  enum
  {
    LONGEST = 32,
  };
  glong a_length = g_utf8_strlen (a, -1);
  glong b_length = g_utf8_strlen (b, -1);
  g_autofree gunichar *x = NULL;
  g_autofree gunichar *y = NULL;
  guint cost[3][LONGEST + 1];

  if (a_length > LONGEST || b_length > LONGEST || (guint) ABS (a_length - b_length) > limit)
    return FALSE;

  x = g_utf8_to_ucs4_fast (a, -1, NULL);
  y = g_utf8_to_ucs4_fast (b, -1, NULL);
  for (glong j = 0; j <= b_length; j++)
    cost[0][j] = j;
  for (glong i = 1; i <= a_length; i++)
    {
      guint *row = cost[i % 3];
      const guint *above = cost[(i + 2) % 3];

      row[0] = i;
      for (glong j = 1; j <= b_length; j++)
        {
          row[j] = above[j - 1] + (x[i - 1] != y[j - 1]);
          row[j] = MIN (row[j], MIN (above[j], row[j - 1]) + 1);
          if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
            row[j] = MIN (row[j], cost[(i + 1) % 3][j - 2] + 1);
        }
    }

  return cost[a_length % 3][b_length] <= limit;
}

/* Short words must be right, longer ones may have a slip, and figures never. */
static gboolean
fits (const char *word, const char *wanted, gboolean is_near)
{
  gsize length = strlen (wanted);
  glong letters = g_utf8_strlen (wanted, -1);

  if (length > 0 && wanted[length - 1] == STEM_MARK)
    return strncmp (word, wanted, length - 1) == 0;
  if (strcmp (word, wanted) == 0)
    return TRUE;
  if (!is_near || letters < 5 || strpbrk (wanted, "0123456789") != NULL)
    return FALSE;

  return is_within (word, wanted, letters < 9 ? 1 : 2);
}

static gboolean
starts_with (char **words, char **phrase, gboolean is_near)
{
  for (guint i = 0; phrase[i] != NULL; i++)
    if (words[i] == NULL || !fits (words[i], phrase[i], is_near))
      return FALSE;

  return TRUE;
}

/**
 * way_words_count:
 * @text: (nullable)
 *
 * Returns: how many words stand in it
 */
guint
way_words_count (const char *text)
{
  g_auto (GStrv) words = split_words (text, FALSE);

  return g_strv_length (words);
}

/**
 * way_words_have:
 * @text: (nullable): what somebody typed
 * @phrases: one or more phrases with "|" between; a "*" behind a word stands for any ending
 * @is_near: whether a slip in a word of 5 letters or more is let pass
 *
 * Case, accents and punctuation do not matter.
 *
 * Returns: whether one of the phrases stands in it
 */
gboolean
way_words_have (const char *text, const char *phrases, gboolean is_near)
{
  g_auto (GStrv) words = NULL;
  g_auto (GStrv) all = NULL;

  g_return_val_if_fail (phrases != NULL, FALSE);

  words = split_words (text, FALSE);
  all = g_strsplit (phrases, "|", -1);
  for (guint i = 0; all[i] != NULL; i++)
    {
      g_auto (GStrv) phrase = split_words (all[i], TRUE);

      for (guint j = 0; phrase[0] != NULL && words[j] != NULL; j++)
        if (starts_with (words + j, phrase, is_near))
          return TRUE;
    }

  return FALSE;
}

/**
 * way_words_are:
 * @text: (nullable): what somebody typed
 * @phrases: one or more phrases with "|" between
 *
 * Returns: whether it is one of the phrases and nothing else, slips let pass
 */
gboolean
way_words_are (const char *text, const char *phrases)
{
  g_auto (GStrv) words = NULL;
  g_auto (GStrv) all = NULL;

  g_return_val_if_fail (phrases != NULL, FALSE);

  words = split_words (text, FALSE);
  all = g_strsplit (phrases, "|", -1);
  for (guint i = 0; all[i] != NULL; i++)
    {
      g_auto (GStrv) phrase = split_words (all[i], TRUE);

      if (phrase[0] != NULL && g_strv_length (phrase) == g_strv_length (words)
          && starts_with (words, phrase, TRUE))
        return TRUE;
    }

  return FALSE;
}
