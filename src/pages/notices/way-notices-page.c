/* way-notices-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/notices/way-notices-page.h"

#include "pages/way-detail.h"
#include "pages/way-edit-window.h"
#include "session/way-initiatives.h"
#include "widgets/way-compat.h"
#include "widgets/way-words.h"

#include <glib/gi18n.h>

/* Three lines with dates for those whom a lead or a champion looks after: what is there, and a new
 * one. They stand on Today, one at a time, until they are put away or over. */
struct _WayNoticesPage
{
  WayPage parent_instance;

  GtkBox *list;
  GtkWidget *nothing;
};

G_DEFINE_FINAL_TYPE (WayNoticesPage, way_notices_page, WAY_TYPE_PAGE)

#define DAY ((gint64) 24 * 60 * 60 * G_USEC_PER_SEC)

static void
withdrawn_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayNoticesPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!way_session_write_finish (WAY_SESSION (source), result, NULL, &error))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", error->message);
  else
    way_page_load (WAY_PAGE (self));
}

static void
withdraw_cb (GtkButton *button, WayNoticesPage *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
  way_session_retract_async (way_page_get_session (WAY_PAGE (self)),
                             g_object_get_data (G_OBJECT (button), "id"), NULL, withdrawn_cb,
                             g_object_ref (self));
}

static char *
dup_day (gint64 us)
{
  g_autoptr (GDateTime) day = g_date_time_new_from_unix_local (us / G_USEC_PER_SEC);

  /* Translators: a day, as “3 March 2026”. */
  return day != NULL ? g_date_time_format (day, _ ("%-d %B %Y")) : g_strdup ("");
}

static char *
describe_when (WayRow *row)
{
  const char *unit = way_row_get_text (row, "unit_name");
  gint64 end = way_row_get_int (row, "until");
  g_autofree char *from = dup_day (way_row_get_int (row, "starts"));
  /* It stands until the day after begins. */
  g_autofree char *until = dup_day (end - 1);

  if (*unit == '\0')
    unit = _ ("The whole trust");
  if (end == 0)
    /* Translators: whom a notice is for, and the day since when it stands. */
    return g_strdup_printf (_ ("%s · from %s"), unit, from);
  /* Translators: whom a notice is for, and its first and last day. */
  return g_strdup_printf (_ ("%s · %s to %s"), unit, from, until);
}

static GtkWidget *
create_card (WayNoticesPage *self, WayRow *row)
{
  GtkWidget *card = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing",
                                  6, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  g_autofree char *when = describe_when (row);

  gtk_widget_add_css_class (card, "way-card");
  way_compat_name (card, way_row_get_text (row, "title"));
  way_detail_add_label (GTK_BOX (card), way_row_get_text (row, "title"), "heading");
  way_detail_add_label (GTK_BOX (card), way_row_get_text (row, "text"), NULL);
  way_detail_add_label (GTK_BOX (card), when, "way-quiet");
  if (way_row_get_int (row, "mine") == 1)
    {
      GtkWidget *button = gtk_button_new_with_label (_ ("Withdraw"));

      gtk_widget_set_halign (button, GTK_ALIGN_START);
      way_compat_describe (button, way_row_get_text (row, "title"));
      g_object_set_data_full (G_OBJECT (button), "id", g_strdup (way_row_get_text (row, "id")),
                              g_free);
      g_signal_connect_object (button, "clicked", G_CALLBACK (withdraw_cb), self, 0);
      gtk_box_append (GTK_BOX (card), button);
    }
  return card;
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayNoticesPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, &error);

  if (self->list == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (rows == NULL)
    {
      way_page_show_error (WAY_PAGE (self), _ ("The notices cannot be shown"), error);
      return;
    }
  way_page_show_content (WAY_PAGE (self));
  if (way_page_keep_rows (WAY_PAGE (self), "notices", rows))
    return;
  way_detail_clear (self->list);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rows, i);

      gtk_box_append (self->list, create_card (self, row));
    }
  gtk_widget_set_visible (self->nothing, g_list_model_get_n_items (rows) == 0);
}

static void
way_notices_page_load (WayPage *page, GCancellable *cancellable)
{
  way_session_load_notices_async (way_page_get_session (page), FALSE, cancellable, loaded_cb,
                                  g_object_ref (page));
}

static void
posted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayEditWindow) window = user_data;
  WayNoticesPage *self = g_object_get_data (G_OBJECT (window), "page");
  g_autoptr (GError) error = NULL;

  if (way_session_write_finish (WAY_SESSION (source), result, NULL, &error))
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s",
                                  _ ("Saved. It stands on Today of those it is for."));
      way_page_load (WAY_PAGE (self));
    }
  way_edit_window_finish (window, error);
}

