/* way-session-team.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-help-private.h"
#include "session/way-paper-private.h"
#include "session/way-session-private.h"

#include <glib/gi18n-lib.h>

#include "report/way-report.h"

/* What a champion sees of their own units, and the help they give. The rows were pulled
 * by the trust's rules: nothing else of these people is on this device. */

#define DAY ((gint64) 24 * 60 * 60 * G_USEC_PER_SEC)
#define STUCK_DAYS 14

#define MINE                                                                                       \
  "WITH mine AS (SELECT m.person AS person, min(m.unit) AS unit FROM membership m "                \
  "JOIN unit u ON u.unit = m.unit "                                                                \
  "JOIN role r ON r.person = CAST($1 AS text) AND r.role = 'champion' "                            \
  "JOIN unit top ON (r.unit IN (top.unit, '')) AND u.path LIKE top.path || '%' "                   \
  "GROUP BY m.person) "

/* Who asks from a place that is not theirs, as far as they were called: what they asked and their
 * name, and nothing else of them. */
#define ELSEWHERE                                                                                  \
  "UNION ALL SELECT h.person, coalesce(h.name, ''), NULL, h.unit, u.name, 0, 0, NULL, NULL, 0, "   \
  "NULL, NULL, h.text, h.request, h.state, h.asked, h.page, h.module, h.urgent, h.opened, "        \
  "h.taken_by, h.taken_name, h.fixed, 0, NULL, 1, NULL, NULL, NULL, h.system FROM help h LEFT "    \
  "JOIN unit u "                                                                                   \
  "ON u.unit = h.unit "                                                                            \
  "WHERE h.request = (SELECT h2.request FROM help h2 WHERE h2.person = h.person "                  \
  "AND (h2.state = 'open' OR (h2.state = 'taken' AND h2.taken_by = CAST($1 AS text))) "            \
  "AND instr(' ' || h2.called || ' ', ' ' || CAST($1 AS text) || ' ') > 0 "                        \
  "ORDER BY h2.urgent DESC, h2.asked, h2.request LIMIT 1) "                                        \
  "AND h.person NOT IN (SELECT person FROM mine) "
