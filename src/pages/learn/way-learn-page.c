/* way-learn-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/learn/way-learn-page.h"

#include "pages/learn/way-module-row.h"
#include "pages/way-chips.h"
#include "pages/way-detail.h"
#include "pages/way-picker.h"
#include "pages/way-stack.h"
#include "session/way-measure.h"
#include "session/way-shelf.h"
#include "widgets/way-compat.h"
#include "widgets/way-words.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>

/* The library: every module in the order of this person's plan, found by words and
 * filters; or, for so many minutes, what fits them and why. */
struct _WayLearnPage
{
  WayPage parent_instance;

  WayLibrary *library; /* (owned) (nullable) made when the modules first come */
  GListModel *modules; /* (owned) (nullable) of WayRow */
  GListModel *rounds;  /* (owned) (nullable) of WayRow: what is due to be asked again */
  GListStore *list;    /* (owned) of WayRow: what is shown */
  WayPicker *picker;
  WayChips *chips;
  GtkDropDown *capability;
  GtkDropDown *level;
  GtkDropDown *length;
  GtkDropDown *pathway;
  GtkCheckButton *role;
  gboolean is_quiet; /* the controls are moved by us */

  /* template */
  GtkToggleButton *filter_button;
  AdwBin *filter_bin;
  AdwBin *list_bin;
  AdwBin *minutes_bin;
  AdwStatusPage *nothing;
  GtkEditable *search_entry;
  GtkStack *stack;
  GtkLabel *status;
  GtkWidget *certificate; /* of the chosen pathway */
};

G_DEFINE_FINAL_TYPE (WayLearnPage, way_learn_page, WAY_TYPE_PAGE)

/* What people have, and what they filter by: 0 is all. */
static const int MINUTES[] = { 0, 2, 4, 10, 30 };

static WayPack *
get_pack (WayLearnPage *self)
{
  return way_session_get_pack (way_page_get_session (WAY_PAGE (self)));
}

static int
get_minutes (WayLearnPage *self)
{
  int selected = way_chips_get_selected (self->chips);

  return selected > 0 ? MINUTES[selected] : 0;
}

static WayShelfFilter
get_filter (WayLearnPage *self)
{
  guint capability = gtk_drop_down_get_selected (self->capability);
  guint pathway = gtk_drop_down_get_selected (self->pathway);
  GPtrArray *capabilities = way_pack_get_capabilities (get_pack (self));
  GPtrArray *pathways = way_pack_get_pathways (get_pack (self));
  WayShelfFilter filter = { NULL };

  if (capability > 0 && capability <= capabilities->len)
    filter.capability = ((WayCapability *) capabilities->pdata[capability - 1])->id;
  if (pathway > 0 && pathway <= pathways->len)
    filter.pathway = ((WayPathway *) pathways->pdata[pathway - 1])->id;
  filter.level = (int) gtk_drop_down_get_selected (self->level);
  filter.minutes =
      MINUTES[MIN (gtk_drop_down_get_selected (self->length), G_N_ELEMENTS (MINUTES) - 1)];
  filter.is_needed = gtk_check_button_get_active (self->role);
  return filter;
}

static guint
count_filters (const WayShelfFilter *filter)
{
  return (filter->capability != NULL) + (filter->pathway != NULL) + (filter->level > 0)
         + (filter->minutes > 0) + filter->is_needed;
}

static char *
describe_list (GListModel *list, int minutes, const char *unserved)
{
  guint n = g_list_model_get_n_items (list);
  guint n_done = 0;
  int sum = 0;
  g_autofree char *count = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (list, i);

      n_done += g_str_equal (way_row_get_text (row, "state"), "done");
      sum += (int) way_row_get_int (row, "minutes");
    }
  if (minutes > 0)
    {
      g_autofree char *time = way_format_minutes (sum);

      /* Translators: how many things to do, and how long they take together. */
      return g_strdup_printf (ngettext ("%u thing fits, %s.", "%u things fit, %s together.", n), n,
                              time);
    }
  count = g_strdup_printf (ngettext ("%u module", "%u modules", n), n);
  if (unserved != NULL)
    /* Translators: “9 modules”, how many of them are done, then a sentence. */
    return g_strdup_printf (_ ("%s, %u done. %s"), count, n_done, unserved);
  /* Translators: “9 modules”, and how many of them are done. */
  return g_strdup_printf (_ ("%s, %u done"), count, n_done);
}

