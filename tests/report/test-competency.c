/* test-competency.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "report/way-report.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "record/way-bodies.h"

/* A trust of three people in two wards: Ann has been measured twice, Ben once and late,
 * Cay never. */
#define DAY ((gint64) 86400 * G_USEC_PER_SEC)
#define MARCH_1 (G_GINT64_CONSTANT (1772323200) * G_USEC_PER_SEC) /* 2026-03-01 00:00 UTC */

typedef struct
{
  char *folder;
  char *uri;
  WayStore *trust;
} Fixture;

static void
add (GPtrArray *drafts,
     const char *kind,
     gconstpointer body,
     gint64 at,
     gint64 received,
     const char *id)
{
  const WayKind *known = way_kind_find (kind);
  g_autoptr (GError) error = NULL;
  g_autofree char *json = way_kind_write (known, body, &error);
  WayEvent *draft;

  g_assert_no_error (error);
  draft = way_event_new (kind, way_kind_get_version (known), json);
  draft->at = at;
  draft->received = received;
  if (id != NULL)
    draft->id = g_strdup (id);
  g_ptr_array_add (drafts, draft);
}

static void
append (Fixture *fixture, const char *author, GPtrArray *drafts)
{
  g_autoptr (GError) error = NULL;

  way_store_append_as (fixture->trust, author, drafts, &error);
  g_assert_no_error (error);
  g_ptr_array_set_size (drafts, 0);
}

static void
add_sitting (GPtrArray *drafts,
             const char *id,
             double p_required,
             const char *standing,
             gint64 at,
             gint64 received)
{
  WayAttemptBody *attempt = way_kind_new (way_kind_find ("attempt"));

  attempt->type = g_strdup ("baseline");
  attempt->pack = g_strdup ("core");
  attempt->pack_version = 1;
  attempt->parameters = g_strdup ("author-1");
  attempt->language = g_strdup ("en-GB");
  attempt->seed = g_strdup ("7");
  add (drafts, "attempt", attempt, at, received, id);
  way_kind_free (way_kind_find ("attempt"), attempt);
  add (drafts, "estimate",
       &(WayEstimateBody){ .attempt = (char *) id,
                           .capability = (char *) "A",
                           .mean = 0,
                           .sd = .7,
                           .p1 = 1 - p_required,
                           .p2 = p_required,
                           .p3 = 0,
                           .p4 = 0,
                           .items = 3,
                           .provisional = TRUE,
                           .required = 2,
                           .p_required = p_required,
                           .standing = (char *) standing,
                           .parameters = (char *) "author-1" },
       at + 1, received, NULL);
  add (drafts, "attempt_end",
       &(WayAttemptEndBody){ .attempt = (char *) id,
                             .type = (char *) "baseline",
                             .how = (char *) "decided",
                             .asked = 3,
                             .right = 2,
                             .score = .5 },
       at + 2, received, NULL);
}

static void
add_person (
    GPtrArray *drafts, const char *id, const char *username, const char *name, const char *place)
{
  add (drafts, "person",
       &(WayPersonBody){ .person = (char *) id,
                         .username = (char *) username,
                         .name = (char *) name,
                         .staff_group = (char *) "nursing",
                         .started = WAY_NO_INTEGER },
       MARCH_1 - 100 * DAY, MARCH_1 - 100 * DAY, NULL);
  add (drafts, "membership",
       &(WayMembershipBody){ .person = (char *) id, .place = (char *) place, .is_primary = TRUE },
       MARCH_1 - 100 * DAY, MARCH_1 - 100 * DAY, NULL);
}

