/* simulator-line.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "simulator.h"

#include "sync/way-sqlite-peer.h"

/* The trust as one desk meets it once: a line that is cut, delays, repeats and lies between
 * them, and somebody who reads everything that crosses it. */

#define SIM_TYPE_LINE (sim_line_get_type ())
G_DECLARE_FINAL_TYPE (SimLine, sim_line, SIM, LINE, GObject)

struct _SimLine
{
  GObject parent_instance;

  World *world;  /* (unowned) */
  SimDesk *desk; /* (unowned) */
  WayPeer *real;
  guint trust_opened;
  gboolean was_troubled;
  char *stream;    /* (nullable) greeted */
  GPtrArray *last; /* (nullable) what was pushed last */
};

/* A push that crossed the line once. */
typedef struct
{
  guint person;
  GPtrArray *events;
} Sent;

#define MAX_SENT 40

static void line_iface_init (WayPeerInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SimLine,
                               sim_line,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WAY_TYPE_PEER, line_iface_init))

static void
sim_line_finalize (GObject *object)
{
  SimLine *self = SIM_LINE (object);

  g_object_unref (self->real);
  g_clear_pointer (&self->last, g_ptr_array_unref);
  g_free (self->stream);
  G_OBJECT_CLASS (sim_line_parent_class)->finalize (object);
}

static void
sim_line_class_init (SimLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sim_line_finalize;
}

static void
sim_line_init (SimLine *self)
{
}

void
sim_sent_free (gpointer data)
{
  Sent *sent = data;

  g_ptr_array_unref (sent->events);
  g_free (sent);
}

static GPtrArray *
copy_events (GPtrArray *events, guint from)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);

  for (guint i = from; i < events->len; i++)
    g_ptr_array_add (copy, way_event_copy (events->pdata[i]));
  return copy;
}

/* sim_peer_new:
 *
 * The trust itself, on a connection of its own, for that person. */
WayPeer *
sim_peer_new (World *world, guint person)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = NULL;
  WayPeer *peer;

  if (!sync_fixture_is_postgresql ())
    return way_sqlite_peer_new_for_store (world->fixture.trust);
  uri = sync_fixture_dup_login_uri (&world->fixture, model_people[person]);
  peer = way_peer_open (uri, &error);
  g_assert_no_error (error);
  return peer;
}

WayPeer *
sim_line_new (World *world, SimDesk *desk)
{
  SimLine *self = g_object_new (SIM_TYPE_LINE, NULL);

  self->world = world;
  self->desk = desk;
  self->trust_opened = world->trust_opened;
  if (sync_fixture_is_postgresql () && desk->peer == NULL)
    desk->peer = sim_peer_new (world, desk->person);
  self->real = desk->peer != NULL ? g_object_ref (desk->peer) : sim_peer_new (world, desk->person);
  return WAY_PEER (self);
}

gboolean
sim_line_was_troubled (WayPeer *line)
{
  return SIM_LINE (line)->was_troubled;
}

static gboolean
fail (SimLine *self, WaySyncError code, const char *words, GError **error)
{
  self->was_troubled = TRUE;
  g_set_error_literal (error, WAY_SYNC_ERROR, code, words);
  return FALSE;
}

/* Whether the message reaches the trust. */
static gboolean
reaches_trust (SimLine *self, GError **error)
{
  World *world = self->world;

  if (world->depth == 0 && sim_strikes (world, FAULT_MEANWHILE, 4))
    {
      world->depth++;
      sim_note (world, "  meanwhile:");
      sim_step (world, self->desk);
      world->depth--;
      sim_clock_turn (self->desk->skew);
    }
  /* A machine that is off sends nothing. */
  if (memory_disk_is_down (self->desk->path))
    return fail (self, WAY_SYNC_ERROR_UNREACHED, "Off", error);
  if (self->trust_opened != world->trust_opened)
    return fail (self, WAY_SYNC_ERROR_UNREACHED, "The server was restarted", error);
  if (sim_strikes (world, FAULT_CUT_BEFORE, 14))
    return fail (self, WAY_SYNC_ERROR_UNREACHED, "Cut before", error);
  if (sim_strikes (world, FAULT_PORTAL, 40))
    return fail (self, WAY_SYNC_ERROR_PROTOCOL, "<html>Accept our terms</html>", error);
  if (sim_strikes (world, FAULT_BUSY, 40))
    return fail (self, WAY_SYNC_ERROR_BUSY, "Too many clients", error);
  sim_clock_turn (world->trust_skew);
  return TRUE;
}

