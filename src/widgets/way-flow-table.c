/* way-flow-table.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-flow-table.h"

#include <glib/gi18n.h>

#include "widgets/way-compat.h"
#include "widgets/way-flow-text.h"

#define CELL_CHARACTERS 32 /* a cell is not wider */
#define FIGURE_LENGTH 16   /* characters: a figure, a date, an NHS number stays in one line */

/* A table of a text. It gets as narrow as its longest words and figures, and scrolls sideways
 * where there is less room than that: an identifier that is cut in two is hard to compare. */
struct _WayFlowTable
{
  GtkWidget parent_instance;

  GtkWidget *scroll;
  GtkWidget *grid;
};

G_DEFINE_FINAL_TYPE (WayFlowTable, way_flow_table, GTK_TYPE_WIDGET)

static void
add_rows (const WayNode *node, GPtrArray *rows)
{
  const WayNode *child;

  if (node->type == WAY_NODE_ROW)
    g_ptr_array_add (rows, (gpointer) node);
  else
    for (guint i = 0; (child = way_flow_get_child (node, i)) != NULL; i++)
      add_rows (child, rows);
}

static gboolean
is_figure (const char *text)
{
  /* A figure begins with a digit, perhaps after a sign or a currency. */
  text += strspn (text, "-−+£<>≥≤ ");
  return g_ascii_isdigit (*text);
}

static gboolean
is_figure_column (GPtrArray *rows, guint column)
{
  gboolean has_figure = FALSE;

  for (guint i = 0; i < rows->len; i++)
    {
      const WayNode *cell = way_flow_get_child (g_ptr_array_index (rows, i), column);
      g_autofree char *text = NULL;

      if (cell == NULL || cell->level == 1)
        continue;
      text = way_node_dup_text (cell);
      if (!is_figure (text))
        return FALSE;
      has_figure = TRUE;
    }

  return has_figure;
}

/* What a cell is about: the header cells of its row and column. */
static char *
describe_cell (GPtrArray *rows, guint row, guint column)
{
  const WayNode *side = way_flow_get_child (g_ptr_array_index (rows, row), 0);
  const WayNode *top = way_flow_get_child (g_ptr_array_index (rows, 0), column);
  g_autofree char *side_text = NULL;
  g_autofree char *top_text = NULL;

  if (column > 0 && side != NULL && side->level == 1)
    side_text = way_node_dup_text (side);
  if (row > 0 && top != NULL && top->level == 1)
    top_text = way_node_dup_text (top);
  if (side_text != NULL && top_text != NULL)
    return g_strdup_printf ("%s, %s", side_text, top_text);

  return side_text != NULL ? g_steal_pointer (&side_text) : g_steal_pointer (&top_text);
}

static int
get_narrowest (WayFlowTable *self, int *natural)
{
  int minimum;

  gtk_widget_measure (self->grid, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, natural, NULL, NULL);

  return minimum;
}

static GtkSizeRequestMode
way_flow_table_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* A scrolled window does not ask how high its child is in the width that it has. */
static void
way_flow_table_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  WayFlowTable *self = WAY_FLOW_TABLE (widget);
  int widest, bar = 0;
  int narrowest = get_narrowest (self, &widest);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      gtk_widget_measure (self->scroll, orientation, -1, minimum, NULL, NULL, NULL);
      *minimum = MIN (*minimum, narrowest);
      *natural = widest;
      return;
    }

  if (for_size >= 0 && for_size < narrowest)
    gtk_widget_measure (gtk_scrolled_window_get_hscrollbar (GTK_SCROLLED_WINDOW (self->scroll)),
                        orientation, -1, NULL, &bar, NULL, NULL);
  gtk_widget_measure (self->grid, orientation, for_size >= 0 ? MAX (for_size, narrowest) : widest,
                      minimum, NULL, NULL, NULL);
  *minimum += bar;
  *natural = *minimum;
}

/* Only what scrolls is a stop of the Tab key. */
static void
set_scrolls (WayFlowTable *self, gboolean scrolls)
{
  if (gtk_widget_get_focusable (GTK_WIDGET (self)) == scrolls)
    return;

  gtk_widget_set_focusable (GTK_WIDGET (self), scrolls);
  way_compat_describe (GTK_WIDGET (self),
                       scrolls ? _ ("It goes on to the side. The arrow keys scroll it.") : NULL);
}

static void
way_flow_table_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WayFlowTable *self = WAY_FLOW_TABLE (widget);

  gtk_widget_size_allocate (self->scroll, &(GtkAllocation){ 0, 0, width, height }, -1);
  set_scrolls (self, width < get_narrowest (self, NULL));
}

/* First the table itself, then the words in it that can be explained. The scrolled window
 * between them is no stop. */
