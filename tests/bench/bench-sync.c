/* bench-sync.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a sync costs a server.
 *
 *   bench-sync rate    full syncs of 50 events from desks that connect anew each, beside
 *                      pgbench -C with the same TLS and SCRAM, by turns; what their very first
 *                      meetings take is told, and no gate
 *   bench-sync pull    a pull with nothing new, beside the same of a hundredth of the rows;
 *                      and beside the same without policies, by turns; what policies take where
 *                      there is something new is told, and no gate
 *   bench-sync once    a sync with nothing new, with marks on standard error for strace */

#include "store-fixture.h"

#include <libpq-fe.h>
#include <string.h>
#include <unistd.h>

#include "db/way-trial-server.h"
#include "sync/way-postgresql-peer.h"
#include "sync/way-sync.h"

#define N_DESKS 200
#define N_EVENTS 50
#define N_ROUNDS 5
#define N_CLIENTS 2

typedef struct
{
  WayTrialServer *server;
  WayStore *trust;
  char *folder;
} Bench;

static void
administer (Bench *self, const char *database, const char *sql)
{
  g_autofree char *uri = way_trial_server_dup_uri (self->server,
                                                   way_trial_server_get_admin (self->server),
                                                   database);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDb) db = way_db_open (uri, WAY_DB_READ_WRITE, &error);

  if (db == NULL || !way_db_exec (db, sql, &error))
    g_error ("%s", error->message);
}

static void
set_up (Bench *self)
{
  g_autoptr (GError) error = NULL;

  self->folder = fixture_make_folder ();
  self->server = way_trial_server_start (WAY_TRIAL_SERVER_DURABLE, &error);
  g_assert_no_error (error);
}

static WayStore *
make_trust (Bench *self, const char *database)
{
  g_autofree char *sql = g_strdup_printf ("CREATE DATABASE %s TEMPLATE template0", database);
  g_autofree char *uri = NULL;
  g_autoptr (GError) error = NULL;
  WayStore *trust;

  administer (self, "postgres", sql);
  uri = way_trial_server_dup_uri (self->server, way_trial_server_get_admin (self->server),
                                  database);
  trust = way_store_create_trust (uri, "St Elsewhere", "XYZ", TRUE, &error);
  if (trust == NULL || !way_postgresql_install (trust, &error))
    g_error ("%s", error->message);
  return trust;
}

static void
tear_down (Bench *self)
{
  way_trial_server_free (self->server);
  fixture_remove_folder (self->folder);
}

/* People with logins, all at once. */
static void
make_people (Bench *self, WayStore *trust, const char *database, guint n)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *role = g_strdup_printf ("desk%u", i);

      g_ptr_array_add (drafts,
                       fixture_draft ("person",
                                      "{'person':'desk%u','username':'desk%u','name':'Desk %u',"
                                      "'staff_group':'nursing','ended':0}",
                                      i, i, i));
      g_string_append_printf (sql,
                              "DO $$ BEGIN IF to_regrole ('%s') IS NULL THEN"
                              " CREATE ROLE %s LOGIN PASSWORD 'pw' IN ROLE waymark_user; END IF;"
                              " END $$; INSERT INTO main.login (login, person)"
                              " VALUES ('%s', '%s');",
                              role, role, role, role);
      if (!way_trial_server_add_password (self->server, role, "pw", &error))
        g_error ("%s", error->message);
    }
  if (!way_store_append (trust, drafts, &error))
    g_error ("%s", error->message);
  administer (self, database, sql->str);
}

static void
answer (WayStore *store, guint n_events)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n_events; i++)
    g_ptr_array_add (
        drafts, fixture_draft (
                    "response",
                    "{'attempt':'01a0d484-b8b6-787a-993a-aae5383fe347','ordinal':%u,'item':'A%u',"
                    "'answer':'RESPONSE=choice_1','score':1,'ms':13000,'dont_know':0,"
                    "'counted':1}",
                    i + 1, i));
  if (!way_store_append (store, drafts, &error))
    g_error ("%s", error->message);
}

static WayStore *
make_desk (Bench *self, guint desk)
{
  g_autofree char *person = g_strdup_printf ("desk%u", desk);
  g_autofree char *path = g_build_filename (self->folder, person, NULL);
  g_autoptr (GError) error = NULL;
  WayStore *store = way_store_open_device (path, person, &error);

  if (store == NULL)
    g_error ("%s", error->message);
  return store;
}

typedef struct
{
  Bench *bench;
  WayStore **desks;
  guint first;
  guint n;
} Share;

