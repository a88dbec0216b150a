/* test-attacks.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync-fixture.h"

#include "sync/way-authority.h"
#include "sync/way-postgresql-peer.h"

/* What somebody with a login of their own may try with any client at all: SYNC.md's list,
 * by its numbers. Each is refused, or gives nothing. Ann is a learner, cat the champion of
 * her ward, lea the lead. */

#define STREAM "01234567-89ab-7cde-8f01-23456789abcd"

typedef enum
{
  REFUSED, /* an error, and nothing has changed */
  NOTHING, /* no row, or 0 */
} Expected;

typedef struct
{
  const char *name;
  const char *who;
  Expected expected;
  const char *sql;
} Attack;

static const Attack attacks[] = {
  { "1-insert-as-another", "ann", REFUSED,
    "INSERT INTO api.event (stream, seq, id, author, kind) VALUES ('" STREAM
    "', 1, 'x', 'bob', 'step')" },
  { "1-insert-into-table", "ann", REFUSED, "INSERT INTO main.event (stream) VALUES ('x')" },
  { "2-update-own", "ann", REFUSED, "UPDATE api.event SET author = 'bob'" },
  { "3-update-table", "ann", REFUSED, "UPDATE main.event SET author = 'bob'" },
  { "3-delete", "ann", REFUSED, "DELETE FROM main.event" },
  { "3-truncate", "ann", REFUSED, "TRUNCATE main.event" },
  { "3-update-view", "lea", REFUSED, "UPDATE api.level SET mean = 2" },
  { "3-delete-view", "lea", REFUSED, "DELETE FROM api.person" },
  { "3-read-table", "lea", REFUSED, "SELECT * FROM main.event" },
  { "3-read-derived-table", "lea", REFUSED, "SELECT * FROM main.level" },
  { "4-forge-what-the-trust-adds", "ann", REFUSED,
    "INSERT INTO main.event (xid, received) VALUES ('1', 1)" },
  { "4-forge-stream-state", "ann", REFUSED, "UPDATE main.stream SET last_seq = 99" },
  { "4-make-an-epoch", "ann", REFUSED, "SELECT main.new_epoch (1)" },
  { "4-read-the-secret", "lea", REFUSED, "SELECT * FROM main.secret" },
  { "4-mark", "ann", REFUSED, "SELECT main.mark ('1:x')" },
  { "9-id-oracle", "ann", NOTHING, "SELECT count(*) FROM api.event WHERE author = 'bob'" },
  { "12-leaky-operator", "ann", NOTHING,
    "SELECT count(*) FROM api.person WHERE name LIKE '%o%' AND person <> 'ann'" },
  { "12-error-as-oracle", "ann", NOTHING,
    "SELECT count(*) FROM api.person WHERE person <> 'ann'"
    " AND CAST(CASE WHEN person = 'bob' THEN 'x' ELSE '1' END AS integer) = 1" },
  /* No key of a table says whether a person or an event is there. */
  { "10-keys-that-tell", "ann", NOTHING,
    "SELECT count(*) FROM pg_constraint AS c JOIN pg_class AS t ON t.oid = c.confrelid"
    " WHERE c.contype = 'f' AND t.relname IN ('person', 'event', 'login')" },
  { "13-statistics", "ann", NOTHING, "SELECT count(*) FROM pg_stats WHERE schemaname = 'main'" },
  { "13-how-many-rows", "ann", REFUSED, "SELECT reltuples FROM pg_class WHERE relname = 'event'" },
  { "13-how-many-pages", "ann", REFUSED,
    "SELECT max (relpages) FROM pg_class WHERE relname IN ('event', 'level')" },
  { "13-how-many-were-written", "ann", REFUSED, "SELECT n_tup_ins FROM pg_stat_all_tables" },
  { "13-how-many-were-read", "ann", REFUSED, "SELECT idx_scan FROM pg_stat_user_indexes" },
  { "13-how-much-was-committed", "ann", REFUSED,
    "SELECT xact_commit, tup_inserted FROM pg_stat_database WHERE datname = current_database ()" },
  { "13-written-by-number", "ann", REFUSED,
    "SELECT pg_stat_get_tuples_inserted (oid) FROM pg_class WHERE relname = 'event'" },
  { "13-how-large-a-table", "ann", REFUSED,
    "SELECT pg_relation_size (oid) FROM pg_class WHERE relname = 'event'" },
  { "13-how-large-all-of-it", "ann", REFUSED, "SELECT pg_database_size (current_database ())" },
  { "14-statistics-of-columns", "ann", NOTHING,
    "SELECT count(*) FROM pg_stats_ext WHERE schemaname = 'main'" },
  { "14-statistics-table", "ann", REFUSED, "SELECT * FROM pg_statistic" },
  { "15-secrets-in-code", "ann", NOTHING,
    "SELECT count(*) FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace"
    " WHERE n.nspname IN ('main', 'api') AND p.prosrc ~ '[0-9a-f]{32}'" },
  { "16-names-of-roles-say-nothing", "ann", NOTHING,
    "SELECT count(*) FROM pg_roles WHERE rolname IN ('ann', 'bob', 'cat', 'lea')" },
  { "16-whose-a-login-is", "lea", REFUSED, "SELECT * FROM main.login" },
  { "17-what-others-ask", "ann", NOTHING,
    "SELECT count(*) FROM pg_stat_activity WHERE usename <> session_user"
    " AND query NOT IN ('', '<insufficient privilege>')" },
  { "18-sequence", "ann", REFUSED, "SELECT nextval ('main.event_position_seq')" },
  { "18-sequence-value", "ann", REFUSED, "SELECT last_value FROM main.event_position_seq" },
  { "19-shadow-table", "ann", REFUSED, "CREATE TEMP TABLE person (person text)" },
  { "20-create-table", "ann", REFUSED, "CREATE TABLE public.person (person text)" },
  { "20-create-in-api", "ann", REFUSED, "CREATE TABLE api.mine (person text)" },
  { "20-create-function", "ann", REFUSED,
    "CREATE FUNCTION api.f () RETURNS integer LANGUAGE sql AS 'SELECT 1'" },
  { "20-create-operator", "ann", REFUSED,
    "CREATE OPERATOR api.@@@ (leftarg = text, rightarg = text, function = texteq)" },
  { "20-create-schema", "ann", REFUSED, "CREATE SCHEMA mine" },
  { "21-set-role-owner", "ann", REFUSED, "SET ROLE waymark_owner" },
  { "21-set-role-reader", "ann", REFUSED, "SET ROLE waymark_reader" },
  { "21-set-role-folder", "lea", REFUSED, "SET ROLE waymark_folder" },
  { "21-set-role-api", "lea", REFUSED, "SET ROLE waymark_api" },
  { "21-set-role-another", "ann", REFUSED, "SET ROLE p_bob" },
  { "21-session-authorization", "ann", REFUSED, "SET SESSION AUTHORIZATION p_bob" },
  { "22-row-security-off", "ann", REFUSED,
    "SET row_security = off; SELECT count(*) FROM api.event" },
  { "23-spoof-by-setting", "ann", NOTHING,
    "SET app.uid = 'bob'; SET waymark.me = 'bob';"
    " SELECT count(*) FROM api.person WHERE person = 'bob'" },
  /* Nothing waits for a lock that anybody can take, or listens to what anybody can say. */
  { "25-28-locks-and-notices", "ann", NOTHING,
    "SELECT count(*) FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace"
    " WHERE n.nspname IN ('main', 'api') AND p.prosrc ~* 'advisory|notify'" },
  { "27-large-object", "ann", REFUSED, "SELECT lo_from_bytea (0, 'x')" },
  { "27-large-object-create", "ann", REFUSED, "SELECT lo_create (0)" },
  { "29-copy-from-program", "ann", REFUSED, "COPY api.person FROM PROGRAM 'id'" },
  { "29-copy-to-program", "lea", REFUSED, "COPY (SELECT 1) TO PROGRAM 'cat'" },
  { "29-read-file", "ann", REFUSED, "SELECT pg_read_file ('PG_VERSION')" },
  { "29-list-folder", "ann", REFUSED, "SELECT pg_ls_dir ('.')" },
  { "29-extension", "ann", REFUSED, "CREATE EXTENSION dblink" },
  { "35-scope-of-another-unit", "cat", NOTHING,
    "SELECT count(*) FROM api.pull_v1 ('" STREAM "', 'unit:w2', '') WHERE refusal IS NULL" },
  { "35-scope-of-a-learner", "ann", NOTHING,
    "SELECT count(*) FROM api.pull_v1 ('" STREAM "', 'unit:w1', '') WHERE refusal IS NULL" },
  { "38-fold-by-oneself", "ann", REFUSED, "SELECT main.fold_level ('ann')" },
  { "38-fold-events", "ann", REFUSED, "SELECT main.fold_events ('{}')" },
  { "38-take-events-directly", "ann", REFUSED, "SELECT main.refers_of ('x', '{}')" },
  { "38-ask-what-a-kind-is", "ann", REFUSED, "SELECT main.kind_of ('x')" },
  { "38-ask-who-reads-through", "ann", REFUSED,
    "SELECT main.is_read_through ('x', '{step}', '{bob}', '{}')" },
  { "38-ask-for-others-people", "ann", REFUSED, "SELECT main.members_below ('w1')" },
  { "42-own-search-path", "ann", NOTHING,
    "ALTER ROLE p_ann SET search_path = pg_temp, api;"
    " SELECT count(*) FROM api.person WHERE person <> 'ann'" },
  { "42-become-somebody", "ann", REFUSED, "ALTER ROLE p_ann CREATEROLE" },
  { "42-join-a-role", "ann", REFUSED, "GRANT waymark_owner TO p_ann" },
  { "42-password-of-another", "ann", REFUSED, "ALTER ROLE p_bob PASSWORD 'x'" },
  { "tick", "lea", REFUSED, "SELECT api.tick ()" },
  { "as-at", "ann", REFUSED, "SELECT api.as_at (1)" },
  { "nobody-sees-nothing", "eve", NOTHING,
    "SELECT (SELECT count(*) FROM api.event) + (SELECT count(*) FROM api.person)"
    " + (SELECT count(*) FROM api.setting) + (SELECT count(*) FROM api.unit)" },
  /* What is private stays so; what is not on the list does too. */
  { "lead-reads-a-response", "lea", NOTHING,
    "SELECT count(*) FROM api.event WHERE kind = 'response'" },
  { "lead-reads-an-unknown-kind", "lea", NOTHING,
    "SELECT count(*) FROM api.event WHERE kind = 'hologram'" },
  { "champion-reads-a-note", "cat", NOTHING,
    "SELECT count(*) FROM api.event WHERE kind IN ('note', 'barrier', 'response', 'hologram')" },
  { "champion-reads-another-ward", "cat", NOTHING,
    "SELECT count(*) FROM api.event WHERE person = 'dan' OR unit = 'w2'" },
  { "champion-reads-levels-not-shared", "cat", NOTHING, "SELECT count(*) FROM api.level" },
  { "manager-reads-levels", "mia", NOTHING, "SELECT count(*) FROM api.level" },
  { "manager-reads-help", "mia", NOTHING, "SELECT count(*) FROM api.help" },
  { "lead-reads-how-others-see-themselves", "lea", NOTHING,
    "SELECT count(*) FROM api.self_rating" },
  { "learner-reads-others", "ann", NOTHING,
    "SELECT count(*) FROM api.person WHERE person <> 'ann'" },
};

