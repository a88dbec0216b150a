/* test-ctl.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "ctl-run.h"

/* What a person types wrong: the exit code, and a word of what they are told. */
static const struct
{
  const char *line;
  int status;
  const char *told;
} wrong[] = {
  { "", 2, "Usage" },
  { "frobnicate", 2, "frobnicate" },
  { "trust frobnicate", 2, "no command “trust frobnicate”" },
  { "version frobnicate", 2, "Usage" },
  { "demo", 2, "Usage" },
  { "report show competency --trust %t --out /dev/null", 2, "is not a file" },
  { "trust create sqlite:%f/x.db --organisation= --ods RAA", 1, "--organisation" },
  { "demo --trust", 2, "--trust" },
  { "demo --trust %t --people many", 2, "many" },
  { "demo --trust %t --people 0", 2, "Usage" },
  { "demo --trust %t --people -5", 2, "Usage" },
  { "demo --trust sqlite:%f/x.db --until someday", 2, "someday" },
  { "demo --trust sqlite:%f/x.db --pack %f/nowhere", 1, "nowhere" },
  { "demo --trust mysql://x", 1, "mysql" },
  { "demo --trust %t", 1, "trust.db" },
  { "demo device --store %f/d.db", 2, "Usage" },
  { "demo device --store %f/d.db --trust %t --person nobody --events 5", 1, "nobody" },
  { "sync", 2, "Usage" },
  { "sync --store %f/none.db --trust %t", 1, "none.db" },
  { "sync --store %f/none.db --trust %t extra", 2, "Usage" },
  { "sync --store %f/none.db --all --trust %t", 2, "Usage" },
  { "trust", 2, "Usage" },
  { "trust import-bundle %t", 2, "Usage" },
  { "trust import-bundle %t %f/none.bundle", 1, "none.bundle" },
  { "trust create sqlite:%f/y.db --organisation X --ods lower", 1, "lower" },
  { "trust check sqlite:%f/none.db", 1, "none.db" },
  { "trust status postgresql://localhost/x", 1, "postgresql" },
  { "trust publish %t %f/nowhere", 1, "nowhere" },
  { "trust set", 2, "Usage" },
  { "trust set %t nonsense 1", 1, "champion_quiet_days" },
  { "trust set %t pulse_days 3", 1, "[14, 365]" },
  { "trust set %t champion_quiet_days many", 1, "many" },
  { "trust set %t service_desk_hours always-ish", 1, "service_desk_hours" },
  { "trust set %t share_levels everybody", 1, "nobody" },
  { "trust grant", 2, "Usage" },
  { "trust grant %t nobody.here lead", 1, "nobody.here" },
  { "trust grant %t nobody.here king", 1, "governance" },
  { "trust grant %t nobody.here lead --unit W01", 1, "whole trust" },
  { "trust grant %t nobody.here manager", 1, "--unit" },
  { "report", 2, "Usage" },
  { "report show", 2, "Usage" },
  { "report show competency", 2, "Usage" },
  { "report show nonsense --trust %t", 1, "nonsense" },
  { "report show competency --trust %t --as-at 31/03/2026", 1, "31/03/2026" },
  { "report show competency --trust %t --as-at 2026-02-30", 1, "2026-02-30" },
  { "report show competency --trust %t --as-at 2999-01-01", 1, "future" },
  { "report show competency --trust %t --unit W99", 1, "W99" },
  { "report show competency --trust %t --staff-group pilots", 1, "pilots" },
  { "report show competency --trust %t --format pdf9", 2, "pdf9" },
  { "report show competency --trust %t --colour blue", 2, "colour" },
  { "report show competency --trust sqlite:%f/none.db", 1, "none.db" },
  { "report show competency --trust %t --out %f/no/such/folder.csv", 1, "folder.csv" },
  { "report verify %f/none.csv", 1, "none.csv" },
  { "pack check %f/nowhere", 1, "nowhere" },
  { "pack build %f", 2, "Usage" },
  { "pack import-qti %f", 2, "Usage" },
  { "pack import-qti %f/nowhere --out %f/new", 1, "nowhere" },
  { "pack import-qti %f --out %f/new --level 9", 2, "Usage" },
  { "pack import-qti %f --out %f/new --capability Q", 1, "capability" },
  { "qti score %f/none.xml --responses %f/none.json", 1, "none.xml" },
  { "qti score", 2, "Usage" },
};

