/* way-feedback-sorter.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/feedback/way-feedback-sorter-private.h"

#include "pages/feedback/way-feedback-words.h"
#include "session/way-initiatives.h"
#include "session/way-voices.h"

#include <glib/gi18n.h>

/* What is done to one or many things that were said: heard, joined; and taking back what was done
 * last. Each deed is written at once and laid over the list until the trust says it back. What has
 * to be asked first is in way-feedback-sorter-ask.c. */
G_DEFINE_FINAL_TYPE (WayFeedbackSorter, way_feedback_sorter, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Something that is to be done to @rows; way_feedback_deed_done_cb() takes it. */
WayFeedbackDeed *
way_feedback_deed_new (WayFeedbackSorter *sorter,
                       GtkWidget *over,
                       GPtrArray *rows,
                       const char *said)
{
  WayFeedbackDeed *deed = g_new0 (WayFeedbackDeed, 1);

  deed->sorter = g_object_ref (sorter);
  deed->over = g_object_ref (over);
  deed->rows = g_ptr_array_ref (rows);
  deed->columns = g_ptr_array_new_with_free_func (g_free);
  deed->said = g_strdup (said);
  return deed;
}

static void
deed_free (WayFeedbackDeed *deed)
{
  g_object_unref (deed->sorter);
  g_object_unref (deed->over);
  g_clear_object (&deed->window);
  g_ptr_array_unref (deed->rows);
  g_ptr_array_unref (deed->columns);
  g_free (deed->said);
  g_free (deed);
}

/* What a row will say then, until the trust says it back. */
void
way_feedback_deed_set (WayFeedbackDeed *deed, const char *column, const char *value)
{
  g_ptr_array_add (deed->columns, g_strdup (column));
  g_ptr_array_add (deed->columns, g_strdup (value != NULL ? value : ""));
}

static void
lay_over (WayFeedbackSorter *self, WayFeedbackDeed *deed)
{
  g_ptr_array_set_size (self->before, 0);
  for (guint i = 0; i < deed->rows->len; i++)
    {
      WayRow *row = g_ptr_array_index (deed->rows, i);
      const char *id = way_row_get_text (row, "id");

      if (deed->is_heard && way_feedback_get_state (row) == WAY_FEEDBACK_NEW)
        {
          way_feedback_pending_add (self->pending, id, "heard", NULL, NULL, NULL);
          g_ptr_array_add (self->before, g_strdup (id));
          g_ptr_array_add (self->before, g_strdup (""));
          g_ptr_array_add (self->before, g_strdup (""));
        }
      for (guint k = 0; k < deed->columns->len; k += 2)
        {
          const char *column = g_ptr_array_index (deed->columns, k);

          g_ptr_array_add (self->before, g_strdup (id));
          g_ptr_array_add (self->before, g_strdup (column));
          g_ptr_array_add (self->before, g_strdup (way_feedback_get_text (row, column)));
          way_feedback_pending_set (self->pending, id, column,
                                    g_ptr_array_index (deed->columns, k + 1));
        }
    }
}

/* Ends what was written. */
void
way_feedback_deed_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WayFeedbackDeed *deed = user_data;
  WayFeedbackSorter *self = deed->sorter;
  g_autoptr (GError) error = NULL;
  g_autofree char *ids = NULL;

  if (way_session_write_finish (WAY_SESSION (source), result, &ids, &error))
    {
      /* Translators: %s says what was done. */
      g_autofree char *said = g_strdup_printf (_ ("%s Z takes it back."), deed->said);

      if (deed->is_new)
        {
          g_auto (GStrv) parts = g_strsplit (ids, " ", 2);

          way_feedback_deed_set (deed, "published", parts[0]);
        }
      g_free (self->done);
      self->done = g_steal_pointer (&ids);
      lay_over (self, deed);
      gtk_widget_activate_action (deed->over, "win.toast", "s", said);
      g_signal_emit (self, signals[CHANGED], 0);
    }
  else if (deed->window == NULL)
    gtk_widget_activate_action (deed->over, "win.toast", "s", error->message);
  if (deed->window != NULL)
    way_edit_window_finish (deed->window, error);
  deed_free (deed);
}

static void
way_feedback_sorter_finalize (GObject *object)
{
  WayFeedbackSorter *self = WAY_FEEDBACK_SORTER (object);

  g_clear_object (&self->session);
  g_clear_object (&self->rows);
  g_clear_object (&self->owners);
  g_clear_object (&self->initiatives);
  g_clear_pointer (&self->before, g_ptr_array_unref);
  g_free (self->done);

  G_OBJECT_CLASS (way_feedback_sorter_parent_class)->finalize (object);
}

