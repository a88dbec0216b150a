/* way-published-card.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/tell/way-published-card.h"

#include "pages/way-detail.h"
#include "session/way-voices.h"
#include "widgets/way-compat.h"

#include <glib/gi18n.h>

/* What people said and what the trust did, as everybody reads it: without names, with the measure
 * where something was measured. What is not decided can be supported. */

static const char *
describe_state (WayRow *row)
{
  const char *state = way_row_get_text (row, "state");
  const char *decision = way_row_get_text (row, "decision");

  if (*way_row_get_text (row, "aim") != '\0' && *way_row_get_text (row, "result") == '\0'
      && !g_str_equal (state, "done"))
    return _ ("We are trying it");
  if (g_str_equal (state, "done"))
    return _ ("We did");
  if (g_str_equal (state, "decided") && g_str_equal (decision, "no"))
    return _ ("We can’t");
  if (g_str_equal (state, "decided") && g_str_equal (decision, "later"))
    return _ ("Later");
  if (g_str_equal (state, "decided"))
    return _ ("We will");
  return _ ("We are listening");
}

static char *
dup_number (WayRow *row, const char *column)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (*way_row_get_text (row, column) == '\0')
    return NULL;
  return g_strdup (g_ascii_formatd (text, sizeof text, "%g", way_row_get_number (row, column)));
}

static char *
dup_measure (WayRow *row)
{
  const char *measure = way_row_get_text (row, "measure");
  g_autofree char *before = dup_number (row, "before");
  g_autofree char *after = dup_number (row, "after");

  if (*measure == '\0' || (before == NULL && after == NULL))
    return NULL;
  if (after == NULL)
    /* Translators: what was measured, and how much it was before something was done. */
    return g_strdup_printf (_ ("%s: %s before"), measure, before);
  if (before == NULL)
    /* Translators: what was measured, and how much it is now. */
    return g_strdup_printf (_ ("%s: %s now"), measure, after);
  /* Translators: what was measured, and how much it was before something was done, and is now. */
  return g_strdup_printf (_ ("%s: %s before, %s now"), measure, before, after);
}

static void
supported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkToggleButton) button = user_data;
  g_autoptr (GError) error = NULL;

  gtk_widget_set_sensitive (GTK_WIDGET (button), TRUE);
  if (!way_session_write_finish (WAY_SESSION (source), result, NULL, &error))
    gtk_widget_activate_action (GTK_WIDGET (button), "win.toast", "s", error->message);
  else if (gtk_toggle_button_get_active (button))
    gtk_widget_activate_action (GTK_WIDGET (button), "win.toast", "s",
                                _ ("You support it. What comes of it shows here."));
}

static void
support_cb (GtkToggleButton *button, WaySession *session)
{
  gboolean is_active = gtk_toggle_button_get_active (button);

  gtk_button_set_label (GTK_BUTTON (button), is_active ? _ ("You Support It") : _ ("Support It"));
  gtk_accessible_update_state (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_CHECKED,
                               is_active ? GTK_ACCESSIBLE_TRISTATE_TRUE
                                         : GTK_ACCESSIBLE_TRISTATE_FALSE,
                               -1);
  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
  way_session_support_async (session, g_object_get_data (G_OBJECT (button), "id"), is_active, NULL,
                             supported_cb, g_object_ref (button));
}

static void
add_support (GtkBox *texts, WaySession *session, WayRow *row)
{
  gboolean is_mine = way_row_get_int (row, "mine") == 1;
  GtkWidget *button = g_object_new (GTK_TYPE_TOGGLE_BUTTON, "label",
                                    is_mine ? _ ("You Support It") : _ ("Support It"), "active",
                                    is_mine, "halign", GTK_ALIGN_START, "margin-top", 6,
                                    "accessible-role", GTK_ACCESSIBLE_ROLE_CHECKBOX, NULL);
  /* Translators: %s is what people said. */
  g_autofree char *name = g_strdup_printf (_ ("I support: %s"), way_row_get_text (row, "said"));

  way_compat_name (button, name);
  gtk_accessible_update_state (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_CHECKED,
                               is_mine ? GTK_ACCESSIBLE_TRISTATE_TRUE
                                       : GTK_ACCESSIBLE_TRISTATE_FALSE,
                               -1);
  g_object_set_data_full (G_OBJECT (button), "id", g_strdup (way_row_get_text (row, "id")), g_free);
  g_signal_connect_object (button, "toggled", G_CALLBACK (support_cb), session, 0);
  gtk_box_append (texts, button);
}

static void
add_trial (GtkBox *texts, WayRow *row)
{
  const char *result = way_row_get_text (row, "result");
  const char *until = way_row_get_text (row, "until");
  g_autofree char *test = NULL;
  g_autofree char *judged = NULL;

  if (*way_row_get_text (row, "aim") == '\0')
    return;
  /* Translators: %s is what a small test is to show. */
  test = g_strdup_printf (_ ("A small test: %s"), way_row_get_text (row, "aim"));
  way_detail_add_label (texts, test, NULL);
  if (*until != '\0')
    /* Translators: by what a test is judged, and a day. */
    judged = g_strdup_printf (_ ("Judged by: %s, until %s"), way_row_get_text (row, "by"), until);
  else
    /* Translators: by what a test is judged. */
    judged = g_strdup_printf (_ ("Judged by: %s"), way_row_get_text (row, "by"));
  way_detail_add_label (texts, judged, "way-quiet");
  if (*result != '\0')
    {
      /* Translators: %s is what came of a test. */
      g_autofree char *came = g_strdup_printf (_ ("What came of it: %s"), result);

      way_detail_add_label (texts, came, NULL);
    }
}

/**
 * way_published_card_new:
 * @row: as the session lists what was published
 *
 * Returns: (transfer floating): a card
 */
GtkWidget *
way_published_card_new (WaySession *session, WayRow *row)
{
  GtkWidget *card = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing",
                                  6, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  GtkBox *texts = GTK_BOX (card);
  const char *because = way_row_get_text (row, "because");
  const char *did = way_row_get_text (row, "did");
  g_autofree char *measure = dup_measure (row);
  g_autofree char *said = NULL;
  g_autofree char *name = NULL;
  gint64 people = way_row_get_int (row, "people");

  g_return_val_if_fail (WAY_IS_ROW (row), NULL);

  gtk_widget_add_css_class (card, "way-card");
  if (people > 0)
    /* Translators: how many people said something, and what. */
    said = g_strdup_printf (_ ("%d of you said: %s"), (int) people, way_row_get_text (row, "said"));
  else
    /* Translators: %s is what people said. */
    said = g_strdup_printf (_ ("You said: %s"), way_row_get_text (row, "said"));
  way_detail_add_label (texts, said, "dim-label");
  way_detail_add_label (texts, describe_state (row), "heading");
  if (*did != '\0')
    way_detail_add_label (texts, did, NULL);
  if (*because != '\0')
    {
      /* Translators: %s is the reason for a decision, in somebody's words. */
      g_autofree char *why = g_strdup_printf (_ ("Because: %s"), because);

      way_detail_add_label (texts, why, NULL);
    }
  add_trial (texts, row);
  if (measure != NULL)
    way_detail_add_state (texts, "way-reports-symbolic", measure);
  if (g_str_equal (way_row_get_text (row, "state"), "open"))
    add_support (texts, session, row);
  name = g_strdup_printf ("%s. %s", describe_state (row), said);
  way_compat_name (card, name);
  return card;
}
