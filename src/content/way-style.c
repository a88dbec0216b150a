/* way-style.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "content/way-style.h"

#include "content/way-bank-check.h"
#include "content/way-pack-files.h"
#include "content/way-prose.h"
#include "content/way-reader.h"

#include <string.h>

#define MAX_READING_AGE 14
#define MIN_WORDS 100 /* fewer have no reading age */
#define MAX_ALTERNATIVE 200

/* The elements whose whole text is one thing to read. One inside another is read on its
 * own. */
static const char *const texts[] = { "p",
                                     "li",
                                     "div",
                                     "blockquote",
                                     "h2",
                                     "h3",
                                     "th",
                                     "td",
                                     "title",
                                     "summary",
                                     "outcome",
                                     "confidence",
                                     "description",
                                     "descriptor",
                                     "level",
                                     "term",
                                     "qti-prompt",
                                     "qti-simple-choice",
                                     "qti-gap-text",
                                     "qti-inline-choice",
                                     "qti-simple-associable-choice",
                                     "qti-value",
                                     NULL };
static const char *const labels[] = { "title", "alt", "name", "short", NULL };
static const char *const gaps[] = { "qti-gap", "qti-text-entry-interaction",
                                    "qti-inline-choice-interaction", NULL };
/* What of a desk is our own voice. Messages and callers may be as bad as real ones. */
static const char *const voices[] = { "title", "task", "held", "missed", "careful", NULL };

typedef struct
{
  GPtrArray *problems;
  GHashTable *terms; /* (nullable) char*, as way_prose_dup_key() has them */
  WayXml *xml;
  WayProse *prose;
  WayStyle *style;
} Walk;

static gboolean
is_one_of (const xmlNode *element, const char *const *names)
{
  return g_strv_contains (names, (const char *) element->name);
}

/* What a reader sees as one run of words: a gap counts as one. */
static void
append_text (const xmlNode *element, GString *text)
{
  for (const xmlNode *child = element->children; child != NULL; child = child->next)
    {
      if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE)
        g_string_append (text, (const char *) child->content);
      else if (child->type != XML_ELEMENT_NODE)
        continue;
      else if (is_one_of (child, gaps))
        g_string_append (text, " gap ");
      else if (way_xml_is (child, "br") || is_one_of (child, texts))
        g_string_append_c (text, ' ');
      else
        append_text (child, text);
    }
}

static char *
dup_text (const xmlNode *element)
{
  g_autoptr (GString) text = g_string_new (NULL);

  append_text (element, text);

  return way_xml_fold (text->str);
}