static gpointer
sync_cb (gpointer data)
{
  Share *share = data;

  for (guint i = share->first; i < share->first + share->n; i++)
    {
      g_autofree char *role = g_strdup_printf ("desk%u", i);
      g_autofree char *uri = way_trial_server_dup_uri (share->bench->server, role, "bench");
      g_autoptr (GError) error = NULL;
      g_autoptr (WayPeer) peer = way_peer_open (uri, &error);
      WaySyncResult result;

      if (peer == NULL || !way_sync_run (share->desks[i], peer, NULL, &result, &error))
        g_error ("%s", error->message);
      g_assert_cmpuint (result.acked, ==, N_EVENTS);
    }
  return NULL;
}

static double
sync_desks (Bench *self, WayStore **desks, guint first, guint n)
{
  gint64 began = g_get_monotonic_time ();
  GThread *threads[N_CLIENTS];
  Share shares[N_CLIENTS];

  for (guint i = 0; i < N_CLIENTS; i++)
    {
      shares[i] = (Share){ self, desks, first + i * n / N_CLIENTS, n / N_CLIENTS };
      threads[i] = g_thread_new ("desk", sync_cb, &shares[i]);
    }
  for (guint i = 0; i < N_CLIENTS; i++)
    g_thread_join (threads[i]);
  return n / ((g_get_monotonic_time () - began) / 1e6);
}

static char *
run_pgbench (Bench *self, const char *const *arguments)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_autoptr (GPtrArray) command = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = way_trial_server_dup_uri (self->server,
                                                   way_trial_server_get_admin (self->server),
                                                   "beside");
  g_autofree char *all = g_strconcat (uri,
                                      "&sslmode=verify-full&ssl_min_protocol_version=TLSv1.3"
                                      "&channel_binding=require&gssencmode=disable",
                                      NULL);
  char *text = NULL;

  g_ptr_array_add (command, g_strdup ("pgbench"));
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (command, g_strdup (arguments[i]));
  g_ptr_array_add (command, g_strdup (all));
  g_ptr_array_add (command, NULL);
  g_subprocess_launcher_setenv (launcher, "PATH", "/usr/lib/postgresql/15/bin:/usr/bin:/bin", TRUE);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) command->pdata, &error);
  if (process == NULL || !g_subprocess_communicate_utf8 (process, NULL, NULL, &text, NULL, &error))
    g_error ("%s", error->message);
  if (!g_subprocess_get_successful (process))
    g_error ("pgbench: %s", text);
  return text;
}

static double
run_beside (Bench *self, guint n)
{
  g_autofree char *each = g_strdup_printf ("%u", n / N_CLIENTS);
  const char *const arguments[] = {
    "-C", "-n", "-c", G_STRINGIFY (N_CLIENTS), "-j", G_STRINGIFY (N_CLIENTS), "-t", each, NULL
  };
  gint64 began = g_get_monotonic_time ();
  g_autofree char *text = run_pgbench (self, arguments);

  return n / ((g_get_monotonic_time () - began) / 1e6);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double one = *(const double *) a;
  double two = *(const double *) b;

  return one < two ? -1 : one > two;
}

static double
get_median (GArray *figures)
{
  g_array_sort (figures, compare);
  return g_array_index (figures, double, figures->len / 2);
}

/* One part of the desks after the other, and as many connections of pgbench after each: the
 * median of the ratios. */
static double
compare_rates (Bench *self, WayStore **desks, guint n_desks, const char *what)
{
  g_autoptr (GArray) ratios = g_array_new (FALSE, FALSE, sizeof (double));
  double ours = 0;
  double theirs = 0;
  double median;

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      double one = sync_desks (self, desks, i * n_desks / N_ROUNDS, n_desks / N_ROUNDS);
      double two = run_beside (self, n_desks / N_ROUNDS);
      double ratio = one / two;

      ours += one / N_ROUNDS;
      theirs += two / N_ROUNDS;
      g_array_append_val (ratios, ratio);
    }
  median = get_median (ratios);
  g_print ("%s of %d events, each with its own connection: %.0f/s, pgbench -C %.0f/s: %.2f"
           " (median of %d rounds)\n",
           what, N_EVENTS, ours, theirs, median, N_ROUNDS);
  return median;
}

static int
rate (Bench *self, guint n_desks)
{
  static const char *const init[] = { "-i", "-q", "-s", "4", NULL };
  g_autofree WayStore **desks = g_new (WayStore *, n_desks);
  g_autofree char *text = NULL;
  double ratio;

  self->trust = make_trust (self, "bench");
  make_people (self, self->trust, "bench", n_desks);
  administer (self, "postgres", "CREATE DATABASE beside");
  text = run_pgbench (self, init);
  for (guint i = 0; i < n_desks; i++)
    {
      desks[i] = make_desk (self, i);
      answer (desks[i], N_EVENTS);
    }
  compare_rates (self, desks, n_desks, "first meetings, which bind streams");
  /* Each has met the trust before, as it does every morning but the first. */
  for (guint i = 0; i < n_desks; i++)
    answer (desks[i], N_EVENTS);
  ratio = compare_rates (self, desks, n_desks, "full syncs");
  for (guint i = 0; i < n_desks; i++)
    way_store_close (desks[i]);
  way_store_close (self->trust);
  return ratio >= 0.5 ? 0 : 1;
}

