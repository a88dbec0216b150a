/* way-shim.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "way-shim.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* way_shim_new:
 * @path: a file that is made for it
 * @prefix: how the paths of the files begin that are meant
 *
 * What is to go wrong; nothing yet. */
WayFaultShim *
way_shim_new (const char *path, const char *prefix)
{
  int fd = open (path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  WayFaultShim *self;

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (ftruncate (fd, sizeof *self), ==, 0);
  self = mmap (NULL, sizeof *self, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  g_assert_true (self != MAP_FAILED);
  close (fd);
  g_strlcpy (self->prefix, prefix, sizeof self->prefix);
  return self;
}

void
way_shim_free (WayFaultShim *self)
{
  munmap (self, sizeof *self);
}

/* way_shim_set:
 *
 * Counts anew, with the @at-th going wrong, and @n_wrong from there on. A cut takes the
 * prefix away from what is killed, so it is not kept from one program to the next. */
void
way_shim_set (
    WayFaultShim *self, WayShimOps ops, WayShimAction action, gint64 at, gint64 n_wrong, int error)
{
  self->n_ops = 0;
  self->ops = ops;
  self->action = action;
  self->at = at;
  self->n_wrong = n_wrong;
  self->error = error;
  self->seed = (guint32) at * 2654435761u + 1;
}

/* The address sanitizer must be the first library of all. */
static char *
find_sanitizer (void)
{
  g_autofree char *maps = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents ("/proc/self/maps", &maps, NULL, NULL))
    return NULL;
  lines = g_strsplit (maps, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *path = strchr (lines[i], '/');

      if (path != NULL && strstr (path, "/libasan.so") != NULL)
        return g_strdup (path);
    }
  return NULL;
}

/* way_shim_dup_preload:
 *
 * What LD_PRELOAD must be. */
char *
way_shim_dup_preload (void)
{
  const char *library = g_getenv ("WAY_FAULT_SHIM_LIBRARY");
  g_autofree char *sanitizer = find_sanitizer ();

  g_assert_nonnull (library);
  return sanitizer != NULL ? g_strconcat (sanitizer, ":", library, NULL) : g_strdup (library);
}

/* way_shim_preload:
 *
 * What is started by @launcher goes wrong as @path says. */
void
way_shim_preload (GSubprocessLauncher *launcher, const char *path)
{
  g_autofree char *preload = way_shim_dup_preload ();

  g_subprocess_launcher_setenv (launcher, "LD_PRELOAD", preload, TRUE);
  g_subprocess_launcher_setenv (launcher, "WAY_FAULT_SHIM", path, TRUE);
}
