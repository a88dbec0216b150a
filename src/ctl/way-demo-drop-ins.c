/* way-demo-drop-ins.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/way-demo.h"

#include "record/way-shift.h"

/* Where made-up champions were there for questions and will be, and who came and said that they
 * come. It draws nothing, so that nothing else of a seed's trust changes with it. */

#define DAY ((gint64) 86400 * G_USEC_PER_SEC)
#define HOUR ((gint64) 3600 * G_USEC_PER_SEC)
#define N_COMING 6 /* of a unit */

static const struct
{
  const char *title;
  const char *place;
  const char *text; /* (nullable) */
  int hour;
  int minutes;
} plans[] = {
  { "Bring what is stuck", "Staff room", "Any question, and tea.", 13, 45 },
  { "Handover in the record", "Seminar room 2", "We go through one handover from start to end.", 14,
    30 },
  { "Signing in with a badge", "At the ward computer", NULL, 15, 20 },
};

/* The @hour of a day, as the trust counts its days, @days after the history. */
static gint64
find_hour (const WayDemo *demo, int days, int hour)
{
  g_autoptr (GTimeZone) zone = way_shift_dup_zone ();
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (demo->end / G_USEC_PER_SEC);
  g_autoptr (GDateTime) now = g_date_time_to_timezone (utc, zone);
  g_autoptr (GDateTime) then = g_date_time_add_days (now, days);
  g_autoptr (GDateTime)
      at = g_date_time_new (zone, g_date_time_get_year (then), g_date_time_get_month (then),
                            g_date_time_get_day_of_month (then), hour, 0, 0);

  return g_date_time_to_unix (at) * G_USEC_PER_SEC;
}

/* Days from the end of the history to the next such day of the week, 1 to 7. */
static int
find_next (const WayDemo *demo, int weekday)
{
  g_autoptr (GTimeZone) zone = way_shift_dup_zone ();
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (demo->end / G_USEC_PER_SEC);
  g_autoptr (GDateTime) now = g_date_time_to_timezone (utc, zone);

  return 1 + (weekday + 6 - g_date_time_get_day_of_week (now)) % 7;
}

static char *
plan (WayDemo *demo,
      const WayDemoPerson *champion,
      const WayDemoPlace *place,
      const WaySessionBody *body,
      GError **error)
{
  return way_demo_say (demo, champion->id, NULL, place != NULL ? place->id : NULL, "session", body,
                       MIN (body->starts, demo->end) - 8 * DAY, HOUR / 4, error);
}

/* A few of @place (NULL: of the trust) say that they come. Afterwards the champion notes who of
 * their own people did, and one who had not said so. */
static gboolean
write_attendance (WayDemo *demo,
                  const WayDemoPerson *champion,
                  const WayDemoPlace *place,
                  const char *session,
                  gint64 starts,
                  GError **error)
{
  guint n = 0;

  for (guint i = 0; i < demo->people->len && n < N_COMING; i++)
    {
      const WayDemoPerson *person = demo->people->pdata[i];
      gboolean is_said = n != 2;
      gboolean is_there = starts < demo->end && person->place == champion->place && n != 1;
      const WayAttendanceBody coming = { .session = (char *) session, .state = (char *) "coming" };
      const WayAttendanceBody came = { .session = (char *) session, .state = (char *) "came" };
      g_autofree char *said = NULL;
      g_autofree char *noted = NULL;

      if ((place != NULL && person->place != place) || person == champion || person->is_idle
          || person->is_lead)
        continue;
      if (is_said)
        said = way_demo_say (demo, person->id, NULL, person->place->id, "attendance", &coming,
                             MIN (starts, demo->end) - (5 - n / 2) * DAY, HOUR / 4, error);
      if (is_there)
        noted = way_demo_say (demo, champion->id, person->id, champion->place->id, "attendance",
                              &came, starts + HOUR, HOUR / 4, error);
      if ((is_said && said == NULL) || (is_there && noted == NULL))
        return FALSE;
      n++;
    }
  return TRUE;
}

static gboolean
write_session (WayDemo *demo,
               const WayDemoPerson *champion,
               const WayDemoPlace *place,
               const WaySessionBody *body,
               GError **error)
{
  g_autofree char *id = plan (demo, champion, place, body, error);

  return id != NULL && write_attendance (demo, champion, place, id, body->starts, error);
}

/* One that was, about two weeks ago, and one within the next days, for their own unit. */
static gboolean
write_own (WayDemo *demo, const WayDemoPerson *champion, guint nth, GError **error)
{
  for (guint i = 0; i < 2; i++)
    {
      guint p = (nth + i) % G_N_ELEMENTS (plans);
      /* The days of the week from Monday to Friday. */
      int day = find_next (demo, 1 + (int) (nth + i) % 5) - (i == 0 ? 14 : 0);
      const WaySessionBody body = { .title = (char *) plans[p].title,
                                    .place = (char *) plans[p].place,
                                    .text = (char *) plans[p].text,
                                    .starts = find_hour (demo, day, plans[p].hour),
                                    .minutes = plans[p].minutes,
                                    .by = champion->name };

      if (!write_session (demo, champion, champion->place, &body, error))
        return FALSE;
    }
  return TRUE;
}

/* Each Tuesday in the library, as the notice says. */
static gboolean
write_for_all (WayDemo *demo, const WayDemoPerson *champion, GError **error)
{
  const WaySessionBody body = { .title = (char *) "Digital drop-in",
                                .place = (char *) "Library",
                                .text = (char *) "Bring your badge and a question.",
                                .starts = find_hour (demo, find_next (demo, 2), 13),
                                .minutes = 60,
                                .by = champion->name };

  return write_session (demo, champion, NULL, &body, error);
}

/* Drop-in sessions: by the first champion of each place, and one for the whole trust. */
gboolean
way_demo_write_drop_ins (WayDemo *demo, GError **error)
{
  g_autoptr (GHashTable) places = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < demo->people->len; i++)
    {
      const WayDemoPerson *champion = demo->people->pdata[i];
      guint nth = g_hash_table_size (places);

      if (!champion->is_champion || !g_hash_table_add (places, (gpointer) champion->place))
        continue;
      if ((nth == 0 && !write_for_all (demo, champion, error))
          || !write_own (demo, champion, nth, error))
        return FALSE;
    }
  return TRUE;
}
