/* way-erasure-ledger.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/way-erasure-private.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* Who was erased, kept outside of the database, so that an old backup does not bring them
 * back. A line for each, only ever added to:
 *
 *   erased 1 AT WHAT TARGET ERASURE REASON
 *
 * with the time in microseconds and no name of anybody. */

static gboolean
fail (GError **error, const char *path, const char *what)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "The ledger %s cannot be %s: %s",
               path, what, g_strerror (errno));
  return FALSE;
}

static gboolean
write_all (int file, const char *text, gsize length)
{
  while (length > 0)
    {
      gssize n = write (file, text, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      text += n;
      length -= n;
    }
  return TRUE;
}

/* A line that was cut off in the writing is closed, so that the next stands by itself. */
static gboolean
end_last_line (int file)
{
  char last = '\n';
  off_t size = lseek (file, 0, SEEK_END);

  return size >= 0 && (size == 0 || pread (file, &last, 1, size - 1) == 1)
         && (last == '\n' || write_all (file, "\n", 1));
}

/* way_ledger_append:
 *
 * Adds a line. It is on the disk when this returns TRUE. */
gboolean
way_ledger_append (const char *path, const WayErasure *erasure, GError **error)
{
  g_autofree char *line = NULL;
  gboolean is_done;
  int file;

  file = open (path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0)
    return fail (error, path, "opened");
  line = g_strdup_printf ("erased 1 %" G_GINT64_FORMAT " %s %s %s %s\n", erasure->at, erasure->what,
                          erasure->target, erasure->id, erasure->reason);
  is_done = flock (file, LOCK_EX) == 0 && end_last_line (file)
            && write_all (file, line, strlen (line)) && fsync (file) == 0;
  if (!is_done)
    fail (error, path, "written");
  if (close (file) != 0 && is_done)
    return fail (error, path, "written");
  return is_done;
}

static gboolean
is_word (const char *word)
{
  return g_regex_match_simple ("^[A-Za-z0-9._:-]{1,64}$", word, 0, 0);
}

static WayErasure *
read_line (const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  WayErasure *erasure;

  if (g_strv_length (words) != 7 || !g_str_equal (words[0], "erased")
      || !g_str_equal (words[1], "1") || !g_regex_match_simple ("^[0-9]{1,18}$", words[2], 0, 0)
      || !(g_str_equal (words[3], "person") || g_str_equal (words[3], "event"))
      || !is_word (words[4]) || !is_word (words[5]) || !is_word (words[6]))
    return NULL;
  erasure = g_new0 (WayErasure, 1);
  erasure->at = g_ascii_strtoll (words[2], NULL, 10);
  erasure->what = g_strdup (words[3]);
  erasure->target = g_strdup (words[4]);
  erasure->id = g_strdup (words[5]);
  erasure->reason = g_strdup (words[6]);
  return erasure;
}

static gboolean
is_cut_off (const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);

  return g_str_has_prefix ("erased 1 ", line)
         || (g_str_has_prefix (line, "erased 1 ") && g_strv_length (words) < 7);
}

/* way_ledger_read:
 *
 * Every line, in order: (element-type WayErasure). What was cut off in the writing was not
 * carried out, and is passed over; any other line that cannot be read is an error.
 *
 * Returns: (transfer full) (nullable): NULL with @error set */
GPtrArray *
way_ledger_read (const char *path, GError **error)
{
  g_autoptr (GPtrArray)
      erasures = g_ptr_array_new_with_free_func ((GDestroyNotify) way_erasure_free);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  if (memchr (text, '\0', length) != NULL || !g_utf8_validate (text, length, NULL))
    {
      g_set_error (error, WAY_STORE_ERROR, WAY_STORE_ERROR_WRONG, "%s is no ledger of erasures",
                   path);
      return NULL;
    }
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      WayErasure *erasure = read_line (lines[i]);

      if (erasure != NULL)
        g_ptr_array_add (erasures, erasure);
      else if (!is_cut_off (lines[i]))
        {
          g_set_error (error, WAY_STORE_ERROR, WAY_STORE_ERROR_WRONG,
                       "%s:%u: this is not as Waymark writes it", path, i + 1);
          return NULL;
        }
    }
  return g_steal_pointer (&erasures);
}

/* way_erasure_update_ledger:
 * @erasures: (element-type WayErasure): as the trust lists them
 *
 * Adds what the ledger lacks. */
gboolean
way_erasure_update_ledger (GPtrArray *erasures, const char *ledger, GError **error)
{
  g_autoptr (GPtrArray) known = NULL;
  g_autoptr (GHashTable) targets = g_hash_table_new (g_str_hash, g_str_equal);

  g_return_val_if_fail (erasures != NULL && ledger != NULL, FALSE);

  if (g_file_test (ledger, G_FILE_TEST_EXISTS))
    {
      known = way_ledger_read (ledger, error);
      if (known == NULL)
        return FALSE;
      for (guint i = 0; i < known->len; i++)
        g_hash_table_add (targets, ((WayErasure *) known->pdata[i])->target);
    }
  for (guint i = 0; i < erasures->len; i++)
    {
      WayErasure *erasure = erasures->pdata[i];

      if (!g_hash_table_contains (targets, erasure->target)
          && !way_ledger_append (ledger, erasure, error))
        return FALSE;
    }
  return TRUE;
}
