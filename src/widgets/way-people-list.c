/* way-people-list.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-people-list.h"

#include "practice/way-practice-share.h"
#include "widgets/way-compat.h"
#include "widgets/way-desk-parts.h"
#include "widgets/way-desk-words.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>
#include <string.h>

/* Who can be chosen, found by name, team or place. The card behind a name tells people of
 * one name apart. */
struct _WayPeopleList
{
  GtkWidget parent_instance;

  WayPractice *practice;      /* (owned) */
  const WayDeskRecord *share; /* (nullable) */
  gboolean is_updating;

  GtkWidget *box;
  GtkWidget *back_button;
  GtkWidget *search;
  GtkWidget *found;
  GtkWidget *rows;
};

G_DEFINE_FINAL_TYPE (WayPeopleList, way_people_list, GTK_TYPE_WIDGET)

enum
{
  BACK,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/**
 * way_share_line_get_name:
 * @line: "to", "edit"…
 *
 * Returns: (transfer none): the words on screen
 */
const char *
way_share_line_get_name (const char *line)
{
  static const struct
  {
    const char *line;
    const char *name;
  } names[] = {
    { "to", N_ ("To") },
    { "cc", N_ ("Cc") },
    { "bcc", N_ ("Bcc") },
    { "view", N_ ("Can read") },
    { "comment", N_ ("Can comment") },
    { "edit", N_ ("Can change") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (names[i].line, line) == 0)
      return _ (names[i].name);

  return line;
}

/**
 * way_person_dup_label:
 * @person: a person, or a list of people
 *
 * Returns: (transfer full): the name, for a list with how many are on it
 */
char *
way_person_dup_label (const WayDeskRecord *person)
{
  const char *size;

  g_return_val_if_fail (person != NULL, NULL);

  size = way_desk_get_field (person, "size");
  if (size == NULL)
    return g_strdup (way_desk_get_title (person));

  /* Translators: a list of addresses, and how many are on it. */
  return g_strdup_printf (_ ("%s (%s people)"), way_desk_get_title (person), size);
}

/* --- One person --------------------------------------------------------------------- */

static void
place_toggled_cb (WayPeopleList *self, GtkToggleButton *button)
{
  const WayDeskRecord *person = g_object_get_data (G_OBJECT (button), "desk-person");
  const char *line = g_object_get_data (G_OBJECT (button), "desk-line");
  gboolean is_on = gtk_toggle_button_get_active (button);
  g_autofree char *value = g_strconcat (line, "=", person->id, NULL);

  if (self->is_updating || self->share == NULL)
    return;
  way_practice_do (self->practice, is_on ? "put" : "take-out", self->share->id,
                   is_on ? value : person->id);
}

static void
add_card_line (GtkWidget *card, const char *label, const char *text)
{
  g_autofree char *line = NULL;

  if (text == NULL)
    return;
  line = g_strdup_printf ("%s: %s", label, text);
  gtk_box_append (GTK_BOX (card), way_desk_text_new (line, NULL));
}

static GtkWidget *
new_card (const WayDeskRecord *person)
{
  GtkWidget *card = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing",
                                  3, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  g_autofree char *name = g_strdup_printf (_ ("Card of %s"), way_desk_get_title (person));

  way_compat_name (card, name);
  add_card_line (card, _ ("Role"), way_desk_get_field (person, "role"));
  add_card_line (card, _ ("Team"), way_desk_get_field (person, "team"));
  add_card_line (card, _ ("Place"), way_desk_get_field (person, "place"));
  add_card_line (card, _ ("Note"), way_desk_get_field (person, "note"));
  gtk_widget_add_css_class (card, "desk-reveal");
  gtk_widget_set_visible (card, FALSE);

  return card;
}

static void
card_toggled_cb (WayPeopleList *self, GtkToggleButton *button)
{
  const WayDeskRecord *person = g_object_get_data (G_OBJECT (button), "desk-person");
  GtkWidget *card = g_object_get_data (G_OBJECT (button), "desk-card");
  gboolean is_on = gtk_toggle_button_get_active (button);

  gtk_widget_set_visible (card, is_on);
  if (is_on && self->share != NULL)
    way_practice_do (self->practice, "look", self->share->id, person->id);
}

static GtkWidget *
new_toggle (WayPeopleList *self, const WayDeskRecord *person, const char *label, const char *name)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (label);

  way_desk_button_tidy (button);
  gtk_widget_add_css_class (button, "desk-option");
  way_compat_name (button, name);
  g_object_set_data (G_OBJECT (button), "desk-person", (gpointer) person);

  return button;
}

static GtkWidget *
new_row (WayPeopleList *self, const WayDeskRecord *person)
{
  const char *const *lines = way_share_get_lines ();
  GtkWidget *row = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing",
                                 6, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  GtkWidget *buttons = way_wrap_box_new (6, 6);
  GtkWidget *card = new_card (person);
  g_autofree char *label = way_person_dup_label (person);
  const char *address = way_desk_get_field (person, "address");
  /* Translators: the card of a person, with role and team. */
  g_autofree char *name = g_strdup_printf (_ ("Card: %s"), label);
  GtkWidget *open = new_toggle (self, person, _ ("Card"), name);

  gtk_widget_add_css_class (row, "desk-person");
  way_compat_name (row, label);
  if (address != NULL)
    way_compat_describe (row, address);
  gtk_box_append (GTK_BOX (row), way_desk_text_new (label, "desk-from"));
  if (address != NULL)
    gtk_box_append (GTK_BOX (row), way_desk_text_new (address, "caption"));
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = way_share_line_get_name (lines[i]);
      g_autofree char *put = NULL;
      GtkWidget *button;

      if (!way_share_has_line (self->share, lines[i]))
        continue;
      /* Translators: a line of a message or a right, and a person. */
      put = g_strdup_printf (_ ("%s: %s"), line, label);
      button = new_toggle (self, person, line, put);
      /* Two people may have one name. */
      if (address != NULL)
        way_compat_describe (button, address);
      g_object_set_data (G_OBJECT (button), "desk-line", (gpointer) lines[i]);
      g_signal_connect_object (button, "toggled", G_CALLBACK (place_toggled_cb), self,
                               G_CONNECT_SWAPPED);
      way_wrap_box_append (WAY_WRAP_BOX (buttons), button);
    }
  if (address != NULL)
    way_compat_describe (open, address);
  g_object_set_data (G_OBJECT (open), "desk-card", card);
  g_signal_connect_object (open, "toggled", G_CALLBACK (card_toggled_cb), self, G_CONNECT_SWAPPED);
  way_wrap_box_append (WAY_WRAP_BOX (buttons), open);
  gtk_box_append (GTK_BOX (row), buttons);
  gtk_box_append (GTK_BOX (row), card);
  g_object_set_data (G_OBJECT (row), "desk-person", (gpointer) person);
  g_object_set_data (G_OBJECT (row), "desk-buttons", buttons);

