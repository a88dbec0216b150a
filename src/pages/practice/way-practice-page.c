/* way-practice-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/practice/way-practice-page.h"

#include "pages/way-desk-run.h"
#include "pages/way-help-button.h"
#include "session/way-lesson.h"
#include "widgets/way-state-page.h"

#include <glib/gi18n.h>

/* One practice desk, outside its module: focus mode. */
struct _WayPracticePage
{
  AdwBin parent_instance;

  WaySession *session;       /* (owned) */
  GCancellable *cancellable; /* (owned) */
  char *module;              /* (owned) */
  char *desk;                /* (owned) */
  gboolean is_finished;

  /* template */
  GtkButton *pause;
  WayStatePage *states;
  AdwWindowTitle *title;
};

G_DEFINE_FINAL_TYPE (WayPracticePage, way_practice_page, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_CONTEXT_PAGE,
  PROP_CONTEXT_MODULE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
finished_cb (WayPracticePage *self)
{
  self->is_finished = TRUE;
  gtk_button_set_label (self->pause, _ ("Done"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->pause), _ ("Back to the desks (Esc)"));
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayPracticePage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayLesson)
      lesson = way_session_open_lesson_finish (WAY_SESSION (source), result, &error);
  GtkWidget *run;

  if (lesson == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        way_state_page_show_error (self->states, _ ("The practice desk cannot be opened"), error);
      return;
    }
  adw_window_title_set_title (self->title, _ ("Practice"));
  adw_window_title_set_subtitle (self->title, way_lesson_get_module (lesson)->title);
  run = way_desk_run_new (lesson, self->desk);
  g_signal_connect_swapped (run, "finished", G_CALLBACK (finished_cb), self);
  way_state_page_set_child (self->states, run);
  way_state_page_show_child (self->states);
  way_desk_run_start (WAY_DESK_RUN (run));
}

static void
load (WayPracticePage *self)
{
  way_state_page_show_loading (self->states);
  way_session_open_lesson_async (self->session, self->module, self->cancellable, opened_cb,
                                 g_object_ref (self));
}

static void
pause_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WayPracticePage *self = WAY_PRACTICE_PAGE (widget);

  if (!self->is_finished)
    gtk_widget_activate_action (widget, "win.toast", "s", _ ("Paused. What you did here is kept."));
  gtk_widget_activate_action (widget, "win.leave-focus", NULL);
}

static void
way_practice_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WayPracticePage *self = WAY_PRACTICE_PAGE (object);

  switch (id)
    {
    case PROP_CONTEXT_PAGE:
      g_value_set_string (value, "practice");
      break;
    case PROP_CONTEXT_MODULE:
      g_value_set_string (value, self->module);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
way_practice_page_dispose (GObject *object)
{
  WayPracticePage *self = WAY_PRACTICE_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), WAY_TYPE_PRACTICE_PAGE);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (way_practice_page_parent_class)->dispose (object);
}

static void
way_practice_page_finalize (GObject *object)
{
  WayPracticePage *self = WAY_PRACTICE_PAGE (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->module, g_free);
  g_clear_pointer (&self->desk, g_free);

  G_OBJECT_CLASS (way_practice_page_parent_class)->finalize (object);
}

static void
way_practice_page_class_init (WayPracticePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = way_practice_page_dispose;
  object_class->finalize = way_practice_page_finalize;
  object_class->get_property = way_practice_page_get_property;

  props[PROP_CONTEXT_PAGE] = g_param_spec_string ("context-page", NULL, NULL, NULL,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_CONTEXT_MODULE] = g_param_spec_string ("context-module", NULL, NULL, NULL,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (WAY_TYPE_HELP_BUTTON);
  g_type_ensure (WAY_TYPE_STATE_PAGE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/waymark_skills/Waymark/ui/way-practice-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WayPracticePage, pause);
  gtk_widget_class_bind_template_child (widget_class, WayPracticePage, states);
  gtk_widget_class_bind_template_child (widget_class, WayPracticePage, title);
  gtk_widget_class_bind_template_callback (widget_class, load);
  gtk_widget_class_install_action (widget_class, "page.pause", NULL, pause_cb);
}

static void
way_practice_page_init (WayPracticePage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * way_practice_page_new:
 * @module: the module that the desk belongs to
 * @desk: which desk
 *
 * Returns: (transfer floating): a page that opens the desk
 */
GtkWidget *
way_practice_page_new (WaySession *session, const char *module, const char *desk)
{
  WayPracticePage *self = g_object_new (WAY_TYPE_PRACTICE_PAGE, NULL);

  self->session = g_object_ref (session);
  self->module = g_strdup (module);
  self->desk = g_strdup (desk);
  load (self);
  return GTK_WIDGET (self);
}
