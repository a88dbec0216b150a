/* way-help-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/help/way-help-page.h"

#include "pages/way-answer-card.h"
#include "pages/way-detail.h"
#include "pages/way-glossary.h"
#include "pages/way-help-words.h"
#include "pages/way-thanks.h"
#include "session/way-corner.h"
#include "widgets/way-compat.h"
#include "widgets/way-words.h"

#include <glib/gi18n.h>

/* Help from people first, then how Waymark works, then what words mean. */
struct _WayHelpPage
{
  WayPage parent_instance;

  WayGlossary *glossary;
  GPtrArray *lines;     /* (owned) of GtkWidget: the rows of what was received */
  GPtrArray *tip_lines; /* (owned) of GtkWidget: the rows of tips */

  /* template */
  GtkBox *reach;
  AdwPreferencesGroup *received;
  AdwPreferencesGroup *tips;
  GtkBox *requests;
  GtkWidget *requests_section;
  AdwPreferencesGroup *topics;
  GtkBox *words;
};

G_DEFINE_FINAL_TYPE (WayHelpPage, way_help_page, WAY_TYPE_PAGE)

static const struct
{
  const char *title;
  const char *text;
} TOPICS[] = {
  { N_ ("Finding out where you stand"),
    N_ ("The baseline asks a few questions on six capabilities. Each next question depends on your "
        "answers, so it is short. “I don’t know” is an honest answer and is better than a guess. "
        "You can stop at any moment and go on later, at the same question.") },
  { N_ ("Learning with a module"),
    N_ ("A module takes about ten minutes: why it matters, four cards, practice at a desk where "
        "nothing is real, a check, and one thing to try on your shift. You can stop after any "
        "card. A check can be tried again, with other questions; nothing locks.") },
  { N_ ("Saved, sent and received"),
    N_ ("Saved means it is on the disk of this computer. Sent means it has left this computer. "
        "Received means the trust has it and has said so. The foot of the sidebar tells you "
        "which, and when.") },
  { N_ ("Working with no network"),
    N_ ("Everything you do is saved here first. When the trust can be reached again, Waymark sends "
        "what waits. You need do nothing.") },
  { N_ ("Using the keyboard"),
    N_ ("Numbers choose an answer, Enter answers or goes on, Esc pauses. Ctrl+K finds anything, "
        "Ctrl+H asks your champion, Ctrl+J tells the trust, F6 goes to the next part of the "
        "window. Ctrl+? shows all keys.") },
};

static void
add_topic (WayHelpPage *self, const char *title, const char *text)
{
  GtkWidget *row = adw_expander_row_new ();
  GtkWidget *label = gtk_label_new (text);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "way-topic");
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row), label);
  way_compat_name (row, title);
  adw_preferences_group_add (self->topics, row);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayHelpPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) asked = way_session_list_finish (WAY_SESSION (source), result, &error);
  GtkWidget *child;

  if (asked == NULL)
    {
      way_page_show_error (WAY_PAGE (self), _ ("What you asked cannot be shown"), error);
      return;
    }
  if (way_page_keep_rows (WAY_PAGE (self), "requests", asked))
    {
      way_page_show_content (WAY_PAGE (self));
      return;
    }
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->requests))) != NULL)
    gtk_box_remove (self->requests, child);
  for (guint i = 0; i < g_list_model_get_n_items (asked); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (asked, i);

      gtk_box_append (self->requests, way_answer_card_new (WAY_SESSION (source), row, FALSE));
    }
  gtk_widget_set_visible (self->requests_section, g_list_model_get_n_items (asked) > 0);
  way_page_show_content (WAY_PAGE (self));
}

static GtkWidget *
create_received (WaySession *session, WayRow *values)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *when = way_format_when (way_row_get_int (values, "at"));
  g_autofree char *time = way_format_minutes ((int) way_row_get_int (values, "minutes"));
  const char *topic = way_help_topic_get_name (way_row_get_text (values, "topic"));
  const char *by = way_row_get_text (values, "by");
  g_autofree char *subtitle = *by != '\0'
                                  /* Translators: when, how long, and a champion's name. */
                                  ? g_strdup_printf (_ ("%s · %s · noted by %s"), when, time, by)
                                  : g_strdup_printf ("%s · %s", when, time);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), topic);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  way_compat_name (row, topic);
  way_compat_describe (row, subtitle);
  if (way_row_has (values, "champion") && way_row_get_int (values, "thanked") == 0)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                               way_thanks_create_button (session,
                                                         way_row_get_text (values, "champion"), by,
                                                         way_row_get_text (values, "id")));
  return row;
}

static void
received_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayHelpPage) self = user_data;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, NULL);

  if (rows == NULL || self->received == NULL
      || way_page_keep_rows (WAY_PAGE (self), "received", rows))
    return;
  for (guint i = 0; i < self->lines->len; i++)
    adw_preferences_group_remove (self->received, self->lines->pdata[i]);
  g_ptr_array_set_size (self->lines, 0);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rows, i);
      GtkWidget *line = create_received (WAY_SESSION (source), row);

      adw_preferences_group_add (self->received, line);
      g_ptr_array_add (self->lines, line);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->received), self->lines->len > 0);
}

