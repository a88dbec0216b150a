/* way-aside.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/way-aside.h"

#include "widgets/way-compat.h"

#include <glib/gi18n.h>

/* A list, and at its side the detail of what is selected in it. Where there is no room
 * for both, the detail stands over the list, with a way back. Both widths grow with the
 * text size. */
struct _WayAside
{
  GtkWidget parent_instance;

  GtkWidget *child;  /* (nullable) the list */
  GtkWidget *detail; /* (nullable) */
  GtkWidget *pane;   /* around the detail, with the way back */
  GtkWidget *slot;
  GtkWidget *back;
  GtkWidget *title;
  GtkWidget *close;
  GtkWidget *line; /* between the two */
  int child_width;
  int aside_width;
  int child_least; /* what the list needed when it was last seen */
  gboolean is_shown;
  gboolean is_folded;
  guint idle;
};

enum
{
  PROP_0,
  PROP_CHILD,
  PROP_DETAIL,
  PROP_CHILD_WIDTH,
  PROP_ASIDE_WIDTH,
  PROP_FOLDED,
  N_PROPS
};

enum
{
  CLOSED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WayAside, way_aside, GTK_TYPE_WIDGET)

/**
 * way_aside_get_text_scale:
 * @widget: any widget
 *
 * Returns: how large text is, 1.0 for the usual: for widths that must grow with it
 */
double
way_aside_get_text_scale (GtkWidget *widget)
{
  int dpi = -1;

  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? MAX (dpi / 1024.0 / 96.0, 1.0) : 1.0;
}

static int
get_minimum (GtkWidget *child)
{
  int minimum = 0;

  if (child != NULL)
    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return minimum;
}

/* The width of the pane, or 0 where both do not fit. */
static int
get_aside_width (WayAside *self, int width)
{
  double scale = way_aside_get_text_scale (GTK_WIDGET (self));
  int least = MAX ((int) (self->aside_width * scale), get_minimum (self->pane));
  int child;

  /* A list that is hidden measures nothing, and needs its room all the same. */
  if (self->child != NULL && gtk_widget_get_visible (self->child))
    self->child_least = get_minimum (self->child);
  child = MAX ((int) (self->child_width * scale), self->child_least);

  if (width < child + least)
    return 0;
  return CLAMP (width * 2 / 5, least, MIN (least * 3 / 2, width - child));
}

static void
update_visible (WayAside *self)
{
  if (self->child != NULL)
    gtk_widget_set_visible (self->child, !self->is_folded || !self->is_shown);
  gtk_widget_set_visible (self->pane, self->is_shown);
  gtk_widget_set_visible (self->line, self->is_shown && !self->is_folded);
  gtk_widget_set_visible (self->back, self->is_folded);
  gtk_widget_set_visible (self->close, !self->is_folded);
}

static gboolean
folded_cb (gpointer user_data)
{
  WayAside *self = user_data;

  self->idle = 0;
  update_visible (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FOLDED]);
  return G_SOURCE_REMOVE;
}

static GtkSizeRequestMode
way_aside_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
way_aside_measure (GtkWidget *widget,
                   GtkOrientation orientation,
                   int for_size,
                   int *minimum,
                   int *natural,
                   int *minimum_baseline,
                   int *natural_baseline)
{
  WayAside *self = WAY_ASIDE (widget);
  GtkWidget *children[] = { self->child, self->pane };

  *minimum = *natural = 0;
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      int least = 0;
      int wanted = 0;

      if (children[i] == NULL || !gtk_widget_get_visible (children[i]))
        continue;
      gtk_widget_measure (children[i], orientation, -1, &least, &wanted, NULL, NULL);
      *minimum = MAX (*minimum, least);
      *natural = MAX (*natural, wanted);
    }
}

static void
allocate_child (GtkWidget *child, int x, int width, int height)
{
  if (child != NULL && gtk_widget_should_layout (child))
    gtk_widget_size_allocate (child, &(GtkAllocation){ x, 0, width, height }, -1);
}

