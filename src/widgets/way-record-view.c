/* way-record-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "widgets/way-record-view.h"

#include <adwaita.h>

#include "practice/way-practice-record.h"
#include "widgets/way-compat.h"
#include "widgets/way-content-view.h"
#include "widgets/way-desk-parts.h"
#include "widgets/way-desk-words.h"
#include "widgets/way-wrap-box.h"

#include <glib/gi18n.h>
#include <string.h>

#define TEXT_WIDTH 720

/* An invented record system, like none that is sold: a list of patients, and of each the
 * banner and four screens. What somebody wants done in it stands above. */
struct _WayRecordView
{
  GtkWidget parent_instance;

  WayPractice *practice;       /* (owned) */
  const WayDeskRecord *errand; /* (nullable) the one that shows */

  GtkWidget *box;
  GtkWidget *count;
  GtkWidget *title;
  GtkWidget *note;
  GtkWidget *answers;
  GtkWidget *status;
  GtkWidget *before_button;
  GtkWidget *next_button;
  GtkWidget *done_button;
  GtkWidget *undo_button;
  GtkWidget *place; /* the list of patients, or the record that is open */
  GtkWidget *head;  /* (nullable) of what shows there: where the focus goes */
};

G_DEFINE_FINAL_TYPE (WayRecordView, way_record_view, GTK_TYPE_WIDGET)

static const char *
get_screen_name (const char *screen)
{
  if (g_strcmp0 (screen, "jobs") == 0)
    return _ ("Tasks");
  if (g_strcmp0 (screen, "orders") == 0)
    return _ ("Orders");
  if (g_strcmp0 (screen, "results") == 0)
    return _ ("Results");
  if (g_strcmp0 (screen, "letters") == 0)
    return _ ("Documents");

  return "";
}

/* Each button says what it does with which record and which value. */
static void
act_cb (WayRecordView *self, GtkWidget *button)
{
  const char *target = g_object_get_data (G_OBJECT (button), "desk-target");
  const char *value = g_object_get_data (G_OBJECT (button), "desk-value");
  const char *action = g_object_get_data (G_OBJECT (button), "desk-action");

  way_practice_do (self->practice, action, target, value);
}

static GtkWidget *
new_button (WayRecordView *self,
            const char *label,
            const char *name,
            const char *action,
            const char *target,
            const char *value)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *words = way_desk_text_new (label, NULL);

  gtk_button_set_child (GTK_BUTTON (button), words);
  way_compat_name (button, name != NULL ? name : label);
  g_object_set_data (G_OBJECT (button), "desk-action", (gpointer) action);
  g_object_set_data_full (G_OBJECT (button), "desk-target", g_strdup (target), g_free);
  g_object_set_data_full (G_OBJECT (button), "desk-value", g_strdup (value), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (act_cb), self, G_CONNECT_SWAPPED);

  return button;
}

static void
add_head (WayRecordView *self, const char *text)
{
  self->head = way_desk_heading_new (text, "heading");
  gtk_widget_set_focusable (self->head, TRUE);
  gtk_box_append (GTK_BOX (self->place), self->head);
}

/* --- The list of patients ----------------------------------------------------------- */

static void
build_list (WayRecordView *self)
{
  g_autoptr (GPtrArray) records = way_practice_dup_records (self->practice, "record");

  add_head (self, _ ("Patients"));
  for (guint i = 0; i < records->len; i++)
    {
      const WayDeskRecord *chart = g_ptr_array_index (records, i);
      g_autofree char *label = NULL;
      g_autofree char *name = NULL;
      GtkWidget *button;

      if (!way_chart_is (chart))
        continue;
      /* Translators: a patient's name, and the date of birth. */
      label = g_strdup_printf (_ ("%s\nBorn %s"), way_desk_get_field (chart, "name"),
                               way_desk_get_field (chart, "dob"));
      name = g_strdup_printf (_ ("Open the record of %s, born %s"),
                              way_desk_get_field (chart, "name"),
                              way_desk_get_field (chart, "dob"));
      button = new_button (self, label, name, "open", chart->id, NULL);
      gtk_widget_add_css_class (button, "desk-reply");
      gtk_box_append (GTK_BOX (self->place), button);
    }
}

/* --- One record --------------------------------------------------------------------- */

