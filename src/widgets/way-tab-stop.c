/* way-tab-stop.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-tab-stop.h"

/* A bin whose child is one stop of the Tab key: Tab goes in, and the next Tab goes out
 * again, whatever the child would do. Around every list view: GTK 4.8 walks all rows. */
struct _WayTabStop
{
  AdwBin parent_instance;
};

G_DEFINE_FINAL_TYPE (WayTabStop, way_tab_stop, ADW_TYPE_BIN)

static gboolean
way_tab_stop_focus (GtkWidget *widget, GtkDirectionType direction)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  /* The focus child is no sign: it stays when a row that had the focus is taken away. */
  if ((direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD) && focus != NULL
      && gtk_widget_is_ancestor (focus, widget))
    return FALSE;

  return GTK_WIDGET_CLASS (way_tab_stop_parent_class)->focus (widget, direction);
}

static void
way_tab_stop_class_init (WayTabStopClass *klass)
{
  GTK_WIDGET_CLASS (klass)->focus = way_tab_stop_focus;
}

static void
way_tab_stop_init (WayTabStop *self)
{
}

/**
 * way_tab_stop_new:
 * @child: (nullable): a list
 *
 * Returns: (transfer floating): a bin around @child
 */
GtkWidget *
way_tab_stop_new (GtkWidget *child)
{
  return g_object_new (WAY_TYPE_TAB_STOP, "child", child, NULL);
}
