/* test-calendar.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is written for calendars, read back by a library that calendars read with. */

#include "report/way-calendar.h"

#include <libical/ical.h>
#include <string.h>

#define CHANGED ((gint64) 2139000001 * G_USEC_PER_SEC)
#define STARTS ((gint64) 2140047000 * G_USEC_PER_SEC)

static char *
write_file (const WayMeeting *meeting)
{
  g_autoptr (GBytes) bytes = way_calendar_make_file (meeting);

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* Lines of at most 75 bytes, each with its end, and no character across two of them. */
static void
check_lines (const char *file)
{
  g_auto (GStrv) lines = g_strsplit (file, "\r\n", -1);
  guint n = g_strv_length (lines);

  g_assert_cmpuint (n, >, 1);
  g_assert_cmpstr (lines[n - 1], ==, "");
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpuint (strlen (lines[i]), <=, 75);
      g_assert_true (g_utf8_validate (lines[i], -1, NULL));
      g_assert_null (strpbrk (lines[i], "\r\n"));
    }
}

static void
check_meeting (const WayMeeting *meeting)
{
  g_autofree char *file = write_file (meeting);
  g_autofree char *id = g_strdup_printf ("%s@waymark", meeting->id);
  icalcomponent *calendar, *event;

  check_lines (file);
  calendar = icalparser_parse_string (file);
  g_assert_nonnull (calendar);
  g_assert_cmpint (icalcomponent_count_errors (calendar), ==, 0);
  g_assert_cmpint (icalcomponent_count_components (calendar, ICAL_VEVENT_COMPONENT), ==, 1);
  event = icalcomponent_get_first_component (calendar, ICAL_VEVENT_COMPONENT);
  g_assert_cmpstr (icalcomponent_get_uid (event), ==, id);
  g_assert_cmpstr (icalcomponent_get_summary (event), ==, meeting->title);
  g_assert_cmpstr (icalcomponent_get_location (event), ==, meeting->place);
  g_assert_cmpstr (icalcomponent_get_description (event), ==, meeting->text);
  g_assert_cmpint (icaltime_as_timet (icalcomponent_get_dtstart (event)), ==,
                   meeting->starts / G_USEC_PER_SEC);
  g_assert_cmpint (icaltime_as_timet (icalcomponent_get_dtend (event)), ==,
                   meeting->starts / G_USEC_PER_SEC + (gint64) meeting->minutes * 60);
  g_assert_cmpint (icaltime_as_timet (icalcomponent_get_dtstamp (event)), ==,
                   meeting->changed / G_USEC_PER_SEC);
  g_assert_true (icaltime_is_utc (icalcomponent_get_dtstart (event)));
  icalcomponent_free (calendar);
}

static void
test_read_back (void)
{
  static const char *const TEXTS[] = {
    "Bring, if you like; a \"form\".",
    "Two lines:\nC:\\home\\n, and what is in it; all of it",
    "Llun, 2 Mawrth: sut i ŵyro’r cyfrif – ac yn y blaen, tan y diwedd; £5 € ddim yn ddigon "
    "漢字漢字漢字漢字",
    "a",
  };

  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    {
      WayMeeting meeting = {
        "019aae35-22e2-79c2-8176-1645cfa935e0", TEXTS[i], "Day room", TEXTS[i], STARTS, 30, CHANGED
      };

      check_meeting (&meeting);
    }
}

/* Every length around the end of a line, with characters of one to four bytes, in words: libical
 * 3.0.16 breaks a word of 73 bytes in the middle of the end of a line. */
static void
test_folds (void)
{
  static const char *const LETTERS[] = { "a", "é", "漢", "😀", "," };

  for (guint i = 0; i < G_N_ELEMENTS (LETTERS); i++)
    for (guint n = 1; n < 160; n++)
      {
        g_autoptr (GString) title = g_string_new (NULL);
        WayMeeting meeting = { "1", NULL, NULL, NULL, STARTS, 1, CHANGED };

        for (guint k = 0; k < n; k++)
          g_string_append (title, k % 8 == 7 && k + 1 < n ? " " : LETTERS[i]);
        meeting.title = title->str;
        check_meeting (&meeting);
      }
}

/* What a person cannot type, and would end a line or the file. */
static void
test_controls (void)
{
  WayMeeting meeting = { "1",    "Ask\r\nEND:VCALENDAR", "", "bell \a, not UTF-8 \xff", STARTS, 1,
                         CHANGED };
  g_autofree char *file = write_file (&meeting);

  check_lines (file);
  g_assert_nonnull (strstr (file, "SUMMARY:Ask\\nEND:VCALENDAR\r\n"));
  g_assert_null (strstr (file, "LOCATION"));
  g_assert_nonnull (strstr (file, "DESCRIPTION:bell \\, not UTF-8 \xef\xbf\xbd\r\n"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/report/calendar/read-back", test_read_back);
  g_test_add_func ("/report/calendar/folds", test_folds);
  g_test_add_func ("/report/calendar/controls", test_controls);
  return g_test_run ();
}
