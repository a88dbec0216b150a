/* ctl-bundle.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/ctl-private.h"

#include "sync/way-bundle.h"

/**
 * ctl_import_bundle:
 *
 * Takes into a trust what somebody sent by file; the counts as JSON.
 */
int
ctl_import_bundle (int argc, char **argv)
{
  g_autofree char *receipt = NULL;
  const GOptionEntry entries[] = {
    { "receipt", 0, 0, G_OPTION_ARG_FILENAME, &receipt, NULL, NULL },
    { NULL },
  };
  g_autoptr (GError) error = NULL;
  WayBundleResult result;

  if (!ctl_parse (&argc, &argv, entries))
    return CTL_USAGE;
  if (argc != 3)
    return ctl_usage ();
  if (!way_bundle_import (argv[1], argv[2], receipt, &result, &error))
    return ctl_fail (error);
  g_print ("{\"events\": %u, \"inserted\": %u, \"duplicates\": %u, \"quarantined\": %u, "
           "\"refused\": %u, \"acked\": %" G_GINT64_FORMAT "}\n",
           result.events, result.inserted, result.duplicates, result.quarantined, result.refused,
           result.acked);
  return CTL_DONE;
}

/**
 * ctl_write_bundle:
 * @store_path: a person's store
 * @path: where the bundle goes
 *
 * Writes what waits in a store into a signed file.
 */
int
ctl_write_bundle (const char *store_path, const char *path, gboolean is_whole)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) store = way_store_open_device (store_path, NULL, &error);
  guint n_events;

  if (store == NULL || !way_bundle_write (store, path, is_whole, &n_events, &error))
    return ctl_fail (error);
  way_store_close (store);
  g_print ("{\"events\": %u}\n", n_events);
  return CTL_DONE;
}

/**
 * ctl_read_receipt:
 * @store_path: the store that wrote the bundle
 * @path: the trust's receipt for it
 *
 * Lets a store know what the trust has received by file.
 */
int
ctl_read_receipt (const char *store_path, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) store = way_store_open_device (store_path, NULL, &error);
  guint n_received;

  if (store == NULL || !way_bundle_read_receipt (store, path, &n_received, &error))
    return ctl_fail (error);
  way_store_close (store);
  g_print ("{\"received\": %u}\n", n_received);
  return CTL_DONE;
}