static void
test_wrong (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_auto (Run) result = run (wrong[i].line);

      g_test_message ("%s", wrong[i].line);
      g_assert_cmpint (result.status, ==, wrong[i].status);
      if (strstr (result.err, wrong[i].told) == NULL)
        g_error ("“%s” was told: %s", wrong[i].line, result.err);
      g_assert_cmpstr (result.out, ==, "");
    }
  /* Nothing was left behind half-made. */
  {
    g_autofree char *x = g_build_filename (folder, "x.db", NULL);

    g_assert_false (g_file_test (x, G_FILE_TEST_EXISTS));
  }
}

static void
test_version (void)
{
  g_auto (Run) result = run ("version");
  g_auto (Run) help = run ("--help");

  g_assert_cmpint (result.status, ==, 0);
  g_assert_true (g_str_has_prefix (result.out, "waymarkctl 0."));
  g_assert_cmpint (help.status, ==, 0);
  g_assert_nonnull (strstr (help.out, "report show"));
}

/* Each line of the help is that of a command that there is, and which says that line of itself. */
static void
test_help (void)
{
  g_auto (Run) help = run ("--help");
  g_auto (GStrv) lines = g_strsplit (help.out, "\n", -1);
  guint n = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = NULL;
      g_autofree char *typed = NULL;

      if (!g_str_has_prefix (lines[i], "  waymarkctl "))
        continue;
      n++;
      words = g_strsplit (lines[i] + strlen ("  waymarkctl "), " ", 3);
      if (words[1] != NULL && g_ascii_islower (words[1][0]))
        {
          char *more = strchr (words[1], '|');

          if (more != NULL)
            *more = '\0';
          typed = g_strdup_printf ("%s %s --frobnicate", words[0], words[1]);
        }
      else
        typed = g_strdup_printf ("%s --frobnicate", words[0]);
      g_test_message ("%s", typed);
      {
        g_auto (Run) result = run (typed);

        g_assert_cmpint (result.status, ==, 2);
        g_assert_nonnull (strstr (result.err, lines[i]));
        g_assert_null (strstr (result.err, "there is no command"));
      }
    }
  g_assert_cmpuint (n, >, 40);
}

static void
test_setting (void)
{
  g_auto (Run) set = run ("trust set %t pulse_days 60");
  g_auto (Run) again = run ("trust set %t pulse_days 45");
  g_auto (Run) quiet = run ("trust set %t champion_quiet_days 21");
  g_auto (Run) listed = run ("trust set %t");

  g_assert_cmpint (set.status, ==, 0);
  g_assert_cmpint (again.status, ==, 0);
  g_assert_cmpint (quiet.status, ==, 0);
  g_assert_nonnull (strstr (listed.out, "\npulse_days,45\n"));
  g_assert_nonnull (strstr (listed.out, "\nchampion_quiet_days,21\n"));
}

static void
test_grant (void)
{
  g_auto (Run) before = run ("trust grant %t");
  g_auto (GStrv) lines = g_strsplit (before.out, "\n", 3);
  g_auto (GStrv) first = g_strsplit (lines[1], ",", 2);
  g_autofree char *give = g_strdup_printf ("trust grant %%t %s design", first[0]);
  g_autofree char *take = g_strdup_printf ("trust grant %%t %s design --end", first[0]);
  g_autofree char *line = g_strdup_printf ("\n%s,design,\n", first[0]);

  g_assert_cmpstr (lines[0], ==, "username,role,unit");
  g_assert_null (strstr (before.out, line));
  {
    g_auto (Run) given = run (give);
    g_auto (Run) held = run ("trust grant %t");
    g_auto (Run) taken = run (take);
    g_auto (Run) after = run ("trust grant %t");
    g_auto (Run) again = run (take);

    g_assert_cmpint (given.status, ==, 0);
    g_assert_nonnull (strstr (held.out, line));
    g_assert_cmpint (taken.status, ==, 0);
    g_assert_cmpstr (after.out, ==, before.out);
    g_assert_cmpint (again.status, ==, 1);
    g_assert_nonnull (strstr (again.err, "does not have the role"));
  }
}

