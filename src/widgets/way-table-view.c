/* way-table-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "widgets/way-table-view.h"

#include <adwaita.h>

#include "practice/way-practice-table.h"
#include "widgets/way-chart.h"
#include "widgets/way-compat.h"
#include "widgets/way-content-view.h"
#include "widgets/way-desk-parts.h"
#include "widgets/way-desk-words.h"
#include "widgets/way-table-words.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define TEXT_WIDTH 720

/* A table with questions about it, and the chart drawn from it. One key changes between
 * the two, and both are picked from alike. */
struct _WayTableView
{
  GtkWidget parent_instance;

  WayPractice *practice;      /* (owned) */
  const WayDeskRecord *table; /* (nullable) the one that shows */
  GPtrArray *questions;       /* (owned) of WayDeskRecord: its questions */
  guint place;                /* of the question that shows */
  GPtrArray *rows;            /* (owned) borrowed buttons of the table, each with its row */
  gboolean is_updating;

  GtkWidget *box;
  GtkWidget *tables; /* one button a table, where there are several */
  GtkWidget *title;
  GtkWidget *note;
  GtkWidget *count;
  GtkWidget *question;
  GtkWidget *body; /* what a question is answered with */
  GtkWidget *status;
  GtkWidget *entry; /* (nullable) of a question for a number */
  GtkWidget *before_button;
  GtkWidget *next_button;
  GtkWidget *undo_button;
  GtkWidget *turn_button;
  GtkWidget *chart_box;
  GtkWidget *chart; /* (nullable) */
  GtkWidget *grid_scroll;
  GtkWidget *grid;
};

G_DEFINE_FINAL_TYPE (WayTableView, way_table_view, GTK_TYPE_WIDGET)

static const WayDeskRecord *
get_question (WayTableView *self)
{
  return self->place < self->questions->len ? self->questions->pdata[self->place] : NULL;
}

static gboolean
asks (const WayDeskRecord *question, const char *kind)
{
  return question != NULL && g_strcmp0 (way_desk_get_field (question, "ask"), kind) == 0;
}

static char *
make_value (const WayDeskRecord *question, const char *thing)
{
  return g_strdup_printf ("%s=%s", question->id, thing);
}

/* --- Picking ------------------------------------------------------------------------ */

static void
pick_row (WayTableView *self, const WayDeskRecord *row)
{
  const WayDeskRecord *question = get_question (self);
  g_autofree char *value = NULL;

  if (!asks (question, "pick"))
    return;
  value = make_value (question, row->id);
  if (way_practice_is_picked (self->practice, self->table, question->id, row->id))
    way_practice_do (self->practice, "unpick", self->table->id, value);
  else
    way_practice_do (self->practice, "pick", self->table->id, value);
}

static void
row_toggled_cb (WayTableView *self, GtkWidget *button)
{
  if (!self->is_updating)
    pick_row (self, g_object_get_data (G_OBJECT (button), "desk-row"));
}

static void
chart_picked_cb (WayTableView *self, guint i)
{
  g_autoptr (GPtrArray) rows = way_practice_dup_rows (self->practice, self->table);

  if (i < rows->len)
    pick_row (self, g_ptr_array_index (rows, i));
}

/* --- The table ---------------------------------------------------------------------- */

static void
sort_clicked_cb (WayTableView *self, GtkWidget *button)
{
  const WayDeskRecord *column = g_object_get_data (G_OBJECT (button), "desk-column");
  g_autofree char *down = g_strdup_printf ("%s down", column->id);

  if (!way_practice_do (self->practice, "sort", self->table->id, column->id))
    way_practice_do (self->practice, "sort", self->table->id, down);
}

