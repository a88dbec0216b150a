/* way-window-actions.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/way-ask-window.h"
#include "app/way-certificate-window.h"
#include "app/way-explain-window.h"
#include "app/way-handout-window.h"
#include "app/way-help-window.h"
#include "app/way-journal-window.h"
#include "app/way-jump-window.h"
#include "app/way-tell-window.h"
#include "app/way-window-private.h"
#include "pages/way-page.h"
#include "widgets/way-compat.h"
#include "widgets/way-toast.h"

#include <glib/gi18n.h>

/* What a page, a menu or a key can ask of the window. */

static const int READING_SIZES[] = { 100, 125, 150, 200 };

/* Which page of the manual belongs to what is being looked at. */
static const struct
{
  const char *page;
  const char *topic;
} TOPICS[] = {
  { "baseline", "baseline" },   { "skills", "baseline" },
  { "passport", "passport" },   { "learn", "learn" },
  { "module", "learn" },        { "practise", "practise" },
  { "practice", "practise" },   { "tell", "feedback" },
  { "feedback", "feedback" },   { "people", "champion" },
  { "reports", "report" },      { "overview", "report" },
  { "sign-in", "sign-in" },     { "sync", "saved" },
  { "set-up", "set-up" },       { "notes", "notes" },
  { "reflections", "notes" },   { "quality", "quality" },
  { "requirements", "report" }, { "initiatives", "initiatives" },
  { "notices", "initiatives" }, { "term", "champion" },
  { "champions", "champion" },  { "coverage", "champion" },
  { "drop-ins", "champion" },   { "corner", "champion" },
  { "network", "champion" },
};

/* A word of where the person is, from the page itself: (nullable). */
char *
way_window_dup_context (WayWindow *self, const char *property)
{
  GtkWidget *page = way_window_get_page (self);
  char *value = NULL;

  if (page == NULL)
    return g_str_equal (property, "context-page")
               ? g_strdup (gtk_stack_get_visible_child_name (self->root))
               : NULL;
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (page), property) != NULL)
    g_object_get (page, property, &value, NULL);
  if (value == NULL && g_str_equal (property, "context-page")
      && g_str_equal (gtk_stack_get_visible_child_name (self->root), "main"))
    value = g_strdup (gtk_stack_get_visible_child_name (self->pages));
  return value;
}

/* Has a screen reader say it. Nothing may have the focus: what had it is not sensitive while it
 * is saved, for example. */
void
way_window_announce (WayWindow *self, const char *text)
{
  way_compat_announce (GTK_WIDGET (self), text);
}

static void
retracted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (way_session_write_finish (WAY_SESSION (source), result, NULL, &error))
    way_window_toast (self, _ ("Taken back."), NULL);
  else
    way_window_warn (self, error->message);
}

static void
undo_clicked_cb (AdwToast *toast, WayWindow *self)
{
  way_session_retract_async (self->session, g_object_get_data (G_OBJECT (toast), "event"), NULL,
                             retracted_cb, g_object_ref (self));
}

/* Says in passing what happened; with an id, it can be undone. */
void
way_window_toast (WayWindow *self, const char *text, const char *undo_id)
{
  AdwToast *toast = way_toast_new (text, GTK_WIDGET (self->toasts));

  if (undo_id != NULL)
    {
      adw_toast_set_button_label (toast, _ ("Undo"));
      adw_toast_set_timeout (toast, 10);
      adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
      g_object_set_data_full (G_OBJECT (toast), "event", g_strdup (undo_id), g_free);
      g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_clicked_cb), self, 0);
    }
  adw_toast_overlay_add_toast (self->toasts, toast);
  way_window_announce (self, text);
}

static void
go_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  /* “reports?met”: a page, and what to look at there. */
  g_auto (GStrv) parts = g_strsplit (g_variant_get_string (parameter, NULL), "?", 2);
  GtkWidget *page;

  if (parts[0] == NULL)
    return;
  way_window_go (user_data, parts[0]);
  page = way_window_get_page (user_data);
  if (parts[1] != NULL && page != NULL
      && g_object_class_find_property (G_OBJECT_GET_CLASS (page), "view") != NULL)
    g_object_set (page, "view", parts[1], NULL);
}

static void
back_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  way_window_go_back (user_data);
}

static void
start_baseline_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  way_window_start_baseline (user_data);
}

static void
start_recheck_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  way_window_start_recheck (user_data, g_variant_get_string (parameter, NULL));
}

