/* simulator-trust.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "simulator.h"

#define HOUR (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

static void
let_go_of_peers (World *world)
{
  for (guint i = 0; i < world->desks->len; i++)
    g_clear_object (&((SimDesk *) world->desks->pdata[i])->peer);
}

/* sim_trust_open:
 * @image: (nullable): what lies on its disk now
 *
 * The server begins anew. Whoever was connected is not any more. */
void
sim_trust_open (World *world, const DiskImage *image)
{
  SyncFixture *fixture = &world->fixture;
  g_autoptr (GError) error = NULL;

  let_go_of_peers (world);
  sim_clock_turn (world->trust_skew);
  way_store_close (fixture->trust);
  g_clear_object (&fixture->peer);
  g_clear_object (&fixture->trust);
  if (image != NULL)
    memory_disk_put (fixture->path, image);
  fixture->trust = way_store_open_trust (fixture->uri, FALSE, &error);
  if (fixture->trust == NULL)
    sim_fail (world, "I1", "the trust does not open: %s", error->message);
  world->trust_opened++;
}

void
sim_trust_write (World *world, const char *author, WayEvent *draft)
{
  g_autofree char *id = NULL;
  g_autofree char *problem = NULL;

  sim_clock_turn (world->trust_skew);
  id = fixture_append (world->fixture.trust, author, draft);
  problem = model_read_trust (world->model, world->fixture.trust,
                              way_store_get_stream (world->fixture.trust));
  if (problem != NULL)
    sim_fail (world, "the log", "%s", problem);
}

/* sim_trust_write_person:
 * @ago: how long ago it was by the trust's clock, 0 for now */
void
sim_trust_write_person (World *world, guint person, gboolean has_left, gint64 ago)
{
  WayEvent *draft = fixture_draft ("person",
                                   "{'person':'%s','username':'%s','name':'%s',"
                                   "'staff_group':'nursing','ended':%d}",
                                   model_people[person], model_people[person], model_people[person],
                                   has_left);

  sim_clock_turn (world->trust_skew);
  world->has_come_again[person] |= !has_left && ago == 0;
  if (ago > 0)
    draft->at = draft->received = g_get_real_time () - ago;
  sim_trust_write (world, NULL, draft);
  if (person >= MODEL_N_PEOPLE)
    sync_fixture_add_login (&world->fixture, model_people[person]);
}

static void
move (World *world, guint person)
{
  guint place = sim_pick (world, MODEL_N_PLACES);

  for (guint i = 0; i < MODEL_N_PLACES; i++)
    {
      /* Some work in two places for a while. */
      gboolean is_ended = i != place;

      if (is_ended && (!world->model->is_member[person][i] || sim_pick (world, 4) == 0))
        continue;
      sim_trust_write (world, NULL,
                       fixture_draft ("membership",
                                      "{'person':'%s','place':'%s','is_primary':%d,'ended':%d}",
                                      model_people[person], model_places[i], !is_ended, is_ended));
    }
  sim_note (world, "%s moves to %s", model_people[person], model_places[place]);
}

static void
grant (World *world)
{
  static const guint candidates[] = { 1, 3, 3, 4 };
  guint person = candidates[sim_pick (world, G_N_ELEMENTS (candidates))];
  guint place = sim_pick (world, 7) == 0 ? MODEL_WHOLE : sim_pick (world, MODEL_N_PLACES);
  gboolean is_ended = world->model->is_champion[person][place];

  if (place == MODEL_WHOLE)
    sim_trust_write (world, NULL,
                     fixture_draft ("role_grant", "{'person':'%s','role':'champion','ended':%d}",
                                    model_people[person], is_ended));
  else
    sim_trust_write (world, NULL,
                     fixture_draft ("role_grant",
                                    "{'person':'%s','role':'champion','place':'%s','ended':%d}",
                                    model_people[person], model_places[place], is_ended));
  sim_note (world, "%s is %s champion of %s", model_people[person], is_ended ? "no longer" : "now",
            place == MODEL_WHOLE ? "all" : model_places[place]);
}

