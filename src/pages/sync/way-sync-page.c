/* way-sync-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/sync/way-sync-page.h"

#include "session/way-connection.h"
#include "widgets/way-compat.h"
#include "widgets/way-words.h"

#include <glib/gi18n.h>

/* What is saved here, sent and received; what was kept apart and why; and the way by file
 * for a computer that never meets the trust. */
struct _WaySyncPage
{
  WayPage parent_instance;

  char *said;            /* (owned) (nullable) the heading that readers have heard */
  GCancellable *looking; /* (owned) (nullable) for what is in the way */
  guint clock;           /* the times in the words age */

  /* template */
  AdwPreferencesGroup *apart;
  GtkListBox *apart_list;
  GtkLabel *advice;
  GtkWidget *box;
  GtkButton *button;
  GtkLabel *contact;
  GtkLabel *details;
  GtkWidget *expander;
  GtkButton *find_out;
  GtkLabel *heading;
  GtkImage *icon;
  GtkLabel *next;
  GtkLabel *received;
  GtkWidget *result;
  GtkLabel *result_label;
  GtkLabel *saved;
  GtkButton *save_file;
  GtkLabel *sent;
  GtkSpinner *spinner;
  GtkButton *take_back;
  GtkLabel *text;
  GtkLabel *trouble;
  GtkLabel *waiting;
  GtkSwitch *whole;
};

G_DEFINE_FINAL_TYPE (WaySyncPage, way_sync_page, WAY_TYPE_PAGE)

/* --- Words ---------------------------------------------------------------------- */

static char *
count_things (guint n)
{
  /* Translators: things that a person did: answers, steps. */
  return g_strdup_printf (ngettext ("%u thing", "%u things", n), n);
}

static void
show_count (GtkLabel *label, guint n, gint64 at)
{
  g_autofree char *things = count_things (n);
  g_autofree char *when = way_format_when (at);
  g_autofree char *text = NULL;

  if (n == 0)
    text = g_strdup (_ ("nothing yet"));
  else if (at == 0)
    text = g_strdup (things);
  else
    /* Translators: “12 things, 2 minutes ago”. */
    text = g_strdup_printf (_ ("%s, %s"), things, when);
  gtk_label_set_label (label, text);
}

static char *
dup_next (WaySyncPage *self)
{
  gint64 at = way_session_get_next_sync_at (way_page_get_session (WAY_PAGE (self)));
  gint64 minutes = (at - g_get_real_time ()) / (60 * G_USEC_PER_SEC);
  g_autofree char *words = NULL;

  if (at == 0)
    return g_strdup (_ ("not planned"));
  if (minutes < 1)
    return g_strdup (_ ("within a minute"));
  words = way_format_minutes ((int) MIN (minutes, G_MAXINT));
  /* Translators: %s is how long, as “3 minutes”. */
  return g_strdup_printf (_ ("in %s"), words);
}

/* The state in a sentence, and what it means. */
static char *
dup_heading (WaySyncPage *self, const char **text, const char **icon_name)
{
  WaySession *session = way_page_get_session (WAY_PAGE (self));
  guint n_saved = way_session_get_n_saved (session);
  guint n_unsent = way_session_get_n_unsent (session);
  g_autofree char *error = way_session_dup_sync_error (session);
  gboolean is_syncing;

  g_object_get (session, "is-syncing", &is_syncing, NULL);
  *icon_name = "way-saved-symbolic";
  if (is_syncing)
    {
      *text = _ ("You can go on working meanwhile.");
      return g_strdup (_ ("Sending and receiving"));
    }
  if (n_saved == 0)
    {
      *text = _ ("What you do is saved on this computer first. Then it is sent to the trust, "
                 "which says when it has received it.");
      return g_strdup (error == NULL ? _ ("Nothing to send yet")
                                     : _ ("The trust cannot be reached now"));
    }
  if (n_unsent == 0 && error == NULL)
    {
      *icon_name = "way-received-symbolic";
      *text = _ ("It has said so for everything that you did here.");
      return g_strdup (_ ("The trust has received everything"));
    }
  *text = n_unsent == 0 ? _ ("Everything that you did here was received before that.")
                        : _ ("It is saved on this computer, also when the power goes, and is sent "
                             "by itself.");
  if (n_unsent == 0)
    return g_strdup (_ ("The trust cannot be reached now"));
  if (way_session_is_refused (session))
    *text = _ ("It is saved on this computer, also when the power goes.");
  return g_strdup_printf (ngettext ("%u thing waits to be sent", "%u things wait to be sent",
                                    n_unsent),
                          n_unsent);
}

