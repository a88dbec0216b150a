/* way-bundle-file.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync/way-bundle-private.h"

#include "record/way-event.h"

#include <string.h>

/* The bytes of bundles and receipts: what is read is believed only when it is whole, and
 * used only when the seal is right. */

#define VERSION 1
#define N_FIELDS 13
/* “digest ” with 64 hex digits and the end of the line, and “seal ” likewise. */
#define DIGEST_LINE 72
#define SEAL_LINE 70

/**
 * way_bundle_error_quark:
 *
 * Returns: the domain of what is wrong with a file of events
 */
GQuark
way_bundle_error_quark (void)
{
  return g_quark_from_static_string ("way-bundle-error-quark");
}

/**
 * way_bundle_free:
 * @self: (transfer full): with its events
 */
void
way_bundle_free (WayBundle *self)
{
  g_free (self->person);
  g_free (self->stream);
  g_clear_pointer (&self->events, g_ptr_array_unref);
  g_free (self);
}

/* way_bundle_append_text:
 * @text: (nullable)
 *
 * Adds a space and the text in base64, “-” where there is none. */
void
way_bundle_append_text (GString *line, const char *text)
{
  g_autofree char *coded = NULL;

  if (text != NULL)
    coded = g_base64_encode ((const guchar *) text, strlen (text));
  g_string_append_printf (line, " %s", coded != NULL ? coded : "-");
}

/* way_bundle_read_text:
 * @is_sound: (inout): set to FALSE when it is not what is written
 *
 * The text of a field; NULL where there is none. */
char *
way_bundle_read_text (const char *field, gboolean *is_sound)
{
  g_autofree guchar *bytes = NULL;
  g_autofree char *again = NULL;
  gsize length;

  if (g_str_equal (field, "-"))
    return NULL;
  bytes = g_base64_decode (field, &length);
  again = g_base64_encode (bytes, length);
  if (!g_str_equal (again, field) || memchr (bytes, '\0', length) != NULL)
    *is_sound = FALSE;
  return g_strndup ((const char *) bytes, length);
}

/* way_bundle_read_number:
 *
 * Whether the field is a whole number. */
gboolean
way_bundle_read_number (const char *field, gint64 *number)
{
  return g_ascii_string_to_signed (field, 10, G_MININT64, G_MAXINT64, number, NULL);
}

/* way_bundle_seal:
 * @text: (transfer full): whole lines
 *
 * The lines with a digest, which shows damage, and a seal, which shows who wrote them. */
char *
way_bundle_seal (GString *text, const char *key)
{
  g_autofree char *digest = NULL;
  g_autofree char *mac = NULL;

  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, text->len);
  g_string_append_printf (text, "digest %s\n", digest);
  mac = g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) key, strlen (key), text->str,
                                   text->len);
  g_string_append_printf (text, "seal %s\n", mac);
  return g_string_free (text, FALSE);
}

static gboolean
is_hex_line (const char *line, const char *word, gsize length)
{
  gsize n = strlen (word);

  if (strncmp (line, word, n) != 0 || line[length - 1] != '\n')
    return FALSE;
  for (gsize i = n; i < length - 1; i++)
    if (!g_ascii_isxdigit (line[i]))
      return FALSE;
  return TRUE;
}

static gboolean
check_start (const char *path, const char *text, const char *magic, GError **error)
{
  gsize n = strlen (magic);
  gint64 version = 0;

  if (strncmp (text, magic, n) == 0 && text[n] == ' ')
    version = g_ascii_strtoll (text + n + 1, NULL, 10);
  if (version < 1)
    g_set_error (error, WAY_BUNDLE_ERROR, WAY_BUNDLE_ERROR_OTHER, "“%s” is not a %s of Waymark",
                 path, magic + strlen ("waymark-"));
  else if (version > VERSION)
    g_set_error (error, WAY_BUNDLE_ERROR, WAY_BUNDLE_ERROR_NEWER,
                 "A newer Waymark has written “%s”: update Waymark to read it", path);
  return version == VERSION;
}

static gboolean
check_end (const char *path, const char *text, gsize length, GError **error)
{
  g_autofree char *digest = NULL;
  gsize signed_length = length - DIGEST_LINE - SEAL_LINE;

  if (length <= DIGEST_LINE + SEAL_LINE
      || !is_hex_line (text + length - SEAL_LINE, "seal ", SEAL_LINE)
      || !is_hex_line (text + signed_length, "digest ", DIGEST_LINE))
    {
      g_set_error (error, WAY_BUNDLE_ERROR, WAY_BUNDLE_ERROR_CUT,
                   "“%s” is cut short: ask for it again", path);
      return FALSE;
    }
  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, signed_length);
  if (strncmp (text + signed_length + strlen ("digest "), digest, 64) == 0)
    return TRUE;
  g_set_error (error, WAY_BUNDLE_ERROR, WAY_BUNDLE_ERROR_DAMAGED,
               "“%s” is damaged: some of it is not what was written", path);
  return FALSE;
}

/* way_bundle_load:
 * @magic: which of the two kinds of file it must be
 *
 * Reads a file that is whole. Whose it is way_bundle_check_seal() says. */
