/* test-irt.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <sys/wait.h>

#include "ctl-run.h"

#define BANK                                                                                       \
  "capability,item,b,a,c\n"                                                                        \
  "A,x1,-1,1,0\n"                                                                                  \
  "A,x2,0,1.2,.25\n"                                                                               \
  "B,x3,1,.8,0\n"                                                                                  \
  "B,x4,.5,1.5,.2\n"                                                                               \
  "C,\"x,5\",-.5,1,\n"

#define RESPONSES                                                                                  \
  "person,item,score\r\n"                                                                          \
  "ann,x1,1\r\nann,x3,0\r\nann,\"x,5\",1\r\nbob,x2,0\r\nbob,x4,1\r\n"

/* The cell of a row that begins with @key, in the column @name. */
static double
get_number (const char *csv, const char *key, const char *name)
{
  g_auto (GStrv) lines = g_strsplit (csv, "\r\n", -1);
  g_auto (GStrv) columns = g_strsplit (lines[0], ",", -1);

  for (guint i = 1; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], ",", -1);

      if (!g_str_has_prefix (lines[i], key))
        continue;
      for (guint k = 0; columns[k] != NULL && cells[k] != NULL; k++)
        if (g_str_equal (columns[k], name))
          {
            char *end;
            double number = g_ascii_strtod (cells[k], &end);

            g_assert_true (*cells[k] != '\0' && *end == '\0');
            return number;
          }
    }
  g_error ("no “%s” of “%s” in:\n%s", name, key, csv);
}

/* The answers of tests/data/irt/NAME.csv as a response file. */
static void
write_lsat (const char *name)
{
  g_autofree char *file = g_strdup_printf ("%s.csv", name);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "irt", file, NULL);
  g_autoptr (GString) csv = g_string_new ("score,person,item\n");
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint person = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++)
    for (guint64 k = g_ascii_strtoull (lines[i] + 6, NULL, 10); k > 0; k--, person++)
      for (guint item = 0; item < 5; item++)
        g_string_append_printf (csv, "%c,p%u,i%u\n", lines[i][item], person, item + 1);
  g_assert_cmpuint (person, ==, 1000);
  run_write_file (file, csv->str);
}

static void
test_calibrate (void)
{
  static const struct
  {
    const char *name;
    double a;
    double b[5];
    double log_likelihood;
  } published[] = {
    { "lsat6", .7551346, { -3.615267, -1.322421, -.3176307, -1.730091, -2.780172 }, -2466.9376 },
    { "lsat7", 1.010978, { -1.847883, -.782253, -1.445080, -.515793, -1.970981 }, -2664.9009 },
  };

  for (guint k = 0; k < G_N_ELEMENTS (published); k++)
    {
      g_autofree char *line = g_strdup_printf (
          "irt calibrate --model 1pl --method mml --responses %%f/%s.csv", published[k].name);
      g_auto (Run) result = { 0 };

      write_lsat (published[k].name);
      result = run (line);
      g_assert_cmpstr (result.err, ==, "");
      g_assert_cmpint (result.status, ==, 0);
      g_assert_true (g_str_has_prefix (result.out, "item,a,b,se_b,infit,outfit\r\n"));
      for (guint i = 0; i < 5; i++)
        {
          g_autofree char *item = g_strdup_printf ("i%u,", i + 1);

          g_assert_cmpfloat_with_epsilon (get_number (result.out, item, "a"), published[k].a, 5e-4);
          g_assert_cmpfloat_with_epsilon (get_number (result.out, item, "b"), published[k].b[i],
                                          5e-4);
        }
      g_assert_cmpfloat_with_epsilon (get_number (result.out, "log-likelihood,", "a"),
                                      published[k].log_likelihood, 1e-4);
    }
  {
    g_auto (Run) cml = run ("irt calibrate --model rasch --method cml --responses %f/lsat7.csv");
    g_auto (Run) mml = run ("irt calibrate --model rasch --method mml --responses %f/lsat7.csv");
    double mean = get_number (mml.out, "i1,", "b") - get_number (cml.out, "i1,", "b");

    /* The same but for where 0 is. */
    for (guint i = 1; i < 5; i++)
      {
        g_autofree char *item = g_strdup_printf ("i%u,", i + 1);

        g_assert_cmpfloat_with_epsilon (get_number (mml.out, item, "b")
                                            - get_number (cml.out, item, "b"),
                                        mean, .05);
      }
    g_assert_cmpfloat (get_number (cml.out, "mean,", "a"), >, 1);
  }
  {
    g_auto (Run) map = { 0 };
    g_auto (Run) anchored = { 0 };
    g_auto (Run) json = run (
        "irt calibrate --model 2pl --method mml --responses %f/lsat7.csv --format json");

    g_assert_nonnull (strstr (json.out, "\"log_likelihood\" : -2658.8"));
    run_write_file ("p.csv", "sd0,item,b0\n.001,i1,0\n1,i2,0\n1,i3,0\n1,i4,0\n1,i5,0\n1,other,0\n");
    map = run (
        "irt calibrate --model rasch --method map --responses %f/lsat7.csv --priors %f/p.csv");
    g_assert_cmpstr (map.err, ==, "");
    g_assert_cmpfloat_with_epsilon (get_number (map.out, "i1,", "b"), 0, 1e-3);
    g_assert_cmpfloat_with_epsilon (get_number (map.out, "variance,", "a"), 1, 1e-12);
    run_write_file ("a.csv", "item,a,b\ni1,1,0\ni9,1,0\ni3,1,.4\n");
    anchored = run (
        "irt calibrate --model rasch --method mml --responses %f/lsat7.csv --anchors %f/a.csv");
    g_assert_cmpfloat_with_epsilon (get_number (anchored.out, "i3,", "b"), .4, 1e-15);
    g_assert_cmpfloat (get_number (anchored.out, "mean,", "a"), >, 1);
    g_assert_nonnull (strstr (anchored.err, "a.csv:3: nobody answered “i9”"));
    g_assert_null (strstr (anchored.err, "i3"));
  }
}

