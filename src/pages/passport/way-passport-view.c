/* way-passport-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/passport/way-passport-view.h"

#include "pages/way-detail.h"
#include "pages/way-press.h"
#include "session/way-certificate.h"
#include "widgets/way-compat.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>

#define AT_HAND 3

/* A passport on the screen: the certificates, then each outcome by capability with how far up
 * the ladder its strongest evidence is, and where that comes from. */
struct _WayPassportView
{
  AdwBin parent_instance;

  GListModel *outcomes;     /* (owned) (nullable) */
  GListModel *entries;      /* (owned) (nullable) */
  GListModel *certificates; /* (owned) (nullable) */
  GtkStringList *areas;     /* (owned) the choices */
  GtkDropDown *area;
  GtkDropDown *filter;
  GtkLabel *status;
  GtkBox *groups;
  gboolean is_quiet;  /* the controls are moved by us */
  gboolean is_folded; /* the certificates, by the person */
};

G_DEFINE_FINAL_TYPE (WayPassportView, way_passport_view, ADW_TYPE_BIN)

static GtkWidget *
create_list (const char *name)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  way_compat_name (list, name);
  return list;
}

static GtkWidget *
add_group (WayPassportView *self, const char *title)
{
  GtkWidget *list = create_list (title);

  way_detail_add_section (self->groups, title);
  gtk_box_append (self->groups, list);
  return list;
}

static GtkWidget *
create_row (const char *title, const char *subtitle, const char *detailed_action)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  way_compat_name (row, title);
  way_compat_describe (row, subtitle);
  way_compat_hide (arrow);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
  way_compat_set_action (row, detailed_action);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  way_press_add (row);
  return row;
}

/* Dots beside the word, which says the same. */
static GtkWidget *
create_dots (int rung)
{
  g_autoptr (GString) text = g_string_new (NULL);
  GtkWidget *label;

  for (int i = 1; i < WAY_N_RUNGS; i++)
    g_string_append (text, i <= rung ? "●" : "○");
  label = gtk_label_new (text->str);
  gtk_widget_add_css_class (label, rung > 0 ? "accent" : "dim-label");
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  way_compat_hide (label);
  return label;
}

/* What somebody has seen, or what was used at work, is worth an account of one's own. */
static GtkWidget *
create_reflect (WayRow *outcome)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("document-edit-symbolic");
  g_autofree char *action = g_strdup_printf ("win.reflect::module %s %s",
                                             way_row_get_text (outcome, "module"),
                                             way_row_get_text (outcome, "outcome"));
  /* Translators: %s is what somebody can do. */
  g_autofree char *name = g_strdup_printf (_ ("Write a reflective account: %s"),
                                           way_row_get_text (outcome, "text"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Write a reflective account"));
  way_compat_name (button, name);
  way_compat_set_action (button, action);
  return button;
}

static void
folded_cb (GtkExpander *expander, GParamSpec *pspec, WayPassportView *self)
{
  self->is_folded = !gtk_expander_get_expanded (expander);
}

static void
show_certificates (WayPassportView *self)
{
  guint n = g_list_model_get_n_items (self->certificates);
  g_autofree char *title = NULL;
  GtkWidget *list, *expander;

  if (n == 0)
    return;
  /* Translators: how many there are. */
  title = g_strdup_printf (ngettext ("%u certificate", "%u certificates", n), n);
  list = create_list (title);
  expander = gtk_expander_new (title);
  way_compat_name (expander, title);
  gtk_widget_set_margin_top (list, 6);
  gtk_widget_set_margin_top (expander, 6);
  gtk_expander_set_child (GTK_EXPANDER (expander), list);
  gtk_expander_set_expanded (GTK_EXPANDER (expander), !self->is_folded);
  g_signal_connect (expander, "notify::expanded", G_CALLBACK (folded_cb), self);
  gtk_box_append (self->groups, expander);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (self->certificates, i);
      const char *part = way_row_get_text (row, "part");
      g_autofree char *day = way_format_day (way_row_get_int (row, "earned"));
      g_autofree char *subtitle = NULL;
      g_autofree char *action = g_strdup_printf ("win.show-certificate::%s/%s", part,
                                                 way_row_get_text (row, "ident"));

      subtitle = g_str_equal (part, "pathway")
                     /* Translators: %s is a date. */
                     ? g_strdup_printf (_ ("Pathway, passed on %s"), day)
                     : g_strdup_printf (_ ("Module, passed on %s"), day);
      gtk_list_box_append (GTK_LIST_BOX (list),
                           create_row (way_row_get_text (row, "title"), subtitle, action));
    }
}

