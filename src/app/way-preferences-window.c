/* way-preferences-window.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/way-preferences-window.h"

#include "app/way-about-me.h"

#include "session/way-row.h"
#include "widgets/way-compat.h"
#include "widgets/way-toast.h"
#include "widgets/way-words.h"

#include <glib/gi18n.h>

/* What a person sets. Each change counts at once. */
#define WAY_TYPE_PREFERENCES_WINDOW (way_preferences_window_get_type ())
G_DECLARE_FINAL_TYPE (
    WayPreferencesWindow, way_preferences_window, WAY, PREFERENCES_WINDOW, AdwPreferencesWindow)

struct _WayPreferencesWindow
{
  AdwPreferencesWindow parent_instance;

  GSettings *settings; /* (owned) */
  WaySession *session; /* (owned) (nullable) */
  gboolean is_filling;

  /* template */
  AdwComboRow *language;
  WayAboutMe *about_me;
  AdwPreferencesGroup *looks_group;
  GtkSwitch *number_keys;
  GtkSwitch *sharing;
  AdwPreferencesGroup *sharing_group;
  AdwComboRow *size;
  GtkLabel *visibility;
  AdwPreferencesGroup *visibility_group;
};

G_DEFINE_FINAL_TYPE (WayPreferencesWindow, way_preferences_window, ADW_TYPE_PREFERENCES_WINDOW)

static const int SIZES[] = { 100, 125, 150, 200 };
static const char *const LANGUAGES[] = { "", "en", "cy" };

/* A combo row reads its title to a screen reader, but not its value. */
static void
describe_value (AdwComboRow *row)
{
  GObject *item = adw_combo_row_get_selected_item (row);

  if (item != NULL)
    way_compat_describe (GTK_WIDGET (row), gtk_string_object_get_string (GTK_STRING_OBJECT (item)));
}

static void
size_selected_cb (WayPreferencesWindow *self)
{
  describe_value (self->size);
  if (!self->is_filling && adw_combo_row_get_selected (self->size) < G_N_ELEMENTS (SIZES))
    g_settings_set_int (self->settings, "reading-size",
                        SIZES[adw_combo_row_get_selected (self->size)]);
}

static void
language_selected_cb (WayPreferencesWindow *self)
{
  describe_value (self->language);
  if (!self->is_filling && adw_combo_row_get_selected (self->language) < G_N_ELEMENTS (LANGUAGES))
    g_settings_set_string (self->settings, "language",
                           LANGUAGES[adw_combo_row_get_selected (self->language)]);
}

static void
show_visibility (WayPreferencesWindow *self)
{
  g_auto (GStrv) lines = way_session_describe_visibility (self->session);
  g_autofree char *text = g_strjoinv ("\n\n", lines);

  gtk_label_set_label (self->visibility, text);
}

static void
shared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayPreferencesWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (way_session_write_finish (WAY_SESSION (source), result, NULL, &error))
    {
      show_visibility (self);
      return;
    }
  adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (self),
                                    way_toast_new (error->message, GTK_WIDGET (self)));
  way_compat_announce (GTK_WIDGET (self->sharing), error->message);
}

static void
sharing_changed_cb (WayPreferencesWindow *self)
{
  if (self->is_filling)
    return;
  way_session_set_sharing_async (self->session,
                                 gtk_switch_get_active (self->sharing) ? "champion" : "nobody",
                                 NULL, shared_cb, g_object_ref (self));
}

static void
add_look (WayPreferencesWindow *self, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_preferences_group_add (self->looks_group, row);
}

static void
looks_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayPreferencesWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, &error);

  if (self->looks_group == NULL)
    return;
  if (rows == NULL)
    {
      add_look (self, error->message, NULL);
      return;
    }
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rows, i);
      g_autofree char *when = way_format_when (way_row_get_int (row, "at"));
      const char *name = way_row_get_text (row, "name");

      add_look (self, name != NULL ? name : _ ("Somebody with a role in your trust"), when);
    }
  if (g_list_model_get_n_items (rows) == 0)
    add_look (self, _ ("Nobody has opened it so far"), NULL);
}

