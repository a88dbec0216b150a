/* way-preview.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/way-preview-bar.h"
#include "app/way-preview.h"
#include "app/way-window-private.h"

#include "content/way-folder.h"
#include "session/way-look.h"

#include <glib/gi18n.h>
#include <string.h>

#define AUTHOR "author"
#define SETTLE_MS 200 /* an editor writes a file in several steps */
#define MAX_FOLDERS 2000

/* A pack as its author writes it, in the window that learners have: read again when something
 * in its folder changes, and what is wrong told above the page. Whoever looks is a made-up
 * person of a made-up trust in a folder of its own, which goes with the window. */
struct _WayPreview
{
  GObject parent_instance;

  char *path;           /* (owned) the pack */
  char *module;         /* (owned) (nullable) */
  char *folder;         /* (owned) (nullable) of the made-up trust */
  char *trust;          /* (owned) (nullable) its URI */
  char *digest;         /* (owned) (nullable) of what is shown */
  GPtrArray *monitors;  /* (owned) of GFileMonitor */
  GCancellable *ending; /* (owned) */
  WaySession *session;  /* (owned) (nullable) */
  WayWindow *window;    /* (nullable) */
  WayPreviewBar *bar;   /* of the window */
  guint source;         /* when it is looked at again */
  gboolean is_looking;
  gboolean is_changed; /* since that look began */
};

G_DEFINE_FINAL_TYPE (WayPreview, way_preview, G_TYPE_OBJECT)

enum
{
  OPENED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void look (WayPreview *self);

/* Where to begin: at the module that was asked for, at the only one, or at all. */
static char *
dup_page (WayPreview *self, WayPack *pack)
{
  GPtrArray *modules = way_pack_get_modules (pack);

  if (self->module != NULL && way_pack_find_module (pack, self->module) != NULL)
    return g_strconcat ("module:", self->module, NULL);
  if (modules->len == 1)
    return g_strconcat ("module:", ((const WayModule *) modules->pdata[0])->id, NULL);

  return g_strdup ("learn");
}

static void
open_session (WayPreview *self, WayPack *pack)
{
  g_autofree char *stores = g_build_filename (self->folder, "stores", NULL);
  g_autofree char *page = dup_page (self, pack);

  self->session = way_session_new_for_pack (pack, stores);
  g_signal_emit (self, signals[OPENED], 0, self->session);
  way_window_set_session (self->window, self->session);
  way_window_open (self->window, self->trust, AUTHOR, page);
}

/* What can be read is shown; what was shown stays where it cannot. */
static void
show (WayPreview *self, const WayLook *found)
{
  if (found->pack != NULL && self->session == NULL)
    open_session (self, found->pack);
  else if (found->pack != NULL && g_strcmp0 (way_pack_get_digest (found->pack), self->digest) != 0)
    {
      way_session_set_pack (self->session, found->pack);
      way_window_reload_module (self->window);
    }
  else if (self->session == NULL)
    way_window_show_problem (self->window, _ ("This cannot be shown yet"),
                             _ ("What is wrong stands above. It opens as soon as that is mended "
                                "and saved."));
  if (found->pack != NULL)
    {
      g_free (self->digest);
      self->digest = g_strdup (way_pack_get_digest (found->pack));
    }
  way_preview_bar_set_problems (self->bar, found->problems, found->pack != NULL);
}

static gboolean
settled_cb (gpointer data)
{
  WayPreview *self = data;

  self->source = 0;
  look (self);
  return G_SOURCE_REMOVE;
}

static void
look_soon (WayPreview *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  self->source = g_timeout_add (SETTLE_MS, settled_cb, self);
}

static void
changed_cb (
    GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event, WayPreview *self)
{
  if (event != G_FILE_MONITOR_EVENT_ATTRIBUTE_CHANGED)
    look_soon (self);
}

/* A folder tells of what lies in it, not of what lies below. */
static void
watch (WayPreview *self, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GDir) dir = NULL;
  GFileMonitor *monitor;
  const char *name;

  if (self->monitors->len >= MAX_FOLDERS)
    return;
  monitor = g_file_monitor_directory (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (monitor == NULL)
    return;
  g_signal_connect_object (monitor, "changed", G_CALLBACK (changed_cb), self, 0);
  g_ptr_array_add (self->monitors, monitor);
  dir = g_dir_open (path, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inside = g_build_filename (path, name, NULL);

      if (name[0] != '.' && g_file_test (inside, G_FILE_TEST_IS_DIR)
          && !g_file_test (inside, G_FILE_TEST_IS_SYMLINK))
        watch (self, inside);
    }
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayPreview) self = user_data;
  g_autoptr (WayLook) found = way_look_finish (result, NULL);

