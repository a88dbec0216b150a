/* test-governance.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl-run.h"

#include "record/way-bodies.h"
#include "store/way-log.h"
#include "store/way-store.h"

#include <glib/gstdio.h>
#include <string.h>

/* What whoever governs a trust does from the command line: erasing, restoring, enrolling, and
 * checking that what was measured is what people answered. */

static char *
ask (const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDb) db = way_db_open (trust, WAY_DB_READ_ONLY, &error);
  char *text;

  g_assert_no_error (error);
  text = way_db_dup_text (db, sql, &error);
  g_assert_no_error (error);
  return text;
}

/* The event with these words, that is not @other. */
static char *
find (const char *kind, const char *body, const char *other)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT id FROM event WHERE kind = '%s' AND body = '%s' AND id <> '%s'", kind, body, other);

  return ask (sql);
}

static void
append (const char *author, const char *subject, const char *kind, const char *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) store = way_store_open_trust (trust, FALSE, &error);
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  WayEvent *draft = way_event_new (kind, way_kind_get_version (way_kind_find (kind)), body);

  g_assert_no_error (error);
  draft->subject = g_strdup (subject);
  g_ptr_array_add (drafts, draft);
  way_store_append_as (store, author, drafts, &error);
  g_assert_no_error (error);
  way_store_close (store);
}

static Run run_with (const char *format, ...) G_GNUC_PRINTF (1, 2);

static Run
run_with (const char *format, ...)
{
  g_autofree char *line = NULL;
  va_list arguments;

  va_start (arguments, format);
  line = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return run (line);
}

static void
assert_done (const Run *result)
{
  if (result->status != 0)
    g_error ("%s", result->err);
}

static void
assert_failed (const Run *result, const char *words)
{
  g_assert_cmpint (result->status, ==, 1);
  if (strstr (result->err, words) == NULL)
    g_error ("“%s” does not say “%s”", result->err, words);
}

static void
make_trust (const char *name)
{
  g_auto (Run) made = { 0 };

  g_free (trust);
  trust = g_strdup_printf ("sqlite:%s/%s.db", folder, name);
  made = run ("demo --trust %t --people 12 --seed 3");
  assert_done (&made);
}

#define LAST_ESTIMATE(what)                                                                        \
  "SELECT " what " FROM event AS e JOIN attempt AS a ON a.attempt = e.body ->> 'attempt'"          \
  " WHERE e.kind = 'estimate' AND a.stands = 1 ORDER BY e.id DESC LIMIT 1"

/* An estimate that its answers do not give is named, and nothing before it is. */
static void
test_forged_estimate (void)
{
  g_auto (Run) well = { 0 };
  g_auto (Run) forged = { 0 };
  g_autofree char *body = NULL;
  g_autofree char *person = NULL;
  g_autofree char *attempt = NULL;
  g_autoptr (GRegex) mean = g_regex_new ("\"mean\":[^,]+", 0, 0, NULL);
  g_autofree char *better = NULL;
  g_autofree char *words = NULL;

  make_trust ("forged");
  well = run ("trust check %t");
  assert_done (&well);
  g_assert_nonnull (strstr (well.out, "sittings replayed: "));
  body = ask (LAST_ESTIMATE ("e.body"));
  person = ask (LAST_ESTIMATE ("e.author"));
  attempt = ask (LAST_ESTIMATE ("e.body ->> 'attempt'"));
  better = g_regex_replace_literal (mean, body, -1, 0, "\"mean\":2.5", 0, NULL);
  g_assert_cmpstr (better, !=, body);
  append (person, NULL, "estimate", better);
  forged = run ("trust check %t --all");
  words = g_strdup_printf ("Sitting %s says 2.5", attempt);
  assert_failed (&forged, words);
}

/* Says once more what was measured last, its mean apart by @by. */
static void
append_beside (const char *person, const char *body, double by)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  const char *mean = strstr (body, "\"mean\":") + strlen ("\"mean\":");
  g_autoptr (GString) beside = g_string_new_len (body, mean - body);
  char *end;
  double was = g_ascii_strtod (mean, &end);

  g_assert_true (was + by != was);
  g_string_append (beside, g_ascii_dtostr (digits, sizeof digits, was + by));
  g_string_append (beside, end);
  append (person, NULL, "estimate", beside->str);
}

