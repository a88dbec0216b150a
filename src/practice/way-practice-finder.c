/* way-practice-finder.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "practice/way-practice-private.h"

#include <string.h>

static const char *const identifiers[] = { "name", "dob", "nhs", "address", NULL };

static gboolean
is_identifier (const char *value)
{
  return value != NULL && g_strv_contains (identifiers, value);
}

static gboolean
is_open_request (WayPractice *self, const WayDeskRecord *record)
{
  return strcmp (record->type, "request") == 0 && way_practice_get_state (self, record->id) == NULL;
}

static gboolean
is_in_hand (WayPractice *self, const WayDeskRecord *record)
{
  return is_open_request (self, record) && way_practice_get_current_in (self, "finder") == record;
}

/* What stands in the request itself, or what the caller was asked for and could say. */
static gboolean
is_known (WayPractice *self, const WayDeskRecord *request, const char *identifier)
{
  g_autofree char *given = g_strconcat ("given-", identifier, NULL);
  g_autofree char *answer = g_strconcat ("answer-", identifier, NULL);

  return way_desk_get_field (request, given) != NULL
         || (way_desk_get_field (request, answer) != NULL
             && way_practice_was_done (self, "ask", request->id, identifier));
}

static gboolean
can_take (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return is_open_request (self, target) && value == NULL;
}

static void
take (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  way_practice_hold (self, target);
}

static gboolean
can_search (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return is_in_hand (self, target) && value != NULL;
}

static gboolean
can_open (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return strcmp (target->type, "patient") == 0 && value == NULL
         && way_practice_get_current_in (self, "finder") != NULL;
}

/* Only the record that lies open can be compared, and only with what is known. */
static gboolean
can_check (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  const WayDeskRecord *request = way_practice_get_current_in (self, "finder");
  GPtrArray *trace = way_practice_get_trace (self);

  if (strcmp (target->type, "patient") != 0 || request == NULL || !is_identifier (value)
      || !is_known (self, request, value))
    return FALSE;

  for (guint i = trace->len; i > 0; i--)
    {
      const WayAction *done = g_ptr_array_index (trace, i - 1);

      if (strcmp (done->action, "open") == 0)
        return g_strcmp0 (done->target, target->id) == 0;
    }

  return FALSE;
}

static gboolean
can_ask (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return is_in_hand (self, target) && is_identifier (value)
         && !way_practice_was_done (self, "ask", target->id, value);
}

static gboolean
can_choose (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  const WayDeskRecord *patient = way_practice_find_record (self, value);

  return is_in_hand (self, target) && patient != NULL && strcmp (patient->type, "patient") == 0
         && way_practice_was_done (self, "open", patient->id, NULL);
}

static gboolean
can_stop (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return is_in_hand (self, target) && value == NULL;
}

static void
let_go (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  way_practice_let_go (self, target);
}

static gboolean
can_undo (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  return strcmp (target->type, "request") == 0 && value == NULL
         && way_practice_get_state (self, target->id) != NULL;
}

static void
undo (WayPractice *self, const WayDeskRecord *target, const char *value)
{
  way_practice_pop_state (self, target->id);
  way_practice_hold (self, target);
}

static const WayVerb verbs[] = {
  { "take", can_take, NULL, take },
  { "search", can_search, NULL, NULL },
  { "open", can_open, NULL, NULL },
  { "check", can_check, NULL, NULL },
  { "ask", can_ask, NULL, NULL },
  { "choose", can_choose, "chosen", let_go },
  { "stop", can_stop, "stopped", let_go },
  { "undo", can_undo, NULL, undo },
  { NULL },
};

const WayPracticeApp way_practice_finder_app = {
  .name = "finder",
  .tasks = "request",
  .lookups = "patient",
  .verbs = verbs,
  .is_one_by_one = TRUE,
};
