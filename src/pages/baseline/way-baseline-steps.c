/* way-baseline-steps.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/baseline/way-baseline-page-private.h"

#include <glib/gi18n.h>

#include "widgets/way-compat.h"
#include "widgets/way-words.h"

#define TEXT_WIDTH 640
#define TEXT_TIGHTENING 480 /* from here on a column of text grows more slowly */
#define DESK_WIDTH 1000

/* Whether the person looks at this window. */
gboolean
way_baseline_page_is_here (WayBaselinePage *self)
{
  return self->window == NULL || gtk_window_is_active (self->window);
}

/* Which buttons can be pressed now. */
void
way_baseline_page_update_buttons (WayBaselinePage *self)
{
  gboolean may_go_on = !self->is_busy;
  gboolean may_secondary = !self->is_busy;

  switch (self->step)
    {
    case WAY_BASELINE_RATING:
      may_go_on = may_go_on && way_rating_view_get_now (self->rating) > 0;
      break;
    case WAY_BASELINE_QUESTION:
      may_go_on = may_go_on && way_question_view_has_answer (self->question);
      break;
    case WAY_BASELINE_BARRIER:
      may_go_on = may_go_on && way_barrier_view_has_answer (self->barrier);
      break;
    case WAY_BASELINE_INTRO:
    case WAY_BASELINE_PAUSE:
    case WAY_BASELINE_HELD:
    case WAY_BASELINE_DONE:
    default:
      break;
    }
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.primary", may_go_on);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.secondary", may_secondary);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.finish", may_go_on);
}

static void
show_step (WayBaselinePage *self,
           WayBaselineStep step,
           const char *primary,
           const char *secondary,
           const char *pause)
{
  self->step = step;
  gtk_widget_set_visible (GTK_WIDGET (self->intro), step == WAY_BASELINE_INTRO);
  gtk_widget_set_visible (GTK_WIDGET (self->rating), step == WAY_BASELINE_RATING);
  gtk_widget_set_visible (GTK_WIDGET (self->question), step == WAY_BASELINE_QUESTION);
  gtk_widget_set_visible (GTK_WIDGET (self->barrier), step == WAY_BASELINE_BARRIER);
  gtk_widget_set_visible (self->message, step == WAY_BASELINE_PAUSE || step == WAY_BASELINE_HELD
                                             || step == WAY_BASELINE_DONE);
  gtk_button_set_label (self->primary, primary);
  gtk_widget_set_visible (GTK_WIDGET (self->secondary), secondary != NULL);
  gtk_button_set_label (self->secondary, secondary != NULL ? secondary : "");
  gtk_button_set_label (self->pause, pause);
  gtk_widget_set_visible (GTK_WIDGET (self->pause),
                          step != WAY_BASELINE_DONE && step != WAY_BASELINE_BARRIER);
  gtk_widget_set_visible (self->trouble, FALSE);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), 0);
  way_state_page_show_child (self->states);
  way_stopwatch_start (&self->stopwatch, way_baseline_page_is_here (self));
  way_baseline_page_update_buttons (self);
  g_object_notify (G_OBJECT (self), "context-item");
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

/* Something was not saved; what was to be saved stays on the screen. */
void
way_baseline_page_show_trouble (WayBaselinePage *self, const GError *error)
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

/* After each part. */
void
way_baseline_page_show_pause (WayBaselinePage *self)
{
  guint n_answered = way_baseline_get_ordinal (self->baseline) - 1;
  guint n_left = way_baseline_get_n_left (self->baseline);
  g_autofree char *saved = dup_answers_text (self, n_answered);
  g_autofree char *left = NULL;
  g_autofree char *so_far = NULL;
  g_autofree char *text = NULL;
  guint n_met, n_not_yet;

  way_baseline_get_so_far (self->baseline, &n_met, &n_not_yet);
  so_far = way_describe_so_far (n_met, n_not_yet, self->n_capabilities);
  left = g_strdup_printf (ngettext ("About %u question is left.", "About %u questions are left.",
                                    n_left),
                          n_left);
  /* TRANSLATORS: three sentences: what is saved, what was found, and what is left. */
  text = g_strdup_printf (_ ("%s %s %s Go on now, or come back to this place any time."), saved,
                          so_far, left);
  gtk_widget_set_visible (self->finish_here, TRUE);
  gtk_widget_set_visible (self->progress_box, FALSE);
  show_step (self, WAY_BASELINE_PAUSE, _ ("_Go On"), NULL, _ ("_Pause"));
  show_message (self, "way-saved-symbolic", _ ("A good place to pause"), text);
}

