/* way-session-about.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-measure.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "session/way-session-private.h"

/* What gets in the way, and the optional groups of About me: what people say of themselves
 * that nobody else ever reads. */

static const WayAnswerChoice barriers[] = {
  { "time", N_ ("I have no time to learn at work") },
  { "computer", N_ ("There is no free computer when I need one") },
  { "sign-in", N_ ("Too many passwords and sign-ins") },
  { "slow", N_ ("Systems are slow or fail") },
  { "confidence", N_ ("I am afraid of breaking something") },
  { "help", N_ ("I do not know whom to ask") },
  { "access", N_ ("Sight, hearing, movement or reading makes it harder") },
  { "language", N_ ("The words on the screen are hard to follow") },
  { "use", N_ ("I do not see what it is good for") },
};

static const WayAboutQuestion questions[] = {
  { "age",
    N_ ("My age"),
    { { "under-30", N_ ("Under 30") },
      { "30-44", N_ ("30 to 44") },
      { "45-59", N_ ("45 to 59") },
      { "60-over", N_ ("60 or over") } } },
  { "assistive",
    N_ ("I use assistive technology, such as a screen reader or large text"),
    { { "yes", N_ ("Yes") }, { "no", N_ ("No") } } },
  { "extra_time",
    N_ ("I need extra time to read or to answer"),
    { { "yes", N_ ("Yes") }, { "no", N_ ("No") } } },
  { "english",
    N_ ("English is an additional language for me"),
    { { "yes", N_ ("Yes") }, { "no", N_ ("No") } } },
};

#define NEWEST(kind, key, value)                                                                   \
  "SELECT s." key ", s." value ", s.at FROM (SELECT e.body->>'" key "' AS " key ", "               \
  "e.body->>'" value "' AS " value ", e.effective AS at, row_number () OVER (PARTITION BY "        \
  "e.body->>'" key "' ORDER BY e.effective DESC, e.id DESC) AS age FROM live e "                   \
  "WHERE e.kind = '" kind "' AND e.person = CAST($1 AS text)) s WHERE s.age = 1 "                  \
  "AND s." value " <> '' ORDER BY 1"

static void
list_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  char **ask = task_data;
  const char *values[] = { ask[1], NULL };
  g_autoptr (GError) error = NULL;
  WayDb *db = way_session_get_db (source, &error);
  GListStore *rows = db != NULL ? way_row_query (db, ask[0], values, &error) : NULL;

  if (rows == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, rows, g_object_unref);
}

static void
list (WaySession *self,
      gpointer tag,
      const char *sql,
      GCancellable *cancellable,
      GAsyncReadyCallback callback,
      gpointer user_data)
{
  g_autoptr (GTask) task = way_session_begin (self, self, tag, cancellable, callback, user_data);
  const char *person = way_session_get_person (self);
  const char *ask[] = { sql, person != NULL ? person : "", NULL };

  g_task_set_task_data (task, g_strdupv ((char **) ask), (GDestroyNotify) g_strfreev);
  way_worker_run (self->store_worker, task, list_thread);
}

static void
refuse (WaySession *self,
        gpointer tag,
        const char *what,
        GCancellable *cancellable,
        GAsyncReadyCallback callback,
        gpointer user_data)
{
  g_autoptr (GTask) task = way_session_begin (self, self, tag, cancellable, callback, user_data);

  g_task_return_new_error (task, WAY_SESSION_ERROR, WAY_SESSION_ERROR_NOT_SAVED,
                           /* Translators: %s is a name inside the program, such as an answer. */
                           _ ("This is not saved: “%s” is not one of the answers."), what);
}

/**
 * way_barrier_list:
 * @n: (out): how many
 *
 * Returns: (transfer none) (array length=n): what may get in the way, to choose from
 */
const WayAnswerChoice *
way_barrier_list (guint *n)
{
  *n = G_N_ELEMENTS (barriers);
  return barriers;
}

static gboolean
is_barrier (const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (barriers); i++)
    if (g_str_equal (barriers[i].value, key))
      return TRUE;
  return FALSE;
}

/**
 * way_session_save_barriers_async:
 * @chosen: (array zero-terminated=1): those that apply, of way_barrier_list(); the others
 *   do not
 *
 * Saves the answer to the one screen, all of it together.
 */
void
way_session_save_barriers_async (WaySession *self,
                                 const char *const *chosen,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);

  g_return_if_fail (WAY_IS_SESSION (self) && chosen != NULL);

  for (const char *const *key = chosen; *key != NULL; key++)
    if (!is_barrier (*key))
      {
        refuse (self, way_session_save_barriers_async, *key, cancellable, callback, user_data);
        return;
      }
  for (guint i = 0; i < G_N_ELEMENTS (barriers); i++)
    {
      WayBarrierBody body = { .barrier = (char *) barriers[i].value,
                              .value = g_strv_contains (chosen, barriers[i].value) };

      g_ptr_array_add (drafts, way_session_draft ("barrier", &body, NULL));
    }
  way_session_write (self, self, way_session_save_barriers_async, g_steal_pointer (&drafts),
                     cancellable, callback, user_data);
}

/**
 * way_about_me_list:
 * @n: (out): how many
 *
 * Returns: (transfer none) (array length=n): the questions of About me; each may be left out
 */
const WayAboutQuestion *
way_about_me_list (guint *n)
{
  *n = G_N_ELEMENTS (questions);
  return questions;
}

/**
 * way_session_load_about_me_async:
 *
 * What this person said of themselves and did not take back.
 */
void
way_session_load_about_me_async (WaySession *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (WAY_IS_SESSION (self));

  list (self, way_session_load_about_me_async, NEWEST ("about_me", "key", "value"), cancellable,
        callback, user_data);
}

static gboolean
may_say (const char *key, const char *value)
{
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    if (g_str_equal (questions[i].key, key))
      {
        if (*value == '\0')
          return TRUE;
        for (const WayAnswerChoice *choice = questions[i].choices; choice->value != NULL; choice++)
          if (g_str_equal (choice->value, value))
            return TRUE;
      }
  return FALSE;
}

/**
 * way_session_save_about_me_async:
 * @key: of a question of way_about_me_list()
 * @value: one of its answers, or "" to take it back
 */
void
way_session_save_about_me_async (WaySession *self,
                                 const char *key,
                                 const char *value,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  WayAboutMeBody body = { .key = (char *) key, .value = (char *) value };

  g_return_if_fail (WAY_IS_SESSION (self) && key != NULL && value != NULL);

  if (!may_say (key, value))
    {
      refuse (self, way_session_save_about_me_async, *value != '\0' ? value : key, cancellable,
              callback, user_data);
      return;
    }
  way_session_write_one (self, self, way_session_save_about_me_async, "about_me", &body, NULL, NULL,
                         cancellable, callback, user_data);
}
