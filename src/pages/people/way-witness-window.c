/* way-witness-window.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pages/people/way-witness-window.h"

#include "pages/way-detail.h"
#include "pages/way-form-frame.h"
#include "session/way-witness.h"
#include "widgets/way-compat.h"
#include "widgets/way-text-box.h"

#include <glib/gi18n.h>

/* One outcome, a day, a place and a sentence. It counts when who was seen says so too. */
struct _WayWitnessWindow
{
  AdwWindow parent_instance;

  WaySession *session;   /* (owned) */
  WayRow *person;        /* (owned) */
  GListModel *places;    /* (owned) (nullable) of WayRow */
  GPtrArray *choices;    /* (owned) of GtkCheckButton, one an outcome */
  WayEvidenceFile *file; /* (owned) (nullable) what goes with it */

  GtkBox *box;
  GtkDropDown *module;
  GtkBox *outcomes;
  GtkDropDown *when;
  GtkDropDown *where; /* (nullable) until it is known where */
  GtkBox *where_box;
  WayTextBox *note;
  GtkBox *file_box;
  GtkWidget *attach;
  GtkWidget *attached;
  GtkWidget *drop;
  GtkWidget *no_patient;
  GtkWidget *problem;
  GtkWidget *save;
};

G_DEFINE_FINAL_TYPE (WayWitnessWindow, way_witness_window, ADW_TYPE_WINDOW)

enum
{
  SAVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

#define DAYS 14 /* so long after it may be said */

static const WayModule *
get_module (WayWitnessWindow *self)
{
  GPtrArray *modules = way_pack_get_modules (way_session_get_pack (self->session));
  guint n = gtk_drop_down_get_selected (self->module);

  return n < modules->len ? g_ptr_array_index (modules, n) : NULL;
}

static GDateTime *
get_day (guint ago)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return g_date_time_add_days (now, -(int) ago);
}

/* Between what it is about and its title: there it is seen when that has the focus. */
static void
complain (WayWitnessWindow *self, const char *text, GtkWidget *focus, GtkBox *beside)
{
  if (beside != NULL && gtk_widget_get_parent (self->problem) != GTK_WIDGET (beside))
    {
      g_autoptr (GtkWidget) label = g_object_ref (self->problem);

      gtk_box_remove (GTK_BOX (gtk_widget_get_parent (label)), label);
      gtk_box_insert_child_after (beside, label, gtk_widget_get_first_child (GTK_WIDGET (beside)));
    }
  gtk_label_set_label (GTK_LABEL (self->problem), text);
  gtk_widget_set_visible (self->problem, *text != '\0');
  if (*text == '\0')
    return;
  gtk_widget_grab_focus (focus);
  way_compat_announce (focus, text);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayWitnessWindow) self = user_data;
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_sensitive (self->save, TRUE);
  if (!way_session_write_finish (WAY_SESSION (source), result, &id, &error))
    {
      complain (self, error->message, self->save, self->box);
      return;
    }
  g_signal_emit (self, signals[SAVED], 0);
  /* Translators: %s is a person. */
  text = g_strdup_printf (_ ("Saved. It counts when %s says so too."),
                          way_row_get_text (self->person, "name"));
  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.undo-toast", "(ss)", text, id);
  gtk_window_close (GTK_WINDOW (self));
}

