/* simulator-desk.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "simulator.h"

#include "sync/way-ticket.h"

#include <glib/gstdio.h>

#define DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)
#define MAX_DESKS 10

SimDesk *
sim_desk_add (World *world, guint person)
{
  SimDesk *desk = g_new0 (SimDesk, 1);
  g_autofree char *name = g_strdup_printf ("%u.store", world->desks->len);

  desk->number = world->desks->len;
  desk->path = g_build_filename (world->fixture.folder, name, NULL);
  desk->person = person;
  desk->must = g_byte_array_new ();
  g_ptr_array_add (world->desks, desk);
  return desk;
}

void
sim_desk_free (gpointer data)
{
  SimDesk *desk = data;

  if (desk->store != NULL)
    way_store_close (desk->store);
  g_clear_object (&desk->store);
  g_clear_object (&desk->peer);
  memory_disk_remove (desk->path);
  g_clear_pointer (&desk->image, disk_image_free);
  g_clear_pointer (&desk->image_must, g_byte_array_unref);
  g_byte_array_unref (desk->must);
  g_free (desk->path);
  g_free (desk);
}

/* The program has gone, and perhaps the machine: what it left is what is there.
 */
static gboolean
recover (World *world, SimDesk *desk)
{
  g_autoptr (DiskImage) crashed = NULL;
  gboolean has_struck = memory_disk_mend (desk->path, &crashed);

  if (crashed == NULL)
    return has_struck;
  /* What closing would still write goes nowhere. */
  if (desk->store != NULL)
    way_store_close (desk->store);
  g_clear_object (&desk->store);
  memory_disk_put (desk->path, crashed);
  return TRUE;
}

DiskFault
sim_desk_break (World *world, SimDesk *desk, guint within)
{
  static const struct
  {
    Fault fault;
    DiskFault disk;
  } ways[] = {
    { FAULT_KILLED, DISK_STOPS },
    { FAULT_POWER, DISK_LOSES_POWER },
    { FAULT_DISK, DISK_FAILS },
    { FAULT_FULL, DISK_FULL },
  };
  guint way = sim_pick (world, G_N_ELEMENTS (ways));

  if (world->is_calm || (world->options->without & SIM_BIT (ways[way].fault)) != 0
      || memory_disk_is_down (desk->path))
    return DISK_WELL;
  memory_disk_break (desk->path, ways[way].disk, sim_pick (world, within), world->rand);
  return ways[way].disk;
}

static void
count_disk_fault (World *world, DiskFault fault)
{
  static const Fault faults[] = { [DISK_FAILS] = FAULT_DISK,
                                  [DISK_FULL] = FAULT_FULL,
                                  [DISK_STOPS] = FAULT_KILLED,
                                  [DISK_LOSES_POWER] = FAULT_POWER };

  world->n_faults[faults[fault]]++;
  sim_note (world, "  %s", sim_fault_get_name (faults[fault]));
}

/* sim_desk_recover:
 *
 * What happens after something was done on a disk that was broken. */
gboolean
sim_desk_recover (World *world, SimDesk *desk, DiskFault fault)
{
  if (fault == DISK_WELL || !recover (world, desk))
    return FALSE;
  count_disk_fault (world, fault);
  /* Whoever has met a failed disk opens it again. */
  if (fault == DISK_FAILS)
    sim_desk_close (world, desk);
  return TRUE;
}

void
sim_desk_open (World *world, SimDesk *desk)
{
  g_autoptr (GError) error = NULL;

  if (desk->store != NULL)
    return;
  sim_clock_turn (desk->skew);
  /* Opening it may itself be cut short, what was cut short before included. */
  if (sim_pick (world, 12) == 0)
    {
      DiskFault fault = sim_desk_break (world, desk, 20);

      desk->store = way_store_open_device (desk->path, model_people[desk->person], &error);
      if (fault != DISK_WELL && recover (world, desk))
        {
          count_disk_fault (world, fault);
          /* Whoever has met a failed disk opens it again. */
          sim_desk_close (world, desk);
        }
      else if (desk->store == NULL)
        sim_fail (world, "I1", "desk %u does not open: %s", desk->number, error->message);
      if (desk->store != NULL)
        return;
      g_clear_error (&error);
    }
  desk->store = way_store_open_device (desk->path, model_people[desk->person], &error);
  if (desk->store == NULL)
    sim_fail (world, "I1", "desk %u does not open: %s", desk->number, error->message);
}