static void
test_estimate (void)
{
  static const char *const methods[] = { "eap", "ml", "bm", "wl" };

  run_write_file ("b.csv", BANK);
  run_write_file ("r.csv", RESPONSES);
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autofree char *line = g_strdup_printf (
          "irt estimate --bank %%f/b.csv --responses %%f/r.csv --method %s", methods[i]);
      g_auto (Run) result = run (line);

      g_assert_cmpstr (result.err, ==, "");
      g_assert_true (g_str_has_prefix (result.out, "person,theta,se\r\nann,"));
      g_assert_cmpfloat (fabs (get_number (result.out, "ann,", "theta")), <, 2);
      g_assert_cmpfloat (get_number (result.out, "bob,", "se"), >, .5);
    }
  {
    /* Two items of the Rasch model, one right and one wrong, at ±1: all say 0. */
    g_auto (Run) ml = { 0 };
    g_auto (Run) eap = { 0 };
    g_auto (Run) moved = { 0 };

    run_write_file ("b2.csv", "item,a,b\nx,1,-1\ny,1,1\n");
    run_write_file ("r2.csv", "item,score,person\nx,1,p\ny,0,p\nx,1,q\ny,1,q\n");
    ml = run ("irt estimate --bank %f/b2.csv --responses %f/r2.csv --method ml");
    eap = run ("irt estimate --bank %f/b2.csv --responses %f/r2.csv --method eap");
    moved = run ("irt estimate --bank %f/b2.csv --responses %f/r2.csv --method eap --prior-mean "
                 "-1 --prior-sd .1");
    g_assert_cmpfloat_with_epsilon (get_number (ml.out, "p,", "theta"), 0, 1e-10);
    g_assert_cmpfloat_with_epsilon (get_number (ml.out, "p,", "se"),
                                    1 / sqrt (2 * .7310585786300049 * .2689414213699951), 1e-9);
    g_assert_cmpfloat (get_number (ml.out, "q,", "theta"), ==, 6);
    g_assert_nonnull (strstr (ml.err, "1 of 2 people"));
    g_assert_cmpfloat_with_epsilon (get_number (eap.out, "p,", "theta"), 0, 1e-10);
    g_assert_cmpfloat_with_epsilon (get_number (moved.out, "p,", "theta"), -1, .02);
    g_assert_cmpstr (eap.err, ==, "");
    g_assert_nonnull (strstr (moved.err, "0.2 apart"));
  }
  {
    /* Partly right. */
    g_auto (Run) result = { 0 };

    run_write_file ("b3.csv", "item,a,b,steps\nx,1,,-1 1\n");
    run_write_file ("r3.csv", "person,item,score\np,x,1\nq,x,2\n");
    result = run ("irt estimate --bank %f/b3.csv --responses %f/r3.csv --method bm");
    g_assert_cmpstr (result.err, ==, "");
    g_assert_cmpfloat_with_epsilon (get_number (result.out, "p,", "theta"), 0, 1e-10);
    g_assert_cmpfloat (get_number (result.out, "q,", "theta"), >, .3);
  }
  {
    g_auto (Run)
        joint = run ("irt estimate --joint --bank %f/b.csv --responses %f/r.csv --rho 0.5");
    g_auto (Run) apart = run ("irt estimate --joint --bank %f/b.csv --responses %f/r.csv --rho 0");
    double sum = 0;

    g_assert_true (g_str_has_prefix (joint.out, "person,capability,mean,sd\r\nann,A,"));
    sum += get_number (joint.out, "ann,A,", "mean") + get_number (joint.out, "ann,B,", "mean")
           + get_number (joint.out, "ann,C,", "mean");
    g_assert_cmpfloat_with_epsilon (get_number (joint.out, "ann,overall,", "mean"), sum / 3, 1e-10);
    /* What is not asked stays as it was when nothing goes together. */
    g_assert_cmpfloat_with_epsilon (get_number (apart.out, "bob,C,", "sd"), 1, 1e-10);
    g_assert_cmpfloat (get_number (joint.out, "bob,C,", "sd"), <, 1);
  }
}