#define MY_PEOPLE                                                                                  \
  MINE ", @judged, declined AS (SELECT e.person, e.body->>'module' AS module, max(e.effective) "   \
       "AS at "                                                                                    \
       "FROM live e WHERE e.kind = 'help_declined' GROUP BY e.person, e.body->>'module'), "        \
       "tried AS (SELECT a.person, a.module, count(*) AS tries FROM attempt a "                    \
       "LEFT JOIN declined d ON d.person = a.person AND d.module = a.module "                      \
       "WHERE a.type = 'check' AND a.ended > coalesce(d.at, 0) AND a.passed = 0 "                  \
       "AND a.purpose IS NULL GROUP BY a.person, a.module), "                                      \
       "stuck AS (SELECT person, module, tries FROM (SELECT g.person, g.module, "                  \
       "coalesce(t.tries, 0) AS tries, row_number() OVER (PARTITION BY g.person "                  \
       "ORDER BY coalesce(t.tries, 0) DESC, g.last, g.module) AS place "                           \
       "FROM progress g LEFT JOIN tried t ON t.person = g.person AND t.module = g.module "         \
       "LEFT JOIN declined d ON d.person = g.person AND d.module = g.module "                      \
       "WHERE g.state IN ('started', 'practised') AND coalesce(g.check_passed, 0) = 0 "            \
       "AND (coalesce(t.tries, 0) >= CAST($4 AS integer) OR (g.last < CAST($3 AS bigint) "         \
       "AND d.person IS NULL AND (g.steps > 0 OR g.practised > 0 OR t.tries > 0)))"                \
       ") AS each_one "                                                                            \
       "WHERE place = 1), " /* Of those who do not share the trust sends neither of these. */      \
       "sharing AS (SELECT person FROM level UNION SELECT person FROM self_rating), "              \
       "did AS (SELECT person, at, what, topic FROM (SELECT person, at, what, topic, "             \
       "row_number() OVER (PARTITION BY person ORDER BY at DESC, what) AS place FROM ("            \
       "SELECT g.person, g.at, 'given' AS what, g.topic FROM help_given g "                        \
       "WHERE g.champion = CAST($1 AS text) AND g.person IS NOT NULL "                             \
       "UNION ALL SELECT x.person, coalesce(x.answered, x.taken), 'answered', NULL FROM help x "   \
       "WHERE x.taken_by = CAST($1 AS text) AND x.state <> 'taken' "                               \
       "UNION ALL SELECT e.subject, e.effective, 'witnessed', NULL FROM live e "                   \
       "WHERE e.kind = 'evidence' AND e.author = CAST($1 AS text) AND e.subject IS NOT NULL"       \
       ") AS deed) AS latest WHERE place = 1) "                                                    \
       "SELECT * FROM (SELECT p.person, p.name, p.staff_group, mine.unit, u.name AS unit_name, "   \
       "(SELECT count(*) FROM progress g WHERE g.person = p.person "                               \
       "AND g.state IN ('checked', 'done')) AS modules_done, CAST($2 AS integer) AS "              \
       "modules_total, "                                                                           \
       "(SELECT max(g.last) FROM progress g WHERE g.person = p.person) AS last, "                  \
       "(SELECT max(a.ended) FROM attempt a WHERE a.person = p.person "                            \
       "AND a.type IN ('baseline', 'closer') AND a.asked > 0) AS baseline_at, "                    \
       "CASE WHEN s.person IS NULL THEN 0 ELSE 1 END AS is_stuck, s.module AS stuck_module, "      \
       "CASE WHEN s.tries >= CAST($4 AS integer) THEN 'tries' "                                    \
       "WHEN s.person IS NOT NULL THEN 'days' END AS stuck_why, "                                  \
       "h.text AS asked, h.request, h.state AS request_state, h.asked AS asked_at, "               \
       "h.page AS asked_page, h.module AS asked_module, h.urgent, h.opened, h.taken_by, "          \
       "h.taken_name, h.fixed, "                                                                   \
       "CASE WHEN sh.person IS NULL THEN 0 ELSE 1 END AS shares, " /* Only a device runs this, so  \
                                                                      SQLite's own aggregate will  \
                                                                      do. */                       \
       "(SELECT group_concat(l.capability || ':' || l.required || ':' || l.p_required || ':' || "  \
       "l.p1 || ':' || l.p2 || ':' || l.p3 || ':' || l.p4, ' ') FROM judged l "                    \
       "WHERE l.person = p.person AND sh.person IS NOT NULL) AS levels, 0 AS is_elsewhere, "       \
       "did.what AS did, did.topic AS did_topic, did.at AS did_at, "                               \
       "h.system AS asked_system "                                                                 \
       "FROM mine JOIN person p ON p.person = mine.person AND p.ended = 0 "                        \
       "LEFT JOIN unit u ON u.unit = mine.unit "                                                   \
       "LEFT JOIN stuck s ON s.person = p.person "                                                 \
       "LEFT JOIN help h ON h.request = (SELECT h2.request FROM help h2 WHERE h2.person = "        \
       "p.person "                                                                                 \
       "AND h2.state IN ('open', 'taken') ORDER BY h2.urgent DESC, h2.asked, h2.request LIMIT 1) " \
       "LEFT JOIN sharing sh ON sh.person = p.person "                                             \
       "LEFT JOIN did ON did.person = p.person "                                                   \
       "WHERE p.person <> CAST($1 AS text) " ELSEWHERE ") "                                        \
       "ORDER BY CASE WHEN request IS NULL THEN 1 ELSE 0 END, urgent DESC, is_stuck DESC, "        \
       "name, person"

