/* way-workings-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/skills/way-workings-view.h"

#include "widgets/way-compat.h"
#include "widgets/way-tab-stop.h"
#include "widgets/way-words.h"

#include <glib/gi18n.h>
#include <math.h>

#define NINETY_FIVE 1.96

/* How a result was worked out: what stopped the questions, how sure each level is, what
 * provisional means, and each question with what it told. Folded away until asked for. */
struct _WayWorkingsView
{
  AdwBin parent_instance;

  GtkToggleButton *button;
  GtkWidget *arrow;
  GtkBox *content;

  WayPack *pack;     /* (owned) (nullable) */
  GListModel *items; /* (owned) (nullable) of WayRow */
};

G_DEFINE_FINAL_TYPE (WayWorkingsView, way_workings_view, ADW_TYPE_BIN)

static GtkWidget *
make_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 66);
  gtk_widget_add_css_class (label, style);

  return label;
}

static GtkWidget *
make_heading (const char *text)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING,
                                   "label", text, "wrap", TRUE, "xalign", 0.0, "margin-top", 6,
                                   NULL);

  gtk_widget_add_css_class (label, "heading");

  return label;
}

static const char *
describe_stop (WayStop stop, gboolean is_about_one)
{
  switch (stop)
    {
    case WAY_STOP_DECIDED:
      return is_about_one
                 ? _ (
                     "The questions stopped when it was clear whether you have the level that they "
                     "asked about.")
                 : _ ("The questions stopped when it was clear, for each of the six, whether you "
                      "have the level that your role needs: at least 80 in 100 one way or the "
                      "other.");
    case WAY_STOP_PRECISE:
      return is_about_one ? _ ("The questions stopped when this one was known well enough.")
                          : _ ("The questions stopped when each of the six was known well enough.");
    case WAY_STOP_LENGTH:
      return is_about_one
                 ? _ ("The questions stopped at the most that are asked in one go.")
                 : _ ("The questions stopped at the most that are asked in one go. Some of the six "
                      "are still not sure.");
    case WAY_STOP_EXHAUSTED:
      return _ ("The questions stopped because none was left that could be asked.");
    case WAY_STOP_TIME:
      return _ ("The questions stopped when their time was over.");
    case WAY_STOP_OPEN:
      return _ ("The questions stopped because more of them would hardly have made it clear. "
                "It is not sure yet.");
    case WAY_STOP_NONE:
    default:
      return _ ("You ended the questions yourself. What they had shown until then counts.");
    }
}

static const char *
describe_reason (const char *reason)
{
  if (g_strcmp0 (reason, "opening") == 0)
    return _ ("Asked to begin where you said that you are.");
  if (g_strcmp0 (reason, "balance") == 0)
    return _ ("Asked so that each of the six has enough questions.");
  if (g_strcmp0 (reason, "new") == 0)
    return _ ("Asked to try out a new question. It does not count.");
  /* Older sittings have one word for every rule that gave way. */
  if (reason != NULL
      && (g_str_has_suffix (reason, "-recent") || g_str_has_suffix (reason, "-yielded")))
    return _ ("Asked although you have seen it before: too few others were left.");
  if (reason != NULL && g_str_has_suffix (reason, "-exposed"))
    return _ ("Asked although many people see it: too few others were left.");
  if (reason != NULL && g_str_has_suffix (reason, "-exhausted"))
    return _ ("Asked because no question was left where it was wanted more.");

  return _ ("Asked because it told most at that point.");
}

/* Where 95 of 100 lie: the levels at both ends. */
static char *
describe_range (WayPack *pack, const WayEstimate *estimate)
{
  const double *cuts = way_pack_get_cuts (pack);
  double low = estimate->mean - NINETY_FIVE * estimate->sd;
  double high = estimate->mean + NINETY_FIVE * estimate->sd;
  int from = 1, to = 1;

  for (int i = 0; i < WAY_N_LEVELS - 1; i++)
    {
      from += low >= cuts[i] ? 1 : 0;
      to += high >= cuts[i] ? 1 : 0;
    }
  if (from == to)
    return g_strdup_printf (_ ("with 95 in 100 certainty at %s"), way_level_name (pack, from));

  return g_strdup_printf (_ ("with 95 in 100 certainty from %s to %s"), way_level_name (pack, from),
                          way_level_name (pack, to));
}

