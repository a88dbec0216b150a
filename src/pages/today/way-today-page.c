/* way-today-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/today/way-today-page.h"

#include "pages/today/way-asked-view.h"
#include "pages/way-answer-card.h"
#include "pages/way-help-words.h"
#include "pages/way-press.h"
#include "pages/way-term-offer.h"
#include "pages/way-witness-list.h"
#include "session/way-drop-in.h"
#include "session/way-measure.h"
#include "session/way-shelf.h"
#include "widgets/way-compat.h"
#include "widgets/way-words.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>

/* The one next thing, why it, and how long it takes. Then what came back, and nothing
 * else. */
struct _WayTodayPage
{
  WayPage parent_instance;

  int minutes_available; /* 0: as long as it takes */

  /* template */
  GtkBox *answers;
  GtkWidget *answers_section;
  WayAskedView *asked;
  GtkButton *button;
  GtkWidget *card;
  GtkListBox *drop_ins;
  GtkWidget *drop_ins_section;
  GtkLabel *eyebrow;
  GtkLabel *greeting;
  GtkImage *icon;
  AdwBin *minutes_box;
  GtkListBox *requests;
  GtkWidget *requests_section;
  GtkListBox *rounds;
  GtkWidget *rounds_section;
  GtkLabel *title;
  GtkLabel *why;
};

G_DEFINE_FINAL_TYPE (WayTodayPage, way_today_page, WAY_TYPE_PAGE)

#define DROP_IN_DAYS 7 /* ahead: later ones stand on their own page */
#define MOST_ROUNDS 3  /* at once: more would be a list of debts */

static const int MINUTES[] = { 2, 4, 10, 30 };

static void
greet (WayTodayPage *self, const char *first_name)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  int hour = g_date_time_get_hour (now);
  g_autofree char *text = NULL;

  if (hour >= 5 && hour < 12)
    /* Translators: %s is a first name. */
    text = g_strdup_printf (_ ("Good morning, %s."), first_name);
  else if (hour >= 12 && hour < 18)
    /* Translators: %s is a first name. */
    text = g_strdup_printf (_ ("Good afternoon, %s."), first_name);
  else
    /* Translators: %s is a first name. */
    text = g_strdup_printf (_ ("Good evening, %s."), first_name);
  gtk_label_set_label (self->greeting, text);
}

static void
show_card (WayTodayPage *self,
           const char *icon_name,
           const char *eyebrow,
           const char *title,
           const char *why,
           const char *button,
           const char *detailed_action)
{
  g_autofree char *words = g_strjoin ("\n", icon_name, eyebrow, title, why, button, detailed_action,
                                      NULL);

  if (way_page_keep (WAY_PAGE (self), "card", words))
    return;
  gtk_image_set_from_icon_name (self->icon, icon_name);
  gtk_label_set_label (self->eyebrow, eyebrow);
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->why, why);
  gtk_button_set_label (self->button, button);
  way_press_set_action (GTK_ACTIONABLE (self->button), detailed_action);
  way_compat_describe (GTK_WIDGET (self->button), title);
}

static char *
dup_eyebrow (const char *name, int minutes)
{
  g_autofree char *time = way_format_minutes (minutes);

  /* Translators: what it is about, then “about 4 minutes”. */
  return g_strdup_printf (_ ("%s · about %s"), name, time);
}

static void
show_baseline (WayTodayPage *self, const WayToday *today)
{
  const WayNextStep *next = today->next;
  g_autofree char *eyebrow = dup_eyebrow (_ ("Baseline"), next->minutes);
  g_autofree char *why = NULL;

  if (g_strcmp0 (next->why, "baseline-open") != 0)
    {
      show_card (self, "way-skills-symbolic", eyebrow, _ ("Find out where you stand"),
                 _ ("A few questions show what you already know, so that you learn only what is "
                    "worth your time. You can stop at any moment; nothing is lost."),
                 _ ("Start"), "win.start-baseline");
      return;
    }
  if (today->summary->baseline_left > 0)
    why = g_strdup_printf (ngettext ("You stopped in the middle. All your answers are kept, and "
                                     "about %u question is left.",
                                     "You stopped in the middle. All your answers are kept, and "
                                     "about %u questions are left.",
                                     today->summary->baseline_left),
                           today->summary->baseline_left);
  else
    why = g_strdup (_ ("You stopped in the middle. All your answers are kept."));
  show_card (self, "way-skills-symbolic", eyebrow, _ ("Go on with your baseline"), why, _ ("Go On"),
             "win.start-baseline");
}