static gboolean
way_flow_table_focus (GtkWidget *widget, GtkDirectionType direction)
{
  WayFlowTable *self = WAY_FLOW_TABLE (widget);
  gboolean is_back = direction == GTK_DIR_TAB_BACKWARD;

  if (gtk_widget_is_focus (widget))
    return !is_back && gtk_widget_child_focus (self->grid, direction);
  if (gtk_widget_get_focus_child (widget) == NULL && !is_back && gtk_widget_get_focusable (widget))
    return gtk_widget_grab_focus (widget);
  if (gtk_widget_child_focus (self->grid, direction))
    return TRUE;

  return is_back && gtk_widget_get_focusable (widget) && gtk_widget_grab_focus (widget);
}

static gboolean
scroll_cb (GtkWidget *widget, GVariant *parameter, gpointer user_data)
{
  WayFlowTable *self = WAY_FLOW_TABLE (widget);
  GtkAdjustment *across = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (self->scroll));
  double pages = g_variant_get_double (parameter);

  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    pages = -pages;
  /* At its end as well: the key would turn the card over otherwise. */
  gtk_adjustment_set_value (across, gtk_adjustment_get_value (across)
                                        + pages * gtk_adjustment_get_page_size (across));

  return TRUE;
}

static void
way_flow_table_dispose (GObject *object)
{
  g_clear_pointer (&WAY_FLOW_TABLE (object)->scroll, gtk_widget_unparent);

  G_OBJECT_CLASS (way_flow_table_parent_class)->dispose (object);
}

static void
way_flow_table_class_init (WayFlowTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const struct
  {
    guint key;
    double pages;
  } KEYS[] = {
    { GDK_KEY_Left, -0.25 },    { GDK_KEY_KP_Left, -0.25 },  { GDK_KEY_Right, 0.25 },
    { GDK_KEY_KP_Right, 0.25 }, { GDK_KEY_Home, -G_MAXINT }, { GDK_KEY_End, G_MAXINT },
  };

  G_OBJECT_CLASS (klass)->dispose = way_flow_table_dispose;
  widget_class->get_request_mode = way_flow_table_get_request_mode;
  widget_class->measure = way_flow_table_measure;
  widget_class->size_allocate = way_flow_table_size_allocate;
  widget_class->focus = way_flow_table_focus;
  for (guint i = 0; i < G_N_ELEMENTS (KEYS); i++)
    gtk_widget_class_add_binding (widget_class, KEYS[i].key, 0, scroll_cb, "d", KEYS[i].pages);
  gtk_widget_class_set_css_name (widget_class, "way-flow-table");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
way_flow_table_init (WayFlowTable *self)
{
  way_compat_name (GTK_WIDGET (self), _ ("Table"));
  self->grid = gtk_grid_new ();
  gtk_widget_add_css_class (self->grid, "way-table");
  gtk_widget_set_halign (self->grid, GTK_ALIGN_START);

  self->scroll = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroll), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  /* Below the table, where it hides no words, and always to be seen. */
  gtk_scrolled_window_set_overlay_scrolling (GTK_SCROLLED_WINDOW (self->scroll), FALSE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroll), self->grid);
  gtk_widget_set_parent (self->scroll, GTK_WIDGET (self));
}

static void
add_cell (WayFlowTable *self, GPtrArray *rows, guint row, guint column, gboolean is_number)
{
  const WayNode *cell = way_flow_get_child (g_ptr_array_index (rows, row), column);
  g_autofree char *markup = way_flow_dup_markup (cell);
  g_autofree char *about = describe_cell (rows, row, column);
  GtkWidget *label = way_flow_label_new (cell, markup);
  const char *text = gtk_label_get_text (GTK_LABEL (label));

  gtk_widget_set_halign (label, GTK_ALIGN_FILL);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD);
  gtk_label_set_wrap (GTK_LABEL (label),
                      !is_figure (text) || g_utf8_strlen (text, -1) > FIGURE_LENGTH);
  gtk_label_set_max_width_chars (GTK_LABEL (label), CELL_CHARACTERS);
  gtk_label_set_xalign (GTK_LABEL (label), is_number ? 1 : 0);
  if (is_number)
    gtk_widget_add_css_class (label, "numeric");
  if (cell->level == 1)
    gtk_widget_add_css_class (label, row == 0 ? "column-head" : "row-head");
  if (row == 0)
    gtk_widget_add_css_class (label, "first");
  if (cell->level != 1 && about != NULL)
    way_compat_describe (label, about);
  gtk_grid_attach (GTK_GRID (self->grid), label, (int) column, (int) row, 1, 1);
}

/**
 * way_flow_table_new:
 * @node: a table; not kept
 *
 * Returns: (transfer floating): the table, each cell described by the heads of its row and
 *   column
 */
GtkWidget *
way_flow_table_new (const WayNode *node)
{
  WayFlowTable *self = g_object_new (WAY_TYPE_FLOW_TABLE, NULL);
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  g_return_val_if_fail (node != NULL, NULL);

  add_rows (node, rows);
  for (guint r = 0; r < rows->len; r++)
    for (guint c = 0; way_flow_get_child (g_ptr_array_index (rows, r), c) != NULL; c++)
      add_cell (self, rows, r, c, is_figure_column (rows, c));

  return GTK_WIDGET (self);
}
