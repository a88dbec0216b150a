/* way-postgresql-connect.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/way-postgresql-private.h"

#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <string.h>
#include <sys/mman.h>

/* From an address to a connection that nobody on the way can read or answer for. */

/* How long one address of a server may take: six times there and back, over the slowest of
 * lines. */
#define DEADLINE_SECONDS 20

/* Passwords that people typed, for as long as they are signed in: the address of a trust
 * cannot hold one, and connections are made anew when they were lost. */
typedef struct
{
  char *key;
  char *secret; /* locked into memory where that is allowed */
  gsize length;
} Kept;

static GMutex kept_lock;
static GPtrArray *kept; /* (nullable) of Kept */

static const char *const allowed_parameters[] = { "sslrootcert",      "passfile", "krbsrvname",
                                                  "sslcert",          "sslkey",   "connect_timeout",
                                                  "tcp_user_timeout", NULL };

/* way_postgresql_tidy:
 *
 * What a server says reaches screens, logs and terminals: one line, and nothing that is not seen,
 * such as control characters or what turns the direction of writing. */
char *
way_postgresql_tidy (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  GString *tidied = g_string_new (NULL);

  for (const char *at = valid; *at != '\0' && tidied->len < 400; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c == '\n' && at[1] == '\0')
        break;
      switch (g_unichar_type (c))
        {
        case G_UNICODE_CONTROL:
        case G_UNICODE_FORMAT:
        case G_UNICODE_LINE_SEPARATOR:
        case G_UNICODE_PARAGRAPH_SEPARATOR:
        case G_UNICODE_PRIVATE_USE:
        case G_UNICODE_UNASSIGNED:
          g_string_append_c (tidied, ' ');
          break;
        default:
          g_string_append_unichar (tidied, c);
        }
    }
  return g_strchomp (g_string_free (tidied, FALSE));
}

/* way_postgresql_map_state:
 * @state: (nullable): an SQLSTATE; NULL when the connection is gone
 *
 * What a failure means to whoever asked. */
WayDbError
way_postgresql_map_state (const char *state)
{
  static const struct
  {
    const char *prefix;
    WayDbError code;
  } codes[] = { { "08", WAY_DB_ERROR_UNREACHED },    { "57P", WAY_DB_ERROR_UNREACHED },
                { "53300", WAY_DB_ERROR_BUSY },      { "53100", WAY_DB_ERROR_FULL },
                { "53", WAY_DB_ERROR_BUSY },         { "40", WAY_DB_ERROR_BUSY },
                { "55P03", WAY_DB_ERROR_BUSY },      { "55006", WAY_DB_ERROR_BUSY },
                { "57014", WAY_DB_ERROR_BUSY },      { "25P03", WAY_DB_ERROR_UNREACHED },
                { "58", WAY_DB_ERROR_IO },           { "XX001", WAY_DB_ERROR_CORRUPT },
                { "XX002", WAY_DB_ERROR_CORRUPT },   { "22", WAY_DB_ERROR_CONSTRAINT },
                { "23", WAY_DB_ERROR_CONSTRAINT },   { "42501", WAY_DB_ERROR_DENIED },
                { "28", WAY_DB_ERROR_DENIED },       { "25006", WAY_DB_ERROR_BUSY },
                { "54001", WAY_DB_ERROR_CONSTRAINT } };

  if (state == NULL)
    return WAY_DB_ERROR_UNREACHED;
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_str_has_prefix (state, codes[i].prefix))
      return codes[i].code;
  return WAY_DB_ERROR_SQL;
}

static char *
dup_option (GHashTable *options, const char *key)
{
  return g_strdup (g_hash_table_lookup (options, key));
}

