/* way-desk-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-desk-view.h"

#include <adwaita.h>

#include "widgets/way-compat.h"
#include "widgets/way-content-view.h"
#include "widgets/way-debrief-view.h"
#include "widgets/way-desk-apps.h"
#include "widgets/way-desk-parts.h"
#include "widgets/way-desk-words.h"
#include "widgets/way-split.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>
#include <string.h>

/* Enough for a list with five rows below the task. */
#define QUESTION_HEIGHT 520

/* A practice desk: the frame that says it is practice, the task, the invented apps
 * and, when it is over, the debrief. A page owns it and logs what it emits. */
struct _WayDeskView
{
  GtkWidget parent_instance;

  WayPack *pack;         /* (owned) (nullable) */
  WayPractice *practice; /* (owned) (nullable) */
  guint tick;            /* source, while something is still to come by itself */
  guint seconds;         /* of desk time */
  gboolean was_active;   /* not every desktop says which window is */
  gboolean is_question;

  GtkWidget *app;
  GtkWidget *app_title;
  GtkWidget *banner;
  GtkWidget *box; /* bound so that the template takes it away */
  GtkWidget *button;
  GtkWidget *debrief;
  GtkWidget *help_button;
  GtkWidget *progress;
  GtkWidget *stack;
  GtkWidget *split;
  GtkWidget *switcher; /* buttons of the apps, where there are several */
  GtkWidget *switcher_bin;
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

/* NULL when the desk needs an app that this version does not have. */
static const WayDeskApp *
find_first_app (WayPractice *practice)
{
  char **names = way_practice_get_desk (practice)->apps;

  for (guint i = 0; names[i] != NULL; i++)
    if (way_desk_app_find (names[i]) == NULL)
      return NULL;

  return way_desk_app_find (names[0]);
}

static void
update_progress (WayDeskView *self)
{
  const WayDeskApp *app = find_first_app (self->practice);
  guint out_of;
  guint decided = way_desk_count_decided (self->practice, &out_of);
  g_autofree char *text = NULL;

  if (app == NULL || way_practice_is_finished (self->practice))
    {
      gtk_label_set_label (GTK_LABEL (self->progress), "");
      return;
    }

  if (app->progress != NULL && way_practice_get_desk (self->practice)->apps[1] == NULL)
    {
      text = app->progress (self->practice);
      gtk_label_set_label (GTK_LABEL (self->progress), text);
      return;
    }

  /* Translators: about how many of how many messages, requests or steps was decided. */
  text = g_strdup_printf (way_practice_get_next_arrival (self->practice) > 0
                              ? _ ("%u of %u decided. More may come.")
                              : _ ("%u of %u decided"),
                          decided, out_of);
  gtk_label_set_label (GTK_LABEL (self->progress), text);
}

static void
set_button (WayDeskView *self, const char *label)
{
  gtk_button_set_label (GTK_BUTTON (self->button), label);
  way_desk_button_tidy (self->button);
  way_desk_button_keep_words (self->button);
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
  const WayDeskApp *app = find_first_app (self->practice);

  way_debrief_view_set_practice (WAY_DEBRIEF_VIEW (self->debrief), self->practice);
  way_desk_stack_show (self->stack, "debrief");
  set_button (self, app != NULL ? _ (app->again) : _ ("_Try again"));
  gtk_widget_grab_focus (self->debrief);
}

static void
record_clock (WayDeskView *self)
{
  g_autofree char *seconds = g_strdup_printf ("%u", self->seconds);

  if (way_practice_can (self->practice, "clock", NULL, seconds))
    way_practice_do (self->practice, "clock", NULL, seconds);
}

/* Nothing comes while somebody reads the help or is in another window. */
static gboolean
is_paused (WayDeskView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *window = windows; window != NULL; window = window->next)
    if (window->data != (gpointer) root && gtk_widget_get_visible (window->data))
      return TRUE;
  if (!GTK_IS_WINDOW (root))
    return TRUE;
  self->was_active |= gtk_window_is_active (GTK_WINDOW (root));

  return self->was_active && !gtk_window_is_active (GTK_WINDOW (root));
}