void
sim_desk_close (World *world, SimDesk *desk)
{
  if (desk->store != NULL)
    way_store_close (desk->store);
  g_clear_object (&desk->store);
}

static WayEvent *
draft_withdrawal (World *world, SimDesk *desk)
{
  Model *model = world->model;

  for (guint i = 0; model->said->len > 0 && i < 8; i++)
    {
      const ModelSaid *said = model->said->pdata[sim_pick (world, model->said->len)];

      if (said->person == desk->person && !said->is_poison)
        return fixture_draft ("retraction", "{'target':'%s'}", said->id);
    }
  return NULL;
}

/* Something that this person may say. Its mark is found again wherever its
 * bytes lie. */
static WayEvent *
draft_something (World *world, SimDesk *desk, guint mark)
{
  guint dice = sim_pick (world, 100);
  const char *place = model_places[sim_pick (world, MODEL_N_PLACES)];
  WayEvent *draft = sim_pick (world, 4) == 0 ? sim_champion_draft (world, desk->person, mark)
                                             : NULL;

  if (draft != NULL)
    return draft;
  if (dice < 25)
    return fixture_draft ("self_rating", "{'capability':'c%u','now':%u,'need':3,'x':'mark%06uz'}",
                          sim_pick (world, 3), 1 + sim_pick (world, 4), mark);
  if (dice < 45)
    return fixture_draft ("step", "{'module':'m%u','version':1,'step':'s%u','x':'mark%06uz'}",
                          sim_pick (world, 3), sim_pick (world, 5), mark);
  if (dice < 55)
    return fixture_draft ("note", "{'module':'m1','text':'mark%06uz'}", mark);
  if (dice < 65)
    {
      draft = fixture_draft ("help_request", "{'page':'p','text':'mark%06uz'}", mark);
      if (sim_pick (world, 2) == 0)
        draft->unit = g_strdup (place);
      return draft;
    }
  if (dice < 72)
    return fixture_draft ("preference", "{'key':'share_levels','value':'%s','x':'mark%06uz'}",
                          sim_pick (world, 2) == 0 ? "champion" : "nobody", mark);
  if (dice < 80)
    draft = draft_withdrawal (world, desk);
  else if (dice < 85)
    {
      draft = fixture_draft ("thanks", "{'text':'mark%06uz'}", mark);
      draft->subject = g_strdup (model_people[sim_pick (world, MODEL_N_PEOPLE)]);
    }
  else if (dice < 90)
    {
      draft = fixture_draft ("help_given",
                             "{'topic':'t','people':1,'minutes':5,'text':'mark%06uz'}", mark);
      draft->unit = g_strdup (place);
    }
  else if (dice < 95)
    {
      draft = fixture_draft ("evidence", "{'outcome':'o%u','type':'witnessed','note':'mark%06uz'}",
                             sim_pick (world, 3), mark);
      draft->subject = g_strdup (model_people[sim_pick (world, MODEL_N_PEOPLE)]);
    }
  if (draft == NULL)
    draft = fixture_draft ("confidence",
                           "{'module':'m1','moment':'before','value':%u,'x':'mark%06uz'}",
                           sim_pick (world, 10), mark);
  return draft;
}

static guint
count_there (SimDesk *desk, GPtrArray *drafts)
{
  guint n = 0;

  for (guint i = 0; i < drafts->len; i++)
    {
      const WayEvent *draft = drafts->pdata[i];
      g_autoptr (WayEvent) found = NULL;
      g_autoptr (GError) error = NULL;

      if (draft->id == NULL)
        continue;
      way_log_find (desk->store, draft->id, &found, &error);
      g_assert_no_error (error);
      n += found != NULL && g_str_equal (found->digest, draft->digest);
    }
  return n;
}

static void
note_saved (World *world, SimDesk *desk, GPtrArray *drafts)
{
  for (guint i = 0; i < drafts->len; i++)
    sim_must (desk->must, model_say (world->model, drafts->pdata[i], desk->person)->number);
}

