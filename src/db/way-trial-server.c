/* way-trial-server.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/way-trial-server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <ftw.h>
#include <glib/gstdio.h>
#include <netinet/in.h>
#include <pwd.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/way-db.h"

#define ADMIN "trial_admin"
#define START_TIMEOUT (30 * G_USEC_PER_SEC)

struct _WayTrialServer
{
  char *programs; /* folder of initdb and postgres */
  char *folder;
  char *data;
  char *ca_file;
  char *passfile;
  GSubprocess *process;   /* (nullable) */
  GPtrArray *environment; /* (nullable) of “NAME=VALUE” */
  guint port;
  gboolean is_durable;
  gboolean is_root;
  uid_t uid; /* whom it runs as */
  gid_t gid;
};

static char *
find_programs (void)
{
  g_autoptr (GDir) versions = g_dir_open ("/usr/lib/postgresql", 0, NULL);
  char *best = NULL;
  int best_version = 0;
  const char *name;

  while (versions != NULL && (name = g_dir_read_name (versions)) != NULL)
    {
      g_autofree char *folder = g_build_filename ("/usr/lib/postgresql", name, "bin", NULL);
      g_autofree char *server = g_build_filename (folder, "postgres", NULL);

      if (atoi (name) > best_version && g_file_test (server, G_FILE_TEST_IS_EXECUTABLE))
        {
          best_version = atoi (name);
          g_free (best);
          best = g_steal_pointer (&folder);
        }
    }
  return best;
}

static gboolean
find_user (WayTrialServer *self, GError **error)
{
  const struct passwd *user = NULL;

  self->is_root = geteuid () == 0;
  self->uid = geteuid ();
  self->gid = getegid ();
  if (!self->is_root)
    return TRUE;
  user = getpwnam ("postgres");
  if (user == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                           "PostgreSQL does not run as root, and there is no user postgres");
      return FALSE;
    }
  self->uid = user->pw_uid;
  self->gid = user->pw_gid;
  return TRUE;
}

/* The server sees nothing of our environment, and ends when we do. */
static GPtrArray *
begin_command (WayTrialServer *self, const char *program)
{
  GPtrArray *arguments = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (arguments, g_strdup ("setpriv"));
  g_ptr_array_add (arguments, g_strdup ("--pdeathsig"));
  g_ptr_array_add (arguments, g_strdup ("INT"));
  if (self->is_root)
    {
      g_ptr_array_add (arguments, g_strdup_printf ("--reuid=%u", self->uid));
      g_ptr_array_add (arguments, g_strdup_printf ("--regid=%u", self->gid));
      g_ptr_array_add (arguments, g_strdup ("--clear-groups"));
    }
  g_ptr_array_add (arguments, g_strdup ("env"));
  g_ptr_array_add (arguments, g_strdup ("-i"));
  g_ptr_array_add (arguments, g_strdup_printf ("PATH=%s:/usr/bin:/bin", self->programs));
  g_ptr_array_add (arguments, g_strdup ("LC_ALL=C.UTF-8"));
  for (guint i = 0; self->environment != NULL && i < self->environment->len; i++)
    g_ptr_array_add (arguments, g_strdup (self->environment->pdata[i]));
  g_ptr_array_add (arguments, g_build_filename (self->programs, program, NULL));
  return arguments;
}

static gboolean
run (GPtrArray *arguments, const char *folder, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *text = NULL;

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                        | G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_subprocess_launcher_set_cwd (launcher, folder);
  g_ptr_array_add (arguments, NULL);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) arguments->pdata, error);
  if (process == NULL || !g_subprocess_communicate_utf8 (process, NULL, NULL, &text, NULL, error))
    return FALSE;
  if (g_subprocess_get_successful (process))
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", (const char *) arguments->pdata[0],
               text != NULL ? g_strstrip (text) : "failed");
  return FALSE;
}

static gboolean
run_words (const char *folder, GError **error, const char *first, ...)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new_with_free_func (g_free);
  va_list words;

  va_start (words, first);
  for (const char *word = first; word != NULL; word = va_arg (words, const char *))
    g_ptr_array_add (arguments, g_strdup (word));
  va_end (words);
  return run (arguments, folder, error);
}

static gboolean
write_file (
    WayTrialServer *self, const char *name, const char *text, gboolean for_server, GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);

  if (!g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, error))
    return FALSE;
  return !for_server || !self->is_root || chown (path, self->uid, self->gid) == 0
         || (g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", path,
                          g_strerror (errno)),
             FALSE);
}