/* Only the second at which something is due becomes an action of the log. */
static gboolean
tick_cb (gpointer user_data)
{
  WayDeskView *self = user_data;

  if (is_paused (self))
    return G_SOURCE_CONTINUE;
  self->seconds++;
  if (self->seconds >= way_practice_get_next_arrival (self->practice))
    record_clock (self);

  return self->tick != 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
update_tick (WayDeskView *self)
{
  gboolean is_needed = self->practice != NULL && gtk_widget_get_mapped (GTK_WIDGET (self))
                       && way_practice_get_next_arrival (self->practice) > 0;

  if (is_needed && self->tick == 0)
    self->tick = g_timeout_add_seconds (1, tick_cb, self);
  else if (!is_needed)
    g_clear_handle_id (&self->tick, g_source_remove);
}

static void
done_cb (WayDeskView *self, const char *action, const char *target, const char *value)
{
  update_progress (self);
  update_tick (self);
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

static const char *
get_app_name (GtkWidget *button)
{
  return g_object_get_data (G_OBJECT (button), "desk-app");
}

/* What came in an app that does not show is counted beside its name. */
static void
update_switch (GtkWidget *button)
{
  const char *title = _ (way_desk_app_find (get_app_name (button))->title);
  guint n = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "desk-new"));
  /* Translators: name of an app, and how many things have come in it. */
  g_autofree char *text = n > 0 ? g_strdup_printf (_ ("%s · %u new"), title, n) : g_strdup (title);

  gtk_button_set_label (GTK_BUTTON (button), text);
  way_compat_name (button, text);
}

static void
switched_cb (WayDeskView *self, GtkWidget *button)
{
  if (!gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)))
    return;
  g_object_set_data (G_OBJECT (button), "desk-new", NULL);
  update_switch (button);
  way_desk_stack_show (self->app, get_app_name (button));
}

static void
add_switch (WayDeskView *self, const WayDeskApp *app)
{
  GtkWidget *first = gtk_widget_get_first_child (self->switcher);
  GtkWidget *button = g_object_new (GTK_TYPE_TOGGLE_BUTTON, "accessible-role",
                                    GTK_ACCESSIBLE_ROLE_RADIO, NULL);

  g_object_set_data (G_OBJECT (button), "desk-app", (gpointer) app->name);
  update_switch (button);
  if (first != NULL)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (first));
  else
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  g_signal_connect_object (button, "toggled", G_CALLBACK (switched_cb), self, G_CONNECT_SWAPPED);
  way_wrap_box_append (WAY_WRAP_BOX (self->switcher), button);
}

/* Ctrl+Page Down and Ctrl+Page Up go round. */
static void
turn_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WayDeskView *self = WAY_DESK_VIEW (widget);
  gboolean is_back = g_variant_get_boolean (parameter);
  GtkWidget *button = gtk_widget_get_first_child (self->switcher);
  GtkWidget *next;

  while (button != NULL && !gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)))
    button = gtk_widget_get_next_sibling (button);
  if (button == NULL)
    return;
  next = is_back ? gtk_widget_get_prev_sibling (button) : gtk_widget_get_next_sibling (button);
  if (next == NULL)
    next = is_back ? gtk_widget_get_last_child (self->switcher)
                   : gtk_widget_get_first_child (self->switcher);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (next), TRUE);
  gtk_widget_child_focus (self->app, GTK_DIR_TAB_FORWARD);
}

/* Quietly: it stands in its list, the app's name counts it, a screen reader says it. */
static void
arrived_cb (WayDeskView *self, const WayDeskRecord *record)
{
  const WayDeskApp *app = way_desk_app_find (way_practice_get_app (record));
  g_autofree char *text = NULL;

  update_progress (self);
  if (app == NULL || !way_practice_is_task (record))
    return;
  for (GtkWidget *button = gtk_widget_get_first_child (self->switcher); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    {
      guint n = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "desk-new"));

      if (g_strcmp0 (get_app_name (button), app->name) != 0
          || gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)))
        continue;
      g_object_set_data (G_OBJECT (button), "desk-new", GUINT_TO_POINTER (n + 1));
      update_switch (button);
    }
  /* Translators: name of an app, and what has just come in it. */
  text = g_strdup_printf (_ ("New in %s: %s"), _ (app->title), way_desk_get_title (record));
  way_compat_announce (GTK_WIDGET (self), text);
}

static void
show_apps (WayDeskView *self)
{
  char **names = way_practice_get_desk (self->practice)->apps;
  const WayDeskApp *first = find_first_app (self->practice);
  gboolean is_one = names[0] != NULL && names[1] == NULL;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->switcher)) != NULL)
    gtk_widget_unparent (child);
  while ((child = gtk_widget_get_first_child (self->app)) != NULL)
    gtk_stack_remove (GTK_STACK (self->app), child);

  gtk_widget_set_visible (self->app_title, first == NULL || is_one);
  gtk_widget_set_visible (self->switcher_bin, first != NULL && !is_one);
  gtk_label_set_label (GTK_LABEL (self->app_title), first != NULL ? _ (first->title) : "");
  if (first == NULL)
    {
      child = gtk_label_new (_ ("This practice needs a newer version of Waymark."));
      gtk_label_set_wrap (GTK_LABEL (child), TRUE);
      gtk_stack_add_child (GTK_STACK (self->app), child);
      return;
    }

  for (guint i = 0; names[i] != NULL; i++)
    {
      const WayDeskApp *app = way_desk_app_find (names[i]);

      child = app->new_view (self->practice);
      if (app->set_pack != NULL)
        app->set_pack (child, self->pack);
      gtk_stack_add_named (GTK_STACK (self->app), child, app->name);
      if (!is_one)
        add_switch (self, app);
    }
  way_desk_stack_show (self->app, first->name);
}

