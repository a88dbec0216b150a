/* test-certificate.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync-fixture.h"

#include "record/way-certificate.h"
#include "store/way-erasure.h"
#include "sync/way-certificate-check.h"

/* What a trust says of a code: in a file to whoever reads it, on PostgreSQL to logins. Ann and
 * bob work on w1, dan on w2; cat is champion and mia manager of w1, lea lead of all. */

#define EARNED G_GINT64_CONSTANT (1760000000000000)
#define SEED 20261122

static char *
add (WayStore *store, WayEvent *draft)
{
  return fixture_append (store, NULL, draft);
}

static void
publish (SyncFixture *fixture, int version, const char *modules)
{
  static const char *const named[] = { "F1", "C1", "D1" };

  g_free (add (fixture->trust, fixture_draft ("pack_release",
                                              "{'pack':'core','version':%d,'part':'pack','ident':"
                                              "'core','name':'Core','position':1}",
                                              version)));
  for (guint i = 0; i < G_N_ELEMENTS (named); i++)
    g_free (add (fixture->trust, fixture_draft ("pack_release",
                                                "{'pack':'core','version':%d,'part':'module',"
                                                "'ident':'%s','name':'Title of %s','position':1}",
                                                version, named[i], named[i])));
  g_free (add (fixture->trust, fixture_draft ("pack_release",
                                              "{'pack':'core','version':%d,'part':'pathway',"
                                              "'ident':'all','name':'Everyone','required':'%s',"
                                              "'position':1}",
                                              version, modules)));
}

/* A check of five questions, of which the first @n_answers have an answer in the log, and what
 * its end says of it. */
static void
finish (WayStore *device, const char *module, guint n_answers, guint n_right, gboolean is_passed)
{
  g_autofree char *attempt =
      add (device, fixture_draft ("attempt",
                                  "{'type':'check','pack':'core','pack_version':1,"
                                  "'parameters':'','language':'en','seed':'1','module':'%s',"
                                  "'draw':'q1 q2 q3 q4 q5','try':1}",
                                  module));

  for (guint i = 1; i <= n_answers; i++)
    g_free (add (device, fixture_draft ("response",
                                        "{'attempt':'%s','ordinal':%u,'item':'q%u','answer':'a',"
                                        "'score':%d,'ms':9000,'dont_know':0,'counted':1}",
                                        attempt, i, i, i <= n_right)));
  g_free (add (device, fixture_draft ("attempt_end",
                                      "{'attempt':'%s','type':'check','how':'finished',"
                                      "'module':'%s','asked':5,'right':4,'score':0.8,"
                                      "'passed':%d}",
                                      attempt, module, is_passed)));
}

static void
pass (WayStore *device, const char *module, gboolean is_passed)
{
  finish (device, module, 5, is_passed ? 4 : 1, is_passed);
}

/* A certificate in somebody's log, and its code. */
static char *
certify (WayStore *device, const char *part, const char *ident, int version)
{
  g_autofree char *id =
      add (device, fixture_draft ("certificate",
                                  "{'%s':'%s','pack':'core','pack_version':%d,'version':3,"
                                  "'earned':%" G_GINT64_FORMAT "}",
                                  part, ident, version, EARNED));
  g_autofree char *sql = g_strdup_printf ("SELECT digest FROM main.event WHERE id = '%s'", id);
  g_autofree char *digest = fixture_ask (device, sql);
  g_autofree char *proof = way_certificate_make_proof (id, digest);

  return way_certificate_make_code (proof);
}

static WayCertificateAnswer *
check (SyncFixture *fixture, const char *who, const char *code)
{
  g_autofree char *uri = sync_fixture_is_postgresql () ? sync_fixture_dup_login_uri (fixture, who)
                                                       : g_strdup (fixture->uri);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = way_store_open_trust (uri, TRUE, &error);
  WayCertificateAnswer *answer;

  g_assert_no_error (error);
  answer = way_certificate_check (trust, code, &error);
  g_assert_no_error (error);
  way_store_close (trust);
  return answer;
}

