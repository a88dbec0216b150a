/* way-node.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "way-node.h"

#include "way-tree.h"

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
matches (const WayVisit *visit, const char *role, const char *name)
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
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (WayTree) tree = way_tree_read (application, TRUE);
  GPtrArray *visits = way_tree_get_visits (tree);

  for (guint i = 0; i < visits->len && !(is_first_only && found->len > 0); i++)
    {
      WayVisit *visit = g_ptr_array_index (visits, i);

      if (matches (visit, role, name) && way_tree_is_on_screen (tree, visit))
        g_ptr_array_add (found, way_tree_dup_node (tree, visit));
    }
  return found;
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
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (WayTree) tree = way_tree_read (application, TRUE);
  GPtrArray *visits = way_tree_get_visits (tree);

  for (guint i = 0; i < visits->len; i++)
    g_ptr_array_add (names, g_strdup (((WayVisit *) g_ptr_array_index (visits, i))->name));
  return names;
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
  GPtrArray *problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (WayTree) tree = way_tree_read (application, TRUE);
  GPtrArray *visits = way_tree_get_visits (tree);

  for (guint i = 0; i < visits->len; i++)
    {
      WayVisit *visit = g_ptr_array_index (visits, i);
      gboolean is_type = FALSE;

      /* Lists and what scrolls hand the focus on to what is in them. */
      if (visit->role == ATSPI_ROLE_SCROLL_PANE || visit->role == ATSPI_ROLE_LIST
          || visit->role == ATSPI_ROLE_TABLE)
        continue;
      if (visit->depth == 0 || !way_visit_has_state (visit, ATSPI_STATE_FOCUSABLE))
        continue;
      /* What a drop-down shows of its choice: its button has the name and the focus. */
      if (visit->role == ATSPI_ROLE_FILLER && g_str_equal (visit->name, "GtkListItemWidget"))
        continue;
      /* GTK 4.8 calls what has no name by its type. */
      for (guint j = 0; j < G_N_ELEMENTS (TYPES); j++)
        is_type |= g_str_has_prefix (visit->name, TYPES[j])
                   && g_ascii_isupper (visit->name[strlen (TYPES[j])]);
      if ((*visit->name == '\0' || is_type) && way_tree_is_on_screen (tree, visit))
        {
          g_autofree char *role = atspi_role_get_name (visit->role);

          g_ptr_array_add (problems, g_strdup_printf ("%s “%s” has no name", role, visit->name));
        }
    }
  return problems;
}

static void
describe (WayTree *tree, WayVisit *visit, GString *text)
{
  static const struct
  {
    AtspiStateType state;
    const char *word;
  } states[] = { { ATSPI_STATE_FOCUSED, " focused" },
                 { ATSPI_STATE_CHECKED, " checked" },
                 { ATSPI_STATE_PRESSED, " pressed" },
                 { ATSPI_STATE_SELECTED, " selected" } };
  g_autofree char *role = atspi_role_get_name (visit->role);
  g_autoptr (AtspiAccessible) node = way_tree_dup_node (tree, visit);
  g_autoptr (AtspiAction) action = NULL;

  g_string_append_printf (text, "%*s%s “%s”", (int) visit->depth * 2, "", role, visit->name);
  if (*visit->description != '\0')
    g_string_append_printf (text, " (%s)", visit->description);
  /* Every label has the same eight, which say nothing. */
  if (visit->role != ATSPI_ROLE_LABEL)
    action = atspi_accessible_get_action_iface (node);
  for (int i = 0; action != NULL && i < atspi_action_get_n_actions (action, NULL); i++)
    {
      g_autofree char *name = atspi_action_get_action_name (action, i, NULL);

      g_string_append_printf (text, " [%s]", name != NULL ? name : "?");
    }
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (way_visit_has_state (visit, states[i].state))
      g_string_append (text, states[i].word);
  if (!way_visit_has_state (visit, ATSPI_STATE_SENSITIVE))
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
  g_autoptr (WayTree) tree = way_tree_read (application, FALSE);
  GPtrArray *visits = way_tree_get_visits (tree);
  guint n_hidden = 0;

  for (guint i = 0; i < visits->len; i++)
    {
      WayVisit *visit = g_ptr_array_index (visits, i);

      if (way_tree_is_on_screen (tree, visit))
        describe (tree, visit, text);
      else
        n_hidden++;
    }
  g_string_append_printf (text, "and %u more that are not on the screen\n", n_hidden);
  return g_string_free (text, FALSE);
}
