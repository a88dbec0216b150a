/* way-keys-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-keys-view.h"

#include <adwaita.h>

#include "practice/way-practice-keys.h"
#include "widgets/way-compat.h"
#include "widgets/way-content-view.h"
#include "widgets/way-desk-parts.h"
#include "widgets/way-desk-words.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>
#include <string.h>

/* The invented page of a practice desk that is worked by keyboard: the next step, and the
 * controls. Whatever is not done by pointer counts as done by keyboard, so that a screen
 * reader or a switch earns the same. */
struct _WayKeysView
{
  GtkWidget parent_instance;

  WayPractice *practice;     /* (owned) */
  const WayDeskRecord *step; /* (nullable) the one that shows */
  GPtrArray *controls;       /* (owned) borrowed: each with its control, and its value */
  gboolean is_updating;
  gboolean is_by_pointer;
  guint idle;

  GtkWidget *box;
  GtkWidget *card;
  GtkWidget *progress;
  GtkWidget *title;
  GtkWidget *note;
  GtkWidget *page;
};

G_DEFINE_FINAL_TYPE (WayKeysView, way_keys_view, GTK_TYPE_WIDGET)

static const WayDeskRecord *
get_control (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), "desk-control");
}

static const char *
get_value (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), "desk-value");
}

static gboolean
is_kind (const WayDeskRecord *control, const char *kind)
{
  return g_strcmp0 (way_desk_get_field (control, "kind"), kind) == 0;
}

/* --- What is done ------------------------------------------------------------------- */

static void
use (WayKeysView *self, const WayDeskRecord *control, const char *value)
{
  way_practice_do (self->practice, self->is_by_pointer ? "press" : "key", control->id, value);
}

static void
clicked_cb (WayKeysView *self, GtkWidget *button)
{
  use (self, get_control (button), NULL);
}

static void
toggled_cb (WayKeysView *self, GtkWidget *button)
{
  const char *value = get_value (button);

  if (!self->is_updating
      && (value == NULL || gtk_check_button_get_active (GTK_CHECK_BUTTON (button))))
    use (self, get_control (button), value);
}

static gboolean
forget_pointer_cb (gpointer user_data)
{
  WayKeysView *self = user_data;

  self->idle = 0;
  self->is_by_pointer = FALSE;

  return G_SOURCE_REMOVE;
}

/* Between a press of the pointer and what comes of its release, it was the pointer. */
static gboolean
event_cb (GtkEventControllerLegacy *controller, GdkEvent *event, gpointer user_data)
{
  WayKeysView *self = user_data;

  switch ((int) gdk_event_get_event_type (event))
    {
    case GDK_BUTTON_PRESS:
    case GDK_TOUCH_BEGIN:
      g_clear_handle_id (&self->idle, g_source_remove);
      self->is_by_pointer = TRUE;
      break;
    case GDK_BUTTON_RELEASE:
    case GDK_TOUCH_END:
    case GDK_TOUCH_CANCEL:
      if (self->idle == 0)
        self->idle = g_idle_add (forget_pointer_cb, self);
      break;
    case GDK_KEY_PRESS:
      self->is_by_pointer = FALSE;
      break;
    default:
      break;
    }

  return GDK_EVENT_PROPAGATE;
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint key,
                guint code,
                GdkModifierType state,
                gpointer user_data)
{
  WayKeysView *self = user_data;
  const WayDeskRecord *control;

  if (key != GDK_KEY_Escape || self->step == NULL)
    return GDK_EVENT_PROPAGATE;
  control = way_practice_find_record (self->practice, way_desk_get_field (self->step, "control"));
  if (control == NULL || !is_kind (control, "window"))
    return GDK_EVENT_PROPAGATE;
  way_practice_do (self->practice, "key", control->id, NULL);

  return GDK_EVENT_STOP;
}

/* --- The page ----------------------------------------------------------------------- */

static void
own (WayKeysView *self, GtkWidget *widget, const WayDeskRecord *control, const char *value)
{
  g_object_set_data (G_OBJECT (widget), "desk-control", (gpointer) control);
  g_object_set_data (G_OBJECT (widget), "desk-value", (gpointer) value);
  g_ptr_array_add (self->controls, widget);
}

static GtkWidget *
new_tick (WayKeysView *self, const WayDeskRecord *control, const char *label, const char *value)
{
  /* One of several is a radio button for readers too. */
  GtkWidget *tick = g_object_new (GTK_TYPE_CHECK_BUTTON, "label", label, "accessible-role",
                                  value != NULL ? GTK_ACCESSIBLE_ROLE_RADIO
                                                : GTK_ACCESSIBLE_ROLE_CHECKBOX,
                                  NULL);

  way_compat_name (tick, label);
  own (self, tick, control, value);
  g_signal_connect_object (tick, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);

  return tick;
}