static void
test_trust (void)
{
  g_auto (Run) checked = run ("trust check %t");
  g_auto (Run) status = run ("trust status %t");
  g_auto (Run) rebuilt = run ("trust rebuild %t");

  g_assert_cmpstr (checked.err, ==, "");
  g_assert_cmpint (checked.status, ==, 0);
  g_assert_nonnull (strstr (status.out, "people: 40"));
  g_assert_nonnull (strstr (rebuilt.out, "rebuilt to the same content"));
}

static char *
read_file (const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *text;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* A file and standard output have the same bytes, twice; and it is found out when a file
 * is changed. */
static void
test_report (void)
{
  g_auto (Run) printed = run ("report show competency --trust %t --format csv");
  g_auto (Run) written = run ("report show competency --trust %t --format csv --out %f/a.csv");
  g_auto (Run) verified = run ("report verify %f/a.csv");
  g_auto (Run) list = run ("report list");
  g_autofree char *path = g_build_filename (folder, "a.csv", NULL);
  g_autofree char *first = read_file ("a.csv");
  g_auto (GStrv) lines = g_strsplit (first, "\r\n", -1);

  g_assert_cmpint (written.status, ==, 0);
  g_assert_cmpstr (first, ==, printed.out);
  g_assert_true (g_str_has_prefix (first, "username,"));
  /* 40 people on 6 capabilities, a header and the end. */
  g_assert_cmpuint (g_strv_length (lines), ==, 40 * 6 + 2);
  g_assert_cmpint (verified.status, ==, 0);
  g_assert_nonnull (strstr (list.out, "competency"));
  {
    g_auto (Run) json = run ("report show competency --trust %t --format json");
    g_auto (Run) kept = run ("report show competency --trust %t --format json --out %f/a.json");
    g_auto (Run)
        nowhere = run ("report show competency --trust %t --format json --out %f/no/a.json");
    g_autofree char *whole = read_file ("a.json");

    g_assert_cmpint (kept.status, ==, 0);
    g_assert_cmpstr (whole, ==, json.out);
    g_assert_cmpint (nowhere.status, ==, 1);
    g_assert_nonnull (strstr (nowhere.err, "a.json"));
  }
  g_assert_true (g_file_set_contents (path, "changed", -1, NULL));
  {
    g_auto (Run) changed = run ("report verify %f/a.csv");

    g_assert_cmpint (changed.status, ==, 1);
  }
}

/* The same seed and day: the same figures. */
static void
test_seed (void)
{
  g_auto (Run) made = run ("demo --trust sqlite:%f/two.db --people 40 --seed 3 --until 2026-06-30");
  g_auto (Run) one = run ("report show competency --trust %t");
  g_auto (Run) two = run ("report show competency --trust sqlite:%f/two.db");

  g_assert_cmpint (made.status, ==, 0);
  g_assert_cmpstr (one.out, ==, two.out);
}

static guint
count (const char *text, const char *what)
{
  guint n = 0;

  for (const char *at = strstr (text, what); at != NULL; at = strstr (at + 1, what))
    n++;
  return n;
}

/* Made-up people differ: some measure at each of the first three levels, whatever kinds of
 * questions they got, and a good part meets what the role asks for. */
static void
test_spread (void)
{
  g_auto (Run) list = run ("report show competency --trust %t");
  guint unmeasured = count (list.out, ",not measured,");
  guint met = count (list.out, ",met,");
  guint not_yet = count (list.out, ",not yet,");

  g_assert_cmpuint (unmeasured, <, 40 * 6 / 2);
  g_assert_cmpuint (4 * met, >, 40 * 6 - unmeasured);
  g_assert_cmpuint (not_yet, >, 0);
  g_assert_cmpuint (count (list.out, ",Start,0."), >, 5);
  g_assert_cmpuint (count (list.out, ",Everyday,0."), >, 5);
  g_assert_cmpuint (count (list.out, ",Confident,0."), >, 5);
}

static void
test_sync (void)
{
  g_auto (Run) list = run ("report show competency --trust %t");
  g_auto (GStrv) lines = g_strsplit (list.out, "\r\n", 3);
  g_auto (GStrv) cells = g_strsplit (lines[1], ",", 2);
  g_autofree char *fill = g_strdup_printf (
      "demo device --store %%f/device.db --trust %%t --person %s --events 321 --seed 2", cells[0]);
  g_auto (Run) filled = run (fill);
  g_auto (Run) first = run ("sync --store %f/device.db --trust %t");
  g_auto (Run) again = run ("sync --store %f/device.db --trust %t");
  g_auto (Run) checked = run ("trust check %t");

  g_assert_cmpint (filled.status, ==, 0);
  g_assert_nonnull (strstr (first.out, "\"acked\": 321"));
  g_assert_nonnull (strstr (first.out, "\"quarantined\": 0"));
  g_assert_nonnull (strstr (again.out, "\"pushed\": 0"));
  g_assert_cmpint (checked.status, ==, 0);
}

/* What test_sync() has sent goes by file too, once. */
static void
test_bundle (void)
{
  g_auto (Run) nothing = run ("sync --store %f/device.db --bundle %f/none.bundle");
  g_auto (Run) written = run ("sync --store %f/device.db --bundle %f/all.bundle --all");
  g_auto (Run) imported = run ("trust import-bundle %t %f/all.bundle --receipt %f/all.receipt");
  g_auto (Run) received = run ("sync --store %f/device.db --receipt %f/all.receipt");
  g_auto (Run) checked = run ("trust check %t");

  g_assert_cmpint (nothing.status, ==, 1);
  g_assert_nonnull (strstr (nothing.err, "Nothing waits"));
  g_assert_cmpstr (written.out, ==, "{\"events\": 321}\n");
  g_assert_nonnull (strstr (imported.out, "\"events\": 321, \"inserted\": 0, \"duplicates\": 321"));
  g_assert_cmpstr (received.out, ==, "{\"received\": 321}\n");
  g_assert_cmpint (checked.status, ==, 0);
}

static void
test_pack (void)
{
  g_autofree char *source = g_build_filename (g_getenv ("WAYMARK_DATADIR"), "content", "core",
                                              NULL);
  g_autofree char *check = g_strdup_printf ("pack check %s", source);
  g_autofree char *build = g_strdup_printf ("pack build %s %%f/core.zip", source);
  g_auto (Run) checked = run (check);
  g_auto (Run) built = run (build);
  g_auto (Run) zip = run ("pack check %f/core.zip");

  g_assert_cmpstr (checked.err, ==, "");
  g_assert_cmpint (checked.status, ==, 0);
  g_assert_cmpint (built.status, ==, 0);
  g_assert_cmpint (zip.status, ==, 0);
  /* The counts come last, and are those of the folder. */
  g_assert_nonnull (strstr (checked.out, "\nmodules "));
  g_assert_cmpstr (strstr (zip.out, "\nmodules "), ==, strstr (checked.out, "\nmodules "));
  g_assert_null (strstr (checked.out, "modules 0,"));
}

static void
test_qti (void)
{
  g_autofree char *item = g_build_filename (g_getenv ("WAYMARK_DATADIR"), "content", "core",
                                            "baseline", "B", "B06.xml", NULL);
  g_autofree char *responses = g_build_filename (folder, "responses.json", NULL);
  g_autofree char *line = g_strdup_printf ("qti score %s --responses %%f/responses.json", item);

  g_assert_true (g_file_set_contents (responses, "{\"RESPONSE\": 2}", -1, NULL));
  {
    g_auto (Run) right = run (line);

    g_assert_cmpint (right.status, ==, 0);
    g_assert_nonnull (strstr (right.out, "\"SCORE\":1"));
  }
  g_assert_true (g_file_set_contents (responses, "{\"RESPONSE\": null}", -1, NULL));
  {
    g_auto (Run) none = run (line);

    g_assert_nonnull (strstr (none.out, "\"SCORE\":0"));
  }
  g_assert_true (g_file_set_contents (responses, "{\"RESPONSE\": ", -1, NULL));
  {
    g_auto (Run) broken = run (line);

    g_assert_cmpint (broken.status, ==, 1);
  }
}

/* A folder of the core pack in which one baseline question is a practice desk. */
static const char task_item[] =
    "<qti-assessment-item xmlns='http://www.imsglobal.org/xsd/imsqtiasi_v3p0' identifier='A90' "
    "title='Two messages' adaptive='false' time-dependent='false' xml:lang='en-GB'>"
    "<qti-response-declaration identifier='RESPONSE' cardinality='single' base-type='string'/>"
    "<qti-outcome-declaration identifier='SCORE' cardinality='single' base-type='float'/>"
    "<qti-outcome-declaration identifier='MAXSCORE' cardinality='single' base-type='float'>"
    "<qti-default-value><qti-value>2</qti-value></qti-default-value></qti-outcome-declaration>"
    "<qti-item-body><p>Report what is false.</p><qti-custom-interaction class='waymark-desk' "
    "response-identifier='RESPONSE' data-desk='desks/a90.xml'/>"
    "<qti-rubric-block view='author' use='rationale'><qti-content-body><p>It shows what is "
    "done.</p></qti-content-body></qti-rubric-block></qti-item-body>"
    "</qti-assessment-item>";
static const char task_desk[] =
    "<desk xmlns='https://waymark-skills.github.io/ns/desk/1' id='a90' app='inbox' version='1' "
    "minutes='1' xml:lang='en-GB'><title>Two messages</title><task><p>Sort them.</p></task>"
    "<records><message id='m1' time='08:00' from='A' address='a@x.example' subject='One'/>"
    "<message id='m2' time='09:00' from='B' address='b@x.example' subject='Two'/></records>"
    "<rules><rule id='r1' points='1'><when><final target='m1' state='reported'/></when>"
    "<held><p>Yes.</p></held><missed><p>No.</p></missed></rule>"
    "<rule id='r2' points='1'><when><final target='m2' state='left'/></when>"
    "<held><p>Yes.</p></held><missed><p>No.</p></missed></rule></rules></desk>";

static void
write_pack_file (const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, "tasks", name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
spawn (const char *command, const char *option, const char *first, const char *second)
{
  const char *line[] = { command, option, first, second, NULL };
  int status;

  g_assert_true (g_spawn_sync (NULL, (char **) line, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                               NULL, &status, NULL));
  g_assert_cmpint (status, ==, 0);
}

static void
test_desk_item (void)
{
  g_autofree char *source = g_build_filename (g_getenv ("WAYMARK_DATADIR"), "content", "core",
                                              NULL);
  g_autofree char *copy = g_build_filename (folder, "tasks", NULL);
  g_autofree char *manifest = g_build_filename (copy, "pack.xml", NULL);
  g_autofree char *cases = g_build_filename (folder, "tasks.json", NULL);
  g_autoptr (GString) more = g_string_new (NULL);
  g_autofree char *counts = NULL;
  g_autofree char *text = NULL;

  {
    g_autofree char *line = g_strdup_printf ("pack check %s", source);
    g_auto (Run) before = run (line);
    const char *found = strstr (before.out, "baseline items ");
    guint n_items;
    guint n_desks;

    g_assert_nonnull (found);
    g_assert_cmpint (sscanf (found, "baseline items %u, desks %u", &n_items, &n_desks), ==, 2);
    counts = g_strdup_printf ("baseline items %u, desks %u", n_items + 1, n_desks + 1);
  }
  spawn ("cp", "-r", source, copy);
  g_assert_true (g_file_get_contents (manifest, &text, NULL, NULL));
  g_string_assign (more, text);
  g_assert_cmpuint (g_string_replace (more, "<baseline>",
                                      "<baseline><item href='baseline/A/A90.xml' id='A90' "
                                      "capability='A' level='1' raters='1' seconds='60'/>",
                                      1),
                    ==, 1);
  write_pack_file ("pack.xml", more->str);
  write_pack_file ("baseline/A/A90.xml", task_item);
  {
    g_auto (Run) missing = run ("pack check %f/tasks");

    g_assert_cmpint (missing.status, ==, 1);
    g_assert_nonnull (strstr (missing.err, "desks/a90.xml"));
  }
  write_pack_file ("desks/a90.xml", task_desk);
  g_assert_true (g_file_set_contents (
      cases,
      "[{\"responses\":{\"RESPONSE\":\"desk/1 1 3 report:m1 leave:m2 finish\"}},"
      "{\"responses\":{\"RESPONSE\":\"desk/1 1 3 report:m1 report:m2 finish\"}},"
      "{\"responses\":{\"RESPONSE\":null}},"
      "{\"responses\":{\"RESPONSE\":\"desk/1 1 3 report:m7\"}}]",
      -1, NULL));
  {
    g_auto (Run) good = run ("pack check %f/tasks");
    g_auto (Run) scored = run ("qti score %f/tasks/baseline/A/A90.xml --cases %f/tasks.json");

    g_assert_cmpstr (good.err, ==, "");
    g_assert_nonnull (strstr (good.out, counts));
    g_assert_cmpint (scored.status, ==, 1);
    g_assert_nonnull (strstr (scored.out, "\"SCORE\":2"));
    g_assert_nonnull (strstr (scored.out, "\"SCORE\":1"));
    g_assert_nonnull (strstr (scored.out, "\"SCORE\":0"));
    g_assert_nonnull (strstr (scored.out, "“report:m7” cannot be done at that point"));
    g_assert_nonnull (strstr (scored.err, "1 of 4"));
  }
  g_string_assign (more, task_item);
  g_string_replace (more, "<qti-value>2<", "<qti-value>3<", 1);
  write_pack_file ("baseline/A/A90.xml", more->str);
  {
    g_auto (Run) unlike = run ("pack check %f/tasks");

    g_assert_cmpint (unlike.status, ==, 1);
    g_assert_nonnull (strstr (unlike.err, "give up to 2 points"));
  }
  spawn ("rm", "-r", copy, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  run_begin (argv[1]);
  run_use_pack ();
  g_setenv ("G_DEBUG", "fatal-criticals", TRUE);
  {
    g_auto (Run) made = run ("demo --trust %t --people 40 --seed 3 --until 2026-06-30");

    g_assert_cmpstr (made.err, ==, "");
    g_assert_cmpint (made.status, ==, 0);
  }

  g_test_add_func ("/ctl/wrong-usage", test_wrong);
  g_test_add_func ("/ctl/version", test_version);
  g_test_add_func ("/ctl/help", test_help);
  g_test_add_func ("/ctl/trust", test_trust);
  g_test_add_func ("/ctl/report", test_report);
  g_test_add_func ("/ctl/demo/seed", test_seed);
  g_test_add_func ("/ctl/demo/spread", test_spread);
  g_test_add_func ("/ctl/sync", test_sync);
  g_test_add_func ("/ctl/bundle", test_bundle);
  g_test_add_func ("/ctl/pack", test_pack);
  g_test_add_func ("/ctl/qti", test_qti);
  g_test_add_func ("/ctl/desk-item", test_desk_item);
  g_test_add_func ("/ctl/setting", test_setting);
  g_test_add_func ("/ctl/grant", test_grant);
  return run_end ();
}
