/* way-window-pages.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/way-window-private.h"

#include "pages/baseline/way-baseline-page.h"
#include "pages/champion/way-champions-page.h"
#include "pages/champion/way-term-page.h"
#include "pages/corner/way-corner-page.h"
#include "pages/coverage/way-coverage-page.h"
#include "pages/dropins/way-drop-ins-page.h"
#include "pages/feedback/way-feedback-page.h"
#include "pages/help/way-help-page.h"
#include "pages/initiatives/way-initiatives-page.h"
#include "pages/journal/way-journal-page.h"
#include "pages/learn/way-learn-page.h"
#include "pages/module/way-module-page.h"
#include "pages/network/way-network-page.h"
#include "pages/notices/way-notices-page.h"
#include "pages/overview/way-overview-page.h"
#include "pages/passport/way-passport-page.h"
#include "pages/people/way-people-page.h"
#include "pages/practice/way-practice-page.h"
#include "pages/practise/way-practise-page.h"
#include "pages/quality/way-quality-page.h"
#include "pages/reports/way-reports-page.h"
#include "pages/requirements/way-requirements-page.h"
#include "pages/skills/way-skills-page.h"
#include "pages/sync/way-sync-page.h"
#include "pages/team/way-team-page.h"
#include "pages/tell/way-tell-page.h"
#include "pages/today/way-round-page.h"
#include "pages/today/way-today-page.h"
#include "pages/way-press.h"
#include "pages/way-stack.h"
#include "widgets/way-compat.h"

#include <glib/gi18n.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <string.h>

/* The destinations, in the order of the sidebar. To add one: its page, its line. */
static const WayDestination DESTINATIONS[] = {
  { "today", N_ ("Today"), "way-today-symbolic", WAY_ROLE_LEARNER, way_today_page_new, NULL },
  { "learn", N_ ("Learn"), "way-learn-symbolic", WAY_ROLE_LEARNER, way_learn_page_new, NULL },
  { "practise", N_ ("Practise"), "way-practise-symbolic", WAY_ROLE_LEARNER, way_practise_page_new,
    NULL },
  { "skills", N_ ("My skills"), "way-skills-symbolic", WAY_ROLE_LEARNER, way_skills_page_new,
    NULL },
  { "help", N_ ("Get help"), "way-help-symbolic", WAY_ROLE_LEARNER, way_help_page_new, NULL },
  { "tell", N_ ("Tell the trust"), "way-feedback-symbolic", WAY_ROLE_LEARNER, way_tell_page_new,
    NULL },
  { "people", N_ ("My people"), "way-people-symbolic", WAY_ROLE_CHAMPION, way_people_page_new,
    N_ ("Champion") },
  { "term", N_ ("Being a champion"), "way-coverage-symbolic", WAY_ROLE_CHAMPION, way_term_page_new,
    N_ ("Champion") },
  { "team", N_ ("My team"), "way-people-symbolic", WAY_ROLE_MANAGER, way_team_page_new,
    N_ ("Manager") },
  { "overview", N_ ("Overview"), "way-overview-symbolic", WAY_ROLE_LEAD, way_overview_page_new,
    N_ ("Training lead") },
  { "reports", N_ ("Reports"), "way-reports-symbolic", WAY_ROLE_LEAD, way_reports_page_new,
    N_ ("Training lead") },
  { "feedback", N_ ("Feedback"), "way-feedback-symbolic", WAY_ROLES_OF_VOICES,
    way_feedback_page_new, N_ ("Training lead") },
  { "initiatives", N_ ("Initiatives"), "way-initiatives-symbolic", WAY_ROLES_OF_VOICES,
    way_initiatives_page_new, N_ ("Training lead") },
  { "requirements", N_ ("What roles ask for"), "way-level-3-symbolic", WAY_ROLE_LEAD,
    way_requirements_page_new, N_ ("Training lead") },
  { "champions", N_ ("Champions"), "way-people-symbolic", WAY_ROLE_LEAD, way_champions_page_new,
    N_ ("Training lead") },
  { "coverage", N_ ("Coverage"), "way-coverage-symbolic", WAY_ROLE_LEAD, way_coverage_page_new,
    N_ ("Training lead") },
  { "network", N_ ("Help over time"), "way-overview-symbolic", WAY_ROLES_OF_VOICES,
    way_network_page_new, N_ ("Training lead") },
  { "corner", N_ ("Champions’ corner"), "way-help-symbolic", WAY_ROLE_CHAMPION | WAY_ROLE_LEAD,
    way_corner_page_new, N_ ("Training lead") },
  { "notices", N_ ("Notices"), "way-notices-symbolic", WAY_ROLE_CHAMPION | WAY_ROLE_LEAD,
    way_notices_page_new, N_ ("Training lead") },
  { "quality", N_ ("Assessment quality"), "way-reports-symbolic", WAY_ROLE_ANALYST,
    way_quality_page_new, N_ ("Analyst") },
  { "passport", N_ ("Skills passport"), "way-skills-symbolic", WAY_ROLE_LEARNER,
    way_passport_page_new, NULL, TRUE },
  { "notes", N_ ("My notes"), "way-learn-symbolic", WAY_ROLE_LEARNER, way_notes_page_new, NULL,
    TRUE },
  { "reflections", N_ ("Reflective accounts"), "way-skills-symbolic", WAY_ROLE_LEARNER,
    way_reflections_page_new, NULL, TRUE },
  /* For everybody else, who may become one. */
  { "term", N_ ("Being a champion"), "way-coverage-symbolic", WAY_ROLE_LEARNER, way_term_page_new,
    NULL, TRUE },
  { "drop-ins", N_ ("Drop-in sessions"), "way-people-symbolic", WAY_ROLE_LEARNER,
    way_drop_ins_page_new, NULL, TRUE },
  { "sync", N_ ("Saved and sent"), "way-sent-symbolic", WAY_ROLE_LEARNER, way_sync_page_new, NULL,
    TRUE },
};

