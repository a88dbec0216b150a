/* way-moodle.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "content/way-quiz-private.h"
#include "content/way-xml.h"

#include <libxml/HTMLparser.h>
#include <math.h>
#include <string.h>

/* What the text of a question may hold beside words, and what is then said. */
static const struct
{
  const char *name;
  const char *what;
} unspoken[] = {
  { "img", "a picture" },  { "table", "a table" },   { "audio", "a sound" },
  { "video", "a film" },   { "iframe", "a frame" },  { "object", "an object" },
  { "math", "a formula" }, { "script", "a script" },
};

static xmlNode *
find_child (xmlNode *parent, const char *name)
{
  for (xmlNode *child = xmlFirstElementChild (parent); child != NULL;
       child = xmlNextElementSibling (child))
    if (way_xml_is (child, name))
      return child;

  return NULL;
}

static void
append_html (xmlNode *node, GString *text, const char **what)
{
  for (; node != NULL; node = node->next)
    {
      if (node->type == XML_TEXT_NODE)
        {
          g_string_append (text, (const char *) node->content);
          continue;
        }
      if (node->type != XML_ELEMENT_NODE)
        continue;
      for (guint i = 0; i < G_N_ELEMENTS (unspoken); i++)
        if (way_xml_is (node, unspoken[i].name))
          *what = unspoken[i].what;
      if (way_xml_is (node, "p") || way_xml_is (node, "div") || way_xml_is (node, "li"))
        g_string_append (text, "\n\n");
      else if (way_xml_is (node, "br"))
        g_string_append_c (text, ' ');
      append_html (node->children, text, what);
    }
}

/* The words of a piece of HTML: paragraphs with an empty line between. @what is set where it
 * holds something that is not words. */
static char *
dup_words (xmlNode *holder, const char **what)
{
  xmlNode *inner = holder != NULL ? find_child (holder, "text") : NULL;
  xmlChar *content = inner != NULL ? xmlNodeGetContent (inner) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) folded = g_string_new (NULL);
  g_auto (GStrv) paragraphs = NULL;
  htmlDocPtr html = NULL;

  if (content == NULL)
    return g_strdup ("");
  if (strlen ((const char *) content) < WAY_XML_MAX_SIZE)
    html = htmlReadDoc (content, NULL, "UTF-8",
                        HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING
                            | HTML_PARSE_RECOVER);
  xmlFree (content);
  if (html == NULL)
    return g_strdup ("");
  append_html (xmlDocGetRootElement (html), text, what);
  xmlFreeDoc (html);

  paragraphs = g_strsplit (text->str, "\n\n", -1);
  for (guint i = 0; paragraphs[i] != NULL; i++)
    {
      g_autofree char *plain = way_xml_fold (paragraphs[i]);

      if (*g_strstrip (plain) == '\0')
        continue;
      if (folded->len > 0)
        g_string_append (folded, "\n\n");
      g_string_append (folded, plain);
    }

  return g_string_free (g_steal_pointer (&folded), FALSE);
}

static gboolean
has_words (xmlNode *parent, const char *name)
{
  const char *what = NULL;
  g_autofree char *words = dup_words (find_child (parent, name), &what);

  return *words != '\0';
}

static double
read_number (xmlNode *parent, const char *name, double fallback)
{
  xmlNode *child = find_child (parent, name);
  xmlChar *content = child != NULL ? xmlNodeGetContent (child) : NULL;
  g_autofree char *text = g_strstrip (g_strdup (content != NULL ? (const char *) content : ""));
  char *end;
  double number = g_ascii_strtod (text, &end);

  xmlFree (content);

  return end != text && *end == '\0' && isfinite (number) ? number : fallback;
}

static gboolean
is_true (xmlNode *parent, const char *name, gboolean fallback)
{
  xmlNode *child = find_child (parent, name);
  xmlChar *content = child != NULL ? xmlNodeGetContent (child) : NULL;
  g_autofree char *text = g_strstrip (g_strdup (content != NULL ? (const char *) content : ""));

  xmlFree (content);
  if (*text == '\0')
    return fallback;

  return g_str_equal (text, "1") || g_str_equal (text, "true");
}

