/* way-feedback-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/feedback/way-feedback-row.h"

#include "pages/feedback/way-feedback-words.h"
#include "widgets/way-words.h"

#include <glib/gi18n.h>

/* One thing that somebody told the trust, in the list. */
struct _WayFeedbackRow
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkImage *type_icon;
  GtkLabel *type;
  GtkImage *state_icon;
  GtkLabel *state;
  GtkLabel *text;
  GtkLabel *because;
  GtkLabel *where;
  GtkLabel *sorted;
  GtkImage *mark;
};

G_DEFINE_FINAL_TYPE (WayFeedbackRow, way_feedback_row, GTK_TYPE_WIDGET)

static char *
describe_where (WayRow *row)
{
  g_autofree char *when = way_format_when (way_row_get_int (row, "at"));

  if (*way_row_get_text (row, "unit_name") == '\0')
    /* Translators: a person, a time (“on Tuesday”). */
    return g_strdup_printf (_ ("%s · %s"), way_feedback_get_name (row), when);
  /* Translators: a person, a ward or department, a time (“on Tuesday”). */
  return g_strdup_printf (_ ("%s · %s · %s"), way_feedback_get_name (row),
                          way_row_get_text (row, "unit_name"), when);
}

static GtkLabel *
create_label (const char *style_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (style_class != NULL)
    gtk_widget_add_css_class (label, style_class);
  return GTK_LABEL (label);
}

static void
way_feedback_row_dispose (GObject *object)
{
  g_clear_pointer (&WAY_FEEDBACK_ROW (object)->box, gtk_widget_unparent);

  G_OBJECT_CLASS (way_feedback_row_parent_class)->dispose (object);
}

static void
way_feedback_row_class_init (WayFeedbackRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = way_feedback_row_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "way-feedback-row");
}

static GtkImage *
create_icon (void)
{
  return g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
}

static void
way_feedback_row_init (WayFeedbackRow *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));

  self->mark = create_icon ();
  gtk_image_set_from_icon_name (self->mark, "checkbox-checked-symbolic");
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->mark));
  self->type_icon = create_icon ();
  self->type = create_label ("caption-heading");
  gtk_widget_set_hexpand (GTK_WIDGET (self->type), TRUE);
  self->state_icon = create_icon ();
  self->state = create_label ("caption");
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->type_icon));
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->type));
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->state_icon));
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->state));
  gtk_box_append (GTK_BOX (self->box), head);

  self->text = create_label (NULL);
  gtk_label_set_wrap (self->text, TRUE);
  gtk_label_set_wrap_mode (self->text, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (self->text, 2);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->text));
  self->because = create_label ("caption");
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->because));
  self->sorted = create_label ("caption");
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->sorted));
  self->where = create_label ("caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->where), "way-quiet");
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->where));
}

/**
 * way_feedback_row_new:
 *
 * Returns: (transfer floating): an empty row
 */
GtkWidget *
way_feedback_row_new (void)
{
  return g_object_new (WAY_TYPE_FEEDBACK_ROW, NULL);
}

/* Theme, owner and day, and how many say the same: (nullable). */
static char *
describe_sorted (WayRow *row, guint n_joined)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *due = way_feedback_dup_due (row);

  if (n_joined > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u more says the same",
                                                       "%u more say the same", n_joined),
                                             n_joined));
  if (way_row_has (row, "theme") && *way_row_get_text (row, "theme") != '\0')
    g_ptr_array_add (parts, g_strdup (way_row_get_text (row, "theme")));
  if (way_row_has (row, "owner_name") && *way_row_get_text (row, "owner_name") != '\0')
    g_ptr_array_add (parts, g_strdup (way_row_get_text (row, "owner_name")));
  if (due != NULL)
    /* Translators: %s is a day. */
    g_ptr_array_add (parts, g_strdup_printf (_ ("due %s"), due));
  if (parts->len == 0)
    return NULL;
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

/**
 * way_feedback_row_set_row:
 * @row: what somebody said
 * @n_joined: how many more say the same
 * @is_marked: to be sorted together with others
 */
void
way_feedback_row_set_row (WayFeedbackRow *self, WayRow *row, guint n_joined, gboolean is_marked)
{
  g_autofree char *sorted = describe_sorted (row, n_joined);
  WayFeedbackState state = way_feedback_get_state (row);
  g_autofree char *state_text = way_feedback_dup_state (row);
  g_autofree char *because = way_feedback_dup_because (row);
  g_autofree char *where = describe_where (row);

  g_return_if_fail (WAY_IS_FEEDBACK_ROW (self));

  gtk_image_set_from_icon_name (self->type_icon, way_feedback_get_type_icon (row));
  gtk_label_set_label (self->type, way_feedback_get_type_name (row));
  gtk_image_set_from_icon_name (self->state_icon, way_feedback_state_get_icon (state));
  gtk_label_set_label (self->state, state_text);
  if (state == WAY_FEEDBACK_NEW)
    gtk_widget_add_css_class (GTK_WIDGET (self->state), "way-attention");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->state), "way-attention");
  gtk_label_set_label (self->text, way_row_get_text (row, "text"));
  gtk_label_set_label (self->because, because != NULL ? because : "");
  gtk_widget_set_visible (GTK_WIDGET (self->because), because != NULL);
  gtk_label_set_label (self->where, where);
  gtk_widget_set_visible (GTK_WIDGET (self->mark), is_marked);
  gtk_label_set_label (self->sorted, sorted != NULL ? sorted : "");
  gtk_widget_set_visible (GTK_WIDGET (self->sorted), sorted != NULL);
  if (way_feedback_is_overdue (row))
    gtk_widget_add_css_class (GTK_WIDGET (self->sorted), "way-attention");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->sorted), "way-attention");
}

/**
 * way_feedback_row_describe:
 *
 * Returns: (transfer full): what a screen reader says of it
 */
char *
way_feedback_row_describe (WayRow *row, guint n_joined, gboolean is_marked)
{
  g_autofree char *sorted = describe_sorted (row, n_joined);
  g_autofree char *state = way_feedback_dup_state (row);
  g_autofree char *where = describe_where (row);

  return g_strdup_printf ("%s%s, %s. %s. %s%s%s", is_marked ? _ ("Marked. ") : "",
                          way_feedback_get_type_name (row), state, way_row_get_text (row, "text"),
                          where, sorted != NULL ? ". " : "", sorted != NULL ? sorted : "");
}
