/* way-patient-detail.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "record/way-patient-detail.h"

#include "content/way-prose.h"

#include <string.h>

/* Free texts are about the person who writes them. Nobody else's NHS number, date of birth or
 * hospital number belongs there, so each is looked for before a text is kept. What is found is
 * shown to the writer, who takes it out or says that it is none: nothing is ever decided here. */

#define SPACE "[ \\x{a0}-]?"
#define NUMBER "(?<![\\w.])\\d{3}" SPACE "\\d{3}" SPACE "\\d{4}(?!\\w)"

#define MONTH "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
/* Day, month and year in figures or with the month as a word, and the day last. */
#define DATE                                                                                       \
  "(?<![\\d/.-])(?:\\d{1,2}([/.-])\\d{1,2}\\g{-1}(?<y1>\\d{4}|\\d{2})"                             \
  "|\\d{1,2}(?:st|nd|rd|th)?[ -]" MONTH "[ ,-]+(?<y2>\\d{4})"                                      \
  "|" MONTH " \\d{1,2}(?:st|nd|rd|th)?,? (?<y3>\\d{4})"                                            \
  "|(?<y4>\\d{4})-\\d{2}-\\d{2})(?![\\d/-])"
#define BIRTH_WORD "\\b(?:d\\.?o\\.?b\\b|born\\b|date of birth|birth ?day)[^\\n]{0,20}$"

/* What a hospital calls its own patients: letters and figures, or figures after a word that says
 * so. Tickets of a service desk look like the first, so their letters are let be. */
#define HOSPITAL                                                                                   \
  "\\b(?!INC|REQ|RITM|CHG|TASK|TKT|CS|SR)[A-Z]{1,3}\\d{6,8}[A-Z]?\\b"                              \
  "|(?i:\\b(?:mrn|crn|hospital|hosp|patient|unit|case ?note)s?\\b[^\\d\\n.]{0,15}(?<!\\d)"         \
  "(?:[a-z]{0,3}\\d{5,9}))\\b"

/* Somebody who was born less than so many years ago is told of by the word alone. */
#define LEAST_YEARS 2

static GRegex *
get_regex (const char *pattern, GRegexCompileFlags flags, gsize *cache)
{
  if (g_once_init_enter (cache))
    {
      g_autoptr (GError) error = NULL;
      GRegex *regex = g_regex_new (pattern, flags | G_REGEX_OPTIMIZE, 0, &error);

      g_assert_no_error (error);
      g_once_init_leave (cache, (gsize) regex);
    }
  return (GRegex *) *cache;
}

static char *
find_nhs_number (const char *text)
{
  static gsize cache;
  g_autoptr (GMatchInfo) match = NULL;

  g_regex_match (get_regex (NUMBER, 0, &cache), text, 0, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      char *found = g_match_info_fetch (match, 0);

      if (way_prose_is_nhs_number (found))
        return found;
      g_free (found);
    }
  return NULL;
}

/* Four figures, or two: those after this year are of the century before. */
static int
read_year (GMatchInfo *match, int this_year)
{
  static const char *const names[] = { "y1", "y2", "y3", "y4" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *text = g_match_info_fetch_named (match, names[i]);
      int year = text != NULL ? (int) g_ascii_strtoll (text, NULL, 10) : 0;

      if (text == NULL || *text == '\0')
        continue;
      if (strlen (text) > 2)
        return year;
      year += this_year - this_year % 100;
      return year > this_year ? year - 100 : year;
    }
  return this_year;
}

static char *
find_birth (const char *text, int this_year)
{
  static gsize dates;
  static gsize words;
  g_autoptr (GMatchInfo) match = NULL;

  g_regex_match (get_regex (DATE, G_REGEX_CASELESS, &dates), text, 0, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      int start;
      int year = read_year (match, this_year);
      g_autofree char *before = NULL;

      g_match_info_fetch_pos (match, 0, &start, NULL);
      before = g_strndup (text, (gsize) start);
      if ((year >= this_year - 120 && year <= this_year - LEAST_YEARS)
          || g_regex_match (get_regex (BIRTH_WORD, G_REGEX_CASELESS, &words), before, 0, NULL))
        return g_match_info_fetch (match, 0);
    }
  return NULL;
}

static char *
find_hospital_number (const char *text)
{
  static gsize cache;
  g_autoptr (GMatchInfo) match = NULL;

  return g_regex_match (get_regex (HOSPITAL, 0, &cache), text, 0, &match)
             ? g_match_info_fetch (match, 0)
             : NULL;
}

/**
 * way_patient_detail_find:
 * @text: what somebody wrote
 * @this_year: the year now: an earlier date may be one of birth
 * @found: (out) (optional) (transfer full): the words that look so; NULL where nothing does
 *
 * Looks for an NHS number (ten figures with a right check digit), a date of birth (a date of two
 * years ago or more, or one after a word like “born”) and a hospital number.
 *
 * Returns: what it looks like; the first of the kinds, where there are several
 */
WayPatientDetail
way_patient_detail_find (const char *text, int this_year, char **found)
{
  WayPatientDetail detail = WAY_PATIENT_DETAIL_NONE;
  g_autofree char *words = NULL;

  g_return_val_if_fail (text != NULL, WAY_PATIENT_DETAIL_NONE);

  if (found != NULL)
    *found = NULL;
  if (!g_utf8_validate (text, -1, NULL))
    return detail;
  if ((words = find_nhs_number (text)) != NULL)
    detail = WAY_PATIENT_DETAIL_NHS_NUMBER;
  else if ((words = find_birth (text, this_year)) != NULL)
    detail = WAY_PATIENT_DETAIL_BIRTH;
  else if ((words = find_hospital_number (text)) != NULL)
    detail = WAY_PATIENT_DETAIL_HOSPITAL_NUMBER;
  if (found != NULL)
    *found = g_steal_pointer (&words);
  return detail;
}