/* Help is open to everybody and is counted: whoever needed it did not do it alone. */
static void
help_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WayDeskView *self = WAY_DESK_VIEW (widget);

  if (self->practice != NULL)
    way_practice_do (self->practice, "help", NULL, NULL);
}

static void
way_desk_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (way_desk_view_parent_class)->map (widget);
  update_tick (WAY_DESK_VIEW (widget));
}

/* A pause. The time so far is kept, for when the desk is picked up again. */
static void
way_desk_view_unmap (GtkWidget *widget)
{
  WayDeskView *self = WAY_DESK_VIEW (widget);

  if (self->tick != 0)
    record_clock (self);
  GTK_WIDGET_CLASS (way_desk_view_parent_class)->unmap (widget);
  update_tick (self);
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
  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_object (&self->pack);
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
  widget_class->map = way_desk_view_map;
  widget_class->unmap = way_desk_view_unmap;

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
  g_type_ensure (WAY_TYPE_WRAP_BOX);
  g_type_ensure (ADW_TYPE_BIN);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/waymark_skills/Waymark/ui/way-desk-view.ui");
  gtk_widget_class_bind_template_child (widget_class, WayDeskView, app);
  gtk_widget_class_bind_template_child (widget_class, WayDeskView, app_title);
  gtk_widget_class_bind_template_child (widget_class, WayDeskView, banner);
  gtk_widget_class_bind_template_child (widget_class, WayDeskView, box);
  gtk_widget_class_bind_template_child (widget_class, WayDeskView, button);
  gtk_widget_class_bind_template_child (widget_class, WayDeskView, debrief);
  gtk_widget_class_bind_template_child (widget_class, WayDeskView, help_button);
  gtk_widget_class_bind_template_child (widget_class, WayDeskView, progress);
  gtk_widget_class_bind_template_child (widget_class, WayDeskView, split);
  gtk_widget_class_bind_template_child (widget_class, WayDeskView, stack);
  gtk_widget_class_bind_template_child (widget_class, WayDeskView, switcher_bin);
  gtk_widget_class_bind_template_child (widget_class, WayDeskView, task);
  gtk_widget_class_bind_template_child (widget_class, WayDeskView, task_box);
  gtk_widget_class_bind_template_child (widget_class, WayDeskView, task_button);
  gtk_widget_class_bind_template_callback (widget_class, button_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
  gtk_widget_class_bind_template_callback (widget_class, task_clicked_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);

  gtk_widget_class_install_action (widget_class, "desk.help", NULL, help_cb);
  gtk_widget_class_install_action (widget_class, "desk.turn", "b", turn_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Down, GDK_CONTROL_MASK,
                                       "desk.turn", "b", FALSE);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Up, GDK_CONTROL_MASK, "desk.turn",
                                       "b", TRUE);
}

static void
way_desk_view_init (WayDeskView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  way_desk_button_tidy (self->help_button);
  way_desk_button_keep_words (self->help_button);
  self->switcher = way_wrap_box_new (6, 6);
  way_compat_name (self->switcher, _ ("Apps on this desk"));
  adw_bin_set_child (ADW_BIN (self->switcher_bin), self->switcher);
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
 * way_desk_view_set_pack:
 * @pack: (nullable): where the pictures of the desk are
 *
 * Before a run is set: what shows already keeps the words for its pictures.
 */
void
way_desk_view_set_pack (WayDeskView *self, WayPack *pack)
{
  g_return_if_fail (WAY_IS_DESK_VIEW (self) && (pack == NULL || WAY_IS_PACK (pack)));

  g_set_object (&self->pack, pack);
}

/**
 * way_desk_view_set_is_question:
 * @is_question: whether somebody else finishes the run and judges it
 *
 * As a question the desk has no button to finish, and a height of its own on the page.
 */
void
way_desk_view_set_is_question (WayDeskView *self, gboolean is_question)
{
  g_return_if_fail (WAY_IS_DESK_VIEW (self));

  self->is_question = is_question;
  gtk_widget_set_visible (self->button, !is_question);
  gtk_widget_set_size_request (GTK_WIDGET (self), -1, is_question ? QUESTION_HEIGHT : -1);
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
  show_apps (self);
  /* After the app, so that it is up to date when others hear of an action. */
  g_signal_connect_object (practice, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (practice, "arrived", G_CALLBACK (arrived_cb), self, G_CONNECT_SWAPPED);

  if (way_practice_is_finished (practice))
    show_debrief (self);
  else
    show_work (self);
  update_progress (self);
  self->seconds = way_practice_get_clock (practice);
  update_tick (self);
}
