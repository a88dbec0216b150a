/* way-sign-in-server.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/way-sign-in-server.h"

#include "app/way-set-up-status.h"

#include "session/way-kerberos.h"
#include "session/way-secret.h"
#include "sync/way-peer.h"
#include "widgets/way-compat.h"

#include <glib/gi18n.h>
#include <string.h>

/* Signing in to a trust on a server: with the ticket of the computer where there is one,
 * else with a sign-in name and a password. */
struct _WaySignInServer
{
  AdwBin parent_instance;

  WaySession *session;       /* (owned) (nullable) */
  GSettings *settings;       /* (owned) (nullable) */
  WayConnection *connection; /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable) of what is under way */
  char *principal;           /* (owned) (nullable) whose ticket there is */
  gboolean wants_password;   /* although there is a ticket */
  gboolean was_kept;         /* the keyring has the password */
  gboolean is_busy;

  /* template */
  GtkButton *button;
  AdwPreferencesGroup *group;
  GtkEntry *login;
  GtkButton *other;
  GtkPasswordEntry *password;
  GtkWidget *password_row;
  GtkSwitch *remember;
  GtkWidget *remember_row;
  WaySetUpStatus *status;
  AdwActionRow *ticket;
};

G_DEFINE_FINAL_TYPE (WaySignInServer, way_sign_in_server, ADW_TYPE_BIN)

enum
{
  SIGNED_IN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
has_ticket (WaySignInServer *self)
{
  if (self->connection == NULL || self->connection->authentication == WAY_AUTHENTICATION_PASSWORD)
    return FALSE;
  return self->connection->authentication == WAY_AUTHENTICATION_KERBEROS
         || (self->principal != NULL && !self->wants_password);
}

static gboolean
is_shared (WaySignInServer *self)
{
  return g_settings_get_boolean (self->settings, "shared-computer");
}

static void
update (WaySignInServer *self)
{
  const char *login = gtk_editable_get_text (GTK_EDITABLE (self->login));
  const char *password = gtk_editable_get_text (GTK_EDITABLE (self->password));
  gboolean with_ticket = has_ticket (self);
  gboolean may_choose = self->principal != NULL
                        && self->connection->authentication == WAY_AUTHENTICATION_ASK;

  gtk_widget_set_visible (GTK_WIDGET (self->ticket), self->principal != NULL && with_ticket);
  gtk_widget_set_visible (self->password_row, !with_ticket);
  gtk_widget_set_visible (self->remember_row,
                          !with_ticket && !is_shared (self)
                              && (g_settings_get_boolean (self->settings, "remember-password")
                                  || g_settings_is_writable (self->settings, "remember-password")));
  gtk_widget_set_visible (GTK_WIDGET (self->other), may_choose);
  gtk_button_set_label (self->other,
                        with_ticket ? _ ("Use a Password Instead") : _ ("Use the Ticket Instead"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->group), !self->is_busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->other), !self->is_busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->button), !self->is_busy && login[0] != '\0'
                                                           && (with_ticket || password[0] != '\0'));
}

static void
changed_cb (WaySignInServer *self)
{
  if (self->settings == NULL)
    return;
  way_set_up_status_clear (self->status);
  update (self);
}

static void
other_cb (WaySignInServer *self)
{
  self->wants_password = !self->wants_password;
  way_set_up_status_clear (self->status);
  update (self);
  gtk_widget_grab_focus (has_ticket (self) ? GTK_WIDGET (self->button)
                                           : GTK_WIDGET (self->password));
}

static void
set_busy (WaySignInServer *self, gboolean is_busy)
{
  self->is_busy = is_busy;
  update (self);
}

static void
stop (WaySignInServer *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
cancelled_cb (WaySignInServer *self)
{
  stop (self);
  way_set_up_status_clear (self->status);
  set_busy (self, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->button));
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WaySession) session = user_data;
  g_autoptr (GError) error = NULL;

  if (!way_secret_store_finish (result, &error))
    g_signal_emit_by_name (session, "not-saved",
                           _ ("The password was not kept: the keyring of this computer could not "
                              "be used. It will be asked for again."));
}

static void
forgotten_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WaySession) session = user_data;
  g_autoptr (GError) error = NULL;

  if (!way_secret_clear_finish (result, &error))
    g_signal_emit_by_name (session, "not-saved",
                           _ ("The password was not forgotten: the keyring of this computer could "
                              "not be used, and still has it."));
}

static void
keep_or_forget (WaySignInServer *self)
{
  const char *password = gtk_editable_get_text (GTK_EDITABLE (self->password));
  gboolean wants = gtk_widget_get_visible (self->remember_row)
                   && gtk_switch_get_active (self->remember);

  if (has_ticket (self))
    return;
  if (wants)
    way_secret_store_async (self->connection, password, NULL, kept_cb,
                            g_object_ref (self->session));
  else if (self->was_kept)
    way_secret_clear_async (self->connection, NULL, forgotten_cb, g_object_ref (self->session));
  self->was_kept = wants;
  if (g_settings_is_writable (self->settings, "remember-password") && !is_shared (self)
      && g_settings_get_boolean (self->settings, "remember-password") != wants)
    g_settings_set_boolean (self->settings, "remember-password", wants);
}

