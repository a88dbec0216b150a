/* way-sign-in-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/way-sign-in-page.h"

#include "app/way-set-up-demo.h"
#include "app/way-sign-in-server.h"

#include "pages/way-press.h"
#include "session/way-connection.h"
#include "widgets/way-compat.h"

#include <glib/gi18n.h>

/* Who is there? A person of the demonstration, chosen from a list, or anybody by the
 * address of a trust and a username. */
struct _WaySignInPage
{
  AdwBin parent_instance;

  WaySession *session;       /* (owned) (nullable) */
  GSettings *settings;       /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) */
  char *trust_uri;           /* (owned) (nullable) whose people are offered */
  GtkWidget *waiting;        /* (not owned) (nullable) the spinner of the row that was pressed */
  gboolean is_busy;
  WaySignInServer *server; /* (nullable) before this computer was set up for one */

  /* template */
  GtkEntry *address;
  GtkBox *body;
  GtkButton *button;
  GtkLabel *introduction;
  AdwPreferencesGroup *own_group;
  GtkBox *people;
  GtkLabel *security;
  AdwBin *server_bin;
  GtkSpinner *spinner;
  GtkRevealer *trouble;
  GtkLabel *trouble_label;
  GtkEntry *username;
};

G_DEFINE_FINAL_TYPE (WaySignInPage, way_sign_in_page, ADW_TYPE_BIN)

enum
{
  SIGNED_IN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const struct
{
  const char *role;
  const char *title;
  const char *icon_name;
} ROLES[] = {
  { "learner", N_ ("Learner"), "way-learn-symbolic" },
  { "champion", N_ ("Digital champion"), "way-people-symbolic" },
  { "lead", N_ ("Training lead"), "way-reports-symbolic" },
  { "design", N_ ("Design office"), "way-feedback-symbolic" },
};

static void introduce (WaySignInPage *self, gboolean is_demonstration);

static void
show_trouble (WaySignInPage *self, const char *text)
{
  gtk_label_set_label (self->trouble_label, text != NULL ? text : "");
  gtk_revealer_set_reveal_child (self->trouble, text != NULL);
  if (text != NULL && gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    {
      GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

      if (focus != NULL)
        way_compat_announce (focus, text);
    }
}

static void
set_busy (WaySignInPage *self, gboolean is_busy)
{
  self->is_busy = is_busy;
  gtk_widget_set_sensitive (GTK_WIDGET (self->people), !is_busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->own_group), !is_busy);
  if (self->waiting != NULL)
    {
      gtk_spinner_set_spinning (GTK_SPINNER (self->waiting), is_busy);
      gtk_widget_set_visible (self->waiting, is_busy);
    }
  if (!is_busy)
    self->waiting = NULL;
}

static void
entry_changed_cb (WaySignInPage *self)
{
  const char *address = gtk_editable_get_text (GTK_EDITABLE (self->address));
  const char *username = gtk_editable_get_text (GTK_EDITABLE (self->username));

  gtk_widget_set_sensitive (GTK_WIDGET (self->button), address[0] != '\0' && username[0] != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->security), !g_str_has_prefix (address, "postgresql:"));
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WaySignInPage) self = user_data;
  g_autoptr (GError) error = NULL;

  set_busy (self, FALSE);
  if (!way_session_sign_in_finish (WAY_SESSION (source), result, &error))
    {
      show_trouble (self, error->message);
      return;
    }
  show_trouble (self, NULL);
  g_settings_set_string (self->settings, "last-person",
                         g_settings_get_boolean (self->settings, "shared-computer")
                             ? ""
                             : way_session_get_username (self->session));
  g_signal_emit (self, signals[SIGNED_IN], 0);
}

static void
sign_in (WaySignInPage *self, const char *trust_uri, const char *username)
{
  if (self->is_busy || self->session == NULL)
    return;
  show_trouble (self, NULL);
  set_busy (self, TRUE);
  g_settings_set_string (self->settings, "trust-uri", trust_uri);
  way_session_sign_in_async (self->session, trust_uri, username, self->cancellable, signed_in_cb,
                             g_object_ref (self));
}

static void
sign_in_cb (WaySignInPage *self)
{
  g_autofree char *address = g_strstrip (
      g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->address))));
  g_autofree char *username = g_strstrip (
      g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->username))));
  g_autofree char *uri = NULL;

  if (address[0] == '\0' || username[0] == '\0')
    return;
  /* A path is understood as a trust in a file. */
  uri = address[0] == '/' ? g_strconcat ("sqlite:", address, NULL) : g_strdup (address);
  sign_in (self, uri, username);
}

