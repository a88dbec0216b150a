/* way-enrolment.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync/way-enrolment.h"

#include "store/way-log.h"

#include <string.h>
#include <sys/random.h>

#define FIRST_LINE "waymark-enrolment 1"
#define GOOD_FOR (30 * G_TIME_SPAN_DAY)
#define N_LINES 9

/* In the meta of a store: the id and the code until the trust has seen them; the id after it. */
#define WAITING "enrolment"
#define USED "enrolment-used"

/* way_enrolment_hash:
 *
 * What the trust keeps of a code. */
char *
way_enrolment_hash (const char *id, const char *code)
{
  g_autofree char *both = g_strconcat (id, code, NULL);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, both, -1);
}

/**
 * way_enrolment_free:
 * @self: (transfer full)
 */
void
way_enrolment_free (WayEnrolment *self)
{
  g_free (self->id);
  g_free (self->code);
  g_free (self->person);
  g_free (self->username);
  g_free (self->name);
  g_free (self->organisation);
  g_free (self);
}

/* way_enrolment_refuse:
 * @refusal: (nullable): NULL where there is none
 *
 * Says in words why a code does not hold. */
gboolean
way_enrolment_refuse (const char *refusal, GError **error)
{
  if (refusal == NULL)
    return TRUE;
  g_set_error_literal (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PERSON,
                       g_str_equal (refusal, "used")
                           ? "This enrolment file was used on another computer. What is saved here "
                             "stays: ask for a new file"
                       : g_str_equal (refusal, "here")
                           ? "This enrolment file was used on this computer already. Sign in as "
                             "usual"
                       : g_str_equal (refusal, "expired")
                           ? "This enrolment file is too old. What is saved here stays: ask for a "
                             "new file"
                       : g_str_equal (refusal, "person")
                           ? "This enrolment file is for somebody else than who signed in"
                           : "The trust did not make this enrolment file");
  return FALSE;
}

static char *
make_code (void)
{
  guint8 bytes[32];
  GString *code = g_string_new (NULL);

  while (getrandom (bytes, sizeof bytes, 0) != sizeof bytes)
    continue;
  for (guint i = 0; i < sizeof bytes; i++)
    g_string_append_printf (code, "%02x", bytes[i]);
  return g_string_free (code, FALSE);
}

static gboolean
find_person (WayStore *trust, const char *username, WayEnrolment *enrolment, GError **error)
{
  WayStatement *statement;
  gboolean has_row;

  statement = way_db_prepare (way_store_get_db (trust),
                              "SELECT p.person, p.username, p.name,"
                              " (SELECT name FROM organisation) FROM person AS p"
                              " WHERE p.username = $1 AND coalesce (p.ended, 0) = 0"
                              " ORDER BY p.person LIMIT 1",
                              error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, username);
  if (!way_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    {
      enrolment->person = g_strdup (way_statement_get_text (statement, 0));
      enrolment->username = g_strdup (way_statement_get_text (statement, 1));
      enrolment->name = g_strdup (way_statement_get_text (statement, 2));
      enrolment->organisation = g_strdup (way_statement_get_text (statement, 3));
    }
  way_statement_reset (statement);
  if (!has_row)
    g_set_error (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PERSON,
                 "The trust has nobody with the username “%s”", username);
  return has_row;
}

static gboolean
keep_hash (WayStore *trust, const WayEnrolment *enrolment, gint64 now, GError **error)
{
  g_autofree char *hash = way_enrolment_hash (enrolment->id, enrolment->code);
  WayStatement *statement;

  statement = way_db_prepare (way_store_get_db (trust),
                              "INSERT INTO enrolment (id, person, hash, issued, expires)"
                              " VALUES ($1, $2, $3, $4, $5)",
                              error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, enrolment->id);
  way_statement_bind_text (statement, 2, enrolment->person);
  way_statement_bind_text (statement, 3, hash);
  way_statement_bind_int (statement, 4, now);
  way_statement_bind_int (statement, 5, enrolment->expires);
  return way_statement_run (statement, error);
}

static void
append_line (GString *text, const char *name, const char *value)
{
  g_autofree char *code = g_base64_encode ((const guchar *) (value != NULL ? value : ""),
                                           value != NULL ? strlen (value) : 0);

  g_string_append_printf (text, "%s %s\n", name, code);
}

/* way_enrolment_issue:
 * @username: of somebody who is there
 * @path: where no file is yet
 *
 * Writes a file for somebody, good for thirty days and for one computer. The code is nowhere
 * else. */
gboolean
way_enrolment_issue (WayStore *trust, const char *username, const char *path, GError **error)
{
  g_autoptr (WayEnrolment) enrolment = g_new0 (WayEnrolment, 1);
  g_autoptr (GString) text = g_string_new (FIRST_LINE "\n");
  g_autofree char *digest = NULL;
  gint64 now = g_get_real_time ();

  g_return_val_if_fail (WAY_IS_STORE (trust) && username != NULL && path != NULL, FALSE);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST, "There is already a file “%s”", path);
      return FALSE;
    }
  if (!find_person (trust, username, enrolment, error))
    return FALSE;
  enrolment->id = way_log_new_id (now);
  enrolment->code = make_code ();
  enrolment->expires = now + GOOD_FOR;
  g_string_append_printf (text, "id %s\ncode %s\nexpires %" G_GINT64_FORMAT "\n", enrolment->id,
                          enrolment->code, enrolment->expires);
  append_line (text, "person", enrolment->person);
  append_line (text, "username", enrolment->username);
  append_line (text, "name", enrolment->name);
  append_line (text, "organisation", enrolment->organisation);
  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, text->len);
  g_string_append_printf (text, "digest %s\n", digest);
  return keep_hash (trust, enrolment, now, error)
         && g_file_set_contents_full (path, text->str, text->len,
                                      G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                      0600, error);
}

