/* way-baseline-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/baseline/way-baseline-page-private.h"

#include "pages/way-help-button.h"
#include "session/way-measure.h"
#include "widgets/way-compat.h"

#include <glib/gi18n.h>

/* A key or a second click that was meant for the question before must not answer this one. */
#define GRACE (G_USEC_PER_SEC / 2)

#define PATIENCE_MS 1000 /* before it is worth saying that something is being saved */

G_DEFINE_FINAL_TYPE (WayBaselinePage, way_baseline_page, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_CONTEXT_PAGE,
  PROP_CONTEXT_ITEM,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

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

static void
set_busy (WayBaselinePage *self, gboolean is_busy)
{
  self->is_busy = is_busy;
  g_clear_handle_id (&self->patience, g_source_remove);
  if (is_busy)
    self->patience = g_timeout_add (PATIENCE_MS, patience_cb, self);
  way_baseline_page_update_buttons (self);
}

/* --- The own rating --------------------------------------------------------------- */

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
      way_baseline_page_show_current (self);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    way_state_page_show_error (self->states, _ ("The questions cannot be opened"), error);
}

static void
open_baseline (WayBaselinePage *self)
{
  set_busy (self, TRUE);
  if (self->level > 0)
    {
      way_session_open_yes_no_async (self->session, self->recheck, self->level, self->cancellable,
                                     opened_cb, g_object_ref (self));
      return;
    }
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
      way_baseline_page_show_trouble (self, error);
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
    way_baseline_page_show_held (self);
  else if (way_baseline_is_pause (self->baseline))
    way_baseline_page_show_pause (self);
  else
    way_baseline_page_show_current (self);
}

static void
pushed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayBaselinePage) self = user_data;

  set_busy (self, FALSE);
  way_session_push_finish (WAY_SESSION (source), result, NULL);
  if (self->step == WAY_BASELINE_HELD)
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
      way_baseline_page_show_trouble (self, error);
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
                             way_stopwatch_get_milliseconds (&self->stopwatch,
                                                             way_baseline_page_is_here (self)),
                             NULL, answered_cb, g_object_ref (self));
}

/* What is done at a practice desk is saved as it is done; answering saves the rest. */
static void
changed_cb (WayBaselinePage *self)
{
  WayItem *item = way_question_view_get_item (self->question);
  g_autoptr (GHashTable) responses = NULL;

  if (self->is_busy || self->baseline == NULL || item == NULL || way_item_get_desk (item) == NULL
      || item != way_baseline_get_item (self->baseline))
    return;

  responses = way_question_view_dup_responses (self->question);
  way_baseline_keep (self->baseline, responses);
}

/* --- What gets in the way ------------------------------------------------------------ */

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
    way_baseline_page_show_trouble (self, error);
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
      way_baseline_page_show_trouble (self, error);
    }
}

static void
finish_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WayBaselinePage *self = WAY_BASELINE_PAGE (widget);

  if (self->step != WAY_BASELINE_PAUSE || self->is_busy)
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
    case WAY_BASELINE_INTRO:
      way_baseline_page_show_rating (self, 0);
      break;
    case WAY_BASELINE_RATING:
      keep_rating (self);
      if (self->rated + 1 < self->n_capabilities)
        way_baseline_page_show_rating (self, self->rated + 1);
      else
        save_ratings (self);
      break;
    case WAY_BASELINE_QUESTION:
      if (!is_too_soon (self) && way_question_view_has_answer (self->question))
        answer (self, FALSE);
      break;
    case WAY_BASELINE_PAUSE:
      way_baseline_page_show_current (self);
      break;
    case WAY_BASELINE_HELD:
      way_session_go_on_unsent (self->session);
      show_next (self);
      break;
    case WAY_BASELINE_BARRIER:
      if (way_barrier_view_has_answer (self->barrier))
        save_barriers (self);
      break;
    case WAY_BASELINE_DONE:
    default:
      if (self->recheck == NULL)
        way_baseline_page_show_barrier (self);
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

  if (self->step == WAY_BASELINE_RATING)
    {
      keep_rating (self);
      if (self->rated > 0)
        way_baseline_page_show_rating (self, self->rated - 1);
      else
        {
          way_baseline_page_show_intro (self);
        }
    }
  else if (self->step == WAY_BASELINE_BARRIER)
    show_skills (self);
  else if (self->step == WAY_BASELINE_QUESTION && !is_too_soon (self))
    answer (self, TRUE);
  else if (self->step == WAY_BASELINE_HELD && !is_too_soon (self))
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
  if (self->step == WAY_BASELINE_RATING)
    save_ratings (self);
  else if (self->step == WAY_BASELINE_QUESTION)
    answer (self, self->is_dont_know);
  else if (self->step == WAY_BASELINE_BARRIER)
    save_barriers (self);
  else
    finish_action (widget, NULL, NULL);
}

