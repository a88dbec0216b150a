/* way-term.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-term.h"

#include "session/way-session-private.h"

#include <glib/gi18n-lib.h>

#define DAY ((gint64) 24 * 60 * 60 * G_USEC_PER_SEC)
#define PATHWAY "champion"
#define FOLLOWED_DAYS 30

/* $1 the person, $2 the modules of the pathway with blanks around each, $3 how many. */
#define OWN                                                                                        \
  "SELECT c.term, c.unit, u.name AS unit_name, c.state, c.since, c.begun, c.accepted, "            \
  "c.appointed, c.trained, c.shifts, c.systems, c.minutes, c.until, "                              \
  "(SELECT e.body->>'text' FROM live e WHERE e.id = c.term) AS text, "                             \
  "(SELECT CASE WHEN e.author = c.person THEN 1 ELSE 0 END FROM live e "                           \
  "WHERE e.person = c.person AND e.kind = 'champion_term' AND e.body->>'term' = c.term "           \
  "AND e.body->>'state' = 'paused' ORDER BY e.effective DESC, e.id DESC LIMIT 1) AS own_pause, "   \
  "(SELECT count(*) FROM progress g WHERE g.person = c.person AND g.state IN ('checked', 'done') " \
  "AND CAST($2 AS text) LIKE '% ' || g.module || ' %') AS modules_done, "                          \
  "CAST($3 AS integer) AS modules_all "                                                            \
  "FROM champion c LEFT JOIN unit u ON u.unit = c.unit WHERE c.person = CAST($1 AS text) "         \
  "ORDER BY CASE c.state WHEN 'ended' THEN 1 ELSE 0 END, c.begun DESC, c.term"

/* $1 the champion, $2 a week ago, $3 four weeks ago, $4 thirty days ago, $5 thirty days. */
#define GIVEN                                                                                      \
  "WITH named AS (SELECT h.person, min(h.at) AS at FROM help_given h "                             \
  "WHERE h.champion = CAST($1 AS text) AND h.person IS NOT NULL GROUP BY h.person) "               \
  "SELECT coalesce((SELECT sum(h.minutes) FROM help_given h WHERE h.champion = CAST($1 AS text) "  \
  "AND h.at >= CAST($2 AS bigint)), 0) AS week, "                                                  \
  "coalesce((SELECT sum(h.minutes) FROM help_given h WHERE h.champion = CAST($1 AS text) "         \
  "AND h.at >= CAST($3 AS bigint)), 0) AS month, "                                                 \
  "coalesce((SELECT sum(h.people) FROM help_given h WHERE h.champion = CAST($1 AS text) "          \
  "AND h.at >= CAST($3 AS bigint)), 0) AS people, "                                                \
  "(SELECT count(*) FROM named n WHERE n.at < CAST($4 AS bigint)) AS followed, "                   \
  "(SELECT count(*) FROM named n WHERE n.at < CAST($4 AS bigint) AND EXISTS (SELECT 1 "            \
  "FROM attempt a WHERE a.person = n.person AND a.type = 'check' AND a.passed = 1 "                \
  "AND a.ended > n.at AND a.ended <= n.at + CAST($5 AS bigint))) AS passed, "                      \
  "(SELECT count(*) FROM live e WHERE e.kind = 'thanks' AND e.subject = CAST($1 AS text) "         \
  "AND coalesce(e.author, '') <> CAST($1 AS text)) AS thanks"

#define THANKS                                                                                     \
  "SELECT e.body->>'text' AS text, e.effective AS at, count(*) OVER () AS n "                      \
  "FROM live e WHERE e.kind = 'thanks' "                                                           \
  "AND e.subject = CAST($1 AS text) AND coalesce(e.author, '') <> CAST($1 AS text) "               \
  "ORDER BY e.effective DESC, e.id LIMIT 20"

/**
 * way_term_load_own_async:
 *
 * The terms of whoever is signed in. Finish with way_session_list_finish().
 */