static char *
take (char **lines, guint line, const char *name, gboolean is_coded)
{
  g_autofree char *start = g_strconcat (name, " ", NULL);
  g_autofree guchar *bytes = NULL;
  const char *value;
  gsize length;

  if (!g_str_has_prefix (lines[line], start))
    return NULL;
  value = lines[line] + strlen (start);
  if (!is_coded)
    return g_strdup (value);
  bytes = g_base64_decode (value, &length);
  return length > 0 && length <= 1000 && memchr (bytes, '\0', length) == NULL
                 && g_utf8_validate ((char *) bytes, length, NULL)
             ? g_strndup ((char *) bytes, length)
             : NULL;
}

/* way_enrolment_read:
 *
 * Reads a file that a trust has issued. WAY_SYNC_ERROR_PERSON: it is too old, or not as a
 * trust writes it. */
WayEnrolment *
way_enrolment_read (const char *path, GError **error)
{
  g_autoptr (WayEnrolment) self = g_new0 (WayEnrolment, 1);
  g_autofree char *text = NULL;
  g_autofree char *digest = NULL;
  g_autofree char *said = NULL;
  g_autofree char *expires = NULL;
  g_auto (GStrv) lines = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  if (length < 16384 && g_utf8_validate (text, length, NULL))
    lines = g_strsplit (text, "\n", -1);
  if (lines != NULL && g_strv_length (lines) == N_LINES + 1 && g_str_equal (lines[0], FIRST_LINE))
    {
      const char *end = g_strrstr (text, "digest ");

      self->id = take (lines, 1, "id", FALSE);
      self->code = take (lines, 2, "code", FALSE);
      expires = take (lines, 3, "expires", FALSE);
      self->person = take (lines, 4, "person", TRUE);
      self->username = take (lines, 5, "username", TRUE);
      self->name = take (lines, 6, "name", TRUE);
      self->organisation = take (lines, 7, "organisation", TRUE);
      said = take (lines, 8, "digest", FALSE);
      if (end != NULL)
        digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, end - text);
    }
  if (said == NULL || g_strcmp0 (digest, said) != 0 || !way_uuid_is_valid (self->id)
      || self->code == NULL || strlen (self->code) != 64 || self->person == NULL
      || strchr (self->person, '/') != NULL || self->username == NULL || expires == NULL)
    {
      g_set_error (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PERSON,
                   "%s is damaged, or is no enrolment file", path);
      return NULL;
    }
  self->expires = g_ascii_strtoll (expires, NULL, 10);
  if (self->expires < g_get_real_time ())
    {
      way_enrolment_refuse ("expired", error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/* way_enrolment_open_store:
 * @store_path: where no store is yet, or the person's
 *
 * Opens the store of whoever the file is for; the code waits in it for the first meeting.
 * WAY_SYNC_ERROR_PERSON: the store has used this file up. */
WayStore *
way_enrolment_open_store (const WayEnrolment *self, const char *store_path, GError **error)
{
  g_autoptr (WayStore) store = way_store_open_device (store_path, self->person, error);
  g_autofree char *kept = g_strconcat (self->id, " ", self->code, NULL);
  g_autofree char *used = NULL;

  if (store == NULL)
    return NULL;
  used = way_store_get_meta (store, USED, NULL);
  if (g_strcmp0 (used, self->id) == 0)
    way_enrolment_refuse ("here", error);
  else if (way_store_set_meta (store, WAITING, kept, error))
    return g_steal_pointer (&store);
  way_store_close (store);
  return NULL;
}

/* way_enrolment_use:
 *
 * Shows the trust the code of a store that began with a file. Fails where it does not hold:
 * then nothing is sent, and nothing of the store is lost. */
gboolean
way_enrolment_use (WayStore *device, WayPeer *peer, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *kept = way_store_get_meta (device, WAITING, &local);
  g_auto (GStrv) words = NULL;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (kept == NULL)
    return TRUE;
  words = g_strsplit (kept, " ", 2);
  if (g_strv_length (words) != 2)
    return way_enrolment_refuse ("unknown", error);
  return way_peer_use_enrolment (peer, way_store_get_person (device), words[0], words[1],
                                 way_store_get_stream (device), error)
         && way_store_set_meta (device, USED, words[0], error)
         && way_store_set_meta (device, WAITING, NULL, error);
}

/* way_enrolment_is_waiting:
 *
 * Whether the store began with a file that no trust has seen yet. */
gboolean
way_enrolment_is_waiting (WayStore *device)
{
  g_autofree char *kept = way_store_get_meta (device, WAITING, NULL);

  return kept != NULL;
}

/* way_enrolment_drop:
 *
 * Forgets a code that the trust has refused. */
gboolean
way_enrolment_drop (WayStore *device, GError **error)
{
  return way_store_set_meta (device, WAITING, NULL, error);
}