static void
server_signed_in_cb (WaySignInPage *self)
{
  g_signal_emit (self, signals[SIGNED_IN], 0);
}

/* Either the server of this computer, or a trust that is named here. */
static void
show_server (WaySignInPage *self, gboolean is_server)
{
  gtk_widget_set_visible (GTK_WIDGET (self->server_bin), is_server);
  gtk_widget_set_visible (GTK_WIDGET (self->own_group), !is_server);
  gtk_widget_set_visible (GTK_WIDGET (self->people), !is_server);
  gtk_widget_set_visible (GTK_WIDGET (self->button), !is_server);
  gtk_widget_set_visible (GTK_WIDGET (self->security), !is_server);
  if (is_server)
    {
      if (self->server == NULL)
        {
          self->server = g_object_new (WAY_TYPE_SIGN_IN_SERVER, NULL);
          g_signal_connect_swapped (self->server, "signed-in", G_CALLBACK (server_signed_in_cb),
                                    self);
          adw_bin_set_child (self->server_bin, GTK_WIDGET (self->server));
        }
      show_trouble (self, NULL);
      introduce (self, FALSE);
      way_sign_in_server_open (self->server, self->session, self->settings);
    }
}

static void
row_activated_cb (WaySignInPage *self, AdwActionRow *row)
{
  self->waiting = g_object_get_data (G_OBJECT (row), "spinner");
  sign_in (self, self->trust_uri, g_object_get_data (G_OBJECT (row), "username"));
}

static char *
describe_person (WaySignInPage *self, WayRow *person)
{
  const WayRole *role = NULL;
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  g_auto (GStrv) texts = NULL;

  if (way_row_has (person, "unit"))
    g_strv_builder_add (parts, way_row_get_text (person, "unit"));
  if (way_row_has (person, "staff_group"))
    role = way_pack_find_role (way_session_get_pack (self->session),
                               way_row_get_text (person, "staff_group"));
  if (role != NULL)
    g_strv_builder_add (parts, role->name);
  if (way_row_has (person, "attempts"))
    g_strv_builder_add (parts, way_row_get_int (person, "attempts") > 0 ? _ ("has used Waymark")
                                                                        : _ ("new to Waymark"));
  texts = g_strv_builder_end (parts);
  return g_strjoinv (" · ", texts);
}

static guint
find_role (WayRow *person)
{
  for (guint i = 0; i < G_N_ELEMENTS (ROLES); i++)
    {
      if (g_strcmp0 (way_row_get_text (person, "role"), ROLES[i].role) == 0)
        return i;
    }
  return 0;
}

/* The first of each role has the role for a title; the others have their name. */
static GtkWidget *
create_person_row (WaySignInPage *self, WayRow *person, gboolean is_first)
{
  guint role = find_role (person);
  const char *name = way_row_get_text (person, "name");
  g_autofree char *facts = describe_person (self, person);
  g_autofree char *subtitle = NULL;
  g_autofree char *label = NULL;
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *prefix;
  GtkWidget *spinner = g_object_new (GTK_TYPE_SPINNER, "visible", FALSE, NULL);
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");

  if (is_first)
    {
      prefix = gtk_image_new_from_icon_name (ROLES[role].icon_name);
      gtk_image_set_pixel_size (GTK_IMAGE (prefix), 24);
      gtk_widget_set_valign (prefix, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (prefix, "way-tile");
    }
  else
    prefix = g_object_new (ADW_TYPE_AVATAR, "size", 32, "show-initials", TRUE, "text", name,
                           "valign", GTK_ALIGN_CENTER, NULL);
  subtitle = is_first ? g_strdup_printf ("%s\n%s", name, facts)
                      : g_strdup_printf ("%s · %s", _ (ROLES[role].title), facts);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 is_first ? _ (ROLES[role].title) : name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  way_compat_hide (prefix);
  way_compat_hide (arrow);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), prefix);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), spinner);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data (G_OBJECT (row), "spinner", spinner);
  g_object_set_data_full (G_OBJECT (row), "username",
                          g_strdup (way_row_get_text (person, "username")), g_free);
  g_signal_connect_swapped (row, "activated", G_CALLBACK (row_activated_cb), self);
  /* Translators: a role, then a name: "Learner: Sam Okoro". */
  label = g_strdup_printf (_ ("%s: %s"), _ (ROLES[role].title), name);
  way_compat_name (row, label);
  way_compat_describe (row, facts);
  way_press_add (row);
  return row;
}

