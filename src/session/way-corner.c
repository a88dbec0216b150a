/* way-corner.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-corner.h"

#include "session/way-session-private.h"

/* $1: who reads. What nobody has answered comes first, and what was taken down last. */
#define CORNER                                                                                     \
  "SELECT q.question, q.topic, q.text, q.because, q.name, q.at, q.answers, "                       \
  "CASE WHEN q.person = CAST($1 AS text) THEN 1 ELSE 0 END AS is_mine, "                           \
  "a.answer, a.text AS answer_text, a.because AS answer_because, a.name AS answer_name, "          \
  "a.at AS answered, CASE WHEN a.person = CAST($1 AS text) THEN 1 ELSE 0 END AS answer_is_mine, "  \
  "coalesce(t.people, 0) AS people, "                                                              \
  "(SELECT e.id FROM live e WHERE e.kind = 'tip' AND e.refers = a.answer "                         \
  "AND e.author = CAST($1 AS text) AND e.body->>'state' = 'worked' "                               \
  "ORDER BY e.effective DESC, e.id DESC LIMIT 1) AS worked "                                       \
  "FROM corner q LEFT JOIN corner_answer a ON a.question = q.question "                            \
  "LEFT JOIN tip t ON t.answer = a.answer "                                                        \
  "ORDER BY CASE WHEN q.because IS NOT NULL THEN 2 WHEN q.answers = 0 THEN 0 ELSE 1 END, "         \
  "q.last DESC, q.question, coalesce(t.people, 0) DESC, a.at, a.answer LIMIT 600"

#define TIPS                                                                                       \
  "SELECT t.answer, t.topic, t.text, t.people FROM tip t "                                         \
  "ORDER BY t.topic, t.people DESC, t.at DESC, t.answer"

/**
 * way_corner_may_ask:
 *
 * Returns: whether the person signed in is a champion, who asks and answers
 */
gboolean
way_corner_may_ask (WaySession *session)
{
  g_return_val_if_fail (WAY_IS_SESSION (session), FALSE);

  return (session->roles & WAY_ROLE_CHAMPION) != 0;
}

/**
 * way_corner_may_take_down:
 *
 * Returns: whether the person signed in is a lead
 */
gboolean
way_corner_may_take_down (WaySession *session)
{
  g_return_val_if_fail (WAY_IS_SESSION (session), FALSE);

  return (session->roles & WAY_ROLE_LEAD) != 0;
}

/**
 * way_corner_load_async:
 *
 * The questions with their answers, unanswered first. Finish with way_session_list_finish().
 */
void
way_corner_load_async (WaySession *session,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  const char *job[] = { CORNER, NULL, NULL };

  g_return_if_fail (WAY_IS_SESSION (session));

  job[1] = session->person != NULL ? session->person : "";
  way_session_query_team (session, way_corner_load_async, job, cancellable, callback, user_data);
}

/**
 * way_corner_load_tips_async:
 *
 * What worked for champions, for everybody. Finish with way_session_list_finish().
 */
void
way_corner_load_tips_async (WaySession *session,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  const char *job[] = { TIPS, NULL };

  g_return_if_fail (WAY_IS_SESSION (session));

  way_session_query_device (session, way_corner_load_tips_async, job, cancellable, callback,
                            user_data);
}

/**
 * way_corner_ask_async:
 * @topic: the English word of it, as of help that was given
 * @text: in their words; never about a patient
 *
 * Asks all champions of the trust. Finish with way_session_write_finish().
 */
void
way_corner_ask_async (WaySession *session,
                      const char *topic,
                      const char *text,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  WayCornerQuestionBody body = { .topic = (char *) topic, .text = (char *) text };

  g_return_if_fail (WAY_IS_SESSION (session));

  body.by = session->person_name;
  way_session_write_one (session, session, way_corner_ask_async, "corner_question", &body, NULL,
                         NULL, cancellable, callback, user_data);
}

/**
 * way_corner_answer_async:
 *
 * Finish with way_session_write_finish().
 */
void
way_corner_answer_async (WaySession *session,
                         const char *question,
                         const char *text,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  WayCornerActionBody body = { .question = (char *) question,
                               .action = (char *) "answered",
                               .text = (char *) text };

  g_return_if_fail (WAY_IS_SESSION (session));

  body.by = session->person_name;
  way_session_write_one (session, session, way_corner_answer_async, "corner_action", &body, NULL,
                         NULL, cancellable, callback, user_data);
}

