/* way-session-sign-in.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-session-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/way-help-private.h"
#include "session/way-net-peer.h"
#include "store/way-lease.h"
#include "sync/way-enrolment.h"

/* Who sits here: found by the trust, or known from before; and their store, opened and closed. */

typedef struct
{
  char *trust_uri;
  char *username;
  char *person;
  char *path;
  char *name;
  char *staff_group;
  int required[WAY_MAX_CAPABILITIES];
  char *organisation;
  char *notice;
  char *sharing;
  char *home_unit;
  WayRoles roles;
  gboolean is_synthetic;
  gboolean is_fleeting;
  gboolean is_shared;
  GError *error;
} SignIn;

static void
sign_in_free (SignIn *self)
{
  g_free (self->trust_uri);
  g_free (self->username);
  g_free (self->person);
  g_free (self->path);
  g_free (self->name);
  g_free (self->staff_group);
  g_free (self->organisation);
  g_free (self->notice);
  g_free (self->sharing);
  g_free (self->home_unit);
  g_clear_error (&self->error);
  g_free (self);
}

/* Which trust a URI means. Of a server that is where it is, whoever signs in to it and how:
 * what was not sent must be found again after a certificate was put somewhere else. */
static char *
dup_trust (const char *trust_uri, char **login)
{
  g_autoptr (GUri) uri = NULL;

  *login = NULL;
  if (g_str_has_prefix (trust_uri, "postgres"))
    uri = g_uri_parse (trust_uri, G_URI_FLAGS_HAS_PASSWORD, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL)
    return g_strdup (trust_uri);
  *login = g_strdup (g_uri_get_user (uri));
  return g_strdup_printf ("postgresql://%s:%d%s", g_uri_get_host (uri),
                          g_uri_get_port (uri) > 0 ? g_uri_get_port (uri) : 5432,
                          g_uri_get_path (uri));
}

/* Where the stores of this trust's people lie on this machine. */
static char *
dup_folder (WaySession *self, const char *trust)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, trust, -1);

  digest[12] = '\0';
  if (self->folder != NULL)
    return g_build_filename (self->folder, digest, NULL);
  return g_build_filename (g_get_user_data_dir (), "waymark", "stores", digest, NULL);
}

/**
 * way_session_dup_folder:
 * @trust_uri: what the trust is opened by
 *
 * Returns: (transfer full): the folder of that trust's stores on this computer
 */
char *
way_session_dup_folder (WaySession *self, const char *trust_uri)
{
  g_autofree char *login = NULL;
  g_autofree char *trust = dup_trust (trust_uri, &login);

  return dup_folder (self, trust);
}

/* way_session_dup_login:
 *
 * Returns: (transfer full) (nullable): the name with which somebody signs in to the server of this
 *   URI */
char *
way_session_dup_login (const char *trust_uri)
{
  g_autofree char *trust = NULL;
  char *login = NULL;

  trust = dup_trust (trust_uri, &login);
  return login;
}

/* Which person a username was at the last sign-in here: what signing in without the
 * network rests on. */
static char *
dup_known_person (const char *folder, const char *username)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *path = g_build_filename (folder, "people.ini", NULL);

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    return NULL;
  return g_key_file_get_string (file, "people", username, NULL);
}

/**
 * way_session_remember_person:
 * @folder: of a trust's stores
 *
 * Keeps which person signed in to that trust as @username.
 *
 * Returns: FALSE with @error set where that could not be written
 */
gboolean
way_session_remember_person (const char *folder,
                             const char *username,
                             const char *person,
                             GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *path = g_build_filename (folder, "people.ini", NULL);

  g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL);
  g_key_file_set_string (file, "people", username, person);
  return g_key_file_save_to_file (file, path, error);
}

/* The folder on this machine may lie where everybody can make one. */
static gboolean
is_own_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  GStatBuf info;

  return g_mkdir_with_parents (folder, 0700) == 0 && g_lstat (folder, &info) == 0
         && S_ISDIR (info.st_mode) && info.st_uid == getuid ();
}