static WayDb *
sign_in (SyncFixture *fixture, const char *who)
{
  g_autofree char *uri = sync_fixture_dup_login_uri (fixture, who);
  g_autoptr (GError) error = NULL;
  WayDb *db = way_db_open (uri, WAY_DB_READ_WRITE, &error);

  g_assert_no_error (error);
  return db;
}

static WayEvent *
place_event (GPtrArray *chain, const char *stream, WayEvent *draft)
{
  static guint8 random[10];
  WayEvent *last = chain->len > 0 ? chain->pdata[chain->len - 1] : NULL;
  g_autofree char *id = NULL;

  draft->at = 1700000000000000 + chain->len * 1000;
  draft->zone = g_strdup ("Europe/London");
  random[0]++;
  random[1] = stream[35];
  id = way_uuid_new_v7 (draft->at, random);
  way_event_seal_into_stream (draft, stream, last != NULL ? last->seq + 1 : 1, id,
                              "00112233445566778899aabbccddeeff",
                              last != NULL ? last->chain : NULL);
  g_ptr_array_add (chain, draft);
  return draft;
}

static WayReceipt *
push_as (SyncFixture *fixture, const char *person, const char *stream, GPtrArray *events)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayWelcome) welcome = NULL;
  WayReceipt *receipt;

  welcome = way_peer_hello (fixture->peer, person, stream, 0, NULL, g_get_real_time (), &error);
  g_assert_no_error (error);
  receipt = way_peer_push (fixture->peer, events, &error);
  g_assert_no_error (error);
  return receipt;
}