char *
way_bundle_load (const char *path, const char *magic, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);
  g_autofree char *text = NULL;
  gsize length = 0;

  if (stream == NULL)
    return NULL;
  text = g_malloc (WAY_BUNDLE_MOST + 1);
  if (!g_input_stream_read_all (G_INPUT_STREAM (stream), text, WAY_BUNDLE_MOST + 1, &length, NULL,
                                error))
    return NULL;
  if (length > WAY_BUNDLE_MOST)
    {
      g_set_error (error, WAY_BUNDLE_ERROR, WAY_BUNDLE_ERROR_SIZE,
                   "“%s” is larger than anything that Waymark writes", path);
      return NULL;
    }
  text[length] = '\0';
  text = g_realloc (text, length + 1);
  if (!check_start (path, text, magic, error) || !check_end (path, text, length, error))
    return NULL;
  if (strlen (text) != length || !g_str_is_ascii (text))
    {
      g_set_error (error, WAY_BUNDLE_ERROR, WAY_BUNDLE_ERROR_DAMAGED,
                   "“%s” holds what Waymark does not write", path);
      return NULL;
    }
  return g_steal_pointer (&text);
}

/* way_bundle_check_seal:
 * @text: from way_bundle_load()
 *
 * Whether it was written by somebody who has the key. */
gboolean
way_bundle_check_seal (const char *text, const char *key, GError **error)
{
  gsize length = strlen (text);
  g_autofree char *mac = NULL;
  guint difference = 0;

  mac = g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) key, strlen (key), text,
                                   length - SEAL_LINE);
  /* How long it takes says nothing about where they differ. */
  for (guint i = 0; i < 64; i++)
    difference |= (guint) (mac[i] ^ text[length - SEAL_LINE + strlen ("seal ") + i]);
  if (difference == 0)
    return TRUE;
  g_set_error_literal (error, WAY_BUNDLE_ERROR, WAY_BUNDLE_ERROR_FORGED,
                       "It is not signed with the key that this trust gave to that person");
  return FALSE;
}

static WayEvent *
read_event (const char *stream, gint64 seq, const char *line)
{
  g_auto (GStrv) fields = g_strsplit (line, " ", N_FIELDS + 2);
  g_autoptr (WayEvent) event = NULL;
  g_autofree char *kind = NULL;
  g_autofree char *body = NULL;
  gboolean is_sound = TRUE;
  gint64 ver;

  if (g_strv_length (fields) != N_FIELDS + 1 || !g_str_equal (fields[0], "event")
      || !way_bundle_read_number (fields[5], &ver) || ver < G_MININT || ver > G_MAXINT)
    return NULL;
  kind = way_bundle_read_text (fields[4], &is_sound);
  body = way_bundle_read_text (fields[9], &is_sound);
  event = way_event_new (kind != NULL ? kind : "", (int) ver, body != NULL ? body : "");
  event->stream = g_strdup (stream);
  event->seq = seq;
  event->id = way_bundle_read_text (fields[1], &is_sound);
  event->subject = way_bundle_read_text (fields[2], &is_sound);
  event->unit = way_bundle_read_text (fields[3], &is_sound);
  event->zone = way_bundle_read_text (fields[7], &is_sound);
  event->salt = way_bundle_read_text (fields[8], &is_sound);
  event->digest = way_bundle_read_text (fields[10], &is_sound);
  event->chain = way_bundle_read_text (fields[11], &is_sound);
  way_event_take_content (event);
  if (!is_sound || !way_bundle_read_number (fields[6], &event->at)
      || !way_bundle_read_number (fields[12], &event->received)
      || !way_bundle_read_number (fields[13], &event->effective))
    return NULL;
  return g_steal_pointer (&event);
}

/* way_bundle_parse:
 * @text: a bundle that is whole and sealed
 *
 * Its events. WAY_BUNDLE_ERROR_DAMAGED where they are not as Waymark writes them. */
WayBundle *
way_bundle_parse (const char *text, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (WayBundle) self = g_new0 (WayBundle, 1);
  guint n_lines = g_strv_length (lines);
  gboolean is_sound = TRUE;
  gint64 count = -1;

  self->events = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  /* Six lines before the events, digest, seal and what comes after the last line's end. */
  if (n_lines >= 9 && g_str_has_prefix (lines[1], "person ")
      && g_str_has_prefix (lines[2], "stream ") && g_str_has_prefix (lines[3], "written ")
      && g_str_has_prefix (lines[4], "first ") && g_str_has_prefix (lines[5], "count ")
      && way_bundle_read_number (lines[4] + strlen ("first "), &self->first)
      && way_bundle_read_number (lines[5] + strlen ("count "), &count))
    {
      self->person = way_bundle_read_text (lines[1] + strlen ("person "), &is_sound);
      self->stream = g_strdup (lines[2] + strlen ("stream "));
    }
  is_sound = is_sound && self->person != NULL && self->first >= 1 && count == n_lines - 9;
  for (guint i = 0; is_sound && i < count; i++)
    {
      WayEvent *event = read_event (self->stream, self->first + i, lines[6 + i]);

      if (event != NULL)
        g_ptr_array_add (self->events, event);
      is_sound = event != NULL;
    }
  if (is_sound)
    return g_steal_pointer (&self);
  g_set_error_literal (error, WAY_BUNDLE_ERROR, WAY_BUNDLE_ERROR_DAMAGED,
                       "The bundle is not as Waymark writes it");
  return NULL;
}
