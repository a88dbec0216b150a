/* way-baseline-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/baseline/way-baseline-page.h"

#include "pages/baseline/way-barrier-view.h"
#include "pages/baseline/way-intro-view.h"
#include "pages/baseline/way-rating-view.h"
#include "pages/baseline/way-stopwatch.h"
#include "pages/way-help-button.h"
#include "session/way-baseline.h"
#include "session/way-measure.h"
#include "widgets/way-compat.h"
#include "widgets/way-question-view.h"
#include "widgets/way-state-page.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>

/* A key or a second click that was meant for the question before must not answer this one. */
#define GRACE (G_USEC_PER_SEC / 2)

#define PATIENCE_MS 1000 /* before it is worth saying that something is being saved */

typedef enum
{
  STEP_INTRO,
  STEP_RATING,
  STEP_QUESTION,
  STEP_PAUSE,
  STEP_HELD, /* saved, and the trust that should have it first cannot be reached */
  STEP_DONE,
  STEP_BARRIER, /* after a whole baseline, once, and may be skipped */
} Step;

/* The baseline in focus mode: what it is for, the own rating, the questions with a pause
 * after each part, and the way to the result. Owned by the window while it is shown.
 * Answers are the session's: this page holds nothing that a power cut could lose but the
 * ratings before the last of them. */
struct _WayBaselinePage
{
  AdwBin parent_instance;

  WaySession *session;       /* (owned) */
  GCancellable *cancellable; /* (owned) */
  WayBaseline *baseline;     /* (owned) (nullable) */
  char *recheck;             /* (owned) (nullable) the one capability that is looked at again */

  Step step;
  guint rated; /* index of the capability that is being rated */
  guint n_capabilities;
  int now[WAY_MAX_CAPABILITIES];
  int need[WAY_MAX_CAPABILITIES];

  gboolean is_busy;       /* something is being saved */
  guint patience;         /* source: says that saving takes a while */
  gboolean is_dont_know;  /* what is being saved, for trying again */
  WayStopwatch stopwatch; /* of this step */
  double furthest;        /* the bar never goes back */
  GtkWindow *window;      /* (weak) whose focus says whether the person is here */

  GtkButton *primary;
  GtkButton *secondary;

  /* template */
  WayBarrierView *barrier;
  GtkLabel *eyebrow;
  GtkWidget *finish_here;
  WayWrapBox *foot;
  WayIntroView *intro;
  GtkWidget *message;
  GtkImage *message_icon;
  GtkLabel *message_text;
  GtkLabel *message_title;
  GtkButton *pause;
  GtkProgressBar *progress;
  GtkWidget *progress_box;
  GtkLabel *progress_label;
  WayQuestionView *question;
  WayRatingView *rating;
  GtkScrolledWindow *scrolled;
  WayStatePage *states;
  GtkWidget *trouble;
  GtkLabel *trouble_text;
};

G_DEFINE_FINAL_TYPE (WayBaselinePage, way_baseline_page, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_CONTEXT_PAGE,
  PROP_CONTEXT_ITEM,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static gboolean
is_here (WayBaselinePage *self)
{
  return self->window == NULL || gtk_window_is_active (self->window);
}

/* --- Saving ---------------------------------------------------------------------- */

static gboolean
patience_cb (gpointer user_data)
{
  WayBaselinePage *self = user_data;

  gboolean is_sent = way_session_get_push_before_next (self->session);

  self->patience = 0;
  gtk_label_set_label (self->progress_label, is_sent ? _ ("sending…") : _ ("saving…"));
  way_compat_announce (GTK_WIDGET (self),
                       is_sent ? _ ("Saved here. Waiting for the trust…") : _ ("Saving…"));

  return G_SOURCE_REMOVE;
}

static void update_buttons (WayBaselinePage *self);

static void
set_busy (WayBaselinePage *self, gboolean is_busy)
{
  self->is_busy = is_busy;
  g_clear_handle_id (&self->patience, g_source_remove);
  if (is_busy)
    self->patience = g_timeout_add (PATIENCE_MS, patience_cb, self);
  update_buttons (self);
}

/* --- What is shown -------------------------------------------------------------- */

static void
update_buttons (WayBaselinePage *self)
{
  gboolean may_go_on = !self->is_busy;
  gboolean may_secondary = !self->is_busy;

  switch (self->step)
    {
    case STEP_RATING:
      may_go_on = may_go_on && way_rating_view_get_now (self->rating) > 0;
      break;
    case STEP_QUESTION:
      may_go_on = may_go_on && way_question_view_has_answer (self->question);
      break;
    case STEP_BARRIER:
      may_go_on = may_go_on && way_barrier_view_has_answer (self->barrier);
      break;
    case STEP_INTRO:
    case STEP_PAUSE:
    case STEP_HELD:
    case STEP_DONE:
    default:
      break;
    }
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.primary", may_go_on);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.secondary", may_secondary);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.finish", may_go_on);
}