/* Something of everything that somebody might want to see. */
static void
fill (SyncFixture *fixture)
{
  static const char *const writers[] = { "ann", "bob", "dan" };

  for (guint i = 0; i < G_N_ELEMENTS (writers); i++)
    {
      g_autofree char *stream = g_strdup_printf ("01234567-89ab-7cde-8f01-2345678900a%u", i);
      g_autoptr (GPtrArray)
          chain = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
      g_autoptr (WayReceipt) receipt = NULL;
      WayEvent *attempt;

      attempt = place_event (chain, stream, fixture_attempt ("baseline", NULL, NULL));
      place_event (chain, stream,
                   fixture_draft ("response",
                                  "{'attempt':'%s','item':'i1','ordinal':1,'answer':'A','score':1,"
                                  "'ms':900}",
                                  attempt->id));
      place_event (chain, stream, fixture_estimate (attempt->id, "C", 0.5));
      place_event (chain, stream, fixture_end (attempt->id, "baseline", "decided", NULL, FALSE));
      place_event (chain, stream,
                   fixture_draft ("self_rating", "{'capability':'C','now':1,'need':3}"));
      place_event (chain, stream, fixture_draft ("note", "{'text':'mine alone'}"));
      place_event (chain, stream, fixture_draft ("hologram", "{'shape':'cube'}"));
      receipt = push_as (fixture, writers[i], stream, chain);
      g_assert_cmpint (receipt->acked, ==, 7);
      g_assert_cmpuint (receipt->inserted, >=, 5);
    }
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM level", "3");
  fixture_assert_rows (fixture->trust, "SELECT count(*) FROM event WHERE kind = 'hologram'", "3");
}

