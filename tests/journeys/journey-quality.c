/* journey-quality.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What an analyst does with the answers of everybody, with the keyboard: looks at a question,
 * calibrates, thinks better of it, calibrates again, sets old beside new and publishes. */

#include "way-journey.h"
#include "way-reach.h"

#include <math.h>
#include <string.h>

#include "assessment/way-bank.h"
#include "record/way-bodies.h"

#define SEED 23
#define NOTE "A year of answers"

/* Measured ones: right or wrong, of the first two capabilities. */
static gboolean
is_asked (const WayBankItem *item)
{
  return item->capability < 2 && item->curve.n_steps == 0 && !item->is_new;
}

static void
add (GPtrArray *drafts, const char *kind, gconstpointer fields)
{
  const WayKind *known = way_kind_find (kind);
  g_autoptr (GError) error = NULL;
  g_autofree char *body = way_kind_write (known, fields, &error);

  g_assert_no_error (error);
  g_ptr_array_add (drafts, way_event_new (kind, way_kind_get_version (known), body));
}

/* One person's answers, drawn by where they stand. */
static void
answer_as (WayStore *trust, const char *person, const WayBank *bank, GRand *random)
{
  const WayAttemptBody attempt = { .type = (char *) "baseline",
                                   .pack = (char *) "core",
                                   .pack_version = 1,
                                   .parameters = bank->version,
                                   .language = (char *) "en-GB",
                                   .seed = (char *) "1",
                                   .prior_mean = NAN,
                                   .prior_sd = NAN,
                                   .try = WAY_NO_INTEGER,
                                   .level = WAY_NO_INTEGER,
                                   .rho = NAN,
                                   .rapid = NAN,
                                   .minutes = WAY_NO_INTEGER };
  g_autoptr (GPtrArray) begun = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (GError) error = NULL;
  double theta = g_rand_double_range (random, -2, 2);
  guint ordinal = 0;

  add (begun, "attempt", &attempt);
  g_assert_true (way_store_append_as (trust, person, begun, &error));
  for (guint i = 0; i < bank->items->len; i++)
    {
      const WayBankItem *item = bank->items->pdata[i];
      WayResponseBody answer = { .attempt = ((const WayEvent *) begun->pdata[0])->id,
                                 .ordinal = ++ordinal,
                                 .item = item->id,
                                 .answer = (char *) "",
                                 .ms = 20000,
                                 .counted = TRUE };

      if (!is_asked (item))
        continue;
      answer.score = g_rand_double (random) < way_irt_probability (&item->curve.parameters, theta);
      add (drafts, "response", &answer);
    }
  way_store_append_as (trust, person, drafts, &error);
  g_assert_no_error (error);
}

/* A pack with fewer questions: a table of hundreds is read aloud, and looked at by this test, line
 * by line. Two capabilities have enough to be calibrated. */
static char *
make_small_pack (void)
{
  g_autofree char *folder = g_dir_make_tmp ("waymark-quality-XXXXXX", NULL);
  g_autofree char *to = g_build_filename (folder, "data", NULL);
  g_autofree char *path = g_build_filename (to, "content", "core", "pack.xml", NULL);
  const char *const copy[] = { "cp", "-r", g_getenv ("WAYMARK_DATADIR"), to, NULL };
  g_autoptr (GRegex) others = g_regex_new (
      "\\n *<item [^>]*id=\"([AB](1[89]|[2-9]\\d)|[C-Z](0[5-9]|[1-9]\\d))\"[^>]*capability=[^>]*>",
      0, 0, NULL);
  g_autoptr (GRegex) enemies = g_regex_new (" enemies=\"[^\"]*\"", 0, 0, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *fewer = NULL;
  g_autofree char *known = NULL;

  g_spawn_sync (NULL, (char **) copy, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                &error);
  g_assert_no_error (error);
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  fewer = g_regex_replace (others, text, -1, 0, "", 0, NULL);
  known = g_regex_replace (enemies, fewer, -1, 0, "", 0, NULL);
  g_file_set_contents (path, known, -1, &error);
  g_assert_no_error (error);
  g_setenv ("WAYMARK_DATADIR", to, TRUE);
  return g_steal_pointer (&folder);
}

static void
remove_small_pack (const char *folder)
{
  const char *const remove[] = { "rm", "-r", folder, NULL };
  g_autoptr (GError) error = NULL;

  g_spawn_sync (NULL, (char **) remove, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                &error);
  g_assert_no_error (error);
}

/* Everybody answers, and one of them is made an analyst. */
static char *
set_up (WayJourney *journey)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = way_store_open_trust (journey->trust, FALSE, &error);
  g_autoptr (WayBank) bank = way_bank_new_from_pack (journey->pack, &error);
  g_autoptr (GRand) random = g_rand_new_with_seed (SEED);
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autofree char *list = NULL;
  g_auto (GStrv) people = NULL;
  char *username;

  g_assert_no_error (error);
  g_test_message ("seed %d", SEED);
  list = way_db_dup_text (way_store_get_db (trust),
                          "SELECT group_concat (person, ' ') FROM person WHERE ended = 0", &error);
  g_assert_no_error (error);
  people = g_strsplit (list, " ", -1);
  for (guint i = 0; people[i] != NULL; i++)
    answer_as (trust, people[i], bank, random);
  {
    const WayRoleGrantBody grant = { .person = people[0], .role = (char *) "analyst" };

    add (drafts, "role_grant", &grant);
    way_store_append_as (trust, NULL, drafts, &error);
    g_assert_no_error (error);
  }
  username = way_db_dup_text (way_store_get_db (trust),
                              "SELECT p.username FROM person p JOIN role r ON r.person = p.person "
                              "WHERE r.role = 'analyst'",
                              &error);
  g_assert_no_error (error);
  way_store_close (trust);
  return username;
}

