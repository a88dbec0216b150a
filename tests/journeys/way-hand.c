/* way-hand.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "way-hand.h"

#include "careful.h"
#include "fixture.h"

#include <stdlib.h>
#include <string.h>

#define POLL (60 * 1000)
#define MOST_POLLS 500
#define NOTHING "\036" /* stands for a value that is not there */

/**
 * way_hand_new:
 * @desk: the one that has just opened in the window
 *
 * Waits until the run is written down, which tells its draw.
 *
 * Returns: (transfer full): a hand on it
 */
WayHand *
way_hand_new (WayJourney *journey, const char *username, WayDesk *desk)
{
  WayHand *self = g_new0 (WayHand, 1);
  g_autofree char *sql = g_strdup_printf (
      "SELECT a.attempt || ' ' || (e.body->>'seed') FROM attempt a JOIN live e ON e.id = a.attempt "
      "WHERE a.type = 'practice' AND a.desk LIKE '%%%%%s%%%%' AND a.ended IS NULL",
      desk->id);
  g_auto (GStrv) words = NULL;

  self->journey = journey;
  self->username = g_strdup (username);
  self->app = desk->apps[0];
  g_object_unref (way_driver_wait (journey->driver, "*", "I have finished"));
  for (guint i = 0; words == NULL && i < MOST_POLLS; i++)
    {
      g_autofree char *found = way_journey_ask_store (journey, username, sql);

      if (found != NULL)
        words = g_strsplit (found, " ", 2);
      else
        g_usleep (POLL);
    }
  if (words == NULL)
    way_driver_fail (journey->driver, "The desk %s is not begun", desk->id);
  self->attempt = g_strdup (words[0]);
  self->practice = way_practice_new (desk, g_ascii_strtoull (words[1], NULL, 10));
  g_test_message ("%s with the draw %s", desk->id, words[1]);
  return self;
}

void
way_hand_free (WayHand *self)
{
  g_clear_object (&self->practice);
  g_free (self->username);
  g_free (self->attempt);
  g_free (self);
}

/* Does here what the window has written down since. */
static void
follow (WayHand *self)
{
  while (TRUE)
    {
      guint n = way_practice_get_n_actions (self->practice);
      g_autofree char *sql = g_strdup_printf (
          "SELECT (body->>'action') || char (10) || (body->>'target') || char (10) || "
          "coalesce (body->>'value', char (30)) FROM live WHERE kind = 'action' AND "
          "body->>'attempt' = '%s' AND CAST (body->>'ordinal' AS integer) = %u",
          self->attempt, n + 1);
      g_autofree char *line = way_journey_ask_store (self->journey, self->username, sql);
      g_auto (GStrv) words = NULL;

      if (line == NULL)
        return;
      words = g_strsplit (line, "\n", 3);
      if (!way_practice_do (self->practice, words[0], *words[1] != '\0' ? words[1] : NULL,
                            g_str_equal (words[2], NOTHING) ? NULL : words[2]))
        way_driver_fail (self->journey->driver, "The window wrote down “%s” %s %s, which cannot be",
                         words[0], words[1], words[2]);
    }
}

static gboolean
is_done (WayHand *self, guint first, const char *action, const char *target, const char *value)
{
  for (guint i = first; i < way_practice_get_n_actions (self->practice); i++)
    {
      const char *a, *t, *v;

      way_practice_get_action (self->practice, i, &a, &t, &v);
      if (g_str_equal (a, action) && (target == NULL || g_strcmp0 (t, target) == 0)
          && (value == NULL || g_str_equal (action, "clock") || g_strcmp0 (v, value) == 0))
        return TRUE;
    }
  return FALSE;
}

static void
wait_until_done (
    WayHand *self, guint first, const char *action, const char *target, const char *value)
{
  for (guint i = 0; i < MOST_POLLS; i++)
    {
      follow (self);
      if (is_done (self, first, action, target, value))
        return;
      g_usleep (POLL);
    }
  way_driver_fail (self->journey->driver, "“%s” %s %s was not done", action,
                   target != NULL ? target : "", value != NULL ? value : "");
}