static void
withdraw_something (World *world)
{
  const char *stream = way_store_get_stream (world->fixture.trust);
  const ModelRow *row = world->model->rows->pdata[sim_pick (world, world->model->rows->len)];
  static const char *const kinds[] = { "membership", "role_grant", "setting",
                                       "notice",     "person",     "champion_term" };

  if (!g_str_equal (row->event->stream, stream))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (row->event->kind, kinds[i]))
      {
        sim_note (world, "the trust withdraws a %s", kinds[i]);
        sim_trust_write (world, NULL,
                         fixture_draft ("retraction", "{'target':'%s'}", row->event->id));
        return;
      }
}

/* sim_trust_administer:
 *
 * Somebody comes, goes, moves, gets a role or loses it. */
void
sim_trust_administer (World *world)
{
  guint person = sim_pick (world, MODEL_N_PEOPLE);

  if (!sim_strikes (world, FAULT_RIGHTS, 1))
    return;
  model_is_here (world->model, person); /* brings what stands up to date */
  switch (sim_pick (world, 12))
    {
    case 0:
    case 1:
    case 2:
      move (world, person);
      break;
    case 3:
    case 4:
    case 5:
      grant (world);
      break;
    case 6:
      sim_trust_write_person (world, person, model_is_here (world->model, person), 0);
      sim_note (world, "%s %s", model_people[person],
                model_is_here (world->model, person) ? "comes" : "leaves");
      break;
    case 7:
      sim_trust_write (world, NULL,
                       fixture_draft ("setting", "{'key':'share_levels','value':'%s'}",
                                      world->model->are_all_sharing ? "nobody" : "champion"));
      sim_note (world, "the trust's setting of sharing changes");
      break;
    case 8:
      sim_trust_write (world, NULL,
                       fixture_draft ("place",
                                      "{'place':'w2','code':'w2','name':'w2','type'"
                                      ":'ward','parent':'%s'}",
                                      sim_pick (world, 2) == 0 ? "d" : "w1"));
      sim_note (world, "a ward moves");
      break;
    case 9:
      withdraw_something (world);
      break;
    default:
      sim_trust_write (world, NULL, fixture_draft ("notice", "{'title':'t','text':'notice'}"));
      break;
    }
}

/* sim_trust_welcome_back:
 *
 * Everybody who has left comes again, so that everything can come to rest. */
void
sim_trust_welcome_back (World *world)
{
  for (guint i = 0; i < MODEL_N_PEOPLE + world->n_joined; i++)
    if (!model_is_here (world->model, i) && !world->model->is_erased[i])
      sim_trust_write_person (world, i, FALSE, 0);
}

static void
back_up (World *world)
{
  g_clear_pointer (&world->trust_image_must, g_byte_array_unref);
  world->trust_image_must = sim_must_copy (world->trust_must);
  g_clear_pointer (&world->drop_image_must, g_byte_array_unref);
  world->drop_image_must = sim_must_copy (world->drop_must);
  if (sync_fixture_is_postgresql ())
    {
      let_go_of_peers (world);
      world->trust_opened++;
      sync_fixture_back_up (&world->fixture, "backup");
    }
  else
    {
      g_clear_pointer (&world->trust_image, disk_image_free);
      world->trust_image = memory_disk_copy (world->fixture.path, NULL);
    }
  world->has_trust_image = TRUE;
  sim_note (world, "the trust is backed up");
}

static void
put_back (World *world)
{
  g_autofree char *problem = NULL;

  sim_note (world, "the trust is put back");
  world->was_put_back = TRUE;
  g_byte_array_unref (world->trust_must);
  world->trust_must = sim_must_copy (world->trust_image_must);
  g_byte_array_unref (world->drop_must);
  world->drop_must = sim_must_copy (world->drop_image_must);
  if (sync_fixture_is_postgresql ())
    {
      let_go_of_peers (world);
      world->trust_opened++;
      sync_fixture_restore (&world->fixture, "backup");
    }
  else
    sim_trust_open (world, world->trust_image);
  problem = model_read_trust (world->model, world->fixture.trust, NULL);
  if (problem != NULL)
    sim_fail (world, "the log", "%s", problem);
  sim_erasure_put_back (world);
}

/* sim_trust_trouble:
 *
 * What happens to the server itself. */
void
sim_trust_trouble (World *world)
{
  static const gint64 turns[] = { 0, HOUR, -HOUR, 24 * HOUR };
  guint seldom = sync_fixture_is_postgresql () ? 8 : 2;

  if (world->has_trust_image && sim_strikes (world, FAULT_TRUST_PUT_BACK, 3 * seldom))
    put_back (world);
  else if (sim_pick (world, 2 * seldom) == 0)
    back_up (world);
  else if (!sync_fixture_is_postgresql () && sim_strikes (world, FAULT_TRUST_CLOCK, 3))
    {
      world->trust_skew = turns[sim_pick (world, G_N_ELEMENTS (turns))];
      sim_note (world, "the trust's clock is turned");
    }
}

