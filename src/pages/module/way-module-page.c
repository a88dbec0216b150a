/* way-module-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/module/way-module-page-private.h"

#include "pages/module/way-check-view.h"
#include "pages/module/way-confidence-scale.h"
#include "pages/module/way-step-view.h"
#include "pages/way-desk-run.h"
#include "pages/way-help-button.h"
#include "pages/way-stack.h"
#include "widgets/way-compat.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>

#define DEAF_US (500 * 1000) /* Enter is not heard so soon after something new came */

#define AFTER_DRAWING (GDK_PRIORITY_REDRAW + 5)

/* A module from its reason to the one thing on shift: focus mode. It opens where it was
 * left; each step is saved before the next one shows. What the steps hold is made in
 * way-module-steps.c. */
G_DEFINE_FINAL_TYPE (WayModulePage, way_module_page, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_CONTEXT_PAGE,
  PROP_CONTEXT_MODULE,
  PROP_CONTEXT_ITEM,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/* (nullable) before the lesson is open. */
WayModuleStep *
way_module_page_get_step (WayModulePage *self)
{
  return self->lesson != NULL ? g_ptr_array_index (self->steps, self->current) : NULL;
}

static void
set_button (GtkButton *button, const char *label)
{
  gtk_widget_set_visible (GTK_WIDGET (button), label != NULL);
  if (label == NULL)
    return;
  gtk_button_set_label (button, label);
  /* In large text not every one has room beside another in a narrow window. */
  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), TRUE);
  gtk_label_set_justify (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))),
                         GTK_JUSTIFY_CENTER);
}

/* The desk of a step, at any time: its own run, or all of the practice. */
static gboolean
is_practised (WayModulePage *self, const WayModuleStep *step)
{
  const WayModule *module = way_lesson_get_module (self->lesson);

  return way_lesson_is_desk_done (self->lesson, g_ptr_array_index (module->desks, step->place))
         || way_lesson_is_step_done (self->lesson, step->saved);
}

/**
 * way_module_page_update_bar:
 *
 * Draws the buttons of the bar for the step that shows.
 */
void
way_module_page_update_bar (WayModulePage *self)
{
  WayModuleStep *step = way_module_page_get_step (self);
  const char *primary = _ ("Go On");
  const char *secondary = NULL;
  gboolean can_press = !self->is_busy;
  gboolean is_suggested = TRUE;

  gtk_widget_set_visible (self->back, self->current > 0 && step->type != WAY_MODULE_STEP_END);
  switch (step->type)
    {
    case WAY_MODULE_STEP_PRACTICE:
      if (!is_practised (self, step))
        {
          primary = _ ("Do This Later");
          is_suggested = FALSE;
        }
      break;
      case WAY_MODULE_STEP_CHECK: {
        WayCheckView *check = WAY_CHECK_VIEW (step->view);

        if (way_check_view_get_primary (check) != NULL)
          primary = way_check_view_get_primary (check);
        secondary = way_check_view_get_secondary (check);
        can_press = can_press && way_check_view_can_press (check);
        if (way_check_view_is_going (check))
          gtk_widget_set_visible (self->back, FALSE);
        break;
      }
    case WAY_MODULE_STEP_SHIFT:
      if (!way_lesson_is_shift_done (self->lesson) && !way_lesson_has_tested_out (self->lesson))
        primary = _ ("Remind Me on Today");
      gtk_widget_set_sensitive (self->done, can_press);
      gtk_widget_set_visible (self->done, !way_lesson_is_shift_done (self->lesson));
      break;
    case WAY_MODULE_STEP_END:
      primary = self->next_action != NULL ? _ ("Next Module") : _ ("Back to Today");
      if (!way_lesson_is_check_passed (self->lesson))
        secondary = _ ("Try the Check");
      else if (self->next_action != NULL)
        secondary = _ ("Back to Today");
      break;
    case WAY_MODULE_STEP_BEFORE:
    case WAY_MODULE_STEP_READ:
    case WAY_MODULE_STEP_AFTER:
    default:
      break;
    }
  set_button (self->primary, primary);
  set_button (self->secondary, secondary);
  if (is_suggested)
    gtk_widget_add_css_class (GTK_WIDGET (self->primary), "suggested-action");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->primary), "suggested-action");
  gtk_widget_set_sensitive (GTK_WIDGET (self->primary), can_press);
  gtk_widget_set_sensitive (GTK_WIDGET (self->secondary), !self->is_busy);
  gtk_button_set_label (self->pause, step->type == WAY_MODULE_STEP_END ? _ ("Close") : _ ("Pause"));
}

