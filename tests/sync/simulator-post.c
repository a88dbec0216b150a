/* simulator-post.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "simulator.h"

#include "sync/way-bundle-private.h"
#include "sync/way-drop.h"
#include "sync/way-ticket.h"

#include <glib/gstdio.h>

#define DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)
#define MAX_POSTS 16

/* What goes to the trust on other ways than by sync: bundles in files, which
 * come late, twice and damaged; what is left on shared computers, by ticket;
 * messages without a name. */

/* A bundle on its way. */
typedef struct
{
  char *path;
  char *receipt; /* (nullable) the trust has answered */
  WayBundle *bundle;
} Post;

void
sim_post_free (gpointer data)
{
  Post *post = data;

  g_free (post->path);
  g_free (post->receipt);
  way_bundle_free (post->bundle);
  g_free (post);
}

static gint64
count (World *world, const char *sql)
{
  gint64 n = 0;

  g_assert_true (way_db_get_int (way_store_get_db (world->fixture.trust), sql, &n, NULL));
  return n;
}

/* Nothing at all is done then. */
static gboolean
is_left_out (World *world, Fault fault)
{
  return (world->options->without & SIM_BIT (fault)) != 0;
}

static SimDesk *
pick_desk (World *world, SimDesk *except)
{
  SimDesk *desk = world->desks->pdata[sim_pick (world, world->desks->len)];

  return desk == except || desk->is_gone ? NULL : desk;
}

static Post *
pick_post (World *world)
{
  return world->posts->len > 0 ? world->posts->pdata[sim_pick (world, world->posts->len)] : NULL;
}

static DiskFault
break_sometimes (World *world, SimDesk *desk)
{
  return sim_pick (world, 4) == 0 ? sim_desk_break (world, desk, 20) : DISK_WELL;
}

static void
write_bundle (World *world, SimDesk *desk)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  Post *post;
  guint n;

  if (!sim_strikes (world, FAULT_BUNDLE, 1))
    return;
  name = g_strdup_printf ("%u.bundle", ++world->n_posts);
  path = g_build_filename (world->fixture.folder, name, NULL);
  sim_desk_open (world, desk);
  sim_clock_turn (desk->skew);
  if (!way_bundle_write (desk->store, path, sim_pick (world, 3) == 0, &n, &error))
    {
      if (!g_error_matches (error, WAY_BUNDLE_ERROR, WAY_BUNDLE_ERROR_KEY)
          && !g_error_matches (error, WAY_BUNDLE_ERROR, WAY_BUNDLE_ERROR_NOTHING))
        sim_fail (world, "I13", "desk %u writes no bundle: %s", desk->number, error->message);
      return;
    }
  post = g_new0 (Post, 1);
  post->path = g_steal_pointer (&path);
  text = way_bundle_load (post->path, WAY_BUNDLE_MAGIC, &error);
  g_assert_no_error (error);
  post->bundle = way_bundle_parse (text, &error);
  g_assert_no_error (error);
  if (world->posts->len >= MAX_POSTS)
    g_ptr_array_remove_index_fast (world->posts, sim_pick (world, MAX_POSTS));
  g_ptr_array_add (world->posts, post);
  sim_note (world, "desk %u (%s) writes a bundle of %u", desk->number, model_people[desk->person],
            n);
}

/* What a bundle may be refused for. */
static gboolean
is_expected (World *world, const Post *post, const GError *error)
{
  guint person = (guint) model_find_person (post->bundle->person);

  if (error->domain == WAY_BUNDLE_ERROR)
    switch (error->code)
      {
      case WAY_BUNDLE_ERROR_FORK:
      case WAY_BUNDLE_ERROR_GAP:
        return TRUE;
      case WAY_BUNDLE_ERROR_PERSON:
        return !model_is_here (world->model, person);
      case WAY_BUNDLE_ERROR_FORGED: /* a trust that was put back may have made
                                       another secret */
        return world->was_put_back;
      default:
        return FALSE;
      }
  return g_error_matches (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_ERASED)
         && world->model->is_erased[person];
}

static void
note_taken (World *world, const Post *post)
{
  for (guint i = 0; i < post->bundle->events->len; i++)
    {
      const WayEvent *event = post->bundle->events->pdata[i];
      const ModelSaid *said = model_find_said (world->model, event->id);

      if (said != NULL)
        sim_must (world->trust_must, said->number);
    }
}