static gboolean
is_passed (GListModel *modules, const char *ident)
{
  for (guint i = 0; i < g_list_model_get_n_items (modules); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (modules, i);
      const char *state = way_row_get_text (row, "state");

      if (g_str_equal (way_row_get_text (row, "module"), ident))
        return g_str_equal (state, "checked") || g_str_equal (state, "done");
    }
  return FALSE;
}

/* There when all of the pathway that was chosen is passed. */
static void
show_certificate (WayLearnPage *self, const WayShelfFilter *filter)
{
  GPtrArray *pathways = way_pack_get_pathways (get_pack (self));
  g_autofree char *action = NULL;
  gboolean is_finished = FALSE;

  for (guint i = 0; filter->pathway != NULL && i < pathways->len; i++)
    {
      const WayPathway *pathway = g_ptr_array_index (pathways, i);

      if (!g_str_equal (pathway->id, filter->pathway))
        continue;
      is_finished = pathway->modules->len > 0;
      for (guint m = 0; m < pathway->modules->len; m++)
        is_finished = is_finished
                      && is_passed (self->modules, g_ptr_array_index (pathway->modules, m));
    }
  if (is_finished)
    {
      action = g_strdup_printf ("win.show-certificate::pathway/%s", filter->pathway);
      way_compat_set_action (self->certificate, action);
    }
  gtk_widget_set_visible (self->certificate, is_finished);
}

static void
show_nothing (WayLearnPage *self, const WayShelfFilter *filter, int minutes)
{
  g_autofree char *text = NULL;
  g_autofree char *escaped = NULL;

  if (minutes > 0)
    text = g_strdup (_ ("Nothing is due, asked for or begun, and there is nothing at your level "
                        "yet that you have not done."));
  else
    text = way_shelf_describe_nothing (get_pack (self), filter,
                                       gtk_editable_get_text (self->search_entry));
  escaped = g_markup_escape_text (text, -1);
  adw_status_page_set_description (self->nothing, escaped);
  gtk_label_set_label (self->status, "");
  way_stack_show_named (self->stack, "nothing");
  way_compat_announce (GTK_WIDGET (self), text);
}

static void
update (WayLearnPage *self)
{
  WayShelfFilter filter = get_filter (self);
  int minutes = get_minutes (self);
  guint n_filters = count_filters (&filter);
  g_autoptr (GListStore) list = NULL;
  g_autofree char *label = NULL;
  g_autofree char *status = NULL;
  g_autoptr (WayRow) first = NULL;
  const char *unserved = NULL;

  if (self->modules == NULL || self->is_quiet)
    return;
  show_certificate (self, &filter);
  /* Translators: how many filters hold. */
  label = n_filters > 0 ? g_strdup_printf (_ ("_Filters: %u"), n_filters)
                        : g_strdup (_ ("_Filters"));
  gtk_button_set_label (GTK_BUTTON (self->filter_button), label);
  if (minutes > 0)
    list = way_shelf_plan (self->modules, self->rounds, minutes, g_get_real_time ());
  else
    list = way_shelf_list (get_pack (self), self->library, self->modules, &filter,
                           gtk_editable_get_text (self->search_entry));
  way_picker_update_store (self->list, G_LIST_MODEL (list));
  if (g_list_model_get_n_items (G_LIST_MODEL (list)) == 0)
    {
      show_nothing (self, &filter, minutes);
      return;
    }
  first = g_list_model_get_item (self->modules, 0);
  if (first != NULL && n_filters == 0 && *gtk_editable_get_text (self->search_entry) == '\0'
      && way_row_has (first, "unserved"))
    unserved = way_row_get_text (first, "unserved");
  status = describe_list (G_LIST_MODEL (list), minutes, unserved);
  if (g_strcmp0 (status, gtk_label_get_label (self->status)) != 0)
    way_compat_announce (GTK_WIDGET (self), status);
  gtk_label_set_label (self->status, status);
  way_stack_show_named (self->stack, "list");
}

