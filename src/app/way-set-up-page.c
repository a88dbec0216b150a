/* way-set-up-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/way-set-up-page.h"

#include "app/way-set-up-demo.h"
#include "app/way-set-up-enrol.h"
#include "app/way-set-up-form.h"
#include "app/way-set-up-status.h"

#include "pages/way-press.h"
#include "pages/way-stack.h"
#include "session/way-kerberos.h"
#include "widgets/way-compat.h"

#include <glib/gi18n.h>

/* The first thing that is seen on a computer that nobody has set up: four ways to a trust.
 * Afterwards whoever looks after the computer finds it in the menu of the sign-in page. */
struct _WaySetUpPage
{
  AdwBin parent_instance;

  WaySession *session;        /* (owned) (nullable) */
  GSettings *settings;        /* (owned) (nullable) */
  GCancellable *cancellable;  /* (owned) (nullable) of what is under way */
  WayConnection *found;       /* (owned) (nullable) what was tried last, and is well */
  gboolean may_leave;         /* there is a trust to sign in to already */
  gboolean needs_certificate; /* the person was asked for the file */

  /* template */
  GtkEntry *address;
  GtkButton *address_button;
  WaySetUpStatus *address_status;
  GtkButton *back;
  GtkEntry *ca_file;
  GtkWidget *ca_row;
  GtkWidget *choice_address;
  GtkWidget *choice_computer;
  GtkWidget *choice_file;
  GtkWidget *choice_try;
  WaySetUpEnrol *enrol;
  WaySetUpForm *form;
  GtkButton *form_save;
  WaySetUpStatus *form_status;
  GtkButton *form_test;
  GtkStack *stack;
  AdwWindowTitle *title;
  WaySetUpStatus *try_status;
};

G_DEFINE_FINAL_TYPE (WaySetUpPage, way_set_up_page, ADW_TYPE_BIN)

