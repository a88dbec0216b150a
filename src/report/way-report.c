/* way-report.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "report/way-report-private.h"
#include "store/way-derived.h"
#include "way-report-resources.h"

#include <glib/gi18n-lib.h>

#define PREFIX "/io/github/waymark_skills/Waymark/report/sql/"

/* The reports there are: an .sql file each, and what every column says. Definitions go
 * into each file's metadata in English, as written here, so that a figure can be checked
 * years later; on screen they are translated. */

static const WayReportColumn competency_columns[] = {
  { "username", N_ ("Username"), N_ ("The name the person signs in with."), FALSE },
  { "name", N_ ("Name"), N_ ("The person's name, from the staff list."), FALSE },
  { "staff_group", N_ ("Staff group"), N_ ("The staff group, from the staff list."), FALSE },
  { "division", N_ ("Division"), N_ ("The division that the unit belongs to."), FALSE },
  { "unit_code", N_ ("Unit code"), N_ ("The code of the person's primary unit."), FALSE },
  { "unit", N_ ("Unit"), N_ ("The person's primary unit."), FALSE },
  { "capability", N_ ("Code"), N_ ("The capability's letter in the framework."), FALSE },
  { "capability_name", N_ ("Capability"), N_ ("The capability."), FALSE },
  { "level", N_ ("Level"), N_ ("The most likely level; read it with its probability."), FALSE },
  { "level_probability", N_ ("Probability"),
    N_ ("How likely that level is, given the answers, from 0 to 1."), TRUE },
  { "required", N_ ("Required"),
    N_ ("The level that the person's work asks for: what the trust says of their job role or "
        "staff group, or else the pack."),
    FALSE },
  { "required_probability", N_ ("Probability of required"),
    N_ ("How likely it is that the person is at the required level or above, from 0 to 1."), TRUE },
  { "requirement", N_ ("Requirement"),
    N_ ("Met: probability of required is 0.80 or more. Not yet: 0.20 or less. Both need 2 answers "
        "or more. Otherwise: not sure yet. Not measured: no finished sitting."),
    FALSE },
  { "provisional", N_ ("Provisional"),
    N_ ("Yes until enough of the result rests on questions whose difficulty is measured."), FALSE },
  { "questions", N_ ("Questions"), N_ ("How many questions on this capability were answered."),
    TRUE },
  { "measured", N_ ("Measured"), N_ ("The day the sitting ended."), FALSE },
  { "received", N_ ("Received"), N_ ("The day the trust received the result."), FALSE },
  { "outcomes_shown", N_ ("Outcomes shown"),
    N_ ("How many learning outcomes have evidence: a passed check, a practice task, or a "
        "witness."),
    TRUE },
  { "modules_finished", N_ ("Modules finished"),
    N_ ("How many modules of the capability have a passed check."), TRUE },
  { "last_evidence", N_ ("Last evidence"), N_ ("The day of the newest evidence."), FALSE },
};

static const WayCellType competency_types[] = {
  WAY_CELL_TEXT, WAY_CELL_TEXT,        WAY_CELL_TEXT,  WAY_CELL_TEXT,  WAY_CELL_TEXT,
  WAY_CELL_TEXT, WAY_CELL_TEXT,        WAY_CELL_TEXT,  WAY_CELL_TEXT,  WAY_CELL_PROBABILITY,
  WAY_CELL_TEXT, WAY_CELL_PROBABILITY, WAY_CELL_TEXT,  WAY_CELL_TEXT,  WAY_CELL_COUNT,
  WAY_CELL_DATE, WAY_CELL_DATE,        WAY_CELL_COUNT, WAY_CELL_COUNT, WAY_CELL_DATE,
};

static const WayReportColumn standing_columns[] = {
  { "division", N_ ("Division"), N_ ("The division that the unit belongs to."), FALSE },
  { "unit_code", N_ ("Unit code"), N_ ("The code of the unit."), FALSE },
  { "unit", N_ ("Unit"), N_ ("The unit."), FALSE },
  { "capability", N_ ("Code"), N_ ("The capability's letter in the framework."), FALSE },
  { "capability_name", N_ ("Capability"), N_ ("The capability."), FALSE },
  { "people", N_ ("People"), N_ ("Members of staff whose primary unit this is."), TRUE },
  { "met", N_ ("Met"),
    N_ ("People of whom the required level or above has a probability of 0.80 or more."), TRUE },
  { "not_yet", N_ ("Not yet"), N_ ("People of whom it has a probability of 0.20 or less."), TRUE },
  { "not_sure", N_ ("Not sure yet"), N_ ("People who are measured, but not well enough to say."),
    TRUE },
  { "not_measured", N_ ("Not measured"), N_ ("People without a finished sitting."), TRUE },
};

