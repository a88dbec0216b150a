/* way-text-box.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-text-box.h"

#include "widgets/way-compat.h"
#include "widgets/way-text-guard.h"

/* A field of several lines with a frame, and under it the question whether what is written
 * tells who a patient is. Whoever keeps the text asks first whether it may be kept. */
struct _WayTextBox
{
  AdwBin parent_instance;

  GtkTextView *view;
  GtkScrolledWindow *scroller;
  WayTextGuard *guard;
};

G_DEFINE_FINAL_TYPE (WayTextBox, way_text_box, ADW_TYPE_BIN)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
check (WayTextBox *self)
{
  g_autofree char *text = way_text_box_dup_text (self);

  return way_text_guard_check (self->guard, text);
}

static void
changed_cb (WayTextBox *self)
{
  check (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
way_text_box_class_init (WayTextBoxClass *klass)
{
  /* The text is another one, or may now be kept. */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
way_text_box_init (WayTextBox *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *view = gtk_text_view_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->view = GTK_TEXT_VIEW (view);
  self->scroller = GTK_SCROLLED_WINDOW (scroller);
  self->guard = g_object_new (WAY_TYPE_TEXT_GUARD, NULL);
  gtk_text_view_set_accepts_tab (self->view, FALSE);
  gtk_text_view_set_wrap_mode (self->view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_left_margin (self->view, 9);
  gtk_text_view_set_right_margin (self->view, 9);
  gtk_text_view_set_top_margin (self->view, 6);
  gtk_text_view_set_bottom_margin (self->view, 6);
  gtk_scrolled_window_set_child (self->scroller, view);
  gtk_scrolled_window_set_policy (self->scroller, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_add_css_class (scroller, "card");
  gtk_widget_add_css_class (scroller, "way-writing");
  g_signal_connect_swapped (gtk_text_view_get_buffer (self->view), "changed",
                            G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->guard, "changed", G_CALLBACK (changed_cb), self);
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->guard));
  adw_bin_set_child (ADW_BIN (self), box);
}

/**
 * way_text_box_new:
 * @name: what is to be written
 * @height: at least, in pixels
 *
 * Returns: (transfer floating): a field of several lines, with a frame. The Tab key leaves
 *   it
 */
GtkWidget *
way_text_box_new (const char *name, int height)
{
  WayTextBox *self = g_object_new (WAY_TYPE_TEXT_BOX, NULL);

  way_compat_name (GTK_WIDGET (self->view), name);
  gtk_scrolled_window_set_min_content_height (self->scroller, height);
  return GTK_WIDGET (self);
}

/**
 * way_text_box_get_view:
 *
 * Returns: (transfer none): the text view, for its focus, description and keys
 */
GtkWidget *
way_text_box_get_view (WayTextBox *self)
{
  g_return_val_if_fail (WAY_IS_TEXT_BOX (self), NULL);

  return GTK_WIDGET (self->view);
}

/**
 * way_text_box_set_text:
 * @text: (nullable): what is to stand there
 */
void
way_text_box_set_text (WayTextBox *self, const char *text)
{
  g_return_if_fail (WAY_IS_TEXT_BOX (self));

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->view), text != NULL ? text : "", -1);
}

/**
 * way_text_box_dup_text:
 *
 * Returns: (transfer full): what was written, without space around it
 */
char *
way_text_box_dup_text (WayTextBox *self)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end;

  g_return_val_if_fail (WAY_IS_TEXT_BOX (self), NULL);

  buffer = gtk_text_view_get_buffer (self->view);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

/**
 * way_text_box_may_keep:
 *
 * To be asked before the text is kept. Where it may not be, the focus goes to the question.
 *
 * Returns: whether nothing in it looks as if it told who a patient is, or the writer has
 *   said that it does not
 */
gboolean
way_text_box_may_keep (WayTextBox *self)
{
  g_return_val_if_fail (WAY_IS_TEXT_BOX (self), FALSE);

  if (check (self))
    return TRUE;
  gtk_widget_child_focus (GTK_WIDGET (self->guard), GTK_DIR_TAB_FORWARD);
  return FALSE;
}
