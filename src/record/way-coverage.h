/* way-coverage.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "record/way-shift.h"

G_BEGIN_DECLS

/* Who is there when, how the champions fare, and who is ready for a day: counted from what is
 * known, and said where it is not. */

/* The settings of a trust, what holds where there is none, and what they may be. */
typedef struct
{
  int least;       /* champions on a shift: fewer are a gap */
  int staff;       /* for a champion: more are many */
  int ending_days; /* a term that ends within so many days is shown */
  int quiet_days;  /* without help given */
  int overload;    /* per cent of the protected minutes */
  int most_open;   /* requests that somebody has taken and not answered */
} WayNetworkLimits;

typedef struct
{
  const char *key;
  int otherwise;
  int least;
  int most;
  gsize offset; /* in WayNetworkLimits */
} WayNetworkSetting;

const WayNetworkSetting *way_network_list_settings (guint *n);
void way_network_limits_init (WayNetworkLimits *limits);
gboolean way_network_limits_set (WayNetworkLimits *limits, const char *key, const char *value);

/* A champion whose term is active, in one unit. */
typedef struct
{
  guint unit; /* a place in the array of units */
  gboolean knows_shifts;
  WayShiftSet shifts;
  gint64 until; /* µs; G_MAXINT64: open */
} WayCoverageChampion;

typedef struct
{
  guint staff; /* to be set by the caller */
  guint champions;
  guint unknown; /* of them: their shifts are not known */
  guint ending;  /* of them: their term ends soon */
  guint there[WAY_N_WEEKDAYS][WAY_N_PARTS];
  guint gaps;       /* shifts with fewer than there should be */
  double each;      /* staff for a champion; NAN where there is none */
  gboolean is_thin; /* more staff for a champion than the setting says, or no champion */
} WayCoverage;

gboolean way_coverage_judge (WayCoverage *units,
                             guint n_units,
                             const WayCoverageChampion *champions,
                             guint n_champions,
                             const WayNetworkLimits *limits,
                             const WayShiftTimes *times,
                             GTimeZone *zone,
                             guint32 monday,
                             gint64 now);

/* How one champion fares. */
typedef enum
{
  WAY_HEALTH_WELL = 0,
  WAY_HEALTH_QUIET = 1 << 0,
  WAY_HEALTH_OVERLOADED = 1 << 1,
  WAY_HEALTH_UNTRAINED = 1 << 2,
  WAY_HEALTH_ENDING = 1 << 3,
} WayHealth;

#define WAY_HEALTH_WEEKS 4 /* over which minutes are added up */

typedef struct
{
  gint64 since;       /* µs: active from then on */
  gint64 until;       /* µs; G_MAXINT64: open */
  gint64 last_helped; /* µs; 0: never */
  int minutes_a_week; /* protected; −1: not known */
  int minutes_given;  /* in the last four weeks */
  int open;           /* requests taken and not answered */
  gboolean is_trained;
} WayChampionWork;

WayHealth
way_health_judge (const WayChampionWork *work, const WayNetworkLimits *limits, gint64 now);

/* Ready for the day on which a technology comes: each part apart. */
#define WAY_MOST_PARTS 32

typedef struct
{
  gboolean has_rota;
  WayShiftSet rota; /* of that week; none: not there */
  gboolean has_pattern;
  WayShiftSet pattern; /* used where there is no rota */
  guint32 done;        /* a bit for each part that is done */
} WayReadyPerson;

typedef struct
{
  guint base;    /* people who work in that week */
  guint unknown; /* of whom it is not known whether they do: counted nowhere else */
  guint away;    /* who do not */
  guint done[WAY_MOST_PARTS];
  guint all; /* who have done every part */
} WayReadiness;

void way_readiness_judge (const WayReadyPerson *people,
                          guint n_people,
                          guint n_parts,
                          WayReadiness *readiness);

G_END_DECLS
