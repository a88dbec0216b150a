/* way-bundle-import.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync/way-bundle-private.h"

#include <string.h>

#include "record/way-event.h"
#include "sync/way-apart.h"
#include "sync/way-sqlite-peer.h"

/* Sending by file, at the trust: a bundle is judged as a push by its person is. On PostgreSQL
 * the database reads it, checks the seal and writes the receipt (postgresql/bundle.sql): who
 * carries bundles needs no right to write as somebody else, and never has their key. */

/* way_bundle_make_key:
 * @trust: in a file
 *
 * The key with which a person's bundles are signed, from a secret of the trust. */
char *
way_bundle_make_key (WayStore *trust, const char *person, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *secret = way_store_get_meta (trust, "bundle_secret", &local);
  g_autofree char *said = g_strconcat ("bundle:", person, NULL);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (secret == NULL)
    {
      g_autofree char *one = g_uuid_string_random ();
      g_autofree char *two = g_uuid_string_random ();

      secret = g_strconcat (one, two, NULL);
      if (!way_store_set_meta (trust, "bundle_secret", secret, error))
        return NULL;
    }
  return g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) secret, strlen (secret),
                                    said, -1);
}

static gboolean
fail_gap (GError **error)
{
  g_set_error_literal (
      error, WAY_BUNDLE_ERROR, WAY_BUNDLE_ERROR_GAP,
      "The trust lacks what comes before this bundle: ask for one with everything");
  return FALSE;
}

static gboolean
fail_fork (GError **error)
{
  g_set_error_literal (error, WAY_BUNDLE_ERROR, WAY_BUNDLE_ERROR_FORK,
                       "The trust has other events in these places: the store was copied or put "
                       "back. Let it sync by the network once");
  return FALSE;
}

static gboolean
fail_person (GError **error)
{
  g_set_error_literal (error, WAY_BUNDLE_ERROR, WAY_BUNDLE_ERROR_PERSON,
                       "The trust does not know whose bundle this is, or they have left");
  return FALSE;
}

static gboolean
fail_stream (GError **error)
{
  g_set_error_literal (error, WAY_BUNDLE_ERROR, WAY_BUNDLE_ERROR_STREAM,
                       "The stream belongs to somebody else");
  return FALSE;
}

static char *
write_receipt (const WayBundle *bundle,
               GPtrArray *receipts,
               GPtrArray *aparts,
               gint64 acked,
               const char *epoch,
               const char *key)
{
  GString *text = g_string_new (WAY_BUNDLE_RECEIPT_MAGIC " 1\nperson");

  way_bundle_append_text (text, bundle->person);
  g_string_append_printf (text, "\nstream %s\nacked %" G_GINT64_FORMAT "\nepoch", bundle->stream,
                          acked);
  way_bundle_append_text (text, epoch);
  g_string_append_c (text, '\n');
  for (guint i = 0; i < receipts->len; i++)
    {
      GPtrArray *stamps = ((WayReceipt *) receipts->pdata[i])->stamps;

      for (guint j = 0; j < stamps->len; j++)
        {
          const WayEvent *stamp = stamps->pdata[j];

          g_string_append (text, "event");
          way_bundle_append_text (text, stamp->id);
          g_string_append_printf (text, " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %d\n",
                                  stamp->received, stamp->effective, stamp->allowed);
        }
    }
  for (guint i = 0; i < aparts->len; i++)
    {
      const WayApart *apart = aparts->pdata[i];

      g_string_append_printf (text, "apart %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, apart->seq,
                              apart->received);
      way_bundle_append_text (text, apart->reason);
      g_string_append_c (text, '\n');
    }
  return way_bundle_seal (text, key);
}

static gboolean
push_events (WayPeer *peer,
             const WayBundle *bundle,
             guint batch,
             GPtrArray *receipts,
             WayBundleResult *result,
             GError **error)
{
  for (guint i = 0; i < bundle->events->len; i += batch)
    {
      g_autoptr (GPtrArray) events = g_ptr_array_new (); /* borrowed */
      WayReceipt *receipt;

      for (guint j = i; j < MIN (bundle->events->len, i + batch); j++)
        g_ptr_array_add (events, bundle->events->pdata[j]);
      receipt = way_peer_push (peer, events, error);
      if (receipt == NULL)
        return FALSE;
      g_ptr_array_add (receipts, receipt);
      if (receipt->is_gap)
        return fail_gap (error);
      if (receipt->is_fork)
        return fail_fork (error);
      result->events += events->len;
      result->inserted += receipt->inserted;
      result->duplicates += receipt->duplicates;
      result->quarantined += receipt->quarantined;
      result->refused += receipt->refused;
      result->acked = receipt->acked;
    }
  return TRUE;
}

