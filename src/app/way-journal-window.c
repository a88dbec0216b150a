/* way-journal-window.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/way-journal-window.h"
#include "app/way-writing.h"

#include "pages/reports/way-day-button.h"
#include "pages/way-detail.h"
#include "session/way-journal.h"
#include "widgets/way-compat.h"
#include "widgets/way-text-guard.h"

#include <glib/gi18n.h>

/* A note or a reflective account as it is written. What is typed is on the disk of this computer
 * soon after, and closed it is kept: an account only by its button, since it may take days. */
#define WAY_TYPE_JOURNAL_WINDOW (way_journal_window_get_type ())
G_DECLARE_FINAL_TYPE (WayJournalWindow, way_journal_window, WAY, JOURNAL_WINDOW, AdwWindow)

#define PAUSE_MS 700 /* since the last letter */
#define MOST_MINUTES 6000
#define N_TEXTS 4

struct _WayJournalWindow
{
  AdwWindow parent_instance;

  WaySession *session;       /* (owned) */
  GCancellable *cancellable; /* (owned) */
  const char *kind;
  char *id;     /* (owned) (nullable) what it takes the place of */
  char *module; /* (owned) (nullable) */
  char *place;  /* (owned) (nullable) the step, or the skill */
  guint pause;
  gboolean is_filling;
  gboolean is_changed;
  gboolean has_typed;
  gboolean is_over; /* kept or deleted: closing is no more than that */

  GtkBox *box;
  GtkTextView *texts[N_TEXTS]; /* one of a note */
  GtkSpinButton *minutes;      /* (nullable) */
  GtkEditable *day;            /* (nullable) */
  GtkLabel *day_error;         /* (nullable) */
  WayTextGuard *guard;
  GtkLabel *status;
  GtkButton *done;
  GtkWidget *delete;
};

G_DEFINE_FINAL_TYPE (WayJournalWindow, way_journal_window, ADW_TYPE_WINDOW)

static const struct
{
  const char *column;
  const char *label;
} PARTS[N_TEXTS] = {
  { "text", N_ ("What I did") },
  { "learned", N_ ("What I learned") },
  { "change", N_ ("How it changes what I do") },
  { "code", N_ ("How it relates to my professional code (if you need it)") },
};

static gboolean
is_note (WayJournalWindow *self)
{
  return g_str_equal (self->kind, "note");
}

static char *
dup_part (WayJournalWindow *self, guint i)
{
  return self->texts[i] != NULL ? way_writing_dup_text (self->texts[i]) : g_strdup ("");
}

/* The whole of it, in which the guard looks. */
static char *
dup_all (WayJournalWindow *self)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < N_TEXTS; i++)
    {
      g_autofree char *part = dup_part (self, i);

      g_string_append_printf (all, "%s\n", part);
    }
  g_strchomp (all->str);
  return g_string_free (g_steal_pointer (&all), FALSE);
}

static gint64
get_day (WayJournalWindow *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = NULL;
  const char *why_not;
  int year, month, date;
  g_autoptr (GDateTime) noon = NULL;

  if (self->day == NULL || !way_day_read (gtk_editable_get_text (self->day), now, &day, &why_not)
      || day == NULL || sscanf (day, "%d-%d-%d", &year, &month, &date) != 3)
    return WAY_NO_INTEGER;
  noon = g_date_time_new_local (year, month, date, 12, 0, 0);
  return noon != NULL ? g_date_time_to_unix (noon) * G_USEC_PER_SEC : WAY_NO_INTEGER;
}

typedef void (*WriteFunc) (WaySession *session,
                           const char *kind,
                           gconstpointer body,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);

