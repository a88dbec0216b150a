/* way-champions-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pages/champion/way-champions-page.h"

#include "pages/champion/way-champion-view.h"
#include "pages/champion/way-term-words.h"
#include "pages/way-aside.h"
#include "pages/way-chips.h"
#include "pages/way-detail.h"
#include "pages/way-nominate-window.h"
#include "pages/way-picker.h"
#include "pages/way-source-bar.h"
#include "session/way-term.h"
#include "widgets/way-compat.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>

/* The champions of the trust: who waits for an answer, and how the others fare. */
struct _WayChampionsPage
{
  WayPage parent_instance;

  GListStore *champions;      /* (owned) of WayRow */
  GtkFilterListModel *shown;  /* (owned) */
  GtkCustomFilter *condition; /* (owned) */
  WayAside *aside;
  WayChips *filter;
  WayPicker *picker;
  WayChampionView *view;
  WaySourceBar *source;
  GtkLabel *answering; /* how soon who asks is answered */
  GtkWidget *nobody;
  GtkWidget *search;
};

G_DEFINE_FINAL_TYPE (WayChampionsPage, way_champions_page, WAY_TYPE_PAGE)

typedef enum
{
  SHOW_ALL,
  SHOW_WAITING,
  SHOW_QUIET,
  SHOW_OVERLOADED,
  SHOW_UNTRAINED,
  SHOW_ENDING,
  SHOW_ENDED,
  N_SHOWN
} Shown;

static const struct
{
  const char *label;
  int health;
} FILTERS[N_SHOWN] = {
  [SHOW_ALL] = { N_ ("All"), 0 },
  [SHOW_WAITING] = { N_ ("Waiting for you"), 0 },
  [SHOW_QUIET] = { N_ ("Quiet"), WAY_HEALTH_QUIET },
  [SHOW_OVERLOADED] = { N_ ("Overloaded"), WAY_HEALTH_OVERLOADED },
  [SHOW_UNTRAINED] = { N_ ("Untrained"), WAY_HEALTH_UNTRAINED },
  [SHOW_ENDING] = { N_ ("Term ends soon"), WAY_HEALTH_ENDING },
  [SHOW_ENDED] = { N_ ("Ended"), 0 },
};

static gboolean
is_in_filter (WayRow *row, int filter)
{
  const char *state = way_row_get_text (row, "state");

  switch (filter)
    {
    case SHOW_WAITING:
      return g_str_equal (state, "put-forward") || g_str_equal (state, "accepted");
    case SHOW_ENDED:
      return g_str_equal (state, "ended");
    case SHOW_QUIET:
    case SHOW_OVERLOADED:
    case SHOW_UNTRAINED:
    case SHOW_ENDING:
      return (way_row_get_int (row, "health") & FILTERS[filter].health) != 0;
    case SHOW_ALL:
    default:
      return !g_str_equal (state, "ended");
    }
}

static gboolean
is_shown_cb (gpointer item, gpointer user_data)
{
  WayChampionsPage *self = user_data;
  g_autofree char *text = NULL;

  if (!is_in_filter (item, way_chips_get_selected (self->filter)))
    return FALSE;
  text = g_strjoin (" ", way_row_get_text (item, "name"), way_row_get_text (item, "unit_name"),
                    way_row_get_text (item, "systems"), NULL);
  return way_detail_finds (self->search, text);
}

static void
show_list (WayChampionsPage *self)
{
  gboolean is_empty = g_list_model_get_n_items (G_LIST_MODEL (self->shown)) == 0;

  gtk_widget_set_visible (self->nobody, is_empty);
  gtk_widget_set_visible (GTK_WIDGET (self->picker), !is_empty);
}

static void
filter_changed_cb (WayChampionsPage *self)
{
  if (self->condition == NULL)
    return;
  gtk_filter_changed (GTK_FILTER (self->condition), GTK_FILTER_CHANGE_DIFFERENT);
  show_list (self);
}

