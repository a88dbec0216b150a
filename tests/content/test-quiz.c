/* test-quiz.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "content/way-pack.h"
#include "content/way-quiz.h"
#include "pack-fixture.h"

#include <string.h>

typedef struct
{
  const char *text;
  guint n_taken;
  guint n_left;
  const char *said;  /* (nullable) the start of the first line of the report */
  const char *found; /* (nullable) what stands in the first question */
} Case;

static const Case gift[] = {
  { "::Lock::Leave the desk? {=Lock it ~Leave it}", 1, 0, NULL, "max-choices=\"1\"" },
  { "Which? {~%50%one ~%50%two ~%-100%three}", 1, 0, NULL, "mapped-value=\"-1\"" },
  { "It is so.{T}", 1, 0, NULL, "<qti-value>c1</qti-value>" },
  { "It is not so.{FALSE}", 1, 0, NULL, "<qti-value>c2</qti-value>" },
  { "How many? {#4:0.5}", 1, 0, NULL, "<qti-base-value base-type=\"float\">3.5</qti-base-value>" },
  { "How many? {#1..5}", 1, 0, NULL, "<qti-base-value base-type=\"float\">5</qti-base-value>" },
  { "How many? {#=4:0 =%50%5:0}", 1, 0, NULL,
    "<qti-base-value base-type=\"float\">0.5</qti-base-value>" },
  { "Press {=Esc ~Tab} to close.", 1, 0, NULL, "qti-inline-choice-interaction" },
  { "Name it: {=Esc =Escape}", 1, 0, NULL, "map-key=\"Escape\"" },
  { "Match. {=a -> one =b -> two =c -> one}", 1, 0, NULL, "<qti-value>s3 t1</qti-value>" },
  { "A \\{brace\\} \\= sign? {=x\\~y ~z}", 1, 0, NULL, "A {brace} = sign?" },
  { "It &amp; <b>? {=x<y ~z}", 1, 0, NULL, "x&lt;y" },
  { "// words\n$CATEGORY: a/b\n\nIt is so.{T}", 1, 0, "t:2: the category is not taken", NULL },
  { "It is so.{T#Well said}", 1, 0, "t:1: what it says about an answer", NULL },
  { "\n\nSay it. {}\n\nIt is so.{T}", 1, 1,
    "t:3: the question is not taken: its answer is an essay", NULL },
  { "Only words.\n\nIt is so.{T}", 1, 1, "t:1: the question is not taken: it is a description",
    NULL },
  { "No end {=a\n\nIt is so.{T}", 1, 1, "t:1: the question is not taken: its answers have no end",
    NULL },
  { "Two {=a} gaps {=b}\n\nIt is so.{T}", 1, 1, "t:1: the question is not taken: it has more than",
    NULL },
  { "None right? {~a ~b}\n\nIt is so.{T}", 1, 1, "t:1: the question is not taken: no answer of it",
    NULL },
  { "How many? {#four}\n\nIt is so.{T}", 1, 1, "t:1: the question is not taken: its number", NULL },
  { "How many? {#}\n\nIt is so.{T}", 1, 1, "t:1: the question is not taken: its number", NULL },
  { "Which? {=a -> b =c}\n\nIt is so.{T}", 1, 1, "t:1: the question is not taken: some of", NULL },
};

#define QUIZ(questions) "<?xml version=\"1.0\"?>\n<quiz>" questions "</quiz>"
#define TRUTH                                                                                      \
  "<question type=\"truefalse\"><questiontext><text>So.</text></questiontext><answer "             \
  "fraction=\"100\"><text>true</text></answer><answer fraction=\"0\"><text>false</text></answer>"  \
  "</question>"
#define ASKED(type, inside)                                                                        \
  "<question type=\"" type                                                                         \
  "\"><questiontext><text><![CDATA[<p>What?</p>]]></text></questiontext>" inside "</question>"
#define ANSWER(fraction, text) "<answer fraction=\"" fraction "\"><text>" text "</text></answer>"