static void
open_store (WaySession *self, SignIn *sign_in)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&self->store);
  /* What was left in it may be on its way just now. */
  way_left_take (self->left, sign_in->path);
  self->store = way_store_open_device (sign_in->path, sign_in->person, &error);
  if (self->store == NULL && g_error_matches (error, WAY_STORE_ERROR, WAY_STORE_ERROR_NETWORK))
    {
      g_autofree char *local = way_store_dup_local_path (sign_in->path);

      if (is_own_folder (local))
        {
          g_clear_error (&error);
          g_free (sign_in->path);
          sign_in->path = g_steal_pointer (&local);
          sign_in->is_fleeting = TRUE;
          sign_in->notice = g_strdup_printf (
              /* Translators: %s is a file name. */
              _ ("Your own folder is on a network, where your work could be lost. It is kept in "
                 "“%s” on this computer instead."),
              sign_in->path);
          self->store = way_store_open_device (sign_in->path, sign_in->person, &error);
        }
    }
  if (self->store == NULL && g_error_matches (error, WAY_STORE_ERROR, WAY_STORE_ERROR_DAMAGED))
    {
      g_autofree char *aside = NULL;
      guint kept = 0;

      g_clear_error (&error);
      self->store = way_store_salvage (sign_in->path, sign_in->person, &aside, &kept, &error);
      g_clear_pointer (&sign_in->notice, g_free);
      if (self->store != NULL)
        sign_in->notice = g_strdup_printf (
            /* Translators: %u is a number of saved things, %s a file name. */
            _ ("The file with your work on this computer was damaged. %u saved things could be "
               "read and are kept. The damaged file lies in “%s”."),
            kept, aside);
    }
  /* What is others' is not left on a computer that several use, whatever lay there before. */
  self->is_kiosk = sign_in->is_shared;
  if (self->store != NULL && !way_lease_refuse (self->store, sign_in->is_shared, &error))
    {
      way_store_close (self->store);
      g_clear_object (&self->store);
    }
  if (self->store == NULL)
    sign_in->error = g_steal_pointer (&error);
  else
    self->store_path = g_strdup (sign_in->path);
  sign_in->is_fleeting |= way_db_is_fleeting (sign_in->path);
}

static void
close_store (WaySession *self)
{
  if (self->peer != NULL)
    way_net_peer_close (WAY_NET_PEER (self->peer));
  g_clear_object (&self->peer);
  g_clear_pointer (&self->sync_uri, g_free);
  g_clear_pointer (&self->store_path, g_free);
  way_session_forget_lent (self);
  if (self->store != NULL)
    way_store_close (self->store);
  g_clear_object (&self->store);
  way_left_take (self->left, NULL);
}

static char *
dup_first (WayDb *db, const char *sql, const char *value, const char *column, GError **error)
{
  const char *values[] = { value, NULL };
  g_autoptr (GListStore) rows = way_row_query (db, sql, values, error);
  g_autoptr (WayRow) row = NULL;

  if (rows == NULL)
    return NULL;
  row = g_list_model_get_item (G_LIST_MODEL (rows), 0);
  if (row == NULL || !way_row_has (row, column))
    return NULL;
  return g_strdup (way_row_get_text (row, column));
}

/* What this person's work asks for: of the pack, and where the trust has said otherwise. */
static void
read_required (WaySession *self, SignIn *sign_in)
{
  g_autoptr (GHashTable) changes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  WayDb *db = way_store_get_db (self->store);
  g_autoptr (GListStore) rows = NULL;
  g_autofree char *job = NULL;

  job = dup_first (db, "SELECT job FROM person WHERE person = CAST($1 AS text)", sign_in->person,
                   "job", NULL);
  rows = way_row_query (db, "SELECT ident, level FROM catalogue WHERE part = 'requirement'", NULL,
                        &sign_in->error);
  for (guint i = 0; rows != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (rows)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (rows), i);

      g_hash_table_insert (changes, g_strdup (way_row_get_text (row, "ident")),
                           GINT_TO_POINTER ((int) way_row_get_int (row, "level")));
    }
  way_requirement_judge (self->pack, sign_in->staff_group, job, changes, sign_in->required);
}

