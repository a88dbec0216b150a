/* way-connection.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-connection.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DEFAULT_PORT 5432
#define DEFAULT_DATABASE "waymark"
#define DEFAULT_SERVICE "postgres"

/* What an organisation can set for all its computers, in the order of the settings. */
static const char *const SITE_KEYS[] = { "trust-host",        "trust-port",      "trust-database",
                                         "trust-ca-file",     "authentication",  "kerberos-service",
                                         "remember-password", "shared-computer", "pack-source",
                                         "first-run-done" };

/* In the order of WayConnectionError: what is the matter, and what to do about it. */
static const struct
{
  const char *title;
  const char *advice;
} WORDS[] = {
  { N_ ("This is not an address of a trust"),
    N_ ("An address looks like “waymark.example.nhs.uk”, or like “/srv/trust.db” for a trust in "
        "one file.") },
  { N_ ("The certificate file cannot be used"),
    N_ ("Choose the file that your database administrator gave you. It begins with “BEGIN "
        "CERTIFICATE”.") },
  { N_ ("No server of this name is known"),
    N_ ("Check how the name is written. If it is right, check that this computer is connected to "
        "your organisation’s network.") },
  { N_ ("There is no way to the server"),
    N_ ("Check that this computer is connected to your organisation’s network.") },
  { N_ ("The computer is there, but no database answers"),
    N_ ("Check the port. If it is right, the database may be switched off: ask whoever looks "
        "after it.") },
  { N_ ("The server does not answer"),
    N_ ("It may be switched off, or a firewall may be in the way. Check the address and the port, "
        "and ask your IT team whether this computer may reach it.") },
  { N_ ("Something else answers at this address"),
    N_ ("What answers is not a PostgreSQL database. Check the address and the port.") },
  { N_ ("The server does not encrypt connections well enough"),
    N_ ("Waymark sends nothing without TLS 1.3. Ask whoever looks after the database to switch it "
        "on.") },
  { N_ ("This computer does not trust the server’s certificate"),
    N_ ("Choose the certificate file of your organisation. Do not go on without it: somebody else "
        "could be answering.") },
  { N_ ("The certificate is for another server"),
    N_ ("Use the name that stands in the certificate. Your database administrator knows it.") },
  { N_ ("The server’s certificate is out of date"),
    N_ ("Check the date of this computer. If it is right, ask whoever looks after the database for "
        "a new certificate.") },
  { N_ ("This computer has no sign-in ticket"),
    N_ ("Lock the screen and unlock it with your password, or sign out of the computer and in "
        "again.") },
  { N_ ("The sign-in ticket of this computer has run out"),
    N_ ("Lock the screen and unlock it with your password. That brings a new one.") },
  { N_ ("The server does not take the ticket of this computer"),
    N_ ("The clock of this computer may be wrong, or the database may not be set up for tickets. "
        "Ask your IT team.") },
  { N_ ("The sign-in name or the password is not right"),
    N_ ("Check both. Capital letters count in the password. Your training team can give you a new "
        "one.") },
  { N_ ("The server does not let this sign-in name in"),
    N_ ("It may be switched off, or not be that of the person at this computer. Ask your training "
        "team.") },
  { N_ ("The server takes nobody from this computer"),
    N_ ("Whoever looks after the database has to allow this network, and this way to sign in.") },
  { N_ ("The server has no database of this name"),
    N_ ("Check the name of the database. It is “waymark” unless somebody chose another.") },
  { N_ ("There is no trust in this database"),
    N_ ("The database answers, but Waymark has not been set up in it. Check its name, or create "
        "the trust first.") },
  { N_ ("There is no trust in this file"),
    N_ ("Check how the name of the file is written, and that you may open it.") },
  { N_ ("The trust is older than this Waymark"),
    N_ ("Whoever looks after the database has to upgrade the trust first. What you do here is "
        "kept until then.") },
  { N_ ("The trust is newer than this Waymark"),
    N_ ("Update Waymark on this computer. What you do here is kept until then.") },
  { N_ ("Too many people are connected"), N_ ("Wait a few minutes, and try again.") },
  { N_ ("The database is starting or stopping"), N_ ("Wait a minute, and try again.") },
  { N_ ("This server is a copy that is only read"),
    N_ ("Waymark has to write. Use the address of the main server.") },
  { N_ ("This sign-in name belongs to nobody in the trust"),
    N_ ("Ask your training team to check that your name is in the trust.") },
  { N_ ("The trust cannot be used now"),
    N_ ("Try again in a few minutes. If it stays so, show the details to your IT team.") },
};

