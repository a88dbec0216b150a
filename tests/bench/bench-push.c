/* bench-push.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a push costs, beside COPY of the same rows into a table of the same columns, checks
 * and indexes, over the same kind of connection, batch by batch in turns. A batch is the
 * largest push there is, and one COPY: so each is one commit, which waits for the disk. COPY
 * trusts what it is given; push computes every digest and chain, judges the author and folds.
 *
 *   bench-push [BATCHES [ROWS]] */

#include "store-fixture.h"

#include <libpq-fe.h>
#include <string.h>

#include "db/way-trial-server.h"
#include "sync/way-peer.h"
#include "sync/way-postgresql-peer.h"

/* Batches of a desk. */
#define PER_DESK 2

typedef struct
{
  WayTrialServer *server;
  char *uri; /* of the database, as its administrator */
  WayStore *trust;
  PGconn *copier;
  guint n_batches;
  guint n_rows;
  guint n_desks;
  guint64 n_ids;
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
run (PGconn *conn, const char *sql)
{
  PGresult *result = PQexec (conn, sql);

  if (PQresultStatus (result) != PGRES_COMMAND_OK && PQresultStatus (result) != PGRES_TUPLES_OK)
    g_error ("%s: %s", sql, PQerrorMessage (conn));
  PQclear (result);
}

static void
set_up (Bench *self)
{
  g_autoptr (GError) error = NULL;

  self->server = way_trial_server_start (WAY_TRIAL_SERVER_DURABLE, &error);
  g_assert_no_error (error);
  administer (self, "postgres", "CREATE DATABASE bench TEMPLATE template0");
  self->uri = way_trial_server_dup_uri (self->server, way_trial_server_get_admin (self->server),
                                        "bench");
  self->trust = way_store_create_trust (self->uri, "St Elsewhere", "XYZ", TRUE, &error);
  g_assert_no_error (error);
  if (!way_postgresql_install (self->trust, &error))
    g_error ("%s", error->message);
  self->copier = PQconnectdb (self->uri);
  if (PQstatus (self->copier) != CONNECTION_OK)
    g_error ("%s", PQerrorMessage (self->copier));
  run (self->copier, "CREATE SCHEMA beside");
  run (self->copier, "CREATE TABLE beside.event (LIKE main.event INCLUDING ALL)");
}

/* A person with a login, and their desk's connection. */
static WayPeer *
open_desk (Bench *self, const char *person, const char *stream)
{
  g_autofree char *role = g_strconcat ("p_", person, NULL);
  g_autofree char *sql = NULL;
  g_autofree char *id = NULL;
  g_autofree char *uri = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayWelcome) welcome = NULL;
  WayPeer *peer;

  id = fixture_append (
      self->trust, NULL,
      fixture_draft (
          "person", "{'person':'%s','username':'%s','name':'%s','staff_group':'nursing','ended':0}",
          person, person, person));
  sql = g_strdup_printf ("CREATE ROLE %s LOGIN PASSWORD 'pw' IN ROLE waymark_user;"
                         "INSERT INTO main.login (login, person) VALUES ('%s', '%s')",
                         role, role, person);
  administer (self, "bench", sql);
  if (!way_trial_server_add_password (self->server, role, "pw", &error))
    g_error ("%s", error->message);
  uri = way_trial_server_dup_uri (self->server, role, "bench");
  peer = way_peer_open (uri, &error);
  g_assert_no_error (error);
  welcome = way_peer_hello (peer, person, stream, 0, NULL, g_get_real_time (), &error);
  g_assert_no_error (error);
  return peer;
}

/* What a sitting writes, question by question. */
static WayEvent *
make_answer (const char *attempt, guint n)
{
  if (n % 2 == 0)
    return fixture_draft ("selection",
                          "{'attempt':'%s','ordinal':%u,'item':'A%02u','capability':'A',"
                          "'value':-0.02266078356794994,'information':0.11450235806875088,"
                          "'pool':60,'rank':1,'reason':'information'}",
                          attempt, n / 2 + 1, n % 97);
  return fixture_draft ("response",
                        "{'attempt':'%s','ordinal':%u,'item':'A%02u','answer':'RESPONSE=choice_%u',"
                        "'score':1,'ms':13000,'dont_know':0,'counted':1}",
                        attempt, n / 2 + 1, n % 97, n % 4);
}

