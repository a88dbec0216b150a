/* way-edit-window.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/way-edit-window.h"

#include "pages/way-detail.h"
#include "widgets/way-compat.h"
#include "widgets/way-text-box.h"
#include "widgets/way-text-guard.h"

#include <glib/gi18n.h>
#include <math.h>

/* A few fields to fill in, over the window, and one button that keeps them. Whoever makes it adds
 * the fields and listens to “submitted”; it stays open until what was filled in is on the disk.
 * Every field in words has the guard. */
struct _WayEditWindow
{
  AdwWindow parent_instance;

  GtkBox *box;
  GtkWidget *primary;
  GtkLabel *error;
  GPtrArray *fields; /* (owned) of Field */
  gboolean is_saving;
};

G_DEFINE_FINAL_TYPE (WayEditWindow, way_edit_window, ADW_TYPE_WINDOW)

enum
{
  SUBMITTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef enum
{
  FIELD_LINE,
  FIELD_TEXT,
  FIELD_DAY,
  FIELD_NUMBER,
  FIELD_CHOICE,
} FieldType;

typedef struct
{
  FieldType type;
  char *key;
  char *name;
  char *why;           /* (nullable) it may not be empty */
  GtkWidget *widget;   /* (not owned) */
  WayTextGuard *guard; /* (not owned) (nullable) of a line */
  GPtrArray *ids;      /* (owned) (nullable) of a choice */
  char *value;         /* (owned) (nullable) as it was read last */
} Field;

static void
field_free (gpointer data)
{
  Field *field = data;

  g_free (field->key);
  g_free (field->name);
  g_free (field->why);
  g_free (field->value);
  g_clear_pointer (&field->ids, g_ptr_array_unref);
  g_free (field);
}

static Field *
find_field (WayEditWindow *self, const char *key)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      Field *field = g_ptr_array_index (self->fields, i);

      if (g_str_equal (field->key, key))
        return field;
    }
  return NULL;
}

static void
read_field (Field *field)
{
  guint chosen;

  g_free (field->value);
  switch (field->type)
    {
    case FIELD_TEXT:
      field->value = way_text_box_dup_text (WAY_TEXT_BOX (field->widget));
      break;
    case FIELD_CHOICE:
      chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (field->widget));
      field->value = g_strdup (chosen < field->ids->len ? g_ptr_array_index (field->ids, chosen)
                                                        : "");
      break;
    case FIELD_LINE:
    case FIELD_DAY:
    case FIELD_NUMBER:
    default:
      field->value = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (field->widget))));
      break;
    }
}

static gboolean
is_day (const char *text)
{
  int year, month, day;
  char rest;

  return strlen (text) == 10 && sscanf (text, "%4d-%2d-%2d%c", &year, &month, &day, &rest) == 3
         && year > 0 && month > 0 && day > 0
         && g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year);
}

static void
focus_field (Field *field)
{
  gtk_widget_grab_focus (field->type == FIELD_TEXT
                             ? way_text_box_get_view (WAY_TEXT_BOX (field->widget))
                             : field->widget);
}

static void
say (WayEditWindow *self, const char *text)
{
  gtk_label_set_label (self->error, text);
  gtk_widget_set_visible (GTK_WIDGET (self->error), *text != '\0');
  if (*text != '\0')
    way_compat_announce (self->primary, text);
}

/* NULL where the field may be kept. */
static char *
dup_fault (Field *field)
{
  char *end;

  if (*field->value == '\0')
    return g_strdup (field->why);
  if (field->type == FIELD_DAY && !is_day (field->value))
    /* Translators: %s is the name of a field. */
    return g_strdup_printf (_ ("%s: write the day as year, month and day: 2027-01-31."),
                            field->name);
  if (field->type == FIELD_NUMBER)
    {
      double number = g_ascii_strtod (field->value, &end);

      if (*end != '\0' || !isfinite (number))
        /* Translators: %s is the name of a field. */
        return g_strdup_printf (_ ("%s: write a number, such as 12 or 0.5."), field->name);
    }
  return NULL;
}

