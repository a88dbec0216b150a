/* test-notifier.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "../session/session-fixture.h"
#include "app/way-notifier.h"
#include "app/way-window-private.h"

/* A desktop that takes notifications, and what it was given: “add ID” and “remove ID”, and the
 * whole of the last one as text. */
typedef struct
{
  GApplication *application;
  GDBusConnection *bus; /* of the desktop: another than the program's */
  GString *told;
  char *last; /* (nullable) */
  gboolean is_there;
} Fixture;

static void
called_cb (GDBusConnection *bus,
           const char *sender,
           const char *path,
           const char *interface,
           const char *method,
           GVariant *parameters,
           GDBusMethodInvocation *invocation,
           gpointer user_data)
{
  Fixture *fixture = user_data;
  g_autoptr (GVariant) id = g_variant_get_child_value (parameters, 1);

  g_string_append_printf (fixture->told, "%s %s\n",
                          g_str_equal (method, "AddNotification") ? "add" : "remove",
                          g_variant_get_string (id, NULL));
  if (g_str_equal (method, "AddNotification"))
    {
      g_free (fixture->last);
      fixture->last = g_variant_print (parameters, FALSE);
    }
  g_dbus_method_invocation_return_value (invocation, NULL);
}

static void
named_cb (GDBusConnection *bus, const char *name, gpointer user_data)
{
  ((Fixture *) user_data)->is_there = TRUE;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const char *const xml = "<node><interface name='org.gtk.Notifications'>"
                                 "<method name='AddNotification'><arg type='s'/><arg type='s'/>"
                                 "<arg type='a{sv}'/></method><method name='RemoveNotification'>"
                                 "<arg type='s'/><arg type='s'/></method></interface></node>";
  static const GDBusInterfaceVTable vtable = { .method_call = called_cb };
  g_autoptr (GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (xml, NULL);
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GError) error = NULL;

  fixture->told = g_string_new (NULL);
  fixture->bus =
      g_dbus_connection_new_for_address_sync (address,
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
                                                  | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_register_object (fixture->bus, "/org/gtk/Notifications", info->interfaces[0],
                                     &vtable, fixture, NULL, &error);
  g_assert_no_error (error);
  g_bus_own_name_on_connection (fixture->bus, "org.gtk.Notifications", 0, named_cb, NULL, fixture,
                                NULL);
  while (!fixture->is_there)
    g_main_context_iteration (NULL, TRUE);
  fixture->application = g_application_new ("io.github.waymark_skills.Test", 0);
  g_assert_true (g_application_register (fixture->application, NULL, &error));
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->application);
  g_dbus_connection_close_sync (fixture->bus, NULL, NULL);
  g_object_unref (fixture->bus);
  g_string_free (fixture->told, TRUE);
  g_free (fixture->last);
}

static GListModel *
list_one (const char *const *cells)
{
  GListStore *rows = g_list_store_new (WAY_TYPE_ROW);
  g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *values = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (WayRow) row = NULL;

  for (guint i = 0; cells[i] != NULL; i += 2)
    {
      g_ptr_array_add (columns, g_strdup (cells[i]));
      g_ptr_array_add (values, g_strdup (cells[i + 1]));
    }
  row = way_row_new (columns, values);
  g_list_store_append (rows, row);
  return G_LIST_MODEL (rows);
}

static GListModel *
list_mine (const char *state)
{
  const char *const cells[] = { "id",        "0192-ann",   "state",        state, "text",
                                "My secret", "taken_name", "Cat Champion", NULL };

  return list_one (cells);
}

static GListModel *
list_people (const char *route_person)
{
  const char *const cells[] = { "request", "0192-bob", "opened",       "7",          "name", "Bob",
                                "asked",   "A secret", "route_person", route_person, NULL };

  return list_one (cells);
}

static GListModel *
list_corner (const char *is_mine, const char *answer_is_mine, const char *answer)
{
  const char *const cells[] = { "question",     "0192-cat",       "text",
                                "A secret",     "is_mine",        is_mine,
                                "answer",       answer,           "answer_text",
                                "Turn it over", "answer_is_mine", answer_is_mine,
                                "answer_name",  "Dan Other",      NULL };

  return list_one (cells);
}

