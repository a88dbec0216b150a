/* test-disk.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store-fixture.h"
#include "way-shim.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* A program that saves answers, with a disk that fails under it at each of its operations:
 * what it said to be saved is there afterwards, once, and an answer is whole or not there
 * at all. The numbers are those of the list of faults. */

#define N_ANSWERS 5

static char *writer;

typedef struct
{
  char *folder;
  char *path;
  char *shim_path;
  WayFaultShim *shim;
} Fixture;

typedef struct
{
  GPtrArray *saved; /* ids, in their order */
  GPtrArray *said;  /* the other lines */
  GArray *took;     /* µs, of each answer */
  gboolean is_well; /* it came to its end */
} Run;

static void
run_clear (Run *run)
{
  g_clear_pointer (&run->saved, g_ptr_array_unref);
  g_clear_pointer (&run->said, g_ptr_array_unref);
  g_clear_pointer (&run->took, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = fixture_make_folder ();
  fixture->path = g_build_filename (fixture->folder, "ann.store", NULL);
  fixture->shim_path = g_build_filename (fixture->folder, "shim", NULL);
  fixture->shim = way_shim_new (fixture->shim_path, fixture->path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  way_shim_free (fixture->shim);
  fixture_remove_folder (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->shim_path);
}

static void
remove_store (Fixture *fixture)
{
  static const char *const endings[] = { "", "-wal", "-shm", ".lock" };

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *path = g_strconcat (fixture->path, endings[i], NULL);

      g_unlink (path);
    }
}

static GSubprocess *
spawn_writer (Fixture *fixture, guint n_answers)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autofree char *number = g_strdup_printf ("%u", n_answers);
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE | (g_test_verbose () ? 0 : G_SUBPROCESS_FLAGS_STDERR_SILENCE));
  way_shim_preload (launcher, fixture->shim_path);
  process = g_subprocess_launcher_spawn (launcher, &error, writer, fixture->path, number, NULL);
  g_assert_no_error (error);
  return process;
}

static void
read_line (Run *run, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);

  /* The last line of one that was killed may be cut off. */
  if (g_strcmp0 (words[0], "saved") == 0 && g_strv_length (words) == 4 && strlen (words[2]) == 36)
    {
      gint64 took = g_ascii_strtoll (words[3], NULL, 10);

      g_ptr_array_add (run->saved, g_strdup (words[1]));
      g_ptr_array_add (run->saved, g_strdup (words[2]));
      g_array_append_val (run->took, took);
    }
  else if (*line != '\0')
    {
      g_ptr_array_add (run->said, g_strdup (line));
    }
}

static Run
run_writer (Fixture *fixture, guint n_answers)
{
  g_autoptr (GSubprocess) process = spawn_writer (fixture, n_answers);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  Run run = { g_ptr_array_new_with_free_func (g_free), g_ptr_array_new_with_free_func (g_free),
              g_array_new (FALSE, FALSE, sizeof (gint64)), FALSE };

  g_subprocess_communicate_utf8 (process, NULL, NULL, &text, NULL, &error);
  g_assert_no_error (error);
  run.is_well = g_subprocess_get_successful (process);
  /* Killed by us, or ended by itself; nothing else. */
  if (g_subprocess_get_if_signaled (process))
    g_assert_cmpint (g_subprocess_get_term_sig (process), ==, SIGKILL);
  else
    g_assert_cmpint (g_subprocess_get_exit_status (process), <=, 1);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    read_line (&run, lines[i]);
  return run;
}

static gint64
count_ops (Fixture *fixture, WayShimOps ops)
{
  g_auto (Run) run = { 0 };

  way_shim_set (fixture->shim, ops, WAY_SHIM_NOTHING, 0, 0, 0);
  run = run_writer (fixture, N_ANSWERS);
  g_assert_true (run.is_well);
  g_assert_cmpuint (run.saved->len, ==, 2 * N_ANSWERS);
  remove_store (fixture);
  return fixture->shim->n_ops;
}

/* Opens what the disk has kept, and looks at it: all that was saved, once, in pairs, in
 * the order in which it was saved. */
