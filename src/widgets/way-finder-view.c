/* way-finder-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "widgets/way-finder-view.h"

#include <adwaita.h>

#include "widgets/way-compat.h"
#include "widgets/way-content-view.h"
#include "widgets/way-desk-parts.h"
#include "widgets/way-desk-words.h"
#include "widgets/way-split.h"
#include "widgets/way-tab-stop.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

static const char *const identifiers[] = { "name", "dob", "nhs", "address" };

/* The invented record system of a practice desk: requests on one side, search and one
 * record on the other. */
struct _WayFinderView
{
  GtkWidget parent_instance;

  WayPractice *practice;        /* (owned) (nullable) */
  const WayDeskRecord *request; /* (nullable) the one that shows */
  const WayDeskRecord *patient; /* (nullable) the open one */
  char *searched;               /* (owned) (nullable) what was last recorded as a search */
  GtkWidget *requests;          /* one button each */
  GtkWidget *asks;
  GtkWidget *decisions;
  GtkWidget *find_button;
  GtkWidget *stop_button;
  GtkWidget *undo_button;
  GtkWidget *ask_buttons[G_N_ELEMENTS (identifiers)];

  GtkWidget *answers;
  GtkWidget *asks_bin;
  GtkWidget *back_to_found;
  GtkWidget *back_to_request;
  GtkWidget *body;
  GtkWidget *choose_button;
  GtkWidget *decisions_bin;
  GtkWidget *details;
  GtkWidget *found;
  GtkWidget *from;
  GtkWidget *head;
  GtkWidget *list;
  GtkWidget *patient_name;
  GtkWidget *requests_bin;
  GtkWidget *search;
  GtkWidget *split;
  GtkWidget *stack;
  GtkWidget *state;
  GtkWidget *title;
};

G_DEFINE_FINAL_TYPE (WayFinderView, way_finder_view, GTK_TYPE_WIDGET)

static const char *
get_told (WayFinderView *self, const char *identifier)
{
  g_autofree char *given = g_strconcat ("given-", identifier, NULL);
  g_autofree char *answer = g_strconcat ("answer-", identifier, NULL);
  const char *told = way_desk_get_field (self->request, given);

  if (told == NULL && way_practice_was_done (self->practice, "ask", self->request->id, identifier))
    told = way_desk_get_field (self->request, answer);

  return told;
}

/* "4 March 1961" is found by 04/03/1961 too. */
static char *
get_figures (const char *date)
{
  static const char *const months[] = { "January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December" };
  g_auto (GStrv) parts = g_strsplit (date != NULL ? date : "", " ", -1);

  for (guint i = 0; g_strv_length (parts) == 3 && i < G_N_ELEMENTS (months); i++)
    if (strcmp (parts[1], months[i]) == 0)
      return g_strdup_printf ("%02d/%02u/%s %d/%u/%s", atoi (parts[0]), i + 1, parts[2],
                              atoi (parts[0]), i + 1, parts[2]);

  return g_strdup ("");
}

static gboolean
is_match (const WayDeskRecord *patient, const char *text)
{
  const char *date = way_desk_get_field (patient, "dob");
  const char *number = way_desk_get_field (patient, "nhs");
  g_auto (GStrv) parts = g_strsplit (number != NULL ? number : "", " ", -1);
  g_autofree char *digits = g_strjoinv ("", parts);
  g_autofree char *figures = get_figures (date);
  g_autofree char *all = g_strjoin (" ", way_desk_get_field (patient, "name"),
                                    date != NULL ? date : "", figures, number != NULL ? number : "",
                                    digits, NULL);

  return g_str_match_string (text, all, TRUE);
}

static void
activate_row_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_widget_activate (user_data);
}

static void
add_row (WayFinderView *self, WayDeskRecord *patient)
{
  static const GActionEntry entries[] = { { .name = "activate", .activate = activate_row_cb } };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  /* Translators: %s is a date of birth. */
  g_autofree char *born = g_strdup_printf (_ ("Born %s"), way_desk_get_field (patient, "dob"));
  g_autofree char *name = g_strjoin (", ", way_desk_get_title (patient), born, NULL);

  gtk_box_append (GTK_BOX (box), way_desk_text_new (way_desk_get_title (patient), "desk-from"));
  gtk_box_append (GTK_BOX (box), way_desk_text_new (born, NULL));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data (G_OBJECT (row), "desk-record", patient);
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), row);
  gtk_widget_insert_action_group (row, "row", G_ACTION_GROUP (group));
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
  way_compat_name (row, name);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (way_desk_get_title (*(WayDeskRecord *const *) a),
                         way_desk_get_title (*(WayDeskRecord *const *) b));
}

