/* way-help-log.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/people/way-help-log.h"

#include "pages/way-chips.h"
#include "pages/way-detail.h"
#include "pages/way-help-words.h"
#include "pages/way-system-choice.h"
#include "session/way-corner.h"
#include "widgets/way-compat.h"
#include "widgets/way-words.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>

/* Noting down help that was given: one row of controls, ten seconds. */
struct _WayHelpLog
{
  AdwBin parent_instance;

  WaySession *session; /* (owned) */
  GListStore *people;  /* (owned) of WayRow: nobody, then the champion's people */

  GtkWidget *head; /* what shows of it where there is little room */
  GtkWidget *opener;
  GtkWidget *given[2]; /* beside the opener, and among the controls */
  GtkWidget *revealer;
  WayChips *topic;
  WayChips *number;
  WayChips *minutes;
  GtkDropDown *who;
  GtkDropDown *when;
  GtkDropDown *where;
  GtkWidget *where_group;
  GListStore *places; /* (owned) of WayRow: one's own, then those of the people */
  WaySystemChoice *system;
  GtkWidget *log;
  GtkWidget *tip; /* what worked for other champions, on what is chosen */
  GtkWidget *repeat;
  int last[3];       /* places of what was logged last: topic, number, minutes */
  char *last_system; /* (owned) (nullable) and which system it was about */
  gboolean is_narrow;
  gboolean is_saving;
};

G_DEFINE_FINAL_TYPE (WayHelpLog, way_help_log, ADW_TYPE_BIN)

enum
{
  LOGGED,
  SHOW_GIVEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const int NUMBERS[] = { 1, 2, 3 };
static const int MINUTES[] = { 5, 10, 15, 20 };
#define USUAL_MINUTES 1 /* the place of 10 */
#define LATEST_DAYS 7   /* how long ago something may be noted */

/* A moment of the day so many days ago, by the clock here: now, or noon. */
static gint64
find_day (guint days)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) then = g_date_time_add_days (now, -(int) days);
  g_autoptr (GDateTime)
      noon = g_date_time_new_local (g_date_time_get_year (then), g_date_time_get_month (then),
                                    g_date_time_get_day_of_month (then), 12, 0, 0);

  return days > 0 ? g_date_time_to_unix (noon) * G_USEC_PER_SEC : 0;
}

static void
reset (WayHelpLog *self)
{
  way_chips_set_selected (self->topic, -1);
  way_chips_set_selected (self->number, 0);
  way_chips_set_selected (self->minutes, USUAL_MINUTES);
  gtk_drop_down_set_selected (self->who, 0);
  gtk_drop_down_set_selected (self->when, 0);
  way_system_choice_set (self->system, NULL);
  if (self->is_narrow)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->opener), FALSE);
}

static void
tips_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayHelpLog) self = user_data;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, NULL);
  int chosen = self->session != NULL ? way_chips_get_selected (self->topic) : -1;

  gtk_widget_set_visible (self->tip, FALSE);
  for (guint i = 0; rows != NULL && chosen >= 0 && i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rows, i);
      g_autofree char *text = NULL;

      if (!g_str_equal (way_row_get_text (row, "topic"), way_help_topic_get_word ((guint) chosen)))
        continue;
      /* Translators: %s is a tip, in somebody’s words. */
      text = g_strdup_printf (_ ("What worked for others: %s"), way_row_get_text (row, "text"));
      gtk_label_set_label (GTK_LABEL (self->tip), text);
      gtk_widget_set_visible (self->tip, TRUE);
      return;
    }
}

/* The best tip on what it was about, for the next time. */
static void
topic_cb (WayHelpLog *self)
{
  if (self->session == NULL || way_chips_get_selected (self->topic) < 0)
    gtk_widget_set_visible (self->tip, FALSE);
  else
    way_corner_load_tips_async (self->session, NULL, tips_cb, g_object_ref (self));
}

