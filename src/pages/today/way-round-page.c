/* way-round-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/today/way-round-page.h"

#include "pages/way-help-button.h"
#include "session/way-round.h"
#include "widgets/way-compat.h"
#include "widgets/way-question-view.h"
#include "widgets/way-state-page.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>

#define DAY ((gint64) 24 * 60 * 60 * G_USEC_PER_SEC)

typedef enum
{
  STEP_QUESTION,
  STEP_FEEDBACK,
  STEP_DONE,
} Step;

/* Two minutes to stay sharp: a few questions about one skill, each explained, and when it
 * comes back. Focus mode. */
struct _WayRoundPage
{
  AdwBin parent_instance;

  WaySession *session;       /* (owned) */
  GCancellable *cancellable; /* (owned) */
  char *module;              /* (owned) */
  char *skill;               /* (owned) */
  WayPaper *round;           /* (owned) (nullable) */
  Step step;
  gboolean is_busy; /* something is being saved */
  gint64 shown;     /* when the question came, µs monotonic */

  /* template */
  GtkLabel *eyebrow;
  WayWrapBox *foot;
  GtkWidget *message;
  GtkLabel *message_text;
  GtkLabel *message_title;
  GtkButton *pause;
  GtkButton *primary;
  WayQuestionView *question;
  GtkScrolledWindow *scrolled;
  GtkButton *secondary;
  WayStatePage *states;
  AdwWindowTitle *title;
  GtkLabel *trouble;
};

G_DEFINE_FINAL_TYPE (WayRoundPage, way_round_page, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_CONTEXT_PAGE,
  PROP_CONTEXT_MODULE,
  PROP_CONTEXT_ITEM,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
update_buttons (WayRoundPage *self)
{
  gboolean may_go_on = !self->is_busy
                       && (self->step != STEP_QUESTION
                           || way_question_view_has_answer (self->question));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.primary", may_go_on);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.secondary",
                                 !self->is_busy && self->step == STEP_QUESTION);
  gtk_widget_set_visible (GTK_WIDGET (self->secondary), self->step == STEP_QUESTION);
  gtk_button_set_label (self->primary, self->step == STEP_QUESTION   ? _ ("_Answer")
                                       : self->step == STEP_FEEDBACK ? _ ("_Go On")
                                                                     : _ ("_Done"));
  gtk_button_set_label (self->pause, self->step == STEP_DONE ? _ ("Done") : _ ("Pause"));
}

static void
show_step (WayRoundPage *self, Step step)
{
  self->step = step;
  self->is_busy = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->question), step != STEP_DONE);
  gtk_widget_set_visible (self->message, step == STEP_DONE);
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), FALSE);
  way_state_page_show_child (self->states);
  update_buttons (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CONTEXT_ITEM]);
}

static void
show_trouble (WayRoundPage *self, const char *text)
{
  self->is_busy = FALSE;
  gtk_label_set_label (self->trouble, text);
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), TRUE);
  update_buttons (self);
  way_compat_announce (GTK_WIDGET (self), text);
}

static char *
describe_return (gint64 due)
{
  int days = (int) ((due - g_get_real_time () + DAY / 2) / DAY);
  g_autoptr (GDateTime) then = g_date_time_new_from_unix_local (due / G_USEC_PER_SEC);
  g_autofree char *date = NULL;

  if (due <= 0 || then == NULL)
    return g_strdup (_ ("It comes back on Today when it is time."));
  if (days <= 1)
    return g_strdup (_ ("It comes back tomorrow."));
  if (days < 60)
    return g_strdup_printf (ngettext ("It comes back in about %d day.",
                                      "It comes back in about %d days.", (gulong) days),
                            days);
  /* TRANSLATORS: month and year, as in “March 2027”. */
  date = g_date_time_format (then, _ ("%B %Y"));

  return g_strdup_printf (_ ("It comes back in %s."), date);
}

static void
show_done (WayRoundPage *self)
{
  guint n = way_paper_get_n_questions (self->round);
  g_autofree char *title = NULL;
  g_autofree char *back = describe_return (way_paper_get_next_due (self->round));
  g_autofree char *text = NULL;

  show_step (self, STEP_DONE);
  /* TRANSLATORS: right answers of all, as “2 of 3 right”. */
  title = g_strdup_printf (_ ("%u of %u right"), way_paper_get_n_right (self->round), n);
  text = g_strdup_printf ("%s %s", back,
                          _ ("This changes no level: it only sets when you are "
                             "asked again."));
  gtk_label_set_label (self->eyebrow, _ ("2 minutes to stay sharp"));
  gtk_label_set_label (self->message_title, title);
  gtk_label_set_label (self->message_text, text);
  way_compat_name (self->message, title);
  way_compat_describe (self->message, text);
  gtk_widget_grab_focus (self->message);
}

