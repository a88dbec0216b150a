/* way-window.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/way-window-private.h"

#include "pages/way-stack.h"
#include "widgets/way-compat.h"
#include "widgets/way-tab-stop.h"

#include <glib/gi18n.h>
#include <string.h>

/* The one window: sign-in, the sidebar with its pages, and focus mode. The application
 * owns it. What pages ask for reaches it as actions (way-window-actions.c). */

G_DEFINE_FINAL_TYPE (WayWindow, way_window, ADW_TYPE_APPLICATION_WINDOW)

/* “module:C1” as a page to begin with. */
#define MODULE "module:"

enum
{
  CLOCK_SECONDS = 30,
};

/* The words of the sync state hold times, so they age. */
static gboolean
clock_cb (gpointer user_data)
{
  WayWindow *self = user_data;

  way_sync_button_refresh (self->sync);
  return G_SOURCE_CONTINUE;
}

static void
banner_closed_cb (WayWindow *self)
{
  gtk_revealer_set_reveal_child (self->banner, FALSE);
}

static void
not_saved_cb (WayWindow *self, const char *message)
{
  way_window_warn (self, message);
}

static void
synthetic_changed_cb (WayWindow *self)
{
  gtk_revealer_set_reveal_child (self->synthetic, way_session_is_synthetic (self->session));
}

static void
sidebar_row_activated_cb (WayWindow *self, GtkListBoxRow *row)
{
  const char *name = g_object_get_data (G_OBJECT (row), "destination");

  gtk_widget_activate_action (GTK_WIDGET (self), "win.go", "s", name);
}

static void
set_up_done_cb (WayWindow *self)
{
  way_stack_show_named (self->root, "sign-in");
  way_sign_in_page_open (self->sign_in, NULL, NULL);
}

/**
 * way_window_show_set_up:
 *
 * Shows the page that asks how this computer is used.
 */
void
way_window_show_set_up (WayWindow *self)
{
  /* Most who start never see it. */
  if (self->set_up == NULL)
    {
      self->set_up = g_object_new (WAY_TYPE_SET_UP_PAGE, NULL);
      g_signal_connect_swapped (self->set_up, "done", G_CALLBACK (set_up_done_cb), self);
      gtk_stack_add_named (self->root, GTK_WIDGET (self->set_up), "set-up");
    }
  way_stack_show_named (self->root, "set-up");
  way_set_up_page_open (self->set_up, self->session, self->settings,
                        way_sign_in_page_has_trust (self->sign_in));
}

static const char *
describe_roles (WayRoles roles)
{
  if (roles & WAY_ROLE_LEAD)
    return _ ("Training lead");
  if (roles & WAY_ROLE_DESIGN)
    return _ ("Design office");
  if (roles & WAY_ROLE_CHAMPION)
    return _ ("Digital champion");
  if (roles & WAY_ROLE_ANALYST)
    return _ ("Analyst");
  if (roles & WAY_ROLE_MANAGER)
    return _ ("Manager");
  return _ ("Learner");
}

static void
notice_response_cb (AdwMessageDialog *dialog)
{
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* Said once: for instance, that a damaged store was put aside. */
static void
show_notice (WayWindow *self, const char *notice)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _ ("About your saved work"),
                                              notice);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);

  adw_message_dialog_add_response (message, "close", _ ("Go On"));
  adw_message_dialog_set_default_response (message, "close");
  adw_message_dialog_set_close_response (message, "close");
  g_signal_connect (dialog, "response", G_CALLBACK (notice_response_cb), NULL);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
show_person (WayWindow *self)
{
  const char *name = way_session_get_person_name (self->session);
  const char *organisation = way_session_get_organisation (self->session);
  const char *notice = way_session_get_notice (self->session);

  adw_avatar_set_text (self->avatar, name);
  gtk_label_set_label (self->person_name, name);
  gtk_label_set_label (self->person_role, describe_roles (way_session_get_roles (self->session)));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->person_name), organisation);
  way_window_fill_sidebar (self);
  way_window_enable_actions (self);
  way_stack_show_named (self->root, "main");
  way_window_go (self, self->start_page != NULL ? self->start_page : "today");
  if (self->start_page != NULL && g_str_has_prefix (self->start_page, MODULE))
    way_window_show_module (self, self->start_page + strlen (MODULE));
  g_clear_pointer (&self->start_page, g_free);
  if (notice != NULL)
    show_notice (self, notice);
}

static void
signed_in_cb (WayWindow *self)
{
  show_person (self);
}