/**
 * way_corner_say_worked_async:
 * @row: of another champion's answer, as way_corner_load_async() lists it
 *
 * “This worked”: the answer is a tip on its theme from now on. Finish with
 * way_session_write_finish(); way_session_retract_async() takes it back.
 */
void
way_corner_say_worked_async (WaySession *session,
                             WayRow *row,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  WayTipBody body = { .state = (char *) "worked" };

  g_return_if_fail (WAY_IS_SESSION (session));
  g_return_if_fail (WAY_IS_ROW (row));

  body.answer = (char *) way_row_get_text (row, "answer");
  body.question = (char *) way_row_get_text (row, "question");
  body.topic = (char *) way_row_get_text (row, "topic");
  body.text = (char *) way_row_get_text (row, "answer_text");
  way_session_write_one (session, session, way_corner_say_worked_async, "tip", &body, NULL, NULL,
                         cancellable, callback, user_data);
}

/* The drafts of a few events that are written together; NULL where one cannot be. */
typedef struct
{
  GPtrArray *drafts;
  GError *error;
} Drafts;

static void
add_draft (Drafts *self, const char *kind, gconstpointer body)
{
  WayEvent *draft = self->error == NULL ? way_session_draft (kind, body, &self->error) : NULL;

  if (draft != NULL)
    g_ptr_array_add (self->drafts, draft);
}

/* Whoever has the tips loses them, and they are none where somebody says so later. */
static void
add_tips_down (Drafts *self, const char *const *answers)
{
  for (guint i = 0; answers[i] != NULL; i++)
    {
      WayTipBody body = { .answer = (char *) answers[i], .state = (char *) "taken-down" };

      add_draft (self, "tip", &body);
    }
}

static void
write_drafts (WaySession *session,
              gpointer tag,
              Drafts *self,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  if (self->error != NULL)
    {
      g_autoptr (GTask)
          task = way_session_begin (session, session, tag, cancellable, callback, user_data);

      g_task_return_error (task, self->error);
      g_ptr_array_unref (self->drafts);
      return;
    }
  way_session_write (session, session, tag, self->drafts, cancellable, callback, user_data);
}

/**
 * way_corner_withdraw_async:
 * @id: one's own question or answer
 * @answers: which answers go with it: those to the question, or the answer itself
 *
 * Takes back what one has said, and the tips that were made of it. Finish with
 * way_session_write_finish().
 */
void
way_corner_withdraw_async (WaySession *session,
                           const char *id,
                           const char *const *answers,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  WayRetractionBody body = { .target = (char *) id };
  Drafts drafts = { NULL, NULL };

  g_return_if_fail (WAY_IS_SESSION (session));
  g_return_if_fail (id != NULL && answers != NULL);

  drafts.drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  add_draft (&drafts, "retraction", &body);
  add_tips_down (&drafts, answers);
  write_drafts (session, way_corner_withdraw_async, &drafts, cancellable, callback, user_data);
}

/**
 * way_corner_take_down_async:
 * @question: a question, or that of the answer
 * @answer: (nullable): the answer that is taken down; NULL for the question
 * @answers: which answers go with it, and their tips: those to the question, or the answer itself
 * @because: why, for whoever wrote it and everybody who could read it
 *
 * A lead takes something down. Finish with way_session_write_finish().
 */
void
way_corner_take_down_async (WaySession *session,
                            const char *question,
                            const char *answer,
                            const char *const *answers,
                            const char *because,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  WayCornerActionBody body = { .question = (char *) question,
                               .action = (char *) "taken-down",
                               .answer = (char *) answer,
                               .text = (char *) because };
  Drafts drafts = { NULL, NULL };

  g_return_if_fail (WAY_IS_SESSION (session));
  g_return_if_fail (question != NULL && answers != NULL && because != NULL);

  drafts.drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  body.by = session->person_name;
  add_draft (&drafts, "corner_action", &body);
  add_tips_down (&drafts, answers);
  write_drafts (session, way_corner_take_down_async, &drafts, cancellable, callback, user_data);
}
