/* way-pulse.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "record/way-pulse.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Who is asked what. Nothing of it is stored: it follows from the pulses, which everybody has,
 * and from who one is, so a desktop that is offline draws as the trust does. */

#define DAY (G_GINT64_CONSTANT (24) * 3600 * G_USEC_PER_SEC)

/* way_pulse_read_days:
 * @setting: (nullable): what the trust's setting pulse_days says
 *
 * How many days lie between two pulses that ask the same person, at least. What is no number of
 * the range counts as not said. */
int
way_pulse_read_days (const char *setting)
{
  char *end;
  gint64 days;

  if (setting == NULL || *setting == '\0')
    return WAY_PULSE_DAYS;
  days = g_ascii_strtoll (setting, &end, 10);
  if (*end != '\0' || days < WAY_PULSE_LEAST_DAYS || days > WAY_PULSE_MOST_DAYS)
    return WAY_PULSE_DAYS;
  return (int) days;
}

/* way_pulse_is_drawn:
 * @share: of a thousand
 *
 * Whether chance takes this person for this pulse. The seed is the pulse's own id: the first 32
 * bits of SHA-256 over it, a zero byte and the person's id, against the share. */
gboolean
way_pulse_is_drawn (const char *pulse, const char *person, int share)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;
  guint64 number;

  g_return_val_if_fail (pulse != NULL && person != NULL, FALSE);

  g_checksum_update (checksum, (const guchar *) pulse, (gssize) strlen (pulse) + 1);
  g_checksum_update (checksum, (const guchar *) person, -1);
  g_checksum_get_digest (checksum, digest, &length);
  number = ((guint64) digest[0] << 24) | ((guint64) digest[1] << 16) | ((guint64) digest[2] << 8)
           | digest[3];
  return number * 1000 < ((guint64) CLAMP (share, 0, 1000) << 32);
}

/* way_pulse_is_for:
 * @paths: of the places that somebody works in
 * @role: (nullable): their staff group
 *
 * Whether a pulse is for their place and their staff group at all. Of places that are there no
 * more nobody is left to be asked: an empty list is nobody. */
gboolean
way_pulse_is_for (const WayPulseAudience *audience, const char *const *paths, const char *role)
{
  g_return_val_if_fail (audience != NULL && paths != NULL, FALSE);

  if (audience->roles != NULL
      && (role == NULL || !g_strv_contains ((const char *const *) audience->roles, role)))
    return FALSE;
  if (audience->paths == NULL)
    return TRUE;
  for (guint i = 0; audience->paths[i] != NULL; i++)
    for (guint k = 0; paths[k] != NULL; k++)
      if (g_str_has_prefix (paths[k], audience->paths[i]))
        return TRUE;
  return FALSE;
}

static int
compare_asks (const void *a, const void *b)
{
  const WayPulseAsk *one = *(const WayPulseAsk *const *) a;
  const WayPulseAsk *two = *(const WayPulseAsk *const *) b;

  if (one->opens != two->opens)
    return one->opens < two->opens ? -1 : 1;
  return strcmp (one->id, two->id);
}

/* way_pulse_draw:
 * @pulses: in any order
 * @days: between two that ask the same person
 * @from: (out caller-allocates): for each, from when on this person is asked until it closes;
 *   WAY_PULSE_NEVER where they are not
 *
 * Draws for one person. Whoever was asked may see it as late as it closes, so the next begins to
 * ask @days after that, where it is still open then: however late anybody looks, two never come
 * closer. */
void
way_pulse_draw (
    const WayPulseAsk *pulses, guint n_pulses, const char *person, int days, gint64 *from)
{
  g_autofree const WayPulseAsk **order = g_new (const WayPulseAsk *, n_pulses + 1);
  gint64 earliest = G_MININT64;

  g_return_if_fail (person != NULL && days >= 0);

  for (guint i = 0; i < n_pulses; i++)
    order[i] = &pulses[i];
  qsort (order, n_pulses, sizeof *order, compare_asks);
  for (guint i = 0; i < n_pulses; i++)
    {
      const WayPulseAsk *pulse = order[i];
      gint64 begins = MAX (pulse->opens, earliest);
      gint64 *result = &from[pulse - pulses];

      *result = WAY_PULSE_NEVER;
      if (!pulse->is_addressed || begins >= pulse->closes
          || !way_pulse_is_drawn (pulse->id, person, pulse->share))
        continue;
      *result = begins;
      earliest = MAX (earliest, pulse->closes + days * DAY);
    }
}

/* way_pulse_share_for:
 * @sample: how many are to be asked
 * @people: of how many
 *
 * Of a thousand, at least one: chance draws about @sample, more or less by its square root. */
int
way_pulse_share_for (guint sample, guint people)
{
  if (people == 0 || sample >= people)
    return 1000;
  return (int) CLAMP (((guint64) sample * 1000 + people - 1) / people, 1, 1000);
}

/* way_pulse_judge_share:
 * @yes: of them
 * @n: who answered
 * @low: (out), @high: (out): between 0 and 1
 *
 * Between which shares of all who might have answered the true one lies, 19 times of 20: the
 * score interval of E. B. Wilson, “Probable inference, the law of succession, and statistical
 * inference”, Journal of the American Statistical Association 22 (1927), 209–212. */
void
way_pulse_judge_share (guint yes, guint n, double *low, double *high)
{
  const double z = 1.959963984540054;
  double p, middle, half, scale;

  g_return_if_fail (low != NULL && high != NULL && yes <= n);

  *low = 0;
  *high = 1;
  if (n == 0)
    return;
  p = (double) yes / n;
  scale = 1 + z * z / n;
  middle = (p + z * z / (2.0 * n)) / scale;
  half = z * sqrt (p * (1 - p) / n + z * z / (4.0 * n * n)) / scale;
  *low = yes == 0 ? 0 : MAX (0, middle - half);
  *high = yes == n ? 1 : MIN (1, middle + half);
}
