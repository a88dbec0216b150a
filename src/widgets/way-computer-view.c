/* way-computer-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-computer-view.h"

#include <adwaita.h>

#include "practice/way-practice-computer.h"
#include "widgets/way-compat.h"
#include "widgets/way-content-view.h"
#include "widgets/way-desk-parts.h"
#include "widgets/way-desk-words.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>
#include <string.h>

/* The invented shared computer of a practice desk: a screen with a name in the corner, and
 * under it what is to be done, or what has happened. */
struct _WayComputerView
{
  GtkWidget parent_instance;

  WayPractice *practice;     /* (owned) */
  const WayDeskRecord *task; /* (nullable) the one that shows */

  GtkWidget *box;
  GtkWidget *screen;
  GtkWidget *name;   /* of the computer */
  GtkWidget *corner; /* whose name is there */
  GtkWidget *face;   /* what the screen shows */
  GtkWidget *content;
  GtkWidget *tools;
  GPtrArray *buttons; /* (owned) borrowed: those at the computer, each with its action */
  GtkWidget *card;
  GtkWidget *title;
  GtkWidget *body;
  GtkWidget *options;
  GtkWidget *status;
  GtkWidget *write_button;
  GtkWidget *next_button;
};

G_DEFINE_FINAL_TYPE (WayComputerView, way_computer_view, GTK_TYPE_WIDGET)

static const struct
{
  const char *action;
  const char *label; /* N_() */
} acts[] = {
  { "sign-in", N_ ("Sign _in as %s") },     { "lock", N_ ("_Lock the screen") },
  { "unlock", N_ ("_Unlock the screen") },  { "sign-out", N_ ("_Sign out") },
  { "read", N_ ("Look at what is _open") },
};

static const char *
get_action (GtkWidget *button)
{
  return g_object_get_data (G_OBJECT (button), "desk-action");
}

static void
act_cb (WayComputerView *self, GtkWidget *button)
{
  const WayDeskRecord *computer = way_practice_get_computer (self->practice);

  if (computer != NULL)
    way_practice_do (self->practice, get_action (button), computer->id, NULL);
}

static void
task_act_cb (WayComputerView *self, GtkWidget *button)
{
  if (self->task != NULL)
    way_practice_do (self->practice, get_action (button), self->task->id,
                     g_object_get_data (G_OBJECT (button), "desk-value"));
}

static GtkWidget *
new_button (WayComputerView *self, const char *label, const char *action, GCallback callback)
{
  GtkWidget *button = way_desk_button_new (label);

  g_object_set_data_full (G_OBJECT (button), "desk-action", g_strdup (action), g_free);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);

  return button;
}

/* --- The screen --------------------------------------------------------------------- */

static char *
describe_screen (WayComputerView *self, const WayDeskRecord *computer)
{
  const char *user;
  WayScreen screen = way_practice_read_screen (self->practice, computer, &user);

  if (way_practice_is_away (self->practice))
    return g_strdup (_ ("You are not at the computer."));
  if (screen == WAY_SCREEN_OUT)
    return g_strdup (_ ("Nobody is signed in."));

  /* Translators: %s is a person. */
  return g_strdup_printf (screen == WAY_SCREEN_LOCKED ? _ ("Locked by %s.")
                                                      : _ ("Open under the name of %s."),
                          user);
}

static void
update_acts (WayComputerView *self, const WayDeskRecord *computer)
{
  for (guint i = 0; i < self->buttons->len; i++)
    {
      GtkWidget *button = g_ptr_array_index (self->buttons, i);

      if (strcmp (get_action (button), "sign-in") == 0)
        {
          g_autofree char *label = g_strdup_printf (_ ("Sign _in as %s"),
                                                    way_desk_get_field (computer, "you"));

          gtk_button_set_label (GTK_BUTTON (button), label);
          way_desk_button_tidy (button);
        }
      gtk_widget_set_visible (button, way_practice_can (self->practice, get_action (button),
                                                        computer->id, NULL));
    }
}

