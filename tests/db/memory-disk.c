/* memory-disk.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "memory-disk.h"

#include "db/way-db-private.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#define NAME "memory-disk"
#define SECTOR 512
#define N_SLOTS 8

typedef enum
{
  PART_DATABASE,
  PART_LOG,
  PART_JOURNAL,
  N_PARTS,
} PartType;

static const char *const endings[N_PARTS] = { "", "-wal", "-journal" };

/* A write, or a truncation where there are no bytes, that is not synced yet. */
typedef struct
{
  gint64 offset;
  guint8 *bytes; /* (nullable) */
  gsize length;
} Change;

typedef struct
{
  gboolean exists;
  GByteArray *now;
  GByteArray *synced;
  GArray *changes; /* of Change: what `now` has and `synced` has not */
} Part;

typedef struct
{
  Part parts[N_PARTS];

  /* Who has the database open. */
  int n_open;
  int n_shared;
  int n_reserved;
  int n_exclusive;
  GPtrArray *shared_memory;
  int slots[N_SLOTS]; /* how many read, −1: one writes */

  DiskFault fault;
  guint countdown;
  GRand *rand; /* (unowned) */
  gboolean has_struck;
  DiskImage *crashed;
} Disk;

struct _DiskImage
{
  gboolean exists[N_PARTS];
  GBytes *bytes[N_PARTS];
};

typedef struct
{
  sqlite3_file base;
  Disk *disk;
  PartType type;
  int lock;
  guint shared_slots;
  guint exclusive_slots;
} File;

static GHashTable *disks; /* path → Disk */
static sqlite3_vfs vfs;

static void
change_clear (gpointer data)
{
  g_free (((Change *) data)->bytes);
}

static Disk *
disk_new (void)
{
  Disk *self = g_new0 (Disk, 1);

  for (guint i = 0; i < N_PARTS; i++)
    {
      self->parts[i].now = g_byte_array_new ();
      self->parts[i].synced = g_byte_array_new ();
      self->parts[i].changes = g_array_new (FALSE, FALSE, sizeof (Change));
      g_array_set_clear_func (self->parts[i].changes, change_clear);
    }
  self->shared_memory = g_ptr_array_new_with_free_func (g_free);
  return self;
}

static void
disk_free (gpointer data)
{
  Disk *self = data;

  for (guint i = 0; i < N_PARTS; i++)
    {
      g_byte_array_unref (self->parts[i].now);
      g_byte_array_unref (self->parts[i].synced);
      g_array_unref (self->parts[i].changes);
    }
  g_ptr_array_unref (self->shared_memory);
  g_clear_pointer (&self->crashed, disk_image_free);
  g_free (self);
}

static Disk *
find_disk (const char *path, PartType *type)
{
  g_autofree char *name = g_strdup (path);
  Disk *disk;

  *type = PART_DATABASE;
  for (guint i = 1; i < N_PARTS; i++)
    if (g_str_has_suffix (name, endings[i]))
      {
        *type = i;
        name[strlen (name) - strlen (endings[i])] = '\0';
        break;
      }
  disk = g_hash_table_lookup (disks, name);
  if (disk == NULL)
    {
      disk = disk_new ();
      g_hash_table_insert (disks, g_steal_pointer (&name), disk);
    }
  return disk;
}

static void
apply (GByteArray *bytes, const Change *change)
{
  gsize end = change->offset + change->length;
  guint before = bytes->len;

  if (change->bytes == NULL)
    {
      g_byte_array_set_size (bytes, change->offset);
      if (bytes->len > before)
        memset (bytes->data + before, 0, bytes->len - before);
      return;
    }
  if (bytes->len < end)
    {
      g_byte_array_set_size (bytes, end);
      if (change->offset > before)
        memset (bytes->data + before, 0, change->offset - before);
    }
  memcpy (bytes->data + change->offset, change->bytes, change->length);
}

static void
add_change (Part *part, gint64 offset, const guint8 *bytes, gsize length)
{
  Change change = { offset, bytes != NULL ? g_memdup2 (bytes, length) : NULL, length };

  apply (part->now, &change);
  g_array_append_val (part->changes, change);
}

