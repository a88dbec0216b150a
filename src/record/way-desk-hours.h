/* way-desk-hours.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "record/way-shift.h"

G_BEGIN_DECLS

/* The service desk of a trust: three of its settings. */
#define WAY_DESK_NAME_SETTING "service_desk_name"
#define WAY_DESK_NUMBER_SETTING "service_desk_number"
#define WAY_DESK_HOURS_SETTING "service_desk_hours"

/* When it is open, by the clock on the wall: up to one span a day. */
typedef struct
{
  int opens[WAY_N_WEEKDAYS];  /* minutes after midnight, Monday first; −1 for not at all */
  int closes[WAY_N_WEEKDAYS]; /* the first minute after; 1440 for midnight */
} WayDeskHours;

gboolean way_desk_hours_read (const char *text, WayDeskHours *hours, GError **error);
gboolean way_desk_hours_is_open (const WayDeskHours *hours, GTimeZone *zone, gint64 at);
gint64 way_desk_hours_find_change (const WayDeskHours *hours, GTimeZone *zone, gint64 at);

G_END_DECLS
