/* way-fault-shim.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Both names of what has two are defined here. */
#undef _FILE_OFFSET_BITS

#include "way-fault-shim.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

/* Preloaded into a program: stands between it and the C library where the disk and the
 * clock are asked, and does what the mapped file says. A power cut is a kill after which
 * the files are as the disk may have had them: every write since the last sync of its file
 * is remembered with what was there before, and taken back. That a file exists, and under
 * which name, counts as kept. */

typedef struct _Undo
{
  struct _Undo *next; /* the one before it */
  dev_t device;
  ino_t inode;
  char path[PATH_MAX];
  off_t offset;
  off_t size_before; /* of the file */
  char *before;      /* what was there, as far as the file went */
  size_t n_before;
  char *after; /* (nullable): NULL for a change of length */
  size_t n_after;
  off_t size_after;
} Undo;

static WayFaultShim *shim; /* (nullable) */
static Undo *undos;
static int is_over; /* what is written now is written by the cut itself */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

#define NEXT(name) ((__typeof__ (&name)) dlsym (RTLD_NEXT, #name))

__attribute__ ((constructor)) static void
begin (void)
{
  const char *path = getenv ("WAY_FAULT_SHIM");
  int fd = path != NULL ? open (path, O_RDWR | O_CLOEXEC) : -1;
  void *map;

  if (fd < 0)
    return;
  map = mmap (NULL, sizeof *shim, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  close (fd);
  if (map != MAP_FAILED)
    shim = map;
}

static int
is_meant (int fd, char *path)
{
  char name[64];
  ssize_t length;
  int number = errno;

  if (shim == NULL || is_over || shim->prefix[0] == '\0')
    return 0;
  snprintf (name, sizeof name, "/proc/self/fd/%d", fd);
  length = readlink (name, path, PATH_MAX - 1);
  errno = number;
  if (length < 0)
    return 0;
  path[length] = '\0';
  return strncmp (path, shim->prefix, strlen (shim->prefix)) == 0;
}

/* The shared memory of SQLite's log is made anew after a cut. */
static int
is_kept (const char *path)
{
  size_t length = strlen (path);

  return length < 4 || strcmp (path + length - 4, "-shm") != 0;
}

static uint32_t
next_random (void)
{
  shim->seed = shim->seed * 1664525u + 1013904223u;
  return shim->seed >> 16;
}

static void
put (int fd, const char *bytes, size_t n, off_t offset)
{
  while (n > 0)
    {
      ssize_t done = NEXT (pwrite64) (fd, bytes, n, offset);

      if (done <= 0)
        return;
      bytes += done;
      n -= (size_t) done;
      offset += done;
    }
}

static void
redo (int fd, const Undo *undo, int action)
{
  if (undo->after == NULL)
    {
      if (next_random () & 1)
        ftruncate64 (fd, undo->size_after);
      return;
    }
  if (action == WAY_SHIM_REORDER)
    {
      if (next_random () & 1)
        put (fd, undo->after, undo->n_after, undo->offset);
      return;
    }
  for (size_t from = 0; from < undo->n_after;)
    {
      size_t n = 512 - (size_t) ((undo->offset + (off_t) from) % 512);

      if (n > undo->n_after - from)
        n = undo->n_after - from;
      if (next_random () & 1)
        put (fd, undo->after + from, n, undo->offset + (off_t) from);
      from += n;
    }
}

/* First all is as it was synced; then some of what came later is there after all. */
static void
lose (int action)
{
  Undo *forward = NULL;

  is_over = 1;
  for (Undo *undo = undos, *next; undo != NULL; undo = next)
    {
      int fd = open (undo->path, O_RDWR | O_CLOEXEC);

      next = undo->next;
      undo->next = forward;
      forward = undo;
      if (fd < 0)
        continue;
      put (fd, undo->before, undo->n_before, undo->offset);
      if (ftruncate64 (fd, undo->size_before) != 0)
        abort ();
      close (fd);
    }
  for (Undo *undo = forward; undo != NULL && action != WAY_SHIM_LOSE; undo = undo->next)
    {
      int fd = open (undo->path, O_RDWR | O_CLOEXEC);

      if (fd < 0)
        continue;
      redo (fd, undo, action);
      close (fd);
    }
}

static void
end (void)
{
  kill (getpid (), SIGKILL);
  for (;;)
    pause ();
}

/* Counts it, and says whether it goes wrong: then errno is set. */
static int
goes_wrong (int op)
{
  int64_t number;

  if (!(shim->ops & op))
    return 0;
  number = __atomic_add_fetch (&shim->n_ops, 1, __ATOMIC_SEQ_CST);
  if (shim->at == 0 || number < shim->at || number >= shim->at + shim->n_wrong)
    return 0;
  switch (shim->action)
    {
    case WAY_SHIM_KILL:
      end ();
      break;
    case WAY_SHIM_FAIL:
      errno = shim->error;
      return 1;
    case WAY_SHIM_LOSE:
    case WAY_SHIM_REORDER:
    case WAY_SHIM_TEAR:
      lose (shim->action);
      end ();
      break;
    default:
      break;
    }
  return 0;
}

static int
is_cut (void)
{
  return shim->action >= WAY_SHIM_LOSE;
}

static Undo *
remember (int fd, const char *path, off_t offset, size_t n)
{
  Undo *undo;
  struct stat status;

  if (!is_cut () || !is_kept (path) || fstat (fd, &status) != 0)
    return NULL;
  undo = calloc (1, sizeof *undo);
  if (undo == NULL)
    abort ();
  undo->device = status.st_dev;
  undo->inode = status.st_ino;
  snprintf (undo->path, sizeof undo->path, "%s", path);
  undo->offset = offset;
  undo->size_before = status.st_size;
  if (offset < status.st_size)
    {
      undo->n_before = (size_t) (status.st_size - offset);
      if (undo->n_before > n)
        undo->n_before = n;
      undo->before = malloc (undo->n_before);
      if (undo->before == NULL || pread (fd, undo->before, undo->n_before, offset) < 0)
        abort ();
    }
  undo->next = undos;
  undos = undo;
  return undo;
}

static void
forget (int fd)
{
  struct stat status;
  Undo **place = &undos;

  if (fstat (fd, &status) != 0)
    return;
  while (*place != NULL)
    {
      Undo *undo = *place;

      if (undo->device != status.st_dev || undo->inode != status.st_ino)
        {
          place = &undo->next;
          continue;
        }
      *place = undo->next;
      free (undo->before);
      free (undo->after);
      free (undo);
    }
}

/* Whether it may go on; what will be written is remembered. */
static int
check_write (int fd, const void *bytes, size_t n, off_t offset)
{
  char path[PATH_MAX];
  struct stat status;
  Undo *undo;
  int may = 1;

  if (!is_meant (fd, path))
    return 1;
  pthread_mutex_lock (&lock);
  if (goes_wrong (WAY_SHIM_WRITE))
    {
      may = 0;
    }
  else if (shim->is_full && fstat (fd, &status) == 0 && S_ISREG (status.st_mode)
           && offset + (off_t) n > status.st_size)
    {
      errno = ENOSPC;
      may = 0;
    }
  else
    {
      undo = remember (fd, path, offset, n);
      if (undo != NULL)
        {
          undo->after = malloc (n + 1);
          if (undo->after == NULL)
            abort ();
          memcpy (undo->after, bytes, n);
          undo->n_after = n;
        }
    }
  pthread_mutex_unlock (&lock);
  return may;
}

static int
check_length (int fd, off_t length)
{
  char path[PATH_MAX];
  struct stat status;
  Undo *undo;
  int may = 1;

  if (!is_meant (fd, path))
    return 1;
  pthread_mutex_lock (&lock);
  if (goes_wrong (WAY_SHIM_TRUNCATE))
    {
      may = 0;
    }
  else if (shim->is_full && fstat (fd, &status) == 0 && length > status.st_size)
    {
      errno = ENOSPC;
      may = 0;
    }
  else
    {
      undo = remember (fd, path, length, SIZE_MAX);
      if (undo != NULL)
        undo->size_after = length;
    }
  pthread_mutex_unlock (&lock);
  return may;
}

static int
check_sync (int fd)
{
  char path[PATH_MAX];
  struct timespec delay;
  int may;

  if (!is_meant (fd, path))
    return 1;
  delay.tv_sec = shim->sync_delay_ms / 1000;
  delay.tv_nsec = shim->sync_delay_ms % 1000 * 1000000L;
  if (shim->sync_delay_ms > 0)
    nanosleep (&delay, NULL);
  pthread_mutex_lock (&lock);
  may = !goes_wrong (WAY_SHIM_SYNC);
  if (may)
    forget (fd);
  pthread_mutex_unlock (&lock);
  return may;
}

ssize_t
pwrite64 (int fd, const void *bytes, size_t n, off64_t offset)
{
  return check_write (fd, bytes, n, offset) ? NEXT (pwrite64) (fd, bytes, n, offset) : -1;
}

ssize_t
pwrite (int fd, const void *bytes, size_t n, off_t offset)
{
  return check_write (fd, bytes, n, offset) ? NEXT (pwrite) (fd, bytes, n, offset) : -1;
}

ssize_t
write (int fd, const void *bytes, size_t n)
{
  off_t offset = lseek (fd, 0, SEEK_CUR);

  return check_write (fd, bytes, n, offset < 0 ? 0 : offset) ? NEXT (write) (fd, bytes, n) : -1;
}

ssize_t
pwritev (int fd, const struct iovec *parts, int n_parts, off_t offset)
{
  size_t n = 0;

  for (int i = 0; i < n_parts; i++)
    n += parts[i].iov_len;
  /* A server's writes are only refused, never taken back. */
  return check_write (fd, parts[0].iov_base, is_cut () ? 0 : n, offset)
             ? NEXT (pwritev) (fd, parts, n_parts, offset)
             : -1;
}

ssize_t
pwritev64 (int fd, const struct iovec *parts, int n_parts, off64_t offset)
{
  return pwritev (fd, parts, n_parts, offset);
}

int
ftruncate64 (int fd, off64_t length)
{
  return check_length (fd, length) ? NEXT (ftruncate64) (fd, length) : -1;
}

int
ftruncate (int fd, off_t length)
{
  return check_length (fd, length) ? NEXT (ftruncate) (fd, length) : -1;
}

int
posix_fallocate (int fd, off_t offset, off_t length)
{
  return check_length (fd, offset + length) ? NEXT (posix_fallocate) (fd, offset, length) : errno;
}

int
posix_fallocate64 (int fd, off64_t offset, off64_t length)
{
  return check_length (fd, offset + length) ? NEXT (posix_fallocate64) (fd, offset, length) : errno;
}

int
fsync (int fd)
{
  return check_sync (fd) ? NEXT (fsync) (fd) : -1;
}

int
fdatasync (int fd)
{
  return check_sync (fd) ? NEXT (fdatasync) (fd) : -1;
}

/* The file and its folder: what is not made yet is judged by where it will be. */
static int
is_about (const char *path)
{
  size_t length = strlen (path);

  if (shim == NULL || shim->file_system == 0)
    return 0;
  return strncmp (path, shim->prefix, strlen (shim->prefix)) == 0
         || (strncmp (path, shim->prefix, length) == 0 && shim->prefix[length] == '/');
}

int
statfs (const char *path, struct statfs *buffer)
{
  int status = NEXT (statfs) (path, buffer);

  if (status == 0 && is_about (path))
    buffer->f_type = shim->file_system;
  return status;
}

int
statfs64 (const char *path, struct statfs64 *buffer)
{
  int status = NEXT (statfs64) (path, buffer);

  if (status == 0 && is_about (path))
    buffer->f_type = shim->file_system;
  return status;
}

int
clock_gettime (clockid_t clock, struct timespec *time)
{
  static __typeof__ (&clock_gettime) next;
  int status;

  if (next == NULL)
    next = NEXT (clock_gettime);
  status = next (clock, time);
  if (status == 0 && shim != NULL && shim->clock_offset != 0
      && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
    {
      int64_t nanoseconds = time->tv_nsec + shim->clock_offset % 1000000 * 1000;

      time->tv_sec += shim->clock_offset / 1000000;
      if (nanoseconds < 0)
        {
          nanoseconds += 1000000000;
          time->tv_sec--;
        }
      else if (nanoseconds >= 1000000000)
        {
          nanoseconds -= 1000000000;
          time->tv_sec++;
        }
      time->tv_nsec = nanoseconds;
    }
  return status;
}

int
gettimeofday (struct timeval *restrict time, void *restrict zone)
{
  struct timespec now;

  if (clock_gettime (CLOCK_REALTIME, &now) != 0)
    return -1;
  time->tv_sec = now.tv_sec;
  time->tv_usec = now.tv_nsec / 1000;
  return 0;
}

time_t
time (time_t *place)
{
  struct timespec now;

  clock_gettime (CLOCK_REALTIME, &now);
  if (place != NULL)
    *place = now.tv_sec;
  return now.tv_sec;
}
