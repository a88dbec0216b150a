/* way-quality-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/quality/way-quality-page.h"

#include "pages/quality/way-quality-detail.h"
#include "pages/quality/way-quality-table.h"
#include "pages/way-aside.h"
#include "pages/way-source-bar.h"
#include "assessment/way-calibration.h"
#include "session/way-quality.h"
#include "widgets/way-compat.h"
#include "widgets/way-text-guard.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>

#define TABLE_HEIGHT 260

static const WayQualityColumn ITEMS[] = {
  { "item", N_ ("Question"), -1 },
  { "level", N_ ("Level"), 0 },
  { "n", N_ ("Answers"), 0 },
  { "share", N_ ("Share right"), 2 },
  { "seconds", N_ ("Mean seconds"), 0 },
  { "exposure", N_ ("Exposure"), 2 },
  { "b", N_ ("Difficulty"), 2 },
  { "drift", N_ ("For review"), WAY_QUALITY_YES },
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
  { "new", N_ ("New question"), WAY_QUALITY_YES },
};

/* How the questions do, for an analyst: the items, calibrating them, and publishing what
 * came of it. Read when it is opened, and again once the trust has what was published: each
 * reading is written down. */
struct _WayQualityPage
{
  WayPage parent_instance;

  GCancellable *calibrating; /* (owned) (nullable) */
  GListModel *rows;          /* (owned) (nullable) the trust's last answer */
  GListModel *measured;      /* (owned) (nullable) what may be published */
  char *picked;              /* (owned) (nullable) the question at the side */
  gboolean is_asked;         /* the trust, or has answered */
  gboolean is_published;     /* and the trust has not got it yet */
  gboolean is_stale;         /* the trust does not answer */
  gboolean is_ready;         /* there are answers enough */

  WaySourceBar *source;
  WayAside *aside;
  GtkBox *detail;
  GtkExpander *about;
  GtkWidget *items;
  GtkLabel *summary;
  GtkLabel *pattern; /* the share of people whose answers do not follow it */
  GtkLabel *why_not; /* calibrated now */
  GtkWidget *calibrate;
  GtkWidget *working; /* progress and Cancel */
  GtkWidget *cancel;
  GtkProgressBar *progress;
  GtkWidget *result; /* what came of calibrating */
  GtkLabel *result_text;
  GtkWidget *measured_table;
  GtkEditable *note;
  WayTextGuard *guard;
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

/* --- What there is -------------------------------------------------------------------- */

static WayRow *
find_row (GListModel *rows, const char *item)
{
  guint n = rows != NULL ? g_list_model_get_n_items (rows) : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rows, i);

      if (g_strcmp0 (way_row_get_text (row, "item"), item) == 0)
        return g_steal_pointer (&row);
    }
  return NULL;
}

/* The question at the side, as it stands now. */
static void
show_detail (WayQualityPage *self)
{
  g_autoptr (WayRow) row = find_row (self->rows, self->picked);
  g_autoptr (WayRow) measured = find_row (self->measured, self->picked);

  if (row != NULL)
    way_quality_detail_show (self->detail,
                             way_session_get_pack (way_page_get_session (WAY_PAGE (self))), row,
                             measured);
}

static void
picked_cb (WayRow *row, gpointer user_data)
{
  WayQualityPage *self = user_data;

  g_free (self->picked);
  self->picked = g_strdup (way_row_get_text (row, "item"));
  show_detail (self);
  way_aside_show (self->aside, _ ("Question"));
}

static void
aside_closed_cb (WayQualityPage *self)
{
  g_clear_pointer (&self->picked, g_free);
  if (gtk_widget_get_visible (self->result))
    way_quality_table_unpick (self->measured_table);
  way_quality_table_unpick (self->items);
}

static void
folded_cb (WayQualityPage *self)
{
  gboolean is_folded = way_aside_is_folded (self->aside);

  way_quality_table_set_opens_by_press (self->items, is_folded);
  way_quality_table_set_opens_by_press (self->measured_table, is_folded);
}

