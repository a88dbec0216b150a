/* way-feedback-filter.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/feedback/way-feedback-filter.h"

#include "pages/feedback/way-feedback-words.h"
#include "pages/way-detail.h"
#include "widgets/way-compat.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>

/* Which of the things that were said are looked at: by type, theme and owner, and those whose day
 * has gone. The lists hold what there is. */

typedef enum
{
  BY_TYPE,
  BY_THEME,
  BY_OWNER,
  N_LISTS
} List;

struct _WayFeedbackFilter
{
  AdwBin parent_instance;

  char *person; /* (owned) who looks */
  GtkDropDown *lists[N_LISTS];
  GPtrArray *values[N_LISTS]; /* (owned) of char*: what each line stands for; "" all */
  GtkToggleButton *overdue;
  gboolean is_quiet;
};

G_DEFINE_FINAL_TYPE (WayFeedbackFilter, way_feedback_filter, ADW_TYPE_BIN)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

#define NOBODY "-"

static const char *const NAMES[N_LISTS] = { N_ ("Type"), N_ ("Theme"), N_ ("Owner") };
static const char *const TYPES[][2] = {
  { "", N_ ("All types") },    { "problem", N_ ("Problems") },     { "idea", N_ ("Ideas") },
  { "praise", N_ ("Praise") }, { "worry", N_ ("Safety worries") },
};

static const char *
get_value (WayFeedbackFilter *self, List list)
{
  guint chosen = gtk_drop_down_get_selected (self->lists[list]);

  return chosen < self->values[list]->len ? g_ptr_array_index (self->values[list], chosen) : "";
}

static void
name_list (WayFeedbackFilter *self, List list)
{
  GtkStringObject *chosen = gtk_drop_down_get_selected_item (self->lists[list]);

  if (chosen != NULL)
    way_detail_name_drop_down (self->lists[list], _ (NAMES[list]),
                               gtk_string_object_get_string (chosen));
}

static void
chosen_cb (WayFeedbackFilter *self)
{
  for (guint i = 0; i < N_LISTS; i++)
    name_list (self, i);
  if (!self->is_quiet)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
overdue_cb (WayFeedbackFilter *self)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->overdue), GTK_ACCESSIBLE_STATE_CHECKED,
                               gtk_toggle_button_get_active (self->overdue)
                                   ? GTK_ACCESSIBLE_TRISTATE_TRUE
                                   : GTK_ACCESSIBLE_TRISTATE_FALSE,
                               -1);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
way_feedback_filter_finalize (GObject *object)
{
  WayFeedbackFilter *self = WAY_FEEDBACK_FILTER (object);

  for (guint i = 0; i < N_LISTS; i++)
    g_clear_pointer (&self->values[i], g_ptr_array_unref);
  g_free (self->person);

  G_OBJECT_CLASS (way_feedback_filter_parent_class)->finalize (object);
}

static void
way_feedback_filter_class_init (WayFeedbackFilterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = way_feedback_filter_finalize;

  /* Something else was chosen. */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
way_feedback_filter_init (WayFeedbackFilter *self)
{
  GtkWidget *line = way_wrap_box_new (6, 6);

  for (guint i = 0; i < N_LISTS; i++)
    {
      self->values[i] = g_ptr_array_new_with_free_func (g_free);
      self->lists[i] = GTK_DROP_DOWN (
          gtk_drop_down_new (G_LIST_MODEL (gtk_string_list_new (NULL)), NULL));
      g_signal_connect_swapped (self->lists[i], "notify::selected", G_CALLBACK (chosen_cb), self);
      g_signal_connect_swapped (self->lists[i], "map", G_CALLBACK (chosen_cb), self);
      way_wrap_box_append (WAY_WRAP_BOX (line), GTK_WIDGET (self->lists[i]));
    }
  self->overdue = g_object_new (GTK_TYPE_TOGGLE_BUTTON, "label", _ ("Overdue"), "accessible-role",
                                GTK_ACCESSIBLE_ROLE_CHECKBOX, NULL);
  way_compat_name (GTK_WIDGET (self->overdue), _ ("Overdue only"));
  g_signal_connect_swapped (self->overdue, "toggled", G_CALLBACK (overdue_cb), self);
  way_wrap_box_append (WAY_WRAP_BOX (line), GTK_WIDGET (self->overdue));
  adw_bin_set_child (ADW_BIN (self), line);
}

/**
 * way_feedback_filter_new:
 * @person: (nullable): who looks, for what is theirs
 *
 * Returns: (transfer floating): everything is looked at
 */
GtkWidget *
way_feedback_filter_new (const char *person)
{
  WayFeedbackFilter *self = g_object_new (WAY_TYPE_FEEDBACK_FILTER, NULL);

  self->person = g_strdup (person != NULL ? person : "");
  way_feedback_filter_set_rows (self, NULL);
  return GTK_WIDGET (self);
}

static void
add_line (GPtrArray *values, GPtrArray *names, const char *value, const char *name)
{
  if (g_ptr_array_find_with_equal_func (values, value, g_str_equal, NULL))
    return;
  g_ptr_array_add (values, g_strdup (value));
  g_ptr_array_add (names, g_strdup (name));
}

static void
fill (WayFeedbackFilter *self, List list, GPtrArray *values, GPtrArray *names)
{
  g_autofree char *chosen = g_strdup (get_value (self, list));
  GtkStringList *strings = gtk_string_list_new (NULL);
  guint position = 0;

  for (guint i = 0; i < names->len; i++)
    {
      gtk_string_list_append (strings, g_ptr_array_index (names, i));
      if (g_str_equal (chosen, g_ptr_array_index (values, i)))
        position = i;
    }
  g_ptr_array_unref (self->values[list]);
  self->values[list] = g_ptr_array_ref (values);
  gtk_drop_down_set_model (self->lists[list], G_LIST_MODEL (strings));
  gtk_drop_down_set_selected (self->lists[list], position);
  gtk_widget_set_visible (GTK_WIDGET (self->lists[list]), list != BY_THEME || values->len > 2);
  g_object_unref (strings);
}

static gboolean
has_same (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!g_str_equal (g_ptr_array_index (a, i), g_ptr_array_index (b, i)))
      return FALSE;
  return TRUE;
}

