/* test-pack.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "content/way-pack.h"

#include <glib/gstdio.h>
#include <string.h>

static char *
dup_good (void)
{
  return g_test_build_filename (G_TEST_DIST, "data", "packs", "good", NULL);
}

static WayPack *
open_good (const char *language)
{
  g_autofree char *path = dup_good ();
  g_autoptr (GError) error = NULL;
  WayPack *pack = way_pack_open (path, language, &error);

  g_assert_no_error (error);
  g_assert_nonnull (pack);

  return pack;
}

static char *
build_zip (void)
{
  g_autofree char *folder = dup_good ();
  g_autofree char *tmp = g_dir_make_tmp ("way-pack-XXXXXX", NULL);
  char *zip = g_build_filename (tmp, "good.zip", NULL);
  g_autoptr (GError) error = NULL;

  way_pack_build (folder, zip, &error);
  g_assert_no_error (error);

  return zip;
}

static void
remove_zip (const char *zip)
{
  g_autofree char *folder = g_path_get_dirname (zip);

  g_assert_cmpint (g_unlink (zip), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_pack_framework (void)
{
  g_autoptr (WayPack) pack = open_good (NULL);
  const WayCapability *capability;
  const WayRole *role;
  const WayPathway *pathway;

  g_assert_cmpstr (way_pack_get_id (pack), ==, "good");
  g_assert_cmpint (way_pack_get_version (pack), ==, 3);
  g_assert_cmpstr (way_pack_get_title (pack), ==, "A small pack");
  g_assert_cmpstr (way_pack_get_language (pack), ==, "en-GB");
  g_assert_cmpuint (g_strv_length ((GStrv) way_pack_get_level_names (pack)), ==, WAY_N_LEVELS);
  g_assert_cmpstr (way_pack_get_level_names (pack)[3], ==, "Lead");
  g_assert_cmpfloat (way_pack_get_cuts (pack)[0], ==, -1.5);
  g_assert_cmpfloat (way_pack_get_cuts (pack)[2], ==, 1);

  g_assert_cmpuint (way_pack_get_capabilities (pack)->len, ==, 2);
  g_assert_cmpint (way_pack_find_capability (pack, "F"), ==, 1);
  g_assert_cmpint (way_pack_find_capability (pack, "Z"), ==, -1);
  capability = g_ptr_array_index (way_pack_get_capabilities (pack), 1);
  g_assert_cmpstr (capability->short_name, ==, "Safe");
  g_assert_cmpstr (capability->descriptors[3], ==, "I can teach.");

  role = way_pack_find_role (pack, "nursing");
  g_assert_cmpint (role->required[0], ==, 2);
  g_assert_cmpint (role->required[1], ==, 3);
  g_assert_null (way_pack_find_role (pack, "Nursing"));

  pathway = g_ptr_array_index (way_pack_get_pathways (pack), 0);
  g_assert_cmpstr (g_ptr_array_index (pathway->modules, 0), ==, "M2");

  g_assert_cmpstr (way_pack_explain (pack, "PHISH"), ==,
                   "A false message that asks for something.");
  g_assert_cmpstr (way_pack_explain (pack, "mfa"), ==, "A second check when signing in.");
  g_assert_null (way_pack_explain (pack, "fish"));
}

static void
test_pack_baseline (void)
{
  g_autoptr (WayPack) pack = open_good (NULL);
  const WayBaselineItem *first = way_pack_find_baseline_item (pack, "A01");
  const WayBaselineItem *second = way_pack_find_baseline_item (pack, "F01");

  g_assert_cmpuint (way_pack_get_baseline (pack)->len, ==, 2);
  g_assert_true (first->is_opener);
  g_assert_cmpuint (first->capability, ==, 0);
  g_assert_cmpint (first->seconds, ==, 40);
  g_assert_cmpstr (first->enemies[0], ==, "F01");
  g_assert_null (first->enemies[1]);
  g_assert_false (second->is_opener);
  g_assert_cmpuint (second->capability, ==, 1);
  g_assert_cmpint (second->level, ==, 3);
  g_assert_null (second->enemies);
}

static void
test_pack_module (void)
{
  g_autoptr (WayPack) pack = open_good (NULL);
  WayModule *module = way_pack_find_module (pack, "M1");
  const WayCard *card;
  const WayCheckItem *item;
  g_autofree char *why = way_node_dup_text (module->why);
  g_autofree char *text = NULL;

  g_assert_cmpuint (way_pack_get_modules (pack)->len, ==, 2);
  g_assert_cmpstr (module->title, ==, "Spot It");
  g_assert_cmpstr (module->capability, ==, "F");
  g_assert_true (module->has_clinical_check);
  g_assert_cmpint (module->draw, ==, 2);
  g_assert_cmpstr (module->shift_id, ==, "M1.shift");
  g_assert_cmpstr (module->confidence, ==, "I can tell when a message is false.");
  g_assert_cmpstr (why, ==, "A phish costs time.");
  g_assert_cmpuint (module->outcomes->len, ==, 2);
  g_assert_cmpuint (module->sources->len, ==, 1);

  card = g_ptr_array_index (module->cards, 0);
  g_assert_cmpstr (card->picture, ==, "media/sender.svg");
  g_assert_true (way_module_teaches (module, card, "M1.report"));
  g_assert_false (way_module_teaches (module, card, "M1.shift"));
  text = way_node_dup_text (card->content);
  g_assert_cmpstr (text, ==, "Look at the sender.\nName\nAddress");
  item = g_ptr_array_index (module->check, 1);
  g_assert_cmpstr (item->id, ==, "M1-q2");
  g_assert_cmpstr (item->outcome, ==, "M1.report");
  g_assert_cmpstr (g_ptr_array_index (module->desks, 0), ==, "desks/m1-inbox.xml");
}

static void
test_pack_desk (void)
{
  g_autoptr (WayPack) pack = open_good (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDesk) desk = way_pack_load_desk (pack, "desks/m1-inbox.xml", &error);
  g_autoptr (WayDesk) missing = NULL;
  const WayDeskRecord *record;
  const WayDeskRecord *part;
  const WayDeskRule *rule;
  const WayDeskTest *test;

  g_assert_no_error (error);
  g_assert_cmpstr (desk->id, ==, "m1-inbox");
  g_assert_cmpstr (desk->apps[0], ==, "inbox");
  g_assert_null (desk->apps[1]);
  g_assert_cmpint (GPOINTER_TO_INT (g_hash_table_lookup (desk->draws, "bad")), ==, 1);

  g_assert_cmpuint (desk->records->len, ==, 2);
  record = g_ptr_array_index (desk->records, 0);
  g_assert_cmpstr (record->id, ==, "payroll");
  g_assert_cmpstr (record->type, ==, "message");
  g_assert_cmpstr (record->group, ==, "bad");
  g_assert_cmpstr (g_hash_table_lookup (record->fields, "from"), ==, "Payroll");
  g_assert_cmpstr (g_hash_table_lookup (record->fields, "tell"), ==,
                   "Payroll does not ask by email.");
  g_assert_cmpuint (g_hash_table_size (record->fields), ==, 2);
  g_assert_nonnull (record->content);
  part = g_ptr_array_index (record->parts, 0);
  g_assert_cmpstr (part->type, ==, "link");
  g_assert_cmpstr (g_hash_table_lookup (part->fields, "text"), ==, "Sign in");

  rule = g_ptr_array_index (desk->rules, 0);
  g_assert_cmpint (rule->points, ==, 2);
  g_assert_cmpstr (rule->each, ==, "bad");
  g_assert_cmpstr (rule->test->name, ==, "all");
  test = g_ptr_array_index (rule->test->children, 1);
  g_assert_cmpstr (test->name, ==, "not");
  test = g_ptr_array_index (test->children, 0);
  g_assert_cmpstr (g_hash_table_lookup (test->attributes, "action"), ==, "reply");
  g_assert_cmpuint (rule->careful->children->len, ==, 0);

  missing = way_pack_load_desk (pack, "desks/none.xml", &error);
  g_assert_null (missing);
  g_assert_error (error, WAY_PACK_ERROR, WAY_PACK_ERROR_NOT_FOUND);
}

static void
test_pack_item (void)
{
  g_autoptr (WayPack) pack = open_good (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayItem) item = way_pack_load_item (pack, "A01", &error);
  g_autoptr (WayItem) again = way_pack_load_item (pack, "A01", NULL);
  g_autoptr (WayItem) check = way_pack_load_item (pack, "M1-q1", NULL);
  g_autoptr (WayItem) missing = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (item->id, ==, "A01");
  g_assert_true (item == again);
  g_assert_cmpstr (check->path, ==, "modules/M1/items/M1-q1.xml");

  missing = way_pack_load_item (pack, "A02", &error);
  g_assert_null (missing);
  g_assert_error (error, WAY_PACK_ERROR, WAY_PACK_ERROR_NOT_FOUND);
}

/* A question that somebody has stays as it is; who asks next gets it as it was written. */
static void
test_pack_forget (void)
{
  g_autoptr (WayPack) pack = open_good (NULL);
  g_autoptr (WayItem) item = way_pack_load_item (pack, "A01", NULL);
  g_autoptr (WayItem) again = NULL;

  way_pack_forget_items (pack);
  again = way_pack_load_item (pack, "A01", NULL);
  g_assert_nonnull (again);
  g_assert_true (again != item);
  g_assert_cmpstr (item->id, ==, "A01");
  g_assert_cmpstr (again->id, ==, "A01");
}

