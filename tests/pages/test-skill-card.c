/* test-skill-card.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/skills/way-skill-card.h"

static GtkWidget *
find_action (GtkWidget *widget, const char *action)
{
  if (GTK_IS_ACTIONABLE (widget)
      && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_action (child, action);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Yes or no is offered where a result cannot say whether the role's level is there. */
static void
test_yes_no (void)
{
  static const struct
  {
    gboolean is_measured;
    int required;
    WayStanding standing;
    gboolean is_offered;
  } cases[] = {
    { TRUE, 2, WAY_STANDING_NOT_SURE, TRUE },  { TRUE, 3, WAY_STANDING_NOT_SURE, TRUE },
    { TRUE, 2, WAY_STANDING_MET, FALSE },      { TRUE, 2, WAY_STANDING_NOT_YET, FALSE },
    { TRUE, 1, WAY_STANDING_NOT_SURE, FALSE }, { FALSE, 2, WAY_STANDING_NOT_SURE, FALSE },
  };
  g_autofree char *path = g_build_filename (g_getenv ("WAYMARK_DATADIR"), "content", "core", NULL);
  g_autoptr (WayPack) pack = way_pack_open (path, NULL, NULL);

  g_assert_nonnull (pack);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      WaySkill skill = { .is_measured = cases[i].is_measured };
      GtkWidget *card, *button;

      skill.estimate.capability = 2;
      skill.estimate.n_items = 4;
      skill.estimate.sd = .7;
      skill.estimate.levels[1] = 1;
      skill.estimate.required = cases[i].required;
      skill.estimate.standing = cases[i].standing;
      card = g_object_ref_sink (way_skill_card_new (pack, 2, &skill, NULL));
      button = find_action (card, "win.start-yes-no");
      g_assert_cmpint (button != NULL, ==, cases[i].is_offered);
      if (button != NULL)
        {
          GVariant *target = gtk_actionable_get_action_target_value (GTK_ACTIONABLE (button));
          g_autofree char *expected = g_strdup_printf ("C/%d", cases[i].required);

          g_assert_cmpstr (g_variant_get_string (target, NULL), ==, expected);
        }
      g_object_unref (card);
    }
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);

  g_test_add_func ("/pages/skill-card/yes-no", test_yes_no);

  return g_test_run ();
}