static void
add_identifier (WayRecordView *self,
                GtkWidget *banner,
                const WayDeskRecord *chart,
                const char *identifier)
{
  const char *value = way_desk_get_field (chart, identifier);
  const char *name = way_desk_get_identifier_name (identifier);
  g_autofree char *given = g_strdup_printf ("given-%s", identifier);
  const char *told = self->errand != NULL ? way_desk_get_field (self->errand, given) : NULL;
  g_autofree char *line = g_strdup_printf ("%s: %s", name, value != NULL ? value : "");
  GtkWidget *row = way_wrap_box_new (9, 3);

  if (value == NULL)
    return;
  way_wrap_box_append (WAY_WRAP_BOX (row), way_desk_text_new (line, "numeric"));
  if (way_practice_was_done (self->practice, "check", chart->id, identifier))
    {
      g_autofree char *text = told != NULL ? g_strdup_printf (_ ("You were told: %s"), told)
                                           : g_strdup (_ ("You were not told this."));

      way_wrap_box_append (WAY_WRAP_BOX (row), way_desk_text_new (text, "desk-reveal"));
    }
  else
    {
      g_autofree char *label = g_strdup_printf (_ ("Compare: %s"), name);

      way_wrap_box_append (WAY_WRAP_BOX (row),
                           new_button (self, _ ("Compare"), label, "check", chart->id, identifier));
    }
  gtk_box_append (GTK_BOX (banner), row);
}

static void
build_banner (WayRecordView *self, const WayDeskRecord *chart)
{
  GtkWidget *banner = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL,
                                    "spacing", 3, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP,
                                    NULL);
  const char *alert = way_desk_get_field (chart, "alert");
  const char *where = way_desk_get_field (chart, "where");

  way_compat_name (banner, _ ("Patient banner"));
  gtk_widget_add_css_class (banner, "desk-patient-banner");
  self->head = way_desk_heading_new (way_desk_get_field (chart, "name"), "title-4");
  gtk_widget_set_focusable (self->head, TRUE);
  gtk_box_append (GTK_BOX (banner), self->head);
  add_identifier (self, banner, chart, "name");
  add_identifier (self, banner, chart, "dob");
  add_identifier (self, banner, chart, "nhs");
  add_identifier (self, banner, chart, "address");
  if (where != NULL)
    gtk_box_append (GTK_BOX (banner), way_desk_text_new (where, NULL));
  if (alert != NULL)
    gtk_box_append (GTK_BOX (banner), way_desk_text_new (alert, "desk-alert"));
  gtk_box_append (GTK_BOX (self->place), banner);
}

static guint
count_parts (const WayDeskRecord *chart, const char *screen)
{
  guint n = 0;

  for (guint i = 0; i < chart->parts->len; i++)
    n += g_strcmp0 (way_chart_get_screen (chart->parts->pdata[i]), screen) == 0;

  return n;
}

static void
build_tabs (WayRecordView *self, const WayDeskRecord *chart)
{
  const char *const *screens = way_chart_get_screens ();
  const char *now = way_practice_get_screen (self->practice);
  GtkWidget *tabs = way_wrap_box_new (6, 6);

  way_compat_name (tabs, _ ("Screens"));
  for (guint i = 0; screens[i] != NULL; i++)
    {
      /* Translators: name of a screen, and how many things stand on it. */
      g_autofree char *label = g_strdup_printf (_ ("%s (%u)"), get_screen_name (screens[i]),
                                                count_parts (chart, screens[i]));
      gboolean is_now = g_strcmp0 (now, screens[i]) == 0;
      g_autofree char *name = is_now ? g_strdup_printf (_ ("%s, shown now"), label)
                                     : g_strdup (label);
      GtkWidget *button = new_button (self, label, name, "go", chart->id, screens[i]);

      if (is_now)
        gtk_widget_add_css_class (button, "desk-strong");
      way_wrap_box_append (WAY_WRAP_BOX (tabs), button);
    }
  way_wrap_box_append (WAY_WRAP_BOX (tabs),
                       new_button (self, _ ("Close this record"), NULL, "close", chart->id, NULL));
  gtk_box_append (GTK_BOX (self->place), tabs);
}

static const char *
get_part_words (const WayDeskRecord *part, const char *state)
{
  if (g_strcmp0 (state, "acknowledged") == 0)
    return _ ("Acknowledged by you");
  if (g_strcmp0 (state, "signed") == 0)
    return _ ("Signed by you");
  if (g_strcmp0 (state, "completed") == 0)
    return _ ("Ticked off by you");
  if (way_desk_get_field (part, "signed") != NULL)
    return way_desk_get_field (part, "signed");
  if (way_desk_get_field (part, "done") != NULL)
    return way_desk_get_field (part, "done");
  if (strcmp (part->type, "result") == 0)
    return _ ("Not acknowledged");
  if (strcmp (part->type, "order") == 0)
    return _ ("Not signed");
  if (strcmp (part->type, "job") == 0)
    return _ ("To do");

  return NULL;
}