static void
assert_kept (Fixture *fixture, const Run *run, gint64 at, gboolean must_be_all)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) store = way_store_open_device (fixture->path, "ann", &error);
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GHashTable) found = g_hash_table_new (g_str_hash, g_str_equal);
  guint next = 0;

  g_assert_no_error (error);
  events = way_store_list_events (store, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < events->len; i++)
    {
      const char *id = ((WayEvent *) events->pdata[i])->id;

      g_assert_true (g_hash_table_add (found, (gpointer) id));
      if (next < run->saved->len && g_str_equal (id, run->saved->pdata[next]))
        next++;
    }
  if (next != run->saved->len)
    g_test_message ("At operation %" G_GINT64_FORMAT ": %u of %u saved are there", at, next,
                    run->saved->len);
  g_assert_cmpuint (next, ==, run->saved->len);
  g_assert_cmpuint (events->len % 2, ==, 0);
  if (must_be_all)
    g_assert_cmpuint (events->len, ==, run->saved->len);
  else /* one that was not told of yet, at most */
    g_assert_cmpuint (events->len, <=, run->saved->len + 2);
  fixture_assert_sound (store);
  g_free (
      fixture_append (store, NULL,
                      fixture_draft ("self_rating", "{'capability':'find','now':%d,'need':3}", 1)));
}

/* Every operation in the long run, a sample in the other: each is different. */
static gint64
next_place (gint64 at, gint64 last, gint64 n_samples)
{
  return at
         + (g_test_slow () || last <= n_samples
                ? 1
                : g_test_rand_int_range (1, (gint32) (2 * last / n_samples)));
}

static void
end_at_each (Fixture *fixture, WayShimAction action, gint64 n_samples)
{
  /* A clean run of the same counts what there is. */
  gint64 n_ops = count_ops (fixture, WAY_SHIM_ALL);
  guint n_rounds = 0;
  guint n_saved = 0;

  for (gint64 at = 1; at <= n_ops; at = next_place (at, n_ops, n_samples))
    {
      g_auto (Run) run = { 0 };

      way_shim_set (fixture->shim, WAY_SHIM_ALL, action, at, 1, 0);
      run = run_writer (fixture, N_ANSWERS);
      g_assert_false (run.is_well);
      n_rounds++;
      n_saved += run.saved->len;
      assert_kept (fixture, &run, at, FALSE);
      remove_store (fixture);
    }
  g_test_message ("%u of %" G_GINT64_FORMAT " operations, %u saved before, none lost", n_rounds,
                  n_ops, n_saved);
  g_assert_cmpuint (n_saved, >, 0);
}

static void
test_killed (Fixture *fixture, gconstpointer data)
{
  end_at_each (fixture, WAY_SHIM_KILL, 25);
}

static void
test_cut (Fixture *fixture, gconstpointer data)
{
  end_at_each (fixture, GPOINTER_TO_INT (data), 16);
}

static void
fail_at_each (Fixture *fixture,
              WayShimOps ops,
              int error,
              gint64 n_wrong,
              gboolean must_end,
              gint64 n_samples)
{
  gint64 n_ops = count_ops (fixture, ops);
  guint n_rounds = 0;
  guint n_met = 0;

  for (gint64 at = 1; at <= n_ops; at = next_place (at, n_ops, n_samples))
    {
      g_auto (Run) run = { 0 };

      way_shim_set (fixture->shim, ops, WAY_SHIM_FAIL, at, n_wrong, error);
      run = run_writer (fixture, N_ANSWERS);
      n_rounds++;
      n_met += run.said->len > (run.is_well ? 2 : 1);
      if (must_end)
        {
          if (!run.is_well)
            for (guint i = 0; i < run.said->len; i++)
              g_test_message ("At %" G_GINT64_FORMAT ": %s", at, (char *) run.said->pdata[i]);
          g_assert_true (run.is_well);
          g_assert_cmpuint (run.saved->len, ==, 2 * N_ANSWERS);
        }
      assert_kept (fixture, &run, at, must_end);
      remove_store (fixture);
    }
  g_test_message ("%u of %" G_GINT64_FORMAT " operations; %u times it was told", n_rounds, n_ops,
                  n_met);
  g_assert_cmpuint (n_met, >, 0);
}

/* Once: the store is opened anew, and the answer saved again, once. */
static void
test_failed_once (Fixture *fixture, gconstpointer data)
{
  fail_at_each (fixture, GPOINTER_TO_INT (data), EIO, 1, TRUE, 12);
}

