/* way-about-me.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "app/way-about-me.h"

#include "session/way-measure.h"
#include "widgets/way-compat.h"
#include "widgets/way-toast.h"

#include <glib/gi18n.h>

/* About me: groups that somebody may say they belong to, and may take back. Saved as soon
 * as it is chosen. */
struct _WayAboutMe
{
  AdwPreferencesGroup parent_instance;

  WaySession *session; /* (owned) (nullable) */
  GPtrArray *rows;     /* of AdwComboRow (borrowed), in the order of way_about_me_list() */
  gboolean is_filling; /* the rows are moved by the group */
};

G_DEFINE_FINAL_TYPE (WayAboutMe, way_about_me, ADW_TYPE_PREFERENCES_GROUP)

/* The row of the answer that was given; the first, “Not said”, where there is none. */
static guint
find_choice (GListModel *said, const WayAboutQuestion *question)
{
  for (guint k = 0; k < g_list_model_get_n_items (said); k++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (said, k);

      if (!g_str_equal (way_row_get_text (row, "key"), question->key))
        continue;
      for (guint c = 0; question->choices[c].value != NULL; c++)
        if (g_str_equal (question->choices[c].value, way_row_get_text (row, "value")))
          return c + 1;
    }
  return 0;
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayAboutMe) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) said = way_session_list_finish (WAY_SESSION (source), result, &error);
  guint n;
  const WayAboutQuestion *questions = way_about_me_list (&n);

  if (said == NULL)
    {
      g_autofree char *escaped = g_markup_escape_text (error->message, -1);

      adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), escaped);
      gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
      return;
    }
  self->is_filling = TRUE;
  for (guint i = 0; i < n; i++)
    adw_combo_row_set_selected (self->rows->pdata[i], find_choice (said, &questions[i]));
  self->is_filling = FALSE;
}

static void
load (WayAboutMe *self)
{
  way_session_load_about_me_async (self->session, NULL, loaded_cb, g_object_ref (self));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayAboutMe) self = user_data;
  g_autoptr (GError) error = NULL;
  GtkWidget *window;

  if (way_session_write_finish (WAY_SESSION (source), result, NULL, &error))
    return;
  window = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_WINDOW);
  if (window != NULL)
    adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (window),
                                      way_toast_new (error->message, window));
  way_compat_announce (GTK_WIDGET (self), error->message);
  load (self);
}

static void
describe_value (AdwComboRow *row)
{
  GtkStringObject *value = adw_combo_row_get_selected_item (row);

  if (value != NULL)
    way_compat_describe (GTK_WIDGET (row), gtk_string_object_get_string (value));
}

static void
selected_cb (AdwComboRow *row, GParamSpec *pspec, WayAboutMe *self)
{
  guint n, which;
  const WayAboutQuestion *questions = way_about_me_list (&n);
  guint selected = adw_combo_row_get_selected (row);

  describe_value (row);
  if (self->is_filling || self->session == NULL || !g_ptr_array_find (self->rows, row, &which))
    return;
  way_session_save_about_me_async (self->session, questions[which].key,
                                   selected == 0 || selected == GTK_INVALID_LIST_POSITION
                                       ? ""
                                       : questions[which].choices[selected - 1].value,
                                   NULL, saved_cb, g_object_ref (self));
}

static void
way_about_me_dispose (GObject *object)
{
  g_clear_object (&WAY_ABOUT_ME (object)->session);

  G_OBJECT_CLASS (way_about_me_parent_class)->dispose (object);
}

static void
way_about_me_finalize (GObject *object)
{
  g_clear_pointer (&WAY_ABOUT_ME (object)->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (way_about_me_parent_class)->finalize (object);
}

static void
way_about_me_class_init (WayAboutMeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = way_about_me_dispose;
  G_OBJECT_CLASS (klass)->finalize = way_about_me_finalize;
}

static GtkWidget *
create_row (WayAboutMe *self, const WayAboutQuestion *question)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) answers = gtk_string_list_new (NULL);

  gtk_string_list_append (answers, _ ("Not said"));
  for (const WayAnswerChoice *choice = question->choices; choice->value != NULL; choice++)
    gtk_string_list_append (answers, _ (choice->label));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (question->label));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (answers));
  way_compat_name (row, _ (question->label));
  describe_value (ADW_COMBO_ROW (row));
  g_signal_connect (row, "notify::selected", G_CALLBACK (selected_cb), self);

  return row;
}

static void
way_about_me_init (WayAboutMe *self)
{
  guint n;
  const WayAboutQuestion *questions = way_about_me_list (&n);

  self->rows = g_ptr_array_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("About me"));
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (self),
      _ ("You may leave all of this out. It serves to find questions that are harder for some "
         "groups than for others. Nobody reads it; an analyst sees groups of 100 people or more, "
         "without names. With assistive technology or extra time no answer counts as too "
         "fast, and no time limit holds. “Not said” takes an answer back."));
  for (guint i = 0; i < n; i++)
    {
      GtkWidget *row = create_row (self, &questions[i]);

      g_ptr_array_add (self->rows, row);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
    }
}

/**
 * way_about_me_set_session:
 * @session: who is signed in
 *
 * Shows what this person has said of themselves.
 */
void
way_about_me_set_session (WayAboutMe *self, WaySession *session)
{
  g_return_if_fail (WAY_IS_ABOUT_ME (self) && WAY_IS_SESSION (session));

  if (g_set_object (&self->session, session))
    load (self);
}
