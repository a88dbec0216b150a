/* way-set-up-form.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/way-set-up-form.h"

#include "widgets/way-compat.h"

#include <glib/gi18n.h>

/* Everything that whoever looks after a computer sets. What the organisation has set for all
 * computers is shown and cannot be changed. */
struct _WaySetUpForm
{
  AdwBin parent_instance;

  GSettings *settings; /* (owned) (nullable) */
  gboolean is_filling;

  /* template */
  AdwComboRow *authentication;
  GtkEntry *ca_file;
  GtkButton *choose;
  GtkEntry *database;
  GtkEntry *host;
  GtkEntry *login;
  GtkPasswordEntry *password;
  GtkSpinButton *port;
  GtkSwitch *remember;
  GtkEntry *service;
  AdwActionRow *service_row;
  GtkSwitch *shared;
};

G_DEFINE_FINAL_TYPE (WaySetUpForm, way_set_up_form, ADW_TYPE_BIN)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
changed_cb (WaySetUpForm *self)
{
  if (!self->is_filling)
    g_signal_emit (self, signals[CHANGED], 0);
}

/* A combo row reads its title to a screen reader, but not its value. */
static void
authentication_selected_cb (WaySetUpForm *self)
{
  GObject *item = adw_combo_row_get_selected_item (self->authentication);

  if (item != NULL)
    way_compat_describe (GTK_WIDGET (self->authentication),
                         gtk_string_object_get_string (GTK_STRING_OBJECT (item)));
  gtk_widget_set_visible (GTK_WIDGET (self->service_row),
                          adw_combo_row_get_selected (self->authentication)
                              != WAY_AUTHENTICATION_PASSWORD);
  changed_cb (self);
}

/* On a shared computer nothing of a person is kept, so there is nothing to choose. */
static void
shared_changed_cb (WaySetUpForm *self)
{
  gboolean is_shared = gtk_switch_get_active (self->shared);

  gtk_widget_set_sensitive (GTK_WIDGET (self->remember),
                            !is_shared && self->settings != NULL
                                && g_settings_is_writable (self->settings, "remember-password"));
  if (is_shared)
    gtk_switch_set_active (self->remember, FALSE);
  changed_cb (self);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WaySetUpForm) self = user_data;
  g_autoptr (GFile) file = way_compat_open_file_finish (result, NULL);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->ca_file), path);
}

static void
choose_cb (WaySetUpForm *self)
{
  way_compat_open_file_async (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                              _ ("Choose the Certificate File"), NULL, chosen_cb,
                              g_object_ref (self));
}

/* @row says why @control cannot be changed. */
static void
lock (WaySetUpForm *self, GtkWidget *control, const char *key)
{
  GtkWidget *row = gtk_widget_get_ancestor (control, ADW_TYPE_ACTION_ROW);
  GtkWidget *padlock;

  if (g_settings_is_writable (self->settings, key))
    return;
  if (GTK_IS_ENTRY (control))
    g_object_set (control, "editable", FALSE, NULL);
  else
    gtk_widget_set_sensitive (control, FALSE);
  way_compat_describe (control, _ ("Set by your organisation"));
  if (row == NULL || g_object_get_data (G_OBJECT (row), "locked") != NULL)
    return;
  g_object_set_data (G_OBJECT (row), "locked", GINT_TO_POINTER (1));
  padlock = gtk_image_new_from_icon_name ("changes-prevent-symbolic");
  way_compat_hide (padlock);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), padlock);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("Set by your organisation"));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
}

static void
way_set_up_form_dispose (GObject *object)
{
  WaySetUpForm *self = WAY_SET_UP_FORM (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), WAY_TYPE_SET_UP_FORM);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (way_set_up_form_parent_class)->dispose (object);
}

static void
way_set_up_form_class_init (WaySetUpFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = way_set_up_form_dispose;

  /**
   * WaySetUpForm::changed:
   *
   * Somebody changed something, so what was found before no longer counts.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/waymark_skills/Waymark/ui/way-set-up-form.ui");
  gtk_widget_class_bind_template_child (widget_class, WaySetUpForm, authentication);
  gtk_widget_class_bind_template_child (widget_class, WaySetUpForm, ca_file);
  gtk_widget_class_bind_template_child (widget_class, WaySetUpForm, choose);
  gtk_widget_class_bind_template_child (widget_class, WaySetUpForm, database);
  gtk_widget_class_bind_template_child (widget_class, WaySetUpForm, host);
  gtk_widget_class_bind_template_child (widget_class, WaySetUpForm, login);
  gtk_widget_class_bind_template_child (widget_class, WaySetUpForm, password);
  gtk_widget_class_bind_template_child (widget_class, WaySetUpForm, port);
  gtk_widget_class_bind_template_child (widget_class, WaySetUpForm, remember);
  gtk_widget_class_bind_template_child (widget_class, WaySetUpForm, service);
  gtk_widget_class_bind_template_child (widget_class, WaySetUpForm, service_row);
  gtk_widget_class_bind_template_child (widget_class, WaySetUpForm, shared);
  gtk_widget_class_bind_template_callback (widget_class, authentication_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, shared_changed_cb);
}

static void
way_set_up_form_init (WaySetUpForm *self)
{
  self->is_filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Their rows name them a second time. */
  way_compat_name (GTK_WIDGET (self->ca_file), _ ("Certificate file"));
  way_compat_name (GTK_WIDGET (self->database), _ ("Database"));
  way_compat_name (GTK_WIDGET (self->host), _ ("Server"));
  way_compat_name (GTK_WIDGET (self->login), _ ("Sign-in name to try"));
  way_compat_name (GTK_WIDGET (self->password), _ ("Password to try"));
  way_compat_name (GTK_WIDGET (self->port), _ ("Port"));
  way_compat_name (GTK_WIDGET (self->remember), _ ("Passwords may stay in the keyring"));
  way_compat_name (GTK_WIDGET (self->service), _ ("Kerberos service"));
  way_compat_name (GTK_WIDGET (self->shared), _ ("Several people use one account"));
}

