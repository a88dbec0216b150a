/* way-asked-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/today/way-asked-view.h"

#include "pages/way-detail.h"
#include "session/way-initiatives.h"
#include "widgets/way-compat.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>

/* What the trust wants of this person today: one notice, what came of an idea that they support,
 * and one question that a tap answers. */
struct _WayAskedView
{
  AdwBin parent_instance;

  WaySession *session; /* (owned) (nullable) */
  GtkBox *notice;
  GtkBox *test;
  GtkBox *pulse;
  char *shown_notice; /* (owned) (nullable) */
  char *shown_test;   /* (owned) (nullable) */
  char *shown_pulse;  /* (owned) (nullable) */
  char *pulse_id;     /* (owned) (nullable) */
  int number;
};

G_DEFINE_FINAL_TYPE (WayAskedView, way_asked_view, ADW_TYPE_BIN)

static const char *const WORDS[] = { N_ ("Not at all"), N_ ("A little"), N_ ("Somewhat"),
                                     N_ ("Quite"), N_ ("Very much") };

static void
show_if_any (WayAskedView *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self),
                          gtk_widget_get_visible (GTK_WIDGET (self->notice))
                              || gtk_widget_get_visible (GTK_WIDGET (self->test))
                              || gtk_widget_get_visible (GTK_WIDGET (self->pulse)));
}

static void
put_away_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) button = user_data;
  g_autoptr (GError) error = NULL;

  if (way_session_write_finish (WAY_SESSION (source), result, NULL, &error))
    return;
  gtk_widget_set_sensitive (button, TRUE);
  gtk_widget_activate_action (button, "win.toast", "s", error->message);
}

static void
put_away_cb (GtkButton *button, WayAskedView *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
  way_session_put_away_async (self->session, g_object_get_data (G_OBJECT (button), "key"), NULL,
                              put_away_done_cb, g_object_ref (button));
}

static void
add_put_away (WayAskedView *self, GtkBox *card, const char *key, const char *title)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Put Away"));

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  way_compat_describe (button, title);
  g_object_set_data_full (G_OBJECT (button), "key", g_strdup (key), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (put_away_cb), self, 0);
  gtk_box_append (card, button);
}

static void
notices_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayAskedView) self = user_data;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, NULL);
  g_autoptr (WayRow) row = rows != NULL ? g_list_model_get_item (rows, 0) : NULL;
  const char *id = row != NULL ? way_row_get_text (row, "id") : NULL;

  if (rows == NULL || self->notice == NULL || g_strcmp0 (id, self->shown_notice) == 0)
    return;
  g_free (self->shown_notice);
  self->shown_notice = g_strdup (id);
  way_detail_clear (self->notice);
  gtk_widget_set_visible (GTK_WIDGET (self->notice), row != NULL);
  show_if_any (self);
  if (row == NULL)
    return;
  way_compat_name (GTK_WIDGET (self->notice), way_row_get_text (row, "title"));
  way_detail_add_label (self->notice, way_row_get_text (row, "title"), "heading");
  way_detail_add_label (self->notice, way_row_get_text (row, "text"), NULL);
  add_put_away (self, self->notice, id, way_row_get_text (row, "title"));
}

static void
draw_test (WayAskedView *self, WayRow *row)
{
  const char *result = way_row_get_text (row, "result");
  const char *until = way_row_get_text (row, "until");
  const char *said = way_row_get_text (row, "said");
  g_autofree char *aim = NULL;
  g_autofree char *by = NULL;

  way_compat_name (GTK_WIDGET (self->test), said);
  way_detail_add_label (self->test, _ ("You support this"), "caption");
  way_detail_add_label (self->test, said, "heading");
  /* Translators: %s is what a small test is to show, a sentence of a person. */
  aim = g_strdup_printf (*result != '\0' ? _ ("The small test is over. What it was to show: %s")
                                         : _ ("A small test has begun. What it is to show: %s"),
                         way_row_get_text (row, "aim"));
  way_detail_add_label (self->test, aim, NULL);
  if (*result != '\0')
    {
      g_autofree char *text = g_strdup_printf (_ ("What came of it: %s"), result);

      way_detail_add_label (self->test, text, NULL);
    }
  else if (*way_row_get_text (row, "by") != '\0')
    {
      /* Translators: what a small test is judged by, and a day, as 2027-01-31. */
      by = *until != '\0' ? g_strdup_printf (_ ("Judged by: %s, until %s"),
                                             way_row_get_text (row, "by"), until)
                          : g_strdup_printf (_ ("Judged by: %s"), way_row_get_text (row, "by"));
      way_detail_add_label (self->test, by, NULL);
    }
  add_put_away (self, self->test, way_row_get_text (row, "key"), said);
}

static void
tests_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayAskedView) self = user_data;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, NULL);
  g_autoptr (WayRow) row = rows != NULL ? g_list_model_get_item (rows, 0) : NULL;
  g_autofree char *shown = NULL;

  if (row != NULL)
    shown = g_strdup_printf ("%s %s", way_row_get_text (row, "key"),
                             way_row_get_text (row, "last"));
  if (rows == NULL || self->test == NULL || g_strcmp0 (shown, self->shown_test) == 0)
    return;
  g_free (self->shown_test);
  self->shown_test = g_steal_pointer (&shown);
  way_detail_clear (self->test);
  gtk_widget_set_visible (GTK_WIDGET (self->test), row != NULL);
  show_if_any (self);
  if (row != NULL)
    draw_test (self, row);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayAskedView) self = user_data;
  g_autoptr (GError) error = NULL;

  gtk_widget_set_sensitive (GTK_WIDGET (self->pulse), TRUE);
  if (!way_session_write_finish (WAY_SESSION (source), result, NULL, &error))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", error->message);
  else
    way_asked_view_load (self, self->session, NULL);
}

