/* way-coverage-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pages/coverage/way-coverage-page.h"

#include "pages/coverage/way-coverage-row.h"
#include "pages/coverage/way-coverage-view.h"
#include "pages/way-chips.h"
#include "pages/way-pick-list.h"
#include "pages/way-report-file.h"
#include "session/way-term.h"
#include "widgets/way-compat.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>

/* Ward by ward and shift by shift: where champions are, and where nobody is. */
struct _WayCoveragePage
{
  WayPage parent_instance;

  WayPickList *list;
  WayChips *week;
};

G_DEFINE_FINAL_TYPE (WayCoveragePage, way_coverage_page, WAY_TYPE_PAGE)

typedef enum
{
  SHOW_ALL,
  SHOW_GAPS,
  SHOW_THIN,
  SHOW_ENDING,
  N_SHOWN
} Shown;

static const char *const FILTERS[] = {
  [SHOW_ALL] = N_ ("All"),
  [SHOW_GAPS] = N_ ("With gaps"),
  [SHOW_THIN] = N_ ("Many people for each"),
  [SHOW_ENDING] = N_ ("A term ends soon"),
  [N_SHOWN] = NULL,
};

static const char *const SEARCHED[] = { "name", "above", "who", NULL };

static gboolean
is_in_filter (WayRow *row, int filter)
{
  switch (filter)
    {
    case SHOW_GAPS:
      return way_row_get_int (row, "gaps") > 0;
    case SHOW_THIN:
      return way_row_get_int (row, "is_thin") != 0;
    case SHOW_ENDING:
      return way_row_get_int (row, "ending") > 0;
    case SHOW_ALL:
    default:
      return TRUE;
    }
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayCoveragePage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, &error);

  if (self->list != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    way_pick_list_take (self->list, WAY_PAGE (self), rows, error);
}

static void
way_coverage_page_load (WayPage *page, GCancellable *cancellable)
{
  way_term_load_coverage_async (way_page_get_session (page),
                                way_chips_get_selected (WAY_COVERAGE_PAGE (page)->week) == 1,
                                cancellable, loaded_cb, g_object_ref (page));
}

static GtkWidget *
create_row (gpointer user_data)
{
  return way_coverage_row_new ();
}

static void
bind_row (GtkWidget *child, WayRow *row, gpointer user_data)
{
  way_coverage_row_set_row (WAY_COVERAGE_ROW (child), row);
}

static char *
describe_row (WayRow *row, gpointer user_data)
{
  return way_coverage_describe (row);
}

static const WayPickListKind UNITS = {
  .name = N_ ("Units"),
  .key = "unit",
  .one = N_ ("Unit"),
  .find = N_ ("Find a unit"),
  .icon_name = "way-coverage-symbolic",
  .none = N_ ("No unit here"),
  .advice = N_ ("No unit is like this in that week. Choose another group above."),
  .failure = N_ ("The coverage cannot be shown"),
  .filters = FILTERS,
  .is_in_filter = is_in_filter,
  .searched = SEARCHED,
  .rows = { create_row, bind_row, describe_row },
};

/* The report of the same figures. */
static void
export_cb (WayCoveragePage *self)
{
  way_report_file_save (WAY_PAGE (self), "coverage", _ ("this week and the next"));
}

static GtkWidget *
create_tools (WayCoveragePage *self)
{
  GtkWidget *export = gtk_button_new_with_mnemonic (_ ("_Export…"));
  GtkWidget *tools = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *line = way_wrap_box_new (12, 6);

  self->week = WAY_CHIPS (way_chips_new (_ ("Week")));
  way_chips_add (self->week, _ ("This week"), NULL);
  way_chips_add (self->week, _ ("Next week"), NULL);
  way_chips_set_selected (self->week, 0);
  g_signal_connect_object (self->week, "notify::selected", G_CALLBACK (way_page_load), self,
                           G_CONNECT_SWAPPED);
  way_wrap_box_append (WAY_WRAP_BOX (line), GTK_WIDGET (self->week));
  way_wrap_box_append (WAY_WRAP_BOX (line), way_pick_list_get_search (self->list));
  g_signal_connect_object (export, "clicked", G_CALLBACK (export_cb), self, G_CONNECT_SWAPPED);
  way_wrap_box_append (WAY_WRAP_BOX (line), export);
  gtk_box_append (GTK_BOX (tools), line);
  gtk_box_append (GTK_BOX (tools), way_pick_list_get_filter (self->list));
  return tools;
}

static void
way_coverage_page_constructed (GObject *object)
{
  WayCoveragePage *self = WAY_COVERAGE_PAGE (object);
  GtkWidget *view = way_coverage_view_new ();

  G_OBJECT_CLASS (way_coverage_page_parent_class)->constructed (object);

  self->list = WAY_PICK_LIST (way_pick_list_new (&UNITS, view));
  way_pick_list_set_tools (self->list, create_tools (self));
  g_signal_connect_object (self->list, "show-row", G_CALLBACK (way_coverage_view_show), view,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "retry", G_CALLBACK (way_page_load), self,
                           G_CONNECT_SWAPPED);
  g_object_set (self, "content", self->list, NULL);
}

static void
way_coverage_page_search (WayPage *page)
{
  gtk_widget_grab_focus (way_pick_list_get_search (WAY_COVERAGE_PAGE (page)->list));
}

static void
way_coverage_page_dispose (GObject *object)
{
  WAY_COVERAGE_PAGE (object)->list = NULL;

  G_OBJECT_CLASS (way_coverage_page_parent_class)->dispose (object);
}

static void
way_coverage_page_class_init (WayCoveragePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = way_coverage_page_constructed;
  object_class->dispose = way_coverage_page_dispose;
  WAY_PAGE_CLASS (klass)->load = way_coverage_page_load;
  WAY_PAGE_CLASS (klass)->search = way_coverage_page_search;
}

static void
way_coverage_page_init (WayCoveragePage *self)
{
}

/**
 * way_coverage_page_new:
 *
 * Returns: (transfer floating): the page of where champions are
 */
GtkWidget *
way_coverage_page_new (WaySession *session)
{
  return g_object_new (WAY_TYPE_COVERAGE_PAGE, "session", session, NULL);
}
