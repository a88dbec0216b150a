/* way-reach.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/way-reach.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <string.h>

#define TIMEOUT_SECONDS 10
#define SYSTEM_CA_FILE "/etc/ssl/certs/ca-certificates.crt"

/* Written by hand: clang-format 14 would put spaces into the name. */
GQuark
way_reach_error_quark (void)
{
  return g_quark_from_static_string ("way-reach-error-quark");
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SSL_CTX, SSL_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SSL, SSL_free)

static gboolean
fail (GError **error, WayReachError code, const char *text)
{
  g_set_error_literal (error, WAY_REACH_ERROR, (int) code, text);
  return FALSE;
}

/* The words of OpenSSL are for whoever looks after the server. */
static gboolean
fail_tls (GError **error, WayReachError code)
{
  char text[256];

  ERR_error_string_n (ERR_peek_last_error (), text, sizeof text);
  ERR_clear_error ();
  return fail (error, code, text);
}

static SSL_CTX *
load_authority (const char *ca_file, GError **error)
{
  g_autoptr (SSL_CTX) context = SSL_CTX_new (TLS_client_method ());

  ERR_clear_error ();
  if (context == NULL || !SSL_CTX_load_verify_file (context, ca_file))
    {
      fail_tls (error, WAY_REACH_ERROR_CA_FILE);
      return NULL;
    }
  SSL_CTX_set_min_proto_version (context, TLS1_3_VERSION);
  /* The handshake goes on to its end, so that the certificate can be judged. */
  SSL_CTX_set_verify (context, SSL_VERIFY_NONE, NULL);
  return g_steal_pointer (&context);
}

static gboolean
map_network (GError *below, GError **error)
{
  static const struct
  {
    GIOErrorEnum below;
    WayReachError here;
  } codes[] = {
    { G_IO_ERROR_CONNECTION_REFUSED, WAY_REACH_ERROR_REFUSED },
    { G_IO_ERROR_TIMED_OUT, WAY_REACH_ERROR_TIMED_OUT },
    { G_IO_ERROR_HOST_UNREACHABLE, WAY_REACH_ERROR_NETWORK },
    { G_IO_ERROR_NETWORK_UNREACHABLE, WAY_REACH_ERROR_NETWORK },
    { G_IO_ERROR_HOST_NOT_FOUND, WAY_REACH_ERROR_NAME },
  };
  g_autoptr (GError) owned = below;

  if (g_error_matches (below, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&owned));
      return FALSE;
    }
  if (below->domain == G_RESOLVER_ERROR)
    return fail (error, WAY_REACH_ERROR_NAME, below->message);
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (below, G_IO_ERROR, (int) codes[i].below))
      return fail (error, codes[i].here, below->message);
  return fail (error, WAY_REACH_ERROR_NETWORK, below->message);
}

static GSocketConnection *
call (const char *host,
      guint port,
      WayReachFunc progress,
      gpointer user_data,
      GCancellable *cancellable,
      GError **error)
{
  g_autoptr (GResolver) resolver = g_resolver_get_default ();
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) local = NULL;
  GSocketConnection *connection = NULL;
  GList *addresses;

  progress (WAY_REACH_FINDING, user_data);
  addresses = g_resolver_lookup_by_name (resolver, host, cancellable, &local);
  if (addresses == NULL)
    {
      map_network (g_steal_pointer (&local), error);
      return NULL;
    }
  progress (WAY_REACH_CALLING, user_data);
  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_set_timeout (client, TIMEOUT_SECONDS);
  for (GList *l = addresses; l != NULL && connection == NULL; l = l->next)
    {
      g_autoptr (GSocketAddress) address = g_inet_socket_address_new (l->data, (guint16) port);

      if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        break;
      g_clear_error (&local);
      connection = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), cancellable,
                                            &local);
    }
  g_resolver_free_addresses (addresses);
  if (connection == NULL)
    map_network (g_steal_pointer (&local), error);
  return connection;
}