/* Who looks for something wants all modules, not what fits some minutes. */
static void
show_shelf (WayLearnPage *self)
{
  if (self->is_quiet)
    return;
  self->is_quiet = TRUE;
  way_chips_set_selected (self->chips, 0);
  self->is_quiet = FALSE;
  update (self);
}

static void
search_changed_cb (WayLearnPage *self)
{
  if (*gtk_editable_get_text (self->search_entry) != '\0')
    show_shelf (self);
  else
    update (self);
  way_picker_begin (self->picker);
}

/* Enter after the words: to the first of what they find. */
static void
search_activate_cb (WayLearnPage *self)
{
  search_changed_cb (self);
  way_picker_grab_first (self->picker);
}

static void
stop_search_cb (WayLearnPage *self)
{
  gtk_editable_set_text (self->search_entry, "");
}

static void
clear_filters (WayLearnPage *self)
{
  GtkDropDown *drop_downs[] = { self->capability, self->level, self->length, self->pathway };

  for (guint i = 0; i < G_N_ELEMENTS (drop_downs); i++)
    gtk_drop_down_set_selected (drop_downs[i], 0);
  gtk_check_button_set_active (self->role, FALSE);
  gtk_editable_set_text (self->search_entry, "");
}

static void
minutes_changed_cb (WayLearnPage *self)
{
  if (self->is_quiet)
    return;
  if (get_minutes (self) > 0)
    {
      self->is_quiet = TRUE;
      clear_filters (self);
      self->is_quiet = FALSE;
    }
  update (self);
}

static void
show_all_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WayLearnPage *self = WAY_LEARN_PAGE (widget);

  self->is_quiet = TRUE;
  clear_filters (self);
  way_chips_set_selected (self->chips, 0);
  self->is_quiet = FALSE;
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static void
picked_cb (WayLearnPage *self, WayRow *row)
{
  const char *module = way_row_get_text (row, "module");

  if (g_str_equal (way_row_get_text (row, "type"), "round"))
    {
      g_autofree char *round = g_strdup_printf ("%s %s", module, way_row_get_text (row, "skill"));

      gtk_widget_activate_action (GTK_WIDGET (self), "win.start-round", "s", round);
    }
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-module", "s", module);
}

static GtkWidget *
create_row (gpointer user_data)
{
  return way_module_row_new (get_pack (user_data));
}

static void
bind_row (GtkWidget *child, WayRow *row, gpointer user_data)
{
  way_module_row_set_row (WAY_MODULE_ROW (child), row);
}

static char *
describe_row (WayRow *row, gpointer user_data)
{
  return g_strdup (way_row_get_text (row, "title"));
}

static void
chosen_cb (GtkDropDown *drop_down, GParamSpec *pspec, WayLearnPage *self)
{
  GtkStringObject *item = gtk_drop_down_get_selected_item (drop_down);

  if (item != NULL)
    way_detail_name_drop_down (drop_down, g_object_get_data (G_OBJECT (drop_down), "what"),
                               gtk_string_object_get_string (item));
  show_shelf (self);
}

static GtkDropDown *
add_drop_down (WayLearnPage *self, WayWrapBox *box, const char *what, GPtrArray *names)
{
  GtkWidget *drop_down;

  g_ptr_array_add (names, NULL);
  drop_down = gtk_drop_down_new_from_strings ((const char *const *) names->pdata);
  g_object_set_data_full (G_OBJECT (drop_down), "what", g_strdup (what), g_free);
  way_detail_name_drop_down (GTK_DROP_DOWN (drop_down), what, names->pdata[0]);
  g_signal_connect (drop_down, "notify::selected", G_CALLBACK (chosen_cb), self);
  way_wrap_box_append (box, drop_down);
  return GTK_DROP_DOWN (drop_down);
}

