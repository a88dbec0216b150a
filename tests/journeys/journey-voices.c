/* journey-voices.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Two loops through the real window. A problem that somebody tells without a name is decided,
 * answered and published, and they alone see that it was theirs. And something new is started from
 * a template, taken to its day step by step, and people are asked how it goes: drawn, answered with
 * one tap, and reported. */

#include "way-journey.h"
#include "way-reach.h"

#include "record/way-pulse.h"
#include "store/way-log.h"
#include "sync/way-drop.h"

#define WORDS "The printer by the lifts prints nothing after 9"
#define PUBLIC "A printer stops in the evening"
#define REASON "It goes off with the lights of the corridor."
#define TITLE "Bedside tablets on the wards"
#define DAY (G_GINT64_CONSTANT (24) * 3600 * G_USEC_PER_SEC)

static char *
find_lead (WayJourney *journey)
{
  return way_journey_ask_trust (journey,
                                "SELECT min(p.username) FROM person p JOIN role r ON r.person = "
                                "p.person WHERE r.role = 'lead' AND p.ended = 0");
}

/* What goes by itself within a day goes now, as the window would send it. */
static void
send_drops (WayJourney *journey, const char *learner)
{
  g_autofree char *path = way_journey_dup_store_path (journey, learner);
  g_autofree char *sql = g_strdup_printf ("SELECT person FROM person WHERE username = '%s'",
                                          learner);
  g_autofree char *person = way_journey_ask_trust (journey, sql);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) store = way_store_open_device (path, person, &error);
  g_autoptr (WayDrop) drop = NULL;

  g_assert_no_error (error);
  drop = way_drop_find_due (store, g_get_real_time () + DAY, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (drop);
  way_drop_send (journey->trust, drop, &error);
  g_assert_no_error (error);
  way_drop_mark_sent (store, drop->hash, &error);
  g_assert_no_error (error);
  way_store_close (store);
}

/* The trust's clockwork, as if a day had gone since the box was emptied. */
static void
tick (WayJourney *journey)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *then = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_real_time () - 2 * DAY);
  g_autoptr (WayStore) trust = way_store_open_trust (journey->trust, FALSE, &error);
  g_autofree char *said = NULL;
  int status;

  g_assert_no_error (error);
  g_assert_true (way_store_set_meta (trust, "dropped", then, &error));
  way_store_close (trust);
  said = way_journey_ctl (journey, &status, "trust", "tick", journey->trust, NULL);
  g_assert_cmpint (status, ==, 0);
}

static void
tell_without_name (WayJourney *journey, const char *learner)
{
  way_journey_open (journey, learner, "today");
  way_driver_key (journey->driver, "Ctrl+j");
  g_object_unref (way_driver_wait (journey->driver, "text", "What would you like to say?"));
  /* A safety worry shows the trust's own way first. */
  way_driver_press (journey->driver, "radio button", "Safety worry");
  g_object_unref (way_driver_wait (journey->driver, "*", "This is no incident report"));
  g_object_unref (way_driver_wait (journey->driver, "label", "*ring 4000*"));
  way_driver_press (journey->driver, "radio button", "Problem");
  way_driver_wait_gone (journey->driver, "*", "This is no incident report");
  way_driver_press (journey->driver, "check box", "Send without my name");
  g_object_unref (way_driver_wait (journey->driver, "label", "It waits on this computer*"));
  way_driver_audit (journey->driver);
  way_driver_set_text (journey->driver, "text", "What would you like to say?", WORDS);
  way_driver_press (journey->driver, "button", "Send");
  way_driver_wait_said (journey->driver, "Saved here. It goes without your name*");
  way_journey_sync (journey);
  way_journey_close (journey);
}

static void
answer_it (WayJourney *journey, const char *lead)
{
  way_journey_open (journey, lead, "feedback");
  way_driver_press (journey->driver, "list item", "*" WORDS "*");
  g_object_unref (way_driver_wait (journey->driver, "label", "Without a name"));
  way_driver_press (journey->driver, "button", "Decide…");
  way_driver_press (journey->driver, "radio button", "Not now");
  way_driver_set_text (journey->driver, "text", "Because*", REASON);
  way_driver_press (journey->driver, "button", "Send Decision");
  g_object_unref (way_driver_wait (journey->driver, "label", "Decided: *"));
  way_driver_press (journey->driver, "button", "Publish…");
  g_object_unref (way_driver_wait (journey->driver, "text", "You said"));
  way_driver_set_text (journey->driver, "text", "You said", PUBLIC);
  way_driver_audit (journey->driver);
  way_driver_press (journey->driver, "button", "Publish");
  g_object_unref (way_driver_wait (journey->driver, "label", "Everybody reads it*"));
  way_journey_sync (journey);
  way_journey_close (journey);
}

