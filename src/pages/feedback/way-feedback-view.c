/* way-feedback-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/feedback/way-feedback-view.h"

#include "pages/feedback/way-feedback-words.h"
#include "pages/way-chips.h"
#include "pages/way-detail.h"
#include "session/way-voices.h"
#include "widgets/way-compat.h"
#include "widgets/way-text-box.h"
#include "widgets/way-words.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>

/* One thing that somebody told the trust: what, who, from where, what came of it, and
 * what can be done now. What is being written stays while the list loads again. */
struct _WayFeedbackView
{
  AdwBin parent_instance;

  WaySession *session;       /* (owned) */
  WayFeedbackSorter *sorter; /* (owned) */
  WayRow *row;               /* (owned) (nullable) */
  GPtrArray *joined;         /* (owned) (nullable) of WayRow: they say the same */

  GtkBox *said;
  GtkBox *came;
  GtkBox *actions;
  WayChips *decision;  /* (nullable) while it is being decided */
  WayTextBox *because; /* (nullable) while it is being decided */
  WayTextBox *text;    /* (nullable) while a reply is being written */
  char *drawn_id;      /* (owned) (nullable) for what the actions were drawn */
  int drawn_state;
  gboolean is_saving;
};

G_DEFINE_FINAL_TYPE (WayFeedbackView, way_feedback_view, ADW_TYPE_BIN)

enum
{
  ACTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *const DECISIONS[] = { "yes", "no", "later" };

static void draw_actions (WayFeedbackView *self);

/* What is being saved; strings are owned. */
typedef struct
{
  WayFeedbackView *view;
  char *id;
  char *action;
  char *decision;
  char *because;
  char *text;
} Saving;

static void
saving_free (Saving *saving)
{
  g_object_unref (saving->view);
  g_free (saving->id);
  g_free (saving->action);
  g_free (saving->decision);
  g_free (saving->because);
  g_free (saving->text);
  g_free (saving);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Saving *saving = user_data;
  WayFeedbackView *self = saving->view;
  g_autoptr (GError) error = NULL;

  self->is_saving = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->actions), TRUE);
  if (way_session_write_finish (WAY_SESSION (source), result, NULL, &error))
    {
      /* The same state is drawn anew too: a form that was sent goes. */
      self->drawn_state = -1;
      g_signal_emit (self, signals[ACTED], 0, saving->id, saving->action, saving->decision,
                     saving->because, saving->text);
    }
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", error->message);
  saving_free (saving);
}

static void
act (WayFeedbackView *self,
     const char *action,
     const char *decision,
     const char *because,
     const char *text)
{
  WayFeedbackActionBody body = { .action = (char *) action,
                                 .decision = (char *) decision,
                                 .because = (char *) because,
                                 .text = (char *) text };
  g_autoptr (GPtrArray) rows = NULL;
  Saving *saving;

  if (self->is_saving || self->row == NULL)
    return;
  self->is_saving = TRUE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->actions), FALSE);
  saving = g_new0 (Saving, 1);
  saving->view = g_object_ref (self);
  saving->id = g_strdup (way_row_get_text (self->row, "id"));
  saving->action = g_strdup (action);
  saving->decision = g_strdup (decision);
  saving->because = g_strdup (because);
  saving->text = g_strdup (text);
  /* Whoever said the same gets the same answer. */
  rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (rows, g_object_ref (self->row));
  for (guint i = 0; self->joined != NULL && i < self->joined->len; i++)
    g_ptr_array_add (rows, g_object_ref (g_ptr_array_index (self->joined, i)));
  way_session_sort_feedback_async (self->session, rows, &body, NULL, saved_cb, saving);
}

static void
heard_cb (WayFeedbackView *self)
{
  act (self, "heard", NULL, NULL, NULL);
}

static void
done_cb (WayFeedbackView *self)
{
  act (self, "done", NULL, NULL, NULL);
}

static void
ask_for (GtkWidget *widget, const char *what)
{
  gtk_widget_grab_focus (widget);
  way_compat_announce (widget, what);
  gtk_widget_activate_action (widget, "win.toast", "s", what);
}

static void
send_decision_cb (WayFeedbackView *self)
{
  g_autofree char *because = way_text_box_dup_text (self->because);
  int decision = way_chips_get_selected (self->decision);

  if (decision < 0)
    ask_for (GTK_WIDGET (self->decision), _ ("Choose yes, not now or later."));
  else if (*because == '\0')
    ask_for (way_text_box_get_view (self->because), _ ("Say why. The person reads it."));
  else if (way_text_box_may_keep (self->because))
    act (self, "decided", DECISIONS[decision], because, NULL);
}

