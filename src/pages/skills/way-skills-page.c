/* way-skills-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/skills/way-skills-page.h"

#include "pages/skills/way-sittings-view.h"
#include "pages/skills/way-skill-card.h"
#include "pages/skills/way-skill-change.h"
#include "pages/skills/way-skills-table.h"
#include "pages/skills/way-workings-view.h"
#include "pages/way-sign-off-card.h"
#include "session/way-measure.h"
#include "widgets/way-compat.h"
#include "widgets/way-tab-stop.h"
#include "widgets/way-words.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>

/* Where a person stands: the six capabilities as a picture or a table, how that was
 * worked out, who sees it, and the one thing to do next. */
struct _WaySkillsPage
{
  WayPage parent_instance;

  GtkWidget *actions;  /* (owned) of the header bar */
  GtkWidget *measured; /* when, in words */
  GtkToggleButton *as_picture;
  GtkToggleButton *as_table;
  GtkLabel *next_title;
  GtkLabel *next_why;
  GtkWidget *next;
  gboolean is_setting_sharing; /* the switch is moved by the page */

  /* template */
  GtkBox *cards;
  GtkWidget *odd; /* the last sitting does not follow the usual pattern: advice only */
  GtkWidget *odd_again;
  GtkLabel *odd_text;
  GtkWidget *doubt; /* the last sitting was too short to count */
  GtkLabel *doubt_text;
  GtkWidget *next_bar;
  WayWrapBox *next_box;
  GtkWidget *provisional;
  GtkSwitch *sharing;
  AdwActionRow *sharing_row;
  WaySittingsView *sittings;
  AdwBin *table;
  GtkWidget *table_view;
  WayWrapBox *tools;
  WayWorkingsView *workings;
};

G_DEFINE_FINAL_TYPE (WaySkillsPage, way_skills_page, WAY_TYPE_PAGE)

/* What the page shows, got one after the other. */
typedef struct
{
  WaySkillsPage *page;       /* (owned) */
  GCancellable *cancellable; /* (owned) (nullable) */
  WaySkills *skills;         /* (owned) */
  GListModel *findings;      /* (owned) */
  GListModel *offers;        /* (owned) */
  GListModel *results;       /* (owned) */
  GListModel *history;       /* (owned) */
  gboolean is_odd;           /* the newest sitting does not follow the usual pattern */
} Load;

static void
load_free (Load *load)
{
  g_clear_object (&load->page);
  g_clear_object (&load->cancellable);
  g_clear_pointer (&load->skills, way_skills_free);
  g_clear_object (&load->findings);
  g_clear_object (&load->offers);
  g_clear_object (&load->results);
  g_clear_object (&load->history);
  g_free (load);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Load, load_free)

enum
{
  PROP_0,
  PROP_ACTIONS,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static WayPack *
get_pack (WaySkillsPage *self)
{
  return way_session_get_pack (way_page_get_session (WAY_PAGE (self)));
}

/* --- Picture and table ------------------------------------------------------------ */

static void
show_levels (WaySkillsPage *self, const WaySkills *skills, GListModel *findings)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->cards))) != NULL)
    gtk_box_remove (self->cards, child);
  for (guint i = 0; i < skills->n; i++)
    {
      const WayCapability *capability =
          g_ptr_array_index (way_pack_get_capabilities (get_pack (self)), i);
      g_autoptr (WayRow) finding = way_skill_find_finding (findings, capability->id);

      gtk_box_append (self->cards,
                      way_skill_card_new (get_pack (self), i, &skills->skills[i], finding));
    }
  adw_bin_set_child (self->table, way_skills_table_new (get_pack (self), skills, findings));
}

static void
view_toggled_cb (WaySkillsPage *self)
{
  gboolean is_table = gtk_toggle_button_get_active (self->as_table);

  gtk_widget_set_visible (GTK_WIDGET (self->cards), !is_table);
  gtk_widget_set_visible (self->table_view, is_table);
}