static void
test_failed_for_good (Fixture *fixture, gconstpointer data)
{
  fail_at_each (fixture, WAY_SHIM_ALL, EIO, G_MAXINT64 / 2, FALSE, 10);
}

/* Full for a few operations; then somebody has made room. */
static void
test_full (Fixture *fixture, gconstpointer data)
{
  fail_at_each (fixture, WAY_SHIM_WRITE | WAY_SHIM_TRUNCATE, ENOSPC, 5, TRUE, 14);
}

static void
assert_appends (WayStore *store)
{
  gint64 before = way_store_get_last_seq (store);

  g_free (
      fixture_append (store, NULL,
                      fixture_draft ("self_rating", "{'capability':'find','now':%d,'need':3}", 2)));
  g_assert_cmpint (way_store_get_last_seq (store), ==, before + 1);
}

static void
test_descriptors (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) store = way_store_open_device (fixture->path, "ann", &error);
  g_autofree char *other = g_build_filename (fixture->folder, "bob.store", NULL);
  g_autoptr (WayStore) another = NULL;
  struct rlimit before, few;
  int fd;

  g_assert_no_error (error);
  assert_appends (store);
  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &before), ==, 0);
  few = before;
  few.rlim_cur = 64;
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &few), ==, 0);
  while ((fd = dup (0)) >= 0)
    g_array_append_val (taken, fd);
  g_assert_cmpint (errno, ==, EMFILE);
  /* What is open goes on; what is not says so. */
  assert_appends (store);
  another = way_store_open_device (other, "bob", &error);
  g_assert_null (another);
  g_assert_nonnull (error);
  g_clear_error (&error);
  for (guint i = 0; i < taken->len; i++)
    close (g_array_index (taken, int, i));
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &before), ==, 0);
  assert_appends (store);
  fixture_assert_sound (store);
  another = way_store_open_device (other, "bob", &error);
  g_assert_no_error (error);
  assert_appends (another);
}

/* Somebody tidies up under the running program. What was saved before and is still on the
 * disk is kept; nothing is called saved that goes into a file which nobody can find. */
static void
test_removed (Fixture *fixture, gconstpointer data)
{
  const char *ending = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) store = way_store_open_device (fixture->path, "ann", &error);
  g_autofree char *victim = g_strconcat (fixture->path, ending, NULL);
  g_autofree char *aside = g_build_filename (fixture->folder, "aside", NULL);
  g_autoptr (GPtrArray) drafts = NULL;
  g_autoptr (WayEvent) found = NULL;
  gboolean is_moved = *ending == '\0';

  g_assert_no_error (error);
  for (guint i = 0; i < 5; i++)
    assert_appends (store);
  g_assert_cmpint (g_rename (victim, aside), ==, 0);

  drafts = fixture_list (fixture_draft ("self_rating", "{'capability':'find','now':%d,'need':3}",
                                        4),
                         NULL);
  g_assert_false (way_store_append (store, drafts, &error));
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_IO);
  g_clear_error (&error);
  /* As the application does: what is on the disk is read again, and the same saved anew. */
  way_store_close (store);
  g_clear_object (&store);
  store = way_store_open_device (fixture->path, "ann", &error);
  g_assert_no_error (error);
  g_assert_true (way_store_append (store, drafts, &error));
  g_assert_cmpint (way_store_get_last_seq (store), ==, is_moved ? 1 : 6);
  g_assert_true (way_log_find (store, ((WayEvent *) drafts->pdata[0])->id, &found, &error));
  g_assert_nonnull (found);
  fixture_assert_sound (store);
  if (is_moved)
    {
      /* Put back, it is whole as well. */
      way_store_close (store);
      g_clear_object (&store);
      remove_store (fixture);
      g_assert_cmpint (g_rename (aside, fixture->path), ==, 0);
      store = way_store_open_device (fixture->path, "ann", &error);
      g_assert_no_error (error);
      g_assert_cmpint (way_store_get_last_seq (store), ==, 5);
      fixture_assert_sound (store);
    }
}

static void
flip (const char *path, gsize n_flips)
{
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, &error));
  for (gsize i = 0; i < n_flips; i++)
    bytes[g_test_rand_int_range (0, (gint32) length)] ^= (char) (1 << g_test_rand_int_range (0, 8));
  g_assert_true (g_file_set_contents (path, bytes, length, &error));
}

