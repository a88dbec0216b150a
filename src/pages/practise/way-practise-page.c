/* way-practise-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/practise/way-practise-page.h"

#include "pages/way-press.h"
#include "widgets/way-compat.h"
#include "widgets/way-words.h"

#include <glib/gi18n.h>
#include <math.h>

/* The practice desks, to go to again and again. */
struct _WayPractisePage
{
  WayPage parent_instance;

  GPtrArray *rows; /* (owned) of GtkWidget */

  /* template */
  AdwPreferencesGroup *desks;
};

G_DEFINE_FINAL_TYPE (WayPractisePage, way_practise_page, WAY_TYPE_PAGE)

static char *
describe_times (WayRow *desk)
{
  gint64 times = way_row_get_int (desk, "times");
  int best;
  g_autofree char *when = NULL;

  if (times == 0)
    return g_strdup (_ ("not tried yet"));
  best = (int) floor (way_row_get_number (desk, "best") * 100 + .5);
  when = way_format_when (way_row_get_int (desk, "last"));
  if (times == 1)
    /* Translators: a time (“on Tuesday”), then a percentage. */
    return g_strdup_printf (_ ("done once, %s, with %d %%"), when, best);
  /* Translators: how often, a time (“on Tuesday”), and a percentage. */
  return g_strdup_printf (_ ("done %d times, last %s, best %d %%"), (int) times, when, best);
}

static GtkWidget *
create_row (WayRow *desk)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_label (
      way_row_get_int (desk, "times") > 0 ? _ ("Practise Again") : _ ("Practise"));
  g_autofree char *minutes = way_format_minutes (way_row_get_int (desk, "minutes"));
  g_autofree char *times = describe_times (desk);
  g_autofree char *subtitle = NULL;
  g_autofree char *target = NULL;

  /* Translators: a module's title, how long it takes, how often it was done. */
  subtitle = g_strdup_printf (_ ("%s · %s\n%s"), way_row_get_text (desk, "module_title"), minutes,
                              times);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), way_row_get_text (desk, "title"));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  target = g_strdup_printf ("%s %s", way_row_get_text (desk, "module"),
                            way_row_get_text (desk, "desk"));
  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), TRUE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.start-practice");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  way_compat_describe (button, way_row_get_text (desk, "title"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  way_compat_name (row, way_row_get_text (desk, "title"));
  way_compat_describe (row, subtitle);
  way_press_add (row);
  return row;
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayPractisePage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel)
      desks = way_session_load_practice_finish (WAY_SESSION (source), result, &error);

  if (desks == NULL)
    {
      way_page_show_error (WAY_PAGE (self), _ ("The practice desks cannot be shown"), error);
      return;
    }
  if (g_list_model_get_n_items (desks) == 0)
    {
      way_page_show_message (WAY_PAGE (self), "way-practise-symbolic", _ ("No practice desks yet"),
                             _ ("The content on this computer holds no practice."), NULL, NULL);
      return;
    }
  if (way_page_keep_rows (WAY_PAGE (self), "desks", desks))
    {
      way_page_show_content (WAY_PAGE (self));
      return;
    }
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->desks, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < g_list_model_get_n_items (desks); i++)
    {
      g_autoptr (WayRow) desk = g_list_model_get_item (desks, i);
      GtkWidget *row = create_row (desk);

      adw_preferences_group_add (self->desks, row);
      g_ptr_array_add (self->rows, row);
    }
  way_page_show_content (WAY_PAGE (self));
}

static void
way_practise_page_load (WayPage *page, GCancellable *cancellable)
{
  way_session_load_practice_async (way_page_get_session (page), cancellable, loaded_cb,
                                   g_object_ref (page));
}

static void
way_practise_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), WAY_TYPE_PRACTISE_PAGE);

  G_OBJECT_CLASS (way_practise_page_parent_class)->dispose (object);
}

static void
way_practise_page_finalize (GObject *object)
{
  g_clear_pointer (&WAY_PRACTISE_PAGE (object)->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (way_practise_page_parent_class)->finalize (object);
}

static void
way_practise_page_class_init (WayPractisePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = way_practise_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = way_practise_page_finalize;
  WAY_PAGE_CLASS (klass)->load = way_practise_page_load;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/waymark_skills/Waymark/ui/way-practise-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WayPractisePage, desks);
}

static void
way_practise_page_init (WayPractisePage *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * way_practise_page_new:
 *
 * Returns: (transfer floating): the practice desks
 */
GtkWidget *
way_practise_page_new (WaySession *session)
{
  return g_object_new (WAY_TYPE_PRACTISE_PAGE, "session", session, NULL);
}
