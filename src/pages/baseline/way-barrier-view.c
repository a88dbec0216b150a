/* way-barrier-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/baseline/way-barrier-view.h"

#include "session/way-measure.h"
#include "widgets/way-compat.h"

#include <glib/gi18n.h>

/* What gets in the way: one optional question with several answers. Emits “changed”. */
struct _WayBarrierView
{
  AdwBin parent_instance;

  GtkWidget *heading;
  GPtrArray *checks; /* of GtkCheckButton (borrowed), in the order of way_barrier_list() */
  GtkCheckButton *none;
  gboolean is_setting;
};

G_DEFINE_FINAL_TYPE (WayBarrierView, way_barrier_view, ADW_TYPE_BIN)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* “None of these” and the others exclude each other. */
static void
toggled_cb (GtkCheckButton *check, WayBarrierView *self)
{
  if (self->is_setting)
    return;
  self->is_setting = TRUE;
  if (gtk_check_button_get_active (check))
    {
      if (check == self->none)
        for (guint i = 0; i < self->checks->len; i++)
          gtk_check_button_set_active (self->checks->pdata[i], FALSE);
      else
        gtk_check_button_set_active (self->none, FALSE);
    }
  self->is_setting = FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
way_barrier_view_finalize (GObject *object)
{
  g_clear_pointer (&WAY_BARRIER_VIEW (object)->checks, g_ptr_array_unref);

  G_OBJECT_CLASS (way_barrier_view_parent_class)->finalize (object);
}

static void
way_barrier_view_class_init (WayBarrierViewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = way_barrier_view_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
add_check (WayBarrierView *self, GtkWidget *list, const char *text)
{
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (check), label);
  way_compat_name (check, text);
  g_signal_connect (check, "toggled", G_CALLBACK (toggled_cb), self);
  gtk_box_append (GTK_BOX (list), check);

  return check;
}

static GtkWidget *
make_label (const char *text, GtkAccessibleRole role, const char *style)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", role, "label", text, "wrap",
                                   TRUE, "xalign", 0.0, NULL);

  gtk_widget_add_css_class (label, style);

  return label;
}

static void
way_barrier_view_init (WayBarrierView *self)
{
  guint n;
  const WayAnswerChoice *barriers = way_barrier_list (&n);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *list = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing",
                                  6, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);

  self->heading = make_label (_ ("What gets in the way?"), GTK_ACCESSIBLE_ROLE_HEADING, "title-1");
  gtk_box_append (GTK_BOX (box), self->heading);
  gtk_box_append (
      GTK_BOX (box),
      make_label (_ ("You may leave this out. Nobody but you reads your answer: the trust sees "
                     "only how many say the same, and only where eight or more do."),
                  GTK_ACCESSIBLE_ROLE_LABEL, "way-lead"));
  way_compat_name (list, _ ("What gets in the way?"));
  self->checks = g_ptr_array_new ();
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (self->checks, add_check (self, list, _ (barriers[i].label)));
  self->none = GTK_CHECK_BUTTON (add_check (self, list, _ ("None of these")));
  gtk_box_append (GTK_BOX (box), list);
  adw_bin_set_child (ADW_BIN (self), box);
}

/**
 * way_barrier_view_dup_chosen:
 *
 * Returns: (transfer full): the keys of those that apply; none of them is an answer too
 */
GStrv
way_barrier_view_dup_chosen (WayBarrierView *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n;
  const WayAnswerChoice *barriers = way_barrier_list (&n);

  g_return_val_if_fail (WAY_IS_BARRIER_VIEW (self), NULL);

  for (guint i = 0; i < n; i++)
    if (gtk_check_button_get_active (self->checks->pdata[i]))
      g_strv_builder_add (builder, barriers[i].value);

  return g_strv_builder_end (builder);
}

/**
 * way_barrier_view_has_answer:
 *
 * Returns: whether something was chosen
 */
gboolean
way_barrier_view_has_answer (WayBarrierView *self)
{
  g_return_val_if_fail (WAY_IS_BARRIER_VIEW (self), FALSE);

  for (guint i = 0; i < self->checks->len; i++)
    if (gtk_check_button_get_active (self->checks->pdata[i]))
      return TRUE;

  return gtk_check_button_get_active (self->none);
}

/**
 * way_barrier_view_focus:
 *
 * Puts the focus on the first answer.
 */
void
way_barrier_view_focus (WayBarrierView *self)
{
  g_return_if_fail (WAY_IS_BARRIER_VIEW (self));

  gtk_widget_grab_focus (self->checks->pdata[0]);
}