/* What the URI says, checked: it may name who, where and with what, never how safely. */
static GHashTable *
read_uri (const char *uri, GError **error)
{
  g_autoptr (GHashTable) options = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  char *message = NULL;
  PQconninfoOption *list;

  /* Everything about a server begins here. */
  if (!way_libpq_load (error))
    return NULL;
  list = PQconninfoParse (uri, &message);
  if (list == NULL)
    {
      /* libpq's own words quote the URI, which may hold a password. */
      PQfreemem (message);
      g_set_error_literal (error, WAY_DB_ERROR, WAY_DB_ERROR_URI,
                           "A trust's address is written postgresql://USER@HOST:PORT/DATABASE");
      return NULL;
    }
  for (PQconninfoOption *option = list; option->keyword != NULL; option++)
    if (option->val != NULL)
      g_hash_table_insert (options, g_strdup (option->keyword), g_strdup (option->val));
  PQconninfoFree (list);

  if (g_hash_table_contains (options, "password"))
    {
      g_set_error_literal (error, WAY_DB_ERROR, WAY_DB_ERROR_URI,
                           "A password does not belong into an address, which others can see: "
                           "set PGPASSWORD, or name a passfile");
      return NULL;
    }
  if (!g_hash_table_contains (options, "host") || !g_hash_table_contains (options, "user")
      || !g_hash_table_contains (options, "dbname"))
    {
      g_set_error_literal (error, WAY_DB_ERROR, WAY_DB_ERROR_URI,
                           "A trust's address names user, host and database: "
                           "postgresql://USER@HOST:PORT/DATABASE");
      return NULL;
    }
  for (PQconninfoOption *option = list = PQconndefaults (); option->keyword != NULL; option++)
    {
      const char *key = option->keyword;

      if (g_hash_table_contains (options, key) && !g_str_equal (key, "host")
          && !g_str_equal (key, "port") && !g_str_equal (key, "user")
          && !g_str_equal (key, "dbname") && !g_strv_contains (allowed_parameters, key))
        {
          g_set_error (error, WAY_DB_ERROR, WAY_DB_ERROR_URI,
                       "“%s” is not for the address of a trust to say", key);
          PQconninfoFree (list);
          return NULL;
        }
    }
  PQconninfoFree (list);
  return g_steal_pointer (&options);
}

typedef struct
{
  const char *keys[48];
  const char *values[48];
  guint n;
} Parameters;

static void
add (Parameters *parameters, const char *key, const char *value)
{
  g_assert (parameters->n + 1 < G_N_ELEMENTS (parameters->keys));
  parameters->keys[parameters->n] = key;
  parameters->values[parameters->n++] = value;
}

static char *
dup_key (GHashTable *options)
{
  const char *port = g_hash_table_lookup (options, "port");

  return g_strdup_printf ("%s@%s:%s", (char *) g_hash_table_lookup (options, "user"),
                          (char *) g_hash_table_lookup (options, "host"),
                          port != NULL ? port : "5432");
}

static void
kept_free (gpointer data)
{
  Kept *self = data;

  explicit_bzero (self->secret, self->length);
  munlock (self->secret, self->length);
  g_free (self->secret);
  g_free (self->key);
  g_free (self);
}

static Kept *
find_kept (const char *key)
{
  for (guint i = 0; kept != NULL && i < kept->len; i++)
    if (g_str_equal (((Kept *) kept->pdata[i])->key, key))
      return kept->pdata[i];
  return NULL;
}

/**
 * way_db_keep_password:
 * @uri: of a trust on a server
 * @password: (nullable): NULL forgets it
 *
 * Keeps a password in memory, never on disk, for whoever opens the same server as the same
 * user from now on. What was kept before is wiped.
 */
gboolean
way_db_keep_password (const char *uri, const char *password, GError **error)
{
  g_autoptr (GHashTable) options = read_uri (uri, error);
  g_autofree char *key = NULL;
  Kept *one;

  if (options == NULL)
    return FALSE;
  key = dup_key (options);
  g_mutex_lock (&kept_lock);
  if (kept == NULL)
    kept = g_ptr_array_new_with_free_func (kept_free);
  one = find_kept (key);
  if (one != NULL)
    g_ptr_array_remove_fast (kept, one);
  if (password != NULL)
    {
      one = g_new0 (Kept, 1);
      one->key = g_steal_pointer (&key);
      one->length = strlen (password) + 1;
      one->secret = g_malloc (one->length);
      /* Not being allowed to lock it is no reason to send somebody away. */
      mlock (one->secret, one->length);
      memcpy (one->secret, password, one->length);
      g_ptr_array_add (kept, one);
    }
  g_mutex_unlock (&kept_lock);
  return TRUE;
}

/* Every parameter that decides how safe the connection is has a value here, so that
 * neither the environment nor a service file has a say. */
