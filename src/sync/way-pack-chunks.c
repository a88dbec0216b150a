/* way-pack-chunks.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "sync/way-pack-chunks.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define CHUNK (256 * 1024)
/* Beyond this it is not a pack of ours, whatever a trust says. */
#define MOST_BYTES (256 * 1024 * 1024)
#define MOST_BASE64 (CHUNK / 3 * 4 + 8)

/* A pack that the catalogue announces, and where it comes to lie. */
typedef struct
{
  char *pack;
  gint64 version;
  char *digest;
  char *part;    /* as far as it has come */
  char *refused; /* what is kept of one that cannot be used: why not */
  char *placed;
} Release;

static void
release_clear (Release *self)
{
  g_free (self->pack);
  g_free (self->digest);
  g_free (self->part);
  g_free (self->refused);
  g_free (self->placed);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Release, release_clear)

/* way_pack_chunk_read:
 * @statement: bound; it is reset
 *
 * The piece that a trust's answer has; NULL without @error where there is none. */
WayChunk *
way_pack_chunk_read (WayStatement *statement, GError **error)
{
  g_autoptr (WayChunk) chunk = NULL;
  gboolean has_row;

  if (!way_statement_step (statement, &has_row, error))
    return NULL;
  if (has_row)
    {
      chunk = g_new0 (WayChunk, 1);
      chunk->n_chunks = way_statement_get_int (statement, 0);
      chunk->size = way_statement_get_int (statement, 1);
      chunk->sha256 = g_strdup (way_statement_get_text (statement, 2));
      chunk->chunk_sha256 = g_strdup (way_statement_get_text (statement, 3));
      chunk->base64 = g_strdup (way_statement_get_text (statement, 4));
    }
  way_statement_reset (statement);
  return g_steal_pointer (&chunk);
}

static gboolean
insert_file (WayDb *db, const char *digest, GBytes *file, gint64 n_chunks, GError **error)
{
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, file);
  WayStatement *statement;

  statement = way_db_prepare (db,
                              "INSERT INTO pack_file (digest, sha256, size, chunks, published)"
                              " VALUES ($1, $2, $3, $4, $5)",
                              error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, digest);
  way_statement_bind_text (statement, 2, sha256);
  way_statement_bind_int (statement, 3, (gint64) g_bytes_get_size (file));
  way_statement_bind_int (statement, 4, n_chunks);
  way_statement_bind_int (statement, 5, g_get_real_time ());
  return way_statement_run (statement, error);
}

static gboolean
insert_chunk (
    WayDb *db, const char *digest, gint64 n, const guchar *bytes, gsize size, GError **error)
{
  g_autofree char *sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, bytes, size);
  g_autofree char *base64 = g_base64_encode (bytes, size);
  WayStatement *statement;

  statement = way_db_prepare (db,
                              "INSERT INTO pack_chunk (digest, n, sha256, bytes)"
                              " VALUES ($1, $2, $3, $4)",
                              error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, digest);
  way_statement_bind_int (statement, 2, n);
  way_statement_bind_text (statement, 3, sha256);
  way_statement_bind_text (statement, 4, base64);
  return way_statement_run (statement, error);
}

static gboolean
replace (WayDb *db, const char *digest, GBytes *file, GError **error)
{
  static const char *const tables[] = { "DELETE FROM pack_chunk WHERE digest = $1",
                                        "DELETE FROM pack_file WHERE digest = $1" };
  gsize size;
  const guchar *bytes = g_bytes_get_data (file, &size);
  gint64 n_chunks = (gint64) ((size + CHUNK - 1) / CHUNK);

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      WayStatement *statement = way_db_prepare (db, tables[i], error);

      if (statement == NULL)
        return FALSE;
      way_statement_bind_text (statement, 1, digest);
      if (!way_statement_run (statement, error))
        return FALSE;
    }
  if (!insert_file (db, digest, file, n_chunks, error))
    return FALSE;
  for (gint64 n = 1; n <= n_chunks; n++)
    {
      gsize from = (gsize) (n - 1) * CHUNK;

      if (!insert_chunk (db, digest, n, bytes + from, MIN (size - from, CHUNK), error))
        return FALSE;
    }
  return TRUE;
}

/* way_pack_chunks_publish:
 * @trust: open for its administrator
 * @digest: of the pack, as its release says it
 * @file: the zip
 *
 * Keeps a pack's file in the trust: all of it or nothing. Publishing it again changes nothing
 * but its time. */