G_STATIC_ASSERT (G_N_ELEMENTS (WORDS) == WAY_CONNECTION_ERROR_LOST + 1);

/**
 * way_connection_error_quark:
 *
 * Returns: the domain of what keeps somebody from a trust
 */
GQuark
way_connection_error_quark (void)
{
  return g_quark_from_static_string ("way-connection-error-quark");
}

/**
 * way_connection_get_title:
 *
 * Returns: what is the matter, in a few words
 */
const char *
way_connection_get_title (WayConnectionError code)
{
  g_return_val_if_fail ((guint) code < G_N_ELEMENTS (WORDS), NULL);

  return _ (WORDS[code].title);
}

/**
 * way_connection_get_advice:
 *
 * Returns: what to do about it
 */
const char *
way_connection_get_advice (WayConnectionError code)
{
  g_return_val_if_fail ((guint) code < G_N_ELEMENTS (WORDS), NULL);

  return _ (WORDS[code].advice);
}

/**
 * way_connection_new:
 *
 * Returns: (transfer full): a connection to nowhere yet
 */
WayConnection *
way_connection_new (void)
{
  WayConnection *self = g_new0 (WayConnection, 1);

  self->port = DEFAULT_PORT;
  self->database = g_strdup (DEFAULT_DATABASE);
  self->service = g_strdup (DEFAULT_SERVICE);
  return self;
}

/**
 * way_connection_copy:
 *
 * Returns: (transfer full): another one that says the same
 */
WayConnection *
way_connection_copy (const WayConnection *self)
{
  WayConnection *copy = g_new0 (WayConnection, 1);

  *copy = *self;
  copy->file = g_strdup (self->file);
  copy->host = g_strdup (self->host);
  copy->database = g_strdup (self->database);
  copy->ca_file = g_strdup (self->ca_file);
  copy->passfile = g_strdup (self->passfile);
  copy->service = g_strdup (self->service);
  copy->login = g_strdup (self->login);
  return copy;
}

/**
 * way_connection_free:
 *
 * Frees it.
 */
void
way_connection_free (WayConnection *self)
{
  if (self == NULL)
    return;
  g_free (self->file);
  g_free (self->host);
  g_free (self->database);
  g_free (self->ca_file);
  g_free (self->passfile);
  g_free (self->service);
  g_free (self->login);
  g_free (self);
}

static char *
dup_set (GSettings *settings, const char *key)
{
  char *value = g_settings_get_string (settings, key);

  g_strstrip (value);
  if (value[0] == '\0')
    g_clear_pointer (&value, g_free);
  return value;
}

static void
replace (char **field, char *value)
{
  if (value == NULL)
    return;
  g_free (*field);
  *field = value;
}

/**
 * way_connection_new_from_settings:
 *
 * Returns: (transfer full): where this computer is set up to go; to nowhere when it is not
 */
WayConnection *
way_connection_new_from_settings (GSettings *settings)
{
  WayConnection *self = way_connection_new ();

  self->host = dup_set (settings, "trust-host");
  self->port = (guint) g_settings_get_int (settings, "trust-port");
  replace (&self->database, dup_set (settings, "trust-database"));
  self->ca_file = dup_set (settings, "trust-ca-file");
  self->authentication = (WayAuthentication) g_settings_get_enum (settings, "authentication");
  replace (&self->service, dup_set (settings, "kerberos-service"));
  self->login = dup_set (settings, "last-login");
  return self;
}

