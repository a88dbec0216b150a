/* way-sittings-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/skills/way-sittings-view.h"

#include "widgets/way-compat.h"
#include "widgets/way-words.h"

#include <glib/gi18n.h>

/* What may be checked again, and what earlier sittings have found. */
struct _WaySittingsView
{
  AdwBin parent_instance;

  GtkBox *content;
};

G_DEFINE_FINAL_TYPE (WaySittingsView, way_sittings_view, ADW_TYPE_BIN)

static GtkWidget *
make_list (WaySittingsView *self, const char *heading)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING,
                                   "label", heading, "wrap", TRUE, "xalign", 0.0, "margin-top", 6,
                                   NULL);
  GtkWidget *list = gtk_list_box_new ();

  gtk_widget_add_css_class (label, "heading");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  way_compat_name (list, heading);
  gtk_box_append (self->content, label);
  gtk_box_append (self->content, list);

  return list;
}

static GtkWidget *
make_row (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  way_compat_name (row, title);
  way_compat_describe (row, subtitle);

  return row;
}

static const char *
describe_why (const char *why)
{
  if (g_str_equal (why, "effort"))
    return _ ("The time before was too short for a result.");
  if (g_str_equal (why, "modules"))
    return _ ("You have done its modules.");
  if (g_str_equal (why, "due"))
    return _ ("It was measured two years ago or longer.");

  return _ ("It was measured more than half a year ago.");
}

static GtkWidget *
make_offer (WayPack *pack, WayRow *offer)
{
  const char *id = way_row_get_text (offer, "capability");
  int index = way_pack_find_capability (pack, id);
  const WayCapability *capability;
  g_autofree char *action = g_strdup_printf ("win.start-recheck::%s", id);
  g_autofree char *questions = NULL;
  g_autofree char *subtitle = NULL;
  g_autofree char *name = NULL;
  GtkWidget *button, *row;

  if (index < 0)
    return NULL;

  capability = g_ptr_array_index (way_pack_get_capabilities (pack), index);
  questions = g_strdup_printf (_ ("%d to %d questions."), (int) way_row_get_int (offer, "least"),
                               (int) way_row_get_int (offer, "most"));
  subtitle = g_strdup_printf ("%s %s", describe_why (way_row_get_text (offer, "why")), questions);
  /* TRANSLATORS: %s is the name of a capability. */
  name = g_strdup_printf (_ ("Check this one again: %s"), capability->short_name);
  row = make_row (capability->short_name, subtitle);
  button = gtk_button_new_with_label (_ ("Check Again"));
  way_compat_name (button, name);
  way_compat_describe (button, questions);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  way_compat_set_action (button, action);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  /* The row would add its title to the name, which has it. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);

  return row;
}

static void
show_offers (WaySittingsView *self, WayPack *pack, GListModel *offers)
{
  GtkWidget *list = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (offers); i++)
    {
      g_autoptr (WayRow) offer = g_list_model_get_item (offers, i);
      GtkWidget *row = NULL;

      if (g_str_equal (way_row_get_text (offer, "what"), "recheck"))
        row = make_offer (pack, offer);
      if (row == NULL)
        continue;
      if (list == NULL)
        list = make_list (self, _ ("Check one again"));
      gtk_list_box_append (GTK_LIST_BOX (list), row);
    }
}

static char *
describe_type (WayPack *pack, WayRow *result)
{
  const char *type = way_row_get_text (result, "type");
  int index = way_pack_find_capability (pack, way_row_get_text (result, "capability"));
  const WayCapability *capability = index >= 0
                                        ? g_ptr_array_index (way_pack_get_capabilities (pack),
                                                             index)
                                        : NULL;

  if (capability != NULL)
    /* TRANSLATORS: %s is the name of a capability that was looked at again. */
    return g_strdup_printf (_ ("%s again"), capability->short_name);

  return g_strdup (g_str_equal (type, "closer") ? _ ("Closer look") : _ ("Short baseline"));
}

static void
add_levels (AdwExpanderRow *row, WayPack *pack, WayRow *found)
{
  static const char *const columns[] = { "p1", "p2", "p3", "p4" };
  int index = way_pack_find_capability (pack, way_row_get_text (found, "capability"));
  WayEstimate estimate = { .n_items = way_row_get_int (found, "items") };
  g_autofree char *sentence = NULL;

  if (index < 0)
    return;
  for (int i = 0; i < WAY_N_LEVELS; i++)
    estimate.levels[i] = way_row_get_number (found, columns[i]);
  sentence = way_describe_estimate (pack, &estimate);
  adw_expander_row_add_row (row, make_row (((const WayCapability *) g_ptr_array_index (
                                                way_pack_get_capabilities (pack), index))
                                               ->short_name,
                                           sentence));
}

static GtkWidget *
make_result (WayPack *pack, WayRow *result, GListModel *history)
{
  const char *attempt = way_row_get_text (result, "attempt");
  GtkWidget *row = adw_expander_row_new ();
  guint n_asked = way_row_get_int (result, "asked");
  g_autofree char *type = describe_type (pack, result);
  g_autofree char *when = way_format_when (way_row_get_int (result, "at"));
  /* TRANSLATORS: what was sat, and when: “Short baseline, on 3 March”. */
  g_autofree char *title = g_strdup_printf (_ ("%s, %s"), type, when);
  g_autofree char *subtitle = g_strdup_printf (ngettext ("%u question", "%u questions", n_asked),
                                               n_asked);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), subtitle);
  way_compat_name (row, title);
  if (way_row_get_int (result, "reported") == 0)
    adw_expander_row_add_row (
        ADW_EXPANDER_ROW (row),
        make_row (_ ("No level is drawn from this one"),
                  _ ("There was too little time for the questions. The answers are kept.")));
  else
    for (guint i = 0; i < g_list_model_get_n_items (history); i++)
      {
        g_autoptr (WayRow) found = g_list_model_get_item (history, i);

        if (g_str_equal (way_row_get_text (found, "attempt"), attempt))
          add_levels (ADW_EXPANDER_ROW (row), pack, found);
      }

  return row;
}

/* The newest is the page itself; all before it are here. */
static void
show_results (WaySittingsView *self, WayPack *pack, GListModel *results, GListModel *history)
{
  GtkWidget *list = NULL;

  for (guint i = 1; i < g_list_model_get_n_items (results); i++)
    {
      g_autoptr (WayRow) result = g_list_model_get_item (results, i);

      if (way_row_get_int (result, "superseded") != 0)
        continue;
      if (list == NULL)
        list = make_list (self, _ ("Earlier results"));
      gtk_list_box_append (GTK_LIST_BOX (list), make_result (pack, result, history));
    }
}

/**
 * way_sittings_view_show:
 * @offers: rows of way_session_load_offers_async()
 * @results: rows of way_session_load_results_async()
 * @history: rows of way_session_load_history_async()
 */
void
way_sittings_view_show (WaySittingsView *self,
                        WayPack *pack,
                        GListModel *offers,
                        GListModel *results,
                        GListModel *history)
{
  GtkWidget *child;

  g_return_if_fail (WAY_IS_SITTINGS_VIEW (self) && WAY_IS_PACK (pack));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->content))) != NULL)
    gtk_box_remove (self->content, child);
  show_offers (self, pack, offers);
  show_results (self, pack, results, history);
  gtk_widget_set_visible (GTK_WIDGET (self),
                          gtk_widget_get_first_child (GTK_WIDGET (self->content)) != NULL);
}

static void
way_sittings_view_class_init (WaySittingsViewClass *klass)
{
}

static void
way_sittings_view_init (WaySittingsView *self)
{
  self->content = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->content));
}
