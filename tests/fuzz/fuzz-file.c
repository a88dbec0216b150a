/* fuzz-file.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include <sys/mman.h>
#include <unistd.h>

/**
 * fuzz_file:
 *
 * Puts the bytes where a reader finds them by a path, without a disk.
 *
 * Returns: the path, valid until the next call
 */
const char *
fuzz_file (const guint8 *data, size_t size)
{
  static int fd = -1;
  static char path[64];

  if (fd < 0)
    {
      fd = memfd_create ("fuzz", MFD_CLOEXEC);
      g_assert_cmpint (fd, >=, 0);
      g_snprintf (path, sizeof path, "/proc/self/fd/%d", fd);
    }
  g_assert_cmpint (ftruncate (fd, 0), ==, 0);
  g_assert_cmpint (pwrite (fd, data, size, 0), ==, (gssize) size);

  return path;
}
