/* test-import.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <string.h>

#include "content/way-pack.h"
#include "content/way-qti-import.h"

#define OLD                                                                                        \
  "<assessmentItem xmlns='http://www.imsglobal.org/xsd/imsqti_v2p1' identifier='old-1' "           \
  "title='Old' adaptive='false' timeDependent='false'><responseDeclaration "                       \
  "identifier='RESPONSE' cardinality='single' baseType='identifier'><correctResponse>"             \
  "<value>b</value></correctResponse></responseDeclaration><outcomeDeclaration "                   \
  "identifier='SCORE' cardinality='single' baseType='float'/>\n<itemBody><p>x<sup>2</sup> "        \
  "<img src='../pictures/a.png' alt='A dial'/></p><choiceInteraction "                             \
  "responseIdentifier='RESPONSE' maxChoices='1'><simpleChoice identifier='a'>A</simpleChoice>"     \
  "<simpleChoice identifier='b'>B</simpleChoice></choiceInteraction></itemBody>"                   \
  "<responseProcessing template='http://www.imsglobal.org/question/qti_v2p1/rptemplates/"          \
  "match_correct'/></assessmentItem>"
#define UNSEEN                                                                                     \
  "<qti-assessment-item xmlns='http://www.imsglobal.org/xsd/imsqtiasi_v3p0' identifier='point' "   \
  "title='P'><qti-response-declaration identifier='RESPONSE' cardinality='single' "                \
  "base-type='point'><qti-area-mapping><qti-area-map-entry shape='circle' coords='1,1,5' "         \
  "mapped-value='1'/></qti-area-mapping></qti-response-declaration><qti-outcome-declaration "      \
  "identifier='SCORE' cardinality='single' base-type='float'/><qti-item-body>\n"                   \
  "<qti-select-point-interaction response-identifier='RESPONSE' max-choices='1'>"                  \
  "<img src='../pictures/a.png' alt='A map'/></qti-select-point-interaction></qti-item-body>"      \
  "<qti-response-processing template='map_response_point'/></qti-assessment-item>"

static char *folder;

static void
put (const char *path, const char *text)
{
  g_autofree char *file = g_build_filename (folder, path, NULL);
  g_autofree char *above = g_path_get_dirname (file);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (above, 0700);
  g_file_set_contents (file, text, -1, &error);
  g_assert_no_error (error);
}

static gboolean
is_named (GPtrArray *report, const char *line)
{
  for (guint i = 0; i < report->len; i++)
    {
      g_test_message ("%s", (char *) report->pdata[i]);
      if (g_str_equal (report->pdata[i], line))
        return TRUE;
    }

  return FALSE;
}

static gboolean
import (const char *source, const char *out, GPtrArray *report, GError **error)
{
  g_autofree char *framework = g_test_build_filename (G_TEST_DIST, "data", "packs", "good", NULL);
  g_autofree char *from = g_build_filename (folder, source, NULL);
  g_autofree char *to = g_build_filename (folder, out, NULL);
  const WayQtiImport options = { framework, "F", 2, 45 };
  guint n_taken;
  guint n_left;

  if (!way_qti_import (from, to, &options, report, &n_taken, &n_left, error))
    return FALSE;
  g_assert_cmpuint (n_taken, ==, 1);
  g_assert_cmpuint (n_left, ==, 2);

  return TRUE;
}

/* A folder with one question that can be taken: it is, and all else is named. */
static void
test_folder (void)
{
  g_autoptr (GPtrArray) report = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayPack) pack = NULL;
  g_autoptr (WayItem) item = NULL;
  g_autoptr (GBytes) picture = NULL;
  g_autofree char *out = g_build_filename (folder, "taken", NULL);
  const WayBaselineItem *known;

  put ("in/questions/old.xml", OLD);
  put ("in/questions/seen.xml", UNSEEN);
  put ("in/questions/broken.xml", "<assessmentItem>\n<itemBody>");
  put ("in/pictures/a.png", "not really");
  put ("in/imsmanifest.xml", "<manifest/>");
  put ("in/test.xml", "<assessmentTest/>");
  g_assert_true (import ("in", "taken", report, &error));
  g_assert_no_error (error);

  g_assert_true (is_named (report, "questions/old.xml:2: <sup>: it is shown on the line"));
  g_assert_true (is_named (report, "questions/seen.xml:2: <qti-select-point-interaction> is "
                                   "scored, but cannot be shown yet"));
  g_assert_true (is_named (report, "questions/seen.xml:1: the question is not taken"));
  g_assert_true (is_named (report, "questions/broken.xml:1: the question is not taken"));
  g_assert_true (is_named (report, "test.xml:1: <assessmentTest> is not a question, and not "
                                   "taken"));

  g_assert_true (way_pack_check (out, problems, &error));
  g_assert_cmpuint (problems->len, ==, 0);
  pack = way_pack_open (out, NULL, &error);
  g_assert_no_error (error);
  known = way_pack_find_baseline_item (pack, "old-1");
  g_assert_nonnull (known);
  g_assert_true (known->is_new);
  item = way_pack_load_item (pack, "old-1", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (item->interactions->len, ==, 1);
  picture = way_pack_load_file (pack, "media/pictures-a.png", &error);
  g_assert_no_error (error);
}

/* What is there already stays, and nothing half-made is left. */
static void
test_nothing_made (void)
{
  g_autoptr (GPtrArray) report = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autofree char *made = g_build_filename (folder, "none", NULL);
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_assert_false (import ("in", "in", report, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST);
  g_clear_error (&error);

  put ("empty/readme.txt", "Nothing here");
  g_assert_false (import ("empty", "none", report, &error));
  g_assert_error (error, WAY_PACK_ERROR, WAY_PACK_ERROR_INVALID);
  g_assert_false (g_file_test (made, G_FILE_TEST_EXISTS));
  dir = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_assert_false (g_str_has_prefix (name, "none"));
}

/* A zip out is a pack like any other. */
static void
test_zip (void)
{
  g_autoptr (GPtrArray) report = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayPack) pack = NULL;
  g_autofree char *out = g_build_filename (folder, "taken.zip", NULL);

  g_assert_true (import ("in", "taken.zip", report, &error));
  g_assert_no_error (error);
  pack = way_pack_open (out, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (way_pack_get_baseline (pack)->len, ==, 1);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("waymark-import-XXXXXX", NULL);
  g_test_add_func ("/content/import/folder", test_folder);
  g_test_add_func ("/content/import/nothing-made", test_nothing_made);
  g_test_add_func ("/content/import/zip", test_zip);
  status = g_test_run ();
  g_free (folder);

  return status;
}