static void
write_body (WayJournalWindow *self,
            WriteFunc write,
            gboolean is_empty,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  char *parts[N_TEXTS];

  for (guint i = 0; i < N_TEXTS; i++)
    parts[i] = is_empty ? g_strdup ("") : dup_part (self, i);
  if (is_note (self))
    {
      WayNoteBody body = {
        .module = self->module, .text = parts[0], .step = self->place, .note = self->id
      };

      write (self->session, self->kind, &body, NULL, callback, user_data);
    }
  else
    {
      int minutes = gtk_spin_button_get_value_as_int (self->minutes);
      WayReflectionBody body = { .module = self->module,
                                 .text = parts[0],
                                 .outcome = self->place,
                                 .learned = parts[1],
                                 .change = parts[2],
                                 .code = *parts[3] != '\0' ? parts[3] : NULL,
                                 .minutes = minutes > 0 ? minutes : WAY_NO_INTEGER,
                                 .day = get_day (self),
                                 .reflection = self->id };

      write (self->session, self->kind, &body, NULL, callback, user_data);
    }
  for (guint i = 0; i < N_TEXTS; i++)
    g_free (parts[i]);
}

static void
show_status (WayJournalWindow *self, const char *text)
{
  gtk_label_set_label (self->status, text);
}

static void
drafted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayJournalWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!way_session_write_finish (WAY_SESSION (source), result, NULL, &error))
    {
      self->is_changed = TRUE;
      show_status (self, error->message);
      way_compat_announce (GTK_WIDGET (self->status), error->message);
    }
  else if (self->pause == 0)
    show_status (self, is_note (self) ? _ ("Saved on this computer.")
                                      : _ ("Draft saved on this computer."));
}

static void
save_draft (WayJournalWindow *self)
{
  self->is_changed = FALSE;
  write_body (self, way_journal_draft_async, FALSE, drafted_cb, g_object_ref (self));
}

static gboolean
paused_cb (gpointer user_data)
{
  WayJournalWindow *self = user_data;

  self->pause = 0;
  save_draft (self);
  return G_SOURCE_REMOVE;
}

/* Whether it can be kept: it says something, on a day that was, and names no patient. */
static gboolean
may_keep (WayJournalWindow *self)
{
  g_autofree char *all = dup_all (self);
  g_autofree char *text = dup_part (self, 0);
  gboolean is_clear = way_text_guard_check (self->guard, all);

  return is_clear && *text != '\0' && (self->day == NULL || get_day (self) != WAY_NO_INTEGER);
}

static void
changed_cb (WayJournalWindow *self)
{
  if (self->is_filling)
    return;
  if (self->day != NULL)
    {
      g_autoptr (GDateTime) now = g_date_time_new_now_local ();
      g_autofree char *day = NULL;
      const char *why_not = NULL;
      gboolean is_day = way_day_read (gtk_editable_get_text (self->day), now, &day, &why_not);

      if (is_day && day == NULL)
        why_not = _ ("Write the day as year, month and day: 2026-03-31.");
      gtk_label_set_label (self->day_error, why_not != NULL ? why_not : "");
      gtk_widget_set_visible (GTK_WIDGET (self->day_error), why_not != NULL);
    }
  self->is_changed = TRUE;
  self->has_typed = TRUE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->done), may_keep (self));
  show_status (self, _ ("Writing…"));
  g_clear_handle_id (&self->pause, g_source_remove);
  self->pause = g_timeout_add (PAUSE_MS, paused_cb, self);
}

static void
tell_parent (WayJournalWindow *self, const char *text)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.toast", "s", text);
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayJournalWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = dup_part (self, 0);
  gboolean is_empty;

  if (!way_session_write_finish (WAY_SESSION (source), result, NULL, &error))
    {
      self->is_over = FALSE;
      show_status (self, error->message);
      way_compat_announce (GTK_WIDGET (self->status), error->message);
      gtk_widget_set_sensitive (GTK_WIDGET (self->done), TRUE);
      return;
    }
  is_empty = *text == '\0';
  tell_parent (self, is_empty         ? _ ("Nothing is left of it.")
                     : is_note (self) ? _ ("Note saved. Only you can read it.")
                                      : _ ("Account saved. Only you can read it."));
  gtk_window_close (GTK_WINDOW (self));
}

static void
keep (WayJournalWindow *self)
{
  g_clear_handle_id (&self->pause, g_source_remove);
  self->is_over = TRUE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->done), FALSE);
  write_body (self, way_journal_keep_async, FALSE, kept_cb, g_object_ref (self));
}

