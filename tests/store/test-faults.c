/* test-faults.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store-fixture.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/resource.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = fixture_make_folder ();
  fixture->path = g_build_filename (fixture->folder, "ann.store", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  fixture_remove_folder (fixture->folder);
  g_free (fixture->path);
}

static WayStore *
open_device (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  WayStore *store = way_store_open_device (fixture->path, "ann", &error);

  g_assert_no_error (error);
  return store;
}

static WayEvent *
draft_rating (int now)
{
  return fixture_draft ("self_rating", "{'capability':'find','now':%d,'need':3}", now);
}

/* Saves answers and says so on the pipe after each, until it is killed. */
static void
save_for_ever (const char *path, int pipe_fd)
{
  g_autoptr (WayStore) store = way_store_open_device (path, "ann", NULL);

  for (guint i = 0; store != NULL; i++)
    {
      g_autoptr (GPtrArray) drafts = NULL;

      /* An answer and why the next was chosen go together. */
      drafts = fixture_list (draft_rating (i % 4 + 1), draft_rating ((i + 1) % 4 + 1), NULL);
      if (!way_store_append (store, drafts, NULL))
        _exit (1);
      for (guint j = 0; j < drafts->len; j++)
        if (write (pipe_fd, ((WayEvent *) drafts->pdata[j])->id, 36) != 36)
          _exit (2);
      if (i % 7 == 3)
        way_store_checkpoint (store, NULL);
    }
  _exit (3);
}

/* kill −9 at any moment: what was said to be saved is there, once; an answer is whole or
 * not there at all. */
static void
test_killed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) saved = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_rounds = g_test_slow () ? 200 : 12;

  for (guint round = 0; round < n_rounds; round++)
    {
      int fds[2];
      pid_t child;
      int status;
      char id[37] = { 0 };
      g_autoptr (WayStore) store = NULL;
      g_autoptr (GPtrArray) events = NULL;
      g_autoptr (GHashTable) found = g_hash_table_new (g_str_hash, g_str_equal);
      GHashTableIter iter;
      gpointer key;

      g_assert_cmpint (pipe (fds), ==, 0);
      child = fork ();
      if (child == 0)
        {
          close (fds[0]);
          save_for_ever (fixture->path, fds[1]);
        }
      close (fds[1]);
      /* Now while it opens the store, now while it writes. */
      if (round % 3 != 0)
        {
          struct pollfd first = { fds[0], POLLIN, 0 };

          poll (&first, 1, 10000);
        }
      g_usleep (g_random_int_range (1000, 40000));
      kill (child, SIGKILL);
      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      g_assert_true (WIFSIGNALED (status));
      for (;;)
        {
          gssize n = 0;
          gssize got;

          while (n < 36 && (got = read (fds[0], id + n, 36 - n)) > 0)
            n += got;
          if (n < 36)
            break;
          g_assert_true (g_hash_table_add (saved, g_strdup (id)));
        }
      close (fds[0]);

      store = open_device (fixture);
      events = way_store_list_events (store, NULL, NULL);
      for (guint i = 0; i < events->len; i++)
        g_assert_true (g_hash_table_add (found, ((WayEvent *) events->pdata[i])->id));
      g_assert_cmpuint (events->len % 2, ==, 0);
      g_hash_table_iter_init (&iter, saved);
      while (g_hash_table_iter_next (&iter, &key, NULL))
        g_assert_true (g_hash_table_contains (found, key));
      if (round % 4 == 3)
        fixture_assert_sound (store);
    }
  g_test_message ("%u saved", g_hash_table_size (saved));
  g_assert_cmpuint (g_hash_table_size (saved), >, n_rounds);
}