/* The capability and the level, as "C/2". */
static void
start_yes_no_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_auto (GStrv) parts = g_strsplit (g_variant_get_string (parameter, NULL), "/", 2);

  if (parts[0] != NULL && parts[1] != NULL)
    way_window_start_yes_no (user_data, parts[0], (int) g_ascii_strtoll (parts[1], NULL, 10));
}

static void
show_module_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  way_window_show_module (user_data, g_variant_get_string (parameter, NULL));
}

static void
test_out_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  way_window_test_out (user_data, g_variant_get_string (parameter, NULL));
}

static void
print_module_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WayWindow *self = user_data;

  way_handout_window_present (GTK_WINDOW (self), self->session,
                              g_variant_get_string (parameter, NULL));
}

static void
certificate_made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WayCertificate)
      certificate = way_session_make_certificate_finish (WAY_SESSION (source), result, &error);

  if (certificate == NULL)
    way_window_toast (self, error->message, NULL);
  else if (way_session_is_signed_in (WAY_SESSION (source)))
    way_certificate_window_present (GTK_WINDOW (self), certificate);
}

/* “module/F1” or “pathway/everyone”. */
static void
show_certificate_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WayWindow *self = user_data;
  g_auto (GStrv) parts = g_strsplit (g_variant_get_string (parameter, NULL), "/", 2);

  if (g_strv_length (parts) == 2)
    way_session_make_certificate_async (self->session, parts[0], parts[1], NULL,
                                        certificate_made_cb, g_object_ref (self));
}

static void
start_round_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_auto (GStrv) parts = g_strsplit (g_variant_get_string (parameter, NULL), " ", 2);

  if (g_strv_length (parts) == 2)
    way_window_start_round (user_data, parts[0], parts[1]);
}

static void
start_practice_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_auto (GStrv) parts = g_strsplit (g_variant_get_string (parameter, NULL), " ", 2);

  if (g_strv_length (parts) == 2)
    way_window_start_practice (user_data, parts[0], parts[1]);
}

static void
leave_focus_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  way_window_leave_focus (user_data);
}

static void
toast_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  way_window_toast (user_data, g_variant_get_string (parameter, NULL), NULL);
}

static void
undo_toast_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const char *text, *id;

  g_variant_get (parameter, "(&s&s)", &text, &id);
  way_window_toast (user_data, text, id);
}

static void
tell_news_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const char *page, *text;

  g_variant_get (parameter, "(&s&s)", &page, &text);
  way_window_tell_news (user_data, page, text);
}

static void
ask_help_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WayWindow *self = user_data;
  g_autofree char *page = way_window_dup_context (self, "context-page");
  g_autofree char *module = way_window_dup_context (self, "context-module");
  g_autofree char *item = way_window_dup_context (self, "context-item");

  way_ask_window_present (GTK_WINDOW (self), self->session, page, module, item, &self->question);
}

static void
tell_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WayWindow *self = user_data;
  g_autofree char *page = way_window_dup_context (self, "context-page");
  g_autofree char *module = way_window_dup_context (self, "context-module");

  way_tell_window_present (GTK_WINDOW (self), self->session, page, module, &self->draft);
}

/* At the step of a module that is being looked at; elsewhere to the notes. */
static void
note_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WayWindow *self = user_data;
  g_autofree char *page = way_window_dup_context (self, "context-page");
  g_autofree char *module = way_window_dup_context (self, "context-module");
  g_auto (GStrv) parts = g_strsplit (page != NULL ? page : "", " ", 3);
  const char *step = g_strv_length (parts) == 3 ? parts[2] : NULL;

  if (module == NULL)
    {
      way_window_leave_focus (self);
      way_window_go (self, "notes");
      return;
    }
  if (g_strcmp0 (parts[0], "practice") == 0)
    step = "practice";
  else if (g_strcmp0 (step, "confidence") == 0)
    step = NULL;
  way_journal_window_present (GTK_WINDOW (self), self->session, "note", NULL, module, step);
}

/* An id, or where a draft was begun: "module F1 F1.card2". */
static void
edit (WayWindow *self, const char *kind, const char *what)
{
  g_auto (GStrv) parts = g_strsplit (what, " ", 3);
  guint n = g_strv_length (parts);

  if (n > 0 && g_str_equal (parts[0], "module"))
    way_journal_window_present (GTK_WINDOW (self), self->session, kind, NULL,
                                n > 1 && *parts[1] != '\0' ? parts[1] : NULL,
                                n > 2 && *parts[2] != '\0' ? parts[2] : NULL);
  else
    way_journal_window_present (GTK_WINDOW (self), self->session, kind, what, NULL, NULL);
}

static void
edit_note_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  edit (user_data, "note", g_variant_get_string (parameter, NULL));
}

