/* way-module-steps.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "way-journey.h"

#include "content/way-desk.h"

#include <stdlib.h>
#include <string.h>

/* A module as a person without a pointer goes through it. */

#define DEAF (600 * 1000) /* a key so soon after something new came is not heard */

/* Tab to a button, then Return. */
static void
press_by_key (WayJourney *self, const char *name)
{
  way_driver_wait_state (self->driver, "button", name, ATSPI_STATE_SENSITIVE, TRUE);
  way_driver_focus (self->driver, "button", name);
  g_usleep (DEAF);
  way_driver_key (self->driver, "Return");
}

static void
say_confidence (WayJourney *self, const char *value)
{
  int steps = atoi (value) + 1;

  way_driver_focus (self->driver, "radio button", "0, not true at all");
  for (int i = 0; i < steps; i++)
    way_driver_key (self->driver, "Right");
  way_driver_wait_state (self->driver, "radio button", value, ATSPI_STATE_CHECKED, TRUE);
  press_by_key (self, "Go On");
}

/* Whether a message of the desk is one of the false ones: its row names its subject. */
static gboolean
is_false (WayJourney *self, const WayDesk *desk, const char *row)
{
  for (guint i = 0; i < desk->records->len; i++)
    {
      const WayDeskRecord *record = g_ptr_array_index (desk->records, i);
      const char *subject = g_hash_table_lookup (record->fields, "subject");
      g_autofree char *part = subject != NULL ? g_strdup_printf (", %s, ", subject) : NULL;

      if (part != NULL && strstr (row, part) != NULL)
        return record->group != NULL && g_str_has_prefix (record->group, "bad-");
    }
  way_driver_fail (self->driver, "“%s” is not a message of the desk", row);
}

static char *
dup_focused_row (WayJourney *self, const char *pattern)
{
  g_autoptr (GPtrArray) rows = way_driver_find_all (self->driver, "list item", pattern);

  for (guint i = 0; i < rows->len; i++)
    if (way_node_has_state (g_ptr_array_index (rows, i), ATSPI_STATE_FOCUSED))
      return way_node_dup_name (g_ptr_array_index (rows, i));
  return NULL;
}

/* Goes down the list, looks at each sender, reports what is false and keeps the rest. */
static void
work_inbox (WayJourney *self, const WayDesk *desk)
{
  guint n = 0;
  g_autoptr (GPtrArray) rows = NULL;

  g_object_unref (way_driver_wait (self->driver, "*", "Your task"));
  g_object_unref (way_driver_wait (self->driver, "label", "Practice, not a real record*"));
  rows = way_driver_find_all (self->driver, "list item", "*, not read");
  if (rows->len == 0)
    way_driver_fail (self->driver, "There are no messages on the screen");
  {
    g_autofree char *first = way_node_dup_name (g_ptr_array_index (rows, 0));

    way_driver_focus (self->driver, "list item", first);
  }
  while (TRUE)
    {
      g_autofree char *row = NULL;
      g_autofree char *decided = g_strdup_printf ("%u of * decided", n + 1);

      for (guint tries = 0; row == NULL; tries++)
        {
          row = dup_focused_row (self, "*, not read*");
          if (row == NULL && tries > 40)
            way_driver_fail (self->driver, "No message has the focus");
          if (row == NULL)
            g_usleep (100 * 1000);
        }
      way_driver_key (self->driver, "s");
      way_driver_key (self->driver, is_false (self, desk, row) ? "r" : "k");
      g_object_unref (way_driver_wait (self->driver, "label", decided));
      n++;
      if (way_driver_find (self->driver, "label", "10 of 10 decided") != NULL)
        break;
      way_driver_key (self->driver, "Down");
    }
  press_by_key (self, "I have finished");
  g_object_unref (way_driver_wait (self->driver, "*", "How it went"));
  g_object_unref (way_driver_wait (self->driver, "label", "You reached * of * points.*"));
}

static void
take_check (WayJourney *self, const WayModule *module)
{
  press_by_key (self, "Start the Check");
  for (int i = 0; i < module->draw; i++)
    {
      g_autofree char *eyebrow = g_strdup_printf ("Question %d of %d", i + 1, module->draw);
      g_autoptr (WayItem) item = NULL;

      g_object_unref (way_driver_wait (self->driver, "label", eyebrow));
      item = way_journey_find_question (self);
      if (item == NULL)
        way_driver_fail (self->driver, "%s is not in the pack", eyebrow);
      way_journey_answer (self, item);
      press_by_key (self, "Answer");
      /* The explanation opens in place. */
      g_object_unref (way_driver_wait (self->driver, "label", "Right"));
      press_by_key (self, "Go On");
      if (i + 1 < module->draw)
        way_driver_wait_gone (self->driver, "label", eyebrow);
    }
  {
    g_autofree char *result = g_strdup_printf ("%d of %d: passed", module->draw, module->draw);

    g_object_unref (way_driver_wait (self->driver, "*", result));
  }
}

/**
 * way_journey_learn:
 * @id: a module whose desk is an inbox
 * @look: (nullable): called with the name of each thing that is to be looked at
 *
 * From anywhere: the module from its first to its last step, with the keyboard alone.
 */
void
way_journey_learn (WayJourney *self, const char *id, WayLookFunc look)
{
  g_autoptr (GError) error = NULL;
  const WayModule *module = way_pack_find_module (self->pack, id);
  WayDesk *desk = way_pack_load_desk (self->pack, g_ptr_array_index (module->desks, 0), &error);

  if (desk == NULL)
    way_driver_fail (self->driver, "%s", error->message);
  way_journey_go (self, "Learn");
  way_driver_focus (self->driver, "list item", module->title);
  way_driver_key (self->driver, "Return");

  g_object_unref (way_driver_wait (self->driver, "radio button", "0, not true at all"));
  if (look != NULL)
    look (self, "module");
  say_confidence (self, "4");
  g_object_unref (way_driver_wait (self->driver, "*", "Why this matters"));
  g_usleep (DEAF);
  way_driver_key (self->driver, "Return");
  for (guint i = 0; i < module->cards->len; i++)
    {
      g_autofree char *card = g_strdup_printf ("Card %u of %u", i + 1, module->cards->len);

      g_object_unref (way_driver_wait (self->driver, "label", card));
      if (i == 0 && look != NULL)
        look (self, "card");
      g_usleep (DEAF);
      way_driver_key (self->driver, "Return");
    }

  g_object_unref (way_driver_wait (self->driver, "*", "I have finished"));
  if (look != NULL)
    look (self, "desk");
  work_inbox (self, desk);
  if (look != NULL)
    look (self, "debrief");
  press_by_key (self, "Go On");

  take_check (self, module);
  if (look != NULL)
    look (self, "check");
  press_by_key (self, "Go On");
  g_object_unref (way_driver_wait (self->driver, "*", "One thing to do on your shift"));
  press_by_key (self, "I Have Done This");
  g_object_unref (way_driver_wait (self->driver, "*", "And now?"));
  say_confidence (self, "8");
  g_object_unref (way_driver_wait (self->driver, "*", "This module is done"));
  if (look != NULL)
    look (self, "end");
  way_desk_unref (desk);
  /* Back among the pages. */
  press_by_key (self, "Close");
  g_object_unref (way_driver_wait (self->driver, "list item", "Learn"));
}
