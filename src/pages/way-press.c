/* way-press.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/way-press.h"

static void
press_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_widget_activate (user_data);
}

/**
 * way_press_add:
 * @row: a row of a list
 *
 * Lets assistive technology press a row: GTK 4.8 offers no action for rows, but it does
 * offer those of a widget's own action group.
 */
void
way_press_add (GtkWidget *row)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) press = g_simple_action_new ("activate", NULL);

  g_return_if_fail (GTK_IS_WIDGET (row));

  /* The group lives as long as the row and no longer, so the row may be borrowed. */
  g_signal_connect (press, "activate", G_CALLBACK (press_cb), row);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (press));
  gtk_widget_insert_action_group (row, "row", G_ACTION_GROUP (group));
}

/**
 * way_press_set_action:
 * @detailed_action: as “win.go::learn”
 *
 * Changes what a button does while it is on screen. Name and target go together: GTK
 * complains of the moment in which only one of them is new.
 */
void
way_press_set_action (GtkActionable *actionable, const char *detailed_action)
{
  g_autoptr (GVariant) target = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (GTK_IS_ACTIONABLE (actionable));

  if (!g_action_parse_detailed_name (detailed_action, &name, &target, NULL))
    return;
  gtk_actionable_set_action_name (actionable, NULL);
  gtk_actionable_set_action_target_value (actionable, target);
  gtk_actionable_set_action_name (actionable, name);
}