static void
send_reply_cb (WayFeedbackView *self)
{
  g_autofree char *text = way_text_box_dup_text (self->text);

  if (*text == '\0')
    ask_for (way_text_box_get_view (self->text), _ ("Write a reply first."));
  else if (way_text_box_may_keep (self->text))
    act (self, "replied", NULL, NULL, text);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *keys,
                guint keyval,
                guint keycode,
                GdkModifierType modifiers,
                WayFeedbackView *self)
{
  if ((modifiers & GDK_CONTROL_MASK) == 0
      || (keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter))
    return GDK_EVENT_PROPAGATE;
  if (self->because != NULL)
    send_decision_cb (self);
  else if (self->text != NULL)
    send_reply_cb (self);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static void
clear_actions (WayFeedbackView *self)
{
  way_detail_clear (self->actions);
  self->decision = NULL;
  self->because = NULL;
  self->text = NULL;
}

static void
cancel_cb (WayFeedbackView *self)
{
  draw_actions (self);
  gtk_widget_child_focus (GTK_WIDGET (self->actions), GTK_DIR_TAB_FORWARD);
}

static void
add_form_buttons (WayFeedbackView *self, const char *label, GCallback callback)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  way_detail_add_button (buttons, _ ("_Cancel"), "flat", G_CALLBACK (cancel_cb), self);
  way_detail_add_button (buttons, label, "suggested-action", callback, self);
  gtk_widget_set_tooltip_text (gtk_widget_get_last_child (buttons), _ ("Ctrl+Enter"));
  gtk_box_append (self->actions, buttons);
}

static void
decide_cb (WayFeedbackView *self)
{
  clear_actions (self);
  way_detail_add_section (self->actions, _ ("Decide"));
  self->decision = g_object_new (WAY_TYPE_CHIPS, "label", _ ("Decision"), "linked", TRUE, NULL);
  way_chips_add (self->decision, _ ("Yes"), NULL);
  way_chips_add (self->decision, _ ("Not now"), NULL);
  way_chips_add (self->decision, _ ("Later"), NULL);
  gtk_box_append (self->actions, GTK_WIDGET (self->decision));
  way_detail_add_label (self->actions, _ ("Because (the person reads it)"), "caption");
  self->because = WAY_TEXT_BOX (way_text_box_new (_ ("Because. The person reads it."), 84));
  way_compat_describe (way_text_box_get_view (self->because), _ ("Ctrl+Enter sends the decision."));
  gtk_box_append (self->actions, GTK_WIDGET (self->because));
  add_form_buttons (self, _ ("_Send Decision"), G_CALLBACK (send_decision_cb));
  gtk_widget_grab_focus (GTK_WIDGET (self->decision));
}

static void
reply_cb (WayFeedbackView *self)
{
  clear_actions (self);
  way_detail_add_section (self->actions, _ ("Reply"));
  self->text = WAY_TEXT_BOX (way_text_box_new (_ ("Your reply"), 96));
  way_compat_describe (way_text_box_get_view (self->text), _ ("Ctrl+Enter sends it."));
  gtk_box_append (self->actions, GTK_WIDGET (self->text));
  add_form_buttons (self, _ ("_Send Reply"), G_CALLBACK (send_reply_cb));
  gtk_widget_grab_focus (way_text_box_get_view (self->text));
}

static GPtrArray *
list_row (WayFeedbackView *self)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (rows, g_object_ref (self->row));
  return rows;
}

static void
sort_cb (WayFeedbackView *self)
{
  g_autoptr (GPtrArray) rows = list_row (self);

  way_feedback_sorter_sort (self->sorter, GTK_WIDGET (self), rows);
}

static void
part_cb (WayFeedbackView *self)
{
  way_feedback_sorter_part (self->sorter, GTK_WIDGET (self), self->row);
}

static void
publish_cb (WayFeedbackView *self)
{
  way_feedback_sorter_publish (self->sorter, GTK_WIDGET (self), self->row);
}

static void
try_cb (WayFeedbackView *self)
{
  way_feedback_sorter_try (self->sorter, GTK_WIDGET (self), self->row);
}

