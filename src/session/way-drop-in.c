/* way-drop-in.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-drop-in.h"

#include "report/way-calendar.h"
#include "session/way-session-private.h"

#include <glib/gi18n-lib.h>

/* A drop-in session is a `session` event; one that names it in `session` changes it, and the
 * newest of the same author holds. Withdrawing the first cancels it. Of attendance the newest of a
 * person holds, apart for what they say themselves (coming) and for what whoever held it noted
 * (came). */

#define DAY ((gint64) 24 * 60 * 60 * G_USEC_PER_SEC)
#define DAYS_KEPT 30 /* one's own stays on the list: who came is noted afterwards */

#define DROP_INS                                                                                   \
  "WITH every AS (SELECT f.id AS drop_in, e.author, e.unit, e.body, e.effective, "                 \
  "row_number() OVER (PARTITION BY f.id ORDER BY e.effective DESC, e.id DESC) AS age "             \
  "FROM live e JOIN live f ON f.id = coalesce(e.body->>'session', e.id) AND f.kind = 'session' "   \
  "AND f.author = e.author WHERE e.kind = 'session'), "                                            \
  "newest AS (SELECT * FROM every WHERE age = 1), "                                                \
  "said AS (SELECT e.body->>'session' AS drop_in, e.person, coalesce(e.body->>'state', 'came') "   \
  "AS state, row_number() OVER (PARTITION BY e.body->>'session', e.person, "                       \
  "CASE WHEN e.author = e.person THEN 1 ELSE 0 END ORDER BY e.effective DESC, e.id DESC) AS age, " \
  "CASE WHEN e.author = e.person THEN 1 ELSE 0 END AS by_oneself "                                 \
  "FROM live e WHERE e.kind = 'attendance'), "                                                     \
  "mine AS (SELECT m.unit, u.path FROM membership m JOIN unit u ON u.unit = m.unit "               \
  "WHERE m.person = CAST($1 AS text)) "                                                            \
  "SELECT n.drop_in, n.body->>'title' AS title, n.body->>'place' AS place, "                       \
  "n.body->>'text' AS text, CAST(n.body->>'starts' AS bigint) AS starts, "                         \
  "CAST(n.body->>'minutes' AS bigint) AS minutes, n.body->>'by' AS by, n.effective AS changed, "   \
  "u.name AS unit_name, CASE WHEN n.author = CAST($1 AS text) THEN 1 ELSE 0 END AS is_mine, "      \
  "(SELECT s.state FROM said s WHERE s.drop_in = n.drop_in AND s.age = 1 AND s.by_oneself = 1 "    \
  "AND s.person = CAST($1 AS text)) AS answer, "                                                   \
  "(SELECT count(*) FROM said s WHERE s.drop_in = n.drop_in AND s.age = 1 AND s.by_oneself = 1 "   \
  "AND s.state = 'coming') AS n_coming, "                                                          \
  "(SELECT count(*) FROM said s WHERE s.drop_in = n.drop_in AND s.age = 1 AND s.by_oneself = 0 "   \
  "AND s.state = 'came') AS n_came, "                                                              \
  "CASE WHEN CAST(n.body->>'starts' AS bigint) + CAST(n.body->>'minutes' AS bigint) * 60000000 "   \
  "< CAST($2 AS bigint) THEN 1 ELSE 0 END AS is_over "                                             \
  "FROM newest n LEFT JOIN unit u ON u.unit = n.unit "                                             \
  "WHERE CAST(n.body->>'minutes' AS bigint) > 0 AND ((n.author = CAST($1 AS text) "                \
  "AND CAST(n.body->>'starts' AS bigint) > CAST($3 AS bigint)) "                                   \
  "OR (CAST(n.body->>'starts' AS bigint) + CAST(n.body->>'minutes' AS bigint) * 60000000 "         \
  ">= CAST($2 AS bigint) AND (n.unit IS NULL OR EXISTS (SELECT 1 FROM mine "                       \
  "WHERE substr(mine.path, 1, length(u.path)) = u.path)))) "                                       \
  "ORDER BY is_over, CASE WHEN CAST(n.body->>'starts' AS bigint) < CAST($2 AS bigint) "            \
  "THEN -CAST(n.body->>'starts' AS bigint) ELSE CAST(n.body->>'starts' AS bigint) END, n.drop_in"

