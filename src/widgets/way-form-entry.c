/* way-form-entry.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "widgets/way-form-entry.h"

#include <adwaita.h>

#include "practice/way-practice-form.h"
#include "widgets/way-compat.h"
#include "widgets/way-desk-parts.h"
#include "widgets/way-desk-words.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#define LINE_HEIGHT 22
#define MOST_FOUND 6

/* One entry of a form: its label, the control that fits its kind, and what is wrong with
 * it in words, where the form says so. What is typed counts once the focus goes on. */
struct _WayFormEntry
{
  GtkWidget parent_instance;

  WayPractice *practice;      /* (owned) */
  const WayDeskRecord *form;  /* the practice's */
  const WayDeskRecord *entry; /* the practice's */
  GPtrArray *choices;         /* (owned) of GtkCheckButton: options, or units of a number */
  gboolean is_updating;

  GtkWidget *control; /* what the focus goes to */
  GtkWidget *text;    /* (nullable) GtkEntry or GtkTextView */
  GtkWidget *drop;    /* (nullable) */
  GtkWidget *search;  /* (nullable) of a code */
  GtkWidget *found;   /* (nullable) list of what the search finds */
  GtkWidget *found_label;
  GtkWidget *picked; /* (nullable) in place of the search, once chosen */
  GtkWidget *picked_label;
  GtkWidget *change;
  GtkWidget *error;
};

G_DEFINE_FINAL_TYPE (WayFormEntry, way_form_entry, GTK_TYPE_WIDGET)

static const char *
get_label (WayFormEntry *self)
{
  const char *label = way_desk_get_field (self->entry, "label");

  return label != NULL ? label : self->entry->id;
}

static gboolean
is_kind (WayFormEntry *self, const char *kind)
{
  return strcmp (self->entry->type, kind) == 0;
}

static const char *
get_value (WayFormEntry *self)
{
  return way_practice_get_entry (self->practice, self->form->id, self->entry->id);
}

/* Holds the text; nothing clears. Whether that was anything new is for the practice. */
static void
hold (WayFormEntry *self, const char *text)
{
  g_autofree char *value = g_strconcat (self->entry->id, "=", text, NULL);

  if (*text == '\0')
    way_practice_do (self->practice, "clear", self->form->id, self->entry->id);
  else
    way_practice_do (self->practice, "set", self->form->id, value);
}

static char *
dup_typed (WayFormEntry *self)
{
  GtkTextIter start;
  GtkTextIter end;
  GtkTextBuffer *buffer;

  if (!GTK_IS_TEXT_VIEW (self->text))
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->text)));
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text));
  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
show_typed (WayFormEntry *self, const char *text)
{
  g_autofree char *typed = dup_typed (self);

  if (strcmp (typed, text) == 0)
    return;
  if (GTK_IS_TEXT_VIEW (self->text))
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->text)), text, -1);
  else
    gtk_editable_set_text (GTK_EDITABLE (self->text), text);
}

static const char *
get_chosen (WayFormEntry *self)
{
  for (guint i = 0; i < self->choices->len; i++)
    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (self->choices->pdata[i])))
      return g_object_get_data (G_OBJECT (self->choices->pdata[i]), "desk-value");

  return NULL;
}

static void
chosen_cb (WayFormEntry *self, GtkWidget *button)
{
  if (self->is_updating || !gtk_check_button_get_active (GTK_CHECK_BUTTON (button)))
    return;
  if (self->text != NULL)
    way_form_entry_commit (self);
  else
    hold (self, g_object_get_data (G_OBJECT (button), "desk-value"));
}

static void
dropped_cb (WayFormEntry *self)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->drop));
  guint n = 0;

  if (self->is_updating)
    return;
  for (guint i = 0; i < self->entry->parts->len; i++)
    {
      const WayDeskRecord *option = g_ptr_array_index (self->entry->parts, i);

      if (strcmp (option->type, "option") == 0 && ++n == selected)
        {
          hold (self, option->id);
          return;
        }
    }
  hold (self, "");
}

static gboolean
is_found (const WayDeskRecord *code, const char *text)
{
  const char *also = way_desk_get_field (code, "also");
  g_autofree char *all = g_strjoin (" ", way_desk_get_title (code),
                                    way_desk_get_field (code, "label"), also, NULL);

  return g_str_match_string (text, all, TRUE);
}

