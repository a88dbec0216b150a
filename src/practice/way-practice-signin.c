/* way-practice-signin.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "practice/way-practice-private.h"

#include <stdlib.h>
#include <string.h>

#define ENOUGH_WORDS 3

/* Steps come one after the other: passphrase, choice, factor, prompt. Whatever is done is
 * done to the step in hand; "next" lets it go once something was decided about it. */
static gboolean
is_step (WayPractice *self, const WayDeskRecord *record, const char *type)
{
  return strcmp (record->type, type) == 0 && way_practice_get_current_in (self, "signin") == record;
}

/* Without this, the first decision about a step would already bring the next. */
static void
hold (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  way_practice_hold (self, target);
}

static gboolean
is_word_in (WayPractice *self, const WayDeskRecord *target, const char *word)
{
  g_auto (GStrv) words = way_practice_dup_words (self, target->id);

  return g_strv_contains ((const char *const *) words, word);
}

static gboolean
can_add_word (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return is_step (self, target, "passphrase")
         && way_practice_find_part (target, "word", value) != NULL
         && !is_word_in (self, target, value);
}

static gboolean
can_remove_word (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return is_step (self, target, "passphrase") && value != NULL && is_word_in (self, target, value);
}

static gboolean
can_save (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  g_auto (GStrv) words = NULL;

  if (!is_step (self, target, "passphrase") || value != NULL)
    return FALSE;
  words = way_practice_dup_words (self, target->id);

  return words[0] != NULL;
}

static void
save (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  g_auto (GStrv) words = way_practice_dup_words (self, target->id);
  const char *state = g_strv_length (words) < ENOUGH_WORDS ? "short" : "strong";

  for (guint i = 0; words[i] != NULL; i++)
    {
      const WayDeskRecord *word = way_practice_find_part (target, "word", words[i]);

      if (word != NULL && way_desk_get_field (word, "weak") != NULL)
        state = "guessable";
    }
  way_practice_push_state (self, target->id, state, NULL);
  hold (self, target, value);
}

static gboolean
can_choose (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return (is_step (self, target, "choice") || is_step (self, target, "factor"))
         && way_practice_find_part (target, "option", value) != NULL;
}

/* A code belongs to a factor that shows one. */
static gboolean
can_enter_code (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  const WayDeskRecord *option;

  if (!is_step (self, target, "factor") || value == NULL || *value == '\0'
      || g_strcmp0 (way_practice_get_state (self, target->id), "enrolled") == 0)
    return FALSE;
  option = way_practice_find_part (target, "option",
                                   way_practice_get_state_value (self, target->id));

  return option != NULL && way_desk_get_field (option, "code") != NULL;
}

static void
enter_code (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  g_autofree char *code = way_practice_dup_code (self, target->id);
  g_autofree char *option = g_strdup (way_practice_get_state_value (self, target->id));

  if (strcmp (code, value) == 0)
    way_practice_push_state (self, target->id, "enrolled", option);
  hold (self, target, value);
}

static gboolean
is_open_prompt (WayPractice *self, const WayDeskRecord *target)
{
  const char *state = way_practice_get_state (self, target->id);

  return is_step (self, target, "prompt") && g_strcmp0 (state, "reported") != 0;
}

static guint
count_comings (const WayDeskRecord *prompt)
{
  const char *times = way_desk_get_field (prompt, "times");
  long n = times != NULL ? strtol (times, NULL, 10) : 1;

  return CLAMP (n, 1, 9);
}

/* A prompt that keeps coming can be refused as often as it comes. */
static gboolean
can_answer (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  const char *state = way_practice_get_state (self, target->id);

  return is_open_prompt (self, target) && value == NULL && g_strcmp0 (state, "approved") != 0
         && way_practice_count (self, "deny", target->id, NULL) < count_comings (target);
}

/* Late is better than never: what was approved can still be reported. */
static gboolean
can_report (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return is_open_prompt (self, target) && value == NULL;
}

static gboolean
can_go_on (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  const char *state = way_practice_get_state (self, target->id);

  if (value != NULL || state == NULL || way_practice_get_current_in (self, "signin") != target)
    return FALSE;

  return strcmp (state, "denied") != 0
         || way_practice_count (self, "deny", target->id, NULL) >= count_comings (target);
}

static void
go_on (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  way_practice_let_go (self, target);
}

static const WayVerb verbs[] = {
  { "add-word", can_add_word, NULL, hold },
  { "remove-word", can_remove_word, NULL, hold },
  { "save", can_save, NULL, save },
  { "choose", can_choose, "chosen", hold },
  { "enter-code", can_enter_code, NULL, enter_code },
  { "approve", can_answer, "approved", hold },
  { "deny", can_answer, "denied", hold },
  { "report", can_report, "reported", hold },
  { "next", can_go_on, NULL, go_on },
  { NULL },
};

const WayPracticeApp way_practice_signin_app = {
  .name = "signin",
  .tasks = "passphrase choice factor prompt",
  .verbs = verbs,
  .is_one_by_one = TRUE,
};

/**
 * way_practice_dup_words:
 * @record: id of a passphrase step
 *
 * Returns: (transfer full): ids of the words that stand in the passphrase now, in order
 */
char **
way_practice_dup_words (WayPractice *self, const char *record)
{
  g_autoptr (GPtrArray) words = NULL;
  GPtrArray *trace;

  g_return_val_if_fail (WAY_IS_PRACTICE (self) && record != NULL, NULL);

  words = g_ptr_array_new_null_terminated (0, g_free, TRUE);
  trace = way_practice_get_trace (self);
  for (guint i = 0; i < trace->len; i++)
    {
      const WayAction *done = g_ptr_array_index (trace, i);
      guint place;

      if (g_strcmp0 (done->target, record) != 0)
        continue;
      if (strcmp (done->action, "add-word") == 0)
        g_ptr_array_add (words, g_strdup (done->value));
      else if (strcmp (done->action, "remove-word") == 0
               && g_ptr_array_find_with_equal_func (words, done->value, g_str_equal, &place))
        g_ptr_array_remove_index (words, place);
    }

  return (char **) g_ptr_array_free (g_steal_pointer (&words), FALSE);
}