static char *
dump (SyncFixture *fixture)
{
  return fixture_ask (fixture->trust,
                      "SELECT (SELECT count(*) FROM event), (SELECT count(*) FROM level),"
                      " (SELECT sum (mean) FROM level), (SELECT count(*) FROM epoch),"
                      " (SELECT sum (last_seq) FROM stream), (SELECT count(*) FROM person)");
}

static void
test_list (SyncFixture *fixture, gconstpointer data)
{
  g_autofree char *before = NULL;

  fill (fixture);
  before = dump (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (attacks); i++)
    {
      const Attack *attack = &attacks[i];
      g_autoptr (WayDb) db = sign_in (fixture, attack->who);
      g_auto (GStrv) statements = g_strsplit (attack->sql, "; ", -1);
      g_autoptr (GError) error = NULL;
      g_autofree char *after = NULL;
      gboolean is_done = TRUE;
      gint64 value = 0;

      for (guint j = 0; is_done && statements[j] != NULL; j++)
        is_done = attack->expected == NOTHING && statements[j + 1] == NULL
                      ? way_db_get_int (db, statements[j], &value, &error)
                      : way_db_exec (db, statements[j], &error);
      if (attack->expected == REFUSED && is_done)
        g_error ("%s: not refused", attack->name);
      if (attack->expected == NOTHING && (!is_done || value != 0))
        g_error ("%s: %s", attack->name, is_done ? "gave something" : error->message);
      /* What is said of it gives nothing away either. */
      if (error != NULL)
        g_assert_null (strstr (error->message, "mine alone"));
      after = dump (fixture);
      if (!g_str_equal (before, after))
        g_error ("%s: something has changed", attack->name);
    }
  fixture_assert_sound (fixture->trust);
}

/* 6, 7, 8: a batch is pushed again, by another, to another's stream. */
static void
test_streams (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) chain = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (WayReceipt) first = NULL;
  g_autoptr (WayReceipt) again = NULL;
  g_autoptr (WayWelcome) welcome = NULL;
  g_autoptr (WayDb) bob = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *refusal = NULL;

  place_event (chain, STREAM, fixture_draft ("self_rating", "{'capability':'C','now':1,'need':3}"));
  first = push_as (fixture, "ann", STREAM, chain);
  g_assert_cmpuint (first->inserted, ==, 1);
  again = push_as (fixture, "ann", STREAM, chain);
  g_assert_cmpuint (again->inserted, ==, 0);
  g_assert_cmpuint (again->duplicates, ==, 1);

  welcome = way_peer_hello (fixture->peer, "bob", STREAM, 0, NULL, g_get_real_time (), &error);
  g_assert_error (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_STREAM);
  /* By hand, past every check of the program. */
  bob = sign_in (fixture, "bob");
  refusal = way_db_dup_text (bob,
                             "SELECT refusal FROM api.push_v1 ('" STREAM
                             "', 'x', 2, 0, '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}',"
                             " '{}', '{}', '{}', '{}')",
                             NULL);
  g_assert_cmpstr (refusal, ==, "stream");
  fixture_assert_rows (fixture->trust, "SELECT person FROM stream WHERE stream = '" STREAM "'",
                       "ann");
}