static const WayCellType standing_types[] = {
  WAY_CELL_TEXT,  WAY_CELL_TEXT,  WAY_CELL_TEXT,  WAY_CELL_TEXT,  WAY_CELL_TEXT,
  WAY_CELL_COUNT, WAY_CELL_COUNT, WAY_CELL_COUNT, WAY_CELL_COUNT, WAY_CELL_COUNT,
};

static const WayReportColumn champions_columns[] = {
  { "username", N_ ("Username"), N_ ("The name the person signs in with."), FALSE },
  { "name", N_ ("Name"), N_ ("The person's name, from the staff list."), FALSE },
  { "division", N_ ("Division"), N_ ("The division that the unit belongs to."), FALSE },
  { "unit_code", N_ ("Unit code"), N_ ("The code of the unit that they are champion of."), FALSE },
  { "unit", N_ ("Unit"), N_ ("The unit that they are champion of."), FALSE },
  { "state", N_ ("State"),
    N_ ("Active: accepted by the person and appointed by a training lead, in whichever order. "
        "Until then: put-forward, nominated, accepted or appointed. Paused: by either."),
    FALSE },
  { "since", N_ ("Since"), N_ ("The day from which that holds."), FALSE },
  { "until", N_ ("Until"), N_ ("The day on which the term ends by itself."), FALSE },
  { "shifts", N_ ("Shifts"),
    N_ ("The usual week, as the person says it. A night belongs to the day on which it starts."),
    FALSE },
  { "systems", N_ ("Systems"), N_ ("What they know well, as the person says it."), FALSE },
  { "minutes", N_ ("Protected minutes"), N_ ("A week, as the person says it."), TRUE },
  { "trained", N_ ("Trained"), N_ ("The day on which a training lead recorded their training."),
    FALSE },
  { "times", N_ ("Times"), N_ ("How often they logged help since the term began."), TRUE },
  { "given", N_ ("Minutes given"), N_ ("Minutes of help that they logged since the term began."),
    TRUE },
  { "last_helped", N_ ("Last help"), N_ ("The day of the newest help that they logged."), FALSE },
};

static const WayCellType champions_types[] = {
  WAY_CELL_TEXT,  WAY_CELL_TEXT, WAY_CELL_TEXT,  WAY_CELL_TEXT,  WAY_CELL_TEXT,
  WAY_CELL_TEXT,  WAY_CELL_DATE, WAY_CELL_DATE,  WAY_CELL_TEXT,  WAY_CELL_TEXT,
  WAY_CELL_COUNT, WAY_CELL_DATE, WAY_CELL_COUNT, WAY_CELL_COUNT, WAY_CELL_DATE,
};

static const WayReportColumn help_columns[] = {
  { "division", N_ ("Division"), N_ ("The division that the unit belongs to."), FALSE },
  { "unit_code", N_ ("Unit code"),
    N_ ("The code of the unit in which it was asked; none for all of them together."), FALSE },
  { "unit", N_ ("Unit"), N_ ("The unit in which it was asked; none for all of them together."),
    FALSE },
  { "asked", N_ ("Asked"),
    N_ ("Questions to champions in the year up to the newest one. Fewer than 8 are not shown."),
    TRUE },
  { "accepted", N_ ("Accepted"), N_ ("Of how many somebody took care. Fewer than 8: none."), TRUE },
  { "to_accept", N_ ("Minutes until accepted"),
    N_ ("From the question until somebody took care of it: the middle one of all times."), TRUE },
  { "answered", N_ ("Answered"), N_ ("How many have an answer. Fewer than 8: none."), TRUE },
  { "to_answer", N_ ("Minutes until answered"),
    N_ ("From the question to its first answer: the middle one of all times, nights and weekends "
        "included."),
    TRUE },
};

