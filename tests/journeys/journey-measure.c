/* journey-measure.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What comes after a first baseline, with the keyboard: two minutes to stay sharp, About me,
 * one capability again. */

#include "way-journey.h"

#define HALF_A_YEAR_AGO "(strftime ('%s', 'now') - 190 * 86400) * 1000000"
#define TWO_MONTHS_AGO "(strftime ('%s', 'now') - 60 * 86400) * 1000000"

/* Somebody who was measured long ago, and has learnt something since that fades. */
#define LEARNER                                                                                    \
  "SELECT min(p.username) FROM person p WHERE p.ended = 0 "                                        \
  "AND NOT EXISTS (SELECT 1 FROM role r WHERE r.person = p.person) "                               \
  "AND EXISTS (SELECT 1 FROM level l WHERE l.person = p.person) "                                  \
  "AND NOT EXISTS (SELECT 1 FROM level l WHERE l.person = p.person "                               \
  "AND l.at > " HALF_A_YEAR_AGO ") AND EXISTS (SELECT 1 FROM progress g "                          \
  "WHERE g.person = p.person AND g.state = 'done' AND g.last < " TWO_MONTHS_AGO ")"

#define LAST_SITTING                                                                               \
  "SELECT body ->> '%s' FROM live WHERE kind = 'attempt' AND body ->> 'type' = 'recheck' "         \
  "ORDER BY seq DESC LIMIT 1"

/* Goes on with the Tab key until this has the focus, also where it is further down. */
static void
tab_to (WayJourney *journey, const char *role, const char *name)
{
  for (guint i = 0; i < 80; i++)
    {
      g_autoptr (AtspiAccessible) node = way_driver_find (journey->driver, role, name);

      if (node != NULL && way_node_has_state (node, ATSPI_STATE_FOCUSED))
        return;
      way_driver_key (journey->driver, "Tab");
    }
  way_driver_fail (journey->driver, "The Tab key does not come to %s “%s”", role, name);
}

static void
press_by_key (WayJourney *journey, const char *role, const char *name)
{
  tab_to (journey, role, name);
  way_driver_wait_state (journey->driver, role, name, ATSPI_STATE_SENSITIVE, TRUE);
  way_driver_key (journey->driver, "Return");
}

static char *
ask_last_sitting (WayJourney *journey, const char *learner, const char *field)
{
  g_autofree char *sql = g_strdup_printf (LAST_SITTING, field);

  return way_journey_ask_store (journey, learner, sql);
}

/* An answer to a question of About me, which is private. */
static void
say_about_me (WayJourney *journey, const char *learner)
{
  g_autofree char *said = NULL;

  way_driver_key (journey->driver, "Ctrl+comma");
  g_object_unref (way_driver_wait (journey->driver, "combo box", "Text size"));
  way_driver_audit (journey->driver);
  press_by_key (journey, "combo box", "My age");
  /* The list takes keys once it is there. */
  g_object_unref (way_driver_wait (journey->driver, "label", "30 to 44"));
  way_driver_wait_state (journey->driver, "list item", "", ATSPI_STATE_FOCUSED, TRUE);
  way_driver_key (journey->driver, "Down");
  way_driver_key (journey->driver, "Down");
  way_driver_key (journey->driver, "Return");
  for (guint tries = 0; said == NULL && tries < 100; tries++)
    {
      said = way_journey_ask_store (journey, learner,
                                    "SELECT body ->> 'value' FROM live WHERE kind = 'about_me' "
                                    "AND body ->> 'key' = 'age'");
      g_usleep (said == NULL ? 100 * 1000 : 0);
    }
  g_assert_cmpstr (said, ==, "30-44");
  way_driver_key (journey->driver, "Escape");
  way_driver_wait_gone (journey->driver, "combo box", "Text size");
}

/* Two minutes, and what was asked is not due any more. */
static void
stay_sharp (WayJourney *journey)
{
  const char *heading = "2 minutes to stay sharp";
  g_autoptr (AtspiAccessible) list = way_driver_wait (journey->driver, "list", heading);
  g_autoptr (AtspiAccessible) row = atspi_accessible_get_child_at_index (list, 0, NULL);
  g_autofree char *skill = way_node_dup_name (row);

  press_by_key (journey, "list item", skill);
  for (guint i = 1; i < 20; i++)
    {
      g_autofree char *eyebrow = g_strdup_printf ("Question %u of *", i);
      const WayTarget targets[] = { { "label", eyebrow }, { "*", "? of ? right" } };
      g_autoptr (WayItem) item = NULL;

      if (way_driver_wait_one (journey->driver, targets, G_N_ELEMENTS (targets)) == 1)
        break;
      item = way_journey_find_question (journey);
      g_assert_nonnull (item);
      way_journey_answer (journey, item);
      press_by_key (journey, "button", "*Answer");
      g_object_unref (way_driver_wait (journey->driver, "label", "Right"));
      press_by_key (journey, "button", "*Go On");
      way_driver_wait_gone (journey->driver, "label", eyebrow);
    }
  press_by_key (journey, "button", "Done");
  g_object_unref (way_driver_wait (journey->driver, "list item", "Today"));
  way_driver_wait_gone (journey->driver, "list item", skill);
}

/* One capability again: offered with the reason, sat, and set beside the time before. */
static void
check_again (WayJourney *journey, const char *learner)
{
  g_autofree char *name = NULL;
  g_autofree char *capability = NULL;

  way_journey_go (journey, "My skills");
  way_journey_expect (journey, "It was measured more than half a year ago. 6 to 8 questions.");
  press_by_key (journey, "button", "Check this one again: *");
  way_journey_sit (journey, 1, 0);
  way_driver_press (journey->driver, "button", "*Result");
  way_driver_wait_state (journey->driver, "list item", "My skills", ATSPI_STATE_SELECTED, TRUE);
  way_journey_expect (journey, "*since *");
  way_driver_key (journey->driver, "Ctrl+t");
  way_journey_expect (journey, "*in 100 that it is *");
  way_driver_audit (journey->driver);
  /* It is not offered a second time. */
  capability = ask_last_sitting (journey, learner, "recheck");
  name = g_strdup_printf ("Check this one again: %s",
                          ((const WayCapability *) g_ptr_array_index (
                               way_pack_get_capabilities (journey->pack),
                               (guint) way_pack_find_capability (journey->pack, capability)))
                              ->short_name);
  {
    g_autoptr (GPtrArray) names = way_driver_list_names (journey->driver);

    g_assert_false (g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL));
  }
}

static void
test_again (void)
{
  g_autoptr (WayJourney) journey = way_journey_new_of (2, 200);
  g_autofree char *learner = way_journey_ask_trust (journey, LEARNER);

  g_assert_nonnull (learner);
  way_journey_open (journey, learner, "today");
  stay_sharp (journey);
  say_about_me (journey, learner);
  check_again (journey, learner);
  way_journey_close (journey);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journey/measure/again", test_again);
  return g_test_run ();
}