/* Those of one's people who said something come first. */
#define PEOPLE                                                                                     \
  "WITH said AS (SELECT e.person, coalesce(e.body->>'state', 'came') AS state, "                   \
  "CASE WHEN e.author = e.person THEN 1 ELSE 0 END AS by_oneself, "                                \
  "row_number() OVER (PARTITION BY e.person, CASE WHEN e.author = e.person THEN 1 ELSE 0 END "     \
  "ORDER BY e.effective DESC, e.id DESC) AS age FROM live e "                                      \
  "WHERE e.kind = 'attendance' AND e.body->>'session' = CAST($1 AS text)) "                        \
  "SELECT p.person, p.name, u.name AS unit_name, o.state AS answer, "                              \
  "CASE WHEN c.state = 'came' THEN 1 ELSE 0 END AS came "                                          \
  "FROM person p LEFT JOIN membership m ON m.person = p.person AND m.is_primary = 1 "              \
  "LEFT JOIN unit u ON u.unit = m.unit "                                                           \
  "LEFT JOIN said o ON o.person = p.person AND o.by_oneself = 1 AND o.age = 1 "                    \
  "LEFT JOIN said c ON c.person = p.person AND c.by_oneself = 0 AND c.age = 1 "                    \
  "WHERE p.person <> CAST($2 AS text) AND coalesce(p.ended, 0) = 0 "                               \
  "ORDER BY CASE WHEN o.state = 'coming' THEN 0 ELSE 1 END, p.name, p.person"

static const char *
get_person (WaySession *session)
{
  return session->person != NULL ? session->person : "";
}

/**
 * way_drop_in_may_plan:
 *
 * Returns: whether the person signed in is a champion, who holds drop-in sessions
 */
gboolean
way_drop_in_may_plan (WaySession *session)
{
  g_return_val_if_fail (WAY_IS_SESSION (session), FALSE);

  return (session->roles & WAY_ROLE_CHAMPION) != 0;
}

/**
 * way_drop_in_load_async:
 *
 * The drop-in sessions that are yet to come and are for this person, soonest first; then those of
 * the last 30 days that they held themselves. Finish with way_session_list_finish().
 */
void
way_drop_in_load_async (WaySession *session,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  gint64 now = g_get_real_time ();
  g_autofree char *until = g_strdup_printf ("%" G_GINT64_FORMAT, now);
  g_autofree char *since = g_strdup_printf ("%" G_GINT64_FORMAT, now - DAYS_KEPT * DAY);

  g_return_if_fail (WAY_IS_SESSION (session));

  {
    const char *job[] = { DROP_INS, get_person (session), until, since, NULL };

    way_session_query_team (session, way_drop_in_load_async, job, cancellable, callback, user_data);
  }
}

/**
 * way_drop_in_load_people_async:
 * @drop_in: one of this person's own
 *
 * The people of the champion's units, those who said that they come first, and whether they came.
 * Finish with way_session_list_finish().
 */
void
way_drop_in_load_people_async (WaySession *session,
                               const char *drop_in,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  const char *job[] = { PEOPLE, drop_in, NULL, NULL };

  g_return_if_fail (WAY_IS_SESSION (session));

  job[2] = get_person (session);
  way_session_query_team (session, way_drop_in_load_people_async, job, cancellable, callback,
                          user_data);
}

/**
 * way_drop_in_plan_async:
 * @plan: where and when
 *
 * Plans one, or changes one of one's own. Finish with way_session_write_finish().
 */
void
way_drop_in_plan_async (WaySession *session,
                        const WayDropInPlan *plan,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  WaySessionBody body = { .title = (char *) plan->title,
                          .place = (char *) plan->place,
                          .starts = plan->starts,
                          .minutes = plan->minutes,
                          .text = (char *) plan->text,
                          .by = session->person_name,
                          .session = (char *) plan->drop_in };

  g_return_if_fail (WAY_IS_SESSION (session));
  g_return_if_fail (way_drop_in_may_plan (session));
  g_return_if_fail (plan->minutes >= WAY_DROP_IN_LEAST_MINUTES
                    && plan->minutes <= WAY_DROP_IN_MOST_MINUTES);

  way_session_write_one (session, session, way_drop_in_plan_async, "session", &body, NULL,
                         plan->is_for_all ? NULL : session->home_unit, cancellable, callback,
                         user_data);
  way_session_schedule_sync (session, 0);
}

/**
 * way_drop_in_cancel_async:
 * @drop_in: one of this person's own
 *
 * It is on nobody's list any more. Finish with way_session_write_finish().
 */
