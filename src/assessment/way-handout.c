/* way-handout.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "assessment/way-handout.h"

#include "assessment/way-check.h"
#include "assessment/way-scoring.h"
#include "assessment/way-shuffle.h"
#include "assessment/way-template.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Two sheets that lie side by side shall not look alike: the variants of a module are far
 * apart in what they are drawn from. */
#define STRIDE G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)

/* As many as a letter of the alphabet can name. */
#define MOST_CHOICES 26

G_DEFINE_QUARK (way - handout - error - quark, way_handout_error)

static void
place_free (WayHandoutPlace *self)
{
  g_ptr_array_unref (self->choices);
  g_free (self);
}

static void
question_free (WayHandoutQuestion *self)
{
  g_free (self->outcome);
  g_clear_pointer (&self->item, way_item_unref);
  g_ptr_array_unref (self->places);
  g_free (self);
}

/**
 * way_handout_free:
 * @self: (transfer full) (nullable): a sheet
 */
void
way_handout_free (WayHandout *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->module, way_module_unref);
  g_ptr_array_unref (self->questions);
  g_free (self->number);
  g_free (self);
}

static WayHandoutPlace *
add_place (WayHandoutQuestion *self,
           const WayInteraction *interaction,
           const WayChoice *about,
           GPtrArray *choices)
{
  WayHandoutPlace *place = g_new0 (WayHandoutPlace, 1);

  place->interaction = interaction;
  place->about = about;
  place->choices = choices != NULL ? g_ptr_array_ref (choices) : g_ptr_array_new ();
  g_ptr_array_add (self->places, place);

  return place;
}

static gboolean
has_one_each (GPtrArray *choices)
{
  for (guint i = 0; i < choices->len; i++)
    {
      const WayChoice *choice = g_ptr_array_index (choices, i);

      if (choice->match_max != 1)
        return FALSE;
    }
  return TRUE;
}

/* The places of one interaction; FALSE where it needs more than a pen. */
static gboolean
add_interaction (WayHandoutQuestion *self, const WayInteraction *interaction, guint64 seed)
{
  g_autoptr (GPtrArray) choices = NULL;

  if (interaction->choices->len > MOST_CHOICES || interaction->targets->len > MOST_CHOICES)
    return FALSE;

  choices = way_interaction_shuffle (interaction->choices, interaction->is_shuffled, seed);
  switch (interaction->type)
    {
    case WAY_INTERACTION_CHOICE:
      self->type = interaction->max_choices == 1 ? WAY_WRITTEN_LETTER : WAY_WRITTEN_LETTERS;
      add_place (self, interaction, NULL, choices);
      return TRUE;
    case WAY_INTERACTION_ORDER:
      self->type = WAY_WRITTEN_ORDER;
      add_place (self, interaction, NULL, choices);
      return TRUE;
    case WAY_INTERACTION_INLINE_CHOICE:
      self->type = WAY_WRITTEN_PLACES;
      add_place (self, interaction, NULL, choices);
      return TRUE;
      case WAY_INTERACTION_MATCH: {
        g_autoptr (GPtrArray)
            targets = way_interaction_shuffle (interaction->targets, interaction->is_shuffled,
                                               seed + 1);

        self->type = WAY_WRITTEN_PLACES;
        for (guint i = 0; i < choices->len; i++)
          add_place (self, interaction, g_ptr_array_index (choices, i), targets);
        return has_one_each (interaction->choices);
      }
    case WAY_INTERACTION_GAP_MATCH:
      self->type = WAY_WRITTEN_PLACES;
      for (guint i = 0; i < interaction->targets->len; i++)
        add_place (self, interaction, g_ptr_array_index (interaction->targets, i), choices);
      return TRUE;
    case WAY_INTERACTION_TEXT_ENTRY:
      self->type = WAY_WRITTEN_WORDS;
      add_place (self, interaction, NULL, NULL);
      return TRUE;
    case WAY_INTERACTION_EXTENDED_TEXT:
    case WAY_INTERACTION_ASSOCIATE:
    case WAY_INTERACTION_HOTTEXT:
    case WAY_INTERACTION_HOTSPOT:
    case WAY_INTERACTION_GRAPHIC_ORDER:
    case WAY_INTERACTION_GRAPHIC_ASSOCIATE:
    case WAY_INTERACTION_GRAPHIC_GAP_MATCH:
    case WAY_INTERACTION_SELECT_POINT:
    case WAY_INTERACTION_POSITION_OBJECT:
    case WAY_INTERACTION_SLIDER:
    case WAY_INTERACTION_END_ATTEMPT:
    case WAY_INTERACTION_MEDIA:
    case WAY_INTERACTION_DESK:
    default:
      return FALSE;
    }
}

