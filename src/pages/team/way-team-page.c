/* way-team-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pages/team/way-team-page.h"

#include "pages/way-detail.h"
#include "pages/way-edit-window.h"
#include "pages/way-nominate-window.h"
#include "pages/way-press.h"
#include "pages/way-source-bar.h"
#include "session/way-certificate.h"
#include "session/way-passport.h"
#include "session/way-sign-off.h"
#include "widgets/way-compat.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>

/* The people of a manager's units: what they have done, and whether the manager has signed it off.
 * It is asked of the trust; what the manager has said themselves is theirs, and there at once. */
struct _WayTeamPage
{
  WayPage parent_instance;

  GListModel *team;       /* (owned) (nullable) of WayRow */
  GListModel *signatures; /* (owned) (nullable) of WayRow */
  WayRow *opened;         /* (owned) (nullable) who is looked at */
  WaySourceBar *source;
  GtkWidget *search;
  GtkListBox *list;
  GtkWidget *nothing;
};

G_DEFINE_FINAL_TYPE (WayTeamPage, way_team_page, WAY_TYPE_PAGE)

/* The last that stands. */
static WayRow *
find_signed (WayTeamPage *self, const char *person)
{
  for (guint i = 0; self->signatures != NULL && i < g_list_model_get_n_items (self->signatures);
       i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (self->signatures, i);

      if (g_str_equal (way_row_get_text (row, "person"), person) && !way_row_has (row, "withdrawn"))
        return g_steal_pointer (&row);
    }
  return NULL;
}

/* --- Signing off ------------------------------------------------------------------------ */

static void
signed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayEditWindow) window = user_data;
  WayTeamPage *self = g_object_get_data (G_OBJECT (window), "page");
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  if (way_session_write_finish (WAY_SESSION (source), result, &id, &error))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.undo-toast", "(ss)",
                                _ ("Signed off. They see it in My skills."), id);
  way_edit_window_finish (window, error);
}

static void
submitted_cb (WayEditWindow *window, WayTeamPage *self)
{
  way_sign_off_say_async (way_page_get_session (WAY_PAGE (self)),
                          g_object_get_data (G_OBJECT (window), "person"),
                          g_object_get_data (G_OBJECT (window), "result"),
                          way_edit_window_get (window, "text"), NULL, signed_cb,
                          g_object_ref (window));
}

/* “Known: 4. Practised: 2.” */
static char *
describe_evidence (GListModel *rows)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint counts[WAY_N_RUNGS] = { 0 };

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rows, i);

      counts[way_rung_of (way_row_get_text (row, "type"))]++;
    }
  for (int rung = WAY_N_RUNGS - 1; rung > WAY_RUNG_NONE; rung--)
    if (counts[rung] > 0)
      /* Translators: a rung of the ladder of evidence, and how many there are of it. */
      g_string_append_printf (text, _ ("%s: %u. "), way_rung_get_name ((WayRung) rung),
                              counts[rung]);
  if (text->len == 0)
    g_string_append (text, _ ("There is no evidence yet."));
  return g_strchomp (g_string_free (g_steal_pointer (&text), FALSE));
}

static char *
describe_modules (WayTeamPage *self, GListModel *rows)
{
  WayPack *pack = way_session_get_pack (way_page_get_session (WAY_PAGE (self)));
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rows, i);
      const WayModule *module = way_row_has (row, "module")
                                    ? way_pack_find_module (pack, way_row_get_text (row, "module"))
                                    : NULL;
      g_autofree char *day = NULL;

      if (module == NULL || way_rung_of (way_row_get_text (row, "type")) != WAY_RUNG_KNOWN
          || !g_hash_table_add (known, (gpointer) module->id))
        continue;
      day = way_format_day (way_row_get_int (row, "at"));
      /* Translators: a module, then the day on which its check was passed. */
      g_string_append_printf (text, _ ("%s%s, %s"), text->len > 0 ? "\n" : "", module->title, day);
    }
  if (text->len == 0)
    return g_strdup (_ ("No check was passed yet."));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayTeamPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, &error);
  g_autoptr (WayRow) newest = NULL;
  g_autofree char *evidence = NULL;
  g_autofree char *modules = NULL;
  g_autofree char *title = NULL;
  WayEditWindow *window;

  if (self->list == NULL || self->opened == NULL)
    return;
  if (rows == NULL)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", error->message);
      return;
    }
  newest = g_list_model_get_item (rows, 0);
  evidence = describe_evidence (rows);
  modules = describe_modules (self, rows);
  /* Translators: %s is a person. */
  title = g_strdup_printf (_ ("Sign Off: %s"), way_row_get_text (self->opened, "name"));
  window = way_edit_window_new (GTK_WIDGET (self), title, _ ("Sign Off"));
  g_object_set_data_full (G_OBJECT (window), "page", g_object_ref (self), g_object_unref);
  g_object_set_data_full (G_OBJECT (window), "person", g_object_ref (self->opened), g_object_unref);
  if (newest != NULL)
    g_object_set_data_full (G_OBJECT (window), "result",
                            g_strdup (way_row_get_text (newest, "source")), g_free);
  way_edit_window_add_facts (window, _ ("Checks passed"), modules);
  way_edit_window_add_facts (window, _ ("Outcomes, by their strongest evidence"), evidence);
  way_edit_window_add_note (
      window, _ ("Levels are not shown to managers. You sign off what stands here "
                 "today, with what their work asks for now. They see that you looked, "
                 "and your words. You can withdraw it."));
  way_edit_window_add_text (window, "text", _ ("Your words to them"), NULL, 84);
  way_edit_window_require (window, "text", _ ("Say in a sentence what you sign off."));
  g_signal_connect_object (window, "submitted", G_CALLBACK (submitted_cb), self, 0);
  gtk_window_present (GTK_WINDOW (window));
}

