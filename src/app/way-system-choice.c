/* way-system-choice.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/way-system-choice.h"

#include "pages/way-chips.h"
#include "session/way-help.h"

#include <glib/gi18n.h>

/* Which system something is about, of those that the champions of the trust know: optional, and the
 * one of the last time stands first. Nothing to see where nobody has said what they know. */
struct _WaySystemChoice
{
  GtkBox parent_instance;

  WayChips *chips;
  GPtrArray *systems; /* (owned) of char*; chip 0 is none of them */
};

G_DEFINE_FINAL_TYPE (WaySystemChoice, way_system_choice, GTK_TYPE_BOX)

static void
systems_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WaySystemChoice) self = user_data;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, NULL);

  if (rows == NULL || self->chips == NULL || self->systems->len > 0)
    return;
  for (int is_last = 1; is_last >= 0; is_last--)
    for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
      {
        g_autoptr (WayRow) row = g_list_model_get_item (rows, i);

        if (way_row_get_int (row, "last") != is_last)
          continue;
        g_ptr_array_add (self->systems, g_strdup (way_row_get_text (row, "system")));
        way_chips_add (self->chips, way_row_get_text (row, "system"), NULL);
      }
  gtk_widget_set_visible (GTK_WIDGET (self), self->systems->len > 0);
}

static void
way_system_choice_dispose (GObject *object)
{
  WAY_SYSTEM_CHOICE (object)->chips = NULL;

  G_OBJECT_CLASS (way_system_choice_parent_class)->dispose (object);
}

static void
way_system_choice_finalize (GObject *object)
{
  g_clear_pointer (&WAY_SYSTEM_CHOICE (object)->systems, g_ptr_array_unref);

  G_OBJECT_CLASS (way_system_choice_parent_class)->finalize (object);
}

static void
way_system_choice_class_init (WaySystemChoiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = way_system_choice_dispose;
  object_class->finalize = way_system_choice_finalize;
}

static void
way_system_choice_init (WaySystemChoice *self)
{
  GtkWidget *label = gtk_label_new (_ ("Which system is it about?"));

  self->systems = g_ptr_array_new_with_free_func (g_free);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "heading");
  gtk_box_append (GTK_BOX (self), label);
  self->chips = WAY_CHIPS (way_chips_new (_ ("Which system is it about?")));
  /* Translators: of systems: none of those beside it. */
  way_chips_add (self->chips, _ ("None of these"), NULL);
  way_chips_set_selected (self->chips, 0);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->chips));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * way_system_choice_load:
 *
 * Asks the session for the systems. None is chosen until the person does.
 */
void
way_system_choice_load (WaySystemChoice *self, WaySession *session)
{
  g_return_if_fail (WAY_IS_SYSTEM_CHOICE (self));

  way_help_load_systems_async (session, NULL, systems_cb, g_object_ref (self));
}

/**
 * way_system_choice_get:
 *
 * Returns: (transfer none) (nullable): the word of the one that is chosen
 */
const char *
way_system_choice_get (WaySystemChoice *self)
{
  int chosen;

  g_return_val_if_fail (WAY_IS_SYSTEM_CHOICE (self), NULL);

  chosen = way_chips_get_selected (self->chips);
  return chosen > 0 && chosen <= (int) self->systems->len
             ? g_ptr_array_index (self->systems, chosen - 1)
             : NULL;
}