static void
fill_filters (WayLearnPage *self)
{
  WayPack *pack = get_pack (self);
  GPtrArray *capabilities = way_pack_get_capabilities (pack);
  GPtrArray *pathways = way_pack_get_pathways (pack);
  GtkWidget *box = way_wrap_box_new (6, 6);
  g_autoptr (GPtrArray) areas = g_ptr_array_new ();
  g_autoptr (GPtrArray) levels = g_ptr_array_new ();
  g_autoptr (GPtrArray) lengths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) ways = g_ptr_array_new ();

  g_ptr_array_add (areas, (char *) _ ("All areas"));
  for (guint i = 0; i < capabilities->len; i++)
    g_ptr_array_add (areas, ((WayCapability *) capabilities->pdata[i])->short_name);
  g_ptr_array_add (levels, (char *) _ ("Any level"));
  for (guint i = 0; i < WAY_N_LEVELS; i++)
    g_ptr_array_add (levels, (char *) way_pack_get_level_names (pack)[i]);
  g_ptr_array_add (lengths, g_strdup (_ ("Any length")));
  for (guint i = 1; i < G_N_ELEMENTS (MINUTES); i++)
    {
      g_autofree char *time = way_format_minutes (MINUTES[i]);

      /* Translators: %s is a time, as “10 minutes”. */
      g_ptr_array_add (lengths, g_strdup_printf (_ ("Up to %s"), time));
    }
  g_ptr_array_add (ways, (char *) _ ("All pathways"));
  for (guint i = 0; i < pathways->len; i++)
    g_ptr_array_add (ways, ((WayPathway *) pathways->pdata[i])->title);

  self->capability = add_drop_down (self, WAY_WRAP_BOX (box), _ ("Area"), areas);
  self->level = add_drop_down (self, WAY_WRAP_BOX (box), _ ("Level"), levels);
  self->length = add_drop_down (self, WAY_WRAP_BOX (box), _ ("Length"), lengths);
  self->pathway = add_drop_down (self, WAY_WRAP_BOX (box), _ ("Pathway"), ways);
  self->role = GTK_CHECK_BUTTON (gtk_check_button_new_with_mnemonic (_ ("What my _role needs")));
  g_signal_connect_swapped (self->role, "toggled", G_CALLBACK (show_shelf), self);
  way_wrap_box_append (WAY_WRAP_BOX (box), GTK_WIDGET (self->role));
  adw_bin_set_child (self->filter_bin, box);
}

static void
fill_minutes (WayLearnPage *self)
{
  GtkWidget *line = way_wrap_box_new (6, 6);

  self->chips = g_object_new (WAY_TYPE_CHIPS, "label", _ ("Minutes I have"), "linked", TRUE, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (MINUTES); i++)
    {
      g_autofree char *label = g_strdup_printf ("%d", MINUTES[i]);
      g_autofree char *name = way_format_minutes (MINUTES[i]);

      if (i == 0)
        /* Translators: of minutes: as many as you like. */
        way_chips_add (self->chips, C_ ("minutes", "Any"), _ ("Any number of minutes"));
      else
        way_chips_add (self->chips, label, name);
    }
  way_chips_set_selected (self->chips, 0);
  /* Translators: what stands before and after numbers: “I have [2] [4] [10] [30] minutes”. */
  way_wrap_box_append (WAY_WRAP_BOX (line), gtk_label_new (_ ("I have")));
  way_wrap_box_append (WAY_WRAP_BOX (line), GTK_WIDGET (self->chips));
  way_wrap_box_append (WAY_WRAP_BOX (line), gtk_label_new (_ ("minutes")));
  adw_bin_set_child (self->minutes_bin, line);
  g_signal_connect_swapped (self->chips, "notify::selected", G_CALLBACK (minutes_changed_cb), self);
}