static void
show_trouble (WayModulePage *self, const char *text)
{
  gtk_label_set_label (self->trouble, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), text != NULL);
  if (text != NULL)
    way_compat_announce (GTK_WIDGET (self->primary), text);
}

static void
focus_step (WayModuleStep *step)
{
  switch (step->type)
    {
    case WAY_MODULE_STEP_PRACTICE:
      gtk_widget_child_focus (step->view, GTK_DIR_TAB_FORWARD);
      break;
    case WAY_MODULE_STEP_CHECK:
      way_check_view_focus (WAY_CHECK_VIEW (step->view));
      break;
    case WAY_MODULE_STEP_BEFORE:
    case WAY_MODULE_STEP_READ:
    case WAY_MODULE_STEP_SHIFT:
    case WAY_MODULE_STEP_AFTER:
    case WAY_MODULE_STEP_END:
    default:
      way_step_view_focus (WAY_STEP_VIEW (step->view));
    }
}

static void
update_dots (WayModulePage *self)
{
  for (guint i = 0; i + 1 < self->steps->len; i++)
    {
      const WayModuleStep *step = g_ptr_array_index (self->steps, i);
      gboolean is_done = FALSE;

      if (step->type == WAY_MODULE_STEP_BEFORE)
        is_done = way_lesson_get_confidence_before (self->lesson) >= 0;
      else if (step->type == WAY_MODULE_STEP_AFTER)
        is_done = way_lesson_get_confidence_after (self->lesson) >= 0;
      else if (step->type == WAY_MODULE_STEP_SHIFT)
        is_done = way_lesson_is_shift_done (self->lesson);
      else if (step->type == WAY_MODULE_STEP_PRACTICE)
        is_done = is_practised (self, step);
      else
        is_done = way_lesson_is_step_done (self->lesson, step->saved);
      way_step_dots_set_done (self->dots, i, is_done);
    }
  way_step_dots_set_current (self->dots, MIN (self->current, self->steps->len - 2));
}

static void
show_step (WayModulePage *self, guint index)
{
  WayModuleStep *step = g_ptr_array_index (self->steps, index);

  self->current = index;
  self->shown = g_get_monotonic_time ();
  show_trouble (self, NULL);
  way_module_page_need_view (self, step);
  if (step->type == WAY_MODULE_STEP_END)
    way_module_page_build_end (self);
  if (step->type == WAY_MODULE_STEP_PRACTICE)
    way_desk_run_start (WAY_DESK_RUN (step->view));
  if (step->type == WAY_MODULE_STEP_READ)
    way_module_page_mark_card (self, index);
  way_stack_show (self->stack, GTK_WIDGET (step->bin));
  gtk_widget_set_visible (GTK_WIDGET (self->dots), step->type != WAY_MODULE_STEP_END);
  update_dots (self);
  way_module_page_update_bar (self);
  focus_step (step);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayModulePage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return; /* left meanwhile */
  self->is_busy = FALSE;
  if (!way_lesson_write_finish (WAY_LESSON (source), result, &error))
    {
      /* Not saved: the step stays, and it goes on when there is room. */
      show_trouble (self, error->message);
      way_module_page_update_bar (self);
      return;
    }
  if (self->current + 1 < self->steps->len)
    show_step (self, self->current + 1);
}

static void
begin_saving (WayModulePage *self)
{
  self->is_busy = TRUE;
  show_trouble (self, NULL);
  way_module_page_update_bar (self);
}

static void
practice_saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayModulePage) self = user_data;
  g_autoptr (GError) error = NULL;

  /* It is tried again with "Go On". */
  if (!way_lesson_write_finish (WAY_LESSON (source), result, &error)
      && gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    show_trouble (self, error->message);
}

/* Practice is what all desks are for: it is done with the last of them, and picked up after it
 * even by somebody who leaves while the debrief is shown. */