static void
refuse (GError **error, const char *text)
{
  g_set_error_literal (error, WAY_CONNECTION_ERROR, WAY_CONNECTION_ERROR_ADDRESS, text);
}

static gboolean
is_host (const char *text)
{
  return g_hostname_is_ip_address (text)
         || g_regex_match_simple ("^[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?$", text, 0, 0);
}

/* What a full address says beside the server: only what this computer sets itself. */
static gboolean
read_query (WayConnection *self, const char *query, GError **error)
{
  g_autoptr (GHashTable) options = NULL;
  GHashTableIter iter;
  const char *key, *value;

  if (query == NULL)
    return TRUE;
  options = g_uri_parse_params (query, -1, "&", G_URI_PARAMS_NONE, error);
  if (options == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, options);
  while (g_hash_table_iter_next (&iter, (gpointer *) &key, (gpointer *) &value))
    {
      if (g_str_equal (key, "sslrootcert"))
        replace (&self->ca_file, g_strdup (value));
      else if (g_str_equal (key, "krbsrvname"))
        {
          replace (&self->service, g_strdup (value));
          self->authentication = WAY_AUTHENTICATION_KERBEROS;
        }
      else if (g_str_equal (key, "passfile"))
        replace (&self->passfile, g_strdup (value));
      else
        {
          refuse (error, _ ("The address says more than where the trust is."));
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
read_address (WayConnection *self, const char *text, GError **error)
{
  g_autofree char *full = strstr (text, "://") != NULL ? g_strdup (text)
                                                       : g_strconcat ("postgresql://", text, NULL);
  g_autoptr (GUri) uri = g_uri_parse (full, G_URI_FLAGS_HAS_PASSWORD, NULL);
  const char *path;

  if (uri == NULL || g_uri_get_host (uri) == NULL || !is_host (g_uri_get_host (uri))
      || (!g_str_equal (g_uri_get_scheme (uri), "postgresql")
          && !g_str_equal (g_uri_get_scheme (uri), "postgres")))
    {
      refuse (error, _ ("This is not an address of a trust."));
      return FALSE;
    }
  if (g_uri_get_password (uri) != NULL)
    {
      refuse (error, _ ("A password does not belong into an address, which others can see."));
      return FALSE;
    }
  self->host = g_strdup (g_uri_get_host (uri));
  self->login = g_strdup (g_uri_get_user (uri));
  if (g_uri_get_port (uri) > 0)
    self->port = (guint) g_uri_get_port (uri);
  path = g_uri_get_path (uri);
  if (path[0] == '/' && path[1] != '\0')
    replace (&self->database, g_strdup (path + 1));
  return read_query (self, g_uri_get_query (uri), error);
}

/**
 * way_connection_new_from_text:
 * @text: what somebody was given: a server, perhaps with port and database, a whole address,
 *   or a file
 *
 * Returns: (transfer full) (nullable): the connection; NULL with @error when it is no address
 */
WayConnection *
way_connection_new_from_text (const char *text, GError **error)
{
  g_autoptr (WayConnection) self = way_connection_new ();
  g_autofree char *own = g_strstrip (g_strdup (text));

  if (own[0] == '/')
    self->file = g_strconcat ("sqlite:", own, NULL);
  else if (g_str_has_prefix (own, "sqlite:/"))
    self->file = g_strdup (own);
  else if (!read_address (self, own, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * way_connection_is_server:
 *
 * Returns: whether it leads to a trust on a server
 */
gboolean
way_connection_is_server (const WayConnection *self)
{
  return self->file == NULL && self->host != NULL;
}

static void
save_text (GSettings *settings, const char *key, const char *value)
{
  g_autofree char *old = g_settings_get_string (settings, key);

  /* What stays as it is stays the organisation's to change. */
  if (g_settings_is_writable (settings, key) && g_strcmp0 (old, value != NULL ? value : "") != 0)
    g_settings_set_string (settings, key, value != NULL ? value : "");
}

/**
 * way_connection_save:
 *
 * Makes it the connection of this computer, as far as the organisation has left that open.
 */
void
way_connection_save (const WayConnection *self, GSettings *settings)
{
  if (self->file != NULL)
    {
      save_text (settings, "trust-uri", self->file);
      save_text (settings, "trust-host", NULL);
      return;
    }
  save_text (settings, "trust-host", self->host);
  if (g_settings_is_writable (settings, "trust-port")
      && g_settings_get_int (settings, "trust-port") != (int) self->port)
    g_settings_set_int (settings, "trust-port", (int) self->port);
  save_text (settings, "trust-database", self->database);
  save_text (settings, "trust-ca-file", self->ca_file);
  if (g_settings_is_writable (settings, "authentication")
      && g_settings_get_enum (settings, "authentication") != (int) self->authentication)
    g_settings_set_enum (settings, "authentication", (int) self->authentication);
  save_text (settings, "kerberos-service", self->service);
  /* A file that was used before is no longer the trust of this computer. */
  save_text (settings, "trust-uri", NULL);
}

/**
 * way_connection_dup_address:
 *
 * Returns: (transfer full): where it leads, as a person would say it
 */
char *
way_connection_dup_address (const WayConnection *self)
{
  GString *text;

  if (self->file != NULL)
    return g_strdup (self->file);
  if (self->host == NULL)
    return g_strdup ("");
  text = g_string_new (self->host);
  if (self->port != DEFAULT_PORT)
    g_string_append_printf (text, ":%u", self->port);
  if (!g_str_equal (self->database, DEFAULT_DATABASE))
    g_string_append_printf (text, "/%s", self->database);
  return g_string_free (text, FALSE);
}

/**
 * way_connection_dup_uri:
 * @with_ticket: whether to show the ticket of the computer, and no password
 *
 * Returns: (transfer full): the address for the rooms below, without a password
 */
char *
way_connection_dup_uri (const WayConnection *self, gboolean with_ticket)
{
  g_autofree char *login = g_uri_escape_string (self->login != NULL ? self->login : "", NULL,
                                                FALSE);
  g_autofree char *database = g_uri_escape_string (self->database, NULL, FALSE);
  gboolean is_number = self->host != NULL && strchr (self->host, ':') != NULL;
  GString *uri;
  char separator = '?';

  if (self->file != NULL)
    return g_strdup (self->file);
  uri = g_string_new (NULL);
  g_string_printf (uri, "postgresql://%s@%s%s%s:%u/%s", login, is_number ? "[" : "",
                   self->host != NULL ? self->host : "", is_number ? "]" : "", self->port,
                   database);
  if (self->ca_file != NULL)
    {
      g_string_append (uri, "?sslrootcert=");
      g_string_append_uri_escaped (uri, self->ca_file, "/", FALSE);
      separator = '&';
    }
  if (self->passfile != NULL && !with_ticket)
    {
      g_string_append_printf (uri, "%cpassfile=", separator);
      g_string_append_uri_escaped (uri, self->passfile, "/", FALSE);
    }
  if (with_ticket)
    {
      g_string_append_printf (uri, "%ckrbsrvname=", separator);
      g_string_append_uri_escaped (uri, self->service, NULL, FALSE);
    }
  return g_string_free (uri, FALSE);
}

/**
 * way_connection_to_keyfile:
 *
 * Returns: (transfer full): the settings of this computer as a file for the dconf database of
 *   other computers
 */
char *
way_connection_to_keyfile (GSettings *settings)
{
  GString *text = g_string_new ("[io/github/waymark_skills/Waymark]\n");

  for (guint i = 0; i < G_N_ELEMENTS (SITE_KEYS); i++)
    {
      g_autoptr (GVariant) value = g_settings_get_value (settings, SITE_KEYS[i]);
      g_autofree char *printed = g_variant_print (value, FALSE);

      g_string_append_printf (text, "%s=%s\n", SITE_KEYS[i], printed);
    }
  return g_string_free (text, FALSE);
}
