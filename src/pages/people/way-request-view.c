/* way-request-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/people/way-request-view.h"

#include "pages/way-detail.h"
#include "pages/way-help-words.h"
#include "widgets/way-compat.h"
#include "widgets/way-text-box.h"
#include "widgets/way-words.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>

/* What a person asked for, in the champion's detail of them, and what can be done about it:
 * taken, answered, passed on, closed. Nothing is seen of it where nothing is asked. */
struct _WayRequestView
{
  AdwBin parent_instance;

  WaySession *session; /* (owned) */
  WayRow *person;      /* (owned) (nullable) */
  char *id;            /* (owned) (nullable) the request that is shown */
  char *state;         /* (owned) (nullable) how it stands */
  GListModel *helpers; /* (owned) (nullable) to whom it may be passed on */

  GtkBox *box;
  WayTextBox *answer; /* (nullable) being written */
  GtkDropDown *to;    /* (nullable) while it is being passed on */
  GtkWidget *turn;    /* (nullable) whose turn it is */
  gboolean is_sending;
};

G_DEFINE_FINAL_TYPE (WayRequestView, way_request_view, ADW_TYPE_BIN)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void show_request (WayRequestView *self);

typedef struct
{
  WayRequestView *view;
  char *said;
} Action;

static void
acted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Action *action = user_data;
  WayRequestView *self = action->view;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;

  self->is_sending = FALSE;
  if (way_session_write_finish (WAY_SESSION (source), result, &id, &error))
    {
      g_clear_pointer (&self->id, g_free);
      gtk_widget_activate_action (GTK_WIDGET (self), "win.undo-toast", "(ss)", action->said, id);
      g_signal_emit (self, signals[CHANGED], 0);
    }
  else
    {
      gtk_widget_set_sensitive (GTK_WIDGET (self->box), TRUE);
      if (root != NULL && gtk_root_get_focus (root) == NULL)
        gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
      gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", error->message);
    }
  g_free (action->said);
  g_object_unref (action->view);
  g_free (action);
}

static void
act (WayRequestView *self, const char *what, const char *text, const char *to, const char *said)
{
  Action *action;

  if (self->is_sending || self->person == NULL || !way_row_has (self->person, "request"))
    return;
  action = g_new0 (Action, 1);
  action->view = g_object_ref (self);
  action->said = g_strdup (said);
  self->is_sending = TRUE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->box), FALSE);
  way_session_answer_help_async (self->session, way_row_get_text (self->person, "request"),
                                 way_row_get_text (self->person, "person"), what, text, to, NULL,
                                 acted_cb, action);
}

static void
take_cb (WayRequestView *self)
{
  act (self, "taken", NULL, NULL, _ ("Taken. The person who asked will see that."));
}

static void
close_cb (WayRequestView *self)
{
  act (self, "closed", NULL, NULL, _ ("The request is closed."));
}

static void
send_cb (WayRequestView *self)
{
  g_autofree char *text = NULL;

  if (self->answer == NULL)
    return;
  text = way_text_box_dup_text (self->answer);
  if (*text == '\0')
    {
      GtkWidget *view = way_text_box_get_view (self->answer);

      gtk_widget_grab_focus (view);
      way_compat_announce (view, _ ("Write an answer first."));
      return;
    }
  if (way_text_box_may_keep (self->answer))
    act (self, "answered", text, NULL, _ ("Your answer is saved, and on its way."));
}

static gboolean
answer_key_cb (GtkEventControllerKey *keys,
               guint keyval,
               guint keycode,
               GdkModifierType modifiers,
               WayRequestView *self)
{
  if ((modifiers & GDK_CONTROL_MASK) != 0
      && (keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter))
    {
      send_cb (self);
      return GDK_EVENT_STOP;
    }
  return GDK_EVENT_PROPAGATE;
}

static void
cancel_answer_cb (WayRequestView *self)
{
  self->answer = NULL;
  g_clear_pointer (&self->id, g_free);
  show_request (self);
}

static void
answer_cb (WayRequestView *self)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkWidget *view, *send;

  gtk_box_remove (self->box, gtk_widget_get_last_child (GTK_WIDGET (self->box)));

  self->answer = WAY_TEXT_BOX (way_text_box_new (_ ("Your answer"), 96));
  view = way_text_box_get_view (self->answer);
  way_compat_describe (view, _ ("Ctrl+Enter sends it."));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (answer_key_cb), self);
  gtk_widget_add_controller (view, keys);
  gtk_box_append (self->box, GTK_WIDGET (self->answer));
  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  way_detail_add_button (GTK_WIDGET (buttons), _ ("_Cancel"), "flat", G_CALLBACK (cancel_answer_cb),
                         self);
  send = way_detail_add_button (GTK_WIDGET (buttons), _ ("_Send Answer"), "suggested-action",
                                G_CALLBACK (send_cb), self);
  gtk_widget_set_tooltip_text (send, _ ("Ctrl+Enter"));
  gtk_box_append (self->box, buttons);
  gtk_widget_grab_focus (view);
}