/* 9: that an id is somebody else's cannot be told from that it is one's own. */
static void
test_id_of_another (SyncFixture *fixture, gconstpointer data)
{
  static const char *const other = "01234567-89ab-7cde-8f01-23456789abce";
  g_autoptr (GPtrArray) chain = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (GPtrArray) stolen = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (WayReceipt) first = NULL;
  g_autoptr (WayReceipt) second = NULL;
  WayEvent *event;

  place_event (chain, STREAM, fixture_draft ("self_rating", "{'capability':'C','now':1,'need':3}"));
  first = push_as (fixture, "ann", STREAM, chain);
  event = way_event_copy (chain->pdata[0]);
  g_free (event->stream);
  event->stream = g_strdup (other);
  g_free (event->chain);
  event->chain = way_event_compute_chain (event, NULL);
  g_ptr_array_add (stolen, event);
  second = push_as (fixture, "bob", other, stolen);
  g_assert_cmpuint (second->quarantined, ==, 1);
  g_assert_cmpuint (second->stamps->len, ==, 0);
  fixture_assert_rows (fixture->trust, "SELECT author FROM event WHERE stream = '" STREAM "'",
                       "ann");
  fixture_assert_sound (fixture->trust);
}

/* Deeds beyond one's right are kept and count for nothing, whoever judges: the file's rules
 * and the database's are the same. */
static void
test_rights_agree (SyncFixture *fixture, gconstpointer data)
{
  static const char *const authors[] = { "ann", "cat", "mia", "lea", "dan" };
  static const char *const subjects[] = { NULL, "ann", "bob", "dan", "cat", "nobody" };
  static const char *const units[] = { NULL, "w1", "w2", "d" };
  static const struct
  {
    const char *kind;
    const char *body;
  } deeds[] = {
    { "evidence", "{'type':'witnessed','outcome':'o'}" },
    { "evidence", "{'type':'used','outcome':'o'}" },
    { "evidence_answer", "{'evidence':'e','answer':'agreed'}" },
    { "evidence_file",
      "{'evidence':'e','name':'a','type':'text/plain','n':1,'of':1,'data':'QQ=='}" },
    { "assignment", "{'module':'F1'}" },
    { "feedback_action", "{'feedback':'f','action':'decided'}" },
    { "help_action", "{'request':'r','action':'taken'}" },
    { "help_action", "{'request':'r','action':'fixed'}" },
    { "help_given", "{'topic':'F1','people':1,'minutes':2}" },
    { "on_call", "{'name':'x','shifts':'mon-early','ended':0}" },
    { "on_call", "{'name':'x','ended':1}" },
    { "help_declined", "{'module':'F1'}" },
    { "champion_term", "{'state':'put-forward'}" },
    { "champion_term", "{'state':'nominated'}" },
    { "champion_term", "{'state':'accepted'}" },
    { "champion_term", "{'state':'appointed'}" },
    { "champion_term", "{'state':'trained'}" },
    { "champion_term", "{'state':'active'}" },
    { "champion_term", "{'state':'paused'}" },
    { "champion_term", "{'state':'ended'}" },
    { "champion_term", "{'state':'crowned'}" },
    { "rota", "{'week':'2026-03-23','shifts':'mon-early'}" },
    { "role_grant", "{'person':'ann','role':'lead','ended':0}" },
    { "person", "{'person':'ann','name':'x','ended':0}" },
    { "setting", "{'key':'share_levels','value':'champion'}" },
    { "step", "{'module':'F1','step':'s'}" },
    { "hologram", "{'x':1}" },
    { "notice", "{'title':'t','text':'t'}" },
    { "published", "{'type':'idea','said':'s','state':'open'}" },
    { "trial", "{'feedback':'f','text':'t'}" },
    { "vote", "{'feedback':'f','value':1}" },
    { "initiative", "{'title':'t','state':'proposed'}" },
    { "pulse", "{'question':'q','closes':1}" },
    { "pulse_answer", "{'pulse':'p','value':1}" },
    { "retraction", "{'target':'x'}" },
    /* Not access: there the database is asked by those who look, and tells by itself. */
    { "erasure", "{}" },
    { "item_parameter", "{}" },
    { "pack_release", "{}" },
    { "thanks", "{}" },
    { "corner_question", "{'topic':'Rostering','text':'x'}" },
    { "corner_action", "{'question':'q','action':'answered','text':'x'}" },
    { "corner_action", "{'question':'q','action':'taken-down','text':'x'}" },
    { "corner_action", "{'question':'q','action':'burnt','text':'x'}" },
    { "tip", "{'answer':'a','state':'worked','text':'x'}" },
    { "tip", "{'answer':'a','state':'taken-down'}" },
    { "tip", "{'answer':'a','state':'shouted'}" },
  };
  WayDb *db = way_store_get_db (fixture->trust);
  guint n_allowed = 0;
  guint n_refused = 0;

  for (guint a = 0; a < G_N_ELEMENTS (authors); a++)
    for (guint s = 0; s < G_N_ELEMENTS (subjects); s++)
      for (guint u = 0; u < G_N_ELEMENTS (units); u++)
        for (guint d = 0; d < G_N_ELEMENTS (deeds); d++)
          {
            g_autoptr (WayEvent) event = fixture_draft (deeds[d].kind, "%s", deeds[d].body);
            g_autoptr (GError) error = NULL;
            WayStatement *statement;
            gboolean is_allowed, has_row;

            event->subject = g_strdup (subjects[s]);
            event->unit = g_strdup (units[u]);
            g_assert_true (way_authority_judge (db, authors[a], event, &is_allowed, &error));
            statement = way_db_prepare (db, "SELECT may_write ($1, $2, $3, $4, CAST($5 AS json))",
                                        &error);
            g_assert_no_error (error);
            way_statement_bind_text (statement, 1, authors[a]);
            way_statement_bind_text (statement, 2, event->kind);
            way_statement_bind_text (statement, 3, event->subject);
            way_statement_bind_text (statement, 4, event->unit);
            way_statement_bind_text (statement, 5, event->body);
            g_assert_true (way_statement_step (statement, &has_row, &error));
            if (way_statement_get_int (statement, 0) != is_allowed)
              g_error ("%s of %s about %s at %s: the file says %d", event->kind, authors[a],
                       subjects[s] != NULL ? subjects[s] : "–", units[u] != NULL ? units[u] : "–",
                       is_allowed);
            way_statement_reset (statement);
            n_allowed += is_allowed;
            n_refused += !is_allowed;
          }
  g_assert_cmpuint (n_allowed, >, 100);
  g_assert_cmpuint (n_refused, >, 100);
}

