/* test-secret.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/way-secret.h"

#include <string.h>

/* Passwords in the Secret Service, against one of our own on a bus of our own: what it is
 * given, and what happens where there is none or it does not answer. */

#define ITEM "/org/freedesktop/secrets/collection/login/1"

static const char INTERFACES[] =
    "<node>"
    "<interface name='org.freedesktop.Secret.Service'>"
    "<method name='OpenSession'><arg type='s' direction='in'/><arg type='v' direction='in'/>"
    "<arg type='v' direction='out'/><arg type='o' direction='out'/></method>"
    "<method name='SearchItems'><arg type='a{ss}' direction='in'/>"
    "<arg type='ao' direction='out'/><arg type='ao' direction='out'/></method>"
    "<method name='Unlock'><arg type='ao' direction='in'/>"
    "<arg type='ao' direction='out'/><arg type='o' direction='out'/></method>"
    "<method name='GetSecrets'><arg type='ao' direction='in'/><arg type='o' direction='in'/>"
    "<arg type='a{o(oayays)}' direction='out'/></method>"
    "</interface>"
    "<interface name='org.freedesktop.Secret.Collection'>"
    "<method name='CreateItem'><arg type='a{sv}' direction='in'/>"
    "<arg type='(oayays)' direction='in'/><arg type='b' direction='in'/>"
    "<arg type='o' direction='out'/><arg type='o' direction='out'/></method>"
    "</interface>"
    "<interface name='org.freedesktop.Secret.Item'>"
    "<method name='Delete'><arg type='o' direction='out'/></method>"
    "</interface></node>";

/* A keyring with room for one thing. */
typedef struct
{
  GTestDBus *bus;
  GDBusConnection *connection;
  GDBusNodeInfo *interfaces;
  guint owner;
  GVariant *attributes; /* (nullable) a{ss} */
  char *label;
  char *secret;
  gboolean is_silent;
  gboolean is_owned;
} Keyring;

static gboolean
matches (Keyring *self, GVariant *wanted)
{
  GVariantIter iter;
  const char *key, *value, *own;

  if (self->attributes == NULL)
    return FALSE;
  g_variant_iter_init (&iter, wanted);
  while (g_variant_iter_next (&iter, "{&s&s}", &key, &value))
    if (!g_variant_lookup (self->attributes, key, "&s", &own) || !g_str_equal (own, value))
      return FALSE;
  return TRUE;
}

static void
open_session (GVariant *parameters, GDBusMethodInvocation *invocation)
{
  const char *algorithm;

  g_variant_get (parameters, "(&sv)", &algorithm, NULL);
  if (!g_str_equal (algorithm, "plain"))
    g_dbus_method_invocation_return_dbus_error (invocation,
                                                "org.freedesktop.DBus.Error.NotSupported",
                                                "Only plain");
  else
    g_dbus_method_invocation_return_value (invocation,
                                           g_variant_new ("(vo)", g_variant_new_string (""),
                                                          "/org/freedesktop/secrets/session/1"));
}

static void
search_items (Keyring *self, GVariant *parameters, GDBusMethodInvocation *invocation)
{
  g_autoptr (GVariant) wanted = g_variant_get_child_value (parameters, 0);
  const char *found[] = { ITEM, NULL };
  const char *none[] = { NULL };

  g_dbus_method_invocation_return_value (
      invocation, g_variant_new ("(^ao^ao)", matches (self, wanted) ? found : none, none));
}

static void
get_secrets (Keyring *self, GDBusMethodInvocation *invocation)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{o(oayays)}"));
  g_variant_builder_add (&builder, "{o@(oayays)}", ITEM,
                         g_variant_new ("(o@ay@ays)", "/org/freedesktop/secrets/session/1",
                                        g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, "", 0, 1),
                                        g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE,
                                                                   self->secret,
                                                                   strlen (self->secret), 1),
                                        "text/plain"));
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(a{o(oayays)})", &builder));
}