static const WayCellType help_types[] = {
  WAY_CELL_TEXT,  WAY_CELL_TEXT,  WAY_CELL_TEXT,  WAY_CELL_COUNT,
  WAY_CELL_COUNT, WAY_CELL_COUNT, WAY_CELL_COUNT, WAY_CELL_COUNT,
};

static const WayReportColumn help_themes_columns[] = {
  { "month", N_ ("Month"),
    N_ ("The month, of England, of the year up to the newest; none for the whole year."), FALSE },
  { "theme", N_ ("Theme"),
    N_ ("What it was about. Of a question: what its words name, or else Other. Themes with fewer "
        "than 8 in the year are left out."),
    FALSE },
  { "asked", N_ ("Asked"), N_ ("Questions to champions. Fewer than 8 are not shown."), TRUE },
  { "logged", N_ ("Logged"),
    N_ ("How often champions logged help that they gave. Fewer than 8 are not shown."), TRUE },
  { "people", N_ ("People helped"),
    N_ ("People helped by that, as it was logged; of fewer than 8 times none."), TRUE },
  { "minutes", N_ ("Minutes"), N_ ("Minutes given by that; of fewer than 8 times none."), TRUE },
};

static const WayCellType help_themes_types[] = {
  WAY_CELL_TEXT, WAY_CELL_TEXT, WAY_CELL_COUNT, WAY_CELL_COUNT, WAY_CELL_COUNT, WAY_CELL_COUNT,
};

static const WayReportColumn effort_columns[] = {
  { "division", N_ ("Division"), N_ ("The division that the unit belongs to."), FALSE },
  { "unit_code", N_ ("Unit code"), N_ ("The code of the unit; none for the whole."), FALSE },
  { "unit", N_ ("Unit"), N_ ("The unit with everything below it; none for the whole."), FALSE },
  { "people", N_ ("People"), N_ ("Members of staff whose primary unit is there."), TRUE },
  { "champions", N_ ("Champions"), N_ ("Of a unit there, whose term is active."), TRUE },
  { "contacts", N_ ("Contacts"),
    N_ ("How often champions logged help there, in the year up to the newest log or result. Fewer "
        "than 8 are not shown."),
    TRUE },
  { "helped", N_ ("People helped"), N_ ("People helped by that, as it was logged."), TRUE },
  { "minutes", N_ ("Minutes"), N_ ("Minutes given by that, as they were logged."), TRUE },
  { "measured", N_ ("Measured twice"),
    N_ ("People with a result in that year and an earlier one of the same capability. Fewer than 8 "
        "are not shown."),
    TRUE },
  { "change", N_ ("Change"),
    N_ ("How far their newest result lies from the last one before the year, or else from the "
        "first in it: the mean of these people, in levels."),
    TRUE },
  { "change_low", N_ ("Change from"),
    N_ ("In 19 of 20 such groups the change lies between this and the next."), TRUE },
  { "change_high", N_ ("Change to"),
    N_ ("In 19 of 20 such groups the change lies between the one before and this."), TRUE },
  { "practised", N_ ("Practised"),
    N_ ("People who passed a practice desk in that year; none of fewer than 8 people."), TRUE },
  { "practised_low", N_ ("Practised from"),
    N_ ("The share who practised, from 0 to 1: what chance alone could make it at least."), TRUE },
  { "practised_high", N_ ("Practised to"), N_ ("And at most."), TRUE },
};

static const WayReportColumn coverage_columns[] = {
  { "part_of", N_ ("Part of"), N_ ("What the unit is part of."), FALSE },
  { "unit_code", N_ ("Unit code"), N_ ("The code of the unit."), FALSE },
  { "unit", N_ ("Unit"), N_ ("The unit."), FALSE },
  { "week", N_ ("Week"), N_ ("The Monday of the week."), FALSE },
  { "day", N_ ("Day"), N_ ("The day on which the shift starts: a night belongs to it."), FALSE },
  { "shift", N_ ("Shift"), N_ ("Early, late or night, as the trust has set them."), FALSE },
  { "staff", N_ ("Staff"), N_ ("Members of staff whose primary unit this is."), TRUE },
  { "champions", N_ ("Champions"), N_ ("Of the unit, whose term is active."), TRUE },
  { "shifts_unknown", N_ ("Shifts not known"),
    N_ ("Champions of the unit who have not said when they work, and of whom there is no rota of "
        "the week."),
    TRUE },
  { "terms_ending", N_ ("Terms ending"),
    N_ ("Champions of the unit whose term ends within the days that the trust has set."), TRUE },
  { "there", N_ ("There"),
    N_ ("Champions of the unit on the shift: by the rota of the week, or else by their usual "
        "week."),
    TRUE },
  { "staff_a_champion", N_ ("Staff for a champion"),
    N_ ("Staff divided by champions; empty where there is no champion."), TRUE },
  { "gap", N_ ("Gap"), N_ ("Yes: fewer are there than the trust has set."), FALSE },
};