/* A certificate authority of its own, and a certificate for this machine. */
static gboolean
make_certificates (WayTrialServer *self, GError **error)
{
  const char *folder = self->folder;
  g_autofree char *key = g_build_filename (folder, "server.key", NULL);

  if (!write_file (self, "names", "subjectAltName=DNS:localhost,IP:127.0.0.1\n", FALSE, error)
      || !run_words (folder, error, "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                     "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30", "-subj",
                     "/CN=Waymark trial authority", "-keyout", "ca.key", "-out", "ca.crt", NULL)
      || !run_words (folder, error, "openssl", "req", "-newkey", "ec", "-pkeyopt",
                     "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=localhost", "-keyout",
                     "server.key", "-out", "server.csr", NULL)
      || !run_words (folder, error, "openssl", "x509", "-req", "-in", "server.csr", "-CA", "ca.crt",
                     "-CAkey", "ca.key", "-CAcreateserial", "-days", "30", "-extfile", "names",
                     "-out", "server.crt", NULL))
    return FALSE;
  g_chmod (key, 0600);
  return !self->is_root || chown (key, self->uid, self->gid) == 0;
}

static guint
find_port (void)
{
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t length = sizeof address;
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  guint port = 0;

  if (fd >= 0 && bind (fd, (struct sockaddr *) &address, sizeof address) == 0
      && getsockname (fd, (struct sockaddr *) &address, &length) == 0)
    port = ntohs (address.sin_port);
  if (fd >= 0)
    close (fd);
  return port;
}

static gboolean
make_cluster (WayTrialServer *self, GError **error)
{
  g_autofree char *password = g_uuid_string_random ();
  g_autofree char *password_file = g_build_filename (self->folder, "password", NULL);
  g_autoptr (GPtrArray) command = NULL;

  if (g_mkdir (self->data, 0700) != 0
      || (self->is_root
          && (chown (self->data, self->uid, self->gid) != 0
              || chown (self->folder, self->uid, self->gid) != 0)))
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", self->data,
                   g_strerror (errno));
      return FALSE;
    }
  if (!write_file (self, "password", password, TRUE, error)
      || !write_file (self, "hba.conf", "hostssl all all 127.0.0.1/32 scram-sha-256\n", TRUE, error)
      || !way_trial_server_add_password (self, ADMIN, password, error))
    return FALSE;
  command = begin_command (self, "initdb");
  g_ptr_array_add (command, g_strdup ("--no-sync"));
  g_ptr_array_add (command, g_strdup_printf ("--pgdata=%s", self->data));
  g_ptr_array_add (command, g_strdup ("--username=" ADMIN));
  g_ptr_array_add (command, g_strdup ("--auth=scram-sha-256"));
  g_ptr_array_add (command, g_strdup_printf ("--pwfile=%s", password_file));
  g_ptr_array_add (command, g_strdup ("--encoding=UTF8"));
  g_ptr_array_add (command, g_strdup ("--locale=C.UTF-8"));
  if (!run (command, self->folder, error))
    return FALSE;
  g_unlink (password_file);
  return TRUE;
}

static void
set (GPtrArray *command, const char *name, const char *value)
{
  g_ptr_array_add (command, g_strdup ("-c"));
  g_ptr_array_add (command, g_strdup_printf ("%s=%s", name, value));
}

static gboolean
is_up (WayTrialServer *self)
{
  g_autofree char *uri = way_trial_server_dup_uri (self, ADMIN, "postgres");
  g_autoptr (WayDb) db = way_db_open (uri, WAY_DB_READ_WRITE, NULL);

  return db != NULL;
}

/* way_trial_server_restart:
 *
 * Starts the server on the data that is there and waits until it answers. */
gboolean
way_trial_server_restart (WayTrialServer *self, GError **error)
{
  g_autoptr (GPtrArray) command = begin_command (self, "postgres");
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autofree char *port = g_strdup_printf ("%u", self->port);
  g_autofree char *hba = g_build_filename (self->folder, "hba.conf", NULL);
  g_autofree char *certificate = g_build_filename (self->folder, "server.crt", NULL);
  g_autofree char *key = g_build_filename (self->folder, "server.key", NULL);
  g_autofree char *log = g_build_filename (self->folder, "log", NULL);
  gint64 give_up = g_get_monotonic_time () + START_TIMEOUT;

  g_ptr_array_add (command, g_strdup ("-D"));
  g_ptr_array_add (command, g_strdup (self->data));
  set (command, "listen_addresses", "127.0.0.1");
  set (command, "port", port);
  set (command, "unix_socket_directories", self->folder);
  set (command, "hba_file", hba);
  set (command, "ssl", "on");
  set (command, "ssl_cert_file", certificate);
  set (command, "ssl_key_file", key);
  set (command, "ssl_min_protocol_version", "TLSv1.3");
  set (command, "fsync", self->is_durable ? "on" : "off");
  set (command, "log_parameter_max_length_on_error", "0");
  g_ptr_array_add (command, NULL);

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_subprocess_launcher_set_stderr_file_path (launcher, log);
  g_subprocess_launcher_set_cwd (launcher, self->folder);
  g_clear_object (&self->process);
  self->process = g_subprocess_launcher_spawnv (launcher, (const char *const *) command->pdata,
                                                error);
  if (self->process == NULL)
    return FALSE;
  while (g_get_monotonic_time () < give_up)
    {
      if (is_up (self))
        return TRUE;
      if (g_subprocess_get_identifier (self->process) == NULL)
        break;
      g_usleep (20000);
    }
  {
    g_autofree char *text = NULL;

    g_file_get_contents (log, &text, NULL, NULL);
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "PostgreSQL did not start: %s",
                 text != NULL ? g_strstrip (text) : "");
  }
  return FALSE;
}

