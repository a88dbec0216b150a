/* way-initiative-pulses.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/initiatives/way-initiative-pulses.h"

#include "pages/initiatives/way-initiative-words.h"
#include "pages/way-detail.h"
#include "record/way-pulse.h"
#include "session/way-initiatives.h"
#include "session/way-voices.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* What people are asked about something that is being introduced: planned, taken over from another
 * one, and what they said. */

#define DAY ((gint64) 24 * 60 * 60 * G_USEC_PER_SEC)
#define WEEK (7 * DAY)
/* How long a pulse asks. */
#define ASKS_FOR (14 * DAY)

static gint64
read_day (const char *day)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/London");
  g_autofree char *iso = g_strconcat (day, "T00:00:00", NULL);
  g_autoptr (GDateTime) time = zone != NULL ? g_date_time_new_from_iso8601 (iso, zone) : NULL;

  return time != NULL ? g_date_time_to_unix (time) * G_USEC_PER_SEC : 0;
}

/* --- Taking over --------------------------------------------------------------------------- */

static void
copied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GError) error = NULL;

  if (!way_session_write_finish (WAY_SESSION (source), result, NULL, &error))
    gtk_widget_activate_action (widget, "win.toast", "s", error->message);
}

static void
set_question (WayPulseBody *body, gint64 number, const char *text)
{
  char **questions[] = { &body->question, &body->question2, &body->question3, &body->question4,
                         &body->question5 };

  if (number >= 1 && number <= (gint64) G_N_ELEMENTS (questions))
    *questions[number - 1] = g_strdup (text);
}

/* A new one, and what it was started from. */
typedef struct
{
  GtkWidget *widget;
  WaySession *session;
  WayRow *from;
  char *initiative;
  char *go_live;
} Copy;

static void
copy_free (Copy *copy)
{
  g_object_unref (copy->widget);
  g_object_unref (copy->session);
  g_object_unref (copy->from);
  g_free (copy->initiative);
  g_free (copy->go_live);
  g_free (copy);
}

static void
write_copies (Copy *copy, GListModel *results)
{
  const WayKind *kind = way_kind_find ("pulse");
  g_autoptr (GPtrArray) bodies = g_ptr_array_new ();
  g_autofree char *pulse = NULL;
  gint64 later = read_day (copy->go_live) - read_day (way_row_get_text (copy->from, "go_live"));
  WayPulseBody *body = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (results); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (results, i);

      /* What would be over by now asks nobody. */
      if (!g_str_equal (way_row_get_text (row, "initiative"),
                        way_row_get_text (copy->from, "initiative"))
          || way_row_get_int (row, "closes") + later <= g_get_real_time ())
        continue;
      if (g_strcmp0 (pulse, way_row_get_text (row, "pulse")) != 0)
        {
          g_free (pulse);
          pulse = g_strdup (way_row_get_text (row, "pulse"));
          body = way_kind_new (kind);
          body->initiative = g_strdup (copy->initiative);
          body->moment = g_strdup (way_row_get_text (row, "moment"));
          body->opens = way_row_get_int (row, "opens") + later;
          body->closes = way_row_get_int (row, "closes") + later;
          body->share = way_row_get_int (row, "share");
          g_ptr_array_add (bodies, body);
        }
      set_question (body, way_row_get_int (row, "number"), way_row_get_text (row, "question"));
    }
  if (bodies->len > 0)
    way_session_write_pulses_async (copy->session, bodies, way_row_get_text (copy->from, "units"),
                                    way_row_get_text (copy->from, "roles"), NULL, copied_cb,
                                    g_object_ref (copy->widget));
  for (guint i = 0; i < bodies->len; i++)
    way_kind_free (kind, g_ptr_array_index (bodies, i));
}

static void
copy_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Copy *copy = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) results = way_session_list_finish (WAY_SESSION (source), result, &error);

  if (results != NULL)
    write_copies (copy, results);
  else
    gtk_widget_activate_action (copy->widget, "win.toast", "s",
                                _ ("The trust is not reached, so what people are asked was not "
                                   "taken over. Ask People plans it."));
  copy_free (copy);
}