static void
update_screen (WayComputerView *self)
{
  const WayDeskRecord *computer = way_practice_get_computer (self->practice);
  g_autofree char *state = NULL;
  g_autofree char *name = NULL;
  const char *user;
  gboolean is_read;

  gtk_widget_set_visible (self->screen, computer != NULL);
  if (computer == NULL)
    return;

  state = describe_screen (self, computer);
  way_practice_read_screen (self->practice, computer, &user);
  gtk_label_set_label (GTK_LABEL (self->name), way_desk_get_title (computer));
  gtk_label_set_label (GTK_LABEL (self->corner), user != NULL ? user : _ ("Nobody"));
  gtk_label_set_label (GTK_LABEL (self->face), state);
  is_read = way_practice_was_done (self->practice, "read", computer->id, NULL)
            && way_practice_get_state (self->practice, computer->id) == NULL;
  way_content_view_set_content (WAY_CONTENT_VIEW (self->content),
                                is_read ? computer->content : NULL, NULL);
  gtk_widget_set_visible (self->content, is_read);
  name = g_strdup_printf ("%s. %s", way_desk_get_title (computer), state);
  way_compat_name (self->screen, name);
  if (way_practice_read_screen (self->practice, computer, NULL) == WAY_SCREEN_OPEN)
    gtk_widget_remove_css_class (self->screen, "desk-dark-screen");
  else
    gtk_widget_add_css_class (self->screen, "desk-dark-screen");
  update_acts (self, computer);
}

/* --- What happens ------------------------------------------------------------------- */

static const WayDeskRecord *
find_option (const WayDeskRecord *event, const char *id)
{
  for (guint i = 0; id != NULL && i < event->parts->len; i++)
    {
      const WayDeskRecord *option = g_ptr_array_index (event->parts, i);

      if (g_strcmp0 (option->id, id) == 0)
        return option;
    }

  return NULL;
}

static void
build_options (WayComputerView *self)
{
  way_desk_box_clear (self->options);
  for (guint i = 0; self->task != NULL && i < self->task->parts->len; i++)
    {
      const WayDeskRecord *option = g_ptr_array_index (self->task->parts, i);
      g_autofree char *label = NULL;
      GtkWidget *button;

      if (strcmp (option->type, "option") != 0
          || !way_practice_can (self->practice, "choose", self->task->id, option->id))
        continue;
      button = new_button (self, "", "choose", G_CALLBACK (task_act_cb));
      gtk_button_set_use_underline (GTK_BUTTON (button), FALSE);
      gtk_button_set_label (GTK_BUTTON (button), way_desk_get_field (option, "label"));
      way_desk_button_tidy (button);
      g_object_set_data (G_OBJECT (button), "desk-value", option->id);
      gtk_box_append (GTK_BOX (self->options), button);
    }
}

/* What came of it, and what is still to be done. */
static char *
get_status (WayComputerView *self)
{
  const WayDeskRecord *option;

  if (self->task == NULL)
    return g_strdup (way_practice_get_next_arrival (self->practice) > 0
                         ? _ ("You go on with your work.")
                         : _ ("Choose “I have finished” to see how it went."));
  if (strcmp (self->task->type, "work") == 0)
    return way_practice_can (self->practice, "write", self->task->id, NULL)
               ? NULL
               : g_strdup (_ ("To write, the screen must be open."));
  option = find_option (self->task, way_practice_get_state_value (self->practice, self->task->id));

  return option != NULL ? g_strdup (way_desk_get_field (option, "result")) : NULL;
}