static void
signed_in_changed_cb (WayWindow *self)
{
  if (way_session_is_signed_in (self->session))
    return;
  way_window_leave_focus (self);
  way_window_forget_pages (self);
  way_window_forget_news (self);
  way_window_enable_actions (self);
  g_clear_pointer (&self->draft, g_free);
  g_clear_pointer (&self->question, g_free);
  way_stack_show_named (self->root, "sign-in");
  way_sign_in_page_reload (self->sign_in);
}

static gboolean
way_window_close_request (GtkWindow *window)
{
  WayWindow *self = WAY_WINDOW (window);
  int width, height;

  gtk_window_get_default_size (window, &width, &height);
  g_settings_set_boolean (self->settings, "window-maximized", gtk_window_is_maximized (window));
  if (!gtk_window_is_maximized (window))
    {
      g_settings_set_int (self->settings, "window-width", CLAMP (width, 360, 16384));
      g_settings_set_int (self->settings, "window-height", CLAMP (height, 294, 16384));
    }
  return GTK_WINDOW_CLASS (way_window_parent_class)->close_request (window);
}

static void
way_window_dispose (GObject *object)
{
  WayWindow *self = WAY_WINDOW (object);

  g_clear_handle_id (&self->clock_source, g_source_remove);
  g_clear_weak_pointer (&self->news);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  gtk_widget_dispose_template (GTK_WIDGET (self), WAY_TYPE_WINDOW);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (way_window_parent_class)->dispose (object);
}

static void
way_window_finalize (GObject *object)
{
  WayWindow *self = WAY_WINDOW (object);

  g_clear_pointer (&self->start_page, g_free);
  g_clear_pointer (&self->draft, g_free);
  g_clear_pointer (&self->question, g_free);
  g_queue_free (self->visited);

  G_OBJECT_CLASS (way_window_parent_class)->finalize (object);
}

/* Without animations a leaflet of libadwaita 1.2 that unfolds has its children where they were half
 * way, until something asks for their sizes again. It tells of folding while it gives them. */
static gboolean
resize_cb (gpointer user_data)
{
  gtk_widget_queue_resize (user_data);
  return G_SOURCE_REMOVE;
}

static void
folded_cb (AdwLeaflet *leaflet, GParamSpec *pspec, gpointer user_data)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, resize_cb, g_object_ref (leaflet), g_object_unref);
}

static void
way_window_class_init (WayWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GtkWindowClass *window_class = GTK_WINDOW_CLASS (klass);

  object_class->dispose = way_window_dispose;
  object_class->finalize = way_window_finalize;
  window_class->close_request = way_window_close_request;

  g_type_ensure (WAY_TYPE_SIGN_IN_PAGE);
  g_type_ensure (WAY_TYPE_SYNC_BUTTON);
  g_type_ensure (WAY_TYPE_TAB_STOP);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/waymark_skills/Waymark/ui/way-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WayWindow, avatar);
  gtk_widget_class_bind_template_child (widget_class, WayWindow, banner);
  gtk_widget_class_bind_template_child (widget_class, WayWindow, banner_label);
  gtk_widget_class_bind_template_child (widget_class, WayWindow, content);
  gtk_widget_class_bind_template_child (widget_class, WayWindow, content_title);
  gtk_widget_class_bind_template_child (widget_class, WayWindow, focus_bin);
  gtk_widget_class_bind_template_child (widget_class, WayWindow, header_actions);
  gtk_widget_class_bind_template_child (widget_class, WayWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, WayWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, WayWindow, person_name);
  gtk_widget_class_bind_template_child (widget_class, WayWindow, person_role);
  gtk_widget_class_bind_template_child (widget_class, WayWindow, problem);
  gtk_widget_class_bind_template_child (widget_class, WayWindow, root);
  gtk_widget_class_bind_template_child (widget_class, WayWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, WayWindow, sidebar_list);
  gtk_widget_class_bind_template_child (widget_class, WayWindow, sign_in);
  gtk_widget_class_bind_template_child (widget_class, WayWindow, sync);
  gtk_widget_class_bind_template_child (widget_class, WayWindow, synthetic);
  gtk_widget_class_bind_template_child (widget_class, WayWindow, toasts);
  gtk_widget_class_bind_template_callback (widget_class, banner_closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
  gtk_widget_class_bind_template_callback (widget_class, sidebar_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, signed_in_cb);
}

