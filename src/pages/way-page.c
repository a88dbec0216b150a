/* way-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/way-page.h"

#include "session/way-row.h"
#include "widgets/way-state-page.h"
#include "widgets/way-words.h"

#include <string.h>

/* No other number in a row is as large as a time in microseconds since 2001. */
#define EARLIEST (G_GINT64_CONSTANT (1000000000) * G_USEC_PER_SEC)

/* A page of the sidebar that shows what it loads: when it is looked at for the first
 * time, and again whenever the session says that something has changed. What is shown
 * stays until the new is there. */
typedef struct
{
  WaySession *session;       /* (owned) */
  GCancellable *cancellable; /* (owned) (nullable) of the load that is going on */
  WayStatePage *states;
  GHashTable *shown; /* (owned) of char* by char*: what each part of the page shows */
  gboolean is_stale;
} WayPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (WayPage, way_page, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_SESSION,
  PROP_CONTENT,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void
changed_cb (WayPage *self)
{
  WayPagePrivate *private = way_page_get_instance_private (self);

  private->is_stale = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    way_page_load (self);
}

static void
way_page_map (GtkWidget *widget)
{
  WayPagePrivate *private = way_page_get_instance_private (WAY_PAGE (widget));

  GTK_WIDGET_CLASS (way_page_parent_class)->map (widget);

  if (private->is_stale)
    way_page_load (WAY_PAGE (widget));
}

static void
way_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WayPagePrivate *private = way_page_get_instance_private (WAY_PAGE (object));

  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, private->session);
      break;
    case PROP_CONTENT:
      g_object_get_property (G_OBJECT (private->states), "child", value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
way_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  WayPagePrivate *private = way_page_get_instance_private (WAY_PAGE (object));

  switch (id)
    {
    case PROP_SESSION:
      private
      ->session = g_value_dup_object (value);
      break;
    case PROP_CONTENT:
      way_state_page_set_child (private->states, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
way_page_constructed (GObject *object)
{
  WayPagePrivate *private = way_page_get_instance_private (WAY_PAGE (object));

  G_OBJECT_CLASS (way_page_parent_class)->constructed (object);

  g_signal_connect_object (private->session, "changed", G_CALLBACK (changed_cb), object,
                           G_CONNECT_SWAPPED);
}

static void
way_page_dispose (GObject *object)
{
  WayPagePrivate *private = way_page_get_instance_private (WAY_PAGE (object));

  g_cancellable_cancel (private->cancellable);
  g_clear_object (&private->cancellable);
  g_clear_object (&private->session);

  G_OBJECT_CLASS (way_page_parent_class)->dispose (object);
}

static void
way_page_finalize (GObject *object)
{
  WayPagePrivate *private = way_page_get_instance_private (WAY_PAGE (object));

  g_hash_table_unref (private->shown);

  G_OBJECT_CLASS (way_page_parent_class)->finalize (object);
}

static void
way_page_class_init (WayPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = way_page_constructed;
  object_class->dispose = way_page_dispose;
  object_class->finalize = way_page_finalize;
  object_class->get_property = way_page_get_property;
  object_class->set_property = way_page_set_property;
  GTK_WIDGET_CLASS (klass)->map = way_page_map;

  props[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, WAY_TYPE_SESSION,
                                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY
                                                 | G_PARAM_STATIC_STRINGS);
  props[PROP_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET,
                                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
way_page_init (WayPage *self)
{
  WayPagePrivate *private = way_page_get_instance_private (self);

  private->is_stale = TRUE;
  private->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  private->states = WAY_STATE_PAGE (way_state_page_new ());
  g_signal_connect_object (private->states, "retry", G_CALLBACK (way_page_load), self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (private->states));
}

/**
 * way_page_get_session:
 *
 * Returns: (transfer none): the session whose things are shown
 */
WaySession *
way_page_get_session (WayPage *self)
{
  WayPagePrivate *private = way_page_get_instance_private (self);

  g_return_val_if_fail (WAY_IS_PAGE (self), NULL);

  return private->session;
}

/**
 * way_page_load:
 *
 * Loads the page again. A load that is still going on is given up.
 */
void
way_page_load (WayPage *self)
{
  WayPagePrivate *private = way_page_get_instance_private (self);

  g_return_if_fail (WAY_IS_PAGE (self));

  /* Signing out changes things too; there is nothing to load then. */
  if (private->session == NULL || !way_session_is_signed_in (private->session))
    return;
  g_cancellable_cancel (private->cancellable);
  g_clear_object (&private->cancellable);
  private->cancellable = g_cancellable_new ();
  private->is_stale = FALSE;
  way_state_page_show_loading (private->states);
  WAY_PAGE_GET_CLASS (self)->load (self, private->cancellable);
}

/**
 * way_page_search:
 *
 * Puts the focus where the page is searched.
 *
 * Returns: whether it has such a place
 */
gboolean
way_page_search (WayPage *self)
{
  g_return_val_if_fail (WAY_IS_PAGE (self), FALSE);

  if (WAY_PAGE_GET_CLASS (self)->search == NULL)
    return FALSE;
  WAY_PAGE_GET_CLASS (self)->search (self);
  return TRUE;
}

/**
 * way_page_keep:
 * @part: of the page
 * @words: all that this part is made of
 *
 * Asked before a part is made anew: most of what a sync brings is about something else, making
 * widgets holds up the window, and what was unfolded or has the focus is lost. What @words say
 * counts as shown from now on.
 *
 * Returns: whether the part shows just that already
 */
gboolean
way_page_keep (WayPage *self, const char *part, const char *words)
{
  WayPagePrivate *private = way_page_get_instance_private (self);

  g_return_val_if_fail (WAY_IS_PAGE (self), FALSE);

  if (g_strcmp0 (g_hash_table_lookup (private->shown, part), words) == 0)
    return TRUE;
  g_hash_table_insert (private->shown, g_strdup (part), g_strdup (words));
  return FALSE;
}

/**
 * way_page_append_rows:
 * @words: of a part
 * @rows: (element-type WayRow): what it is made of as well
 *
 * Adds rows to what way_page_keep() compares. A time counts as it is said, “5 minutes ago”: the
 * words age, and when the trust has received something it is a few seconds other than before.
 */
void
way_page_append_rows (GString *words, GListModel *rows)
{
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rows, i);

      for (guint j = 0; j < way_row_get_n_columns (row); j++)
        {
          const char *text = way_row_get_nth (row, j);
          gint64 time;

          if (g_ascii_string_to_signed (text, 10, EARLIEST, G_MAXINT64, &time, NULL))
            {
              g_autofree char *when = way_format_when (time);

              g_string_append_printf (words, "%s\t", when);
            }
          else
            /* With its length, so that no text can look like two. */
            g_string_append_printf (words, "%" G_GSIZE_FORMAT " %s", strlen (text), text);
        }
      g_string_append_c (words, '\n');
    }
}

/**
 * way_page_keep_rows:
 * @part: of the page
 * @rows: (element-type WayRow): all that this part is made of
 *
 * As way_page_keep().
 *
 * Returns: whether the part shows just these already
 */
gboolean
way_page_keep_rows (WayPage *self, const char *part, GListModel *rows)
{
  g_autoptr (GString) words = g_string_new (NULL);

  way_page_append_rows (words, rows);
  return way_page_keep (self, part, words->str);
}

/**
 * way_page_set_column:
 * @child: what the page shows
 * @width: at most, in pixels
 *
 * Shows it as a single column that scrolls, and follows the focus.
 */
void
way_page_set_column (WayPage *self, GtkWidget *child, int width)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *viewport = gtk_viewport_new (NULL, NULL);
  GtkWidget *clamp = adw_clamp_new ();

  gtk_widget_set_margin_top (child, 24);
  gtk_widget_set_margin_bottom (child, 36);
  gtk_widget_set_margin_start (child, 18);
  gtk_widget_set_margin_end (child, 18);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), width);
  adw_clamp_set_child (ADW_CLAMP (clamp), child);
  gtk_viewport_set_scroll_to_focus (GTK_VIEWPORT (viewport), TRUE);
  gtk_viewport_set_child (GTK_VIEWPORT (viewport), clamp);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), viewport);
  g_object_set (self, "content", scrolled, NULL);
}