static GtkWidget *
new_choice (WayKeysView *self, const WayDeskRecord *control)
{
  GtkWidget *group = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL,
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_RADIO_GROUP, NULL);
  GtkWidget *first = NULL;

  way_compat_name (group, way_desk_get_title (control));
  gtk_box_append (GTK_BOX (group),
                  way_desk_text_new (way_desk_get_title (control), "caption-heading"));
  for (guint i = 0; i < control->parts->len; i++)
    {
      const WayDeskRecord *value = g_ptr_array_index (control->parts, i);
      GtkWidget *tick;

      if (strcmp (value->type, "value") != 0 || value->id == NULL)
        continue;
      tick = new_tick (self, control, way_desk_get_title (value), value->id);
      if (first != NULL)
        gtk_check_button_set_group (GTK_CHECK_BUTTON (tick), GTK_CHECK_BUTTON (first));
      else
        first = tick;
      gtk_box_append (GTK_BOX (group), tick);
    }

  return group;
}

static GtkWidget *
new_button (WayKeysView *self, const WayDeskRecord *control, const char *label)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  way_desk_button_tidy (button);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_object_set_data (G_OBJECT (button), "desk-control", (gpointer) control);
  g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);

  return button;
}

static GtkWidget *
new_window (WayKeysView *self, const WayDeskRecord *control)
{
  GtkWidget *window = way_desk_card_new ();
  GtkWidget *body = way_content_view_new ();
  const char *title = way_desk_get_title (control);
  g_autofree char *text = control->content != NULL ? way_node_dup_text (control->content) : NULL;

  way_content_view_set_content (WAY_CONTENT_VIEW (body), control->content, NULL);
  way_compat_name (window, title);
  way_compat_describe (window, text);
  gtk_widget_add_css_class (window, "desk-window");
  gtk_box_append (GTK_BOX (window), way_desk_heading_new (title, "heading"));
  gtk_box_append (GTK_BOX (window), body);
  gtk_box_append (GTK_BOX (window), new_button (self, control, _ ("Close")));
  own (self, window, control, NULL);

  return window;
}

static void
build_page (WayKeysView *self)
{
  GPtrArray *records = way_practice_get_records (self->practice);

  for (guint i = 0; i < records->len; i++)
    {
      const WayDeskRecord *control = g_ptr_array_index (records, i);

      if (strcmp (control->type, "control") != 0)
        continue;
      gtk_box_append (GTK_BOX (self->page),
                      is_kind (control, "choice")   ? new_choice (self, control)
                      : is_kind (control, "window") ? new_window (self, control)
                      : is_kind (control, "check")
                          ? new_tick (self, control, way_desk_get_title (control), NULL)
                          : new_button (self, control, way_desk_get_title (control)));
    }
}

/* Ticks follow the run, and a window is there only in its turn. */
static void
update_page (WayKeysView *self)
{
  self->is_updating = TRUE;
  for (guint i = 0; i < self->controls->len; i++)
    {
      GtkWidget *widget = g_ptr_array_index (self->controls, i);
      const WayDeskRecord *control = get_control (widget);
      const char *value = get_value (widget);

      if (is_kind (control, "window"))
        gtk_widget_set_visible (widget,
                                way_practice_can (self->practice, "key", control->id, NULL));
      else
        gtk_check_button_set_active (
            GTK_CHECK_BUTTON (widget),
            value != NULL
                ? g_strcmp0 (way_practice_get_state_value (self->practice, control->id), value) == 0
                : way_practice_is_on (self->practice, control));
    }
  self->is_updating = FALSE;
}

static void
update_card (WayKeysView *self)
{
  guint out_of;
  guint done = way_desk_count_decided (self->practice, &out_of);
  g_autofree char *place = self->step != NULL
                               /* Translators: the number of a step, and how many there are. */
                               ? g_strdup_printf (_ ("Step %u of %u"), done + 1, out_of)
                               : g_strdup (_ ("All steps are done"));
  const char *title = self->step != NULL ? way_desk_get_title (self->step)
                                         : _ ("Choose “I have finished” to see how it went.");

  gtk_label_set_label (GTK_LABEL (self->progress), place);
  gtk_label_set_label (GTK_LABEL (self->title), title);
  way_compat_name (self->card, place);
  way_compat_describe (self->card, title);
}

static void
update (WayKeysView *self)
{
  self->step = way_practice_get_current_in (self->practice, "keys");
  update_card (self);
  update_page (self);
}