/* One press logs the same again; it says what that is. */
static void
show_repeat (WayHelpLog *self)
{
  g_autofree char *time = way_format_minutes (MINUTES[self->last[2]]);
  /* Translators: what help was about, then how long it took. */
  g_autofree char *label = g_strdup_printf (_ ("Again: %s, %s"),
                                            way_help_topic_get_nth ((guint) self->last[0]), time);

  gtk_button_set_label (GTK_BUTTON (self->repeat), label);
  way_compat_name (self->repeat, label);
  gtk_widget_set_visible (gtk_widget_get_parent (self->repeat), TRUE);
}

typedef struct
{
  WayHelpLog *log;
  char *said;
} Saving;

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Saving *saving = user_data;
  WayHelpLog *self = saving->log;
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;

  self->is_saving = FALSE;
  if (way_session_write_finish (WAY_SESSION (source), result, &id, &error))
    {
      reset (self);
      show_repeat (self);
      gtk_widget_activate_action (GTK_WIDGET (self), "win.undo-toast", "(ss)", saving->said, id);
      g_signal_emit (self, signals[LOGGED], 0);
    }
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", error->message);
  g_free (saving->said);
  g_object_unref (saving->log);
  g_free (saving);
}

static void
log_cb (WayHelpLog *self)
{
  int topic = way_chips_get_selected (self->topic);
  int number = NUMBERS[way_chips_get_selected (self->number)];
  int minutes = MINUTES[way_chips_get_selected (self->minutes)];
  WayRow *person = gtk_drop_down_get_selected_item (self->who);
  WayRow *place = gtk_drop_down_get_selected_item (self->where);
  const char *id = person != NULL ? way_row_get_text (person, "person") : "";
  const char *unit = place != NULL ? way_row_get_text (place, "unit") : "";
  gboolean is_elsewhere = person != NULL && way_row_get_int (person, "is_elsewhere") != 0;
  g_autofree char *time = way_format_minutes (minutes);
  Saving *saving;

  if (self->is_saving)
    return;
  if (topic < 0)
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->topic));
      way_compat_announce (GTK_WIDGET (self->topic), _ ("Choose what it was about."));
      gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s",
                                  _ ("Choose what it was about."));
      return;
    }
  /* Who called from a place that is none of theirs was helped there. */
  if (is_elsewhere && *unit == '\0')
    unit = way_row_get_text (person, "unit");
  self->is_saving = TRUE;
  self->last[0] = topic;
  self->last[1] = way_chips_get_selected (self->number);
  self->last[2] = way_chips_get_selected (self->minutes);
  g_free (self->last_system);
  self->last_system = g_strdup (way_system_choice_get (self->system));
  saving = g_new0 (Saving, 1);
  saving->log = g_object_ref (self);
  /* Translators: what help was about, then how long it took. */
  saving->said = g_strdup_printf (_ ("Logged: %s, %s."), way_help_topic_get_nth ((guint) topic),
                                  time);
  way_session_log_help_async (self->session, *id != '\0' ? id : NULL,
                              way_help_topic_get_word ((guint) topic), self->last_system, number,
                              minutes, NULL, find_day (gtk_drop_down_get_selected (self->when)),
                              *unit != '\0' ? unit : NULL, NULL, saved_cb, saving);
}

static void
repeat_cb (WayHelpLog *self)
{
  way_chips_set_selected (self->topic, self->last[0]);
  way_chips_set_selected (self->number, self->last[1]);
  way_chips_set_selected (self->minutes, self->last[2]);
  way_system_choice_set (self->system, self->last_system);
  log_cb (self);
}

static void
given_cb (WayHelpLog *self)
{
  g_signal_emit (self, signals[SHOW_GIVEN], 0);
}

