/* way-lease.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/way-lease.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "store/way-log.h"

#define DAY (G_GINT64_CONSTANT (24) * 60 * 60 * G_USEC_PER_SEC)
#define MOST_DAYS 90

/* way_lease_advance:
 * @kept: (nullable): what this gave last; NULL for none: the time begins
 * @age: (out): how long the trust was not met, µs; G_MAXINT64 when the clocks do not say
 *
 * The longer of what the two clocks say has passed counts. Set back, the wall clock says
 * nothing; and when the machine was started anew meanwhile, neither does the other: then it
 * may have been any time, and it is over. Pure.
 *
 * Returns: (transfer full): what to keep */
char *
way_lease_advance (const char *kept, const WayMoment *now, gint64 *age)
{
  g_auto (GStrv) parts = g_strsplit (kept != NULL ? kept : "", " ", 4);
  gint64 before = 0, wall = 0, since = 0;

  *age = 0;
  if (kept != NULL && g_strv_length (parts) == 4
      && g_ascii_string_to_signed (parts[0], 10, 0, G_MAXINT64, &before, NULL)
      && g_ascii_string_to_signed (parts[1], 10, 0, G_MAXINT64, &wall, NULL)
      && g_ascii_string_to_signed (parts[3], 10, 0, G_MAXINT64, &since, NULL))
    {
      gboolean is_same_boot = g_str_equal (parts[2], now->boot) && now->since >= since;
      gint64 passed = MAX (0, now->wall - wall);

      if (is_same_boot)
        passed = MAX (passed, now->since - since);
      if ((!is_same_boot && now->wall < wall - DAY) || before > G_MAXINT64 - passed)
        *age = G_MAXINT64;
      else
        *age = before + passed;
    }
  else if (kept != NULL)
    *age = G_MAXINT64;
  return g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s %" G_GINT64_FORMAT, *age,
                          now->wall, now->boot, now->since);
}

static WayMoment
get_now (void)
{
  WayMoment now = { .wall = MAX (0, g_get_real_time ()) };
  struct timespec time;

  if (!g_file_get_contents ("/proc/sys/kernel/random/boot_id", &now.boot, NULL, NULL))
    now.boot = g_strdup ("-");
  g_strdelimit (g_strstrip (now.boot), " \n", '-');
  if (clock_gettime (CLOCK_BOOTTIME, &time) == 0)
    now.since = time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
  return now;
}

static char *
advance (WayStore *device, gboolean is_renewed, gint64 *age, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *kept = way_store_get_meta (device, "lease", &local);
  g_autofree char *boot = NULL;
  WayMoment now;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  now = get_now ();
  boot = now.boot;
  return way_lease_advance (is_renewed ? NULL : kept, &now, age);
}

/* way_lease_is_lent:
 * @scope: as a trust offers it
 *
 * Whether what others wrote to some people alone comes with it: such a scope is for a time, and
 * not for a computer that people share. Pure. */
gboolean
way_lease_is_lent (const char *scope)
{
  g_return_val_if_fail (scope != NULL, FALSE);

  return g_str_has_prefix (scope, "unit:") || g_str_equal (scope, "champions");
}