static gboolean
is_sentence (const char *text)
{
  static const char *const ends[] = { ".", "?", ".”", "?”", ":" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    if (g_str_has_suffix (text, ends[i]))
      return TRUE;

  return FALSE;
}

static void
check_text (Walk *walk, const xmlNode *element, const char *text, WayProseFlags flags)
{
  g_autoptr (GPtrArray) faults = NULL;

  if (*text == '\0')
    return;

  faults = g_ptr_array_new_with_free_func (g_free);
  way_prose_check (text, flags, faults);
  for (guint i = 0; i < faults->len; i++)
    way_xml_report (walk->xml, element, "%s", (const char *) g_ptr_array_index (faults, i));
  walk->style->n_texts++;
  /* A choice of three words is no sentence, and would make the rest seem shorter. */
  if ((flags & WAY_PROSE_PARAGRAPH) != 0 && is_sentence (text))
    way_prose_add (walk->prose, text);
}

/* A picture that says something has words that say it, and they are about the thing shown. */
static void
check_alternative (Walk *walk, const xmlNode *element)
{
  g_autofree char *alternative = way_xml_get (element, "alt");
  g_autofree char *source = way_xml_get (element, way_xml_is (element, "img") ? "src" : "href");
  g_autofree char *key = NULL;

  if (alternative == NULL)
    return;
  if (way_xml_is (element, "picture") && *alternative == '\0')
    way_xml_report (walk->xml, element, "the picture of a card has no words beside it");
  if (g_utf8_strlen (alternative, -1) > MAX_ALTERNATIVE)
    way_xml_report (walk->xml, element, "alternative text of over %d letters", MAX_ALTERNATIVE);
  key = way_prose_dup_key (alternative);
  if (g_str_has_prefix (key, "image of ") || g_str_has_prefix (key, "picture of ")
      || g_str_has_prefix (key, "photo of "))
    way_xml_report (walk->xml, element, "alternative text that begins with what a picture is: %s",
                    alternative);
  if (source != NULL && *alternative != '\0' && strstr (source, alternative) != NULL)
    way_xml_report (walk->xml, element, "alternative text that is the name of the file: %s",
                    alternative);
}

static void
check_element (Walk *walk, const xmlNode *element)
{
  for (guint i = 0; labels[i] != NULL; i++)
    {
      g_autofree char *value = way_xml_get (element, labels[i]);

      if (value != NULL)
        check_text (walk, element, value, WAY_PROSE_LABEL);
    }
  if (way_xml_is (element, "img") || way_xml_is (element, "picture"))
    check_alternative (walk, element);
  if (is_one_of (element, texts))
    {
      g_autofree char *text = dup_text (element);

      check_text (walk, element, text,
                  way_xml_is (element, "qti-value") ? WAY_PROSE_ANSWER : WAY_PROSE_PARAGRAPH);
    }
  else if (way_xml_is (element, "dfn") && walk->terms != NULL)
    {
      g_autofree char *word = dup_text (element);
      g_autofree char *key = way_prose_dup_key (word);

      if (!g_hash_table_contains (walk->terms, key))
        way_xml_report (walk->xml, element, "no glossary entry for: %s", word);
    }

  for (const xmlNode *child = xmlFirstElementChild ((xmlNode *) element); child != NULL;
       child = xmlNextElementSibling ((xmlNode *) child))
    check_element (walk, child);
}

static void
check_desk (Walk *walk, const xmlNode *element)
{
  g_autofree char *name = way_xml_get (element, "name");

  if (is_one_of (element, voices))
    {
      check_element (walk, element);
      return;
    }
  if (way_xml_is (element, "field") && g_strcmp0 (name, "tell") == 0)
    {
      g_autofree char *text = dup_text (element);

      check_text (walk, element, text, WAY_PROSE_PARAGRAPH);
    }
  for (const xmlNode *child = xmlFirstElementChild ((xmlNode *) element); child != NULL;
       child = xmlNextElementSibling ((xmlNode *) child))
    check_desk (walk, child);
}

static void
add_terms (const xmlNode *element, GHashTable *terms)
{
  static const char *const names[] = { "word", "also" };

  if (way_xml_is (element, "term"))
    for (guint i = 0; i < G_N_ELEMENTS (names); i++)
      {
        g_autofree char *word = way_xml_get (element, names[i]);

        if (word != NULL)
          g_hash_table_add (terms, way_prose_dup_key (word));
      }
  for (const xmlNode *child = xmlFirstElementChild ((xmlNode *) element); child != NULL;
       child = xmlNextElementSibling ((xmlNode *) child))
    add_terms (child, terms);
}

/* What is read in one go has one reading age: a module, and all the questions that lie
 * beside each other. */
static void
end_group (Walk *walk, const char *path, const WayProse *prose, gboolean is_module)
{
  double age = way_prose_get_reading_age (prose);

  if (prose->n_words < MIN_WORDS)
    return;
  if (is_module)
    walk->style->hardest = MAX (walk->style->hardest, age);
  if (age > MAX_READING_AGE)
    {
      g_autofree char *reason = g_strdup_printf ("reading age %.1f, over %d (Flesch–Kincaid)", age,
                                                 MAX_READING_AGE);

      way_problems_add (walk->problems, path, 1, reason);
    }
}

static void
add_prose (WayProse *sum, const WayProse *part)
{
  sum->n_sentences += part->n_sentences;
  sum->n_words += part->n_words;
  sum->n_syllables += part->n_syllables;
}

static WayXml *
open_english (WayPackFiles *files, const char *path, GPtrArray *problems)
{
  g_autoptr (GPtrArray) unread = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GBytes) bytes = way_pack_files_load (files, path, NULL);
  g_autoptr (WayXml) xml = NULL;
  g_autofree char *language = NULL;

  /* What cannot be parsed is named by way_pack_check(). */
  if (bytes == NULL)
    return NULL;
  xml = way_xml_new (bytes, path, unread, NULL);
  if (xml == NULL)
    return NULL;
  language = way_xml_dup_language (xmlDocGetRootElement (xml->doc));
  if (language != NULL && !g_str_has_prefix (language, "en"))
    return NULL;
  g_ptr_array_unref (xml->problems);
  xml->problems = g_ptr_array_ref (problems);

  return g_steal_pointer (&xml);
}