/* What a yes or no has come to. */
static char *
describe_verdict (WayBaselinePage *self)
{
  int level;
  WayStanding verdict = way_baseline_get_verdict (self->baseline, &level);
  const char *name = way_level_name (way_session_get_pack (self->session), level);
  const char *capability = way_baseline_get_capability_name (self->baseline);

  /* TRANSLATORS: the name of a capability, and of a level. */
  switch (verdict)
    {
    case WAY_STANDING_MET:
      return g_strdup_printf (_ ("%s: yes, you are at %s or above"), capability, name);
    case WAY_STANDING_NOT_YET:
      return g_strdup_printf (_ ("%s: not at %s yet"), capability, name);
    case WAY_STANDING_NOT_SURE:
    default:
      return g_strdup_printf (_ ("%s: close to %s, and still not sure"), capability, name);
    }
}

static void
show_done (WayBaselinePage *self)
{
  g_autofree char *verdict = self->level > 0 ? describe_verdict (self) : NULL;
  const char *title = way_baseline_get_stop (self->baseline) == WAY_STOP_TIME
                          ? _ ("The time for the questions is over")
                          : _ ("That was the last question");
  const char *kept = is_received (self) ? _ ("The trust has received your answers.")
                                        : _ ("Your answers are saved on this computer.");
  gboolean is_reportable = way_baseline_is_reportable (self->baseline);
  g_autofree char *text = g_strjoin (
      " ", kept,
      is_reportable ? _ ("Your result shows where you stand, and what to do next.")
                    : _ ("There was too little time for the questions to say where you stand. You "
                         "can begin again whenever it suits you."),
      NULL);

  gtk_widget_set_visible (self->finish_here, FALSE);
  show_progress (self, NULL, NULL, 1);
  show_step (self, WAY_BASELINE_DONE, is_reportable ? _ ("Show My _Result") : _ ("_Go On"), NULL,
             _ ("_Pause"));
  show_message (self, "way-skills-symbolic", verdict != NULL && is_reportable ? verdict : title,
                text);
}

/* The trust has not got the last answer. */
void
way_baseline_page_show_held (WayBaselinePage *self)
{
  g_autofree char *text = way_session_dup_held_text (self->session);

  gtk_widget_set_visible (self->finish_here, FALSE);
  gtk_widget_set_visible (self->progress_box, FALSE);
  show_step (self, WAY_BASELINE_HELD, _ ("_Go On"), _ ("_Try Again"), _ ("_Pause"));
  show_message (self, "way-saved-symbolic", _ ("Saved here, not received yet"), text);
}

/* How many minutes are left for the questions, where there is a limit; else 0. The last one is
 * there until it is over. */
static guint
get_minutes_left (WayBaselinePage *self)
{
  const gint64 minute = 60 * 1000;
  gint64 limit = way_baseline_get_limit_ms (self->baseline);
  gint64 left = limit - way_baseline_get_spent_ms (self->baseline);

  if (limit <= 0)
    return 0;

  return (guint) MAX ((left + minute - 1) / minute, 1);
}

/* Says aloud how long there is: at the first question that is seen, when half is gone, and near
 * the end. */
static void
tell_minutes (WayBaselinePage *self, guint minutes)
{
  guint half = (guint) (way_baseline_get_limit_ms (self->baseline) / (2 * 60 * 1000));
  const guint marks[] = { half, 5, 1 };
  gboolean is_due = self->minutes == 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    is_due = is_due || (minutes <= marks[i] && self->minutes > marks[i]);
  if (minutes == 0 || !is_due)
    return;

  self->minutes = minutes;
  text = g_strdup_printf (ngettext ("There is %u minute for the questions that are left.",
                                    "There are %u minutes for the questions that are left.",
                                    minutes),
                          minutes);
  way_compat_announce (GTK_WIDGET (self), text);
}

