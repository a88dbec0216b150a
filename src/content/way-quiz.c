/* way-quiz.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "content/way-quiz-private.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "content/way-pack.h"
#include "content/way-reader.h"

#define MAX_FILE (4 * 1024 * 1024)
#define ALMOST 1e-6

static void
answer_free (gpointer data)
{
  WayQuizAnswer *self = data;

  g_free (self->text);
  g_free (self->pair);
  g_free (self);
}

/* private: a question without answers yet */
WayQuizQuestion *
way_quiz_question_new (WayQuizKind kind, const char *path, int line)
{
  WayQuizQuestion *self = g_new0 (WayQuizQuestion, 1);

  self->kind = kind;
  self->path = g_strdup (path);
  self->line = line;
  self->answers = g_ptr_array_new_with_free_func (answer_free);

  return self;
}

/* private */
void
way_quiz_question_free (WayQuizQuestion *self)
{
  if (self == NULL)
    return;

  g_free (self->path);
  g_free (self->title);
  g_free (self->text);
  g_free (self->after);
  g_clear_pointer (&self->answers, g_ptr_array_unref);
  g_free (self);
}

/* private: the answer belongs to the question */
WayQuizAnswer *
way_quiz_question_add (WayQuizQuestion *self, const char *text, double fraction)
{
  WayQuizAnswer *answer = g_new0 (WayQuizAnswer, 1);

  answer->text = g_strdup (text);
  answer->fraction = fraction;
  g_ptr_array_add (self->answers, answer);

  return answer;
}

/* private: says that a question is not taken, and why */
void
way_quiz_leave (GPtrArray *report, const char *path, int line, guint *n_left, const char *why)
{
  g_autofree char *reason = g_strdup_printf ("the question is not taken: %s", why);

  way_problems_add (report, path, line, reason);
  (*n_left)++;
}

static const WayQuizAnswer *
get_answer (const WayQuizQuestion *self, guint i)
{
  return g_ptr_array_index (self->answers, i);
}

static void G_GNUC_PRINTF (2, 3) add (GString *out, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_markup_vprintf_escaped (format, args);
  va_end (args);
  g_string_append (out, text);
}

static void
add_paragraphs (GString *out, const char *text)
{
  g_auto (GStrv) paragraphs = g_strsplit (text, "\n\n", -1);

  for (guint i = 0; paragraphs[i] != NULL; i++)
    if (*g_strstrip (paragraphs[i]) != '\0')
      add (out, "<p>%s</p>", paragraphs[i]);
}

static void
add_number (GString *out, double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (out, g_ascii_dtostr (text, sizeof text, number));
}

/* The best of the fractions, or of a choice of several, all above 0. */
static double
get_full (const WayQuizQuestion *self)
{
  double full = 0;

  for (guint i = 0; i < self->answers->len; i++)
    if (self->is_many)
      full += MAX (get_answer (self, i)->fraction, 0);
    else
      full = MAX (full, get_answer (self, i)->fraction);

  return full;
}

static void
begin_declaration (GString *out, const char *cardinality, const char *type)
{
  add (out,
       "<qti-response-declaration identifier=\"RESPONSE\" cardinality=\"%s\" base-type=\"%s\">"
       "<qti-correct-response>",
       cardinality, type);
}

static void
add_map_entry (GString *out, const char *key, double value, gboolean has_case)
{
  add (out, "<qti-map-entry map-key=\"%s\" case-sensitive=\"%s\" mapped-value=\"", key,
       has_case ? "true" : "false");
  add_number (out, value);
  g_string_append (out, "\"/>");
}

static void
declare_choice (GString *out, const WayQuizQuestion *self)
{
  begin_declaration (out, self->is_many ? "multiple" : "single", "identifier");
  for (guint i = 0; i < self->answers->len; i++)
    if (self->is_many ? get_answer (self, i)->fraction > 0
                      : get_answer (self, i)->fraction >= 1 - ALMOST)
      {
        add (out, "<qti-value>c%u</qti-value>", i + 1);
        if (!self->is_many)
          break;
      }
  g_string_append (out, "</qti-correct-response><qti-mapping default-value=\"0\" "
                        "lower-bound=\"0\" upper-bound=\"1\">");
  for (guint i = 0; i < self->answers->len; i++)
    {
      g_autofree char *key = g_strdup_printf ("c%u", i + 1);

      add_map_entry (out, key, get_answer (self, i)->fraction, TRUE);
    }
  g_string_append (out, "</qti-mapping></qti-response-declaration>");
}

