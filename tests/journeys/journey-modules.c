/* journey-modules.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Every module of the core pack from its first to its last step, practice and check
 * included, with the keyboard alone. One by itself: -p /journey/modules/F1. */

#include "way-journey.h"

#include <string.h>

static WayJourney *journey;

static void
look_cb (WayJourney *self, const char *name)
{
  way_driver_audit (self->driver);
}

static void
assert_store (const char *username, const char *sql, const char *expected)
{
  g_autofree char *found = way_journey_ask_store (journey, username, sql);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_module (gconstpointer data)
{
  const char *id = data;
  g_autofree char *username = way_journey_ask_trust (
      journey, "SELECT min(username) FROM person p WHERE ended = 0 AND NOT EXISTS "
               "(SELECT 1 FROM progress g WHERE g.person = p.person)");
  g_autofree char *progress = g_strdup_printf ("SELECT state || ' ' || confidence_before || ' ' || "
                                               "confidence_after FROM progress WHERE module = '%s'",
                                               id);
  g_autofree char *desks = g_strdup_printf ("%u",
                                            way_pack_find_module (journey->pack, id)->desks->len);

  way_journey_open (journey, username, "today");
  way_journey_learn (journey, username, id, look_cb);

  /* What the window said is what was written down. */
  assert_store (username, progress, "done 4 8");
  assert_store (username,
                "SELECT CAST(count(*) AS text) FROM attempt WHERE type = 'practice' AND "
                "ended IS NOT NULL AND passed = 1",
                desks);
  assert_store (username, "SELECT CAST(passed AS text) FROM attempt WHERE type = 'check'", "1");
  assert_store (username,
                "SELECT CAST(count(*) AS text) FROM live WHERE kind = 'rule_outcome' AND "
                "body->>'held' IN (0, 'false')",
                "0");
  way_journey_sync (journey);
  way_journey_close (journey);
}

int
main (int argc, char *argv[])
{
  GPtrArray *modules;
  int status;

  g_test_init (&argc, &argv, NULL);

  journey = way_journey_new_of (2, 120);
  modules = way_pack_get_modules (journey->pack);
  g_assert_cmpuint (modules->len, >=, 15);
  for (guint i = 0; i < modules->len; i++)
    {
      const WayModule *module = g_ptr_array_index (modules, i);
      g_autofree char *path = g_strdup_printf ("/journey/modules/%s", module->id);

      g_test_add_data_func (path, module->id, test_module);
    }
  status = g_test_run ();
  way_journey_free (journey);
  return status;
}
