/* way-application.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

/* For settings that are kept in memory. */
#define G_SETTINGS_ENABLE_BACKEND

#include "app/way-application.h"

#include "app/way-notifier.h"
#include "app/way-preferences-window.h"
#include "app/way-preview.h"
#include "app/way-window.h"

#include "session/way-end.h"
#include "session/way-session.h"
#include "sync/way-pack-chunks.h"

#include "widgets/way-compat.h"
#include <gio/gsettingsbackend.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

/* The one instance: it reads the command line, opens the content and keeps the window.
 * A second start hands its command line to the first and ends. */
struct _WayApplication
{
  AdwApplication parent_instance;

  GSettings *settings;   /* (owned) */
  WaySession *session;   /* (owned) (nullable) */
  WayNotifier *notifier; /* (owned) (nullable) */

  char *pack;          /* (owned) (nullable) from the command line */
  char *trust;         /* (owned) (nullable) as a URI */
  char *username;      /* (owned) (nullable) */
  char *page;          /* (owned) (nullable) */
  WayPreview *preview; /* (owned) (nullable) */
  guint open_source;
  guint end_source;
  gboolean is_ending;
  gboolean is_preview;
};

/* What a machine that shuts down leaves us: time to send what waits, and then to close. */
#define FLUSH_SECONDS 3
#define LAST_SECONDS 6

G_DEFINE_FINAL_TYPE (WayApplication, way_application, ADW_TYPE_APPLICATION)

static const GOptionEntry OPTIONS[] = {
  { "demo", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Open the demonstration trust of made-up people"),
    NULL },
  { "trust", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Open this trust"), N_ ("URI") },
  { "user", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Sign in as this person"), N_ ("USERNAME") },
  { "page", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Show this page"), N_ ("NAME") },
  { "pack", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_ ("Use this content"), N_ ("PATH") },
  { "preview", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_ ("Show content while it is written"),
    N_ ("FOLDER") },
  { "module", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("The module to preview"), N_ ("ID") },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Say which version this is"), NULL },
  { NULL },
};

static const struct
{
  const char *action;
  const char *accels[3];
} ACCELS[] = {
  { "app.quit", { "<Control>q" } },
  { "app.preferences", { "<Control>comma" } },
  { "window.close", { "<Control>w" } },
  { "win.back", { "<Alt>Left" } },
  { "win.find-anything", { "<Control>k" } },
  { "win.search", { "<Control>f" } },
  { "win.next-region", { "F6" } },
  { "win.help", { "F1" } },
  { "win.ask-help", { "<Control>h" } },
  { "win.tell", { "<Control>j" } },
  { "win.note", { "<Control>n" } },
  { "win.bigger-text", { "<Control>plus", "<Control>equal" } },
  { "win.smaller-text", { "<Control>minus" } },
  { "win.sync", { "F5", "<Control>r" } },
  { "win.go::today", { "<Alt>1" } },
  { "win.go::learn", { "<Alt>2" } },
  { "win.go::practise", { "<Alt>3" } },
  { "win.go::skills", { "<Alt>4" } },
  { "win.go::help", { "<Alt>5" } },
  { "win.go::tell", { "<Alt>6" } },
  { "win.go::sync", { "<Alt>0" } },
};

static WayWindow *
get_window (WayApplication *self)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));

  for (GList *l = windows; l != NULL; l = l->next)
    {
      if (WAY_IS_WINDOW (l->data))
        return l->data;
    }
  return NULL;
}

/* The content to use: the one asked for, and the one that came with the program. */
static char *
dup_own_pack (void)
{
  const char *data = g_getenv ("WAYMARK_DATADIR");

  if (g_getenv ("WAYMARK_PACK") != NULL)
    return g_strdup (g_getenv ("WAYMARK_PACK"));
  return g_build_filename (data != NULL ? data : WAY_PKGDATADIR, "content", "core", NULL);
}