static void
submit_cb (WayEditWindow *self)
{
  if (self->is_saving)
    return;
  say (self, "");
  for (guint i = 0; i < self->fields->len; i++)
    {
      Field *field = g_ptr_array_index (self->fields, i);
      g_autofree char *fault = NULL;

      read_field (field);
      if (field->type == FIELD_TEXT && !way_text_box_may_keep (WAY_TEXT_BOX (field->widget)))
        return;
      if (field->guard != NULL && !way_text_guard_check (field->guard, field->value))
        {
          gtk_widget_child_focus (GTK_WIDGET (field->guard), GTK_DIR_TAB_FORWARD);
          return;
        }
      fault = dup_fault (field);
      if (fault != NULL)
        {
          say (self, fault);
          focus_field (field);
          return;
        }
    }
  self->is_saving = TRUE;
  gtk_widget_set_sensitive (self->primary, FALSE);
  g_signal_emit (self, signals[SUBMITTED], 0);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *keys,
                guint keyval,
                guint keycode,
                GdkModifierType modifiers,
                WayEditWindow *self)
{
  if (keyval == GDK_KEY_Escape)
    {
      gtk_window_close (GTK_WINDOW (self));
      return GDK_EVENT_STOP;
    }
  if ((modifiers & GDK_CONTROL_MASK) == 0
      || (keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter))
    return GDK_EVENT_PROPAGATE;
  submit_cb (self);
  return GDK_EVENT_STOP;
}

static void
way_edit_window_finalize (GObject *object)
{
  g_clear_pointer (&WAY_EDIT_WINDOW (object)->fields, g_ptr_array_unref);

  G_OBJECT_CLASS (way_edit_window_parent_class)->finalize (object);
}

static void
way_edit_window_class_init (WayEditWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = way_edit_window_finalize;

  /* Everything that was filled in may be kept: way_edit_window_finish() is to follow. */
  signals[SUBMITTED] = g_signal_new ("submitted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
way_edit_window_init (WayEditWindow *self)
{
  GtkWidget *outer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_label (_ ("Cancel"));
  GtkWidget *scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy",
                                      GTK_POLICY_NEVER, "vexpand", TRUE, "propagate-natural-height",
                                      TRUE, "max-content-height", 560, NULL);
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *all = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->fields = g_ptr_array_new_with_free_func (field_free);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (gtk_window_close), self);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  self->primary = gtk_button_new ();
  gtk_widget_add_css_class (self->primary, "suggested-action");
  gtk_widget_set_tooltip_text (self->primary, _ ("Ctrl+Enter"));
  g_signal_connect_swapped (self->primary, "clicked", G_CALLBACK (submit_cb), self);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->primary);
  gtk_box_append (GTK_BOX (outer), header);

  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  self->error = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->error, TRUE);
  gtk_label_set_xalign (self->error, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->error), "way-attention");
  gtk_widget_set_visible (GTK_WIDGET (self->error), FALSE);
  gtk_box_append (GTK_BOX (all), GTK_WIDGET (self->error));
  gtk_box_append (GTK_BOX (all), GTK_WIDGET (self->box));
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 560);
  adw_clamp_set_child (ADW_CLAMP (clamp), all);
  gtk_widget_set_margin_top (all, 12);
  gtk_widget_set_margin_bottom (all, 24);
  gtk_widget_set_margin_start (all, 18);
  gtk_widget_set_margin_end (all, 18);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_box_append (GTK_BOX (outer), scroller);
  adw_window_set_content (ADW_WINDOW (self), outer);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/**
 * way_edit_window_new:
 * @over: a widget of the window that it stands over
 * @title: what is filled in
 * @primary: the word on the button that keeps it
 *
 * Returns: (transfer none): an empty form; present it when its fields are there
 */
WayEditWindow *
way_edit_window_new (GtkWidget *over, const char *title, const char *primary)
{
  GtkRoot *root = gtk_widget_get_root (over);
  WayEditWindow *self = g_object_new (WAY_TYPE_EDIT_WINDOW, "title", title, "modal", TRUE,
                                      "default-width", 520, "width-request", 340, "height-request",
                                      294, NULL);

  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
  gtk_button_set_label (GTK_BUTTON (self->primary), primary);
  return self;
}