static void
update_calibrate (WayQualityPage *self)
{
  const char *why = self->is_stale ? _ ("Calibrating needs the trust, which cannot be reached now. "
                                        "What is shown is its last answer.")
                                   : gtk_label_get_label (self->summary);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.calibrate",
                                 self->is_ready && !self->is_stale);
  gtk_label_set_label (self->why_not, self->is_stale ? why : "");
  gtk_widget_set_visible (GTK_WIDGET (self->why_not), self->is_stale);
  way_compat_describe (self->calibrate, why);
}

static int
compare_missing (gconstpointer a, gconstpointer b)
{
  return *(const int *) a - *(const int *) b;
}

/* Whether a calibration can be, or what is missing for it. */
static char *
dup_summary (WayQualityPage *self)
{
  g_autoptr (GArray) missing = g_array_new (FALSE, FALSE, sizeof (int));
  guint n = g_list_model_get_n_items (self->rows);
  guint n_ready = 0;
  int answers = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (self->rows, i);
      int left = WAY_QUALITY_ANSWERS - (int) way_row_get_int (row, "n");

      if (way_row_get_int (row, "partial") != 0 || way_row_get_int (row, "new") != 0)
        continue;
      if (left <= 0)
        n_ready++;
      else
        g_array_append_val (missing, left);
    }
  self->is_ready = n_ready >= WAY_QUALITY_ITEMS;
  if (self->is_ready)
    return g_strdup_printf (_ ("%u of %u questions have %d answers or more: they can be "
                               "calibrated."),
                            n_ready, n, WAY_QUALITY_ANSWERS);
  g_array_sort (missing, compare_missing);
  for (guint i = 0; i < MIN (missing->len, WAY_QUALITY_ITEMS - n_ready); i++)
    answers += g_array_index (missing, int, i);
  return g_strdup_printf (_ ("A calibration needs %d questions with %d answers each, and %u have "
                             "them. %u questions are missing: at least %d more answers."),
                          WAY_QUALITY_ITEMS, WAY_QUALITY_ANSWERS, n_ready,
                          WAY_QUALITY_ITEMS - n_ready, answers);
}

static gboolean
has_calibrated (GListModel *rows)
{
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rows, i);

      if (way_row_get_int (row, "measured") != 0)
        return TRUE;
    }
  return FALSE;
}

static void
show_rows (WayQualityPage *self)
{
  g_autofree char *text = dup_summary (self);
  gboolean is_first = gtk_label_get_label (self->summary)[0] == '\0';

  gtk_label_set_label (self->summary, text);
  /* What all this is for is said until somebody has done it once. */
  if (is_first)
    gtk_expander_set_expanded (self->about, !has_calibrated (self->rows));
  way_quality_table_set_rows (self->items, self->rows);
  if (way_aside_is_shown (self->aside))
    show_detail (self);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayQualityPage) self = user_data;
  WaySession *session = WAY_SESSION (source);
  g_autoptr (GError) error = NULL;
  WayQualityFit fit = { 0 };
  g_autoptr (GListModel) rows = way_session_load_quality_finish (session, result, &fit, &error);

  if (self->progress == NULL)
    return; /* left meanwhile */
  if (rows == NULL)
    {
      self->is_asked = FALSE;
      if (self->rows == NULL)
        {
          way_page_show_error (WAY_PAGE (self), _ ("The questions’ figures cannot be shown"),
                               error);
          return;
        }
      self->is_asked = TRUE;
      self->is_stale = TRUE;
      way_source_bar_show_stale (self->source, error->message);
    }
  else
    {
      g_autofree char *pattern = describe_fit (&fit);

      self->is_stale = FALSE;
      g_set_object (&self->rows, rows);
      gtk_label_set_label (self->pattern, pattern);
      way_source_bar_show_fresh (self->source, g_get_real_time ());
      show_rows (self);
    }
  way_source_bar_set_synthetic (self->source, way_session_is_synthetic (session));
  update_calibrate (self);
  way_page_show_content (WAY_PAGE (self));
}

