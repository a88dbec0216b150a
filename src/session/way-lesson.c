/* way-lesson.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-lesson-private.h"

#include <glib/gi18n-lib.h>

#include "sync/way-pack-chunks.h"

#define STEPS_DONE                                                                                 \
  "SELECT DISTINCT body->>'step' AS step FROM live WHERE kind = 'step' "                           \
  "AND person = CAST($1 AS text) AND body->>'module' = CAST($2 AS text)"

#define VERSION                                                                                    \
  "SELECT CAST(body->>'version' AS integer) AS version FROM live WHERE kind = 'step' "             \
  "AND person = CAST($1 AS text) AND body->>'module' = CAST($2 AS text) "                          \
  "ORDER BY effective DESC, id DESC LIMIT 1"

#define PROGRESS                                                                                   \
  "SELECT confidence_before, confidence_after, check_passed, shift_done FROM progress "            \
  "WHERE person = CAST($1 AS text) AND module = CAST($2 AS text)"

G_DEFINE_FINAL_TYPE (WayLesson, way_lesson, G_TYPE_OBJECT)

static void
way_lesson_finalize (GObject *object)
{
  WayLesson *self = WAY_LESSON (object);

  g_clear_object (&self->session);
  g_clear_object (&self->pack);
  g_clear_pointer (&self->module, way_module_unref);
  g_clear_pointer (&self->person, g_free);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_clear_pointer (&self->done, g_hash_table_unref);
  g_clear_pointer (&self->open_check, g_free);
  g_clear_pointer (&self->draw, g_strfreev);
  g_clear_pointer (&self->declined, g_free);
  g_clear_pointer (&self->missed, g_ptr_array_unref);
  g_clear_object (&self->paper);
  g_clear_pointer (&self->runs, g_hash_table_unref);
  g_clear_pointer (&self->practised, g_hash_table_unref);
  g_clear_pointer (&self->local_note, g_free);
  G_OBJECT_CLASS (way_lesson_parent_class)->finalize (object);
}

static void
way_lesson_class_init (WayLessonClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = way_lesson_finalize;
}

static void
way_lesson_init (WayLesson *self)
{
  self->done = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->missed = g_ptr_array_new_with_free_func (g_free);
  self->runs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                      (GDestroyNotify) way_lesson_run_free);
  self->practised = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->confidence_before = -1;
  self->confidence_after = -1;
}

/**
 * way_lesson_query:
 * @a: (nullable): stands for $1
 * @b: (nullable): for $2
 * @c: (nullable): for $3
 *
 * A query of the device's store. Store thread.
 *
 * Returns: (transfer full) (nullable): of WayRow; NULL with @error set
 */
GListStore *
way_lesson_query (
    WayLesson *self, const char *sql, const char *a, const char *b, const char *c, GError **error)
{
  const char *values[] = { a, b, c, NULL };
  WayDb *db = way_session_get_db (self->session, error);

  return db != NULL ? way_row_query (db, sql, values, error) : NULL;
}

/* The module as @pack has it. */
static void
take_module (WayLesson *self, WayPack *pack, WayModule *module)
{
  g_set_object (&self->pack, pack);
  g_clear_pointer (&self->module, way_module_unref);
  self->module = way_module_ref (module);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  self->steps = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->steps, g_strdup ("why"));
  for (guint i = 0; i < module->cards->len; i++)
    {
      const WayCard *card = g_ptr_array_index (module->cards, i);

      g_ptr_array_add (self->steps, g_strdup (card->id));
    }
  if (module->desks->len > 0)
    g_ptr_array_add (self->steps, g_strdup ("practice"));
  g_ptr_array_add (self->steps, g_strdup ("check"));
  g_ptr_array_add (self->steps, g_strdup ("shift"));
  g_ptr_array_add (self->steps, NULL);
}

/* Somebody in mid-module finishes the version they began, where this computer still has it. */
static gboolean
take_begun (WayLesson *self, WayRow *progress, GError **error)
{
  WaySession *session = self->session;
  g_autoptr (GListStore) steps = NULL;
  g_autoptr (WayRow) step = NULL;
  WayModule *module;
  int version;

  if (progress != NULL
      && (way_row_get_int (progress, "check_passed") != 0
          || way_row_get_int (progress, "shift_done") != 0))
    return TRUE;
  steps = way_lesson_query (self, VERSION, self->person, self->module->id, NULL, error);
  if (steps == NULL)
    return FALSE;
  step = g_list_model_get_item (G_LIST_MODEL (steps), 0);
  version = step != NULL ? (int) way_row_get_int (step, "version") : self->module->version;
  if (version == self->module->version)
    return TRUE;
  module = session->older != NULL ? way_pack_find_module (session->older, self->module->id) : NULL;
  if (module == NULL || module->version != version)
    {
      g_autofree char *folder = way_pack_chunks_dup_folder ();

      g_clear_object (&session->older);
      session->older = way_pack_chunks_find_module (folder, session->installed, session->pack,
                                                    self->module->id, version, session->language);
      module = session->older != NULL ? way_pack_find_module (session->older, self->module->id)
                                      : NULL;
    }
  if (module != NULL)
    take_module (self, session->older, module);
  return TRUE;
}