static void
read_identity (WaySession *self, SignIn *sign_in)
{
  WayDb *db = way_store_get_db (self->store);
  const char *values[] = { sign_in->person, NULL };
  g_autoptr (GListStore) roles = NULL;
  g_autofree char *synthetic = NULL;

  sign_in->name = dup_first (db, "SELECT name FROM person WHERE person = CAST($1 AS text)",
                             sign_in->person, "name", &sign_in->error);
  if (sign_in->error != NULL)
    return;
  /* Enrolled with a file, and the trust was not met yet. */
  if (sign_in->name == NULL)
    sign_in->name = way_store_get_meta (self->store, WAY_SESSION_ENROLLED_NAME, NULL);
  if (sign_in->username == NULL)
    sign_in->username = dup_first (db,
                                   "SELECT username FROM person WHERE person = CAST($1 AS text)",
                                   sign_in->person, "username", NULL);
  sign_in->staff_group =
      dup_first (db, "SELECT staff_group FROM person WHERE person = CAST($1 AS text)",
                 sign_in->person, "staff_group", &sign_in->error);
  read_required (self, sign_in);
  sign_in->home_unit = dup_first (db,
                                  "SELECT unit FROM membership WHERE person = CAST($1 AS text) "
                                  "ORDER BY is_primary DESC, unit LIMIT 1",
                                  sign_in->person, "unit", NULL);
  sign_in->organisation = dup_first (db, "SELECT name FROM organisation", NULL, "name", NULL);
  synthetic = dup_first (db, "SELECT synthetic FROM organisation", NULL, "synthetic", NULL);
  sign_in->is_synthetic = g_strcmp0 (synthetic, "1") == 0;
  sign_in->sharing = dup_first (
      db, "SELECT with_whom FROM shared WHERE person = CAST($1 AS text) AND what = 'levels'",
      sign_in->person, "with_whom", NULL);
  roles = way_row_query (db, "SELECT DISTINCT role FROM role WHERE person = CAST($1 AS text)",
                         values, &sign_in->error);
  if (roles == NULL)
    return;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (roles)); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (roles), i);

      if (g_str_equal (way_row_get_text (row, "role"), "champion"))
        sign_in->roles |= WAY_ROLE_CHAMPION;
      else if (g_str_equal (way_row_get_text (row, "role"), "lead"))
        sign_in->roles |= WAY_ROLE_LEAD;
      else if (g_str_equal (way_row_get_text (row, "role"), "analyst"))
        sign_in->roles |= WAY_ROLE_ANALYST;
      else if (g_str_equal (way_row_get_text (row, "role"), "design"))
        sign_in->roles |= WAY_ROLE_DESIGN;
      else if (g_str_equal (way_row_get_text (row, "role"), "manager"))
        sign_in->roles |= WAY_ROLE_MANAGER;
    }
  way_session_count_unsent (self);
}

/* Somebody who has signed in here before, and whom the trust does not know any more: it may
 * have erased them, and then nothing of theirs stays. */
static void
ask_after (WaySession *self, SignIn *sign_in, const char *folder, const char *known, GError **error)
{
  g_autofree char *file_name = g_strdup_printf ("%s.db", known);
  g_autoptr (GError) local = NULL;

  sign_in->path = g_build_filename (folder, file_name, NULL);
  sign_in->person = g_strdup (known);
  if (g_file_test (sign_in->path, G_FILE_TEST_EXISTS))
    open_store (self, sign_in);
  if (self->store == NULL)
    return;
  self->sync_uri = g_strdup (sign_in->trust_uri);
  if (way_session_sync_now (self, NULL, &local)
      || !g_error_matches (local, WAY_SYNC_ERROR, WAY_SYNC_ERROR_ERASED))
    return;
  g_clear_error (error);
  g_propagate_error (error, g_steal_pointer (&local));
}

