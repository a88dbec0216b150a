/* way-erasure.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/way-erasure-private.h"

#include "store/way-store-private.h"

#include <errno.h>
#include <glib/gstdio.h>

/* A trust in a file is worked on here. One in PostgreSQL does it by functions of its own
 * (sync/postgresql/erase.sql): by those of schema api for whoever is signed in, by those of
 * schema main for whoever administers it. */

/**
 * way_erasure_free:
 * @self: (transfer full)
 */
void
way_erasure_free (WayErasure *self)
{
  g_free (self->target);
  g_free (self->what);
  g_free (self->id);
  g_free (self->reason);
  g_free (self);
}

/* way_erasure_refuse:
 * @refusal: as the functions of a trust say it
 *
 * Says in words why nothing was done. */
gboolean
way_erasure_refuse (const char *refusal, const WayErasureTarget *target, GError **error)
{
  const char *name = target->event != NULL ? target->event : target->username;

  if (g_str_equal (refusal, "governance"))
    g_set_error_literal (error, WAY_STORE_ERROR, WAY_STORE_ERROR_REFUSED,
                         "Only somebody with the role governance asks for an erasure or confirms "
                         "one");
  else if (g_str_equal (refusal, "unknown"))
    g_set_error (error, WAY_STORE_ERROR, WAY_STORE_ERROR_REFUSED, "There is nothing here of “%s”",
                 name);
  else if (g_str_equal (refusal, "erased"))
    g_set_error (error, WAY_STORE_ERROR, WAY_STORE_ERROR_REFUSED, "“%s” has been erased already",
                 name);
  else if (g_str_equal (refusal, "none"))
    g_set_error (error, WAY_STORE_ERROR, WAY_STORE_ERROR_REFUSED,
                 "Nobody has asked in the last thirty days to erase “%s”", name);
  else if (g_str_equal (refusal, "same"))
    g_set_error_literal (error, WAY_STORE_ERROR, WAY_STORE_ERROR_REFUSED,
                         "Whoever asked cannot confirm: it takes two people");
  else
    g_set_error (error, WAY_STORE_ERROR, WAY_STORE_ERROR_REFUSED, "The trust says no: %s", refusal);
  return FALSE;
}

/* way_store_destroy:
 *
 * Closes a device store and deletes it: what the write-ahead log holds goes into the file
 * first, whose freed pages are overwritten, so that nothing is left beside it. Whoever else
 * has it open reads on until they close it. */
gboolean
way_store_destroy (WayStore *self, GError **error)
{
  static const char *const endings[] = { "-wal", "-shm", "", ".ticket", ".lock" };
  int lock;

  g_return_val_if_fail (WAY_IS_STORE (self) && self->role == WAY_STORE_DEVICE, FALSE);
  g_return_val_if_fail (!self->is_read_only, FALSE);

  if (self->path == NULL)
    {
      way_store_close (self);
      return TRUE;
    }
  /* Kept until the files are gone, so that nobody opens what is going. */
  lock = self->lock;
  self->lock = -1;
  way_store_close (self);
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *path = g_strconcat (self->path, endings[i], NULL);

      if (g_unlink (path) == 0 || errno == ENOENT)
        continue;
      g_set_error (error, WAY_DB_ERROR, WAY_DB_ERROR_IO, "%s cannot be deleted: %s", path,
                   g_strerror (errno));
      way_binding_unlock (lock);
      return FALSE;
    }
  way_binding_unlock (lock);
  return TRUE;
}

