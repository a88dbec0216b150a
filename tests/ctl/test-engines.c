/* test-engines.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/way-trial-server.h"
#include "report/way-report.h"
#include "store/way-derived.h"
#include "store/way-log.h"

#include <glib/gstdio.h>
#include <string.h>

/* One log in two engines: every file of SQL that makes a table, every report and every
 * "as at" must give the same on both. The log is a year of a made-up trust. */

#define DAY (G_GINT64_CONSTANT (86400000000))

static char *program;
static char *folder;
static WayTrialServer *server;
static WayStore *lite;
static WayStore *big;

static WayStore *
make_lite (void)
{
  g_autofree char *uri = g_strdup_printf ("sqlite:%s/trust.db", folder);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  WayStore *trust;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, program, "demo", "--trust",
                              uri, "--people", "60", "--seed", "7", NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (process, NULL, &error));
  trust = way_store_open_trust (uri, FALSE, &error);
  g_assert_no_error (error);
  return trust;
}

/* What the demonstration does not have: something of every table. */
static void
add_to_lite (void)
{
  static const struct
  {
    const char *kind;
    const char *body;
  } drafts[] = {
    { "setting", "{\"key\":\"reminders\",\"value\":\"0\"}" },
    { "preference", "{\"key\":\"share_levels\",\"value\":\"champion\"}" },
    { "self_rating", "{\"capability\":\"information\",\"now\":1,\"need\":3}" },
    { "help_given", "{\"topic\":\"F1\",\"people\":2,\"minutes\":5}" },
  };
  g_autofree char *person = NULL;
  g_autoptr (GError) error = NULL;

  person = way_db_dup_text (way_store_get_db (lite),
                            "SELECT person FROM role WHERE role = 'champion' ORDER BY person",
                            &error);
  for (guint i = 0; i < G_N_ELEMENTS (drafts); i++)
    {
      g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);

      g_ptr_array_add (list, way_event_new (drafts[i].kind, 1, drafts[i].body));
      way_store_append_as (lite, person, list, &error);
      g_assert_no_error (error);
      if (g_str_equal (drafts[i].kind, "self_rating"))
        {
          g_autofree char *body = g_strdup_printf ("{\"target\":\"%s\",\"reason\":\"a slip\"}",
                                                   ((WayEvent *) list->pdata[0])->id);

          g_ptr_array_set_size (list, 0);
          g_ptr_array_add (list, way_event_new ("retraction", 1, body));
          way_store_append_as (lite, person, list, &error);
          g_assert_no_error (error);
        }
    }
}

static WayStore *
make_big (void)
{
  g_autofree char *admin_uri = NULL;
  g_autofree char *uri = NULL;
  g_autoptr (WayDb) admin = NULL;
  g_autoptr (GError) error = NULL;
  gint64 synthetic = 0;
  WayStore *trust;

  admin_uri = way_trial_server_dup_uri (server, way_trial_server_get_admin (server), "postgres");
  admin = way_db_open (admin_uri, WAY_DB_READ_WRITE, &error);
  g_assert_no_error (error);
  way_db_exec (admin, "CREATE DATABASE trust", &error);
  g_assert_no_error (error);
  uri = way_trial_server_dup_uri (server, way_trial_server_get_admin (server), "trust");
  g_assert_null (way_store_open_trust (uri, TRUE, &error));
  g_assert_error (error, WAY_STORE_ERROR, WAY_STORE_ERROR_WRONG);
  g_clear_error (&error);
  trust = way_store_create_trust (uri, "Fernhill Practice Trust", "ZZ9", TRUE, &error);
  g_assert_no_error (error);
  way_store_close (trust);
  g_object_unref (trust);
  g_assert_null (way_store_create_trust (uri, "Another", "ZZ8", TRUE, &error));
  g_assert_error (error, WAY_STORE_ERROR, WAY_STORE_ERROR_WRONG);
  g_clear_error (&error);
  trust = way_store_open_trust (uri, FALSE, &error);
  g_assert_no_error (error);
  way_db_get_int (way_store_get_db (trust), "SELECT max (synthetic) FROM organisation", &synthetic,
                  &error);
  g_assert_no_error (error);
  g_assert_cmpint (synthetic, ==, 1);
  return trust;
}