static void
announce (WaySyncPage *self, const char *text)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    way_compat_announce (focus, text);
}

static void
show_trouble (WaySyncPage *self)
{
  WaySession *session = way_page_get_session (WAY_PAGE (self));
  g_autofree char *error = way_session_dup_sync_error (session);
  gboolean is_new = error != NULL && g_strcmp0 (gtk_label_get_label (self->details), error) != 0;
  gboolean is_refused = way_session_is_refused (session);

  gtk_widget_set_visible (self->box, error != NULL);
  gtk_widget_set_visible (self->expander, !is_refused);
  gtk_widget_set_visible (GTK_WIDGET (self->find_out), !is_refused);
  if (error == NULL)
    {
      gtk_label_set_label (self->details, "");
      return;
    }
  if (!is_new || self->looking != NULL)
    return;
  gtk_label_set_label (self->details, error);
  if (is_refused)
    {
      gtk_label_set_label (self->trouble, _ ("The trust does not take what was done here"));
      gtk_label_set_label (self->advice, error);
      return;
    }
  gtk_label_set_label (self->trouble, _ ("The last try did not work"));
  gtk_label_set_label (self->advice, _ ("Waymark tries again by itself. Nothing is lost."));
}

static void
refresh (WaySyncPage *self)
{
  WaySession *session = way_page_get_session (WAY_PAGE (self));
  guint n_unsent = way_session_get_n_unsent (session);
  const char *text;
  const char *icon_name;
  g_autofree char *heading = NULL;
  g_autofree char *next = NULL;
  g_autofree char *waiting = NULL;
  g_autofree char *met = NULL;
  gboolean is_syncing;

  if (!way_session_is_signed_in (session))
    return;
  heading = dup_heading (self, &text, &icon_name);
  g_object_get (session, "is-syncing", &is_syncing, NULL);
  gtk_label_set_label (self->heading, heading);
  gtk_label_set_label (self->text, text);
  if (g_strcmp0 (gtk_image_get_icon_name (self->icon), icon_name) != 0)
    gtk_image_set_from_icon_name (self->icon, icon_name);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), !is_syncing);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), is_syncing);
  gtk_spinner_set_spinning (self->spinner, is_syncing);
  gtk_widget_set_sensitive (GTK_WIDGET (self->button), !is_syncing);
  show_count (self->saved, way_session_get_n_saved (session), way_session_get_saved_at (session));
  show_count (self->received, way_session_get_n_received (session),
              way_session_get_received_at (session));
  met = way_session_get_sent_at (session) > 0 ? way_format_when (way_session_get_sent_at (session))
                                              : g_strdup (_ ("nothing yet"));
  gtk_label_set_label (self->sent, met);
  waiting = n_unsent > 0 ? count_things (n_unsent) : g_strdup (_ ("nothing"));
  gtk_label_set_label (self->waiting, waiting);
  g_free (met);
  met = way_session_get_met_at (session) > 0 ? way_format_when (way_session_get_met_at (session))
                                             : g_strdup (_ ("not since you signed in"));
  gtk_label_set_label (self->contact, met);
  next = dup_next (self);
  gtk_label_set_label (self->next, next);
  show_trouble (self);
  /* Each state once, and not the steps between. */
  if (!is_syncing && g_strcmp0 (self->said, heading) != 0)
    {
      if (self->said != NULL)
        announce (self, heading);
      g_free (self->said);
      self->said = g_steal_pointer (&heading);
    }
}

static gboolean
clock_cb (gpointer user_data)
{
  refresh (user_data);
  return G_SOURCE_CONTINUE;
}

/* --- What was kept apart ----------------------------------------------------------- */

