/* simulator-world.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "simulator.h"

#include <stdlib.h>
#include <unistd.h>

#define N_NOTES 60
#define REST_EVERY 180
/* 2026-03-02 09:00 UTC. */
#define BEGINNING G_GINT64_CONSTANT (1772442000000000)

/* The numbers are those of the table in README.md. */
static const char *const fault_names[N_FAULTS] = {
  [FAULT_CUT_BEFORE] = "17-cut-before",
  [FAULT_CUT_AFTER] = "18-cut-after",
  [FAULT_PORTAL] = "25-portal",
  [FAULT_BUSY] = "29-too-many",
  [FAULT_TWICE] = "36-twice",
  [FAULT_REPLAY] = "36-replayed",
  [FAULT_OVERLAP] = "36-overlap",
  [FAULT_GAP] = "37-gap",
  [FAULT_MEANWHILE] = "14-meanwhile",
  [FAULT_KILLED] = "1-killed",
  [FAULT_POWER] = "2-3-power-cut",
  [FAULT_DISK] = "4-disk-error",
  [FAULT_FULL] = "5-disk-full",
  [FAULT_PUT_BACK] = "11-put-back",
  [FAULT_COPIED] = "12-copied",
  [FAULT_TWO_OPEN] = "13-open-twice",
  [FAULT_CLOCK] = "15-clock",
  [FAULT_TRUST_KILLED] = "26-trust-killed",
  [FAULT_TRUST_POWER] = "26-trust-power-cut",
  [FAULT_TRUST_DISK] = "30-trust-disk-error",
  [FAULT_TRUST_FULL] = "30-trust-disk-full",
  [FAULT_TRUST_PUT_BACK] = "32-trust-put-back",
  [FAULT_TRUST_CLOCK] = "15-trust-clock",
  [FAULT_RIGHTS] = "42-rights",
  [FAULT_POISON] = "38-poison",
  [FAULT_UNKNOWN] = "40-unknown",
  [FAULT_NO_RIGHT] = "attack-no-right",
  [FAULT_FOREIGN_ID] = "attack-foreign-id",
  [FAULT_FOREIGN_STREAM] = "attack-foreign-stream",
  [FAULT_FOREIGN_SCOPE] = "attack-foreign-scope",
  [FAULT_EARLY] = "36-early-withdrawal",
  [FAULT_EPOCH] = "attack-epoch",
  [FAULT_JOINED] = "45-joined",
  [FAULT_SAID_OF] = "45-said-of",
  [FAULT_REDACTED] = "45-redacted",
  [FAULT_ERASED] = "45-erased",
  [FAULT_RETAINED] = "45-retained",
  [FAULT_TICK] = "45-tick",
  [FAULT_TICKET] = "ticket",
  [FAULT_TICKET_WRONG] = "attack-ticket",
  [FAULT_BUNDLE] = "bundle",
  [FAULT_BUNDLE_WRONG] = "attack-bundle",
  [FAULT_RECEIPT] = "bundle-receipt",
  [FAULT_DROP] = "drop",
  [FAULT_DROP_SENT] = "drop-sent",
  [FAULT_TERMS_END] = "42-terms-end",
};

const char *
sim_fault_get_name (Fault fault)
{
  return fault_names[fault];
}

guint
sim_pick (World *world, guint n)
{
  return g_rand_int_range (world->rand, 0, n);
}

/* sim_strikes:
 *
 * Whether this fault happens here, once in so many times. Counts it. */
gboolean
sim_strikes (World *world, Fault fault, guint one_in)
{
  if (sim_pick (world, one_in) != 0 || world->is_calm
      || (world->options->without & SIM_BIT (fault)) != 0)
    return FALSE;
  world->n_faults[fault]++;
  return TRUE;
}

void
sim_must (GByteArray *must, guint number)
{
  guint before = must->len;

  if (before <= number)
    {
      g_byte_array_set_size (must, number + 1);
      memset (must->data + before, 0, number + 1 - before);
    }
  must->data[number] = 1;
}

GByteArray *
sim_must_copy (const GByteArray *must)
{
  GByteArray *copy = g_byte_array_new ();

  return g_byte_array_append (copy, must->data, must->len);
}

gboolean
sim_is_must (const GByteArray *must, guint number)
{
  return number < must->len && must->data[number] != 0;
}

void
sim_note (World *world, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  if (world->options->is_telling)
    g_printerr ("# %u: %s\n", world->step, text);
  g_queue_push_tail (&world->notes, g_strdup_printf ("%u: %s", world->step, text));
  if (world->notes.length > N_NOTES)
    g_free (g_queue_pop_head (&world->notes));
}

void
sim_fail (World *world, const char *invariant, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  if (!world->options->is_quiet)
    {
      for (GList *note = world->notes.head; note != NULL; note = note->next)
        g_printerr ("# %s\n", (char *) note->data);
      g_printerr ("# seed %u, step %u, %s: %s\n", world->seed, world->step, invariant, text);
    }
  /* Whoever runs many worlds reads from here which it was. */
  _exit (SIM_FAILED);
}