static GtkWidget *
new_header (WayTableView *self, const WayDeskRecord *column)
{
  gboolean is_down;
  const char *sorted = way_practice_get_sort (self->practice, self->table, &is_down);
  gboolean is_sorted = g_strcmp0 (sorted, column->id) == 0;
  const char *unit = way_desk_get_field (column, "unit");
  const char *head = way_desk_get_field (column, "label");
  g_autofree char *shown = unit != NULL ? g_strdup_printf ("%s\n(%s)", head, unit)
                                        : g_strdup (head);
  g_autofree char *text = unit != NULL ? g_strdup_printf ("%s (%s)", head, unit) : g_strdup (head);
  /* Translators: %s is the head of a column. */
  g_autofree char *name = g_strdup_printf (is_sorted && is_down ? _ ("%s, greatest first")
                                           : is_sorted          ? _ ("%s, smallest first")
                                                                : _ ("Sort by %s"),
                                           text);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  GtkWidget *label = way_desk_text_new (shown, "caption-heading");

  gtk_label_set_wrap (GTK_LABEL (label), FALSE);
  gtk_box_append (GTK_BOX (box), label);
  if (is_sorted)
    gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (is_down ? "pan-down-symbolic"
                                                                         : "pan-up-symbolic"));
  gtk_label_set_justify (GTK_LABEL (label),
                         way_table_is_number (column) ? GTK_JUSTIFY_RIGHT : GTK_JUSTIFY_LEFT);
  gtk_widget_set_halign (box, way_table_is_number (column) ? GTK_ALIGN_END : GTK_ALIGN_START);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "desk-sort");
  way_compat_name (button, name);
  g_object_set_data (G_OBJECT (button), "desk-column", (gpointer) column);
  g_signal_connect_object (button, "clicked", G_CALLBACK (sort_clicked_cb), self,
                           G_CONNECT_SWAPPED);

  return button;
}

static GtkWidget *
new_cell (const WayDeskRecord *row, const WayDeskRecord *column)
{
  const char *label = way_desk_get_field (column, "label");
  const char *text = way_desk_get_field (row, column->id);
  GtkWidget *cell = way_desk_text_new (text != NULL ? text : _ ("missing"), "desk-cell");
  g_autofree char *name = g_strdup_printf ("%s: %s", label, text != NULL ? text : _ ("missing"));

  if (way_table_is_number (column))
    {
      gtk_label_set_wrap (GTK_LABEL (cell), FALSE);
      gtk_label_set_xalign (GTK_LABEL (cell), 1);
      gtk_widget_add_css_class (cell, "numeric");
    }
  else
    {
      gtk_label_set_width_chars (GTK_LABEL (cell), 16);
      gtk_widget_set_hexpand (cell, TRUE);
    }
  way_compat_name (cell, name);

  return cell;
}

static GtkWidget *
new_row_head (WayTableView *self, const WayDeskRecord *row, const char *text)
{
  GtkWidget *button = gtk_toggle_button_new ();
  /* Translators: %s is the first cell of a row. */
  g_autofree char *name = g_strdup_printf (_ ("Pick %s"), text);
  GtkWidget *label = way_desk_text_new (text, NULL);

  gtk_label_set_width_chars (GTK_LABEL (label), 14);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_add_css_class (button, "desk-option");
  way_compat_name (button, name);
  g_object_set_data (G_OBJECT (button), "desk-row", (gpointer) row);
  g_signal_connect_object (button, "toggled", G_CALLBACK (row_toggled_cb), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->rows, button);

  return button;
}

static void
build_grid (WayTableView *self)
{
  g_autoptr (GPtrArray) rows = way_practice_dup_rows (self->practice, self->table);
  gboolean is_picking = asks (get_question (self), "pick");
  GtkWidget *child;
  int n = 0;

  while ((child = gtk_widget_get_first_child (self->grid)) != NULL)
    gtk_grid_remove (GTK_GRID (self->grid), child);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < self->table->parts->len; i++)
    {
      const WayDeskRecord *column = g_ptr_array_index (self->table->parts, i);

      if (strcmp (column->type, "column") != 0)
        continue;
      gtk_grid_attach (GTK_GRID (self->grid), new_header (self, column), n, 0, 1, 1);
      for (guint j = 0; j < rows->len; j++)
        {
          const WayDeskRecord *row = g_ptr_array_index (rows, j);
          const char *text = way_desk_get_field (row, column->id);

          gtk_grid_attach (GTK_GRID (self->grid),
                           n == 0 && is_picking ? new_row_head (self, row, text != NULL ? text : "")
                                                : new_cell (row, column),
                           n, (int) j + 1, 1, 1);
        }
      n++;
    }
}

/* --- The chart ---------------------------------------------------------------------- */

static double
get_number (WayTableView *self, const WayDeskRecord *row, const char *field)
{
  double number;

  return way_table_get_number (row, way_desk_get_field (self->table, field), &number) ? number
                                                                                      : NAN;
}

