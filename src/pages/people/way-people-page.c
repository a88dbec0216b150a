/* way-people-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/people/way-people-page.h"

#include "pages/people/way-given-view.h"
#include "pages/people/way-help-log.h"
#include "pages/people/way-person-row.h"
#include "pages/people/way-person-view.h"
#include "pages/way-aside.h"
#include "pages/way-chips.h"
#include "pages/way-detail.h"
#include "pages/way-picker.h"
#include "pages/way-source-bar.h"
#include "pages/way-stack.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>

/* A champion's people: those who asked first, then those who are stuck, then the rest.
 * The ten-second log of help stands over them, one of them at the side. All of it lies on
 * this device, so it is here without the trust too. */
struct _WayPeoplePage
{
  WayPage parent_instance;

  GListStore *people;         /* (owned) of WayRow */
  GtkFilterListModel *shown;  /* (owned) */
  GtkCustomFilter *condition; /* (owned) */
  WayPicker *picker;
  WayPersonView *person;
  WayGivenView *given;
  WayHelpLog *log;
  WayChips *filter;
  GtkWidget *search;
  guint n_unsent;
  char *sought; /* (owned) casefolded */

  /* template */
  WayAside *aside;
  GtkBox *detail;
  AdwBin *list_bin;
  AdwBin *log_bin;
  AdwStatusPage *nobody;
  WaySourceBar *source;
  GtkStack *stack;
  AdwBin *tools_bin;
};

G_DEFINE_FINAL_TYPE (WayPeoplePage, way_people_page, WAY_TYPE_PAGE)

enum
{
  SHOW_ALL,
  SHOW_ASKED,
  SHOW_STUCK,
  N_SHOWN
};

static const char *const FILTERS[N_SHOWN] = {
  [SHOW_ALL] = N_ ("All"),
  [SHOW_ASKED] = N_ ("Asked"),
  [SHOW_STUCK] = N_ ("Stuck"),
};

static gboolean
is_in_filter (WayRow *row, int filter)
{
  if (filter == SHOW_ASKED)
    return way_row_has (row, "request");
  if (filter == SHOW_STUCK)
    return way_row_get_int (row, "is_stuck") != 0;
  return TRUE;
}

static gboolean
is_shown_cb (gpointer item, gpointer user_data)
{
  WayPeoplePage *self = user_data;
  WayRow *row = item;
  g_autofree char *words = NULL;
  g_autofree char *folded = NULL;

  if (!is_in_filter (row, way_chips_get_selected (self->filter)))
    return FALSE;
  if (self->sought == NULL || *self->sought == '\0')
    return TRUE;
  words = g_strjoin (" ", way_row_get_text (row, "name"), way_row_get_text (row, "unit_name"),
                     way_row_get_text (row, "asked"), NULL);
  folded = g_utf8_casefold (words, -1);
  return strstr (folded, self->sought) != NULL;
}

static void
show_list (WayPeoplePage *self)
{
  int filter = way_chips_get_selected (self->filter);
  g_autofree char *text = NULL;

  if (g_list_model_get_n_items (G_LIST_MODEL (self->shown)) > 0)
    {
      way_stack_show_named (self->stack, "list");
      return;
    }
  if (self->sought != NULL && *self->sought != '\0')
    {
      adw_status_page_set_icon_name (self->nobody, "system-search-symbolic");
      adw_status_page_set_title (self->nobody, _ ("Nobody found"));
      text = g_markup_printf_escaped (_ ("No name, unit or question here has “%s” in it."),
                                      gtk_editable_get_text (GTK_EDITABLE (self->search)));
    }
  else
    {
      adw_status_page_set_icon_name (self->nobody, "way-people-symbolic");
      adw_status_page_set_title (self->nobody, filter == SHOW_ASKED ? _ ("Nobody is waiting")
                                                                    : _ ("Nobody is stuck"));
      text = g_strdup (filter == SHOW_ASKED
                           ? _ ("Every question has been answered.")
                           : _ ("Nobody has failed a check 3 times or stopped for 14 days in the "
                                "middle of a module."));
    }
  adw_status_page_set_description (self->nobody, text);
  way_stack_show_named (self->stack, "nobody");
}

static void
filter_changed_cb (WayPeoplePage *self)
{
  g_autofree char *text = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);

  if (self->condition == NULL)
    return;
  g_free (self->sought);
  self->sought = g_strdup (g_strstrip (text));
  gtk_filter_changed (GTK_FILTER (self->condition), GTK_FILTER_CHANGE_DIFFERENT);
  show_list (self);
}

static void
show_in_detail (WayPeoplePage *self, GtkWidget *view)
{
  gtk_widget_set_visible (GTK_WIDGET (self->person), view == GTK_WIDGET (self->person));
  gtk_widget_set_visible (GTK_WIDGET (self->given), view == GTK_WIDGET (self->given));
}

static void
picked_cb (WayPeoplePage *self, WayRow *row)
{
  way_person_view_show (self->person, row);
  show_in_detail (self, GTK_WIDGET (self->person));
  way_aside_show (self->aside, _ ("Person"));
}