static void
way_window_init (WayWindow *self)
{
  self->visited = g_queue_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  way_window_install_actions (self);
  way_stack_show_named (self->root, "sign-in");
}

/**
 * way_window_new:
 * @settings: the application's settings
 *
 * Returns: (transfer none): a window that waits for the content
 */
WayWindow *
way_window_new (WayApplication *application, GSettings *settings)
{
  WayWindow *self = g_object_new (WAY_TYPE_WINDOW, "application", application, NULL);

  self->settings = g_object_ref (settings);
  gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (settings, "window-width"),
                               g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  return self;
}

/**
 * way_window_set_session:
 *
 * Gives the window what it shows. Only the first call counts.
 */
void
way_window_set_session (WayWindow *self, WaySession *session)
{
  g_return_if_fail (WAY_IS_WINDOW (self));
  g_return_if_fail (WAY_IS_SESSION (session));

  if (self->session != NULL)
    return;
  self->session = g_object_ref (session);
  way_sign_in_page_set_session (self->sign_in, session, self->settings);
  way_sync_button_set_session (self->sync, session);
  g_signal_connect_swapped (session, "not-saved", G_CALLBACK (not_saved_cb), self);
  g_signal_connect_swapped (session, "notify::is-synthetic", G_CALLBACK (synthetic_changed_cb),
                            self);
  g_signal_connect_swapped (session, "notify::signed-in", G_CALLBACK (signed_in_changed_cb), self);
  self->clock_source = g_timeout_add_seconds (CLOCK_SECONDS, clock_cb, self);
}

/**
 * way_window_open:
 * @trust_uri: (nullable): which trust to offer; NULL: the one used last
 * @username: (nullable): sign in at once as this person
 * @page: (nullable): the page to show
 *
 * Does what a command line asked for.
 */
void
way_window_open (WayWindow *self, const char *trust_uri, const char *username, const char *page)
{
  g_return_if_fail (WAY_IS_WINDOW (self));

  if (self->session == NULL)
    return;
  if (way_session_is_signed_in (self->session))
    {
      if (page != NULL)
        way_window_go (self, page);
      return;
    }
  g_free (self->start_page);
  self->start_page = g_strdup (page);
  if (trust_uri == NULL && !way_sign_in_page_has_trust (self->sign_in)
      && !g_settings_get_boolean (self->settings, "first-run-done"))
    {
      way_window_show_set_up (self);
      return;
    }
  way_sign_in_page_open (self->sign_in, trust_uri, username);
}

/**
 * way_window_warn:
 *
 * Shows a notice that stays until it is closed: something was not saved, or not used.
 */
void
way_window_warn (WayWindow *self, const char *text)
{
  GtkWidget *focus;

  g_return_if_fail (WAY_IS_WINDOW (self));

  gtk_label_set_label (self->banner_label, text);
  gtk_revealer_set_reveal_child (self->banner, TRUE);
  focus = gtk_window_get_focus (GTK_WINDOW (self));
  if (focus != NULL)
    way_compat_announce (focus, text);
}

/**
 * way_window_show_bad_pack:
 * @reason: names the file and what is wrong
 *
 * There is no content to show at all.
 */
void
way_window_show_bad_pack (WayWindow *self, const char *reason)
{
  g_autofree char *text = NULL;

  g_return_if_fail (WAY_IS_WINDOW (self));

  /* Translators: %s names a file and says what is wrong in it. */
  text = g_strdup_printf (_ ("%s\n\nInstalling Waymark again brings its content back. What you "
                             "did before is kept."),
                          reason);
  way_window_show_problem (self, _ ("The content cannot be opened"), text);
}

/**
 * way_window_show_problem:
 * @title: what there is
 * @text: and what to do
 *
 * There is nothing else to show.
 */
void
way_window_show_problem (WayWindow *self, const char *title, const char *text)
{
  g_autofree char *markup = NULL;

  g_return_if_fail (WAY_IS_WINDOW (self));

  adw_status_page_set_title (self->problem, title);
  markup = g_markup_escape_text (text, -1);
  adw_status_page_set_description (self->problem, markup);
  way_stack_show_named (self->root, "problem");
}

/**
 * way_window_add_bar:
 * @bar: (transfer floating): stays above whatever is shown
 */
void
way_window_add_bar (WayWindow *self, GtkWidget *bar)
{
  g_return_if_fail (WAY_IS_WINDOW (self));

  gtk_box_prepend (GTK_BOX (gtk_widget_get_parent (GTK_WIDGET (self->banner))), bar);
}
