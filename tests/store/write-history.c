/* write-history.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store-history.h"

#include <stdlib.h>

/* Writes a trust with a random history to a file, for the test of both engines. */
int
main (int argc, char **argv)
{
  const char *text = g_getenv ("WAY_TEST_SEED");
  guint seed = text != NULL ? strtoul (text, NULL, 10) : 20261122;
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autofree char *uri = g_strconcat ("sqlite:", argv[1], NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) store = way_store_create_trust (uri, "T", "T", TRUE, &error);

  g_printerr ("WAY_TEST_SEED=%u\n", seed);
  g_assert_no_error (error);
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (GPtrArray) history = history_make (rand);

      for (guint j = 0; j < history->len; j++)
        ((WayEvent *) history->pdata[j])->stream[9] = 'a' + i;
      history_insert (store, rand, history);
    }
  return 0;
}