static void
open_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WayLesson *self = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListStore) steps = NULL;
  g_autoptr (GListStore) progress = NULL;
  g_autoptr (WayRow) row = NULL;

  steps = way_lesson_query (self, STEPS_DONE, self->person, self->module->id, NULL, &error);
  if (steps != NULL)
    progress = way_lesson_query (self, PROGRESS, self->person, self->module->id, NULL, &error);
  if (progress != NULL)
    {
      row = g_list_model_get_item (G_LIST_MODEL (progress), 0);
      self->local_note = way_local_note_load (self->session, self->module->id, &error);
    }
  if (error != NULL || !take_begun (self, row, &error) || !way_lesson_load_tries (self, &error)
      || !way_lesson_load_practised (self, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (steps)); i++)
    {
      g_autoptr (WayRow) step = g_list_model_get_item (G_LIST_MODEL (steps), i);

      g_hash_table_add (self->done, g_strdup (way_row_get_text (step, "step")));
    }
  if (row != NULL)
    {
      if (way_row_has (row, "confidence_before"))
        self->confidence_before = way_row_get_int (row, "confidence_before");
      if (way_row_has (row, "confidence_after"))
        self->confidence_after = way_row_get_int (row, "confidence_after");
      self->is_shift_done = way_row_get_int (row, "shift_done") != 0;
    }
  g_task_return_pointer (task, g_object_ref (self), g_object_unref);
}

/**
 * way_session_open_lesson_async:
 * @module: id of a module of the open pack
 */
void
way_session_open_lesson_async (WaySession *session,
                               const char *module,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  WayModule *found;
  WayLesson *self;

  g_return_if_fail (WAY_IS_SESSION (session));

  task = way_session_begin (session, session, way_session_open_lesson_async, cancellable, callback,
                            user_data);
  found = way_pack_find_module (session->pack, module);
  if (found == NULL)
    {
      g_task_return_new_error (task, WAY_PACK_ERROR, WAY_PACK_ERROR_NOT_FOUND,
                               /* Translators: %s is a module's id. */
                               _ ("There is no module “%s” in this pack."), module);
      return;
    }
  self = g_object_new (WAY_TYPE_LESSON, NULL);
  self->session = g_object_ref (session);
  take_module (self, session->pack, found);
  self->person = g_strdup (way_session_get_person (session));
  g_task_set_task_data (task, self, g_object_unref);
  way_worker_run (session->store_worker, task, open_thread);
}

/**
 * way_session_open_lesson_finish:
 *
 * Returns: (transfer full) (nullable): the lesson, as it was left; NULL where the pack has no such
 *   module, or the store cannot be read
 */