static void
switch_view_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WaySkillsPage *self = WAY_SKILLS_PAGE (widget);
  gboolean is_table = gtk_toggle_button_get_active (self->as_table);

  gtk_toggle_button_set_active (is_table ? self->as_picture : self->as_table, TRUE);
  way_compat_announce (widget, is_table ? _ ("As a picture") : _ ("As a table"));
}

/* --- What to do next ----------------------------------------------------------------- */

static void
show_next (WaySkillsPage *self,
           const char *title,
           const char *why,
           const char *button,
           const char *detailed_action)
{
  gtk_widget_set_visible (self->next_bar, TRUE);
  gtk_label_set_label (self->next_title, title);
  gtk_label_set_label (self->next_why, why);
  gtk_button_set_label (GTK_BUTTON (self->next), button);
  way_compat_set_action (self->next, detailed_action);
  way_compat_describe (self->next, title);
}

static void
show_next_module (WaySkillsPage *self, const WayNextStep *next)
{
  const WayModule *module = way_pack_find_module (get_pack (self), next->module);
  g_autofree char *minutes = NULL;
  g_autofree char *title = NULL;
  g_autofree char *action = NULL;
  const char *why;

  if (module == NULL)
    {
      gtk_widget_set_visible (self->next_bar, FALSE);
      return;
    }
  minutes = way_format_minutes (next->minutes);
  /* TRANSLATORS: the title of a module, and how long it takes. */
  title = g_strdup_printf (_ ("Next: %s, %s"), module->title, minutes);
  action = g_strdup_printf ("win.show-module::%s", module->id);
  if (next->type == WAY_STEP_SHIFT)
    why = _ ("One thing is left: try it on your shift.");
  else if (g_strcmp0 (next->why, "in-progress") == 0)
    why = _ ("You have begun it. It goes on where you were.");
  else if (g_strcmp0 (next->why, "largest-gap") == 0)
    why = _ ("This is where most is missing for your role.");
  else
    why = _ ("It belongs to the pathway of your role.");
  show_next (self, title, why,
             next->type == WAY_STEP_SHIFT                ? _ ("Look at It")
             : g_strcmp0 (next->why, "in-progress") == 0 ? _ ("Go On")
                                                         : _ ("Start"),
             action);
}

static void
show_step (WaySkillsPage *self, const WayNextStep *next)
{
  switch (next->type)
    {
    case WAY_STEP_MODULE:
    case WAY_STEP_SHIFT:
      show_next_module (self, next);
      break;
    case WAY_STEP_RATE:
    case WAY_STEP_RECHECK:
      show_next (self, _ ("Next: look again at where you stand"),
                 _ ("It has been a while. A few questions show what has changed."), _ ("Start"),
                 "win.start-baseline");
      break;
    case WAY_STEP_BASELINE:
      show_next (self, _ ("Next: go on with your baseline"),
                 _ ("You stopped in the middle. All your answers are kept."), _ ("Go On"),
                 "win.start-baseline");
      break;
    case WAY_STEP_NOTHING:
    default:
      show_next (self, _ ("Nothing is waiting for you"),
                 _ ("You have done everything that your role asks."), _ ("Look Around"),
                 "win.go::learn");
      break;
    }
}

/* --- Sharing -------------------------------------------------------------------------- */

static void
show_sharing (WaySkillsPage *self)
{
  const char *with = way_session_get_sharing (way_page_get_session (WAY_PAGE (self)));
  gboolean is_shared = g_strcmp0 (with, "champion") == 0;

  self->is_setting_sharing = TRUE;
  gtk_switch_set_active (self->sharing, is_shared);
  gtk_switch_set_state (self->sharing, is_shared);
  self->is_setting_sharing = FALSE;
  adw_action_row_set_subtitle (
      self->sharing_row,
      is_shared
          ? _ ("Your champion sees your levels and can help you better. Nobody sees your answers.")
          : _ ("Only you and training leads see your levels. Nobody else sees your answers."));
}

static void
shared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WaySkillsPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (way_session_write_finish (WAY_SESSION (source), result, NULL, &error))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s",
                                gtk_switch_get_active (self->sharing)
                                    ? _ ("Your champion will see your levels.")
                                    : _ ("Your levels are no longer shared."));
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", error->message);
  show_sharing (self);
}