/* way_trial_server_start:
 *
 * Makes a cluster and starts it; a second or so. As root it runs as the user postgres. */
WayTrialServer *
way_trial_server_start (WayTrialServerFlags flags, GError **error)
{
  g_autoptr (WayTrialServer) self = g_new0 (WayTrialServer, 1);

  self->is_durable = (flags & WAY_TRIAL_SERVER_DURABLE) != 0;
  self->programs = find_programs ();
  if (self->programs == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                           "There is no PostgreSQL server on this machine: install the package "
                           "postgresql");
      return NULL;
    }
  if (!find_user (self, error))
    return NULL;
  self->folder = g_dir_make_tmp ("waymark-trial-XXXXXX", error);
  if (self->folder == NULL)
    return NULL;
  g_chmod (self->folder, 0711);
  self->data = g_build_filename (self->folder, "data", NULL);
  self->ca_file = g_build_filename (self->folder, "ca.crt", NULL);
  self->passfile = g_build_filename (self->folder, "passfile", NULL);
  self->port = find_port ();
  if (!make_cluster (self, error) || !make_certificates (self, error)
      || !way_trial_server_restart (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

static void
end (WayTrialServer *self, int number)
{
  if (self->process == NULL)
    return;
  g_subprocess_send_signal (self->process, number);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->process);
}

/* way_trial_server_set_env:
 *
 * Of the server's own environment, from its next start on. */
void
way_trial_server_set_env (WayTrialServer *self, const char *name, const char *value)
{
  if (self->environment == NULL)
    self->environment = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->environment, g_strdup_printf ("%s=%s", name, value));
}

/* way_trial_server_stop:
 *
 * Ends it as its administrator does: whoever is connected is told. */
void
way_trial_server_stop (WayTrialServer *self)
{
  end (self, SIGINT);
}

/* way_trial_server_crash:
 *
 * Ends it without letting it finish anything. */
void
way_trial_server_crash (WayTrialServer *self)
{
  end (self, SIGQUIT);
}

static int
remove_cb (const char *path, const struct stat *status, int type, struct FTW *place)
{
  remove (path);
  return 0;
}

/**
 * way_trial_server_free:
 * @self: (transfer full): is stopped, and its folder removed
 */
void
way_trial_server_free (WayTrialServer *self)
{
  end (self, SIGINT);
  if (self->folder != NULL)
    nftw (self->folder, remove_cb, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
  g_clear_pointer (&self->environment, g_ptr_array_unref);
  g_free (self->programs);
  g_free (self->folder);
  g_free (self->data);
  g_free (self->ca_file);
  g_free (self->passfile);
  g_free (self);
}

/* way_trial_server_add_password:
 *
 * Writes a password into the file that the addresses name. */
gboolean
way_trial_server_add_password (WayTrialServer *self,
                               const char *user,
                               const char *password,
                               GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *longer = NULL;

  g_file_get_contents (self->passfile, &text, NULL, NULL);
  longer = g_strdup_printf ("%s*:*:*:%s:%s\n", text != NULL ? text : "", user, password);
  return g_file_set_contents_full (self->passfile, longer, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                   error);
}

/* way_trial_server_dup_uri:
 *
 * The address of a database on it, for a role whose password is in the passfile. */
char *
way_trial_server_dup_uri (WayTrialServer *self, const char *user, const char *database)
{
  return g_strdup_printf ("postgresql://%s@localhost:%u/%s?sslrootcert=%s&passfile=%s", user,
                          self->port, database, self->ca_file, self->passfile);
}

/* way_trial_server_get_programs:
 *
 * The folder of its version's programs: pg_dump and the like. */
const char *
way_trial_server_get_programs (WayTrialServer *self)
{
  return self->programs;
}

/* way_trial_server_get_folder:
 *
 * Where everything of it lies. */
const char *
way_trial_server_get_folder (WayTrialServer *self)
{
  return self->folder;
}

/* way_trial_server_get_ca_file:
 *
 * The certificate that it is known by. */
const char *
way_trial_server_get_ca_file (WayTrialServer *self)
{
  return self->ca_file;
}

/* way_trial_server_get_passfile:
 *
 * The passwords of its roles. */
const char *
way_trial_server_get_passfile (WayTrialServer *self)
{
  return self->passfile;
}

/* way_trial_server_get_admin:
 *
 * The role that may do everything. */
const char *
way_trial_server_get_admin (WayTrialServer *self)
{
  return ADMIN;
}

/* way_trial_server_get_port:
 *
 * Where it listens, on 127.0.0.1. */
guint
way_trial_server_get_port (WayTrialServer *self)
{
  return self->port;
}
