/* way-compat.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-compat.h"

/* Marks on widgets: named by hand, and named as it is read. */
#define NAMED "way-named"
#define PLAIN "way-plain"

#include <glib/gi18n.h>

/* All that depends on the version of GTK lives here. */

#define ANNOUNCE_SECONDS 4

/* GTK cannot be asked for a description, so it is kept beside it. */
static GQuark
description_quark (void)
{
  return g_quark_from_static_string ("way-compat-description");
}

static GQuark
restore_quark (void)
{
  return g_quark_from_static_string ("way-compat-restore");
}

static void
show_description (GtkWidget *widget, const char *description)
{
  if (description != NULL && *description != '\0')
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    description, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

static void
remove_source (gpointer data)
{
  g_source_remove (GPOINTER_TO_UINT (data));
}

static gboolean
restore_cb (gpointer user_data)
{
  GtkWidget *widget = user_data;

  g_object_steal_qdata (G_OBJECT (widget), restore_quark ());
  show_description (widget, g_object_get_qdata (G_OBJECT (widget), description_quark ()));

  return G_SOURCE_REMOVE;
}

/**
 * way_compat_announce:
 * @widget: any widget of the window
 * @text: what to say
 *
 * Has a screen reader say @text. GTK 4.8 has no call for it, and readers pass over status
 * regions of GTK: what they do say at once is a new description of the widget that has
 * the focus, so that is given one for a few seconds.
 */
void
way_compat_announce (GtkWidget *widget, const char *text)
{
  GtkRoot *root;
  GtkWidget *focus = NULL;
  guint source;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (text != NULL);

#if GTK_CHECK_VERSION(4, 14, 0)
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  gtk_accessible_announce (GTK_ACCESSIBLE (widget), text,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  G_GNUC_END_IGNORE_DEPRECATIONS
  return;
#endif

  root = gtk_widget_get_root (widget);
  if (root != NULL)
    focus = gtk_root_get_focus (root);
  if (focus == NULL)
    focus = widget;
  /* The text in an entry has the focus, and a reader knows of the entry alone. */
  while (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (focus)) == GTK_ACCESSIBLE_ROLE_NONE
         && gtk_widget_get_parent (focus) != NULL)
    focus = gtk_widget_get_parent (focus);

  gtk_accessible_update_property (GTK_ACCESSIBLE (focus), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                  -1);
  source = g_timeout_add_seconds (ANNOUNCE_SECONDS, restore_cb, focus);
  g_object_set_qdata_full (G_OBJECT (focus), restore_quark (), GUINT_TO_POINTER (source),
                           remove_source);
}

/**
 * way_compat_name:
 * @widget: a widget
 * @name: (nullable): its accessible name
 *
 * Names a widget. A drop-down or menu button is named where the focus goes: its inner
 * button.
 */
void
way_compat_name (GtkWidget *widget, const char *name)
{
  GtkWidget *target = widget;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (GTK_IS_DROP_DOWN (widget) || GTK_IS_MENU_BUTTON (widget))
    target = gtk_widget_get_first_child (widget);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (target), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  g_object_set_data (G_OBJECT (target), NAMED, name != NULL ? (gpointer) NAMED : NULL);
  if (name != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (target), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                    -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (target), GTK_ACCESSIBLE_PROPERTY_LABEL);
}

/* Without the underline that marks the key: GTK 4.8 tells "_Ask Ask". */
static void
name_plainly_cb (GtkButton *button)
{
  const char *label = gtk_button_get_label (button);
  g_autoptr (GString) plain = g_string_new (NULL);

  if (label == NULL || !gtk_button_get_use_underline (button)
      || g_object_get_data (G_OBJECT (button), NAMED) != NULL)
    return;
  for (const char *c = label; *c != '\0'; c++)
    {
      if (*c == '_' && c[1] != '\0')
        c++;
      g_string_append_c (plain, *c);
    }
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  plain->str, -1);
}

static gboolean
mapped_hook (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer data)
{
  GtkWidget *widget = g_value_get_object (values);

  if (GTK_IS_BUTTON (widget) && gtk_button_get_use_underline (GTK_BUTTON (widget))
      && g_object_get_data (G_OBJECT (widget), PLAIN) == NULL)
    {
      g_object_set_data (G_OBJECT (widget), PLAIN, (gpointer) PLAIN);
      g_signal_connect (widget, "notify::label", G_CALLBACK (name_plainly_cb), NULL);
      name_plainly_cb (GTK_BUTTON (widget));
    }
  return TRUE;
}

/**
 * way_compat_init:
 *
 * Once, when the application starts: from then on every button that is shown has its name
 * as it is read, without the mark of its key.
 */
void
way_compat_init (void)
{
  g_type_class_unref (g_type_class_ref (GTK_TYPE_WIDGET));
  g_signal_add_emission_hook (g_signal_lookup ("map", GTK_TYPE_WIDGET), 0, mapped_hook, NULL, NULL);
}

/**
 * way_compat_describe:
 * @widget: a widget
 * @description: (nullable): what a screen reader says after its name
 *
 * Describes a widget, so that an announcement can give way to it again.
 */
