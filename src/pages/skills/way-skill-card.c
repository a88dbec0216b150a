/* way-skill-card.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/skills/way-skill-card.h"

#include "pages/skills/way-skill-change.h"
#include "widgets/way-compat.h"
#include "widgets/way-level-band.h"
#include "widgets/way-words.h"

#include <glib/gi18n.h>

/* One capability of a result as a card: what is known of it in a sentence and drawn, what
 * the role needs, and the own rating beside it. */

static GtkWidget *
make_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);

  return label;
}

static GtkWidget *
make_marked (WayLevelMark mark, const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);

  gtk_box_append (GTK_BOX (box), way_level_mark_new (mark));
  gtk_box_append (GTK_BOX (box), make_label (text, "way-caption"));

  return box;
}

static GtkWidget *
make_head (const WayCapability *capability, const char *sentence)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 14);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *icon = gtk_image_new_from_icon_name (capability->icon);
  GtkWidget *title = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING,
                                   "label", capability->short_name, "wrap", TRUE, "xalign", 0.0,
                                   NULL);

  gtk_widget_add_css_class (icon, "way-tile");
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  way_compat_hide (icon);
  gtk_widget_add_css_class (title, "title-4");
  gtk_widget_set_tooltip_text (title, capability->name);
  gtk_box_append (GTK_BOX (words), title);
  gtk_box_append (GTK_BOX (words), make_label (sentence, "body"));
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (head), icon);
  gtk_box_append (GTK_BOX (head), words);

  return head;
}

/* The next step: what somebody one level on can say. */
static char *
describe_step (WayPack *pack, const WayCapability *capability, int level)
{
  if (level >= WAY_N_LEVELS)
    return NULL;

  /* TRANSLATORS: the name of a level, and what a person at it can say. */
  return g_strdup_printf (_ ("Next step, towards %s: “%s”"), way_level_name (pack, level + 1),
                          capability->descriptors[level]);
}

static void
compare_toggled_cb (GtkToggleButton *button, GtkWidget *comparison)
{
  gboolean is_open = gtk_toggle_button_get_active (button);

  gtk_widget_set_visible (comparison, is_open);
  gtk_accessible_update_state (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_EXPANDED, is_open, -1);
  if (is_open)
    way_compat_announce (GTK_WIDGET (button), gtk_label_get_label (GTK_LABEL (comparison)));
}

static void
add_comparison (GtkBox *card, WayPack *pack, const WayCapability *capability, const WaySkill *skill)
{
  g_autofree char *levels = way_describe_levels (pack, &skill->estimate);
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;
  GtkWidget *button, *comparison;

  /* TRANSLATORS: names of levels: one, and one or two joined by “or”. */
  text = g_strdup_printf (_ ("You rated yourself at %s. Your answers point to %s. A rating and "
                             "answers measure different things, so they often differ."),
                          way_level_name (pack, skill->self_now), levels);
  comparison = make_label (text, NULL);
  gtk_widget_set_visible (comparison, FALSE);
  button = gtk_toggle_button_new_with_mnemonic (_ ("_Compare"));
  name = g_strdup_printf (_ ("Compare: %s"), capability->short_name);
  way_compat_name (button, name);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "way-small");
  g_signal_connect_object (button, "toggled", G_CALLBACK (compare_toggled_cb), comparison, 0);
  gtk_box_append (card, button);
  gtk_box_append (card, comparison);
}

static void
add_own_rating (GtkBox *card,
                WayPack *pack,
                const WayCapability *capability,
                const WaySkill *skill,
                WayRow *finding)
{
  const char *confidence = finding != NULL && way_row_has (finding, "confidence")
                               ? way_row_get_text (finding, "confidence")
                               : "consistent";
  int low = 0, high = 0;
  g_autofree char *text = NULL;
  g_autofree char *step = NULL;

  if (skill->self_now == 0)
    return;

  if (skill->is_measured)
    way_estimate_get_levels (&skill->estimate, &low, &high);
  if (!skill->is_measured || g_str_equal (confidence, "consistent"))
    {
      text = g_strdup_printf (_ ("Your own rating: %s."), way_level_name (pack, skill->self_now));
      gtk_box_append (card, make_marked (WAY_LEVEL_MARK_OWN, text));
    }
  else if (g_str_equal (confidence, "under"))
    {
      text = g_strdup_printf (_ ("Your own rating: %s. Your answers show more than that."),
                              way_level_name (pack, skill->self_now));
      gtk_box_append (card, make_marked (WAY_LEVEL_MARK_OWN, text));
    }
  else
    {
      step = describe_step (pack, capability, low);
      if (step != NULL)
        gtk_box_append (card, make_label (step, "body"));
      add_comparison (card, pack, capability, skill);
    }
}

/* Where a result cannot say whether the role's level is there, a few more questions about
 * this one can. */
static void
add_yes_no (GtkBox *card, WayPack *pack, const WayCapability *capability, const WaySkill *skill)
{
  const char *level = way_level_name (pack, skill->estimate.required);
  GtkWidget *button;
  g_autofree char *action = NULL;
  g_autofree char *label = NULL;
  g_autofree char *name = NULL;

  if (!skill->is_measured || skill->estimate.standing != WAY_STANDING_NOT_SURE
      || skill->estimate.required < 2)
    return;

  action = g_strdup_printf ("win.start-yes-no::%s/%d", capability->id, skill->estimate.required);
  /* TRANSLATORS: the name of a level. */
  label = g_strdup_printf (_ ("Find Out: %s, Yes or No?"), level);
  /* TRANSLATORS: the name of a level, and of a capability. */
  name = g_strdup_printf (_ ("Find out whether you are at %s: %s"), level, capability->short_name);
  button = gtk_button_new_with_label (label);
  way_compat_name (button, name);
  way_compat_describe (button, _ ("5 to 36 questions about this one"));
  gtk_widget_set_tooltip_text (button, _ ("5 to 36 questions about this one"));
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "way-small");
  way_compat_set_action (button, action);
  gtk_box_append (card, button);
}

