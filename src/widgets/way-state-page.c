/* way-state-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "widgets/way-state-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "widgets/way-compat.h"

#define PATIENCE_MS 1000 /* before it is worth saying that something is being fetched */

/* What a page shows: its content, or one message with one thing to do, or nothing yet and
 * after a second a spinner. Owned by the page. */
struct _WayStatePage
{
  GtkWidget parent_instance;

  GtkStack *stack;
  GtkWidget *child; /* (nullable) */
  AdwStatusPage *status;
  GtkButton *button;
  GtkSpinner *spinner;
  guint patience; /* source */
};

enum
{
  PROP_0,
  PROP_CHILD,
  N_PROPS
};

enum
{
  RETRY,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static void buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WayStatePage,
                               way_state_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, buildable_init))

static GtkBuildableIface *parent_buildable;

static void
show (WayStatePage *self, const char *name)
{
  g_clear_handle_id (&self->patience, g_source_remove);
  gtk_spinner_set_spinning (self->spinner, g_str_equal (name, "loading"));
  gtk_stack_set_visible_child_name (self->stack, name);
}

static gboolean
patience_cb (gpointer user_data)
{
  WayStatePage *self = user_data;

  self->patience = 0;
  show (self, "loading");

  return G_SOURCE_REMOVE;
}

static void
clicked_cb (WayStatePage *self)
{
  if (gtk_actionable_get_action_name (GTK_ACTIONABLE (self->button)) == NULL)
    g_signal_emit (self, signals[RETRY], 0);
}

/* Made when there is something to say: most pages only show what is in them. */
static void
need_message (WayStatePage *self)
{
  if (self->status != NULL)
    return;
  self->status = ADW_STATUS_PAGE (adw_status_page_new ());
  self->button = GTK_BUTTON (gtk_button_new ());
  gtk_widget_set_halign (GTK_WIDGET (self->button), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "pill");
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "suggested-action");
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (clicked_cb), self);
  adw_status_page_set_child (self->status, GTK_WIDGET (self->button));
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->status), "message");
}

static void
add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  WayStatePage *self = WAY_STATE_PAGE (buildable);

  /* The stack of the page itself comes this way too when it is made. */
  if (GTK_IS_WIDGET (child) && type == NULL)
    way_state_page_set_child (self, GTK_WIDGET (child));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = add_child;
}

static void
way_state_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_CHILD:
      g_value_set_object (value, WAY_STATE_PAGE (object)->child);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
