/* way-initiative-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "pages/initiatives/way-initiative-view.h"

#include "pages/initiatives/way-initiative-pulses.h"
#include "pages/initiatives/way-initiative-words.h"
#include "pages/way-detail.h"
#include "pages/way-edit-window.h"
#include "session/way-initiatives.h"
#include "widgets/way-compat.h"
#include "widgets/way-document-out.h"
#include "widgets/way-words.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>
#include <string.h>

/* One thing that is being introduced: what is known of it, its next step, who is ready, what people
 * were asked and said, and how it came here. */
struct _WayInitiativeView
{
  AdwBin parent_instance;

  WaySession *session;   /* (owned) */
  WayRow *row;           /* (owned) (nullable) */
  GListModel *readiness; /* (owned) (nullable) of WayRow */
  GListModel *results;   /* (owned) (nullable) of WayRow */

  GtkBox *known;
  GtkBox *actions;
  GtkBox *ready;
  GtkBox *asked;
  GtkBox *steps;
};

G_DEFINE_FINAL_TYPE (WayInitiativeView, way_initiative_view, ADW_TYPE_BIN)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *
get_text (WayRow *row, const char *column)
{
  return row != NULL ? way_row_get_text (row, column) : "";
}

static char *
dup_number (WayRow *row, const char *column)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (*get_text (row, column) == '\0')
    return g_strdup ("");
  return g_strdup (g_ascii_formatd (text, sizeof text, "%g", way_row_get_number (row, column)));
}

/* --- Writing ------------------------------------------------------------------------------ */

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayEditWindow) window = user_data;
  WayInitiativeView *self = g_object_get_data (G_OBJECT (window), "view");
  GtkWidget *over = g_object_get_data (G_OBJECT (window), "over");
  const char *said = g_object_get_data (G_OBJECT (window), "said");
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  if (way_session_write_finish (WAY_SESSION (source), result, &id, &error))
    {
      WayRow *from = g_object_get_data (G_OBJECT (window), "from");

      if (from != NULL)
        way_initiative_copy_pulses (GTK_WIDGET (self), self->session, from, id,
                                    way_edit_window_get (window, "go_live"));
      gtk_widget_activate_action (over, "win.toast", "s", said);
      g_signal_emit (self, signals[CHANGED], 0,
                     g_object_get_data (G_OBJECT (window), "is-new") != NULL ? id : NULL);
    }
  way_edit_window_finish (window, error);
}

static WayEditWindow *
create_window (WayInitiativeView *self,
               GtkWidget *over,
               const char *title,
               const char *primary,
               const char *said)
{
  WayEditWindow *window = way_edit_window_new (over, title, primary);

  g_object_set_data_full (G_OBJECT (window), "view", g_object_ref (self), g_object_unref);
  g_object_set_data_full (G_OBJECT (window), "over", g_object_ref (over), g_object_unref);
  g_object_set_data_full (G_OBJECT (window), "said", g_strdup (said), g_free);
  return window;
}

static WayInitiativeBody *
new_body (WayRow *row)
{
  WayInitiativeBody *body = way_kind_new (way_kind_find ("initiative"));

  if (row != NULL)
    {
      body->initiative = g_strdup (get_text (row, "initiative"));
      body->title = g_strdup (get_text (row, "title"));
      body->state = g_strdup (get_text (row, "state"));
    }
  return body;
}

static void
write_body (WayInitiativeView *self, WayInitiativeBody *body, WayEditWindow *window)
{
  way_session_write_initiative_async (self->session, body, NULL, written_cb, g_object_ref (window));
  way_kind_free (way_kind_find ("initiative"), body);
}

static void
step_submitted_cb (WayEditWindow *window, WayInitiativeView *self)
{
  WayInitiativeBody *body = new_body (self->row);

  g_free (body->state);
  body->state = g_strdup (g_object_get_data (G_OBJECT (window), "state"));
  body->who = g_strdup (way_edit_window_get (window, "who"));
  body->because = g_strdup (way_edit_window_get (window, "because"));
  body->after = way_edit_window_get_number (window, "after");
  write_body (self, body, window);
}