/* Somebody's own client: it may say anything, in any shape. */

void
sim_rogue_free (gpointer data)
{
  SimRogue *rogue = data;

  g_free (rogue->chain);
  g_free (rogue);
}

static SimRogue *
find_rogue (World *world)
{
  SimRogue *rogue;
  g_autofree char *stream = NULL;

  if (world->rogues->len > 0 && sim_pick (world, 6) != 0)
    return world->rogues->pdata[sim_pick (world, world->rogues->len)];
  rogue = g_new0 (SimRogue, 1);
  stream = way_log_new_id (g_get_real_time ());
  g_strlcpy (rogue->stream, stream, sizeof rogue->stream);
  rogue->person = sim_pick (world, MODEL_N_PEOPLE - 1); /* not the lead */
  rogue->chain = g_strdup ("");
  g_ptr_array_add (world->rogues, rogue);
  return rogue;
}

static WayEvent *
draft_without_right (World *world)
{
  const char *other = model_people[sim_pick (world, MODEL_N_PEOPLE)];
  const char *place = model_places[sim_pick (world, MODEL_N_PLACES)];
  WayEvent *draft;

  switch (sim_pick (world, 8))
    {
    case 0:
      return fixture_draft ("role_grant", "{'person':'bob','role':'champion','ended':0}");
    case 1:
      return fixture_draft ("membership", "{'person':'dan','place':'%s','is_primary':1,'ended':0}",
                            place);
    case 2:
      return fixture_draft ("setting", "{'key':'share_levels','value':'champion'}");
    case 3:
      draft = fixture_draft ("evidence", "{'outcome':'o1','type':'signed-off'}");
      break;
    case 4:
      draft = fixture_draft ("note", "{'module':'m1','text':'about you'}");
      break;
    case 5:
      draft = fixture_draft ("preference", "{'key':'share_levels','value':'champion'}");
      break;
    case 6:
      draft = fixture_draft ("self_rating", "{'capability':'c1','now':1,'need':4}");
      break;
    default:
      draft = fixture_draft ("notice", "{'title':'t','text':'mine'}");
      draft->unit = g_strdup (place);
      return draft;
    }
  draft->subject = g_strdup (other);
  return draft;
}

/* A retraction of what is somebody else's, or of what has not come yet and
 * never will. */
static WayEvent *
draft_early (World *world, guint person)
{
  for (guint i = 0; i < 6; i++)
    {
      const ModelRow *row = world->model->rows->pdata[sim_pick (world, world->model->rows->len)];

      if (row->author != (int) person)
        return fixture_draft ("retraction", "{'target':'%s','reason':'mine'}", row->event->id);
    }
  return fixture_draft ("retraction", "{'target':'00000000-0000-7000-8000-000000000000'}");
}

static char *
make_deep (guint depth)
{
  GString *text = g_string_new ("{\"x\":");

  for (guint i = 0; i < depth; i++)
    g_string_append (text, "{\"x\":");
  g_string_append_c (text, '1');
  for (guint i = 0; i <= depth; i++)
    g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}

/* What no trust can take: before it is sealed, so that digest and chain are
 * right. */
static void
poison_body (World *world, WayEvent *draft)
{
  static const char *const bodies[] = {
    "{\"module\":\"m\",\"version\":1,\"step\":",
    "{\"module\":\"m\",\"version\":1,\"step\":\"s\\u0000\"}",
    "{\"module\":\"m\xff\xfe\",\"version\":1,\"step\":\"s\"}",
    "{\"module\":\"m\",\"version\":1e999,\"step\":\"s\"}",
    "{\"module\":\"m\",\"version\":99999999999999999999999,\"step\":\"s\"}",
    "{\"module\":\"m\",\"version\":1,\"version\":2,\"step\":\"s\"}",
    "{\"module\":\"m\",\"version\":\"one\",\"step\":\"s\"}",
    "{\"module\":\"m\",\"version\":nan,\"step\":\"s\"}",
    "[1,2,3]",
    "",
    "null",
    "{\"module\":\"m\",\"version\":1,\"step\":\"\xed\xa0\x80\"}",
    "{} {}",
  };
  guint way = sim_pick (world, G_N_ELEMENTS (bodies) + 2);

  g_free (draft->body);
  if (way < G_N_ELEMENTS (bodies))
    draft->body = g_strdup (bodies[way]);
  else if (way == G_N_ELEMENTS (bodies))
    draft->body = make_deep (10 + sim_pick (world, 3000));
  else
    {
      g_autofree char *filling = g_strnfill (66000, 'x');

      draft->body = g_strdup_printf ("{\"module\":\"%s\",\"version\":1,\"step\":\"s\"}", filling);
    }
}