static const char *
add_answers (WayQuizQuestion *question, xmlNode *element, const char **what)
{
  for (xmlNode *child = xmlFirstElementChild (element); child != NULL;
       child = xmlNextElementSibling (child))
    {
      g_autofree char *fraction = way_xml_get (child, "fraction");
      g_autofree char *text = NULL;
      WayQuizAnswer *answer;
      char *end;

      if (!way_xml_is (child, "answer"))
        continue;
      text = dup_words (child, what);
      question->has_feedback |= has_words (child, "feedback");
      answer = way_quiz_question_add (question, text,
                                      fraction != NULL ? g_ascii_strtod (fraction, NULL) / 100 : 0);
      if (!isfinite (answer->fraction) || fabs (answer->fraction) > 1)
        return "an answer is worth more than the question";
      if (question->kind != WAY_QUIZ_NUMBER)
        continue;
      if (g_str_equal (text, "*"))
        {
          g_ptr_array_remove_index (question->answers, question->answers->len - 1);
          continue;
        }
      answer->least = answer->most = g_ascii_strtod (text, &end);
      if (end == text || *end != '\0' || !isfinite (answer->least))
        return "its number cannot be read";
      answer->least -= fabs (read_number (child, "tolerance", 0));
      answer->most += fabs (read_number (child, "tolerance", 0));
    }

  return question->answers->len > 0 ? NULL : "it has no answers";
}

static const char *
add_pairs (WayQuizQuestion *question, xmlNode *element, const char **what)
{
  for (xmlNode *child = xmlFirstElementChild (element); child != NULL;
       child = xmlNextElementSibling (child))
    {
      g_autofree char *left = NULL;
      g_autofree char *right = NULL;

      if (!way_xml_is (child, "subquestion"))
        continue;
      left = dup_words (child, what);
      right = dup_words (find_child (child, "answer"), what);
      way_quiz_question_add (question, left, 1)->pair = g_steal_pointer (&right);
    }

  return question->answers->len > 0 ? NULL : "it has no answers";
}

static void
read_question (
    xmlNode *element, const char *path, GPtrArray *questions, GPtrArray *report, guint *n_left)
{
  static const struct
  {
    const char *type;
    WayQuizKind kind;
  } kinds[] = {
    { "multichoice", WAY_QUIZ_CHOICE }, { "truefalse", WAY_QUIZ_CHOICE },
    { "shortanswer", WAY_QUIZ_WORDS },  { "numerical", WAY_QUIZ_NUMBER },
    { "matching", WAY_QUIZ_MATCH },
  };
  g_autofree char *type = way_xml_get (element, "type");
  int line = (int) xmlGetLineNo (element);
  g_autoptr (WayQuizQuestion) question = way_quiz_question_new (WAY_QUIZ_CHOICE, path, line);
  const char *what = NULL;
  const char *why = NULL;
  guint kind = 0;

  while (kind < G_N_ELEMENTS (kinds) && g_strcmp0 (kinds[kind].type, type) != 0)
    kind++;
  if (g_strcmp0 (type, "category") == 0)
    {
      way_problems_add (report, path, line, "the category is not taken");
      return;
    }
  if (kind == G_N_ELEMENTS (kinds))
    {
      g_autofree char *reason = g_strdup_printf ("a question of the type “%s” cannot be shown here",
                                                 type != NULL ? type : "");

      way_quiz_leave (report, path, line, n_left, reason);
      return;
    }
  question->kind = kinds[kind].kind;
  question->title = dup_words (find_child (element, "name"), &what);
  question->text = dup_words (find_child (element, "questiontext"), &what);
  question->is_many = question->kind == WAY_QUIZ_CHOICE && !is_true (element, "single", TRUE);
  question->has_case = is_true (element, "usecase", FALSE);
  question->has_feedback = has_words (element, "generalfeedback");
  why = question->kind == WAY_QUIZ_MATCH ? add_pairs (question, element, &what)
                                         : add_answers (question, element, &what);
  if (why == NULL && what != NULL)
    {
      g_autofree char *reason = g_strdup_printf ("it holds %s, which is not taken", what);

      way_quiz_leave (report, path, line, n_left, reason);
      return;
    }
  if (why != NULL)
    {
      way_quiz_leave (report, path, line, n_left, why);
      return;
    }
  g_ptr_array_add (questions, g_steal_pointer (&question));
}

/* private: see way-quiz-private.h */
void
way_moodle_read (
    GBytes *bytes, const char *path, GPtrArray *questions, GPtrArray *report, guint *n_left)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (WayXml) xml = way_xml_new (bytes, path, problems, NULL);
  xmlNode *root = xml != NULL ? xmlDocGetRootElement (xml->doc) : NULL;

  for (guint i = 0; i < problems->len; i++)
    g_ptr_array_add (report, g_strdup (g_ptr_array_index (problems, i)));
  if (root == NULL)
    return;
  if (!way_xml_is (root, "quiz"))
    {
      way_problems_add (report, path, 1, "it is not a <quiz> of Moodle");
      return;
    }
  for (xmlNode *child = xmlFirstElementChild (root); child != NULL;
       child = xmlNextElementSibling (child))
    if (way_xml_is (child, "question"))
      read_question (child, path, questions, report, n_left);
}