static void
done_cb (WayJournalWindow *self)
{
  if (may_keep (self) && gtk_widget_is_sensitive (GTK_WIDGET (self->done)))
    keep (self);
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayJournalWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!way_session_write_finish (WAY_SESSION (source), result, NULL, &error))
    {
      self->is_over = FALSE;
      show_status (self, error->message);
      return;
    }
  tell_parent (self, _ ("Deleted."));
  gtk_window_close (GTK_WINDOW (self));
}

static void
answered_cb (WayJournalWindow *self, const char *response)
{
  if (!g_str_equal (response, "delete"))
    return;
  g_clear_handle_id (&self->pause, g_source_remove);
  self->is_over = TRUE;
  write_body (self, way_journal_keep_async, TRUE, deleted_cb, g_object_ref (self));
}

static void
delete_cb (WayJournalWindow *self)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self),
                                              is_note (self) ? _ ("Delete this note?")
                                                             : _ ("Delete this account?"),
                                              _ ("It is gone from every list of yours."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "delete",
                                    _ ("_Delete"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "delete",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (answered_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* A note is kept when it is closed, unless it still names a patient: then it stays a draft. */
static gboolean
way_journal_window_close_request (GtkWindow *window)
{
  WayJournalWindow *self = WAY_JOURNAL_WINDOW (window);

  if (!self->is_over && self->has_typed)
    {
      g_autofree char *all = dup_all (self);
      gboolean is_waiting = self->pause != 0 || self->is_changed;

      g_clear_handle_id (&self->pause, g_source_remove);
      if (is_note (self) && way_text_guard_check (self->guard, all))
        {
          keep (self);
          return GDK_EVENT_STOP;
        }
      if (is_waiting)
        save_draft (self);
      tell_parent (self, _ ("Kept as a draft on this computer."));
    }
  g_cancellable_cancel (self->cancellable);
  return GTK_WINDOW_CLASS (way_journal_window_parent_class)->close_request (window);
}

static void
fill (WayJournalWindow *self, WayRow *row)
{
  self->is_filling = TRUE;
  for (guint i = 0; i < N_TEXTS; i++)
    if (self->texts[i] != NULL && way_row_has (row, PARTS[i].column))
      gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->texts[i]),
                                way_row_get_text (row, PARTS[i].column), -1);
  if (self->minutes != NULL)
    gtk_spin_button_set_value (self->minutes,
                               way_row_has (row, "minutes") ? way_row_get_int (row, "minutes") : 0);
  if (self->day != NULL && way_row_has (row, "day"))
    {
      g_autoptr (GDateTime)
          day = g_date_time_new_from_unix_local (way_row_get_int (row, "day") / G_USEC_PER_SEC);
      g_autofree char *text = day != NULL ? g_date_time_format (day, "%Y-%m-%d") : g_strdup ("");

      gtk_editable_set_text (self->day, text);
    }
  g_free (self->id);
  self->id = way_row_has (row, "id") ? g_strdup (way_row_get_text (row, "id")) : NULL;
  g_free (self->module);
  self->module = way_row_has (row, "module") ? g_strdup (way_row_get_text (row, "module")) : NULL;
  g_free (self->place);
  self->place = NULL;
  if (way_row_has (row, is_note (self) ? "step" : "outcome"))
    self->place = g_strdup (way_row_get_text (row, is_note (self) ? "step" : "outcome"));
  self->is_filling = FALSE;
}

static const char *
get_or_null (WayRow *row, const char *column)
{
  return way_row_has (row, column) ? way_row_get_text (row, column) : NULL;
}

/* A note goes on at its step; an account only as a draft, since there may be many of a module. */
static gboolean
is_meant (WayJournalWindow *self, WayRow *row)
{
  const char *place = is_note (self) ? "step" : "outcome";

  if (self->id != NULL)
    return g_strcmp0 (get_or_null (row, "id"), self->id) == 0;
  return g_strcmp0 (get_or_null (row, "module"), self->module) == 0
         && g_strcmp0 (get_or_null (row, place), self->place) == 0
         && (is_note (self) || !way_row_has (row, "id"));
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayJournalWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, &error);

  if (rows == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        show_status (self, error->message);
      return;
    }
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rows, i);

      if (!is_meant (self, row))
        continue;
      fill (self, row);
      gtk_widget_set_visible (self->delete, TRUE);
      if (way_row_get_int (row, "is_draft") != 0)
        show_status (self, _ ("This is a draft of this computer."));
      gtk_widget_set_sensitive (GTK_WIDGET (self->done), may_keep (self));
      break;
    }
  for (guint i = 0; i < N_TEXTS; i++)
    if (self->texts[i] != NULL)
      gtk_widget_set_sensitive (GTK_WIDGET (self->texts[i]), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->texts[0]));
}