static void
set_text (char **text, const char *value)
{
  g_free (*text);
  *text = g_strdup (value);
}

/* And after it is sealed. */
static void
poison_row (World *world, WayEvent *draft)
{
  static const char *const ids[] = { "",
                                     "1",
                                     "not-an-id",
                                     "01234567-89AB-7CDE-8F01-234567890000",
                                     "01234567-89ab-7cde-8f01-2345678900000000000000",
                                     "'; DROP TABLE event; --",
                                     "\xff\xfe" };
  static const gint64 times[] = { G_MAXINT64, G_MININT64, -1,
                                  G_GINT64_CONSTANT (9223371331200000000) };
  static const char *const kinds[] = { "", "Step", "a kind", "ste\xffp",
                                       "a_kind_whose_name_is_much_longer_than_forty" };
  static const char *const junk =
      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

  switch (sim_pick (world, 8))
    {
    case 0:
      set_text (&draft->id, ids[sim_pick (world, G_N_ELEMENTS (ids))]);
      break;
    case 1:
      draft->at = times[sim_pick (world, G_N_ELEMENTS (times))];
      break;
    case 2:
      set_text (&draft->kind, kinds[sim_pick (world, G_N_ELEMENTS (kinds))]);
      break;
    case 3:
      set_text (&draft->digest, sim_pick (world, 2) == 0 ? junk : "none");
      break;
    case 4:
      set_text (&draft->chain, sim_pick (world, 2) == 0 ? junk : "x");
      break;
    case 5:
      draft->ver = sim_pick (world, 2) == 0 ? 0 : G_MAXINT;
      break;
    case 6:
      set_text (&draft->zone, "\xc3\x28");
      break;
    default:
      set_text (&draft->salt, "no salt");
      break;
    }
}

typedef enum
{
  ROW_GOOD,
  ROW_POISON_BODY,
  ROW_POISON,
  ROW_UNKNOWN,
  ROW_NO_RIGHT,
  ROW_EARLY,
  ROW_FOREIGN_ID,
} RowType;

static RowType
choose_row (World *world)
{
  if (sim_strikes (world, FAULT_POISON, 2))
    return sim_pick (world, 2) == 0 ? ROW_POISON_BODY : ROW_POISON;
  if (sim_strikes (world, FAULT_UNKNOWN, 6))
    return ROW_UNKNOWN;
  if (sim_strikes (world, FAULT_NO_RIGHT, 3))
    return ROW_NO_RIGHT;
  if (sim_strikes (world, FAULT_EARLY, 4))
    return ROW_EARLY;
  if (sim_strikes (world, FAULT_FOREIGN_ID, 5))
    return ROW_FOREIGN_ID;
  return ROW_GOOD;
}

static WayEvent *
draft_row (World *world, guint person, RowType type)
{
  switch (type)
    {
    case ROW_NO_RIGHT:
      return draft_without_right (world);
    case ROW_EARLY:
      return draft_early (world, person);
    case ROW_UNKNOWN:
      if (sim_pick (world, 2) == 0)
        {
          WayEvent *draft = fixture_draft ("step", "{'module':'m1','version':1,'what':'new'}");

          draft->ver = 7;
          return draft;
        }
      return fixture_draft ("zz_future_kind", "{'what':'nobody knows yet','n':1}");
    default:
      return fixture_draft ("step", "{'module':'m%u','version':1,'step':'rogue'}",
                            sim_pick (world, 3));
    }
}

/* An event of somebody else: the first of all is the trust's. */
static const ModelRow *
find_victim (World *world, guint person)
{
  guint n = sim_pick (world, world->model->rows->len);
  const ModelRow *row;

  do
    row = world->model->rows->pdata[n];
  while (row->author == (int) person && n-- > 0);
  return row;
}