void
way_compat_describe (GtkWidget *widget, const char *description)
{
  GtkWidget *target = widget;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (GTK_IS_DROP_DOWN (widget) || GTK_IS_MENU_BUTTON (widget))
    target = gtk_widget_get_first_child (widget);
  g_object_set_qdata_full (G_OBJECT (target), description_quark (), g_strdup (description), g_free);
  if (g_object_get_qdata (G_OBJECT (target), restore_quark ()) == NULL)
    show_description (target, description);
}

/**
 * way_compat_hide:
 * @widget: a widget
 *
 * Takes a widget that only repeats or decorates out of the accessible tree.
 */
void
way_compat_hide (GtkWidget *widget)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  gtk_accessible_update_state (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
}

/**
 * way_compat_set_action:
 * @widget: a button or row
 * @detailed_action: (nullable): what it does, as “win.go::learn”; NULL for nothing
 *
 * gtk_actionable_set_detailed_action_name() sets the name before the target, and GTK 4.8
 * warns of the moment between, when the action wants a target and has none.
 */
void
way_compat_set_action (GtkWidget *widget, const char *detailed_action)
{
  GtkActionable *actionable = GTK_ACTIONABLE (widget);
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;
  g_autoptr (GError) error = NULL;

  gtk_actionable_set_action_name (actionable, NULL);
  gtk_actionable_set_action_target_value (actionable, NULL);
  if (detailed_action == NULL)
    {
      /* Losing its action leaves a widget insensitive. */
      gtk_widget_set_sensitive (widget, TRUE);
      return;
    }
  if (!g_action_parse_detailed_name (detailed_action, &name, &target, &error))
    {
      g_critical ("No action: %s", error->message);
      return;
    }
  gtk_actionable_set_action_target_value (actionable, target);
  gtk_actionable_set_action_name (actionable, name);
}

/* The settings, where they are installed. */
static GSettings *
get_settings (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, "io.github.waymark_skills.Waymark", TRUE);
  return schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;
}

/* Files go where the last one went. */
static void
begin_in_folder (GtkFileChooser *chooser)
{
  g_autoptr (GSettings) settings = get_settings ();
  g_autofree char *uri = settings != NULL ? g_settings_get_string (settings, "save-folder") : NULL;
  g_autoptr (GFile) folder = NULL;

  if (uri == NULL || *uri == '\0')
    return;
  folder = g_file_new_for_uri (uri);
  if (g_file_query_file_type (folder, G_FILE_QUERY_INFO_NONE, NULL) == G_FILE_TYPE_DIRECTORY)
    gtk_file_chooser_set_current_folder (chooser, folder, NULL);
}

static void
remember_folder (GFile *file)
{
  g_autoptr (GSettings) settings = get_settings ();
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *uri = folder != NULL ? g_file_get_uri (folder) : NULL;

  if (settings != NULL && uri != NULL && g_settings_is_writable (settings, "save-folder"))
    g_settings_set_string (settings, "save-folder", uri);
}

static void
chosen_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      GFile *file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      if (file != NULL && g_task_get_source_tag (task) == way_compat_save_file_async)
        remember_folder (file);
      g_task_return_pointer (task, file, g_object_unref);
    }
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s",
                             _ ("No file was chosen"));
  g_object_unref (dialog);
}

/**
 * way_compat_save_file_async:
 * @parent: (nullable): the window that asks
 * @title: the dialog's title
 * @name: the file name to begin with
 * @cancellable: (nullable): a cancellable
 * @callback: called when a file was chosen or not
 * @user_data: for @callback
 *
 * Asks where to save a file, through the portal where there is one; in the folder where the
 * last one was saved.
 */
void
way_compat_save_file_async (GtkWindow *parent,
                            const char *title,
                            const char *name,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GtkFileChooserNative *dialog;

  task = g_task_new (parent, cancellable, callback, user_data);
  g_task_set_source_tag (task, way_compat_save_file_async);
  dialog = gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"),
                                        _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  begin_in_folder (GTK_FILE_CHOOSER (dialog));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  g_signal_connect (dialog, "response", G_CALLBACK (chosen_cb), g_steal_pointer (&task));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/**
 * way_compat_save_file_finish:
 * @result: what the callback got
 * @error: why there is no file: G_IO_ERROR_CANCELLED when none was chosen
 *
 * Returns: (transfer full) (nullable): the chosen file
 */
GFile *
way_compat_save_file_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * way_compat_open_file_async:
 * @parent: (nullable): the window that asks
 * @title: the dialog's title
 * @cancellable: (nullable): a cancellable
 * @callback: called when a file was chosen or not
 * @user_data: for @callback
 *
 * Asks for a file to read, through the portal where there is one.
 */
void
way_compat_open_file_async (GtkWindow *parent,
                            const char *title,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GtkFileChooserNative *dialog;

  task = g_task_new (parent, cancellable, callback, user_data);
  g_task_set_source_tag (task, way_compat_open_file_async);
  dialog = gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"),
                                        _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (chosen_cb), g_steal_pointer (&task));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/**
 * way_compat_open_file_finish:
 * @result: what the callback got
 * @error: why there is no file: G_IO_ERROR_CANCELLED when none was chosen
 *
 * Returns: (transfer full) (nullable): the chosen file
 */
GFile *
way_compat_open_file_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