static void
sync_part (Part *part)
{
  for (guint i = 0; i < part->changes->len; i++)
    apply (part->synced, &g_array_index (part->changes, Change, i));
  g_array_set_size (part->changes, 0);
}

static void
tear (GByteArray *bytes, const Change *change, GRand *rand)
{
  for (gsize done = 0; done < change->length;)
    {
      gsize end = MIN (change->length, done + SECTOR - (change->offset + done) % SECTOR);
      Change sector = { change->offset + done, change->bytes + done, end - done };

      if (g_rand_boolean (rand))
        apply (bytes, &sector);
      done = end;
    }
}

/* Any of what was not synced may have reached the disk, in any order, in pieces. */
static GBytes *
lose_power (const Part *part, GRand *rand)
{
  GByteArray *bytes = g_byte_array_new ();

  g_byte_array_append (bytes, part->synced->data, part->synced->len);
  for (guint i = 0; i < part->changes->len; i++)
    {
      const Change *change = &g_array_index (part->changes, Change, i);
      int fate = g_rand_int_range (rand, 0, 3);

      if (fate == 0 || (fate == 1 && change->bytes == NULL))
        apply (bytes, change);
      else if (fate == 1)
        tear (bytes, change, rand);
    }
  return g_byte_array_free_to_bytes (bytes);
}

static DiskImage *
take_image (const Disk *disk, GRand *rand)
{
  DiskImage *image = g_new0 (DiskImage, 1);

  for (guint i = 0; i < N_PARTS; i++)
    {
      const Part *part = &disk->parts[i];

      image->exists[i] = part->exists;
      image->bytes[i] = rand != NULL ? lose_power (part, rand)
                                     : g_bytes_new (part->now->data, part->now->len);
    }
  return image;
}

/* Whether this write or sync goes well; otherwise what SQLite is to hear of it. */
static int
strike (Disk *disk, int failure)
{
  if (disk->crashed != NULL)
    return failure;
  if (disk->fault == DISK_WELL)
    return SQLITE_OK;
  if (disk->countdown > 0)
    {
      disk->countdown--;
      return SQLITE_OK;
    }
  disk->has_struck = TRUE;
  switch (disk->fault)
    {
    case DISK_FULL:
      return failure == SQLITE_IOERR_FSYNC ? SQLITE_OK : SQLITE_FULL;
    case DISK_STOPS:
    case DISK_LOSES_POWER:
      disk->crashed = take_image (disk, disk->fault == DISK_LOSES_POWER ? disk->rand : NULL);
      return failure;
    case DISK_FAILS:
    case DISK_WELL:
    default:
      break;
    }
  disk->fault = DISK_WELL;
  return failure;
}

static Part *
get_part (File *file)
{
  return &file->disk->parts[file->type];
}

static int
file_unlock (sqlite3_file *base, int lock)
{
  File *self = (File *) base;
  Disk *disk = self->disk;

  if (self->lock >= SQLITE_LOCK_EXCLUSIVE && lock < SQLITE_LOCK_EXCLUSIVE)
    disk->n_exclusive--;
  if (self->lock >= SQLITE_LOCK_RESERVED && lock < SQLITE_LOCK_RESERVED)
    disk->n_reserved--;
  if (self->lock >= SQLITE_LOCK_SHARED && lock < SQLITE_LOCK_SHARED)
    disk->n_shared--;
  self->lock = MIN (self->lock, lock);
  return SQLITE_OK;
}

static int
file_lock (sqlite3_file *base, int lock)
{
  File *self = (File *) base;
  Disk *disk = self->disk;

  if (lock <= self->lock)
    return SQLITE_OK;
  if (disk->n_exclusive > 0
      || (lock >= SQLITE_LOCK_RESERVED && self->lock < SQLITE_LOCK_RESERVED && disk->n_reserved > 0)
      || (lock == SQLITE_LOCK_EXCLUSIVE && disk->n_shared > (self->lock >= SQLITE_LOCK_SHARED)))
    return SQLITE_BUSY;
  if (self->lock < SQLITE_LOCK_SHARED)
    disk->n_shared++;
  if (self->lock < SQLITE_LOCK_RESERVED && lock >= SQLITE_LOCK_RESERVED)
    disk->n_reserved++;
  if (lock == SQLITE_LOCK_EXCLUSIVE)
    disk->n_exclusive++;
  self->lock = lock;
  return SQLITE_OK;
}