/* The rows of one are written into the other, and folded there. */
static void
copy_log (void)
{
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GError) error = NULL;
  WayBatch *batch = NULL;
  gint64 last = 0;

  events = way_log_read_stream (lite, way_store_get_stream (lite), 1, G_MAXINT, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (events->len, >, 1000);
  batch = way_batch_begin (big, &error);
  for (guint i = 0; i < events->len; i++)
    {
      const WayEvent *event = events->pdata[i];

      way_batch_insert (batch, event, NULL, &error);
      g_assert_no_error (error);
      last = event->seq;
    }
  way_batch_commit (batch, &error);
  g_assert_no_error (error);
  way_batch_free (batch);
  {
    g_autofree char *sql = NULL;

    sql = g_strdup_printf ("INSERT INTO stream (stream, last_seq, first_seen, last_seen)"
                           " VALUES ('%s', %" G_GINT64_FORMAT ", 1, 1)",
                           way_store_get_stream (lite), last);
    way_db_exec (way_store_get_db (big), sql, &error);
    g_assert_no_error (error);
  }
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char *
ask (WayStore *store, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);
  WayStatement *statement = way_db_prepare (way_store_get_db (store), sql, &error);
  GString *text = g_string_new (NULL);
  gboolean has_row = TRUE;

  g_assert_no_error (error);
  while (TRUE)
    {
      GString *row;

      way_statement_step (statement, &has_row, &error);
      g_assert_no_error (error);
      if (!has_row)
        break;
      row = g_string_new (NULL);
      for (int i = 0; i < way_statement_get_n_columns (statement); i++)
        {
          if (way_statement_is_null (statement, i))
            g_string_append (row, "–|");
          else if (way_statement_is_number (statement, i))
            g_string_append_printf (row, "%.15g|", way_statement_get_double (statement, i));
          else
            g_string_append_printf (row, "%s|", way_statement_get_text (statement, i));
        }
      g_ptr_array_add (rows, g_string_free (row, FALSE));
    }
  g_ptr_array_sort (rows, compare_rows);
  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (text, "%s\n", (char *) rows->pdata[i]);
  return g_string_free (text, FALSE);
}

static void
compare_tables (gboolean must_have_rows)
{
  static const char *const filled[] = { "retracted",  "organisation", "setting",    "unit",
                                        "catalogue",  "person",       "membership", "role",
                                        "shared",     "self_rating",  "attempt",    "level_history",
                                        "level",      "progress",     "evidence",   "help",
                                        "help_given", "feedback",     NULL };

  for (const char *const *name = way_derived_list (); *name != NULL; name++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s", *name);
      g_autofree char *one = ask (lite, sql);
      g_autofree char *two = ask (big, sql);

      if (must_have_rows && g_strv_contains (filled, *name) && *one == '\0')
        g_error ("There is nothing to compare in %s", *name);
      if (!g_str_equal (one, two))
        g_test_message ("%s differs", *name);
      g_assert_cmpstr (one, ==, two);
    }
}

static void
test_tables (void)
{
  compare_tables (TRUE);
}

static void
test_as_at (void)
{
  static const int days[] = { 300, 90, 1 };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      gint64 then = g_get_real_time () - days[i] * DAY;

      way_store_as_at (lite, then, &error);
      g_assert_no_error (error);
      way_store_as_at (big, then, &error);
      g_assert_no_error (error);
      compare_tables (FALSE);
    }
  way_store_as_at (lite, 0, &error);
  way_store_as_at (big, 0, &error);
  g_assert_no_error (error);
  compare_tables (TRUE);
}