static gboolean
is_heard (SimLine *self, GError **error)
{
  sim_clock_turn (self->desk->skew);
  if (self->trust_opened != self->world->trust_opened)
    return fail (self, WAY_SYNC_ERROR_UNREACHED, "The server was restarted", error);
  if (sim_strikes (self->world, FAULT_CUT_AFTER, 14))
    return fail (self, WAY_SYNC_ERROR_UNREACHED, "Cut after", error);
  return TRUE;
}

static char *
sign_in (WayPeer *peer, const char *username, const char *machine, GError **error)
{
  return way_peer_sign_in (SIM_LINE (peer)->real, username, machine, error);
}

/* sim_trust_read:
 *
 * Reads what is in the trust, and looks whether it may be. */
void
sim_trust_read (World *world, const char *stream)
{
  const char *own = way_store_get_stream (world->fixture.trust);
  g_autofree char *problem = model_read_trust (world->model, world->fixture.trust, stream);

  /* What came may have made the trust say something itself. */
  if (problem == NULL && stream != NULL && !g_str_equal (stream, own))
    problem = model_read_trust (world->model, world->fixture.trust, own);
  if (problem != NULL)
    sim_fail (world, "the log", "%s", problem);
}

DiskFault
sim_trust_break (World *world, guint one_in)
{
  static const Fault faults[] = { FAULT_TRUST_KILLED, FAULT_TRUST_POWER, FAULT_TRUST_DISK,
                                  FAULT_TRUST_FULL };
  static const DiskFault disks[] = { DISK_STOPS, DISK_LOSES_POWER, DISK_FAILS, DISK_FULL };
  guint way = sim_pick (world, G_N_ELEMENTS (faults));

  if (sync_fixture_is_postgresql () || world->is_calm || sim_pick (world, one_in) != 0
      || (world->options->without & SIM_BIT (faults[way])) != 0)
    return DISK_WELL;
  memory_disk_break (world->fixture.path, disks[way], sim_pick (world, 40), world->rand);
  return disks[way];
}

/* sim_trust_mend:
 *
 * TRUE: its disk failed, or its machine. It is well again. */
gboolean
sim_trust_mend (World *world, DiskFault fault)
{
  static const Fault faults[] = { [DISK_FAILS] = FAULT_TRUST_DISK,
                                  [DISK_FULL] = FAULT_TRUST_FULL,
                                  [DISK_STOPS] = FAULT_TRUST_KILLED,
                                  [DISK_LOSES_POWER] = FAULT_TRUST_POWER };
  g_autoptr (DiskImage) crashed = NULL;

  if (fault == DISK_WELL || !memory_disk_mend (world->fixture.path, &crashed))
    return FALSE;
  world->n_faults[faults[fault]]++;
  sim_note (world, "  %s", sim_fault_get_name (faults[fault]));
  if (fault != DISK_FULL)
    sim_trust_open (world, crashed);
  return TRUE;
}

static WayWelcome *
hello (WayPeer *peer,
       const char *person,
       const char *stream,
       gint64 acked,
       const char *epoch,
       gint64 client_time,
       GError **error)
{
  SimLine *self = SIM_LINE (peer);
  World *world = self->world;
  g_autoptr (WayWelcome) welcome = NULL;

  if (!reaches_trust (self, error))
    return NULL;
  welcome = way_peer_hello (self->real, person, stream, acked, epoch, client_time, error);
  if (welcome != NULL && !model_is_here (world->model, self->desk->person))
    sim_fail (world, "I8", "%s has left and is greeted", person);
  if (welcome != NULL)
    {
      g_free (self->stream);
      self->stream = g_strdup (stream);
      /* Small batches have more seams. */
      if (!world->is_calm)
        welcome->batch = 1 + sim_pick (world, 12);
    }
  if (welcome != NULL && world->options->mutation == MUTATION_KEEP)
    for (guint i = 0; i < welcome->scopes->len; i++)
      ((WayPeerScope *) welcome->scopes->pdata[i])->generation = 1;
  if (welcome == NULL || !is_heard (self, error))
    {
      sim_clock_turn (self->desk->skew);
      return NULL;
    }
  return g_steal_pointer (&welcome);
}