static void
opened_cb (WayHelpLog *self)
{
  gboolean is_open = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->opener));

  gtk_button_set_label (GTK_BUTTON (self->opener), is_open ? _ ("Close") : _ ("Log Help Given"));
  way_compat_name (self->opener, is_open ? _ ("Close the log of help") : _ ("Log Help Given"));
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), is_open);
  gtk_widget_set_visible (self->revealer, is_open);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *keys,
                guint keyval,
                guint keycode,
                GdkModifierType modifiers,
                WayHelpLog *self)
{
  if ((modifiers & GDK_CONTROL_MASK) == 0
      || (keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter))
    return GDK_EVENT_PROPAGATE;
  log_cb (self);
  return GDK_EVENT_STOP;
}

/* A drop-down says what is chosen only where its inner button is named so. */
static void
name_who_cb (WayHelpLog *self)
{
  WayRow *row = gtk_drop_down_get_selected_item (self->who);

  if (row != NULL)
    way_detail_name_drop_down (self->who, _ ("Who was helped"), way_row_get_text (row, "name"));
}

static void
name_when_cb (WayHelpLog *self)
{
  GtkStringObject *item = gtk_drop_down_get_selected_item (self->when);

  if (item != NULL)
    way_detail_name_drop_down (self->when, _ ("When it was"), gtk_string_object_get_string (item));
}

static void
name_where_cb (WayHelpLog *self)
{
  WayRow *row = gtk_drop_down_get_selected_item (self->where);

  if (row != NULL)
    way_detail_name_drop_down (self->where, _ ("Where it was"), way_row_get_text (row, "name"));
}

static char *
get_name_cb (gpointer row, gpointer user_data)
{
  return g_strdup (way_row_get_text (row, "name"));
}

static WayRow *
create_choice (const char *column, const char *id, const char *name)
{
  g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *values = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (columns, g_strdup (column));
  g_ptr_array_add (columns, g_strdup ("name"));
  g_ptr_array_add (values, g_strdup (id));
  g_ptr_array_add (values, g_strdup (name));
  return way_row_new (columns, values);
}

static void
way_help_log_dispose (GObject *object)
{
  WayHelpLog *self = WAY_HELP_LOG (object);

  g_clear_object (&self->session);
  g_clear_object (&self->people);
  g_clear_object (&self->places);
  g_clear_pointer (&self->last_system, g_free);

  G_OBJECT_CLASS (way_help_log_parent_class)->dispose (object);
}