static gboolean
sharing_set_cb (WaySkillsPage *self, gboolean is_shared)
{
  if (!self->is_setting_sharing)
    way_session_set_sharing_async (way_page_get_session (WAY_PAGE (self)),
                                   is_shared ? "champion" : "nobody", NULL, shared_cb,
                                   g_object_ref (self));
  return FALSE;
}

/* --- Loading --------------------------------------------------------------------------- */

/* The newest sitting, where it was too short to count. */
static gboolean
is_in_doubt (const Load *load, WayRow **last)
{
  *last = g_list_model_get_item (load->results, 0);

  return *last != NULL && way_row_get_int (*last, "reported") == 0;
}

static void
show_doubt (WaySkillsPage *self, const Load *load)
{
  g_autoptr (WayRow) last = NULL;
  gboolean is_shown = is_in_doubt (load, &last);

  gtk_widget_set_visible (self->doubt, is_shown);
  if (is_shown)
    {
      g_autofree char *when = way_format_when (way_row_get_int (last, "at"));
      g_autofree char *text = NULL;

      /* TRANSLATORS: %s is a time, as “on 3 March”. */
      text = g_strdup_printf (_ ("Your answers %s are kept, but there was too little time for the "
                                 "questions to say where you stand. What is below is from before."),
                              when);
      gtk_label_set_label (self->doubt_text, text);
    }
}

/* Advice about the newest sitting, for the person alone. */
static void
show_odd (WaySkillsPage *self, const Load *load)
{
  g_autoptr (WayRow) last = NULL;
  g_autofree char *when = NULL;
  g_autofree char *text = NULL;
  g_autofree char *action = NULL;

  gtk_widget_set_visible (self->odd, load->is_odd);
  if (!load->is_odd)
    return;

  last = g_list_model_get_item (load->results, 0);
  when = way_format_when (way_row_get_int (last, "at"));
  /* TRANSLATORS: %s is a time, as “on 3 March”. */
  text = g_strdup_printf (_ ("Your answers %s did not follow the usual pattern. That has many "
                             "reasons: an interruption, a busy day, or knowing some things well "
                             "that others find harder. What is below counts as it is. You can "
                             "check again whenever it suits you. Only you see this."),
                          when);
  gtk_label_set_label (self->odd_text, text);
  action = g_str_equal (way_row_get_text (last, "type"), "recheck")
               ? g_strdup_printf ("win.start-recheck::%s", way_row_get_text (last, "capability"))
               : g_strdup ("win.start-baseline");
  way_compat_set_action (self->odd_again, action);
  way_compat_describe (self->odd_again, text);
}

static gboolean
is_provisional (const WaySkills *skills)
{
  for (guint i = 0; i < skills->n; i++)
    if (skills->skills[i].is_measured && skills->skills[i].estimate.is_provisional)
      return TRUE;

  return FALSE;
}

/* All that cards, tables and lists are made of. */
static char *
dup_words (const Load *load)
{
  const WaySkills *skills = load->skills;
  g_autofree char *when = way_format_when (skills->ended);
  GString *words = g_string_new (when);

  for (guint i = 0; i < skills->n; i++)
    {
      const WaySkill *skill = &skills->skills[i];
      const WayEstimate *estimate = &skill->estimate;
      g_autofree char *at = way_format_when (skill->at);

      g_string_append_printf (words, "\n%d %d %d %s %u %.17g %.17g %d %.17g %d %d",
                              skill->is_measured, skill->self_now, skill->self_need, at,
                              estimate->n_items, estimate->mean, estimate->sd, estimate->required,
                              estimate->p_required, estimate->standing, estimate->is_provisional);
      for (guint j = 0; j < WAY_N_LEVELS; j++)
        g_string_append_printf (words, " %.17g", estimate->levels[j]);
    }
  g_string_append_printf (words, "\n%s %d %d\n", skills->attempt, skills->stop,
                          skills->is_about_one);
  way_page_append_rows (words, skills->items);
  g_string_append_c (words, '\n');
  way_page_append_rows (words, load->findings);
  g_string_append_c (words, '\n');
  way_page_append_rows (words, load->offers);
  g_string_append_c (words, '\n');
  way_page_append_rows (words, load->results);
  g_string_append_c (words, '\n');
  way_page_append_rows (words, load->history);
  return g_string_free (words, FALSE);
}