static void
save_cb (WayWitnessWindow *self)
{
  const WayModule *module = get_module (self);
  const WayOutcome *outcome = NULL;
  WayRow *place = self->where != NULL ? gtk_drop_down_get_selected_item (self->where) : NULL;
  g_autoptr (GDateTime) day = get_day (gtk_drop_down_get_selected (self->when));
  g_autofree char *seen = g_date_time_format (day, "%Y-%m-%d");
  g_autofree char *note = g_strstrip (way_text_box_dup_text (self->note));

  if (module == NULL || !gtk_widget_is_sensitive (self->save))
    return;
  for (guint i = 0; i < self->choices->len && i < module->outcomes->len; i++)
    if (gtk_check_button_get_active (self->choices->pdata[i]))
      outcome = g_ptr_array_index (module->outcomes, i);
  if (outcome == NULL)
    {
      complain (self, _ ("Choose what you saw."), self->choices->pdata[0],
                GTK_BOX (gtk_widget_get_parent (GTK_WIDGET (self->outcomes))));
      return;
    }
  if (*note == '\0')
    {
      complain (self, _ ("Say in a sentence what you saw."), way_text_box_get_view (self->note),
                GTK_BOX (gtk_widget_get_parent (GTK_WIDGET (self->note))));
      return;
    }
  if (self->file != NULL && !gtk_check_button_get_active (GTK_CHECK_BUTTON (self->no_patient)))
    {
      complain (self, _ ("Look at the file first: no patient may be seen in it."), self->no_patient,
                self->file_box);
      return;
    }
  complain (self, "", NULL, NULL);
  if (!way_text_box_may_keep (self->note))
    return;
  gtk_widget_set_sensitive (self->save, FALSE);
  way_witness_say_async (self->session, way_row_get_text (self->person, "person"), module->id,
                         outcome->id, place != NULL ? way_row_get_text (place, "unit") : NULL, seen,
                         note, self->file, NULL, saved_cb, g_object_ref (self));
}

static void
module_cb (WayWitnessWindow *self)
{
  const WayModule *module = get_module (self);
  GtkCheckButton *first = NULL;

  way_detail_clear (self->outcomes);
  g_ptr_array_set_size (self->choices, 0);
  if (module == NULL)
    return;
  way_detail_name_drop_down (self->module, _ ("Module"), module->title);
  for (guint i = 0; i < module->outcomes->len; i++)
    {
      const WayOutcome *outcome = g_ptr_array_index (module->outcomes, i);
      GtkWidget *choice = g_object_new (GTK_TYPE_CHECK_BUTTON, "accessible-role",
                                        GTK_ACCESSIBLE_ROLE_RADIO, NULL);
      GtkWidget *label = gtk_label_new (outcome->text);

      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_check_button_set_child (GTK_CHECK_BUTTON (choice), label);
      way_compat_name (choice, outcome->text);
      if (first == NULL)
        first = GTK_CHECK_BUTTON (choice);
      else
        gtk_check_button_set_group (GTK_CHECK_BUTTON (choice), first);
      gtk_box_append (self->outcomes, choice);
      g_ptr_array_add (self->choices, choice);
    }
}

static void
when_cb (WayWitnessWindow *self)
{
  GtkStringObject *day = gtk_drop_down_get_selected_item (self->when);

  if (day != NULL)
    way_detail_name_drop_down (self->when, _ ("When"), gtk_string_object_get_string (day));
}

static void
where_cb (WayWitnessWindow *self)
{
  WayRow *place = gtk_drop_down_get_selected_item (self->where);

  if (place != NULL)
    way_detail_name_drop_down (self->where, _ ("Where"), way_row_get_text (place, "name"));
}

static char *
get_place_name_cb (gpointer row, gpointer user_data)
{
  return g_strdup (way_row_get_text (row, "name"));
}

static void
places_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayWitnessWindow) self = user_data;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, NULL);
  GtkExpression *expression;

  if (rows == NULL || self->session == NULL || g_list_model_get_n_items (rows) == 0)
    return;
  g_set_object (&self->places, rows);
  expression = gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL,
                                            G_CALLBACK (get_place_name_cb), NULL, NULL);
  self->where = GTK_DROP_DOWN (gtk_drop_down_new (g_object_ref (rows), expression));
  gtk_box_append (self->where_box, GTK_WIDGET (self->where));
  g_signal_connect_object (self->where, "notify::selected", G_CALLBACK (where_cb), self,
                           G_CONNECT_SWAPPED);
  where_cb (self);
  gtk_widget_set_visible (GTK_WIDGET (self->where_box), TRUE);
}

