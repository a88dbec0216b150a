/* way-thanks.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/way-thanks.h"

#include "pages/way-edit-window.h"
#include "session/way-term.h"
#include "widgets/way-compat.h"

#include <glib/gi18n.h>

/* Thanks for help, in a word, a sentence or none: wherever somebody sees who helped them. */

typedef struct
{
  char *person;
  char *name; /* (nullable) */
  char *about;
} Thanks;

static void
thanks_free (gpointer data)
{
  Thanks *self = data;

  g_free (self->person);
  g_free (self->name);
  g_free (self->about);
  g_free (self);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayEditWindow) window = user_data;
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (window));
  GtkWidget *button = g_object_get_data (G_OBJECT (window), "button");
  g_autoptr (GError) error = NULL;

  if (way_session_write_finish (WAY_SESSION (source), result, NULL, &error))
    {
      /* Once for each help. */
      gtk_widget_set_visible (button, FALSE);
      if (parent != NULL)
        gtk_widget_activate_action (GTK_WIDGET (parent), "win.toast", "s",
                                    _ ("Saved. Your thanks go to them."));
    }
  way_edit_window_finish (window, error);
}

static void
submitted_cb (WayEditWindow *window, WaySession *session)
{
  GtkWidget *button = g_object_get_data (G_OBJECT (window), "button");
  const Thanks *thanks = g_object_get_data (G_OBJECT (button), "thanks");

  way_term_thank_async (session, thanks->person, way_edit_window_get (window, "text"),
                        thanks->about, NULL, sent_cb, g_object_ref (window));
}

static void
clicked_cb (GtkWidget *button, WaySession *session)
{
  const Thanks *thanks = g_object_get_data (G_OBJECT (button), "thanks");
  WayEditWindow *window = way_edit_window_new (button, _ ("Say Thanks"), _ ("Send Thanks"));
  /* Translators: %s is the name of a champion. */
  g_autofree char *note = g_strdup_printf (_ ("%s sees that you say thanks, and these words. Never "
                                              "write about a patient."),
                                           thanks->name != NULL ? thanks->name
                                                                : _ ("Your champion"));

  g_object_set_data_full (G_OBJECT (window), "button", g_object_ref (button), g_object_unref);
  way_edit_window_add_text (window, "text", _ ("A word, if you like"), NULL, 72);
  way_edit_window_add_note (window, note);
  g_signal_connect_object (window, "submitted", G_CALLBACK (submitted_cb), session, 0);
  gtk_window_present (GTK_WINDOW (window));
}

/**
 * way_thanks_create_button:
 * @person: who helped
 * @name: (nullable): their name
 * @about: id of what they helped with, so that it is thanked for once
 *
 * Returns: (transfer floating): a button that asks for words and sends thanks
 */
GtkWidget *
way_thanks_create_button (WaySession *session,
                          const char *person,
                          const char *name,
                          const char *about)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Say Thanks…"));
  Thanks *thanks = g_new0 (Thanks, 1);

  thanks->person = g_strdup (person);
  thanks->name = name != NULL && *name != '\0' ? g_strdup (name) : NULL;
  thanks->about = g_strdup (about);
  g_object_set_data_full (G_OBJECT (button), "thanks", thanks, thanks_free);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  if (thanks->name != NULL)
    way_compat_describe (button, thanks->name);
  g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), session, 0);
  return button;
}
