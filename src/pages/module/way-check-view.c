/* way-check-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/module/way-check-view.h"

#include "pages/module/way-check-next.h"
#include "widgets/way-compat.h"
#include "widgets/way-question-view.h"

#include <glib/gi18n.h>

/* The check of a module: what it is, its questions with the explanation in place, and
 * what came of it. Its buttons stand in the bar of the page, which asks what they say. */
struct _WayCheckView
{
  AdwBin parent_instance;

  WaySession *session; /* (owned) */
  WayLesson *lesson;   /* (owned) */
  WayPaper *paper;     /* (owned) (nullable) the try that is shown */
  enum
  {
    WAY_CHECK_INTRODUCTION,
    WAY_CHECK_QUESTION,
    WAY_CHECK_FEEDBACK,
    WAY_CHECK_RESULT,
  } state;
  gboolean is_busy;
  gint64 shown; /* when the question came, µs monotonic */

  /* template */
  GtkLabel *eyebrow;
  GtkWidget *message;
  GtkLabel *message_text;
  GtkLabel *message_title;
  WayCheckNext *next;
  WayQuestionView *question;
  GtkScrolledWindow *scrolled;
  GtkLabel *trouble;
};

G_DEFINE_FINAL_TYPE (WayCheckView, way_check_view, ADW_TYPE_BIN)

enum
{
  CHANGED,
  ACTIVATE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
set_busy (WayCheckView *self, gboolean is_busy)
{
  self->is_busy = is_busy;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
show_trouble (WayCheckView *self, const char *text)
{
  gtk_label_set_label (self->trouble, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), text != NULL);
  if (text != NULL)
    way_compat_announce (GTK_WIDGET (self), text);
}

static void
scroll_to_top (WayCheckView *self)
{
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), 0);
}

static void
show_message (WayCheckView *self, const char *title, const char *text)
{
  gtk_label_set_label (self->eyebrow, _ ("Check"));
  gtk_label_set_label (self->message_title, title);
  gtk_label_set_label (self->message_text, text);
  way_compat_name (self->message, title);
  way_compat_describe (self->message, text);
  gtk_widget_set_visible (self->message, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->question), FALSE);
  scroll_to_top (self);
}

static void
introduce (WayCheckView *self)
{
  guint draw = way_lesson_get_module (self->lesson)->draw;
  g_autofree char *text = NULL;

  self->state = WAY_CHECK_INTRODUCTION;
  way_check_next_show (self->next, self->lesson, way_lesson_get_n_tries (self->lesson) > 0);
  if (way_lesson_is_testing_out (self->lesson))
    {
      show_message (self, _ ("The check, before the lesson"),
                    _ ("You began the check to see whether you need the lesson. It goes on where "
                       "you were."));
      return;
    }
  /* Translators: how many questions the check has. */
  text = g_strdup_printf (
      ngettext ("%u question. After each answer you see why it is right or not. You can try as "
                "often as you like, with other questions: nothing locks.",
                "%u questions. After each answer you see why it is right or not. You can try as "
                "often as you like, with other questions: nothing locks.",
                draw),
      draw);
  show_message (self, _ ("See what stayed with you"), text);
}

static void
show_result (WayCheckView *self)
{
  guint n = way_paper_get_n_questions (self->paper);
  guint n_right = way_paper_get_n_right (self->paper);
  gboolean is_passed = way_paper_is_passed (self->paper);
  g_autofree char *title = NULL;

  self->state = WAY_CHECK_RESULT;
  /* Translators: right answers of all, as “4 of 5”, and whether that is a pass. */
  title = is_passed ? g_strdup_printf (_ ("%u of %u: passed"), n_right, n)
                    : g_strdup_printf (_ ("%u of %u: not passed yet"), n_right, n);
  if (way_paper_is_test_out (self->paper))
    show_message (self, title,
                  is_passed ? _ (
                      "You can do this without the lesson, and the module is done. Your record "
                      "says: checked without the lesson. The practice stays open to you.")
                            : _ ("Now you know where to begin. This does not count as one of your "
                                 "tries."));
  else
    show_message (self, title,
                  is_passed
                      ? _ ("This is saved as evidence of what you can do.")
                      : _ ("Look at the cards again, or try again now with other questions. You "
                           "can also go on: nothing locks."));
  if (!is_passed)
    way_check_next_show (self->next, self->lesson, TRUE);
}