/* Bits turn over anywhere in the file. Whatever opens of it is what was written: a changed
 * body is found by its digest, and never believed. */
static void
test_flips (Fixture *fixture, gconstpointer data)
{
  guint n_rounds = g_test_slow () ? 1000 : 40;
  guint n_kept = 0, n_told = 0, n_salvaged = 0, n_whole = 0, n_unsure = 0;
  g_autoptr (GHashTable) texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *clean = g_build_filename (fixture->folder, "clean", NULL);
  g_autoptr (GHashTable) bodies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (WayStore) store = way_store_open_device (fixture->path, "ann", NULL);

  for (guint i = 0; i < 40; i++)
    {
      WayEvent *draft = fixture_draft ("self_rating", "{'capability':'find','now':%u,'need':3}",
                                       i % 4 + 1);
      g_autofree char *body = g_strdup_printf ("self_rating 1 ann %s", draft->body);

      g_hash_table_add (texts, g_strdup (draft->body));
      g_hash_table_insert (bodies, fixture_append (store, NULL, draft), g_steal_pointer (&body));
    }
  way_store_close (store);
  g_clear_object (&store);
  fixture_copy_file (fixture->path, clean);

  for (guint round = 0; round < n_rounds; round++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) events = NULL;
      g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (WayStore) opened = NULL;
      g_autofree char *aside = NULL;
      guint kept = 0;

      remove_store (fixture);
      fixture_copy_file (clean, fixture->path);
      flip (fixture->path, round % 3 == 0 ? 1 : g_test_rand_int_range (2, 200));
      opened = way_store_open_device (fixture->path, "ann", &error);
      if (opened != NULL && way_store_check (opened, problems, NULL) && problems->len == 0)
        {
          n_whole++;
        }
      else
        {
          g_clear_error (&error);
          g_clear_object (&opened);
          n_told++;
          opened = way_store_salvage (fixture->path, "ann", &aside, &kept, &error);
          g_assert_no_error (error);
          n_salvaged += kept;
          g_assert_nonnull (aside);
          g_unlink (aside);
          fixture_assert_sound (opened);
        }
      events = way_store_list_events (opened, NULL, &error);
      g_assert_no_error (error);
      for (guint i = 0; i < events->len; i++)
        {
          const WayEvent *event = events->pdata[i];

          g_autofree char *is = g_strdup_printf ("%s %d %s %s", event->kind, event->ver,
                                                 event->author, event->body);

          /* Where the event before it is lost the chain cannot tell; the digest still does. */
          n_unsure += g_strcmp0 (g_hash_table_lookup (bodies, event->id), is) != 0;
          g_assert_true (g_hash_table_contains (texts, event->body));
          n_kept++;
        }
      assert_appends (opened);
    }
  g_test_message ("%u files: %u harmed where nothing is, %u told; %u events kept, %u by salvage;"
                  " %u whose place or kind cannot be known",
                  n_rounds, n_whole, n_told, n_kept, n_salvaged, n_unsure);
  g_assert_cmpuint (n_unsure, <, n_kept / 20);
  g_assert_cmpuint (n_told, >, 0);
  g_assert_cmpuint (n_kept, >, 0);
}

/* Something of another program's, as a backup or a scanner, holds the file for a moment. */
static void
test_held (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WayStore) store = way_store_open_device (fixture->path, "ann", &error);
  int fds[2];
  char byte;
  pid_t child;
  int status;

  g_assert_no_error (error);
  assert_appends (store);
  g_assert_cmpint (pipe (fds), ==, 0);
  child = fork ();
  if (child == 0)
    {
      g_autofree char *log = g_strconcat (fixture->path, "-shm", NULL);
      struct flock all = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 120, .l_len = 1 };
      int fd = open (log, O_RDWR | O_CLOEXEC);

      /* The byte that whoever writes must hold. */
      if (fcntl (fd, F_SETLK, &all) != 0 || write (fds[1], "x", 1) != 1)
        _exit (1);
      g_usleep (700 * 1000);
      _exit (0);
    }
  g_assert_cmpint (read (fds[0], &byte, 1), ==, 1);
  assert_appends (store);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
  close (fds[0]);
  close (fds[1]);
  assert_appends (store);
  fixture_assert_sound (store);
}

