/* way-corner-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/corner/way-corner-page.h"

#include "pages/corner/way-corner-card.h"
#include "pages/way-detail.h"
#include "pages/way-edit-window.h"
#include "pages/way-help-words.h"
#include "session/way-corner.h"
#include "widgets/way-compat.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>
#include <string.h>

/* Champions' corner: questions to all champions of the trust, what nobody has answered yet first,
 * by theme and by what is searched for. Leads read it, and may take something down. */
struct _WayCornerPage
{
  WayPage parent_instance;

  GListModel *rows; /* (owned) (nullable) all of them */
  GtkDropDown *topic;
  GtkWidget *search;
  GtkBox *list;
};

G_DEFINE_FINAL_TYPE (WayCornerPage, way_corner_page, WAY_TYPE_PAGE)

static void
toast (WayCornerPage *self, const char *text)
{
  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", text);
}

/* The first row that has @id: (nullable) (transfer full). */
static WayRow *
find_row (WayCornerPage *self, const char *column, const char *id)
{
  for (guint i = 0; self->rows != NULL && i < g_list_model_get_n_items (self->rows); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (self->rows, i);

      if (g_str_equal (way_row_get_text (row, column), id))
        return g_steal_pointer (&row);
    }
  return NULL;
}

/* The place of the question or answer whose button has the focus: (nullable). */
static char *
dup_place (WayCornerPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list)))
    return NULL;
  return g_strdup (g_object_get_data (G_OBJECT (focus), "place"));
}

static gboolean
focus_place (GtkWidget *widget, const char *place)
{
  if (g_strcmp0 (g_object_get_data (G_OBJECT (widget), "place"), place) == 0)
    return gtk_widget_grab_focus (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (focus_place (child, place))
      return TRUE;
  return FALSE;
}

static gboolean
has_words (WayRow *row, const char *column, const char *wanted)
{
  g_autofree char *text = g_utf8_casefold (way_row_get_text (row, column), -1);

  return strstr (text, wanted) != NULL;
}

/* Whether one of the rows of a question is what is looked for. */
static gboolean
is_wanted (WayCornerPage *self, guint first, guint n)
{
  g_autoptr (WayRow) row = g_list_model_get_item (self->rows, first);
  g_autofree char *wanted = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)),
                                             -1);
  guint topic = gtk_drop_down_get_selected (self->topic);

  g_strstrip (wanted);
  if (topic > 0 && topic <= way_help_topic_count ()
      && !g_str_equal (way_row_get_text (row, "topic"), way_help_topic_get_word (topic - 1)))
    return FALSE;
  if (*wanted == '\0' || has_words (row, "text", wanted))
    return TRUE;
  for (guint i = first; i < first + n; i++)
    {
      g_autoptr (WayRow) answer = g_list_model_get_item (self->rows, i);

      if (has_words (answer, "answer_text", wanted))
        return TRUE;
    }
  return FALSE;
}

static const char *
get_heading (WayRow *row)
{
  if (!way_row_has (row, "text"))
    return _ ("Taken down");
  return way_row_get_int (row, "answers") == 0 ? _ ("Waiting for an answer") : _ ("Answered");
}

static void
show (WayCornerPage *self)
{
  gboolean may_ask = way_corner_may_ask (way_page_get_session (WAY_PAGE (self)));
  gboolean may_take_down = way_corner_may_take_down (way_page_get_session (WAY_PAGE (self)));
  g_autofree char *place = dup_place (self);
  const char *heading = NULL;
  guint n_items = self->rows != NULL ? g_list_model_get_n_items (self->rows) : 0;
  guint n = 0;

  way_detail_clear (self->list);
  for (guint first = 0; first < n_items; first += n)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (self->rows, first);
      const char *question = way_row_get_text (row, "question");

      for (n = 1; first + n < n_items; n++)
        {
          g_autoptr (WayRow) next = g_list_model_get_item (self->rows, first + n);

          if (!g_str_equal (way_row_get_text (next, "question"), question))
            break;
        }
      if (!is_wanted (self, first, n))
        continue;
      if (heading != get_heading (row))
        way_detail_add_section (self->list, get_heading (row));
      heading = get_heading (row);
      gtk_box_append (self->list,
                      way_corner_card_new (self->rows, first, n, may_ask, may_take_down));
    }
  if (heading == NULL)
    way_detail_add_label (self->list,
                          may_ask ? _ ("Nothing here on that yet. Ask the champions, and those of "
                                       "every ward can answer.")
                                  : _ ("Nothing here on that yet."),
                          "way-quiet");
  if (place != NULL && !focus_place (GTK_WIDGET (self->list), place))
    gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayCornerPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, &error);

  if (self->list == NULL)
    return;
  if (rows == NULL)
    {
      way_page_show_error (WAY_PAGE (self), _ ("What champions asked cannot be shown"), error);
      return;
    }
  g_set_object (&self->rows, rows);
  if (g_list_model_get_n_items (rows) == 0)
    {
      if (way_corner_may_ask (WAY_SESSION (source)))
        way_page_show_message (WAY_PAGE (self), "way-help-symbolic",
                               _ ("Nobody has asked anything yet"),
                               _ ("Ask what you would ask a champion of another ward: what do you "
                                  "do when…? All champions of the trust and its training leads "
                                  "see it, nobody else. What worked becomes a tip."),
                               _ ("_Ask the Champions…"), "corner.ask");
      else
        way_page_show_message (WAY_PAGE (self), "way-help-symbolic",
                               _ ("Nobody has asked anything yet"),
                               _ ("Here the champions of the trust ask each other. When one asks, "
                                  "you see it too, and can take down what should not stand "
                                  "here."),
                               NULL, NULL);
      return;
    }
  if (!way_page_keep_rows (WAY_PAGE (self), "rows", rows))
    show (self);
  way_page_show_content (WAY_PAGE (self));
}