static void
check_words (WayPackFiles *files, GPtrArray *problems, WayStyle *style)
{
  g_autoptr (GPtrArray) paths = way_pack_files_list (files);
  g_autoptr (GHashTable) terms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (WayXml) manifest = open_english (files, "pack.xml", problems);
  g_autofree char *folder = NULL;
  g_autofree char *first = NULL;
  WayProse all = { 0 };
  WayProse group = { 0 };
  Walk walk = { problems, manifest != NULL ? terms : NULL, NULL, NULL, style };

  if (manifest != NULL)
    add_terms (xmlDocGetRootElement (manifest->doc), terms);

  for (guint i = 0; i < paths->len; i++)
    {
      const char *path = g_ptr_array_index (paths, i);
      g_autofree char *parent = g_path_get_dirname (path);
      g_autoptr (WayXml) xml = NULL;
      const xmlNode *root;
      WayProse prose = { 0 };

      if (!g_str_has_suffix (path, ".xml"))
        continue;
      xml = open_english (files, path, problems);
      if (xml == NULL)
        continue;
      root = xmlDocGetRootElement (xml->doc);
      walk.xml = xml;
      walk.prose = &prose;
      if (way_xml_is (root, "desk"))
        check_desk (&walk, root);
      else
        check_element (&walk, root);

      add_prose (&all, &prose);
      if (way_xml_is (root, "module"))
        end_group (&walk, path, &prose, TRUE);
      else if (way_xml_is (root, "qti-assessment-item"))
        {
          if (g_strcmp0 (parent, folder) != 0)
            {
              end_group (&walk, first, &group, FALSE);
              group = (WayProse){ 0 };
              g_free (folder);
              g_free (first);
              folder = g_steal_pointer (&parent);
              first = g_strdup (path);
            }
          add_prose (&group, &prose);
        }
    }
  end_group (&walk, first, &group, FALSE);
  style->n_sentences = all.n_sentences;
  style->n_words = all.n_words;
  style->reading_age = way_prose_get_reading_age (&all);
}

/**
 * way_style_check:
 * @path: a folder or a zip, in which way_pack_check() found nothing wrong
 * @problems: (element-type utf8): problems are added as "file:line: reason", sorted
 * @style: (out) (optional): what the words amount to
 * @error: return location
 *
 * Holds what is written to the house style: the words of way_prose_check(), reading age,
 * the words beside pictures, hard words that are explained; and the questions to what makes
 * them fair: see way_bank_check().
 *
 * Returns: TRUE when the pack could be looked at, whatever was found
 */
gboolean
way_style_check (const char *path, GPtrArray *problems, WayStyle *style, GError **error)
{
  g_autoptr (WayPackFiles) files = NULL;
  g_autoptr (WayPack) pack = NULL;
  WayStyle ignored;

  g_return_val_if_fail (path != NULL && problems != NULL, FALSE);

  if (style == NULL)
    style = &ignored;
  *style = (WayStyle){ 0 };
  files = way_pack_files_open (path, error);
  if (files == NULL)
    return FALSE;
  pack = way_pack_open (path, NULL, error);
  if (pack == NULL)
    return FALSE;

  check_words (files, problems, style);
  way_bank_check (pack, problems);
  way_problems_sort (problems);

  return TRUE;
}