/* The same, or what the trust teaches where that is newer and has come. */
static char *
dup_newest_pack (void)
{
  g_autofree char *own = dup_own_pack ();
  g_autofree char *folder = way_pack_chunks_dup_folder ();

  return g_getenv ("WAYMARK_PACK") != NULL ? g_steal_pointer (&own)
                                           : way_pack_chunks_choose (folder, own);
}

static WaySession *
open_session (WayApplication *self, char **warning, GError **error)
{
  g_autofree char *language = g_settings_get_string (self->settings, "language");
  g_autofree char *folder = g_settings_get_string (self->settings, "store-folder");
  const char *stores = folder[0] != '\0' ? folder : NULL;
  const char *own_language = language[0] != '\0' ? language : NULL;
  g_autofree char *source = g_settings_get_string (self->settings, "pack-source");
  const char *asked = self->pack != NULL ? self->pack : source;
  g_autofree char *own = dup_newest_pack ();
  g_autoptr (GError) reason = NULL;
  WaySession *session;

  /* The desktop's language, without its country: "cy_GB.UTF-8" is "cy". */
  g_autofree char *desktop = g_strndup (g_get_language_names ()[0],
                                        strcspn (g_get_language_names ()[0], "_.@"));
  if (own_language == NULL && !g_str_equal (desktop, "C"))
    own_language = desktop;

  if (asked[0] == '\0')
    return way_session_new (own, own_language, stores, error);

  session = way_session_new (asked, own_language, stores, &reason);
  if (session != NULL)
    return session;
  session = way_session_new (own, own_language, stores, NULL);
  if (session == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }
  /* Translators: %s names a file and says what is wrong in it. */
  *warning = g_strdup_printf (_ ("This content cannot be used, so the content you had is kept. %s"),
                              reason->message);
  return session;
}

static void
open_window_content (WayApplication *self)
{
  WayWindow *window = get_window (self);
  g_autofree char *warning = NULL;
  g_autoptr (GError) error = NULL;

  if (window == NULL)
    return;
  if (self->preview != NULL)
    {
      way_preview_show (self->preview, window);
      return;
    }
  if (self->session == NULL)
    {
      self->session = open_session (self, &warning, &error);
      if (self->session == NULL)
        {
          way_window_show_bad_pack (window, error->message);
          return;
        }
    }
  {
    g_autofree char *drop_uri = g_settings_get_string (self->settings, "drop-uri");
    g_autofree char *kiosk_uri = g_settings_get_string (self->settings, "kiosk-uri");
    g_autofree char *installed = dup_own_pack ();

    way_session_set_shared (self->session,
                            g_settings_get_boolean (self->settings, "shared-computer"), kiosk_uri);
    way_session_set_installed_pack (self->session, installed);
    way_session_set_drop_uri (self->session, drop_uri);
    way_session_set_push_before_next (self->session,
                                      g_settings_get_boolean (self->settings, "push-before-next"));
  }
  way_notifier_set_session (self->notifier, self->session);
  way_window_set_session (window, self->session);
  if (warning != NULL)
    way_window_warn (window, warning);
  way_window_open (window, self->trust, self->username, self->page);
  g_clear_pointer (&self->username, g_free);
  g_clear_pointer (&self->page, g_free);
#ifdef __GLIBC__
  /* What reading the content took is not needed again. */
  malloc_trim (0);
#endif
}

static gboolean
open_content_cb (gpointer user_data)
{
  WayApplication *self = user_data;

  self->open_source = 0;
  open_window_content (self);
  return G_SOURCE_REMOVE;
}

static void
show_window (WayApplication *self)
{
  WayWindow *window = get_window (self);

  if (window == NULL)
    window = way_window_new (self, self->settings);
  gtk_window_present (GTK_WINDOW (window));
  /* The window is there first; the content is read when it has been drawn. */
  if (self->open_source == 0)
    self->open_source = g_idle_add_full (GDK_PRIORITY_REDRAW + 10, open_content_cb, self, NULL);
}

