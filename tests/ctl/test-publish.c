/* test-publish.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl-run.h"

#include "store/way-item-parameters.h"

#include <glib/gstdio.h>
#include <string.h>

/* What goes out to devices and comes in from answers: parameters of items, packs, extracts. */

#define CALIBRATED                                                                                 \
  "item,a,b,se_b,infit,outfit\r\n"                                                                 \
  "A01,1,-0.25,0.2,1,1\r\n"                                                                        \
  "B01,1.5,0.75,0.31,0.9,1.1\r\n"                                                                  \
  "log-likelihood,-123.5,,,,\r\n"                                                                  \
  "mean,0,,,,\r\n"                                                                                 \
  "variance,1,,,,\r\n"

static void
write_file (const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static WayStore *
open_trust (void)
{
  g_autoptr (GError) error = NULL;
  WayStore *store = way_store_open_trust (trust, FALSE, &error);

  g_assert_no_error (error);
  return store;
}

static WayItemParameters *
read_parameters (const char *version)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) store = open_trust ();
  WayItemParameters *parameters;

  way_item_parameters_read (store, "core", version, &parameters, &error);
  g_assert_no_error (error);
  way_store_close (store);
  return parameters;
}

/* What `irt calibrate` has printed becomes a version; the ones before stay what they were. */
static void
test_parameters (void)
{
  g_autoptr (WayItemParameters) none = read_parameters (NULL);
  g_autoptr (WayItemParameters) first = NULL;
  g_autoptr (WayItemParameters) second = NULL;
  g_autoptr (WayItemParameters) again = NULL;
  const WayItemParameter *item;

  g_assert_null (none);
  write_file ("p.csv", "item,a,b,se_b\nlog-likelihood,-1,,\n");
  {
    g_auto (Run) nothing = run ("irt publish --trust %t --parameters %f/p.csv --note none");

    g_assert_cmpint (nothing.status, ==, 1);
    g_assert_nonnull (strstr (nothing.err, "p.csv:2: there is no item in it"));
  }
  write_file ("p.csv", CALIBRATED);
  {
    g_auto (Run) done = run ("irt publish --trust %t --parameters %f/p.csv --note first");

    g_assert_cmpstr (done.err, ==, "");
    g_assert_cmpstr (done.out, ==, "calibrated-1: 2 items of core\n");
  }
  first = read_parameters (NULL);
  g_assert_cmpstr (first->version, ==, "calibrated-1");
  g_assert_cmpstr (first->note, ==, "first");
  g_assert_cmpuint (first->items->len, ==, 2);
  item = first->items->pdata[1];
  g_assert_cmpstr (item->item, ==, "B01");
  g_assert_cmpfloat (item->a, ==, 1.5);
  g_assert_cmpfloat (item->b, ==, .75);
  g_assert_cmpfloat (item->d, ==, 1);
  g_assert_cmpfloat (item->sd, ==, .31);

  write_file ("p.csv", "item,a,b,se_b\r\nA01,1,0.5,0.1\r\n");
  {
    g_auto (Run) done = run ("irt publish --trust %t --parameters %f/p.csv --note second");

    g_assert_cmpint (done.status, ==, 0);
    g_assert_cmpstr (done.out, ==, "calibrated-2: 2 items of core, 1 of them as they were\n");
  }
  second = read_parameters (NULL);
  g_assert_cmpstr (second->version, ==, "calibrated-2");
  g_assert_cmpuint (second->items->len, ==, 2);
  item = second->items->pdata[1];
  g_assert_cmpstr (item->item, ==, "B01");
  g_assert_cmpfloat (item->a, ==, 1.5);
  g_assert_cmpfloat (item->b, ==, .75);
  g_assert_cmpfloat (item->sd, ==, .31);
  {
    g_auto (Run) bank = run ("irt bank --trust %t");

    g_assert_cmpint (bank.status, ==, 0);
    g_assert_nonnull (strstr (bank.out, "\nA01,A,1,0.5,0,1,0.1,,"));
  }
  again = read_parameters ("calibrated-1");
  g_assert_cmpuint (again->items->len, ==, 2);
  g_assert_cmpfloat (((WayItemParameter *) again->items->pdata[0])->b, ==, -.25);
}

