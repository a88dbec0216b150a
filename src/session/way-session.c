/* way-session.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/way-session-private.h"

/* Who is signed in, the open pack, the stores and the sync state. The application owns
 * one, on the main thread; what it does to databases it does on its three workers. */

G_DEFINE_FINAL_TYPE (WaySession, way_session, G_TYPE_OBJECT)

typedef enum
{
  PROP_IS_SIGNED_IN = 1,
  PROP_PERSON_NAME,
  PROP_SYNC_TEXT,
  PROP_SYNC_ICON_NAME,
  PROP_N_UNSENT,
  PROP_IS_SYNCING,
  PROP_IS_SYNTHETIC,
} WaySessionProps;

static GParamSpec *props[PROP_IS_SYNTHETIC + 1];

enum
{
  CHANGED,
  NOT_SAVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Nobody is signed in. */
void
way_session_clear_identity (WaySession *self)
{
  g_clear_pointer (&self->trust_uri, g_free);
  g_clear_pointer (&self->person, g_free);
  g_clear_pointer (&self->person_name, g_free);
  g_clear_pointer (&self->username, g_free);
  g_clear_pointer (&self->staff_group, g_free);
  g_clear_pointer (&self->organisation, g_free);
  g_clear_pointer (&self->notice, g_free);
  g_clear_pointer (&self->sharing, g_free);
  g_clear_pointer (&self->home_unit, g_free);
  self->roles = WAY_ROLE_LEARNER;
  self->is_synthetic = FALSE;
}

/**
 * way_session_notify_identity:
 *
 * Says that who is signed in has changed. Main thread.
 */
void
way_session_notify_identity (WaySession *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_IS_SIGNED_IN]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PERSON_NAME]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_IS_SYNTHETIC]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SYNC_TEXT]);
}

static gboolean
touched_cb (gpointer data)
{
  WaySession *self = data;

  for (guint i = PROP_SYNC_TEXT; i <= PROP_IS_SYNCING; i++)
    g_object_notify_by_pspec (G_OBJECT (self), props[i]);
  return G_SOURCE_REMOVE;
}