static void
bring_bundle (World *world)
{
  Post *post = pick_post (world);
  g_autofree char *receipt = NULL;
  g_autoptr (GError) error = NULL;
  WayBundleResult result;
  gboolean is_taken, has_struck;
  DiskFault fault;

  if (post == NULL || !sim_strikes (world, FAULT_BUNDLE, 1))
    return;
  receipt = g_strconcat (post->path, ".receipt", NULL);
  fault = sim_trust_break (world, 4);
  sim_clock_turn (world->trust_skew);
  is_taken = way_bundle_import (world->fixture.uri, post->path, receipt, &result, &error);
  has_struck = sim_trust_mend (world, fault);
  if (is_taken)
    note_taken (world, post);
  sim_trust_read (world, has_struck ? NULL : post->bundle->stream);
  sim_note (world, "a bundle of %s comes: %s", post->bundle->person,
            is_taken ? "taken" : error->message);
  if (!is_taken)
    {
      if (!has_struck && !is_expected (world, post, error))
        sim_fail (world, "I13", "a bundle of %s is refused: %s", post->bundle->person,
                  error->message);
      return;
    }
  g_free (post->receipt);
  post->receipt = g_steal_pointer (&receipt);
  if (sim_pick (world, 2) != 0)
    return;
  if (!way_bundle_import (world->fixture.uri, post->path, NULL, &result, &error)
      || result.inserted > 0 || result.quarantined > 0)
    sim_fail (world, "I12", "a bundle that comes twice: inserted %u, quarantined %u, %s",
              result.inserted, result.quarantined, error != NULL ? error->message : "taken");
  sim_trust_read (world, post->bundle->stream);
}

/* Damaged on its way, or by somebody. */
static void
bring_wrong_bundle (World *world)
{
  const Post *post = pick_post (world);
  g_autofree char *path = NULL;
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  WayBundleResult result;
  gint64 n_before;
  gsize length;

  if (post == NULL || !sim_strikes (world, FAULT_BUNDLE_WRONG, 1))
    return;
  g_assert_true (g_file_get_contents (post->path, &bytes, &length, NULL));
  path = g_strconcat (post->path, ".wrong", NULL);
  if (sim_pick (world, 2) == 0)
    length = sim_pick (world, length);
  else
    bytes[sim_pick (world, length)] ^= (char) (1 + sim_pick (world, 127));
  g_assert_true (g_file_set_contents (path, bytes, length, NULL));
  n_before = count (world, "SELECT count(*) FROM event");
  if (way_bundle_import (world->fixture.uri, path, NULL, &result, &error)
      || count (world, "SELECT count(*) FROM event") != n_before)
    sim_fail (world, "I5", "a bundle of %s that was damaged is taken", post->bundle->person);
  sim_note (world, "a damaged bundle comes: %s", error->message);
}

/* One that was put back may not have met the trust yet, where it wrote the bundle later. */
static gboolean
is_without_key (SimDesk *desk, const GError *error)
{
  g_autofree char *key = way_store_get_meta (desk->store, "bundle_key", NULL);

  return key == NULL && g_error_matches (error, WAY_BUNDLE_ERROR, WAY_BUNDLE_ERROR_KEY);
}

/* The receipt comes to whatever desk, whatever has happened there since. */
static void
read_receipt (World *world, SimDesk *desk, SimDesk *except)
{
  const Post *post = pick_post (world);
  g_autoptr (GError) error = NULL;
  gboolean is_its, is_read, has_struck;
  DiskFault fault;
  guint n;

  for (guint i = 0; i < 8 && (post == NULL || post->receipt == NULL); i++)
    post = pick_post (world);
  if (post == NULL || post->receipt == NULL || !sim_strikes (world, FAULT_RECEIPT, 1))
    return;
  /* Mostly its own. */
  for (guint i = 0; i < world->desks->len && sim_pick (world, 4) != 0; i++)
    {
      SimDesk *own = world->desks->pdata[i];

      if (own != except && own->store != NULL
          && g_str_equal (way_store_get_stream (own->store), post->bundle->stream))
        desk = own;
    }
  sim_desk_open (world, desk);
  sim_clock_turn (desk->skew);
  is_its = g_str_equal (way_store_get_stream (desk->store), post->bundle->stream);
  fault = break_sometimes (world, desk);
  is_read = way_bundle_read_receipt (desk->store, post->receipt, &n, &error);
  has_struck = sim_desk_recover (world, desk, fault);
  sim_desk_open (world, desk);
  if (is_read && !is_its)
    sim_fail (world, "I3", "desk %u takes the receipt of another store", desk->number);
  if (!is_read && is_its && !has_struck
      && !g_error_matches (error, WAY_BUNDLE_ERROR, WAY_BUNDLE_ERROR_STREAM)
      && !is_without_key (desk, error)
      && !(world->was_put_back
           && g_error_matches (error, WAY_BUNDLE_ERROR, WAY_BUNDLE_ERROR_FORGED)))
    sim_fail (world, "I13", "desk %u does not take its receipt: %s", desk->number, error->message);
  sim_note (world, "desk %u reads a receipt: %s", desk->number, is_read ? "taken" : "refused");
}

