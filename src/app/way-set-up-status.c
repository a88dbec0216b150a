/* way-set-up-status.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/way-set-up-status.h"

#include "widgets/way-compat.h"

#include <glib/gi18n.h>

#define WARNING "dialog-warning-symbolic"

/* How a try to reach a trust goes: what is being done, with a way to stop it; or what is in
 * the way and what to do, and the server's own words for whoever looks after it. */
struct _WaySetUpStatus
{
  AdwBin parent_instance;

  /* template */
  GtkButton *cancel;
  GtkLabel *details;
  GtkExpander *expander;
  GtkImage *icon;
  GtkRevealer *revealer;
  GtkSpinner *spinner;
  GtkLabel *text;
  GtkLabel *title;
};

G_DEFINE_FINAL_TYPE (WaySetUpStatus, way_set_up_status, ADW_TYPE_BIN)

enum
{
  CANCELLED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
cancel_clicked_cb (WaySetUpStatus *self)
{
  g_signal_emit (self, signals[CANCELLED], 0);
}

/* Said once, where the person is. */
static void
announce (WaySetUpStatus *self, const char *text)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL)
    way_compat_announce (focus, text);
}

static void
show (WaySetUpStatus *self,
      const char *icon_name,
      const char *title,
      const char *text,
      const char *details)
{
  gboolean is_busy = icon_name == NULL;
  g_autofree char *said = text != NULL ? g_strdup_printf ("%s. %s", title, text) : g_strdup (title);

  gtk_widget_set_visible (GTK_WIDGET (self->spinner), is_busy);
  gtk_spinner_set_spinning (self->spinner, is_busy);
  gtk_widget_set_visible (GTK_WIDGET (self->cancel), is_busy);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), !is_busy);
  gtk_image_set_from_icon_name (self->icon, icon_name);
  if (g_strcmp0 (icon_name, WARNING) == 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->icon), "way-attention");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->icon), "way-attention");
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->text, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->text), text != NULL);
  gtk_expander_set_expanded (self->expander, FALSE);
  gtk_label_set_label (self->details, details != NULL ? details : "");
  gtk_widget_set_visible (GTK_WIDGET (self->expander), details != NULL);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
  announce (self, said);
}

static void
way_set_up_status_dispose (GObject *object)
{
  WaySetUpStatus *self = WAY_SET_UP_STATUS (object);

  /* The child is bound too: the template would take it away behind the back of the bin. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), WAY_TYPE_SET_UP_STATUS);

  G_OBJECT_CLASS (way_set_up_status_parent_class)->dispose (object);
}

static void
way_set_up_status_class_init (WaySetUpStatusClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = way_set_up_status_dispose;

  /**
   * WaySetUpStatus::cancelled:
   *
   * Somebody does not want to wait.
   */
  signals[CANCELLED] = g_signal_new ("cancelled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/waymark_skills/Waymark/ui/way-set-up-status.ui");
  gtk_widget_class_bind_template_child (widget_class, WaySetUpStatus, cancel);
  gtk_widget_class_bind_template_child (widget_class, WaySetUpStatus, details);
  gtk_widget_class_bind_template_child (widget_class, WaySetUpStatus, expander);
  gtk_widget_class_bind_template_child (widget_class, WaySetUpStatus, icon);
  gtk_widget_class_bind_template_child (widget_class, WaySetUpStatus, revealer);
  gtk_widget_class_bind_template_child (widget_class, WaySetUpStatus, spinner);
  gtk_widget_class_bind_template_child (widget_class, WaySetUpStatus, text);
  gtk_widget_class_bind_template_child (widget_class, WaySetUpStatus, title);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked_cb);
}

static void
way_set_up_status_init (WaySetUpStatus *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  way_compat_name (GTK_WIDGET (self->expander), _ ("Details for the IT team"));
}

/**
 * way_set_up_status_clear:
 *
 * Shows nothing: what was found is no longer about what is written.
 */
void
way_set_up_status_clear (WaySetUpStatus *self)
{
  g_return_if_fail (WAY_IS_SET_UP_STATUS (self));

  gtk_revealer_set_reveal_child (self->revealer, FALSE);
  gtk_spinner_stop (self->spinner);
}

/**
 * way_set_up_status_show_step:
 * @text: what is being done
 */
void
way_set_up_status_show_step (WaySetUpStatus *self, const char *text)
{
  g_return_if_fail (WAY_IS_SET_UP_STATUS (self));

  show (self, NULL, text, NULL, NULL);
}

/**
 * way_set_up_status_show_good:
 * @title: what is well
 * @text: (nullable): what it means
 */
void
way_set_up_status_show_good (WaySetUpStatus *self, const char *title, const char *text)
{
  g_return_if_fail (WAY_IS_SET_UP_STATUS (self));

  show (self, "way-received-symbolic", title, text, NULL);
}

/**
 * way_set_up_status_show_error:
 * @error: WAY_CONNECTION_ERROR, in which the text is for whoever looks after the server; of
 *   another domain it is for the person
 *
 * Says what is in the way, and what to do about it.
 */
void
way_set_up_status_show_error (WaySetUpStatus *self, const GError *error)
{
  g_return_if_fail (WAY_IS_SET_UP_STATUS (self));

  if (error->domain == WAY_CONNECTION_ERROR)
    show (self, WARNING, way_connection_get_title ((WayConnectionError) error->code),
          way_connection_get_advice ((WayConnectionError) error->code), error->message);
  else
    show (self, WARNING, error->message, NULL, NULL);
}