gboolean
way_pack_chunks_publish (WayStore *trust, const char *digest, GBytes *file, GError **error)
{
  WayDb *db;

  g_return_val_if_fail (WAY_IS_STORE (trust) && digest != NULL && file != NULL, FALSE);

  db = way_store_get_db (trust);
  if (g_bytes_get_size (file) == 0 || g_bytes_get_size (file) > MOST_BYTES)
    {
      g_set_error (error, WAY_PACK_ERROR, WAY_PACK_ERROR_TOO_LARGE,
                   "A pack is sent to devices up to %d MiB", MOST_BYTES / 1024 / 1024);
      return FALSE;
    }
  if (!way_db_begin (db, error))
    return FALSE;
  if (replace (db, digest, file, error))
    return way_db_commit (db, error);
  way_db_rollback (db);
  return FALSE;
}

/* way_pack_chunks_dup_folder:
 *
 * Where packs that came from a trust lie. */
char *
way_pack_chunks_dup_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "waymark", "packs", NULL);
}

static gboolean
is_word (const char *text, const char *letters, gsize most)
{
  return text != NULL && *text != '\0' && strlen (text) <= most
         && strspn (text, letters) == strlen (text);
}

/* What comes from a trust becomes the name of a file: only what may be in one. */
static gboolean
take_release (Release *release, const char *folder)
{
  g_autofree char *name = NULL;

  if (!is_word (release->pack, "abcdefghijklmnopqrstuvwxyz0123456789_-", 64)
      || !is_word (release->digest, "0123456789abcdef", 64) || strlen (release->digest) != 64
      || release->version < 0)
    return FALSE;
  name = g_strdup_printf ("%s-%" G_GINT64_FORMAT "-%.16s", release->pack, release->version,
                          release->digest);
  release->part = g_strdup_printf ("%s/.%s.part", folder, release->digest);
  release->refused = g_strdup_printf ("%s/%s.refused", folder, name);
  release->placed = g_strdup_printf ("%s/%s.zip", folder, name);
  return TRUE;
}

/* Whether this version of the program has found that it cannot use it. */
static gboolean
is_refused (const Release *release)
{
  g_autofree char *text = NULL;

  return g_file_get_contents (release->refused, &text, NULL, NULL)
         && g_str_has_prefix (text, WAY_VERSION "\n");
}

/* The newest release of a pack that is not here yet; FALSE where there is none. */
static gboolean
find_missing (WayStore *device,
              const char *folder,
              const char *const *known,
              Release *release,
              gboolean *is_found,
              GError **error)
{
  WayStatement *statement;
  gboolean has_row;

  *is_found = FALSE;
  statement = way_db_prepare (
      way_store_get_db (device),
      "SELECT r.pack, r.version, r.digest FROM ("
      "SELECT e.body ->> 'pack' AS pack, CAST(e.body ->> 'version' AS integer) AS version,"
      " e.body ->> 'digest' AS digest,"
      " row_number () OVER (PARTITION BY e.body ->> 'pack' ORDER BY e.effective DESC, e.id DESC)"
      " AS age FROM live AS e WHERE e.kind = 'pack_release' AND e.body ->> 'part' = 'pack') AS r"
      " WHERE r.age = 1 ORDER BY r.pack",
      error);
  if (statement == NULL)
    return FALSE;
  for (;;)
    {
      g_auto (Release) next = { 0 };

      if (!way_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      next.pack = g_strdup (way_statement_get_text (statement, 0));
      next.version = way_statement_get_int (statement, 1);
      next.digest = g_strdup (way_statement_get_text (statement, 2));
      if (!take_release (&next, folder) || g_file_test (next.placed, G_FILE_TEST_EXISTS)
          || is_refused (&next) || (known != NULL && g_strv_contains (known, next.digest)))
        continue;
      *release = next;
      memset (&next, 0, sizeof next);
      *is_found = TRUE;
      way_statement_reset (statement);
      return TRUE;
    }
}

static gboolean
fail_file (const char *path, GError **error)
{
  int code = errno;

  g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (code), "%s: %s", path,
               g_strerror (code));
  return FALSE;
}

