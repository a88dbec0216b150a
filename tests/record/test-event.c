/* test-event.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "record/way-event.h"

#include <string.h>

#define STREAM "0190a5f0-0000-7000-8000-000000000001"
#define SALT "000102030405060708090a0b0c0d0e0f"

/* The vectors were computed apart from this program, with Python:
 *
 *   t = lambda s: b'\xff' * 4 if s is None else struct.pack ('>I', len (s)) + s
 *   i = lambda n: struct.pack ('>q', n)
 *   digest = sha256 (bytes.fromhex (salt) + body).hexdigest ()
 *   chain = sha256 (t (previous) + t (stream) + i (seq) + t (id) + t (subject) + t (unit)
 *                   + t (kind) + i (ver) + i (at) + t (digest)).hexdigest ()
 */
static const char *const digests[] = {
  "9e8cd21e1e2b11525a8f099c6656ca333bca10bdbfecf3d5448b7b551bf63b17",
  "9295a6f98b02a65053dd04e2d4595a59c0e2f5f640c3be83cb29a38acba72b75",
};
static const char *const chains[] = {
  "c68cc6a131643c0743a0fa6559fc887cdf0c8db97ba4d5ac83b1dcd5593c9cc7",
  "5c17b8e04ba3ed58e95a63c630e7ad05bea5a77e3d966fdc69301381c24ed007",
};

static WayEvent *
make_first (void)
{
  WayEvent *event = way_event_new ("note", 1, "{\"module\":\"F1\",\"text\":\"é\"}");

  event->at = G_GINT64_CONSTANT (1700000000123456);
  way_event_seal_into_stream (event, STREAM, 1, "0190a5f0-0001-7000-8000-000000000001", SALT, NULL);
  return event;
}

static WayEvent *
make_second (const char *previous)
{
  WayEvent *event = way_event_new ("thanks", 3, "{\"text\":\"x\"}");

  event->at = -1;
  event->subject = g_strdup ("0190a5f0-0003-7000-8000-000000000001");
  event->unit = g_strdup ("");
  way_event_seal_into_stream (event, STREAM, 2, "0190a5f0-0002-7000-8000-000000000001",
                              "ffffffffffffffffffffffffffffffff", previous);
  return event;
}

static void
test_vectors (void)
{
  g_autoptr (WayEvent) first = make_first ();
  g_autoptr (WayEvent) second = make_second (first->chain);

  g_assert_cmpstr (first->digest, ==, digests[0]);
  g_assert_cmpstr (first->chain, ==, chains[0]);
  g_assert_cmpstr (second->digest, ==, digests[1]);
  g_assert_cmpstr (second->chain, ==, chains[1]);
  g_assert_cmpint (first->seq, ==, 1);
  g_assert_cmpint (first->allowed, ==, 1);
  g_assert_cmpstr (first->stream, ==, STREAM);
  g_assert_cmpstr (first->salt, ==, SALT);
}

/* Whatever is changed, added or moved from one field to the next, the chain shows it. */
static void
test_chain_covers_every_field (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (WayEvent) plain = make_second (chains[0]);
  g_autofree char *chain = NULL;

  g_hash_table_add (seen, g_strdup (plain->chain));
  for (int i = 0; i < 14; i++)
    {
      g_autoptr (WayEvent) event = way_event_copy (plain);
      const char *previous = chains[0];

      switch (i)
        {
        case 0:
          previous = chains[1];
          break;
        case 1:
          previous = NULL;
          break;
        case 2:
          event->stream[0] = '1';
          break;
        case 3:
          event->seq = 3;
          break;
        case 4:
          event->id[35] = '2';
          break;
        case 5:
          event->subject[35] = '2';
          break;
        case 6:
          g_clear_pointer (&event->subject, g_free);
          break;
        case 7: /* NULL and "" are not the same */
          g_clear_pointer (&event->unit, g_free);
          break;
        case 8: /* nor is the same text one field on */
          g_free (event->unit);
          event->unit = g_steal_pointer (&event->subject);
          event->subject = g_strdup ("");
          break;
        case 9:
          event->kind[0] = 'T';
          break;
        case 10:
          event->ver = 2;
          break;
        case 11:
          event->at = 0;
          break;
        case 12:
          event->digest[0] ^= 1;
          break;
        default: /* a boundary that moves */
          g_free (event->unit);
          event->unit = g_strdup ("t");
          memmove (event->kind, event->kind + 1, strlen (event->kind));
          break;
        }
      g_assert_true (g_hash_table_add (seen, way_event_compute_chain (event, previous)));
    }
  /* What the trust adds stands outside. */
  plain->received = 5;
  plain->effective = 4;
  plain->allowed = 0;
  plain->author = g_strdup ("somebody");
  plain->zone = g_strdup ("Europe/London");
  chain = way_event_compute_chain (plain, chains[0]);
  g_assert_cmpstr (chain, ==, plain->chain);
}

