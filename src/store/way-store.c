/* way-store.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "store/way-store-private.h"

#include "record/way-bodies.h"
#include "store/way-derived.h"
#include "store/way-lease.h"
#include "store/way-log.h"
#include "store/way-seal.h"

#include <glib/gstdio.h>

/* The log of one person on a device, or of a trust, with its tables for reading. Belongs
 * to one thread; whoever opens it closes it. */
G_DEFINE_FINAL_TYPE (WayStore, way_store, G_TYPE_OBJECT)

/**
 * way_store_error_quark:
 *
 * Returns: the domain of what is wrong with a store or a trust
 */
GQuark
way_store_error_quark (void)
{
  return g_quark_from_static_string ("way-store-error-quark");
}

static void
way_store_finalize (GObject *object)
{
  WayStore *self = WAY_STORE (object);

  way_store_close (self);
  g_free (self->path);
  g_free (self->person);
  g_free (self->stream);
  g_free (self->last_chain);
  G_OBJECT_CLASS (way_store_parent_class)->finalize (object);
}

static void
way_store_class_init (WayStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = way_store_finalize;
}

static void
way_store_init (WayStore *self)
{
  self->lock = -1;
}

/* way_store_new:
 * @db: taken over
 *
 * A store around a connection, nothing read yet.
 *
 * Returns: (transfer full) */
WayStore *
way_store_new (WayStoreRole role, WayDb *db, const char *path, gboolean is_read_only)
{
  WayStore *self = g_object_new (WAY_TYPE_STORE, NULL);

  self->role = role;
  self->db = db;
  self->path = g_strdup (path);
  self->is_read_only = is_read_only;
  return self;
}

/* way_store_map_error:
 *
 * Says in this room's words what the room below has met. */
void
way_store_map_error (const char *path, GError **error)
{
  g_autoptr (GError) below = NULL;

  if (error == NULL || *error == NULL)
    return;
  if (g_error_matches (*error, WAY_DB_ERROR, WAY_DB_ERROR_NETWORK_FS))
    {
      g_autofree char *local = way_store_dup_local_path (path);

      below = g_steal_pointer (error);
      g_set_error (error, WAY_STORE_ERROR, WAY_STORE_ERROR_NETWORK,
                   "%s. Waymark keeps it in %s instead, or where its settings say", below->message,
                   local);
    }
  else if (g_error_matches (*error, WAY_DB_ERROR, WAY_DB_ERROR_CORRUPT))
    {
      below = g_steal_pointer (error);
      g_set_error (error, WAY_STORE_ERROR, WAY_STORE_ERROR_DAMAGED, "%s is damaged: %s", path,
                   below->message);
    }
}

static gboolean
read_tail (WayStore *self, GError **error)
{
  WayStatement *statement;
  gboolean has_row;

  self->last_seq = 0;
  self->last_effective = 0;
  g_free (self->last_chain);
  self->last_chain = g_strdup ("");
  if (self->is_guest)
    return TRUE;
  statement = way_db_prepare (self->db,
                              "SELECT seq, chain, effective FROM main.event WHERE stream = $1"
                              " ORDER BY seq DESC LIMIT 1",
                              error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, self->stream);
  if (!way_statement_step (statement, &has_row, error))
    return FALSE;
  if (has_row)
    {
      self->last_seq = way_statement_get_int (statement, 0);
      g_free (self->last_chain);
      self->last_chain = g_strdup (way_statement_get_text (statement, 1));
      self->last_effective = way_statement_get_int (statement, 2);
    }
  way_statement_reset (statement);
  return TRUE;
}

/* way_store_read_state:
 *
 * Reads whose store it is and where its stream ends. */
