/* way-desk-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-desk-view.h"

#include "widgets/way-compat.h"
#include "widgets/way-content-view.h"
#include "widgets/way-debrief-view.h"
#include "widgets/way-desk-parts.h"
#include "widgets/way-desk-words.h"
#include "widgets/way-finder-view.h"
#include "widgets/way-inbox-view.h"
#include "widgets/way-signin-view.h"
#include "widgets/way-split.h"

#include <glib/gi18n.h>
#include <string.h>

/* A practice desk: the frame that says it is practice, the task, one of the invented apps
 * and, when it is over, the debrief. A page owns it and logs what it emits. */
struct _WayDeskView
{
  GtkWidget parent_instance;

  WayPractice *practice; /* (owned) (nullable) */

  GtkWidget *app;
  GtkWidget *app_title;
  GtkWidget *banner;
  GtkWidget *box; /* bound so that the template takes it away */
  GtkWidget *button;
  GtkWidget *debrief;
  GtkWidget *progress;
  GtkWidget *stack;
  GtkWidget *split;
  GtkWidget *task;
  GtkWidget *task_box;
  GtkWidget *task_button;
};

G_DEFINE_FINAL_TYPE (WayDeskView, way_desk_view, GTK_TYPE_WIDGET)

enum
{
  ACTION,
  AGAIN,
  FINISHED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const struct
{
  const char *app;
  const char *title;
  const char *again;
} apps[] = {
  { "inbox", N_ ("Mail"), N_ ("_Try again with other messages") },
  { "finder", N_ ("Patient records"), N_ ("_Try again with other requests") },
  { "signin", N_ ("Your account"), N_ ("_Try again with other steps") },
};

static guint
find_app (WayPractice *practice)
{
  const char *name = way_practice_get_desk (practice)->app;

  for (guint i = 0; i < G_N_ELEMENTS (apps); i++)
    if (g_strcmp0 (apps[i].app, name) == 0)
      return i;

  return G_N_ELEMENTS (apps);
}

static void
update_progress (WayDeskView *self)
{
  guint app = find_app (self->practice);
  guint out_of;
  guint decided = way_desk_count_decided (self->practice, &out_of);
  g_autofree char *text = NULL;

  if (app == G_N_ELEMENTS (apps) || way_practice_is_finished (self->practice))
    {
      gtk_label_set_label (GTK_LABEL (self->progress), "");
      return;
    }

  /* Translators: about how many of how many messages, requests or steps was decided. */
  text = g_strdup_printf (_ ("%u of %u decided"), decided, out_of);
  gtk_label_set_label (GTK_LABEL (self->progress), text);
}

static void
set_button (WayDeskView *self, const char *label)
{
  gtk_button_set_label (GTK_BUTTON (self->button), label);
  way_desk_button_tidy (self->button);
}

static void
show_work (WayDeskView *self)
{
  way_desk_stack_show (self->stack, "work");
  set_button (self, _ ("I have _finished"));
}

static void
show_debrief (WayDeskView *self)
{
  guint app = find_app (self->practice);

  way_debrief_view_set_practice (WAY_DEBRIEF_VIEW (self->debrief), self->practice);
  way_desk_stack_show (self->stack, "debrief");
  set_button (self, app < G_N_ELEMENTS (apps) ? _ (apps[app].again) : _ ("_Try again"));
  gtk_widget_grab_focus (self->debrief);
}

static void
done_cb (WayDeskView *self, const char *action, const char *target, const char *value)
{
  update_progress (self);
  if (strcmp (action, "finish") == 0)
    show_debrief (self);
  g_signal_emit (self, signals[ACTION], 0, action, target, value);
  if (strcmp (action, "finish") == 0)
    g_signal_emit (self, signals[FINISHED], 0);
}

static void
button_clicked_cb (WayDeskView *self)
{
  if (self->practice == NULL)
    return;
  if (way_practice_is_finished (self->practice))
    g_signal_emit (self, signals[AGAIN], 0);
  else
    way_practice_do (self->practice, "finish", NULL, NULL);
}

static void
show_task (WayDeskView *self, gboolean is_shown)
{
  gtk_widget_set_visible (self->task, is_shown);
  gtk_button_set_label (GTK_BUTTON (self->task_button), is_shown ? _ ("_Hide") : _ ("_Show"));
  way_compat_name (self->task_button, is_shown ? _ ("Hide the task") : _ ("Show the task"));
}

static void
task_clicked_cb (WayDeskView *self)
{
  show_task (self, !gtk_widget_get_visible (self->task));
}

/* Above the app the task takes room from it, so it can be put away there. */
static void
folded_cb (WayDeskView *self)
{
  gboolean is_folded = way_split_is_folded (WAY_SPLIT (self->split));

  gtk_widget_set_visible (self->task_button, is_folded);
  if (!is_folded)
    show_task (self, TRUE);
}

/* The app takes the place of the one before it, which may belong to another desk. */
static void
show_app (WayDeskView *self)
{
  guint app = find_app (self->practice);
  GtkWidget *old = gtk_stack_get_visible_child (GTK_STACK (self->app));
  GtkWidget *view = NULL;

  if (app == 0)
    {
      view = way_inbox_view_new ();
      way_inbox_view_set_practice (WAY_INBOX_VIEW (view), self->practice);
    }
  else if (app == 1)
    {
      view = way_finder_view_new ();
      way_finder_view_set_practice (WAY_FINDER_VIEW (view), self->practice);
    }
  else if (app == 2)
    {
      view = way_signin_view_new ();
      way_signin_view_set_practice (WAY_SIGNIN_VIEW (view), self->practice);
    }
  else
    {
      view = gtk_label_new (_ ("This practice needs a newer version of Waymark."));
      gtk_label_set_wrap (GTK_LABEL (view), TRUE);
    }

  gtk_stack_add_child (GTK_STACK (self->app), view);
  gtk_stack_set_visible_child (GTK_STACK (self->app), view);
  if (old != NULL)
    gtk_stack_remove (GTK_STACK (self->app), old);
  gtk_label_set_label (GTK_LABEL (self->app_title),
                       app < G_N_ELEMENTS (apps) ? _ (apps[app].title) : "");
}

static gboolean
way_desk_view_grab_focus (GtkWidget *widget)
{
  WayDeskView *self = WAY_DESK_VIEW (widget);

  if (self->practice != NULL && way_practice_is_finished (self->practice))
    return gtk_widget_grab_focus (self->debrief);

  return gtk_widget_grab_focus (self->task_box);
}

static void
way_desk_view_dispose (GObject *object)
{
  WayDeskView *self = WAY_DESK_VIEW (object);

  if (self->practice != NULL)
    g_signal_handlers_disconnect_by_data (self->practice, self);
  g_clear_object (&self->practice);
  gtk_widget_dispose_template (GTK_WIDGET (self), WAY_TYPE_DESK_VIEW);

  G_OBJECT_CLASS (way_desk_view_parent_class)->dispose (object);
}

static void
way_desk_view_class_init (WayDeskViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = way_desk_view_dispose;
  widget_class->grab_focus = way_desk_view_grab_focus;

  /* Action, target and value of each thing that was done. */
  signals[ACTION] = g_signal_new ("action", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING,
                                  G_TYPE_STRING);
  /* Somebody wants the same desk with another seed. */
  signals[AGAIN] = g_signal_new ("again", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  /* The debrief shows; the practice can be judged. */
  signals[FINISHED] = g_signal_new ("finished", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (WAY_TYPE_CONTENT_VIEW);
  g_type_ensure (WAY_TYPE_DEBRIEF_VIEW);
  g_type_ensure (WAY_TYPE_SPLIT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/waymark_skills/Waymark/ui/way-desk-view.ui");
  gtk_widget_class_bind_template_child (widget_class, WayDeskView, app);
  gtk_widget_class_bind_template_child (widget_class, WayDeskView, app_title);
  gtk_widget_class_bind_template_child (widget_class, WayDeskView, banner);
  gtk_widget_class_bind_template_child (widget_class, WayDeskView, box);
  gtk_widget_class_bind_template_child (widget_class, WayDeskView, button);
  gtk_widget_class_bind_template_child (widget_class, WayDeskView, debrief);
  gtk_widget_class_bind_template_child (widget_class, WayDeskView, progress);
  gtk_widget_class_bind_template_child (widget_class, WayDeskView, split);
  gtk_widget_class_bind_template_child (widget_class, WayDeskView, stack);
  gtk_widget_class_bind_template_child (widget_class, WayDeskView, task);
  gtk_widget_class_bind_template_child (widget_class, WayDeskView, task_box);
  gtk_widget_class_bind_template_child (widget_class, WayDeskView, task_button);
  gtk_widget_class_bind_template_callback (widget_class, button_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
  gtk_widget_class_bind_template_callback (widget_class, task_clicked_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
way_desk_view_init (WayDeskView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show_task (self, TRUE);
  folded_cb (self);
}

/**
 * way_desk_view_new:
 *
 * Returns: (transfer floating): a desk with nothing on it
 */
GtkWidget *
way_desk_view_new (void)
{
  return g_object_new (WAY_TYPE_DESK_VIEW, NULL);
}

/**
 * way_desk_view_set_practice:
 * @practice: a run, at its beginning, in the middle or finished
 *
 * Shows it as it stands. What was done before is not emitted again.
 */
void
way_desk_view_set_practice (WayDeskView *self, WayPractice *practice)
{
  WayDesk *desk;
  g_autofree char *text = NULL;

  g_return_if_fail (WAY_IS_DESK_VIEW (self) && WAY_IS_PRACTICE (practice));

  if (self->practice != NULL)
    g_signal_handlers_disconnect_by_data (self->practice, self);
  g_set_object (&self->practice, practice);

  desk = way_practice_get_desk (practice);
  way_content_view_set_content (WAY_CONTENT_VIEW (self->task), desk->task, NULL);
  text = way_node_dup_text (desk->task);
  way_compat_name (self->task_box, _ ("Your task"));
  way_compat_describe (self->task_box, text);
  show_app (self);
  /* After the app, so that it is up to date when others hear of an action. */
  g_signal_connect_object (practice, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);

  if (way_practice_is_finished (practice))
    show_debrief (self);
  else
    show_work (self);
  update_progress (self);
}

/**
 * way_desk_view_get_practice:
 *
 * Returns: (nullable) (transfer none): the run that shows
 */
WayPractice *
way_desk_view_get_practice (WayDeskView *self)
{
  g_return_val_if_fail (WAY_IS_DESK_VIEW (self), NULL);

  return self->practice;
}