/* NULL where the question cannot be asked on paper. Several interactions can only be
 * sentences with several gaps. */
static WayHandoutQuestion *
create_question (WayItem *item, const char *outcome, guint64 seed)
{
  WayHandoutQuestion *self = g_new0 (WayHandoutQuestion, 1);
  gboolean is_paper = item->interactions->len > 0 && !item->is_adaptive;

  self->item = way_item_ref (item);
  self->outcome = g_strdup (outcome);
  self->places = g_ptr_array_new_with_free_func ((GDestroyNotify) place_free);
  for (guint i = 0; is_paper && i < item->interactions->len; i++)
    {
      const WayInteraction *interaction = g_ptr_array_index (item->interactions, i);

      is_paper = (item->interactions->len == 1
                  || interaction->type == WAY_INTERACTION_INLINE_CHOICE)
                 && add_interaction (self, interaction, seed + i);
    }
  if (!is_paper)
    g_clear_pointer (&self, question_free);

  return self;
}

/* What is drawn for a variant: the same on each computer that has this version. */
static guint64
get_seed (const WayModule *module, guint variant)
{
  return (g_str_hash (module->id) ^ ((guint64) module->version << 32)) + variant * STRIDE;
}

/**
 * way_handout_new:
 * @pack: a pack
 * @module: one of its modules
 * @variant: from 1 to %WAY_HANDOUT_MOST_VARIANTS
 * @error: %WAY_HANDOUT_ERROR_NO_PAPER, or as way_pack_load_item()
 *
 * Draws the questions of one variant by the rules of every check (way_check_draw()), from
 * those that can be answered with a pen.
 *
 * Returns: (transfer full) (nullable): the sheet; its parts live as long as it does
 */
WayHandout *
way_handout_new (WayPack *pack, WayModule *module, guint variant, GError **error)
{
  g_autoptr (WayHandout) self = NULL;
  g_autoptr (GHashTable) questions = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GPtrArray) drawn = NULL;
  guint64 seed;

  g_return_val_if_fail (WAY_IS_PACK (pack), NULL);
  g_return_val_if_fail (module != NULL, NULL);
  g_return_val_if_fail (variant >= 1 && variant <= WAY_HANDOUT_MOST_VARIANTS, NULL);

  self = g_new0 (WayHandout, 1);
  self->module = way_module_ref (module);
  self->variant = variant;
  self->number = g_strdup_printf ("%s-%d-%02u", module->id, module->version, variant);
  self->questions = g_ptr_array_new_with_free_func ((GDestroyNotify) question_free);
  questions = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) question_free);
  entries = g_ptr_array_new ();
  seed = get_seed (module, variant);

  for (guint i = 0; i < module->check->len; i++)
    {
      WayCheckItem *entry = g_ptr_array_index (module->check, i);
      g_autoptr (WayItem) item = way_template_load (pack, entry->id, seed, error);
      WayHandoutQuestion *question;

      if (item == NULL)
        return NULL;
      question = create_question (item, entry->outcome, seed + 8 * (i + 1));
      if (question == NULL)
        continue;
      g_hash_table_insert (questions, entry, question);
      g_ptr_array_add (entries, entry);
    }

  drawn = way_check_draw_from (entries, module->draw, seed, NULL);
  for (guint i = 0; i < drawn->len; i++)
    {
      gpointer question;

      g_hash_table_steal_extended (questions, drawn->pdata[i], NULL, &question);
      g_ptr_array_add (self->questions, question);
    }
  if (!way_check_is_passed (drawn->len, drawn->len, 1))
    {
      g_set_error (error, WAY_HANDOUT_ERROR, WAY_HANDOUT_ERROR_NO_PAPER,
                   _ ("Too few questions of %s can be answered on paper"), module->id);
      return NULL;
    }

  return g_steal_pointer (&self);
}