static void
explained_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WaySignInServer) self = user_data;
  g_autoptr (GError) error = NULL;

  if (way_connection_check_finish (WAY_SESSION (source), result, NULL, &error))
    /* It would work now. */
    g_set_error_literal (&error, WAY_CONNECTION_ERROR, WAY_CONNECTION_ERROR_LOST, "");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  set_busy (self, FALSE);
  way_set_up_status_show_error (self->status, error);
  gtk_widget_grab_focus (gtk_widget_get_visible (self->password_row) ? GTK_WIDGET (self->password)
                                                                     : GTK_WIDGET (self->login));
}

/* What the trust says when it does not let somebody in is not for people to read. */
static void
explain (WaySignInServer *self, const GError *error)
{
  if (error->domain != WAY_SYNC_ERROR && error->domain != WAY_DB_ERROR)
    {
      set_busy (self, FALSE);
      way_set_up_status_show_error (self->status, error);
      return;
    }
  way_set_up_status_show_step (self->status, _ ("Finding out what is in the way…"));
  way_connection_check_async (self->session, self->connection, has_ticket (self),
                              has_ticket (self)
                                  ? NULL
                                  : gtk_editable_get_text (GTK_EDITABLE (self->password)),
                              NULL, NULL, self->cancellable, explained_cb, g_object_ref (self));
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WaySignInServer) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_in = way_session_sign_in_finish (WAY_SESSION (source), result, &error);

  if (!is_in)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        explain (self, error);
      return;
    }
  g_clear_object (&self->cancellable);
  keep_or_forget (self);
  gtk_editable_set_text (GTK_EDITABLE (self->password), "");
  if (!is_shared (self))
    {
      const char *username = way_session_get_username (self->session);

      g_settings_set_string (self->settings, "last-login", self->connection->login);
      g_settings_set_string (self->settings, "last-person", username != NULL ? username : "");
    }
  way_set_up_status_clear (self->status);
  set_busy (self, FALSE);
  g_signal_emit (self, signals[SIGNED_IN], 0);
}

static void
sign_in_cb (WaySignInServer *self)
{
  g_autofree char *uri = NULL;

  if (self->is_busy || !gtk_widget_get_sensitive (GTK_WIDGET (self->button)))
    return;
  g_free (self->connection->login);
  self->connection->login = g_strstrip (
      g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->login))));
  uri = way_connection_dup_uri (self->connection, has_ticket (self));
  if (!has_ticket (self))
    way_secret_keep (self->connection, gtk_editable_get_text (GTK_EDITABLE (self->password)));
  stop (self);
  self->cancellable = g_cancellable_new ();
  set_busy (self, TRUE);
  way_set_up_status_show_step (self->status,
                               way_connection_describe_step (WAY_CONNECTION_STEP_SIGNING_IN));
  way_session_sign_in_async (self->session, uri, NULL, self->cancellable, signed_in_cb,
                             g_object_ref (self));
}

/* What was kept in memory for the connections of a person goes when they go. */
static void
signed_in_changed_cb (WaySignInServer *self)
{
  if (!way_session_is_signed_in (self->session) && self->connection != NULL
      && self->connection->login != NULL)
    way_secret_forget (self->connection);
}

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WaySignInServer) self = user_data;
  g_autoptr (GError) error = NULL;
  char *password = way_secret_look_up_finish (result, &error);

  if (password == NULL || self->is_busy
      || gtk_editable_get_text (GTK_EDITABLE (self->password))[0] != '\0')
    {
      way_secret_free (password);
      return;
    }
  self->was_kept = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->password), password);
  way_secret_free (password);
  if (!has_ticket (self))
    gtk_widget_grab_focus (GTK_WIDGET (self->button));
}

static void
ticket_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WaySignInServer) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *title = NULL;

  g_clear_pointer (&self->principal, g_free);
  self->principal = way_kerberos_find_finish (WAY_SESSION (source), result, &error);
  if (self->principal == NULL)
    {
      update (self);
      if (self->connection->authentication == WAY_AUTHENTICATION_KERBEROS
          && error->domain == WAY_CONNECTION_ERROR)
        way_set_up_status_show_error (self->status, error);
      return;
    }
  /* Translators: %s is an account, as “sam@EXAMPLE.NHS.UK”. */
  title = g_strdup_printf (_ ("Signed in to this computer as %s"), self->principal);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->ticket), title);
  if (gtk_editable_get_text (GTK_EDITABLE (self->login))[0] == '\0')
    {
      g_autofree char *name = g_strndup (self->principal, strcspn (self->principal, "@/"));

      gtk_editable_set_text (GTK_EDITABLE (self->login), name);
    }
  update (self);
  if (has_ticket (self) && gtk_widget_get_mapped (GTK_WIDGET (self->button)))
    gtk_widget_grab_focus (GTK_WIDGET (self->button));
}

