/* way-module-steps.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "way-hand.h"

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
  way_driver_reach (self->driver, (WayThing){ "button", name, NULL });
  g_usleep (DEAF);
  way_driver_key (self->driver, "Return");
}

static void
say_confidence (WayJourney *self, const char *value)
{
  int steps = atoi (value) + 1;

  way_driver_reach (self->driver, (WayThing){ "radio button", "0, not true at all", NULL });
  for (int i = 0; i < steps; i++)
    way_driver_key (self->driver, "Right");
  way_driver_wait_state (self->driver, "radio button", value, ATSPI_STATE_CHECKED, TRUE);
  press_by_key (self, "Go On");
}

static void
look_at (WayJourney *self, WayLookFunc look, const char *name, guint number)
{
  g_autofree char *text = g_strdup_printf ("%s-%u", name, number);

  if (look != NULL)
    look (self, number > 0 ? text : name);
}

static void
work_desks (WayJourney *self, const char *username, const WayModule *module, WayLookFunc look)
{
  for (guint i = 0; i < module->desks->len; i++)
    {
      g_autoptr (GError) error = NULL;
      WayDesk *desk = way_pack_load_desk (self->pack, g_ptr_array_index (module->desks, i), &error);
      g_autoptr (WayHand) hand = NULL;

      if (desk == NULL)
        way_driver_fail (self->driver, "%s", error->message);
      g_object_unref (way_driver_wait (self->driver, "label", "Practice, not a real record*"));
      hand = way_hand_new (self, username, desk);
      look_at (self, look, "desk", i + 1);
      way_hand_work (hand);
      look_at (self, look, "debrief", i + 1);
      press_by_key (self, "Go On");
      way_desk_unref (desk);
    }
}

/**
 * way_journey_take_check:
 * @module: whose check has begun
 *
 * Answers each question rightly, with the keyboard alone.
 */
void
way_journey_take_check (WayJourney *self, const WayModule *module)
{
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
 * way_journey_open_module:
 * @module: which
 *
 * The library is searched for its title, with the keyboard alone.
 */
void
way_journey_open_module (WayJourney *self, const WayModule *module)
{
  self->is_by_keys = TRUE;
  way_journey_go (self, "Learn");
  g_object_unref (way_driver_wait (self->driver, "entry", "Search in modules"));
  way_driver_key (self->driver, "Ctrl+f");
  way_driver_reach (self->driver, (WayThing){ "entry", "Search in modules", NULL });
  way_driver_type (self->driver, module->title);
  g_object_unref (way_driver_wait (self->driver, "list item", module->title));
  way_driver_reach (self->driver, (WayThing){ "list item", module->title, "Modules" });
  way_driver_key (self->driver, "Return");
}

/**
 * way_journey_read:
 * @module: just opened
 * @look: (nullable): called with the name of each thing that is to be looked at
 *
 * From its first step to its practice, with the keyboard alone.
 */
void
way_journey_read (WayJourney *self, const WayModule *module, WayLookFunc look)
{
  g_object_unref (way_driver_wait (self->driver, "radio button", "0, not true at all"));
  look_at (self, look, "module", 0);
  say_confidence (self, "4");
  g_object_unref (way_driver_wait (self->driver, "*", "Why this matters"));
  g_usleep (DEAF);
  way_driver_key (self->driver, "Return");
  for (guint i = 0; i < module->cards->len; i++)
    {
      g_autofree char *card = g_strdup_printf ("Card %u of %u", i + 1, module->cards->len);

      g_object_unref (way_driver_wait (self->driver, "label", card));
      look_at (self, look, "card", i + 1);
      g_usleep (DEAF);
      way_driver_key (self->driver, "Return");
    }
}

/**
 * way_journey_learn:
 * @username: who is at the window
 * @id: a module
 * @look: (nullable): called with the name of each thing that is to be looked at
 *
 * From anywhere: the module from its first to its last step, practice and check included,
 * with the keyboard alone.
 */
void
way_journey_learn (WayJourney *self, const char *username, const char *id, WayLookFunc look)
{
  const WayModule *module = way_pack_find_module (self->pack, id);

  way_journey_open_module (self, module);
  way_journey_read (self, module, look);
  work_desks (self, username, module, look);
  press_by_key (self, "Start the Check");
  way_journey_take_check (self, module);
  look_at (self, look, "check", 0);
  press_by_key (self, "Go On");
  g_object_unref (way_driver_wait (self->driver, "*", "One thing to do on your shift"));
  press_by_key (self, "I Have Done This");
  g_object_unref (way_driver_wait (self->driver, "*", "And now?"));
  say_confidence (self, "8");
  g_object_unref (way_driver_wait (self->driver, "*", "This module is done"));
  look_at (self, look, "end", 0);
  /* Back among the pages. */
  press_by_key (self, "Close");
  g_object_unref (way_driver_wait (self->driver, "list item", "Learn"));
}
