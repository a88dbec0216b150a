/* way-signin-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-signin-view.h"

#include <adwaita.h>

#include "widgets/way-compat.h"
#include "widgets/way-content-view.h"
#include "widgets/way-desk-parts.h"
#include "widgets/way-desk-words.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>
#include <string.h>

/* The invented sign-in pages of a practice desk: one step at a time, from the passphrase
 * to the prompts on a telephone. Nothing of one's own is typed here. */
struct _WaySigninView
{
  GtkWidget parent_instance;

  WayPractice *practice;     /* (owned) (nullable) */
  const WayDeskRecord *step; /* (nullable) the one that shows */
  GPtrArray *buttons;        /* (owned) of GtkButton, each with its action */
  GtkWidget *phrase;         /* (nullable) the passphrase as it stands */
  GtkWidget *code;           /* (nullable) what shows the code and takes it */
  GtkWidget *code_label;
  GtkWidget *code_entry;
  GtkWidget *code_error;
  gboolean is_updating;

  GtkWidget *body;
  GtkWidget *head;
  GtkWidget *next_button;
  GtkWidget *progress;
  GtkWidget *scroll;
  GtkWidget *status;
  GtkWidget *title;
  GtkWidget *work;
};

G_DEFINE_FINAL_TYPE (WaySigninView, way_signin_view, GTK_TYPE_WIDGET)

static const char *
get_action (GtkWidget *button)
{
  return g_object_get_data (G_OBJECT (button), "desk-action");
}

static const char *
get_value (GtkWidget *button)
{
  return g_object_get_data (G_OBJECT (button), "desk-value");
}

static void
button_clicked_cb (WaySigninView *self, GtkWidget *button)
{
  const char *action = get_action (button);

  if (self->is_updating || self->step == NULL)
    return;
  if (strcmp (action, "add-word") == 0
      && !way_practice_can (self->practice, action, self->step->id, get_value (button)))
    action = "remove-word";
  way_practice_do (self->practice, action, self->step->id, get_value (button));
}

static GtkWidget *
add_button (WaySigninView *self, GtkWidget *button, const char *action, const char *value)
{
  g_object_set_data_full (G_OBJECT (button), "desk-action", g_strdup (action), g_free);
  g_object_set_data_full (G_OBJECT (button), "desk-value", g_strdup (value), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (button_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  g_ptr_array_add (self->buttons, g_object_ref (button));

  return button;
}

static GtkWidget *
new_toggle (const char *label, GtkAccessibleRole role)
{
  GtkWidget *text = way_desk_text_new (label, NULL);
  GtkWidget *button = g_object_new (GTK_TYPE_TOGGLE_BUTTON, "accessible-role", role, NULL);

  gtk_button_set_child (GTK_BUTTON (button), text);
  gtk_widget_add_css_class (button, "desk-option");
  way_compat_name (button, label);

  return button;
}

static void
build_passphrase (WaySigninView *self)
{
  GtkWidget *words = way_wrap_box_new (6, 6);
  GtkWidget *save;

  self->phrase = way_desk_text_new (NULL, "desk-phrase");
  way_compat_name (words, _ ("Words to choose from"));
  for (guint i = 0; i < self->step->parts->len; i++)
    {
      const WayDeskRecord *word = g_ptr_array_index (self->step->parts, i);

      if (strcmp (word->type, "word") == 0)
        way_wrap_box_append (WAY_WRAP_BOX (words),
                             add_button (self,
                                         new_toggle (way_desk_get_field (word, "text"),
                                                     GTK_ACCESSIBLE_ROLE_CHECKBOX),
                                         "add-word", word->id));
    }
  save = add_button (self, way_desk_button_new (_ ("_Save the passphrase")), "save", NULL);
  gtk_widget_set_halign (save, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (self->work), words);
  gtk_box_append (GTK_BOX (self->work),
                  way_desk_text_new (_ ("Your passphrase"), "caption-heading"));
  gtk_box_append (GTK_BOX (self->work), self->phrase);
  gtk_box_append (GTK_BOX (self->work), save);
}

static void
build_options (WaySigninView *self)
{
  GtkWidget *options = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  for (guint i = 0; i < self->step->parts->len; i++)
    {
      const WayDeskRecord *option = g_ptr_array_index (self->step->parts, i);

      if (strcmp (option->type, "option") == 0)
        gtk_box_append (GTK_BOX (options),
                        add_button (self,
                                    new_toggle (way_desk_get_field (option, "label"),
                                                GTK_ACCESSIBLE_ROLE_RADIO),
                                    "choose", option->id));
    }
  gtk_box_append (GTK_BOX (self->work), options);
}

static void
enter_code_cb (WaySigninView *self)
{
  g_autofree char *text = g_strstrip (
      g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->code_entry))));
  const char *state;

  if (!way_practice_do (self->practice, "enter-code", self->step->id, text))
    return;
  state = way_practice_get_state (self->practice, self->step->id);
  if (g_strcmp0 (state, "enrolled") == 0)
    {
      gtk_widget_grab_focus (self->next_button);
      return;
    }
  gtk_widget_show (self->code_error);
  way_compat_describe (self->code_entry, _ ("Error: that is not the code that shows."));
  gtk_widget_grab_focus (self->code_entry);
}

