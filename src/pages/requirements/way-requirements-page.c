/* way-requirements-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/requirements/way-requirements-page.h"

#include "session/way-requirements.h"
#include "widgets/way-compat.h"
#include "widgets/way-words.h"

#include <glib/gi18n.h>

/* What the pack asks of each staff group and job role, and what the trust wants otherwise: one
 * role at a time, and below it all that was changed, by whom and when. Each choice counts at
 * once, and can be taken back. */
struct _WayRequirementsPage
{
  WayPage parent_instance;

  GListModel *changes; /* (owned) (nullable) of WayRow */
  GHashTable *authors; /* (owned) names by person */
  gboolean is_filling;

  GPtrArray *ids; /* (owned) of the choices of @role, borrowed from the pack */
  AdwComboRow *role;
  AdwComboRow *levels[WAY_MAX_CAPABILITIES];
  GtkWidget *name; /* of the role, in full */
  AdwPreferencesGroup *asked;
  GtkListBox *list;
  GtkWidget *none;
};

G_DEFINE_FINAL_TYPE (WayRequirementsPage, way_requirements_page, WAY_TYPE_PAGE)

static WayPack *
get_pack (WayRequirementsPage *self)
{
  return way_session_get_pack (way_page_get_session (WAY_PAGE (self)));
}

/* (nullable) the staff group or job role that is looked at. */
static const char *
get_role (WayRequirementsPage *self)
{
  guint place = adw_combo_row_get_selected (self->role);

  return place < self->ids->len ? self->ids->pdata[place] : NULL;
}

static const char *
get_role_name (WayPack *pack, const char *id)
{
  const WayJob *job = way_pack_find_job (pack, id);
  const WayRole *group = way_pack_find_role (pack, id);

  return job != NULL ? job->name : group != NULL ? group->name : id;
}

static WayRow *
find_change (WayRequirementsPage *self, const char *role, const char *capability)
{
  for (guint i = 0; self->changes != NULL && i < g_list_model_get_n_items (self->changes); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (self->changes, i);

      if (g_strcmp0 (way_row_get_text (row, "role"), role) == 0
          && g_strcmp0 (way_row_get_text (row, "capability"), capability) == 0)
        return g_steal_pointer (&row);
    }
  return NULL;
}

static int
get_changed_level (WayRequirementsPage *self, const char *role, const char *capability)
{
  g_autoptr (WayRow) row = find_change (self, role, capability);

  return row != NULL ? (int) CLAMP (way_row_get_int (row, "level"), 1, WAY_N_LEVELS) : 0;
}

/* A combo row reads its title to a screen reader, but not its value. Where something else holds
 * without it, that is read after it, and stands below it. */
static void
describe_value (AdwComboRow *row)
{
  GtkStringObject *value = adw_combo_row_get_selected_item (row);
  const char *holds = g_object_get_data (G_OBJECT (row), "holds");
  g_autofree char *text = NULL;
  g_autofree char *lines = NULL;

  if (value == NULL)
    return;
  if (holds == NULL)
    {
      way_compat_describe (GTK_WIDGET (row), gtk_string_object_get_string (value));
      return;
    }
  text = g_strdup_printf ("%s. %s", gtk_string_object_get_string (value), holds);
  lines = g_strdup_printf ("%s\n%s", gtk_string_object_get_string (value), holds);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), lines);
  way_compat_describe (GTK_WIDGET (row), text);
}

/* --- Saving ------------------------------------------------------------------------------ */

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayRequirementsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  if (way_page_get_session (WAY_PAGE (self)) == NULL)
    return; /* left meanwhile */
  if (!way_session_set_requirement_finish (WAY_SESSION (source), result, &id, &error))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", error->message);
  else if (id != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.undo-toast", "(ss)",
                                _ ("Saved here. It goes to everybody with the next sync."), id);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", _ ("Taken back."));
  way_page_load (WAY_PAGE (self));
}

static void
save (WayRequirementsPage *self, const char *role, const char *capability, int level)
{
  way_session_set_requirement_async (way_page_get_session (WAY_PAGE (self)), role, capability,
                                     level, NULL, saved_cb, g_object_ref (self));
}

