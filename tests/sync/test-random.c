/* test-random.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync-fixture.h"

#include <glib/gstdio.h>
#include <stdlib.h>

/* Desktops, copies, cuts and restores at random, against a plain list of what was said to
 * be saved. When all has come to rest every event is in the trust once, and on every desk
 * of its person. Each round has a seed; WAY_TEST_SEED repeats one. */

#define N_ROUNDS 10
#define N_STEPS 60

/* A peer whose line is cut: before the trust hears, or before its answer is heard. */
#define CUT_TYPE_PEER (cut_peer_get_type ())
G_DECLARE_FINAL_TYPE (CutPeer, cut_peer, CUT, PEER, GObject)

struct _CutPeer
{
  GObject parent_instance;

  WayPeer *real; /* (unowned) */
  GRand *rand;   /* (unowned) */
  guint one_in;  /* 0: never */
};

static void cut_peer_iface_init (WayPeerInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CutPeer,
                               cut_peer,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WAY_TYPE_PEER, cut_peer_iface_init))

static void
cut_peer_class_init (CutPeerClass *klass)
{
}

static void
cut_peer_init (CutPeer *self)
{
}

static gboolean
is_cut (CutPeer *self, GError **error)
{
  if (self->one_in == 0 || g_rand_int_range (self->rand, 0, self->one_in) != 0)
    return FALSE;
  g_set_error_literal (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_UNREACHED, "Cut");
  return TRUE;
}

static char *
cut_sign_in (WayPeer *peer, const char *username, const char *machine, GError **error)
{
  return way_peer_sign_in (CUT_PEER (peer)->real, username, machine, error);
}

static WayWelcome *
cut_hello (WayPeer *peer,
           const char *person,
           const char *stream,
           gint64 acked,
           const char *epoch,
           gint64 client_time,
           GError **error)
{
  CutPeer *self = CUT_PEER (peer);
  g_autoptr (WayWelcome) welcome = NULL;

  if (is_cut (self, error))
    return NULL;
  welcome = way_peer_hello (self->real, person, stream, acked, epoch, client_time, error);
  return welcome == NULL || is_cut (self, error) ? NULL : g_steal_pointer (&welcome);
}

static WayReceipt *
cut_push (WayPeer *peer, GPtrArray *events, GError **error)
{
  CutPeer *self = CUT_PEER (peer);
  g_autoptr (WayReceipt) receipt = NULL;

  if (is_cut (self, error))
    return NULL;
  receipt = way_peer_push (self->real, events, error);
  return receipt == NULL || is_cut (self, error) ? NULL : g_steal_pointer (&receipt);
}

static WayPage *
cut_pull (WayPeer *peer, const char *scope, const char *cursor, GError **error)
{
  CutPeer *self = CUT_PEER (peer);
  g_autoptr (WayPage) page = NULL;

  if (is_cut (self, error))
    return NULL;
  page = way_peer_pull (self->real, scope, cursor, error);
  return page == NULL || is_cut (self, error) ? NULL : g_steal_pointer (&page);
}

static void
cut_peer_iface_init (WayPeerInterface *iface)
{
  iface->sign_in = cut_sign_in;
  iface->hello = cut_hello;
  iface->push = cut_push;
  iface->pull = cut_pull;
}

typedef struct
{
  char *path;
  char *person;
  WayStore *store;
} Desk;

static void
desk_free (gpointer data)
{
  Desk *desk = data;

  g_clear_object (&desk->store);
  g_free (desk->path);
  g_free (desk->person);
  g_free (desk);
}

typedef struct
{
  SyncFixture *fixture;
  GRand *rand;
  GPtrArray *desks;
  GHashTable *said; /* id → person */
  char *backup;     /* (nullable) of the trust */
  guint n_cuts;
  guint n_restores;
  guint n_copies;
} World;

static Desk *
add_desk (World *world, const char *person)
{
  Desk *desk = g_new0 (Desk, 1);
  g_autofree char *name = g_strdup_printf ("%u.store", world->desks->len);

  desk->path = g_build_filename (world->fixture->folder, name, NULL);
  desk->person = g_strdup (person);
  g_ptr_array_add (world->desks, desk);
  return desk;
}

static void
close_desk (Desk *desk)
{
  if (desk->store != NULL)
    way_store_close (desk->store);
  g_clear_object (&desk->store);
}

static void
open_desk (Desk *desk)
{
  g_autoptr (GError) error = NULL;

  if (desk->store == NULL)
    desk->store = way_store_open_device (desk->path, desk->person, &error);
  g_assert_no_error (error);
}