static void
build_code (WaySigninView *self)
{
  g_autofree char *code = way_practice_dup_code (self->practice, self->step->id);
  g_autofree char *spaced = g_strdup_printf ("%.3s %s", code, code + 3);
  GtkWidget *phone = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *enter = way_desk_button_new (_ ("_Enter the code"));

  self->code = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->code_label = way_desk_text_new (spaced, "title-1");
  self->code_entry = gtk_entry_new ();
  self->code_error = way_desk_text_new (_ ("That is not the code that shows."), "desk-error");
  gtk_widget_set_visible (self->code_error, FALSE);
  gtk_entry_set_input_purpose (GTK_ENTRY (self->code_entry), GTK_INPUT_PURPOSE_DIGITS);
  gtk_entry_set_max_length (GTK_ENTRY (self->code_entry), 7);
  way_compat_name (self->code_entry, _ ("Code of 6 figures"));
  gtk_widget_add_css_class (phone, "desk-phone");
  gtk_widget_set_halign (phone, GTK_ALIGN_START);
  gtk_widget_set_halign (enter, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (phone), way_desk_text_new (_ ("What you carry shows"), "caption"));
  gtk_box_append (GTK_BOX (phone), self->code_label);
  gtk_box_append (GTK_BOX (self->code), phone);
  gtk_box_append (GTK_BOX (self->code),
                  way_desk_text_new (_ ("Code of 6 figures"), "caption-heading"));
  gtk_box_append (GTK_BOX (self->code), self->code_entry);
  gtk_box_append (GTK_BOX (self->code), self->code_error);
  gtk_box_append (GTK_BOX (self->code), enter);
  gtk_box_append (GTK_BOX (self->work), self->code);
  g_signal_connect_object (enter, "clicked", G_CALLBACK (enter_code_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->code_entry, "activate", G_CALLBACK (enter_code_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
build_prompt (WaySigninView *self)
{
  GtkWidget *phone = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *answers = way_wrap_box_new (6, 6);
  /* Translators: %s is the name of a site. */
  g_autofree char *question = g_strdup_printf (_ ("Are you signing in to: %s?"),
                                               way_desk_get_field (self->step, "app"));

  gtk_widget_add_css_class (phone, "desk-phone");
  gtk_box_append (GTK_BOX (phone),
                  way_desk_text_new (way_desk_get_field (self->step, "when"), "caption"));
  gtk_box_append (GTK_BOX (phone), way_desk_text_new (question, "heading"));
  gtk_box_append (GTK_BOX (phone),
                  way_desk_text_new (way_desk_get_field (self->step, "place"), NULL));
  way_wrap_box_append (WAY_WRAP_BOX (answers),
                       add_button (self, way_desk_button_new (_ ("_Yes, approve")), "approve",
                                   NULL));
  way_wrap_box_append (WAY_WRAP_BOX (answers),
                       add_button (self, way_desk_button_new (_ ("_No, refuse")), "deny", NULL));
  gtk_box_append (GTK_BOX (phone), answers);
  gtk_box_append (GTK_BOX (self->work), phone);
  gtk_box_append (GTK_BOX (self->work),
                  add_button (self, way_desk_button_new (_ ("_Report it to the service desk")),
                              "report", NULL));
  gtk_widget_set_halign (gtk_widget_get_last_child (self->work), GTK_ALIGN_START);
}

static void
clear_step (WaySigninView *self)
{
  way_desk_box_clear (self->work);
  g_ptr_array_set_size (self->buttons, 0);
  self->phrase = NULL;
  self->code = NULL;
}

static void
show_place (WaySigninView *self)
{
  g_autoptr (GPtrArray) steps = way_practice_dup_records (self->practice, "signin");
  g_autofree char *text = NULL;
  guint place = 0;

  g_ptr_array_find (steps, self->step, &place);
  /* Translators: the number of a step, and how many there are. */
  text = g_strdup_printf (_ ("Step %u of %u"), place + 1, steps->len);
  gtk_label_set_label (GTK_LABEL (self->progress), text);
}

static void
build_step (WaySigninView *self)
{
  g_autofree char *text = NULL;
  g_autofree char *place = NULL;

  clear_step (self);
  if (self->step == NULL)
    {
      gtk_label_set_label (GTK_LABEL (self->progress), "");
      gtk_label_set_label (GTK_LABEL (self->title), _ ("All steps are done"));
      way_content_view_set_content (WAY_CONTENT_VIEW (self->body), NULL, NULL);
      way_compat_name (self->head, _ ("All steps are done"));
      way_compat_describe (self->head, NULL);
      return;
    }

  show_place (self);
  gtk_label_set_label (GTK_LABEL (self->title), way_desk_get_title (self->step));
  way_content_view_set_content (WAY_CONTENT_VIEW (self->body), self->step->content, NULL);

  if (strcmp (self->step->type, "passphrase") == 0)
    build_passphrase (self);
  else if (strcmp (self->step->type, "prompt") == 0)
    build_prompt (self);
  else
    build_options (self);
  if (strcmp (self->step->type, "factor") == 0)
    build_code (self);

  text = self->step->content != NULL ? way_node_dup_text (self->step->content) : g_strdup ("");
  if (way_desk_get_field (self->step, "place") != NULL)
    place = g_strjoin (". ", text, way_desk_get_field (self->step, "app"),
                       way_desk_get_field (self->step, "place"),
                       way_desk_get_field (self->step, "when"), NULL);
  way_compat_name (self->head, way_desk_get_title (self->step));
  way_compat_describe (self->head, place != NULL ? place : text);
}

/* What stands under a step. It says what is so, not whether it was right: the debrief
 * does that. */
static const char *
get_status (WaySigninView *self)
{
  const char *state = way_practice_get_state (self->practice, self->step->id);

  if (state == NULL)
    return NULL;
  if (strcmp (state, "reported") == 0)
    return _ ("The service desk has your report.");
  if (strcmp (state, "approved") == 0)
    return _ ("Approved. The prompt is gone.");
  if (strcmp (state, "denied") == 0)
    return way_practice_can (self->practice, "deny", self->step->id, NULL)
               ? _ ("Refused. The prompt comes again.")
               : _ ("Refused. The prompt is gone.");
  if (strcmp (state, "enrolled") == 0)
    return _ ("The code is right. The second step is set up.");
  if (strcmp (self->step->type, "passphrase") == 0)
    return _ ("Saved. You can still change it before you go on.");

  return NULL;
}

static void
update_phrase (WaySigninView *self)
{
  g_auto (GStrv) words = way_practice_dup_words (self->practice, self->step->id);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    for (guint j = 0; j < self->step->parts->len; j++)
      {
        const WayDeskRecord *word = g_ptr_array_index (self->step->parts, j);

        if (g_strcmp0 (word->id, words[i]) == 0)
          g_string_append_printf (text, "%s%s", i > 0 ? "-" : "",
                                  way_desk_get_field (word, "text"));
      }
  gtk_label_set_label (GTK_LABEL (self->phrase), text->len > 0 ? text->str : _ ("Nothing yet"));
}

static gboolean
is_active (WaySigninView *self, GtkWidget *button)
{
  if (strcmp (get_action (button), "add-word") == 0)
    return way_practice_can (self->practice, "remove-word", self->step->id, get_value (button));

  return g_strcmp0 (way_practice_get_state_value (self->practice, self->step->id),
                    get_value (button))
         == 0;
}

static void
update_buttons (WaySigninView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean is_focus_lost = FALSE;

  self->is_updating = TRUE;
  for (guint i = 0; i < self->buttons->len; i++)
    {
      GtkWidget *button = g_ptr_array_index (self->buttons, i);
      gboolean can = way_practice_can (self->practice, get_action (button), self->step->id,
                                       get_value (button));

      if (GTK_IS_TOGGLE_BUTTON (button))
        {
          gboolean is_on = is_active (self, button);

          gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), is_on);
          gtk_accessible_update_state (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_CHECKED,
                                       is_on ? GTK_ACCESSIBLE_TRISTATE_TRUE
                                             : GTK_ACCESSIBLE_TRISTATE_FALSE,
                                       -1);
          can = can || is_on;
        }
      is_focus_lost |= !can && button == focus;
      gtk_widget_set_sensitive (button, can);
    }
  self->is_updating = FALSE;
  if (is_focus_lost)
    gtk_widget_grab_focus (gtk_widget_is_sensitive (self->next_button) ? self->next_button
                                                                       : self->head);
}

static void
update (WaySigninView *self)
{
  const char *status = self->step != NULL ? get_status (self)
                                          : _ ("Choose “I have finished” to see how it went.");

  gtk_label_set_label (GTK_LABEL (self->status), status != NULL ? status : "");
  gtk_widget_set_visible (self->status, status != NULL);
  gtk_widget_set_visible (self->next_button, self->step != NULL);
  if (self->step == NULL)
    return;

  gtk_widget_set_sensitive (self->next_button,
                            way_practice_can (self->practice, "next", self->step->id, NULL));
  if (self->phrase != NULL)
    update_phrase (self);
  if (self->code != NULL)
    {
      const char *state = way_practice_get_state (self->practice, self->step->id);

      gtk_widget_set_visible (self->code, g_strcmp0 (state, "enrolled") != 0
                                              && way_practice_can (self->practice, "enter-code",
                                                                   self->step->id, "0"));
    }
  update_buttons (self);
}

static void
done_cb (WaySigninView *self, const char *action, const char *target, const char *value)
{
  if (!way_practice_is_of_app (self->practice, target, "signin"))
    return;
  if (strcmp (action, "next") == 0)
    {
      self->step = way_practice_get_current_in (self->practice, "signin");
      build_step (self);
      update (self);
      gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (
                                    GTK_SCROLLED_WINDOW (self->scroll)),
                                0);
      gtk_widget_grab_focus (self->head);
      return;
    }

  update (self);
  if (self->step != NULL && get_status (self) != NULL)
    way_compat_announce (GTK_WIDGET (self), get_status (self));
}

static void
next_cb (WaySigninView *self)
{
  if (self->step != NULL)
    way_practice_do (self->practice, "next", self->step->id, NULL);
}

static void
way_signin_view_dispose (GObject *object)
{
  WaySigninView *self = WAY_SIGNIN_VIEW (object);

  if (self->practice != NULL)
    g_signal_handlers_disconnect_by_data (self->practice, self);
  g_clear_object (&self->practice);
  g_clear_pointer (&self->buttons, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), WAY_TYPE_SIGNIN_VIEW);

  G_OBJECT_CLASS (way_signin_view_parent_class)->dispose (object);
}

