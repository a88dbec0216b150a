/* way-handout-paper.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-handout-paper.h"

#include <glib/gi18n-lib.h>

/* Points. Four cards with their pictures have to leave room for what they say. */
#define PICTURE 128.0
#define N_LINES 4
#define BLANK "__________"

/* Where something is to be written is numbered within its question. */
typedef struct
{
  const WayHandoutQuestion *question; /* (nullable) */
  guint n_places;
} Blanks;

static guint
count_places (const Blanks *blanks)
{
  return blanks->question != NULL ? blanks->question->places->len : 0;
}

static void append_node (GString *text, const WayNode *node, Blanks *blanks);

static void
append_children (GString *text, const WayNode *node, Blanks *blanks)
{
  for (guint i = 0; i < node->children->len; i++)
    append_node (text, node->children->pdata[i], blanks);
}

static void
append_blank (GString *text, Blanks *blanks)
{
  blanks->n_places++;
  if (count_places (blanks) > 1)
    g_string_append_printf (text, "(%u) %s", blanks->n_places, BLANK);
  else
    g_string_append (text, BLANK);
}

/* The words of a paragraph, with lines to write on where something is asked for. */
static void
append_node (GString *text, const WayNode *node, Blanks *blanks)
{
  if (node->feedback != NULL)
    return;
  switch (node->type)
    {
    case WAY_NODE_TEXT:
    case WAY_NODE_HOTTEXT:
      g_string_append (text, node->text);
      return;
    case WAY_NODE_BREAK:
      g_string_append_c (text, '\n');
      return;
    case WAY_NODE_GAP:
      append_blank (text, blanks);
      return;
    case WAY_NODE_INTERACTION:
      if (way_interaction_is_inline (node->interaction))
        append_blank (text, blanks);
      return;
    case WAY_NODE_IMAGE:
      return;
    case WAY_NODE_FLOW:
    case WAY_NODE_PARAGRAPH:
    case WAY_NODE_HEADING:
    case WAY_NODE_LIST:
    case WAY_NODE_LIST_ITEM:
    case WAY_NODE_STRONG:
    case WAY_NODE_EMPHASIS:
    case WAY_NODE_TERM:
    case WAY_NODE_TABLE:
    case WAY_NODE_ROW:
    case WAY_NODE_CELL:
    case WAY_NODE_BOX:
    case WAY_NODE_SPAN:
    default:
      append_children (text, node, blanks);
      return;
    }
}

static char *
dup_words (const WayNode *node, Blanks *blanks)
{
  g_autoptr (GString) text = g_string_new (NULL);

  append_node (text, node, blanks);
  return g_strstrip (g_string_free (g_steal_pointer (&text), FALSE));
}

static void
add_picture (WayDocument *document, WayPack *pack, const char *source, const char *alternative)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = way_pack_load_file (pack, source, &error);

  if (bytes != NULL && way_document_add_picture (document, bytes, PICTURE, &error))
    return;
  /* What it shows, in words, says what is needed. */
  g_debug ("No picture %s: %s", source, error->message);
  if (alternative != NULL)
    way_document_add (document, WAY_DOCUMENT_QUIET, alternative);
}

static void
add_table (WayDocument *document, const WayNode *table, Blanks *blanks)
{
  for (guint i = 0; i < table->children->len; i++)
    {
      const WayNode *row = g_ptr_array_index (table->children, i);
      double shares[WAY_DOCUMENT_MAX_COLUMNS];
      guint n = MIN (row->children->len, WAY_DOCUMENT_MAX_COLUMNS);
      g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
      gboolean is_head = n > 0;

      if (row->type == WAY_NODE_TABLE)
        add_table (document, row, blanks);
      if (row->type != WAY_NODE_ROW || n == 0)
        continue;
      for (guint j = 0; j < n; j++)
        {
          const WayNode *cell = g_ptr_array_index (row->children, j);

          shares[j] = 1;
          is_head = is_head && cell->level == 1;
          g_ptr_array_add (cells, dup_words (cell, blanks));
        }
      g_ptr_array_add (cells, NULL);
      way_document_set_columns (document, shares, n);
      way_document_add_row (document, (const char *const *) cells->pdata, is_head);
    }
}