static void
test_anonymous (void)
{
  g_autoptr (WayJourney) journey = way_journey_new (4);
  g_autofree char *lead = find_lead (journey);
  g_autofree char *learner = way_journey_ask_trust (
      journey, "SELECT min(username) FROM person p WHERE ended = 0 AND NOT EXISTS "
               "(SELECT 1 FROM role r WHERE r.person = p.person) AND NOT EXISTS "
               "(SELECT 1 FROM feedback f WHERE f.person = p.person)");
  g_autofree char *other = way_journey_ask_trust (
      journey, "SELECT max(username) FROM person p WHERE ended = 0 AND NOT EXISTS "
               "(SELECT 1 FROM role r WHERE r.person = p.person)");
  g_autofree char *whose = NULL;

  tell_without_name (journey, learner);
  send_drops (journey, learner);
  tick (journey);
  whose = way_journey_ask_trust (journey, "SELECT count(*) || ' ' || count(person) || ' ' || "
                                          "count(unit) FROM feedback WHERE text = '" WORDS "'");
  g_assert_true (g_str_has_prefix (whose, "1 0 "));
  answer_it (journey, lead);
  tick (journey);

  way_journey_open (journey, learner, "today");
  way_journey_sync (journey);
  way_journey_expect (journey, "The trust says no");
  way_journey_expect (journey, "*" REASON "*");
  way_journey_go (journey, "Tell the trust");
  way_journey_expect (journey, "You said: " PUBLIC);
  way_journey_close (journey);

  /* Everybody reads what was published, and nobody else that it was an answer to them. */
  way_journey_open (journey, other, "tell");
  way_journey_sync (journey);
  way_journey_expect (journey, "You said: " PUBLIC);
  g_assert_null (way_driver_find (journey->driver, "*", "The trust says no"));
  way_journey_close (journey);
}

static void
take_step (WayJourney *journey, const char *button, const char *because, const char *state)
{
  way_driver_press (journey->driver, "button", button);
  g_object_unref (way_driver_wait (journey->driver, "text", "Because"));
  way_driver_set_text (journey->driver, "text", "Because", because);
  way_driver_press (journey->driver, "button", "Save");
  g_object_unref (way_driver_wait (journey->driver, "label", state));
}

static void
introduce (WayJourney *journey, const char *lead)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *today = g_date_time_format (now, "%Y-%m-%d");

  way_journey_open (journey, lead, "initiatives");
  way_driver_press (journey->driver, "list item", "Electronic observations*");
  way_driver_press (journey->driver, "button", "Start Another From This…");
  g_object_unref (way_driver_wait (journey->driver, "text", "Title"));
  way_driver_set_text (journey->driver, "text", "Title", TITLE);
  way_driver_reach (journey->driver, (WayThing){ "text", "Goes live on" });
  way_driver_set_text (journey->driver, "text", "Goes live on", today);
  way_driver_audit (journey->driver);
  way_driver_press (journey->driver, "button", "Propose");
  g_object_unref (way_driver_wait (journey->driver, "button", "Assess…"));
  take_step (journey, "Assess…", "2 wards tried it", "Assessed");
  take_step (journey, "Agree…", "It pays", "Agreed");
  take_step (journey, "Begin…", "The tablets are there", "Under way");
  take_step (journey, "Go Live…", "All wards are ready", "Live");
  way_driver_audit (journey->driver);
  way_journey_sync (journey);
  way_journey_close (journey);
}

