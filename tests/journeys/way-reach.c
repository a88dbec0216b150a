/* way-reach.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "way-reach.h"

#include "way-tree.h"

#include <stdlib.h>
#include <string.h>

/* Comes to a thing that may be scrolled out of sight: with the keyboard as people who have no
 * pointer do, by Tab between what stands alone and by arrows among what belongs together; with
 * the pointer by its wheel. */

#define MOST_KEYS 400
#define MOST_TURNS 300

typedef struct
{
  WayTree *tree;
  WayVisit *visit;
  AtspiAccessible *node; /* (owned) */
} Found;

static void
found_free (gpointer data)
{
  Found *self = data;

  g_object_unref (self->node);
  g_free (self);
}

static gboolean
is_within (const WayVisit *visit, const char *name)
{
  if (name == NULL)
    return TRUE;
  for (const WayVisit *up = visit->parent; up != NULL; up = up->parent)
    if (g_pattern_match_simple (name, up->name))
      return TRUE;
  return FALSE;
}

static gboolean
is_thing (const WayVisit *visit, const WayThing *thing)
{
  g_autofree char *role = NULL;

  if (!g_pattern_match_simple (thing->name, visit->name) || !is_within (visit, thing->within)
      || !way_visit_has_state (visit, ATSPI_STATE_SENSITIVE)
      || (thing->described != NULL && !g_str_equal (thing->described, visit->description)))
    return FALSE;
  if (g_str_equal (thing->role, "*"))
    return TRUE;
  role = atspi_role_get_name (visit->role);
  return g_str_equal (role, thing->role)
         || (g_str_equal (thing->role, "button") && visit->role == ATSPI_ROLE_PUSH_BUTTON);
}

static void
add_found (GPtrArray *all, WayTree *tree, WayVisit *visit)
{
  Found *found = g_new0 (Found, 1);

  found->tree = tree;
  found->visit = visit;
  found->node = way_tree_dup_node (tree, visit);
  g_ptr_array_add (all, found);
}

static GPtrArray *
find_all (WayTree *tree, const WayThing *thing, gboolean is_for_keys)
{
  GPtrArray *visits = way_tree_get_visits (tree);
  GPtrArray *all = g_ptr_array_new_with_free_func (found_free);

  for (guint i = 0; i < visits->len; i++)
    {
      WayVisit *visit = g_ptr_array_index (visits, i);

      if (is_thing (visit, thing)
          && (!is_for_keys || way_visit_has_state (visit, ATSPI_STATE_FOCUSABLE)))
        add_found (all, tree, visit);
    }
  return all;
}

/* What lies beside a thing and is of its kind, itself too, in order. */
static GPtrArray *
list_kin (WayTree *tree, const WayVisit *visit)
{
  GPtrArray *visits = way_tree_get_visits (tree);
  GPtrArray *kin = g_ptr_array_new_with_free_func (found_free);

  for (guint i = 0; i < visits->len; i++)
    {
      WayVisit *other = g_ptr_array_index (visits, i);

      if (other->parent == visit->parent && other->role == visit->role)
        add_found (kin, tree, other);
    }
  return kin;
}

static gboolean
has_focus (const Found *found)
{
  return way_node_has_state (found->node, ATSPI_STATE_FOCUSED);
}

/* Tab passes over the others of a group of radio buttons once one of them is chosen. What
 * looks like one and can be pressed down is a button by itself. */
static gboolean
is_chosen_radio (const Found *found)
{
  return found->visit->role == ATSPI_ROLE_RADIO_BUTTON
         && way_node_has_state (found->node, ATSPI_STATE_CHECKED)
         && !way_node_has_state (found->node, ATSPI_STATE_PRESSED);
}

/* Which arrow leads from the one with the focus to the wanted one; NULL when none does. */
static const char *
find_arrow (GPtrArray *kin, const WayVisit *wanted)
{
  int at = -1, to = -1;

  for (guint i = 0; i < kin->len; i++)
    {
      const Found *found = g_ptr_array_index (kin, i);

      if (found->visit == wanted)
        to = (int) i;
      else if (has_focus (found)
               && (wanted->role == ATSPI_ROLE_LIST_ITEM || is_chosen_radio (found)))
        at = (int) i;
    }
  if (at < 0 || to < 0)
    return NULL;
  return at < to ? "Down" : "Up";
}