static void
press (WayJourney *journey, const char *name)
{
  way_driver_reach (journey->driver, (WayThing){ "button", name, NULL, NULL });
  way_driver_key (journey->driver, "Return");
}

/* The page is gone to, says what it is for, and opens a question that is gone to. */
static void
look (WayJourney *journey)
{
  way_driver_reach (journey->driver, (WayThing){ "list item", "Assessment quality", NULL, NULL });
  way_driver_key (journey->driver, "Return");
  way_journey_expect (journey, "The answers come without names, ids or times. *");
  way_journey_expect (journey, "* questions have 30 answers or more: they can be calibrated.");
  way_driver_audit (journey->driver);
  way_driver_reach (journey->driver, (WayThing){ "table row", "A0?", "Questions", NULL });
  way_driver_key (journey->driver, "Down");
  way_journey_expect (journey, "People who were asked it, of 100*");
  way_driver_audit (journey->driver);
}

/* Nothing is named on the page that says who answered. */
static void
check_pseudonymous (WayJourney *journey, const char *analyst)
{
  g_autofree char *sql = g_strdup_printf ("SELECT group_concat (name || ';' || username || ';' || "
                                          "person, ';') FROM person WHERE username <> '%s'",
                                          analyst);
  g_autofree char *list = way_journey_ask_trust (journey, sql);
  g_auto (GStrv) words = g_strsplit (list, ";", -1);
  g_autoptr (GPtrArray) names = way_driver_list_names (journey->driver);

  g_assert_cmpuint (g_strv_length (words), >, 100);
  for (guint i = 0; i < names->len; i++)
    for (guint k = 0; words[k] != NULL; k++)
      g_assert_null (strstr (names->pdata[i], words[k]));
}

static char *
count_readings (WayJourney *journey)
{
  return way_journey_ask_trust (journey,
                                "SELECT CAST(count(*) AS text) FROM live WHERE kind = 'access' "
                                "AND body ->> 'what' = 'calibration'");
}

static char *
sum_results (WayJourney *journey)
{
  return way_journey_ask_trust (journey, "SELECT count(*) || ' ' || sum(mean) || ' ' || sum(sd) "
                                         "FROM level_history");
}

/* Whether it is said that it goes on, and the focus is where it is ended: of one look. */
static gboolean
is_calibrating (WayJourney *journey)
{
  g_autoptr (WayTree) tree = way_driver_read (journey->driver);
  GPtrArray *visits = way_tree_get_visits (tree);
  gboolean is_said = FALSE, has_focus = FALSE;

  for (guint i = 0; i < visits->len; i++)
    {
      const WayVisit *visit = visits->pdata[i];

      is_said |= visit->role == ATSPI_ROLE_PROGRESS_BAR && g_str_equal (visit->name, "Calibrating");
      has_focus |= g_str_equal (visit->name, "Cancel")
                   && way_visit_has_state (visit, ATSPI_STATE_FOCUSED);
    }
  return is_said && has_focus;
}

/* While another program keeps the trust for itself, for some seconds, the answers cannot be read:
 * so there is time to think better of it. */
