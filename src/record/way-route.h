/* way-route.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "record/way-shift.h"

G_BEGIN_DECLS

/* A champion, as far as is known where the question is asked. */
typedef struct
{
  const char *person;
  const char *path;    /* of the unit that they look after, "/top/…/unit/"; "" for all of it */
  WayShiftSet shifts;  /* none: nobody knows when they work */
  gboolean is_active;  /* neither paused nor ended */
  const char *systems; /* (nullable) words with spaces between */
  guint n_open;        /* requests that they had taken, and not finished, at the time */
  gint64 last_taken;   /* µs, 0 for never */
} WayRouteChampion;

typedef struct
{
  const char *id;     /* decides between those who are alike in all else */
  const char *person; /* who asks: nobody is sent to themselves */
  const char *path;   /* of the unit for which they ask */
  const char *system; /* (nullable) a word */
  gint64 at;          /* µs UTC */
} WayRouteRequest;

/* Somebody who was asked has passed it on. */
typedef struct
{
  gint64 at;
  const char *from;
  const char *to; /* (nullable) whoever comes next */
} WayRoutePass;

typedef struct
{
  WayShiftTimes times;
  GTimeZone *zone;
  gint64 patience;  /* µs: who has not taken it by then is followed by the next */
  guint most_open;  /* who has that many open is not sent another while somebody has fewer; nor
                     * who has twice as many, … */
  guint most_asked; /* after so many the service desk */
} WayRouteSettings;

#define WAY_HELP_MINUTES_SETTING "help_minutes"
#define WAY_HELP_MINUTES 15
#define WAY_HELP_MOST_OPEN 4
#define WAY_HELP_MOST_ASKED 4

typedef enum
{
  WAY_ROUTE_ON_SHIFT, /* a champion whose shift it is */
  WAY_ROUTE_MAYBE,    /* a champion of whom nobody knows when they work */
  WAY_ROUTE_PASSED,   /* whom the last one named */
  WAY_ROUTE_NOBODY,   /* the service desk: no champion is on shift */
  WAY_ROUTE_DESK,     /* the service desk: nobody has taken it */
} WayRouteWhy;

/* One who is asked, and for how long. */
typedef struct
{
  int champion; /* its place in what was given; −1: the service desk */
  WayRouteWhy why;
  int up;       /* how far up in the trust: 0 the unit, 1 what it is part of, … */
  gint64 from;  /* µs */
  gint64 until; /* µs; G_MAXINT64 for the last */
} WayRouteStep;

void way_route_settings_init (WayRouteSettings *self, GTimeZone *zone);
GArray *way_route_help (const WayRouteRequest *request,
                        const WayRouteChampion *champions,
                        guint n_champions,
                        const WayRoutePass *passes,
                        guint n_passes,
                        const WayRouteSettings *settings);
const WayRouteStep *way_route_find (GArray *steps, gint64 now);
const WayRouteStep *way_route_find_next_champion (GArray *steps, gint64 now);
int way_route_count_up (const char *from, const char *path);

G_END_DECLS
