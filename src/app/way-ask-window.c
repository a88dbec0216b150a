/* way-ask-window.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/way-ask-window.h"
#include "app/way-writing.h"

#include "pages/way-detail.h"
#include "pages/way-help-words.h"
#include "pages/way-system-choice.h"
#include "session/way-corner.h"
#include "widgets/way-compat.h"
#include "widgets/way-text-guard.h"

#include <glib/gi18n.h>

/* Asking the champions of one's own place for help, from any page. */
#define WAY_TYPE_ASK_WINDOW (way_ask_window_get_type ())
G_DECLARE_FINAL_TYPE (WayAskWindow, way_ask_window, WAY, ASK_WINDOW, AdwWindow)

struct _WayAskWindow
{
  AdwWindow parent_instance;

  WaySession *session; /* (owned) */
  char *page;          /* (owned) */
  char *module;        /* (owned) (nullable) */
  char *item;          /* (owned) (nullable) */
  char **draft;        /* (not owned) the parent's */
  gboolean is_sent;
  WayHelpReach *known; /* (owned) (nullable) who helps now */
  GListModel *tips;    /* (owned) (nullable) what worked for others */

  /* template */
  GtkLabel *error;
  WayTextGuard *guard;
  GtkLabel *tip;
  GtkBox *reach;
  GtkButton *send;
  WaySystemChoice *systems;
  GtkTextView *text;
  GtkCheckButton *urgent;
  GtkLabel *where;
};

G_DEFINE_FINAL_TYPE (WayAskWindow, way_ask_window, ADW_TYPE_WINDOW)

/* What to try now, where what is written is of a theme on which something worked for others. */
static void
show_tip (WayAskWindow *self, const char *text)
{
  for (guint i = 0; self->tips != NULL && i < g_list_model_get_n_items (self->tips); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (self->tips, i);
      g_autofree char *words = NULL;

      if (!way_help_topic_is_in (way_row_get_text (row, "topic"), text))
        continue;
      /* Translators: %s is a tip, in somebody’s words. */
      words = g_strdup_printf (_ ("To try now, it worked for others: %s"),
                               way_row_get_text (row, "text"));
      gtk_label_set_label (self->tip, words);
      gtk_widget_set_visible (GTK_WIDGET (self->tip), TRUE);
      return;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->tip), FALSE);
}

static void
text_changed_cb (WayAskWindow *self)
{
  g_autofree char *text = way_writing_dup_text (self->text);

  show_tip (self, text);

  gtk_widget_set_sensitive (GTK_WIDGET (self->send),
                            way_text_guard_check (self->guard, text) && text[0] != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->error), FALSE);
}

/* Who helps now; what stops somebody working goes to the service desk first. */
static void
show_reach (WayAskWindow *self)
{
  gboolean is_urgent = gtk_check_button_get_active (self->urgent);

  way_detail_clear (self->reach);
  if (self->known == NULL)
    return;
  gtk_box_append (self->reach, way_help_reach_new (self->known, is_urgent));
  gtk_widget_set_hexpand (gtk_widget_get_first_child (GTK_WIDGET (self->reach)), TRUE);
}

static void
urgent_toggled_cb (WayAskWindow *self)
{
  show_reach (self);
  if (self->known != NULL && gtk_check_button_get_active (self->urgent))
    {
      g_autofree char *desk = way_help_describe_desk (self->known);
      g_autofree char *words = g_strdup_printf ("%s. %s", _ ("Ring the service desk first"), desk);

      way_compat_announce (GTK_WIDGET (self->urgent), words);
    }
}

static void
reach_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayAskWindow) self = user_data;
  g_autoptr (WayHelpReach)
      reach = way_session_load_help_reach_finish (WAY_SESSION (source), result, NULL);

  /* Where it cannot be read there is the question all the same. */
  if (reach == NULL || self->reach == NULL)
    return;
  self->known = g_steal_pointer (&reach);
  show_reach (self);
}

static void
tips_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayAskWindow) self = user_data;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, NULL);

  if (rows == NULL || self->reach == NULL)
    return;
  g_set_object (&self->tips, rows);
  text_changed_cb (self);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayAskWindow) self = user_data;
  g_autofree char *id = NULL;

  if (!way_writing_finish (WAY_SESSION (source), result, self->send, self->error, &id))
    return;
  self->is_sent = TRUE;
  way_writing_close (GTK_WINDOW (self), _ ("Saved here. It goes to your champion."), id);
}