/* 36: whoever has left sees nothing from the next question on. */
static void
test_leaver (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayDb) ann = sign_in (fixture, "ann");
  g_autofree char *id = NULL;
  gint64 n;

  fill (fixture);
  g_assert_true (way_db_get_int (ann, "SELECT count(*) FROM api.event", &n, NULL));
  g_assert_cmpint (n, >, 5);
  id = fixture_append (fixture->trust, NULL,
                       fixture_draft ("person", "{'person':'ann','username':'ann','name':'ann',"
                                                "'staff_group':'nursing','ended':1}"));
  g_assert_true (way_db_get_int (ann, "SELECT count(*) FROM api.event", &n, NULL));
  g_assert_cmpint (n, ==, 0);
  g_assert_true (way_db_get_int (ann, "SELECT count(*) FROM api.person", &n, NULL));
  g_assert_cmpint (n, ==, 0);
}

/* 11, 38: numbers and shapes that no client of ours sends. */
static void
test_shapes (SyncFixture *fixture, gconstpointer data)
{
  static const char *const calls[] = {
    "SELECT refusal FROM api.push_v1 (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,"
    " NULL, NULL, NULL, NULL, NULL, NULL, NULL)",
    "SELECT refusal FROM api.push_v1 ('" STREAM "', 'x', 1, 0, ARRAY[NULL]::bytea[], '{}', '{}',"
    " '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}')",
    "SELECT refusal FROM api.push_v1 ('" STREAM "', 'x', -5, 0, '{}', '{}', '{}', '{}', '{}',"
    " '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}')",
    "SELECT refusal FROM api.push_v1 ('not a stream', 'x', 1, 0, '{}', '{}', '{}', '{}', '{}',"
    " '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}')",
    "SELECT refusal FROM api.push_v1 ('" STREAM "', 'x', 1, 0, array_fill (''::bytea, ARRAY[5000]),"
    " array_fill (''::bytea, ARRAY[5000]), '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}',"
    " '{}', '{}')",
    "SELECT refusal FROM api.hello_v1 (NULL, NULL)",
    "SELECT refusal FROM api.hello_v1 ('', '9-9.9.9')",
    "SELECT refusal FROM api.pull_v1 (NULL, NULL, NULL)",
    "SELECT refusal FROM api.pull_v1 ('" STREAM "', 'unit:', 'pg/////')",
  };
  g_autoptr (WayDb) ann = sign_in (fixture, "ann");

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *refusal = way_db_dup_text (ann, calls[i], &error);

      if (error == NULL && refusal == NULL)
        g_error ("Taken: %s", calls[i]);
      g_assert_no_error (error);
    }
  fixture_assert_sound (fixture->trust);
}

/* Two texts as push takes them. */
static char *
dup_pair (const char *one, const char *two)
{
  return g_strdup_printf ("ARRAY[convert_to ('%s', 'UTF8'), convert_to ('%s', 'UTF8')]", one, two);
}

