/* simulator-log.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "simulator-model.h"

/* The log of the trust as the model reads it: what is there, what was emptied, what withdrawn. */

/* What may be withdrawn, of the kinds that are simulated: where it was written, by the trust or by
 * the same desk of whoever may write it; and by its author, anywhere. */
static const char *const streams_to_withdraw[] = {
  "organisation", "place",          "person",         "membership",    "role_grant",
  "setting",      "pack_release",   "item_parameter", "local_note",    "role_requirement",
  "assignment",   "assignment_end", "exemption",      "reminder",      "initiative",
  "pulse",        "notice",         "session",        "champion_term", "rota",
  "evidence",     "drop_answer"
};
static const char *const own_to_withdraw[] = {
  "self_rating", "help_request",    "help_action",   "help_given",
  "evidence",    "corner_question", "corner_action", "tip",
};
/* Who is erased loses what was written about them, and by them but for what
 * they did in a role. */
static gboolean
goes_with (const WayEvent *event, const char *person)
{
  static const char *const of_roles[] = { "person",  "membership", "role_grant",
                                          "setting", "place",      "notice" };

  if (g_str_equal (event->kind, "erasure_request") || g_str_equal (event->kind, "erasure"))
    return FALSE;
  if (g_strcmp0 (event->subject, person) == 0)
    return TRUE;
  if (g_str_equal (event->kind, "champion_term") && event->subject != NULL)
    return FALSE;
  return g_strcmp0 (event->author, person) == 0 && !IS_ONE_OF (event->kind, of_roles);
}

/* Of itself, whoever else repeats or keeps it. */
gboolean
model_is_emptied_itself (Model *self, const ModelRow *row)
{
  if (g_hash_table_contains (self->redacted, row->event->id))
    return TRUE;
  for (guint i = MODEL_N_PEOPLE; i < MODEL_N_ALL; i++)
    if (self->is_erased[i] && goes_with (row->event, model_people[i]))
      return TRUE;
  return FALSE;
}

/* A tip is the words of who answered, and a piece of a file belongs to evidence. */
gboolean
model_is_emptied (Model *self, const ModelRow *row)
{
  const char *target = g_hash_table_lookup (self->targets, row->event->id);
  const ModelRow *answer;

  if (model_is_emptied_itself (self, row))
    return TRUE;
  if (target == NULL
      || !(g_str_equal (row->event->kind, "tip")
           || g_str_equal (row->event->kind, "evidence_file")))
    return FALSE;
  if (g_hash_table_contains (self->redacted, target))
    return TRUE;
  answer = g_str_equal (row->event->kind, "tip") ? model_find_row (self, target) : NULL;
  return answer != NULL && g_str_equal (answer->event->kind, "corner_action") && answer->author >= 0
         && self->is_erased[answer->author];
}

/* The pieces of a file go with the evidence that their author has withdrawn. */
static void
withdraw_pieces (Model *self, const ModelRow *withdrawal)
{
  const char *evidence = g_hash_table_lookup (self->targets, withdrawal->event->id);

  for (guint i = 0; i < self->rows->len; i++)
    {
      ModelRow *row = self->rows->pdata[i];

      if (g_str_equal (row->event->kind, "evidence_file") && row->author == withdrawal->author
          && g_strcmp0 (g_hash_table_lookup (self->targets, row->event->id), evidence) == 0)
        row->is_withdrawn = TRUE;
    }
}

static void
withdraw (Model *self)
{
  for (guint i = 0; i < self->withdrawals->len; i++)
    {
      const ModelRow *row = self->withdrawals->pdata[i];
      ModelRow *target = (ModelRow *) model_find_target (self, row);

      if (row->event->allowed == 1 && row->author >= 0)
        withdraw_pieces (self, row);
      if (target == NULL || target->is_withdrawn || row->event->allowed != 1)
        continue;
      target->is_withdrawn = (target->author >= 0 && target->author == row->author
                              && IS_ONE_OF (target->event->kind, own_to_withdraw))
                             || (g_str_equal (row->event->stream, target->event->stream)
                                 && IS_ONE_OF (target->event->kind, streams_to_withdraw));
      self->is_stale |= target->is_withdrawn;
    }
}

void
model_forget_trust (Model *self)
{
  g_hash_table_remove_all (self->ends);
  g_hash_table_remove_all (self->row_of);
  g_ptr_array_set_size (self->withdrawals, 0);
  g_ptr_array_set_size (self->rows, 0);
  self->is_stale = TRUE;
}