static void
show_given_cb (WayPeoplePage *self)
{
  way_picker_unpick (self->picker);
  show_in_detail (self, GTK_WIDGET (self->given));
  way_aside_show (self->aside, _ ("Log of help"));
  if (!way_aside_is_folded (self->aside))
    gtk_widget_child_focus (GTK_WIDGET (self->given), GTK_DIR_TAB_FORWARD);
}

static void
aside_closed_cb (WayPeoplePage *self)
{
  way_picker_unpick (self->picker);
}

static void
folded_cb (WayPeoplePage *self)
{
  gboolean is_folded = way_aside_is_folded (self->aside);

  way_picker_set_opens_by_press (self->picker, is_folded);
  way_help_log_set_is_narrow (self->log, is_folded);
}

static void
log_help_cb (WayPeoplePage *self, WayRow *person)
{
  way_help_log_begin (self->log, way_row_get_text (person, "person"));
}

/* The rows are this device's own; how old they can be says the last meeting with the
 * trust. */
static void
show_source (WayPeoplePage *self)
{
  WaySession *session = way_page_get_session (WAY_PAGE (self));
  g_autofree char *lease = way_session_dup_lease_text (session);
  g_autofree char *error = lease != NULL ? g_steal_pointer (&lease)
                                         : way_session_dup_sync_error (session);

  way_source_bar_set_synthetic (self->source, way_session_is_synthetic (session));
  way_source_bar_show_fresh (self->source, way_session_get_met_at (session));
  if (error != NULL)
    way_source_bar_show_stale (self->source, error);
}

static void
show_people (WayPeoplePage *self, GListModel *people)
{
  WaySession *session = way_page_get_session (WAY_PAGE (self));
  g_autoptr (WayRow) picked = NULL;

  way_picker_update_store (self->people, people);
  way_help_log_set_people (self->log, people);
  show_source (self);
  if (g_list_model_get_n_items (people) == 0)
    {
      if (way_session_get_met_at (session) == 0)
        way_page_show_message (WAY_PAGE (self), "way-people-symbolic",
                               _ ("Your people are not here yet"),
                               _ ("They come from the trust the first time it is reached. After "
                                  "that they are here without it too."),
                               _ ("_Ask the Trust Now"), "win.sync");
      else
        way_page_show_message (WAY_PAGE (self), "way-people-symbolic",
                               _ ("Nobody is in your units yet"),
                               _ ("When the trust adds people to a unit that you are champion "
                                  "of, they show here."),
                               _ ("_Ask the Trust Now"), "win.sync");
      return;
    }
  way_chips_count (self->filter, G_LIST_MODEL (self->people), is_in_filter);
  gtk_filter_changed (GTK_FILTER (self->condition), GTK_FILTER_CHANGE_DIFFERENT);
  show_list (self);
  way_page_show_content (WAY_PAGE (self));

  if (way_picker_get_picked (self->picker) == NULL || !way_aside_is_shown (self->aside))
    return;
  picked = way_picker_find (self->picker, way_picker_get_picked (self->picker));
  if (picked != NULL)
    way_person_view_update (self->person, picked);
}

static void
people_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayPeoplePage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) people = way_session_list_finish (WAY_SESSION (source), result, &error);

  if (people != NULL)
    show_people (self, people);
  else
    way_page_show_error (WAY_PAGE (self), _ ("Your people cannot be shown"), error);
}

static void
given_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayPeoplePage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, &error);

  /* The error of the people, asked for at the same time, says the same. */
  if (rows == NULL)
    return;
  way_given_view_set_rows (self->given, rows);
  way_help_log_set_minutes (self->log, way_given_sum_month (rows, g_get_real_time ()));
}

static void
way_people_page_load (WayPage *page, GCancellable *cancellable)
{
  WaySession *session = way_page_get_session (page);

  way_session_load_people_async (session, cancellable, people_cb, g_object_ref (page));
  way_session_load_help_given_async (session, cancellable, given_cb, g_object_ref (page));
}

static void
retry_cb (WayPeoplePage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.sync", NULL);
}

/* Something was written or withdrawn here: the list says so at once. */
static void
unsent_cb (WayPeoplePage *self)
{
  guint n_unsent = way_session_get_n_unsent (way_page_get_session (WAY_PAGE (self)));

  if (n_unsent == self->n_unsent)
    return;
  self->n_unsent = n_unsent;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    way_page_load (WAY_PAGE (self));
}

static gboolean
log_key_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  WayPeoplePage *self = WAY_PEOPLE_PAGE (widget);

  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  way_help_log_begin (self->log, NULL);
  return TRUE;
}

static GtkWidget *
create_row (gpointer user_data)
{
  return way_person_row_new (way_session_get_pack (way_page_get_session (user_data)));
}

static void
bind_row (GtkWidget *child, WayRow *row, gpointer user_data)
{
  way_person_row_set_row (WAY_PERSON_ROW (child), row);
}

static char *
describe_row (WayRow *row, gpointer user_data)
{
  return way_person_row_describe (way_session_get_pack (way_page_get_session (user_data)), row);
}

static const WayPickerRows ROWS = { create_row, bind_row, describe_row };