static void
way_corner_page_load (WayPage *page, GCancellable *cancellable)
{
  way_corner_load_async (way_page_get_session (page), cancellable, loaded_cb, g_object_ref (page));
}

/* What was pressed is on the disk. */
static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayCornerPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (way_session_write_finish (WAY_SESSION (source), result, NULL, &error))
    way_page_load (WAY_PAGE (self));
  else
    toast (self, error->message);
}

/* What was written in a form is. */
static void
filled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayEditWindow) window = user_data;
  WayCornerPage *self = g_object_get_data (G_OBJECT (window), "page");
  g_autoptr (GError) error = NULL;

  if (way_session_write_finish (WAY_SESSION (source), result, NULL, &error))
    {
      toast (self, g_object_get_data (G_OBJECT (window), "said"));
      way_page_load (WAY_PAGE (self));
    }
  way_edit_window_finish (window, error);
}

/* @said: what is said once it is saved. */
static WayEditWindow *
create_form (WayCornerPage *self, const char *title, const char *primary, const char *said)
{
  WayEditWindow *window = way_edit_window_new (GTK_WIDGET (self), title, primary);

  g_object_set_data_full (G_OBJECT (window), "page", g_object_ref (self), g_object_unref);
  g_object_set_data_full (G_OBJECT (window), "said", g_strdup (said), g_free);
  return window;
}

static void
ask_submitted_cb (WayEditWindow *window, WayCornerPage *self)
{
  way_corner_ask_async (way_page_get_session (WAY_PAGE (self)),
                        way_edit_window_get (window, "topic"), way_edit_window_get (window, "text"),
                        NULL, filled_cb, g_object_ref (window));
}

static void
ask_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  WayCornerPage *self = WAY_CORNER_PAGE (widget);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  guint topic = gtk_drop_down_get_selected (self->topic);
  WayEditWindow *window = create_form (self, _ ("Ask the Champions"), _ ("Ask"),
                                       _ ("Saved. All champions see it as soon as it is sent."));

  for (guint i = 0; i < way_help_topic_count (); i++)
    {
      g_ptr_array_add (words, g_strdup (way_help_topic_get_word (i)));
      g_ptr_array_add (names, g_strdup (way_help_topic_get_nth (i)));
    }
  way_edit_window_add_text (window, "text", _ ("Your question"), NULL, 96);
  way_edit_window_require (window, "text", _ ("Write what you want to ask."));
  way_edit_window_add_choice (window, "topic", _ ("What it is about"), words, names,
                              topic > 0 && topic <= words->len ? words->pdata[topic - 1] : NULL);
  way_edit_window_add_note (window, _ ("All champions of the trust and its training leads read it, "
                                       "with your name. Never write about a patient."));
  g_signal_connect_object (window, "submitted", G_CALLBACK (ask_submitted_cb), self, 0);
  gtk_window_present (GTK_WINDOW (window));
}

static void
answer_submitted_cb (WayEditWindow *window, WayCornerPage *self)
{
  way_corner_answer_async (way_page_get_session (WAY_PAGE (self)),
                           g_object_get_data (G_OBJECT (window), "question"),
                           way_edit_window_get (window, "text"), NULL, filled_cb,
                           g_object_ref (window));
}