static void
add_part_button (WayRecordView *self,
                 GtkWidget *tools,
                 const WayDeskRecord *chart,
                 const WayDeskRecord *part,
                 const char *action,
                 const char *label)
{
  const char *when = way_desk_get_field (part, "when");
  g_autofree char *name = NULL;
  GtkWidget *button;

  if (!way_practice_can (self->practice, action, chart->id, part->id))
    return;
  /* Translators: what a button does, and with what. */
  name = g_strdup_printf (_ ("%s: %s"), label, way_desk_get_field (part, "title"));
  button = new_button (self, label, name, action, chart->id, part->id);
  /* The same test may be there twice, of two days. */
  if (when != NULL)
    way_compat_describe (button, when);
  way_wrap_box_append (WAY_WRAP_BOX (tools), button);
}

static void
add_part (WayRecordView *self, const WayDeskRecord *chart, const WayDeskRecord *part)
{
  const char *state = way_practice_get_part_state (self->practice, chart, part->id);
  const char *words = get_part_words (part, state);
  const char *when = way_desk_get_field (part, "when");
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing",
                                 3, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  GtkWidget *tools = way_wrap_box_new (6, 6);

  way_compat_name (box, way_desk_get_field (part, "title"));
  gtk_widget_add_css_class (box, "desk-part");
  gtk_box_append (GTK_BOX (box),
                  way_desk_text_new (way_desk_get_field (part, "title"), "desk-from"));
  if (when != NULL)
    gtk_box_append (GTK_BOX (box), way_desk_text_new (when, "caption"));
  if (state != NULL && part->content != NULL)
    {
      GtkWidget *content = way_content_view_new ();

      way_content_view_set_content (WAY_CONTENT_VIEW (content), part->content, NULL);
      gtk_box_append (GTK_BOX (box), content);
    }
  if (words != NULL)
    gtk_box_append (GTK_BOX (box), way_desk_text_new (words, "caption-heading"));
  add_part_button (self, tools, chart, part, "look", _ ("Open"));
  add_part_button (self, tools, chart, part, "acknowledge", _ ("Acknowledge"));
  add_part_button (self, tools, chart, part, "sign", _ ("Sign"));
  add_part_button (self, tools, chart, part, "complete", _ ("Tick off"));
  add_part_button (self, tools, chart, part, "undo", _ ("Take back"));
  gtk_box_append (GTK_BOX (box), tools);
  gtk_box_append (GTK_BOX (self->place), box);
}

static void
build_record (WayRecordView *self, const WayDeskRecord *chart)
{
  const char *screen = way_practice_get_screen (self->practice);

  build_banner (self, chart);
  build_tabs (self, chart);
  if (screen == NULL)
    return;
  if (count_parts (chart, screen) == 0)
    gtk_box_append (GTK_BOX (self->place),
                    way_desk_text_new (_ ("There is nothing here."), "desk-empty"));
  for (guint i = 0; i < chart->parts->len; i++)
    {
      const WayDeskRecord *part = g_ptr_array_index (chart->parts, i);

      if (g_strcmp0 (way_chart_get_screen (part), screen) == 0)
        add_part (self, chart, part);
    }
}

/* --- The errand --------------------------------------------------------------------- */

static GPtrArray *
dup_errands (WayPractice *practice)
{
  g_autoptr (GPtrArray) records = way_practice_dup_records (practice, "record");
  GPtrArray *errands = g_ptr_array_new ();

  for (guint i = 0; i < records->len; i++)
    if (way_errand_is (records->pdata[i]))
      g_ptr_array_add (errands, records->pdata[i]);

  return errands;
}

static void
step (WayRecordView *self, int by)
{
  g_autoptr (GPtrArray) errands = dup_errands (self->practice);
  guint place;

  if (!g_ptr_array_find (errands, self->errand, &place) || (int) place + by < 0
      || place + by >= errands->len)
    return;
  way_practice_do (self->practice, "take", ((const WayDeskRecord *) errands->pdata[place + by])->id,
                   NULL);
  gtk_widget_grab_focus (self->title);
}

static void
before_cb (WayRecordView *self)
{
  step (self, -1);
}

static void
next_cb (WayRecordView *self)
{
  step (self, 1);
}

static void
done_clicked_cb (WayRecordView *self)
{
  way_practice_do (self->practice, "done", self->errand->id, NULL);
  gtk_widget_grab_focus (self->title);
}

static void
undo_cb (WayRecordView *self)
{
  way_practice_do (self->practice, "undo", self->errand->id, NULL);
  gtk_widget_grab_focus (self->title);
}