static void
add_part (GPtrArray *drafts,
          const char *part,
          const char *ident,
          const char *name,
          int level,
          int position,
          const char *required)
{
  add (drafts, "pack_release",
       &(WayPackReleaseBody){ .part = (char *) part,
                              .pack = (char *) "core",
                              .version = 1,
                              .ident = (char *) ident,
                              .name = (char *) name,
                              .short_name = (char *) name,
                              .level = level > 0 ? level : WAY_NO_INTEGER,
                              .minutes = WAY_NO_INTEGER,
                              .position = position,
                              .required = (char *) required },
       MARCH_1 - 100 * DAY, MARCH_1 - 100 * DAY, NULL);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const char *const places[][5] = {
    { "018f0000-0000-7000-8000-0000000000f0", "DIV", "Medicine", "division", NULL },
    { "018f0000-0000-7000-8000-0000000000f1", "W1", "=Alder", "ward",
      "018f0000-0000-7000-8000-0000000000f0" },
    { "018f0000-0000-7000-8000-0000000000f2", "W2", "Beech", "ward",
      "018f0000-0000-7000-8000-0000000000f0" },
  };
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("way-report-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->uri = g_strdup_printf ("sqlite:%s/trust.db", fixture->folder);
  fixture->trust = way_store_create_trust (fixture->uri, "Test", "ZZ9", TRUE, &error);
  g_assert_no_error (error);

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    add (drafts, "place",
         &(WayPlaceBody){ .place = (char *) places[i][0],
                          .code = (char *) places[i][1],
                          .name = (char *) places[i][2],
                          .type = (char *) places[i][3],
                          .parent = (char *) places[i][4] },
         MARCH_1 - 100 * DAY, MARCH_1 - 100 * DAY, NULL);
  add_part (drafts, "pack", "core", "Core", 0, 1, NULL);
  add_part (drafts, "level", "1", "Start", 1, 1, NULL);
  add_part (drafts, "level", "2", "Everyday", 2, 2, NULL);
  add_part (drafts, "capability", "A", "Working together", 0, 1, NULL);
  add_part (drafts, "role", "nursing", "Nursing", 0, 1, "2");
  add_person (drafts, "018f0000-0000-7000-8000-00000000000a", "ann", "Ann", places[1][0]);
  add_person (drafts, "018f0000-0000-7000-8000-00000000000b", "ben", "Ben", places[2][0]);
  add_person (drafts, "018f0000-0000-7000-8000-00000000000c", "cay", "Cay", places[2][0]);
  append (fixture, NULL, drafts);

  add_sitting (drafts, "018f0000-0000-7000-8000-0000000000a1", .1, "not-yet", MARCH_1 - 20 * DAY,
               MARCH_1 - 20 * DAY);
  add_sitting (drafts, "018f0000-0000-7000-8000-0000000000a2", .9, "met", MARCH_1 + 10 * DAY,
               MARCH_1 + 10 * DAY);
  append (fixture, "018f0000-0000-7000-8000-00000000000a", drafts);
  /* It happened before March and came after. */
  add_sitting (drafts, "018f0000-0000-7000-8000-0000000000b1", .5, "not-sure", MARCH_1 - 5 * DAY,
               MARCH_1 + 5 * DAY);
  append (fixture, "018f0000-0000-7000-8000-00000000000b", drafts);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) folder = NULL;
  const char *name;

  way_store_close (fixture->trust);
  g_assert_finalize_object (fixture->trust);
  folder = g_dir_open (fixture->folder, 0, NULL);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->uri);
}

static WayReportRun *
run (Fixture *fixture, const WayReportFilter *filter)
{
  g_autoptr (GError) error = NULL;
  WayReportRun *result = way_report_run (way_report_find ("competency"), fixture->trust, filter,
                                         NULL, &error);

  g_assert_no_error (error);
  return result;
}

static const char *
cell (WayReportRun *rows, guint row, const char *column)
{
  const WayReportColumn *columns;
  guint n;

  columns = way_report_get_columns (way_report_find ("competency"), &n);
  for (guint i = 0; i < n; i++)
    {
      if (g_str_equal (columns[i].name, column))
        return way_report_run_get_cell (rows, row, i);
    }
  g_assert_not_reached ();
}

static void
test_now (Fixture *fixture, gconstpointer data)
{
  const WayReportFilter filter = { 0 };
  g_autoptr (WayReportRun) rows = run (fixture, &filter);

  g_assert_cmpuint (way_report_run_get_n_rows (rows), ==, 3);
  g_assert_cmpstr (cell (rows, 0, "username"), ==, "ann");
  g_assert_cmpstr (cell (rows, 0, "requirement"), ==, "met");
  g_assert_cmpstr (cell (rows, 0, "level"), ==, "Everyday");
  g_assert_cmpstr (cell (rows, 0, "level_probability"), ==, "0.90");
  g_assert_cmpstr (cell (rows, 0, "measured"), ==, "2026-03-11");
  g_assert_cmpstr (cell (rows, 0, "provisional"), ==, "yes");
  g_assert_cmpstr (cell (rows, 0, "staff_group"), ==, "Nursing");
  g_assert_cmpstr (cell (rows, 0, "division"), ==, "Medicine");
  g_assert_cmpstr (cell (rows, 1, "username"), ==, "ben");
  g_assert_cmpstr (cell (rows, 1, "requirement"), ==, "not sure yet");
  g_assert_cmpstr (cell (rows, 2, "requirement"), ==, "not measured");
  g_assert_cmpstr (cell (rows, 2, "required"), ==, "Everyday");
  g_assert_null (cell (rows, 2, "level"));
}