/* Who is asked by the pulse of this initiative now: (transfer full) (nullable) a username. */
static char *
find_asked (WayJourney *journey)
{
  g_autofree char *list = way_journey_ask_trust (
      journey,
      "SELECT group_concat (e.id || ' ' || (e.body ->> 'opens') || ' ' || (e.body ->> 'closes') || "
      "' ' || coalesce (e.body ->> 'share', 1000) || ' ' || (i.title = '" TITLE "'), ';') "
      "FROM event e JOIN initiative i ON i.initiative = e.body ->> 'initiative' "
      "WHERE e.kind = 'pulse'");
  g_autofree char *people = way_journey_ask_trust (
      journey, "SELECT group_concat (p.person || ' ' || p.username, ';') FROM person p "
               "WHERE p.ended = 0 AND NOT EXISTS (SELECT 1 FROM role r WHERE r.person = p.person)");
  g_auto (GStrv) lines = g_strsplit (list, ";", -1);
  g_auto (GStrv) names = g_strsplit (people, ";", -1);
  guint n = g_strv_length (lines);
  g_autofree WayPulseAsk *asks = g_new0 (WayPulseAsk, n);
  g_autofree gboolean *is_new = g_new0 (gboolean, n);
  g_autofree gint64 *from = g_new0 (gint64, n);
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  gint64 now = g_get_real_time ();

  for (guint i = 0; i < n; i++)
    {
      char **parts = g_strsplit (lines[i], " ", -1);

      g_ptr_array_add (kept, parts);
      asks[i] = (WayPulseAsk){ parts[0], g_ascii_strtoll (parts[1], NULL, 10),
                               g_ascii_strtoll (parts[2], NULL, 10),
                               (int) g_ascii_strtoll (parts[3], NULL, 10), TRUE };
      is_new[i] = g_str_equal (parts[4], "1");
    }
  for (guint k = 0; names[k] != NULL; k++)
    {
      g_auto (GStrv) parts = g_strsplit (names[k], " ", 2);

      way_pulse_draw (asks, n, parts[0], WAY_PULSE_DAYS, from);
      for (guint i = 0; i < n; i++)
        if (is_new[i] && from[i] <= now && asks[i].closes > now)
          return g_strdup (parts[1]);
    }
  return NULL;
}

/* Eight more answer from desks elsewhere. */
static void
answer_elsewhere (WayJourney *journey)
{
  g_autofree char *pulse = way_journey_ask_trust (
      journey, "SELECT e.id FROM event e JOIN initiative i ON i.initiative = "
               "e.body ->> 'initiative' WHERE e.kind = 'pulse' AND i.title = '" TITLE "' "
               "AND e.body ->> 'moment' = 'at'");
  g_autofree char *people = way_journey_ask_trust (
      journey, "SELECT group_concat (person, ' ') FROM (SELECT p.person FROM person p "
               "WHERE p.ended = 0 AND NOT EXISTS (SELECT 1 FROM role r WHERE r.person = p.person) "
               "AND NOT EXISTS (SELECT 1 FROM event a WHERE a.author = p.person "
               "AND a.kind = 'pulse_answer' AND a.refers = (SELECT e.id FROM event e "
               "JOIN initiative i ON i.initiative = e.body ->> 'initiative' WHERE e.kind = 'pulse' "
               "AND i.title = '" TITLE "' AND e.body ->> 'moment' = 'at')) LIMIT 8)");
  g_auto (GStrv) names = g_strsplit (people, " ", -1);
  g_autofree char *body = g_strdup_printf ("{\"pulse\":\"%s\",\"value\":2,\"question\":1}", pulse);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = way_store_open_trust (journey->trust, FALSE, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (names), ==, 8);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GPtrArray)
          drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);

      g_ptr_array_add (drafts, way_event_new ("pulse_answer", 1, body));
      g_assert_true (way_store_append_as (trust, names[i], drafts, &error));
    }
  way_store_close (trust);
}

static void
test_initiative (void)
{
  g_autoptr (WayJourney) journey = way_journey_new (4);
  g_autofree char *lead = find_lead (journey);
  g_autofree char *asked = NULL;
  g_autofree char *answered = NULL;

  journey->height = 1180;
  introduce (journey, lead);
  asked = find_asked (journey);
  g_assert_nonnull (asked);

  way_journey_open (journey, asked, "today");
  way_journey_sync (journey);
  g_object_unref (way_driver_wait (journey->driver, "label", "*" TITLE "*Question 1 of 2*"));
  /* Below what else Today has, which is not the same every day. */
  way_journey_expect (journey, "Nobody reads your answer*");
  way_driver_audit (journey->driver);
  way_driver_press (journey->driver, "button", "Quite");
  g_object_unref (way_driver_wait (journey->driver, "label", "*Question 2 of 2*"));
  way_driver_press (journey->driver, "button", "Skip");
  way_driver_wait_gone (journey->driver, "label", "*Question 2 of 2*");
  way_journey_sync (journey);
  way_journey_close (journey);
  answered = way_journey_ask_trust (
      journey, "SELECT group_concat (c.question || ':' || c.value, ' ') FROM (SELECT c.* FROM "
               "pulse_count c JOIN event e ON e.id = c.pulse JOIN initiative i ON i.initiative = "
               "e.body ->> 'initiative' WHERE i.title = '" TITLE "' ORDER BY c.question) c");
  g_assert_cmpstr (answered, ==, "1:4 2:0");

  answer_elsewhere (journey);
  way_journey_open (journey, lead, "initiatives");
  way_driver_press (journey->driver, "list item", TITLE "*");
  /* One of nine said quite or very much. */
  g_object_unref (way_driver_wait (journey->driver, "label", "9 of * answered*11*%*"));
  g_object_unref (way_driver_wait (journey->driver, "label", "*Fewer than 8 have answered*"));
  way_driver_audit (journey->driver);
  way_journey_close (journey);
}