static void
reflect_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  edit (user_data, "reflection", g_variant_get_string (parameter, NULL));
}

static void
explain_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WayWindow *self = user_data;

  way_explain_window_present (GTK_WINDOW (self), way_session_get_pack (self->session),
                              parameter != NULL ? g_variant_get_string (parameter, NULL) : "");
}

static void
find_anything_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WayWindow *self = user_data;

  way_jump_window_present (self, self->session);
}

static void
search_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWidget *page = way_window_get_page (user_data);

  if (!WAY_IS_PAGE (page) || !way_page_search (WAY_PAGE (page)))
    gtk_widget_activate_action (user_data, "win.find-anything", NULL);
}

/* The regions of what is shown, in order: NULL-terminated, borrowed. */
static guint
list_regions (WayWindow *self, GtkWidget *regions[8])
{
  guint n = 0;

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->root), "main") == 0)
    {
      GtkWidget *candidates[] = { GTK_WIDGET (self->sidebar_list), GTK_WIDGET (self->sync),
                                  gtk_widget_get_first_child (GTK_WIDGET (self->content)),
                                  GTK_WIDGET (self->pages) };

      for (guint i = 0; i < G_N_ELEMENTS (candidates); i++)
        {
          if (gtk_widget_get_child_visible (candidates[i]) && gtk_widget_get_mapped (candidates[i]))
            regions[n++] = candidates[i];
        }
    }
  else
    {
      GtkWidget *page = way_window_get_page (self);
      GtkWidget *box = page != NULL ? gtk_widget_get_first_child (page) : NULL;
      GtkWidget *child = box != NULL ? gtk_widget_get_first_child (box) : NULL;

      for (; child != NULL && n < 8; child = gtk_widget_get_next_sibling (child))
        {
          if (gtk_widget_get_mapped (child))
            regions[n++] = child;
        }
    }
  return n;
}

static void
next_region_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WayWindow *self = user_data;
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  GtkWidget *regions[8];
  guint n = list_regions (self, regions);
  guint now = n - 1;

  for (guint i = 0; i < n; i++)
    {
      if (focus != NULL && (focus == regions[i] || gtk_widget_is_ancestor (focus, regions[i])))
        now = i;
    }
  for (guint step = 1; step <= n; step++)
    {
      if (gtk_widget_child_focus (regions[(now + step) % n], GTK_DIR_TAB_FORWARD))
        return;
    }
}

/* The manual where there is a reader for it; else the help that Waymark brings itself. */
static void
help_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WayWindow *self = user_data;
  g_autofree char *context = way_window_dup_context (self, "context-page");
  g_autoptr (GAppInfo) reader = g_app_info_get_default_for_uri_scheme ("help");
  const char *topic = "index";
  g_autofree char *uri = NULL;
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));

  /* A practice desk counts it, where there is one about the focus. */
  if (focus != NULL)
    gtk_widget_activate_action (focus, "desk.help", NULL);
  for (guint i = 0; context != NULL && i < G_N_ELEMENTS (TOPICS); i++)
    {
      if (g_str_has_prefix (context, TOPICS[i].page))
        topic = TOPICS[i].topic;
    }
  if (reader == NULL)
    {
      if (self->session != NULL && way_session_is_signed_in (self->session))
        way_help_window_present (GTK_WINDOW (self), self->session);
      else
        gtk_widget_activate_action (GTK_WIDGET (self), "win.show-help-overlay", NULL);
      return;
    }
  uri = g_strconcat ("help:waymark/", topic, NULL);
  gtk_show_uri (GTK_WINDOW (self), uri, GDK_CURRENT_TIME);
}

typedef struct
{
  char *text; /* (owned) */
  gint64 frame;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_free (answer->text);
  g_free (answer);
}

/* After the frame that shows how sync stands now: both in one would hold up the window longer. */
static gboolean
answer_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  Answer *answer = user_data;

  if (gdk_frame_clock_get_frame_counter (clock) <= answer->frame)
    return G_SOURCE_CONTINUE;
  way_window_toast (WAY_WINDOW (widget), answer->text, NULL);
  return G_SOURCE_REMOVE;
}

static void
give_answer (WayWindow *self, const GError *error)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));
  Answer *answer = g_new0 (Answer, 1);

  answer->text = way_session_dup_sync_answer (self->session, error);
  answer->frame = clock != NULL ? gdk_frame_clock_get_frame_counter (clock) + 1 : 0;
  gtk_widget_add_tick_callback (GTK_WIDGET (self), answer_cb, answer, answer_free);
}