static void
test_next (void)
{
  g_auto (Run) mfi = { 0 };
  g_auto (Run) joint = { 0 };

  run_write_file ("b.csv", BANK);
  run_write_file ("r.csv", RESPONSES);
  mfi = run ("irt next --bank %f/b.csv --responses %f/r.csv --rule mfi --at -0.5");
  joint = run ("irt next --bank %f/b.csv --responses %f/r.csv --rule joint --format json");
  g_assert_cmpstr (mfi.out, ==,
                   "person,item,information\r\nann,x2,0.169757428980403\r\nbob,\"x,5\",0.25\r\n");
  g_assert_nonnull (strstr (joint.out, "\"item\" : \"x4\""));
}

static void
test_fit_and_dif (void)
{
  g_autoptr (GString) groups = g_string_new ("group,person\n");
  g_auto (Run) fit = { 0 };
  g_auto (Run) dif = { 0 };
  g_auto (Run) small = { 0 };

  write_lsat ("lsat7");
  for (guint v = 0; v < 1000; v++)
    g_string_append_printf (groups, "%s,p%u\n", v % 2 ? "day" : v % 4 ? "night" : "", v);
  run_write_file ("g.csv", groups->str);
  fit = run ("irt fit --responses %f/lsat7.csv");
  g_assert_cmpfloat_with_epsilon (get_number (fit.out, "i3,", "infit"), 1, .1);
  g_assert_cmpfloat (get_number (fit.out, "i3,", "n"), ==, 1000);
  dif = run ("irt dif --responses %f/lsat7.csv --groups %f/g.csv");
  g_assert_true (g_str_has_prefix (dif.out, "item,group,alpha,delta,se,class,n\r\ni1,night,"));
  g_assert_cmpfloat (get_number (dif.out, "i1,night,", "n"), ==, 750);
  g_assert_cmpfloat_with_epsilon (get_number (dif.out, "i1,night,", "delta"),
                                  -2.35 * log (get_number (dif.out, "i1,night,", "alpha")), 1e-9);
  /* Under a hundred in a group there is no figure. */
  g_string_assign (groups, "person,group\n");
  for (guint v = 0; v < 1000; v++)
    g_string_append_printf (groups, "p%u,%s\n", v, v < 99 ? "few" : "many");
  run_write_file ("g2.csv", groups->str);
  small = run ("irt dif --responses %f/lsat7.csv --groups %f/g2.csv");
  g_assert_nonnull (strstr (small.out, "i1,few,,,,,1000\r\n"));
}

static void
test_simulate (void)
{
  g_autoptr (GString) bank = g_string_new ("item,a,b,capability,opener\n");
  static const char *const depths[] = { "short", "closer", "calibrated", "yesno" };

  for (guint i = 0; i < 60; i++)
    g_string_append_printf (bank, "i%u,1.4,%.2f,%c,%d\n", i, -2.6 + (i % 20) * .25, "ABC"[i / 20],
                            i % 20 < 3);
  run_write_file ("sb.csv", bank->str);
  for (guint i = 0; i < G_N_ELEMENTS (depths); i++)
    {
      g_autofree char *line = g_strdup_printf (
          "irt simulate --bank %%f/sb.csv --depth %s --people 60 --rho .6 --seed 9", depths[i]);
      g_auto (Run) one = run (line);
      g_auto (Run) two = run (line);

      g_assert_cmpstr (one.err, ==, "");
      g_assert_cmpstr (one.out, ==, two.out);
      g_assert_cmpfloat (get_number (one.out, "overall,", "items"), >, 4);
      g_assert_cmpfloat (get_number (one.out, "B,", "decided"), >, .2);
    }
}

/* The bank that comes with Waymark holds what is promised of it, as it is and as if three raters
 * agreed on each difficulty. */