static void
way_people_page_search (WayPage *page)
{
  gtk_widget_grab_focus (WAY_PEOPLE_PAGE (page)->search);
}

static void
way_people_page_constructed (GObject *object)
{
  WayPeoplePage *self = WAY_PEOPLE_PAGE (object);
  WaySession *session;

  G_OBJECT_CLASS (way_people_page_parent_class)->constructed (object);

  session = way_page_get_session (WAY_PAGE (self));
  self->picker = WAY_PICKER (way_picker_new (_ ("People"), "person"));
  way_picker_set_rows (self->picker, &ROWS, self);
  way_picker_set_model (self->picker, G_LIST_MODEL (self->shown));
  g_signal_connect_object (self->picker, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->list_bin, GTK_WIDGET (self->picker));

  self->person = WAY_PERSON_VIEW (way_person_view_new (session));
  g_signal_connect_object (self->person, "changed", G_CALLBACK (way_page_load), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->person, "log-help", G_CALLBACK (log_help_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (self->detail, GTK_WIDGET (self->person));
  self->given = WAY_GIVEN_VIEW (way_given_view_new (session));
  g_signal_connect_object (self->given, "changed", G_CALLBACK (way_page_load), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (self->detail, GTK_WIDGET (self->given));

  self->log = WAY_HELP_LOG (way_help_log_new (session));
  g_signal_connect_object (self->log, "logged", G_CALLBACK (way_page_load), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->log, "show-given", G_CALLBACK (show_given_cb), self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (self->log_bin, GTK_WIDGET (self->log));

  g_signal_connect_object (session, "notify::n-unsent", G_CALLBACK (unsent_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::is-syncing", G_CALLBACK (show_source), self,
                           G_CONNECT_SWAPPED);
}

static void
way_people_page_dispose (GObject *object)
{
  WayPeoplePage *self = WAY_PEOPLE_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), WAY_TYPE_PEOPLE_PAGE);
  g_clear_object (&self->shown);
  g_clear_object (&self->condition);
  g_clear_object (&self->people);
  g_clear_pointer (&self->sought, g_free);

  G_OBJECT_CLASS (way_people_page_parent_class)->dispose (object);
}

static void
way_people_page_class_init (WayPeoplePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = way_people_page_constructed;
  object_class->dispose = way_people_page_dispose;
  WAY_PAGE_CLASS (klass)->load = way_people_page_load;
  WAY_PAGE_CLASS (klass)->search = way_people_page_search;

  g_type_ensure (WAY_TYPE_ASIDE);
  g_type_ensure (WAY_TYPE_SOURCE_BAR);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/waymark_skills/Waymark/ui/way-people-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WayPeoplePage, aside);
  gtk_widget_class_bind_template_child (widget_class, WayPeoplePage, detail);
  gtk_widget_class_bind_template_child (widget_class, WayPeoplePage, list_bin);
  gtk_widget_class_bind_template_child (widget_class, WayPeoplePage, log_bin);
  gtk_widget_class_bind_template_child (widget_class, WayPeoplePage, nobody);
  gtk_widget_class_bind_template_child (widget_class, WayPeoplePage, source);
  gtk_widget_class_bind_template_child (widget_class, WayPeoplePage, stack);
  gtk_widget_class_bind_template_child (widget_class, WayPeoplePage, tools_bin);
  gtk_widget_class_bind_template_callback (widget_class, aside_closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
}

static void
add_tools (WayPeoplePage *self)
{
  GtkWidget *tools = way_wrap_box_new (12, 6);

  self->filter = WAY_CHIPS (way_chips_new (_ ("Show")));
  for (int i = 0; i < N_SHOWN; i++)
    way_chips_add (self->filter, _ (FILTERS[i]), NULL);
  way_chips_set_selected (self->filter, SHOW_ALL);
  g_signal_connect_object (self->filter, "notify::selected", G_CALLBACK (filter_changed_cb), self,
                           G_CONNECT_SWAPPED);
  way_wrap_box_append (WAY_WRAP_BOX (tools), GTK_WIDGET (self->filter));

  self->search = way_detail_create_search (_ ("Find a person"));
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (filter_changed_cb), self,
                           G_CONNECT_SWAPPED);
  way_wrap_box_append (WAY_WRAP_BOX (tools), self->search);
  adw_bin_set_child (self->tools_bin, tools);
}

static void
way_people_page_init (WayPeoplePage *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_widget_init_template (GTK_WIDGET (self));

  add_tools (self);
  self->people = g_list_store_new (WAY_TYPE_ROW);
  self->condition = gtk_custom_filter_new (is_shown_cb, self, NULL);
  self->shown = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->people)),
                                           GTK_FILTER (g_object_ref (self->condition)));
  way_chips_count (self->filter, G_LIST_MODEL (self->people), is_in_filter);

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (keys), GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Control>l"),
                        gtk_callback_action_new (log_key_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/**
 * way_people_page_new:
 *
 * Returns: (transfer floating): the page of a champion's people
 */
GtkWidget *
way_people_page_new (WaySession *session)
{
  return g_object_new (WAY_TYPE_PEOPLE_PAGE, "session", session, NULL);
}
