/* way-sign-off-card.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pages/way-sign-off-card.h"

#include "pages/way-detail.h"
#include "session/way-certificate.h"
#include "session/way-sign-off.h"
#include "widgets/way-compat.h"

#include <glib/gi18n.h>

/* The last that was signed off, or that it was withdrawn, with what it rests on. Where there is
 * none there is nothing. */
struct _WaySignOffCard
{
  AdwBin parent_instance;

  GtkBox *box;
  char *id;         /* (owned) (nullable) what is shown */
  gint64 stands[2]; /* when it was withdrawn, and the sitting that it followed */
};

G_DEFINE_FINAL_TYPE (WaySignOffCard, way_sign_off_card, ADW_TYPE_BIN)

static void
show (WaySignOffCard *self, WayRow *row)
{
  const char *by = way_row_has (row, "by") ? way_row_get_text (row, "by") : _ ("your manager");
  g_autofree char *day = way_format_day (way_row_get_int (row, "at"));
  gboolean is_withdrawn = way_row_has (row, "withdrawn");
  g_autofree char *title = NULL;

  way_detail_clear (self->box);
  if (is_withdrawn)
    {
      g_autofree char *then = way_format_day (way_row_get_int (row, "withdrawn"));

      /* Translators: a manager, then a day. */
      title = g_strdup_printf (_ ("%s withdrew the sign-off on %s"), by, then);
    }
  else
    /* Translators: a manager, then a day. */
    title = g_strdup_printf (_ ("Signed off by %s on %s"), by, day);
  way_compat_name (GTK_WIDGET (self->box), title);
  way_detail_add_state (self->box, is_withdrawn ? "edit-undo-symbolic" : "object-select-symbolic",
                        title);
  if (way_row_has (row, "text"))
    {
      /* Translators: %s is what a person said. */
      g_autofree char *text = g_strdup_printf (_ ("“%s”"), way_row_get_text (row, "text"));

      way_detail_add_label (self->box, text, NULL);
    }
  if (is_withdrawn)
    return;
  if (way_row_has (row, "measured"))
    {
      g_autofree char *then = way_format_day (way_row_get_int (row, "measured"));
      /* Translators: %s is a day. */
      g_autofree char *text = g_strdup_printf (_ ("Your last result was then that of %s. Managers "
                                                  "see your modules and evidence, not your levels. "
                                                  "What you answer later does not change this."),
                                               then);

      way_detail_add_label (self->box, text, "way-quiet");
    }
  else
    way_detail_add_label (self->box,
                          _ ("Managers see your modules and evidence, not your levels. What you "
                             "answer later does not change this."),
                          "way-quiet");
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WaySignOffCard) self = user_data;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, NULL);
  g_autoptr (WayRow) row = rows != NULL ? g_list_model_get_item (rows, 0) : NULL;
  gint64 stands[2];

  if (rows == NULL || self->box == NULL)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self), row != NULL);
  if (row == NULL)
    return;
  stands[0] = way_row_get_int (row, "withdrawn");
  stands[1] = way_row_get_int (row, "measured");
  if (g_strcmp0 (self->id, way_row_get_text (row, "id")) == 0 && stands[0] == self->stands[0]
      && stands[1] == self->stands[1])
    return;
  g_free (self->id);
  self->id = g_strdup (way_row_get_text (row, "id"));
  memcpy (self->stands, stands, sizeof stands);
  show (self, row);
}

static void
load (WaySignOffCard *self, WaySession *session)
{
  way_sign_off_load_async (session, FALSE, NULL, loaded_cb, g_object_ref (self));
}

static void
changed_cb (WaySession *session, WaySignOffCard *self)
{
  load (self, session);
}

static void
way_sign_off_card_dispose (GObject *object)
{
  WaySignOffCard *self = WAY_SIGN_OFF_CARD (object);

  self->box = NULL;
  g_clear_pointer (&self->id, g_free);

  G_OBJECT_CLASS (way_sign_off_card_parent_class)->dispose (object);
}

static void
way_sign_off_card_class_init (WaySignOffCardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = way_sign_off_card_dispose;
}

static void
way_sign_off_card_init (WaySignOffCard *self)
{
  self->box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 6,
                            "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "way-card");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * way_sign_off_card_new:
 *
 * Returns: (transfer floating): shown only while there is something to say
 */
GtkWidget *
way_sign_off_card_new (WaySession *session)
{
  WaySignOffCard *self = g_object_new (WAY_TYPE_SIGN_OFF_CARD, NULL);

  g_signal_connect_object (session, "changed", G_CALLBACK (changed_cb), self, 0);
  load (self, session);
  return GTK_WIDGET (self);
}