static void
open_cb (GtkListBox *list, GtkListBoxRow *row, WayTeamPage *self)
{
  WayRow *person = g_object_get_data (G_OBJECT (row), "person");

  g_set_object (&self->opened, person);
  way_sign_off_open_async (way_page_get_session (WAY_PAGE (self)),
                           way_row_get_text (person, "person"), NULL, opened_cb,
                           g_object_ref (self));
}

static void
withdrawn_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayTeamPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_done = way_session_write_finish (WAY_SESSION (source), result, NULL, &error);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s",
                              is_done ? _ ("Withdrawn. They see that.") : error->message);
}

static void
withdraw_answered_cb (GtkWidget *dialog, const char *response, WayTeamPage *self)
{
  if (g_str_equal (response, "withdraw"))
    way_session_retract_async (way_page_get_session (WAY_PAGE (self)),
                               g_object_get_data (G_OBJECT (dialog), "id"), NULL, withdrawn_cb,
                               g_object_ref (self));
}

static void
withdraw_cb (GtkWidget *button, WayTeamPage *self)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (button)),
                                              _ ("Withdraw this sign-off?"),
                                              _ ("They see that you gave it, and that you withdrew "
                                                 "it."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"),
                                    "withdraw", _ ("_Withdraw"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "withdraw",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "id",
                          g_strdup (g_object_get_data (G_OBJECT (button), "id")), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (withdraw_answered_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- The list --------------------------------------------------------------------------- */

static char *
describe_person (WayTeamPage *self, WayRow *person, WayRow *signed_off)
{
  g_autoptr (GString) text = g_string_new (way_row_get_text (person, "unit_name"));
  gulong modules = (gulong) way_row_get_int (person, "modules");
  gulong evidence = (gulong) way_row_get_int (person, "evidence");

  g_string_append (text, " · ");
  g_string_append_printf (text, ngettext ("%lu module passed", "%lu modules passed", modules),
                          modules);
  g_string_append (text, " · ");
  g_string_append_printf (text,
                          ngettext ("%lu piece of evidence", "%lu pieces of evidence", evidence),
                          evidence);
  if (signed_off != NULL)
    {
      g_autofree char *day = way_format_day (way_row_get_int (signed_off, "at"));

      g_string_append_c (text, '\n');
      /* Translators: %s is a day. */
      g_string_append_printf (text, _ ("You signed it off on %s"), day);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GtkWidget *
create_row (WayTeamPage *self, WayRow *person)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");
  const char *name = way_row_get_text (person, "name");
  g_autoptr (WayRow) signed_off = find_signed (self, way_row_get_text (person, "person"));
  g_autofree char *subtitle = describe_person (self, person, signed_off);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  way_compat_name (row, name);
  way_compat_describe (row, subtitle);
  if (signed_off != NULL)
    {
      GtkWidget *button = gtk_button_new_with_label (_ ("Withdraw…"));
      /* Translators: %s is a person. */
      g_autofree char *about = g_strdup_printf (_ ("The sign-off of %s"), name);

      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (button, "flat");
      way_compat_describe (button, about);
      g_object_set_data_full (G_OBJECT (button), "id",
                              g_strdup (way_row_get_text (signed_off, "id")), g_free);
      g_signal_connect_object (button, "clicked", G_CALLBACK (withdraw_cb), self, 0);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
    }
  way_compat_hide (arrow);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
  g_object_set_data_full (G_OBJECT (row), "person", g_object_ref (person), g_object_unref);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  way_press_add (row);
  return row;
}

static void
show_list (WayTeamPage *self)
{
  g_autofree char *wanted = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)),
                                             -1);
  g_autoptr (GString) words = g_string_new (wanted);
  GtkWidget *child;
  guint n = 0;

  if (self->team == NULL || self->signatures == NULL)
    return;
  way_page_append_rows (words, self->team);
  way_page_append_rows (words, self->signatures);
  if (way_page_keep (WAY_PAGE (self), "team", words->str))
    return;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  for (guint i = 0; i < g_list_model_get_n_items (self->team); i++)
    {
      g_autoptr (WayRow) person = g_list_model_get_item (self->team, i);
      g_autofree char *name = g_utf8_casefold (way_row_get_text (person, "name"), -1);

      if (strstr (name, wanted) == NULL)
        continue;
      gtk_list_box_append (self->list, create_row (self, person));
      n++;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->list), n > 0);
  gtk_widget_set_visible (self->nothing, n == 0);
  gtk_label_set_label (GTK_LABEL (self->nothing),
                       g_list_model_get_n_items (self->team) > 0
                           ? _ ("Nobody of that name.")
                           : _ ("Nobody else belongs to your unit yet. The training team adds "
                                "people."));
}