void
sim_desk_save (World *world, SimDesk *desk)
{
  guint n = 1 + sim_pick (world, 4);
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (GError) error = NULL;
  DiskFault fault = DISK_WELL;
  gboolean is_saved, has_struck;
  guint n_there;

  sim_clock_turn (desk->skew);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (drafts, draft_something (world, desk, world->model->said->len + i));
  if (sim_pick (world, 3) == 0)
    fault = sim_desk_break (world, desk, 8 + 4 * n);
  is_saved = way_store_append (desk->store, drafts, &error);
  if (fault == DISK_WELL)
    {
      if (!is_saved)
        sim_fail (world, "I1", "desk %u does not save: %s", desk->number, error->message);
      note_saved (world, desk, drafts);
      sim_note (world, "desk %u (%s) saves %u", desk->number, model_people[desk->person], n);
      return;
    }
  has_struck = recover (world, desk);
  if (has_struck)
    count_disk_fault (world, fault);
  else if (!is_saved)
    sim_fail (world, "I1", "desk %u does not save: %s", desk->number, error->message);
  if (!is_saved && fault == DISK_FULL)
    {
      if (!g_error_matches (error, WAY_DB_ERROR, WAY_DB_ERROR_FULL))
        sim_fail (world, "I1", "a full disk is told as: %s", error->message);
      if (count_there (desk, drafts) != 0)
        sim_fail (world, "I1", "of what did not find room something is there");
      /* There is room again: the same is offered again. */
      g_clear_error (&error);
      if (!way_store_append (desk->store, drafts, &error))
        sim_fail (world, "I1", "with room again: %s", error->message);
      is_saved = TRUE;
    }
  if (!is_saved || (has_struck && fault == DISK_FAILS))
    sim_desk_close (world, desk);
  sim_desk_open (world, desk);
  n_there = count_there (desk, drafts);
  if (n_there != 0 && n_there != n)
    sim_fail (world, "I1", "of %u events saved together %u are there", n, n_there);
  if (is_saved && n_there == 0)
    sim_fail (world, "I1", "desk %u lost what it said to be saved (%s)", desk->number,
              ((WayEvent *) drafts->pdata[0])->id);
  if (n_there > 0)
    note_saved (world, desk, drafts);
  sim_note (world, "desk %u (%s) saves %u: %s", desk->number, model_people[desk->person], n,
            n_there > 0 ? "there" : "not there");
}

static void
count_result (World *world, SimDesk *desk, const WaySyncResult *result, const GError *error)
{
  world->n_syncs++;
  sim_note (world, "desk %u (%s) syncs: pushed %u, acked %u, pulled %u%s%s; %s", desk->number,
            model_people[desk->person], result->pushed, result->acked, result->pulled,
            result->is_fork ? ", fork" : "", result->is_rewound ? ", rewound" : "",
            error != NULL ? error->message : "done");
}

/* Its person was erased: nothing of it is left. */
static void
end_desk (World *world, SimDesk *desk, gboolean has_struck)
{
  g_autofree char *ticket = g_strconcat (desk->path, ".ticket", NULL);

  if (!world->model->is_erased[desk->person])
    sim_fail (world, "I2", "%s is told to be erased, and is not", model_people[desk->person]);
  sim_desk_close (world, desk);
  if (g_file_test (desk->path, G_FILE_TEST_EXISTS) || g_file_test (ticket, G_FILE_TEST_EXISTS))
    {
      if (!has_struck)
        sim_fail (world, "I10", "desk %u of %s keeps its store", desk->number,
                  model_people[desk->person]);
      return;
    }
  memory_disk_remove (desk->path);
  desk->is_gone = TRUE;
  sim_note (world, "desk %u of %s is gone", desk->number, model_people[desk->person]);
}

/* What a sync may say when nothing has gone wrong on the way: not that a scope was lost, which
 * it finds out and goes on. */
static gboolean
is_expected (World *world, SimDesk *desk, const GError *error, gboolean had_rights_changed)
{
  return g_error_matches (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PERSON)
         && (had_rights_changed || !model_is_here (world->model, desk->person));
}