void
way_module_page_desk_finished (WayModulePage *self)
{
  const WayModuleStep *step = way_module_page_get_step (self);

  if (step->type == WAY_MODULE_STEP_PRACTICE && way_lesson_get_current_desk (self->lesson) == NULL
      && !way_lesson_is_step_done (self->lesson, step->saved))
    way_lesson_save_step_async (self->lesson, step->saved, NULL, practice_saved_cb,
                                g_object_ref (self));
  update_dots (self);
  way_module_page_update_bar (self);
}

static void
go_on (WayModulePage *self)
{
  WayModuleStep *step = way_module_page_get_step (self);

  if (step->saved != NULL && !way_lesson_is_step_done (self->lesson, step->saved))
    {
      begin_saving (self);
      way_lesson_save_step_async (self->lesson, step->saved, NULL, saved_cb, g_object_ref (self));
    }
  else if (self->current + 1 < self->steps->len)
    show_step (self, self->current + 1);
}

/* A rating that has not changed is not said twice. */
static void
go_on_from_rating (WayModulePage *self, GtkWidget *scale, const char *moment, int earlier)
{
  int value = way_confidence_scale_get_value (WAY_CONFIDENCE_SCALE (scale));

  if (value < 0 || value == earlier)
    {
      go_on (self);
      return;
    }
  begin_saving (self);
  way_lesson_save_confidence_async (self->lesson, moment, value, NULL, saved_cb,
                                    g_object_ref (self));
}

static void
leave (WayModulePage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.leave-focus", NULL);
}

/* Not passed before the lesson: the first card that was missed is the place to begin. */
static void
begin_lesson (WayModulePage *self)
{
  guint index = 1;

  way_module_page_find_missed (self, &index);
  for (guint i = 0; i < self->steps->len; i++)
    {
      const WayModuleStep *step = g_ptr_array_index (self->steps, i);

      if (step->type == WAY_MODULE_STEP_CHECK && step->view != NULL)
        way_check_view_renew (WAY_CHECK_VIEW (step->view));
    }
  show_step (self, index);
}

/**
 * way_module_page_press_primary:
 *
 * Does what the button at the right of the bar does in this step; not in the first moment of one,
 * which a second click would pass by.
 */
void
way_module_page_press_primary (WayModulePage *self)
{
  WayModuleStep *step = way_module_page_get_step (self);

  if (self->is_busy || g_get_monotonic_time () - self->shown < DEAF_US)
    return;
  switch (step->type)
    {
    case WAY_MODULE_STEP_BEFORE:
      go_on_from_rating (self, self->before, "before",
                         way_lesson_get_confidence_before (self->lesson));
      break;
    case WAY_MODULE_STEP_AFTER:
      go_on_from_rating (self, self->after, "after",
                         way_lesson_get_confidence_after (self->lesson));
      break;
    case WAY_MODULE_STEP_PRACTICE:
      /* What was not practised is not saved as practised. */
      if (way_lesson_get_current_desk (self->lesson) == NULL)
        go_on (self);
      else
        show_step (self, self->current + 1);
      break;
    case WAY_MODULE_STEP_CHECK:
      if (way_check_view_is_to_begin (WAY_CHECK_VIEW (step->view)))
        begin_lesson (self);
      else if (way_check_view_press (WAY_CHECK_VIEW (step->view)))
        self->shown = g_get_monotonic_time ();
      else
        go_on (self);
      break;
    case WAY_MODULE_STEP_END:
      if (self->next_action != NULL)
        gtk_widget_activate_action (GTK_WIDGET (self), "win.show-module", "s", self->next_action);
      else
        gtk_widget_activate_action (GTK_WIDGET (self), "win.go", "s", "today");
      break;
    case WAY_MODULE_STEP_READ:
    case WAY_MODULE_STEP_SHIFT:
    default:
      go_on (self);
    }
}

static void
primary_clicked_cb (WayModulePage *self)
{
  way_module_page_press_primary (self);
}

static void
shift_saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayModulePage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return; /* left meanwhile */
  self->is_busy = FALSE;
  if (!way_lesson_write_finish (WAY_LESSON (source), result, &error))
    {
      show_trouble (self, error->message);
      way_module_page_update_bar (self);
      return;
    }
  go_on (self);
}