static gboolean
changed_cb (gpointer data)
{
  g_signal_emit (data, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
way_session_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  WaySession *self = WAY_SESSION (object);

  switch ((WaySessionProps) property_id)
    {
    case PROP_IS_SIGNED_IN:
      g_value_set_boolean (value, self->person != NULL);
      break;
    case PROP_PERSON_NAME:
      g_value_set_string (value, self->person_name);
      break;
    case PROP_SYNC_TEXT:
      g_value_take_string (value, way_session_dup_sync_text (self));
      break;
    case PROP_SYNC_ICON_NAME:
      g_value_set_string (value, way_session_get_sync_icon_name (self));
      break;
    case PROP_N_UNSENT:
      g_value_set_uint (value, way_session_get_n_unsent (self));
      break;
    case PROP_IS_SYNCING:
      g_value_set_boolean (value, self->is_syncing);
      break;
    case PROP_IS_SYNTHETIC:
      g_value_set_boolean (value, self->is_synthetic);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
way_session_dispose (GObject *object)
{
  WaySession *self = WAY_SESSION (object);

  g_clear_handle_id (&self->sync_source, g_source_remove);
  g_clear_handle_id (&self->drop_source, g_source_remove);
  g_clear_pointer (&self->drop_uri, g_free);
  g_clear_handle_id (&self->left_source, g_source_remove);
  if (self->left != NULL)
    way_left_stop (self->left);
  g_clear_object (&self->monitor);
  /* The jobs that wait are done first; then nobody else uses what they worked on. The
   * store's worker asks the net's, so it ends first. */
  g_clear_pointer (&self->store_worker, way_worker_free);
  g_clear_pointer (&self->net_worker, way_worker_free);
  g_clear_pointer (&self->read_worker, way_worker_free);
  g_clear_pointer (&self->left, way_left_unref);
  g_clear_pointer (&self->kiosk_uri, g_free);
  way_session_forget_lent (self);
  g_clear_object (&self->peer);
  g_clear_pointer (&self->sync_uri, g_free);
  g_clear_pointer (&self->store_path, g_free);
  if (self->store != NULL)
    way_store_close (self->store);
  g_clear_object (&self->store);
  if (self->trust != NULL)
    way_store_close (self->trust);
  g_clear_object (&self->trust);
  g_clear_pointer (&self->read_uri, g_free);
  g_clear_object (&self->pack);
  g_clear_object (&self->older);
  g_clear_pointer (&self->earlier, g_ptr_array_unref);
  way_session_clear_identity (self);

  G_OBJECT_CLASS (way_session_parent_class)->dispose (object);
}

static void
way_session_finalize (GObject *object)
{
  WaySession *self = WAY_SESSION (object);

  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->language, g_free);
  g_clear_pointer (&self->installed, g_free);
  g_clear_pointer (&self->sync_error, g_free);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (way_session_parent_class)->finalize (object);
}

static void
way_session_class_init (WaySessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = way_session_dispose;
  object_class->finalize = way_session_finalize;
  object_class->get_property = way_session_get_property;

  props[PROP_IS_SIGNED_IN] = g_param_spec_boolean ("signed-in", NULL, NULL, FALSE, flags);
  props[PROP_PERSON_NAME] = g_param_spec_string ("person-name", NULL, NULL, NULL, flags);
  props[PROP_SYNC_TEXT] = g_param_spec_string ("sync-text", NULL, NULL, NULL, flags);
  props[PROP_SYNC_ICON_NAME] = g_param_spec_string ("sync-icon-name", NULL, NULL, NULL, flags);
  props[PROP_N_UNSENT] = g_param_spec_uint ("n-unsent", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_IS_SYNCING] = g_param_spec_boolean ("is-syncing", NULL, NULL, FALSE, flags);
  props[PROP_IS_SYNTHETIC] = g_param_spec_boolean ("is-synthetic", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  /**
   * WaySession::changed:
   *
   * Something that pages show has changed: load again what is on screen.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  /**
   * WaySession::not-saved:
   * @message: why
   *
   * Something done in passing (a practice action) could not be saved.
   */
  signals[NOT_SAVED] = g_signal_new ("not-saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
network_cb (GNetworkMonitor *monitor, gboolean is_available, gpointer user_data)
{
  way_session_note_network (user_data, is_available);
}

static void
rest_store (gpointer data, gpointer user_data)
{
  WaySession *self = data;

  if (self->store != NULL && way_store_get_db (self->store) != NULL)
    way_db_rest (way_store_get_db (self->store));
  if (self->lent != NULL && way_store_get_db (self->lent) != NULL)
    way_db_rest (way_store_get_db (self->lent));
}

static void
rest_trust (gpointer data, gpointer user_data)
{
  WaySession *self = data;

  if (self->trust != NULL && way_store_get_db (self->trust) != NULL)
    way_db_rest (way_store_get_db (self->trust));
}

static void
way_session_init (WaySession *self)
{
  self->monitor = g_object_ref (g_network_monitor_get_default ());
  g_signal_connect_object (self->monitor, "network-changed", G_CALLBACK (network_cb), self, 0);
  g_mutex_init (&self->lock);
  g_queue_init (&self->pushes);
  self->left = way_left_new ();
  self->store_worker = way_worker_new ("store");
  self->net_worker = way_worker_new ("net");
  self->read_worker = way_worker_new ("read");
  way_worker_set_rest (self->store_worker, rest_store, self);
  way_worker_set_rest (self->read_worker, rest_trust, self);
}

/**
 * way_session_error_quark:
 *
 * Returns: the domain of the session's own errors
 */
GQuark
way_session_error_quark (void)
{
  return g_quark_from_static_string ("way-session-error-quark");
}

/**
 * way_session_new:
 * @pack_path: a pack: folder or zip
 * @language: (nullable): of the content, such as "cy"
 * @folder: (nullable): where stores lie; NULL for the user's data folder
 *
 * Returns: (transfer full) (nullable): a session with nobody signed in; NULL with @error
 *   set when the pack cannot be used
 */
WaySession *
way_session_new (const char *pack_path, const char *language, const char *folder, GError **error)
{
  g_autoptr (WayPack) pack = way_pack_open (pack_path, language, error);
  WaySession *self;

  if (pack == NULL)
    return NULL;
  self = g_object_new (WAY_TYPE_SESSION, NULL);
  self->pack = g_steal_pointer (&pack);
  self->language = g_strdup (language);
  self->folder = g_strdup (folder);
  return self;
}

/**
 * way_session_set_installed_pack:
 * @path: (nullable): the pack that came with the program
 *
 * Where the session is on a newer one, somebody who began a module of this one finishes it.
 * Before anybody signs in.
 */
void
way_session_set_installed_pack (WaySession *self, const char *path)
{
  g_return_if_fail (WAY_IS_SESSION (self));

  g_free (self->installed);
  self->installed = g_strdup (path);
}

/**
 * way_session_new_for_pack:
 * @pack: an open pack
 * @folder: (nullable): where stores lie; NULL for the user's data folder
 *
 * Returns: (transfer full): a session with nobody signed in
 */
WaySession *
way_session_new_for_pack (WayPack *pack, const char *folder)
{
  WaySession *self;

  g_return_val_if_fail (WAY_IS_PACK (pack), NULL);

  self = g_object_new (WAY_TYPE_SESSION, NULL);
  self->pack = g_object_ref (pack);
  self->folder = g_strdup (folder);
  return self;
}

/**
 * way_session_set_pack:
 * @pack: the same content, as its author has changed it
 *
 * What is opened from now on is of this pack; what is open stays as it is.
 */
void
way_session_set_pack (WaySession *self, WayPack *pack)
{
  g_return_if_fail (WAY_IS_SESSION (self));
  g_return_if_fail (WAY_IS_PACK (pack));

  if (self->earlier == NULL)
    self->earlier = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (self->earlier, self->pack);
  self->pack = g_object_ref (pack);
  way_session_emit_changed (self);
}

/**
 * way_session_get_pack:
 *
 * Returns: (transfer none): the open pack
 */
WayPack *
way_session_get_pack (WaySession *self)
{
  g_return_val_if_fail (WAY_IS_SESSION (self), NULL);

  return self->pack;
}

/**
 * way_session_is_signed_in:
 *
 * Returns: whether somebody is signed in
 */
gboolean
way_session_is_signed_in (WaySession *self)
{
  g_return_val_if_fail (WAY_IS_SESSION (self), FALSE);

  return self->person != NULL;
}

/**
 * way_session_get_person:
 *
 * Returns: (transfer none) (nullable): id of who is signed in
 */
const char *
way_session_get_person (WaySession *self)
{
  g_return_val_if_fail (WAY_IS_SESSION (self), NULL);

  return self->person;
}

/**
 * way_session_get_person_name:
 *
 * Returns: (transfer none) (nullable): their name, as the trust has it
 */
const char *
way_session_get_person_name (WaySession *self)
{
  g_return_val_if_fail (WAY_IS_SESSION (self), NULL);

  return self->person_name;
}

/**
 * way_session_get_username:
 *
 * Returns: (transfer none) (nullable): what they signed in as
 */
const char *
way_session_get_username (WaySession *self)
{
  g_return_val_if_fail (WAY_IS_SESSION (self), NULL);

  return self->username;
}

/**
 * way_session_get_roles:
 *
 * Returns: what they are in the trust, besides a learner
 */
WayRoles
way_session_get_roles (WaySession *self)
{
  g_return_val_if_fail (WAY_IS_SESSION (self), WAY_ROLE_LEARNER);

  return self->roles;
}

/**
 * way_session_is_synthetic:
 *
 * Returns: whether the trust is one of made-up people
 */
gboolean
way_session_is_synthetic (WaySession *self)
{
  g_return_val_if_fail (WAY_IS_SESSION (self), FALSE);

  return self->is_synthetic;
}

/**
 * way_session_get_organisation:
 *
 * Returns: (transfer none) (nullable): the name of the trust
 */
const char *
way_session_get_organisation (WaySession *self)
{
  g_return_val_if_fail (WAY_IS_SESSION (self), NULL);

  return self->organisation;
}

/**
 * way_session_get_notice:
 *
 * Returns: (transfer none) (nullable): what the person must know of where their work is kept
 */
const char *
way_session_get_notice (WaySession *self)
{
  g_return_val_if_fail (WAY_IS_SESSION (self), NULL);

  return self->notice;
}

/**
 * way_session_get_sharing:
 *
 * Returns: (transfer none): who may see levels, "champion" or "nobody"
 */
const char *
way_session_get_sharing (WaySession *self)
{
  g_return_val_if_fail (WAY_IS_SESSION (self), "nobody");

  return self->sharing != NULL ? self->sharing : "nobody";
}

/* Says on the main thread that sync state changed. */
void
way_session_touch (WaySession *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, touched_cb, g_object_ref (self), g_object_unref);
}

/* Says on the main thread that what pages show has changed. */
void
way_session_emit_changed (WaySession *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, changed_cb, g_object_ref (self), g_object_unref);
}

/**
 * way_session_emit_not_saved:
 * @message: why, for people
 *
 * Says that something could not be saved. Main thread.
 */
void
way_session_emit_not_saved (WaySession *self, const char *message)
{
  g_signal_emit (self, signals[NOT_SAVED], 0, message);
}