static void
way_help_log_class_init (WayHelpLogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = way_help_log_dispose;

  /* Something was written down. */
  signals[LOGGED] = g_signal_new ("logged", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  /* The person wants to see what was written down. */
  signals[SHOW_GIVEN] = g_signal_new ("show-given", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
add_group (WayHelpLog *self, GtkWidget *wrap, const char *name, GtkWidget *control)
{
  GtkWidget *group = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *label = gtk_label_new (name);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "way-quiet");
  way_compat_hide (label);
  gtk_box_append (GTK_BOX (group), label);
  gtk_box_append (GTK_BOX (group), control);
  way_wrap_box_append (WAY_WRAP_BOX (wrap), group);
}

static GtkWidget *
create_numbers (WayHelpLog *self)
{
  GtkWidget *chips = g_object_new (WAY_TYPE_CHIPS, "label", _ ("How many people"), "linked", TRUE,
                                   NULL);

  self->number = WAY_CHIPS (chips);
  for (guint i = 0; i < G_N_ELEMENTS (NUMBERS); i++)
    {
      gboolean is_last = i == G_N_ELEMENTS (NUMBERS) - 1;
      g_autofree char *label = g_strdup_printf (is_last ? "%d+" : "%d", NUMBERS[i]);
      g_autofree char *name = is_last ? g_strdup_printf (_ ("%d people or more"), NUMBERS[i])
                                      : g_strdup_printf (ngettext ("%d person", "%d people",
                                                                   (gulong) NUMBERS[i]),
                                                         NUMBERS[i]);

      way_chips_add (self->number, label, name);
    }
  return chips;
}

static GtkWidget *
create_minutes (WayHelpLog *self)
{
  GtkWidget *chips = g_object_new (WAY_TYPE_CHIPS, "label", _ ("How long"), "linked", TRUE, NULL);

  self->minutes = WAY_CHIPS (chips);
  for (guint i = 0; i < G_N_ELEMENTS (MINUTES); i++)
    {
      g_autofree char *label = g_strdup_printf ("%d", MINUTES[i]);
      g_autofree char *name = way_format_minutes (MINUTES[i]);

      way_chips_add (self->minutes, label, name);
    }
  return chips;
}

static GtkWidget *
create_who (WayHelpLog *self)
{
  GtkExpression *expression = gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL,
                                                           G_CALLBACK (get_name_cb), NULL, NULL);
  GtkWidget *who = gtk_drop_down_new (G_LIST_MODEL (g_object_ref (self->people)), expression);

  self->who = GTK_DROP_DOWN (who);
  gtk_drop_down_set_enable_search (self->who, TRUE);
  gtk_widget_set_size_request (who, 130, -1);
  g_signal_connect_object (who, "notify::selected", G_CALLBACK (name_who_cb), self,
                           G_CONNECT_SWAPPED);
  return who;
}

static GtkWidget *
create_when (WayHelpLog *self)
{
  GtkStringList *days = gtk_string_list_new (NULL);
  GtkWidget *when;

  gtk_string_list_append (days, _ ("Today"));
  gtk_string_list_append (days, _ ("Yesterday"));
  for (guint i = 2; i <= LATEST_DAYS; i++)
    {
      g_autoptr (GDateTime) day = g_date_time_new_from_unix_local (find_day (i) / G_USEC_PER_SEC);
      g_autofree char *name = g_date_time_format (day, "%A, %e %B");

      gtk_string_list_append (days, name);
    }
  when = gtk_drop_down_new (G_LIST_MODEL (days), NULL);
  self->when = GTK_DROP_DOWN (when);
  g_signal_connect_object (when, "notify::selected", G_CALLBACK (name_when_cb), self,
                           G_CONNECT_SWAPPED);
  return when;
}

static GtkWidget *
create_where (WayHelpLog *self)
{
  GtkExpression *expression = gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL,
                                                           G_CALLBACK (get_name_cb), NULL, NULL);
  GtkWidget *where = gtk_drop_down_new (G_LIST_MODEL (g_object_ref (self->places)), expression);

  self->where = GTK_DROP_DOWN (where);
  gtk_widget_set_size_request (where, 130, -1);
  g_signal_connect_object (where, "notify::selected", G_CALLBACK (name_where_cb), self,
                           G_CONNECT_SWAPPED);
  return where;
}