static void
test_sound (void)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  g_assert_true (way_store_check (big, problems, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (char *) problems->pdata[i]);
  g_assert_cmpuint (problems->len, ==, 0);

  /* What is changed behind its back is found, and made right. */
  way_db_exec (way_store_get_db (big),
               "UPDATE level SET mean = mean + 1 WHERE person = (SELECT min (person) FROM level)",
               &error);
  g_assert_no_error (error);
  g_assert_true (way_store_check (big, problems, &error));
  g_assert_cmpuint (problems->len, >, 0);
  g_ptr_array_set_size (problems, 0);
  g_assert_true (way_store_rebuild (big, problems, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, >, 0);
  compare_tables (TRUE);
}

static void
compare_reports (WayStore *first, WayStore *second, WayReportFilter *filter)
{
  guint n_reports;
  const WayReport *const *reports = way_report_list (&n_reports);

  for (guint i = 0; i < n_reports; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (WayReportRun) one = NULL;
      g_autoptr (WayReportRun) two = NULL;
      guint n_columns;

      one = way_report_run (reports[i], first, filter, NULL, &error);
      g_assert_no_error (error);
      two = way_report_run (reports[i], second, filter, NULL, &error);
      g_assert_no_error (error);
      way_report_get_columns (reports[i], &n_columns);
      g_assert_cmpuint (way_report_run_get_n_rows (one), >, 0);
      g_assert_cmpuint (way_report_run_get_n_rows (one), ==, way_report_run_get_n_rows (two));
      for (guint r = 0; r < way_report_run_get_n_rows (one); r++)
        for (guint c = 0; c < n_columns; c++)
          g_assert_cmpstr (way_report_run_get_cell (one, r, c), ==,
                           way_report_run_get_cell (two, r, c));
    }
}

static void
test_reports (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) then = g_date_time_add_days (now, -100);
  g_autofree char *day = g_date_time_format (then, "%Y-%m-%d");
  WayReportFilter all = { 0 };
  WayReportFilter division = { .unit = "MED" };
  WayReportFilter group = { .staff_group = "nursing" };
  WayReportFilter past = { .as_at = day };

  compare_reports (lite, big, &all);
  compare_reports (lite, big, &division);
  compare_reports (lite, big, &group);
  compare_reports (lite, big, &past);
}

static WayStore *
open_as (const char *role, const char *sql)
{
  g_autofree char *person = NULL;
  g_autofree char *text = NULL;
  g_autofree char *uri = NULL;
  g_autofree char *admin_uri = NULL;
  g_autoptr (WayDb) admin = NULL;
  g_autoptr (GError) error = NULL;
  WayStore *trust;

  person = way_db_dup_text (way_store_get_db (big), sql, &error);
  g_assert_no_error (error);
  g_assert_nonnull (person);
  admin_uri = way_trial_server_dup_uri (server, way_trial_server_get_admin (server), "trust");
  admin = way_db_open (admin_uri, WAY_DB_READ_WRITE, &error);
  g_assert_no_error (error);
  text = g_strdup_printf ("CREATE ROLE %s LOGIN PASSWORD 'pw' IN ROLE waymark_user;"
                          "INSERT INTO main.login (login, person) VALUES ('%s', '%s')",
                          role, role, person);
  way_db_exec (admin, text, &error);
  g_assert_no_error (error);
  way_trial_server_add_password (server, role, "pw", &error);
  uri = way_trial_server_dup_uri (server, role, "trust");
  trust = way_store_open_trust (uri, TRUE, &error);
  g_assert_no_error (error);
  return trust;
}

/* A lead, with no right to any table, has the same figures, of today and of a day that has
 * gone; somebody else has their own row and no more. */
