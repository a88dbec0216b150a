/* way-node.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "way-node.h"

#include <string.h>

/**
 * way_node_has_state:
 *
 * Whether a node is, for example, checked, focused or sensitive.
 */
gboolean
way_node_has_state (AtspiAccessible *node, AtspiStateType state)
{
  g_autoptr (AtspiStateSet) states = atspi_accessible_get_state_set (node);

  return states != NULL && atspi_state_set_contains (states, state);
}

/**
 * way_node_dup_name:
 *
 * Returns: (transfer full): what a reader calls the node, "" when it has no name
 */
char *
way_node_dup_name (AtspiAccessible *node)
{
  char *name = atspi_accessible_get_name (node, NULL);

  return name != NULL ? name : g_strdup ("");
}

/**
 * way_node_dup_description:
 *
 * Returns: (transfer full): what a reader says after the name, or ""
 */
char *
way_node_dup_description (AtspiAccessible *node)
{
  char *description = atspi_accessible_get_description (node, NULL);

  return description != NULL ? description : g_strdup ("");
}

/**
 * way_node_read_text:
 *
 * Returns: (transfer full): the text in an entry or a label, or ""
 */
char *
way_node_read_text (AtspiAccessible *node)
{
  g_autoptr (AtspiText) text = atspi_accessible_get_text_iface (node);
  char *found = NULL;

  /* An end of −1 gives "" for labels and entries in GTK 4.8, so the length is asked. */
  if (text != NULL)
    found = atspi_text_get_text (text, 0, atspi_text_get_character_count (text, NULL), NULL);
  return found != NULL ? found : g_strdup ("");
}

static gboolean
is_same (AtspiAccessible *a, AtspiAccessible *b)
{
  return a == b || g_strcmp0 (ATSPI_OBJECT (a)->path, ATSPI_OBJECT (b)->path) == 0;
}

static gboolean
is_inside (AtspiAccessible *node, AtspiAccessible *ancestor)
{
  g_autoptr (AtspiAccessible) at = g_object_ref (node);

  /* While a window is being taken down, parents may go round in a circle. */
  for (guint i = 0; i < 100 && at != NULL; i++)
    {
      AtspiAccessible *parent;

      if (is_same (at, ancestor))
        return TRUE;
      parent = atspi_accessible_get_parent (at, NULL);
      g_object_unref (at);
      at = parent;
    }
  return FALSE;
}

/* What a look at a point of the window meets, if it is something that a reader knows. */
static gboolean
is_met_at (AtspiComponent *window, AtspiAccessible *node, int x, int y)
{
  g_autoptr (AtspiAccessible)
      met = atspi_component_get_accessible_at_point (window, x, y, ATSPI_COORD_TYPE_WINDOW, NULL);

  return met != NULL && is_inside (met, node);
}

/* A node is on the screen when a look at it meets it or something in it. States do not
 * tell in GTK 4.8: pages of a stack that are not shown are "visible". Looks meet only
 * nodes that were walked before, so walk the whole tree first. */
static gboolean
is_on_screen (AtspiAccessible *window, AtspiAccessible *node)
{
  g_autoptr (AtspiComponent) component = atspi_accessible_get_component_iface (node);
  g_autoptr (AtspiComponent) whole = atspi_accessible_get_component_iface (window);
  g_autofree AtspiRect *rect = NULL;
  int x, y;

  if (is_same (node, window))
    return TRUE;
  if (component == NULL || whole == NULL)
    return FALSE;
  rect = atspi_component_get_extents (component, ATSPI_COORD_TYPE_WINDOW, NULL);
  if (rect == NULL || rect->width <= 0 || rect->height <= 0)
    return FALSE;

  x = rect->x + rect->width / 2;
  y = rect->y + rect->height / 2;
  /* In the middle of an entry or an icon button lies a part that no reader knows of. What
   * is told of its place leaves the padding out, so a look just outside may meet it. */
  if (is_met_at (whole, node, x, y) || is_met_at (whole, node, rect->x - 3, y)
      || is_met_at (whole, node, rect->x + rect->width + 3, y)
      || is_met_at (whole, node, x, rect->y - 3)
      || is_met_at (whole, node, x, rect->y + rect->height + 3))
    return TRUE;

  /* A look goes through what is not sensitive: that is there when what it is in is. */
  if (!way_node_has_state (node, ATSPI_STATE_SENSITIVE))
    {
      g_autoptr (AtspiAccessible) parent = atspi_accessible_get_parent (node, NULL);

      return parent != NULL && is_on_screen (window, parent);
    }
  return FALSE;
}