static void
way_quality_page_load (WayPage *page, GCancellable *cancellable)
{
  WayQualityPage *self = WAY_QUALITY_PAGE (page);
  WaySession *session = way_page_get_session (page);

  if (self->is_published && way_session_get_n_unsent (session) == 0)
    {
      self->is_published = FALSE;
      self->is_asked = FALSE;
    }
  if (self->is_asked)
    {
      if (self->rows != NULL)
        way_page_show_content (page);
      return;
    }
  self->is_asked = TRUE;
  /* Not given up when something else changes: it would have to be asked, and written down, again.
   */
  way_session_load_quality_async (session, NULL, loaded_cb, g_object_ref (self));
}

static void
retry_cb (WayQualityPage *self)
{
  self->is_asked = FALSE;
  way_page_load (WAY_PAGE (self));
}

/* --- Calibrating --------------------------------------------------------------------- */

static void
progress_cb (guint round, double change, gpointer user_data)
{
  WayQualityPage *self = user_data;
  g_autofree char *text = g_strdup_printf (_ ("Round %u"), round);

  if (g_cancellable_is_cancelled (self->calibrating))
    return;
  gtk_progress_bar_set_text (self->progress, text);
  gtk_progress_bar_pulse (self->progress);
}

static void
update_publish (WayQualityPage *self)
{
  g_autofree char *note = g_strstrip (g_strdup (gtk_editable_get_text (self->note)));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.publish",
                                 way_text_guard_check (self->guard, note) && *note != '\0'
                                     && self->measured != NULL);
}

static char *
describe_result (guint n_measured, guint n_drifted, guint n_kept, guint n_new)
{
  g_autofree char *placed =
      n_new > 0 ? g_strdup_printf (ngettext ("%u new question is placed by them, and counts once "
                                             "this is published. ",
                                             "%u new questions are placed by them, and count once "
                                             "this is published. ",
                                             n_new),
                                   n_new)
                : g_strdup ("");

  /* TRANSLATORS: the last %s is a sentence about new questions, or nothing. */
  return g_strdup_printf (_ ("%u questions are measured anew, %u of them are for review, and %u "
                             "stay as they were. %sNothing is published yet."),
                          n_measured, n_drifted, n_kept, placed);
}

static void
calibrated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayQualityPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, &error);
  g_autofree char *text = NULL;
  guint n_drifted = 0, n_kept = 0, n_new = 0, n;

  if (self->progress == NULL)
    return; /* left meanwhile */
  g_clear_object (&self->calibrating);
  gtk_widget_set_visible (self->calibrate, TRUE);
  gtk_widget_grab_focus (self->calibrate);
  gtk_widget_set_visible (self->working, FALSE);
  if (rows == NULL)
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
      if (error->domain == WAY_SESSION_ERROR || error->domain == WAY_CALIBRATION_ERROR)
        {
          gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", error->message);
          return;
        }
      self->is_stale = TRUE;
      way_source_bar_show_stale (self->source, error->message);
      update_calibrate (self);
      gtk_widget_child_focus (GTK_WIDGET (self->source), GTK_DIR_TAB_FORWARD);
      return;
    }
  g_set_object (&self->measured, rows);
  n = g_list_model_get_n_items (rows);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rows, i);

      n_drifted += way_row_get_int (row, "drift") != 0;
      n_kept += way_row_get_int (row, "kept") != 0;
      n_new += way_row_get_int (row, "new") != 0;
    }
  text = describe_result (n - n_kept - n_new, n_drifted, n_kept, n_new);
  gtk_label_set_label (self->result_text, text);
  way_quality_table_set_rows (self->measured_table, rows);
  gtk_widget_set_visible (self->result, TRUE);
  if (way_aside_is_shown (self->aside))
    show_detail (self);
  update_publish (self);
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
  gtk_expander_set_expanded (self->about, FALSE);
  gtk_widget_set_visible (self->working, TRUE);
  gtk_widget_grab_focus (self->cancel);
  gtk_widget_set_visible (self->calibrate, FALSE);
  gtk_progress_bar_set_text (self->progress, _ ("Reading the answers…"));
  gtk_widget_action_set_enabled (widget, "page.cancel", TRUE);
  gtk_progress_bar_pulse (self->progress);
  way_session_calibrate_async (way_page_get_session (WAY_PAGE (self)), progress_cb,
                               self->calibrating, calibrated_cb, g_object_ref (self));
}

