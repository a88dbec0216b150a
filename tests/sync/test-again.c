/* test-again.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync-fixture.h"

#include "sync/way-again.h"

/* The trust was put back, and what needs a right comes again before what gives it. */

#define REFUSED "SELECT count(*) FROM event WHERE allowed = 0"
#define HELP "SELECT text, state, coalesce (taken_by, '–') FROM help ORDER BY asked, request"
#define GIVEN "SELECT champion, person FROM help_given ORDER BY champion"

static guint
judge_again (SyncFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  guint n = 0;

  way_judge_again (fixture->trust, g_get_real_time (), &n, &error);
  g_assert_no_error (error);
  return n;
}

/* As the server does it, by the login of its clockwork. */
static guint
tick (SyncFixture *fixture)
{
  g_autofree char *uri = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDb) db = NULL;

  if (!sync_fixture_is_postgresql ())
    return judge_again (fixture);
  uri = sync_fixture_dup_role_uri (fixture, "waymark_tick");
  db = way_db_open (uri, WAY_DB_READ_WRITE, &error);
  g_assert_no_error (error);
  before = fixture_ask (fixture->trust, REFUSED);
  way_db_exec (db, "SELECT ticked FROM api.tick ()", &error);
  g_assert_no_error (error);
  after = fixture_ask (fixture->trust, REFUSED);
  return atoi (before) - atoi (after);
}

static void
meet (SyncFixture *fixture, WayStore *device, guint refused)
{
  WaySyncResult result;

  sync_fixture_sync (fixture, device, &result);
  g_assert_cmpuint (result.refused, ==, refused);
}

static char *
say (WayStore *device, const char *about, const char *unit, WayEvent *draft)
{
  draft->subject = g_strdup (about);
  draft->unit = g_strdup (unit);
  return fixture_append (device, NULL, draft);
}

/* Called from elsewhere, dan has answered; his answer comes before ann's request does. */
static void
test_answer (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) ann = sync_fixture_open (fixture, "ann.store", "ann");
  g_autoptr (WayStore) dan = sync_fixture_open (fixture, "dan.store", "dan");
  g_autofree char *role = NULL;
  g_autofree char *request = NULL;
  g_autofree char *taken = NULL;
  g_autofree char *logged = NULL;

  role = fixture_append (fixture->trust, NULL,
                         fixture_draft ("role_grant", "{'person':'dan','role':'champion',"
                                                      "'place':'w2','ended':0}"));
  meet (fixture, dan, 0);
  sync_fixture_back_up (fixture, "backup");
  request = say (ann, NULL, "w1",
                 fixture_draft ("help_request", "{'page':'today','text':'Labels',"
                                                "'called':'dan','by':'Ann'}"));
  meet (fixture, ann, 0);
  meet (fixture, dan, 0);
  taken = say (dan, "ann", "w1",
               fixture_draft ("help_action", "{'request':'%s','action':'taken','by':'Dan'}",
                              request));
  logged = say (dan, "ann", "w2",
                fixture_draft ("help_given", "{'topic':'Printing','people':1,'minutes':5}"));
  meet (fixture, dan, 0);
  meet (fixture, ann, 0);
  fixture_assert_rows (ann, HELP, "Labels|taken|dan");
  fixture_assert_rows (ann, GIVEN, "dan|ann");

  sync_fixture_restore (fixture, "backup");
  meet (fixture, dan, 2);
  fixture_assert_rows (fixture->trust, REFUSED, "2");
  fixture_assert_rows (dan, REFUSED, "2");
  /* As long as nobody has asked him it stays so. */
  g_assert_cmpuint (judge_again (fixture), ==, 0);
  meet (fixture, ann, 0);
  meet (fixture, ann, 0);
  fixture_assert_rows (ann, HELP, "Labels|open|–");

  g_assert_cmpuint (judge_again (fixture), ==, 2);
  g_assert_cmpuint (judge_again (fixture), ==, 0);
  fixture_assert_rows (fixture->trust, REFUSED, "0");
  fixture_assert_rows (fixture->trust, HELP, "Labels|taken|dan");
  fixture_assert_rows (fixture->trust, GIVEN, "dan|ann");
  meet (fixture, ann, 0);
  meet (fixture, dan, 0);
  fixture_assert_rows (ann, HELP, "Labels|taken|dan");
  fixture_assert_rows (ann, GIVEN, "dan|ann");
  fixture_assert_rows (dan, REFUSED, "0");
  fixture_assert_rows (dan, HELP, "Labels|taken|dan");
  fixture_assert_sound (fixture->trust);
  fixture_assert_sound (ann);
  fixture_assert_sound (dan);
}

/* Bob became a champion of w1 after the backup: what he did comes before the lead's word, and so
 * does what he does only now. What depends on that in turn is let in with it. */