#define ONE_PERSON                                                                                 \
  "SELECT g.module, g.state, g.check_best, g.last, g.practised, "                                  \
  "(SELECT count(*) FROM attempt a WHERE a.person = g.person AND a.module = g.module "             \
  "AND a.type = 'check' AND a.ended IS NOT NULL AND a.purpose IS NULL) AS check_tries, "           \
  "(SELECT count(*) FROM attempt a WHERE a.person = g.person AND a.module = g.module "             \
  "AND a.type = 'check' AND a.passed = 1 AND a.purpose = 'test-out') AS tested_out, "              \
  "(SELECT max(e.effective) FROM live e WHERE e.kind = 'help_declined' AND e.person = g.person "   \
  "AND e.body->>'module' = g.module) AS declined, "                                                \
  "(SELECT max(v.at) FROM evidence v WHERE v.person = g.person AND v.module = g.module "           \
  "AND v.type = 'paper' AND v.outcome = '') AS on_paper "                                          \
  "FROM progress g WHERE g.person = CAST($1 AS text) ORDER BY g.last DESC, g.module"

#define HELP_GIVEN                                                                                 \
  "SELECT h.id, h.topic, h.system, h.people, h.minutes, h.text, h.at, p.name AS person_name "      \
  "FROM help_given h LEFT JOIN person p ON p.person = h.person "                                   \
  "WHERE h.champion = CAST($1 AS text) ORDER BY h.at DESC, h.id"

/* The champion's people, and to whom what they asked is sent now. */
static void
people_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WaySession *self = source;
  char **job = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListStore) rows = NULL;
  GListStore *routed = NULL;
  WayDb *db = way_session_get_team_db (self, &error);

  if (db != NULL)
    rows = way_row_query (db, job[0], (const char *const *) job + 1, &error);
  if (rows != NULL)
    routed = way_session_add_routes (self, rows, "request", g_get_real_time (), &error);
  if (routed == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, routed, g_object_unref);
}

static gboolean
refuse (WaySession *self,
        gpointer tag,
        GCancellable *cancellable,
        GAsyncReadyCallback callback,
        gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  if ((self->roles & WAY_ROLE_CHAMPION) != 0)
    return FALSE;
  task = way_session_begin (self, self, tag, cancellable, callback, user_data);
  g_task_return_new_error (task, WAY_SESSION_ERROR, WAY_SESSION_ERROR_NOT_YOURS, "%s",
                           _ ("Only a digital champion sees this."));
  return TRUE;
}

/**
 * way_session_load_people_async:
 *
 * The people of the champion's units: those who asked first, then those who are stuck.
 * Finish with way_session_list_finish().
 */
void
way_session_load_people_async (WaySession *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autofree char *total = NULL;
  g_autofree char *since = NULL;
  g_autofree char *tries = NULL;
  g_autofree char *sql = NULL;

  g_return_if_fail (WAY_IS_SESSION (self));

  if (refuse (self, way_session_load_people_async, cancellable, callback, user_data))
    return;
  total = g_strdup_printf ("%u", way_pack_get_modules (self->pack)->len);
  since = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_real_time () - STUCK_DAYS * DAY);
  tries = g_strdup_printf ("%d", WAY_TRIES);
  sql = way_report_expand_sql (MY_PEOPLE);
  {
    const char *job[] = {
      sql, self->person != NULL ? self->person : "", total, since, tries, NULL
    };

    way_session_query (self, way_session_load_people_async, people_thread, job, cancellable,
                       callback, user_data);
  }
}

/**
 * way_session_load_person_async:
 * @person: of one's own units
 *
 * The modules of one person. That it was opened is itself recorded. Finish with
 * way_session_list_finish().
 */
void
way_session_load_person_async (WaySession *self,
                               const char *person,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  const char *job[] = { ONE_PERSON, person, NULL };

  g_return_if_fail (WAY_IS_SESSION (self));

  if (refuse (self, way_session_load_person_async, cancellable, callback, user_data))
    return;
  way_session_record_access (self, "person", NULL, person);
  way_session_query_team (self, way_session_load_person_async, job, cancellable, callback,
                          user_data);
}

static void
recorded_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  WaySession *self = WAY_SESSION (object);
  g_autoptr (GError) error = NULL;

  if (!way_session_write_finish (self, result, NULL, &error))
    way_session_emit_not_saved (self, error->message);
}

