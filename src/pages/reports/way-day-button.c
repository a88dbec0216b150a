/* way-day-button.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/reports/way-day-button.h"

#include "pages/reports/way-report-columns.h"
#include "widgets/way-compat.h"

#include <glib/gi18n.h>
#include <stdio.h>

/* “As at” a day: typed, or picked from a calendar. No day is now. */
struct _WayDayButton
{
  AdwBin parent_instance;

  GtkMenuButton *button;
  GtkWidget *popover;
  GtkWidget *entry;
  GtkCalendar *calendar;
  GtkLabel *error;
  char *day; /* (owned) (nullable) ISO */
  gboolean is_filling;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WayDayButton, way_day_button, ADW_TYPE_BIN)

static void
show_day (WayDayButton *self)
{
  g_autofree char *words = self->day != NULL ? way_report_format_day (self->day) : NULL;
  /* Translators: %s is a day, or “now”. */
  g_autofree char *label = g_strdup_printf (_ ("As at: %s"), words != NULL ? words : _ ("now"));

  gtk_menu_button_set_label (self->button, label);
  way_compat_name (GTK_WIDGET (self->button), label);
  way_compat_describe (GTK_WIDGET (self->button),
                       _ ("What the trust had received by the end of that day"));
}

static void
choose (WayDayButton *self, const char *day)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  if (g_strcmp0 (day, self->day) == 0)
    return;
  way_day_button_set_day (self, day);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
show_error (WayDayButton *self, const char *text)
{
  gtk_label_set_label (self->error, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error), text != NULL);
  if (text != NULL)
    {
      gtk_widget_grab_focus (self->entry);
      way_compat_announce (self->entry, text);
    }
}

static void
apply_cb (WayDayButton *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = NULL;
  const char *why_not = NULL;

  if (way_day_read (gtk_editable_get_text (GTK_EDITABLE (self->entry)), now, &day, &why_not))
    {
      show_error (self, NULL);
      choose (self, day);
    }
  else
    show_error (self, why_not);
}

static void
now_cb (WayDayButton *self)
{
  choose (self, NULL);
}

static void
day_selected_cb (WayDayButton *self)
{
  g_autoptr (GDateTime) date = gtk_calendar_get_date (self->calendar);
  g_autofree char *text = NULL;

  if (self->is_filling)
    return;
  text = g_strdup_printf ("%04d-%02d-%02d", g_date_time_get_year (date),
                          g_date_time_get_month (date), g_date_time_get_day_of_month (date));
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  show_error (self, NULL);
}

static void
shown_cb (WayDayButton *self)
{
  int year, month, day;
  g_autoptr (GDateTime) date = NULL;

  show_error (self, NULL);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), self->day != NULL ? self->day : "");
  if (self->day != NULL && sscanf (self->day, "%d-%d-%d", &year, &month, &day) == 3)
    date = g_date_time_new_local (year, month, day, 0, 0, 0);
  else
    date = g_date_time_new_now_local ();
  self->is_filling = TRUE;
  gtk_calendar_select_day (self->calendar, date);
  self->is_filling = FALSE;
  gtk_widget_grab_focus (self->entry);
}

static void
way_day_button_finalize (GObject *object)
{
  g_clear_pointer (&WAY_DAY_BUTTON (object)->day, g_free);

  G_OBJECT_CLASS (way_day_button_parent_class)->finalize (object);
}