static void
test_erased_keeps_its_chain (void)
{
  g_autoptr (WayEvent) event = make_first ();
  g_autofree char *chain = NULL;

  event->salt[0] = '\0';
  event->body[0] = '\0';
  g_assert_null (way_event_compute_digest (event));
  chain = way_event_compute_chain (event, NULL);
  g_assert_cmpstr (chain, ==, chains[0]);
}

static void
test_digest_needs_a_salt (void)
{
  static const char *const wrong[] = {
    "",
    "00",
    "000102030405060708090a0b0c0d0e0",
    "000102030405060708090a0b0c0d0e0g",
    "000102030405060708090A0B0C0D0E0F",
    "000102030405060708090a0b0c0d0e0f00",
  };
  g_autoptr (WayEvent) event = make_first ();

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_free (event->salt);
      event->salt = g_strdup (wrong[i]);
      g_assert_null (way_event_compute_digest (event));
    }
  g_clear_pointer (&event->salt, g_free);
  g_assert_null (way_event_compute_digest (event));
}

static void
test_copy (void)
{
  g_autoptr (WayEvent) event = make_second (chains[0]);
  g_autoptr (WayEvent) copy = way_event_copy (event);

  g_assert_true (copy->body != event->body);
  g_assert_cmpstr (copy->body, ==, event->body);
  g_assert_cmpstr (copy->subject, ==, event->subject);
  g_assert_cmpstr (copy->chain, ==, event->chain);
  g_assert_cmpint (copy->at, ==, -1);
  g_assert_cmpint (copy->ver, ==, 3);
  way_event_free (NULL);
}

/* The first was computed with Python's uuid from the same bits. */
static void
test_uuid (void)
{
  const guint8 random[10] = { 0xf0, 0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8, 0xf9 };
  const guint8 none[10] = { 0 };
  g_autofree char *id = way_uuid_new_v7 (G_GINT64_CONSTANT (1700000000123456), random);
  g_autofree char *epoch = way_uuid_new_v7 (0, none);
  g_autofree char *before = way_uuid_new_v7 (-5, none);

  g_assert_cmpstr (id, ==, "018bcfe5-687b-774b-b0f1-f2f3f4f5f6f7");
  g_assert_true (way_uuid_is_valid (id));
  g_assert_cmpstr (epoch, ==, "00000000-0000-7000-8000-000000000000");
  g_assert_cmpstr (before, ==, epoch);
}

static void
test_uuid_sorts_by_time (void)
{
  const guint8 high[10] = { 255, 255, 255, 255, 255, 255, 255, 255, 255, 255 };
  const guint8 low[10] = { 0 };

  for (gint64 at = G_GINT64_CONSTANT (1700000000999000); at < G_GINT64_CONSTANT (1700000001001100);
       at++)
    {
      g_autofree char *first = way_uuid_new_v7 (at, high);
      g_autofree char *next = way_uuid_new_v7 (at + 1, low);

      g_assert_cmpstr (first, <, next);
    }
}

static void
test_uuid_is_valid (void)
{
  static const char *const wrong[] = {
    "",
    "018bcfe5",
    "018bcfe5-687b-774b-b0f1-f2f3f4f5f6f",
    "018bcfe5-687b-774b-b0f1-f2f3f4f5f6f77",
    "018BCFE5-687b-774b-b0f1-f2f3f4f5f6f7",
    "018bcfe5-687b-774b-c0f1-f2f3f4f5f6f7",
    "018bcfe5-687b-074b-b0f1-f2f3f4f5f6f7",
    "018bcfe5-687b-974b-b0f1-f2f3f4f5f6f7",
    "018bcfe5-687b-f74b-b0f1-f2f3f4f5f6f7",
    "018bcfe5x687b-774b-b0f1-f2f3f4f5f6f7",
    "{18bcfe5-687b-774b-b0f1-f2f3f4f5f6f}",
    "018bcfe5-687b-774b-b0f1-f2f3f4f5f6fg",
    " 18bcfe5-687b-774b-b0f1-f2f3f4f5f6f7",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (way_uuid_is_valid (wrong[i]));
  g_assert_false (way_uuid_is_valid (NULL));
  g_assert_true (way_uuid_is_valid (STREAM));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/event/vectors", test_vectors);
  g_test_add_func ("/record/event/chain-covers-every-field", test_chain_covers_every_field);
  g_test_add_func ("/record/event/erased-keeps-its-chain", test_erased_keeps_its_chain);
  g_test_add_func ("/record/event/digest-needs-a-salt", test_digest_needs_a_salt);
  g_test_add_func ("/record/event/copy", test_copy);
  g_test_add_func ("/record/event/uuid", test_uuid);
  g_test_add_func ("/record/event/uuid-sorts-by-time", test_uuid_sorts_by_time);
  g_test_add_func ("/record/event/uuid-is-valid", test_uuid_is_valid);
  return g_test_run ();
}
