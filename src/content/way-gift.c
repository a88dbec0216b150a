/* way-gift.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "content/way-quiz-private.h"
#include "content/way-xml.h"

#include <math.h>
#include <string.h>

/* Signs that a backslash takes their meaning from stand as these while a question is taken
 * apart: none of them is a character. */
static const char escaped[] = "~=#{}:";
#define ESCAPE_FIRST 0x01

static char *
hide_escapes (const char *text)
{
  g_autoptr (GString) hidden = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c++)
    {
      const char *sign = *c == '\\' && c[1] != '\0' ? strchr (escaped, c[1]) : NULL;

      if (sign != NULL)
        {
          g_string_append_c (hidden, (char) (ESCAPE_FIRST + (sign - escaped)));
          c++;
        }
      else if (*c == '\\' && c[1] == 'n')
        {
          g_string_append_c (hidden, '\n');
          c++;
        }
      else
        g_string_append_c (hidden, *c);
    }

  return g_string_free (g_steal_pointer (&hidden), FALSE);
}

static char *
show_escapes (const char *text)
{
  g_autoptr (GString) shown = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c++)
    if ((guchar) *c >= ESCAPE_FIRST && (gsize) ((guchar) *c - ESCAPE_FIRST) < sizeof escaped - 1)
      g_string_append_c (shown, escaped[(guchar) *c - ESCAPE_FIRST]);
    else
      g_string_append_c (shown, *c);

  return g_strstrip (g_string_free (g_steal_pointer (&shown), FALSE));
}

/* What stands before a feedback, and whether there is one. */
static char *
cut_feedback (const char *text, gboolean *has_feedback)
{
  const char *sign = strchr (text, '#');

  if (sign != NULL)
    *has_feedback = TRUE;

  return sign != NULL ? g_strndup (text, (gsize) (sign - text)) : g_strdup (text);
}

/* "%50%" in front of an answer. */
static const char *
read_weight (const char *text, double *fraction)
{
  char *end;
  double percent;

  while (g_ascii_isspace (*text))
    text++;
  if (*text != '%')
    return text;
  percent = g_ascii_strtod (text + 1, &end);
  if (*end != '%' || !isfinite (percent) || fabs (percent) > 100)
    return text;
  *fraction = percent / 100;

  return end + 1;
}

static gboolean
read_number (const char *text, double *number)
{
  char *end;

  *number = g_ascii_strtod (text, &end);
  while (g_ascii_isspace (*end))
    end++;

  return end != text && *end == '\0' && isfinite (*number);
}

/* "3:0.5", "2..4" or "3". */
static gboolean
read_range (const char *text, double *least, double *most)
{
  gboolean is_range = strstr (text, "..") != NULL;
  g_auto (GStrv) parts = g_strsplit (text, is_range ? ".." : ":", 2);
  double second = 0;

  if (parts[0] == NULL || !read_number (parts[0], least)
      || (parts[1] != NULL && !read_number (parts[1], &second)))
    return FALSE;
  if (is_range)
    {
      *most = second;
      return *most >= *least;
    }
  *most = *least + second;
  *least -= second;

  return second >= 0;
}

static gboolean
read_truth (WayQuizQuestion *question, const char *inside)
{
  g_autofree char *bare = cut_feedback (inside, &question->has_feedback);
  gboolean is_true;

  g_strstrip (bare);
  is_true = g_ascii_strcasecmp (bare, "T") == 0 || g_ascii_strcasecmp (bare, "TRUE") == 0;
  if (!is_true && g_ascii_strcasecmp (bare, "F") != 0 && g_ascii_strcasecmp (bare, "FALSE") != 0)
    return FALSE;
  way_quiz_question_add (question, "True", is_true);
  way_quiz_question_add (question, "False", !is_true);

  return TRUE;
}

static const char *
read_numbers (WayQuizQuestion *question, const char *inside)
{
  g_auto (GStrv) parts = g_strsplit (inside, "=", -1);
  gboolean is_list = strchr (inside, '=') != NULL;

  question->kind = WAY_QUIZ_NUMBER;
  for (guint i = is_list ? 1 : 0; parts[i] != NULL; i++)
    {
      double fraction = 1;
      const char *rest = read_weight (parts[i], &fraction);
      g_autofree char *bare = cut_feedback (rest, &question->has_feedback);
      WayQuizAnswer *answer = way_quiz_question_add (question, bare, fraction);

      if (!read_range (bare, &answer->least, &answer->most))
        return "its number cannot be read";
    }

  return question->answers->len > 0 ? NULL : "its number cannot be read";
}