/**
 * way_initiative_copy_pulses:
 * @widget: below the window that says where something went wrong
 * @from: what the new one was started from
 * @initiative: the new one
 * @go_live: its day, "" where that is not known yet
 *
 * What people were asked about the other one they are asked about this one, as long before or
 * after it goes live.
 */
void
way_initiative_copy_pulses (GtkWidget *widget,
                            WaySession *session,
                            WayRow *from,
                            const char *initiative,
                            const char *go_live)
{
  Copy *copy;

  g_return_if_fail (GTK_IS_WIDGET (widget) && WAY_IS_SESSION (session) && WAY_IS_ROW (from));
  g_return_if_fail (initiative != NULL && go_live != NULL);

  if (*go_live == '\0' || *way_row_get_text (from, "go_live") == '\0')
    return;
  copy = g_new0 (Copy, 1);
  copy->widget = g_object_ref (widget);
  copy->session = g_object_ref (session);
  copy->from = g_object_ref (from);
  copy->initiative = g_strdup (initiative);
  copy->go_live = g_strdup (go_live);
  way_session_load_pulse_results_async (session, NULL, copy_loaded_cb, copy);
}

/* --- Planning ------------------------------------------------------------------------------ */

/**
 * way_initiative_ask_pulses:
 * @people: how many it touches, 0 where that is not known
 * @is_lead: whether how often people are asked may be changed
 *
 * Fills @window with what has to be known to plan pulses.
 */
void
way_initiative_ask_pulses (WayEditWindow *window, guint people, gboolean is_lead)
{
  g_return_if_fail (WAY_IS_EDIT_WINDOW (window));

  g_object_set_data (G_OBJECT (window), "people", GUINT_TO_POINTER (people));
  way_edit_window_add_note (window,
                            _ ("The same 1 to 5 questions 2 weeks before it goes live, from "
                               "that day on, and 6 weeks after it, for 2 weeks each. People "
                               "answer on Today with one tap, from not at all to very "
                               "much."));
  way_edit_window_add_line (window, "q1", _ ("Question 1"), _ ("I know how to do my work with it."),
                            NULL);
  way_edit_window_require (window, "q1", _ ("Write at least one question."));
  way_edit_window_add_line (window, "q2", _ ("Question 2"), _ ("It makes my work safer."), NULL);
  way_edit_window_add_line (window, "q3", _ ("Question 3"), NULL, NULL);
  way_edit_window_add_line (window, "q4", _ ("Question 4"), NULL, NULL);
  way_edit_window_add_line (window, "q5", _ ("Question 5"), NULL, NULL);
  if (is_lead)
    way_edit_window_add_number (window, "days",
                                _ ("Days between 2 pulses for one person, 14 to 365 (empty: as it "
                                   "is)"),
                                NULL);
  if (people > 0)
    {
      g_autofree char *name = g_strdup_printf (_ ("How many of the %u people are asked (empty: "
                                                  "all)"),
                                               people);

      way_edit_window_add_number (window, "sample", name, NULL);
    }
}

/**
 * way_initiative_write_pulses:
 * @window: what way_initiative_ask_pulses() has filled
 * @widget: below the window that says where the days were not saved
 * @row: what people are asked about
 * @written: gets a reference to @window, and finishes it
 *
 * Plans the pulses of before, at and after the day on which it goes live.
 */
