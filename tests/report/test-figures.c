/* test-figures.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "report/way-report.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "record/way-bodies.h"

/* What a lead reads of many people together: what they need help with, month by month, and what
 * champions gave beside what changed. */
#define DAY ((gint64) 86400 * G_USEC_PER_SEC)
#define HOUR (DAY / 24)
#define ROOT "018f0000-0000-7000-8000-0000000000f0"
#define WARD "018f0000-0000-7000-8000-0000000000f1"
#define ELSEWHERE "018f0000-0000-7000-8000-0000000000f2"
#define CHAMPION "018f0000-0000-7000-8000-00000000cccc"

typedef struct
{
  char *folder;
  char *uri;
  WayStore *trust;
  GPtrArray *drafts;
} Fixture;

static gint64
read_time (const char *iso)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (iso, NULL);

  g_assert_nonnull (time);
  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

static void
add (Fixture *fixture, const char *kind, gconstpointer body, gint64 at, const char *unit)
{
  const WayKind *known = way_kind_find (kind);
  g_autoptr (GError) error = NULL;
  g_autofree char *json = way_kind_write (known, body, &error);
  WayEvent *draft;

  g_assert_no_error (error);
  draft = way_event_new (kind, way_kind_get_version (known), json);
  draft->at = at;
  draft->received = at;
  draft->unit = g_strdup (unit);
  g_ptr_array_add (fixture->drafts, draft);
}

static void
append (Fixture *fixture, const char *author)
{
  g_autoptr (GError) error = NULL;

  way_store_append_as (fixture->trust, author, fixture->drafts, &error);
  g_assert_no_error (error);
  g_ptr_array_set_size (fixture->drafts, 0);
}

static char *
dup_person (guint n)
{
  return g_strdup_printf ("018f0000-0000-7000-8000-%012x", 0xa000 + n);
}