static const Case moodle[] = {
  { QUIZ (TRUTH), 1, 0, NULL, "<qti-value>c1</qti-value>" },
  { QUIZ (ASKED ("multichoice", "<single>true</single>" ANSWER ("100", "a") ANSWER ("0", "b"))), 1,
    0, NULL, "max-choices=\"1\"" },
  { QUIZ (ASKED ("multichoice",
                 "<single>false</single>" ANSWER ("50", "a") ANSWER ("50", "b")
                     ANSWER ("-100", "c"))),
    1, 0, NULL, "max-choices=\"0\"" },
  { QUIZ (ASKED ("shortanswer", "<usecase>1</usecase>" ANSWER ("100", "Esc"))), 1, 0, NULL,
    "case-sensitive=\"true\"" },
  { QUIZ (ASKED ("numerical",
                 "<answer fraction=\"100\"><text>4</text><tolerance>1</tolerance>"
                 "</answer>")),
    1, 0, NULL, "<qti-base-value base-type=\"float\">3</qti-base-value>" },
  { QUIZ (ASKED ("matching",
                 "<subquestion><text>a</text><answer><text>1</text></answer>"
                 "</subquestion><subquestion><text>b</text><answer><text>2</text>"
                 "</answer></subquestion>")),
    1, 0, NULL, "<qti-value>s2 t2</qti-value>" },
  { QUIZ (TRUTH ASKED ("cloze", "")), 1, 1,
    "t:2: the question is not taken: a question of the type “cloze”", NULL },
  { QUIZ (TRUTH "<question type=\"multichoice\"><questiontext><text><![CDATA[<img src=\"x\">]]>"
                "</text></questiontext>" ANSWER ("100", "a") ANSWER ("0", "b") "</question>"),
    1, 1, "t:2: the question is not taken: it holds a picture", NULL },
  { QUIZ (TRUTH ASKED ("multichoice", ANSWER ("nan", "a") ANSWER ("0", "b"))), 1, 1,
    "t:2: the question is not taken: an answer is worth more", NULL },
  { QUIZ (TRUTH ASKED ("multichoice", "")), 1, 1,
    "t:2: the question is not taken: it has no answers", NULL },
};

static void
write_file (const char *path, const char *text)
{
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static gboolean
import (WayQuizFormat format,
        const char *folder,
        const char *text,
        GPtrArray *report,
        guint *n_taken,
        guint *n_left,
        GError **error)
{
  g_autofree char *source = g_build_filename (folder, "t", NULL);
  g_autofree char *out = g_build_filename (folder, "pack", NULL);
  g_autofree char *core = g_build_filename (g_getenv ("WAYMARK_DATADIR"), "content", "core", NULL);
  const WayQtiImport options = { core, "C", 2, 60 };

  write_file (source, text);

  return way_quiz_import (format, source, out, &options, report, n_taken, n_left, error);
}

static void
check_case (WayQuizFormat format, const Case *one)
{
  g_autofree char *folder = g_dir_make_tmp ("way-quiz-XXXXXX", NULL);
  g_autofree char *pack = g_build_filename (folder, "pack", NULL);
  g_autofree char *item = g_build_filename (pack, "baseline", "Q001.xml", NULL);
  g_autoptr (GPtrArray) report = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  guint n_taken;
  guint n_left;

  g_test_message ("%s", one->text);
  g_assert_true (import (format, folder, one->text, report, &n_taken, &n_left, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < report->len; i++)
    g_test_message ("  %s", (const char *) g_ptr_array_index (report, i));
  g_assert_cmpuint (n_taken, ==, one->n_taken);
  g_assert_cmpuint (n_left, ==, one->n_left);
  if (one->said == NULL)
    g_assert_cmpuint (report->len, ==, 0);
  else
    g_assert_true (g_str_has_prefix (g_ptr_array_index (report, 0), one->said));
  if (one->found != NULL)
    {
      g_assert_true (g_file_get_contents (item, &text, NULL, NULL));
      g_assert_nonnull (strstr (text, one->found));
    }

  /* What is made is a pack like any other. */
  g_assert_true (way_pack_check (pack, problems, &error));
  g_assert_cmpuint (problems->len, ==, 0);
  way_fixture_remove_folder (folder);
}

static void
test_gift (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (gift); i++)
    check_case (WAY_QUIZ_GIFT, &gift[i]);
}

static void
test_moodle (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (moodle); i++)
    check_case (WAY_QUIZ_MOODLE, &moodle[i]);
}

/* Nothing is left behind when nothing can be taken. */
static void
test_nothing (void)
{
  static const struct
  {
    WayQuizFormat format;
    const char *text;
  } texts[] = {
    { WAY_QUIZ_GIFT, "" },          { WAY_QUIZ_GIFT, "{{{" },        { WAY_QUIZ_GIFT, "\xff\xfe" },
    { WAY_QUIZ_GIFT, "}" },         { WAY_QUIZ_MOODLE, "" },         { WAY_QUIZ_MOODLE, "<quiz>" },
    { WAY_QUIZ_MOODLE, "<quiz/>" }, { WAY_QUIZ_MOODLE, "<other/>" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *folder = g_dir_make_tmp ("way-quiz-XXXXXX", NULL);
      g_autofree char *pack = g_build_filename (folder, "pack", NULL);
      g_autoptr (GPtrArray) report = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GError) error = NULL;
      guint n_taken;
      guint n_left;

      g_assert_false (
          import (texts[i].format, folder, texts[i].text, report, &n_taken, &n_left, &error));
      g_assert_error (error, WAY_PACK_ERROR, WAY_PACK_ERROR_INVALID);
      g_assert_cmpuint (n_taken, ==, 0);
      g_assert_false (g_file_test (pack, G_FILE_TEST_EXISTS));
      way_fixture_remove_folder (folder);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/content/quiz/gift", test_gift);
  g_test_add_func ("/content/quiz/moodle", test_moodle);
  g_test_add_func ("/content/quiz/nothing", test_nothing);

  return g_test_run ();
}
