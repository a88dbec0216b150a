/* way-feedback-sorter-ask.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/feedback/way-feedback-sorter-private.h"

#include "pages/feedback/way-feedback-words.h"
#include "session/way-initiatives.h"
#include "session/way-voices.h"

#include <glib/gi18n.h>
#include <math.h>

/* What has to be asked before something is done to what was said: theme, owner, day and links, the
 * words that everybody reads, a small test, how incidents are reported. */

#define AS_IT_IS "="

static void
add_pair (GPtrArray *ids, GPtrArray *names, const char *id, const char *name)
{
  g_ptr_array_add (ids, g_strdup (id));
  g_ptr_array_add (names, g_strdup (name));
}

static void
add_choice (
    WayEditWindow *window, const char *key, const char *name, GPtrArray *ids, GPtrArray *names)
{
  way_edit_window_add_choice (window, key, name, ids, names, AS_IT_IS);
}

/* Lists that begin with “as it is”, with what that is where there is one row, and “none”. */
static void
begin_choice (GPtrArray **ids, GPtrArray **names, const char *now, const char *none)
{
  /* Translators: of a list of choices: nothing is changed; %s is what it is now. */
  g_autofree char *same = *now != '\0' ? g_strdup_printf (_ ("As it is: %s"), now)
                                       : g_strdup (_ ("As it is"));

  *ids = g_ptr_array_new_with_free_func (g_free);
  *names = g_ptr_array_new_with_free_func (g_free);
  add_pair (*ids, *names, AS_IT_IS, same);
  if (none != NULL)
    add_pair (*ids, *names, "", none);
}

static char *
dup_day_after (int days)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) then = g_date_time_add_days (now, days);

  return g_date_time_format (then, "%Y-%m-%d");
}

static void
add_sort_fields (WayFeedbackSorter *self, WayEditWindow *window, WayRow *only)
{
  static const struct
  {
    int days;
    const char *name;
  } DAYS[] = {
    { 7, N_ ("In 1 week") },
    { 14, N_ ("In 2 weeks") },
    { 30, N_ ("In 30 days") },
    { 90, N_ ("In 90 days") },
  };
  g_autoptr (GPtrArray) themes = way_feedback_sorter_list_themes (self);
  GPtrArray *modules = way_pack_get_modules (way_session_get_pack (self->session));
  const char *const now[] = { only != NULL ? way_feedback_get_text (only, "theme") : "",
                              only != NULL ? way_feedback_get_text (only, "owner_name") : "",
                              only != NULL ? way_feedback_get_text (only, "due") : "",
                              only != NULL ? way_feedback_get_text (only, "about") : "",
                              only != NULL ? way_feedback_get_text (only, "initiative_title")
                                           : "" };

  {
    g_autoptr (GPtrArray) ids = NULL;
    g_autoptr (GPtrArray) names = NULL;

    begin_choice (&ids, &names, now[0], _ ("No theme"));
    for (guint i = 0; i < themes->len; i++)
      add_pair (ids, names, themes->pdata[i], themes->pdata[i]);
    add_choice (window, "theme", _ ("Theme"), ids, names);
    way_edit_window_add_line (window, "new-theme", _ ("Or a new theme"), NULL, _ ("Signing in"));
  }
  {
    g_autoptr (GPtrArray) ids = NULL;
    g_autoptr (GPtrArray) names = NULL;

    begin_choice (&ids, &names, now[1], _ ("Nobody"));
    for (guint i = 0; self->owners != NULL && i < g_list_model_get_n_items (self->owners); i++)
      {
        g_autoptr (WayRow) row = g_list_model_get_item (self->owners, i);

        add_pair (ids, names, way_row_get_text (row, "id"), way_row_get_text (row, "name"));
      }
    add_choice (window, "owner", _ ("Owner"), ids, names);
  }
  {
    g_autoptr (GPtrArray) ids = NULL;
    g_autoptr (GPtrArray) names = NULL;

    begin_choice (&ids, &names, now[2], _ ("No day"));
    for (guint i = 0; i < G_N_ELEMENTS (DAYS); i++)
      {
        g_autofree char *day = dup_day_after (DAYS[i].days);

        add_pair (ids, names, day, _ (DAYS[i].name));
      }
    add_choice (window, "due", _ ("Due"), ids, names);
  }
  {
    g_autoptr (GPtrArray) ids = NULL;
    g_autoptr (GPtrArray) names = NULL;

    begin_choice (&ids, &names, now[3], _ ("No module"));
    for (guint i = 0; i < modules->len; i++)
      {
        const WayModule *module = g_ptr_array_index (modules, i);

        add_pair (ids, names, module->id, module->title);
      }
    add_choice (window, "about", _ ("A module that helps"), ids, names);
  }
  if (self->initiatives != NULL && g_list_model_get_n_items (self->initiatives) > 0)
    {
      g_autoptr (GPtrArray) ids = NULL;
      g_autoptr (GPtrArray) names = NULL;

      begin_choice (&ids, &names, now[4], _ ("No initiative"));
      for (guint i = 0; i < g_list_model_get_n_items (self->initiatives); i++)
        {
          g_autoptr (WayRow) row = g_list_model_get_item (self->initiatives, i);

          add_pair (ids, names, way_row_get_text (row, "initiative"),
                    way_row_get_text (row, "title"));
        }
      add_choice (window, "initiative", _ ("Initiative"), ids, names);
    }
}