  self->is_looking = FALSE;
  if (found == NULL || self->window == NULL)
    return;
  show (self, found);
  if (self->is_changed)
    look_soon (self);
}

/* Reads the folder, away from the main thread; what changes meanwhile is read afterwards. */
static void
look (WayPreview *self)
{
  self->is_changed = self->is_looking;
  if (self->is_looking || self->window == NULL)
    return;
  self->is_looking = TRUE;
  /* New folders are watched from before they are read, so that nothing falls between. */
  g_ptr_array_set_size (self->monitors, 0);
  watch (self, self->path);

  way_look_async (self->path, self->session == NULL ? self->trust : NULL, AUTHOR, self->ending,
                  looked_cb, g_object_ref (self));
}

static void
window_gone (gpointer data, GObject *window)
{
  WayPreview *self = data;

  self->window = NULL;
  self->bar = NULL;
}

static void
way_preview_dispose (GObject *object)
{
  WayPreview *self = WAY_PREVIEW (object);

  g_cancellable_cancel (self->ending);
  g_clear_handle_id (&self->source, g_source_remove);
  g_ptr_array_set_size (self->monitors, 0);
  if (self->window != NULL)
    g_object_weak_unref (G_OBJECT (self->window), window_gone, self);
  self->window = NULL;
  g_clear_object (&self->session);
  if (self->folder != NULL)
    way_folder_remove (self->folder);
  g_clear_pointer (&self->folder, g_free);

  G_OBJECT_CLASS (way_preview_parent_class)->dispose (object);
}

static void
way_preview_finalize (GObject *object)
{
  WayPreview *self = WAY_PREVIEW (object);

  g_ptr_array_unref (self->monitors);
  g_object_unref (self->ending);
  g_free (self->path);
  g_free (self->module);
  g_free (self->trust);
  g_free (self->digest);

  G_OBJECT_CLASS (way_preview_parent_class)->finalize (object);
}

static void
way_preview_class_init (WayPreviewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = way_preview_dispose;
  object_class->finalize = way_preview_finalize;

  /* There is a session: the pack could be read. */
  signals[OPENED] = g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, WAY_TYPE_SESSION);
}

static void
way_preview_init (WayPreview *self)
{
  self->monitors = g_ptr_array_new_with_free_func (g_object_unref);
  self->ending = g_cancellable_new ();
}

/**
 * way_preview_new:
 * @pack: folder of a pack
 * @module: (nullable): id of the module to open
 *
 * Returns: (transfer full): a preview without a window
 */
WayPreview *
way_preview_new (const char *pack, const char *module)
{
  WayPreview *self;

  g_return_val_if_fail (pack != NULL, NULL);

  self = g_object_new (WAY_TYPE_PREVIEW, NULL);
  self->path = g_strdup (pack);
  self->module = g_strdup (module);

  return self;
}

/* In memory, where the system has a place for that. */
static gboolean
make_folder (WayPreview *self)
{
  const char *const places[] = { g_get_user_runtime_dir (), g_get_tmp_dir () };

  for (guint i = 0; i < G_N_ELEMENTS (places) && self->folder == NULL; i++)
    {
      g_autofree char *path = g_build_filename (places[i], "waymark-preview-XXXXXX", NULL);

      if (g_mkdtemp (path) != NULL)
        self->folder = g_steal_pointer (&path);
    }
  if (self->folder != NULL)
    self->trust = g_strconcat ("sqlite:", self->folder, "/trust.db", NULL);

  return self->folder != NULL;
}

/**
 * way_preview_show:
 * @window: an empty window
 *
 * Opens the pack in @window, and again whenever something in its folder is saved.
 */
void
way_preview_show (WayPreview *self, WayWindow *window)
{
  g_return_if_fail (WAY_IS_PREVIEW (self));
  g_return_if_fail (WAY_IS_WINDOW (window));

  if (self->window != NULL)
    return;
  self->window = window;
  g_object_weak_ref (G_OBJECT (window), window_gone, self);
  self->bar = WAY_PREVIEW_BAR (way_preview_bar_new ());
  way_window_add_bar (window, GTK_WIDGET (self->bar));
  if (make_folder (self))
    look (self);
  else
    way_window_show_problem (window, _ ("This cannot be shown"),
                             _ ("There is no room for files that are needed for a moment."));
}
