/* way-drop-in-window.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pages/dropins/way-drop-in-window.h"

#include "session/way-drop-in.h"
#include "widgets/way-compat.h"
#include "widgets/way-text-guard.h"

#include <glib/gi18n.h>

/* Day, time and length are chosen from lists, so that nothing can be typed that is not one. */
struct _WayDropInWindow
{
  AdwWindow parent_instance;

  WaySession *session; /* (owned) */
  char *drop_in;       /* (owned) (nullable) the one that is changed */
  GDateTime *today;    /* (owned) midnight before the first day of the list */

  GtkEditable *title;
  GtkEditable *place;
  GtkEditable *text;
  AdwComboRow *day;
  AdwComboRow *time;
  AdwComboRow *minutes;
  AdwComboRow *audience; /* (nullable) */
  WayTextGuard *guard;
  GtkLabel *problem;
  GtkWidget *save;
};

G_DEFINE_FINAL_TYPE (WayDropInWindow, way_drop_in_window, ADW_TYPE_WINDOW)

enum
{
  SAVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

#define N_DAYS 60
#define QUARTER 15 /* minutes */
#define N_QUARTERS (24 * 60 / QUARTER)

static const int LENGTHS[] = { 15, 20, 30, 45, 60, 90, 120, 180, 240 };

enum
{
  FOR_UNIT,
  FOR_ALL,
};

static void
say_problem (WayDropInWindow *self, const char *text)
{
  gtk_label_set_label (self->problem, text);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), *text != '\0');
}

/* When it starts, µs UTC. */
static gint64
get_starts (WayDropInWindow *self)
{
  int quarter = (int) adw_combo_row_get_selected (self->time);
  g_autoptr (GDateTime)
      day = g_date_time_add_days (self->today, (int) adw_combo_row_get_selected (self->day));
  g_autoptr (GDateTime)
      starts = g_date_time_new_local (g_date_time_get_year (day), g_date_time_get_month (day),
                                      g_date_time_get_day_of_month (day), quarter * QUARTER / 60,
                                      quarter * QUARTER % 60, 0);

  return starts != NULL ? g_date_time_to_unix (starts) * G_USEC_PER_SEC : 0;
}

static char *
dup_entry (GtkEditable *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (entry)));
}

static void
changed_cb (WayDropInWindow *self)
{
  g_autofree char *title = dup_entry (self->title);
  g_autofree char *place = dup_entry (self->place);
  g_autofree char *text = dup_entry (self->text);
  g_autofree char *all = g_strjoin ("\n", title, place, text, NULL);
  gboolean is_clear = way_text_guard_check (self->guard, all);
  gboolean is_past = get_starts (self) < g_get_real_time ();

  say_problem (self, is_past ? _ ("This time has passed. Choose a later one.") : "");
  gtk_widget_set_sensitive (self->save, is_clear && !is_past && *title != '\0' && *place != '\0');
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayDropInWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!way_session_write_finish (WAY_SESSION (source), result, NULL, &error))
    {
      say_problem (self, error->message);
      way_compat_announce (GTK_WIDGET (self->problem), error->message);
      gtk_widget_set_sensitive (self->save, TRUE);
      return;
    }
  g_signal_emit (self, signals[SAVED], 0);
  gtk_window_close (GTK_WINDOW (self));
}

static void
save_cb (WayDropInWindow *self)
{
  g_autofree char *title = dup_entry (self->title);
  g_autofree char *place = dup_entry (self->place);
  g_autofree char *text = dup_entry (self->text);
  WayDropInPlan plan = {
    .title = title,
    .place = place,
    .text = *text != '\0' ? text : NULL,
    .starts = get_starts (self),
    .minutes = LENGTHS[adw_combo_row_get_selected (self->minutes)],
    .is_for_all = self->audience == NULL || adw_combo_row_get_selected (self->audience) == FOR_ALL,
    .drop_in = self->drop_in,
  };

  if (!gtk_widget_is_sensitive (self->save))
    return;
  gtk_widget_set_sensitive (self->save, FALSE);
  way_drop_in_plan_async (self->session, &plan, NULL, saved_cb, g_object_ref (self));
}