static void
update_card (WayComputerView *self)
{
  g_autofree char *status = get_status (self);
  g_autofree char *text = NULL;
  gboolean is_work = self->task != NULL && strcmp (self->task->type, "work") == 0;
  const char *title = self->task != NULL ? way_desk_get_title (self->task)
                                         : _ ("Nothing to do now");

  if (self->task != NULL && self->task->content != NULL)
    text = way_node_dup_text (self->task->content);
  gtk_label_set_label (GTK_LABEL (self->title), title);
  way_compat_name (self->card, title);
  way_compat_describe (self->card, text != NULL ? text : status);
  way_content_view_set_content (WAY_CONTENT_VIEW (self->body),
                                self->task != NULL ? self->task->content : NULL, NULL);
  gtk_label_set_label (GTK_LABEL (self->status), status != NULL ? status : "");
  gtk_widget_set_visible (self->status, status != NULL);
  gtk_widget_set_visible (self->write_button, is_work);
  gtk_widget_set_sensitive (self->write_button, is_work
                                                    && way_practice_can (self->practice, "write",
                                                                         self->task->id, NULL));
  gtk_button_set_label (GTK_BUTTON (self->next_button), way_practice_is_away (self->practice)
                                                            ? _ ("_Come back to the computer")
                                                            : _ ("_Go on"));
  way_desk_button_tidy (self->next_button);
  gtk_widget_set_visible (self->next_button,
                          self->task != NULL
                              && way_practice_can (self->practice, "next", self->task->id, NULL));
}

static void
update (WayComputerView *self)
{
  self->task = way_practice_get_current_in (self->practice, "computer");
  update_screen (self);
  build_options (self);
  update_card (self);
}

static GtkWidget *
find_shown (WayComputerView *self)
{
  for (guint i = 0; i < self->buttons->len; i++)
    if (gtk_widget_get_visible (self->buttons->pdata[i]))
      return self->buttons->pdata[i];

  return self->card;
}

/* The focus stays at the computer while one acts there, and otherwise goes to what is new. */
static void
done_cb (WayComputerView *self, const char *action, const char *target, const char *value)
{
  const WayDeskRecord *record = way_practice_find_record (self->practice, target);
  gboolean was_inside = way_desk_has_focus (GTK_WIDGET (self));

  if (record == NULL || g_strcmp0 (way_practice_get_app (record), "computer") != 0)
    return;
  update (self);
  if (was_inside && strcmp (record->type, "computer") == 0)
    {
      GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

      if (focus == NULL || !gtk_widget_get_mapped (focus))
        gtk_widget_grab_focus (find_shown (self));
      way_compat_announce (GTK_WIDGET (self), gtk_label_get_text (GTK_LABEL (self->face)));
    }
  else if (was_inside)
    {
      if (gtk_widget_get_visible (self->next_button))
        gtk_widget_grab_focus (self->next_button);
      else
        gtk_widget_grab_focus (self->card);
      if (gtk_widget_get_visible (self->status))
        way_compat_announce (GTK_WIDGET (self), gtk_label_get_text (GTK_LABEL (self->status)));
    }
}

static void
arrived_cb (WayComputerView *self, const WayDeskRecord *record)
{
  const WayDeskRecord *before = self->task;

  if (g_strcmp0 (way_practice_get_app (record), "computer") != 0)
    return;
  update (self);
  if (before != self->task)
    way_compat_announce (GTK_WIDGET (self), gtk_label_get_text (GTK_LABEL (self->title)));
}

/* --- Making it ---------------------------------------------------------------------- */