/* Until the desktop has been told so many times. */
static void
await (Fixture *fixture, const char *told)
{
  gint64 limit = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (!g_str_equal (fixture->told->str, told) && g_get_monotonic_time () < limit)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpstr (fixture->told->str, ==, told);
}

static void
test_tells (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WayNotifier) notifier = way_notifier_new (fixture->application);
  g_autoptr (GListModel) open = list_mine ("open");
  g_autoptr (GListModel) taken = list_mine ("taken");
  g_autoptr (GListModel) answered = list_mine ("answered");
  g_autoptr (GListModel) others = list_people ("dot");
  g_autoptr (GListModel) own = list_people ("cat");

  way_notifier_take_mine (notifier, open);
  way_notifier_take_people (notifier, others, "cat");
  way_notifier_take_mine (notifier, taken);
  await (fixture, "add help-taken\n");
  /* The same again is no news. */
  way_notifier_take_mine (notifier, taken);
  way_notifier_take_mine (notifier, answered);
  await (fixture, "add help-taken\nadd help-answered\n");
  /* One default action, and nobody's word, name or id. */
  g_assert_nonnull (strstr (fixture->last, "'default-action': <'app.open-page'>"));
  g_assert_nonnull (strstr (fixture->last, "'today'"));
  g_assert_null (strstr (fixture->last, "secret"));
  g_assert_null (strstr (fixture->last, "Cat"));
  g_assert_null (strstr (fixture->last, "0192"));
  way_notifier_take_people (notifier, own, "cat");
  way_notifier_take_people (notifier, own, "cat");
  await (fixture, "add help-taken\nadd help-answered\nadd help-sent\n");
  g_assert_nonnull (strstr (fixture->last, "'people'"));
  g_assert_null (strstr (fixture->last, "Bob"));
}

/* Of one's own question, answered by another. */
static void
test_corner (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WayNotifier) notifier = way_notifier_new (fixture->application);
  g_autoptr (GListModel) before = list_corner ("1", "0", "0192-a");
  g_autoptr (GListModel) others = list_corner ("0", "0", "0192-b");
  g_autoptr (GListModel) own = list_corner ("1", "1", "0192-c");
  g_autoptr (GListModel) news = list_corner ("1", "0", "0192-d");
  g_autoptr (GListModel) open = list_mine ("open");
  g_autoptr (GListModel) taken = list_mine ("taken");

  way_notifier_take_corner (notifier, before);
  way_notifier_take_corner (notifier, others);
  way_notifier_take_corner (notifier, own);
  way_notifier_take_corner (notifier, before);
  way_notifier_take_corner (notifier, news);
  way_notifier_take_corner (notifier, news);
  await (fixture, "add corner-answered\n");
  g_assert_nonnull (strstr (fixture->last, "'corner'"));
  g_assert_null (strstr (fixture->last, "secret"));
  g_assert_null (strstr (fixture->last, "Turn"));
  g_assert_null (strstr (fixture->last, "Dan"));
  g_assert_null (strstr (fixture->last, "0192"));
  /* What comes next is told after it: there was one. */
  way_notifier_take_mine (notifier, open);
  way_notifier_take_mine (notifier, taken);
  await (fixture, "add corner-answered\nadd help-taken\n");
}

#define GONE "remove help-answered\nremove help-taken\nremove help-sent\nremove corner-answered\n"

/* Whoever comes next at a shared computer sees nothing of it, and is told nothing old. */
static void
test_forgets (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WayNotifier) notifier = way_notifier_new (fixture->application);
  g_autoptr (GListModel) open = list_mine ("open");
  g_autoptr (GListModel) answered = list_mine ("answered");

  way_notifier_take_mine (notifier, open);
  way_notifier_take_mine (notifier, answered);
  await (fixture, "add help-answered\n");
  way_notifier_forget (notifier);
  await (fixture, "add help-answered\n" GONE);
  way_notifier_take_mine (notifier, answered);
  way_notifier_take_people (notifier, open, "cat");
  way_notifier_forget (notifier);
  await (fixture, "add help-answered\n" GONE GONE);
}