static void
update_chart (WayTableView *self)
{
  const WayDeskRecord *question = get_question (self);
  g_autoptr (GPtrArray) rows = way_practice_dup_rows (self->practice, self->table);
  g_autofree WayChartPoint *points = g_new0 (WayChartPoint, rows->len);

  if (self->chart == NULL)
    return;
  for (guint i = 0; i < rows->len; i++)
    {
      const WayDeskRecord *row = g_ptr_array_index (rows, i);

      points[i].name = (char *) way_table_get_row_name (self->table, row);
      points[i].value = get_number (self, row, "value");
      points[i].low = get_number (self, row, "low");
      points[i].high = get_number (self, row, "high");
      points[i].own = get_number (self, row, "own");
      points[i].need = get_number (self, row, "need");
      points[i].is_picked = asks (question, "pick")
                            && way_practice_is_picked (self->practice, self->table, question->id,
                                                       row->id);
    }
  way_chart_set_points (WAY_CHART (self->chart), points, rows->len);
}

static void
build_chart (WayTableView *self)
{
  static const char *const kinds[] = { "bars", "line", "run", "bands" };
  const char *kind = way_desk_get_field (self->table, "chart");
  const char *ticks = way_desk_get_field (self->table, "ticks");
  g_auto (GStrv) names = ticks != NULL ? g_strsplit (ticks, "|", -1) : NULL;
  double from = 0, to = 1;

  way_desk_box_clear (self->chart_box);
  self->chart = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kind, kinds[i]) == 0)
      self->chart = way_chart_new ((WayChartKind) i);
  if (self->chart == NULL || !way_table_get_number (self->table, "from", &from)
      || !way_table_get_number (self->table, "to", &to) || from >= to)
    return;

  way_chart_set_axis (WAY_CHART (self->chart), from, to, (const char *const *) names);
  way_compat_name (self->chart, way_desk_get_title (self->table));
  g_signal_connect_object (self->chart, "picked", G_CALLBACK (chart_picked_cb), self,
                           G_CONNECT_SWAPPED);
  if (strcmp (kind, "bands") == 0)
    gtk_box_append (GTK_BOX (self->chart_box),
                    way_desk_text_new (_ ("Dot: the best guess. Band: how sure it is. Ring: your "
                                          "own view. Flag: what your work needs."),
                                       "caption"));
  gtk_box_append (GTK_BOX (self->chart_box), self->chart);
}

static void
show_chart (WayTableView *self, gboolean is_chart)
{
  gtk_widget_set_visible (self->chart_box, is_chart && self->chart != NULL);
  gtk_widget_set_visible (self->grid_scroll, !gtk_widget_get_visible (self->chart_box));
  gtk_widget_set_visible (self->turn_button, self->chart != NULL);
  gtk_button_set_label (GTK_BUTTON (self->turn_button), gtk_widget_get_visible (self->chart_box)
                                                            ? _ ("Show as a _table")
                                                            : _ ("Show as a _chart"));
  way_desk_button_tidy (self->turn_button);
}

static void
turn_cb (WayTableView *self)
{
  show_chart (self, !gtk_widget_get_visible (self->chart_box));
}

/* --- The question ------------------------------------------------------------------- */

static void
option_toggled_cb (WayTableView *self, GtkWidget *button)
{
  const WayDeskRecord *question = get_question (self);
  const WayDeskRecord *option = g_object_get_data (G_OBJECT (button), "desk-option");
  g_autofree char *value = NULL;

  if (self->is_updating || question == NULL)
    return;
  value = make_value (question, option->id);
  if (!way_practice_do (self->practice, "judge", self->table->id, value))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
}

static void
number_cb (WayTableView *self)
{
  const WayDeskRecord *question = get_question (self);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autofree char *number = way_table_dup_number (text);
  g_autofree char *value = make_value (question, number != NULL ? number : "");

  if (number == NULL)
    {
      gtk_label_set_label (GTK_LABEL (self->status), _ ("Type a number, such as 4 or 2.5."));
      way_compat_announce (GTK_WIDGET (self), gtk_label_get_text (GTK_LABEL (self->status)));
      return;
    }
  way_practice_do (self->practice, "answer", self->table->id, value);
}

