/* way-practice-talk-check.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "practice/way-practice-talk.h"

#include "practice/way-practice-private.h"

#include <string.h>

#define MOST_STATES 5000
#define MOST_PATHS 50000
#define MOST_REPLIES 9 /* as many as there are keys for */

/* A walk through all that can happen in one talk. */
typedef struct
{
  const WayDesk *desk;
  const WayDeskRecord *talk;
  GHashTable *states;  /* (owned) char* turn and flags → GINT_TO_POINTER: on the way, or done */
  GHashTable *reached; /* (owned) of WayDeskRecord: turns and replies */
  guint64 seed;        /* one that draws the talk */
  guint n_paths;
} Walk;

enum
{
  ON_THE_WAY = 1,
  DONE = 2,
};

static gboolean
fail (Walk *walk, const WayDeskRecord *part, GError **error, const char *reason)
{
  return way_practice_fail (walk->desk, part->line, error, "in the talk “%s”, “%s” %s",
                            walk->talk->id, part->id != NULL ? part->id : part->type, reason);
}

static guint
count_open (const WayDeskRecord *turn, const char *flags)
{
  guint n = 0;

  for (guint i = 0; i < turn->parts->len; i++)
    {
      const WayDeskRecord *part = g_ptr_array_index (turn->parts, i);

      n += strcmp (part->type, "reply") == 0 && way_talk_is_open (part, flags);
    }

  return n;
}

static gboolean visit (Walk *walk, const WayDeskRecord *turn, const char *flags, GError **error);

static gboolean
visit_replies (Walk *walk, const WayDeskRecord *turn, const char *flags, GError **error)
{
  for (guint i = 0; i < turn->parts->len; i++)
    {
      const WayDeskRecord *reply = g_ptr_array_index (turn->parts, i);
      const WayDeskRecord *next;
      g_autofree char *after = NULL;

      if (strcmp (reply->type, "reply") != 0 || !way_talk_is_open (reply, flags))
        continue;
      g_hash_table_add (walk->reached, (gpointer) reply);
      after = way_talk_add_flags (flags, reply);
      next = way_talk_follow (walk->talk, reply, after);
      if (next == NULL)
        return fail (walk, reply, error, "leads to no turn");
      if (!visit (walk, next, after, error))
        return FALSE;
    }

  return TRUE;
}

/* Nobody can be held in a talk: from each turn a reply goes on, and none comes back to
 * the same turn with nothing learnt on the way. */
static gboolean
visit (Walk *walk, const WayDeskRecord *turn, const char *flags, GError **error)
{
  g_autofree char *key = g_strjoin (" | ", turn->id, flags, NULL);
  int state = GPOINTER_TO_INT (g_hash_table_lookup (walk->states, key));
  guint n;

  if (state == DONE)
    return TRUE;
  if (state == ON_THE_WAY)
    return fail (walk, turn, error, "can be come back to again and again");
  if (g_hash_table_size (walk->states) >= MOST_STATES)
    return fail (walk, turn, error, "is one turn of too many ways");

  g_hash_table_insert (walk->states, g_strdup (key), GINT_TO_POINTER (ON_THE_WAY));
  g_hash_table_add (walk->reached, (gpointer) turn);
  n = count_open (turn, flags);
  if (n == 0 && !way_talk_is_last (turn))
    return fail (walk, turn, error, "leaves nothing that can be said");
  if (n > MOST_REPLIES)
    return fail (walk, turn, error, "has more than 9 replies at a time");
  if (!visit_replies (walk, turn, flags, error))
    return FALSE;
  g_hash_table_insert (walk->states, g_strdup (key), GINT_TO_POINTER (DONE));

  return TRUE;
}

/* --- What stands in it -------------------------------------------------------------- */

static gboolean
check_part (Walk *walk, const WayDeskRecord *part, GHashTable *ids, GError **error)
{
  if (part->id == NULL)
    return fail (walk, part, error, "has no id");
  if (!g_hash_table_add (ids, part->id))
    return fail (walk, part, error, "is there twice");
  if (!g_hash_table_contains (walk->reached, part))
    return fail (walk, part, error, "is never come to");

  return TRUE;
}

static gboolean
check_words (Walk *walk, const WayDeskRecord *reply, GError **error)
{
  if (strcmp (reply->type, "reply") != 0 || way_desk_get_field (reply, "text") == NULL)
    return fail (walk, reply, error, "is no reply with words");
  /* Rules name a reply and not its talk. */
  for (guint i = 0; reply->id != NULL && i < walk->desk->records->len; i++)
    {
      const WayDeskRecord *talk = g_ptr_array_index (walk->desk->records, i);

      if (way_talk_is (talk) && talk != walk->talk && way_talk_find_reply (talk, reply->id) != NULL)
        return fail (walk, reply, error, "is a reply of another talk as well");
    }

  return TRUE;
}

static gboolean
check_parts (Walk *walk, GError **error)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < walk->talk->parts->len; i++)
    {
      const WayDeskRecord *turn = g_ptr_array_index (walk->talk->parts, i);

      if (strcmp (turn->type, "turn") != 0)
        return fail (walk, turn, error, "is not a turn");
      if (!check_part (walk, turn, ids, error))
        return FALSE;
      if (turn->content == NULL)
        return fail (walk, turn, error, "says nothing: <content> is missing");
      for (guint j = 0; j < turn->parts->len; j++)
        {
          const WayDeskRecord *reply = g_ptr_array_index (turn->parts, j);

          if (!check_words (walk, reply, error) || !check_part (walk, reply, ids, error))
            return FALSE;
        }
    }

  return TRUE;
}

