/* simulator-rest.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "simulator.h"

#define MAX_ROUNDS 8

static gboolean
meet_all (World *world)
{
  gboolean has_moved = FALSE;

  for (guint i = 0; i < world->desks->len; i++)
    {
      SimDesk *desk = world->desks->pdata[i];
      WaySyncResult result;

      if (desk->is_gone)
        continue;
      sim_desk_open (world, desk);
      sim_desk_meet (world, desk, &result);
      has_moved |= result.pushed > 0 || result.pulled > 0 || result.is_fork || result.is_rewound;
    }
  return has_moved;
}

static void
check_problems (World *world, WayStore *store, const char *what)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  if (!way_store_check (store, problems, &error))
    sim_fail (world, "I17", "%s cannot be checked: %s", what, error->message);
  if (problems->len > 0)
    sim_fail (world, "I11, I17", "%s: %s", what, (char *) problems->pdata[0]);
}

/* Everything that anybody must still hold is in the trust, once. */
static void
check_trust (World *world)
{
  Model *model = world->model;
  g_autofree char *problem = model_read_trust (model, world->fixture.trust, NULL);
  g_autofree char *aside = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GHashTable) set_aside = g_hash_table_new (g_str_hash, g_str_equal);

  if (problem != NULL)
    sim_fail (world, "the log", "%s", problem);
  aside = fixture_ask (world->fixture.trust, "SELECT id FROM quarantine WHERE reason <> ''");
  lines = g_strsplit (aside, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    g_hash_table_add (set_aside, lines[i]);
  for (guint i = 0; i < model->said->len; i++)
    {
      const ModelSaid *said = model->said->pdata[i];
      gboolean is_needed = sim_is_must (world->trust_must, i);

      if (model->is_erased[said->person])
        continue;

      for (guint j = 0; !is_needed && j < world->desks->len; j++)
        is_needed = sim_is_must (((SimDesk *) world->desks->pdata[j])->must, i);
      if (!is_needed || model_find_row (model, said->id) != NULL)
        continue;
      if (!g_hash_table_contains (set_aside, said->id))
        sim_fail (world, "I2", "%s of %s was saved and is not in the trust", said->id,
                  model_people[said->person]);
      if (!said->is_poison)
        {
          g_autofree char *sql = NULL;
          g_autofree char *why = NULL;

          sql = g_strdup_printf ("SELECT stream, seq, reason FROM quarantine WHERE id = '%s'",
                                 said->id);
          why = fixture_ask (world->fixture.trust, sql);
          sim_fail (world, "I2", "%s of %s was set aside, and nothing is wrong with it: %s",
                    said->id, model_people[said->person], why);
        }
    }
  check_problems (world, world->fixture.trust, "the trust");
}

/* What was allowed once, and came again to a trust that knows that it was put back, is refused only
 * where whoever wrote it lost the right. Where nobody was told that the trust had it, nobody can
 * know that it lost it: then it comes for the first time, and is judged as things stand. */
static void
check_allowed (World *world)
{
  WayDb *trust = way_store_get_db (world->fixture.trust);
  gint64 restored = 0;
  gint64 since = 0;

  g_assert_true (
      way_db_get_int (trust, "SELECT min (n) FROM epoch WHERE restored = 1", &restored, NULL));
  if (restored == 0)
    return;
  g_assert_true (way_db_get_int (trust,
                                 "SELECT max (at) FROM epoch WHERE n < (SELECT min (n) FROM epoch"
                                 " WHERE restored = 1)",
                                 &since, NULL));
  for (guint i = 0; i < world->model->rows->len; i++)
    {
      const ModelRow *row = world->model->rows->pdata[i];
      const ModelSaid *said = model_find_said (world->model, row->event->id);

      if (row->event->allowed == 0 && row->event->received > since && said != NULL
          && said->was_allowed && *row->event->salt != '\0'
          && model_may_write (world->model, said->person, row->event))
        sim_fail (world, "I2", "%s (%s of %s) was allowed, and is refused since", row->event->id,
                  row->event->kind, row->event->author);
    }
}

static GHashTable *
list_events (WayStore *store, GPtrArray *events)
{
  GHashTable *by_id = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < events->len; i++)
    {
      WayEvent *event = events->pdata[i];

      g_hash_table_insert (by_id, event->id, event);
    }
  return by_id;
}