/* Processors round exp () differently in the last bits. A sitting that was taken on another one is
 * not called forged for that, and what differs by more is. */
static void
test_rounded_estimate (void)
{
  g_auto (Run) rounded = { 0 };
  g_auto (Run) checked = { 0 };
  g_auto (Run) forged = { 0 };
  g_auto (Run) found = { 0 };
  g_autofree char *body = NULL;
  g_autofree char *person = NULL;
  g_autofree char *attempt = NULL;
  g_autofree char *replay = NULL;

  make_trust ("rounded");
  body = ask (LAST_ESTIMATE ("e.body"));
  person = ask (LAST_ESTIMATE ("e.author"));
  attempt = ask (LAST_ESTIMATE ("e.body ->> 'attempt'"));
  replay = g_strdup_printf ("irt replay --trust %%t --attempt %s", attempt);

  append_beside (person, body, 3e-14);
  rounded = run (replay);
  g_assert_cmpint (rounded.status, ==, 0);
  g_assert_nonnull (strstr (rounded.out, "different,0"));
  g_assert_nonnull (strstr (rounded.out, "rounded,1"));
  g_assert_nonnull (strstr (rounded.err, "in the last bits alone"));
  checked = run ("trust check %t --all");
  assert_done (&checked);

  append_beside (person, body, 1e-9);
  forged = run (replay);
  assert_failed (&forged, "does not come out again");
  found = run ("trust check %t --all");
  assert_failed (&found, attempt);
}

#define NOT_KNOWN                                                                                  \
  " FROM event AS e JOIN attempt AS a ON a.attempt = e.body ->> 'attempt'"                         \
  " WHERE a.type = 'check' AND e.kind = 'response'"                                                \
  " AND CAST(e.body ->> 'score' AS real) = 0 ORDER BY e.id LIMIT 1"

#define END_OF_CHECK                                                                               \
  "{\"attempt\":\"%s\",\"type\":\"check\",\"how\":\"finished\",\"module\":\"%s\",\"asked\":5,"     \
  "\"right\":5,\"score\":1,\"passed\":1}"

/* What an answer of a check is worth, and whether it is passed, is not what a desktop says. */
static void
test_forged_check (void)
{
  g_auto (Run) well = { 0 };
  g_auto (Run) forged = { 0 };
  g_auto (Run) claimed = { 0 };
  g_autofree char *person = NULL;
  g_autofree char *attempt = NULL;
  g_autofree char *body = NULL;
  g_autofree char *better = NULL;
  g_autofree char *words = NULL;
  g_autofree char *begin = NULL;
  g_autofree char *end = NULL;
  g_autofree char *id = NULL;
  g_autofree char *first = NULL;
  g_autofree char *module = NULL;
  g_autofree char *old = NULL;
  g_auto (Run) older = { 0 };
  g_autoptr (GRegex) score = g_regex_new ("\"score\":0(\\.0+)?\\b", 0, 0, NULL);
  g_autoptr (GRegex) version = g_regex_new ("\"pack_version\":[0-9]+", 0, 0, NULL);

  make_trust ("forged-check");
  well = run ("trust check %t --all");
  assert_done (&well);
  g_assert_nonnull (strstr (well.out, "checks marked again: "));
  g_assert_null (strstr (well.out, "checks not marked again: "));

  /* An answer that is worth less than is said. */
  body = ask ("SELECT e.body" NOT_KNOWN);
  person = ask ("SELECT e.author" NOT_KNOWN);
  attempt = ask ("SELECT a.attempt" NOT_KNOWN);
  better = g_regex_replace_literal (score, body, -1, 0, "\"score\":1", 0, NULL);
  g_assert_cmpstr (better, !=, body);
  append (person, NULL, "response", better);
  forged = run ("trust check %t --all");
  words = g_strdup_printf ("Check %s says 1 for", attempt);
  assert_failed (&forged, words);

  /* A check that nobody answered, and that is said to be passed. */
  make_trust ("claimed-check");
  first = ask ("SELECT attempt FROM attempt WHERE type = 'check' ORDER BY attempt LIMIT 1");
  begin = ask ("SELECT e.body FROM event AS e JOIN attempt AS a ON a.attempt = e.id"
               " WHERE a.type = 'check' ORDER BY a.attempt LIMIT 1");
  module = ask ("SELECT module FROM attempt WHERE type = 'check' ORDER BY attempt LIMIT 1");

  /* What another version asked cannot be marked from this one, and is counted. */
  old = g_regex_replace_literal (version, begin, -1, 0, "\"pack_version\":987", 0, NULL);
  g_assert_cmpstr (old, !=, begin);
  append (person, NULL, "attempt", old);
  id = find ("attempt", old, first);
  end = g_strdup_printf (END_OF_CHECK, id, module);
  append (person, NULL, "attempt_end", end);
  older = run ("trust check %t --all");
  assert_done (&older);
  g_assert_nonnull (strstr (older.out, "checks not marked again: 1 of another pack, "));
  g_assert_nonnull (strstr (older.out, " version 987 ("));

  g_free (id);
  g_free (end);
  append (person, NULL, "attempt", begin);
  id = find ("attempt", begin, first);
  end = g_strdup_printf (END_OF_CHECK, id, module);
  append (person, NULL, "attempt_end", end);
  claimed = run ("trust check %t --all");
  g_free (words);
  words = g_strdup_printf ("Check %s is over with 0 of ", id);
  assert_failed (&claimed, words);
}