static void
activate_row_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_widget_activate (user_data);
}

static void
add_row (WayFormEntry *self, WayDeskRecord *code)
{
  static const GActionEntry entries[] = { { .name = "activate", .activate = activate_row_cb } };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  GtkWidget *row = gtk_list_box_row_new ();
  const char *label = way_desk_get_field (code, "label");

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), way_desk_text_new (label, NULL));
  g_object_set_data (G_OBJECT (row), "desk-record", code);
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), row);
  gtk_widget_insert_action_group (row, "row", G_ACTION_GROUP (group));
  gtk_list_box_append (GTK_LIST_BOX (self->found), row);
  way_compat_name (row, label);
}

static void
search_changed_cb (WayFormEntry *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));
  g_autofree char *words = NULL;
  guint n = 0;
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->found)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->found), row);
  if (g_utf8_strlen (text, -1) < 2)
    {
      gtk_label_set_label (GTK_LABEL (self->found_label),
                           _ ("Type at least 2 letters, then choose from the list."));
      gtk_widget_set_visible (self->found, FALSE);
      return;
    }

  for (guint i = 0; i < self->entry->parts->len; i++)
    {
      WayDeskRecord *code = g_ptr_array_index (self->entry->parts, i);

      if (strcmp (code->type, "entry") != 0 || !is_found (code, text))
        continue;
      if (n++ < MOST_FOUND)
        add_row (self, code);
    }
  words = n == 0 ? g_strdup (_ ("Nothing in the list fits. Try another word for it."))
                 : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u entry fits.",
                                                 "%u entries fit.", n),
                                    n);
  gtk_label_set_label (GTK_LABEL (self->found_label), words);
  gtk_widget_set_visible (self->found, n > 0);
  way_compat_announce (GTK_WIDGET (self), words);
}

static void
search_activated_cb (WayFormEntry *self)
{
  GtkWidget *row = gtk_widget_get_first_child (self->found);

  if (row != NULL)
    gtk_widget_grab_focus (row);
}

static void
row_activated_cb (WayFormEntry *self, GtkListBoxRow *row)
{
  const WayDeskRecord *code = g_object_get_data (G_OBJECT (row), "desk-record");

  hold (self, code->id);
  gtk_widget_grab_focus (self->change);
}

static void
change_cb (WayFormEntry *self)
{
  hold (self, "");
  gtk_widget_grab_focus (self->search);
}

static void
build_text (WayFormEntry *self)
{
  const char *lines = way_desk_get_field (self->entry, "lines");
  long n = lines != NULL ? strtol (lines, NULL, 10) : 1;
  GtkEventController *focus = gtk_event_controller_focus_new ();

  if (n > 1)
    {
      GtkWidget *frame = gtk_frame_new (NULL);

      self->text = gtk_text_view_new ();
      gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->text), GTK_WRAP_WORD_CHAR);
      gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self->text), FALSE);
      gtk_widget_set_size_request (self->text, -1, MIN (n, 12) * LINE_HEIGHT);
      gtk_widget_add_css_class (self->text, "desk-text");
      gtk_frame_set_child (GTK_FRAME (frame), self->text);
      gtk_widget_set_parent (frame, GTK_WIDGET (self));
    }
  else
    {
      gboolean is_short = !is_kind (self, "text");

      self->text = gtk_entry_new ();
      gtk_widget_set_halign (self->text, is_short ? GTK_ALIGN_START : GTK_ALIGN_FILL);
      gtk_editable_set_width_chars (GTK_EDITABLE (self->text), is_kind (self, "number") ? 7 : 14);
      if (is_kind (self, "number") || is_kind (self, "nhs") || is_kind (self, "phone"))
        gtk_entry_set_input_purpose (GTK_ENTRY (self->text), GTK_INPUT_PURPOSE_NUMBER);
      g_signal_connect_object (self->text, "activate", G_CALLBACK (way_form_entry_commit), self,
                               G_CONNECT_SWAPPED);
      gtk_widget_set_parent (self->text, GTK_WIDGET (self));
    }
  g_signal_connect_object (focus, "leave", G_CALLBACK (way_form_entry_commit), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->text, focus);
  self->control = self->text;
}