/* The title of what was chosen, for the list until the trust says it back. */
static char *
dup_initiative_title (WayFeedbackSorter *self, const char *id)
{
  for (guint i = 0; self->initiatives != NULL && i < g_list_model_get_n_items (self->initiatives);
       i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (self->initiatives, i);

      if (g_str_equal (way_row_get_text (row, "initiative"), id))
        return g_strdup (way_row_get_text (row, "title"));
    }
  return g_strdup ("");
}

static const char *
get_chosen (WayEditWindow *window, const char *key)
{
  const char *value = way_edit_window_get (window, key);

  return !way_edit_window_has (window, key) || g_str_equal (value, AS_IT_IS) ? NULL : value;
}

static const char *
find_owner_name (WayFeedbackSorter *self, const char *id)
{
  for (guint i = 0; self->owners != NULL && i < g_list_model_get_n_items (self->owners); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (self->owners, i);

      if (g_str_equal (way_row_get_text (row, "id"), id))
        return way_row_get_text (row, "name");
    }
  return "";
}

static void
sort_submitted_cb (WayEditWindow *window, WayFeedbackSorter *self)
{
  GPtrArray *rows = g_object_get_data (G_OBJECT (window), "rows");
  GtkWidget *over = g_object_get_data (G_OBJECT (window), "over");
  const char *fresh = way_edit_window_get (window, "new-theme");
  WayFeedbackActionBody body = {
    .action = (char *) "sorted",
    .theme = (char *) (*fresh != '\0' ? fresh : get_chosen (window, "theme")),
    .owner = (char *) get_chosen (window, "owner"),
    .due = (char *) get_chosen (window, "due"),
    .module = (char *) get_chosen (window, "about"),
    .initiative = (char *) get_chosen (window, "initiative"),
  };
  WayFeedbackDeed *deed;

  if (body.theme == NULL && body.owner == NULL && body.due == NULL && body.module == NULL
      && body.initiative == NULL)
    {
      way_edit_window_finish (window, NULL);
      return;
    }
  deed = way_feedback_deed_new (self, over, rows, _ ("Sorted."));
  deed->window = g_object_ref (window);
  if (body.theme != NULL)
    way_feedback_deed_set (deed, "theme", body.theme);
  if (body.owner != NULL)
    {
      way_feedback_deed_set (deed, "owner", body.owner);
      way_feedback_deed_set (deed, "owner_name", find_owner_name (self, body.owner));
    }
  if (body.due != NULL)
    way_feedback_deed_set (deed, "due", body.due);
  if (body.module != NULL)
    way_feedback_deed_set (deed, "about", body.module);
  if (body.initiative != NULL)
    {
      g_autofree char *title = dup_initiative_title (self, body.initiative);

      way_feedback_deed_set (deed, "initiative", body.initiative);
      way_feedback_deed_set (deed, "initiative_title", title);
    }
  way_session_sort_feedback_async (self->session, rows, &body, NULL, way_feedback_deed_done_cb,
                                   deed);
}

