/* way-form-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "widgets/way-form-view.h"

#include <adwaita.h>

#include "practice/way-practice-form.h"
#include "widgets/way-compat.h"
#include "widgets/way-content-view.h"
#include "widgets/way-desk-parts.h"
#include "widgets/way-desk-words.h"
#include "widgets/way-form-entry.h"
#include "widgets/way-split.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>
#include <string.h>

#define FOLD_WIDTH 600
#define SOURCES_WIDTH 260

/* Forms of a practice desk, one at a time, with the letters and calls that their values
 * come from beside them. */
struct _WayFormView
{
  GtkWidget parent_instance;

  WayPractice *practice;     /* (owned) */
  const WayDeskRecord *form; /* (nullable) the one that shows */
  GPtrArray *entries;        /* (owned) of WayFormEntry, those of the form */
  gboolean has_sources;

  GtkWidget *forms; /* one button each, where there are several */
  GtkWidget *split;
  GtkWidget *to_form; /* when folded */
  GtkWidget *sources_head;
  GtkWidget *sources;
  GtkWidget *scroll;
  GtkWidget *to_sources; /* when folded */
  GtkWidget *head;
  GtkWidget *title;
  GtkWidget *body;
  GtkWidget *fields;
  GtkWidget *status;
  GtkWidget *submit;
  GtkWidget *undo;
};

G_DEFINE_FINAL_TYPE (WayFormView, way_form_view, GTK_TYPE_WIDGET)

static void show_form (WayFormView *self, const WayDeskRecord *form);

static gboolean
is_sent (WayFormView *self)
{
  return self->form != NULL && way_practice_get_state (self->practice, self->form->id) != NULL;
}

static void
forms_cb (WayFormView *self, GtkWidget *button)
{
  const WayDeskRecord *form = g_object_get_data (G_OBJECT (button), "desk-record");

  for (guint i = 0; i < self->entries->len; i++)
    way_form_entry_commit (self->entries->pdata[i]);
  way_practice_do (self->practice, "take", form->id, NULL);
  show_form (self, form);
  gtk_widget_grab_focus (self->head);
}

static GtkWidget *
add_form_button (WayFormView *self, WayDeskRecord *form)
{
  GtkWidget *button = g_object_new (GTK_TYPE_TOGGLE_BUTTON, "accessible-role",
                                    GTK_ACCESSIBLE_ROLE_RADIO, NULL);

  g_object_set_data (G_OBJECT (button), "desk-record", form);
  g_signal_connect_object (button, "clicked", G_CALLBACK (forms_cb), self, G_CONNECT_SWAPPED);
  way_wrap_box_append (WAY_WRAP_BOX (self->forms), button);

  return button;
}

/* One numbered button a form; one form needs none. */
static void
update_forms (WayFormView *self)
{
  g_autoptr (GPtrArray) records = way_practice_dup_records (self->practice, "form");
  GtkWidget *button = gtk_widget_get_first_child (self->forms);

  gtk_widget_set_visible (self->forms, records->len > 1);
  for (guint i = 0; i < records->len; i++)
    {
      WayDeskRecord *form = g_ptr_array_index (records, i);
      const char *state = way_desk_get_state_name (
          way_practice_get_state (self->practice, form->id));
      g_autofree char *label = NULL;
      g_autofree char *name = NULL;

      if (button == NULL)
        button = add_form_button (self, form);
      label = state != NULL ? g_strdup_printf ("%u · %s", i + 1, state)
                            : g_strdup_printf ("%u", i + 1);
      /* Translators: %u is the number of a form, %s what it is about. */
      name = g_strdup_printf (_ ("Form %u: %s"), i + 1, way_desk_get_title (form));
      gtk_button_set_label (GTK_BUTTON (button), label);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), form == self->form);
      gtk_accessible_update_state (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_CHECKED,
                                   form == self->form ? GTK_ACCESSIBLE_TRISTATE_TRUE
                                                      : GTK_ACCESSIBLE_TRISTATE_FALSE,
                                   -1);
      way_compat_name (button, name);
      way_compat_describe (button, state);
      button = gtk_widget_get_next_sibling (button);
    }
}

static void
open_cb (WayFormView *self, GtkWidget *button)
{
  const WayDeskRecord *source = g_object_get_data (G_OBJECT (button), "desk-record");

  way_practice_do (self->practice, "open", self->form->id, source->id);
}

static GtkWidget *
new_group (const char *name, const char *description, const char *css_class)
{
  GtkWidget *group = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing",
                                   6, "focusable", TRUE, "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_GROUP, NULL);

  gtk_widget_add_css_class (group, css_class);
  way_compat_name (group, name);
  way_compat_describe (group, description);

  return group;
}

