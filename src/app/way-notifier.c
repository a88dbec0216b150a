/* way-notifier.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/way-notifier.h"

#include "session/way-corner.h"

#include <glib/gi18n.h>

/* Tells that something about help, or for a champion in their corner, has come: the desktop while
 * nobody looks at the window, and else the window. No word of it is anybody's: others may see the
 * screen. Pressing it opens the page where it stands, for whoever was signed in when it came and
 * for nobody else. */
struct _WayNotifier
{
  GObject parent_instance;

  GApplication *application; /* (unowned) it owns this */
  WaySession *session;       /* (owned) (nullable) */
  GHashTable *known;         /* (owned) char* set: what was told, or was there before */
  gboolean has_mine;         /* what was there at the beginning is known */
  gboolean has_people;
  gboolean has_corner;
  guint turn; /* of who is signed in: what was sent in an earlier one opens nothing */
};

G_DEFINE_FINAL_TYPE (WayNotifier, way_notifier, G_TYPE_OBJECT)

typedef enum
{
  NEWS_ANSWERED,
  NEWS_TAKEN,
  NEWS_SENT,
  NEWS_CORNER,
  N_NEWS,
} News;

static const struct
{
  const char *id;
  const char *title;
  const char *body;
  const char *page;
} NEWS[N_NEWS] = {
  { "help-answered", N_ ("There is an answer to what you asked"), N_ ("It is on Today."), "today" },
  { "help-taken", N_ ("A champion has taken what you asked"), N_ ("Today says who."), "today" },
  { "help-sent", N_ ("Somebody asks for your help"), N_ ("It is under My people."), "people" },
  { "corner-answered", N_ ("Another champion has answered your question"),
    N_ ("It is in Champions’ corner."), "corner" },
};

static gboolean
is_looked_at (WayNotifier *self)
{
  GtkWindow *window = GTK_IS_APPLICATION (self->application)
                          ? gtk_application_get_active_window (GTK_APPLICATION (self->application))
                          : NULL;

  return window != NULL && gtk_window_is_active (window);
}

/* The window of the application, over which a dialog may stand. */
static void
tell_window (WayNotifier *self, News news)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self->application)); l != NULL;
       l = l->next)
    if (gtk_widget_activate_action (GTK_WIDGET (l->data), "win.tell-news", "(ss)", NEWS[news].page,
                                    _ (NEWS[news].title)))
      return;
}

static void
tell (WayNotifier *self, News news)
{
  g_autoptr (GNotification) notification = NULL;

  if (is_looked_at (self))
    {
      tell_window (self, news);
      return;
    }
  notification = g_notification_new (_ (NEWS[news].title));
  g_notification_set_body (notification, _ (NEWS[news].body));
  g_notification_set_default_action_and_target (notification, "app.open-page", "(us)", self->turn,
                                                NEWS[news].page);
  g_application_send_notification (self->application, NEWS[news].id, notification);
}

/* Whether this is the first time that it stands like that. */
static gboolean
is_new (WayNotifier *self, const char *id, const char *state)
{
  return g_hash_table_add (self->known, g_strconcat (id, " ", state, NULL));
}

/**
 * way_notifier_take_mine:
 * @requests: of WayRow, as the session lists what the person asked
 *
 * Tells of what has been taken or answered since the last time.
 */
void
way_notifier_take_mine (WayNotifier *self, GListModel *requests)
{
  gboolean is_first = !self->has_mine;

  g_return_if_fail (WAY_IS_NOTIFIER (self));

  self->has_mine = TRUE;
  for (guint i = 0; i < g_list_model_get_n_items (requests); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (requests, i);
      const char *state = way_row_get_text (row, "state");
      gboolean is_answered = g_str_equal (state, "answered");

      if ((is_answered || g_str_equal (state, "taken"))
          && is_new (self, way_row_get_text (row, "id"), state) && !is_first)
        tell (self, is_answered ? NEWS_ANSWERED : NEWS_TAKEN);
    }
}

/**
 * way_notifier_take_people:
 * @people: of WayRow, as the session lists the champion's people
 * @person: the champion
 *
 * Tells of requests whose turn has come to this champion since the last time.
 */
void
way_notifier_take_people (WayNotifier *self, GListModel *people, const char *person)
{
  gboolean is_first = !self->has_people;

  g_return_if_fail (WAY_IS_NOTIFIER (self) && person != NULL);

  self->has_people = TRUE;
  for (guint i = 0; i < g_list_model_get_n_items (people); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (people, i);

      if (g_str_equal (way_row_get_text (row, "route_person"), person)
          && is_new (self, way_row_get_text (row, "request"), way_row_get_text (row, "opened"))
          && !is_first)
        tell (self, NEWS_SENT);
    }
}