static void
way_help_log_init (WayHelpLog *self)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL,
                                 "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  GtkWidget *head = way_wrap_box_new (12, 6);
  GtkWidget *wrap = way_wrap_box_new (18, 6);
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkWidget *system_label;
  g_autoptr (WayRow) nobody = create_choice ("person", "", _ ("No name"));
  g_autoptr (WayRow) own = create_choice ("unit", "", _ ("My place"));

  self->people = g_list_store_new (WAY_TYPE_ROW);
  g_list_store_append (self->people, nobody);
  self->places = g_list_store_new (WAY_TYPE_ROW);
  g_list_store_append (self->places, own);

  self->opener = gtk_toggle_button_new_with_label (_ ("Log Help Given"));
  gtk_widget_set_tooltip_text (self->opener, _ ("Ctrl+L"));
  g_signal_connect_swapped (self->opener, "toggled", G_CALLBACK (opened_cb), self);
  for (guint i = 0; i < G_N_ELEMENTS (self->given); i++)
    {
      self->given[i] = gtk_button_new ();
      gtk_widget_add_css_class (self->given[i], "flat");
      g_signal_connect_swapped (self->given[i], "clicked", G_CALLBACK (given_cb), self);
    }
  gtk_widget_set_visible (head, FALSE);
  self->head = head;
  way_wrap_box_append (WAY_WRAP_BOX (head), self->opener);

  self->topic = WAY_CHIPS (way_chips_new (_ ("What it was about")));
  for (guint i = 0; i < way_help_topic_count (); i++)
    way_chips_add (self->topic, way_help_topic_get_nth (i), NULL);
  add_group (self, wrap, _ ("Help given with"), GTK_WIDGET (self->topic));
  add_group (self, wrap, _ ("People"), create_numbers (self));
  add_group (self, wrap, _ ("Minutes"), create_minutes (self));
  add_group (self, wrap, _ ("Who, if you like"), create_who (self));
  add_group (self, wrap, _ ("When"), create_when (self));
  add_group (self, wrap, _ ("Where"), create_where (self));
  self->where_group = gtk_widget_get_parent (GTK_WIDGET (self->where));
  gtk_widget_set_visible (self->where_group, FALSE);
  self->system = g_object_new (WAY_TYPE_SYSTEM_CHOICE, "orientation", GTK_ORIENTATION_VERTICAL,
                               "spacing", 3, NULL);
  system_label = gtk_widget_get_first_child (GTK_WIDGET (self->system));
  gtk_label_set_xalign (GTK_LABEL (system_label), 0);
  gtk_widget_add_css_class (system_label, "caption");
  gtk_widget_add_css_class (system_label, "way-quiet");
  way_wrap_box_append (WAY_WRAP_BOX (wrap), GTK_WIDGET (self->system));
  self->log = gtk_button_new_with_label (_ ("Log Help"));
  gtk_widget_set_tooltip_text (self->log, _ ("Ctrl+Enter"));
  gtk_widget_add_css_class (self->log, "suggested-action");
  g_signal_connect_swapped (self->log, "clicked", G_CALLBACK (log_cb), self);
  add_group (self, wrap, "", self->log);
  self->repeat = gtk_button_new_with_label ("");
  g_signal_connect_swapped (self->repeat, "clicked", G_CALLBACK (repeat_cb), self);
  add_group (self, wrap, "", self->repeat);
  gtk_widget_set_visible (gtk_widget_get_parent (self->repeat), FALSE);
  way_wrap_box_append (WAY_WRAP_BOX (head), self->given[0]);
  add_group (self, wrap, "", self->given[1]);

  self->revealer = gtk_revealer_new ();
  gtk_revealer_set_transition_type (GTK_REVEALER (self->revealer),
                                    GTK_REVEALER_TRANSITION_TYPE_SLIDE_DOWN);
  gtk_revealer_set_child (GTK_REVEALER (self->revealer), wrap);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), TRUE);
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), self->revealer);
  self->tip = way_detail_add_label (GTK_BOX (box), "", "way-quiet");
  gtk_widget_set_visible (self->tip, FALSE);
  g_signal_connect_object (self->topic, "notify::selected", G_CALLBACK (topic_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (box, "way-help-log");
  way_compat_name (box, _ ("Log help given"));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (box, keys);
  adw_bin_set_child (ADW_BIN (self), box);

  reset (self);
  name_who_cb (self);
  name_when_cb (self);
  name_where_cb (self);
  way_help_log_set_minutes (self, 0);
}

/**
 * way_help_log_new:
 *
 * Returns: (transfer floating): controls to log help with
 */
GtkWidget *
way_help_log_new (WaySession *session)
{
  WayHelpLog *self = g_object_new (WAY_TYPE_HELP_LOG, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}

/* The places of the champion's own people, once each; what is chosen stays chosen. */
static void
set_places (WayHelpLog *self, GListModel *people)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_places = g_list_model_get_n_items (G_LIST_MODEL (self->places));

  for (guint i = 0; i < n_places; i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (self->places), i);

      g_hash_table_add (known, g_strdup (way_row_get_text (row, "unit")));
    }
  for (guint i = 0; i < g_list_model_get_n_items (people); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (people, i);
      g_autoptr (WayRow) place = NULL;

      if (way_row_get_int (row, "is_elsewhere") != 0
          || !g_hash_table_add (known, g_strdup (way_row_get_text (row, "unit"))))
        continue;
      place = create_choice ("unit", way_row_get_text (row, "unit"),
                             way_row_get_text (row, "unit_name"));
      g_list_store_append (self->places, place);
    }
  /* With one place there is nothing to choose. */
  gtk_widget_set_visible (self->where_group,
                          g_list_model_get_n_items (G_LIST_MODEL (self->places)) > 2);
}