static void
test_people (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) then = g_date_time_add_days (now, -100);
  g_autofree char *day = g_date_time_format (then, "%Y-%m-%d");
  g_autoptr (WayStore) lead = NULL;
  g_autoptr (WayStore) learner = NULL;
  g_autoptr (WayReportRun) run = NULL;
  g_autoptr (GError) error = NULL;
  WayReportFilter all = { 0 };
  WayReportFilter division = { .unit = "MED" };
  WayReportFilter past = { .as_at = day };

  lead = open_as ("l_lead", "SELECT min (person) FROM role WHERE role = 'lead'");
  compare_reports (big, lead, &all);
  compare_reports (big, lead, &division);
  compare_reports (big, lead, &past);
  /* And today again, on the connection that looked back. */
  g_assert_true (way_store_as_at (lead, g_get_real_time () - 200 * DAY, &error));
  g_assert_no_error (error);
  g_assert_true (way_store_as_at (lead, 0, &error));
  g_assert_no_error (error);
  compare_reports (big, lead, &all);
  {
    /* How others see themselves, and their sittings, stay with them. */
    g_autofree char *rows = ask (lead, "SELECT count(DISTINCT person) FROM"
                                       " (SELECT person FROM self_rating UNION ALL"
                                       " SELECT person FROM attempt UNION ALL"
                                       " SELECT author FROM event WHERE kind = 'response') AS x");

    g_assert_true (g_str_equal (rows, "0|\n") || g_str_equal (rows, "1|\n"));
  }

  learner = open_as ("l_learner", "SELECT min (person) FROM level WHERE person NOT IN"
                                  " (SELECT person FROM role)");
  run = way_report_run (way_report_find ("competency"), learner, &all, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (way_report_run_get_n_rows (run), ==, 6);
  g_clear_pointer (&run, way_report_run_free);
  g_assert_null (way_report_run (way_report_find ("competency"), learner, &past, NULL, &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_DENIED);
  way_store_close (lead);
  way_store_close (learner);
}

/* Every row of the log came over byte for byte. */
static void
test_bytes (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = NULL;

  events = way_log_read_stream (lite, way_store_get_stream (lite), 1, 500, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (events->len, >, 100);
  for (guint i = 0; i < events->len; i++)
    {
      const WayEvent *event = events->pdata[i];
      g_autoptr (WayEvent) other = NULL;

      way_log_find (big, event->id, &other, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (event->body, ==, other->body);
      g_assert_cmpstr (event->chain, ==, other->chain);
      g_assert_cmpint (event->effective, ==, other->effective);
    }
}

/* A trust that another version made is brought to this one: tables, functions, policies. */
static void
test_upgrade (void)
{
  g_autoptr (WayStore) again = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  const char *uri = way_db_get_uri (way_store_get_db (big));

  g_assert_true (way_store_set_meta (big, "derived", "another", &error));
  g_assert_true (way_store_set_meta (big, "functions", "another", &error));
  for (guint i = 0; i < 2; i++)
    {
      g_clear_object (&process);
      process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, program, "trust",
                                  i == 0 ? "upgrade" : "check", uri, NULL);
      g_assert_no_error (error);
      g_assert_true (g_subprocess_wait_check (process, NULL, &error));
    }
  again = way_store_open_trust (uri, FALSE, &error);
  g_assert_no_error (error);
  {
    g_autofree char *known = way_store_get_meta (again, "functions", &error);

    g_assert_cmpstr (known, !=, "another");
  }
  compare_tables (TRUE);
  way_store_close (again);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *command = NULL;
  int code;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  program = argv[1];
  folder = g_dir_make_tmp ("waymark-engines-XXXXXX", &error);
  g_assert_no_error (error);
  server = way_trial_server_start (WAY_TRIAL_SERVER_FAST, &error);
  g_assert_no_error (error);
  lite = make_lite ();
  add_to_lite ();
  big = make_big ();
  copy_log ();

  g_test_add_func ("/engines/bytes", test_bytes);
  g_test_add_func ("/engines/tables", test_tables);
  g_test_add_func ("/engines/as-at", test_as_at);
  g_test_add_func ("/engines/reports", test_reports);
  g_test_add_func ("/engines/people", test_people);
  g_test_add_func ("/engines/sound", test_sound);
  g_test_add_func ("/engines/upgrade", test_upgrade);
  code = g_test_run ();

  way_store_close (lite);
  way_store_close (big);
  g_object_unref (lite);
  g_object_unref (big);
  way_trial_server_free (server);
  command = g_strdup_printf ("rm -rf %s", folder);
  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
  return code;
}