static void
show_app (WayHand *self, const char *app)
{
  guint n = g_strv_length (way_practice_get_desk (self->practice)->apps);

  for (guint i = 0; g_strcmp0 (self->app, app) != 0; i++)
    {
      char **apps = way_practice_get_desk (self->practice)->apps;
      guint at = 0;

      if (i > n)
        way_driver_fail (self->journey->driver, "There is no app “%s” on the desk", app);
      while (g_strcmp0 (apps[at], self->app) != 0)
        at++;
      /* Keys of the desk work where the focus is in it. */
      way_driver_reach (self->journey->driver, (WayThing){ "button", "I have finished", NULL });
      way_driver_key (self->journey->driver, "Ctrl+Page_Down");
      self->app = apps[(at + 1) % n];
    }
}

/* What an action without a target means. */
static const WayDeskRecord *
find_record (WayHand *self, const char *target)
{
  const WayDeskRecord *record = way_practice_find_record (self->practice, target);

  return record != NULL ? record : way_practice_get_current (self->practice);
}

/**
 * way_hand_do:
 * @action: an action of the desk
 * @target: (nullable): with what, %NULL for what is in hand
 * @value: (nullable)
 *
 * Does it in the window, and waits until it is written down. What comes before it, such as a
 * search before a record can be opened, is done as well.
 */
void
way_hand_do (WayHand *self, const char *action, const char *target, const char *value)
{
  guint first;
  const WayDeskRecord *record = find_record (self, target);

  follow (self);
  first = way_practice_get_n_actions (self->practice);
  g_test_message ("%s %s %s", action, target, value);
  if (g_str_equal (action, "finish"))
    way_hand_press (self, "button", "I have finished");
  else if (!g_str_equal (action, "clock"))
    {
      const char *app = record != NULL ? way_practice_get_app (record) : self->app;

      show_app (self, app);
      way_hand_find_app (app) (self, record, action, value);
    }
  wait_until_done (self, first, action, target, value);
  /* What is done with a thing may bring the next one on the screen. */
  if (self->is_pointer && !g_str_equal (action, "open") && !strstr (action, "look"))
    self->message = NULL;
}

/**
 * way_hand_expect:
 * @action: what is being done in another way, such as by a drag
 *
 * Waits until it is written down.
 */
void
way_hand_expect (WayHand *self, const char *action, const char *target, const char *value)
{
  wait_until_done (self, way_practice_get_n_actions (self->practice), action, target, value);
}

static void
hand_cb (WayPractice *practice,
         const char *action,
         const char *target,
         const char *value,
         gpointer user_data)
{
  way_hand_do (user_data, action, target, value);
}

/**
 * way_hand_work:
 *
 * Works the desk as a careful colleague does, from its beginning to its debrief, and sees
 * that all of it was earned.
 */
void
way_hand_work (WayHand *self)
{
  WayDriver *driver = self->journey->driver;
  int full = get_full_score (way_practice_get_desk (self->practice)->id);
  g_autofree char *words = g_strdup_printf ("You reached %d of %d points*", full, full);
  g_autofree char *sql = NULL;
  g_autofree char *said = NULL;
  g_autofree char *expected = g_strdup_printf ("%d/%d", full, full);

  set_hand (hand_cb, self);
  work_carefully (self->practice);
  set_hand (NULL, NULL);
  g_object_unref (way_driver_wait (driver, "*", "How it went"));
  g_object_unref (way_driver_wait (driver, "label", words));
  assert_score (self->practice, full, full);

  /* Rule by rule it is evidence. */
  sql = g_strdup_printf ("SELECT sum (CAST (body->>'points' AS integer)) || '/' || "
                         "sum (CAST (body->>'out_of' AS integer)) FROM live "
                         "WHERE kind = 'rule_outcome' AND body->>'attempt' = '%s'",
                         self->attempt);
  for (guint i = 0; i < MOST_POLLS && g_strcmp0 (said, expected) != 0; i++)
    {
      g_free (said);
      said = way_journey_ask_store (self->journey, self->username, sql);
      g_usleep (said == NULL ? POLL : 0);
    }
  g_assert_cmpstr (said, ==, expected);
}