/**
 * way_handout_new_from_number:
 * @pack: the pack that the sheet was printed from
 * @number: as it is printed on a sheet, such as F1-2-07; case and blanks do not matter
 * @error: %WAY_HANDOUT_ERROR_NUMBER, or as way_handout_new()
 *
 * Returns: (transfer full) (nullable): the same sheet
 */
WayHandout *
way_handout_new_from_number (WayPack *pack, const char *number, GError **error)
{
  g_autofree char *plain = NULL;
  g_auto (GStrv) parts = NULL;
  WayModule *module;
  guint64 version;
  guint64 variant;

  g_return_val_if_fail (WAY_IS_PACK (pack), NULL);
  g_return_val_if_fail (number != NULL, NULL);

  plain = g_strstrip (g_ascii_strup (number, -1));
  parts = g_strsplit (plain, "-", -1);
  if (g_strv_length (parts) != 3
      || !g_ascii_string_to_unsigned (parts[1], 10, 1, G_MAXINT32, &version, NULL)
      || !g_ascii_string_to_unsigned (parts[2], 10, 1, WAY_HANDOUT_MOST_VARIANTS, &variant, NULL))
    {
      g_set_error (error, WAY_HANDOUT_ERROR, WAY_HANDOUT_ERROR_NUMBER,
                   _ ("“%s” is not the number of a sheet, such as F1-2-07"), number);
      return NULL;
    }
  module = way_pack_find_module (pack, parts[0]);
  if (module == NULL)
    {
      g_set_error (error, WAY_HANDOUT_ERROR, WAY_HANDOUT_ERROR_NUMBER,
                   _ ("There is no module “%s” here"), parts[0]);
      return NULL;
    }
  if (version != (guint64) module->version)
    {
      g_set_error (error, WAY_HANDOUT_ERROR, WAY_HANDOUT_ERROR_NUMBER,
                   _ ("This sheet is of version %s of %s, and version %d is here now"), parts[1],
                   module->id, module->version);
      return NULL;
    }

  return way_handout_new (pack, module, (guint) variant, error);
}

static gboolean
is_nothing (gunichar character)
{
  return character == '-' || character == '?' || character == 0x2013 || character == 0x2014;
}

/* The letters that somebody wrote: places among A, B, C …, −1 for a dash. */
static GArray *
read_letters (const char *written, guint n_choices, GError **error)
{
  g_autoptr (GArray) letters = g_array_new (FALSE, FALSE, sizeof (int));

  for (const char *c = written; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_unichar_toupper (g_utf8_get_char (c));
      int letter = is_nothing (character) ? -1 : (int) character - 'A';

      if (g_unichar_isspace (character) || strchr (",;./", (int) MIN (character, 127)) != NULL)
        continue;
      if (letter < -1 || letter >= (int) n_choices)
        {
          g_autofree char *what = g_strndup (c, (gsize) (g_utf8_next_char (c) - c));

          g_set_error (error, WAY_HANDOUT_ERROR, WAY_HANDOUT_ERROR_WRITTEN,
                       _ ("“%s” is none of the letters A to %c"), what,
                       (char) ('A' + n_choices - 1));
          return NULL;
        }
      g_array_append_val (letters, letter);
    }

  return g_steal_pointer (&letters);
}

