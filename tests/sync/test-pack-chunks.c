/* test-pack-chunks.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync-fixture.h"

#include "content/way-pack-files.h"
#include "content/way-pack.h"
#include "sync/way-pack-chunks.h"

#include <glib/gstdio.h>
#include <string.h>

/* How a pack's file comes to a device: in pieces, gone on with after a cut, and under its
 * name only when it is whole and sound. */

#define NAMESPACE "https://waymark-skills.github.io/ns/pack/1"

typedef struct
{
  char *folder; /* packs of the device */
  char *zip;
  char *digest;
  WayStore *device;
} Pack;

static void
copy_tree (const char *from, const char *to)
{
  g_autoptr (GDir) dir = g_dir_open (from, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  g_assert_cmpint (g_mkdir_with_parents (to, 0700), ==, 0);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *source = g_build_filename (from, name, NULL);
      g_autofree char *target = g_build_filename (to, name, NULL);

      if (g_file_test (source, G_FILE_TEST_IS_DIR))
        copy_tree (source, target);
      else
        fixture_copy_file (source, target);
    }
}

/* A pack of several pieces, with what stands in its pack.xml changed. */
static char *
make_folder (SyncFixture *fixture, int version, const char *space)
{
  g_autofree char *good = g_test_build_filename (G_TEST_DIST, "data", "packs", "good", NULL);
  char *folder = g_strdup_printf ("%s/pack-%d", fixture->folder, version);
  g_autofree char *manifest = g_build_filename (folder, "pack.xml", NULL);
  g_autofree char *media = g_build_filename (folder, "media", NULL);
  g_autofree char *noise = g_build_filename (media, "noise.bin", NULL);
  g_autofree char *text = NULL;
  g_autofree char *wanted = g_strdup_printf (" version=\"%d\"", version);
  g_autofree guint32 *bytes = g_new (guint32, 150000);
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) version);
  g_autoptr (GRegex)
      regex = g_regex_new ("(<pack [^>]*) version=\"[0-9]+\"", G_REGEX_DOTALL, 0, NULL);
  g_autofree char *swap = g_strconcat ("\\1", wanted, NULL);
  g_autofree char *welsh = g_build_filename (folder, "pack.cy.xml", NULL);

  copy_tree (good, folder);
  g_unlink (welsh); /* it says the version too */
  for (guint i = 0; i < 150000; i++)
    bytes[i] = g_rand_int (rand);
  g_assert_cmpint (g_mkdir_with_parents (media, 0700), ==, 0);
  g_assert_true (g_file_set_contents (noise, (char *) bytes, 600000, NULL));
  g_assert_true (g_file_get_contents (manifest, &text, NULL, NULL));
  {
    g_autofree char *with_version = g_regex_replace (regex, text, -1, 0, swap, 0, NULL);
    GString *whole = g_string_new (with_version);

    g_string_replace (whole, NAMESPACE, space, 0);
    g_assert_true (g_file_set_contents (manifest, whole->str, -1, NULL));
    g_string_free (whole, TRUE);
  }
  return folder;
}

static void
announce (SyncFixture *fixture, const char *pack, int version, const char *digest)
{
  g_autofree char *id = fixture_append (
      fixture->trust, NULL,
      fixture_draft ("pack_release",
                     "{'part':'pack','pack':'%s','version':%d,'ident':'%s','name':'n',"
                     "'digest':'%s','position':1}",
                     pack, version, pack, digest));
}

static void
publish (SyncFixture *fixture, Pack *self, int version)
{
  g_autofree char *folder = make_folder (fixture, version, NAMESPACE);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayPack) pack = NULL;
  g_autoptr (GBytes) file = NULL;
  WaySyncResult result;
  char *bytes;
  gsize size;

  g_free (self->zip);
  self->zip = g_strconcat (folder, ".zip", NULL);
  way_pack_build (folder, self->zip, &error);
  g_assert_no_error (error);
  pack = way_pack_open (self->zip, NULL, &error);
  g_assert_no_error (error);
  g_free (self->digest);
  self->digest = g_strdup (way_pack_get_digest (pack));
  g_assert_true (g_file_get_contents (self->zip, &bytes, &size, NULL));
  g_assert_cmpuint (size, >, 2 * 256 * 1024);
  g_assert_cmpuint (size, <, 3 * 256 * 1024);
  file = g_bytes_new_take (bytes, size);
  way_pack_chunks_publish (fixture->trust, self->digest, file, &error);
  g_assert_no_error (error);
  announce (fixture, way_pack_get_id (pack), version, self->digest);
  if (self->device == NULL)
    self->device = sync_fixture_open (fixture, "ann", "ann");
  sync_fixture_sync (fixture, self->device, &result);
  g_free (self->folder);
  self->folder = g_build_filename (fixture->folder, "packs", NULL);
}

