/* way-champion-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "pages/champion/way-champion-view.h"

#include "pages/champion/way-term-words.h"
#include "pages/way-detail.h"
#include "session/way-term.h"
#include "widgets/way-words.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>

/* One champion, as a lead sees them: how the term stands, how they fare, and what a lead can say
 * of it. */
struct _WayChampionView
{
  AdwBin parent_instance;

  WaySession *session; /* (owned) */
  WayRow *row;         /* (owned) (nullable) */
  gint64 until;        /* what is chosen in the list of ends; WAY_NO_INTEGER: open */

  GtkBox *box;
  GtkWidget *buttons;
};

G_DEFINE_FINAL_TYPE (WayChampionView, way_champion_view, ADW_TYPE_BIN)

static const struct
{
  int months;
  const char *label;
} ENDS[] = {
  { 12, N_ ("For 12 months") },
  { 6, N_ ("For 6 months") },
  { 24, N_ ("For 24 months") },
  { 0, N_ ("Without an end") },
};

static gint64
find_end (int months)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) end = g_date_time_add_months (now, months);

  return months == 0 ? WAY_NO_INTEGER : g_date_time_to_unix (end) * G_USEC_PER_SEC;
}

static void
said_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayChampionView) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!way_session_write_finish (WAY_SESSION (source), result, NULL, &error))
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", error->message);
      gtk_widget_set_sensitive (self->buttons, TRUE);
      return;
    }
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s",
                              _ ("Saved here. It counts when the trust has received it."));
  way_session_sync_async (self->session, NULL, NULL, NULL);
}

static void
say (WayChampionView *self, const char *state, const char *unit, gint64 until)
{
  const char *term = way_row_get_text (self->row, "term");
  WayChampionTermBody body = { .state = (char *) state, .minutes = WAY_NO_INTEGER, .until = until };

  /* A new one begins where there was none, and where the last has ended. */
  if (!g_str_equal (state, "nominated"))
    body.term = (char *) term;
  gtk_widget_set_sensitive (self->buttons, FALSE);
  way_term_say_async (self->session, way_row_get_text (self->row, "person"), unit, &body, NULL,
                      said_cb, g_object_ref (self));
}

static const char *
get_unit (WayChampionView *self)
{
  return way_row_get_text (self->row, way_row_has (self->row, "unit") ? "unit" : "works_in");
}

static void
say_cb (GtkWidget *button, WayChampionView *self)
{
  const char *state = g_object_get_data (G_OBJECT (button), "state");

  say (self, state, get_unit (self),
       g_str_equal (state, "appointed") ? self->until : WAY_NO_INTEGER);
}

static void
prolong_cb (WayChampionView *self)
{
  say (self, "active", get_unit (self), find_end (ENDS[0].months));
}

static void
move_cb (WayChampionView *self)
{
  say (self, "active", way_row_get_text (self->row, "works_in"), WAY_NO_INTEGER);
}

static void
chosen_cb (WayChampionView *self, GParamSpec *pspec, GtkDropDown *ends)
{
  guint n = gtk_drop_down_get_selected (ends);

  if (n < G_N_ELEMENTS (ENDS))
    {
      self->until = find_end (ENDS[n].months);
      way_detail_name_drop_down (ends, _ ("How long"), _ (ENDS[n].label));
    }
}

static GtkWidget *
add_button (WayChampionView *self, const char *label, const char *state, gboolean is_suggested)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  if (is_suggested)
    gtk_widget_add_css_class (button, "suggested-action");
  if (state != NULL)
    {
      g_object_set_data (G_OBJECT (button), "state", (gpointer) state);
      g_signal_connect (button, "clicked", G_CALLBACK (say_cb), self);
    }
  way_wrap_box_append (WAY_WRAP_BOX (self->buttons), button);
  return button;
}

static void
add_ends (WayChampionView *self)
{
  const char *labels[G_N_ELEMENTS (ENDS) + 1] = { NULL };
  GtkWidget *ends;

  for (guint i = 0; i < G_N_ELEMENTS (ENDS); i++)
    labels[i] = _ (ENDS[i].label);
  ends = gtk_drop_down_new_from_strings (labels);
  gtk_widget_set_halign (ends, GTK_ALIGN_START);
  gtk_box_append (self->box, ends);
  g_signal_connect_object (ends, "notify::selected", G_CALLBACK (chosen_cb), self,
                           G_CONNECT_SWAPPED);
  chosen_cb (self, NULL, GTK_DROP_DOWN (ends));
}

static gboolean
has_moved (WayRow *row)
{
  return way_row_has (row, "works_in") && way_row_has (row, "unit")
         && !g_str_equal (way_row_get_text (row, "works_in"), way_row_get_text (row, "unit"));
}

static void
add_active_buttons (WayChampionView *self)
{
  if (has_moved (self->row))
    {
      g_autofree char *label = NULL;

      /* Translators: %s is a ward or a department. */
      label = g_strdup_printf (_ ("_Move to %s"), way_row_get_text (self->row, "works_in_name"));
      g_signal_connect_swapped (add_button (self, label, NULL, FALSE), "clicked",
                                G_CALLBACK (move_cb), self);
    }
  if (!way_row_has (self->row, "trained")
      && way_row_get_int (self->row, "modules_done") < way_row_get_int (self->row, "modules_all"))
    add_button (self, _ ("_Record Training"), "trained", FALSE);
  if (way_row_has (self->row, "until"))
    g_signal_connect_swapped (add_button (self, _ ("Twelve _More Months"), NULL, FALSE), "clicked",
                              G_CALLBACK (prolong_cb), self);
  add_button (self, _ ("_Pause"), "paused", FALSE);
  add_button (self, _ ("_End the Term"), "ended", FALSE);
}

