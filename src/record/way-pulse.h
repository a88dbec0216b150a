/* way-pulse.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A few questions to some of the people, between two times. */
typedef struct
{
  const char *id;
  gint64 opens;          /* µs UTC */
  gint64 closes;         /* µs UTC */
  int share;             /* of a thousand, how many are drawn */
  gboolean is_addressed; /* whether it is for this person's place at all */
} WayPulseAsk;

/* Whom a pulse asks. */
typedef struct
{
  char **paths; /* (nullable): of places, each with what is below it; NULL: the whole trust */
  char **roles; /* (nullable): staff groups; NULL: all */
} WayPulseAudience;

#define WAY_PULSE_NEVER G_MAXINT64
#define WAY_PULSE_DAYS 30 /* unless the trust's setting pulse_days says otherwise */
#define WAY_PULSE_LEAST_DAYS 14
#define WAY_PULSE_MOST_DAYS 365

int way_pulse_read_days (const char *setting);
gboolean way_pulse_is_drawn (const char *pulse, const char *person, int share);
gboolean
way_pulse_is_for (const WayPulseAudience *audience, const char *const *paths, const char *role);
void way_pulse_draw (
    const WayPulseAsk *pulses, guint n_pulses, const char *person, int days, gint64 *from);
int way_pulse_share_for (guint sample, guint people);
void way_pulse_judge_share (guint yes, guint n, double *low, double *high);

G_END_DECLS
