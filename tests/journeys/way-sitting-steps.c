/* way-sitting-steps.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "way-journey.h"

/* The baseline as a person goes through it, from the screen before it to its end. */

/* A key or press so soon after something new came is not heard. */
#define DEAF (600 * 1000)

/**
 * way_journey_rate:
 *
 * From the screen that says what the baseline is for: the own rating of every
 * capability, with the keyboard alone.
 */
void
way_journey_rate (WayJourney *self)
{
  guint n = way_pack_get_capabilities (self->pack)->len;

  /* The page that it came from has a button of that name too, and may still be going. */
  g_object_unref (way_driver_wait (self->driver, "list item", "About 10 minutes"));
  g_usleep (DEAF);
  way_driver_press (self->driver, "button", "*Start");
  for (guint i = 0; i < n; i++)
    {
      const WayCapability *capability = g_ptr_array_index (way_pack_get_capabilities (self->pack),
                                                           i);
      g_autofree char *level = g_strdup_printf ("%s. *",
                                                way_pack_get_level_names (self->pack)[i % 2]);

      g_object_unref (way_driver_wait (self->driver, "label", capability->short_name));
      way_driver_key (self->driver, i % 2 == 0 ? "1" : "2");
      way_driver_wait_state (self->driver, "radio button", level, ATSPI_STATE_CHECKED, TRUE);
      g_usleep (DEAF);
      way_driver_key (self->driver, "Return");
    }
}

/**
 * way_journey_sit:
 * @first: the number of the question that is to come first, from 1
 * @n: how many to answer, 0 for all
 *
 * Answers questions: every fourth with "I don't know", and each practice desk, as the
 * journeys of the desks work those; the others as the pack says is right.
 *
 * Returns: the number of the next question, 0 when it is over
 */
guint
way_journey_sit (WayJourney *self, guint first, guint n)
{
  guint ordinal = first;

  while (TRUE)
    {
      g_autofree char *question = g_strdup_printf ("Question %u · *", ordinal);
      const WayTarget targets[] = { { "label", question },
                                    { "*", "A good place to pause" },
                                    { "*", "That was the last question" } };
      guint shown = way_driver_wait_one (self->driver, targets, G_N_ELEMENTS (targets));
      g_autoptr (WayItem) item = NULL;

      if (shown == 2)
        return 0;
      if (shown == 1)
        {
          way_driver_audit (self->driver);
          way_driver_press (self->driver, "button", "*Go On");
          way_driver_wait_gone (self->driver, "*", "A good place to pause");
          continue;
        }
      if (n > 0 && ordinal >= first + n)
        return ordinal;
      g_usleep (DEAF);
      item = way_journey_find_question (self);
      if (item == NULL)
        way_driver_fail (self->driver, "Question %u is not in the pack", ordinal);
      if (ordinal % 4 == 0 || way_item_get_desk (item) != NULL)
        way_driver_press (self->driver, "button", "*I Don’t Know");
      else
        {
          way_journey_answer (self, item);
          way_driver_wait_state (self->driver, "button", "*Answer", ATSPI_STATE_SENSITIVE, TRUE);
          way_driver_press (self->driver, "button", "*Answer");
        }
      way_driver_wait_gone (self->driver, "label", question);
      ordinal++;
    }
}
