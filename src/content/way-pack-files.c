/* way-pack-files.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "content/way-pack-files.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gstdio.h>
#include <string.h>

#include "content/way-pack.h"
#include "content/way-xml.h"
#include "content/way-zip.h"

#define DIGESTS "digests.txt"
#define MAX_FILE (32 * 1024 * 1024)
#define MAX_TOTAL (256 * 1024 * 1024)
#define MAX_FILES 20000
#define MAX_DEPTH 8
#define BLOCK (64 * 1024)

typedef struct
{
  char *path;
  char *digest;
  GBytes *bytes; /* (nullable) kept for XML */
} PackFile;

struct _WayPackFiles
{
  char *root;
  gboolean is_zip;
  gsize total;
  GHashTable *files; /* char* path → PackFile */
  char *list;        /* a line "digest  path" for each, sorted by path */
  char *digest;      /* of list */
  char *claimed;     /* (nullable) the list that a zip carries */
  GPtrArray *notes;  /* (owned) (nullable) of char*: files that are no pack's, and are taken as
                      * far as they can be */
};

static void
pack_file_free (gpointer data)
{
  PackFile *self = data;

  g_free (self->path);
  g_free (self->digest);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

static gboolean
add_file (WayPackFiles *self, const char *path, GBytes *bytes, GError **error)
{
  PackFile *file;
  gsize size = g_bytes_get_size (bytes);

  self->total += size;
  if (size > MAX_FILE || self->total > MAX_TOTAL || g_hash_table_size (self->files) >= MAX_FILES)
    {
      g_set_error (error, WAY_PACK_ERROR, WAY_PACK_ERROR_TOO_LARGE,
                   "%s: the pack is too large: at most %d MiB a file, %d MiB and %d files in all",
                   path, MAX_FILE >> 20, MAX_TOTAL >> 20, MAX_FILES);
      return FALSE;
    }

  file = g_new0 (PackFile, 1);
  file->path = g_strdup (path);
  file->digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  if (g_str_has_suffix (path, ".xml"))
    file->bytes = g_bytes_ref (bytes);
  g_hash_table_insert (self->files, file->path, file);

  return TRUE;
}

static GBytes *
read_file (const char *file, const char *path, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  char *contents;
  gsize length;

  if (!g_file_get_contents (file, &contents, &length, &local_error))
    {
      g_set_error (error, WAY_PACK_ERROR, WAY_PACK_ERROR_NOT_FOUND, "%s: %s", path,
                   local_error->message);
      return NULL;
    }

  return g_bytes_new_take (contents, length);
}

static void
note_name (WayPackFiles *self, const char *path)
{
  g_autofree char *shown = g_utf8_make_valid (path, -1);

  if (self->notes != NULL)
    way_problems_add (self->notes, shown, 1, "a name like this cannot travel: left out");
}

/* Reads the folder @path inside the pack; "" is the pack itself. Hidden files, what editors
 * leave behind, links and names that could not travel are not part of a pack. */
static gboolean
read_folder (WayPackFiles *self, const char *path, int depth, GError **error)
{
  g_autofree char *folder = g_build_filename (self->root, path, NULL);
  g_autoptr (GDir) dir = NULL;
  g_autoptr (GError) local_error = NULL;
  const char *name;

  if (depth > MAX_DEPTH)
    {
      g_set_error (error, WAY_PACK_ERROR, WAY_PACK_ERROR_TOO_LARGE,
                   "%s: folders are nested too deeply", path);
      return FALSE;
    }

  dir = g_dir_open (folder, 0, &local_error);
  if (dir == NULL)
    {
      g_set_error_literal (error, WAY_PACK_ERROR, WAY_PACK_ERROR_NOT_FOUND, local_error->message);
      return FALSE;
    }

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inside = path[0] != '\0' ? g_strconcat (path, "/", name, NULL)
                                                : g_strdup (name);
      g_autofree char *file = g_build_filename (folder, name, NULL);
      g_autoptr (GBytes) bytes = NULL;
      GStatBuf info;

      if (!way_path_is_safe (inside) || g_str_equal (inside, DIGESTS) || g_lstat (file, &info) != 0)
        {
          note_name (self, inside);
          continue;
        }

      if (S_ISDIR (info.st_mode))
        {
          if (!read_folder (self, inside, depth + 1, error))
            return FALSE;
          continue;
        }
      if (!S_ISREG (info.st_mode))
        continue;

      if (info.st_size > MAX_FILE)
        {
          g_set_error (error, WAY_PACK_ERROR, WAY_PACK_ERROR_TOO_LARGE,
                       "%s: the file is larger than %d MiB", inside, MAX_FILE >> 20);
          return FALSE;
        }
      bytes = read_file (file, inside, error);
      if (bytes == NULL || !add_file (self, inside, bytes, error))
        return FALSE;
    }

  return TRUE;
}

