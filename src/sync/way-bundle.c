/* way-bundle.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync/way-bundle-private.h"

#include <string.h>

#include "record/way-event.h"
#include "store/way-log.h"
#include "sync/way-apart.h"

/* Sending by file, on the device: the bundle that goes and the receipt that comes back. */

#define PAGE 200

static char *
get_key (WayStore *device, GError **error)
{
  g_autoptr (GError) local = NULL;
  char *key = way_store_get_meta (device, "bundle_key", &local);

  if (key != NULL)
    return key;
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    g_set_error_literal (error, WAY_BUNDLE_ERROR, WAY_BUNDLE_ERROR_KEY,
                         "This store has not met the trust yet: only then can it sign what it "
                         "sends");
  return NULL;
}

static void
append_event (GString *text, const WayEvent *event)
{
  g_string_append (text, "event");
  way_bundle_append_text (text, event->id);
  way_bundle_append_text (text, event->subject);
  way_bundle_append_text (text, event->unit);
  way_bundle_append_text (text, event->kind);
  g_string_append_printf (text, " %d %" G_GINT64_FORMAT, event->ver, event->at);
  way_bundle_append_text (text, event->zone);
  way_bundle_append_text (text, event->salt);
  way_bundle_append_text (text, way_event_get_content (event));
  way_bundle_append_text (text, event->digest);
  way_bundle_append_text (text, event->chain);
  g_string_append_printf (text, " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", event->received,
                          event->effective);
}

static gboolean
append_events (WayStore *device, gint64 first, GString *lines, guint *n_events, GError **error)
{
  *n_events = 0;
  while (lines->len < WAY_BUNDLE_FULL)
    {
      g_autoptr (GPtrArray) events = NULL;

      events = way_log_read_stream (device, way_store_get_stream (device), first + *n_events, PAGE,
                                    error);
      if (events == NULL)
        return FALSE;
      for (guint i = 0; i < events->len && lines->len < WAY_BUNDLE_FULL; i++)
        {
          append_event (lines, events->pdata[i]);
          (*n_events)++;
        }
      if (events->len < PAGE)
        break;
    }
  return TRUE;
}

/* way_bundle_write:
 * @device: a person's store that has met the trust once
 * @is_whole: the stream from its beginning, not only what is not received yet
 * @n_events: (out): how many there are in it
 *
 * Writes a bundle, readable by its owner alone. What does not fit waits for the next, after the
 * receipt of this one. Nothing counts as sent: the trust's receipt says what is. Fails with
 * WAY_BUNDLE_ERROR_KEY or _NOTHING. */