static const WayReportColumn passport_columns[] = {
  { "username", N_ ("Username"), N_ ("The name the person signs in with."), FALSE },
  { "name", N_ ("Name"), N_ ("The person's name, from the staff list."), FALSE },
  { "staff_group", N_ ("Staff group"), N_ ("The staff group, from the staff list."), FALSE },
  { "division", N_ ("Division"), N_ ("The division that the unit belongs to."), FALSE },
  { "unit_code", N_ ("Unit code"), N_ ("The code of the person's primary unit."), FALSE },
  { "unit", N_ ("Unit"), N_ ("The person's primary unit."), FALSE },
  { "capability", N_ ("Code"), N_ ("The capability's letter in the framework."), FALSE },
  { "capability_name", N_ ("Capability"), N_ ("The capability."), FALSE },
  { "module", N_ ("Module code"), N_ ("The module that teaches the outcome."), FALSE },
  { "module_name", N_ ("Module"), N_ ("The title of the module."), FALSE },
  { "outcome", N_ ("Outcome code"), N_ ("The id of the learning outcome."), FALSE },
  { "outcome_name", N_ ("Outcome"), N_ ("The learning outcome."), FALSE },
  { "evidence", N_ ("Evidence"),
    N_ ("The strongest there is. Known: a passed check, here, on paper or elsewhere. Practised: in "
        "a practice all that belongs to it went right. Witnessed: seen or signed off by a champion "
        "or manager. Used at work: said by the person."),
    FALSE },
  { "since", N_ ("Date"), N_ ("The newest day of evidence that strong."), FALSE },
  { "entries", N_ ("Entries"), N_ ("How many pieces of evidence speak for the outcome."), TRUE },
};

static const WayCellType passport_types[] = {
  WAY_CELL_TEXT, WAY_CELL_TEXT, WAY_CELL_TEXT, WAY_CELL_TEXT, WAY_CELL_TEXT,
  WAY_CELL_TEXT, WAY_CELL_TEXT, WAY_CELL_TEXT, WAY_CELL_TEXT, WAY_CELL_TEXT,
  WAY_CELL_TEXT, WAY_CELL_TEXT, WAY_CELL_TEXT, WAY_CELL_DATE, WAY_CELL_COUNT,
};

static const WayReport competency = {
  .name = "competency",
  .definition = N_ (
      "Each current member of staff on each capability, as measured by the newest sitting that "
      "counts, with the evidence from modules beside it."),
  .path = PREFIX "competency.sql",
  .columns = competency_columns,
  .types = competency_types,
  .n_columns = G_N_ELEMENTS (competency_columns),
};

static const WayReport standing = {
  .name = "standing",
  .definition = N_ ("For each unit and capability, how many current members of staff meet what "
                    "their role asks for."),
  .path = PREFIX "standing.sql",
  .columns = standing_columns,
  .types = standing_types,
  .n_columns = G_N_ELEMENTS (standing_columns),
};

static const WayReport passport = {
  .name = "passport",
  .definition = N_ (
      "Each learning outcome that a current member of staff has evidence of, with the "
      "strongest. What people rate themselves as is not in it."),
  .path = PREFIX "passport.sql",
  .columns = passport_columns,
  .types = passport_types,
  .n_columns = G_N_ELEMENTS (passport_columns),
};

static const WayReport champions = {
  .name = "champions",
  .definition = N_ ("Each term as a champion that was begun and has not ended, with when somebody "
                    "is there and what they have given."),
  .path = PREFIX "champions.sql",
  .columns = champions_columns,
  .types = champions_types,
  .n_columns = G_N_ELEMENTS (champions_columns),
};