static void
answer (WayAskedView *self, int value)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->pulse), FALSE);
  way_session_answer_pulse_async (self->session, self->pulse_id, self->number, value, NULL,
                                  answered_cb, g_object_ref (self));
}

static void
value_cb (GtkButton *button, WayAskedView *self)
{
  answer (self, GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "value")));
}

static void
add_answers (WayAskedView *self, const char *question)
{
  GtkWidget *line = way_wrap_box_new (6, 6);
  GtkWidget *skip = gtk_button_new_with_label (_ ("Skip"));

  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++)
    {
      GtkWidget *button = gtk_button_new_with_label (_ (WORDS[i]));

      g_object_set_data (G_OBJECT (button), "value", GINT_TO_POINTER (i + 1));
      way_compat_describe (button, question);
      g_signal_connect_object (button, "clicked", G_CALLBACK (value_cb), self, 0);
      way_wrap_box_append (WAY_WRAP_BOX (line), button);
    }
  gtk_widget_add_css_class (skip, "flat");
  way_compat_describe (skip, question);
  g_signal_connect_object (skip, "clicked", G_CALLBACK (value_cb), self, 0);
  way_wrap_box_append (WAY_WRAP_BOX (line), skip);
  gtk_box_append (self->pulse, line);
}

static void
pulse_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayAskedView) self = user_data;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, NULL);
  g_autoptr (WayRow) row = rows != NULL ? g_list_model_get_item (rows, 0) : NULL;
  g_autofree char *shown = NULL;
  g_autofree char *eyebrow = NULL;
  gboolean had_focus;
  const char *title;

  if (row != NULL)
    shown = g_strdup_printf ("%s %d", way_row_get_text (row, "pulse"),
                             (int) way_row_get_int (row, "number"));
  if (rows == NULL || self->pulse == NULL || g_strcmp0 (shown, self->shown_pulse) == 0)
    return;
  had_focus = gtk_widget_get_focus_child (GTK_WIDGET (self->pulse)) != NULL;
  g_free (self->shown_pulse);
  self->shown_pulse = g_steal_pointer (&shown);
  way_detail_clear (self->pulse);
  gtk_widget_set_visible (GTK_WIDGET (self->pulse), row != NULL);
  show_if_any (self);
  if (row == NULL)
    return;
  g_free (self->pulse_id);
  self->pulse_id = g_strdup (way_row_get_text (row, "pulse"));
  self->number = (int) way_row_get_int (row, "number");
  title = way_row_get_text (row, "title");
  /* Translators: the number of a question, how many there are. */
  eyebrow = g_strdup_printf (_ ("Question %d of %d"), self->number,
                             (int) way_row_get_int (row, "of"));
  if (*title != '\0')
    {
      g_autofree char *with = g_strdup_printf ("%s · %s", title, eyebrow);

      way_detail_add_label (self->pulse, with, "caption");
    }
  else
    way_detail_add_label (self->pulse, eyebrow, "caption");
  way_compat_name (GTK_WIDGET (self->pulse), way_row_get_text (row, "question"));
  way_detail_add_label (self->pulse, way_row_get_text (row, "question"), "heading");
  add_answers (self, way_row_get_text (row, "question"));
  gtk_widget_add_css_class (
      way_detail_add_label (self->pulse,
                            _ ("Nobody reads your answer with your name. How many gave each "
                               "answer is shown, from 8 people on."),
                            "caption"),
      "dim-label");
  if (had_focus)
    gtk_widget_child_focus (GTK_WIDGET (self->pulse), GTK_DIR_TAB_FORWARD);
}

static void
way_asked_view_dispose (GObject *object)
{
  WayAskedView *self = WAY_ASKED_VIEW (object);

  self->notice = NULL;
  self->test = NULL;
  self->pulse = NULL;
  g_clear_object (&self->session);

  G_OBJECT_CLASS (way_asked_view_parent_class)->dispose (object);
}

static void
way_asked_view_finalize (GObject *object)
{
  WayAskedView *self = WAY_ASKED_VIEW (object);

  g_free (self->shown_notice);
  g_free (self->shown_test);
  g_free (self->shown_pulse);
  g_free (self->pulse_id);

  G_OBJECT_CLASS (way_asked_view_parent_class)->finalize (object);
}

static void
way_asked_view_class_init (WayAskedViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = way_asked_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = way_asked_view_finalize;
}

static GtkBox *
create_card (GtkWidget *box)
{
  GtkWidget *card = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing",
                                  9, "visible", FALSE, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP,
                                  NULL);

  gtk_widget_add_css_class (card, "way-card");
  gtk_box_append (GTK_BOX (box), card);
  return GTK_BOX (card);
}

static void
way_asked_view_init (WayAskedView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->notice = create_card (box);
  self->test = create_card (box);
  self->pulse = create_card (box);
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * way_asked_view_load:
 *
 * Asks the session what there is, and shows the first of each. What is shown already stays as it
 * is.
 */
void
way_asked_view_load (WayAskedView *self, WaySession *session, GCancellable *cancellable)
{
  g_return_if_fail (WAY_IS_ASKED_VIEW (self));

  g_set_object (&self->session, session);
  way_session_load_notices_async (session, TRUE, cancellable, notices_cb, g_object_ref (self));
  way_session_load_tests_async (session, cancellable, tests_cb, g_object_ref (self));
  way_session_load_pulse_async (session, cancellable, pulse_cb, g_object_ref (self));
}
