/* way-practice-talk.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "practice/way-practice-talk.h"

#include "practice/way-practice-private.h"

#include <string.h>

/* --- The talk as it is written ------------------------------------------------------ */

/**
 * way_talk_is:
 *
 * Returns: whether the record is a talk
 */
gboolean
way_talk_is (const WayDeskRecord *record)
{
  return record != NULL && strcmp (record->type, "talk") == 0;
}

/**
 * way_talk_find_turn:
 * @id: (nullable): a turn's id; left out, the first turn
 *
 * Returns: (nullable) (transfer none): the turn
 */
const WayDeskRecord *
way_talk_find_turn (const WayDeskRecord *talk, const char *id)
{
  g_return_val_if_fail (talk != NULL, NULL);

  for (guint i = 0; i < talk->parts->len; i++)
    {
      const WayDeskRecord *part = g_ptr_array_index (talk->parts, i);

      if (strcmp (part->type, "turn") == 0 && (id == NULL || g_strcmp0 (part->id, id) == 0))
        return part;
    }

  return NULL;
}

/**
 * way_talk_find_reply:
 * @id: (nullable): a reply's id
 *
 * Returns: (nullable) (transfer none): the reply, in whichever turn it is
 */
const WayDeskRecord *
way_talk_find_reply (const WayDeskRecord *talk, const char *id)
{
  g_return_val_if_fail (talk != NULL, NULL);

  for (guint i = 0; i < talk->parts->len; i++)
    {
      const WayDeskRecord *reply = way_practice_find_part (talk->parts->pdata[i], "reply", id);

      if (reply != NULL)
        return reply;
    }

  return NULL;
}

/**
 * way_talk_is_last:
 * @turn: a turn
 *
 * Returns: whether nothing can be said to it
 */
gboolean
way_talk_is_last (const WayDeskRecord *turn)
{
  g_return_val_if_fail (turn != NULL, TRUE);

  for (guint i = 0; i < turn->parts->len; i++)
    if (strcmp (((const WayDeskRecord *) turn->parts->pdata[i])->type, "reply") == 0)
      return FALSE;

  return TRUE;
}

static gboolean
holds_word (const char *words, const char *word)
{
  g_auto (GStrv) parts = g_strsplit (words, " ", -1);

  return g_strv_contains ((const char *const *) parts, word);
}

static guint
count_set (const char *names, const char *flags)
{
  g_auto (GStrv) words = g_strsplit (names, " ", -1);
  guint n = 0;

  for (guint i = 0; words[i] != NULL; i++)
    n += words[i][0] != '\0' && holds_word (flags, words[i]);

  return n;
}

/**
 * way_talk_is_open:
 * @part: a reply or a turn
 * @flags: what was set so far, with spaces between
 *
 * Returns: whether all of its "if" and none of its "unless" is set
 */
gboolean
way_talk_is_open (const WayDeskRecord *part, const char *flags)
{
  const char *needed;
  const char *barred;

  g_return_val_if_fail (part != NULL && flags != NULL, FALSE);

  needed = way_desk_get_field (part, "if");
  barred = way_desk_get_field (part, "unless");
  if (barred != NULL && count_set (barred, flags) > 0)
    return FALSE;
  if (needed != NULL)
    {
      g_auto (GStrv) words = g_strsplit (needed, " ", -1);

      for (guint i = 0; words[i] != NULL; i++)
        if (words[i][0] != '\0' && !holds_word (flags, words[i]))
          return FALSE;
    }

  return TRUE;
}

/**
 * way_talk_follow:
 * @reply: a reply of the talk
 * @flags: what is set once it was given
 *
 * Returns: (nullable) (transfer none): the turn that it leads to
 */
const WayDeskRecord *
way_talk_follow (const WayDeskRecord *talk, const WayDeskRecord *reply, const char *flags)
{
  const char *to = way_desk_get_field (reply, "to");
  g_auto (GStrv) turns = g_strsplit (to != NULL ? to : "", " ", -1);

  for (guint i = 0; turns[i] != NULL; i++)
    {
      const WayDeskRecord *turn = turns[i][0] != '\0' ? way_talk_find_turn (talk, turns[i]) : NULL;

      if (turn != NULL && way_talk_is_open (turn, flags))
        return turn;
    }

  return NULL;
}

static int
compare_words (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/**
 * way_talk_add_flags:
 * @flags: what was set so far, with spaces between
 * @reply: a reply
 *
 * Returns: (transfer full): the same and what the reply sets, each once, in a fixed order
 */
char *
way_talk_add_flags (const char *flags, const WayDeskRecord *reply)
{
  const char *sets = way_desk_get_field (reply, "sets");
  g_autofree char *all = g_strjoin (" ", flags, sets, NULL);
  g_auto (GStrv) words = g_strsplit (all, " ", -1);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();

  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] != '\0'
        && !g_ptr_array_find_with_equal_func (sorted, words[i], g_str_equal, NULL))
      g_ptr_array_add (sorted, words[i]);
  g_ptr_array_sort (sorted, compare_words);
  g_ptr_array_add (sorted, NULL);

  return g_strjoinv (" ", (char **) sorted->pdata);
}

/* --- Where a run stands ------------------------------------------------------------- */

/* Turn and flags after each reply lie one on the other under a name that no record can
 * have, so that going back is taking the last one away. */