static void
pack_clear (Pack *self)
{
  g_free (self->folder);
  g_free (self->zip);
  g_free (self->digest);
  g_assert_finalize_object (self->device);
}

static WayPackChunksOutcome
fetch (SyncFixture *fixture, Pack *self, guint most, char **reason)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *why = NULL;
  WayPackChunksOutcome outcome;

  way_pack_chunks_fetch (fixture->peer, self->device, self->folder, NULL, most, NULL, &outcome,
                         &why, &error);
  g_assert_no_error (error);
  if (reason != NULL)
    *reason = g_steal_pointer (&why);
  return outcome;
}

static guint
count_files (Pack *self, const char *ending)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_suffix (name, ending);
  return n;
}

static char *
dup_part (Pack *self)
{
  return g_strdup_printf ("%s/.%s.part", self->folder, self->digest);
}

static void
change (SyncFixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;

  way_db_exec (way_store_get_db (fixture->trust), sql, &error);
  g_assert_no_error (error);
}

static void
assert_placed (Pack *self, int version)
{
  g_autofree char *path = g_strdup_printf ("%s/good-%d-%.16s.zip", self->folder, version,
                                           self->digest);
  g_autofree char *sent = NULL;
  g_autofree char *come = NULL;
  gsize sent_size, come_size;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    g_error ("there is no %s", path);
  g_assert_true (g_file_get_contents (self->zip, &sent, &sent_size, NULL));
  g_assert_true (g_file_get_contents (path, &come, &come_size, NULL));
  g_assert_cmpmem (sent, sent_size, come, come_size);
  g_assert_cmpuint (count_files (self, ".part"), ==, 0);
}