static int
file_check_reserved (sqlite3_file *base, int *is_reserved)
{
  *is_reserved = ((File *) base)->disk->n_reserved > 0;
  return SQLITE_OK;
}

static int
file_close (sqlite3_file *base)
{
  File *self = (File *) base;

  file_unlock (base, SQLITE_LOCK_NONE);
  if (self->type == PART_DATABASE)
    self->disk->n_open--;
  return SQLITE_OK;
}

static int
file_read (sqlite3_file *base, void *bytes, int length, sqlite3_int64 offset)
{
  File *self = (File *) base;
  const Part *part = get_part (self);
  gsize n = 0;

  if (self->disk->crashed != NULL)
    return SQLITE_IOERR_READ;
  if (offset < part->now->len)
    n = MIN ((gsize) length, part->now->len - offset);
  if (n > 0)
    memcpy (bytes, part->now->data + offset, n);
  if (n == (gsize) length)
    return SQLITE_OK;
  memset ((guint8 *) bytes + n, 0, length - n);
  return SQLITE_IOERR_SHORT_READ;
}

static int
file_write (sqlite3_file *base, const void *bytes, int length, sqlite3_int64 offset)
{
  File *self = (File *) base;
  int code = strike (self->disk, SQLITE_IOERR_WRITE);

  if (code == SQLITE_OK)
    add_change (get_part (self), offset, bytes, length);
  return code;
}

static int
file_truncate (sqlite3_file *base, sqlite3_int64 size)
{
  File *self = (File *) base;
  int code = strike (self->disk, SQLITE_IOERR_TRUNCATE);

  if (code == SQLITE_OK || code == SQLITE_FULL)
    add_change (get_part (self), size, NULL, 0);
  return code == SQLITE_FULL ? SQLITE_OK : code;
}

static int
file_sync (sqlite3_file *base, int flags)
{
  File *self = (File *) base;
  int code = strike (self->disk, SQLITE_IOERR_FSYNC);

  if (code == SQLITE_OK)
    sync_part (get_part (self));
  return code;
}

static int
file_size (sqlite3_file *base, sqlite3_int64 *size)
{
  File *self = (File *) base;

  *size = get_part (self)->now->len;
  return self->disk->crashed != NULL ? SQLITE_IOERR_FSTAT : SQLITE_OK;
}

static int
file_control (sqlite3_file *base, int operation, void *argument)
{
  return SQLITE_NOTFOUND;
}

static int
file_sector_size (sqlite3_file *base)
{
  return 4096;
}