/* PostgreSQL's question whether it encrypts, and its answer of one letter. */
static gboolean
ask_for_tls (GSocketConnection *connection, GCancellable *cancellable, GError **error)
{
  static const guint8 request[] = { 0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f };
  GIOStream *stream = G_IO_STREAM (connection);
  g_autoptr (GError) local = NULL;
  gssize n = -1;
  char answer = '\0';

  if (g_output_stream_write_all (g_io_stream_get_output_stream (stream), request, sizeof request,
                                 NULL, cancellable, &local))
    n = g_input_stream_read (g_io_stream_get_input_stream (stream), &answer, 1, cancellable,
                             &local);
  if (n == 1 && answer == 'S')
    return TRUE;
  if (n == 1 && answer == 'N')
    return fail (error, WAY_REACH_ERROR_NO_TLS, "The server does not encrypt connections");
  if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || g_error_matches (local, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return map_network (g_steal_pointer (&local), error);
  return fail (error, WAY_REACH_ERROR_NOT_POSTGRESQL,
               local != NULL ? local->message : "What answers is not PostgreSQL");
}

static gboolean
judge (SSL *ssl, GError **error)
{
  long verdict = SSL_get_verify_result (ssl);
  const char *text = X509_verify_cert_error_string (verdict);

  switch (verdict)
    {
    case X509_V_OK:
      return TRUE;
    case X509_V_ERR_CERT_HAS_EXPIRED:
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return fail (error, WAY_REACH_ERROR_EXPIRED, text);
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
      return fail (error, WAY_REACH_ERROR_OTHER_NAME, text);
    default:
      return fail (error, WAY_REACH_ERROR_UNTRUSTED, text);
    }
}

static gboolean
shake_hands (SSL *ssl, GSocket *socket, GCancellable *cancellable, GError **error)
{
  int done;

  while ((done = SSL_connect (ssl)) != 1)
    {
      int want = SSL_get_error (ssl, done);
      GIOCondition condition = want == SSL_ERROR_WANT_WRITE ? G_IO_OUT : G_IO_IN;
      g_autoptr (GError) local = NULL;

      if (want != SSL_ERROR_WANT_READ && want != SSL_ERROR_WANT_WRITE)
        return fail_tls (error, WAY_REACH_ERROR_NO_TLS);
      if (!g_socket_condition_timed_wait (socket, condition, TIMEOUT_SECONDS * G_USEC_PER_SEC,
                                          cancellable, &local))
        return map_network (g_steal_pointer (&local), error);
    }
  return TRUE;
}

/**
 * way_reach_server:
 * @ca_file: (nullable): the certificate of the authority; NULL for those of the machine
 * @progress: told before each step, on this thread
 *
 * Goes as far as a handshake with a PostgreSQL server, as way_db_open() would, and hangs up.
 * Nothing that is secret is sent. Fails with WAY_REACH_ERROR, or G_IO_ERROR_CANCELLED.
 */
gboolean
way_reach_server (const char *host,
                  guint port,
                  const char *ca_file,
                  WayReachFunc progress,
                  gpointer user_data,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (SSL_CTX) context = load_authority (ca_file != NULL ? ca_file : SYSTEM_CA_FILE, error);
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (SSL) ssl = NULL;
  GSocket *socket;
  X509_VERIFY_PARAM *who;

  if (context == NULL)
    return FALSE;
  connection = call (host, port, progress, user_data, cancellable, error);
  if (connection == NULL)
    return FALSE;
  progress (WAY_REACH_CHECKING, user_data);
  if (!ask_for_tls (connection, cancellable, error))
    return FALSE;
  socket = g_socket_connection_get_socket (connection);
  ssl = SSL_new (context);
  if (ssl == NULL || !SSL_set_fd (ssl, g_socket_get_fd (socket)))
    return fail_tls (error, WAY_REACH_ERROR_NO_TLS);
  who = SSL_get0_param (ssl);
  if (g_hostname_is_ip_address (host))
    X509_VERIFY_PARAM_set1_ip_asc (who, host);
  else
    {
      SSL_set_tlsext_host_name (ssl, host);
      X509_VERIFY_PARAM_set1_host (who, host, 0);
    }
  return shake_hands (ssl, socket, cancellable, error) && judge (ssl, error);
}