static const char *
get_box_label (const char *name)
{
  if (g_strcmp0 (name, "warn") == 0)
    return _ ("Take care:");
  if (g_strcmp0 (name, "example") == 0)
    return _ ("Example:");
  return _ ("Good to know:");
}

static gboolean
is_block (const WayNode *node)
{
  return node->type == WAY_NODE_PARAGRAPH || node->type == WAY_NODE_HEADING
         || node->type == WAY_NODE_LIST || node->type == WAY_NODE_TABLE
         || node->type == WAY_NODE_BOX || node->type == WAY_NODE_IMAGE
         || node->type == WAY_NODE_FLOW || node->type == WAY_NODE_INTERACTION;
}

static gboolean
has_blocks (const WayNode *node)
{
  for (guint i = 0; i < node->children->len; i++)
    if (is_block (node->children->pdata[i]))
      return TRUE;
  return FALSE;
}

static void
add_words (WayDocument *document, WayDocumentStyle style, const WayNode *node, Blanks *blanks)
{
  g_autofree char *words = dup_words (node, blanks);

  if (*words != '\0')
    way_document_add (document, style, words);
}

static void
add_list (WayDocument *document, const WayNode *list, Blanks *blanks)
{
  for (guint i = 0; i < list->children->len; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i + 1);
      g_autofree char *words = dup_words (list->children->pdata[i], blanks);

      if (list->level == 1)
        way_document_add_labelled (document, WAY_DOCUMENT_ITEM, number, words);
      else
        way_document_add (document, WAY_DOCUMENT_ITEM, words);
    }
}

static void
add_flow (WayDocument *document, WayPack *pack, const WayNode *node, Blanks *blanks)
{
  if (node->feedback != NULL)
    return;
  switch (node->type)
    {
    case WAY_NODE_FLOW:
    case WAY_NODE_SPAN:
      if (!has_blocks (node))
        {
          add_words (document, WAY_DOCUMENT_TEXT, node, blanks);
          return;
        }
      for (guint i = 0; i < node->children->len; i++)
        add_flow (document, pack, node->children->pdata[i], blanks);
      return;
    case WAY_NODE_HEADING:
      add_words (document, WAY_DOCUMENT_SUBHEADING, node, blanks);
      return;
    case WAY_NODE_LIST:
      add_list (document, node, blanks);
      return;
    case WAY_NODE_TABLE:
      add_table (document, node, blanks);
      way_document_add_space (document, 6);
      return;
    case WAY_NODE_IMAGE:
      add_picture (document, pack, node->source, node->alternative);
      return;
      case WAY_NODE_BOX: {
        g_autofree char *words = dup_words (node, blanks);
        g_autofree char *text = g_strdup_printf ("%s %s", get_box_label (node->name), words);

        if (has_blocks (node) && node->children->len > 1)
          {
            way_document_add (document, WAY_DOCUMENT_SUBHEADING, get_box_label (node->name));
            for (guint i = 0; i < node->children->len; i++)
              add_flow (document, pack, node->children->pdata[i], blanks);
          }
        else
          way_document_add (document, WAY_DOCUMENT_TEXT, text);
        return;
      }
    case WAY_NODE_INTERACTION:
      return;
    case WAY_NODE_PARAGRAPH:
    case WAY_NODE_TEXT:
    case WAY_NODE_LIST_ITEM:
    case WAY_NODE_STRONG:
    case WAY_NODE_EMPHASIS:
    case WAY_NODE_TERM:
    case WAY_NODE_BREAK:
    case WAY_NODE_ROW:
    case WAY_NODE_CELL:
    case WAY_NODE_GAP:
    case WAY_NODE_HOTTEXT:
    default:
      add_words (document, WAY_DOCUMENT_TEXT, node, blanks);
      return;
    }
}

static void
add_card (WayDocument *document, WayPack *pack, const WayCard *card)
{
  Blanks none = { NULL };

  way_document_add (document, WAY_DOCUMENT_HEADING, card->title);
  if (card->picture != NULL)
    add_picture (document, pack, card->picture, card->alternative);
  add_flow (document, pack, card->content, &none);
}