static void
show_check (WayModulePage *self)
{
  for (guint i = 0; i < self->steps->len; i++)
    {
      const WayModuleStep *step = g_ptr_array_index (self->steps, i);

      if (step->type == WAY_MODULE_STEP_CHECK)
        show_step (self, i);
    }
}

static void
secondary_clicked_cb (WayModulePage *self)
{
  WayModuleStep *step = way_module_page_get_step (self);

  switch (step->type)
    {
    case WAY_MODULE_STEP_CHECK:
      way_check_view_press_secondary (WAY_CHECK_VIEW (step->view));
      break;
    case WAY_MODULE_STEP_END:
      if (way_lesson_is_check_passed (self->lesson))
        gtk_widget_activate_action (GTK_WIDGET (self), "win.go", "s", "today");
      else
        show_check (self);
      break;
    case WAY_MODULE_STEP_BEFORE:
    case WAY_MODULE_STEP_READ:
    case WAY_MODULE_STEP_PRACTICE:
    case WAY_MODULE_STEP_SHIFT:
    case WAY_MODULE_STEP_AFTER:
    default:
      break;
    }
}

/* The check before the lesson. */
void
way_module_page_test_out (WayModulePage *self)
{
  if (self->is_busy || !way_lesson_can_test_out (self->lesson))
    return;
  show_check (self);
  way_check_view_test_out (WAY_CHECK_VIEW (way_module_page_get_step (self)->view));
}

/* From a button: a card, or the practice once more. */
static void
show_step_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WayModulePage *self = WAY_MODULE_PAGE (widget);
  const char *saved = g_variant_get_string (parameter, NULL);

  if (self->lesson == NULL || self->is_busy)
    return;
  for (guint i = 0; i < self->steps->len; i++)
    {
      WayModuleStep *step = g_ptr_array_index (self->steps, i);

      if (g_strcmp0 (step->saved, saved) != 0)
        continue;
      way_module_page_need_view (self, step);
      if (step->type == WAY_MODULE_STEP_PRACTICE)
        way_desk_run_start_again (WAY_DESK_RUN (step->view));
      show_step (self, i);
      return;
    }
}

/* The one thing was done on shift. */
void
way_module_page_save_shift (WayModulePage *self)
{
  begin_saving (self);
  way_lesson_save_shift_done_async (self->lesson, NULL, shift_saved_cb, g_object_ref (self));
}

static void
back_clicked_cb (WayModulePage *self)
{
  if (self->current > 0)
    show_step (self, self->current - 1);
}

/**
 * way_module_page_check_changed:
 *
 * Draws the bar again where the check is what shows.
 */
void
way_module_page_check_changed (WayModulePage *self)
{
  if (way_module_page_get_step (self)->type == WAY_MODULE_STEP_CHECK)
    way_module_page_update_bar (self);
}

/* Whether @step is where a person who is in @saved goes on: of several desks, the first that is
 * not done. */
static gboolean
is_start (WayModulePage *self, const WayModuleStep *step, const char *saved)
{
  const WayModule *module = way_lesson_get_module (self->lesson);
  const char *desk = way_lesson_get_current_desk (self->lesson);

  if (g_strcmp0 (step->saved, saved) != 0)
    return FALSE;
  return step->type != WAY_MODULE_STEP_PRACTICE || desk == NULL
         || g_str_equal (module->desks->pdata[step->place], desk);
}

/* Where it was left; from the beginning when it is new or when all of it is done. */
static guint
find_start (WayModulePage *self)
{
  const char *saved = way_lesson_get_current_step (self->lesson);
  gboolean is_all_done = way_lesson_is_step_done (self->lesson, "shift");
  guint missed;

  for (guint i = 0; self->first != NULL && i < self->steps->len; i++)
    if (is_start (self, self->steps->pdata[i], self->first))
      return i;
  /* The check before the lesson: left in the middle, or not passed and nothing read since. After
   * it, a check that was not passed is where the cards, help and the next try are. */
  if (way_lesson_is_testing_out (self->lesson)
      || (way_lesson_get_n_tries (self->lesson) > 0 && !way_lesson_is_check_passed (self->lesson)
          && !way_lesson_is_step_done (self->lesson, "check")))
    saved = "check";
  else if (way_lesson_get_n_tries (self->lesson) == 0 && way_module_page_find_missed (self, &missed)
           && !way_lesson_is_step_done (self->lesson,
                                        ((WayModuleStep *) self->steps->pdata[missed])->saved))
    return missed;
  if (is_all_done && way_lesson_is_shift_done (self->lesson))
    return 1;
  for (guint i = 0; i < self->steps->len; i++)
    {
      if (is_start (self, self->steps->pdata[i], saved))
        return i == 1 && way_lesson_get_confidence_before (self->lesson) < 0 ? 0 : i;
    }
  return 0;
}

