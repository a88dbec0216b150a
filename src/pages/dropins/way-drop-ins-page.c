/* way-drop-ins-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pages/dropins/way-drop-ins-page.h"

#include "pages/dropins/way-came-window.h"
#include "pages/dropins/way-drop-in-window.h"
#include "session/way-drop-in.h"
#include "widgets/way-compat.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>

/* What is coming up, and for who holds them what they held: a card each. */
struct _WayDropInsPage
{
  WayPage parent_instance;

  GBytes *file; /* (owned) (nullable) what is being saved for a calendar */
  GtkBox *list;
};

G_DEFINE_FINAL_TYPE (WayDropInsPage, way_drop_ins_page, WAY_TYPE_PAGE)

static void
toast (WayDropInsPage *self, const char *text)
{
  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", text);
}

static GtkWidget *
add_label (GtkWidget *box, const char *text, const char *style_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, style_class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayDropInsPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (way_session_write_finish (WAY_SESSION (source), result, NULL, &error))
    way_page_load (WAY_PAGE (self));
  else
    toast (self, error->message);
}

static WayRow *
get_row (GtkWidget *button)
{
  return g_object_get_data (G_OBJECT (button), "row");
}

static void
answer_cb (GtkWidget *button, WayDropInsPage *self)
{
  WayRow *row = get_row (button);
  gboolean is_coming = g_str_equal (way_row_get_text (row, "answer"), "coming");

  way_drop_in_answer_async (way_page_get_session (WAY_PAGE (self)),
                            way_row_get_text (row, "drop_in"), !is_coming, NULL, answered_cb,
                            g_object_ref (self));
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayDropInsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (G_FILE (source));
  g_autofree char *text = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    /* Translators: the name of a file. */
    text = g_strdup_printf (_ ("Written: %s. Open it, and your calendar takes it."), name);
  else
    /* Translators: a reason, as a sentence. */
    text = g_strdup_printf (_ ("No file was written. %s"), error->message);
  toast (self, text);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayDropInsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = way_compat_save_file_finish (result, &error);

  if (file != NULL && self->file != NULL)
    g_file_replace_contents_bytes_async (file, self->file, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                         written_cb, g_object_ref (self));
  else if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    toast (self, error->message);
}

static void
calendar_cb (GtkWidget *button, WayDropInsPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (!GTK_IS_WINDOW (root))
    return;
  g_clear_pointer (&self->file, g_bytes_unref);
  self->file = way_drop_in_make_calendar_file (get_row (button));
  way_compat_save_file_async (GTK_WINDOW (root), _ ("Save for a Calendar"), "drop-in.ics", NULL,
                              chosen_cb, g_object_ref (self));
}

static void
present (WayDropInsPage *self, GtkWidget *window)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (root));
  g_signal_connect_object (window, "saved", G_CALLBACK (way_page_load), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}

static void
plan_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  present (WAY_DROP_INS_PAGE (widget),
           way_drop_in_window_new (way_page_get_session (WAY_PAGE (widget)), NULL));
}

static void
change_cb (GtkWidget *button, WayDropInsPage *self)
{
  present (self, way_drop_in_window_new (way_page_get_session (WAY_PAGE (self)), get_row (button)));
}

static void
came_cb (GtkWidget *button, WayDropInsPage *self)
{
  present (self, way_came_window_new (way_page_get_session (WAY_PAGE (self)), get_row (button)));
}

static void
cancel_answered_cb (GtkWidget *dialog, const char *response, WayDropInsPage *self)
{
  if (g_str_equal (response, "cancel-it"))
    way_drop_in_cancel_async (way_page_get_session (WAY_PAGE (self)),
                              way_row_get_text (get_row (dialog), "drop_in"), NULL, answered_cb,
                              g_object_ref (self));
}