static void
test_shipped (void)
{
  static const struct
  {
    const char *line;
    double items;
    double decided;
    double right;
  } promised[] = {
    { "short --sd-b .6", 14, .78, .91 },
    { "short --sd-b .6 --require 2,3,2,2,3,2", 24, .70, .91 },
    { "short", 14, .78, .91 },
    { "short --require 2,3,2,2,3,2", 24, .70, .91 },
    { "closer --sd-b .6", 32, .65, .91 },
    { "closer", 32, .63, .91 },
  };
  g_auto (Run) bank = run ("irt bank");

  g_assert_cmpstr (bank.err, ==, "");
  g_assert_true (g_str_has_prefix (bank.out, "item,capability,a,b,c,d,sd_b,steps,opener,enemies,"));
  g_assert_cmpfloat (get_number (bank.out, "A01,", "b"), ==, -2.6);
  run_write_file ("shipped.csv", bank.out);
  for (guint i = 0; i < G_N_ELEMENTS (promised); i++)
    {
      gboolean is_short = g_str_has_prefix (promised[i].line, "short");
      g_autofree char *line = g_strdup_printf (
          "irt simulate --bank %%f/shipped.csv --depth %s --people 1000 --rho .6 --seed 1",
          promised[i].line);
      g_auto (Run) result = run (line);
      double covered;

      g_assert_cmpstr (result.err, ==, "");
      g_assert_cmpfloat (get_number (result.out, "overall,", is_short ? "items_median" : "items"),
                         <=, promised[i].items);
      g_assert_cmpfloat (get_number (result.out, "overall,", "decided"), >=, promised[i].decided);
      g_assert_cmpfloat (get_number (result.out, "overall,", "decided_right"), >=,
                         promised[i].right);
      g_assert_cmpfloat (get_number (result.out, "overall,", "beginners_first_six_right"), >=, .70);
      covered = get_number (result.out, "capability-coverage,", "people");
      g_assert_cmpfloat (covered, >=, .93);
      g_assert_cmpfloat (covered, <=, .98);
      g_assert_cmpfloat (get_number (result.out, "overall,", "coverage"), >=, .93);
      /* Without the shares of the pack it is .85. */
      g_assert_cmpfloat (get_number (result.out, "most-exposure,", "people"), <=, .55);
      if (!is_short)
        g_assert_cmpfloat (get_number (result.out, "overall,", "stopped_precise"), >=, .95);
    }
}

/* What is worth points is not measured with what is right or wrong: with the bank it is left out
 * and named, and the rest comes out as if it had never been asked. */
static void
test_calibrate_points (void)
{
  g_autoptr (GString) with = g_string_new ("person,item,score\n");
  g_autoptr (GString) without = g_string_new ("person,item,score\n");
  g_auto (Run) refused = { 0 };
  g_auto (Run) some = { 0 };
  g_auto (Run) plain = { 0 };

  for (guint v = 0; v < 60; v++)
    {
      for (guint i = 0; i < 4; i++)
        {
          g_string_append_printf (with, "p%u,i%u,%d\n", v, i, (v * 7 + i * 5) % 11 > 3 + i);
          g_string_append_printf (without, "p%u,i%u,%d\n", v, i, (v * 7 + i * 5) % 11 > 3 + i);
        }
      g_string_append_printf (with, "p%u,desk,%u\n", v, v % 4);
    }
  run_write_file ("points.csv", with->str);
  run_write_file ("no-points.csv", without->str);
  run_write_file ("points-bank.csv",
                  "item,a,b,steps\ni0,1,0,\ni1,1,0,\ni2,1,0,\ni3,1,0,\ndesk,1,0,-1 0 1\n");
  refused = run ("irt calibrate --responses %f/points.csv --model rasch --method mml");
  g_assert_cmpint (refused.status, ==, 1);
  g_assert_cmpstr (refused.out, ==, "");
  some = run ("irt calibrate --responses %f/points.csv --bank %f/points-bank.csv --model rasch "
              "--method mml");
  g_assert_cmpint (some.status, ==, 0);
  g_assert_nonnull (strstr (some.err, "left out"));
  g_assert_true (g_str_has_suffix (some.err, ": desk\n") || g_str_has_suffix (some.err, ": desk"));
  plain = run ("irt calibrate --responses %f/no-points.csv --model rasch --method mml");
  g_assert_cmpint (plain.status, ==, 0);
  g_assert_cmpstr (some.out, ==, plain.out);
}

/* People who are right in everything or in nothing have capabilities that go together; too
 * few of them are refused; a made-up bank needs no file. */
static void
test_rho (void)
{
  g_autoptr (GString) bank = g_string_new ("item,capability,a,b\n");
  g_autoptr (GString) many = g_string_new ("person,item,score\n");
  g_auto (Run) result = { 0 };
  g_auto (Run) few = { 0 };
  g_auto (Run) made_up = { 0 };
  double rho;

  for (guint i = 0; i < 8; i++)
    g_string_append_printf (bank, "i%u,%c,1,%d\n", i, i < 4 ? 'A' : 'B', (int) (i % 4) - 2);
  run_write_file ("rho-bank.csv", bank->str);
  for (guint v = 0; v < 300; v++)
    for (guint i = 0; i < 8; i++)
      {
        guint level = v % 4;

        g_string_append_printf (many, "p%u,i%u,%d\n", v, i, i % 4 < level);
      }
  run_write_file ("rho-many.csv", many->str);
  result = run ("irt rho --bank %f/rho-bank.csv --responses %f/rho-many.csv");
  g_assert_cmpstr (result.err, ==, "");
  g_assert_cmpint (result.status, ==, 0);
  g_assert_true (g_str_has_prefix (result.out, "rho,se,log_likelihood,people\r\n"));
  rho = g_ascii_strtod (strchr (result.out, '\n') + 1, NULL);
  g_assert_cmpfloat (rho, >, .7);
  g_assert_cmpfloat (rho, <=, .95);

  run_write_file ("rho-few.csv", "person,item,score\np,i0,1\n");
  few = run ("irt rho --bank %f/rho-bank.csv --responses %f/rho-few.csv");
  g_assert_cmpint (few.status, ==, 1);
  g_assert_cmpstr (few.out, ==, "");
  g_assert_nonnull (strstr (few.err, "too few, it takes 300"));

  made_up = run ("irt simulate --items 10 --depth short --people 20 --seed 1");
  g_assert_cmpint (made_up.status, ==, 0);
  g_assert_nonnull (strstr (made_up.out, "overall,20,"));
}