static void
show_step (
    WayBaselinePage *self, Step step, const char *primary, const char *secondary, const char *pause)
{
  self->step = step;
  gtk_widget_set_visible (GTK_WIDGET (self->intro), step == STEP_INTRO);
  gtk_widget_set_visible (GTK_WIDGET (self->rating), step == STEP_RATING);
  gtk_widget_set_visible (GTK_WIDGET (self->question), step == STEP_QUESTION);
  gtk_widget_set_visible (GTK_WIDGET (self->barrier), step == STEP_BARRIER);
  gtk_widget_set_visible (self->message,
                          step == STEP_PAUSE || step == STEP_HELD || step == STEP_DONE);
  gtk_button_set_label (self->primary, primary);
  gtk_widget_set_visible (GTK_WIDGET (self->secondary), secondary != NULL);
  gtk_button_set_label (self->secondary, secondary != NULL ? secondary : "");
  gtk_button_set_label (self->pause, pause);
  gtk_widget_set_visible (GTK_WIDGET (self->pause), step != STEP_DONE && step != STEP_BARRIER);
  gtk_widget_set_visible (self->trouble, FALSE);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), 0);
  way_state_page_show_child (self->states);
  way_stopwatch_start (&self->stopwatch, is_here (self));
  update_buttons (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CONTEXT_ITEM]);
}

static void
show_progress (WayBaselinePage *self, const char *eyebrow, const char *text, double fraction)
{
  gtk_widget_set_visible (self->progress_box, text != NULL);
  /* The bar keeps its place: what is below it does not jump. */
  gtk_widget_set_opacity (GTK_WIDGET (self->progress), text != NULL ? 1 : 0);
  if (text == NULL)
    return;

  gtk_label_set_label (self->eyebrow, eyebrow);
  gtk_label_set_label (self->progress_label, text);
  gtk_progress_bar_set_fraction (self->progress, CLAMP (fraction, 0, 1));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text, -1);
}

static void
show_message (WayBaselinePage *self, const char *icon, const char *title, const char *text)
{
  g_autofree char *name = g_strdup_printf ("%s. %s", title, text);

  gtk_image_set_from_icon_name (self->message_icon, icon);
  gtk_label_set_label (self->message_title, title);
  gtk_label_set_label (self->message_text, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->message), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  gtk_widget_grab_focus (self->message);
}

static void
show_trouble (WayBaselinePage *self, const GError *error)
{
  gtk_label_set_label (self->trouble_text, error->message);
  gtk_widget_set_visible (self->trouble, TRUE);
  way_compat_announce (GTK_WIDGET (self), error->message);
}

/* Where answers are sent one by one the trust has them all now, but for what the person went on
 * without. */
static gboolean
is_received (WayBaselinePage *self)
{
  return way_session_get_push_before_next (self->session)
         && way_session_get_n_unsent (self->session) == 0;
}

static char *
dup_answers_text (WayBaselinePage *self, guint n)
{
  if (is_received (self))
    return g_strdup_printf (ngettext ("The trust has received %u answer.",
                                      "The trust has received %u answers.", n),
                            n);
  return g_strdup_printf (ngettext ("%u answer is saved on this computer.",
                                    "%u answers are saved on this computer.", n),
                          n);
}

static void
show_pause (WayBaselinePage *self)
{
  guint n_answered = way_baseline_get_ordinal (self->baseline) - 1;
  guint n_left = way_baseline_get_n_left (self->baseline);
  g_autofree char *saved = dup_answers_text (self, n_answered);
  g_autofree char *left = NULL;
  g_autofree char *text = NULL;

  left = g_strdup_printf (ngettext ("About %u question is left.", "About %u questions are left.",
                                    n_left),
                          n_left);
  /* TRANSLATORS: two sentences: what is saved, and what is left. */
  text = g_strdup_printf (_ ("%s %s Go on now, or come back to this place any time."), saved, left);
  gtk_widget_set_visible (self->finish_here, TRUE);
  gtk_widget_set_visible (self->progress_box, FALSE);
  show_step (self, STEP_PAUSE, _ ("_Go On"), NULL, _ ("_Pause"));
  show_message (self, "way-saved-symbolic", _ ("A good place to pause"), text);
}

