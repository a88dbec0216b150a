/* way-session-say.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-session-private.h"

#include <glib/gi18n-lib.h>

/* What a person asks, tells, shares and takes back. */

/* One event, about the person signed in, addressed to their unit. */
static void
write_one (WaySession *self,
           gpointer tag,
           const char *kind,
           gconstpointer body,
           GCancellable *cancellable,
           GAsyncReadyCallback callback,
           gpointer user_data)
{
  way_session_write_one (self, self, tag, kind, body, NULL, self->home_unit, cancellable, callback,
                         user_data);
}

static void
shared_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  WaySession *self = WAY_SESSION (object);
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  if (!way_session_write_finish (self, result, &id, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  /* Said to be so only once it is. */
  g_free (self->sharing);
  self->sharing = g_strdup (g_task_get_task_data (task));
  g_task_return_pointer (task, g_steal_pointer (&id), g_free);
}

/**
 * way_session_set_sharing_async:
 * @with: "champion" or "nobody"
 *
 * Who may see this person's levels by name. Finish with way_session_write_finish().
 */
void
way_session_set_sharing_async (WaySession *self,
                               const char *with,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  WayPreferenceBody body = { .key = (char *) "share_levels", .value = (char *) with };
  GTask *task;

  g_return_if_fail (WAY_IS_SESSION (self));

  task = way_session_begin (self, self, way_session_set_sharing_async, cancellable, callback,
                            user_data);
  g_task_set_task_data (task, g_strdup (with), g_free);
  write_one (self, way_session_set_sharing_async, "preference", &body, cancellable, shared_cb,
             task);
}

/**
 * way_session_settle_help_async:
 * @request: one's own
 * @is_fixed: whether the answer fixed it; where not, it is open again
 *
 * “Did that fix it?” Finish with way_session_write_finish().
 */
void
way_session_settle_help_async (WaySession *self,
                               const char *request,
                               gboolean is_fixed,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  WayHelpActionBody body = { .request = (char *) request,
                             .action = (char *) (is_fixed ? "fixed" : "not-fixed") };

  g_return_if_fail (WAY_IS_SESSION (self));

  write_one (self, way_session_settle_help_async, "help_action", &body, cancellable, callback,
             user_data);
}

/**
 * way_session_send_feedback_async:
 * @type: problem, idea, praise or worry
 * @text: in the person's words
 * @page: where they were
 * @module: (nullable): in which module
 * @system: (nullable): a word of those that champions know, where it is about one
 *
 * By name. Finish with way_session_write_finish().
 */
void
way_session_send_feedback_async (WaySession *self,
                                 const char *type,
                                 const char *text,
                                 const char *page,
                                 const char *module,
                                 const char *system,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  WayFeedbackBody body = { .type = (char *) type,
                           .text = (char *) text,
                           .page = (char *) page,
                           .module = (char *) module,
                           .system = (char *) system };

  g_return_if_fail (WAY_IS_SESSION (self));

  write_one (self, way_session_send_feedback_async, "feedback", &body, cancellable, callback,
             user_data);
}

/**
 * way_session_retract_async:
 * @id: an event of one's own of a kind that may be withdrawn
 *
 * Finish with way_session_write_finish().
 */
void
way_session_retract_async (WaySession *self,
                           const char *id,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  WayRetractionBody body = { .target = (char *) id };

  g_return_if_fail (WAY_IS_SESSION (self));

  /* What has no name is no event: the hash of its token is not an event's id. */
  if (!way_uuid_is_valid (id))
    {
      way_session_take_back_drop (self, id, cancellable, callback, user_data);
      return;
    }
  write_one (self, way_session_retract_async, "retraction", &body, cancellable, callback,
             user_data);
}

/**
 * way_session_describe_visibility:
 *
 * Who sees what of this person, from the rules in force: said before the first question
 * and on My skills.
 *
 * Returns: (transfer full): sentences, NULL-terminated
 */
char **
way_session_describe_visibility (WaySession *self)
{
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();

  g_return_val_if_fail (WAY_IS_SESSION (self), NULL);

  g_strv_builder_add (lines, _ ("You see everything: each answer, each result and how it was "
                                "worked out."));
  if (g_str_equal (way_session_get_sharing (self), "champion"))
    g_strv_builder_add (lines, _ ("Your digital champion sees which modules you have done, and "
                                  "your levels, because you share them."));
  else
    g_strv_builder_add (lines, _ ("Your digital champion sees which modules you have done. Your "
                                  "levels stay hidden unless you share them."));
  g_strv_builder_add (lines, _ ("Training leads see your levels and progress. They never see a "
                                "single answer, nor your own rating beside your result."));
  g_strv_builder_add (lines, _ ("What you say in Tell the trust goes to training leads and the "
                                "design office with your name."));
  g_strv_builder_add (lines,
                      _ ("Nobody reads with your name what you answer to a short question on "
                         "Today: training leads and the design office see counts of 8 people or "
                         "more."));
  g_strv_builder_add (lines, _ ("Nobody sees your private notes."));
  if (self->trust_uri != NULL && g_str_has_prefix (self->trust_uri, "sqlite:"))
    g_strv_builder_add (lines, _ ("This trust is 1 file, for a trial. Whoever can open that file "
                                  "can read all of it."));
  return g_strv_builder_end (lines);
}