static void
own_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayTeamPage) self = user_data;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, NULL);

  if (self->list == NULL || rows == NULL)
    return;
  g_set_object (&self->signatures, rows);
  show_list (self);
}

static void
team_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayTeamPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, &error);

  if (self->list == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (rows == NULL && self->team != NULL)
    {
      way_source_bar_show_stale (self->source, error->message);
      return;
    }
  if (rows == NULL)
    {
      way_page_show_error (WAY_PAGE (self), _ ("Your team cannot be shown"), error);
      return;
    }
  way_source_bar_set_synthetic (self->source, way_session_is_synthetic (WAY_SESSION (source)));
  way_source_bar_show_fresh (self->source, g_get_real_time ());
  g_set_object (&self->team, rows);
  show_list (self);
  way_page_show_content (WAY_PAGE (self));
}

static void
way_team_page_load (WayPage *page, GCancellable *cancellable)
{
  way_sign_off_load_async (way_page_get_session (page), TRUE, NULL, own_cb, g_object_ref (page));
  way_sign_off_load_team_async (way_page_get_session (page), cancellable, team_cb,
                                g_object_ref (page));
}

static void
nominate_cb (WayTeamPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (GTK_IS_WINDOW (root))
    gtk_window_present (GTK_WINDOW (
        way_nominate_window_new (GTK_WINDOW (root), way_page_get_session (WAY_PAGE (self)))));
}

static void
way_team_page_dispose (GObject *object)
{
  WayTeamPage *self = WAY_TEAM_PAGE (object);

  self->list = NULL;
  g_clear_object (&self->team);
  g_clear_object (&self->signatures);
  g_clear_object (&self->opened);

  G_OBJECT_CLASS (way_team_page_parent_class)->dispose (object);
}

static void
way_team_page_class_init (WayTeamPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = way_team_page_dispose;
  WAY_PAGE_CLASS (klass)->load = way_team_page_load;
}

static void
way_team_page_init (WayTeamPage *self)
{
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  GtkWidget *line = way_wrap_box_new (12, 6);
  GtkWidget *nominate = gtk_button_new_with_mnemonic (_ ("_Nominate a Champion…"));

  self->source = g_object_new (WAY_TYPE_SOURCE_BAR, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->source), "way-in-column");
  gtk_box_append (box, GTK_WIDGET (self->source));
  way_detail_add_label (box,
                        _ ("What the people of your unit have passed and shown. Open somebody to "
                           "look and to sign it off as a whole. You do not see their levels."),
                        "way-quiet");
  self->search = way_detail_create_search (_ ("Find a person"));
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (show_list), self);
  way_wrap_box_append (WAY_WRAP_BOX (line), self->search);
  g_signal_connect_object (nominate, "clicked", G_CALLBACK (nominate_cb), self, G_CONNECT_SWAPPED);
  way_wrap_box_append (WAY_WRAP_BOX (line), nominate);
  gtk_box_append (box, line);
  self->nothing = way_detail_add_label (box, "", "way-quiet");
  gtk_widget_set_visible (self->nothing, FALSE);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  way_compat_name (GTK_WIDGET (self->list), _ ("My team"));
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (open_cb), self, 0);
  gtk_box_append (box, GTK_WIDGET (self->list));
  way_page_set_column (WAY_PAGE (self), GTK_WIDGET (box), 800);
}

/**
 * way_team_page_new:
 *
 * Returns: (transfer floating): the page of a manager
 */
GtkWidget *
way_team_page_new (WaySession *session)
{
  return g_object_new (WAY_TYPE_TEAM_PAGE, "session", session, NULL);
}
