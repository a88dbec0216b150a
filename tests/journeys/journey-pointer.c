/* journey-pointer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Each thing that can be done in an app of the practice desk, once by pointer: with clicks and
 * the wheel of an X pointer, never over AT-SPI. A desk is worked as a careful colleague does,
 * and what that leaves out is done as soon as it can be. What the window wrote down is done
 * again by the engine beside it, and both come to the same score.
 *
 * One app: -p /journey/pointer/files. With --brief only two small ones, and the one with the drag.
 */

#include "careful.h"
#include "fixture.h"
#include "way-hand.h"

#include "practice/way-practice-private.h"

#include <string.h>

/* What a desk asks to be done in an order of its own, where no careful colleague is. */
typedef struct
{
  const char *action;
  const char *target;
  const char *value;
} Deed;

typedef struct
{
  const char *app;
  const char *desk;   /* its file */
  const char *verbs;  /* what has to be done there by pointer; NULL for all that the app has */
  const Deed *script; /* (nullable) */
} Place;

static const Deed share_script[] = {
  { "put", "letter", "to=sam" },
  { "include", "letter", "dose" },
  { "include", "letter", "home" },
  { "exclude", "letter", "home" },
  { "choose-subject", "letter", "clear" },
  { "choose-route", "letter", "mail" },
  { "send", "letter", NULL },
  { NULL },
};

static const Deed files_script[] = {
  { "take", "second", NULL },
  { "search", "home", "plan" },
  { "open", "plan", NULL },
  { "look-version", "plan", "first" },
  { "restore", "plan", "first" },
  { "pick", "second", "plan" },
  { "mark-final", "plan", NULL },
  { "move", "rota", "home" },
  { "undo", "rota", NULL },
  { "make-folder", "home", "2026" },
  { "rename", "rota", "rota 2026.odt" },
  { NULL },
};

static const Deed form_script[] = {
  { "set", "note", "where=home" }, { "submit", "note", NULL }, { "undo", "note", NULL },
  { "set", "note", "where=ward" }, { "submit", "note", NULL }, { NULL },
};

/* Desks all-… are of this test: no desk of the pack offers these. */
static const Place PLACES[] = {
  { "inbox", "f1-inbox.xml", "open look-sender look-link follow-link report delete leave undo",
    NULL },
  { "inbox-replies", "a1-inbox.xml", "open reply", NULL },
  { "finder", "c1-finder.xml", "take search open check ask choose stop", NULL },
  { "record", "d7-record.xml", "take answer done open close check go look sign complete undo",
    NULL },
  { "record-results", "d7-result.xml", "acknowledge", NULL },
  { "form", "c2-update.xml", "take open set clear submit", NULL },
  { "form-again", "all-form.xml", "set submit undo", form_script },
  { "signin", "d3-signin.xml", NULL, NULL },
  { "computer", "d1-walk.xml", NULL, NULL },
  { "settings", "d2-settings.xml", NULL, NULL },
  { "keys", "d2-keys.xml", "press", NULL },
  { "share", "a1-share.xml", "take look put take-out choose-subject send undo", NULL },
  { "share-details", "all-share.xml", "include exclude choose-route", share_script },
  { "files", "all-files.xml", NULL, files_script },
  { "table", "b1-need.xml", "judge sort undo", NULL },
  { "table-chart", "b1-chart.xml", "sort pick unpick answer undo", NULL },
  { "talk", "f2-talk.xml", NULL, NULL },
  { "inspect", "f2-ward.xml", NULL, NULL },
};

/* What comes as small messages and forms, for a quick look. */
static const char *const BRIEF[] = { "form-again", "share-details", NULL };

static WayJourney *journey;
static char *username;

/* --- A desk that is opened ---------------------------------------------------------- */

static WayHand *
open_desk (WayDesk *desk)
{
  WayHand *hand;

  way_journey_open (journey, username, "practise");
  way_driver_point (journey->driver, (WayThing){ "button", "Practise*", NULL, desk->title });
  hand = way_hand_new (journey, username, desk);
  hand->is_pointer = TRUE;
  return hand;
}

static gboolean
is_word_of (const char *words, const char *word)
{
  g_auto (GStrv) each = g_strsplit (words, " ", -1);

  return g_strv_contains ((const char *const *) each, word);
}

