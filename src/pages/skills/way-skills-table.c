/* way-skills-table.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/skills/way-skills-table.h"

#include "pages/skills/way-skill-card.h"
#include "pages/skills/way-skill-change.h"
#include "widgets/way-compat.h"
#include "widgets/way-words.h"

#include <glib/gi18n.h>

static GtkWidget *
make_cell (const char *text, const char *more)
{
  g_autofree char *markup = NULL;
  GtkWidget *label = gtk_label_new (NULL);

  if (more != NULL)
    markup = g_markup_printf_escaped ("%s\n<span alpha=\"72%%\">%s</span>", text, more);
  else
    markup = g_markup_escape_text (text, -1);
  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "numeric");

  return label;
}

static char *
describe_row (WayPack *pack, guint i, const WaySkill *skill, WayRow *finding)
{
  g_autofree char *whole = way_skill_describe (pack, i, skill);
  g_autofree char *change = way_skill_describe_change (finding);
  g_autofree char *chance = way_skill_describe_chance (finding);

  if (change == NULL)
    return g_steal_pointer (&whole);

  return chance != NULL ? g_strdup_printf ("%s %s %s.", whole, change, chance)
                        : g_strdup_printf ("%s %s", whole, change);
}

static void
add_row (WayPack *pack,
         GtkGrid *grid,
         const char *const *heads,
         guint i,
         const WaySkill *skill,
         WayRow *finding)
{
  const WayCapability *capability = g_ptr_array_index (way_pack_get_capabilities (pack), i);
  g_autofree char *levels = skill->is_measured ? way_describe_levels (pack, &skill->estimate)
                                               : g_strdup ("–");
  g_autofree char *sure = skill->is_measured ? way_skill_describe_sureness (skill) : NULL;
  g_autofree char *standing = way_skill_describe_standing (skill);
  g_autofree char *whole = describe_row (pack, i, skill, finding);
  g_autofree char *change = way_skill_describe_change_short (finding);
  g_autofree char *chance = way_skill_describe_chance (finding);
  GtkWidget *cells[] = {
    make_cell (capability->short_name, NULL),
    make_cell (levels, sure),
    make_cell (way_level_name (pack, skill->estimate.required), standing),
    make_cell (skill->self_now > 0 ? way_level_name (pack, skill->self_now) : "–", NULL),
    make_cell (change, chance),
  };

  for (guint j = 0; j < G_N_ELEMENTS (cells); j++)
    {
      if (j == 0)
        {
          /* The row is read from its first cell; arrow keys go from row to row. */
          gtk_widget_add_css_class (cells[j], "row-head");
          gtk_widget_set_focusable (cells[j], TRUE);
          way_compat_name (cells[j], whole);
        }
      else
        way_compat_describe (cells[j], heads[j]);
      gtk_grid_attach (grid, cells[j], (int) j, (int) i + 1, 1, 1);
    }
}

/**
 * way_skills_table_new:
 * @pack: whose capabilities they are
 * @skills: where somebody stands
 * @findings: of WayRow, what changed since the time before
 *
 * Returns: (transfer floating): the capabilities as a table
 */
GtkWidget *
way_skills_table_new (WayPack *pack, const WaySkills *skills, GListModel *findings)
{
  GtkWidget *grid = g_object_new (GTK_TYPE_GRID, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP,
                                  NULL);
  const char *heads[] = { _ ("Capability"), _ ("Level"), _ ("Role needs"), _ ("Own rating"),
                          _ ("Since the time before") };

  gtk_widget_add_css_class (grid, "way-table");
  gtk_widget_add_css_class (grid, "narrow");
  gtk_accessible_update_property (GTK_ACCESSIBLE (grid), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Where you stand, as a table"), -1);
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      GtkWidget *cell = make_cell (heads[i], NULL);

      gtk_widget_set_hexpand (cell, TRUE);
      gtk_widget_add_css_class (cell, "column-head");
      gtk_widget_add_css_class (cell, "first");
      gtk_grid_attach (GTK_GRID (grid), cell, (int) i, 0, 1, 1);
    }
  for (guint i = 0; i < skills->n; i++)
    {
      const WayCapability *capability = g_ptr_array_index (way_pack_get_capabilities (pack), i);
      g_autoptr (WayRow) finding = way_skill_find_finding (findings, capability->id);

      add_row (pack, GTK_GRID (grid), heads, i, &skills->skills[i], finding);
    }

  return grid;
}