static char *
get_helper_name_cb (gpointer row, gpointer user_data)
{
  const char *name = way_row_get_text (row, "name");

  if (way_row_get_int (row, "is_on_shift") != 0)
    /* Translators: %s is a champion's name. */
    return g_strdup_printf (_ ("%s, on shift now"), name);
  return g_strdup (*name != '\0' ? name : _ ("Whoever is next"));
}

static void
name_to_cb (WayRequestView *self)
{
  WayRow *row = self->to != NULL ? gtk_drop_down_get_selected_item (self->to) : NULL;
  g_autofree char *name = row != NULL ? get_helper_name_cb (row, NULL) : NULL;

  if (name != NULL)
    way_detail_name_drop_down (self->to, _ ("Pass on to"), name);
}

static void
pass_cb (WayRequestView *self)
{
  WayRow *row = self->to != NULL ? gtk_drop_down_get_selected_item (self->to) : NULL;
  const char *to = row != NULL ? way_row_get_text (row, "person") : "";

  act (self, "passed", NULL, *to != '\0' ? to : NULL, _ ("Passed on."));
}

static void
show_helpers (WayRequestView *self)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkExpression *expression = gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL,
                                                           G_CALLBACK (get_helper_name_cb), NULL,
                                                           NULL);
  GtkWidget *to = gtk_drop_down_new (g_object_ref (self->helpers), expression);

  gtk_box_remove (self->box, gtk_widget_get_last_child (GTK_WIDGET (self->box)));
  self->to = GTK_DROP_DOWN (to);
  way_detail_add_label (self->box, _ ("Pass on to"), "caption");
  gtk_box_append (self->box, to);
  g_signal_connect_object (to, "notify::selected", G_CALLBACK (name_to_cb), self,
                           G_CONNECT_SWAPPED);
  name_to_cb (self);
  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  way_detail_add_button (GTK_WIDGET (buttons), _ ("_Cancel"), "flat", G_CALLBACK (cancel_answer_cb),
                         self);
  way_detail_add_button (GTK_WIDGET (buttons), _ ("_Pass On"), "suggested-action",
                         G_CALLBACK (pass_cb), self);
  gtk_box_append (self->box, buttons);
  gtk_widget_grab_focus (to);
}

static WayRow *
create_whoever (void)
{
  g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *values = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (columns, g_strdup ("person"));
  g_ptr_array_add (values, g_strdup (""));
  return way_row_new (columns, values);
}

static void
helpers_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayRequestView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, &error);
  g_autoptr (WayRow) whoever = create_whoever ();

  if (rows == NULL || self->person == NULL || self->id == NULL || self->to != NULL)
    return;
  g_list_store_insert (G_LIST_STORE (rows), 0, whoever);
  g_set_object (&self->helpers, rows);
  show_helpers (self);
}

static void
pass_on_cb (WayRequestView *self)
{
  way_session_load_helpers_async (self->session, way_row_get_text (self->person, "request"), NULL,
                                  helpers_cb, g_object_ref (self));
}

/* Whose turn it is moves on by itself, so it is said anew each time. */
static void
show_turn (WayRequestView *self)
{
  g_autofree char *turn = way_help_describe_sent (self->person,
                                                  way_session_get_person (self->session),
                                                  g_get_real_time ());

  if (self->turn == NULL)
    return;
  gtk_label_set_label (GTK_LABEL (self->turn), turn != NULL ? turn : "");
  gtk_widget_set_visible (self->turn, turn != NULL);
}

/* The request is drawn again only when it is another one or stands otherwise: an answer
 * that is being written stays. */