static void
draw_actions (WayFeedbackView *self)
{
  WayFeedbackState state = way_feedback_get_state (self->row);
  GtkWidget *buttons = way_wrap_box_new (6, 6);

  clear_actions (self);
  g_free (self->drawn_id);
  self->drawn_id = g_strdup (way_row_get_text (self->row, "id"));
  self->drawn_state = (int) state;

  if (state == WAY_FEEDBACK_NEW)
    way_detail_add_button (buttons, _ ("_Heard"), "suggested-action", G_CALLBACK (heard_cb), self);
  if (state == WAY_FEEDBACK_DECIDED)
    way_detail_add_button (buttons, _ ("_Done"), "suggested-action", G_CALLBACK (done_cb), self);
  if (state <= WAY_FEEDBACK_HEARD)
    way_detail_add_button (buttons, _ ("D_ecide…"),
                           state == WAY_FEEDBACK_HEARD ? "suggested-action" : NULL,
                           G_CALLBACK (decide_cb), self);
  way_detail_add_button (buttons, _ ("_Reply…"), NULL, G_CALLBACK (reply_cb), self);
  if (state == WAY_FEEDBACK_DECIDED)
    way_detail_add_button (buttons, _ ("D_ecide Again…"), NULL, G_CALLBACK (decide_cb), self);
  if (*way_row_get_text (self->row, "joined") != '\0')
    way_detail_add_button (buttons, _ ("Take _Apart"), NULL, G_CALLBACK (part_cb), self);
  way_detail_add_button (buttons, _ ("_Sort…"), NULL, G_CALLBACK (sort_cb), self);
  way_detail_add_button (buttons, _ ("_Publish…"), NULL, G_CALLBACK (publish_cb), self);
  if (*way_row_get_text (self->row, "published") != '\0')
    way_detail_add_button (buttons, _ ("Small _Test…"), NULL, G_CALLBACK (try_cb), self);
  gtk_box_append (self->actions, buttons);
}

/* How it is sorted, and who said the same. */
static void
draw_sorted (WayFeedbackView *self)
{
  g_autofree char *due = way_feedback_dup_due (self->row);
  const WayModule *module = way_pack_find_module (way_session_get_pack (self->session),
                                                  way_row_get_text (self->row, "about"));
  gint64 supporters = way_row_get_int (self->row, "supporters");

  if (*way_row_get_text (self->row, "theme") != '\0')
    way_detail_add_pair (self->said, _ ("Theme"), way_row_get_text (self->row, "theme"));
  if (*way_row_get_text (self->row, "owner") != '\0')
    way_detail_add_pair (self->said, _ ("Owner"), way_row_get_text (self->row, "owner_name"));
  if (due != NULL)
    way_detail_add_pair (self->said, _ ("Due"), due);
  if (*way_row_get_text (self->row, "initiative_title") != '\0')
    way_detail_add_pair (self->said, _ ("Initiative"),
                         way_row_get_text (self->row, "initiative_title"));
  if (module != NULL)
    way_detail_add_pair (self->said, _ ("A module that helps"), module->title);
  if (*way_row_get_text (self->row, "published") != '\0')
    {
      g_autofree char *text = NULL;

      text = supporters > 0
                 ? g_strdup_printf (ngettext ("Everybody reads it. %d person supports it.",
                                              "Everybody reads it. %d people support it.",
                                              (gulong) supporters),
                                    (int) supporters)
                 : g_strdup (_ ("Everybody reads it."));
      way_detail_add_state (self->said, "emblem-shared-symbolic", text);
    }
  if (self->joined == NULL || self->joined->len == 0)
    return;
  {
    g_autofree char *title = NULL;

    title = g_strdup_printf (ngettext ("%u more says the same", "%u more say the same",
                                       self->joined->len),
                             self->joined->len);
    way_detail_add_section (self->said, title);
  }
  for (guint i = 0; i < MIN (self->joined->len, 5); i++)
    {
      WayRow *row = g_ptr_array_index (self->joined, i);
      g_autofree char *quote = g_strdup_printf (_ ("“%s”"), way_row_get_text (row, "text"));

      way_detail_add_label (self->said, quote, NULL);
      way_detail_add_label (self->said, way_feedback_get_name (row), "way-quiet");
    }
}

static void
draw_said (WayFeedbackView *self)
{
  g_autofree char *page = way_feedback_dup_page (way_session_get_pack (self->session), self->row);
  g_autofree char *when = way_format_when (way_row_get_int (self->row, "at"));
  g_autofree char *quote = NULL;
  g_autofree char *who = NULL;
  const char *unit = way_row_get_text (self->row, "unit_name");

  way_detail_clear (self->said);
  way_detail_add_state (self->said, way_feedback_get_type_icon (self->row),
                        way_feedback_get_type_name (self->row));
  /* Translators: %s is what a person said. */
  quote = g_strdup_printf (_ ("“%s”"), way_row_get_text (self->row, "text"));
  way_detail_add_label (self->said, quote, "way-lead");
  who = *unit != '\0' ? g_strdup_printf ("%s, %s", way_feedback_get_name (self->row), unit)
                      : g_strdup (way_feedback_get_name (self->row));
  way_detail_add_pair (self->said, _ ("Said by"), who);
  way_detail_add_pair (self->said, _ ("Said"), when);
  way_detail_add_pair (self->said, _ ("From the page"), page);
  if (*way_row_get_text (self->row, "system") != '\0')
    way_detail_add_pair (self->said, _ ("System"), way_row_get_text (self->row, "system"));
  draw_sorted (self);
}