/* One node that was walked, and the surface that its coordinates count in. */
typedef struct
{
  AtspiAccessible *node;    /* (owned) */
  AtspiAccessible *surface; /* (owned) */
  char *name;               /* (owned) */
  AtspiRole role;
  guint depth;
} Visit;

static void
visit_free (gpointer data)
{
  Visit *self = data;

  g_object_unref (self->node);
  g_object_unref (self->surface);
  g_free (self->name);
  g_free (self);
}

static void
walk (GPtrArray *visits,
      GHashTable *seen,
      AtspiAccessible *node,
      AtspiAccessible *surface,
      guint depth)
{
  Visit *visit;
  int n;

  /* GTK 4.8 may count what is on a page of a stack twice. */
  if (!g_hash_table_add (seen, g_strdup (ATSPI_OBJECT (node)->path)))
    return;

  visit = g_new0 (Visit, 1);
  n = atspi_accessible_get_child_count (node, NULL);

  visit->node = g_object_ref (node);
  visit->surface = g_object_ref (surface);
  visit->name = way_node_dup_name (node);
  visit->role = atspi_accessible_get_role (node, NULL);
  visit->depth = depth;
  g_ptr_array_add (visits, visit);

  for (int i = 0; i < n; i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (node, i, NULL);
      g_autofree char *name = NULL;

      if (child == NULL)
        continue;
      /* A popover is a surface of its own, and GTK calls what fills it by this name. */
      name = way_node_dup_name (child);
      if (g_str_equal (name, "GtkPopoverContent"))
        {
          g_set_object (&visit->surface, node);
          surface = node;
        }
      walk (visits, seen, child, surface, depth + 1);
    }
}

static gboolean
matches (const Visit *visit, const char *role, const char *name)
{
  g_autofree char *found = NULL;

  if (!g_str_equal (name, "*") && !g_pattern_match_simple (name, visit->name))
    return FALSE;
  if (g_str_equal (role, "*"))
    return TRUE;
  found = atspi_role_get_name (visit->role);
  return g_str_equal (found, role)
         || (g_str_equal (role, "button") && visit->role == ATSPI_ROLE_PUSH_BUTTON);
}

/* The top level that takes input: the modal one if there is one, else all. */
static GPtrArray *
get_windows (AtspiAccessible *application)
{
  g_autoptr (GPtrArray) windows = g_ptr_array_new_with_free_func (g_object_unref);
  int n = atspi_accessible_get_child_count (application, NULL);

  for (int i = 0; i < n; i++)
    {
      AtspiAccessible *child = atspi_accessible_get_child_at_index (application, i, NULL);

      if (child == NULL)
        continue;
      if (way_node_has_state (child, ATSPI_STATE_MODAL))
        g_ptr_array_set_size (windows, 0);
      g_ptr_array_add (windows, child);
      if (way_node_has_state (child, ATSPI_STATE_MODAL))
        break;
    }
  return g_steal_pointer (&windows);
}

/* Takes the windows. */
static GPtrArray *
walk_windows (GPtrArray *windows)
{
  GPtrArray *visits = g_ptr_array_new_with_free_func (visit_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < windows->len; i++)
    walk (visits, seen, g_ptr_array_index (windows, i), g_ptr_array_index (windows, i), 0);
  g_ptr_array_unref (windows);
  return visits;
}