static void
check_event (World *world, SimDesk *desk, const WayEvent *event)
{
  const ModelRow *row = model_find_row (world->model, event->id);
  const ModelSaid *said = model_find_said (world->model, event->id);

  if (row == NULL)
    {
      /* A stream of a client that is not ours may have lost its middle with the
       * trust. */
      gboolean is_rogues = said != NULL && said->is_rogue && said->person == desk->person;
      /* Who asks for an erasure does so at the trust. Put back it loses that, and may have
       * something else in its place now; whoever asked keeps it, and the ledger has what was done.
       */
      gboolean is_request = world->was_put_back && g_str_equal (event->kind, "erasure_request")
                            && g_str_equal (event->author, model_people[desk->person]);

      if (!is_rogues && !is_request)
        sim_fail (world, "I2",
                  "desk %u of %s has %s (%s of %s, %s %" G_GINT64_FORMAT "), and the trust has not",
                  desk->number, model_people[desk->person], event->id, event->kind, event->author,
                  event->stream, event->seq);
      return;
    }
  if (!model_may_see (world->model, desk->person, row))
    sim_fail (world, "I7, I9", "desk %u of %s has %s: a %s of %s about %s, unit %s", desk->number,
              model_people[desk->person], event->id, event->kind, event->author, event->subject,
              event->unit);
  if (g_strcmp0 (row->event->digest, event->digest) != 0
      || g_strcmp0 (row->event->body, event->body) != 0)
    sim_fail (world, "I5", "desk %u has another %s than the trust", desk->number, event->id);
  if (row->event->received != event->received || row->event->allowed != event->allowed)
    sim_fail (world, "I7",
              "desk %u has %s (%s of %s) as %s %" G_GINT64_FORMAT ", received at %" G_GINT64_FORMAT
              ", allowed %d; the trust as %s %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ", %d",
              desk->number, event->id, event->kind, event->author, event->stream, event->seq,
              event->received, event->allowed, row->event->stream, row->event->seq,
              row->event->received, row->event->allowed);
}

typedef struct
{
  World *world;
  SimDesk *desk;
  GHashTable *by_id;
} Look;

/* What is not in the log any more is not in its file either. */
static void
look_at_bytes (const guint8 *bytes, gsize length, gpointer user_data)
{
  Look *look = user_data;
  const guint8 *end = bytes + length;

  for (const guint8 *at = bytes; at != NULL && at + 11 < end; at++)
    {
      at = memmem (at, end - at, "mark", 4);
      if (at == NULL || at + 11 >= end)
        return;
      if (at[10] == 'z')
        {
          guint number = g_ascii_strtoull ((const char *) at + 4, NULL, 10);
          Model *model = look->world->model;
          const ModelSaid *said = number < model->said->len ? model->said->pdata[number] : NULL;
          const ModelRow *row = said != NULL ? model_find_row (model, said->id) : NULL;

          if (row != NULL && model_is_emptied (model, row))
            sim_fail (look->world, "I10", "the file of desk %u of %s holds %s, which was erased",
                      look->desk->number, model_people[look->desk->person], said->id);
          if (said != NULL && said->person != look->desk->person
              && !g_hash_table_contains (look->by_id, said->id))
            sim_fail (look->world, "I8, I9",
                      "the file of desk %u of %s holds %s of %s, and its log does not",
                      look->desk->number, model_people[look->desk->person], said->id,
                      model_people[said->person]);
        }
    }
}

static void
check_sync_state (World *world, SimDesk *desk)
{
  g_autofree char *acked = way_store_get_meta (desk->store, "acked", NULL);
  g_autofree char *sql = NULL;
  gint64 last_seq = 0;

  sql = g_strdup_printf ("SELECT max (last_seq) FROM stream WHERE stream = '%s'",
                         way_store_get_stream (desk->store));
  g_assert_true (way_db_get_int (way_store_get_db (world->fixture.trust), sql, &last_seq, NULL));
  if (g_ascii_strtoll (acked, NULL, 10) != last_seq
      || way_store_get_last_seq (desk->store) != last_seq)
    sim_fail (world, "I3",
              "desk %u is at %" G_GINT64_FORMAT ", acked %s, the trust at %" G_GINT64_FORMAT,
              desk->number, way_store_get_last_seq (desk->store), acked, last_seq);
}