/* A letter or a call: its words where it lies open, a button where it does not yet. */
static GtkWidget *
add_source (WayFormView *self, WayDeskRecord *source)
{
  const char *title = way_desk_get_title (source);
  const char *from = way_desk_get_field (source, "from");
  g_autofree char *text = source->content != NULL ? way_node_dup_text (source->content) : NULL;
  GtkWidget *paper;
  GtkWidget *body;

  if (!way_practice_is_source_open (self->practice, self->form->id, source->id))
    {
      paper = gtk_button_new ();
      gtk_button_set_child (GTK_BUTTON (paper), way_desk_text_new (title, NULL));
      g_object_set_data (G_OBJECT (paper), "desk-record", source);
      g_signal_connect_object (paper, "clicked", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (self->sources), paper);
      way_compat_name (paper, title);
      return paper;
    }

  paper = new_group (title, text, "desk-paper");
  body = way_content_view_new ();
  gtk_box_append (GTK_BOX (paper), way_desk_heading_new (title, "heading"));
  if (from != NULL)
    gtk_box_append (GTK_BOX (paper), way_desk_text_new (from, "caption"));
  way_content_view_set_content (WAY_CONTENT_VIEW (body), source->content, NULL);
  gtk_box_append (GTK_BOX (paper), body);
  gtk_box_append (GTK_BOX (self->sources), paper);

  return paper;
}

/* The paper that has just been opened takes the focus, for it took its button's place. */
static void
update_sources (WayFormView *self, const char *opened)
{
  GtkWidget *focus = NULL;

  way_desk_box_clear (self->sources);
  self->has_sources = FALSE;
  for (guint i = 0; self->form != NULL && i < self->form->parts->len; i++)
    {
      WayDeskRecord *source = g_ptr_array_index (self->form->parts, i);
      GtkWidget *paper;

      if (strcmp (source->type, "source") != 0 || source->id == NULL)
        continue;
      paper = add_source (self, source);
      self->has_sources = TRUE;
      if (g_strcmp0 (source->id, opened) == 0)
        focus = paper;
    }
  g_object_set (self->split, "start-width", self->has_sources ? SOURCES_WIDTH : 0, "fold-width",
                self->has_sources ? FOLD_WIDTH : G_MAXINT / 16, NULL);
  if (!self->has_sources)
    way_split_set_shows_end (WAY_SPLIT (self->split), TRUE);
  if (focus != NULL)
    gtk_widget_grab_focus (focus);
}

static void
folded_cb (WayFormView *self)
{
  gboolean is_folded = way_split_is_folded (WAY_SPLIT (self->split));

  gtk_widget_set_visible (self->to_form, is_folded);
  gtk_widget_set_visible (self->to_sources, is_folded && self->has_sources);
}

static void
to_form_cb (WayFormView *self)
{
  way_split_set_shows_end (WAY_SPLIT (self->split), TRUE);
  gtk_widget_grab_focus (self->head);
}

static void
to_sources_cb (WayFormView *self)
{
  way_split_set_shows_end (WAY_SPLIT (self->split), FALSE);
  gtk_widget_grab_focus (self->sources_head);
}

/* What stands under the form. It says what is so, not whether it was right. */
static const char *
get_status (WayFormView *self)
{
  if (self->form == NULL)
    return NULL;
  if (is_sent (self))
    return way_practice_can (self->practice, "undo", self->form->id, NULL)
               ? _ ("Sent. You can still change it.")
               : _ ("Sent. It cannot be called back.");
  if (way_practice_was_refused (self->practice, self->form->id))
    return _ ("Not sent yet. Look at what is marked above.");

  return NULL;
}

static void
update (WayFormView *self)
{
  const char *status = get_status (self);
  gboolean is_open = self->form != NULL && !is_sent (self);

  update_forms (self);
  for (guint i = 0; i < self->entries->len; i++)
    way_form_entry_update (self->entries->pdata[i]);
  gtk_widget_set_sensitive (self->fields, is_open);
  gtk_label_set_label (GTK_LABEL (self->status), status != NULL ? status : "");
  gtk_widget_set_visible (self->status, status != NULL);
  gtk_widget_set_visible (self->submit, is_open);
  gtk_widget_set_visible (self->undo,
                          self->form != NULL
                              && way_practice_can (self->practice, "undo", self->form->id, NULL));
}