static void
show_question (WayRoundPage *self)
{
  WayItem *item = way_paper_get_question (self->round);
  g_autofree char *text = NULL;

  if (item == NULL)
    {
      show_done (self);
      return;
    }
  text = g_strdup_printf (_ ("Question %u of %u"), way_paper_get_question_index (self->round) + 1,
                          way_paper_get_n_questions (self->round));
  gtk_label_set_label (self->eyebrow, text);
  way_question_view_set_item (self->question, item, way_session_get_pack (self->session),
                              way_paper_get_shuffle_seed (self->round));
  self->shown = g_get_monotonic_time ();
  show_step (self, STEP_QUESTION);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), 0);
  way_question_view_focus (self->question);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayRoundPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayPaper) round = way_session_open_round_finish (WAY_SESSION (source), result, &error);

  if (round == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        way_state_page_show_error (self->states, _ ("The questions cannot be opened"), error);
      return;
    }
  g_set_object (&self->round, round);
  adw_window_title_set_subtitle (self->title, way_paper_get_module (round)->title);
  show_question (self);
}

static void
load (WayRoundPage *self)
{
  way_state_page_show_loading (self->states);
  way_session_open_round_async (self->session, self->module, self->skill, self->cancellable,
                                opened_cb, g_object_ref (self));
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayRoundPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayScore) score = way_paper_answer_finish (WAY_PAPER (source), result, &error);

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return; /* left meanwhile */
  if (score == NULL)
    {
      /* Not saved: the question stays, with the answer in it. */
      show_trouble (self, error->message);
      return;
    }
  show_step (self, score->is_complete ? STEP_FEEDBACK : STEP_QUESTION);
  way_question_view_show_feedback (self->question, score);
}

static void
answer (WayRoundPage *self, GHashTable *responses)
{
  gint64 ms = (g_get_monotonic_time () - self->shown) / 1000;

  self->is_busy = TRUE;
  update_buttons (self);
  /* Once begun, saving goes on even when the page is left. */
  way_paper_answer_async (self->round, responses, ms, NULL, answered_cb, g_object_ref (self));
}

static void
primary_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WayRoundPage *self = WAY_ROUND_PAGE (widget);

  if (self->is_busy || self->round == NULL)
    return;

  switch (self->step)
    {
      case STEP_QUESTION: {
        g_autoptr (GHashTable) responses = NULL;

        if (!way_question_view_has_answer (self->question))
          return;
        responses = way_question_view_dup_responses (self->question);
        answer (self, responses);
        break;
      }
    case STEP_FEEDBACK:
      way_paper_next_question (self->round);
      show_question (self);
      break;
    case STEP_DONE:
    default:
      gtk_widget_activate_action (widget, "win.leave-focus", NULL);
      break;
    }
}

static void
secondary_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WayRoundPage *self = WAY_ROUND_PAGE (widget);
  g_autoptr (GHashTable) nothing = way_responses_new ();

  if (!self->is_busy && self->round != NULL && self->step == STEP_QUESTION)
    answer (self, nothing);
}

static void
pause_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WayRoundPage *self = WAY_ROUND_PAGE (widget);

  if (self->step != STEP_DONE && self->round != NULL)
    gtk_widget_activate_action (widget, "win.toast", "s",
                                _ ("Paused. Your answers are saved on this computer."));
  gtk_widget_activate_action (widget, "win.leave-focus", NULL);
}

static void
enter_cb (WayRoundPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "page.primary", NULL);
}

