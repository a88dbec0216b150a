/* test-check.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "content/way-pack.h"
#include "pack-fixture.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

/* Each case is the good pack with one fault put in: @old is replaced by @new in @file; with
 * no @old the file becomes @new, and with neither it is taken away. */
typedef struct
{
  const char *name;
  const char *file;
  const char *old;
  const char *new;
  const char *problem;
  gboolean is_late; /* only the check finds it: the pack opens */
} Fault;

#define BOMB                                                                                       \
  "<?xml version=\"1.0\"?>\n<!DOCTYPE pack [\n<!ENTITY a \"ha\">\n"                                \
  "<!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">\n"                                               \
  "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">\n]>\n<pack>&c;</pack>\n"

static const Fault faults[] = {
  { "unknown-item", "pack.xml", "baseline/F01.xml", "baseline/F09.xml",
    "pack.xml:52: there is no file “baseline/F09.xml” in the pack", FALSE },
  { "other-item", "baseline/F01.xml", "identifier=\"F01\"", "identifier=\"F02\"",
    "baseline/F01.xml:2: the item calls itself “F02” and the pack calls it “F01”", TRUE },
  { "adaptive", "baseline/A01.xml", "adaptive=\"false\"", "adaptive=\"true\"",
    "baseline/A01.xml:1: it is adaptive, and a baseline takes one answer to each question", TRUE },
  { "broken-reference", "baseline/A01.xml", "response-identifier=\"RESPONSE\"",
    "response-identifier=\"ANSWER\"", "baseline/A01.xml:15: response “ANSWER” is not declared",
    TRUE },
  { "two-modules", "modules/M2.xml", "id=\"M2\"", "id=\"M1\"",
    "pack.xml:41: module “M1” of modules/M2.xml has the id of modules/M1/module.xml", FALSE },
  { "module-missing", "modules/M2.xml", NULL, NULL,
    "pack.xml:41: there is no file “modules/M2.xml” in the pack", FALSE },
  { "cuts", "pack.xml", "level=\"3\" at=\"0\"", "level=\"3\" at=\"-1.5\"",
    "pack.xml:14: the cut for level 3 must be above the one for level 2", FALSE },
  { "cuts-order", "pack.xml", "<cut level=\"2\" at=\"-1.5\"/>", "<cut level=\"4\" at=\"-1.5\"/>",
    "pack.xml:13: the cuts must be for the levels 2, 3 and 4, in that order", FALSE },
  { "pathway", "pack.xml", "ref=\"M2\"", "ref=\"M7\"",
    "pack.xml:46: module “M7” is not one of this pack's", FALSE },
  { "entity-bomb", "pack.xml", NULL, BOMB,
    "pack.xml:3: entity “a” is not allowed: a pack declares no entities", FALSE },
  { "external-entity", "modules/M1/module.xml", "<module ",
    "<!DOCTYPE module [\n<!ENTITY x SYSTEM \"file:///etc/passwd\">\n]>\n<module ",
    "modules/M1/module.xml:3: external entity “x” is not allowed", FALSE },
  { "external-entity-item", "baseline/A01.xml", "<qti-assessment-item ",
    "<!DOCTYPE q [\n<!ENTITY % p SYSTEM \"http://example.org/p\">\n]>\n<qti-assessment-item ",
    "baseline/A01.xml:3: external entity “p” is not allowed", TRUE },
  { "picture", "media/sender.svg", NULL, NULL,
    "modules/M1/module.xml:12: there is no file “media/sender.svg” in the pack", FALSE },
  { "picture-in-item", "baseline/A01.xml", "<p>A colleague asks a question.</p>",
    "<p><img src=\"media/none.svg\" alt=\"\"/></p>",
    "baseline/A01.xml:14: there is no file “media/none.svg” in the pack", TRUE },
  { "picture-in-card", "modules/M1/module.xml", "<p>Look at the ",
    "<p><img src=\"media/none.svg\" alt=\"\"/>Look at the ",
    "modules/M1/module.xml:13: there is no file “media/none.svg” in the pack", FALSE },
  { "picture-outside", "modules/M1/module.xml", "media/sender.svg", "../../../etc/passwd",
    "modules/M1/module.xml:12: “../../../etc/passwd” is not a path inside the pack", FALSE },
  { "check-outcome", "modules/M1/module.xml", "outcome=\"M1.report\"", "outcome=\"M1.other\"",
    "modules/M1/module.xml:22: outcome “M1.other” is not one of this module's", FALSE },
  { "card-outcome", "modules/M1/module.xml", "\"M1.sender M1.report\"",
    "\"M1.sender M1.report M1.other\"",
    "modules/M1/module.xml:11: outcome “M1.other” is not one of this module's", FALSE },
  { "outcome-not-taught", "modules/M1/module.xml", "\"M1.sender M1.report\"", "\"M1.sender\"",
    "modules/M1/module.xml:2: no card teaches outcome “M1.report”", FALSE },
  { "rule-outcome", "desks/m1-inbox.xml", "outcome=\"M1.report\"", "outcome=\"M1.other\"",
    "desks/m1-inbox.xml:20: outcome “M1.other” is not one of the module's", TRUE },
  { "rule-test", "desks/m1-inbox.xml", "<did action=\"reply\" target=\"$\"/>", "",
    "desks/m1-inbox.xml:24: <not> must hold one test", TRUE },
  { "rule-group", "desks/m1-inbox.xml", "each=\"bad\"", "each=\"worse\"",
    "desks/m1-inbox.xml:20: no record is of the group “worse”", TRUE },
  { "desk-draw", "desks/m1-inbox.xml", "group=\"good\" n=\"1\"", "group=\"good\" n=\"2\"",
    "desks/m1-inbox.xml:8: 2 of group “good” are to be drawn and there are 1", TRUE },
  { "desk-record", "desks/m1-inbox.xml", "id=\"rota\"", "id=\"payroll\"",
    "desks/m1-inbox.xml:17: record “payroll” is there twice", TRUE },
  { "desk-missing", "desks/m1-inbox.xml", NULL, NULL,
    "modules/M1/module.xml:19: there is no file “desks/m1-inbox.xml” in the pack", FALSE },
  { "enemy", "pack.xml", "enemies=\"F01\"", "enemies=\"F01 F77\"",
    "pack.xml:51: enemy “F77” of item “A01” is not in the baseline", FALSE },
  { "same-item", "pack.xml", "id=\"F01\"", "id=\"A01\"",
    "pack.xml:52: item “A01” is already named at pack.xml:51", FALSE },
  { "glossary", "pack.xml", "word=\"MFA\"", "word=\"Phish\"",
    "pack.xml:56: “Phish” is explained twice", FALSE },
  { "requirement-missing", "pack.xml", "<requirement capability=\"F\" level=\"3\"/>", "",
    "pack.xml:34: role “nursing” has no requirement for capability “F”", FALSE },
  { "requirement-unknown", "pack.xml", "<requirement capability=\"F\" level=\"3\"/>",
    "<requirement capability=\"G\" level=\"3\"/>",
    "pack.xml:36: capability “G” is not one of this pack's", FALSE },
  { "capability-of-item", "pack.xml", "id=\"F01\" capability=\"F\"", "id=\"F01\" capability=\"B\"",
    "pack.xml:52: capability “B” is not one of this pack's", FALSE },
  { "capability-of-module", "modules/M1/module.xml", "capability=\"F\"", "capability=\"B\"",
    "pack.xml:40: capability “B” of module “M1” is not one of this pack's", FALSE },
  { "capability-twice", "pack.xml", "<capability id=\"F\"", "<capability id=\"A\"",
    "pack.xml:25: capability “A” is there twice", FALSE },
  { "level-missing", "pack.xml", "<level n=\"4\" name=\"Lead\">Leads.</level>", "",
    "pack.xml:6: level 4 is missing", FALSE },
  { "level-range", "pack.xml", "level=\"3\" seconds", "level=\"5\" seconds",
    "pack.xml:52: level=\"5\" must be a whole number from 1 to 4", FALSE },
  { "unknown-element", "pack.xml", "<roles>", "<roles><rolle/>",
    "pack.xml:33: <rolle> is not known in <roles>", FALSE },
  { "unknown-attribute", "pack.xml", "short=\"Safe\"", "short=\"Safe\" colour=\"red\"",
    "pack.xml:25: Invalid attribute colour for element capability", TRUE },
  { "no-practice", "modules/M1/module.xml", "<practice href=\"desks/m1-inbox.xml\"/>", "",
    "modules/M1/module.xml:20: Did not expect element check there", TRUE },
  { "review-date", "modules/M1/module.xml", "2027-11-01", "2027-11-31",
    "modules/M1/module.xml:2: review=\"2027-11-31\" must be a date", FALSE },
  { "namespace", "modules/M1/module.xml", "ns/module/1", "ns/module/2",
    "modules/M1/module.xml:2: the file must begin with <module", FALSE },
  { "not-xml", "modules/M1/module.xml", "</shift>", "",
    "modules/M1/module.xml:29: Opening and ending tag mismatch: shift line 24 and module", FALSE },
  { "unsupported", "baseline/F01.xml", "<qti-prompt>Fill the gaps.</qti-prompt>",
    "<qti-gap-img identifier=\"z\" match-max=\"1\"/>", "baseline/F01.xml:16: choice “z” is empty",
    TRUE },
  { "translated-cut", "pack.cy.xml", "level=\"3\" at=\"0\"", "level=\"3\" at=\"0.5\"",
    "pack.cy.xml:14: the translation has <cut at=\"0.5\" level=\"3\"> where pack.xml has <cut "
    "at=\"0\" level=\"3\">",
    TRUE },
  { "translated-item", "baseline/A01.cy.xml", "<qti-value>b</qti-value>",
    "<qti-value>z</qti-value>", "baseline/A01.cy.xml:5: “z” is not one of the choices", TRUE },
  { "translated-choice", "baseline/A01.cy.xml", "identifier=\"c\"", "identifier=\"d\"",
    "baseline/A01.cy.xml:19: the translation has <qti-simple-choice identifier=\"d\">", TRUE },
  { "translated-key", "baseline/A01.cy.xml", "<qti-value>b</qti-value>", "<qti-value>a</qti-value>",
    "baseline/A01.cy.xml:5: the translation has <qti-value “a”>", TRUE },
  { "translated-module", "modules/M1/module.cy.xml", "</title>", "",
    "modules/M1/module.cy.xml:", TRUE },
};