/* A home on a file server: nothing is made there, and the message says where instead. */
static void
test_network (Fixture *fixture, gconstpointer data)
{
  static const guint32 magics[] = { 0x6969, 0xff534d42, 0xfe534d42, 0x01021997 };

  for (guint i = 0; i < G_N_ELEMENTS (magics); i++)
    {
      g_auto (Run) run = { 0 };
      g_autofree char *expected = g_strdup_printf ("unopened way-store-error-quark %d",
                                                   WAY_STORE_ERROR_NETWORK);

      fixture->shim->file_system = magics[i];
      run = run_writer (fixture, 1);
      g_assert_false (run.is_well);
      g_assert_cmpstr (run.said->pdata[0], ==, expected);
      g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
    }
  fixture->shim->file_system = 0;
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  return *(const gint64 *) a > *(const gint64 *) b ? 1 : -1;
}

/* A disk that takes its time: an answer is saved when the disk says so and not before, with
 * one sync each. */
static void
test_slow (Fixture *fixture, gconstpointer data)
{
  static const int delays[] = { 5, 500 };

  for (guint i = 0; i < G_N_ELEMENTS (delays); i++)
    {
      guint n_answers = delays[i] == 5 ? 20 : 2;
      g_auto (Run) run = { 0 };
      gint64 least, median;

      fixture->shim->sync_delay_ms = delays[i];
      way_shim_set (fixture->shim, WAY_SHIM_SYNC, WAY_SHIM_NOTHING, 0, 0, 0);
      run = run_writer (fixture, n_answers);
      g_assert_true (run.is_well);
      g_array_sort (run.took, compare_times);
      least = g_array_index (run.took, gint64, 0);
      median = g_array_index (run.took, gint64, n_answers / 2);
      g_test_message ("Each sync %d ms: an answer %" G_GINT64_FORMAT " ms at the median", delays[i],
                      median / 1000);
      g_assert_cmpint (least, >=, delays[i] * 1000);
      fixture->shim->sync_delay_ms = 0;
      assert_kept (fixture, &run, 0, TRUE);
      remove_store (fixture);

      /* Killed while the disk is at it. */
      fixture->shim->sync_delay_ms = delays[i];
      way_shim_set (fixture->shim, WAY_SHIM_SYNC, WAY_SHIM_LOSE, 6, 1, 0);
      run_clear (&run);
      run = run_writer (fixture, n_answers);
      g_assert_false (run.is_well);
      fixture->shim->sync_delay_ms = 0;
      assert_kept (fixture, &run, 6, FALSE);
      remove_store (fixture);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  writer = argv[1];

#define ADD(path, func, data) g_test_add (path, Fixture, data, set_up, func, tear_down)
  ADD ("/store/disk/1-killed", test_killed, NULL);
  ADD ("/store/disk/2-power-cut", test_cut, GINT_TO_POINTER (WAY_SHIM_LOSE));
  ADD ("/store/disk/2-reordered", test_cut, GINT_TO_POINTER (WAY_SHIM_REORDER));
  ADD ("/store/disk/3-torn", test_cut, GINT_TO_POINTER (WAY_SHIM_TEAR));
  ADD ("/store/disk/4-sync-failed-once", test_failed_once, GINT_TO_POINTER (WAY_SHIM_SYNC));
  ADD ("/store/disk/4-write-failed-once", test_failed_once, GINT_TO_POINTER (WAY_SHIM_WRITE));
  ADD ("/store/disk/4-failed-for-good", test_failed_for_good, NULL);
  ADD ("/store/disk/5-full", test_full, NULL);
  ADD ("/store/disk/7-descriptors", test_descriptors, NULL);
  ADD ("/store/disk/9-store-removed", test_removed, "");
  ADD ("/store/disk/9-log-removed", test_removed, "-wal");
  ADD ("/store/disk/10-flips", test_flips, NULL);
  ADD ("/store/disk/47-held", test_held, NULL);
  ADD ("/store/disk/48-network", test_network, NULL);
  ADD ("/store/disk/50-slow", test_slow, NULL);
#undef ADD
  return g_test_run ();
}