static void
test_term (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) bob = sync_fixture_open (fixture, "bob.store", "bob");
  g_autoptr (WayStore) cat = sync_fixture_open (fixture, "cat.store", "cat");
  g_autoptr (WayStore) lea = sync_fixture_open (fixture, "lea.store", "lea");
  g_autofree char *term = NULL;
  g_autofree char *appointed = NULL;
  g_autofree char *logged = NULL;
  g_autofree char *later = NULL;
  g_autofree char *question = NULL;
  g_autofree char *answer = NULL;

  meet (fixture, lea, 0);
  meet (fixture, cat, 0);
  sync_fixture_back_up (fixture, "backup");
  term = say (bob, "bob", "w1", fixture_draft ("champion_term", "{'state':'put-forward'}"));
  meet (fixture, bob, 0);
  appointed = say (lea, "bob", "w1",
                   fixture_draft ("champion_term", "{'state':'appointed','term':'%s'}", term));
  meet (fixture, lea, 0);
  meet (fixture, bob, 0);
  logged = say (bob, "ann", "w1",
                fixture_draft ("help_given", "{'topic':'Printing','people':1,'minutes':5}"));
  question = say (bob, NULL, NULL,
                  fixture_draft ("corner_question",
                                 "{'topic':'Printing','text':'Which tray?','by':'Bob'}"));
  meet (fixture, bob, 0);
  fixture_assert_rows (fixture->trust, GIVEN, "bob|ann");

  sync_fixture_restore (fixture, "backup");
  later = say (bob, "ann", "w1",
               fixture_draft ("help_given", "{'topic':'Printing','people':1,'minutes':5}"));
  meet (fixture, bob, 3);
  meet (fixture, cat, 0);
  fixture_assert_rows (fixture->trust, GIVEN, "");
  g_assert_cmpuint (judge_again (fixture), ==, 0);
  meet (fixture, lea, 0);
  g_assert_cmpuint (tick (fixture), ==, 3);
  meet (fixture, bob, 0);
  meet (fixture, cat, 0);
  fixture_assert_rows (fixture->trust, GIVEN, "bob|ann\nbob|ann");
  fixture_assert_rows (bob, REFUSED, "0");
  fixture_assert_rows (cat, GIVEN, "bob|ann\nbob|ann");
  fixture_assert_rows (cat, "SELECT text FROM corner", "Which tray?");
  fixture_assert_sound (fixture->trust);
  fixture_assert_sound (bob);
  fixture_assert_sound (cat);
}

/* Where the trust was not put back, or long ago, a refusal stands, whatever somebody becomes; and
 * so it does of what was refused before the backup was made. */
static void
test_stands (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) bob = sync_fixture_open (fixture, "bob.store", "bob");
  g_autoptr (WayStore) cat = sync_fixture_open (fixture, "cat.store", "cat");
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL;
  g_autofree char *role = NULL;
  g_autofree char *second = NULL;

  first = say (bob, "ann", "w1",
               fixture_draft ("help_given", "{'topic':'Printing','people':1,'minutes':5}"));
  meet (fixture, bob, 1);
  meet (fixture, cat, 0);
  g_assert_true (way_db_exec (way_store_get_db (fixture->trust),
                              "UPDATE event SET received = received - 3600000000,"
                              " effective = effective - 3600000000 WHERE allowed = 0",
                              &error));
  g_assert_no_error (error);
  role = fixture_append (fixture->trust, NULL,
                         fixture_draft ("role_grant", "{'person':'bob','role':'champion',"
                                                      "'place':'w1','ended':0}"));
  g_assert_cmpuint (judge_again (fixture), ==, 0);

  sync_fixture_back_up (fixture, "backup");
  second = say (cat, NULL, NULL,
                fixture_draft ("self_rating", "{'capability':'c1','now':1,'need':4}"));
  meet (fixture, cat, 0);
  sync_fixture_restore (fixture, "backup");
  meet (fixture, cat, 0);
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM epoch WHERE restored = 1", "1");
  g_assert_cmpuint (judge_again (fixture), ==, 0);
  /* It came after the backup, and the restore is of last month. */
  g_assert_true (way_db_exec (way_store_get_db (fixture->trust),
                              "UPDATE event SET received = received + 7200000000"
                              " WHERE allowed = 0;"
                              "UPDATE epoch SET at = at - 2678400000000 WHERE restored = 1",
                              &error));
  g_assert_no_error (error);
  g_assert_cmpuint (judge_again (fixture), ==, 0);
  g_assert_true (way_db_exec (way_store_get_db (fixture->trust),
                              "UPDATE epoch SET at = at + 2678400000000 WHERE restored = 1",
                              &error));
  g_assert_no_error (error);
  g_assert_cmpuint (judge_again (fixture), ==, 1);
  fixture_assert_sound (fixture->trust);
}

/* Nobody who signs in judges again, or reads what was. */
static void
test_logins (SyncFixture *fixture, gconstpointer data)
{
  static const char *const logins[] = { "ann", "cat", "mia", "lea" };
  static const char *const tries[] = { "SELECT main.judge_again ()",
                                       "SELECT count(*) FROM main.judged_again",
                                       "INSERT INTO main.judged_again (id) VALUES ('"
                                       "01234567-89ab-7cde-8f01-23456789abcd')",
                                       "UPDATE main.event SET allowed = 1" };

  for (guint l = 0; l < G_N_ELEMENTS (logins); l++)
    {
      g_autofree char *uri = sync_fixture_dup_login_uri (fixture, logins[l]);
      g_autoptr (GError) error = NULL;
      g_autoptr (WayDb) db = way_db_open (uri, WAY_DB_READ_WRITE, &error);

      g_assert_no_error (error);
      for (guint i = 0; i < G_N_ELEMENTS (tries); i++)
        {
          g_assert_false (way_db_exec (db, tries[i], &error));
          g_assert_nonnull (strstr (error->message, "permission denied"));
          g_clear_error (&error);
        }
    }
}

#define ADD(path, test)                                                                            \
  g_test_add (path, SyncFixture, NULL, sync_fixture_set_up, test, sync_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/sync/again/32-answer-before-request", test_answer);
  ADD ("/sync/again/32-help-before-term", test_term);
  ADD ("/sync/again/stands", test_stands);
  if (sync_fixture_is_postgresql ())
    ADD ("/sync/again/logins", test_logins);
  return g_test_run ();
}