static void
show_result (WaySkillsPage *self, const Load *load)
{
  const WaySkills *skills = load->skills;
  g_autofree char *when = way_format_when (skills->ended);
  g_autofree char *words = dup_words (load);
  g_autofree char *measured = NULL;

  /* TRANSLATORS: %s is a time, as “on 3 March”. */
  measured = g_strdup_printf (_ ("Measured %s"), when);
  gtk_label_set_label (GTK_LABEL (self->measured), measured);
  gtk_widget_set_visible (self->measured, skills->ended > 0);
  gtk_widget_set_visible (self->provisional, is_provisional (skills));
  show_doubt (self, load);
  show_odd (self, load);
  if (!way_page_keep (WAY_PAGE (self), "result", words))
    {
      show_levels (self, skills, load->findings);
      way_workings_view_set_skills (self->workings, get_pack (self), skills);
      way_sittings_view_show (self->sittings, get_pack (self), load->offers, load->results,
                              load->history);
    }
  show_sharing (self);
  show_step (self, skills->next);
  way_page_show_content (WAY_PAGE (self));
}

static void
show_half_way (WaySkillsPage *self, const WaySkills *skills)
{
  g_autofree char *so_far = way_describe_so_far (skills->so_far_met, skills->so_far_not_yet,
                                                 skills->n);
  /* TRANSLATORS: %s is a sentence about what was found so far. */
  g_autofree char *text = g_strdup_printf (_ ("You stopped in the middle of your baseline. All "
                                              "your answers are kept. %s"),
                                           so_far);

  way_page_show_message (WAY_PAGE (self), "way-skills-symbolic", _ ("Half way to your result"),
                         text, _ ("_Go On"), "win.start-baseline");
}

static void
show_all (WaySkillsPage *self, const Load *load)
{
  g_autoptr (WayRow) last = NULL;

  if (load->skills->has_result)
    show_result (self, load);
  else if (load->skills->next->type == WAY_STEP_BASELINE)
    show_half_way (self, load->skills);
  else if (is_in_doubt (load, &last))
    way_page_show_message (
        WAY_PAGE (self), "way-skills-symbolic", _ ("Try again when you have time"),
        _ ("Your answers are kept, but there was too little time for the questions to say where "
           "you stand. You can begin again whenever it suits you."),
        _ ("_Start"), "win.start-baseline");
  else
    way_page_show_message (
        WAY_PAGE (self), "way-skills-symbolic", _ ("Find out where you stand"),
        _ ("About 12 questions show what you can do already, and what is worth your "
           "time. You can stop at any time."),
        _ ("_Start"), "win.start-baseline");
}

static void
fit_checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Load) load = user_data;
  g_autoptr (GError) error = NULL;

  /* It is advice: what the page is for is shown without it, too. */
  if (!way_session_check_fit_finish (WAY_SESSION (source), result, NULL, &load->is_odd, &error))
    g_debug ("The pattern of answers was not looked at: %s", error->message);
  show_all (load->page, load);
}

/* Whether the newest sitting is one whose answers say where somebody stands. */
static gboolean
is_measuring (WayRow *last)
{
  return last != NULL && way_row_get_int (last, "reported") != 0
         && way_row_get_int (last, "superseded") == 0
         && !g_str_equal (way_row_get_text (last, "type"), "yes-no");
}