void
sim_desk_meet (World *world, SimDesk *desk, WaySyncResult *result)
{
  g_autoptr (WayPeer) line = sim_line_new (world, desk);
  g_autoptr (GError) error = NULL;
  DiskFault fault = DISK_WELL;
  guint n_turns = world->model->n_turns;
  gboolean has_struck = FALSE;

  sim_clock_turn (desk->skew);
  if (sim_pick (world, 6) == 0)
    fault = sim_desk_break (world, desk, 40);
  if (way_sync_run (desk->store, line, NULL, result, &error) && desk->has_ticket)
    way_ticket_renew (desk->store, line, NULL);
  if (fault != DISK_WELL)
    has_struck = recover (world, desk);
  if (has_struck)
    count_disk_fault (world, fault);
  count_result (world, desk, result, error);
  if (g_error_matches (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_ERASED))
    {
      end_desk (world, desk, has_struck);
      if (!desk->is_gone)
        sim_desk_open (world, desk);
      return;
    }
  if (error != NULL && !has_struck && !sim_line_was_troubled (line)
      && !is_expected (world, desk, error, world->model->n_turns > n_turns))
    sim_fail (world, "I13", "desk %u cannot sync: %s", desk->number, error->message);
  if (has_struck && fault == DISK_FAILS)
    sim_desk_close (world, desk);
  sim_desk_open (world, desk);
}

static void
back_up (World *world, SimDesk *desk)
{
  g_clear_pointer (&desk->image, disk_image_free);
  g_clear_pointer (&desk->image_must, g_byte_array_unref);
  desk->image = memory_disk_copy (desk->path, NULL);
  desk->image_must = sim_must_copy (desk->must);
  sim_note (world, "desk %u is backed up", desk->number);
}

static void
put_back (World *world, SimDesk *desk)
{
  gboolean is_new_file = sim_pick (world, 2) == 0;

  sim_desk_close (world, desk);
  if (is_new_file)
    g_unlink (desk->path);
  memory_disk_put (desk->path, desk->image);
  g_byte_array_unref (desk->must);
  desk->must = sim_must_copy (desk->image_must);
  sim_note (world, "desk %u is put back%s", desk->number, is_new_file ? " as another file" : "");
}

static void
copy_desk (World *world, SimDesk *desk)
{
  SimDesk *copy = sim_desk_add (world, desk->person);
  g_autoptr (DiskImage) image = NULL;

  g_byte_array_append (copy->must, desk->must->data, desk->must->len);
  image = memory_disk_copy (desk->path, NULL);
  memory_disk_put (copy->path, image);
  copy->skew = desk->skew;
  sim_note (world, "desk %u is copied to desk %u", desk->number, copy->number);
}

static void
turn_clock (World *world, SimDesk *desk)
{
  gint64 turns[] = { DAY, -DAY, DAY / 24, -DAY / 24, -30 * G_USEC_PER_SEC, 400 * DAY, 0 };

  desk->skew = turns[sim_pick (world, G_N_ELEMENTS (turns))];
  /* A clock whose battery is empty begins in 1970. */
  if (sim_pick (world, 12) == 0)
    desk->skew = G_MININT64 / 4;
  sim_note (world, "the clock of desk %u is wrong by %" G_GINT64_FORMAT " s", desk->number,
            desk->skew / G_USEC_PER_SEC);
}

static void
open_twice (World *world, SimDesk *desk)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) second = NULL;

  second = way_store_open_device (desk->path, model_people[desk->person], &error);
  if (second != NULL || !g_error_matches (error, WAY_STORE_ERROR, WAY_STORE_ERROR_LOCKED))
    sim_fail (world, "I4", "desk %u is open twice", desk->number);
  sim_note (world, "desk %u is opened twice", desk->number);
}

/* What happens to a desk that nobody is working at. */
void
sim_desk_trouble (World *world, SimDesk *desk)
{
  if (desk->image != NULL && sim_strikes (world, FAULT_PUT_BACK, 8))
    put_back (world, desk);
  else if (world->desks->len < MAX_DESKS && sim_strikes (world, FAULT_COPIED, 12))
    copy_desk (world, desk);
  else if (sim_pick (world, 4) == 0)
    back_up (world, desk);
  else if (desk->store != NULL && sim_strikes (world, FAULT_TWO_OPEN, 4))
    open_twice (world, desk);
  else if (sim_pick (world, 3) == 0)
    {
      sim_desk_close (world, desk);
      sim_note (world, "desk %u is closed", desk->number);
    }
  else if (sim_strikes (world, FAULT_CLOCK, 1))
    turn_clock (world, desk);
}