static void
pause_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WayBaselinePage *self = WAY_BASELINE_PAGE (widget);

  if (self->step == WAY_BASELINE_RATING)
    gtk_widget_activate_action (widget, "win.toast", "s",
                                _ ("Paused. Your rating is saved after the last of the six."));
  else if (self->step == WAY_BASELINE_QUESTION || self->step == WAY_BASELINE_PAUSE
           || self->step == WAY_BASELINE_HELD)
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
  if (self->step == WAY_BASELINE_QUESTION)
    return way_question_view_press_key (self->question, keyval);
  if (self->step == WAY_BASELINE_RATING)
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
  way_intro_view_set_minutes (self->intro, skills->minutes);
  is_open = skills->next != NULL && skills->next->type == WAY_STEP_BASELINE;
  way_skills_free (skills);

  if (is_open)
    {
      /* It goes on at the question that was on the screen. */
      open_baseline (self);
      return;
    }
  way_baseline_page_show_intro (self);
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
  way_stopwatch_count (&self->stopwatch, way_baseline_page_is_here (self));
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
      g_value_set_string (value,
                          self->step == WAY_BASELINE_QUESTION && item != NULL ? item->id : NULL);
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
  gtk_widget_class_bind_template_child (widget_class, WayBaselinePage, column);
  gtk_widget_class_bind_template_child (widget_class, WayBaselinePage, scrolled);
  gtk_widget_class_bind_template_child (widget_class, WayBaselinePage, states);
  gtk_widget_class_bind_template_child (widget_class, WayBaselinePage, trouble);
  gtk_widget_class_bind_template_child (widget_class, WayBaselinePage, trouble_text);
  gtk_widget_class_bind_template_callback (widget_class, enter_cb);
  gtk_widget_class_bind_template_callback (widget_class, load);
  gtk_widget_class_bind_template_callback (widget_class, way_baseline_page_update_buttons);
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
create (WaySession *session, const char *recheck, int level)
{
  WayBaselinePage *self = g_object_new (WAY_TYPE_BASELINE_PAGE, NULL);
  g_autoptr (GSettings) settings = g_settings_new ("io.github.waymark_skills.Waymark");
  gboolean has_digits = g_settings_get_boolean (settings, "single-key-choices");

  self->session = g_object_ref (session);
  self->recheck = g_strdup (recheck);
  self->level = level;
  self->n_capabilities = way_pack_get_capabilities (way_session_get_pack (session))->len;
  way_session_get_required (session, self->need);
  way_question_view_set_digits (self->question, has_digits);
  way_rating_view_set_digits (self->rating, has_digits);
  g_signal_connect_object (self->question, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
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

  return create (session, NULL, 0);
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

  return create (session, capability, 0);
}

/**
 * way_baseline_page_new_yes_no:
 * @session: whose sitting
 * @capability: id of the one that is asked about
 * @level: 2 to 4
 *
 * Returns: (transfer floating): a page that asks whether somebody is at least at one level
 */
GtkWidget *
way_baseline_page_new_yes_no (WaySession *session, const char *capability, int level)
{
  g_return_val_if_fail (WAY_IS_SESSION (session) && capability != NULL, NULL);
  g_return_val_if_fail (level >= 2 && level <= WAY_N_LEVELS, NULL);

  return create (session, capability, level);
}
