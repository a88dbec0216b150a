/* way-sync-button.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/way-sync-button.h"

#include "widgets/way-compat.h"
#include "widgets/way-words.h"

#include <glib/gi18n.h>

static const char *const ICONS[] = { "way-saved-symbolic", "way-received-symbolic" };

enum
{
  N_ICONS = G_N_ELEMENTS (ICONS),
  ICON_SIZE = 16,
};

/* What is saved here, sent and received, in a line at the foot of the sidebar. Pressed, it
 * opens the page that says more. */
struct _WaySyncButton
{
  AdwBin parent_instance;

  WaySession *session;              /* (owned) (nullable) */
  GtkIconPaintable *icons[N_ICONS]; /* (owned) (nullable) */

  /* template */
  GtkButton *button;
  GtkImage *icon;
  GtkSpinner *spinner;
  GtkStack *state;
  GtkLabel *text;
};

G_DEFINE_FINAL_TYPE (WaySyncButton, way_sync_button, ADW_TYPE_BIN)

/* The words of the session hold what is the matter; when nothing is, they say since when. */
static char *
dup_text (WaySyncButton *self)
{
  gint64 sent = way_session_get_sent_at (self->session);
  gint64 received = way_session_get_received_at (self->session);
  char *text = NULL;

  if (way_session_get_n_unsent (self->session) == 0 && sent > 0 && received > 0)
    {
      g_autofree char *sent_when = way_format_when (sent);
      g_autofree char *received_when = way_format_when (received);

      /* Translators: two times, as “2 minutes ago”. */
      return g_strdup_printf (_ ("Saved here · sent %s · received %s"), sent_when, received_when);
    }
  g_object_get (self->session, "sync-text", &text, NULL);
  return text;
}

/* An icon is read when it is drawn for the first time, which would be when a sync has ended.
 * These are read before, and in a thread. */
static void
read_icons (WaySyncButton *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (widget));

  for (guint i = 0; i < N_ICONS; i++)
    {
      g_clear_object (&self->icons[i]);
      self->icons[i] = gtk_icon_theme_lookup_icon (theme, ICONS[i], NULL, ICON_SIZE,
                                                   gtk_widget_get_scale_factor (widget),
                                                   gtk_widget_get_direction (widget),
                                                   GTK_ICON_LOOKUP_PRELOAD);
    }
}

static void
show_icon (WaySyncButton *self, const char *name)
{
  for (guint i = 0; i < N_ICONS; i++)
    {
      GdkPaintable *icon = GDK_PAINTABLE (self->icons[i]);

      if (g_str_equal (name, ICONS[i]) && icon != gtk_image_get_paintable (self->icon))
        gtk_image_set_from_paintable (self->icon, icon);
    }
}

static void
scale_changed_cb (WaySyncButton *self)
{
  if (self->session == NULL)
    return;
  read_icons (self);
  way_sync_button_refresh (self);
}

static void
way_sync_button_dispose (GObject *object)
{
  WaySyncButton *self = WAY_SYNC_BUTTON (object);

  /* The child is bound too: the template would take it away behind the back of the bin. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), WAY_TYPE_SYNC_BUTTON);
  g_clear_object (&self->session);
  for (guint i = 0; i < N_ICONS; i++)
    g_clear_object (&self->icons[i]);

  G_OBJECT_CLASS (way_sync_button_parent_class)->dispose (object);
}

static void
way_sync_button_class_init (WaySyncButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = way_sync_button_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/waymark_skills/Waymark/ui/way-sync-button.ui");
  gtk_widget_class_bind_template_child (widget_class, WaySyncButton, button);
  gtk_widget_class_bind_template_child (widget_class, WaySyncButton, icon);
  gtk_widget_class_bind_template_child (widget_class, WaySyncButton, spinner);
  gtk_widget_class_bind_template_child (widget_class, WaySyncButton, state);
  gtk_widget_class_bind_template_child (widget_class, WaySyncButton, text);
}

static void
way_sync_button_init (WaySyncButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (scale_changed_cb), NULL);
  way_compat_set_action (GTK_WIDGET (self->button), "win.go::sync");
}

/**
 * way_sync_button_set_session:
 *
 * Says whose state to show. Only the first call counts.
 */
void
way_sync_button_set_session (WaySyncButton *self, WaySession *session)
{
  static const char *const PROPERTIES[] = { "notify::sync-text", "notify::n-unsent",
                                            "notify::is-syncing" };

  g_return_if_fail (WAY_IS_SYNC_BUTTON (self));

  if (self->session != NULL)
    return;
  self->session = g_object_ref (session);
  read_icons (self);
  for (guint i = 0; i < G_N_ELEMENTS (PROPERTIES); i++)
    g_signal_connect_object (session, PROPERTIES[i], G_CALLBACK (way_sync_button_refresh), self,
                             G_CONNECT_SWAPPED);
  way_sync_button_refresh (self);
}

/**
 * way_sync_button_refresh:
 *
 * Writes the words anew: the times in them age.
 */
void
way_sync_button_refresh (WaySyncButton *self)
{
  g_autofree char *text = NULL;
  g_autofree char *icon_name = NULL;
  g_autofree char *name = NULL;
  gboolean is_syncing;

  g_return_if_fail (WAY_IS_SYNC_BUTTON (self));

  if (self->session == NULL)
    return;
  text = dup_text (self);
  g_object_get (self->session, "sync-icon-name", &icon_name, "is-syncing", &is_syncing, NULL);
  gtk_label_set_label (self->text, text);
  show_icon (self, icon_name);
  gtk_stack_set_visible_child_name (self->state, is_syncing ? "syncing" : "idle");
  gtk_spinner_set_spinning (self->spinner, is_syncing);
  /* Translators: %s says what is saved, sent and received. */
  name = g_strdup_printf (_ ("Your work: %s"), text);
  way_compat_name (GTK_WIDGET (self->button), name);
}
