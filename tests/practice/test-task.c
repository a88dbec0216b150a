/* test-task.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "practice/way-practice-item.h"

#include <string.h>

#define DESK_NS "https://waymark-skills.github.io/ns/desk/1"
#define ITEM_NS "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"

/* Three points: two messages to report, one to keep. */
static const char desk_xml[] =
    "<desk xmlns='" DESK_NS "' id='small' app='inbox' version='4' minutes='1'>"
    "<title>Small</title><task><p>Do it.</p></task><records>"
    "<message id='b1' group='bad'/><message id='b2' group='bad'/><message id='g1' group='good'/>"
    "</records><rules>"
    "<rule id='r1' each='bad' points='1'><when><final target='$' state='reported'/></when>"
    "<held><p>Yes.</p></held><missed><p>No.</p></missed></rule>"
    "<rule id='r2' each='good' points='1'><when><final target='$' state='left'/></when>"
    "<held><p>Yes.</p></held><missed><p>No.</p></missed></rule></rules></desk>";

#define ITEM(most, body, more)                                                                     \
  "<qti-assessment-item xmlns='" ITEM_NS "' identifier='T1' title='T' adaptive='false' "           \
  "time-dependent='false'>"                                                                        \
  "<qti-response-declaration identifier='RESPONSE' cardinality='single' base-type='string'/>"      \
  "<qti-outcome-declaration identifier='SCORE' cardinality='single' base-type='float'/>"           \
  "<qti-outcome-declaration identifier='MAXSCORE' cardinality='single' base-type='float'>"         \
  "<qti-default-value><qti-value>" most                                                            \
  "</qti-value></qti-default-value></qti-outcome-declaration>"                                     \
  "<qti-item-body>" body "</qti-item-body>" more "</qti-assessment-item>"

#define TASK                                                                                       \
  "<qti-custom-interaction class='waymark-desk' response-identifier='RESPONSE' "                   \
  "data-desk='desks/small.xml'/>"

static WayDesk *
read_desk (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (desk_xml, strlen (desk_xml));
  g_autoptr (GError) error = NULL;
  WayDesk *desk = way_desk_new_from_bytes (bytes, "desks/small.xml", &error);

  g_assert_no_error (error);
  way_practice_check_desk (desk, &error);
  g_assert_no_error (error);

  return desk;
}

static WayItem *
read_item (const char *xml, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (xml, strlen (xml));

  return way_item_new_from_bytes (bytes, "q.xml", error);
}

static void
test_item (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayItem) item = read_item (ITEM ("3", "<p>Now you.</p>" TASK, ""), &error);
  g_autoptr (WayDesk) desk = read_desk ();

  g_assert_no_error (error);
  g_assert_cmpstr (way_item_get_desk (item), ==, "desks/small.xml");
  g_assert_cmpint (((WayInteraction *) g_ptr_array_index (item->interactions, 0))->type, ==,
                   WAY_INTERACTION_DESK);
  g_assert_true (way_interaction_is_shown (g_ptr_array_index (item->interactions, 0)));
  way_practice_check_item (item, desk, &error);
  g_assert_no_error (error);
}