static void
show_eyebrow (WayCheckView *self, gboolean is_received)
{
  guint n = way_paper_get_n_questions (self->paper);
  guint index = way_paper_get_question_index (self->paper);
  g_autofree char *text = NULL;

  if (is_received)
    /* Translators: the trust has received the answer to this question. */
    text = g_strdup_printf (_ ("Question %u of %u · received"), index + 1, n);
  else
    text = g_strdup_printf (_ ("Question %u of %u"), index + 1, n);
  gtk_label_set_label (self->eyebrow, text);
}

static void
show_question (WayCheckView *self)
{
  WayItem *item = way_paper_get_question (self->paper);

  if (item == NULL)
    {
      show_result (self);
      set_busy (self, FALSE);
      way_check_view_focus (self);
      return;
    }
  self->state = WAY_CHECK_QUESTION;
  self->shown = g_get_monotonic_time ();
  show_eyebrow (self, FALSE);
  show_trouble (self, NULL);
  gtk_widget_set_visible (self->message, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->next), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->question), TRUE);
  way_question_view_set_item (self->question, item, way_lesson_get_pack (self->lesson),
                              way_paper_get_shuffle_seed (self->paper));
  scroll_to_top (self);
  set_busy (self, FALSE);
  way_question_view_focus (self->question);
}

static void
started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayCheckView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayPaper) paper = way_lesson_start_check_finish (WAY_LESSON (source), result, &error);

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return; /* left meanwhile */
  if (paper == NULL)
    {
      show_trouble (self, error->message);
      set_busy (self, FALSE);
      return;
    }
  g_set_object (&self->paper, paper);
  show_question (self);
}

static void
start (WayCheckView *self)
{
  show_trouble (self, NULL);
  set_busy (self, TRUE);
  way_lesson_start_check_async (self->lesson, NULL, started_cb, g_object_ref (self));
}

static void
show_waiting (WayCheckView *self)
{
  gtk_label_set_label (self->eyebrow, _ ("Sending your answer…"));
}

/* Where answers are sent one by one: whether the trust has this one. */
static void
show_sent (WayCheckView *self)
{
  g_autofree char *text = NULL;

  if (way_session_is_held (self->session))
    text = way_session_dup_held_text (self->session);
  show_trouble (self, text);
  show_eyebrow (self, way_session_get_push_before_next (self->session)
                          && way_session_get_n_unsent (self->session) == 0);
}

static void
pushed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayCheckView) self = user_data;

  way_session_push_finish (WAY_SESSION (source), result, NULL);
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return; /* left meanwhile */
  if (self->state == WAY_CHECK_FEEDBACK)
    show_sent (self);
  set_busy (self, FALSE);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayCheckView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayScore) score = way_paper_answer_finish (WAY_PAPER (source), result, &error);

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return; /* left meanwhile */
  if (score == NULL)
    {
      /* Not saved: the question and the answer stay. */
      show_eyebrow (self, FALSE);
      show_trouble (self, error->message);
      set_busy (self, FALSE);
      return;
    }
  way_question_view_show_feedback (self->question, score);
  if (score->is_complete)
    {
      self->state = WAY_CHECK_FEEDBACK;
      show_sent (self);
    }
  else
    show_eyebrow (self, FALSE);
  set_busy (self, FALSE);
}

static void
answer (WayCheckView *self, GHashTable *responses)
{
  gint64 ms = (g_get_monotonic_time () - self->shown) / 1000;

  show_trouble (self, NULL);
  set_busy (self, TRUE);
  if (way_session_get_push_before_next (self->session))
    show_waiting (self);
  way_paper_answer_async (self->paper, responses, ms, NULL, answered_cb, g_object_ref (self));
}

static void
activate_answer_cb (WayCheckView *self)
{
  g_signal_emit (self, signals[ACTIVATE], 0);
}