static void
cancel (WayJourney *journey)
{
  const WayThing calibrate = { "button", "Calibrate Now", NULL, NULL };
  const WayThing stop = { "button", "Cancel", NULL, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = way_store_open_trust (journey->trust, FALSE, &error);

  g_assert_no_error (error);
  way_driver_reach (journey->driver, calibrate);
  way_db_begin (way_store_get_db (trust), &error);
  g_assert_no_error (error);
  way_driver_key (journey->driver, "Return");
  /* The program waits for the trust for ten seconds, in which a slow machine looks but a few
   * times. */
  for (guint tries = 0; !is_calibrating (journey); tries++)
    {
      g_assert_cmpuint (tries, <, 100);
      g_usleep (50 * 1000);
    }
  way_driver_key (journey->driver, "Return");
  for (guint tries = 0; way_driver_has (journey->driver, stop) && tries < 100; tries++)
    g_usleep (50 * 1000);
  way_db_exec (way_store_get_db (trust), "ROLLBACK", &error);
  g_assert_no_error (error);
  way_store_close (trust);
  way_driver_wait_focus (journey->driver, calibrate);
  g_assert_false (
      way_driver_has (journey->driver, (WayThing){ "*", "Before it is published", NULL, NULL }));
}

/* Old and new side by side, and nothing published before it is said why. */
static void
calibrate (WayJourney *journey)
{
  g_autofree char *n = NULL;

  way_driver_key (journey->driver, "Return");
  g_object_unref (way_driver_wait (journey->driver, "heading", "Before it is published"));
  way_journey_expect (journey, "* questions are measured anew, *Nothing is published yet.");
  way_journey_expect (journey, "Old difficulty");
  way_journey_expect (journey, "New difficulty");
  way_driver_wait_state (journey->driver, "button", "Publish", ATSPI_STATE_SENSITIVE, FALSE);
  way_driver_audit (journey->driver);
  n = way_journey_ask_trust (journey, "SELECT CAST(count(*) AS text) FROM live WHERE kind = "
                                      "'item_parameter'");
  g_assert_cmpstr (n, ==, "0");
}

static void
publish (WayJourney *journey, const char *analyst)
{
  g_autofree char *n = NULL;
  g_autofree char *version = NULL;
  g_autofree char *results = sum_results (journey);
  g_autofree char *after = NULL;

  /* Where the note is written the focus already is. */
  way_driver_type (journey->driver, NOTE);
  way_driver_wait_state (journey->driver, "button", "Publish", ATSPI_STATE_SENSITIVE, TRUE);
  press (journey, "Publish");
  way_driver_wait_said (journey->driver, "Published. Sittings that begin from now on use it; *");
  /* It is sent by itself; then the table is read again. */
  for (guint tries = 0; tries < 300 && g_strcmp0 (n, "1") != 0; tries++)
    {
      g_free (n);
      n = way_journey_ask_trust (
          journey, "SELECT CAST(count(*) = max(CAST(body ->> 'of' AS bigint)) AS text) FROM live "
                   "WHERE kind = 'item_parameter' AND body ->> 'note' = '" NOTE "'");
      g_usleep (200 * 1000);
    }
  g_assert_cmpstr (n, ==, "1");
  way_journey_expect (journey, "* questions have 30 answers or more: they can be calibrated.");
  version = way_journey_ask_trust (journey, "SELECT max(body ->> 'version') FROM live "
                                            "WHERE kind = 'item_parameter'");
  g_assert_cmpstr (version, ==, "calibrated-1");
  /* What was found before stays as it was. */
  after = sum_results (journey);
  g_assert_cmpstr (after, ==, results);
}

static void
test_quality (void)
{
  g_autofree char *folder = make_small_pack ();
  g_autoptr (WayJourney) journey = way_journey_new (3);
  g_autofree char *analyst = set_up (journey);
  g_autofree char *before = count_readings (journey);
  g_autofree char *after = NULL;

  way_journey_open (journey, analyst, "today");
  look (journey);
  check_pseudonymous (journey, analyst);
  cancel (journey);
  calibrate (journey);
  check_pseudonymous (journey, analyst);
  publish (journey, analyst);
  /* Each reading is written down. */
  after = count_readings (journey);
  g_assert_cmpint (g_ascii_strtoll (after, NULL, 10) - g_ascii_strtoll (before, NULL, 10), >=, 3);
  way_journey_close (journey);
  remove_small_pack (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journey/quality/publish", test_quality);
  return g_test_run ();
}
