/* test-qti.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "../assessment/adaptive-fixture.h"
#include "ctl-run.h"

#include <string.h>

/* waymarkctl qti score: the cases that questions are held to. */

/* An adaptive item takes a list of attempts, and any other does not. */
static void
test_attempts (void)
{
  g_auto (Run) good = { 0 };
  g_auto (Run) bad = { 0 };
  const char cases[] =
      "[{\"item\": \"ad.xml\", \"responses\": [{\"RESPONSE\": \"a\"}, {\"HINT\": true},"
      " {\"RESPONSE\": \"b\"}]},"
      " {\"item\": \"ad.xml\", \"responses\": {\"RESPONSE\": \"a\"}}]";
  const char refused[] = "[{\"item\": \"ad.xml\", \"responses\": [{\"RESPONSE\": \"b\"}, {}]},"
                         " {\"item\": \"ad.xml\", \"responses\": []},"
                         " {\"item\": \"once.xml\", \"responses\": [{}]}]";
  g_autoptr (GString) once = g_string_new (ADAPTIVE);

  g_string_replace (once, "adaptive='true'", "adaptive='false'", 1);
  run_write_file ("ad.xml", ADAPTIVE);
  run_write_file ("once.xml", once->str);
  run_write_file ("attempts.json", cases);
  good = run ("qti score --cases %f/attempts.json");
  g_assert_cmpstr (good.err, ==, "");
  g_assert_cmpint (good.status, ==, 0);
  g_assert_nonnull (strstr (good.out, "\"SCORE\":0.33333333"));
  g_assert_nonnull (strstr (good.out, "\"completionStatus\":\"completed\"}},{"));
  g_assert_nonnull (strstr (good.out, "\"completionStatus\":\"unknown\"}}]"));
  run_write_file ("refused.json", refused);
  bad = run ("qti score --cases %f/refused.json");
  g_assert_cmpint (bad.status, ==, 1);
  g_assert_nonnull (strstr (bad.out, "attempt 2 comes after the item was complete"));
  g_assert_nonnull (strstr (bad.out, "there is no attempt"));
  g_assert_nonnull (strstr (bad.out, "the item is not adaptive"));
}

static void
test_cases (void)
{
  g_autofree char *item = g_build_filename (g_getenv ("WAYMARK_DATADIR"), "content", "core",
                                            "baseline", "B", "B06.xml", NULL);
  g_autofree char *cases =
      g_strdup_printf ("[{\"id\": \"one\", \"item\": \"%s\", \"responses\": {\"RESPONSE\": 2}},"
                       " {\"item\": \"%s\", \"responses\": {\"RESPONSE\": null}},"
                       " {\"item\": \"%s\", \"responses\": {\"RESPONSE\": 3}}]",
                       item, item, item);
  g_auto (Run) good = { 0 };
  g_auto (Run) bad = { 0 };
  g_auto (Run) deep = { 0 };
  g_autofree char *nested = g_strnfill (200, '[');

  run_write_file ("cases.json", cases);
  good = run ("qti score --cases %f/cases.json");
  g_assert_cmpstr (good.err, ==, "");
  g_assert_cmpint (good.status, ==, 0);
  g_assert_true (g_str_has_prefix (good.out, "[{\"id\":\"one\",\"item\":"));
  {
    g_auto (GStrv) parts = g_strsplit (good.out, "\"SCORE\":", -1);

    g_assert_cmpuint (g_strv_length (parts), ==, 4);
    g_assert_cmpint (parts[1][0], ==, '1');
    g_assert_cmpint (parts[2][0], ==, '0');
    g_assert_cmpint (parts[3][0], ==, '0');
  }
  run_write_file (
      "cases2.json",
      "{\"cases\": [{\"item\": \"nowhere.xml\", \"responses\": {}}, {\"responses\": 1}, "
      "{\"item\": [1], \"responses\": {}}, {\"item\": \"x\", \"id\": {}}]}");
  bad = run ("qti score --cases %f/cases2.json");
  g_assert_cmpint (bad.status, ==, 1);
  g_assert_nonnull (strstr (bad.out, "nowhere.xml"));
  g_assert_nonnull (strstr (bad.out, "its item is not a word"));
  g_assert_nonnull (strstr (bad.out, "its id is not a word"));
  g_assert_nonnull (strstr (bad.err, "4 of 4"));
  run_write_file ("deep.json", nested);
  deep = run ("qti score --cases %f/deep.json");
  g_assert_cmpint (deep.status, ==, 1);
  g_assert_nonnull (strstr (deep.err, "deep.json:1: nested too deeply"));
}