static void
way_feedback_sorter_class_init (WayFeedbackSorterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = way_feedback_sorter_finalize;

  /* Something was done, or taken back: the list is to be shown anew. */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
way_feedback_sorter_init (WayFeedbackSorter *self)
{
  self->before = g_ptr_array_new_with_free_func (g_free);
}

/**
 * way_feedback_sorter_new:
 * @pending: outlives it
 * @rows: of WayRow, as they are shown
 *
 * Returns: (transfer full): with nothing to take back
 */
WayFeedbackSorter *
way_feedback_sorter_new (WaySession *session, WayFeedbackPending *pending, GListModel *rows)
{
  WayFeedbackSorter *self = g_object_new (WAY_TYPE_FEEDBACK_SORTER, NULL);

  self->session = g_object_ref (session);
  self->pending = pending;
  self->rows = g_object_ref (rows);
  return self;
}

static void
owners_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayFeedbackSorter) self = user_data;
  g_autoptr (GListModel) owners = way_session_list_finish (WAY_SESSION (source), result, NULL);

  if (owners != NULL)
    g_set_object (&self->owners, owners);
}

static void
initiatives_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayFeedbackSorter) self = user_data;
  g_autoptr (GListModel) initiatives = way_session_list_finish (WAY_SESSION (source), result, NULL);

  if (initiatives != NULL)
    g_set_object (&self->initiatives, initiatives);
}

/**
 * way_feedback_sorter_load:
 *
 * Asks who may own something, and what is being introduced.
 */
void
way_feedback_sorter_load (WayFeedbackSorter *self, GCancellable *cancellable)
{
  g_return_if_fail (WAY_IS_FEEDBACK_SORTER (self));

  way_session_load_owners_async (self->session, cancellable, owners_cb, g_object_ref (self));
  way_session_load_initiatives_async (self->session, cancellable, initiatives_cb,
                                      g_object_ref (self));
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (*(const char *const *) a, *(const char *const *) b);
}

/**
 * way_feedback_sorter_list_themes:
 *
 * Returns: (transfer full): of char*: the themes that there are
 */
GPtrArray *
way_feedback_sorter_list_themes (WayFeedbackSorter *self)
{
  GPtrArray *themes = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (WAY_IS_FEEDBACK_SORTER (self), themes);

  for (guint i = 0; i < g_list_model_get_n_items (self->rows); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (self->rows, i);
      const char *theme = way_feedback_get_text (row, "theme");

      if (*theme != '\0' && !g_ptr_array_find_with_equal_func (themes, theme, g_str_equal, NULL))
        g_ptr_array_add (themes, g_strdup (theme));
    }
  g_ptr_array_sort (themes, compare_texts);
  return themes;
}

/**
 * way_feedback_sorter_list_joined:
 * @id: of something that was said
 *
 * Returns: (transfer full): of WayRow: what says the same, and is joined to it
 */
GPtrArray *
way_feedback_sorter_list_joined (WayFeedbackSorter *self, const char *id)
{
  GPtrArray *joined = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (WAY_IS_FEEDBACK_SORTER (self), joined);

  for (guint i = 0; i < g_list_model_get_n_items (self->rows); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (self->rows, i);

      if (g_str_equal (way_feedback_get_text (row, "joined"), id))
        g_ptr_array_add (joined, g_steal_pointer (&row));
    }
  return joined;
}

/**
 * way_feedback_sorter_hear:
 *
 * Says of what is new among @rows that it was heard.
 */
void
way_feedback_sorter_hear (WayFeedbackSorter *self, GtkWidget *over, GPtrArray *rows)
{
  g_autoptr (GPtrArray) fresh = g_ptr_array_new_with_free_func (g_object_unref);
  WayFeedbackActionBody body = { .action = (char *) "heard" };
  WayFeedbackDeed *deed;

  g_return_if_fail (WAY_IS_FEEDBACK_SORTER (self));

  for (guint i = 0; i < rows->len; i++)
    if (way_feedback_get_state (g_ptr_array_index (rows, i)) == WAY_FEEDBACK_NEW)
      g_ptr_array_add (fresh, g_object_ref (g_ptr_array_index (rows, i)));
  if (fresh->len == 0)
    {
      gtk_widget_activate_action (over, "win.toast", "s", _ ("All of these have been heard."));
      return;
    }
  deed = way_feedback_deed_new (self, over, fresh, _ ("Heard. They will see that."));
  deed->is_heard = TRUE;
  way_session_sort_feedback_async (self->session, fresh, &body, NULL, way_feedback_deed_done_cb,
                                   deed);
}

