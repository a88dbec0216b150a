/* way-overview-groups.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/overview/way-overview-groups.h"

#include "session/way-measure.h"
#include "widgets/way-compat.h"
#include "widgets/way-tab-stop.h"
#include "widgets/way-words.h"

#include <glib/gi18n.h>
#include <math.h>

/* What is said of many people together: what gets in their way, and what has changed. */

static GtkWidget *
make_label (const char *text, const char *style, GtkAccessibleRole role)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", role, "label", text, "wrap",
                                   TRUE, "xalign", 0.0, NULL);

  gtk_widget_add_css_class (label, style);
  if (role == GTK_ACCESSIBLE_ROLE_LABEL)
    gtk_widget_add_css_class (label, "way-quiet");
  return label;
}

/* A heading, a list where there are rows, and what they mean. */
static GtkWidget *
make_part (const char *title, GtkWidget **list, gboolean has_rows, const char *note)
{
  GtkWidget *part = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);

  gtk_box_append (GTK_BOX (part), make_label (title, "heading", GTK_ACCESSIBLE_ROLE_HEADING));
  *list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (*list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (*list, "boxed-list");
  way_compat_name (*list, title);
  gtk_widget_set_visible (*list, has_rows);
  gtk_box_append (GTK_BOX (part), way_tab_stop_new (*list));
  gtk_box_append (GTK_BOX (part), make_label (note, "caption", GTK_ACCESSIBLE_ROLE_LABEL));
  return part;
}

static void
add_row (GtkWidget *list, const char *title, const char *subtitle, const char *value)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *name = value != NULL ? g_strdup_printf (_ ("%s: %s"), title, value)
                                        : g_strdup (title);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (value != NULL)
    {
      GtkWidget *label = gtk_label_new (value);

      gtk_widget_add_css_class (label, "numeric");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
    }
  way_compat_name (row, name);
  way_compat_describe (row, subtitle);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
}

static char *
describe_count (gint64 people)
{
  /* Translators: a number of people. */
  return g_strdup_printf (_ ("%d or more"), (int) people);
}

/* The divisions that may be told, “Surgery: 8 or more · Medicine: 16 or more”. */
static char *
describe_places (GListModel *counts, const char *barrier)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (counts); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (counts, i);
      g_autofree char *people = describe_count (way_row_get_int (row, "people"));

      if (!g_str_equal (way_row_get_text (row, "barrier"), barrier)
          || *way_row_get_text (row, "unit") == '\0')
        continue;
      if (text->len > 0)
        g_string_append (text, " · ");
      /* Translators: the name of a division, and a number of people. */
      g_string_append_printf (text, _ ("%s: %s"), way_row_get_text (row, "name"), people);
    }
  return g_strdup (text->str);
}

static int
compare_people (gconstpointer a, gconstpointer b)
{
  WayRow *const *first = a, *const *second = b;
  gint64 n = way_row_get_int (*first, "people"), m = way_row_get_int (*second, "people");

  if (n != m)
    return n > m ? -1 : 1;
  return strcmp (way_row_get_text (*first, "barrier"), way_row_get_text (*second, "barrier"));
}

static const char *
get_label (const char *barrier)
{
  guint n;
  const WayAnswerChoice *known = way_barrier_list (&n);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (known[i].value, barrier))
      return _ (known[i].label);
  return barrier;
}

/**
 * way_overview_barriers_new:
 * @counts: rows of way_session_load_barrier_counts_async()
 *
 * Returns: (transfer floating): what gets in the way, the most frequent first
 */
GtkWidget *
way_overview_barriers_new (GListModel *counts)
{
  g_autoptr (GPtrArray) of_all = g_ptr_array_new_with_free_func (g_object_unref);
  GtkWidget *list, *part;

  g_return_val_if_fail (G_IS_LIST_MODEL (counts), NULL);

  for (guint i = 0; i < g_list_model_get_n_items (counts); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (counts, i);

      if (*way_row_get_text (row, "unit") == '\0')
        g_ptr_array_add (of_all, g_steal_pointer (&row));
    }
  g_ptr_array_sort (of_all, compare_people);
  part = make_part (_ ("What gets in the way"), &list, of_all->len > 0,
                    of_all->len > 0
                        ? _ ("People say this after a baseline, if they want to. Nobody’s answers "
                             "are shown: counts go in steps of eight, stand as the week began, and "
                             "fewer than eight are never told.")
                        : _ ("People say this after a baseline, if they want to. Counts are told "
                             "from eight people on, once a week."));
  for (guint i = 0; i < of_all->len; i++)
    {
      const char *barrier = way_row_get_text (of_all->pdata[i], "barrier");
      g_autofree char *people = describe_count (way_row_get_int (of_all->pdata[i], "people"));
      g_autofree char *places = describe_places (counts, barrier);

      add_row (list, get_label (barrier), places, people);
    }
  return part;
}

/* A level is one wide on the scale, so that a gain can be said in levels. 1.96 standard
 * errors on each side hold 95 of 100 cases. */
static char *
describe_change (WayRow *team)
{
  int people = (int) way_row_get_int (team, "people");
  double gain = way_row_get_number (team, "gain");
  double room = 1.959964 * way_row_get_number (team, "se");

  if (!(fabs (gain) > room))
    {
      g_autofree char *about = way_format_signed (gain);

      return g_strdup_printf (_ ("%d people: no clear change, %s of a level, give or take %.1f."),
                              people, about, room);
    }
  if (gain > 0)
    return g_strdup_printf (_ ("%d people: higher by %.1f of a level on average, give or take "
                               "%.1f."),
                            people, gain, room);
  return g_strdup_printf (_ ("%d people: lower by %.1f of a level on average, give or take %.1f."),
                          people, -gain, room);
}

/**
 * way_overview_change_new:
 * @teams: rows of way_session_load_team_change_async()
 *
 * Returns: (transfer floating): what has changed for those who were measured twice
 */
GtkWidget *
way_overview_change_new (GListModel *teams)
{
  guint n;
  GtkWidget *list, *part;

  g_return_val_if_fail (G_IS_LIST_MODEL (teams), NULL);

  n = g_list_model_get_n_items (teams);
  part = make_part (_ ("Since the first time"), &list, n > 0,
                    n > 0 ? _ ("People who were measured twice or more, from their first result "
                               "to their last. Small differences come by chance.")
                          : _ ("Shown once eight people have been measured twice."));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WayRow) team = g_list_model_get_item (teams, i);
      g_autofree char *change = describe_change (team);
      const char *name = way_row_get_text (team, "name");

      add_row (list, *name != '\0' ? name : _ ("The whole trust"), change, NULL);
    }
  return part;
}
