/* way-event.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "record/way-event.h"

#include <string.h>

/* The bytes that are hashed
 * -------------------------
 * digest = SHA-256 (salt ‖ body): the 16 bytes that the salt's hex digits stand for,
 * then the body's UTF-8 bytes as they are stored.
 *
 * chain = SHA-256 over ten fields in this order, each so written that no two different
 * rows can give the same bytes:
 *
 *   previous chain  text    the chain of the event before it; "" for the first
 *   stream          text
 *   seq             integer
 *   id              text
 *   subject         text    or nothing
 *   unit            text    or nothing
 *   kind            text
 *   ver             integer
 *   at              integer
 *   digest          text
 *
 * A text is its length in bytes as 4 bytes, the highest first, then its UTF-8 bytes;
 * digests and chains are their 64 lowercase hex digits. Nothing (NULL) is the 4 bytes
 * ff ff ff ff. An integer is 8 bytes, the highest first, two's complement. Author, zone
 * and what the trust adds stand outside: the author is the stream's owner, and the rest
 * is not known when the event is written. Erasing body and salt leaves digest and chain. */

#define SALT_DIGITS 32

/* way_event_new:
 *
 * A draft: what it says, but not yet where it stands. */
WayEvent *
way_event_new (const char *kind, int ver, const char *body)
{
  WayEvent *self;

  g_return_val_if_fail (kind != NULL && body != NULL, NULL);

  self = g_new0 (WayEvent, 1);
  self->kind = g_strdup (kind);
  self->ver = ver;
  self->body = g_strdup (body);
  self->allowed = 1;
  return self;
}

/* way_event_copy:
 *
 * A copy of everything. */
WayEvent *
way_event_copy (const WayEvent *self)
{
  WayEvent *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->stream = g_strdup (self->stream);
  copy->id = g_strdup (self->id);
  copy->author = g_strdup (self->author);
  copy->subject = g_strdup (self->subject);
  copy->unit = g_strdup (self->unit);
  copy->kind = g_strdup (self->kind);
  copy->zone = g_strdup (self->zone);
  copy->salt = g_strdup (self->salt);
  copy->body = g_strdup (self->body);
  copy->refers = g_strdup (self->refers);
  copy->digest = g_strdup (self->digest);
  copy->chain = g_strdup (self->chain);
  return copy;
}

/* way_event_free:
 *
 * Frees an event; NULL is allowed. */
void
way_event_free (WayEvent *self)
{
  if (self == NULL)
    return;
  g_free (self->stream);
  g_free (self->id);
  g_free (self->author);
  g_free (self->subject);
  g_free (self->unit);
  g_free (self->kind);
  g_free (self->zone);
  g_free (self->salt);
  g_free (self->body);
  g_free (self->refers);
  g_free (self->digest);
  g_free (self->chain);
  g_free (self);
}

static gboolean
decode_salt (const char *salt, guint8 bytes[SALT_DIGITS / 2])
{
  if (salt == NULL || strlen (salt) != SALT_DIGITS)
    return FALSE;
  for (guint i = 0; i < SALT_DIGITS; i++)
    {
      int digit = g_ascii_isupper (salt[i]) ? -1 : g_ascii_xdigit_value (salt[i]);

      if (digit < 0)
        return FALSE;
      bytes[i / 2] = (guint8) (i % 2 == 0 ? digit << 4 : bytes[i / 2] | digit);
    }
  return TRUE;
}

static void
hash_text (GChecksum *checksum, const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;
  guint32 prefix = GUINT32_TO_BE (text != NULL ? (guint32) length : G_MAXUINT32);

  g_checksum_update (checksum, (const guchar *) &prefix, sizeof prefix);
  if (text != NULL)
    g_checksum_update (checksum, (const guchar *) text, (gssize) length);
}

static void
hash_integer (GChecksum *checksum, gint64 value)
{
  guint64 bytes = GUINT64_TO_BE ((guint64) value);

  g_checksum_update (checksum, (const guchar *) &bytes, sizeof bytes);
}

/* way_event_get_content:
 *
 * Its body; of an event that was erased the id of the event that the body pointed at, or "". */
const char *
way_event_get_content (const WayEvent *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_strcmp0 (self->salt, "") == 0 && self->refers != NULL ? self->refers : self->body;
}

/* way_event_take_content:
 *
 * The other way round, for an event that was read with its content as its body. */
void
way_event_take_content (WayEvent *self)
{
  g_return_if_fail (self != NULL && self->body != NULL);

  if (g_strcmp0 (self->salt, "") != 0 || *self->body == '\0')
    return;
  g_free (self->refers);
  self->refers = g_steal_pointer (&self->body);
  self->body = g_strdup ("");
}

