/* way-writing.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/way-writing.h"

#include "widgets/way-compat.h"

#include <glib/gi18n.h>

/* What the two windows have in common in which a person writes to others. */

static const struct
{
  const char *page;
  const char *name;
} PLACES[] = {
  { "baseline", N_ ("the baseline") },
  { "feedback", N_ ("Feedback") },
  { "corner", N_ ("Champions’ corner") },
  { "help", N_ ("Get help") },
  { "initiatives", N_ ("Initiatives") },
  { "notices", N_ ("Notices") },
  { "learn", N_ ("Learn") },
  { "module", N_ ("a module") },
  { "overview", N_ ("Overview") },
  { "people", N_ ("My people") },
  { "practice", N_ ("a practice desk") },
  { "practise", N_ ("Practise") },
  { "reports", N_ ("Reports") },
  { "skills", N_ ("My skills") },
  { "tell", N_ ("Tell the trust") },
  { "today", N_ ("Today") },
};

static gboolean
send_cb (GtkWidget *window, GVariant *arguments, gpointer send)
{
  if (gtk_widget_is_sensitive (send))
    g_signal_emit_by_name (send, "clicked");
  return TRUE;
}

static gboolean
close_cb (GtkWidget *window, GVariant *arguments, gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (window));
  return TRUE;
}

/**
 * way_writing_set_up:
 * @send: pressed by Ctrl+Enter
 *
 * Gives a writing window its keys, and its text a way out by Tab.
 */
void
way_writing_set_up (GtkWindow *window, GtkTextView *view, GtkButton *send)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkShortcutController *shortcuts = GTK_SHORTCUT_CONTROLLER (keys);

  gtk_text_view_set_accepts_tab (view, FALSE);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
      shortcuts,
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Control>Return|<Control>KP_Enter"),
                        gtk_callback_action_new (send_cb, send, NULL)));
  gtk_shortcut_controller_add_shortcut (
      shortcuts, gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                   gtk_callback_action_new (close_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (window), keys);
}

/**
 * way_writing_dup_text:
 *
 * Returns: (transfer full): what is written, without white space around it
 */
char *
way_writing_dup_text (GtkTextView *view)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

/**
 * way_writing_finish:
 * @send: may be pressed again
 * @error: says why it was not saved
 * @id: (out) (transfer full) (nullable): of the event
 *
 * Returns: whether what was sent is saved on this computer
 */
gboolean
way_writing_finish (
    WaySession *session, GAsyncResult *result, GtkButton *send, GtkLabel *error, char **id)
{
  g_autoptr (GError) failure = NULL;

  gtk_widget_set_sensitive (GTK_WIDGET (send), TRUE);
  if (way_session_write_finish (session, result, id, &failure))
    return TRUE;
  gtk_label_set_label (error, failure->message);
  gtk_widget_set_visible (GTK_WIDGET (error), TRUE);
  way_compat_announce (GTK_WIDGET (send), failure->message);
  return FALSE;
}

/**
 * way_writing_close:
 * @said: what the window below says of it
 * @id: the event, which can be taken back there
 *
 * Closes a window whose text was sent.
 */
void
way_writing_close (GtkWindow *window, const char *said, const char *id)
{
  GtkWindow *parent = gtk_window_get_transient_for (window);

  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.undo-toast", "(ss)", said, id);
  gtk_window_close (window);
}

/**
 * way_writing_describe_place:
 * @page: (nullable): a page's name, as it is saved
 * @module: (nullable): the module it is in
 *
 * Returns: (transfer full): words for the middle of a sentence
 */
char *
way_writing_describe_place (WaySession *session, const char *page, const char *module)
{
  const WayModule *found = NULL;

  if (module != NULL)
    found = way_pack_find_module (way_session_get_pack (session), module);
  if (found != NULL)
    /* Translators: %s is the title of a module. */
    return g_strdup_printf (_ ("the module “%s”"), found->title);
  for (guint i = 0; page != NULL && i < G_N_ELEMENTS (PLACES); i++)
    {
      if (g_str_has_prefix (page, PLACES[i].page))
        return g_strdup (_ (PLACES[i].name));
    }
  return g_strdup (_ ("Waymark"));
}