static gboolean
fill_cb (gpointer user_data)
{
  WayModulePage *self = user_data;

  self->fill_source = 0;
  self->lesson = g_steal_pointer (&self->opened);
  way_module_page_build_steps (self);
  way_state_page_show_child (self->states);
  show_step (self, find_start (self));
  if (self->is_to_test_out)
    way_module_page_test_out (self);
  return G_SOURCE_REMOVE;
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayModulePage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayLesson)
      lesson = way_session_open_lesson_finish (WAY_SESSION (source), result, &error);

  if (lesson == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        way_state_page_show_error (self->states, _ ("The module cannot be opened"), error);
      return;
    }
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return; /* left meanwhile */
  g_set_object (&self->opened, lesson);
  if (self->fill_source == 0)
    self->fill_source = g_idle_add_full (AFTER_DRAWING, fill_cb, self, NULL);
}

/* The page answers the click at once: its frame is drawn, and the store read, before what is in
 * it is made, which on a slow computer takes longer. */
static void
load (WayModulePage *self)
{
  way_state_page_show_loading (self->states);
  way_session_open_lesson_async (self->session, self->module, self->cancellable, opened_cb,
                                 g_object_ref (self));
}

static void
pause_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WayModulePage *self = WAY_MODULE_PAGE (widget);
  WayModuleStep *step = way_module_page_get_step (self);

  if (step != NULL && step->type != WAY_MODULE_STEP_END)
    gtk_widget_activate_action (widget, "win.toast", "s", _ ("Paused. It goes on where you were."));
  leave (self);
}