static void
search_changed_cb (WayFinderView *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));
  g_autoptr (GPtrArray) records = way_practice_dup_records (self->practice, "finder");
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  g_autofree char *words = NULL;
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);

  if (g_utf8_strlen (text, -1) < 2)
    {
      gtk_label_set_label (GTK_LABEL (self->found), _ ("Type at least 2 letters or figures."));
      return;
    }

  for (guint i = 0; i < records->len; i++)
    {
      WayDeskRecord *record = g_ptr_array_index (records, i);

      if (strcmp (record->type, "patient") == 0 && is_match (record, text))
        g_ptr_array_add (found, record);
    }
  g_ptr_array_sort (found, compare_names);
  for (guint i = 0; i < found->len; i++)
    add_row (self, g_ptr_array_index (found, i));

  words = found->len == 0 ? g_strdup (_ ("No record fits. Try the last name alone."))
                          : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u record fits.",
                                                          "%u records fit.", found->len),
                                             found->len);
  gtk_label_set_label (GTK_LABEL (self->found), words);
  way_compat_announce (GTK_WIDGET (self), words);
}

/* What was typed becomes a search once something comes of it. */
static void
record_search (WayFinderView *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));

  if (*text == '\0' || g_strcmp0 (text, self->searched) == 0)
    return;
  if (way_practice_do (self->practice, "search", NULL, text))
    {
      g_free (self->searched);
      self->searched = g_strdup (text);
    }
}

static void
search_activated_cb (WayFinderView *self)
{
  GtkWidget *row = gtk_widget_get_first_child (self->list);

  record_search (self);
  if (row != NULL)
    gtk_widget_grab_focus (row);
}

static void
check_cb (WayFinderView *self, GtkWidget *button)
{
  way_practice_do (self->practice, "check", self->patient->id,
                   g_object_get_data (G_OBJECT (button), "desk-value"));
  gtk_widget_grab_focus (self->patient_name);
}

