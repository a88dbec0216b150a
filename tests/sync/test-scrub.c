/* test-scrub.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "memory-disk.h"
#include "sync-fixture.h"

#include "store/way-lease.h"
#include "store/way-log.h"

#include <stdio.h>
#include <string.h>

/* I8, I9: what a champion has lost is not in the file either, nor in its write-ahead log. When
 * SQLite moves rows between pages it leaves copies of them where no row is and nothing is free,
 * now and then, and secure_delete does not know of them. Here there is one in each page. */
#define N_ROUNDS 20
#define SECRET "Unmistakable"
#define OWN "Kept for oneself"

typedef struct
{
  SyncFixture parent;
  WayStore *cat;
  char *path;
  gboolean is_in_memory; /* the disk */
} Fixture;

static void
append (WayStore *store, WayEvent *draft)
{
  g_autofree char *id = fixture_append (store, NULL, draft);
}

static void
look_cb (const guint8 *bytes, gsize length, gpointer user_data)
{
  guint *n = user_data;

  n[0] += memmem (bytes, length, SECRET, strlen (SECRET)) != NULL;
  n[1] += memmem (bytes, length, OWN, strlen (OWN)) != NULL;
}

static gboolean
is_on_disk (Fixture *self)
{
  static const char *const endings[] = { "", "-wal" };
  guint n[2] = { 0, 0 };

  for (guint i = 0; i < G_N_ELEMENTS (endings) && !self->is_in_memory; i++)
    {
      g_autofree char *file = g_strconcat (self->path, endings[i], NULL);
      g_autofree char *bytes = NULL;
      gsize length;

      if (g_file_get_contents (file, &bytes, &length, NULL))
        look_cb ((const guint8 *) bytes, length, n);
    }
  if (self->is_in_memory)
    memory_disk_look (self->path, look_cb, n);
  g_assert_cmpuint (n[1], >, 0);
  return n[0] > 0;
}

static guint
read_pair (const char *bytes)
{
  return (guint) (guint8) bytes[0] << 8 | (guint8) bytes[1];
}

/* Between the list of a page's cells and the first cell (the format of SQLite's files, 1.6). */
static void
plant (const char *path)
{
  g_autofree char *bytes = NULL;
  guint n_planted = 0;
  gsize length, size;
  FILE *file;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  size = read_pair (bytes + 16);
  file = fopen (path, "r+");
  g_assert_nonnull (file);
  for (gsize at = size; size > 0 && at + size <= length; at += size)
    {
      guint from = 8 + 2 * read_pair (bytes + at + 3);
      guint to = read_pair (bytes + at + 5);

      if (bytes[at] != 0x0d || from + strlen (SECRET) > to)
        continue;
      g_assert_cmpint (fseek (file, (long) (at + from), SEEK_SET), ==, 0);
      g_assert_cmpuint (fwrite (SECRET, 1, strlen (SECRET), file), ==, strlen (SECRET));
      n_planted++;
    }
  g_assert_cmpint (fclose (file), ==, 0);
  g_assert_cmpuint (n_planted, >, 2);
}

static void
open_again (Fixture *self, gboolean is_planted)
{
  way_store_close (self->cat);
  g_clear_object (&self->cat);
  if (is_planted)
    plant (self->path);
  self->cat = sync_fixture_open (&self->parent, "cat.store", "cat");
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (WayStore) ann = NULL;

  self->is_in_memory = GPOINTER_TO_INT (data);
  sync_fixture_set_up (&self->parent, NULL);
  if (self->is_in_memory)
    memory_disk_install ();
  ann = sync_fixture_open (&self->parent, "ann.store", "ann");
  self->cat = sync_fixture_open (&self->parent, "cat.store", "cat");
  self->path = g_build_filename (self->parent.folder, "cat.store", NULL);
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      for (guint j = 0; j < 3; j++)
        {
          WayEvent *draft = fixture_draft ("help_request", "{'page':'today','text':'%s'}", SECRET);

          draft->unit = g_strdup ("w1");
          append (ann, draft);
          append (self->cat, fixture_draft ("reflection", "{'text':'%s'}", OWN));
        }
      sync_fixture_sync (&self->parent, ann, NULL);
      sync_fixture_sync (&self->parent, self->cat, NULL);
    }
  way_store_close (ann);
  fixture_assert_rows (self->cat, "SELECT count(*) FROM help", "60");
  if (!self->is_in_memory)
    open_again (self, TRUE);
  g_assert_true (is_on_disk (self));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  if (self->cat != NULL)
    way_store_close (self->cat);
  g_clear_object (&self->cat);
  if (self->is_in_memory)
    memory_disk_uninstall ();
  g_clear_pointer (&self->path, g_free);
  sync_fixture_tear_down (&self->parent, NULL);
}

static void
end_role (Fixture *self)
{
  append (self->parent.trust,
          fixture_draft ("role_grant",
                         "{'person':'cat','role':'champion','place':'w1','ended':1}"));
}

static void
assert_gone (Fixture *self)
{
  gboolean must_scrub = TRUE;

  fixture_assert_rows (self->cat, "SELECT count(*) FROM help", "0");
  g_assert_true (way_store_must_scrub (self->cat, &must_scrub, NULL));
  g_assert_false (must_scrub);
  g_assert_false (is_on_disk (self));
  fixture_assert_sound (self->cat);
}

static void
test_role_ends (Fixture *self, gconstpointer data)
{
  end_role (self);
  sync_fixture_sync (&self->parent, self->cat, NULL);
  assert_gone (self);
}