static void
show_apart (WaySyncPage *self, GListModel *rows)
{
  GtkListBoxRow *old;

  if (way_page_keep_rows (WAY_PAGE (self), "apart", rows))
    return;
  while ((old = gtk_list_box_get_row_at_index (self->apart_list, 0)) != NULL)
    gtk_list_box_remove (self->apart_list, GTK_WIDGET (old));
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rows, i);
      g_autofree char *when = way_format_when (way_row_get_int (row, "at"));
      g_autofree char *subtitle = NULL;
      g_autofree char *label = NULL;
      GtkWidget *line = adw_action_row_new ();

      /* Translators: what is the matter with something, and when it was done. */
      subtitle = g_strdup_printf (_ ("%s\nDone %s."), way_row_get_text (row, "why"), when);
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), way_row_get_text (row, "what"));
      adw_action_row_set_title_lines (ADW_ACTION_ROW (line), 0);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (line), subtitle);
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (line), 0);
      label = g_strdup_printf ("%s: %s", way_row_get_text (row, "what"), subtitle);
      way_compat_name (line, label);
      gtk_list_box_append (self->apart_list, line);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->apart), g_list_model_get_n_items (rows) > 0);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WaySyncPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, &error);

  if (rows == NULL)
    {
      way_page_show_error (WAY_PAGE (self), _ ("What was sent cannot be shown"), error);
      return;
    }
  refresh (self);
  show_apart (self, rows);
  way_page_show_content (WAY_PAGE (self));
}

static void
way_sync_page_load (WayPage *page, GCancellable *cancellable)
{
  way_session_load_quarantined_async (way_page_get_session (page), cancellable, loaded_cb,
                                      g_object_ref (page));
}

/* --- What a person can do ----------------------------------------------------------- */

static void
synced_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WaySyncPage) self = user_data;
  g_autoptr (GError) error = NULL;

  /* What came of it stands on the page, but not that it was not tried. */
  if (!way_session_sync_finish (WAY_SESSION (source), result, &error)
      && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BUSY))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", error->message);
  refresh (self);
}

static void
sync_cb (WaySyncPage *self)
{
  way_session_sync_async (way_page_get_session (WAY_PAGE (self)), NULL, synced_cb,
                          g_object_ref (self));
}

static void
found_out_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WaySyncPage) self = user_data;
  g_autoptr (GError) error = NULL;
  const char *title = _ ("Nothing is in the way now");
  const char *advice = _ ("Choose “Sync Now”.");
  gboolean is_well = way_connection_check_finish (WAY_SESSION (source), result, NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->looking);
  gtk_widget_set_sensitive (GTK_WIDGET (self->find_out), TRUE);
  if (!is_well && error->domain == WAY_CONNECTION_ERROR)
    {
      title = way_connection_get_title ((WayConnectionError) error->code);
      advice = way_connection_get_advice ((WayConnectionError) error->code);
    }
  gtk_label_set_label (self->trouble, title);
  gtk_label_set_label (self->advice, advice);
  announce (self, title);
}

static void
find_out_cb (WaySyncPage *self)
{
  WaySession *session = way_page_get_session (WAY_PAGE (self));

  if (self->looking != NULL)
    return;
  self->looking = g_cancellable_new ();
  gtk_widget_set_sensitive (GTK_WIDGET (self->find_out), FALSE);
  gtk_label_set_label (self->trouble, _ ("Finding out what is in the way…"));
  way_connection_check_own_async (session, self->looking, found_out_cb, g_object_ref (self));
}

static void
say (WaySyncPage *self, const char *text)
{
  gtk_label_set_label (self->result_label, text);
  gtk_widget_set_visible (self->result, TRUE);
  announce (self, text);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WaySyncPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  guint n;

  gtk_widget_set_sensitive (GTK_WIDGET (self->save_file), TRUE);
  if (!way_session_write_bundle_finish (WAY_SESSION (source), result, &n, &error))
    {
      say (self, error->message);
      return;
    }
  text = g_strdup_printf (ngettext ("%u thing is in the file. Give it to your training team. It "
                                    "counts as received when you take back the receipt.",
                                    "%u things are in the file. Give it to your training team. "
                                    "They count as received when you take back the receipt.",
                                    n),
                          n);
  say (self, text);
  refresh (self);
}

static void
place_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WaySyncPage) self = user_data;
  g_autoptr (GFile) file = way_compat_save_file_finish (result, NULL);

  if (file == NULL)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->save_file), FALSE);
  way_session_write_bundle_async (way_page_get_session (WAY_PAGE (self)), file,
                                  gtk_switch_get_active (self->whole), NULL, written_cb,
                                  g_object_ref (self));
}

static void
save_file_cb (WaySyncPage *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d");
  /* Translators: the name of a file to carry; %s is a date as 2026-03-31. */
  g_autofree char *name = g_strdup_printf (_ ("Waymark %s.waybundle"), day);

  way_compat_save_file_async (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                              _ ("Send by File"), name, NULL, place_chosen_cb, g_object_ref (self));
}