static void
answer_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  WayCornerPage *self = WAY_CORNER_PAGE (widget);
  g_autoptr (WayRow) row = find_row (self, "question", g_variant_get_string (parameter, NULL));
  WayEditWindow *window;

  if (row == NULL)
    return;
  window = create_form (self, _ ("Answer"), _ ("Answer"),
                        _ ("Saved. All champions see it as soon as it is sent."));
  g_object_set_data_full (G_OBJECT (window), "question",
                          g_strdup (way_row_get_text (row, "question")), g_free);
  way_edit_window_add_note (window, way_row_get_text (row, "text"));
  way_edit_window_add_text (window, "text", _ ("What worked for you"), NULL, 96);
  way_edit_window_require (window, "text", _ ("Write your answer."));
  way_edit_window_add_note (window, _ ("When another champion says that it worked, everybody in "
                                       "the trust can read these words as a tip, without your "
                                       "name. Never write about a patient."));
  g_signal_connect_object (window, "submitted", G_CALLBACK (answer_submitted_cb), self, 0);
  gtk_window_present (GTK_WINDOW (window));
}

static void
worked_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  WayCornerPage *self = WAY_CORNER_PAGE (widget);
  g_autoptr (WayRow) row = find_row (self, "answer", g_variant_get_string (parameter, NULL));

  if (row != NULL && !way_row_has (row, "worked"))
    way_corner_say_worked_async (way_page_get_session (WAY_PAGE (self)), row, NULL, written_cb,
                                 g_object_ref (self));
}

static void
take_back_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  way_session_retract_async (way_page_get_session (WAY_PAGE (widget)),
                             g_variant_get_string (parameter, NULL), NULL, written_cb,
                             g_object_ref (widget));
}

/* Of one answer, or of all to a question; NULL-terminated. */
static char **
list_answers (WayCornerPage *self, const char *question, const char *answer)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < g_list_model_get_n_items (self->rows); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (self->rows, i);

      if (way_row_has (row, "answer")
          && (answer != NULL ? g_str_equal (way_row_get_text (row, "answer"), answer)
                             : g_str_equal (way_row_get_text (row, "question"), question)))
        g_strv_builder_add (ids, way_row_get_text (row, "answer"));
    }
  return g_strv_builder_end (ids);
}

static void
withdraw_answered_cb (GtkWidget *dialog, const char *response, WayCornerPage *self)
{
  const char *id = g_object_get_data (G_OBJECT (dialog), "id");
  gboolean is_answer = g_object_get_data (G_OBJECT (dialog), "is-answer") != NULL;
  g_auto (GStrv) answers = list_answers (self, id, is_answer ? id : NULL);

  if (g_str_equal (response, "withdraw"))
    way_corner_withdraw_async (way_page_get_session (WAY_PAGE (self)), id,
                               (const char *const *) answers, NULL, written_cb,
                               g_object_ref (self));
}