static void
step_cb (WayInitiativeView *self)
{
  const char *next = way_initiative_state_get_next (get_text (self->row, "state"));
  WayEditWindow *window;

  if (next == NULL)
    return;
  window = create_window (self, GTK_WIDGET (self), way_initiative_state_get_step (next), _ ("Save"),
                          _ ("Saved. Everybody can see how far it is."));
  g_object_set_data_full (G_OBJECT (window), "state", g_strdup (next), g_free);
  way_edit_window_add_line (window, "who", _ ("Who takes this step"),
                            way_session_get_person_name (self->session),
                            _ ("A person, or a group such as the digital board"));
  way_edit_window_require (window, "who", _ ("Say who takes this step."));
  way_edit_window_add_text (window, "because", _ ("Because"), NULL, 84);
  way_edit_window_require (window, "because", _ ("Say why."));
  if (g_str_equal (next, "reviewed") && *get_text (self->row, "measure") != '\0')
    {
      /* Translators: %s is what is measured. */
      g_autofree char *name = g_strdup_printf (_ ("%s, now"), get_text (self->row, "measure"));

      way_edit_window_add_number (window, "after", name, NULL);
    }
  g_signal_connect_object (window, "submitted", G_CALLBACK (step_submitted_cb), self, 0);
  gtk_window_present (GTK_WINDOW (window));
}

static void
edit_submitted_cb (WayEditWindow *window, WayInitiativeView *self)
{
  WayRow *row = g_object_get_data (G_OBJECT (window), "row");
  WayRow *from = g_object_get_data (G_OBJECT (window), "from");
  WayInitiativeBody *body = new_body (row);

  if (row == NULL)
    body->state = g_strdup ("proposed");
  if (from != NULL)
    body->template = g_strdup (get_text (from, "initiative"));
  if (row == NULL)
    body->who = g_strdup (way_session_get_person_name (self->session));
  g_free (body->title);
  body->title = g_strdup (way_edit_window_get (window, "title"));
  body->text = g_strdup (way_edit_window_get (window, "text"));
  body->why = g_strdup (way_edit_window_get (window, "why"));
  body->units = g_strdup (way_edit_window_get (window, "units"));
  body->roles = g_strdup (way_edit_window_get (window, "roles"));
  body->benefit = g_strdup (way_edit_window_get (window, "benefit"));
  body->measure = g_strdup (way_edit_window_get (window, "measure"));
  body->before = way_edit_window_get_number (window, "before");
  body->expected = way_edit_window_get_number (window, "expected");
  body->modules = g_strdup (way_edit_window_get (window, "modules"));
  body->parts = g_strdup (way_edit_window_get (window, "parts"));
  body->superusers = g_strdup (way_edit_window_get (window, "superusers"));
  body->risks = g_strdup (way_edit_window_get (window, "risks"));
  body->go_live = g_strdup (way_edit_window_get (window, "go_live"));
  write_body (self, body, window);
}

static void
add_roles (WaySession *session, WayEditWindow *window, const char *now)
{
  GPtrArray *roles = way_pack_get_roles (way_session_get_pack (session));
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (ids, g_strdup (""));
  g_ptr_array_add (names, g_strdup (_ ("Everybody there")));
  for (guint i = 0; i < roles->len; i++)
    {
      const WayRole *role = g_ptr_array_index (roles, i);

      g_ptr_array_add (ids, g_strdup (role->id));
      g_ptr_array_add (names, g_strdup (role->name));
    }
  way_edit_window_add_choice (window, "roles", _ ("And which staff group"), ids, names, now);
}