static void
taken_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WaySyncPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  guint n;

  gtk_widget_set_sensitive (GTK_WIDGET (self->take_back), TRUE);
  if (!way_session_read_receipt_finish (WAY_SESSION (source), result, &n, &error))
    {
      say (self, error->message);
      return;
    }
  text = g_strdup_printf (ngettext ("The trust has received %u thing from the file.",
                                    "The trust has received %u things from the file.", n),
                          n);
  say (self, text);
  refresh (self);
}

static void
receipt_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WaySyncPage) self = user_data;
  g_autoptr (GFile) file = way_compat_open_file_finish (result, NULL);

  if (file == NULL)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->take_back), FALSE);
  way_session_read_receipt_async (way_page_get_session (WAY_PAGE (self)), file, NULL, taken_cb,
                                  g_object_ref (self));
}

static void
take_back_cb (WaySyncPage *self)
{
  way_compat_open_file_async (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                              _ ("Take Back a Receipt"), NULL, receipt_chosen_cb,
                              g_object_ref (self));
}

/* --- The class ------------------------------------------------------------------- */

static void
way_sync_page_map (GtkWidget *widget)
{
  WaySyncPage *self = WAY_SYNC_PAGE (widget);

  GTK_WIDGET_CLASS (way_sync_page_parent_class)->map (widget);
  refresh (self);
  self->clock = g_timeout_add_seconds (20, clock_cb, self);
}

static void
way_sync_page_unmap (GtkWidget *widget)
{
  WaySyncPage *self = WAY_SYNC_PAGE (widget);

  g_clear_handle_id (&self->clock, g_source_remove);
  GTK_WIDGET_CLASS (way_sync_page_parent_class)->unmap (widget);
}

static void
way_sync_page_constructed (GObject *object)
{
  static const char *const SIGNALS[] = { "notify::sync-text", "notify::is-syncing",
                                         "notify::n-unsent" };
  WaySyncPage *self = WAY_SYNC_PAGE (object);

  G_OBJECT_CLASS (way_sync_page_parent_class)->constructed (object);
  for (guint i = 0; i < G_N_ELEMENTS (SIGNALS); i++)
    g_signal_connect_object (way_page_get_session (WAY_PAGE (self)), SIGNALS[i],
                             G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
}

static void
way_sync_page_dispose (GObject *object)
{
  WaySyncPage *self = WAY_SYNC_PAGE (object);

  if (self->looking != NULL)
    g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  g_clear_handle_id (&self->clock, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (object), WAY_TYPE_SYNC_PAGE);

  G_OBJECT_CLASS (way_sync_page_parent_class)->dispose (object);
}

static void
way_sync_page_finalize (GObject *object)
{
  g_free (WAY_SYNC_PAGE (object)->said);

  G_OBJECT_CLASS (way_sync_page_parent_class)->finalize (object);
}

static void
way_sync_page_class_init (WaySyncPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = way_sync_page_constructed;
  object_class->dispose = way_sync_page_dispose;
  object_class->finalize = way_sync_page_finalize;
  widget_class->map = way_sync_page_map;
  widget_class->unmap = way_sync_page_unmap;
  WAY_PAGE_CLASS (klass)->load = way_sync_page_load;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/waymark_skills/Waymark/ui/way-sync-page.ui");
#define BIND(child) gtk_widget_class_bind_template_child (widget_class, WaySyncPage, child)
  BIND (advice);
  BIND (apart);
  BIND (apart_list);
  BIND (box);
  BIND (button);
  BIND (contact);
  BIND (details);
  BIND (expander);
  BIND (find_out);
  BIND (heading);
  BIND (icon);
  BIND (next);
  BIND (received);
  BIND (result);
  BIND (result_label);
  BIND (saved);
  BIND (save_file);
  BIND (sent);
  BIND (spinner);
  BIND (take_back);
  BIND (text);
  BIND (trouble);
  BIND (waiting);
  BIND (whole);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, find_out_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_file_cb);
  gtk_widget_class_bind_template_callback (widget_class, sync_cb);
  gtk_widget_class_bind_template_callback (widget_class, take_back_cb);
}

static void
way_sync_page_init (WaySyncPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  way_compat_name (self->expander, _ ("Details for the IT team"));
  way_compat_name (GTK_WIDGET (self->whole), _ ("Everything, not only what waits"));
}

/**
 * way_sync_page_new:
 *
 * Returns: (transfer floating): what is saved, sent and received
 */
GtkWidget *
way_sync_page_new (WaySession *session)
{
  return g_object_new (WAY_TYPE_SYNC_PAGE, "session", session, NULL);
}