static void
build_screen (WayComputerView *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name ("avatar-default-symbolic");

  self->screen = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 9,
                               "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  self->name = way_desk_text_new (NULL, "caption");
  self->corner = way_desk_text_new (NULL, "heading");
  self->face = way_desk_text_new (NULL, "desk-face");
  self->content = way_content_view_new ();
  self->tools = way_wrap_box_new (6, 6);
  way_compat_name (self->tools, _ ("At the computer"));
  way_compat_hide (icon);
  gtk_widget_set_hexpand (self->name, TRUE);
  gtk_box_append (GTK_BOX (head), self->name);
  gtk_box_append (GTK_BOX (head), icon);
  gtk_box_append (GTK_BOX (head), self->corner);
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      GtkWidget *button = new_button (self, _ (acts[i].label), acts[i].action, G_CALLBACK (act_cb));

      g_ptr_array_add (self->buttons, button);
      way_wrap_box_append (WAY_WRAP_BOX (self->tools), button);
    }
  gtk_widget_add_css_class (self->screen, "desk-screen");
  gtk_box_append (GTK_BOX (self->screen), head);
  gtk_box_append (GTK_BOX (self->screen), self->face);
  gtk_box_append (GTK_BOX (self->screen), self->content);
  gtk_box_append (GTK_BOX (self->screen), self->tools);
}

static void
build_card (WayComputerView *self)
{
  self->card = way_desk_card_new ();
  self->title = way_desk_heading_new (NULL, "heading");
  self->body = way_content_view_new ();
  self->options = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->status = way_desk_text_new (NULL, NULL);
  self->write_button = new_button (self, _ ("_Write the note"), "write", G_CALLBACK (task_act_cb));
  self->next_button = new_button (self, _ ("_Go on"), "next", G_CALLBACK (task_act_cb));
  gtk_widget_set_halign (self->write_button, GTK_ALIGN_START);
  gtk_widget_set_halign (self->next_button, GTK_ALIGN_START);
  gtk_widget_add_css_class (self->write_button, "desk-strong");
  gtk_widget_add_css_class (self->next_button, "desk-strong");
  gtk_box_append (GTK_BOX (self->card), self->title);
  gtk_box_append (GTK_BOX (self->card), self->body);
  gtk_box_append (GTK_BOX (self->card), self->options);
  gtk_box_append (GTK_BOX (self->card), self->status);
  gtk_box_append (GTK_BOX (self->card), self->write_button);
  gtk_box_append (GTK_BOX (self->card), self->next_button);
}

static void
way_computer_view_init (WayComputerView *self)
{
  GtkWidget *inside = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->buttons = g_ptr_array_new ();
  build_screen (self);
  build_card (self);
  gtk_box_append (GTK_BOX (inside), self->screen);
  gtk_box_append (GTK_BOX (inside), self->card);
  self->box = way_desk_column_new (inside);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

static void
way_computer_view_dispose (GObject *object)
{
  WayComputerView *self = WAY_COMPUTER_VIEW (object);

  if (self->practice != NULL)
    g_signal_handlers_disconnect_by_data (self->practice, self);
  g_clear_object (&self->practice);
  g_clear_pointer (&self->buttons, g_ptr_array_unref);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (way_computer_view_parent_class)->dispose (object);
}

static void
way_computer_view_class_init (WayComputerViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = way_computer_view_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

/**
 * way_computer_view_new:
 * @practice: a run of a desk on which the app "computer" stands
 *
 * Returns: (transfer floating): the shared computer and what happens
 */
GtkWidget *
way_computer_view_new (WayPractice *practice)
{
  WayComputerView *self = g_object_new (WAY_TYPE_COMPUTER_VIEW, NULL);

  g_return_val_if_fail (WAY_IS_PRACTICE (practice), GTK_WIDGET (self));

  self->practice = g_object_ref (practice);
  g_signal_connect_object (practice, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (practice, "arrived", G_CALLBACK (arrived_cb), self, G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}

/**
 * way_computer_view_describe:
 * @target: a computer, work or an event
 * @value: (nullable)
 *
 * Returns: (nullable) (transfer full): for what was chosen, a sentence for the debrief
 */
char *
way_computer_view_describe (WayPractice *practice,
                            const char *action,
                            const WayDeskRecord *target,
                            const char *value)
{
  const WayDeskRecord *option = find_option (target, value);

  if (option != NULL)
    return g_strdup_printf (_ ("You chose “%s”."), way_desk_get_field (option, "label"));
  return NULL;
}