/* Somebody has left a shared computer: what they left goes by ticket. */
static void
push_by_ticket (World *world, SimDesk *desk)
{
  g_autofree char *stream = NULL;
  g_autoptr (GError) error = NULL;
  WaySyncResult result;
  DiskFault fault, trust_fault = DISK_WELL;
  gboolean has_struck, has_trust_struck;

  if (is_left_out (world, FAULT_TICKET))
    return;
  if (!desk->has_ticket)
    {
      desk->has_ticket = TRUE;
      return;
    }
  if (!sim_strikes (world, FAULT_TICKET, 1))
    return;
  sim_desk_open (world, desk);
  stream = g_strdup (way_store_get_stream (desk->store));
  fault = break_sometimes (world, desk);
  if (fault == DISK_WELL)
    trust_fault = sim_trust_break (world, 4);
  sim_clock_turn (world->trust_skew);
  way_ticket_push (desk->store, world->fixture.uri, NULL, &result, &error);
  has_trust_struck = sim_trust_mend (world, trust_fault);
  has_struck = sim_desk_recover (world, desk, fault) || has_trust_struck;
  sim_desk_open (world, desk);
  sim_trust_read (world, has_trust_struck ? NULL : stream);
  sim_note (world, "desk %u (%s) sends by ticket: pushed %u, acked %u; %s", desk->number,
            model_people[desk->person], result.pushed, result.acked,
            error != NULL ? error->message : "done");
  if (error != NULL && !has_struck
      && !g_error_matches (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_TICKET)
      && !g_error_matches (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_STREAM)
      && !(g_error_matches (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_ERASED)
           && world->model->is_erased[desk->person]))
    sim_fail (world, "I13", "desk %u cannot send by ticket: %s", desk->number, error->message);
}