static void
level_selected_cb (AdwComboRow *row, GParamSpec *pspec, WayRequirementsPage *self)
{
  GPtrArray *capabilities = way_pack_get_capabilities (get_pack (self));
  guint level = adw_combo_row_get_selected (row);

  if (self->is_filling || level > WAY_N_LEVELS || get_role (self) == NULL)
    return;
  describe_value (row);
  for (guint i = 0; i < MIN (capabilities->len, WAY_MAX_CAPABILITIES); i++)
    if (self->levels[i] == row)
      save (self, get_role (self), ((WayCapability *) capabilities->pdata[i])->id, (int) level);
}

static void
take_back_cb (GtkButton *button, WayRequirementsPage *self)
{
  WayRow *row = g_object_get_data (G_OBJECT (button), "row");

  /* The row goes: what is read next must not be lost. */
  gtk_widget_grab_focus (GTK_WIDGET (self->role));
  save (self, way_row_get_text (row, "role"), way_row_get_text (row, "capability"), 0);
}

/* --- Showing ----------------------------------------------------------------------------- */

/* What holds where the trust says nothing of this role itself. */
static char *
describe_default (WayRequirementsPage *self, const char *role, const WayCapability *capability)
{
  WayPack *pack = get_pack (self);
  const WayJob *job = way_pack_find_job (pack, role);
  int place = way_pack_find_capability (pack, capability->id);
  int changed = job != NULL ? get_changed_level (self, job->role, capability->id) : 0;
  int level = way_requirement_get_default (pack, role, capability->id);

  if (job != NULL && job->required[place] == 0)
    /* Translators: a staff group, then a level. */
    return g_strdup_printf (_ ("%s asks for %s"), get_role_name (pack, job->role),
                            way_level_name (pack, changed > 0 ? changed : level));
  /* Translators: %s is a level; a pack is the content that was published. */
  return g_strdup_printf (_ ("The pack asks for %s"), way_level_name (pack, level));
}

static void
fill_level (WayRequirementsPage *self, guint n)
{
  WayPack *pack = get_pack (self);
  const WayCapability *capability = way_pack_get_capabilities (pack)->pdata[n];
  const char *role = get_role (self);
  g_autofree char *holds = describe_default (self, role, capability);
  const WayJob *job = way_pack_find_job (pack, role);
  g_autoptr (GtkStringList) levels = gtk_string_list_new (NULL);
  int changed = get_changed_level (self, role, capability->id);

  gtk_string_list_append (levels, job != NULL && job->required[n] == 0 ? _ ("As its group")
                                                                       : _ ("As the pack"));
  for (int level = 1; level <= WAY_N_LEVELS; level++)
    gtk_string_list_append (levels, way_level_name (pack, level));
  adw_combo_row_set_model (self->levels[n], G_LIST_MODEL (levels));
  adw_combo_row_set_selected (self->levels[n], (guint) changed);
  g_object_set_data_full (G_OBJECT (self->levels[n]), "holds", g_steal_pointer (&holds), g_free);
  describe_value (self->levels[n]);
}

static void
fill_levels (WayRequirementsPage *self)
{
  guint n = MIN (way_pack_get_capabilities (get_pack (self))->len, WAY_MAX_CAPABILITIES);

  if (get_role (self) == NULL)
    return;
  self->is_filling = TRUE;
  for (guint i = 0; i < n; i++)
    fill_level (self, i);
  gtk_label_set_label (GTK_LABEL (self->name), get_role_name (get_pack (self), get_role (self)));
  self->is_filling = FALSE;
}

static void
role_selected_cb (AdwComboRow *row, GParamSpec *pspec, WayRequirementsPage *self)
{
  describe_value (row);
  if (!self->is_filling && way_page_get_session (WAY_PAGE (self)) != NULL)
    fill_levels (self);
}

/* Who, and when. */
static char *
describe_change (WayRequirementsPage *self, WayRow *row)
{
  const char *author = way_row_has (row, "author") ? way_row_get_text (row, "author") : NULL;
  const char *name = way_row_has (row, "name") ? way_row_get_text (row, "name") : NULL;
  g_autofree char *when = way_format_when (way_row_get_int (row, "at"));

  if (name == NULL && author != NULL)
    name = g_hash_table_lookup (self->authors, author);
  if (name == NULL)
    name = author != NULL ? _ ("A training lead") : _ ("Who looks after the trust's server");
  /* Translators: who changed it, then when: “since Tuesday”, “3 March 2026”. */
  return g_strdup_printf (_ ("%s · %s"), name, when);
}