static void
add_buttons (WayChampionView *self)
{
  const char *state = way_row_get_text (self->row, "state");
  gboolean is_asking = g_str_equal (state, "put-forward") || g_str_equal (state, "accepted");

  if (is_asking)
    add_ends (self);
  self->buttons = way_wrap_box_new (9, 9);
  gtk_widget_set_margin_top (self->buttons, 6);
  gtk_box_append (self->box, self->buttons);
  if (is_asking)
    {
      add_button (self, _ ("_Appoint"), "appointed", TRUE);
      add_button (self, _ ("Say _No"), "ended", FALSE);
    }
  else if (g_str_equal (state, "nominated") || g_str_equal (state, "appointed"))
    add_button (self, _ ("_Take It Back"), "ended", FALSE);
  else if (g_str_equal (state, "active"))
    add_active_buttons (self);
  else if (g_str_equal (state, "paused"))
    {
      add_button (self, _ ("Let It _Go On"), "active", TRUE);
      add_button (self, _ ("_End the Term"), "ended", FALSE);
    }
  else if (g_str_equal (state, "granted"))
    add_button (self, _ ("_Ask for a Term"), "nominated", FALSE);
  else
    add_button (self, _ ("_Nominate Again"), "nominated", FALSE);
}

static char *
describe_health (WayRow *row)
{
  g_autofree char *last = way_format_when (way_row_get_int (row, "last_helped"));
  g_autofree char *given = NULL;
  g_autofree char *when = NULL;
  gint64 open = way_row_get_int (row, "open");
  g_autofree char *waiting = g_strdup_printf (ngettext ("%d question taken and not answered",
                                                        "%d questions taken and not answered",
                                                        (gulong) open),
                                              (int) open);

  if (way_row_has (row, "minutes"))
    /* Translators: minutes that were given, and minutes that are protected. */
    given = g_strdup_printf (_ ("%d of %d protected minutes in 4 weeks"),
                             (int) way_row_get_int (row, "given"),
                             4 * (int) way_row_get_int (row, "minutes"));
  else
    given = g_strdup_printf (_ ("%d minutes in 4 weeks"), (int) way_row_get_int (row, "given"));
  when = way_row_get_int (row, "last_helped") == 0
             ? g_strdup (_ ("No help logged yet"))
             /* Translators: %s is a time, as “on 3 March”. */
             : g_strdup_printf (_ ("Last help logged %s"), last);
  return g_strjoin ("\n", when, given, waiting, NULL);
}

/**
 * way_champion_view_show:
 * @row: of way_term_load_all_async()
 */
void
way_champion_view_show (WayChampionView *self, WayRow *row)
{
  g_autofree char *health = NULL;
  g_autofree char *work = NULL;
  g_autofree char *training = NULL;
  g_autofree char *shifts = NULL;

  g_return_if_fail (WAY_IS_CHAMPION_VIEW (self));
  g_return_if_fail (WAY_IS_ROW (row));

  g_set_object (&self->row, row);
  health = way_term_describe_health (row);
  work = describe_health (row);
  training = way_term_describe_training (row);
  shifts = way_term_describe_shifts (way_row_get_text (row, "shifts"));
  way_detail_clear (self->box);
  way_detail_add_heading (self->box, way_row_get_text (row, "name"));
  way_detail_add_label (self->box, way_term_describe_state (way_row_get_text (row, "state")), NULL);
  if (health != NULL)
    way_detail_add_state (self->box, "dialog-warning-symbolic", health);
  way_detail_add_pair (self->box, _ ("Champion in"),
                       way_row_has (row, "unit_name") ? way_row_get_text (row, "unit_name")
                                                      : _ ("The whole trust"));
  if (has_moved (row))
    way_detail_add_pair (self->box, _ ("Works now in"), way_row_get_text (row, "works_in_name"));
  way_detail_add_pair (self->box, _ ("There on"), shifts);
  if (*way_row_get_text (row, "systems") != '\0')
    way_detail_add_pair (self->box, _ ("Knows well"), way_row_get_text (row, "systems"));
  way_detail_add_pair (self->box, _ ("Work as champion"), work);
  way_detail_add_pair (self->box, _ ("Training"), training);
  if (way_row_has (row, "until"))
    {
      g_autofree char *until = way_format_when (way_row_get_int (row, "until"));

      way_detail_add_pair (self->box, _ ("The term ends"), until);
    }
  add_buttons (self);
}

static void
way_champion_view_dispose (GObject *object)
{
  WayChampionView *self = WAY_CHAMPION_VIEW (object);

  g_clear_object (&self->session);
  g_clear_object (&self->row);

  G_OBJECT_CLASS (way_champion_view_parent_class)->dispose (object);
}

static void
way_champion_view_class_init (WayChampionViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = way_champion_view_dispose;
}

static void
way_champion_view_init (WayChampionView *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  gtk_widget_set_margin_top (GTK_WIDGET (self->box), 18);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->box), 24);
  gtk_widget_set_margin_start (GTK_WIDGET (self->box), 18);
  gtk_widget_set_margin_end (GTK_WIDGET (self->box), 18);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->box));
  gtk_widget_set_vexpand (scroller, TRUE);
  adw_bin_set_child (ADW_BIN (self), scroller);
}

/**
 * way_champion_view_new:
 *
 * Returns: (transfer floating): empty until it is shown something
 */
GtkWidget *
way_champion_view_new (WaySession *session)
{
  WayChampionView *self = g_object_new (WAY_TYPE_CHAMPION_VIEW, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}
