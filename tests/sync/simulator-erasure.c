/* simulator-erasure.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "simulator.h"

#include "store/way-erasure.h"

#include <stdio.h>

#define YEAR G_GINT64_CONSTANT (31557600000000)

/* People who come later, of whom something is said, and who are erased: by two people, or by
 * rule. And single events that are emptied. Where the machine stops in the middle it is done
 * again, as whoever does it would. */

static char *
dup_ledger (World *world)
{
  return g_build_filename (world->fixture.folder, "ledger", NULL);
}

static gboolean is_there (World *world, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
is_there (World *world, const char *format, ...)
{
  g_autofree char *sql = NULL;
  va_list arguments;
  gint64 n = 0;

  va_start (arguments, format);
  sql = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_assert_true (way_db_get_int (way_store_get_db (world->fixture.trust), sql, &n, NULL));
  return n > 0;
}

/* Somebody new, who will be erased some day. They came long ago, so that they may have left
 * long ago. */
static void
join (World *world)
{
  guint person = MODEL_N_PEOPLE + world->n_joined;
  const char *place = model_places[sim_pick (world, MODEL_N_PLACES)];

  if (person >= MODEL_N_ALL || !sim_strikes (world, FAULT_JOINED, 1))
    return;
  world->n_joined++;
  sim_trust_write_person (world, person, FALSE, 20 * YEAR);
  sim_trust_write (world, NULL,
                   fixture_draft ("membership",
                                  "{'person':'%s','place':'%s','is_primary':1,'ended':0}",
                                  model_people[person], place));
  for (guint i = sim_pick (world, 2); i < 2; i++)
    sim_desk_add (world, person);
  sim_note (world, "%s joins %s", model_people[person], place);
}

/* Others say something about them, perhaps when they are erased already. */
static void
say_of (World *world, SimDesk *except)
{
  SimDesk *desk = world->desks->pdata[sim_pick (world, world->desks->len)];
  const char *person;
  g_autoptr (GPtrArray) drafts = NULL;
  g_autoptr (GError) error = NULL;
  guint mark = world->model->said->len;
  WayEvent *draft;

  if (desk == except || desk->is_gone || world->n_joined == 0
      || !sim_strikes (world, FAULT_SAID_OF, 1))
    return;
  person = model_people[MODEL_N_PEOPLE + sim_pick (world, world->n_joined)];
  if (sim_pick (world, 2) == 0)
    draft = fixture_draft ("thanks", "{'text':'mark%06uz'}", mark);
  else
    draft = fixture_draft ("evidence", "{'outcome':'o1','type':'witnessed','note':'mark%06uz'}",
                           mark);
  draft->subject = g_strdup (person);
  sim_desk_open (world, desk);
  sim_clock_turn (desk->skew);
  drafts = fixture_list (draft, NULL);
  way_store_append (desk->store, drafts, &error);
  g_assert_no_error (error);
  sim_must (desk->must, model_say (world->model, draft, desk->person)->number);
  sim_note (world, "desk %u (%s) says something of %s", desk->number, model_people[desk->person],
            person);
}

/* Mia and lea. */
static const guint governance[] = { 4, 5 };

static gboolean
has_governance (World *world)
{
  for (guint i = 0; i < G_N_ELEMENTS (governance); i++)
    if (!model_is_here (world->model, governance[i]))
      return FALSE;
  return TRUE;
}

static void
grant (World *world)
{
  for (guint i = 0; i < G_N_ELEMENTS (governance); i++)
    {
      const char *person = model_people[governance[i]];

      if (!is_there (world, "SELECT count(*) FROM role WHERE role = 'governance' AND person = '%s'",
                     person))
        sim_trust_write (world, NULL,
                         fixture_draft ("role_grant",
                                        "{'person':'%s','role':'governance','ended':0}", person));
    }
}

/* What was erased is empty, wherever it lies in the trust. What was sent since of somebody who
 * was erased stays until the clockwork comes. */
static void
check_log (World *world)
{
  Model *model = world->model;

  for (guint i = 0; i < model->rows->len; i++)
    {
      const ModelRow *row = model->rows->pdata[i];

      if (*row->event->salt != '\0' && model_is_emptied_itself (model, row))
        sim_fail (world, "I10", "%s (%s of %s about %s) was erased and is there", row->event->id,
                  row->event->kind, row->event->author, row->event->subject);
    }
}

static gboolean
try_to_erase (World *world, const WayErasureTarget *target, GError **error)
{
  WayStore *trust = world->fixture.trust;
  g_autofree char *ledger = dup_ledger (world);
  g_autofree char *request = way_erasure_ask (trust, "lea", target, "asked by letter", error);
  g_autoptr (WayErasure) erasure = NULL;

  if (request != NULL)
    erasure = way_erasure_confirm (trust, "mia", target, ledger, error);
  return erasure != NULL;
}

static gboolean
try_to_retain (World *world, GError **error)
{
  g_autofree char *ledger = dup_ledger (world);
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func (g_free);

  return way_erasure_retain (world->fixture.trust, FALSE, ledger, people, error);
}

/* Until it is done. target: (nullable) by rule. */
static void
erase (World *world, const WayErasureTarget *target, const char *whom)
{
  g_autoptr (GError) error = NULL;
  DiskFault fault = sim_trust_break (world, 3);
  gboolean is_done, has_struck;

  for (;;)
    {
      sim_clock_turn (world->trust_skew);
      g_clear_error (&error);
      is_done = target != NULL ? try_to_erase (world, target, &error)
                               : try_to_retain (world, &error);
      has_struck = sim_trust_mend (world, fault);
      fault = DISK_WELL;
      if (is_there (world, "SELECT count(*) FROM erased WHERE target = '%s'", whom))
        return;
      if (is_done || !has_struck)
        sim_fail (world, "I10", "%s is not erased: %s", whom,
                  error != NULL ? error->message : "and it is said to be");
    }
}

/* Whoever asked and whoever confirmed sends that again from their own stream, should the trust
 * lose it. */
static void
say_requests (World *world)
{
  Model *model = world->model;

  for (guint i = 0; i < model->rows->len; i++)
    {
      const ModelRow *row = model->rows->pdata[i];

      if (row->author >= 0 && g_str_has_prefix (row->event->kind, "erasure")
          && model_find_said (model, row->event->id) == NULL)
        model_say (model, row->event, row->author);
    }
}

static void
note_erased (World *world, const char *whom)
{
  world->model->n_emptied++;
  sim_trust_read (world, NULL);
  say_requests (world);
  sim_note (world, "%s is erased", whom);
}

static int
pick_joined (World *world)
{
  guint person;

  if (world->n_joined == 0)
    return -1;
  person = MODEL_N_PEOPLE + sim_pick (world, world->n_joined);
  return model_is_here (world->model, person) ? (int) person : -1;
}

static void
erase_person (World *world)
{
  int person = pick_joined (world);
  WayErasureTarget target = { NULL, NULL };

  if (person < 0 || !has_governance (world) || !sim_strikes (world, FAULT_ERASED, 1))
    return;
  grant (world);
  target.username = model_people[person];
  erase (world, &target, model_people[person]);
  world->model->is_erased[person] = TRUE;
  note_erased (world, model_people[person]);
}

/* Somebody left longer ago than things are kept. */
static void
retain (World *world)
{
  int person = pick_joined (world);

  /* Who came back, or had to be told to the trust again, has only just come. */
  if (person < 0 || world->was_put_back || world->has_come_again[person]
      || !sim_strikes (world, FAULT_RETAINED, 1))
    return;
  sim_trust_write_person (world, person, TRUE, 7 * YEAR);
  erase (world, NULL, model_people[person]);
  world->model->is_erased[person] = TRUE;
  note_erased (world, model_people[person]);
}

static const ModelRow *
pick_row (World *world)
{
  Model *model = world->model;

  for (guint i = 0; i < 8; i++)
    {
      const ModelRow *row = model->rows->pdata[sim_pick (world, model->rows->len)];

      if (row->author >= 0 && *row->event->salt != '\0'
          && !g_str_has_prefix (row->event->kind, "erasure"))
        return row;
    }
  return NULL;
}

/* A broken trust gives back what it has taken, and does not know any more that it had. */
static void
mutate_trust (World *world, const WayEvent *event)
{
  g_autofree char *sql = NULL;
  g_autoptr (GError) error = NULL;

  if (strstr (event->body, "mark") != NULL && world->erased_body == NULL)
    world->erased_body = g_strdup (event->body);
  if (world->options->mutation != MUTATION_REAPPEAR || world->is_mutated)
    return;
  sql = g_strdup_printf ("UPDATE event SET salt = '%s', body = '%s' WHERE id = '%s';"
                         " DELETE FROM erased WHERE target = '%s'",
                         event->salt, event->body, event->id, event->id);
  world->is_mutated = TRUE;
  way_db_exec (way_store_get_db (world->fixture.trust), sql, &error);
  g_assert_no_error (error);
}

static void
redact (World *world)
{
  const ModelRow *row = pick_row (world);
  WayErasureTarget target = { NULL, NULL };
  g_autoptr (WayEvent) event = NULL;

  if (row == NULL || !has_governance (world) || !sim_strikes (world, FAULT_REDACTED, 1))
    return;
  event = way_event_copy (row->event);
  grant (world);
  target.event = event->id;
  erase (world, &target, event->id);
  g_hash_table_add (world->model->redacted, g_strdup (event->id));
  mutate_trust (world, event);
  note_erased (world, event->id);
}

/* sim_erasure_sweep:
 *
 * What the clockwork of the trust does about what was sent since of those who were erased. */
void
sim_erasure_sweep (World *world)
{
  g_autoptr (GError) error = NULL;
  DiskFault fault;

  if (world->model->n_emptied == 0)
    return;
  fault = sim_trust_break (world, 3);
  sim_clock_turn (world->trust_skew);
  if (!way_erasure_sweep (world->fixture.trust, &error)
      || !way_store_checkpoint (world->fixture.trust, &error))
    {
      if (!sim_trust_mend (world, fault))
        sim_fail (world, "I10", "the clockwork stops: %s", error->message);
    }
  else
    sim_trust_mend (world, fault);
  sim_trust_read (world, NULL);
}

/* sim_erasure_act:
 *
 * One thing of this kind. */
void
sim_erasure_act (World *world, SimDesk *except)
{
  switch (sim_pick (world, 16))
    {
    case 0:
    case 1:
    case 2:
      join (world);
      break;
    case 3:
    case 4:
    case 5:
    case 6:
      say_of (world, except);
      break;
    case 7:
    case 8:
      erase_person (world);
      break;
    case 9:
      retain (world);
      break;
    case 10:
      if (world->model->n_emptied > 0 && sim_strikes (world, FAULT_TICK, 1))
        sim_erasure_sweep (world);
      break;
    default:
      redact (world);
      break;
    }
}

/* The machine stopped in the middle of another line, which was then not carried out. That
 * begins where way_ledger_append() would: a line that was cut off before is ended first. */
static void
cut_off_line (World *world, const char *ledger)
{
  static const char line[] = "erased 1 1772446748000314 person ann 019cadf0-3ea8-72f9";
  g_autofree char *text = NULL;
  gsize length;
  FILE *file;

  g_assert_true (g_file_get_contents (ledger, &text, &length, NULL));
  file = fopen (ledger, "a");
  g_assert_nonnull (file);
  if (length > 0 && text[length - 1] != '\n')
    fputc ('\n', file);
  fwrite (line, 1, sim_pick (world, sizeof line), file);
  g_assert_cmpint (fclose (file), ==, 0);
}

/* sim_erasure_put_back:
 *
 * The backup knows nothing of who was erased since: the ledger does. */
void
sim_erasure_put_back (World *world)
{
  g_autofree char *ledger = dup_ledger (world);
  g_autoptr (GError) error = NULL;
  gboolean is_done;
  guint n_erased;
  DiskFault fault;

  if (world->model->n_emptied == 0)
    return;
  if (sim_pick (world, 4) == 0)
    cut_off_line (world, ledger);
  fault = sim_trust_break (world, 3);
  for (;;)
    {
      g_clear_error (&error);
      sim_clock_turn (world->trust_skew);
      is_done = way_erasure_replay (world->fixture.trust, ledger, &n_erased, &error);
      if (!sim_trust_mend (world, fault) && !is_done)
        sim_fail (world, "I10", "the ledger does not hold: %s", error->message);
      fault = DISK_WELL;
      if (is_done)
        break;
    }
  if (sim_pick (world, 2) == 0)
    {
      way_store_note_restore (world->fixture.trust, &error);
      g_assert_no_error (error);
    }
  sim_trust_read (world, NULL);
  check_log (world);
  sim_note (world, "  and erases %u again", n_erased);
}

static void
look_at_bytes (const guint8 *bytes, gsize length, gpointer user_data)
{
  World *world = user_data;
  const guint8 *end = bytes + length;

  for (const guint8 *at = bytes; (at = memmem (at, end - at, "mark", 4)) != NULL; at++)
    if (at + 11 < end && at[10] == 'z')
      {
        guint number = g_ascii_strtoull ((const char *) at + 4, NULL, 10);
        const ModelSaid *said = number < world->model->said->len ? world->model->said->pdata[number]
                                                                 : NULL;
        const ModelRow *row = said != NULL ? model_find_row (world->model, said->id) : NULL;

        if (row != NULL && model_is_emptied (world->model, row))
          sim_fail (world, "I10", "the trust's file holds %s, which was erased", said->id);
      }
}

/* sim_erasure_check:
 *
 * Nothing that was erased is in the trust any more, nor in its file. */
void
sim_erasure_check (World *world)
{
  if (world->model->n_emptied == 0)
    return;
  check_log (world);
  if (!sync_fixture_is_postgresql ())
    memory_disk_look (world->fixture.path, look_at_bytes, world);
}
