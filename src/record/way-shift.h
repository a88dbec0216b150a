/* way-shift.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The three parts of a day, as the trust has set them: they do not overlap, and together
 * they are all of it. A night belongs to the day on which it starts. */
typedef enum
{
  WAY_PART_EARLY,
  WAY_PART_LATE,
  WAY_PART_NIGHT,
  WAY_N_PARTS,
} WayPart;

#define WAY_N_WEEKDAYS 7

/* The setting that says when the parts begin, and what holds where there is none. */
#define WAY_SHIFT_SETTING "shift_times"
#define WAY_SHIFT_DEFAULT "early 07:00 late 14:00 night 21:00"

typedef struct
{
  int starts[WAY_N_PARTS]; /* minutes after midnight, by the clock on the wall */
} WayShiftTimes;

typedef struct
{
  guint32 day; /* as GDate counts: 1 is the first of January of year 1 */
  WayPart part;
} WayShift;

/* The weekly pattern of somebody: a bit for each part of each day, Monday first. */
typedef guint32 WayShiftSet;

const char *way_part_get_name (WayPart part);
gboolean way_shift_times_read (const char *text, WayShiftTimes *times, GError **error);
GTimeZone *way_shift_dup_zone (void);
gboolean way_shift_find (const WayShiftTimes *times, GTimeZone *zone, gint64 at, WayShift *shift);
gboolean way_shift_get_bounds (
    const WayShiftTimes *times, GTimeZone *zone, WayShift shift, gint64 *start, gint64 *end);
WayShift way_shift_get_next (WayShift shift);
int way_shift_get_weekday (guint32 day);
guint32 way_shift_get_monday (guint32 day);
char *way_shift_write_day (guint32 day);
gboolean way_shift_read_day (const char *text, guint32 *day);
WayShiftSet way_shift_set_bit (int weekday, WayPart part);
gboolean way_shift_set_has (WayShiftSet set, WayShift shift);
gboolean way_shift_set_read (const char *text, WayShiftSet *set, GError **error);
char *way_shift_set_write (WayShiftSet set);

G_END_DECLS
