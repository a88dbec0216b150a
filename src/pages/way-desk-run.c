/* way-desk-run.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/way-desk-run.h"

#include "widgets/way-compat.h"
#include "widgets/way-desk-view.h"
#include "widgets/way-state-page.h"

#include <glib/gi18n.h>

/* A practice desk that is being used: what is done is saved as it is done, and what it
 * was worth when it is finished. In a module, and on its own page. */
struct _WayDeskRun
{
  AdwBin parent_instance;

  WayLesson *lesson; /* (owned) */
  char *desk;        /* (owned) */
  GCancellable *cancellable;
  gboolean is_finished; /* once, at least */
  gboolean is_started;

  WayStatePage *states;
  WayDeskView *view;
};

G_DEFINE_FINAL_TYPE (WayDeskRun, way_desk_run, ADW_TYPE_BIN)

enum
{
  FINISHED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayDeskRun) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayPractice)
      practice = way_lesson_start_practice_finish (WAY_LESSON (source), result, &error);

  if (practice == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        way_state_page_show_error (self->states, _ ("The practice desk cannot be opened"), error);
      self->is_started = FALSE;
      return;
    }
  way_desk_view_set_pack (self->view, way_lesson_get_pack (self->lesson));
  way_desk_view_set_practice (self->view, practice);
  way_state_page_show_child (self->states);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
action_cb (WayDeskRun *self, const char *action, const char *target, const char *value)
{
  way_lesson_log_action (self->lesson, self->desk, action, target, value);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayDeskRun) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!way_lesson_write_finish (WAY_LESSON (source), result, &error))
    {
      way_compat_announce (GTK_WIDGET (self->view), error->message);
      gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", error->message);
      return;
    }
  self->is_finished = TRUE;
  g_signal_emit (self, signals[FINISHED], 0);
}

static void
finished_cb (WayDeskRun *self)
{
  way_lesson_finish_practice_async (self->lesson, self->desk, NULL, saved_cb, g_object_ref (self));
}

static void
again_cb (WayDeskRun *self)
{
  self->is_started = FALSE;
  way_desk_run_start (self);
}

static void
way_desk_run_dispose (GObject *object)
{
  WayDeskRun *self = WAY_DESK_RUN (object);

  g_cancellable_cancel (self->cancellable);

  G_OBJECT_CLASS (way_desk_run_parent_class)->dispose (object);
}

static void
way_desk_run_finalize (GObject *object)
{
  WayDeskRun *self = WAY_DESK_RUN (object);

  g_clear_object (&self->lesson);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->desk, g_free);

  G_OBJECT_CLASS (way_desk_run_parent_class)->finalize (object);
}

static void
way_desk_run_class_init (WayDeskRunClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = way_desk_run_dispose;
  G_OBJECT_CLASS (klass)->finalize = way_desk_run_finalize;

  /**
   * WayDeskRun::finished:
   *
   * A run was finished, and what came of it is saved.
   */
  signals[FINISHED] = g_signal_new ("finished", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
way_desk_run_init (WayDeskRun *self)
{
  self->cancellable = g_cancellable_new ();
  self->states = WAY_STATE_PAGE (way_state_page_new ());
  self->view = WAY_DESK_VIEW (way_desk_view_new ());
  way_state_page_set_child (self->states, GTK_WIDGET (self->view));
  g_signal_connect_swapped (self->states, "retry", G_CALLBACK (way_desk_run_start), self);
  g_signal_connect_swapped (self->view, "action", G_CALLBACK (action_cb), self);
  g_signal_connect_swapped (self->view, "finished", G_CALLBACK (finished_cb), self);
  g_signal_connect_swapped (self->view, "again", G_CALLBACK (again_cb), self);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->states));
}

/**
 * way_desk_run_new:
 * @desk: one of the desks of the lesson's module
 *
 * Returns: (transfer floating): a desk that has not been opened
 */
GtkWidget *
way_desk_run_new (WayLesson *lesson, const char *desk)
{
  WayDeskRun *self = g_object_new (WAY_TYPE_DESK_RUN, NULL);

  self->lesson = g_object_ref (lesson);
  self->desk = g_strdup (desk);
  return GTK_WIDGET (self);
}

/**
 * way_desk_run_start:
 *
 * Opens the desk: a run that was left goes on, else a new one begins. Once is enough.
 */
void
way_desk_run_start (WayDeskRun *self)
{
  g_return_if_fail (WAY_IS_DESK_RUN (self));

  if (self->is_started)
    return;
  self->is_started = TRUE;
  way_state_page_show_loading (self->states);
  way_lesson_start_practice_async (self->lesson, self->desk, self->cancellable, started_cb,
                                   g_object_ref (self));
}

/**
 * way_desk_run_start_again:
 *
 * Opens the desk anew where its run is over; one that is going on goes on.
 */
void
way_desk_run_start_again (WayDeskRun *self)
{
  g_return_if_fail (WAY_IS_DESK_RUN (self));

  if (self->is_finished)
    again_cb (self);
  else
    way_desk_run_start (self);
}
