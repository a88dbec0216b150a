/* way-binding.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/way-store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

/* The files of one store. */
static const char *const ENDINGS[] = { "", "-wal", "-shm" };

static gboolean
fail_shared (const char *path, const char *why, GError **error)
{
  g_set_error (error, WAY_DB_ERROR, WAY_DB_ERROR_OPEN, "%s is %s: nothing is kept there", path,
               why);
  return FALSE;
}

static gboolean
is_ours (uid_t owner)
{
  return geteuid () == 0 || owner == geteuid ();
}

/* way_binding_check:
 * @path: of a device store, there or not
 *
 * Whether what is kept there is for this account alone: no file that another account has laid out
 * beforehand, no other name of a file or way to one, no folder in which anybody may put another
 * file in its place. Nothing is changed: it need not be a store. */
gboolean
way_binding_check (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  struct stat about;

  if (stat (folder, &about) == 0
      && ((!is_ours (about.st_uid) && about.st_uid != 0)
          || ((about.st_mode & S_IWOTH) != 0 && (about.st_mode & S_ISVTX) == 0)))
    return fail_shared (folder, "a folder that others may change", error);
  for (guint i = 0; i < G_N_ELEMENTS (ENDINGS); i++)
    {
      g_autofree char *name = g_strconcat (path, ENDINGS[i], NULL);

      if (lstat (name, &about) != 0)
        continue;
      if (!S_ISREG (about.st_mode) || about.st_nlink != 1)
        return fail_shared (name, "a link, or no file", error);
      if (!is_ours (about.st_uid))
        return fail_shared (name, "a file of somebody else", error);
    }
  return TRUE;
}

/* way_binding_is_database:
 *
 * Whether a file is one of SQLite, or an empty one that may become it: no other gets a lock
 * beside it. */
gboolean
way_binding_is_database (const char *path)
{
  static const char first[] = "SQLite format 3";
  char head[sizeof first];
  int file = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  ssize_t n = file >= 0 ? read (file, head, sizeof head) : -1;

  if (file >= 0)
    close (file);
  return n == 0 || (n == sizeof head && memcmp (head, first, sizeof head) == 0);
}

/* way_binding_close:
 *
 * Closes a store to other accounts, whatever they could read of it before: once it is known to
 * be a store, for what is somebody's letter stays as it is. */
gboolean
way_binding_close (const char *path, GError **error)
{
  struct stat about;

  for (guint i = 0; i < G_N_ELEMENTS (ENDINGS); i++)
    {
      g_autofree char *name = g_strconcat (path, ENDINGS[i], NULL);

      if (lstat (name, &about) == 0 && (about.st_mode & 077) != 0 && chmod (name, 0600) != 0)
        return fail_shared (name, "a file that others may read", error);
    }
  return TRUE;
}

/* way_binding_lock:
 *
 * Takes a device store for this process, by a lock that ends with the process. −1 with
 * WAY_STORE_ERROR_LOCKED when another has it. */
int
way_binding_lock (const char *path, GError **error)
{
  g_autofree char *name = g_strconcat (path, ".lock", NULL);
  int lock = open (name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (lock < 0)
    {
      int number = errno;

      g_set_error (error, WAY_DB_ERROR,
                   number == ENOSPC || number == EDQUOT ? WAY_DB_ERROR_FULL : WAY_DB_ERROR_OPEN,
                   "%s cannot be made: %s", name, g_strerror (number));
      return -1;
    }
  if (flock (lock, LOCK_EX | LOCK_NB) == 0)
    return lock;
  close (lock);
  g_set_error (error, WAY_STORE_ERROR, WAY_STORE_ERROR_LOCKED,
               "Waymark is open on %s: close its window first", path);
  return -1;
}

/* way_binding_unlock:
 *
 * Lets others have the store. The lock file stays: removing it would let two processes
 * lock two files of one name. */
void
way_binding_unlock (int lock)
{
  if (lock >= 0)
    close (lock);
}

static char *
get_machine (void)
{
  static const char *const files[] = { "/etc/machine-id", "/var/lib/dbus/machine-id" };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *text = NULL;

      if (g_file_get_contents (files[i], &text, NULL, NULL) && *g_strstrip (text) != '\0')
        return g_steal_pointer (&text);
    }
  return g_strdup (g_get_host_name ());
}

/* way_binding_describe:
 *
 * Says which machine and which file this is, so that a copy of a store, on whatever way
 * it came about, is known as a copy. NULL when the file cannot be asked.
 *
 * Returns: (transfer full) (nullable) */
char *
way_binding_describe (const char *path)
{
  g_autofree char *machine = get_machine ();
  g_autofree char *text = NULL;
  struct statx buffer;

  if (statx (AT_FDCWD, path, 0, STATX_INO | STATX_BTIME, &buffer) != 0)
    return NULL;
  text = g_strdup_printf ("%s %u:%u %llu %lld.%09u", machine, buffer.stx_dev_major,
                          buffer.stx_dev_minor, (unsigned long long) buffer.stx_ino,
                          (buffer.stx_mask & STATX_BTIME) ? (long long) buffer.stx_btime.tv_sec : 0,
                          (buffer.stx_mask & STATX_BTIME) ? buffer.stx_btime.tv_nsec : 0);
  /* The machine's own name for itself is not to be given away. */
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

static gboolean
is_remote (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info = NULL;

  info = g_file_query_filesystem_info (file, G_FILE_ATTRIBUTE_FILESYSTEM_REMOTE, NULL, NULL);
  return info != NULL
         && g_file_info_get_attribute_boolean (info, G_FILE_ATTRIBUTE_FILESYSTEM_REMOTE);
}

/* way_store_dup_local_path:
 * @path: where a store was refused
 *
 * Where it can be kept instead: the user's data folder, or a folder of theirs on this
 * machine when that one is refused too.
 *
 * Returns: (transfer full): a path */
char *
way_store_dup_local_path (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *whole = g_canonicalize_filename (path, NULL);
  g_autofree char *data = g_build_filename (g_get_user_data_dir (), "waymark", NULL);
  g_autofree char *folder = NULL;

  if (!g_str_has_prefix (whole, data) && !is_remote (g_get_user_data_dir ()))
    return g_build_filename (data, name, NULL);
  folder = g_strdup_printf ("/var/tmp/waymark-%u", (guint) getuid ());
  return g_build_filename (folder, name, NULL);
}
