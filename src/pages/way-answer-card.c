/* way-answer-card.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/way-answer-card.h"

#include "pages/way-help-words.h"
#include "pages/way-thanks.h"
#include "widgets/way-compat.h"
#include "widgets/way-words.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>

/* What a person said or asked, and what came of it: on Today while it is new, and on the
 * pages that list all of it. */

static gboolean
is_help (WayRow *row)
{
  return g_strcmp0 (way_row_get_text (row, "kind"), "help") == 0;
}

/* Who has it, where the trust has said so. */
static char *
describe_help (WayRow *row)
{
  const char *state = way_row_get_text (row, "state");
  const char *name = way_row_get_text (row, "taken_name");

  if (g_str_equal (state, "taken"))
    /* Translators: %s is a champion's name. */
    return *name != '\0' ? g_strdup_printf (_ ("%s has taken your question"), name)
                         : g_strdup (_ ("Your champion has seen your question"));
  if (g_str_equal (state, "answered"))
    /* Translators: %s is a champion's name. */
    return *name != '\0' ? g_strdup_printf (_ ("%s has answered"), name)
                         : g_strdup (_ ("Your champion has answered"));
  if (g_str_equal (state, "closed"))
    return g_strdup (way_row_get_int (row, "fixed") == 1 ? _ ("Fixed")
                                                         : _ ("Your question is closed"));
  return g_strdup (_ ("Waiting for your champion"));
}

static const char *
describe_state (WayRow *row)
{
  const char *state = way_row_get_text (row, "state");
  const char *decision = way_row_has (row, "decision") ? way_row_get_text (row, "decision") : "";

  if (g_str_equal (state, "done"))
    return _ ("It is done");
  if (g_str_equal (state, "decided"))
    {
      if (g_str_equal (decision, "yes"))
        return _ ("The trust says yes");
      if (g_str_equal (decision, "no"))
        return _ ("The trust says no");
      return _ ("The trust says: later");
    }
  if (g_str_equal (state, "heard"))
    return _ ("The trust has heard you");
  return _ ("Waiting for a training lead");
}

static const char *
get_icon_name (WayRow *row)
{
  const char *state = way_row_get_text (row, "state");

  if (g_str_equal (state, "new") || g_str_equal (state, "open"))
    return "document-open-recent-symbolic";
  return is_help (row) ? "way-help-symbolic" : "way-feedback-symbolic";
}

/* “Because …” and the reply: (nullable). */
static char *
dup_answer (WayRow *row)
{
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  g_auto (GStrv) texts = NULL;

  if (way_row_has (row, "because") && way_row_get_text (row, "because")[0] != '\0')
    {
      /* Translators: %s is the reason for a decision, in somebody's words. */
      g_autofree char *because = g_strdup_printf (_ ("Because: %s"),
                                                  way_row_get_text (row, "because"));

      g_strv_builder_add (parts, because);
    }
  if (way_row_has (row, "reply") && way_row_get_text (row, "reply")[0] != '\0')
    g_strv_builder_add (parts, way_row_get_text (row, "reply"));
  texts = g_strv_builder_end (parts);
  return texts[0] != NULL ? g_strjoinv ("\n\n", texts) : NULL;
}

static char *
dup_quote (WayRow *row)
{
  gint64 at = way_row_get_int (row, is_help (row) ? "asked" : "at");
  g_autofree char *when = way_format_when (at);

  if (g_str_equal (way_row_get_text (row, "kind"), "nameless"))
    /* Translators: %s is somebody's words. */
    return g_strdup_printf (_ ("You said without your name: “%s”"), way_row_get_text (row, "text"));
  if (is_help (row))
    /* Translators: a time (“yesterday at 14:05”), then somebody's words. */
    return g_strdup_printf (_ ("You asked %s: “%s”"), when, way_row_get_text (row, "text"));
  /* Translators: a time (“yesterday at 14:05”), then somebody's words. */
  return g_strdup_printf (_ ("You said %s: “%s”"), when, way_row_get_text (row, "text"));
}

static GtkWidget *
create_label (const char *text, const char *style_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (style_class != NULL)
    gtk_widget_add_css_class (label, style_class);
  return label;
}

/* When it was taken, or whom it waits for: (nullable). */
static char *
dup_progress (WayRow *row)
{
  g_autofree char *when = NULL;

  if (!is_help (row))
    return NULL;
  if (g_str_equal (way_row_get_text (row, "state"), "open"))
    return way_help_describe_route (row, g_get_real_time ());
  if (!g_str_equal (way_row_get_text (row, "state"), "taken") || !way_row_has (row, "taken"))
    return NULL;
  when = way_format_when (way_row_get_int (row, "taken"));
  /* Translators: %s is a time, as “yesterday at 14:05”. */
  return g_strdup_printf (_ ("Taken %s."), when);
}