static void
test_comes (SyncFixture *fixture, gconstpointer data)
{
  Pack self = { 0 };
  const char *known[2] = { NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *reason = NULL;
  WayPackChunksOutcome outcome;

  publish (fixture, &self, 7);
  /* Whoever has it otherwise fetches nothing. */
  known[0] = self.digest;
  g_assert_true (way_pack_chunks_fetch (fixture->peer, self.device, self.folder, known, 9, NULL,
                                        &outcome, &reason, &error));
  g_assert_cmpint (outcome, ==, WAY_PACK_CHUNKS_NOTHING);
  g_assert_cmpint (fetch (fixture, &self, 99, NULL), ==, WAY_PACK_CHUNKS_PLACED);
  assert_placed (&self, 7);
  g_assert_cmpint (fetch (fixture, &self, 99, NULL), ==, WAY_PACK_CHUNKS_NOTHING);
  /* Published again it is the same: nobody fetches it anew. */
  publish (fixture, &self, 7);
  g_assert_cmpint (fetch (fixture, &self, 99, NULL), ==, WAY_PACK_CHUNKS_NOTHING);
  fixture_assert_rows (fixture->trust,
                       "SELECT (SELECT count(*) FROM pack_file),"
                       " (SELECT count(*) FROM pack_chunk)",
                       "1|3");
  pack_clear (&self);
}

/* What has come stays; what a cut left in the middle of a piece is written over. */
static void
test_cut (SyncFixture *fixture, gconstpointer data)
{
  Pack self = { 0 };
  g_autofree char *part = NULL;
  g_autofree char *bytes = NULL;
  gsize size;

  publish (fixture, &self, 7);
  g_assert_cmpint (fetch (fixture, &self, 1, NULL), ==, WAY_PACK_CHUNKS_MORE);
  g_assert_cmpuint (count_files (&self, ".zip"), ==, 0);
  part = dup_part (&self);
  g_assert_true (g_file_get_contents (part, &bytes, &size, NULL));
  g_assert_cmpuint (size, ==, 256 * 1024);
  bytes = g_realloc (bytes, size + 1000);
  memset (bytes + size, 'x', 1000);
  g_assert_true (g_file_set_contents (part, bytes, (gssize) size + 1000, NULL));
  /* The first piece is not asked for again: it would be refused now. */
  change (fixture, "UPDATE pack_chunk SET bytes = 'AAAA' WHERE n = 1");
  g_assert_cmpint (fetch (fixture, &self, 1, NULL), ==, WAY_PACK_CHUNKS_MORE);
  g_assert_cmpint (fetch (fixture, &self, 1, NULL), ==, WAY_PACK_CHUNKS_PLACED);
  assert_placed (&self, 7);
  pack_clear (&self);
}

static void
test_damaged_piece (SyncFixture *fixture, gconstpointer data)
{
  Pack self = { 0 };
  g_autofree char *reason = NULL;
  g_autofree char *part = NULL;
  GStatBuf about;

  publish (fixture, &self, 7);
  change (fixture, "CREATE TABLE kept AS SELECT bytes FROM pack_chunk WHERE n = 2;"
                   "UPDATE pack_chunk SET bytes = 'AAAA' || substr (bytes, 5) WHERE n = 2");
  g_assert_cmpint (fetch (fixture, &self, 99, &reason), ==, WAY_PACK_CHUNKS_REFUSED);
  g_assert_cmpstr (reason, ==, "piece 2 came damaged");
  part = dup_part (&self);
  g_assert_cmpint (g_stat (part, &about), ==, 0);
  g_assert_cmpint (about.st_size, ==, 256 * 1024);
  g_assert_cmpuint (count_files (&self, ".zip"), ==, 0);
  change (fixture, "UPDATE pack_chunk SET bytes = (SELECT bytes FROM kept) WHERE n = 2;"
                   "DROP TABLE kept");
  g_assert_cmpint (fetch (fixture, &self, 99, NULL), ==, WAY_PACK_CHUNKS_PLACED);
  assert_placed (&self, 7);
  pack_clear (&self);
}

/* Each piece is sound, but the whole is another file. */
static void
test_another_file (SyncFixture *fixture, gconstpointer data)
{
  Pack self = { 0 };
  g_autofree char *reason = NULL;

  publish (fixture, &self, 7);
  change (fixture, "UPDATE pack_file SET sha256 = substr (sha256, 2) || '0'");
  g_assert_cmpint (fetch (fixture, &self, 99, &reason), ==, WAY_PACK_CHUNKS_REFUSED);
  g_assert_cmpstr (reason, ==, "it is not the file that was published");
  g_assert_cmpuint (count_files (&self, ".zip"), ==, 0);
  g_assert_cmpuint (count_files (&self, ".part"), ==, 0);
  /* What a trust says of sizes is not believed. */
  change (fixture, "UPDATE pack_file SET size = 9000000000000000, chunks = 34332275391");
  g_free (g_steal_pointer (&reason));
  g_assert_cmpint (fetch (fixture, &self, 99, &reason), ==, WAY_PACK_CHUNKS_REFUSED);
  g_assert_nonnull (strstr (reason, "size"));
  g_assert_cmpuint (count_files (&self, ".part"), ==, 0);
  pack_clear (&self);
}

/* A format that is newer than this program is left alone, and not fetched again. */
static void
test_newer_format (SyncFixture *fixture, gconstpointer data)
{
  Pack self = { 0 };
  g_autofree char *newer = make_folder (fixture, 9, "https://waymark-skills.github.io/ns/pack/2");
  g_autofree char *zip = g_strconcat (newer, ".zip", NULL);
  g_autofree char *reason = NULL;
  g_autofree char *again = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayPackFiles) files = NULL;
  g_autoptr (GBytes) file = NULL;
  WaySyncResult result;
  char *bytes;
  gsize size;

  publish (fixture, &self, 7);
  g_assert_cmpint (fetch (fixture, &self, 99, NULL), ==, WAY_PACK_CHUNKS_PLACED);
  /* `pack build` would not make it: past every check. */
  files = way_pack_files_open (newer, &error);
  g_assert_no_error (error);
  way_pack_files_write_zip (files, zip, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (zip, &bytes, &size, NULL));
  file = g_bytes_new_take (bytes, size);
  way_pack_chunks_publish (fixture->trust, way_pack_files_get_digest (files), file, &error);
  g_assert_no_error (error);
  announce (fixture, "good", 9, way_pack_files_get_digest (files));
  sync_fixture_sync (fixture, self.device, &result);
  g_assert_cmpint (fetch (fixture, &self, 99, &reason), ==, WAY_PACK_CHUNKS_REFUSED);
  g_assert_nonnull (strstr (reason, "pack.xml"));
  g_assert_cmpuint (count_files (&self, ".part"), ==, 0);
  g_assert_cmpuint (count_files (&self, ".zip"), ==, 1);
  g_assert_cmpuint (count_files (&self, ".refused"), ==, 1);
  g_assert_cmpint (fetch (fixture, &self, 99, &again), ==, WAY_PACK_CHUNKS_NOTHING);
  pack_clear (&self);
}