/* Keys that nothing nearer has taken. */
static gboolean
key_pressed_cb (WayModulePage *self, guint keyval, guint keycode, GdkModifierType state)
{
  WayModuleStep *step = way_module_page_get_step (self);
  gboolean is_mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  if (step == NULL || (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  if (step->type == WAY_MODULE_STEP_CHECK
      && way_check_view_press_key (WAY_CHECK_VIEW (step->view), keyval))
    return GDK_EVENT_STOP;
  switch (keyval)
    {
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_space:
      if (step->type == WAY_MODULE_STEP_PRACTICE)
        return GDK_EVENT_PROPAGATE;
      way_module_page_press_primary (self);
      return GDK_EVENT_STOP;
    case GDK_KEY_Right:
    case GDK_KEY_Left:
      if (step->type != WAY_MODULE_STEP_READ && step->type != WAY_MODULE_STEP_BEFORE)
        return GDK_EVENT_PROPAGATE;
      if ((keyval == GDK_KEY_Right) != is_mirrored)
        way_module_page_press_primary (self);
      else
        back_clicked_cb (self);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static char *
dup_context_page (WayModulePage *self)
{
  WayModuleStep *step = way_module_page_get_step (self);

  if (step == NULL)
    return g_strdup ("module");
  return g_strdup_printf ("module %s %s", self->module,
                          step->saved != NULL ? step->saved : "confidence");
}

static void
way_module_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WayModulePage *self = WAY_MODULE_PAGE (object);
  WayModuleStep *step = way_module_page_get_step (self);

  switch (id)
    {
    case PROP_CONTEXT_PAGE:
      g_value_take_string (value, dup_context_page (self));
      break;
    case PROP_CONTEXT_MODULE:
      g_value_set_string (value, self->module);
      break;
    case PROP_CONTEXT_ITEM:
      if (step != NULL && step->type == WAY_MODULE_STEP_CHECK)
        g_value_take_string (value, way_check_view_dup_item (WAY_CHECK_VIEW (step->view)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
way_module_page_dispose (GObject *object)
{
  WayModulePage *self = WAY_MODULE_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->fill_source, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), WAY_TYPE_MODULE_PAGE);
  g_clear_object (&self->lesson);
  g_clear_object (&self->opened);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (way_module_page_parent_class)->dispose (object);
}

static void
way_module_page_finalize (GObject *object)
{
  WayModulePage *self = WAY_MODULE_PAGE (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->module, g_free);
  g_clear_pointer (&self->first, g_free);
  g_clear_pointer (&self->next_action, g_free);
  g_clear_pointer (&self->steps, g_ptr_array_unref);

  G_OBJECT_CLASS (way_module_page_parent_class)->finalize (object);
}

static void
way_module_page_class_init (WayModulePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const struct
  {
    guint id;
    const char *name;
  } CONTEXT[] = {
    { PROP_CONTEXT_PAGE, "context-page" },
    { PROP_CONTEXT_MODULE, "context-module" },
    { PROP_CONTEXT_ITEM, "context-item" },
  };

  object_class->dispose = way_module_page_dispose;
  object_class->finalize = way_module_page_finalize;
  object_class->get_property = way_module_page_get_property;

  for (guint i = 0; i < G_N_ELEMENTS (CONTEXT); i++)
    props[CONTEXT[i].id] = g_param_spec_string (CONTEXT[i].name, NULL, NULL, NULL,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (WAY_TYPE_HELP_BUTTON);
  g_type_ensure (WAY_TYPE_STATE_PAGE);
  g_type_ensure (WAY_TYPE_STEP_DOTS);
  g_type_ensure (WAY_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/waymark_skills/Waymark/ui/way-module-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WayModulePage, back);
  gtk_widget_class_bind_template_child (widget_class, WayModulePage, bar);
  gtk_widget_class_bind_template_child (widget_class, WayModulePage, dots);
  gtk_widget_class_bind_template_child (widget_class, WayModulePage, pause);
  gtk_widget_class_bind_template_child (widget_class, WayModulePage, primary);
  gtk_widget_class_bind_template_child (widget_class, WayModulePage, secondary);
  gtk_widget_class_bind_template_child (widget_class, WayModulePage, stack);
  gtk_widget_class_bind_template_child (widget_class, WayModulePage, states);
  gtk_widget_class_bind_template_child (widget_class, WayModulePage, title);
  gtk_widget_class_bind_template_child (widget_class, WayModulePage, trouble);
  gtk_widget_class_bind_template_callback (widget_class, back_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, load);
  gtk_widget_class_bind_template_callback (widget_class, primary_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, secondary_clicked_cb);
  gtk_widget_class_install_action (widget_class, "page.pause", NULL, pause_cb);
  gtk_widget_class_install_action (widget_class, "page.show-step", "s", show_step_cb);
}

static void
way_module_page_init (WayModulePage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->cancellable = g_cancellable_new ();
  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) way_module_step_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/**
 * way_module_page_new:
 * @module: id of a module of the open pack
 *
 * Returns: (transfer floating): a page that opens the module where it was left
 */
GtkWidget *
way_module_page_new (WaySession *session, const char *module)
{
  WayModulePage *self = g_object_new (WAY_TYPE_MODULE_PAGE, NULL);

  self->session = g_object_ref (session);
  self->module = g_strdup (module);
  load (self);
  return GTK_WIDGET (self);
}

/**
 * way_module_page_new_at:
 * @module: id of a module of the open pack
 * @step: the name of a step, as in the property context-page
 *
 * Returns: (transfer floating): a page that opens the module at @step, where it has that
 */
GtkWidget *
way_module_page_new_at (WaySession *session, const char *module, const char *step)
{
  GtkWidget *page = way_module_page_new (session, module);

  WAY_MODULE_PAGE (page)->first = g_strdup (step);
  return page;
}

/**
 * way_module_page_new_test_out:
 * @module: id of a module of the open pack
 *
 * Returns: (transfer floating): a page that begins with the check, where the lesson has not been
 *   gone through; else it opens the module where it was left
 */
GtkWidget *
way_module_page_new_test_out (WaySession *session, const char *module)
{
  GtkWidget *page = way_module_page_new (session, module);

  WAY_MODULE_PAGE (page)->is_to_test_out = TRUE;
  return page;
}