/**
 * way_window_list_destinations:
 * @n: (out): how many
 *
 * Returns: (transfer none) (array length=n): every page that there is, in the order of the sidebar
 */
const WayDestination *
way_window_list_destinations (guint *n)
{
  *n = G_N_ELEMENTS (DESTINATIONS);
  return DESTINATIONS;
}

/**
 * way_window_may_go:
 *
 * Returns: whether the page is for somebody with the roles of whoever is signed in
 */
gboolean
way_window_may_go (WayWindow *self, const WayDestination *destination)
{
  if (self->session == NULL || !way_session_is_signed_in (self->session))
    return FALSE;
  return destination->roles == WAY_ROLE_LEARNER
         || (destination->roles & way_session_get_roles (self->session)) != 0;
}

/* NULL where there is no such page, or it is not this person's. */
const WayDestination *
way_window_find_destination (WayWindow *self, const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (DESTINATIONS); i++)
    {
      if (g_strcmp0 (DESTINATIONS[i].name, name) == 0 && way_window_may_go (self, &DESTINATIONS[i]))
        return &DESTINATIONS[i];
    }
  return NULL;
}

/* The part of the list that it stands in: of a page of several roles, the last that one has. */
static const char *
get_heading (WayWindow *self, const WayDestination *destination)
{
  if (destination->roles == (WAY_ROLE_CHAMPION | WAY_ROLE_LEAD)
      && (way_session_get_roles (self->session) & WAY_ROLE_LEAD) == 0)
    return N_ ("Champion");
  if (destination->roles == WAY_ROLES_OF_VOICES
      && (way_session_get_roles (self->session) & WAY_ROLE_LEAD) == 0)
    return N_ ("Design office");
  return destination->heading;
}

static GtkWidget *
create_row (WayWindow *self, const WayDestination *destination)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", destination->icon_name,
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  GtkWidget *label = gtk_label_new (_ (destination->title));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data (G_OBJECT (row), "destination", (gpointer) destination->name);
  g_object_set_data (G_OBJECT (row), "heading", (gpointer) get_heading (self, destination));
  way_compat_name (row, _ (destination->title));
  way_press_add (row);
  return row;
}

static void
update_header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  const char *heading = g_object_get_data (G_OBJECT (row), "heading");
  const char *earlier = before != NULL ? g_object_get_data (G_OBJECT (before), "heading") : NULL;
  GtkWidget *label;

  if (heading == NULL || g_strcmp0 (heading, earlier) == 0)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = gtk_label_new (_ (heading));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "way-sidebar-heading");
  gtk_list_box_row_set_header (row, label);
}

/**
 * way_window_fill_sidebar:
 *
 * Lists the pages that are for whoever is signed in, in place of what is listed.
 */
void
way_window_fill_sidebar (WayWindow *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->sidebar_list))) != NULL)
    gtk_list_box_remove (self->sidebar_list, child);
  gtk_list_box_set_header_func (self->sidebar_list, update_header_cb, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (DESTINATIONS); i++)
    {
      if (way_window_may_go (self, &DESTINATIONS[i]) && !DESTINATIONS[i].is_apart)
        gtk_list_box_append (self->sidebar_list, create_row (self, &DESTINATIONS[i]));
    }
}