static void
way_aside_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WayAside *self = WAY_ASIDE (widget);
  gboolean is_mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int aside = get_aside_width (self, width);
  gboolean shows_both = aside > 0 && self->is_shown;
  int line;

  if (self->is_folded != (aside == 0))
    {
      self->is_folded = aside == 0;
      /* What is visible may not change in the middle of a layout. */
      if (self->idle == 0)
        self->idle = g_idle_add (folded_cb, self);
    }

  if (!shows_both)
    {
      allocate_child (self->child, 0, width, height);
      allocate_child (self->pane, 0, width, height);
      allocate_child (self->line, 0, 1, height);
      return;
    }
  line = MAX (1, get_minimum (self->line));
  allocate_child (self->child, is_mirrored ? aside : 0, width - aside, height);
  allocate_child (self->line, is_mirrored ? aside - line : width - aside, line, height);
  allocate_child (self->pane, is_mirrored ? 0 : width - aside + line, aside - line, height);
}

static gboolean
way_aside_focus (GtkWidget *widget, GtkDirectionType direction)
{
  WayAside *self = WAY_ASIDE (widget);
  GtkWidget *order[] = { self->child, self->pane };
  gboolean is_back = direction == GTK_DIR_TAB_BACKWARD;
  int at = -1;

  /* Only the Tab key goes from one to the other. */
  for (int i = 0; i < 2; i++)
    {
      if (order[i] != NULL && gtk_widget_get_focus_child (widget) == order[i])
        at = i;
    }
  if (at >= 0)
    {
      if (gtk_widget_child_focus (order[at], direction))
        return TRUE;
      if (direction != GTK_DIR_TAB_FORWARD && !is_back)
        return FALSE;
    }
  for (int i = at < 0 ? (is_back ? 1 : 0) : at + (is_back ? -1 : 1); i >= 0 && i < 2;
       i += is_back ? -1 : 1)
    {
      if (order[i] != NULL && gtk_widget_child_focus (order[i], direction))
        return TRUE;
    }
  return FALSE;
}

