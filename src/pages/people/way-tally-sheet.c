/* way-tally-sheet.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/people/way-tally-sheet.h"

#include "pages/way-help-words.h"

#include <glib/gi18n.h>

/* A week of the ten-second log on one page of A4, for those who have no computer at hand. */

#define N_DAYS 7

/* Monday's name first; any week will do. */
static char *
dup_day (int day)
{
  g_autoptr (GDateTime) monday = g_date_time_new_utc (2024, 1, 1, 0, 0, 0);
  g_autoptr (GDateTime) then = g_date_time_add_days (monday, day);

  return g_date_time_format (then, "%a");
}

static void
add_table (WayDocument *document)
{
  static const double shares[N_DAYS + 1] = { 2.2, 1, 1, 1, 1, 1, 1, 1 };
  const char *cells[N_DAYS + 2] = { NULL };
  char *days[N_DAYS];

  way_document_set_columns (document, shares, N_DAYS + 1);
  cells[0] = _ ("Help given with");
  for (int i = 0; i < N_DAYS; i++)
    cells[i + 1] = days[i] = dup_day (i);
  way_document_add_row (document, cells, TRUE);
  for (int i = 0; i < N_DAYS; i++)
    {
      g_free (days[i]);
      cells[i + 1] = " ";
    }
  for (guint i = 0; i < way_help_topic_count (); i++)
    {
      /* Room for strokes: five lines. */
      g_autofree char *name = g_strconcat (way_help_topic_get_nth (i), "\n\n\n\n", NULL);

      cells[0] = name;
      way_document_add_row (document, cells, FALSE);
    }
}

/**
 * way_tally_sheet_new:
 * @champion: whose it is
 * @language: a tag, as “en-GB”
 * @now: µs
 *
 * Returns: (transfer full): a sheet to print
 */
WayDocument *
way_tally_sheet_new (const char *champion, const char *language, gint64 now)
{
  WayDocument *document = way_document_new (_ ("Help given: tally sheet"), champion,
                                            _ ("The help that a champion gave in a week"), language,
                                            now);
  g_autofree char *whose = NULL;

  way_document_set_fit (document, 1);
  way_document_add (document, WAY_DOCUMENT_TITLE, _ ("Help given: tally sheet"));
  whose = g_strdup_printf (_ ("Champion: %s"), champion);
  way_document_add (document, WAY_DOCUMENT_TEXT, whose);
  way_document_add (document, WAY_DOCUMENT_TEXT, _ ("Week from: ______________"));
  way_document_add (document, WAY_DOCUMENT_TEXT, _ ("Where: ______________"));
  way_document_add_space (document, 12);
  add_table (document);
  way_document_add_space (document, 12);
  way_document_add (document, WAY_DOCUMENT_TEXT,
                    _ ("One stroke for each person, and the minutes beside it. No names of "
                       "patients, and none of those you helped."));
  way_document_add (document, WAY_DOCUMENT_TEXT,
                    _ ("Log it in My people within seven days: “When” says which day it was."));
  return document;
}