/* What worked for champions, a theme a row. */
static GtkWidget *
create_tips (GListModel *rows, guint first, guint n)
{
  GtkWidget *row = adw_expander_row_new ();
  g_autoptr (WayRow) values = g_list_model_get_item (rows, first);
  const char *topic = way_help_topic_get_name (way_row_get_text (values, "topic"));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), topic);
  way_compat_name (row, topic);
  for (guint i = first; i < first + n; i++)
    {
      g_autoptr (WayRow) tip = g_list_model_get_item (rows, i);
      GtkWidget *line = gtk_list_box_row_new ();
      GtkWidget *label = gtk_label_new (way_row_get_text (tip, "text"));

      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_add_css_class (label, "way-topic");
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (line), label);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (line), FALSE);
      way_compat_name (line, way_row_get_text (tip, "text"));
      adw_expander_row_add_row (ADW_EXPANDER_ROW (row), line);
    }
  return row;
}

static void
tips_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayHelpPage) self = user_data;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, NULL);
  guint n_items, n;

  if (rows == NULL || self->tips == NULL || way_page_keep_rows (WAY_PAGE (self), "tips", rows))
    return;
  for (guint i = 0; i < self->tip_lines->len; i++)
    adw_preferences_group_remove (self->tips, self->tip_lines->pdata[i]);
  g_ptr_array_set_size (self->tip_lines, 0);
  n_items = g_list_model_get_n_items (rows);
  for (guint first = 0; first < n_items; first += n)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rows, first);
      GtkWidget *line;

      for (n = 1; first + n < n_items; n++)
        {
          g_autoptr (WayRow) next = g_list_model_get_item (rows, first + n);

          if (!g_str_equal (way_row_get_text (next, "topic"), way_row_get_text (row, "topic")))
            break;
        }
      line = create_tips (rows, first, n);
      adw_preferences_group_add (self->tips, line);
      g_ptr_array_add (self->tip_lines, line);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->tips), n_items > 0);
}

static void
reach_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayHelpPage) self = user_data;
  g_autoptr (WayHelpReach)
      reach = way_session_load_help_reach_finish (WAY_SESSION (source), result, NULL);
  g_autofree char *who = NULL;
  g_autofree char *desk = NULL;
  g_autofree char *words = NULL;

  if (reach == NULL || self->reach == NULL)
    return;
  who = way_help_describe_reach (reach);
  desk = way_help_describe_desk (reach);
  words = g_strdup_printf ("%s %s", who, desk);
  if (way_page_keep (WAY_PAGE (self), "reach", words))
    return;
  way_detail_clear (self->reach);
  gtk_box_append (self->reach, way_help_reach_new (reach, FALSE));
  gtk_widget_set_hexpand (gtk_widget_get_first_child (GTK_WIDGET (self->reach)), TRUE);
}

static void
way_help_page_load (WayPage *page, GCancellable *cancellable)
{
  way_session_load_help_reach_async (way_page_get_session (page), cancellable, reach_cb,
                                     g_object_ref (page));
  way_session_load_help_received_async (way_page_get_session (page), cancellable, received_cb,
                                        g_object_ref (page));
  way_corner_load_tips_async (way_page_get_session (page), cancellable, tips_cb,
                              g_object_ref (page));
  way_session_load_my_help_async (way_page_get_session (page), cancellable, loaded_cb,
                                  g_object_ref (page));
}

static void
way_help_page_search (WayPage *page)
{
  way_glossary_look_up (WAY_HELP_PAGE (page)->glossary, "");
}

static void
way_help_page_constructed (GObject *object)
{
  WayHelpPage *self = WAY_HELP_PAGE (object);
  WaySession *session = way_page_get_session (WAY_PAGE (self));
  g_auto (GStrv) lines = way_session_describe_visibility (session);
  g_autofree char *visibility = g_strjoinv ("\n\n", lines);

  G_OBJECT_CLASS (way_help_page_parent_class)->constructed (object);

  for (guint i = 0; i < G_N_ELEMENTS (TOPICS); i++)
    add_topic (self, _ (TOPICS[i].title), _ (TOPICS[i].text));
  add_topic (self, _ ("Who sees what"), visibility);
  self->glossary = WAY_GLOSSARY (way_glossary_new (way_session_get_pack (session)));
  gtk_box_append (self->words, GTK_WIDGET (self->glossary));
}

static void
way_help_page_dispose (GObject *object)
{
  g_clear_pointer (&WAY_HELP_PAGE (object)->lines, g_ptr_array_unref);
  g_clear_pointer (&WAY_HELP_PAGE (object)->tip_lines, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), WAY_TYPE_HELP_PAGE);

  G_OBJECT_CLASS (way_help_page_parent_class)->dispose (object);
}

static void
way_help_page_class_init (WayHelpPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = way_help_page_constructed;
  object_class->dispose = way_help_page_dispose;
  WAY_PAGE_CLASS (klass)->load = way_help_page_load;
  WAY_PAGE_CLASS (klass)->search = way_help_page_search;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/waymark_skills/Waymark/ui/way-help-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WayHelpPage, reach);
  gtk_widget_class_bind_template_child (widget_class, WayHelpPage, received);
  gtk_widget_class_bind_template_child (widget_class, WayHelpPage, requests);
  gtk_widget_class_bind_template_child (widget_class, WayHelpPage, requests_section);
  gtk_widget_class_bind_template_child (widget_class, WayHelpPage, tips);
  gtk_widget_class_bind_template_child (widget_class, WayHelpPage, topics);
  gtk_widget_class_bind_template_child (widget_class, WayHelpPage, words);
}

static void
way_help_page_init (WayHelpPage *self)
{
  self->lines = g_ptr_array_new ();
  self->tip_lines = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * way_help_page_new:
 *
 * Returns: (transfer floating): Get help
 */
GtkWidget *
way_help_page_new (WaySession *session)
{
  return g_object_new (WAY_TYPE_HELP_PAGE, "session", session, NULL);
}