way_state_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_CHILD:
      way_state_page_set_child (WAY_STATE_PAGE (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
way_state_page_dispose (GObject *object)
{
  WayStatePage *self = WAY_STATE_PAGE (object);

  g_clear_handle_id (&self->patience, g_source_remove);
  if (self->stack != NULL)
    {
      gtk_widget_unparent (GTK_WIDGET (self->stack));
      self->stack = NULL;
    }
  self->child = NULL;

  G_OBJECT_CLASS (way_state_page_parent_class)->dispose (object);
}

static void
way_state_page_class_init (WayStatePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = way_state_page_get_property;
  object_class->set_property = way_state_page_set_property;
  object_class->dispose = way_state_page_dispose;

  props[PROP_CHILD] = g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET,
                                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY
                                               | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  /* The button of an error was pressed: load again. */
  signals[RETRY] = g_signal_new ("retry", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "way-state-page");
}

static void
way_state_page_init (WayStatePage *self)
{
  GtkWidget *waiting = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *label = gtk_label_new (_ ("One moment"));

  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_transition_type (self->stack, GTK_STACK_TRANSITION_TYPE_CROSSFADE);
  gtk_widget_set_parent (GTK_WIDGET (self->stack), GTK_WIDGET (self));

  gtk_stack_add_named (self->stack, adw_bin_new (), "nothing");

  self->spinner = GTK_SPINNER (gtk_spinner_new ());
  gtk_widget_set_size_request (GTK_WIDGET (self->spinner), 32, 32);
  gtk_box_append (GTK_BOX (waiting), GTK_WIDGET (self->spinner));
  gtk_box_append (GTK_BOX (waiting), label);
  gtk_widget_add_css_class (label, "way-quiet");
  gtk_widget_set_valign (waiting, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (waiting, GTK_ALIGN_CENTER);
  gtk_stack_add_named (self->stack, waiting, "loading");
}

/**
 * way_state_page_new:
 *
 * Returns: (transfer floating): a page that shows nothing yet
 */
GtkWidget *
way_state_page_new (void)
{
  return g_object_new (WAY_TYPE_STATE_PAGE, NULL);
}

/**
 * way_state_page_set_child:
 * @self: a page
 * @child: (nullable): its content
 *
 * Sets what way_state_page_show_child() shows.
 */
void
way_state_page_set_child (WayStatePage *self, GtkWidget *child)
{
  g_return_if_fail (WAY_IS_STATE_PAGE (self));
  g_return_if_fail (child == NULL || GTK_IS_WIDGET (child));

  if (self->child == child)
    return;

  if (self->child != NULL)
    gtk_stack_remove (self->stack, self->child);
  self->child = child;
  if (child != NULL)
    gtk_stack_add_named (self->stack, child, "child");
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CHILD]);
}

/**
 * way_state_page_show_child:
 * @self: a page
 *
 * Shows the content.
 */
void
way_state_page_show_child (WayStatePage *self)
{
  g_return_if_fail (WAY_IS_STATE_PAGE (self));

  if (self->child != NULL)
    show (self, "child");
}

/**
 * way_state_page_show_loading:
 * @self: a page
 *
 * Says that content is being fetched: what is shown stays, and only where nothing is
 * shown yet does a spinner come after a second.
 */
void
way_state_page_show_loading (WayStatePage *self)
{
  g_return_if_fail (WAY_IS_STATE_PAGE (self));

  if (self->patience == 0
      && g_str_equal (gtk_stack_get_visible_child_name (self->stack), "nothing"))
    self->patience = g_timeout_add (PATIENCE_MS, patience_cb, self);
}

/**
 * way_state_page_show_message:
 * @self: a page
 * @icon_name: an icon
 * @title: what there is to say, as a heading
 * @text: (nullable): more about it
 * @button: (nullable): what the one button says
 * @detailed_action: (nullable): what it does, as “win.go::learn”; without it the page
 *   emits “retry”
 *
 * Shows that the page is empty, offline, or new.
 */
void
way_state_page_show_message (WayStatePage *self,
                             const char *icon_name,
                             const char *title,
                             const char *text,
                             const char *button,
                             const char *detailed_action)
{
  g_autofree char *escaped = NULL;

  g_return_if_fail (WAY_IS_STATE_PAGE (self));
  g_return_if_fail (title != NULL);

  need_message (self);
  adw_status_page_set_icon_name (self->status, icon_name);
  adw_status_page_set_title (self->status, title);
  /* The description is markup, and what is said may come from outside. */
  escaped = text != NULL ? g_markup_escape_text (text, -1) : NULL;
  adw_status_page_set_description (self->status, escaped);

  gtk_widget_set_visible (GTK_WIDGET (self->button), button != NULL);
  gtk_button_set_label (self->button, button != NULL ? button : "");
  gtk_button_set_use_underline (self->button, TRUE);
  way_compat_set_action (GTK_WIDGET (self->button), detailed_action);
  show (self, "message");
}

/**
 * way_state_page_show_error:
 * @self: a page
 * @title: what could not be done
 * @error: (nullable): why
 *
 * Shows that something failed, and offers to try again: “retry” is emitted then.
 */
void
way_state_page_show_error (WayStatePage *self, const char *title, const GError *error)
{
  way_state_page_show_message (self, "dialog-warning-symbolic", title,
                               error != NULL ? error->message : NULL, _ ("_Try again"), NULL);
}
