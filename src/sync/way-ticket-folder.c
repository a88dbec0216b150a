/* way-ticket-folder.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "sync/way-ticket.h"

/* The stores of a shared computer lie in one folder. Those of people who have signed out with
 * something unsent are found and sent, one by one; nothing of them is shown to anybody. */

static gboolean
is_waiting (const char *path)
{
  g_autofree char *ticket = g_strconcat (path, ".ticket", NULL);
  g_autofree char *uri = g_strconcat ("sqlite:", path, NULL);
  g_autofree char *n = NULL;
  g_autoptr (WayDb) db = NULL;

  if (!g_file_test (ticket, G_FILE_TEST_IS_REGULAR))
    return FALSE;
  db = way_db_open (uri, WAY_DB_READ_ONLY, NULL);
  if (db == NULL)
    return FALSE;
  /* Of the stream that goes on, what neither its person nor a ticket has brought. */
  n = way_db_dup_text (db,
                       "SELECT count(*) FROM event AS e"
                       " JOIN meta AS m ON m.key = 'stream' AND m.value = e.stream"
                       " WHERE e.seq > coalesce ((SELECT CAST(a.value AS integer) FROM meta AS a"
                       " WHERE a.key = 'acked'), 0)"
                       " AND e.seq > coalesce ((SELECT CAST(substr (t.value, 1 + length (m.value))"
                       " AS integer) FROM meta AS t WHERE t.key = 'ticket_acked'"
                       " AND substr (t.value, 1, length (m.value)) = m.value), 0)",
                       NULL);
  return n != NULL && !g_str_equal (n, "0");
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* way_ticket_list_waiting:
 * @folder: where stores lie; it need not exist
 *
 * The paths of stores with a ticket and something to send, in a fixed order. */
GPtrArray *
way_ticket_list_waiting (const char *folder)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_return_val_if_fail (folder != NULL, paths);

  dir = g_dir_open (folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_str_has_suffix (name, ".db") && is_waiting (path))
        g_ptr_array_add (paths, g_steal_pointer (&path));
    }
  g_ptr_array_sort (paths, compare);
  return paths;
}

/* way_ticket_push_file:
 * @path: of a store whose person is signed out
 *
 * Opens it, sends what waits, closes it: see way_ticket_push(). WAY_STORE_ERROR_LOCKED: its
 * person is at work in it. */
gboolean
way_ticket_push_file (const char *path,
                      const char *uri,
                      GCancellable *cancellable,
                      WaySyncResult *result,
                      GError **error)
{
  g_autoptr (WayStore) store = NULL;
  gboolean is_done;

  g_return_val_if_fail (path != NULL && uri != NULL, FALSE);

  *result = (WaySyncResult){ 0 };
  store = way_store_open_device (path, NULL, error);
  if (store == NULL)
    return FALSE;
  is_done = way_ticket_push (store, uri, cancellable, result, error);
  way_store_close (store);
  return is_done;
}
