/* journey-corner.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Champions' corner: one champion asks, another answers, the first says that it worked, and a
 * learner finds it in Get help. And an answer that comes while the first looks at something else in
 * the window. */

#include "way-journey.h"

#define QUESTION "What do you do when the card reader blinks twice"
#define ANSWER "Hold the card still until the light stays on"

/* The champions, one after the other, and somebody who has no role. */
#define CHAMPIONS                                                                                  \
  "SELECT DISTINCT p.username FROM role r JOIN person p ON p.person = r.person AND p.ended = 0 "   \
  "WHERE r.role = 'champion' ORDER BY p.username LIMIT 1 OFFSET "
#define LEARNER                                                                                    \
  "SELECT p.username FROM person p WHERE p.ended = 0 AND NOT EXISTS (SELECT 1 FROM role r "        \
  "WHERE r.person = p.person) ORDER BY p.username LIMIT 1"

static void
open_corner (WayJourney *journey, const char *champion)
{
  way_journey_open (journey, champion, "corner");
  g_object_unref (way_driver_wait (journey->driver, "button", "Ask the Champions…"));
  /* What is looked for comes a moment after it is typed: a card that was there before goes then. */
  way_driver_set_text (journey->driver, "entry", "Search questions", "zzzz");
  way_journey_expect (journey, "Nothing here on that yet.*");
  way_driver_set_text (journey->driver, "entry", "Search questions", QUESTION);
}

static void
send_and_close (WayJourney *journey)
{
  way_journey_sync (journey);
  way_journey_close (journey);
}

static void
test_worked (void)
{
  g_autoptr (WayJourney) journey = way_journey_new (4);
  WayDriver *driver = journey->driver;
  g_autofree char *first = way_journey_ask_trust (journey, CHAMPIONS "0");
  g_autofree char *second = way_journey_ask_trust (journey, CHAMPIONS "1");
  g_autofree char *learner = way_journey_ask_trust (journey, LEARNER);
  g_autofree char *tips = NULL;

  way_journey_open (journey, first, "corner");
  way_driver_press (driver, "button", "Ask the Champions…");
  way_driver_set_text (driver, "text", "Your question", QUESTION);
  way_driver_audit (driver);
  way_driver_press (driver, "button", "Ask");
  g_object_unref (way_driver_wait (driver, "heading", QUESTION));
  send_and_close (journey);

  open_corner (journey, second);
  g_object_unref (way_driver_wait (driver, "heading", QUESTION));
  way_driver_press (driver, "button", "Answer…");
  way_driver_set_text (driver, "text", "What worked for you", ANSWER);
  way_driver_press (driver, "button", "Answer");
  g_object_unref (way_driver_wait (driver, "label", ANSWER));
  way_driver_audit (driver);
  send_and_close (journey);

  open_corner (journey, first);
  g_object_unref (way_driver_wait (driver, "label", ANSWER));
  way_driver_press (driver, "button", "This Worked");
  g_object_unref (way_driver_wait (driver, "button", "It Did Not Work After All"));
  way_journey_expect (journey, "Worked for 1 champion");
  send_and_close (journey);
  tips = way_journey_ask_trust (journey, "SELECT people FROM tip WHERE text = '" ANSWER "'");
  g_assert_cmpstr (tips, ==, "1");

  /* What it is about was left as it was offered. */
  way_journey_open (journey, learner, "help");
  way_driver_click (driver, "label", "Signing in");
  g_object_unref (way_driver_wait (driver, "label", ANSWER));
  way_driver_audit (driver);
  way_journey_close (journey);
}

/* What another desktop has sent. */
static void
answer_elsewhere (WayJourney *journey, const char *username)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autofree char *who = g_strdup_printf ("SELECT person FROM person WHERE username = '%s'",
                                          username);
  g_autofree char *person = way_journey_ask_trust (journey, who);
  g_autofree char *question = way_journey_ask_trust (
      journey,
      "SELECT id FROM live WHERE kind = 'corner_question' AND body ->> 'text' = '" QUESTION "'");
  g_autofree char *body = g_strdup_printf ("{\"question\":\"%s\",\"action\":\"answered\","
                                           "\"text\":\"%s\",\"by\":\"Somebody\"}",
                                           question, ANSWER);
  g_autoptr (WayStore) trust = way_store_open_trust (journey->trust, FALSE, &error);

  g_assert_no_error (error);
  g_ptr_array_add (drafts, way_event_new ("corner_action", 1, body));
  way_store_append_as (trust, person, drafts, &error);
  g_assert_no_error (error);
}

/* The window says that there is an answer, without its words, and leads to it. */
static void
test_looked_at (void)
{
  g_autoptr (WayJourney) journey = way_journey_new (4);
  WayDriver *driver = journey->driver;
  g_autofree char *first = way_journey_ask_trust (journey, CHAMPIONS "0");
  g_autofree char *second = way_journey_ask_trust (journey, CHAMPIONS "1");

  way_journey_open (journey, first, "corner");
  way_driver_press (driver, "button", "Ask the Champions…");
  way_driver_set_text (driver, "text", "Your question", QUESTION);
  way_driver_press (driver, "button", "Ask");
  g_object_unref (way_driver_wait (driver, "heading", QUESTION));
  way_journey_sync (journey);
  way_driver_press (driver, "list item", "Learn");
  way_driver_wait_gone (driver, "heading", QUESTION);

  answer_elsewhere (journey, second);
  way_driver_key (driver, "F5");
  way_driver_wait_said (driver, "Another champion has answered your question");
  /* The way there is offered for ten seconds: one look, and it is taken. */
  {
    g_autoptr (GPtrArray) names = way_driver_list_names (driver);
    gboolean is_marked = FALSE;

    for (guint i = 0; i < names->len; i++)
      {
        is_marked |= g_str_equal (names->pdata[i], "Champions’ corner, something new");
        g_assert_null (strstr (names->pdata[i], ANSWER));
      }
    g_assert_true (is_marked);
  }
  way_driver_press (driver, "button", "Show");
  way_driver_set_text (driver, "entry", "Search questions", QUESTION);
  g_object_unref (way_driver_wait (driver, "label", ANSWER));
  g_object_unref (way_driver_wait (driver, "list item", "Champions’ corner"));
  way_journey_close (journey);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journey/corner/worked", test_worked);
  g_test_add_func ("/journey/corner/looked-at", test_looked_at);
  return g_test_run ();
}