static char *
dup_left (WayBaselinePage *self, guint n_left, guint minutes)
{
  g_autofree char *left = NULL;
  g_autofree char *within = NULL;

  if (is_received (self) && way_baseline_get_ordinal (self->baseline) > 1)
    left = g_strdup_printf (ngettext ("received · about %u left", "received · about %u left",
                                      n_left),
                            n_left);
  else
    left = g_strdup_printf (ngettext ("about %u left", "about %u left", n_left), n_left);
  if (minutes == 0)
    return g_steal_pointer (&left);

  within = g_strdup_printf (ngettext ("within %u minute", "within %u minutes", minutes), minutes);
  /* TRANSLATORS: as “about 9 left, within 12 minutes”. */
  return g_strdup_printf (_ ("%s, %s"), left, within);
}

static void
show_question (WayBaselinePage *self)
{
  WayItem *item = way_baseline_get_item (self->baseline);
  guint ordinal = way_baseline_get_ordinal (self->baseline);
  guint n_left = way_baseline_get_n_left (self->baseline);
  guint minutes = get_minutes_left (self);
  gboolean is_desk = item != NULL && way_item_get_desk (item) != NULL;
  g_autofree char *left = dup_left (self, n_left, minutes);
  g_autofree char *eyebrow = NULL;
  g_autoptr (GHashTable) kept = way_baseline_dup_kept (self->baseline);

  self->furthest = MAX (self->furthest, (ordinal - 1.0) / (ordinal - 1.0 + MAX (n_left, 1)));
  /* TRANSLATORS: the number of a question and what it is about, as “Question 3 · Learning”. */
  eyebrow = g_strdup_printf (_ ("Question %u · %s"), ordinal,
                             way_baseline_get_capability_name (self->baseline));
  show_progress (self, eyebrow, left, self->furthest);
  /* Text is read in a narrow column; a practice desk is a window of its own. */
  adw_clamp_set_maximum_size (self->column, is_desk ? DESK_WIDTH : TEXT_WIDTH);
  adw_clamp_set_tightening_threshold (self->column, is_desk ? DESK_WIDTH : TEXT_TIGHTENING);
  way_question_view_set_item (self->question, item, way_session_get_pack (self->session),
                              way_baseline_get_shuffle_seed (self->baseline));
  if (kept != NULL)
    way_question_view_set_responses (self->question, kept);
  show_step (self, WAY_BASELINE_QUESTION, _ ("_Answer"), _ ("I _Don’t Know"), _ ("_Pause"));
  way_question_view_focus (self->question);
  tell_minutes (self, minutes);
}

/* What the sitting has come to. */
void
way_baseline_page_show_current (WayBaselinePage *self)
{
  if (way_baseline_is_finished (self->baseline))
    show_done (self);
  else
    show_question (self);
}

/* The own rating of one capability. */
void
way_baseline_page_show_rating (WayBaselinePage *self, guint capability)
{
  g_autofree char *text = NULL;

  self->rated = capability;
  text = g_strdup_printf (_ ("%u of %u"), capability + 1, self->n_capabilities);
  show_progress (self, _ ("Your own rating"), text, (double) capability / self->n_capabilities);
  way_rating_view_set_capability (self->rating, way_session_get_pack (self->session), capability,
                                  self->now[capability], self->need[capability]);
  show_step (self, WAY_BASELINE_RATING, _ ("_Go On"), _ ("_Back"), _ ("_Pause"));
  way_rating_view_focus (self->rating);
}

/* What it is for. */
void
way_baseline_page_show_intro (WayBaselinePage *self)
{
  show_progress (self, NULL, NULL, 0);
  show_step (self, WAY_BASELINE_INTRO, _ ("_Start"), NULL, _ ("_Not Now"));
  way_intro_view_focus (self->intro);
}

/* What gets in the way. */
void
way_baseline_page_show_barrier (WayBaselinePage *self)
{
  show_step (self, WAY_BASELINE_BARRIER, _ ("_Save"), _ ("_Skip"), _ ("_Pause"));
  way_barrier_view_focus (self->barrier);
}