static void
build_number (WayTableView *self, const WayDeskRecord *question)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *button = way_desk_button_new (_ ("_Give this number"));
  const char *reply = way_practice_get_reply (self->practice, self->table, question->id);

  self->entry = gtk_entry_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 6);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->entry), 10);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), reply != NULL ? reply : "");
  way_compat_name (self->entry, way_desk_get_field (question, "text"));
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (number_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (button, "clicked", G_CALLBACK (number_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (line), self->entry);
  gtk_box_append (GTK_BOX (line), button);
  gtk_box_append (GTK_BOX (self->body), line);
}

static void
build_options (WayTableView *self, const WayDeskRecord *question)
{
  for (guint i = 0; i < question->parts->len; i++)
    {
      const WayDeskRecord *option = g_ptr_array_index (question->parts, i);
      GtkWidget *button = gtk_toggle_button_new ();

      gtk_button_set_child (GTK_BUTTON (button),
                            way_desk_text_new (way_desk_get_field (option, "text"), NULL));
      gtk_widget_add_css_class (button, "desk-option");
      way_compat_name (button, way_desk_get_field (option, "text"));
      g_object_set_data (G_OBJECT (button), "desk-option", (gpointer) option);
      g_signal_connect_object (button, "toggled", G_CALLBACK (option_toggled_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (self->body), button);
    }
}

static void
build_question (WayTableView *self)
{
  const WayDeskRecord *question = get_question (self);
  /* Translators: number of a question, and of how many. */
  g_autofree char *count = g_strdup_printf (_ ("Question %u of %u"), self->place + 1,
                                            self->questions->len);

  way_desk_box_clear (self->body);
  self->entry = NULL;
  if (question == NULL)
    return;
  gtk_label_set_label (GTK_LABEL (self->count), count);
  gtk_label_set_label (GTK_LABEL (self->question), way_desk_get_field (question, "text"));
  if (asks (question, "judge"))
    build_options (self, question);
  else if (asks (question, "number"))
    build_number (self, question);
  build_grid (self);
}

static void
update_body (WayTableView *self, const WayDeskRecord *question)
{
  const char *reply = way_practice_get_reply (self->practice, self->table, question->id);

  for (GtkWidget *child = gtk_widget_get_first_child (self->body); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      const WayDeskRecord *option = g_object_get_data (G_OBJECT (child), "desk-option");

      if (option != NULL)
        gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (child),
                                      g_strcmp0 (option->id, reply) == 0);
    }
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *button = g_ptr_array_index (self->rows, i);
      const WayDeskRecord *row = g_object_get_data (G_OBJECT (button), "desk-row");
      g_autofree char *value = make_value (question, row->id);

      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button),
                                    way_practice_is_picked (self->practice, self->table,
                                                            question->id, row->id));
      gtk_widget_set_sensitive (button,
                                way_practice_can (self->practice, "pick", self->table->id, value)
                                    || way_practice_can (self->practice, "unpick", self->table->id,
                                                         value));
    }
}

static void
update (WayTableView *self)
{
  const WayDeskRecord *question = get_question (self);
  g_autofree char *text = NULL;

  if (question == NULL)
    return;
  self->is_updating = TRUE;
  update_body (self, question);
  self->is_updating = FALSE;
  if (asks (question, "pick"))
    text = way_table_dup_picked (self->practice, self->table, question);
  else if (asks (question, "number")
           && way_practice_is_settled (self->practice, self->table, question))
    /* Translators: %s is a number that was typed. */
    text = g_strdup_printf (_ ("Your answer: %s"),
                            way_practice_get_reply (self->practice, self->table, question->id));
  gtk_label_set_label (GTK_LABEL (self->status), text != NULL ? text : "");
  gtk_widget_set_visible (self->status, text != NULL || asks (question, "number"));
  gtk_widget_set_sensitive (self->before_button, self->place > 0);
  gtk_widget_set_sensitive (self->next_button, self->place + 1 < self->questions->len);
  gtk_widget_set_sensitive (self->undo_button, way_practice_can (self->practice, "undo",
                                                                 self->table->id, question->id));
  update_chart (self);
}

static void
go_to (WayTableView *self, guint place)
{
  self->place = place;
  build_question (self);
  update (self);
  gtk_widget_grab_focus (self->question);
}

static void
before_cb (WayTableView *self)
{
  if (self->place > 0)
    go_to (self, self->place - 1);
}

