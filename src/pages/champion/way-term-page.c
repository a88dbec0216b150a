/* way-term-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pages/champion/way-term-page.h"

#include "pages/champion/way-term-given.h"
#include "pages/champion/way-term-words.h"
#include "pages/way-detail.h"
#include "pages/way-shift-grid.h"
#include "session/way-term.h"
#include "widgets/way-compat.h"
#include "widgets/way-text-guard.h"
#include "widgets/way-words.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>

#define MOST_MINUTES 2400

/* One's own term as a champion: putting oneself forward, accepting, when and for what one can be
 * asked, pausing and ending; and for a champion what they have given. */
struct _WayTermPage
{
  WayPage parent_instance;

  char *term;     /* (owned) (nullable) the one that is shown */
  char *unit;     /* (owned) (nullable) */
  char *standing; /* (owned) (nullable) its state */
  gboolean is_own_pause;

  GtkBox *box;
  GtkBox *head;
  GtkBox *form;
  WayTermGiven *given;
  WayShiftGrid *shifts;
  GtkEditable *systems;
  WayTextGuard *guard;
  GtkSpinButton *minutes;
  GtkWidget *save;
  GtkBox *buttons;
};

G_DEFINE_FINAL_TYPE (WayTermPage, way_term_page, WAY_TYPE_PAGE)

static void
said_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayTermPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (way_session_write_finish (WAY_SESSION (source), result, NULL, &error))
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", _ ("Saved."));
      way_page_load (WAY_PAGE (self));
    }
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", error->message);
  if (self->form != NULL)
    gtk_widget_set_sensitive (GTK_WIDGET (self->buttons), TRUE);
}

/* Says something of the term, with the details as they are on the page. */
static void
say (WayTermPage *self, const char *state)
{
  g_autofree char *shifts = way_shift_set_write (way_shift_grid_get_set (self->shifts));
  g_autofree char *systems = g_strstrip (g_strdup (gtk_editable_get_text (self->systems)));
  WayChampionTermBody body = { .state = (char *) state,
                               .shifts = shifts,
                               .systems = systems,
                               .minutes = gtk_spin_button_get_value_as_int (self->minutes),
                               .term = self->term,
                               .until = WAY_NO_INTEGER };

  if (!way_text_guard_check (self->guard, systems))
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->buttons), FALSE);
  way_term_say_async (way_page_get_session (WAY_PAGE (self)), NULL, self->unit, &body, NULL,
                      said_cb, g_object_ref (self));
}

static void
say_cb (GtkWidget *button, WayTermPage *self)
{
  say (self, g_object_get_data (G_OBJECT (button), "state"));
}

static void
ended_cb (WayTermPage *self, const char *response)
{
  if (g_str_equal (response, "end"))
    say (self, "ended");
}