enum
{
  DONE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
stop (WaySetUpPage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
forget_result (WaySetUpPage *self)
{
  stop (self);
  g_clear_pointer (&self->found, way_connection_free);
  way_set_up_status_clear (self->address_status);
  way_set_up_status_clear (self->form_status);
  gtk_button_set_label (self->address_button, _ ("Test Connection"));
}

static void
show (WaySetUpPage *self, const char *name)
{
  gboolean is_choice = g_str_equal (name, "choice");

  forget_result (self);
  way_set_up_status_clear (self->try_status);
  way_stack_show_named (self->stack, name);
  gtk_widget_set_visible (GTK_WIDGET (self->back), !is_choice || self->may_leave);
  gtk_widget_child_focus (gtk_stack_get_visible_child (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
finish (WaySetUpPage *self)
{
  forget_result (self);
  way_set_up_form_forget (self->form);
  if (g_settings_is_writable (self->settings, "first-run-done"))
    g_settings_set_boolean (self->settings, "first-run-done", TRUE);
  g_signal_emit (self, signals[DONE], 0);
}

static void
back_cb (WaySetUpPage *self)
{
  if (g_str_equal (gtk_stack_get_visible_child_name (self->stack), "choice"))
    finish (self);
  else
    show (self, "choice");
}

static gboolean
back_key_cb (GtkWidget *widget, GVariant *parameter, gpointer user_data)
{
  WaySetUpPage *self = WAY_SET_UP_PAGE (widget);

  if (!gtk_widget_get_visible (GTK_WIDGET (self->back)))
    return FALSE;
  back_cb (self);
  return TRUE;
}

static void
choice_cb (WaySetUpPage *self, GtkWidget *row)
{
  if (row == self->choice_address)
    {
      show (self, "address");
      gtk_widget_grab_focus (GTK_WIDGET (self->address));
    }
  else if (row == self->choice_file)
    {
      way_set_up_enrol_open (self->enrol, self->session, self->settings);
      show (self, "enrol");
    }
  else
    {
      way_set_up_form_fill (self->form, self->settings);
      show (self, "computer");
    }
}

/* --- A try ---------------------------------------------------------------------- */

static WaySetUpStatus *
get_status (WaySetUpPage *self)
{
  return g_str_equal (gtk_stack_get_visible_child_name (self->stack), "address")
             ? self->address_status
             : self->form_status;
}

static void
step_cb (WayConnectionStep step, gpointer user_data)
{
  WaySetUpPage *self = user_data;

  if (self->cancellable != NULL)
    way_set_up_status_show_step (get_status (self), way_connection_describe_step (step));
}

static void
show_found (WaySetUpPage *self, const char *who)
{
  g_autofree char *text = NULL;

  if (self->found->file != NULL)
    {
      /* Translators: %s is the name of an organisation. */
      text = g_strdup_printf (_ ("It is the trust of “%s”."), who != NULL ? who : "");
      way_set_up_status_show_good (get_status (self), _ ("The trust is there"), text);
    }
  else if (who != NULL)
    {
      /* Translators: %s is the name of a person. */
      text = g_strdup_printf (_ ("The trust knows this sign-in name as %s."), who);
      way_set_up_status_show_good (get_status (self), _ ("Everything works"), text);
    }
  else
    way_set_up_status_show_good (get_status (self),
                                 _ ("The server is there, and is the one it should be"),
                                 _ ("Signing in comes next, and was not tried yet."));
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WaySetUpPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *who = NULL;

  if (!way_connection_check_finish (WAY_SESSION (source), result, &who, &error))
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
      g_clear_object (&self->cancellable);
      g_clear_pointer (&self->found, way_connection_free);
      if (g_error_matches (error, WAY_CONNECTION_ERROR, WAY_CONNECTION_ERROR_UNTRUSTED)
          || g_error_matches (error, WAY_CONNECTION_ERROR, WAY_CONNECTION_ERROR_CA_FILE))
        gtk_widget_set_visible (self->ca_row, TRUE);
      way_set_up_status_show_error (get_status (self), error);
      return;
    }
  if (g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;
  g_clear_object (&self->cancellable);
  show_found (self, who);
  if (get_status (self) == self->address_status)
    gtk_button_set_label (self->address_button, _ ("Go On"));
}

/* Takes the connection. */
static void
check (WaySetUpPage *self, WayConnection *connection, const char *password)
{
  gboolean with_ticket = connection->authentication == WAY_AUTHENTICATION_KERBEROS
                         || (connection->authentication == WAY_AUTHENTICATION_ASK
                             && password == NULL && connection->login != NULL);

  stop (self);
  g_clear_pointer (&self->found, way_connection_free);
  self->found = connection;
  self->cancellable = g_cancellable_new ();
  way_set_up_status_show_step (get_status (self),
                               way_connection_describe_step (WAY_CONNECTION_STEP_FINDING));
  way_connection_check_async (self->session, connection, with_ticket, password, step_cb, self,
                              self->cancellable, checked_cb, g_object_ref (self));
}

static void
cancelled_cb (WaySetUpPage *self)
{
  forget_result (self);
}

/* --- I was given an address -------------------------------------------------------- */

static WayConnection *
read_address (WaySetUpPage *self, GError **error)
{
  const char *ca_file = gtk_editable_get_text (GTK_EDITABLE (self->ca_file));
  WayConnection *connection =
      way_connection_new_from_text (gtk_editable_get_text (GTK_EDITABLE (self->address)), error);

  if (connection != NULL && ca_file[0] != '\0')
    {
      g_free (connection->ca_file);
      connection->ca_file = g_strstrip (g_strdup (ca_file));
    }
  return connection;
}

static void
address_changed_cb (WaySetUpPage *self)
{
  forget_result (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->address_button),
                            gtk_editable_get_text (GTK_EDITABLE (self->address))[0] != '\0');
}

static void
address_go_cb (WaySetUpPage *self)
{
  g_autoptr (GError) error = NULL;
  WayConnection *connection;

  if (self->cancellable != NULL)
    return;
  if (self->found != NULL)
    {
      g_autofree char *login = g_strdup (self->found->login);

      way_connection_save (self->found, self->settings);
      if (login != NULL && !g_settings_get_boolean (self->settings, "shared-computer"))
        g_settings_set_string (self->settings, "last-login", login);
      finish (self);
      return;
    }
  connection = read_address (self, &error);
  if (connection == NULL)
    {
      way_set_up_status_show_error (self->address_status, error);
      return;
    }
  /* Whether the name may sign in is found out by signing in. */
  if (connection->login != NULL)
    {
      g_autoptr (WayConnection) whole = connection;

      connection = way_connection_copy (whole);
      g_clear_pointer (&connection->login, g_free);
      connection->authentication = WAY_AUTHENTICATION_PASSWORD;
      check (self, connection, NULL);
      self->found->login = g_strdup (whole->login);
      self->found->authentication = whole->authentication;
      return;
    }
  check (self, connection, NULL);
}

static void
ca_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WaySetUpPage) self = user_data;
  g_autoptr (GFile) file = way_compat_open_file_finish (result, NULL);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->ca_file), path);
}

