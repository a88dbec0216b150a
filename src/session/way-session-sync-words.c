/* way-session-sync-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-session-private.h"

#include <glib/gi18n-lib.h>

/* What is said of sync: a line that is always in sight, and an answer to who asks for it. */

/* A time of day, with the day before it when that is not today. */
static char *
format_time (gint64 time)
{
  g_autoptr (GDateTime) then = g_date_time_new_from_unix_local (time / G_USEC_PER_SEC);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  gboolean is_today;

  if (then == NULL)
    return g_strdup ("");
  is_today = g_date_time_get_year (then) == g_date_time_get_year (now)
             && g_date_time_get_day_of_year (then) == g_date_time_get_day_of_year (now);
  /* Translators: a time of today; and a time of another day. */
  return g_date_time_format (then, is_today ? _ ("%H:%M") : _ ("%e %b %H:%M"));
}

/* The one line that is always in sight: which of saved, sent and received is true of the
 * newest thing, and since when.
 *
 * Returns: (transfer full) */
char *
way_session_dup_sync_text (WaySession *self)
{
  guint n = way_session_get_n_unsent (self);
  gint64 saved_at = way_session_get_saved_at (self);
  g_autofree char *error = way_session_dup_sync_error (self);
  g_autofree char *when = NULL;

  if (self->person == NULL)
    return g_strdup ("");
  if (saved_at == 0)
    return g_strdup (error != NULL ? _ ("The trust cannot be reached") : _ ("Nothing to send yet"));
  if (n == 0)
    {
      gint64 received_at = way_session_get_received_at (self);

      if (received_at == 0)
        return g_strdup (_ ("Saved here"));
      when = format_time (received_at);
      /* Translators: %s is a time: the trust has everything that was done on this computer. */
      return g_strdup_printf (_ ("Saved and sent. Received %s"), when);
    }
  when = format_time (saved_at);
  if (self->is_syncing)
    /* Translators: %s is a time. */
    return g_strdup_printf (_ ("Saved here %s. Sending"), when);
  if (error != NULL)
    return g_strdup_printf (
        /* Translators: %1$s is a time, %2$u how many things wait to be sent. */
        ngettext ("Saved here %1$s. %2$u waits for the trust",
                  "Saved here %1$s. %2$u wait for the trust", n),
        when, n);
  return g_strdup_printf (
      /* Translators: %1$s is a time, %2$u how many things are to be sent. */
      ngettext ("Saved here %1$s. %2$u to send", "Saved here %1$s. %2$u to send", n), when, n);
}

/**
 * way_session_get_sync_icon_name:
 *
 * Returns: (transfer none): the icon that goes with way_session_dup_sync_text()
 */
const char *
way_session_get_sync_icon_name (WaySession *self)
{
  if (way_session_get_n_unsent (self) > 0)
    return "way-saved-symbolic";
  return way_session_get_received_at (self) > 0 ? "way-received-symbolic" : "way-saved-symbolic";
}

static char *
dup_problem (WaySession *self, const GError *error)
{
  if (error->domain == WAY_DB_ERROR)
    switch (error->code)
      {
      case WAY_DB_ERROR_URI:
      case WAY_DB_ERROR_OPEN:
      case WAY_DB_ERROR_BUSY:
      case WAY_DB_ERROR_UNREACHED:
        break;
      case WAY_DB_ERROR_DENIED:
        return g_strdup (_ ("The trust does not let you in now."));
      default:
        return g_strdup (error->message);
      }
  else if (!g_error_matches (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_UNREACHED))
    return g_strdup (error->message);
  if (!g_network_monitor_get_network_available (self->monitor))
    return g_strdup (_ ("There is no network."));
  return g_strdup (_ ("The trust cannot be reached now."));
}

/**
 * way_session_dup_sync_answer:
 * @error: (nullable): what came of it, where it was tried
 *
 * Returns: (transfer full): what to say to who asked to send and receive now, in one or two
 *   sentences
 */
char *
way_session_dup_sync_answer (WaySession *self, const GError *error)
{
  guint n_unsent = way_session_get_n_unsent (self);
  guint n_apart = way_session_get_n_quarantined (self);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  g_return_val_if_fail (WAY_IS_SESSION (self), NULL);

  /* That the trust is busy says when, and that work is saved. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BUSY))
    return g_strdup (error->message);
  if (error != NULL)
    first = dup_problem (self, error);
  else if (self->is_syncing)
    first = g_strdup (_ ("Sync is under way."));
  else if (n_unsent == 0 && n_apart > 0)
    return g_strdup_printf (ngettext ("The trust has everything, but cannot count %u thing.",
                                      "The trust has everything, but cannot count %u things.",
                                      n_apart),
                            n_apart);
  else if (n_unsent == 0)
    return g_strdup (_ ("The trust has everything."));
  if (n_unsent > 0)
    second = g_strdup_printf (ngettext ("%u thing is saved here and waits to be sent.",
                                        "%u things are saved here and wait to be sent.", n_unsent),
                              n_unsent);
  else if (error != NULL)
    second = g_strdup (_ ("Nothing waits to be sent."));
  if (first == NULL || second == NULL)
    return first != NULL ? g_steal_pointer (&first) : g_steal_pointer (&second);
  /* Translators: what is the matter, then what waits: two sentences. */
  return g_strdup_printf (_ ("%s %s"), first, second);
}