static void
update_errand (WayRecordView *self)
{
  g_autoptr (GPtrArray) errands = dup_errands (self->practice);
  const char *state = way_practice_get_state (self->practice, self->errand->id);
  const char *value = way_practice_get_state_value (self->practice, self->errand->id);
  g_autofree char *count = NULL;
  guint place = 0;

  g_ptr_array_find (errands, self->errand, &place);
  /* Translators: number of something to do, and of how many. */
  count = g_strdup_printf (_ ("%u of %u to do"), place + 1, errands->len);
  gtk_label_set_label (GTK_LABEL (self->count), count);
  gtk_label_set_label (GTK_LABEL (self->title), way_desk_get_title (self->errand));
  way_content_view_set_content (WAY_CONTENT_VIEW (self->note), self->errand->content, NULL);
  way_desk_box_clear (self->answers);
  for (guint i = 0; state == NULL && i < self->errand->parts->len; i++)
    {
      const WayDeskRecord *option = g_ptr_array_index (self->errand->parts, i);

      gtk_box_append (GTK_BOX (self->answers),
                      new_button (self, way_desk_get_field (option, "text"), NULL, "answer",
                                  self->errand->id, option->id));
    }
  gtk_widget_set_visible (self->status, state != NULL);
  for (guint i = 0; value != NULL && i < self->errand->parts->len; i++)
    {
      const WayDeskRecord *option = g_ptr_array_index (self->errand->parts, i);
      g_autofree char *text = NULL;

      if (g_strcmp0 (option->id, value) != 0)
        continue;
      text = g_strdup_printf (_ ("Your answer: %s"), way_desk_get_field (option, "text"));
      gtk_label_set_label (GTK_LABEL (self->status), text);
    }
  if (state != NULL && value == NULL)
    gtk_label_set_label (GTK_LABEL (self->status), _ ("You said that this is done."));
  gtk_widget_set_sensitive (self->before_button, place > 0);
  gtk_widget_set_sensitive (self->next_button, place + 1 < errands->len);
  gtk_widget_set_visible (self->done_button,
                          way_practice_can (self->practice, "done", self->errand->id, NULL));
  gtk_widget_set_visible (self->undo_button,
                          way_practice_can (self->practice, "undo", self->errand->id, NULL));
}

static void
update (WayRecordView *self)
{
  const WayDeskRecord *errand = way_practice_get_current_in (self->practice, "record");
  const WayDeskRecord *chart = way_practice_get_open_chart (self->practice);

  if (errand != NULL)
    self->errand = errand;
  if (self->errand != NULL)
    update_errand (self);
  way_desk_box_clear (self->place);
  if (chart != NULL)
    build_record (self, chart);
  else
    build_list (self);
}

/* What was pressed is new: the focus goes to the same button, or else to the head. */
static GtkWidget *
find_button (GtkWidget *widget, const char *target, const char *value)
{
  const char *own = g_object_get_data (G_OBJECT (widget), "desk-value");

  if (own != NULL && g_strcmp0 (own, value) == 0
      && g_strcmp0 (g_object_get_data (G_OBJECT (widget), "desk-target"), target) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, target, value);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
done_cb (WayRecordView *self, const char *action, const char *target, const char *value)
{
  const WayDeskRecord *record = way_practice_find_record (self->practice, target);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean was_inside = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));
  GtkWidget *button;

  if (!way_errand_is (record) && !way_chart_is (record))
    return;
  update (self);
  if (!was_inside)
    return;
  button = value != NULL ? find_button (self->place, target, value) : NULL;
  if (way_errand_is (record))
    gtk_widget_grab_focus (self->title);
  else if (button != NULL)
    gtk_widget_grab_focus (button);
  else if (self->head != NULL)
    gtk_widget_grab_focus (self->head);
}

/* --- Making it ---------------------------------------------------------------------- */

static GtkWidget *
new_tool (WayRecordView *self, GtkWidget *tools, const char *label, GCallback callback)
{
  GtkWidget *button = way_desk_button_new (label);

  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  way_wrap_box_append (WAY_WRAP_BOX (tools), button);

  return button;
}