/**
 * way_page_show_content:
 *
 * Shows the property "content".
 */
void
way_page_show_content (WayPage *self)
{
  WayPagePrivate *private = way_page_get_instance_private (self);

  g_return_if_fail (WAY_IS_PAGE (self));

  way_state_page_show_child (private->states);
  /* The window gave the page the focus before there was anything to take it. */
  if (gtk_widget_get_mapped (GTK_WIDGET (self))
      && gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self))) == NULL)
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

/**
 * way_page_show_message:
 * @button: (nullable): the one thing to do
 * @detailed_action: (nullable): what the button does; NULL: loads again
 *
 * Says why there is nothing to show.
 */
void
way_page_show_message (WayPage *self,
                       const char *icon_name,
                       const char *title,
                       const char *text,
                       const char *button,
                       const char *detailed_action)
{
  WayPagePrivate *private = way_page_get_instance_private (self);

  g_return_if_fail (WAY_IS_PAGE (self));

  way_state_page_show_message (private->states, icon_name, title, text, button, detailed_action);
}

/**
 * way_page_show_error:
 *
 * Says what could not be loaded, with a way to try again. A load that was given up says
 * nothing.
 */
void
way_page_show_error (WayPage *self, const char *title, const GError *error)
{
  WayPagePrivate *private = way_page_get_instance_private (self);

  g_return_if_fail (WAY_IS_PAGE (self));

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    way_state_page_show_error (private->states, title, error);
}
