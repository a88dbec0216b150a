/* way-shift-grid.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pages/way-shift-grid.h"

#include "widgets/way-compat.h"

#include <glib/gi18n.h>

/* The shifts of a week, a row for each day, a button for each part: pressed is a part of the
 * pattern. What else there is to say of a shift stands on its button as a word. Arrows go from
 * one to the next. */
struct _WayShiftGrid
{
  GtkWidget parent_instance;

  GtkWidget *grid;
  GtkWidget *cells[WAY_N_WEEKDAYS][WAY_N_PARTS];
  const char *styles[WAY_N_WEEKDAYS][WAY_N_PARTS]; /* (nullable) of a cell, static */
  char *name;                                      /* (owned) */
  gboolean is_setting;
};

G_DEFINE_FINAL_TYPE (WayShiftGrid, way_shift_grid, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *const DAYS[WAY_N_WEEKDAYS] = { N_ ("Monday"),   N_ ("Tuesday"), N_ ("Wednesday"),
                                                  N_ ("Thursday"), N_ ("Friday"),  N_ ("Saturday"),
                                                  N_ ("Sunday") };
static const char *const SHORT_DAYS[WAY_N_WEEKDAYS] = { N_ ("Mon"), N_ ("Tue"), N_ ("Wed"),
                                                        N_ ("Thu"), N_ ("Fri"), N_ ("Sat"),
                                                        N_ ("Sun") };
static const char *const PARTS[WAY_N_PARTS] = { N_ ("Early"), N_ ("Late"), N_ ("Night") };

/**
 * way_shift_grid_get_day_name:
 * @weekday: 0 for Monday
 */
const char *
way_shift_grid_get_day_name (int weekday)
{
  g_return_val_if_fail (weekday >= 0 && weekday < WAY_N_WEEKDAYS, "");

  return _ (DAYS[weekday]);
}

/**
 * way_shift_grid_get_part_name:
 */
const char *
way_shift_grid_get_part_name (WayPart part)
{
  g_return_val_if_fail ((guint) part < WAY_N_PARTS, "");

  return _ (PARTS[part]);
}

static void
toggled_cb (WayShiftGrid *self, GtkToggleButton *cell)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_STATE_CHECKED,
                               gtk_toggle_button_get_active (cell) ? GTK_ACCESSIBLE_TRISTATE_TRUE
                                                                   : GTK_ACCESSIBLE_TRISTATE_FALSE,
                               -1);
  if (!self->is_setting)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
way_shift_grid_dispose (GObject *object)
{
  WayShiftGrid *self = WAY_SHIFT_GRID (object);

  g_clear_pointer (&self->grid, gtk_widget_unparent);
  g_clear_pointer (&self->name, g_free);

  G_OBJECT_CLASS (way_shift_grid_parent_class)->dispose (object);
}

static void
way_shift_grid_class_init (WayShiftGridClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = way_shift_grid_dispose;
  signals[CHANGED] = g_signal_new ("changed", WAY_TYPE_SHIFT_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "way-shift-grid");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
create_label (const char *text)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", text, "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  return label;
}

static void
way_shift_grid_init (WayShiftGrid *self)
{
  self->grid = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 3);
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 3);
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
  for (int part = 0; part < WAY_N_PARTS; part++)
    gtk_grid_attach (GTK_GRID (self->grid), create_label (_ (PARTS[part])), part + 1, 0, 1, 1);
  for (int weekday = 0; weekday < WAY_N_WEEKDAYS; weekday++)
    {
      GtkWidget *label = create_label (_ (SHORT_DAYS[weekday]));

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_grid_attach (GTK_GRID (self->grid), label, 0, weekday + 1, 1, 1);
      for (int part = 0; part < WAY_N_PARTS; part++)
        {
          GtkWidget *cell = g_object_new (GTK_TYPE_TOGGLE_BUTTON, "accessible-role",
                                          GTK_ACCESSIBLE_ROLE_CHECKBOX, NULL);
          GtkWidget *text = gtk_label_new (NULL);

          gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_END);
          gtk_button_set_child (GTK_BUTTON (cell), text);
          gtk_widget_set_hexpand (cell, TRUE);
          gtk_widget_add_css_class (cell, "way-shift");
          g_signal_connect_swapped (cell, "toggled", G_CALLBACK (toggled_cb), self);
          gtk_grid_attach (GTK_GRID (self->grid), cell, part + 1, weekday + 1, 1, 1);
          self->cells[weekday][part] = cell;
          way_shift_grid_set_cell (self, weekday, part, _ (PARTS[part]), NULL, NULL);
        }
    }
}