/* The ticket of another stream, as if it were this one's. */
static char *
steal_ticket (World *world, const char *stream)
{
  const SimDesk *other = world->desks->pdata[sim_pick (world, world->desks->len)];
  g_autofree char *path = g_strconcat (other->path, ".ticket", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return NULL;
  words = g_strsplit (text, " ", -1);
  if (g_strv_length (words) != 3 || g_str_equal (words[0], stream))
    return NULL;
  return g_strdup_printf ("%s %s %s", stream, words[1], words[2]);
}

/* A ticket that holds no more, or is another stream's, takes nothing in. */
static void
push_by_wrong_ticket (World *world, SimDesk *desk)
{
  g_autofree char *path = g_strconcat (desk->path, ".ticket", NULL);
  g_autofree char *own = NULL;
  g_autofree char *stolen = NULL;
  g_autoptr (GError) error = NULL;
  WaySyncResult result;
  gint64 n_before;
  /* There the server has a clock of its own. */
  guint way = sim_pick (world, sync_fixture_is_postgresql () ? 2 : 3);
  guint n;

  if (is_left_out (world, FAULT_TICKET_WRONG) || !g_file_get_contents (path, &own, NULL, NULL))
    return;
  sim_desk_open (world, desk);
  if (way == 0)
    stolen = steal_ticket (world, way_store_get_stream (desk->store));
  if ((way == 0 && stolen == NULL) || !sim_strikes (world, FAULT_TICKET_WRONG, 1))
    return;
  sim_clock_turn (world->trust_skew);
  if (stolen != NULL)
    g_assert_true (g_file_set_contents (path, stolen, -1, NULL));
  else if (way == 1)
    g_assert_true (way_ticket_revoke (world->fixture.trust, model_people[desk->person], &n, NULL)
                   || !model_is_here (world->model, desk->person));
  else
    sim_clock_turn (world->trust_skew + 41 * DAY);
  n_before = count (world, "SELECT count(*) FROM event");
  way_ticket_push (desk->store, world->fixture.uri, NULL, &result, &error);
  if (count (world, "SELECT count(*) FROM event") != n_before || result.acked > 0)
    sim_fail (world, "I8", "a ticket %s takes in %u of desk %u",
              way == 0   ? "of another stream"
              : way == 1 ? "that was revoked"
                         : "that has ended",
              result.acked, desk->number);
  if (stolen != NULL)
    g_assert_true (g_file_set_contents (path, own, -1, NULL));
  sim_note (world, "desk %u sends by a wrong ticket", desk->number);
}

static void
put_drop (World *world, SimDesk *desk)
{
  ModelDrop *drop;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gboolean has_struck;
  DiskFault fault;

  if (!sim_strikes (world, FAULT_DROP, 1))
    return;
  drop = g_new0 (ModelDrop, 1);
  drop->number = world->model->drops->len;
  drop->person = desk->person;
  g_ptr_array_add (world->model->drops, drop);
  text = g_strdup_printf ("drop%06uz", drop->number);
  sim_desk_open (world, desk);
  sim_clock_turn (desk->skew);
  fault = break_sometimes (world, desk);
  drop->place = (int) sim_pick (world, MODEL_N_PLACES);
  drop->hash = way_drop_put (desk->store, "worry", text, "today", model_places[drop->place],
                             &error);
  has_struck = sim_desk_recover (world, desk, fault);
  sim_desk_open (world, desk);
  if (drop->hash == NULL && !has_struck)
    sim_fail (world, "I1", "desk %u does not keep a message: %s", desk->number, error->message);
  sim_note (world, "desk %u writes a message without a name", desk->number);
}

static int
read_number (const char *text)
{
  const char *mark = strstr (text, "drop");

  return mark != NULL ? (int) g_ascii_strtoull (mark + 4, NULL, 10) : -1;
}

/* A drop that goes for the second time may lie there since the first. */
static void
note_sent (World *world, const WayDrop *sent)
{
  ModelDrop *drop = world->model->drops->pdata[read_number (sent->body)];

  drop->is_of_many = drop->is_of_many || model_is_of_many (world->model, drop->place);
}

static gboolean
send_drop (World *world, SimDesk *desk)
{
  g_autoptr (WayDrop) drop = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_sent, has_struck;
  DiskFault fault;

  if (is_left_out (world, FAULT_DROP_SENT))
    return FALSE;
  sim_desk_open (world, desk);
  drop = way_drop_find_due (desk->store, G_MAXINT64, NULL, &error);
  g_assert_no_error (error);
  if (drop == NULL || !sim_strikes (world, FAULT_DROP_SENT, 1))
    return FALSE;
  for (guint i = 1 + (sim_pick (world, 4) == 0); i > 0; i--)
    {
      fault = sim_trust_break (world, 4);
      sim_clock_turn (world->trust_skew);
      g_clear_error (&error);
      note_sent (world, drop);
      is_sent = way_drop_send (world->fixture.uri, drop, &error);
      has_struck = sim_trust_mend (world, fault);
      if (has_struck)
        sim_trust_read (world, NULL);
      if (is_sent)
        sim_must (world->drop_must, (guint) read_number (drop->body));
      else if (!has_struck)
        sim_fail (world, "I13", "a message without a name does not go: %s", error->message);
    }
  sim_note (world, "desk %u sends a message without a name: %s", desk->number,
            is_sent ? "done" : error->message);
  /* Or its answer is lost. */
  if (!is_sent || sim_pick (world, 3) == 0)
    return TRUE;
  fault = break_sometimes (world, desk);
  way_drop_mark_sent (desk->store, drop->hash, NULL);
  sim_desk_recover (world, desk, fault);
  sim_desk_open (world, desk);
  return TRUE;
}

/* Of somebody who has one. */
static void
send_some_drop (World *world, SimDesk *except)
{
  for (guint i = 0; i < 4; i++)
    {
      SimDesk *desk = pick_desk (world, except);

      if (desk != NULL && send_drop (world, desk))
        return;
    }
}

static void
take_drop_back (World *world, SimDesk *desk)
{
  const GPtrArray *drops = world->model->drops;
  const ModelDrop *drop = drops->len > 0 ? drops->pdata[sim_pick (world, drops->len)] : NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_taken;

  if (drop == NULL || drop->hash == NULL || !sim_strikes (world, FAULT_DROP, 1))
    return;
  sim_desk_open (world, desk);
  way_drop_take_back (desk->store, drop->hash, &is_taken, &error);
  g_assert_no_error (error);
  if (is_taken && drop->person != desk->person)
    sim_fail (world, "I8", "desk %u of %s has a message of %s", desk->number,
              model_people[desk->person], model_people[drop->person]);
}

/* There a body is JSON, and what was set aside is bytes. */
#define TEXT_OF(column) "CAST(" column " AS text)"
#define NAMELESS                                                                                   \
  "kind = 'feedback' AND replace (" TEXT_OF ("body") ", 'drop', '') <> " TEXT_OF ("body")

#define PLACED(table, name)                                                                        \
  "SELECT unit, " TEXT_OF ("body") ", '" name "' FROM " table " WHERE unit IS NOT NULL"

/* How often each message is among these bodies. */
static guint *
count_drops (World *world, const char *sql)
{
  g_autofree char *bodies = fixture_ask (world->fixture.trust, sql);
  g_auto (GStrv) lines = g_strsplit (bodies, "\n", -1);
  guint *n_there = g_new0 (guint, world->model->drops->len);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      int number = read_number (lines[i]);

      if (number >= 0 && number < (int) world->model->drops->len)
        n_there[number]++;
    }
  return n_there;
}

