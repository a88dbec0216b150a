/* way-settings-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-settings-view.h"

#include <adwaita.h>

#include "practice/way-practice-settings.h"
#include "widgets/way-compat.h"
#include "widgets/way-content-view.h"
#include "widgets/way-desk-parts.h"
#include "widgets/way-desk-words.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>
#include <string.h>

#define POINTER_SIZE 18

/* The invented settings of a practice desk: for whom they are to be set, a sample that
 * follows them, and the settings themselves. The computer in use stays as it is. */
struct _WaySettingsView
{
  GtkWidget parent_instance;

  WayPractice *practice;     /* (owned) */
  const WayDeskRecord *goal; /* (nullable) the one that shows */
  GPtrArray *buttons;        /* (owned) borrowed: each with its setting and value */
  gboolean is_updating;
  double pointer; /* how large, of 1 */

  GtkWidget *box;
  GtkWidget *card;
  GtkWidget *title;
  GtkWidget *body;
  GtkWidget *keep_button;
  GtkWidget *sample;
  GtkWidget *words;
  GtkWidget *page;
  GtkWidget *faint;
  GtkWidget *arrow;
  GtkWidget *notes;
  GtkWidget *rows;
};

G_DEFINE_FINAL_TYPE (WaySettingsView, way_settings_view, GTK_TYPE_WIDGET)

static const WayDeskRecord *
get_setting (GtkWidget *button)
{
  return g_object_get_data (G_OBJECT (button), "desk-setting");
}

static const char *
get_value (GtkWidget *button)
{
  return g_object_get_data (G_OBJECT (button), "desk-value");
}

/* --- The sample --------------------------------------------------------------------- */

static const WayDeskRecord *
find_value (WaySettingsView *self, const char *what, const WayDeskRecord **setting)
{
  GPtrArray *records = way_practice_get_records (self->practice);

  for (guint i = 0; i < records->len; i++)
    {
      const WayDeskRecord *record = g_ptr_array_index (records, i);

      if (strcmp (record->type, "setting") != 0
          || g_strcmp0 (way_desk_get_field (record, "what"), what) != 0)
        continue;
      if (setting != NULL)
        *setting = record;

      return way_practice_get_setting_value (self->practice, record);
    }

  return NULL;
}

static double
get_number (WaySettingsView *self, const char *what)
{
  const WayDeskRecord *value = find_value (self, what, NULL);
  const char *to = value != NULL ? way_desk_get_field (value, "to") : NULL;

  return to != NULL ? CLAMP (g_ascii_strtod (to, NULL), 0.5, 4) : 1;
}

static gboolean
is_set_to (WaySettingsView *self, const char *what, const char *to)
{
  const WayDeskRecord *value = find_value (self, what, NULL);

  return value != NULL && g_strcmp0 (way_desk_get_field (value, "to"), to) == 0;
}

static void
set_scale (GtkWidget *label, double scale)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (scale));
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
}

static void
set_class (GtkWidget *widget, const char *name, gboolean is_on)
{
  if (is_on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

/* An arrow, with the tip at the top left. */
static void
draw_pointer (GtkDrawingArea *area, cairo_t *cairo, int width, int height, gpointer user_data)
{
  static const double points[][2] = { { 0, 0 },       { 0, 0.9 },     { 0.22, 0.7 }, { 0.38, 1 },
                                      { 0.52, 0.93 }, { 0.37, 0.64 }, { 0.65, 0.62 } };
  WaySettingsView *self = user_data;
  double size = POINTER_SIZE * self->pointer;
  GdkRGBA colour;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (area)), &colour);
  gdk_cairo_set_source_rgba (cairo, &colour);
  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    cairo_line_to (cairo, 1 + points[i][0] * size, 1 + points[i][1] * size);
  cairo_close_path (cairo);
  cairo_fill (cairo);
}