static void
show_done (WayBaselinePage *self)
{
  gtk_widget_set_visible (self->finish_here, FALSE);
  show_progress (self, NULL, NULL, 1);
  show_step (self, STEP_DONE, _ ("Show My _Result"), NULL, _ ("_Pause"));
  show_message (
      self, "way-skills-symbolic", _ ("That was the last question"),
      is_received (self)
          ? _ ("The trust has received your answers. Your result shows where you stand, and what "
               "to do next.")
          : _ ("Your answers are saved on this computer. Your result shows where you stand, and "
               "what to do next."));
}

static void
show_held (WayBaselinePage *self)
{
  g_autofree char *text = way_session_dup_held_text (self->session);

  gtk_widget_set_visible (self->finish_here, FALSE);
  gtk_widget_set_visible (self->progress_box, FALSE);
  show_step (self, STEP_HELD, _ ("_Go On"), _ ("_Try Again"), _ ("_Pause"));
  show_message (self, "way-saved-symbolic", _ ("Saved here, not received yet"), text);
}

static void
show_question (WayBaselinePage *self)
{
  WayItem *item = way_baseline_get_item (self->baseline);
  guint ordinal = way_baseline_get_ordinal (self->baseline);
  guint n_left = way_baseline_get_n_left (self->baseline);
  g_autofree char *left = NULL;
  g_autofree char *eyebrow = NULL;

  self->furthest = MAX (self->furthest, (ordinal - 1.0) / (ordinal - 1.0 + MAX (n_left, 1)));
  if (is_received (self) && ordinal > 1)
    left = g_strdup_printf (ngettext ("received · about %u left", "received · about %u left",
                                      n_left),
                            n_left);
  else
    left = g_strdup_printf (ngettext ("about %u left", "about %u left", n_left), n_left);
  /* TRANSLATORS: the number of a question and what it is about, as “Question 3 · Learning”. */
  eyebrow = g_strdup_printf (_ ("Question %u · %s"), ordinal,
                             way_baseline_get_capability_name (self->baseline));
  show_progress (self, eyebrow, left, self->furthest);
  way_question_view_set_item (self->question, item, way_session_get_pack (self->session),
                              way_baseline_get_shuffle_seed (self->baseline));
  show_step (self, STEP_QUESTION, _ ("_Answer"), _ ("I _Don’t Know"), _ ("_Pause"));
  way_question_view_focus (self->question);
}

/* What the sitting has come to. */
static void
show_current (WayBaselinePage *self)
{
  if (way_baseline_is_finished (self->baseline))
    show_done (self);
  else
    show_question (self);
}

/* --- The own rating --------------------------------------------------------------- */

static void
show_rating (WayBaselinePage *self, guint capability)
{
  g_autofree char *text = NULL;

  self->rated = capability;
  text = g_strdup_printf (_ ("%u of %u"), capability + 1, self->n_capabilities);
  show_progress (self, _ ("Your own rating"), text, (double) capability / self->n_capabilities);
  way_rating_view_set_capability (self->rating, way_session_get_pack (self->session), capability,
                                  self->now[capability], self->need[capability]);
  show_step (self, STEP_RATING, _ ("_Go On"), _ ("_Back"), _ ("_Pause"));
  way_rating_view_focus (self->rating);
}

static void
keep_rating (WayBaselinePage *self)
{
  self->now[self->rated] = way_rating_view_get_now (self->rating);
  self->need[self->rated] = way_rating_view_get_need (self->rating);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayBaselinePage) self = user_data;
  g_autoptr (GError) error = NULL;
  WayBaseline *baseline = way_session_open_baseline_finish (WAY_SESSION (source), result, &error);

  set_busy (self, FALSE);
  if (baseline != NULL)
    {
      g_clear_object (&self->baseline);
      self->baseline = baseline;
      show_current (self);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    way_state_page_show_error (self->states, _ ("The questions cannot be opened"), error);
}