static void
create_item (Keyring *self, GVariant *parameters, GDBusMethodInvocation *invocation)
{
  g_autoptr (GVariant) properties = g_variant_get_child_value (parameters, 0);
  g_autoptr (GVariant) secret = g_variant_get_child_value (parameters, 1);
  g_autoptr (GVariant) value = g_variant_get_child_value (secret, 2);
  const char *bytes;
  gsize length;

  g_clear_pointer (&self->attributes, g_variant_unref);
  self->attributes = g_variant_lookup_value (properties, "org.freedesktop.Secret.Item.Attributes",
                                             G_VARIANT_TYPE ("a{ss}"));
  g_clear_pointer (&self->label, g_free);
  g_variant_lookup (properties, "org.freedesktop.Secret.Item.Label", "s", &self->label);
  bytes = g_variant_get_fixed_array (value, &length, 1);
  g_free (self->secret);
  self->secret = g_strndup (bytes, length);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(oo)", ITEM, "/"));
}

static void
called_cb (GDBusConnection *connection,
           const char *sender,
           const char *path,
           const char *interface,
           const char *method,
           GVariant *parameters,
           GDBusMethodInvocation *invocation,
           gpointer user_data)
{
  Keyring *self = user_data;

  if (self->is_silent)
    g_object_unref (invocation);
  else if (g_str_equal (method, "OpenSession"))
    open_session (parameters, invocation);
  else if (g_str_equal (method, "SearchItems"))
    search_items (self, parameters, invocation);
  else if (g_str_equal (method, "Unlock"))
    g_dbus_method_invocation_return_value (
        invocation, g_variant_new ("(@aoo)", g_variant_get_child_value (parameters, 0), "/"));
  else if (g_str_equal (method, "GetSecrets"))
    get_secrets (self, invocation);
  else if (g_str_equal (method, "CreateItem"))
    create_item (self, parameters, invocation);
  else
    {
      g_clear_pointer (&self->attributes, g_variant_unref);
      g_clear_pointer (&self->secret, g_free);
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", "/"));
    }
}

static void
owned_cb (GDBusConnection *connection, const char *name, gpointer user_data)
{
  ((Keyring *) user_data)->is_owned = TRUE;
}

static void
offer (Keyring *self, const char *path, guint interface)
{
  static const GDBusInterfaceVTable vtable = { .method_call = called_cb };
  g_autoptr (GError) error = NULL;

  g_dbus_connection_register_object (self->connection, path,
                                     self->interfaces->interfaces[interface], &vtable, self, NULL,
                                     &error);
  g_assert_no_error (error);
}

static void
start_keyring (Keyring *self)
{
  g_autoptr (GError) error = NULL;

  self->connection =
      g_dbus_connection_new_for_address_sync (g_test_dbus_get_bus_address (self->bus),
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
                                                  | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL, NULL, &error);
  g_assert_no_error (error);
  self->interfaces = g_dbus_node_info_new_for_xml (INTERFACES, &error);
  g_assert_no_error (error);
  offer (self, "/org/freedesktop/secrets", 0);
  offer (self, "/org/freedesktop/secrets/aliases/default", 1);
  offer (self, ITEM, 2);
  self->owner = g_bus_own_name_on_connection (self->connection, "org.freedesktop.secrets",
                                              G_BUS_NAME_OWNER_FLAGS_NONE, owned_cb, NULL, self,
                                              NULL);
  while (!self->is_owned)
    g_main_context_iteration (NULL, TRUE);
}

static void
stop_keyring (Keyring *self)
{
  g_bus_unown_name (self->owner);
  g_dbus_connection_close_sync (self->connection, NULL, NULL);
  g_clear_object (&self->connection);
  g_clear_pointer (&self->interfaces, g_dbus_node_info_unref);
  g_clear_pointer (&self->attributes, g_variant_unref);
  g_clear_pointer (&self->label, g_free);
  g_clear_pointer (&self->secret, g_free);
}