static void
select_row (WayWindow *self, const char *name)
{
  GtkListBoxRow *row;

  gtk_list_box_select_row (self->sidebar_list, NULL);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->sidebar_list, i)) != NULL; i++)
    {
      if (g_strcmp0 (g_object_get_data (G_OBJECT (row), "destination"), name) == 0)
        gtk_list_box_select_row (self->sidebar_list, row);
    }
}

/* A page may bring up to two buttons for the header bar, in its property "actions". */
static void
show_page_actions (WayWindow *self, GtkWidget *page)
{
  GtkWidget *child;
  g_autoptr (GtkWidget) actions = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->header_actions))) != NULL)
    gtk_box_remove (self->header_actions, child);
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (page), "actions") == NULL)
    return;
  g_object_get (page, "actions", &actions, NULL);
  if (actions != NULL)
    gtk_box_append (self->header_actions, actions);
}

/* The focus stays in the sidebar when that was used; else it goes where reading begins. */
static void
focus_page (WayWindow *self, GtkWidget *page)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (focus != NULL && gtk_widget_get_mapped (focus) && gtk_widget_is_ancestor (focus, page))
    return;
  if (focus != NULL && !adw_leaflet_get_folded (self->leaflet)
      && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->sidebar_list))
      && gtk_list_box_get_selected_row (self->sidebar_list) != NULL)
    {
      gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_selected_row (self->sidebar_list)));
      return;
    }
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
}

static void
show_destination (WayWindow *self, const WayDestination *destination)
{
  GtkWidget *page = gtk_stack_get_child_by_name (self->pages, destination->name);

  if (page == NULL)
    {
      page = destination->create (self->session);
      gtk_stack_add_named (self->pages, page, destination->name);
    }
  way_window_leave_focus (self);
  adw_window_title_set_title (self->content_title, _ (destination->title));
  select_row (self, destination->name);
  way_window_clear_news (self, destination->name);
  show_page_actions (self, page);
  way_stack_show (self->pages, page);
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->content));
  focus_page (self, page);
}

/**
 * way_window_go:
 * @name: (nullable): of a page; Today where there is none of that name for this person
 *
 * Shows a page; the way back leads to the one before.
 */
void
way_window_go (WayWindow *self, const char *name)
{
  const WayDestination *destination = way_window_find_destination (self, name);

  if (destination == NULL)
    destination = way_window_find_destination (self, "today");
  if (destination == NULL)
    return;
  if (g_queue_peek_tail (self->visited) != destination->name)
    g_queue_push_tail (self->visited, (gpointer) destination->name);
  while (g_queue_get_length (self->visited) > 20)
    g_queue_pop_head (self->visited);
  show_destination (self, destination);
}

/* Narrow: to the sidebar. Wide: to the page that was shown before. */
void
way_window_go_back (WayWindow *self)
{
  const WayDestination *destination = NULL;

  if (g_str_equal (gtk_stack_get_visible_child_name (self->root), "focus"))
    {
      way_window_leave_focus (self);
      return;
    }
  if (adw_leaflet_get_folded (self->leaflet))
    {
      adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
      gtk_widget_grab_focus (GTK_WIDGET (self->sidebar_list));
      return;
    }
  if (g_queue_get_length (self->visited) < 2)
    return;
  g_queue_pop_tail (self->visited);
  destination = way_window_find_destination (self, g_queue_peek_tail (self->visited));
  if (destination != NULL)
    show_destination (self, destination);
}

/**
 * way_window_forget_pages:
 *
 * Takes away every page and what their header bars have, as when somebody else signs in.
 */
void
way_window_forget_pages (WayWindow *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->header_actions))) != NULL)
    gtk_box_remove (self->header_actions, child);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->pages))) != NULL)
    gtk_stack_remove (self->pages, child);
  g_queue_clear (self->visited);
}

/* The page that is being looked at: (nullable). */
GtkWidget *
way_window_get_page (WayWindow *self)
{
  const char *name = gtk_stack_get_visible_child_name (self->root);

  if (g_strcmp0 (name, "focus") == 0)
    return adw_bin_get_child (self->focus_bin);
  if (g_strcmp0 (name, "main") == 0)
    return gtk_stack_get_visible_child (self->pages);
  return NULL;
}