static char *
copy_good (void)
{
  g_autofree char *good = g_test_build_filename (G_TEST_DIST, "data", "packs", "good", NULL);
  char *copy = g_dir_make_tmp ("way-check-XXXXXX", NULL);

  way_fixture_copy_folder (good, copy);

  return copy;
}

static void
put_in (const char *pack, const Fault *fault)
{
  g_autofree char *path = g_build_filename (pack, fault->file, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GString) changed = NULL;

  if (fault->new == NULL)
    {
      g_assert_cmpint (g_unlink (path), ==, 0);
      return;
    }

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  changed = g_string_new (text);
  if (fault->old == NULL)
    g_string_assign (changed, fault->new);
  else
    g_assert_cmpuint (g_string_replace (changed, fault->old, fault->new, 1), ==, 1);
  g_assert_true (g_file_set_contents (path, changed->str, -1, NULL));
}

static gboolean
has_problem (GPtrArray *problems, const char *prefix)
{
  gboolean is_found = FALSE;

  for (guint i = 0; i < problems->len; i++)
    {
      const char *problem = g_ptr_array_index (problems, i);

      g_test_message ("%s", problem);
      is_found = is_found || g_str_has_prefix (problem, prefix);
    }

  return is_found;
}

static void
test_check_fault (gconstpointer data)
{
  const Fault *fault = data;
  g_autofree char *path = copy_good ();
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) open_error = NULL;
  g_autoptr (GError) build_error = NULL;
  g_autoptr (WayPack) pack = NULL;
  g_autofree char *zip = g_build_filename (path, "out.zip", NULL);

  put_in (path, fault);
  g_assert_true (way_pack_check (path, problems, &error));
  g_assert_no_error (error);
  g_assert_true (has_problem (problems, fault->problem));

  /* What is wrong with the frame is found before anybody sees the pack. */
  pack = way_pack_open (path, NULL, &open_error);
  g_assert_true ((pack != NULL) == fault->is_late);
  if (!fault->is_late)
    g_assert_error (open_error, WAY_PACK_ERROR, WAY_PACK_ERROR_INVALID);

  g_assert_false (way_pack_build (path, zip, &build_error));
  g_assert_error (build_error, WAY_PACK_ERROR, WAY_PACK_ERROR_INVALID);
  g_assert_false (g_file_test (zip, G_FILE_TEST_EXISTS));

  way_fixture_remove_folder (path);
}