static GtkStringList *
list_days (WayDropInWindow *self)
{
  GtkStringList *list = gtk_string_list_new (NULL);

  for (int i = 0; i < N_DAYS; i++)
    {
      g_autoptr (GDateTime) day = g_date_time_add_days (self->today, i);
      g_autofree char *text = NULL;

      if (i == 0)
        text = g_strdup (_ ("Today"));
      else if (i == 1)
        text = g_strdup (_ ("Tomorrow"));
      else
        /* Translators: %A is the day of the week, %-d the day and %B the month. */
        text = g_date_time_format (day, _ ("%A %-d %B"));
      gtk_string_list_append (list, text);
    }
  return list;
}

static GtkStringList *
list_times (void)
{
  GtkStringList *list = gtk_string_list_new (NULL);

  for (int i = 0; i < N_QUARTERS; i++)
    {
      g_autofree char *text = g_strdup_printf ("%02d:%02d", i * QUARTER / 60, i * QUARTER % 60);

      gtk_string_list_append (list, text);
    }
  return list;
}

static GtkStringList *
list_lengths (void)
{
  GtkStringList *list = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (LENGTHS); i++)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("%d minute", "%d minutes",
                                                         (gulong) LENGTHS[i]),
                                               LENGTHS[i]);

      gtk_string_list_append (list, text);
    }
  return list;
}

static GtkEditable *
add_entry (WayDropInWindow *self, GtkWidget *box, const char *title)
{
  GtkWidget *part = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = gtk_label_new (title);
  GtkWidget *entry = gtk_entry_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "heading");
  gtk_entry_set_max_length (GTK_ENTRY (entry), 200);
  way_compat_name (entry, title);
  gtk_box_append (GTK_BOX (part), label);
  gtk_box_append (GTK_BOX (part), entry);
  gtk_box_append (GTK_BOX (box), part);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (save_cb), self);
  return GTK_EDITABLE (entry);
}

static AdwComboRow *
add_list (WayDropInWindow *self, AdwPreferencesGroup *group, const char *title, GtkStringList *list)
{
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  g_object_unref (list);
  way_compat_name (row, title);
  adw_preferences_group_add (group, row);
  g_signal_connect_swapped (row, "notify::selected", G_CALLBACK (changed_cb), self);
  return ADW_COMBO_ROW (row);
}

/* The next full hour, on the day on which it is. */
static void
choose_soon (WayDropInWindow *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  int hour = g_date_time_get_hour (now) + 1;

  adw_combo_row_set_selected (self->day, hour > 23 ? 1 : 0);
  adw_combo_row_set_selected (self->time, (guint) (hour % 24 * 60 / QUARTER));
  adw_combo_row_set_selected (self->minutes, 2);
}

static void
choose_row (WayDropInWindow *self, WayRow *row)
{
  g_autoptr (GDateTime)
      starts = g_date_time_new_from_unix_local (way_row_get_int (row, "starts") / G_USEC_PER_SEC);
  int minutes = (int) way_row_get_int (row, "minutes");

  gtk_editable_set_text (self->title, way_row_get_text (row, "title"));
  gtk_editable_set_text (self->place, way_row_get_text (row, "place"));
  gtk_editable_set_text (self->text, way_row_get_text (row, "text"));
  if (starts != NULL)
    {
      gint64 days = (g_date_time_difference (starts, self->today)) / G_TIME_SPAN_DAY;

      adw_combo_row_set_selected (self->day, (guint) CLAMP (days, 0, N_DAYS - 1));
      adw_combo_row_set_selected (self->time, (guint) ((g_date_time_get_hour (starts) * 60
                                                        + g_date_time_get_minute (starts))
                                                       / QUARTER));
    }
  for (guint i = 0; i < G_N_ELEMENTS (LENGTHS); i++)
    if (LENGTHS[i] <= minutes)
      adw_combo_row_set_selected (self->minutes, i);
  if (self->audience != NULL && !way_row_has (row, "unit_name"))
    adw_combo_row_set_selected (self->audience, FOR_ALL);
}