static int
file_characteristics (sqlite3_file *base)
{
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static int
file_map_shared (sqlite3_file *base, int region, int size, int extend, void volatile **memory)
{
  File *self = (File *) base;
  GPtrArray *regions = self->disk->shared_memory;

  while (extend && regions->len <= (guint) region)
    g_ptr_array_add (regions, g_malloc0 (size));
  *memory = (guint) region < regions->len ? regions->pdata[region] : NULL;
  return SQLITE_OK;
}

static int
file_lock_shared (sqlite3_file *base, int first, int n, int flags)
{
  File *self = (File *) base;
  int *slots = self->disk->slots;
  guint mask = ((1u << n) - 1) << first;

  if (flags & SQLITE_SHM_UNLOCK)
    {
      for (int i = first; i < first + n; i++)
        if (self->exclusive_slots & (1u << i))
          slots[i] = 0;
        else if (self->shared_slots & (1u << i))
          slots[i]--;
      self->exclusive_slots &= ~mask;
      self->shared_slots &= ~mask;
      return SQLITE_OK;
    }
  for (int i = first; i < first + n; i++)
    if (slots[i] < 0 || ((flags & SQLITE_SHM_EXCLUSIVE) && slots[i] > 0))
      return SQLITE_BUSY;
  for (int i = first; i < first + n; i++)
    slots[i] = (flags & SQLITE_SHM_EXCLUSIVE) ? -1 : slots[i] + 1;
  if (flags & SQLITE_SHM_EXCLUSIVE)
    self->exclusive_slots |= mask;
  else
    self->shared_slots |= mask;
  return SQLITE_OK;
}

static void
file_order_shared (sqlite3_file *base)
{
}

static int
file_unmap_shared (sqlite3_file *base, int must_delete)
{
  File *self = (File *) base;

  file_lock_shared (base, 0, N_SLOTS, SQLITE_SHM_UNLOCK);
  if (must_delete || self->disk->n_open <= 1)
    g_ptr_array_set_size (self->disk->shared_memory, 0);
  return SQLITE_OK;
}

static const sqlite3_io_methods methods = {
  .iVersion = 2,
  .xClose = file_close,
  .xRead = file_read,
  .xWrite = file_write,
  .xTruncate = file_truncate,
  .xSync = file_sync,
  .xFileSize = file_size,
  .xLock = file_lock,
  .xUnlock = file_unlock,
  .xCheckReservedLock = file_check_reserved,
  .xFileControl = file_control,
  .xSectorSize = file_sector_size,
  .xDeviceCharacteristics = file_characteristics,
  .xShmMap = file_map_shared,
  .xShmLock = file_lock_shared,
  .xShmBarrier = file_order_shared,
  .xShmUnmap = file_unmap_shared,
};

static int
vfs_open (sqlite3_vfs *self, const char *name, sqlite3_file *base, int flags, int *out_flags)
{
  File *file = (File *) base;
  Part *part;

  *file = (File){ 0 };
  if (name == NULL)
    return SQLITE_CANTOPEN;
  file->disk = find_disk (name, &file->type);
  part = get_part (file);
  if (file->disk->crashed != NULL)
    return SQLITE_CANTOPEN;
  if (!part->exists && file->type == PART_DATABASE && !g_file_test (name, G_FILE_TEST_EXISTS))
    return SQLITE_CANTOPEN;
  part->exists = TRUE;
  if (file->type == PART_DATABASE)
    file->disk->n_open++;
  file->base.pMethods = &methods;
  if (out_flags != NULL)
    *out_flags = flags;
  return SQLITE_OK;
}

static int
vfs_delete (sqlite3_vfs *self, const char *name, int must_sync)
{
  PartType type;
  Disk *disk = find_disk (name, &type);

  if (disk->crashed != NULL)
    return SQLITE_IOERR_DELETE;
  disk->parts[type].exists = FALSE;
  g_byte_array_set_size (disk->parts[type].now, 0);
  g_byte_array_set_size (disk->parts[type].synced, 0);
  g_array_set_size (disk->parts[type].changes, 0);
  return SQLITE_OK;
}

static int
vfs_access (sqlite3_vfs *self, const char *name, int flags, int *is_there)
{
  PartType type;
  const Disk *disk = find_disk (name, &type);

  *is_there = disk->parts[type].exists;
  if (*is_there && flags == SQLITE_ACCESS_EXISTS && disk->parts[type].now->len == 0)
    *is_there = 0;
  return SQLITE_OK;
}

static int
vfs_full_path (sqlite3_vfs *self, const char *name, int length, char *path)
{
  g_strlcpy (path, name, length);
  return SQLITE_OK;
}

/* memory_disk_install:
 *
 * Puts every SQLite database that is opened from now on into memory. */
void
memory_disk_install (void)
{
  disks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, disk_free);
  vfs = *sqlite3_vfs_find (NULL);
  vfs.pNext = NULL;
  vfs.zName = NAME;
  vfs.szOsFile = sizeof (File);
  vfs.xOpen = vfs_open;
  vfs.xDelete = vfs_delete;
  vfs.xAccess = vfs_access;
  vfs.xFullPathname = vfs_full_path;
  sqlite3_vfs_register (&vfs, FALSE);
  way_sqlite_set_vfs_for_tests (NAME);
}