/* Midnight at the beginning of a day, local time. */
static gint64
read_day (const char *day)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *iso = g_strconcat (day, "T00:00:00", NULL);
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (iso, zone);

  return time != NULL ? g_date_time_to_unix (time) * G_USEC_PER_SEC : 0;
}

static void
submitted_cb (WayEditWindow *window, WayNoticesPage *self)
{
  const WayKind *kind = way_kind_find ("notice");
  WayNoticeBody *body = way_kind_new (kind);
  const char *unit = way_edit_window_get (window, "unit");
  const char *starts = way_edit_window_get (window, "starts");

  body->title = g_strdup (way_edit_window_get (window, "title"));
  body->text = g_strdup (way_edit_window_get (window, "text"));
  if (*starts != '\0')
    body->starts = read_day (starts);
  /* The last day counts. */
  body->until = read_day (way_edit_window_get (window, "until")) + DAY;
  way_session_post_notice_async (way_page_get_session (WAY_PAGE (self)), body,
                                 *unit != '\0' ? unit : NULL, NULL, posted_cb,
                                 g_object_ref (window));
  way_kind_free (kind, body);
}

static char *
dup_day_after (int days)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) then = g_date_time_add_days (now, days);

  return g_date_time_format (then, "%Y-%m-%d");
}

static void
audiences_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayNoticesPage) self = user_data;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, NULL);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *until = dup_day_after (14);
  WayEditWindow *window;

  if (self->list == NULL)
    return;
  if ((way_session_get_roles (WAY_SESSION (source)) & WAY_ROLE_LEAD) != 0)
    {
      g_ptr_array_add (ids, g_strdup (""));
      g_ptr_array_add (names, g_strdup (_ ("The whole trust")));
    }
  for (guint i = 0; rows != NULL && i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rows, i);

      g_ptr_array_add (ids, g_strdup (way_row_get_text (row, "unit")));
      g_ptr_array_add (names, g_strdup (way_row_get_text (row, "name")));
    }
  if (ids->len == 0)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s",
                                  _ ("There is no place that you could address."));
      return;
    }
  window = way_edit_window_new (GTK_WIDGET (self), _ ("New Notice"), _ ("Post"));
  g_object_set_data_full (G_OBJECT (window), "page", g_object_ref (self), g_object_unref);
  way_edit_window_add_line (window, "title", _ ("In a few words"), NULL,
                            _ ("The new record starts on Monday"));
  way_edit_window_require (window, "title", _ ("Say in a few words what it is."));
  way_edit_window_add_text (window, "text", _ ("What people need to know, in 3 lines"), NULL, 84);
  way_edit_window_require (window, "text", _ ("Say what people need to know."));
  way_edit_window_add_choice (window, "unit", _ ("For"), ids, names, NULL);
  way_edit_window_add_day (window, "starts", _ ("From (empty: at once)"), NULL);
  way_edit_window_add_day (window, "until", _ ("Until the end of"), until);
  way_edit_window_require (window, "until", _ ("Say until when it stands."));
  g_signal_connect_object (window, "submitted", G_CALLBACK (submitted_cb), self, 0);
  gtk_window_present (GTK_WINDOW (window));
}

static void
new_cb (WayNoticesPage *self)
{
  way_session_load_audiences_async (way_page_get_session (WAY_PAGE (self)), NULL, audiences_cb,
                                    g_object_ref (self));
}

static void
way_notices_page_dispose (GObject *object)
{
  WAY_NOTICES_PAGE (object)->list = NULL;

  G_OBJECT_CLASS (way_notices_page_parent_class)->dispose (object);
}

static void
way_notices_page_class_init (WayNoticesPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = way_notices_page_dispose;
  WAY_PAGE_CLASS (klass)->load = way_notices_page_load;
}

static void
way_notices_page_init (WayNoticesPage *self)
{
  GtkWidget *scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy",
                                      GTK_POLICY_NEVER, NULL);
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *button = gtk_button_new_with_label (_ ("New Notice…"));

  gtk_widget_set_margin_top (box, 24);
  gtk_widget_set_margin_bottom (box, 36);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  way_detail_add_label (GTK_BOX (box),
                        _ ("3 lines on Today, one notice at a time, until each person puts it away "
                           "or its day has gone."),
                        NULL);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_add_css_class (button, "suggested-action");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (new_cb), self);
  gtk_box_append (GTK_BOX (box), button);
  self->nothing = way_detail_add_label (GTK_BOX (box),
                                        _ ("No notice stands now. One is worth it when something "
                                           "changes on a day: a system that starts, a desk that "
                                           "moves."),
                                        "dim-label");
  self->list = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 640);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  g_object_set (self, "content", scroller, NULL);
}

/**
 * way_notices_page_new:
 *
 * Returns: (transfer floating): the page of notices
 */
GtkWidget *
way_notices_page_new (WaySession *session)
{
  return g_object_new (WAY_TYPE_NOTICES_PAGE, "session", session, NULL);
}
