/* way-session-voices.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-voices.h"

#include "session/way-initiatives.h"
#include "session/way-session-private.h"

#include <glib/gi18n-lib.h>

/* What people said, as leads sort it and as everybody reads what came of it. Everybody's device has
 * what was published, so that page needs no network; decisions are events and go when they can. */

/* $1: the person. The last word on each thing counts. */
#define PUBLISHED                                                                                  \
  "WITH word AS (SELECT coalesce (e.body ->> 'published', e.id) AS id, e.id AS event, "            \
  "e.effective AS at, e.body FROM live e WHERE e.kind = 'published'), "                            \
  "ranked AS (SELECT w.*, row_number () OVER (PARTITION BY w.id ORDER BY w.at DESC, w.event DESC)" \
  " AS age, min (w.at) OVER (PARTITION BY w.id) AS first FROM word w), "                           \
  "test AS (SELECT t.body, t.body ->> 'feedback' AS id, row_number () OVER (PARTITION BY "         \
  "t.body ->> 'feedback' ORDER BY t.effective DESC, t.id DESC) AS age FROM live t "                \
  "WHERE t.kind = 'trial'), "                                                                      \
  "voice AS (SELECT v.body ->> 'feedback' AS id, v.body ->> 'value' AS value, row_number () OVER " \
  "(PARTITION BY v.body ->> 'feedback' ORDER BY v.effective DESC, v.id DESC) AS age "              \
  "FROM live v WHERE v.kind = 'vote' AND v.author = CAST($1 AS text)) "                            \
  "SELECT r.id, r.body ->> 'type' AS type, r.body ->> 'said' AS said, r.body ->> 'state' AS "      \
  "state, r.body ->> 'decision' AS decision, r.body ->> 'because' AS because, "                    \
  "r.body ->> 'did' AS did, r.body ->> 'theme' AS theme, r.body ->> 'measure' AS measure, "        \
  "r.body ->> 'before' AS before, r.body ->> 'after' AS after, r.body ->> 'people' AS people, "    \
  "r.body ->> 'module' AS module, r.first AS at, r.at AS last, "                                   \
  "CASE WHEN v.value = '1' OR v.value = 1 THEN 1 ELSE 0 END AS mine, t.body ->> 'text' AS aim, "   \
  "t.body ->> 'measure' AS by, t.body ->> 'until' AS until, t.body ->> 'result' AS result "        \
  "FROM ranked r LEFT JOIN test t ON t.id = r.id AND t.age = 1 "                                   \
  "LEFT JOIN voice v ON v.id = r.id AND v.age = 1 WHERE r.age = 1 "                                \
  "ORDER BY r.at DESC, r.id"

/* A test is told when it begins and when it is over, once each. */
#define TEST_KEY "p.id || CASE WHEN coalesce (p.result, '') = '' THEN '/begun' ELSE '/result' END"
#define TESTS                                                                                      \
  "SELECT p.*, " TEST_KEY " AS key FROM (" PUBLISHED ") AS p "                                     \
  "WHERE p.mine = 1 AND p.aim IS NOT NULL AND NOT EXISTS (SELECT 1 FROM live s "                   \
  "WHERE s.kind = 'preference' AND s.author = CAST($1 AS text) "                                   \
  "AND s.body ->> 'key' = 'seen:' || " TEST_KEY ") ORDER BY p.last DESC, p.id"

#define SETTING "SELECT value FROM setting WHERE key = CAST($1 AS text)"

#define OWNERS                                                                                     \
  "SELECT DISTINCT p.person AS id, p.name FROM person p JOIN role r ON r.person = p.person "       \
  "WHERE r.role IN ('lead', 'design') AND p.ended = 0 ORDER BY p.name, p.person"

/**
 * way_session_load_published_async:
 *
 * What people said, in the trust's words, and what came of it; what changed last first.
 */
void
way_session_load_published_async (WaySession *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  const char *job[] = { PUBLISHED, NULL, NULL };

  g_return_if_fail (WAY_IS_SESSION (self));

  job[1] = self->person != NULL ? self->person : "";
  way_session_query_device (self, way_session_load_published_async, job, cancellable, callback,
                            user_data);
}