static void
note_acked (World *world, GPtrArray *events, const WayReceipt *receipt)
{
  if (receipt->is_fork || receipt->is_gap)
    return;
  for (guint i = 0; i < events->len; i++)
    {
      const WayEvent *event = events->pdata[i];
      const ModelSaid *said = model_find_said (world->model, event->id);

      if (event->seq > receipt->acked || said == NULL)
        continue;
      sim_must (world->trust_must, said->number);
    }
}

/* Everything that crossed before may come again, on whatever line, at any time. */
static void
replay (World *world)
{
  const Sent *sent = world->sent->pdata[sim_pick (world, world->sent->len)];
  g_autoptr (WayPeer) other = sim_peer_new (world, sent->person);
  const WayEvent *first = sent->events->pdata[0];
  g_autoptr (WayWelcome) welcome = NULL;
  g_autoptr (WayReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  welcome = way_peer_hello (other, model_people[sent->person], first->stream, 0, NULL,
                            g_get_real_time (), &error);
  if (welcome == NULL)
    return; /* they have left */
  receipt = way_peer_push (other, sent->events, &error);
  if (receipt == NULL)
    sim_fail (world, "I12", "a push that came again: %s", error->message);
  note_acked (world, sent->events, receipt);
  sim_trust_read (world, first->stream);
}

/* After a push has been heard: what a bad line makes of it. */
static void
repeat (SimLine *self, GPtrArray *events, WayReceipt **receipt)
{
  World *world = self->world;
  g_autoptr (GError) error = NULL;

  if (sim_strikes (world, FAULT_TWICE, 3))
    {
      WayReceipt *again = way_peer_push (self->real, events, &error);

      if (again == NULL)
        sim_fail (world, "I12", "a push that came twice: %s", error->message);
      if (again->inserted > 0 || again->quarantined > 0 || again->is_fork != (*receipt)->is_fork
          || again->acked < (*receipt)->acked)
        sim_fail (world, "I12",
                  "a push that came twice: inserted %u, quarantined %u, acked %" G_GINT64_FORMAT
                  " not %" G_GINT64_FORMAT,
                  again->inserted, again->quarantined, again->acked, (*receipt)->acked);
      sim_trust_read (world, self->stream);
      if (sim_pick (world, 2) == 0)
        {
          way_receipt_free (*receipt);
          *receipt = again;
        }
      else
        way_receipt_free (again);
    }
  if (self->last != NULL && sim_strikes (world, FAULT_OVERLAP, 3))
    {
      const WayEvent *tail = self->last->pdata[self->last->len - 1];
      const WayEvent *head = events->pdata[0];
      g_autoptr (WayReceipt) overlap = NULL;
      g_autoptr (GPtrArray) both = NULL;

      if (!g_str_equal (tail->stream, head->stream) || tail->seq + 1 != head->seq)
        return;
      both = copy_events (self->last, sim_pick (world, self->last->len));
      for (guint i = 0; i < events->len; i++)
        g_ptr_array_add (both, way_event_copy (events->pdata[i]));
      overlap = way_peer_push (self->real, both, &error);
      if (overlap == NULL || overlap->inserted > 0)
        sim_fail (world, "I12", "batches that overlap: %s",
                  error != NULL ? error->message : "inserted again");
      sim_trust_read (world, self->stream);
    }
}

static void
push_with_gap (SimLine *self, GPtrArray *events)
{
  g_autoptr (GPtrArray) tail = copy_events (events, 1 + sim_pick (self->world, events->len - 1));
  g_autoptr (WayReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  receipt = way_peer_push (self->real, tail, &error);
  /* Perhaps they were erased since they were greeted. */
  if (g_error_matches (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_ERASED)
      && self->world->model->is_erased[self->desk->person])
    return;
  if (receipt == NULL)
    sim_fail (self->world, "I12", "a push that lacks its beginning: %s", error->message);
  if (receipt->is_gap && receipt->inserted > 0)
    sim_fail (self->world, "I3", "of a push after a gap something was taken");
  note_acked (self->world, tail, receipt);
  sim_trust_read (self->world, self->stream);
}

static void
mutate_push (World *world, GPtrArray *events, const WayReceipt *receipt)
{
  const WayEvent *event = events->pdata[events->len - 1];
  g_autofree char *sql = NULL;
  g_autoptr (GError) error = NULL;

  if (receipt->inserted == 0 || world->is_mutated || world->step < 20)
    return;
  if (world->options->mutation == MUTATION_LOSE)
    sql = g_strdup_printf ("DELETE FROM event WHERE id = '%s'", event->id);
  else if (world->options->mutation == MUTATION_DOUBLE)
    {
      g_autofree char *id = g_uuid_string_random ();

      sql = g_strdup_printf (
          "INSERT INTO event (stream, seq, id, author, kind, ver, at, zone, salt, body, digest,"
          " chain, received, effective) SELECT '%s', 1, '%s', author, kind, ver, at, zone, salt,"
          " body, digest, chain, received, effective FROM event WHERE id = '%s'",
          id, id, event->id);
    }
  else if (world->options->mutation == MUTATION_REWRITE)
    sql = g_strdup_printf ("UPDATE event SET body = '{\"x\":\"changed\"}' WHERE id = '%s'",
                           event->id);
  else
    return;
  world->is_mutated = TRUE;
  way_db_exec (way_store_get_db (world->fixture.trust), sql, &error);
  g_assert_no_error (error);
}

static void
record (World *world, guint person, GPtrArray *events)
{
  Sent *sent = g_new0 (Sent, 1);

  sent->person = person;
  sent->events = copy_events (events, 0);
  if (world->sent->len >= MAX_SENT)
    g_ptr_array_remove_index_fast (world->sent, sim_pick (world, MAX_SENT));
  g_ptr_array_add (world->sent, sent);
}

static WayReceipt *
push (WayPeer *peer, GPtrArray *events, GError **error)
{
  SimLine *self = SIM_LINE (peer);
  World *world = self->world;
  g_autoptr (WayReceipt) receipt = NULL;
  DiskFault fault;

  if (!reaches_trust (self, error))
    return NULL;
  if (!world->is_calm)
    record (world, self->desk->person, events);
  if (events->len > 1 && sim_strikes (world, FAULT_GAP, 4))
    push_with_gap (self, events);
  fault = sim_trust_break (world, 10);
  receipt = way_peer_push (self->real, events, error);
  if (receipt != NULL)
    note_acked (world, events, receipt);
  if (sim_trust_mend (world, fault))
    {
      self->was_troubled = TRUE;
      sim_trust_read (world, NULL);
      sim_clock_turn (self->desk->skew);
      return g_steal_pointer (&receipt);
    }
  if (receipt == NULL)
    {
      sim_clock_turn (self->desk->skew);
      return NULL;
    }
  /* Its disk is well by now: what fails from here on is what is broken on purpose. */
  mutate_push (world, events, receipt);
  sim_trust_read (world, self->stream);
  repeat (self, events, &receipt);
  if (world->sent->len > 0 && sim_strikes (world, FAULT_REPLAY, 2))
    replay (world);
  if (!receipt->is_fork)
    {
      g_clear_pointer (&self->last, g_ptr_array_unref);
      self->last = copy_events (events, 0);
    }
  return is_heard (self, error) ? g_steal_pointer (&receipt) : NULL;
}

/* Everything that comes for somebody is theirs to see, at the moment when it comes. */
static void
check_page (SimLine *self, const char *scope, const WayPage *page)
{
  World *world = self->world;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < page->events->len; i++)
    {
      const WayEvent *event = page->events->pdata[i];
      const ModelRow *row = model_find_row (world->model, event->id);

      if (row == NULL || g_strcmp0 (row->event->digest, event->digest) != 0
          || g_strcmp0 (row->event->body, event->body) != 0)
        sim_fail (world, "I5", "%s (%s) came with %s and is not in the log", event->id, event->kind,
                  scope);
      if (!model_may_see (world->model, self->desk->person, row))
        sim_fail (world, "I8", "%s came to %s with %s: a %s of %s about %s, unit %s, allowed %d",
                  event->id, model_people[self->desk->person], scope, event->kind, event->author,
                  event->subject, event->unit, event->allowed);
      if (!g_hash_table_add (seen, event->id))
        sim_fail (world, "I6", "%s came twice in a page of %s", event->id, scope);
    }
}

static void
mutate_page (SimLine *self, WayPage *page)
{
  World *world = self->world;

  if ((world->options->mutation != MUTATION_LEAK && world->options->mutation != MUTATION_LEND)
      || world->is_mutated)
    return;
  for (guint i = 0; i < world->model->rows->len; i++)
    {
      const ModelRow *row = world->model->rows->pdata[i];

      if (row->author < 0 || row->author == (int) self->desk->person
          || (world->options->mutation == MUTATION_LEAK
                  ? !model_is_private (row->event->kind)
                  : !g_str_equal (row->event->kind, "corner_question")
                        || model_is_champion (world->model, self->desk->person)
                        || model_is_lead (world->model, self->desk->person)))
        continue;
      g_ptr_array_add (page->events, way_event_copy (row->event));
      world->is_mutated = TRUE;
      return;
    }
}

static WayPage *
pull (WayPeer *peer, const char *scope, const char *cursor, GError **error)
{
  SimLine *self = SIM_LINE (peer);
  g_autoptr (WayPage) page = NULL;

  if (!reaches_trust (self, error))
    return NULL;
  page = way_peer_pull (self->real, scope, cursor, error);
  if (page != NULL)
    {
      mutate_page (self, page);
      check_page (self, scope, page);
    }
  if (page == NULL || !is_heard (self, error))
    {
      sim_clock_turn (self->desk->skew);
      return NULL;
    }
  return g_steal_pointer (&page);
}

static GPtrArray *
list_apart (WayPeer *peer, GError **error)
{
  SimLine *self = SIM_LINE (peer);
  g_autoptr (GPtrArray) apart = NULL;

  if (!reaches_trust (self, error))
    return NULL;
  apart = way_peer_list_apart (self->real, error);
  return is_heard (self, apart != NULL ? error : NULL) ? g_steal_pointer (&apart) : NULL;
}

static char *
dup_bundle_key (WayPeer *peer, GError **error)
{
  SimLine *self = SIM_LINE (peer);
  g_autofree char *key = NULL;

  if (!reaches_trust (self, error))
    return NULL;
  key = way_peer_dup_bundle_key (self->real, error);
  return is_heard (self, key != NULL ? error : NULL) ? g_steal_pointer (&key) : NULL;
}

static char *
issue_ticket (WayPeer *peer, gint64 *expires, GError **error)
{
  SimLine *self = SIM_LINE (peer);
  g_autofree char *ticket = NULL;

  if (!reaches_trust (self, error))
    return NULL;
  ticket = way_peer_issue_ticket (self->real, expires, error);
  return is_heard (self, ticket != NULL ? error : NULL) ? g_steal_pointer (&ticket) : NULL;
}

static WayChunk *
fetch_chunk (WayPeer *peer, const char *digest, gint64 n, GError **error)
{
  SimLine *self = SIM_LINE (peer);

  return reaches_trust (self, error) ? way_peer_fetch_chunk (self->real, digest, n, error) : NULL;
}

static void
line_iface_init (WayPeerInterface *iface)
{
  iface->list_apart = list_apart;
  iface->dup_bundle_key = dup_bundle_key;
  iface->issue_ticket = issue_ticket;
  iface->fetch_chunk = fetch_chunk;
  iface->sign_in = sign_in;
  iface->hello = hello;
  iface->push = push;
  iface->pull = pull;
}