/**
 * way_feedback_filter_set_rows:
 * @rows: (nullable): of WayRow
 *
 * Puts what there is into the lists; what was chosen stays chosen.
 */
void
way_feedback_filter_set_rows (WayFeedbackFilter *self, GListModel *rows)
{
  GPtrArray *values[N_LISTS];
  GPtrArray *names[N_LISTS];

  g_return_if_fail (WAY_IS_FEEDBACK_FILTER (self));

  for (guint i = 0; i < N_LISTS; i++)
    {
      values[i] = g_ptr_array_new_with_free_func (g_free);
      names[i] = g_ptr_array_new_with_free_func (g_free);
    }
  for (guint i = 0; i < G_N_ELEMENTS (TYPES); i++)
    add_line (values[BY_TYPE], names[BY_TYPE], TYPES[i][0], _ (TYPES[i][1]));
  add_line (values[BY_THEME], names[BY_THEME], "", _ ("All themes"));
  add_line (values[BY_THEME], names[BY_THEME], NOBODY, _ ("No theme"));
  add_line (values[BY_OWNER], names[BY_OWNER], "", _ ("All owners"));
  add_line (values[BY_OWNER], names[BY_OWNER], self->person, _ ("Mine"));
  add_line (values[BY_OWNER], names[BY_OWNER], NOBODY, _ ("Nobody’s"));
  for (guint i = 0; rows != NULL && i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rows, i);

      if (*way_row_get_text (row, "theme") != '\0')
        add_line (values[BY_THEME], names[BY_THEME], way_row_get_text (row, "theme"),
                  way_row_get_text (row, "theme"));
      if (*way_row_get_text (row, "owner") != '\0')
        add_line (values[BY_OWNER], names[BY_OWNER], way_row_get_text (row, "owner"),
                  way_row_get_text (row, "owner_name"));
    }
  self->is_quiet = TRUE;
  for (guint i = 0; i < N_LISTS; i++)
    {
      if (!has_same (values[i], self->values[i]))
        fill (self, i, values[i], names[i]);
      g_ptr_array_unref (values[i]);
      g_ptr_array_unref (names[i]);
    }
  self->is_quiet = FALSE;
}

static gboolean
is_value (const char *wanted, const char *value)
{
  if (*wanted == '\0')
    return TRUE;
  return g_str_equal (wanted, NOBODY) ? *value == '\0' : g_str_equal (wanted, value);
}

/**
 * way_feedback_filter_is_matched:
 *
 * Returns: whether it is looked at
 */
gboolean
way_feedback_filter_is_matched (WayFeedbackFilter *self, WayRow *row)
{
  g_return_val_if_fail (WAY_IS_FEEDBACK_FILTER (self), TRUE);

  return is_value (get_value (self, BY_TYPE), way_row_get_text (row, "type"))
         && is_value (get_value (self, BY_THEME), way_row_get_text (row, "theme"))
         && is_value (get_value (self, BY_OWNER), way_row_get_text (row, "owner"))
         && (!gtk_toggle_button_get_active (self->overdue) || way_feedback_is_overdue (row));
}

/**
 * way_feedback_filter_is_set:
 *
 * Returns: whether it leaves something out
 */
gboolean
way_feedback_filter_is_set (WayFeedbackFilter *self)
{
  g_return_val_if_fail (WAY_IS_FEEDBACK_FILTER (self), FALSE);

  for (guint i = 0; i < N_LISTS; i++)
    if (*get_value (self, i) != '\0')
      return TRUE;
  return gtk_toggle_button_get_active (self->overdue);
}