static GtkWidget *
create_change (WayRequirementsPage *self, WayRow *row)
{
  WayPack *pack = get_pack (self);
  int place = way_pack_find_capability (pack, way_row_get_text (row, "capability"));
  const WayCapability *capability = place >= 0 ? way_pack_get_capabilities (pack)->pdata[place]
                                               : NULL;
  const char *role = get_role_name (pack, way_row_get_text (row, "role"));
  const char *about = capability != NULL ? capability->short_name
                                         : way_row_get_text (row, "capability");
  GtkWidget *line = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_label (_ ("Take Back"));
  g_autofree char *title = NULL;
  g_autofree char *who = describe_change (self, row);
  g_autofree char *name = NULL;

  /* Translators: a staff group or job role, a capability, and a level. */
  title = g_strdup_printf (_ ("%s · %s: %s"), role, about,
                           way_level_name (pack, (int) way_row_get_int (row, "level")));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (line), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (line), who);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (line), FALSE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  /* Translators: on a button: a staff group or job role, and a capability. */
  name = g_strdup_printf (_ ("Take back: %s, %s"), role, about);
  way_compat_name (button, name);
  g_object_set_data_full (G_OBJECT (button), "row", g_object_ref (row), g_object_unref);
  g_signal_connect (button, "clicked", G_CALLBACK (take_back_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (line), button);
  way_compat_name (line, title);
  way_compat_describe (line, who);
  return line;
}

static void
show_changes (WayRequirementsPage *self)
{
  guint n = g_list_model_get_n_items (self->changes);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (self->changes, i);

      gtk_list_box_append (self->list, create_change (self, row));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->list), n > 0);
  gtk_widget_set_visible (self->none, n == 0);
}

static void
authors_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayRequirementsPage) self = user_data;
  /* Without the trust the names are not known, and nothing else is missing. */
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, NULL);

  if (rows == NULL || way_page_get_session (WAY_PAGE (self)) == NULL)
    return;
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rows, i);

      g_hash_table_insert (self->authors, g_strdup (way_row_get_text (row, "person")),
                           g_strdup (way_row_get_text (row, "name")));
    }
  if (!way_page_keep_rows (WAY_PAGE (self), "authors", rows))
    show_changes (self);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayRequirementsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || way_page_get_session (WAY_PAGE (self)) == NULL)
    return;
  if (rows == NULL)
    {
      way_page_show_error (WAY_PAGE (self), _ ("What roles ask for cannot be shown"), error);
      return;
    }
  if (!way_page_keep_rows (WAY_PAGE (self), "changes", rows) || self->changes == NULL)
    {
      g_set_object (&self->changes, rows);
      fill_levels (self);
      show_changes (self);
    }
  way_page_show_content (WAY_PAGE (self));
  way_session_load_requirement_authors_async (WAY_SESSION (source), NULL, authors_loaded_cb,
                                              g_object_ref (self));
}

static void
fill_roles (WayRequirementsPage *self)
{
  WayPack *pack = get_pack (self);
  GPtrArray *groups = way_pack_get_roles (pack);
  GPtrArray *jobs = way_pack_get_jobs (pack);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  self->is_filling = TRUE;
  for (guint i = 0; i < groups->len; i++)
    {
      const WayRole *group = groups->pdata[i];

      gtk_string_list_append (names, group->name);
      g_ptr_array_add (self->ids, group->id);
      for (guint k = 0; k < jobs->len; k++)
        {
          const WayJob *job = jobs->pdata[k];
          g_autofree char *name = NULL;

          if (g_strcmp0 (job->role, group->id) != 0)
            continue;
          /* Translators: a staff group, then a job role within it. */
          name = g_strdup_printf (_ ("%s: %s"), group->name, job->name);
          gtk_string_list_append (names, name);
          g_ptr_array_add (self->ids, job->id);
        }
    }
  adw_combo_row_set_model (self->role, G_LIST_MODEL (names));
  self->is_filling = FALSE;
  describe_value (self->role);
}