static void
end_cb (WayTermPage *self)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                              _ ("End your term as champion?"),
                                              _ ("What you have logged and what others have "
                                                 "thanked you for is kept. You can put yourself "
                                                 "forward again."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Go On as Champion"),
                                    "end", _ ("_End"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "end",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (ended_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static GtkWidget *
add_button (WayTermPage *self, const char *label, const char *state, gboolean is_suggested)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_object_set_data (G_OBJECT (button), "state", (gpointer) state);
  if (is_suggested)
    gtk_widget_add_css_class (button, "suggested-action");
  if (state != NULL)
    g_signal_connect (button, "clicked", G_CALLBACK (say_cb), self);
  way_wrap_box_append (WAY_WRAP_BOX (gtk_widget_get_first_child (GTK_WIDGET (self->buttons))),
                       button);
  return button;
}

static void
add_end_button (WayTermPage *self, const char *label)
{
  GtkWidget *button = add_button (self, label, NULL, FALSE);

  g_signal_connect_swapped (button, "clicked", G_CALLBACK (end_cb), self);
}

/* What the page says of how one stands, and what can be done about it. */
static void
show_standing (WayTermPage *self, WayRow *row)
{
  g_autofree char *text = NULL;
  const char *title = way_term_describe_own (row, &text);
  const char *state = self->standing != NULL ? self->standing : "";

  way_detail_clear (self->head);
  way_detail_add_heading (self->head, title);
  way_detail_add_label (self->head, text, NULL);
  if (row != NULL && *way_row_get_text (row, "text") != '\0' && !g_str_equal (state, "ended"))
    {
      /* Translators: %s is what somebody wrote. */
      g_autofree char *why = g_strdup_printf (_ ("“%s”"), way_row_get_text (row, "text"));

      way_detail_add_label (self->head, why, "dim-label");
    }
  if (g_str_equal (state, "active") && !way_row_has (row, "trained"))
    {
      g_autofree char *training = way_term_describe_training (row);

      way_detail_add_state (self->head, "way-learn-symbolic", training);
    }
  /* What somebody may see is worked out as they sign in. */
  if (g_str_equal (state, "active")
      && (way_session_get_roles (way_page_get_session (WAY_PAGE (self))) & WAY_ROLE_CHAMPION) == 0)
    way_detail_add_label (self->head,
                          _ ("Sign out and in again, and your people stand in the sidebar."), NULL);

  way_detail_clear (self->buttons);
  gtk_box_append (self->buttons, way_wrap_box_new (12, 12));
  if (g_str_equal (state, "nominated") || g_str_equal (state, "appointed"))
    {
      add_button (self, _ ("_Accept"), "accepted", TRUE);
      add_button (self, _ ("Say _No"), "ended", FALSE);
    }
  else if (g_str_equal (state, "put-forward") || g_str_equal (state, "accepted"))
    {
      add_button (self, _ ("_Save"), "accepted", TRUE);
      add_button (self, _ ("_Take It Back"), "ended", FALSE);
    }
  else if (g_str_equal (state, "active"))
    {
      add_button (self, _ ("_Save"), "accepted", TRUE);
      add_button (self, _ ("_Pause"), "paused", FALSE);
      add_end_button (self, _ ("_End My Term…"));
    }
  else if (g_str_equal (state, "paused"))
    {
      if (self->is_own_pause)
        add_button (self, _ ("_Go On as Champion"), "accepted", TRUE);
      add_end_button (self, _ ("_End My Term…"));
    }
  else
    add_button (self, _ ("_Put Myself Forward"), "put-forward", TRUE);
}

static void
show_words (WayTermPage *self)
{
  WayShiftSet set = way_shift_grid_get_set (self->shifts);

  for (int weekday = 0; weekday < WAY_N_WEEKDAYS; weekday++)
    for (int part = 0; part < WAY_N_PARTS; part++)
      way_shift_grid_set_cell (self->shifts, weekday, part,
                               (set & way_shift_set_bit (weekday, part)) != 0
                                   /* Translators: whether somebody works on a shift. */
                                   ? _ ("There")
                                   : "–",
                               NULL, NULL);
}

static void
show_details (WayTermPage *self, WayRow *row)
{
  WayShiftSet set = 0;

  if (row != NULL)
    way_shift_set_read (way_row_get_text (row, "shifts"), &set, NULL);
  way_shift_grid_set_set (self->shifts, set);
  show_words (self);
  gtk_editable_set_text (self->systems, row != NULL ? way_row_get_text (row, "systems") : "");
  gtk_spin_button_set_value (self->minutes, row != NULL && way_row_has (row, "minutes")
                                                ? way_row_get_int (row, "minutes")
                                                : 60);
}

static void
terms_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayTermPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, &error);
  g_autoptr (WayRow) row = NULL;
  gboolean is_over;

  if (self->box == NULL)
    return;
  if (rows == NULL)
    {
      way_page_show_error (WAY_PAGE (self), _ ("Your term cannot be shown"), error);
      return;
    }
  way_page_show_content (WAY_PAGE (self));
  if (way_page_keep_rows (WAY_PAGE (self), "terms", rows))
    return;
  row = g_list_model_get_item (rows, 0);
  is_over = row == NULL || g_str_equal (way_row_get_text (row, "state"), "ended");
  g_free (self->term);
  g_free (self->unit);
  g_free (self->standing);
  self->term = is_over ? NULL : g_strdup (way_row_get_text (row, "term"));
  self->unit = is_over || !way_row_has (row, "unit") ? NULL
                                                     : g_strdup (way_row_get_text (row, "unit"));
  self->standing = row != NULL ? g_strdup (way_row_get_text (row, "state")) : NULL;
  self->is_own_pause = row != NULL && way_row_get_int (row, "own_pause") != 0;
  show_details (self, row);
  show_standing (self, row);
  way_term_given_set_minutes (self->given, row);
  gtk_widget_set_visible (GTK_WIDGET (self->given),
                          g_strcmp0 (self->standing, "active") == 0
                              || g_strcmp0 (self->standing, "paused") == 0);
}

static void
given_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayTermPage) self = user_data;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, NULL);

  if (rows != NULL && self->given != NULL)
    way_term_given_set_rows (self->given, rows);
}