static void
test_full_disk (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) store = open_device (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) drafts = NULL;
  g_autofree char *long_text = g_strnfill (3000, 'x');
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *id = NULL;
  gint64 n_pages;
  gint64 seq;

  id = fixture_append (store, NULL, draft_rating (1));
  g_assert_true (way_db_get_int (way_store_get_db (store), "PRAGMA page_count", &n_pages, NULL));
  g_free (way_db_dup_text (way_store_get_db (store), "PRAGMA max_page_count = 60", NULL));
  g_assert_cmpint (n_pages, <, 60);
  for (;;)
    {
      g_clear_pointer (&drafts, g_ptr_array_unref);
      drafts = fixture_list (draft_rating (2),
                             fixture_draft ("note", "{'module':'F1','text':'%s'}", long_text),
                             fixture_draft ("note", "{'module':'F1','text':'%s'}", long_text),
                             draft_rating (3), NULL);
      g_free (before);
      before = fixture_dump (store);
      seq = way_store_get_last_seq (store);
      if (!way_store_append (store, drafts, &error))
        break;
    }
  g_assert_error (error, WAY_DB_ERROR, WAY_DB_ERROR_FULL);
  g_clear_error (&error);
  g_assert_cmpint (way_store_get_last_seq (store), ==, seq);
  after = fixture_dump (store);
  g_assert_cmpstr (before, ==, after);
  fixture_assert_sound (store);

  /* There is room again: the same drafts, with the ids they had, go in. */
  g_free (id);
  id = g_strdup (((WayEvent *) drafts->pdata[0])->id);
  g_free (way_db_dup_text (way_store_get_db (store), "PRAGMA max_page_count = 100000", NULL));
  g_assert_true (way_store_append (store, drafts, &error));
  g_assert_cmpstr (((WayEvent *) drafts->pdata[0])->id, ==, id);
  g_assert_cmpint (way_store_get_last_seq (store), ==, seq + 4);
  fixture_assert_sound (store);
}

static void
harm (const char *path, gsize from, gsize length)
{
  int fd = open (path, O_RDWR | O_CLOEXEC);
  g_autofree char *junk = g_strnfill (length, '#');

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (pwrite (fd, junk, length, from), ==, length);
  close (fd);
}

static void
fill (Fixture *fixture, guint n_events)
{
  g_autoptr (WayStore) store = open_device (fixture);
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n_events; i++)
    g_ptr_array_add (drafts, draft_rating (i % 4 + 1));
  g_assert_true (way_store_append (store, drafts, &error));
  /* The first half has been received. */
  g_assert_true (way_db_exec (way_store_get_db (store),
                              "UPDATE event SET received = effective WHERE seq <= 100;"
                              "UPDATE meta SET value = '100' WHERE key = 'acked';",
                              &error));
  g_assert_true (way_store_checkpoint (store, &error));
  way_store_close (store);
}

static void
test_salvage (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) store = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *aside = NULL;
  g_autofree char *rows = NULL;
  g_autofree char *expected = NULL;
  GStatBuf buffer;
  guint kept = 0;
  guint n_unsent;

  fill (fixture, 200);
  g_assert_cmpint (g_stat (fixture->path, &buffer), ==, 0);
  /* Some pages in the middle are gone. */
  harm (fixture->path, buffer.st_size / 4096 / 2 * 4096, 2 * 4096);

  store = way_store_open_device (fixture->path, "ann", &error);
  if (store == NULL)
    g_assert_error (error, WAY_STORE_ERROR, WAY_STORE_ERROR_DAMAGED);
  else
    {
      g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

      g_assert_true (way_store_check (store, problems, &error));
      g_assert_cmpuint (problems->len, >, 0);
    }
  g_clear_error (&error);
  g_clear_object (&store);

  store = way_store_salvage (fixture->path, NULL, &aside, &kept, &error);
  g_assert_no_error (error);
  g_test_message ("%u of 200 kept", kept);
  g_assert_cmpuint (kept, >=, 100);
  g_assert_cmpuint (kept, <=, 200);
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));
  g_assert_nonnull (strstr (aside, "ann.store.damaged-"));
  g_assert_cmpstr (way_store_get_person (store), ==, "ann");
  rows = fixture_ask (store, "SELECT count(*), count(DISTINCT id) FROM event");
  expected = g_strdup_printf ("%u|%u", kept, kept);
  g_assert_cmpstr (rows, ==, expected);
  /* What was not received is to be sent again, under a stream that has no hole. */
  g_assert_true (way_store_count_unsent (store, &n_unsent, NULL));
  g_assert_cmpuint (n_unsent, ==, way_store_get_last_seq (store));
  g_assert_cmpuint (n_unsent, >, 0);
  fixture_assert_sound (store);
  g_free (fixture_append (store, NULL, draft_rating (1)));
}

static void
test_salvage_changed_byte (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) store = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize length;
  char *place;
  guint kept;

  fill (fixture, 150);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &length, NULL));
  /* In one body a letter has become another: SQLite cannot know, the digest does. */
  place = memmem (bytes, length, "\"now\":", 6);
  g_assert_nonnull (place);
  harm (fixture->path, place - bytes + 1, 1);
  store = way_store_salvage (fixture->path, "ann", NULL, &kept, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (kept, ==, 149);
}