static void
test_pack_language (void)
{
  static const char *const languages[] = { "cy", "cy-GB", "cy_GB.UTF-8" };

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autoptr (WayPack) pack = open_good (languages[i]);
      g_autoptr (WayItem) item = way_pack_load_item (pack, "A01", NULL);
      g_autoptr (WayItem) english = way_pack_load_item (pack, "F01", NULL);

      g_assert_cmpstr (way_pack_get_language (pack), ==, "cy");
      g_assert_cmpstr (way_pack_get_title (pack), ==, "Pecyn bach");
      g_assert_cmpstr (way_pack_get_level_names (pack)[0], ==, "Cychwyn");
      g_assert_cmpstr (way_pack_find_module (pack, "M1")->title, ==, "Ei Weld");
      g_assert_cmpstr (way_pack_find_module (pack, "M2")->title, ==, "Report It");
      g_assert_cmpstr (item->language, ==, "cy");
      g_assert_cmpstr (english->language, ==, "en-GB");
    }
}

static void
test_pack_language_missing (void)
{
  g_autoptr (WayPack) pack = open_good ("fr_FR.UTF-8");

  g_assert_cmpstr (way_pack_get_language (pack), ==, "en-GB");
}

static void
test_pack_file (void)
{
  static const char *const outside[] = {
    "../good/pack.xml", "/etc/passwd", "media", "media/../pack.xml", "", "."
  };
  g_autoptr (WayPack) pack = open_good (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = way_pack_load_file (pack, "media/sender.svg", &error);

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (g_bytes_get_data (bytes, NULL), "<svg"));

  for (guint i = 0; i < G_N_ELEMENTS (outside); i++)
    {
      g_autoptr (GError) outside_error = NULL;

      g_assert_null (way_pack_load_file (pack, outside[i], &outside_error));
      g_assert_error (outside_error, WAY_PACK_ERROR, WAY_PACK_ERROR_NOT_FOUND);
    }
}

