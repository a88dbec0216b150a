/* way-feedback-pending.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/feedback/way-feedback-pending.h"

#include "pages/feedback/way-feedback-words.h"

/* The columns of the session's list of feedback, and one of our own: whether something
 * still waits to reach the trust. */
static const char *const COLUMNS[] = {
  "id",         "person",
  "name",       "unit_name",
  "type",       "text",
  "page",       "module",
  "state",      "decision",
  "because",    "reply",
  "at",         "last",
  "pending",    "theme",
  "owner",      "owner_name",
  "due",        "joined",
  "initiative", "initiative_title",
  "about",      "published",
  "supporters",
};

typedef struct
{
  WayFeedbackState state; /* at least */
  char *decision;         /* (owned) (nullable) */
  char *because;          /* (owned) (nullable) */
  char *reply;            /* (owned) (nullable) */
  GHashTable *columns;    /* (owned) of char* column → char* value: how it was sorted */
  gboolean is_sent;
} Deed;

struct _WayFeedbackPending
{
  GHashTable *deeds; /* (owned) of char* id → Deed */
};

static void
deed_free (gpointer data)
{
  Deed *deed = data;

  g_free (deed->decision);
  g_free (deed->because);
  g_free (deed->reply);
  g_hash_table_unref (deed->columns);
  g_free (deed);
}

/**
 * way_feedback_pending_new:
 *
 * Returns: (transfer full): nothing waits
 */
WayFeedbackPending *
way_feedback_pending_new (void)
{
  WayFeedbackPending *self = g_new0 (WayFeedbackPending, 1);

  self->deeds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, deed_free);
  return self;
}

/**
 * way_feedback_pending_free:
 */
void
way_feedback_pending_free (WayFeedbackPending *self)
{
  g_hash_table_unref (self->deeds);
  g_free (self);
}

static void
keep (char **place, const char *value)
{
  if (value == NULL)
    return;
  g_free (*place);
  *place = g_strdup (value);
}

static Deed *
get_deed (WayFeedbackPending *self, const char *feedback)
{
  Deed *deed = g_hash_table_lookup (self->deeds, feedback);

  if (deed == NULL)
    {
      deed = g_new0 (Deed, 1);
      deed->columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      g_hash_table_insert (self->deeds, g_strdup (feedback), deed);
    }
  deed->is_sent = FALSE;
  return deed;
}

/**
 * way_feedback_pending_add:
 * @feedback: what was said
 * @action: heard, decided, done or replied, as it was saved on this device
 * @decision: (nullable)
 * @because: (nullable)
 * @text: (nullable)
 *
 * Notes what was done.
 */
void
way_feedback_pending_add (WayFeedbackPending *self,
                          const char *feedback,
                          const char *action,
                          const char *decision,
                          const char *because,
                          const char *text)
{
  WayFeedbackState state = g_str_equal (action, "done")      ? WAY_FEEDBACK_DONE
                           : g_str_equal (action, "decided") ? WAY_FEEDBACK_DECIDED
                                                             : WAY_FEEDBACK_HEARD;
  Deed *deed = get_deed (self, feedback);

  deed->state = MAX (deed->state, state);
  keep (&deed->decision, decision);
  keep (&deed->because, because);
  keep (&deed->reply, text);
}

/**
 * way_feedback_pending_set:
 * @feedback: what was said
 * @column: of how it is sorted
 * @value: "" for nothing
 *
 * Notes how it was sorted.
 */
void
way_feedback_pending_set (WayFeedbackPending *self,
                          const char *feedback,
                          const char *column,
                          const char *value)
{
  g_hash_table_insert (get_deed (self, feedback)->columns, g_strdup (column), g_strdup (value));
}

/**
 * way_feedback_pending_forget:
 * @feedback: what was said
 *
 * What was done to it was taken back.
 */
void
way_feedback_pending_forget (WayFeedbackPending *self, const char *feedback)
{
  g_hash_table_remove (self->deeds, feedback);
}

