/* way-practice-trace.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "practice/way-practice-private.h"

#include <string.h>

/* One line of words with single spaces, in ASCII, so that nothing which folds white space or
 * composes characters changes it: "desk/1 VERSION SEED open:m1 reply:m1:r1 finish". What is
 * not a letter, a digit or one of -._~ is written as %XX. */
#define MARK "desk/1"

static void
append_part (GString *line, char before, const char *text)
{
  g_autofree char *escaped = g_uri_escape_string (text, NULL, FALSE);

  g_string_append_c (line, before);
  g_string_append (line, escaped);
}

/**
 * way_practice_dup_trace:
 *
 * Returns: (transfer full): the run in one line, from which the same run can be made again
 */
char *
way_practice_dup_trace (WayPractice *self)
{
  g_autoptr (GString) line = NULL;
  GPtrArray *trace;

  g_return_val_if_fail (WAY_IS_PRACTICE (self), NULL);

  trace = way_practice_get_trace (self);
  line = g_string_new (NULL);
  g_string_printf (line, MARK " %d %" G_GUINT64_FORMAT, way_practice_get_desk (self)->version,
                   way_practice_get_seed (self));
  for (guint i = 0; i < trace->len; i++)
    {
      const WayAction *done = g_ptr_array_index (trace, i);

      append_part (line, ' ', done->action);
      if (done->target != NULL || done->value != NULL)
        append_part (line, ':', done->target != NULL ? done->target : "");
      if (done->value != NULL)
        append_part (line, ':', done->value);
    }

  return g_string_free (g_steal_pointer (&line), FALSE);
}

static gboolean
fail (GError **error, const char *format, const char *word)
{
  g_autoptr (GString) text = g_string_new (format);

  g_string_replace (text, "%s", word, 1);
  g_set_error_literal (error, WAY_PRACTICE_ERROR, WAY_PRACTICE_ERROR_TRACE, text->str);

  return FALSE;
}

static gboolean
repeat (WayPractice *practice, const char *word, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (word, ":", -1);
  guint n = g_strv_length (parts);
  char *texts[3] = { NULL };
  gboolean is_done = n >= 1 && n <= 3;

  for (guint i = 0; is_done && i < n; i++)
    {
      texts[i] = g_uri_unescape_string (parts[i], NULL);
      is_done = texts[i] != NULL;
    }
  is_done = is_done
            && way_practice_do (practice, texts[0],
                                texts[1] != NULL && *texts[1] != '\0' ? texts[1] : NULL, texts[2]);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);

  return is_done || fail (error, "“%s” cannot be done at that point", word);
}

/**
 * way_practice_new_from_trace:
 * @desk: what was practised on
 * @text: what way_practice_dup_trace() wrote
 * @error: %WAY_PRACTICE_ERROR_TRACE where it does not fit the desk
 *
 * Returns: (transfer full) (nullable): the same run again
 */
WayPractice *
way_practice_new_from_trace (WayDesk *desk, const char *text, GError **error)
{
  g_autoptr (WayPractice) practice = NULL;
  g_auto (GStrv) words = NULL;
  guint64 version;
  guint64 seed;

  g_return_val_if_fail (desk != NULL && text != NULL, NULL);

  words = g_strsplit (text, " ", -1);
  if (g_strv_length (words) < 3 || strcmp (words[0], MARK) != 0
      || !g_ascii_string_to_unsigned (words[1], 10, 0, G_MAXINT, &version, NULL)
      || !g_ascii_string_to_unsigned (words[2], 10, 0, G_MAXUINT64, &seed, NULL))
    {
      g_autofree char *start = g_strndup (text, 40);
      g_autofree char *valid = g_utf8_make_valid (start, -1);

      fail (error, "“%s” is not what was done at a desk", valid);
      return NULL;
    }
  if (version != (guint64) desk->version)
    {
      fail (error, "it was done at version %s of the desk, which is another now", words[1]);
      return NULL;
    }

  practice = way_practice_new (desk, seed);
  for (guint i = 3; words[i] != NULL; i++)
    if (!repeat (practice, words[i], error))
      return NULL;

  return g_steal_pointer (&practice);
}