/* Native radio buttons: the options of a choice, or the units beside a number. */
static void
build_choices (WayFormEntry *self, const char *kind)
{
  GtkWidget *box = strcmp (kind, "unit") == 0 ? way_wrap_box_new (12, 6)
                                              : gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  for (guint i = 0; i < self->entry->parts->len; i++)
    {
      const WayDeskRecord *part = g_ptr_array_index (self->entry->parts, i);
      const char *label = way_desk_get_field (part, "label");
      GtkWidget *button;

      if (strcmp (part->type, kind) != 0)
        continue;
      button = g_object_new (GTK_TYPE_CHECK_BUTTON, "accessible-role", GTK_ACCESSIBLE_ROLE_RADIO,
                             NULL);
      gtk_check_button_set_child (GTK_CHECK_BUTTON (button), way_desk_text_new (label, NULL));
      if (self->choices->len > 0)
        gtk_check_button_set_group (GTK_CHECK_BUTTON (button), self->choices->pdata[0]);
      g_object_set_data (G_OBJECT (button), "desk-value", part->id);
      g_signal_connect_object (button, "toggled", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
      g_ptr_array_add (self->choices, button);
      if (GTK_IS_BOX (box))
        gtk_box_append (GTK_BOX (box), button);
      else
        way_wrap_box_append (WAY_WRAP_BOX (box), button);
      way_compat_name (button, label);
    }
  gtk_widget_set_parent (box, GTK_WIDGET (self));
  if (self->choices->len == 0)
    gtk_widget_set_visible (box, FALSE);
  way_compat_name (box, strcmp (kind, "unit") == 0 ? _ ("Unit") : get_label (self));
  if (self->control == NULL && self->choices->len > 0)
    self->control = self->choices->pdata[0];
}

static void
build_drop (WayFormEntry *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("Not chosen"));
  for (guint i = 0; i < self->entry->parts->len; i++)
    {
      const WayDeskRecord *option = g_ptr_array_index (self->entry->parts, i);

      if (strcmp (option->type, "option") == 0)
        gtk_string_list_append (names, way_desk_get_field (option, "label"));
    }
  self->drop = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)), NULL);
  gtk_widget_set_halign (self->drop, GTK_ALIGN_START);
  g_signal_connect_object (self->drop, "notify::selected", G_CALLBACK (dropped_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_parent (self->drop, GTK_WIDGET (self));
  self->control = self->drop;
}

static void
build_code (WayFormEntry *self)
{
  self->search = gtk_search_entry_new ();
  self->found_label = way_desk_text_new (NULL, "caption");
  self->found = gtk_list_box_new ();
  self->picked = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->picked_label = way_desk_text_new (NULL, "heading");
  self->change = way_desk_button_new (_ ("Change"));
  gtk_widget_set_hexpand (self->picked_label, TRUE);
  gtk_widget_add_css_class (self->picked, "desk-part");
  gtk_widget_add_css_class (self->found, "desk-list");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->found), GTK_SELECTION_NONE);
  gtk_box_append (GTK_BOX (self->picked), self->picked_label);
  gtk_box_append (GTK_BOX (self->picked), self->change);
  gtk_widget_set_parent (self->search, GTK_WIDGET (self));
  gtk_widget_set_parent (self->found_label, GTK_WIDGET (self));
  gtk_widget_set_parent (self->found, GTK_WIDGET (self));
  gtk_widget_set_parent (self->picked, GTK_WIDGET (self));
  way_compat_name (self->found, _ ("What the search finds"));
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (search_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "activate", G_CALLBACK (search_activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->found, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->change, "clicked", G_CALLBACK (change_cb), self,
                           G_CONNECT_SWAPPED);
  search_changed_cb (self);
  self->control = self->search;
}

