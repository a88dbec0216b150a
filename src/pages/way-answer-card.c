/* way-answer-card.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/way-answer-card.h"

#include "widgets/way-compat.h"
#include "widgets/way-words.h"

#include <glib/gi18n.h>

/* What a person said or asked, and what came of it: on Today while it is new, and on the
 * pages that list all of it. */

static gboolean
is_help (WayRow *row)
{
  return g_strcmp0 (way_row_get_text (row, "kind"), "help") == 0;
}

static const char *
describe_state (WayRow *row)
{
  const char *state = way_row_get_text (row, "state");
  const char *decision = way_row_has (row, "decision") ? way_row_get_text (row, "decision") : "";

  if (is_help (row))
    {
      if (g_str_equal (state, "taken"))
        return _ ("Your champion has seen your question");
      if (g_str_equal (state, "answered"))
        return _ ("Your champion has answered");
      if (g_str_equal (state, "closed"))
        return _ ("Your question is closed");
      return _ ("Waiting for your champion");
    }
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

  g_return_val_if_fail (WAY_IS_ROW (row), NULL);

  way_compat_hide (icon);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_add_css_class (card, "way-card");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (card), icon);
  gtk_box_append (GTK_BOX (card), texts);
  gtk_box_append (GTK_BOX (texts), create_label (describe_state (row), "heading"));
  if (answer != NULL)
    gtk_box_append (GTK_BOX (texts), create_label (answer, NULL));
  gtk_box_append (GTK_BOX (texts), create_label (quote, "dim-label"));
  way_compat_name (card, describe_state (row));
  if (has_button)
    {
      GtkWidget *button = gtk_button_new_with_label (_ ("Got It"));

      gtk_widget_set_halign (button, GTK_ALIGN_START);
      gtk_widget_set_margin_top (button, 6);
      way_compat_describe (button, describe_state (row));
      g_object_set_data_full (G_OBJECT (button), "id", g_strdup (way_row_get_text (row, "id")),
                              g_free);
      g_object_set_data_full (G_OBJECT (button), "last", g_strdup (way_row_get_text (row, "last")),
                              g_free);
      g_signal_connect_object (button, "clicked", G_CALLBACK (seen_cb), session, 0);
      gtk_box_append (GTK_BOX (texts), button);
    }
  return card;
}
