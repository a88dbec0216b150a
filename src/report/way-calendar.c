/* way-calendar.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "report/way-calendar.h"

#include <libical/ical.h>
#include <stdlib.h>
#include <string.h>

#define PRODUCT "-//Waymark//Waymark " WAY_VERSION "//EN"

/* Calendars count in seconds UTC, and show them in the time of whoever looks. */
static struct icaltimetype
get_time (gint64 at)
{
  return icaltime_from_timet_with_zone ((time_t) (at / G_USEC_PER_SEC), 0,
                                        icaltimezone_get_utc_timezone ());
}

/* No control but the end of a line is allowed in a text. */
static char *
dup_text (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  char *end = valid;

  for (const char *letter = valid; *letter != '\0'; letter++)
    if (!g_ascii_iscntrl (*letter) || *letter == '\n' || *letter == '\t')
      *end++ = *letter;
  *end = '\0';
  return g_steal_pointer (&valid);
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
  icalcomponent *calendar;
  icalcomponent *event;
  g_autofree char *id = NULL;
  g_autofree char *title = dup_text (meeting != NULL ? meeting->title : NULL);
  g_autofree char *place = dup_text (meeting != NULL ? meeting->place : NULL);
  g_autofree char *about = dup_text (meeting != NULL ? meeting->text : NULL);
  GBytes *bytes;
  char *text;

  g_return_val_if_fail (meeting != NULL && meeting->minutes > 0, NULL);

  id = g_strdup_printf ("%s@waymark", meeting->id);
  event = icalcomponent_vanew (ICAL_VEVENT_COMPONENT, icalproperty_new_uid (id),
                               icalproperty_new_dtstamp (get_time (meeting->changed)),
                               icalproperty_new_lastmodified (get_time (meeting->changed)),
                               icalproperty_new_dtstart (get_time (meeting->starts)),
                               icalproperty_new_dtend (
                                   get_time (meeting->starts
                                             + (gint64) meeting->minutes * 60 * G_USEC_PER_SEC)),
                               icalproperty_new_summary (title), (void *) 0);
  if (*place != '\0')
    icalcomponent_add_property (event, icalproperty_new_location (place));
  if (*about != '\0')
    icalcomponent_add_property (event, icalproperty_new_description (about));
  calendar = icalcomponent_vanew (ICAL_VCALENDAR_COMPONENT, icalproperty_new_version ("2.0"),
                                  icalproperty_new_prodid (PRODUCT),
                                  icalproperty_new_method (ICAL_METHOD_PUBLISH), event, (void *) 0);
  text = icalcomponent_as_ical_string_r (calendar);
  bytes = g_bytes_new (text, strlen (text));
  free (text);
  icalcomponent_free (calendar);
  return bytes;
}