static void
rounds_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayLearnPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) rounds = way_session_list_finish (WAY_SESSION (source), result, &error);

  /* The error of the modules, asked for at the same time, says the same. */
  if (rounds == NULL || self->list_bin == NULL)
    return;
  g_set_object (&self->rounds, rounds);
  if (get_minutes (self) > 0)
    update (self);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayLearnPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel)
      modules = way_session_load_progress_finish (WAY_SESSION (source), result, &error);

  if (modules == NULL)
    {
      way_page_show_error (WAY_PAGE (self), _ ("Your modules cannot be shown"), error);
      return;
    }
  if (g_list_model_get_n_items (modules) == 0)
    {
      way_page_show_message (WAY_PAGE (self), "way-learn-symbolic", _ ("No modules yet"),
                             _ ("The content on this computer holds no modules."), NULL, NULL);
      return;
    }
  if (self->library == NULL)
    self->library = way_library_new (get_pack (self));
  g_set_object (&self->modules, modules);
  update (self);
  way_page_show_content (WAY_PAGE (self));
}

static void
way_learn_page_load (WayPage *page, GCancellable *cancellable)
{
  WaySession *session = way_page_get_session (page);

  way_session_load_progress_async (session, cancellable, loaded_cb, g_object_ref (page));
  way_session_load_refreshers_async (session, FALSE, cancellable, rounds_loaded_cb,
                                     g_object_ref (page));
}

static void
way_learn_page_search (WayPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (WAY_LEARN_PAGE (page)->search_entry));
}

static void
way_learn_page_constructed (GObject *object)
{
  static const WayPickerRows rows = { create_row, bind_row, describe_row };
  WayLearnPage *self = WAY_LEARN_PAGE (object);

  G_OBJECT_CLASS (way_learn_page_parent_class)->constructed (object);

  fill_filters (self);
  fill_minutes (self);
  self->picker = WAY_PICKER (way_picker_new (_ ("Modules"), "key"));
  way_picker_set_rows (self->picker, &rows, self);
  way_picker_set_opens_by_press (self->picker, TRUE);
  way_picker_set_model (self->picker, G_LIST_MODEL (self->list));
  g_signal_connect_swapped (self->picker, "picked", G_CALLBACK (picked_cb), self);
  adw_bin_set_child (self->list_bin, GTK_WIDGET (self->picker));
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

  g_clear_object (&self->library);
  g_clear_object (&self->modules);
  g_clear_object (&self->rounds);
  g_clear_object (&self->list);

  G_OBJECT_CLASS (way_learn_page_parent_class)->finalize (object);
}

static void
way_learn_page_class_init (WayLearnPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = way_learn_page_constructed;
  object_class->dispose = way_learn_page_dispose;
  object_class->finalize = way_learn_page_finalize;
  WAY_PAGE_CLASS (klass)->load = way_learn_page_load;
  WAY_PAGE_CLASS (klass)->search = way_learn_page_search;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/waymark_skills/Waymark/ui/way-learn-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WayLearnPage, certificate);
  gtk_widget_class_bind_template_child (widget_class, WayLearnPage, filter_bin);
  gtk_widget_class_bind_template_child (widget_class, WayLearnPage, filter_button);
  gtk_widget_class_bind_template_child (widget_class, WayLearnPage, list_bin);
  gtk_widget_class_bind_template_child (widget_class, WayLearnPage, minutes_bin);
  gtk_widget_class_bind_template_child (widget_class, WayLearnPage, nothing);
  gtk_widget_class_bind_template_child (widget_class, WayLearnPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, WayLearnPage, stack);
  gtk_widget_class_bind_template_child (widget_class, WayLearnPage, status);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_install_action (widget_class, "page.show-all", NULL, show_all_action);
}

static void
way_learn_page_init (WayLearnPage *self)
{
  self->list = g_list_store_new (WAY_TYPE_ROW);
  gtk_widget_init_template (GTK_WIDGET (self));
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