static void
show_people (WaySignInPage *self, GListModel *people)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  GtkWidget *others = adw_expander_row_new ();
  gboolean has_first[G_N_ELEMENTS (ROLES)] = { FALSE };

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (others), _ ("Somebody else"));
  way_compat_name (others, _ ("Somebody else"));
  for (guint i = 0; i < g_list_model_get_n_items (people); i++)
    {
      g_autoptr (WayRow) person = g_list_model_get_item (people, i);
      guint role = find_role (person);
      GtkWidget *row = create_person_row (self, person, !has_first[role]);

      if (has_first[role])
        adw_expander_row_add_row (ADW_EXPANDER_ROW (others), row);
      else
        adw_preferences_group_add (group, row);
      has_first[role] = TRUE;
    }
  adw_preferences_group_add (group, others);
  gtk_box_append (self->people, GTK_WIDGET (group));
}

static void
clear_people (WaySignInPage *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->people))) != NULL)
    gtk_box_remove (self->people, child);
}

static void
introduce (WaySignInPage *self, gboolean is_demonstration)
{
  gtk_label_set_label (
      self->introduction,
      is_demonstration
          ? _ ("This is a practice trust: every person in it is made up. Who would you like to be?")
          : _ ("Find out where you stand with digital skills at work, and learn what is missing, "
               "ten minutes at a time."));
  adw_preferences_group_set_title (self->own_group,
                                   is_demonstration ? _ ("Another trust") : _ ("Your trust"));
}

/* Somebody is signed in, and the page is out of sight. */
static gboolean
is_done (WaySignInPage *self)
{
  return !gtk_widget_get_mapped (GTK_WIDGET (self)) && self->session != NULL
         && way_session_is_signed_in (self->session);
}

/* Whom a trust offers is asked for again at the next sign-in; until then the rows would take as
 * much as a page. */
static void
way_sign_in_page_unmap (GtkWidget *widget)
{
  WaySignInPage *self = WAY_SIGN_IN_PAGE (widget);

  GTK_WIDGET_CLASS (way_sign_in_page_parent_class)->unmap (widget);

  if (is_done (self))
    clear_people (self);
}

static void
people_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WaySignInPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel)
      people = way_session_list_people_finish (WAY_SESSION (source), result, &error);

  gtk_widget_set_visible (GTK_WIDGET (self->spinner), FALSE);
  clear_people (self);
  if (is_done (self))
    return;
  /* Only a demonstration lists people. */
  introduce (self, people != NULL && g_list_model_get_n_items (people) > 0);
  if (people == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          gtk_editable_set_text (GTK_EDITABLE (self->address), self->trust_uri);
          /* A real trust lists nobody: then a username is asked for, and nothing is wrong. */
          if (!g_error_matches (error, WAY_SESSION_ERROR, WAY_SESSION_ERROR_NOT_YOURS))
            show_trouble (self, error->message);
        }
      return;
    }
  if (g_list_model_get_n_items (people) == 0)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->address), self->trust_uri);
      return;
    }
  show_people (self, people);
  if (!self->is_busy)
    gtk_widget_child_focus (GTK_WIDGET (self->people), GTK_DIR_TAB_FORWARD);
}

static void
way_sign_in_page_dispose (GObject *object)
{
  WaySignInPage *self = WAY_SIGN_IN_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), WAY_TYPE_SIGN_IN_PAGE);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (way_sign_in_page_parent_class)->dispose (object);
}

static void
way_sign_in_page_finalize (GObject *object)
{
  WaySignInPage *self = WAY_SIGN_IN_PAGE (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->trust_uri, g_free);

  G_OBJECT_CLASS (way_sign_in_page_parent_class)->finalize (object);
}

static void
way_sign_in_page_class_init (WaySignInPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = way_sign_in_page_dispose;
  object_class->finalize = way_sign_in_page_finalize;
  widget_class->unmap = way_sign_in_page_unmap;

  /**
   * WaySignInPage::signed-in:
   *
   * Somebody is signed in now.
   */
  signals[SIGNED_IN] = g_signal_new ("signed-in", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/waymark_skills/Waymark/ui/way-sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WaySignInPage, address);
  gtk_widget_class_bind_template_child (widget_class, WaySignInPage, body);
  gtk_widget_class_bind_template_child (widget_class, WaySignInPage, button);
  gtk_widget_class_bind_template_child (widget_class, WaySignInPage, introduction);
  gtk_widget_class_bind_template_child (widget_class, WaySignInPage, own_group);
  gtk_widget_class_bind_template_child (widget_class, WaySignInPage, people);
  gtk_widget_class_bind_template_child (widget_class, WaySignInPage, security);
  gtk_widget_class_bind_template_child (widget_class, WaySignInPage, server_bin);
  gtk_widget_class_bind_template_child (widget_class, WaySignInPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, WaySignInPage, trouble);
  gtk_widget_class_bind_template_child (widget_class, WaySignInPage, trouble_label);
  gtk_widget_class_bind_template_child (widget_class, WaySignInPage, username);
  gtk_widget_class_bind_template_callback (widget_class, entry_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_cb);
}