  return row;
}

/* --- All of them -------------------------------------------------------------------- */

static char *
fold (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text != NULL ? text : "", -1, G_NORMALIZE_ALL);

  return g_utf8_casefold (normal != NULL ? normal : "", -1);
}

/* Each word that is typed stands somewhere on the card. */
static gboolean
is_found (const WayDeskRecord *person, const char *typed)
{
  static const char *const fields[] = { "name", "address", "role", "team", "place" };
  g_autoptr (GString) all = g_string_new (NULL);
  g_autofree char *wanted = fold (typed);
  g_autofree char *text = NULL;
  g_auto (GStrv) words = g_strsplit (wanted, " ", -1);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const char *field = way_desk_get_field (person, fields[i]);

      g_string_append_printf (all, "%s ", field != NULL ? field : "");
    }
  text = fold (all->str);
  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (text, words[i]) == NULL)
      return FALSE;

  return TRUE;
}

static void
search_changed_cb (WayPeopleList *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->search));
  g_autofree char *text = NULL;
  guint n = 0;

  for (GtkWidget *row = gtk_widget_get_first_child (self->rows); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      gboolean is_shown = is_found (g_object_get_data (G_OBJECT (row), "desk-person"), typed);

      gtk_widget_set_visible (row, is_shown);
      n += is_shown;
    }
  text = g_strdup_printf (g_dngettext (NULL, "%u name found", "%u names found", n), n);
  gtk_label_set_label (GTK_LABEL (self->found), text);
}

static void
back_cb (WayPeopleList *self)
{
  g_signal_emit (self, signals[BACK], 0);
}

/**
 * way_people_list_set_share:
 * @share: what people are chosen for
 *
 * Shows everybody, with a button for each line of the share.
 */