static void
add_requirement (GPtrArray *drafts, const char *role, int level, gint64 received, const char *id)
{
  add (drafts, "role_requirement",
       &(WayRoleRequirementBody){ .role = (char *) role, .capability = (char *) "A", level },
       received, received, id);
}

/* The trust's own word on what roles ask for, for people who are measured and who are not; from
 * the day that it had it; and a job role's before a staff group's. */
static void
test_asked (Fixture *fixture, gconstpointer data)
{
  const WayReportFilter now = { 0 };
  const WayReportFilter then = { .as_at = "2026-03-12" };
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (WayReportRun) asked = NULL;
  g_autoptr (WayReportRun) before = NULL;
  g_autoptr (WayReportRun) job = NULL;
  g_autoptr (WayReportRun) back = NULL;
  const char *id = "018f0000-0000-7000-8000-0000000000d1";

  add_part (drafts, "job", "ward-manager", "Ward Manager", 0, 1, "0");
  add_requirement (drafts, "nursing", 1, MARCH_1 + 20 * DAY, id);
  append (fixture, NULL, drafts);
  asked = run (fixture, &now);
  g_assert_cmpstr (cell (asked, 0, "required"), ==, "Start");
  g_assert_cmpstr (cell (asked, 0, "requirement"), ==, "met");
  /* Half and half of the level that was asked for before; of this one there is no doubt. */
  g_assert_cmpstr (cell (asked, 1, "required"), ==, "Start");
  g_assert_cmpstr (cell (asked, 1, "requirement"), ==, "met");
  g_assert_cmpstr (cell (asked, 1, "required_probability"), ==, "0.99");
  g_assert_cmpstr (cell (asked, 2, "required"), ==, "Start");
  g_assert_cmpstr (cell (asked, 2, "requirement"), ==, "not measured");
  before = run (fixture, &then);
  g_assert_cmpstr (cell (before, 1, "required"), ==, "Everyday");
  g_assert_cmpstr (cell (before, 1, "requirement"), ==, "not sure yet");
  g_assert_cmpstr (cell (before, 2, "required"), ==, "Everyday");

  /* Cay has a job, by its name in small letters, of which the trust asks for more. */
  add (drafts, "person",
       &(WayPersonBody){ .person = (char *) "018f0000-0000-7000-8000-00000000000c",
                         .username = (char *) "cay",
                         .name = (char *) "Cay",
                         .staff_group = (char *) "nursing",
                         .job = (char *) "ward manager",
                         .started = WAY_NO_INTEGER },
       MARCH_1 + 21 * DAY, MARCH_1 + 21 * DAY, NULL);
  add_requirement (drafts, "ward-manager", 2, MARCH_1 + 21 * DAY, NULL);
  append (fixture, NULL, drafts);
  job = run (fixture, &now);
  g_assert_cmpstr (cell (job, 1, "required"), ==, "Start");
  g_assert_cmpstr (cell (job, 2, "required"), ==, "Everyday");

  add (drafts, "retraction", &(WayRetractionBody){ .target = (char *) id }, MARCH_1 + 22 * DAY,
       MARCH_1 + 22 * DAY, NULL);
  append (fixture, NULL, drafts);
  back = run (fixture, &now);
  g_assert_cmpstr (cell (back, 1, "required"), ==, "Everyday");
  g_assert_cmpstr (cell (back, 1, "requirement"), ==, "not sure yet");
}

