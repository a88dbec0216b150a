/* way-certificate.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "record/way-certificate.h"

#include <string.h>

/* People type it from paper: no letter that looks like a figure, none that makes words. */
static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

#define N_DATA 12
#define N_CHECK 2
#define N_ALL (N_DATA + N_CHECK)

/* The largest prime below 32². The weights 32⁰ … 32¹³ are all different modulo it and none is
 * a multiple of it, so every wrong character and every two that changed places show. */
#define PRIME 1021

/**
 * way_certificate_make_proof:
 * @id: of the event
 * @digest: of the event: 64 hex digits
 *
 * What a code stands for: the first 60 bits of SHA-256 over the event's id and its digest,
 * which is over salt and body. Both stay when the event is erased. The id has 74 bits of
 * chance and the salt 128, so that nobody finds a code from what they know of a person.
 *
 * Returns: (transfer full): WAY_CERTIFICATE_PROOF hex digits
 */
char *
way_certificate_make_proof (const char *id, const char *digest)
{
  g_autofree char *text = NULL;
  char *proof;

  g_return_val_if_fail (id != NULL && digest != NULL, NULL);

  text = g_strdup_printf ("waymark certificate 1\n%s\n%s", id, digest);
  proof = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  proof[WAY_CERTIFICATE_PROOF] = '\0';
  return proof;
}

static guint
count_rest (const guint8 *values, guint n)
{
  guint rest = 0;

  for (guint i = 0; i < n; i++)
    rest = (rest * 32 + values[i]) % PRIME;
  return rest;
}

/**
 * way_certificate_make_code:
 * @proof: of way_certificate_make_proof()
 *
 * Returns: (transfer full): as it stands on the paper: “K7QF-2M9D-XR4T-8C”
 */
char *
way_certificate_make_code (const char *proof)
{
  guint64 number = g_ascii_strtoull (proof, NULL, 16);
  guint8 values[N_ALL] = { 0 };
  guint check;
  GString *code;

  g_return_val_if_fail (strlen (proof) == WAY_CERTIFICATE_PROOF, NULL);

  for (guint i = N_DATA; i-- > 0; number /= 32)
    values[i] = number % 32;
  check = (PRIME - count_rest (values, N_ALL)) % PRIME;
  values[N_DATA] = check / 32;
  values[N_DATA + 1] = check % 32;
  code = g_string_new (NULL);
  for (guint i = 0; i < N_ALL; i++)
    g_string_append_printf (code, "%s%c", i > 0 && i % 4 == 0 ? "-" : "", digits[values[i]]);
  return g_string_free (code, FALSE);
}

/* −1 where no code has it. */
static int
read_digit (char letter)
{
  const char *place;

  letter = g_ascii_toupper (letter);
  if (letter == 'O')
    letter = '0';
  else if (letter == 'I' || letter == 'L')
    letter = '1';
  place = letter != '\0' ? strchr (digits, letter) : NULL;
  return place != NULL ? (int) (place - digits) : -1;
}

/**
 * way_certificate_read_code:
 * @text: as somebody typed it: capitals or not, with blanks and hyphens anywhere
 *
 * Returns: (transfer full) (nullable): the proof that it stands for; NULL where it is mistyped
 */
char *
way_certificate_read_code (const char *text)
{
  guint8 values[N_ALL];
  guint64 number = 0;
  guint n = 0;

  g_return_val_if_fail (text != NULL, NULL);

  for (; *text != '\0'; text++)
    {
      int value = read_digit (*text);

      if (*text == '-' || g_ascii_isspace (*text))
        continue;
      if (value < 0 || n == N_ALL)
        return NULL;
      values[n++] = (guint8) value;
    }
  if (n != N_ALL || count_rest (values, N_ALL) != 0)
    return NULL;
  /* The last two stand for a number below the prime in one way only. */
  if (values[N_DATA] * 32 + values[N_DATA + 1] >= PRIME)
    return NULL;
  for (guint i = 0; i < N_DATA; i++)
    number = number * 32 + values[i];
  return g_strdup_printf ("%0*" G_GINT64_MODIFIER "x", WAY_CERTIFICATE_PROOF, number);
}