static void
open_baseline (WayBaselinePage *self)
{
  set_busy (self, TRUE);
  if (self->recheck != NULL)
    {
      way_session_open_recheck_async (self->session, self->recheck, self->cancellable, opened_cb,
                                      g_object_ref (self));
      return;
    }
  way_session_open_baseline_async (self->session, way_intro_view_get_depth (self->intro),
                                   self->cancellable, opened_cb, g_object_ref (self));
}

static void
rated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayBaselinePage) self = user_data;
  g_autoptr (GError) error = NULL;

  set_busy (self, FALSE);
  if (way_session_save_ratings_finish (WAY_SESSION (source), result, &error))
    {
      gtk_widget_set_visible (self->trouble, FALSE);
      open_baseline (self);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      show_trouble (self, error);
    }
}

static void
save_ratings (WayBaselinePage *self)
{
  set_busy (self, TRUE);
  way_session_save_ratings_async (self->session, self->now, self->need, self->cancellable, rated_cb,
                                  g_object_ref (self));
}

/* --- Answering --------------------------------------------------------------------- */

static void
show_next (WayBaselinePage *self)
{
  if (way_session_is_held (self->session))
    show_held (self);
  else if (way_baseline_is_pause (self->baseline))
    show_pause (self);
  else
    show_current (self);
}

static void
pushed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayBaselinePage) self = user_data;

  set_busy (self, FALSE);
  way_session_push_finish (WAY_SESSION (source), result, NULL);
  if (self->step == STEP_HELD)
    show_next (self);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayBaselinePage) self = user_data;
  g_autoptr (GError) error = NULL;

  set_busy (self, FALSE);
  if (way_baseline_answer_finish (WAY_BASELINE (source), result, &error))
    show_next (self);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      /* The question stays as it is, with the answer in it. */
      gtk_label_set_label (self->progress_label, _ ("not saved"));
      show_trouble (self, error);
    }
}

static void
answer (WayBaselinePage *self, gboolean is_dont_know)
{
  g_autoptr (GHashTable) responses = NULL;

  if (self->is_busy)
    return;

  set_busy (self, TRUE);
  self->is_dont_know = is_dont_know;
  if (!is_dont_know)
    responses = way_question_view_dup_responses (self->question);
  /* Once begun, saving goes on even when the page is left. */
  way_baseline_answer_async (self->baseline, responses,
                             way_stopwatch_get_milliseconds (&self->stopwatch, is_here (self)),
                             NULL, answered_cb, g_object_ref (self));
}

/* --- What gets in the way ------------------------------------------------------------ */

static void
show_barrier (WayBaselinePage *self)
{
  show_step (self, STEP_BARRIER, _ ("_Save"), _ ("_Skip"), _ ("_Pause"));
  way_barrier_view_focus (self->barrier);
}

static void
show_skills (WayBaselinePage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.go", "s", "skills");
}

static void
barriers_saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayBaselinePage) self = user_data;
  g_autoptr (GError) error = NULL;

  set_busy (self, FALSE);
  if (way_session_write_finish (WAY_SESSION (source), result, NULL, &error))
    show_skills (self);
  else
    show_trouble (self, error);
}

static void
save_barriers (WayBaselinePage *self)
{
  g_auto (GStrv) chosen = way_barrier_view_dup_chosen (self->barrier);

  set_busy (self, TRUE);
  way_session_save_barriers_async (self->session, (const char *const *) chosen, NULL,
                                   barriers_saved_cb, g_object_ref (self));
}

static void
stopped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayBaselinePage) self = user_data;
  g_autoptr (GError) error = NULL;

  set_busy (self, FALSE);
  if (way_baseline_stop_finish (WAY_BASELINE (source), result, &error))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.go", "s", "skills");
  else
    {
      show_trouble (self, error);
    }
}

static void
finish_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WayBaselinePage *self = WAY_BASELINE_PAGE (widget);

  if (self->step != STEP_PAUSE || self->is_busy)
    return;

  set_busy (self, TRUE);
  way_baseline_stop_async (self->baseline, NULL, stopped_cb, g_object_ref (self));
}

/* --- Buttons and keys ---------------------------------------------------------------- */

static gboolean
is_too_soon (WayBaselinePage *self)
{
  return way_stopwatch_get_age (&self->stopwatch) < GRACE;
}