/* Text grows by the resolution it is drawn for, so that what is measured in text grows too. */
static void
reading_size_changed_cb (WayApplication *self)
{
  GtkSettings *settings = gtk_settings_get_default ();
  int percent = g_settings_get_int (self->settings, "reading-size");
  int dpi = -1;

  gtk_settings_reset_property (settings, "gtk-xft-dpi");
  if (percent == 100)
    return;
  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", (dpi > 0 ? dpi : 96 * 1024) / 100 * percent, NULL);
}

static char *
dup_trust_uri (GApplicationCommandLine *line, const char *text)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (g_str_has_prefix (text, "postgresql:"))
    return g_strdup (text);
  if (g_str_has_prefix (text, "sqlite:"))
    text += strlen ("sqlite:");
  file = g_application_command_line_create_file_for_arg (line, text);
  path = g_file_get_path (file);
  return g_strconcat ("sqlite:", path != NULL ? path : text, NULL);
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WayWindow *window = get_window (user_data);

  /* Closing keeps the window's size; without windows the application ends. */
  if (window != NULL)
    gtk_window_close (GTK_WINDOW (window));
  else
    g_application_quit (user_data);
}

static gboolean
end_cb (gpointer data)
{
  WayApplication *self = data;

  self->end_source = 0;
  quit_cb (NULL, NULL, self);
  return G_SOURCE_REMOVE;
}

static void
flushed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayApplication) self = user_data;

  way_session_sync_finish (WAY_SESSION (source), result, NULL);
  if (self->end_source == 0)
    return;
  g_clear_handle_id (&self->end_source, g_source_remove);
  quit_cb (NULL, NULL, self);
}

/* Told to end, by whoever shuts the machine down or signs its user out. */
static gboolean
told_to_end_cb (gpointer data)
{
  WayApplication *self = data;

  if (self->is_ending)
    return G_SOURCE_CONTINUE;
  self->is_ending = TRUE;
  /* A network that does not answer does not keep a machine from shutting down: what was called
   * saved is on the disk. */
  way_end_within (LAST_SECONDS, 0);
  if (self->session == NULL)
    {
      quit_cb (NULL, NULL, self);
      return G_SOURCE_CONTINUE;
    }
  self->end_source = g_timeout_add_seconds (FLUSH_SECONDS, end_cb, self);
  way_session_sync_async (self->session, NULL, flushed_cb, g_object_ref (self));
  return G_SOURCE_CONTINUE;
}

static void
preferences_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WayApplication *self = user_data;
  WayWindow *window = get_window (self);

  if (window != NULL)
    way_preferences_window_present (GTK_WINDOW (window), self->settings, self->session);
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WayWindow *window = get_window (user_data);
  g_autofree char *debug = NULL;
  GtkWidget *about;

  debug = g_strdup_printf ("Waymark %s\nGTK %u.%u.%u\nlibadwaita %u.%u.%u\nGLib %u.%u.%u\n",
                           WAY_VERSION, gtk_get_major_version (), gtk_get_minor_version (),
                           gtk_get_micro_version (), adw_get_major_version (),
                           adw_get_minor_version (), adw_get_micro_version (), glib_major_version,
                           glib_minor_version, glib_micro_version);
  about = g_object_new (
      ADW_TYPE_ABOUT_WINDOW, "transient-for", window, "modal", TRUE, "application-name",
      _ ("Waymark"), "application-icon", WAY_APPLICATION_ID, "version", WAY_VERSION,
      "developer-name", _ ("The Waymark Contributors"), "copyright",
      _ ("© 2026 The Waymark Contributors"), "license-type", GTK_LICENSE_GPL_3_0, "comments",
      _ ("Waymark shows you where you stand with digital skills at work, and teaches what is "
         "missing, ten minutes at a time."),
      "website", "https://github.com/waymark-skills/waymark", "issue-url",
      "https://github.com/waymark-skills/waymark/issues", "release-notes",
      _ ("<p>The first release: a baseline, three modules with practice, champions, feedback and "
         "the competency report.</p>"),
      "release-notes-version", "0.1.0", "debug-info", debug, "debug-info-filename",
      "waymark-debug.txt", "translator-credits", _ ("translator-credits"), NULL);
  adw_about_window_add_legal_section (ADW_ABOUT_WINDOW (about), _ ("Modules and Questions"),
                                      _ ("© 2026 Waymark editors"), GTK_LICENSE_CUSTOM,
                                      _ ("Creative Commons Attribution 4.0 International"));
  gtk_window_present (GTK_WINDOW (about));
}