static WayEditWindow *
create_window (WayFeedbackSorter *self,
               GtkWidget *over,
               GPtrArray *rows,
               const char *title,
               const char *primary)
{
  WayEditWindow *window = way_edit_window_new (over, title, primary);

  g_object_set_data_full (G_OBJECT (window), "rows", g_ptr_array_ref (rows),
                          (GDestroyNotify) g_ptr_array_unref);
  g_object_set_data_full (G_OBJECT (window), "over", g_object_ref (over), g_object_unref);
  return window;
}

/**
 * way_feedback_sorter_sort:
 * @rows: of WayRow
 *
 * Asks for theme, owner, day and module of one or many.
 */
void
way_feedback_sorter_sort (WayFeedbackSorter *self, GtkWidget *over, GPtrArray *rows)
{
  g_autofree char *title = NULL;
  WayEditWindow *window;

  g_return_if_fail (WAY_IS_FEEDBACK_SORTER (self));

  if (rows->len == 0)
    return;
  title = g_strdup_printf (ngettext ("Sort %u Thing", "Sort %u Things", rows->len), rows->len);
  window = create_window (self, over, rows, title, _ ("Save"));
  add_sort_fields (self, window, rows->len == 1 ? g_ptr_array_index (rows, 0) : NULL);
  g_signal_connect_object (window, "submitted", G_CALLBACK (sort_submitted_cb), self, 0);
  gtk_window_present (GTK_WINDOW (window));
}

static const char *
get_published_state (WayRow *row)
{
  switch (way_feedback_get_state (row))
    {
    case WAY_FEEDBACK_DONE:
      return "done";
    case WAY_FEEDBACK_DECIDED:
      return "decided";
    case WAY_FEEDBACK_NEW:
    case WAY_FEEDBACK_HEARD:
    case WAY_N_FEEDBACK_STATES:
    default:
      return "open";
    }
}

static char *
dup_or_null (const char *text)
{
  return *text != '\0' ? g_strdup (text) : NULL;
}

static void
publish_submitted_cb (WayEditWindow *window, WayFeedbackSorter *self)
{
  GPtrArray *rows = g_object_get_data (G_OBJECT (window), "rows");
  GtkWidget *over = g_object_get_data (G_OBJECT (window), "over");
  WayRow *row = g_ptr_array_index (rows, 0);
  const WayKind *kind = way_kind_find ("published");
  WayPublishedBody *body = way_kind_new (kind);
  WayFeedbackDeed *deed = way_feedback_deed_new (self, over, rows, _ ("Everybody can read it."));

  deed->window = g_object_ref (window);
  body->published = dup_or_null (way_feedback_get_text (row, "published"));
  deed->is_new = body->published == NULL;
  body->type = g_strdup (way_row_get_text (row, "type"));
  body->said = g_strdup (way_edit_window_get (window, "said"));
  body->state = g_strdup (get_published_state (row));
  body->decision = dup_or_null (way_row_get_text (row, "decision"));
  body->because = dup_or_null (way_edit_window_get (window, "because"));
  body->did = dup_or_null (way_edit_window_get (window, "did"));
  body->theme = dup_or_null (way_feedback_get_text (row, "theme"));
  body->measure = dup_or_null (way_edit_window_get (window, "measure"));
  body->before = way_edit_window_get_number (window, "before");
  body->after = way_edit_window_get_number (window, "after");
  if (rows->len >= 8)
    body->people = rows->len;
  body->module = dup_or_null (way_feedback_get_text (row, "about"));
  way_session_publish_voice_async (self->session, body, rows, NULL, way_feedback_deed_done_cb,
                                   deed);
  way_kind_free (kind, body);
}