static void
primary_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WayBaselinePage *self = WAY_BASELINE_PAGE (widget);

  if (self->is_busy)
    return;

  switch (self->step)
    {
    case STEP_INTRO:
      show_rating (self, 0);
      break;
    case STEP_RATING:
      keep_rating (self);
      if (self->rated + 1 < self->n_capabilities)
        show_rating (self, self->rated + 1);
      else
        save_ratings (self);
      break;
    case STEP_QUESTION:
      if (!is_too_soon (self) && way_question_view_has_answer (self->question))
        answer (self, FALSE);
      break;
    case STEP_PAUSE:
      show_current (self);
      break;
    case STEP_HELD:
      way_session_go_on_unsent (self->session);
      show_next (self);
      break;
    case STEP_BARRIER:
      if (way_barrier_view_has_answer (self->barrier))
        save_barriers (self);
      break;
    case STEP_DONE:
    default:
      if (self->recheck == NULL)
        show_barrier (self);
      else
        show_skills (self);
      break;
    }
}

static void
secondary_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WayBaselinePage *self = WAY_BASELINE_PAGE (widget);

  if (self->is_busy)
    return;

  if (self->step == STEP_RATING)
    {
      keep_rating (self);
      if (self->rated > 0)
        show_rating (self, self->rated - 1);
      else
        {
          show_progress (self, NULL, NULL, 0);
          show_step (self, STEP_INTRO, _ ("_Start"), NULL, _ ("_Not Now"));
          way_intro_view_focus (self->intro);
        }
    }
  else if (self->step == STEP_BARRIER)
    show_skills (self);
  else if (self->step == STEP_QUESTION && !is_too_soon (self))
    answer (self, TRUE);
  else if (self->step == STEP_HELD && !is_too_soon (self))
    {
      set_busy (self, TRUE);
      way_session_push_async (self->session, pushed_cb, g_object_ref (self));
    }
}

static void
try_again_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WayBaselinePage *self = WAY_BASELINE_PAGE (widget);

  gtk_widget_set_visible (self->trouble, FALSE);
  if (self->step == STEP_RATING)
    save_ratings (self);
  else if (self->step == STEP_QUESTION)
    answer (self, self->is_dont_know);
  else if (self->step == STEP_BARRIER)
    save_barriers (self);
  else
    finish_action (widget, NULL, NULL);
}

static void
pause_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WayBaselinePage *self = WAY_BASELINE_PAGE (widget);

  if (self->step == STEP_RATING)
    gtk_widget_activate_action (widget, "win.toast", "s",
                                _ ("Paused. Your rating is saved after the last of the six."));
  else if (self->step == STEP_QUESTION || self->step == STEP_PAUSE || self->step == STEP_HELD)
    gtk_widget_activate_action (
        widget, "win.toast", "s",
        _ ("Paused. Your answers are saved on this computer, and you go on at this question."));
  gtk_widget_activate_action (widget, "win.leave-focus", NULL);
}

/* Enter, wherever no button had it. */
static void
enter_cb (WayBaselinePage *self)
{
  if (!is_too_soon (self))
    gtk_widget_activate_action (GTK_WIDGET (self), "page.primary", NULL);
}

static gboolean
key_pressed_cb (WayBaselinePage *self, guint keyval, guint keycode, GdkModifierType state)
{
  if ((state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return FALSE;
  if (self->step == STEP_QUESTION)
    return way_question_view_press_key (self->question, keyval);
  if (self->step == STEP_RATING)
    return way_rating_view_press_key (self->rating, keyval);
  if (keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter)
    {
      enter_cb (self);
      return TRUE;
    }

  return FALSE;
}

/* --- Beginning ---------------------------------------------------------------------- */

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayBaselinePage) self = user_data;
  g_autoptr (GError) error = NULL;
  WaySkills *skills = way_session_load_skills_finish (WAY_SESSION (source), result, &error);
  gboolean is_open;

  if (skills == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        way_state_page_show_error (self->states, _ ("The baseline cannot be opened"), error);
      return;
    }

  for (guint i = 0; i < skills->n; i++)
    {
      if (skills->skills[i].self_now > 0)
        self->now[i] = skills->skills[i].self_now;
      if (skills->skills[i].self_need > 0)
        self->need[i] = skills->skills[i].self_need;
    }
  is_open = skills->next != NULL && skills->next->type == WAY_STEP_BASELINE;
  way_skills_free (skills);

  if (is_open)
    {
      /* It goes on at the question that was on the screen. */
      open_baseline (self);
      return;
    }
  show_progress (self, NULL, NULL, 0);
  show_step (self, STEP_INTRO, _ ("_Start"), NULL, _ ("_Not Now"));
  way_intro_view_focus (self->intro);
}