static void
collect_words (const WayNode *node, GPtrArray *words)
{
  if (node->type == WAY_NODE_TERM)
    {
      g_autofree char *word = way_node_dup_text (node);

      if (!g_ptr_array_find_with_equal_func (words, word, g_str_equal, NULL))
        g_ptr_array_add (words, g_steal_pointer (&word));
    }
  for (guint i = 0; node->children != NULL && i < node->children->len; i++)
    collect_words (node->children->pdata[i], words);
}

static void
add_hard_words (WayDocument *document, WayPack *pack, const WayModule *module)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  gboolean is_begun = FALSE;

  collect_words (module->why, words);
  for (guint i = 0; i < module->cards->len; i++)
    collect_words (((WayCard *) module->cards->pdata[i])->content, words);
  for (guint i = 0; i < words->len; i++)
    {
      const char *meaning = way_pack_explain (pack, words->pdata[i]);
      g_autofree char *text = NULL;

      if (meaning == NULL)
        continue;
      if (!is_begun)
        way_document_add (document, WAY_DOCUMENT_HEADING, _ ("Words"));
      is_begun = TRUE;
      /* Translators: a word, then what it means. */
      text = g_strdup_printf (_ ("%s: %s"), (char *) words->pdata[i], meaning);
      way_document_add (document, WAY_DOCUMENT_ITEM, text);
    }
}

static void
add_practice (WayDocument *document, WayPack *pack, const WayModule *module)
{
  if (module->desks->len == 0)
    return;
  way_document_add (document, WAY_DOCUMENT_HEADING, _ ("Try it"));
  way_document_add (document, WAY_DOCUMENT_TEXT,
                    _ ("With your digital champion, at any computer with Waymark, open Practise. "
                       "What is there is not a real record, so nothing can go wrong."));
  for (guint i = 0; i < module->desks->len; i++)
    {
      g_autoptr (WayDesk) desk = way_pack_load_desk (pack, module->desks->pdata[i], NULL);

      if (desk != NULL)
        way_document_add (document, WAY_DOCUMENT_ITEM, desk->title);
    }
}

static void
add_outcomes (WayDocument *document, const WayModule *module)
{
  way_document_add (document, WAY_DOCUMENT_HEADING, _ ("What this is for"));
  for (guint i = 0; i < module->outcomes->len; i++)
    way_document_add (document, WAY_DOCUMENT_ITEM,
                      ((const WayOutcome *) module->outcomes->pdata[i])->text);
}

static void
add_sources (WayDocument *document, const WayModule *module)
{
  if (module->sources->len == 0)
    return;
  way_document_add (document, WAY_DOCUMENT_HEADING, _ ("Where this comes from"));
  for (guint i = 0; i < module->sources->len; i++)
    {
      const WaySource *source = g_ptr_array_index (module->sources, i);

      way_document_add (document, WAY_DOCUMENT_QUIET, source->title);
    }
}

/* Lines to write on. */
static void
add_notes (WayDocument *document)
{
  static const double shares[] = { 1 };
  const char *const line[] = { " ", NULL };

  way_document_add (document, WAY_DOCUMENT_HEADING, _ ("My notes, and what I want to ask"));
  way_document_set_columns (document, shares, 1);
  for (guint i = 0; i < N_LINES; i++)
    way_document_add_row (document, line, FALSE);
}

static void
add_rest (WayDocument *document, WayPack *pack, const WayModule *module, const char *local_note)
{
  Blanks none = { NULL };

  add_outcomes (document, module);
  add_practice (document, pack, module);
  way_document_add (document, WAY_DOCUMENT_HEADING, _ ("One thing to do on your shift"));
  add_flow (document, pack, module->shift, &none);
  way_document_add (document, WAY_DOCUMENT_HEADING, _ ("Your trust says"));
  way_document_add (document, WAY_DOCUMENT_TEXT,
                    local_note != NULL ? local_note
                                       : _ ("Your trust has not added its own rule here. Your "
                                            "champion knows how it is done where you work."));
  add_hard_words (document, pack, module);
  add_sources (document, module);
  add_notes (document);
}