static void
show_file (WayWitnessWindow *self)
{
  gboolean has_file = self->file != NULL;
  g_autofree char *size = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->attach, !has_file);
  gtk_widget_set_visible (self->attached, has_file);
  gtk_widget_set_visible (self->drop, has_file);
  gtk_widget_set_visible (self->no_patient, has_file);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->no_patient), FALSE);
  if (!has_file)
    return;
  size = g_format_size_full (g_bytes_get_size (self->file->bytes), G_FORMAT_SIZE_IEC_UNITS);
  /* Translators: the name of a file, then how large it is. */
  text = g_strdup_printf (_ ("%s, %s"), self->file->name, size);
  gtk_label_set_label (GTK_LABEL (self->attached), text);
}

static void
file_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayWitnessWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  WayEvidenceFile *file = way_evidence_file_finish (result, &error);

  if (self->session == NULL)
    {
      way_evidence_file_free (file);
      return;
    }
  if (file == NULL)
    {
      complain (self, error->message, self->attach, self->file_box);
      return;
    }
  way_evidence_file_free (self->file);
  self->file = file;
  complain (self, "", NULL, NULL);
  show_file (self);
  gtk_widget_grab_focus (self->no_patient);
}

static void
file_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayWitnessWindow) self = user_data;
  g_autoptr (GFile) file = way_compat_open_file_finish (result, NULL);

  if (file != NULL && self->session != NULL)
    way_evidence_file_read_async (file, NULL, file_read_cb, g_object_ref (self));
}

static void
attach_cb (WayWitnessWindow *self)
{
  way_compat_open_file_async (GTK_WINDOW (self), _ ("Choose a Picture, PDF or Text"), NULL,
                              file_chosen_cb, g_object_ref (self));
}

static void
drop_cb (WayWitnessWindow *self)
{
  g_clear_pointer (&self->file, way_evidence_file_free);
  show_file (self);
  gtk_widget_grab_focus (self->attach);
}

static void
way_witness_window_dispose (GObject *object)
{
  WayWitnessWindow *self = WAY_WITNESS_WINDOW (object);

  g_clear_object (&self->session);
  g_clear_object (&self->person);
  g_clear_object (&self->places);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  g_clear_pointer (&self->file, way_evidence_file_free);

  G_OBJECT_CLASS (way_witness_window_parent_class)->dispose (object);
}

static void
way_witness_window_class_init (WayWitnessWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = way_witness_window_dispose;

  signals[SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static GtkBox *
add_group (WayWitnessWindow *self, const char *title)
{
  GtkBox *group = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));

  way_compat_hide (way_detail_add_label (group, title, "heading"));
  gtk_box_append (self->box, GTK_WIDGET (group));
  return group;
}

static void
fill_days (WayWitnessWindow *self, GtkStringList *days)
{
  gtk_string_list_append (days, _ ("Today"));
  gtk_string_list_append (days, _ ("Yesterday"));
  for (guint i = 2; i < DAYS; i++)
    {
      g_autoptr (GDateTime) day = get_day (i);
      g_autofree char *name = g_date_time_format (day, "%A, %e %B");

      gtk_string_list_append (days, name);
    }
}

static void
add_file (WayWitnessWindow *self)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->file_box = add_group (self, _ ("A file, if you like"));
  way_detail_add_label (self->file_box,
                        _ ("A picture, PDF or text of up to 1 MiB. The two of you can open it, "
                           "nobody else."),
                        "way-quiet");
  self->attached = way_detail_add_label (self->file_box, "", NULL);
  self->no_patient = gtk_check_button_new_with_label (_ ("No patient can be seen in it"));
  gtk_box_append (self->file_box, self->no_patient);
  self->attach = way_detail_add_button (buttons, _ ("_Attach a File…"), NULL,
                                        G_CALLBACK (attach_cb), self);
  self->drop = way_detail_add_button (buttons, _ ("_Without It"), "flat", G_CALLBACK (drop_cb),
                                      self);
  gtk_box_append (self->file_box, buttons);
  show_file (self);
}