static void
load (WayBaselinePage *self)
{
  way_state_page_show_loading (self->states);
  if (self->recheck != NULL)
    {
      open_baseline (self);
      return;
    }
  way_session_load_skills_async (self->session, self->cancellable, loaded_cb, g_object_ref (self));
}

/* --- The class -------------------------------------------------------------------------- */

static void
active_cb (WayBaselinePage *self)
{
  way_stopwatch_count (&self->stopwatch, is_here (self));
}

static void
way_baseline_page_root (GtkWidget *widget)
{
  WayBaselinePage *self = WAY_BASELINE_PAGE (widget);
  GtkRoot *root;

  GTK_WIDGET_CLASS (way_baseline_page_parent_class)->root (widget);

  root = gtk_widget_get_root (widget);
  if (GTK_IS_WINDOW (root))
    {
      g_set_weak_pointer (&self->window, GTK_WINDOW (root));
      g_signal_connect_object (root, "notify::is-active", G_CALLBACK (active_cb), self,
                               G_CONNECT_SWAPPED);
    }
}

static void
way_baseline_page_unroot (GtkWidget *widget)
{
  WayBaselinePage *self = WAY_BASELINE_PAGE (widget);

  if (self->window != NULL)
    g_signal_handlers_disconnect_by_func (self->window, active_cb, self);
  g_clear_weak_pointer (&self->window);

  GTK_WIDGET_CLASS (way_baseline_page_parent_class)->unroot (widget);
}

static void
way_baseline_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WayBaselinePage *self = WAY_BASELINE_PAGE (object);
  WayItem *item;

  switch (id)
    {
    case PROP_CONTEXT_PAGE:
      g_value_set_string (value, "baseline");
      break;
    case PROP_CONTEXT_ITEM:
      item = self->question != NULL ? way_question_view_get_item (self->question) : NULL;
      g_value_set_string (value, self->step == STEP_QUESTION && item != NULL ? item->id : NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
way_baseline_page_dispose (GObject *object)
{
  WayBaselinePage *self = WAY_BASELINE_PAGE (object);

  g_clear_handle_id (&self->patience, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), WAY_TYPE_BASELINE_PAGE);
  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->baseline);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (way_baseline_page_parent_class)->dispose (object);
}

static void
way_baseline_page_finalize (GObject *object)
{
  g_clear_object (&WAY_BASELINE_PAGE (object)->cancellable);
  g_clear_pointer (&WAY_BASELINE_PAGE (object)->recheck, g_free);

  G_OBJECT_CLASS (way_baseline_page_parent_class)->finalize (object);
}