/* What may lie in the box goes with its place only where that is of many still. */
static void
note_moved (World *world)
{
  g_autofree guint *n_there = count_drops (world, "SELECT " TEXT_OF (
                                                      "body") " FROM event WHERE " NAMELESS);

  for (guint i = 0; i < world->model->drops->len; i++)
    {
      ModelDrop *drop = world->model->drops->pdata[i];

      if (n_there[i] == 0)
        drop->is_of_many_still = model_is_of_many (world->model, drop->place);
    }
}

/* sim_post_move:
 *
 * The clockwork of the trust empties the box. */
void
sim_post_move (World *world)
{
  g_autoptr (GError) error = NULL;
  DiskFault fault;
  guint n;

  if (world->model->drops->len == 0)
    return;
  note_moved (world);
  fault = sim_trust_break (world, 3);
  sim_clock_turn (world->trust_skew);
  /* What has lain there for a day goes. */
  if (!way_drop_move (world->fixture.trust, g_get_real_time () + 2 * ++world->n_moves * DAY, &n,
                      &error))
    {
      if (!sim_trust_mend (world, fault))
        sim_fail (world, "I13", "the box is not emptied: %s", error->message);
    }
  else
    sim_trust_mend (world, fault);
  sim_trust_read (world, NULL);
}

/* sim_post_act:
 *
 * One thing of this kind. */
void
sim_post_act (World *world, SimDesk *except)
{
  SimDesk *desk = pick_desk (world, except);
  guint dice = sim_pick (world, 24);

  if (dice == 0 && sim_strikes (world, FAULT_TICK, 1))
    sim_post_move (world);
  else if (dice < 5)
    bring_bundle (world);
  else if (dice < 6)
    bring_wrong_bundle (world);
  else if (dice < 9)
    send_some_drop (world, except);
  else if (desk == NULL)
    return;
  else if (dice < 12)
    write_bundle (world, desk);
  else if (dice < 14)
    read_receipt (world, desk, except);
  else if (dice < 18)
    push_by_ticket (world, desk);
  else if (dice < 21)
    push_by_wrong_ticket (world, desk);
  else if (dice < 23)
    put_drop (world, desk);
  else
    take_drop_back (world, desk);
}

typedef struct
{
  World *world;
  SimDesk *desk;
} Look;

static void
look_at_bytes (const guint8 *bytes, gsize length, gpointer user_data)
{
  Look *look = user_data;
  const GPtrArray *drops = look->world->model->drops;
  const guint8 *end = bytes + length;

  for (const guint8 *at = bytes; (at = memmem (at, end - at, "drop", 4)) != NULL; at++)
    if (at + 11 < end && at[10] == 'z' && g_ascii_isdigit (at[4]))
      {
        guint number = g_ascii_strtoull ((const char *) at + 4, NULL, 10);
        const ModelDrop *drop = number < drops->len ? drops->pdata[number] : NULL;

        if (drop != NULL && drop->person != look->desk->person)
          sim_fail (look->world, "I8", "the file of desk %u of %s holds a message of %s",
                    look->desk->number, model_people[look->desk->person],
                    model_people[drop->person]);
      }
}