static void
continue_learning_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WayApplication *self = user_data;

  g_free (self->page);
  self->page = g_strdup ("today");
  show_window (self);
}

static void
way_application_activate (GApplication *application)
{
  show_window (WAY_APPLICATION (application));
}

static void
opened_cb (WayApplication *self, WaySession *session)
{
  g_set_object (&self->session, session);
}

static void
preview (WayApplication *self,
         GApplicationCommandLine *line,
         const char *text,
         GVariantDict *options)
{
  g_autoptr (GFile) file = g_application_command_line_create_file_for_arg (line, text);
  g_autofree char *path = g_file_get_path (file);
  const char *module = NULL;

  g_variant_dict_lookup (options, "module", "&s", &module);
  self->preview = way_preview_new (path != NULL ? path : text, module);
  g_signal_connect_object (self->preview, "opened", G_CALLBACK (opened_cb), self,
                           G_CONNECT_SWAPPED);
}

static int
way_application_command_line (GApplication *application, GApplicationCommandLine *line)
{
  WayApplication *self = WAY_APPLICATION (application);
  GVariantDict *options = g_application_command_line_get_options_dict (line);
  const char *text;

  if (g_variant_dict_lookup (options, "trust", "&s", &text))
    {
      g_free (self->trust);
      self->trust = dup_trust_uri (line, text);
    }
  else if (g_variant_dict_contains (options, "demo"))
    {
      g_autofree char *path = g_build_filename (g_get_user_data_dir (), "waymark", "demo",
                                                "trust.db", NULL);

      g_free (self->trust);
      self->trust = g_strconcat ("sqlite:", path, NULL);
    }
  if (g_variant_dict_lookup (options, "user", "&s", &text))
    {
      g_free (self->username);
      self->username = g_strdup (text);
    }
  if (g_variant_dict_lookup (options, "page", "&s", &text))
    {
      g_free (self->page);
      self->page = g_strdup (text);
    }
  if (self->session == NULL && g_variant_dict_lookup (options, "pack", "^&ay", &text))
    {
      g_autoptr (GFile) file = g_application_command_line_create_file_for_arg (line, text);

      g_free (self->pack);
      self->pack = g_file_get_path (file);
    }
  if (self->session == NULL && self->preview == NULL
      && g_variant_dict_lookup (options, "preview", "^&ay", &text))
    preview (self, line, text, options);
  show_window (self);
  return 0;
}

static int
way_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  g_autoptr (GSettingsSchema) schema = NULL;
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("waymark %s\n", WAY_VERSION);
      return 0;
    }
  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, WAY_APPLICATION_ID, TRUE);
  if (schema == NULL)
    {
      g_printerr (_ ("Waymark’s settings are not installed. Start it with ./run, or install it "
                     "first.\n"));
      return 1;
    }
  /* A window of its own, which takes and leaves no setting of the person's. */
  if (g_variant_dict_contains (options, "preview"))
    {
      g_application_set_flags (application,
                               g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
      WAY_APPLICATION (application)->is_preview = TRUE;
    }
  return -1;
}