/* And what comes between the answers: sittings begun and ended, estimates, steps, checks. */
static WayEvent *
make_mixed (char **attempt, guint n)
{
  switch (n % 40)
    {
    case 0:
      return fixture_attempt ("baseline", NULL, NULL);
    case 33:
      return fixture_draft ("step", "{'module':'F%u','version':1,'step':'s%u'}", n % 7, n % 11);
    case 34:
      return fixture_draft ("confidence", "{'module':'F%u','moment':'before','value':6}", n % 7);
    case 35:
      return fixture_draft ("rule_outcome",
                            "{'attempt':'%s','module':'F1','desk':'desks/f1-inbox.xml',"
                            "'rule':'kept','record':'restart','outcome':'F1.sender','held':1,"
                            "'points':1,'out_of':1}",
                            *attempt);
    case 36:
    case 37:
    case 38:
      return fixture_estimate (*attempt, n % 40 == 36 ? "A" : n % 40 == 37 ? "B" : "C", 0.5);
    case 39:
      return fixture_end (*attempt, "baseline", "decided", NULL, FALSE);
    default:
      return make_answer (*attempt, n);
    }
}

static GPtrArray *
make_batch (Bench *self, const char *stream, guint n_rows, gboolean is_mixed, WayEvent **last_place)
{
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autofree char *attempt = g_strdup ("01a0d484-b8b6-787a-993a-aae5383fe347");
  const WayEvent *last = *last_place;

  for (guint i = 0; i < n_rows; i++)
    {
      WayEvent *event = is_mixed ? make_mixed (&attempt, i) : make_answer (attempt, i);
      guint64 number = ++self->n_ids;
      guint8 random[10];
      g_autofree char *id = NULL;
      g_autofree char *salt = g_uuid_string_random ();
      g_auto (GStrv) parts = g_strsplit (salt, "-", -1);
      g_autofree char *joined = g_strjoinv ("", parts);

      memcpy (random, &number, 8);
      random[8] = random[9] = 7;
      event->at = 1700000000000000 + (gint64) number * 1000;
      event->zone = g_strdup ("Europe/London");
      id = way_uuid_new_v7 (event->at, random);
      way_event_seal_into_stream (event, stream, last != NULL ? last->seq + 1 : 1, id, joined,
                                  last != NULL ? last->chain : NULL);
      if (g_str_equal (event->kind, "attempt"))
        {
          g_free (attempt);
          attempt = g_strdup (event->id);
        }
      g_ptr_array_add (events, event);
      last = event;
    }
  way_event_free (*last_place);
  *last_place = way_event_copy (last);
  return events;
}

/* The rows as the trust has them now, as COPY reads them. */
static char *
dup_rows (Bench *self, const char *stream, gint64 first, int *length)
{
  g_autofree char *sql = g_strdup_printf (
      "COPY (SELECT stream, seq, id, author, subject, unit, kind, ver, at, zone, salt, body, "
      "digest,"
      " chain, received, effective, allowed, login, refers FROM main.event WHERE stream = '%s'"
      " AND seq >= %" G_GINT64_FORMAT " ORDER BY seq) TO STDOUT",
      stream, first);
  PGresult *result = PQexec (self->copier, sql);
  GString *rows = g_string_new (NULL);
  char *line;
  int n;

  if (PQresultStatus (result) != PGRES_COPY_OUT)
    g_error ("%s", PQerrorMessage (self->copier));
  PQclear (result);
  while ((n = PQgetCopyData (self->copier, &line, 0)) > 0)
    {
      g_string_append_len (rows, line, n);
      PQfreemem (line);
    }
  while ((result = PQgetResult (self->copier)) != NULL)
    PQclear (result);
  *length = (int) rows->len;
  return g_string_free (rows, FALSE);
}