/**
 * way_window_show_focus:
 * @page: (transfer floating): what is to have the window for itself
 *
 * Shows it, and puts the keyboard into it.
 */
void
way_window_show_focus (WayWindow *self, GtkWidget *page)
{
  adw_bin_set_child (self->focus_bin, page);
  way_stack_show_named (self->root, "focus");
  gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
}

static void
transition_ended_cb (GtkStack *root, GParamSpec *pspec, WayWindow *self)
{
  if (gtk_stack_get_transition_running (root))
    return;
  g_signal_handlers_disconnect_by_func (root, transition_ended_cb, self);
  if (g_str_equal (gtk_stack_get_visible_child_name (root), "focus"))
    return;
  adw_bin_set_child (self->focus_bin, NULL);
  if (self->session != NULL && way_session_get_pack (self->session) != NULL)
    way_pack_forget_items (way_session_get_pack (self->session));
#ifdef __GLIBC__
  /* A module with its pictures takes much, and is gone. */
  malloc_trim (0);
#endif
}

/**
 * way_window_leave_focus:
 *
 * Goes back from what has the window for itself to the pages, where that is what shows.
 */
void
way_window_leave_focus (WayWindow *self)
{
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->root), "focus") != 0)
    return;
  way_stack_show_named (self->root, "main");
  /* The page is kept until it has faded. */
  g_signal_connect (self->root, "notify::transition-running", G_CALLBACK (transition_ended_cb),
                    self);
  transition_ended_cb (self->root, NULL, self);
  focus_page (self, gtk_stack_get_visible_child (self->pages));
}

/**
 * way_window_start_baseline:
 *
 * Begins a baseline, or goes on with the one that is open.
 */
void
way_window_start_baseline (WayWindow *self)
{
  way_window_show_focus (self, way_baseline_page_new (self->session));
}

/* One capability again. */
void
way_window_start_recheck (WayWindow *self, const char *capability)
{
  if (way_pack_find_capability (way_session_get_pack (self->session), capability) < 0)
    return;
  way_window_show_focus (self, way_baseline_page_new_recheck (self->session, capability));
}

/* Whether somebody is at one level of one capability. */
void
way_window_start_yes_no (WayWindow *self, const char *capability, int level)
{
  if (level < 2 || level > WAY_N_LEVELS
      || way_pack_find_capability (way_session_get_pack (self->session), capability) < 0)
    return;
  way_window_show_focus (self, way_baseline_page_new_yes_no (self->session, capability, level));
}

static gboolean
has_module (WayWindow *self, const char *module)
{
  if (way_pack_find_module (way_session_get_pack (self->session), module) != NULL)
    return TRUE;
  way_window_toast (self, _ ("This module is not in the content on this computer."), NULL);
  return FALSE;
}

/**
 * way_window_show_module:
 * @module: its id; where the content here has none of it that is told
 *
 * Shows a module, which has the window for itself.
 */
void
way_window_show_module (WayWindow *self, const char *module)
{
  if (has_module (self, module))
    way_window_show_focus (self, way_module_page_new (self->session, module));
}

/* The module that is being looked at, as the content has it now, at the same step. */
void
way_window_reload_module (WayWindow *self)
{
  GtkWidget *page = way_window_get_page (self);
  g_autofree char *module = NULL;
  g_autofree char *place = NULL;

  if (!WAY_IS_MODULE_PAGE (page))
    return;
  module = way_window_dup_context (self, "context-module");
  place = way_window_dup_context (self, "context-page");
  if (has_module (self, module))
    {
      const char *step = strrchr (place, ' ');

      way_window_show_focus (self, way_module_page_new_at (self->session, module,
                                                           step != NULL ? step + 1 : ""));
    }
  else
    way_window_leave_focus (self);
}

/* The check before the lesson. */
void
way_window_test_out (WayWindow *self, const char *module)
{
  if (has_module (self, module))
    way_window_show_focus (self, way_module_page_new_test_out (self->session, module));
}

/* Two minutes to stay sharp. */
void
way_window_start_round (WayWindow *self, const char *module, const char *skill)
{
  way_window_show_focus (self, way_round_page_new (self->session, module, skill));
}

/**
 * way_window_start_practice:
 * @module: its id
 * @desk: the path of one of its practice desks
 *
 * Shows that desk, which has the window for itself.
 */
void
way_window_start_practice (WayWindow *self, const char *module, const char *desk)
{
  way_window_show_focus (self, way_practice_page_new (self->session, module, desk));
}