/* What happens beside sync. Its chance is its own, so that leaving it out
 * leaves the rest as it is. */
static void
act_beside (World *world, SimDesk *except)
{
  GRand *rand = world->rand;
  guint dice;

  world->rand = world->other;
  dice = sim_pick (world, 16);
  if (dice == 0)
    sim_erasure_act (world, except);
  else if (dice < 4)
    sim_post_act (world, except);
  else if (dice == 4 && sim_strikes (world, FAULT_TERMS_END, 2))
    sim_champion_tick (world);
  world->rand = rand;
}

/* sim_step:
 * @except: (nullable): a desk that is in the middle of something
 *
 * One thing happens. */
void
sim_step (World *world, SimDesk *except)
{
  SimDesk *desk;
  guint dice;
  WaySyncResult result;

  act_beside (world, except);
  desk = world->desks->pdata[sim_pick (world, world->desks->len)];
  dice = sim_pick (world, 100);
  sim_clock_pass (sim_pick (world, 600) * G_USEC_PER_SEC);
  if (dice < 8)
    sim_trust_administer (world);
  else if (dice < 12)
    sim_trust_trouble (world);
  else if (dice < 32)
    sim_rogue_act (world);
  else if (desk == except || desk->is_gone)
    return;
  else if (dice < 55)
    {
      sim_desk_open (world, desk);
      sim_desk_save (world, desk);
    }
  else if (dice < 88)
    {
      sim_desk_open (world, desk);
      sim_desk_meet (world, desk, &result);
    }
  else
    {
      sim_desk_open (world, desk);
      sim_desk_trouble (world, desk);
    }
}

static void
set_up (World *world)
{
  static const guint owners[] = { 0, 0, 1, 2, 3, 3, 4, 5 };
  g_autofree char *problem = NULL;

  world->model = model_new ();
  world->model->may_judge_later = sync_fixture_is_postgresql ();
  world->desks = g_ptr_array_new_with_free_func (sim_desk_free);
  world->rogues = g_ptr_array_new_with_free_func (sim_rogue_free);
  world->sent = g_ptr_array_new_with_free_func (sim_sent_free);
  world->posts = g_ptr_array_new_with_free_func (sim_post_free);
  world->trust_must = g_byte_array_new ();
  world->drop_must = g_byte_array_new ();
  g_queue_init (&world->notes);
  sync_fixture_set_up (&world->fixture, NULL);
  g_clear_object (&world->fixture.peer);
  problem = model_read_trust (world->model, world->fixture.trust, NULL);
  if (problem != NULL)
    sim_fail (world, "the log", "%s", problem);
  for (guint i = 0; i < G_N_ELEMENTS (owners); i++)
    sim_desk_add (world, owners[i]);
}

static void
tear_down (World *world)
{
  g_autofree char *path = g_strdup (world->fixture.path);

  g_ptr_array_unref (world->desks);
  g_ptr_array_unref (world->rogues);
  g_ptr_array_unref (world->sent);
  g_ptr_array_unref (world->posts);
  g_clear_pointer (&world->trust_image, disk_image_free);
  g_clear_pointer (&world->trust_image_must, g_byte_array_unref);
  g_byte_array_unref (world->trust_must);
  g_clear_pointer (&world->drop_image_must, g_byte_array_unref);
  g_byte_array_unref (world->drop_must);
  g_free (world->erased_body);
  model_free (world->model);
  g_queue_clear_full (&world->notes, g_free);
  sync_fixture_tear_down (&world->fixture, NULL);
  if (!sync_fixture_is_postgresql ())
    memory_disk_remove (path);
}

/* sim_world_run:
 * @n_faults: what has happened is added to it
 *
 * Lives through one world. Where something does not hold the process ends with
 * SIM_FAILED. */
void
sim_world_run (guint seed, const SimOptions *options, guint n_faults[N_FAULTS])
{
  World world = { .options = options, .seed = seed };
  gint64 now = BEGINNING;

  /* There the server has a clock of its own. */
  sim_clock_stop ();
  if (sync_fixture_is_postgresql ())
    now = g_get_real_time ();
  world.rand = g_rand_new_with_seed (seed);
  world.other = g_rand_new_with_seed (~seed);
  sim_clock_start (g_rand_int (world.rand), now);
  set_up (&world);
  for (world.step = 1; world.step <= options->n_steps; world.step++)
    {
      sim_step (&world, NULL);
      if (world.step % REST_EVERY == 0 || world.step == options->n_steps)
        sim_rest (&world);
    }
  if (options->is_telling)
    g_printerr ("# %u said, %u in the log, %u syncs, %u desks\n", world.model->said->len,
                world.model->rows->len, world.n_syncs, world.desks->len);
  for (guint i = 0; i < N_FAULTS; i++)
    n_faults[i] += world.n_faults[i];
  tear_down (&world);
  g_rand_free (world.rand);
  g_rand_free (world.other);
  sim_clock_stop ();
}