static void
test_pack_zip (void)
{
  g_autofree char *zip = build_zip ();
  g_autoptr (WayPack) folder = open_good (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayPack) pack = way_pack_open (zip, "cy", &error);
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GBytes) picture = NULL;
  g_autoptr (WayItem) item = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (way_pack_get_title (pack), ==, "Pecyn bach");
  g_assert_cmpstr (way_pack_get_digest (pack), ==, way_pack_get_digest (folder));
  g_assert_cmpuint (strlen (way_pack_get_digest (pack)), ==, 64);

  item = way_pack_load_item (pack, "A01", &error);
  g_assert_no_error (error);
  picture = way_pack_load_file (pack, "media/sender.svg", &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (g_bytes_get_data (picture, NULL), "<svg"));

  g_assert_true (way_pack_check (zip, problems, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);

  remove_zip (zip);
}

static void
test_pack_zip_same (void)
{
  g_autofree char *first = build_zip ();
  g_autofree char *second = build_zip ();
  g_autofree char *first_bytes = NULL;
  g_autofree char *second_bytes = NULL;
  gsize first_length;
  gsize second_length;

  g_assert_true (g_file_get_contents (first, &first_bytes, &first_length, NULL));
  g_assert_true (g_file_get_contents (second, &second_bytes, &second_length, NULL));
  g_assert_cmpmem (first_bytes, first_length, second_bytes, second_length);

  remove_zip (first);
  remove_zip (second);
}

/* Whatever happened to the zip on the way: what opens is what was built. */
static gboolean
opens (const char *zip, const char *bytes, gsize length, const char *digest)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayPack) pack = NULL;

  g_assert_true (g_file_set_contents (zip, bytes, (gssize) length, NULL));
  pack = way_pack_open (zip, NULL, &error);
  if (pack == NULL)
    {
      g_assert_nonnull (error);
      return FALSE;
    }
  g_assert_cmpstr (way_pack_get_digest (pack), ==, digest);

  return TRUE;
}

