/* ctl-sync.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "ctl/ctl-private.h"

#include "session/way-end.h"
#include "sync/way-enrolment.h"
#include "sync/way-ticket.h"

/* How long what is under way may take once we are told to end: the batch that is on its way is
 * let arrive, but it may be cut at any moment, and is sent again. */
#define LAST_SECONDS 3

/* A store for whoever the file is for, with no trust in reach. */
static int
enrol (const char *path, const char *store_path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayEnrolment) enrolment = way_enrolment_read (path, &error);
  g_autoptr (WayStore) store = NULL;

  if (enrolment != NULL)
    store = way_enrolment_open_store (enrolment, store_path, &error);
  if (store == NULL)
    return ctl_fail (error);
  way_store_close (store);
  g_print ("%s\n", enrolment->username);
  return CTL_DONE;
}

/* What people have left on a shared computer. */
static int
send_left (const char *folder, const char *trust_uri, GCancellable *cancellable)
{
  g_autoptr (GPtrArray) paths = way_ticket_list_waiting (folder);
  WaySyncResult all = { 0 };
  guint n_waiting = 0;

  for (guint i = 0; i < paths->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      g_autoptr (GError) error = NULL;
      WaySyncResult result;

      if (!way_ticket_push_file (paths->pdata[i], trust_uri, cancellable, &result, &error))
        {
          g_printerr ("%s: %s\n", (const char *) paths->pdata[i], error->message);
          n_waiting++;
        }
      all.pushed += result.pushed;
      all.acked += result.acked;
      all.duplicates += result.duplicates;
    }
  g_print ("{\"stores\": %u, \"waiting\": %u, \"pushed\": %u, \"acked\": %u, "
           "\"duplicates\": %u}\n",
           paths->len, n_waiting, all.pushed, all.acked, all.duplicates);
  return n_waiting == 0 && !g_cancellable_is_cancelled (cancellable) ? CTL_DONE : CTL_FAILED;
}

/**
 * ctl_sync:
 *
 * One meeting of a device store with a trust, by the network or by file; the counts as JSON. By
 * ticket only what waits is sent: nobody is signed in. The store is then one, or a folder of them.
 */
int
ctl_sync (int argc, char **argv)
{
  g_autofree char *store_path = NULL;
  g_autofree char *trust_uri = NULL;
  g_autofree char *bundle = NULL;
  g_autofree char *receipt = NULL;
  g_autofree char *enrolment = NULL;
  gboolean is_whole = FALSE;
  gboolean is_by_ticket = FALSE;
  const GOptionEntry entries[] = {
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &store_path, NULL, NULL },
    { "trust", 0, 0, G_OPTION_ARG_STRING, &trust_uri, NULL, NULL },
    { "ticket", 0, 0, G_OPTION_ARG_NONE, &is_by_ticket, NULL, NULL },
    { "bundle", 0, 0, G_OPTION_ARG_FILENAME, &bundle, NULL, NULL },
    { "receipt", 0, 0, G_OPTION_ARG_FILENAME, &receipt, NULL, NULL },
    { "all", 0, 0, G_OPTION_ARG_NONE, &is_whole, NULL, NULL },
    { "enrol", 0, 0, G_OPTION_ARG_FILENAME, &enrolment, NULL, NULL },
    { NULL },
  };
  g_autoptr (GCancellable) cancellable = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) store = NULL;
  g_autoptr (WayPeer) peer = NULL;
  WaySyncResult result = { 0 };

  if (!ctl_parse (&argc, &argv, entries))
    return CTL_USAGE;
  if (store_path != NULL && enrolment != NULL && argc == 1)
    return enrol (enrolment, store_path);
  if (store_path == NULL || (trust_uri != NULL) + (bundle != NULL) + (receipt != NULL) != 1
      || (is_whole && bundle == NULL) || argc > 1)
    return ctl_usage ();
  if (is_by_ticket && trust_uri != NULL && g_file_test (store_path, G_FILE_TEST_IS_DIR))
    {
      cancellable = way_end_watch (LAST_SECONDS, CTL_FAILED);
      return send_left (store_path, trust_uri, cancellable);
    }
  if (!g_file_test (store_path, G_FILE_TEST_IS_REGULAR))
    return ctl_fail_text ("there is no store “%s”", store_path);
  if (bundle != NULL)
    return ctl_write_bundle (store_path, bundle, is_whole);
  if (receipt != NULL)
    return ctl_read_receipt (store_path, receipt);
  cancellable = way_end_watch (LAST_SECONDS, CTL_FAILED);
  store = way_store_open_device (store_path, NULL, &error);
  if (store != NULL && !is_by_ticket)
    peer = way_peer_open (trust_uri, &error);
  if (store == NULL
      || (is_by_ticket ? !way_ticket_push (store, trust_uri, cancellable, &result, &error)
                       : peer == NULL || !way_sync_run (store, peer, cancellable, &result, &error)))
    {
      if (store != NULL)
        way_store_close (store);
      if (g_cancellable_is_cancelled (cancellable))
        return ctl_fail_text ("stopped; what was not sent yet is kept for the next time");
      return ctl_fail (error);
    }
  way_store_close (store);
  g_print ("{\"pushed\": %u, \"acked\": %u, \"duplicates\": %u, \"quarantined\": %u, "
           "\"refused\": %u, \"pulled\": %u, \"fork\": %s, \"rewound\": %s}\n",
           result.pushed, result.acked, result.duplicates, result.quarantined, result.refused,
           result.pulled, result.is_fork ? "true" : "false", result.is_rewound ? "true" : "false");
  return CTL_DONE;
}