static void
build (WayFormEntry *self)
{
  const char *hint = way_desk_get_field (self->entry, "hint");
  gboolean is_required = g_strcmp0 (way_desk_get_field (self->entry, "required"), "1") == 0;
  /* Translators: %s is the label of an entry that has to be filled in. */
  g_autofree char *label = is_required ? g_strdup_printf (_ ("%s (needed)"), get_label (self))
                                       : g_strdup (get_label (self));

  gtk_widget_set_parent (way_desk_text_new (label, "heading"), GTK_WIDGET (self));
  if (hint != NULL)
    gtk_widget_set_parent (way_desk_text_new (hint, "caption"), GTK_WIDGET (self));

  if (is_kind (self, "choice") && g_strcmp0 (way_desk_get_field (self->entry, "look"), "list") == 0)
    build_drop (self);
  else if (is_kind (self, "choice"))
    build_choices (self, "option");
  else if (is_kind (self, "code"))
    build_code (self);
  else
    build_text (self);
  if (is_kind (self, "number"))
    build_choices (self, "unit");

  self->error = way_desk_text_new (NULL, "desk-error");
  gtk_widget_set_parent (self->error, GTK_WIDGET (self));
  way_compat_name (GTK_WIDGET (self), label);
  if (self->choices->len == 0 || self->text != NULL)
    way_compat_name (self->control, label);
}

/* Plain words, no blame; %NULL when nothing is wrong or the form does not say. */
static char *
dup_error (WayFormEntry *self)
{
  const char *min = way_desk_get_field (self->entry, "min");
  const char *max = way_desk_get_field (self->entry, "max");

  if (!way_form_is_checked (self->form, self->entry))
    return NULL;

  switch (way_practice_get_entry_problem (self->practice, self->form->id, self->entry->id))
    {
    case WAY_ENTRY_EMPTY:
      return way_practice_was_refused (self->practice, self->form->id)
                 ? g_strdup (_ ("This is needed before the form can be sent."))
                 : NULL;
    case WAY_ENTRY_NOT_NUMBER:
      return g_strdup (_ ("Write a number in figures."));
    case WAY_ENTRY_NO_UNIT:
      return g_strdup (_ ("Choose the unit of the number."));
    case WAY_ENTRY_TOO_SMALL:
      return g_strdup_printf (_ ("The smallest number that fits here is %s."), min);
    case WAY_ENTRY_TOO_LARGE:
      return g_strdup_printf (_ ("The largest number that fits here is %s."), max);
    case WAY_ENTRY_NOT_DATE:
      return g_strdup (_ ("Write a date as day, month and year, such as 22/11/2026."));
    case WAY_ENTRY_FUTURE:
      return g_strdup (_ ("That date is in the future."));
    case WAY_ENTRY_NOT_TIME:
      return g_strdup (_ ("Write a time with hours and minutes, such as 09:05."));
    case WAY_ENTRY_NOT_PHONE:
      return g_strdup (_ ("A phone number here has 11 figures and begins with 0."));
    case WAY_ENTRY_NOT_TEN_FIGURES:
      return g_strdup (_ ("An NHS number has 10 figures."));
    case WAY_ENTRY_CHECK_DIGIT:
      return g_strdup (_ ("No NHS number has these figures in this order. One may be wrong, or 2 "
                          "may have changed places."));
    case WAY_ENTRY_TOO_LONG:
      return g_strdup_printf (_ ("That is longer than the %s letters that fit here."), max);
    case WAY_ENTRY_FINE:
      return NULL;
    default:
      g_return_val_if_reached (NULL);
    }
}

static void
update_choices (WayFormEntry *self, const char *chosen)
{
  for (guint i = 0; i < self->choices->len; i++)
    gtk_check_button_set_active (
        GTK_CHECK_BUTTON (self->choices->pdata[i]),
        g_strcmp0 (g_object_get_data (self->choices->pdata[i], "desk-value"), chosen) == 0);
}

static void
update_drop (WayFormEntry *self, const char *value)
{
  guint n = 0;

  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->drop), 0);
  for (guint i = 0; i < self->entry->parts->len; i++)
    {
      const WayDeskRecord *option = g_ptr_array_index (self->entry->parts, i);

      if (strcmp (option->type, "option") != 0)
        continue;
      n++;
      if (g_strcmp0 (option->id, value) == 0)
        gtk_drop_down_set_selected (GTK_DROP_DOWN (self->drop), n);
    }
}