/* It stops where it can: what waits for the trust goes on waiting for a moment. */
static void
cancel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WayQualityPage *self = WAY_QUALITY_PAGE (widget);

  if (self->calibrating == NULL)
    return;
  g_cancellable_cancel (self->calibrating);
  gtk_progress_bar_set_text (self->progress, _ ("Stopping…"));
  gtk_widget_action_set_enabled (widget, "page.cancel", FALSE);
}

/* --- Publishing ------------------------------------------------------------------------ */

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
  gtk_widget_grab_focus (self->calibrate);
  gtk_widget_set_visible (self->result, FALSE);
  gtk_editable_set_text (self->note, "");
  self->is_published = TRUE;
  gtk_widget_activate_action (
      GTK_WIDGET (self), "win.toast", "s",
      _ ("Published. Sittings that begin from now on use it; old results stay as they are."));
  gtk_label_set_label (self->summary, _ ("What you published is saved here. The table is read "
                                         "again as soon as the trust has it."));
  update_calibrate (self);
  if (way_aside_is_shown (self->aside))
    show_detail (self);
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
  g_clear_object (&self->rows);
  g_clear_pointer (&self->picked, g_free);
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
  way_quality_table_on_picked (self->measured_table, picked_cb, self);
  self->note = GTK_EDITABLE (note);
  gtk_entry_set_placeholder_text (GTK_ENTRY (note), _ ("Why this version"));
  gtk_entry_set_max_length (GTK_ENTRY (note), 200);
  way_compat_name (note, _ ("Why this version"));
  g_signal_connect_swapped (note, "changed", G_CALLBACK (update_publish), self);
  self->guard = g_object_new (WAY_TYPE_TEXT_GUARD, NULL);
  g_signal_connect_swapped (self->guard, "changed", G_CALLBACK (update_publish), self);
  self->publish = make_button (_ ("_Publish"), "page.publish", "suggested-action");
  way_wrap_box_append (WAY_WRAP_BOX (line), note);
  way_wrap_box_append (WAY_WRAP_BOX (line), self->publish);
  gtk_box_append (GTK_BOX (self->result), make_label (_ ("Before it is published"), "heading",
                                                      GTK_ACCESSIBLE_ROLE_HEADING));
  gtk_box_append (GTK_BOX (self->result), GTK_WIDGET (self->result_text));
  gtk_box_append (GTK_BOX (self->result), line);
  gtk_box_append (GTK_BOX (self->result), GTK_WIDGET (self->guard));
  gtk_box_append (GTK_BOX (self->result), scroll (self->measured_table, TABLE_HEIGHT));
  gtk_widget_set_visible (self->result, FALSE);
  gtk_box_append (box, self->result);
}