/* One key nearer. Returns whether the thing has the focus. */
static gboolean
come_nearer (WayDriver *self, GPtrArray *all, GPtrArray *kins)
{
  for (guint i = 0; i < all->len; i++)
    if (has_focus (g_ptr_array_index (all, i)))
      return TRUE;
  for (guint i = 0; i < all->len; i++)
    {
      const Found *found = g_ptr_array_index (all, i);
      const char *arrow = find_arrow (g_ptr_array_index (kins, i), found->visit);

      if (arrow == NULL)
        continue;
      way_driver_key (self, arrow);
      return FALSE;
    }
  way_driver_key (self, "Tab");
  return FALSE;
}

/**
 * way_driver_has:
 *
 * Whether such a thing is there now, in sight or scrolled out of it.
 */
gboolean
way_driver_has (WayDriver *self, WayThing thing)
{
  g_autoptr (WayTree) tree = way_driver_read (self);
  g_autoptr (GPtrArray) all = find_all (tree, &thing, FALSE);

  return all->len > 0;
}

/**
 * way_driver_reach:
 *
 * Puts the focus on a thing with the keyboard alone. What is there is read again now and
 * then, for it may be made anew meanwhile.
 */
void
way_driver_reach (WayDriver *self, WayThing thing)
{
  for (guint keys = 0; keys < MOST_KEYS;)
    {
      g_autoptr (WayTree) tree = way_driver_read (self);
      g_autoptr (GPtrArray) all = find_all (tree, &thing, TRUE);
      g_autoptr (GPtrArray)
          kins = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

      for (guint i = 0; i < all->len; i++)
        g_ptr_array_add (kins, list_kin (tree, ((Found *) all->pdata[i])->visit));
      if (all->len == 0)
        {
          g_usleep (100 * 1000);
          keys += 2;
          continue;
        }
      for (guint i = 0; i < 60; i++, keys++)
        if (come_nearer (self, all, kins))
          return;
    }
  way_driver_fail (self, "The keyboard does not come to %s “%s”", thing.role, thing.name);
}

static gboolean
read_extents (WayTree *tree, const WayVisit *visit, AtspiRect *rect)
{
  g_autoptr (AtspiAccessible) node = way_tree_dup_node (tree, visit);
  g_autoptr (AtspiComponent) component = atspi_accessible_get_component_iface (node);
  g_autofree AtspiRect *found = component != NULL
                                    ? atspi_component_get_extents (component,
                                                                   ATSPI_COORD_TYPE_WINDOW, NULL)
                                    : NULL;

  if (found == NULL)
    return FALSE;
  *rect = *found;
  return TRUE;
}

/* Whether it is where it was a moment ago: what scrolls goes on for a while. */
static gboolean
is_at_rest (WayTree *tree, const WayVisit *visit, const AtspiRect *rect)
{
  AtspiRect now;

  g_usleep (80 * 1000);
  return read_extents (tree, visit, &now) && now.x == rect->x && now.y == rect->y;
}

/* What scrolls, or the window, that a thing is out of: the outermost; %FALSE where its middle
 * shows. */
static gboolean
is_cut_off (WayTree *tree, const WayVisit *visit, const AtspiRect *rect, AtspiRect *by)
{
  int x = rect->x + rect->width / 2, y = rect->y + rect->height / 2;
  gboolean is_cut = FALSE;

  for (const WayVisit *up = visit->parent; up != NULL && up->surface == visit->surface;
       up = up->parent)
    {
      AtspiRect around;

      if ((up->role == ATSPI_ROLE_SCROLL_PANE || (up->parent == NULL && !is_cut))
          && read_extents (tree, up, &around)
          && (x < around.x || y < around.y || x >= around.x + around.width
              || y >= around.y + around.height))
        {
          *by = around;
          is_cut = TRUE;
        }
    }
  return is_cut;
}