/* How likely each level is: “Start 83, Everyday 15, Confident 2, Lead 0 in 100”. */
static char *
describe_shares (WayPack *pack, const WayEstimate *estimate)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (int level = 1; level <= WAY_N_LEVELS; level++)
    /* TRANSLATORS: the name of a level, and of how many in 100 it is so. */
    g_string_append_printf (text, level > 1 ? _ (", %s %.0f") : _ ("%s %.0f"),
                            way_level_name (pack, level), estimate->levels[level - 1] * 100);

  /* TRANSLATORS: a list of levels with numbers. */
  return g_strdup_printf (_ ("%s in 100"), text->str);
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
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  way_compat_name (row, title);
  way_compat_describe (row, subtitle);

  return row;
}

static GtkWidget *
make_list (const char *name)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  way_compat_name (list, name);

  return list;
}

static void
add_sureness (WayWorkingsView *self, const WaySkills *skills)
{
  GtkWidget *list = make_list (_ ("How sure each level is"));
  GPtrArray *capabilities = way_pack_get_capabilities (self->pack);

  for (guint i = 0; i < skills->n && i < capabilities->len; i++)
    {
      const WayCapability *capability = g_ptr_array_index (capabilities, i);
      const WayEstimate *estimate = &skills->skills[i].estimate;
      g_autofree char *range = NULL;
      g_autofree char *shares = NULL;
      g_autofree char *text = NULL;

      if (!skills->skills[i].is_measured)
        continue;
      range = describe_range (self->pack, estimate);
      shares = describe_shares (self->pack, estimate);
      /* TRANSLATORS: how likely each level is, the number of questions, and between which levels
       * the person is. */
      text = g_strdup_printf (ngettext ("%s. %u question; %s%s", "%s. %u questions; %s%s",
                                        estimate->n_items),
                              shares, estimate->n_items, range,
                              estimate->is_provisional ? _ ("; provisional") : "");
      gtk_list_box_append (GTK_LIST_BOX (list), make_row (capability->short_name, text));
    }
  gtk_box_append (self->content, make_heading (_ ("How sure each level is")));
  gtk_box_append (self->content, way_tab_stop_new (list));
}

static gboolean
is_any_provisional (const WaySkills *skills)
{
  for (guint i = 0; i < skills->n; i++)
    if (skills->skills[i].is_measured && skills->skills[i].estimate.is_provisional)
      return TRUE;

  return FALSE;
}

static GtkWidget *
make_item_row (WayWorkingsView *self, WayRow *item)
{
  int index = way_pack_find_capability (self->pack, way_row_get_text (item, "capability"));
  const WayCapability *capability = index >= 0
                                        ? g_ptr_array_index (way_pack_get_capabilities (self->pack),
                                                             (guint) index)
                                        : NULL;
  g_autoptr (WayItem)
      question = way_pack_load_item (self->pack, way_row_get_text (item, "item"), NULL);
  const char *result;
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;

  if (way_row_get_int (item, "dont_know") != 0)
    result = _ ("don’t know");
  else
    result = way_row_get_number (item, "score") >= 1 ? _ ("right") : _ ("not right");
  /* TRANSLATORS: the number of a question, its title, and how it was answered. */
  title = g_strdup_printf (_ ("%d. %s: %s"), (int) way_row_get_int (item, "ordinal"),
                           question != NULL ? question->title : way_row_get_text (item, "item"),
                           result);
  /* TRANSLATORS: what a question is about, why it was asked, and a number from 0 to 1. */
  subtitle = g_strdup_printf (_ ("%s. %s Information: %.2f."),
                              capability != NULL ? capability->short_name : "",
                              describe_reason (way_row_get_text (item, "reason")),
                              way_row_get_number (item, "information"));

  return make_row (title, subtitle);
}