/* The strongest of each rung, a line each, the highest first. */
static char *
describe_entries (WayPassportView *self, WayRow *outcome)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 last = WAY_N_RUNGS;

  for (guint i = 0; i < g_list_model_get_n_items (self->entries); i++)
    {
      g_autoptr (WayRow) entry = g_list_model_get_item (self->entries, i);
      gint64 rung = way_row_get_int (entry, "rung");
      g_autofree char *day = NULL;

      if (rung >= last
          || !g_str_equal (way_row_get_text (entry, "outcome"),
                           way_row_get_text (outcome, "outcome")))
        continue;
      day = way_format_day (way_row_get_int (entry, "at"));
      g_string_append (text, text->len > 0 ? "\n" : "");
      /* Translators: “Practised, 3 May 2026. In a practice … all went right.” */
      g_string_append_printf (text, _ ("%s, %s. %s"), way_rung_get_name ((WayRung) rung), day,
                              way_row_get_text (entry, "how"));
      if (way_row_has (entry, "note"))
        g_string_append_printf (text, " “%s”", way_row_get_text (entry, "note"));
      last = rung;
    }
  if (text->len == 0)
    /* Translators: %s is the title of a module. */
    g_string_append_printf (text, _ ("%s. The module “%s” teaches it."),
                            way_rung_get_name (WAY_RUNG_NONE), way_row_get_text (outcome, "title"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
is_wanted (WayPassportView *self, WayRow *outcome)
{
  guint area = gtk_drop_down_get_selected (self->area);
  guint filter = gtk_drop_down_get_selected (self->filter);
  gboolean is_shown = way_row_get_int (outcome, "rung") > WAY_RUNG_NONE;

  if (area > 0
      && g_strcmp0 (gtk_string_list_get_string (self->areas, area),
                    way_row_get_text (outcome, "area"))
             != 0)
    return FALSE;
  return filter == WAY_PASSPORT_ALL || is_shown == (filter == WAY_PASSPORT_SHOWN);
}

static void
update (WayPassportView *self)
{
  g_autofree char *area = NULL;
  g_autofree char *status = NULL;
  GtkWidget *list = NULL;
  guint n = 0, n_shown = 0;
  GtkWidget *child;

  if (self->outcomes == NULL || self->is_quiet)
    return;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->groups))) != NULL)
    gtk_box_remove (self->groups, child);
  show_certificates (self);
  for (guint i = 0; i < g_list_model_get_n_items (self->outcomes); i++)
    {
      g_autoptr (WayRow) outcome = g_list_model_get_item (self->outcomes, i);
      int rung = (int) way_row_get_int (outcome, "rung");
      g_autofree char *subtitle = NULL;
      g_autofree char *action = NULL;
      GtkWidget *row;

      n_shown += rung > WAY_RUNG_NONE;
      if (!is_wanted (self, outcome))
        continue;
      if (g_strcmp0 (area, way_row_get_text (outcome, "area")) != 0)
        {
          g_free (area);
          area = g_strdup (way_row_get_text (outcome, "area"));
          list = add_group (self, area);
        }
      subtitle = describe_entries (self, outcome);
      action = g_strdup_printf ("win.show-module::%s", way_row_get_text (outcome, "module"));
      row = create_row (way_row_get_text (outcome, "text"), subtitle, action);
      if (rung >= WAY_RUNG_WITNESSED)
        adw_action_row_add_suffix (ADW_ACTION_ROW (row), create_reflect (outcome));
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), create_dots (rung));
      gtk_list_box_append (GTK_LIST_BOX (list), row);
      n++;
    }
  if (n == 0)
    way_detail_add_label (self->groups, _ ("Nothing here fits both choices above."), "way-quiet");
  /* Translators: how many outcomes have evidence, of how many. */
  status = g_strdup_printf (ngettext ("%u of %u outcome has evidence.",
                                      "%u of %u outcomes have evidence.",
                                      g_list_model_get_n_items (self->outcomes)),
                            n_shown, g_list_model_get_n_items (self->outcomes));
  gtk_label_set_label (self->status, status);
}