/* 11: an array may begin at any number. Times that stand where nobody looks for them are those
 * of the trust none the less. */
static void
test_numbering (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) chain = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  const WayEvent *one = place_event (chain, STREAM,
                                     fixture_draft ("self_rating",
                                                    "{'capability':'C','now':1,'need':3}"));
  const WayEvent *two = place_event (chain, STREAM,
                                     fixture_draft ("self_rating",
                                                    "{'capability':'D','now':1,'need':3}"));
  gint64 before = g_get_real_time ();
  g_autofree char *ids = dup_pair (one->id, two->id);
  g_autofree char *kinds = dup_pair (one->kind, two->kind);
  g_autofree char *zones = dup_pair (one->zone, two->zone);
  g_autofree char *salts = dup_pair (one->salt, two->salt);
  g_autofree char *bodies = dup_pair (one->body, two->body);
  g_autofree char *digests = dup_pair (one->digest, two->digest);
  g_autofree char *chains = dup_pair (one->chain, two->chain);
  g_autofree char *sql =
      g_strdup_printf ("SELECT min (inserted) FROM api.push_v1 ('" STREAM
                       "', 'x', 1, %" G_GINT64_FORMAT ", %s, '[0:1]={NULL,NULL}',"
                       " '[-1:0]={NULL,NULL}', %s, ARRAY[%d, %d], ARRAY[%" G_GINT64_FORMAT
                       ", %" G_GINT64_FORMAT "], %s, %s, %s, %s, %s,"
                       " '[0:1]={1600000000000000,1600000000000001}',"
                       " '[0:1]={1600000000000000,1600000000000001}')",
                       before, ids, kinds, one->ver, two->ver, one->at, two->at, zones, salts,
                       bodies, digests, chains);
  g_autofree char *told = g_strdup_printf ("SELECT count(*) FROM event WHERE stream = '" STREAM
                                           "' AND received BETWEEN %" G_GINT64_FORMAT
                                           " AND 4000000000000000",
                                           before - 60 * G_USEC_PER_SEC);
  g_autoptr (WayDb) ann = sign_in (fixture, "ann");
  g_autoptr (GError) error = NULL;
  g_autofree char *inserted = way_db_dup_text (ann, sql, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (inserted, ==, "2");
  fixture_assert_rows (fixture->trust, told, "2");
}

/* The rows that the planner expects of a question. */
static gint64
explain (WayDb *db, const char *question)
{
  g_autofree char *sql = g_strconcat ("EXPLAIN (FORMAT json) ", question, NULL);
  g_autofree char *plan = NULL;
  g_autoptr (GError) error = NULL;
  const char *rows;

  plan = way_db_dup_text (db, sql, &error);
  g_assert_no_error (error);
  rows = strstr (plan, "\"Plan Rows\": ");
  g_assert_nonnull (rows);
  return g_ascii_strtoll (rows + strlen ("\"Plan Rows\": "), NULL, 10);
}

/* 13: the planner knows how often each name stands in a table, and says so of tables whose rows
 * it would not show. Of somebody with much, of somebody with little and of nobody it says the
 * same. */
static void
test_planner (SyncFixture *fixture, gconstpointer data)
{
  static const char *const questions[] = {
    "SELECT 1 FROM api.event WHERE author = '%s'",
    "SELECT 1 FROM api.event WHERE person = '%s'",
    "SELECT 1 FROM api.event WHERE subject = '%s'",
    "SELECT 1 FROM api.event WHERE author = '%s' AND kind = 'response'",
    "SELECT 1 FROM api.level WHERE person = '%s'",
    "SELECT 1 FROM api.attempt WHERE person = '%s'",
    "SELECT 1 FROM api.self_rating WHERE person = '%s'",
  };
  static const char *const who[] = { "bob", "dan", "nobody" };
  g_autoptr (WayDb) ann = NULL;
  g_autoptr (GError) error = NULL;

  fill (fixture);
  /* Bob has many times what anybody else has. */
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *id = fixture_append (fixture->trust, "bob",
                                            fixture_draft ("self_rating",
                                                           "{'capability':'C%u','now':1,'need':3}",
                                                           i));
    }
  way_db_exec (way_store_get_db (fixture->trust), "ANALYZE", &error);
  g_assert_no_error (error);
  ann = sign_in (fixture, "ann");
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      gint64 told[G_N_ELEMENTS (who)];

      for (guint j = 0; j < G_N_ELEMENTS (who); j++)
        {
          g_auto (GStrv) parts = g_strsplit (questions[i], "%s", 2);
          g_autofree char *question = g_strconcat (parts[0], who[j], parts[1], NULL);

          told[j] = explain (ann, question);
        }
      if (told[0] != told[2] || told[1] != told[2])
        g_error ("%s: %d rows of bob, %d of dan, %d of nobody", questions[i], (int) told[0],
                 (int) told[1], (int) told[2]);
    }
}