static void
question_changed_cb (WayCheckView *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
way_check_view_dispose (GObject *object)
{
  /* The child is bound too: the template would take it away behind the back of the bin. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), WAY_TYPE_CHECK_VIEW);

  G_OBJECT_CLASS (way_check_view_parent_class)->dispose (object);
}

static void
way_check_view_finalize (GObject *object)
{
  WayCheckView *self = WAY_CHECK_VIEW (object);

  g_clear_object (&self->session);
  g_clear_object (&self->lesson);
  g_clear_object (&self->paper);

  G_OBJECT_CLASS (way_check_view_parent_class)->finalize (object);
}

static void
way_check_view_class_init (WayCheckViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = way_check_view_dispose;
  object_class->finalize = way_check_view_finalize;

  /* What the buttons say or whether they can be pressed has changed. */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  /* Enter in a question: as if the first button was pressed. */
  signals[ACTIVATE] = g_signal_new ("activate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (WAY_TYPE_CHECK_NEXT);
  g_type_ensure (WAY_TYPE_QUESTION_VIEW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/waymark_skills/Waymark/ui/way-check-view.ui");
  gtk_widget_class_bind_template_child (widget_class, WayCheckView, eyebrow);
  gtk_widget_class_bind_template_child (widget_class, WayCheckView, message);
  gtk_widget_class_bind_template_child (widget_class, WayCheckView, message_text);
  gtk_widget_class_bind_template_child (widget_class, WayCheckView, message_title);
  gtk_widget_class_bind_template_child (widget_class, WayCheckView, next);
  gtk_widget_class_bind_template_child (widget_class, WayCheckView, question);
  gtk_widget_class_bind_template_child (widget_class, WayCheckView, scrolled);
  gtk_widget_class_bind_template_child (widget_class, WayCheckView, trouble);
  gtk_widget_class_bind_template_callback (widget_class, activate_answer_cb);
  gtk_widget_class_bind_template_callback (widget_class, question_changed_cb);
}

static void
way_check_view_init (WayCheckView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * way_check_view_new:
 *
 * Returns: (transfer floating): the check of a lesson, before its first question
 */
GtkWidget *
way_check_view_new (WaySession *session, WayLesson *lesson)
{
  WayCheckView *self = g_object_new (WAY_TYPE_CHECK_VIEW, NULL);
  g_autoptr (GSettings) settings = g_settings_new ("io.github.waymark_skills.Waymark");

  self->session = g_object_ref (session);
  self->lesson = g_object_ref (lesson);
  way_question_view_set_digits (self->question,
                                g_settings_get_boolean (settings, "single-key-choices"));
  introduce (self);
  return GTK_WIDGET (self);
}

/**
 * way_check_view_get_primary:
 *
 * Returns: (transfer none) (nullable): what the first button says; NULL when the check
 *   leaves it to the page to go on
 */
const char *
way_check_view_get_primary (WayCheckView *self)
{
  g_return_val_if_fail (WAY_IS_CHECK_VIEW (self), NULL);

  switch (self->state)
    {
    case WAY_CHECK_INTRODUCTION:
      return _ ("Start the Check");
    case WAY_CHECK_QUESTION:
      return _ ("Answer");
    case WAY_CHECK_FEEDBACK:
      return _ ("Go On");
    case WAY_CHECK_RESULT:
    default:
      return way_check_view_is_to_begin (self) ? _ ("Begin with the Cards") : NULL;
    }
}

/**
 * way_check_view_get_secondary:
 *
 * Returns: (transfer none) (nullable): what the second button says
 */
const char *
way_check_view_get_secondary (WayCheckView *self)
{
  g_return_val_if_fail (WAY_IS_CHECK_VIEW (self), NULL);

  if (self->state == WAY_CHECK_QUESTION)
    return _ ("I Don’t Know");
  if (self->state == WAY_CHECK_FEEDBACK && way_session_is_held (self->session))
    return _ ("Send Again");
  if (self->state == WAY_CHECK_RESULT && !way_check_view_is_to_begin (self))
    return _ ("Try Again");
  return NULL;
}

/**
 * way_check_view_can_press:
 *
 * Returns: whether the first button can be pressed now
 */
gboolean
way_check_view_can_press (WayCheckView *self)
{
  g_return_val_if_fail (WAY_IS_CHECK_VIEW (self), FALSE);

  if (self->is_busy)
    return FALSE;
  return self->state != WAY_CHECK_QUESTION || way_question_view_has_answer (self->question);
}

/**
 * way_check_view_press:
 *
 * The first button was pressed.
 *
 * Returns: FALSE when the check is over and the page is to go on
 */
gboolean
way_check_view_press (WayCheckView *self)
{
  g_return_val_if_fail (WAY_IS_CHECK_VIEW (self), FALSE);

  if (!way_check_view_can_press (self))
    return TRUE;
  switch (self->state)
    {
    case WAY_CHECK_INTRODUCTION:
      start (self);
      return TRUE;
      case WAY_CHECK_QUESTION: {
        g_autoptr (GHashTable) responses = way_question_view_dup_responses (self->question);

        answer (self, responses);
        return TRUE;
      }
    case WAY_CHECK_FEEDBACK:
      if (way_session_is_held (self->session))
        way_session_go_on_unsent (self->session);
      way_paper_next_question (self->paper);
      show_question (self);
      return TRUE;
    case WAY_CHECK_RESULT:
    default:
      return FALSE;
    }
}

/**
 * way_check_view_press_secondary:
 *
 * The second button was pressed.
 */
void
way_check_view_press_secondary (WayCheckView *self)
{
  g_return_if_fail (WAY_IS_CHECK_VIEW (self));

  if (self->is_busy)
    return;
  if (self->state == WAY_CHECK_QUESTION)
    {
      g_autoptr (GHashTable) nothing = way_responses_new ();

      answer (self, nothing);
    }
  else if (self->state == WAY_CHECK_FEEDBACK && way_session_is_held (self->session))
    {
      set_busy (self, TRUE);
      show_waiting (self);
      way_session_push_async (self->session, pushed_cb, g_object_ref (self));
    }
  else if (self->state == WAY_CHECK_RESULT && !way_check_view_is_to_begin (self))
    start (self);
}

/**
 * way_check_view_test_out:
 *
 * Begins the check before the lesson.
 */
void
way_check_view_test_out (WayCheckView *self)
{
  g_return_if_fail (WAY_IS_CHECK_VIEW (self));

  if (self->is_busy || self->state != WAY_CHECK_INTRODUCTION)
    return;
  way_lesson_test_out (self->lesson);
  start (self);
}

/**
 * way_check_view_is_to_begin:
 *
 * Returns: whether the check was not passed before the lesson, so that the lesson comes now
 */
gboolean
way_check_view_is_to_begin (WayCheckView *self)
{
  g_return_val_if_fail (WAY_IS_CHECK_VIEW (self), FALSE);

  return self->state == WAY_CHECK_RESULT && way_paper_is_test_out (self->paper)
         && !way_paper_is_passed (self->paper);
}

/**
 * way_check_view_renew:
 *
 * The lesson has come to its check: what was said before the lesson is behind.
 */
void
way_check_view_renew (WayCheckView *self)
{
  g_return_if_fail (WAY_IS_CHECK_VIEW (self));

  if (way_check_view_is_to_begin (self))
    introduce (self);
}

/**
 * way_check_view_is_going:
 *
 * Returns: whether there is a question on screen
 */
gboolean
way_check_view_is_going (WayCheckView *self)
{
  g_return_val_if_fail (WAY_IS_CHECK_VIEW (self), FALSE);

  return self->state == WAY_CHECK_QUESTION || self->state == WAY_CHECK_FEEDBACK;
}

/**
 * way_check_view_press_key:
 *
 * Hands on a key that came to the page.
 *
 * Returns: whether it meant something
 */
gboolean
way_check_view_press_key (WayCheckView *self, guint keyval)
{
  g_return_val_if_fail (WAY_IS_CHECK_VIEW (self), FALSE);

  return self->state == WAY_CHECK_QUESTION && way_question_view_press_key (self->question, keyval);
}

/**
 * way_check_view_dup_item:
 *
 * Returns: (transfer full) (nullable): the id of the question on screen
 */
char *
way_check_view_dup_item (WayCheckView *self)
{
  g_return_val_if_fail (WAY_IS_CHECK_VIEW (self), NULL);

  if (!way_check_view_is_going (self) || way_question_view_get_item (self->question) == NULL)
    return NULL;
  return g_strdup (way_question_view_get_item (self->question)->id);
}

/**
 * way_check_view_focus:
 *
 * Puts the focus where reading begins.
 */
void
way_check_view_focus (WayCheckView *self)
{
  g_return_if_fail (WAY_IS_CHECK_VIEW (self));

  if (way_check_view_is_going (self))
    way_question_view_focus (self->question);
  else if (gtk_widget_get_root (self->message) != NULL)
    gtk_root_set_focus (gtk_widget_get_root (self->message), self->message);
}
