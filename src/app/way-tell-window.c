/* way-tell-window.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/way-tell-window.h"
#include "app/way-writing.h"

#include "pages/way-system-choice.h"
#include "session/way-voices.h"
#include "widgets/way-compat.h"
#include "widgets/way-text-guard.h"

#include <glib/gi18n.h>

/* Telling the trust something, from any page, by name or without. */
#define WAY_TYPE_TELL_WINDOW (way_tell_window_get_type ())
G_DECLARE_FINAL_TYPE (WayTellWindow, way_tell_window, WAY, TELL_WINDOW, AdwWindow)

struct _WayTellWindow
{
  AdwWindow parent_instance;

  WaySession *session; /* (owned) */
  char *page;          /* (owned) */
  char *module;        /* (owned) (nullable) */
  char **draft;        /* (not owned) the parent's */
  gboolean is_sent;

  /* template */
  GtkLabel *error;
  GtkWidget *first;
  GtkLabel *first_text;
  WayTextGuard *guard;
  GtkToggleButton *idea;
  GtkToggleButton *nameless;
  GtkToggleButton *praise;
  GtkToggleButton *problem;
  GtkButton *send;
  WaySystemChoice *systems;
  GtkTextView *text;
  GtkLabel *where;
  GtkToggleButton *worry;
};

G_DEFINE_FINAL_TYPE (WayTellWindow, way_tell_window, ADW_TYPE_WINDOW)

static const char *
get_kind (WayTellWindow *self)
{
  if (gtk_toggle_button_get_active (self->idea))
    return "idea";
  if (gtk_toggle_button_get_active (self->praise))
    return "praise";
  if (gtk_toggle_button_get_active (self->worry))
    return "worry";
  return "problem";
}

static void
kind_changed_cb (WayTellWindow *self)
{
  GtkToggleButton *kinds[] = { self->problem, self->idea, self->praise, self->worry };

  /* The role of a radio button asks for this state; GTK sets "pressed" itself. */
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    gtk_accessible_update_state (GTK_ACCESSIBLE (kinds[i]), GTK_ACCESSIBLE_STATE_CHECKED,
                                 gtk_toggle_button_get_active (kinds[i])
                                     ? GTK_ACCESSIBLE_TRISTATE_TRUE
                                     : GTK_ACCESSIBLE_TRISTATE_FALSE,
                                 -1);
  if (self->first == NULL)
    return;
  /* The trust's own way comes first, and is no less for what is written here. */
  gtk_widget_set_visible (self->first, gtk_toggle_button_get_active (self->worry));
  if (gtk_widget_get_visible (self->first))
    way_compat_announce (GTK_WIDGET (self->worry), gtk_label_get_label (self->first_text));
}

static void
route_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayTellWindow) self = user_data;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, NULL);
  g_autoptr (WayRow) row = rows != NULL ? g_list_model_get_item (rows, 0) : NULL;
  const char *route = row != NULL ? way_row_get_text (row, "value") : "";
  g_autofree char *text = NULL;

  if (self->first_text == NULL)
    return;
  if (*route != '\0')
    /* Translators: %s is how a trust wants incidents to be reported, in its own words. */
    text = g_strdup_printf (_ ("If somebody was harmed, or could have been, report it there first: "
                               "%s"),
                            route);
  else
    text = g_strdup (_ ("If somebody was harmed, or could have been, report it first where your "
                        "trust reports incidents. Your manager knows where that is."));
  gtk_label_set_label (self->first_text, text);
}

/* Who will see this, and what they will know of who wrote it. */
static void
describe (WayTellWindow *self)
{
  g_autofree char *place = way_writing_describe_place (self->session, self->page, self->module);
  g_autofree char *where = NULL;

  if (gtk_toggle_button_get_active (self->nameless))
    where = g_strdup (
        _ ("It waits on this computer and goes without your name, at a random time "
           "within a day or so. The trust learns the week, and your place of work "
           "only where 8 people or more are. Training leads and the design office see your words. "
           "What they "
           "answer goes to every computer, and only this one knows that it is for "
           "you. Somebody who looks after the server and keeps a log of connections could still "
           "see that something came from this computer. Write nothing about a "
           "patient, nor what only you can know."));
  else
    /* Translators: the first %s is a person's name, the second a place in Waymark. */
    where = g_strdup_printf (_ ("Training leads and the design office see this with your name, "
                                "%s, and that it comes from %s. Write nothing about a patient."),
                             way_session_get_person_name (self->session), place);
  gtk_label_set_label (self->where, where);
}

static void
name_changed_cb (WayTellWindow *self)
{
  describe (self);
  /* What has no name says nothing but its words. */
  way_system_choice_set_offered (self->systems, !gtk_toggle_button_get_active (self->nameless));
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->nameless), GTK_ACCESSIBLE_STATE_CHECKED,
                               gtk_toggle_button_get_active (self->nameless)
                                   ? GTK_ACCESSIBLE_TRISTATE_TRUE
                                   : GTK_ACCESSIBLE_TRISTATE_FALSE,
                               -1);
  way_compat_announce (GTK_WIDGET (self->nameless), gtk_label_get_label (self->where));
}