static GtkWidget *
build_about (WayQualityPage *self)
{
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  const char *const paragraphs[] = {
    _ ("How the questions of the baseline do: how many people answered each, how hard it proves "
       "to be, how well its answers fit, and whether it is fair to groups. A question that you "
       "choose shows what is known of it."),
    _ ("Calibrate Now works out from the answers how hard each question is. Nothing changes "
       "until you publish it. Then it changes sittings to come, never results that are there."),
    _ ("The answers come without names, ids or times. That you read them is written down."),
  };

  for (guint i = 0; i < G_N_ELEMENTS (paragraphs); i++)
    gtk_box_append (GTK_BOX (words),
                    make_label (paragraphs[i], "way-quiet", GTK_ACCESSIBLE_ROLE_LABEL));
  gtk_widget_set_margin_top (words, 6);
  self->about = GTK_EXPANDER (gtk_expander_new (_ ("What this page is for")));
  way_compat_name (GTK_WIDGET (self->about), _ ("What this page is for"));
  gtk_expander_set_child (self->about, words);

  return GTK_WIDGET (self->about);
}

static void
build_calibrate (WayQualityPage *self, GtkBox *box)
{
  self->summary = GTK_LABEL (make_label ("", "body", GTK_ACCESSIBLE_ROLE_LABEL));
  gtk_box_append (box, GTK_WIDGET (self->summary));
  self->pattern = GTK_LABEL (make_label ("", "body", GTK_ACCESSIBLE_ROLE_LABEL));
  gtk_box_append (box, GTK_WIDGET (self->pattern));
  self->calibrate = make_button (_ ("Calibrate _Now"), "page.calibrate", NULL);
  gtk_box_append (box, self->calibrate);
  self->why_not = GTK_LABEL (make_label ("", "way-quiet", GTK_ACCESSIBLE_ROLE_LABEL));
  gtk_widget_set_visible (GTK_WIDGET (self->why_not), FALSE);
  gtk_box_append (box, GTK_WIDGET (self->why_not));
  self->working = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->progress = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_progress_bar_set_show_text (self->progress, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->progress), TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->progress), GTK_ALIGN_CENTER);
  way_compat_name (GTK_WIDGET (self->progress), _ ("Calibrating"));
  self->cancel = make_button (_ ("_Cancel"), "page.cancel", NULL);
  gtk_box_append (GTK_BOX (self->working), GTK_WIDGET (self->progress));
  gtk_box_append (GTK_BOX (self->working), self->cancel);
  gtk_widget_set_visible (self->working, FALSE);
  gtk_box_append (box, self->working);
}

static void
way_quality_page_init (WayQualityPage *self)
{
  GtkWidget *outside = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));

  gtk_widget_set_margin_top (GTK_WIDGET (box), 24);
  gtk_widget_set_margin_bottom (GTK_WIDGET (box), 18);
  gtk_widget_set_margin_start (GTK_WIDGET (box), 18);
  gtk_widget_set_margin_end (GTK_WIDGET (box), 18);
  gtk_box_append (box,
                  make_label (_ ("Assessment quality"), "title-1", GTK_ACCESSIBLE_ROLE_HEADING));
  gtk_box_append (box, build_about (self));
  build_calibrate (self, box);
  self->items = way_quality_table_new (_ ("Questions"), ITEMS, G_N_ELEMENTS (ITEMS));
  way_quality_table_on_picked (self->items, picked_cb, self);
  build_result (self, box);
  gtk_box_append (box, scroll (self->items, TABLE_HEIGHT));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (box));

  self->detail = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  self->aside = g_object_new (WAY_TYPE_ASIDE, "child", scrolled, "detail", self->detail,
                              "child-width", 320, "aside-width", 320, "vexpand", TRUE, NULL);
  g_signal_connect_object (self->aside, "closed", G_CALLBACK (aside_closed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->aside, "notify::folded", G_CALLBACK (folded_cb), self,
                           G_CONNECT_SWAPPED);
  self->source = g_object_new (WAY_TYPE_SOURCE_BAR, NULL);
  g_signal_connect_object (self->source, "retry", G_CALLBACK (retry_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (outside), GTK_WIDGET (self->source));
  gtk_box_append (GTK_BOX (outside), GTK_WIDGET (self->aside));
  update_publish (self);
  g_object_set (self, "content", outside, NULL);
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
