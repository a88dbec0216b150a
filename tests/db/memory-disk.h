/* memory-disk.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Disks for SQLite that lie in memory: one for each database, with its log. They know what
 * was synced, so that a power cut can lose the rest, and they fail when they are told to.
 * The file of a database's name is there too, empty, for whoever asks which file it is.
 * One thread. */
typedef enum
{
  DISK_WELL,
  DISK_FAILS,       /* one write or sync fails */
  DISK_FULL,        /* no write finds room until it is mended */
  DISK_STOPS,       /* the program is killed: what it had written stays */
  DISK_LOSES_POWER, /* what was not synced stays, or goes, or is torn, sector by sector */
} DiskFault;

/* What lay on a disk at a moment. */
typedef struct _DiskImage DiskImage;

void memory_disk_install (void);
void memory_disk_uninstall (void); /* frees every disk */
void memory_disk_remove (const char *path);
/* As it is now; rand: (nullable) or as it is after a power cut now. */
DiskImage *memory_disk_copy (const char *path, GRand *rand);
void memory_disk_put (const char *path, const DiskImage *image); /* closed */
DiskImage *disk_image_copy (const DiskImage *self);
void disk_image_free (DiskImage *self);
/* The fault strikes at the n-th write or sync from now, counted from 0. */
void memory_disk_break (const char *path, DiskFault fault, guint n, GRand *rand);
/* Whether it has struck; crashed: (out) (optional) (nullable) what a crash left. */
gboolean memory_disk_mend (const char *path, DiskImage **crashed);
/* A crash has struck: nothing that goes on is real. */
gboolean memory_disk_is_down (const char *path);
/* Every byte that lies there. */
typedef void (*DiskBytesFunc) (const guint8 *bytes, gsize length, gpointer user_data);
void memory_disk_look (const char *path, DiskBytesFunc func, gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiskImage, disk_image_free)

G_END_DECLS