/**
 * way_skill_card_new:
 * @pack: the pack
 * @capability: which, an index
 * @skill: what is known of it; not kept
 * @finding: (nullable): the same beside the time before; not kept
 *
 * Returns: (transfer floating): a card
 */
GtkWidget *
way_skill_card_new (WayPack *pack, guint capability, const WaySkill *skill, WayRow *finding)
{
  const WayCapability *about;
  const WayEstimate *estimate;
  GtkWidget *card, *band;
  g_autofree char *sentence = NULL;
  g_autofree char *needed = NULL;
  g_autofree char *change = way_skill_describe_change (finding);

  g_return_val_if_fail (WAY_IS_PACK (pack), NULL);
  g_return_val_if_fail (skill != NULL, NULL);

  about = g_ptr_array_index (way_pack_get_capabilities (pack), capability);
  estimate = &skill->estimate;
  card = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, "orientation",
                       GTK_ORIENTATION_VERTICAL, "spacing", 9, NULL);
  gtk_widget_add_css_class (card, "way-card");
  gtk_accessible_update_property (GTK_ACCESSIBLE (card), GTK_ACCESSIBLE_PROPERTY_LABEL, about->name,
                                  -1);

  sentence = way_describe_estimate (pack, skill->is_measured ? estimate : NULL);
  gtk_box_append (GTK_BOX (card), make_head (about, sentence));

  band = way_level_band_new ();
  way_level_band_set_estimate (WAY_LEVEL_BAND (band), pack, skill->is_measured ? estimate : NULL,
                               skill->self_now, estimate->required);
  gtk_box_append (GTK_BOX (card), band);

  needed = way_describe_requirement (pack, estimate);
  if (*needed != '\0')
    gtk_box_append (GTK_BOX (card), make_marked (WAY_LEVEL_MARK_REQUIRED, needed));
  add_yes_no (GTK_BOX (card), pack, about, skill);
  if (change != NULL)
    gtk_box_append (GTK_BOX (card), make_label (change, "body"));
  add_own_rating (GTK_BOX (card), pack, about, skill, finding);

  return card;
}

/**
 * way_skill_describe_sureness:
 * @skill: what is known of a capability
 *
 * Returns: (transfer full): how sure what is said of its level is, in words and a number
 */
char *
way_skill_describe_sureness (const WaySkill *skill)
{
  int low, high, share = 0;
  double p;

  g_return_val_if_fail (skill != NULL, NULL);

  if (!skill->is_measured)
    return g_strdup ("–");

  way_estimate_get_levels (&skill->estimate, &low, &high);
  p = skill->estimate.levels[low - 1] + (high > low ? skill->estimate.levels[high - 1] : 0);
  share = (int) (p * 100 + .5);
  if (high > low)
    return g_strdup_printf (_ ("one of the two, %d in 100"), share);
  if (p >= .95)
    return g_strdup_printf (_ ("almost certain, %d in 100"), share);
  if (p >= .80)
    return g_strdup_printf (_ ("very likely, %d in 100"), share);

  return g_strdup_printf (_ ("probable, %d in 100"), share);
}

/**
 * way_skill_describe_standing:
 * @skill: what is known of a capability
 *
 * Returns: (transfer full): whether the requirement is met, in words
 */
char *
way_skill_describe_standing (const WaySkill *skill)
{
  g_return_val_if_fail (skill != NULL, NULL);

  if (!skill->is_measured)
    return g_strdup (_ ("not measured"));

  switch (skill->estimate.standing)
    {
    case WAY_STANDING_MET:
      return g_strdup (_ ("met"));
    case WAY_STANDING_NOT_YET:
      return g_strdup (_ ("not yet"));
    case WAY_STANDING_NOT_SURE:
    default:
      return g_strdup (_ ("not sure yet"));
    }
}

/**
 * way_skill_describe:
 * @pack: the pack
 * @capability: which, an index
 * @skill: what is known of it
 *
 * Returns: (transfer full): all of a row of the table, as it is to be read out
 */
char *
way_skill_describe (WayPack *pack, guint capability, const WaySkill *skill)
{
  const WayCapability *about;
  g_autofree char *sentence = NULL;
  g_autofree char *needed = NULL;
  g_autofree char *own = NULL;

  g_return_val_if_fail (WAY_IS_PACK (pack), NULL);
  g_return_val_if_fail (skill != NULL, NULL);

  about = g_ptr_array_index (way_pack_get_capabilities (pack), capability);
  sentence = way_describe_estimate (pack, skill->is_measured ? &skill->estimate : NULL);
  needed = way_describe_requirement (pack, &skill->estimate);
  own = skill->self_now > 0
            ? g_strdup_printf (_ ("Your own rating: %s."), way_level_name (pack, skill->self_now))
            : g_strdup ("");

  return g_strchomp (g_strdup_printf ("%s. %s %s %s", about->short_name, sentence, needed, own));
}