/* What is to be done with a question, in a line. */
static const char *
get_instruction (const WayHandoutQuestion *question)
{
  const WayHandoutPlace *place = g_ptr_array_index (question->places, 0);

  switch (question->type)
    {
    case WAY_WRITTEN_LETTER:
      return _ ("Write 1 letter.");
    case WAY_WRITTEN_LETTERS:
      return _ ("Write the letter of each that is right.");
    case WAY_WRITTEN_ORDER:
      return _ ("Write the letters in the right order.");
    case WAY_WRITTEN_PLACES:
      if (question->places->len == 1)
        return _ ("Write the letter that belongs there.");
      if (place->about != NULL && place->interaction->type == WAY_INTERACTION_MATCH)
        return _ ("Write the letter that belongs to each number.");
      return _ ("Write a letter for each number.");
    case WAY_WRITTEN_WORDS:
    default:
      return _ ("Write the word or number.");
    }
}

static void
add_letters (WayDocument *document, const WayHandoutPlace *place)
{
  for (guint i = 0; i < place->choices->len; i++)
    {
      const WayChoice *choice = g_ptr_array_index (place->choices, i);
      const char label[] = { (char) ('A' + i), '\0' };
      g_autofree char *words = way_node_dup_text (choice->content);

      way_document_add_labelled (document, WAY_DOCUMENT_OPTION, label, g_strstrip (words));
    }
}

static void
add_places (WayDocument *document, const WayHandoutQuestion *question)
{
  gboolean is_match;
  const WayHandoutPlace *first = g_ptr_array_index (question->places, 0);

  is_match = first->interaction->type == WAY_INTERACTION_MATCH;
  for (guint i = 0; is_match && i < question->places->len; i++)
    {
      const WayHandoutPlace *place = g_ptr_array_index (question->places, i);
      g_autofree char *label = g_strdup_printf ("%u", i + 1);
      g_autofree char *words = way_node_dup_text (place->about->content);
      g_autofree char *text = g_strdup_printf ("%s  ____", g_strstrip (words));

      way_document_add_labelled (document, WAY_DOCUMENT_OPTION, label, text);
    }
  if (is_match || first->interaction->type == WAY_INTERACTION_GAP_MATCH)
    {
      way_document_add_space (document, 3);
      add_letters (document, first);
      return;
    }
  /* The gaps of a sentence have letters of their own. */
  for (guint i = 0; i < question->places->len; i++)
    {
      if (question->places->len > 1)
        {
          g_autofree char *label = g_strdup_printf (_ ("For (%u):"), i + 1);

          way_document_add (document, WAY_DOCUMENT_QUIET, label);
        }
      add_letters (document, g_ptr_array_index (question->places, i));
    }
}

static void
add_question (WayDocument *document,
              WayPack *pack,
              guint number,
              const WayHandoutQuestion *question)
{
  const WayHandoutPlace *first = g_ptr_array_index (question->places, 0);
  Blanks blanks = { question, 0 };
  /* Translators: the number of a question, what is to be done, and a line to write on. */
  g_autofree char *head = g_strdup_printf (_ ("%u.  %s  Answer: %s"), number,
                                           get_instruction (question), "____________________");

  way_document_add (document, WAY_DOCUMENT_SUBHEADING, head);
  add_flow (document, pack, question->item->body, &blanks);
  if (first->interaction->prompt != NULL)
    add_flow (document, pack, first->interaction->prompt, &blanks);
  if (first->interaction->type == WAY_INTERACTION_GAP_MATCH)
    add_flow (document, pack, first->interaction->content, &blanks);
  if (question->type == WAY_WRITTEN_PLACES)
    add_places (document, question);
  else
    add_letters (document, first);
}

static void
add_check (WayDocument *document, WayPack *pack, const WayHandout *self)
{
  static const double shares[] = { 3, 2, 2 };
  const char *const blanks[] = { _ ("Name"), _ ("Place of work"), _ ("Date"), NULL };
  const char *const room[] = { " \n ", " \n ", " \n ", NULL };
  /* Translators: %s is the number of a sheet. */
  g_autofree char *title = g_strdup_printf (_ ("Check, sheet %s"), self->number);

  way_document_add (document, WAY_DOCUMENT_HEADING, title);
  way_document_add (document, WAY_DOCUMENT_QUIET,
                    _ ("Answer without the other pages, then give this page to your digital "
                       "champion. No answer about a patient belongs on it."));
  way_document_set_columns (document, shares, G_N_ELEMENTS (shares));
  way_document_add_row (document, blanks, TRUE);
  way_document_add_row (document, room, FALSE);
  for (guint i = 0; i < self->questions->len; i++)
    add_question (document, pack, i + 1, self->questions->pdata[i]);
}