static void
count (WayChampionsPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->champions));

  for (int filter = 0; filter < N_SHOWN; filter++)
    {
      g_autofree char *label = NULL;
      guint found = 0;

      for (guint i = 0; i < n; i++)
        {
          g_autoptr (WayRow) row = g_list_model_get_item (G_LIST_MODEL (self->champions), i);

          found += is_in_filter (row, filter);
        }
      label = g_strdup_printf ("%s %u", _ (FILTERS[filter].label), found);
      way_chips_set_label (self->filter, filter, label, NULL);
    }
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayChampionsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, &error);
  g_autoptr (WayRow) picked = NULL;

  if (self->champions == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!way_source_bar_take (self->source, WAY_PAGE (self), rows, error,
                            _ ("The champions cannot be shown")))
    return;
  way_picker_update_store (self->champions, rows);
  count (self);
  gtk_filter_changed (GTK_FILTER (self->condition), GTK_FILTER_CHANGE_DIFFERENT);
  show_list (self);
  way_page_show_content (WAY_PAGE (self));
  if (way_picker_get_picked (self->picker) == NULL || !way_aside_is_shown (self->aside))
    return;
  picked = way_picker_find (self->picker, way_picker_get_picked (self->picker));
  if (picked != NULL)
    way_champion_view_show (self->view, picked);
}

static void
answering_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayChampionsPage) self = user_data;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, NULL);
  g_autoptr (WayRow) row = rows != NULL ? g_list_model_get_item (rows, 0) : NULL;
  g_autofree char *text = row != NULL ? way_term_describe_answering (row) : NULL;

  /* Where the trust is not reached, what it said last stays. */
  if (rows == NULL || self->answering == NULL)
    return;
  gtk_label_set_label (self->answering, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->answering), text != NULL);
}

static void
way_champions_page_load (WayPage *page, GCancellable *cancellable)
{
  way_term_load_answering_async (way_page_get_session (page), cancellable, answering_cb,
                                 g_object_ref (page));
  way_term_load_all_async (way_page_get_session (page), cancellable, loaded_cb,
                           g_object_ref (page));
}

static void
picked_cb (WayChampionsPage *self, WayRow *row)
{
  way_champion_view_show (self->view, row);
  way_aside_show (self->aside, _ ("Champion"));
}

static void
aside_closed_cb (WayChampionsPage *self)
{
  way_picker_unpick (self->picker);
}

static void
folded_cb (WayChampionsPage *self)
{
  way_picker_set_opens_by_press (self->picker, way_aside_is_folded (self->aside));
}

static void
retry_cb (WayChampionsPage *self)
{
  way_page_load (WAY_PAGE (self));
}

static void
nominate_cb (WayChampionsPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_window_present (GTK_WINDOW (
      way_nominate_window_new (GTK_WINDOW (root), way_page_get_session (WAY_PAGE (self)))));
}

static GtkWidget *
create_row (gpointer user_data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  way_detail_add_label (GTK_BOX (box), "", "heading");
  way_detail_add_label (GTK_BOX (box), "", NULL);
  way_detail_add_label (GTK_BOX (box), "", "caption");
  return box;
}

static char *
describe_place (WayRow *row)
{
  /* Translators: a ward or a department, and how somebody's term as champion stands. */
  return g_strdup_printf (_ ("%s · %s"),
                          way_row_has (row, "unit_name") ? way_row_get_text (row, "unit_name")
                                                         : _ ("The whole trust"),
                          way_term_describe_state (way_row_get_text (row, "state")));
}

static void
bind_row (GtkWidget *child, WayRow *row, gpointer user_data)
{
  GtkWidget *name = gtk_widget_get_first_child (child);
  GtkWidget *place = gtk_widget_get_next_sibling (name);
  GtkWidget *health = gtk_widget_get_next_sibling (place);
  g_autofree char *where = describe_place (row);
  g_autofree char *words = way_term_describe_health (row);

  gtk_label_set_label (GTK_LABEL (name), way_row_get_text (row, "name"));
  gtk_label_set_label (GTK_LABEL (place), where);
  gtk_label_set_label (GTK_LABEL (health), words != NULL ? words : "");
  gtk_widget_set_visible (health, words != NULL);
}

static char *
describe_row (WayRow *row, gpointer user_data)
{
  g_autofree char *where = describe_place (row);
  g_autofree char *words = way_term_describe_health (row);

  return g_strjoin (". ", way_row_get_text (row, "name"), where, words, NULL);
}

static const WayPickerRows ROWS = { create_row, bind_row, describe_row };