static PGconn *
begin (GHashTable *options, const char *address, const char *secret)
{
  Parameters with = { .n = 0 };
  g_autofree char *host = dup_option (options, "host");
  const char *port = g_hash_table_lookup (options, "port");
  const char *root = g_hash_table_lookup (options, "sslrootcert");
  const char *passfile = g_hash_table_lookup (options, "passfile");
  const char *silence = g_hash_table_lookup (options, "tcp_user_timeout");
  gboolean is_socket = *host == '/';
  /* With a ticket or a certificate no password is sent, so none can be asked for. */
  gboolean is_ticket = g_hash_table_contains (options, "krbsrvname");
  gboolean is_certificate = g_hash_table_contains (options, "sslcert");
  gboolean has_password = !is_ticket && !is_certificate;

  add (&with, "host", host);
  if (address != NULL)
    add (&with, "hostaddr", address);
  add (&with, "port", port != NULL ? port : "5432");
  add (&with, "user", g_hash_table_lookup (options, "user"));
  add (&with, "dbname", g_hash_table_lookup (options, "dbname"));
  add (&with, "sslmode", is_socket ? "disable" : "verify-full");
  add (&with, "sslrootcert", root != NULL ? root : "/etc/ssl/certs/ca-certificates.crt");
  add (&with, "ssl_min_protocol_version", "TLSv1.3");
  add (&with, "ssl_max_protocol_version", "TLSv1.3");
  add (&with, "sslcompression", "0");
  add (&with, "sslsni", "1");
  add (&with, "gssencmode", "disable");
  add (&with, "channel_binding", is_socket || !has_password ? "disable" : "require");
  if (is_ticket)
    add (&with, "krbsrvname", g_hash_table_lookup (options, "krbsrvname"));
  if (is_certificate)
    {
      add (&with, "sslcert", g_hash_table_lookup (options, "sslcert"));
      add (&with, "sslkey", g_hash_table_lookup (options, "sslkey"));
    }
  if (!has_password)
    {
      add (&with, "password", "-");
      add (&with, "passfile", "/dev/null");
    }
  else if (secret != NULL)
    {
      add (&with, "password", secret);
      add (&with, "passfile", "/dev/null");
    }
  else if (passfile != NULL)
    {
      add (&with, "passfile", passfile);
    }
  add (&with, "tcp_user_timeout", silence != NULL ? silence : "15000");
  add (&with, "keepalives", "1");
  add (&with, "keepalives_idle", "20");
  add (&with, "keepalives_interval", "5");
  add (&with, "keepalives_count", "3");
  add (&with, "target_session_attrs", "any");
  add (&with, "client_encoding", "UTF8");
  add (&with, "application_name", "waymark");
  add (&with, "options",
       "-c default_transaction_isolation=repeatable\\ read -c statement_timeout=600000"
       " -c idle_in_transaction_session_timeout=600000 -c client_min_messages=error"
       " -c datestyle=ISO -c extra_float_digits=1");
  return PQconnectStartParams (with.keys, with.values, 0);
}

static guint
get_number (GHashTable *options, const char *key, guint otherwise)
{
  const char *text = g_hash_table_lookup (options, key);
  guint64 number;

  return text != NULL && g_ascii_string_to_unsigned (text, 10, 1, 3600000, &number, NULL)
             ? (guint) number
             : otherwise;
}

/* way_postgresql_get_patience:
 * @otherwise: µs, where the address says nothing
 *
 * How long the line may be silent, as an address may say in milliseconds:
 * tcp_user_timeout, which the system is told as well. */
gint64
way_postgresql_get_patience (const char *uri, gint64 otherwise)
{
  g_autoptr (GHashTable) options = read_uri (uri, NULL);
  guint number = options != NULL ? get_number (options, "tcp_user_timeout", 0) : 0;

  return number > 0 ? (gint64) number * 1000 : otherwise;
}

/* Goes on with a connection until it stands or has failed; FALSE when it took too long.
 * @was_there: (out): whether somebody took the call */
static gboolean
wait_for (PGconn *conn, guint seconds, gboolean *was_there)
{
  gint64 deadline = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;
  PostgresPollingStatusType status = PGRES_POLLING_WRITING;

  /* The only place where libpq tells us the server's SQLSTATE before there are results. */
  PQsetErrorVerbosity (conn, PQERRORS_VERBOSE);
  while (PQstatus (conn) != CONNECTION_BAD)
    {
      struct pollfd descriptor = { .fd = PQsocket (conn),
                                   .events = status == PGRES_POLLING_READING ? POLLIN : POLLOUT };
      gint64 left = (deadline - g_get_monotonic_time ()) / 1000;
      int n = left > 0 ? poll (&descriptor, 1, (int) left) : 0;

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      status = PQconnectPoll (conn);
      if (PQstatus (conn) != CONNECTION_STARTED && PQstatus (conn) != CONNECTION_BAD)
        *was_there = TRUE;
      if (status == PGRES_POLLING_OK || status == PGRES_POLLING_FAILED)
        break;
    }
  PQsetErrorVerbosity (conn, PQERRORS_DEFAULT);
  return TRUE;
}

/* “…failed: FATAL:  28P01: no such password”: what the server says comes after its state,
 * whatever language it speaks. */