static void
show_form (WayFormView *self, const WayDeskRecord *form)
{
  g_autofree char *text = NULL;
  const char *submit;

  if (form == NULL || form == self->form)
    {
      update (self);
      return;
    }

  self->form = form;
  way_desk_box_clear (self->fields);
  g_ptr_array_set_size (self->entries, 0);
  for (guint i = 0; i < form->parts->len; i++)
    {
      const WayDeskRecord *part = g_ptr_array_index (form->parts, i);
      GtkWidget *entry;

      if (!way_form_is_entry (part))
        continue;
      entry = way_form_entry_new (self->practice, form, part);
      g_ptr_array_add (self->entries, entry);
      gtk_box_append (GTK_BOX (self->fields), entry);
    }
  submit = way_desk_get_field (form, "submit");
  gtk_button_set_label (GTK_BUTTON (self->submit), submit != NULL ? submit : _ ("_Send"));
  way_desk_button_tidy (self->submit);
  text = form->content != NULL ? way_node_dup_text (form->content) : NULL;
  gtk_label_set_label (GTK_LABEL (self->title), way_desk_get_title (form));
  way_content_view_set_content (WAY_CONTENT_VIEW (self->body), form->content, NULL);
  way_compat_name (self->head, way_desk_get_title (form));
  way_compat_describe (self->head, text);
  way_split_set_shows_end (WAY_SPLIT (self->split), FALSE);
  update_sources (self, NULL);
  folded_cb (self);
  update (self);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (
                                GTK_SCROLLED_WINDOW (self->scroll)),
                            0);
}

static void
submit_cb (WayFormView *self)
{
  const WayDeskRecord *form = self->form;

  for (guint i = 0; i < self->entries->len; i++)
    way_form_entry_commit (self->entries->pdata[i]);
  if (!way_practice_do (self->practice, "submit", form->id, NULL))
    return;

  /* What was refused leads to the first thing to put right, what was sent to the next. */
  for (guint i = 0; way_practice_was_refused (self->practice, form->id) && i < self->entries->len;
       i++)
    if (way_form_entry_is_amiss (self->entries->pdata[i]))
      {
        gtk_widget_grab_focus (self->entries->pdata[i]);
        return;
      }
  gtk_widget_grab_focus (self->head);
}

static void
undo_cb (WayFormView *self)
{
  if (way_practice_do (self->practice, "undo", self->form->id, NULL))
    gtk_widget_grab_focus (self->head);
}

static void
done_cb (WayFormView *self, const char *action, const char *target, const char *value)
{
  if (!way_practice_is_of_app (self->practice, target, "form"))
    return;
  if (strcmp (action, "open") == 0)
    update_sources (self, value);
  update (self);
  if (strcmp (action, "submit") == 0)
    {
      way_compat_announce (GTK_WIDGET (self), get_status (self));
      if (is_sent (self))
        show_form (self, way_practice_get_current_in (self->practice, "form"));
    }
}

static void
arrived_cb (WayFormView *self, WayDeskRecord *record)
{
  GtkWidget *button;

  if (!way_practice_is_of_app (self->practice, record->id, "form"))
    return;
  while ((button = gtk_widget_get_first_child (self->forms)) != NULL)
    gtk_widget_unparent (button);
  show_form (self, self->form != NULL ? self->form
                                      : way_practice_get_current_in (self->practice, "form"));
}

static GtkWidget *
new_column (WayFormView *self, GtkWidget **scroll)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *window = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (window), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (window, TRUE);
  gtk_widget_set_hexpand (window, TRUE);
  gtk_widget_add_css_class (column, "desk-message");
  *scroll = window;

  return column;
}

static GtkWidget *
add_button (WayFormView *self, GtkWidget *box, const char *label, GCallback callback)
{
  GtkWidget *button = way_desk_button_new (label);

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), button);

  return button;
}

static GtkWidget *
build_sources (WayFormView *self)
{
  GtkWidget *scroll;
  GtkWidget *column = new_column (self, &scroll);

  gtk_widget_add_css_class (scroll, "desk-list-pane");
  self->to_form = add_button (self, column, _ ("_Go to the form"), G_CALLBACK (to_form_cb));
  gtk_widget_add_css_class (self->to_form, "desk-strong");
  self->sources_head = new_group (_ ("What you have"), NULL, "desk-patient");
  gtk_box_append (GTK_BOX (self->sources_head),
                  way_desk_heading_new (_ ("What you have"), "title-4"));
  self->sources = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_box_append (GTK_BOX (column), self->sources_head);
  gtk_box_append (GTK_BOX (column), self->sources);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), column);

  return scroll;
}