static void
update_code (WayFormEntry *self, const char *value)
{
  g_autofree char *words = way_form_dup_words (self->entry, value);
  /* Translators: a button that takes away what was chosen; %s is that. */
  g_autofree char *name = g_strdup_printf (_ ("Change: %s"), words);

  gtk_label_set_label (GTK_LABEL (self->picked_label), words);
  way_compat_name (self->change, name);
  gtk_widget_set_visible (self->picked, value != NULL);
  gtk_widget_set_visible (self->search, value == NULL);
  gtk_widget_set_visible (self->found_label, value == NULL);
  if (value != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_set_visible (self->found,
                          value == NULL && gtk_widget_get_first_child (self->found) != NULL);
  self->control = value != NULL ? self->change : self->search;
}

static gboolean
way_form_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (WAY_FORM_ENTRY (widget)->control);
}

static void
way_form_entry_dispose (GObject *object)
{
  WayFormEntry *self = WAY_FORM_ENTRY (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  g_clear_object (&self->practice);

  G_OBJECT_CLASS (way_form_entry_parent_class)->dispose (object);
}

static void
way_form_entry_class_init (WayFormEntryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = way_form_entry_dispose;
  widget_class->grab_focus = way_form_entry_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
way_form_entry_init (WayFormEntry *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  self->choices = g_ptr_array_new ();
}

/**
 * way_form_entry_new:
 * @practice: a run with the app "form"
 * @form: one of its forms
 * @entry: an entry of that form
 *
 * Returns: (transfer floating): the entry as it stands
 */
GtkWidget *
way_form_entry_new (WayPractice *practice, const WayDeskRecord *form, const WayDeskRecord *entry)
{
  WayFormEntry *self;

  g_return_val_if_fail (WAY_IS_PRACTICE (practice) && form != NULL && entry != NULL, NULL);

  self = g_object_new (WAY_TYPE_FORM_ENTRY, NULL);
  self->practice = g_object_ref (practice);
  self->form = form;
  self->entry = entry;
  build (self);
  way_form_entry_update (self);

  return GTK_WIDGET (self);
}

/**
 * way_form_entry_commit:
 *
 * Makes what is typed count, as when the focus goes on.
 */
void
way_form_entry_commit (WayFormEntry *self)
{
  g_autofree char *typed = NULL;
  g_autofree char *value = NULL;

  g_return_if_fail (WAY_IS_FORM_ENTRY (self));

  if (self->text == NULL || self->is_updating)
    return;
  typed = dup_typed (self);
  value = way_form_dup_canonical (self->entry, typed, get_chosen (self));
  if (g_strcmp0 (value, get_value (self)) != 0)
    hold (self, value);
}

/**
 * way_form_entry_update:
 *
 * Shows what the entry holds now, and what is wrong with it where the form says so.
 */
void
way_form_entry_update (WayFormEntry *self)
{
  const char *value;
  g_autofree char *error = NULL;
  const char *hint;
  g_autofree char *described = NULL;

  g_return_if_fail (WAY_IS_FORM_ENTRY (self));

  value = get_value (self);
  self->is_updating = TRUE;
  if (self->text != NULL)
    {
      g_autofree char *unit = NULL;
      g_autofree char *shown = way_form_dup_shown (self->entry, value, &unit);

      show_typed (self, shown);
      if (value != NULL)
        update_choices (self, unit);
    }
  else if (self->drop != NULL)
    update_drop (self, value);
  else if (self->search != NULL)
    update_code (self, value);
  else
    update_choices (self, value);
  self->is_updating = FALSE;

  error = dup_error (self);
  hint = way_desk_get_field (self->entry, "hint");
  if (error != NULL && g_strcmp0 (error, gtk_label_get_label (GTK_LABEL (self->error))) != 0)
    way_compat_announce (GTK_WIDGET (self), error);
  gtk_label_set_label (GTK_LABEL (self->error), error != NULL ? error : "");
  gtk_widget_set_visible (self->error, error != NULL);
  described = error != NULL ? g_strjoin (" ", error, hint, NULL) : g_strdup (hint);
  way_compat_describe (self->control, described);
}

/**
 * way_form_entry_is_amiss:
 *
 * Returns: whether it says that something is wrong
 */
gboolean
way_form_entry_is_amiss (WayFormEntry *self)
{
  g_return_val_if_fail (WAY_IS_FORM_ENTRY (self), FALSE);

  return gtk_widget_get_visible (self->error);
}