void
way_people_list_set_share (WayPeopleList *self, const WayDeskRecord *share)
{
  GPtrArray *records;

  g_return_if_fail (WAY_IS_PEOPLE_LIST (self) && share != NULL);

  self->share = share;
  records = way_practice_get_records (self->practice);
  way_desk_box_clear (self->rows);
  for (guint i = 0; i < records->len; i++)
    {
      const WayDeskRecord *record = g_ptr_array_index (records, i);

      if (strcmp (record->type, "person") == 0)
        gtk_box_append (GTK_BOX (self->rows), new_row (self, record));
    }
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  search_changed_cb (self);
  way_people_list_update (self);
}

/**
 * way_people_list_update:
 *
 * Shows who is where now.
 */
void
way_people_list_update (WayPeopleList *self)
{
  g_return_if_fail (WAY_IS_PEOPLE_LIST (self));

  if (self->share == NULL)
    return;

  self->is_updating = TRUE;
  for (GtkWidget *row = gtk_widget_get_first_child (self->rows); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      const WayDeskRecord *person = g_object_get_data (G_OBJECT (row), "desk-person");
      GtkWidget *buttons = g_object_get_data (G_OBJECT (row), "desk-buttons");
      const char *line = way_practice_get_line (self->practice, self->share, person->id);

      gtk_widget_set_sensitive (row,
                                way_practice_get_state (self->practice, self->share->id) == NULL);
      for (GtkWidget *child = gtk_widget_get_first_child (buttons); child != NULL;
           child = gtk_widget_get_next_sibling (child))
        {
          const char *own = g_object_get_data (G_OBJECT (child), "desk-line");

          if (own != NULL)
            gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (child), g_strcmp0 (own, line) == 0);
        }
    }
  self->is_updating = FALSE;
}

/**
 * way_people_list_set_folded:
 * @is_folded: whether the list stands in front of what it is for
 *
 * Then there is a way back.
 */
void
way_people_list_set_folded (WayPeopleList *self, gboolean is_folded)
{
  g_return_if_fail (WAY_IS_PEOPLE_LIST (self));

  gtk_widget_set_visible (self->back_button, is_folded);
}

/**
 * way_people_list_focus:
 *
 * Puts the focus on how many there are, so that it is read out.
 */
void
way_people_list_focus (WayPeopleList *self)
{
  g_return_if_fail (WAY_IS_PEOPLE_LIST (self));

  gtk_widget_grab_focus (self->found);
}

/* --- Making it ---------------------------------------------------------------------- */

static void
way_people_list_init (WayPeopleList *self)
{
  GtkWidget *tools = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = way_desk_text_new (_ ("Find a name, a team or a place"), NULL);
  GtkWidget *scroll = gtk_scrolled_window_new ();

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->back_button = way_desk_button_new (_ ("_Back to the message"));
  self->search = gtk_search_entry_new ();
  self->found = way_desk_text_new (NULL, "caption");
  self->rows = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL,
                             "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  gtk_widget_set_focusable (self->found, TRUE);
  gtk_widget_set_halign (self->back_button, GTK_ALIGN_START);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), self->search);
  way_compat_name (self->search, _ ("Find a name, a team or a place"));
  way_compat_name (self->rows, _ ("People"));
  g_signal_connect_object (self->back_button, "clicked", G_CALLBACK (back_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (search_changed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (tools, "desk-tools");
  gtk_box_append (GTK_BOX (tools), self->back_button);
  gtk_box_append (GTK_BOX (tools), label);
  gtk_box_append (GTK_BOX (tools), self->search);
  gtk_box_append (GTK_BOX (tools), self->found);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), self->rows);
  gtk_widget_set_vexpand (scroll, TRUE);
  gtk_box_append (GTK_BOX (self->box), tools);
  gtk_box_append (GTK_BOX (self->box), scroll);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

static void
way_people_list_dispose (GObject *object)
{
  WayPeopleList *self = WAY_PEOPLE_LIST (object);

  g_clear_object (&self->practice);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (way_people_list_parent_class)->dispose (object);
}

static void
way_people_list_class_init (WayPeopleListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = way_people_list_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  signals[BACK] = g_signal_new ("back", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

/**
 * way_people_list_new:
 * @practice: a run of a desk with people
 *
 * Returns: (transfer floating): the list, empty until it knows what for
 */
GtkWidget *
way_people_list_new (WayPractice *practice)
{
  WayPeopleList *self = g_object_new (WAY_TYPE_PEOPLE_LIST, NULL);

  g_return_val_if_fail (WAY_IS_PRACTICE (practice), GTK_WIDGET (self));

  self->practice = g_object_ref (practice);

  return GTK_WIDGET (self);
}
