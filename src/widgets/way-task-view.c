/* way-task-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-task-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "widgets/way-desk-view.h"

/* A practice desk as a question: what is done on it is the answer. It is not finished by
 * itself and tells nobody how it went: that is for who asks. */
struct _WayTaskView
{
  WayInteractionView parent_instance;

  WayDesk *desk; /* (owned) (nullable) */
  guint64 seed;
  WayPractice *practice; /* (owned) (nullable) where the desk could not be read */
  GtkWidget *view;       /* (nullable) */
};

G_DEFINE_FINAL_TYPE (WayTaskView, way_task_view, WAY_TYPE_INTERACTION_VIEW)

/* Anything but waiting and reading the help. */
static gboolean
is_complete (WayInteractionView *view)
{
  WayTaskView *self = WAY_TASK_VIEW (view);

  for (guint i = 0; self->practice != NULL && i < way_practice_get_n_actions (self->practice); i++)
    {
      const char *action;

      way_practice_get_action (self->practice, i, &action, NULL, NULL);
      if (strcmp (action, "clock") != 0 && strcmp (action, "help") != 0)
        return TRUE;
    }

  return self->practice == NULL;
}

static WayValue *
dup_value (WayInteractionView *view)
{
  WayTaskView *self = WAY_TASK_VIEW (view);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *trace = NULL;

  if (self->practice == NULL || !is_complete (view))
    return NULL;
  trace = way_practice_dup_trace (self->practice);
  g_ptr_array_add (texts, g_strconcat (trace, " finish", NULL));

  return way_interaction_view_make_value (view, texts);
}

static void
take_practice (WayTaskView *self, WayPractice *practice)
{
  if (self->practice != NULL)
    g_signal_handlers_disconnect_by_data (self->practice, self);
  g_set_object (&self->practice, practice);
  way_desk_view_set_practice (WAY_DESK_VIEW (self->view), practice);
  g_signal_connect_object (practice, "done", G_CALLBACK (way_interaction_view_changed), self,
                           G_CONNECT_SWAPPED);
}

static void
set_value (WayInteractionView *view, const WayValue *value)
{
  WayTaskView *self = WAY_TASK_VIEW (view);
  g_autoptr (WayPractice) practice = NULL;

  if (self->desk == NULL)
    return;
  if (!way_value_is_null (value))
    {
      g_autofree char *trace = g_strdup (way_value_get_text (value));

      if (g_str_has_suffix (trace, " finish"))
        trace[strlen (trace) - strlen (" finish")] = '\0';
      practice = way_practice_new_from_trace (self->desk, trace, NULL);
    }
  if (practice == NULL)
    practice = way_practice_new (self->desk, self->seed);
  take_practice (self, practice);
}

static void
mark (WayInteractionView *view, const WayValue *correct, gboolean is_right)
{
  WayTaskView *self = WAY_TASK_VIEW (view);

  if (self->view != NULL)
    gtk_widget_set_sensitive (self->view, FALSE);
}

static void
build (WayInteractionView *view, WayPack *pack, guint64 seed, const char *sentence)
{
  WayTaskView *self = WAY_TASK_VIEW (view);
  const char *path = way_interaction_view_get_interaction (view)->desk;
  g_autoptr (GError) error = NULL;

  way_interaction_view_add_prompt (view, pack, NULL);
  self->seed = seed;
  self->desk = pack != NULL ? way_pack_load_desk (pack, path, &error) : NULL;
  if (self->desk == NULL)
    {
      GtkWidget *label = gtk_label_new (_ ("This practice cannot be opened. Go on without it."));

      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_set_parent (label, GTK_WIDGET (view));
      return;
    }
  self->view = way_desk_view_new ();
  way_desk_view_set_pack (WAY_DESK_VIEW (self->view), pack);
  way_desk_view_set_is_question (WAY_DESK_VIEW (self->view), TRUE);
  gtk_widget_set_parent (self->view, GTK_WIDGET (view));
  set_value (view, NULL);
}

static void
way_task_view_dispose (GObject *object)
{
  WayTaskView *self = WAY_TASK_VIEW (object);

  G_OBJECT_CLASS (way_task_view_parent_class)->dispose (object);
  self->view = NULL;
  g_clear_object (&self->practice);
  g_clear_pointer (&self->desk, way_desk_unref);
}

static void
way_task_view_class_init (WayTaskViewClass *klass)
{
  WayInteractionViewClass *view_class = WAY_INTERACTION_VIEW_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = way_task_view_dispose;
  view_class->build = build;
  view_class->dup_value = dup_value;
  view_class->set_value = set_value;
  view_class->is_complete = is_complete;
  view_class->mark = mark;
}

static void
way_task_view_init (WayTaskView *self)
{
}

static char *
dup_letters (const char *text)
{
  GString *letters = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isspace (*c))
      g_string_append_c (letters, *c);

  return g_string_free (letters, FALSE);
}

/**
 * way_task_view_tells:
 * @self: a view
 * @text: what a question says around it
 *
 * Returns: whether the desk says the same as its task, which is always in sight beside it
 */
gboolean
way_task_view_tells (WayTaskView *self, const char *text)
{
  g_autofree char *task = NULL;
  g_autofree char *said = NULL;
  g_autofree char *asked = NULL;

  g_return_val_if_fail (WAY_IS_TASK_VIEW (self) && text != NULL, FALSE);

  if (self->desk == NULL || self->desk->task == NULL)
    return FALSE;
  task = way_node_dup_text (self->desk->task);
  said = dup_letters (task);
  asked = dup_letters (text);

  return strcmp (said, asked) == 0;
}