static void
test_salvage_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) store = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *aside = NULL;
  guint kept = 7;

  g_assert_true (g_file_set_contents (fixture->path, "nothing of a store", -1, NULL));
  store = way_store_salvage (fixture->path, NULL, NULL, NULL, &error);
  g_assert_null (store);
  g_assert_error (error, WAY_STORE_ERROR, WAY_STORE_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (fixture->path, "nothing of a store", -1, NULL));
  store = way_store_salvage (fixture->path, "ann", &aside, &kept, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (kept, ==, 0);
  g_free (fixture_append (store, NULL, draft_rating (1)));
}

/* Without room for a new store the damaged one stays, and is read when there is room. */
static void
test_salvage_full_disk (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WayStore) store = NULL;
  g_autoptr (GError) error = NULL;
  struct rlimit before;
  struct rlimit little;
  guint kept = 0;

  fill (fixture, 150);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  little = before;
  little.rlim_cur = 8192;
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &little), ==, 0);
  store = way_store_salvage (fixture->path, "ann", NULL, &kept, &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_null (store);
  g_assert_nonnull (error);
  g_clear_error (&error);

  store = way_store_salvage (fixture->path, "ann", NULL, &kept, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (kept, ==, 150);
}

/* The making of a store is cut short at every step of it. */
static void
test_making_cut_short (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 8; i++)
    {
      pid_t child = fork ();
      int status;
      g_autoptr (WayStore) store = NULL;

      if (child == 0)
        {
          WayStore *begun = way_store_open_device (fixture->path, "ann", NULL);

          _exit (begun != NULL ? 0 : 1);
        }
      g_usleep (1000 + i * 1500);
      kill (child, SIGKILL);
      waitpid (child, &status, 0);
      store = open_device (fixture);
      g_free (fixture_append (store, NULL, draft_rating (1)));
      fixture_assert_sound (store);
      g_clear_object (&store);
      fixture_remove_folder (g_steal_pointer (&fixture->folder));
      g_free (fixture->path);
      set_up (fixture, NULL);
    }
}

/* Two processes on a trust: one waits for the other, and both are right. */
static void
test_two_writers (Fixture *fixture, gconstpointer data)
{
  g_autofree char *uri = g_strdup_printf ("sqlite:%s/trust.db", fixture->folder);
  g_autoptr (WayStore) trust = way_store_create_trust (uri, "T", "T", TRUE, NULL);
  g_autofree char *rows = NULL;
  pid_t children[2];

  g_assert_nonnull (trust);
  g_clear_object (&trust);
  for (guint i = 0; i < 2; i++)
    {
      children[i] = fork ();
      if (children[i] == 0)
        {
          WayStore *own = way_store_open_trust (uri, FALSE, NULL);
          const char *author = i == 0 ? "ann" : "bob";

          for (guint j = 0; j < 60 && own != NULL; j++)
            {
              g_autoptr (GPtrArray) drafts = fixture_list (draft_rating (j % 4 + 1), NULL);

              if (!way_store_append_as (own, author, drafts, NULL))
                _exit (1);
            }
          _exit (own != NULL ? 0 : 2);
        }
    }
  for (guint i = 0; i < 2; i++)
    {
      int status;

      g_assert_cmpint (waitpid (children[i], &status, 0), ==, children[i]);
      g_assert_cmpint (status, ==, 0);
    }
  trust = way_store_open_trust (uri, FALSE, NULL);
  rows = fixture_ask (trust, "SELECT person, now, (SELECT count(*) FROM event AS e"
                             " WHERE e.author = s.person) FROM self_rating AS s ORDER BY person");
  g_assert_cmpstr (rows, ==, "ann|4|60\nbob|4|60");
  fixture_assert_sound (trust);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/store/faults/killed", test_killed);
  ADD ("/store/faults/full-disk", test_full_disk);
  ADD ("/store/faults/salvage", test_salvage);
  ADD ("/store/faults/salvage-changed-byte", test_salvage_changed_byte);
  ADD ("/store/faults/salvage-nothing", test_salvage_nothing);
  ADD ("/store/faults/salvage-full-disk", test_salvage_full_disk);
  ADD ("/store/faults/making-cut-short", test_making_cut_short);
  ADD ("/store/faults/two-writers", test_two_writers);
#undef ADD
  return g_test_run ();
}