static void
assert_state (SyncFixture *fixture, const char *code, const char *expected)
{
  static const char *const who[] = { "ann", "lea" };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (who); i++)
    {
      g_autoptr (WayCertificateAnswer) answer = check (fixture, who[i], code);

      g_assert_cmpstr (way_certificate_state_to_string (answer->state), ==, expected);
    }
  {
    /* Whoever administers the trust hears the same. */
    g_autoptr (WayCertificateAnswer) answer = way_certificate_check (fixture->trust, code, &error);

    g_assert_no_error (error);
    g_assert_cmpstr (way_certificate_state_to_string (answer->state), ==, expected);
  }
}

static void
test_module (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) device = sync_fixture_open (fixture, "ann.store", "ann");
  g_autofree char *code = NULL;
  g_autoptr (GString) mistyped = NULL;

  publish (fixture, 7, "F1,C1");
  pass (device, "F1", TRUE);
  code = certify (device, "module", "F1", 7);
  mistyped = g_string_new (code);
  mistyped->str[5] = mistyped->str[5] == '7' ? '8' : '7';
  /* Made at once; the trust knows of it after the next sync. */
  assert_state (fixture, code, "unknown");
  assert_state (fixture, mistyped->str, "mistyped");
  sync_fixture_sync (fixture, device, NULL);
  assert_state (fixture, code, "valid");
  assert_state (fixture, mistyped->str, "mistyped");
  {
    g_autoptr (WayCertificateAnswer) answer = check (fixture, "ann", code);

    g_assert_cmpstr (answer->code, ==, code);
    g_assert_cmpstr (answer->part, ==, "module");
    g_assert_cmpstr (answer->ident, ==, "F1");
    g_assert_cmpstr (answer->title, ==, "Title of F1");
    g_assert_cmpstr (answer->pack, ==, "core");
    g_assert_cmpint (answer->pack_version, ==, 7);
    g_assert_cmpint (answer->version, ==, 3);
    g_assert_cmpint (answer->earned, ==, EARNED);
    g_assert_cmpint (answer->finished, >, EARNED);
    g_assert_cmpint (answer->received, >=, answer->finished);
    g_assert_cmpstr (answer->name, !=, NULL);
  }
}

/* Everything that the pathway asked for in the version that the paper names, or nothing. */
static void
test_pathway (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) device = sync_fixture_open (fixture, "ann.store", "ann");
  g_autofree char *early = NULL;
  g_autofree char *later = NULL;
  g_autofree char *unheard = NULL;

  publish (fixture, 7, "F1,C1");
  publish (fixture, 8, "F1,C1,D1");
  pass (device, "F1", TRUE);
  pass (device, "C1", FALSE);
  early = certify (device, "pathway", "all", 7);
  later = certify (device, "pathway", "all", 8);
  unheard = certify (device, "pathway", "none", 8);
  sync_fixture_sync (fixture, device, NULL);
  assert_state (fixture, early, "unproven");
  pass (device, "C1", TRUE);
  sync_fixture_sync (fixture, device, NULL);
  assert_state (fixture, early, "valid");
  assert_state (fixture, later, "unproven");
  assert_state (fixture, unheard, "unproven");
  {
    g_autoptr (WayCertificateAnswer) answer = check (fixture, "ann", early);

    g_assert_cmpstr (answer->part, ==, "pathway");
    g_assert_cmpstr (answer->title, ==, "Everyone");
  }
}