/**
 * way_feedback_pending_mark_sent:
 *
 * The trust has everything: what it answers from now on is how it is, even where it did
 * not do as was asked.
 */
void
way_feedback_pending_mark_sent (WayFeedbackPending *self)
{
  GHashTableIter iter;
  gpointer deed;

  g_hash_table_iter_init (&iter, self->deeds);
  while (g_hash_table_iter_next (&iter, NULL, &deed))
    ((Deed *) deed)->is_sent = TRUE;
}

static gboolean
is_said_back (WayRow *row, const Deed *deed)
{
  GHashTableIter iter;
  gpointer column, value;

  if (deed->is_sent)
    return TRUE;
  g_hash_table_iter_init (&iter, deed->columns);
  while (g_hash_table_iter_next (&iter, &column, &value))
    if (!way_row_has (row, column) ? *(const char *) value != '\0'
                                   : !g_str_equal (way_row_get_text (row, column), value))
      return FALSE;
  return way_feedback_get_state (row) >= deed->state
         && (deed->decision == NULL
             || g_str_equal (way_row_get_text (row, "decision"), deed->decision))
         && (deed->because == NULL
             || g_str_equal (way_row_get_text (row, "because"), deed->because))
         && (deed->reply == NULL || g_str_equal (way_row_get_text (row, "reply"), deed->reply));
}

static const char *
get_state_id (WayRow *row, const Deed *deed)
{
  static const char *const IDS[] = { "new", "heard", "decided", "done" };
  WayFeedbackState state = way_feedback_get_state (row);

  return IDS[deed != NULL ? MAX (state, deed->state) : state];
}

static WayRow *
lay_over (WayRow *row, const Deed *deed, GPtrArray *columns)
{
  GPtrArray *values = g_ptr_array_new_full (columns->len, g_free);

  for (guint i = 0; i < columns->len; i++)
    {
      const char *column = g_ptr_array_index (columns, i);
      const char *value = way_row_has (row, column) ? way_row_get_text (row, column) : NULL;

      if (g_str_equal (column, "state"))
        value = get_state_id (row, deed);
      else if (g_str_equal (column, "pending"))
        value = deed != NULL ? "1" : "0";
      else if (deed != NULL && deed->decision != NULL && g_str_equal (column, "decision"))
        value = deed->decision;
      else if (deed != NULL && deed->because != NULL && g_str_equal (column, "because"))
        value = deed->because;
      else if (deed != NULL && deed->reply != NULL && g_str_equal (column, "reply"))
        value = deed->reply;
      else if (deed != NULL && g_hash_table_contains (deed->columns, column))
        value = g_hash_table_lookup (deed->columns, column);
      g_ptr_array_add (values, g_strdup (value));
    }
  return way_row_new (columns, values);
}

/**
 * way_feedback_pending_apply:
 * @rows: of WayRow, as the trust answered
 *
 * What the trust has said back by now waits no longer.
 *
 * Returns: (transfer full): @rows with what waits laid over them, and a column “pending”
 */
GListStore *
way_feedback_pending_apply (WayFeedbackPending *self, GListModel *rows)
{
  g_autoptr (GListStore) result = g_list_store_new (WAY_TYPE_ROW);
  g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < G_N_ELEMENTS (COLUMNS); i++)
    g_ptr_array_add (columns, g_strdup (COLUMNS[i]));
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rows, i);
      const char *id = way_row_get_text (row, "id");
      const Deed *deed = g_hash_table_lookup (self->deeds, id);

      if (deed != NULL && is_said_back (row, deed))
        {
          g_hash_table_remove (self->deeds, id);
          deed = NULL;
        }
      g_ptr_array_add (all, lay_over (row, deed, columns));
    }
  g_list_store_splice (result, 0, 0, all->pdata, all->len);
  return g_steal_pointer (&result);
}