/**
 * way_feedback_sorter_publish:
 * @row: what somebody said
 *
 * Asks in which words everybody reads it, with what came of it.
 */
void
way_feedback_sorter_publish (WayFeedbackSorter *self, GtkWidget *over, WayRow *row)
{
  g_autoptr (GPtrArray) rows = NULL;
  WayEditWindow *window;
  WayFeedbackState state;

  g_return_if_fail (WAY_IS_FEEDBACK_SORTER (self));

  rows = way_feedback_sorter_list_joined (self, way_row_get_text (row, "id"));
  g_ptr_array_insert (rows, 0, g_object_ref (row));
  state = way_feedback_get_state (row);
  window = create_window (self, over, rows, _ ("For Everybody"), _ ("Publish"));
  way_edit_window_add_note (window, _ ("Everybody in the trust reads this. Say it so that nobody "
                                       "can tell who said it."));
  way_edit_window_add_text (window, "said", _ ("You said"), way_row_get_text (row, "text"), 84);
  way_edit_window_require (window, "said", _ ("Say what people said."));
  if (state >= WAY_FEEDBACK_DECIDED)
    {
      gboolean is_no = g_str_equal (way_row_get_text (row, "decision"), "no");

      way_edit_window_add_text (window, "because", is_no ? _ ("We can’t, because") : _ ("Because"),
                                way_row_get_text (row, "because"), 72);
      way_edit_window_require (window, "because", _ ("Say why."));
      way_edit_window_add_text (window, "did",
                                is_no ? _ ("What you can do until then") : _ ("We did, or will do"),
                                way_row_get_text (row, "reply"), 72);
      way_edit_window_add_line (window, "measure", _ ("What was measured, if anything was"), NULL,
                                _ ("Minutes to sign in"));
      way_edit_window_add_number (window, "before", _ ("Before"), NULL);
      way_edit_window_add_number (window, "after", _ ("After"), NULL);
    }
  else
    way_edit_window_add_note (window, _ ("It is not decided yet: people can support it. Publish it "
                                         "again when it is, and they see the answer."));
  g_signal_connect_object (window, "submitted", G_CALLBACK (publish_submitted_cb), self, 0);
  gtk_window_present (GTK_WINDOW (window));
}

static void
try_submitted_cb (WayEditWindow *window, WayFeedbackSorter *self)
{
  GPtrArray *rows = g_object_get_data (G_OBJECT (window), "rows");
  GtkWidget *over = g_object_get_data (G_OBJECT (window), "over");
  const char *result = way_edit_window_get (window, "result");
  const char *until = way_edit_window_get (window, "until");
  WayTrialBody body = {
    .feedback = (char *) way_feedback_get_text (g_ptr_array_index (rows, 0), "published"),
    .text = (char *) way_edit_window_get (window, "aim"),
    .measure = (char *) way_edit_window_get (window, "measure"),
    .until = (char *) (*until != '\0' ? until : NULL),
    .result = (char *) (*result != '\0' ? result : NULL),
  };
  WayFeedbackDeed *deed = way_feedback_deed_new (self, over, rows,
                                                 _ ("Saved. Whoever supports it will see it."));

  deed->window = g_object_ref (window);
  way_session_try_async (self->session, &body, NULL, way_feedback_deed_done_cb, deed);
}