static void
way_application_startup (GApplication *application)
{
  static const GActionEntry ACTIONS[] = {
    { "quit", quit_cb },
    { "preferences", preferences_cb },
    { "about", about_cb },
    { "continue-learning", continue_learning_cb },
  };
  WayApplication *self = WAY_APPLICATION (application);

  G_APPLICATION_CLASS (way_application_parent_class)->startup (application);
  way_compat_init ();

  if (self->is_preview)
    {
      g_autoptr (GSettingsBackend) memory = g_memory_settings_backend_new ();

      self->settings = g_settings_new_with_backend (WAY_APPLICATION_ID, memory);
    }
  else
    self->settings = g_settings_new (WAY_APPLICATION_ID);
  if (!self->is_preview)
    self->notifier = way_notifier_new (application);
  g_action_map_add_action_entries (G_ACTION_MAP (self), ACTIONS, G_N_ELEMENTS (ACTIONS), self);
  for (guint i = 0; i < G_N_ELEMENTS (ACCELS); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), ACCELS[i].action,
                                           ACCELS[i].accels);
  g_unix_signal_add (SIGTERM, told_to_end_cb, self);
  g_unix_signal_add (SIGHUP, told_to_end_cb, self);
  gtk_window_set_default_icon_name (WAY_APPLICATION_ID);
  /* Text that takes the focus to be read out does not look selected. */
  g_object_set (gtk_settings_get_default (), "gtk-label-select-on-focus", FALSE, NULL);
  if (g_getenv ("WAYMARK_DATADIR") != NULL)
    {
      /* From the source tree the program's own icon is not in the desktop's theme. */
      g_autofree char *icons = g_build_filename (g_getenv ("WAYMARK_DATADIR"), "icons", NULL);

      gtk_icon_theme_add_search_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                      icons);
    }

  g_signal_connect_object (self->settings, "changed::reading-size",
                           G_CALLBACK (reading_size_changed_cb), self, G_CONNECT_SWAPPED);
  reading_size_changed_cb (self);
}

static void
way_application_shutdown (GApplication *application)
{
  WayApplication *self = WAY_APPLICATION (application);

  g_clear_handle_id (&self->open_source, g_source_remove);
  g_clear_handle_id (&self->end_source, g_source_remove);
  /* It holds the session. */
  g_clear_object (&self->notifier);
  /* Ends the session's threads: what was accepted is on disk before this returns. */
  g_clear_object (&self->session);
  /* A look at the folder may still be under way, and holds it. */
  if (self->preview != NULL)
    g_object_run_dispose (G_OBJECT (self->preview));
  g_clear_object (&self->preview);

  G_APPLICATION_CLASS (way_application_parent_class)->shutdown (application);
}

static void
way_application_finalize (GObject *object)
{
  WayApplication *self = WAY_APPLICATION (object);

  g_clear_object (&self->settings);
  g_clear_pointer (&self->pack, g_free);
  g_clear_pointer (&self->trust, g_free);
  g_clear_pointer (&self->username, g_free);
  g_clear_pointer (&self->page, g_free);

  G_OBJECT_CLASS (way_application_parent_class)->finalize (object);
}

static void
way_application_class_init (WayApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->finalize = way_application_finalize;
  application_class->activate = way_application_activate;
  application_class->command_line = way_application_command_line;
  application_class->handle_local_options = way_application_handle_local_options;
  application_class->shutdown = way_application_shutdown;
  application_class->startup = way_application_startup;
}

static void
way_application_init (WayApplication *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), OPTIONS);
}

/**
 * way_application_spare_memory:
 *
 * Has the program hold little memory that it does not use. Called before anything starts a
 * thread: a thread that has a heap of its own keeps it.
 */
void
way_application_spare_memory (void)
{
#ifdef __GLIBC__
  /* Pictures come and go: each in memory of its own, they leave no holes. By itself the limit
   * would rise with the first one. */
  mallopt (M_MMAP_THRESHOLD, 256 * 1024);
  /* What one thread lets go of another can use: each heap more has holes of its own. Our threads
   * mostly wait, so that they rarely meet in one. */
  mallopt (M_ARENA_MAX, 1);
#endif
}

/**
 * way_application_new:
 *
 * Returns: (transfer full): the application, which main() runs
 */
WayApplication *
way_application_new (void)
{
  return g_object_new (WAY_TYPE_APPLICATION, "application-id", WAY_APPLICATION_ID, "flags",
                       G_APPLICATION_HANDLES_COMMAND_LINE, NULL);
}