/* Each answer begins with "=" or "~". */
static const char *
read_answers (WayQuizQuestion *question, const char *inside)
{
  gboolean has_wrong = strchr (inside, '~') != NULL;
  gboolean has_right = FALSE;
  guint n_weighed = 0;
  const char *c = inside + strcspn (inside, "=~");

  while (*c != '\0')
    {
      gboolean is_right = *c == '=';
      gsize length = strcspn (c + 1, "=~");
      g_autofree char *part = g_strndup (c + 1, length);
      double fraction = is_right;
      const char *rest = read_weight (part, &fraction);
      g_autofree char *bare = cut_feedback (rest, &question->has_feedback);
      const char *arrow = strstr (bare, "->");
      WayQuizAnswer *answer;

      has_right |= is_right;
      n_weighed += !is_right && fraction > 0;
      if (arrow != NULL && is_right)
        {
          g_autofree char *left = g_strndup (bare, (gsize) (arrow - bare));

          question->kind = WAY_QUIZ_MATCH;
          answer = way_quiz_question_add (question, left, 1);
          answer->pair = show_escapes (arrow + 2);
        }
      else
        {
          g_autofree char *shown = show_escapes (bare);

          way_quiz_question_add (question, shown, fraction);
        }
      c += 1 + length;
    }

  if (question->answers->len == 0)
    return "it has no answers";
  if (question->kind == WAY_QUIZ_MATCH)
    {
      for (guint i = 0; i < question->answers->len; i++)
        if (((WayQuizAnswer *) g_ptr_array_index (question->answers, i))->pair == NULL)
          return "some of its answers are pairs, and some are not";
      return NULL;
    }
  question->kind = has_wrong ? WAY_QUIZ_CHOICE : WAY_QUIZ_WORDS;
  question->is_many = !has_right && n_weighed > 0;

  return NULL;
}

static const char *
read_inside (WayQuizQuestion *question, const char *inside)
{
  g_autofree char *bare = g_strstrip (g_strdup (inside));
  char *general = strstr (bare, "####");

  if (general != NULL)
    {
      question->has_feedback = TRUE;
      *general = '\0';
      g_strchomp (bare);
    }
  if (*bare == '\0')
    return "its answer is an essay, which nobody can score here";
  if (*bare == '#')
    return read_numbers (question, bare + 1);
  if (read_truth (question, bare))
    return NULL;

  return read_answers (question, bare);
}

/* One block between empty lines. */
static void
read_question (const char *block,
               const char *path,
               int line,
               GPtrArray *questions,
               GPtrArray *report,
               guint *n_left)
{
  static const char *const formats[] = { "[html]", "[plain]", "[moodle]", "[markdown]" };
  g_autofree char *hidden = hide_escapes (block);
  g_autoptr (WayQuizQuestion) question = way_quiz_question_new (WAY_QUIZ_CHOICE, path, line);
  const char *start = hidden;
  const char *open;
  const char *close;
  const char *why;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *inside = NULL;

  if (g_str_has_prefix (start, "::"))
    {
      const char *end = strstr (start + 2, "::");

      if (end != NULL)
        {
          g_autofree char *title = g_strndup (start + 2, (gsize) (end - start - 2));

          question->title = show_escapes (title);
          start = end + 2;
        }
    }
  while (g_ascii_isspace (*start))
    start++;
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_has_prefix (start, formats[i]))
      start += strlen (formats[i]);

  open = strchr (start, '{');
  close = open != NULL ? strchr (open, '}') : NULL;
  if (open == NULL)
    {
      way_quiz_leave (report, path, line, n_left, "it is a description, and asks nothing");
      return;
    }
  if (close == NULL || strchr (close, '{') != NULL)
    {
      way_quiz_leave (report, path, line, n_left,
                      close == NULL ? "its answers have no end" : "it has more than one gap");
      return;
    }
  before = g_strndup (start, (gsize) (open - start));
  inside = g_strndup (open + 1, (gsize) (close - open - 1));
  after = show_escapes (close + 1);
  question->text = show_escapes (before);
  if (*after != '\0')
    question->after = g_steal_pointer (&after);
  why = read_inside (question, inside);
  if (why != NULL)
    {
      way_quiz_leave (report, path, line, n_left, why);
      return;
    }
  g_ptr_array_add (questions, g_steal_pointer (&question));
}

/* private: see way-quiz-private.h */
void
way_gift_read (
    const char *text, const char *path, GPtrArray *questions, GPtrArray *report, guint *n_left)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GString) block = g_string_new (NULL);
  int first = 0;

  for (int i = 0; lines[i] != NULL || block->len > 0; i++)
    {
      char *line = lines[i] != NULL ? g_strchomp (lines[i]) : NULL;
      gboolean is_end = line == NULL || *line == '\0';

      if (is_end)
        {
          if (block->len > 0)
            read_question (block->str, path, first, questions, report, n_left);
          g_string_truncate (block, 0);
          if (line == NULL)
            break;
          continue;
        }
      if (g_str_has_prefix (line, "//"))
        continue;
      if (g_str_has_prefix (line, "$CATEGORY:"))
        {
          way_problems_add (report, path, i + 1, "the category is not taken");
          continue;
        }
      if (block->len == 0)
        first = i + 1;
      else
        g_string_append_c (block, '\n');
      g_string_append (block, line);
    }
}