/* memory_disk_uninstall:
 *
 * Frees the disks; everything on them is closed. */
void
memory_disk_uninstall (void)
{
  way_sqlite_set_vfs_for_tests (NULL);
  sqlite3_vfs_unregister (&vfs);
  g_clear_pointer (&disks, g_hash_table_unref);
}

/* memory_disk_remove:
 *
 * Throws a disk away, with the file of its name. */
void
memory_disk_remove (const char *path)
{
  g_hash_table_remove (disks, path);
  unlink (path);
}

/* memory_disk_copy:
 *
 * What lies there now, or what would lie there if the power went now. */
DiskImage *
memory_disk_copy (const char *path, GRand *rand)
{
  PartType type;

  return take_image (find_disk (path, &type), rand);
}

/* memory_disk_put:
 *
 * Makes a disk hold what an image holds. Nobody has it open. The file of its name stays the
 * same file, or is made. */
void
memory_disk_put (const char *path, const DiskImage *image)
{
  PartType type;
  Disk *disk = find_disk (path, &type);
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  g_assert_cmpint (fd, >=, 0);
  close (fd);
  g_assert_cmpint (disk->n_open, ==, 0);
  g_ptr_array_set_size (disk->shared_memory, 0);
  memset (disk->slots, 0, sizeof disk->slots);
  for (guint i = 0; i < N_PARTS; i++)
    {
      Part *part = &disk->parts[i];
      gsize length;
      const guint8 *bytes = g_bytes_get_data (image->bytes[i], &length);

      part->exists = image->exists[i];
      g_byte_array_set_size (part->now, 0);
      g_byte_array_append (part->now, bytes, length);
      g_byte_array_set_size (part->synced, 0);
      g_byte_array_append (part->synced, bytes, length);
      g_array_set_size (part->changes, 0);
    }
}

DiskImage *
disk_image_copy (const DiskImage *self)
{
  DiskImage *copy = g_memdup2 (self, sizeof *self);

  for (guint i = 0; i < N_PARTS; i++)
    copy->bytes[i] = g_bytes_ref (self->bytes[i]);
  return copy;
}

void
disk_image_free (DiskImage *self)
{
  for (guint i = 0; i < N_PARTS; i++)
    g_bytes_unref (self->bytes[i]);
  g_free (self);
}

/* memory_disk_break:
 *
 * Lets a disk fail soon. After a crash it answers nothing until it is mended. */
void
memory_disk_break (const char *path, DiskFault fault, guint n, GRand *rand)
{
  PartType type;
  Disk *disk = find_disk (path, &type);

  disk->fault = fault;
  disk->countdown = n;
  disk->rand = rand;
  disk->has_struck = FALSE;
}

/* memory_disk_mend:
 *
 * Ends what memory_disk_break() began. What a crash left is to be put back once everybody
 * has closed the disk. */
gboolean
memory_disk_mend (const char *path, DiskImage **crashed)
{
  PartType type;
  Disk *disk = find_disk (path, &type);

  disk->fault = DISK_WELL;
  if (crashed != NULL)
    *crashed = g_steal_pointer (&disk->crashed);
  g_clear_pointer (&disk->crashed, disk_image_free);
  return disk->has_struck;
}

/* memory_disk_is_down:
 *
 * Whether the machine that has the disk has crashed, and is to be mended. */
gboolean
memory_disk_is_down (const char *path)
{
  PartType type;

  return find_disk (path, &type)->crashed != NULL;
}

/* memory_disk_look:
 *
 * Shows each file of a database that has something in it. */
void
memory_disk_look (const char *path, DiskBytesFunc func, gpointer user_data)
{
  PartType type;
  const Disk *disk = find_disk (path, &type);

  for (guint i = 0; i < N_PARTS; i++)
    if (disk->parts[i].now->len > 0)
      func (disk->parts[i].now->data, disk->parts[i].now->len, user_data);
}