static void
way_journal_window_dispose (GObject *object)
{
  WayJournalWindow *self = WAY_JOURNAL_WINDOW (object);

  g_clear_handle_id (&self->pause, g_source_remove);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (way_journal_window_parent_class)->dispose (object);
}

static void
way_journal_window_finalize (GObject *object)
{
  WayJournalWindow *self = WAY_JOURNAL_WINDOW (object);

  g_clear_object (&self->session);
  g_free (self->id);
  g_free (self->module);
  g_free (self->place);

  G_OBJECT_CLASS (way_journal_window_parent_class)->finalize (object);
}

static void
way_journal_window_class_init (WayJournalWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = way_journal_window_dispose;
  object_class->finalize = way_journal_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = way_journal_window_close_request;
}

static void
way_journal_window_init (WayJournalWindow *self)
{
  self->cancellable = g_cancellable_new ();
}

static GtkTextView *
add_text (WayJournalWindow *self, const char *label, int height)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *view = gtk_text_view_new ();

  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  g_object_set (view, "top-margin", 12, "bottom-margin", 12, "left-margin", 12, "right-margin", 12,
                "sensitive", FALSE, NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), height);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_widget_add_css_class (scrolled, "card");
  gtk_widget_add_css_class (scrolled, "way-writing");
  gtk_box_append (self->box, scrolled);
  way_compat_name (view, label);
  g_signal_connect_swapped (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "changed",
                            G_CALLBACK (changed_cb), self);
  return GTK_TEXT_VIEW (view);
}

static void
add_fields (WayJournalWindow *self)
{
  GtkWidget *minutes = gtk_spin_button_new_with_range (0, MOST_MINUTES, 5);
  GtkWidget *day = gtk_entry_new ();
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *today = g_date_time_format (now, "%Y-%m-%d");
  const WayModule *module = NULL;

  for (guint i = 0; i < N_TEXTS; i++)
    {
      way_detail_add_label (self->box, _ (PARTS[i].label), "heading");
      self->texts[i] = add_text (self, _ (PARTS[i].label), i == 0 ? 84 : 60);
    }
  way_detail_add_label (self->box, _ ("Time spent, in minutes"), "heading");
  if (self->module != NULL)
    module = way_pack_find_module (way_session_get_pack (self->session), self->module);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (minutes), module != NULL ? module->minutes : 0);
  gtk_widget_set_halign (minutes, GTK_ALIGN_START);
  way_compat_name (minutes, _ ("Time spent, in minutes"));
  gtk_box_append (self->box, minutes);
  self->minutes = GTK_SPIN_BUTTON (minutes);
  way_detail_add_label (self->box, _ ("Day"), "heading");
  gtk_editable_set_text (GTK_EDITABLE (day), today);
  gtk_widget_set_halign (day, GTK_ALIGN_START);
  way_compat_name (day, _ ("Day, as year, month and day"));
  gtk_box_append (self->box, day);
  self->day = GTK_EDITABLE (day);
  self->day_error = GTK_LABEL (way_detail_add_label (self->box, "", "way-attention"));
  gtk_widget_set_visible (GTK_WIDGET (self->day_error), FALSE);
  g_signal_connect_swapped (minutes, "value-changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (day, "changed", G_CALLBACK (changed_cb), self);
}

