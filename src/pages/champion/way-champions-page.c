/* way-champions-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pages/champion/way-champions-page.h"

#include "pages/champion/way-champion-view.h"
#include "pages/champion/way-term-words.h"
#include "pages/way-detail.h"
#include "pages/way-nominate-window.h"
#include "pages/way-pick-list.h"
#include "session/way-term.h"
#include "widgets/way-compat.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>

/* The champions of the trust: who waits for an answer, and how the others fare. */
struct _WayChampionsPage
{
  WayPage parent_instance;

  WayPickList *list;
  GtkLabel *answering; /* how soon who asks is answered */
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

static const char *const FILTERS[] = {
  [SHOW_ALL] = N_ ("All"),
  [SHOW_WAITING] = N_ ("Waiting for you"),
  [SHOW_QUIET] = N_ ("Quiet"),
  [SHOW_OVERLOADED] = N_ ("Overloaded"),
  [SHOW_UNTRAINED] = N_ ("Untrained"),
  [SHOW_ENDING] = N_ ("Term ends soon"),
  [SHOW_ENDED] = N_ ("Ended"),
  [N_SHOWN] = NULL,
};

static const char *const SEARCHED[] = { "name", "unit_name", "systems", NULL };

static gboolean
is_in_filter (WayRow *row, int filter)
{
  const char *state = way_row_get_text (row, "state");
  gint64 health = way_row_get_int (row, "health");

  switch (filter)
    {
    case SHOW_WAITING:
      return g_str_equal (state, "put-forward") || g_str_equal (state, "accepted");
    case SHOW_ENDED:
      return g_str_equal (state, "ended");
    case SHOW_QUIET:
      return (health & WAY_HEALTH_QUIET) != 0;
    case SHOW_OVERLOADED:
      return (health & WAY_HEALTH_OVERLOADED) != 0;
    case SHOW_UNTRAINED:
      return (health & WAY_HEALTH_UNTRAINED) != 0;
    case SHOW_ENDING:
      return (health & WAY_HEALTH_ENDING) != 0;
    case SHOW_ALL:
    default:
      return !g_str_equal (state, "ended");
    }
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayChampionsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, &error);

  if (self->list != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    way_pick_list_take (self->list, WAY_PAGE (self), rows, error);
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

static const WayPickListKind CHAMPIONS = {
  .name = N_ ("Champions"),
  .key = "term",
  .one = N_ ("Champion"),
  .find = N_ ("Find a champion"),
  .icon_name = "way-people-symbolic",
  .none = N_ ("Nobody here"),
  .advice = N_ ("No champion is like this now. Nominate somebody, or choose another group above."),
  .failure = N_ ("The champions cannot be shown"),
  .filters = FILTERS,
  .is_in_filter = is_in_filter,
  .searched = SEARCHED,
  .rows = { create_row, bind_row, describe_row },
};

static GtkWidget *
create_tools (WayChampionsPage *self)
{
  GtkWidget *tools = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *line = way_wrap_box_new (12, 6);
  GtkWidget *nominate = gtk_button_new_with_mnemonic (_ ("_Nominate…"));
  GtkWidget *over_time = gtk_button_new_with_label (_ ("Help Over Time"));

  gtk_box_append (GTK_BOX (tools), way_pick_list_get_filter (self->list));
  way_wrap_box_append (WAY_WRAP_BOX (line), way_pick_list_get_search (self->list));
  g_signal_connect_object (nominate, "clicked", G_CALLBACK (nominate_cb), self, G_CONNECT_SWAPPED);
  way_wrap_box_append (WAY_WRAP_BOX (line), nominate);
  way_compat_set_action (over_time, "win.go::network");
  way_wrap_box_append (WAY_WRAP_BOX (line), over_time);
  gtk_box_append (GTK_BOX (tools), line);
  self->answering = GTK_LABEL (way_detail_add_label (GTK_BOX (tools), "", "caption"));
  gtk_widget_set_visible (GTK_WIDGET (self->answering), FALSE);
  return tools;
}

static void
way_champions_page_constructed (GObject *object)
{
  WayChampionsPage *self = WAY_CHAMPIONS_PAGE (object);
  GtkWidget *view;

  G_OBJECT_CLASS (way_champions_page_parent_class)->constructed (object);

  view = way_champion_view_new (way_page_get_session (WAY_PAGE (self)));
  self->list = WAY_PICK_LIST (way_pick_list_new (&CHAMPIONS, view));
  way_pick_list_set_tools (self->list, create_tools (self));
  g_signal_connect_object (self->list, "show-row", G_CALLBACK (way_champion_view_show), view,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "retry", G_CALLBACK (way_page_load), self,
                           G_CONNECT_SWAPPED);
  g_object_set (self, "content", self->list, NULL);
}

static void
way_champions_page_search (WayPage *page)
{
  gtk_widget_grab_focus (way_pick_list_get_search (WAY_CHAMPIONS_PAGE (page)->list));
}

static void
way_champions_page_dispose (GObject *object)
{
  WayChampionsPage *self = WAY_CHAMPIONS_PAGE (object);

  self->list = NULL;
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