void
way_term_load_own_async (WaySession *session,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GString) modules = g_string_new (" ");
  g_autofree char *n_modules = NULL;
  GPtrArray *pathways;
  guint n = 0;

  g_return_if_fail (WAY_IS_SESSION (session));

  pathways = way_pack_get_pathways (session->pack);
  for (guint i = 0; i < pathways->len; i++)
    {
      const WayPathway *pathway = g_ptr_array_index (pathways, i);

      if (!g_str_equal (pathway->id, PATHWAY))
        continue;
      n = pathway->modules->len;
      for (guint m = 0; m < n; m++)
        g_string_append_printf (modules, "%s ", (char *) pathway->modules->pdata[m]);
    }
  n_modules = g_strdup_printf ("%u", n);
  {
    const char *job[] = { OWN, session->person != NULL ? session->person : "", modules->str,
                          n_modules, NULL };

    way_session_query_device (session, way_term_load_own_async, job, cancellable, callback,
                              user_data);
  }
}

/**
 * way_term_load_given_async:
 *
 * What a champion has given, and what came after. Finish with way_session_list_finish().
 */
void
way_term_load_given_async (WaySession *session,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  gint64 now = g_get_real_time ();
  g_autofree char *week = g_strdup_printf ("%" G_GINT64_FORMAT, now - 7 * DAY);
  g_autofree char *month = g_strdup_printf ("%" G_GINT64_FORMAT, now - 28 * DAY);
  g_autofree char *before = g_strdup_printf ("%" G_GINT64_FORMAT, now - FOLLOWED_DAYS * DAY);
  g_autofree char *days = g_strdup_printf ("%" G_GINT64_FORMAT, FOLLOWED_DAYS * DAY);

  g_return_if_fail (WAY_IS_SESSION (session));

  {
    const char *job[] = {
      GIVEN, session->person != NULL ? session->person : "", week, month, before, days, NULL
    };

    way_session_query_team (session, way_term_load_given_async, job, cancellable, callback,
                            user_data);
  }
}

/**
 * way_term_load_thanks_async:
 *
 * What others have thanked for. Finish with way_session_list_finish().
 */
void
way_term_load_thanks_async (WaySession *session,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  const char *job[] = { THANKS, NULL, NULL };

  g_return_if_fail (WAY_IS_SESSION (session));

  job[1] = session->person != NULL ? session->person : "";
  way_session_query_device (session, way_term_load_thanks_async, job, cancellable, callback,
                            user_data);
}

/**
 * way_term_thank_async:
 * @person: who helped
 * @text: a word or a sentence, or ""
 * @about: (nullable): id of the request or of the help that it is for
 *
 * Thanks somebody. Finish with way_session_write_finish().
 */
void
way_term_thank_async (WaySession *session,
                      const char *person,
                      const char *text,
                      const char *about,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  const WayThanksBody body = { .text = (char *) text, .about = (char *) about };

  g_return_if_fail (WAY_IS_SESSION (session));
  g_return_if_fail (person != NULL && text != NULL);

  way_session_write_one (session, session, way_term_thank_async, "thanks", &body, person, NULL,
                         cancellable, callback, user_data);
}

/**
 * way_term_say_async:
 * @person: (nullable): whose term; oneself
 * @unit: (nullable): where; one's own place of work
 * @body: what is said of it
 *
 * Says one thing about a term. Whether the trust lets it count follows from who says it. Finish
 * with way_session_write_finish().
 */
void
way_term_say_async (WaySession *session,
                    const char *person,
                    const char *unit,
                    const WayChampionTermBody *body,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  g_return_if_fail (WAY_IS_SESSION (session));
  g_return_if_fail (body != NULL);

  way_session_write_one (session, session, way_term_say_async, "champion_term", body,
                         person != NULL ? person : session->person,
                         unit != NULL ? unit : session->home_unit, cancellable, callback,
                         user_data);
}