static const char *
describe_reason (const char *why)
{
  if (g_strcmp0 (why, "in-progress") == 0)
    return _ ("You have begun this. It goes on where you were.");
  if (g_strcmp0 (why, "largest-gap") == 0)
    return _ ("This is where most is missing for your role.");
  return _ ("It belongs to the pathway of your role.");
}

static void
show_module (WayTodayPage *self, const WayNextStep *next)
{
  WayPack *pack = way_session_get_pack (way_page_get_session (WAY_PAGE (self)));
  const WayModule *module = way_pack_find_module (pack, next->module);
  int index = module != NULL ? way_pack_find_capability (pack, module->capability) : -1;
  const WayCapability *capability = index >= 0
                                        ? g_ptr_array_index (way_pack_get_capabilities (pack),
                                                             index)
                                        : NULL;
  gboolean is_begun = g_strcmp0 (next->why, "in-progress") == 0;
  g_autofree char *action = NULL;
  g_autofree char *eyebrow = NULL;
  g_autofree char *why = NULL;

  if (module == NULL)
    {
      gtk_widget_set_visible (self->card, FALSE);
      return;
    }
  action = g_strdup_printf ("win.show-module::%s", module->id);
  eyebrow = dup_eyebrow (capability != NULL ? capability->short_name : _ ("Module"), next->minutes);
  if (next->type == WAY_STEP_SHIFT)
    why = g_strdup (_ ("You passed the check. One thing is left: try it on your shift."));
  else if (self->minutes_available > 0 && next->minutes > self->minutes_available)
    why = g_strdup_printf ("%s %s", describe_reason (next->why),
                           _ ("You can stop after any card and go on later."));
  else
    why = g_strdup (describe_reason (next->why));
  show_card (self, capability != NULL ? capability->icon : "way-learn-symbolic", eyebrow,
             module->title, why,
             next->type == WAY_STEP_SHIFT ? _ ("Look at It")
             : is_begun                   ? _ ("Go On")
                                          : _ ("Start"),
             action);
}

/* All is done that can be: whether that is all, or nothing more is there yet. */
static void
show_nothing (WayTodayPage *self, const WayToday *today)
{
  WayPack *pack = way_session_get_pack (way_page_get_session (WAY_PAGE (self)));
  g_autofree char *unserved = way_shelf_describe_unserved (pack, today->summary);
  g_autofree char *text = NULL;

  if (unserved != NULL)
    text = g_strdup_printf ("%s %s", unserved,
                            _ ("You have done every module that there is for your role."));
  else
    text = g_strdup (_ ("You have done everything that your role asks. Enjoy your shift."));
  show_card (self, "way-today-symbolic", _ ("Done"), _ ("Nothing is waiting for you"), text,
             _ ("Look at My Skills"), "win.go::skills");
}

static void
show_next (WayTodayPage *self, const WayToday *today)
{
  gtk_widget_set_visible (self->card, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->minutes_box), today->next->type != WAY_STEP_NOTHING);
  switch (today->next->type)
    {
    case WAY_STEP_MODULE:
    case WAY_STEP_SHIFT:
      show_module (self, today->next);
      break;
    case WAY_STEP_RECHECK:
      show_card (self, "way-skills-symbolic", _ ("My skills"), _ ("Look again at where you stand"),
                 _ ("It has been a while. A few questions show what has changed."), _ ("Start"),
                 "win.start-baseline");
      break;
    case WAY_STEP_NOTHING:
      show_nothing (self, today);
      break;
    case WAY_STEP_RATE:
    case WAY_STEP_BASELINE:
    default:
      show_baseline (self, today);
    }
}

static void
show_answers (WayTodayPage *self, GListModel *answers)
{
  g_autoptr (GString) words = g_string_new (NULL);
  GtkWidget *child;
  guint n = g_list_model_get_n_items (answers);

  way_page_append_rows (words, answers);
  /* Which answer it is that the person has read. */
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (answers, i);

      g_string_append_printf (words, "%s ", way_row_get_text (row, "last"));
    }
  if (way_page_keep (WAY_PAGE (self), "answers", words->str))
    return;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->answers))) != NULL)
    gtk_box_remove (self->answers, child);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (answers, i);

      gtk_box_append (self->answers,
                      way_answer_card_new (way_page_get_session (WAY_PAGE (self)), row, TRUE));
    }
  gtk_widget_set_visible (self->answers_section, n > 0);
}