/**
 * way_help_log_set_people:
 * @people: of WayRow: the champion's people
 *
 * Whom one may name. Who is chosen stays chosen.
 */
void
way_help_log_set_people (WayHelpLog *self, GListModel *people)
{
  WayRow *chosen;
  g_autofree char *id = NULL;
  guint n;

  g_return_if_fail (WAY_IS_HELP_LOG (self));

  set_places (self, people);
  way_system_choice_load (self->system, self->session);
  chosen = gtk_drop_down_get_selected_item (self->who);
  id = g_strdup (chosen != NULL ? way_row_get_text (chosen, "person") : "");
  g_list_store_splice (self->people, 1, g_list_model_get_n_items (G_LIST_MODEL (self->people)) - 1,
                       NULL, 0);
  n = g_list_model_get_n_items (people);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (people, i);

      g_list_store_append (self->people, row);
      if (g_str_equal (way_row_get_text (row, "person"), id))
        gtk_drop_down_set_selected (self->who, i + 1);
    }
}

/**
 * way_help_log_set_minutes:
 * @minutes: given this month
 */
void
way_help_log_set_minutes (WayHelpLog *self, int minutes)
{
  g_autofree char *label = NULL;
  g_autofree char *brief = NULL;

  g_return_if_fail (WAY_IS_HELP_LOG (self));

  if (minutes > 0)
    {
      /* Translators: help that a champion gave since the first of the month. */
      label = g_strdup_printf (ngettext ("%d minute given this month",
                                         "%d minutes given this month", (gulong) minutes),
                               minutes);
      brief = g_strdup_printf (ngettext ("%d minute given", "%d minutes given", (gulong) minutes),
                               minutes);
    }
  else
    {
      label = g_strdup (_ ("Nothing logged this month"));
      brief = g_strdup (_ ("Nothing logged"));
    }
  for (guint i = 0; i < G_N_ELEMENTS (self->given); i++)
    {
      GtkLabel *words;

      gtk_button_set_label (GTK_BUTTON (self->given[i]), i == 0 ? brief : label);
      words = GTK_LABEL (gtk_button_get_child (GTK_BUTTON (self->given[i])));
      gtk_label_set_wrap (words, TRUE);
      gtk_label_set_justify (words, GTK_JUSTIFY_RIGHT);
      way_compat_name (self->given[i], label);
      way_compat_describe (self->given[i], _ ("Shows what you logged"));
    }
}

/**
 * way_help_log_set_is_narrow:
 * @is_narrow: whether the controls hide behind one button until they are wanted
 */
void
way_help_log_set_is_narrow (WayHelpLog *self, gboolean is_narrow)
{
  g_return_if_fail (WAY_IS_HELP_LOG (self));

  self->is_narrow = is_narrow;
  gtk_widget_set_visible (self->head, is_narrow);
  gtk_widget_set_visible (self->given[1], !is_narrow);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->opener), !is_narrow);
  opened_cb (self);
}

/**
 * way_help_log_begin:
 * @person: (nullable): who was helped
 *
 * Goes to the controls.
 */
void
way_help_log_begin (WayHelpLog *self, const char *person)
{
  g_return_if_fail (WAY_IS_HELP_LOG (self));

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->opener), TRUE);
  opened_cb (self);
  for (guint i = 1; person != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (self->people));
       i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (self->people), i);

      if (g_str_equal (way_row_get_text (row, "person"), person))
        gtk_drop_down_set_selected (self->who, i);
    }
  gtk_widget_grab_focus (GTK_WIDGET (self->topic));
}
