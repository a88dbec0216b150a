/* way-practice-computer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "practice/way-practice-computer.h"

#include "practice/way-practice-private.h"

#include <string.h>

#define APP "computer"

static gboolean
is_type (const WayDeskRecord *record, const char *type)
{
  return strcmp (record->type, type) == 0;
}

static const char *
get_own_name (const WayDeskRecord *computer)
{
  return way_desk_get_field (computer, "you");
}

/* The one that the record names, or that of the first work, or the first there is. */
static const WayDeskRecord *
find_computer (WayPractice *self, const WayDeskRecord *task)
{
  GPtrArray *records = way_practice_get_records (self);
  const WayDeskRecord *found = NULL;

  if (task != NULL)
    found = way_practice_find_record (self, way_desk_get_field (task, "computer"));
  for (guint i = 0; i < records->len && found == NULL; i++)
    if (is_type (records->pdata[i], "work"))
      found = way_practice_find_record (self, way_desk_get_field (records->pdata[i], "computer"));
  for (guint i = 0; i < records->len && found == NULL; i++)
    if (is_type (records->pdata[i], "computer"))
      found = records->pdata[i];

  return found;
}

/* Nothing is done at a computer in front of which nobody sits. */
static gboolean
is_in_front (WayPractice *self, const WayDeskRecord *target)
{
  return is_type (target, "computer") && way_practice_get_computer (self) == target
         && !way_practice_is_away (self);
}

static gboolean
is_open (WayPractice *self, const WayDeskRecord *computer)
{
  return way_practice_read_screen (self, computer, NULL) == WAY_SCREEN_OPEN;
}

static gboolean
can_sign_in (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return is_in_front (self, target) && value == NULL
         && way_practice_read_screen (self, target, NULL) == WAY_SCREEN_OUT;
}

static void
sign_in (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  way_practice_push_state (self, target->id, "open", get_own_name (target));
}

static gboolean
can_sign_out (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return is_in_front (self, target) && value == NULL
         && way_practice_read_screen (self, target, NULL) != WAY_SCREEN_OUT;
}

static gboolean
can_lock (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return is_in_front (self, target) && value == NULL && is_open (self, target);
}

static void
lock (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  const char *user;
  g_autofree char *kept = NULL;

  way_practice_read_screen (self, target, &user);
  kept = g_strdup (user);
  way_practice_push_state (self, target->id, "locked", kept);
}

/* Only who locked it can open it again. */
static gboolean
can_unlock (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  const char *user;

  return is_in_front (self, target) && value == NULL
         && way_practice_read_screen (self, target, &user) == WAY_SCREEN_LOCKED
         && g_strcmp0 (user, get_own_name (target)) == 0;
}

/* What stands there belongs to whoever left it open. */
static gboolean
can_read (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  const char *user;

  return is_in_front (self, target) && value == NULL && target->content != NULL
         && way_practice_read_screen (self, target, &user) == WAY_SCREEN_OPEN
         && g_strcmp0 (user, way_desk_get_field (target, "user")) == 0
         && !way_practice_was_done (self, "read", target->id, NULL);
}

static gboolean
can_write (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return is_type (target, "work") && value == NULL
         && way_practice_get_current_in (self, APP) == target
         && is_open (self, way_practice_get_computer (self));
}

/* In whose name it stands. */
static void
write_up (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  const WayDeskRecord *computer = way_practice_get_computer (self);
  const char *user;
  gboolean is_own;

  way_practice_read_screen (self, computer, &user);
  is_own = g_strcmp0 (user, get_own_name (computer)) == 0;
  way_practice_push_state (self, target->id, is_own ? "own" : "other", NULL);
}

static gboolean
can_choose (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return is_type (target, "event") && way_practice_get_current_in (self, APP) == target
         && way_practice_get_state (self, target->id) == NULL
         && way_practice_find_part (target, "option", value) != NULL;
}

/* Who goes away leaves a screen as it is, and that is what counts. */
static void
choose (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  static const char *const left[] = { "out", "open", "locked" };
  const WayDeskRecord *option = way_practice_find_part (target, "option", value);
  const WayDeskRecord *computer = way_practice_get_computer (self);
  gboolean is_away = way_desk_get_field (option, "away") != NULL;

  way_practice_push_state (self, target->id,
                           is_away ? left[way_practice_read_screen (self, computer, NULL)]
                                   : "chosen",
                           value);
  way_practice_hold (self, target);
}