static void
add_person (Fixture *fixture, const char *id, const char *place)
{
  gint64 at = read_time ("2024-01-01T00:00:00Z");

  add (fixture, "person",
       &(WayPersonBody){ .person = (char *) id,
                         .username = (char *) id,
                         .name = (char *) "Somebody",
                         .staff_group = (char *) "nursing",
                         .started = WAY_NO_INTEGER },
       at, NULL);
  add (fixture, "membership",
       &(WayMembershipBody){ .person = (char *) id, .place = (char *) place, .is_primary = TRUE },
       at, NULL);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const char *const places[][3] = { { ROOT, "DIV", NULL },
                                           { WARD, "W1", ROOT },
                                           { ELSEWHERE, "W2", ROOT } };
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("way-figures-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->uri = g_strdup_printf ("sqlite:%s/trust.db", fixture->folder);
  fixture->trust = way_store_create_trust (fixture->uri, "Test", "ZZ9", TRUE, &error);
  g_assert_no_error (error);
  fixture->drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    add (fixture, "place",
         &(WayPlaceBody){ .place = (char *) places[i][0],
                          .code = (char *) places[i][1],
                          .name = (char *) places[i][1],
                          .type = (char *) (i == 0 ? "division" : "ward"),
                          .parent = (char *) places[i][2] },
         read_time ("2024-01-01T00:00:00Z"), NULL);
  add_person (fixture, CHAMPION, WARD);
  append (fixture, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) folder = NULL;
  const char *name;

  g_ptr_array_unref (fixture->drafts);
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
run (Fixture *fixture, const char *report, const WayReportFilter *filter)
{
  static const WayReportFilter none = { 0 };
  g_autoptr (GError) error = NULL;
  WayReportRun *rows = way_report_run (way_report_find (report), fixture->trust,
                                       filter != NULL ? filter : &none, NULL, &error);

  g_assert_no_error (error);
  return rows;
}

static guint
find_column (const char *report, const char *name)
{
  const WayReportColumn *columns;
  guint n;

  columns = way_report_get_columns (way_report_find (report), &n);
  for (guint i = 0; i < n; i++)
    if (g_str_equal (columns[i].name, name))
      return i;
  g_assert_not_reached ();
}

/* --- Themes ------------------------------------------------------------------------------- */

/* @month: (nullable): of the whole year. NULL where there is no such row. */
static const char *
get_figure (WayReportRun *rows, const char *month, const char *theme, const char *column)
{
  for (guint r = 0; r < way_report_run_get_n_rows (rows); r++)
    if (g_strcmp0 (way_report_run_get_cell (rows, r, 0), month) == 0
        && g_strcmp0 (way_report_run_get_cell (rows, r, 1), theme) == 0)
      {
        const char *text = way_report_run_get_cell (rows, r, find_column ("help-themes", column));

        return text != NULL ? text : "fewer";
      }
  return NULL;
}

static void
ask (Fixture *fixture, guint n, const char *topic, const char *at, const char *unit)
{
  for (guint i = 0; i < n; i++)
    add (fixture, "help_request",
         &(WayHelpRequestBody){ .page = (char *) "today",
                                .text = (char *) "It says no",
                                .topic = (char *) topic,
                                .urgent = WAY_NO_INTEGER },
         read_time (at) + i, unit);
}

static void
give (Fixture *fixture, guint n, const char *topic, const char *at, const char *unit)
{
  for (guint i = 0; i < n; i++)
    add (fixture, "help_given",
         &(WayHelpGivenBody){
             .topic = (char *) topic, .people = 2, .minutes = 5, .day = WAY_NO_INTEGER },
         read_time (at) + i, unit);
}

/* Months are those of England, and each question and log is in one of them. */
static const struct
{
  const char *at;
  const char *month;
} moments[] = {
  { "2025-11-30T23:59:59Z", "2025-11" }, { "2025-12-01T00:00:00Z", "2025-12" },
  { "2026-02-28T23:30:00Z", "2026-02" }, { "2026-03-31T22:59:00Z", "2026-03" },
  { "2026-03-31T23:01:00Z", "2026-04" }, { "2026-08-31T22:59:00Z", "2026-08" },
  { "2026-08-31T23:01:00Z", "2026-09" }, { "2026-10-31T23:59:00Z", "2026-10" },
};

static void
test_months (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WayReportRun) rows = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    ask (fixture, 8 + i, "Email", moments[i].at, WARD);
  /* A year before the newest is no part of it. */
  ask (fixture, 30, "Email", "2025-10-31T12:00:00Z", WARD);
  append (fixture, CHAMPION);
  rows = run (fixture, "help-themes", NULL);
  g_assert_cmpuint (way_report_run_get_n_rows (rows), ==, 13);
  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      g_autofree char *count = g_strdup_printf ("%u", 8 + i);

      g_assert_cmpstr (get_figure (rows, moments[i].month, "Email", "asked"), ==, count);
      g_assert_cmpstr (get_figure (rows, moments[i].month, "Email", "logged"), ==, "fewer");
    }
  g_assert_cmpstr (get_figure (rows, "2026-01", "Email", "asked"), ==, "fewer");
  g_assert_cmpstr (get_figure (rows, NULL, "Email", "asked"), ==, "92");
}

/* Of fewer than eight nothing is said: not in a month, not of a theme, and not by what is left
 * when the months that are shown are taken from the year. */