static void
thanks_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayTermPage) self = user_data;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, NULL);

  if (rows != NULL && self->given != NULL)
    way_term_given_set_thanks (self->given, rows);
}

static void
way_term_page_load (WayPage *page, GCancellable *cancellable)
{
  WaySession *session = way_page_get_session (page);

  way_term_load_own_async (session, cancellable, terms_cb, g_object_ref (page));
  way_term_load_given_async (session, cancellable, given_cb, g_object_ref (page));
  way_term_load_thanks_async (session, cancellable, thanks_cb, g_object_ref (page));
}

/* A name above a field, which it names for readers too. */
static void
add_field (GtkBox *box, const char *name, const char *help, GtkWidget *field)
{
  GtkWidget *part = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  way_detail_add_section (GTK_BOX (part), name);
  way_detail_add_label (GTK_BOX (part), help, "dim-label");
  gtk_box_append (GTK_BOX (part), field);
  way_compat_name (field, name);
  way_compat_describe (field, help);
  gtk_box_append (box, part);
}

static void
build_form (WayTermPage *self)
{
  GtkWidget *minutes = gtk_spin_button_new_with_range (0, MOST_MINUTES, 15);

  self->form = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 18));
  self->shifts = WAY_SHIFT_GRID (way_shift_grid_new (_ ("When people can ask you")));
  g_signal_connect_swapped (self->shifts, "changed", G_CALLBACK (show_words), self);
  add_field (self->form, _ ("When people can ask you"),
             _ ("The shifts of an ordinary week. A night belongs to the day on which it starts. "
                "Everybody in the trust sees them with your name and unit."),
             GTK_WIDGET (self->shifts));
  self->systems = GTK_EDITABLE (gtk_entry_new ());
  gtk_entry_set_max_length (GTK_ENTRY (self->systems), 200);
  add_field (self->form, _ ("Systems you know well"),
             _ ("In a word each, as “record e-rostering pharmacy”. Colleagues see them too."),
             GTK_WIDGET (self->systems));
  self->guard = g_object_new (WAY_TYPE_TEXT_GUARD, NULL);
  gtk_box_append (self->form, GTK_WIDGET (self->guard));
  self->minutes = GTK_SPIN_BUTTON (minutes);
  gtk_widget_set_halign (minutes, GTK_ALIGN_START);
  add_field (self->form, _ ("Protected minutes a week"),
             _ ("As agreed with your manager. Training leads see them."), minutes);
  self->buttons = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  gtk_box_append (self->form, GTK_WIDGET (self->buttons));
}

static void
way_term_page_constructed (GObject *object)
{
  WayTermPage *self = WAY_TERM_PAGE (object);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  G_OBJECT_CLASS (way_term_page_parent_class)->constructed (object);

  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 24));
  gtk_widget_set_margin_top (GTK_WIDGET (self->box), 24);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->box), 36);
  gtk_widget_set_margin_start (GTK_WIDGET (self->box), 18);
  gtk_widget_set_margin_end (GTK_WIDGET (self->box), 18);
  self->head = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  gtk_box_append (self->box, GTK_WIDGET (self->head));
  build_form (self);
  gtk_box_append (self->box, GTK_WIDGET (self->form));
  self->given = WAY_TERM_GIVEN (way_term_given_new ());
  gtk_widget_set_visible (GTK_WIDGET (self->given), FALSE);
  gtk_box_append (self->box, GTK_WIDGET (self->given));

  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 640);
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (self->box));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  g_object_set (self, "content", scroller, NULL);
}

static void
way_term_page_dispose (GObject *object)
{
  WayTermPage *self = WAY_TERM_PAGE (object);

  self->box = NULL;
  self->form = NULL;
  self->given = NULL;
  g_clear_pointer (&self->term, g_free);
  g_clear_pointer (&self->unit, g_free);
  g_clear_pointer (&self->standing, g_free);

  G_OBJECT_CLASS (way_term_page_parent_class)->dispose (object);
}

static void
way_term_page_class_init (WayTermPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = way_term_page_constructed;
  object_class->dispose = way_term_page_dispose;
  WAY_PAGE_CLASS (klass)->load = way_term_page_load;
}

static void
way_term_page_init (WayTermPage *self)
{
}

/**
 * way_term_page_new:
 *
 * Returns: (transfer floating): the page of one's own term as champion
 */
GtkWidget *
way_term_page_new (WaySession *session)
{
  return g_object_new (WAY_TYPE_TERM_PAGE, "session", session, NULL);
}
