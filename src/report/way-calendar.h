/* way-calendar.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a calendar is told of one meeting. */
typedef struct
{
  const char *id; /* stays when it is moved */
  const char *title;
  const char *place; /* (nullable) */
  const char *text;  /* (nullable) */
  gint64 starts;     /* µs UTC */
  int minutes;
  gint64 changed; /* µs UTC: a later one takes the place of an earlier */
} WayMeeting;

GBytes *way_calendar_make_file (const WayMeeting *meeting);

G_END_DECLS