static void
withdraw_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  WayCornerPage *self = WAY_CORNER_PAGE (widget);
  gboolean is_answer = g_str_equal (action_name, "corner.withdraw-answer");
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *dialog;

  if (!GTK_IS_WINDOW (root))
    return;
  dialog = adw_message_dialog_new (GTK_WINDOW (root),
                                   is_answer ? _ ("Withdraw your answer?")
                                             : _ ("Withdraw your question?"),
                                   is_answer ? _ ("It goes from the corner, and from the tips.")
                                             : _ ("It goes from the corner with its answers, and "
                                                  "from the tips."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "keep", _ ("_Keep It"), "withdraw",
                                    _ ("_Withdraw"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "withdraw",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  g_object_set_data_full (G_OBJECT (dialog), "id", g_variant_dup_string (parameter, NULL), g_free);
  if (is_answer)
    g_object_set_data (G_OBJECT (dialog), "is-answer", dialog);
  g_signal_connect_object (dialog, "response", G_CALLBACK (withdraw_answered_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
take_down_submitted_cb (WayEditWindow *window, WayCornerPage *self)
{
  const char *question = g_object_get_data (G_OBJECT (window), "question");
  const char *answer = g_object_get_data (G_OBJECT (window), "answer");
  g_auto (GStrv) answers = list_answers (self, question, answer);

  way_corner_take_down_async (way_page_get_session (WAY_PAGE (self)), question, answer,
                              (const char *const *) answers,
                              way_edit_window_get (window, "because"), NULL, filled_cb,
                              g_object_ref (window));
}

static void
take_down_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  WayCornerPage *self = WAY_CORNER_PAGE (widget);
  gboolean is_answer = g_str_equal (action_name, "corner.take-down-answer");
  g_autoptr (WayRow) row = find_row (self, is_answer ? "answer" : "question",
                                     g_variant_get_string (parameter, NULL));
  WayEditWindow *window;

  if (row == NULL)
    return;
  window = create_form (self, is_answer ? _ ("Take Down an Answer") : _ ("Take Down a Question"),
                        _ ("Take Down"), _ ("Saved. It is taken down."));
  g_object_set_data_full (G_OBJECT (window), "question",
                          g_strdup (way_row_get_text (row, "question")), g_free);
  if (is_answer)
    g_object_set_data_full (G_OBJECT (window), "answer",
                            g_strdup (way_row_get_text (row, "answer")), g_free);
  way_edit_window_add_note (window, way_row_get_text (row, is_answer ? "answer_text" : "text"));
  way_edit_window_add_text (window, "because", _ ("Because"), NULL, 72);
  way_edit_window_require (window, "because", _ ("Say why it is taken down."));
  way_edit_window_add_note (window, _ ("The champions read the reason in its place. A tip that was "
                                       "made of it goes too."));
  g_signal_connect_object (window, "submitted", G_CALLBACK (take_down_submitted_cb), self, 0);
  gtk_window_present (GTK_WINDOW (window));
}

static void
topic_chosen_cb (WayCornerPage *self)
{
  GtkStringObject *item = gtk_drop_down_get_selected_item (self->topic);

  if (item != NULL)
    way_detail_name_drop_down (self->topic, _ ("Theme"), gtk_string_object_get_string (item));
  if (self->rows != NULL)
    show (self);
}

static void
way_corner_page_search (WayPage *page)
{
  gtk_widget_grab_focus (WAY_CORNER_PAGE (page)->search);
}

static void
way_corner_page_constructed (GObject *object)
{
  WayCornerPage *self = WAY_CORNER_PAGE (object);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *controls = way_wrap_box_new (12, 9);
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkStringList *topics = gtk_string_list_new (NULL);

  G_OBJECT_CLASS (way_corner_page_parent_class)->constructed (object);

  g_object_set (way_detail_add_label (GTK_BOX (box), _ ("Champions’ corner"), "title-1"),
                "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, NULL);
  way_detail_add_label (GTK_BOX (box),
                        _ ("Champions of the whole trust ask and answer each other here. Training "
                           "leads read it too, nobody else."),
                        "way-quiet");
  if (way_corner_may_ask (way_page_get_session (WAY_PAGE (self))))
    {
      GtkWidget *ask = gtk_button_new_with_mnemonic (_ ("_Ask the Champions…"));

      gtk_actionable_set_action_name (GTK_ACTIONABLE (ask), "corner.ask");
      gtk_widget_add_css_class (ask, "suggested-action");
      way_wrap_box_append (WAY_WRAP_BOX (controls), ask);
    }
  gtk_string_list_append (topics, _ ("All themes"));
  for (guint i = 0; i < way_help_topic_count (); i++)
    gtk_string_list_append (topics, way_help_topic_get_nth (i));
  self->topic = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (topics), NULL));
  g_signal_connect_object (self->topic, "notify::selected", G_CALLBACK (topic_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->topic, "map", G_CALLBACK (topic_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  way_wrap_box_append (WAY_WRAP_BOX (controls), GTK_WIDGET (self->topic));
  self->search = way_detail_create_search (_ ("Search questions"));
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (topic_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  way_wrap_box_append (WAY_WRAP_BOX (controls), self->search);
  gtk_box_append (GTK_BOX (box), controls);
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
way_corner_page_dispose (GObject *object)
{
  WayCornerPage *self = WAY_CORNER_PAGE (object);

  self->list = NULL;
  g_clear_object (&self->rows);

  G_OBJECT_CLASS (way_corner_page_parent_class)->dispose (object);
}

static void
way_corner_page_class_init (WayCornerPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = way_corner_page_constructed;
  object_class->dispose = way_corner_page_dispose;
  WAY_PAGE_CLASS (klass)->load = way_corner_page_load;
  WAY_PAGE_CLASS (klass)->search = way_corner_page_search;

  gtk_widget_class_install_action (widget_class, "corner.ask", NULL, ask_cb);
  gtk_widget_class_install_action (widget_class, "corner.answer", "s", answer_cb);
  gtk_widget_class_install_action (widget_class, "corner.worked", "s", worked_cb);
  gtk_widget_class_install_action (widget_class, "corner.take-back", "s", take_back_cb);
  gtk_widget_class_install_action (widget_class, "corner.withdraw-question", "s", withdraw_cb);
  gtk_widget_class_install_action (widget_class, "corner.withdraw-answer", "s", withdraw_cb);
  gtk_widget_class_install_action (widget_class, "corner.take-down-question", "s", take_down_cb);
  gtk_widget_class_install_action (widget_class, "corner.take-down-answer", "s", take_down_cb);
}

static void
way_corner_page_init (WayCornerPage *self)
{
}

/**
 * way_corner_page_new:
 *
 * Returns: (transfer floating): what champions ask each other
 */
GtkWidget *
way_corner_page_new (WaySession *session)
{
  return g_object_new (WAY_TYPE_CORNER_PAGE, "session", session, NULL);
}