/* What a trust decides about time in sittings; in a made-up one no answer is too fast. */
static void
test_policy (void)
{
  g_auto (Run) before = run ("irt policy --trust %t");
  g_auto (Run) after = run ("irt policy --trust %t --minutes 20 --rapid-share .05");
  g_auto (Run) wrong = run ("irt policy --trust %t --minutes 2.5");
  g_auto (Run) still = run ("irt policy --trust %t --format json");

  g_assert_cmpstr (before.out, ==, "key,value\r\nsitting_minutes,0\r\nrapid_share,0\r\n");
  g_assert_cmpstr (after.out, ==, "key,value\r\nsitting_minutes,20\r\nrapid_share,0.05\r\n");
  g_assert_cmpint (wrong.status, ==, 2);
  g_assert_nonnull (strstr (wrong.err, "--minutes is a whole number"));
  g_assert_cmpint (still.status, ==, 0);
  g_assert_nonnull (strstr (still.out, "20"));
}

static void
test_wrong_parameters (void)
{
  static const struct
  {
    const char *text;
    const char *said;
  } cases[] = {
    { "item,a,b,se_b\r\nXX99,1,0,0.1\r\n", "p.csv:2: the pack core has no item “XX99”" },
    { "item,a,b,se_b\r\nA01,1,0,0.1\r\nA01,1,0,0.1\r\n", "p.csv:3: the item “A01” is there twice" },
    { "item,a,b\r\nA01,1,0\r\n", "p.csv:2: how sure b of “A01” is (se_b) must be 0 or more" },
    { "item,a,b,se_b\r\nA01,-1,0,0.1\r\n", "p.csv:2: the item “A01” cannot be" },
    { "item,a,b,se_b\r\nA01,1,,0.1\r\n", "p.csv:2: “A01” has no b" },
    { "item,a,b,se_b,steps\r\nA01,1,,0.1,0 x\r\n", "p.csv:2: the steps of “A01” are not" },
    { "item,a,b,se_b,c\r\nA01,1,0,0.1,2\r\n", "p.csv:2: the item “A01” cannot be" },
  };
  g_autoptr (WayItemParameters) before = read_parameters (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WayItemParameters) after = NULL;
      g_auto (Run) done = { 0 };

      write_file ("p.csv", cases[i].text);
      done = run ("irt publish --trust %t --parameters %f/p.csv --note wrong");
      g_assert_cmpint (done.status, ==, 1);
      if (strstr (done.err, cases[i].said) == NULL)
        g_error ("%s, not %s", done.err, cases[i].said);
      after = read_parameters (NULL);
      g_assert_cmpstr (before != NULL ? before->version : NULL, ==,
                       after != NULL ? after->version : NULL);
    }
}

/* A page of a pull may bring the half of a version: it is not there then. */
static void
test_half_a_version (void)
{
  static const char *const bodies[] = {
    "{\"pack\":\"core\",\"item\":\"A01\",\"version\":\"half\",\"a\":1,\"b\":2,\"c\":0,\"d\":1,"
    "\"sd\":0.5,\"of\":2}",
    "{\"pack\":\"core\",\"item\":\"A02\",\"version\":\"half\",\"a\":1,\"b\":2,\"c\":0,\"d\":1,"
    "\"sd\":0.5,\"of\":2}",
  };
  g_autoptr (WayItemParameters) before = read_parameters (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GPtrArray)
          drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
      g_autoptr (WayStore) store = open_trust ();
      g_autoptr (WayItemParameters) newest = NULL;
      g_autoptr (WayItemParameters) half = NULL;
      g_autoptr (GError) error = NULL;

      g_ptr_array_add (drafts, way_event_new ("item_parameter", 1, bodies[i]));
      way_store_append_as (store, NULL, drafts, &error);
      g_assert_no_error (error);
      way_store_close (store);
      newest = read_parameters (NULL);
      half = read_parameters ("half");
      if (i == 0)
        {
          g_assert_null (half);
          g_assert_cmpstr (newest != NULL ? newest->version : NULL, ==,
                           before != NULL ? before->version : NULL);
        }
      else
        {
          g_assert_cmpuint (half->items->len, ==, 2);
          g_assert_cmpstr (newest->version, ==, "half");
        }
    }
}