static GtkWidget *
create_header (WayDropInWindow *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));

  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  self->save = gtk_button_new_with_mnemonic (self->drop_in != NULL ? _ ("_Save") : _ ("_Plan"));
  gtk_widget_add_css_class (self->save, "suggested-action");
  g_signal_connect_swapped (self->save, "clicked", G_CALLBACK (save_cb), self);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->save);
  return header;
}

static void
build (WayDropInWindow *self)
{
  GtkWidget *view = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  AdwPreferencesGroup *when = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  GtkStringList *audiences;

  gtk_box_append (GTK_BOX (view), create_header (self));
  self->title = add_entry (self, box, _ ("What it is called"));
  self->place = add_entry (self, box, _ ("Where"));
  self->text = add_entry (self, box, _ ("What people can bring (optional)"));
  self->day = add_list (self, when, _ ("Day"), list_days (self));
  self->time = add_list (self, when, _ ("Starts"), list_times ());
  self->minutes = add_list (self, when, _ ("Lasts"), list_lengths ());
  audiences = gtk_string_list_new (NULL);
  gtk_string_list_append (audiences, _ ("People of my unit"));
  gtk_string_list_append (audiences, _ ("Everybody in the trust"));
  self->audience = add_list (self, when, _ ("For"), audiences);
  self->guard = g_object_new (WAY_TYPE_TEXT_GUARD, NULL);
  self->problem = GTK_LABEL (
      g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "visible", FALSE, NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->problem), "way-attention");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (when));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->guard));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->problem));
  g_object_set (box, "margin-top", 18, "margin-bottom", 24, "margin-start", 18, "margin-end", 18,
                NULL);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 480);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (view), scrolled);
  adw_window_set_content (ADW_WINDOW (self), view);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->title));
}

static void
way_drop_in_window_finalize (GObject *object)
{
  WayDropInWindow *self = WAY_DROP_IN_WINDOW (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->today, g_date_time_unref);
  g_free (self->drop_in);

  G_OBJECT_CLASS (way_drop_in_window_parent_class)->finalize (object);
}

static gboolean
save_key_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  save_cb (WAY_DROP_IN_WINDOW (widget));
  return TRUE;
}

static void
way_drop_in_window_class_init (WayDropInWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = way_drop_in_window_finalize;

  /* Saved on the disk of this computer. */
  signals[SAVED] = g_signal_new ("saved", WAY_TYPE_DROP_IN_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, save_key_cb, NULL);
}

static void
way_drop_in_window_init (WayDropInWindow *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  self->today = g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now),
                                       g_date_time_get_day_of_month (now), 0, 0, 0);
}

/**
 * way_drop_in_window_new:
 * @drop_in: (nullable): a row of way_drop_in_load_async() that is this person's own; NULL to
 *   plan a new one
 *
 * Returns: (transfer floating): the window; it says “saved”
 */
GtkWidget *
way_drop_in_window_new (WaySession *session, WayRow *drop_in)
{
  WayDropInWindow *self = g_object_new (WAY_TYPE_DROP_IN_WINDOW, "modal", TRUE, "default-width",
                                        480, "default-height", 620, "title",
                                        drop_in != NULL ? _ ("Change the Session")
                                                        : _ ("Plan a Drop-In Session"),
                                        NULL);

  self->session = g_object_ref (session);
  if (drop_in != NULL)
    self->drop_in = g_strdup (way_row_get_text (drop_in, "drop_in"));
  build (self);
  if (drop_in != NULL)
    choose_row (self, drop_in);
  else
    choose_soon (self);
  changed_cb (self);
  return GTK_WIDGET (self);
}