/* What cannot be seen in a sample is said under it. */
static char *
dup_notes (WaySettingsView *self)
{
  static const char *const told[] = { "button", "sticky", "network" };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    {
      const WayDeskRecord *setting;
      const WayDeskRecord *value = find_value (self, told[i], &setting);

      if (value != NULL)
        g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "\n" : "",
                                way_desk_get_title (setting), way_desk_get_title (value));
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
describe_sample (WaySettingsView *self)
{
  GPtrArray *records = way_practice_get_records (self->practice);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < records->len; i++)
    {
      const WayDeskRecord *setting = g_ptr_array_index (records, i);
      const WayDeskRecord *value;

      if (strcmp (setting->type, "setting") != 0)
        continue;
      value = way_practice_get_setting_value (self->practice, setting);
      g_string_append_printf (text, "%s%s: %s", text->len > 0 ? ". " : "",
                              way_desk_get_title (setting),
                              value != NULL ? way_desk_get_title (value) : "");
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
update_sample (WaySettingsView *self)
{
  double text = get_number (self, "text");
  double zoom = get_number (self, "zoom");
  g_autofree char *notes = dup_notes (self);
  g_autofree char *description = describe_sample (self);
  int size;

  set_scale (self->words, text);
  set_scale (self->notes, text);
  set_scale (self->page, text * zoom);
  set_scale (self->faint, text * zoom);
  set_class (self->sample, "desk-sample-dark", is_set_to (self, "style", "dark"));
  set_class (self->sample, "desk-sample-contrast", is_set_to (self, "contrast", "high"));
  gtk_label_set_label (GTK_LABEL (self->notes), notes);
  gtk_widget_set_visible (self->notes, *notes != '\0');
  self->pointer = get_number (self, "pointer");
  size = 2 + (int) (POINTER_SIZE * self->pointer);
  gtk_widget_set_size_request (self->arrow, size, size);
  gtk_widget_queue_draw (self->arrow);
  way_compat_describe (self->sample, description);
}

/* --- The settings ------------------------------------------------------------------- */

static void
value_clicked_cb (WaySettingsView *self, GtkWidget *button)
{
  if (self->is_updating)
    return;
  if (!way_practice_do (self->practice, "set", get_setting (button)->id, get_value (button)))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
}

static void
undo_clicked_cb (WaySettingsView *self, GtkWidget *button)
{
  way_practice_do (self->practice, "undo", get_setting (button)->id, NULL);
}

static void
keep_clicked_cb (WaySettingsView *self)
{
  if (self->goal != NULL)
    way_practice_do (self->practice, "keep", self->goal->id, NULL);
}

static void
own (WaySettingsView *self, GtkWidget *button, const WayDeskRecord *setting, const char *value)
{
  g_object_set_data (G_OBJECT (button), "desk-setting", (gpointer) setting);
  g_object_set_data (G_OBJECT (button), "desk-value", (gpointer) value);
  g_ptr_array_add (self->buttons, button);
}

static GtkWidget *
new_row (WaySettingsView *self, const WayDeskRecord *setting)
{
  const char *title = way_desk_get_title (setting);
  GtkWidget *row = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing",
                                 3, "accessible-role", GTK_ACCESSIBLE_ROLE_RADIO_GROUP, NULL);
  GtkWidget *values = way_wrap_box_new (6, 6);
  GtkWidget *undo = way_desk_button_new (_ ("Undo"));
  /* Translators: %s is a setting, such as text size. */
  g_autofree char *undo_name = g_strdup_printf (_ ("Undo: %s"), title);

  way_compat_name (row, title);
  for (guint i = 0; i < setting->parts->len; i++)
    {
      const WayDeskRecord *value = g_ptr_array_index (setting->parts, i);
      const char *label = way_desk_get_title (value);
      g_autofree char *name = g_strdup_printf ("%s: %s", title, label);
      GtkWidget *button;

      if (strcmp (value->type, "value") != 0 || value->id == NULL)
        continue;
      button = g_object_new (GTK_TYPE_TOGGLE_BUTTON, "accessible-role", GTK_ACCESSIBLE_ROLE_RADIO,
                             NULL);
      gtk_button_set_child (GTK_BUTTON (button), way_desk_text_new (label, NULL));
      gtk_widget_add_css_class (button, "desk-option");
      way_compat_name (button, name);
      own (self, button, setting, value->id);
      g_signal_connect_object (button, "clicked", G_CALLBACK (value_clicked_cb), self,
                               G_CONNECT_SWAPPED);
      way_wrap_box_append (WAY_WRAP_BOX (values), button);
    }
  way_compat_name (undo, undo_name);
  own (self, undo, setting, NULL);
  g_signal_connect_object (undo, "clicked", G_CALLBACK (undo_clicked_cb), self, G_CONNECT_SWAPPED);
  way_wrap_box_append (WAY_WRAP_BOX (values), undo);
  gtk_box_append (GTK_BOX (row), way_desk_text_new (title, "caption-heading"));
  gtk_box_append (GTK_BOX (row), values);

  return row;
}

static void
build_rows (WaySettingsView *self)
{
  GPtrArray *records = way_practice_get_records (self->practice);

  for (guint i = 0; i < records->len; i++)
    if (strcmp (((WayDeskRecord *) records->pdata[i])->type, "setting") == 0)
      gtk_box_append (GTK_BOX (self->rows), new_row (self, records->pdata[i]));
}

static void
update_rows (WaySettingsView *self)
{
  self->is_updating = TRUE;
  for (guint i = 0; i < self->buttons->len; i++)
    {
      GtkWidget *button = g_ptr_array_index (self->buttons, i);
      const WayDeskRecord *setting = get_setting (button);
      const char *value = get_value (button);
      gboolean is_on;

      if (value == NULL)
        {
          gtk_widget_set_sensitive (button,
                                    way_practice_can (self->practice, "undo", setting->id, NULL));
          continue;
        }
      is_on = g_strcmp0 (way_practice_get_setting (self->practice, setting), value) == 0;
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), is_on);
      gtk_accessible_update_state (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_CHECKED,
                                   is_on ? GTK_ACCESSIBLE_TRISTATE_TRUE
                                         : GTK_ACCESSIBLE_TRISTATE_FALSE,
                                   -1);
      gtk_widget_set_sensitive (button, self->goal != NULL);
    }
  self->is_updating = FALSE;
}

