/* way-overview-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/overview/way-overview-page.h"

#include "pages/overview/way-overview-groups.h"
#include "pages/overview/way-share-bar.h"
#include "pages/way-press.h"
#include "pages/way-source-bar.h"
#include "widgets/way-compat.h"
#include "widgets/way-tab-stop.h"

#include <glib/gi18n.h>

#define N_FIGURES 9

/* The trust in a few figures, each with what it means, and each the way to what it
 * counts. */
struct _WayOverviewPage
{
  WayPage parent_instance;

  GtkLabel *values[N_FIGURES];
  GtkWidget *rows[N_FIGURES];
  WayShareBar *shares;
  GtkBox *together;          /* what is said of many people */
  GtkWidget *change;         /* (nullable) the part of it about those who were measured twice */
  GCancellable *cancellable; /* (owned) (nullable) of the load that is going on */
  gboolean has_answer;

  /* template */
  GtkBox *box;
  WaySourceBar *source;
  GtkLabel *title;
};

G_DEFINE_FINAL_TYPE (WayOverviewPage, way_overview_page, WAY_TYPE_PAGE)

typedef struct
{
  const char *key; /* of the session's list */
  const char *title;
  const char *definition;
  const char *action; /* (nullable) where it can be opened */
} Figure;

static const Figure FIGURES[N_FIGURES] = {
  { "asked", N_ ("Requests for help, not taken"),
    N_ ("Asked by staff, and no champion has taken them yet. Champions see them in My people."),
    NULL },
  { "feedback", N_ ("Feedback, not heard yet"),
    N_ ("Said by staff, and no training lead has answered in any way."), "win.go::feedback" },
  { "met", N_ ("Met"),
    N_ ("A person and a capability whose required level or above has a probability of 0.80 or "
        "more."),
    "win.go::reports?met" },
  { "not-sure", N_ ("Not sure yet"), N_ ("Measured, but not well enough to say."),
    "win.go::reports?not-sure" },
  { "not-yet", N_ ("Not yet"),
    N_ ("The required level or above has a probability of 0.20 or less."),
    "win.go::reports?not-yet" },
  { "people", N_ ("People"), N_ ("Current members of staff on the staff list."),
    "win.go::reports?all" },
  { "measured", N_ ("People measured"), N_ ("With a result in at least one capability."),
    "win.go::reports?standing" },
  { "modules", N_ ("Modules finished"),
    N_ ("With a passed check; each module counts once for a person."), "win.go::reports?all" },
  { "champions", N_ ("Digital champions"), N_ ("People who have that role now."), NULL },
};

static const struct
{
  const char *title;
  const char *first; /* the key of its first figure */
  const char *note;  /* (nullable) */
} GROUPS[] = {
  { N_ ("Waiting"), "asked", NULL },
  { N_ ("What roles ask for"), "met",
    N_ ("Each measured person counts once for each capability.") },
  { N_ ("Staff and learning"), "people", NULL },
};

static GtkWidget *
create_row (WayOverviewPage *self, guint n)
{
  const Figure *figure = &FIGURES[n];
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (figure->title));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ (figure->definition));
  self->values[n] = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->values[n]), "title-2");
  gtk_widget_add_css_class (GTK_WIDGET (self->values[n]), "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), GTK_WIDGET (self->values[n]));
  if (figure->action != NULL)
    {
      GtkWidget *arrow = g_object_new (GTK_TYPE_IMAGE, "icon-name", "go-next-symbolic",
                                       "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

      adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (row), figure->action);
      way_press_add (row);
    }
  self->rows[n] = row;
  return row;
}

static void
add_groups (WayOverviewPage *self)
{
  guint group = 0;
  GtkWidget *list = NULL;

  for (guint i = 0; i < N_FIGURES; i++)
    {
      if (group < G_N_ELEMENTS (GROUPS) && g_str_equal (FIGURES[i].key, GROUPS[group].first))
        {
          GtkWidget *part = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
          GtkWidget *title = g_object_new (GTK_TYPE_LABEL, "label", _ (GROUPS[group].title),
                                           "xalign", 0.0, "accessible-role",
                                           GTK_ACCESSIBLE_ROLE_HEADING, NULL);

          gtk_widget_add_css_class (title, "heading");
          gtk_box_append (GTK_BOX (part), title);
          if (g_str_equal (GROUPS[group].first, "met"))
            {
              self->shares = WAY_SHARE_BAR (way_share_bar_new ());
              gtk_box_append (GTK_BOX (part), GTK_WIDGET (self->shares));
            }
          list = gtk_list_box_new ();
          gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
          gtk_widget_add_css_class (list, "boxed-list");
          gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                          _ (GROUPS[group].title), -1);
          gtk_box_append (GTK_BOX (part), way_tab_stop_new (list));
          if (GROUPS[group].note != NULL)
            {
              GtkWidget *note = gtk_label_new (_ (GROUPS[group].note));

              gtk_label_set_xalign (GTK_LABEL (note), 0);
              gtk_label_set_wrap (GTK_LABEL (note), TRUE);
              gtk_widget_add_css_class (note, "caption");
              gtk_widget_add_css_class (note, "way-quiet");
              gtk_box_append (GTK_BOX (part), note);
            }
          gtk_box_append (self->box, part);
          group++;
        }
      gtk_list_box_append (GTK_LIST_BOX (list), create_row (self, i));
    }
}

static WayRow *
find (GListModel *figures, const char *key)
{
  for (guint i = 0; i < g_list_model_get_n_items (figures); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (figures, i);

      if (g_str_equal (way_row_get_text (row, "key"), key))
        return g_steal_pointer (&row);
    }
  return NULL;
}