/* The focus stays where the hands are; it only follows a window, which takes it as
 * windows do. */
static void
follow_window (WayKeysView *self)
{
  for (guint i = 0; i < self->controls->len; i++)
    {
      GtkWidget *widget = g_ptr_array_index (self->controls, i);

      if (is_kind (get_control (widget), "window") && gtk_widget_get_visible (widget))
        gtk_widget_grab_focus (widget);
    }
}

static void
done_cb (WayKeysView *self, const char *action, const char *target, const char *value)
{
  const WayDeskRecord *record = way_practice_find_record (self->practice, target);
  const WayDeskRecord *before = self->step;
  gboolean was_inside = way_desk_has_focus (GTK_WIDGET (self));

  if (record == NULL || g_strcmp0 (way_practice_get_app (record), "keys") != 0)
    return;
  update (self);
  gtk_widget_set_visible (self->note, strcmp (action, "press") == 0);
  if (before == self->step)
    return;
  if (was_inside)
    follow_window (self);
  if (was_inside
      && (!way_desk_has_focus (GTK_WIDGET (self))
          || !gtk_widget_get_mapped (gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self))))))
    gtk_widget_grab_focus (self->card);
  way_compat_announce (GTK_WIDGET (self), gtk_label_get_text (GTK_LABEL (self->title)));
}

static void
arrived_cb (WayKeysView *self, const WayDeskRecord *record)
{
  if (g_strcmp0 (way_practice_get_app (record), "keys") == 0)
    update (self);
}

static void
way_keys_view_init (WayKeysView *self)
{
  GtkWidget *inside = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkEventController *events = gtk_event_controller_legacy_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->controls = g_ptr_array_new ();
  self->card = way_desk_card_new ();
  self->progress = way_desk_text_new (NULL, "caption");
  self->title = way_desk_heading_new (NULL, "heading");
  self->note =
      way_desk_text_new (_ ("That worked with the pointer. By keyboard, it counts in full."), NULL);
  self->page = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 9,
                             "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  gtk_widget_set_visible (self->note, FALSE);
  gtk_widget_add_css_class (self->page, "desk-screen");
  way_compat_name (self->page, _ ("Page"));
  gtk_box_append (GTK_BOX (self->card), self->progress);
  gtk_box_append (GTK_BOX (self->card), self->title);
  gtk_box_append (GTK_BOX (self->card), self->note);
  gtk_box_append (GTK_BOX (inside), self->card);
  gtk_box_append (GTK_BOX (inside), self->page);
  self->box = way_desk_column_new (inside);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));

  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect (events, "event", G_CALLBACK (event_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), events);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
way_keys_view_dispose (GObject *object)
{
  WayKeysView *self = WAY_KEYS_VIEW (object);

  if (self->practice != NULL)
    g_signal_handlers_disconnect_by_data (self->practice, self);
  g_clear_object (&self->practice);
  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_pointer (&self->controls, g_ptr_array_unref);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (way_keys_view_parent_class)->dispose (object);
}

static void
way_keys_view_class_init (WayKeysViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = way_keys_view_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

/**
 * way_keys_view_new:
 * @practice: a run of a desk on which the app "keys" stands
 *
 * Returns: (transfer floating): the page and the first step
 */
GtkWidget *
way_keys_view_new (WayPractice *practice)
{
  WayKeysView *self = g_object_new (WAY_TYPE_KEYS_VIEW, NULL);

  g_return_val_if_fail (WAY_IS_PRACTICE (practice), GTK_WIDGET (self));

  self->practice = g_object_ref (practice);
  build_page (self);
  g_signal_connect_object (practice, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (practice, "arrived", G_CALLBACK (arrived_cb), self, G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}

/**
 * way_keys_view_describe:
 * @target: a control or a step
 * @value: (nullable): id of a value
 *
 * Returns: (nullable) (transfer full): a sentence for the debrief
 */
char *
way_keys_view_describe (WayPractice *practice,
                        const char *action,
                        const WayDeskRecord *target,
                        const char *value)
{
  const char *title = way_desk_get_title (target);

  for (guint i = 0; value != NULL && i < target->parts->len; i++)
    if (g_strcmp0 (((WayDeskRecord *) target->parts->pdata[i])->id, value) == 0)
      title = way_desk_get_title (target->parts->pdata[i]);
  if (strcmp (action, "key") == 0)
    return g_strdup_printf (_ ("By keyboard: “%s”."), title);
  if (strcmp (action, "press") == 0)
    return g_strdup_printf (_ ("By pointer: “%s”."), title);

  return NULL;
}