static gboolean
is_done (WayPractice *practice, const char *verb)
{
  for (guint i = 0; i < way_practice_get_n_actions (practice); i++)
    {
      const char *action, *target, *value;

      way_practice_get_action (practice, i, &action, &target, &value);
      if (g_str_equal (action, verb))
        return TRUE;
    }
  return FALSE;
}

/* --- What a careful colleague leaves out -------------------------------------------- */

static void
add_values (GPtrArray *values, GPtrArray *parts)
{
  for (guint i = 0; i < parts->len; i++)
    {
      const WayDeskRecord *part = parts->pdata[i];

      if (part->id == NULL)
        continue;
      g_ptr_array_add (values, g_strdup (part->id));
      for (guint j = 0; j < part->parts->len; j++)
        g_ptr_array_add (values, g_strconcat (part->id, "=",
                                              ((WayDeskRecord *) part->parts->pdata[j])->id, NULL));
      for (guint j = 0; g_str_equal (part->type, "question") && j < parts->len; j++)
        g_ptr_array_add (values, g_strconcat (part->id, "=",
                                              ((WayDeskRecord *) parts->pdata[j])->id, NULL));
    }
}

/* What may go with a verb: nothing, what the record has in it, who is there, a place, a word. */
static GPtrArray *
list_values (WayPractice *practice, const WayDeskRecord *record)
{
  GPtrArray *values = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *records = way_practice_get_records (practice);
  const char *name = way_desk_get_field (record, "name");

  g_ptr_array_add (values, NULL);
  add_values (values, record->parts);
  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (values, g_strdup (((WayDeskRecord *) records->pdata[i])->id));
  for (guint i = 1; i <= 2; i++)
    g_ptr_array_add (values, g_strdup_printf ("%u", i));
  g_ptr_array_add (values, g_strdup (name != NULL ? name : "Notes"));
  return values;
}

/* Does it, where it can be done now; with what comes after the one in hand before the others. */
static gboolean
try_verb (WayHand *hand, const char *app, const char *verb)
{
  GPtrArray *records = way_practice_get_records (hand->practice);
  const WayDeskRecord *now = way_practice_get_current_in (hand->practice, app);
  guint place = 0;

  if (now != NULL)
    g_ptr_array_find (records, now, &place);
  for (guint i = 1; i <= records->len; i++)
    {
      const WayDeskRecord *record = records->pdata[(place + i) % records->len];
      g_autoptr (GPtrArray) values = NULL;

      /* What is in hand is not taken into it. */
      if (g_strcmp0 (way_practice_get_app (record), app) != 0
          || (g_str_equal (verb, "take") && record == now))
        continue;
      values = list_values (hand->practice, record);
      for (guint j = 0; j < values->len; j++)
        if (way_practice_can (hand->practice, verb, record->id, values->pdata[j]))
          {
            way_hand_do (hand, verb, record->id, values->pdata[j]);
            return TRUE;
          }
    }
  return FALSE;
}

static gboolean
do_what_is_left (WayHand *hand, const char *app, GPtrArray *left)
{
  guint before = left->len;

  for (guint i = 0; i < left->len;)
    if (try_verb (hand, app, left->pdata[i]))
      g_ptr_array_remove_index (left, i);
    else
      i++;
  return left->len < before;
}

/* As the careful colleague did, where that is possible. */
static void
do_carefully (WayHand *hand, WayPractice *careful, guint place)
{
  const char *action, *target, *value;

  way_practice_get_action (careful, place, &action, &target, &value);
  if (g_str_equal (action, "key"))
    action = "press";
  if (g_str_equal (action, "finish") || !way_practice_can (hand->practice, action, target, value))
    return;
  /* What is in hand already has no button for that. */
  if (!g_str_equal (action, "take")
      || way_practice_get_current_in (hand->practice,
                                      way_practice_get_app (
                                          way_practice_find_record (hand->practice, target)))
             != way_practice_find_record (hand->practice, target))
    way_hand_do (hand, action, target, value);
}

/* --- One app ------------------------------------------------------------------------ */

/* What there is to do: const char*. */
static GPtrArray *
list_verbs (const Place *place, const char *app)
{
  GPtrArray *verbs = g_ptr_array_new ();

  for (const WayVerb *verb = way_practice_find_app (app)->verbs; verb->name != NULL; verb++)
    if (place->verbs == NULL || is_word_of (place->verbs, verb->name))
      g_ptr_array_add (verbs, (gpointer) verb->name);
  g_assert_cmpuint (verbs->len, >, 0);
  return verbs;
}

