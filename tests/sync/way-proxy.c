/* way-proxy.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "way-proxy.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PIECE 4096
/* What may be on its way in one direction: a server must feel it when nobody reads. */
#define MOST_WAITING (64 * 1024)

typedef struct
{
  gint64 due; /* monotonic µs */
  gsize n;
  gsize n_sent;
  char bytes[PIECE];
} Piece;

typedef struct
{
  GQueue pieces; /* of Piece, on their way */
  gsize n_waiting;
  gint64 n_passed;
  gint64 next_due; /* when the line is free again, of a slow one */
  gboolean has_ended;
} Way;

typedef struct
{
  int client;
  int server; /* −1: there is none */
  WayProxyRules rules;
  Way up;
  Way down;
  gboolean is_silent;
} Line;

struct _WayProxy
{
  GThread *thread;
  GMutex lock;
  WayProxyRules rules;
  char *answer;
  guint n_connections;
  gint64 n_up;
  gint64 n_down;
  int listener;
  int wake[2];
  guint port;
  guint server_port;
  GPtrArray *lines; /* of Line; the thread's */
};

static struct sockaddr_in
get_address (guint port)
{
  return (struct sockaddr_in){ .sin_family = AF_INET,
                               .sin_port = htons ((guint16) port),
                               .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
}

static void
line_free (Line *line)
{
  close (line->client);
  if (line->server >= 0)
    close (line->server);
  g_queue_clear_full (&line->up.pieces, g_free);
  g_queue_clear_full (&line->down.pieces, g_free);
  g_free (line);
}

static void
reset (int fd)
{
  struct linger now = { .l_onoff = 1, .l_linger = 0 };

  setsockopt (fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

static int
reach_server (WayProxy *self)
{
  struct sockaddr_in address = get_address (self->server_port);
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  int on = 1;

  if (fd >= 0 && connect (fd, (struct sockaddr *) &address, sizeof address) != 0)
    {
      close (fd);
      fd = -1;
    }
  if (fd >= 0)
    setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return fd;
}

static void
take_connection (WayProxy *self)
{
  int client = accept4 (self->listener, NULL, NULL, SOCK_CLOEXEC);
  g_autofree char *answer = NULL;
  WayProxyRules rules;
  Line *line;
  int on = 1;

  if (client < 0)
    return;
  setsockopt (client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  g_mutex_lock (&self->lock);
  rules = self->rules;
  answer = g_strdup (self->answer);
  self->n_connections++;
  g_mutex_unlock (&self->lock);
  if (rules.is_down)
    {
      reset (client);
      close (client);
      return;
    }
  line = g_new0 (Line, 1);
  line->client = client;
  line->rules = rules;
  line->server = -1;
  if (answer == NULL)
    line->server = reach_server (self);
  else
    {
      char question[PIECE];

      /* Whoever asked is answered once they have asked. */
      if (recv (client, question, sizeof question, 0) > 0)
        send (client, answer, strlen (answer), MSG_NOSIGNAL);
    }
  if (line->server < 0)
    line_free (line);
  else
    g_ptr_array_add (self->lines, line);
}

/* How many of the bytes may still pass before the line ends. */
static gsize
get_room (const Way *way, gint64 limit, gsize n)
{
  gint64 left = limit - way->n_passed - (gint64) way->n_waiting;

  return limit <= 0 ? n : (gsize) CLAMP (left, 0, (gint64) n);
}

static gboolean
take_in (Line *line, Way *way, int fd)
{
  gint64 now = g_get_monotonic_time ();
  Piece *piece = g_new0 (Piece, 1);
  gssize n = recv (fd, piece->bytes, sizeof piece->bytes, MSG_DONTWAIT);

  if (n <= 0)
    {
      g_free (piece);
      if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return TRUE;
      way->has_ended = TRUE;
      return n == 0;
    }
  piece->n = (gsize) n;
  piece->due = now + line->rules.delay_ms * 1000;
  if (line->rules.bytes_per_second > 0)
    {
      way->next_due = MAX (way->next_due, now) + n * G_USEC_PER_SEC / line->rules.bytes_per_second;
      piece->due = way->next_due + line->rules.delay_ms * 1000;
    }
  way->n_waiting += piece->n;
  g_queue_push_tail (&way->pieces, piece);
  return TRUE;
}

/* FALSE: the line has ended. */
static gboolean
pass_on (WayProxy *self, Line *line, Way *way, int fd, gint64 limit, gint64 *total)
{
  gint64 now = g_get_monotonic_time ();
  Piece *piece;

  while ((piece = g_queue_peek_head (&way->pieces)) != NULL && piece->due <= now)
    {
      gint64 left = limit - way->n_passed;
      gsize n = piece->n - piece->n_sent;
      gssize sent;

      if (limit > 0 && left <= 0)
        return FALSE;
      if (limit > 0)
        n = MIN (n, (gsize) left);
      sent = send (fd, piece->bytes + piece->n_sent, n, MSG_NOSIGNAL | MSG_DONTWAIT);
      if (sent < 0)
        return errno == EAGAIN || errno == EINTR;
      way->n_passed += sent;
      way->n_waiting -= (gsize) sent;
      piece->n_sent += (gsize) sent;
      g_mutex_lock (&self->lock);
      *total += sent;
      g_mutex_unlock (&self->lock);
      if (piece->n_sent == piece->n)
        g_free (g_queue_pop_head (&way->pieces));
    }
  return TRUE;
}

/* FALSE when there is nothing more to do for it. */
static gboolean
work (WayProxy *self, Line *line, short client_events, short server_events)
{
  gboolean goes_on = TRUE;

  if (line->is_silent)
    return TRUE;
  if ((client_events & (POLLIN | POLLHUP | POLLERR)) && !take_in (line, &line->up, line->client))
    goes_on = FALSE;
  if ((server_events & (POLLIN | POLLHUP | POLLERR)) && !take_in (line, &line->down, line->server))
    goes_on = FALSE;
  if (goes_on
      && (!pass_on (self, line, &line->up, line->server, line->rules.up, &self->n_up)
          || !pass_on (self, line, &line->down, line->client, line->rules.down, &self->n_down)))
    {
      if (line->rules.how == WAY_PROXY_SILENT)
        {
          line->is_silent = TRUE;
          return TRUE;
        }
      goes_on = FALSE;
      if (line->rules.how == WAY_PROXY_RESET)
        {
          reset (line->client);
          reset (line->server);
        }
    }
  if (!goes_on)
    return FALSE;
  /* One that has said its last word may still be told something. */
  if (line->up.has_ended && g_queue_is_empty (&line->up.pieces))
    shutdown (line->server, SHUT_WR);
  if (line->down.has_ended && g_queue_is_empty (&line->down.pieces))
    return FALSE;
  return !(line->up.has_ended && line->down.has_ended);
}

static gint64
get_due (const Line *line)
{
  const Piece *up = g_queue_peek_head ((GQueue *) &line->up.pieces);
  const Piece *down = g_queue_peek_head ((GQueue *) &line->down.pieces);
  gint64 due = G_MAXINT64;

  if (up != NULL)
    due = up->due;
  if (down != NULL)
    due = MIN (due, down->due);
  return due;
}

static short
get_wishes (const Line *line, const Way *in, gint64 limit, const Way *out)
{
  const Piece *piece = g_queue_peek_head ((GQueue *) &out->pieces);
  short wishes = 0;

  if (line->is_silent)
    return 0;
  if (!in->has_ended && in->n_waiting < MOST_WAITING && get_room (in, limit, 1) > 0)
    wishes |= POLLIN;
  if (piece != NULL && piece->due <= g_get_monotonic_time ())
    wishes |= POLLOUT;
  return wishes;
}

static gpointer
run_cb (gpointer data)
{
  WayProxy *self = data;

  for (;;)
    {
      g_autoptr (GArray) fds = g_array_new (FALSE, FALSE, sizeof (struct pollfd));
      struct pollfd own[] = { { self->wake[0], POLLIN, 0 }, { self->listener, POLLIN, 0 } };
      gint64 due = G_MAXINT64;
      gint64 wait;

      g_array_append_vals (fds, own, 2);
      for (guint i = 0; i < self->lines->len; i++)
        {
          Line *line = self->lines->pdata[i];
          struct pollfd pair[] = {
            { line->client, get_wishes (line, &line->up, line->rules.up, &line->down), 0 },
            { line->server, get_wishes (line, &line->down, line->rules.down, &line->up), 0 },
          };

          /* Errors are always told of: who is silent is not asked. */
          if (line->is_silent || line->up.has_ended)
            pair[0].fd = pair[0].events != 0 ? pair[0].fd : -1;
          if (line->is_silent || line->down.has_ended)
            pair[1].fd = pair[1].events != 0 ? pair[1].fd : -1;
          g_array_append_vals (fds, pair, 2);
          if (!line->is_silent)
            due = MIN (due, get_due (line));
        }
      wait = due == G_MAXINT64 ? -1 : MAX (0, due - g_get_monotonic_time ());
      if (wait > 0)
        wait = (wait + 999) / 1000;
      if (poll ((struct pollfd *) (gpointer) fds->data, fds->len, (int) MIN (wait, 60000)) < 0
          && errno != EINTR)
        return NULL;
      if (g_array_index (fds, struct pollfd, 0).revents != 0)
        return NULL;
      for (guint i = self->lines->len; i > 0; i--)
        {
          Line *line = self->lines->pdata[i - 1];

          if (!work (self, line, g_array_index (fds, struct pollfd, 2 * i).revents,
                     g_array_index (fds, struct pollfd, 2 * i + 1).revents))
            g_ptr_array_remove_index (self->lines, i - 1);
        }
      if (g_array_index (fds, struct pollfd, 1).revents & POLLIN)
        take_connection (self);
    }
}

/* way_proxy_new:
 * @port: of the server, on this machine
 *
 * A good line to it. */
WayProxy *
way_proxy_new (guint port, GError **error)
{
  g_autoptr (WayProxy) self = g_new0 (WayProxy, 1);
  struct sockaddr_in address = get_address (0);
  socklen_t length = sizeof address;

  g_mutex_init (&self->lock);
  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) line_free);
  self->server_port = port;
  self->wake[0] = self->wake[1] = -1;
  self->listener = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (self->listener < 0 || bind (self->listener, (struct sockaddr *) &address, sizeof address) != 0
      || listen (self->listener, 512) != 0
      || getsockname (self->listener, (struct sockaddr *) &address, &length) != 0
      || pipe2 (self->wake, O_CLOEXEC) != 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "No proxy: %s",
                   g_strerror (errno));
      return NULL;
    }
  self->port = ntohs (address.sin_port);
  self->thread = g_thread_new ("proxy", run_cb, self);
  return g_steal_pointer (&self);
}

void
way_proxy_free (WayProxy *self)
{
  if (self->thread != NULL)
    {
      g_assert_cmpint (write (self->wake[1], "x", 1), ==, 1);
      g_thread_join (self->thread);
    }
  g_ptr_array_unref (self->lines);
  if (self->listener >= 0)
    close (self->listener);
  for (guint i = 0; i < 2; i++)
    if (self->wake[i] >= 0)
      close (self->wake[i]);
  g_mutex_clear (&self->lock);
  g_free (self->answer);
  g_free (self);
}

guint
way_proxy_get_port (WayProxy *self)
{
  return self->port;
}

/* way_proxy_dup_uri:
 *
 * The same place, by way of the proxy. */
char *
way_proxy_dup_uri (WayProxy *self, const char *uri)
{
  g_autofree char *direct = g_strdup_printf (":%u/", self->server_port);
  g_autofree char *by_proxy = g_strdup_printf (":%u/", self->port);
  GString *changed = g_string_new (uri);

  g_assert_cmpuint (g_string_replace (changed, direct, by_proxy, 1), ==, 1);
  return g_string_free (changed, FALSE);
}

/* way_proxy_set_rules:
 *
 * For connections that begin from now on. */
void
way_proxy_set_rules (WayProxy *self, const WayProxyRules *rules)
{
  g_mutex_lock (&self->lock);
  self->rules = *rules;
  self->rules.answer = NULL;
  g_free (self->answer);
  self->answer = g_strdup (rules->answer);
  self->n_up = self->n_down = 0;
  self->n_connections = 0;
  g_mutex_unlock (&self->lock);
}

static gint64
read_number (WayProxy *self, const gint64 *number)
{
  gint64 value;

  g_mutex_lock (&self->lock);
  value = *number;
  g_mutex_unlock (&self->lock);
  return value;
}

gint64
way_proxy_get_up (WayProxy *self)
{
  return read_number (self, &self->n_up);
}

gint64
way_proxy_get_down (WayProxy *self)
{
  return read_number (self, &self->n_down);
}

guint
way_proxy_get_n_connections (WayProxy *self)
{
  guint n;

  g_mutex_lock (&self->lock);
  n = self->n_connections;
  g_mutex_unlock (&self->lock);
  return n;
}