WayLesson *
way_session_open_lesson_finish (WaySession *session, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * way_lesson_get_module:
 *
 * Returns: (transfer none): the module, as the open pack has it, or as it was when the person
 *   began it and has not finished
 */
WayModule *
way_lesson_get_module (WayLesson *self)
{
  g_return_val_if_fail (WAY_IS_LESSON (self), NULL);

  return self->module;
}

/**
 * way_lesson_get_pack:
 *
 * Returns: (transfer none) (nullable): the pack of the module: where its pictures, questions and
 *   desks are
 */
WayPack *
way_lesson_get_pack (WayLesson *self)
{
  g_return_val_if_fail (WAY_IS_LESSON (self), NULL);

  return self->pack;
}

/**
 * way_lesson_is_step_done:
 *
 * Returns: whether the person has been through @step, at any time
 */
gboolean
way_lesson_is_step_done (WayLesson *self, const char *step)
{
  g_return_val_if_fail (WAY_IS_LESSON (self), FALSE);

  return g_hash_table_contains (self->done, step);
}

static gboolean
has_read_card (WayLesson *self)
{
  for (guint i = 0; i < self->module->cards->len; i++)
    if (g_hash_table_contains (self->done, ((WayCard *) self->module->cards->pdata[i])->id))
      return TRUE;
  return FALSE;
}

/**
 * way_lesson_get_current_step:
 *
 * Returns: (transfer none): the first step that is not done; "shift" when all are. What comes
 *   before the cards was passed by where a check before the lesson led straight to one of them.
 */
const char *
way_lesson_get_current_step (WayLesson *self)
{
  g_return_val_if_fail (WAY_IS_LESSON (self), NULL);

  for (guint i = 0; i + 1 < self->steps->len; i++)
    {
      const char *step = g_ptr_array_index (self->steps, i);

      if (!g_hash_table_contains (self->done, step)
          && !(g_str_equal (step, "why") && has_read_card (self)))
        return step;
    }
  return "shift";
}

/**
 * way_lesson_get_confidence_before:
 *
 * Returns: what the person said before the module, 0 to 10; −1 where they have not
 */
int
way_lesson_get_confidence_before (WayLesson *self)
{
  g_return_val_if_fail (WAY_IS_LESSON (self), -1);

  return self->confidence_before;
}

/**
 * way_lesson_get_confidence_after:
 *
 * Returns: what they said after it, 0 to 10; −1 where they have not
 */
int
way_lesson_get_confidence_after (WayLesson *self)
{
  g_return_val_if_fail (WAY_IS_LESSON (self), -1);

  return self->confidence_after;
}

/**
 * way_lesson_is_shift_done:
 *
 * Returns: whether the one thing was done on shift
 */
gboolean
way_lesson_is_shift_done (WayLesson *self)
{
  g_return_val_if_fail (WAY_IS_LESSON (self), FALSE);

  return self->is_shift_done;
}

/* What is true of the lesson once it is on disk. */
typedef struct
{
  char *step;  /* (owned) (nullable) it is done */
  int *rating; /* (nullable) in the lesson */
  int value;   /* and what it becomes */
  gboolean is_shift;
} Change;

static void
change_free (Change *change)
{
  g_free (change->step);
  g_free (change);
}

static void
written_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  WayLesson *self = WAY_LESSON (object);
  Change *change = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  if (!way_session_write_finish (self->session, result, &id, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (change->step != NULL)
    g_hash_table_add (self->done, g_steal_pointer (&change->step));
  if (change->rating != NULL)
    *change->rating = change->value;
  self->is_shift_done |= change->is_shift;
  g_task_return_pointer (task, g_steal_pointer (&id), g_free);
}

/* Takes @change. */
static void
write_one (WayLesson *self,
           gpointer tag,
           const char *kind,
           gconstpointer body,
           Change change,
           GCancellable *cancellable,
           GAsyncReadyCallback callback,
           gpointer user_data)
{
  GTask *task = way_session_begin (self->session, self, tag, cancellable, callback, user_data);

  g_task_set_task_data (task, g_memdup2 (&change, sizeof change), (GDestroyNotify) change_free);
  way_session_write_one (self->session, self, tag, kind, body, NULL, NULL, cancellable, written_cb,
                         task);
}

/**
 * way_lesson_get_local_note:
 *
 * Returns: (transfer none) (nullable): what the trust says to this module
 */
const char *
way_lesson_get_local_note (WayLesson *self)
{
  g_return_val_if_fail (WAY_IS_LESSON (self), NULL);

  return self->local_note;
}

/**
 * way_lesson_save_step_async:
 * @step: one of way_lesson_get_steps()
 *
 * The person has been through @step. Finish with way_lesson_write_finish().
 */
void
way_lesson_save_step_async (WayLesson *self,
                            const char *step,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  WayStepBody body = { .module = self->module->id,
                       .version = self->module->version,
                       .step = (char *) step };

  g_return_if_fail (WAY_IS_LESSON (self));

  write_one (self, way_lesson_save_step_async, "step", &body, (Change){ .step = g_strdup (step) },
             cancellable, callback, user_data);
}

/**
 * way_lesson_save_confidence_async:
 * @moment: "before" or "after"
 * @value: 0 to 10
 *
 * Finish with way_lesson_write_finish().
 */
void
way_lesson_save_confidence_async (WayLesson *self,
                                  const char *moment,
                                  int value,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  WayConfidenceBody body = { .module = self->module->id,
                             .moment = (char *) moment,
                             .value = CLAMP (value, 0, 10) };

  g_return_if_fail (WAY_IS_LESSON (self));

  write_one (self, way_lesson_save_confidence_async, "confidence", &body,
             (Change){ .rating = g_str_equal (moment, "before") ? &self->confidence_before
                                                                : &self->confidence_after,
                       .value = body.value },
             cancellable, callback, user_data);
}

/**
 * way_lesson_save_shift_done_async:
 *
 * The one thing was done on shift. Finish with way_lesson_write_finish().
 */
void
way_lesson_save_shift_done_async (WayLesson *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  WayShiftDoneBody body = { .module = self->module->id, .version = self->module->version };

  g_return_if_fail (WAY_IS_LESSON (self));

  write_one (self, way_lesson_save_shift_done_async, "shift_done", &body,
             (Change){ .is_shift = TRUE }, cancellable, callback, user_data);
}

/**
 * way_lesson_write_finish:
 *
 * Returns: TRUE once it is on disk
 */
gboolean
way_lesson_write_finish (WayLesson *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (WAY_IS_LESSON (self), FALSE);

  return way_session_write_finish (self->session, result, NULL, error);
}
