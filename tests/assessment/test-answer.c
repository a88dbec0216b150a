/* test-answer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assessment/way-answer-check.h"
#include "scoring-fixture.h"

#define MATCH                                                                                      \
  "<qti-response-processing "                                                                      \
  "template='https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml'/>"
#define MAP                                                                                        \
  "<qti-response-processing "                                                                      \
  "template='https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/map_response.xml'/>"
#define ONE(right) DECLARE ("RESPONSE", "single", "identifier", CORRECT (VALUE (right)))
#define SCORE OUTCOME ("SCORE", "float")
#define MAPPED(right, entries)                                                                     \
  DECLARE ("RESPONSE", "multiple", "identifier",                                                   \
           CORRECT (right) "<qti-mapping default-value='0'>" entries "</qti-mapping>")
#define ENTRY_OF(key, value) "<qti-map-entry map-key='" key "' mapped-value='" value "'/>"
#define ALWAYS                                                                                     \
  "<qti-response-processing><qti-set-outcome-value identifier='SCORE'><qti-base-value "            \
  "base-type='float'>1</qti-base-value></qti-set-outcome-value></qti-response-processing>"
#define ORDER                                                                                      \
  "<qti-order-interaction response-identifier='RESPONSE'><qti-prompt>Order</qti-prompt>"           \
  "<qti-simple-choice identifier='a'>A</qti-simple-choice>"                                        \
  "<qti-simple-choice identifier='b'>B</qti-simple-choice></qti-order-interaction>"

static void
test_answer_cases (void)
{
  static const struct
  {
    const char *name;
    const char *declarations;
    const char *body;
    const char *processing;
    const char *problem; /* (nullable) the one problem; NULL: none */
  } cases[] = {
    { "sound", ONE ("b") SCORE, CHOICES ("RESPONSE", "1"), MATCH, NULL },
    { "no right answer", DECLARE ("RESPONSE", "single", "identifier", "") SCORE,
      CHOICES ("RESPONSE", "1"), ALWAYS, "test.xml:1: says nothing of which answer is right" },
    { "half of a mark", MAPPED (VALUE ("b"), ENTRY_OF ("b", "0.5")) SCORE,
      CHOICES ("RESPONSE", "0"), MAP, "test.xml:1: the right answer has 0.5 of a full mark of 1" },
    { "sound sum",
      MAPPED (VALUE ("a") VALUE ("b"),
              ENTRY_OF ("a", "0.5") ENTRY_OF ("b", "0.5") ENTRY_OF ("c", "-0.5")) SCORE,
      CHOICES ("RESPONSE", "0"), MAP, NULL },
    { "one more costs nothing",
      MAPPED (VALUE ("a") VALUE ("b"), ENTRY_OF ("a", "0.5") ENTRY_OF ("b", "0.5")) SCORE,
      CHOICES ("RESPONSE", "0"), MAP, "test.xml:1: a wrong answer has the full mark: c" },
    { "order",
      DECLARE ("RESPONSE", "ordered", "identifier", CORRECT (VALUE ("b") VALUE ("a"))) SCORE, ORDER,
      MATCH, NULL },
    { "typed",
      DECLARE ("RESPONSE", "single", "string",
               CORRECT (VALUE ("yes")) "<qti-mapping default-value='0'>" ENTRY_OF (
                   "yes", "1") "</qti-mapping>") SCORE,
      ENTRY ("RESPONSE"), MAP, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WayItem)
          item = make_item (cases[i].declarations, cases[i].body, cases[i].processing);
      g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

      way_answer_check (item, problems);
      g_test_message ("%s: %s", cases[i].name,
                      problems->len > 0 ? (const char *) g_ptr_array_index (problems, 0) : "sound");
      g_assert_cmpuint (problems->len, ==, cases[i].problem != NULL);
      if (cases[i].problem != NULL)
        g_assert_cmpstr (g_ptr_array_index (problems, 0), ==, cases[i].problem);
    }
}

/* Whatever is answered is right: none, each other choice. */
static void
test_answer_always (void)
{
  g_autoptr (WayItem) item = make_item (ONE ("b") SCORE, CHOICES ("RESPONSE", "1"), ALWAYS);
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  way_answer_check (item, problems);
  g_assert_cmpuint (problems->len, ==, 3);
  g_assert_cmpstr (g_ptr_array_index (problems, 0), ==,
                   "test.xml:1: a wrong answer has the full mark: no answer");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/assessment/answer/cases", test_answer_cases);
  g_test_add_func ("/assessment/answer/always", test_answer_always);

  return g_test_run ();
}