static void
way_signin_view_class_init (WaySigninViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = way_signin_view_dispose;

  g_type_ensure (ADW_TYPE_CLAMP);
  g_type_ensure (WAY_TYPE_CONTENT_VIEW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/waymark_skills/Waymark/ui/way-signin-view.ui");
  gtk_widget_class_bind_template_child (widget_class, WaySigninView, body);
  gtk_widget_class_bind_template_child (widget_class, WaySigninView, head);
  gtk_widget_class_bind_template_child (widget_class, WaySigninView, next_button);
  gtk_widget_class_bind_template_child (widget_class, WaySigninView, progress);
  gtk_widget_class_bind_template_child (widget_class, WaySigninView, scroll);
  gtk_widget_class_bind_template_child (widget_class, WaySigninView, status);
  gtk_widget_class_bind_template_child (widget_class, WaySigninView, title);
  gtk_widget_class_bind_template_child (widget_class, WaySigninView, work);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
way_signin_view_init (WaySigninView *self)
{
  self->buttons = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  way_desk_button_tidy (self->next_button);
}

static void
arrived_cb (WaySigninView *self, WayDeskRecord *step)
{
  if (!way_practice_is_of_app (self->practice, step->id, "signin"))
    return;
  if (self->step != NULL)
    {
      show_place (self);
      return;
    }
  self->step = way_practice_get_current_in (self->practice, "signin");
  build_step (self);
  update (self);
}

static void
set_practice (WaySigninView *self, WayPractice *practice)
{
  g_set_object (&self->practice, practice);
  g_signal_connect_object (practice, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);

  g_signal_connect_object (practice, "arrived", G_CALLBACK (arrived_cb), self, G_CONNECT_SWAPPED);

  self->step = way_practice_get_current_in (practice, "signin");
  build_step (self);
  update (self);
}

/**
 * way_signin_view_new:
 * @practice: a run of a desk on which the app "signin" stands
 *
 * Returns: (transfer floating): the app with what is in it
 */
GtkWidget *
way_signin_view_new (WayPractice *practice)
{
  WaySigninView *self;

  g_return_val_if_fail (WAY_IS_PRACTICE (practice), NULL);

  self = g_object_new (WAY_TYPE_SIGNIN_VIEW, NULL);
  set_practice (self, practice);

  return GTK_WIDGET (self);
}