static GtkWidget *
build_card (WayRecordView *self)
{
  GtkWidget *card = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing",
                                  6, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  GtkWidget *tools = way_wrap_box_new (6, 6);

  self->count = way_desk_text_new (NULL, "caption-heading");
  self->title = way_desk_heading_new (NULL, "heading");
  self->note = way_content_view_new ();
  self->answers = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->status = way_desk_text_new (NULL, "heading");
  self->done_button = new_tool (self, tools, _ ("This is _done"), G_CALLBACK (done_clicked_cb));
  self->before_button = new_tool (self, tools, _ ("_Before"), G_CALLBACK (before_cb));
  self->next_button = new_tool (self, tools, _ ("_Next"), G_CALLBACK (next_cb));
  self->undo_button = new_tool (self, tools, _ ("Take _back"), G_CALLBACK (undo_cb));
  gtk_widget_add_css_class (self->done_button, "desk-strong");
  gtk_widget_add_css_class (card, "desk-reveal");
  gtk_widget_set_focusable (self->title, TRUE);
  way_compat_name (card, _ ("What to do"));
  gtk_box_append (GTK_BOX (card), self->count);
  gtk_box_append (GTK_BOX (card), self->title);
  gtk_box_append (GTK_BOX (card), self->note);
  gtk_box_append (GTK_BOX (card), self->answers);
  gtk_box_append (GTK_BOX (card), self->status);
  gtk_box_append (GTK_BOX (card), tools);

  return card;
}

static void
way_record_view_init (WayRecordView *self)
{
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *scroll = gtk_scrolled_window_new ();
  GtkWidget *inside = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->place = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  gtk_widget_add_css_class (inside, "desk-talk");
  gtk_box_append (GTK_BOX (inside), build_card (self));
  gtk_box_append (GTK_BOX (inside), self->place);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), TEXT_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), inside);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), clamp);
  gtk_widget_set_vexpand (scroll, TRUE);
  gtk_box_append (GTK_BOX (self->box), scroll);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

static void
way_record_view_dispose (GObject *object)
{
  WayRecordView *self = WAY_RECORD_VIEW (object);

  if (self->practice != NULL)
    g_signal_handlers_disconnect_by_data (self->practice, self);
  g_clear_object (&self->practice);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (way_record_view_parent_class)->dispose (object);
}

static void
way_record_view_class_init (WayRecordViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = way_record_view_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

/**
 * way_record_view_new:
 * @practice: a run of a desk with records to find the way in
 *
 * Returns: (transfer floating): the list of patients, and what is to be done
 */
GtkWidget *
way_record_view_new (WayPractice *practice)
{
  WayRecordView *self = g_object_new (WAY_TYPE_RECORD_VIEW, NULL);
  g_autoptr (GPtrArray) errands = NULL;

  g_return_val_if_fail (WAY_IS_PRACTICE (practice), GTK_WIDGET (self));

  self->practice = g_object_ref (practice);
  errands = dup_errands (practice);
  self->errand = errands->len > 0 ? g_ptr_array_index (errands, 0) : NULL;
  g_signal_connect_object (practice, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}

/**
 * way_record_view_describe:
 * @target: an errand or a patient's record
 * @value: (nullable)
 *
 * Returns: (nullable) (transfer full): a sentence for the debrief
 */
char *
way_record_view_describe (WayPractice *practice,
                          const char *action,
                          const WayDeskRecord *target,
                          const char *value)
{
  static const struct
  {
    const char *action;
    const char *text;
  } sentences[] = {
    { "open", N_ ("You opened the record of %s.") },
    { "close", N_ ("You closed the record of %s.") },
    { "go", N_ ("You went to %s.") },
    { "look", N_ ("You opened “%s”.") },
    { "acknowledge", N_ ("You acknowledged “%s”.") },
    { "sign", N_ ("You signed “%s”.") },
    { "complete", N_ ("You ticked off “%s”.") },
    { "answer", N_ ("You answered: “%s”") },
    { "done", N_ ("You said that this is done: %s") },
  };
  const WayDeskRecord *part = NULL;
  const char *name = NULL;

  if (!way_errand_is (target) && !way_chart_is (target))
    return NULL;
  if (way_chart_is (target))
    part = way_chart_find_part (target, value);
  for (guint i = 0; way_errand_is (target) && i < target->parts->len; i++)
    if (g_strcmp0 (((const WayDeskRecord *) target->parts->pdata[i])->id, value) == 0)
      name = way_desk_get_field (target->parts->pdata[i], "text");
  if (part != NULL)
    name = way_desk_get_field (part, "title");
  else if (strcmp (action, "go") == 0)
    name = get_screen_name (value);
  else if (value == NULL)
    name = way_desk_get_title (target);

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (sentences); i++)
    if (strcmp (sentences[i].action, action) == 0)
      {
        GString *text = g_string_new (_ (sentences[i].text));

        g_string_replace (text, "%s", name, 1);

        return g_string_free (text, FALSE);
      }

  return NULL;
}