static WayEvent *
make_row (World *world, SimRogue *rogue, gint64 seq, const char *chain, RowType type)
{
  WayEvent *event = draft_row (world, rogue->person, type);
  const ModelRow *victim = NULL;
  g_autofree char *id = NULL;

  event->at = g_get_real_time ();
  event->zone = g_strdup ("UTC");
  if (type == ROW_POISON_BODY)
    poison_body (world, event);
  if (type == ROW_FOREIGN_ID)
    victim = find_victim (world, rogue->person);
  id = victim != NULL ? g_strdup (victim->event->id) : way_log_new_id (event->at);
  way_event_seal_into_stream (event, rogue->stream, seq, id, "00112233445566778899aabbccddeeff",
                              chain);
  if (type == ROW_POISON)
    poison_row (world, event);
  /* What a client claims of these is not its to say. */
  event->author = g_strdup ("lea");
  event->allowed = 1;
  event->received = sim_pick (world, 2) == 0 ? 0 : event->at;
  event->effective = event->received;
  return event;
}

/* Poison is set aside with a reason, in its place, and everything else goes in.
 */
static void
check_taken (World *world, GPtrArray *events, const gboolean *is_poison)
{
  for (guint i = 0; i < events->len; i++)
    {
      const WayEvent *event = events->pdata[i];
      g_autofree char *sql = NULL;
      g_autofree char *reason = NULL;
      gint64 n_there;

      sql = g_strdup_printf ("SELECT count(*) FROM event WHERE stream = '%s' AND "
                             "seq = %" G_GINT64_FORMAT,
                             event->stream, event->seq);
      g_assert_true (way_db_get_int (way_store_get_db (world->fixture.trust), sql, &n_there, NULL));
      g_free (sql);
      sql = g_strdup_printf ("SELECT reason FROM quarantine WHERE stream = '%s' "
                             "AND seq = %" G_GINT64_FORMAT,
                             event->stream, event->seq);
      reason = way_db_dup_text (way_store_get_db (world->fixture.trust), sql, NULL);
      if (is_poison[i] ? n_there != 0 || reason == NULL || *reason == '\0'
                       : n_there != 1 || reason != NULL)
        sim_fail (world, "I13", "row %u (%s) of %u: in the log %d, set aside because: %s", i,
                  event->kind, events->len, (int) n_there, reason != NULL ? reason : "-");
    }
}