static void
choose_ca_cb (WaySetUpPage *self)
{
  way_compat_open_file_async (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                              _ ("Choose the Certificate File"), NULL, ca_chosen_cb,
                              g_object_ref (self));
}

/* --- I look after this computer -------------------------------------------------------- */

static void
form_changed_cb (WaySetUpPage *self)
{
  g_autoptr (WayConnection) connection = way_set_up_form_dup_connection (self->form);

  forget_result (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->form_test), connection->host != NULL);
}

static void
form_test_cb (WaySetUpPage *self)
{
  if (self->cancellable == NULL)
    check (self, way_set_up_form_dup_connection (self->form),
           way_set_up_form_get_password (self->form));
}

static void
form_save_cb (WaySetUpPage *self)
{
  way_set_up_form_save (self->form);
  finish (self);
}

static void
copy_cb (WaySetUpPage *self)
{
  g_autofree char *text = NULL;

  way_set_up_form_save (self->form);
  text = way_connection_to_keyfile (self->settings);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  way_set_up_status_show_good (self->form_status, _ ("Saved, and copied"),
                               _ ("Paste it into a file for the dconf database of the other "
                                  "computers. The help says where."));
}

/* --- Try it on this computer -------------------------------------------------------- */

static void
demo_made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WaySetUpPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = way_set_up_demo_make_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  if (uri == NULL)
    {
      way_set_up_status_show_error (self->try_status, error);
      return;
    }
  way_set_up_status_clear (self->try_status);
  finish (self);
}

static void
try_cb (WaySetUpPage *self)
{
  if (self->cancellable != NULL)
    return;
  self->cancellable = g_cancellable_new ();
  way_set_up_status_show_step (self->try_status, _ ("Making up people and what they did…"));
  way_set_up_demo_make_async (self->cancellable, demo_made_cb, g_object_ref (self));
}

static void
try_cancelled_cb (WaySetUpPage *self)
{
  stop (self);
  way_set_up_status_clear (self->try_status);
}

/* --- The class ------------------------------------------------------------------- */

static void
way_set_up_page_dispose (GObject *object)
{
  WaySetUpPage *self = WAY_SET_UP_PAGE (object);

  stop (self);
  g_clear_pointer (&self->found, way_connection_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), WAY_TYPE_SET_UP_PAGE);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (way_set_up_page_parent_class)->dispose (object);
}