static void
declare_words (GString *out, const WayQuizQuestion *self)
{
  gboolean has_correct = FALSE;

  begin_declaration (out, "single", "string");
  for (guint i = 0; i < self->answers->len && !has_correct; i++)
    {
      has_correct = get_answer (self, i)->fraction >= 1 - ALMOST;
      if (has_correct)
        add (out, "<qti-value>%s</qti-value>", get_answer (self, i)->text);
    }
  g_string_append (out, "</qti-correct-response><qti-mapping default-value=\"0\" "
                        "lower-bound=\"0\" upper-bound=\"1\">");
  for (guint i = 0; i < self->answers->len; i++)
    add_map_entry (out, get_answer (self, i)->text, get_answer (self, i)->fraction, self->has_case);
  g_string_append (out, "</qti-mapping></qti-response-declaration>");
}

static void
declare_number (GString *out, const WayQuizQuestion *self)
{
  const WayQuizAnswer *best = get_answer (self, 0);

  for (guint i = 1; i < self->answers->len; i++)
    if (get_answer (self, i)->fraction > best->fraction)
      best = get_answer (self, i);
  begin_declaration (out, "single", "float");
  g_string_append (out, "<qti-value>");
  add_number (out, (best->least + best->most) / 2);
  g_string_append (out, "</qti-value></qti-correct-response></qti-response-declaration>");
}

static void
declare_match (GString *out, const WayQuizQuestion *self)
{
  begin_declaration (out, "multiple", "directedPair");
  for (guint i = 0; i < self->answers->len; i++)
    {
      guint target = 0;

      if (*get_answer (self, i)->text == '\0')
        continue;
      while (g_strcmp0 (get_answer (self, target)->pair, get_answer (self, i)->pair) != 0)
        target++;
      add (out, "<qti-value>s%u t%u</qti-value>", i + 1, target + 1);
    }
  g_string_append (out, "</qti-correct-response></qti-response-declaration>");
}

static void
add_choices (GString *out, const WayQuizQuestion *self, const char *element)
{
  for (guint i = 0; i < self->answers->len; i++)
    {
      add (out, "<%s identifier=\"c%u\">", element, i + 1);
      add (out, "%s</%s>", get_answer (self, i)->text, element);
    }
}

/* A question in the middle of a sentence is answered where its gap is. */
static void
add_gap (GString *out, const WayQuizQuestion *self)
{
  if (self->kind == WAY_QUIZ_CHOICE)
    {
      g_string_append (out, "<qti-inline-choice-interaction response-identifier=\"RESPONSE\" "
                            "shuffle=\"true\">");
      add_choices (out, self, "qti-inline-choice");
      g_string_append (out, "</qti-inline-choice-interaction>");
    }
  else
    g_string_append (out, "<qti-text-entry-interaction response-identifier=\"RESPONSE\" "
                          "expected-length=\"20\"/>");
}

static void
add_match (GString *out, const WayQuizQuestion *self)
{
  g_string_append (out, "<qti-match-interaction response-identifier=\"RESPONSE\" shuffle=\"true\" "
                        "max-associations=\"0\"><qti-prompt>Match each one.</qti-prompt>"
                        "<qti-simple-match-set>");
  for (guint i = 0; i < self->answers->len; i++)
    if (*get_answer (self, i)->text != '\0')
      add (out,
           "<qti-simple-associable-choice identifier=\"s%u\" match-max=\"1\">%s"
           "</qti-simple-associable-choice>",
           i + 1, get_answer (self, i)->text);
  g_string_append (out, "</qti-simple-match-set><qti-simple-match-set>");
  for (guint i = 0; i < self->answers->len; i++)
    {
      guint first = 0;

      while (g_strcmp0 (get_answer (self, first)->pair, get_answer (self, i)->pair) != 0)
        first++;
      if (first == i)
        add (out,
             "<qti-simple-associable-choice identifier=\"t%u\" match-max=\"0\">%s"
             "</qti-simple-associable-choice>",
             i + 1, get_answer (self, i)->pair);
    }
  g_string_append (out, "</qti-simple-match-set></qti-match-interaction>");
}

static void
add_body (GString *out, const WayQuizQuestion *self)
{
  g_string_append (out, "<qti-item-body>");
  if (self->after != NULL && self->kind != WAY_QUIZ_MATCH && !self->is_many)
    {
      add (out, "<p>%s ", self->text);
      add_gap (out, self);
      add (out, " %s</p>", self->after);
    }
  else
    {
      add_paragraphs (out, self->text);
      if (self->kind == WAY_QUIZ_CHOICE)
        {
          add (out,
               "<qti-choice-interaction response-identifier=\"RESPONSE\" shuffle=\"true\" "
               "max-choices=\"%d\"><qti-prompt>%s</qti-prompt>",
               self->is_many ? 0 : 1, self->is_many ? "Choose all that apply." : "Choose one.");
          add_choices (out, self, "qti-simple-choice");
          g_string_append (out, "</qti-choice-interaction>");
        }
      else if (self->kind == WAY_QUIZ_MATCH)
        add_match (out, self);
      else
        {
          g_string_append (out, "<p>Answer: ");
          add_gap (out, self);
          g_string_append (out, "</p>");
        }
      if (self->after != NULL)
        add_paragraphs (out, self->after);
    }
  g_string_append (out, "</qti-item-body>");
}