static void
test_erase (void)
{
  g_autofree char *who = NULL;
  g_autofree char *person = NULL;
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;
  g_autofree char *left = NULL;
  g_autofree char *ledger = g_build_filename (folder, "ledger", NULL);
  g_autofree char *store = g_build_filename (folder, "erased.store", NULL);
  g_autofree char *backup = g_build_filename (folder, "backup.db", NULL);
  g_autofree char *path = g_build_filename (folder, "erase.db", NULL);
  g_auto (Run) device = { 0 };
  g_auto (Run) sent = { 0 };
  g_auto (Run) copied = { 0 };
  g_auto (Run) nowhere = { 0 };
  g_auto (Run) again = { 0 };
  g_auto (Run) nobody = { 0 };
  g_auto (Run) asked = { 0 };
  g_auto (Run) alone = { 0 };
  g_auto (Run) bare = { 0 };
  g_auto (Run) done = { 0 };
  g_auto (Run) told = { 0 };
  g_auto (Run) restored = { 0 };
  g_auto (Run) sound = { 0 };
  g_auto (Run) kept = { 0 };
  g_auto (Run) ticked = { 0 };
  g_autofree char *bytes = NULL;
  gsize length;

  make_trust ("erase");
  who = ask ("SELECT username FROM person WHERE ended = 0 ORDER BY username LIMIT 1");
  person = g_strdup_printf ("SELECT person FROM person WHERE username = '%s'", who);
  left = ask (person);
  g_free (g_steal_pointer (&person));
  one = ask ("SELECT username FROM person WHERE ended = 0 ORDER BY username DESC LIMIT 1");
  other = ask (
      "SELECT username FROM person WHERE ended = 0 ORDER BY username DESC LIMIT 1 OFFSET 1");
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT person FROM person WHERE username = '%s'",
                                              i == 0 ? one : other);
      g_autofree char *id = ask (sql);
      g_autofree char *body =
          g_strdup_printf ("{\"person\":\"%s\",\"role\":\"governance\",\"ended\":0}", id);

      append (NULL, NULL, "role_grant", body);
    }
  device = run_with ("demo device --store %s --trust %%t --person %s --events 10 --seed 1", store,
                     who);
  assert_done (&device);
  sent = run_with ("sync --store %s --trust %%t", store);
  assert_done (&sent);
  copied = run_with ("trust backup %%t --out %s", backup);
  assert_done (&copied);
  again = run_with ("trust backup %%t --out %s", backup);
  assert_failed (&again, "already a file");
  nowhere = run_with ("trust backup sqlite:%s.none --out %s.copy", backup, backup);
  assert_failed (&nowhere, "backup.db.none");

  nobody = run_with ("trust erase %%t %s --by %s", who, who);
  assert_failed (&nobody, "governance");
  asked = run_with ("trust erase %%t %s --by %s --reason letter", who, one);
  assert_done (&asked);
  bare = run_with ("trust erase %%t %s --by %s --confirm", who, other);
  assert_failed (&bare, "--ledger");
  alone = run_with ("trust erase %%t %s --by %s --confirm --ledger %s", who, one, ledger);
  assert_failed (&alone, "two people");
  done = run_with ("trust erase %%t %s --by %s --confirm --ledger %s", who, other, ledger);
  assert_done (&done);
  told = run_with ("sync --store %s --trust %%t", store);
  assert_failed (&told, "has been deleted");
  g_assert_false (g_file_test (store, G_FILE_TEST_EXISTS));

  /* The old backup comes, and goes over the ledger. */
  g_assert_true (g_file_get_contents (backup, &bytes, &length, NULL));
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *beside = g_strconcat (path, i == 0 ? "-wal" : "-shm", NULL);

      g_unlink (beside);
    }
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
  restored = run_with ("trust after-restore %%t --ledger %s", ledger);
  assert_done (&restored);
  g_assert_nonnull (strstr (restored.out, "erased again: 1"));
  {
    g_autofree char *sql = g_strdup_printf (
        "SELECT count(*) FROM event WHERE (author = '%s' OR subject = '%s') AND salt <> ''", left,
        left);
    g_autofree char *n = ask (sql);

    g_assert_cmpstr (n, ==, "0");
  }
  sound = run ("trust check %t");
  assert_done (&sound);
  kept = run ("trust retention %t --dry-run");
  assert_done (&kept);
  g_assert_nonnull (strstr (kept.out, "would be erased: 0"));
  ticked = run ("trust tick %t");
  assert_done (&ticked);
}