/* The steps of the careful colleague as far as they can still be done, and between them what
 * is done by nobody careful. */
static void
work (WayHand *hand, const char *app, GPtrArray *verbs)
{
  WayDesk *desk = way_practice_get_desk (hand->practice);
  g_autoptr (WayPractice) careful = way_practice_new (desk, way_practice_get_seed (hand->practice));
  g_autoptr (GPtrArray) left = g_ptr_array_new ();

  work_carefully (careful);
  for (guint i = 0; i < verbs->len; i++)
    if (!is_done (careful, verbs->pdata[i]))
      g_ptr_array_add (left, verbs->pdata[i]);
  for (guint i = 0; i < way_practice_get_n_actions (careful); i++)
    {
      /* What was taken back is done again. */
      if (do_what_is_left (hand, app, left) && i > 0)
        do_carefully (hand, careful, i - 1);
      do_carefully (hand, careful, i);
    }
  for (guint i = 0; i < verbs->len; i++)
    if (!is_done (hand->practice, verbs->pdata[i]))
      try_verb (hand, app, verbs->pdata[i]);
}

static void
finish (WayHand *hand)
{
  g_autofree char *words = NULL;
  int points, out_of;

  way_hand_do (hand, "finish", NULL, NULL);
  way_practice_get_score (hand->practice, &points, &out_of);
  words = g_strdup_printf ("You reached %d of %d points*", points, out_of);
  g_object_unref (way_driver_wait (journey->driver, "*", "How it went"));
  g_object_unref (way_driver_wait (journey->driver, "label", words));
}

static void
test_place (gconstpointer data)
{
  const Place *place = data;
  g_autoptr (WayDesk) desk = load_desk (place->desk);
  g_autoptr (WayHand) hand = open_desk (desk);
  const char *app = desk->apps[0];
  g_autoptr (GPtrArray) verbs = list_verbs (place, app);

  for (const Deed *deed = place->script; deed != NULL && deed->action != NULL; deed++)
    way_hand_do (hand, deed->action, deed->target, deed->value);
  if (place->script == NULL)
    work (hand, app, verbs);
  finish (hand);
  for (guint i = 0; i < verbs->len; i++)
    if (!is_done (hand->practice, verbs->pdata[i]))
      way_driver_fail (journey->driver, "“%s” was not done", (char *) verbs->pdata[i]);
  way_journey_close (journey);
}

/* --- What is taken back -------------------------------------------------------------- */

/* A request that was put aside is taken up again, and is as open as before. */
static void
test_take_up_again (void)
{
  g_autoptr (WayDesk) desk = load_desk ("c1-finder.xml");
  g_autoptr (WayHand) hand = open_desk (desk);
  GPtrArray *records = way_practice_get_records (hand->practice);
  const WayDeskRecord *request = way_practice_get_current_in (hand->practice, "finder");

  for (guint i = 0; request == NULL && i < records->len; i++)
    if (way_practice_can (hand->practice, "take", ((WayDeskRecord *) records->pdata[i])->id, NULL))
      {
        request = records->pdata[i];
        way_hand_do (hand, "take", request->id, NULL);
      }
  g_assert_nonnull (request);
  way_hand_do (hand, "stop", request->id, NULL);
  g_assert_nonnull (way_practice_get_state (hand->practice, request->id));
  way_hand_do (hand, "undo", request->id, NULL);
  g_assert_null (way_practice_get_state (hand->practice, request->id));
  finish (hand);
  way_journey_close (journey);
}

/* --- Drag and drop ------------------------------------------------------------------ */