static guint
get_value (GListModel *figures, const char *key)
{
  g_autoptr (WayRow) row = find (figures, key);

  return row != NULL ? (guint) CLAMP (way_row_get_int (row, "value"), 0, G_MAXINT) : 0;
}

static void
show_figure (WayOverviewPage *self, guint n, GListModel *figures)
{
  g_autoptr (WayRow) row = find (figures, FIGURES[n].key);
  g_autofree char *value = NULL;
  g_autofree char *name = NULL;

  gtk_widget_set_visible (self->rows[n], row != NULL);
  if (row == NULL)
    return;
  if (way_row_has (row, "of"))
    /* Translators: a count of how many there are in all. */
    value = g_strdup_printf (_ ("%'d of %'d"), (int) way_row_get_int (row, "value"),
                             (int) way_row_get_int (row, "of"));
  else
    value = g_strdup_printf ("%'d", (int) way_row_get_int (row, "value"));
  gtk_label_set_label (self->values[n], value);
  name = g_strdup_printf (_ ("%s: %s"), _ (FIGURES[n].title), value);
  way_compat_name (self->rows[n], name);
  way_compat_describe (self->rows[n], _ (FIGURES[n].definition));
}

static void
changes_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayOverviewPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) teams = way_session_list_finish (WAY_SESSION (source), result, &error);

  if (teams != NULL)
    {
      if (way_page_keep_rows (WAY_PAGE (self), "change", teams) && self->change != NULL)
        return;
      if (self->change != NULL)
        gtk_box_remove (self->together, self->change);
      self->change = way_overview_change_new (teams);
      gtk_box_append (self->together, self->change);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    way_source_bar_show_stale (self->source, error->message);
}

static void
barriers_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayOverviewPage) self = user_data;
  WaySession *session = WAY_SESSION (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) counts = way_session_list_finish (session, result, &error);
  GtkWidget *child;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (counts == NULL)
    {
      way_source_bar_show_stale (self->source, error->message);
      return;
    }
  if (!way_page_keep_rows (WAY_PAGE (self), "barriers", counts))
    {
      while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->together))) != NULL)
        gtk_box_remove (self->together, child);
      gtk_box_append (self->together, way_overview_barriers_new (counts));
      self->change = NULL;
    }
  way_session_load_team_change_async (session, self->cancellable, changes_loaded_cb,
                                      g_object_ref (self));
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayOverviewPage) self = user_data;
  WaySession *session = WAY_SESSION (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) figures = way_session_list_finish (session, result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  way_source_bar_set_synthetic (self->source, way_session_is_synthetic (session));
  if (figures == NULL && !self->has_answer)
    {
      way_page_show_error (WAY_PAGE (self), _ ("The figures cannot be shown now"), error);
      return;
    }
  if (figures == NULL)
    {
      way_source_bar_show_stale (self->source, error->message);
      return;
    }
  if (get_value (figures, "people") == 0)
    {
      way_page_show_message (WAY_PAGE (self), "way-overview-symbolic", _ ("Nobody is here yet"),
                             _ ("When the trust's staff list has been imported, its figures show "
                                "here."),
                             _ ("_Look Again"), NULL);
      return;
    }
  self->has_answer = TRUE;
  way_source_bar_show_fresh (self->source, g_get_real_time ());
  gtk_label_set_label (self->title, way_session_get_organisation (session) != NULL
                                        ? way_session_get_organisation (session)
                                        : _ ("The trust"));
  for (guint i = 0; i < N_FIGURES; i++)
    show_figure (self, i, figures);
  way_share_bar_set_shares (self->shares, get_value (figures, "met"),
                            get_value (figures, "not-sure"), get_value (figures, "not-yet"));
  gtk_widget_set_visible (GTK_WIDGET (self->shares), get_value (figures, "met")
                                                             + get_value (figures, "not-sure")
                                                             + get_value (figures, "not-yet")
                                                         > 0);
  way_page_show_content (WAY_PAGE (self));
  way_session_load_barrier_counts_async (session, self->cancellable, barriers_loaded_cb,
                                         g_object_ref (self));
}

static void
way_overview_page_load (WayPage *page, GCancellable *cancellable)
{
  g_set_object (&WAY_OVERVIEW_PAGE (page)->cancellable, cancellable);
  way_session_load_overview_async (way_page_get_session (page), cancellable, loaded_cb,
                                   g_object_ref (page));
}

static void
way_overview_page_dispose (GObject *object)
{
  g_clear_object (&WAY_OVERVIEW_PAGE (object)->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (object), WAY_TYPE_OVERVIEW_PAGE);

  G_OBJECT_CLASS (way_overview_page_parent_class)->dispose (object);
}

static void
way_overview_page_class_init (WayOverviewPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = way_overview_page_dispose;
  WAY_PAGE_CLASS (klass)->load = way_overview_page_load;

  g_type_ensure (WAY_TYPE_SOURCE_BAR);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/waymark_skills/Waymark/ui/way-overview-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WayOverviewPage, box);
  gtk_widget_class_bind_template_child (widget_class, WayOverviewPage, source);
  gtk_widget_class_bind_template_child (widget_class, WayOverviewPage, title);
  gtk_widget_class_bind_template_callback (widget_class, way_page_load);
}

static void
way_overview_page_init (WayOverviewPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_groups (self);
  self->together = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 24));
  gtk_box_append (self->box, GTK_WIDGET (self->together));
}

/**
 * way_overview_page_new:
 *
 * Returns: (transfer floating): the page of the trust's figures
 */
GtkWidget *
way_overview_page_new (WaySession *session)
{
  return g_object_new (WAY_TYPE_OVERVIEW_PAGE, "session", session, NULL);
}
