/* way-witness.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-witness.h"

#include "session/way-session-private.h"
#include "store/way-log.h"

/* $1 who asks, $2 whom it is about. A withdrawal is said, so what was withdrawn is read too. */
#define SEEN                                                                                       \
  "SELECT e.id, e.person, e.author AS witness, e.body->>'by' AS by, "                              \
  "e.body->>'outcome' AS outcome, e.body->>'module' AS module, e.unit, u.name AS unit_name, "      \
  "e.body->>'note' AS note, e.body->>'seen' AS seen, e.effective AS at, "                          \
  "CASE WHEN r.id IS NOT NULL THEN 'withdrawn' WHEN a.id IS NULL THEN 'waiting' "                  \
  "WHEN a.body->>'answer' = 'withdrawn' THEN 'taken-back' ELSE a.body->>'answer' END AS state, "   \
  "coalesce(r.effective, a.effective) AS said, "                                                   \
  "CASE WHEN r.id IS NULL THEN a.body->>'text' END AS text, "                                      \
  "(SELECT min(f.body->>'name') FROM live f WHERE f.refers = e.id AND f.kind = 'evidence_file' "   \
  "AND f.author = e.author AND f.person = e.person AND r.id IS NULL GROUP BY f.refers HAVING "     \
  "count(DISTINCT f.body->>'n') = max(CAST(f.body->>'of' AS integer))) AS file "                   \
  "FROM readable e LEFT JOIN unit u ON u.unit = e.unit "                                           \
  "LEFT JOIN readable r ON r.id = (SELECT x.id FROM readable x WHERE x.refers = e.id "             \
  "AND x.kind = 'retraction' AND x.author = e.author AND x.allowed = 1 "                           \
  "ORDER BY x.effective, x.id LIMIT 1) "                                                           \
  "LEFT JOIN live a ON a.id = (SELECT y.id FROM live y WHERE y.refers = e.id "                     \
  "AND y.kind = 'evidence_answer' AND y.author = e.person "                                        \
  "ORDER BY y.effective DESC, y.id DESC LIMIT 1) "                                                 \
  "WHERE e.kind = 'evidence' AND e.allowed = 1 AND e.body->>'type' = 'witnessed' "                 \
  "AND e.person = CAST($2 AS text) AND e.author <> e.person "                                      \
  "AND (e.author = CAST($1 AS text) OR e.person = CAST($1 AS text)) "                              \
  "ORDER BY e.effective DESC, e.id DESC"

/* $1 who asks, $2 whom it is about. */
#define UNITS                                                                                      \
  "SELECT u.unit, u.name FROM (SELECT m.unit, min(CASE WHEN m.person = CAST($2 AS text) THEN 0 "   \
  "ELSE 1 END) AS place FROM membership m WHERE m.person IN (CAST($1 AS text), CAST($2 AS text)) " \
  "GROUP BY m.unit) AS own JOIN unit u ON u.unit = own.unit ORDER BY own.place, u.name, u.unit"

/**
 * way_witness_load_async:
 * @person: (nullable): of whom; NULL: oneself, as others have seen one
 *
 * What was seen, and what came of it. Finish with way_session_list_finish().
 */
void
way_witness_load_async (WaySession *session,
                        const char *person,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  const char *job[] = { SEEN, NULL, NULL, NULL };

  g_return_if_fail (WAY_IS_SESSION (session));

  job[1] = session->person != NULL ? session->person : "";
  job[2] = person != NULL ? person : job[1];
  way_session_query_device (session, way_witness_load_async, job, cancellable, callback, user_data);
}

/**
 * way_witness_load_units_async:
 * @person: who was seen
 *
 * Where that may have been; that lies with the people of one's units. Finish with
 * way_session_list_finish().
 */
void
way_witness_load_units_async (WaySession *session,
                              const char *person,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  const char *job[] = { UNITS, NULL, person, NULL };

  g_return_if_fail (WAY_IS_SESSION (session));
  g_return_if_fail (person != NULL);

  job[1] = session->person != NULL ? session->person : "";
  way_session_query_team (session, way_witness_load_units_async, job, cancellable, callback,
                          user_data);
}

/**
 * way_witness_say_async:
 * @person: who was seen; never oneself
 * @module: that teaches it
 * @outcome: of that module
 * @unit: (nullable): where; NULL: one's own place
 * @seen: the day, YYYY-MM-DD
 * @note: what was seen, in a sentence
 * @file: (nullable): what goes with it
 *
 * Says that somebody was seen to do it. It counts when they agree. Finish with
 * way_session_write_finish().
 */
void
way_witness_say_async (WaySession *session,
                       const char *person,
                       const char *module,
                       const char *outcome,
                       const char *unit,
                       const char *seen,
                       const char *note,
                       const WayEvidenceFile *file,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  WayEvidenceBody body = { .outcome = (char *) outcome,
                           .module = (char *) module,
                           .type = (char *) "witnessed",
                           .note = (char *) note,
                           .seen = (char *) seen,
                           .by = session->person_name };
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (GError) error = NULL;
  WayEvent *draft;

  g_return_if_fail (WAY_IS_SESSION (session));
  g_return_if_fail (person != NULL);

  draft = way_session_draft ("evidence", &body, &error);
  if (draft != NULL)
    {
      draft->subject = g_strdup (person);
      draft->unit = g_strdup (unit != NULL ? unit : session->home_unit);
      g_ptr_array_add (drafts, draft);
      /* The pieces name it before it is written. */
      if (file != NULL)
        draft->id = way_log_new_id (g_get_real_time ());
    }
  if (draft == NULL
      || (file != NULL && !way_evidence_file_add_drafts (file, draft->id, person, drafts, &error)))
    {
      g_autoptr (GTask) task = way_session_begin (session, session, way_witness_say_async,
                                                  cancellable, callback, user_data);

      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  way_session_write (session, session, way_witness_say_async, g_steal_pointer (&drafts),
                     cancellable, callback, user_data);
}

/**
 * way_witness_answer_async:
 * @id: what was said
 * @witness: who said it, and hears the answer
 * @answer: agreed, not-quite or withdrawn
 * @text: (nullable): what was different
 *
 * What somebody says to what others have seen of them. The last answer holds. Finish with
 * way_session_write_finish().
 */
void
way_witness_answer_async (WaySession *session,
                          const char *id,
                          const char *witness,
                          const char *answer,
                          const char *text,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  WayEvidenceAnswerBody body = { .evidence = (char *) id,
                                 .answer = (char *) answer,
                                 .text = (char *) text,
                                 .by = session->person_name };

  g_return_if_fail (WAY_IS_SESSION (session));

  way_session_write_one (session, session, way_witness_answer_async, "evidence_answer", &body,
                         witness, NULL, cancellable, callback, user_data);
}

/**
 * way_witness_find_outcome:
 * @module: (nullable): where it is taught; NULL: in whichever
 *
 * Returns: (transfer none) (nullable): the outcome, where the pack still has it
 */
const WayOutcome *
way_witness_find_outcome (WayPack *pack, const char *module, const char *outcome)
{
  GPtrArray *modules = way_pack_get_modules (pack);

  for (guint m = 0; m < modules->len; m++)
    {
      const WayModule *each = g_ptr_array_index (modules, m);

      if (module != NULL && *module != '\0' && !g_str_equal (each->id, module))
        continue;
      for (guint o = 0; o < each->outcomes->len; o++)
        {
          const WayOutcome *found = g_ptr_array_index (each->outcomes, o);

          if (g_strcmp0 (found->id, outcome) == 0)
            return found;
        }
    }
  return NULL;
}
