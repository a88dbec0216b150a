/* way-person-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/people/way-person-view.h"

#include "pages/people/way-paper-window.h"
#include "pages/people/way-person-row.h"
#include "pages/people/way-request-view.h"
#include "pages/people/way-shared-levels.h"
#include "pages/people/way-witness-window.h"
#include "pages/way-detail.h"
#include "pages/way-witness-list.h"
#include "widgets/way-level-dots.h"
#include "widgets/way-words.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>

/* One person at the side of the champion's list: what they asked, how far they are, what
 * they share. That it was opened is recorded and they can see it, so the modules are asked
 * for only when somebody picks the person or something about them has changed. */
struct _WayPersonView
{
  AdwBin parent_instance;

  WaySession *session;       /* (owned) */
  GCancellable *cancellable; /* (owned) (nullable) */
  WayRow *person;            /* (owned) (nullable) */
  GListModel *modules;       /* (owned) (nullable) */
  char *failure;             /* (owned) (nullable) why the modules are not here */

  GtkBox *box;
  GtkBox *state;
  WayRequestView *request;
  WayWitnessList *seen;
  GtkBox *body;
  GtkWidget *deeds; /* what is for people of one's places alone */
};

G_DEFINE_FINAL_TYPE (WayPersonView, way_person_view, ADW_TYPE_BIN)