static void
way_sign_in_server_dispose (GObject *object)
{
  WaySignInServer *self = WAY_SIGN_IN_SERVER (object);

  stop (self);
  if (self->connection != NULL && self->connection->login != NULL)
    way_secret_forget (self->connection);
  g_clear_pointer (&self->connection, way_connection_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), WAY_TYPE_SIGN_IN_SERVER);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (way_sign_in_server_parent_class)->dispose (object);
}

static void
way_sign_in_server_finalize (GObject *object)
{
  g_free (WAY_SIGN_IN_SERVER (object)->principal);

  G_OBJECT_CLASS (way_sign_in_server_parent_class)->finalize (object);
}

static void
way_sign_in_server_class_init (WaySignInServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = way_sign_in_server_dispose;
  object_class->finalize = way_sign_in_server_finalize;

  /**
   * WaySignInServer::signed-in:
   *
   * Somebody is signed in now.
   */
  signals[SIGNED_IN] = g_signal_new ("signed-in", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (WAY_TYPE_SET_UP_STATUS);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/waymark_skills/Waymark/ui/way-sign-in-server.ui");
  gtk_widget_class_bind_template_child (widget_class, WaySignInServer, button);
  gtk_widget_class_bind_template_child (widget_class, WaySignInServer, group);
  gtk_widget_class_bind_template_child (widget_class, WaySignInServer, login);
  gtk_widget_class_bind_template_child (widget_class, WaySignInServer, other);
  gtk_widget_class_bind_template_child (widget_class, WaySignInServer, password);
  gtk_widget_class_bind_template_child (widget_class, WaySignInServer, password_row);
  gtk_widget_class_bind_template_child (widget_class, WaySignInServer, remember);
  gtk_widget_class_bind_template_child (widget_class, WaySignInServer, remember_row);
  gtk_widget_class_bind_template_child (widget_class, WaySignInServer, status);
  gtk_widget_class_bind_template_child (widget_class, WaySignInServer, ticket);
  gtk_widget_class_bind_template_callback (widget_class, cancelled_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, other_cb);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_cb);
}

static void
way_sign_in_server_init (WaySignInServer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Their rows name them a second time. */
  way_compat_name (GTK_WIDGET (self->login), _ ("Sign-in name"));
  way_compat_name (GTK_WIDGET (self->password), _ ("Password"));
  way_compat_name (GTK_WIDGET (self->remember), _ ("Keep the password in the keyring"));
}

static void
focus_first (WaySignInServer *self)
{
  if (gtk_editable_get_text (GTK_EDITABLE (self->login))[0] == '\0')
    gtk_widget_grab_focus (GTK_WIDGET (self->login));
  else if (gtk_widget_get_visible (self->password_row))
    gtk_widget_grab_focus (GTK_WIDGET (self->password));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->button));
}

/**
 * way_sign_in_server_open:
 * @settings: say where the trust is
 *
 * Offers to sign in, as the settings are now.
 */
void
way_sign_in_server_open (WaySignInServer *self, WaySession *session, GSettings *settings)
{
  g_autofree char *address = NULL;
  g_autofree char *where = NULL;

  g_return_if_fail (WAY_IS_SIGN_IN_SERVER (self));

  if (self->session == NULL)
    g_signal_connect_object (session, "notify::signed-in", G_CALLBACK (signed_in_changed_cb), self,
                             G_CONNECT_SWAPPED);
  g_set_object (&self->session, session);
  g_set_object (&self->settings, settings);
  g_clear_pointer (&self->connection, way_connection_free);
  g_clear_pointer (&self->principal, g_free);
  self->connection = way_connection_new_from_settings (settings);
  self->wants_password = FALSE;
  self->was_kept = FALSE;
  self->is_busy = FALSE;
  gtk_editable_set_text (GTK_EDITABLE (self->password), "");
  gtk_editable_set_text (GTK_EDITABLE (self->login),
                         self->connection->login != NULL && !is_shared (self)
                             ? self->connection->login
                             : "");
  gtk_switch_set_active (self->remember, g_settings_get_boolean (settings, "remember-password"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->remember),
                            g_settings_is_writable (settings, "remember-password"));
  address = way_connection_dup_address (self->connection);
  /* Translators: %s is the address of a server. */
  where = g_markup_printf_escaped (_ ("At %s."), address);
  adw_preferences_group_set_description (self->group, where);
  way_set_up_status_clear (self->status);
  update (self);
  focus_first (self);
  if (self->connection->authentication != WAY_AUTHENTICATION_PASSWORD)
    way_kerberos_find_async (session, NULL, ticket_found_cb, g_object_ref (self));
  if (self->connection->login != NULL && !is_shared (self)
      && g_settings_get_boolean (settings, "remember-password"))
    way_secret_look_up_async (self->connection, NULL, looked_up_cb, g_object_ref (self));
}