static GtkWidget *
build_form (WayFormView *self)
{
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *column = new_column (self, &self->scroll);

  self->to_sources = add_button (self, column, _ ("_Back to what you have"),
                                 G_CALLBACK (to_sources_cb));
  self->head = new_group ("", NULL, "desk-patient");
  self->title = way_desk_heading_new (NULL, "title-4");
  self->body = way_content_view_new ();
  self->fields = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  self->status = way_desk_text_new (NULL, "heading");
  gtk_box_append (GTK_BOX (self->head), self->title);
  gtk_box_append (GTK_BOX (self->head), self->body);
  gtk_box_append (GTK_BOX (column), self->head);
  gtk_box_append (GTK_BOX (column), self->fields);
  gtk_box_append (GTK_BOX (column), self->status);
  self->submit = add_button (self, column, _ ("_Send"), G_CALLBACK (submit_cb));
  self->undo = add_button (self, column, _ ("_Change it"), G_CALLBACK (undo_cb));
  gtk_widget_add_css_class (self->submit, "desk-strong");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 520);
  adw_clamp_set_child (ADW_CLAMP (clamp), column);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroll), clamp);

  return self->scroll;
}

static void
way_form_view_dispose (GObject *object)
{
  WayFormView *self = WAY_FORM_VIEW (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_object (&self->practice);

  G_OBJECT_CLASS (way_form_view_parent_class)->dispose (object);
}

static void
way_form_view_class_init (WayFormViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = way_form_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
way_form_view_init (WayFormView *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  self->entries = g_ptr_array_new ();
  self->forms = way_wrap_box_new (6, 6);
  gtk_widget_add_css_class (self->forms, "desk-tools");
  way_compat_name (self->forms, _ ("Forms"));
  self->split = g_object_new (WAY_TYPE_SPLIT, "shows-one", TRUE, "fold-width", FOLD_WIDTH,
                              "start-width", SOURCES_WIDTH, "start", build_sources (self), "end",
                              build_form (self), NULL);
  gtk_widget_set_vexpand (self->split, TRUE);
  gtk_widget_set_parent (self->forms, GTK_WIDGET (self));
  gtk_widget_set_parent (self->split, GTK_WIDGET (self));
  g_signal_connect_object (self->split, "notify::folded", G_CALLBACK (folded_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * way_form_view_new:
 * @practice: a run of a desk on which the app "form" stands
 *
 * Returns: (transfer floating): the app with its forms
 */
GtkWidget *
way_form_view_new (WayPractice *practice)
{
  WayFormView *self;

  g_return_val_if_fail (WAY_IS_PRACTICE (practice), NULL);

  self = g_object_new (WAY_TYPE_FORM_VIEW, NULL);
  self->practice = g_object_ref (practice);
  g_signal_connect_object (practice, "arrived", G_CALLBACK (arrived_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (practice, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
  show_form (self, way_practice_get_current_in (practice, "form"));
  update (self);

  return GTK_WIDGET (self);
}

/**
 * way_form_view_describe:
 * @target: a form
 * @value: (nullable)
 *
 * Returns: (nullable) (transfer full): a sentence for the debrief, %NULL for the usual one
 */
char *
way_form_view_describe (WayPractice *practice,
                        const char *action,
                        const WayDeskRecord *target,
                        const char *value)
{
  g_autofree char *id = value != NULL ? g_strndup (value, strcspn (value, "=")) : NULL;
  const WayDeskRecord *entry = way_form_find_entry (target, id);
  const char *label = entry != NULL ? way_desk_get_field (entry, "label") : NULL;

  if (strcmp (action, "submit") == 0)
    return g_strdup (_ ("You sent it."));
  for (guint i = 0; strcmp (action, "open") == 0 && i < target->parts->len; i++)
    {
      const WayDeskRecord *source = g_ptr_array_index (target->parts, i);

      if (g_strcmp0 (source->id, value) == 0)
        /* Translators: %s is what was opened, such as “The letter”. */
        return g_strdup_printf (_ ("You opened “%s”."), way_desk_get_title (source));
    }
  if (label != NULL && strcmp (action, "clear") == 0)
    /* Translators: %s is the label of an entry in a form. */
    return g_strdup_printf (_ ("You emptied “%s”."), label);
  if (label != NULL && strcmp (action, "set") == 0)
    {
      g_autofree char *words = way_form_dup_words (entry, value + strlen (id) + 1);

      /* Translators: the label of an entry in a form, and what was put there. */
      return g_strdup_printf (_ ("%s: “%s”."), label, words);
    }

  return NULL;
}