static void
chosen_cb (GtkDropDown *drop_down, GParamSpec *pspec, WayPassportView *self)
{
  GtkStringObject *item = gtk_drop_down_get_selected_item (drop_down);

  if (item != NULL)
    way_detail_name_drop_down (drop_down, drop_down == self->area ? _ ("Area") : _ ("Evidence"),
                               gtk_string_object_get_string (item));
  update (self);
}

/* The areas that the passport has, in its order. */
static void
fill_areas (WayPassportView *self)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;
  g_autofree char *last = NULL;
  guint selected = gtk_drop_down_get_selected (self->area);

  g_strv_builder_add (names, _ ("All areas"));
  for (guint i = 0; i < g_list_model_get_n_items (self->outcomes); i++)
    {
      g_autoptr (WayRow) outcome = g_list_model_get_item (self->outcomes, i);

      if (g_strcmp0 (last, way_row_get_text (outcome, "area")) == 0)
        continue;
      g_free (last);
      last = g_strdup (way_row_get_text (outcome, "area"));
      g_strv_builder_add (names, last);
    }
  list = g_strv_builder_end (names);
  self->is_quiet = TRUE;
  gtk_string_list_splice (self->areas, 0, g_list_model_get_n_items (G_LIST_MODEL (self->areas)),
                          (const char *const *) list);
  gtk_drop_down_set_selected (self->area, selected < g_strv_length (list) ? selected : 0);
  self->is_quiet = FALSE;
}

static void
way_passport_view_dispose (GObject *object)
{
  WayPassportView *self = WAY_PASSPORT_VIEW (object);

  if (self->area != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->area, self);
      g_signal_handlers_disconnect_by_data (self->filter, self);
      self->area = NULL;
    }
  g_clear_object (&self->outcomes);
  g_clear_object (&self->entries);
  g_clear_object (&self->certificates);
  g_clear_object (&self->areas);

  G_OBJECT_CLASS (way_passport_view_parent_class)->dispose (object);
}

static void
way_passport_view_class_init (WayPassportViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = way_passport_view_dispose;
}

static void
way_passport_view_init (WayPassportView *self)
{
  const char *const filters[] = { _ ("Shown"), _ ("Not yet"), _ ("All outcomes"), NULL };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *tools = way_wrap_box_new (6, 6);

  self->areas = gtk_string_list_new (NULL);
  gtk_string_list_append (self->areas, _ ("All areas"));
  self->area = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (g_object_ref (self->areas)), NULL));
  self->filter = GTK_DROP_DOWN (gtk_drop_down_new_from_strings (filters));
  way_detail_name_drop_down (self->area, _ ("Area"), _ ("All areas"));
  way_detail_name_drop_down (self->filter, _ ("Evidence"), filters[0]);
  g_signal_connect (self->area, "notify::selected", G_CALLBACK (chosen_cb), self);
  g_signal_connect (self->filter, "notify::selected", G_CALLBACK (chosen_cb), self);
  way_wrap_box_append (WAY_WRAP_BOX (tools), GTK_WIDGET (self->area));
  way_wrap_box_append (WAY_WRAP_BOX (tools), GTK_WIDGET (self->filter));
  self->status = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->status, TRUE);
  gtk_label_set_xalign (self->status, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->status), "dim-label");
  self->groups = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  gtk_box_append (GTK_BOX (box), tools);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->status));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->groups));
  adw_bin_set_child (ADW_BIN (self), box);
}

/**
 * way_passport_view_new:
 *
 * Returns: (transfer floating): an empty view
 */
GtkWidget *
way_passport_view_new (void)
{
  return g_object_new (WAY_TYPE_PASSPORT_VIEW, NULL);
}

/**
 * way_passport_view_show:
 * @passport: its lists are kept
 * @certificates: rows of way_session_load_certificates_async()
 */
void
way_passport_view_show (WayPassportView *self,
                        const WayPassport *passport,
                        GListModel *certificates)
{
  gboolean is_first;

  g_return_if_fail (WAY_IS_PASSPORT_VIEW (self));

  is_first = self->outcomes == NULL;
  g_set_object (&self->outcomes, passport->outcomes);
  g_set_object (&self->entries, passport->entries);
  g_set_object (&self->certificates, certificates);
  /* A few are at hand; many would hide what the page is about. */
  if (is_first)
    self->is_folded = g_list_model_get_n_items (certificates) > AT_HAND;
  fill_areas (self);
  update (self);
}