static void
way_baseline_page_class_init (WayBaselinePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = way_baseline_page_dispose;
  object_class->finalize = way_baseline_page_finalize;
  object_class->get_property = way_baseline_page_get_property;
  widget_class->root = way_baseline_page_root;
  widget_class->unroot = way_baseline_page_unroot;

  props[PROP_CONTEXT_PAGE] = g_param_spec_string ("context-page", NULL, NULL, NULL,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_CONTEXT_ITEM] = g_param_spec_string ("context-item", NULL, NULL, NULL,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (WAY_TYPE_BARRIER_VIEW);
  g_type_ensure (WAY_TYPE_HELP_BUTTON);
  g_type_ensure (WAY_TYPE_INTRO_VIEW);
  g_type_ensure (WAY_TYPE_QUESTION_VIEW);
  g_type_ensure (WAY_TYPE_RATING_VIEW);
  g_type_ensure (WAY_TYPE_STATE_PAGE);
  g_type_ensure (WAY_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/waymark_skills/Waymark/ui/way-baseline-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WayBaselinePage, barrier);
  gtk_widget_class_bind_template_child (widget_class, WayBaselinePage, eyebrow);
  gtk_widget_class_bind_template_child (widget_class, WayBaselinePage, finish_here);
  gtk_widget_class_bind_template_child (widget_class, WayBaselinePage, foot);
  gtk_widget_class_bind_template_child (widget_class, WayBaselinePage, intro);
  gtk_widget_class_bind_template_child (widget_class, WayBaselinePage, message);
  gtk_widget_class_bind_template_child (widget_class, WayBaselinePage, message_icon);
  gtk_widget_class_bind_template_child (widget_class, WayBaselinePage, message_text);
  gtk_widget_class_bind_template_child (widget_class, WayBaselinePage, message_title);
  gtk_widget_class_bind_template_child (widget_class, WayBaselinePage, pause);
  gtk_widget_class_bind_template_child (widget_class, WayBaselinePage, progress);
  gtk_widget_class_bind_template_child (widget_class, WayBaselinePage, progress_box);
  gtk_widget_class_bind_template_child (widget_class, WayBaselinePage, progress_label);
  gtk_widget_class_bind_template_child (widget_class, WayBaselinePage, question);
  gtk_widget_class_bind_template_child (widget_class, WayBaselinePage, rating);
  gtk_widget_class_bind_template_child (widget_class, WayBaselinePage, scrolled);
  gtk_widget_class_bind_template_child (widget_class, WayBaselinePage, states);
  gtk_widget_class_bind_template_child (widget_class, WayBaselinePage, trouble);
  gtk_widget_class_bind_template_child (widget_class, WayBaselinePage, trouble_text);
  gtk_widget_class_bind_template_callback (widget_class, enter_cb);
  gtk_widget_class_bind_template_callback (widget_class, load);
  gtk_widget_class_bind_template_callback (widget_class, update_buttons);
  gtk_widget_class_install_action (widget_class, "page.finish", NULL, finish_action);
  gtk_widget_class_install_action (widget_class, "page.pause", NULL, pause_action);
  gtk_widget_class_install_action (widget_class, "page.primary", NULL, primary_action);
  gtk_widget_class_install_action (widget_class, "page.secondary", NULL, secondary_action);
  gtk_widget_class_install_action (widget_class, "page.try-again", NULL, try_again_action);
}

static GtkButton *
add_button (WayBaselinePage *self, const char *action, const char *style)
{
  GtkWidget *button = gtk_button_new ();

  gtk_button_set_use_underline (GTK_BUTTON (button), TRUE);
  gtk_widget_add_css_class (button, "way-big");
  if (style != NULL)
    gtk_widget_add_css_class (button, style);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  way_wrap_box_append (self->foot, button);

  return GTK_BUTTON (button);
}

static void
way_baseline_page_init (WayBaselinePage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self->foot), "way-foot");
  self->secondary = add_button (self, "page.secondary", NULL);
  self->primary = add_button (self, "page.primary", "suggested-action");
  /* Always in the same place, bottom right. */
  gtk_widget_set_halign (GTK_WIDGET (self->primary), GTK_ALIGN_END);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static GtkWidget *
create (WaySession *session, const char *recheck)
{
  WayBaselinePage *self = g_object_new (WAY_TYPE_BASELINE_PAGE, NULL);
  g_autoptr (GSettings) settings = g_settings_new ("io.github.waymark_skills.Waymark");
  gboolean has_digits = g_settings_get_boolean (settings, "single-key-choices");

  self->session = g_object_ref (session);
  self->recheck = g_strdup (recheck);
  self->n_capabilities = way_pack_get_capabilities (way_session_get_pack (session))->len;
  way_session_get_required (session, self->need);
  way_question_view_set_digits (self->question, has_digits);
  way_rating_view_set_digits (self->rating, has_digits);
  way_intro_view_set_session (self->intro, session);
  load (self);

  return GTK_WIDGET (self);
}

/**
 * way_baseline_page_new:
 * @session: whose baseline
 *
 * Returns: (transfer floating): a page that begins a baseline, or goes on with an open one
 */
GtkWidget *
way_baseline_page_new (WaySession *session)
{
  g_return_val_if_fail (WAY_IS_SESSION (session), NULL);

  return create (session, NULL);
}

/**
 * way_baseline_page_new_recheck:
 * @session: whose sitting
 * @capability: id of the one that is looked at again
 *
 * Returns: (transfer floating): a page that asks about one capability only
 */
GtkWidget *
way_baseline_page_new_recheck (WaySession *session, const char *capability)
{
  g_return_val_if_fail (WAY_IS_SESSION (session) && capability != NULL, NULL);

  return create (session, capability);
}
