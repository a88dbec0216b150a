/* test-certificate.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/way-trial-server.h"
#include "record/way-certificate.h"
#include "store/way-log.h"

#include "ctl-run.h"

#include <glib/gstdio.h>
#include <string.h>

/* waymarkctl certificate verify, on a trust in a file and on one in PostgreSQL. */

/* 3 May 2026, 23:30 in London: a day later than in UTC it is not. */
#define EARNED G_GINT64_CONSTANT (1777847400000000)

static char *append (WayStore *store, const char *author, const char *kind, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

static char *
append (WayStore *store, const char *author, const char *kind, const char *format, ...)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (GError) error = NULL;
  g_autofree char *body = NULL;
  WayEvent *event;
  va_list arguments;

  va_start (arguments, format);
  body = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  event = way_event_new (kind, 1, g_strdelimit (body, "'", '"'));
  event->at = EARNED;
  g_ptr_array_add (list, event);
  way_store_append_as (store, author, list, &error);
  g_assert_no_error (error);
  return g_strdup (((WayEvent *) list->pdata[0])->id);
}

static void
pass (WayStore *store, const char *module)
{
  g_autofree char *attempt =
      append (store, "ann", "attempt",
              "{'type':'check','module':'%s','pack':'core',"
              "'pack_version':4,'parameters':'','language':'en-GB','seed':'1',"
              "'draw':'q1 q2 q3 q4 q5'}",
              module);

  for (guint i = 1; i <= 5; i++)
    g_free (append (store, "ann", "response",
                    "{'attempt':'%s','ordinal':%u,'item':'q%u','answer':'a','score':1,'ms':9000,"
                    "'dont_know':0,'counted':1}",
                    attempt, i, i));

  g_free (append (store, "ann", "attempt_end",
                  "{'attempt':'%s','type':'check','how':'finished','module':'%s','asked':5,"
                  "'right':5,'score':1,'passed':1}",
                  attempt, module));
}

static char *
certify (WayStore *store, const char *what)
{
  g_autofree char *id =
      append (store, "ann", "certificate",
              "{%s,'pack':'core','pack_version':4,'version':2,'earned':%" G_GINT64_FORMAT "}", what,
              EARNED);
  g_autofree char *sql = g_strdup_printf ("SELECT digest FROM event WHERE id = '%s'", id);
  g_autofree char *digest = way_db_dup_text (way_store_get_db (store), sql, NULL);
  g_autofree char *proof = way_certificate_make_proof (id, digest);

  return way_certificate_make_code (proof);
}

static void
assert_said (const char *line, const char *code, int status, const char *words)
{
  g_autoptr (GString) command = g_string_new (line);
  Run said;

  g_string_replace (command, "CODE", code, 0);
  said = run (command->str);
  if (strstr (said.out, words) == NULL)
    g_error ("%s: “%s” is not in\n%s%s", command->str, words, said.out, said.err);
  g_assert_cmpint (said.status, ==, status);
  run_clear (&said);
}

static void
verify_all (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore)
      store = way_store_create_trust (trust, "Fernhill Trust", "ZZ9", TRUE, &error);
  g_autofree char *code = NULL;
  g_autofree char *pathway = NULL;
  g_autofree char *failed = NULL;
  g_autofree char *unheard = NULL;
  g_autofree char *spaced = NULL;

  g_assert_no_error (error);
  g_free (append (store, NULL, "pack_release",
                  "{'part':'pack','pack':'core','version':4,'ident':'core','name':'Core',"
                  "'position':1}"));
  g_free (append (store, NULL, "pack_release",
                  "{'part':'module','pack':'core','version':4,'ident':'F1',"
                  "'name':'Spot, the “Phish”','position':1}"));
  g_free (append (store, NULL, "pack_release",
                  "{'part':'module','pack':'core','version':4,'ident':'C1','name':'Right Patient',"
                  "'position':2}"));
  g_free (append (store, NULL, "pack_release",
                  "{'part':'pathway','pack':'core','version':4,'ident':'one','name':'Only One',"
                  "'required':'F1','position':1}"));
  g_free (append (store, NULL, "person",
                  "{'person':'ann','username':'ann','name':'Ann Example','staff_group':'nursing',"
                  "'ended':0}"));
  pass (store, "F1");
  code = certify (store, "'module':'F1'");
  pathway = certify (store, "'pathway':'one'");
  failed = certify (store, "'module':'C1'");
  unheard = certify (store, "'pathway':'two'");
  way_store_close (store);

