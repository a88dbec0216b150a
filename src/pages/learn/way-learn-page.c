/* way-learn-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/learn/way-learn-page.h"

#include "pages/way-press.h"
#include "widgets/way-compat.h"
#include "widgets/way-words.h"

#include <glib/gi18n.h>

/* Every module in the order of this person's plan, and the pathways they belong to. */
struct _WayLearnPage
{
  WayPage parent_instance;

  GPtrArray *rows;         /* (owned) of GtkWidget: of the plan */
  GPtrArray *pathway_rows; /* (owned) of GtkWidget */
  GHashTable *module_rows; /* (owned) char* module → WayRow */

  /* template */
  GtkWidget *nothing;
  AdwPreferencesGroup *pathways;
  AdwPreferencesGroup *plan;
  GtkSearchBar *search_bar;
  GtkEditable *search_entry;
};

G_DEFINE_FINAL_TYPE (WayLearnPage, way_learn_page, WAY_TYPE_PAGE)

enum
{
  PROP_0,
  PROP_SEARCH,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static const struct
{
  const char *state;
  const char *words;
  const char *dots;
} STATES[] = {
  { "", N_ ("not begun"), "○○○○" },
  { "started", N_ ("begun"), "●○○○" },
  { "practised", N_ ("practised"), "●●○○" },
  { "checked", N_ ("check passed, one thing left on shift"), "●●●○" },
  { "done", N_ ("done"), "●●●●" },
};

static guint
find_state (const char *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (STATES); i++)
    {
      if (g_strcmp0 (STATES[i].state, state) == 0)
        return i;
    }
  return 0;
}

static const WayCapability *
find_capability (WayLearnPage *self, const char *id)
{
  WayPack *pack = way_session_get_pack (way_page_get_session (WAY_PAGE (self)));
  int index = way_pack_find_capability (pack, id);

  return index >= 0 ? g_ptr_array_index (way_pack_get_capabilities (pack), index) : NULL;
}

static GtkWidget *
create_row (WayLearnPage *self, WayRow *module, gboolean is_in_plan)
{
  const WayCapability *capability = find_capability (self, way_row_get_text (module, "capability"));
  guint state = find_state (way_row_get_text (module, "state"));
  const char *title = way_row_get_text (module, "title");
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name (capability != NULL ? capability->icon
                                                                     : "way-learn-symbolic");
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");
  g_autofree char *minutes = way_format_minutes (way_row_get_int (module, "minutes"));
  g_autofree char *facts = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *subtitle = NULL;
  g_autofree char *action = NULL;
  g_autofree char *words = NULL;

  /* Translators: how far, a capability, how long: “begun · Staying safe · 10 minutes”. */
  facts = g_strdup_printf (_ ("%s · %s · %s"), _ (STATES[state].words),
                           capability != NULL ? capability->short_name : "", minutes);
  shown = g_strdup_printf ("%s  %s", STATES[state].dots, facts);
  subtitle = is_in_plan ? g_strdup_printf ("%s\n%s", way_row_get_text (module, "summary"), shown)
                        : g_strdup (shown);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (is_in_plan)
    {
      gtk_image_set_pixel_size (GTK_IMAGE (icon), 24);
      gtk_widget_set_valign (icon, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (icon, "way-tile");
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
    }
  else
    g_object_unref (g_object_ref_sink (icon));
  way_compat_hide (arrow);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  action = g_strdup_printf ("win.show-module::%s", way_row_get_text (module, "module"));
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (row), action);
  way_compat_name (row, title);
  way_compat_describe (row, facts);
  way_press_add (row);
  words = g_strjoin (" ", title, subtitle, capability != NULL ? capability->name : "", NULL);
  g_object_set_data_full (G_OBJECT (row), "words", g_utf8_casefold (words, -1), g_free);
  return row;
}

static void
clear (AdwPreferencesGroup *group, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    adw_preferences_group_remove (group, g_ptr_array_index (rows, i));
  g_ptr_array_set_size (rows, 0);
}

static GtkWidget *
create_pathway_row (WayLearnPage *self, const WayPathway *pathway)
{
  GtkWidget *row = adw_expander_row_new ();
  GtkWidget *count;
  guint n_done = 0;
  g_autofree char *text = NULL;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), pathway->title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), pathway->description);
  for (guint i = 0; i < pathway->modules->len; i++)
    {
      WayRow *module = g_hash_table_lookup (self->module_rows,
                                            g_ptr_array_index (pathway->modules, i));

      if (module == NULL)
        continue;
      if (g_strcmp0 (way_row_get_text (module, "state"), "done") == 0)
        n_done++;
      adw_expander_row_add_row (ADW_EXPANDER_ROW (row), create_row (self, module, FALSE));
    }
  /* Translators: how many modules of a pathway are done: “1 of 3”. */
  text = g_strdup_printf (_ ("%u of %u"), n_done, pathway->modules->len);
  count = gtk_label_new (text);
  gtk_widget_add_css_class (count, "dim-label");
  gtk_widget_add_css_class (count, "numeric");
  adw_expander_row_add_action (ADW_EXPANDER_ROW (row), count);
  way_compat_name (row, pathway->title);
  way_compat_describe (row, text);
  return row;
}