/* --- The whole ---------------------------------------------------------------------- */

static void
update_card (WaySettingsView *self)
{
  const char *title = self->goal != NULL ? way_desk_get_title (self->goal)
                                         : _ ("Everybody has had their turn");
  g_autofree char *text = self->goal != NULL && self->goal->content != NULL
                              ? way_node_dup_text (self->goal->content)
                              : g_strdup (_ ("Choose “I have finished” to see how it went."));

  gtk_label_set_label (GTK_LABEL (self->title), title);
  way_content_view_set_content (WAY_CONTENT_VIEW (self->body),
                                self->goal != NULL ? self->goal->content : NULL, NULL);
  way_compat_name (self->card, title);
  way_compat_describe (self->card, text);
  gtk_widget_set_visible (self->keep_button, self->goal != NULL);
  gtk_widget_set_sensitive (self->keep_button,
                            self->goal != NULL
                                && way_practice_can (self->practice, "keep", self->goal->id, NULL));
}

static void
update (WaySettingsView *self)
{
  self->goal = way_practice_get_current_in (self->practice, "settings");
  update_card (self);
  update_sample (self);
  update_rows (self);
}

static void
done_cb (WaySettingsView *self, const char *action, const char *target, const char *value)
{
  const WayDeskRecord *record = way_practice_find_record (self->practice, target);
  gboolean was_inside = way_desk_has_focus (GTK_WIDGET (self));

  if (record == NULL || g_strcmp0 (way_practice_get_app (record), "settings") != 0)
    return;
  update (self);
  if (strcmp (record->type, "setting") == 0)
    {
      const WayDeskRecord *now = way_practice_get_setting_value (self->practice, record);
      g_autofree char *text = g_strdup_printf ("%s: %s", way_desk_get_title (record),
                                               now != NULL ? way_desk_get_title (now) : "");

      way_compat_announce (GTK_WIDGET (self), text);
      if (was_inside && !way_desk_has_focus (GTK_WIDGET (self)))
        gtk_widget_grab_focus (self->keep_button);
    }
  else if (was_inside)
    gtk_widget_grab_focus (self->card);
}

static void
arrived_cb (WaySettingsView *self, const WayDeskRecord *record)
{
  if (g_strcmp0 (way_practice_get_app (record), "settings") == 0)
    update (self);
}