static void
test_pack_zip_damaged (void)
{
  g_autofree char *zip = build_zip ();
  g_autofree char *bytes = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  g_autoptr (WayPack) good = way_pack_open (zip, NULL, NULL);
  const char *digest = way_pack_get_digest (good);
  guint n_refused = 0;
  gsize length;

  g_assert_true (g_file_get_contents (zip, &bytes, &length, NULL));
  g_assert_true (opens (zip, bytes, length, digest));

  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *copy = g_memdup2 (bytes, length);

      copy[g_rand_int_range (random, 0, (int) length)] ^= (char) g_rand_int_range (random, 1, 256);
      if (!opens (zip, copy, length, digest))
        n_refused++;
    }
  g_assert_cmpuint (n_refused, >, 200);

  for (gsize cut = 0; cut < length / 2; cut += length / 20)
    g_assert_false (opens (zip, bytes, cut, digest));

  remove_zip (zip);
}

/* Archives that the program would never write, from tests/data/packs. */
static void
test_pack_zip_hostile (void)
{
  static const struct
  {
    const char *name;
    int code;
    const char *reason;
  } cases[] = {
    { "outside.zip", WAY_PACK_ERROR_INVALID, "“../outside.xml” is not a file inside the pack" },
    { "absolute.zip", WAY_PACK_ERROR_INVALID, "“/tmp/outside.xml” is not a file inside the pack" },
    { "link.zip", WAY_PACK_ERROR_INVALID, "“pack.xml” is not a file inside the pack" },
    { "twice.zip", WAY_PACK_ERROR_INVALID, "“pack.xml” is there twice" },
    { "bomb.zip", WAY_PACK_ERROR_TOO_LARGE, "pack.xml: the file is larger than 32 MiB" },
    { "changed.zip", WAY_PACK_ERROR_DIGEST, "the zip is not what it was built from: pack.xml" },
    { "plain.zip", WAY_PACK_ERROR_DIGEST, "the zip has no digests.txt" },
    { "not-a.zip", WAY_PACK_ERROR_INVALID, "not a zip" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "packs", cases[i].name,
                                                     NULL);
      g_autoptr (GError) error = NULL;

      g_assert_null (way_pack_open (path, NULL, &error));
      g_test_message ("%s", error->message);
      g_assert_error (error, WAY_PACK_ERROR, cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].reason));
    }
}

static void
test_pack_none (void)
{
  g_autofree char *media = g_test_build_filename (G_TEST_DIST, "data", "packs", "good", "media",
                                                  NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (way_pack_open ("/nonexistent/pack", NULL, &error));
  g_assert_error (error, WAY_PACK_ERROR, WAY_PACK_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_null (way_pack_open (media, NULL, &error));
  g_assert_error (error, WAY_PACK_ERROR, WAY_PACK_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, "pack.xml:1: the pack has no manifest");
}

static void
test_pack_owned (void)
{
  WayPack *pack = open_good (NULL);
  g_autoptr (WayItem) item = way_pack_load_item (pack, "A01", NULL);

  g_assert_finalize_object (pack);
  g_assert_cmpstr (item->id, ==, "A01");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/content/pack/framework", test_pack_framework);
  g_test_add_func ("/content/pack/baseline", test_pack_baseline);
  g_test_add_func ("/content/pack/module", test_pack_module);
  g_test_add_func ("/content/pack/desk", test_pack_desk);
  g_test_add_func ("/content/pack/item", test_pack_item);
  g_test_add_func ("/content/pack/forget", test_pack_forget);
  g_test_add_func ("/content/pack/language", test_pack_language);
  g_test_add_func ("/content/pack/language-missing", test_pack_language_missing);
  g_test_add_func ("/content/pack/file", test_pack_file);
  g_test_add_func ("/content/pack/zip", test_pack_zip);
  g_test_add_func ("/content/pack/zip-same", test_pack_zip_same);
  g_test_add_func ("/content/pack/zip-damaged", test_pack_zip_damaged);
  g_test_add_func ("/content/pack/zip-hostile", test_pack_zip_hostile);
  g_test_add_func ("/content/pack/none", test_pack_none);
  g_test_add_func ("/content/pack/owned", test_pack_owned);

  return g_test_run ();
}
