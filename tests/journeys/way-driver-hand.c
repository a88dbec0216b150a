/* way-driver-hand.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "way-driver-private.h"

/* What the driver does: it presses, clicks, drags, goes with the Tab key and types. */

/**
 * way_driver_press_node:
 *
 * Does to a node what pressing it does. It acts a moment after this returns: wait
 * for the effect.
 */
void
way_driver_press_node (WayDriver *self, AtspiAccessible *node)
{
  g_autofree char *name = way_node_dup_name (node);

  if (!way_node_has_state (node, ATSPI_STATE_SENSITIVE))
    way_driver_fail (self, "“%s” cannot be pressed: it is not sensitive", name);
  if (!way_node_press (node))
    way_driver_fail (self, "“%s” offers no action to press it by", name);
}

/**
 * way_driver_press:
 *
 * Waits for a node that can be pressed, and presses it.
 */
void
way_driver_press (WayDriver *self, const char *role, const char *name)
{
  g_autoptr (AtspiAccessible) node = NULL;

  way_driver_wait_state (self, role, name, ATSPI_STATE_SENSITIVE, TRUE);
  node = way_driver_wait (self, role, name);
  way_driver_press_node (self, node);
}

/**
 * way_driver_click_at:
 * @x: in the coordinates of the window
 * @y: likewise
 *
 * Clicks with the pointer.
 */
void
way_driver_click_at (WayDriver *self, int x, int y)
{
  int left, top;

  way_screen_get_origin (self->screen, self->window, &left, &top);
  way_screen_click (self->screen, left + x, top + y, 1);
}

/**
 * way_driver_click_in_popup:
 * @x: how far from the left of the menu, of its width
 * @y: how far from its top, of its height
 *
 * Clicks with the pointer on something in the menu that is open. Where a popover is, GTK 4.8
 * tells wrongly; where things are in it is right.
 */
void
way_driver_click_in_popup (WayDriver *self, double x, double y)
{
  WayArea area;

  if (way_screen_get_popup (self->screen, &area))
    way_screen_click (self->screen, area.x + (int) (area.width * x),
                      area.y + (int) (area.height * y), 1);
}

/**
 * way_driver_drag_at:
 * @x: where it is taken, in the coordinates of the window
 * @y: likewise
 * @to_x: where it is let go
 * @to_y: likewise
 *
 * Drags with the pointer.
 */
void
way_driver_drag_at (WayDriver *self, int x, int y, int to_x, int to_y)
{
  int left, top;

  way_screen_get_origin (self->screen, self->window, &left, &top);
  way_screen_drag (self->screen, left + x, top + y, left + to_x, top + to_y);
}

/**
 * way_driver_turn_wheel:
 * @x: in the coordinates of the window
 * @y: likewise
 *
 * Turns the wheel of the pointer one notch.
 */
void
way_driver_turn_wheel (WayDriver *self, int x, int y, gboolean is_down)
{
  int left, top;

  way_screen_get_origin (self->screen, self->window, &left, &top);
  way_screen_click (self->screen, left + x, top + y, is_down ? 5 : 4);
}

/**
 * way_driver_click:
 *
 * Waits for a node and clicks on its middle with the pointer.
 */
void
way_driver_click (WayDriver *self, const char *role, const char *name)
{
  g_autoptr (AtspiAccessible) node = way_driver_wait (self, role, name);
  g_autoptr (AtspiComponent) component = atspi_accessible_get_component_iface (node);
  g_autofree AtspiRect *rect = atspi_component_get_extents (component, ATSPI_COORD_TYPE_WINDOW,
                                                            NULL);

  way_driver_click_at (self, rect->x + rect->width / 2, rect->y + rect->height / 2);
}

static void
take_keys (WayDriver *self)
{
  gint64 until = way_driver_get_deadline (self);

  while (!way_screen_activate (self->screen, self->window))
    {
      if (g_get_monotonic_time () > until)
        way_driver_fail (self, "The window does not get the keyboard");
      way_driver_pause (self, "window", "");
    }
}

/**
 * way_driver_key:
 * @keys: as way_screen_press_keys()
 *
 * Presses keys together.
 */
void
way_driver_key (WayDriver *self, const char *keys)
{
  take_keys (self);
  if (!way_screen_press_keys (self->screen, keys))
    way_driver_fail (self, "There is no key “%s”", keys);
  g_usleep (WAY_DRIVER_POLL);
}

/**
 * way_driver_type:
 *
 * Types text, with whatever letters it has.
 */
void
way_driver_type (WayDriver *self, const char *text)
{
  take_keys (self);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      g_autofree char *letter = g_strndup (p, g_utf8_next_char (p) - p);

      if (!atspi_generate_keyboard_event (0, letter, ATSPI_KEY_STRING, NULL))
        way_driver_fail (self, "“%s” could not be typed", text);
      /* A letter that no key has borrows one, and the program must see that first. */
      if (letter[1] != '\0')
        g_usleep (5 * WAY_DRIVER_POLL);
    }
  g_usleep (WAY_DRIVER_POLL);
}

/**
 * way_driver_focus:
 *
 * Goes to a node with the Tab key, as a person without a pointer does.
 */
void
way_driver_focus (WayDriver *self, const char *role, const char *name)
{
  g_autoptr (AtspiAccessible) node = way_driver_wait (self, role, name);

  for (guint i = 0; i < 120; i++)
    {
      if (way_node_has_state (node, ATSPI_STATE_FOCUSED))
        return;
      way_driver_key (self, "Tab");
    }
  way_driver_fail (self, "The Tab key does not come to %s “%s”", role, name);
}

/**
 * way_driver_set_text:
 *
 * Waits for an entry and puts text into it in place of what it has.
 */
void
way_driver_set_text (WayDriver *self, const char *role, const char *name, const char *text)
{
  g_autoptr (AtspiAccessible) node = way_driver_wait (self, role, name);
  g_autoptr (AtspiEditableText) editable = atspi_accessible_get_editable_text_iface (node);
  gint64 until = way_driver_get_deadline (self);

  if (editable == NULL || !atspi_editable_text_set_text_contents (editable, text, NULL))
    way_driver_fail (self, "%s “%s” takes no text", role, name);
  while (TRUE)
    {
      g_autofree char *found = way_node_read_text (node);

      if (g_str_equal (found, text))
        return;
      if (g_get_monotonic_time () > until)
        way_driver_fail (self, "%s “%s” holds “%s” and not “%s”", role, name, found, text);
      way_driver_pause (self, role, name);
    }
}