void
way_drop_in_cancel_async (WaySession *session,
                          const char *drop_in,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (WAY_IS_SESSION (session));

  way_session_retract_async (session, drop_in, cancellable, callback, user_data);
  way_session_schedule_sync (session, 0);
}

static void
write_attendance (WaySession *session,
                  gpointer tag,
                  const char *drop_in,
                  const char *state,
                  const char *person,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  WayAttendanceBody body = { .session = (char *) drop_in, .state = (char *) state };

  way_session_write_one (session, session, tag, "attendance", &body, person, session->home_unit,
                         cancellable, callback, user_data);
  way_session_schedule_sync (session, 0);
}

/**
 * way_drop_in_answer_async:
 *
 * Whether the person signed in comes. Finish with way_session_write_finish().
 */
void
way_drop_in_answer_async (WaySession *session,
                          const char *drop_in,
                          gboolean is_coming,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (WAY_IS_SESSION (session));

  write_attendance (session, way_drop_in_answer_async, drop_in, is_coming ? "coming" : "not-coming",
                    NULL, cancellable, callback, user_data);
}

/**
 * way_drop_in_set_came_async:
 * @person: one of the champion's people
 *
 * Notes that they came, or that they did not. Finish with way_session_write_finish().
 */
void
way_drop_in_set_came_async (WaySession *session,
                            const char *drop_in,
                            const char *person,
                            gboolean came,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (WAY_IS_SESSION (session));
  g_return_if_fail (person != NULL);

  write_attendance (session, way_drop_in_set_came_async, drop_in, came ? "came" : "not-there",
                    person, cancellable, callback, user_data);
}

/**
 * way_drop_in_make_calendar_file:
 * @drop_in: a row of way_drop_in_load_async()
 *
 * Returns: (transfer full): it, for a calendar
 */
GBytes *
way_drop_in_make_calendar_file (WayRow *drop_in)
{
  const WayMeeting meeting = {
    .id = way_row_get_text (drop_in, "drop_in"),
    .title = way_row_get_text (drop_in, "title"),
    .place = way_row_get_text (drop_in, "place"),
    .text = way_row_get_text (drop_in, "text"),
    .starts = way_row_get_int (drop_in, "starts"),
    .minutes = (int) way_row_get_int (drop_in, "minutes"),
    .changed = way_row_get_int (drop_in, "changed"),
  };

  return way_calendar_make_file (&meeting);
}

/**
 * way_drop_in_describe:
 * @row: of way_drop_in_load_async()
 *
 * Returns: (transfer full): when and where it is, who is there, and whom it is for: a line
 */
char *
way_drop_in_describe (WayRow *row)
{
  gint64 starts_at = way_row_get_int (row, "starts");
  gint64 ends_at = starts_at + way_row_get_int (row, "minutes") * 60 * G_USEC_PER_SEC;
  g_autoptr (GDateTime) starts = g_date_time_new_from_unix_local (starts_at / G_USEC_PER_SEC);
  g_autoptr (GDateTime) ends = g_date_time_new_from_unix_local (ends_at / G_USEC_PER_SEC);
  g_autoptr (GString) facts = g_string_new (NULL);
  g_autofree char *day = NULL;
  g_autofree char *end = NULL;

  if (starts == NULL || ends == NULL)
    return g_strdup ("");
  /* Translators: day of the week, day, month and time of day. */
  day = g_date_time_format (starts, _ ("%A %-d %B, %R"));
  end = g_date_time_format (ends, "%R");
  /* Translators: when something starts, with its day, and the time of day at which it ends. */
  g_string_append_printf (facts, _ ("%s to %s"), day, end);
  if (*way_row_get_text (row, "place") != '\0')
    g_string_append_printf (facts, " · %s", way_row_get_text (row, "place"));
  if (way_row_get_int (row, "is_mine") == 0 && *way_row_get_text (row, "by") != '\0')
    {
      g_string_append (facts, " · ");
      /* Translators: %s is the name of a person. */
      g_string_append_printf (facts, _ ("with %s"), way_row_get_text (row, "by"));
    }
  g_string_append (facts, " · ");
  if (way_row_has (row, "unit_name"))
    /* Translators: %s is a unit of the trust. */
    g_string_append_printf (facts, _ ("for %s"), way_row_get_text (row, "unit_name"));
  else
    g_string_append (facts, _ ("for everybody"));
  return g_string_free (g_steal_pointer (&facts), FALSE);
}