static void
fill (WayPreferencesWindow *self)
{
  int size = g_settings_get_int (self->settings, "reading-size");
  g_autofree char *language = g_settings_get_string (self->settings, "language");
  gboolean is_signed_in = self->session != NULL && way_session_is_signed_in (self->session);

  self->is_filling = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (SIZES); i++)
    {
      if (SIZES[i] == size)
        adw_combo_row_set_selected (self->size, i);
    }
  for (guint i = 0; i < G_N_ELEMENTS (LANGUAGES); i++)
    {
      if (g_str_equal (LANGUAGES[i], language))
        adw_combo_row_set_selected (self->language, i);
    }
  describe_value (self->size);
  describe_value (self->language);
  g_settings_bind (self->settings, "single-key-choices", self->number_keys, "active",
                   G_SETTINGS_BIND_DEFAULT);
  gtk_widget_set_visible (GTK_WIDGET (self->sharing_group), is_signed_in);
  gtk_widget_set_visible (GTK_WIDGET (self->visibility_group), is_signed_in);
  gtk_widget_set_visible (GTK_WIDGET (self->looks_group), is_signed_in);
  gtk_widget_set_visible (GTK_WIDGET (self->about_me), is_signed_in);
  if (is_signed_in)
    {
      gtk_switch_set_active (self->sharing,
                             g_str_equal (way_session_get_sharing (self->session), "champion"));
      show_visibility (self);
      way_about_me_set_session (self->about_me, self->session);
      way_session_load_looks_async (self->session, NULL, looks_loaded_cb, g_object_ref (self));
    }
  self->is_filling = FALSE;
}

static void
way_preferences_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WAY_TYPE_PREFERENCES_WINDOW);

  G_OBJECT_CLASS (way_preferences_window_parent_class)->dispose (object);
}

static void
way_preferences_window_finalize (GObject *object)
{
  WayPreferencesWindow *self = WAY_PREFERENCES_WINDOW (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (way_preferences_window_parent_class)->finalize (object);
}

static void
way_preferences_window_class_init (WayPreferencesWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = way_preferences_window_dispose;
  object_class->finalize = way_preferences_window_finalize;

  g_type_ensure (WAY_TYPE_ABOUT_ME);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/waymark_skills/Waymark/ui/way-preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WayPreferencesWindow, about_me);
  gtk_widget_class_bind_template_child (widget_class, WayPreferencesWindow, language);
  gtk_widget_class_bind_template_child (widget_class, WayPreferencesWindow, looks_group);
  gtk_widget_class_bind_template_child (widget_class, WayPreferencesWindow, number_keys);
  gtk_widget_class_bind_template_child (widget_class, WayPreferencesWindow, sharing);
  gtk_widget_class_bind_template_child (widget_class, WayPreferencesWindow, sharing_group);
  gtk_widget_class_bind_template_child (widget_class, WayPreferencesWindow, size);
  gtk_widget_class_bind_template_child (widget_class, WayPreferencesWindow, visibility);
  gtk_widget_class_bind_template_child (widget_class, WayPreferencesWindow, visibility_group);
  gtk_widget_class_bind_template_callback (widget_class, language_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, sharing_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, size_selected_cb);
}

static void
way_preferences_window_init (WayPreferencesWindow *self)
{
  self->is_filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * way_preferences_window_present:
 * @session: (nullable): whose sharing is set, when somebody is signed in
 *
 * Shows the preferences.
 */
void
way_preferences_window_present (GtkWindow *parent, GSettings *settings, WaySession *session)
{
  WayPreferencesWindow *self = g_object_new (WAY_TYPE_PREFERENCES_WINDOW, "transient-for", parent,
                                             NULL);

  self->settings = g_object_ref (settings);
  g_set_object (&self->session, session);
  fill (self);
  gtk_window_present (GTK_WINDOW (self));
}