/* The first range that holds the number gives its fraction. */
static void
add_ranges (GString *out, const WayQuizQuestion *self)
{
  g_string_append (out, "<qti-response-processing><qti-response-condition>");
  for (guint i = 0; i < self->answers->len; i++)
    {
      const WayQuizAnswer *answer = get_answer (self, i);
      const char *tag = i == 0 ? "qti-response-if" : "qti-response-else-if";

      add (out, "<%s>", tag);
      g_string_append (out, "<qti-and><qti-gte><qti-variable identifier=\"RESPONSE\"/>"
                            "<qti-base-value base-type=\"float\">");
      add_number (out, answer->least);
      g_string_append (out, "</qti-base-value></qti-gte><qti-lte>"
                            "<qti-variable identifier=\"RESPONSE\"/>"
                            "<qti-base-value base-type=\"float\">");
      add_number (out, answer->most);
      g_string_append (out, "</qti-base-value></qti-lte></qti-and>"
                            "<qti-set-outcome-value identifier=\"SCORE\">"
                            "<qti-base-value base-type=\"float\">");
      add_number (out, answer->fraction);
      g_string_append (out, "</qti-base-value></qti-set-outcome-value>");
      add (out, "</%s>", tag);
    }
  g_string_append (out, "</qti-response-condition></qti-response-processing>");
}