/**
 * way_handout_make_document:
 * @self: a sheet
 * @pack: the pack it is of
 * @organisation: (nullable): in whose name it is printed
 * @local_note: (nullable): what the trust says to this module
 * @at: when it is made, µs
 *
 * Three pages to keep, with all that the module says, and one with the check to hand in.
 *
 * Returns: (transfer full): four pages
 */
WayDocument *
way_handout_make_document (const WayHandout *self,
                           WayPack *pack,
                           const char *organisation,
                           const char *local_note,
                           gint64 at)
{
  const WayModule *module;
  Blanks none = { NULL };
  g_autofree char *title = NULL;
  g_autofree char *footer = NULL;
  WayDocument *document;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (WAY_IS_PACK (pack), NULL);

  module = self->module;
  /* Translators: the title of a document: a module and the number of a sheet. */
  title = g_strdup_printf (_ ("%s, sheet %s"), module->title, self->number);
  /* Translators: at the foot of a page: a title, the number of a sheet, and a date. */
  footer = g_strdup_printf (_ ("%s · sheet %s · to be looked through again by %s"), module->title,
                            self->number, module->review);
  document = way_document_new (title, organisation != NULL ? organisation : module->owner,
                               module->summary, way_pack_get_language (pack), at);
  way_document_set_fit (document, 4);
  way_document_set_footer (document, footer);

  way_document_add (document, WAY_DOCUMENT_TITLE, module->title);
  way_document_add (document, WAY_DOCUMENT_QUIET, module->summary);
  add_flow (document, pack, module->why, &none);
  for (guint i = 0; i < module->cards->len; i++)
    add_card (document, pack, module->cards->pdata[i]);
  way_document_add_break (document);
  add_rest (document, pack, module, local_note);
  way_document_add_break (document);
  add_check (document, pack, self);
  return document;
}

/**
 * way_handout_make_key:
 * @module: of @pack
 * @first: number of the first sheet
 * @n_sheets: how many
 * @organisation: (nullable): in whose name it is printed
 * @at: when it is made, µs
 * @error: as way_handout_new()
 *
 * For who marks by hand: a table of what is right on each sheet.
 *
 * Returns: (transfer full) (nullable): as many pages as it takes
 */
WayDocument *
way_handout_make_key (WayPack *pack,
                      WayModule *module,
                      guint first,
                      guint n_sheets,
                      const char *organisation,
                      gint64 at,
                      GError **error)
{
  static const double shares[] = { 1, 5 };
  const char *const head[] = { _ ("Sheet"), _ ("What is right"), NULL };
  g_autoptr (WayDocument) document = NULL;
  g_autofree char *title = NULL;

  g_return_val_if_fail (WAY_IS_PACK (pack), NULL);
  g_return_val_if_fail (module != NULL, NULL);

  /* Translators: %s is a module. */
  title = g_strdup_printf (_ ("%s: what is right on the sheets"), module->title);
  document = way_document_new (title, organisation != NULL ? organisation : module->owner, NULL,
                               way_pack_get_language (pack), at);
  way_document_set_footer (document, title);
  way_document_add (document, WAY_DOCUMENT_TITLE, title);
  way_document_add (document, WAY_DOCUMENT_QUIET,
                    _ ("For the digital champion only. A check with 1 miss is passed. "
                       "Better: type the answers into My people, Enter a Paper Check."));
  way_document_set_columns (document, shares, G_N_ELEMENTS (shares));
  way_document_add_row (document, head, TRUE);
  for (guint i = 0; i < n_sheets; i++)
    {
      g_autoptr (WayHandout) sheet = way_handout_new (pack, module, first + i, error);
      g_autoptr (GString) right = g_string_new (NULL);

      if (sheet == NULL)
        return NULL;
      for (guint j = 0; j < sheet->questions->len; j++)
        {
          g_autofree char *key = way_handout_question_dup_key (sheet->questions->pdata[j]);

          g_string_append_printf (right, "%s%u: %s", j > 0 ? "    " : "", j + 1, key);
        }
      {
        const char *const cells[] = { sheet->number, right->str, NULL };

        way_document_add_row (document, cells, FALSE);
      }
    }
  return g_steal_pointer (&document);
}
