/* way-intro-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/baseline/way-intro-view.h"

#include "widgets/way-choice-row.h"
#include "widgets/way-compat.h"

#include <glib/gi18n.h>

/* The screen before the first question: what the baseline is for, who sees what, how long
 * it takes, and that it can be stopped. */
struct _WayIntroView
{
  AdwBin parent_instance;

  WayDepth depth;

  /* template */
  GtkBox *depths;
  GtkListBox *facts;
  GtkWidget *head;
  GtkListBox *visibility;
};

G_DEFINE_FINAL_TYPE (WayIntroView, way_intro_view, ADW_TYPE_BIN)

static void
add_fact (GtkListBox *list, const char *icon, const char *title, const char *text)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *image = gtk_image_new_from_icon_name (icon);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  if (text != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_add_css_class (image, "way-fact-icon");
  way_compat_hide (image);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
  way_compat_name (row, title);
  way_compat_describe (row, text);
  gtk_list_box_append (list, row);
}

static void
depth_chosen_cb (WayIntroView *self, WayChoiceRow *row)
{
  self->depth = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "depth"));
}

static void
way_intro_view_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WAY_TYPE_INTRO_VIEW);

  G_OBJECT_CLASS (way_intro_view_parent_class)->dispose (object);
}

static void
way_intro_view_class_init (WayIntroViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = way_intro_view_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/waymark_skills/Waymark/ui/way-intro-view.ui");
  gtk_widget_class_bind_template_child (widget_class, WayIntroView, depths);
  gtk_widget_class_bind_template_child (widget_class, WayIntroView, facts);
  gtk_widget_class_bind_template_child (widget_class, WayIntroView, head);
  gtk_widget_class_bind_template_child (widget_class, WayIntroView, visibility);
}

static void
way_intro_view_init (WayIntroView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * way_intro_view_set_session:
 * @self: a view
 * @session: whose policy says who sees what
 *
 * Fills the screen. Call it once.
 */
void
way_intro_view_set_session (WayIntroView *self, WaySession *session)
{
  g_auto (GStrv) lines = NULL;
  GtkWidget *rows[2];
  gboolean is_closer;

  g_return_if_fail (WAY_IS_INTRO_VIEW (self));
  g_return_if_fail (WAY_IS_SESSION (session));

  lines = way_session_describe_visibility (session);
  add_fact (self->facts, "preferences-system-time-symbolic", _ ("About 10 minutes"),
            _ ("First your own rating, then questions in parts of six."));
  add_fact (self->facts, "media-playback-pause-symbolic", _ ("You can stop at any time"),
            _ ("Each answer is saved on this computer at once. You go on at the same question."));
  add_fact (self->facts, "dialog-question-symbolic", _ ("You may not know"),
            _ ("“I don’t know” is an honest answer, and it tells more than a guess."));
  for (guint i = 0; lines[i] != NULL; i++)
    add_fact (self->visibility, i == 0 ? "avatar-default-symbolic" : "system-users-symbolic",
              lines[i], NULL);

  rows[0] = way_choice_row_new (WAY_CHOICE_ONE, 0, _ ("Short: about 12 questions"));
  rows[1] = way_choice_row_new (WAY_CHOICE_ONE, 0,
                                _ ("A closer look: up to 36 questions, for a surer result"));
  g_object_set_data (G_OBJECT (rows[0]), "depth", GINT_TO_POINTER (WAY_DEPTH_SHORT));
  g_object_set_data (G_OBJECT (rows[1]), "depth", GINT_TO_POINTER (WAY_DEPTH_CLOSER));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_signal_connect_swapped (rows[i], "chosen", G_CALLBACK (depth_chosen_cb), self);
      gtk_box_append (self->depths, rows[i]);
    }
  way_choice_row_group (rows, G_N_ELEMENTS (rows));
  /* Those who teach and lead are looked at closer, unless they choose otherwise. */
  is_closer = (way_session_get_roles (session) & (WAY_ROLE_CHAMPION | WAY_ROLE_LEAD)) != 0;
  way_choice_row_set_checked (WAY_CHOICE_ROW (rows[is_closer ? 1 : 0]), TRUE);
  self->depth = is_closer ? WAY_DEPTH_CLOSER : WAY_DEPTH_SHORT;

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->head), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Find out where you stand. It shows what you can do already, "
                                     "so that you learn only what you need."),
                                  -1);
}

/**
 * way_intro_view_set_minutes:
 * @self: a view
 * @minutes: that all questions together may take; 0 for no limit
 *
 * Says how long it may take, and what happens then. Call it at most once.
 */
void
way_intro_view_set_minutes (WayIntroView *self, guint minutes)
{
  g_autofree char *title = NULL;

  g_return_if_fail (WAY_IS_INTRO_VIEW (self));

  if (minutes == 0)
    return;

  title = g_strdup_printf (ngettext ("Your trust gives %u minute for the questions",
                                     "Your trust gives %u minutes for the questions", minutes),
                           minutes);
  add_fact (self->facts, "alarm-symbolic", title,
            _ ("Time away, or with the screen locked, does not count. When they are over you "
               "finish the question that you are at, and what you have answered counts. With "
               "assistive technology or extra time there is no limit: say so under Preferences, "
               "About me."));
}

/**
 * way_intro_view_get_depth:
 * @self: a view
 *
 * Returns: how thorough the person wants it
 */
WayDepth
way_intro_view_get_depth (WayIntroView *self)
{
  g_return_val_if_fail (WAY_IS_INTRO_VIEW (self), WAY_DEPTH_SHORT);

  return self->depth;
}

/**
 * way_intro_view_focus:
 * @self: a view
 *
 * Puts the focus on the heading, so that it is read out.
 */
void
way_intro_view_focus (WayIntroView *self)
{
  g_return_if_fail (WAY_IS_INTRO_VIEW (self));

  gtk_widget_grab_focus (self->head);
}