/* Whether a file, or the log beside it that is not folded in yet, holds this text. */
static gboolean
has_bytes (const char *path, const char *text)
{
  static const char *const ends[] = { "", "-wal" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *name = g_strconcat (path, ends[i], NULL);
      g_autofree char *data = NULL;
      gsize size;

      if (g_file_get_contents (name, &data, &size, NULL)
          && memmem (data, size, text, strlen (text)) != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
test_angoff (void)
{
  g_auto (Run) sheet = { 0 };
  g_auto (Run) said = { 0 };

  run_write_file ("b2.csv", "item,a,b\nx,1,-1\ny,1,1\n");
  sheet = run ("irt angoff --bank %f/b2.csv --judges 2");
  g_assert_true (g_str_has_prefix (sheet.out, "judge,item,level,rating\r\nJ1,x,2,\r\nJ1,y,2,\r\n"));
  run_write_file ("ratings.csv",
                  "judge,item,level,rating\nJ1,x,2,.7\nJ1,y,2,.3\nJ2,x,2,.8\nJ2,y,2,.2\n");
  said = run ("irt angoff --ratings %f/ratings.csv --bank %f/b2.csv");
  g_assert_cmpfloat_with_epsilon (get_number (said.out, "2,", "mean"), .5, 1e-12);
  g_assert_cmpfloat_with_epsilon (get_number (said.out, "2,", "cut"), 0, 1e-9);
}

static const struct
{
  const char *ratings;
  const char *told;
} unset[] = {
  { "J1,x,9,.7\n", "ratings.csv:2: level is “9”" },
  { "J1,x,,.7\n", "ratings.csv:2: level is “”" },
  { "J1,x,2,.3\nJ1,x,03,.5\n", "ratings.csv:3: level is “03”" },
  { "J1,x,2,1.5\n", "ratings.csv:2: the rating is 1.5" },
  { "J1,x,2,.5\nJ1,x,2,.5\n", "ratings.csv:3: “J1” has rated “x” before" },
  { "J1,x,2,.5\nJ1,y,2,.5\nJ2,y,2,.5\n", "“J2” has not rated “x”" },
  { "J1,z,2,.5\n", "ratings.csv:2: the item “z” is not in " },
  { "J1,x,2,.5\nJ1,x,4,.7\n", "there is no border at level 3" },
  { "J1,x,2,.5\nJ1,x,3,.5\nJ1,x,4,.7\n", "the border at level 3, -1.0000, is not above" },
};

/* What judges say becomes the cuts of the trust; nothing is written of what cannot be. */
static void
test_angoff_publish (void)
{
  g_auto (Run)
      made = run ("demo --trust sqlite:%f/angoff.db --people 40 --seed 4 --until 2026-06-30");
  g_auto (Run) said = { 0 };
  g_autofree char *path = g_build_filename (folder, "angoff.db", NULL);
  const char setting[] = "{\"key\":\"cuts\",\"value\":\"-1.8473 -0.5945 0.0986\"";

  g_assert_cmpint (made.status, ==, 0);
  run_write_file ("b2.csv", "item,a,b\nx,1,-1\ny,1,1\n");
  for (guint i = 0; i < G_N_ELEMENTS (unset); i++)
    {
      g_autofree char *ratings = g_strconcat ("judge,item,level,rating\n", unset[i].ratings, NULL);
      g_auto (Run) result = { 0 };

      run_write_file ("ratings.csv", ratings);
      result = run (
          "irt angoff --ratings %f/ratings.csv --bank %f/b2.csv --publish sqlite:%f/angoff.db");
      g_assert_cmpint (result.status, ==, 1);
      g_assert_cmpstr (result.out, ==, "");
      if (strstr (result.err, unset[i].told) == NULL)
        g_error ("“%s” was told: %s", unset[i].ratings, result.err);
      g_assert_false (has_bytes (path, "{\"key\":\"cuts\""));
    }

  run_write_file ("ratings.csv", "judge,item,level,rating\nJ1,x,4,.75\nJ1,x,2,.3\nJ1,x,3,.6\n");
  said = run ("irt angoff --ratings %f/ratings.csv --bank %f/b2.csv --publish sqlite:%f/angoff.db");
  g_assert_cmpstr (said.err, ==, "");
  g_assert_cmpint (said.status, ==, 0);
  g_assert_cmpfloat_with_epsilon (get_number (said.out, "4,", "cut"), log (3) - 1, 1e-9);
  g_assert_true (has_bytes (path, setting));
}

/* Every sitting of a made-up trust comes out of its log to the last digit; and it is
 * found out when the log says something else. */
static void
test_replay (void)
{
  g_auto (Run) made = run ("demo --trust %t --people 40 --seed 3 --until 2026-06-30");
  g_auto (Run) list = { 0 };
  g_autofree char *path = g_strdup (trust + strlen ("sqlite:"));
  g_autofree char *data = NULL;
  gsize size;
  guint n_replayed = 0;

  g_assert_cmpint (made.status, ==, 0);
  /* The ids of sittings, from the bytes of bodies, since only the
   * room db knows how to ask. */
  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  for (const char *c = data + 50; c < data + size - 100 && n_replayed < 5; c++)
    {
      const char key[] = "\"capability\":\"A\",\"mean\"";

      if (memcmp (c, key, sizeof key - 1) == 0 && memcmp (c - 50, "{\"attempt\":\"", 12) == 0)
        {
          g_autofree char *id = g_strndup (c - 38, 36);
          g_autofree char *line = g_strdup_printf ("irt replay --trust %%t --attempt %s", id);
          g_auto (Run) result = run (line);

          g_test_message ("%s", id);
          g_assert_cmpstr (result.err, ==, "");
          g_assert_cmpint (result.status, ==, 0);
          g_assert_nonnull (strstr (result.out, "selection,"));
          g_assert_null (strstr (result.out, ",no\r\n"));
          g_assert_cmpfloat (get_number (result.out, "different,", "logged"), ==, 0);
          n_replayed++;
        }
    }
  g_assert_cmpuint (n_replayed, ==, 5);
}

/* Files that are wrong, and what is said of them; nothing is printed. */
static const struct
{
  const char *bank;      /* (nullable) */
  const char *responses; /* (nullable) */
  const char *told;
} broken[] = {
  { "", NULL, "b.csv:1: the file is empty" },
  { "\n\n", NULL, "b.csv:3: the file is empty" },
  { "item,a,b\n", NULL, "b.csv:2: there is nothing below the header" },
  { "item,b\nx,1\n", NULL, "b.csv:1: there is no column “a”" },
  { "item,a,b,a\nx,1,1,1\n", NULL, "b.csv:1: the column “a” is there twice" },
  { "item,a,b\nx1,1,0\nx2,1\n", NULL, "b.csv:3: 2 cells where the header has 3" },
  { "item,a,b\nx1,0,0\n", NULL, "b.csv:2: the item “x1” cannot be: a must be a number above 0" },
  { "item,a,b\nx1,-1,0\n", NULL, "b.csv:2: " },
  { "item,a,b\nx1,nan,0\n", NULL, "b.csv:2: a is “nan”, which is not a number" },
  { "item,a,b\nx1,1,inf\n", NULL, "b.csv:2: b is “inf”" },
  { "item,a,b\nx1,1,0x10\n", NULL, "b.csv:2: b is “0x10”" },
  { "item,a,b\nx1,1,1e999\n", NULL, "b.csv:2: b is “1e999”" },
  { "item,a,b\nx1,1,\"1,5\"\n", NULL, "b.csv:2: b is “1,5”" },
  { "item,a,b\nx1,1,\n", NULL, "b.csv:2: b is “”" },
  { "item,a,b,c,d\nx1,1,0,.5,.5\n", NULL, "b.csv:2: the item “x1” cannot be: c must be below d" },
  { "item,a,b,c\nx1,1,0,-.1\n", NULL, "b.csv:2: " },
  { "item,a,b\nx1,1,0\nx1,1,1\n", NULL, "b.csv:3: the item “x1” is there twice" },
  { "item,a,b\n\"x1,1,0\n", NULL, "b.csv:2: a quotation mark is opened and never closed" },
  { "item,a,b\nx\"1,1,0\n", NULL, "b.csv:2: a quotation mark stands inside" },
  { "item,a,b\n\"x\"1,1,0\n", NULL, "b.csv:2: something follows" },
  { "item,a,b\nx\xff,1,0\n", NULL, "b.csv:2: this is not UTF-8" },
  { "item,a,b\n,1,0\n", NULL, "b.csv:2: item is empty" },
  { NULL, "person,item,score\np,x9,1\n", "r.csv:2: the item “x9” is not in " },
  { NULL, "person,item,score\np,x1,1\n\np,x1,0\n",
    "r.csv:4: “p” has answered “x1” before, in line 2" },
  { NULL, "person,item,score\np,x1,.5\n", "r.csv:2: the score is 0.5" },
  { NULL, "person,item,score\np,x1,2\n", "r.csv:2: the score is 2" },
  { NULL, "person,item,score\np,x1,-1\n", "r.csv:2: the score is -1" },
  { NULL, "person,item,score\np,x1,NaN\n", "r.csv:2: score is “NaN”" },
  { NULL, "person,item,score\np,x1,\n", "r.csv:2: score is “”" },
  { NULL, "person,item,score\n,x1,1\n", "r.csv:2: person is empty" },
  { NULL, "", "r.csv:1: the file is empty" },
  { NULL, "person,item\np,x1\n", "r.csv:1: there is no column “score”, only person, item" },
};

static void
test_broken (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_auto (Run) result = { 0 };

      run_write_file ("b.csv", broken[i].bank != NULL ? broken[i].bank : BANK);
      run_write_file ("r.csv", broken[i].responses != NULL ? broken[i].responses : RESPONSES);
      result = run ("irt estimate --bank %f/b.csv --responses %f/r.csv --method eap");
      g_test_message ("%u: %s", i, result.err);
      g_assert_cmpint (result.status, ==, 1);
      g_assert_cmpstr (result.out, ==, "");
      g_assert_nonnull (strstr (result.err, broken[i].told));
    }
}

static const struct
{
  const char *line;
  int status;
  const char *told;
} wrong[] = {
  { "irt", 2, "Usage" },
  { "irt juggle", 2, "Usage" },
  { "irt estimate", 2, "Usage" },
  { "irt estimate --bank %f/none.csv --responses %f/r.csv", 1, "none.csv" },
  { "irt estimate --bank %f/b.csv --responses %f/r.csv --method jml", 2, "jml" },
  { "irt estimate --bank %f/b.csv --responses %f/r.csv --prior-sd 0", 2, "--prior-sd" },
  { "irt estimate --bank %f/b.csv --responses %f/r.csv --format xml", 2, "xml" },
  { "irt estimate --joint --bank %f/b.csv --responses %f/r.csv --rho 1", 2, "--rho" },
  { "irt estimate --joint --bank %f/b.csv --responses %f/r.csv --rho -0.6", 2, "--rho" },
  { "irt estimate --joint --method ml --bank %f/b.csv --responses %f/r.csv", 2, "Usage" },
  { "irt next --bank %f/b.csv --responses %f/r.csv --rule best", 2, "Usage" },
  { "irt calibrate --responses %f/r.csv --model 3pl --method mml", 2, "3pl" },
  { "irt calibrate --responses %f/r.csv --model 1pl --method cml", 2, "cml" },
  { "irt calibrate --responses %f/r.csv --model rasch --method map", 2, "--priors" },
  { "irt calibrate --responses %f/r.csv --model rasch --method jml", 2, "jml" },
  { "irt calibrate --responses %f/r.csv --model rasch --method mml", 1, "“x1”" },
  { "irt fit", 2, "Usage" },
  { "irt dif --responses %f/r.csv --bank %f/b.csv", 2, "Usage" },
  { "irt simulate --bank %f/b.csv --depth deep --people 10", 2, "Usage" },
  { "irt simulate --bank %f/b.csv --depth short --people 0", 2, "Usage" },
  { "irt simulate --bank %f/b.csv --depth short --people 5 --require 2,2", 2, "--require" },
  { "irt simulate --bank %f/b.csv --depth short --people -1", 2, "--people" },
  { "irt simulate --bank %f/b.csv --depth short --people 5 --author-error nan", 2,
    "--author-error" },
  { "irt simulate --bank %f/b.csv --depth short --people 5 --sd-b -1", 2, "--sd-b" },
  { "irt bank more", 2, "Usage" },
  { "irt bank --pack %f/none", 1, "none" },
  { "irt simulate --bank %f/b.csv --depth short --people 5 --rho nan", 2, "--rho" },
  { "irt next --bank %f/b.csv --responses %f/r.csv --rule mfi --at nan", 2, "--at" },
  { "irt angoff --bank %f/b.csv", 2, "Usage" },
  { "irt angoff --ratings %f/r.csv --publish sqlite:%f/angoff.db", 2, "Usage" },
  { "irt rho --bank %f/b.csv --responses %f/rapid.csv", 1, "0 people are too few" },
  { "irt replay --attempt x", 2, "Usage" },
  { "irt replay --store %f/none.db --attempt x", 1, "none.db" },
};

static void
test_wrong (void)
{
  run_write_file ("b.csv", BANK);
  run_write_file ("r.csv", RESPONSES);
  run_write_file ("rapid.csv", "person,item,score,rapid\np,x1,1,1\n");
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_auto (Run) result = run (wrong[i].line);

      g_test_message ("%s", wrong[i].line);
      g_assert_cmpint (result.status, ==, wrong[i].status);
      if (strstr (result.err, wrong[i].told) == NULL)
        g_error ("“%s” was told: %s", wrong[i].line, result.err);
      g_assert_cmpstr (result.out, ==, "");
    }
}

/* Every file that a command reads: one that is empty, of bytes, a folder, or not there. The file is
 * named, with a line where it has one, and nothing is printed. */
static void
test_no_table (void)
{
  static const char *const lines[] = {
    "irt estimate --bank %s --responses %f/r.csv",
    "irt estimate --bank %f/b.csv --responses %s",
    "irt estimate --joint --bank %s --responses %f/r.csv",
    "irt next --bank %s --responses %f/r.csv --rule mfi",
    "irt calibrate --responses %s --model 1pl",
    "irt calibrate --responses %f/r.csv --model rasch --method map --priors %s",
    "irt calibrate --responses %f/r.csv --model rasch --anchors %s",
    "irt calibrate --responses %f/r.csv --model 1pl --bank %s",
    "irt fit --responses %s",
    "irt dif --responses %f/r.csv --bank %f/b.csv --groups %s",
    "irt simulate --bank %s --depth short --people 3",
    "irt angoff --bank %s --judges 2",
    "irt angoff --ratings %s",
    "irt rho --bank %s --responses %f/r.csv",
    "irt replay --store %s --attempt x",
    "irt bank --pack %s",
    "qti score %s --responses %f/r.csv",
    "qti score --cases %s",
    "pack import-qti %s --out %f/made",
  };
  static const char *const files[] = { "empty", "bytes", "one", "nowhere" };
  g_autofree char *one = g_build_filename (folder, "one", NULL);
  g_autofree char *made = g_build_filename (folder, "made", NULL);

  run_write_file ("b.csv", BANK);
  run_write_file ("r.csv", RESPONSES);
  run_write_file ("empty", "");
  run_write_file ("bytes", "\x7f"
                           "ELF\xff\xfe\x01");
  g_assert_cmpint (g_mkdir (one, 0700), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    for (guint k = 0; k < G_N_ELEMENTS (files); k++)
      {
        g_auto (GStrv) parts = g_strsplit (lines[i], "%s", 2);
        g_autofree char *line = g_strconcat (parts[0], "%f/", files[k], parts[1], NULL);
        g_auto (Run) result = run (line);

        g_test_message ("%s: %s", line, result.err);
        g_assert_cmpint (result.status, ==, 1);
        g_assert_cmpstr (result.out, ==, "");
        g_assert_cmpstr (result.err, !=, "");
      }
  g_assert_false (g_file_test (made, G_FILE_TEST_EXISTS));
}

/* What is printed onto a full disk, or nowhere, is not said to be done. */
static void
test_full_disk (void)
{
  static const char *const lines[] = {
    "irt estimate --bank b.csv --responses r.csv --method eap",
    "irt fit --bank b.csv --responses r.csv --format json",
    "--version",
  };

  run_write_file ("b.csv", BANK);
  run_write_file ("r.csv", RESPONSES);
  for (guint i = 0; i < 2 * G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *line = g_strdup_printf ("cd '%s' && exec '%s' %s %s", folder, program,
                                               lines[i / 2], i % 2 == 0 ? "> /dev/full" : ">&-");
      const char *const argv[] = { "sh", "-c", line, NULL };
      g_autofree char *err = NULL;
      int status;

      g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL,
                                   NULL, &err, &status, NULL));
      g_assert_true (WIFEXITED (status));
      g_assert_cmpint (WEXITSTATUS (status), ==, 1);
      g_assert_nonnull (strstr (err, "could not be written"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  run_begin (argv[1]);
  run_use_pack ();
  g_setenv ("G_DEBUG", "fatal-criticals", TRUE);

  g_test_add_func ("/ctl/irt/wrong-usage", test_wrong);
  g_test_add_func ("/ctl/irt/broken-files", test_broken);
  g_test_add_func ("/ctl/irt/no-table", test_no_table);
  g_test_add_func ("/ctl/irt/estimate", test_estimate);
  g_test_add_func ("/ctl/irt/next", test_next);
  g_test_add_func ("/ctl/irt/calibrate", test_calibrate);
  g_test_add_func ("/ctl/irt/fit-and-dif", test_fit_and_dif);
  g_test_add_func ("/ctl/irt/simulate", test_simulate);
  g_test_add_func ("/ctl/irt/calibrate-points", test_calibrate_points);
  g_test_add_func ("/ctl/irt/shipped", test_shipped);
  g_test_add_func ("/ctl/irt/rho", test_rho);
  g_test_add_func ("/ctl/irt/angoff", test_angoff);
  g_test_add_func ("/ctl/irt/angoff-publish", test_angoff_publish);
  g_test_add_func ("/ctl/irt/full-disk", test_full_disk);
  g_test_add_func ("/ctl/irt/replay", test_replay);
  return run_end ();
}