static void
mutate_box (World *world)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  g_autofree char *sql = NULL;

  if (world->is_mutated || count (world, "SELECT count(*) FROM event WHERE " NAMELESS) == 0)
    return;
  id = g_uuid_string_random ();
  if (world->options->mutation == MUTATION_DROP_TWICE)
    sql = g_strdup_printf ("INSERT INTO event (stream, seq, id, kind, ver, at, zone, salt, body, "
                           "digest, chain,"
                           " received, effective) SELECT '%s', 1, '%s', kind, ver, at, zone, "
                           "salt, body, digest,"
                           " chain, received, effective FROM event WHERE " NAMELESS " LIMIT 1",
                           id, id);
  else if (world->options->mutation == MUTATION_DROP_TIED)
    sql = g_strdup ("UPDATE event SET login = 'p_ann' WHERE " NAMELESS);
  else if (world->options->mutation == MUTATION_DROP_PLACED)
    sql = g_strdup ("UPDATE event SET unit = 'w1' WHERE unit IS NULL AND " NAMELESS);
  else if (world->options->mutation == MUTATION_DROP_LOST)
    sql = g_strdup ("DELETE FROM event WHERE " NAMELESS);
  if (sql == NULL)
    return;
  world->is_mutated = TRUE;
  way_db_exec (way_store_get_db (world->fixture.trust), sql, &error);
  g_assert_no_error (error);
}

static void
check_once (World *world)
{
  g_autofree guint *n_there = count_drops (world,
                                           "SELECT " TEXT_OF ("body") " FROM event WHERE " NAMELESS
                                                                      " UNION ALL SELECT " TEXT_OF (
                                                                          "body") " FROM drop_box");

  for (guint i = 0; i < world->model->drops->len; i++)
    if (n_there[i] > 1 || (n_there[i] == 0 && sim_is_must (world->drop_must, i)))
      sim_fail (world, "I2", "message %u without a name is there %u times", i, n_there[i]);
}

/* Only a place that hides whoever writes is said, in the box and in the log. */
static void
check_places (World *world)
{
  g_autofree char *said = fixture_ask (world->fixture.trust,
                                       PLACED ("event", "log") " AND " NAMELESS
                                                               " UNION ALL " PLACED ("drop_box",
                                                                                     "box"));
  g_auto (GStrv) lines = g_strsplit (said, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      int number = read_number (lines[i]);
      const ModelDrop *drop = number >= 0 && number < (int) world->model->drops->len
                                  ? world->model->drops->pdata[number]
                                  : NULL;
      g_autofree char *place = g_strndup (lines[i], strcspn (lines[i], "|"));

      if (drop == NULL)
        continue;
      if (model_find_place (place) != drop->place || !drop->is_of_many
          || (g_str_has_suffix (lines[i], "|log") && !drop->is_of_many_still))
        sim_fail (world, "I8", "message %d without a name says %s", number, place);
    }
}

/* sim_post_check:
 *
 * A message without a name that the trust has taken is there once. Nothing
 * beside it says whose it is, or when it came more closely than its week; and
 * no device of somebody else has it. */
void
sim_post_check (World *world)
{
  if (world->model->drops->len == 0)
    return;
  mutate_box (world);
  check_once (world);
  check_places (world);
  if (count (world, "SELECT count(*) FROM event WHERE " TEXT_OF (
                        "body") " LIKE '%drop______z%' AND "
                                "(kind <> 'feedback'"
                                " OR author IS NOT NULL OR subject IS NOT NULL OR login IS NOT NULL"
                                " OR at % 86400000000 <> 0"
                                " OR (at / 86400000000 + 3) % 7 <> 0)")
      > 0)
    sim_fail (world, "I8", "a message without a name is tied to somebody");
  if (count (world, sync_fixture_is_postgresql ()
                        ? "SELECT count(*) FROM quarantine"
                          " WHERE encode (raw, 'escape') LIKE '%drop______z%'"
                        : "SELECT count(*) FROM quarantine WHERE raw LIKE '%drop______z%'")
      > 0)
    sim_fail (world, "I8", "a message without a name is set aside");
  for (guint i = 0; i < world->desks->len; i++)
    {
      Look look = { world, world->desks->pdata[i] };

      if (!look.desk->is_gone)
        memory_disk_look (look.desk->path, look_at_bytes, &look);
    }
}