static void
settled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) button = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_fixed = g_object_get_data (G_OBJECT (button), "is-fixed") != NULL;

  if (!way_session_write_finish (WAY_SESSION (source), result, NULL, &error))
    {
      gtk_widget_set_sensitive (button, TRUE);
      gtk_widget_activate_action (button, "win.toast", "s", error->message);
      return;
    }
  gtk_widget_activate_action (button, "win.toast", "s",
                              is_fixed ? _ ("Saved. Your champion sees that.")
                                       : _ ("Saved. Your question is open again, and is sent on."));
}

static void
settle_cb (GtkButton *button, WaySession *session)
{
  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
  way_session_settle_help_async (session, g_object_get_data (G_OBJECT (button), "id"),
                                 g_object_get_data (G_OBJECT (button), "is-fixed") != NULL, NULL,
                                 settled_cb, g_object_ref (button));
}

static GtkWidget *
create_settle (WaySession *session, WayRow *row, const char *label, gboolean is_fixed)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  way_compat_describe (button, way_row_get_text (row, "text"));
  g_object_set_data_full (G_OBJECT (button), "id", g_strdup (way_row_get_text (row, "id")), g_free);
  if (is_fixed)
    g_object_set_data (G_OBJECT (button), "is-fixed", button);
  g_signal_connect_object (button, "clicked", G_CALLBACK (settle_cb), session, 0);
  return button;
}

/* “Did that fix it?” is asked once there is an answer. */
static gboolean
asks (WayRow *row)
{
  return is_help (row) && g_str_equal (way_row_get_text (row, "state"), "answered");
}

/* Once it is fixed there may be thanks, once. */
static gboolean
may_thank (WayRow *row)
{
  return is_help (row) && way_row_get_int (row, "fixed") == 1
         && g_str_equal (way_row_get_text (row, "state"), "closed") && way_row_has (row, "taken_by")
         && way_row_get_int (row, "thanked") == 0;
}

static void
seen_cb (GtkButton *button, WaySession *session)
{
  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
  way_session_mark_seen (session, g_object_get_data (G_OBJECT (button), "id"),
                         g_object_get_data (G_OBJECT (button), "last"));
}

/**
 * way_answer_card_new:
 * @row: of what was said or asked, as the session lists it
 * @has_button: whether the person can say that they have read it
 *
 * Returns: (transfer floating): a card
 */
GtkWidget *
way_answer_card_new (WaySession *session, WayRow *row, gboolean has_button)
{
  GtkWidget *card = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_HORIZONTAL,
                                  "spacing", 12, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP,
                                  NULL);
  GtkWidget *icon = gtk_image_new_from_icon_name (get_icon_name (row));
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autofree char *answer = dup_answer (row);
  g_autofree char *quote = dup_quote (row);
  g_autofree char *progress = dup_progress (row);
  g_autofree char *state = is_help (row) ? describe_help (row) : g_strdup (describe_state (row));

  g_return_val_if_fail (WAY_IS_ROW (row), NULL);

  way_compat_hide (icon);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_add_css_class (card, "way-card");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (card), icon);
  gtk_box_append (GTK_BOX (card), texts);
  gtk_box_append (GTK_BOX (texts), create_label (state, "heading"));
  if (progress != NULL)
    gtk_box_append (GTK_BOX (texts), create_label (progress, NULL));
  if (answer != NULL)
    gtk_box_append (GTK_BOX (texts), create_label (answer, NULL));
  gtk_box_append (GTK_BOX (texts), create_label (quote, "dim-label"));
  way_compat_name (card, state);
  if (session != NULL && may_thank (row))
    {
      GtkWidget *thanks = way_thanks_create_button (session, way_row_get_text (row, "taken_by"),
                                                    way_row_get_text (row, "taken_name"),
                                                    way_row_get_text (row, "id"));

      gtk_widget_set_halign (thanks, GTK_ALIGN_START);
      gtk_box_append (GTK_BOX (texts), thanks);
    }
  if (session != NULL && asks (row))
    {
      GtkWidget *buttons = way_wrap_box_new (6, 6);

      gtk_box_append (GTK_BOX (texts), create_label (_ ("Did that fix it?"), NULL));
      way_wrap_box_append (WAY_WRAP_BOX (buttons),
                           create_settle (session, row, _ ("Yes, It Is Fixed"), TRUE));
      way_wrap_box_append (WAY_WRAP_BOX (buttons),
                           create_settle (session, row, _ ("Not Yet"), FALSE));
      gtk_box_append (GTK_BOX (texts), buttons);
    }
  else if (has_button)
    {
      GtkWidget *button = gtk_button_new_with_label (_ ("Got It"));

      gtk_widget_set_halign (button, GTK_ALIGN_START);
      gtk_widget_set_margin_top (button, 6);
      way_compat_describe (button, state);
      g_object_set_data_full (G_OBJECT (button), "id", g_strdup (way_row_get_text (row, "id")),
                              g_free);
      g_object_set_data_full (G_OBJECT (button), "last", g_strdup (way_row_get_text (row, "last")),
                              g_free);
      g_signal_connect_object (button, "clicked", G_CALLBACK (seen_cb), session, 0);
      gtk_box_append (GTK_BOX (texts), button);
    }
  return card;
}