enum
{
  CHANGED,
  LOG_HELP,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What was pressed may be gone: the keyboard goes on in what is shown, not from the top. */
static void
acted_cb (WayPersonView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  g_signal_emit (self, signals[CHANGED], 0);
  if (root != NULL && gtk_root_get_focus (root) == NULL)
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

static void
log_help_cb (WayPersonView *self)
{
  g_signal_emit (self, signals[LOG_HELP], 0, self->person);
}

static void
paper_saved_cb (WayPersonView *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
paper_cb (WayPersonView *self)
{
  GtkWidget *window;

  if (self->person == NULL)
    return;
  window = way_paper_window_new (self->session, self->person);
  gtk_window_set_transient_for (GTK_WINDOW (window),
                                GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  g_signal_connect_object (window, "saved", G_CALLBACK (paper_saved_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}

static void
witness_cb (WayPersonView *self)
{
  g_autoptr (WayRow) last = self->modules != NULL ? g_list_model_get_item (self->modules, 0) : NULL;
  GtkWidget *window;

  if (self->person == NULL)
    return;
  window = way_witness_window_new (self->session, self->person,
                                   last != NULL ? way_row_get_text (last, "module") : NULL);
  gtk_window_set_transient_for (GTK_WINDOW (window),
                                GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  gtk_window_present (GTK_WINDOW (window));
}

static void
add_levels (WayPersonView *self)
{
  WayPack *pack = way_session_get_pack (self->session);
  WayEstimate levels[WAY_MAX_CAPABILITIES];
  guint n = way_shared_levels_read (pack, way_row_get_text (self->person, "levels"), levels,
                                    G_N_ELEMENTS (levels));
  GtkWidget *grid;

  way_detail_add_section (self->body, _ ("Levels"));
  if (way_row_get_int (self->person, "shares") == 0)
    {
      way_detail_add_label (self->body,
                            _ ("Levels not shared. Each person decides that in My skills."),
                            "way-quiet");
      return;
    }
  if (n == 0)
    {
      way_detail_add_label (self->body, _ ("Shared, but nothing is measured yet."), "way-quiet");
      return;
    }
  grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 9);
  for (guint i = 0; i < n; i++)
    {
      const WayCapability *capability = g_ptr_array_index (way_pack_get_capabilities (pack),
                                                           levels[i].capability);
      GtkWidget *dots = way_level_dots_new ();
      GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
      g_autofree char *level = way_shared_level_describe (pack, &levels[i]);

      way_level_dots_set_level (WAY_LEVEL_DOTS (dots), pack, way_estimate_get_level (&levels[i]));
      gtk_widget_set_valign (dots, GTK_ALIGN_START);
      gtk_widget_set_margin_top (dots, 5);
      gtk_grid_attach (GTK_GRID (grid), dots, 0, (int) i, 1, 1);
      way_detail_add_label (GTK_BOX (words), capability->short_name, NULL);
      if (levels[i].required > 0)
        {
          /* Translators: a level with how sure it is; then the level that the role asks for. */
          g_autofree char *text = g_strdup_printf (_ ("%s. The role asks for %s."), level,
                                                   way_level_name (pack, levels[i].required));

          way_detail_add_label (GTK_BOX (words), text, "caption");
        }
      else
        way_detail_add_label (GTK_BOX (words), level, "caption");
      gtk_widget_set_hexpand (words, TRUE);
      gtk_grid_attach (GTK_GRID (grid), words, 1, (int) i, 1, 1);
    }
  gtk_box_append (self->body, grid);
}

static const char *
describe_state (WayRow *row, const char **icon_name)
{
  const char *state = way_row_get_text (row, "state");

  if (way_row_get_int (row, "tested_out") > 0)
    {
      *icon_name = "object-select-symbolic";
      return _ ("Done: checked without the lesson");
    }
  if (g_str_equal (state, "done"))
    {
      *icon_name = "object-select-symbolic";
      return _ ("Done, and tried on shift");
    }
  if (g_str_equal (state, "checked"))
    {
      *icon_name = "object-select-symbolic";
      return _ ("Check passed");
    }
  *icon_name = "content-loading-symbolic";
  if (g_str_equal (state, "practised"))
    return _ ("Practised, check not passed");
  return _ ("Begun");
}

static char *
describe_check (WayRow *row)
{
  g_autofree char *when = way_format_when (way_row_get_int (row, "last"));
  gint64 tries = way_row_get_int (row, "check_tries");
  gint64 times = way_row_get_int (row, "practised");
  g_autoptr (GString) text = g_string_new (NULL);

  if (way_row_has (row, "on_paper"))
    {
      g_autofree char *marked = way_format_when (way_row_get_int (row, "on_paper"));

      /* Translators: %s is a time, as “on Tuesday”. */
      g_string_append_printf (text, _ ("Check passed on paper, entered %s. "), marked);
    }
  if (times > 0)
    g_string_append_printf (text,
                            ngettext ("Practised %d time. ", "Practised %d times. ",
                                      (gulong) times),
                            (int) times);
  if (tries > 0 && way_row_has (row, "check_best"))
    g_string_append_printf (text,
                            ngettext ("%d try at the check, best %d %%. ",
                                      "%d tries at the check, best %d %%. ", (gulong) tries),
                            (int) tries,
                            (int) (way_row_get_number (row, "check_best") * 100 + 0.5));
  /* Translators: %s is a time, as “on Tuesday”. */
  g_string_append_printf (text, _ ("Last %s."), when);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_modules (WayPersonView *self)
{
  WayPack *pack = way_session_get_pack (self->session);
  guint n = self->modules != NULL ? g_list_model_get_n_items (self->modules) : 0;

  way_detail_add_section (self->body, _ ("Modules"));
  if (self->failure != NULL)
    way_detail_add_label (self->body, self->failure, "way-quiet");
  else if (self->modules == NULL)
    way_detail_add_label (self->body, _ ("One moment"), "way-quiet");
  else if (n == 0)
    way_detail_add_label (self->body, _ ("None begun yet."), "way-quiet");
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (self->modules, i);
      const WayModule *module = way_pack_find_module (pack, way_row_get_text (row, "module"));
      GtkWidget *part = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
      const char *icon_name;
      const char *state = describe_state (row, &icon_name);
      g_autofree char *check = describe_check (row);

      way_detail_add_label (GTK_BOX (part),
                            module != NULL ? module->title : way_row_get_text (row, "module"),
                            "heading");
      way_detail_add_state (GTK_BOX (part), icon_name, state);
      gtk_widget_add_css_class (way_detail_add_label (GTK_BOX (part), check, "caption"),
                                "way-quiet");
      if (way_row_has (row, "declined") && !g_str_equal (way_row_get_text (row, "state"), "done"))
        {
          g_autofree char *when = way_format_when (way_row_get_int (row, "declined"));
          /* Translators: that somebody wants no help with a module; %s is a time, as “on
           * Tuesday”. */
          g_autofree char *fine = g_strdup_printf (_ ("Said %s that they are fine without help."),
                                                   when);

          gtk_widget_add_css_class (way_detail_add_label (GTK_BOX (part), fine, "caption"),
                                    "way-quiet");
        }
      gtk_widget_set_margin_bottom (part, 6);
      gtk_box_append (self->body, part);
    }
}

static void
show_body (WayPersonView *self)
{
  gint64 baseline = way_row_get_int (self->person, "baseline_at");
  g_autofree char *when = way_format_when (baseline);
  g_autofree char *text = NULL;

  way_detail_clear (self->body);
  if (way_row_get_int (self->person, "is_elsewhere") != 0)
    {
      way_detail_add_label (self->body,
                            _ ("They do not work at one of your places: nobody of theirs is on "
                               "shift. You see what they asked, and nothing else of them."),
                            "way-quiet");
      return;
    }
  add_modules (self);
  way_detail_add_section (self->body, _ ("Baseline"));
  if (baseline > 0)
    /* Translators: %s is a time, as “on 3 March”. */
    text = g_strdup_printf (_ ("Done %s."), when);
  else
    text = g_strdup (_ ("Not done yet."));
  way_detail_add_label (self->body, text, "way-quiet");
  add_levels (self);
}

static void
show_state (WayPersonView *self)
{
  WayPack *pack = way_session_get_pack (self->session);
  g_autofree char *stuck = way_person_describe_stuck (pack, self->person);
  const WayRole *role = way_pack_find_role (pack, way_row_get_text (self->person, "staff_group"));
  g_autofree char *where = NULL;

  gtk_widget_set_visible (self->deeds, way_row_get_int (self->person, "is_elsewhere") == 0);
  way_detail_clear (self->state);
  way_detail_add_heading (self->state, way_row_get_text (self->person, "name"));
  /* Translators: a ward or a department, then a staff group. */
  where = way_row_get_int (self->person, "is_elsewhere") != 0
              ? g_strdup (way_row_get_text (self->person, "unit_name"))
              : g_strdup_printf (_ ("%s · %s"), way_row_get_text (self->person, "unit_name"),
                                 role != NULL ? role->name
                                              : way_row_get_text (self->person, "staff_group"));
  way_detail_add_label (self->state, where, "way-quiet");
  if (way_row_get_int (self->person, "is_elsewhere") == 0)
    {
      g_autofree char *did = way_person_describe_did (self->person);
      g_autofree char *next = way_person_describe_next (pack, self->person);

      way_detail_add_pair (self->state, _ ("What you did last"), did);
      way_detail_add_pair (self->state, _ ("What next"), next);
    }
  if (stuck != NULL)
    {
      /* Translators: %s is why a person is stuck. */
      g_autofree char *text = g_strdup_printf (_ ("Stuck: %s"), stuck);

      gtk_widget_add_css_class (way_detail_add_state (self->state, "dialog-warning-symbolic", text),
                                "way-attention");
    }
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayPersonView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) modules = way_session_list_finish (WAY_SESSION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->person == NULL)
    return;
  g_clear_pointer (&self->failure, g_free);
  if (modules != NULL)
    g_set_object (&self->modules, modules);
  else
    self->failure = g_strdup (error->message);
  show_body (self);
}

static void
load (WayPersonView *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (way_row_get_int (self->person, "is_elsewhere") != 0)
    {
      g_clear_object (&self->modules);
      show_body (self);
      return;
    }
  self->cancellable = g_cancellable_new ();
  way_session_load_person_async (self->session, way_row_get_text (self->person, "person"),
                                 self->cancellable, loaded_cb, g_object_ref (self));
}

static void
way_person_view_dispose (GObject *object)
{
  WayPersonView *self = WAY_PERSON_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->person);
  g_clear_object (&self->modules);
  g_clear_object (&self->session);
  g_clear_pointer (&self->failure, g_free);

  G_OBJECT_CLASS (way_person_view_parent_class)->dispose (object);
}

static void
way_person_view_class_init (WayPersonViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = way_person_view_dispose;

  /* Something was done about a request: the list is to be loaded again. */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  /* Help given to this person is to be logged: their WayRow. */
  signals[LOG_HELP] = g_signal_new ("log-help", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, WAY_TYPE_ROW);
}

static void
way_person_view_init (WayPersonView *self)
{
  GtkWidget *buttons;

  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  self->state = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 3));
  self->body = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  gtk_box_append (self->box, GTK_WIDGET (self->state));
  self->deeds = buttons = way_wrap_box_new (6, 6);
  way_detail_add_deed (buttons, _ ("Log _Help Given…"), NULL, G_CALLBACK (log_help_cb), self);
  way_detail_add_deed (buttons, _ ("Enter a _Paper Check…"), NULL, G_CALLBACK (paper_cb), self);
  way_detail_add_deed (buttons, _ ("Seen at _Work…"), NULL, G_CALLBACK (witness_cb), self);
  gtk_box_append (self->box, buttons);
  gtk_box_append (self->box, GTK_WIDGET (self->body));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}

/**
 * way_person_view_new:
 *
 * Returns: (transfer floating): a detail of nobody yet
 */
GtkWidget *
way_person_view_new (WaySession *session)
{
  WayPersonView *self = g_object_new (WAY_TYPE_PERSON_VIEW, NULL);

  self->session = g_object_ref (session);
  self->request = WAY_REQUEST_VIEW (way_request_view_new (session));
  g_signal_connect_object (self->request, "changed", G_CALLBACK (acted_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_insert_child_after (self->box, GTK_WIDGET (self->request), GTK_WIDGET (self->state));
  self->seen = WAY_WITNESS_LIST (way_witness_list_new (session, WAY_WITNESS_GIVEN));
  gtk_box_insert_child_after (self->box, GTK_WIDGET (self->seen),
                              gtk_widget_get_prev_sibling (GTK_WIDGET (self->body)));
  return GTK_WIDGET (self);
}

/**
 * way_person_view_show:
 * @person: as the session lists the champion's people
 *
 * Shows a person, and asks for their modules.
 */
void
way_person_view_show (WayPersonView *self, WayRow *person)
{
  g_return_if_fail (WAY_IS_PERSON_VIEW (self));

  g_set_object (&self->person, person);
  g_clear_object (&self->modules);
  g_clear_pointer (&self->failure, g_free);
  show_state (self);
  way_request_view_show (self->request, person);
  show_body (self);
  way_witness_list_set_person (self->seen, person);
  load (self);
}

/**
 * way_person_view_update:
 * @person: the person that is shown, loaded again
 *
 * Shows what has changed about the person. Their modules are asked for again only when
 * they have moved on.
 */
void
way_person_view_update (WayPersonView *self, WayRow *person)
{
  gboolean has_moved;

  g_return_if_fail (WAY_IS_PERSON_VIEW (self));
  g_return_if_fail (self->person != NULL);

  has_moved = g_strcmp0 (way_row_get_text (self->person, "last"), way_row_get_text (person, "last"))
              != 0;
  g_set_object (&self->person, person);
  show_state (self);
  way_request_view_update (self->request, person);
  show_body (self);
  if (has_moved)
    load (self);
}