gboolean
way_store_read_state (WayStore *self, GError **error)
{
  g_autoptr (GError) local = NULL;

  g_free (self->stream);
  self->stream = way_store_get_meta (self, "stream", &local);
  if (self->stream == NULL)
    {
      if (local != NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      else
        g_set_error_literal (error, WAY_STORE_ERROR, WAY_STORE_ERROR_DAMAGED,
                             "The store has lost the name of its stream");
      return FALSE;
    }
  if (self->role == WAY_STORE_DEVICE)
    {
      g_free (self->person);
      self->person = way_store_get_meta (self, "person", error);
      if (self->person == NULL)
        return FALSE;
    }
  return read_tail (self, error);
}

/* way_store_derive:
 *
 * Makes the tables of a device, for this connection, from its log. */
gboolean
way_store_derive (WayStore *self, GError **error)
{
  g_autofree char *views = way_store_load_sql ("views-device.sql");

  /* One transaction: hundreds of small ones would each look at the file again. */
  if (!way_seal_add_functions (self->db, error) || !way_db_exec (self->db, "BEGIN", error))
    return FALSE;
  if (!way_derived_create (self->db, TRUE, error) || !way_db_exec (self->db, views, error)
      || !way_derived_rebuild (self->db, FALSE, error))
    {
      way_db_rollback (self->db);
      return FALSE;
    }
  return way_db_commit (self->db, error);
}

/* A log that SQL cannot read was changed by nobody but the disk. */
static void
call_damaged (const char *path, GError **error)
{
  g_autoptr (GError) below = NULL;

  way_store_map_error (path, error);
  if (!g_error_matches (*error, WAY_DB_ERROR, WAY_DB_ERROR_SQL)
      && !g_error_matches (*error, WAY_DB_ERROR, WAY_DB_ERROR_CONSTRAINT))
    return;
  below = g_steal_pointer (error);
  g_set_error (error, WAY_STORE_ERROR, WAY_STORE_ERROR_DAMAGED, "%s is damaged: %s", path,
               below->message);
}

/* A store without a person is one whose making was cut short. */
static gboolean
take_possession (WayStore *self, const char *person, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *owner = way_store_get_meta (self, "person", &local);
  g_autofree char *stream = NULL;
  g_autofree char *binding = NULL;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (owner != NULL)
    {
      if (person == NULL || g_str_equal (owner, person))
        return TRUE;
      g_set_error (error, WAY_STORE_ERROR, WAY_STORE_ERROR_PERSON,
                   "%s is the store of somebody else", self->path);
      return FALSE;
    }
  if (person == NULL)
    {
      g_set_error (error, WAY_STORE_ERROR, WAY_STORE_ERROR_WRONG,
                   "%s belongs to nobody yet: sign in first", self->path);
      return FALSE;
    }
  stream = way_log_new_id (g_get_real_time ());
  binding = self->path != NULL ? way_binding_describe (self->path) : NULL;
  if (!way_db_begin (self->db, error))
    return FALSE;
  if (!way_store_set_meta (self, "person", person, error)
      || !way_store_set_meta (self, "stream", stream, error)
      || !way_store_set_meta (self, "acked", "0", error)
      || !way_store_set_meta (self, "binding", binding != NULL ? binding : "", error))
    {
      way_db_rollback (self->db);
      return FALSE;
    }
  return way_db_commit (self->db, error);
}

/* A copy of a store, on whatever way it came about, must not go on with its stream: the
 * original does. */
static gboolean
check_binding (WayStore *self, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *known = way_store_get_meta (self, "binding", &local);
  g_autofree char *binding = way_binding_describe (self->path);
  g_autofree char *acked = NULL;

  if (local == NULL)
    acked = way_store_get_meta (self, "acked", &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (binding == NULL || g_strcmp0 (known, binding) == 0)
    return TRUE;
  return way_store_mint_stream (self, (acked != NULL ? g_ascii_strtoll (acked, NULL, 10) : 0) + 1,
                                error);
}

static gboolean
make_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;
  g_set_error (error, WAY_DB_ERROR, WAY_DB_ERROR_OPEN, "The folder %s cannot be made", folder);
  return FALSE;
}

/* way_store_open_device:
 * @path: a file; with its folder it is made where it is missing
 * @person: (nullable): whose store; NULL when it exists
 *
 * Opens a person's store and takes it for this process. WAY_STORE_ERROR_LOCKED: another
 * has it; PERSON: it is somebody else's; NETWORK: see way_store_dup_local_path(); DAMAGED:
 * see way_store_salvage(); NEWER, WRONG as they say.
 *
 * Returns: (transfer full) (nullable): NULL with @error set */
WayStore *
way_store_open_device (const char *path, const char *person, GError **error)
{
  g_autoptr (WayStore) self = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char *whole = NULL;
  g_autofree char *uri = NULL;
  WayDb *db;
  int lock;

  g_return_val_if_fail (path != NULL, NULL);

  whole = g_canonicalize_filename (path, NULL);
  uri = g_strconcat ("sqlite:", whole, NULL);
  if (person == NULL && !g_file_test (whole, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, WAY_DB_ERROR, WAY_DB_ERROR_OPEN, "There is no store at %s", whole);
      return NULL;
    }
  if (!make_folder (whole, error) || !way_binding_check (whole, error))
    return NULL;
  if (person == NULL && !way_binding_is_database (whole))
    {
      g_set_error (error, WAY_STORE_ERROR, WAY_STORE_ERROR_DAMAGED,
                   "%s is damaged, or no store: it does not begin like a database", whole);
      return NULL;
    }
  lock = way_binding_lock (whole, error);
  if (lock < 0)
    return NULL;
  db = way_db_open (uri, person != NULL ? WAY_DB_CREATE : WAY_DB_READ_WRITE, &local);
  if (db == NULL)
    {
      way_binding_unlock (lock);
      way_store_map_error (whole, &local);
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  self = way_store_new (WAY_STORE_DEVICE, db, whole, FALSE);
  self->lock = lock;
  if (way_schema_apply (db, WAY_STORE_DEVICE, person != NULL, FALSE, &local)
      && way_binding_close (whole, &local) && take_possession (self, person, &local)
      && way_store_read_state (self, &local) && way_store_derive (self, &local)
      && check_binding (self, &local) && way_lease_enforce (self, &local))
    return g_steal_pointer (&self);
  call_damaged (whole, &local);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/* way_store_open_device_in_memory:
 * @person: who will see what it holds
 *
 * A store that no disk ever has, and that is gone when it is closed.
 *
 * Returns: (transfer full) (nullable): NULL with @error set */
WayStore *
way_store_open_device_in_memory (const char *person, GError **error)
{
  g_autoptr (WayStore) self = NULL;
  WayDb *db;

  g_return_val_if_fail (person != NULL, NULL);

  db = way_db_open ("sqlite::memory:", WAY_DB_CREATE, error);
  if (db == NULL)
    return NULL;
  self = way_store_new (WAY_STORE_DEVICE, db, NULL, FALSE);
  if (!way_schema_apply (db, WAY_STORE_DEVICE, TRUE, FALSE, error)
      || !take_possession (self, person, error) || !way_store_read_state (self, error)
      || !way_store_derive (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* way_store_open_device_read_only:
 *
 * Opens a person's store beside whoever has it, for queries. Its tables show the log as it
 * was now.
 *
 * Returns: (transfer full) (nullable): NULL with @error set */
WayStore *
way_store_open_device_read_only (const char *path, GError **error)
{
  g_autoptr (WayStore) self = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char *whole = NULL;
  g_autofree char *uri = NULL;
  WayDb *db;

  g_return_val_if_fail (path != NULL, NULL);

  whole = g_canonicalize_filename (path, NULL);
  uri = g_strconcat ("sqlite:", whole, NULL);
  db = way_db_open (uri, WAY_DB_READ_ONLY, &local);
  if (db != NULL)
    {
      self = way_store_new (WAY_STORE_DEVICE, db, whole, TRUE);
      if (way_schema_apply (db, WAY_STORE_DEVICE, FALSE, TRUE, &local)
          && way_store_read_state (self, &local) && way_store_derive (self, &local))
        return g_steal_pointer (&self);
    }
  call_damaged (whole, &local);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/* The tables of a trust, made again whenever the text that makes them has changed. */
static gboolean
make_tables (WayStore *self, GError **error)
{
  g_autofree char *views = NULL;

  if (way_db_is_postgresql (self->db))
    return way_postgresql_make_tables (self->db, error)
           && way_derived_rebuild (self->db, TRUE, error)
           && way_store_set_meta (self, "derived", way_postgresql_get_digest (), error);
  views = way_store_load_sql ("views-trust.sql");
  return way_db_exec (self->db, "DROP VIEW IF EXISTS main.live; DROP VIEW IF EXISTS main.readable;",
                      error)
         && way_derived_drop (self->db, "main", error)
         && way_derived_create (self->db, FALSE, error) && way_db_exec (self->db, views, error)
         && way_derived_rebuild (self->db, TRUE, error)
         && way_store_set_meta (self, "derived", way_derived_get_digest (), error);
}

static gboolean
found_trust (WayStore *self, GError **error)
{
  g_autofree char *stream = way_log_new_id (g_get_real_time ());
  g_autofree char *nonce = g_uuid_string_random ();
  WayStatement *statement;

  statement = way_db_prepare (self->db,
                              "INSERT INTO stream (stream, first_seen, last_seen)"
                              " VALUES ($1, $2, $2)",
                              error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, stream);
  way_statement_bind_int (statement, 2, g_get_real_time ());
  if (!way_statement_run (statement, error))
    return FALSE;
  if (way_db_is_postgresql (self->db))
    {
      statement = way_db_prepare (self->db, "SELECT new_epoch (0)", error);
    }
  else
    {
      statement = way_db_prepare (self->db, "INSERT INTO epoch (n, nonce, at) VALUES (1, $1, $2)",
                                  error);
      if (statement != NULL)
        {
          way_statement_bind_text (statement, 1, nonce);
          way_statement_bind_int (statement, 2, g_get_real_time ());
        }
    }
  return statement != NULL && way_statement_run (statement, error)
         && way_store_set_meta (self, "stream", stream, error) && make_tables (self, error);
}

static gboolean
write_organisation (
    WayStore *self, const char *name, const char *ods, gboolean is_synthetic, GError **error)
{
  const WayKind *kind = way_kind_find ("organisation");
  g_autoptr (GPtrArray) drafts = NULL;
  g_autofree char *body = NULL;
  WayOrganisationBody fields = { (char *) name, (char *) ods, is_synthetic };

  body = way_kind_write (kind, &fields, error);
  if (body == NULL)
    return FALSE;
  drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) way_event_free);
  g_ptr_array_add (drafts, way_event_new ("organisation", way_kind_get_version (kind), body));
  return way_store_append_as (self, NULL, drafts, error);
}

static gboolean
read_synthetic (WayStore *self, GError **error)
{
  gint64 value;

  if (!way_db_get_int (self->db, "SELECT max (synthetic) FROM organisation", &value, error))
    return FALSE;
  self->is_synthetic = value == 1;
  return TRUE;
}

static gboolean
apply_trust (WayStore *self, gboolean may_create, GError **error)
{
  if (way_db_is_postgresql (self->db))
    return way_postgresql_apply (self->db, may_create, self->is_read_only, &self->is_guest, error);
  return way_schema_apply (self->db, WAY_STORE_TRUST, may_create, self->is_read_only, error);
}

static gboolean
fill_new_trust (WayStore *self,
                const char *organisation,
                const char *ods,
                gboolean is_synthetic,
                GError **error)
{
  gint64 n_streams;

  if (!apply_trust (self, TRUE, error)
      || !way_db_get_int (self->db, "SELECT count(*) FROM stream", &n_streams, error))
    return FALSE;
  if (n_streams > 0)
    {
      g_set_error_literal (error, WAY_STORE_ERROR, WAY_STORE_ERROR_WRONG,
                           "There is a trust already");
      return FALSE;
    }
  if (!way_db_begin (self->db, error))
    return FALSE;
  if (!found_trust (self, error))
    {
      way_db_rollback (self->db);
      return FALSE;
    }
  return way_db_commit (self->db, error) && way_store_read_state (self, error)
         && write_organisation (self, organisation, ods, is_synthetic, error)
         && read_synthetic (self, error);
}

/* way_store_create_trust:
 * @uri: of an empty database, or a file that is not there yet
 * @is_synthetic: whether its people are invented
 *
 * Founds a trust. WAY_STORE_ERROR_WRONG where there is something already.
 *
 * Returns: (transfer full) (nullable): NULL with @error set */
WayStore *
way_store_create_trust (const char *uri,
                        const char *organisation,
                        const char *ods,
                        gboolean is_synthetic,
                        GError **error)
{
  g_autoptr (WayStore) self = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char *path = NULL;
  WayDb *db;

  g_return_val_if_fail (uri != NULL && organisation != NULL && ods != NULL, NULL);

  path = way_db_dup_path (uri);
  if (path != NULL && !make_folder (path, error))
    return NULL;
  db = way_db_open (uri, WAY_DB_CREATE, &local);
  if (db != NULL)
    {
      self = way_store_new (WAY_STORE_TRUST, db, path, FALSE);
      if (fill_new_trust (self, organisation, ods, is_synthetic, &local))
        return g_steal_pointer (&self);
    }
  way_store_map_error (path != NULL ? path : uri, &local);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/* Tables folded by another version's text are made again; where nothing may be written,
 * on this connection only. */
static gboolean
refresh_tables (WayStore *self, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *digest = way_store_get_meta (self, "derived", &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  /* A guest takes the tables as they are: whoever administers the trust upgrades it. */
  if (self->is_guest
      || g_strcmp0 (digest, way_db_is_postgresql (self->db) ? way_postgresql_get_digest ()
                                                            : way_derived_get_digest ())
             == 0)
    return TRUE;
  if (self->is_read_only)
    return way_store_as_at (self, G_MAXINT64, error);
  if (!way_db_begin (self->db, error))
    return FALSE;
  if (!make_tables (self, error))
    {
      way_db_rollback (self->db);
      return FALSE;
    }
  return way_db_commit (self->db, error);
}

/* way_store_open_trust:
 *
 * Opens a trust. WAY_STORE_ERROR_WRONG: there is none; NEWER, NETWORK, DAMAGED as they
 * say.
 *
 * Returns: (transfer full) (nullable): NULL with @error set */
WayStore *
way_store_open_trust (const char *uri, gboolean is_read_only, GError **error)
{
  g_autoptr (WayStore) self = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char *path = NULL;
  WayDb *db;

  g_return_val_if_fail (uri != NULL, NULL);

  path = way_db_dup_path (uri);
  db = way_db_open (uri, is_read_only ? WAY_DB_READ_ONLY : WAY_DB_READ_WRITE, &local);
  if (db != NULL)
    {
      self = way_store_new (WAY_STORE_TRUST, db, path, is_read_only);
      if (apply_trust (self, FALSE, &local) && way_store_read_state (self, &local)
          && refresh_tables (self, &local) && read_synthetic (self, &local))
        return g_steal_pointer (&self);
    }
  way_store_map_error (path != NULL ? path : uri, &local);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/* way_store_note_restore:
 *
 * Begins an epoch that tells every device that this trust is older than what they know of
 * it. Found out by itself as soon as a device with newer knowledge says hello. */
gboolean
way_store_note_restore (WayStore *self, GError **error)
{
  g_autofree char *nonce = g_uuid_string_random ();
  WayStatement *statement;

  g_return_val_if_fail (WAY_IS_STORE (self) && self->role == WAY_STORE_TRUST, FALSE);

  if (way_db_is_postgresql (self->db))
    return way_db_exec (self->db, "SELECT after_restore ()", error);
  statement = way_db_prepare (self->db,
                              "INSERT INTO epoch (n, nonce, at, restored)"
                              " SELECT coalesce (max (n), 0) + 1, $1, $2, 1 FROM epoch",
                              error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, nonce);
  way_statement_bind_int (statement, 2, g_get_real_time ());
  return way_statement_run (statement, error);
}

/* way_store_close:
 *
 * Closes the database and lets others have it. Nothing is lost by not calling it. */
void
way_store_close (WayStore *self)
{
  g_return_if_fail (WAY_IS_STORE (self));

  if (self->db != NULL && !self->is_read_only)
    way_store_checkpoint (self, NULL);
  g_clear_pointer (&self->db, way_db_free);
  way_binding_unlock (self->lock);
  self->lock = -1;
}

/* way_store_get_db:
 *
 * The connection, for queries on the tables; NULL once closed.
 *
 * Returns: (transfer none) (nullable) */
WayDb *
way_store_get_db (WayStore *self)
{
  g_return_val_if_fail (WAY_IS_STORE (self), NULL);

  return self->db;
}

/* way_store_get_role:
 *
 * Whether it is a person's store or a trust. */
WayStoreRole
way_store_get_role (WayStore *self)
{
  g_return_val_if_fail (WAY_IS_STORE (self), WAY_STORE_DEVICE);

  return self->role;
}

/* way_store_get_person:
 *
 * Whose store it is; NULL for a trust. */
const char *
way_store_get_person (WayStore *self)
{
  g_return_val_if_fail (WAY_IS_STORE (self), NULL);

  return self->person;
}

/* way_store_get_stream:
 *
 * The stream that it writes. */
const char *
way_store_get_stream (WayStore *self)
{
  g_return_val_if_fail (WAY_IS_STORE (self), NULL);

  return self->stream;
}

/* way_store_get_last_seq:
 *
 * The number of the last event that it has written. */
gint64
way_store_get_last_seq (WayStore *self)
{
  g_return_val_if_fail (WAY_IS_STORE (self), 0);

  return self->last_seq;
}

/* way_store_is_guest:
 *
 * Whether it is a trust on a server, seen by a login of its own and not by whoever
 * administers it. */
gboolean
way_store_is_guest (WayStore *self)
{
  g_return_val_if_fail (WAY_IS_STORE (self), FALSE);

  return self->is_guest;
}

/* way_store_get_meta:
 *
 * What was kept under a key; NULL without @error where nothing was.
 *
 * Returns: (transfer full) (nullable) */
char *
way_store_get_meta (WayStore *self, const char *key, GError **error)
{
  WayStatement *statement;
  gboolean has_row;
  char *value = NULL;

  g_return_val_if_fail (WAY_IS_STORE (self) && self->db != NULL && key != NULL, NULL);

  statement = way_db_prepare (self->db, "SELECT value FROM meta WHERE key = $1", error);
  if (statement == NULL)
    return NULL;
  way_statement_bind_text (statement, 1, key);
  if (!way_statement_step (statement, &has_row, error))
    return NULL;
  if (has_row)
    value = g_strdup (way_statement_get_text (statement, 0));
  way_statement_reset (statement);
  return value;
}

/* way_store_set_meta:
 * @value: (nullable): NULL forgets it
 *
 * Keeps a value under a key. */
gboolean
way_store_set_meta (WayStore *self, const char *key, const char *value, GError **error)
{
  WayStatement *statement;

  g_return_val_if_fail (WAY_IS_STORE (self) && self->db != NULL && key != NULL, FALSE);

  statement = way_db_prepare (self->db,
                              value != NULL ? "INSERT INTO meta (key, value) VALUES ($1, $2)"
                                              " ON CONFLICT (key) DO UPDATE SET value = $2"
                                            : "DELETE FROM meta WHERE key = $1",
                              error);
  if (statement == NULL)
    return FALSE;
  way_statement_bind_text (statement, 1, key);
  way_statement_bind_text (statement, 2, value);
  return way_statement_run (statement, error);
}

/* way_store_count_unsent:
 * @n_events: (out): saved here, not yet received by the trust
 *
 * Counts the outbox of a device. */
gboolean
way_store_count_unsent (WayStore *self, guint *n_events, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *acked = way_store_get_meta (self, "acked", &local);

  *n_events = 0;
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  *n_events = MAX (0, self->last_seq - (acked != NULL ? g_ascii_strtoll (acked, NULL, 10) : 0));
  return TRUE;
}