static GtkWidget *
create_request_row (WayRow *request)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *when = way_format_when (way_row_get_int (request, "asked"));
  g_autofree char *route = way_help_describe_route (request, g_get_real_time ());
  const char *taker = way_row_get_text (request, "taken_name");
  g_autofree char *subtitle = NULL;

  if (g_str_equal (way_row_get_text (request, "state"), "taken") && *taker != '\0')
    /* Translators: a time, as “yesterday at 14:05”, then a champion's name. */
    subtitle = g_strdup_printf (_ ("Asked %s · %s has taken it"), when, taker);
  else if (route != NULL)
    /* Translators: a time, as “yesterday at 14:05”, then whom a question waits for. */
    subtitle = g_strdup_printf (_ ("Asked %s · %s"), when, route);
  else if (g_str_equal (way_row_get_text (request, "state"), "taken"))
    /* Translators: %s is a time, as “yesterday at 14:05”. */
    subtitle = g_strdup_printf (_ ("Asked %s · your champion has seen it"), when);
  else
    /* Translators: %s is a time, as “yesterday at 14:05”. */
    subtitle = g_strdup_printf (_ ("Asked %s · waiting for your champion"), when);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), way_row_get_text (request, "text"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  way_compat_name (row, way_row_get_text (request, "text"));
  way_compat_describe (row, subtitle);
  return row;
}

static void
show_requests (WayTodayPage *self, GListModel *requests)
{
  GtkWidget *child;
  guint n_open = 0;

  if (way_page_keep_rows (WAY_PAGE (self), "requests", requests))
    return;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->requests))) != NULL)
    gtk_list_box_remove (self->requests, child);
  for (guint i = 0; i < g_list_model_get_n_items (requests); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (requests, i);
      const char *state = way_row_get_text (row, "state");

      if (!g_str_equal (state, "open") && !g_str_equal (state, "taken"))
        continue;
      gtk_list_box_append (self->requests, create_request_row (row));
      n_open++;
    }
  gtk_widget_set_visible (self->requests_section, n_open > 0);
}

static GtkWidget *
create_round_row (WayRow *round)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");
  g_autofree char *minutes = way_format_minutes (way_row_get_int (round, "minutes"));
  g_autofree char *subtitle = NULL;
  g_autofree char *action = NULL;

  /* Translators: the title of a module, and how long a few questions take. */
  subtitle = g_strdup_printf (_ ("%s · about %s"), way_row_get_text (round, "module_title"),
                              minutes);
  action = g_strdup_printf ("win.start-round::%s %s", way_row_get_text (round, "module"),
                            way_row_get_text (round, "skill"));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), way_row_get_text (round, "title"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  way_compat_name (row, way_row_get_text (round, "title"));
  way_compat_describe (row, subtitle);
  way_compat_hide (arrow);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  way_press_set_action (GTK_ACTIONABLE (row), action);
  way_press_add (row);
  return row;
}

static void
rounds_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayTodayPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) rounds = way_session_list_finish (WAY_SESSION (source), result, &error);
  g_autoptr (GString) words = g_string_new (NULL);
  GtkWidget *child;
  guint n = 0;

  if (self->rounds == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", error->message);
  if (rounds != NULL)
    n = MIN (g_list_model_get_n_items (rounds), MOST_ROUNDS);
  /* Of those that are shown what is shown: how well they are held changes with each answer. */
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rounds, i);

      g_string_append_printf (words, "%s\t%s\t%s\t%s\t%s\n", way_row_get_text (row, "skill"),
                              way_row_get_text (row, "title"), way_row_get_text (row, "module"),
                              way_row_get_text (row, "module_title"),
                              way_row_get_text (row, "minutes"));
    }
  if (way_page_keep (WAY_PAGE (self), "rounds", words->str))
    return;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->rounds))) != NULL)
    gtk_list_box_remove (self->rounds, child);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rounds, i);

      gtk_list_box_append (self->rounds, create_round_row (row));
    }
  gtk_widget_set_visible (self->rounds_section, n > 0);
}