static void
show_request (WayRequestView *self)
{
  const char *id = way_row_has (self->person, "request")
                       ? way_row_get_text (self->person, "request")
                       : NULL;
  const char *state = way_row_get_text (self->person, "request_state");
  gboolean is_taken = g_str_equal (state, "taken");
  g_autofree char *when = way_format_when (way_row_get_int (self->person, "asked_at"));
  g_autofree char *asked = NULL;
  g_autofree char *quote = NULL;
  g_autofree char *step = NULL;
  GtkWidget *buttons;

  if (g_strcmp0 (id, self->id) == 0 && g_strcmp0 (state, self->state) == 0)
    {
      show_turn (self);
      return;
    }
  g_free (self->id);
  self->id = g_strdup (id);
  g_free (self->state);
  self->state = g_strdup (state);
  self->answer = NULL;
  self->to = NULL;
  self->turn = NULL;
  way_detail_clear (self->box);
  gtk_widget_set_sensitive (GTK_WIDGET (self->box), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self), id != NULL);
  if (id == NULL)
    return;

  if (is_taken && way_row_has (self->person, "taken_name"))
    /* Translators: a time, as “yesterday at 14:05”, then a champion's name. */
    asked = g_strdup_printf (_ ("Asked %s, taken by %s"), when,
                             way_row_get_text (self->person, "taken_name"));
  else if (is_taken)
    /* Translators: %s is a time, as “yesterday at 14:05”. */
    asked = g_strdup_printf (_ ("Asked %s, taken by a champion"), when);
  else
    /* Translators: %s is a time, as “yesterday at 14:05”. */
    asked = g_strdup_printf (_ ("Asked %s, nobody has taken it yet"), when);
  gtk_widget_add_css_class (way_detail_add_state (self->box, "way-help-symbolic", asked),
                            is_taken ? "way-quiet" : "way-attention");
  if (way_row_get_int (self->person, "urgent") != 0)
    gtk_widget_add_css_class (way_detail_add_state (self->box, "dialog-warning-symbolic",
                                                    _ ("It stops them working")),
                              "way-attention");
  if (way_row_has (self->person, "fixed") && way_row_get_int (self->person, "fixed") == 0)
    way_detail_add_label (self->box, _ ("An answer has not fixed it yet."), NULL);
  /* Translators: %s is what a person said. */
  quote = g_strdup_printf (_ ("“%s”"), way_row_get_text (self->person, "asked"));
  way_detail_add_label (self->box, quote, "way-lead");
  step = way_help_describe_step (way_session_get_pack (self->session),
                                 way_row_get_text (self->person, "asked_page"),
                                 way_row_get_text (self->person, "asked_module"));
  if (step != NULL)
    way_detail_add_label (self->box, step, "way-quiet");
  if (way_row_has (self->person, "asked_system"))
    {
      /* Translators: %s is the name of a system, as “Electronic record”. */
      g_autofree char *system = g_strdup_printf (_ ("System: %s"),
                                                 way_row_get_text (self->person, "asked_system"));

      way_detail_add_label (self->box, system, "way-quiet");
    }
  self->turn = way_detail_add_label (self->box, "", "way-quiet");
  show_turn (self);

  buttons = way_wrap_box_new (6, 6);
  if (!is_taken)
    way_detail_add_deed (buttons, _ ("_Take It"), "suggested-action", G_CALLBACK (take_cb), self);
  way_detail_add_deed (buttons, _ ("_Answer…"), is_taken ? "suggested-action" : NULL,
                       G_CALLBACK (answer_cb), self);
  way_detail_add_deed (buttons, _ ("_Pass On…"), NULL, G_CALLBACK (pass_on_cb), self);
  way_detail_add_deed (buttons, _ ("C_lose"), NULL, G_CALLBACK (close_cb), self);
  gtk_box_append (self->box, buttons);
}

static void
way_request_view_dispose (GObject *object)
{
  WayRequestView *self = WAY_REQUEST_VIEW (object);

  g_clear_object (&self->person);
  g_clear_object (&self->helpers);
  g_clear_object (&self->session);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->state, g_free);

  G_OBJECT_CLASS (way_request_view_parent_class)->dispose (object);
}

static void
way_request_view_class_init (WayRequestViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = way_request_view_dispose;

  /* Something was done about the request, which may be gone with the next update. */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
way_request_view_init (WayRequestView *self)
{
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 9));
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "way-box");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}

/**
 * way_request_view_new:
 *
 * Returns: (transfer floating): the request of nobody yet
 */
GtkWidget *
way_request_view_new (WaySession *session)
{
  WayRequestView *self = g_object_new (WAY_TYPE_REQUEST_VIEW, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}

/**
 * way_request_view_show:
 * @person: as the session lists the champion's people
 *
 * Shows what a person asks for, anew even where it is what was shown.
 */
void
way_request_view_show (WayRequestView *self, WayRow *person)
{
  g_return_if_fail (WAY_IS_REQUEST_VIEW (self));

  g_clear_pointer (&self->id, g_free);
  way_request_view_update (self, person);
  gtk_widget_set_visible (GTK_WIDGET (self), way_row_has (person, "request"));
}

/**
 * way_request_view_update:
 * @person: the person that is shown, loaded again
 *
 * Shows what has changed about the request. An answer that is being written stays.
 */
void
way_request_view_update (WayRequestView *self, WayRow *person)
{
  g_return_if_fail (WAY_IS_REQUEST_VIEW (self));

  g_set_object (&self->person, person);
  show_request (self);
}
