/* way-jump-window.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/way-jump-window.h"
#include "app/way-window-private.h"

#include "pages/way-press.h"
#include "widgets/way-compat.h"
#include "widgets/way-tab-stop.h"

#include <glib/gi18n.h>

/* Finding anything by its name: pages, modules, practice desks, words. */
#define WAY_TYPE_JUMP_WINDOW (way_jump_window_get_type ())
G_DECLARE_FINAL_TYPE (WayJumpWindow, way_jump_window, WAY, JUMP_WINDOW, AdwWindow)

struct _WayJumpWindow
{
  AdwWindow parent_instance;

  WayWindow *window; /* (not owned) its parent */

  /* template */
  GtkSearchEntry *entry;
  GtkListBox *list;
  GtkStack *stack;
};

G_DEFINE_FINAL_TYPE (WayJumpWindow, way_jump_window, ADW_TYPE_WINDOW)

static void
add_row (WayJumpWindow *self,
         const char *icon_name,
         const char *title,
         const char *subtitle,
         const char *action,
         const char *target)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *words = g_strconcat (title, " ", subtitle, NULL);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", icon_name, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data (G_OBJECT (row), "action", (gpointer) action);
  g_object_set_data_full (G_OBJECT (row), "target", g_strdup (target), g_free);
  g_object_set_data_full (G_OBJECT (row), "words", g_utf8_casefold (words, -1), g_free);
  way_compat_name (row, title);
  way_compat_describe (row, subtitle);
  way_press_add (row);
  gtk_list_box_append (self->list, row);
}

static void
fill (WayJumpWindow *self, WaySession *session)
{
  WayPack *pack = way_session_get_pack (session);
  GPtrArray *modules = way_pack_get_modules (pack);
  GPtrArray *terms = way_pack_get_terms (pack);
  guint n;
  const WayDestination *destinations = way_window_list_destinations (&n);

  for (guint i = 0; i < n; i++)
    {
      /* A page with a place in the sidebar for some and none for others stands there once. */
      if (way_window_find_destination (self->window, destinations[i].name) == &destinations[i])
        add_row (self, destinations[i].icon_name, _ (destinations[i].title), _ ("Page"), "win.go",
                 destinations[i].name);
    }
  for (guint i = 0; i < modules->len; i++)
    {
      const WayModule *module = g_ptr_array_index (modules, i);

      add_row (self, "way-learn-symbolic", module->title, _ ("Module"), "win.show-module",
               module->id);
      for (guint d = 0; d < module->desks->len; d++)
        {
          const char *href = g_ptr_array_index (module->desks, d);
          g_autofree char *target = g_strdup_printf ("%s %s", module->id, href);
          /* Translators: %s is the title of a module. */
          g_autofree char *title = g_strdup_printf (_ ("Practise: %s"), module->title);

          add_row (self, "way-practise-symbolic", title, _ ("Practice desk"), "win.start-practice",
                   target);
        }
    }
  for (guint i = 0; i < terms->len; i++)
    {
      const WayTerm *term = g_ptr_array_index (terms, i);

      add_row (self, "accessories-dictionary-symbolic", term->word, term->meaning, "win.explain",
               term->word);
    }
}

static gboolean
filter_cb (GtkListBoxRow *row, gpointer user_data)
{
  WayJumpWindow *self = user_data;
  g_autofree char *text = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->entry)), -1);

  g_strstrip (text);
  /* Words are many: they come only when they are looked for. */
  if (text[0] == '\0')
    return !g_str_equal (g_object_get_data (G_OBJECT (row), "action"), "win.explain");
  return strstr (g_object_get_data (G_OBJECT (row), "words"), text) != NULL;
}

static GtkListBoxRow *
get_first (WayJumpWindow *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      if (gtk_widget_get_child_visible (GTK_WIDGET (row)))
        return row;
    }
  return NULL;
}

static void
search_changed_cb (WayJumpWindow *self)
{
  GtkListBoxRow *first;

  gtk_list_box_invalidate_filter (self->list);
  first = get_first (self);
  gtk_stack_set_visible_child_name (self->stack, first != NULL ? "list" : "nothing");
  if (first != NULL)
    {
      gtk_list_box_select_row (self->list, first);
      /* The reader hears what Enter would open. */
      way_compat_describe (GTK_WIDGET (self->entry),
                           adw_preferences_row_get_title (ADW_PREFERENCES_ROW (first)));
    }
  else
    way_compat_describe (GTK_WIDGET (self->entry), _ ("Nothing of that name."));
}

static void
row_activated_cb (WayJumpWindow *self, GtkListBoxRow *row)
{
  GtkWidget *window = GTK_WIDGET (self->window);
  const char *action = g_object_get_data (G_OBJECT (row), "action");
  g_autofree char *target = g_strdup (g_object_get_data (G_OBJECT (row), "target"));

  gtk_window_close (GTK_WINDOW (self));
  gtk_widget_activate_action (window, action, "s", target);
}

static void
entry_activated_cb (WayJumpWindow *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (row != NULL && gtk_widget_get_child_visible (GTK_WIDGET (row)))
    row_activated_cb (self, row);
}

static void
stop_search_cb (WayJumpWindow *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

static gboolean
key_pressed_cb (WayJumpWindow *self, guint keyval)
{
  GtkListBoxRow *first = get_first (self);

  if (keyval != GDK_KEY_Down || first == NULL)
    return GDK_EVENT_PROPAGATE;
  gtk_widget_grab_focus (GTK_WIDGET (first));
  return GDK_EVENT_STOP;
}

static void
way_jump_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WAY_TYPE_JUMP_WINDOW);

  G_OBJECT_CLASS (way_jump_window_parent_class)->dispose (object);
}

static void
way_jump_window_class_init (WayJumpWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = way_jump_window_dispose;

  g_type_ensure (WAY_TYPE_TAB_STOP);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/waymark_skills/Waymark/ui/way-jump-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WayJumpWindow, entry);
  gtk_widget_class_bind_template_child (widget_class, WayJumpWindow, list);
  gtk_widget_class_bind_template_child (widget_class, WayJumpWindow, stack);
  gtk_widget_class_bind_template_callback (widget_class, entry_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
way_jump_window_init (WayJumpWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_filter_func (self->list, filter_cb, self, NULL);
}

/**
 * way_jump_window_present:
 *
 * Offers everything that has a name.
 */
void
way_jump_window_present (WayWindow *window, WaySession *session)
{
  WayJumpWindow *self = g_object_new (WAY_TYPE_JUMP_WINDOW, "transient-for", window, NULL);

  self->window = window;
  fill (self, session);
  search_changed_cb (self);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}