/* Who writes a certificate for what they have not passed, or with names that are made up. */
static void
test_forged (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) device = sync_fixture_open (fixture, "ann.store", "ann");
  g_autofree char *failed = NULL;
  g_autofree char *pathway = NULL;
  g_autofree char *made_up = NULL;
  g_autofree char *others = NULL;
  static const char *const names[] = { "%", "_1", "F1,C1", "C1,D1", ",", "", "F1,C1,D1" };

  publish (fixture, 7, "F1,C1,D1");
  pass (device, "F1", FALSE);
  failed = certify (device, "module", "F1", 7);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    pass (device, names[i], TRUE);
  pathway = certify (device, "pathway", "all", 7);
  made_up = certify (device, "module", "F1,C1", 7);
  {
    g_autoptr (WayStore) bobs = sync_fixture_open (fixture, "bob.store", "bob");

    /* What bob passed does not help ann. */
    pass (bobs, "F1", TRUE);
    sync_fixture_sync (fixture, bobs, NULL);
  }
  others = certify (device, "module", "C1", 7);
  sync_fixture_sync (fixture, device, NULL);
  assert_state (fixture, failed, "unproven");
  assert_state (fixture, pathway, "unproven");
  assert_state (fixture, made_up, "unproven");
  assert_state (fixture, others, "unproven");
}

/* That it was passed is the word of a device: the answers that it says it of have to be there. */
static void
test_answers (SyncFixture *fixture, gconstpointer data)
{
  static const struct
  {
    guint n_answers;
    guint n_right;
    const char *state;
  } rows[] = {
    { 0, 0, "unproven" }, /* an end alone */
    { 4, 4, "unproven" }, /* one answer is missing */
    { 6, 4, "valid" },    /* one more than was drawn does not matter */
    { 5, 3, "unproven" }, /* fewer have marks than it says */
  };
  g_autoptr (WayStore) device = sync_fixture_open (fixture, "ann.store", "ann");
  g_autofree char *made_up = NULL;

  publish (fixture, 7, "F1,C1,D1");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      static const char *const named[] = { "F1", "C1", "D1", "E1" };
      g_autofree char *code = NULL;

      if (i == 3)
        g_free (add (fixture->trust,
                     fixture_draft ("pack_release",
                                    "{'pack':'core','version':7,'part':'module','ident':'E1',"
                                    "'name':'E1','position':1}")));
      finish (device, named[i], rows[i].n_answers, rows[i].n_right, TRUE);
      code = certify (device, "module", named[i], 7);
      sync_fixture_sync (fixture, device, NULL);
      assert_state (fixture, code, rows[i].state);
    }

  /* Answers to questions that were not drawn are none. */
  {
    g_autofree char *attempt =
        add (device, fixture_draft ("attempt", "{'type':'check','pack':'core','pack_version':1,"
                                               "'parameters':'','language':'en','seed':'1',"
                                               "'module':'F1','draw':'p1 p2 p3 p4 q','try':2}"));

    for (guint i = 1; i <= 5; i++)
      g_free (add (device, fixture_draft ("response",
                                          "{'attempt':'%s','ordinal':%u,'item':'q%u','answer':'a',"
                                          "'score':1,'ms':9000,'dont_know':0,'counted':1}",
                                          attempt, i, i)));
    g_free (add (device, fixture_draft ("attempt_end",
                                        "{'attempt':'%s','type':'check','how':'finished',"
                                        "'module':'F1','asked':5,'right':5,'score':1,'passed':1}",
                                        attempt)));
    made_up = certify (device, "module", "F1", 7);
    sync_fixture_sync (fixture, device, NULL);
    assert_state (fixture, made_up, "unproven");
  }
}

static void
grant (SyncFixture *fixture, const char *who)
{
  g_free (add (fixture->trust,
               fixture_draft ("role_grant", "{'person':'%s','role':'governance','ended':0}", who)));
}

static void
erase (SyncFixture *fixture, const char *person, const char *event)
{
  WayErasureTarget target = { person, event };
  g_autofree char *ledger = g_build_filename (fixture->folder, "ledger", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayErasure) erasure = NULL;
  g_autofree char *id = way_erasure_ask (fixture->trust, "lea", &target, "by letter", &error);

  g_assert_no_error (error);
  erasure = way_erasure_confirm (fixture->trust, "mia", &target, ledger, &error);
  g_assert_no_error (error);
}