static void
next_cb (WayTableView *self)
{
  if (self->place + 1 < self->questions->len)
    go_to (self, self->place + 1);
}

static void
undo_cb (WayTableView *self)
{
  const WayDeskRecord *question = get_question (self);

  way_practice_do (self->practice, "undo", self->table->id, question->id);
  if (self->entry != NULL)
    {
      const char *reply = way_practice_get_reply (self->practice, self->table, question->id);

      gtk_editable_set_text (GTK_EDITABLE (self->entry), reply != NULL ? reply : "");
    }
  gtk_widget_grab_focus (self->question);
}

/* --- The rest ----------------------------------------------------------------------- */

static void
table_clicked_cb (WayTableView *self, GtkWidget *button)
{
  const WayDeskRecord *table = g_object_get_data (G_OBJECT (button), "desk-table");

  way_practice_do (self->practice, "take", table->id, NULL);
}

static void
build_tables (WayTableView *self)
{
  g_autoptr (GPtrArray) tables = way_practice_dup_records (self->practice, "table");
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->tables)) != NULL)
    gtk_widget_unparent (child);
  gtk_widget_set_visible (self->tables, tables->len > 1);
  for (guint i = 0; tables->len > 1 && i < tables->len; i++)
    {
      const WayDeskRecord *table = g_ptr_array_index (tables, i);
      GtkWidget *button = gtk_button_new_with_label (way_desk_get_title (table));

      way_desk_button_tidy (button);
      gtk_widget_set_sensitive (button, table != self->table);
      g_object_set_data (G_OBJECT (button), "desk-table", (gpointer) table);
      g_signal_connect_object (button, "clicked", G_CALLBACK (table_clicked_cb), self,
                               G_CONNECT_SWAPPED);
      way_wrap_box_append (WAY_WRAP_BOX (self->tables), button);
    }
}

static void
show_table (WayTableView *self, const WayDeskRecord *table)
{
  self->table = table;
  self->place = 0;
  g_ptr_array_set_size (self->questions, 0);
  for (guint i = 0; i < table->parts->len; i++)
    if (strcmp (((WayDeskRecord *) table->parts->pdata[i])->type, "question") == 0)
      g_ptr_array_add (self->questions, table->parts->pdata[i]);
  gtk_label_set_label (GTK_LABEL (self->title), way_desk_get_title (table));
  way_content_view_set_content (WAY_CONTENT_VIEW (self->note), table->content, NULL);
  gtk_widget_set_visible (self->note, table->content != NULL);
  build_tables (self);
  build_chart (self);
  build_question (self);
  show_chart (self, TRUE);
  update (self);
}

/* The button that was pressed is new after sorting. */
static void
focus_header (WayTableView *self, const char *value)
{
  g_auto (GStrv) words = g_strsplit (value != NULL ? value : "", " ", -1);

  for (GtkWidget *child = gtk_widget_get_first_child (self->grid); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      const WayDeskRecord *column = g_object_get_data (G_OBJECT (child), "desk-column");

      if (column != NULL && g_strcmp0 (column->id, words[0]) == 0)
        gtk_widget_grab_focus (child);
    }
}

static void
done_cb (WayTableView *self, const char *action, const char *target, const char *value)
{
  const WayDeskRecord *table = way_practice_find_record (self->practice, target);

  if (!way_table_is (table))
    return;
  if (table != self->table)
    show_table (self, table);
  if (strcmp (action, "sort") == 0)
    {
      build_grid (self);
      focus_header (self, value);
    }
  update (self);
  if (gtk_widget_get_visible (self->status))
    way_compat_announce (GTK_WIDGET (self), gtk_label_get_text (GTK_LABEL (self->status)));
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint key,
                guint code,
                GdkModifierType state,
                gpointer user_data)
{
  WayTableView *self = user_data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0 || self->chart == NULL
      || key != GDK_KEY_t || GTK_IS_EDITABLE (focus))
    return GDK_EVENT_PROPAGATE;
  turn_cb (self);

  return GDK_EVENT_STOP;
}

/* --- Making it ---------------------------------------------------------------------- */

static GtkWidget *
new_button (WayTableView *self, const char *label, GCallback callback)
{
  GtkWidget *button = way_desk_button_new (label);

  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);

  return button;
}