/* The action that a person would mean by pressing: −1 when there is none. */
static int
choose_action (AtspiAction *action)
{
  static const char *const ORDER[] = { "click",  "activate", "toggle",       "press",
                                       "choose", "select",   "activate-item" };
  int n = atspi_action_get_n_actions (action, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (ORDER); i++)
    {
      for (int j = 0; j < n; j++)
        {
          g_autofree char *name = atspi_action_get_action_name (action, j, NULL);
          const char *last = name != NULL ? strrchr (name, '.') : NULL;

          if (name != NULL && g_str_equal (last != NULL ? last + 1 : name, ORDER[i]))
            return j;
        }
    }
  return -1;
}

/**
 * way_node_press:
 *
 * Does the action of a node, or of the first node in it that has one: a menu button
 * and a drop-down have theirs on a button inside.
 *
 * Returns: %FALSE when there is none
 */
gboolean
way_node_press (AtspiAccessible *node)
{
  g_autoptr (AtspiAction) action = atspi_accessible_get_action_iface (node);
  int chosen = action != NULL ? choose_action (action) : -1;
  int n;

  if (chosen >= 0)
    return atspi_action_do_action (action, chosen, NULL);

  n = atspi_accessible_get_child_count (node, NULL);
  for (int i = 0; i < n; i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (node, i, NULL);

      if (child != NULL && way_node_press (child))
        return TRUE;
    }
  return FALSE;
}

/**
 * way_node_find_application:
 *
 * Looks for a program that has come to the accessibility bus with a window.
 *
 * Returns: (transfer full) (nullable): its topmost node
 */
AtspiAccessible *
way_node_find_application (GPid pid)
{
  g_autoptr (AtspiAccessible) desktop = atspi_get_desktop (0);
  int n;

  n = atspi_accessible_get_child_count (desktop, NULL);
  for (int i = 0; i < n; i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (desktop, i, NULL);

      if (child == NULL)
        continue;
      if ((GPid) atspi_accessible_get_process_id (child, NULL) == pid
          && atspi_accessible_get_child_count (child, NULL) > 0)
        return g_steal_pointer (&child);
    }
  return NULL;
}

/**
 * way_node_search:
 * @application: from way_node_find_application()
 * @is_first_only: whether the first one is enough
 *
 * Looks for nodes that are on the screen.
 *
 * Returns: (transfer full) (element-type AtspiAccessible): in the order of the tree
 */
GPtrArray *
way_node_search (AtspiAccessible *application,
                 const char *role,
                 const char *name,
                 gboolean is_first_only)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) visits = walk_windows (get_windows (application));

  for (guint i = 0; i < visits->len && !(is_first_only && found->len > 0); i++)
    {
      Visit *visit = g_ptr_array_index (visits, i);

      if (matches (visit, role, name) && is_on_screen (visit->surface, visit->node))
        g_ptr_array_add (found, g_object_ref (visit->node));
    }
  return g_steal_pointer (&found);
}

/**
 * way_node_list_names:
 *
 * Lists the names of everything in the windows, on the screen or not.
 *
 * Returns: (transfer full) (element-type utf8): in the order of the tree
 */
GPtrArray *
way_node_list_names (AtspiAccessible *application)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) visits = walk_windows (get_windows (application));

  for (guint i = 0; i < visits->len; i++)
    g_ptr_array_add (names, g_strdup (((Visit *) g_ptr_array_index (visits, i))->name));
  return g_steal_pointer (&names);
}

/**
 * way_node_audit:
 *
 * Looks for what can take the focus and has no name.
 *
 * Returns: (transfer full) (element-type utf8): what is wrong, a sentence each
 */