/**
 * way_session_load_tests_async:
 *
 * The small tests of what this person supports, begun or over, that they have not put away.
 */
void
way_session_load_tests_async (WaySession *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  const char *job[] = { TESTS, NULL, NULL };

  g_return_if_fail (WAY_IS_SESSION (self));

  job[1] = self->person != NULL ? self->person : "";
  way_session_query_device (self, way_session_load_tests_async, job, cancellable, callback,
                            user_data);
}

/**
 * way_session_support_async:
 * @published: what was published
 *
 * That this person supports it, or does no longer.
 */
void
way_session_support_async (WaySession *self,
                           const char *published,
                           gboolean is_supported,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  WayVoteBody body = { .feedback = (char *) published, .value = is_supported ? 1 : 0 };

  g_return_if_fail (WAY_IS_SESSION (self));
  g_return_if_fail (published != NULL);

  way_session_write_one (self, self, way_session_support_async, "vote", &body, NULL, NULL,
                         cancellable, callback, user_data);
}

/**
 * way_session_load_setting_async:
 * @key: of the trust's policy
 *
 * As this device knows it.
 */
void
way_session_load_setting_async (WaySession *self,
                                const char *key,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  const char *job[] = { SETTING, key, NULL };

  g_return_if_fail (WAY_IS_SESSION (self));
  g_return_if_fail (key != NULL);

  way_session_query_device (self, way_session_load_setting_async, job, cancellable, callback,
                            user_data);
}

/**
 * way_session_save_setting_async:
 * @value: "" for none
 *
 * A lead's word on the trust's policy.
 */
void
way_session_save_setting_async (WaySession *self,
                                const char *key,
                                const char *value,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  WaySettingBody body = { .key = (char *) key, .value = (char *) value };

  g_return_if_fail (WAY_IS_SESSION (self));
  g_return_if_fail (key != NULL && value != NULL);

  way_session_write_one (self, self, way_session_save_setting_async, "setting", &body, NULL, NULL,
                         cancellable, callback, user_data);
}

