/* way-quality-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/quality/way-quality-page.h"

#include "pages/quality/way-quality-table.h"
#include "session/way-quality.h"
#include "widgets/way-compat.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>

static const WayQualityColumn ITEMS[] = {
  { "item", N_ ("Question"), -1 },
  { "level", N_ ("Level"), 0 },
  { "n", N_ ("Answers"), 0 },
  { "share", N_ ("Share right"), 2 },
  { "seconds", N_ ("Mean seconds"), 0 },
  { "exposure", N_ ("Exposure"), 2 },
  { "b", N_ ("Difficulty"), 2 },
  { "infit", N_ ("Infit"), 2 },
  { "outfit", N_ ("Outfit"), 2 },
  { "dif", N_ ("DIF"), -1 },
  { "dif_group", N_ ("Group"), -1 },
};

static const WayQualityColumn MEASURED[] = {
  { "item", N_ ("Question"), -1 },
  { "n", N_ ("Answers"), 0 },
  { "old_b", N_ ("Old difficulty"), 2 },
  { "old_sd", N_ ("Old SE"), 2 },
  { "b", N_ ("New difficulty"), 2 },
  { "sd", N_ ("New SE"), 2 },
  { "infit", N_ ("Infit"), 2 },
  { "outfit", N_ ("Outfit"), 2 },
  { "drift", N_ ("For review"), WAY_QUALITY_YES },
  { "kept", N_ ("Kept as it was"), WAY_QUALITY_YES },
};

/* How the questions do, for an analyst: the items, calibrating them, and publishing what
 * came of it. Read when it is opened, and never again by itself: each reading is written
 * down. */
struct _WayQualityPage
{
  WayPage parent_instance;

  GCancellable *calibrating; /* (owned) (nullable) */
  GListModel *measured;      /* (owned) (nullable) what may be published */
  gboolean is_loaded;

  GtkWidget *items;
  GtkLabel *summary;
  GtkLabel *pattern; /* the share of people whose answers do not follow it */
  GtkWidget *calibrate;
  GtkWidget *working; /* progress and Cancel */
  GtkProgressBar *progress;
  GtkWidget *result; /* what came of calibrating */
  GtkLabel *result_text;
  GtkWidget *measured_table;
  GtkEditable *note;
  GtkWidget *publish;
};

G_DEFINE_FINAL_TYPE (WayQualityPage, way_quality_page, WAY_TYPE_PAGE)

/* Fewer people than make a group in the extract say nothing, and could be known. */
static char *
describe_fit (const WayQualityFit *fit)
{
  if (fit->n_people < WAY_QUALITY_FIT_PEOPLE)
    return g_strdup_printf (_ ("Whether answers follow the usual pattern is said from %d people "
                               "on."),
                            WAY_QUALITY_FIT_PEOPLE);

  return g_strdup_printf (_ ("Of %u people, %.1f %% have answers that do not follow the usual "
                             "pattern; chance alone makes about 1 %%."),
                          fit->n_people, 100.0 * fit->n_odd / fit->n_people);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayQualityPage) self = user_data;
  g_autoptr (GError) error = NULL;
  WayQualityFit fit = { 0 };
  g_autoptr (GListModel)
      rows = way_session_load_quality_finish (WAY_SESSION (source), result, &fit, &error);
  g_autofree char *pattern = describe_fit (&fit);
  g_autofree char *text = NULL;
  guint n_ready = 0;

  if (rows == NULL)
    {
      self->is_loaded = FALSE;
      way_page_show_error (WAY_PAGE (self), _ ("The questions’ figures cannot be shown"), error);
      return;
    }
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rows, i);

      n_ready += way_row_get_int (row, "n") >= WAY_QUALITY_ANSWERS;
    }
  if (n_ready >= WAY_QUALITY_ITEMS)
    text = g_strdup_printf (_ ("%u of %u questions have %d answers or more: they can be "
                               "calibrated."),
                            n_ready, g_list_model_get_n_items (rows), WAY_QUALITY_ANSWERS);
  else
    text = g_strdup_printf (_ ("Too few answers for a calibration so far: %u questions have %d "
                               "answers or more, and %d questions are needed."),
                            n_ready, WAY_QUALITY_ANSWERS, WAY_QUALITY_ITEMS);
  gtk_label_set_label (self->summary, text);
  gtk_label_set_label (self->pattern, pattern);
  gtk_widget_set_sensitive (self->calibrate, n_ready >= WAY_QUALITY_ITEMS);
  way_quality_table_set_rows (self->items, rows);
  way_page_show_content (WAY_PAGE (self));
}