/* Somebody whose store began with a file that the trust does not want: they hear of it now, and
 * what was begun goes, unless there is work in it. */
static gboolean
is_turned_away (WaySession *self, const GError *error)
{
  g_autoptr (GError) local = NULL;

  if (!g_error_matches (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PERSON) || self->store == NULL
      || !way_enrolment_is_waiting (self->store) || way_store_get_last_seq (self->store) > 0)
    return FALSE;
  if (!way_store_destroy (self->store, &local))
    g_warning ("%s", local->message);
  way_session_forget_store (self);
  return TRUE;
}

static void
sign_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WaySession *self = source;
  SignIn *sign_in = task_data;
  g_autofree char *login = NULL;
  g_autofree char *trust = dup_trust (sign_in->trust_uri, &login);
  g_autofree char *folder = dup_folder (self, trust);
  g_autofree char *file_name = NULL;
  const char *name = sign_in->username != NULL ? sign_in->username : login;
  g_autofree char *known = name != NULL ? dup_known_person (folder, name) : NULL;
  g_autoptr (GError) error = NULL;

  close_store (self);
  self->peer = way_net_peer_open (self->store_worker, self->net_worker, sign_in->trust_uri, &error);
  if (self->peer != NULL)
    sign_in->person = way_peer_sign_in (self->peer, sign_in->username, g_get_host_name (), &error);

  if (sign_in->person == NULL)
    {
      if (known == NULL || g_error_matches (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_PERSON))
        {
          if (known != NULL && self->peer != NULL)
            ask_after (self, sign_in, folder, known, &error);
          close_store (self);
          g_task_return_error (task, g_steal_pointer (&error));
          return;
        }
      /* The trust cannot be reached, but this person has signed in here before. */
      g_mutex_lock (&self->lock);
      g_free (self->sync_error);
      self->sync_error = g_strdup (error->message);
      g_mutex_unlock (&self->lock);
      g_clear_error (&error);
      sign_in->person = g_strdup (known);
    }

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_task_return_new_error (task, WAY_SESSION_ERROR, WAY_SESSION_ERROR_NOT_SAVED,
                               /* Translators: %s is a folder. */
                               _ ("The folder “%s” cannot be made."), folder);
      return;
    }
  if (name != NULL && g_strcmp0 (known, sign_in->person) != 0
      && !way_session_remember_person (folder, name, sign_in->person, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  file_name = g_strdup_printf ("%s.db", sign_in->person);
  sign_in->path = g_build_filename (folder, file_name, NULL);
  open_store (self, sign_in);
  if (sign_in->error == NULL)
    {
      self->sync_uri = g_strdup (sign_in->trust_uri);
      if (self->peer != NULL && !way_session_sync_now (self, cancellable, &error)
          && (g_error_matches (error, WAY_SYNC_ERROR, WAY_SYNC_ERROR_ERASED)
              || is_turned_away (self, error)))
        {
          close_store (self);
          g_task_return_error (task, g_steal_pointer (&error));
          return;
        }
      read_identity (self, sign_in);
      if (sign_in->username == NULL)
        sign_in->username = g_strdup (name);
    }
  if (sign_in->error != NULL)
    {
      close_store (self);
      g_task_return_error (task, g_steal_pointer (&sign_in->error));
      return;
    }
  g_task_return_boolean (task, TRUE);
}

/* How long whoever signs out waits for the trust. */
#define SIGN_OUT_SECONDS 3

static void
sign_out_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  WaySession *self = source;

  /* What is not sent yet goes now, where it can; where it cannot, it waits in the store. */
  if (self->peer != NULL && self->store != NULL)
    way_session_sync_now (self, cancellable, NULL);
  close_store (self);
  way_worker_set_deadline (self->store_worker, 0);
  g_task_return_boolean (task, TRUE);
}