/* Each list of what the page shows comes after the other; the last one shows it. */
static void
list_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Load) load = user_data;
  WaySession *session = WAY_SESSION (source);
  WaySkillsPage *page = load->page;
  GCancellable *cancellable = load->cancellable;
  g_autoptr (GError) error = NULL;
  GListModel *list = way_session_list_finish (session, result, &error);

  if (list == NULL)
    way_page_show_error (WAY_PAGE (page), _ ("Your skills cannot be shown"), error);
  else if (load->findings == NULL)
    {
      load->findings = list;
      way_session_load_offers_async (session, cancellable, list_loaded_cb, g_steal_pointer (&load));
    }
  else if (load->offers == NULL)
    {
      load->offers = list;
      way_session_load_results_async (session, cancellable, list_loaded_cb,
                                      g_steal_pointer (&load));
    }
  else if (load->results == NULL)
    {
      load->results = list;
      way_session_load_history_async (session, cancellable, list_loaded_cb,
                                      g_steal_pointer (&load));
    }
  else
    {
      g_autoptr (WayRow) last = g_list_model_get_item (load->results, 0);

      load->history = list;
      if (is_measuring (last))
        way_session_check_fit_async (session, way_row_get_text (last, "attempt"), cancellable,
                                     fit_checked_cb, g_steal_pointer (&load));
      else
        show_all (page, load);
    }
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Load) load = user_data;
  g_autoptr (GError) error = NULL;
  GCancellable *cancellable = load->cancellable;

  load->skills = way_session_load_skills_finish (WAY_SESSION (source), result, &error);
  if (load->skills == NULL)
    {
      way_page_show_error (WAY_PAGE (load->page), _ ("Your skills cannot be shown"), error);
      return;
    }
  way_session_load_findings_async (WAY_SESSION (source), cancellable, list_loaded_cb,
                                   g_steal_pointer (&load));
}

static void
way_skills_page_load (WayPage *page, GCancellable *cancellable)
{
  Load *load = g_new0 (Load, 1);

  load->page = g_object_ref (WAY_SKILLS_PAGE (page));
  g_set_object (&load->cancellable, cancellable);
  way_session_load_skills_async (way_page_get_session (page), cancellable, loaded_cb, load);
}