static void
write_all_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GPtrArray *drafts = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) ids = g_string_new (NULL);

  if (!way_session_append (source, drafts, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  for (guint i = 0; i < drafts->len; i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? " " : "", ((WayEvent *) drafts->pdata[i])->id);
  g_task_return_pointer (task, g_string_free (g_steal_pointer (&ids), FALSE), g_free);
}

/* Writes drafts (transfer full) together; way_session_write_finish gives all ids, by spaces. */
void
way_session_write_all (WaySession *self,
                       gpointer tag,
                       GPtrArray *drafts,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = way_session_begin (self, self, tag, cancellable, callback, user_data);

  g_task_set_task_data (task, drafts, (GDestroyNotify) g_ptr_array_unref);
  way_worker_run (self->store_worker, task, write_all_thread);
  way_session_schedule_sync (self, 3);
}

static void
return_error (WaySession *self,
              gpointer tag,
              GError *error,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  g_autoptr (GTask) task = way_session_begin (self, self, tag, cancellable, callback, user_data);

  g_task_return_error (task, error);
}

/* The same deed on each of @rows, about whoever said it. */
static gboolean
add_actions (WaySession *self,
             GPtrArray *drafts,
             GPtrArray *rows,
             const WayFeedbackActionBody *body,
             GError **error)
{
  for (guint i = 0; i < rows->len; i++)
    {
      WayRow *row = g_ptr_array_index (rows, i);
      WayFeedbackActionBody own = *body;
      const char *person = way_row_get_text (row, "person");
      WayEvent *draft;

      own.feedback = (char *) way_row_get_text (row, "id");
      draft = way_session_draft ("feedback_action", &own, error);
      if (draft == NULL)
        return FALSE;
      draft->subject = *person != '\0' ? g_strdup (person) : NULL;
      draft->unit = g_strdup (self->home_unit);
      g_ptr_array_add (drafts, draft);
    }
  return TRUE;
}

/**
 * way_session_sort_feedback_async:
 * @rows: of WayRow: id and person of what was said
 * @body: what is done to each; its feedback is not read
 *
 * One deed on one or many things that were said. way_session_write_finish() gives the ids that
 * way_session_retract_all_async() takes back.
 */
void
way_session_sort_feedback_async (WaySession *self,
                                 GPtrArray *rows,
                                 const WayFeedbackActionBody *body,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (GError) error = NULL;

  g_return_if_fail (WAY_IS_SESSION (self));
  g_return_if_fail (rows != NULL && rows->len > 0 && body != NULL);

  if (!add_actions (self, drafts, rows, body, &error))
    {
      return_error (self, way_session_sort_feedback_async, g_steal_pointer (&error), cancellable,
                    callback, user_data);
      return;
    }
  way_session_write_all (self, way_session_sort_feedback_async, g_steal_pointer (&drafts),
                         cancellable, callback, user_data);
  way_session_schedule_sync (self, 0);
}

/**
 * way_session_retract_all_async:
 * @ids: of events of one's own, by spaces
 *
 * Takes back what was done together.
 */
void
way_session_retract_all_async (WaySession *self,
                               const char *ids,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_auto (GStrv) parts = NULL;

  g_return_if_fail (WAY_IS_SESSION (self));
  g_return_if_fail (ids != NULL && *ids != '\0');

  parts = g_strsplit (ids, " ", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      WayRetractionBody body = { .target = parts[i] };

      g_ptr_array_add (drafts, way_session_draft ("retraction", &body, NULL));
    }
  way_session_write_all (self, way_session_retract_all_async, g_steal_pointer (&drafts),
                         cancellable, callback, user_data);
}

/* The id of a draft that others point at before it is written. */
static void
give_id (WayEvent *draft)
{
  guint8 random[10];

  for (guint i = 0; i < sizeof random; i++)
    random[i] = (guint8) g_random_int_range (0, 256);
  draft->id = way_uuid_new_v7 (g_get_real_time (), random);
}

/**
 * way_session_publish_voice_async:
 * @body: what everybody reads; its published is NULL for something new
 * @rows: (nullable): of WayRow: id and person of what was said, and is answered by it
 *
 * Says to everybody what people said and what comes of it, in words that name nobody.
 */
void
way_session_publish_voice_async (WaySession *self,
                                 const WayPublishedBody *body,
                                 GPtrArray *rows,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (GError) error = NULL;
  WayFeedbackActionBody action = { .action = (char *) "published" };
  WayEvent *draft;

  g_return_if_fail (WAY_IS_SESSION (self));
  g_return_if_fail (body != NULL);

  draft = way_session_draft ("published", body, &error);
  if (draft != NULL)
    {
      if (draft->id == NULL)
        give_id (draft);
      g_ptr_array_add (drafts, draft);
      action.published = body->published != NULL ? body->published : draft->id;
    }
  if (draft == NULL || (rows != NULL && !add_actions (self, drafts, rows, &action, &error)))
    {
      return_error (self, way_session_publish_voice_async, g_steal_pointer (&error), cancellable,
                    callback, user_data);
      return;
    }
  way_session_write_all (self, way_session_publish_voice_async, g_steal_pointer (&drafts),
                         cancellable, callback, user_data);
}

/**
 * way_session_try_async:
 * @body: the small test of something published
 *
 * Begins a test, or says what came of it.
 */
void
way_session_try_async (WaySession *self,
                       const WayTrialBody *body,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_return_if_fail (WAY_IS_SESSION (self));
  g_return_if_fail (body != NULL);

  way_session_write_one (self, self, way_session_try_async, "trial", body, NULL, NULL, cancellable,
                         callback, user_data);
}

/**
 * way_session_load_owners_async:
 *
 * Who may answer for something that was said: the training leads and the design office.
 */
void
way_session_load_owners_async (WaySession *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (WAY_IS_SESSION (self));

  way_session_query_trust (self, WAY_ROLES_OF_VOICES, way_session_load_owners_async, OWNERS,
                           cancellable, callback, user_data);
}