static char *
find_state (const char *text, const char **words)
{
  static const char *const form = ":  ([0-9A-Z]{5}): ";
  g_autoptr (GRegex) regex = g_regex_new (form, 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  int end;

  if (!g_regex_match (regex, text, 0, &match) || !g_match_info_fetch_pos (match, 0, NULL, &end))
    return NULL;
  *words = text + end;
  return g_match_info_fetch (match, 1);
}

static void
fail (PGconn *conn, gboolean is_late, GError **error)
{
  const char *message = conn != NULL ? PQerrorMessage (conn) : "no memory";
  const char *words = message;
  g_autofree char *state = is_late ? NULL : find_state (message, &words);
  g_autofree char *first = g_strndup (words, strcspn (words, "\n"));
  g_autofree char *text = way_postgresql_tidy (state != NULL ? first : message);
  WayDbError code = way_postgresql_map_state (state);

  if (is_late)
    g_set_error_literal (error, WAY_DB_ERROR, WAY_DB_ERROR_UNREACHED,
                         "The server did not answer in time");
  else if (state == NULL)
    g_set_error_literal (error, WAY_DB_ERROR, WAY_DB_ERROR_UNREACHED, text);
  else
    /* The server answered, so it can be reached: what it says no to is who asks, or what. */
    g_set_error (error, WAY_DB_ERROR, code == WAY_DB_ERROR_SQL ? WAY_DB_ERROR_DENIED : code,
                 "%s (%s)", text, state);
}

/* Every address that a name has, as libpq would try them: (transfer full) numbers; none
 * where it has to find out itself. */
static GPtrArray *
list_addresses (const char *host, const char *port)
{
  const struct addrinfo hints = { .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM };
  GPtrArray *addresses = g_ptr_array_new_with_free_func (g_free);
  struct addrinfo *found = NULL;

  if (*host == '/' || getaddrinfo (host, port, &hints, &found) != 0)
    return addresses;
  for (struct addrinfo *one = found; one != NULL; one = one->ai_next)
    {
      char number[NI_MAXHOST];

      if (getnameinfo (one->ai_addr, one->ai_addrlen, number, sizeof number, NULL, 0,
                       NI_NUMERICHOST)
          == 0)
        g_ptr_array_add (addresses, g_strdup (number));
    }
  freeaddrinfo (found);
  return addresses;
}

/* way_postgresql_connect:
 *
 * Makes a connection by a URI: encrypted, and the server shows by its certificate that it is
 * the one that the URI names. What the server says against it ends in its SQLSTATE in
 * brackets. */
PGconn *
way_postgresql_connect (const char *uri, GError **error)
{
  g_autoptr (GHashTable) options = read_uri (uri, error);
  g_autoptr (GPtrArray) addresses = NULL;
  g_autofree char *key = NULL;
  const char *port;
  guint seconds;

  if (options == NULL)
    return NULL;
  key = dup_key (options);
  seconds = get_number (options, "connect_timeout", DEADLINE_SECONDS);
  port = g_hash_table_lookup (options, "port");
  addresses = list_addresses (g_hash_table_lookup (options, "host"), port != NULL ? port : "5432");
  for (guint i = 0; i == 0 || i < addresses->len; i++)
    {
      gboolean is_last = i + 1 >= addresses->len;
      gboolean was_there = FALSE;
      gboolean is_late;
      PGconn *conn;
      Kept *one;

      g_mutex_lock (&kept_lock);
      one = find_kept (key);
      conn = begin (options, i < addresses->len ? addresses->pdata[i] : NULL,
                    one != NULL ? one->secret : NULL);
      g_mutex_unlock (&kept_lock);
      is_late = conn != NULL && !wait_for (conn, seconds, &was_there);
      if (conn != NULL && !is_late && PQstatus (conn) == CONNECTION_OK)
        return conn;
      /* Another address may do when this one did not even take the call. */
      if (was_there || is_last)
        {
          fail (conn, is_late, error);
          PQfinish (conn);
          return NULL;
        }
      PQfinish (conn);
    }
  g_assert_not_reached ();
}

/**
 * way_db_error_dup_state:
 * @error: of this room
 *
 * Returns: (transfer full) (nullable): the SQLSTATE that the server gave, which is the same in
 *   every language
 */
char *
way_db_error_dup_state (const GError *error)
{
  gsize length;

  if (error == NULL || error->domain != WAY_DB_ERROR)
    return NULL;
  length = strlen (error->message);
  if (length < 7 || error->message[length - 1] != ')' || error->message[length - 7] != '(')
    return NULL;
  return g_strndup (error->message + length - 6, 5);
}