/**
 * way_edit_window_add_note:
 *
 * Adds a sentence between the fields.
 */
void
way_edit_window_add_note (WayEditWindow *self, const char *text)
{
  g_return_if_fail (WAY_IS_EDIT_WINDOW (self));

  gtk_widget_add_css_class (way_detail_add_label (self->box, text, "caption"), "dim-label");
}

static Field *
add_field (
    WayEditWindow *self, FieldType type, const char *key, const char *name, GtkWidget *widget)
{
  GtkWidget *pair = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *label = way_detail_add_label (GTK_BOX (pair), name, "heading");
  Field *field = g_new0 (Field, 1);

  /* The field says its name itself. */
  way_compat_hide (label);
  gtk_box_append (GTK_BOX (pair), widget);
  gtk_box_append (self->box, pair);
  field->type = type;
  field->key = g_strdup (key);
  field->name = g_strdup (name);
  field->widget = widget;
  g_ptr_array_add (self->fields, field);
  if (self->fields->len == 1)
    gtk_window_set_focus (GTK_WINDOW (self), type == FIELD_TEXT
                                                 ? way_text_box_get_view (WAY_TEXT_BOX (widget))
                                                 : widget);
  return field;
}

static void
line_changed_cb (GtkEditable *entry, WayTextGuard *guard)
{
  way_text_guard_check (guard, gtk_editable_get_text (entry));
}

static GtkWidget *
create_entry (const char *name, const char *value, const char *hint)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_editable_set_text (GTK_EDITABLE (entry), value != NULL ? value : "");
  if (hint != NULL)
    gtk_entry_set_placeholder_text (GTK_ENTRY (entry), hint);
  way_compat_name (entry, name);
  return entry;
}

/**
 * way_edit_window_add_facts:
 * @name: what they are about
 * @text: what whoever decides here goes by
 */
void
way_edit_window_add_facts (WayEditWindow *self, const char *name, const char *text)
{
  GtkBox *pair;

  g_return_if_fail (WAY_IS_EDIT_WINDOW (self));
  g_return_if_fail (name != NULL && text != NULL);

  pair = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 3));
  way_detail_add_label (pair, name, "heading");
  way_detail_add_label (pair, text, NULL);
  gtk_box_append (self->box, GTK_WIDGET (pair));
}

/**
 * way_edit_window_add_line:
 * @key: by which it is asked for
 * @name: what is to be written
 * @value: (nullable): what stands there
 * @hint: (nullable): an example
 *
 * Adds a field of one line.
 */
void
way_edit_window_add_line (
    WayEditWindow *self, const char *key, const char *name, const char *value, const char *hint)
{
  GtkWidget *entry = create_entry (name, value, hint);
  Field *field;

  g_return_if_fail (WAY_IS_EDIT_WINDOW (self));

  field = add_field (self, FIELD_LINE, key, name, entry);
  field->guard = g_object_new (WAY_TYPE_TEXT_GUARD, NULL);
  g_signal_connect (entry, "changed", G_CALLBACK (line_changed_cb), field->guard);
  gtk_box_append (GTK_BOX (gtk_widget_get_parent (entry)), GTK_WIDGET (field->guard));
}

/**
 * way_edit_window_add_text:
 * @height: at least, in pixels
 *
 * Adds a field of several lines.
 */
void
way_edit_window_add_text (
    WayEditWindow *self, const char *key, const char *name, const char *value, int height)
{
  GtkWidget *text = way_text_box_new (name, height);

  g_return_if_fail (WAY_IS_EDIT_WINDOW (self));

  way_text_box_set_text (WAY_TEXT_BOX (text), value);
  add_field (self, FIELD_TEXT, key, name, text);
}

/**
 * way_edit_window_add_day:
 * @value: (nullable): YYYY-MM-DD
 *
 * Adds a field for a day.
 */
void
way_edit_window_add_day (WayEditWindow *self, const char *key, const char *name, const char *value)
{
  g_return_if_fail (WAY_IS_EDIT_WINDOW (self));

  add_field (self, FIELD_DAY, key, name, create_entry (name, value, _ ("2027-01-31")));
}

/**
 * way_edit_window_add_number:
 * @value: (nullable): as text
 *
 * Adds a field for a number.
 */