static char *
make_place (const WayDeskRecord *talk)
{
  return g_strconcat (talk->id, "#turn", NULL);
}

/**
 * way_practice_get_turn:
 * @talk: a drawn talk
 *
 * Returns: (nullable) (transfer none): the turn that the talk has come to
 */
const WayDeskRecord *
way_practice_get_turn (WayPractice *self, const WayDeskRecord *talk)
{
  g_autofree char *place = NULL;

  g_return_val_if_fail (WAY_IS_PRACTICE (self) && talk != NULL, NULL);

  place = make_place (talk);

  return way_talk_find_turn (talk, way_practice_get_state (self, place));
}

/**
 * way_practice_get_flags:
 * @talk: a drawn talk
 *
 * Returns: (transfer none): what the replies that stand have set, with spaces between;
 *   valid until the next action
 */
const char *
way_practice_get_flags (WayPractice *self, const WayDeskRecord *talk)
{
  g_autofree char *place = NULL;
  const char *flags;

  g_return_val_if_fail (WAY_IS_PRACTICE (self) && talk != NULL, "");

  place = make_place (talk);
  flags = way_practice_get_state_value (self, place);

  return flags != NULL ? flags : "";
}

/**
 * way_practice_dup_said:
 * @talk: a drawn talk
 *
 * Returns: (transfer full): ids of the replies that stand, in order
 */
char **
way_practice_dup_said (WayPractice *self, const WayDeskRecord *talk)
{
  g_autoptr (GPtrArray) said = NULL;
  GPtrArray *trace;

  g_return_val_if_fail (WAY_IS_PRACTICE (self) && talk != NULL, NULL);

  said = g_ptr_array_new_null_terminated (0, g_free, TRUE);
  trace = way_practice_get_trace (self);
  for (guint i = 0; i < trace->len; i++)
    {
      const WayAction *done = g_ptr_array_index (trace, i);

      if (g_strcmp0 (done->target, talk->id) != 0)
        continue;
      if (strcmp (done->action, "say") == 0)
        g_ptr_array_add (said, g_strdup (done->value));
      else if (strcmp (done->action, "go-back") == 0 && said->len > 0)
        g_ptr_array_set_size (said, said->len - 1);
    }

  return (char **) g_ptr_array_free (g_steal_pointer (&said), FALSE);
}

/* --- What can be done --------------------------------------------------------------- */

static gboolean
is_in_hand (WayPractice *self, const WayDeskRecord *record)
{
  return way_talk_is (record) && way_practice_get_current_in (self, "talk") == record;
}

static gboolean
is_left (WayPractice *self, const WayDeskRecord *talk)
{
  return g_strcmp0 (way_practice_get_state (self, talk->id), "left") == 0;
}

static gboolean
can_take (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return way_talk_is (target) && value == NULL
         && way_practice_get_current_in (self, "talk") != target;
}

/* Whoever broke off can go on where they stopped. */
static void
take (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  if (is_left (self, target))
    way_practice_pop_state (self, target->id);
  way_practice_hold (self, target);
}

static gboolean
can_say (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  const WayDeskRecord *turn;
  const WayDeskRecord *reply;

  if (!is_in_hand (self, target))
    return FALSE;
  turn = way_practice_get_turn (self, target);
  reply = turn != NULL ? way_practice_find_part (turn, "reply", value) : NULL;

  return reply != NULL && way_talk_is_open (reply, way_practice_get_flags (self, target));
}

static void
say (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  const WayDeskRecord *reply = way_talk_find_reply (target, value);
  g_autofree char *place = make_place (target);
  g_autofree char *flags = way_talk_add_flags (way_practice_get_flags (self, target), reply);
  const WayDeskRecord *turn = way_talk_follow (target, reply, flags);

  /* A talk that leads nowhere is never published; here it stays where it is. */
  if (turn == NULL)
    turn = way_practice_get_turn (self, target);
  way_practice_push_state (self, place, turn->id, flags);
  if (way_talk_is_last (turn))
    way_practice_push_state (self, target->id, "ended", turn->id);
  way_practice_hold (self, target);
}

static gboolean
can_go_back (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  g_autofree char *place = NULL;

  if (!is_in_hand (self, target) || value != NULL)
    return FALSE;
  place = make_place (target);

  return way_practice_get_state (self, place) != NULL;
}

static void
go_back (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  g_autofree char *place = make_place (target);

  way_practice_pop_state (self, place);
  way_practice_pop_state (self, target->id);
  way_practice_hold (self, target);
}

/* After the last turn, saying goodbye; before it, breaking off. */
static gboolean
can_end (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return is_in_hand (self, target) && value == NULL;
}

static void
end (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  if (way_practice_get_state (self, target->id) == NULL)
    way_practice_push_state (self, target->id, "left", NULL);
  way_practice_let_go (self, target);
}

static const WayVerb verbs[] = {
  { "take", can_take, NULL, take },
  { "say", can_say, NULL, say },
  { "go-back", can_go_back, NULL, go_back },
  { "end", can_end, NULL, end },
  { NULL },
};

const WayPracticeApp way_practice_talk_app = {
  .name = "talk",
  .tasks = "talk",
  .verbs = verbs,
  .is_one_by_one = TRUE,
  .check = way_practice_check_talk,
};