static void
add_items (WayWorkingsView *self)
{
  GtkWidget *list = make_list (_ ("The questions"));
  guint n = g_list_model_get_n_items (self->items);

  if (n == 0)
    return;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WayRow) item = g_list_model_get_item (self->items, i);

      gtk_list_box_append (GTK_LIST_BOX (list), make_item_row (self, item));
    }
  gtk_box_append (self->content, make_heading (_ ("The questions")));
  gtk_box_append (
      self->content,
      make_label (_ ("Information is how much a question could tell about you when it was "
                     "asked: 0 is nothing, 0.25 is the most that a question can tell."),
                  "body"));
  gtk_box_append (self->content, way_tab_stop_new (list));
}

static void
toggled_cb (WayWorkingsView *self)
{
  gboolean is_open = gtk_toggle_button_get_active (self->button);

  gtk_image_set_from_icon_name (GTK_IMAGE (self->arrow),
                                is_open ? "pan-down-symbolic" : "pan-end-symbolic");
  gtk_widget_set_visible (GTK_WIDGET (self->content), is_open);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_STATE_EXPANDED,
                               is_open, -1);
}

static void
way_workings_view_dispose (GObject *object)
{
  WayWorkingsView *self = WAY_WORKINGS_VIEW (object);

  g_clear_object (&self->pack);
  g_clear_object (&self->items);

  G_OBJECT_CLASS (way_workings_view_parent_class)->dispose (object);
}

static void
way_workings_view_class_init (WayWorkingsViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = way_workings_view_dispose;
}

static void
way_workings_view_init (WayWorkingsView *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->arrow = gtk_image_new_from_icon_name ("pan-end-symbolic");
  gtk_box_append (GTK_BOX (head), self->arrow);
  gtk_box_append (GTK_BOX (head), make_label (_ ("How was this worked out?"), "heading"));
  self->button = GTK_TOGGLE_BUTTON (gtk_toggle_button_new ());
  gtk_button_set_child (GTK_BUTTON (self->button), head);
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "way-fold");
  gtk_widget_set_halign (GTK_WIDGET (self->button), GTK_ALIGN_START);
  way_compat_name (GTK_WIDGET (self->button), _ ("How was this worked out?"));
  g_signal_connect_swapped (self->button, "toggled", G_CALLBACK (toggled_cb), self);
  self->content = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 9));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->button));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->content));
  adw_bin_set_child (ADW_BIN (self), box);
  toggled_cb (self);
}

/**
 * way_workings_view_set_skills:
 * @self: a view
 * @pack: the pack
 * @skills: a result; not kept
 *
 * Explains a result.
 */
void
way_workings_view_set_skills (WayWorkingsView *self, WayPack *pack, const WaySkills *skills)
{
  GtkWidget *child;
  guint n;
  g_autofree char *when = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (WAY_IS_WORKINGS_VIEW (self));
  g_return_if_fail (skills != NULL);

  g_set_object (&self->pack, pack);
  g_set_object (&self->items, skills->items);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->content))) != NULL)
    gtk_box_remove (self->content, child);

  n = g_list_model_get_n_items (skills->items);
  when = way_format_when (skills->ended);
  /* TRANSLATORS: a number of questions, and when. */
  text = g_strdup_printf (ngettext ("You answered %u question, %s.",
                                    "You answered %u questions, %s.", n),
                          n, when);
  if (skills->ended > 0)
    gtk_box_append (self->content, make_label (text, "body"));
  gtk_box_append (self->content,
                  make_label (describe_stop (skills->stop, skills->is_about_one), "body"));
  gtk_box_append (
      self->content,
      make_label (
          _ ("All six are worked out together from all answers: an answer about one also tells "
             "a little about the others. “I don’t know” counts like an answer that is not "
             "right. Your own rating chose the first questions and has no part in the result."),
          "body"));
  if (is_any_provisional (skills))
    gtk_box_append (
        self->content,
        make_label (
            _ ("Provisional means that the difficulty of the questions is what their authors "
               "judged it to be. When enough people have answered, it is measured, and results "
               "become surer."),
            "body"));
  add_sureness (self, skills);
  add_items (self);
}
