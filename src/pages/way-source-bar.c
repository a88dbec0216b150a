/* way-source-bar.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/way-source-bar.h"

#include "widgets/way-compat.h"
#include "widgets/way-words.h"

#include <glib/gi18n.h>

#define REFRESH_SECONDS 20

/* When what is shown came from the trust, whether it can be reached now, and that its
 * people are made up where they are. Stands above all figures. */
struct _WaySourceBar
{
  GtkWidget parent_instance;

  GtkWidget *icon;
  GtkWidget *label;
  GtkWidget *button;
  char *reason; /* (owned) (nullable) why the trust cannot be reached */
  gint64 at;    /* µs; 0: not yet */
  gboolean is_synthetic;
  guint source;
};

enum
{
  RETRY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WaySourceBar, way_source_bar, GTK_TYPE_WIDGET)

static void
refresh (WaySourceBar *self)
{
  g_autofree char *when = way_format_when (self->at);
  g_autofree char *text = NULL;
  g_autofree char *all = NULL;

  if (self->reason == NULL && self->at == 0)
    text = g_strdup (_ ("Not yet updated from the trust."));
  else if (self->reason == NULL)
    /* Translators: %s is a time, as “5 minutes ago”. */
    text = g_strdup_printf (_ ("Last updated %s."), when);
  else if (self->at == 0)
    text = g_strdup (_ ("The trust cannot be reached."));
  else
    /* Translators: %s is a time, as “5 minutes ago”. */
    text = g_strdup_printf (_ ("The trust cannot be reached. Last updated %s."), when);
  all = self->is_synthetic ? g_strdup_printf ("%s %s", text, _ ("Made-up people.")) : NULL;

  gtk_label_set_label (GTK_LABEL (self->label), all != NULL ? all : text);
  gtk_widget_set_tooltip_text (self->label, self->reason);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), self->reason != NULL
                                                            ? "dialog-warning-symbolic"
                                                            : "way-received-symbolic");
  gtk_widget_set_visible (self->button, self->reason != NULL);
  if (self->reason != NULL)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self), "way-attention");
      gtk_widget_remove_css_class (self->label, "dim-label");
    }
  else
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self), "way-attention");
      gtk_widget_add_css_class (self->label, "dim-label");
    }
}

static gboolean
refresh_cb (gpointer user_data)
{
  refresh (user_data);
  return G_SOURCE_CONTINUE;
}

static void
clicked_cb (WaySourceBar *self)
{
  g_signal_emit (self, signals[RETRY], 0);
}

static void
way_source_bar_map (GtkWidget *widget)
{
  WaySourceBar *self = WAY_SOURCE_BAR (widget);

  GTK_WIDGET_CLASS (way_source_bar_parent_class)->map (widget);

  refresh (self);
  if (self->source == 0)
    self->source = g_timeout_add_seconds (REFRESH_SECONDS, refresh_cb, self);
}

static void
way_source_bar_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&WAY_SOURCE_BAR (widget)->source, g_source_remove);

  GTK_WIDGET_CLASS (way_source_bar_parent_class)->unmap (widget);
}

static void
way_source_bar_dispose (GObject *object)
{
  WaySourceBar *self = WAY_SOURCE_BAR (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_pointer (&self->icon, gtk_widget_unparent);
  g_clear_pointer (&self->label, gtk_widget_unparent);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_pointer (&self->reason, g_free);

  G_OBJECT_CLASS (way_source_bar_parent_class)->dispose (object);
}

static void
way_source_bar_class_init (WaySourceBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = way_source_bar_dispose;
  widget_class->map = way_source_bar_map;
  widget_class->unmap = way_source_bar_unmap;

  /* The person asks to try the trust again. */
  signals[RETRY] = g_signal_new ("retry", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "way-source-bar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
way_source_bar_init (WaySourceBar *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);

  self->icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", "way-received-symbolic",
                             "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_widget_set_parent (self->icon, GTK_WIDGET (self));

  self->label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_label_set_wrap (GTK_LABEL (self->label), TRUE);
  gtk_widget_set_hexpand (self->label, TRUE);
  gtk_widget_add_css_class (self->label, "caption");
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));

  self->button = gtk_button_new_with_mnemonic (_ ("_Try Again"));
  way_compat_name (self->button, _ ("Try Again"));
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (clicked_cb), self);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));

  way_compat_name (GTK_WIDGET (self), _ ("Where this comes from"));
  refresh (self);
}

/**
 * way_source_bar_set_synthetic:
 * @is_synthetic: whether the people are made up
 */
void
way_source_bar_set_synthetic (WaySourceBar *self, gboolean is_synthetic)
{
  g_return_if_fail (WAY_IS_SOURCE_BAR (self));

  self->is_synthetic = is_synthetic;
  refresh (self);
}

/**
 * way_source_bar_show_fresh:
 * @at: when the trust answered, microseconds UTC; 0 where it never did
 *
 * What is shown is the trust's answer of that time.
 */
void
way_source_bar_show_fresh (WaySourceBar *self, gint64 at)
{
  g_return_if_fail (WAY_IS_SOURCE_BAR (self));

  self->at = at;
  g_clear_pointer (&self->reason, g_free);
  refresh (self);
}

/**
 * way_source_bar_show_stale:
 * @reason: why the trust does not answer now
 *
 * What is shown stays, and is older than it should be.
 */
void
way_source_bar_show_stale (WaySourceBar *self, const char *reason)
{
  gboolean was_fresh;

  g_return_if_fail (WAY_IS_SOURCE_BAR (self));

  was_fresh = self->reason == NULL;
  g_free (self->reason);
  self->reason = g_strdup (reason != NULL ? reason : "");
  refresh (self);
  if (was_fresh && gtk_widget_get_mapped (GTK_WIDGET (self)))
    way_compat_announce (GTK_WIDGET (self), gtk_label_get_label (GTK_LABEL (self->label)));
}

/**
 * way_source_bar_take:
 * @page: on which it stands
 * @rows: (nullable): what the trust answers
 * @error: (nullable): why it does not
 * @title: what cannot be shown then, as a sentence
 *
 * Says since when the page is as the trust has it. Where there is no answer what was shown stays,
 * and why stands here; where nothing was, the page says it.
 *
 * Returns: whether there is an answer to show
 */
gboolean
way_source_bar_take (
    WaySourceBar *self, WayPage *page, GListModel *rows, const GError *error, const char *title)
{
  g_return_val_if_fail (WAY_IS_SOURCE_BAR (self) && WAY_IS_PAGE (page), FALSE);

  if (rows == NULL && self->at != 0)
    way_source_bar_show_stale (self, error->message);
  else if (rows == NULL)
    way_page_show_error (page, title, error);
  if (rows == NULL)
    return FALSE;
  way_source_bar_set_synthetic (self, way_session_is_synthetic (way_page_get_session (page)));
  way_source_bar_show_fresh (self, g_get_real_time ());
  return TRUE;
}