static gboolean
key_pressed_cb (
    GtkEventControllerKey *keys, guint keyval, guint keycode, GdkModifierType state, WayAside *self)
{
  if (keyval != GDK_KEY_Escape || (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  way_aside_close (self);
  return GDK_EVENT_STOP;
}

static void
set_child (WayAside *self, GtkWidget *child)
{
  if (self->child == child)
    return;
  g_clear_pointer (&self->child, gtk_widget_unparent);
  self->child = child;
  if (child != NULL)
    gtk_widget_insert_after (child, GTK_WIDGET (self), NULL);
  update_visible (self);
}

static void
set_detail (WayAside *self, GtkWidget *detail)
{
  if (self->detail == detail)
    return;
  if (self->detail != NULL)
    gtk_box_remove (GTK_BOX (self->slot), self->detail);
  self->detail = detail;
  if (detail != NULL)
    gtk_box_append (GTK_BOX (self->slot), detail);
}

static void
way_aside_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WayAside *self = WAY_ASIDE (object);

  switch (id)
    {
    case PROP_CHILD:
      g_value_set_object (value, self->child);
      break;
    case PROP_DETAIL:
      g_value_set_object (value, self->detail);
      break;
    case PROP_CHILD_WIDTH:
      g_value_set_int (value, self->child_width);
      break;
    case PROP_ASIDE_WIDTH:
      g_value_set_int (value, self->aside_width);
      break;
    case PROP_FOLDED:
      g_value_set_boolean (value, self->is_folded);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
way_aside_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  WayAside *self = WAY_ASIDE (object);

  switch (id)
    {
    case PROP_CHILD:
      set_child (self, g_value_get_object (value));
      break;
    case PROP_DETAIL:
      set_detail (self, g_value_get_object (value));
      break;
    case PROP_CHILD_WIDTH:
      self->child_width = g_value_get_int (value);
      gtk_widget_queue_resize (GTK_WIDGET (self));
      break;
    case PROP_ASIDE_WIDTH:
      self->aside_width = g_value_get_int (value);
      gtk_widget_queue_resize (GTK_WIDGET (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
way_aside_dispose (GObject *object)
{
  WayAside *self = WAY_ASIDE (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_pointer (&self->child, gtk_widget_unparent);
  g_clear_pointer (&self->line, gtk_widget_unparent);
  g_clear_pointer (&self->pane, gtk_widget_unparent);
  self->detail = NULL;

  G_OBJECT_CLASS (way_aside_parent_class)->dispose (object);
}

static void
way_aside_class_init (WayAsideClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = way_aside_dispose;
  object_class->get_property = way_aside_get_property;
  object_class->set_property = way_aside_set_property;
  widget_class->get_request_mode = way_aside_get_request_mode;
  widget_class->measure = way_aside_measure;
  widget_class->size_allocate = way_aside_size_allocate;
  widget_class->focus = way_aside_focus;

  props[PROP_CHILD] = g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET, flags);
  props[PROP_DETAIL] = g_param_spec_object ("detail", NULL, NULL, GTK_TYPE_WIDGET, flags);
  props[PROP_CHILD_WIDTH] = g_param_spec_int ("child-width", NULL, NULL, 0, G_MAXINT, 340, flags);
  props[PROP_ASIDE_WIDTH] = g_param_spec_int ("aside-width", NULL, NULL, 0, G_MAXINT, 340, flags);
  props[PROP_FOLDED] = g_param_spec_boolean ("folded", NULL, NULL, FALSE,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  /* The person closed the detail: nothing is selected now. */
  signals[CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "way-aside");
}

static GtkWidget *
create_button (WayAside *self, const char *icon_name, const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_set_tooltip_text (button, name);
  way_compat_name (button, name);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (way_aside_close), self);
  return button;
}

static void
way_aside_init (WayAside *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->child_width = 340;
  self->aside_width = 340;

  self->line = gtk_separator_new (GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_parent (self->line, GTK_WIDGET (self));

  self->back = create_button (self, "go-previous-symbolic", _ ("Back to the List"));
  self->close = create_button (self, "window-close-symbolic", _ ("Close the Detail"));
  self->title = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (self->title, TRUE);
  gtk_widget_add_css_class (self->title, "caption-heading");
  gtk_widget_add_css_class (self->title, "dim-label");
  gtk_box_append (GTK_BOX (head), self->back);
  gtk_box_append (GTK_BOX (head), self->title);
  gtk_box_append (GTK_BOX (head), self->close);
  gtk_widget_set_margin_top (head, 6);
  gtk_widget_set_margin_start (head, 18);
  gtk_widget_set_margin_end (head, 6);

  self->slot = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_margin_start (self->slot, 18);
  gtk_widget_set_margin_end (self->slot, 18);
  gtk_widget_set_margin_bottom (self->slot, 24);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->slot);
  gtk_widget_set_vexpand (scrolled, TRUE);

  self->pane = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL,
                             "accessible-role", GTK_ACCESSIBLE_ROLE_REGION, NULL);
  gtk_widget_add_css_class (self->pane, "way-detail");
  gtk_box_append (GTK_BOX (self->pane), head);
  gtk_box_append (GTK_BOX (self->pane), scrolled);
  gtk_widget_set_parent (self->pane, GTK_WIDGET (self));

  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (self->pane, keys);
  update_visible (self);
}

/**
 * way_aside_show:
 * @title: what the detail is of
 *
 * Shows the detail. Where it stands over the list, the focus goes there.
 */
void
way_aside_show (WayAside *self, const char *title)
{
  g_return_if_fail (WAY_IS_ASIDE (self));

  gtk_label_set_label (GTK_LABEL (self->title), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->pane), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  self->is_shown = TRUE;
  update_visible (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  if (self->is_folded)
    gtk_widget_grab_focus (self->back);
}

/**
 * way_aside_close:
 *
 * Hides the detail; the focus goes back to the list.
 */
void
way_aside_close (WayAside *self)
{
  g_return_if_fail (WAY_IS_ASIDE (self));

  if (!self->is_shown)
    return;
  self->is_shown = FALSE;
  update_visible (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_signal_emit (self, signals[CLOSED], 0);
}

/**
 * way_aside_is_shown:
 *
 * Returns: whether the detail is shown
 */
gboolean
way_aside_is_shown (WayAside *self)
{
  g_return_val_if_fail (WAY_IS_ASIDE (self), FALSE);

  return self->is_shown;
}

/**
 * way_aside_is_folded:
 *
 * Returns: whether there is room for only one of the two
 */
gboolean
way_aside_is_folded (WayAside *self)
{
  g_return_val_if_fail (WAY_IS_ASIDE (self), FALSE);

  return self->is_folded;
}