/**
 * way_set_up_form_fill:
 *
 * Shows what is set, and what of it is the organisation's to change.
 */
void
way_set_up_form_fill (WaySetUpForm *self, GSettings *settings)
{
  g_autoptr (WayConnection) connection = NULL;

  g_return_if_fail (WAY_IS_SET_UP_FORM (self));

  g_set_object (&self->settings, settings);
  connection = way_connection_new_from_settings (settings);
  self->is_filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->host),
                         connection->host != NULL ? connection->host : "");
  gtk_spin_button_set_value (self->port, connection->port);
  gtk_editable_set_text (GTK_EDITABLE (self->database), connection->database);
  gtk_editable_set_text (GTK_EDITABLE (self->ca_file),
                         connection->ca_file != NULL ? connection->ca_file : "");
  gtk_editable_set_text (GTK_EDITABLE (self->service), connection->service);
  adw_combo_row_set_selected (self->authentication, (guint) connection->authentication);
  authentication_selected_cb (self);
  gtk_switch_set_active (self->shared, g_settings_get_boolean (settings, "shared-computer"));
  gtk_switch_set_active (self->remember, g_settings_get_boolean (settings, "remember-password"));
  shared_changed_cb (self);
  lock (self, GTK_WIDGET (self->host), "trust-host");
  lock (self, GTK_WIDGET (self->port), "trust-port");
  lock (self, GTK_WIDGET (self->database), "trust-database");
  lock (self, GTK_WIDGET (self->ca_file), "trust-ca-file");
  gtk_widget_set_visible (GTK_WIDGET (self->choose),
                          g_settings_is_writable (settings, "trust-ca-file"));
  lock (self, GTK_WIDGET (self->authentication), "authentication");
  lock (self, GTK_WIDGET (self->service), "kerberos-service");
  lock (self, GTK_WIDGET (self->shared), "shared-computer");
  lock (self, GTK_WIDGET (self->remember), "remember-password");
  self->is_filling = FALSE;
}

static char *
dup_text (GtkWidget *entry)
{
  char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));

  if (text[0] == '\0')
    g_clear_pointer (&text, g_free);
  return text;
}

/**
 * way_set_up_form_dup_connection:
 *
 * Returns: (transfer full): the connection as it is written now
 */
WayConnection *
way_set_up_form_dup_connection (WaySetUpForm *self)
{
  WayConnection *connection = way_connection_new ();
  char *database = dup_text (GTK_WIDGET (self->database));
  char *service = dup_text (GTK_WIDGET (self->service));

  connection->host = dup_text (GTK_WIDGET (self->host));
  connection->port = (guint) gtk_spin_button_get_value_as_int (self->port);
  if (database != NULL)
    {
      g_free (connection->database);
      connection->database = database;
    }
  connection->ca_file = dup_text (GTK_WIDGET (self->ca_file));
  connection->authentication = (WayAuthentication) adw_combo_row_get_selected (
      self->authentication);
  if (service != NULL)
    {
      g_free (connection->service);
      connection->service = service;
    }
  connection->login = dup_text (GTK_WIDGET (self->login));
  return connection;
}

/**
 * way_set_up_form_get_password:
 *
 * Returns: (transfer none) (nullable): what to try the sign-in name with
 */
const char *
way_set_up_form_get_password (WaySetUpForm *self)
{
  const char *password = gtk_editable_get_text (GTK_EDITABLE (self->password));

  return password[0] != '\0' ? password : NULL;
}

/**
 * way_set_up_form_forget:
 *
 * Empties what was only there for a try.
 */
void
way_set_up_form_forget (WaySetUpForm *self)
{
  self->is_filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->password), "");
  gtk_editable_set_text (GTK_EDITABLE (self->login), "");
  self->is_filling = FALSE;
}

static void
save_boolean (WaySetUpForm *self, const char *key, GtkSwitch *control)
{
  gboolean value = gtk_switch_get_active (control);

  if (g_settings_is_writable (self->settings, key)
      && g_settings_get_boolean (self->settings, key) != value)
    g_settings_set_boolean (self->settings, key, value);
}

/**
 * way_set_up_form_save:
 *
 * Keeps what is written, but for what the organisation has set.
 */
void
way_set_up_form_save (WaySetUpForm *self)
{
  g_autoptr (WayConnection) connection = way_set_up_form_dup_connection (self);

  way_connection_save (connection, self->settings);
  save_boolean (self, "shared-computer", self->shared);
  save_boolean (self, "remember-password", self->remember);
}