static void
test_few (Fixture *fixture, gconstpointer data)
{
  const WayReportFilter ward = { .unit = "W1" };
  g_autoptr (WayReportRun) rows = NULL;
  g_autoptr (WayReportRun) there = NULL;

  for (guint month = 1; month <= 12; month++)
    {
      g_autofree char *at = g_strdup_printf ("2026-%02u-10T12:00:00Z", month);

      /* One month has three; of the other theme two have. */
      give (fixture, month == 7 ? 3 : 8, "Printing", at, WARD);
      give (fixture, month == 7 || month == 8 ? 3 : 9, "Wi-Fi", at, ELSEWHERE);
    }
  ask (fixture, 7, NULL, "2026-05-10T12:00:00Z", WARD);
  ask (fixture, 9, NULL, "2026-06-10T12:00:00Z", WARD);
  give (fixture, 7, "Telepathy", "2026-05-10T12:00:00Z", WARD);
  append (fixture, CHAMPION);

  rows = run (fixture, "help-themes", NULL);
  g_assert_cmpstr (get_figure (rows, "2026-06", "Printing", "logged"), ==, "8");
  g_assert_cmpstr (get_figure (rows, "2026-06", "Printing", "people"), ==, "16");
  g_assert_cmpstr (get_figure (rows, "2026-06", "Printing", "minutes"), ==, "40");
  g_assert_cmpstr (get_figure (rows, "2026-07", "Printing", "logged"), ==, "fewer");
  g_assert_cmpstr (get_figure (rows, "2026-07", "Printing", "minutes"), ==, "fewer");
  g_assert_cmpstr (get_figure (rows, NULL, "Printing", "logged"), ==, "fewer");
  g_assert_cmpstr (get_figure (rows, NULL, "Printing", "minutes"), ==, "fewer");
  g_assert_cmpstr (get_figure (rows, NULL, "Wi-Fi", "logged"), ==, "96");
  g_assert_cmpstr (get_figure (rows, NULL, "Wi-Fi", "minutes"), ==, "480");
  g_assert_cmpstr (get_figure (rows, "2026-05", "Other", "asked"), ==, "fewer");
  g_assert_cmpstr (get_figure (rows, "2026-06", "Other", "asked"), ==, "9");
  g_assert_null (get_figure (rows, "2026-05", "Telepathy", "logged"));
  g_assert_null (get_figure (rows, NULL, "Telepathy", "logged"));

  there = run (fixture, "help-themes", &ward);
  g_assert_cmpstr (get_figure (there, "2026-06", "Printing", "logged"), ==, "8");
  g_assert_null (get_figure (there, NULL, "Wi-Fi", "logged"));
}

static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WayReportRun) themes = run (fixture, "help-themes", NULL);
  g_autoptr (WayReportRun) effort = run (fixture, "effort", NULL);

  g_assert_cmpuint (way_report_run_get_n_rows (themes), ==, 0);
  g_assert_cmpuint (way_report_run_get_n_rows (effort), ==, 1);
}

/* --- Effort ------------------------------------------------------------------------------- */

static void
add_result (Fixture *fixture, const char *at, double mean)
{
  static guint n;
  g_autofree char *id = g_strdup_printf ("018f0000-0000-7000-8000-%012x", 0xb0000 + n++);
  WayAttemptBody *attempt = way_kind_new (way_kind_find ("attempt"));

  attempt->type = g_strdup ("baseline");
  attempt->pack = g_strdup ("core");
  attempt->pack_version = 1;
  attempt->parameters = g_strdup ("author-1");
  attempt->language = g_strdup ("en-GB");
  attempt->seed = g_strdup ("7");
  add (fixture, "attempt", attempt, read_time (at), NULL);
  ((WayEvent *) fixture->drafts->pdata[fixture->drafts->len - 1])->id = g_strdup (id);
  way_kind_free (way_kind_find ("attempt"), attempt);
  add (fixture, "estimate",
       &(WayEstimateBody){ .attempt = id,
                           .capability = (char *) "A",
                           .mean = mean,
                           .sd = .7,
                           .p1 = .5,
                           .p2 = .5,
                           .items = 3,
                           .provisional = TRUE,
                           .required = 2,
                           .p_required = .5,
                           .standing = (char *) "not-sure",
                           .parameters = (char *) "author-1" },
       read_time (at) + 1, NULL);
  add (fixture, "attempt_end",
       &(WayAttemptEndBody){ .attempt = id,
                             .type = (char *) "baseline",
                             .how = (char *) "decided",
                             .asked = 3,
                             .right = 2,
                             .score = .5 },
       read_time (at) + 2, NULL);
}

static const char *
get_of_unit (WayReportRun *rows, const char *code, const char *column)
{
  for (guint r = 0; r < way_report_run_get_n_rows (rows); r++)
    if (g_strcmp0 (way_report_run_get_cell (rows, r, find_column ("effort", "unit_code")), code)
        == 0)
      {
        const char *text = way_report_run_get_cell (rows, r, find_column ("effort", column));

        return text != NULL ? text : "fewer";
      }
  return NULL;
}