static void
draw_came (WayFeedbackView *self)
{
  WayFeedbackState state = way_feedback_get_state (self->row);
  g_autofree char *words = way_feedback_dup_state (self->row);
  g_autofree char *because = way_feedback_dup_because (self->row);
  g_autofree char *when = way_format_when (way_row_get_int (self->row, "last"));
  const char *reply = way_row_get_text (self->row, "reply");

  way_detail_clear (self->came);
  way_detail_add_section (self->came, _ ("What came of it"));
  way_detail_add_state (self->came, way_feedback_state_get_icon (state), words);
  if (because != NULL)
    way_detail_add_label (self->came, because, NULL);
  if (*reply != '\0')
    way_detail_add_pair (self->came, _ ("Last reply"), reply);
  if (way_row_get_int (self->row, "pending") != 0)
    {
      g_autofree char *error = way_session_dup_sync_error (self->session);

      way_detail_add_state (self->came, "way-saved-symbolic",
                            error != NULL ? _ ("Saved here. Sent when the trust is reached.")
                                          : _ ("Saved here, and on its way to the trust."));
    }
  else if (state != WAY_FEEDBACK_NEW)
    {
      /* Translators: %s is a time, as “on Tuesday”. */
      g_autofree char *last = g_strdup_printf (_ ("Last step %s."), when);

      way_detail_add_label (self->came, last, "way-quiet");
    }
}

static void
way_feedback_view_dispose (GObject *object)
{
  WayFeedbackView *self = WAY_FEEDBACK_VIEW (object);

  g_clear_object (&self->session);
  g_clear_object (&self->sorter);
  g_clear_object (&self->row);
  g_clear_pointer (&self->joined, g_ptr_array_unref);
  g_clear_pointer (&self->drawn_id, g_free);

  G_OBJECT_CLASS (way_feedback_view_parent_class)->dispose (object);
}

static void
way_feedback_view_class_init (WayFeedbackViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = way_feedback_view_dispose;

  /* Something was done and is on disk: id, action, decision, because, text. */
  signals[ACTED] = g_signal_new ("acted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 5, G_TYPE_STRING, G_TYPE_STRING,
                                 G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
}

static void
way_feedback_view_init (WayFeedbackView *self)
{
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->said = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 9));
  self->actions = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 9));
  self->came = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  gtk_box_append (box, GTK_WIDGET (self->said));
  gtk_box_append (box, GTK_WIDGET (self->came));
  gtk_box_append (box, GTK_WIDGET (self->actions));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->actions), keys);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (box));
}

/**
 * way_feedback_view_new:
 * @sorter: what does the rest
 *
 * Returns: (transfer floating): a detail of nothing yet
 */
GtkWidget *
way_feedback_view_new (WaySession *session, WayFeedbackSorter *sorter)
{
  WayFeedbackView *self = g_object_new (WAY_TYPE_FEEDBACK_VIEW, NULL);

  self->session = g_object_ref (session);
  self->sorter = g_object_ref (sorter);
  return GTK_WIDGET (self);
}

/**
 * way_feedback_view_decide:
 *
 * Opens the form of the decision, as its button does.
 */
void
way_feedback_view_decide (WayFeedbackView *self)
{
  g_return_if_fail (WAY_IS_FEEDBACK_VIEW (self));

  if (self->row != NULL)
    decide_cb (self);
}

/**
 * way_feedback_view_reply:
 *
 * Opens the form of a reply, as its button does.
 */
void
way_feedback_view_reply (WayFeedbackView *self)
{
  g_return_if_fail (WAY_IS_FEEDBACK_VIEW (self));

  if (self->row != NULL)
    reply_cb (self);
}

/**
 * way_feedback_view_set_row:
 * @row: what somebody said
 *
 * Shows it. A form that is being filled in for the same row stays.
 */
void
way_feedback_view_set_row (WayFeedbackView *self, WayRow *row)
{
  g_return_if_fail (WAY_IS_FEEDBACK_VIEW (self));

  /* What can be done with it is another thing once it is joined, or published. */
  if (self->row != NULL
      && (!g_str_equal (way_row_get_text (self->row, "joined"), way_row_get_text (row, "joined"))
          || !g_str_equal (way_row_get_text (self->row, "published"),
                           way_row_get_text (row, "published"))))
    self->drawn_state = -1;
  g_set_object (&self->row, row);
  g_clear_pointer (&self->joined, g_ptr_array_unref);
  self->joined = way_feedback_sorter_list_joined (self->sorter, way_row_get_text (row, "id"));
  draw_said (self);
  draw_came (self);
  if (g_strcmp0 (self->drawn_id, way_row_get_text (row, "id")) != 0
      || self->drawn_state != (int) way_feedback_get_state (row))
    draw_actions (self);
}
