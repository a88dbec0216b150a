/* way-session-quarantine.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-session-private.h"

#include <glib/gi18n-lib.h>

/* What the trust has received and does not count: kept apart because it cannot be read, or
 * refused because its author had no right to it. In words for whoever wrote it. */

#define APART                                                                                      \
  "SELECT e.id, e.kind, e.at, 'apart' AS state, a.reason, a.received FROM event AS e "             \
  "JOIN apart AS a ON a.stream = e.stream AND a.seq = e.seq WHERE e.received = 0 "                 \
  "UNION ALL SELECT e.id, e.kind, e.at, 'refused', '', e.received FROM event AS e "                \
  "WHERE e.author = CAST($1 AS text) AND e.received > 0 AND e.allowed = 0 "                        \
  "ORDER BY 3 DESC, 1 LIMIT 1000"

typedef struct
{
  const char *key;
  const char *words;
} Words;

/* Kinds that one person writes about themselves are told apart; the rest is one's work. */
static const Words kinds[] = {
  { "attempt", N_ ("The beginning of a sitting or a check") },
  { "selection", N_ ("Which question came next") },
  { "response", N_ ("An answer") },
  { "attempt_end", N_ ("The end of a sitting or a check") },
  { "estimate", N_ ("A result") },
  { "self_rating", N_ ("How you rated yourself") },
  { "confidence", N_ ("How sure you felt") },
  { "barrier", N_ ("What gets in the way") },
  { "about_me", N_ ("Something about you") },
  { "preference", N_ ("A setting of yours") },
  { "step", N_ ("A step in a module") },
  { "note", N_ ("A private note") },
  { "reflection", N_ ("A reflection") },
  { "shift_done", N_ ("Something done on shift") },
  { "action", N_ ("Something done in practice") },
  { "rule_outcome", N_ ("How practice went") },
  { "evidence", N_ ("Evidence of a skill") },
  { "evidence_file", N_ ("A piece of a file that goes with evidence") },
  { "evidence_answer", N_ ("What you say to evidence of a skill") },
  { "help_request", N_ ("A question to your champion") },
  { "help_action", N_ ("An answer to a question") },
  { "help_declined", N_ ("That you are fine without help") },
  { "help_given", N_ ("Help that you gave") },
  { "feedback", N_ ("Something you told the trust") },
  { "feedback_action", N_ ("An answer to what somebody told the trust") },
  { "session", N_ ("A drop-in session") },
  { "attendance", N_ ("Who comes to a drop-in session") },
  { "vote", N_ ("Support for an idea") },
  { "thanks", N_ ("Thanks to somebody") },
  { "corner_question", N_ ("A question to all champions") },
  { "corner_action", N_ ("An answer to another champion") },
  { "tip", N_ ("That an answer worked") },
  { "access", N_ ("A note that you looked at something") },
  { "retraction", N_ ("Something you took back") },
};

/* A trust says where in an event the fault is, and then which. */
static const Words reasons[] = {
  { "id: of another event",
    N_ ("The trust has something else under its number already. The file of this store may have "
        "been copied.") },
  { "at:", N_ ("Its time cannot be right. The clock of this computer was far off when it was "
               "saved.") },
  { "body: ", N_ ("The trust cannot read what it says.") },
  { "digest:",
    N_ ("It is not what was saved at first. The disk of this computer may be failing.") },
  { "chain:", N_ ("It does not follow what was saved before it. The file of this store may have "
                  "been changed.") },
  { "It breaks a rule", N_ ("It does not fit with what the trust has.") },
};

static const char *
find_words (const Words *words, guint n_words, const char *text, gboolean is_whole)
{
  for (guint i = 0; i < n_words; i++)
    if (is_whole ? g_str_equal (text, words[i].key) : g_str_has_prefix (text, words[i].key))
      return g_dgettext (GETTEXT_PACKAGE, words[i].words);
  return NULL;
}

static const char *
get_what (const char *kind)
{
  const char *words = find_words (kinds, G_N_ELEMENTS (kinds), kind, TRUE);

  return words != NULL ? words : _ ("Something you did");
}

static const char *
get_why (const char *state, const char *reason)
{
  const char *words;

  if (g_str_equal (state, "refused"))
    return _ ("The trust keeps it, but it does not count: you had no right to do this when it "
              "arrived. A training lead can tell you why.");
  words = find_words (reasons, G_N_ELEMENTS (reasons), reason, FALSE);
  return words != NULL ? words : _ ("The trust cannot read it.");
}

static void
add_cell (GPtrArray *cells, const char *text)
{
  g_ptr_array_add (cells, g_strdup (text));
}

static void
load_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WaySession *self = source;
  static const char *const names[] = { "id",  "state",  "kind", "what",
                                       "why", "reason", "at",   "received" };
  const char *values[] = { task_data, NULL };
  g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GListStore) found = NULL;
  g_autoptr (GError) error = NULL;
  GListStore *rows;
  WayDb *db = way_session_get_db (self, &error);

  if (db != NULL)
    found = way_row_query (db, APART, values, &error);
  if (found == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_ptr_array_add (columns, g_strdup (names[i]));
  rows = g_list_store_new (WAY_TYPE_ROW);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (found)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (found), i);
      g_autoptr (WayRow) shown = NULL;
      GPtrArray *cells = g_ptr_array_new_full (G_N_ELEMENTS (names), g_free);
      const char *state = way_row_get_text (row, "state");
      const char *reason = way_row_get_text (row, "reason");

      add_cell (cells, way_row_get_text (row, "id"));
      add_cell (cells, state);
      add_cell (cells, way_row_get_text (row, "kind"));
      add_cell (cells, get_what (way_row_get_text (row, "kind")));
      add_cell (cells, get_why (state, reason));
      add_cell (cells, reason);
      add_cell (cells, way_row_get_text (row, "at"));
      add_cell (cells, way_row_get_text (row, "received"));
      shown = way_row_new (columns, cells);
      g_list_store_append (rows, shown);
    }
  g_task_return_pointer (task, rows, g_object_unref);
}

/**
 * way_session_load_quarantined_async:
 *
 * What of one's own the trust has received and does not count, the last first, at most 1000.
 * Finish with way_session_list_finish(): rows of id, state (apart: it cannot be read; refused:
 * one had no right), kind, what (the kind in words), why (in words), reason (as the trust said
 * it, in English; "" when refused), at (µs, when it was saved), received (µs).
 */
void
way_session_load_quarantined_async (WaySession *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WAY_IS_SESSION (self));

  task = way_session_begin (self, self, way_session_load_quarantined_async, cancellable, callback,
                            user_data);
  g_task_set_task_data (task, g_strdup (self->person != NULL ? self->person : ""), g_free);
  way_worker_run (self->store_worker, task, load_thread);
}