static void
add_detail (WayFinderView *self, const char *identifier)
{
  const char *name = way_desk_get_identifier_name (identifier);
  const char *value = way_desk_get_field (self->patient, identifier);
  const char *told = self->request != NULL ? get_told (self, identifier) : NULL;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_widget_add_css_class (box, "desk-part");
  gtk_box_append (GTK_BOX (box), way_desk_text_new (name, "caption-heading"));
  gtk_box_append (GTK_BOX (box),
                  way_desk_text_new (value != NULL ? value : _ ("Not in this record"), "numeric"));

  if (way_practice_was_done (self->practice, "check", self->patient->id, identifier)
      && told != NULL)
    {
      /* Translators: %s is what a caller or a letter said. */
      g_autofree char *text = g_strdup_printf (_ ("You were told: %s"), told);

      gtk_box_append (GTK_BOX (box), way_desk_text_new (text, "desk-reveal"));
    }
  else if (way_practice_can (self->practice, "check", self->patient->id, identifier))
    {
      GtkWidget *button = gtk_button_new_with_label (_ ("Compare"));
      /* Translators: %s is a detail such as “Date of birth”. */
      g_autofree char *label = g_strdup_printf (_ ("Compare: %s"), name);

      gtk_widget_set_halign (button, GTK_ALIGN_START);
      g_object_set_data (G_OBJECT (button), "desk-value", (gpointer) identifier);
      g_signal_connect_object (button, "clicked", G_CALLBACK (check_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (box), button);
      way_compat_name (button, label);
    }
  else
    gtk_box_append (GTK_BOX (box), way_desk_text_new (_ ("You were not told this."), "caption"));

  gtk_box_append (GTK_BOX (self->details), box);
}

static void
update_record (WayFinderView *self)
{
  way_desk_box_clear (self->details);
  if (self->patient == NULL)
    return;

  gtk_label_set_label (GTK_LABEL (self->patient_name), way_desk_get_title (self->patient));
  for (guint i = 0; i < G_N_ELEMENTS (identifiers); i++)
    add_detail (self, identifiers[i]);
  gtk_widget_set_sensitive (self->choose_button,
                            self->request != NULL
                                && way_practice_can (self->practice, "choose", self->request->id,
                                                     self->patient->id));
}

static void
show_search_cb (WayFinderView *self)
{
  way_desk_stack_show (self->stack, "search");
  way_split_set_shows_end (WAY_SPLIT (self->split), TRUE);
  gtk_widget_grab_focus (self->search);
}

static void
show_request_cb (WayFinderView *self)
{
  way_split_set_shows_end (WAY_SPLIT (self->split), FALSE);
  gtk_widget_grab_focus (self->head);
}

static void
row_activated_cb (WayFinderView *self, GtkListBoxRow *row)
{
  const WayDeskRecord *patient = g_object_get_data (G_OBJECT (row), "desk-record");

  record_search (self);
  self->patient = patient;
  if (!way_practice_do (self->practice, "open", patient->id, NULL))
    update_record (self);
  way_desk_stack_show (self->stack, "record");
  gtk_widget_grab_focus (self->patient_name);
}

static void
update_answers (WayFinderView *self)
{
  way_desk_box_clear (self->answers);
  for (guint i = 0; i < G_N_ELEMENTS (identifiers); i++)
    {
      const char *told;
      g_autofree char *text = NULL;

      if (!way_practice_was_done (self->practice, "ask", self->request->id, identifiers[i]))
        continue;
      told = get_told (self, identifiers[i]);
      if (told == NULL)
        told = way_desk_get_field (self->request, "answer-none");
      text = g_strconcat (way_desk_get_identifier_name (identifiers[i]), ": ", told, NULL);
      gtk_box_append (GTK_BOX (self->answers), way_desk_text_new (text, "desk-reveal"));
    }
}

static void take_cb (WayFinderView *self, GtkWidget *button);

/* One button a request, numbered; what was decided stands beside the number. */
static void
update_requests (WayFinderView *self)
{
  g_autoptr (GPtrArray) records = way_practice_dup_records (self->practice, "finder");
  guint n = 0;

  for (guint i = 0; i < records->len; i++)
    {
      WayDeskRecord *record = g_ptr_array_index (records, i);
      GtkWidget *button = gtk_widget_get_first_child (self->requests);
      const char *state;
      g_autofree char *label = NULL;
      g_autofree char *name = NULL;

      if (strcmp (record->type, "request") != 0)
        continue;
      for (guint j = 0; j < n && button != NULL; j++)
        button = gtk_widget_get_next_sibling (button);
      n++;
      if (button == NULL)
        {
          button = g_object_new (GTK_TYPE_TOGGLE_BUTTON, "accessible-role",
                                 GTK_ACCESSIBLE_ROLE_RADIO, NULL);
          g_object_set_data (G_OBJECT (button), "desk-record", record);
          g_signal_connect_object (button, "clicked", G_CALLBACK (take_cb), self,
                                   G_CONNECT_SWAPPED);
          way_wrap_box_append (WAY_WRAP_BOX (self->requests), button);
        }
      state = way_desk_get_state_name (way_practice_get_state (self->practice, record->id));
      label = state != NULL ? g_strdup_printf ("%u · %s", n, state) : g_strdup_printf ("%u", n);
      gtk_button_set_label (GTK_BUTTON (button), label);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), record == self->request);
      gtk_accessible_update_state (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_CHECKED,
                                   record == self->request ? GTK_ACCESSIBLE_TRISTATE_TRUE
                                                           : GTK_ACCESSIBLE_TRISTATE_FALSE,
                                   -1);
      /* Translators: %u is the number of a request, %s what it is about. */
      name = g_strdup_printf (_ ("Request %u: %s"), n, way_desk_get_title (record));
      way_compat_name (button, name);
      way_compat_describe (button, state);
    }
}

static void
update_request (WayFinderView *self)
{
  const char *state;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  if (self->request == NULL)
    return;

  state = way_desk_get_state_name (way_practice_get_state (self->practice, self->request->id));
  gtk_label_set_label (GTK_LABEL (self->title), way_desk_get_title (self->request));
  gtk_label_set_label (GTK_LABEL (self->from), way_desk_get_field (self->request, "from"));
  gtk_label_set_label (GTK_LABEL (self->state), state != NULL ? state : "");
  gtk_widget_set_visible (self->state, state != NULL);
  for (guint i = 0; i < G_N_ELEMENTS (identifiers); i++)
    gtk_widget_set_sensitive (self->ask_buttons[i],
                              way_practice_can (self->practice, "ask", self->request->id,
                                                identifiers[i]));
  gtk_widget_set_visible (self->find_button, state == NULL);
  gtk_widget_set_visible (self->stop_button, state == NULL);
  gtk_widget_set_visible (self->undo_button, state != NULL);
  update_answers (self);

  text = self->request->content != NULL ? way_node_dup_text (self->request->content) : NULL;
  name = g_strjoin (". ", way_desk_get_title (self->request),
                    way_desk_get_field (self->request, "from"), state, NULL);
  way_compat_name (self->head, name);
  way_compat_describe (self->head, text);
}