static const char *
get_id (const WayHandoutPlace *place, int letter)
{
  const WayChoice *choice = g_ptr_array_index (place->choices, (guint) letter);

  return choice->id;
}

/* private: a choice and what it is put on, as QTI writes the pair */
static char *
dup_pair (const WayHandoutPlace *place, int letter)
{
  const char *id = get_id (place, letter);

  return place->interaction->type == WAY_INTERACTION_MATCH
             ? g_strconcat (place->about->id, " ", id, NULL)
             : g_strconcat (id, " ", place->about->id, NULL);
}

static void
put (GHashTable *responses, const WayHandoutQuestion *self, const char *id, GPtrArray *texts)
{
  const WayDeclaration *declaration = way_item_find_response (self->item, id);

  if (declaration == NULL || texts->len == 0)
    return;
  g_ptr_array_add (texts, NULL);
  g_hash_table_insert (responses, g_strdup (id),
                       way_value_new (declaration->base_type, declaration->cardinality,
                                      (const char *const *) texts->pdata));
}

static gboolean
check_letters (const WayHandoutQuestion *self, const GArray *letters, GError **error)
{
  gboolean is_used[MOST_CHOICES] = { FALSE };

  if (self->type == WAY_WRITTEN_LETTER && letters->len > 1)
    {
      g_set_error_literal (error, WAY_HANDOUT_ERROR, WAY_HANDOUT_ERROR_WRITTEN,
                           _ ("Only 1 letter is asked for"));
      return FALSE;
    }
  if (self->type == WAY_WRITTEN_PLACES && letters->len != 0 && letters->len != self->places->len)
    {
      g_set_error (error, WAY_HANDOUT_ERROR, WAY_HANDOUT_ERROR_WRITTEN,
                   _ ("There are %u places: a letter is needed for each, or a dash"),
                   self->places->len);
      return FALSE;
    }
  for (guint i = 0; self->type != WAY_WRITTEN_PLACES && i < letters->len; i++)
    {
      int letter = g_array_index (letters, int, i);

      if (letter >= 0 && is_used[letter])
        {
          g_set_error (error, WAY_HANDOUT_ERROR, WAY_HANDOUT_ERROR_WRITTEN,
                       _ ("%c stands there twice"), (char) ('A' + letter));
          return FALSE;
        }
      if (letter >= 0)
        is_used[letter] = TRUE;
    }

  return TRUE;
}

/**
 * way_handout_question_read:
 * @self: a question of a sheet
 * @written: what stands on it: letters with or without blanks and commas, a dash for a
 *   place that was left empty; or a word. Empty: not answered
 * @error: %WAY_HANDOUT_ERROR_WRITTEN where it cannot be an answer
 *
 * Returns: (transfer full) (nullable): the responses, as way_scoring_run() takes them
 */