/* Said first, and not itself joined to something. */
static WayRow *
find_first (GPtrArray *rows)
{
  WayRow *first = NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      WayRow *row = g_ptr_array_index (rows, i);

      if (*way_feedback_get_text (row, "joined") == '\0'
          && (first == NULL || way_row_get_int (row, "at") < way_row_get_int (first, "at")))
        first = row;
    }
  return first;
}

/**
 * way_feedback_sorter_join:
 * @rows: of WayRow: they say the same
 *
 * Joins them to the one that was said first; what is joined to one of them goes along, and
 * whatever is answered from then on goes to everybody who said it.
 */
void
way_feedback_sorter_join (WayFeedbackSorter *self, GtkWidget *over, GPtrArray *rows)
{
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func (g_object_unref);
  WayFeedbackActionBody body = { .action = (char *) "joined" };
  WayRow *first;
  WayFeedbackDeed *deed;

  g_return_if_fail (WAY_IS_FEEDBACK_SORTER (self));

  first = find_first (rows);
  for (guint i = 0; first != NULL && i < rows->len; i++)
    {
      WayRow *row = g_ptr_array_index (rows, i);
      g_autoptr (GPtrArray) joined = NULL;

      if (row == first)
        continue;
      g_ptr_array_add (others, g_object_ref (row));
      joined = way_feedback_sorter_list_joined (self, way_row_get_text (row, "id"));
      for (guint k = 0; k < joined->len; k++)
        g_ptr_array_add (others, g_object_ref (g_ptr_array_index (joined, k)));
    }
  if (others->len == 0)
    {
      gtk_widget_activate_action (over, "win.toast", "s",
                                  _ ("Mark 2 or more that say the same: X marks one."));
      return;
    }
  body.joined = (char *) way_row_get_text (first, "id");
  deed = way_feedback_deed_new (self, over, others, _ ("Joined. An answer goes to all of them."));
  deed->is_heard = TRUE;
  way_feedback_deed_set (deed, "joined", body.joined);
  way_session_sort_feedback_async (self->session, others, &body, NULL, way_feedback_deed_done_cb,
                                   deed);
}

/**
 * way_feedback_sorter_part:
 * @row: joined to something
 *
 * It stands for itself again.
 */
void
way_feedback_sorter_part (WayFeedbackSorter *self, GtkWidget *over, WayRow *row)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  WayFeedbackActionBody body = { .action = (char *) "parted" };
  WayFeedbackDeed *deed;

  g_return_if_fail (WAY_IS_FEEDBACK_SORTER (self));

  g_ptr_array_add (rows, g_object_ref (row));
  deed = way_feedback_deed_new (self, over, rows, _ ("It stands for itself again."));
  way_feedback_deed_set (deed, "joined", "");
  way_session_sort_feedback_async (self->session, rows, &body, NULL, way_feedback_deed_done_cb,
                                   deed);
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WayFeedbackDeed *deed = user_data;
  WayFeedbackSorter *self = deed->sorter;
  g_autoptr (GError) error = NULL;

  if (way_session_write_finish (WAY_SESSION (source), result, NULL, &error))
    {
      for (guint i = 0; i + 2 < self->before->len; i += 3)
        {
          const char *id = g_ptr_array_index (self->before, i);
          const char *column = g_ptr_array_index (self->before, i + 1);

          if (*column != '\0')
            way_feedback_pending_set (self->pending, id, column,
                                      g_ptr_array_index (self->before, i + 2));
          else
            way_feedback_pending_forget (self->pending, id);
        }
      g_ptr_array_set_size (self->before, 0);
      gtk_widget_activate_action (deed->over, "win.toast", "s", _ ("Taken back."));
      g_signal_emit (self, signals[CHANGED], 0);
    }
  else
    gtk_widget_activate_action (deed->over, "win.toast", "s", error->message);
  deed_free (deed);
}

/**
 * way_feedback_sorter_undo:
 *
 * Takes back what was done last.
 */
void
way_feedback_sorter_undo (WayFeedbackSorter *self, GtkWidget *over)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autofree char *ids = NULL;

  g_return_if_fail (WAY_IS_FEEDBACK_SORTER (self));

  ids = g_steal_pointer (&self->done);
  if (ids == NULL)
    {
      gtk_widget_activate_action (over, "win.toast", "s", _ ("There is nothing to take back."));
      return;
    }
  way_session_retract_all_async (self->session, ids, NULL, undone_cb,
                                 way_feedback_deed_new (self, over, none, ""));
}