static void
text_changed_cb (WayTellWindow *self)
{
  g_autofree char *text = way_writing_dup_text (self->text);

  gtk_widget_set_sensitive (GTK_WIDGET (self->send),
                            way_text_guard_check (self->guard, text) && text[0] != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->error), FALSE);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayTellWindow) self = user_data;
  g_autofree char *id = NULL;

  if (!way_writing_finish (WAY_SESSION (source), result, self->send, self->error, &id))
    return;
  self->is_sent = TRUE;
  way_writing_close (GTK_WINDOW (self),
                     gtk_toggle_button_get_active (self->nameless)
                         ? _ ("Saved here. It goes without your name within a day or so.")
                         : _ ("Saved here. It goes to those who decide."),
                     id);
}

static void
send_cb (WayTellWindow *self)
{
  g_autofree char *text = way_writing_dup_text (self->text);

  if (text[0] == '\0' || !gtk_widget_is_sensitive (GTK_WIDGET (self->send)))
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->send), FALSE);
  if (gtk_toggle_button_get_active (self->nameless))
    way_session_say_anonymously_async (self->session, get_kind (self), text, self->page, NULL,
                                       sent_cb, g_object_ref (self));
  else
    way_session_send_feedback_async (self->session, get_kind (self), text, self->page, self->module,
                                     way_system_choice_get (self->systems), NULL, sent_cb,
                                     g_object_ref (self));
}

static gboolean
way_tell_window_close_request (GtkWindow *window)
{
  WayTellWindow *self = WAY_TELL_WINDOW (window);

  /* What is not sent waits for the next time. */
  g_clear_pointer (self->draft, g_free);
  if (!self->is_sent)
    *self->draft = way_writing_dup_text (self->text);
  return GTK_WINDOW_CLASS (way_tell_window_parent_class)->close_request (window);
}

static void
way_tell_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WAY_TYPE_TELL_WINDOW);

  G_OBJECT_CLASS (way_tell_window_parent_class)->dispose (object);
}

static void
way_tell_window_finalize (GObject *object)
{
  WayTellWindow *self = WAY_TELL_WINDOW (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->page, g_free);
  g_clear_pointer (&self->module, g_free);

  G_OBJECT_CLASS (way_tell_window_parent_class)->finalize (object);
}

static void
way_tell_window_class_init (WayTellWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = way_tell_window_dispose;
  object_class->finalize = way_tell_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = way_tell_window_close_request;

  g_type_ensure (WAY_TYPE_SYSTEM_CHOICE);
  g_type_ensure (WAY_TYPE_TEXT_GUARD);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/waymark_skills/Waymark/ui/way-tell-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WayTellWindow, error);
  gtk_widget_class_bind_template_child (widget_class, WayTellWindow, first);
  gtk_widget_class_bind_template_child (widget_class, WayTellWindow, first_text);
  gtk_widget_class_bind_template_child (widget_class, WayTellWindow, guard);
  gtk_widget_class_bind_template_child (widget_class, WayTellWindow, idea);
  gtk_widget_class_bind_template_child (widget_class, WayTellWindow, nameless);
  gtk_widget_class_bind_template_child (widget_class, WayTellWindow, praise);
  gtk_widget_class_bind_template_child (widget_class, WayTellWindow, problem);
  gtk_widget_class_bind_template_child (widget_class, WayTellWindow, send);
  gtk_widget_class_bind_template_child (widget_class, WayTellWindow, systems);
  gtk_widget_class_bind_template_child (widget_class, WayTellWindow, text);
  gtk_widget_class_bind_template_child (widget_class, WayTellWindow, where);
  gtk_widget_class_bind_template_child (widget_class, WayTellWindow, worry);
  gtk_widget_class_bind_template_callback (widget_class, kind_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, name_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, send_cb);
  gtk_widget_class_bind_template_callback (widget_class, text_changed_cb);
}

static void
way_tell_window_init (WayTellWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  way_writing_set_up (GTK_WINDOW (self), self->text, self->send);
  /* By these words alone: GTK 4.8 adds those of the label to them. */
  way_compat_name (GTK_WIDGET (self->text), _ ("What would you like to say?"));
  way_compat_name (GTK_WIDGET (self->problem), _ ("Problem"));
  way_compat_name (GTK_WIDGET (self->idea), _ ("Idea"));
  way_compat_name (GTK_WIDGET (self->praise), _ ("Praise"));
  way_compat_name (GTK_WIDGET (self->worry), _ ("Safety worry"));
  way_compat_name (GTK_WIDGET (self->nameless), _ ("Send without my name"));
  kind_changed_cb (self);
}

/**
 * way_tell_window_present:
 * @page: (nullable): where the person is
 * @module: (nullable): in which module
 * @draft: (inout): what was written before and not sent; kept up to date
 *
 * Asks what there is to say to the trust, and sends it.
 */
void
way_tell_window_present (
    GtkWindow *parent, WaySession *session, const char *page, const char *module, char **draft)
{
  WayTellWindow *self = g_object_new (WAY_TYPE_TELL_WINDOW, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  self->page = g_strdup (page != NULL ? page : "today");
  self->module = g_strdup (module);
  self->draft = draft;
  gtk_widget_set_visible (GTK_WIDGET (self->nameless), way_session_can_say_anonymously (session));
  describe (self);
  way_system_choice_load (self->systems, session);
  way_session_load_setting_async (session, WAY_SETTING_INCIDENT_ROUTE, NULL, route_loaded_cb,
                                  g_object_ref (self));
  if (*draft != NULL)
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), *draft, -1);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}