/* --- What apps are worked with ------------------------------------------------------ */

/**
 * way_hand_press_thing:
 *
 * Presses something: goes there and presses the key for it, or clicks on it.
 */
void
way_hand_press_thing (WayHand *self, WayThing thing)
{
  gboolean is_button = g_str_equal (thing.role, "button") || g_str_equal (thing.role, "list item");

  if (self->is_pointer)
    {
      way_driver_point (self->journey->driver, thing);
      return;
    }
  way_driver_reach (self->journey->driver, thing);
  way_driver_key (self->journey->driver, is_button ? "Return" : "space");
}

void
way_hand_press_in (WayHand *self, const char *role, const char *name, const char *within)
{
  way_hand_press_thing (self, (WayThing){ role, name, within, NULL });
}

void
way_hand_press (WayHand *self, const char *role, const char *name)
{
  way_hand_press_in (self, role, name, NULL);
}

/**
 * way_hand_key:
 *
 * Goes to something and presses a key there.
 */
void
way_hand_key (WayHand *self, const char *role, const char *name, const char *keys)
{
  way_driver_reach (self->journey->driver, (WayThing){ role, name, NULL });
  way_driver_key (self->journey->driver, keys);
}

/**
 * way_hand_type_in:
 *
 * Puts text into an entry in place of what it has.
 */
void
way_hand_type_in (WayHand *self, const char *name, const char *within, const char *text)
{
  WayDriver *driver = self->journey->driver;
  static const char *const roles[] = { "text", "entry" };
  WayThing thing = { "text", name, within };

  /* Which of the two roles an entry has depends on its kind. */
  for (guint tries = 0; tries < 200; tries++)
    {
      thing.role = roles[tries % 2];
      if (way_driver_has (driver, thing))
        break;
      g_usleep (POLL / 2);
    }
  if (self->is_pointer)
    {
      way_driver_point (driver, thing);
      way_driver_wait_focus (driver, thing);
    }
  else
    way_driver_reach (driver, thing);
  way_driver_key (driver, "Ctrl+a");
  if (*text != '\0')
    way_driver_type (driver, text);
  else
    way_driver_key (driver, "Delete");
}

void
way_hand_type (WayHand *self, const char *name, const char *text)
{
  way_hand_type_in (self, name, NULL, text);
}

/**
 * way_hand_get_title:
 *
 * Returns: what a record is called on the screen
 */
const char *
way_hand_get_title (const WayDeskRecord *record)
{
  static const char *const names[] = { "subject", "title", "name", "label" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (way_desk_get_field (record, names[i]) != NULL)
      return way_desk_get_field (record, names[i]);
  return record->id;
}

/**
 * way_hand_get_text:
 *
 * Returns: what a part of a record says
 */
const char *
way_hand_get_text (const WayDeskRecord *part)
{
  static const char *const names[] = { "label", "text", "title", "name" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (way_desk_get_field (part, names[i]) != NULL)
      return way_desk_get_field (part, names[i]);
  return part->id;
}

/**
 * way_hand_find_part:
 *
 * Returns: the part of a record, which has to be there
 */
const WayDeskRecord *
way_hand_find_part (const WayDeskRecord *record, const char *id)
{
  for (guint i = 0; i < record->parts->len; i++)
    {
      const WayDeskRecord *part = g_ptr_array_index (record->parts, i);

      if (g_strcmp0 (part->id, id) == 0)
        return part;
    }
  g_error ("“%s” has no “%s”", record->id, id);
}

/**
 * way_hand_dup_plain:
 *
 * Returns: (transfer full): a label without its mnemonic
 */
char *
way_hand_dup_plain (const char *label)
{
  g_auto (GStrv) parts = g_strsplit (label, "_", -1);

  return g_strjoinv ("", parts);
}
