/* way-calendar.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "report/way-calendar.h"

#include <string.h>

#define PRODUCT "-//Waymark//Waymark " WAY_VERSION "//EN"
#define LINE 75 /* bytes without its end: as long as a line may be */
#define MINUTE ((gint64) 60 * G_USEC_PER_SEC)

/* A whole character on this line or on the next, which begins with a space that does not count
 * as text. */
static void
append_line (GString *file, const char *name, const char *value)
{
  gsize length = strlen (name) + 1;

  g_string_append_printf (file, "%s:", name);
  while (*value != '\0')
    {
      const char *next = g_utf8_next_char (value);
      gsize size = (gsize) (next - value);

      if (length + size > LINE)
        {
          g_string_append (file, "\r\n ");
          length = 1;
        }
      g_string_append_len (file, value, (gssize) size);
      length += size;
      value = next;
    }
  g_string_append (file, "\r\n");
}

/* Commas and semicolons part values and lines end them; no other control is allowed in a text. */
static void
append_text (GString *file, const char *name, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autoptr (GString) value = g_string_new (NULL);

  if (*valid == '\0')
    return;
  for (const char *letter = valid; *letter != '\0'; letter++)
    {
      if (*letter == '\n')
        g_string_append (value, "\\n");
      else if (strchr ("\\,;", *letter) != NULL)
        g_string_append_printf (value, "\\%c", *letter);
      else if (!g_ascii_iscntrl (*letter) || *letter == '\t')
        g_string_append_c (value, *letter);
    }
  append_line (file, name, value->str);
}

/* Calendars count in seconds UTC, and show them in the time of whoever looks. */
static void
append_time (GString *file, const char *name, gint64 at)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (at / G_USEC_PER_SEC);
  g_autofree char *value = time != NULL ? g_date_time_format (time, "%Y%m%dT%H%M%SZ") : NULL;

  if (value != NULL)
    append_line (file, name, value);
}

/**
 * way_calendar_make_file:
 * @meeting: a meeting of at least a minute
 *
 * Writes a meeting as iCalendar (RFC 5545): one VEVENT with an identifier that stays when the
 * meeting is moved, so that a calendar that takes the file again changes it. Nobody is named as
 * organiser or guest: those would be addresses.
 *
 * Returns: (transfer full): the .ics file, UTF-8, lines folded and ended as the format asks
 */
GBytes *
way_calendar_make_file (const WayMeeting *meeting)
{
  g_autofree char *id = NULL;
  GString *file;

  g_return_val_if_fail (meeting != NULL && meeting->minutes > 0, NULL);

  id = g_strdup_printf ("%s@waymark", meeting->id);
  file = g_string_new (NULL);
  append_line (file, "BEGIN", "VCALENDAR");
  append_line (file, "VERSION", "2.0");
  append_line (file, "PRODID", PRODUCT);
  append_line (file, "METHOD", "PUBLISH");
  append_line (file, "BEGIN", "VEVENT");
  append_text (file, "UID", id);
  append_time (file, "DTSTAMP", meeting->changed);
  append_time (file, "LAST-MODIFIED", meeting->changed);
  append_time (file, "DTSTART", meeting->starts);
  append_time (file, "DTEND", meeting->starts + meeting->minutes * MINUTE);
  append_text (file, "SUMMARY", meeting->title);
  append_text (file, "LOCATION", meeting->place);
  append_text (file, "DESCRIPTION", meeting->text);
  append_line (file, "END", "VEVENT");
  append_line (file, "END", "VCALENDAR");
  return g_string_free_to_bytes (file);
}