static void
add_levels (WayRequirementsPage *self)
{
  GPtrArray *capabilities = way_pack_get_capabilities (get_pack (self));

  for (guint i = 0; i < MIN (capabilities->len, WAY_MAX_CAPABILITIES); i++)
    {
      const WayCapability *capability = capabilities->pdata[i];
      GtkWidget *row = adw_combo_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), capability->short_name);
      adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
      /* Beside the name a level is cut off in a narrow window, below it it wraps. */
      adw_combo_row_set_use_subtitle (ADW_COMBO_ROW (row), TRUE);
      way_compat_name (row, capability->short_name);
      g_signal_connect (row, "notify::selected", G_CALLBACK (level_selected_cb), self);
      adw_preferences_group_add (self->asked, row);
      self->levels[i] = ADW_COMBO_ROW (row);
    }
}

static void
way_requirements_page_load (WayPage *page, GCancellable *cancellable)
{
  WayRequirementsPage *self = WAY_REQUIREMENTS_PAGE (page);

  if (self->ids->len == 0)
    {
      fill_roles (self);
      add_levels (self);
    }
  way_session_load_requirements_async (way_page_get_session (page), cancellable, loaded_cb,
                                       g_object_ref (page));
}

static void
way_requirements_page_finalize (GObject *object)
{
  WayRequirementsPage *self = WAY_REQUIREMENTS_PAGE (object);

  g_clear_object (&self->changes);
  g_clear_pointer (&self->authors, g_hash_table_unref);
  g_clear_pointer (&self->ids, g_ptr_array_unref);

  G_OBJECT_CLASS (way_requirements_page_parent_class)->finalize (object);
}

static void
way_requirements_page_class_init (WayRequirementsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = way_requirements_page_finalize;
  WAY_PAGE_CLASS (klass)->load = way_requirements_page_load;
}

static GtkWidget *
create_label (const char *text, const char *style, GtkAccessibleRole role)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", role, "label", text, "wrap",
                                   TRUE, "xalign", 0.0, NULL);

  gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
create_content (WayRequirementsPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *group = adw_preferences_group_new ();

  gtk_box_append (GTK_BOX (box),
                  create_label (_ ("What roles ask for"), "title-1", GTK_ACCESSIBLE_ROLE_HEADING));
  gtk_box_append (
      GTK_BOX (box),
      create_label (_ ("The level that work asks for: plans, My skills and all reports go by it. "
                       "Each choice counts for everybody after the next sync, from their next "
                       "sign-in. A job role goes before its staff group."),
                    "way-quiet", GTK_ACCESSIBLE_ROLE_LABEL));
  self->role = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->role), _ ("Staff group or job role"));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self->role), 0);
  way_compat_name (GTK_WIDGET (self->role), _ ("Staff group or job role"));
  g_signal_connect (self->role, "notify::selected", G_CALLBACK (role_selected_cb), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->role));
  gtk_box_append (GTK_BOX (box), group);
  self->asked = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  self->name = create_label ("", "heading", GTK_ACCESSIBLE_ROLE_HEADING);
  gtk_box_append (GTK_BOX (box), self->name);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->asked));
  gtk_box_append (GTK_BOX (box), create_label (_ ("What your trust has changed"), "heading",
                                               GTK_ACCESSIBLE_ROLE_HEADING));
  self->none = create_label (_ ("Nothing: each role asks for what the pack has."), "way-quiet",
                             GTK_ACCESSIBLE_ROLE_LABEL);
  gtk_box_append (GTK_BOX (box), self->none);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  way_compat_name (GTK_WIDGET (self->list), _ ("What your trust has changed"));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  return box;
}

static void
way_requirements_page_init (WayRequirementsPage *self)
{

  self->authors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->ids = g_ptr_array_new ();
  way_page_set_column (WAY_PAGE (self), create_content (self), 640);
}

/**
 * way_requirements_page_new:
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
way_requirements_page_new (WaySession *session)
{
  return g_object_new (WAY_TYPE_REQUIREMENTS_PAGE, "session", session, NULL);
}