/* 33: what a server says reaches screens, logs and terminals as one line of plain signs. */
static void
test_words (SyncFixture *fixture, gconstpointer data)
{
  static const char *const raise[] = {
    "DO $x$ BEGIN RAISE EXCEPTION E'red \\x1b[31m and \\x07\nover\r\t\u202eback\u2028line\ufeff.'; "
    "END $x$",
    "DO $x$ BEGIN RAISE NOTICE E'\\x1b[31m'; RAISE EXCEPTION USING MESSAGE ="
    " E'red \\x1b[31m', DETAIL = 'mine alone', HINT = 'mine alone'; END $x$",
  };
  g_autoptr (WayDb) ann = sign_in (fixture, "ann");

  for (guint i = 0; i < G_N_ELEMENTS (raise); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (way_db_exec (ann, raise[i], &error));
      g_assert_nonnull (strstr (error->message, "red "));
      g_assert_null (strstr (error->message, "mine alone"));
      for (const char *at = error->message; *at != '\0'; at = g_utf8_next_char (at))
        {
          GUnicodeType type = g_unichar_type (g_utf8_get_char (at));

          if (type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT
              || type == G_UNICODE_LINE_SEPARATOR || type == G_UNICODE_PARAGRAPH_SEPARATOR)
            g_error ("U+%04X is let through", g_utf8_get_char (at));
        }
    }
}

/* Runs one of the server's programs as a login, and gives what it writes; NULL where it fails. */
static char *
run_as (SyncFixture *fixture, const char *who, const char *program, const char *const *arguments)
{
  g_autofree char *path =
      g_build_filename (way_trial_server_get_programs (sync_fixture_get_server ()), program, NULL);
  g_autofree char *uri = sync_fixture_dup_login_uri (fixture, who);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autofree char *output = NULL;
  g_autofree char *errors = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_ptr_array_add (argv, path);
  g_ptr_array_add (argv, (char *) "-d");
  g_ptr_array_add (argv, uri);
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (char *) arguments[i]);
  g_ptr_array_add (argv, NULL);
  g_spawn_sync (NULL, (char **) argv->pdata, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output,
                &errors, &status, &error);
  g_assert_no_error (error);
  g_assert_null (strstr (errors, "mine alone"));
  return g_spawn_check_wait_status (status, NULL) ? g_steal_pointer (&output) : NULL;
}

/* 30, 39: what is copied out is what may be read, and nobody dumps the rest. */
static void
test_copying (SyncFixture *fixture, gconstpointer data)
{
  static const char *const own[] = {
    "-X", "-A", "-t", "-c", "COPY (SELECT DISTINCT author FROM api.event) TO STDOUT", NULL
  };
  static const char *const table[] = { "-X", "-c", "COPY main.event TO STDOUT", NULL };
  static const char *const whole[] = { "--data-only", NULL };
  static const char *const partial[] = { "--data-only", "--enable-row-security", NULL };
  g_autofree char *seen = NULL;

  fill (fixture);
  seen = run_as (fixture, "ann", "psql", own);
  g_assert_nonnull (seen);
  g_assert_nonnull (strstr (seen, "ann"));
  g_assert_null (strstr (seen, "bob"));
  g_assert_null (run_as (fixture, "ann", "psql", table));
  g_assert_null (run_as (fixture, "lea", "pg_dump", whole));
  g_assert_null (run_as (fixture, "lea", "pg_dump", partial));
}

#define ADD(path, test)                                                                            \
  g_test_add (path, SyncFixture, NULL, sync_fixture_set_up, test, sync_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("WAYMARK_TEST_ENGINE", "postgresql", TRUE);
  ADD ("/sync/attack/list", test_list);
  ADD ("/sync/attack/30-39-copying", test_copying);
  ADD ("/sync/attack/13-planner", test_planner);
  ADD ("/sync/attack/33-words", test_words);
  ADD ("/sync/attack/6-8-streams", test_streams);
  ADD ("/sync/attack/9-id-of-another", test_id_of_another);
  ADD ("/sync/attack/rights-agree", test_rights_agree);
  ADD ("/sync/attack/36-leaver", test_leaver);
  ADD ("/sync/attack/11-shapes", test_shapes);
  ADD ("/sync/attack/11-numbering", test_numbering);
  return g_test_run ();
}
