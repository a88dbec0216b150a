/* way-unshown-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-unshown-view.h"

#include <glib/gi18n.h>

/* A kind of question that can be scored and not yet be asked: it says so, and holds nobody
 * up. A pack with one is refused when it is checked, so this is for what came in before. */
struct _WayUnshownView
{
  WayInteractionView parent_instance;
};

G_DEFINE_FINAL_TYPE (WayUnshownView, way_unshown_view, WAY_TYPE_INTERACTION_VIEW)

static void
build (WayInteractionView *view, WayPack *pack, guint64 seed, const char *sentence)
{
  const char *name = way_interaction_get_name (way_interaction_view_get_interaction (view));
  g_autofree char *text = NULL;
  GtkWidget *label;

  way_interaction_view_add_prompt (view, pack, NULL);
  /* TRANSLATORS: %s is a kind of question as its author calls it, such as “select-point”. */
  text = g_strdup_printf (_ ("This part of the question (%s) cannot be asked here yet. Go on "
                             "without it."),
                          name);
  label = gtk_label_new (text);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "way-quiet");
  gtk_widget_set_parent (label, GTK_WIDGET (view));
}

static WayValue *
dup_value (WayInteractionView *view)
{
  return NULL;
}

static void
set_value (WayInteractionView *view, const WayValue *value)
{
}

static gboolean
is_complete (WayInteractionView *view)
{
  return TRUE;
}

static void
mark (WayInteractionView *view, const WayValue *correct, gboolean is_right)
{
}

static void
way_unshown_view_class_init (WayUnshownViewClass *klass)
{
  WayInteractionViewClass *view_class = WAY_INTERACTION_VIEW_CLASS (klass);

  view_class->build = build;
  view_class->dup_value = dup_value;
  view_class->set_value = set_value;
  view_class->is_complete = is_complete;
  view_class->mark = mark;
}

static void
way_unshown_view_init (WayUnshownView *self)
{
}