static void
push_rows (World *world, SimRogue *rogue)
{
  g_autoptr (WayPeer) peer = sim_peer_new (world, rogue->person);
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  guint n = 1 + sim_pick (world, 10);
  g_autofree gboolean *is_poison = g_new0 (gboolean, n);
  g_autoptr (WayWelcome) welcome = NULL;
  g_autoptr (WayReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *problem = NULL;
  guint n_poison = 0;

  welcome = way_peer_hello (peer, model_people[rogue->person], rogue->stream, 0, NULL,
                            g_get_real_time (), &error);
  if (welcome == NULL)
    {
      if (model_is_here (world->model, rogue->person))
        sim_fail (world, "I13", "%s is not greeted: %s", model_people[rogue->person],
                  error->message);
      return;
    }
  if (welcome->last_seq != rogue->seq) /* the trust was put back: begin elsewhere */
    {
      g_ptr_array_remove (world->rogues, rogue);
      return;
    }
  for (guint i = 0; i < n; i++)
    {
      RowType type = choose_row (world);
      const WayEvent *before = i > 0 ? events->pdata[i - 1] : NULL;
      WayEvent *event = make_row (world, rogue, rogue->seq + 1 + i,
                                  before != NULL ? before->chain : rogue->chain, type);

      is_poison[i] = type == ROW_POISON || type == ROW_POISON_BODY || type == ROW_FOREIGN_ID;
      n_poison += is_poison[i];
      g_ptr_array_add (events, event);
      if (type != ROW_FOREIGN_ID && model_find_said (world->model, event->id) == NULL)
        {
          ModelSaid *said = model_say (world->model, event, rogue->person);

          said->is_rogue = TRUE;
          said->is_poison = is_poison[i];
        }
    }
  sim_note (world, "a client of %s pushes %u rows, %u of them poison", model_people[rogue->person],
            n, n_poison);
  receipt = way_peer_push (peer, events, &error);
  if (receipt == NULL)
    sim_fail (world, "I13", "poison blocks: %s", error->message);
  problem = model_read_trust (world->model, world->fixture.trust, rogue->stream);
  if (problem != NULL)
    sim_fail (world, "the log", "%s", problem);
  if (receipt->acked != rogue->seq + n)
    sim_fail (world, "I13", "of %u rows after %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " are acked",
              n, rogue->seq, receipt->acked);
  check_taken (world, events, is_poison);
  rogue->seq += n;
  set_text (&rogue->chain, ((WayEvent *) events->pdata[n - 1])->chain);
}

static void
ask_for_others (World *world, guint person)
{
  g_autoptr (WayPeer) peer = sim_peer_new (world, person);
  g_autofree char *stream = way_log_new_id (g_get_real_time ());
  g_autoptr (WayWelcome) welcome = NULL;
  static const char *const scopes[] = {
    "unit:",  "unit:x", "unit:' OR 1=1 --", "",       "unit:/d/", "self ",    "SELF",
    "unit:%", "event",  "champions",        "unit:*", "unit:*",   "champions"
  };

  welcome = way_peer_hello (peer, model_people[person], stream, 0, NULL, g_get_real_time (), NULL);
  if (welcome == NULL)
    return;
  for (guint i = 0; i < 3; i++)
    {
      guint place = sim_pick (world, MODEL_N_PLACES);
      g_autofree char *scope = NULL;
      g_autoptr (WayPage) page = NULL;
      g_autoptr (GError) error = NULL;

      if (!sim_strikes (world, FAULT_FOREIGN_SCOPE, 1))
        continue;
      scope = i == 2 ? g_strdup (scopes[sim_pick (world, G_N_ELEMENTS (scopes))])
                     : g_strdup_printf ("unit:%s", model_places[place]);
      if ((i != 2 && model_is_champion_of (world->model, person, place))
          || (g_str_equal (scope, "unit:*") && model_is_called (world->model, person))
          || (g_str_equal (scope, "champions")
              && (model_is_champion (world->model, person)
                  || model_is_lead (world->model, person))))
        continue;
      page = way_peer_pull (peer, scope, NULL, &error);
      if (page != NULL)
        sim_fail (world, "I8", "%s asks for “%s” and gets %u events", model_people[person], scope,
                  page->events->len);
      if (strstr (error->message, "mark") != NULL)
        sim_fail (world, "I8", "a refusal tells: %s", error->message);
    }
}

static void
greet_as_others (World *world, guint person)
{
  g_autoptr (WayPeer) peer = NULL;
  g_autoptr (WayWelcome) welcome = NULL;
  g_autoptr (GError) error = NULL;
  const ModelRow *row = world->model->rows->pdata[sim_pick (world, world->model->rows->len)];

  if (row->author == (int) person || !sim_strikes (world, FAULT_FOREIGN_STREAM, 1))
    return;
  peer = sim_peer_new (world, person);
  welcome = way_peer_hello (peer, model_people[person], row->event->stream, 0, NULL,
                            g_get_real_time (), &error);
  if (welcome != NULL)
    sim_fail (world, "I4", "%s is greeted with a stream of %s", model_people[person],
              row->event->author);
}

static void
make_up_epoch (World *world, guint person)
{
  g_autoptr (WayPeer) peer = NULL;
  g_autofree char *stream = way_log_new_id (g_get_real_time ());
  g_autoptr (WayWelcome) welcome = NULL;

  if (!sim_strikes (world, FAULT_EPOCH, 1))
    return;
  peer = sim_peer_new (world, person);
  welcome = way_peer_hello (peer, model_people[person], stream, 1000, "999-made-up",
                            g_get_real_time (), NULL);
  sim_note (world, "a client of %s makes up an epoch", model_people[person]);
}

/* sim_rogue_act:
 *
 * A client that is not ours does what it likes. */
void
sim_rogue_act (World *world)
{
  guint person = sim_pick (world, MODEL_N_PEOPLE - 1);

  sim_clock_turn (0);
  switch (sim_pick (world, 12))
    {
    case 0:
    case 1:
      ask_for_others (world, person);
      break;
    case 2:
      greet_as_others (world, person);
      break;
    case 3:
      make_up_epoch (world, person);
      break;
    default:
      push_rows (world, find_rogue (world));
      break;
    }
}