static void
send_cb (WayAskWindow *self)
{
  g_autofree char *text = way_writing_dup_text (self->text);

  if (text[0] == '\0' || !gtk_widget_is_sensitive (GTK_WIDGET (self->send)))
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->send), FALSE);
  way_session_ask_help_async (self->session, self->page, self->module, self->item, text,
                              way_help_topic_find (text), way_system_choice_get (self->systems),
                              gtk_check_button_get_active (self->urgent), NULL, sent_cb,
                              g_object_ref (self));
}

static gboolean
way_ask_window_close_request (GtkWindow *window)
{
  WayAskWindow *self = WAY_ASK_WINDOW (window);

  /* What is not sent waits for the next time. */
  g_clear_pointer (self->draft, g_free);
  if (!self->is_sent)
    *self->draft = way_writing_dup_text (self->text);
  return GTK_WINDOW_CLASS (way_ask_window_parent_class)->close_request (window);
}

static void
way_ask_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WAY_TYPE_ASK_WINDOW);

  G_OBJECT_CLASS (way_ask_window_parent_class)->dispose (object);
}

static void
way_ask_window_finalize (GObject *object)
{
  WayAskWindow *self = WAY_ASK_WINDOW (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->known, way_help_reach_free);
  g_clear_object (&self->tips);
  g_clear_pointer (&self->page, g_free);
  g_clear_pointer (&self->module, g_free);
  g_clear_pointer (&self->item, g_free);

  G_OBJECT_CLASS (way_ask_window_parent_class)->finalize (object);
}

static void
way_ask_window_class_init (WayAskWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = way_ask_window_dispose;
  object_class->finalize = way_ask_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = way_ask_window_close_request;

  g_type_ensure (WAY_TYPE_SYSTEM_CHOICE);
  g_type_ensure (WAY_TYPE_TEXT_GUARD);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/waymark_skills/Waymark/ui/way-ask-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WayAskWindow, error);
  gtk_widget_class_bind_template_child (widget_class, WayAskWindow, guard);
  gtk_widget_class_bind_template_child (widget_class, WayAskWindow, reach);
  gtk_widget_class_bind_template_child (widget_class, WayAskWindow, send);
  gtk_widget_class_bind_template_child (widget_class, WayAskWindow, systems);
  gtk_widget_class_bind_template_child (widget_class, WayAskWindow, text);
  gtk_widget_class_bind_template_child (widget_class, WayAskWindow, tip);
  gtk_widget_class_bind_template_child (widget_class, WayAskWindow, urgent);
  gtk_widget_class_bind_template_child (widget_class, WayAskWindow, where);
  gtk_widget_class_bind_template_callback (widget_class, send_cb);
  gtk_widget_class_bind_template_callback (widget_class, text_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, urgent_toggled_cb);
}

static void
way_ask_window_init (WayAskWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  way_writing_set_up (GTK_WINDOW (self), self->text, self->send);
  /* By these words alone: GTK 4.8 adds those of the label to them. */
  way_compat_name (GTK_WIDGET (self->text), _ ("What are you stuck on?"));
  way_compat_name (GTK_WIDGET (self->urgent), _ ("It stops me working"));
}

/**
 * way_ask_window_present:
 * @page: (nullable): where the person is
 * @module: (nullable): in which module
 * @item: (nullable): at which question
 * @draft: (inout): what was written before and not sent; kept up to date
 *
 * Asks what the person needs help with, and sends it to their champions.
 */
void
way_ask_window_present (GtkWindow *parent,
                        WaySession *session,
                        const char *page,
                        const char *module,
                        const char *item,
                        char **draft)
{
  WayAskWindow *self = g_object_new (WAY_TYPE_ASK_WINDOW, "transient-for", parent, NULL);
  g_autofree char *place = way_writing_describe_place (session, page, module);
  g_autofree char *where = NULL;

  self->session = g_object_ref (session);
  self->page = g_strdup (page != NULL ? page : "today");
  self->module = g_strdup (module);
  self->item = g_strdup (item);
  self->draft = draft;
  /* Translators: the first %s is a person's name, the second a place in Waymark. */
  where = g_strdup_printf (_ ("The digital champions of your ward or team see this with your name, "
                              "%s, and that you are at %s. The answer comes on Today. Write "
                              "nothing about a patient."),
                           way_session_get_person_name (session), place);
  gtk_label_set_label (self->where, where);
  if (*draft != NULL)
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), *draft, -1);
  way_system_choice_load (self->systems, session);
  way_session_load_help_reach_async (session, NULL, reach_cb, g_object_ref (self));
  way_corner_load_tips_async (session, NULL, tips_cb, g_object_ref (self));
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}