static void
test_check_good (void)
{
  g_autofree char *good = g_test_build_filename (G_TEST_DIST, "data", "packs", "good", NULL);
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  g_assert_true (way_pack_check (good, problems, &error));
  g_assert_no_error (error);
  g_assert_false (has_problem (problems, ""));
}

static void
test_check_none (void)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  g_assert_false (way_pack_check ("/nonexistent/pack", problems, &error));
  g_assert_error (error, WAY_PACK_ERROR, WAY_PACK_ERROR_NOT_FOUND);
}

/* All problems at once, by file and then by line as a number. */
static void
test_check_sorted (void)
{
  static const Fault several[] = {
    { NULL, "pack.xml", "enemies=\"F01\"", "enemies=\"F77\"", NULL, FALSE },
    { NULL, "pack.xml", "name=\"Lead\"", "name=\"\"", NULL, FALSE },
    { NULL, "baseline/A01.xml", "<qti-value>b</qti-value>", "<qti-value>z</qti-value>", NULL,
      FALSE },
  };
  static const char *const starts[] = { "baseline/A01.cy.xml:5: ", "baseline/A01.xml:5: ",
                                        "pack.xml:10: ", "pack.xml:51: " };
  g_autofree char *path = copy_good ();
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (several); i++)
    put_in (path, &several[i]);
  g_assert_true (way_pack_check (path, problems, NULL));

  for (guint i = 0; i < problems->len; i++)
    {
      const char *problem = g_ptr_array_index (problems, i);

      g_test_message ("%s", problem);
      if (n < G_N_ELEMENTS (starts) && g_str_has_prefix (problem, starts[n]))
        n++;
    }
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (starts));

  way_fixture_remove_folder (path);
}