static void
units_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayEditWindow) window = user_data;
  WayRow *row = g_object_get_data (G_OBJECT (window), "row");
  WayRow *from = g_object_get_data (G_OBJECT (window), "from");
  WayRow *old = row != NULL ? row : from;
  g_autoptr (GListModel) units = way_session_list_finish (WAY_SESSION (source), result, NULL);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *before = dup_number (row, "measured_before");
  g_autofree char *expected = dup_number (old, "expected");

  g_ptr_array_add (ids, g_strdup (""));
  g_ptr_array_add (names, g_strdup (_ ("The whole trust")));
  for (guint i = 0; units != NULL && i < g_list_model_get_n_items (units); i++)
    {
      g_autoptr (WayRow) unit = g_list_model_get_item (units, i);

      g_ptr_array_add (ids, g_strdup (way_row_get_text (unit, "unit")));
      g_ptr_array_add (names, g_strdup (way_row_get_text (unit, "name")));
    }
  /* Several places, as a template may have them, stay as they are. */
  if (strchr (get_text (old, "units"), ' ') != NULL)
    {
      g_ptr_array_add (ids, g_strdup (get_text (old, "units")));
      g_ptr_array_add (names, g_strdup (_ ("The same places as before")));
    }
  if (from != NULL)
    way_edit_window_add_note (window, _ ("Taken over from the other one: change what is different. "
                                         "Days move with the day on which it goes live."));
  way_edit_window_add_line (window, "title", _ ("Title"), get_text (row, "title"),
                            _ ("Electronic prescribing on the wards"));
  way_edit_window_require (window, "title", _ ("Give it a title."));
  way_edit_window_add_text (window, "text", _ ("What it is"), get_text (old, "text"), 72);
  way_edit_window_add_text (window, "why", _ ("Why"), get_text (old, "why"), 72);
  way_edit_window_require (window, "why", _ ("Say why."));
  way_edit_window_add_choice (window, "units", _ ("Whom it touches"), ids, names,
                              get_text (old, "units"));
  add_roles (WAY_SESSION (source), window, get_text (old, "roles"));
  way_edit_window_add_day (window, "go_live", _ ("Goes live on"), get_text (row, "go_live"));
  way_edit_window_add_text (window, "benefit", _ ("What it is to bring"), get_text (old, "benefit"),
                            72);
  way_edit_window_add_line (window, "measure", _ ("By what that is measured"),
                            get_text (old, "measure"), _ ("Minutes for a drug round"));
  way_edit_window_add_number (window, "before", _ ("That is now"), before);
  way_edit_window_add_number (window, "expected", _ ("And is to be"), expected);
  way_edit_window_add_line (window, "modules", _ ("Modules, by their ids and spaces"),
                            get_text (old, "modules"), _ ("F1 C1"));
  way_edit_window_add_line (window, "parts", _ ("Ready also means, by spaces"),
                            get_text (old, "parts"), _ ("classroom access"));
  way_edit_window_add_line (window, "superusers", _ ("Super-users"), get_text (old, "superusers"),
                            NULL);
  way_edit_window_add_text (window, "risks", _ ("Risks"), get_text (old, "risks"), 72);
  gtk_window_present (GTK_WINDOW (window));
}

/**
 * way_initiative_view_edit:
 * @row: (nullable): what is changed; NULL for a new one
 * @from: (nullable): what a new one is started from
 *
 * Asks for all that is known of it.
 */
void
way_initiative_view_edit (WayInitiativeView *self, GtkWidget *over, WayRow *row, WayRow *from)
{
  WayEditWindow *window;

  g_return_if_fail (WAY_IS_INITIATIVE_VIEW (self));

  window = create_window (self, over, row != NULL ? _ ("Change") : _ ("New Initiative"),
                          row != NULL ? _ ("Save") : _ ("Propose"),
                          row != NULL ? _ ("Saved.") : _ ("Proposed."));
  if (row != NULL)
    g_object_set_data_full (G_OBJECT (window), "row", g_object_ref (row), g_object_unref);
  else
    g_object_set_data (G_OBJECT (window), "is-new", GINT_TO_POINTER (1));
  if (from != NULL)
    g_object_set_data_full (G_OBJECT (window), "from", g_object_ref (from), g_object_unref);
  g_signal_connect_object (window, "submitted", G_CALLBACK (edit_submitted_cb), self, 0);
  way_session_load_audiences_async (self->session, NULL, units_cb, g_object_ref (window));
}

static void
change_cb (WayInitiativeView *self)
{
  way_initiative_view_edit (self, GTK_WIDGET (self), self->row, NULL);
}

static void
template_cb (WayInitiativeView *self)
{
  way_initiative_view_edit (self, GTK_WIDGET (self), NULL, self->row);
}

/* How often people are asked is for leads. */
static gboolean
is_lead (WayInitiativeView *self)
{
  return (way_session_get_roles (self->session) & WAY_ROLE_LEAD) != 0;
}

/* --- Pulses --------------------------------------------------------------------------------- */

static void
pulses_submitted_cb (WayEditWindow *window, WayInitiativeView *self)
{
  way_initiative_write_pulses (window, GTK_WIDGET (self), self->session, self->row, written_cb);
}

static void
pulses_cb (WayInitiativeView *self)
{
  WayEditWindow *window;
  guint people = 0;

  for (guint i = 0; self->readiness != NULL && i < g_list_model_get_n_items (self->readiness); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (self->readiness, i);

      if (*way_row_get_text (row, "module") == '\0')
        people = (guint) way_row_get_int (row, "touched");
    }
  window = create_window (self, GTK_WIDGET (self), _ ("Ask People"), _ ("Plan"),
                          _ ("Planned. Nobody is asked more often than your trust allows."));
  way_initiative_ask_pulses (window, people, is_lead (self));
  g_signal_connect_object (window, "submitted", G_CALLBACK (pulses_submitted_cb), self, 0);
  gtk_window_present (GTK_WINDOW (window));
}