static GtkWidget *
create_tools (WayChampionsPage *self)
{
  GtkWidget *tools = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *line = way_wrap_box_new (12, 6);
  GtkWidget *nominate = gtk_button_new_with_mnemonic (_ ("_Nominate…"));
  GtkWidget *over_time = gtk_button_new_with_label (_ ("Help Over Time"));

  gtk_widget_add_css_class (tools, "way-list-tools");
  self->filter = WAY_CHIPS (way_chips_new (_ ("Show")));
  for (int i = 0; i < N_SHOWN; i++)
    way_chips_add (self->filter, _ (FILTERS[i].label), NULL);
  way_chips_set_selected (self->filter, SHOW_ALL);
  g_signal_connect_object (self->filter, "notify::selected", G_CALLBACK (filter_changed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (tools), GTK_WIDGET (self->filter));
  self->search = way_detail_create_search (_ ("Find a champion"));
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (filter_changed_cb), self,
                           G_CONNECT_SWAPPED);
  way_wrap_box_append (WAY_WRAP_BOX (line), self->search);
  g_signal_connect_object (nominate, "clicked", G_CALLBACK (nominate_cb), self, G_CONNECT_SWAPPED);
  way_wrap_box_append (WAY_WRAP_BOX (line), nominate);
  way_compat_set_action (over_time, "win.go::network");
  way_wrap_box_append (WAY_WRAP_BOX (line), over_time);
  gtk_box_append (GTK_BOX (tools), line);
  self->answering = GTK_LABEL (way_detail_add_label (GTK_BOX (tools), "", "caption"));
  gtk_widget_set_visible (GTK_WIDGET (self->answering), FALSE);
  return tools;
}

static GtkWidget *
create_list (WayChampionsPage *self)
{
  GtkWidget *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (list), create_tools (self));
  self->picker = WAY_PICKER (way_picker_new (_ ("Champions"), "term"));
  gtk_widget_set_vexpand (GTK_WIDGET (self->picker), TRUE);
  way_picker_set_rows (self->picker, &ROWS, self);
  g_signal_connect_object (self->picker, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (list), GTK_WIDGET (self->picker));
  self->nobody = adw_status_page_new ();
  gtk_widget_add_css_class (self->nobody, "compact");
  gtk_widget_set_visible (self->nobody, FALSE);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->nobody), "way-people-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (self->nobody), _ ("Nobody here"));
  adw_status_page_set_description (ADW_STATUS_PAGE (self->nobody),
                                   _ ("No champion is like this now. Nominate somebody, or choose "
                                      "another group above."));
  gtk_box_append (GTK_BOX (list), self->nobody);
  return list;
}

static void
way_champions_page_constructed (GObject *object)
{
  WayChampionsPage *self = WAY_CHAMPIONS_PAGE (object);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *list;

  G_OBJECT_CLASS (way_champions_page_parent_class)->constructed (object);

  self->source = g_object_new (WAY_TYPE_SOURCE_BAR, NULL);
  g_signal_connect_object (self->source, "retry", G_CALLBACK (retry_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->source));
  list = create_list (self);
  self->view = WAY_CHAMPION_VIEW (way_champion_view_new (way_page_get_session (WAY_PAGE (self))));
  self->aside = g_object_new (WAY_TYPE_ASIDE, "vexpand", TRUE, "child-width", 320, "aside-width",
                              340, "child", list, "detail", self->view, NULL);
  g_signal_connect_object (self->aside, "closed", G_CALLBACK (aside_closed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->aside, "notify::folded", G_CALLBACK (folded_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->aside));
  g_object_set (self, "content", box, NULL);

  self->champions = g_list_store_new (WAY_TYPE_ROW);
  self->condition = gtk_custom_filter_new (is_shown_cb, self, NULL);
  self->shown = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->champions)),
                                           GTK_FILTER (g_object_ref (self->condition)));
  way_picker_set_model (self->picker, G_LIST_MODEL (self->shown));
}

static void
way_champions_page_search (WayPage *page)
{
  gtk_widget_grab_focus (WAY_CHAMPIONS_PAGE (page)->search);
}

static void
way_champions_page_dispose (GObject *object)
{
  WayChampionsPage *self = WAY_CHAMPIONS_PAGE (object);

  if (self->picker != NULL && self->champions != NULL)
    way_picker_set_model (self->picker, NULL);
  g_clear_object (&self->shown);
  g_clear_object (&self->condition);
  g_clear_object (&self->champions);
  self->picker = NULL;
  self->answering = NULL;

  G_OBJECT_CLASS (way_champions_page_parent_class)->dispose (object);
}

static void
way_champions_page_class_init (WayChampionsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = way_champions_page_constructed;
  object_class->dispose = way_champions_page_dispose;
  WAY_PAGE_CLASS (klass)->load = way_champions_page_load;
  WAY_PAGE_CLASS (klass)->search = way_champions_page_search;
}

static void
way_champions_page_init (WayChampionsPage *self)
{
}

/**
 * way_champions_page_new:
 *
 * Returns: (transfer floating): the page of a trust's champions
 */
GtkWidget *
way_champions_page_new (WaySession *session)
{
  return g_object_new (WAY_TYPE_CHAMPIONS_PAGE, "session", session, NULL);
}