static void
show_request (WayFinderView *self, const WayDeskRecord *request)
{
  if (request != NULL && request != self->request)
    way_content_view_set_content (WAY_CONTENT_VIEW (self->body), request->content, NULL);
  self->request = request;
  update_requests (self);
  update_request (self);
  update_record (self);
}

static void
take_cb (WayFinderView *self, GtkWidget *button)
{
  const WayDeskRecord *request = g_object_get_data (G_OBJECT (button), "desk-record");

  if (way_practice_get_current_in (self->practice, "finder") != request)
    way_practice_do (self->practice, "take", request->id, NULL);
  show_request (self, request);
}

static void
ask_cb (WayFinderView *self, GtkWidget *button)
{
  const char *identifier = g_object_get_data (G_OBJECT (button), "desk-value");
  const char *told;

  if (!way_practice_do (self->practice, "ask", self->request->id, identifier))
    return;
  told = get_told (self, identifier);
  gtk_widget_grab_focus (self->head);
  way_compat_announce (GTK_WIDGET (self),
                       told != NULL ? told : way_desk_get_field (self->request, "answer-none"));
}

static void
choose_cb (WayFinderView *self)
{
  if (way_practice_do (self->practice, "choose", self->request->id, self->patient->id))
    show_request_cb (self);
}

static void
stop_cb (WayFinderView *self)
{
  if (way_practice_do (self->practice, "stop", self->request->id, NULL))
    gtk_widget_grab_focus (self->head);
}

static void
undo_cb (WayFinderView *self)
{
  if (way_practice_do (self->practice, "undo", self->request->id, NULL))
    gtk_widget_grab_focus (self->head);
}

static void
done_cb (WayFinderView *self, const char *action, const char *target, const char *value)
{
  const WayDeskRecord *current = way_practice_get_current_in (self->practice, "finder");

  if (!way_practice_is_of_app (self->practice, target, "finder"))
    return;
  /* What is decided makes room for the next request, with an empty search. */
  if (strcmp (action, "choose") == 0 || strcmp (action, "stop") == 0)
    {
      self->patient = NULL;
      g_clear_pointer (&self->searched, g_free);
      gtk_editable_set_text (GTK_EDITABLE (self->search), "");
      way_desk_stack_show (self->stack, "search");
      show_request (self, current != NULL ? current : self->request);
    }
  else
    show_request (self, current != NULL ? current : self->request);
}

static GtkWidget *
add_decision (WayFinderView *self, const char *label, GCallback callback)
{
  GtkWidget *button = way_desk_button_new (label);

  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  way_wrap_box_append (WAY_WRAP_BOX (self->decisions), button);

  return button;
}

static GtkWidget *
add_wrap_box (GtkWidget *bin)
{
  GtkWidget *box = way_wrap_box_new (6, 6);

  adw_bin_set_child (ADW_BIN (bin), box);

  return box;
}

static void
folded_cb (WayFinderView *self)
{
  gtk_widget_set_visible (self->back_to_request, way_split_is_folded (WAY_SPLIT (self->split)));
}

static void
way_finder_view_dispose (GObject *object)
{
  WayFinderView *self = WAY_FINDER_VIEW (object);

  if (self->practice != NULL)
    g_signal_handlers_disconnect_by_data (self->practice, self);
  g_clear_object (&self->practice);
  g_clear_pointer (&self->searched, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), WAY_TYPE_FINDER_VIEW);

  G_OBJECT_CLASS (way_finder_view_parent_class)->dispose (object);
}