/* A first one that is on the screen; else turns the wheel towards one that is not. */
static gboolean
click_or_turn (WayDriver *self, WayTree *tree, GPtrArray *all)
{
  AtspiRect rect, around;

  for (guint i = 0; i < all->len; i++)
    {
      const Found *found = g_ptr_array_index (all, i);

      if (!way_tree_is_on_screen (tree, found->visit) || !read_extents (tree, found->visit, &rect)
          || is_cut_off (tree, found->visit, &rect, &around))
        continue;
      if (!is_at_rest (tree, found->visit, &rect))
        return FALSE;
      if (found->visit->surface->parent != NULL
          && read_extents (tree, found->visit->surface, &around) && around.width > 0
          && around.height > 0)
        way_driver_click_in_popup (self,
                                   (double) (rect.x - around.x + rect.width / 2) / around.width,
                                   (double) (rect.y - around.y + rect.height / 2) / around.height);
      else
        way_driver_click_at (self, rect.x + rect.width / 2, rect.y + rect.height / 2);
      return TRUE;
    }
  for (guint i = 0; i < all->len; i++)
    {
      const Found *found = g_ptr_array_index (all, i);

      if (!read_extents (tree, found->visit, &rect) || rect.height <= 0
          || !is_cut_off (tree, found->visit, &rect, &around))
        continue;
      way_driver_turn_wheel (self, around.x + around.width / 2, around.y + around.height / 2,
                             rect.y > around.y);
      break;
    }
  return FALSE;
}

/**
 * way_driver_wait_focus:
 *
 * Waits until a thing has the focus, and what gave it is over.
 */
void
way_driver_wait_focus (WayDriver *self, WayThing thing)
{
  for (guint tries = 0; tries < MOST_TURNS; tries++)
    {
      g_autoptr (WayTree) tree = way_driver_read (self);
      g_autoptr (GPtrArray) all = find_all (tree, &thing, TRUE);

      for (guint i = 0; i < all->len; i++)
        if (has_focus (all->pdata[i]))
          return;
      g_usleep (100 * 1000);
    }
  way_driver_fail (self, "%s “%s” does not get the focus", thing.role, thing.name);
}

/* The middle of a thing that is on the screen. */
static gboolean
find_middle (WayDriver *self, WayThing thing, int *x, int *y)
{
  g_autoptr (WayTree) tree = way_driver_read (self);
  g_autoptr (GPtrArray) all = find_all (tree, &thing, FALSE);
  AtspiRect rect;

  for (guint i = 0; i < all->len; i++)
    {
      const Found *found = g_ptr_array_index (all, i);

      if (!way_tree_is_on_screen (tree, found->visit) || !read_extents (tree, found->visit, &rect))
        continue;
      *x = rect.x + rect.width / 2;
      *y = rect.y + rect.height / 2;
      return TRUE;
    }
  return FALSE;
}

/**
 * way_driver_drag:
 * @from: a thing that is on the screen
 * @to: another
 *
 * Drags a thing with the pointer, and drops it on another.
 */
void
way_driver_drag (WayDriver *self, WayThing from, WayThing to)
{
  int x, y, to_x, to_y;

  for (guint tries = 0; tries < MOST_TURNS; tries++)
    {
      if (find_middle (self, from, &x, &y) && find_middle (self, to, &to_x, &to_y))
        {
          way_driver_drag_at (self, x, y, to_x, to_y);
          return;
        }
      g_usleep (100 * 1000);
    }
  way_driver_fail (self, "The pointer cannot drag “%s” to “%s”", from.name, to.name);
}

/**
 * way_driver_point:
 *
 * Clicks on a thing with the pointer; turns the wheel first where it is out of sight.
 */
void
way_driver_point (WayDriver *self, WayThing thing)
{
  for (guint turns = 0; turns < MOST_TURNS; turns++)
    {
      g_autoptr (WayTree) tree = way_driver_read (self);
      g_autoptr (GPtrArray) all = find_all (tree, &thing, FALSE);

      if (click_or_turn (self, tree, all))
        return;
      g_usleep (100 * 1000);
    }
  way_driver_fail (self, "The pointer does not come to %s “%s”", thing.role, thing.name);
}