#define DECLARED(cardinality, type)                                                                \
  "<qti-assessment-item xmlns='http://www.imsglobal.org/xsd/imsqtiasi_v3p0' identifier='i' "       \
  "title='t' time-dependent='false' adaptive='false'><qti-response-declaration "                   \
  "identifier='RESPONSE' cardinality='" cardinality "' base-type='" type "'/>"                     \
  "<qti-outcome-declaration identifier='SCORE' cardinality='single' base-type='float'/>"           \
  "<qti-item-body><p>One</p></qti-item-body></qti-assessment-item>"
#define PAIRS DECLARED ("multiple", "pair")
#define POINT DECLARED ("single", "point")

/* What is wrong with a file of responses, and what is said of it; nothing is printed. */
static const struct
{
  const char *text;
  const char *told;
} broken[] = {
  { "{\"RESPONSE\": 2,\n \"RESPONSE\": 3}", "r.json:2: “RESPONSE” is there twice" },
  { "{\"RESPONSE\": 2,\n \"\\u0052ESPONSE\" : 3}", "r.json:2: “RESPONSE” is there twice" },
  { "{\"RESPONSE\": [2, 3]}", "r.json: “RESPONSE” has 2 values, where there can be one" },
  { "", "r.json:1: the file is empty" },
  { " \n\n", "r.json:1: the file is empty" },
  { "{\"RESPONSE\": 2,\n 3}", "r.json:1:" },
  { "{\"RESPONSE\":\nNaN}", "r.json:2:" },
  { "{\"RESPONSE\": 1e999}", "r.json: “RESPONSE” is neither null, a value nor" },
  { "{\"RESPONSE\": {\"a\": 1}}", "r.json: “RESPONSE” is neither null, a value nor" },
  { "{\"RESPONSE\": \"\xff\"}", "r.json: this is not UTF-8 text" },
  { "{\"OTHER\": 1}", "r.json: the item has no response “OTHER”" },
  { "[]", "r.json: there is no attempt" },
  { "2", "r.json: there is no object of responses" },
};

/* An item, or what should be one. */
static const struct
{
  const char *item;
  const char *text;
  const char *told;
} items[] = {
  { PAIRS, "{\"RESPONSE\": [\"A\"]}", "r.json: “RESPONSE” is “A”, where a pair “A B” is needed" },
  { POINT, "{\"RESPONSE\": \"8\"}", "r.json: “RESPONSE” is “8”, where a point “x y” is needed" },
  { "", "{}", "i.xml:1: " },
  { "<a/>", "{}", "i.xml:1: <a> is not a question" },
  { "<qti-assessment-item>\n\n", "{}", "i.xml:3: " },
  { "\x01\xff\xfe", "{}", "i.xml:1: " },
};

static void
test_broken (void)
{
  g_autofree char *item = g_build_filename (g_getenv ("WAYMARK_DATADIR"), "content", "core",
                                            "baseline", "B", "B06.xml", NULL);
  g_autofree char *line = g_strdup_printf ("qti score %s --responses %%f/r.json", item);

  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_auto (Run) result = { 0 };

      run_write_file ("r.json", broken[i].text);
      result = run (line);
      g_assert_cmpint (result.status, ==, 1);
      g_assert_cmpstr (result.out, ==, "");
      if (strstr (result.err, broken[i].told) == NULL)
        g_error ("%s was told: %s", broken[i].text, result.err);
    }
  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      g_auto (Run) result = { 0 };

      run_write_file ("i.xml", items[i].item);
      run_write_file ("r.json", items[i].text);
      result = run ("qti score %f/i.xml --responses %f/r.json");
      g_assert_cmpint (result.status, ==, 1);
      g_assert_cmpstr (result.out, ==, "");
      if (strstr (result.err, items[i].told) == NULL)
        g_error ("%s was told: %s", items[i].item, result.err);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  run_begin (argv[1]);
  g_setenv ("G_DEBUG", "fatal-criticals", TRUE);
  g_test_add_func ("/ctl/qti/cases", test_cases);
  g_test_add_func ("/ctl/qti/attempts", test_attempts);
  g_test_add_func ("/ctl/qti/broken-files", test_broken);
  return run_end ();
}