static gboolean
can_go_on (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return is_type (target, "event") && value == NULL
         && way_practice_get_current_in (self, APP) == target
         && way_practice_get_state (self, target->id) != NULL;
}

/* Whoever comes back opens what is their own, so that each way out is a new one. */
static void
go_on (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  const WayDeskRecord *computer = way_practice_get_computer (self);
  const char *user;
  WayScreen screen = way_practice_read_screen (self, computer, &user);
  gboolean is_own = g_strcmp0 (user, get_own_name (computer)) == 0;

  if (way_practice_is_away (self)
      && (screen == WAY_SCREEN_OUT || (screen == WAY_SCREEN_LOCKED && is_own)))
    sign_in (self, computer, NULL);
  way_practice_let_go (self, target);
}

/* Everything happens at a computer that is there, and can be answered. */
static gboolean
check (const WayDesk *desk, const WayDeskRecord *record, GError **error)
{
  const char *name = way_desk_get_field (record, "computer");
  guint n_options = 0;

  if (is_type (record, "computer"))
    return get_own_name (record) != NULL
           || way_practice_fail (desk, record->line, error, "a computer says who “you” are");
  if (is_type (record, "work") && name == NULL)
    return way_practice_fail (desk, record->line, error, "work names its “computer”");
  for (guint i = 0; name != NULL && i < desk->records->len; i++)
    {
      const WayDeskRecord *other = g_ptr_array_index (desk->records, i);

      if (is_type (other, "computer") && strcmp (other->id, name) == 0)
        name = NULL;
    }
  if (name != NULL)
    return way_practice_fail (desk, record->line, error, "there is no computer “%s” here", name);
  for (guint i = 0; i < record->parts->len; i++)
    n_options += is_type (record->parts->pdata[i], "option");

  return !is_type (record, "event") || n_options >= 2
         || way_practice_fail (desk, record->line, error, "an event needs two options or more");
}

static const WayVerb verbs[] = {
  { "sign-in", can_sign_in, NULL, sign_in },
  { "sign-out", can_sign_out, "out", NULL },
  { "lock", can_lock, NULL, lock },
  { "unlock", can_unlock, NULL, sign_in },
  { "read", can_read, NULL, NULL },
  { "write", can_write, NULL, write_up },
  { "choose", can_choose, NULL, choose },
  { "next", can_go_on, NULL, go_on },
  { NULL },
};

const WayPracticeApp way_practice_computer_app = {
  .name = APP,
  .tasks = "work event",
  .lookups = "computer",
  .verbs = verbs,
  .is_one_by_one = TRUE,
  .check = check,
};

/**
 * way_practice_get_computer:
 *
 * Returns: (nullable) (transfer none): the computer where one is
 */
const WayDeskRecord *
way_practice_get_computer (WayPractice *self)
{
  g_return_val_if_fail (WAY_IS_PRACTICE (self), NULL);

  return find_computer (self, way_practice_get_current_in (self, APP));
}

/**
 * way_practice_read_screen:
 * @computer: one of the desk's computers
 * @user: (out) (optional) (nullable) (transfer none): whose name stands in the corner; valid
 *   until the next action
 *
 * Returns: how its screen stands now
 */
WayScreen
way_practice_read_screen (WayPractice *self, const WayDeskRecord *computer, const char **user)
{
  const char *state;
  const char *name;

  g_return_val_if_fail (WAY_IS_PRACTICE (self) && computer != NULL, WAY_SCREEN_OUT);

  state = way_practice_get_state (self, computer->id);
  name = state != NULL ? way_practice_get_state_value (self, computer->id)
                       : way_desk_get_field (computer, "user");
  if (user != NULL)
    *user = name;
  if (state != NULL)
    return strcmp (state, "open") == 0     ? WAY_SCREEN_OPEN
           : strcmp (state, "locked") == 0 ? WAY_SCREEN_LOCKED
                                           : WAY_SCREEN_OUT;

  return name != NULL ? WAY_SCREEN_OPEN : WAY_SCREEN_OUT;
}

/**
 * way_practice_is_away:
 *
 * Returns: whether one has gone from the computer and not come back yet
 */
gboolean
way_practice_is_away (WayPractice *self)
{
  const WayDeskRecord *task;
  const char *state;

  g_return_val_if_fail (WAY_IS_PRACTICE (self), FALSE);

  task = way_practice_get_current_in (self, APP);
  state = task != NULL && is_type (task, "event") ? way_practice_get_state (self, task->id) : NULL;

  return state != NULL && strcmp (state, "chosen") != 0;
}