static void
way_quality_page_load (WayPage *page, GCancellable *cancellable)
{
  WayQualityPage *self = WAY_QUALITY_PAGE (page);

  if (self->is_loaded)
    {
      way_page_show_content (page);
      return;
    }
  self->is_loaded = TRUE;
  way_session_load_quality_async (way_page_get_session (page), cancellable, loaded_cb,
                                  g_object_ref (self));
}

/* --- Calibrating --------------------------------------------------------------------- */

static void
progress_cb (guint round, double change, gpointer user_data)
{
  WayQualityPage *self = user_data;
  g_autofree char *text = g_strdup_printf (_ ("Round %u"), round);

  gtk_progress_bar_set_text (self->progress, text);
  gtk_progress_bar_pulse (self->progress);
}

static void
calibrated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayQualityPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, &error);
  g_autofree char *text = NULL;
  guint n_drifted = 0, n_kept = 0, n;

  if (self->progress == NULL)
    return; /* left meanwhile */
  g_clear_object (&self->calibrating);
  gtk_widget_set_visible (self->working, FALSE);
  gtk_widget_set_visible (self->calibrate, TRUE);
  if (rows == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", error->message);
      gtk_widget_grab_focus (self->calibrate);
      return;
    }
  g_set_object (&self->measured, rows);
  n = g_list_model_get_n_items (rows);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rows, i);

      n_drifted += way_row_get_int (row, "drift") != 0;
      n_kept += way_row_get_int (row, "kept") != 0;
    }
  text = g_strdup_printf (_ ("%u questions are measured anew, %u of them are for review, and %u "
                             "stay as they were. Nothing is published yet."),
                          n - n_kept, n_drifted, n_kept);
  gtk_label_set_label (self->result_text, text);
  way_quality_table_set_rows (self->measured_table, rows);
  gtk_widget_set_visible (self->result, TRUE);
  way_compat_announce (GTK_WIDGET (self), text);
  gtk_widget_grab_focus (GTK_WIDGET (self->note));
}

static void
calibrate_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WayQualityPage *self = WAY_QUALITY_PAGE (widget);

  if (self->calibrating != NULL)
    return;
  self->calibrating = g_cancellable_new ();
  gtk_widget_set_visible (self->result, FALSE);
  gtk_widget_set_visible (self->working, TRUE);
  gtk_widget_set_visible (self->calibrate, FALSE);
  gtk_progress_bar_set_text (self->progress, _ ("Reading the answers…"));
  gtk_progress_bar_pulse (self->progress);
  way_session_calibrate_async (way_page_get_session (WAY_PAGE (self)), progress_cb,
                               self->calibrating, calibrated_cb, g_object_ref (self));
}

static void
cancel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_cancellable_cancel (WAY_QUALITY_PAGE (widget)->calibrating);
}

/* --- Publishing ------------------------------------------------------------------------ */

static void
update_publish (WayQualityPage *self)
{
  g_autofree char *note = g_strstrip (g_strdup (gtk_editable_get_text (self->note)));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.publish",
                                 *note != '\0' && self->measured != NULL);
}

static void
published_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayQualityPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (self->progress == NULL)
    return; /* left meanwhile */
  if (!way_session_write_finish (WAY_SESSION (source), result, NULL, &error))
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", error->message);
      update_publish (self);
      return;
    }
  g_clear_object (&self->measured);
  gtk_widget_set_visible (self->result, FALSE);
  gtk_editable_set_text (self->note, "");
  gtk_widget_activate_action (
      GTK_WIDGET (self), "win.toast", "s",
      _ ("Published. Sittings that begin from now on use it; old results stay as they are."));
  gtk_widget_grab_focus (self->calibrate);
}

static void
publish_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WayQualityPage *self = WAY_QUALITY_PAGE (widget);

  if (self->measured == NULL)
    return;
  gtk_widget_action_set_enabled (widget, "page.publish", FALSE);
  way_session_publish_async (way_page_get_session (WAY_PAGE (self)), self->measured,
                             gtk_editable_get_text (self->note), NULL, published_cb,
                             g_object_ref (self));
}

static void
way_quality_page_dispose (GObject *object)
{
  WayQualityPage *self = WAY_QUALITY_PAGE (object);

  g_cancellable_cancel (self->calibrating);
  g_clear_object (&self->calibrating);
  g_clear_object (&self->measured);
  self->progress = NULL;

  G_OBJECT_CLASS (way_quality_page_parent_class)->dispose (object);
}

static void
way_quality_page_class_init (WayQualityPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = way_quality_page_dispose;
  WAY_PAGE_CLASS (klass)->load = way_quality_page_load;

  gtk_widget_class_install_action (widget_class, "page.calibrate", NULL, calibrate_action);
  gtk_widget_class_install_action (widget_class, "page.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "page.publish", NULL, publish_action);
}

static GtkWidget *
make_label (const char *text, const char *style, GtkAccessibleRole role)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", role, "label", text, "wrap",
                                   TRUE, "xalign", 0.0, NULL);

  gtk_widget_add_css_class (label, style);

  return label;
}