static void
say_something (World *world, Desk *desk)
{
  guint n = g_rand_int_range (world->rand, 1, 6);
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (drafts, fixture_draft ("self_rating", "{'capability':'c%d','now':%d,'need':3}",
                                            g_rand_int_range (world->rand, 0, 3),
                                            g_rand_int_range (world->rand, 1, 5)));
  way_store_append (desk->store, drafts, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    g_assert_true (g_hash_table_insert (world->said, g_strdup (((WayEvent *) drafts->pdata[i])->id),
                                        desk->person));
}

static void
meet (World *world, Desk *desk, guint one_in)
{
  g_autoptr (CutPeer) peer = g_object_new (CUT_TYPE_PEER, NULL);
  g_autoptr (GError) error = NULL;
  WaySyncResult result;

  peer->real = world->fixture->peer;
  peer->rand = world->rand;
  peer->one_in = one_in;
  if (way_sync_run (desk->store, WAY_PEER (peer), NULL, &result, &error))
    return;
  g_assert_error (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_UNREACHED);
  world->n_cuts++;
}

static void
step (World *world)
{
  Desk *desk = world->desks->pdata[g_rand_int_range (world->rand, 0, world->desks->len)];
  int dice = g_rand_int_range (world->rand, 0, 100);

  open_desk (desk);
  if (dice < 45)
    say_something (world, desk);
  else if (dice < 85)
    meet (world, desk, g_rand_boolean (world->rand) ? 4 : 0);
  else if (dice < 90)
    close_desk (desk);
  else if (dice < 94 && world->desks->len < 7)
    {
      Desk *copy;

      close_desk (desk);
      copy = add_desk (world, desk->person);
      fixture_copy_file (desk->path, copy->path);
      world->n_copies++;
    }
  else if (dice < 97)
    {
      g_clear_pointer (&world->backup, g_free);
      world->backup = g_strdup_printf ("backup-%u.db", g_rand_int (world->rand));
      sync_fixture_back_up (world->fixture, world->backup);
    }
  else if (world->backup != NULL)
    {
      sync_fixture_restore (world->fixture, world->backup);
      world->n_restores++;
    }
}

static guint
count_said_by (World *world, const char *person)
{
  GHashTableIter iter;
  gpointer author;
  guint n = 0;

  g_hash_table_iter_init (&iter, world->said);
  while (g_hash_table_iter_next (&iter, NULL, &author))
    n += g_str_equal (author, person);
  return n;
}

static void
assert_has_all (World *world, WayStore *store, const char *person)
{
  g_autofree char *sql = NULL;
  g_autofree char *rows = NULL;
  g_auto (GStrv) ids = NULL;

  sql = g_strdup_printf ("SELECT id FROM event WHERE kind = 'self_rating' AND author = '%s'",
                         person);
  rows = fixture_ask (store, sql);
  ids = g_strsplit (rows, "\n", -1);
  g_assert_cmpuint (*rows == '\0' ? 0 : g_strv_length (ids), ==, count_said_by (world, person));
  for (guint i = 0; *rows != '\0' && ids[i] != NULL; i++)
    g_assert_cmpstr (g_hash_table_lookup (world->said, ids[i]), ==, person);
}

static void
come_to_rest (World *world)
{
  static const char *const ratings = "SELECT capability, now FROM self_rating"
                                     " WHERE person = '%s' ORDER BY capability";

  for (guint round = 0; round < 4; round++)
    for (guint i = 0; i < world->desks->len; i++)
      {
        open_desk (world->desks->pdata[i]);
        meet (world, world->desks->pdata[i], 0);
      }
  fixture_assert_rows (world->fixture->trust, "SELECT count(*) FROM quarantine", "0");
  for (guint i = 0; i < world->desks->len; i++)
    {
      Desk *desk = world->desks->pdata[i];
      g_autofree char *here = NULL;
      g_autofree char *there = NULL;
      g_autoptr (GString) sql = g_string_new (ratings);
      guint n_unsent;

      g_string_replace (sql, "%s", desk->person, 0);
      assert_has_all (world, world->fixture->trust, desk->person);
      assert_has_all (world, desk->store, desk->person);
      here = fixture_ask (desk->store, sql->str);
      there = fixture_ask (world->fixture->trust, sql->str);
      g_assert_cmpstr (here, ==, there);
      g_assert_true (way_store_count_unsent (desk->store, &n_unsent, NULL));
      g_assert_cmpuint (n_unsent, ==, 0);
      fixture_assert_sound (desk->store);
    }
  fixture_assert_sound (world->fixture->trust);
}

static void
test_random (void)
{
  const char *fixed = g_getenv ("WAY_TEST_SEED");
  guint n_rounds = g_test_slow () ? 40 * N_ROUNDS : N_ROUNDS;

  for (guint round = 0; round < n_rounds; round++)
    {
      guint seed = fixed != NULL ? strtoul (fixed, NULL, 10) : (guint) g_random_int ();
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      SyncFixture fixture = { 0 };
      World world = { 0 };

      g_test_message ("WAY_TEST_SEED=%u", seed);
      sync_fixture_set_up (&fixture, NULL);
      world.fixture = &fixture;
      world.rand = rand;
      world.desks = g_ptr_array_new_with_free_func (desk_free);
      world.said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      add_desk (&world, "ann");
      add_desk (&world, "ann");
      add_desk (&world, "bob");
      for (guint i = 0; i < N_STEPS; i++)
        step (&world);
      come_to_rest (&world);
      g_test_message ("%u events, %u desks, %u cuts, %u copies, %u restores",
                      g_hash_table_size (world.said), world.desks->len, world.n_cuts,
                      world.n_copies, world.n_restores);
      g_ptr_array_unref (world.desks);
      g_hash_table_unref (world.said);
      g_free (world.backup);
      sync_fixture_tear_down (&fixture, NULL);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/random", test_random);
  return g_test_run ();
}