/* What the trust had received by the end of the day, whatever came later. */
static void
test_as_at (Fixture *fixture, gconstpointer data)
{
  const WayReportFilter filter = { .as_at = "2026-03-01" };
  g_autoptr (WayReportRun) rows = run (fixture, &filter);
  g_autofree char *path = g_build_filename (fixture->folder, "then.csv", NULL);
  g_autofree char *beside = g_strconcat (path, "-metadata.json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (way_report_run_get_n_rows (rows), ==, 3);
  g_assert_cmpstr (cell (rows, 0, "requirement"), ==, "not yet");
  g_assert_cmpstr (cell (rows, 1, "requirement"), ==, "not measured");

  way_report_run_export (rows, path, &error);
  g_assert_no_error (error);
  json_parser_load_from_file (parser, beside, &error);
  g_assert_no_error (error);
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (json_parser_get_root (parser)),
                                               "came_later"),
                   ==, 3);
}

static char *export(Fixture *fixture, const WayReportFilter *filter, const char *name)
{
  g_autoptr (WayReportRun) rows = run (fixture, filter);
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *text;

  way_report_run_export (rows, path, &error);
  g_assert_no_error (error);
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* The same day gives the same bytes, also after more has come. */
static void
test_same_bytes (Fixture *fixture, gconstpointer data)
{
  const WayReportFilter filter = { .as_at = "2026-03-01" };
  g_autofree char *before = export(fixture, &filter, "a.csv");
  g_autofree char *after = NULL;
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);

  add_sitting (drafts, "018f0000-0000-7000-8000-0000000000c1", .9, "met", MARCH_1 - 50 * DAY,
               MARCH_1 + 50 * DAY);
  append (fixture, "018f0000-0000-7000-8000-00000000000c", drafts);
  after = export(fixture, &filter, "b.csv");
  g_assert_cmpstr (before, ==, after);
  g_assert_nonnull (strstr (before, "\"'=Alder\""));
}

/* A figure beside "not sure yet" never reads like one that is met or not yet. */
static void
test_edges (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    double p;
    const char *standing;
    const char *written;
  } edges[] = {
    { .797, "not-sure", "0.79" }, { .80, "met", "0.80" },  { .203, "not-sure", "0.21" },
    { .20, "not-yet", "0.20" },   { .999, "met", "0.99" }, { .001, "not-yet", "0.01" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (edges); i++)
    {
      const WayReportFilter filter = { 0 };
      g_autoptr (GPtrArray)
          drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
      g_autoptr (WayReportRun) rows = NULL;
      g_autofree char *id = g_strdup_printf ("018f0000-0000-7000-8000-0000000000d%u", i);

      add_sitting (drafts, id, edges[i].p, edges[i].standing, MARCH_1 + (20 + i) * DAY,
                   MARCH_1 + (20 + i) * DAY);
      append (fixture, "018f0000-0000-7000-8000-00000000000c", drafts);
      rows = run (fixture, &filter);
      g_assert_cmpstr (cell (rows, 2, "required_probability"), ==, edges[i].written);
    }
}

static void
test_unit (Fixture *fixture, gconstpointer data)
{
  const WayReportFilter ward = { .unit = "W2" };
  const WayReportFilter division = { .unit = "DIV" };
  g_autoptr (WayReportRun) in_ward = run (fixture, &ward);
  g_autoptr (WayReportRun) in_division = run (fixture, &division);

  g_assert_cmpuint (way_report_run_get_n_rows (in_ward), ==, 2);
  g_assert_cmpuint (way_report_run_get_n_rows (in_division), ==, 3);
}

/* Somebody with two places, or in a division of a division, counts once. */
static void
test_once (Fixture *fixture, gconstpointer data)
{
  const WayReportFilter filter = { 0 };
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (WayReportRun) rows = NULL;
  g_autoptr (WayReportRun) counts = NULL;
  g_autoptr (GError) error = NULL;
  int people = 0;

  add (drafts, "membership",
       &(WayMembershipBody){ .person = (char *) "018f0000-0000-7000-8000-00000000000a",
                             .place = (char *) "018f0000-0000-7000-8000-0000000000f2",
                             .is_primary = TRUE },
       MARCH_1, MARCH_1, NULL);
  add (drafts, "place",
       &(WayPlaceBody){ .place = (char *) "018f0000-0000-7000-8000-0000000000f3",
                        .code = (char *) "SUB",
                        .name = (char *) "Acute",
                        .type = (char *) "division",
                        .parent = (char *) "018f0000-0000-7000-8000-0000000000f0" },
       MARCH_1, MARCH_1, NULL);
  add (drafts, "place",
       &(WayPlaceBody){ .place = (char *) "018f0000-0000-7000-8000-0000000000f1",
                        .code = (char *) "W1",
                        .name = (char *) "Alder",
                        .type = (char *) "ward",
                        .parent = (char *) "018f0000-0000-7000-8000-0000000000f3" },
       MARCH_1, MARCH_1, NULL);
  append (fixture, NULL, drafts);

  rows = run (fixture, &filter);
  g_assert_cmpuint (way_report_run_get_n_rows (rows), ==, 3);
  g_assert_cmpstr (cell (rows, 0, "username"), ==, "ann");
  g_assert_cmpstr (cell (rows, 0, "division"), ==, "Acute");
  counts = way_report_run (way_report_find ("standing"), fixture->trust, &filter, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < way_report_run_get_n_rows (counts); i++)
    people += atoi (way_report_run_get_cell (counts, i, 5));
  g_assert_cmpint (people, ==, 3);
}