static void
build_sample (WaySettingsView *self)
{
  GtkWidget *paper = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  self->sample = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 6,
                               "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  self->words = way_desk_text_new (_ ("Sample: a program at work"), "desk-sample-head");
  self->page = way_desk_text_new (_ ("Page: next look at bed 3 at 14:00."), NULL);
  self->faint = way_desk_text_new (_ ("Last seen at 12:10"), "desk-sample-faint");
  self->notes = way_desk_text_new (NULL, NULL);
  self->arrow = gtk_drawing_area_new ();
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->arrow), draw_pointer, self, NULL);
  gtk_widget_set_halign (self->arrow, GTK_ALIGN_CENTER);
  way_compat_hide (self->arrow);
  way_compat_name (self->sample, _ ("Sample"));
  gtk_widget_add_css_class (self->sample, "desk-sample");
  gtk_widget_add_css_class (paper, "desk-sample-page");
  gtk_box_append (GTK_BOX (paper), self->page);
  gtk_box_append (GTK_BOX (paper), self->faint);
  gtk_box_append (GTK_BOX (self->sample), self->words);
  gtk_box_append (GTK_BOX (self->sample), paper);
  gtk_box_append (GTK_BOX (self->sample), self->arrow);
  gtk_box_append (GTK_BOX (self->sample), self->notes);
}

static void
way_settings_view_init (WaySettingsView *self)
{
  GtkWidget *inside = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->buttons = g_ptr_array_new ();
  self->pointer = 1;
  self->card = way_desk_card_new ();
  self->title = way_desk_heading_new (NULL, "heading");
  self->body = way_content_view_new ();
  self->keep_button = way_desk_button_new (_ ("_Keep these settings"));
  self->rows = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  gtk_widget_set_halign (self->keep_button, GTK_ALIGN_START);
  gtk_widget_add_css_class (self->keep_button, "desk-strong");
  g_signal_connect_object (self->keep_button, "clicked", G_CALLBACK (keep_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  build_sample (self);
  gtk_box_append (GTK_BOX (self->card), self->title);
  gtk_box_append (GTK_BOX (self->card), self->body);
  gtk_box_append (GTK_BOX (inside), self->card);
  gtk_box_append (GTK_BOX (inside), self->sample);
  gtk_box_append (GTK_BOX (inside), self->rows);
  gtk_box_append (GTK_BOX (inside), self->keep_button);
  self->box = way_desk_column_new (inside);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

static void
way_settings_view_dispose (GObject *object)
{
  WaySettingsView *self = WAY_SETTINGS_VIEW (object);

  if (self->practice != NULL)
    g_signal_handlers_disconnect_by_data (self->practice, self);
  g_clear_object (&self->practice);
  g_clear_pointer (&self->buttons, g_ptr_array_unref);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (way_settings_view_parent_class)->dispose (object);
}

static void
way_settings_view_class_init (WaySettingsViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = way_settings_view_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

/**
 * way_settings_view_new:
 * @practice: a run of a desk on which the app "settings" stands
 *
 * Returns: (transfer floating): the settings, for the first person
 */
GtkWidget *
way_settings_view_new (WayPractice *practice)
{
  WaySettingsView *self = g_object_new (WAY_TYPE_SETTINGS_VIEW, NULL);

  g_return_val_if_fail (WAY_IS_PRACTICE (practice), GTK_WIDGET (self));

  self->practice = g_object_ref (practice);
  build_rows (self);
  g_signal_connect_object (practice, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (practice, "arrived", G_CALLBACK (arrived_cb), self, G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}

/**
 * way_settings_view_describe:
 * @target: a setting or a goal
 * @value: (nullable): id of a value
 *
 * Returns: (nullable) (transfer full): a sentence for the debrief
 */
char *
way_settings_view_describe (WayPractice *practice,
                            const char *action,
                            const WayDeskRecord *target,
                            const char *value)
{
  const char *title = way_desk_get_title (target);

  if (strcmp (action, "keep") == 0)
    return g_strdup (_ ("You kept these settings."));
  if (strcmp (action, "undo") == 0)
    return g_strdup_printf (_ ("You took this back: %s."), title);
  for (guint i = 0; strcmp (action, "set") == 0 && i < target->parts->len; i++)
    {
      const WayDeskRecord *part = g_ptr_array_index (target->parts, i);

      /* Translators: a setting, and what it was set to. */
      if (g_strcmp0 (part->id, value) == 0)
        return g_strdup_printf (_ ("You set %s: %s."), title, way_desk_get_title (part));
    }

  return NULL;
}
