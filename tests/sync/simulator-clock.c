/* simulator-clock.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "simulator.h"

#include <sys/random.h>
#include <time.h>

/* The names are those of GLib and of the C library: linked into a program they stand
 * before those, so that what is tested reads this clock and draws from this seed. */

static GRand *chance; /* (nullable) not started: what they always are */
static gint64 now;
static gint64 turned;

void
sim_clock_start (guint32 seed, gint64 start)
{
  sim_clock_stop ();
  chance = g_rand_new_with_seed (seed);
  now = start;
  turned = 0;
}

void
sim_clock_stop (void)
{
  g_clear_pointer (&chance, g_rand_free);
}

void
sim_clock_turn (gint64 skew)
{
  turned = skew;
}

void
sim_clock_pass (gint64 microseconds)
{
  now += microseconds;
}

gint64
g_get_real_time (void)
{
  struct timespec real;

  if (chance != NULL)
    return MAX (1, ++now + turned);
  clock_gettime (CLOCK_REALTIME, &real);
  return real.tv_sec * G_USEC_PER_SEC + real.tv_nsec / 1000;
}

ssize_t
getrandom (void *bytes, size_t length, unsigned int flags)
{
  if (chance != NULL)
    for (size_t i = 0; i < length; i++)
      ((guint8 *) bytes)[i] = g_rand_int (chance) >> 8;
  else
    {
      g_autoptr (GRand) other = g_rand_new ();

      for (size_t i = 0; i < length; i++)
        ((guint8 *) bytes)[i] = g_rand_int (other) >> 8;
    }
  return length;
}

char *
g_uuid_string_random (void)
{
  guint8 bytes[16];

  getrandom (bytes, sizeof bytes, 0);
  return g_strdup_printf ("%02x%02x%02x%02x-%02x%02x-4%01x%02x-8%01x%02x-%02x%02x%02x%02x%02x%02x",
                          bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6] & 15,
                          bytes[7], bytes[8] & 15, bytes[9], bytes[10], bytes[11], bytes[12],
                          bytes[13], bytes[14], bytes[15]);
}
