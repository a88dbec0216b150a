/* way-zip.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "content/way-zip.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <glib/gstdio.h>

struct _WayZip
{
  char *path;
  char *partial;
  struct archive *archive; /* (owned) (nullable) */
};

static gboolean
fail (WayZip *self, GError **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the zip cannot be written: %s",
               archive_error_string (self->archive));

  return FALSE;
}

/**
 * way_zip_new:
 * @path: where the zip is to be
 * @error: return location
 *
 * Returns: (transfer full) (nullable): a zip to add files to
 */
WayZip *
way_zip_new (const char *path, GError **error)
{
  g_autoptr (WayZip) self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_new0 (WayZip, 1);
  self->path = g_strdup (path);
  self->partial = g_strconcat (path, ".part", NULL);
  self->archive = archive_write_new ();
  archive_write_set_format_zip (self->archive);
  if (archive_write_open_filename (self->archive, self->partial) != ARCHIVE_OK)
    {
      fail (self, error);
      return NULL;
    }

  return g_steal_pointer (&self);
}

/**
 * way_zip_add:
 * @path: inside the zip
 * @bytes: what lies there
 * @error: return location
 *
 * Returns: whether it is written
 */
gboolean
way_zip_add (WayZip *self, const char *path, GBytes *bytes, GError **error)
{
  struct archive_entry *entry;
  const void *data;
  gsize size;
  gboolean is_written;

  g_return_val_if_fail (self != NULL && path != NULL && bytes != NULL, FALSE);

  entry = archive_entry_new ();
  data = g_bytes_get_data (bytes, &size);
  /* No time, owner or other mode: the same files always give the same zip. */
  archive_entry_set_pathname (entry, path);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0644);
  archive_entry_set_size (entry, (la_int64_t) size);
  is_written = archive_write_header (self->archive, entry) == ARCHIVE_OK
               && archive_write_data (self->archive, data, size) == (la_ssize_t) size;
  archive_entry_free (entry);

  return is_written || fail (self, error);
}

/**
 * way_zip_close:
 * @error: return location
 *
 * Ends the zip, and puts it where it is to be.
 *
 * Returns: whether it is there
 */
gboolean
way_zip_close (WayZip *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (archive_write_close (self->archive) != ARCHIVE_OK)
    return fail (self, error);
  g_clear_pointer (&self->archive, archive_write_free);
  if (g_rename (self->partial, self->path) != 0)
    {
      int code = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s: %s", self->path,
                   g_strerror (code));
      return FALSE;
    }
  g_clear_pointer (&self->partial, g_free);

  return TRUE;
}

/**
 * way_zip_free:
 * @self: (transfer full) (nullable): a zip; one that was not closed leaves nothing
 */
void
way_zip_free (WayZip *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->archive, archive_write_free);
  if (self->partial != NULL)
    g_unlink (self->partial);
  g_free (self->partial);
  g_free (self->path);
  g_free (self);
}