static void
test_gone (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) device = sync_fixture_open (fixture, "bob.store", "bob");
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *event = NULL;

  publish (fixture, 7, "F1");
  grant (fixture, "lea");
  grant (fixture, "mia");
  pass (device, "F1", TRUE);
  first = certify (device, "module", "F1", 7);
  sync_fixture_sync (fixture, device, NULL);
  event = fixture_ask (fixture->trust, "SELECT id FROM event WHERE kind = 'certificate'");
  second = certify (device, "pathway", "all", 7);
  sync_fixture_sync (fixture, device, NULL);
  assert_state (fixture, second, "valid");
  erase (fixture, NULL, event);
  assert_state (fixture, first, "withdrawn");
  assert_state (fixture, second, "valid");
  erase (fixture, "bob", NULL);
  assert_state (fixture, second, "erased");
  {
    g_autoptr (WayCertificateAnswer) answer = check (fixture, "lea", second);

    g_assert_null (answer->name);
    g_assert_null (answer->ident);
  }
}

/* Whose it is stands there for who may see that person; a file has no such walls. */
static void
test_name (SyncFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *who;
    gboolean may;
  } readers[] = { { "ann", FALSE }, { "bob", TRUE }, { "cat", TRUE },
                  { "mia", TRUE },  { "lea", TRUE }, { "dan", FALSE } };
  g_autoptr (WayStore) device = sync_fixture_open (fixture, "bob.store", "bob");
  g_autofree char *code = NULL;

  publish (fixture, 7, "F1");
  pass (device, "F1", TRUE);
  code = certify (device, "module", "F1", 7);
  sync_fixture_sync (fixture, device, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    {
      g_autoptr (WayCertificateAnswer) answer = check (fixture, readers[i].who, code);
      gboolean is_told = readers[i].may || !sync_fixture_is_postgresql ();

      g_assert_cmpint (answer->state, ==, WAY_CERTIFICATE_VALID);
      g_assert_cmpint (answer->name != NULL, ==, is_told);
    }
}

static void
assert_none (WayDb *db, const char *proof)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM api.certificate_v1 (%s)", proof);
  g_autoptr (GError) error = NULL;
  gint64 n = -1;

  way_db_get_int (db, sql, &n, &error);
  g_assert_no_error (error);
  if (n != 0)
    g_error ("%s found %d certificates", proof, (int) n);
}

static void
assert_denied (WayDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;

  if (way_db_exec (db, sql, &error))
    g_error ("was let do: %s", sql);
}

/* It cannot be used to list people: not by patterns, not by parts of a code, not by what ann
 * knows of bob, not by guessing; and nothing of what it reads is to be had around it. */