static GtkWidget *
create_drop_in_row (WayRow *drop_in)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");
  g_autofree char *facts = way_drop_in_describe (drop_in);
  g_autofree char *subtitle = NULL;

  if (g_str_equal (way_row_get_text (drop_in, "answer"), "coming"))
    subtitle = g_strdup_printf ("%s\n%s", facts, _ ("You said that you come."));
  else
    subtitle = g_steal_pointer (&facts);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), way_row_get_text (drop_in, "title"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  way_compat_name (row, way_row_get_text (drop_in, "title"));
  way_compat_describe (row, subtitle);
  way_compat_hide (arrow);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  way_press_set_action (GTK_ACTIONABLE (row), "win.go::drop-ins");
  way_press_add (row);
  return row;
}

/* The next session of this week that others hold. */
static void
drop_ins_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayTodayPage) self = user_data;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, NULL);
  g_autoptr (WayRow) next = NULL;
  gint64 until = g_get_real_time () + DROP_IN_DAYS * G_TIME_SPAN_DAY;
  g_autofree char *words = NULL;
  GtkWidget *child;

  /* What the card of the day cannot load either has been said by it. */
  if (rows == NULL || self->drop_ins == NULL)
    return;
  for (guint i = 0; i < g_list_model_get_n_items (rows) && next == NULL; i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rows, i);

      if (way_row_get_int (row, "is_over") == 0 && way_row_get_int (row, "is_mine") == 0
          && way_row_get_int (row, "starts") < until)
        next = g_steal_pointer (&row);
    }
  if (next != NULL)
    {
      g_autofree char *facts = way_drop_in_describe (next);

      words = g_strjoin ("\t", way_row_get_text (next, "title"), facts,
                         way_row_get_text (next, "answer"), NULL);
    }
  if (way_page_keep (WAY_PAGE (self), "drop-ins", words != NULL ? words : ""))
    return;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->drop_ins))) != NULL)
    gtk_list_box_remove (self->drop_ins, child);
  if (next != NULL)
    gtk_list_box_append (self->drop_ins, create_drop_in_row (next));
  gtk_widget_set_visible (self->drop_ins_section, next != NULL);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayTodayPage) self = user_data;
  g_autoptr (GError) error = NULL;
  WayToday *today = way_session_load_today_finish (WAY_SESSION (source), result, &error);

  if (today == NULL)
    {
      way_page_show_error (WAY_PAGE (self), _ ("Today cannot be shown"), error);
      return;
    }
  greet (self, today->first_name);
  show_next (self, today);
  show_answers (self, today->answers);
  show_requests (self, today->requests);
  way_page_show_content (WAY_PAGE (self));
  way_today_free (today);
}

static void
way_today_page_load (WayPage *page, GCancellable *cancellable)
{
  WayTodayPage *self = WAY_TODAY_PAGE (page);

  way_session_load_today_async (way_page_get_session (page), self->minutes_available, cancellable,
                                loaded_cb, g_object_ref (self));
  way_asked_view_load (self->asked, way_page_get_session (page), cancellable);
  way_session_load_refreshers_async (way_page_get_session (page), FALSE, cancellable,
                                     rounds_loaded_cb, g_object_ref (self));
  way_drop_in_load_async (way_page_get_session (page), cancellable, drop_ins_loaded_cb,
                          g_object_ref (self));
}

static void
minutes_toggled_cb (GtkToggleButton *button, WayTodayPage *self)
{
  gboolean is_active = gtk_toggle_button_get_active (button);

  gtk_accessible_update_state (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_CHECKED,
                               is_active ? GTK_ACCESSIBLE_TRISTATE_TRUE
                                         : GTK_ACCESSIBLE_TRISTATE_FALSE,
                               -1);
  if (!is_active)
    return;
  self->minutes_available = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "minutes"));
  way_page_load (WAY_PAGE (self));
}

