/* way-system-choice.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pages/way-system-choice.h"

#include "pages/way-detail.h"
#include "session/way-help.h"

#include <glib/gi18n.h>

/* Which system something is about, of those that the champions of the trust know: optional, and the
 * one of the last time stands first. Nothing to see where nobody has said what they know. */
struct _WaySystemChoice
{
  GtkBox parent_instance;

  GtkDropDown *choice;
  GPtrArray *systems; /* (owned) of char*; the first choice is none of them */
  gboolean is_offered;
};

G_DEFINE_FINAL_TYPE (WaySystemChoice, way_system_choice, GTK_TYPE_BOX)

static void
show_if_any (WaySystemChoice *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), self->is_offered && self->systems->len > 0);
}

static void
name_choice (WaySystemChoice *self)
{
  GtkStringObject *chosen = gtk_drop_down_get_selected_item (self->choice);

  if (chosen != NULL)
    way_detail_name_drop_down (self->choice, _ ("System"), gtk_string_object_get_string (chosen));
}

static void
systems_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WaySystemChoice) self = user_data;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, NULL);
  GtkStringList *names;

  if (rows == NULL || self->choice == NULL || self->systems->len > 0)
    return;
  names = GTK_STRING_LIST (gtk_drop_down_get_model (self->choice));
  for (int is_last = 1; is_last >= 0; is_last--)
    for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
      {
        g_autoptr (WayRow) row = g_list_model_get_item (rows, i);

        if (way_row_get_int (row, "last") != is_last)
          continue;
        g_ptr_array_add (self->systems, g_strdup (way_row_get_text (row, "system")));
        gtk_string_list_append (names, way_row_get_text (row, "system"));
      }
  show_if_any (self);
}

static void
way_system_choice_dispose (GObject *object)
{
  WAY_SYSTEM_CHOICE (object)->choice = NULL;

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
  /* Translators: of systems: none is chosen. */
  const char *const none[] = { _ ("None in particular"), NULL };
  GtkWidget *label = gtk_label_new (_ ("System"));

  self->systems = g_ptr_array_new_with_free_func (g_free);
  self->is_offered = TRUE;
  gtk_box_set_spacing (GTK_BOX (self), 12);
  gtk_box_append (GTK_BOX (self), label);
  self->choice = GTK_DROP_DOWN (gtk_drop_down_new_from_strings (none));
  g_signal_connect_object (self->choice, "notify::selected", G_CALLBACK (name_choice), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->choice, "map", G_CALLBACK (name_choice), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->choice));
  show_if_any (self);
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
 * way_system_choice_set_offered:
 * @is_offered: FALSE where even that would say too much
 *
 * Hides the choice, and what was chosen counts no more.
 */
void
way_system_choice_set_offered (WaySystemChoice *self, gboolean is_offered)
{
  g_return_if_fail (WAY_IS_SYSTEM_CHOICE (self));

  self->is_offered = is_offered;
  show_if_any (self);
}

/**
 * way_system_choice_get:
 *
 * Returns: (transfer none) (nullable): the word of the one that is chosen
 */
const char *
way_system_choice_get (WaySystemChoice *self)
{
  guint chosen;

  g_return_val_if_fail (WAY_IS_SYSTEM_CHOICE (self), NULL);

  chosen = gtk_drop_down_get_selected (self->choice);
  return self->is_offered && chosen != GTK_INVALID_LIST_POSITION && chosen > 0
                 && chosen <= self->systems->len
             ? g_ptr_array_index (self->systems, chosen - 1)
             : NULL;
}

/**
 * way_system_choice_set:
 * @system: (nullable): a word; NULL for none
 *
 * Chooses one, where it is among them.
 */
void
way_system_choice_set (WaySystemChoice *self, const char *system)
{
  guint place = 0;

  g_return_if_fail (WAY_IS_SYSTEM_CHOICE (self));

  if (system != NULL
      && g_ptr_array_find_with_equal_func (self->systems, system, g_str_equal, &place))
    gtk_drop_down_set_selected (self->choice, place + 1);
  else
    gtk_drop_down_set_selected (self->choice, 0);
}