static void
way_finder_view_class_init (WayFinderViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = way_finder_view_dispose;

  g_type_ensure (WAY_TYPE_CONTENT_VIEW);
  g_type_ensure (WAY_TYPE_SPLIT);
  g_type_ensure (WAY_TYPE_TAB_STOP);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/waymark_skills/Waymark/ui/way-finder-view.ui");
  gtk_widget_class_bind_template_child (widget_class, WayFinderView, answers);
  gtk_widget_class_bind_template_child (widget_class, WayFinderView, asks_bin);
  gtk_widget_class_bind_template_child (widget_class, WayFinderView, back_to_found);
  gtk_widget_class_bind_template_child (widget_class, WayFinderView, back_to_request);
  gtk_widget_class_bind_template_child (widget_class, WayFinderView, body);
  gtk_widget_class_bind_template_child (widget_class, WayFinderView, choose_button);
  gtk_widget_class_bind_template_child (widget_class, WayFinderView, decisions_bin);
  gtk_widget_class_bind_template_child (widget_class, WayFinderView, details);
  gtk_widget_class_bind_template_child (widget_class, WayFinderView, found);
  gtk_widget_class_bind_template_child (widget_class, WayFinderView, from);
  gtk_widget_class_bind_template_child (widget_class, WayFinderView, head);
  gtk_widget_class_bind_template_child (widget_class, WayFinderView, list);
  gtk_widget_class_bind_template_child (widget_class, WayFinderView, patient_name);
  gtk_widget_class_bind_template_child (widget_class, WayFinderView, requests_bin);
  gtk_widget_class_bind_template_child (widget_class, WayFinderView, search);
  gtk_widget_class_bind_template_child (widget_class, WayFinderView, split);
  gtk_widget_class_bind_template_child (widget_class, WayFinderView, stack);
  gtk_widget_class_bind_template_child (widget_class, WayFinderView, state);
  gtk_widget_class_bind_template_child (widget_class, WayFinderView, title);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_request_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_search_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
way_finder_view_init (WayFinderView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  way_desk_button_tidy (self->back_to_request);
  way_desk_button_tidy (self->back_to_found);
  way_desk_button_tidy (self->choose_button);
  self->requests = add_wrap_box (self->requests_bin);
  self->asks = add_wrap_box (self->asks_bin);
  self->decisions = add_wrap_box (self->decisions_bin);
  way_compat_name (self->requests, _ ("Requests"));
  for (guint i = 0; i < G_N_ELEMENTS (identifiers); i++)
    {
      const char *name = way_desk_get_identifier_name (identifiers[i]);
      GtkWidget *button = gtk_button_new_with_label (name);
      /* Translators: %s is a detail such as “Date of birth”. */
      g_autofree char *label = g_strdup_printf (_ ("Ask for: %s"), name);

      g_object_set_data (G_OBJECT (button), "desk-value", (gpointer) identifiers[i]);
      g_signal_connect_object (button, "clicked", G_CALLBACK (ask_cb), self, G_CONNECT_SWAPPED);
      way_wrap_box_append (WAY_WRAP_BOX (self->asks), button);
      way_compat_name (button, label);
      self->ask_buttons[i] = button;
    }
  self->find_button = add_decision (self, _ ("_Find the record"), G_CALLBACK (show_search_cb));
  self->stop_button = add_decision (self, _ ("_Stop and ask somebody"), G_CALLBACK (stop_cb));
  self->undo_button = add_decision (self, _ ("_Take it up again"), G_CALLBACK (undo_cb));
  gtk_widget_add_css_class (self->find_button, "desk-strong");
  g_signal_connect_object (self->split, "notify::folded", G_CALLBACK (folded_cb), self,
                           G_CONNECT_SWAPPED);
  folded_cb (self);
}

/* The requests keep the order of the desk, so their buttons are made anew. */
static void
arrived_cb (WayFinderView *self, WayDeskRecord *record)
{
  GtkWidget *button;

  if (!way_practice_is_of_app (self->practice, record->id, "finder"))
    return;
  while ((button = gtk_widget_get_first_child (self->requests)) != NULL)
    gtk_widget_unparent (button);
  show_request (self, self->request != NULL
                          ? self->request
                          : way_practice_get_current_in (self->practice, "finder"));
}

static void
set_practice (WayFinderView *self, WayPractice *practice)
{
  g_set_object (&self->practice, practice);
  g_signal_connect_object (practice, "arrived", G_CALLBACK (arrived_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (practice, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);

  search_changed_cb (self);
  way_desk_stack_show (self->stack, "search");
  way_split_set_shows_end (WAY_SPLIT (self->split), FALSE);
  show_request (self, way_practice_get_current_in (practice, "finder"));
}

/**
 * way_finder_view_new:
 * @practice: a run of a desk on which the app "finder" stands
 *
 * Returns: (transfer floating): the app with what is in it
 */
GtkWidget *
way_finder_view_new (WayPractice *practice)
{
  WayFinderView *self;

  g_return_val_if_fail (WAY_IS_PRACTICE (practice), NULL);

  self = g_object_new (WAY_TYPE_FINDER_VIEW, NULL);
  set_practice (self, practice);

  return GTK_WIDGET (self);
}