static const WayReport help = {
  .name = "help",
  .definition = N_ ("How soon who asks a champion for help is answered, in the whole trust and in "
                    "each unit. The middle one of all times; of fewer than 8 nothing is said."),
  .path = PREFIX "help.sql",
  .columns = help_columns,
  .types = help_types,
  .n_columns = G_N_ELEMENTS (help_columns),
};

static const WayReport help_themes = {
  .name = "help-themes",
  .definition = N_ ("What people need help with, month by month: questions to champions, and help "
                    "that champions logged. Of fewer than 8 nothing is said."),
  .path = PREFIX "help-themes.sql",
  .counts = "SELECT month, theme, asked, logged, people, minutes FROM api.help_themes_v1 ()",
  .columns = help_themes_columns,
  .types = help_themes_types,
  .n_columns = G_N_ELEMENTS (help_themes_columns),
};

static const WayReport effort = {
  .name = "effort",
  .definition = N_ (
      "What champions gave, beside what changed for the people of the same places in the same "
      "year. Beside is not because: places differ in much else, champions go where help is "
      "needed most, and not everybody is measured twice. Of fewer than 8 nothing is said."),
  .add_cells = way_effort_add_cells,
  .columns = effort_columns,
  .n_columns = G_N_ELEMENTS (effort_columns),
};

static const WayReport coverage = {
  .name = "coverage",
  .definition = N_ ("Each unit on each shift of this week and the next: how many champions are "
                    "there."),
  .add_cells = way_coverage_add_cells,
  .columns = coverage_columns,
  .n_columns = G_N_ELEMENTS (coverage_columns),
};

static const WayReport *const reports[] = {
  &champions, &competency, &coverage, &effort, &help, &help_themes, &passport, &standing,
};

/**
 * way_report_expand_sql:
 * @sql: in which @places and @judged stand for the files of these names: where people are, and
 *   how what was measured of them stands against what their work asks for; and @themes for the
 *   store's: what people need help with, month by month
 *
 * Returns: (transfer full): the same with their text
 */
char *
way_report_expand_sql (const char *sql)
{
  static const char *const parts[] = { "places", "judged" };
  g_autoptr (GString) text = g_string_new (sql);
  g_autofree char *themes = way_store_load_sql ("themes.sql");

  g_string_replace (text, "@themes", themes, 0);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *mark = g_strconcat ("@", parts[i], NULL);
      g_autofree char *path = g_strconcat (PREFIX, parts[i], ".sql", NULL);
      g_autoptr (GBytes) bytes = g_resource_lookup_data (way_report_get_resource (), path, 0, NULL);

      /* It is compiled in. */
      g_assert (bytes != NULL);
      g_string_replace (text, mark, g_bytes_get_data (bytes, NULL), 0);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * way_report_error_quark:
 *
 * Returns: the domain of reports' errors
 */
GQuark
way_report_error_quark (void)
{
  return g_quark_from_static_string ("way-report-error-quark");
}

/**
 * way_report_list:
 * @n_reports: (out): how many
 *
 * Returns: (transfer none): the reports there are
 */
const WayReport *const *
way_report_list (guint *n_reports)
{
  *n_reports = G_N_ELEMENTS (reports);
  return reports;
}

/**
 * way_report_find:
 *
 * Returns: (transfer none) (nullable): the report of that name
 */
const WayReport *
way_report_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (reports); i++)
    {
      if (g_strcmp0 (reports[i]->name, name) == 0)
        return reports[i];
    }
  return NULL;
}

/**
 * way_report_get_name:
 *
 * Returns: (transfer none): what the command line calls it
 */
const char *
way_report_get_name (const WayReport *self)
{
  return self->name;
}

/**
 * way_report_get_definition:
 *
 * Returns: (transfer none): what it counts, in English, for gettext
 */
const char *
way_report_get_definition (const WayReport *self)
{
  return self->definition;
}

/**
 * way_report_get_columns:
 * @n_columns: (out): how many
 *
 * Returns: (transfer none) (array length=n_columns): the columns in the order of the file
 */
const WayReportColumn *
way_report_get_columns (const WayReport *self, guint *n_columns)
{
  *n_columns = self->n_columns;
  return self->columns;
}