static void
test_extract (void)
{
  g_autofree char *path = g_build_filename (folder, "x", "responses.csv", NULL);
  g_autofree char *text = NULL;
  g_auto (Run) done = run ("irt extract --trust %t --out %f/x");
  g_auto (Run) fit = { 0 };
  g_auto (Run) refused = { 0 };
  g_auto (GStrv) lines = NULL;
  GStatBuf about;

  g_assert_cmpstr (done.err, ==, "");
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\r\n", -1);
  g_assert_cmpstr (lines[0], ==, "person,item,score,ms,language,rapid");
  g_assert_cmpuint (g_strv_length (lines), >, 200);
  g_assert_cmpint (g_stat (path, &about), ==, 0);
  g_assert_cmpuint (about.st_mode & 0777, ==, 0600);
  /* The next tool reads it, with the bank that says which items are worth points. */
  fit = run ("irt fit --responses %f/x/responses.csv --prior-sd 1");
  g_assert_cmpint (fit.status, ==, 1);
  g_assert_nonnull (strstr (fit.err, "--bank says which items are worth points"));
  run_clear (&fit);
  {
    g_auto (Run) bank = run ("irt bank");

    run_write_file ("bank.csv", bank.out);
  }
  fit = run ("irt fit --responses %f/x/responses.csv --bank %f/bank.csv --prior-sd 1");
  g_assert_cmpstr (fit.err, ==, "");
  g_assert_true (g_str_has_prefix (fit.out, "item,infit,outfit,n"));
  /* Both files or neither: of two extracts, one pseudonym is two people. */
  {
    g_autofree char *in_the_way = g_build_filename (folder, "x", "groups.csv", "kept", NULL);
    g_autofree char *groups = g_path_get_dirname (in_the_way);
    g_auto (Run) half = { 0 };

    g_assert_cmpint (g_remove (groups), ==, 0);
    g_assert_cmpint (g_mkdir_with_parents (in_the_way, 0700), ==, 0);
    half = run ("irt extract --trust %t --out %f/x");
    g_assert_cmpint (half.status, ==, 1);
    g_assert_nonnull (strstr (half.err, "cannot be replaced"));
    g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
    run_remove (groups);
  }
  /* Nobody of the made-up people is an analyst. */
  refused = run ("irt extract --trust %t --out %f/y --user nobody");
  g_assert_cmpint (refused.status, ==, 1);
  g_assert_nonnull (strstr (refused.err, "nobody with the username"));
}

static void
test_pack (void)
{
  g_autofree char *bad = g_test_build_filename (G_TEST_DIST, "data", "packs", "plain.zip", NULL);
  g_autofree char *good = g_test_build_filename (G_TEST_DIST, "data", "packs", "good", NULL);
  g_autofree char *publish_bad = g_strdup_printf ("trust publish %%t %s", bad);
  g_autofree char *publish_good = g_strdup_printf ("trust publish %%t %s", good);
  g_auto (Run) refused = run (publish_bad);
  g_auto (Run) done = { 0 };
  g_autoptr (WayStore) store = open_trust ();
  g_autoptr (GError) error = NULL;
  gint64 n;

  g_assert_cmpint (refused.status, ==, 1);
  g_assert_true (
      way_db_get_int (way_store_get_db (store), "SELECT count(*) FROM pack_file", &n, &error));
  g_assert_cmpint (n, ==, 0);
  way_store_close (store);
  done = run (publish_good);
  g_assert_cmpstr (done.err, ==, "");
  g_clear_object (&store);
  store = open_trust ();
  /* What the catalogue announces is what devices can fetch. */
  g_assert_true (way_db_get_int (way_store_get_db (store),
                                 "SELECT count(*) FROM live AS e JOIN pack_file AS f"
                                 " ON f.digest = e.body ->> 'digest'"
                                 " JOIN pack_chunk AS c ON c.digest = f.digest"
                                 " WHERE e.kind = 'pack_release' AND e.body ->> 'part' = 'pack'",
                                 &n, &error));
  g_assert_cmpint (n, ==, 1);
  way_store_close (store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  run_begin (argv[1]);
  {
    g_auto (Run) made = run ("demo --trust %t --people 60 --seed 3");

    g_assert_cmpint (made.status, ==, 0);
  }
  g_test_add_func ("/ctl/publish/parameters", test_parameters);
  g_test_add_func ("/ctl/publish/wrong-parameters", test_wrong_parameters);
  g_test_add_func ("/ctl/publish/half-a-version", test_half_a_version);
  g_test_add_func ("/ctl/publish/policy", test_policy);
  g_test_add_func ("/ctl/publish/extract", test_extract);
  g_test_add_func ("/ctl/publish/pack", test_pack);
  return run_end ();
}