/* That a named person's detail, a report or an export was opened, which the person can see. */
void
way_session_record_access (WaySession *self,
                           const char *what,
                           const char *detail,
                           const char *subject)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  WayAccessBody body = { .what = (char *) what,
                         .detail = (char *) detail,
                         .by = self->person_name };
  WayEvent *draft = way_session_draft ("access", &body, NULL);

  draft->subject = g_strdup (subject);
  g_ptr_array_add (drafts, draft);
  way_session_write (self, self, way_session_record_access, g_steal_pointer (&drafts), NULL,
                     recorded_cb, NULL);
}

static void
write_about (WaySession *self,
             gpointer tag,
             const char *kind,
             gconstpointer body,
             const char *subject,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  way_session_write_one (self, self, tag, kind, body, subject, self->home_unit, cancellable,
                         callback, user_data);
}

/**
 * way_session_log_help_async:
 * @person: (nullable): who was helped, where they are named
 * @topic: what with, in a word or two
 * @system: (nullable): a word of those that champions know, where it was about one
 * @people: how many
 * @minutes: how long
 * @text: (nullable): a note
 * @day: when it was, µs, up to seven days ago; 0 for now
 * @unit: (nullable): where; NULL: one's own place
 *
 * The ten-second log of help given. way_session_write_finish() gives the id that undoes it.
 */
void
way_session_log_help_async (WaySession *self,
                            const char *person,
                            const char *topic,
                            const char *system,
                            int people,
                            int minutes,
                            const char *text,
                            gint64 day,
                            const char *unit,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  WayHelpGivenBody body = { .topic = (char *) topic,
                            .people = people,
                            .minutes = minutes,
                            .text = (char *) text,
                            .day = day > 0 ? day : WAY_NO_INTEGER,
                            .system = (char *) system,
                            .by = person != NULL ? self->person_name : NULL };

  g_return_if_fail (WAY_IS_SESSION (self));

  way_session_write_one (self, self, way_session_log_help_async, "help_given", &body, person,
                         unit != NULL ? unit : self->home_unit, cancellable, callback, user_data);
}

/**
 * way_session_add_evidence_async:
 * @person: of the champion's units; nobody bears witness to themselves
 * @module: what it is about
 * @outcome: (nullable): of that module; NULL for all of it
 * @type: witnessed, signed-off, paper or elsewhere
 * @note: (nullable): what shows it
 *
 * That somebody can, and who says so. way_session_write_finish() gives the id that undoes it.
 */
void
way_session_add_evidence_async (WaySession *self,
                                const char *person,
                                const char *module,
                                const char *outcome,
                                const char *type,
                                const char *note,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  WayEvidenceBody body = { .outcome = (char *) (outcome != NULL ? outcome : ""),
                           .module = (char *) module,
                           .type = (char *) type,
                           .note = (char *) note };

  g_return_if_fail (WAY_IS_SESSION (self));
  g_return_if_fail (person != NULL);

  write_about (self, way_session_add_evidence_async, "evidence", &body, person, cancellable,
               callback, user_data);
}

/**
 * way_session_load_help_given_async:
 *
 * The champion's own log. Finish with way_session_list_finish().
 */
void
way_session_load_help_given_async (WaySession *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  const char *job[] = { HELP_GIVEN, NULL, NULL };

  g_return_if_fail (WAY_IS_SESSION (self));

  if (refuse (self, way_session_load_help_given_async, cancellable, callback, user_data))
    return;
  job[1] = self->person != NULL ? self->person : "";
  way_session_query_team (self, way_session_load_help_given_async, job, cancellable, callback,
                          user_data);
}

/**
 * way_session_answer_help_async:
 * @request: what was asked
 * @asker: who asked
 * @action: taken, answered, passed or closed
 * @text: (nullable): the answer
 * @to: (nullable): to whom it is passed on; NULL: to whoever comes next
 *
 * Finish with way_session_write_finish().
 */
void
way_session_answer_help_async (WaySession *self,
                               const char *request,
                               const char *asker,
                               const char *action,
                               const char *text,
                               const char *to,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  WayHelpActionBody body = { .request = (char *) request,
                             .action = (char *) action,
                             .text = (char *) text,
                             .to = (char *) to,
                             .by = self->person_name };

  g_return_if_fail (WAY_IS_SESSION (self));

  write_about (self, way_session_answer_help_async, "help_action", &body, asker, cancellable,
               callback, user_data);
}