static void
fill_minutes (WayTodayPage *self)
{
  GtkToggleButton *first = NULL;
  GtkWidget *line = way_wrap_box_new (12, 6);
  GtkWidget *minutes = g_object_new (GTK_TYPE_BOX, "accessible-role",
                                     GTK_ACCESSIBLE_ROLE_RADIO_GROUP, NULL);

  gtk_widget_add_css_class (minutes, "linked");
  way_compat_name (minutes, _ ("Minutes I have"));
  /* Translators: what stands before and after numbers: “I have [2] [4] [10] [30] minutes”. */
  way_wrap_box_append (WAY_WRAP_BOX (line), gtk_label_new (_ ("I have")));
  way_wrap_box_append (WAY_WRAP_BOX (line), minutes);
  way_wrap_box_append (WAY_WRAP_BOX (line), gtk_label_new (_ ("minutes")));
  adw_bin_set_child (self->minutes_box, line);

  for (guint i = 0; i < G_N_ELEMENTS (MINUTES); i++)
    {
      g_autofree char *label = g_strdup_printf ("%d", MINUTES[i]);
      g_autofree char *name = way_format_minutes (MINUTES[i]);
      GtkWidget *button = g_object_new (GTK_TYPE_TOGGLE_BUTTON, "label", label, "accessible-role",
                                        GTK_ACCESSIBLE_ROLE_RADIO, NULL);

      if (first != NULL)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), first);
      else
        first = GTK_TOGGLE_BUTTON (button);
      g_object_set_data (G_OBJECT (button), "minutes", GINT_TO_POINTER (MINUTES[i]));
      way_compat_name (button, name);
      gtk_widget_add_css_class (button, "way-minutes");
      g_signal_connect (button, "toggled", G_CALLBACK (minutes_toggled_cb), self);
      gtk_box_append (GTK_BOX (minutes), button);
    }
}

static void
way_today_page_constructed (GObject *object)
{
  WayTodayPage *self = WAY_TODAY_PAGE (object);

  G_OBJECT_CLASS (way_today_page_parent_class)->constructed (object);

  gtk_box_insert_child_after (GTK_BOX (gtk_widget_get_parent (self->card)),
                              way_term_offer_new (way_page_get_session (WAY_PAGE (self))),
                              GTK_WIDGET (self->greeting));
  /* What others wait for stands before what came back. */
  gtk_box_insert_child_after (GTK_BOX (gtk_widget_get_parent (self->card)),
                              way_witness_list_new (way_page_get_session (WAY_PAGE (self)),
                                                    WAY_WITNESS_WAITING),
                              GTK_WIDGET (self->minutes_box));
}

static void
way_today_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WAY_TYPE_TODAY_PAGE);

  G_OBJECT_CLASS (way_today_page_parent_class)->dispose (object);
}

static void
way_today_page_class_init (WayTodayPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = way_today_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = way_today_page_dispose;
  WAY_PAGE_CLASS (klass)->load = way_today_page_load;

  g_type_ensure (WAY_TYPE_ASKED_VIEW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/waymark_skills/Waymark/ui/way-today-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WayTodayPage, answers);
  gtk_widget_class_bind_template_child (widget_class, WayTodayPage, answers_section);
  gtk_widget_class_bind_template_child (widget_class, WayTodayPage, asked);
  gtk_widget_class_bind_template_child (widget_class, WayTodayPage, button);
  gtk_widget_class_bind_template_child (widget_class, WayTodayPage, card);
  gtk_widget_class_bind_template_child (widget_class, WayTodayPage, drop_ins);
  gtk_widget_class_bind_template_child (widget_class, WayTodayPage, drop_ins_section);
  gtk_widget_class_bind_template_child (widget_class, WayTodayPage, eyebrow);
  gtk_widget_class_bind_template_child (widget_class, WayTodayPage, greeting);
  gtk_widget_class_bind_template_child (widget_class, WayTodayPage, icon);
  gtk_widget_class_bind_template_child (widget_class, WayTodayPage, minutes_box);
  gtk_widget_class_bind_template_child (widget_class, WayTodayPage, requests);
  gtk_widget_class_bind_template_child (widget_class, WayTodayPage, requests_section);
  gtk_widget_class_bind_template_child (widget_class, WayTodayPage, rounds);
  gtk_widget_class_bind_template_child (widget_class, WayTodayPage, rounds_section);
  gtk_widget_class_bind_template_child (widget_class, WayTodayPage, title);
  gtk_widget_class_bind_template_child (widget_class, WayTodayPage, why);
}

static void
way_today_page_init (WayTodayPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_minutes (self);
}

/**
 * way_today_page_new:
 *
 * Returns: (transfer floating): the page that everybody starts from
 */
GtkWidget *
way_today_page_new (WaySession *session)
{
  return g_object_new (WAY_TYPE_TODAY_PAGE, "session", session, NULL);
}