static void
fill (WayWitnessWindow *self, const char *module)
{
  GPtrArray *modules = way_pack_get_modules (way_session_get_pack (self->session));
  GtkStringList *titles = gtk_string_list_new (NULL);
  GtkStringList *days = gtk_string_list_new (NULL);
  GtkBox *group;
  guint chosen = 0;

  for (guint i = 0; i < modules->len; i++)
    {
      const WayModule *each = g_ptr_array_index (modules, i);

      gtk_string_list_append (titles, each->title);
      if (g_strcmp0 (each->id, module) == 0)
        chosen = i;
    }
  group = add_group (self, _ ("Module"));
  self->module = GTK_DROP_DOWN (
      gtk_drop_down_new (G_LIST_MODEL (titles),
                         gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string")));
  gtk_drop_down_set_enable_search (self->module, TRUE);
  gtk_drop_down_set_selected (self->module, chosen);
  gtk_box_append (group, GTK_WIDGET (self->module));
  group = add_group (self, _ ("What you saw"));
  self->outcomes = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing",
                                 6, "accessible-role", GTK_ACCESSIBLE_ROLE_RADIO_GROUP, NULL);
  way_compat_name (GTK_WIDGET (self->outcomes), _ ("What you saw"));
  gtk_box_append (group, GTK_WIDGET (self->outcomes));
  g_signal_connect_swapped (self->module, "notify::selected", G_CALLBACK (module_cb), self);
  module_cb (self);

  group = add_group (self, _ ("When"));
  fill_days (self, days);
  self->when = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (days), NULL));
  g_signal_connect_swapped (self->when, "notify::selected", G_CALLBACK (when_cb), self);
  when_cb (self);
  gtk_box_append (group, GTK_WIDGET (self->when));
  self->where_box = add_group (self, _ ("Where"));
  gtk_widget_set_visible (GTK_WIDGET (self->where_box), FALSE);

  group = add_group (self, _ ("In a sentence"));
  self->note = WAY_TEXT_BOX (way_text_box_new (_ ("In a sentence"), 72));
  way_compat_describe (way_text_box_get_view (self->note),
                       _ ("What you saw, without anything that tells who a patient is."));
  gtk_box_append (group, GTK_WIDGET (self->note));
  way_detail_add_label (group, _ ("Nothing that tells who a patient is."), "way-quiet");
  add_file (self);
  self->problem = way_detail_add_label (self->box, "", "way-attention");
  gtk_widget_set_visible (self->problem, FALSE);
}

static void
way_witness_window_init (WayWitnessWindow *self)
{
  self->choices = g_ptr_array_new ();
  gtk_window_set_title (GTK_WINDOW (self), _ ("Seen at Work"));
  gtk_window_set_default_size (GTK_WINDOW (self), 480, 640);
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 18));
  self->save = gtk_button_new_with_mnemonic (_ ("_Save"));
  way_form_frame_set_up (ADW_WINDOW (self), self->box, self->save, G_CALLBACK (save_cb));
}

/**
 * way_witness_window_new:
 * @person: as the session lists the champion's people
 * @module: (nullable): the one that they were at last
 *
 * Returns: (transfer none): a window; it belongs to the toolkit
 */
GtkWidget *
way_witness_window_new (WaySession *session, WayRow *person, const char *module)
{
  WayWitnessWindow *self = g_object_new (WAY_TYPE_WITNESS_WINDOW, NULL);
  const char *name = way_row_get_text (person, "name");
  g_autofree char *title = NULL;
  g_autofree char *lead = NULL;

  self->session = g_object_ref (session);
  self->person = g_object_ref (person);
  /* Translators: %s is a person. */
  title = g_strdup_printf (_ ("What you saw %s do at work"), name);
  way_compat_name (GTK_WIDGET (self), title);
  way_detail_add_heading (self->box, title);
  /* Translators: %s is a person. */
  lead = g_strdup_printf (_ ("It counts as witnessed when %s says so too, here or at a desktop of "
                             "their own. Either of you can withdraw it."),
                          name);
  way_detail_add_label (self->box, lead, "way-quiet");
  fill (self, module);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->module));
  way_witness_load_units_async (session, way_row_get_text (person, "person"), NULL, places_cb,
                                g_object_ref (self));
  return GTK_WIDGET (self);
}