static gboolean
key_pressed_cb (WayRoundPage *self, guint keyval, guint keycode, GdkModifierType state)
{
  if ((state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return FALSE;
  if (self->step == STEP_QUESTION)
    return way_question_view_press_key (self->question, keyval);
  if (keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter)
    {
      enter_cb (self);
      return TRUE;
    }

  return FALSE;
}

static void
way_round_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WayRoundPage *self = WAY_ROUND_PAGE (object);
  WayItem *item = self->round != NULL ? way_paper_get_question (self->round) : NULL;

  switch (id)
    {
    case PROP_CONTEXT_PAGE:
      g_value_set_string (value, "round");
      break;
    case PROP_CONTEXT_MODULE:
      g_value_set_string (value, self->module);
      break;
    case PROP_CONTEXT_ITEM:
      g_value_set_string (value, item != NULL ? item->id : NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
way_round_page_dispose (GObject *object)
{
  WayRoundPage *self = WAY_ROUND_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), WAY_TYPE_ROUND_PAGE);
  g_clear_object (&self->round);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (way_round_page_parent_class)->dispose (object);
}

static void
way_round_page_finalize (GObject *object)
{
  WayRoundPage *self = WAY_ROUND_PAGE (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->module, g_free);
  g_clear_pointer (&self->skill, g_free);

  G_OBJECT_CLASS (way_round_page_parent_class)->finalize (object);
}

static void
way_round_page_class_init (WayRoundPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = way_round_page_dispose;
  object_class->finalize = way_round_page_finalize;
  object_class->get_property = way_round_page_get_property;

  props[PROP_CONTEXT_PAGE] = g_param_spec_string ("context-page", NULL, NULL, NULL,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_CONTEXT_MODULE] = g_param_spec_string ("context-module", NULL, NULL, NULL,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_CONTEXT_ITEM] = g_param_spec_string ("context-item", NULL, NULL, NULL,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (WAY_TYPE_HELP_BUTTON);
  g_type_ensure (WAY_TYPE_QUESTION_VIEW);
  g_type_ensure (WAY_TYPE_STATE_PAGE);
  g_type_ensure (WAY_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/waymark_skills/Waymark/ui/way-round-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WayRoundPage, eyebrow);
  gtk_widget_class_bind_template_child (widget_class, WayRoundPage, foot);
  gtk_widget_class_bind_template_child (widget_class, WayRoundPage, message);
  gtk_widget_class_bind_template_child (widget_class, WayRoundPage, message_text);
  gtk_widget_class_bind_template_child (widget_class, WayRoundPage, message_title);
  gtk_widget_class_bind_template_child (widget_class, WayRoundPage, pause);
  gtk_widget_class_bind_template_child (widget_class, WayRoundPage, question);
  gtk_widget_class_bind_template_child (widget_class, WayRoundPage, scrolled);
  gtk_widget_class_bind_template_child (widget_class, WayRoundPage, states);
  gtk_widget_class_bind_template_child (widget_class, WayRoundPage, title);
  gtk_widget_class_bind_template_child (widget_class, WayRoundPage, trouble);
  gtk_widget_class_bind_template_callback (widget_class, enter_cb);
  gtk_widget_class_bind_template_callback (widget_class, load);
  gtk_widget_class_bind_template_callback (widget_class, update_buttons);
  gtk_widget_class_install_action (widget_class, "page.pause", NULL, pause_action);
  gtk_widget_class_install_action (widget_class, "page.primary", NULL, primary_action);
  gtk_widget_class_install_action (widget_class, "page.secondary", NULL, secondary_action);
}

static GtkButton *
add_button (WayRoundPage *self, const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_add_css_class (button, "way-big");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  way_wrap_box_append (self->foot, button);

  return GTK_BUTTON (button);
}

static void
way_round_page_init (WayRoundPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self->foot), "way-foot");
  self->secondary = add_button (self, _ ("I _Don’t Know"), "page.secondary");
  self->primary = add_button (self, _ ("_Answer"), "page.primary");
  gtk_widget_add_css_class (GTK_WIDGET (self->primary), "suggested-action");
  gtk_widget_set_halign (GTK_WIDGET (self->primary), GTK_ALIGN_END);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/**
 * way_round_page_new:
 * @session: whose round
 * @module: id of a module
 * @skill: id of one of its outcomes
 *
 * Returns: (transfer floating): a page that asks a few questions about one skill
 */
GtkWidget *
way_round_page_new (WaySession *session, const char *module, const char *skill)
{
  WayRoundPage *self;
  g_autoptr (GSettings) settings = g_settings_new ("io.github.waymark_skills.Waymark");

  g_return_val_if_fail (WAY_IS_SESSION (session) && module != NULL && skill != NULL, NULL);

  self = g_object_new (WAY_TYPE_ROUND_PAGE, NULL);
  self->session = g_object_ref (session);
  self->module = g_strdup (module);
  self->skill = g_strdup (skill);
  way_question_view_set_digits (self->question,
                                g_settings_get_boolean (settings, "single-key-choices"));
  load (self);

  return GTK_WIDGET (self);
}