static void
say (WayJourney *journey, const char *person, const char *text)
{
  g_autofree char *body = g_strdup_printf ("{\"type\":\"problem\",\"text\":\"%s\","
                                           "\"page\":\"today\"}",
                                           text);
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) trust = way_store_open_trust (journey->trust, FALSE, &error);

  g_assert_no_error (error);
  g_ptr_array_add (drafts, way_event_new ("feedback", 1, body));
  g_assert_true (way_store_append_as (trust, person, drafts, &error));
  way_store_close (trust);
}

/* With the keys of the page: two that say the same are marked and joined, that is taken back and
 * done again, and one answer goes to both. */
static void
test_joined (void)
{
  g_autoptr (WayJourney) journey = way_journey_new (4);
  g_autofree char *lead = find_lead (journey);
  g_autofree char *one = way_journey_ask_trust (journey, "SELECT min(person) FROM person");
  g_autofree char *two = way_journey_ask_trust (journey, "SELECT max(person) FROM person");
  g_autofree char *apart = NULL;
  g_autofree char *answered = NULL;

  say (journey, one, "The lift is slow");
  say (journey, two, "The slow lift makes us late");
  way_journey_open (journey, lead, "feedback");
  for (guint round = 0; round < 2; round++)
    {
      way_driver_press (journey->driver, "list item", "*The lift is slow*");
      g_object_unref (way_driver_wait (journey->driver, "label", "“The lift is slow”"));
      way_driver_key (journey->driver, "x");
      g_object_unref (way_driver_wait (journey->driver, "label", "1 marked"));
      way_driver_press (journey->driver, "list item", "*The slow lift makes us late*");
      g_object_unref (way_driver_wait (journey->driver, "label", "“The slow lift makes us late”"));
      way_driver_key (journey->driver, "x");
      g_object_unref (way_driver_wait (journey->driver, "label", "2 marked"));
      way_driver_key (journey->driver, "m");
      way_driver_wait_gone (journey->driver, "list item", "*The slow lift makes us late*");
      if (round > 0)
        break;
      way_driver_key (journey->driver, "z");
      g_object_unref (
          way_driver_wait (journey->driver, "list item", "*The slow lift makes us late*"));
    }
  way_journey_sync (journey);
  apart = way_journey_ask_trust (journey, "SELECT count(*) FROM feedback WHERE joined IS NOT NULL "
                                          "AND text LIKE '%slow lift%'");
  g_assert_cmpstr (apart, ==, "1");
  way_driver_press (journey->driver, "list item", "*The lift is slow*");
  g_object_unref (way_driver_wait (journey->driver, "heading", "1 more says the same"));
  way_driver_key (journey->driver, "d");
  way_driver_press (journey->driver, "radio button", "Yes");
  way_driver_set_text (journey->driver, "text", "Because*", "It is due");
  way_driver_press (journey->driver, "button", "Send Decision");
  g_object_unref (way_driver_wait (journey->driver, "label", "Decided: *"));
  way_journey_sync (journey);
  way_journey_close (journey);
  answered = way_journey_ask_trust (journey,
                                    "SELECT count(*) || ' ' || count(DISTINCT person) FROM feedback"
                                    " WHERE decision = 'yes' AND because = 'It is due'");
  g_assert_cmpstr (answered, ==, "2 2");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journey/voices/anonymous", test_anonymous);
  g_test_add_func ("/journey/voices/initiative", test_initiative);
  g_test_add_func ("/journey/voices/joined", test_joined);
  return g_test_run ();
}