GPtrArray *
way_node_audit (AtspiAccessible *application)
{
  static const char *const TYPES[] = { "Gtk", "Adw", "Way" };
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) visits = walk_windows (get_windows (application));

  for (guint i = 0; i < visits->len; i++)
    {
      Visit *visit = g_ptr_array_index (visits, i);
      gboolean is_type = FALSE;

      /* Lists and what scrolls hand the focus on to what is in them. */
      if (visit->role == ATSPI_ROLE_SCROLL_PANE || visit->role == ATSPI_ROLE_LIST
          || visit->role == ATSPI_ROLE_TABLE)
        continue;
      if (visit->depth == 0 || !way_node_has_state (visit->node, ATSPI_STATE_FOCUSABLE))
        continue;
      /* What a drop-down shows of its choice: its button has the name and the focus. */
      if (visit->role == ATSPI_ROLE_FILLER && g_str_equal (visit->name, "GtkListItemWidget"))
        continue;
      /* GTK 4.8 calls what has no name by its type. */
      for (guint j = 0; j < G_N_ELEMENTS (TYPES); j++)
        is_type |= g_str_has_prefix (visit->name, TYPES[j])
                   && g_ascii_isupper (visit->name[strlen (TYPES[j])]);
      if ((*visit->name == '\0' || is_type) && is_on_screen (visit->surface, visit->node))
        {
          g_autofree char *role = atspi_role_get_name (visit->role);

          g_ptr_array_add (problems, g_strdup_printf ("%s “%s” has no name", role, visit->name));
        }
    }
  return g_steal_pointer (&problems);
}

static void
describe (const Visit *visit, GString *text)
{
  g_autofree char *role = atspi_role_get_name (visit->role);
  g_autofree char *description = way_node_dup_description (visit->node);
  g_autoptr (AtspiAction) action = atspi_accessible_get_action_iface (visit->node);
  int n_actions = action != NULL ? atspi_action_get_n_actions (action, NULL) : 0;

  g_string_append_printf (text, "%*s%s “%s”", (int) visit->depth * 2, "", role, visit->name);
  if (*description != '\0')
    g_string_append_printf (text, " (%s)", description);
  /* Every label has the same eight, which say nothing. */
  for (int i = 0; i < n_actions && visit->role != ATSPI_ROLE_LABEL; i++)
    {
      g_autofree char *name = atspi_action_get_action_name (action, i, NULL);

      g_string_append_printf (text, " [%s]", name != NULL ? name : "?");
    }
  if (way_node_has_state (visit->node, ATSPI_STATE_FOCUSED))
    g_string_append (text, " focused");
  if (way_node_has_state (visit->node, ATSPI_STATE_CHECKED))
    g_string_append (text, " checked");
  if (way_node_has_state (visit->node, ATSPI_STATE_PRESSED))
    g_string_append (text, " pressed");
  if (way_node_has_state (visit->node, ATSPI_STATE_SELECTED))
    g_string_append (text, " selected");
  if (!way_node_has_state (visit->node, ATSPI_STATE_SENSITIVE))
    g_string_append (text, " insensitive");
  g_string_append_c (text, '\n');
}

/**
 * way_node_dump:
 *
 * Writes down what of a program is on the screen, a node a line.
 *
 * Returns: (transfer full): the text
 */
char *
way_node_dump (AtspiAccessible *application)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GPtrArray) windows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) visits = NULL;
  guint n_hidden = 0;
  int n = atspi_accessible_get_child_count (application, NULL);

  for (int i = 0; i < n; i++)
    {
      AtspiAccessible *child = atspi_accessible_get_child_at_index (application, i, NULL);

      if (child != NULL)
        g_ptr_array_add (windows, child);
    }
  visits = walk_windows (g_steal_pointer (&windows));
  for (guint i = 0; i < visits->len; i++)
    {
      Visit *visit = g_ptr_array_index (visits, i);

      if (is_on_screen (visit->surface, visit->node))
        describe (visit, text);
      else
        n_hidden++;
    }
  g_string_append_printf (text, "and %u more that are not on the screen\n", n_hidden);
  return g_string_free (text, FALSE);
}