/* Names come from the trust, and become those of files. */
static void
test_names (SyncFixture *fixture, gconstpointer data)
{
  Pack self = { 0 };
  WaySyncResult result;

  publish (fixture, &self, 7);
  announce (fixture, "../../escape", 1, self.digest);
  announce (fixture, "good", 8, "../../../../../../../../../../../../../../../../../../tmp/x");
  sync_fixture_sync (fixture, self.device, &result);
  g_assert_cmpint (fetch (fixture, &self, 99, NULL), ==, WAY_PACK_CHUNKS_NOTHING);
  g_assert_false (g_file_test (self.folder, G_FILE_TEST_EXISTS));
  /* A release without a file is one that was carried by hand. */
  {
    g_autofree char *digest = g_strnfill (64, 'e');

    announce (fixture, "good", 9, digest);
  }
  sync_fixture_sync (fixture, self.device, &result);
  g_assert_cmpint (fetch (fixture, &self, 99, NULL), ==, WAY_PACK_CHUNKS_NOTHING);
  g_assert_cmpuint (count_files (&self, ".zip"), ==, 0);
  pack_clear (&self);
}

/* At a start the newest that is sound is opened. */
static void
test_choose (SyncFixture *fixture, gconstpointer data)
{
  Pack self = { 0 };
  g_autofree char *installed = make_folder (fixture, 6, NAMESPACE);
  g_autofree char *newer = make_folder (fixture, 9, NAMESPACE);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  g_autofree char *fourth = NULL;
  g_autofree char *placed = NULL;

  publish (fixture, &self, 7);
  first = way_pack_chunks_choose (self.folder, installed);
  g_assert_cmpstr (first, ==, installed);
  g_assert_cmpint (fetch (fixture, &self, 99, NULL), ==, WAY_PACK_CHUNKS_PLACED);
  second = way_pack_chunks_choose (self.folder, installed);
  placed = g_strdup_printf ("%s/good-7-%.16s.zip", self.folder, self.digest);
  g_assert_cmpstr (second, ==, placed);
  third = way_pack_chunks_choose (self.folder, newer);
  g_assert_cmpstr (third, ==, newer);
  g_assert_true (g_file_set_contents (placed, "damaged", -1, NULL));
  fourth = way_pack_chunks_choose (self.folder, installed);
  g_assert_cmpstr (fourth, ==, installed);
  pack_clear (&self);
}

static void
test_attacks (SyncFixture *fixture, gconstpointer data)
{
  static const char *const refused[] = {
    "SELECT * FROM main.pack_chunk",
    "UPDATE main.pack_chunk SET bytes = ''",
    "INSERT INTO main.pack_file (digest) VALUES ('x')",
    "DELETE FROM main.pack_file",
  };
  static const char *const logins[] = { "ann", "lea", "eve" };
  Pack self = { 0 };
  g_autofree char *sql = NULL;

  publish (fixture, &self, 7);
  sql = g_strdup_printf ("SELECT count(*) FROM api.pack_chunk_v1 ('%s', 1)", self.digest);
  for (guint l = 0; l < G_N_ELEMENTS (logins); l++)
    {
      g_autofree char *uri = sync_fixture_dup_login_uri (fixture, logins[l]);
      g_autoptr (WayDb) db = way_db_open (uri, WAY_DB_READ_WRITE, NULL);
      gint64 n;

      for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
        if (way_db_exec (db, refused[i], NULL))
          g_error ("%s: not refused: %s", logins[l], refused[i]);
      g_assert_true (way_db_get_int (db, sql, &n, NULL));
      g_assert_cmpint (n, ==, !g_str_equal (logins[l], "eve"));
    }
  pack_clear (&self);
}

#define ADD(name, test)                                                                            \
  g_test_add ("/sync/pack-chunks/" name, SyncFixture, NULL, sync_fixture_set_up, test,             \
              sync_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("comes", test_comes);
  ADD ("cut", test_cut);
  ADD ("damaged-piece", test_damaged_piece);
  ADD ("another-file", test_another_file);
  ADD ("newer-format", test_newer_format);
  ADD ("names", test_names);
  ADD ("choose", test_choose);
  if (sync_fixture_is_postgresql ())
    ADD ("attacks", test_attacks);
  return g_test_run ();
}