static void
search_changed_cb (WayLearnPage *self)
{
  g_autofree char *text = g_utf8_casefold (gtk_editable_get_text (self->search_entry), -1);
  guint n = 0;

  g_strstrip (text);
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);
      gboolean is_match = strstr (g_object_get_data (G_OBJECT (row), "words"), text) != NULL;

      gtk_widget_set_visible (row, is_match);
      n += is_match;
    }
  gtk_widget_set_visible (self->nothing, n == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->plan), n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->pathways), text[0] == '\0');
}

static void
show (WayLearnPage *self, GListModel *modules)
{
  GPtrArray *pathways = way_pack_get_pathways (
      way_session_get_pack (way_page_get_session (WAY_PAGE (self))));

  clear (self->plan, self->rows);
  clear (self->pathways, self->pathway_rows);
  g_hash_table_remove_all (self->module_rows);
  for (guint i = 0; i < g_list_model_get_n_items (modules); i++)
    {
      g_autoptr (WayRow) module = g_list_model_get_item (modules, i);
      GtkWidget *row = create_row (self, module, TRUE);

      g_hash_table_insert (self->module_rows, g_strdup (way_row_get_text (module, "module")),
                           g_object_ref (module));
      adw_preferences_group_add (self->plan, row);
      g_ptr_array_add (self->rows, row);
    }
  for (guint i = 0; i < pathways->len; i++)
    {
      GtkWidget *row = create_pathway_row (self, g_ptr_array_index (pathways, i));

      adw_preferences_group_add (self->pathways, row);
      g_ptr_array_add (self->pathway_rows, row);
    }
  search_changed_cb (self);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayLearnPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel)
      modules = way_session_load_progress_finish (WAY_SESSION (source), result, &error);

  if (modules == NULL)
    way_page_show_error (WAY_PAGE (self), _ ("Your modules cannot be shown"), error);
  else if (g_list_model_get_n_items (modules) == 0)
    way_page_show_message (WAY_PAGE (self), "way-learn-symbolic", _ ("No modules yet"),
                           _ ("The content on this computer holds no modules."), NULL, NULL);
  else
    {
      show (self, modules);
      way_page_show_content (WAY_PAGE (self));
    }
}

static void
way_learn_page_load (WayPage *page, GCancellable *cancellable)
{
  way_session_load_progress_async (way_page_get_session (page), cancellable, loaded_cb,
                                   g_object_ref (page));
}

static void
way_learn_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SEARCH:
      g_value_set_boolean (value,
                           gtk_search_bar_get_search_mode (WAY_LEARN_PAGE (object)->search_bar));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
way_learn_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SEARCH:
      gtk_search_bar_set_search_mode (WAY_LEARN_PAGE (object)->search_bar,
                                      g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
way_learn_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WAY_TYPE_LEARN_PAGE);

  G_OBJECT_CLASS (way_learn_page_parent_class)->dispose (object);
}

static void
way_learn_page_finalize (GObject *object)
{
  WayLearnPage *self = WAY_LEARN_PAGE (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->pathway_rows, g_ptr_array_unref);
  g_clear_pointer (&self->module_rows, g_hash_table_unref);

  G_OBJECT_CLASS (way_learn_page_parent_class)->finalize (object);
}

static void
way_learn_page_class_init (WayLearnPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = way_learn_page_dispose;
  object_class->finalize = way_learn_page_finalize;
  object_class->get_property = way_learn_page_get_property;
  object_class->set_property = way_learn_page_set_property;
  WAY_PAGE_CLASS (klass)->load = way_learn_page_load;

  props[PROP_SEARCH] = g_param_spec_boolean ("search", NULL, NULL, FALSE,
                                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/waymark_skills/Waymark/ui/way-learn-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WayLearnPage, nothing);
  gtk_widget_class_bind_template_child (widget_class, WayLearnPage, pathways);
  gtk_widget_class_bind_template_child (widget_class, WayLearnPage, plan);
  gtk_widget_class_bind_template_child (widget_class, WayLearnPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, WayLearnPage, search_entry);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
}

static void
way_learn_page_init (WayLearnPage *self)
{
  self->rows = g_ptr_array_new ();
  self->pathway_rows = g_ptr_array_new ();
  self->module_rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->search_bar, self->search_entry);
}

/**
 * way_learn_page_new:
 *
 * Returns: (transfer floating): the modules
 */
GtkWidget *
way_learn_page_new (WaySession *session)
{
  return g_object_new (WAY_TYPE_LEARN_PAGE, "session", session, NULL);
}