/* A pack in use does not change under the people using it. */
static void
test_check_changed (void)
{
  static const Fault change = { NULL, "baseline/A01.xml", "What do you do?", "What now?", NULL,
                                FALSE };
  g_autofree char *path = copy_good ();
  g_autofree char *picture = g_build_filename (path, "media", "sender.svg", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayPack) pack = way_pack_open (path, NULL, NULL);
  g_autoptr (WayPack) later = NULL;
  g_autoptr (WayItem) item = NULL;
  g_autofree char *prompt = NULL;

  put_in (path, &change);
  g_assert_true (g_file_set_contents (picture, "<svg/>", -1, NULL));

  item = way_pack_load_item (pack, "A01", NULL);
  prompt = way_node_dup_text (
      ((WayInteraction *) g_ptr_array_index (item->interactions, 0))->prompt);
  g_assert_cmpstr (prompt, ==, "What do you do?");
  g_assert_null (way_pack_load_file (pack, "media/sender.svg", &error));
  g_assert_error (error, WAY_PACK_ERROR, WAY_PACK_ERROR_DIGEST);

  later = way_pack_open (path, NULL, NULL);
  g_assert_cmpstr (way_pack_get_digest (later), !=, way_pack_get_digest (pack));

  way_fixture_remove_folder (path);
}

/* Links out of the folder and what editors leave behind are not part of the pack. */
static void
test_check_strays (void)
{
  g_autofree char *path = copy_good ();
  g_autofree char *link = g_build_filename (path, "media", "link.svg", NULL);
  g_autofree char *hidden = g_build_filename (path, ".pack.xml.swp", NULL);
  g_autofree char *backup = g_build_filename (path, "pack.xml~", NULL);
  g_autoptr (WayPack) before = way_pack_open (path, NULL, NULL);
  g_autoptr (WayPack) after = NULL;

  g_assert_true (g_file_set_contents (hidden, "x", -1, NULL));
  g_assert_true (g_file_set_contents (backup, "x", -1, NULL));
  g_assert_cmpint (symlink ("/etc/passwd", link), ==, 0);

  after = way_pack_open (path, NULL, NULL);
  g_assert_cmpstr (way_pack_get_digest (after), ==, way_pack_get_digest (before));
  g_assert_null (way_pack_load_file (after, "media/link.svg", NULL));

  way_fixture_remove_folder (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/content/check/good", test_check_good);
  g_test_add_func ("/content/check/none", test_check_none);
  g_test_add_func ("/content/check/sorted", test_check_sorted);
  g_test_add_func ("/content/check/changed", test_check_changed);
  g_test_add_func ("/content/check/strays", test_check_strays);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *path = g_strconcat ("/content/check/fault/", faults[i].name, NULL);

      g_test_add_data_func (path, &faults[i], test_check_fault);
    }

  return g_test_run ();
}