/* The question as QTI 3. */
static char *
write_item (const WayQuizQuestion *self, const char *id)
{
  g_autoptr (GString) out = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  const char *title = self->title != NULL && *self->title != '\0' ? self->title : id;

  add (out,
       "<qti-assessment-item xmlns=\"" WAY_NS_QTI
       "\" identifier=\"%s\" title=\"%s\" adaptive=\"false\" time-dependent=\"false\" "
       "xml:lang=\"en-GB\">",
       id, title);
  if (self->kind == WAY_QUIZ_CHOICE)
    declare_choice (out, self);
  else if (self->kind == WAY_QUIZ_WORDS)
    declare_words (out, self);
  else if (self->kind == WAY_QUIZ_NUMBER)
    declare_number (out, self);
  else
    declare_match (out, self);
  g_string_append (out, "<qti-outcome-declaration identifier=\"SCORE\" cardinality=\"single\" "
                        "base-type=\"float\"><qti-default-value><qti-value>0</qti-value>"
                        "</qti-default-value></qti-outcome-declaration>");
  add_body (out, self);
  if (self->kind == WAY_QUIZ_NUMBER)
    add_ranges (out, self);
  else
    g_string_append_printf (
        out,
        "<qti-response-processing template=\"https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/"
        "%s.xml\"/>",
        self->kind == WAY_QUIZ_MATCH ? "match_correct" : "map_response");
  g_string_append (out, "</qti-assessment-item>\n");

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static const char *
find_fault (const WayQuizQuestion *self)
{
  if (self->text == NULL || (*self->text == '\0' && self->after == NULL))
    return "it has no words";
  if (self->kind == WAY_QUIZ_CHOICE && self->answers->len < 2)
    return "it has fewer than two choices";
  if (self->kind != WAY_QUIZ_MATCH && fabs (get_full (self) - 1) > .01)
    return "no answer of it has the full mark";
  if (self->after != NULL && self->kind == WAY_QUIZ_CHOICE && self->is_many)
    return "its gap has more than one right answer";
  for (guint i = 0; i < self->answers->len; i++)
    if (self->kind != WAY_QUIZ_NUMBER && *get_answer (self, i)->text == '\0'
        && self->kind != WAY_QUIZ_MATCH)
      return "an answer of it is empty";

  return NULL;
}

/* Every question as a file of QTI in @folder. */
static gboolean
write_items (
    GPtrArray *questions, const char *folder, GPtrArray *report, guint *n_left, GError **error)
{
  for (guint i = 0; i < questions->len; i++)
    {
      const WayQuizQuestion *question = g_ptr_array_index (questions, i);
      const char *why = find_fault (question);
      g_autofree char *id = g_strdup_printf ("Q%03u", i + 1);
      g_autofree char *name = g_strconcat (id, ".xml", NULL);
      g_autofree char *file = g_build_filename (folder, name, NULL);
      g_autofree char *item = NULL;

      if (why != NULL)
        {
          way_quiz_leave (report, question->path, question->line, n_left, why);
          continue;
        }
      if (question->has_feedback)
        way_problems_add (report, question->path, question->line,
                          "what it says about an answer is not taken: a baseline says nothing");
      item = write_item (question, id);
      if (!g_file_set_contents (file, item, -1, error))
        return FALSE;
    }

  return TRUE;
}

static void
remove_items (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

static GPtrArray *
read_questions (
    WayQuizFormat format, const char *source, GPtrArray *report, guint *n_left, GError **error)
{
  g_autoptr (GPtrArray)
      questions = g_ptr_array_new_with_free_func ((GDestroyNotify) way_quiz_question_free);
  g_autofree char *name = g_path_get_basename (source);
  g_autofree char *text = NULL;
  g_autofree char *plain = NULL;
  gsize length;

  if (!g_file_get_contents (source, &text, &length, error))
    return NULL;
  if (length > MAX_FILE)
    {
      g_set_error (error, WAY_PACK_ERROR, WAY_PACK_ERROR_TOO_LARGE,
                   "%s: the file is larger than 4 MiB", source);
      return NULL;
    }
  if (format == WAY_QUIZ_MOODLE)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (text, length);

      way_moodle_read (bytes, name, questions, report, n_left);
      return g_steal_pointer (&questions);
    }
  if (!g_utf8_validate_len (text, length, NULL))
    {
      g_set_error (error, WAY_PACK_ERROR, WAY_PACK_ERROR_INVALID, "%s: it is not text in UTF-8",
                   source);
      return NULL;
    }
  plain = g_str_has_prefix (text, "\xef\xbb\xbf") ? g_strdup (text + 3) : g_strdup (text);
  way_gift_read (plain, name, questions, report, n_left);

  return g_steal_pointer (&questions);
}

/**
 * way_quiz_import:
 * @format: what the file is written in
 * @source: a file of GIFT (moodle.org/gift), or an XML export of Moodle's question bank
 * @out: the pack to make, a folder or *.zip; must not be there
 * @options: how the questions stand in it
 * @report: of char*, where everything is named that was not taken, as file:line: reason
 * @n_taken: (out): questions that are in the pack
 * @n_left: (out): questions that are not
 * @error: %WAY_PACK_ERROR or %G_FILE_ERROR
 *
 * Makes a pack of questions from somebody else's quiz: single and multiple choice with
 * weights, true or false, typed words and numbers with ranges, matching, gaps.
 *
 * Returns: whether the pack was made; nothing half-made is left
 */
gboolean
way_quiz_import (WayQuizFormat format,
                 const char *source,
                 const char *out,
                 const WayQtiImport *options,
                 GPtrArray *report,
                 guint *n_taken,
                 guint *n_left,
                 GError **error)
{
  g_autoptr (GPtrArray) questions = NULL;
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folder = NULL;
  guint n_unread = 0;
  guint n_unfit = 0;
  gboolean is_made;

  g_return_val_if_fail (source != NULL && out != NULL && options != NULL, FALSE);
  g_return_val_if_fail (report != NULL && n_taken != NULL && n_left != NULL, FALSE);

  *n_taken = *n_left = 0;
  questions = read_questions (format, source, report, &n_unread, error);
  if (questions == NULL)
    return FALSE;
  folder = g_dir_make_tmp ("waymark-quiz-XXXXXX", error);
  if (folder == NULL)
    return FALSE;
  is_made = write_items (questions, folder, report, &n_unread, error);
  if (is_made)
    is_made = way_qti_import (folder, out, options, notes, n_taken, &n_unfit, error);
  remove_items (folder);

  /* What QTI says is of files that nobody has seen: told by the line of the question. */
  for (guint i = 0; i < notes->len; i++)
    {
      const char *note = g_ptr_array_index (notes, i);
      guint number = 0;

      if (sscanf (note, "Q%03u.xml:", &number) == 1 && number >= 1 && number <= questions->len)
        {
          const WayQuizQuestion *question = g_ptr_array_index (questions, number - 1);
          const char *reason = strstr (note, ": ");

          way_problems_add (report, question->path, question->line,
                            reason != NULL ? reason + 2 : note);
        }
    }
  *n_left = n_unread + n_unfit;
  if (!is_made && *n_taken == 0 && error != NULL && *error != NULL
      && g_error_matches (*error, WAY_PACK_ERROR, WAY_PACK_ERROR_INVALID))
    {
      g_clear_error (error);
      g_set_error (error, WAY_PACK_ERROR, WAY_PACK_ERROR_INVALID,
                   "%s: there is no question in it that can be taken", source);
    }

  return is_made;
}
