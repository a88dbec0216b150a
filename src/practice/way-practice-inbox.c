/* way-practice-inbox.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "practice/way-practice-private.h"

#include <string.h>

static gboolean
is_message (const WayDeskRecord *record)
{
  return strcmp (record->type, "message") == 0;
}

/* Reported and deleted messages lie in another folder: they can be read there. */
static gboolean
is_in_inbox (WayPractice *self, const WayDeskRecord *record)
{
  const char *state = way_practice_get_state (self, record->id);

  return g_strcmp0 (state, "reported") != 0 && g_strcmp0 (state, "deleted") != 0;
}

static gboolean
can_look (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return is_message (target) && value == NULL;
}

static gboolean
can_look_link (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return is_message (target) && way_practice_find_part (target, "link", value) != NULL
         && way_practice_was_done (self, "open", target->id, NULL);
}

static gboolean
can_follow_link (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return can_look_link (self, target, value) && is_in_inbox (self, target);
}

static gboolean
can_open_attachment (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return is_message (target) && is_in_inbox (self, target)
         && way_practice_find_part (target, "attachment", value) != NULL
         && way_practice_was_done (self, "open", target->id, NULL);
}

static gboolean
can_reply (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return is_message (target) && is_in_inbox (self, target)
         && (g_strcmp0 (value, "plain") == 0
             || way_practice_find_part (target, "reply", value) != NULL)
         && way_practice_was_done (self, "open", target->id, NULL);
}

static gboolean
can_dispose (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return is_message (target) && value == NULL && is_in_inbox (self, target);
}

static gboolean
can_leave (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return can_dispose (self, target, value)
         && g_strcmp0 (way_practice_get_state (self, target->id), "left") != 0;
}

/* What was sent stays sent. */
static gboolean
can_undo (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  const char *state = way_practice_get_state (self, target->id);

  return is_message (target) && value == NULL && state != NULL && strcmp (state, "replied") != 0;
}

static void
undo (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  way_practice_pop_state (self, target->id);
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  const WayDeskRecord *left = *(WayDeskRecord *const *) a;
  const WayDeskRecord *right = *(WayDeskRecord *const *) b;
  const char *left_time = way_desk_get_field (left, "time");
  const char *right_time = way_desk_get_field (right, "time");

  return left_time != NULL && right_time != NULL ? strcmp (right_time, left_time) : 0;
}

static const WayVerb verbs[] = {
  { "open", can_look, NULL, NULL },
  { "look-sender", can_look, NULL, NULL },
  { "look-link", can_look_link, NULL, NULL },
  { "follow-link", can_follow_link, NULL, NULL },
  { "open-attachment", can_open_attachment, NULL, NULL },
  { "reply", can_reply, "replied", NULL },
  { "report", can_dispose, "reported", NULL },
  { "delete", can_dispose, "deleted", NULL },
  { "leave", can_leave, "left", NULL },
  { "undo", can_undo, NULL, undo },
  { NULL },
};

const WayPracticeApp way_practice_inbox_app = {
  .name = "inbox",
  .tasks = "message",
  .verbs = verbs,
  .compare = compare_newest_first,
};