static void
way_day_button_class_init (WayDayButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = way_day_button_finalize;

  /* Another day was chosen. */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
create_form (WayDayButton *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new_with_mnemonic (_ ("_Day, as 2026-03-31"));
  GtkWidget *hint = gtk_label_new (_ ("Figures as they stood at the end of that day. Empty: now."));
  GtkWidget *now = gtk_button_new_with_label (_ ("Now"));
  GtkWidget *apply = gtk_button_new_with_label (_ ("Show That Day"));

  self->entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _ ("YYYY-MM-DD"));
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), self->entry);
  way_compat_name (self->entry, _ ("Day, as 2026-03-31"));
  way_compat_describe (self->entry, gtk_label_get_label (GTK_LABEL (hint)));
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (apply_cb), self);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_xalign (GTK_LABEL (hint), 0);
  gtk_label_set_wrap (GTK_LABEL (hint), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (hint), 34);
  gtk_widget_add_css_class (hint, "caption");
  gtk_widget_add_css_class (hint, "way-quiet");
  self->error = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->error, 0);
  gtk_label_set_wrap (self->error, TRUE);
  gtk_label_set_max_width_chars (self->error, 34);
  gtk_widget_add_css_class (GTK_WIDGET (self->error), "way-attention");
  gtk_widget_set_visible (GTK_WIDGET (self->error), FALSE);

  self->calendar = GTK_CALENDAR (gtk_calendar_new ());
  way_compat_name (GTK_WIDGET (self->calendar), _ ("Day"));
  g_signal_connect_swapped (self->calendar, "day-selected", G_CALLBACK (day_selected_cb), self);

  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  g_signal_connect_swapped (now, "clicked", G_CALLBACK (now_cb), self);
  gtk_widget_add_css_class (apply, "suggested-action");
  g_signal_connect_swapped (apply, "clicked", G_CALLBACK (apply_cb), self);
  gtk_box_append (GTK_BOX (buttons), now);
  gtk_box_append (GTK_BOX (buttons), apply);

  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->error));
  gtk_box_append (GTK_BOX (box), hint);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->calendar));
  gtk_box_append (GTK_BOX (box), buttons);
  return box;
}

static void
way_day_button_init (WayDayButton *self)
{
  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  self->popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (self->popover), create_form (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->popover), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("As at which day"), -1);
  g_signal_connect_swapped (self->popover, "show", G_CALLBACK (shown_cb), self);
  gtk_menu_button_set_popover (self->button, self->popover);
  gtk_menu_button_set_always_show_arrow (self->button, TRUE);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->button));
  show_day (self);
}

/**
 * way_day_button_new:
 *
 * Returns: (transfer floating): a button for a day; now to begin with. It emits “changed”
 */
GtkWidget *
way_day_button_new (void)
{
  return g_object_new (WAY_TYPE_DAY_BUTTON, NULL);
}

/**
 * way_day_button_get_day:
 *
 * Returns: (transfer none) (nullable): the day as an ISO date, NULL for now
 */
const char *
way_day_button_get_day (WayDayButton *self)
{
  g_return_val_if_fail (WAY_IS_DAY_BUTTON (self), NULL);

  return self->day;
}

/**
 * way_day_button_set_day:
 * @day: (nullable): an ISO date, NULL for now
 */
void
way_day_button_set_day (WayDayButton *self, const char *day)
{
  g_return_if_fail (WAY_IS_DAY_BUTTON (self));

  if (day != self->day)
    {
      g_free (self->day);
      self->day = g_strdup (day);
    }
  show_day (self);
}

/**
 * way_day_read:
 * @text: what was typed
 * @now: the time now
 * @day: (out) (transfer full) (nullable): an ISO date, NULL where nothing was typed
 * @why_not: (out): a sentence, where it is no day that can be asked for
 *
 * Returns: whether @text is a day up to today, or nothing
 */
gboolean
way_day_read (const char *text, GDateTime *now, char **day, const char **why_not)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  int year, month, date;
  int used = 0;
  int today;

  *day = NULL;
  if (*trimmed == '\0')
    return TRUE;
  if (sscanf (trimmed, "%4d-%2d-%2d%n", &year, &month, &date, &used) != 3 || trimmed[used] != '\0'
      || used != 10)
    {
      *why_not = _ ("Write the day as year, month and day: 2026-03-31.");
      return FALSE;
    }
  if (month < 1 || month > 12 || year < 1 || date < 1
      || !g_date_valid_dmy ((GDateDay) date, (GDateMonth) month, (GDateYear) year))
    {
      *why_not = _ ("There is no such day in the calendar.");
      return FALSE;
    }
  today = g_date_time_get_year (now) * 10000 + g_date_time_get_month (now) * 100
          + g_date_time_get_day_of_month (now);
  if (year * 10000 + month * 100 + date > today)
    {
      *why_not = _ ("That day is in the future.");
      return FALSE;
    }
  *day = g_steal_pointer (&trimmed);
  return TRUE;
}