/* @misjudged: (nullable): takes what should be judged otherwise */
static char *
add_row (Model *self, WayEvent *event, const char *trust_stream, GPtrArray *misjudged)
{
  ModelRow *row = g_new0 (ModelRow, 1);
  ModelSaid *said = model_find_said (self, event->id);
  gint64 *end = g_hash_table_lookup (self->ends, event->stream);
  g_autofree char *digest = way_event_compute_digest (event);
  gboolean is_trusts = g_str_equal (event->stream, trust_stream);

  row->event = event;
  row->author = model_find_person (event->author);
  row->about = model_find_person (event->subject != NULL ? event->subject : event->author);
  g_ptr_array_add (self->rows, row);
  if (end == NULL)
    {
      end = g_new0 (gint64, 1);
      g_hash_table_insert (self->ends, g_strdup (event->stream), end);
    }
  *end = MAX (*end, event->seq);
  if (g_hash_table_contains (self->row_of, event->id))
    return g_strdup_printf ("I2: %s is in the trust twice", event->id);
  g_hash_table_insert (self->row_of, event->id, row);
  self->is_stale |= model_is_governing (event->kind);
  model_note_pointer (self, event);
  if (g_str_equal (event->kind, "retraction"))
    g_ptr_array_add (self->withdrawals, row);

  if (*event->salt == '\0' ? *event->body != '\0' : !g_str_equal (digest, event->digest))
    return g_strdup_printf ("I5: %s has another body than was written", event->id);
  if (is_trusts)
    return NULL;
  if (said != NULL)
    said->was_allowed |= event->allowed == 1;
  if (said == NULL)
    return g_strdup_printf ("I2: %s (%s of %s) is in the trust, and nobody has said it", event->id,
                            event->kind, event->author);
  if (said->is_poison)
    return g_strdup_printf ("I13: %s (%s) was taken, and should have been set aside", event->id,
                            event->kind);
  if ((int) said->person != row->author)
    return g_strdup_printf ("I8: %s of %s counts as said by %s", event->id,
                            model_people[said->person], event->author);
  if (!g_str_equal (said->digest, event->digest))
    return g_strdup_printf ("I5: %s is not what was said", event->id);
  if (misjudged != NULL && *event->salt != '\0'
      && event->allowed != model_may_write (self, said->person, event))
    g_ptr_array_add (misjudged, row);
  return NULL;
}

/* Where a push is taken one by one, what comes later in it is judged by what came before. */
static char *
judge_again (Model *self, GPtrArray *misjudged)
{
  for (guint i = 0; i < misjudged->len; i++)
    {
      const ModelRow *row = misjudged->pdata[i];
      const WayEvent *event = row->event;

      if (!self->may_judge_later || event->allowed != model_may_write (self, row->author, event))
        return g_strdup_printf ("I8: %s (%s of %s about %s) has allowed %d: %s", event->id,
                                event->kind, event->author, event->subject, event->allowed,
                                event->body);
    }
  return NULL;
}

/* A trust that was put back to before an answer, and that heard no more of who gave it because they
 * were erased, cannot know whose words a tip has; it takes the tip as it comes, and empty where the
 * desk that has it was told in time. */
static gboolean
may_be_empty (Model *self, const ModelRow *row)
{
  const char *target = g_hash_table_lookup (self->targets, row->event->id);
  const ModelSaid *answer = model_find_said (self, target);

  return model_is_emptied (self, row)
         || (g_str_equal (row->event->kind, "tip") && model_find_row (self, target) == NULL
             && answer != NULL && self->is_erased[answer->person]);
}

/* What goes with the words of another can stand before them in the log. */
static char *
check_emptied (Model *self, guint first)
{
  for (guint i = first; i < self->rows->len; i++)
    {
      const ModelRow *row = self->rows->pdata[i];

      if (*row->event->salt == '\0' && !may_be_empty (self, row))
        return g_strdup_printf ("I5: %s (%s of %s) is empty, and nobody has erased it",
                                row->event->id, row->event->kind, row->event->author);
    }
  return NULL;
}

char *
model_read_trust (Model *self, WayStore *trust, const char *stream)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *problem = NULL;
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GPtrArray) misjudged = g_ptr_array_new ();
  const char *trust_stream = way_store_get_stream (trust);
  const gint64 *end = stream != NULL ? g_hash_table_lookup (self->ends, stream) : NULL;
  WayStatement *statement;
  gboolean has_row;
  guint first;

  if (stream == NULL)
    model_forget_trust (self);
  first = self->rows->len;
  statement = way_db_prepare (
      way_store_get_db (trust),
      stream != NULL ? "SELECT " WAY_LOG_COLUMNS
                       " FROM event AS e WHERE e.stream = $1 AND e.seq > $2 ORDER BY e.seq"
                     : "SELECT " WAY_LOG_COLUMNS " FROM event AS e ORDER BY e.stream, e.seq",
      &error);
  g_assert_no_error (error);
  way_statement_bind_text (statement, 1, stream);
  way_statement_bind_int (statement, 2, end != NULL ? *end : 0);
  events = g_ptr_array_new ();
  for (;;)
    {
      way_statement_step (statement, &has_row, &error);
      g_assert_no_error (error);
      if (!has_row)
        break;
      g_ptr_array_add (events, way_log_read_row (statement, FALSE));
    }
  /* They were judged by what stood before any of them. */
  model_refresh (self);
  self->is_frozen = TRUE;
  for (guint i = 0; i < events->len; i++)
    {
      char *found = add_row (self, events->pdata[i], trust_stream,
                             stream != NULL ? misjudged : NULL);

      if (problem == NULL)
        problem = g_steal_pointer (&found);
      g_free (found);
    }
  self->is_frozen = FALSE;
  if (problem == NULL)
    problem = check_emptied (self, first);
  if (events->len > 0)
    withdraw (self);
  self->n_turns += self->is_stale;
  if (problem == NULL)
    problem = judge_again (self, misjudged);
  return g_steal_pointer (&problem);
}