static void
way_skills_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WaySkillsPage *self = WAY_SKILLS_PAGE (object);

  switch (id)
    {
    case PROP_ACTIONS:
      if (self->actions == NULL)
        {
          /* An icon: the words do not fit beside the title on a narrow screen. */
          self->actions = g_object_ref_sink (
              gtk_button_new_from_icon_name ("x-office-document-symbolic"));
          gtk_widget_set_tooltip_text (self->actions, _ ("Skills passport"));
          way_compat_name (self->actions, _ ("Skills passport"));
          way_compat_set_action (self->actions, "win.go::passport");
          way_compat_describe (self->actions,
                               _ ("Each outcome with its strongest evidence, and certificates"));
        }
      g_value_set_object (value, self->actions);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
way_skills_page_constructed (GObject *object)
{
  WaySkillsPage *self = WAY_SKILLS_PAGE (object);

  G_OBJECT_CLASS (way_skills_page_parent_class)->constructed (object);

  gtk_box_insert_child_after (GTK_BOX (gtk_widget_get_parent (GTK_WIDGET (self->cards))),
                              way_sign_off_card_new (way_page_get_session (WAY_PAGE (self))),
                              GTK_WIDGET (self->provisional));
}

static void
way_skills_page_dispose (GObject *object)
{
  g_clear_object (&WAY_SKILLS_PAGE (object)->actions);
  gtk_widget_dispose_template (GTK_WIDGET (object), WAY_TYPE_SKILLS_PAGE);

  G_OBJECT_CLASS (way_skills_page_parent_class)->dispose (object);
}

static void
way_skills_page_class_init (WaySkillsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = way_skills_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = way_skills_page_dispose;
  G_OBJECT_CLASS (klass)->get_property = way_skills_page_get_property;
  WAY_PAGE_CLASS (klass)->load = way_skills_page_load;

  props[PROP_ACTIONS] = g_param_spec_object ("actions", NULL, NULL, GTK_TYPE_WIDGET,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
  g_type_ensure (WAY_TYPE_SITTINGS_VIEW);
  g_type_ensure (WAY_TYPE_TAB_STOP);
  g_type_ensure (WAY_TYPE_WORKINGS_VIEW);
  g_type_ensure (WAY_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/waymark_skills/Waymark/ui/way-skills-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WaySkillsPage, cards);
  gtk_widget_class_bind_template_child (widget_class, WaySkillsPage, doubt);
  gtk_widget_class_bind_template_child (widget_class, WaySkillsPage, doubt_text);
  gtk_widget_class_bind_template_child (widget_class, WaySkillsPage, odd);
  gtk_widget_class_bind_template_child (widget_class, WaySkillsPage, odd_again);
  gtk_widget_class_bind_template_child (widget_class, WaySkillsPage, odd_text);
  gtk_widget_class_bind_template_child (widget_class, WaySkillsPage, next_bar);
  gtk_widget_class_bind_template_child (widget_class, WaySkillsPage, next_box);
  gtk_widget_class_bind_template_child (widget_class, WaySkillsPage, provisional);
  gtk_widget_class_bind_template_child (widget_class, WaySkillsPage, sharing);
  gtk_widget_class_bind_template_child (widget_class, WaySkillsPage, sharing_row);
  gtk_widget_class_bind_template_child (widget_class, WaySkillsPage, sittings);
  gtk_widget_class_bind_template_child (widget_class, WaySkillsPage, table);
  gtk_widget_class_bind_template_child (widget_class, WaySkillsPage, table_view);
  gtk_widget_class_bind_template_child (widget_class, WaySkillsPage, tools);
  gtk_widget_class_bind_template_child (widget_class, WaySkillsPage, workings);
  gtk_widget_class_bind_template_callback (widget_class, sharing_set_cb);
  gtk_widget_class_install_action (widget_class, "page.switch-view", NULL, switch_view_action);
}

static GtkWidget *
make_label (const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, style);

  return label;
}

static void
build_tools (WaySkillsPage *self)
{
  GtkWidget *toggles = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->measured = make_label ("way-quiet");
  self->as_picture = GTK_TOGGLE_BUTTON (gtk_toggle_button_new_with_mnemonic (_ ("_Picture")));
  self->as_table = GTK_TOGGLE_BUTTON (gtk_toggle_button_new_with_mnemonic (_ ("_Table")));
  way_compat_name (GTK_WIDGET (self->as_picture), _ ("As a picture"));
  way_compat_name (GTK_WIDGET (self->as_table), _ ("As a table"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->as_table), _ ("Change between both: Ctrl+T"));
  gtk_toggle_button_set_group (self->as_table, self->as_picture);
  gtk_toggle_button_set_active (self->as_picture, TRUE);
  g_signal_connect_swapped (self->as_table, "toggled", G_CALLBACK (view_toggled_cb), self);
  gtk_box_append (GTK_BOX (toggles), GTK_WIDGET (self->as_picture));
  gtk_box_append (GTK_BOX (toggles), GTK_WIDGET (self->as_table));
  gtk_widget_add_css_class (toggles, "linked");
  gtk_widget_set_halign (toggles, GTK_ALIGN_END);
  way_wrap_box_append (self->tools, self->measured);
  way_wrap_box_append (self->tools, toggles);
}

static void
build_next (WaySkillsPage *self)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->next_title = GTK_LABEL (make_label ("heading"));
  self->next_why = GTK_LABEL (make_label ("way-quiet"));
  self->next = gtk_button_new ();
  gtk_widget_add_css_class (self->next, "suggested-action");
  gtk_widget_add_css_class (self->next, "way-big");
  gtk_widget_set_halign (self->next, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (self->next_title));
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (self->next_why));
  way_wrap_box_append (self->next_box, words);
  way_wrap_box_append (self->next_box, self->next);
}

static void
way_skills_page_init (WaySkillsPage *self)
{
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  build_tools (self);
  build_next (self);

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (shortcuts),
                                     GTK_SHORTCUT_SCOPE_MANAGED);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (shortcuts),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_t, GDK_CONTROL_MASK),
                        gtk_named_action_new ("page.switch-view")));
  gtk_widget_add_controller (GTK_WIDGET (self), shortcuts);
}

/**
 * way_skills_page_new:
 * @session: whose skills
 *
 * Returns: (transfer floating): the page My skills
 */
GtkWidget *
way_skills_page_new (WaySession *session)
{
  return g_object_new (WAY_TYPE_SKILLS_PAGE, "session", session, NULL);
}