static void
cancel_cb (GtkWidget *button, WayDropInsPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *dialog;

  if (!GTK_IS_WINDOW (root))
    return;
  dialog = adw_message_dialog_new (GTK_WINDOW (root), _ ("Cancel this session?"),
                                   _ ("It goes from everybody’s list. Who said that they come is "
                                      "not told in any other way."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "keep", _ ("_Keep It"),
                                    "cancel-it", _ ("_Cancel the Session"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "cancel-it",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  g_object_set_data_full (G_OBJECT (dialog), "row", g_object_ref (get_row (button)),
                          g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (cancel_answered_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static GtkWidget *
add_button (WayDropInsPage *self,
            GtkWidget *buttons,
            WayRow *row,
            const char *label,
            void (*pressed) (GtkWidget *button, WayDropInsPage *self))
{
  GtkWidget *button = gtk_button_new_with_label (label);

  /* With large text one of them alone is wider than a narrow window. */
  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), TRUE);
  g_object_set_data_full (G_OBJECT (button), "row", g_object_ref (row), g_object_unref);
  way_compat_describe (button, way_row_get_text (row, "title"));
  g_signal_connect (button, "clicked", G_CALLBACK (pressed), self);
  way_wrap_box_append (WAY_WRAP_BOX (buttons), button);
  return button;
}

static char *
dup_counts (WayRow *row)
{
  guint n_coming = (guint) way_row_get_int (row, "n_coming");
  guint n_came = (guint) way_row_get_int (row, "n_came");
  g_autofree char *coming = g_strdup_printf (ngettext ("%u person said that they come",
                                                       "%u people said that they come", n_coming),
                                             n_coming);
  g_autofree char *came = g_strdup_printf (ngettext ("%u came", "%u came", n_came), n_came);

  if (n_coming == 0 && n_came == 0)
    return g_strdup (_ ("Nobody has said yet that they come."));
  if (way_row_get_int (row, "is_over") == 0 && n_came == 0)
    return g_strdup_printf ("%s.", coming);
  return g_strdup_printf ("%s, %s.", coming, came);
}

static GtkWidget *
create_card (WayDropInsPage *self, WayRow *row)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *buttons = way_wrap_box_new (9, 9);
  gboolean is_over = way_row_get_int (row, "is_over") != 0;
  g_autofree char *facts = way_drop_in_describe (row);

  gtk_widget_add_css_class (card, "way-box");
  add_label (card, way_row_get_text (row, "title"), "heading");
  add_label (card, facts, "way-quiet");
  if (*way_row_get_text (row, "text") != '\0')
    add_label (card, way_row_get_text (row, "text"), "body");
  gtk_widget_set_margin_top (buttons, 6);
  if (way_row_get_int (row, "is_mine") != 0)
    {
      g_autofree char *counts = dup_counts (row);

      add_label (card, counts, "body");
      add_button (self, buttons, row, _ ("Who Came…"), came_cb);
      if (!is_over)
        {
          add_button (self, buttons, row, _ ("Change…"), change_cb);
          add_button (self, buttons, row, _ ("Save for a Calendar…"), calendar_cb);
          add_button (self, buttons, row, _ ("Cancel…"), cancel_cb);
        }
    }
  else if (g_str_equal (way_row_get_text (row, "answer"), "coming"))
    {
      add_label (card, _ ("You said that you come."), "body");
      add_button (self, buttons, row, _ ("I Cannot Come"), answer_cb);
      add_button (self, buttons, row, _ ("Save for a Calendar…"), calendar_cb);
    }
  else
    {
      gtk_widget_add_css_class (add_button (self, buttons, row, _ ("I Will Come"), answer_cb),
                                "suggested-action");
      add_button (self, buttons, row, _ ("Save for a Calendar…"), calendar_cb);
    }
  gtk_box_append (GTK_BOX (card), buttons);
  return card;
}

static void
add_heading (WayDropInsPage *self, const char *text)
{
  GtkWidget *label = add_label (GTK_WIDGET (self->list), text, "title-4");

  g_object_set (label, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, "margin-top", 6, NULL);
}

static void
show_rows (WayDropInsPage *self, GListModel *rows)
{
  gboolean is_over = FALSE;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_box_remove (self->list, child);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rows, i);

      if (i == 0 && way_row_get_int (row, "is_over") == 0)
        add_heading (self, _ ("Coming up"));
      if (!is_over && way_row_get_int (row, "is_over") != 0)
        {
          is_over = TRUE;
          add_heading (self, _ ("Held in the last 30 days"));
        }
      gtk_box_append (self->list, create_card (self, row));
    }
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayDropInsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, &error);
  gboolean may_plan;

  if (rows == NULL)
    {
      way_page_show_error (WAY_PAGE (self), _ ("The sessions cannot be shown"), error);
      return;
    }
  may_plan = way_drop_in_may_plan (WAY_SESSION (source));
  if (g_list_model_get_n_items (rows) == 0)
    {
      if (may_plan)
        way_page_show_message (WAY_PAGE (self), "way-people-symbolic",
                               _ ("No sessions are planned"),
                               _ ("Say where and when you are there for questions, and your "
                                  "people see it here and can say that they come."),
                               _ ("_Plan a Drop-In…"), "drop-ins.plan");
      else
        way_page_show_message (WAY_PAGE (self), "way-people-symbolic",
                               _ ("No sessions are planned"),
                               _ ("When a digital champion is there for questions, it says here "
                                  "where and when. Until then you can ask one at any time."),
                               _ ("_Ask My Champion…"), "win.ask-help");
      return;
    }
  if (!way_page_keep_rows (WAY_PAGE (self), "rows", rows))
    show_rows (self, rows);
  way_page_show_content (WAY_PAGE (self));
}