void
way_edit_window_add_number (WayEditWindow *self,
                            const char *key,
                            const char *name,
                            const char *value)
{
  g_return_if_fail (WAY_IS_EDIT_WINDOW (self));

  add_field (self, FIELD_NUMBER, key, name, create_entry (name, value, NULL));
}

static void
chosen_cb (GtkDropDown *drop_down, GParamSpec *pspec, const char *name)
{
  GtkStringObject *chosen = gtk_drop_down_get_selected_item (drop_down);

  if (chosen != NULL)
    way_detail_name_drop_down (drop_down, name, gtk_string_object_get_string (chosen));
}

static void
mapped_cb (GtkDropDown *drop_down, const char *name)
{
  chosen_cb (drop_down, NULL, name);
}

/**
 * way_edit_window_add_choice:
 * @ids: of char*: what may be chosen
 * @names: of char*: how they are shown
 * @value: (nullable): what is chosen; else the first
 *
 * Adds a list of which one is chosen.
 */
void
way_edit_window_add_choice (WayEditWindow *self,
                            const char *key,
                            const char *name,
                            GPtrArray *ids,
                            GPtrArray *names,
                            const char *value)
{
  GtkStringList *list = gtk_string_list_new (NULL);
  GtkWidget *drop_down;
  Field *field;

  g_return_if_fail (WAY_IS_EDIT_WINDOW (self));
  g_return_if_fail (ids->len == names->len);

  for (guint i = 0; i < names->len; i++)
    gtk_string_list_append (list, g_ptr_array_index (names, i));
  drop_down = gtk_drop_down_new (G_LIST_MODEL (list), NULL);
  field = add_field (self, FIELD_CHOICE, key, name, drop_down);
  field->ids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < ids->len; i++)
    {
      g_ptr_array_add (field->ids, g_strdup (g_ptr_array_index (ids, i)));
      if (g_strcmp0 (g_ptr_array_index (ids, i), value) == 0)
        gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), i);
    }
  g_signal_connect (drop_down, "notify::selected", G_CALLBACK (chosen_cb), field->name);
  g_signal_connect (drop_down, "map", G_CALLBACK (mapped_cb), field->name);
}

/**
 * way_edit_window_require:
 * @why: what is said where the field is empty
 *
 * The field may not be empty.
 */
void
way_edit_window_require (WayEditWindow *self, const char *key, const char *why)
{
  Field *field;

  g_return_if_fail (WAY_IS_EDIT_WINDOW (self));

  field = find_field (self, key);
  g_return_if_fail (field != NULL);
  g_free (field->why);
  field->why = g_strdup (why);
}

/**
 * way_edit_window_has:
 *
 * Returns: whether there is such a field
 */
gboolean
way_edit_window_has (WayEditWindow *self, const char *key)
{
  g_return_val_if_fail (WAY_IS_EDIT_WINDOW (self), FALSE);

  return find_field (self, key) != NULL;
}

/**
 * way_edit_window_get:
 *
 * Returns: (transfer none): what was filled in when it was submitted, "" for nothing
 */
const char *
way_edit_window_get (WayEditWindow *self, const char *key)
{
  Field *field;

  g_return_val_if_fail (WAY_IS_EDIT_WINDOW (self), "");

  field = find_field (self, key);
  return field != NULL && field->value != NULL ? field->value : "";
}

/**
 * way_edit_window_get_number:
 *
 * Returns: what was filled in, NAN for nothing
 */
double
way_edit_window_get_number (WayEditWindow *self, const char *key)
{
  const char *text = way_edit_window_get (self, key);

  return *text != '\0' ? g_ascii_strtod (text, NULL) : NAN;
}

/**
 * way_edit_window_finish:
 * @error: (nullable): why it was not kept
 *
 * Ends what “submitted” began: goes, or stays and says why.
 */
void
way_edit_window_finish (WayEditWindow *self, const GError *error)
{
  g_return_if_fail (WAY_IS_EDIT_WINDOW (self));

  self->is_saving = FALSE;
  if (error == NULL)
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  gtk_widget_set_sensitive (self->primary, TRUE);
  say (self, error->message);
}