/**
 * way_shift_grid_new:
 * @name: what the shifts are of
 *
 * Returns: (transfer floating): a week with no shift pressed
 */
GtkWidget *
way_shift_grid_new (const char *name)
{
  WayShiftGrid *self = g_object_new (WAY_TYPE_SHIFT_GRID, NULL);

  self->name = g_strdup (name);
  way_compat_name (GTK_WIDGET (self), name);
  return GTK_WIDGET (self);
}

/**
 * way_shift_grid_get_set:
 *
 * Returns: the shifts that are pressed
 */
WayShiftSet
way_shift_grid_get_set (WayShiftGrid *self)
{
  WayShiftSet set = 0;

  g_return_val_if_fail (WAY_IS_SHIFT_GRID (self), 0);

  for (int weekday = 0; weekday < WAY_N_WEEKDAYS; weekday++)
    for (int part = 0; part < WAY_N_PARTS; part++)
      if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->cells[weekday][part])))
        set |= way_shift_set_bit (weekday, part);
  return set;
}

/**
 * way_shift_grid_set_set:
 *
 * Presses the shifts of @set and no other. "changed" is for people alone.
 */
void
way_shift_grid_set_set (WayShiftGrid *self, WayShiftSet set)
{
  g_return_if_fail (WAY_IS_SHIFT_GRID (self));

  self->is_setting = TRUE;
  for (int weekday = 0; weekday < WAY_N_WEEKDAYS; weekday++)
    for (int part = 0; part < WAY_N_PARTS; part++)
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->cells[weekday][part]),
                                    (set & way_shift_set_bit (weekday, part)) != 0);
  self->is_setting = FALSE;
}

/**
 * way_shift_grid_set_cell:
 * @text: what stands on it
 * @detail: (nullable): what is said of it besides the day and the part
 * @style_class: (nullable): how it looks; a static text
 *
 * Says something of one shift.
 */
void
way_shift_grid_set_cell (WayShiftGrid *self,
                         int weekday,
                         WayPart part,
                         const char *text,
                         const char *detail,
                         const char *style_class)
{
  GtkWidget *cell;
  g_autofree char *name = NULL;

  g_return_if_fail (WAY_IS_SHIFT_GRID (self));
  g_return_if_fail (weekday >= 0 && weekday < WAY_N_WEEKDAYS && (guint) part < WAY_N_PARTS);

  cell = self->cells[weekday][part];
  gtk_label_set_label (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (cell))), text);
  if (self->styles[weekday][part] != NULL)
    gtk_widget_remove_css_class (cell, self->styles[weekday][part]);
  self->styles[weekday][part] = style_class;
  if (style_class != NULL)
    gtk_widget_add_css_class (cell, style_class);
  if (detail != NULL)
    /* Translators: a day of the week, a part of it, and who is there: “Monday early: nobody”. */
    name = g_strdup_printf (_ ("%s %s: %s"), _ (DAYS[weekday]), _ (PARTS[part]), detail);
  else
    /* Translators: a day of the week and a part of it: “Monday early”. */
    name = g_strdup_printf (_ ("%s %s"), _ (DAYS[weekday]), _ (PARTS[part]));
  way_compat_name (cell, name);
  gtk_widget_set_tooltip_text (cell, detail);
}