static void
way_set_up_page_class_init (WaySetUpPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = way_set_up_page_dispose;

  /**
   * WaySetUpPage::done:
   *
   * The computer is set up, or somebody went back to the sign-in page.
   */
  signals[DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);

  g_type_ensure (WAY_TYPE_SET_UP_ENROL);
  g_type_ensure (WAY_TYPE_SET_UP_FORM);
  g_type_ensure (WAY_TYPE_SET_UP_STATUS);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/waymark_skills/Waymark/ui/way-set-up-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WaySetUpPage, address);
  gtk_widget_class_bind_template_child (widget_class, WaySetUpPage, address_button);
  gtk_widget_class_bind_template_child (widget_class, WaySetUpPage, address_status);
  gtk_widget_class_bind_template_child (widget_class, WaySetUpPage, back);
  gtk_widget_class_bind_template_child (widget_class, WaySetUpPage, ca_file);
  gtk_widget_class_bind_template_child (widget_class, WaySetUpPage, ca_row);
  gtk_widget_class_bind_template_child (widget_class, WaySetUpPage, choice_address);
  gtk_widget_class_bind_template_child (widget_class, WaySetUpPage, choice_computer);
  gtk_widget_class_bind_template_child (widget_class, WaySetUpPage, choice_file);
  gtk_widget_class_bind_template_child (widget_class, WaySetUpPage, choice_try);
  gtk_widget_class_bind_template_child (widget_class, WaySetUpPage, enrol);
  gtk_widget_class_bind_template_child (widget_class, WaySetUpPage, form);
  gtk_widget_class_bind_template_child (widget_class, WaySetUpPage, form_save);
  gtk_widget_class_bind_template_child (widget_class, WaySetUpPage, form_status);
  gtk_widget_class_bind_template_child (widget_class, WaySetUpPage, form_test);
  gtk_widget_class_bind_template_child (widget_class, WaySetUpPage, stack);
  gtk_widget_class_bind_template_child (widget_class, WaySetUpPage, title);
  gtk_widget_class_bind_template_child (widget_class, WaySetUpPage, try_status);
  gtk_widget_class_bind_template_callback (widget_class, address_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, address_go_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancelled_cb);
  gtk_widget_class_bind_template_callback (widget_class, choice_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_ca_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_bind_template_callback (widget_class, finish);
  gtk_widget_class_bind_template_callback (widget_class, form_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, form_save_cb);
  gtk_widget_class_bind_template_callback (widget_class, form_test_cb);
  gtk_widget_class_bind_template_callback (widget_class, try_cancelled_cb);
  gtk_widget_class_bind_template_callback (widget_class, try_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, GDK_ALT_MASK, back_key_cb, NULL);
}

static void
way_set_up_page_init (WaySetUpPage *self)
{
  GtkWidget *rows[4];

  gtk_widget_init_template (GTK_WIDGET (self));
  way_compat_name (GTK_WIDGET (self->address), _ ("Address of the trust"));
  way_compat_name (GTK_WIDGET (self->ca_file), _ ("Certificate file"));
  rows[0] = self->choice_address;
  rows[1] = self->choice_file;
  rows[2] = self->choice_computer;
  rows[3] = self->choice_try;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      way_compat_name (rows[i], adw_preferences_row_get_title (ADW_PREFERENCES_ROW (rows[i])));
      way_compat_describe (rows[i], adw_action_row_get_subtitle (ADW_ACTION_ROW (rows[i])));
      way_press_add (rows[i]);
    }
}

/**
 * way_set_up_page_open:
 * @may_leave: whether there is a sign-in page to go back to
 *
 * Shows the ways to a trust.
 */
void
way_set_up_page_open (WaySetUpPage *self,
                      WaySession *session,
                      GSettings *settings,
                      gboolean may_leave)
{
  g_return_if_fail (WAY_IS_SET_UP_PAGE (self));

  g_set_object (&self->session, session);
  g_set_object (&self->settings, settings);
  self->may_leave = may_leave;
  gtk_widget_set_visible (self->choice_address, g_settings_is_writable (settings, "trust-host"));
  show (self, "choice");
}