static void
test_metadata (Fixture *fixture, gconstpointer data)
{
  const WayReportFilter filter = { .unit = "W1", .exporter = "lead" };
  g_autofree char *text = export(fixture, &filter, "c.csv");
  g_autofree char *path = g_build_filename (fixture->folder, "c.csv-metadata.json", NULL);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonObject *object;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  object = json_node_get_object (json_parser_get_root (parser));
  g_assert_cmpstr (json_object_get_string_member (object, "sha256"), ==, digest);
  g_assert_cmpint (json_object_get_int_member (object, "rows"), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (object, "exporter"), ==, "lead");
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (object, "filters"),
                                                  "unit"),
                   ==, "W1");
  g_assert_true (json_object_get_boolean_member (object, "synthetic"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "columns")), ==,
                    20);
}

static void
test_refuses (Fixture *fixture, gconstpointer data)
{
  static const WayReportFilter filters[] = {
    { .as_at = "yesterday" },    { .as_at = "2026-02-30" }, { .as_at = "2999-01-01" },
    { .as_at = "2026-3-1" },     { .as_at = " 2026-3-31" }, { .unit = "W99" },
    { .staff_group = "pilots" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      g_autoptr (GError) error = NULL;
      WayReportRun *rows = way_report_run (way_report_find ("competency"), fixture->trust,
                                           &filters[i], NULL, &error);

      g_assert_null (rows);
      g_assert_error (error, WAY_REPORT_ERROR, WAY_REPORT_ERROR_FILTER);
    }
}

static void
test_standing (Fixture *fixture, gconstpointer data)
{
  const WayReportFilter filter = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (WayReportRun)
      rows = way_report_run (way_report_find ("standing"), fixture->trust, &filter, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (way_report_run_get_n_rows (rows), ==, 2);
  /* Alder: 1 person, met. Beech: 2 people, one not sure, one not measured. */
  g_assert_cmpstr (way_report_run_get_cell (rows, 0, 5), ==, "1");
  g_assert_cmpstr (way_report_run_get_cell (rows, 0, 6), ==, "1");
  g_assert_cmpstr (way_report_run_get_cell (rows, 1, 5), ==, "2");
  g_assert_cmpstr (way_report_run_get_cell (rows, 1, 6), ==, "0");
  g_assert_cmpstr (way_report_run_get_cell (rows, 1, 8), ==, "1");
  g_assert_cmpstr (way_report_run_get_cell (rows, 1, 9), ==, "1");
}

#define N_ASK 9

/* Nine ask: one is answered after 10 minutes, the next after 20 and so on, and each is taken care
 * of after two. Of seven answers nothing is said. */
static void
test_help (Fixture *fixture, gconstpointer data)
{
  static const char person[] = "018f0000-0000-7000-8000-00000000000a";
  static const char unit[] = "018f0000-0000-7000-8000-0000000000f2";
  static const struct
  {
    guint n_answers;
    const char *asked;
    const char *to_accept;
    const char *answered;
    const char *to_answer;
  } cases[] = {
    { 7, "9", NULL, NULL, NULL },
    /* The middle of 10 … 80 lies between 40 and 50. */
    { 8, "9", "2", "8", "45" },
    { 9, "9", "2", "9", "50" },
  };
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_auto (GStrv) requests = g_new0 (char *, N_ASK + 1);
  const gint64 minute = (gint64) 60 * G_USEC_PER_SEC;
  guint n_answered = 0;

  for (guint i = 0; i < N_ASK; i++)
    {
      WayHelpRequestBody body = { .page = (char *) "today", .text = (char *) "x" };

      requests[i] = g_strdup_printf ("018f0000-0000-7000-8000-0000000000d%u", i);
      add (drafts, "help_request", &body, MARCH_1 + i, MARCH_1 + i, requests[i]);
      ((WayEvent *) drafts->pdata[i])->unit = g_strdup (unit);
    }
  append (fixture, person, drafts);
  for (guint c = 0; c < G_N_ELEMENTS (cases); c++)
    {
      const WayReportFilter filter = { 0 };
      g_autoptr (GError) error = NULL;
      g_autoptr (WayReportRun) rows = NULL;

      for (; n_answered < cases[c].n_answers; n_answered++)
        {
          WayHelpActionBody taken = { .request = requests[n_answered], .action = (char *) "taken" };
          WayHelpActionBody said = { .request = requests[n_answered],
                                     .action = (char *) "answered",
                                     .text = (char *) "So" };
          gint64 asked = MARCH_1 + n_answered;
          gint64 at = asked + (n_answered + 1) * 10 * minute;

          add (drafts, "help_action", &taken, asked + 2 * minute, asked + 2 * minute, NULL);
          add (drafts, "help_action", &said, at, at, NULL);
          append (fixture, NULL, drafts);
        }
      rows = way_report_run (way_report_find ("help"), fixture->trust, &filter, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (way_report_run_get_n_rows (rows), ==, 2);
      for (guint r = 0; r < 2; r++)
        {
          g_assert_cmpstr (way_report_run_get_cell (rows, r, 2), ==, r == 0 ? NULL : "Beech");
          g_assert_cmpstr (way_report_run_get_cell (rows, r, 3), ==, cases[c].asked);
          g_assert_cmpstr (way_report_run_get_cell (rows, r, 5), ==, cases[c].to_accept);
          g_assert_cmpstr (way_report_run_get_cell (rows, r, 6), ==, cases[c].answered);
          g_assert_cmpstr (way_report_run_get_cell (rows, r, 7), ==, cases[c].to_answer);
        }
    }
}

/* This week and the next, a row for each shift of each unit; Beech's champion is there on Mondays,
 * early. */
static void
check_coverage (Fixture *fixture, const WayReportFilter *filter, gboolean is_there)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayReportRun)
      rows = way_report_run (way_report_find ("coverage"), fixture->trust, filter, NULL, &error);
  guint n_beech = 0, n_there = 0, n_weeks = 0;
  const char *week = NULL;

  g_assert_no_error (error);
  for (guint r = 0; r < way_report_run_get_n_rows (rows); r++)
    {
      const char *monday = way_report_run_get_cell (rows, r, 3);
      const char *day = way_report_run_get_cell (rows, r, 4);
      gboolean is_here = is_there && g_str_equal (day, monday)
                         && g_str_equal (way_report_run_get_cell (rows, r, 5), "early");

      if (!g_str_equal (way_report_run_get_cell (rows, r, 2), "Beech"))
        continue;
      n_beech++;
      n_there += is_here;
      n_weeks += g_strcmp0 (week, monday) != 0;
      week = monday;
      g_assert_cmpstr (way_report_run_get_cell (rows, r, 7), ==, is_there ? "1" : "0");
      g_assert_cmpstr (way_report_run_get_cell (rows, r, 8), ==, "0");
      g_assert_cmpstr (way_report_run_get_cell (rows, r, 10), ==, is_here ? "1" : "0");
      g_assert_cmpstr (way_report_run_get_cell (rows, r, 11), ==, is_there ? "2.0" : NULL);
      g_assert_cmpstr (way_report_run_get_cell (rows, r, 12), ==, is_here ? "No" : "Yes");
    }
  g_assert_cmpuint (n_beech, ==, 42);
  g_assert_cmpuint (n_weeks, ==, 2);
  g_assert_cmpuint (n_there, ==, is_there ? 2 : 0);
}

/* A term as it was before it was accepted, and as it is. */
static void
test_champions (Fixture *fixture, gconstpointer data)
{
  static const char person[] = "018f0000-0000-7000-8000-00000000000a";
  static const char unit[] = "018f0000-0000-7000-8000-0000000000f2";
  static const char term[] = "018f0000-0000-7000-8000-0000000000c1";
  const WayReportFilter now = { .unit = "DIV" };
  const WayReportFilter before = { .as_at = "2026-03-02" };
  const WayReportFilter elsewhere = { .unit = "W1" };
  const WayReportFilter *filters[] = { &before, &now, &elsewhere };
  static const char *const said[3][2] = { { "nominated", NULL }, { "active", "mon-early" } };
  static const guint n_rows[] = { 1, 1, 0 };
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  WayChampionTermBody body = { .state = (char *) "nominated",
                               .minutes = WAY_NO_INTEGER,
                               .until = WAY_NO_INTEGER };

  add (drafts, "champion_term", &body, MARCH_1, MARCH_1, term);
  ((WayEvent *) drafts->pdata[0])->subject = g_strdup (person);
  ((WayEvent *) drafts->pdata[0])->unit = g_strdup (unit);
  append (fixture, NULL, drafts);
  body.term = (char *) term;
  body.state = (char *) "accepted";
  body.shifts = (char *) "mon-early";
  body.minutes = 45;
  add (drafts, "champion_term", &body, MARCH_1 + 20 * DAY, MARCH_1 + 20 * DAY, NULL);
  add (drafts, "help_given",
       &(WayHelpGivenBody){ .topic = (char *) "Printing", .people = 1, .minutes = 10 },
       MARCH_1 + 21 * DAY, MARCH_1 + 21 * DAY, NULL);
  append (fixture, person, drafts);
  body.state = (char *) "appointed";
  body.shifts = NULL;
  body.minutes = WAY_NO_INTEGER;
  add (drafts, "champion_term", &body, MARCH_1 + 22 * DAY, MARCH_1 + 22 * DAY, NULL);
  ((WayEvent *) drafts->pdata[0])->subject = g_strdup (person);
  append (fixture, NULL, drafts);

  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (WayReportRun) rows = way_report_run (way_report_find ("champions"), fixture->trust,
                                                      filters[i], NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (way_report_run_get_n_rows (rows), ==, n_rows[i]);
      if (n_rows[i] == 0)
        continue;
      g_assert_cmpstr (way_report_run_get_cell (rows, 0, 0), ==, "ann");
      g_assert_cmpstr (way_report_run_get_cell (rows, 0, 4), ==, "Beech");
      g_assert_cmpstr (way_report_run_get_cell (rows, 0, 5), ==, said[i][0]);
      g_assert_cmpstr (way_report_run_get_cell (rows, 0, 8), ==, said[i][1]);
    }
  {
    g_autoptr (WayReportRun)
        rows = way_report_run (way_report_find ("champions"), fixture->trust, &now, NULL, NULL);

    g_assert_cmpstr (way_report_run_get_cell (rows, 0, 6), ==, "2026-03-23");
    g_assert_cmpstr (way_report_run_get_cell (rows, 0, 10), ==, "45");
    g_assert_cmpstr (way_report_run_get_cell (rows, 0, 13), ==, "10");
    g_assert_cmpstr (way_report_run_get_cell (rows, 0, 14), ==, "2026-03-22");
  }
  check_coverage (fixture, &before, FALSE);
  check_coverage (fixture, &now, TRUE);
  {
    g_autoptr (WayReportRun) rows = way_report_run (way_report_find ("coverage"), fixture->trust,
                                                    &elsewhere, NULL, NULL);

    for (guint r = 0; r < way_report_run_get_n_rows (rows); r++)
      g_assert_cmpstr (way_report_run_get_cell (rows, r, 1), ==, "W1");
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/report/competency/now", test_now);
  ADD ("/report/competency/asked", test_asked);
  ADD ("/report/competency/as-at", test_as_at);
  ADD ("/report/competency/same-bytes", test_same_bytes);
  ADD ("/report/competency/edges", test_edges);
  ADD ("/report/competency/unit", test_unit);
  ADD ("/report/competency/once", test_once);
  ADD ("/report/competency/metadata", test_metadata);
  ADD ("/report/competency/refuses", test_refuses);
  ADD ("/report/standing/counts", test_standing);
  ADD ("/report/champions/terms", test_champions);
  ADD ("/report/help/times", test_help);
  return g_test_run ();
}