static void
way_sign_in_page_init (WaySignInPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  introduce (self, FALSE);
}

/**
 * way_sign_in_page_set_session:
 * @settings: remembers which trust and who
 *
 * Gives the page what it signs in to.
 */
void
way_sign_in_page_set_session (WaySignInPage *self, WaySession *session, GSettings *settings)
{
  g_return_if_fail (WAY_IS_SIGN_IN_PAGE (self));

  g_set_object (&self->session, session);
  g_set_object (&self->settings, settings);
}

/* The trust of an earlier sign-in, or the demonstration where there is one. */
static char *
dup_usual_trust (WaySignInPage *self)
{
  g_autofree char *uri = g_settings_get_string (self->settings, "trust-uri");
  g_autofree char *demo = NULL;

  if (uri[0] != '\0')
    return g_steal_pointer (&uri);
  demo = way_set_up_demo_dup_path ();
  if (g_file_test (demo, G_FILE_TEST_EXISTS))
    return g_strconcat ("sqlite:", demo, NULL);
  return NULL;
}

static gboolean
is_set_up_for_server (WaySignInPage *self)
{
  g_autoptr (WayConnection) connection = way_connection_new_from_settings (self->settings);

  return way_connection_is_server (connection);
}

/**
 * way_sign_in_page_has_trust:
 *
 * Returns: whether this computer is set up for a trust, or has a demonstration
 */
gboolean
way_sign_in_page_has_trust (WaySignInPage *self)
{
  g_autofree char *uri = NULL;

  g_return_val_if_fail (WAY_IS_SIGN_IN_PAGE (self), FALSE);

  if (self->settings == NULL)
    return FALSE;
  uri = dup_usual_trust (self);
  return uri != NULL || is_set_up_for_server (self);
}

/**
 * way_sign_in_page_open:
 * @trust_uri: (nullable): the trust to offer; NULL for the usual one
 * @username: (nullable): sign in at once
 *
 * Offers to sign in to the server of this computer, or the people of a demonstration
 * trust, or asks for an address.
 */
void
way_sign_in_page_open (WaySignInPage *self, const char *trust_uri, const char *username)
{
  g_return_if_fail (WAY_IS_SIGN_IN_PAGE (self));
  g_return_if_fail (self->session != NULL);

  g_clear_pointer (&self->trust_uri, g_free);
  show_server (self, trust_uri == NULL && is_set_up_for_server (self));
  if (gtk_widget_get_visible (GTK_WIDGET (self->server_bin)))
    return;
  self->trust_uri = trust_uri != NULL ? g_strdup (trust_uri) : dup_usual_trust (self);
  if (self->trust_uri == NULL)
    {
      introduce (self, FALSE);
      gtk_widget_grab_focus (GTK_WIDGET (self->address));
      return;
    }
  if (gtk_editable_get_text (GTK_EDITABLE (self->username))[0] == '\0')
    {
      g_autofree char *last = g_settings_get_string (self->settings, "last-person");

      gtk_editable_set_text (GTK_EDITABLE (self->username), last);
    }
  if (username != NULL)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->address), self->trust_uri);
      gtk_editable_set_text (GTK_EDITABLE (self->username), username);
      sign_in (self, self->trust_uri, username);
    }
  way_sign_in_page_reload (self);
}

/**
 * way_sign_in_page_reload:
 *
 * Asks the trust again whom it offers.
 */
void
way_sign_in_page_reload (WaySignInPage *self)
{
  g_return_if_fail (WAY_IS_SIGN_IN_PAGE (self));

  if (gtk_widget_get_visible (GTK_WIDGET (self->server_bin)))
    way_sign_in_server_open (self->server, self->session, self->settings);
  if (self->trust_uri == NULL)
    return;
  if (gtk_widget_get_first_child (GTK_WIDGET (self->people)) == NULL)
    gtk_widget_set_visible (GTK_WIDGET (self->spinner), TRUE);
  gtk_spinner_start (self->spinner);
  way_session_list_people_async (self->session, self->trust_uri, self->cancellable,
                                 people_loaded_cb, g_object_ref (self));
}