static void
published_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayEditWindow) window = user_data;
  g_autoptr (GListModel) published = way_session_list_finish (WAY_SESSION (source), result, NULL);
  const char *id = g_object_get_data (G_OBJECT (window), "published");
  g_autoptr (WayRow) found = NULL;

  for (guint i = 0; published != NULL && i < g_list_model_get_n_items (published); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (published, i);

      if (g_str_equal (way_row_get_text (row, "id"), id))
        g_set_object (&found, row);
    }
  way_edit_window_add_note (window, _ ("A small test: in one place, for a short time, to learn "
                                       "whether it helps. Whoever supports the idea sees it."));
  way_edit_window_add_text (window, "aim", _ ("What it is to show"),
                            found != NULL ? way_row_get_text (found, "aim") : NULL, 72);
  way_edit_window_require (window, "aim", _ ("Say what the test is to show."));
  way_edit_window_add_line (window, "measure", _ ("By what it is judged"),
                            found != NULL ? way_row_get_text (found, "by") : NULL,
                            _ ("Calls to the service desk in a week"));
  way_edit_window_require (window, "measure", _ ("Say by what it is judged."));
  way_edit_window_add_day (window, "until", _ ("Until"),
                           found != NULL ? way_row_get_text (found, "until") : NULL);
  way_edit_window_add_text (window, "result", _ ("What came of it, when it is over"),
                            found != NULL ? way_row_get_text (found, "result") : NULL, 72);
  gtk_window_present (GTK_WINDOW (window));
}

/**
 * way_feedback_sorter_try:
 * @row: something that was published
 *
 * Asks for the small test of an idea: its aim, its measure, its result.
 */
void
way_feedback_sorter_try (WayFeedbackSorter *self, GtkWidget *over, WayRow *row)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  WayEditWindow *window;

  g_return_if_fail (WAY_IS_FEEDBACK_SORTER (self));

  if (*way_feedback_get_text (row, "published") == '\0')
    return;
  g_ptr_array_add (rows, g_object_ref (row));
  window = create_window (self, over, rows, _ ("Small Test"), _ ("Save"));
  g_object_set_data_full (G_OBJECT (window), "published",
                          g_strdup (way_feedback_get_text (row, "published")), g_free);
  g_signal_connect_object (window, "submitted", G_CALLBACK (try_submitted_cb), self, 0);
  way_session_load_published_async (self->session, NULL, published_cb, g_object_ref (window));
}

static void
route_saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayEditWindow) window = user_data;
  g_autoptr (GError) error = NULL;

  if (way_session_write_finish (WAY_SESSION (source), result, NULL, &error))
    gtk_widget_activate_action (g_object_get_data (G_OBJECT (window), "over"), "win.toast", "s",
                                _ ("Saved. Everybody with a safety worry reads it first."));
  way_edit_window_finish (window, error);
}

static void
route_submitted_cb (WayEditWindow *window, WayFeedbackSorter *self)
{
  way_session_save_setting_async (self->session, WAY_SETTING_INCIDENT_ROUTE,
                                  way_edit_window_get (window, "route"), NULL, route_saved_cb,
                                  g_object_ref (window));
}

static void
route_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayEditWindow) window = user_data;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, NULL);
  g_autoptr (WayRow) row = rows != NULL ? g_list_model_get_item (rows, 0) : NULL;

  way_edit_window_add_note (window, _ ("Whoever chooses Safety worry in Tell the Trust reads this "
                                       "first: where your trust takes incident reports, and the "
                                       "number to ring. Waymark is no incident report."));
  way_edit_window_add_text (window, "route", _ ("How incidents are reported here"),
                            row != NULL ? way_row_get_text (row, "value") : NULL, 96);
  gtk_window_present (GTK_WINDOW (window));
}

/**
 * way_feedback_sorter_set_route:
 *
 * Asks how the trust wants incidents to be reported.
 */
void
way_feedback_sorter_set_route (WayFeedbackSorter *self, GtkWidget *over)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  WayEditWindow *window;

  g_return_if_fail (WAY_IS_FEEDBACK_SORTER (self));

  window = create_window (self, over, none, _ ("Incident Route"), _ ("Save"));
  g_signal_connect_object (window, "submitted", G_CALLBACK (route_submitted_cb), self, 0);
  way_session_load_setting_async (self->session, WAY_SETTING_INCIDENT_ROUTE, NULL, route_loaded_cb,
                                  g_object_ref (window));
}