/* A log of many people, put there as it would be after years. */
static void
fill (Bench *self, const char *database, guint n_rows)
{
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO main.event (stream, seq, id, author, kind, ver, at, zone, salt, body, digest,"
      " chain, received, effective) SELECT '01234567-89ab-7cde-8f01-' || lpad (to_hex (n %% 1000),"
      " 12, '0'), n / 1000 + 1, '01234567-89ab-7cde-8f02-' || lpad (to_hex (n), 12, '0'),"
      " 'desk' || n %% 1000, CASE n %% 5 WHEN 0 THEN 'step' ELSE 'response' END, 1,"
      " 1700000000000000 + n, 'Europe/London', repeat ('0', 32), '{\"module\":\"F1\",\"version\":1,"
      "\"step\":\"a\"}', repeat ('0', 64), repeat ('0', 64), 1700000000000000 + n,"
      " 1700000000000000 + n FROM generate_series (0, %u) AS n; ANALYZE main.event",
      n_rows - 1);

  administer (self, database, sql);
  administer (self, database, "VACUUM main.event");
}

static PGconn *
connect_desk (Bench *self, const char *database)
{
  g_autofree char *uri = way_trial_server_dup_uri (self->server, "desk1", database);
  PGconn *conn = PQconnectdb (uri);

  if (PQstatus (conn) != CONNECTION_OK)
    g_error ("%s", PQerrorMessage (conn));
  return conn;
}

static char *
ask (PGconn *conn, const char *sql)
{
  PGresult *result = PQexec (conn, sql);
  char *text;

  if (PQresultStatus (result) != PGRES_TUPLES_OK || PQntuples (result) == 0)
    g_error ("%s: %s", sql, PQerrorMessage (conn));
  text = g_strdup (PQgetvalue (result, PQntuples (result) - 1, 0));
  PQclear (result);
  return text;
}

#define STREAM "'01234567-89ab-7cde-8f09-000000000001'"

/* To the end of what there is, and what it takes to hear that there is no more. */
static char *
catch_up (PGconn *conn)
{
  char *cursor = g_strdup ("");

  for (;;)
    {
      g_autofree char *sql = g_strdup_printf (
          "SELECT has_more || cursor_next FROM api.pull_v1 (" STREAM ", 'self', '%s')"
          " WHERE cursor_next IS NOT NULL",
          cursor);
      g_autofree char *answer = ask (conn, sql);

      g_free (cursor);
      cursor = g_strdup (answer + 1);
      if (answer[0] == '0')
        return cursor;
    }
}

/* ms, as the server measures it. */
static double
time_pull (PGconn *conn, const char *schema, const char *cursor)
{
  g_autofree char *sql = g_strdup_printf (
      "EXPLAIN (ANALYZE, TIMING off, FORMAT json) SELECT * FROM %s.pull_v1 (" STREAM
      ", 'self', '%s')",
      schema, cursor);
  g_autofree char *plan = ask (conn, sql);
  const char *at = strstr (plan, "\"Execution Time\":");

  g_assert_nonnull (at);
  return g_ascii_strtod (at + strlen ("\"Execution Time\":"), NULL);
}

/* The same function as the administrator's, whom no policy holds. */
static void
make_unguarded (Bench *self, const char *database)
{
  administer (self, database,
              "CREATE SCHEMA beside; GRANT USAGE ON SCHEMA beside TO PUBLIC;"
              "DO $$ BEGIN EXECUTE replace (pg_get_functiondef ("
              "'api.pull_v1 (text, text, text)'::regprocedure), 'api.pull_v1', 'beside.pull_v1');"
              " END $$; GRANT EXECUTE ON FUNCTION beside.pull_v1 (text, text, text) TO PUBLIC");
}

/* Something of oneself that another device has sent. */
static void
bring_news (Bench *self, const char *database)
{
  administer (self, database,
              "INSERT INTO main.event (stream, seq, id, author, kind, ver, at, zone, salt, body,"
              " digest, chain, received, effective) SELECT '01234567-89ab-7cde-8f0a-000000000001',"
              " 1, '01234567-89ab-7cde-8f0b-000000000001', 'desk1', 'response', 1, e.at, e.zone,"
              " e.salt, e.body, e.digest, e.chain, e.received, e.effective FROM main.event AS e"
              " WHERE e.kind = 'response' LIMIT 1");
}

