/* way-given-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/people/way-given-view.h"

#include "pages/way-help-words.h"
#include "pages/people/way-tally-sheet.h"
#include "pages/way-detail.h"
#include "widgets/way-compat.h"
#include "widgets/way-document-out.h"
#include "widgets/way-tab-stop.h"
#include "widgets/way-words.h"

#include <glib/gi18n.h>

#define FIRST_ROWS 50

/* What a champion has logged, newest first. Each line can be taken back. */
struct _WayGivenView
{
  AdwBin parent_instance;

  WaySession *session; /* (owned) */
  GListModel *rows;    /* (owned) (nullable) of WayRow */
  guint n_shown;

  GtkBox *head;
  GtkListBox *list;
  GtkWidget *more;
};

G_DEFINE_FINAL_TYPE (WayGivenView, way_given_view, ADW_TYPE_BIN)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
retracted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayGivenView) self = user_data;
  g_autoptr (GError) error = NULL;

  if (way_session_write_finish (WAY_SESSION (source), result, NULL, &error))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", _ ("Taken back."));
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", error->message);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
take_back (WayGivenView *self, GtkWidget *row)
{
  gtk_widget_set_sensitive (row, FALSE);
  way_session_retract_async (self->session, g_object_get_data (G_OBJECT (row), "id"), NULL,
                             retracted_cb, g_object_ref (self));
}

static void
undo_cb (GtkButton *button, WayGivenView *self)
{
  take_back (self, gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_LIST_BOX_ROW));
}

static gboolean
key_pressed_cb (GtkEventControllerKey *keys,
                guint keyval,
                guint keycode,
                GdkModifierType modifiers,
                WayGivenView *self)
{
  GtkWidget *row = gtk_widget_get_focus_child (GTK_WIDGET (self->list));

  if (keyval != GDK_KEY_Delete || row == NULL || !gtk_widget_get_sensitive (row))
    return GDK_EVENT_PROPAGATE;
  take_back (self, row);
  return GDK_EVENT_STOP;
}

static char *
describe (WayRow *row)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *when = way_format_when (way_row_get_int (row, "at"));
  g_autofree char *time = way_format_minutes ((int) way_row_get_int (row, "minutes"));
  int people = (int) way_row_get_int (row, "people");
  g_auto (GStrv) parts = NULL;

  g_strv_builder_add (builder, when);
  g_strv_builder_add (builder, time);
  if (way_row_has (row, "person_name"))
    g_strv_builder_add (builder, way_row_get_text (row, "person_name"));
  if (people >= 3)
    g_strv_builder_add (builder, _ ("3 people or more"));
  else if (people > 1)
    g_strv_builder_add (builder, _ ("2 people"));
  if (way_row_has (row, "system"))
    g_strv_builder_add (builder, way_row_get_text (row, "system"));
  parts = g_strv_builder_end (builder);
  return g_strjoinv (" · ", parts);
}

static GtkWidget *
create_row (WayGivenView *self, WayRow *values)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *undo = gtk_button_new_with_label (_ ("Undo"));
  const char *topic = way_help_topic_get_name (way_row_get_text (values, "topic"));
  g_autofree char *subtitle = describe (values);
  g_autofree char *name = g_strdup_printf ("%s, %s", topic, subtitle);
  /* Translators: %s is what help was about, then when and how long. */
  g_autofree char *undo_name = g_strdup_printf (_ ("Undo: %s"), name);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), topic);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  g_object_set_data_full (G_OBJECT (row), "id", g_strdup (way_row_get_text (values, "id")), g_free);
  way_compat_name (row, name);
  way_compat_describe (row, _ ("Delete takes it back."));
  gtk_widget_set_valign (undo, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (undo, "flat");
  gtk_widget_set_tooltip_text (undo, _ ("Takes it back (Delete)"));
  way_compat_name (undo, undo_name);
  g_signal_connect (undo, "clicked", G_CALLBACK (undo_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), undo);
  return row;
}

static void
sheet_cb (WayGivenView *self)
{
  g_autoptr (WayDocument)
      sheet = way_tally_sheet_new (way_session_get_person_name (self->session),
                                   way_pack_get_language (way_session_get_pack (self->session)),
                                   g_get_real_time ());

  way_document_out_print (sheet, GTK_WIDGET (self));
}