static void
way_drop_ins_page_load (WayPage *page, GCancellable *cancellable)
{
  way_drop_in_load_async (way_page_get_session (page), cancellable, loaded_cb, g_object_ref (page));
}

static void
way_drop_ins_page_constructed (GObject *object)
{
  WayDropInsPage *self = WAY_DROP_INS_PAGE (object);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *title;

  G_OBJECT_CLASS (way_drop_ins_page_parent_class)->constructed (object);

  title = add_label (box, _ ("Drop-in sessions"), "title-1");
  g_object_set (title, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, NULL);
  add_label (box, _ ("A digital champion is there. Come with any question, or to watch."),
             "way-quiet");
  if (way_drop_in_may_plan (way_page_get_session (WAY_PAGE (self))))
    {
      GtkWidget *plan = gtk_button_new_with_mnemonic (_ ("_Plan a Drop-In…"));

      gtk_actionable_set_action_name (GTK_ACTIONABLE (plan), "drop-ins.plan");
      gtk_widget_add_css_class (plan, "suggested-action");
      gtk_widget_set_halign (plan, GTK_ALIGN_START);
      gtk_box_append (GTK_BOX (box), plan);
    }
  self->list = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  g_object_set (box, "margin-top", 24, "margin-bottom", 36, "margin-start", 18, "margin-end", 18,
                NULL);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 640);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  g_object_set (self, "content", scrolled, NULL);
}

static void
way_drop_ins_page_finalize (GObject *object)
{
  g_clear_pointer (&WAY_DROP_INS_PAGE (object)->file, g_bytes_unref);

  G_OBJECT_CLASS (way_drop_ins_page_parent_class)->finalize (object);
}

static void
way_drop_ins_page_class_init (WayDropInsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = way_drop_ins_page_constructed;
  object_class->finalize = way_drop_ins_page_finalize;
  WAY_PAGE_CLASS (klass)->load = way_drop_ins_page_load;

  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "drop-ins.plan", NULL, plan_cb);
}

static void
way_drop_ins_page_init (WayDropInsPage *self)
{
}

/**
 * way_drop_ins_page_new:
 *
 * Returns: (transfer floating): the drop-in sessions
 */
GtkWidget *
way_drop_ins_page_new (WaySession *session)
{
  return g_object_new (WAY_TYPE_DROP_INS_PAGE, "session", session, NULL);
}