static void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
await (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static WayConnection *
new_connection (const char *login)
{
  WayConnection *connection = way_connection_new ();

  connection->host = g_strdup ("waymark.example.nhs.uk");
  connection->login = g_strdup (login);
  return connection;
}

static char *
look_up (const WayConnection *connection, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  way_secret_look_up_async (connection, cancellable, result_cb, &result);
  return way_secret_look_up_finish (await (&result), error);
}

static gboolean
store (const WayConnection *connection, const char *password, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  way_secret_store_async (connection, password, NULL, result_cb, &result);
  return way_secret_store_finish (await (&result), error);
}

/* Before anything else: libsecret keeps the service that it has found once. */
static void
test_no_service (gconstpointer data)
{
  g_autoptr (WayConnection) connection = new_connection ("w_one");
  g_autoptr (GError) error = NULL;

  g_assert_null (look_up (connection, NULL, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_false (store (connection, "battery staple", &error));
  g_assert_nonnull (error);
  g_assert_null (strstr (error->message, "staple"));
}

static void
test_round (gconstpointer data)
{
  Keyring *keyring = (Keyring *) data;
  g_autoptr (WayConnection) one = new_connection ("w_one");
  g_autoptr (WayConnection) other = new_connection ("w_other");
  g_autoptr (GAsyncResult) cleared = NULL;
  g_autoptr (GError) error = NULL;
  const char *text;
  char *password;

  g_assert_null (look_up (one, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (store (one, "correct horse", &error));
  g_assert_no_error (error);
  g_assert_cmpstr (keyring->secret, ==, "correct horse");
  g_assert_cmpstr (keyring->label, ==, "Waymark");
  /* Attributes are not secret in a keyring: who and where, and nothing else. */
  g_assert_true (g_variant_lookup (keyring->attributes, "login", "&s", &text));
  g_assert_cmpstr (text, ==, "w_one");
  g_assert_true (g_variant_lookup (keyring->attributes, "host", "&s", &text));
  g_assert_cmpstr (text, ==, "waymark.example.nhs.uk");
  g_assert_cmpuint (g_variant_n_children (keyring->attributes), ==, 5);

  password = look_up (one, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (password, ==, "correct horse");
  way_secret_free (password);
  g_assert_null (look_up (other, NULL, &error));
  g_assert_no_error (error);

  way_secret_clear_async (one, NULL, result_cb, &cleared);
  g_assert_true (way_secret_clear_finish (await (&cleared), &error));
  g_assert_no_error (error);
  g_assert_null (keyring->secret);
  g_assert_null (look_up (one, NULL, &error));
  g_assert_no_error (error);
}

static gboolean
cancel_cb (gpointer data)
{
  g_cancellable_cancel (data);
  return G_SOURCE_REMOVE;
}

/* A locked keyring waits for the person, who may have walked away. */
static void
test_silent (gconstpointer data)
{
  Keyring *keyring = (Keyring *) data;
  g_autoptr (WayConnection) one = new_connection ("w_one");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  keyring->is_silent = TRUE;
  g_timeout_add (50, cancel_cb, cancellable);
  g_assert_null (look_up (one, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  keyring->is_silent = FALSE;
}

static void
test_with_keyring (gconstpointer data)
{
  Keyring *keyring = (Keyring *) data;

  start_keyring (keyring);
  test_round (data);
  test_silent (data);
  stop_keyring (keyring);
}

int
main (int argc, char *argv[])
{
  static Keyring keyring;
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_dbus_unset ();
  keyring.bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (keyring.bus);
  g_test_add_data_func ("/session/secret/no-service", &keyring, test_no_service);
  g_test_add_data_func ("/session/secret/keyring", &keyring, test_with_keyring);
  status = g_test_run ();
  /* libsecret keeps its service, and with it the connection, to the end; giving up the bus
   * as an object would wait for that. */
  g_test_dbus_stop (keyring.bus);
  return status;
}