GHashTable *
way_handout_question_read (const WayHandoutQuestion *self, const char *written, GError **error)
{
  g_autoptr (GHashTable) responses = way_responses_new ();
  g_autoptr (GArray) letters = NULL;
  guint n_choices = MOST_CHOICES;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (written != NULL, NULL);

  if (self->type == WAY_WRITTEN_WORDS)
    {
      const WayHandoutPlace *place = g_ptr_array_index (self->places, 0);
      g_autoptr (GPtrArray) texts = g_ptr_array_new ();
      g_autofree char *words = g_strstrip (g_strdup (written));

      if (*words != '\0')
        g_ptr_array_add (texts, words);
      put (responses, self, place->interaction->response, texts);
      return g_steal_pointer (&responses);
    }

  for (guint i = 0; i < self->places->len; i++)
    {
      const WayHandoutPlace *place = g_ptr_array_index (self->places, i);

      n_choices = i == 0 ? place->choices->len : MAX (n_choices, place->choices->len);
    }
  letters = read_letters (written, n_choices, error);
  if (letters == NULL || !check_letters (self, letters, error))
    return NULL;

  for (guint i = 0; i < self->places->len; i++)
    {
      const WayHandoutPlace *place = g_ptr_array_index (self->places, i);
      g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
      gboolean is_shared = self->type == WAY_WRITTEN_PLACES && place->about != NULL;

      /* The pairs of all places are one response. */
      if (is_shared && i > 0)
        break;
      for (guint j = 0; j < letters->len; j++)
        {
          int letter = g_array_index (letters, int, j);
          const WayHandoutPlace *at = is_shared ? g_ptr_array_index (self->places, j) : place;

          if (letter < 0 || (self->type == WAY_WRITTEN_PLACES && !is_shared && j != i))
            continue;
          if (letter >= (int) at->choices->len)
            {
              g_set_error (error, WAY_HANDOUT_ERROR, WAY_HANDOUT_ERROR_WRITTEN,
                           _ ("Place %u has the letters A to %c"), j + 1,
                           (char) ('A' + at->choices->len - 1));
              return NULL;
            }
          g_ptr_array_add (texts,
                           is_shared ? dup_pair (at, letter) : g_strdup (get_id (at, letter)));
        }
      put (responses, self, place->interaction->response, texts);
    }

  return g_steal_pointer (&responses);
}

/**
 * way_handout_question_mark:
 * @written: as way_handout_question_read()
 * @is_right: (out): whether it has the full mark, by the rules of the question itself
 * @error: as way_handout_question_read() and way_scoring_run()
 *
 * Returns: whether @is_right was set
 */
gboolean
way_handout_question_mark (const WayHandoutQuestion *self,
                           const char *written,
                           gboolean *is_right,
                           GError **error)
{
  g_autoptr (GHashTable) responses = way_handout_question_read (self, written, error);
  g_autoptr (WayScore) score = NULL;

  g_return_val_if_fail (is_right != NULL, FALSE);

  if (responses == NULL)
    return FALSE;
  score = way_scoring_run (self->item, responses, error);
  if (score == NULL)
    return FALSE;
  *is_right = score->is_correct;

  return TRUE;
}

static void
append_letter (GString *key, guint letter)
{
  g_string_append_printf (key, key->len > 0 ? " %c" : "%c", (char) ('A' + letter));
}

/**
 * way_handout_question_dup_key:
 * @self: a question of a sheet
 *
 * Returns: (transfer full): what is right, as it would be written; "" where nothing is
 */
char *
way_handout_question_dup_key (const WayHandoutQuestion *self)
{
  g_autoptr (GHashTable) correct = NULL;
  g_autoptr (GString) key = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  correct = way_scoring_dup_correct (self->item);
  for (guint i = 0; correct != NULL && i < self->places->len; i++)
    {
      const WayHandoutPlace *place = g_ptr_array_index (self->places, i);
      const WayValue *value = g_hash_table_lookup (correct, place->interaction->response);
      gboolean is_found = FALSE;

      if (way_value_is_null (value))
        continue;
      if (self->type == WAY_WRITTEN_WORDS)
        return g_strdup (way_value_get_text (value));
      if (self->type == WAY_WRITTEN_ORDER)
        {
          for (guint j = 0; j < value->texts->len; j++)
            for (guint k = 0; k < place->choices->len; k++)
              if (g_str_equal (get_id (place, (int) k), value->texts->pdata[j]))
                append_letter (key, k);
          continue;
        }
      for (guint k = 0; k < place->choices->len; k++)
        {
          g_autofree char *text = place->about != NULL ? dup_pair (place, (int) k)
                                                       : g_strdup (get_id (place, (int) k));

          for (guint j = 0; j < value->texts->len; j++)
            if (g_str_equal (text, value->texts->pdata[j]))
              {
                append_letter (key, k);
                is_found = TRUE;
              }
        }
      if (!is_found && self->type == WAY_WRITTEN_PLACES)
        g_string_append (key, key->len > 0 ? " –" : "–");
    }

  return g_string_free (g_steal_pointer (&key), FALSE);
}
