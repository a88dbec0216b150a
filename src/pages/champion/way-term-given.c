/* way-term-given.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pages/champion/way-term-given.h"

#include "pages/way-detail.h"
#include "widgets/way-words.h"

#include <glib/gi18n.h>
#include <math.h>

#define LEAST_PEOPLE 8 /* of fewer nothing is said */
#define WEEKS 4

/* What a champion has given, what came after it, and who has thanked them. */
struct _WayTermGiven
{
  GtkWidget parent_instance;

  int a_week;  /* protected minutes, −1: not known */
  WayRow *row; /* (owned) (nullable) */

  GtkBox *time;
  GtkBox *change;
  GtkBox *thanks;
};

G_DEFINE_FINAL_TYPE (WayTermGiven, way_term_given, GTK_TYPE_WIDGET)

/**
 * way_term_describe_change:
 * @followed: people who were named in the log thirty days ago or longer
 * @passed: those of them who passed a check within the thirty days after
 *
 * What came of the help, with how little so few people say: Wilson's interval for a share, 95 %
 * (Wilson 1927, Journal of the American Statistical Association 22).
 *
 * Returns: (transfer full)
 */
char *
way_term_describe_change (guint followed, guint passed)
{
  const double z = 1.96;
  double n = followed, share, middle, width;

  g_return_val_if_fail (passed <= followed, NULL);

  if (followed < LEAST_PEOPLE)
    return g_strdup_printf (
        ngettext ("You named %u person whom you helped 30 days ago or longer. From 8 people on it "
                  "says here how many passed a check in the 30 days after.",
                  "You named %u people whom you helped 30 days ago or longer. From 8 people on it "
                  "says here how many passed a check in the 30 days after.",
                  followed),
        followed);
  share = passed / n;
  middle = (share + z * z / (2 * n)) / (1 + z * z / n);
  width = z / (1 + z * z / n) * sqrt (share * (1 - share) / n + z * z / (4 * n * n));
  /* Translators: two numbers of people, then three percentages. */
  return g_strdup_printf (_ ("%u of %u people whom you named passed a check in the 30 days after: "
                             "%.0f %%. Of so few, it could as well have been anything from %.0f to "
                             "%.0f %%, and nobody knows how many would have passed without you."),
                          passed, followed, 100 * share, 100 * MAX (middle - width, 0),
                          100 * MIN (middle + width, 1));
}

static void
show_time (WayTermGiven *self)
{
  g_autofree char *week = NULL;
  g_autofree char *month = NULL;
  g_autofree char *people = NULL;
  int n;

  if (self->row == NULL)
    return;
  way_detail_clear (self->time);
  way_detail_add_section (self->time, _ ("Your time"));
  if (self->a_week >= 0)
    {
      /* Translators: minutes that were given, and minutes that are protected. */
      week = g_strdup_printf (_ ("%d of %d protected minutes"),
                              (int) way_row_get_int (self->row, "week"), self->a_week);
      /* Translators: minutes that were given, and minutes that are protected. */
      month = g_strdup_printf (_ ("%d of %d protected minutes"),
                               (int) way_row_get_int (self->row, "month"), self->a_week * WEEKS);
    }
  else
    {
      week = way_format_minutes ((int) way_row_get_int (self->row, "week"));
      month = way_format_minutes ((int) way_row_get_int (self->row, "month"));
    }
  n = (int) way_row_get_int (self->row, "people");
  people = g_strdup_printf (ngettext ("%d person", "%d people", (gulong) n), n);
  way_detail_add_pair (self->time, _ ("Given in the last 7 days"), week);
  way_detail_add_pair (self->time, _ ("Given in the last 4 weeks"), month);
  way_detail_add_pair (self->time, _ ("Helped in the last 4 weeks, as you logged it"), people);
}

/**
 * way_term_given_set_minutes:
 * @term: (nullable): with the protected minutes
 */
void
way_term_given_set_minutes (WayTermGiven *self, WayRow *term)
{
  g_return_if_fail (WAY_IS_TERM_GIVEN (self));

  self->a_week = term != NULL && way_row_has (term, "minutes")
                     ? (int) way_row_get_int (term, "minutes")
                     : -1;
  show_time (self);
}

/**
 * way_term_given_set_rows:
 * @rows: of way_term_load_given_async()
 */
void
way_term_given_set_rows (WayTermGiven *self, GListModel *rows)
{
  g_autofree char *text = NULL;

  g_return_if_fail (WAY_IS_TERM_GIVEN (self));

  g_clear_object (&self->row);
  self->row = g_list_model_get_item (rows, 0);
  if (self->row == NULL)
    return;
  show_time (self);
  text = way_term_describe_change ((guint) way_row_get_int (self->row, "followed"),
                                   (guint) way_row_get_int (self->row, "passed"));
  way_detail_clear (self->change);
  way_detail_add_section (self->change, _ ("What came after your help"));
  way_detail_add_label (self->change, text, NULL);
}

/**
 * way_term_given_set_thanks:
 * @rows: of way_term_load_thanks_async()
 */
void
way_term_given_set_thanks (WayTermGiven *self, GListModel *rows)
{
  guint n = g_list_model_get_n_items (rows);

  g_return_if_fail (WAY_IS_TERM_GIVEN (self));

  way_detail_clear (self->thanks);
  way_detail_add_section (self->thanks, _ ("Thanks"));
  if (n == 0)
    way_detail_add_label (self->thanks, _ ("What colleagues thank you for stands here."),
                          "dim-label");
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rows, i);
      int n_all = (int) way_row_get_int (row, "n");
      g_autofree char *count = g_strdup_printf (
          ngettext ("You were thanked once.", "You were thanked %d times.", (gulong) n_all), n_all);
      g_autofree char *when = way_format_when (way_row_get_int (row, "at"));

      if (i == 0)
        way_detail_add_label (self->thanks, count, NULL);
      way_detail_add_pair (self->thanks, when,
                           *way_row_get_text (row, "text") != '\0' ? way_row_get_text (row, "text")
                                                                   : _ ("Thanks, without words"));
    }
}

static void
way_term_given_dispose (GObject *object)
{
  WayTermGiven *self = WAY_TERM_GIVEN (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->row);

  G_OBJECT_CLASS (way_term_given_parent_class)->dispose (object);
}

static void
way_term_given_class_init (WayTermGivenClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = way_term_given_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static GtkBox *
add_part (WayTermGiven *self)
{
  GtkWidget *part = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_widget_set_parent (part, GTK_WIDGET (self));
  return GTK_BOX (part);
}

static void
way_term_given_init (WayTermGiven *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 18);
  self->a_week = -1;
  self->time = add_part (self);
  self->change = add_part (self);
  self->thanks = add_part (self);
}

/**
 * way_term_given_new:
 *
 * Returns: (transfer floating): empty until its rows come
 */
GtkWidget *
way_term_given_new (void)
{
  return g_object_new (WAY_TYPE_TERM_GIVEN, NULL);
}