static void
draw_results (WayInitiativeView *self)
{
  way_initiative_draw_results (self->asked, self->results, get_text (self->row, "initiative"));
}

/* --- Reading -------------------------------------------------------------------------------- */

static void
draw_readiness (WayInitiativeView *self)
{
  guint n = self->readiness != NULL ? g_list_model_get_n_items (self->readiness) : 0;
  g_autofree char *base = NULL;
  g_autoptr (WayRow) all = n > 0 ? g_list_model_get_item (self->readiness, 0) : NULL;

  way_detail_clear (self->ready);
  if (n < 2)
    return;
  way_detail_add_section (self->ready, _ ("Are we ready?"));
  base = way_initiative_describe_base (self->readiness);
  if (*base != '\0')
    way_detail_add_label (self->ready, base, "way-quiet");
  if (way_row_get_int (all, "touched") == 0)
    return;
  /* The first row is of those who have all of it: it stands last. */
  for (guint i = 1; i <= n; i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (self->readiness, i % n);
      const char *name = way_row_get_text (row, "title");
      /* Translators: how many of how many people have done something. */
      g_autofree char *text = g_strdup_printf (_ ("%d of %d people"),
                                               (int) way_row_get_int (row, "passed"),
                                               (int) way_row_get_int (row, "people"));

      way_detail_add_pair (self->ready, *name != '\0' ? name : _ ("All of it"), text);
    }
}

static void
readiness_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayInitiativeView) self = user_data;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, NULL);

  if (rows == NULL || self->row == NULL)
    return;
  g_set_object (&self->readiness, rows);
  draw_readiness (self);
}

static void
results_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayInitiativeView) self = user_data;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, NULL);

  if (rows == NULL || self->row == NULL)
    return;
  g_set_object (&self->results, rows);
  draw_results (self);
}

static void
steps_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WayInitiativeView) self = user_data;
  g_autoptr (GListModel) rows = way_session_list_finish (WAY_SESSION (source), result, NULL);

  if (rows == NULL || self->row == NULL)
    return;
  way_detail_clear (self->steps);
  way_detail_add_section (self->steps, _ ("How it came here"));
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (WayRow) row = g_list_model_get_item (rows, i);
      g_autofree char *when = way_format_when (way_row_get_int (row, "at"));
      g_autofree char *head = NULL;

      if (*way_row_get_text (row, "who") != '\0')
        /* Translators: a state, who brought it there, and when. */
        head = g_strdup_printf (_ ("%s by %s, %s"),
                                way_initiative_state_get_name (way_row_get_text (row, "state")),
                                way_row_get_text (row, "who"), when);
      else
        head = g_strdup_printf ("%s, %s",
                                way_initiative_state_get_name (way_row_get_text (row, "state")),
                                when);
      way_detail_add_label (self->steps, head, "heading");
      if (*way_row_get_text (row, "because") != '\0')
        {
          g_autofree char *because = g_strdup_printf (_ ("Because: %s"),
                                                      way_row_get_text (row, "because"));

          way_detail_add_label (self->steps, because, NULL);
        }
    }
}

static void
print_cb (WayInitiativeView *self)
{
  g_autoptr (WayDocument) document = NULL;

  if (self->readiness == NULL)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s",
                                  _ ("The trust has not answered yet who is ready."));
      return;
    }
  document = way_initiative_make_sheet (self->session, self->row, self->readiness);
  /* Translators: a file name. */
  way_document_out_save (document, GTK_WIDGET (self), _ ("Save the Sheet"), _ ("Are we ready.pdf"),
                         G_FILE_CREATE_NONE);
}

static void
add_button (WayInitiativeView *self,
            GtkWidget *line,
            const char *label,
            gboolean is_next,
            GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  /* With large text one of them alone is wider than a narrow window. */
  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), TRUE);
  if (is_next)
    gtk_widget_add_css_class (button, "suggested-action");
  g_signal_connect_swapped (button, "clicked", callback, self);
  way_wrap_box_append (WAY_WRAP_BOX (line), button);
}