static double
copy (Bench *self, const char *rows, int length)
{
  gint64 began = g_get_monotonic_time ();
  PGresult *result;

  result = PQexec (self->copier,
                   "COPY beside.event (stream, seq, id, author, subject, unit, kind, ver, at, zone,"
                   " salt, body, digest, chain, received, effective, allowed, login, refers)"
                   " FROM STDIN");
  if (PQresultStatus (result) != PGRES_COPY_IN)
    g_error ("%s", PQerrorMessage (self->copier));
  PQclear (result);
  if (PQputCopyData (self->copier, rows, length) != 1 || PQputCopyEnd (self->copier, NULL) != 1)
    g_error ("%s", PQerrorMessage (self->copier));
  while ((result = PQgetResult (self->copier)) != NULL)
    {
      if (PQresultStatus (result) != PGRES_COMMAND_OK)
        g_error ("%s", PQerrorMessage (self->copier));
      PQclear (result);
    }
  return (g_get_monotonic_time () - began) / 1e6;
}

static double
push (WayPeer *peer, GPtrArray *events)
{
  gint64 began = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;
  g_autoptr (WayReceipt) receipt = way_peer_push (peer, events, &error);

  if (receipt == NULL)
    g_error ("%s", error->message);
  g_assert_cmpuint (receipt->inserted, ==, events->len);
  g_assert_cmpuint (receipt->refused, ==, 0);
  return (g_get_monotonic_time () - began) / 1e6;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double one = *(const double *) a;
  double two = *(const double *) b;

  return one < two ? -1 : one > two;
}

/* One desk after the other sends its log in batches; each batch is pushed and then copied.
 * The first of a connection is small, and counts on neither side: that is what a new
 * connection costs, which bench-sync measures. */
static gboolean
measure (Bench *self, const char *what, gboolean is_mixed, double gate)
{
  g_autoptr (GArray) ratios = g_array_new (FALSE, FALSE, sizeof (double));
  double pushing = 0;
  double copying = 0;
  double median;

  while (ratios->len < self->n_batches)
    {
      guint desk = self->n_desks++;
      g_autofree char *person = g_strdup_printf ("desk%u", desk);
      g_autofree char *stream = g_strdup_printf ("01234567-89ab-7cde-8f01-%012x", desk);
      g_autoptr (WayPeer) peer = open_desk (self, person, stream);
      g_autoptr (WayEvent) last = NULL;

      for (guint i = 0; i <= PER_DESK; i++)
        {
          g_autoptr (GPtrArray)
              events = make_batch (self, stream, i == 0 ? 40 : self->n_rows, is_mixed, &last);
          g_autofree char *rows = NULL;
          double one, two, ratio;
          int length;

          one = push (peer, events);
          rows = dup_rows (self, stream, ((WayEvent *) events->pdata[0])->seq, &length);
          two = copy (self, rows, length);
          if (i == 0)
            continue;
          pushing += one;
          copying += two;
          ratio = two / one;
          g_array_append_val (ratios, ratio);
        }
    }
  g_array_sort (ratios, compare);
  median = g_array_index (ratios, double, ratios->len / 2);
  g_print ("%s: %.0f rows/s, COPY %.0f rows/s: %.0f %% (median of %u batches of %u; at least"
           " %.0f %%)\n",
           what, ratios->len * self->n_rows / pushing, ratios->len * self->n_rows / copying,
           median * 100, ratios->len, self->n_rows, gate * 100);
  return median >= gate;
}

int
main (int argc, char **argv)
{
  Bench self = { 0 };
  gboolean is_well;

  self.n_batches = argc > 1 ? atoi (argv[1]) : 12;
  self.n_rows = argc > 2 ? atoi (argv[2]) : 2000;
  set_up (&self);
  is_well = measure (&self, "push with digest and chain", FALSE, 0.5);
  is_well = measure (&self, "push with digest, chain and folds", TRUE, 0.25) && is_well;
  PQfinish (self.copier);
  way_store_close (self.trust);
  way_trial_server_free (self.server);
  g_free (self.uri);
  return is_well ? 0 : 1;
}