/**
 * way_session_sign_in_async:
 * @trust_uri: the trust, as "sqlite:PATH"
 * @username: (nullable): who, as the trust knows them; NULL for whoever the login of the URI is
 *
 * Finds the person (the first time on a machine the trust must be there), opens their
 * store, and syncs once.
 */
void
way_session_sign_in_async (WaySession *self,
                           const char *trust_uri,
                           const char *username,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  SignIn *sign_in;

  g_return_if_fail (WAY_IS_SESSION (self));
  g_return_if_fail (trust_uri != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, way_session_sign_in_async);
  sign_in = g_new0 (SignIn, 1);
  sign_in->trust_uri = g_strdup (trust_uri);
  sign_in->username = g_strdup (username);
  sign_in->is_shared = self->is_shared;
  way_left_stop (self->left);
  g_task_set_task_data (task, sign_in, (GDestroyNotify) sign_in_free);
  way_worker_run_exclusive (self->store_worker, task, sign_in_thread);
}

/**
 * way_session_sign_in_finish:
 *
 * Returns: TRUE when the person is signed in
 */
gboolean
way_session_sign_in_finish (WaySession *self, GAsyncResult *result, GError **error)
{
  SignIn *sign_in;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  sign_in = g_task_get_task_data (G_TASK (result));
  way_session_clear_identity (self);
  self->trust_uri = g_strdup (sign_in->trust_uri);
  self->username = g_strdup (sign_in->username);
  self->person = g_strdup (sign_in->person);
  self->person_name = g_strdup (sign_in->name != NULL ? sign_in->name : sign_in->username);
  self->staff_group = g_strdup (sign_in->staff_group);
  memcpy (self->required, sign_in->required, sizeof self->required);
  self->organisation = g_strdup (sign_in->organisation);
  self->notice = g_strdup (sign_in->notice);
  self->sharing = g_strdup (sign_in->sharing != NULL ? sign_in->sharing : "nobody");
  self->home_unit = g_strdup (sign_in->home_unit);
  self->roles = sign_in->roles;
  self->is_synthetic = sign_in->is_synthetic;
  self->is_fleeting = sign_in->is_fleeting;
  self->goes_on = FALSE;
  way_session_notify_identity (self);
  way_session_schedule_first_sync (self);
  way_session_schedule_left (self, FALSE);
  way_session_tell_on_call (self);
  return TRUE;
}

/**
 * way_session_sign_out_async:
 *
 * Sends what waits, where the trust can be reached within three seconds, and closes the store.
 * The rest waits there.
 */
void
way_session_sign_out_async (WaySession *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (WAY_IS_SESSION (self));

  g_clear_handle_id (&self->sync_source, g_source_remove);
  g_clear_handle_id (&self->drop_source, g_source_remove);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, way_session_sign_out_async);
  /* A sync that is under way ends by then too. */
  way_session_hurry (self, SIGN_OUT_SECONDS);
  way_worker_run_exclusive (self->store_worker, task, sign_out_thread);
}

/**
 * way_session_sign_out_finish:
 *
 * Returns: TRUE when nobody is signed in
 */
gboolean
way_session_sign_out_finish (WaySession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  g_clear_handle_id (&self->sync_source, g_source_remove);
  way_session_clear_identity (self);
  g_mutex_lock (&self->lock);
  self->saved_at = self->sent_at = self->received_at = self->met_at = 0;
  self->n_unsent = self->n_quarantined = self->n_saved = 0;
  self->retry_after = self->sync_not_before = 0;
  g_clear_pointer (&self->sync_error, g_free);
  g_mutex_unlock (&self->lock);
  way_session_notify_identity (self);
  way_session_schedule_left (self, FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
