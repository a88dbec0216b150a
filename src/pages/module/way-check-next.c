/* way-check-next.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/module/way-check-next.h"

#include "pages/way-detail.h"
#include "widgets/way-compat.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>

/* What somebody can do after a check that was not passed: the cards that they missed, the
 * practice again and, after three tries, help, or to say that they are fine. Nothing locks. */
struct _WayCheckNext
{
  AdwBin parent_instance;

  WayLesson *lesson; /* (owned) (nullable) */
  gboolean has_cards;
  gboolean is_busy;
  GtkWidget *help; /* (not owned) (nullable) the part that asks about help */
};

G_DEFINE_FINAL_TYPE (WayCheckNext, way_check_next, ADW_TYPE_BIN)

static void build (WayCheckNext *self);

/* A long title goes over several lines. */
static GtkWidget *
create_button (const char *text)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_button_set_child (GTK_BUTTON (button), label);
  way_compat_name (button, text);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  return button;
}

static gboolean
has_missed (WayCheckNext *self)
{
  const WayModule *module = way_lesson_get_module (self->lesson);

  for (guint i = 0; i < module->cards->len; i++)
    if (way_lesson_is_missed (self->lesson, module->cards->pdata[i]))
      return TRUE;
  return FALSE;
}

static void
add_cards (WayCheckNext *self, GtkWidget *box)
{
  const WayModule *module = way_lesson_get_module (self->lesson);

  if (!has_missed (self))
    return;
  way_detail_add_label (GTK_BOX (box), _ ("Begin with these cards"), "heading");
  for (guint i = 0; i < module->cards->len; i++)
    {
      const WayCard *card = module->cards->pdata[i];
      g_autofree char *action = NULL;
      GtkWidget *button;

      if (!way_lesson_is_missed (self->lesson, card))
        continue;
      button = create_button (card->title);
      action = g_strdup_printf ("page.show-step::%s", card->id);
      way_compat_set_action (button, action);
      gtk_box_append (GTK_BOX (box), button);
    }
}

static void
failed (WayCheckNext *self, const char *text)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", text);
}

static void
decided_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayCheckNext) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_written = way_lesson_decline_finish (WAY_LESSON (source), result, &error);

  self->is_busy = FALSE;
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return; /* left meanwhile */
  if (!is_written)
    failed (self, error->message);
  build (self);
  if (self->help != NULL)
    gtk_widget_child_focus (self->help, GTK_DIR_TAB_FORWARD);
  if (is_written)
    way_compat_announce (GTK_WIDGET (self), way_lesson_get_declined (self->lesson) != NULL
                                                ? _ ("You said that you are fine.")
                                                : _ ("Taken back."));
}

static void
fine_cb (WayCheckNext *self)
{
  if (self->is_busy)
    return;
  self->is_busy = TRUE;
  way_lesson_decline_help_async (self->lesson, NULL, decided_cb, g_object_ref (self));
}

static void
take_back_cb (WayCheckNext *self)
{
  if (self->is_busy)
    return;
  self->is_busy = TRUE;
  way_lesson_take_back_async (self->lesson, NULL, decided_cb, g_object_ref (self));
}

static GtkWidget *
create_help (WayCheckNext *self)
{
  GtkWidget *part = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *buttons = way_wrap_box_new (9, 9);
  GtkWidget *button;

  gtk_widget_add_css_class (part, "way-box");
  if (way_lesson_may_want_help (self->lesson))
    {
      way_detail_add_label (GTK_BOX (part), _ ("Would you like help with this?"), "heading");
      way_detail_add_label (
          GTK_BOX (part),
          _ ("After three tries your digital champion can see in their list that you may "
             "want help with this module. They see the tries and never an answer. Nothing "
             "locks."),
          "body");
      button = create_button (_ ("Get Help"));
      way_compat_set_action (button, "win.ask-help");
      way_wrap_box_append (WAY_WRAP_BOX (buttons), button);
      button = create_button (_ ("I Am Fine"));
      g_signal_connect_swapped (button, "clicked", G_CALLBACK (fine_cb), self);
    }
  else
    {
      way_detail_add_label (GTK_BOX (part), _ ("You said that you are fine"), "heading");
      way_detail_add_label (
          GTK_BOX (part),
          _ ("Your digital champion’s list does not say that you are stuck here. In this "
             "module’s line they can read that you are fine without help."),
          "body");
      button = create_button (_ ("Take That Back"));
      g_signal_connect_swapped (button, "clicked", G_CALLBACK (take_back_cb), self);
    }
  way_wrap_box_append (WAY_WRAP_BOX (buttons), button);
  gtk_box_append (GTK_BOX (part), buttons);
  return part;
}

static void
build (WayCheckNext *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  const WayModule *module = way_lesson_get_module (self->lesson);

  self->help = NULL;
  if (self->has_cards)
    {
      add_cards (self, box);
      if (module->desks->len > 0)
        {
          GtkWidget *button = create_button (way_lesson_is_step_done (self->lesson, "practice")
                                                 ? _ ("Practise Again")
                                                 : _ ("Go to the Practice"));

          way_compat_set_action (button, "page.show-step::practice");
          gtk_box_append (GTK_BOX (box), button);
        }
    }
  if (!way_lesson_is_check_passed (self->lesson)
      && (way_lesson_may_want_help (self->lesson)
          || way_lesson_get_declined (self->lesson) != NULL))
    {
      self->help = create_help (self);
      gtk_box_append (GTK_BOX (box), self->help);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), gtk_widget_get_first_child (box) != NULL);
  adw_bin_set_child (ADW_BIN (self), box);
}

static void
way_check_next_finalize (GObject *object)
{
  g_clear_object (&WAY_CHECK_NEXT (object)->lesson);

  G_OBJECT_CLASS (way_check_next_parent_class)->finalize (object);
}

static void
way_check_next_class_init (WayCheckNextClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = way_check_next_finalize;
}

static void
way_check_next_init (WayCheckNext *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * way_check_next_show:
 * @has_cards: whether to name the cards that were missed, after a try; else only what is to be
 *   said after three
 *
 * Shows what can be done now. Where there is nothing to say it hides itself.
 */
void
way_check_next_show (WayCheckNext *self, WayLesson *lesson, gboolean has_cards)
{
  g_return_if_fail (WAY_IS_CHECK_NEXT (self) && WAY_IS_LESSON (lesson));

  g_set_object (&self->lesson, lesson);
  self->has_cards = has_cards;
  build (self);
}