/* way_event_compute_digest:
 *
 * What the digest must be; NULL where the salt is not 32 lowercase hex digits, as when
 * the event has been erased. */
char *
way_event_compute_digest (const WayEvent *self)
{
  g_autoptr (GChecksum) checksum = NULL;
  guint8 salt[SALT_DIGITS / 2] = { 0 };

  g_return_val_if_fail (self != NULL, NULL);

  if (self->body == NULL || !decode_salt (self->salt, salt))
    return NULL;
  checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_checksum_update (checksum, salt, sizeof salt);
  g_checksum_update (checksum, (const guchar *) self->body, (gssize) strlen (self->body));
  return g_strdup (g_checksum_get_string (checksum));
}

/* way_event_compute_chain:
 * @previous_chain: (nullable): of the event before it; NULL or "" for the first
 *
 * What the chain must be, from the digest as it stands: so it can be checked after the
 * body has been erased. */
char *
way_event_compute_chain (const WayEvent *self, const char *previous_chain)
{
  g_autoptr (GChecksum) checksum = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  checksum = g_checksum_new (G_CHECKSUM_SHA256);
  hash_text (checksum, previous_chain != NULL ? previous_chain : "");
  hash_text (checksum, self->stream);
  hash_integer (checksum, self->seq);
  hash_text (checksum, self->id);
  hash_text (checksum, self->subject);
  hash_text (checksum, self->unit);
  hash_text (checksum, self->kind);
  hash_integer (checksum, self->ver);
  hash_integer (checksum, self->at);
  hash_text (checksum, self->digest);
  return g_strdup (g_checksum_get_string (checksum));
}

/* way_event_seal_into_stream:
 * @id: a UUIDv7
 * @salt: 32 lowercase hex digits
 * @previous_chain: (nullable): of the event before it; NULL or "" for the first
 *
 * Gives a draft its place: stream, number, id, salt, digest and chain. Whatever else it
 * says, `at` included, must be there already. */
void
way_event_seal_into_stream (WayEvent *self,
                            const char *stream,
                            gint64 seq,
                            const char *id,
                            const char *salt,
                            const char *previous_chain)
{
  guint8 bytes[SALT_DIGITS / 2];

  g_return_if_fail (self != NULL && stream != NULL && id != NULL && seq > 0);
  g_return_if_fail (decode_salt (salt, bytes));

  g_free (self->stream);
  self->stream = g_strdup (stream);
  self->seq = seq;
  g_free (self->id);
  self->id = g_strdup (id);
  g_free (self->salt);
  self->salt = g_strdup (salt);
  g_free (self->digest);
  self->digest = way_event_compute_digest (self);
  g_free (self->chain);
  self->chain = way_event_compute_chain (self, previous_chain);
}

/* way_uuid_new_v7:
 * @at_us: microseconds since 1970, UTC
 * @random: 10 random bytes
 *
 * An id that sorts by time, to the microsecond: 48 bits of milliseconds, the fraction of
 * the millisecond in the 12 bits after the version (RFC 9562, method 3), and 62 random
 * bits. Pure, so that a test or a demonstration can have the same ids again. */
char *
way_uuid_new_v7 (gint64 at_us, const guint8 random[10])
{
  guint64 ms;
  guint fraction;

  g_return_val_if_fail (random != NULL, NULL);

  at_us = MAX (at_us, 0);
  ms = (guint64) at_us / 1000;
  fraction = (guint) (at_us % 1000) * 4096 / 1000;
  return g_strdup_printf ("%08x-%04x-7%03x-%02x%02x-%02x%02x%02x%02x%02x%02x",
                          (guint) (ms >> 16 & 0xffffffff), (guint) (ms & 0xffff), fraction,
                          (random[0] & 0x3f) | 0x80, random[1], random[2], random[3], random[4],
                          random[5], random[6], random[7]);
}

/* way_uuid_is_valid:
 *
 * Whether it is a UUID as Waymark writes them: lowercase, of the RFC's variant, version
 * 1 to 8. NULL is not. */
gboolean
way_uuid_is_valid (const char *text)
{
  if (text == NULL)
    return FALSE;
  for (guint i = 0; i < 36; i++)
    {
      gboolean is_dash = i == 8 || i == 13 || i == 18 || i == 23;

      if (is_dash ? text[i] != '-' : !g_ascii_isxdigit (text[i]) || g_ascii_isupper (text[i]))
        return FALSE;
    }
  return text[36] == '\0' && text[14] >= '1' && text[14] <= '8'
         && strchr ("89ab", text[19]) != NULL;
}
