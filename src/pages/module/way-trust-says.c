/* way-trust-says.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pages/module/way-trust-says.h"

#include "pages/way-detail.h"
#include "widgets/way-compat.h"
#include "widgets/way-text-box.h"

#include <glib/gi18n.h>

/* What the trust says to a module, in its own quiet box. A training lead writes it there. */
struct _WayTrustSays
{
  AdwBin parent_instance;

  WaySession *session; /* (owned) */
  char *module;        /* (owned) */
  char *text;          /* (owned) (nullable) */
  char *wanted;        /* (owned) (nullable) what is being saved */

  GtkBox *box;
  GtkWidget *words;
  GtkWidget *change;
  GtkBox *editor;
  WayTextBox *entry;
  GtkWidget *save;
};

G_DEFINE_FINAL_TYPE (WayTrustSays, way_trust_says, ADW_TYPE_BIN)

static void
show_text (WayTrustSays *self)
{
  gtk_label_set_label (GTK_LABEL (self->words),
                       self->text != NULL ? self->text
                                          : _ ("Your trust has not added its own rule here. Your "
                                               "champion knows how it is done where you work."));
}

static void
set_editing (WayTrustSays *self, gboolean is_editing)
{
  gtk_widget_set_visible (GTK_WIDGET (self->editor), is_editing);
  gtk_widget_set_visible (self->words, !is_editing);
  gtk_widget_set_visible (self->change,
                          !is_editing && way_session_may_set_local_note (self->session));
  if (is_editing)
    {
      way_text_box_set_text (self->entry, self->text);
      gtk_widget_grab_focus (way_text_box_get_view (self->entry));
    }
  else if (gtk_widget_get_visible (self->change))
    gtk_widget_grab_focus (self->change);
}

static void
change_cb (WayTrustSays *self)
{
  set_editing (self, TRUE);
}

static void
cancel_cb (WayTrustSays *self)
{
  set_editing (self, FALSE);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayTrustSays) self = user_data;
  g_autoptr (GError) error = NULL;

  gtk_widget_set_sensitive (self->save, TRUE);
  if (!way_session_write_finish (WAY_SESSION (source), result, NULL, &error))
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", error->message);
      return;
    }
  g_free (self->text);
  self->text = *self->wanted != '\0' ? g_steal_pointer (&self->wanted) : NULL;
  g_clear_pointer (&self->wanted, g_free);
  show_text (self);
  set_editing (self, FALSE);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s",
                              self->text != NULL ? _ ("Saved. It is on its way to everybody.")
                                                 : _ ("Taken away, for everybody."));
}

static void
save_cb (WayTrustSays *self)
{
  if (!way_text_box_may_keep (self->entry))
    return;
  g_free (self->wanted);
  self->wanted = way_text_box_dup_text (self->entry);
  gtk_widget_set_sensitive (self->save, FALSE);
  way_session_set_local_note_async (self->session, self->module, self->wanted, NULL, saved_cb,
                                    g_object_ref (self));
}

static gboolean
key_pressed_cb (GtkEventControllerKey *keys,
                guint keyval,
                guint keycode,
                GdkModifierType modifiers,
                WayTrustSays *self)
{
  if ((modifiers & GDK_CONTROL_MASK) != 0
      && (keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter))
    save_cb (self);
  else if (keyval == GDK_KEY_Escape)
    cancel_cb (self);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

static void
way_trust_says_dispose (GObject *object)
{
  WayTrustSays *self = WAY_TRUST_SAYS (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->module, g_free);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->wanted, g_free);

  G_OBJECT_CLASS (way_trust_says_parent_class)->dispose (object);
}

static void
way_trust_says_class_init (WayTrustSaysClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = way_trust_says_dispose;
}

static void
way_trust_says_init (WayTrustSays *self)
{
  GtkBox *buttons = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "way-box");
  way_detail_add_label (self->box, _ ("Your trust says"), "heading");
  self->words = way_detail_add_label (self->box, "", NULL);
  self->change = way_detail_add_button (GTK_WIDGET (self->box), _ ("_Write What Your Trust Says…"),
                                        NULL, G_CALLBACK (change_cb), self);
  gtk_widget_set_halign (self->change, GTK_ALIGN_START);

  self->editor = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  self->entry = WAY_TEXT_BOX (way_text_box_new (_ ("What your trust says"), 96));
  way_compat_describe (way_text_box_get_view (self->entry),
                       _ ("Everybody in the trust reads it in this module. Ctrl+Enter saves it; "
                          "empty takes it away."));
  gtk_box_append (self->editor, GTK_WIDGET (self->entry));
  way_detail_add_label (self->editor,
                        _ ("Everybody in the trust reads it in this module, and on paper."),
                        "way-quiet");
  gtk_widget_set_halign (GTK_WIDGET (buttons), GTK_ALIGN_END);
  way_detail_add_button (GTK_WIDGET (buttons), _ ("_Cancel"), "flat", G_CALLBACK (cancel_cb), self);
  self->save = way_detail_add_button (GTK_WIDGET (buttons), _ ("_Save"), "suggested-action",
                                      G_CALLBACK (save_cb), self);
  gtk_box_append (self->editor, GTK_WIDGET (buttons));
  gtk_box_append (self->box, GTK_WIDGET (self->editor));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->editor), keys);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}

/**
 * way_trust_says_new:
 * @module: a module
 * @local_note: (nullable): what the trust says to it
 *
 * Returns: (transfer floating): a box with that, and for a training lead what changes it
 */
GtkWidget *
way_trust_says_new (WaySession *session, const WayModule *module, const char *local_note)
{
  WayTrustSays *self = g_object_new (WAY_TYPE_TRUST_SAYS, NULL);

  self->session = g_object_ref (session);
  self->module = g_strdup (module->id);
  self->text = g_strdup (local_note);
  show_text (self);
  set_editing (self, FALSE);
  return GTK_WIDGET (self);
}
