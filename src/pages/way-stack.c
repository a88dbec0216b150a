/* way-stack.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/way-stack.h"

static void
hide_others_cb (GtkStack *stack)
{
  GtkWidget *shown = gtk_stack_get_visible_child (stack);

  if (gtk_stack_get_transition_running (stack))
    return;
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (stack)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (child != shown)
        gtk_widget_set_visible (child, FALSE);
    }
}

/**
 * way_stack_show:
 * @child: one of the stack's
 *
 * Shows a child, and takes the others out of the accessible tree: GTK 4.8 lists the
 * children of a stack that nobody sees, and assistive technology could press them.
 */
void
way_stack_show (GtkStack *stack, GtkWidget *child)
{
  GtkRoot *root;
  GtkWidget *focus;

  g_return_if_fail (GTK_IS_STACK (stack));
  g_return_if_fail (GTK_IS_WIDGET (child));

  if (g_object_get_data (G_OBJECT (stack), "way-stack") == NULL)
    {
      g_object_set_data (G_OBJECT (stack), "way-stack", stack);
      g_signal_connect (stack, "notify::transition-running", G_CALLBACK (hide_others_cb), NULL);
    }
  /* GTK 4.8 leaks a widget that has the focus in it when it leaves a stack and is hidden at
   * once. */
  root = gtk_widget_get_root (GTK_WIDGET (stack));
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (stack))
      && !gtk_widget_is_ancestor (focus, child))
    gtk_root_set_focus (root, NULL);
  gtk_widget_set_visible (child, TRUE);
  gtk_stack_set_visible_child (stack, child);
  hide_others_cb (stack);
}

/**
 * way_stack_show_named:
 * @name: of a child
 *
 * As way_stack_show().
 */
void
way_stack_show_named (GtkStack *stack, const char *name)
{
  way_stack_show (stack, gtk_stack_get_child_by_name (stack, name));
}