/* A term as champion whose time is over ends by the clockwork, once. */
static void
test_terms (void)
{
  static const char *const standing = "SELECT state || ' ' || (SELECT count(*) FROM event WHERE"
                                      " kind = 'champion_term') FROM champion WHERE term = '%s'";
  g_auto (Run) first = { 0 };
  g_auto (Run) second = { 0 };
  g_autofree char *who = NULL;
  g_autofree char *lead = NULL;
  g_autofree char *sql = NULL;
  g_autofree char *term = NULL;
  g_autofree char *appointed = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *again = NULL;
  gint64 before_all, after_all;

  make_trust ("terms");
  who = ask ("SELECT person FROM person WHERE ended = 0 AND NOT EXISTS (SELECT 1 FROM champion AS c"
             " WHERE c.person = person.person) ORDER BY person LIMIT 1");
  lead = ask ("SELECT person FROM role WHERE role = 'lead' ORDER BY person LIMIT 1");
  append (who, NULL, "champion_term", "{\"state\":\"put-forward\"}");
  sql = g_strdup_printf ("SELECT term FROM champion WHERE person = '%s'", who);
  term = ask (sql);
  appointed = g_strdup_printf ("{\"state\":\"appointed\",\"term\":\"%s\",\"until\":1}", term);
  append (lead, who, "champion_term", appointed);
  g_free (sql);
  sql = g_strdup_printf (standing, term);
  before = ask (sql);
  g_assert_true (g_str_has_prefix (before, "active "));
  before_all = g_ascii_strtoll (before + strlen ("active "), NULL, 10);
  first = run ("trust tick %t");
  assert_done (&first);
  after = ask (sql);
  g_assert_true (g_str_has_prefix (after, "ended "));
  after_all = g_ascii_strtoll (after + strlen ("ended "), NULL, 10);
  g_assert_cmpint (after_all, ==, before_all + 1);
  second = run ("trust tick %t");
  assert_done (&second);
  again = ask (sql);
  g_assert_cmpstr (again, ==, after);
}