#define VERIFY "certificate verify CODE --trust %t"
  assert_said (VERIFY, code, 0, "valid");
  assert_said (VERIFY, code, 0, "title       Spot, the “Phish”");
  assert_said (VERIFY, code, 0, "on paper    2026-05-03");
  assert_said (VERIFY, code, 0, "who         Ann Example");
  assert_said (VERIFY, pathway, 0, "title       Only One");
  assert_said (VERIFY, failed, 1, "does not have a passed check");
  assert_said (VERIFY, unheard, 1, "has not published what it names");
  assert_said (VERIFY, "0000-0000-0001-ZT", 1, "not received");
  assert_said (VERIFY, "0000-0000-0001-ZZ", 1, "mistyped");
  assert_said (VERIFY " --format csv", code, 0, "state,code,type,id,title,version,pack,");
  assert_said (VERIFY " --format csv", code, 0, ",module,F1,\"Spot, the “Phish”\",2,core,4,");
  assert_said (VERIFY " --format csv", "xyz", 1, "mistyped,,,");
  assert_said (VERIFY " --format json", code, 0, "\"state\" : \"valid\"");
  assert_said (VERIFY " --format json", code, 0, "\"version\" : 2");
  assert_said (VERIFY " --format json", failed, 1, "\"finished\" : null");
  assert_said (VERIFY " --format text", code, 0, "version     2");
  /* As people type it. */
  spaced = g_ascii_strdown (code, -1);
  assert_said (VERIFY, g_strdelimit (spaced, "-", '\t'), 0, "valid");
}

static void
test_file (void)
{
  verify_all ();
}

static void
test_server (void)
{
  g_autoptr (GError) error = NULL;
  WayTrialServer *server = way_trial_server_start (WAY_TRIAL_SERVER_FAST, &error);
  g_autofree char *admin_uri = NULL;

  g_assert_no_error (error);
  admin_uri = way_trial_server_dup_uri (server, way_trial_server_get_admin (server), "postgres");
  {
    g_autoptr (WayDb) admin = way_db_open (admin_uri, WAY_DB_READ_WRITE, &error);

    g_assert_no_error (error);
    way_db_exec (admin, "CREATE DATABASE trust", &error);
    g_assert_no_error (error);
  }
  g_free (trust);
  trust = way_trial_server_dup_uri (server, way_trial_server_get_admin (server), "trust");
  verify_all ();
  way_trial_server_free (server);
}

static void
test_usage (void)
{
  static const char *const wrong[] = {
    "certificate",
    "certificate verify",
    "certificate verify 0000-0000-0001-ZT",
    "certificate check 0000-0000-0001-ZT --trust sqlite:x",
    "certificate verify 0000-0000-0001-ZT --trust sqlite:x --format xlsx",
    "certificate verify 0000 0000 0001 ZT --trust sqlite:x",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_auto (Run) said = run (wrong[i]);

      g_assert_cmpint (said.status, ==, 2);
      g_assert_cmpstr (said.out, ==, "");
    }
  {
    g_auto (Run) said = run ("certificate verify 0000-0000-0001-ZT --trust sqlite:%f/none.db");

    g_assert_cmpint (said.status, ==, 1);
    g_assert_cmpstr (said.out, ==, "");
    g_assert_cmpstr (said.err, !=, "");
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  run_begin (argv[1]);
  g_test_add_func ("/ctl/certificate/file", test_file);
  g_test_add_func ("/ctl/certificate/server", test_server);
  g_test_add_func ("/ctl/certificate/usage", test_usage);
  return run_end ();
}