static void
test_lease_ends (Fixture *self, gconstpointer data)
{
  g_assert_true (
      way_store_set_meta (self->cat, "lease", "0 9000000000000000 another-boot 5", NULL));
  open_again (self, FALSE);
  assert_gone (self);
}

static void
test_shared (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  way_lease_refuse (self->cat, TRUE, &error);
  g_assert_no_error (error);
  assert_gone (self);
}

/* An event that the trust has erased. */
static void
test_erased (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) events = way_store_list_events (self->cat, NULL, NULL);
  g_autoptr (WayBatch) batch = way_batch_begin (self->cat, NULL);
  g_autoptr (GError) error = NULL;
  guint n_blanked = 0;

  for (guint i = 0; i < events->len; i++)
    {
      const WayEvent *event = events->pdata[i];

      if (!g_str_equal (event->kind, "help_request"))
        continue;
      way_batch_blank (batch, event, &error);
      g_assert_no_error (error);
      n_blanked++;
    }
  g_assert_cmpuint (n_blanked, >, 0);
  way_batch_commit (batch, &error);
  g_assert_no_error (error);
  way_store_checkpoint (self->cat, &error);
  g_assert_no_error (error);
  g_assert_false (is_on_disk (self));
}

/* Where nothing was taken out, nothing is written anew. */
static void
test_nothing (Fixture *self, gconstpointer data)
{
  gint64 before = 0, after = 0;

  /* Each VACUUM counts it on. */
  g_assert_true (
      way_db_get_int (way_store_get_db (self->cat), "PRAGMA schema_version", &before, NULL));
  append (self->cat, fixture_draft ("reflection", "{'text':'One more'}"));
  sync_fixture_sync (&self->parent, self->cat, NULL);
  g_assert_true (
      way_db_get_int (way_store_get_db (self->cat), "PRAGMA schema_version", &after, NULL));
  g_assert_cmpint (before, ==, after);
  end_role (self);
  sync_fixture_sync (&self->parent, self->cat, NULL);
  g_assert_true (
      way_db_get_int (way_store_get_db (self->cat), "PRAGMA schema_version", &after, NULL));
  g_assert_cmpint (before, <, after);
}

/* Somebody reads what was there: it goes once they have finished. */
static void
test_reader (Fixture *self, gconstpointer data)
{
  g_autofree char *uri = g_strconcat ("sqlite:", self->path, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (WayDb) reader = way_db_open (uri, WAY_DB_READ_ONLY, &error);
  gboolean must_scrub = FALSE;
  gboolean has_row;

  g_assert_no_error (error);
  way_statement_step (way_db_prepare (reader, "SELECT body FROM event", &error), &has_row, &error);
  g_assert_no_error (error);
  end_role (self);
  sync_fixture_sync (&self->parent, self->cat, NULL);
  g_assert_true (way_store_must_scrub (self->cat, &must_scrub, NULL));
  g_assert_true (must_scrub);
  g_clear_pointer (&reader, way_db_free);
  sync_fixture_sync (&self->parent, self->cat, NULL);
  assert_gone (self);
}

/* The disk is full from any of its writes on: what the sync has done holds, and the rest comes
 * when there is room again, also after a new start. */
static void
test_full_disk (Fixture *self, gconstpointer data)
{
  g_autoptr (DiskImage) image = NULL;
  guint n_put_off = 0;
  gboolean has_struck = TRUE;

  end_role (self);
  way_store_close (self->cat);
  g_clear_object (&self->cat);
  image = memory_disk_copy (self->path, NULL);
  for (guint n = 0; has_struck; n = n + 1 + n / 8)
    {
      g_autoptr (GError) error = NULL;
      gboolean must_scrub = FALSE;
      gboolean is_synced;

      memory_disk_put (self->path, image);
      self->cat = sync_fixture_open (&self->parent, "cat.store", "cat");
      memory_disk_break (self->path, DISK_FULL, n, NULL);
      is_synced = way_sync_run (self->cat, self->parent.peer, NULL, NULL, &error);
      has_struck = memory_disk_mend (self->path, NULL);
      if (is_synced)
        {
          fixture_assert_rows (self->cat, "SELECT count(*) FROM help", "0");
          g_assert_true (way_store_must_scrub (self->cat, &must_scrub, NULL));
          g_assert_true (must_scrub || !is_on_disk (self));
          n_put_off += must_scrub;
        }
      if (n % 2 == 1)
        open_again (self, FALSE);
      sync_fixture_sync (&self->parent, self->cat, NULL);
      assert_gone (self);
      way_store_close (self->cat);
      g_clear_object (&self->cat);
    }
  g_assert_cmpuint (n_put_off, >, 0);
  g_test_message ("put off %u times", n_put_off);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func, data)                                                                      \
  g_test_add (path, Fixture, GINT_TO_POINTER (data), set_up, func, tear_down)
  ADD ("/sync/scrub/role-ends", test_role_ends, FALSE);
  ADD ("/sync/scrub/lease-ends", test_lease_ends, FALSE);
  ADD ("/sync/scrub/shared", test_shared, FALSE);
  ADD ("/sync/scrub/erased", test_erased, FALSE);
  ADD ("/sync/scrub/nothing", test_nothing, FALSE);
  ADD ("/sync/scrub/reader", test_reader, FALSE);
  ADD ("/sync/scrub/full-disk", test_full_disk, TRUE);
#undef ADD
  return g_test_run ();
}