static void
test_item_faults (void)
{
  static const struct
  {
    const char *xml;
    const char *text;
  } cases[] = {
    { ITEM ("3", "<qti-custom-interaction class='puzzle' response-identifier='RESPONSE'/>", ""),
      "q.xml:*<qti-custom-interaction> is not supported" },
    { ITEM ("3", "<qti-custom-interaction class='waymark-desk' response-identifier='RESPONSE'/>",
            ""),
      "q.xml:*“data-desk”*" },
    { ITEM ("3",
            "<qti-custom-interaction class='waymark-desk' response-identifier='RESPONSE' "
            "data-desk='../../etc/passwd'/>",
            ""),
      "q.xml:*not a path inside the pack" },
    { ITEM ("3", TASK,
            "<qti-response-processing><qti-set-outcome-value identifier='SCORE'>"
            "<qti-base-value base-type='float'>3</qti-base-value></qti-set-outcome-value>"
            "</qti-response-processing>"),
      "q.xml:*<qti-response-processing> does not belong here" },
    { ITEM ("3", TASK "<p><qti-end-attempt-interaction response-identifier='SCORE' title='x'/></p>",
            ""),
      "q.xml:*" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (WayItem) item = read_item (cases[i].xml, &error);

      g_assert_null (item);
      if (!g_pattern_match_simple (cases[i].text, error->message))
        g_error ("“%s” is not “%s”", error->message, cases[i].text);
    }
}

/* A desk is worth what its item says, and says so where it is not. */
static void
test_points (void)
{
  g_autoptr (WayDesk) desk = read_desk ();
  g_autoptr (WayItem) item = read_item (ITEM ("2", TASK, ""), NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (way_practice_check_item (item, desk, &error));
  g_assert_error (error, WAY_PRACTICE_ERROR, WAY_PRACTICE_ERROR_RULE);
  g_assert_nonnull (strstr (error->message, "desks/small.xml give up to 3 points"));
}

static GHashTable *
new_responses (const char *trace)
{
  GHashTable *responses = way_responses_new ();

  if (trace != NULL)
    g_hash_table_replace (responses, g_strdup ("RESPONSE"),
                          way_value_new_text (WAY_BASE_STRING, trace));

  return responses;
}

static void
test_score (void)
{
  static const struct
  {
    const char *trace; /* NULL: not answered */
    double score;      /* -1: no run of this desk */
  } cases[] = {
    { NULL, 0 },
    { "desk/1 4 7 finish", 0 },
    { "desk/1 4 7 help finish", 0 },
    { "desk/1 4 7 report:b1 finish", 1 },
    { "desk/1 4 7 report:b1 delete:b2 leave:g1 finish", 2 },
    { "desk/1 4 7 report:b1 undo:b1 finish", 0 },
    { "desk/1 4 7 report:b1 report:b2 report:g1 finish", 2 },
    { "desk/1 4 7 open:b1 report:b1 report:b2 leave:g1 finish", 3 },
    { "desk/1 4 7 report:b1 report:b2 leave:g1", 3 },
    { "desk/1 3 7 report:b1 finish", -1 },
    { "desk/1 4 7 report:b9 finish", -1 },
    { "report b1", -1 },
  };
  g_autoptr (WayDesk) desk = read_desk ();
  g_autoptr (WayItem) item = read_item (ITEM ("3", TASK, ""), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GHashTable) responses = new_responses (cases[i].trace);
      g_autofree char *line = way_responses_to_line (item, responses);
      g_autoptr (GHashTable) logged = way_responses_new_from_line (item, line);
      g_autoptr (GError) error = NULL;
      g_autoptr (WayScore) score = way_practice_score_desk (item, desk, logged, &error);
      double points;

      if (cases[i].score < 0)
        {
          g_assert_null (score);
          g_assert_error (error, WAY_PRACTICE_ERROR, WAY_PRACTICE_ERROR_TRACE);
          g_assert_true (g_str_has_prefix (error->message, "q.xml: "));
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpfloat (score->score, ==, cases[i].score);
      g_assert_true (score->is_correct == (cases[i].score == 3));
      g_assert_true (
          way_value_get_number (g_hash_table_lookup (score->outcomes, "SCORE"), &points));
      g_assert_cmpfloat (points, ==, cases[i].score);
    }
}

/* What is typed goes through the log as it is; too long a run is kept in part and says so. */
static void
test_line (void)
{
  g_autoptr (WayDesk) desk = read_desk ();
  g_autoptr (WayItem) item = read_item (ITEM ("3", TASK, ""), NULL);
  g_autoptr (WayPractice) practice = way_practice_new (desk, 7);
  g_autofree char *trace = NULL;
  g_autofree char *line = NULL;
  g_autofree char *shortened = NULL;
  g_autoptr (GHashTable) responses = NULL;
  g_autoptr (GHashTable) logged = NULL;
  g_autoptr (WayScore) score = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 7000; i++)
    g_assert_true (way_practice_do (practice, "open", "b1", NULL));
  g_assert_true (way_practice_do (practice, "report", "b1", NULL));
  trace = way_practice_dup_trace (practice);
  responses = new_responses (trace);
  score = way_practice_score_desk (item, desk, responses, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (score->score, ==, 1);

  line = way_responses_to_line (item, responses);
  shortened = way_practice_shorten_answer (item, g_strdup (line));
  g_assert_cmpuint (strlen (shortened), <, 50000);
  g_assert_true (g_str_has_prefix (shortened, "RESPONSE=desk/1 4 7 open:b1 "));
  g_assert_true (g_str_has_suffix (shortened, " open:b1 and more than could be kept"));
  logged = way_responses_new_from_line (item, shortened);
  g_assert_null (way_practice_score_desk (item, desk, logged, &error));
  g_assert_error (error, WAY_PRACTICE_ERROR, WAY_PRACTICE_ERROR_TRACE);

  g_free (shortened);
  shortened = way_practice_shorten_answer (item, g_strdup ("RESPONSE=desk/1 4 7 finish"));
  g_assert_cmpstr (shortened, ==, "RESPONSE=desk/1 4 7 finish");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/task/item", test_item);
  g_test_add_func ("/task/item-faults", test_item_faults);
  g_test_add_func ("/task/points", test_points);
  g_test_add_func ("/task/score", test_score);
  g_test_add_func ("/task/line", test_line);

  return g_test_run ();
}
