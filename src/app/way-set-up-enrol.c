/* way-set-up-enrol.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/way-set-up-enrol.h"

#include "app/way-set-up-status.h"

#include "widgets/way-compat.h"

#include <glib/gi18n.h>

/* The first sign-in where no trust can be reached: with a file that it has issued. */
struct _WaySetUpEnrol
{
  AdwBin parent_instance;

  WaySession *session;       /* (owned) (nullable) */
  GSettings *settings;       /* (owned) (nullable) */
  WayConnection *connection; /* (owned) (nullable) what the file is being read for */
  char *set_address;         /* (owned) (nullable) of this computer already */

  /* template */
  GtkEntry *address;
  GtkButton *button;
  GtkEntry *file;
  GtkEntry *login;
  GtkWidget *login_row;
  WaySetUpStatus *status;
};

G_DEFINE_FINAL_TYPE (WaySetUpEnrol, way_set_up_enrol, ADW_TYPE_BIN)

enum
{
  DONE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static char *
dup_text (GtkEntry *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
}

/* (nullable): where the trust of the file is. */
static WayConnection *
read_connection (WaySetUpEnrol *self, GError **error)
{
  g_autofree char *address = dup_text (self->address);
  g_autofree char *login = dup_text (self->login);
  WayConnection *connection;

  /* What is set for this computer is more than its address. */
  if (g_strcmp0 (address, self->set_address) == 0)
    connection = way_connection_new_from_settings (self->settings);
  else
    connection = way_connection_new_from_text (address, error);
  if (connection != NULL && connection->file == NULL && login[0] != '\0')
    {
      g_free (connection->login);
      connection->login = g_steal_pointer (&login);
    }
  return connection;
}

static void
changed_cb (WaySetUpEnrol *self)
{
  g_autofree char *address = dup_text (self->address);
  g_autofree char *file = dup_text (self->file);
  g_autofree char *login = dup_text (self->login);
  gboolean is_file = address[0] == '/' || g_str_has_prefix (address, "sqlite:");

  way_set_up_status_clear (self->status);
  gtk_widget_set_visible (self->login_row, !is_file);
  gtk_widget_set_sensitive (GTK_WIDGET (self->button), self->connection == NULL && file[0] != '\0'
                                                           && address[0] != '\0'
                                                           && (is_file || login[0] != '\0'));
}

static void
set_connection (WaySetUpEnrol *self, WayConnection *connection)
{
  g_clear_pointer (&self->connection, way_connection_free);
  self->connection = connection;
  gtk_widget_set_sensitive (GTK_WIDGET (self->button), connection == NULL);
}

static void
enrolled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WaySetUpEnrol) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *username = way_session_enrol_finish (WAY_SESSION (source), result, &error);

  if (self->connection == NULL)
    return;
  if (username == NULL)
    {
      set_connection (self, NULL);
      way_set_up_status_show_error (self->status, error);
      return;
    }
  way_connection_save (self->connection, self->settings);
  if (!g_settings_get_boolean (self->settings, "shared-computer"))
    {
      g_settings_set_string (self->settings, "last-person", username);
      if (self->connection->login != NULL)
        g_settings_set_string (self->settings, "last-login", self->connection->login);
    }
  set_connection (self, NULL);
  way_set_up_status_clear (self->status);
  g_signal_emit (self, signals[DONE], 0);
}

static void
enrol_cb (WaySetUpEnrol *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = dup_text (self->file);
  g_autofree char *uri = NULL;
  WayConnection *connection;

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->button)))
    return;
  connection = read_connection (self, &error);
  if (connection == NULL)
    {
      way_set_up_status_show_error (self->status, error);
      return;
    }
  uri = way_connection_dup_uri (connection, FALSE);
  set_connection (self, connection);
  way_session_enrol_async (self->session, uri, path, NULL, enrolled_cb, g_object_ref (self));
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WaySetUpEnrol) self = user_data;
  g_autoptr (GFile) file = way_compat_open_file_finish (result, NULL);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->file), path);
}

static void
choose_cb (WaySetUpEnrol *self)
{
  way_compat_open_file_async (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                              _ ("Choose the Enrolment File"), NULL, chosen_cb,
                              g_object_ref (self));
}

static void
way_set_up_enrol_dispose (GObject *object)
{
  WaySetUpEnrol *self = WAY_SET_UP_ENROL (object);

  g_clear_pointer (&self->connection, way_connection_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), WAY_TYPE_SET_UP_ENROL);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->set_address, g_free);

  G_OBJECT_CLASS (way_set_up_enrol_parent_class)->dispose (object);
}

static void
way_set_up_enrol_class_init (WaySetUpEnrolClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = way_set_up_enrol_dispose;

  /**
   * WaySetUpEnrol::done:
   *
   * Whoever the file is for can sign in.
   */
  signals[DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);

  g_type_ensure (WAY_TYPE_SET_UP_STATUS);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/waymark_skills/Waymark/ui/way-set-up-enrol.ui");
  gtk_widget_class_bind_template_child (widget_class, WaySetUpEnrol, address);
  gtk_widget_class_bind_template_child (widget_class, WaySetUpEnrol, button);
  gtk_widget_class_bind_template_child (widget_class, WaySetUpEnrol, file);
  gtk_widget_class_bind_template_child (widget_class, WaySetUpEnrol, login);
  gtk_widget_class_bind_template_child (widget_class, WaySetUpEnrol, login_row);
  gtk_widget_class_bind_template_child (widget_class, WaySetUpEnrol, status);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, enrol_cb);
}

static void
way_set_up_enrol_init (WaySetUpEnrol *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Their rows name them a second time. */
  way_compat_name (GTK_WIDGET (self->address), _ ("Address of the trust"));
  way_compat_name (GTK_WIDGET (self->file), _ ("Enrolment file"));
  way_compat_name (GTK_WIDGET (self->login), _ ("Sign-in name"));
}

/**
 * way_set_up_enrol_open:
 *
 * Asks for the file, and for the trust unless this computer is set up for one.
 */
void
way_set_up_enrol_open (WaySetUpEnrol *self, WaySession *session, GSettings *settings)
{
  g_autoptr (WayConnection) connection = NULL;
  g_autofree char *uri = NULL;
  gboolean is_set;

  g_return_if_fail (WAY_IS_SET_UP_ENROL (self));

  g_set_object (&self->session, session);
  g_set_object (&self->settings, settings);
  set_connection (self, NULL);
  connection = way_connection_new_from_settings (settings);
  is_set = way_connection_is_server (connection);
  uri = g_settings_get_string (settings, "trust-uri");
  g_clear_pointer (&self->set_address, g_free);
  if (is_set)
    self->set_address = way_connection_dup_address (connection);
  gtk_editable_set_text (GTK_EDITABLE (self->address), is_set ? self->set_address : uri);
  g_object_set (self->address, "editable", g_settings_is_writable (settings, "trust-host"), NULL);
  gtk_editable_set_text (GTK_EDITABLE (self->login),
                         connection->login != NULL ? connection->login : "");
  gtk_editable_set_text (GTK_EDITABLE (self->file), "");
  changed_cb (self);
}