static void
test_listing (SyncFixture *fixture, gconstpointer data)
{
  static const char *const patterns[] = {
    "NULL",
    "''",
    "'%'",
    "'_______________'",
    "'bob'",
    "'...............'",
    "'[0-9a-f]{15}'",
    "'certificate'",
    "''' OR ''1'' = ''1'",
    "E'\\\\', true",
  };
  static const char *const around[] = {
    "SELECT * FROM main.event WHERE kind = 'certificate'",
    "SELECT * FROM main.readable",
    "SELECT * FROM main.erased",
    "SELECT main.is_erased ('bob')",
    "SELECT api.certificate_v1 (substr (digest, 1, 15)) FROM main.event",
    "CREATE OR REPLACE FUNCTION api.certificate_v1 (proof text) RETURNS text LANGUAGE sql AS "
    "'SELECT 1'",
    "ALTER FUNCTION api.certificate_v1 (text) OWNER TO CURRENT_USER",
  };
  g_autoptr (WayStore) device = sync_fixture_open (fixture, "bob.store", "bob");
  g_autoptr (GRand) random = g_rand_new_with_seed (SEED);
  g_autofree char *code = NULL;
  g_autofree char *proof = NULL;
  g_autofree char *uri = NULL;
  g_autofree char *whole = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDb) db = NULL;

  if (!sync_fixture_is_postgresql ())
    {
      /* Whoever can open a file reads all of it: here it is held that nothing is matched but a
       * whole code. */
      g_autoptr (WayCertificateAnswer) answer = NULL;

      answer = way_certificate_check (fixture->trust, "0000-0000-0000-00", &error);
      g_assert_no_error (error);
      g_assert_cmpint (answer->state, ==, WAY_CERTIFICATE_UNKNOWN);
      g_assert_null (answer->name);
      return;
    }
  g_test_message ("seed %d", SEED);
  publish (fixture, 7, "F1");
  pass (device, "F1", TRUE);
  code = certify (device, "module", "F1", 7);
  proof = way_certificate_read_code (code);
  sync_fixture_sync (fixture, device, NULL);
  uri = sync_fixture_dup_login_uri (fixture, "ann");
  db = way_db_open (uri, WAY_DB_READ_WRITE, &error);
  g_assert_no_error (error);
  whole = g_strdup_printf ("SELECT name FROM api.certificate_v1 ('%s')", proof);
  for (guint i = 0; i < G_N_ELEMENTS (patterns) - 1; i++)
    assert_none (db, patterns[i]);
  assert_denied (db, "SELECT * FROM api.certificate_v1 (E'\\\\', true)");
  for (guint n = 1; n < WAY_CERTIFICATE_PROOF; n++)
    {
      g_autofree char *part = g_strdup_printf ("'%.*s'", (int) n, proof);
      g_autofree char *pattern = g_strdup_printf ("'%.*s%%'", (int) n, proof);

      assert_none (db, part);
      assert_none (db, pattern);
    }
  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *guess = g_strdup_printf ("'%07x%08x'", g_rand_int (random) >> 4,
                                                g_rand_int (random));

      assert_none (db, guess);
    }
  for (guint i = 0; i < G_N_ELEMENTS (around); i++)
    assert_denied (db, around[i]);
  {
    /* With the code she learns what the paper says, and not whose it is. */
    g_autofree char *name = way_db_dup_text (db, whole, &error);
    g_autofree char *said = NULL;
    g_autofree char *row =
        g_strdup_printf ("SELECT CAST(c AS text) FROM api.certificate_v1 ('%s') AS c", proof);

    g_assert_no_error (error);
    g_assert_null (name);
    said = way_db_dup_text (db, row, &error);
    g_assert_no_error (error);
    g_assert_nonnull (strstr (said, "Title of F1"));
    g_assert_null (strstr (said, "bob"));
  }
  {
    /* A login that is nobody's is told nothing at all. */
    g_autofree char *other = sync_fixture_dup_role_uri (fixture, "waymark_kiosk");
    g_autoptr (WayDb) nobody = way_db_open (other, WAY_DB_READ_WRITE, &error);

    g_assert_no_error (error);
    assert_denied (nobody, whole);
  }
}

/* What somebody has shown is seen by them, by managers of their unit and by leads; not by
 * their champion, who may have seen them do it, nor by colleagues. */