static void
test_enrol (void)
{
  g_autofree char *who = NULL;
  g_autofree char *file = g_build_filename (folder, "enrol", NULL);
  g_autofree char *store = g_build_filename (folder, "enrolled.store", NULL);
  g_autofree char *second = g_build_filename (folder, "second.store", NULL);
  g_auto (Run) issued = { 0 };
  g_auto (Run) begun = { 0 };
  g_auto (Run) again = { 0 };
  g_auto (Run) met = { 0 };
  g_auto (Run) away = { 0 };

  make_trust ("enrol");
  who = ask ("SELECT username FROM person WHERE ended = 0 ORDER BY username LIMIT 1");
  issued = run_with ("trust enrol %%t %s --out %s", who, file);
  assert_done (&issued);
  begun = run_with ("sync --store %s --enrol %s", store, file);
  assert_done (&begun);
  g_assert_true (g_str_has_prefix (begun.out, who));
  again = run_with ("sync --store %s --enrol %s", second, file);
  assert_done (&again);
  met = run_with ("sync --store %s --trust %%t", store);
  assert_done (&met);
  away = run_with ("sync --store %s --trust %%t", second);
  assert_failed (&away, "another computer");
}

/* A shared computer is lost: what its person was given for it holds no more. */
static void
test_tickets (void)
{
  g_autofree char *who = NULL;
  g_autofree char *left = NULL;
  g_autofree char *store = g_build_filename (folder, "shared.store", NULL);
  g_auto (Run) device = { 0 };
  g_auto (Run) sent = { 0 };
  g_auto (Run) taken = { 0 };
  g_auto (Run) again = { 0 };
  g_auto (Run) nobody = { 0 };

  make_trust ("tickets");
  who = ask ("SELECT username FROM person WHERE ended = 0 ORDER BY username LIMIT 1");
  device = run_with ("demo device --store %s --trust %%t --person %s --events 5 --seed 1", store,
                     who);
  assert_done (&device);
  sent = run_with ("sync --store %s --trust %%t", store);
  assert_done (&sent);
  {
    g_autoptr (WayStore) open = way_store_open_trust (trust, FALSE, NULL);
    g_autofree char *sql = g_strdup_printf (
        "INSERT INTO ticket (stream, hash, salt, person, issued, expires)"
        " SELECT s.stream, '%064d', '%032d', s.person, 1, 7258118400000000 FROM stream AS s"
        " JOIN person AS p ON p.person = s.person WHERE p.username = '%s'"
        " ORDER BY s.last_seen DESC LIMIT 1",
        1, 2, who);

    g_assert_true (way_db_exec (way_store_get_db (open), sql, NULL));
  }
  taken = run_with ("trust revoke-tickets %%t %s", who);
  assert_done (&taken);
  g_assert_cmpstr (taken.out, ==, "taken back: 1\n");
  left = ask ("SELECT count(*) FROM ticket WHERE revoked = 0");
  g_assert_cmpstr (left, ==, "0");
  again = run_with ("trust revoke-tickets %%t %s", who);
  assert_done (&again);
  g_assert_cmpstr (again.out, ==, "taken back: 0\n");
  nobody = run_with ("trust revoke-tickets %%t nobody.here");
  assert_failed (&nobody, "nobody.here");
}

int
main (int argc, char **argv)
{
  g_assert_cmpint (argc, >=, 2);
  g_test_init (&argc, &argv, NULL);
  run_begin (argv[1]);
  g_test_add_func ("/governance/forged-estimate", test_forged_estimate);
  g_test_add_func ("/governance/rounded-estimate", test_rounded_estimate);
  g_test_add_func ("/governance/forged-check", test_forged_check);
  g_test_add_func ("/governance/erase", test_erase);
  g_test_add_func ("/governance/enrol", test_enrol);
  g_test_add_func ("/governance/terms", test_terms);
  g_test_add_func ("/governance/tickets", test_tickets);
  return run_end ();
}
