/* test-terms.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync-fixture.h"

/* Terms as a champion, on the desks of whoever has them: bob is one of w1, for as long as he and
 * lea say so. */

#define LENT "SELECT scope FROM scope WHERE scope NOT IN ('self', 'catalogue') ORDER BY scope"
#define OTHERS "SELECT count(*) FROM event WHERE author <> 'bob' AND kind = 'help_request'"

static char *
say (WayStore *device, const char *subject, const char *unit, const char *body)
{
  WayEvent *draft = fixture_draft ("champion_term", "%s", body);

  draft->subject = g_strdup (subject);
  draft->unit = g_strdup (unit);
  return fixture_append (device, NULL, draft);
}

static char *
say_of (WayStore *device, const char *subject, const char *term, const char *state)
{
  g_autofree char *body = g_strdup_printf ("{'term':'%s','state':'%s'}", term, state);

  return say (device, subject, NULL, body);
}

static void
meet (SyncFixture *fixture, WayStore *device)
{
  WaySyncResult result;

  sync_fixture_sync (fixture, device, &result);
  g_assert_cmpuint (result.refused, ==, 0);
}

/* Bob has accepted and lea has appointed him; ann asks, and he has it. */
static char *
begin (SyncFixture *fixture, WayStore *bob, WayStore *lea, WayStore *ann)
{
  char *term = say (lea, "bob", "w1", "{'state':'appointed'}");
  g_autofree char *accepted = NULL;
  WayEvent *request = fixture_draft ("help_request", "{'page':'today','text':'Labels','by':'Ann'}");
  g_autofree char *id = NULL;

  meet (fixture, lea);
  accepted = say_of (bob, NULL, term, "accepted");
  meet (fixture, bob);
  request->unit = g_strdup ("w1");
  id = fixture_append (ann, NULL, request);
  meet (fixture, ann);
  meet (fixture, bob);
  fixture_assert_rows (bob, LENT, "champions\nunit:w1");
  fixture_assert_rows (bob, OTHERS, "1");
  return term;
}

/* What is pushed takes away what hello has just offered. The same meeting finds out, goes on and
 * leaves nothing that is not theirs any more; and brings it back when they go on. */
static void
test_paused_in_the_push (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) ann = sync_fixture_open (fixture, "ann.store", "ann");
  g_autoptr (WayStore) bob = sync_fixture_open (fixture, "bob.store", "bob");
  g_autoptr (WayStore) lea = sync_fixture_open (fixture, "lea.store", "lea");
  g_autofree char *term = begin (fixture, bob, lea, ann);
  g_autofree char *paused = say_of (bob, NULL, term, "paused");
  g_autofree char *again = NULL;
  g_autofree char *ended = NULL;
  WaySyncResult result;

  sync_fixture_sync (fixture, bob, &result);
  g_assert_cmpuint (result.pushed, ==, 1);
  g_assert_false (result.is_rewound);
  fixture_assert_rows (bob, LENT, "");
  fixture_assert_rows (bob, OTHERS, "0");

  again = say_of (bob, NULL, term, "accepted");
  meet (fixture, bob);
  meet (fixture, bob);
  fixture_assert_rows (bob, LENT, "champions\nunit:w1");
  fixture_assert_rows (bob, OTHERS, "1");

  ended = say_of (bob, NULL, term, "ended");
  meet (fixture, bob);
  fixture_assert_rows (bob, LENT, "");
  fixture_assert_rows (bob, OTHERS, "0");
  fixture_assert_rows (fixture->trust, "SELECT state FROM champion WHERE person = 'bob'", "ended");
  fixture_assert_sound (fixture->trust);
  fixture_assert_sound (bob);
}

/* A lead's pause is not lifted by accepting again, and nobody else's word begins or ends one. */
static void
test_by_the_lead (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) ann = sync_fixture_open (fixture, "ann.store", "ann");
  g_autoptr (WayStore) bob = sync_fixture_open (fixture, "bob.store", "bob");
  g_autoptr (WayStore) lea = sync_fixture_open (fixture, "lea.store", "lea");
  g_autoptr (WayStore) mia = sync_fixture_open (fixture, "mia.store", "mia");
  g_autofree char *term = begin (fixture, bob, lea, ann);
  g_autofree char *by_manager = say_of (mia, "bob", term, "ended");
  g_autofree char *by_other = say_of (ann, "bob", term, "paused");
  g_autofree char *paused = NULL;
  g_autofree char *accepted = NULL;
  g_autofree char *active = NULL;
  WaySyncResult result;

  sync_fixture_sync (fixture, mia, &result);
  g_assert_cmpuint (result.refused, ==, 1);
  sync_fixture_sync (fixture, ann, &result);
  g_assert_cmpuint (result.refused, ==, 1);
  meet (fixture, bob);
  fixture_assert_rows (bob, LENT, "champions\nunit:w1");

  paused = say_of (lea, "bob", term, "paused");
  meet (fixture, lea);
  meet (fixture, bob);
  fixture_assert_rows (bob, LENT, "");
  accepted = say_of (bob, NULL, term, "accepted");
  meet (fixture, bob);
  meet (fixture, bob);
  fixture_assert_rows (bob, LENT, "");
  fixture_assert_rows (bob, OTHERS, "0");
  active = say_of (lea, "bob", term, "active");
  meet (fixture, lea);
  meet (fixture, bob);
  fixture_assert_rows (bob, OTHERS, "1");
  fixture_assert_sound (fixture->trust);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func)                                                                            \
  g_test_add (path, SyncFixture, NULL, sync_fixture_set_up, func, sync_fixture_tear_down)
  ADD ("/sync/terms/42-paused-in-the-push", test_paused_in_the_push);
  ADD ("/sync/terms/42-by-the-lead", test_by_the_lead);
#undef ADD

  return g_test_run ();
}