static void
test_passport (SyncFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *who;
    gint64 n;
  } readers[] = {
    { "ann", 0 }, { "bob", 3 }, { "cat", 0 }, { "mia", 3 }, { "lea", 3 }, { "dan", 0 }
  };
  /* In their words, who said it and whom it is about alone. */
  static const struct
  {
    const char *who;
    gint64 n;
  } events[] = {
    { "ann", 0 }, { "bob", 4 }, { "cat", 3 }, { "mia", 1 }, { "lea", 0 }, { "dan", 0 }
  };
  g_autoptr (WayStore) device = sync_fixture_open (fixture, "bob.store", "bob");
  g_autoptr (WayStore) champion = sync_fixture_open (fixture, "cat.store", "cat");
  g_autofree char *witnessed = NULL;
  WayEvent *seen = fixture_draft ("evidence", "{'type':'witnessed','outcome':'F1.a'}");
  WayEvent *agreed;
  WayEvent *signed_off;
  WayEvent *piece;
  g_autoptr (WayStore) manager = sync_fixture_open (fixture, "mia.store", "mia");

  pass (device, "F1", TRUE);
  sync_fixture_sync (fixture, device, NULL);
  sync_fixture_sync (fixture, champion, NULL);
  seen->subject = g_strdup ("bob");
  witnessed = add (champion, seen);
  piece = fixture_draft ("evidence_file",
                         "{'evidence':'%s','name':'a.txt','type':'text/plain',"
                         "'n':1,'of':1,'data':'QQ=='}",
                         witnessed);
  piece->subject = g_strdup ("bob");
  g_free (add (champion, piece));
  sync_fixture_sync (fixture, champion, NULL);
  fixture_assert_rows (fixture->trust,
                       "SELECT type FROM evidence WHERE person = 'bob' ORDER BY type", "check");
  fixture_assert_rows (fixture->trust,
                       "SELECT count(*) FROM event AS f JOIN event AS e ON e.id = f.refers "
                       "AND e.kind = 'evidence' WHERE f.kind = 'evidence_file'",
                       "1");
  /* It comes to whoever it is about, with who has written it, and counts when they agree. */
  sync_fixture_sync (fixture, device, NULL);
  fixture_assert_rows (device, "SELECT author FROM live WHERE kind = 'evidence'", "cat");
  fixture_assert_rows (device, "SELECT count(*) FROM evidence WHERE type = 'witnessed'", "0");
  agreed = fixture_draft ("evidence_answer", "{'evidence':'%s','answer':'agreed'}", witnessed);
  agreed->subject = g_strdup ("cat");
  g_free (add (device, agreed));
  fixture_assert_rows (device, "SELECT author FROM evidence WHERE type = 'witnessed'", "cat");
  sync_fixture_sync (fixture, device, NULL);
  fixture_assert_rows (fixture->trust,
                       "SELECT type FROM evidence WHERE person = 'bob' ORDER BY type",
                       "check\nwitnessed");
  /* Who has seen it hears that. */
  sync_fixture_sync (fixture, champion, NULL);
  fixture_assert_rows (champion, "SELECT author FROM live WHERE kind = 'evidence_answer'", "bob");
  /* Signed off as a whole by a manager: for the person, their managers and leads. */
  signed_off = fixture_draft ("evidence",
                              "{'type':'signed-off','outcome':'','note':'Seen',"
                              "'by':'Mia','result':'%s','asked':'core 1 F:2'}",
                              witnessed);
  signed_off->subject = g_strdup ("bob");
  g_free (add (manager, signed_off));
  sync_fixture_sync (fixture, manager, NULL);
  fixture_assert_rows (fixture->trust,
                       "SELECT type FROM evidence WHERE person = 'bob' ORDER BY type",
                       "check\nsigned-off\nwitnessed");
  if (!sync_fixture_is_postgresql ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    {
      g_autofree char *uri = sync_fixture_dup_login_uri (fixture, events[i].who);
      g_autoptr (GError) error = NULL;
      g_autoptr (WayDb) db = way_db_open (uri, WAY_DB_READ_WRITE, &error);
      gint64 n = -1;

      g_assert_no_error (error);
      way_db_get_int (db,
                      "SELECT count(*) FROM api.event WHERE kind IN ('evidence', "
                      "'evidence_answer', 'evidence_file')",
                      &n, &error);
      g_assert_no_error (error);
      if (n != events[i].n)
        g_error ("%s reads %d of what was said", events[i].who, (int) n);
    }
  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    {
      g_autofree char *uri = sync_fixture_dup_login_uri (fixture, readers[i].who);
      g_autoptr (GError) error = NULL;
      g_autoptr (WayDb) db = way_db_open (uri, WAY_DB_READ_WRITE, &error);
      gint64 n = -1;

      g_assert_no_error (error);
      way_db_get_int (db, "SELECT count(*) FROM api.evidence WHERE person = 'bob'", &n, &error);
      g_assert_no_error (error);
      if (n != readers[i].n)
        g_error ("%s sees %d", readers[i].who, (int) n);
    }
}