static char *
import_to_file (WayStore *trust, const char *text, WayBundleResult *result, GError **error)
{
  g_autoptr (GPtrArray) receipts = NULL;
  g_autoptr (GPtrArray) aparts = NULL;
  g_autoptr (WayBundle) bundle = way_bundle_parse (text, error);
  g_autoptr (WayWelcome) welcome = NULL;
  g_autoptr (WayPeer) peer = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char *key = NULL;
  const char *epoch;

  if (bundle == NULL)
    return NULL;
  key = way_bundle_make_key (trust, bundle->person, error);
  if (key == NULL || !way_bundle_check_seal (text, key, error))
    return NULL;
  peer = way_sqlite_peer_new_for_store (trust);
  /* When it was sealed says nothing about how its clock stands now. */
  welcome = way_peer_hello (peer, bundle->person, bundle->stream, 0, NULL, g_get_real_time (),
                            &local);
  if (g_error_matches (local, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PERSON))
    fail_person (error);
  else if (g_error_matches (local, WAY_SYNC_ERROR, WAY_SYNC_ERROR_STREAM))
    fail_stream (error);
  else if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  if (welcome == NULL)
    return NULL;
  receipts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_receipt_free);
  if (!push_events (peer, bundle, welcome->batch, receipts, result, error))
    return NULL;
  aparts = way_peer_list_apart (peer, error);
  if (aparts == NULL)
    return NULL;
  epoch = receipts->len > 0 ? ((WayReceipt *) receipts->pdata[receipts->len - 1])->epoch
                            : welcome->epoch;
  return write_receipt (bundle, receipts, aparts, result->acked, epoch, key);
}

static gboolean
refuse (const char *refusal, GError **error)
{
  if (g_str_equal (refusal, "gap"))
    return fail_gap (error);
  if (g_str_equal (refusal, "fork"))
    return fail_fork (error);
  if (g_str_equal (refusal, "person"))
    return fail_person (error);
  if (g_str_equal (refusal, "stream"))
    return fail_stream (error);
  if (g_str_equal (refusal, "forged"))
    g_set_error_literal (error, WAY_BUNDLE_ERROR, WAY_BUNDLE_ERROR_FORGED,
                         "It is not signed with the key that this trust gave to that person");
  else
    g_set_error_literal (error, WAY_BUNDLE_ERROR, WAY_BUNDLE_ERROR_DAMAGED,
                         "The bundle is not as Waymark writes it");
  return FALSE;
}

static char *
import_to_database (WayDb *db, const char *text, WayBundleResult *result, GError **error)
{
  g_autofree char *receipt = NULL;
  g_autofree char *refusal = NULL;
  WayStatement *statement;
  gboolean has_row;

  statement = way_db_prepare (db,
                              "SELECT refusal, events, inserted, duplicates, quarantined, refused,"
                              " acked, receipt FROM api.import_bundle_v1 (CAST($1 AS text))",
                              error);
  if (statement == NULL)
    return NULL;
  way_statement_bind_text (statement, 1, text);
  if (!way_statement_step (statement, &has_row, error))
    return NULL;
  if (has_row)
    {
      refusal = g_strdup (way_statement_get_text (statement, 0));
      result->events = way_statement_get_int (statement, 1);
      result->inserted = way_statement_get_int (statement, 2);
      result->duplicates = way_statement_get_int (statement, 3);
      result->quarantined = way_statement_get_int (statement, 4);
      result->refused = way_statement_get_int (statement, 5);
      result->acked = way_statement_get_int (statement, 6);
      receipt = g_strdup (way_statement_get_text (statement, 7));
    }
  way_statement_reset (statement);
  if (refusal != NULL || receipt == NULL)
    {
      refuse (refusal != NULL ? refusal : "protocol", error);
      return NULL;
    }
  return g_steal_pointer (&receipt);
}

/* way_bundle_import:
 * @uri: of the trust
 * @path: a bundle
 * @receipt_path: (nullable): where the acknowledgement is written, for the device
 * @result: (out): what came of it; zero on failure
 *
 * Takes the bundle as a push by its person. Twice is once; what is refused changes nothing:
 * WAY_BUNDLE_ERROR says why. */
gboolean
way_bundle_import (const char *uri,
                   const char *path,
                   const char *receipt_path,
                   WayBundleResult *result,
                   GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *receipt = NULL;

  g_return_val_if_fail (uri != NULL && path != NULL && result != NULL, FALSE);

  *result = (WayBundleResult){ 0 };
  text = way_bundle_load (path, WAY_BUNDLE_MAGIC, error);
  if (text == NULL)
    return FALSE;
  if (g_str_has_prefix (uri, "postgres"))
    {
      g_autoptr (WayDb) db = way_db_open (uri, WAY_DB_READ_WRITE, error);

      if (db != NULL)
        receipt = import_to_database (db, text, result, error);
    }
  else
    {
      g_autoptr (WayStore) trust = way_store_open_trust (uri, FALSE, error);

      if (trust != NULL)
        {
          receipt = import_to_file (trust, text, result, error);
          way_store_close (trust);
        }
    }
  if (receipt == NULL)
    {
      *result = (WayBundleResult){ 0 };
      return FALSE;
    }
  return receipt_path == NULL
         || g_file_set_contents_full (receipt_path, receipt, -1,
                                      G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                      0600, error);
}