static GtkWidget *
create_header (WayJournalWindow *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *close = gtk_button_new_with_label (_ ("Close"));

  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (close), "window.close");
  self->delete = gtk_button_new_with_label (_ ("Delete…"));
  gtk_widget_set_visible (self->delete, FALSE);
  g_signal_connect_swapped (self->delete, "clicked", G_CALLBACK (delete_cb), self);
  self->done = GTK_BUTTON (gtk_button_new_with_label (_ ("Done")));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->done), _ ("Done (Ctrl+Enter)"));
  gtk_widget_add_css_class (GTK_WIDGET (self->done), "suggested-action");
  gtk_widget_set_sensitive (GTK_WIDGET (self->done), FALSE);
  g_signal_connect_swapped (self->done, "clicked", G_CALLBACK (done_cb), self);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), close);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), GTK_WIDGET (self->done));
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->delete);
  return header;
}

static void
build (WayJournalWindow *self, const char *where)
{
  GtkWidget *outer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 9));
  g_object_set (self->box, "margin-top", 12, "margin-bottom", 18, "margin-start", 18, "margin-end",
                18, NULL);
  way_detail_add_label (self->box, where, "heading");
  if (is_note (self))
    self->texts[0] = add_text (self, _ ("Your note"), 140);
  else
    add_fields (self);
  self->guard = g_object_new (WAY_TYPE_TEXT_GUARD, NULL);
  g_signal_connect_swapped (self->guard, "changed", G_CALLBACK (changed_cb), self);
  gtk_box_append (self->box, GTK_WIDGET (self->guard));
  self->status = GTK_LABEL (way_detail_add_label (self->box, "", "caption"));
  way_detail_add_label (
      self->box,
      _ ("Only you can read this: no champion, no manager, no training lead, ever. Write "
         "nothing that tells who a patient is."),
      "caption");
  gtk_widget_add_css_class (gtk_widget_get_last_child (GTK_WIDGET (self->box)), "dim-label");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->box));
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (outer), create_header (self));
  gtk_box_append (GTK_BOX (outer), scrolled);
  adw_window_set_content (ADW_WINDOW (self), outer);
  way_writing_set_up (GTK_WINDOW (self), self->texts[0], self->done);
}

static char *
describe_where (WayJournalWindow *self)
{
  WayPack *pack = way_session_get_pack (self->session);
  const WayModule *module = self->module != NULL ? way_pack_find_module (pack, self->module) : NULL;

  if (module == NULL)
    return g_strdup (is_note (self) ? _ ("A note") : _ ("A reflective account"));
  if (!is_note (self))
    /* Translators: %s is the title of a module. */
    return g_strdup_printf (_ ("About “%s”"), module->title);
  /* Translators: the title of a module, then of a step of it. */
  return g_strdup_printf (_ ("%s · %s"), module->title,
                          way_journal_describe_step (pack, self->module, self->place));
}

/**
 * way_journal_window_present:
 * @kind: "note" or "reflection"
 * @id: (nullable): what is to be changed; NULL for what is begun, or lies there as a draft
 * @module: (nullable): what it is about
 * @place: (nullable): at which step of @module; of a reflection, about which skill
 *
 * Writes something for oneself.
 */
void
way_journal_window_present (GtkWindow *parent,
                            WaySession *session,
                            const char *kind,
                            const char *id,
                            const char *module,
                            const char *place)
{
  gboolean is_short = g_str_equal (kind, "note");
  WayJournalWindow *self = g_object_new (WAY_TYPE_JOURNAL_WINDOW, "transient-for", parent, "modal",
                                         TRUE, "title",
                                         is_short ? _ ("Note") : _ ("Reflective Account"),
                                         "default-width", 520, "default-height",
                                         is_short ? 400 : 640, "width-request", 340,
                                         "height-request", 294, NULL);
  g_autofree char *where = NULL;

  self->session = g_object_ref (session);
  self->kind = is_short ? "note" : "reflection";
  self->id = g_strdup (id);
  self->module = g_strdup (module);
  self->place = g_strdup (place);
  where = describe_where (self);
  build (self, where);
  gtk_window_present (GTK_WINDOW (self));
  way_journal_load_async (session, self->kind, self->cancellable, loaded_cb, g_object_ref (self));
}