#define ADD(name, test)                                                                            \
  g_test_add ("/sync/certificate/" name, SyncFixture, NULL, sync_fixture_set_up, test,             \
              sync_fixture_tear_down)

#define PIECES "SELECT count(*) FROM %s WHERE kind = 'evidence_file' AND body IS NOT NULL"

static void
assert_pieces (WayStore *store, const char *table, const char *expected)
{
  g_autofree char *sql = g_strdup_printf (PIECES, table);

  fixture_assert_rows (store, sql, expected);
}

/* What was seen is withdrawn, and its file with it: nobody is given it any more, and whoever has
 * it from another lets go of it. That it was withdrawn is still said. */
static void
test_file_withdrawn (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) device = sync_fixture_open (fixture, "bob.store", "bob");
  g_autoptr (WayStore) champion = sync_fixture_open (fixture, "cat.store", "cat");
  g_autoptr (WayStore) later = sync_fixture_open (fixture, "later.store", "bob");
  char *ids[2];

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      WayEvent *seen = fixture_draft ("evidence", "{'type':'witnessed','outcome':'F1.a'}");

      seen->subject = g_strdup ("bob");
      ids[i] = add (champion, seen);
      for (int n = 1; n <= 2; n++)
        {
          WayEvent *piece = fixture_draft ("evidence_file",
                                           "{'evidence':'%s','name':'a.txt','type':'text/plain',"
                                           "'n':%d,'of':2,'data':'QQ=='}",
                                           ids[i], n);

          piece->subject = g_strdup ("bob");
          g_free (add (champion, piece));
        }
    }
  sync_fixture_sync (fixture, champion, NULL);
  sync_fixture_sync (fixture, device, NULL);
  assert_pieces (device, "live", "4");
  fixture_retract (champion, ids[0], "tap");
  assert_pieces (champion, "live", "2");
  sync_fixture_sync (fixture, champion, NULL);
  sync_fixture_sync (fixture, device, NULL);
  sync_fixture_sync (fixture, later, NULL);
  assert_pieces (fixture->trust, "live", "2");
  assert_pieces (fixture->trust, "event", "4");
  assert_pieces (device, "live", "2");
  assert_pieces (device, "event", "2");
  assert_pieces (later, "event", "2");
  assert_pieces (champion, "event", "4");
  fixture_assert_rows (device, "SELECT count(*) FROM event WHERE kind = 'evidence'", "2");
  if (sync_fixture_is_postgresql ())
    {
      g_autofree char *uri = sync_fixture_dup_login_uri (fixture, "bob");
      g_autoptr (GError) error = NULL;
      g_autoptr (WayDb) db = way_db_open (uri, WAY_DB_READ_WRITE, &error);
      gint64 n = -1;

      g_assert_no_error (error);
      way_db_get_int (db, "SELECT count(*) FROM api.event WHERE kind = 'evidence_file'", &n,
                      &error);
      g_assert_no_error (error);
      g_assert_cmpint (n, ==, 2);
    }
  fixture_assert_sound (fixture->trust);
  fixture_assert_sound (device);
  fixture_assert_sound (later);
  fixture_assert_sound (champion);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_free (ids[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("module", test_module);
  ADD ("pathway", test_pathway);
  ADD ("forged", test_forged);
  ADD ("answers", test_answers);
  ADD ("gone", test_gone);
  ADD ("name", test_name);
  ADD ("listing", test_listing);
  ADD ("passport", test_passport);
  ADD ("file-withdrawn", test_file_withdrawn);
  return g_test_run ();
}
