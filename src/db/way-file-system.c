/* way-file-system.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "db/way-db-private.h"

#include <gio/gunixmounts.h>
#include <sys/vfs.h>

#define FUSE_MAGIC 0x65735546
#define TMPFS_MAGIC 0x01021994
#define RAMFS_MAGIC 0x858458f6

/* File systems whose locks or shared memory do not reach every machine that has the
 * file open. SQLite over them loses data without a word. */
static const struct
{
  guint32 magic;
  const char *type;
} networks[] = {
  { 0x00006969, "nfs" },      { 0x0000517b, "smb" },    { 0xff534d42, "cifs" },
  { 0xfe534d42, "smb2" },     { 0x0000564c, "ncp" },    { 0x01021997, "9p" },
  { 0x5346414f, "afs" },      { 0x6b414653, "afs" },    { 0x73757245, "coda" },
  { 0x00c36400, "ceph" },     { 0x786f4256, "vboxsf" }, { 0xbacbacbc, "vmhgfs" },
  { 0x01161970, "gfs2" },     { 0x7461636f, "ocfs2" },  { 0x0bd00bd0, "lustre" },
  { 0x20030528, "orangefs" }, { 0x47504653, "gpfs" },   { 0x19830326, "fhgfs" },
};

/* What runs over FUSE and yet lies on a disk of this machine. Everything else over FUSE
 * (sshfs, rclone, gvfsd, cloud drives) counts as a network. */
static const char *const local_fuse[] = {
  "fuseblk",   "fuse.gocryptfs",      "fuse.encfs",  "fuse.cryfs",
  "fuse.ntfs", "fuse.fuse-overlayfs", "fuse.lazyfs", NULL,
};

static gboolean
ask_system (const char *path, guint32 *magic, char **type)
{
  struct statfs buffer;

  if (statfs (path, &buffer) != 0)
    return FALSE;
  *magic = (guint32) buffer.f_type;
  if (*magic == FUSE_MAGIC)
    {
      GUnixMountEntry *mount = g_unix_mount_for (path, NULL);

      if (mount != NULL)
        {
          *type = g_strdup (g_unix_mount_get_fs_type (mount));
          g_unix_mount_free (mount);
        }
    }
  return TRUE;
}

static WayStatfs ask = ask_system;

/* What does not exist yet is judged by the nearest folder above that does. */
static gboolean
ask_nearest (const char *path, guint32 *magic, char **type)
{
  g_autofree char *nearest = g_canonicalize_filename (path, NULL);
  g_autofree char *found = NULL;

  while (!ask (nearest, magic, &found))
    {
      g_autofree char *above = g_path_get_dirname (nearest);

      if (g_str_equal (above, nearest))
        return FALSE;
      g_free (nearest);
      nearest = g_steal_pointer (&above);
    }
  if (type != NULL)
    *type = g_steal_pointer (&found);
  return TRUE;
}

/* way_file_system_is_network:
 * @path: a file, or where a file will be
 * @type: (out) (optional): the type of file system, for the message
 *
 * Whether SQLite would be unsafe there. */
gboolean
way_file_system_is_network (const char *path, char **type)
{
  g_autofree char *found = NULL;
  guint32 magic = 0;

  if (!ask_nearest (path, &magic, &found))
    return FALSE;
  if (magic == FUSE_MAGIC)
    {
      if (found != NULL && g_strv_contains (local_fuse, found))
        return FALSE;
      if (type != NULL)
        *type = g_strdup (found != NULL ? found : "fuse");
      return TRUE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (networks); i++)
    if (networks[i].magic == magic)
      {
        if (type != NULL)
          *type = g_strdup (networks[i].type);
        return TRUE;
      }
  return FALSE;
}

/* way_db_is_fleeting:
 * @path: a file, or where a file will be
 *
 * Whether what lies there is in memory alone, and gone when the machine is. */
gboolean
way_db_is_fleeting (const char *path)
{
  guint32 magic = 0;

  return ask_nearest (path, &magic, NULL) && (magic == TMPFS_MAGIC || magic == RAMFS_MAGIC);
}

/* way_db_set_statfs_for_tests:
 * @func: (nullable): what to ask instead of the system
 *
 * Lets a test stand on any file system. */
void
way_db_set_statfs_for_tests (WayStatfs func)
{
  ask = func != NULL ? func : ask_system;
}