static void
draw_actions (WayInitiativeView *self)
{
  const char *next = way_initiative_state_get_next (get_text (self->row, "state"));
  GtkWidget *line = way_wrap_box_new (6, 6);

  way_detail_clear (self->actions);
  if (next != NULL)
    {
      g_autofree char *label = g_strdup_printf ("%s…", way_initiative_state_get_step (next));

      add_button (self, line, label, TRUE, G_CALLBACK (step_cb));
    }
  add_button (self, line, _ ("Change…"), FALSE, G_CALLBACK (change_cb));
  if (*get_text (self->row, "go_live") != '\0')
    add_button (self, line, _ ("Ask People…"), FALSE, G_CALLBACK (pulses_cb));
  add_button (self, line, _ ("Are We Ready? Sheet…"), FALSE, G_CALLBACK (print_cb));
  add_button (self, line, _ ("Start Another From This…"), FALSE, G_CALLBACK (template_cb));
  gtk_box_append (self->actions, line);
}

static void
add_known (WayInitiativeView *self, const char *name, const char *column)
{
  if (*get_text (self->row, column) != '\0')
    way_detail_add_pair (self->known, name, get_text (self->row, column));
}

static void
draw_known (WayInitiativeView *self)
{
  g_autofree char *before = dup_number (self->row, "measured_before");
  g_autofree char *expected = dup_number (self->row, "expected");
  g_autofree char *after = dup_number (self->row, "measured_after");
  g_autofree char *day = way_initiative_dup_day (get_text (self->row, "go_live"));

  way_detail_clear (self->known);
  way_detail_add_heading (self->known, get_text (self->row, "title"));
  way_detail_add_state (self->known, "way-today-symbolic",
                        way_initiative_state_get_name (get_text (self->row, "state")));
  if (*day != '\0')
    way_detail_add_pair (self->known, _ ("Goes live on"), day);
  add_known (self, _ ("What it is"), "text");
  add_known (self, _ ("Why"), "why");
  add_known (self, _ ("What it is to bring"), "benefit");
  if (*get_text (self->row, "measure") != '\0')
    {
      g_autofree char *text = way_initiative_describe_measure (get_text (self->row, "measure"),
                                                               before, expected, after);

      way_detail_add_pair (self->known, _ ("Measure"), text);
    }
  add_known (self, _ ("Super-users"), "superusers");
  add_known (self, _ ("Risks"), "risks");
}

static void
way_initiative_view_dispose (GObject *object)
{
  WayInitiativeView *self = WAY_INITIATIVE_VIEW (object);

  g_clear_object (&self->session);
  g_clear_object (&self->row);
  g_clear_object (&self->readiness);
  g_clear_object (&self->results);

  G_OBJECT_CLASS (way_initiative_view_parent_class)->dispose (object);
}

static void
way_initiative_view_class_init (WayInitiativeViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = way_initiative_view_dispose;

  /* Something was saved: its id where it is new, else NULL. */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
way_initiative_view_init (WayInitiativeView *self)
{
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  GtkBox **parts[] = { &self->known, &self->actions, &self->ready, &self->asked, &self->steps };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      *parts[i] = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
      gtk_box_append (box, GTK_WIDGET (*parts[i]));
    }
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (box));
}

/**
 * way_initiative_view_new:
 *
 * Returns: (transfer floating): a detail of nothing yet
 */
GtkWidget *
way_initiative_view_new (WaySession *session)
{
  WayInitiativeView *self = g_object_new (WAY_TYPE_INITIATIVE_VIEW, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}

/**
 * way_initiative_view_set_row:
 * @row: as it is listed
 *
 * Shows it, and asks the trust who is ready and what people said.
 */
void
way_initiative_view_set_row (WayInitiativeView *self, WayRow *row)
{
  gboolean is_other;

  g_return_if_fail (WAY_IS_INITIATIVE_VIEW (self));

  is_other = self->row == NULL
             || !g_str_equal (get_text (self->row, "initiative"), get_text (row, "initiative"));
  g_set_object (&self->row, row);
  if (is_other)
    {
      g_clear_object (&self->readiness);
      way_detail_clear (self->ready);
      way_detail_clear (self->steps);
    }
  draw_known (self);
  draw_actions (self);
  draw_readiness (self);
  draw_results (self);
  way_session_load_initiative_steps_async (self->session, get_text (row, "initiative"), NULL,
                                           steps_cb, g_object_ref (self));
  way_session_load_readiness_async (self->session, get_text (row, "units"), get_text (row, "roles"),
                                    get_text (row, "modules"), get_text (row, "parts"),
                                    get_text (row, "go_live"), NULL, readiness_cb,
                                    g_object_ref (self));
  way_session_load_pulse_results_async (self->session, NULL, results_cb, g_object_ref (self));
}