static gboolean
append (const char *path, gint64 from, const guchar *bytes, gsize size, GError **error)
{
  int file = open (path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  gsize done = 0;
  gboolean is_done;

  if (file < 0)
    return fail_file (path, error);
  /* What a cut left behind the last whole piece is written over. */
  is_done = ftruncate (file, from) == 0;
  while (is_done && done < size)
    {
      gssize n = pwrite (file, bytes + done, size - done, from + (off_t) done);

      is_done = n > 0 || (n < 0 && errno == EINTR);
      if (n > 0)
        done += (gsize) n;
    }
  is_done = is_done && fdatasync (file) == 0;
  if (!is_done)
    fail_file (path, error);
  close (file);
  return is_done;
}

/* The bytes of a piece, or NULL with why it cannot be used. */
static guchar *
open_chunk (const WayChunk *chunk, gint64 n, gsize *size, char **reason)
{
  g_autofree guchar *bytes = NULL;
  g_autofree char *sha256 = NULL;
  gint64 wanted = chunk->n_chunks == n ? chunk->size - (n - 1) * CHUNK : CHUNK;

  if (chunk->size <= 0 || chunk->size > MOST_BYTES
      || chunk->n_chunks != (chunk->size + CHUNK - 1) / CHUNK || n > chunk->n_chunks
      || chunk->base64 == NULL || strlen (chunk->base64) > MOST_BASE64)
    {
      *reason = g_strdup ("the trust says of its size what cannot be");
      return NULL;
    }
  bytes = g_base64_decode (chunk->base64, size);
  sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, bytes, *size);
  if ((gint64) *size == wanted && g_strcmp0 (sha256, chunk->chunk_sha256) == 0)
    return g_steal_pointer (&bytes);
  *reason = g_strdup_printf ("piece %" G_GINT64_FORMAT " came damaged", n);
  return NULL;
}

static char *
compute_file_sha256 (const char *path)
{
  g_autoptr (GMappedFile) mapped = g_mapped_file_new (path, FALSE, NULL);
  g_autoptr (GBytes) bytes = mapped != NULL ? g_mapped_file_get_bytes (mapped) : NULL;

  return bytes != NULL ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes) : NULL;
}

/* Why a file that came whole cannot be used; NULL when it can. */
static char *
judge (const Release *release)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayPack) pack = NULL;

  pack = way_pack_open (release->part, NULL, &error);
  if (pack == NULL)
    return g_strdup (error->message);
  if (!g_str_equal (way_pack_get_digest (pack), release->digest)
      || !g_str_equal (way_pack_get_id (pack), release->pack)
      || way_pack_get_version (pack) != release->version)
    return g_strdup ("it is another pack than the trust says");
  return NULL;
}

/* Only a whole and sound file gets its name, at once. One that never can be used, for this
 * version of the program, is remembered, so that it is not fetched for ever. */
static gboolean
place (const Release *release,
       const WayChunk *last,
       WayPackChunksOutcome *outcome,
       char **reason,
       GError **error)
{
  g_autofree char *sha256 = compute_file_sha256 (release->part);

  *outcome = WAY_PACK_CHUNKS_REFUSED;
  /* It may have been published anew between two pieces: from the beginning, then. */
  if (g_strcmp0 (sha256, last->sha256) != 0)
    {
      g_unlink (release->part);
      *reason = g_strdup ("it is not the file that was published");
      return TRUE;
    }
  *reason = judge (release);
  if (*reason != NULL)
    {
      g_autofree char *text = g_strconcat (WAY_VERSION "\n", *reason, NULL);

      g_unlink (release->part);
      return g_file_set_contents (release->refused, text, -1, error);
    }
  if (g_rename (release->part, release->placed) != 0)
    return fail_file (release->placed, error);
  *outcome = WAY_PACK_CHUNKS_PLACED;
  return TRUE;
}

/* How many whole pieces are here. */
static gint64
count_pieces (const Release *release)
{
  GStatBuf about;

  return g_stat (release->part, &about) == 0 ? about.st_size / CHUNK : 0;
}

/* way_pack_chunks_fetch:
 * @peer: that has greeted the trust
 * @device: the greeted person's store, which has the catalogue
 * @folder: where packs are put; made where it is missing
 * @known: (nullable) (array zero-terminated=1): digests of packs that are here otherwise
 * @most: how many pieces to fetch now
 * @cancellable: (nullable): asked between pieces; what has come stays
 * @outcome: (out): what came of it
 * @reason: (out) (transfer full) (nullable): why what came was refused
 *
 * Goes on fetching what the trust teaches. A damaged piece is thrown away and fetched again
 * the next time; a whole file that is not what was published, or that this version cannot
 * read, is refused for good.
 *
 * Returns: FALSE with @error set when the trust or the disk fails; go on later */