gboolean
way_bundle_write (
    WayStore *device, const char *path, gboolean is_whole, guint *n_events, GError **error)
{
  g_autoptr (GString) text = NULL;
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (GError) local = NULL;
  g_autofree char *key = NULL;
  g_autofree char *acked = NULL;
  g_autofree char *sealed = NULL;
  gint64 first = 1;

  g_return_val_if_fail (WAY_IS_STORE (device) && path != NULL && n_events != NULL, FALSE);

  *n_events = 0;
  key = get_key (device, error);
  if (key == NULL)
    return FALSE;
  acked = way_store_get_meta (device, "acked", &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (!is_whole && acked != NULL)
    first = g_ascii_strtoll (acked, NULL, 10) + 1;
  if (!append_events (device, first, lines, n_events, error))
    return FALSE;
  if (*n_events == 0)
    {
      g_set_error_literal (error, WAY_BUNDLE_ERROR, WAY_BUNDLE_ERROR_NOTHING,
                           "Nothing waits to be sent");
      return FALSE;
    }
  text = g_string_new (WAY_BUNDLE_MAGIC " 1\nperson");
  way_bundle_append_text (text, way_store_get_person (device));
  g_string_append_printf (text,
                          "\nstream %s\nwritten %" G_GINT64_FORMAT "\nfirst %" G_GINT64_FORMAT
                          "\ncount %u\n",
                          way_store_get_stream (device), g_get_real_time (), first, *n_events);
  g_string_append_len (text, lines->str, lines->len);
  sealed = way_bundle_seal (g_steal_pointer (&text), key);
  return g_file_set_contents_full (path, sealed, -1,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600, error);
}

typedef struct
{
  gint64 acked;
  char *epoch;
  GPtrArray *stamps; /* of WayEvent */
  GPtrArray *aparts; /* of WayApart */
} Receipt;

static void
receipt_clear (Receipt *self)
{
  g_free (self->epoch);
  g_clear_pointer (&self->stamps, g_ptr_array_unref);
  g_clear_pointer (&self->aparts, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Receipt, receipt_clear)

static gboolean
read_stamp (Receipt *self, char **fields)
{
  WayEvent *stamp = way_event_new ("", 1, "");
  gboolean is_sound = TRUE;
  gint64 allowed = 0;

  g_ptr_array_add (self->stamps, stamp);
  stamp->id = way_bundle_read_text (fields[1], &is_sound);
  is_sound = is_sound && way_uuid_is_valid (stamp->id)
             && way_bundle_read_number (fields[2], &stamp->received)
             && way_bundle_read_number (fields[3], &stamp->effective)
             && way_bundle_read_number (fields[4], &allowed) && (allowed == 0 || allowed == 1)
             && stamp->received > 0;
  stamp->allowed = (int) allowed;
  return is_sound;
}

static gboolean
read_apart (Receipt *self, char **fields)
{
  WayApart *apart = g_new0 (WayApart, 1);
  g_autofree char *reason = NULL;
  gboolean is_sound = TRUE;

  g_ptr_array_add (self->aparts, apart);
  reason = way_bundle_read_text (fields[3], &is_sound);
  apart->reason = g_utf8_make_valid (reason != NULL ? reason : "", -1);
  return is_sound && way_bundle_read_number (fields[1], &apart->seq)
         && way_bundle_read_number (fields[2], &apart->received);
}

static gboolean
read_lines (Receipt *self, char **lines, guint n_lines)
{
  gboolean is_sound = TRUE;

  if (!g_str_has_prefix (lines[3], "acked ") || !g_str_has_prefix (lines[4], "epoch ")
      || !way_bundle_read_number (lines[3] + strlen ("acked "), &self->acked))
    return FALSE;
  self->epoch = way_bundle_read_text (lines[4] + strlen ("epoch "), &is_sound);
  if (!is_sound || self->epoch == NULL)
    return FALSE;
  for (guint i = 5; i < n_lines - 3; i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[i], " ", 6);
      guint n_fields = g_strv_length (fields);

      if (!(n_fields == 5 && g_str_equal (fields[0], "event") && read_stamp (self, fields))
          && !(n_fields == 4 && g_str_equal (fields[0], "apart") && read_apart (self, fields)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
parse_receipt (Receipt *self, WayStore *device, const char *text, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n_lines = g_strv_length (lines);
  g_autofree char *person = NULL;
  gboolean is_sound;

  self->stamps = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  self->aparts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_apart_free);
  is_sound = n_lines >= 8 && g_str_has_prefix (lines[1], "person ")
             && g_str_has_prefix (lines[2], "stream ");
  if (is_sound)
    person = way_bundle_read_text (lines[1] + strlen ("person "), &is_sound);
  if (!is_sound || !read_lines (self, lines, n_lines))
    {
      g_set_error_literal (error, WAY_BUNDLE_ERROR, WAY_BUNDLE_ERROR_DAMAGED,
                           "The receipt is not as Waymark writes it");
      return FALSE;
    }
  if (g_strcmp0 (person, way_store_get_person (device)) == 0
      && g_str_equal (lines[2] + strlen ("stream "), way_store_get_stream (device))
      && self->acked <= way_store_get_last_seq (device))
    return TRUE;
  g_set_error_literal (error, WAY_BUNDLE_ERROR, WAY_BUNDLE_ERROR_STREAM,
                       "The receipt is for another store than this one");
  return FALSE;
}

/* Whether what this store has in the places that would count as received is what the trust has
 * received there. A store that was put back to before the bundle, and went on, has other events in
 * them, which would never be sent. */
static gboolean
check_places (WayStore *device, const Receipt *receipt, gint64 reached, GError **error)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) apart = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < receipt->stamps->len; i++)
    g_hash_table_add (known, ((WayEvent *) receipt->stamps->pdata[i])->id);
  for (guint i = 0; i < receipt->aparts->len; i++)
    g_hash_table_add (apart, &((WayApart *) receipt->aparts->pdata[i])->seq);
  for (gint64 first = reached + 1; first <= receipt->acked; first += PAGE)
    {
      g_autoptr (GPtrArray) events = NULL;

      events = way_log_read_stream (device, way_store_get_stream (device), first, PAGE, error);
      if (events == NULL)
        return FALSE;
      for (guint i = 0; i < events->len; i++)
        {
          const WayEvent *event = events->pdata[i];

          if (event->seq <= receipt->acked && !g_hash_table_contains (known, event->id)
              && !g_hash_table_contains (apart, &event->seq))
            {
              g_set_error_literal (error, WAY_BUNDLE_ERROR, WAY_BUNDLE_ERROR_STREAM,
                                   "The receipt is for what this store held before it was put "
                                   "back: let it sync by the network once");
              return FALSE;
            }
        }
    }
  return TRUE;
}

static gboolean
keep_receipt (WayStore *device, const Receipt *receipt, GError **error)
{
  g_autoptr (WayBatch) batch = way_batch_begin (device, error);
  g_autofree char *acked = NULL;
  g_autofree char *text = NULL;
  gint64 reached;

  if (batch == NULL)
    return FALSE;
  acked = way_store_get_meta (device, "acked", NULL);
  reached = acked != NULL ? g_ascii_strtoll (acked, NULL, 10) : 0;
  text = g_strdup_printf ("%" G_GINT64_FORMAT, MAX (reached, receipt->acked));
  if (!check_places (device, receipt, reached, error))
    return FALSE;
  for (guint i = 0; i < receipt->stamps->len; i++)
    if (!way_batch_stamp (batch, receipt->stamps->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < receipt->aparts->len; i++)
    if (!way_apart_keep (device, receipt->aparts->pdata[i], error))
      return FALSE;
  return way_store_set_meta (device, "acked", text, error)
         && (receipt->acked < reached
             || way_store_set_meta (device, "epoch", receipt->epoch, error))
         && way_batch_commit (batch, error);
}

/* way_bundle_read_receipt:
 * @device: the store that wrote the bundle
 * @path: what the trust has answered
 * @n_received: (out): how many events the trust says that it has
 *
 * Takes the trust's acknowledgement of a bundle, as if it had come by the network. Reading it
 * again changes nothing. */
gboolean
way_bundle_read_receipt (WayStore *device, const char *path, guint *n_received, GError **error)
{
  g_auto (Receipt) receipt = { 0 };
  g_autofree char *text = NULL;
  g_autofree char *key = NULL;

  g_return_val_if_fail (WAY_IS_STORE (device) && path != NULL && n_received != NULL, FALSE);

  *n_received = 0;
  text = way_bundle_load (path, WAY_BUNDLE_RECEIPT_MAGIC, error);
  if (text == NULL)
    return FALSE;
  key = get_key (device, error);
  if (key == NULL || !way_bundle_check_seal (text, key, error)
      || !parse_receipt (&receipt, device, text, error) || !keep_receipt (device, &receipt, error))
    return FALSE;
  *n_received = receipt.stamps->len;
  return TRUE;
}
