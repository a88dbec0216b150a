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
 * way_node_dup_text:
 *
 * Returns: (transfer full): the text in an entry or a label, or ""
 */
char *
way_node_dup_text (AtspiAccessible *node)
{
  g_autoptr (AtspiText) text = atspi_accessible_get_text_iface (node);
  char *found = NULL;

  /* An end of −1 gives "" for labels and entries in GTK 4.8, so the length is asked. */
  if (text != NULL)
    found = atspi_text_get_text (text, 0, atspi_text_get_character_count (text, NULL), NULL);
  return found != NULL ? found : g_strdup ("");
}

static gboolean
has_role (AtspiAccessible *node, const char *role)
{
  AtspiRole found;
  g_autofree char *name = NULL;

  if (g_str_equal (role, "*"))
    return TRUE;
  found = atspi_accessible_get_role (node, NULL);
  name = atspi_role_get_name (found);
  return g_str_equal (name, role)
         || (g_str_equal (role, "button") && g_str_equal (name, "push button"));
}

static gboolean
has_name (AtspiAccessible *node, const char *pattern)
{
  g_autofree char *name = NULL;

  if (g_str_equal (pattern, "*"))
    return TRUE;
  name = way_node_dup_name (node);
  return g_pattern_match_simple (pattern, name);
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

  while (at != NULL)
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

/* A node is on the screen when a look at its middle meets it or something in it.
 * States do not tell in GTK 4.8: pages of a stack that are not shown are "visible". */
static gboolean
is_on_screen (AtspiAccessible *window, AtspiAccessible *node)
{
  g_autoptr (AtspiComponent) component = atspi_accessible_get_component_iface (node);
  g_autoptr (AtspiComponent) whole = atspi_accessible_get_component_iface (window);
  g_autoptr (AtspiAccessible) met = NULL;
  g_autofree AtspiRect *rect = NULL;

  if (is_same (node, window))
    return TRUE;
  if (component == NULL || whole == NULL)
    return FALSE;
  rect = atspi_component_get_extents (component, ATSPI_COORD_TYPE_WINDOW, NULL);
  if (rect == NULL || rect->width <= 0 || rect->height <= 0)
    return FALSE;
  met = atspi_component_get_accessible_at_point (whole, rect->x + rect->width / 2,
                                                 rect->y + rect->height / 2,
                                                 ATSPI_COORD_TYPE_WINDOW, NULL);
  return met != NULL && is_inside (met, node);
}

typedef struct
{
  const char *role;
  const char *name;
  AtspiAccessible *window; /* the top level or popover that is being walked */
  GPtrArray *found;
  gboolean is_first_only;
} Search;

static gboolean
is_surface (AtspiAccessible *node)
{
  AtspiRole role = atspi_accessible_get_role (node, NULL);

  return role == ATSPI_ROLE_POPUP_MENU;
}

static void
search (Search *self, AtspiAccessible *node)
{
  int n;

  if (has_role (node, self->role) && has_name (node, self->name)
      && is_on_screen (self->window, node))
    g_ptr_array_add (self->found, g_object_ref (node));

  n = atspi_accessible_get_child_count (node, NULL);
  for (int i = 0; i < n && !(self->is_first_only && self->found->len > 0); i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (node, i, NULL);
      AtspiAccessible *window = self->window;

      if (child == NULL)
        continue;
      /* A menu is a surface of its own: points in it are counted from its corner. */
      if (is_surface (child))
        self->window = child;
      search (self, child);
      self->window = window;
    }
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

/* The action that a person would mean by pressing: −1 when there is none. */
static int
choose_action (AtspiAction *action)
{
  static const char *const ORDER[] = { "click", "activate", "toggle",
                                       "press", "choose",   "activate-item" };
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

  atspi_accessible_clear_cache (desktop);
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
  g_autoptr (GPtrArray) windows = get_windows (application);

  for (guint i = 0; i < windows->len && !(is_first_only && found->len > 0); i++)
    {
      AtspiAccessible *window = g_ptr_array_index (windows, i);
      Search job = { role, name, window, found, is_first_only };

      search (&job, window);
    }
  return g_steal_pointer (&found);
}

static void
audit (AtspiAccessible *window, AtspiAccessible *node, GPtrArray *problems)
{
  static const char *const TYPES[] = { "Gtk", "Adw", "Way" };
  int n = atspi_accessible_get_child_count (node, NULL);

  if (way_node_has_state (node, ATSPI_STATE_FOCUSABLE) && is_on_screen (window, node))
    {
      g_autofree char *name = way_node_dup_name (node);
      g_autofree char *role = atspi_role_get_name (atspi_accessible_get_role (node, NULL));
      gboolean is_type = FALSE;

      /* GTK 4.8 calls what has no name by its type. */
      for (guint i = 0; i < G_N_ELEMENTS (TYPES); i++)
        is_type |= g_str_has_prefix (name, TYPES[i]) && g_ascii_isupper (name[strlen (TYPES[i])]);
      if (*name == '\0' || is_type)
        g_ptr_array_add (problems, g_strdup_printf ("%s “%s” has no name", role, name));
    }
  for (int i = 0; i < n; i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (node, i, NULL);

      if (child != NULL)
        audit (is_surface (child) ? child : window, child, problems);
    }
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
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) windows = get_windows (application);

  for (guint i = 0; i < windows->len; i++)
    {
      AtspiAccessible *window = g_ptr_array_index (windows, i);
      int n = atspi_accessible_get_child_count (window, NULL);

      for (int j = 0; j < n; j++)
        {
          g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (window, j, NULL);

          if (child != NULL)
            audit (window, child, problems);
        }
    }
  return g_steal_pointer (&problems);
}

static void
dump (AtspiAccessible *window, AtspiAccessible *node, guint depth, GString *text)
{
  g_autofree char *role = atspi_role_get_name (atspi_accessible_get_role (node, NULL));
  g_autofree char *name = way_node_dup_name (node);
  g_autofree char *description = way_node_dup_description (node);
  g_autoptr (AtspiAction) action = atspi_accessible_get_action_iface (node);
  int n = atspi_accessible_get_child_count (node, NULL);
  int n_actions = action != NULL ? atspi_action_get_n_actions (action, NULL) : 0;

  g_string_append_printf (text, "%*s%s “%s”", (int) depth * 2, "", role, name);
  if (*description != '\0')
    g_string_append_printf (text, " (%s)", description);
  for (int i = 0; i < n_actions; i++)
    {
      g_autofree char *action_name = atspi_action_get_action_name (action, i, NULL);

      g_string_append_printf (text, " [%s]", action_name != NULL ? action_name : "?");
    }
  if (way_node_has_state (node, ATSPI_STATE_FOCUSED))
    g_string_append (text, " focused");
  if (way_node_has_state (node, ATSPI_STATE_CHECKED))
    g_string_append (text, " checked");
  if (way_node_has_state (node, ATSPI_STATE_PRESSED))
    g_string_append (text, " pressed");
  if (!way_node_has_state (node, ATSPI_STATE_SENSITIVE))
    g_string_append (text, " insensitive");
  if (!is_on_screen (window, node))
    g_string_append (text, " – not on screen");
  g_string_append_c (text, '\n');

  for (int i = 0; i < n; i++)
    {
      g_autoptr (AtspiAccessible) child = atspi_accessible_get_child_at_index (node, i, NULL);

      if (child != NULL)
        dump (is_surface (child) ? child : window, child, depth + 1, text);
    }
}

/**
 * way_node_dump:
 *
 * Writes down the whole tree of a program, a node a line.
 *
 * Returns: (transfer full): the text
 */
char *
way_node_dump (AtspiAccessible *application)
{
  GString *text = g_string_new (NULL);
  int n = atspi_accessible_get_child_count (application, NULL);

  for (int i = 0; i < n; i++)
    {
      g_autoptr (AtspiAccessible)
          child = atspi_accessible_get_child_at_index (application, i, NULL);

      if (child != NULL)
        dump (child, child, 0, text);
    }
  return g_string_free (text, FALSE);
}