/* Eight of the ward are measured twice: .1, .2, … .8 higher, so by .45, with a standard error of
 * .0866. Elsewhere seven are, so of them nothing is said but by what the whole has. */
static void
test_effort (Fixture *fixture, gconstpointer data)
{
  const WayReportFilter ward = { .unit = "W1" };
  g_autoptr (WayReportRun) rows = NULL;
  g_autoptr (WayReportRun) there = NULL;

  for (guint i = 1; i <= 15; i++)
    {
      g_autofree char *person = dup_person (i);

      add_person (fixture, person, i <= 8 ? WARD : ELSEWHERE);
      append (fixture, NULL);
      /* Of two before the year the later counts, and of those in it the last. */
      if (i % 2 == 0)
        {
          add_result (fixture, "2023-06-01T12:00:00Z", 3);
          add_result (fixture, "2024-06-01T12:00:00Z", 1);
          add_result (fixture, "2026-03-01T12:00:00Z", 2);
        }
      else
        add_result (fixture, "2026-01-10T12:00:00Z", 1);
      add_result (fixture, "2026-06-01T12:00:00Z", 1 + .1 * i);
      append (fixture, person);
    }
  give (fixture, 8, "Email", "2026-05-10T12:00:00Z", WARD);
  give (fixture, 7, "Email", "2026-05-11T12:00:00Z", ELSEWHERE);
  /* More than a year before the newest of all. */
  give (fixture, 20, "Email", "2025-05-01T12:00:00Z", WARD);
  append (fixture, CHAMPION);

  rows = run (fixture, "effort", NULL);
  g_assert_cmpstr (get_of_unit (rows, "W1", "people"), ==, "9");
  g_assert_cmpstr (get_of_unit (rows, "W1", "contacts"), ==, "8");
  g_assert_cmpstr (get_of_unit (rows, "W1", "helped"), ==, "16");
  g_assert_cmpstr (get_of_unit (rows, "W1", "minutes"), ==, "40");
  g_assert_cmpstr (get_of_unit (rows, "W1", "measured"), ==, "8");
  g_assert_cmpstr (get_of_unit (rows, "W1", "change"), ==, "0.45");
  g_assert_cmpstr (get_of_unit (rows, "W1", "change_low"), ==, "0.28");
  g_assert_cmpstr (get_of_unit (rows, "W1", "change_high"), ==, "0.62");
  /* Nobody of nine: between none and what Wilson has. */
  g_assert_cmpstr (get_of_unit (rows, "W1", "practised"), ==, "0");
  g_assert_cmpstr (get_of_unit (rows, "W1", "practised_low"), ==, "0.00");
  g_assert_cmpstr (get_of_unit (rows, "W1", "practised_high"), ==, "0.30");
  /* Seven people and seven contacts: there is no such row. */
  g_assert_null (get_of_unit (rows, "W2", "people"));
  /* The division has both. */
  g_assert_cmpstr (get_of_unit (rows, "DIV", "contacts"), ==, "15");
  g_assert_cmpstr (get_of_unit (rows, "DIV", "measured"), ==, "15");
  g_assert_cmpstr (get_of_unit (rows, "DIV", "change"), ==, "0.80");
  g_assert_cmpstr (get_of_unit (rows, NULL, "minutes"), ==, "75");
  g_assert_nonnull (strstr (way_report_get_definition (way_report_find ("effort")), "not because"));

  there = run (fixture, "effort", &ward);
  g_assert_cmpuint (way_report_run_get_n_rows (there), ==, 2);
  g_assert_cmpstr (get_of_unit (there, NULL, "minutes"), ==, "40");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/report/figures/months", Fixture, NULL, set_up, test_months, tear_down);
  g_test_add ("/report/figures/few", Fixture, NULL, set_up, test_few, tear_down);
  g_test_add ("/report/figures/nothing", Fixture, NULL, set_up, test_nothing, tear_down);
  g_test_add ("/report/figures/effort", Fixture, NULL, set_up, test_effort, tear_down);
  return g_test_run ();
}