static GtkWidget *
make_button (const char *label, const char *action, const char *style)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  if (style != NULL)
    gtk_widget_add_css_class (button, style);

  return button;
}

static GtkWidget *
scroll (GtkWidget *table, int height)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), table);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), height);
  gtk_widget_set_vexpand (scrolled, TRUE);

  return scrolled;
}

static void
build_result (WayQualityPage *self, GtkBox *box)
{
  GtkWidget *line = way_wrap_box_new (12, 6);
  GtkWidget *note = gtk_entry_new ();

  self->result = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->result_text = GTK_LABEL (make_label ("", "body", GTK_ACCESSIBLE_ROLE_LABEL));
  self->measured_table = way_quality_table_new (_ ("Old and new difficulty"), MEASURED,
                                                G_N_ELEMENTS (MEASURED));
  self->note = GTK_EDITABLE (note);
  gtk_entry_set_placeholder_text (GTK_ENTRY (note), _ ("Why this version"));
  gtk_entry_set_max_length (GTK_ENTRY (note), 200);
  way_compat_name (note, _ ("Why this version"));
  g_signal_connect_swapped (note, "changed", G_CALLBACK (update_publish), self);
  self->publish = make_button (_ ("_Publish"), "page.publish", "suggested-action");
  way_wrap_box_append (WAY_WRAP_BOX (line), note);
  way_wrap_box_append (WAY_WRAP_BOX (line), self->publish);
  gtk_box_append (GTK_BOX (self->result), make_label (_ ("Before it is published"), "heading",
                                                      GTK_ACCESSIBLE_ROLE_HEADING));
  gtk_box_append (GTK_BOX (self->result), GTK_WIDGET (self->result_text));
  gtk_box_append (GTK_BOX (self->result), scroll (self->measured_table, 130));
  gtk_box_append (GTK_BOX (self->result), line);
  gtk_widget_set_visible (self->result, FALSE);
  gtk_box_append (box, self->result);
}

static void
way_quality_page_init (WayQualityPage *self)
{
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  GtkWidget *cancel = make_button (_ ("_Cancel"), "page.cancel", NULL);

  gtk_widget_set_margin_top (GTK_WIDGET (box), 24);
  gtk_widget_set_margin_bottom (GTK_WIDGET (box), 18);
  gtk_widget_set_margin_start (GTK_WIDGET (box), 18);
  gtk_widget_set_margin_end (GTK_WIDGET (box), 18);
  gtk_box_append (box,
                  make_label (_ ("Assessment quality"), "title-1", GTK_ACCESSIBLE_ROLE_HEADING));
  gtk_box_append (box, make_label (_ ("From answers without names; that you read them is written "
                                      "down. What is published changes sittings to come, never "
                                      "results that are there."),
                                   "way-quiet", GTK_ACCESSIBLE_ROLE_LABEL));
  self->summary = GTK_LABEL (make_label ("", "body", GTK_ACCESSIBLE_ROLE_LABEL));
  gtk_box_append (box, GTK_WIDGET (self->summary));
  self->pattern = GTK_LABEL (make_label ("", "body", GTK_ACCESSIBLE_ROLE_LABEL));
  gtk_box_append (box, GTK_WIDGET (self->pattern));
  self->calibrate = make_button (_ ("Calibrate _Now"), "page.calibrate", NULL);
  gtk_box_append (box, self->calibrate);
  self->working = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->progress = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_progress_bar_set_show_text (self->progress, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->progress), TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->progress), GTK_ALIGN_CENTER);
  way_compat_name (GTK_WIDGET (self->progress), _ ("Calibrating"));
  gtk_box_append (GTK_BOX (self->working), GTK_WIDGET (self->progress));
  gtk_box_append (GTK_BOX (self->working), cancel);
  gtk_widget_set_visible (self->working, FALSE);
  gtk_box_append (box, self->working);
  self->items = way_quality_table_new (_ ("Questions"), ITEMS, G_N_ELEMENTS (ITEMS));
  gtk_box_append (box, scroll (self->items, 130));
  build_result (self, box);
  update_publish (self);
  g_object_set (self, "content", box, NULL);
}

/**
 * way_quality_page_new:
 * @session: of an analyst
 *
 * Returns: (transfer floating): the page Assessment quality
 */
GtkWidget *
way_quality_page_new (WaySession *session)
{
  return g_object_new (WAY_TYPE_QUALITY_PAGE, "session", session, NULL);
}