static gboolean
list_lent (WayStore *device, GPtrArray *scopes, GError **error)
{
  WayStatement *statement;
  gboolean has_row;

  statement = way_db_prepare (way_store_get_db (device), "SELECT scope FROM scope ORDER BY scope",
                              error);
  if (statement == NULL)
    return FALSE;
  for (;;)
    {
      if (!way_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      if (way_lease_is_lent (way_statement_get_text (statement, 0)))
        g_ptr_array_add (scopes, g_strdup (way_statement_get_text (statement, 0)));
    }
  way_statement_reset (statement);
  return TRUE;
}

static gboolean
read_days (WayStore *device, gint64 *days, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *text = NULL;

  text = way_db_dup_text (way_store_get_db (device),
                          "SELECT value FROM setting WHERE key = 'lease_days'", &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (text == NULL || !g_ascii_string_to_signed (text, 10, 1, MOST_DAYS, days, NULL))
    *days = WAY_LEASE_DAYS;
  return TRUE;
}

/* @key is then @value. */
static gboolean
drop (WayStore *device, GPtrArray *scopes, const char *key, const char *value, GError **error)
{
  g_autoptr (WayBatch) batch = way_batch_begin (device, error);

  if (batch == NULL)
    return FALSE;
  for (guint i = 0; i < scopes->len; i++)
    if (!way_batch_purge_scope (batch, scopes->pdata[i], error))
      return FALSE;
  if (!way_store_set_meta (device, "lease", NULL, error)
      || !way_store_set_meta (device, key, value, error) || !way_batch_commit (batch, error))
    return FALSE;
  way_store_scrub (device);
  return TRUE;
}

/* way_lease_renew:
 * @device: a person's store that has just met the trust
 *
 * What is lent stays for its whole time again. */
gboolean
way_lease_renew (WayStore *device, GError **error)
{
  g_autofree char *next = NULL;
  gint64 age;

  g_return_val_if_fail (WAY_IS_STORE (device), FALSE);

  next = advance (device, TRUE, &age, error);
  return next != NULL && way_store_set_meta (device, "lease", next, error)
         && way_store_set_meta (device, "lease_over", NULL, error);
}

/* way_lease_enforce:
 *
 * Lets the time run on to now, and drops what came with lent scopes when the trust
 * was not met for the days of its setting lease_days (1 to 90, else 14). It comes again with
 * the next meeting. */
gboolean
way_lease_enforce (WayStore *device, GError **error)
{
  g_autoptr (GPtrArray) scopes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) local = NULL;
  g_autofree char *next = NULL;
  gint64 age, days;

  g_return_val_if_fail (WAY_IS_STORE (device), FALSE);

  way_store_scrub (device);
  if (!list_lent (device, scopes, error))
    return FALSE;
  if (scopes->len == 0)
    return TRUE;
  next = advance (device, FALSE, &age, error);
  if (next == NULL || !read_days (device, &days, error))
    return FALSE;
  if (age >= days * DAY)
    {
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, days);

      return drop (device, scopes, "lease_over", text, error);
    }
  /* A full disk is no reason to keep somebody from their work. */
  if (!way_store_set_meta (device, "lease", next, &local))
    g_message ("The time of what is lent could not be written: %s", local->message);
  return TRUE;
}

/* way_lease_is_refused:
 * @is_refused: (out): whether nothing that is others' may lie in this file */
gboolean
way_lease_is_refused (WayStore *device, gboolean *is_refused, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (WAY_IS_STORE (device) && is_refused != NULL, FALSE);

  text = way_store_get_meta (device, "lease_refused", &local);
  *is_refused = text != NULL;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* way_lease_refuse:
 * @is_refused: whether several people use this computer
 *
 * Says whether what is others' may lie in this file. What does and may not is overwritten. */
gboolean
way_lease_refuse (WayStore *device, gboolean is_refused, GError **error)
{
  g_autoptr (GPtrArray) scopes = g_ptr_array_new_with_free_func (g_free);
  gboolean was_refused;

  if (!way_lease_is_refused (device, &was_refused, error))
    return FALSE;
  if (was_refused == is_refused)
    return TRUE;
  return (!is_refused || list_lent (device, scopes, error))
         && drop (device, scopes, "lease_refused", is_refused ? "1" : NULL, error);
}

/* way_lease_is_over:
 * @days: (out): after how many
 *
 * Whether what was lent is gone until the trust is met again. */
gboolean
way_lease_is_over (WayStore *device, guint *days, GError **error)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (WAY_IS_STORE (device) && days != NULL, FALSE);

  text = way_store_get_meta (device, "lease_over", error);
  *days = text != NULL ? (guint) strtoul (text, NULL, 10) : 0;
  return *days > 0;
}