static int
pull (Bench *self, guint n_rows)
{
  static const char *const names[] = { "small", "large" };
  enum
  {
    SMALL,
    LARGE,
    UNGUARDED,
    NEWS,
    UNGUARDED_NEWS,
    N_FIGURES
  };
  GArray *figures[N_FIGURES];
  double medians[N_FIGURES];
  PGconn *conns[2];
  char *cursors[2];

  for (guint i = 0; i < 2; i++)
    {
      WayStore *trust = make_trust (self, names[i]);

      make_people (self, trust, names[i], 2);
      way_store_close (trust);
      fill (self, names[i], i == 0 ? n_rows / 100 : n_rows);
      make_unguarded (self, names[i]);
      conns[i] = connect_desk (self, names[i]);
      cursors[i] = catch_up (conns[i]);
    }
  for (guint i = 0; i < N_FIGURES; i++)
    figures[i] = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; i < 210; i++)
    {
      double times[] = { time_pull (conns[0], "api", cursors[0]),
                         time_pull (conns[1], "api", cursors[1]),
                         time_pull (conns[1], "beside", cursors[1]) };

      for (guint j = 0; i >= 10 && j <= UNGUARDED; j++)
        g_array_append_val (figures[SMALL + j], times[j]);
    }
  bring_news (self, names[1]);
  for (guint i = 0; i < 210; i++)
    {
      double times[] = { time_pull (conns[1], "api", cursors[1]),
                         time_pull (conns[1], "beside", cursors[1]) };

      for (guint j = 0; i >= 10 && j < 2; j++)
        g_array_append_val (figures[NEWS + j], times[j]);
    }
  for (guint i = 0; i < N_FIGURES; i++)
    {
      medians[i] = get_median (figures[i]);
      g_array_unref (figures[i]);
    }
  for (guint i = 0; i < 2; i++)
    {
      PQfinish (conns[i]);
      g_free (cursors[i]);
    }
  g_print ("pull with nothing new: %.3f ms at %u rows, %.3f ms at %u: %.2f x (at most 1.50 x);"
           " without policies %.3f ms: %.2f x (at most 2.00 x)\n",
           medians[SMALL], n_rows / 100, medians[LARGE], n_rows, medians[LARGE] / medians[SMALL],
           medians[UNGUARDED], medians[LARGE] / medians[UNGUARDED]);
  g_print ("pull with something new: %.3f ms, without policies %.3f ms: %.2f x\n", medians[NEWS],
           medians[UNGUARDED_NEWS], medians[NEWS] / medians[UNGUARDED_NEWS]);
  return medians[LARGE] <= medians[SMALL] * 1.5 && medians[LARGE] <= medians[UNGUARDED] * 2 ? 0 : 1;
}

static void
mark (const char *what)
{
  g_autofree char *line = g_strdup_printf ("mark %s\n", what);

  if (write (STDERR_FILENO, line, strlen (line)) < 0)
    g_error ("Standard error cannot be written");
}

static int
once (Bench *self)
{
  g_autofree char *uri = NULL;
  g_autoptr (GError) error = NULL;
  WaySyncResult result;
  WayStore *desk;

  self->trust = make_trust (self, "bench");
  make_people (self, self->trust, "bench", 1);
  desk = make_desk (self, 0);
  answer (desk, N_EVENTS);
  uri = way_trial_server_dup_uri (self->server, "desk0", "bench");
  /* The first brings what there is, the second finds nothing new, the third is counted. */
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (WayPeer) peer = NULL;

      if (i == 2)
        mark ("connect");
      peer = way_peer_open (uri, &error);
      if (i == 2)
        mark ("begin");
      if (peer == NULL || !way_sync_run (desk, peer, NULL, &result, &error))
        g_error ("%s", error->message);
      if (i == 2)
        mark ("end");
    }
  way_store_close (desk);
  way_store_close (self->trust);
  return 0;
}

int
main (int argc, char **argv)
{
  Bench self = { 0 };
  int result = 2;

  if (argc < 2)
    return 2;
  set_up (&self);
  if (g_str_equal (argv[1], "rate"))
    result = rate (&self, argc > 2 ? (guint) atoi (argv[2]) : N_DESKS);
  else if (g_str_equal (argv[1], "pull"))
    result = pull (&self, argc > 2 ? (guint) atoi (argv[2]) : 1000000);
  else if (g_str_equal (argv[1], "once"))
    result = once (&self);
  tear_down (&self);
  return result;
}
