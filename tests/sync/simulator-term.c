/* simulator-term.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "simulator-model.h"

#include <string.h>

/* Terms as a champion, by the design: whoever takes part in one says so themselves and is
 * appointed by a lead, in whichever order. */

static gboolean
is_state (const char *state, const char *const *states)
{
  return state != NULL && g_strv_contains (states, state);
}

/* Of a term that one row began: what all of them say, in the order of their times. */
static ModelTerm *
read_term (GPtrArray *rows, const ModelRow *first)
{
  static const char *const own[] = { "put-forward", "accepted", NULL };
  static const char *const made[] = { "appointed", "active", NULL };
  static const char *const moves[] = { "active", "paused", "ended", NULL };
  ModelTerm *term = g_new0 (ModelTerm, 1);
  gboolean is_accepted = FALSE, is_appointed = FALSE, is_paused = FALSE;
  gboolean was_paused_by_self = FALSE;
  gint64 paused_at = 0;

  term->id = g_strdup (first->event->id);
  term->person = first->about;
  term->place = model_find_place (first->event->unit);
  for (guint i = 0; i < rows->len; i++)
    {
      const ModelRow *row = rows->pdata[i];
      g_autofree char *state = model_get_field (row->event->body, "state");
      g_autofree char *of = model_get_field (row->event->body, "term");
      g_autofree char *until = model_get_field (row->event->body, "until");
      gboolean is_own = row->author >= 0 && row->author == row->about;

      if (row->about != term->person
          || !g_str_equal (of != NULL ? of : row->event->id, first->event->id))
        continue;
      is_accepted |= is_own && is_state (state, own);
      if (is_state (state, made))
        {
          is_appointed = TRUE;
          if (row->event->unit != NULL)
            term->place = model_find_place (row->event->unit);
          if (until != NULL)
            {
              term->has_end = TRUE;
              term->until = g_ascii_strtoll (until, NULL, 10);
            }
        }
      if (is_state (state, moves))
        {
          term->is_ended = g_str_equal (state, "ended");
          is_paused = g_str_equal (state, "paused");
          was_paused_by_self = is_own;
          paused_at = row->event->effective;
        }
      /* Their own pause they lift, a lead's they do not. */
      else if (is_paused && was_paused_by_self && is_own && g_strcmp0 (state, "accepted") == 0
               && row->event->effective > paused_at)
        is_paused = FALSE;
    }
  term->is_active = is_accepted && is_appointed && !is_paused && !term->is_ended;
  return term;
}

void
model_term_free (gpointer data)
{
  ModelTerm *term = data;

  g_free (term->id);
  g_free (term);
}

/* model_list_terms:
 * @rows: (element-type ModelRow): champion_term alone, that count, in the order of their times
 *
 * Returns: (transfer full) (element-type ModelTerm) */
GPtrArray *
model_list_terms (GPtrArray *rows)
{
  static const char *const begins[] = { "put-forward", "nominated", "accepted",
                                        "appointed",   "active",    NULL };
  GPtrArray *terms = g_ptr_array_new_with_free_func (model_term_free);

  for (guint i = 0; i < rows->len; i++)
    {
      const ModelRow *row = rows->pdata[i];
      g_autofree char *state = model_get_field (row->event->body, "state");
      g_autofree char *of = model_get_field (row->event->body, "term");

      if (of == NULL && row->about >= 0 && is_state (state, begins))
        g_ptr_array_add (terms, read_term (rows, row));
    }
  return terms;
}