/* --- In the window ---------------------------------------------------------------- */

#define NEWS "A champion answered"

/* Whether the page is marked in the sidebar. */
static gboolean
is_marked (WayWindow *window, const char *page)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (window->sidebar_list, i)) != NULL; i++)
    {
      GtkWidget *mark = g_object_get_data (G_OBJECT (row), "news");

      if (g_strcmp0 (g_object_get_data (G_OBJECT (row), "destination"), page) == 0)
        return mark != NULL && gtk_widget_get_visible (mark);
    }
  g_assert_not_reached ();
}

static void
tell_news (WayWindow *window, const char *page)
{
  g_assert_true (
      gtk_widget_activate_action (GTK_WIDGET (window), "win.tell-news", "(ss)", page, NEWS));
}

/* Until somebody is signed in, or nobody is. */
static void
await_person (WaySession *session, gboolean is_there)
{
  gint64 limit = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  while (way_session_is_signed_in (session) != is_there && g_get_monotonic_time () < limit)
    g_main_context_iteration (NULL, FALSE);
  g_assert_true (way_session_is_signed_in (session) == is_there);
}

static void
await_no_toast (WayWindow *window)
{
  gint64 limit = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  while (window->news != NULL && g_get_monotonic_time () < limit)
    g_main_context_iteration (NULL, FALSE);
  g_assert_null (window->news);
}

/* What has come is said in passing, and its page is marked until it is opened; in focus mode it is
 * only marked, and nothing of it stays for whoever signs in next. */
static void
test_window (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (GSettings) settings = g_settings_new (WAY_APPLICATION_ID);
  WayWindow *window = way_window_new (NULL, settings);

  gtk_window_present (GTK_WINDOW (window));
  way_window_set_session (window, fixture->session);
  way_window_open (window, fixture->uri, "cat", "today");
  await_person (fixture->session, TRUE);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (window->pages), ==, "today");

  /* Nothing where they look already, or of a page that is not theirs. */
  while (!gtk_widget_get_mapped (GTK_WIDGET (window->pages)))
    g_main_context_iteration (NULL, TRUE);
  tell_news (window, "today");
  tell_news (window, "reports");
  g_assert_false (is_marked (window, "today"));
  g_assert_null (window->news);

  tell_news (window, "corner");
  g_assert_true (is_marked (window, "corner"));
  g_assert_nonnull (window->news);
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (adw_toast_get_custom_title (window->news))), ==,
                   NEWS);
  g_assert_cmpstr (adw_toast_get_action_name (window->news), ==, "win.go");
  way_window_go (window, "corner");
  g_assert_false (is_marked (window, "corner"));
  way_window_go (window, "today");
  adw_toast_dismiss (window->news);
  await_no_toast (window);

  way_window_show_module (window, "F1");
  g_assert_cmpstr (gtk_stack_get_visible_child_name (window->root), ==, "focus");
  tell_news (window, "corner");
  g_assert_null (window->news);
  g_assert_true (is_marked (window, "corner"));
  way_window_leave_focus (window);
  way_window_go (window, "corner");
  way_window_go (window, "today");

  tell_news (window, "people");
  g_assert_nonnull (window->news);
  g_action_group_activate_action (G_ACTION_GROUP (window), "sign-out", NULL);
  await_person (fixture->session, FALSE);
  await_no_toast (window);
  gtk_window_destroy (GTK_WINDOW (window));
  session_fixture_settle (fixture);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }
  adw_init ();
  g_test_add ("/app/notifier/tells", Fixture, NULL, set_up, test_tells, tear_down);
  g_test_add ("/app/notifier/corner", Fixture, NULL, set_up, test_corner, tear_down);
  g_test_add ("/app/notifier/forgets", Fixture, NULL, set_up, test_forgets, tear_down);
  g_test_add ("/app/notifier/window", SessionFixture, NULL, session_fixture_set_up, test_window,
              session_fixture_tear_down);
  return g_test_run ();
}