static void
mutate_device (World *world, SimDesk *desk)
{
  g_autofree char *sql = NULL;
  g_autoptr (GError) error = NULL;

  if (world->is_mutated)
    return;
  if (world->options->mutation == MUTATION_FORGET)
    sql = g_strdup_printf ("DELETE FROM event WHERE author = '%s'", model_people[desk->person]);
  else if (world->options->mutation == MUTATION_REMEMBER)
    {
      for (guint i = 0; i < world->model->rows->len && sql == NULL; i++)
        {
          const ModelRow *row = world->model->rows->pdata[i];

          if (row->author >= 0 && row->author != (int) desk->person
              && model_is_private (row->event->kind) && strstr (row->event->body, "mark") != NULL)
            sql = g_strdup_printf ("INSERT INTO meta (key, value) VALUES ('x', '%s')",
                                   row->event->body);
        }
    }
  else if (world->options->mutation == MUTATION_RETAIN && world->erased_body != NULL)
    sql = g_strdup_printf ("INSERT INTO meta (key, value) VALUES ('x', '%s')", world->erased_body);
  if (sql == NULL)
    return;
  way_db_exec (way_store_get_db (desk->store), sql, &error);
  g_assert_no_error (error);
  world->is_mutated = TRUE;
}

static void
check_desk (World *world, SimDesk *desk)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GHashTable) by_id = NULL;
  g_autofree char *name = g_strdup_printf ("desk %u", desk->number);
  Look look = { world, desk, NULL };

  mutate_device (world, desk);
  events = way_store_list_events (desk->store, NULL, &error);
  g_assert_no_error (error);
  by_id = list_events (desk->store, events);
  for (guint i = 0; i < events->len; i++)
    check_event (world, desk, events->pdata[i]);
  for (guint i = 0; i < world->model->rows->len; i++)
    {
      const ModelRow *row = world->model->rows->pdata[i];

      if (model_must_see (world->model, desk->person, row)
          && !g_hash_table_contains (by_id, row->event->id))
        sim_fail (world, "I7", "desk %u of %s lacks %s: a %s of %s about %s, unit %s", desk->number,
                  model_people[desk->person], row->event->id, row->event->kind, row->event->author,
                  row->event->subject, row->event->unit);
    }
  check_sync_state (world, desk);
  /* It takes the longest. */
  if (sim_pick (world, 3) == 0)
    check_problems (world, desk->store, name);
  if (!way_store_checkpoint (desk->store, &error))
    sim_fail (world, "I14", "desk %u: %s", desk->number, error->message);
  look.by_id = by_id;
  memory_disk_look (desk->path, look_at_bytes, &look);
}

/* Whoever sits down at a new desk finds there what they have at the old one,
 * whatever the order in which it came there. */
static void
check_new_desk (World *world)
{
  SimDesk *old = world->desks->pdata[sim_pick (world, world->desks->len)];
  SimDesk *desk;
  WaySyncResult result;

  if (old->is_gone)
    return;
  desk = sim_desk_add (world, old->person);
  sim_desk_open (world, desk);
  sim_desk_meet (world, desk, &result);
  sim_desk_meet (world, desk, &result);
  if (result.pushed > 0 || result.pulled > 0 || result.is_fork || result.is_rewound)
    sim_fail (world, "I12", "a sync after a sync pushes %u and pulls %u", result.pushed,
              result.pulled);
  check_desk (world, desk);
  g_ptr_array_remove_index (world->desks, world->desks->len - 1);
}

/* sim_rest:
 *
 * Nothing goes wrong any more and everybody syncs until nothing moves. Then
 * everything is where it must be. */
void
sim_rest (World *world)
{
  guint n_rounds = 0;

  world->is_calm = TRUE;
  world->n_rests++;
  sim_note (world, "rest");
  sim_trust_welcome_back (world);
  while (meet_all (world))
    if (++n_rounds > MAX_ROUNDS)
      sim_fail (world, "I13", "after %u rounds something still moves", n_rounds);
  /* What was sent since about people who were erased goes now, and then
   * everywhere. */
  sim_erasure_sweep (world);
  if (world->model->n_emptied > 0)
    while (meet_all (world))
      if (++n_rounds > 2 * MAX_ROUNDS)
        sim_fail (world, "I13", "after %u rounds something still moves", n_rounds);
  /* What gives a right may have come after what needs it, to a trust that was put back. */
  while (sim_champion_judge_again (world) > 0)
    while (meet_all (world))
      if (++n_rounds > 3 * MAX_ROUNDS)
        sim_fail (world, "I13", "after %u rounds something still moves", n_rounds);
  sim_post_move (world);
  check_trust (world);
  check_allowed (world);
  sim_erasure_check (world);
  sim_post_check (world);
  for (guint i = 0; i < world->desks->len; i++)
    if (!((SimDesk *) world->desks->pdata[i])->is_gone)
      check_desk (world, world->desks->pdata[i]);
  check_new_desk (world);
  world->is_calm = FALSE;
}