gboolean
way_pack_chunks_fetch (WayPeer *peer,
                       WayStore *device,
                       const char *folder,
                       const char *const *known,
                       guint most,
                       GCancellable *cancellable,
                       WayPackChunksOutcome *outcome,
                       char **reason,
                       GError **error)
{
  g_auto (Release) release = { 0 };
  gboolean is_found;
  gint64 n;

  g_return_val_if_fail (WAY_IS_PEER (peer) && WAY_IS_STORE (device) && folder != NULL, FALSE);
  g_return_val_if_fail (outcome != NULL && reason != NULL, FALSE);

  *outcome = WAY_PACK_CHUNKS_NOTHING;
  *reason = NULL;
  if (!find_missing (device, folder, known, &release, &is_found, error))
    return FALSE;
  if (!is_found)
    return TRUE;
  if (g_mkdir_with_parents (folder, 0700) != 0)
    return fail_file (folder, error);
  n = count_pieces (&release) + 1;
  for (guint i = 0; i < most; i++, n++)
    {
      g_autoptr (WayChunk) chunk = NULL;
      g_autoptr (GError) local = NULL;
      g_autofree guchar *bytes = NULL;
      gsize size;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      chunk = way_peer_fetch_chunk (peer, release.digest, n, &local);
      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (chunk == NULL)
        {
          /* No file was published, or another than the one begun here. */
          g_unlink (release.part);
          return TRUE;
        }
      bytes = open_chunk (chunk, n, &size, reason);
      if (bytes == NULL)
        {
          *outcome = WAY_PACK_CHUNKS_REFUSED;
          return TRUE;
        }
      if (!append (release.part, (n - 1) * CHUNK, bytes, size, error))
        return FALSE;
      *outcome = WAY_PACK_CHUNKS_MORE;
      if (n == chunk->n_chunks)
        return place (&release, chunk, outcome, reason, error);
    }
  return TRUE;
}

/* The version that stands in a name, "core-3-0123456789abcdef.zip"; −1 where there is none. */
static gint64
read_version (const char *name, const char *pack)
{
  char *end;
  gint64 version;

  if (!g_str_has_prefix (name, pack) || name[strlen (pack)] != '-'
      || !g_str_has_suffix (name, ".zip") || !g_ascii_isdigit (name[strlen (pack) + 1]))
    return -1;
  version = g_ascii_strtoll (name + strlen (pack) + 1, &end, 10);
  return *end == '-' && strlen (end) == strlen ("-0123456789abcdef.zip") ? version : -1;
}

/* way_pack_chunks_choose:
 * @folder: where packs are put
 * @installed: the pack that came with the program, or that somebody names
 *
 * Which pack to open. Without packs in the folder nothing is opened to find out. */
char *
way_pack_chunks_choose (const char *folder, const char *installed)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (WayPack) base = NULL;
  g_autofree char *best = NULL;
  gint64 newest = 0;
  const char *name;

  g_return_val_if_fail (folder != NULL && installed != NULL, NULL);

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (WayPack) pack = NULL;
      gint64 version;

      if (!g_str_has_suffix (name, ".zip"))
        continue;
      if (base == NULL)
        {
          base = way_pack_open (installed, NULL, NULL);
          if (base == NULL)
            break;
          newest = way_pack_get_version (base);
        }
      version = read_version (name, way_pack_get_id (base));
      if (version <= newest)
        continue;
      /* It was sound when it was put there; disks are not. */
      pack = way_pack_open (path, NULL, NULL);
      if (pack == NULL || way_pack_get_version (pack) != version
          || !g_str_equal (way_pack_get_id (pack), way_pack_get_id (base)))
        continue;
      newest = version;
      g_free (best);
      best = g_steal_pointer (&path);
    }
  return best != NULL ? g_steal_pointer (&best) : g_strdup (installed);
}

static WayPack *
open_with (const char *path, const char *language, const char *id, const char *module, int version)
{
  g_autoptr (WayPack) pack = way_pack_open (path, language, NULL);
  const WayModule *found = pack != NULL && g_str_equal (way_pack_get_id (pack), id)
                               ? way_pack_find_module (pack, module)
                               : NULL;

  return found != NULL && found->version == version ? g_steal_pointer (&pack) : NULL;
}

/* way_pack_chunks_find_module:
 * @folder: where packs are put
 * @installed: (nullable): the pack that came with the program
 * @pack: the pack that is open, which has another version of the module
 * @language: (nullable): to prefer
 *
 * Finds what somebody began to learn from: what was put into the folder stays there. */
WayPack *
way_pack_chunks_find_module (const char *folder,
                             const char *installed,
                             WayPack *pack,
                             const char *module,
                             int version,
                             const char *language)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *id = way_pack_get_id (pack);
  const char *name;
  WayPack *found;

  if (installed != NULL)
    {
      found = open_with (installed, language, id, module, version);
      if (found != NULL)
        return found;
    }
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      gint64 here = read_version (name, id);

      if (here < 0 || here == way_pack_get_version (pack))
        continue;
      found = open_with (path, language, id, module, version);
      if (found != NULL)
        return found;
    }
  return NULL;
}