static void
synced_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  way_session_sync_finish (WAY_SESSION (source), result, &error);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      && way_session_is_signed_in (self->session))
    give_answer (self, error);
  way_sync_button_refresh (self->sync);
}

static void
sync_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WayWindow *self = user_data;
  gboolean is_syncing;

  g_object_get (self->session, "is-syncing", &is_syncing, NULL);
  if (is_syncing)
    give_answer (self, NULL);
  else
    way_session_sync_async (self->session, NULL, synced_cb, g_object_ref (self));
}

static void
change_reading_size (WayWindow *self, int direction)
{
  int now = g_settings_get_int (self->settings, "reading-size");
  int next = now;
  g_autofree char *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (READING_SIZES); i++)
    {
      int size = READING_SIZES[direction > 0 ? i : G_N_ELEMENTS (READING_SIZES) - 1 - i];

      if ((direction > 0 && size > now) || (direction < 0 && size < now))
        {
          next = size;
          break;
        }
    }
  g_settings_set_int (self->settings, "reading-size", next);
  /* Translators: %d is a percentage. */
  text = g_strdup_printf (_ ("Text at %d %%"), next);
  way_window_announce (self, text);
}

static void
bigger_text_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  change_reading_size (user_data, 1);
}

static void
smaller_text_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  change_reading_size (user_data, -1);
}

static void
signed_out_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!way_session_sign_out_finish (WAY_SESSION (source), result, &error))
    way_window_warn (self, error->message);
}

static void
sign_out_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WayWindow *self = user_data;

  way_session_sign_out_async (self->session, NULL, signed_out_cb, g_object_ref (self));
}

static void
set_up_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WayWindow *self = user_data;

  if (self->session != NULL && !way_session_is_signed_in (self->session))
    way_window_show_set_up (self);
}

static const GActionEntry ACTIONS[] = {
  { "go", go_cb, "s" },
  { "back", back_cb },
  { "start-baseline", start_baseline_cb },
  { "start-recheck", start_recheck_cb, "s" },
  { "start-yes-no", start_yes_no_cb, "s" },
  { "show-module", show_module_cb, "s" },
  { "test-out", test_out_cb, "s" },
  { "start-practice", start_practice_cb, "s" },
  { "start-round", start_round_cb, "s" },
  { "show-certificate", show_certificate_cb, "s" },
  { "print-module", print_module_cb, "s" },
  { "leave-focus", leave_focus_cb },
  { "toast", toast_cb, "s" },
  { "undo-toast", undo_toast_cb, "(ss)" },
  { "tell-news", tell_news_cb, "(ss)" },
  { "ask-help", ask_help_cb },
  { "tell", tell_cb },
  { "note", note_cb },
  { "edit-note", edit_note_cb, "s" },
  { "reflect", reflect_cb, "s" },
  { "explain", explain_cb, "s" },
  { "glossary", explain_cb },
  { "find-anything", find_anything_cb },
  { "search", search_cb },
  { "next-region", next_region_cb },
  { "help", help_cb },
  { "sync", sync_cb },
  { "bigger-text", bigger_text_cb },
  { "smaller-text", smaller_text_cb },
  { "set-up", set_up_cb },
  { "sign-out", sign_out_cb },
};

/* These work before anybody has signed in. */
static const char *const ALWAYS[] = {
  "help", "bigger-text", "smaller-text", "toast", "set-up", NULL
};

/* Lets actions be used only when there is somebody to use them. */
void
way_window_enable_actions (WayWindow *self)
{
  gboolean is_signed_in = self->session != NULL && way_session_is_signed_in (self->session);

  for (guint i = 0; i < G_N_ELEMENTS (ACTIONS); i++)
    {
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), ACTIONS[i].name);

      g_simple_action_set_enabled (G_SIMPLE_ACTION (action),
                                   is_signed_in || g_strv_contains (ALWAYS, ACTIONS[i].name));
    }
}

/* Esc in focus mode pauses, when nothing nearer wants it. */
static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                gpointer user_data)
{
  WayWindow *self = user_data;
  GtkWidget *page = way_window_get_page (self);

  if (keyval != GDK_KEY_Escape || (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  if (page == NULL || !gtk_widget_activate_action (page, "page.pause", NULL))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.leave-focus", NULL);
  return GDK_EVENT_STOP;
}

/**
 * way_window_install_actions:
 *
 * Puts up what the window can be asked to do, and its keys. Once, when it is made.
 */
void
way_window_install_actions (WayWindow *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (self), ACTIONS, G_N_ELEMENTS (ACTIONS), self);
  way_window_enable_actions (self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->focus_bin), keys);
}