/**
 * way_notifier_take_corner:
 * @rows: of WayRow, as the session lists what champions ask each other
 *
 * Tells of answers to the champion's own questions that have come since the last time.
 */
void
way_notifier_take_corner (WayNotifier *self, GListModel *rows)
{
  gboolean is_first = !self->has_corner;

  g_return_if_fail (WAY_IS_NOTIFIER (self));

  self->has_corner = TRUE;
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rows, i);

      if (way_row_get_int (row, "is_mine") != 0 && way_row_has (row, "answer_text")
          && way_row_get_int (row, "answer_is_mine") == 0
          && is_new (self, way_row_get_text (row, "answer"), "answer") && !is_first)
        tell (self, NEWS_CORNER);
    }
}

/**
 * way_notifier_forget:
 *
 * Somebody else, or nobody, is signed in: nothing of what was told stays on the screen.
 */
void
way_notifier_forget (WayNotifier *self)
{
  g_return_if_fail (WAY_IS_NOTIFIER (self));

  for (guint i = 0; i < N_NEWS; i++)
    g_application_withdraw_notification (self->application, NEWS[i].id);
  g_hash_table_remove_all (self->known);
  self->has_mine = FALSE;
  self->has_people = FALSE;
  self->has_corner = FALSE;
  self->turn++;
}

static void
mine_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayNotifier) self = user_data;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, NULL);

  if (rows != NULL && way_session_is_signed_in (WAY_SESSION (source)))
    way_notifier_take_mine (self, rows);
}

static void
people_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayNotifier) self = user_data;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, NULL);
  const char *person = way_session_get_person (WAY_SESSION (source));

  if (rows != NULL && person != NULL)
    way_notifier_take_people (self, rows, person);
}

static void
corner_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayNotifier) self = user_data;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, NULL);

  if (rows != NULL && way_session_is_signed_in (WAY_SESSION (source)))
    way_notifier_take_corner (self, rows);
}

static void
changed_cb (WayNotifier *self)
{
  if (self->session == NULL || !way_session_is_signed_in (self->session))
    return;
  way_session_load_my_help_async (self->session, NULL, mine_cb, g_object_ref (self));
  if ((way_session_get_roles (self->session) & WAY_ROLE_CHAMPION) == 0)
    return;
  way_session_load_people_async (self->session, NULL, people_cb, g_object_ref (self));
  way_corner_load_async (self->session, NULL, corner_cb, g_object_ref (self));
}

static void
signed_in_cb (WayNotifier *self)
{
  way_notifier_forget (self);
  changed_cb (self);
}

/**
 * way_notifier_set_session:
 *
 * Whose news it tells from now on.
 */
void
way_notifier_set_session (WayNotifier *self, WaySession *session)
{
  g_return_if_fail (WAY_IS_NOTIFIER (self));

  if (!g_set_object (&self->session, session) || session == NULL)
    return;
  g_signal_connect_object (session, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::is-signed-in", G_CALLBACK (signed_in_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
open_page_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  WayNotifier *self = user_data;
  const char *page;
  guint turn;

  g_variant_get (parameter, "(u&s)", &turn, &page);
  g_application_activate (self->application);
  if (turn != self->turn || self->session == NULL || !way_session_is_signed_in (self->session))
    return;
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self->application)); l != NULL;
       l = l->next)
    if (gtk_widget_activate_action (GTK_WIDGET (l->data), "win.go", "s", page))
      return;
}

static void
way_notifier_finalize (GObject *object)
{
  WayNotifier *self = WAY_NOTIFIER (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->known, g_hash_table_unref);

  G_OBJECT_CLASS (way_notifier_parent_class)->finalize (object);
}

static void
way_notifier_class_init (WayNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = way_notifier_finalize;
}

static void
way_notifier_init (WayNotifier *self)
{
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * way_notifier_new:
 * @application: which owns it; it gets the action that opens a page
 *
 * Returns: (transfer full): what tells nobody anything yet
 */
WayNotifier *
way_notifier_new (GApplication *application)
{
  WayNotifier *self = g_object_new (WAY_TYPE_NOTIFIER, NULL);
  g_autoptr (GSimpleAction) action = g_simple_action_new ("open-page", G_VARIANT_TYPE ("(us)"));

  self->application = application;
  g_signal_connect_object (action, "activate", G_CALLBACK (open_page_cb), self, 0);
  g_action_map_add_action (G_ACTION_MAP (application), G_ACTION (action));
  return self;
}