void
way_initiative_write_pulses (WayEditWindow *window,
                             GtkWidget *widget,
                             WaySession *session,
                             WayRow *row,
                             GAsyncReadyCallback written)
{
  static const struct
  {
    const char *moment;
    gint64 after; /* its day */
  } MOMENTS[] = { { "before", -14 * DAY }, { "at", 0 }, { "after", 6 * WEEK } };
  static const char *const KEYS[] = { "q1", "q2", "q3", "q4", "q5" };
  const WayKind *kind = way_kind_find ("pulse");
  g_autoptr (GPtrArray) bodies = g_ptr_array_new ();
  gint64 day = read_day (way_row_get_text (row, "go_live"));
  double sample = way_edit_window_get_number (window, "sample");
  double days = way_edit_window_has (window, "days") ? way_edit_window_get_number (window, "days")
                                                     : NAN;
  guint people = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (window), "people"));

  g_return_if_fail (GTK_IS_WIDGET (widget) && WAY_IS_SESSION (session));
  g_return_if_fail (written != NULL);

  for (guint i = 0; i < G_N_ELEMENTS (MOMENTS); i++)
    {
      WayPulseBody *body = way_kind_new (kind);
      char **questions[] = { &body->question, &body->question2, &body->question3, &body->question4,
                             &body->question5 };
      guint n = 0;

      body->initiative = g_strdup (way_row_get_text (row, "initiative"));
      body->moment = g_strdup (MOMENTS[i].moment);
      body->opens = day + MOMENTS[i].after;
      body->closes = body->opens + ASKS_FOR;
      if (isfinite (sample) && sample >= 1)
        {
          body->sample = (gint64) CLAMP (sample, 1, 1e6);
          body->share = way_pulse_share_for ((guint) body->sample, people);
        }
      for (guint q = 0; q < G_N_ELEMENTS (KEYS); q++)
        if (*way_edit_window_get (window, KEYS[q]) != '\0')
          *questions[n++] = g_strdup (way_edit_window_get (window, KEYS[q]));
      /* One that is over by now asks nobody. */
      if (body->closes > g_get_real_time ())
        g_ptr_array_add (bodies, body);
      else
        way_kind_free (kind, body);
    }
  if (bodies->len == 0)
    {
      g_autoptr (GError)
          error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, _ ("All 3 times have gone."));

      way_edit_window_finish (window, error);
      return;
    }
  if (isfinite (days))
    {
      g_autofree char *value = g_strdup_printf ("%d", (int) CLAMP (days, WAY_PULSE_LEAST_DAYS,
                                                                   WAY_PULSE_MOST_DAYS));

      way_session_save_setting_async (session, WAY_SETTING_PULSE_DAYS, value, NULL, copied_cb,
                                      g_object_ref (widget));
    }
  way_session_write_pulses_async (session, bodies, way_row_get_text (row, "units"),
                                  way_row_get_text (row, "roles"), NULL, written,
                                  g_object_ref (window));
  for (guint i = 0; i < bodies->len; i++)
    way_kind_free (kind, g_ptr_array_index (bodies, i));
}

/* --- What people said ---------------------------------------------------------------------- */

static const char *
get_moment_name (const char *moment)
{
  if (g_str_equal (moment, "before"))
    return _ ("Before");
  if (g_str_equal (moment, "at"))
    return _ ("At go-live");
  if (g_str_equal (moment, "after"))
    return _ ("6 weeks after");
  return _ ("Pulse");
}

/**
 * way_initiative_draw_results:
 * @results: (nullable): of #WayRow, the pulses of all initiatives
 * @initiative: the one that shows
 *
 * Fills @box with what people said about it.
 */
void
way_initiative_draw_results (GtkBox *box, GListModel *results, const char *initiative)
{
  guint n = 0;

  g_return_if_fail (GTK_IS_BOX (box) && initiative != NULL);

  way_detail_clear (box);
  for (guint i = 0; results != NULL && i < g_list_model_get_n_items (results); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (results, i);
      g_autofree char *text = way_initiative_dup_result (row);
      g_autofree char *head = NULL;

      if (!g_str_equal (way_row_get_text (row, "initiative"), initiative))
        continue;
      if (n++ == 0)
        way_detail_add_section (box, _ ("What people said"));
      head = g_strdup_printf ("%s: %s", get_moment_name (way_row_get_text (row, "moment")),
                              way_row_get_text (row, "question"));
      way_detail_add_label (box, head, "heading");
      way_detail_add_label (box, text, NULL);
    }
}