/* The contents of the entry at hand, never more than a file may have. */
static GBytes *
read_entry (struct archive *archive, const char *path, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree guint8 *block = g_malloc (BLOCK);

  for (;;)
    {
      la_ssize_t n = archive_read_data (archive, block, BLOCK);

      if (n == 0)
        break;
      if (n < 0)
        {
          g_set_error (error, WAY_PACK_ERROR, WAY_PACK_ERROR_DIGEST, "%s: the zip is damaged: %s",
                       path, archive_error_string (archive));
          return NULL;
        }
      if (bytes->len + (gsize) n > MAX_FILE)
        {
          g_set_error (error, WAY_PACK_ERROR, WAY_PACK_ERROR_TOO_LARGE,
                       "%s: the file is larger than %d MiB", path, MAX_FILE >> 20);
          return NULL;
        }
      g_byte_array_append (bytes, block, (guint) n);
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static struct archive *
open_zip (const char *zip, GError **error)
{
  struct archive *archive = archive_read_new ();

  archive_read_support_format_zip (archive);
  if (archive_read_open_filename (archive, zip, BLOCK) != ARCHIVE_OK)
    {
      g_set_error (error, WAY_PACK_ERROR, WAY_PACK_ERROR_INVALID, "%s:1: not a zip: %s", zip,
                   archive_error_string (archive));
      archive_read_free (archive);
      return NULL;
    }

  return archive;
}

/* The next file of @archive; NULL at the end, or with @error set. */
static const char *
next_entry (WayPackFiles *self, struct archive *archive, GError **error)
{
  const char *zip = self->root;
  struct archive_entry *entry;
  int status;

  while ((status = archive_read_next_header (archive, &entry)) == ARCHIVE_OK
         || status == ARCHIVE_WARN)
    {
      const char *path = archive_entry_pathname (entry);

      if (path != NULL && archive_entry_filetype (entry) == AE_IFDIR)
        continue;
      if (path == NULL || archive_entry_filetype (entry) != AE_IFREG || !way_path_is_safe (path)
          || archive_entry_symlink (entry) != NULL || archive_entry_hardlink (entry) != NULL)
        {
          g_autofree char *shown = g_utf8_make_valid (path != NULL ? path : "?", -1);

          if (self->notes != NULL)
            {
              note_name (self, shown);
              continue;
            }
          g_set_error (error, WAY_PACK_ERROR, WAY_PACK_ERROR_INVALID,
                       "%s:1: “%s” is not a file inside the pack", zip, shown);
          return NULL;
        }
      return path;
    }

  if (status != ARCHIVE_EOF)
    g_set_error (error, WAY_PACK_ERROR, WAY_PACK_ERROR_INVALID, "%s:1: not a zip: %s", zip,
                 archive_error_string (archive));

  return NULL;
}

static gboolean
read_zip (WayPackFiles *self, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  struct archive *archive = open_zip (self->root, error);
  const char *entry;

  if (archive == NULL)
    return FALSE;

  while ((entry = next_entry (self, archive, &local_error)) != NULL)
    {
      g_autofree char *path = g_strdup (entry);
      g_autoptr (GBytes) bytes = NULL;

      if (way_pack_files_has (self, path) || (g_str_equal (path, DIGESTS) && self->claimed != NULL))
        {
          g_set_error (&local_error, WAY_PACK_ERROR, WAY_PACK_ERROR_INVALID,
                       "%s:1: “%s” is there twice", self->root, path);
          break;
        }
      bytes = read_entry (archive, path, &local_error);
      if (bytes == NULL)
        break;
      if (g_str_equal (path, DIGESTS))
        self->claimed = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      else if (!add_file (self, path, bytes, &local_error))
        break;
    }
  archive_read_free (archive);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
list_paths (WayPackFiles *self)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer path;

  g_hash_table_iter_init (&iter, self->files);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    g_ptr_array_add (paths, path);
  g_ptr_array_sort (paths, compare_texts);

  return g_steal_pointer (&paths);
}

static void
compute_digest (WayPackFiles *self)
{
  g_autoptr (GString) list = g_string_new (NULL);
  g_autoptr (GPtrArray) paths = list_paths (self);

  for (guint i = 0; i < paths->len; i++)
    {
      PackFile *file = g_hash_table_lookup (self->files, g_ptr_array_index (paths, i));

      g_string_append_printf (list, "%s  %s\n", file->digest, file->path);
    }

  self->list = g_string_free (g_steal_pointer (&list), FALSE);
  self->digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, self->list, -1);
}

/* What a zip holds must be what it says it was built from; the first line that differs
 * names the file. */
static gboolean
check_digests (WayPackFiles *self, GError **error)
{
  g_auto (GStrv) found = NULL;
  g_auto (GStrv) claimed = NULL;
  guint i;

  if (self->claimed == NULL)
    {
      g_set_error (error, WAY_PACK_ERROR, WAY_PACK_ERROR_DIGEST,
                   "%s:1: the zip has no " DIGESTS ": build it from a folder", self->root);
      return FALSE;
    }
  if (g_str_equal (self->claimed, self->list))
    return TRUE;

  found = g_strsplit (self->list, "\n", -1);
  claimed = g_strsplit (self->claimed, "\n", -1);
  for (i = 0; found[i] != NULL && g_strcmp0 (found[i], claimed[i]) == 0; i++)
    ;
  g_set_error (error, WAY_PACK_ERROR, WAY_PACK_ERROR_DIGEST,
               DIGESTS ":%u: the zip is not what it was built from: %s", i + 1,
               found[i] != NULL && strlen (found[i]) > 66 ? found[i] + 66 : "a file is missing");

  return FALSE;
}

static WayPackFiles *
open_files (const char *path, GPtrArray *notes, GError **error)
{
  g_autoptr (WayPackFiles) self = g_new0 (WayPackFiles, 1);
  GStatBuf info;

  self->notes = notes != NULL ? g_ptr_array_ref (notes) : NULL;
  self->root = g_strdup (path);
  self->files = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, pack_file_free);

  if (g_stat (path, &info) != 0)
    {
      g_set_error (error, WAY_PACK_ERROR, WAY_PACK_ERROR_NOT_FOUND, "there is no pack at “%s”",
                   path);
      return NULL;
    }
  self->is_zip = !S_ISDIR (info.st_mode);
  if (!(self->is_zip ? read_zip (self, error) : read_folder (self, "", 1, error)))
    return NULL;

  compute_digest (self);
  if (self->is_zip && notes == NULL && !check_digests (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * way_pack_files_open:
 * @path: a folder or a zip
 * @error: return location
 *
 * Reads every file once; compares a zip with the digests it carries.
 *
 * Returns: (transfer full): the files, or NULL with a %WAY_PACK_ERROR
 */
WayPackFiles *
way_pack_files_open (const char *path, GError **error)
{
  return open_files (path, NULL, error);
}

/**
 * way_pack_files_open_foreign:
 * @path: a folder or a zip that is no pack
 * @notes: of char*, where files that are left out are named
 * @error: return location
 *
 * Reads every file once, within the bounds of a pack.
 *
 * Returns: (transfer full): the files, or NULL with a %WAY_PACK_ERROR
 */
WayPackFiles *
way_pack_files_open_foreign (const char *path, GPtrArray *notes, GError **error)
{
  return open_files (path, notes, error);
}

/**
 * way_pack_files_list:
 * @self: the files
 *
 * Returns: (transfer container): of char*, the path of each, sorted
 */
GPtrArray *
way_pack_files_list (WayPackFiles *self)
{
  return list_paths (self);
}
/**
 * way_pack_files_free:
 * @self: (transfer full) (nullable): the files
 *
 * Forgets the files.
 */
void
way_pack_files_free (WayPackFiles *self)
{
  if (self == NULL)
    return;

  g_free (self->root);
  g_clear_pointer (&self->files, g_hash_table_unref);
  g_free (self->list);
  g_free (self->digest);
  g_free (self->claimed);
  g_clear_pointer (&self->notes, g_ptr_array_unref);
  g_free (self);
}

/**
 * way_pack_files_get_digest:
 * @self: the files
 *
 * Returns: (transfer none): the SHA-256 of the list of digests; a folder and the zip built
 *   from it have the same
 */
const char *
way_pack_files_get_digest (WayPackFiles *self)
{
  return self->digest;
}

/**
 * way_pack_files_has:
 * @self: the files
 * @path: a path inside the pack
 *
 * Returns: whether there is such a file
 */
gboolean
way_pack_files_has (WayPackFiles *self, const char *path)
{
  return g_hash_table_contains (self->files, path);
}

static GBytes *
find_entry (WayPackFiles *self, const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  struct archive *archive = open_zip (self->root, error);
  const char *entry;

  if (archive == NULL)
    return NULL;

  while (bytes == NULL && (entry = next_entry (self, archive, NULL)) != NULL)
    {
      if (g_str_equal (entry, path))
        bytes = read_entry (archive, path, NULL);
    }
  archive_read_free (archive);

  if (bytes == NULL)
    g_set_error (error, WAY_PACK_ERROR, WAY_PACK_ERROR_DIGEST, "%s: the file can no longer be read",
                 path);

  return g_steal_pointer (&bytes);
}

/**
 * way_pack_files_load:
 * @self: the files
 * @path: a path inside the pack
 * @error: return location
 *
 * Returns: (transfer full): what the file held when the pack was opened, or NULL with
 *   %WAY_PACK_ERROR_NOT_FOUND, or %WAY_PACK_ERROR_DIGEST when it has changed since
 */
GBytes *
way_pack_files_load (WayPackFiles *self, const char *path, GError **error)
{
  PackFile *file = g_hash_table_lookup (self->files, path);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *digest = NULL;

  if (file == NULL)
    {
      g_set_error (error, WAY_PACK_ERROR, WAY_PACK_ERROR_NOT_FOUND, "%s: there is no such file",
                   path);
      return NULL;
    }
  if (file->bytes != NULL)
    return g_bytes_ref (file->bytes);

  if (self->is_zip)
    {
      bytes = find_entry (self, path, error);
    }
  else
    {
      g_autofree char *name = g_build_filename (self->root, path, NULL);

      bytes = read_file (name, path, error);
    }
  if (bytes == NULL)
    return NULL;

  digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  if (!g_str_equal (digest, file->digest))
    {
      g_set_error (error, WAY_PACK_ERROR, WAY_PACK_ERROR_DIGEST,
                   "%s: the file has changed since the pack was opened", path);
      return NULL;
    }

  return g_steal_pointer (&bytes);
}

/* "a/A01.xml" → "a/A01." + @language + ".xml"; NULL for what is not XML. */
static char *
name_translation (const char *path, const char *language)
{
  g_autofree char *stem = NULL;

  if (!g_str_has_suffix (path, ".xml"))
    return NULL;
  stem = g_strndup (path, strlen (path) - strlen (".xml"));

  return g_strdup_printf ("%s.%s.xml", stem, language);
}

/**
 * way_pack_files_dup_translated:
 * @self: the files
 * @path: a path inside the pack
 * @language: (nullable): a language such as "cy" or "cy-GB"
 *
 * Returns: (transfer full): the file that says the same in @language, the nearest there is,
 *   or else @path
 */
char *
way_pack_files_dup_translated (WayPackFiles *self, const char *path, const char *language)
{
  g_autofree char *wanted = g_strdup (language);

  if (wanted == NULL)
    return g_strdup (path);

  /* From a locale: cy_GB.UTF-8@euro → cy-GB. */
  g_strdelimit (wanted, ".@", '\0');
  g_strdelimit (wanted, "_", '-');
  while (wanted[0] != '\0')
    {
      g_autofree char *translated = name_translation (path, wanted);
      char *dash = strrchr (wanted, '-');

      if (translated != NULL && way_pack_files_has (self, translated))
        return g_steal_pointer (&translated);
      if (dash == NULL)
        break;
      *dash = '\0';
    }

  return g_strdup (path);
}

/**
 * way_pack_files_list_translations:
 * @self: the files
 * @path: a path inside the pack
 *
 * Returns: (transfer full): of char*, the files that say the same in other languages, sorted
 */
GPtrArray *
way_pack_files_list_translations (WayPackFiles *self, const char *path)
{
  g_autoptr (GPtrArray) translations = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *pattern = name_translation (path, "*");
  g_autoptr (GPtrArray) paths = NULL;
  gsize start;

  if (pattern == NULL)
    return g_steal_pointer (&translations);

  start = strlen (path) - strlen ("xml");
  paths = list_paths (self);
  for (guint i = 0; i < paths->len; i++)
    {
      const char *other = g_ptr_array_index (paths, i);
      const char *language = other + start;

      /* NAME.cy.xml, NAME.cy-GB.xml; not NAME.old.copy.xml. */
      if (strncmp (path, other, start) == 0 && strlen (other) > strlen (path)
          && g_pattern_match_simple (pattern, other)
          && strspn (language, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-")
                 == strlen (language) - strlen (".xml"))
        g_ptr_array_add (translations, g_strdup (other));
    }

  return g_steal_pointer (&translations);
}

/**
 * way_pack_files_write_zip:
 * @self: the files
 * @zip: where to write; what is there is replaced when the new one is complete
 * @error: return location
 *
 * Writes a zip with the SHA-256 of each file in digests.txt.
 *
 * Returns: whether it is written
 */
gboolean
way_pack_files_write_zip (WayPackFiles *self, const char *zip, GError **error)
{
  g_autoptr (GPtrArray) paths = list_paths (self);
  g_autoptr (GBytes) list = g_bytes_new (self->list, strlen (self->list));
  g_autoptr (WayZip) archive = way_zip_new (zip, error);

  if (archive == NULL || !way_zip_add (archive, DIGESTS, list, error))
    return FALSE;
  for (guint i = 0; i < paths->len; i++)
    {
      const char *path = g_ptr_array_index (paths, i);
      g_autoptr (GBytes) bytes = way_pack_files_load (self, path, error);

      if (bytes == NULL || !way_zip_add (archive, path, bytes, error))
        return FALSE;
    }

  return way_zip_close (archive, error);
}