static gboolean
find_by (WayStore *trust, const char *by, char **person, GError **error)
{
  WayStatement *statement;
  gboolean has_row;

  *person = NULL;
  if (by == NULL || trust->is_guest)
    return TRUE;
  statement = way_db_prepare (trust->db,
                              "SELECT person FROM person WHERE (username = $1 OR person = $1)"
                              " AND coalesce (ended, 0) = 0 ORDER BY person LIMIT 1",
                              error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, by);
  if (!way_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    *person = g_strdup (way_statement_get_text (statement, 0));
  way_statement_reset (statement);
  return TRUE;
}

/* One row whose first column is a refusal. FALSE when it is one, or when nothing came. */
static gboolean
step (WayStatement *statement, const WayErasureTarget *target, GError **error)
{
  gboolean has_row;

  if (!way_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row && way_statement_is_null (statement, 0))
    return TRUE;
  way_erasure_refuse (has_row ? way_statement_get_text (statement, 0) : "unknown", target, error);
  way_statement_reset (statement);
  return FALSE;
}

/* way_erasure_ask:
 * @by: (nullable): the username of whoever asks; a login says it by itself
 * @reason: (nullable): why
 *
 * Asks for an erasure, which another has to confirm. The request's id, or
 * WAY_STORE_ERROR_REFUSED.
 *
 * Returns: (transfer full) (nullable): NULL with @error set */
char *
way_erasure_ask (WayStore *trust,
                 const char *by,
                 const WayErasureTarget *target,
                 const char *reason,
                 GError **error)
{
  g_autofree char *who = NULL;
  WayStatement *statement;
  char *id;

  g_return_val_if_fail (WAY_IS_STORE (trust) && trust->role == WAY_STORE_TRUST, NULL);

  if (!way_db_is_postgresql (trust->db))
    return way_erasure_file_ask (trust, by, target, reason, error);
  if (!find_by (trust, by, &who, error))
    return NULL;
  statement = way_db_prepare (
      trust->db,
      trust->is_guest
          ? "SELECT refusal, request FROM api.erase_request (CAST($1 AS text), CAST($2 AS text),"
            " CAST($3 AS text))"
          : "SELECT refusal, request FROM main.ask_erasure (CAST($4 AS text), CAST($1 AS text),"
            " CAST($2 AS text), CAST($3 AS text))",
      error);
  if (statement == NULL)
    return NULL;
  way_statement_bind_text (statement, 1, target->username);
  way_statement_bind_text (statement, 2, target->event);
  way_statement_bind_text (statement, 3, reason);
  if (!trust->is_guest)
    way_statement_bind_text (statement, 4, who);
  if (!step (statement, target, error))
    return NULL;
  id = g_strdup (way_statement_get_text (statement, 1));
  way_statement_reset (statement);
  return id;
}

static WayErasure *
confirm (WayStore *trust, const char *by, const WayErasureTarget *target, GError **error)
{
  WayErasure *erasure;
  WayStatement *statement;

  statement = way_db_prepare (trust->db,
                              trust->is_guest
                                  ? "SELECT refusal, erasure, target, events FROM"
                                    " api.erase_confirm (CAST($1 AS text), CAST($2 AS text))"
                                  : "SELECT refusal, erasure, target, events FROM"
                                    " main.confirm_erasure (CAST($3 AS text), CAST($1 AS text),"
                                    " CAST($2 AS text))",
                              error);
  if (statement == NULL)
    return NULL;
  way_statement_bind_text (statement, 1, target->username);
  way_statement_bind_text (statement, 2, target->event);
  if (!trust->is_guest)
    way_statement_bind_text (statement, 3, by);
  if (!step (statement, target, error))
    return NULL;
  erasure = g_new0 (WayErasure, 1);
  erasure->what = g_strdup (target->event != NULL ? "event" : "person");
  erasure->id = g_strdup (way_statement_get_text (statement, 1));
  erasure->target = g_strdup (way_statement_get_text (statement, 2));
  erasure->n_events = way_statement_get_int (statement, 3);
  erasure->reason = g_strdup ("asked");
  erasure->at = g_get_real_time ();
  way_statement_reset (statement);
  return erasure;
}

/* way_erasure_confirm:
 * @by: (nullable): the username of whoever confirms; a login says it by itself
 * @ledger: (nullable): a file that gets a line before anything is final
 *
 * Carries out what another has asked for.
 *
 * Returns: (transfer full) (nullable): what was erased, free with way_erasure_free(); NULL with
 *   @error set */
WayErasure *
way_erasure_confirm (WayStore *trust,
                     const char *by,
                     const WayErasureTarget *target,
                     const char *ledger,
                     GError **error)
{
  g_autoptr (WayErasure) erasure = NULL;
  g_autofree char *who = NULL;

  g_return_val_if_fail (WAY_IS_STORE (trust) && trust->role == WAY_STORE_TRUST, NULL);

  if (!way_db_is_postgresql (trust->db))
    return way_erasure_file_confirm (trust, by, target, ledger, error);
  if (!find_by (trust, by, &who, error) || !way_db_begin (trust->db, error))
    return NULL;
  erasure = confirm (trust, who, target, error);
  if (erasure == NULL || (ledger != NULL && !way_ledger_append (ledger, erasure, error)))
    {
      way_db_rollback (trust->db);
      return NULL;
    }
  return way_db_commit (trust->db, error) ? g_steal_pointer (&erasure) : NULL;
}

/* way_erasure_list:
 *
 * Everything that was erased: (element-type WayErasure).
 *
 * Returns: (transfer full) (nullable): NULL with @error set */
GPtrArray *
way_erasure_list (WayStore *trust, GError **error)
{
  g_autoptr (GPtrArray)
      erasures = g_ptr_array_new_with_free_func ((GDestroyNotify) way_erasure_free);
  WayStatement *statement;
  gboolean has_row;

  statement = way_db_prepare (
      trust->db, "SELECT target, what, erasure, reason, at FROM erased ORDER BY at, target", error);
  if (statement == NULL)
    return NULL;
  for (;;)
    {
      WayErasure *erasure;

      if (!way_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&erasures);
      erasure = g_new0 (WayErasure, 1);
      erasure->target = g_strdup (way_statement_get_text (statement, 0));
      erasure->what = g_strdup (way_statement_get_text (statement, 1));
      erasure->id = g_strdup (way_statement_get_text (statement, 2));
      erasure->reason = g_strdup (way_statement_get_text (statement, 3));
      erasure->at = way_statement_get_int (statement, 4);
      g_ptr_array_add (erasures, erasure);
    }
}

static gboolean
run_in_postgresql (
    WayStore *trust, const char *target, const char *what, const char *reason, GError **error)
{
  WayStatement *statement;
  gboolean has_row;

  statement = way_db_prepare (trust->db,
                              "SELECT erasure FROM main.erase_now (CAST($1 AS text),"
                              " CAST($2 AS text), CAST(NULL AS text), CAST(NULL AS text),"
                              " CAST($3 AS text))",
                              error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, target);
  way_statement_bind_text (statement, 2, what);
  way_statement_bind_text (statement, 3, reason);
  if (!way_statement_step (statement, &has_row, error))
    return FALSE;
  way_statement_reset (statement);
  return TRUE;
}

static gboolean
erase_by_rule (
    WayStore *trust, const char *target, const char *what, const char *reason, GError **error)
{
  g_autoptr (WayErasure) erasure = NULL;

  if (way_db_is_postgresql (trust->db))
    return run_in_postgresql (trust, target, what, reason, error);
  erasure = way_erasure_file_run (trust, target, what, NULL, NULL, reason, NULL, error);
  return erasure != NULL;
}

static GPtrArray *
list_due (WayStore *trust, GError **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  WayStatement *statement;
  gboolean has_row;

  if (!way_db_is_postgresql (trust->db))
    return way_erasure_file_list_due (trust, error);
  statement = way_db_prepare (trust->db,
                              "SELECT person, username FROM main.due_for_erasure (main.now_us ())",
                              error);
  if (statement == NULL)
    return NULL;
  for (;;)
    {
      if (!way_statement_step (statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&texts);
      g_ptr_array_add (texts, g_strdup (way_statement_get_text (statement, 0)));
      g_ptr_array_add (texts, g_strdup (way_statement_get_text (statement, 1)));
    }
}

/* way_erasure_retain:
 * @is_dry_run: only say who
 * @ledger: (nullable)
 * @people: (element-type utf8): gets their usernames
 *
 * Erases whoever left longer ago than the trust keeps things, by rule. */
gboolean
way_erasure_retain (
    WayStore *trust, gboolean is_dry_run, const char *ledger, GPtrArray *people, GError **error)
{
  g_autoptr (GPtrArray) due = NULL;
  g_autoptr (GPtrArray) erasures = NULL;

  g_return_val_if_fail (WAY_IS_STORE (trust) && trust->role == WAY_STORE_TRUST, FALSE);

  due = list_due (trust, error);
  if (due == NULL)
    return FALSE;
  for (guint i = 0; i < due->len; i += 2)
    {
      g_ptr_array_add (people,
                       g_strdup (due->pdata[i + 1] != NULL ? due->pdata[i + 1] : due->pdata[i]));
      if (!is_dry_run && !erase_by_rule (trust, due->pdata[i], "person", "retention", error))
        return FALSE;
    }
  if (is_dry_run || ledger == NULL)
    return TRUE;
  erasures = way_erasure_list (trust, error);
  return erasures != NULL && way_erasure_update_ledger (erasures, ledger, error);
}

/* way_erasure_sweep:
 *
 * Empties what others have sent since about somebody who was erased, or that belongs to an event
 * that was. */
gboolean
way_erasure_sweep (WayStore *trust, GError **error)
{
  g_return_val_if_fail (WAY_IS_STORE (trust) && trust->role == WAY_STORE_TRUST, FALSE);

  if (way_db_is_postgresql (trust->db))
    return way_db_exec (trust->db, "SELECT main.sweep_erased ()", error);
  return way_erasure_file_sweep (trust, error);
}

/* way_erasure_replay:
 * @n_erased: (out): how many stand in the ledger
 *
 * After a backup was put back: erases again who and what had been. */
gboolean
way_erasure_replay (WayStore *trust, const char *ledger, guint *n_erased, GError **error)
{
  g_autoptr (GPtrArray) erasures = NULL;

  g_return_val_if_fail (WAY_IS_STORE (trust) && trust->role == WAY_STORE_TRUST, FALSE);

  erasures = way_ledger_read (ledger, error);
  if (erasures == NULL)
    return FALSE;
  for (guint i = 0; i < erasures->len; i++)
    {
      const WayErasure *erasure = erasures->pdata[i];

      if (!erase_by_rule (trust, erasure->target, erasure->what, "ledger", error))
        return FALSE;
    }
  *n_erased = erasures->len;
  return TRUE;
}