static GtkWidget *
build_card (WayTableView *self)
{
  GtkWidget *card = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing",
                                  6, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  GtkWidget *tools = way_wrap_box_new (6, 6);

  self->count = way_desk_text_new (NULL, "caption-heading");
  self->question = way_desk_heading_new (NULL, "heading");
  self->body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->status = way_desk_text_new (NULL, NULL);
  self->before_button = new_button (self, _ ("_Before"), G_CALLBACK (before_cb));
  self->next_button = new_button (self, _ ("_Next question"), G_CALLBACK (next_cb));
  self->undo_button = new_button (self, _ ("Take _back"), G_CALLBACK (undo_cb));
  gtk_widget_add_css_class (self->next_button, "desk-strong");
  gtk_widget_set_focusable (self->question, TRUE);
  way_compat_name (card, _ ("Question"));
  way_wrap_box_append (WAY_WRAP_BOX (tools), self->before_button);
  way_wrap_box_append (WAY_WRAP_BOX (tools), self->next_button);
  way_wrap_box_append (WAY_WRAP_BOX (tools), self->undo_button);
  gtk_widget_add_css_class (card, "desk-reveal");
  gtk_box_append (GTK_BOX (card), self->count);
  gtk_box_append (GTK_BOX (card), self->question);
  gtk_box_append (GTK_BOX (card), self->body);
  gtk_box_append (GTK_BOX (card), self->status);
  gtk_box_append (GTK_BOX (card), tools);

  return card;
}

static void
way_table_view_init (WayTableView *self)
{
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *scroll = gtk_scrolled_window_new ();
  GtkWidget *inside = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->questions = g_ptr_array_new ();
  self->rows = g_ptr_array_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->tables = way_wrap_box_new (6, 6);
  self->title = way_desk_heading_new (NULL, "title-4");
  self->note = way_content_view_new ();
  self->turn_button = new_button (self, _ ("Show as a _table"), G_CALLBACK (turn_cb));
  self->chart_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->grid = g_object_new (GTK_TYPE_GRID, "column-spacing", 6, "row-spacing", 3, NULL);
  self->grid_scroll = gtk_scrolled_window_new ();
  way_compat_name (self->tables, _ ("Tables"));
  gtk_widget_set_halign (self->turn_button, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (self->turn_button, _ ("Key T"));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->grid_scroll), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->grid_scroll), self->grid);
  gtk_widget_add_css_class (inside, "desk-talk");
  gtk_box_append (GTK_BOX (inside), self->tables);
  gtk_box_append (GTK_BOX (inside), self->title);
  gtk_box_append (GTK_BOX (inside), self->note);
  gtk_box_append (GTK_BOX (inside), build_card (self));
  gtk_box_append (GTK_BOX (inside), self->turn_button);
  gtk_box_append (GTK_BOX (inside), self->chart_box);
  gtk_box_append (GTK_BOX (inside), self->grid_scroll);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), TEXT_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), inside);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), clamp);
  gtk_widget_set_vexpand (scroll, TRUE);
  gtk_box_append (GTK_BOX (self->box), scroll);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));

  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
way_table_view_dispose (GObject *object)
{
  WayTableView *self = WAY_TABLE_VIEW (object);

  if (self->practice != NULL)
    g_signal_handlers_disconnect_by_data (self->practice, self);
  g_clear_object (&self->practice);
  g_clear_pointer (&self->questions, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (way_table_view_parent_class)->dispose (object);
}

static void
way_table_view_class_init (WayTableViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = way_table_view_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

/**
 * way_table_view_new:
 * @practice: a run of a desk with tables
 *
 * Returns: (transfer floating): the table in hand
 */
GtkWidget *
way_table_view_new (WayPractice *practice)
{
  WayTableView *self = g_object_new (WAY_TYPE_TABLE_VIEW, NULL);
  g_autoptr (GPtrArray) tables = NULL;
  const WayDeskRecord *table;

  g_return_val_if_fail (WAY_IS_PRACTICE (practice), GTK_WIDGET (self));

  self->practice = g_object_ref (practice);
  tables = way_practice_dup_records (practice, "table");
  table = way_practice_get_current_in (practice, "table");
  if (table == NULL && tables->len > 0)
    table = g_ptr_array_index (tables, 0);
  g_signal_connect_object (practice, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
  if (table != NULL)
    show_table (self, table);

  return GTK_WIDGET (self);
}