/* A card is dragged onto one that has a place, and takes that place; then the buttons. */
static void
test_order (void)
{
  g_autoptr (WayDesk) desk = load_desk ("b2-slots.xml");
  g_autoptr (WayHand) hand = open_desk (desk);
  GPtrArray *records = way_practice_get_records (hand->practice);
  const WayDeskRecord *board = NULL;
  const WayDeskRecord *cards[2] = { NULL, NULL };
  g_autofree char *first = NULL;
  g_autofree char *onto = NULL;
  g_autofree char *from = NULL;

  for (guint i = 0; i < records->len; i++)
    {
      const WayDeskRecord *record = records->pdata[i];

      if (g_str_equal (record->type, "board"))
        board = record;
      else if (cards[0] == NULL || cards[1] == NULL)
        cards[cards[0] != NULL] = record;
    }
  g_assert_true (board != NULL && cards[1] != NULL);
  way_hand_do (hand, "place", cards[0]->id, find_part (board, "slot")->id);
  first = g_strdup_printf ("%s 1", find_part (board, "slot")->id);
  onto = g_strdup_printf ("*%s", way_hand_get_title (cards[0]));
  from = g_strdup_printf ("*%s", way_hand_get_title (cards[1]));
  way_driver_drag (journey->driver, (WayThing){ "list item", from, NULL },
                   (WayThing){ "list item", onto, NULL });
  way_hand_expect (hand, "place", cards[1]->id, first);
  way_hand_do (hand, "move", cards[1]->id, "2");
  way_hand_do (hand, "remove", cards[0]->id, NULL);
  way_hand_do (hand, "undo", board->id, NULL);
  way_hand_do (hand, "submit", board->id, NULL);
  finish (hand);
  way_journey_close (journey);
}

/* --- The content -------------------------------------------------------------------- */

/* A copy of the content in which the first desk of a module is followed by those of this
 * test. */
static char *
make_content (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("waymark-pointer-XXXXXX", NULL);
  g_autofree char *data = g_build_filename (g_getenv ("WAYMARK_DATADIR"), ".", NULL);
  g_autofree char *desks = g_test_build_filename (G_TEST_DIST, "journeys", "desks", ".", NULL);
  g_autofree char *core = g_build_filename (folder, "content", "core", "desks", NULL);
  g_autofree char *path = g_build_filename (folder, "content", "core", "modules", "F1",
                                            "module.xml", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GString) module = NULL;
  const char *const copies[][5] = { { "cp", "-r", data, folder, NULL },
                                    { "cp", "-r", desks, core, NULL } };

  for (guint i = 0; i < G_N_ELEMENTS (copies); i++)
    {
      int status = 0;

      g_spawn_sync (NULL, (char **) copies[i], NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                    &status, &error);
      g_assert_no_error (error);
      g_assert_cmpint (status, ==, 0);
    }
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  module = g_string_new (text);
  g_assert_cmpuint (g_string_replace (module, "<practice href=\"desks/f1-inbox.xml\"/>",
                                      "<practice href=\"desks/f1-inbox.xml\"/>"
                                      "<practice href=\"desks/all-form.xml\"/>"
                                      "<practice href=\"desks/all-share.xml\"/>"
                                      "<practice href=\"desks/all-files.xml\"/>",
                                      1),
                    ==, 1);
  g_assert_true (g_file_set_contents (path, module->str, -1, NULL));
  return folder;
}

int
main (int argc, char *argv[])
{
  g_autofree char *folder = NULL;
  g_autofree char *remove = NULL;
  gboolean is_brief = argc > 1 && g_str_equal (argv[argc - 1], "--brief");
  int status;

  if (is_brief)
    argv[--argc] = NULL;
  g_test_init (&argc, &argv, NULL);
  folder = make_content ();
  g_setenv ("WAYMARK_DATADIR", folder, TRUE);
  journey = way_journey_new_of (2, 20);
  username = way_journey_ask_trust (journey, "SELECT min(username) FROM person WHERE ended = 0");
  for (guint i = 0; i < G_N_ELEMENTS (PLACES); i++)
    {
      g_autofree char *path = g_strdup_printf ("/journey/pointer/%s", PLACES[i].app);

      if (!is_brief || g_strv_contains (BRIEF, PLACES[i].app))
        g_test_add_data_func (path, &PLACES[i], test_place);
    }
  if (!is_brief)
    g_test_add_func ("/journey/pointer/take-up-again", test_take_up_again);
  g_test_add_func ("/journey/pointer/order", test_order);
  status = g_test_run ();
  way_journey_free (journey);
  g_free (username);
  remove = g_strdup_printf ("rm -r '%s'", folder);
  if (!g_spawn_command_line_sync (remove, NULL, NULL, NULL, NULL))
    g_printerr ("%s is left\n", folder);
  return status;
}