static void
fill (WayGivenView *self)
{
  guint n = g_list_model_get_n_items (self->rows);
  int minutes = way_given_sum_month (self->rows, g_get_real_time ());
  GtkWidget *child;
  g_autofree char *total = NULL;
  GtkWidget *sheet;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  for (guint i = 0; i < MIN (n, self->n_shown); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (self->rows, i);

      gtk_list_box_append (self->list, create_row (self, row));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->list), n > 0);
  gtk_widget_set_visible (self->more, n > self->n_shown);

  way_detail_clear (self->head);
  way_detail_add_heading (self->head, _ ("Help you gave"));
  total = n == 0
              ? g_strdup (_ ("Nothing is logged yet. A line takes ten seconds: choose what it was "
                             "about, and press Log Help."))
              : g_strdup_printf (ngettext ("%d minute since the first of this month.",
                                           "%d minutes since the first of this month.",
                                           (gulong) minutes),
                                 minutes);
  way_detail_add_label (self->head, total, "way-quiet");
  sheet = gtk_button_new_with_mnemonic (_ ("Print a _Tally Sheet…"));
  gtk_widget_set_halign (sheet, GTK_ALIGN_START);
  gtk_widget_set_margin_top (sheet, 6);
  way_compat_describe (sheet, _ ("For a week without a computer at hand"));
  g_signal_connect_swapped (sheet, "clicked", G_CALLBACK (sheet_cb), self);
  gtk_box_append (self->head, sheet);
}

static void
more_cb (WayGivenView *self)
{
  self->n_shown += FIRST_ROWS;
  fill (self);
}

static void
way_given_view_dispose (GObject *object)
{
  WayGivenView *self = WAY_GIVEN_VIEW (object);

  g_clear_object (&self->session);
  g_clear_object (&self->rows);

  G_OBJECT_CLASS (way_given_view_parent_class)->dispose (object);
}

static void
way_given_view_class_init (WayGivenViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = way_given_view_dispose;

  /* Something was taken back. */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
way_given_view_init (WayGivenView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->n_shown = FIRST_ROWS;
  self->head = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 3));
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Help you gave"), -1);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
  self->more = gtk_button_new_with_label (_ ("Show Older"));
  gtk_widget_set_halign (self->more, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->more, "clicked", G_CALLBACK (more_cb), self);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->head));
  gtk_box_append (GTK_BOX (box), way_tab_stop_new (GTK_WIDGET (self->list)));
  gtk_box_append (GTK_BOX (box), self->more);
  adw_bin_set_child (ADW_BIN (self), box);
}

/**
 * way_given_view_new:
 *
 * Returns: (transfer floating): an empty list of help given
 */
GtkWidget *
way_given_view_new (WaySession *session)
{
  WayGivenView *self = g_object_new (WAY_TYPE_GIVEN_VIEW, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}

/**
 * way_given_view_set_rows:
 * @rows: of WayRow, as the session lists help given
 */
void
way_given_view_set_rows (WayGivenView *self, GListModel *rows)
{
  g_return_if_fail (WAY_IS_GIVEN_VIEW (self));

  g_set_object (&self->rows, rows);
  fill (self);
}

/**
 * way_given_sum_month:
 * @rows: of WayRow, as the session lists help given
 * @now: microseconds UTC
 *
 * Returns: the minutes since the first of this month
 */
int
way_given_sum_month (GListModel *rows, gint64 now)
{
  g_autoptr (GDateTime) today = g_date_time_new_from_unix_local (now / G_USEC_PER_SEC);
  g_autoptr (GDateTime) first = g_date_time_new_local (g_date_time_get_year (today),
                                                       g_date_time_get_month (today), 1, 0, 0, 0);
  gint64 since = g_date_time_to_unix (first) * G_USEC_PER_SEC;
  gint64 sum = 0;

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rows, i);

      if (way_row_get_int (row, "at") >= since)
        sum += way_row_get_int (row, "minutes");
    }
  return (int) CLAMP (sum, 0, G_MAXINT);
}