/**
 * way_practice_has_flag:
 *
 * Returns: whether a reply of any talk on the desk sets the flag
 */
gboolean
way_practice_has_flag (const WayDesk *desk, const char *flag)
{
  g_return_val_if_fail (desk != NULL && flag != NULL, FALSE);

  for (guint i = 0; i < desk->records->len; i++)
    {
      const WayDeskRecord *talk = g_ptr_array_index (desk->records, i);

      for (guint j = 0; way_talk_is (talk) && j < talk->parts->len; j++)
        {
          const WayDeskRecord *turn = g_ptr_array_index (talk->parts, j);

          for (guint k = 0; k < turn->parts->len; k++)
            {
              const char *sets = way_desk_get_field (turn->parts->pdata[k], "sets");
              g_auto (GStrv) words = g_strsplit (sets != NULL ? sets : "", " ", -1);

              if (g_strv_contains ((const char *const *) words, flag))
                return TRUE;
            }
        }
    }

  return FALSE;
}

/* --- A perfect path ----------------------------------------------------------------- */

static gboolean
is_perfect (Walk *walk, WayPractice *practice)
{
  for (guint i = 0; i < walk->desk->rules->len; i++)
    {
      const WayDeskRule *rule = g_ptr_array_index (walk->desk->rules, i);

      if (rule->each != NULL && way_practice_is_of (walk->talk, rule->each)
          && !way_practice_evaluate (practice, rule->test, walk->talk))
        return FALSE;
    }

  return TRUE;
}

/* Each way through the talk until one meets every rule for it. What was said is said
 * again for each, since a rule may count. */
static gboolean
find_perfect (Walk *walk, GPtrArray *said)
{
  g_autoptr (WayPractice) practice = way_practice_new ((WayDesk *) walk->desk, walk->seed);
  const WayDeskRecord *turn;

  if (way_practice_can (practice, "take", walk->talk->id, NULL))
    way_practice_do (practice, "take", walk->talk->id, NULL);
  for (guint i = 0; i < said->len; i++)
    way_practice_do (practice, "say", walk->talk->id, g_ptr_array_index (said, i));

  turn = way_practice_get_turn (practice, walk->talk);
  if (way_talk_is_last (turn))
    return walk->n_paths++ < MOST_PATHS && is_perfect (walk, practice);

  for (guint i = 0; i < turn->parts->len && walk->n_paths < MOST_PATHS; i++)
    {
      const WayDeskRecord *reply = g_ptr_array_index (turn->parts, i);

      if (!way_practice_can (practice, "say", walk->talk->id, reply->id))
        continue;
      g_ptr_array_add (said, reply->id);
      if (find_perfect (walk, said))
        return TRUE;
      g_ptr_array_set_size (said, said->len - 1);
    }

  return FALSE;
}

/* A draw can leave the talk out: the first seed that has it. */
static gboolean
find_seed (Walk *walk)
{
  for (walk->seed = 0; walk->seed < 1000; walk->seed++)
    {
      g_autoptr (WayPractice) practice = way_practice_new ((WayDesk *) walk->desk, walk->seed);

      if (way_practice_find_record (practice, walk->talk->id) != NULL)
        return TRUE;
    }

  return FALSE;
}

static gboolean
check_walk (Walk *walk, GError **error)
{
  g_autoptr (GPtrArray) said = g_ptr_array_new ();
  const WayDeskRecord *first = way_talk_find_turn (walk->talk, NULL);

  if (way_desk_get_field (walk->talk, "person") == NULL)
    return fail (walk, walk->talk, error, "does not say who speaks: “person” is missing");
  if (first == NULL || way_talk_is_last (first))
    return fail (walk, walk->talk, error, "has nothing that can be said");
  if (!visit (walk, first, "", error) || !check_parts (walk, error))
    return FALSE;
  if (find_seed (walk) && !find_perfect (walk, said))
    return fail (walk, walk->talk, error, "has no way through that meets all its rules");

  return TRUE;
}

/**
 * way_practice_check_talk:
 * @talk: a record of the desk
 * @error: return location, in the domain %WAY_PRACTICE_ERROR
 *
 * Looks for what only walking through a talk can find: a turn or a reply that is never
 * come to, one that leads nowhere, a way that goes round for ever, and rules that no way
 * through the talk can meet.
 *
 * Returns: whether the talk can be held
 */
gboolean
way_practice_check_talk (const WayDesk *desk, const WayDeskRecord *talk, GError **error)
{
  Walk walk = { .desk = desk, .talk = talk };
  gboolean is_right;

  g_return_val_if_fail (desk != NULL && talk != NULL, FALSE);

  walk.states = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  walk.reached = g_hash_table_new (g_direct_hash, g_direct_equal);
  is_right = check_walk (&walk, error);
  g_hash_table_unref (walk.states);
  g_hash_table_unref (walk.reached);

  return is_right;
}
